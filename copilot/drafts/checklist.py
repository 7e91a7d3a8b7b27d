"""The checklist before publication: what engineering, the customer and the writer have to confirm, and what blocks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from typing import Literal, NamedTuple, TypeVar

from pydantic import Field

from ..findings import Boundary, Contradiction, Leave, MetricKind, Side
from ..lexicon import load_data
from ..metrics import measure_words
from ..quantities import find_quantities
from ..text import listed
from ..turns import Value
from .changes import check_changes
from .citation import Citation
from .clashes import said_on_side
from .conditions import conditions
from .excerpts import excerpts
from .figures import Card, cards
from .material import Material
from .permissions import permissions_said, printed_names
from .promises import held_promises, promises
from .requests import spoken_question
from .technical import technical

__all__ = ["TICK", "Area", "Checklist", "Item", "checklist"]

Area = Literal["consent", "off the record", "permissions", "customer", "engineering", "promises", "open questions"]
ItemStatus = Literal["to confirm", "to ask", "done", "missing", "holds", "does not hold", "barred", "waiting", "open"]
T = TypeVar("T")
K = TypeVar("K", bound=Hashable)

LONGEST = 40
SHORT = 10  # words that show what a figure is about
TICK = "\N{BALLOT BOX}"
_MISSING = {"baseline": "before", "period": "period", "scope": "scope", "source": "source", "definition": "what is counted"}
_ADVICE = {
    "holds": "",
    "is rounded": " It is rounded: print what the two ends give.",
    "is in points": " It fits as percentage points, not as percent: say so.",
    "does not hold": " The two do not agree: are they of one thing, and which is meant?",
}


class Part(Value):
    """One of the things that an item stands for, with the words that it rests on."""

    text: str
    evidence: tuple[Citation, ...] = ()


class Item(Value):
    """One thing to check, or several of one kind that a person checks together: their owner, their status, whether they block publication.

    `parts` are the several, each with its own words. `item` is what to check, with the parts as lines to tick where they are short.
    `derived` are the parts of `item` that nobody said on the call: what is computed, or comes from the background file.
    """

    area: Area
    item: str
    parts: tuple[Part, ...] = ()
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
    """Yield what is barred, one item for each place where a boundary was set: where it was said, never what."""
    owner = material.interviewer or "writer"
    boundaries = material.findings.off_record
    barred = set(_covered(material, (row for row in boundaries if row.degree == "clear")))
    for rows in _grouped((row for row in boundaries if row.leave is None), lambda row: row.turn).values():
        sure = _covered(material, (row for row in rows if row.degree == "clear"))
        perhaps = [n for n in _covered(material, (row for row in rows if row.degree != "clear")) if n not in barred]
        if sure or perhaps:
            yield _boundary(material, rows[0], sure, perhaps, owner)
    for leave, rows in _grouped(boundaries, lambda row: row.leave).items():
        meant = [n for n in _covered(material, rows) if n not in barred]
        if leave is not None and meant:
            yield _leave(material, leave, meant, owner)
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


def _covered(material: Material, rows: Iterable[Boundary]) -> list[int]:
    """Return the turns that boundaries cover and that were not released."""
    return sorted({n for row in rows for n in row.covers if n in material.turns and n not in material.released})


def _boundary(material: Material, row: Boundary, sure: Sequence[int], perhaps: Sequence[int], owner: str) -> Item:
    """Return a boundary with the turns that it bars for sure, and those to be confirmed or released.

    A boundary that is only possible is shown in its own words where they give nothing away: a person has to judge them.
    """
    who = material.turns[row.turn].speaker
    set_in, said_in, release = f"in turn {row.turn}", f"in {_turns(sure)}", f"release {_turns(perhaps)}"
    own = f" (“{row.text}”)" if material.is_open(row.turn) and not find_quantities(row.text) and not material.barred.tells(row.text) else ""
    if sure:
        text = f"{who} set a boundary {set_in}: what was said {said_in} may not be used, in any words."
        text += f" It may reach further: confirm or {release}, held back until then." if perhaps else ""
    else:
        text = f"{who}'s words {set_in}{own} may have been meant as off the record: confirm or {release}, held back until then."
    pointers = tuple(material.point(n) for n in sorted({row.turn, *sure, *perhaps}) if n in material.turns)
    status: ItemStatus = "barred" if sure else "to confirm"
    return Item(
        area="off the record", item=text, evidence=pointers, derived=(set_in, said_in, release), owner=owner, status=status,
        blocks=bool(sure),
    )  # fmt: skip


def _leave(material: Material, leave: Leave, meant: Sequence[int], owner: str) -> Item:
    """Return a customer's later leave to use turns: a person has to confirm and release them."""
    who, said_in, release = material.turns[leave.turn].speaker, f"in {_turns(meant)}", f"release {_turns(meant)}"
    text = f"{who} let what was said {said_in} be used after all: confirm and {release}, held back until then."
    evidence = (_shown(material, leave.turn), *(material.point(n) for n in meant))
    return Item(
        area="off the record", item=text, evidence=evidence, derived=(said_in, release), owner=owner, status="to confirm", blocks=False
    )  # fmt: skip


