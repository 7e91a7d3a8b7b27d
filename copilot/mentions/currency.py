"""The currency of a call: the one mentioned most, else the background's, or that of the customer's country."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache

from ..background import Background
from ..findings import Metric
from ..lexicon import table_of, words_of
from ..quantities import Quantity, find_quantities
from ..quantities.words import lists
from ..reading import Reading, once
from ..text import norms
from ..turns import Turn
from .mention import currencies

__all__ = ["currencies_named", "currency", "dollar", "in_call_currency", "in_cents", "named_at_home", "tells_currency"]

_CROWNS = frozenset({"nok", "sek", "dkk", "isk", "czk"})
_CENTS = re.compile(r"\bcents?\b", re.IGNORECASE)


@lru_cache(maxsize=16)
def dollar(background: Background) -> str:
    """Return the dollar of the customer's country."""
    return _by_place(background, "dollars") or "usd"


def named_at_home(unit: str, background: Background) -> str:
    """Return the currency that a name shared by several means in the customer's country: dollars, and crowns under all their names."""
    if unit == "usd":
        return dollar(background)
    crowns = [home for home in _places(background, "homes") if home in _CROWNS] if unit in _CROWNS | {"crown"} else []
    return unit if unit in crowns or not crowns else crowns[0]


@once
def currency(reading: Reading) -> str:
    """Return the currency of the call: the one mentioned most, of several the last one, else the one that the background's facts use."""
    told = [q for seen in (reading, *reversed(reading.before)) for q in seen.quantities if q.unit in currencies() and not in_cents(q)]
    if told:
        unit, _ = Counter(q.unit for q in told if q.unit).most_common(1)[0]
        return named_at_home(unit, reading.background)
    return _home_currency(reading.background) or _named_currency(reading) or "usd"


def currencies_named(reading: Reading) -> frozenset[str]:
    """Return the currencies that a turn names, with an amount or on their own; pounds of something are a weight."""
    text = reading.turn.text
    told = {
        named_at_home(q.unit, reading.background)
        for q in reading.quantities
        if q.unit in currencies() and not in_cents(q) and not text.startswith(" of ", q.end)
    }
    alone = {_names()[t.norm] for t in reading.tokens if t.norm in _names() and reading.quantity_at(t.start) is None}
    return frozenset(told | alone)


def in_call_currency(metrics: Sequence[Metric], named: Counter[str], background: Background) -> tuple[Metric, ...]:
    """Return metrics, those in a currency that nobody named in that which the call names most, in `named` by how many turns do."""
    own = {*named, _home_currency(background)}
    if not named:
        return tuple(metrics)
    unit, _ = named.most_common(1)[0]
    return tuple(_in_currency(m, unit) if m.unit in currencies() - own and not _tells_its_own(m) else m for m in metrics)


def _tells_its_own(metric: Metric) -> bool:
    """Return whether the words of an amount have a currency."""
    return any(q.unit in currencies() for q in find_quantities(metric.text))


def _in_currency(metric: Metric, unit: str) -> Metric:
    """Return an amount, and the one before it, in another currency, as it was told without any."""
    before = metric.baseline
    moved = before.model_copy(update={"unit": unit}) if before is not None and before.unit == metric.unit else before
    return metric.model_copy(update={"unit": unit, "baseline": moved})


def tells_currency(turns: Iterable[Turn], background: Background) -> bool:
    """Return whether the call or the background tells in which currency an amount is that is told without one."""
    words = frozenset(lists().currencies)
    return _home_currency(background) is not None or any(
        not words.isdisjoint(norms(turn.text)) or any(q.unit in currencies() for q in find_quantities(turn.text)) for turn in turns
    )


def in_cents(quantity: Quantity) -> bool:
    """Return whether an amount is in cents, which several currencies have."""
    return quantity.unit == "usd" and _CENTS.search(quantity.text) is not None


@cache
def _names() -> Mapping[str, str]:
    """Return the currencies that words name on their own."""
    return {word: unit for unit, words in table_of("mentions.currencies").items() for word in words.split()}


def _named_currency(reading: Reading) -> str | None:
    """Return the currency that somebody last named on its own, without a number."""
    for seen in (reading, *reversed(reading.before)):
        norms = set(seen.norms)
        for unit in table_of("mentions.currencies"):
            if norms & words_of(f"mentions.currencies.{unit}"):
                return unit
    return None


@lru_cache(maxsize=16)
def _home_currency(background: Background) -> str | None:
    """Return the currency of the background's facts, else that of the customer's country, None if neither is known."""
    facts = " ".join(background.customer.facts)
    for sign, unit in (("£", "gbp"), ("€", "eur"), ("$", "usd"), ("euro", "eur"), ("pound", "gbp")):
        if sign in facts:
            return dollar(background) if unit == "usd" else unit
    return _by_place(background, "dollars") or _by_place(background, "homes")


def _by_place(background: Background, kind: str) -> str | None:
    """Return the currency whose places the background names, of several the first of the list."""
    return next(iter(_places(background, kind)), None)


def _places(background: Background, kind: str) -> list[str]:
    """Return the currencies whose places the background names. The lists write places of several words with hyphens."""
    words = re.findall(r"[a-z]+", " ".join((*background.customer.facts, background.customer.industry or "")).lower())
    named = {"-".join(words[n : n + length]) for length in (1, 2, 3) for n in range(len(words))}
    return [unit for unit, places in table_of(f"mentions.{kind}").items() if not named.isdisjoint(places.split())]
