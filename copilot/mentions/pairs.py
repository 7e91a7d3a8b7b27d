"""Join a value with the value before it, if both are said together or one is asked about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from ..findings import LIKELY
from ..lexicon import Lexicon, Match, function_words, words_of
from ..quantities import Quantity
from ..quantities.arithmetic import check_change
from ..quantities.units import DURATIONS, TIMES
from ..quantities.values import coin_beside
from ..reading import Reading, once
from ..scoring import logistic, threshold
from ..text import Sentence, stem
from .comparing import SHORT, pair_facts
from .forms import told_form
from .lists import are_shared_out
from .mention import Mention, amount, is_near, unit_of
from .placing import are_other, conditions, placed

__all__ = [
    "against_earlier",
    "against_question",
    "asks_before",
    "corrected",
    "earlier_answer",
    "ends_told",
    "paired",
    "read_back",
    "unit_said",
]

_SINCE_THEN = re.compile(
    r"\b(?:now|today|currently|these days|since|after|down to|where is|where's|what happened|what about|become|and the|changed?"
    r"|how's (?:that|it)|where are you|you (?:said|told|gave|counted|mentioned))\b",
    re.IGNORECASE,
)


SUM_WORDS = 3  # words before a number that may say that it is worked out
EACH_WORDS = 2  # most words between a number and one thing that it is told for
_MAKES = frozenset({"that's", "so", "makes", "comes", "altogether"})
MOST_RISE = 10  # most times that a number with its thousands left out is the one that it leans on
_PARTNERS = 8  # previous numbers among which the value before is looked for
FARTHEST = 90  # most words between the two
AT_ONCE = 15  # most words between two numbers of different sentences that become one mention
_LEAD = 24  # characters before the question's number in which a "was" makes it the value before
_OVER_TURNS = 500  # largest ratio of two durations of one thing in question and answer
TOLD_NOW, TOLD_AFTER = 0.8, 0.45
"""Chance that the question's number is the value before, if the answer says "now" and if not: shares among labelled metrics."""
ASKED_AGAIN = 0.6
"""Chance that the answer to an earlier question about the same thing is the value before, set by hand."""
BARE = 3  # most words of a question that names nothing: "And now?"
OPENING_WORDS = 6  # most words of an answer before the sentence of the number that it gives
CONFIRMING = 3  # first words of a reply that agree or deny
SURE, DATED, DOUBTED = 0.9, 0.75, 0.3
"""Chance of a pair whose form settles it, least chance of one whose dates do, and most chance against a plan.

The first two are shares among labelled interviews.
"""
DATED_WORDS = 25  # most words between two dated numbers
_TO_CONFIRM = re.compile(
    r"\b(?:my notes|is that (?:still )?right|correct|i've got|i have|i had|sheet says|note says|still|website|brief)\b",
    re.IGNORECASE,
)


def asks_before(reading: Reading) -> bool:
    """Return whether the question's last sentences ask for the value before: "Up to what, from what?", "And what was it?".

    "What was it?" without a time asks for it only as a whole sentence: "So why us, what was it?" and "What was it with the ceiling?" ask
    for a reason or a story.
    """
    asked = reading.asked
    if asked is None:
        return False
    return any(
        m.label in {"before", "ends"} or _asks_so(asked, s, m)
        for s in asked.sentences[-2:]
        for m in asked.find(Lexicon.at("mentions.asks"), s)
    )


def _asks_so(asked: Reading, sentence: Sentence, match: Match) -> bool:
    """Return whether a phrase that may ask for the value before begins its sentence, and ends it if it names no time."""
    opens = words_of("naming.openers").issuperset(asked.norms[sentence.first : match.first])
    return opens and (match.label == "when" or match.last == sentence.last)


