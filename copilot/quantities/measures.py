"""Single numbers with their unit, rate and hedges, before neighbours are joined."""

from __future__ import annotations

import re
from decimal import Decimal

from .kinds import kind_of
from .numerals import MAGNITUDES, PARTS, SEVERAL, SMALL, STARTS, Numeral, fraction_after, has_whole, numeral_at, starts
from .units import (
    DURATIONS,
    RELATIVE,
    Unit,
    is_measure,
    is_plural,
    leads_number,
    measure_named,
    rate_after,
    rate_of_one,
    symbol_before,
    unit_after,
)
from .values import Direction, Kind, Measure
from .words import SIGNS, Words, lists

__all__ = ["goes_on_time", "measures"]

_LOST = re.compile(
    r"\[[^\]\[]*(?:inaudible|unintelligible|unclear|indiscernible|crosstalk|cross talk|garbled|pii|redacted|\?)[^\]\[]*\]", re.IGNORECASE
)


_THOUSANDS = re.compile(r"[1-9]\d{0,2}\.(?!000)\d{3}")  # with noughts alone they are thousands anyway
_SURELY_THOUSANDS = re.compile(r"[1-9]\d{1,2}\.\d{3}")
_RATIOS = RELATIVE | {"percentage point", "point"}
_BRACKETED = re.compile(r"\[[^\]\[]*\]")


_MINUS = frozenset("-\u2212")
_HALF = Decimal("0.5")
_PENNY = Decimal("0.01")
_NEXT = {"hour": "minute", "minute": "second"}  # sixty of each
_SUBJECT = 3  # most words between a subject and its verb: "he ended up | designing"
_MARKS = frozenset(".,;:?!")
_OPENING = " \t\n\u00a0(\"\u201c\u2018'"
_ONE = frozenset({"a", "an", "hour"})
_TRIGGERS = STARTS | _ONE


def measures(w: Words) -> list[Measure]:
    """Return the numbers of a text in order, each with its own unit, rate and hedges."""
    skip = [m.span() for m in _BRACKETED.finditer(w.text)] if "[" in w.text else []
    lost = [m.span() for m in _LOST.finditer(w.text)] if skip else []
    out: list[Measure] = []
    i = taken = 0
    norms, count = w.norms, len(w.norms)
    while i < count:
        norm = norms[i]
        if norm not in _TRIGGERS and not norm[0].isdecimal():
            i += 1
            continue
        found = _measure_at(w, i)
        # A fraction goes back for its count, which another number may hold: "twenty-three quarters".
        if found is None or found.first < taken or any(a <= found.start < b for a, b in skip):
            i += 1
            continue
        found.broken = _is_broken(w, found, lost)
        out.append(found)
        i = taken = max(found.last, i + 1)
    return out


def _measure_at(w: Words, i: int) -> Measure | None:
    norm = w.norms[i]
    if norm in _ONE:
        return _one_duration(w, i) or _one_and_coins(w, i)
    numeral = numeral_at(w, i)
    return None if numeral is None else _measure(w, numeral)


def _one_duration(w: Words, i: int) -> Measure | None:
    """Return "an hour", "a whole day", "a day and a half", "hour and a half", "an hour twenty" if it is a duration and not a rate."""
    j = i if w.norms[i] == "hour" else i + 1
    whole = w.norm(j) in {"whole", "full", "solid"} or (w.norm(j) == "good" and w.norm(i - 1) in lists().briefly - {"in"})
    j += whole
    norm = w.norm(j)
    factor, unit = lists().lengths.get(norm.removesuffix("'s"), (1, norm))
    if unit not in DURATIONS or norm == "second" or (j > i and not w.joined(j)):
        return None
    more, last = fraction_after(w, j + 1)
    value, coin = Decimal(factor) * (1 + more), 1
    rest = numeral_at(w, j + 2) if w.norm(j + 1) == "and" and w.norm(j + 2) else None
    parts = _parts_after(w, j) if not more and unit in _NEXT and (i < j or rest) else None
    if parts is not None:
        value, unit, last, coin = 60 + parts.value, _NEXT[unit], parts.last, 60
    elif not more and not _is_measured(w, i, last, whole) and (rest is None or lists().units.get(w.norm(rest.last)) not in DURATIONS):
        return None
    found = Measure(i, last, w.tokens[i].start, w.tokens[last - 1].end, value, value, "article", unit=unit, coin=Decimal(coin))
    _finish(w, found)
    return found


