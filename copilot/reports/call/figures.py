"""The figures of the call in tables: what is known about each, and what a reader would still ask for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ...drafts.figures import MISSING, Card
from ...text import counted, listed
from ..html import safe
from .markup import cell, details, section, table
from .values import CallReport

__all__ = ["figures_part"]

_FIELDS = ("definition", "baseline", "period", "scope", "source")


def figures_part(report: CallReport) -> str:
    """Return the part of the page with the figures."""
    story = [card for card in report.metrics if card.carries]
    other = [card for card in report.metrics if not card.carries]
    inside = _cards(story, "Figures for the story") if story else ""
    if other:
        inside += details(f"{counted(len(other), 'other figure')}: sizes, counts, times, plans", _cards(other, "Other figures"))
    return section("figures", _figures_said(story), inside)


def _figures_said(story: Sequence[Card]) -> str:
    if not story:
        return "No result, cost or pain was put in figures."
    lacking = Counter(name for card in story for name in card.missing)
    worst = ", ".join(f"{MISSING[name]} ({count})" for name, count in lacking.most_common(3))
    missing = f" Most often missing: {worst}." if worst else ""
    return f"Results, costs and pains in the customer's words. What a reader would still ask for is marked.{missing}"


def _cards(cards: Sequence[Card], name: str) -> str:
    head = ("In the customer's words", "Counts", "Before", "After", "Period", "Holds for", "Source", "Complete")
    return table(head, (_card(card) for card in cards), name, "metrics")


def _card(card: Card) -> tuple[str, ...]:
    return (
        cell("In the customer's words", f'{_in_context(card)}<p class="small">{safe(card.said.by)}</p>{_change(card)}'),
        _field(card, "Counts", "definition", card.measures),
        _field(card, "Before", "baseline", card.before or (f"perhaps {card.perhaps}" if card.perhaps else None)),
        _field(card, "After", "unit", card.after),
        _field(card, "Period", "period", card.period),
        _field(card, "Holds for", "scope", card.scope),
        _field(card, "Source", "source", card.source),
        cell("Complete", _complete(card)),
    )


def _change(card: Card) -> str:
    """Return the change from before to after with its derivation, since nobody said it."""
    return f'<p class="small">Computed: {safe(card.change.text)} ({safe(card.change.derivation)})</p>' if card.change else ""


def _field(card: Card, name: str, field: str, value: str | None) -> str:
    """Return a field's cell: its value, or that it is missing and where it may have been told, or that none is needed."""
    if field in card.missing:
        look = f" (see {card.places[field]})" if field in card.places else ""
        return cell(name, f"{safe(value)}?" if value else f"missing{look}", "missing")
    return cell(name, safe(value)) if value else cell(name, "–", "empty")


def _complete(card: Card) -> str:
    """Return how complete the metric is, what is missing, and what else speaks against it."""
    held = {"definition": card.measures, "baseline": card.before, "period": card.period, "scope": card.scope, "source": card.source}
    filled = 1 + sum(bool(held[name]) and name not in card.missing for name in _FIELDS)
    against = {"to read back": "read it back", "in conflict": "in conflict", "superseded": "corrected later"}.get(card.status)
    missing = f'<span class="narrow small">missing: {listed([MISSING[name] for name in card.missing])}</span>' if card.missing else ""
    tag = f'<span class="tag small">{against}</span>' if against else ""
    return " ".join(part for part in (f"{filled} of {filled + len(card.missing)}", missing, tag) if part)


def _in_context(card: Card) -> str:
    """Return the sentence of a figure with the figure in bold."""
    said, context = card.said, card.context
    if not (context.turn == said.turn and context.start <= said.start and said.end <= context.end):
        return f"<strong>{safe(said.quoted)}</strong>"
    before, after = context.text[: said.start - context.start], context.text[said.end - context.start :]
    left, right = "… " if context.cut[0] else "", " …" if context.cut[1] else ""
    return f"“{left}{_kept(before)}<strong>{safe(said.text)}</strong>{_kept(after)}{right}”"


def _kept(text: str) -> str:
    """Return a part of a sentence for HTML, with the spaces at its ends."""
    return f"{' ' if text[:1].isspace() else ''}{safe(text)}{' ' if text.strip() and text[-1:].isspace() else ''}"
