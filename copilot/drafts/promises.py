"""Promises: what anyone said they would do after the call, in their words, and by when."""

from __future__ import annotations

from functools import lru_cache

from ..detectors.commitments import is_deliverable
from ..findings import Commitment
from ..grounding import Absent, ground
from ..text import norms
from ..turns import Role, Span, Value
from .citation import Citation
from .material import Material

__all__ = ["Promise", "promises"]

CONTEXT = 24  # most words of the sentence that a promise is shown in


class Promise(Value):
    """A promise in its speaker's words. `due` is as said on the call; `deliverable` means that something is to be delivered.

    `spans` are the exact words first, then the sentence that they stand in, cut short where it is long; `asked` is the question that
    they answer, where they say little without it.
    """

    who: Role
    speaker: str
    due: str | None
    deliverable: bool
    spans: tuple[Citation, Citation]
    asked: Citation | None = None

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
    asked = _asked(material, commitment)
    if isinstance(place, Absent):
        # What was only agreed to stands in the words of the request.
        if asked is None or isinstance(ground(commitment.what, material.turns[asked.turn]), Absent):
            return None
        first = material.sentences(turn.turn)[0]
        span: Span = turn.span(first.start, first.end)
    else:
        span = turn.span(place.start, place.end)
    context = material.around(span, CONTEXT)
    if material.barred.covers(span) or material.barred.covers(context):
        return None
    words = norms(asked.text if asked and isinstance(place, Absent) else context.text)
    said, due = material.cite(span), _due(commitment.due, turn.text[span.start : context.end])
    return Promise(
        who=commitment.who, speaker=turn.speaker, due=due, deliverable=is_deliverable(words), spans=(said, context),
        asked=asked,
    )  # fmt: skip


def _asked(material: Material, commitment: Commitment) -> Citation | None:
    """Return the question that a promise answers, None where it stands alone or the question gives away what is barred."""
    before = material.turns.get(commitment.turn - 1)
    place = ground(commitment.asked, before) if commitment.asked and before else None
    if before is None or place is None or isinstance(place, Absent):
        return None
    shown = material.clip(before.turn, place.start, place.end, CONTEXT)
    return None if material.barred.covers(shown) or material.barred.leaks(shown.text) else shown


def _due(due: str | None, text: str) -> str | None:
    """Return when a promise is due if that is said in or after its words; a time from elsewhere may be about something else."""
    words = norms(due or "")
    said = norms(text)
    held = words and any(said[i : i + len(words)] == words for i in range(len(said)))
    return due if held else None
