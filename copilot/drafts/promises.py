"""Promises: what anyone said they would do after the call, in their words, and by when."""

from __future__ import annotations

from functools import lru_cache

from ..findings import Commitment
from ..grounding import Absent, ground
from ..lexicon import words_of
from ..text import norms
from ..turns import Role, Span, Value
from .citation import Citation
from .material import Material

__all__ = ["Promise", "promises"]

CONTEXT = 24  # most words of the sentence that a promise is shown in


class Promise(Value):
    """A promise in its speaker's words. `due` is as said on the call; `deliverable` means that something is to be delivered.

    `spans` are the exact words, then the sentence around them, shortened if it is long.
    """

    who: Role
    speaker: str
    due: str | None
    deliverable: bool
    spans: tuple[Citation, Citation]

    @property
    def said(self) -> Citation:
        """The exact words."""
        return self.spans[0]

    @property
    def context(self) -> Citation:
        """The sentence around the words."""
        return self.spans[1]


@lru_cache(maxsize=4)
def promises(material: Material) -> tuple[Promise, ...]:
    """Return the promises that may be shown, in the order of the call."""
    found = [_promise(material, c) for c in material.findings.commitments if c.turn in material.turns and material.is_open(c.turn)]
    return tuple(p for p in found if p is not None)


def _promise(material: Material, commitment: Commitment) -> Promise | None:
    """Return a promise with its words, None if they are not the speaker's own or give away what is barred."""
    turn = material.turns[commitment.turn]
    place = ground(commitment.what, turn)
    if isinstance(place, Absent):
        return None
    span: Span = turn.span(place.start, place.end)
    if material.barred.covers(span):
        return None
    context = material.around(span, CONTEXT)
    if material.barred.covers(context):
        return None
    first = next(iter(norms(span.text)), "")
    due = _due(commitment.due, turn.text[place.start : context.end])
    spans = (material.cite(span), context)
    return Promise(who=commitment.who, speaker=turn.speaker, due=due, deliverable=first in words_of("drafts.deliver"), spans=spans)


def _due(due: str | None, text: str) -> str | None:
    """Return when a promise is due if that is said in or after its words; a time from elsewhere may be about something else."""
    words = norms(due or "")
    said = norms(text)
    held = words and any(said[i : i + len(words)] == words for i in range(len(said)))
    return due if held else None
