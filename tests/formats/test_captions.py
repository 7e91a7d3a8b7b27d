from __future__ import annotations

import io
from itertools import pairwise

import pytest

from copilot.transcript import Transcript

ZOOM = """WEBVTT

1
00:00:04.000 --> 00:00:06.500
Mara Quill (she/her): So where were you before

2
00:00:06.500 --> 00:00:08.000
Mara Quill (she/her): the new depot opened?

3
00:00:09.000 --> 00:00:10.000
Um, before that

4
00:10:15.250 --> 00:10:20.000
Teo Brandt: We had one shed & two vans. The rule was: load by six.
"""


def rows(transcript):
    return [(turn.speaker, turn.text) for turn in transcript]


def test_zoom_cues_of_one_speaker_become_one_turn_that_keeps_their_times():
    transcript = Transcript.parse(ZOOM)
    assert rows(transcript) == [
        ("Mara Quill (she/her)", "So where were you before the new depot opened? Um, before that"),
        ("Teo Brandt", "We had one shed & two vans. The rule was: load by six."),
    ]
    turn = transcript[0]
    assert (turn.start, turn.end) == (4.0, 10.0)
    assert [(turn.text[c.offset : c.offset + c.length], c.start) for c in turn.cues][1] == ("the new depot opened?", 6.5)
    assert turn.time_at(turn.text.index("Um")) == 9.0


def test_a_cue_without_a_name_is_inherited_and_said_so():
    transcript = Transcript.parse(ZOOM)
    assert [turn.inherited for turn in transcript] == [True, False]
    assert any("1 of 4 lines name no speaker" in notice for notice in transcript.notices)


def test_carriage_returns_and_a_byte_order_mark_change_nothing():
    assert rows(Transcript.parse(b"\xef\xbb\xbf" + ZOOM.replace("\n", "\r\n").encode())) == rows(Transcript.parse(ZOOM))


TEAMS = """WEBVTT

2b7e1516-28ae-4d2a-abf7-158809cf4f3c/11-0
0:0:1.0 --> 0:0:4.120
<v Brandt, Teo (Acme)>The old sheet had
forty &lt;locked&gt; columns
and R&amp;D never saw it.</v>

2b7e1516-28ae-4d2a-abf7-158809cf4f3c/12-0
0:1:0.0 --> 0:1:2.500
<v Mara Quill>Who kept it?</v>
"""


def test_teams_voice_tags_wrap_over_lines_and_times_need_no_padding():
    transcript = Transcript.parse(TEAMS)
    assert rows(transcript) == [
        ("Brandt, Teo (Acme)", "The old sheet had forty <locked> columns and R&D never saw it."),
        ("Mara Quill", "Who kept it?"),
    ]
    assert (transcript[1].start, transcript[1].end) == (60.0, 62.5)


def test_text_after_a_blank_line_in_a_cue_is_kept():
    text = TEAMS.replace("forty &lt;", "\nforty &lt;")
    assert Transcript.parse(text)[0].text.endswith("had forty <locked> columns and R&D never saw it.")


def test_two_voices_in_one_cue_are_two_turns():
    transcript = Transcript.parse("WEBVTT\n\n00:01.000 --> 00:03.000\n<v Mara Quill>Since when?</v> <v.loud Teo Brandt>May.</v>\n")
    assert rows(transcript) == [("Mara Quill", "Since when?"), ("Teo Brandt", "May.")]


def test_a_voice_given_where_it_changes_only_is_inherited_until_then():
    text = (
        "WEBVTT\n\n"
        "00:01.000 --> 00:02.000\n<v Ode>One of\n\n"
        "00:02.000 --> 00:03.000\nthe Q&amp;A shows\n\n"
        "00:03.000 --> 00:04.000\n<v Pim>Right\n"
    )
    transcript = Transcript.parse(text)
    assert rows(transcript) == [("Ode", "One of the Q&A shows"), ("Pim", "Right")]
    assert [turn.inherited for turn in transcript] == [True, False]


