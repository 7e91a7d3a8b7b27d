"""The checklist before publication: what engineering, the customer and the writer have to confirm, and what blocks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from pydantic import Field

from ..findings import Boundary, Contradiction
from ..grounding import Absent, ground
from ..lexicon import load_data
from ..text import listed
from ..turns import Turn, Value
from .changes import check_changes
from .citation import Citation
from .conditions import conditions
from .figures import MISSING, Card, by_sentence, cards
from .material import Material
from .permissions import permissions_said
from .promises import promises
from .requests import spoken_question

__all__ = ["Area", "Checklist", "Item", "checklist"]

Area = Literal["consent", "off the record", "permissions", "customer", "engineering", "promises", "open questions"]
ItemStatus = Literal["to confirm", "to ask", "done", "missing", "holds", "does not hold", "barred", "waiting", "open"]
LONGEST = 40
_MISSING = MISSING | {"source": "where it comes from"}  # as what was not said
_ADVICE = {
    "holds": "",
    "is rounded": " It is rounded: print what the two ends give.",
    "is in points": " It fits as percentage points, not as percent: say so.",
    "does not hold": " The two do not agree: are they of one thing, and which is meant?",
}


class Item(Value):
    """One thing to check: its owner, its status, and whether it blocks publication.

    `derived` are the parts of `item` that nobody said on the call: what is computed, or comes from the background file.
    """

    area: Area
    item: str
    evidence: tuple[Citation, ...] = ()
    derived: tuple[str, ...] = ()
    owner: str
    status: ItemStatus
    blocks: bool


class Checklist(Value):
    """Everything to check before publication. It is a working list, not legal advice."""

    schema_: Literal["copilot.checklist/1"] = Field(default="copilot.checklist/1", alias="schema")
    company: str | None
    items: tuple[Item, ...]


def checklist(material: Material) -> Checklist:
    """Return what has to be checked before a story is published, by area."""
    areas = (
        _consent,
        _off_record,
        _permissions,
        _conditions,
        _names,
        _figures,
        _arithmetic,
        _contradictions,
        _quotes,
        _facts,
        _engineering,
        _promises,
        _questions,
    )
    return Checklist(company=material.background.customer.company, items=tuple(item for area in areas for item in area(material)))


def _consent(material: Material) -> Iterable[Item]:
    """Yield whether the recording was asked for and granted, by whom, and whose answer is not noted."""
    consent, agreed = material.findings.consent, material.findings.consent_by
    asked = tuple(_shown(material, n) for n in (consent.asked,) if n in material.turns)
    owner = material.interviewer or "interviewer"
    if consent.granted is None:
        lead = f"{asked[0].speaker} asked for permission to record" if asked else "Nobody asked for permission to record"
        whom = "not every customer was" if agreed else "no customer was"
        yield Item(
            area="consent", item=f"{lead}, and {whom} heard to agree.", evidence=asked, owner=owner, status="missing", blocks=True
        )  # fmt: skip
    for name, turn in agreed.items():
        evidence = (*asked, _shown(material, turn))
        yield Item(area="consent", item=f"{name} agreed to the recording.", evidence=evidence, owner=owner, status="done", blocks=False)
    for name in material.customers if agreed else ():
        if name not in agreed and any(t.speaker == name for t in material.findings.turns):
            yield Item(
                area="consent", item=f"Confirm that {name} agreed to the recording, too.", owner=owner, status="to confirm", blocks=True
            )


def _shown(material: Material, number: int) -> Citation:
    """Return a turn's words, shortened, or only its place if something in it is barred."""
    turn = material.turns[number]
    if not material.is_open(number) or material.barred.covers(turn.span(0, len(turn.text))):
        return material.point(number)
    return material.clip(number, 0, len(turn.text), LONGEST)


def _off_record(material: Material) -> Iterable[Item]:
    """Yield what is barred: where it was said, never what."""
    owner = material.interviewer or "writer"
    for row in sorted(material.findings.off_record, key=lambda row: row.degree != "clear"):
        covers = tuple(n for n in row.covers if n not in material.released)
        if covers:
            yield _boundary(material, row, covers, owner)
    for freed in material.releases:
        text = f"Words of turn {freed.turn} were released on {freed.on.isoformat()}; documents use them from then on."
        when = (f"of turn {freed.turn} were released on {freed.on.isoformat()}",)
        yield Item(
            area="off the record", item=text, evidence=(material.point(freed.turn),), derived=when, owner=owner, status="done",
            blocks=False,
        )  # fmt: skip
    for gone in material.withdrawals:
        who = material.turns[gone.turn].speaker
        text = f"{who} withdrew words of turn {gone.turn} on {gone.on.isoformat()}; every document leaves them out from then on."
        when = (f"of turn {gone.turn} on {gone.on.isoformat()}",)
        yield Item(
            area="off the record", item=text, evidence=(material.point(gone.turn),), derived=when, owner=owner, status="barred",
            blocks=False,
        )  # fmt: skip


