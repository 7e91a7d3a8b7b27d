from __future__ import annotations

from collections.abc import Callable

import pytest

from copilot.background import Background
from copilot.reading import Reading
from copilot.turns import Role, Turn

from ..conftest import readings

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
        rows = (line.split(": ", 1) for line in lines)
        turns = [Turn(turn=n, speaker=who, role=ROLES[who], text=text) for n, (who, text) in enumerate(rows, 1)]
        return readings(turns, BACKGROUND)

    return build