def test_comments_and_styles_are_nobodys_words():
    text = (
        "WEBVTT\n\n"
        "STYLE\n::cue { color: red }\n\n"
        "NOTE made by hand\n\n"
        "00:01.000 --> 00:02.000\nAnn Lee: Yes\n\n"
        "NOTE\ncheck this\n\n"
        "00:03.000 --> 00:04.000\nBo Ek: No\n"
    )
    assert rows(Transcript.parse(text)) == [("Ann Lee", "Yes"), ("Bo Ek", "No")]


YOUTUBE = """WEBVTT
Kind: captions
Language: en

00:00:00.080 --> 00:00:02.310 align:start position:0%
 
we<00:00:00.320><c> moved</c><00:00:00.480><c> the</c><00:00:00.640><c> depot</c>

00:00:02.310 --> 00:00:02.320 align:start position:0%
we moved the depot
 

00:00:02.320 --> 00:00:04.390 align:start position:0%
we moved the depot
in<00:00:02.480><c> eleven</c><00:00:02.840><c> weeks</c>

00:00:04.390 --> 00:00:04.400 align:start position:0%
in eleven weeks
 

00:00:04.400 --> 00:00:06.000 align:start position:0%
in eleven weeks
and<00:00:04.500><c> note:</c><00:00:04.800><c> nobody</c><00:00:05.000><c> left</c>
"""  # noqa: W293 -- such captions hold lines of one space


def test_rolling_captions_are_read_once():
    transcript = Transcript.parse(YOUTUBE)
    assert rows(transcript) == [("Unknown", "we moved the depot in eleven weeks and note: nobody left")]
    assert transcript[0].time_at(transcript[0].text.index("eleven")) == 2.32


def test_captions_without_any_name_are_read_with_a_loud_notice():
    transcript = Transcript.parse(YOUTUBE)
    assert transcript[0].role == "customer"
    assert transcript[0].inherited is False
    assert any("no speaker is named" in notice for notice in transcript.notices)


def test_a_word_said_twice_in_two_cues_stays_twice():
    text = (
        "WEBVTT\n\n"
        "00:01.000 --> 00:02.000\nAnn Lee: Yeah\n\n"
        "00:02.000 --> 00:03.000\nAnn Lee: Yeah\n\n"
        "00:03.000 --> 00:04.000\nBo Ek: Good\n"
    )
    assert rows(Transcript.parse(text))[0] == ("Ann Lee", "Yeah Yeah")


SRT = """1
00:00:00,179 --> 00:00:02,399
Pilar: When did the second
kiln come?

2
00:00:02,400 --> 00:00:04,799
And who paid?

3
00:00:04,801 --> 00:00:07,980
<i>Joost: The bank paid: all of
it, 40 000.</i>
"""


def test_subrip_names_a_speaker_where_it_changes():
    transcript = Transcript.parse(SRT)
    assert transcript.source.format == "srt"
    assert rows(transcript) == [("Pilar", "When did the second kiln come? And who paid?"), ("Joost", "The bank paid: all of it, 40 000.")]
    assert (transcript[1].start, transcript[1].end) == (4.801, 7.98)


def test_subrip_without_blank_lines_between_its_cues_is_read():
    assert rows(Transcript.parse(SRT.replace("\n\n", "\n"))) == rows(Transcript.parse(SRT))


def test_a_colon_in_captions_without_names_is_only_a_colon():
    cues = "\n".join(f"{n}\n00:00:{n:02},000 --> 00:00:{n:02},900\nline {n} of it\n" for n in range(10, 40))
    text = cues.replace("line 30 of it", "Remember: close the lid").replace("line 31 of it", "Alpha Beta: done")
    assert [turn.speaker for turn in Transcript.parse(text)] == ["Unknown"]


