"""Join neighbouring numbers: corrections, ranges, pairs of before and after, "N out of M", "one hour fifty"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise, takewhile

from ..lexicon import words_of
from ..text import Token, tokenize
from .kinds import follows_at
from .measures import goes_on_time, measures
from .numerals import starts
from .reckoning import mark_terms
from .units import DURATIONS, RELATIVE, TIMES, is_measure, singular
from .values import Measure, Quantity, coin_beside
from .words import SIGNS, Words, lists

__all__ = ["find_quantities", "scan"]

_SIGNS = f"{SIGNS} "
HOURS = 12  # largest number of a time of day in words
VOTES = 12  # largest number of a vote, "five against four"
DOUBLE = 2  # largest ratio of the ends of "thirty-forty"; "ten-forty" is a time
SCORED = 5  # most words from "scored" to the ends of the scale
WHOLE = 20  # above it the B of "A of B" is a whole, and no size of each: "two boxes of twelve"
_SHARED_BY = frozenset({2, 3, 4, 5, 10, 20, 50, 100, 1000})  # the N of "three in N" that people say
ALIKE = 4  # largest ratio of two numbers of one thing of which one leaves out its thousands
EXACT = 3  # least digits, but for noughts at the end, of a number that is no estimate
PRICED_WORDS = 20  # most words from a word of prices to a price told without its currency
LEAD = 4  # most words from the start of a sentence to a number that replaces the one before, and between two tellings of one
TAKING_BACK = 16  # most words between a number and the one that replaces it
ANEW = 5  # most words from the start of a clause to a number that is told anew in it
CLAUSE = 8  # most words that say what a number is of
_ENDS = (".", "?", "!", "…")
_BREAKS = frozenset({"", ",", "\u2013", "—"})  # what stands after a number that breaks off
_ONE_OF, _ONE_FROM = 100, 20  # largest N of "one in N" and of "one from N"
_FEW = 20  # largest N of "one in N" that is a share wherever it stands


def find_quantities(text: str, tokens: Sequence[Token] | None = None, said: Sequence[Sequence[str]] = ()) -> tuple[Quantity, ...]:
    """Return the quantities of a text, in order; `tokens` are those of the text, if the caller already has them.

    `said` are the words of what the speaker said before, which may tell that the dot of "1.340" parts thousands.

    Dates, times of day, years, version and phone numbers, names such as "phase two", and the pronoun "one" are not quantities. A number
    that the speaker corrects at once ("forty, no, fourteen") is replaced by its correction.
    """
    return _quantities(text) if tokens is None else _values(Words(text, tokens, said))


# Every document and every check of output parses the same few texts.
@lru_cache(maxsize=8192)
def _quantities(text: str) -> tuple[Quantity, ...]:
    return _values(Words(text, tokenize(text)))


def _values(words: Words) -> tuple[Quantity, ...]:
    return tuple(_value(words, m) for m in scan(words) if m.kind == "quantity")


def scan(w: Words) -> list[Measure]:
    """Return the numbers of a text of any kind, joined with their neighbours if they belong together."""
    # What is one amount comes first: "six hours to twenty or thirty minutes" is one pair, of which the second is a range.
    found = _joined(w, _begun_again(w, measures(w)), _SPELLED)
    mark_terms(w, found)
    return _numbered(w, _kept(w, _joined(w, _with_ranges(w, _joined(w, found, _AMOUNTS)), _RULES)))


def _begun_again(w: Words, found: Sequence[Measure]) -> list[Measure]:
    """Return numbers without those that break off and are begun again: "only three, only three drivers", "ninety, ninety-six percent"."""
    lost = [a for a, b in pairwise(found) if _is_begun_again(w, a, b)]
    return [m for m in found if not any(m is a for a in lost)]


def _is_begun_again(w: Words, a: Measure, b: Measure) -> bool:
    """Return whether the second number begins with all the words of the first, with nothing new between them.

    Without a word said again before it, it may be the end of a range: "twenty, twenty-five percent".
    """
    said, again, told = w.norms[a.first : a.last], w.norms[b.first : b.last], w.norms[a.last : b.first]
    marks = {w.gap(n).strip() for n in range(a.last, b.first + 1)}
    broken_off = marks <= _BREAKS and (told or marks != {""})
    if a.kind not in {"quantity", "one"} or not broken_off or again[: len(said)] != said:
        return False
    repeated = [x for x in told if x not in lists().restarting]
    if repeated:
        return w.norms[max(0, a.first - len(repeated)) : a.first] == repeated
    return a.low != b.low and not _is_listed(w, a, b, _lifted(a, b))


def _numbered(w: Words, found: list[Measure]) -> list[Measure]:
    """Make labels of the numbers that count off a list: "One, no faces. Two, it's live by March. Three, it talks to the depot"."""
    run: list[Measure] = []
    for m in found:
        if m.low == m.high == 1 and _is_counting_off(w, m):
            run = [m]
        elif run and m.low == m.high == len(run) + 1 and _is_counting_off(w, m):
            run.append(m)
            for one in run if len(run) == 2 else run[-1:]:
                one.kind = "label"
    return found


def _is_counting_off(w: Words, m: Measure) -> bool:
    """Return whether a bare number stands between marks, at the start of its clause: ". Two, ", "; and three: "."""
    i = m.first - (w.norm(m.first - 1) in {"and", "then", "number"})
    starts_clause = i == 0 or w.gap(i).strip()[-1:] in {".", "?", "!", ";", ":", ",", "—", "…"}
    return m.unit is None and m.baseline is None and starts_clause and w.gap(m.last).strip()[:1] in {",", ".", ":", ";", "—", "-"}


def _joined(w: Words, found_ones: Iterable[Measure], rules: Sequence[Rule]) -> list[Measure]:
    """Return numbers, each joined by the rules with those before it."""
    out: list[Measure] = []
    for found in found_ones:
        while out:
            joined = _join(w, out[-1], found, rules)
            if joined is None:
                break
            out.pop()
            found = joined
        out.append(found)
    return out


def _join(w: Words, a: Measure, b: Measure, rules: Sequence[Rule]) -> Measure | None:
    """Return two neighbours as one number, or None."""
    if b.first - a.last > 9 or b.first < a.last:
        return None
    between = w.norms[a.last : b.first]
    for rule in rules:
        joined = rule(w, a, b, between)
        if joined is not None:
            return joined
    return None


def _spelled(w: Words, a: Measure, b: Measure, between: list[str]) -> Measure | None:
    """Twenty twenty-four, ten fifteen: a year, a time, or a price; seventeen four fifty: it leaves out its thousands."""
    if _is_year_with_oh(w, a, b, between):
        return _merged(a, b, kind="year", unit=None)
    if between or a.form != "words" or b.form != "words" or a.unit or not w.joined(b.first) or a.scale > 1:
        return None
    if w.gap(b.first) == "-" and a.low % 10 == 0 and b.low % 10 == 0 and a.low < b.low <= DOUBLE * a.low:
        return _merged(a, b)
    if a.low < 100 <= b.low < 1000 and a.low % 1 == 0 and a.kind == b.kind == "quantity":
        return _merged(a, b, low=1000 * a.low + b.low, high=1000 * a.low + b.high, unit=b.unit)
    if a.low >= 10 and 10 <= b.low < 100 and a.low < 100 and a.low % 1 == 0:
        if a.low not in {19, 20} and b.unit is None and _is_priced(w, a):
            price = a.low + b.low / 100
            return _merged(a, b, low=price, high=price)
        kind = "year" if a.low in {19, 20} else "name" if b.unit is None else None
        if kind is None:
            return None
        return _merged(a, b, kind=kind, unit=None)
    return None


def _is_year_with_oh(w: Words, a: Measure, b: Measure, between: list[str]) -> bool:
    """Return whether two numbers tell a year: "in twenty oh five"; "at twenty oh five" is a time."""
    spoken = a.form == b.form == "words" and a.low in {19, 20} and 1 <= b.low <= 9 and b.low % 1 == 0
    bare = between == ["oh"] and a.unit is None and b.unit is None and w.joined(b.first)
    return spoken and bare and w.norm(a.first - 1) in lists().before_year


def _is_priced(w: Words, m: Measure) -> bool:
    """Return whether a word shortly before a number tells of prices: "the spend per cap, we were at fourteen ten".

    "The bill comes at ten fifteen" tells a time.
    """
    return not follows_at(w, m) and not lists().priced.isdisjoint(w.norms[max(0, m.first - PRICED_WORDS) : m.first])


def _clock(w: Words, a: Measure, b: Measure, between: list[str]) -> Measure | None:
    """Half past three, half six, quarter to nine, from nine until five, between six and eight in the evening."""
    hours = a.unit is None and b.unit is None and a.kind in {"quantity", "one"} and b.kind == "time" and a.low == a.high <= 12
    if hours and (between in (["until"], ["till"], ["til"]) or (between == ["and"] and w.norm(a.first - 1) == "between")):
        return _merged(a, b, kind="time", unit=None)
    told = between == ["and"] and w.norm(a.first - 1) == "between" and b.low < a.low <= 12 and a.unit is None
    if told and b.unit is None and a.form == b.form == "words":
        return _merged(a, b, kind="time", unit=None)
    if a.kind == "time" and between in ([], ["past"], ["to"]) and b.low <= 12 and b.unit is None:
        return _merged(a, b, kind="time", unit=None)
    return None


def _aged(w: Words, a: Measure, b: Measure, between: list[str]) -> Measure | None:
    """Thirteen to twenty-five years old: ages, as their end is one."""
    words = [x for x in between if x not in lists().joining_hedges]
    ages = b.kind == "label" and b.unit in DURATIONS and a.unit is None and a.kind == "quantity" and words in (["to"], ["or"], ["and"])
    return _merged(a, b, kind="label") if ages else None


def _corrected(w: Words, a: Measure, b: Measure, between: list[str]) -> Measure | None:
    """Forty, no, fourteen: the correction wins, and stands where the number that it corrects did.

    It keeps the value before, and its words: "nine faults a day. From twenty. No, sorry, it's eleven".
    """
    known = lists()
    words = [x for x in between if x not in {"um", "uh"}]
    if not words or a.kind not in {"quantity", "one"} or b.kind == "idiom":
        return None
    if not known.corrections | known.correction_fillers >= {*words} and not _is_said_anew(w, a, b):
        return None
    marks = [x for x in words if x in known.corrections]
    first = w.gap(a.last).strip()
    if not marks or first[:1] not in {",", "-", "—", "\u2013", ".", "…", ";"}:
        return None
    if (marks == ["mean"] and words[0] != "i") or (marks == ["make"] and words[0] == "make" and "that" not in words):
        return None
    return _replaced(a, b)


def _is_said_anew(w: Words, a: Measure, b: Measure) -> bool:
    """Return whether a number of the same unit is taken back, with its whole clause: "54 machines, no, wait, we have 45 machines".

    What tells of another time or of somebody else takes nothing back: "no, we now have 45 machines", "no, they have 12 machines".
    """
    known = lists()
    marks = [*takewhile(lambda x: x in known.retractions, w.norms[a.last : b.first])]
    start = a.last + len(marks)
    clause = w.norms[start : b.first]
    before = [x for x in w.norms[max(0, a.first - ANEW) : a.first] if x in known.subjects]
    subject = next(iter(clause), "")
    same = subject in known.subjects and (not before or before[-1] == subject)
    told = len(clause) <= ANEW and same and all(map(w.joined, range(start + 1, b.first + 1)))
    parted = marks and w.gap(start).strip()[:1] not in {"", "?"}
    other_time = known.times_told.intersection(clause) - {*w.norms[max(0, a.first - ANEW) : a.first]}
    return bool(told and parted and a.unit == b.unit and a.unit and a.low != b.low and not other_time)


def _replaced(a: Measure, b: Measure) -> Measure:
    """Return the second of two numbers in the place of the first, which it corrects."""
    _take_unit(b, a)
    b.period = b.period or a.period
    b.first = a.first
    b.replaces = (*a.replaces, (a.start, a.end), *b.replaces)
    if a.baseline and not b.baseline:
        b.baseline, b.start = a.baseline, a.start
    return b


def _kept(w: Words, found: Sequence[Measure]) -> list[Measure]:
    """Return numbers without those that the next one replaces, idioms between the two aside."""
    numbers = [m for m in found if m.kind == "quantity"]
    lost = [(a, b) for a, b in pairwise(numbers) if _is_taken_back(w, a, b)]
    for a, b in lost:
        _replaced(a, b)
    return [m for m in found if not any(m is a for a, _ in lost)]


def _is_taken_back(w: Words, a: Measure, b: Measure) -> bool:
    """Return whether a number is said to be of something else before the right one: "No, sorry, that's the half year. It's a hundred"."""
    alike = _alike(a, b) and a.low != b.low and max(a.low, b.low) <= ALIKE * min(a.low, b.low)
    if not alike or b.first - a.last > TAKING_BACK:
        return False
    ends = [i for i in range(a.last, b.first + 1) if w.gap(i).strip()[:1] in _ENDS]
    short = len(ends) > 1 and ends[-1] - ends[0] <= CLAUSE and b.first - ends[-1] <= LEAD
    return short and _says_of_what(w.norms[ends[0] : ends[-1]]) and not (_is_of_time(w, a) or _is_of_time(w, b))


def _is_of_time(w: Words, m: Measure) -> bool:
    """Return whether the sentence of a number sets it against one of another time: "it used to take forty", "now it's twenty"."""
    first = next((i for i in range(m.first, 0, -1) if w.gap(i).strip()[:1] in _ENDS), 0)
    last = next((i for i in range(m.last, len(w.norms)) if w.gap(i).strip()[:1] in _ENDS), len(w.norms))
    return not lists().times_told.isdisjoint(w.norms[first:last])


def _says_of_what(norms: Sequence[str]) -> bool:
    """Return whether words correct something and only say what it is of: "wait, no, that's with the repairs"."""
    known = lists()
    marks = list(takewhile(lambda x: x not in known.correction_pronouns, norms))
    told = [x for x in norms[len(marks) + 1 :] if x not in known.joining_copulas][:1]
    corrects = not known.corrections.isdisjoint(marks) and (known.corrections | known.correction_fillers).issuperset(marks)
    return corrects and not known.of_what.isdisjoint(told)


def _denied(w: Words, a: Measure, b: Measure, between: list[str]) -> Measure | None:
    """Not two thousand, it was three thousand one hundred; three hundred and twelve, not four hundred: what holds stands."""
    parted = w.gap(a.last).strip()[:1] in {",", "-", "—", "\u2013", ".", ";"}
    if not parted or a.kind != "quantity" or b.kind != "quantity" or not _alike(a, b):
        return None
    if w.norm(a.first - 1) == "not" and all(x in lists().correction_fillers | {"but"} for x in between):
        kept, other = b, a
    elif between == ["not"]:
        kept, other = a, b
    else:
        return None
    _take_unit(kept, other)
    kept.last = max(a.last, b.last)
    return kept


def _refined(w: Words, a: Measure, b: Measure, between: list[str]) -> Measure | None:
    """Four months. Four and a half; to four. Four, five: said again, more exactly."""
    if not between and _is_widened(a, b) and w.gap(b.first).strip() in {".", ",", "…", "..."}:
        return _merged(a, b, low=b.low, high=b.high, baseline=a.baseline)
    if between or b.unit is not None or b.kind != "quantity" or a.unit is None or a.low != a.high or b.low % 1 == 0 or a.low % 1:
        return None
    if w.gap(b.first).strip() not in {".", ",", "…", "...", ""} or not a.low < b.low < a.low + 1:
        return None
    return _merged(a, b, low=b.low, high=b.low)


def _is_widened(a: Measure, b: Measure) -> bool:
    """Return whether a bare range says a number again: "four. Four, five"."""
    return a.kind == b.kind == "quantity" and b.unit is None and a.low == a.high == b.low < b.high


def _echoed(w: Words, a: Measure, b: Measure, between: list[str]) -> Measure | None:
    """Six. Six minutes; nineteen. Nineteen pair; a hundred for the year, a hundred thousand: said again with what it counts."""
    if _is_scaled_up(w, a, b, between):
        return _merged(a, b, low=b.low, baseline=a.baseline)
    same = a.low == b.low and a.high == b.high and a.kind == b.kind == "quantity" and a.unit is None and (b.unit or b.period) is not None
    parted = w.gap(a.last).strip() in ({"—", "\u2013"} if a.period else {".", ",", "!", "?", "…", "...", "—", "\u2013"})
    return _merged(a, b, baseline=a.baseline) if same and parted and between in ([], ["so"]) else None


def _is_scaled_up(w: Words, a: Measure, b: Measure, between: list[str]) -> bool:
    """Return whether a number in words is said again with the thousands that it left out: "a hundred for the year, a hundred thousand".

    Two that are each of something differ: "ten in January, ten thousand in June".
    """
    again = a.form == b.form == "words" and b.scale >= 1000 > a.high and a.low == a.high and b.low == b.high == a.low * b.scale
    parted = a.unit is None and len(between) <= LEAD and w.gap(b.first).strip()[:1] in {",", "—", "\u2013", "…"}
    return again and parted and not (between and w.joined(b.last) and w.norm(b.last) in words_of("lint.words.prepositions"))


def _spread(w: Words, a: Measure, b: Measure, between: list[str]) -> Measure | None:
    """Ten to fifteen, 10-15, four or five, four, five fellas, between 4 and 6."""
    single = a.kind in {"quantity", "one"} and a.low == a.high and b.low == b.high and not b.baseline
    apart = a.unit is not None and b.unit is not None and a.unit != b.unit
    words = [x for x in between if x not in lists().joining_hedges]
    if not single or apart or not _alike(a, b) or (a.period and not b.period and words != ["or"]) or _is_change(w, a, b, between):
        return None
    low = _lifted(a, b)
    if words == ["to"] and _is_of_scale(w, a, b):
        return _merged(a, b, kind="label")
    joined = _is_spread_in_words(w, a, b, words) or (not words and _is_listed(w, a, b, low)) or (not between and _is_dashed(w, a, b))
    return _merged(a, b, low=low) if joined and low < b.low else None


def _range(w: Words, a: Measure, b: Measure, between: list[str]) -> Measure | None:
    """10-15, four or five: a range that nothing before it can take apart."""
    return _spread(w, a, b, between) if between == ["or"] or (not between and _is_dashed(w, a, b)) else None


def _with_ranges(w: Words, found: Sequence[Measure]) -> list[Measure]:
    """Return numbers, with the ranges joined that are the ends of a change: "from one to two weeks down to two to four hours"."""
    out: list[Measure] = []
    i = 0
    while i < len(found):
        ends = _is_rise(w, found, i) and (_is_left(w, found, i) or _is_reached(w, found, i))
        out.append(_merged(found[i], found[i + 1], low=_lifted(found[i], found[i + 1])) if ends else found[i])
        i += 1 + ends
    return out


def _told_between(w: Words, found: Sequence[Measure], i: int) -> str:
    """Return the words between numbers i and i + 1 but for hedges, "" if there are no such numbers."""
    between = w.norms[found[i].last : found[i + 1].first] if 0 <= i < len(found) - 1 else []
    return " ".join(x for x in between if x not in lists().joining_hedges)


def _is_parted(w: Words, found: Sequence[Measure], i: int) -> bool:
    """Return whether a mark stands between numbers i and i + 1."""
    return not all(map(w.joined, range(found[i].last, found[i + 1].first + 1)))


def _is_rise(w: Words, found: Sequence[Measure], i: int) -> bool:
    """Return whether number i, with no unit of its own, and a larger one after it can be a range: "one to two weeks"."""
    if _told_between(w, found, i) != "to" or _is_parted(w, found, i):
        return False
    a, b = found[i : i + 2]
    single = a.kind in {"quantity", "one"} and a.low == a.high and b.low == b.high
    return single and a.unit is None and _alike(a, b) and _lifted(a, b) < b.low and not _is_of_scale(w, a, b)


def _is_left(w: Words, found: Sequence[Measure], i: int) -> bool:
    """Return whether a change begins at the range of numbers i and i + 1: "one to two weeks down to a day", "... to two to four hours"."""
    told = _told_between(w, found, i + 1)
    if not told or _is_parted(w, found, i + 1):
        return False
    if told != "to":
        return told in lists().onward
    unit, after = found[i + 1].unit, found[i + 2]
    return unit is not None and (after.unit not in {None, unit} or (_is_rise(w, found, i + 2) and found[i + 3].unit is not None))


def _is_reached(w: Words, found: Sequence[Measure], i: int) -> bool:
    """Return whether a change comes to the range of numbers i and i + 1, from before or backward: "a day instead of one to two weeks"."""
    told = _told_between(w, found, i - 1)
    if told != "to":
        return told in (lists().onward | lists().backward) - {"from"}
    unit, before = found[i + 1].unit, found[i - 1]
    return unit is not None and before.unit is not None and (before.unit != unit or _is_rise(w, found, i - 2))


def _is_spread_in_words(w: Words, a: Measure, b: Measure, words: list[str]) -> bool:
    """Return whether the words between two numbers join them: "four or five", "ten to fifteen", "between four and six"."""
    if words == ["to"]:
        if w.gap(a.last).strip() == "," and (a.unit is not None or w.norm(a.first - 1) == "by"):  # "it fell two percent, to eight"
            return False
        ends = w.norm(a.first - 1) != "from" or (_is_led(w, a, "from") and _is_range(w, a, b))
        return ends and not (_counted(a) and _counted(b))
    return (words == ["or"] and not _is_of_others(w, a, b)) or (
        words == ["and"] and "between" in {w.norm(a.first - 1), w.norm(a.first - 2)}
    )


def _is_of_others(w: Words, a: Measure, b: Measure) -> bool:
    """Return whether two numbers with a comma between them count by different words: "3,100 equivalents, or four thousand heads"."""
    counted = a.unit == b.unit == "person" or (a.noun and b.noun)
    return counted and w.gap(a.last).strip() == "," and singular(w.norm(a.last - 1)) != singular(w.norm(b.last - 1))


def _is_of_scale(w: Words, a: Measure, b: Measure) -> bool:
    """Return whether two numbers are the ends of a scale: "we scored them one to ten", "on a scale of one to five"."""
    ends = a.low in {0, 1} and b.low in {5, 10, 100} and a.unit is b.unit is None
    return ends and not lists().rating.isdisjoint(w.norms[max(0, a.first - SCORED) : a.first])


def _is_dashed(w: Words, a: Measure, b: Measure) -> bool:
    """Return whether only a dash stands between two numbers in digits: "10-15", "$10 - $15", "10%-15%"."""
    return w.gap(b.first).strip(_SIGNS).removeprefix("%").strip() in {"-", "\u2013", "—", "\u2011"} and a.form == b.form == "digits"


def _is_listed(w: Words, a: Measure, b: Measure, low: Decimal) -> bool:
    """Return whether only a comma stands between two numbers that are close: "four, five fellas", "twenty, maybe twenty-five"."""
    low, high = low / b.coin, b.low / b.coin
    close = high - low <= 1 or (high <= low * Decimal("1.4") and high % 5 == 0)
    parted = w.gap(a.last).strip(_SIGNS) == "," and set(w.norms[a.last : b.first]) <= {"maybe", "perhaps", "even"}
    return parted and a.unit is None and low >= 2 and close


def _precise(m: Measure) -> bool:
    """Return whether a number is a decimal, as for something measured."""
    return m.low % 1 != 0 and m.low % Decimal("0.5") != 0 and m.scale == 1


def _lifted(a: Measure, b: Measure) -> Decimal:
    """Return the low end of "two to three hundred", which takes the scale of the high end."""
    if (
        b.scale > a.scale
        and a.scale in {1, 100}
        and (b.scale == 100 or b.scale >= 1000)
        and (a.unit is None or (_is_money(a) and b.unit in {None, a.unit}))
        and a.low < b.low / b.scale
    ):
        return a.low * b.scale
    return a.low * coin_beside(a, b)


def _alike(a: Measure, b: Measure) -> bool:
    """Return whether two numbers can have the same unit."""
    if b.kind not in {"quantity", "one"} or a.broken or b.broken or (a.share != b.share and (a.unit is None or b.unit is None)):
        return False
    return a.unit is None or b.unit is None or a.unit == b.unit or (a.unit in TIMES and b.unit in TIMES)


def _paired(w: Words, a: Measure, b: Measure, between: list[str]) -> Measure | None:
    """From six hours down to twenty minutes; 212 a month down to 88; eight, up from five; 20 minutes instead of six hours.

    "Five against four" is a vote, and "from three to three" a time from which nothing changes.
    """
    if a.baseline or b.baseline or not _alike(a, b) or a.kind not in {"quantity", "one"} or _is_change(w, a, b, between):
        return None
    if between[:1] == ["from"] and _starts_change(w, b):
        return None
    if _is_round_the_clock(w, a, b, between):
        return _merged(a, b, kind="time")
    words = [x for x in between if x not in lists().joining_hedges]
    while words and words[0] in lists().joining_copulas and b.unit is None and "down" in words:
        words.pop(0)
    told = " ".join(words)
    told_from = _is_led(w, a, "from") and not _is_range(w, a, b)
    falls = a.unit != b.unit and a.low * coin_beside(a, b) * DURATIONS.get(a.unit or "", 1) > b.low * DURATIONS.get(b.unit or "", 1)
    if told in lists().onward and (words[0] != "to" or told_from or (_counted(a) and _counted(b)) or falls):
        return _pair(a, b, before=a, after=b)
    if told == "against" and a.unit is None and b.unit is None and max(a.high, b.high) <= VOTES:
        return _merged(a, b, kind="name")
    if told in lists().backward:
        if told == "from" and not ((a.unit == b.unit and a.unit) or _is_led(w, a, "to")):
            return None
        return _pair(a, b, before=b, after=a)
    return None


def _is_round_the_clock(w: Words, a: Measure, b: Measure, between: list[str]) -> bool:
    """Return whether two numbers are one time of day: "from three to three", which no change is told from."""
    same = a.low == a.high == b.low == b.high <= HOURS and a.unit is b.unit is None and not (a.noun or b.noun)
    return same and between == ["to"] and w.joined(a.last) and w.joined(b.first)


def _is_change(w: Words, a: Measure, b: Measure, between: list[str]) -> bool:
    """Return whether the first number is how far a level moved and the second where it came to: "it fell three days to nine".

    A fall to less may be one from the first number: "it dropped forty minutes to ten".
    """
    verb = w.norm(a.first - 1)
    if between != ["to"] or a.unit is None or a.noun or b.unit not in {None, a.unit} or not w.joined(a.first):
        return False
    return verb in lists().rising_by or (verb in lists().falling_by and a.low <= b.low)


def _starts_change(w: Words, m: Measure) -> bool:
    """Return whether a number is the first of two: "it dropped fifty percent, from 60 percent down to 30"."""
    i = m.last + (w.norm(m.last) in {"down", "up"})
    return w.norm(i) == "to" and bool(w.norm(i + 1)) and starts(w.norm(i + 1))


def _counted(m: Measure) -> bool:
    """Return whether a number is exact, as for something measured or counted: "3.4", "11,200"."""
    return _precise(m) or (m.low % 1 == 0 and len(f"{m.low:f}".partition(".")[0].rstrip("0")) >= EXACT)


def _is_led(w: Words, a: Measure, word: str) -> bool:
    """Return whether a word such as "from" comes right before a number, apart from hedges."""
    i = a.first - 1
    while w.norm(i) in lists().joining_hedges or w.norm(i) in {"those", "these", "our"}:
        i -= 1
    return w.norm(i) == word


def _is_range(w: Words, a: Measure, b: Measure) -> bool:
    """Return whether "from A to B" tells two ends at one time: "anywhere from two to five", "they are from one to ten", a scale."""
    i = a.first - 1
    while w.norm(i) != "from":
        i -= 1
    is_scale = a.low in {0, 1} and b.low in {5, 10, 100} and a.unit is None and w.norm(i - 1) not in lists().changing
    return w.norm(i - 1) in lists().ranging or is_scale


def _pair(a: Measure, b: Measure, before: Measure, after: Measure) -> Measure:
    before.low, before.high = _in_thousands_of(after, before)
    after.low, after.high = _in_thousands_of(before, after)
    _take_unit(before, after)
    _take_unit(after, before)
    joined = _merged(a, b, unit=after.unit, coin=after.coin)
    joined.low, joined.high, joined.baseline = after.low, after.high, before
    joined.change = None
    return joined


def _take_unit(m: Measure, other: Measure) -> None:
    """Give a number that has no unit that of another beside it, in its coin: "eleven cents, down from nineteen"."""
    if m.unit is None:
        coin = coin_beside(m, other)
        m.unit, m.noun, m.coin, m.low, m.high = other.unit, other.noun, coin, m.low * coin, m.high * coin


def _in_thousands_of(other: Measure, m: Measure) -> tuple[Decimal, Decimal]:
    """Return the ends of a number with the thousands that it leaves out: "7.1 million against the eleven point four"."""
    low, high = sorted((m.low * other.scale, other.low))
    left_out = other.scale >= 1000 and m.scale == 1 and m.unit is None and m.low < 1000 and 0 < high <= low * ALIKE
    return (m.low * other.scale, m.high * other.scale) if left_out else (m.low, m.high)


def _compound(w: Words, a: Measure, b: Measure, between: list[str]) -> Measure | None:
    """Five hours and ten minutes, one hour fifty, two years three months."""
    whole = a.low == a.high and a.low >= 0 and a.low % 1 == 0 and not a.share and not a.period
    if a.unit not in DURATIONS or not whole or between not in ([], ["and"]) or w.gap(b.first).strip("- "):
        return None
    bare = b.unit is None and not b.noun and b.low == b.high and b.low < 60 and b.low % 1 == 0 and b.form in {"words", "digits"}
    if bare and a.unit in {"hour", "minute"} and (not between or goes_on_time(w, b.low, b.last)):
        return _total(a, b, "minute" if a.unit == "hour" else "second")
    if b.unit in DURATIONS and DURATIONS[b.unit] < DURATIONS[a.unit] and b.low == b.high and b.kind in {"quantity", "one"}:
        return _total(a, b, b.unit)
    return None


def _total(a: Measure, b: Measure, unit: str) -> Measure:
    per = {("year", "month"): 12, ("year", "week"): 52, ("month", "week"): 4, ("month", "day"): 30}
    factor = per.get((a.unit or "", unit)) or DURATIONS[a.unit or ""] // DURATIONS[unit]
    joined = _merged(a, b, unit=unit, coin=Decimal(factor))
    joined.low = joined.high = a.low * factor + b.low
    joined.period = b.period
    return joined


def _change_coins(w: Words, a: Measure, b: Measure, between: list[str]) -> Measure | None:
    """Twenty-three pounds fifty; three pounds and twenty pence."""
    if not _is_money(a) or a.scale > 1 or a.low % 1 or w.gap(b.first).strip(" ") or a.period:
        return None
    if not between and b.unit is None and 10 <= b.low < 100 and b.form == "words":
        joined = _merged(a, b)
        joined.low = joined.high = a.low + b.low / 100
    elif between in ([], ["and"]) and b.unit == a.unit and b.low < 1:
        joined = _merged(a, b)
        joined.low = joined.high = a.low + b.low
    else:
        return None
    joined.period = b.period
    return joined


def _is_money(m: Measure) -> bool:
    return m.unit in lists().currencies.values()


def _portion(w: Words, a: Measure, b: Measure, between: list[str]) -> Measure | None:
    """One in five, nine out of ten, one survey in five, 4.6 out of ten, 71 forms back out of 84, three of every ten, out of ten three."""
    if _is_whole_first(w, a, b, between):
        share = (b.low / a.low * 100).quantize(Decimal("0.1"))
        return _merged(a, b, unit="percent", low=share, high=share, whole=a.low, share=True)
    words = [x for x in between if x not in {"every", "the", "a", "an", "total", "back", "our", "my", "their"}]
    if not 0 < a.low == a.high < b.low == b.high or a.kind not in {"quantity", "one"} or b.kind not in {"quantity", "name", "label"}:
        return None
    out_of = (words[-2:] == ["out", "of"] and len(words) <= 3) or _is_of_whole(w, a, b)
    told = words == ["in"] or (words == ["from"] and a.low == 1 and a.baseline is None and b.unit is None)
    every = "every" in between and words in (["of"], ["in"]) and not is_measure(b.unit)
    inside = (told and _is_in_so_many(w, a, b, _ONE_OF if words == ["in"] else _ONE_FROM)) or every
    if (not out_of and not inside) or b.form == "name":
        return None
    if b.low in {5, 10} and (a.low % 1 or "star" in {a.unit, b.unit}):
        if a.baseline is not None:
            a.baseline.unit = "point"
        return _merged(a, b, unit="point", high=a.low, whole=b.low, baseline=a.baseline)
    if inside or b.low in _SHARED_BY:
        share = (a.low / b.low * 100).quantize(Decimal("0.1"))
        return _merged(a, b, unit="percent", low=share, high=share, whole=b.low, share=True)
    return _merged(a, b, unit=a.unit or b.unit, high=a.low, whole=b.low)


def _is_whole_first(w: Words, a: Measure, b: Measure, between: list[str]) -> bool:
    """Return whether "out of A, B" tells a share: "out of ten orders, three come back", "from three lots one"."""
    before = [w.norm(n) for n in range(a.first - 3, a.first)]
    led = (before[-1] == "from" and w.joined(b.first)) or {"out", "of"} <= set(before)
    plain = b.unit is None and b.low == b.high < a.low == a.high and b.form == "words" and a.low in _SHARED_BY and a.noun
    in_turn = w.norm(b.last) in {"by", "at", "after"}  # "one by one", "one at a time"
    return led and plain and not between and not in_turn and b.kind in {"quantity", "one"}


def _is_in_so_many(w: Words, a: Measure, b: Measure, most: int) -> bool:
    """Return whether "A in B" is a share, of one in at most so many: "one in five", "one week in six".

    "Forty in ten days" and "two in a hundred metres" are none, nor is "we run one in thirty towns".
    """
    opens = not w.joined(a.first) or w.norm(a.first - 1) in lists().gauging
    shared = b.low in _SHARED_BY or (a.low == 1 and b.low <= most and (b.low <= _FEW or opens))
    bare = a.unit is None or a.noun or (a.low == 1 and b.unit is None and a.period is None and a.unit not in RELATIVE)
    return shared and bare and not is_measure(b.unit) and b.form != "share" and (a.low <= 9 or b.low >= 100)


def _is_of_whole(w: Words, a: Measure, b: Measure) -> bool:
    """Return whether "A of B" counts a part of B: "thirty-nine batches of 431", but not "two teams of five"."""
    between = w.norms[a.last : b.first]
    known = between in (["of"], ["of", "the"], ["of", "our"]) and a.kind == b.kind == "quantity"
    return known and b.low > WHOLE and (b.unit is None or (b.noun and a.unit in {None, b.unit})) and not (a.share or b.share or a.scale > 1)


def _merged(a: Measure, b: Measure, **changes: object) -> Measure:
    """Return one measure that spans both."""
    joined = Measure(
        a.first, b.last, min(a.start, b.start), max(a.end, b.end), a.low, b.high, b.form, max(a.scale, b.scale),
        a.unit or b.unit, a.noun or b.noun,
        approximate=a.approximate or b.approximate, bound=a.bound or b.bound, period=b.period or a.period, change=b.change or a.change,
        broken=a.broken or b.broken, share=a.share or b.share, replaces=(*a.replaces, *b.replaces),
        coin=a.coin if a.unit else b.coin,
    )  # fmt: skip
    if b.unit is not None and a.unit is None:
        joined.noun = b.noun
    for name, value in changes.items():
        setattr(joined, name, value)
    return joined


def _value(w: Words, m: Measure) -> Quantity:
    """Freeze a measure."""
    baseline = _value(w, m.baseline) if m.baseline is not None else None
    low, high = _plain(m.low), _plain(m.high)
    return Quantity(
        value=low if low == high else (low, high), unit=m.unit, start=m.start, end=m.end, text=w.text[m.start : m.end],
        approximate=m.approximate, period=m.period, bound=m.bound, change=m.change, whole=m.whole, baseline=baseline, broken=m.broken,
        replaces=m.replaces, coin=m.coin,
    )  # fmt: skip


def _plain(value: Decimal) -> Decimal:
    """Return a number without trailing zeros or an exponent."""
    return value.to_integral_value() if value == value.to_integral_value() else value.normalize()


Rule = Callable[[Words, Measure, Measure, list[str]], Measure | None]
_SPELLED: tuple[Rule, ...] = (_spelled,)
_AMOUNTS: tuple[Rule, ...] = (_compound, _change_coins, _range)
_RULES: tuple[Rule, ...] = (
    _clock, _aged, _corrected, _denied, _compound, _portion, _paired, _refined, _echoed, _spread,
)  # fmt: skip
