"""What an answer has just given, so that nobody asks for it again: each rule of `copilot/data/given.yaml` has its test here."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from ...findings import LIKELY
from ...lexicon import Lexicon, Match, function_words, number_words, words_of
from ...mentions import Mention, family_of, find_mentions
from ...quantities import Quantity
from ...quantities.arithmetic import check_change
from ...quantities.units import DURATIONS
from ...questions import read_question
from ...reading import Reading
from ...statements.clauses import clause_at, is_apart
from ...statements.dimensions import asked_dimension, holds
from ...statements.measures import amount_cues, counted, has_its_number, has_number, is_absent
from ...statements.terms import find_term
from ...text import Sentence, norms
from ..replies import does_not_know
from .threads import numbers_all

__all__ = ["counts", "counts_what_is_seen", "given_kinds", "tells_factor"]

LATELY = 4
"""Turns back to which an answer goes on with the one before it."""
BRIEF = 14
"""Words of an answer that, with the value asked for, is complete."""
PART = 10
"""Words of an answer that may be no more than the part that was asked for."""
NIL_WORDS = 2
"""Most words of an answer that is nothing but a number, or that nothing is left."""
FEW = 2
"""Largest count of things of which nobody asks how many there were before."""
SEEN = 12
"""Largest count of things, such as sites or colleagues, that nobody has to look up."""
BARE = 8
"""Words of a question that asks for nothing but the same thing now."""
CLOSE = 3
"""Most words from "now" to its number or what tells that little is left, or from "before" to what tells that there was nothing."""
ASIDE = 10
"""Most words of a sentence between something and its amount: "I had this in an email from finance, hold on."."""
OPENING = 3
"""First words of a sentence of which one is the amount that a sentence before it lacks."""
TAKES = 6
"""Words from "now" within which it is told how long something takes: "now it's, it's about a morning"."""
EXPECTED = 2
"""Most words between what tells an expectation and its number."""
_LOOKED_UP = frozenset({"number", "when", "who"})
"""What a question asks for that somebody can look up, where the speaker does not know it."""
_DATED = frozenset({"when", "time"})
_COMPARING = frozenset({"change", "comparative"})
_COUNTED = frozenset({"time", "often", "money", "count"})


class _Case(NamedTuple):
    """A sentence with its words, numbers and amounts, and what kind of value its turn was asked for."""

    reading: Reading
    sentence: Sentence
    words: tuple[str, ...]
    numbers: Sequence[Quantity]
    amounts: Sequence[Match]
    asked: str

    @property
    def answered(self) -> bool:
        """Whether the answer has the value asked for."""
        return self.asked in _COUNTED and any(holds(q, self.asked) for q in self.reading.quantities)

    @property
    def dated(self) -> bool:
        """Whether the sentence tells a date."""
        return not words_of("given.dates").isdisjoint(self.words)


def given_kinds(reading: Reading, sentence: Sentence) -> set[str]:
    """Return the kinds of gap that a sentence can't have, since it, its neighbours or the customer's last answer supply what they lack."""
    words, numbers = reading.words_in(sentence), reading.quantities_in(sentence)
    case = _Case(reading, sentence, words, numbers, _amounts(reading, sentence), asked_dimension(reading.question))
    return {kind for rule, holds_of in _RULES.items() if holds_of(case) for kind in words_of(f"given.rules.{rule}")}


def _completes(reading: Reading) -> bool:
    """Return whether an answer is the part that was asked for, and no statement of its own: "over what period?", "from May to June"."""
    adds = 1 < reading.words <= PART and reading.norms[0] in words_of("given.completing")
    return adds and reading.asked is not None and bool(reading.asked.sentences) and _asks_part(reading.asked)


def _asks_part(asked: Reading) -> bool:
    """Return whether a turn ends with a question for a part that a statement lacks: "Forty percent of what?"."""
    last = asked.sentences[-1]
    start = next((n for n in range(last.first, last.last) if asked.norms[n] not in words_of("gaps.lead")), last.first)
    found = asked.find(Lexicon.at("given.parts"), last)
    return any(m.first == start or m.last == asked.clause_end(m.first, last.last) for m in found)


def _adds_before(reading: Reading, sentence: Sentence) -> bool:
    """Return whether a sentence tells the value before of a number in front of it: "Nine days. It was thirty.", not "It was a relief."."""
    words = reading.words_in(sentence)
    earlier = [q for q in reading.quantities if q.start < sentence.start]
    if not earlier or " ".join(words[:2]) not in words_of("given.before"):
        return False
    used = words[1] == "used" and not (words_of("statements.times") | words_of("given.spans")).isdisjoint(words)
    none = not words_of("given.nil").isdisjoint(words)
    levels = (q for q in reading.quantities_in(sentence) if not _is_date(reading, q))
    return used or none or any(_is_level_of(level, q) for level in levels for q in earlier)


def _next(reading: Reading, sentence: Sentence) -> Sequence[Sentence]:
    """Return the sentence after one; none after the last."""
    return [s for s in reading.sentences if s.first == sentence.last]


def _adds_period(reading: Reading, sentence: Sentence) -> bool:
    """Return whether a sentence tells the period of what stands before it: "That's year on year.", "This was inside a year."."""
    words = reading.words_in(sentence)
    points = words[0].partition("'")[0] in words_of("given.same") and len(words) <= PART
    return points and not (words_of("given.dates") | words_of("given.periods")).isdisjoint(words)


def _is_level_of(level: Quantity, other: Quantity) -> bool:
    """Return whether a number can be what another was before: both of one unit, one without any, or the level of a relative change."""
    return level.unit == other.unit or None in {level.unit, other.unit} or other.unit in {"percent", "times"}


def _is_followed_by_amount(reading: Reading, sentence: Sentence) -> bool:
    """Return whether the next sentence, asides apart, opens with an amount: "It's way down. Hold on. Sixty thousand last year."."""
    later = (s for s in reading.sentences if s.first >= sentence.last)
    told = next((s for s in later if reading.quantities_in(s) or s.last - s.first > ASIDE), None)
    opening = reading.tokens[told.first : min(told.last, told.first + OPENING)] if told else ()
    amounts = [q for q in reading.quantities_in(told) if _is_sum(q)] if told else []
    return any(q.start <= t.start < q.end for t in opening for q in amounts)


def _is_sum(quantity: Quantity) -> bool:
    """Return whether a number tells how much, and counts no things of its own."""
    plain = quantity.unit in {None, "percent"} or family_of(quantity.unit) == "money"
    return plain and quantity.high > SEEN


def _was_none(words: Sequence[str]) -> bool:
    """Return whether words tell that there was nothing before: "which before was nothing"."""
    places = [n for n, word in enumerate(words) if word in words_of("given.formerly")]
    return any(word in words_of("given.nil") and any(abs(n - at) <= CLOSE for at in places) for n, word in enumerate(words))


def _restates(reading: Reading, sentence: Sentence, numbers: Sequence[Quantity]) -> bool:
    """Return whether each number of a sentence is a change, in percent or times, that the values of another sentence make."""
    pairs = [ends for m in find_mentions(reading) if m.sentence != sentence and (ends := _ends_of(m)) is not None]
    changes = [(q.high, q.unit) for q in numbers if q.unit in {"percent", "times"}]
    made = (any((c := check_change(stated, unit, *pair)) and c.holds for pair in pairs) for stated, unit in changes)
    return bool(changes) and len(changes) == len(numbers) and all(made)


def _ends_of(mention: Mention) -> tuple[Decimal, Decimal, str] | None:
    """Return the value before and the value after of a likely pair with their unit, None of a number without such a value before."""
    before, unit = mention.baseline, mention.unit or ""
    if before is None or mention.chance < LIKELY or isinstance(before.value, tuple) or before.unit != unit:
        return None
    return Decimal(str(before.value)), mention.quantity.high, unit


def _tells_value_before(reading: Reading, words: Sequence[str]) -> bool:
    """Return whether a sentence says how the number of the question was before: "162, is that without it?" "Yes. It was 181."."""
    put = reading.last is not None and bool(reading.last.quantities)
    return put and " ".join(words[:2]) in words_of("given.before")


def _tells_what_is_left(words: Sequence[str]) -> bool:
    """Return whether words tell that nothing or little is left: "and none since", "now it's a handful"."""
    places = [n for n, word in enumerate(words) if word in words_of("given.since")]
    return any(word in words_of("given.left") and any(abs(n - at) <= CLOSE for at in places) for n, word in enumerate(words))


def _is_worked_out(reading: Reading, sentence: Sentence, words: Sequence[str]) -> bool:
    """Return whether a sentence only works out a change from the number of the one before: "Forty tonnes. So that's a third less."."""
    before = next((s for s in reading.sentences if s.last == sentence.first), None)
    return _works_out(words) and before is not None and bool(reading.quantities_in(before))


def _tells_age(words: Sequence[str]) -> bool:
    """Return whether a sentence tells how old somebody or something is: "they're twenty years old"."""
    return any(a in {"year", "years"} and b in {"old", "olds"} for a, b in pairwise(words))


def _is_how_often(reading: Reading, quantity: Quantity) -> bool:
    """Return whether a number tells how many times something happened, and not by what factor: "it rang two times"."""
    counted = quantity.unit == "times" and not {"time", "times", "twice"}.isdisjoint(norms(quantity.text))
    return counted and quantity.change is None and _after(reading, quantity) not in words_of("given.factors")


def tells_factor(reading: Reading, sentence: Sentence) -> bool:
    """Return whether a sentence tells by what factor something differs: "three times faster", but not "it broke three times"."""
    return any(q.unit == "times" and not _is_how_often(reading, q) for q in reading.quantities_in(sentence))


def _is_share_of(reading: Reading, quantity: Quantity) -> bool:
    """Return whether a number is the share of something that is named: "30% of operators"."""
    return quantity.unit == "percent" and quantity.change is None and _after(reading, quantity) == "of"


def counts_what_is_seen(reading: Reading, sentence: Sentence) -> bool:
    """Return whether the numbers of a sentence only count a few things that nobody has to look up: "I think we're eight"."""
    numbers = reading.quantities_in(sentence)
    return bool(numbers) and all(q.high <= SEEN and _is_bare_count(q) for q in numbers)


def counts(reading: Reading, sentence: Sentence) -> bool | None:
    """Return whether a sentence tells a change or an amount that has a number, unlike "transformed"; None if it tells none."""
    cues = _amounts(reading, sentence)
    if counted(reading.norms, sentence.first, sentence.last):
        return True
    return any(has_number(reading.norms, m) for m in cues) if cues else None


def _amounts(reading: Reading, sentence: Sentence) -> list[Match]:
    return amount_cues(reading, sentence.first, sentence.last)


def _has_all_numbers(reading: Reading, sentence: Sentence, numbers: Sequence[Quantity]) -> bool:
    """Return whether each clause of a sentence that tells a change or an amount tells its number too: "the shop is up nine percent"."""
    amounts = _amounts(reading, sentence)
    told = [q for q in numbers if _is_amount(q) or any(_is_object(reading, m, q) for m in amounts)]
    clauses = [clause_at(reading.turn.text, sentence.start, sentence.end, reading.tokens[m.first].start) for m in amounts]
    return bool(clauses) and all(any(start <= q.start < end for q in told) for start, end in clauses)


def _is_object(reading: Reading, verb: Match, quantity: Quantity) -> bool:
    """Return whether a quantity is what a verb of change has changed: "we've saved a good forty litres", not "we cut it in three weeks"."""
    if verb.label != "change" or quantity.unit in {None, "times"} or _is_date(reading, quantity):
        return False
    at = bisect_left(reading.tokens, quantity.start, key=attrgetter("start"))
    apart = any(is_apart(reading.turn.text, reading.tokens, n) for n in range(verb.last, at + 1))
    return verb.last <= at and not apart and words_of("given.before_objects").issuperset(reading.norms[verb.last : at])


def _lacks_no_number(reading: Reading, sentence: Sentence, amounts: Sequence[Match]) -> bool:
    """Return whether each amount of a sentence has its number; what is only measured, such as "the rate", is no amount."""
    told = [m for m in amounts if m.label != "abstract_measure"]
    return bool(told) and all(_has_number_beside(reading, sentence, m) for m in told)


def _has_number_beside(reading: Reading, sentence: Sentence, amount: Match) -> bool:
    """Return whether a number stands beside a price, or in the clause that an amount is worked out from."""
    priced = amount.label == "money" and has_its_number(reading, *reading.cite(amount.first, amount.last))
    return priced or _is_worked_out_within(reading, sentence, amount)


def _is_worked_out_within(reading: Reading, sentence: Sentence, amount: Match) -> bool:
    """Return whether an amount stands in a clause that only works out what the number of the clause before it comes to."""
    before: tuple[int, int] | None = None
    for first, last in reading.clauses(sentence.first, sentence.last):
        if first <= amount.first < last:
            return before is not None and _works_out(reading.norms[first:last]) and _holds_number(reading, *before)
        before = first, last
    return False


def _works_out(words: Sequence[str]) -> bool:
    """Return whether words begin as what is worked out from what stands before: "so that's a third less"."""
    return any(" ".join(words[:n]) in words_of("given.worked_out") for n in (1, 2))


def _holds_number(reading: Reading, first: int, last: int) -> bool:
    """Return whether a number begins in tokens[first:last]."""
    start, end = reading.cite(first, last)
    return any(start <= q.start < end for q in reading.quantities)


def _is_amount(quantity: Quantity) -> bool:
    """Return whether a number tells a change in figures, and not only that something "halved" or "doubled"."""
    return quantity.change is not None and any(w.isdigit() or w in number_words() for w in norms(quantity.text))


def _is_rate(quantity: Quantity) -> bool:
    return bool(quantity.period) and str(quantity.period).split()[-1] in DURATIONS


def _is_nil(reading: Reading) -> bool:
    """Return whether an answer is that nothing is left, which is a number: "Gone."."""
    return not words_of("given.nil").isdisjoint(reading.norms)


def _is_bare_number(reading: Reading) -> bool:
    """Return whether an answer is a number alone, with no unit, and none that only tells about how many: "couple"."""
    text = reading.turn.text.strip(" .!")
    exact = (q for q in reading.quantities if q.unit is None and not q.approximate)
    return any(q.text == text and text.lower() not in words_of("given.loose") for q in exact)


def _is_mere_value(reading: Reading, sentence: Sentence, numbers: Sequence[Quantity]) -> bool:
    """Return whether a sentence is a number or a date with no other content, and none that announces things to come: "Two things."."""
    tokens = reading.tokens_in(sentence)
    if any(t.norm in words_of("threads.nouns") | words_of("given.loose") for t in tokens):
        return False
    valued = [t for t in tokens if t.norm in words_of("given.dates") or any(q.start <= t.start < q.end for q in numbers)]
    return bool(valued) and all(t in valued or t.norm in function_words() for t in tokens)


def _is_bare_count(quantity: Quantity) -> bool:
    """Return whether a number only counts things: no rate, share, duration or change."""
    counted = quantity.unit not in {*DURATIONS, "percent", "times"} and not quantity.period
    return counted and not quantity.change and quantity.baseline is None


def _only_counts(reading: Reading, sentence: Sentence, numbers: Sequence[Quantity]) -> bool:
    """Return whether the numbers of a sentence only count things, and no word compares them: "nine thousand responses"."""
    counted = all(_is_bare_count(q) and q.unit and family_of(q.unit) != "money" for q in numbers)
    alone = _COMPARING.isdisjoint(reading.cue_labels(sentence))
    words = reading.words_in(sentence)
    return counted and alone and words_of("given.now").isdisjoint(words) and words_of("given.comparing").isdisjoint(words)


def _is_asked_for_now(reading: Reading) -> bool:
    """Return whether nothing but the level of now is asked for, after an answer that gave a number: "It was nine." "And now?"."""
    earlier = [r for r in reading.before[-LATELY:] if r.is_customer and r.quantities]
    asked = reading.asked.norms if earlier and reading.asked else ()
    return len(asked) <= BARE and not words_of("given.now").isdisjoint(asked)


def _is_unknown(reading: Reading) -> bool:
    """Return whether a turn says that its speaker does not know the number, the time or the person asked for, and tells no number."""
    return does_not_know(reading) and not reading.quantities and not _LOOKED_UP.isdisjoint(read_question(reading.question).asks)


def _is_date(reading: Reading, quantity: Quantity) -> bool:
    """Return whether a duration only tells when something was: "two years back"."""
    return quantity.unit in DURATIONS and _after(reading, quantity) in words_of("given.ago")


def _is_quoted(text: str, quantity: Quantity) -> bool:
    """Return whether a number stands in quotation marks, as what somebody said or thought: 'you look and go, "Nice, we're at 37%"'."""
    before = text[: quantity.start]
    return bool(before.count('"') % 2) or before.count("\u201c") > before.count("\u201d")


