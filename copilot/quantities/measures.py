"""One number with its unit, its rate and its hedges, before neighbours are joined."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from .numerals import SMALL, Form, Numeral, fraction_tail, numeral_at, starts
from .units import DURATIONS, rate_after, symbol_before, unit_after
from .values import Bound, Direction
from .words import Lists, Words, lists

__all__ = ["Kind", "Measure", "measures"]

Kind = Literal["quantity", "year", "time", "date", "label", "name", "one", "idiom"]


@dataclass(slots=True)
class Measure:
    """A number under construction, over the words [first, last); `[start:end]` are its offsets."""

    first: int
    last: int
    start: int
    end: int
    low: Decimal
    high: Decimal
    form: Form
    scale: int = 1
    unit: str | None = None
    noun: bool = False
    kind: Kind = "quantity"
    approximate: bool = False
    bound: Bound | None = None
    period: str | None = None
    change: Direction | None = None
    whole: Decimal | None = None
    baseline: Measure | None = None
    broken: bool = False
    share: bool = False


_LOST = re.compile(r"\[[^\]\[]*(?:inaudible|unintelligible|unclear|indiscernible|crosstalk|cross talk|garbled|pii|redacted|\?)[^\]\[]*\]", re.IGNORECASE)
_BRACKETED = re.compile(r"\[[^\]\[]*\]")
_AT_LEAST = frozenset({"over", "more", "least", "north", "upwards", "above", "beyond", "exceeding", "minimum"})
_AT_MOST = frozenset({"under", "less", "fewer", "most", "below", "up", "within", "maximum"})
_TAILS = (("or", "so"), ("or", "thereabouts"), ("give", "or", "take"), ("and", "a", "bit"), ("and", "change"), ("or", "more"), ("or", "less"), ("more", "or", "less"), ("and", "something"))  # fmt: skip
_DOWN = frozenset(
    "less fewer lower down reduction decrease drop cheaper smaller decline shorter saving fell fallen falls dropped drops cut cuts cutting reduced reduces reducing "
    "decreased declined shrank shrunk saved lost slashed trimmed off".split()
)
_UP = frozenset("more higher up increase growth rise bigger greater rose risen grew grown grows increased increases gained climbed jumped improved improvement lifted raised uplift".split())  # fmt: skip
_BRIEFLY = frozenset(
    "in for under within about take takes took taking nearly almost over than save saves saved saving lost lose spent spend spending roughly around last lasted waited wait".split()
)


def measures(w: Words) -> list[Measure]:
    """Return the numbers of a text in order, each with what belongs to it alone."""
    skip = [m.span() for m in _BRACKETED.finditer(w.text)] if "[" in w.text else []
    lost = [m.span() for m in _LOST.finditer(w.text)] if skip else []
    out: list[Measure] = []
    i = 0
    while i < len(w.norms):
        found = _measure_at(w, i)
        if found is not None and any(a <= found.start < b for a, b in skip):
            found = None
        if found is None:
            i += 1
            continue
        found.broken = _is_broken(w, found, lost)
        out.append(found)
        i = max(found.last, i + 1)
    return out


def _measure_at(w: Words, i: int) -> Measure | None:
    norm = w.norms[i]
    if norm in {"a", "an", "hour"}:
        return _one_duration(w, i)
    if not starts(norm):
        return None
    numeral = numeral_at(w, i)
    if numeral is None:
        return None
    return _measure(w, numeral)


def _one_duration(w: Words, i: int) -> Measure | None:
    """Return "an hour", "a whole day", "a day and a half", "hour and a half" where it is a duration and no rate."""
    j = i if w.norms[i] == "hour" else i + 1
    whole = w.norm(j) in {"whole", "full", "good", "solid"}
    j += whole
    norm = w.norm(j)
    factor, unit = lists().lengths.get(norm, (1, norm))
    if unit not in DURATIONS or norm == "second" or (j > i and not w.joined(j)):
        return None
    half = (w.norm(j + 1), w.norm(j + 2), w.norm(j + 3))
    value, last = Decimal(factor), j + 1
    if half[:2] == ("and", "a") and half[2] in {"half", "quarter"}:
        value, last = value * (Decimal("1.5") if half[2] == "half" else Decimal("1.25")), j + 4
    elif w.norms[i] == "hour" or not (whole or w.norm(i - 1) in _BRIEFLY) or w.norm(last) in {"ago", "later"}:
        return None
    if unit == "hour" and value != 1:
        value, unit = value * 60, "minute"
    found = Measure(i, last, w.tokens[i].start, w.tokens[last - 1].end, value, value, "article", unit=unit)
    _finish(w, found)
    return found


def _measure(w: Words, n: Numeral) -> Measure:
    found = Measure(n.first, n.last, w.tokens[n.first].start, w.tokens[n.last - 1].end, n.value, n.high or n.value, n.form, n.scale)
    found.change, found.share = n.change, n.form == "share"
    if n.form == "factor":
        return _factor(w, found)
    sign = symbol_before(w, n.first)
    if sign:
        found.unit, found.start = sign
    _tails(w, found)
    if not found.unit or found.form == "share":
        _attach(w, found)
    if found.share and found.unit is None:
        _settle_share(w, found)
    found.kind = _kind(w, found)
    _finish(w, found)
    return found


def _factor(w: Words, found: Measure) -> Measure:
    """Settle "doubled", "twice as fast", "twice a week"."""
    found.unit = "times"
    word, following = w.norm(found.first), w.norm(found.last)
    if word in {"twice", "double", "triple", "treble", "thrice"} and following not in {"as", "the", "what", "our"}:
        rate = rate_after(w, found.last)
        found.change = None
        if rate is None or word in {"double", "triple"}:
            found.kind = "idiom"
        else:
            found.period, found.last, found.end = rate.period, rate.last, w.tokens[rate.last - 1].end
    return found


def _attach(w: Words, found: Measure) -> None:
    """Give a number the unit after it."""
    after = found.last
    if found.share:
        after += w.norm(after) == "of"
        after += w.norm(after) in {"a", "an"}
        if w.norm(after) not in DURATIONS and w.norm(after) not in {"percent", "per"}:
            return
    unit = unit_after(w, after, one=found.low == 1)
    if unit is None or (found.share and unit.noun):
        return
    if found.share and unit.name == "year" and w.norm(found.first) == "half" and after == found.last:
        return
    found.unit, found.noun = unit.name or None, unit.noun
    found.last = unit.last
    found.end = w.tokens[unit.last - 1].end if unit.last > after else max(found.end, w.text.find("%", found.end) + 1)
    if found.share:
        found.low = found.high = found.low / 100
    _rescale(found, unit.factor)


def _rescale(found: Measure, factor: int) -> None:
    """Turn fortnights into weeks, pence into pounds, and parts of an hour into minutes."""
    if found.unit and found.unit.startswith("pence "):
        found.unit, found.low, found.high = found.unit[6:], found.low / 100, found.high / 100
    if factor != 1:
        found.low, found.high = found.low * factor, found.high * factor
    if found.unit == "hour" and found.low < 1 and found.share:
        found.unit, found.low, found.high = "minute", found.low * 60, found.high * 60


def _settle_share(w: Words, found: Measure) -> None:
    """Tell a share ("a third of them", "half the team") from an ordinal, a time of day and a manner of speaking."""
    following, previous, word = w.norm(found.last), w.norm(found.first - 1), w.norm(found.last - 1)
    found.unit = "percent"
    close = w.joined(found.last)
    found.low = found.high = found.low.quantize(Decimal("0.1"))
    if close and (following in {"past", "to"} or (word == "half" and following in SMALL)) and SMALL.get(w.norm(found.last + (following in {"past", "to"})), 99) <= 12:
        found.kind = "time"
    elif word == "half" and w.norm(found.first) == "half" and close and following not in _AFTER_HALF and previous not in {"by", "in", "about", "than", "nearly", "almost", "to", "over"}:
        found.kind = "idiom"
    elif word not in {"half", "quarter"} and not word.endswith("s") and close and not (following in lists().stops or following in _DOWN | _UP | _COMPARED):
        found.kind = "label"
    elif word == "quarter" and w.norm(found.first) in {"a", "one"} and close and following in {"ago", "end"}:
        found.kind = "label"


_BEFORE_CLOCK = frozenset("at until till til by the it's its so from around past before after".split())
_ORDINALS = frozenset("first second third fourth fifth sixth seventh eighth ninth".split())
_AFTER_HALF = frozenset("of the our my their your his her its a an what as those these that less".split())
_COMPARED = frozenset("faster quicker slower better worse longer earlier later cheaper as".split())


def _tails(w: Words, found: Measure) -> None:
    """Take in "-ish", "odd", "or so", "plus" and the like after a number or its unit."""
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
    for tail in _TAILS:
        if norm == tail[0] and all(w.norm(found.last + n) == word for n, word in enumerate(tail)):
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
    rate = rate_after(w, found.last) if found.kind in {"quantity", "one"} else None
    if rate and not (found.unit is None and found.low == 1):
        found.period, found.last, found.end = rate.period, rate.last, w.tokens[rate.last - 1].end
    _hedges(w, found)
    if found.unit in {"percent", "times", "percentage point", "point"} and found.change is None:
        found.change = _direction(w, found)


def _half_more(w: Words, found: Measure) -> None:
    """Add what follows the unit: "two hours and a half"."""
    more, last = fraction_tail(w, found.last, 1)
    if more and found.low == found.high and found.low % 1 == 0 and (found.unit in DURATIONS or found.noun):
        found.low = found.high = found.low + more
        found.last, found.end = last, w.tokens[last - 1].end


def _hedges(w: Words, found: Measure) -> None:
    known = lists()
    i = found.first - 1
    for _ in range(4):
        norm = w.norm(i)
        if not norm or (norm not in known.before and norm not in known.hedge_fillers) or w.gap(i + 1).strip(" ,$£€¥"):
            return
        if norm == "up" and w.norm(i - 1) in _UP | {"went", "gone", "go", "goes", "going", "came", "is", "it's", "moved", "are", "we're"}:
            return
        if norm in known.before and not (norm in {"region", "most"} and w.norm(i + 1) not in {"of"}):
            found.approximate = True
        if norm in _AT_LEAST:
            found.bound = "at least"
        elif norm in _AT_MOST:
            found.bound = "at most"
        i -= 1


def _direction(w: Words, found: Measure) -> Direction | None:
    """Return whether a percentage or a factor is itself a change: "cut by a third", "forty percent less", "up a fifth"."""
    following = w.norm(found.last) if w.joined(found.last) else ""
    if following in _DOWN and following != "off":
        return "down"
    if following in _UP | _COMPARED - {"as"}:
        return "up"
    i = found.first - 1
    while i > 0 and (w.norm(i) in lists().before - {"up", "under", "over", "near"} or w.norm(i) in {"a", "just", "well"}):
        i -= 1
    reach = 7 if w.norm(i) == "by" else 0
    if w.norm(i) in {"to", "at", "of", "from"}:
        return None
    for n in range(i, max(i - reach, -1) - 1, -1):
        if w.norm(n) in _DOWN - {"less", "fewer", "lower"}:
            return "down"
        if w.norm(n) in _UP - {"more", "higher"}:
            return "up"
    return None


def _kind(w: Words, m: Measure) -> Kind:
    """Say what a number is, where it is no quantity."""
    if m.form == "name":
        return "name"
    if m.kind != "quantity":
        return m.kind
    for test in (_is_part_of_code, _is_date, _is_year, _is_time, _is_age, _is_label, _is_idiom):
        kind = test(w, m)
        if kind is not None:
            return kind
    if m.low == 1 and m.form == "words" and (m.unit is None or m.noun) and w.norm(m.first) == "one":
        return "one"
    return "quantity"


def _is_part_of_code(w: Words, m: Measure) -> Kind | None:
    """24/7, 80/20, 3rd, 0044, 555-0100-22, B2B, 10.1.2."""
    if m.form != "digits":
        return "name" if w.norm(m.first) == "fifty" and w.norm(m.last) == "fifty" or w.norm(m.first) == "twenty" and w.norm(m.first + 2) == "seven" and m.low == 24 else None
    after, nxt = w.gap(m.first + 1), w.norm(m.first + 1)
    if after == "" and nxt in {"st", "nd", "rd", "th"}:
        return "date"
    if after == "" and nxt in {"am", "pm"}:
        return "time"
    if after == "" and nxt and m.last == m.first + 1 and m.unit is None:
        return "name"
    before = w.gap(m.first)
    if before.endswith(("/", "+", "#")) or (after == "/" and nxt[:1].isdigit()):
        return "name"
    hyphens = (before == "-" and w.norm(m.first - 1)[-1:].isdigit()) + (after == "-" and nxt[:1].isdigit())
    if hyphens == 2 or (hyphens and (w.gap(m.first + 2) == "-" or w.gap(m.first - 1) == "-") and w.norm(m.first + 2)[:1].isdigit()):
        return "name"
    return None


def _is_date(w: Words, m: Measure) -> Kind | None:
    """March 3, 3 March, the 3 of March, the twenty-second, November of twenty-three."""
    known = lists()
    if m.form == "words" and w.norm(m.first + 1) in _ORDINALS and w.gap(m.first + 1) == "-" and m.low >= 20:
        return "date"
    if m.unit in {None, "year"} and w.norm(m.first - 1) == "of" and w.norm(m.first - 2) in known.months and m.low < 100:
        return "year"
    if m.low > 31 or m.low % 1:
        return None
    following = w.norm(m.last + 1) if w.norm(m.last) == "of" else w.norm(m.last)
    last = m.last + 1 if w.norm(m.last) == "of" else m.last
    if m.unit is None and w.joined(m.last) and following in known.months and w.raw(last)[0].isupper():
        return "date"
    previous = w.norm(m.first - 1)
    if m.unit is None and previous in known.months and w.joined(m.first) and w.raw(m.first - 1)[0].isupper():
        return "date"
    return None


def _is_year(w: Words, m: Measure) -> Kind | None:
    """2023, '23, two thousand and nineteen, in 2019."""
    if w.gap(m.first).endswith(("'", "’", "‘")) and m.form == "digits" and m.low < 100 and len(w.norm(m.first)) == 2:
        return "year"
    if not 1900 <= m.low <= 2099 or m.low % 1 or m.last - m.first > 4 + 2 * m.noun:
        return None
    previous = w.norm(m.first - 1)
    dated = previous in {"in", "since", "of", "year", "until", "till", "during", "early", "late", "mid", "fiscal", "fy", "spring", "summer", "autumn", "fall", "winter", "by"} | lists().months
    if m.form == "digits":
        bare = len(w.norm(m.first)) == 4 and m.scale == 1
        return "year" if bare and (m.unit is None or (dated and m.noun)) else None
    return "year" if m.unit is None and dated and w.norm(m.first) == "two" else None


