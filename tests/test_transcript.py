from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot import Session
from copilot.errors import InputError, TranscriptError
from copilot.language import looks_english
from copilot.transcript import Transcript

TEXT = "Ann Lee: So?\nBo Ek: It is.\nAnn Lee: Why?\n"


def test_a_transcript_is_a_sequence_of_turns():
    transcript = Transcript.parse(TEXT)
    assert len(transcript) == 3
    assert [turn.turn for turn in transcript] == [1, 2, 3]
    assert transcript[-1].text == "Why?"
    assert transcript[:2] == transcript.turns[:2]


def test_text_and_its_bytes_are_one_transcript():
    assert Transcript.parse(TEXT) == Transcript.parse(TEXT.encode())


@pytest.mark.parametrize("text", [{"text": TEXT}, None])
def test_what_is_no_text_is_no_transcript(text):
    with pytest.raises(TranscriptError, match=f"are expected, not {type(text).__name__}$"):
        Transcript.parse(text)


def test_the_name_of_a_file_is_no_transcript_and_the_error_says_how_to_read_it(tmp_path):
    path = tmp_path / "call.txt"
    path.write_text(TEXT, "utf-8")
    with pytest.raises(TranscriptError, match=r"Transcript\.load"):
        Transcript.parse(str(path))


def test_a_file_and_its_text_have_the_same_turns(tmp_path):
    path = tmp_path / "call"
    path.write_text(TEXT)
    assert Transcript.load(path).turns == Transcript.parse(TEXT).turns


@given(
    st.lists(st.tuples(st.sampled_from(["Ann Lee", "Bo Ek"]), st.text("abc ?", min_size=1)).filter(lambda row: row[1].strip()), min_size=1)
)
def test_merging_keeps_every_word_in_its_place(rows):
    transcript = Transcript.parse("".join(f"{name}: {text}\n" for name, text in rows))
    assert " ".join(turn.text for turn in transcript).split() == " ".join(text for _, text in rows).split()
    assert sum(len(turn.cues) for turn in transcript) == len(rows)


def parse(text):
    return Transcript.parse(f"Ann Lee: {text}\n")


ENGLISH = (
    "So we had about forty vans at the time, and what we would do is load them by hand, "
    "you know, which took most of the night when it was wet. "
)
SPANISH = (
    "Pues nosotros teníamos unas cuarenta furgonetas y las cargábamos a mano, lo que nos llevaba casi toda la noche cuando llovía mucho. "
)
GERMAN = "Wir hatten damals etwa vierzig Wagen, und die haben wir von Hand beladen, was die ganze Nacht gedauert hat, wenn es nass war. "
FRENCH = "On avait une quarantaine de camions et on les chargeait à la main, ce qui prenait presque toute la nuit quand il pleuvait. "


def test_english_is_told_from_other_languages():
    assert looks_english(parse(ENGLISH))
    assert not any(looks_english(parse(text * 3)) for text in (SPANISH, GERMAN, FRENCH))


def test_a_call_that_switches_now_and_then_is_english():
    assert looks_english(parse(ENGLISH * 2 + SPANISH))


def test_a_few_words_are_not_enough_to_say_that_it_is_not_english():
    assert looks_english(parse("Sí, claro."))


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"background": "acme.yaml"}, "a Background is expected, not str; Background.load reads a file"),
        ({"roles": ["Ines"]}, "a mapping of speakers to roles is expected, not list"),
        ({"format": 3}, "a format's name is expected, not int"),
    ],
)
def test_what_is_known_of_a_call_is_given_as_values(given: dict[str, Any], told: str) -> None:
    with pytest.raises(InputError, match=f"^{re.escape(told)}"):
        Transcript.parse("Ines: How?\nMaeve: So.", **given)


def test_a_turn_whose_lines_go_back_in_time_does_not_end_before_it_begins() -> None:
    transcript = Transcript.parse(
        "WEBVTT\n\n00:50.000 --> 00:58.000\n<v Ines>How was it?\n\n00:40.000 --> 00:45.000\n<v Maeve>So.\n\n"
        "01:00.000 --> 00:59.000\n<v Ines>And then?\n\n00:10.000 --> 00:12.000\n<v Ines>Tell me.\n"
    )
    assert [(t.start, t.end) for t in transcript] == [(50.0, 58.0), (40.0, 45.0), (60.0, None)]
    for turn in transcript:
        Session().hear(turn)


