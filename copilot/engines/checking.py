"""What an engine returns of a turn, checked against the turn: whatever stands there would be cited as what somebody said."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from ..detectors import Found
from ..errors import InputError
from ..reading import Reading
from ..turns import Span

__all__ = ["check_found", "fault_in"]


def check_found(found: Found, reading: Reading, engine: str) -> None:
    """Raise InputError for findings that cannot be of the call; it names the engine, the turn being read, and the row."""
    place = f"engine {engine!r}, turn {reading.turn.turn}"
    InputError.expect(found, Found, f"{place}: a Found")
    if (fault := fault_in(found, reading)) is not None:
        raise InputError(f"{place}: {fault}")


def fault_in(found: Found, reading: Reading) -> str | None:
    """Return which row of some findings cannot be of the call, and why, None if all can.

    Every span must have the words of a turn that was just heard, every number of a turn be of one that was heard, every topic and section
    be of the guide, and every score be a chance from 0 to 1.
    """
    return next(chain(_of_spans(found, reading), _of_turns(found, reading), _of_topics(found, reading), _of_scores(found)), None)


def _of_spans(found: Found, reading: Reading) -> Iterator[str]:
    said = {r.turn.turn: r.turn.text for r in (*reading.before, reading)}
    asides: Iterator[Span] = chain(found.boundaries, found.leave, found.refusals, found.deferrals, found.deferred)
    for row in chain[Span](found.metrics, found.gaps, found.quotes, found.verify, asides):
        if row.turn not in said:
            yield f"{_named(row)} cites turn {row.turn}, which was not just heard"
        elif row.start < 0 or said[row.turn][row.start : row.end] != row.text:
            yield f"{_named(row)} is not what turn {row.turn} has at {row.start}-{row.end}"


def _of_turns(found: Found, reading: Reading) -> Iterator[str]:
    named = [turn for row in (found.boundaries, found.leave) for r in row for turn in r.covers]
    named += [turn for row in (found.contradictions, found.conceded, found.clashes) for r in row for turn in r.turns]
    named += [r.turn for row in (found.touches, found.consent, found.commitments, found.closings) for r in row]
    yield from (f"turn {turn} is named, which nobody has heard" for turn in named if not 1 <= turn <= reading.turn.turn)


def _of_topics(found: Found, reading: Reading) -> Iterator[str]:
    topics, sections = reading.guide.topics, [s.id for s in reading.guide.sections]
    yield from (f"the guide has no topic {r.topic!r}" for row in (found.touches, found.gaps) for r in row if r.topic not in topics)
    yield from (f"the guide has no section {name!r}" for name in found.sections if name not in sections)


def _of_scores(found: Found) -> Iterator[str]:
    for row, score in chain[tuple[Span, float]](((g, g.score) for g in found.gaps), ((q, q.score) for q in found.quotes)):
        if not 0 <= score <= 1:
            yield f"{_named(row)} has the score {score}, which is no chance from 0 to 1"


def _named(row: Span) -> str:
    return f"the {type(row).__name__} {row.text[:60]!r}"
