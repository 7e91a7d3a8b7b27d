"""Give bare numbers the unit that the words around them, or the question, give them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import cast

from ..background import Background
from ..lexicon import load_data
from ..quantities import Quantity, singular
from ..quantities.units import DURATIONS, is_plural
from ..quantities.words import Lists, lists
from ..reading import Reading
from ..text import Token
from .mention import CURRENCIES, Mention, goes_on, is_near, is_precise, words_of

__all__ = ["dollar", "with_unit"]


MOST_POINTS = 100  # percentage points
_LARGE = 1000  # from which a bare number of a clause about losing or saving is money
_MONEY_ASKED = re.compile(
    r"\b(?:how much|costs?|budget|prices?|spend|money|dollars?|euros?|bill|revenue|savings?|worth|fees?)\b", re.IGNORECASE
)
_ANTECEDENT = 40  # words
_ASKED = 30  # words
_GOES_ON = 28  # words after a number within which the next one has its unit
_SAME_UNIT = 45  # words back to a number whose unit a bare one takes
_HEADLINE = 3  # words
_STATISTIC = 5  # words
POINT_WORDS = 4  # words of a number of points, from which something else is counted


def with_unit(reading: Reading, mentions: Sequence[Mention], i: int) -> Mention:
    """Give a bare number the unit that its context gives it."""
    mention = mentions[i]
    steps: tuple[Callable[[], str | None], ...] = (
        lambda: _unit_referred(reading, mention),
        lambda: _noun_right_before(reading, mention),
        lambda: _unit_here(reading, mention),
        lambda: _unit_continued(reading, mentions, i),
        lambda: _noun_asked(reading),
        lambda: _noun_headlined(reading, mention),
        lambda: _noun_before(reading, mention),
        lambda: _unit_before(mentions, i),
        lambda: _unit_asked(reading, mention.quantity.high),
    )
    unit = next((u for u in (step() for step in steps) if u), None)
    if mention.unit == "point":
        shares = any(m.quantity.unit == "percent" for m in mentions) or words_of("percent") & {t.norm for t in reading.tokens}
        counts = mention.quantity.high > MOST_POINTS or len(mention.quantity.text.split()) > POINT_WORDS  # "4,300 delivery points"
        scored = mention.quantity.whole is not None or words_of("score") & {t.norm for t in reading.tokens}
        return replace(mention, unit="percentage point" if shares and not counts and not scored else "point")
    return replace(mention, unit=unit, inferred=True)


def _unit_referred(reading: Reading, mention: Mention) -> str | None:
    """Return what "of them", "of those" and "of that" refer to: the nearest plural noun before, or that of the question."""
    tail = [t.norm for t in reading.tokens[mention.at : mention.after + 2]]
    if "of" not in tail or not {"them", "those", "these", "that"} & set(tail):
        return None
    return _noun_among(reading.tokens[max(0, mention.at - _ANTECEDENT) : mention.at]) or next(
        (noun for b in reversed(reading.before[-2:]) if not b.is_customer and (noun := _noun_among(b.tokens[-_ASKED:]))), None
    )


def _noun_among(tokens: Sequence[Token]) -> str | None:
    """Return the unit of the last plural noun of some words."""
    known = lists()
    units = (_unit_of_noun(t.norm, known) for t in reversed(tokens) if t.norm not in words_of("no_antecedents"))
    return next((unit for unit in units if unit), None)


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
    asked = _MONEY_ASKED.search(reading.question) if quantity is reading.quantities[0] else None
    if quantity.high >= _LARGE and (asked or held & words_of("money_large")):
        return _currency(reading)
    if (held & words_of("money") and quantity.high >= 20) or (quantity.high >= 10**6 and "million" in quantity.text.lower()):
        return _currency(reading)
    lead = [t.norm for t in reading.tokens[max(0, mention.at - 3) : mention.at]]
    if lead[-1:] == ["we're"] or lead[-2:] == ["we", "are"]:
        return "person"
    return None


def _unit_continued(reading: Reading, mentions: Sequence[Mention], i: int) -> str | None:
    """Return the unit of the number before in the same sentence or the next, where this one goes on from it."""
    mention = mentions[i]
    for other in reversed(mentions[:i]):
        if other.window or other.unit == "times":
            continue
        if other.unit is None or mention.at - other.after > _GOES_ON:
            return None
        if (other.unit == "percent" and mention.quantity.high > 100) or (
            other.unit in DURATIONS and not goes_on(reading, other, mention) and not _is_statistic(reading, mention)
        ):
            return None
        precise = is_precise(mention) and not is_precise(other) and other.unit not in {"percent", *CURRENCIES, *DURATIONS}
        return other.unit if is_near(other, mention) and not precise and mention.when is not None else None
    return None


def _is_statistic(reading: Reading, mention: Mention) -> bool:
    """Say whether a number is a statistic of what was just said: "the median was two", "the slowest one was fourteen"."""
    lead = {t.norm for t in reading.tokens[max(mention.sentence.first, mention.at - _STATISTIC) : mention.at]}
    return bool(lead & words_of("statistics"))


def _unit_before(mentions: Sequence[Mention], i: int) -> str | None:
    """Return the unit of the nearest number before of a like size; a decimal that has none is a percentage."""
    if is_precise(mentions[i]) and mentions[i].quantity.high <= 100:
        return "percent"
    for other in reversed(mentions[:i]):
        if other.unit not in {None, "times"} and not other.window and is_near(other, mentions[i]):
            if other.unit == "percent" and mentions[i].quantity.high > 100:
                continue
            return other.unit if mentions[i].at - other.after <= _SAME_UNIT and other.unit not in DURATIONS else None
    return None


def _noun_right_before(reading: Reading, mention: Mention) -> str | None:
    """Return the plural noun that a bare number follows at once: "Drivers, 118", "calls were 11,400 a month"."""
    known = lists()
    at = mention.at
    while at > mention.sentence.first and reading.tokens[at - 1].norm in {
        "were",
        "are",
        "was",
        "is",
        "about",
        "around",
        "to",
        "at",
        "averaged",
        "roughly",
        "of",
        "total",
    }:
        at -= 1
    if at <= mention.sentence.first:
        return None
    return _unit_of_noun(reading.tokens[at - 1].norm, known)


def _unit_of_noun(noun: str, known: Lists) -> str | None:
    if not is_plural(noun, known) or noun in known.stops or noun in known.enumerations or noun[:-1] in words_of("never_nouns"):
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


_HOW_MANY = re.compile(
    r"how many (?:more |other |different |of (?:the |those |these |your )?)?((?:[a-z'-]+ ){0,2}?[a-z'-]+)\b", re.IGNORECASE
)


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


_ABOUT = re.compile(r"\b(?:what (?:are|were)|number of|what about|how about)(?: the| your| all| those)? ([a-z'-]+)\b", re.IGNORECASE)


def _noun_headlined(reading: Reading, mention: Mention) -> str | None:
    """Return the plural noun of a fragment before, or of a question after nothing else: "Passwords. A teacher had six"."""
    known = lists()
    for sentence in reversed([s for s in reading.sentences if s.last <= mention.sentence.first][-2:]):
        if 0 < sentence.last - sentence.first <= _HEADLINE:
            unit = _noun_among(reading.tokens[sentence.first : sentence.last])
            if unit:
                return unit
    if mention.quantity is not reading.quantities[0]:
        return None
    asked = (_unit_of_noun(noun, known) for noun in reversed(_ABOUT.findall(reading.question.lower())))
    return next((unit for unit in asked if unit), None)


def _unit_asked(reading: Reading, high: Decimal) -> str | None:
    """Return the unit that the question is about: a percentage, money, or that of the number in it."""
    question = reading.question.lower()
    if re.search(
        r"\bhow big\b.*\bteam\b|\bteam\b.*\bhow big\b|\byour team\b|\bhow many people\b|\bheadcount\b|\bhow many of you\b|\baround you\b",
        question,
    ):
        return "person"
    if high <= 100 and re.search(r"\bpercent(?:age)?\b|\bproportion\b|\bwhat share\b|\brate\b", question):
        return "percent"
    if _MONEY_ASKED.search(question):
        return _currency(reading)
    for before in reversed(reading.before[-3:]):
        units = [q.unit for q in before.quantities if _is_carried(q, high)]
        if units:
            return units[-1]
    return None


def _is_carried(quantity: Quantity, high: Decimal) -> bool:
    """Say whether a bare number of a later turn can have the unit of a quantity."""
    unit = quantity.unit
    return unit is not None and unit not in DURATIONS and unit != "times" and not (unit == "percent" and high > 100)


@lru_cache(maxsize=16)
def dollar(background: Background) -> str:
    """Return the dollar of the customer's country."""
    return _by_place(background, "dollars") or "usd"