def against_question(reading: Reading, mentions: list[Mention]) -> list[Mention]:
    """Use the question's number as the value before: "and the rejections, the eleven point four?" "Now two point one"."""
    asked = reading.asked
    at = _answering(mentions)
    if at is None or asked is None or not asked.quantities or asks_before(reading) or _TO_CONFIRM.search(asked.turn.text):
        return mentions
    first = mentions[at]
    since = asked.sentences[-2:][0].start
    old = next((q for q in reversed(asked.quantities) if q.start >= since and _fits(first, q)), None)
    if old is None or _offers_present(reading, asked, old):
        return mentions
    question = asked.turn.text[max(0, asked.sentences[-1].start) :]
    was = re.search(r"\b(?:was|were|had|at)\b", asked.turn.text[max(0, old.start - _LEAD) : old.start])
    now = first.strong and first.moment == "now"
    if not now and not _SINCE_THEN.search(question) and not was:
        return mentions
    unit = unit_of(first.quantity) or unit_of(old) or unit_said(reading, old) or first.unit
    before = _lifted(first._replace(quantity=old), first).quantity
    told = first._replace(unit=unit, baseline=amount(before, old.unit or unit), chance=TOLD_NOW if now else TOLD_AFTER)
    return [*mentions[:at], told, *mentions[at + 1 :]]


def _offers_present(reading: Reading, asked: Reading, offered: Quantity) -> bool:
    """Return whether a question guesses a value of today, which no customer told: "So around two thousand now?"."""
    told = any(q.value == offered.value for before in reading.before if before.is_customer for q in _all(before.quantities))
    now = next((m for m in placed(asked) if m.quantity is offered and m.moment == "now"), None)
    return not told and now is not None and words_of("lint.words.wh").isdisjoint(asked.words_in(now))


def ends_told(reading: Reading, mentions: list[Mention]) -> list[Mention]:
    """Read a range that answers a question for the value before as that value and the one after, if the question or a change says so.

    "Up by a third." "Up from what?" "Fifteen percent to twenty."; "From what to what?" "Fifteen percent to twenty.". A turn that has
    another number for the value after tells no ends.
    """
    if not mentions or mentions[0].sentence.first > 0 or not asks_before(reading):
        return mentions
    quantity = mentions[0].quantity
    if not isinstance(quantity.value, tuple) or "to" not in quantity.text.lower().split() or _goes_on_to_value(reading, quantity):
        return mentions
    if not _asks_ends(reading) and not _comes_to_change(reading, quantity):
        return mentions
    ends = quantity._replace(value=quantity.high, baseline=quantity._replace(value=quantity.low))
    return [mentions[0]._replace(quantity=ends), *mentions[1:]]


def _goes_on_to_value(reading: Reading, old: Quantity) -> bool:
    """Return whether another number of a turn can be the value after a range: "it was twenty to thirty minutes, and now five"."""
    units = {None, *DURATIONS} if old.unit in DURATIONS else {None, old.unit}
    return any(q is not old and q.unit in units for q in reading.quantities)


def _asks_ends(reading: Reading) -> bool:
    """Return whether the question asks for the value before and the value after: "From what to what?"."""
    return reading.asked is not None and any(m.label == "ends" for m in reading.asked.find(Lexicon.at("mentions.asks")))


def _comes_to_change(reading: Reading, ends: Quantity) -> bool:
    """Return whether the customer's turn before the question ends with a rise that the two ends of a range come to."""
    told = reading.before[-2].quantities[-1:] if len(reading.before) > 1 and reading.before[-2].is_customer else ()
    changes = (check_change(q.low, q.unit or "", ends.low, ends.high, ends.unit or "") for q in told if q.change == "up")
    return any(change is not None and change.holds for change in changes)


def _answering(mentions: Sequence[Mention]) -> int | None:
    """Return the place of the number that may answer the question: the first, in the first sentence of more than a few words, or None."""
    at = next((n for n, m in enumerate(mentions) if not m.window), None)
    if at is None or mentions[at].baseline:
        return None
    return at if mentions[at].sentence.first <= OPENING_WORDS else None