def _parts_after(w: Words, j: int) -> Numeral | None:
    """Return the bare minutes after the hour at word j, or the seconds after a minute: "used to be an hour twenty", "an hour and ten"."""
    k = j + 1 + (w.norm(j + 1) == "and")
    parts = numeral_at(w, k) if w.gap(k) == " " and starts(w.norm(k)) else None
    return parts if parts is not None and parts.first == k and goes_on_time(w, parts.value, parts.last, bare=k == j + 1) else None


def _one_and_coins(w: Words, i: int) -> Measure | None:
    """Return "a dollar twenty", "a pound fifty" and "a euro and a half"; an amount of one alone is often only a price in general."""
    unit = lists().currencies.get(w.norm(i + 1)) if w.joined(i + 1) else None
    if unit is None:
        return None
    part, last = fraction_after(w, i + 2)
    coins = numeral_at(w, i + 2) if not part and w.joined(i + 2) and w.norm(i + 2) in SMALL else None
    if coins is not None and coins.first == i + 2 and coins.form == "words" and 5 <= coins.value < 100 and not unit_after(w, coins.last):
        part, last = coins.value / 100, coins.last
    if not part:
        return None
    found = Measure(i, last, w.tokens[i].start, w.tokens[last - 1].end, 1 + part, 1 + part, "words", unit=unit)
    _finish(w, found)
    return found


def _is_measured(w: Words, i: int, last: int, whole: bool) -> bool:
    """Return whether "a day" at word i measures time: "it took a day", "a whole day", "versus an hour"; "a day ago" does not."""
    if w.norms[i] == "hour" or w.norm(last) in {"ago", "later", "back", "earlier"}:
        return False
    beside = w.norm(i - 1) in lists().beside or (w.norm(i - 2), w.norm(i - 1)) in {("instead", "of"), ("opposed", "to")}
    if w.norm(last - 1) in {"hour", "minute"} and beside:
        return True
    denied = {w.norm(n) for n in range(i - 3, i)} & {"nobody", "never", "not", "without", "hardly"}
    lasts = w.norm(i - 1) in lists().briefly or (w.norm(last - 1).startswith("fortnight") and w.norm(i - 1) not in lists().often)
    return whole or (lasts and not denied)


def goes_on_time(w: Words, value: Decimal, last: int, *, bare: bool = False) -> bool:
    """Return whether a bare number up to word `last` continues a duration, with nothing to count: "two hours and ten", "an hour twelve".

    `bare` is one without an "and" before it, which need not be round.
    """
    following = w.norm(last) if w.joined(last) else ""
    told = value % 5 == 0 or (bare and value > 10)
    return 0 < value < 60 and told and (not following or (following in lists().stops and following not in {"of", "or", "to"}))


def _measure(w: Words, n: Numeral) -> Measure:
    said_on = 2 if n.form == "words" and w.norm(n.last - 1).endswith("'s") else 0  # "seventy-one's fine"
    found = Measure(
        n.first, n.last, w.tokens[n.first].start, w.tokens[n.last - 1].end - said_on, n.value, n.high or n.value, n.form, n.scale
    )
    found.change, found.share = n.change, n.form == "share"
    _many(w, found)
    plural = n.form == "vague" and w.norm(n.last - 1) in MAGNITUDES
    found.approximate = found.approximate or plural or "odd" in w.norms[n.first : n.last]
    if n.form == "factor":
        return _factor(w, found)
    sign = symbol_before(w, n.first)
    if sign:
        found.unit, found.start = sign[0] or None, sign[1]
    _leading_point(w, found)
    _tails(w, found)
    if (not found.unit or found.form == "share") and not said_on:
        _attach(w, found)
    if found.share and found.unit is None:
        _settle_share(w, found)
    _nines(found)
    _by_factor(w, found)
    found.kind = kind_of(w, found)
    _negate(w, found)
    _finish(w, found)
    _dotted(w, n, found)
    return found


def _dotted(w: Words, n: Numeral, found: Measure) -> None:
    """Multiply a number whose dot parts its thousands: "12.400 euro", "1.340 machines", but not "1.459 euro a litre", "1.459 kilos"."""
    written = _THOUSANDS.fullmatch(w.norm(n.first)) and n.scale == 1 and n.last == n.first + 1 and w.gap(n.last).strip() != "/"
    if written and found.unit not in _RATIOS and _parts_thousands(w, n, found):
        found.low, found.high = found.low * 1000, found.high * 1000


