from __future__ import annotations

import pytest

from copilot.background import Background
from copilot.transcript import Transcript


def rows(text, **options):
    return [(turn.speaker, turn.text) for turn in Transcript.parse(text, **options)]


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Mara Quill: Who pays?\n\nTeo Brandt: We do.\n", None),
        ("Mara Quill:\nWho pays?\nTeo Brandt:\nWe do.\n", None),
        ("[00:12] Mara Quill: Who pays?\n[00:15] Teo Brandt: We do.\n", 12.0),
        ("00:00:12 Mara Quill: Who pays?\n00:00:15 Teo Brandt: We do.\n", 12.0),
        ("(0:12) Mara Quill: Who pays?\n(0:15) Teo Brandt: We do.\n", 12.0),
        ("00:12 - Mara Quill: Who pays?\n00:15 - Teo Brandt: We do.\n", 12.0),
        ("10:15 AM Mara Quill: Who pays?\n10:16 AM Teo Brandt: We do.\n", None),
        ("[10:15:02 p.m.] Mara Quill: Who pays?\n[10:16:10 p.m.] Teo Brandt: We do.\n", None),
        ("10:15 AM\nMara Quill: Who pays?\n10:16 AM\nTeo Brandt: We do.\n", None),
        ("00:00:12\nMara Quill: Who pays?\n00:00:15\nTeo Brandt: We do.\n", 12.0),
        ("Mara Quill (00:00:12):\nWho pays?\n\nTeo Brandt (00:00:15):\nWe do.\n", 12.0),
        ("Mara Quill [00:12]: Who pays?\nTeo Brandt [00:15]: We do.\n", 12.0),
        ("00:00:12 <v Mara Quill>Who pays?\n00:00:15 <v Teo Brandt>We do.\n", 12.0),
        ("**Mara Quill:** Who pays?\n\n**Teo Brandt:** We do.\n", None),
        ("**Mara Quill**: Who pays?\n\n**Teo Brandt** : We do.\n", None),
        ("**Mara Quill** (00:12): Who pays?\n\n**Teo Brandt** (00:15): We do.\n", 12.0),
    ],
)
def test_the_ways_to_write_a_name_and_a_time_mean_the_same(text, start):
    transcript = Transcript.parse(text)
    assert [(t.speaker, t.text) for t in transcript] == [("Mara Quill", "Who pays?"), ("Teo Brandt", "We do.")]
    assert [t.start for t in transcript] == ([None, None] if start is None else [start, start + 3])
    assert [t.end for t in transcript] == [None, None]


def test_a_time_of_day_that_somebody_says_is_part_of_what_is_said():
    assert rows("Mara Quill: When?\nTeo Brandt: At\n10:15 AM it stopped.\n")[1][1] == "At 10:15 AM it stopped."


def test_lines_with_times_and_no_names_have_an_unknown_speaker():
    transcript = Transcript.parse("00:00:01 we had two sheds\n00:00:04 and then: one van\n00:00:09 that was it\n")
    assert rows("00:00:01 we had two sheds\n00:00:04 and then: one van\n00:00:09 that was it\n") == [
        ("Unknown", "we had two sheds and then: one van that was it")
    ]
    assert transcript[0].time_at(20) == 4.0


def test_a_wrapped_line_goes_on_with_its_speaker_whatever_colon_is_in_it():
    text = "Ann Lee: It came to this\nso then: nothing, and see\nhttps://depot.example: gone\n10:30 is when\n\nBo Ek: Right\n"
    assert (
        Transcript.parse("Ann Lee: It came to this\nso then: nothing\nNote: none\nBo Ek: Right\n")[0].text
        == "It came to this so then: nothing Note: none"
    )
    assert Transcript.parse(text)[0].text.startswith("It came to this so then: nothing")


def test_lower_case_names_count_where_they_come_again():
    assert rows("stream: hello\nann: hi\nstream: who pays?\nann: we do\n")[0] == ("stream", "hello")