def _tells_by_whom(reading: Reading, sentence: Sentence) -> bool:
    """Return whether a passive names who did it: "it was approved by the board", but not "by hand" or "by the end of May"."""
    words = reading.words_in(sentence)
    named = any(
        by == "by" and the in words_of("statements.determiners") and who not in words_of("statements.times") | words_of("given.nobody")
        for by, the, who in zip(words, words[1:], words[2:], strict=False)
    )
    return named and "passive" in reading.cue_labels(sentence)


def _takes_now(reading: Reading, words: Sequence[str], numbers: Sequence[Quantity]) -> bool:
    """Return whether the numbers of a sentence only say how long something takes now: "now it's an hour"."""
    plain = all(q.unit in DURATIONS and not (q.change or q.period or _is_difference(reading, q) or _is_date(reading, q)) for q in numbers)
    return bool(numbers) and plain and not words_of("given.now").isdisjoint(words)


def _tells_time_before(reading: Reading, sentence: Sentence) -> bool:
    """Return whether the sentence before one tells how long something took: "it took us most of a day"."""
    before = next((reading.words_in(s) for s in reading.sentences if s.last == sentence.first), ())
    times = words_of("statements.times") | words_of("given.spans")
    return not words_of("given.took").isdisjoint(before) and not times.isdisjoint(before)


