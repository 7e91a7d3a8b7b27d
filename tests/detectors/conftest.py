from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from copilot.background import Background
from copilot.guide import Guide
from copilot.reading import WINDOW, Reading, read
from copilot.turns import Role, Turn

ROLES: dict[str, Role] = {"I": "interviewer", "C": "customer", "D": "customer", "V": "colleague"}
BACKGROUND = Background.model_validate(
    {
        "vendor": "Pinecone Hill",
        "product": "Shelfmark",
        "participants": [{"name": "C", "role": "customer"}, {"name": "D", "role": "customer"}, {"name": "I", "role": "interviewer"}],
    }
)


@pytest.fixture
def call() -> Callable[..., list[Reading]]:
    """Return the readings of a call from lines such as "I: How are you?" (I asks, C and D are customers, V is a colleague)."""

    def build(*lines: str) -> list[Reading]:
        past: list[Reading] = []
        out = []
        for number, line in enumerate(lines, 1):
            speaker, _, text = line.partition(": ")
            turn = Turn(turn=number, speaker=speaker, role=ROLES[speaker], text=text)
            out.append(read(turn, past, BACKGROUND, Guide.default()))
            past = [*past, replace(out[-1], before=())][-WINDOW:]
        return out

    return build
