"""Quantities in their context: what each counts, the value before, when, where, and who says so."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import cast

from .findings import Amount, Number
from .lexicon import load_data
from .quantities import Quantity, singular
from .quantities.units import DURATIONS, is_plural
from .quantities.words import Lists, lists
from .reading import Reading
from .text import Sentence, Token

__all__ = ["CURRENCIES", "Mention", "amount", "find_mentions", "words_of"]

CURRENCIES = frozenset("usd gbp eur nok sek dkk chf jpy inr aud cad nzd zar pln brl mxn aed".split())
_YEAR = re.compile(r"\b(?:19|20)\d\d\b|['’]\d\d\b|\btwenty[ -](?:twenty|nineteen|eighteen|seventeen|sixteen)(?:[ -](?:one|two|three|four|five|six))?\b", re.IGNORECASE)
_PAIR_REACH = 45
_WEAK_REACH = 14


@dataclass(frozen=True, slots=True)
class Mention:
    """A quantity in its turn. `first` and `last` bound the words of its own clause; `when` orders mentions in time (None: unknown)."""

    quantity: Quantity
    unit: str | None
    start: int
    end: int
    sentence: Sentence
    first: int
    last: int
    at: int
    after: int
    when: float | None = None
    strong: bool = False
    baseline: Amount | None = None
    inferred: bool = False
    window: bool = False


@cache
def words_of(name: str) -> frozenset[str]:
    """Return a word list of `copilot/data/mentions.yaml`."""
    data = cast("Mapping[str, str | Mapping[str, str]]", load_data("mentions"))
    head, _, tail = name.partition(".")
    row = data[head]
    return frozenset((row[tail] if isinstance(row, Mapping) else row).split())


@cache
def kind_words() -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, tuple[str, ...]]]:
    """Return the kinds of metric that a word speaks for, and those that a stem of four letters or more does."""
    rows = cast("Mapping[str, Mapping[str, str]]", load_data("mentions"))["kinds"]
    whole: dict[str, tuple[str, ...]] = {}
    stems: dict[str, tuple[str, ...]] = {}
    for kind, words in rows.items():
        for word in words.split():
            where, key = (stems, word[:-1]) if word.endswith("*") else (whole, word)
            where[key] = (*where.get(key, ()), kind)
    return whole, stems


@cache
def kinds_of_word(norm: str) -> tuple[str, ...]:
    """Return the kinds of metric that a word speaks for."""
    whole, stems = kind_words()
    if norm in whole:
        return whole[norm]
    return next((stems[norm[:n]] for n in range(len(norm), 2, -1) if norm[:n] in stems), ())


def number(value: object) -> Number:
    """Return a Decimal as an int where it is whole, else as a float."""
    as_float = float(value)  # type: ignore[arg-type]
    return int(as_float) if as_float.is_integer() else as_float


def amount(quantity: Quantity, unit: str | None) -> Amount:
    """Return a quantity's value with a unit."""
    low, high = number(quantity.low), number(quantity.high)
    return Amount(value=low if low == high else (low, high), unit=unit or "item")


def find_mentions(reading: Reading) -> list[Mention]:
    """Return the quantities of a turn in context, a value and the value before it as one."""
    placed = _placed(reading)
    for i, mention in enumerate(placed):
        if mention.unit is None or mention.unit == "point":
            placed[i] = _with_unit(reading, placed, i)
    return _against_question(reading, _paired(reading, placed))


_SINCE_THEN = re.compile(r"\b(?:now|today|currently|these days|since|after|down to|where is|where's|what happened|what about|become|and the|come down|changed?)\b", re.IGNORECASE)


def _against_question(reading: Reading, mentions: list[Mention]) -> list[Mention]:
    """Take the number of the question as the value before: "and the rejections, the eleven point four?" "Now two point one"."""
    asked = reading.before[-1] if reading.before else None
    if not mentions or asked is None or asked.is_customer or not asked.quantities or mentions[0].baseline or mentions[0].sentence.first > 0:
        return mentions
    first, old = mentions[0], asked.quantities[-1]
    customers = {q.value for before in reading.before if before.is_customer for q in before.quantities}
    fits = old.value != first.quantity.value and (old.unit is None or first.quantity.unit is None or old.unit == first.quantity.unit)
    told = first.strong and first.when == 0.0 or _SINCE_THEN.search(asked.turn.text[max(0, asked.sentences[-1].start) :])
    if not fits or not told or old.value not in customers or first.quantity.change or old.high < 3:
        return mentions
    unit = first.quantity.unit or old.unit or _unit_said(reading, old) or first.unit
    return [replace(first, unit=unit, baseline=amount(old, unit)), *mentions[1:]]