ODD_TIMES = {
    "-00:00:05.000 --> 00:00:06.000": (None, 6.0),
    "00:00:05.0 -> 00:00:06.0": (5.0, 6.0),
    "00:00:05.000 ---> 00:00:06.000 align:start position:0%": (5.0, 6.0),
    "00:00:05.000 - -> 00:00:06.000": (5.0, 6.0),
    "00:00:05.000 \u2014> 00:00:06.000": (5.0, 6.0),
    "00:00:05.000 \u2192 00:00:06.000": (5.0, 6.0),
    "00:00:05.000 -->": (5.0, None),
    "1000000:00:05.000 --> 1000000:00:06.000": (None, None),
    "00:00:05:12 --> 00:00:06:20": (None, None),
}


@pytest.mark.parametrize("timing", ODD_TIMES)
@pytest.mark.parametrize("is_first", [True, False])
def test_what_is_said_below_times_that_are_not_as_they_should_be_is_kept_apart_from_them(timing: str, is_first: bool):
    odd, sound = f"1\n{timing}\nAnn: How did it start?", "2\n00:00:10.000 --> 00:00:12.000\nCarl: With a mess."
    transcript = Transcript.parse("WEBVTT\n\n" + "\n\n".join([odd, sound] if is_first else [sound, odd]))
    said = {turn.speaker: turn for turn in transcript}
    assert {speaker: turn.text for speaker, turn in said.items()} == {"Ann": "How did it start?", "Carl": "With a mess."}
    assert (said["Ann"].start, said["Ann"].end) == ODD_TIMES[timing]
    assert any("1 of 2 lines have times that cannot be read" in n for n in transcript.notices) is (None in ODD_TIMES[timing])


@pytest.mark.parametrize("words", ["10:30 -> we start", "from 9:00 --> 10:00", "10:30 to 11:00", "a -> b", "10:30, 11:00"])
def test_words_that_hold_a_time_or_an_arrow_are_words(words: str):
    transcript = Transcript.parse(f"WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\nAnn: So:\n{words}\nis what I said.\n")
    assert transcript[0].text == f"So: {words} is what I said."
    assert not any("cannot be read" in notice for notice in transcript.notices)


def test_repeated_words_without_times_stay():
    cue = "1\n-00:00:05.000 --> -00:00:01.000\nAnn: Yes.\n\n"
    assert Transcript.parse(f"WEBVTT\n\n{cue}{cue}")[0].text == "Yes. Yes."


def test_sbv_is_read_and_an_end_before_its_start_is_no_time():
    transcript = Transcript.parse("0:00:00.378,0:00:11.378\nJo: One\ntwo\n\n0:00:17.484,0:00:16.543\nAl: Three\n")
    assert transcript.source.format == "sbv"
    assert [(t.speaker, t.text, t.start, t.end) for t in transcript] == [("Jo", "One two", 0.378, 11.378), ("Al", "Three", 17.484, None)]


def test_a_display_name_that_is_a_number_or_an_address_is_a_name():
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\n+1 514-***-**66: Hello\n\n00:02.000 --> 00:03.000\nteo.brandt@acme.example: Hi\n"
    assert [turn.speaker for turn in Transcript.parse(text)] == ["+1 514-***-**66", "teo.brandt@acme.example"]


def test_a_name_inside_the_text_changes_nothing():
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\nAnn Lee: He said Bo Ek: stop, &lt;v Bo Ek&gt;now\n"
    assert rows(Transcript.parse(text)) == [("Ann Lee", "He said Bo Ek: stop, <v Bo Ek>now")]


@pytest.mark.parametrize("text", [ZOOM, TEAMS, SRT])
def test_times_and_words_agree_with_webvtt_py(text):
    webvtt = pytest.importorskip("webvtt")
    if text is SRT:
        captions = webvtt.from_buffer(io.StringIO(text), format="srt").captions
    else:
        captions = webvtt.from_buffer(
            io.StringIO(text.replace("0:0:", "00:00:0").replace("0:1:", "00:01:0").replace("4.120", "4.120"))
        ).captions
    cues = [cue for turn in Transcript.parse(text) for cue in turn.cues]
    assert [round(caption.start_in_seconds) for caption in captions] == [int(cue.start) for cue in cues]


