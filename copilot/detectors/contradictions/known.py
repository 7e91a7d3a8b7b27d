"""The numbers in the background's facts, with which those of the call are compared."""

from __future__ import annotations

from functools import lru_cache

from ...background import Background
from ...quantities import Quantity, find_quantities

__all__ = ["known_numbers"]


@lru_cache(maxsize=64)
def known_numbers(background: Background) -> tuple[tuple[str, Quantity], ...]:
    """Return the quantities of the background's facts, each with its fact."""
    return tuple((fact, q) for fact in background.customer.facts for q in find_quantities(fact))
