"""The plural nouns that a bare number may count: those around it and those of the turns before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from ..lexicon import function_words, words_of
from ..quantities import singular
from ..quantities.units import DURATIONS, compound, is_plural, plural
from ..quantities.words import lists
from ..reading import Reading, once
from .mention import Mention

__all__ = ["LATELY", "TURNS", "Place", "nouns_around", "subject_of"]

BACK = 160  # words before a number, in its turn, among which nouns are looked for
AHEAD = 10  # words after it, in its sentence
EARLIER = 120  # words of earlier turns
TURNS = 6  # earlier turns
LATELY = 2  # latest of these, which count as recent
SHORT = 3  # most letters of a word that is no noun by itself
_SINGLE = frozenset({"one", "each", "every", "per", "another"})
_TOPIC_LEADS = frozenset({"in", "the", "and", "our", "of", "on", "as", "for"})  # words that may come before a noun that opens its sentence
TOPIC_WORDS = 2  # most of them
AFTERTHOUGHT = 2  # most words after a phrase that is a sentence by itself: "for instance"
MODIFIERS = 2  # most words of a phrase before its noun
ASKED_WORDS = 5  # most words from "how many" to its noun
_NUMBER_OF = frozenset({("how", "many"), ("number", "of"), ("how", "few")})


class Place(NamedTuple):
    """A candidate's place: which words, how far away, whether in the number's sentence, and what else marks it there.

    `marks` are among "opening" (its sentence) and "how many" (asked for).
    """

    source: str
    distance: int
    near: bool = False
    marks: tuple[str, ...] = ()


def nouns_around(reading: Reading, mention: Mention) -> dict[str, list[Place]]:
    """Return the units of the plural nouns around a number and in earlier turns, each with its places."""
    found: defaultdict[str, list[Place]] = defaultdict(list)
    sentence = mention.sentence
    for n in range(mention.at - 1, max(-1, mention.at - BACK), -1):
        if unit := _unit_at(reading, n):
            found[unit].append(Place("here", mention.at - n, n >= sentence.first, ("opening",) if _opens(reading, n) else ()))
    is_aside = not words_of("mentions.aside").isdisjoint(reading.norms[mention.after : mention.after + 1])
    start = mention.after + 2 if is_aside else mention.after
    for n in range(start, min(sentence.last, mention.after + AHEAD)):
        if unit := _unit_at(reading, n):
            found[unit].append(Place("after", n - mention.after + 1, True))
    for unit, place in _earlier_nouns(reading):
        found[unit].append(place)
    return found


def subject_of(reading: Reading, mention: Mention) -> str | None:
    """Return the unit of the plural noun of which a sentence tells a number right away: "day" of "Debtor days are fifty-eight"."""
    first, at = mention.sentence.first, mention.at - 1
    while at > first and reading.norms[at] in words_of("naming.fillers"):
        at -= 1
    verb = at
    while at > first and reading.norms[at] in words_of("naming.measuring"):
        at -= 1
    start = first
    while start < at and reading.norms[start] in words_of("naming.openers") | words_of("naming.determiners"):
        start += 1
    if at == verb or not 0 <= at - start <= MODIFIERS or not _are_modifiers(reading.norms[start:at]):
        return None
    return unit_of_noun(reading.norms[at]) or (_length(reading.norms[at]) if at > start else None)


def _unit_at(reading: Reading, n: int) -> str | None:
    """Return the unit that the plural noun at a token counts, None for other words, and for a verb: "it depends", "nobody dies"."""
    norms = reading.norms
    if _is_name(reading, n) or _is_quantifier(reading, n):
        return None
    single = n > 0 and norms[n - 1] in _SINGLE
    unit = unit_of_noun(norms[n]) or (_one_of_a_kind(norms[n]) if single else None) or _framed(reading, n) or _phrase(reading, n)
    if unit is None or (n and norms[n - 1] in words_of("mentions.before_verbs")):
        return None
    return (compound(norms[n - 1], unit) if n else None) or unit


def _is_quantifier(reading: Reading, n: int) -> bool:
    """Return whether a plural only tells that there is much of something: "loads of orders", "Loads.", "how many is loads?"."""
    if reading.norms[n] not in words_of("mentions.quantifiers"):
        return False
    before, following = reading.norms[n - 1 : n], reading.norms[n + 1 : n + 2]
    mark = reading.turn.text[reading.tokens[n].end :][:1]
    asked = mark == "?" and not words_of("mentions.defining").isdisjoint(before)
    alone = mark in {".", "!", ",", ""} and reading.sentence_with(n).first == n
    return following == ("of",) or asked or alone


def _is_name(reading: Reading, n: int) -> bool:
    """Return whether a token is a name by its capital, and not for opening a sentence: "Marcos", but not "PCs"."""
    token = reading.tokens[n]
    if not reading.turn.text[token.start].isupper() or not reading.turn.text[token.start + 1 : token.end].islower():
        return False
    return n > reading.sentence_with(n).first


def _framed(reading: Reading, n: int) -> str | None:
    """Return the unit of time in which a sentence says that it counts: "In minutes, it was twelve"."""
    unit = _length(reading.norms[n])
    return unit if unit and n and reading.norms[n - 1] == "in" and _opens(reading, n) else None


def _phrase(reading: Reading, n: int) -> str | None:
    """Return the unit of a noun that elsewhere is a verb, if a sentence begins with only it and what says more of it: "Test runs, mostly".

    With an article it may be a verb after all, "the machine runs", but not in "The test runs, for instance" and "And the test runs?".
    """
    sentence = reading.sentence_with(n)
    if reading.norms[n] not in lists().runs or reading.clause_end(sentence.first, sentence.last) != n + 1:
        return None
    openers, articles = words_of("naming.openers"), words_of("naming.determiners")
    first = next(i for i in range(sentence.first, n + 1) if i == n or reading.norms[i] not in openers)
    rest = sentence.last - n - 1
    if reading.norms[first] in articles and (0 < rest <= AFTERTHOUGHT or (not rest and reading.asks(sentence))):
        first += 1
    return singular(reading.norms[n]) if 0 < n - first <= MODIFIERS and _are_modifiers(reading.norms[first:n]) else None


@cache
def _one_of_a_kind(noun: str) -> str | None:
    """Return the unit that a noun after "each" counts, None for small words, measures and what is listed: "one thing", "each day"."""
    many = plural(noun)
    plain = noun.isalpha() and len(noun) > SHORT and noun not in function_words() | lists().stops | lists().units.keys()
    return unit_of_noun(many) if plain and many != noun and singular(many) == noun else None


def _opens(reading: Reading, n: int) -> bool:
    """Return whether a noun names what its sentence is about: "In rooms, 404", "Drops, May averaged 1,140"."""
    first = reading.sentence_with(n).first
    return n - first <= TOPIC_WORDS and _TOPIC_LEADS.issuperset(reading.norms[first:n])


@once
def _earlier_nouns(reading: Reading) -> Sequence[tuple[str, Place]]:
    """Return the plural nouns of earlier turns, nearest first."""
    found: list[tuple[str, Place]] = []
    past = 0
    for n, before in enumerate(reversed(reading.before[-TURNS:])):
        who = "said" if before.is_customer else "asked"
        source = who if n < LATELY else f"earlier {who}"
        for back, at in enumerate(range(len(before.tokens) - 1, -1, -1), 1):
            if past + back > EARLIER:
                return found
            if who == "asked" and _is_in_whole(before, at):
                continue
            many = who == "asked" and _is_asked_for(before, at)
            if unit := _unit_at(before, at) or (_unit_asked_for(before, at) if many else None):
                found.append((unit, Place(source, past + back, marks=("how many",) if many else ())))
        past += len(before.tokens)
    return found


def _is_asked_for(asked: Reading, n: int) -> bool:
    """Return whether a question asks for the number of a noun: "how many of those days", "the number of calls"."""
    lead = asked.norms[max(0, n - ASKED_WORDS) : n]
    return any(pair in _NUMBER_OF for pair in pairwise(lead))


def _is_in_whole(asked: Reading, n: int) -> bool:
    """Return whether a sentence asks what a share was of, whose nouns no number of the answer counts: "Of all orders?"."""
    sentence = asked.sentence_with(n)
    return asked.norms[sentence.first] == "of" and _NUMBER_OF.isdisjoint(pairwise(asked.words_in(sentence)))


def _unit_asked_for(asked: Reading, n: int) -> str | None:
    """Return the unit of a noun that "how many" leads to and that elsewhere is a verb or only a time: "how many hours", "how many runs"."""
    noun = asked.norms[n]
    first = next((i for i in range(n, max(1, n - MODIFIERS - 1), -1) if asked.norms[i - 2 : i] == ("how", "many")), None)
    is_noun = noun in lists().runs or (is_plural(noun, lists()) and noun not in lists().stops | words_of("mentions.no_antecedents"))
    led = first is not None and is_noun and _are_modifiers(asked.norms[first:n])
    return _length(noun) or (singular(noun) if led else None)


def _are_modifiers(words: Sequence[str]) -> bool:
    """Return whether words may stand before a noun of which they say more: no small words, and none that is counted itself."""
    return not any(word in function_words() or word in lists().stops or is_plural(word, lists()) for word in words)


def _length(noun: str) -> str | None:
    """Return the unit of time that a plural noun names."""
    unit = lists().units.get(noun) if noun.endswith("s") else None
    return unit if unit in DURATIONS else None


@cache
def unit_of_noun(noun: str) -> str | None:
    """Return the unit that a plural noun counts, None for other words and for nouns that are only counted in passing."""
    known = lists()
    if not is_plural(noun, known) or noun in known.stops | known.enumerations or noun[:-1] in words_of("mentions.never_nouns"):
        return None
    if noun in words_of("mentions.no_antecedents"):
        return None
    if noun in known.persons:
        return "person"
    unit = known.units.get(noun) or known.currencies.get(noun) or singular(noun)
    return None if unit in DURATIONS or unit == "times" else unit
