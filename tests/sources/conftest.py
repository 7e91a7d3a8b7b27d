from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

import pytest

from copilot.sources.messages import Messages
from copilot.sources.revisions import Revisions
from copilot.turns import LiveSegment

EVALS = Path(__file__).parents[2] / "evals"


@pytest.fixture(scope="session")
def faults() -> Iterable[ModuleType]:
    """The scripted call and its faults, as the benchmark uses them."""
    sys.path.insert(0, str(EVALS))
    try:
        yield __import__("faults")
    finally:
        sys.path.remove(str(EVALS))


def read(*messages: object, began: float | None = None) -> list[LiveSegment]:
    """Return the segments in messages of one stream."""
    import json

    reader = Messages(began)
    return [segment for message in messages for segment in reader.read(json.dumps(message))]


def held(segments: Iterable[LiveSegment]) -> list[LiveSegment]:
    """Return what holds after all reports: the last one under each id, without those that were taken back."""
    revisions = Revisions()
    reports = {told.id: told for segment in segments for told in revisions.hear(segment)}
    return [segment for segment in reports.values() if segment.text]
