"""The whole call: nothing in a paragraph may be off the record, and no number or quotation that no customer said."""

from __future__ import annotations

from collections.abc import Iterator

from ...grounding import Absent, ground, ungrounded_numbers
from ..material import Material
from .rule import Passage, norms_of, quoted

__all__ = ["barred", "unsaid"]


def barred(text: str, passage: Passage, material: Material) -> Iterator[str]:
    """Yield a fault if a text gives away what is off the record."""
    if material.barred.leaks(text):
        yield "it tells what is off the record"


def unsaid(text: str, passage: Passage, material: Material) -> Iterator[str]:
    """Yield the numbers, and the quotations of two or more words, that no customer said where it may be used."""
    customers = [t for t in material.barred.public if t.role == "customer"]
    yield from (f"the number “{q.text}” was not said" for q in ungrounded_numbers(text, " . ".join(t.text for t in customers)))
    for words in quoted(text):
        if len(norms_of(words)) > 1 and all(isinstance(ground(words, turn), Absent) for turn in customers):
            yield f"the words “{words}” were not said"
