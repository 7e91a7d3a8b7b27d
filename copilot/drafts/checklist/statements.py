"""Statements to confirm: contradictions, quotes, facts that nobody said, technical claims."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ...findings import Contradiction, Side
from ..changes import check_changes
from ..citation import Citation
from ..clashes import contradictions as told_against
from ..clashes import proposal, said_on_side
from ..excerpts import excerpts
from ..leaning import says_little
from ..material import Material
from ..technical import technical
from .items import Item, Part, grouped, shown, ticked

__all__ = ["contradictions", "engineering", "facts", "quotes"]

_STATEMENT = 24  # most words of a statement, and of its question, in a contradiction


def contradictions(material: Material) -> Iterable[Item]:
    """Yield statements that cannot all be true, including those that conflict with the background file or their own arithmetic.

    A change that its two ends do not give is left to the arithmetic, if that has it.
    """
    for row in told_against(material):
        turns = [material.turns[n] for n in row.turns if n in material.turns]
        settled = _settled(material, row)
        if turns and all(material.is_open(t.turn) for t in turns) and (settled or not _is_reckoned(material, row)):
            sides = [_told_side(material, side, row.turns) for side in row.sides]
            spans = tuple(dict.fromkeys(span for side in sides for span in side.spans)) or tuple(material.point(t.turn) for t in turns)
            derived = tuple(side.derived for side in sides if side.derived)
            ending = _ending(material, row, settled)
            yield Item(
                area="customer", item=f"{_clash(sides)} {ending}", evidence=(*spans, settled) if settled else spans, derived=derived,
                owner=turns[-1].speaker, status="done" if settled else "to confirm", blocks=settled is None,
            )  # fmt: skip


def _ending(material: Material, row: Contradiction, settled: Citation | None) -> str:
    """Return how a contradiction was settled, or the question that would settle it."""
    if settled is None:
        return "Which is right?"
    wording = proposal(material, row)
    return f"{settled.speaker} agreed to {wording.quoted}: {settled.when}." if wording else f"{settled.speaker} settled it: {settled.when}."


def _is_reckoned(material: Material, row: Contradiction) -> bool:
    """Return whether the arithmetic shows that the change and the two ends of a contradiction do not agree."""
    if not any(side.computed for side in row.sides):
        return False
    said = [place for side in row.sides for n in row.turns if (place := said_on_side(material, side, n))]
    misfits = (check for check in check_changes(material) if check.verdict != "holds")
    return any(all(any(place.overlaps(part) for place in said) for part in (check.stated.span, check.ends)) for check in misfits)


def _clash(sides: Iterable[_ToldSide]) -> str:
    """Return what does not go together, a sentence that holds both sides once."""
    told = grouped((side for side in sides if side.text), lambda side: (side.text, side.spans[:1]))
    words = " and ".join(text + _noted(note for side in of for note in side.notes) for (text, _), of in told.items())
    if not words:
        return "Two statements do not go together."
    lead = "The parts of this" if len(told) == 1 and sum(map(len, told.values())) > 1 else "These"
    return f"{lead} do not go together: {_ended(words)}"


def _noted(notes: Iterable[str]) -> str:
    told = "; ".join(dict.fromkeys(notes))
    return f" ({told})" if told else ""


def _ended(words: str) -> str:
    """Return words as the end of a sentence; a quoted sentence has its own mark."""
    return words if words.endswith((".”", "!”", "?”")) else f"{words.removesuffix(',')}."


def _settled(material: Material, row: Contradiction) -> Citation | None:
    """Return the words that settle a contradiction, None where nobody settled it, or only in words that are barred.

    A correction that nobody came back to settles nothing here: it is not worth a question in an email, but a reader still has to confirm
    which of the two is printed.
    """
    turn = row.settled_by
    return shown(material, turn) if turn in material.turns and material.is_open(turn) else None


class _ToldSide(NamedTuple):
    """One side of a contradiction: its sentence, "" if that may not be shown; notes on it; what it cites; the part that nobody said."""

    text: str = ""
    notes: tuple[str, ...] = ()
    spans: tuple[Citation, ...] = ()
    derived: str = ""


def _told_side(material: Material, side: Side, turns: Iterable[int]) -> _ToldSide:
    if side.is_known:
        told = f"the background file, which says {side.words},"
        return _ToldSide() if material.barred.tells(side.words) else _ToldSide(told, derived=side.words)
    said = next((said for n in turns if (said := said_on_side(material, side, n))), None)
    if said is None:
        return _ToldSide()
    whole = material.around(said, _STATEMENT)
    asked = material.question_before(said.turn, _STATEMENT) if says_little(whole.text) else None
    notes = (f"asked {asked.quoted}" if asked else "", f"computed: {side.computed}" if side.computed else "")
    return _ToldSide(whole.quoted, tuple(filter(None, notes)), (whole, *filter(None, (asked,))), side.computed or "")


def quotes(material: Material) -> Iterable[Item]:
    """Yield one item for each speaker's quotes; their words are in the outline and in the parts."""
    for speaker, quotes in grouped((excerpt.said for excerpt in excerpts(material)), lambda quote: quote.speaker).items():
        what = "the quote" if len(quotes) == 1 else f"the {len(quotes)} quotes"
        text = f"Exact words of {what} in the outline: right to the letter?"
        yield Item(
            area="customer", item=text, parts=tuple(Part(text=q.quoted, evidence=(q,)) for q in quotes), evidence=tuple(quotes),
            derived=(str(len(quotes)),), owner=speaker, status="to ask", blocks=True,
        )  # fmt: skip


def facts(material: Material) -> Iterable[Item]:
    """Yield the facts from the background file that nobody said, as one item."""
    facts = [f for f in material.background.customer.facts if not material.barred.tells(f)]
    if facts:
        parts = tuple(Part(text=fact) for fact in facts)
        text = "\n".join(["From the background file, not said on the call:", *ticked(parts)])
        yield Item(
            area="customer", item=text, parts=parts, derived=tuple(facts), owner=material.interviewer or "writer", status="to confirm",
            blocks=False,
        )  # fmt: skip


def engineering(material: Material) -> Iterable[Item]:
    """Yield the product's name, and the technical claims, those of one turn together."""
    if material.background.product:
        product = material.background.product
        text = f"Product name, version and edition: {product}."
        yield Item(area="engineering", item=text, derived=(product,), owner="engineering", status="to confirm", blocks=True)
    for claims in grouped(technical(material), lambda claim: claim.turn).values():
        text = f"Is this right? {' '.join(c.quoted for c in claims)}"
        yield Item(area="engineering", item=text, evidence=tuple(claims), owner="engineering", status="to confirm", blocks=False)
