"""What a customer's own words bar: by a phrase or, without one, by what they answer or follow."""

from __future__ import annotations

from collections.abc import Sequence

from ...findings import Boundary, Degree
from ...reading import Reading
from ..consent.asking import asks_in_phrases
from .conversation import answered, in_confidence, off_record
from .phrases import phrases_of
from .settle import settle
from .surroundings import boundary
from .words import Said

__all__ = ["heard_boundaries"]

NEARBY = 200  # most characters between two boundaries of a turn that are merged


def heard_boundaries(reading: Reading, said: Said) -> tuple[Boundary, ...]:
    """Return what a customer's words bar, or their answer to a question about it; `said` is as in `find_boundaries`."""
    settled = ((phrase.degree, settle(reading, phrase, said)) for phrase in phrases_of(reading))
    asked = [_at_most(degree, found) for degree, found in settled if found is not None]
    if not any(b.degree == "clear" for b in asked):
        asked.extend(answered(reading, said))
    return _merged(reading, _without_answers(reading, asked) or [*off_record(reading), *in_confidence(reading)])


def _without_answers(reading: Reading, found: Sequence[Boundary]) -> list[Boundary]:
    """Return boundaries without what others answered just before to whether the call may be recorded.

    "I'd have to check with our press people" speaks of the recording.
    """
    at = next((n for n in range(len(reading.before) - 1, -1, -1) if not reading.before[n].is_customer), None)
    if at is None or not asks_in_phrases(reading.before[at], reading.before[at - 1] if at else None):
        return list(found)
    others = {r.turn.turn for r in reading.before[at + 1 :]}
    kept = ((b, [t for t in b.covers if t not in others]) for b in found)
    return [boundary(reading, b.start, b.end, covers, b.degree) for b, covers in kept if covers]


def _at_most(degree: Degree, boundary: Boundary) -> Boundary:
    """Return a boundary that is no clearer than its phrase."""
    return boundary if degree == "clear" else boundary.model_copy(update={"degree": degree})


def _merged(reading: Reading, found: Sequence[Boundary]) -> tuple[Boundary, ...]:
    """Return boundaries in order, with nearby ones that bar the same turns merged."""
    out: list[Boundary] = []
    for b in sorted(found, key=lambda b: (b.start, b.end)):
        if out and out[-1].covers == b.covers and b.start - out[-1].end < NEARBY:
            last = out.pop()
            degree: Degree = "clear" if "clear" in {b.degree, last.degree} else "possible"
            b = boundary(reading, last.start, max(b.end, last.end), b.covers, degree)
        out.append(b)
    return tuple(out)