def _boundary(material: Material, row: Boundary, covers: Sequence[int], owner: str) -> Item:
    """Return a boundary and the turns that it still bars; one that is only possible is to be confirmed or released."""
    who, turns = material.turns[row.turn].speaker, f"{'turns' if len(covers) > 1 else 'turn'} {listed([str(n) for n in covers])}"
    set_in, said_in = f"in turn {row.turn}", f"in {turns}"
    if row.degree == "clear":
        text = f"{who} set a boundary {set_in}: what was said {said_in} may not be used, in any words."
    else:
        text = f"{who}'s words {set_in} may have been meant as off the record: confirm or release {turns}, held back until then."
    pointers = tuple(material.point(n) for n in sorted({row.turn, *covers}) if n in material.turns)
    status: ItemStatus = "barred" if row.degree == "clear" else "to confirm"
    places = (set_in, said_in, f"release {turns}")
    return Item(area="off the record", item=text, evidence=pointers, derived=places, owner=owner, status=status, blocks=False)


def _permissions(material: Material) -> Iterable[Item]:
    """Yield the permissions, one by one, with what was said of each on the call: none follows from another."""
    owner, told = material.background.customer.company or "customer", permissions_said(material)
    for row in load_data("drafts")["permissions"]:
        said = told.get(row["id"])
        text = f"{row['item']} {said.speaker} said on the call: {said.quoted}" if said else row["item"]
        status: ItemStatus = "to confirm" if said else "to ask"
        yield Item(area="permissions", item=text, evidence=(said,) if said else (), owner=owner, status=status, blocks=True)


def _conditions(material: Material) -> Iterable[Item]:
    """Yield the conditions that customers set on publication."""
    for said in conditions(material):
        text = f"{said.speaker} may have set a condition: {said.quoted} Is it kept?"
        yield Item(area="permissions", item=text, evidence=(said,), owner=said.speaker, status="to confirm", blocks=True)


def _names(material: Material) -> Iterable[Item]:
    for name in material.customers:
        title = material.title_of(name)
        text = f"Spelling and title: {name}, {title}." if title else f"Spelling of {name}; the title is not known."
        status: ItemStatus = "to confirm" if title else "missing"
        known = f"{name}, {title}" if title else name
        yield Item(area="customer", item=text, derived=(known,), owner=name, status=status, blocks=True)


def _figures(material: Material) -> Iterable[Item]:
    """Yield each figure with what it still lacks, and one item for the small counts mentioned in passing.

    A figure blocks if a story could print it: a result, a problem or a cost for which it is known what is counted.
    """
    found = cards(material)
    passing = tuple(c.said for c in found if c.passing)
    if passing:
        text = f"Small numbers told in passing; confirm those that the story uses: {', '.join(c.quoted for c in passing)}."
        yield Item(area="customer", item=text, evidence=passing, owner=passing[0].speaker, status="to confirm", blocks=False)
    for rows in by_sentence(c for c in found if not c.passing):
        said = rows[0].context
        text = " ".join([f"{'Are these figures' if len(rows) > 1 else 'Is this figure'} right? {said.quoted}", *map(_figure, rows)])
        spans = (said, *(card.said for card in rows), *(card.before_said for card in rows if card.before_said))
        weighs = any(card.kind in {"result", "pain", "cost"} and "definition" not in card.missing for card in rows)
        changes = tuple(part for c in rows if c.change for part in (c.change.text, c.change.derivation))
        yield Item(
            area="customer", item=text, evidence=spans, derived=changes, owner=said.speaker, status="to confirm", blocks=weighs
        )  # fmt: skip


def _figure(card: Card) -> str:
    """Return what to confirm about a figure."""
    known = [
        f"before: {card.before}" if card.before else "",
        f"over: {card.period}" if card.period else "",
        f"holds for: {card.scope}" if card.scope else "",
    ]
    known += [
        f"from: {card.source}" if card.source else "",
        f"change: {card.change.text} ({card.change.derivation})" if card.change else "",
    ]
    text = f"Noted as {card.after}" + "".join(f"; {part}" for part in known if part) + "."
    if card.missing:
        text += f" Not said: {', '.join(_MISSING.get(name, name) for name in card.missing)}."
    if card.kind == "result":
        text += " What else could have caused it?"
    extra = {
        "in conflict": " Another statement disputes it.",
        "corrected": " It corrects another statement.",
        "superseded": " A later statement corrects it: leave it out.",
        "to read back": " The interviewer named the number and the customer only agreed.",
    }
    return text + extra.get(card.status, "")


def _arithmetic(material: Material) -> Iterable[Item]:
    """Yield each stated change with what its two ends give; it blocks unless it holds to the point."""
    for check in check_changes(material):
        spans = tuple(dict.fromkeys((material.cite(check.stated.span), material.cite(check.ends))))
        holds = check.verdict == "holds"
        yield Item(
            area="customer", item=f"Arithmetic: {check.told}.{_ADVICE[check.verdict]}", evidence=spans, derived=(check.computed,),
            owner=spans[0].speaker, status="holds" if holds else "does not hold", blocks=not holds,
        )  # fmt: skip


