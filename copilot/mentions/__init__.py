"""Quantities in context: what each counts, the value before, and the time that it refers to."""

from __future__ import annotations

from ..reading import Reading
from .counting import with_unit
from .currency import currency, dollar, in_cents
from .mention import Mention, amount, currencies, family_of, kinds_of_word
from .pairs import against_question, asks_before, paired
from .placing import placed

__all__ = ["Mention", "amount", "asks_before", "currencies", "family_of", "find_mentions", "in_units", "kinds_of_word"]


def find_mentions(reading: Reading) -> list[Mention]:
    """Return the quantities of a turn in context; a value and the value before it are one mention."""
    return against_question(reading, paired(reading, in_units(reading)))


def in_units(reading: Reading) -> list[Mention]:
    """Return the quantities of a turn, each with its own unit or the one that its context implies."""
    mentions = placed(reading)
    for i, mention in enumerate(mentions):
        if mention.unit is None or mention.unit == "point":
            mentions[i] = with_unit(reading, mentions, i)
        elif mention.unit == "usd":
            mentions[i] = mention._replace(unit=currency(reading) if in_cents(mention.quantity) else dollar(reading.background))
        elif mention.unit == "person" and mention.quantity.text.lower().endswith(
            ("of you", "of ye", "of y'all", "of y\u2019all", "of you guys")
        ):
            mentions[i] = mention._replace(unit="vendor")
    return mentions
