"""Headline candidates: results with before, after and period, in words composed from what was measured."""

from __future__ import annotations

from collections.abc import Iterable

from ..lexicon import function_words, words_of
from ..metrics import is_measure, rate_of, time_of
from ..quantities import plural
from ..text import capitalised, norms, stem
from ..turns import Value
from .citation import Citation
from .figures import MISSING, Card
from .material import Material

__all__ = ["Headline", "headlines"]

MOST = 5
WORDS = 32  # words of the sentence that a headline quotes


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
    """Return whether a figure can carry a headline: a result of something named, from one value to another in a period, undisputed."""
    whole = card.kind == "result" and card.before is not None and card.change is not None and bool(card.period)
    told = bool(_subject(card)) and not card.is_unclear
    return whole and told and card.status in {"complete", "to complete", "corrected"}


def _headline(material: Material, card: Card) -> Headline:
    """Return a headline in digits, with the customer's own words behind it."""
    company = material.background.customer.company
    said = material.around(card.said, WORDS)
    rate, time = rate_of(card.period), time_of(card.period)
    when = f" ({time})" if time and time not in said.text else ""
    change = " ".join(
        part for part in (_subject(card), _way(card), f"from {_bare(card, card.before)} to {_bare(card, card.after)}", rate) if part
    )
    before = card.before_said if card.before_said and not card.before_said.overlaps(said) else None
    text = f"{change}{when}: {before.quoted + ' ' if before else ''}{said.quoted}"
    lacking = dict.fromkeys((*(() if time else ("period",)), *card.missing))
    return Headline(
        text=f"{company}: {text}" if company else capitalised(text),
        spans=(card.said, said, *((card.before_said,) if card.before_said else ())),
        notes=tuple(MISSING[name] for name in lacking if name in MISSING),
    )


def _subject(card: Card) -> str:
    """Return what changed: what is measured, else what is counted; nothing where only a measure such as hours is known."""
    return card.name or (plural(card.unit) if not is_measure(card.unit) else "")


def _way(card: Card) -> str:
    """Return the direction of a change."""
    return "" if card.change is None else "down" if card.change.text.startswith("-") else "up"


def _bare(card: Card, value: str | None) -> str:
    """Return a value without the unit that the subject counts: "112 remakes", "19 people" of the leavers."""
    counted = card.unit == "person" or not is_measure(card.unit)
    return (value or "").removesuffix(f" {plural(card.unit)}") if counted else value or ""


def _wanted(material: Material, card: Card) -> float:
    """Return the largest share of a goal's words that a figure and its sentence hold."""
    said = _telling(f"{card.measures} {card.context.text} {card.unit}")
    return max((len(said & words) / len(words) for goal in material.background.goals if (words := _telling(goal))), default=0.0)


def _telling(text: str) -> set[str]:
    """Return the stems of the words of a text that name something."""
    return {stem(w) for w in norms(text) if w not in function_words() and w not in words_of("worth.common")}
