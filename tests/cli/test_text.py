from __future__ import annotations

import pytest

from copilot.cli.text import GLANCE, prompted
from copilot.probe import Probe

LONG = "the first thing that we did was to look at every one of the racks, all of them, and in the end " * 2
TOLD = f"{LONG}it was so much faster than anybody had thought possible, {LONG}".strip(" ,")


def shown(text: str, question: str) -> str:
    return prompted(Probe(gap="g", probe=question, why="", kind="missing_metric", topic="t", severity="must", score=0.5, turn=1, text=text))


def test_few_words_behind_a_question_are_shown_whole() -> None:
    assert shown("It was so much faster", 'You said "faster": how much?') == "“It was so much faster”"


@pytest.mark.parametrize(
    ("question", "begins", "ends"),
    [
        ('You said "the first thing": what was it?', False, True),
        ('You said "so much faster": how much?', True, True),
        ('You said "in the last place": what was it?', False, True),
        ("What is one example?", False, True),
    ],
)
def test_of_many_words_those_that_the_question_repeats_are_shown(question: str, begins: bool, ends: bool) -> None:
    seen = shown(TOLD, question)
    words = seen[1:-1].removeprefix("… ").removesuffix(" …")
    assert (seen.startswith("“… "), seen.endswith(" …”")) == (begins, ends)
    assert f" {words} " in f" {TOLD} "
    assert len(words) <= GLANCE
    repeated = question.split('"')[1::2]
    assert all(part in words for part in repeated if part in TOLD)


def test_the_end_of_many_words_is_shown_up_to_the_last() -> None:
    assert shown(f"{LONG}it was quick", 'You said "it was quick": how quick?').endswith("it was quick”")
