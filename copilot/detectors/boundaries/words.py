"""Words in and around a boundary: their lists, the stems by which one names something, and how many say something."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from ...lexicon import function_words, load_data, words_of
from ...reading import Reading
from ...text import Token, stem

__all__ = ["ANSWER", "SUBSTANCE", "TOLD", "Said", "akin", "as_said", "lists", "stems_of", "substance", "told_by"]

SUBSTANCE = 3  # words, fillers aside, that say something
ANSWER = 4  # fewest words of a turn that can contain what a boundary bars
TOLD = 12  # words, fillers aside, of what is barred that a boundary shows
ASKING = "'"  # stands before the stem of a word with which people ask, where it may name something
Said = Mapping[str, Sequence[int]]  # a word's stem -> the customers' turns that contain it, in order


class Lists(NamedTuple):
    """The word lists for judging boundaries."""

    kept: frozenset[str]
    points: frozenset[str]
    data: frozenset[str]
    which: frozenset[str]
    known: frozenset[str]
    mine_or_theirs: frozenset[str]
    demonstrative: frozenset[str]
    several: frozenset[str]
    listing: frozenset[str]
    regarding: frozenset[str]
    secret: frozenset[str]
    told_to: frozenset[str]
    reporting: frozenset[str]
    side: frozenset[str]
    tellers: frozenset[str]
    written: frozenset[str]
    binding: frozenset[str]
    each: frozenset[str]
    partly: frozenset[str]
    dread: frozenset[str]
    mine: frozenset[str]
    may: frozenset[str]
    quoting: frozenset[str]
    filler: frozenset[str]
    subject: frozenset[str]
    verb: frozenset[str]
    stop: frozenset[str]
    after: frozenset[str]
    telling: frozenset[str]
    pointing: frozenset[str]
    named: frozenset[str]
    person: frozenset[str]
    media: frozenset[str]
    replacing: frozenset[str]
    entreating: frozenset[str]
    agreeing: frozenset[str]
    turning: frozenset[str]
    assent: frozenset[str]
    denial: frozenset[str]
    pausing: frozenset[str]
    recording: frozenset[str]
    records: frozenset[str]
    bidding: frozenset[str]
    asking: frozenset[str]
    hedging: frozenset[str]
    waits: frozenset[str]
    narrowing: frozenset[str]
    forward: frozenset[str]
    topical: frozenset[str]
    copula: frozenset[str]
    counting: frozenset[str]
    he_or_she: frozenset[str]
    topic: frozenset[str]
    joining: frozenset[str]
    linking: frozenset[str]


@cache
def lists() -> Lists:
    """Return the word lists of the data file."""
    return Lists(*(words_of(f"boundaries.lists.{name}") for name in Lists._fields))


def substance(reading: Reading, first: int, last: int) -> int:
    """Return how many of tokens[first:last] say something; a name within a sentence counts twice."""
    said = [i for i in range(first, last) if reading.tokens[i].norm not in lists().filler]
    return len(said) + sum(i > first and reading.turn.text[reading.tokens[i].start].isupper() for i in said)


@lru_cache(maxsize=8192)
def _stem(word: str) -> str:
    """Return a word without its endings, so that "the fine" matches "they fined us"; a number is unchanged."""
    return word if word[0].isdigit() else stem(word.removesuffix("'s"))


@cache
def _common_words() -> frozenset[str]:
    """Return the words of any sentence, which name nothing."""
    words = lists()
    return function_words() | words.stop | words.media | words.filler | (words.pointing - words.topical)


@cache
def _plain_words() -> frozenset[str]:
    """Return the words that name nothing where something is asked: common words, and those of the phrases themselves."""
    data: dict[str, list[str]] = load_data("boundaries")["phrases"]
    labels = [label for label in data if label.startswith(("back", "ahead", "reach"))]
    return _common_words().union(w for label in labels for row in data[label] for part in row.split() for w in part.split("|"))


def stems_of(tokens: Sequence[Token]) -> set[str]:
    """Return the stems of the words that name something."""
    return _stems(tokens, _plain_words())


def told_by(tokens: Sequence[Token]) -> set[str]:
    """Return the stems of the words that say what is told: those of the phrases too, marked, which may name something, as "price" does."""
    named = stems_of(tokens)
    return named | {f"{ASKING}{stem}" for stem in _stems(tokens, _common_words()) - named}


def _stems(tokens: Sequence[Token], plain: frozenset[str]) -> set[str]:
    return {_stem(t.norm) for t in tokens if len(t.norm) > 1 and plain.isdisjoint(_forms(t.norm))}


def _forms(word: str) -> tuple[str, ...]:
    """Return a word, and what it may be a plural, a third person or a short form of."""
    return (word, word.removesuffix("s"), word.partition("'")[0])


def as_said(names: Collection[str], said: Said) -> set[str]:
    """Return stems, in place of one that nobody has said those of words that mean much the same: "layoffs" for "we let people go"."""
    return {near for name in names for near in ((name,) if name in said else akin(name))}


def akin(name: str) -> Collection[str]:
    """Return a stem and those of the words that mean much the same."""
    return _alike().get(name, (name,))


@cache
def _alike() -> Mapping[str, frozenset[str]]:
    """Return for the stem of a word those of the words that mean much the same."""
    rows: Sequence[str] = load_data("boundaries")["alike"]
    groups = [frozenset(map(_stem, row.split())) for row in rows]
    return {name: group for group in groups for name in group}
