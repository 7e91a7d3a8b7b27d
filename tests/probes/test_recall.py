from __future__ import annotations

import pytest

from copilot.probes.recall import recalled, repeats

ASKED = "What does that look like in practice?"


@pytest.mark.parametrize(
    ("words", "opening"),
    [
        ("It got slow", "It got slow"),
        ("it's something that we learn about every day, I think, the more we do it", "it's something that we learn about every day"),
        ("because we don't want the same kiln settings that the big pots need", "we don't want the same kiln settings"),
        ("so then we moved all the glazes to the new shed and it leaked", "we moved all the glazes"),
    ],
)
def test_a_question_comes_after_the_first_words_of_what_it_is_about(words: str, opening: str) -> None:
    assert recalled(ASKED, words) == f'You said "{opening}": what does that look like in practice?'


@pytest.mark.parametrize(
    "words",
    [
        "that was it",
        "and the people",
        "the reason for that is the way that the glazes of the old kind are mixed by hand",
    ],
)
def test_a_statement_whose_first_words_say_nothing_is_not_repeated(words: str) -> None:
    assert recalled(ASKED, words) == ASKED


def test_a_question_that_quotes_already_quotes_once() -> None:
    assert recalled('You said "slow": how slow?', "It got slow") == 'You said "slow": how slow?'


def test_the_words_that_questions_are_made_of_repeat_nothing() -> None:
    assert not repeats("What is one example of that?", "for example, the glaze")
    assert repeats("What is one glaze like that?", "for example, the glaze")
