"""The period of a figure, in the customer's words: how often it is told, "per week", and when it held, "last year"."""

from __future__ import annotations

from itertools import pairwise

from ..lexicon import words_of
from ..quantities.words import lists
from ..text import norms

__all__ = ["at_rate", "length_of", "rate_of", "time_of"]

_RATE = "per "


def rate_of(period: str | None) -> str | None:
    """Return how often a figure is told, None if its period does not say so: "per week" of "per week, last year"."""
    return period.partition(", ")[0] if period and period.startswith(_RATE) else None


def time_of(period: str | None) -> str | None:
    """Return when a figure held, None if its period does not say so: "last year" of "per week, last year"."""
    return period.partition(", ")[2] or None if period and rate_of(period) else period


def at_rate(period: str | None, time: str) -> str:
    """Return a period with the time that a figure held, and the rate that it has already: "per week, last year"."""
    return ", ".join(part for part in (rate_of(period), time) if part)


def length_of(period: str | None, *, dated: bool = False) -> str | None:
    """Return the time over which a figure was counted, None if its period does not say so: "week" of "per week, last year".

    With `dated`, "last month" says so too: "fourteen a week. Last month it was two".
    """
    before = words_of("mentions.extent") | (words_of("mentions.windows") if dated else frozenset())
    return next((span for word, span in pairwise(norms(period or "")) if word in before and span in lists().periods), None)
