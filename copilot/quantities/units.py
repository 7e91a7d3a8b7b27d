"""What a number counts, and its rate: "hours", "£", "percent", "drops a day", "per planner per day"."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from ..text import norms
from .numerals import SCALES, numeral_at, resumed, starts
from .words import SIGNS, Lists, Words, lists

__all__ = [
    "BRIEF",
    "DURATIONS",
    "RELATIVE",
    "TIMES",
    "UNITLESS",
    "Rate",
    "Unit",
    "compound",
    "in_percent",
    "is_measure",
    "is_plural",
    "leads_number",
    "measure_named",
    "plural",
    "rate_after",
    "rate_of_one",
    "singular",
    "symbol_before",
    "unit_after",
]

DURATIONS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800, "month": 2629800, "year": 31557600}
BRIEF = frozenset({"second", "minute", "hour"})
TIMES = frozenset({*DURATIONS, "millisecond"})
RELATIVE = frozenset({"percent", "times"})
"""Units of a number that says how two others stand to each other."""
UNITLESS = RELATIVE | {"percentage point", "point", "person"}
"""Units that neither measure nor name a thing that is counted."""
_SIGNS = frozenset(SIGNS)
_LETTERS = {"T": 10**3, "k": 10**3, "K": 10**3, "m": 10**6, "M": 10**6}
_NOUN_REACH = 4  # words after a number among which its counted noun is looked for
_ADVERBS = {
    "daily": "per day", "weekly": "per week", "monthly": "per month", "quarterly": "per quarter", "yearly": "per year",
    "annually": "per year",
    "nightly": "per night", "hourly": "per hour",
}  # fmt: skip


class Unit(NamedTuple):
    """A unit, the index of the word after it, and the factor from the word said to the unit (a fortnight is 2 weeks)."""

    name: str
    last: int
    factor: int = 1
    noun: bool = False


class Rate(NamedTuple):
    """A rate such as "per week", and the index of the word after it."""

    period: str
    last: int


def singular(noun: str) -> str:
    """Return the singular of a plural noun in lower case, of several words that of the last; what is no plural comes back as it is."""
    known = lists()
    head, space, last = noun.rpartition(" ")
    if last in known.plurals:
        return head + space + known.plurals[last]
    if last not in known.runs and not is_plural(last, known):
        return noun
    if last.endswith("ies") and len(last) > 4:
        return noun[:-3] + "y"
    if last.endswith(("sses", "ches", "shes", "xes", "zzes")):
        return noun[:-2]
    return noun[:-1]


def plural(noun: str) -> str:
    """Return the plural of a singular noun in lower case, of several words that of the last; what is a plural comes back as it is."""
    head, space, last = noun.rpartition(" ")
    if last in _irregular():
        return head + space + _irregular()[last]
    if last in lists().plurals or (last.endswith("s") and not last.endswith(("ss", "us"))):
        return noun
    if last.endswith("y") and last[-2:-1] not in set("aeiou"):
        return noun[:-1] + "ies"
    return noun + ("es" if last.endswith(("s", "x", "z", "ch", "sh")) else "s")


@cache
def _irregular() -> Mapping[str, str]:
    """Return the plurals that no rule gives; of several the first in the list."""
    return {one: many for many, one in reversed(tuple(lists().plurals.items()))}


def is_plural(noun: str, known: Lists) -> bool:
    """Return whether a word looks like a plural noun."""
    if noun in known.not_plural:
        return False
    ends = len(noun) > 3 and noun.endswith("s") and not noun.endswith(("ss", "us", "is", "'s"))
    return noun in known.plurals or (ends and noun[:-1] not in known.stops)


@cache
def _measures() -> frozenset[str]:
    """Return the units that measure and do not count."""
    return frozenset(lists().units.values()) - DURATIONS.keys() - {"percent", "percentage point", "basis point", "times", "person"}


def measure_named(name: str) -> str | None:
    """Return the measure that a word or a compound such as "square metre" names, None if it names none."""
    head, _, last = name.rpartition(" ")
    unit = lists().units.get(last)
    if unit is None or not head:
        return unit if unit in _measures() else None
    return f"{head} {unit}" if head in lists().compounds.get(unit, ()) else None


def in_percent(text: str) -> bool:
    """Return whether a number is put in percent: "40 %", "forty per cent", but not "a third", "halved", "two in five"."""
    known, words = lists(), norms(text)
    named = (known.units.get(a) == "percent" or known.two_words.get((a, b)) == "percent" for a, b in pairwise((*words, "")))
    return "%" in text or any(named)


def symbol_before(w: Words, i: int) -> tuple[str, int] | None:
    """Return the currency and the start offset of a sign or a short form such as "£", "US$", "CHF" or "R" before word i.

    The currency is "" for letters before a sum that no list has: "X3.5 billion".
    """
    known = lists()
    if leads_number(w, i):
        sign = w.gap(i).rstrip()[-1]
        start = w.text.rindex(sign, 0, w.tokens[i].start)
        before = w.norm(i - 1) + sign
        if i and w.tokens[i - 1].end == start and before in known.currencies:
            return known.currencies[before], w.tokens[i - 1].start
        return known.currencies[sign], start
    if i == 0 or w.gap(i).strip(" ") not in {"", "."}:
        return None
    written, code = w.raw(i - 1), w.norm(i - 1)
    if written in known.marks and _is_marked(w, i):
        return known.marks[written], w.tokens[i - 1].start
    coded = len(code) == 3 and w.joined(i) and written.isupper() and code in known.currencies
    if coded or (not w.gap(i) and written.isupper() and written not in known.marks):
        return known.currencies[code] if coded else known.sum_marks.get(written, ""), w.tokens[i - 1].start
    return None


def leads_number(w: Words, i: int) -> bool:
    """Return whether a currency's sign leads the number at word i, over at most a space: "£40", "R$ 300", but not "300 € 40 people"."""
    gap, previous = w.gap(i), w.norm(i - 1)
    apart = gap[-1:].isspace()
    if not w.norm(i) or not starts(w.norm(i)) or gap[len(gap) - apart - 1 : len(gap) - apart] not in _SIGNS:
        return False
    follows = previous and (starts(previous) or previous in SCALES) and not gap.strip(f" {SIGNS}")
    return not (apart and follows)


