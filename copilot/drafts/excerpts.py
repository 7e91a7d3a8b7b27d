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

__all__ = ["Excerpt", "digresses", "excerpts", "is_aside", "is_dictated"]


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
    """Return whether words are about the call itself, dictate something, or refuse to say it: none of these is a line of the story."""
    return is_dictated(text) or _says("housekeeping", text) or _says("refusing", text)


def is_dictated(text: str) -> bool:
    """Return whether a sentence begins by telling the writer what to write: "Just say that the teams are being merged"."""
    return any(match.label == "dictating" and match.first == 0 for match in _asides().find(norms(text)))


def digresses(material: Material, turn: int) -> bool:
    """Return whether a turn answers what our side says last about an interruption: "Was that your phone?"."""
    before = material.turns.get(turn - 1)
    return before is not None and before.role != "customer" and _says("interrupting", material.spans(before.turn)[-1].text)


def _says(name: str, text: str) -> bool:
    return any(match.label == name for match in _asides().find(norms(text)))


def _core(material: Material, quote: Span) -> Span:
    turn, after = material.turns[quote.turn], material.turns.get(quote.turn + 1)
    heard = read(turn, (), material.background, material.guide)
    reply = read(after, (), material.background, material.guide) if after and after.role != "customer" else None
    return turn.span(*core_of(heard, quote, reply))


@cache
def _asides() -> Lexicon:
    return Lexicon({name: str(load_data("drafts")[name]) for name in ("housekeeping", "refusing", "interrupting", "dictating")})