def _is_time(w: Words, m: Measure) -> Kind | None:
    """10:30, nine o'clock, at four, ten to five, half past three."""
    after = w.gap(m.last)
    if m.form == "digits" and ((after == ":" and w.norm(m.last)[:1].isdigit()) or (w.gap(m.first) == ":" and w.norm(m.first - 1)[-1:].isdigit())):
        return "time"
    if w.norm(m.last) in {"o'clock", "am", "pm", "past"} or (w.norm(m.last) == "a" and w.norm(m.last + 1) == "m" and w.gap(m.last + 1) == "."):
        return "time"
    if m.unit is not None and not (m.noun and w.norm(m.last - 1) in lists().months) or m.low % 1:
        return None
    if w.norm(m.last) == "to" and m.low in {5, 10, 20, 25} and 1 <= SMALL.get(w.norm(m.last + 1), 0) <= 12 and w.norm(m.first - 1) in lists().clock:
        return "time"
    if w.norm(m.first - 1) == "to" and w.norm(m.first - 2) in {"five", "ten", "twenty", "quarter"} and m.low <= 12 and w.norm(m.first - 3) in lists().clock:
        return "time"
    if m.form == "words" and m.last == m.first + 2 + (w.gap(m.last - 1) == "-") and 100 < m.low < 1260 and m.low % 100 < 60 and w.norm(m.first) in SMALL and w.norm(m.first + 1) not in {"hundred", "oh"}:
        clock = m.low % 5 == 0 and w.norm(m.first - 1) in _BEFORE_CLOCK
        return "time" if clock or w.norm(m.last + 2) in {"morning", "afternoon", "evening"} else None
    daytime = w.norm(m.last) in {"in", "at"} and w.norm(m.last + (1 if w.norm(m.last) == "at" else 2)) in {"morning", "afternoon", "evening", "night"}
    at = w.norm(m.first - 1) in {"at", "by", "until", "till", "til"} and m.low <= 12 and w.norm(m.last) not in {"out", "of", "in", "or", "per"}
    return "time" if m.low <= 12 and (daytime or at) else None


