"""Find what a bare number counts, by weighing the nouns around it and in the question, and the units of other numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache, lru_cache
from itertools import groupby
from math import exp, log
from typing import NamedTuple

from ..background import Background
from ..lexicon import table_of, words_of
from ..quantities import Quantity, find_quantities
from ..quantities.arithmetic import check_change
from ..quantities.units import DURATIONS, UNITLESS
from ..reading import Reading, once, once_for_all
from ..scoring import choice, logistic
from .currency import currency, dollar, in_cents, named_at_home
from .ellipsis import completed
from .forms import told_form
from .mention import Mention, family_of, goes_on, is_near, unit_of
from .nouns import LATELY, TURNS, Place, nouns_around, subject_of
from .pairs import asks_before, earlier_answer, unit_said
from .placing import placed

__all__ = ["FAMILIES", "UnitFacts", "family", "in_units", "unit_facts"]

LEAST_CHANCE, UNTOLD_CHANCE = 0.2, 0.6
"""Least chance of a unit that anything points to, and of one that nothing does; none is named below it. Below the first, one choice in
ten is right for writers left out of the fit; below the second, one in five."""
UNSHARED = -5.0
"""Least logarithm of the chance that the next bare number, which often counts the same thing, gives to a unit."""
DIGITS = 6  # of the logarithm of a chance that two units can share: the weights have two
MOST_POINTS = 100  # most percentage points
A_WHOLE = 100  # most percent of a bare number, unless percent is asked for
POINT_WORDS = 4  # most words of a number of points; a longer one counts something else
THOUSAND = 1000
NUMBERS = 60  # most other numbers of a turn, on either side of one, that bear on its unit
RECALL = 3  # turns back among which the last number told is looked for
A_WORD, A_FEW = 4, 10  # most words of a question that does not interrupt, and of one that hardly does
SAME_SIZE, LIKE_SIZE = 2, 10  # largest ratios of two numbers of one thing that are told one after the other
SMALL = 3  # largest number that several things can have by chance
WORDS_ON = 2  # most words between two numbers of which the second goes on at once
PART_WORDS = 3  # most words between a number and the one that it is a part of
RANKS = 3  # nearest nouns of each kind of place that are ranked
_DISTANCES = (2, 5, 10, 20, 40, 80, 160)  # words: edges of the bins that the weights know
_SIZES = (1, 3, 10, 20, 50, 100, 300, 1000, 10000, 100000)  # values: edges of the bins that the weights know
_POINTING = (
    "here ",
    "after ",
    "asked ",
    "said ",
    "earlier ",
    "number ",
    "last told",
    "next number ",
    "same number ",
    "part of ",
)  # places and numbers
_TOLD_BY = {
    "person": ("asked people", "of us", "of them"),
    "percent": ("asked share", "sentence of percent", "question of percent", "of a whole"),
    "point": ("asked score", "sentence of score", "question of score"),
    "vendor": ("asked choosing", "sentence of choosing", "question of choosing", "of us"),
    "money": ("asked how much", "sentence of money", "sentence of money_large", "question of money"),
}  # circumstances that name a family of units
KNOWN = "number known"  # the fact on a unit of the background's facts
ASKED = 25  # last words of a question that say what kind of number it is about
_WORD = re.compile(r"[\w'\u2019-]+")
_OF_HUNDRED = frozenset({"percent", "point"})  # units that no number of thousands has, unless it is said with it
_PLAIN = UNITLESS | {"item", "vendor"}
FAMILIES = (*sorted(_PLAIN), "count", "money", "time")
"""The families of units that what surrounds a number can speak for, in the order of their weights."""
_NAMED = frozenset({"count", "time"})  # families whose units are told apart by their names alone
_CROSSED = ("here", "asked", "said", "after", "number")  # places that mean more of some families, and in some circumstances
_CROSSING = ("of them", "first number")  # these circumstances

Facts = Mapping[str, float]


class UnitFacts(NamedTuple):
    """What tells the unit of a number: named facts for or against each unit that it may have, and those on the families of units."""

    units: Mapping[str, Facts]
    around: Facts


@once_for_all
def in_units(reading: Reading) -> list[Mention]:
    """Return the quantities of a turn, each with its own unit or the one that its context implied when it was heard."""
    back, told = _told_lately(reading)
    mentions = completed(reading, placed(reading), told if back == 1 else None)
    for i, mention in enumerate(mentions):
        if mention.unit is None or mention.unit == "point":
            mentions[i] = _with_unit(reading, mentions, i)
        elif in_cents(mention.quantity):
            mentions[i] = mention._replace(unit=currency(reading))
        elif mention.unit == "person" and mention.quantity.text.lower().endswith(
            ("of you", "of ye", "of y'all", "of y\u2019all", "of you guys")
        ):
            mentions[i] = mention._replace(unit="vendor")
        else:
            mentions[i] = mention._replace(unit=named_at_home(mention.unit, reading.background))
    return _like_earlier(reading, mentions)


def _like_earlier(reading: Reading, mentions: list[Mention]) -> list[Mention]:
    """Give a bare number that opens an answer the unit of an earlier one that the question goes back to, or that it puts right."""
    if not mentions or not mentions[0].inferred or mentions[0].sentence.first > 0:
        return mentions
    old = earlier_answer(reading) or (_told_last(reading) if asks_before(reading) else _corrected(reading, mentions[0]))
    unit = (old.unit or _unit_implied(reading, old)) if old is not None and old.change is None else None
    return mentions if unit is None else [mentions[0]._replace(unit=unit), *mentions[1:]]


def _corrected(reading: Reading, mention: Mention) -> Quantity | None:
    """Return the last number of another customer's turn right before, if a number alone puts it right: "Twenty-two." "Twenty-three."."""
    last = reading.last
    if last is None or not last.is_customer or not last.quantities or mention.after < mention.sentence.last:
        return None
    low, high = sorted((last.quantities[-1].high, mention.quantity.high))
    return last.quantities[-1] if 0 < high <= low * SAME_SIZE else None


