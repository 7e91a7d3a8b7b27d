"""The sides of contradictions as words of the call: what a correction replaced, what stands, and what is still in dispute."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import combinations
from typing import NamedTuple

from ..detectors.contradictions import gives_way
from ..findings import Contradiction, Metric, Side
from ..grounding import Absent, ground
from ..lexicon import Lexicon, denies, load_data, words_of
from ..metrics import is_change
from ..quantities import find_quantities
from ..quantities.arithmetic import slack
from ..text import norms, sentences, tokenize
from ..turns import Span
from .citation import Citation
from .material import Material

__all__ = ["Clash", "clashes", "contradictions", "corrected_facts", "is_open", "is_superseded", "proposal", "said_on_side", "successor"]

LATER = 6  # turns after a contradiction in which a wording for it may be agreed
ROUNDED = 1  # most by which a figure that its speaker says to take is off the one that was computed


class Clash(NamedTuple):
    """A contradiction with the places of its sides, None where a side is the background's or may not be used."""

    row: Contradiction
    first: Citation | None
    last: Citation | None

    @property
    def is_open(self) -> bool:
        """Whether nothing on the call settles it."""
        return is_open(self.row)

    @property
    def lost(self) -> Citation | None:
        """The side that does not stand."""
        return {"first": self.last, "last": self.first, None: None}[self.row.stands]

    @property
    def won(self) -> Citation | None:
        """The side that stands."""
        return {"first": self.first, "last": self.last, None: None}[self.row.stands]


def is_open(row: Contradiction) -> bool:
    """Return whether nothing on the call settles a contradiction: neither a correction, of which nobody asks again, nor a later turn."""
    return row.stands is None and row.settled_by is None


@lru_cache(maxsize=4)
def contradictions(material: Material) -> tuple[Contradiction, ...]:
    """Return the contradictions, with the rates that two people tell differently, each as the call settles it."""
    return tuple(_as_settled(material, row) for row in (*material.findings.contradictions, *_rates_apart(material)))


@lru_cache(maxsize=4)
def clashes(material: Material) -> tuple[Clash, ...]:
    """Return the contradictions that have two sides. A change that is only rounded disputes neither of its two ends."""
    rows = contradictions(material)
    return tuple(_clash(material, row) for row in rows if len(row.sides) == 2 and row.turns and not _is_rounding(row))


def _as_settled(material: Material, row: Contradiction) -> Contradiction:
    """Return a contradiction with what settles it where nothing is known to: its speaker's own word, or the answer to our proposal.

    A speaker who says which figure to take decides which statement stands; a wording that was agreed leaves both.
    """
    if row.settled_by or not row.turns:
        return row
    if row.stands is None and (last := _taken(material, row)) is not None:
        return row.model_copy(update={"settled_by": last.turn, "stands": "last"})
    gaps = (g for g in material.findings.gaps if g.kind == "inconsistent" and g.turn == row.turns[-1] and g.outcome == "answered")
    answered = (g.closed_by for g in gaps if g.closed_by and _decides(material, row, g.closed_by))
    agreed = None if row.stands else _agreed(material, row)
    return row.model_copy(update={"settled_by": next(answered, agreed)})


def _taken(material: Material, row: Contradiction) -> Span | None:
    """Return where the speaker of the later statement says to take its figure, as far as it is only rounded: "please take 86"."""
    turn, sides = material.turns.get(row.turns[-1]), row.sides
    if turn is None or len(sides) < 2:
        return None
    place = ground(sides[1].words, turn)
    after = [s for s in material.spans(turn.turn) if not isinstance(place, Absent) and s.start >= place.end and material.is_usable(s)]
    meant = [q.low for q in find_quantities(sides[1].computed or sides[1].words)]
    known = {q.low for q in find_quantities(sides[0].words)}
    for said in after:
        figures = [q.low for q in find_quantities(said.text)] if _choosing().find(norms(said.text)) else []
        if any(figure not in known and any(abs(figure - value) <= ROUNDED for value in meant) for figure in figures):
            return said
    return None


def _agreed(material: Material, row: Contradiction) -> int | None:
    """Return the turn in which somebody of the two agrees to what our side proposes to print of a disputed figure."""
    speakers = {material.turns[n].speaker for n in row.turns if n in material.turns}
    told = {q.low for side in row.sides for q in find_quantities(side.words)}
    for number in range(row.turns[-1] + 1, row.turns[-1] + LATER):
        ours, answer = material.turns.get(number), material.turns.get(number + 1)
        if ours and answer and ours.role != "customer" and answer.speaker in speakers and _agrees(answer.text):
            asked = " ".join(s.text for s in material.spans(number) if s.text.endswith("?"))
            if told & {q.low for q in find_quantities(asked)} and Lexicon.at("drafts.proposing").find(norms(asked)):
                return number + 1
    return None


def _agrees(text: str) -> bool:
    """Return whether an answer opens by agreeing to what was proposed, in a clause that says no more, and nothing in it limits that."""
    opening = next((text[s.start : s.end] for s in sentences(text)), "")
    tokens = tokenize(opening)
    said = [t.norm for t in tokens]
    if any(map(denies, said)) or not words_of("drafts.limiting").isdisjoint(norms(text)) or find_quantities(opening):
        return False
    ends = [m.last for m in Lexicon.at("drafts.agreeing").find(said)]
    return any(end == len(tokens) or not opening[tokens[end - 1].end : tokens[end].start].isspace() for end in ends)


