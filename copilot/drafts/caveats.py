"""Caveats: what customers themselves say against a figure of theirs, what else brought it about or how far it can be believed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from ..findings import Metric
from ..lexicon import Lexicon, words_of
from ..quantities import find_quantities
from ..text import norms, tokenize
from ..turns import Span, Turn
from .citation import Citation
from .excerpts import is_aside
from .leave import sentences_of
from .material import Material

__all__ = ["Caveat", "caveat_on", "caveats"]

LONGEST = 40  # words of a caveat that are shown
_OPENING = 3  # first sentences of an answer, which can be about the figures of the one before it
_BESIDE = 2  # most words between a verb of costing and its amount
_FAR = 3  # answers back to the figure that a question about causes is about
_CLAUSE_END = re.compile(r"\s*(?:[.,;:!?\u2013\u2014\u2026]|-\s|$)")
_KINDS = {"cause", "trust", "comparison"}
_WEIGHTY = {"result", "pain", "cost"}


class Caveat(NamedTuple):
    """What a customer says against a figure; `parts` says that it parts the value from the one before, so that no change is worked out."""

    said: Citation
    parts: bool


def caveat_on(material: Material, span: Span) -> Caveat | None:
    """Return the first caveat on a figure, None where there is none; one that parts it from the value before comes first."""
    return caveats(material).get((span.turn, span.start))


@lru_cache(maxsize=4)
def caveats(material: Material) -> Mapping[tuple[int, int], Caveat]:
    """Return the caveats by the place, turn and start, of the figures that they are about."""
    found: dict[tuple[int, int], Caveat] = {}
    for turn in material.findings.turns:
        if turn.role == "customer":
            for place, said in chain(_caveats(material, turn.turn), _denied(material, turn.turn)):
                if place not in found or (said.parts and not found[place].parts):
                    found[place] = said
    return found


def _caveats(material: Material, turn: int) -> Iterator[tuple[tuple[int, int], Caveat]]:
    """Yield the figures that a turn warns about, with the words of the warning."""
    asked = _asks_cause(material, turn - 1)
    for n, span in enumerate(material.spans(turn)):
        tokens = tokenize(span.text)
        matches = [m for m in Lexicon.load("caveats").find([t.norm for t in tokens]) if m.label in _KINDS]
        if matches and material.is_usable(span) and not span.text.endswith("?") and not is_aside(span.text):
            said, at = material.around(span, LONGEST), span.start + tokens[matches[0].first].start
            labels = {m.label for m in matches}
            caveat = Caveat(said, "comparison" in labels)
            yield from (((m.turn, m.start), caveat) for m in _about(material, span, n, at, labels=labels, asked=asked))


def _denied(material: Material, turn: int) -> Iterator[tuple[tuple[int, int], Caveat]]:
    """Yield the figures that a question puts down to something where its answer says no: "Do you put the six points down to us?" "Ah, no".

    They are those whose numbers it names, else those of the answer before it.
    """
    spans, asked = material.spans(turn), material.turns.get(turn - 1)
    question = _puts_down(asked) if asked else ""
    if not (question and spans and material.is_usable(spans[0]) and _says_no(spans[0].text)):
        return
    said = material.around_all([s for s in spans[:2] if material.is_usable(s)], LONGEST)
    speaker = material.turns[turn].speaker
    results = [m for m in material.findings.metrics if m.kind == "result" and m.turn < turn and material.turns[m.turn].speaker == speaker]
    numbers = {n for q in find_quantities(question) for part in (q, q.baseline) if part for n in (part.low, part.high)}
    named = [m for m in results if not numbers.isdisjoint(n for q in find_quantities(m.text) for n in (q.low, q.high))]
    last = [m for m in results if m.turn == max(r.turn for r in results)]
    yield from (((m.turn, m.start), Caveat(said, parts=False)) for m in (named if numbers else last))


def _puts_down(asked: Turn) -> str:
    """Return the question by which our side asks in a turn whether something brought a figure about, "" where there is none."""
    questions = (s.text for s in sentences_of(asked) if asked.role != "customer" and s.text.endswith("?"))
    return next((text for text in questions if any(m.label == "puts_down" for m in Lexicon.load("caveats").find(norms(text)))), "")


def _says_no(text: str) -> bool:
    """Return whether a sentence begins with a clause of no more than a no: "Ah, no", "Not really, ...", not "No idea what did it"."""
    tokens = [t for t in tokenize(text) if t.norm not in words_of("boundaries.lists.pausing")]
    found = [m for m in Lexicon.load("caveats").find([t.norm for t in tokens]) if m.label == "disowns" and m.first == 0]
    return any(_CLAUSE_END.match(text, tokens[m.last - 1].end) for m in found)


def _about(material: Material, span: Span, place: int, at: int, *, labels: Set[str], asked: bool) -> list[Metric]:
    """Return the figures of the nearest sentence before a caveat, at the offset `at`, that has some that it can be about.

    The sentence stands in its turn or in its speaker's answer before, further back after a question about causes. A cause is one of a
    result, and beside a change in its turn not of the price of one thing. A figure after the caveat in its own sentence may be a part of
    the cause, and counts only if there is no other. A caveat on a comparison is about the nearest value that has one before; one of cause
    is also about that of its turn.
    """
    found = [m for m in material.findings.metrics if m.kind == "result" or ("cause" not in labels and m.kind in _WEIGHTY)]
    speaker = material.turns[span.turn].speaker
    earlier = [t for t in reversed(material.findings.turns) if t.role == "customer" and t.turn < span.turn]
    reach = _FAR if asked else 1 if place < _OPENING else 0
    rows = [
        *reversed(material.spans(span.turn)[:place]),
        *(s for t in earlier[:reach] if t.speaker == speaker for s in reversed(material.spans(t.turn))),
    ]
    own = [m for m in found if span.overlaps(m)]
    told = [row for s in rows if (row := [m for m in found if s.overlaps(m)])]
    pairs = [row for row in told if any(m.baseline for m in row)]
    if "comparison" in labels and pairs:
        return pairs[0]
    nearest = [m for m in own if m.start < at] or next(iter(told), own)
    with_pair = pairs[0] if pairs and pairs[0][0].turn == span.turn and "cause" in labels else []
    changed = [m for m in nearest if not (with_pair and _is_price(material, m))]
    return [*changed, *(m for m in with_pair if m not in changed)]


def _is_price(material: Material, figure: Metric) -> bool:
    """Return whether a figure is what one thing costs: "One redelivery costs us £38"."""
    before = material.turns[figure.turn].text[material.sentence_of(figure).start : figure.start]
    words = norms(before)
    return any(m.label == "price" and m.last >= len(words) - _BESIDE for m in Lexicon.load("caveats").find(words))


def _asks_cause(material: Material, turn: int) -> bool:
    """Return whether our side asks in a turn what else there was."""
    said = material.turns.get(turn)
    return (
        said is not None
        and said.role != "customer"
        and any(m.label == "asks_cause" for m in Lexicon.load("caveats").find(norms(said.text)))
    )