def _fits(first: Mention, old: Quantity) -> bool:
    """Return whether the number of a question can be the value before of the first number in the answer."""
    if old.value == first.quantity.value or first.quantity.change or old.high < 3 or _is_of_each(old, first.quantity):
        return False
    if old.unit in DURATIONS and first.quantity.unit in DURATIONS:
        low, high = sorted((float(old.high) * DURATIONS[old.unit], float(first.quantity.high) * DURATIONS[first.quantity.unit]))
        return high <= low * _OVER_TURNS
    alike = old.unit is None or first.quantity.unit is None or old.unit == first.quantity.unit
    return alike and is_near(first._replace(quantity=old), first)


def _is_of_each(old: Quantity, new: Quantity) -> bool:
    """Return whether the first of two numbers is told for each of something and the second for all: "400 per kilo", "so 1.5 million"."""
    each = old.period is not None and old.period.split()[-1] not in {*DURATIONS, "quarter", "night", "shift", "season"}
    return each and new.period is None


def unit_said(reading: Reading, quantity: Quantity) -> str | None:
    """Return the unit with which a number was said last in the turns before."""
    return _units_said(reading).get(quantity.value)


@once
def _units_said(reading: Reading) -> Mapping[object, str | None]:
    """Return the units with which the numbers of the turns before were said last, by value."""
    said: dict[object, str | None] = {}
    for quantity in (q for before in reversed(reading.before) for q in before.quantities if q.unit):
        said.setdefault(quantity.value, unit_of(quantity))
    return said


def earlier_answer(reading: Reading) -> Quantity | None:
    """Return the number that answered the latest earlier question about the thing that is asked about now, None if there is none.

    A bare "And now?" is about what was answered right before, and "the eleven minutes, what was it before?" about the number that it
    repeats.
    """
    if (again := _asked_again(reading)) is not None:
        return again
    topic = _asked_about(reading.asked) if reading.asked else frozenset()
    if reading.asked is not None and _asks_only_now(reading.asked.norms):
        return _opening_number(reading.before[-2]) if len(reading.before) > 1 else None
    for question, answer in reversed(list(pairwise(reading.before[:-1]))):
        first = _opening_number(answer)
        if not question.is_customer and first is not None and len(topic & _asked_about(question)) * 2 > len(topic):
            return first
    return None


def _asked_again(reading: Reading) -> Quantity | None:
    """Return the number that a customer told and a question for the value before repeats, None if it repeats none."""
    if reading.asked is None or not asks_before(reading):
        return None
    since = reading.asked.sentences[-2:][0].start
    named = [(q.value, q.unit) for q in reversed(reading.asked.quantities) if q.start >= since]
    told = [q for before in reversed(reading.before) if before.is_customer for q in before.quantities]
    return next((q for value, unit in named for q in told if q.value == value and unit in {None, q.unit}), None)


def _asks_only_now(norms: Sequence[str]) -> bool:
    """Return whether a few words ask for the value of today and name nothing: "And now?", "What about today?"."""
    now = words_of("mentions.surely_now")
    return len(norms) <= BARE and not now.isdisjoint(norms) and (now | words_of("naming.openers")).issuperset(norms)


def _opening_number(answer: Reading) -> Quantity | None:
    """Return the first number of a customer's answer if its first sentence has it."""
    first = next(iter(answer.quantities), None) if answer.is_customer and answer.sentences else None
    return first if first is not None and first.start < answer.sentences[0].end else None


def _asked_about(question: Reading) -> frozenset[str]:
    """Return the stems of the words that name what a question's last two sentences are about."""
    lists = ("mentions.light", "mentions.asking", "naming.closed", "naming.measuring")
    small = function_words().union(*map(words_of, lists))
    words = (norm for s in question.sentences[-2:] for norm in question.words_in(s))
    return frozenset(stem(norm) for norm in words if len(norm) > SHORT and norm not in small)


