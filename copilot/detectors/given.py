"""What an answer has just given, so that nobody asks for it again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import attrgetter

from ..findings import GapKind
from ..lexicon import Match, function_words, number_words, words_of
from ..probes.anchors import find_term
from ..probes.dimensions import COUNTABLE, asked_dimension, holds
from ..probes.wording import clause_at
from ..quantities import Quantity
from ..quantities.units import DURATIONS
from ..questions import read_question
from ..reading import Reading, within
from ..text import Sentence, norms

__all__ = ["counts_nothing", "given_kinds"]

LATELY = 4
"""Turns back to which an answer goes on with the one before it."""
BRIEF = 14
"""Words of an answer that, with the value asked for, is complete."""
NIL_WORDS = 2
"""Most words of an answer that is nothing but a number, or that nothing is left."""
FEW = 2
"""Largest count of things of which nobody asks how many there were before."""
_DATED = frozenset({"when", "time"})
_COUNTED = frozenset({"time", "often", "money", "count"})
_UNTOLD: tuple[GapKind, ...] = ("vague", "short_answer", "dropped_thread", "no_example", "unexplained")
"""Kinds that ask for a story, where a value was asked for and given."""
BARE = 8
"""Words of a question that asks for nothing but the same thing now."""


def given_kinds(reading: Reading, sentence: Sentence) -> Iterator[GapKind]:
    """Yield the kinds of gap that a sentence can't have, since it, its neighbours or the customer's last answer supply what they lack."""
    numbers = reading.quantities_in(sentence)
    asked = asked_dimension(reading.question)
    if any(holds(q, asked) or _is_difference(reading, q) for q in numbers) or _has_all_numbers(reading, sentence, numbers):
        yield "missing_metric"
    if any(holds(q, asked) for q in numbers):
        yield from ("unexplained", "dropped_thread", "short_answer")
    if asked == "when" or _has_period(reading, sentence):
        yield "missing_timeframe"
    if asked in _DATED and read_question(reading.question).demands <= 1 and _is_dated(reading, sentence):
        yield from _UNTOLD
    if asked in _COUNTED and any(holds(q, asked) for q in reading.quantities):
        yield from ("undefined_metric", *(_UNTOLD if reading.words <= BRIEF else ()))
    if asked == "count" and words_of("gaps.unsure").isdisjoint(reading.norms):
        yield "unsourced"
    amounts = _amounts(reading, sentence)
    if amounts and all(_is_absent(reading.norms, m) for m in amounts):
        yield from ("missing_metric", "unexplained", "vague", "dropped_thread")
    if _is_value_before(reading, sentence):
        yield from ("missing_timeframe", "missing_scope", "missing_baseline")
    if _is_nothing_left(reading) or _is_bare_number(reading):
        yield from ("missing_metric", "short_answer", "vague")
    if _is_mere_value(reading, sentence):
        yield from _UNTOLD
    if numbers and all(_is_a_mere_few(q) for q in numbers):
        yield "missing_baseline"
    if reading.quantities and all(_is_bare_count(q) for q in reading.quantities):
        yield "missing_scope"
    if numbers and (_is_asked_for_now(reading, numbers) or all(_is_date(reading, q) for q in numbers)):
        yield "missing_baseline"
    if not find_term(reading, sentence.start, sentence.end):
        yield "unclear_term"


def counts_nothing(reading: Reading, sentence: Sentence) -> bool:
    """Return whether each word for change or amount in a sentence has no number: "transformed", "no budget"."""
    cues, uncounted = _amounts(reading, sentence), words_of("gaps.uncounted")
    norms = reading.norms
    return bool(cues) and all(
        uncounted.issuperset(norms[m.first : m.last]) or _is_absent(norms, m) or _is_superlative(norms, m) for m in cues
    )


def _amounts(reading: Reading, sentence: Sentence) -> list[Match]:
    return [m for m in within(reading.cues, sentence.first, sentence.last, attrgetter("first")) if m.label in COUNTABLE]


def _is_absent(words: Sequence[str], cue: Match) -> bool:
    """Return whether an amount is none, or only a condition: "no budget", "budget permitting"."""
    before, after = words[max(0, cue.first - 1) : cue.first], words[cue.last : cue.last + 1]
    return not words_of("gaps.without").isdisjoint(before) or not words_of("gaps.conditions").isdisjoint(after)


def _is_superlative(words: Sequence[str], cue: Match) -> bool:
    """Return whether "most" only raises an adjective: "what's most exciting", but not "most orders"."""
    after = "".join(words[cue.last : cue.last + 1])
    return tuple(words[cue.first : cue.last]) == ("most",) and after.endswith(tuple(words_of("gaps.adjective_endings")))


def _has_all_numbers(reading: Reading, sentence: Sentence, numbers: Sequence[Quantity]) -> bool:
    """Return whether each clause of a sentence that tells a change or an amount tells its number too: "the shop is up nine percent"."""
    told = [clause_at(reading.turn.text, sentence.start, sentence.end, reading.tokens[m.first].start) for m in _amounts(reading, sentence)]
    return bool(told) and all(any(_is_amount(q) and start <= q.start < end for q in numbers) for start, end in told)


def _is_amount(quantity: Quantity) -> bool:
    """Return whether a number tells a change in figures, and not only that something "halved" or "doubled"."""
    return quantity.change is not None and any(w.isdigit() or w in number_words() for w in norms(quantity.text))


def _has_period(reading: Reading, sentence: Sentence) -> bool:
    """Return whether a sentence tells the period of its numbers: a rate ("a month"), a date, or since when."""
    told = words_of("gaps.dates") | words_of("gaps.periods")
    rates = (q.period.split()[-1] for q in reading.quantities_in(sentence) if q.period)
    return any(unit in DURATIONS for unit in rates) or not told.isdisjoint(reading.norms[sentence.first : sentence.last])


def _is_dated(reading: Reading, sentence: Sentence) -> bool:
    """Return whether a sentence names a month or a season."""
    return not words_of("gaps.dates").isdisjoint(reading.norms[sentence.first : sentence.last])


def _is_value_before(reading: Reading, sentence: Sentence) -> bool:
    """Return whether a sentence only adds the value before to a number that was told: "Nine days. It was thirty."."""
    told = any(q.start < sentence.start for q in reading.quantities)
    return told and reading.norms[sentence.first : sentence.first + 2] in {("it", "was"), ("that", "was"), ("it", "used")}


def _is_nothing_left(reading: Reading) -> bool:
    """Return whether an answer is only that nothing is left, which is a number: "Gone."."""
    return reading.words <= NIL_WORDS and not words_of("gaps.nil").isdisjoint(reading.norms)


def _is_bare_number(reading: Reading) -> bool:
    """Return whether an answer is a number alone: "Eleven."."""
    text = reading.turn.text.strip(" .!")
    return reading.words <= NIL_WORDS and any(_is_exact(q) and q.text == text for q in reading.quantities)


def _is_mere_value(reading: Reading, sentence: Sentence) -> bool:
    """Return whether a sentence is a number or a date with no other content, which is a whole answer: "It was nine in the end.".

    A number that announces things to come ("Two things.") or tells only about how many is none.
    """
    if not (words_of("threads.nouns") | words_of("gaps.loose")).isdisjoint(reading.norms[sentence.first : sentence.last]):
        return False
    valued = {t.start for q in reading.quantities_in(sentence) for t in within(reading.tokens, q.start, q.end, attrgetter("start"))}
    dated = {t.start for t in reading.tokens[sentence.first : sentence.last] if t.norm in words_of("gaps.dates")}
    rest = (t.norm for t in reading.tokens[sentence.first : sentence.last] if t.start not in valued | dated)
    return bool(valued or dated) and all(norm in function_words() for norm in rest)


def _is_exact(quantity: Quantity) -> bool:
    """Return whether a number has no unit and is none that only tells about how many: "couple"."""
    return quantity.unit is None and not quantity.approximate and quantity.text.lower() not in words_of("gaps.loose")


def _is_a_mere_few(quantity: Quantity) -> bool:
    """Return whether a number is a count of a few things, which has no value before it: "two signatures"."""
    return quantity.low <= FEW and _is_bare_count(quantity)


def _is_bare_count(quantity: Quantity) -> bool:
    """Return whether a number only counts things: no rate, share, duration or change."""
    counted = quantity.unit not in {*DURATIONS, "percent", "times"} and not quantity.period
    return counted and not quantity.change and quantity.baseline is None


def _is_asked_for_now(reading: Reading, numbers: Sequence[Quantity]) -> bool:
    """Return whether a level of now follows that of before, which the customer's last answer gave: "It was nine." "And now?" "Four."."""
    earlier = [r for r in reading.before[-LATELY:] if r.is_customer and r.quantities]
    asked = reading.before[-1].norms if earlier and not reading.before[-1].is_customer else ()
    bare = len(asked) <= BARE and not words_of("gaps.now").isdisjoint(asked)
    return bare and not any(q.change for q in numbers)


def _is_date(reading: Reading, quantity: Quantity) -> bool:
    """Return whether a duration only tells when something was: "two years back"."""
    return quantity.unit in DURATIONS and _after(reading, quantity) in words_of("gaps.ago")


def _is_difference(reading: Reading, quantity: Quantity) -> bool:
    """Return whether a number tells by how much something differs: "eighty grand more"."""
    return _after(reading, quantity) in words_of("gaps.differs")


def _after(reading: Reading, quantity: Quantity) -> str:
    """Return the word right after a quantity, "" at the end of the turn."""
    return next((t.norm for t in reading.tokens if t.start >= quantity.end), "")