def _currency(reading: Reading) -> str:
    """Return the currency of the call: the last that was heard, else the one that the background's facts use."""
    for seen in (reading, *reversed(reading.before)):
        for quantity in seen.quantities:
            if quantity.unit is not None and quantity.unit in CURRENCIES:
                return dollar(reading.background) if quantity.unit == "usd" else quantity.unit
    return _home_currency(reading.background) or _named_currency(reading) or "usd"


def _named_currency(reading: Reading) -> str | None:
    """Return the currency that somebody named last without a number that was read with it."""
    for seen in (reading, *reversed(reading.before)):
        norms = {t.norm for t in seen.tokens}
        for unit in ("gbp", "eur"):
            if norms & words_of(f"currencies.{unit}"):
                return unit
    return None


@lru_cache(maxsize=16)
def _home_currency(background: Background) -> str | None:
    """Return the currency of the background's facts, or of the customer's country, where they tell."""
    facts = " ".join(background.customer.facts)
    for sign, unit in (("£", "gbp"), ("€", "eur"), ("$", "usd"), ("euro", "eur"), ("pound", "gbp")):
        if sign in facts:
            return dollar(background) if unit == "usd" else unit
    return _by_place(background, "dollars") or _by_place(background, "homes")


def _by_place(background: Background, kind: str) -> str | None:
    """Return the currency whose places the background names."""
    words = set(re.findall(r"[a-z]+", " ".join((*background.customer.facts, background.customer.industry or "")).lower()))
    rows = cast("Mapping[str, Mapping[str, str]]", load_data("mentions"))[kind]
    return next((unit for unit, places in rows.items() if words & set(places.split())), None)