def against_earlier(reading: Reading, mentions: list[Mention]) -> list[Mention]:
    """Use the number of an earlier answer as the value before, if what it answered is asked about again: "And where is it now?"."""
    asked = reading.last
    if not mentions or asked is None or asked.quantities or mentions[0].baseline or mentions[0].sentence.first > 0:
        return mentions
    first, old = mentions[0], earlier_answer(reading)
    if old is None or words_of("mentions.surely_now").isdisjoint(asked.norms) or not _fits(first, old):
        return mentions
    return [first._replace(baseline=amount(old, old.unit or first.unit), chance=ASKED_AGAIN), *mentions[1:]]


def read_back(reading: Reading) -> tuple[Quantity, Quantity] | None:
    """Return the values before and after that the interviewer read back and the customer confirms: "So fifty to nine?" "Exactly.".

    None unless customers said both numbers earlier.
    """
    asked = reading.asked
    if asked is None or not reading.is_customer or not _confirms(reading):
        return None
    pair = _joined_by_words(asked)
    said = {end for r in reading.before if r.is_customer for q in _all(r.quantities) for end in (q.low, q.high)}
    return pair if pair and {pair[0].high, pair[1].high} <= said else None


def _confirms(reading: Reading) -> bool:
    """Return whether a reply opens with agreement."""
    opening = reading.norms[:CONFIRMING]
    agrees = bool(opening) and opening[0] in words_of("mentions.confirming")
    return agrees and words_of("mentions.denying").isdisjoint(opening)


def _joined_by_words(asked: Reading) -> tuple[Quantity, Quantity] | None:
    """Return the last two numbers of a turn as before and after if its words join them so: "fifty to nine", "nine, from fifty"."""
    if not asked.quantities:
        return None
    last = asked.quantities[-1]
    if last.baseline is not None:
        return last.baseline, last
    if isinstance(last.value, tuple):
        return (last._replace(value=last.low), last._replace(value=last.high)) if "to" in last.text.lower().split() else None
    if len(asked.quantities) < 2:
        return None
    first = asked.quantities[-2]
    between = {t.norm for t in asked.tokens if first.end <= t.start < last.start}
    if not between <= words_of("mentions.light") | {"from", "back", "all", "way"}:
        return None
    return (last, first) if "from" in between else (first, last) if "to" in between else None


def _all(quantities: Iterable[Quantity]) -> Iterator[Quantity]:
    """Yield quantities and the values before that are part of them."""
    for quantity in quantities:
        yield quantity
        if quantity.baseline is not None:
            yield quantity.baseline


def paired(reading: Reading, mentions: Sequence[Mention]) -> list[Mention]:
    """Give each value its value before as baseline; if the two are close together and likely a pair, they become one mention.

    A number that the next one corrects is left out. The value before of a doubtful pair stays a number of its own.
    """
    lost = {first for first, _ in _corrected(reading, mentions)}
    out: list[Mention | None] = [None if n in lost else _with_own_baseline(m) for n, m in enumerate(mentions)]
    for before, after, chance in _pairs(reading, mentions):
        a, b = mentions[before], mentions[after]
        is_one = chance >= LIKELY and _is_told_at_once(a, b)
        told = _joined(a, b) if is_one else _against(a, b)
        out[after] = told._replace(chance=chance, quantity=_at_rate(reading, a, b, told.quantity))
        if is_one:
            out[before] = None
    return sorted((m for m in out if m is not None), key=lambda m: m.end)


def _with_own_baseline(mention: Mention) -> Mention:
    """Return a mention with the baseline that is part of its quantity: "from six hours down to twenty minutes"."""
    base = mention.quantity.baseline
    return mention if base is None else mention._replace(baseline=amount(base, unit_of(base) or mention.unit))


