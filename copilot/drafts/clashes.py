"""The sides of contradictions as words of the call: what a correction replaced, what stands, and what is still in dispute."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from ..findings import Contradiction, Metric, Side
from ..grounding import Absent, ground
from ..metrics import is_change
from ..quantities import find_quantities
from ..quantities.arithmetic import slack
from ..turns import Span
from .citation import Citation
from .material import Material

__all__ = ["Clash", "clashes", "corrected_facts", "is_superseded", "rates_apart", "said_on_side", "successor"]


class Clash(NamedTuple):
    """A contradiction with the places of its sides, None where a side is the background's or may not be used."""

    row: Contradiction
    first: Citation | None
    last: Citation | None

    @property
    def lost(self) -> Citation | None:
        """The side that does not stand."""
        return {"first": self.last, "last": self.first, None: None}[self.row.stands]

    @property
    def won(self) -> Citation | None:
        """The side that stands."""
        return {"first": self.first, "last": self.last, None: None}[self.row.stands]


@lru_cache(maxsize=4)
def clashes(material: Material) -> tuple[Clash, ...]:
    """Return the contradictions that have two sides, with the rates that two people tell differently.

    A change that is only rounded disputes neither of its two ends.
    """
    rows = (*material.findings.contradictions, *rates_apart(material))
    return tuple(_clash(material, row) for row in rows if len(row.sides) == 2 and row.turns and not _is_rounding(row))


def rates_apart(material: Material) -> Iterator[Contradiction]:
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
