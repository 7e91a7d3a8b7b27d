from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot import formats
from copilot.errors import TranscriptError
from copilot.transcript import Transcript
from copilot.turns import Turn

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Z", "Cn", "Co")), min_size=1, max_size=9).filter(
    lambda s: s.split() == [s]
)
AWKWARD = st.sampled_from(
    ["<b>", "&amp;", "-->", "Ann:", "note:", "<v Bo>", "12:30", "[00:12]", "40%", "&lt;", "{x}", "**Bo:**", "NOTE", "7"]
)
TEXTS = st.lists(WORDS | AWKWARD, min_size=1, max_size=8).map(" ".join)
NAMES = st.lists(
    st.sampled_from(["Ann", "Bo", "Inês", "Ólafur", "de", "O'Neil", "(Acme)", "Łukasz", "J.", "2"]), min_size=1, max_size=3
).map(lambda p: " ".join(["Mx", *p]))


@st.composite
def calls(draw):
    """Turns with neighbours who are different people, and times in milliseconds."""
    names = draw(st.lists(NAMES, min_size=2, max_size=4, unique_by=lambda name: name.replace(" (Acme)", "")))
    turns, time, before = [], 0, None
    for number in range(1, draw(st.integers(1, 8)) + 1):
        before = draw(st.sampled_from([name for name in names if name != before]))
        start = time + draw(st.integers(0, 5000))
        time = start + draw(st.integers(0, 90000))
        turns.append(Turn(turn=number, speaker=before, role="customer", text=draw(TEXTS), start=start / 1000, end=time / 1000))
    return turns


def said(turns):
    return [(turn.speaker, turn.text) for turn in turns]


def timed(turns):
    return [(*pair, round(turn.start * 1000), round(turn.end * 1000)) for pair, turn in zip(said(turns), turns, strict=True)]


@pytest.mark.parametrize("form", ["zoom", "teams", "srt", "jsonl"])
@given(turns=calls())
def test_forms_with_times_are_read_back_as_they_were(form, turns):
    assert timed(Transcript.parse(formats.render(turns, form))) == timed(turns)


@pytest.mark.parametrize("form", ["otter", "plain"])
@given(turns=calls())
def test_forms_for_people_are_read_back_with_their_speakers_and_words(form, turns):
    assert said(Transcript.parse(formats.render(turns, form))) == said(turns)


def test_cues_are_written_and_read_back_one_by_one():
    text = (
        "WEBVTT\n\n"
        "00:00:01.000 --> 00:00:02.000\nAnn Lee: So\n\n"
        "00:00:03.000 --> 00:00:04.500\nAnn Lee: who: me?\n\n"
        "00:00:05.000 --> 00:00:06.000\nBo Ek: Yes\n"
    )
    transcript = Transcript.parse(text)
    for form in ("zoom", "teams", "srt"):
        again = Transcript.parse(transcript.render(form))
        assert said(again) == said(transcript)
        assert [turn.cues for turn in again] == [turn.cues for turn in transcript]


def test_roles_are_kept_in_json_lines():
    transcript = Transcript.parse("Ann Lee: So?\nBo Ek: Yes.\n", roles={"Ann Lee": "colleague"})
    assert [turn.role for turn in Transcript.parse(transcript.render("jsonl"))] == ["colleague", "customer"]


def test_captions_are_never_given_times_that_are_not_known():
    transcript = Transcript.parse("Ann Lee: So?\nBo Ek: Yes.\n")
    with pytest.raises(TranscriptError, match="turn 1 has no times"):
        transcript.render("srt")
    with pytest.raises(TranscriptError, match="turn 1 has no start time"):
        transcript.render("otter")


def test_an_unknown_form_lists_the_known_ones():
    with pytest.raises(TranscriptError, match="no format that can be written is named 'pdf'; there is zoom, teams, srt"):
        formats.render([], "pdf")