def _unit_said(reading: Reading, quantity: Quantity) -> str | None:
    """Return the unit with which customers said a number before."""
    return next((q.unit for before in reversed(reading.before) for q in before.quantities if q.value == quantity.value and q.unit), None)


def _placed(reading: Reading) -> list[Mention]:
    """Return the mentions of a turn, each with its clause."""
    tokens, out = reading.tokens, []
    quantities = [q for q in reading.quantities if not q.broken]
    places = _token_places(tokens, quantities)
    n = 0
    cut = 0
    for i, quantity in enumerate(quantities):
        at, after = places[i]
        while n + 1 < len(reading.sentences) and reading.sentences[n].last <= at:
            n += 1
        sentence = reading.sentences[n]
        first = max(sentence.first, cut)
        cut = last = _clause_end(reading, after, min(sentence.last, places[i + 1][0] if i + 1 < len(places) else len(tokens)))
        when, strong = _when(reading, first, at, after, last)
        window = _is_window(tokens, quantity, at)
        out.append(Mention(quantity, quantity.unit, quantity.start, quantity.end, sentence, first, last, at, after, when, strong, window=window))
    return out


def _clause_end(reading: Reading, after: int, stop: int) -> int:
    """Return the token at which the clause of a number ends, before the next number's clause begins."""
    tokens = reading.tokens
    for i in range(after, stop):
        if tokens[i].norm in {"and", "but", "now", "then", "which", "where"} and i > after - 1:
            if tokens[i].norm == "now" and i == after:
                continue
            return i
        if i > after and "," in reading.turn.text[tokens[i - 1].end : tokens[i].start]:
            return i
        if i == after and i and "," in reading.turn.text[tokens[i - 1].end : tokens[i].start] and tokens[i].norm in _CLAUSE_STARTS:
            return i
    return max(stop, after)


def _is_window(tokens: Sequence[Token], quantity: Quantity, at: int) -> bool:
    """Say whether a duration only says when another number holds: "in the last twelve months"."""
    if quantity.unit not in DURATIONS:
        return False
    lead = {t.norm for t in tokens[max(0, at - 2) : at]}
    tail = tokens[at + 2].norm if at + 2 < len(tokens) else ""
    return bool(lead & {"last", "past", "first", "next", "every", "previous", "same", "those", "these"}) or tail in {"ago", "later"}


_ABSTRACT = frozenset({"percent", "times", "point", "percentage point"})
_CLAUSE_STARTS = frozenset("it it's that that's now this we i he she they there there's and but which so then last".split())


def _token_places(tokens: Sequence[Token], quantities: Sequence[Quantity]) -> list[tuple[int, int]]:
    """Return the range of tokens of each quantity."""
    places, i = [], 0
    for quantity in quantities:
        while i < len(tokens) and tokens[i].end <= quantity.start:
            i += 1
        first = i
        while i < len(tokens) and tokens[i].start < quantity.end:
            i += 1
        places.append((first, max(i, first + 1)))
    return places


def _when(reading: Reading, first: int, at: int, after: int, last: int) -> tuple[float | None, bool]:
    """Return a key that orders clauses in time, and whether it rests on more than a verb's tense."""
    tokens = reading.tokens
    norms = [t.norm for t in tokens[first:at]] + [t.norm for t in tokens[after:last]]
    start = tokens[first].start if first < len(tokens) else 0
    end = tokens[last - 1].end if last else 0
    year = _YEAR.findall(reading.turn.text, start, end)
    held = set(norms)
    if year:
        return _year_key(year[-1]), True
    if "last" in held and held & {"year", "month", "quarter", "week", "autumn", "spring", "summer", "winter", "august", "march", "june"}:
        return -1.0, True
    if "before" in held and "year" in held:
        return -2.0, True
    if held & words_of("time.before") and not held & {"now", "today", "currently"}:
        return -50.0, bool(held & {"used", "before", "previously", "formerly", "originally", "beforehand", "historically", "old"})
    if held & words_of("time.now") or ("this" in held and held & {"year", "month", "quarter", "week", "march", "june", "april", "may"}):
        return 0.0, True
    if held & words_of("time.past"):
        return -10.0, False
    return (0.0, False) if held & words_of("time.present") else (None, False)