def _parts_thousands(w: Words, n: Numeral, found: Measure) -> bool:
    """Return whether the dot of a number such as "1.340" parts its thousands.

    It does where the speaker's other numbers have decimal commas. Else what it counts tells: there are no thousandths of a thing, nor
    does anybody tell those of an hour if they end in a nought. An amount of a currency that many write so may be a price, as in "diesel is
    at 1.699 euro": with one digit before the dot, no noughts at the end, no rate, and no other number that surely is no price.
    """
    commas = w.has_decimal_commas()
    if commas:
        return True
    written = w.norm(n.first)
    if not lists().periods.issuperset((found.period or "").split()[1:]):
        return False
    if found.unit in lists().dotted:
        return written.endswith("00") or found.period is not None or any(map(_SURELY_THOUSANDS.fullmatch, w.norms))
    counted = found.noun or found.unit == "person" or (written.endswith("0") and found.unit in DURATIONS.keys() - {"second"})
    return commas is None and counted


def _many(w: Words, found: Measure) -> None:
    """Add the word that makes of a hundred or more only a magnitude: "several hundred websites", "a multi-million-dollar deal"."""
    i = found.first - 1
    if w.norm(i) in lists().several and w.norm(found.first) in SEVERAL and w.joined(found.first):
        i -= w.norm(i - 1) == "a"
        found.first, found.start, found.approximate = i, w.tokens[i].start, True


def _nines(found: Measure) -> None:
    """Make a percentage of "four nines", an availability of 99.99 percent."""
    if found.unit == "nine" and 2 <= found.low <= 6:
        found.unit, found.noun = "percent", False
        found.low = found.high = 100 - Decimal(100) / 10 ** int(found.low)


def _by_factor(w: Words, found: Measure) -> None:
    """Make a number of times of "a factor of ten"."""
    if found.unit is None and w.norm(found.first - 1) == "of" and w.norm(found.first - 2) == "factor" and w.joined(found.first):
        found.unit = "times"
        found.first, found.start = found.first - 2, w.tokens[found.first - 2].start


def _negate(w: Words, found: Measure) -> None:
    """Make a number negative after a minus: "-5 percent", "it's minus six". Counts and shares are not, nor what is taken from a number."""
    if found.noun or found.unit == "person" or found.share or found.low <= 0 or found.form not in {"digits", "words"}:
        return
    begin, i = found.start - 1, found.first
    if w.text[max(begin, 0)] in _MINUS and w.text[max(begin - 1, 0) : begin].strip(_OPENING) == "":
        negative = not _follows_number(w, i, ".;:!?,")
    elif w.norm(i - 1) == "minus" and w.gap(i).strip(f" -{SIGNS}") == "":
        i -= 1
        begin = w.tokens[i].start
        told = w.norm(i - 1) in lists().before_minus or i == 0 or any(mark in w.gap(i) for mark in ".;:!?")
        negative = told and not _follows_number(w, i, ".;:!?")
    else:
        return
    if negative:
        found.low, found.high, found.first, found.start = -found.high, -found.low, i, begin


def _follows_number(w: Words, i: int, marks: str) -> bool:
    """Return whether a number stands before word i, with its unit or without, and none of these marks between them."""
    if any(mark in w.gap(i) for mark in marks):
        return False
    back = i - 1 if not w.norm(i - 1) or starts(w.norm(i - 1)) or w.norm(i - 1) in {"and", "to", "or"} else i - 2
    return bool(w.norm(back)) and starts(w.norm(back))


def _leading_point(w: Words, found: Measure) -> None:
    """Parse "point five percent": a decimal without its zero."""
    i = found.first - 1
    decimal = w.norm(i) == "point" and found.form == "words" and found.low < 10 and w.norm(found.last) in {"percent", "of", "per"}
    if decimal and w.joined(found.first) and w.norm(i - 1) not in lists().pointing:
        found.low, found.high = found.low / 10, found.high / 10
        found.first, found.start = i, w.tokens[i].start