def _is_marked(w: Words, i: int) -> bool:
    """Return whether the short form before word i is that of a currency: "R7.85", but not "R2", "300 kr. 40" or "plan R. 12"."""
    if len(w.norm(i - 1)) == 1 and (w.gap(i).strip() or (len(w.norm(i)) < 3 and w.norm(i + 1) not in SCALES)):
        return False
    return not w.norm(i - 2) or not starts(w.norm(i - 2))


def unit_after(w: Words, j: int, one: bool = False) -> Unit | None:
    """Return the unit that starts at word j, right after a number; `one` allows a noun in the singular."""
    if j >= len(w.norms):
        sign = w.gap(j).lstrip()[:1] if j else ""
        return Unit("percent" if sign == "%" else lists().currencies[sign], j) if sign in _SIGNS | {"%"} else None
    gap = w.gap(j)
    if gap.lstrip()[:1] == "%":
        return _after_sign(w, j)
    if gap.lstrip()[:1] in _SIGNS and not leads_number(w, j):
        return Unit(lists().currencies[gap.lstrip()[0]], j)
    if resumed(w, j) > j or gap.strip() == ".":
        return _named_after_pause(w, resumed(w, j))
    if gap.removeprefix("+").strip(" \t\n-\u2011") != "":
        return None
    return _named(w, j) or _counted(w, j, one)


def _named_after_pause(w: Words, j: int) -> Unit | None:
    """Return the unit of measure that a hesitation or a wrong stop parts from its number: "two, uh, days", "two. Days and now ..."."""
    known, norm = lists(), w.norm(j)
    many = is_plural(norm, known) or norm in known.currencies or known.units.get(norm) == "percent"
    unit = _named(w, j) if many and norm not in known.spaced else None
    ends = unit is not None and (not w.joined(unit.last) or w.norm(unit.last) in known.resuming)
    return unit if ends else None


def _after_sign(w: Words, j: int) -> Unit:
    """Return percent, or percentage points if the word after the sign says so."""
    if w.norm(j) in {"point", "points"} and w.gap(j) in {"% ", "%-", "%"}:
        return Unit("percentage point", j + 1)
    return Unit("percent", j)


