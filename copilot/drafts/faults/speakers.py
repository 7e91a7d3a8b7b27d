"""The people of a paragraph: what one customer said is not told as another's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...grounding import quotations
from ...text import sentences
from ..material import Material
from .rule import Passage, holds, norms_of, quoted, stems_of

__all__ = ["speakers"]

RUN = 4
"""Words in a row that repeat what somebody said."""


def speakers(text: str, passage: Passage, material: Material) -> Iterator[str]:
    """Yield the sentences that name one customer, or one first, but report what another said.

    A sentence that names nobody goes on with the customer of the one before.
    """
    people = dict.fromkeys((*(c.speaker for c in passage.said), *(t.speaker for t in material.turns.values() if t.role == "customer")))
    own = {name: " . ".join(c.text for c in passage.said if c.speaker == name) for name in people if name}
    one: str | None = None
    for place in sentences(text) if len(own) > 1 else ():
        sentence = text[place.start : place.end]
        told = norms_of(_without_quotations(sentence))  # quoted speech may name anybody
        named = [name for name in own if not set(told).isdisjoint(norms_of(name))]
        first = [name for name in named if told[0] in norms_of(name)] if told else []
        one = named[0] if len(named) == 1 else first[0] if len(first) == 1 else None if named else one
        if one and _is_anothers(sentence, own[one], [said for name, said in own.items() if name != one]):
            yield f"“{sentence}” gives {one} what somebody else said"


def _without_quotations(text: str) -> str:
    """Return a text without its quotations."""
    for start, end in sorted(quotations(text), reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return text


def _is_anothers(sentence: str, own: str, others: Sequence[str]) -> bool:
    """Return whether a sentence quotes what only others said, repeats it, or takes more of its words from them."""
    runs = _runs(sentence) - _runs(own)
    if len(runs & frozenset().union(*map(_runs, others))) > len(_runs(sentence) & _runs(own)):
        return True
    if any(not holds(norms_of(own), norms_of(words)) for words in quoted(sentence)):
        return True
    words = stems_of(sentence) - stems_of(own)
    return len(words & frozenset().union(*map(stems_of, others))) > len(stems_of(sentence) & stems_of(own))


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    """Return the stretches of some words in a row."""
    words = norms_of(text)
    return frozenset(tuple(words[n : n + RUN]) for n in range(len(words) - RUN + 1))
