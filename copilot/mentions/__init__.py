"""Quantities in context: what each counts, the value before, and the time that it refers to."""

from __future__ import annotations

import re
from itertools import pairwise

from ..quantities import Quantity
from ..reading import Reading
from .counting import with_unit
from .currency import currency, dollar, in_cents
from .mention import Mention, amount, currencies, family_of, kinds_of_word, number, unit_of
from .pairs import against_earlier, against_question, asks_before, earlier_answer, paired, read_back, unit_said
from .placing import placed

__all__ = [
    "Mention",
    "amount",
    "asks_before",
    "currencies",
    "earlier_answer",
    "family_of",
    "find_mentions",
    "in_units",
    "kinds_of_word",
    "number",
    "read_back",
    "unit_of",
    "unit_said",
]


_SPOKEN = re.compile(r"(?!.*\bhundred)[a-z -]+", re.IGNORECASE)


def find_mentions(reading: Reading) -> list[Mention]:
    """Return the quantities of a turn in context; a value and the value before it are one mention."""
    return against_earlier(reading, against_question(reading, paired(reading, in_units(reading))))


def in_units(reading: Reading) -> list[Mention]:
    """Return the quantities of a turn, each with its own unit or the one that its context implies."""
    mentions = _in_thousands(placed(reading))
    for i, mention in enumerate(mentions):
        if mention.unit is None or mention.unit == "point":
            mentions[i] = with_unit(reading, mentions, i)
        elif mention.unit == "usd":
            mentions[i] = mention._replace(unit=reading.once(currency) if in_cents(mention.quantity) else dollar(reading.background))
        elif mention.unit == "person" and mention.quantity.text.lower().endswith(
            ("of you", "of ye", "of y'all", "of y\u2019all", "of you guys")
        ):
            mentions[i] = mention._replace(unit="vendor")
    return _like_earlier(reading, mentions)


def _in_thousands(mentions: list[Mention]) -> list[Mention]:
    """Give a bare number the thousands of the round one before it that it leaves out: "two hundred thousand ... two-forty"."""
    out = mentions[:1]
    for last, mention in pairwise(mentions):
        quantity = mention.quantity
        short = quantity.unit is None and quantity.low == quantity.high and quantity.low % 100 and _SPOKEN.fullmatch(quantity.text)
        round_one = last.quantity.low % 100_000 == 0 and last.quantity.low // 100_000 == quantity.low // 100 > 0
        out.append(mention._replace(quantity=quantity._replace(value=quantity.low * 1000)) if short and round_one else mention)
    return out


def _like_earlier(reading: Reading, mentions: list[Mention]) -> list[Mention]:
    """Give a bare number that opens an answer the unit of an earlier answer, if the question goes back to what that was about."""
    if not mentions or not mentions[0].inferred or mentions[0].sentence.first > 0:
        return mentions
    old = earlier_answer(reading) or (_told_last(reading) if asks_before(reading) else None)
    if old is None or old.unit is None or old.change is not None:
        return mentions
    return [mentions[0]._replace(unit=old.unit), *mentions[1:]]


def _told_last(reading: Reading) -> Quantity | None:
    """Return the last number of the customer's turn before the question."""
    told = reading.before[-2] if len(reading.before) > 1 else None
    return told.quantities[-1] if told is not None and told.is_customer and told.quantities else None