def test_a_name_in_other_letters_is_a_name_and_a_word_in_small_letters_is_none():
    text = "Mara Quill: Who pays?\nTeo: We do.\nmara quill: And then?\nteo: We wait.\nin short: it works.\nTEO: It does."
    assert [name for name, _ in rows(text)] == ["Mara Quill", "Teo", "Mara Quill", "Teo"]
    assert rows(text)[3] == ("Teo", "We wait. in short: it works. It does.")


def test_a_subtitle_mark_before_a_name_is_no_part_of_it():
    assert rows(">> ANN LEE: Hello\n>> BO EK: Hi\n") == [("ANN LEE", "Hello"), ("BO EK", "Hi")]


CHANGELOG = """**Noor Haddad:** Welcome. We talk about &quot;kilns&quot;, see [episode \\#12](https://pod.example/12).

**Gus Pell:** Thanks \\[laughter\\].

\\[04:20\\] We lost \\[unintelligible 00:04:28.29\\] that *year*. \\[05:00\\] Then it burned.

**Break:** \\[06:00\\]

**Break**: \\[06:10\\] Buy our *tea*.

**Jingle** : la la

Break: \\[07:26\\] to \\[08:16\\]

**Noor Haddad:** What burned&#39;s the question.
"""


def test_markdown_turns_hold_several_paragraphs_with_their_times():
    transcript = Transcript.parse(CHANGELOG)
    assert transcript.source.format == "markdown"
    assert [(t.speaker, t.text) for t in transcript] == [
        ("Noor Haddad", 'Welcome. We talk about "kilns", see episode #12.'),
        ("Gus Pell", "Thanks [laughter]. We lost [unintelligible 00:04:28.29] that year. Then it burned."),
        ("Noor Haddad", "What burned's the question."),
    ]
    assert [cue.start for cue in transcript[1].cues] == [None, 260.0, 300.0]
    assert transcript[1].inherited is False


def test_breaks_and_jingles_are_no_participants_and_it_is_said():
    assert any("Break, Jingle (5 words)" in notice for notice in Transcript.parse(CHANGELOG).notices)


def test_turns_on_both_sides_of_a_break_are_one():
    assert rows("**Ann Lee:** One.\n\n**Break:** \\[01:00\\] tea\n\n**Ann Lee:** Two.\n\n**Bo Ek:** Three.\n") == [
        ("Ann Lee", "One. Two."),
        ("Bo Ek", "Three."),
    ]


MEET = """# Depot review (2024-03-02 10:00 GMT) - Transcript

### Attendees
Mara Quill, night desk, Fireflies.ai Notetaker Mara, +1 514-***-**66, Teo Brandt's Presentation

#### _This editable transcript was computer generated and might contain errors._

Mara Quill: Who opens the doors?

night desk: We do.

### 00:05:00

night desk: Then the vans come, and…

Fireflies.ai Notetaker Mara: Recording is on.

Mara Quill: Sure.

Meeting ended after 00:22:07 👋
"""


def test_a_meet_document_is_its_speech_alone():
    transcript = Transcript.parse(MEET)
    assert transcript.source.format == "meet"
    assert [(t.speaker, t.text, t.start) for t in transcript] == [
        ("Mara Quill", "Who opens the doors?", None),
        ("night desk", "We do. Then the vans come, and…", None),
        ("Mara Quill", "Sure.", None),
    ]
    assert [cue.start for cue in transcript[1].cues] == [None, 300.0]
    assert any("Fireflies.ai Notetaker Mara" in notice for notice in transcript.notices)


def test_a_meet_document_in_bold_after_its_notes_is_read_from_its_transcript():
    text = (
        "📝 Notes\n\nNext steps: call Teo\n\n📖 Transcript\n\nDepot review - Transcript\n\n00:00:00\n\n**Mara Quill:** Who pays?\n\n"
        "**Teo Brandt:** We do.\n\nTranscription ended after 00:30:30\n"
    )
    assert rows(text) == [("Mara Quill", "Who pays?"), ("Teo Brandt", "We do.")]
    assert Transcript.parse(text)[0].start == 0.0