def _is_age(w: Words, m: Measure) -> Kind | None:
    """He's seventy-one, aged 40, an eighteen-year-old, when you're five."""
    if m.unit == "year" and (w.norm(m.last) == "old" or w.norm(m.last) in {"olds", "old's"}):
        return "label"
    return "label" if m.unit is None and 3 < m.low < 110 and w.norm(m.first - 1) in {"he's", "she's", "aged", "turned"} else None


def _is_label(w: Words, m: Measure) -> Kind | None:
    """Phase two, version 3, hull eighty-four, Windows 10, SOC 2, day one."""
    i = m.first - 1
    if i < 0 or not w.joined(m.first) or w.gap(m.first) != " " or (m.unit is not None and not m.noun):
        return None
    previous = w.norm(i)
    if previous in {"per", "each"} or (previous == "every" and m.unit not in DURATIONS) or (previous == "of" and w.norm(i - 1) == "out"):
        return "label"
    if previous in lists().labels and m.form in {"digits", "words"} and m.low < 10000:
        return "label"
    raw = w.raw(i)
    upper = raw.isupper() and 2 <= len(raw) <= 5
    starts_sentence = i == 0 or w.gap(i).strip()[-1:] in {".", "?", "!", "\n"}
    if m.unit is None and (upper or (m.form == "digits" and raw[0].isupper() and not starts_sentence and m.low % 1 == 0 and previous not in lists().months | {"i"})):
        return "label"
    return None