def _told_last(reading: Reading) -> Quantity | None:
    """Return the last number of the customer's turn before the question."""
    told = reading.before[-2] if len(reading.before) > 1 else None
    return told.quantities[-1] if told is not None and told.is_customer and told.quantities else None


def _with_unit(reading: Reading, mentions: Sequence[Mention], i: int) -> Mention:
    """Give a bare number the unit that its context implies, the nearest of those with equal evidence.

    The turn decides whether points are percentage points.
    """
    mention = mentions[i]
    if mention.unit == "point":
        return mention._replace(unit=_point(reading, mentions, mention))
    if "grand" in mention.quantity.text.lower():
        return mention._replace(unit=currency(reading), inferred=True)
    if _is_score(reading, mentions, i):
        return mention._replace(unit="point", inferred=True)
    subject = subject_of(reading, mention)
    if subject in DURATIONS:
        return mention._replace(unit=subject, inferred=True)
    evidence = unit_facts(reading, mentions, i)
    rated = _rated(evidence)
    if mention.quantity.high >= THOUSAND:
        rated = _normed({unit: chance for unit, chance in rated.items() if unit not in _OF_HUNDRED})
    if i + 1 < len(mentions) and mentions[i + 1].unit is None:
        following = _rated(unit_facts(reading, mentions, i + 1))
        rated = _normed({unit: chance + max(following.get(unit, UNSHARED), UNSHARED) for unit, chance in rated.items()})
    likely = {unit: round(chance, DIGITS) for unit, chance in rated.items() if exp(chance) >= _least(unit, evidence)}
    likely = {unit: chance for unit, chance in likely.items() if _can_be(reading, mention, unit, evidence)}
    unit = max(likely, key=likely.__getitem__, default="item")
    if unit == "percent" and (whole := _whole_before(mentions[:i])) and not _asks_in_percent(reading):
        return _of_whole(mention, whole)
    return mention._replace(unit=subject if unit == "person" and subject else unit, inferred=True)


def _whole_before(mentions: Sequence[Mention]) -> Decimal | None:
    """Return the whole of the last share before a number, if that was told by counts: "seven out of ten before, nine now"."""
    shares = [mention.quantity for mention in mentions if mention.quantity.unit == "percent"]
    return shares[-1].whole if shares and "out of" in shares[-1].text.lower() else None


def _of_whole(mention: Mention, whole: Decimal) -> Mention:
    """Return a bare number as a share of a whole, and without a unit if it is more than that."""
    quantity = mention.quantity
    if quantity.high > whole:
        return mention._replace(unit="item", inferred=True)
    low, high = ((end / whole * A_WHOLE).quantize(Decimal("0.1")) for end in (quantity.low, quantity.high))
    share = quantity._replace(value=low if low == high else (low, high), whole=whole)
    return mention._replace(quantity=share, unit="percent", inferred=True)


