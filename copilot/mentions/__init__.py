"""Quantities in context: what each counts, the value before, and the time that it refers to."""

from __future__ import annotations

from ..reading import Reading, once
from .counting import in_units
from .currency import currencies_named, in_call_currency, tells_currency
from .lists import shared_out
from .mention import Mention, amount, currencies, family_of, kinds_of_word, number, unit_of
from .pairs import against_earlier, against_question, asks_before, corrected, earlier_answer, ends_told, paired, read_back, unit_said
from .placing import UNDATED, are_other, conditions, only_dates, when_told

__all__ = [
    "UNDATED",
    "Mention",
    "amount",
    "are_other",
    "asks_before",
    "conditions",
    "corrected",
    "currencies",
    "currencies_named",
    "earlier_answer",
    "family_of",
    "find_mentions",
    "in_call_currency",
    "in_units",
    "kinds_of_word",
    "number",
    "read_back",
    "shared_out",
    "tells_currency",
    "unit_of",
    "unit_said",
    "when_told",
]


@once
def find_mentions(reading: Reading) -> list[Mention]:
    """Return the quantities of a turn in context; a value and the value before it are one mention.

    How long ago one held is no value of another.
    """
    told = [mention for mention in ends_told(reading, in_units(reading)) if not only_dates(reading, mention)]
    return against_earlier(reading, against_question(reading, paired(reading, told)))
