"""Moments: the one sentence of somebody that is worth thanking them for."""

from __future__ import annotations

from functools import cache, lru_cache

from ..lexicon import load_data
from ..quantities import find_quantities
from ..text import Sentence, tokenize
from ..turns import Span
from .citation import Citation
from .material import Material

__all__ = ["moment_of"]

SHORTEST, LONGEST = 5, 22


@lru_cache(maxsize=16)
def moment_of(material: Material, speaker: str) -> Citation | None:
    """Return the most quotable short sentence of a customer that may be used, None where there is none.

    The best quotes are looked through first, then everything else that the person said about the story.
    """
    informs = {row.turn for row in material.findings.sections if row.sections}
    quotes = [q for q in material.findings.quotes if material.turns[q.turn].speaker == speaker]
    turns = [t.span(0, len(t.text)) for t in material.findings.turns if t.speaker == speaker and t.turn in informs]
    found: list[tuple[int, Citation]] = []
    for rank, place in enumerate((*quotes, *turns)):
        found += [(rank, s) for s in _short_sentences(material, place)]
    best = min(found, key=lambda row: (_leans(row[1].text), _counts(row[1].text), row[0], -len(row[1].text)), default=None)
    return best[1] if best else None


def _short_sentences(material: Material, place: Span) -> list[Citation]:
    inside = [s for s in material.sentences(place.turn) if place.start <= s.start and s.end <= place.end]
    cited = [_after_joint(material, place.turn, s) for s in inside if _is_short(s)]
    return [s for s in cited if material.is_usable(s) and not s.text.endswith("?") and material.is_open(s.turn)]


def _after_joint(material: Material, number: int, sentence: Sentence) -> Citation:
    """Return a sentence without the "and" or "so" that it begins with."""
    turn = material.turns[number]
    words = turn.text[sentence.start : sentence.end]
    head, _, rest = words.partition(" ")
    if head.lower().rstrip(",") not in str(load_data("drafts")["joining"]).split() or not rest:
        return material.cite(turn.span(sentence.start, sentence.end))
    return material.cite(turn.span(sentence.end - len(rest), sentence.end), (True, False))


def _is_short(sentence: Sentence) -> bool:
    return SHORTEST <= sentence.last - sentence.first <= LONGEST


def _leans(text: str) -> bool:
    """Say whether a sentence leans on the one before it, or ends on a word that points back."""
    words = [t.norm for t in tokenize(text)]
    return words[0] in _words("leaning") or words[-1] in _words("leaning_ends")


def _counts(text: str) -> bool:
    """Say whether a sentence is about a number, which is for the fact check and not for thanks."""
    return bool(find_quantities(text))


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(str(load_data("drafts")[key]).split())
