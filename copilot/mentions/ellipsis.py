"""Complete numbers that leave out the thousands or millions, or the point of a price, that the number before was said with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from ..lexicon import words_of
from ..quantities import Quantity
from ..quantities.kinds import COUNTED_ON
from ..quantities.numerals import SCALES
from ..quantities.words import lists
from ..reading import Reading
from ..text import norms
from .currency import currency
from .mention import Mention, currencies

__all__ = ["completed"]

_THOUSAND, _CENT = Decimal(1000), Decimal(1) / 100
_MILLION = 10**6
_SPOKEN = re.compile(r"(?!.*\b(?:thousand|million|billion|grand)\b)[a-z ,-]+", re.IGNORECASE)
_LEAST = 10_000  # least number that others leave out the thousands after
_LIKE = 10  # largest ratio of two prices of one story
_LARGE = 100_000  # least scale of a count that no number of its own size would be told beside
_ROUND = 100  # least number that may be told beside one of thousands: "forty thousand, and two hundred a day"


def completed(reading: Reading, mentions: Sequence[Mention], told: Mention | None = None) -> list[Mention]:
    """Return the mentions of a turn, of which the bare ones have what they leave out, and the unit of the number before.

    `told` is the last number of the turn before, if a customer spoke there too.
    """
    out: list[Mention] = []
    factor: Decimal | None = None
    for n, mention in enumerate(mentions):
        last = out[-1] if out else told
        if last is None:
            out.append(mention)
            continue
        scale, near = _scale(last.quantity, mention.quantity) or factor, {last.sentence.first, last.sentence.last} if out else {0}
        factor = (_factor_of_parts(mentions, n) or _factor(last, mention.quantity)) if out else None
        if factor is None and scale and mention.sentence.first in near and _is_told_alike(reading, last, mention):
            factor = scale if _leaves_out(last, mention.quantity, scale) else None
        out.append(_times(mention, factor, _unit(reading, last)) if factor else mention)
    return out


def _unit(reading: Reading, last: Mention) -> str | None:
    """Return the unit of a number, the currency of the call for "forty grand"."""
    return last.unit or (currency(reading) if "grand" in norms(last.quantity.text) else None)


def _factor_of_parts(mentions: Sequence[Mention], n: int) -> Decimal | None:
    """Return a thousand if mentions[n] is one of two numbers that make up the one before them."""
    starts = (n, n - 1)
    return _THOUSAND if any(i > 0 and _are_parts(mentions[i - 1].quantity, mentions[i : i + 2]) for i in starts) else None


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


def _leaves_out(last: Mention, quantity: Quantity, scale: Decimal) -> bool:
    """Return whether a number may leave out the scale of the one before: "forty grand ... yours was eighteen", "14 crores ... 2.6".

    Beside a count of thousands a small number may be meant as it is said, and beside an amount one of hundreds.
    """
    bare = quantity.unit is None and quantity.baseline is None and quantity.whole is None and SCALES.keys().isdisjoint(norms(quantity.text))
    if not bare or not 0 < quantity.low < (_ROUND if scale < _LARGE else scale):
        return False
    low, high = sorted((quantity.low * scale, last.quantity.low))
    money = last.unit in currencies() or "grand" in norms(last.quantity.text)
    return high <= low * _LIKE and (money or scale >= _LARGE)


def _scale(last: Quantity, quantity: Quantity) -> Decimal | None:
    """Return the scale that a number is said with, or by which it is larger than the next one, which says it again."""
    said = [SCALES.get(norm, _MILLION if norm == "m" else 0) for norm in norms(last.text)]
    again = [scale for scale in SCALES.values() if quantity.low * scale == last.low]
    scale = next((scale for scale in (*reversed(said), *again) if scale), None)
    return Decimal(scale) if scale and scale <= last.low else None


def _is_told_alike(reading: Reading, last: Mention, mention: Mention) -> bool:
    """Return whether a number with no noun after it is told of what the one before is: at once, of "it" or "yours", or as a rate beside it.

    "Forty grand. Yours was eighteen", "14 crores. Two point six, if you take March", "eighteen grand, and four a year".
    """
    sentence = mention.sentence
    goes_on = reading.norms[mention.after] if mention.after < reading.clause_end(mention.at, sentence.last) else ""
    if goes_on and goes_on not in lists().stops - COUNTED_ON:
        return False
    lead = list(reading.norms[sentence.first : mention.at])
    while lead and lead[-1] in lists().joining_hedges - lists().pointed:
        lead.pop()
    subject, verb = ["", "", *lead][-2:]
    of_it = verb in words_of("mentions.it_is") or (verb in words_of("mentions.being") and subject in words_of("mentions.it"))
    alone = not goes_on and (words_of("mentions.light") | words_of("naming.openers") | lists().corrections).issuperset(lead)
    period, other = mention.quantity.period, last.quantity.period
    return verb == "and" and other is None if period not in {None, other} else of_it or alone


def _is_short(quantity: Quantity) -> bool:
    """Return whether a number leaves out its hundred: "two-forty"."""
    return bool(quantity.low % 100) and quantity.low == quantity.high and "hundred" not in quantity.text.lower()


def _is_bare(quantity: Quantity) -> bool:
    return quantity.unit is None and quantity.baseline is None and _SPOKEN.fullmatch(quantity.text) is not None


def _times(mention: Mention, factor: Decimal, unit: str | None) -> Mention:
    low, high = mention.quantity.low * factor, mention.quantity.high * factor
    quantity = mention.quantity._replace(value=low if low == high else (low, high))
    return mention._replace(quantity=quantity, unit=unit, inferred=unit is not None)
