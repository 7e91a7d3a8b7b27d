"""Excerpts: the words of each quote that a document prints."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from ..detectors.quotes import core_of
from ..lexicon import Lexicon, load_data
from ..reading import read
from ..text import norms
from ..turns import Span
from .citation import Citation
from .clashes import is_superseded
from .material import Material

__all__ = ["Excerpt", "excerpts", "is_aside"]


class Excerpt(NamedTuple):
    """The words of a quote that are printed, and the whole quote, on which a condition may have been set."""

    said: Citation
    whole: Span


@lru_cache(maxsize=4)
def excerpts(material: Material) -> tuple[Excerpt, ...]:
    """Return the excerpts of the quotes that may be used, that no correction replaced and that are about the story, best first."""
    return tuple(_excerpts(material))


def _excerpts(material: Material) -> Iterator[Excerpt]:
    for quote in material.findings.quotes:
        said = material.usable_part(_core(material, quote)) or material.usable_part(quote)
        if said and not is_superseded(material, said) and not is_aside(said.text):
            yield Excerpt(said, quote)


def is_aside(text: str) -> bool:
    """Return whether words are about the call itself, or refuse to say something: neither is a line of the story."""
    return bool(_asides().find(norms(text)))


@cache
def _asides() -> Lexicon:
    return Lexicon({name: str(load_data("drafts")[name]) for name in ("housekeeping", "refusing")})


def _core(material: Material, quote: Span) -> Span:
    turn, after = material.turns[quote.turn], material.turns.get(quote.turn + 1)
    heard = read(turn, (), material.background, material.guide)
    reply = read(after, (), material.background, material.guide) if after and after.role != "customer" else None
    return turn.span(*core_of(heard, quote, reply))