def _factor(w: Words, found: Measure) -> Measure:
    """Parse "doubled", "twice as fast", "twice a week"; "doubled down" is a figure of speech."""
    found.unit = "times"
    word, following = w.norm(found.first), w.norm(found.last)
    if following == "down" and word in {"doubled", "doubling", "doubles", "double"}:
        found.kind = "idiom"
        return found
    if word in {"twice", "double", "triple", "treble", "thrice"} and following not in {"as", "the", "what", "our"}:
        rate = rate_after(w, found.last)
        found.change = None
        if rate is None or word in {"double", "triple"}:
            found.kind = "idiom"
        else:
            found.period, found.last, found.end = rate.period, rate.last, w.tokens[rate.last - 1].end
    return found


def _attach(w: Words, found: Measure) -> None:
    """Attach the unit after a number."""
    after = found.last
    part = found.share or (found.low < 1 and w.norm(after) == "of")
    if part:
        after += w.norm(after) == "of"
        after += w.norm(after) in {"a", "an"}
        of_one = w.norm(after - 1) in {"a", "an"} and measure_named(w.norm(after))
        if w.norm(after) not in {*DURATIONS, "percent", "per"} and not of_one:
            return
    unit = unit_after(w, after, one=found.low == 1)
    if unit is None or (part and unit.noun):
        return
    if found.share and unit.name == "year" and w.norm(found.first) == "half" and after == found.last:
        return
    found.unit, found.noun = unit.name or None, unit.noun
    found.last = unit.last
    found.end = max(found.end, _end_of(w, unit))
    if found.share:
        found.low = found.high = found.low / 100
    _rescale(found, unit.factor)


def _end_of(w: Words, unit: Unit) -> int:
    """Return the offset after a unit, which may end in a sign: "40 %", "420 T€"."""
    end, gap = w.tokens[unit.last - 1].end, w.gap(unit.last)
    sign = gap.lstrip()[:1]
    signed = sign and (
        unit.name == "percent" if sign == "%" else lists().currencies.get(sign) == unit.name and not leads_number(w, unit.last)
    )
    return end + len(gap) - len(gap.lstrip()) + 1 if signed else end


def _rescale(found: Measure, factor: int) -> None:
    """Convert fortnights to weeks, pence to pounds, and fractions of an hour to minutes."""
    found.coin = Decimal(factor)
    if found.unit and found.unit.startswith("pence "):
        found.unit, found.coin = found.unit[6:], _PENNY
    found.low, found.high = found.low * found.coin, found.high * found.coin
    if found.unit == "hour" and found.low < 1 and found.share:
        found.unit, found.low, found.high = "minute", found.low * 60, found.high * 60


def _settle_share(w: Words, found: Measure) -> None:
    """Tell a share ("a third of them", "half the team") from an ordinal, a time of day and a figure of speech."""
    following, previous, word = w.norm(found.last), w.norm(found.first - 1), w.norm(found.last - 1)
    if _points(w, found):
        return
    if word == "quarters" and previous in lists().lasting and following not in {"of", *DURATIONS}:
        found.unit, found.low, found.high = "quarter", found.low / 25, found.low / 25
        found.share = False
        return
    found.unit = "percent"
    found.low = found.high = found.low.quantize(Decimal("0.1"))
    found.kind = _kind_of_share(w, found, word, previous, following if w.joined(found.last) else "")


def _kind_of_share(w: Words, found: Measure, word: str, previous: str, following: str) -> Kind:
    """Return the kind of a fraction, given its last word and the words around it; `following` is "" where a mark parts it."""
    known, first = lists(), w.norm(found.first)
    if _is_and_a_half(w, found):
        return "idiom"
    if word == "half" and previous in {"first", "second", "latter"}:
        return "label"
    if following:
        if word in {"half", "quarter"} and _leads_to_hour(w, found.last, bare=word == "half"):
            return "time"
        if word == first == "half" and following not in known.wholes | known.after_half and previous not in known.before_half:
            return "idiom"
        if _is_half_of_one(w, found) or (first == "half" and following == "the" and w.norm(found.last + 1) in known.crowds):
            return "idiom"
        if word == first == "half" and following in known.wholes and _is_made_by_one(w, found.first):
            return "idiom"
        ordinal = word not in {"half", "quarter"} and not word.endswith("s")
        if ordinal and following not in known.stops | known.down | known.up | known.compared:
            return "label"
    of_the_year = word == "quarter" and first in {"a", "one"} and _is_of_the_year(previous, following)
    return "label" if of_the_year else found.kind