def test_marks_of_what_was_not_heard_stay_in_the_text():
    assert rows("Ann Lee: We [crosstalk] lost [inaudible] of [PII]\nBo Ek: Oh\n")[0][1] == "We [crosstalk] lost [inaudible] of [PII]"


@pytest.mark.parametrize(
    "name",
    [
        "Teo Brandt | Quayside Freight | Depot Manager",
        "Teo Brandt, head of the depots",
        "Teo Brandt, VP of operations",
        'Teo "Teddy" Brandt',
        "Dr. Teo Brandt, PhD; Quayside Freight",
        "Teo Brandt — freight team lead at Quayside",
        "Teo Brandt - Quayside - North Depot - Port Selkie - Ireland",
        "Maria Teresa del Carmen Brandt de la Fuente y Castellanos",
    ],
)
def test_a_long_display_name_that_comes_again_names_a_speaker(name):
    text = f"Mara Quill: Who pays?\n{name}: We do.\nMara Quill: Since when?\n{name}: May.\n"
    cues = "WEBVTT\n\n" + "".join(f"00:0{n}.000 --> 00:0{n}.900\n{line}\n\n" for n, line in enumerate(text.splitlines()))
    expected = [("Mara Quill", "Who pays?"), (name, "We do."), ("Mara Quill", "Since when?"), (name, "May.")]
    assert rows(text) == rows(cues) == expected


def test_a_long_name_in_lower_case_names_a_speaker_where_it_stands_on_many_lines():
    name = "the tablet in the big meeting room"
    text = "".join(f"Mara Quill: Who pays for {n}?\n{name}: We do.\n" for n in range(3))
    assert [turn.speaker for turn in Transcript.parse(text)] == ["Mara Quill", name] * 3


def test_a_sentence_that_comes_again_before_a_colon_is_no_name():
    line = "Teo Brandt: It came to this\nand what he told us was this: no\n"
    assert [turn.speaker for turn in Transcript.parse("Mara Quill: Who pays?\n" + line * 2)] == ["Mara Quill", "Teo Brandt"]


def test_who_is_expected_is_a_speaker_whatever_the_display_name():
    text = "Mara Quill: Who pays?\nteo brandt, head of the night shift: We do.\nMara Quill: Fine.\n"
    assert [turn.speaker for turn in Transcript.parse(text)] == ["Mara Quill"]
    background = Background.parse("participants: [{name: Teo Brandt, role: customer}]")
    assert [(t.speaker, t.text) for t in Transcript.parse(text, background=background)][1] == ("Teo Brandt", "We do.")


TEAM = Background.parse(
    "participants: [{name: Mara Quill, role: interviewer}, {name: Teo van Brandt, role: customer}, {name: Thomas Note, role: colleague}]"
)


@pytest.mark.parametrize("label", ["thomas", "tom", "thomas n", "t. note"])
def test_a_part_of_an_expected_name_is_a_speaker_in_small_letters_too(label):
    said = ["Mara Quill: How fast?", "Teo van Brandt: Fast.", f"{label}: It was ninety percent.", "Teo van Brandt: About that."]
    cues = "WEBVTT\n\n" + "".join(f"00:0{n}.000 --> 00:0{n}.900\n{line}\n\n" for n, line in enumerate(said))
    for text in ("\n".join(said), cues):
        assert rows(text, background=TEAM)[2] == ("Thomas Note", "It was ninety percent.")


def test_names_in_small_letters_that_come_once_are_speakers_where_they_are_expected():
    text = "teo: We close in two days.\nmara: Would you say ninety percent?\nbrandt: Something like that.\n"
    assert rows(text, background=TEAM)[1] == ("Mara Quill", "Would you say ninety percent?")


@pytest.mark.parametrize("word", ["van", "note", "teodor", "t", "what teo said", "quilla"])
def test_a_word_before_a_colon_is_no_speaker_where_it_is_no_part_of_an_expected_name(word):
    text = f"Mara Quill: What is new?\nTeo van Brandt: It came to this,\n{word}: ninety percent.\nMara Quill: Oh.\n"
    assert rows(text, background=TEAM)[1] == ("Teo van Brandt", f"It came to this, {word}: ninety percent.")