def _contradictions(material: Material) -> Iterable[Item]:
    """Yield statements that cannot all be true, including those that conflict with the background file or their own arithmetic."""
    for row in material.findings.contradictions:
        turns = [material.turns[n] for n in row.turns if n in material.turns]
        if turns and all(material.is_open(t.turn) for t in turns):
            sides = [_side(material, piece.strip(), turns) for piece in row.text.split(" / ")]
            words = " and ".join(side.text for side in sides if side.text)
            spans = tuple(side.span for side in sides if side.span) or tuple(material.point(t.turn) for t in turns)
            derived = tuple(side.derived for side in sides if side.derived)
            told = f"These do not go together: {words}." if words else "Two statements do not go together."
            settled = _settled(material, row)
            ending = f"{settled.speaker} settled it in {settled.when}." if settled else "Which is right?"
            yield Item(
                area="customer", item=f"{told} {ending}", evidence=(*spans, settled) if settled else spans, derived=derived,
                owner=turns[-1].speaker, status="done" if settled else "to confirm", blocks=settled is None,
            )  # fmt: skip


def _settled(material: Material, row: Contradiction) -> Citation | None:
    """Return the words that say which of the statements holds, None where nobody said, or only in words that are barred."""
    gaps = material.findings.gaps
    answered = (g.closed_by for g in gaps if g.kind == "inconsistent" and g.turn == row.turns[-1] and g.outcome == "answered")
    turn = row.settled_by or next(answered, None)
    return _shown(material, turn) if turn in material.turns and material.is_open(turn) else None


class _Side(NamedTuple):
    """One side of a contradiction: its words, "" if they may not be shown; where they were said; the part that nobody said."""

    text: str = ""
    span: Citation | None = None
    derived: str = ""


def _side(material: Material, piece: str, turns: Sequence[Turn]) -> _Side:
    known = piece.removeprefix("background: ")
    if known != piece:
        return _Side() if material.barred.tells(known) else _Side(f"the background file, which says {known},", derived=known)
    words, _, computed = piece.partition(", which is ")
    for turn in turns:
        place = ground(words, turn)
        said = None if isinstance(place, Absent) else material.cite(turn.span(place.start, place.end))
        if said and material.is_usable(said):
            return _Side(said.quoted + (f" (computed: {computed})" if computed else ""), said, computed)
    return _Side()


def _quotes(material: Material) -> Iterable[Item]:
    for quote in material.findings.quotes:
        if material.is_usable(quote):
            said = material.cite(quote)
            yield Item(
                area="customer",
                item=f"Exact words of a quote: {said.quoted}",
                evidence=(said,),
                owner=said.speaker,
                status="to ask",
                blocks=True,
            )


def _facts(material: Material) -> Iterable[Item]:
    """Yield the facts from the background file that nobody said."""
    for fact in (f for f in material.background.customer.facts if not material.barred.tells(f)):
        text = f"From the background file, not said on the call: {fact}"
        yield Item(
            area="customer", item=text, derived=(fact,), owner=material.interviewer or "writer", status="to confirm", blocks=False
        )  # fmt: skip


def _engineering(material: Material) -> Iterable[Item]:
    if material.background.product:
        product = material.background.product
        text = f"Product name, version and edition: {product}."
        yield Item(area="engineering", item=text, derived=(product,), owner="engineering", status="to confirm", blocks=True)
    for claim in material.findings.verify:
        if material.is_usable(claim):
            said = material.cite(claim)
            yield Item(
                area="engineering",
                item=f"Is this right? {said.quoted}",
                evidence=(said,),
                owner="engineering",
                status="to confirm",
                blocks=True,
            )


def _promises(material: Material) -> Iterable[Item]:
    for promise in promises(material):
        due = f" By when: “{promise.due}”." if promise.due else " No date was said."
        asked = (promise.asked,) if promise.asked else ()
        lead = f"{promise.speaker}, asked {asked[0].quoted}, said" if asked else f"{promise.speaker} said"
        text = f"{lead}: {promise.context.quoted}{due}"
        yield Item(area="promises", item=text, evidence=(*promise.spans, *asked), owner=promise.speaker, status="waiting", blocks=False)


def _questions(material: Material) -> Iterable[Item]:
    """Yield what must still be asked; what is merely nice to know is in the outline."""
    for gap in material.findings.gaps:
        if gap.severity == "must" and gap.outcome in {"open", "deferred"} and material.is_usable(gap):
            said = material.cite(gap)
            question = spoken_question(material, gap.kind, gap.probe)
            status: ItemStatus = "waiting" if gap.outcome == "deferred" else "open"
            yield Item(area="open questions", item=question, evidence=(said,), owner=said.speaker, status=status, blocks=False)