def _turns(numbers: Sequence[int]) -> str:
    return f"{'turns' if len(numbers) > 1 else 'turn'} {listed([str(n) for n in numbers])}"


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
    for said, binds in ((c.said, c.binds) for c in conditions(material)):
        if said.text:
            text = f"{said.speaker} may have set a condition: {said.quoted} Is it kept?"
        else:
            text = f"{said.speaker} made the use of a name depend on consent: it is held back. Is there consent?"
        bound = tuple(material.around(span, LONGEST) for span in binds if material.is_usable(span))
        text += f" It is about: {'; '.join(dict.fromkeys(b.quoted for b in bound))}" if bound else ""
        yield Item(area="permissions", item=text, evidence=(said, *bound), owner=said.speaker, status="to confirm", blocks=True)


def _names(material: Material) -> Iterable[Item]:
    for name in material.customers:
        title = material.title_of(name)
        text = f"Spelling and title: {name}, {title}." if title else f"Spelling of {name}; the title is not known."
        status: ItemStatus = "to confirm" if title else "missing"
        known = f"{name}, {title}" if title else name
        told = printed_names(material).get(name)
        text += f" As said on the call: {told.quoted}" if told else ""
        yield Item(area="customer", item=text, evidence=(told,) if told else (), derived=(known,), owner=name, status=status, blocks=True)


def _figures(material: Material) -> Iterable[Item]:
    """Yield the figures: what a story can claim metric by metric, the rest by speaker and kind; small counts are in the outline.

    Results and pairs of before and after block, since a story stands on them.
    """
    found = [c for c in cards(material) if not c.passing]
    by_metric = _grouped(found, _metric).values()
    for claims in _told_together(rows for rows in by_metric if any(map(_is_claim, rows))):
        yield _claim(claims)
    rest = (card for rows in by_metric if not any(map(_is_claim, rows)) for card in rows)
    for (speaker, head), rows in _grouped(rest, lambda c: (c.said.speaker, _HEADS[c.kind])).items():
        yield _figures_of(material, speaker, head, rows)


def _told_together(groups: Iterable[Sequence[Card]]) -> list[list[Card]]:
    """Return groups of figures, those with a sentence in common as one: nobody confirms one sentence twice."""
    held: list[list[Card]] = []
    for rows in groups:
        said = {card.context for card in rows}
        home = next((other for other in held if said & {card.context for card in other}), None)
        if home is None:
            held.append(list(rows))
        else:
            home.extend(rows)
    return held


_HEADS: dict[MetricKind, str] = {
    "result": "Results. Tick those that are right, and say of what exactly",
    "pain": "What the problem was and cost. Tick the figures that are right",
    "cost": "What the problem was and cost. Tick the figures that are right",
    "scale": "Company facts: sizes and counts. Tick the figures that are right",
    "timeline": "Times and plans. Tick the figures that are right",
    "plan": "Times and plans. Tick the figures that are right",
}


def _is_claim(card: Card) -> bool:
    """Return whether a story rests on a figure: before and after, a result of something named, a number to read back or under a condition.

    A small count alone is no result of anything.
    """
    named = card.kind == "result" and "definition" not in card.missing and not card.small
    return named or card.before is not None or card.restriction is not None or card.status == "to read back"


