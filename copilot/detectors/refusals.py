"""Refusals and deferrals: where a customer declines to say something, or puts an answer off."""

from __future__ import annotations

from ..lexicon import Lexicon
from ..reading import Reading
from ..turns import Span
from .boundaries.phrases import spans_of

__all__ = ["find_deferrals", "find_refusals", "refuses_amount"]


def find_refusals(reading: Reading) -> tuple[Span, ...]:
    """Return where a customer declines to say something."""
    return spans_of(reading, "refuse")


def find_deferrals(reading: Reading) -> tuple[Span, ...]:
    """Return where a customer defers an answer."""
    return spans_of(reading, "defer")


def refuses_amount(reading: Reading, refusal: Span) -> bool:
    """Return whether it is an amount that a refusal declines to say: "I can't tell you how much"; another may decline to say who."""
    inside = [n for n, t in enumerate(reading.tokens) if refusal.start <= t.start < refusal.end]
    return bool(Lexicon.at("closings.amounts").find(reading.norms, inside[0], reading.clause_end(inside[0], len(reading.norms))))
