from __future__ import annotations

import pytest

from copilot.evaluation import VARIANTS

from .small import SMALL

EXPORTS = ("zoom", "teams", "otter", "srt")


@pytest.mark.parametrize("name", VARIANTS)
def test_labels_go_with_the_words_that_they_cite(name: str):
    assert list(VARIANTS[name](SMALL).faults()) == []


@pytest.mark.parametrize("name", VARIANTS)
def test_a_variant_is_the_same_each_time(name: str):
    assert VARIANTS[name](SMALL) == VARIANTS[name](SMALL)


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_keeps_turns_and_roles(name: str):
    kept = VARIANTS[name](SMALL)
    assert [(t.turn, t.speaker, t.role, t.text) for t in kept.turns] == [(t.turn, t.speaker, t.role, t.text) for t in SMALL.turns]


def test_without_punctuation_words_and_numbers_stay():
    assert VARIANTS["no-punctuation"](SMALL).texts[6].startswith("losses are down sixty percent it is just lovely")


def test_noise_changes_some_words_and_keeps_the_speakers():
    noisy = VARIANTS["asr-noise"](SMALL)
    assert noisy.texts != SMALL.texts
    assert [t.speaker for t in noisy.turns] == [t.speaker for t in SMALL.turns]


def test_misspelt_speakers_are_given_their_roles_back():
    assert [t.role for t in VARIANTS["misspelt-names"](SMALL).turns] == [t.role for t in SMALL.turns]