def _metric(card: Card) -> Hashable:
    """Return what tells the metric of a figure: the words of what is measured and their unit, else the sentence around it.

    A unit alone tells nothing: "vehicles" are of the fleet, of a trial and of a bad day.
    """
    words = measure_words(card.measures) - {card.unit}
    return (words, card.unit) if words and "definition" not in card.missing else (card.context.turn, card.context.start)


def _claim(rows: Sequence[Card]) -> Item:
    """Return the item of one metric, with each sentence that gives it a value."""
    told = [f"{said.quoted} {' '.join(map(_figure, of))}" for said, of in _grouped(rows, lambda card: card.context).items()]
    text = f"{'Are these figures' if len(rows) > 1 else 'Is this figure'} right? {' And: '.join(told)}"
    changes = tuple(part for c in rows if c.change for part in (c.change.text, c.change.derivation))
    return Item(
        area="customer", item=text, evidence=_evidence(rows), derived=changes, owner=rows[0].said.speaker, status="to confirm", blocks=True
    )  # fmt: skip


def _figures_of(material: Material, speaker: str, head: str, rows: Sequence[Card]) -> Item:
    """Return the item of a speaker's figures of one kind: a line to tick for each, in the order of the call."""
    parts = [Part(text=f"{_noted(card)} {_told(material, card).quoted} ({card.said.when})", evidence=_evidence([card])) for card in rows]
    return Item(
        area="customer", item="\n".join([f"{head}:", *_ticked(parts)]), parts=tuple(parts), owner=speaker, status="to confirm",
        evidence=tuple(part.evidence[1] for part in parts), blocks=any(card.kind == "result" for card in rows),
    )  # fmt: skip


def _told(material: Material, card: Card) -> Citation:
    """Return the words of a figure, with a few around them where they do not say what is counted."""
    return material.around(card.said, SHORT) if "definition" in card.missing else card.said


def _evidence(rows: Iterable[Card]) -> tuple[Citation, ...]:
    """Return the words of figures: the sentence, the figure, the value before."""
    return tuple(c for card in rows for c in (card.context, card.said, card.before_said, card.restriction, card.caveat) if c)


def _ticked(parts: Iterable[Part]) -> list[str]:
    """Return a line to tick for each part."""
    return [f"{TICK} {part.text}" for part in parts]


def _figure(card: Card) -> str:
    """Return what to confirm about a figure."""
    text = f"Noted as {_noted(card)}"
    if card.missing:
        text += f" Not said: {_named(card.missing)}."
    if card.kind == "result" and card.before and not card.caveat:
        text += " What else could have caused it?"
    return text


def _noted(card: Card) -> str:
    """Return a figure with what is known of it."""
    known = [
        f"before: {card.before}" if card.before else "",
        f"over: {card.period}" if card.period else "",
        f"holds for: {card.scope}" if card.scope else "",
        f"from: {card.source}" if card.source else "",
        f"change: {card.change.text} ({card.change.derivation})" if card.change else "",
    ]
    extra = {
        "in conflict": " Another statement disputes it.",
        "corrected": " It corrects another statement.",
        "superseded": " A later statement corrects it: leave it out.",
        "to read back": " The interviewer named the number and the customer only agreed.",
    }
    text = card.after + "".join(f"; {part}" for part in known if part) + "." + extra.get(card.status, "")
    if card.caveat:
        text += f" {card.caveat.speaker} says of it: {card.caveat.quoted}"
    if card.restriction:
        text += f" There is a condition on it: {card.restriction.quoted}"
    return text


def _named(missing: Collection[str]) -> str:
    """Return the fields that a figure lacks, in words and in a fixed order."""
    return ", ".join(_MISSING[name] for name in _MISSING if name in missing)


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
            sides = [_told_side(material, side, row.turns) for side in row.sides]
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


class _ToldSide(NamedTuple):
    """One side of a contradiction: its words, "" if they may not be shown; where they were said; the part that nobody said."""

    text: str = ""
    span: Citation | None = None
    derived: str = ""


def _told_side(material: Material, side: Side, turns: Iterable[int]) -> _ToldSide:
    if side.is_known:
        told = f"the background file, which says {side.words},"
        return _ToldSide() if material.barred.tells(side.words) else _ToldSide(told, derived=side.words)
    said = next((said for n in turns if (said := said_on_side(material, side, n))), None)
    if said is None:
        return _ToldSide()
    return _ToldSide(said.quoted + (f" (computed: {side.computed})" if side.computed else ""), said, side.computed or "")


