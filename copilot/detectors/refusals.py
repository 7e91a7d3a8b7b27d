"""Refusals and deferrals: where a customer declines to say something, or puts an answer off."""

from __future__ import annotations

from ..reading import Reading
from ..turns import Span
from .boundaries.phrases import spans_of

__all__ = ["find_deferrals", "find_refusals"]


def find_refusals(reading: Reading) -> tuple[Span, ...]:
    """Return where a customer declines to say something."""
    return spans_of(reading, "refuse")


def find_deferrals(reading: Reading) -> tuple[Span, ...]:
    """Return where a customer defers an answer."""
    return spans_of(reading, "defer")
