"""Amounts that a phrase bars: by their number, or by a word such as "price"."""

from __future__ import annotations

from ...findings import Boundary, Degree
from ...quantities import Quantity
from ...reading import Reading
from .earlier import SCALES, tells_much, thread, told_amount, value_of
from .phrases import Phrase, sentence_of
from .subject import named_by, subject_of
from .surroundings import back_from, boundary, clause_end
from .withheld import withholds
from .words import Said, lists

__all__ = ["amounts_asked", "amounts_of", "amounts_to", "of_number"]


def amounts_of(reading: Reading, phrase: Phrase, said: Said) -> set[str]:
    """Return what stands in `said` for the numbers in the clause of a phrase, but for small ones that the last answer did not tell.

    "The sixty" is the sixty or the sixty thousand, whichever was told last.
    """
    start, last = reading.tokens[phrase.first].start, clause_end(reading, sentence_of(reading, phrase), phrase.last)
    end = reading.tokens[last - 1].end
    told = [q for q in reading.quantities if start <= q.start < end and not _is_ordinal(q)]
    lately = [q for past in [r for r in reading.before if r.is_customer][-1:] for q in past.quantities]
    amounts = {n for q in told for n in (q.low, q.high) if tells_much(n) or any(_is_told_by(reading, q, past) for past in lately)}
    out: set[str] = set()
    for keys in ([value_of(n * scale) for scale in SCALES] for n in amounts):
        lately_told = max((t for key in keys for t in said.get(key, ())), default=None)
        out.update(key for key in keys if lately_told in said.get(key, ()))
    return out


def _is_told_by(reading: Reading, quantity: Quantity, past: Quantity) -> bool:
    """Return whether a number of a turn may be one told before it: not that of "those two", nor that of "the two names" for two years."""
    before = next((t.norm for t in reversed(reading.tokens) if t.end <= quantity.start), "")
    alike = quantity.unit is None or quantity.unit == past.unit
    return alike and before not in lists().several and not {quantity.low, quantity.high}.isdisjoint((past.low, past.high))


def _is_ordinal(quantity: Quantity) -> bool:
    """Return whether a share is told in one word, which may count in order as well: "the third"."""
    return quantity.unit == "percent" and quantity.text.isalpha()


def amounts_to(reading: Reading, phrase: Phrase) -> set[str]:
    """Return what stands in `said` for the numbers that a turn tells up to the end of a phrase, but for small ones, which many tell."""
    end = reading.tokens[phrase.last - 1].end
    return {value_of(n) for q in reading.quantities if q.start < end for n in (q.low, q.high) if tells_much(n)}


def amounts_asked(reading: Reading) -> set[str]:
    """Return what stands in `said` for the numbers of the question before a turn, but for small ones."""
    quantities = reading.asked.quantities if reading.asked else ()
    return {value_of(n) for q in quantities for n in (q.low, q.high) if tells_much(n)}


def of_number(reading: Reading, phrase: Phrase, said: Said) -> Boundary | None:
    """Return the boundary of a phrase that speaks of a number, "the price", or "that number", which no reason may stand before."""
    back, clause = back_from(reading, phrase), clause_end(reading, sentence_of(reading, phrase), phrase.last)
    known = {"the"} if back is None else lists().known
    counting = (n for n in range(phrase.first + 1, clause) if reading.norms[n] in lists().counting and reading.norms[n - 1] in known)
    word = next(counting, None)
    if word is None or phrase.reach == "ahead":
        return None
    if (amount := _amount_meant(reading, phrase, reading.norms[word], said)) is not None:
        return amount
    alone = back is None and subject_of(reading, phrase).names <= named_by(reading, [reading.tokens[word]])
    return _of_untold(reading, phrase) if alone else None


def _amount_meant(reading: Reading, phrase: Phrase, word: str, said: Said) -> Boundary | None:
    """Return the boundary of a phrase that speaks of an amount by a word such as "price", None if no number told can be that.

    It is clear where the last answer told the number. Where the turn keeps back what it was asked for, that is what it means, unless
    an earlier turn surely told it, or the last answer may have.
    """
    sentence, own, just = sentence_of(reading, phrase), reading.turn.turn, thread(reading)
    kept_back, told = withholds(reading, phrase), told_amount(word, said, own)
    if kept_back and told not in just:
        told = told_amount(word, said, own, surely=True)
    degree: Degree = "clear" if told in just and not kept_back else "possible"
    return None if told is None else boundary(reading, sentence.start, sentence.end, (told, own), degree)


def _of_untold(reading: Reading, phrase: Phrase) -> Boundary:
    """Return the boundary of a phrase about an amount that nobody has told in numbers: the last answer may have, in other words."""
    sentence, own = sentence_of(reading, phrase), reading.turn.turn
    if withholds(reading, phrase):
        return boundary(reading, sentence.start, sentence.end, (own,))
    return boundary(reading, sentence.start, sentence.end, (*thread(reading)[-1:], own), "possible")
