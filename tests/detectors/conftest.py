from __future__ import annotations

from collections.abc import Callable

import pytest

from copilot.background import Background
from copilot.reading import Reading

from ..conftest import PEOPLE, People, readings
from ..conftest import call as script

LETTERS: People = {letter: (letter, role) for letter, (_, role) in PEOPLE.items()}
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
        return readings(script(*lines, people=LETTERS), BACKGROUND)

    return build
