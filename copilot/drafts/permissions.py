"""Permissions: what customers answered on the call when they were asked whether something may be used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from ..lexicon import Lexicon, load_data
from ..text import norms
from .citation import Citation
from .material import Material

__all__ = ["permissions_said"]

LONGEST = 40  # words of an answer that are shown


@lru_cache(maxsize=4)
def permissions_said(material: Material) -> Mapping[str, Citation]:
    """Return the customers' words on each permission that they spoke of when asked for leave, the last by its id."""
    return dict(pair for turn in material.turns for pair in _said(material, turn))


def _said(material: Material, turn: int) -> Iterator[tuple[str, Citation]]:
    """Yield the permissions that a turn speaks of with its words: sentence by sentence, else what its question named."""
    before = material.turns.get(turn - 1)
    if before is None or before.role == "customer" or material.turns[turn].role != "customer":
        return
    asked = {name for span in material.spans(before.turn) if _asks(span.text) for name in _named(span.text)}
    spans = [s for s in material.spans(turn) if material.is_usable(s)] if asked else []
    told = [(name, span) for span in spans for name in _named(span.text) if name in asked]
    for name, span in told or [(name, spans[0]) for name in sorted(asked) if spans]:
        yield name, material.around(span, LONGEST)


def _asks(text: str) -> bool:
    """Say whether a sentence asks for leave: "Can we use your logo?"."""
    return text.endswith("?") and any(m.label == "asks_leave" for m in Lexicon.load("deferred").find(norms(text)))


def _named(text: str) -> set[str]:
    """Return the ids of the permissions that a sentence names; "the company name" is the company's, "and your name" a person's."""
    words = [w.removesuffix("'s") for w in norms(text)]
    rows: list[Mapping[str, str]] = load_data("drafts")["permissions"]
    found = {row["id"] for row in rows if not set(row["words"].split()).isdisjoint(words)}
    alone = [w for n, w in enumerate(words) if w not in {"name", "names"} or words[n - 1 : n] != ["company"]]
    return found - {"names"} if "company" in found and {"name", "names"}.isdisjoint(alone) else found
