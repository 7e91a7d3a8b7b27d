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