def _is_score(reading: Reading, mentions: Sequence[Mention], i: int) -> bool:
    """Return whether a bare number is the first after the name of a score in its clause, or the first of the answer to a question for one.

    "CSAT went from 3.1 to 4.4"; "And the NPS?" "It's 42 now".
    """
    mention = mentions[i]
    if i == 0 and _may_answer(reading, mention) and reading.asked is not None and _asks_score(reading.asked):
        return True
    first = max(mention.first, mention.sentence.first, mentions[i - 1].after if i else 0)
    return not words_of("mentions.scores").isdisjoint(reading.norms[first : mention.at])


def _may_answer(reading: Reading, mention: Mention) -> bool:
    """Return whether a number may be the score that a question asks for: in the first sentence, and no part of a whole."""
    part = mention.quantity.whole is not None or reading.norms[mention.after : mention.after + 1] == ("of",)
    return mention.sentence.first == 0 and mention.quantity.high <= A_WHOLE and not part


def _asks_score(asked: Reading) -> bool:
    """Return whether the last sentence of a question names a score, and asks for no count or share."""
    last = asked.sentences[-1:]
    scored = any(not words_of("mentions.scores").isdisjoint(asked.words_in(s)) for s in last)
    counts = words_of("mentions.in_percent") | words_of("mentions.counts_asked")
    return scored and not asked.quantities and not any(not counts.isdisjoint(asked.words_in(s)) for s in last)


def _can_be(reading: Reading, mention: Mention, unit: str, evidence: UnitFacts) -> bool:
    """Return whether a likely unit is one that a bare number can have: no share of more than all, and nothing that nobody spoke of.

    What is asked for in percent may be more than all. The background's facts speak for a unit that is said, and alone for none that is
    told by its name.
    """
    pointing = [fact for fact in evidence.units[unit] if fact.startswith(_POINTING)]
    spoken = family(unit) not in _NAMED or not pointing or not all(fact.startswith(KNOWN) for fact in pointing)
    if family(unit) == "money" and "of them" in evidence.around:
        return False
    return spoken and (unit != "percent" or mention.quantity.high <= A_WHOLE or _asks_in_percent(reading))


def _asks_in_percent(reading: Reading) -> bool:
    """Return whether the question asks for percent: "what percentage?", but not "seventy percent in what period?"."""
    asked = reading.asked
    if asked is None or any(q.unit == "percent" for q in asked.quantities):
        return False
    return any(not words_of("mentions.in_percent").isdisjoint(asked.words_in(s)) for s in asked.sentences[-1:])


def _least(unit: str, evidence: UnitFacts) -> float:
    """Return the least chance from which a unit is named."""
    return LEAST_CHANCE if _is_told(unit, evidence) else UNTOLD_CHANCE


def _rated(evidence: UnitFacts) -> dict[str, float]:
    """Return the logarithm of each unit's chance, by the facts about it and its family alone."""
    units, families = logistic("units.units"), choice("units.families")
    sums = dict(zip(families.names, families.sums(evidence.around), strict=True))
    return _normed({unit: units.sum(facts) + sums[family(unit)] for unit, facts in evidence.units.items()})


def _normed(sums: Mapping[str, float]) -> dict[str, float]:
    """Return sums less the logarithm of what they come to, so that they are logarithms of chances."""
    top = max(sums.values())
    whole = top + log(sum(exp(one - top) for one in sums.values()))
    return {unit: one - whole for unit, one in sums.items()}


def _is_told(unit: str, evidence: UnitFacts) -> bool:
    """Return whether anything points to a unit: a noun, another number, or words of its family in the sentence or the question."""
    named = _TOLD_BY.get(family(unit), ())
    return any(fact.startswith(_POINTING) for fact in evidence.units[unit]) or any(fact in evidence.around for fact in named)


def _point(reading: Reading, mentions: Sequence[Mention], mention: Mention) -> str:
    """Return "percentage point" if the turn is about shares and the number can be a difference of two, else "point"."""
    norms = set(reading.norms)
    shares = any(m.quantity.unit == "percent" for m in mentions) or words_of("mentions.percent") & norms
    counts = mention.quantity.high > MOST_POINTS or len(mention.quantity.text.split()) > POINT_WORDS  # "4,300 delivery points"
    scored = mention.quantity.whole is not None or words_of("mentions.score") & norms
    return "percentage point" if shares and not counts and not scored else "point"


