"""Complete numbers that leave out the thousands, or the point of a price, that the number before was said with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from ..quantities import Quantity
from .mention import Mention, currencies

__all__ = ["completed"]

_THOUSAND, _CENT = Decimal(1000), Decimal(1) / 100
_SPOKEN = re.compile(r"(?!.*\b(?:thousand|million|billion|grand)\b)[a-z ,-]+", re.IGNORECASE)
_LEAST = 10_000  # least number that others leave out the thousands after
_LIKE = 10  # largest ratio of two prices of one story


def completed(mentions: Sequence[Mention]) -> list[Mention]:
    """Return mentions, of which the bare ones in words have what they leave out, and the unit of the number before."""
    out = list(mentions[:1])
    for n in range(1, len(mentions)):
        whole = mentions[n - 2].quantity if n > 1 else None
        last, mention = out[-1], mentions[n]
        parts = _are_parts(last.quantity, mentions[n : n + 2]) or (whole is not None and _are_parts(whole, mentions[n - 1 : n + 1]))
        factor = _THOUSAND if parts else _factor(last, mention.quantity)
        out.append(mention if factor is None else _times(mention, factor, last.unit))
    return out


def _are_parts(whole: Quantity, parts: Sequence[Mention]) -> bool:
    """Return whether two numbers make up the thousands of one before: "610,000 a week. Four twenty here and a hundred and ninety there"."""
    bare = len(parts) == 2 and all(_is_bare(part.quantity) for part in parts)
    return bare and whole.low >= _LEAST and sum(part.quantity.low for part in parts) * _THOUSAND == whole.low == whole.high


def _factor(last: Mention, quantity: Quantity) -> Decimal | None:
    """Return by how much a number is too small beside the one before, as far as the two tell, else None."""
    if not _is_bare(quantity):
        return None
    said_round = last.quantity.low % _THOUSAND == 0 and last.quantity.low >= _LEAST
    if said_round and (_is_said_again(last.quantity, quantity) or _shares_hundreds(last.quantity, quantity)):
        return _THOUSAND
    return _CENT if _is_price(last, quantity) else None


def _is_said_again(last: Quantity, quantity: Quantity) -> bool:
    """Return whether a number says the one before again, as "forty thousand pounds? Forty, fifty" does."""
    return quantity.low * _THOUSAND == last.low


def _shares_hundreds(last: Quantity, quantity: Quantity) -> bool:
    """Return whether a number refines a round one before: "two hundred thousand ... two-forty"."""
    return bool(last.low % 100_000 == 0 and last.low // 100_000 == quantity.low // 100 > 0 and _is_short(quantity))


def _is_price(last: Mention, quantity: Quantity) -> bool:
    """Return whether a number is a price like the one before: "a dollar twenty ... three seventy-five"."""
    if last.unit not in currencies() or not _is_short(quantity) or not 100 < quantity.low < 1000:
        return False
    low, high = sorted((last.quantity.low, quantity.low * _CENT))
    return high <= low * _LIKE and last.quantity.low < 100


def _is_short(quantity: Quantity) -> bool:
    """Return whether a number leaves out its hundred: "two-forty"."""
    return bool(quantity.low % 100) and quantity.low == quantity.high and "hundred" not in quantity.text.lower()


def _is_bare(quantity: Quantity) -> bool:
    return quantity.unit is None and quantity.baseline is None and _SPOKEN.fullmatch(quantity.text) is not None


def _times(mention: Mention, factor: Decimal, unit: str | None) -> Mention:
    low, high = mention.quantity.low * factor, mention.quantity.high * factor
    quantity = mention.quantity._replace(value=low if low == high else (low, high))
    return mention._replace(quantity=quantity, unit=unit, inferred=unit is not None)