def _year_key(text: str) -> float:
    digits = re.sub(r"\D", "", text)
    if digits:
        return float(int(digits[-2:])) - 60
    small = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "nineteen": 19, "eighteen": 18, "seventeen": 17, "sixteen": 16, "twenty": 20}
    parts = re.split(r"[ -]+", text.lower())[1:]
    return float(sum(small.get(p, 0) for p in parts)) - 60


def _with_unit(reading: Reading, mentions: Sequence[Mention], i: int) -> Mention:
    """Give a bare number the unit that its context gives it."""
    mention = mentions[i]
    steps: tuple[Callable[[], str | None], ...] = (
        lambda: _unit_referred(reading, mentions, i),
        lambda: _noun_right_before(reading, mention),
        lambda: _unit_here(reading, mention),
        lambda: _unit_continued(mentions, i),
        lambda: _noun_asked(reading),
        lambda: _noun_before(reading, mention),
        lambda: _unit_before(mentions, i),
        lambda: _unit_asked(reading, mention.quantity.high),
    )
    unit = next((u for u in (step() for step in steps) if u), None)
    if mention.unit == "point":
        return replace(mention, unit="percentage point" if unit == "percent" else "point")
    return replace(mention, unit=unit, inferred=True)


def _unit_referred(reading: Reading, mentions: Sequence[Mention], i: int) -> str | None:
    """Return what "of them", "of those" and "of that" refer to: the nearest counted noun before."""
    mention = mentions[i]
    tail = [t.norm for t in reading.tokens[mention.at : mention.after + 2]]
    if "of" not in tail or not {"them", "those", "these", "that"} & set(tail):
        return None
    for other in reversed(mentions[:i]):
        if other.quantity.unit and other.unit not in DURATIONS and other.unit not in CURRENCIES | _ABSTRACT:
            return other.unit
    return None


def _unit_here(reading: Reading, mention: Mention) -> str | None:
    """Return the unit that the words of the clause speak of."""
    held = {t.norm for t in reading.tokens[mention.first : mention.last]}
    quantity = mention.quantity
    if "grand" in quantity.text.lower():
        return _currency(reading)
    if held & words_of("score") and quantity.high <= 100:
        return "point"
    if held & words_of("percent") and quantity.high <= 100:
        return "percent"
    if held & words_of("money") and quantity.high >= 20:
        return _currency(reading)
    lead = [t.norm for t in reading.tokens[max(0, mention.at - 3) : mention.at]]
    if lead[-1:] == ["we're"] or lead[-2:] == ["we", "are"]:
        return "person"
    return None


def _unit_continued(mentions: Sequence[Mention], i: int) -> str | None:
    """Return the unit of the number before in the same sentence or the next, where this one goes on from it."""
    mention = mentions[i]
    for other in reversed(mentions[:i]):
        if other.window:
            continue
        if other.unit is None or mention.at - other.after > _WEAK_REACH * 2:
            return None
        if other.unit == "percent" and mention.quantity.high > 100:
            return None
        precise = _is_precise(mention) and not _is_precise(other) and other.unit not in {"percent", *CURRENCIES, *DURATIONS}
        return other.unit if _is_near(other, mention) and not precise and mention.when is not None else None
    return None


def _is_precise(mention: Mention) -> bool:
    return mention.quantity.high % 1 != 0 and mention.quantity.high % Decimal("0.5") != 0


def _is_near(a: Mention, b: Mention) -> bool:
    """Say whether two numbers are of a size that one thing could have at two times."""
    low, high = sorted((float(a.quantity.high), float(b.quantity.high)))
    return high <= max(low, 0.5) * (20 if a.unit in DURATIONS or a.unit == "percent" else 100) or (high >= 1000 and 10 <= low < 1000)