def _is_idiom(w: Words, m: Measure) -> Kind | None:
    """A hundred percent agree, a million times better, one day, a million miles away."""
    following, previous = w.norm(m.last), w.norm(m.first - 1)
    if m.unit == "percent" and m.low in {100, 110} and m.form == "words":
        return None if previous in {"is", "was", "at", "to", "of", "with", "from", "got", "had"} or following in {"of", "uptime", "coverage", "compliance", "compliant"} else "idiom"
    if m.unit == "times" and m.low >= 100 and m.form == "words":
        return "idiom"
    if m.unit in {"mile", "year"} and m.low >= 1000000:
        return "idiom"
    if m.unit == "day" and m.low == 1 and w.norm(m.first) == "one" and m.period is None and previous not in _BRIEFLY | {"is", "was", "only", "just"}:
        return "one"
    return None


def _is_broken(w: Words, m: Measure, lost: list[tuple[int, int]]) -> bool:
    """Say whether words are lost right before or right after the number."""
    for start, end in lost:
        head = w.text[end : m.start]
        tail = w.text[m.end : start]
        if end <= m.start and not head.strip(" $£€"):
            return True
        if start >= m.end and tail.strip() in {"", "and"} and (m.unit is None or m.noun is False and m.unit not in DURATIONS and m.unit != "percent"):
            return True
    return False