def unit_facts(reading: Reading, mentions: Sequence[Mention], i: int) -> UnitFacts:
    """Return the units that mentions[i] may have, with the facts for or against them."""
    mention = mentions[i]
    nouns = nouns_around(reading, mention)
    facts: defaultdict[str, set[str]] = defaultdict(set)
    for unit, places in nouns.items():
        facts[unit].update(_of_noun(places))
    for unit, fact in (
        *_ranked(nouns),
        *_of_numbers(reading, mentions, i),
        *_of_earlier_numbers(reading, mention.quantity),
        *_of_last(reading, mention),
    ):
        facts[dollar(reading.background) if unit == "usd" else unit].add(fact)
    excluded = {other.quantity.unit for other in mentions if _is_own_change(other, mention)}
    for unit in ("percent", "person", "point", "item", "vendor", currency(reading)):
        if unit not in excluded:
            facts.setdefault(unit, set())
    around = dict.fromkeys(_circumstances(reading, mentions, i), 1.0)
    crossing = [circumstance for circumstance in _CROSSING if circumstance in around]
    return UnitFacts({unit: dict.fromkeys(_crossed(unit, sorted(found), crossing), 1.0) for unit, found in facts.items()}, around)


def _crossed(unit: str, found: Sequence[str], crossing: Sequence[str]) -> Iterator[str]:
    """Yield the facts about a candidate, and those that mean more of its family or in the circumstances `crossing`."""
    yield from found
    yield f"is called {unit}"
    for fact in found:
        if fact.startswith(_CROSSED):
            yield f"{family(unit)} {fact}"
            yield from (f"{fact}, {circumstance}" for circumstance in crossing)


def family(unit: str) -> str:
    """Return the family of a unit, one of FAMILIES."""
    return family_of(unit) or (unit if unit in _PLAIN else "count")


# The nouns


def _of_noun(places: Sequence[Place]) -> Iterator[str]:
    """Yield the facts about a noun's places: the nearest of each kind, and how often it is said."""
    for source, group in groupby(sorted(places), key=lambda p: p.source):
        here = list(group)
        yield f"{source} {_distance(here[0].distance)}"
        yield from ("same sentence" for _ in here[:1] if here[0].near and source == "here")
        yield from (f"{source} {mark}" for mark in here[0].marks)
        yield from (f"{source} twice" for _ in here[1:2])
    if len({p.source for p in places}) > 1:
        yield "said in several places"


def _ranked(nouns: Mapping[str, Sequence[Place]]) -> Iterator[tuple[str, str]]:
    """Yield the nearest nouns of each kind of place with their rank."""
    for source in ("here", "asked", "said", "after"):
        near = sorted((min(p.distance for p in places if p.source == source), unit) for unit, places in nouns.items()
                      if any(p.source == source for p in places))  # fmt: skip
        yield from ((unit, f"{source} number {rank}") for rank, (_, unit) in enumerate(near[:RANKS]))


def _distance(words: int) -> str:
    return str(next((n for n in _DISTANCES if words <= n), "far"))


# Other numbers


def _of_numbers(reading: Reading, mentions: Sequence[Mention], i: int) -> Iterator[tuple[str, str]]:
    """Yield the units of the other numbers of the turn, with their relation to this one."""
    mention = mentions[i]
    for other in mentions[max(0, i - NUMBERS) : i]:
        if other.unit is not None and not _is_own_change(other, mention):
            told = " of a window" if other.window else " with its unit" if other.quantity.unit else ""
            yield other.unit, f"number {_distance(mention.at - other.after)}{told}"
    for last in mentions[max(0, i - 1) : i]:
        if last.unit is not None and not _is_own_change(last, mention):
            yield from ((last.unit, f"number right before{mark}") for mark, holds in _to_last(reading, last, mention) if holds)
    for other in mentions[i + 1 : i + 3]:
        if other.unit is not None and not _is_own_change(other, mention):
            yield other.unit, f"next number {_distance(other.at - mention.after)}{' of a window' if other.window else ''}"
    for other in mentions[i + 1 : i + 2]:
        if other.unit is not None and other.sentence == mention.sentence and _is_part(reading, mention, other):
            yield other.unit, "part of the next number"