def _unit_before(mentions: Sequence[Mention], i: int) -> str | None:
    """Return the unit of the nearest number before of a like size; a decimal that has none is a percentage."""
    if _is_precise(mentions[i]) and mentions[i].quantity.high <= 100:
        return "percent"
    for other in reversed(mentions[:i]):
        if other.unit is not None and not other.window and _is_near(other, mentions[i]):
            if other.unit == "percent" and mentions[i].quantity.high > 100:
                continue
            return other.unit if mentions[i].at - other.after <= _PAIR_REACH and other.unit not in DURATIONS else None
    return None


def _noun_right_before(reading: Reading, mention: Mention) -> str | None:
    """Return the plural noun that a bare number follows at once: "Drivers, 118", "calls were 11,400 a month"."""
    known = lists()
    at = mention.at
    while at > mention.sentence.first and reading.tokens[at - 1].norm in {"were", "are", "was", "is", "about", "around", "to", "at", "averaged", "roughly", "of", "total"}:
        at -= 1
    if at <= mention.sentence.first:
        return None
    return _unit_of_noun(reading.tokens[at - 1].norm, known)


def _unit_of_noun(noun: str, known: Lists) -> str | None:
    if not is_plural(noun, known) or noun in known.stops or noun in known.enumerations:
        return None
    if noun in known.persons:
        return "person"
    unit = known.units.get(noun) or known.currencies.get(noun) or singular(noun)
    return None if unit in DURATIONS or unit == "times" else unit


def _noun_before(reading: Reading, mention: Mention) -> str | None:
    """Return the nearest plural noun that leads up to a bare number."""
    known = lists()
    for token in reversed(reading.tokens[max(mention.sentence.first, mention.at - 8) : mention.at]):
        unit = _unit_of_noun(token.norm, known)
        if unit:
            return unit
    return None


_HOW_MANY = re.compile(r"how many (?:more |other |different |of (?:the |those |these |your )?)?((?:[a-z'-]+ ){0,2}?[a-z'-]+)\b", re.IGNORECASE)


def _noun_asked(reading: Reading) -> str | None:
    """Return the noun of a "how many" in the question."""
    if "how many" not in reading.question.lower():
        return None
    known = lists()
    for found in reversed(_HOW_MANY.findall(reading.question.lower())):
        for noun in found.split():
            unit = known.units.get(noun) if noun in {"people", "staff", "folks"} else _unit_of_noun(noun, known)
            if unit:
                return unit
    return None


def _unit_asked(reading: Reading, high: Decimal) -> str | None:
    """Return the unit that the question is about: a percentage, money, or that of the number in it."""
    question = reading.question.lower()
    if re.search(r"\bteam\b|\bpeople\b|\bheadcount\b|\bstaff\b|\bcolleagues\b|\bwho\b", question):
        return "person"
    if high <= 100 and re.search(r"\bpercent(?:age)?\b|\bproportion\b|\bwhat share\b|\brate\b", question):
        return "percent"
    if re.search(r"\bhow much\b|\bcosts?\b|\bbudget\b|\bprices?\b|\bspend\b", question):
        return _currency(reading)
    for before in reversed(reading.before[-3:]):
        units = [q.unit for q in before.quantities if q.unit and q.unit not in DURATIONS and not (q.unit == "percent" and high > 100)]
        if units:
            return units[-1]
    return None


def _currency(reading: Reading) -> str:
    """Return the currency of the call: the last that was heard, else the one that the background's facts use."""
    for seen in (reading, *reversed(reading.before)):
        for quantity in seen.quantities:
            if quantity.unit in CURRENCIES:
                return quantity.unit
    facts = " ".join(reading.background.customer.facts)
    for sign, unit in (("£", "gbp"), ("€", "eur"), ("$", "usd"), ("euro", "eur"), ("pound", "gbp")):
        if sign in facts:
            return unit
    return "usd"


def _paired(reading: Reading, mentions: list[Mention]) -> list[Mention]:
    """Join a value and the value before it, told side by side, into one mention."""
    out: list[Mention] = []
    partner = -1
    for mention in mentions:
        if mention.quantity.baseline is not None:
            base = mention.quantity.baseline
            mention = replace(mention, baseline=amount(base, base.unit or mention.unit))
        joined = _pair(reading, out[partner], mention) if 0 <= partner < len(out) else None
        if joined is None:
            out.append(mention)
            partner = partner if mention.window else len(out) - 1
        else:
            out[partner] = joined
    return out


