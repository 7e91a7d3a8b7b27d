"""Figures to confirm, metric by metric or in lines to tick, and the arithmetic of stated changes."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

from ...findings import MetricKind
from ...metrics import measure_words, rate_of
from ..changes import check_changes
from ..citation import Citation
from ..figures import Card, cards
from ..material import Material
from .items import Item, Part, grouped, ticked

__all__ = ["arithmetic", "figures"]

SHORT = 10
"""Words that show what a figure is about."""
_MISSING = {"baseline": "before", "period": "period", "scope": "scope", "source": "source", "definition": "what is counted", "unit": "unit"}
_ADVICE = {
    "holds": "",
    "is rounded": " It is rounded: print what the two ends give.",
    "is in points": " It fits as percentage points, not as percent: say so.",
    "does not hold": " The two do not agree: are they of one thing, and which is meant?",
}
_COMPARING = frozenset({"percent", "times"})
_OFFERED = "The interviewer named the number and the customer only agreed."
_HEADS: dict[MetricKind, str] = {
    "result": "Results. Tick those that are right, and say of what exactly",
    "pain": "What the problem was and cost. Tick the figures that are right",
    "cost": "What the problem was and cost. Tick the figures that are right",
    "scale": "Company facts: sizes and counts. Tick the figures that are right",
    "timeline": "Times and plans. Tick the figures that are right",
    "plan": "Times and plans. Tick the figures that are right",
}


def figures(material: Material) -> Iterable[Item]:
    """Yield the figures: what a story can claim metric by metric, the rest by speaker and kind; small counts are in the outline.

    Results and pairs of before and after block, since a story stands on them, but not a list of bare times and counts.
    """
    found = [c for c in cards(material) if not c.passing]
    by_metric = grouped(found, _metric).values()
    for claims in _told_together(rows for rows in by_metric if any(map(_is_claim, rows))):
        yield _claim(claims)
    rest = (card for rows in by_metric if not any(map(_is_claim, rows)) for card in rows)
    for (speaker, head, blocks), rows in grouped(rest, lambda c: (c.said.speaker, _HEADS[c.kind], _blocks(c))).items():
        yield _figures_of(material, speaker, head, rows, blocks=blocks)


def _blocks(card: Card) -> bool:
    """Return whether a figure has to be confirmed before print: a result, but not a bare time or count of nothing that was named."""
    telling = card.carries or card.unit in _COMPARING or rate_of(card.period) is not None
    return card.kind == "result" and (telling or card.status == "in conflict" or not card.is_free)


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


def _is_claim(card: Card) -> bool:
    """Return whether a story rests on a figure: before and after, a result of something named, a number to read back or under a condition.

    A small count alone is no result of anything.
    """
    named = card.kind == "result" and not card.is_unclear and not card.small
    return named or card.before is not None or card.restriction is not None or card.status == "to read back"


def _metric(card: Card) -> Hashable:
    """Return what tells the metric of a figure: the words of what is measured and their unit, else the sentence around it.

    A unit alone tells nothing: "vehicles" are of the fleet, of a trial and of a bad day.
    """
    words = measure_words(card.measures) - {card.unit}
    return (words, card.unit) if words and not card.is_unclear else (card.context.turn, card.context.start)


def _claim(rows: Sequence[Card]) -> Item:
    """Return the item of one metric, with each sentence that gives it a value."""
    told = [f"{said.quoted}{_offer(of[0])} {' '.join(map(_figure, of))}" for said, of in grouped(rows, lambda card: card.context).items()]
    text = f"{'Are these figures' if len(rows) > 1 else 'Is this figure'} right? {' And: '.join(told)}"
    changes = tuple(part for c in rows if c.change for part in (c.change.text, c.change.derivation))
    return Item(
        area="customer", item=text, evidence=_evidence(rows), derived=changes, owner=rows[0].said.speaker, status="to confirm", blocks=True
    )  # fmt: skip


def _offer(card: Card) -> str:
    return f" (in reply to {card.offered.by})" if card.offered else ""


def _figures_of(material: Material, speaker: str, head: str, rows: Sequence[Card], *, blocks: bool) -> Item:
    """Return the item of a speaker's figures of one kind: a line to tick for each, in the order of the call."""
    parts = [Part(text=f"{_noted(card)} {_told(material, card)}({card.said.when})", evidence=_evidence([card])) for card in rows]
    return Item(
        area="customer", item="\n".join([f"{head}:", *ticked(parts)]), parts=tuple(parts), owner=speaker, status="to confirm",
        evidence=tuple(part.evidence[1] for part in parts), blocks=blocks,
    )  # fmt: skip


def _told(material: Material, card: Card) -> str:
    """Return the words of a figure, with a few around them where they do not say what is counted, "" if it is noted in just these."""
    told = material.around(card.said, SHORT) if card.is_unclear else card.said
    return "" if card.after == told.quoted else f"{told.quoted} "


def _evidence(rows: Iterable[Card]) -> tuple[Citation, ...]:
    """Return the words of figures: the sentence, the figure, the value before."""
    cited = (
        (card.context, card.said, card.before_said, card.restriction, card.caveat, card.offered, *(e.at for e in card.elsewhere))
        for card in rows
    )
    return tuple(c for row in cited for c in row if c)


def _figure(card: Card) -> str:
    """Return what to confirm about a figure."""
    text = f"Noted as {_noted(card, card.context)}" if card.offered is None else _OFFERED
    if card.missing:
        text += f" Not found on the call: {card.lacking(_MISSING)}."
    if card.kind == "result" and card.before and not card.caveat:
        text += " What else could have caused it?"
    return text


def _noted(card: Card, beside: Citation | None = None) -> str:
    """Return a figure with what is known of it; a caveat in the words `beside` it is only pointed at."""
    known = [
        f"before: {card.before}" if card.before else "",
        f"before, perhaps: {card.perhaps} (same sentence)" if card.perhaps else "",
        f"over: {card.period}" if card.period else "",
        f"holds for: {card.scope}" if card.scope else "",
        f"from: {card.source}" if card.source else "",
        f"change: {card.change.text} ({card.change.derivation})" if card.change else "",
    ]
    extra = {
        "in conflict": " Another statement disputes it.",
        "corrected": " It corrects another statement.",
        "superseded": " A later statement corrects it: leave it out if that one is right.",
        "to read back": f" {_OFFERED}",
    }
    text = card.after + "".join(f"; {part}" for part in known if part) + "." + extra.get(card.status, "")
    if card.caveat and beside and beside.holds(card.caveat):
        text += " Mind the caveat in these words."
    elif card.caveat:
        text += f" {card.caveat.speaker} says of it: {card.caveat.quoted}"
    if card.restriction:
        text += f" There is a condition on it: {card.restriction.quoted}"
    return text


def arithmetic(material: Material) -> Iterable[Item]:
    """Yield each stated change with what its two ends give; it blocks unless it holds to the point."""
    for check in check_changes(material):
        spans = tuple(dict.fromkeys((material.cite(check.stated.span), material.cite(check.ends))))
        holds = check.verdict == "holds"
        yield Item(
            area="customer", item=f"Arithmetic: {check.told}.{_ADVICE[check.verdict]}", evidence=spans, derived=(check.computed,),
            owner=spans[0].speaker, status="holds" if holds else "does not hold", blocks=not holds,
        )  # fmt: skip
