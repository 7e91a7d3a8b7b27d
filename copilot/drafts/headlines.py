"""Headline candidates: results with before, after and period, in words composed from what was measured."""

from __future__ import annotations

from collections.abc import Iterable

from ..lexicon import function_words, words_of
from ..text import norms, stem
from ..turns import Value
from .citation import Citation
from .figures import MISSING, Card
from .material import Material

__all__ = ["Headline", "headlines"]

MOST = 5
WORDS = 18  # words of the sentence that a headline quotes
_RATE = "per "  # begins a period that says how often, not when


class Headline(Value):
    """A headline based on a result whose values before and after and whose period were said; `notes` say what it still lacks."""

    text: str
    spans: tuple[Citation, ...]
    notes: tuple[str, ...] = ()


def headlines(material: Material, figures: Iterable[Card]) -> tuple[Headline, ...]:
    """Return the headline candidates, at most five: what the team wants from the call first, then what lacks least."""
    fit = [card for card in figures if _carries(card)]
    fit.sort(key=lambda card: (-_wanted(material, card), len(card.missing)))
    return tuple(_headline(material, card) for card in fit[:MOST])


def _carries(card: Card) -> bool:
    """Return whether a figure can carry a headline: a result from one value to another in a period, that nothing disputes."""
    named = _measure(card) or card.after.strip("0123456789.,") or card.unit == "percent"
    whole = card.kind == "result" and card.before is not None and card.change is not None and bool(card.period)
    return whole and bool(named) and card.status in {"complete", "to complete", "corrected"}


def _headline(material: Material, card: Card) -> Headline:
    """Return a headline in digits, with the customer's own words behind it."""
    company = material.background.customer.company
    said = material.around(card.said, WORDS)
    rate = card.period if card.period and card.period.startswith(_RATE) else ""
    when = f" ({card.period})" if card.period and not rate else ""
    change = " ".join(part for part in (_measure(card), f"from {_before(card)} to {card.after}", rate) if part)
    text = f"{change}{when}: {said.quoted}"
    lacking = dict.fromkeys((*(("period",) if rate else ()), *card.missing))
    return Headline(
        text=f"{company}: {text}" if company else text,
        spans=(card.said, said, *((card.before_said,) if card.before_said else ())),
        notes=tuple(MISSING[name] for name in lacking if name in MISSING),
    )


def _before(card: Card) -> str:
    """Return the value before, without the unit where that follows the value after: "212 to 88 redeliveries"."""
    number, _, unit = (card.before or "").partition(" ")
    return number if unit.isalpha() and card.after.endswith(f" {unit}") else card.before or ""


def _measure(card: Card) -> str:
    """Return what is measured where the sentence says it and the unit does not, else nothing."""
    words = {stem(w) for w in norms(card.measures)}
    said, unit = {stem(w) for w in norms(card.context.text)}, {stem(w) for w in norms(card.after)}
    return card.measures if words and words <= said and not words & unit else ""


def _wanted(material: Material, card: Card) -> float:
    """Return the largest share of a goal's words that a figure and its sentence hold."""
    said = _telling(f"{card.measures} {card.context.text} {card.unit}")
    return max((len(said & words) / len(words) for goal in material.background.goals if (words := _telling(goal))), default=0.0)


def _telling(text: str) -> set[str]:
    """Return the stems of the words of a text that name something."""
    return {stem(w) for w in norms(text) if w not in function_words() and w not in words_of("worth.common")}