def _is_and_a_half(w: Words, found: Measure) -> bool:
    """Return whether a half goes on with one of a thing, and is no share: "a ream and a half"."""
    led = w.norm(found.first - 1) == "and" and w.norm(found.first - 3) in {"a", "an"}
    return led and w.norm(found.last - 1) == "half" and not has_whole(w, found.last - 1)


def _is_half_of_one(w: Words, found: Measure) -> bool:
    """Return whether a half is that of a single thing, and no share: "half a crane", "half an acre"."""
    return w.norm(found.last - 1) == "half" and w.norm(found.last) in {"a", "an"} and w.joined(found.last)


def _is_made_by_one(w: Words, at: int) -> bool:
    """Return whether word `at` begins what one person made: "he ended up designing half the drawers", but not "we built half the sites".

    What is set against another time is counted: "I wrote half the letters I used to write".
    """
    end = next((n for n in range(at + 1, len(w.tokens)) if not _MARKS.isdisjoint(w.gap(n))), len(w.tokens))
    if w.norm(at - 1) not in lists().making or not lists().times_told.isdisjoint(w.norms[at:end]):
        return False
    subject = next((n for n in range(at - 2, max(-1, at - 2 - _SUBJECT), -1) if w.norm(n) in lists().one_person), None)
    return subject is not None and _MARKS.isdisjoint(w.text[w.tokens[subject].end : w.tokens[at].start])


def _leads_to_hour(w: Words, at: int, *, bare: bool) -> bool:
    """Return whether an hour follows at word `at`: "to nine", but not "to three quarters"; `bare` ones stand alone: "half six"."""
    hour = at + (w.norm(at) in {"past", "to"})
    return (hour > at or bare) and SMALL.get(w.norm(hour), 99) <= 12 and w.norm(hour + 1) not in PARTS


def _points(w: Words, found: Measure) -> bool:
    """Make a fraction of a point so many points: "half a point", "a point and a half", "a percent and a half"."""
    i = found.last + (w.norm(found.last) == "of")
    i += w.norm(i) in {"a", "an"}
    ahead = i > found.last and w.norm(i) in {"point", "points"} and w.joined(i)
    back = next((n for n in (found.first - 2, found.first - 1) if w.norm(n) in {"point", "percent"}), None)
    more = back is not None and w.norms[back + 1 : found.last - 1] in (["and"], ["and", "a"]) and w.norm(back - 1) == "a"
    more = more and not has_whole(w, found.last - 1)
    if not ahead and not more:
        return False
    found.unit, found.share = w.norm(back) if more and back is not None else "point", False
    found.low = found.high = found.low / 100 + more
    if more and back is not None:
        found.first, found.start = back - 1, w.tokens[back - 1].start
    else:
        found.last, found.end = i + 1, w.tokens[i].end
    return True


def _is_of_the_year(previous: str, following: str) -> bool:
    """Return whether "a quarter" between two words is three months: "a quarter ago", "twice a quarter", "forty in a quarter"."""
    return following in {"ago", "end"} or (previous in {"in", "within", "for", "per", "once", "twice", "times"} and following != "of")


def _tails(w: Words, found: Measure) -> None:
    """Parse "-ish", "odd", "or so", "plus" and the like after a number or its unit."""
    known = lists()
    norm, gap = w.norm(found.last), w.gap(found.last)
    if gap.startswith("+"):
        found.bound, found.approximate, found.end = "at least", True, found.end + 1
    if w.joined(found.last) and norm in known.after and not (norm == "some" and gap != "-"):
        if norm in {"some", "something"} and found.low % 10 == 0 and 20 <= found.low <= 90:
            found.high = found.low + 9
        elif norm == "plus":
            found.bound = "at least"
        _take(w, found, 1)
        return
    for tail in known.tails:
        if (
            norm == tail[0]
            and not any(mark in gap for mark in ".?!")
            and all(w.norm(found.last + n) == word for n, word in enumerate(tail))
        ):
            if tail[-1] in {"more", "less"} and tail[0] == "or":
                found.bound = "at least" if tail[-1] == "more" else "at most"
            _take(w, found, len(tail))
            return
    if norm == "point" and w.norm(found.last + 1) == "something":
        _take(w, found, 2)


