"""Promises: what anybody said they would do after the call, in their words, and by when."""

from __future__ import annotations

from functools import cache

from ..findings import Commitment
from ..grounding import Absent, ground
from ..lexicon import load_data
from ..text import tokenize
from ..turns import Role, Span, Value
from .citation import Citation
from .material import Material

__all__ = ["Promise", "promises"]


class Promise(Value):
    """A promise in its speaker's words. `due` is as said on the call; `deliverable` says that it can be kept after the call."""

    who: Role
    speaker: str
    due: str | None
    deliverable: bool
    spans: tuple[Citation, ...]


def promises(material: Material) -> tuple[Promise, ...]:
    """Return the promises that may be shown, in the order of the call."""
    found = [_promise(material, c) for c in material.findings.commitments if c.turn in material.turns and material.is_open(c.turn)]
    return tuple(p for p in found if p is not None)


def _promise(material: Material, commitment: Commitment) -> Promise | None:
    """Return a promise with its words, None where they are not the speaker's own or give away what is barred."""
    turn = material.turns[commitment.turn]
    place = ground(commitment.what, turn)
    if isinstance(place, Absent):
        return None
    span: Span = turn.span(place.start, place.end)
    if material.barred.covers(span):
        return None
    due = commitment.due if commitment.due and not isinstance(ground(commitment.due, turn), Absent) else None
    first = next((t.norm for t in tokenize(span.text)), "")
    return Promise(who=commitment.who, speaker=turn.speaker, due=due, deliverable=first in _deliver(), spans=(material.cite(span),))


@cache
def _deliver() -> frozenset[str]:
    return frozenset(str(load_data("drafts")["deliver"]).split())