def _is_own_change(change: Mention, mention: Mention) -> bool:
    """Return whether a number is by how much others change, and so none of their kind: "we doubled it, from twenty to forty"."""
    stated, told = change.quantity, mention.quantity
    if stated.unit == "times":
        return stated.change is not None
    if stated.unit != "percent" or told.baseline is None or told.unit is not None:
        return False
    fits = check_change(stated.low, "percent", told.baseline.low, told.low)
    return fits is not None and fits.holds


def _to_last(reading: Reading, last: Mention, mention: Mention) -> Iterator[tuple[str, bool]]:
    """Yield the possible relations of a number to the one right before it, and whether each holds."""
    yield "", True
    yield ", of like size", is_near(last, mention)
    yield ", goes on", goes_on(reading, last, mention)
    yield ", told as one thing", told_form(reading, last, mention) in {"later", "earlier", "corrected"}
    yield ", at another time", None not in {last.when, mention.when} and last.when != mention.when
    yield ", in the next sentence", last.sentence.last == mention.sentence.first
    yield ", after a word", mention.at - last.after <= WORDS_ON
    yield ", same rate", mention.quantity.period is not None and last.quantity.period == mention.quantity.period


def _is_part(reading: Reading, mention: Mention, other: Mention) -> bool:
    """Return whether a number is a part of the next: "thirty-seven of the thirty-nine drums", "two of our six solvers"."""
    between = reading.norms[mention.after : other.at]
    inside = reading.tokens[mention.after - 1].norm == "of" or "of" in between
    return inside and len(between) <= PART_WORDS


def _of_earlier_numbers(reading: Reading, quantity: Quantity) -> Iterator[tuple[str, str]]:
    """Yield the units of the numbers of earlier turns, and of the same number or its whole, wherever either was said with one."""
    yield from _units_before(reading)
    told = _told_with_unit(reading)
    same = sorted(row for high in {quantity.high, quantity.whole} for row in told.get(high, ()))
    yield from ((unit, "same number said with it") for _, unit in same)


def _of_last(reading: Reading, mention: Mention) -> Iterator[tuple[str, str]]:
    """Yield the unit of the number that a customer told last before this turn, its own or implied, with its relation to this one."""
    back, last = _told_lately(reading)
    if last is None or last.unit is None:
        return
    place = "first" if mention.quantity is reading.quantities[0] and not mention.sentence.first else "later"
    yield from ((last.unit, f"last told{mark}, {place}") for mark, holds in _to_told(reading, back, last, mention) if holds)


def _to_told(reading: Reading, back: int, last: Mention, mention: Mention) -> Iterator[tuple[str, bool]]:
    """Yield the possible relations of a number to the last one told `back` turns before, and whether each holds."""
    low, high = sorted((float(last.quantity.high), float(mention.quantity.high)))
    ratio = high / max(low, 0.5)
    asked = len(reading.question.split()) if back == LATELY else 0
    yield "", True
    yield " right before", back == 1
    yield " but for a word", 0 < asked <= A_WORD
    yield " but for a few words", A_WORD < asked <= A_FEW
    yield " of the same size", ratio <= SAME_SIZE
    yield " of like size", SAME_SIZE < ratio <= LIKE_SIZE
    yield " close by and alike", ratio <= LIKE_SIZE and (back == 1 or 0 < asked <= A_WORD)


@once
def _told_lately(reading: Reading) -> tuple[int, Mention | None]:
    """Return how many turns back the customer told a number last, and that number with its unit; (0, None) if not lately."""
    for back in range(1, min(RECALL, len(reading.before)) + 1):
        before = reading.before[-back]
        if before.is_customer and before.quantities:
            start = len(reading.before) - back
            told = in_units(replace(before, before=reading.before[max(0, start - RECALL) : start]))
            return back, told[-1] if told else None
    return 0, None


@lru_cache(maxsize=16)
def _known(background: Background) -> Sequence[str]:
    """Return the units of the numbers of the background's facts."""
    return sorted({unit for fact in background.customer.facts for q in find_quantities(fact) if (unit := unit_of(q))})


@once
def _units_before(reading: Reading) -> Sequence[tuple[str, str]]:
    """Return the units of the numbers of earlier turns, each with what is known of such a number."""
    return tuple(dict.fromkeys(_of_numbers_before(reading)))


