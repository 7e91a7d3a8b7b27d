from __future__ import annotations

import pytest

from copilot.background import Background
from copilot.guide import Guide
from copilot.probes.footing import footing
from copilot.reading import passages, read
from copilot.turns import Turn


def weight(text: str, kind: str) -> float:
    reading = read(Turn(turn=2, speaker="Ada", role="customer", text=text), (), Background(), Guide.default())
    return footing(reading, kind, 0, len(text))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("In the last release they added a setting", "missing_metric"),
        ("It is much better", "missing_metric"),
        ("If we can create a great experience", "vague"),
        ("Companies struggle with that", "vague"),
        ("Let's say a team launches a far slower model", "missing_metric"),
        ("Folks can't see what broke", "vague"),
        ("I think over the last five years video took off", "unsourced"),
    ],
)
def test_what_nothing_stands_behind_is_needed_less(text: str, kind: str) -> None:
    assert weight(text, kind) < 1


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("We have far fewer incidents", "missing_metric"),
        ("We got a great experience out of it", "vague"),
        ("Our people struggled with that", "vague"),
        ("I think it took five years", "unsourced"),
        ("In the last release they added a setting", "unexplained"),
    ],
)
def test_what_happened_to_the_speaker_keeps_its_weight(text: str, kind: str) -> None:
    assert weight(text, kind) == 1


def test_what_holds_of_anybody_counts_less_in_a_speech() -> None:
    general = "Companies struggle with that. "
    said = "We ship a piece of it whenever it is ready to go. " * 25
    turn = Turn(turn=2, speaker="Ada", role="customer", text=general + said)
    part = passages(read(turn, (), Background(), Guide.default()))[0]
    assert footing(part, "vague", 0, len(general)) < weight(general, "vague")
