"""The sides of contradictions as words of the call: what a correction replaced, what stands, and what is still in dispute."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from ..findings import Contradiction, Side
from ..grounding import Absent, ground
from ..quantities import find_quantities
from ..quantities.arithmetic import slack
from ..turns import Span
from .citation import Citation
from .material import Material

__all__ = ["Clash", "clashes", "corrected_facts", "is_superseded", "said_on_side", "successor"]


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
    """Return the contradictions that have two sides; a change that is only rounded disputes neither of its two ends."""
    rows = (row for row in material.findings.contradictions if len(row.sides) == 2 and row.turns)
    return tuple(_clash(material, row) for row in rows if not _is_rounding(row))


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
