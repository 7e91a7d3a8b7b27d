"""What is said on a call about recording it, turn by turn, and what that comes to."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Literal, NamedTuple

from ...findings import Consent

__all__ = ["ConsentEvent", "agreed_by", "assumed_by", "refused_by", "settle"]


class ConsentEvent(NamedTuple):
    """Something said about recording the call: a request for permission, or the customer's answer.

    "assumed" is a yes to confirm: an answer that says neither yes nor no, after which the interview goes on, a yes to what no phrase
    shows to be the request, or one that nobody asked for.

    "agreed" is the yes of the first of two who were both asked: it speaks for one, and the call may not be recorded yet. `joins` is
    the turn with the question where that was put to a group.
    """

    kind: Literal["asked", "agreed", "granted", "assumed", "refused"]
    turn: int
    speaker: str = ""
    joins: int | None = None


def settle(events: Iterable[ConsentEvent]) -> Consent:
    """Fold the events of a call, in order, into the turns in which permission was first asked for and granted, None if it was not.

    A refusal revokes an earlier grant; a later grant overrides a refusal. A group grants it with its first yes, once the others agree.
    """
    asked: int | None = None
    first: ConsentEvent | None = None
    grant: ConsentEvent | None = None
    for event in events:
        if event.kind == "asked":
            asked = event.turn if asked is None else asked
        elif event.kind == "refused":
            first = grant = None
        elif event.kind == "agreed":
            first = first or event
        elif grant is None or grant.kind == "assumed":
            grant = event
    if grant is not None and first is not None and first.joins is not None and first.joins == grant.joins:
        grant = first
    return Consent(asked=asked, granted=grant.turn if grant else None)


def agreed_by(events: Iterable[ConsentEvent]) -> dict[str, int]:
    """Fold the events of a call, in order, into the turn in which each customer agreed to the recording; a refusal takes it back."""
    return _turns(events, {"agreed", "granted"})


def assumed_by(events: Iterable[ConsentEvent]) -> dict[str, int]:
    """Fold the events of a call, in order, into the turn of each customer's answer that is assumed to be a yes."""
    events = tuple(events)
    surely = agreed_by(events)
    return {name: turn for name, turn in _turns(events, {"assumed"}).items() if name not in surely}


def refused_by(events: Iterable[ConsentEvent]) -> dict[str, int]:
    """Fold the events of a call, in order, into the turn in which each customer last refused the recording; a later yes takes it back."""
    turns: dict[str, int] = {}
    for event in events:
        if event.kind == "refused":
            turns[event.speaker] = event.turn
        elif event.kind != "asked":
            turns.pop(event.speaker, None)
    return turns


def _turns(events: Iterable[ConsentEvent], kinds: Container[str]) -> dict[str, int]:
    """Return the turn of each speaker's first event of some kinds that no refusal takes back."""
    turns: dict[str, int] = {}
    for event in events:
        if event.kind in kinds:
            turns.setdefault(event.speaker, event.turn)
        elif event.kind == "refused":
            turns.pop(event.speaker, None)
    return turns