def _named(w: Words, j: int) -> Unit | None:
    """Return a unit of measure or a currency."""
    known = lists()
    norm = w.norm(j).removesuffix("'s") if w.norm(j + 1) == "worth" else w.norm(j)
    if thousands := _in_thousands(w, j):
        return thousands
    pair = known.two_words.get((norm, w.norm(j + 1))) or (compound(norm, _singular_unit(w.norm(j + 1))) if w.joined(j + 1) else None)
    if pair:
        return Unit(pair, j + 2)
    if norm in known.before_unit:
        inner = known.units.get(w.norm(j + 1)) or known.currencies.get(w.norm(j + 1))
        if inner and len(w.norm(j + 1)) > 1:
            return Unit(inner, j + 2)
    if norm in known.lengths:
        factor, name = known.lengths[norm]
        return Unit(name, j + 1, factor)
    if norm in known.currencies and norm != "$":
        return Unit(known.currencies[norm], j + 1)
    if norm in known.subunits and (len(norm) > 1 or w.gap(j) == ""):
        return Unit("pence " + known.subunits[norm], j + 1)
    unit = known.units.get(norm)
    if unit and (len(norm) > 2 or w.gap(j) == "" or _is_spaced(w, j)) and not (norm == "second" and w.gap(j) == " "):
        return Unit(unit, j + 1)
    if norm in {"points", "point"}:
        return Unit("point", j + 1)
    if norm == "m" and w.gap(j) == "" and known.units.get(w.norm(j - 2)) == "hour":
        return Unit("minute", j + 1)
    return None


def _in_thousands(w: Words, j: int) -> Unit | None:
    """Return a currency told in thousands or millions by a letter before it: "420 TEUR", "420 T Euro", "420 T€"."""
    known, factor = lists(), _LETTERS.get(w.raw(j)[0]) if j < len(w.norms) else None
    if factor is None:
        return None
    code, sign = w.raw(j)[1:], w.gap(j + 1).lstrip()[:1]
    if code:
        return Unit(known.currencies[code.lower()], j + 1, factor) if code.isupper() and code.lower() in known.currencies else None
    if sign in known.currencies and not leads_number(w, j + 1):
        return Unit(known.currencies[sign], j + 1, factor)
    return Unit(known.currencies[w.norm(j + 1)], j + 2, factor) if w.joined(j + 1) and w.norm(j + 1) in known.currencies else None


def _is_spaced(w: Words, j: int) -> bool:
    """Return whether the short form at word j is a unit though a space parts it from its number: "6 h", but not "5 H sites"."""
    return w.norm(j) in lists().spaced and w.raw(j) != "H"


def _counted(w: Words, j: int, one: bool) -> Unit | None:
    """Return the counted noun: the first plural within a few words, before any word that starts something else."""
    known = lists()
    k = j
    while w.norm(k) in known.between and w.joined(k) and (w.norm(k) not in known.determiners or w.norm(k - 1) in {"of", "all"}):
        k += 1
    if w.norm(k - 1) in {"of", "or"} and w.norm(k) in {"us", "them", "you", "y'all", "ye"} and k > j:
        return Unit("person" if w.norm(k) != "them" else "", k + 1, noun=True)
    pronoun = Unit("", k, noun=True) if k > j and w.norm(k - 1) in {"those", "these"} else None
    for n in range(k, min(k + _NOUN_REACH, len(w.norms))):
        norm = w.norms[n]
        if (n > j and not w.joined(n)) or norm in known.stops or starts(norm):
            break
        if is_plural(norm, known) or (norm in known.runs and not one):
            while w.joined(n + 1) and is_plural(w.norm(n + 1), known) and n + 1 < k + _NOUN_REACH and w.norm(n + 1) not in known.stops:
                n += 1
            return _noun(w, n, first=j)
        if n == k and _is_acronym(w, n):
            return Unit(w.raw(n), n + 1, noun=True)
        if n == k and norm in known.invariable and (not w.joined(n + 1) or w.norm(n + 1) in known.stops):
            return Unit(norm, n + 1, noun=True)
        if (one or (w.gap(j) == "-" and n == j)) and n == k and "'" not in norm and norm not in known.degree:
            return Unit("person" if norm == "person" else norm, n + 1, noun=True)
    return pronoun


def _is_acronym(w: Words, n: int) -> bool:
    """Return whether capitals after a number name what it counts: "310,000 TEU a year", not "two US stores" or "2 million ARR"."""
    ends = not w.joined(n + 1) or w.norm(n + 1) in lists().stops | lists().lasting
    if w.norm(n) in lists().sums:
        return False
    return ends and w.raw(n).isupper() and 3 <= len(w.raw(n)) <= 5 and w.raw(n).isalpha() and w.text.upper() != w.text


def _noun(w: Words, n: int, first: int) -> Unit:
    """Return what the plural noun at word n counts, with the word before it if the noun alone would mean something else."""
    known, counted = lists(), w.norms[n]
    if counted in known.currencies:
        return Unit(known.currencies[counted], n + 1)
    unit = "person" if counted in known.persons else _singular_unit(counted)
    return Unit((compound(w.norms[n - 1], unit) if n > first else None) or unit, n + 1, noun=True)