def test_a_company_whose_name_holds_that_of_a_program_takes_nobody_away():
    text = "Mara Quill: Who pays?\nTeo Brandt (Assembly): We do.\nSembly Notetaker: Recording.\n"
    transcript = Transcript.parse(text)
    assert [turn.speaker for turn in transcript] == ["Mara Quill", "Teo Brandt (Assembly)"]
    assert any("Sembly Notetaker" in notice for notice in transcript.notices)


def test_who_is_expected_is_never_taken_for_a_program():
    text = "Mara Quill: Who pays?\nTeo Brandt (Avoma): We do.\n"
    assert [turn.speaker for turn in Transcript.parse(text, roles={"Mara Quill": "interviewer"})] == ["Mara Quill"]
    background = Background.parse("participants: [{name: Teo Brandt, role: customer}]")
    assert [turn.speaker for turn in Transcript.parse(text, background=background)] == ["Mara Quill", "Teo Brandt"]


GEMINI = """# 📖 Transcript

Mar 2, 2024

## Depot review \\- Transcript

### 00:00:00 {#00:00:00}

**Mara Quill:** Who pays?  
**Teo Brandt:** We had 24\\. A hundred &lt;vans&gt; a year, *all* of them.  

### 00:01:34 {#00:01:34}

**Mara Quill:** And now?  
**Teo Brandt:** Ten.  

### Transcription ended after 00:02:59
"""  # noqa: W291 -- such exports end lines in two spaces


def test_a_meet_document_in_markdown_keeps_its_times_and_no_marks():
    transcript = Transcript.parse(GEMINI)
    assert transcript.source.format == "meet"
    assert [(t.speaker, t.text, t.start) for t in transcript] == [
        ("Mara Quill", "Who pays?", 0.0),
        ("Teo Brandt", "We had 24. A hundred <vans> a year, all of them.", None),
        ("Mara Quill", "And now?", 94.0),
        ("Teo Brandt", "Ten.", None),
    ]


def test_a_time_of_day_that_begins_a_line_is_said_where_no_named_line_begins_with_a_time():
    text = "Ann Lee: When did the shift start?\nBo Ek: It used to be late.\n12:30 was when they began.\n"
    assert rows(text)[1] == ("Bo Ek", "It used to be late. 12:30 was when they began.")
    timed = "0:01 Ann Lee: When did the shift start?\n0:04 Bo Ek: It used to be late.\n0:09 was when they began.\n"
    assert rows(timed)[1] == ("Bo Ek", "It used to be late. was when they began.")
    voiced = "0:01 <v Ann Lee>When did it start?\n0:04 <v Bo Ek>It used to be late,\n0:09 very late.\n"
    assert rows(voiced)[1] == ("Bo Ek", "It used to be late, very late.")


def test_a_header_tells_of_the_call_and_is_nobodys_words():
    header = "Project: Alpha\nClient: Quayside Freight\nInterviewer: Bo Ek\nPlace: Port Selkie\n\n"
    transcript = Transcript.parse(header + "Ann: What was it like? Was it bad?\nBo: How?\nAnn: Did you not say?\nBo: Six hours.\n")
    assert [(t.speaker, t.role) for t in transcript][:2] == [("Ann", "customer"), ("Bo", "interviewer")]
    assert any('"Project: Alpha Client: Quayside Freight' in notice for notice in transcript.notices)


def test_two_first_speakers_who_say_one_thing_each_are_no_header():
    text = "Cy: Hello there.\nDee: Hi.\nAnn: What was it like?\nBo: Bad.\nAnn: How?\nBo: Slow.\n"
    assert [turn.speaker for turn in Transcript.parse(text)][:3] == ["Cy", "Dee", "Ann"]


