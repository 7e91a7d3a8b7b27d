from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import settings

from copilot import Background, Session, Turn

# A busy machine is no fault of the code.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"


def call(*rows: str) -> list[Turn]:
    """Return a call from rows such as "I: How was it?"; I is the interviewer, C the customer, V a colleague of the vendor."""
    roles = {"I": ("Ines Vale", "interviewer"), "C": ("Carl Moss", "customer"), "V": ("Vera Lund", "colleague")}
    turns = []
    for number, row in enumerate(rows, 1):
        who, text = row.split(": ", 1)
        speaker, role = roles[who]
        turns.append(Turn(turn=number, speaker=speaker, role=role, text=text, start=number * 10.0, end=number * 10.0 + 9))
    return turns


def heard(turns: Sequence[Turn], background: Background | None = None) -> Session:
    """Return a session that has heard turns."""
    session = Session(background=background)
    for turn in turns:
        session.hear(turn)
    return session


@pytest.fixture(scope="session")
def sample() -> Path:
    """The sample interview."""
    return EXAMPLES / "harbour-glass.vtt"


@pytest.fixture(scope="session")
def sample_background() -> Path:
    """The sample interview's background file."""
    return EXAMPLES / "harbour-glass.background.yaml"