def _singular_unit(noun: str) -> str:
    return lists().units.get(noun) or singular(noun)


def compound(modifier: str, unit: str) -> str | None:
    """Return "square metre" and the like, None if the modifier does not change the unit."""
    return f"{modifier} {unit}" if modifier in lists().compounds.get(unit, ()) else None


def rate_after(w: Words, j: int) -> Rate | None:
    """Return the rate that starts at word j: "a day", "per planner per day", "each", "every week", "/month", "monthly"."""
    parts: list[str] = []
    while j < len(w.norms):
        rate = _one_rate(w, j)
        if rate is None:
            break
        parts.append(rate.period)
        j = rate.last
    return Rate(" ".join(parts), j) if parts else None


def _one_rate(w: Words, j: int) -> Rate | None:
    norm, following, gap = w.norm(j), w.norm(j + 1), w.gap(j).strip(f" {SIGNS}")
    if gap.strip() == "/" and norm in _SHORT | lists().periods:
        return Rate(f"per {_SHORT_NAMES.get(norm, norm)}", j + 1)
    if gap.strip() not in {"", "%"}:
        return None
    if norm in {"a", "an", "every", "per"} and following in lists().periods:
        return Rate(f"per {'year' if following == 'annum' else following}", j + 2)
    if norm == "in" and following in {"a", "one"} and w.norm(j + 2) in lists().periods and not _is_more(w, j + 3):
        return Rate(f"{'per' if following == 'a' else 'in one'} {w.norm(j + 2)}", j + 3)
    if norm in {"a", "an"} and following in {"pop", "piece", "go", "time", "head", "person"}:
        return Rate("per head" if following in {"head", "person"} else "each", j + 2)
    if norm in {"in", "on"} and following == "the" and w.norm(j + 2) in lists().currencies:
        return Rate(f"per {w.norm(j + 2)}", j + 3)
    if norm in {"per", "every"} and following and following not in lists().stops and w.joined(j + 1) and not following[0].isdigit():
        return _per(w, j + 1 + (norm == "every" and following == "single" and w.joined(j + 2)))
    if norm == "each" and following in lists().periods and w.joined(j + 1):
        return Rate(f"per {following}", j + 2)
    if norm in {"each", "apiece"}:
        return Rate("each", j + 1)
    return Rate(_ADVERBS[norm], j + 1) if norm in _ADVERBS else None


def _per(w: Words, j: int) -> Rate:
    """Return the rate for what word j names, or for so many of it: "per order", "per kilowatt hour", "per ten pallets"."""
    many = numeral_at(w, j) if starts(w.norm(j)) else None
    unit = unit_after(w, many.last) if many is not None else None
    if unit is not None:
        return Rate(f"per {' '.join(w.norms[j : unit.last])}", unit.last)
    named = f"{w.norm(j)} {w.norm(j + 1)}" if w.joined(j + 1) else ""
    return Rate(f"per {named}", j + 2) if measure_named(named) else Rate(f"per {w.norm(j)}", j + 1)


def is_measure(unit: str | None) -> bool:
    """Return whether a unit is one of time or of a measure, which has parts."""
    return unit in DURATIONS or (unit is not None and measure_named(unit) is not None)


def rate_of_one(w: Words, j: int) -> Rate | None:
    """Return the rate for one of a thing, where it ends its clause: "fourteen euros a drop", but not "four hours a lot of people"."""
    known, noun = lists(), w.norm(j + 1)
    if w.norm(j) not in {"a", "an"} or not (w.joined(j) and w.joined(j + 1)) or noun in known.stops | known.little or starts(noun):
        return None
    goes_on = w.norm(j + 2) in known.resuming - known.leading or (w.norm(j + 2) == "to" and starts(w.norm(j + 3)))
    ends = not w.joined(j + 2) or goes_on
    return Rate(f"per {noun}", j + 2) if ends and noun.isalpha() and not is_plural(noun, known) else None


def _is_more(w: Words, j: int) -> bool:
    """Return whether a fraction of a time starts at word j: "in a week and a half"."""
    return w.norm(j) == "and" and w.norm(j + 1) in {"a", "an", "half"}


_SHORT_NAMES = {
    "sec": "second",
    "s": "second",
    "min": "minute",
    "hr": "hour",
    "h": "hour",
    "d": "day",
    "wk": "week",
    "mo": "month",
    "yr": "year",
}
_SHORT = frozenset(_SHORT_NAMES)
