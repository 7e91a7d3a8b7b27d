"""The documents of a heard interview: the email, the outline and the checklist, as written at the end of the call."""

from __future__ import annotations

from collections.abc import Iterator
from functools import singledispatch
from typing import NamedTuple

from pydantic import BaseModel

from ..drafts import DRAFTS, Checklist, Draft, Email, Material, Outline
from ..drafts.citation import Citation

__all__ = ["Saying", "citations", "documents", "sayings"]


def documents(material: Material) -> tuple[Draft, ...]:
    """Return the email, the outline and the checklist."""
    return tuple(make(material) for make in DRAFTS.values())


class Saying(NamedTuple):
    """A text of a document, and its parts that are shown as derived: computed, dated, or from the background file."""

    text: str
    derived: tuple[str, ...] = ()


def citations(value: object) -> Iterator[Citation]:
    """Yield every citation in a document, at any depth."""
    if isinstance(value, Citation):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from citations(getattr(value, name))
    elif isinstance(value, tuple):
        for row in value:
            yield from citations(row)


@singledispatch
def sayings(document: object) -> Iterator[Saying]:
    """Yield the texts of a document. Raises TypeError for anything else."""
    raise TypeError(f"a {type(document).__name__} is not a document")


@sayings.register
def _email(document: Email) -> Iterator[Saying]:
    known = (*(step.due for step in document.next_steps), *document.facts)
    yield Saying(document.subject, known)
    for part in document.parts:
        yield Saying(part.text, known)
        yield from (Saying(item, known) for item in part.items)


@sayings.register
def _outline(document: Outline) -> Iterator[Saying]:
    yield from (Saying(headline.text) for headline in document.headline_candidates)
    yield from (Saying(fact.text, (fact.text,) if fact.origin == "background" else ()) for fact in document.sidebar)
    for section in document.sections:
        yield from (Saying(claim.text) for claim in section.claims)
        yield from (Saying(quote.quoted) for quote in section.quotes)
        for card in section.metrics:
            yield from (Saying(text) for text in (card.after, card.before, card.period, card.scope, card.source) if text)
        yield from (Saying(f"{gap.probe} {gap.why}") for gap in section.gaps)


@sayings.register
def _checklist(document: Checklist) -> Iterator[Saying]:
    for item in document.items:
        yield from (Saying(text, item.derived) for text in (item.item, *(part.text for part in item.parts)))
