"""The words of a paragraph: quotations, names, titles, times, promises and denials that its facts do not hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import cast

from ...lexicon import denies, function_words, load_data, words_of
from ...text import lower_case, sentences, stem, tokenize
from ..material import Material
from .rule import Passage, firms, holds, norms_of, quoted, stems_of

__all__ = ["denials", "names", "promises", "quotations", "support", "times", "titles"]

_QUOTES = frozenset("“\"'‘«")


def quotations(text: str, passage: Passage, material: Material) -> Iterator[str]:
    """Yield the quotations that are not in the facts, including those of one word."""
    for words in quoted(text):
        if not any(holds(norms_of(fact), norms_of(words)) for fact in passage.facts):
            yield f"the words “{words}” are not quoted from the facts"


def names(text: str, passage: Passage, material: Material) -> Iterator[str]:
    """Yield the names that are not in the facts. The company, the vendor and the product may be named."""
    heard = {norm.removesuffix("'s") for norm in (*passage.words, *norms_of(" ".join(firms(material))))}
    names = (*(p.name for p in material.background.participants), *material.customers)
    people = {norm for name in names for norm in norms_of(name)}
    tokens = tokenize(text)
    first = {s.first for s in sentences(text, tokens)}
    for n, token in enumerate(tokens):
        word, norm = text[token.start : token.end], token.norm.removesuffix("'s")
        begins = n in first or text[: token.start][-1:] in _QUOTES
        plain = begins and norm not in people and _is_plain(norm, material)
        if word != word.lower() and norm.split("'")[0] not in {*heard, "i"} and not plain:
            yield f"the name “{word}” is not among the facts"


def _is_plain(norm: str, material: Material) -> bool:
    """Return whether the first word of a sentence is most likely not a name: it is common, or occurs on the call in lower case."""
    return norm.split("'")[0] in _common() or norm.endswith(("ly", "ing", "n't")) or norm in _lower_case(material)


@cache
def _common() -> frozenset[str]:
    return function_words() | words_of("faults.openers")


@lru_cache(maxsize=4)
def _lower_case(material: Material) -> frozenset[str]:
    return lower_case(turn.text for turn in material.barred.public)


def titles(text: str, passage: Passage, material: Material) -> Iterator[str]:
    """Yield the titles of people that are not in the facts."""
    titles = words_of("faults.titles")
    yield from (f"the title “{w}” is not among the facts" for w in norms_of(text) if w in titles and w not in passage.words)


def times(text: str, passage: Passage, material: Material) -> Iterator[str]:
    """Yield the days, months and past or future times that are not in the facts."""
    words, heard = norms_of(text), passage.words
    days = [(w,) for w in words if w in words_of("faults.days")]
    spans = [(a, b) for a, b in pairwise(words) if a in words_of("faults.pointing") and b in words_of("faults.spans")]
    yield from (f"the time “{' '.join(run)}” is not among the facts" for run in (*days, *spans) if not holds(heard, run))


def promises(text: str, passage: Passage, material: Material) -> Iterator[str]:
    """Yield what somebody will do, or agreed to do, that is not in the facts. What a passage asks may be about the future."""
    heard = set(map(stem, _spelled_out(passage.words)))
    for place in sentences(text):
        sentence = text[place.start : place.end]
        asks = passage.question and sentence.rstrip("\"'”’) ").endswith("?")
        words = _spelled_out(norms_of(sentence))
        for at, word in enumerate(words):
            told = _told_after(words, at) or word
            promised = word in words_of("faults.pledging") or (not asks and word in words_of("faults.planning"))
            if promised and not _is_noun(words, at) and not {stem(word), stem(told)} <= heard:
                yield f"the promise “{' '.join(dict.fromkeys((word, told)))}” is not among the facts"


@lru_cache(maxsize=512)
def _spelled_out(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return words with every way to speak of the future as "will": "it'll", "we're going to"."""
    return tuple(_future().sub(" will", " ".join(words)).split())


@cache
def _future() -> re.Pattern[str]:
    """Return the pattern of whole words, and ends of words, that speak of the future."""
    whole = "|".join(map(re.escape, sorted(words_of("faults.futures"))))
    return re.compile(rf"(?:(?<!\S)(?:{whole})|{re.escape(load_data('faults')['contracted'])})(?!\S)")


def _is_noun(words: Sequence[str], at: int) -> bool:
    """Return whether a word that may name a plan or make one names it here: "the security plan was", and not "they plan to"."""
    if words[at] not in words_of("faults.nouns") or not words_of("faults.before_verbs").isdisjoint(words[at - 1 : at]):
        return False
    return at + 1 == len(words) or words[at + 1] in words_of("faults.after_nouns")


def _told_after(words: Sequence[str], at: int) -> str | None:
    """Return the word that tells what is promised or denied at a place: the first one after it that is no adverb or pronoun."""
    return next((w for w in words[at + 1 :] if w not in words_of("faults.adverbs")), None)


def denials(text: str, passage: Passage, material: Material) -> Iterator[str]:
    """Yield denials of what the facts do not deny, and words that the facts deny and the text states."""
    words, heard = norms_of(text), passage.words
    denied = [w for w in words if _denies(w)]
    if denied and not any(_denies(w) for w in heard):
        yield f"“{denied[0]}” denies what the facts do not deny"
    affirmed = [n for n in range(len(words)) if n == 0 or not _denies(words[n - 1])]
    runs = {*_runs(words, affirmed)}.difference(_runs(heard, range(len(heard))))
    yield from (f"“{' '.join(run)}” is denied in the facts" for run in _undenied(heard) if run in runs)


def _runs(words: Sequence[str], places: Iterable[int]) -> Iterator[tuple[str, ...]]:
    """Yield the words in a row, two and three, that begin at some places."""
    yield from (tuple(words[n : n + length]) for n in places for length in (2, 3))


def _denies(word: str) -> bool:
    return denies(word) or word in words_of("faults.denying")


def _undenied(heard: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield the words around each denial as they stand once it is removed: two, and three with the word before them.

    What somebody never does, or cannot do, is not done and cannot be done, whoever tells it.
    """
    for at, word in enumerate(heard[:-1]):
        if word in words_of("faults.flat") and (told := _told_after(heard, at)):
            yield from ((opener, told) for opener in sorted(words_of("faults.affirming")))
        if word.endswith("n't") or word in _positives():
            pair, before = (_positive(word), heard[at + 1]), heard[max(0, at - 1) : at]
        elif _denies(word) and at:
            pair, before = (heard[at - 1], heard[at + 1]), heard[max(0, at - 2) : at - 1]
        else:
            continue
        yield pair
        yield (*before, *pair)


def _positive(word: str) -> str:
    return _positives().get(word, word.removesuffix("n't"))


@cache
def _positives() -> Mapping[str, str]:
    return cast("Mapping[str, str]", load_data("faults")["positives"])


def support(text: str, passage: Passage, material: Material) -> Iterator[str]:
    """Yield the sentences that share no content word with the facts, except courtesies."""
    known = frozenset().union(*map(stems_of, (*passage.facts, *firms(material)))) | {stem(word) for word in words_of("faults.courtesies")}
    for place in sentences(text):
        words = stems_of(text[place.start : place.end])
        if len(words) > 1 and not words & known:
            yield f"nothing in the facts bears out “{text[place.start : place.end]}”"