def test_two_named_lines_in_one_cue_are_two_turns():
    text = (
        "1\n00:00:01,000 --> 00:00:04,000\nMara Quill: Since when?\nTeo Brandt: May, and it was\nlate: very.\n\n"
        "2\n00:00:05,000 --> 00:00:08,000\nMara Quill: And then?\nTeo Brandt: June.\n"
    )
    assert [(t.speaker, t.text, t.start) for t in Transcript.parse(text)] == [
        ("Mara Quill", "Since when?", 1.0),
        ("Teo Brandt", "May, and it was late: very.", 1.0),
        ("Mara Quill", "And then?", 5.0),
        ("Teo Brandt", "June.", 5.0),
    ]


def test_a_colon_on_a_later_line_of_a_cue_is_only_a_colon_where_the_word_does_not_come_again():
    text = "1\n00:00:01,000 --> 00:00:04,000\nTeo Brandt: We use two tools,\nLarkfield: for the plan.\n"
    assert rows(Transcript.parse(text)) == [("Teo Brandt", "We use two tools, Larkfield: for the plan.")]


def test_a_cue_that_comes_twice_counts_once_and_keeps_its_speaker():
    cue = "{0}\n00:00:0{0}.000 --> 00:00:0{0}.900\n{1}\n\n"
    said = enumerate(("Mara Quill: Since when?", "Teo Brandt: May.", "Mara Quill: And then?", "Teo Brandt: June."), 1)
    text = "WEBVTT\n\n" + "".join(cue.format(number, line) * 2 for number, line in said)
    assert rows(Transcript.parse(text)) == [
        ("Mara Quill", "Since when?"), ("Teo Brandt", "May."), ("Mara Quill", "And then?"), ("Teo Brandt", "June."),
    ]  # fmt: skip


def test_rolling_captions_can_name_their_speakers():
    lines = ("Ann Lee: we moved", "the depot", "Bo Ek: in May", "or June", "or later")
    cues = (f"00:0{n}.000 --> 00:0{n + 1}.000\n{a}\n{b}\n\n" for n, (a, b) in enumerate(pairwise(lines)))
    assert rows(Transcript.parse("WEBVTT\n\n" + "".join(cues))) == [("Ann Lee", "we moved the depot"), ("Bo Ek", "in May or June or later")]


def named_throughout(*unnamed):
    """Return a transcript in which all cues but a few are named, also those that go on; two names precede each of the others."""
    texts = [
        "Mara: What did it cost?",
        "Teo: A lot.",
        "Teo: Every night.",
        *unnamed,
        "Mara: And now?",
        "Teo: Little.",
        "Teo: Nobody minds.",
        "Mara: I see.",
    ]
    cues = (f"00:{n:02}.000 --> 00:{n + 1:02}.000\n{text}\n" for n, text in enumerate(texts))
    return Transcript.parse("WEBVTT\n\n" + "\n".join(cues), roles={"Mara": "interviewer", "Teo": "customer"})


def unsure(transcript):
    """Return the cues whose speaker is not certain."""
    return [turn.text[start:end] for turn in transcript for start, end in turn.unsure]


def test_a_cue_without_a_name_is_of_nobody_for_certain_where_an_export_names_everybody():
    transcript = named_throughout("So about two million?", "Yes. Okay.")
    assert unsure(transcript) == ["So about two million?", "Yes. Okay."]
    assert transcript[1].text == "A lot. Every night. So about two million? Yes. Okay."
    assert not transcript[1].is_unsure(0, len("A lot. Every night."))
    assert transcript[1].is_unsure(0, len("A lot. Every night. So"))