def _quotes(material: Material) -> Iterable[Item]:
    """Yield one item for each speaker's quotes; their words are in the outline and in the parts."""
    for speaker, quotes in _grouped((excerpt.said for excerpt in excerpts(material)), lambda quote: quote.speaker).items():
        what = "the quote" if len(quotes) == 1 else f"the {len(quotes)} quotes"
        text = f"Exact words of {what} in the outline: right to the letter?"
        yield Item(
            area="customer", item=text, parts=tuple(Part(text=q.quoted, evidence=(q,)) for q in quotes), evidence=tuple(quotes),
            derived=(str(len(quotes)),), owner=speaker, status="to ask", blocks=True,
        )  # fmt: skip


def _facts(material: Material) -> Iterable[Item]:
    """Yield the facts from the background file that nobody said, as one item."""
    facts = [f for f in material.background.customer.facts if not material.barred.tells(f)]
    if facts:
        parts = tuple(Part(text=fact) for fact in facts)
        text = "\n".join(["From the background file, not said on the call:", *_ticked(parts)])
        yield Item(
            area="customer", item=text, parts=parts, derived=tuple(facts), owner=material.interviewer or "writer", status="to confirm",
            blocks=False,
        )  # fmt: skip


def _engineering(material: Material) -> Iterable[Item]:
    """Yield the product's name, and the technical claims, those of one turn together."""
    if material.background.product:
        product = material.background.product
        text = f"Product name, version and edition: {product}."
        yield Item(area="engineering", item=text, derived=(product,), owner="engineering", status="to confirm", blocks=True)
    for claims in _grouped(technical(material), lambda claim: claim.turn).values():
        text = f"Is this right? {' '.join(c.quoted for c in claims)}"
        yield Item(area="engineering", item=text, evidence=tuple(claims), owner="engineering", status="to confirm", blocks=False)


def _promises(material: Material) -> Iterable[Item]:
    """Yield the promises, those of one sentence together: who, what, by when."""
    for rows in _grouped(promises(material), lambda promise: promise.context).values():
        first = rows[0]
        dates = list(dict.fromkeys(promise.due for promise in rows if promise.due))
        due = f" By when: {', '.join(f'“{d}”' for d in dates)}." if dates else ""
        asked = (first.asked,) if first.asked else ()
        spans = tuple(dict.fromkeys(span for promise in rows for span in promise.spans))
        yield Item(
            area="promises", item=f"{first.speaker} said: {first.told}{due}", evidence=(*spans, *asked), owner=first.speaker,
            status="waiting", blocks=False,
        )  # fmt: skip
    for place in held_promises(material):
        where = f"in turn {place.turn}"
        text = f"{place.speaker} promised something {where}, beside what is held back: read it there."
        yield Item(area="promises", item=text, evidence=(place,), derived=(where,), owner=place.speaker, status="waiting", blocks=False)


def _questions(material: Material) -> Iterable[Item]:
    """Yield how many questions that the story needs are open, and how many are waited for; the outline has them, and the parts."""
    left = [g for g in material.findings.gaps if g.severity == "must" and g.outcome in {"open", "deferred"} and material.is_usable(g)]
    for waiting, gaps in _grouped(left, lambda gap: gap.outcome == "deferred").items():
        status: ItemStatus = "waiting" if waiting else "open"
        what = "question" if len(gaps) == 1 else "questions"
        lead = f"{len(gaps)} {what} that the story needs"
        text = f"{lead}: the customer promised the answers." if waiting else f"{lead}: open, in the outline, under what is still open."
        parts = tuple(Part(text=spoken_question(material, g.kind, g.probe), evidence=(material.cite(g),)) for g in gaps)
        yield Item(
            area="open questions", item=text, parts=parts, evidence=tuple(part.evidence[0] for part in parts),
            derived=(str(len(gaps)),), owner=material.interviewer or "writer", status=status, blocks=False,
        )  # fmt: skip


def _grouped(rows: Iterable[T], key: Callable[[T], K]) -> dict[K, list[T]]:
    """Return rows by a key, keys and rows in order of appearance."""
    held: dict[K, list[T]] = {}
    for row in rows:
        held.setdefault(key(row), []).append(row)
    return held
