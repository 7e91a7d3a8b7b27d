"""Moments: a few words of somebody that are worth thanking them for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from ..detectors.quotes import find_quotes, is_broken_off
from ..lexicon import Lexicon, words_of
from ..quantities import find_quantities
from ..reading import read
from ..text import Sentence, norms
from ..turns import Span
from .citation import Citation
from .conditions import restriction_on
from .excerpts import excerpts, is_aside
from .leaning import is_torn, leans, points, states, stumble_in
from .leave import sets_condition
from .material import Material
from .permissions import is_leave

__all__ = ["moment_of"]

SHORTEST, LONGEST = 5, 28  # words
COUNT = 10  # most words of a sentence that is hardly more than the number in it


@lru_cache(maxsize=16)
def moment_of(material: Material, speaker: str) -> Citation | None:
    """Return the most quotable few words of a customer that may be used, None if there are none.

    A short whole quote comes first, then a sentence of the best quotes, then one of their other words about the story. What depends on the
    words before it, or says what the speaker cannot say, is only used if there is nothing else; what has more than one such fault never
    is, nor what only points at another sentence, tells what others say or is taken back in part: no line is better than that.
    """
    quotes = [excerpt.said for excerpt in excerpts(material) if excerpt.said.speaker == speaker]
    found = [(False, rank, s) for rank, quote in enumerate(quotes) for s in _whole(material, quote)]
    found += [(True, rank, s) for rank, place in enumerate((*quotes, *_story(material, speaker))) for s in _sentences(material, place)]
    others = frozenset(norm for t in material.findings.turns if t.speaker != speaker for norm in norms(t.speaker))
    ranked = ((_order(material, row, others), row[2]) for row in found)
    best = min(((order, said) for order, said in ranked if order[0] <= 1), key=lambda row: row[0], default=None)
    return best[1] if best else None


def _story(material: Material, speaker: str) -> list[Span]:
    """Return somebody's words about the story: those that may be quoted, best first, then all; those that introduce the speaker last."""
    told = {row.turn for row in material.findings.sections if row.sections}
    turns = [t for t in material.findings.turns if t.speaker == speaker and t.turn in told]
    quotes = (q for t in turns for q in find_quotes(read(t, (), material.background, material.guide)))
    rows: list[Span] = [*sorted(quotes, key=lambda q: -q.score), *(t.span(0, len(t.text)) for t in turns)]
    return sorted(rows, key=lambda row: row.turn in _introductions(material))


@lru_cache(maxsize=4)
def _introductions(material: Material) -> frozenset[int]:
    """Return the turns that only tell who the customer is: those that inform the first section alone."""
    first = {material.guide.sections[0].id}
    return frozenset(row.turn for row in material.findings.sections if set(row.sections) == first)


def _order(material: Material, row: tuple[bool, int, Citation], others: frozenset[str]) -> tuple[int, ...]:
    """Return the sort key of words, best first; dry ones come late, a number later, a cut beginning and words about others last."""
    piece, rank, said = row
    stumbles = stumble_in(said.text) is not None
    poor = leans(said.text) + _knows_not(said.text) + (not others.isdisjoint(norms(said.text))) + stumbles + (not states(said.text))
    return poor, said.cut[0], _counts(said.text, introduces=said.turn in _introductions(material)), _is_dry(said.text), piece, rank


def _whole(material: Material, quote: Span) -> list[Citation]:
    """Return a quote if it is short and consists of whole sentences."""
    inside = [s for s in material.sentences(quote.turn) if quote.start <= s.start and s.end <= quote.end]
    if not inside or (inside[0].start, inside[-1].end) != (quote.start, quote.end):
        return []
    return _usable(material, quote.turn, [Sentence(quote.start, quote.end, inside[0].first, inside[-1].last)])


def _sentences(material: Material, place: Span) -> list[Citation]:
    """Return the short sentences of a place, longest first."""
    inside = [s for s in material.sentences(place.turn) if place.start <= s.start and s.end <= place.end]
    return _usable(material, place.turn, sorted(inside, key=lambda s: s.start - s.end))


def _usable(material: Material, turn: int, rows: Sequence[Sentence]) -> list[Citation]:
    cited = [_after_joint(material, turn, s) for s in rows if _is_short(s)]
    own = (s for s in cited if material.is_usable(s) and material.is_open(s.turn) and not s.unsure)
    kept = (s for s in own if not (_asks(s.text) or is_torn(s.text) or _is_repaired(s.text)))
    whole = (s for s in kept if not (s.cut[0] and _is_fragment(s.text)) and not _ends_midway(s.text))
    telling = (s for s in whole if not (points(s.text) or _is_hearsay(s.text)))
    return [s for s in telling if not _is_about_use(material, s) and not is_aside(s.text)]


def _ends_midway(text: str) -> bool:
    """Return whether words end in the middle of a clause, as their last word or mark shows."""
    return is_broken_off(text) or text.rstrip("\"'”’").endswith(("…", "...", "—", "–", "-"))


def _is_about_use(material: Material, said: Citation) -> bool:
    """Return whether words are about what may be used, or somebody set a condition on them."""
    return sets_condition(said.text) or is_leave(said.text) or restriction_on(material, said) is not None


def _is_fragment(text: str) -> bool:
    """Return whether words without the "and" before them begin a subordinate clause or a phrase."""
    return norms(text)[0] in words_of("drafts.subordinating")


def _after_joint(material: Material, number: int, sentence: Sentence) -> Citation:
    """Return a sentence without an initial "and" or "so"."""
    turn = material.turns[number]
    words = turn.text[sentence.start : sentence.end]
    head, _, rest = words.partition(" ")
    if head.lower().rstrip(",") not in words_of("drafts.joining") or not rest:
        return material.cite(turn.span(sentence.start, sentence.end))
    return material.cite(turn.span(sentence.end - len(rest), sentence.end), (True, False))


def _is_short(sentence: Sentence) -> bool:
    return SHORTEST <= sentence.last - sentence.first <= LONGEST


def _knows_not(text: str) -> bool:
    """Return whether words are about what their speaker does not know, may not say or has not done."""
    return bool(Lexicon.at("drafts.unknowing").find(norms(text)))


def _is_hearsay(text: str) -> bool:
    """Return whether words are of what others say who are not named."""
    return bool(Lexicon.at("drafts.hearsay").find(norms(text)))


def _is_repaired(text: str) -> bool:
    """Return whether words hold something that their speaker takes back, and says rightly after it."""
    return bool(Lexicon.at("drafts.repairing").find(norms(text)))


def _asks(text: str) -> bool:
    """Return whether words end on a question, their speaker's or one that they quote."""
    return text.rstrip("\"'”’").endswith("?")


def _is_dry(text: str) -> bool:
    """Return whether words only suppose something, or come back to what was said or read."""
    words = norms(text)
    return not words_of("worth.supposing").isdisjoint(words[:1]) or bool(Lexicon.at("drafts.repeating").find(words))


def _counts(text: str, *, introduces: bool) -> bool:
    """Return whether words are for the fact check and not for thanks: hardly more than a number, a size of the firm, statistics."""
    words = norms(text)
    return not words_of("drafts.statistics").isdisjoint(words) or ((len(words) <= COUNT or introduces) and bool(find_quantities(text)))