def rows(text, **given):
    return [(turn.speaker, turn.text) for turn in Transcript.parse(text, **given)]


@pytest.mark.parametrize(
    "lines",
    [
        ("We have two hundred", "Right.", "and twelve buses."),
        ("Their support was useless. Off the", "Mm-hm.", "record, that is."),
        ("Sure, I'll", "Thanks.", "email it to you tomorrow."),
        ("They said, I know my kids,", "Uh-huh.", "I don't need a screen."),
        ("It went live with the", "Oh, wow.", "Wayfold team."),
        ("We run", "Okay, great.", "189 buses."),
        ("we put in two hundred and", "mm hm", "sixty sensors"),
    ],
)
def test_who_only_listens_in_the_middle_of_a_sentence_ends_no_turn(lines):
    first, noise, more = lines
    assert rows(f"Mara: And then?\nTeo: {first}\nMara: {noise}\nTeo: {more}\nMara: What else?\n") == [
        ("Mara", "And then?"),
        ("Teo", f"{first} {more}"),
        ("Mara", f"{noise} What else?"),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ("We have two hundred.", "Right.", "and twelve of them are new."),
        ("We have two hundred", "Right.", "Twelve are new."),
        ("We have two hundred", "Buses?", "and twelve."),
        ("About one point four", "Million?", "million dollars."),
        ("It took six weeks", "Six weeks, with four of you.", "every summer."),
        ("We have two hundred buses", "And who drives them", "and twelve vans."),
        ("we run two hundred buses", "right", "we bought them in may"),
        ("is it all right if i record this", "yes go ahead", "great so what do you do"),
        ("Mm", "Right.", "yeah"),
    ],
)
def test_a_turn_ends_where_its_sentence_does_or_something_is_said(lines):
    first, noise, more = lines
    assert rows(f"Teo: {first}\nMara: {noise}\nTeo: {more}\n") == [("Teo", first), ("Mara", noise), ("Teo", more)]


def test_a_sentence_is_gone_on_with_over_all_who_listen_and_more_than_once():
    text = "Teo: We have two\nMara: Right.\nIvo: Mm-hm.\nTeo: hundred, and\nMara: Wow.\nTeo: twelve.\nTeo: All new.\nIvo: Who pays?\n"
    assert rows(text) == [
        ("Teo", "We have two hundred, and twelve. All new."),
        ("Mara", "Right."),
        ("Ivo", "Mm-hm."),
        ("Mara", "Wow."),
        ("Ivo", "Who pays?"),
    ]


BROKEN = """WEBVTT

00:00:01.000 --> 00:00:04.000
Teo: We have two hundred

00:00:04.000 --> 00:00:05.000
Mara: Right.

00:00:05.000 --> 00:04:30.000
Teo: and twelve buses.

00:04:31.000 --> 00:04:33.000
Teo: They are new.

00:04:34.000 --> 00:04:36.000
Mara: Who pays?
"""


def test_every_cue_keeps_its_times_and_a_turn_starts_with_what_is_said_after_the_one_before():
    transcript = Transcript.parse(BROKEN)
    assert [(turn.text, turn.start, turn.end) for turn in transcript] == [
        ("We have two hundred and twelve buses. They are new.", 1.0, 273.0),
        ("Right. Who pays?", 274.0, 276.0),
    ]
    assert [[cue.start for cue in turn.cues] for turn in transcript] == [[1.0, 5.0, 271.0], [4.0, 274.0]]


@pytest.mark.parametrize("form", ["zoom", "teams", "srt", "otter", "plain", "jsonl"])
def test_a_turn_that_was_put_together_is_read_back_as_it_is(form):
    transcript = Transcript.parse(BROKEN)
    again = Transcript.parse(transcript.render(form))
    assert [(turn.speaker, turn.text) for turn in again] == [(turn.speaker, turn.text) for turn in transcript]
    assert not any("start over" in notice for notice in again.notices)
    if form != "plain":
        assert [int(turn.start) for turn in again] == [1, 274]


def test_turns_in_json_lines_are_given_as_they_are():
    lines = [("Teo", "We have two hundred"), ("Mara", "Right."), ("Teo", "and twelve buses.")]
    text = "".join(f'{{"turn": {n}, "speaker": "{who}", "text": "{said}"}}\n' for n, (who, said) in enumerate(lines, 1))
    assert rows(text) == lines