def _tells_time_now(reading: Reading, sentence: Sentence, numbers: Sequence[Quantity]) -> bool:
    """Return whether a sentence tells how long something took and, in words, takes now: "three days, and now it's a morning"."""
    if len(numbers) != 1 or numbers[0].unit not in DURATIONS or numbers[0].change:
        return False
    after = [t.norm for t in reading.tokens_in(sentence) if t.start >= numbers[0].end]
    at = next((n for n, word in enumerate(after) if word in words_of("given.now")), len(after))
    times = words_of("statements.times") | words_of("given.spans")
    return any(article in {"a", "an"} and word in times for article, word in pairwise(after[at : at + TAKES]))


def _tells_both_levels(reading: Reading, sentence: Sentence, numbers: Sequence[Quantity]) -> bool:
    """Return whether a sentence tells a level of before, and a number of now: "we were at eleven percent and we're now at four"."""
    level = next((q for q in numbers if q.change is None), None)
    if level is None:
        return False
    words = reading.tokens_in(sentence)
    was = any(t.norm in words_of("given.was") for t in words if t.start < level.start)
    after = [t.norm for t in words if t.start >= level.end]
    now = [n for n, word in enumerate(after) if word in words_of("given.now")]
    counts_now = (n for n, word in enumerate(after) if word[0].isdigit() or word in number_words())
    return was and any(at < n <= at + CLOSE or n == at - 1 for n in counts_now for at in now)