def _pair(reading: Reading, a: Mention, b: Mention) -> Mention | None:
    distance = b.at - a.after
    if a.baseline or b.baseline or distance > _PAIR_REACH or a.quantity.value == b.quantity.value or b.window or a.window:
        return None
    if not _same_unit(a, b, distance):
        return None
    order = _compared(reading, b) or _order(reading, a, b, distance)
    if order == 0:
        return None
    a, b = _lifted(a, b), _lifted(b, a)
    before, after = (a, b) if order > 0 else (b, a)
    unit = after.quantity.unit or before.unit or after.unit
    base = amount(before.quantity, before.quantity.unit or unit)
    return replace(after, unit=unit, baseline=base, start=a.start, end=b.end, first=a.first, last=b.last, at=a.at, after=b.after, strong=True)


def _lifted(a: Mention, b: Mention) -> Mention:
    """Return a with the thousands that it leaves out: "eighty-four thousand ... now it's fifty-one"."""
    scale = next((s for s in (10**6, 10**3) if b.quantity.low >= s), 1)
    if scale == 1 or a.quantity.high >= 1000 or a.quantity.unit or b.quantity.high >= 1000 * scale:
        return a
    low, high = a.quantity.low * scale, a.quantity.high * scale
    return replace(a, quantity=replace(a.quantity, value=low if low == high else (low, high)))


def _compared(reading: Reading, b: Mention) -> int:
    """Return -1 where "instead of", "against" or the like leads up to the second number."""
    lead = [t.norm for t in reading.tokens[max(0, b.at - 5) : b.at]]
    if "against" in lead or "versus" in lead or lead[-2:] in (["instead", "of"], ["up", "from"], ["down", "from"], ["compared", "with"], ["compared", "to"]):
        return -1
    return -1 if lead[-3:] == ["in", "place", "of"] or lead[-2:] == ["rather", "than"] else 0


def _order(reading: Reading, a: Mention, b: Mention, distance: int) -> int:
    """Return 1 where b is told as the later value, -1 where a is, 0 where nothing says so."""
    if a.when == b.when or distance > (_PAIR_REACH if a.strong and b.strong else 2 * _WEAK_REACH if a.strong or b.strong else _WEAK_REACH):
        return 0
    if not (a.strong and b.strong) and not _goes_on(reading, a, b):
        return 0
    if a.when is not None and b.when is not None:
        return 1 if a.when < b.when else -1
    if b.strong and b.when == 0.0:
        return 1
    return -1 if b.strong and b.when is not None and b.when <= -50 else 0


def _goes_on(reading: Reading, a: Mention, b: Mention) -> bool:
    """Say whether the second number is told of the same thing: "... and now it's", ", it was", "one thirty-one now"."""
    lead = [t.norm for t in reading.tokens[max(b.first, a.after) : b.at] if t.norm not in _LIGHT]
    return all(norm in _COPULAS or norm in _GOING_ON for norm in lead)


_LIGHT = frozenset("um uh about around roughly like just maybe only under over nearly almost i think say the a an at to down up more less than well so yeah".split())
_COPULAS = frozenset("it it's is was are were that's that they they're we we're used be been has had have would we'd it'd".split())
_GOING_ON = frozenset("and now but today then before currently which where last year month week quarter this in these days still with nowadays since after year's there's there".split())


def _same_unit(a: Mention, b: Mention, distance: int) -> bool:
    """Say whether two numbers can be values of one thing: one unit, or two lengths of time close by."""
    if a.quantity.unit and b.quantity.unit:
        both = a.quantity.unit in DURATIONS and b.quantity.unit in DURATIONS
        return a.quantity.unit == b.quantity.unit or (both and distance <= 2 * _WEAK_REACH)
    if b.quantity.unit and b.quantity.unit not in DURATIONS and b.quantity.unit not in CURRENCIES | _ABSTRACT:
        return False
    return (a.unit == b.unit or a.inferred or b.inferred) and _is_near(a, b)
