from __future__ import annotations

import pytest

from copilot.background import Background
from copilot.guide import Guide
from copilot.reading import Reading, read
from copilot.turns import Turn


def heard(text: str, turn: int = 12, guide: Guide | None = None) -> Reading:
    return read(Turn(turn=turn, speaker="Ada Brook", role="customer", text=text), (), Background(), guide or Guide.default())


@pytest.fixture(scope="session")
def guide() -> Guide:
    return Guide.default()