def _changes_a_level(reading: Reading, numbers: Sequence[Quantity]) -> bool:
    """Return whether the last number of a sentence is a share by which a level before it changed: "it was at seven, it is down by half"."""
    if len(numbers) < 2 or numbers[-1].change is None or numbers[-1].unit not in {"percent", "times"}:
        return False
    level, change = numbers[-2:]
    between = {t.norm.partition("'")[0] for t in reading.tokens if level.end <= t.start < change.start}
    return level.change is None and level.baseline is None and not words_of("given.same").isdisjoint(between)


def _is_expected(reading: Reading, sentence: Sentence, quantity: Quantity) -> bool:
    """Return whether a number is what was expected, not what came: "we had reckoned on ten"."""
    before = [t.norm for t in reading.tokens_in(sentence) if t.start < quantity.start]
    return any(m.last >= len(before) - EXPECTED for m in Lexicon.at("given.expected").find(before))


def _expects_a_time(words: Sequence[str]) -> bool:
    """Return whether words tell, with no number, how long something was expected to take: "we'd budgeted a week"."""
    times = words_of("statements.times") | words_of("given.spans")
    expected = (words[m.last : m.last + 2] for m in Lexicon.at("given.expected").find(words))
    return any(after[:1] in (("a",), ("an",)) and not times.isdisjoint(after[1:]) for after in expected)