def test_a_cue_that_goes_on_with_a_sentence_is_its_speakers():
    assert unsure(named_throughout("and it went on,", "into the spring.")) == []


def test_a_cue_that_begins_what_a_named_one_goes_on_with_is_its_speakers():
    texts = [
        "Mara: How?",
        "Teo: We paid.",
        "Teo: A lot.",
        "And Conor came in that night,",
        "Teo: and closed the door.",
        "Mara: And now?",
        "Teo: Well.",
    ]
    cues = (f"00:{n:02}.000 --> 00:{n + 1:02}.000\n{text}\n" for n, text in enumerate(texts))
    assert unsure(Transcript.parse("WEBVTT\n\n" + "\n".join(cues))) == []


def test_where_names_stand_only_at_a_change_every_cue_is_its_speakers():
    assert unsure(named_throughout(*(f"It rained in week {n}." for n in range(9)))) == []


def captions(*cues):
    return "WEBVTT\n\n" + "\n".join(f"00:00:{n:02}.000 --> 00:00:{n + 1:02}.000\n{cue}\n" for n, cue in enumerate(cues))


@pytest.mark.parametrize("mark", [">>", "&gt;&gt;", ">>>"])
def test_a_mark_begins_another_turn_and_is_no_part_of_it(mark):
    transcript = Transcript.parse(
        captions(
            f"{mark} so what changed\nfor you",
            f"{mark} we plan in days",
            "and it's quiet",
            f"{mark} who pays",
            f"they do {mark} I see",
            mark,
            "we do",
        )
    )
    assert rows(transcript) == [
        ("Speaker 1", "so what changed for you"),
        ("Speaker 2", "we plan in days and it's quiet"),
        ("Speaker 1", "who pays they do"),
        ("Speaker 2", "I see"),
        ("Speaker 1", "we do"),
    ]
    assert [turn.role for turn in transcript][:2] == ["interviewer", "customer"]


def test_that_two_speak_in_turn_is_a_guess_and_said_so():
    told = Transcript.parse(captions(">> So what changed?", ">> We plan in days.")).notices
    assert any("taken to speak in turn" in notice for notice in told)
    assert any("roles guessed" in notice for notice in told)
    assert not any(">>" in notice for notice in Transcript.parse(captions("So what changed?", "We plan in days.")).notices)


def test_who_speaks_is_not_known_where_taking_turns_fits_no_interview():
    cues = [">> What changed?", ">> And who pays?", ">> We plan in days.", ">> We do.", ">> When was that?", ">> Who helped?"]
    transcript = Transcript.parse(captions(*cues))
    assert rows(transcript) == [("Unknown", " ".join(cue.removeprefix(">> ") for cue in cues))]
    assert any("who says what is not known" in notice for notice in transcript.notices)


def test_a_mark_without_a_name_is_the_other_one_of_two_and_nobody_known_of_three():
    two = captions(">> MARA: So what changed?", ">> TEO: We plan in days.", ">> Who helped?", ">> Bettina did.", "MARA: I see.")
    assert rows(Transcript.parse(two))[2:] == [("MARA", "Who helped?"), ("TEO", "Bettina did."), ("MARA", "I see.")]
    three = captions(">> MARA: So what changed?", ">> TEO: We plan in days.", ">> IVO: We do.", ">> Who helped?", "TEO: Bettina.")
    assert rows(Transcript.parse(three))[3:] == [("Unknown", "Who helped?"), ("TEO", "Bettina.")]


def test_a_mark_within_what_a_named_speaker_says_stays():
    transcript = Transcript.parse(captions("Mara: What is a >> b?", "Teo: >> means more."))
    assert rows(transcript) == [("Mara", "What is a >> b?"), ("Teo", ">> means more.")]
    assert rows(Transcript.parse(transcript.render("srt"))) == rows(transcript)