def test_a_word_before_a_colon_inside_an_answer_is_no_speaker():
    text = "Ann: What did it cost?\n\nBo: Two things.\n\nLabour: about $4,000 a month.\n\nIt was a mess.\n\nAnn: And now?\n\nBo: Half.\n"
    assert rows(text)[1] == ("Bo", "Two things. Labour: about $4,000 a month. It was a mess.")
    assert [turn.speaker for turn in Transcript.parse("Ann: Who pays?\nBo: we do.\nAnn: All?\n")] == ["Ann", "Bo", "Ann"]


def test_times_alone_on_their_lines_with_text_below_are_read():
    transcript = Transcript.parse("0:03\nwhat was it like\n0:07\nwe had a hundred\n0:12\nand now ten\n")
    assert [(t.speaker, t.text) for t in transcript] == [("Unknown", "what was it like we had a hundred and now ten")]
    assert [cue.start for cue in transcript[0].cues] == [3.0, 7.0, 12.0]


SAID = [
    ("Ann Lee", "How did it start?"),
    ("Bo Ek", "We had two sheds.\nAnd one van."),
    ("Ann Lee", "And then?"),
    ("Bo Ek", "We sold them."),
]


@pytest.mark.parametrize(
    "turn",
    [
        "{name}\n00:0{n}\n{text}\n\n",
        "{name}\n00:0{n}\n{text}\n",
        "{name}\n\n00:0{n}\n\n{text}\n\n",
        "[00:0{n}]\n{name}\n{text}\n\n",
        "0:0:{n}.0 --> 0:0:{n}.9\n{name}\n{text}\n\n",
        "{n}\n00:00:0{n},000 --> 00:00:0{n},900\n{name}\n{text}\n\n",
    ],
)
def test_a_name_on_a_line_of_its_own_beside_each_time_is_no_speech(turn):
    transcript = Transcript.parse("".join(turn.format(name=name, n=n, text=text) for n, (name, text) in enumerate(SAID)))
    assert [(t.speaker, t.text) for t in transcript] == [(name, text.replace("\n", " ")) for name, text in SAID]
    assert [t.start for t in transcript] == [0.0, 1.0, 2.0, 3.0]


def test_a_time_of_day_can_stand_beside_a_name():
    text = "".join(f"{name}\n10:1{n} AM\n{text}\n\n" for n, (name, text) in enumerate(SAID))
    assert [(t.speaker, t.start) for t in Transcript.parse(text)] == [(name, None) for name, _ in SAID]


@pytest.mark.parametrize("time", ["00:0{n}", "0:0:{n}.0 --> 0:0:{n}.9"])
@pytest.mark.parametrize(
    "said",
    [
        ["Sheds\nwere all we had.", "Yes\nwe sold them.", "In May\nor in June.", "North Depot\ncame later."],
        ["Sheds", "Vans", "Sheds", "Vans"],
        ["Sheds\nwere all we had.", "and one\nvan was old", "it went\nin May", "Sheds\nwere all."],
    ],
)
def test_a_line_beside_a_time_is_speech_where_no_names_come_again_or_nothing_follows(time, said):
    text = "".join(f"{time}\n{words}\n\n".format(n=n) for n, words in enumerate(said))
    assert rows(text) == [("Unknown", " ".join(" ".join(said).split()))]


def test_marks_of_a_change_alone_part_lines_into_turns():
    expected = [("Speaker 1", "so what changed"), ("Speaker 2", "we plan in days and it is quiet"), ("Speaker 1", "who pays")]
    assert rows(">> so what changed\n>> we plan in days\nand it is quiet\n>> who pays\n") == expected
    assert rows("0:01 >> so what changed\n0:04 >> we plan in days\n0:07 and it is quiet\n0:09 >> who pays\n") == expected


def test_marks_of_a_change_of_speaker_within_a_line_are_read_as_in_captions() -> None:
    text = ">> How many buses do you run? >> Two hundred.\n>> How long did it take? >> Six weeks.\n>> Who decided? >> The board.\n"
    said = [(turn.speaker, turn.text) for turn in Transcript.parse(text)]
    assert said[:2] == [("Speaker 1", "How many buses do you run?"), ("Speaker 2", "Two hundred.")]
    assert not any(">>" in words for _, words in said)