def _is_difference(reading: Reading, quantity: Quantity) -> bool:
    """Return whether a number tells by how much something differs: "eighty grand more"."""
    return _after(reading, quantity) in words_of("given.differs")


def _after(reading: Reading, quantity: Quantity) -> str:
    """Return the word right after a quantity, "" at the end of the turn."""
    place = bisect_left(reading.tokens, quantity.end, key=attrgetter("start"))
    return reading.norms[place] if place < len(reading.norms) else ""


_RULES: Mapping[str, Callable[[_Case], bool]] = {
    "its number is the value asked for": lambda c: any(holds(q, c.asked) for q in c.numbers),
    "it completes what it was asked to complete": lambda c: _completes(c.reading),
    "the answer has the value asked for": lambda c: c.answered,
    "the answer is brief and has the value asked for": lambda c: c.answered and c.reading.words <= BRIEF,
    "a count or time is given with certainty": lambda c: (
        c.asked in {"count", "time"} and words_of("given.unsure").isdisjoint(c.reading.norms)
    ),
    "a date was asked for": lambda c: c.asked == "when",
    "it is the date asked for": lambda c: c.dated and c.asked in _DATED and read_question(c.reading.question).demands <= 1,
    "it tells its period": lambda c: c.dated or not words_of("given.periods").isdisjoint(c.words) or any(_is_rate(q) for q in c.numbers),
    "the next sentence tells its period": lambda c: (
        bool(c.numbers) and any(_adds_period(c.reading, s) for s in _next(c.reading, c.sentence))
    ),
    "each change has its number": lambda c: (
        any(_is_difference(c.reading, q) for q in c.numbers) or _has_all_numbers(c.reading, c.sentence, c.numbers)
    ),
    "no amount lacks its number": lambda c: _lacks_no_number(c.reading, c.sentence, c.amounts),
    "its amount opens a sentence after it": lambda c: bool(c.amounts) and not c.numbers and _is_followed_by_amount(c.reading, c.sentence),
    "it tells an amount that was none before": lambda c: bool(c.numbers) and _was_none(c.words),
    "each amount is none": lambda c: bool(c.amounts) and all(is_absent(c.reading.norms, m) for m in c.amounts),
    "it adds the value before": lambda c: _adds_before(c.reading, c.sentence),
    "the next sentence adds the value before": lambda c: (
        bool(c.numbers) and any(_adds_before(c.reading, s) for s in _next(c.reading, c.sentence))
    ),
    "its change is that of two values of the turn": lambda c: _restates(c.reading, c.sentence, c.numbers),
    "the answer is a bare number or none": lambda c: c.reading.words <= NIL_WORDS and (_is_nil(c.reading) or _is_bare_number(c.reading)),
    "it is only a number or a date": lambda c: _is_mere_value(c.reading, c.sentence, c.numbers),
    "it counts a mere few": lambda c: bool(c.numbers) and all(q.low <= FEW and _is_bare_count(q) for q in c.numbers),
    "the answer only counts things": lambda c: bool(c.reading.quantities) and all(_is_bare_count(q) for q in c.reading.quantities),
    "it counts things and compares nothing": lambda c: bool(c.numbers) and _only_counts(c.reading, c.sentence, c.numbers),
    "the level of now follows that of before": lambda c: (
        bool(c.numbers) and _is_asked_for_now(c.reading) and not any(q.change for q in c.numbers)
    ),
    "it tells how long something takes now": lambda c: _takes_now(c.reading, c.words, c.numbers),
    "the time now follows the one before, told in words": lambda c: (
        _takes_now(c.reading, c.words, c.numbers) and _tells_time_before(c.reading, c.sentence)
    ),
    "the time before is followed by the one now, told in words": lambda c: _tells_time_now(c.reading, c.sentence, c.numbers),
    "it tells the level of before and then that of now": lambda c: _tells_both_levels(c.reading, c.sentence, c.numbers),
    "its change is one from the level told before it": lambda c: _changes_a_level(c.reading, c.numbers),
    "it tells the value before of a number put": lambda c: len(c.numbers) == 1 and _tells_value_before(c.reading, c.words),
    "what is left is told in words": lambda c: _tells_what_is_left(c.words),
    "it is worked out from the number just told": lambda c: _is_worked_out(c.reading, c.sentence, c.words),
    "it tells an age": lambda c: _tells_age(c.words),
    "its numbers only tell how often something happened": lambda c: bool(c.numbers) and all(_is_how_often(c.reading, q) for q in c.numbers),
    "it is only wished": lambda c: c.words[:1] == ("if",) and not words_of("given.wishing").isdisjoint(c.words),
    "its numbers were only expected": lambda c: (
        all(_is_expected(c.reading, c.sentence, q) for q in c.numbers) if c.numbers else _expects_a_time(c.words)
    ),
    "its numbers are somebody's words": lambda c: bool(c.numbers) and all(_is_quoted(c.reading.turn.text, q) for q in c.numbers),
    "it tells what its shares are of": lambda c: bool(c.numbers) and all(_is_share_of(c.reading, q) for q in c.numbers),
    "the speaker does not know what was asked for": lambda c: c.reading.words <= BRIEF and _is_unknown(c.reading),
    "it tells by whom": lambda c: _tells_by_whom(c.reading, c.sentence),
    "its numbers are dates": lambda c: bool(c.numbers) and all(_is_date(c.reading, q) for q in c.numbers),
    "all that it announces is told": lambda c: numbers_all(c.reading, c.sentence),
    "it has no term": lambda c: not find_term(c.reading, c.sentence.start, c.sentence.end),
}
"""By the name of each rule of the data file, whether it holds of a sentence."""
