"""A text as words and the gaps between them, and the word lists of `copilot/data/quantities.yaml`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import chain
from typing import NamedTuple, cast

from ..lexicon import load_data, words_of
from ..text import Token
from .notation import has_decimal_commas

__all__ = ["SIGNS", "Lists", "Words", "lists"]

SIGNS = "$£€¥₹₩₱฿₪₺₦"
"""The signs of currencies that are one character."""


class Words:
    """The tokens of a text, safe to index past either end, which gives an empty word."""

    __slots__ = ("norms", "said", "text", "tokens")

    def __init__(self, text: str, tokens: Sequence[Token], said: Sequence[Sequence[str]] = ()) -> None:
        """Keep the text and its tokens; `said` are the norms of what its speaker said before."""
        self.text = text
        self.tokens = tokens
        self.norms = [t.norm for t in tokens]
        self.said = said

    def has_decimal_commas(self) -> bool | None:
        """Return whether the speaker's numbers have commas before decimals and never points, None if nothing tells."""
        return has_decimal_commas(chain(self.norms, *self.said))

    def norm(self, i: int) -> str:
        """Return word i in lower case, "" outside the text."""
        return self.norms[i] if 0 <= i < len(self.norms) else ""

    def raw(self, i: int) -> str:
        """Return word i as written."""
        token = self.tokens[i]
        return self.text[token.start : token.end]

    def gap(self, i: int) -> str:
        """Return the text between word i - 1 and word i."""
        if i > len(self.tokens):
            return ""
        start = self.tokens[i - 1].end if i > 0 else 0
        end = self.tokens[i].start if i < len(self.tokens) else len(self.text)
        return self.text[start:end]

    def joined(self, i: int) -> bool:
        """Return whether only white space or a hyphen lies between word i and the one before."""
        return 0 < i < len(self.tokens) and self.gap(i).strip(" \t\n-\u2011") == ""


class Lists(NamedTuple):
    """The word lists, ready for lookup."""

    units: Mapping[str, str]
    currencies: Mapping[str, str]
    marks: Mapping[str, str]
    sum_marks: Mapping[str, str]
    dotted: frozenset[str]
    subunits: Mapping[str, str]
    two_words: Mapping[tuple[str, str], str]
    compounds: Mapping[str, frozenset[str]]
    lengths: Mapping[str, tuple[int, str]]
    plurals: Mapping[str, str]
    not_plural: frozenset[str]
    runs: frozenset[str]
    invariable: frozenset[str]
    level: frozenset[str]
    standing: frozenset[str]
    being: frozenset[str]
    rising: frozenset[str]
    noon: frozenset[str]
    coins: frozenset[str]
    stops: frozenset[str]
    resuming: frozenset[str]
    leading: frozenset[str]
    gauging: frozenset[str]
    little: frozenset[str]
    degree: frozenset[str]
    weekdays: frozenset[str]
    between: frozenset[str]
    determiners: frozenset[str]
    several: frozenset[str]
    of_years: frozenset[str]
    before: frozenset[str]
    after: frozenset[str]
    hedge_fillers: frozenset[str]
    corrections: frozenset[str]
    correction_fillers: frozenset[str]
    correction_pronouns: frozenset[str]
    retractions: frozenset[str]
    subjects: frozenset[str]
    of_what: frozenset[str]
    labels: frozenset[str]
    versioned: frozenset[str]
    sized: frozenset[str]
    month_names: tuple[str, ...]
    months: frozenset[str]
    clock: frozenset[str]
    enumerations: frozenset[str]
    persons: frozenset[str]
    at_least: frozenset[str]
    at_most: frozenset[str]
    down: frozenset[str]
    up: frozenset[str]
    briefly: frozenset[str]
    teens: frozenset[str]
    often: frozenset[str]
    priced: frozenset[str]
    beside: frozenset[str]
    minded: frozenset[str]
    pictures: frozenset[str]
    sums: frozenset[str]
    rating: frozenset[str]
    told_as: frozenset[str]
    numbered: frozenset[str]
    pointed: frozenset[str]
    ordinals: frozenset[str]
    wholes: frozenset[str]
    after_half: frozenset[str]
    crowds: frozenset[str]
    making: frozenset[str]
    one_person: frozenset[str]
    times_told: frozenset[str]
    compared: frozenset[str]
    before_clock: frozenset[str]
    clock_verbs: frozenset[str]
    before_year: frozenset[str]
    before_minus: frozenset[str]
    joining_hedges: frozenset[str]
    joining_copulas: frozenset[str]
    restarting: frozenset[str]
    fillers: frozenset[str]
    weighty: frozenset[str]
    pointing: frozenset[str]
    periods: frozenset[str]
    spaced: frozenset[str]
    before_unit: frozenset[str]
    before_half: frozenset[str]
    going_up: frozenset[str]
    before_hundred: frozenset[str]
    ranging: frozenset[str]
    changing: frozenset[str]
    rising_by: frozenset[str]
    falling_by: frozenset[str]
    lasting: frozenset[str]
    aged: frozenset[str]
    tails: tuple[tuple[str, ...], ...]
    onward: frozenset[str]
    backward: frozenset[str]
    operators: frozenset[str]
    weak_operators: frozenset[str]
    equals: frozenset[str]
    reckoning_fillers: frozenset[str]


def _inverted(rows: Mapping[str, str]) -> dict[str, str]:
    return {word: name for name, words in rows.items() for word in words.split()}


@cache
def lists() -> Lists:
    """Return the word lists."""
    data = load_data("quantities")
    words = {name: words_of(f"quantities.{name}") for name, row in data.items() if isinstance(row, str)}
    return Lists(
        units=_inverted(data["units"]),
        currencies=_inverted(data["currencies"]),
        marks=data["marks"],
        sum_marks=data["sum_marks"],
        subunits=data["subunits"],
        two_words={cast("tuple[str, str]", tuple(k.split())): v for k, v in data["two_words"].items()},
        compounds={unit: frozenset(words.split()) for unit, words in data["compounds"].items()},
        lengths={k: (int(v.split()[0]), v.split()[1]) for k, v in data["lengths"].items()},
        plurals=data["plurals"],
        before=words_of("quantities.approximate.before"),
        after=words_of("quantities.approximate.after"),
        month_names=tuple(data["months"]["names"].split()),
        months=words_of("quantities.months.names") | words_of("quantities.months.short"),
        tails=tuple(tuple(tail.split()) for tail in data["tails"]),
        onward=words_of("quantities.onward"),
        backward=words_of("quantities.backward"),
        **words,
    )