def _of_numbers_before(reading: Reading) -> Iterator[tuple[str, str]]:
    for n, before in enumerate(reversed(reading.before)):
        who = "said" if before.is_customer else "asked"
        when = " lately" if n < LATELY else "" if n < TURNS else " long ago"
        yield from ((unit, f"number {who}{when}") for q in before.quantities if (unit := unit_of(q)))
    yield from ((unit, KNOWN) for unit in _known(reading.background))
    for old in reading.asked.quantities if reading.asked else ():
        if unit := unit_of(old) or unit_said(reading, old) or _unit_implied(reading, old):
            yield unit, "number of the question"


def _unit_implied(reading: Reading, quantity: Quantity) -> str | None:
    """Return the unit that a number had by its context where a customer said it last before, None if none did."""
    for n in range(len(reading.before) - 1, -1, -1):
        before = reading.before[n]
        if before.is_customer and any(q.value == quantity.value for q in before.quantities):
            told = in_units(replace(before, before=reading.before[max(0, n - RECALL) : n]))
            return next((m.unit for m in told if m.quantity.value == quantity.value), None)
    return None


@once
def _told_with_unit(reading: Reading) -> Mapping[Decimal | None, Sequence[tuple[int, str]]]:
    """Return the units of the numbers of a turn and the turns before, by value, each with its place among them."""
    told: defaultdict[Decimal | None, list[tuple[int, str]]] = defaultdict(list)
    for place, old in enumerate(old for seen in (reading, *reading.before) for old in seen.quantities if old.high > SMALL):
        if unit := unit_of(old):
            told[old.high].append((place, unit))
    return told


# The number itself


def _circumstances(reading: Reading, mentions: Sequence[Mention], i: int) -> list[str]:
    """Return the named facts about a number that indicate its family of units."""
    mention, quantity = mentions[i], mentions[i].quantity
    sentence = mention.sentence
    around = [f"size>{size}" for size in _SIZES if quantity.high > size]
    around += [name for name, holds in _marks(reading, mention).items() if holds]
    around += [f"led by {norm}" for norm in reading.norms[max(sentence.first, mention.at - 2) : mention.at]]
    around += [f"sentence word {norm}" for norm in dict.fromkeys(reading.words_in(sentence))]
    around += _asked(reading)
    around += [f"sentence of {name}" for name in _kinds_in(reading.words_in(sentence))]
    around += _kinds_asked(reading)
    others = {family(m.unit) for m in (*mentions[max(0, i - NUMBERS) : i], *mentions[i + 1 : i + 1 + NUMBERS]) if m.unit}
    return [*around, *(f"{name} in the turn" for name in ("percent", "money", "time") if name in others)]


@once
def _asked(reading: Reading) -> Sequence[str]:
    """Return the named facts about what the question asks of a number."""
    question = reading.question.lower()
    return [f"asked {name}" for name, holds in _asks().items() if holds(question)]


@once
def _kinds_asked(reading: Reading) -> Sequence[str]:
    """Return the named facts about the last words of the question."""
    return [f"question of {name}" for name in _kinds_in(_WORD.findall(reading.question.lower())[-ASKED:])]


def _kinds_in(words: Sequence[str]) -> Iterator[str]:
    """Yield the kinds of number that words speak of."""
    yield from (
        name for name in ("score", "percent", "money", "money_large", "choosing") if not words_of(f"mentions.{name}").isdisjoint(words)
    )


def _marks(reading: Reading, mention: Mention) -> dict[str, bool]:
    """Return the basic facts about a number's form and place."""
    quantity = mention.quantity
    inside = set(reading.norms[mention.at : mention.after])
    tail = reading.norms[mention.after : mention.after + 2]
    return {
        "decimal": quantity.high % 1 != 0,
        "rate": quantity.period is not None,
        "of a whole": quantity.whole is not None,
        "of": "of" in inside or tail[:1] == ("of",),
        "of them": not {"them", "those", "these"}.isdisjoint({*inside, *tail}),
        "of us": not {"us", "you"}.isdisjoint({*inside, *tail}),
        "first number": quantity is reading.quantities[0],
    }


@cache
def _asks() -> Mapping[str, Callable[[str], object]]:
    """Return, for each kind of question about a number, the search that recognises it."""
    return {name: re.compile(pattern).search for name, pattern in table_of("mentions.number_asked").items()}