def corrected(reading: Reading, mentions: Sequence[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """Yield the numbers that a turn says not to hold, each with the one that takes its place: "I said forty hours, it was thirty"."""
    for first, second in _corrected(reading, mentions):
        yield _lifted(mentions[first], mentions[second]), mentions[second]


def _corrected(reading: Reading, mentions: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    """Yield the places of neighbouring numbers of which the second corrects the first."""
    for first, second in pairwise(range(len(mentions))):
        a, b = mentions[first], mentions[second]
        values = _may_pair(a, b) and not a.quantity.change and not b.quantity.change and is_near(_lifted(a, b), b)
        if values and told_form(reading, a, b) == "corrected":
            yield first, second


def _pairs(reading: Reading, mentions: Sequence[Mention]) -> Iterator[tuple[int, int, float]]:
    """Yield the places of a value before and a value after with the chance of the pair, surest first, each number at most once."""
    rated = [
        (chance, first, second, later)
        for first, second in neighbours(mentions)
        if not _is_sum(reading, mentions[first], mentions[second])
        for chance, later in _chances(reading, mentions, first, second)
    ]
    taken: set[int] = set()
    for chance, first, second, later in sorted(rated, reverse=True):
        if chance < threshold("pairs.threshold"):
            return
        if taken.isdisjoint((first, second)):
            taken.update((first, second))
            yield (first, second, chance) if later else (second, first, chance)


def _is_sum(reading: Reading, a: Mention, b: Mention) -> bool:
    """Return whether the second number is worked out from the first: "fourteen minutes each ... so that's thirty-eight hours"."""
    each = a.quantity.period == "each" or reading.norms[a.after : a.after + 1] == ("each",)
    return each and not _MAKES.isdisjoint(reading.norms[max(b.sentence.first, b.at - SUM_WORDS) : b.at])


def _chances(reading: Reading, mentions: Sequence[Mention], first: int, second: int) -> Iterator[tuple[float, bool]]:
    """Yield the chance that the second number is the later value, and the chance that the first one is; what their form settles is sure."""
    form = told_form(reading, mentions[first], mentions[second])
    if form in {"corrected", "apart"} or _lends_no_unit(mentions, first, second):
        return
    if form is None and _are_apart(reading, mentions[first], mentions[second]):
        return
    if form in {"later", "earlier"}:
        yield SURE, form == "later"
    else:
        facts = pair_facts(reading, mentions, first, second)
        dated = _by_date(mentions[first], mentions[second]) if second - first == 1 and form is None else None
        for name in ("later", "earlier"):
            chance = logistic(f"pairs.{name}").judge(facts)
            chance = max(chance, DATED) if dated == name else min(chance, DOUBTED) if form == "planned" else chance
            yield chance, name == "later"


def _lends_no_unit(mentions: Sequence[Mention], first: int, second: int) -> bool:
    """Return whether a number only says for how much another is told, and so counts nothing bare: "one person, 45 hours in one month"."""
    one, bare = mentions[first], mentions[second].quantity.unit is None
    beside = [
        m for m in mentions[max(0, first - 1) : first + 2] if m is not one and m.sentence == one.sentence and m is not mentions[second]
    ]
    apart = (max(m.at, one.at) - min(m.after, one.after) for m in beside)
    return bare and one.quantity.unit is not None and one.quantity.value == 1 and any(words <= EACH_WORDS for words in apart)


def _are_apart(reading: Reading, a: Mention, b: Mention) -> bool:
    """Return whether two numbers are of one list, or hold under different conditions."""
    return are_shared_out(reading, a, b) or _hold_elsewhere(reading, a, b)


def _hold_elsewhere(reading: Reading, a: Mention, b: Mention) -> bool:
    """Return whether two numbers hold under different conditions: "on a good day twenty, on a bad one ninety".

    A past value of one season may be the value before that of the next.
    """
    one, other = (conditions(reading, m.first, m.last) for m in (a, b))
    dated = any(m.when is not None and m.when < 0 for m in (a, b)) and words_of("mentions.conditions.times") >= one | other
    return are_other(one, other) and not dated


def _by_date(a: Mention, b: Mention) -> str | None:
    """Return which of two neighbouring numbers of one unit and size is the later one, if both are dated: "81 last year, 96 this year"."""
    if not (a.strong and b.strong) or a.when is None or b.when is None or a.when == b.when or b.at - a.after > DATED_WORDS:
        return None
    alike = a.unit == b.unit and is_near(a, b) and not a.quantity.change and not b.quantity.change
    return None if not alike else "later" if a.when < b.when else "earlier"


def neighbours(mentions: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    """Yield the places of two numbers of a turn that could be values of one thing."""
    for second, b in enumerate(mentions):
        for first in range(max(0, second - _PARTNERS), second):
            a = mentions[first]
            if b.at - a.after <= FARTHEST and _may_pair(a, b):
                yield first, second


def _may_pair(a: Mention, b: Mention) -> bool:
    """Return whether two numbers differ, may be of different times, have no baseline yet, and have units that one thing can have."""
    if a.quantity.baseline or b.quantity.baseline or a.quantity.value == b.quantity.value:
        return False
    if a.strong and b.strong and a.when == b.when:
        return False
    one, other = a.quantity.unit, b.quantity.unit
    return one is None or other is None or one == other or (one in TIMES and other in TIMES)


def _is_told_at_once(a: Mention, b: Mention) -> bool:
    """Return whether two numbers are in one sentence, or close together."""
    return a.sentence == b.sentence or abs(a.at - b.at) <= AT_ONCE


def _joined(a: Mention, b: Mention) -> Mention:
    """Return the value after, b, joined with the value before, a."""
    after = _against(a, b)
    first, last = (a, b) if a.at < b.at else (b, a)
    return after._replace(start=first.start, end=last.end, first=first.first, last=last.last, at=first.at, after=last.after, strong=True)


def _against(a: Mention, b: Mention) -> Mention:
    """Return the value after, b, with the value before, a, as its baseline."""
    before, after = _lifted(_in_coin_of(b, a), b), _lifted(_in_coin_of(a, b), a)
    implied = after.unit if before.inferred and b.at < a.at else before.unit
    unit = unit_of(after.quantity) or implied or after.unit
    return after._replace(unit=unit, baseline=amount(before.quantity, unit_of(before.quantity) or unit))


def _in_coin_of(other: Mention, mention: Mention) -> Mention:
    """Return a number that has no unit of its own in the coin of the other one: "eleven cents ... it was nineteen"."""
    coin = coin_beside(mention.quantity, other.quantity)
    if coin == 1:
        return mention
    low, high = mention.quantity.low * coin, mention.quantity.high * coin
    return mention._replace(quantity=mention.quantity._replace(value=low if low == high else (low, high)))


def _at_rate(reading: Reading, a: Mention, b: Mention, after: Quantity) -> Quantity:
    """Return the value after, at the rate of the one before if it is bare: "eleven falls a month. It's three now", not "two last month"."""
    rate = a.quantity.period or ""
    bare = after.unit is None and after.period is None
    own = words_of("mentions.windows").isdisjoint(reading.words_in(b))
    return after._replace(period=rate) if bare and own and rate.startswith("per ") else after


def _lifted(a: Mention, b: Mention) -> Mention:
    """Return a with the thousands that it leaves out, where that brings it nearer to b: "eighty-four thousand ... now it's fifty-one"."""
    scale = next((s for s in (10**6, 10**3) if b.quantity.low >= s), 1)
    if scale == 1 or a.quantity.high >= 1000 or a.quantity.unit or b.quantity.high >= 1000 * scale:
        return a
    if a.quantity.high**2 * scale >= b.quantity.high**2 or a.quantity.high * scale > b.quantity.high * MOST_RISE:
        return a
    low, high = a.quantity.low * scale, a.quantity.high * scale
    return a._replace(quantity=a.quantity._replace(value=low if low == high else (low, high)))