def proposal(material: Material, row: Contradiction) -> Citation | None:
    """Return the wording of ours to which a turn agreed that settles a contradiction without a word on which side stands."""
    before = material.turns.get((row.settled_by or 0) - 1)
    if row.stands or before is None or before.role == "customer" or not material.is_open(before.turn):
        return None
    asked = next((s for s in material.spans(before.turn) if Lexicon.at("drafts.proposing").find(norms(s.text))), None)
    return material.cite(asked) if asked else None


def _decides(material: Material, row: Contradiction, turn: int) -> bool:
    """Return whether a turn says a number of one of the statements again, or gives way; another answer settles nothing between them."""
    text = material.turns[turn].text if turn in material.turns else ""
    told = {q.value for q in find_quantities(text)}
    return gives_way(text) or any(q.value in told for side in row.sides for q in find_quantities(side.words))


@cache
def _choosing() -> Lexicon:
    return Lexicon({"chooses": load_data("contradictions")["chooses"]})


def _rates_apart(material: Material) -> Iterator[Contradiction]:
    """Yield the results in percent that two people give of one thing, by name, in figures that do not meet: 96, and 92 to 93."""
    results = [m for m in material.findings.metrics if m.kind == "result" and m.unit == "percent" and "definition" not in m.missing]
    before = {(m.measures, m.baseline.value) for m in results if m.baseline}
    rates = [m for m in results if not is_change(m) and (m.measures, m.value) not in before]
    for first, last in combinations(rates, 2):
        spoken_by = [material.turns[m.turn].speaker for m in (first, last)]
        if spoken_by[0] != spoken_by[1] and _is_apart(first, last) and not _is_known(material, first, last):
            words = " / ".join(material.sentence_of(m).text for m in (first, last))
            yield Contradiction(turns=(first.turn, last.turn), text=words)


def _is_apart(a: Metric, b: Metric) -> bool:
    """Return whether two rates are of one thing, place and time, as far as is said, and have no value in common."""
    same = a.measures.lower() == b.measures.lower() and not (a.scope and b.scope) and not (a.period and b.period)
    values = [(min(ends), max(ends)) for ends in ((m.value if isinstance(m.value, tuple) else (m.value,)) for m in (a, b))]
    return same and max(low for low, _ in values) > min(high for _, high in values)


def _is_known(material: Material, first: Metric, last: Metric) -> bool:
    """Return whether a contradiction of the turns of two metrics was found on the call."""
    return any({first.turn, last.turn} <= {*row.turns} for row in material.findings.contradictions)


def _is_rounding(row: Contradiction) -> bool:
    """Return whether a contradiction is a change that people round so, "ninety percent less" from 730 to 95."""
    stated, computed = (find_quantities(told or "") for told in (row.sides[0].words, row.sides[1].computed))
    if len(stated) != 1 or len(computed) != 1 or stated[0].unit != computed[0].unit:
        return False
    return abs(stated[0].low - computed[0].low) <= slack(stated[0].low, stated[0].unit or "")


def _clash(material: Material, row: Contradiction) -> Clash:
    first, last = row.sides
    return Clash(row, said_on_side(material, first, row.turns[0]), said_on_side(material, last, row.turns[-1]))


def said_on_side(material: Material, side: Side, number: int) -> Citation | None:
    """Return where a turn has the words of a side, None if it does not, they may not be used, or they are the background's."""
    turn = material.turns.get(number)
    place = None if turn is None or side.is_known else ground(side.words, turn)
    if turn is None or place is None or isinstance(place, Absent):
        return None
    said = material.cite(turn.span(place.start, place.end))
    return said if material.is_usable(said) else None


def is_superseded(material: Material, span: Span) -> bool:
    """Return whether a span has words that a correction replaced."""
    return any(c.lost is not None and c.lost.overlaps(span) for c in clashes(material)) or _replacing(material, span) is not None


def _replacing(material: Material, span: Span) -> Span | None:
    """Return the number that its speaker put at once in the place of one in a span, None if the span has both or none of them."""
    turn = material.turns[span.turn]
    for number in find_quantities(turn.text):
        new = turn.span(number.start, number.end)
        if not new.overlaps(span) and any(turn.span(*old).overlaps(span) for old in number.replaces):
            return new
    return None


def successor(material: Material, span: Span) -> Span | None:
    """Return the sentence that takes the place of one: itself, that of its correction, or None if that may not be used."""
    lost = next((c for c in clashes(material) if c.lost is not None and c.lost.overlaps(span)), None)
    new = lost.won if lost else _replacing(material, span)
    if lost is None and new is None:
        return span
    held = (s for s in material.spans(new.turn) if s.overlaps(new)) if new else iter(())
    return next((s for s in held if material.is_usable(s) and not is_superseded(material, s)), None)


def corrected_facts(material: Material) -> Mapping[str, Citation]:
    """Return the words of the background that the call corrects, with the customer's."""
    return dict(_corrected(material))


def _corrected(material: Material) -> Iterator[tuple[str, Citation]]:
    for clash in clashes(material):
        known = clash.row.sides[0]
        if known.is_known and clash.won:
            yield known.words, clash.won