def _take(w: Words, found: Measure, words: int) -> None:
    found.approximate = True
    found.last += words
    found.end = w.tokens[found.last - 1].end


def _finish(w: Words, found: Measure) -> None:
    """Add hedges, the direction of a change, and the rate."""
    if found.unit is not None:
        _half_more(w, found)
        _tails(w, found)
    if found.kind in {"quantity", "one"}:
        _rates(w, found)
    _currency_after(w, found)
    _hedges(w, found)
    if found.unit in {"percent", "times", "percentage point", "point"} and found.change is None:
        found.change = _direction(w, found)


def _rates(w: Words, found: Measure) -> None:
    """Add the rate after a number: "a week", after a measure also "fourteen euros a drop" and "two tonnes of laundry a week"."""
    measured = found.unit in lists().currencies.values() or is_measure(found.unit)
    rate = rate_after(w, found.last) or (rate_of_one(w, found.last) if measured else None)
    of = measured and rate is None and w.norm(found.last) == "of" and w.norm(found.last + 1) not in lists().stops
    if of and w.joined(found.last) and w.joined(found.last + 1):
        rate = rate_after(w, found.last + 2)
    if rate is None or (found.unit is None and found.low == 1):
        return
    found.period, found.last = rate.period, rate.last
    found.end = found.end if of else w.tokens[rate.last - 1].end  # what it is of is not part of the number


def _currency_after(w: Words, found: Measure) -> None:
    """Add the currency that is told behind a comma, at the end of the clause: "four hundred and fifty an hour, pounds"."""
    i, known = found.last, lists()
    if found.unit is not None or found.kind != "quantity" or w.gap(i) != ", " or w.joined(i + 1) or not is_plural(w.norm(i), known):
        return
    if w.norm(i) in known.currencies:
        found.unit, found.last, found.end = known.currencies[w.norm(i)], i + 1, w.tokens[i].end


def _half_more(w: Words, found: Measure) -> None:
    """Add the fraction after the unit: "two hours and a half"; what is counted has no smaller parts than a half."""
    more, last = fraction_after(w, found.last)
    parted = found.unit in DURATIONS or (found.noun and more == _HALF)
    if more and parted and found.low == found.high and found.low % 1 == 0:
        found.low = found.high = found.low + more
        found.last, found.end = last, w.tokens[last - 1].end


def _hedges(w: Words, found: Measure) -> None:
    known = lists()
    i = found.first - 1
    for _ in range(4):
        norm = w.norm(i)
        if not norm or (norm not in known.before and norm not in known.hedge_fillers) or w.gap(i + 1).strip(f" ,{SIGNS}"):
            return
        if norm == "up" and w.norm(i - 1) in (known.up | known.going_up):
            return
        if norm in known.before and not (norm in {"region", "most"} and w.norm(i + 1) not in {"of"}):
            found.approximate = True
        if norm in lists().at_least:
            found.bound = "at least"
        elif norm in lists().at_most:
            found.bound = "at most"
        i -= 1


def _direction(w: Words, found: Measure) -> Direction | None:
    """Return whether a percentage or a factor is itself a change: "cut by a third", "forty percent less", "up a fifth"."""
    following = w.norm(found.last) if w.joined(found.last) else ""
    if following in lists().down and following != "off":
        return "down"
    if following in lists().up | lists().compared - {"as"}:
        return "up"
    i = found.first - 1
    while i > 0 and (w.norm(i) in lists().before - {"up", "under", "over", "near"} or w.norm(i) in {"a", "just", "well"}):
        i -= 1
    reach = 7 if w.norm(i) == "by" else 0
    if w.norm(i) in {"to", "at", "of", "from"}:
        return None
    for n in range(i, max(i - reach, -1) - 1, -1):
        if w.norm(n) in lists().down - {"less", "fewer", "lower"}:
            return "down"
        if w.norm(n) in lists().up - {"more", "higher"}:
            return "up"
    return None


def _is_broken(w: Words, m: Measure, lost: list[tuple[int, int]]) -> bool:
    """Return whether words are lost right before the number, or after it and before its unit."""
    for start, end in lost:
        if end <= m.start and not w.text[end : m.start].strip(f" {SIGNS}"):
            return True
        if start >= m.end and m.unit is None and w.text[m.end : start].strip() in {"", "and"}:
            return True
    return False
