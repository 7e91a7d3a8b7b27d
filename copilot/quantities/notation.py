"""Which mark a speaker's numbers have before decimals, and which between thousands: "6,4" and "1.340", or "6.4" and "1,340"."""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["has_decimal_commas"]

_COMMAS = re.compile(r"\d+,\d{1,2}|[1-9]\d{0,2}(?:\.\d{3})+,\d{1,2}|[1-9]\d{0,2}(?:\.\d{3}){2,}|[1-9]\d{0,2}\.000")
_POINTS = re.compile(r"\d+\.\d{1,2}|0\.\d+|[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")


def has_decimal_commas(norms: Iterable[str]) -> bool | None:
    """Return whether the words of a speaker have commas before decimals and never points, None if they have neither."""
    digits = [norm for norm in norms if norm[0].isdecimal()]
    if any(map(_POINTS.fullmatch, digits)):
        return False
    return True if any(map(_COMMAS.fullmatch, digits)) else None
