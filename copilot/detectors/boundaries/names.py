"""Proper names in what is said, and which of them a request means that asks to leave a name out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from ...lexicon import function_words, words_of
from ...reading import Reading
from ...text import Sentence, Token, stem, tokenize

__all__ = [
    "Meant",
    "Name",
    "inside",
    "is_of_unnamed",
    "marks",
    "meant",
    "names_in",
    "on_the_call",
    "speaks_of_names",
    "telling",
    "turns_of",
]

_KINDS = {True: "person ", False: "thing ", None: "name "}
"""How a name stands among the words of the call; the space keeps it apart from them."""
_STOPS = frozenset('.?!\u2026\n"\u201c:')
PRONOUN = 12  # words after a name within which "she" or "he" is that person


class Name(NamedTuple):
    """A proper name: its words without a title, its tokens, and whether it is a person's; None where nothing tells."""

    words: tuple[str, ...]
    first: int
    last: int
    person: bool | None


@lru_cache(maxsize=256)
def names_in(text: str) -> tuple[Name, ...]:
    """Return the proper names in a text, in order. One word that begins a sentence is one where it has its capital elsewhere as well."""
    tokens = tokenize(text)
    opening = {n for n in range(len(tokens)) if _opens(text, tokens, n)}
    inside = {_bare(t) for n, t in enumerate(tokens) if n not in opening and _has_capital(text, t)}
    return tuple(name for first, last in _runs(text, tokens) for name in _name(tokens, first, last, opening, inside))


def _opens(text: str, tokens: Sequence[Token], n: int) -> bool:
    """Return whether a word stands at the beginning of a sentence, where any word has a capital."""
    if n == 0:
        return True
    gap = text[tokens[n - 1].end : tokens[n].start]
    return not _STOPS.isdisjoint(gap) and tokens[n - 1].norm not in words_of("names.titles")


def _runs(text: str, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Yield the stretches of words with a capital that only a space parts, or the dot of a title."""
    first = None
    for n in range(len(tokens) + 1):
        named = n < len(tokens) and _has_capital(text, tokens[n])
        gap = text[tokens[n - 1].end : tokens[n].start] if first is not None and n < len(tokens) else ""
        joined = gap == " " or (gap == ". " and tokens[n - 1].norm in words_of("names.titles"))
        if first is not None and (not named or not joined or tokens[n - 1].norm.endswith("'s")):
            yield first, n
            first = None
        if named and first is None:
            first = n


def _has_capital(text: str, token: Token) -> bool:
    """Return whether a word is written as a name: with a capital, but not in capitals, and no word that always has one."""
    word = text[token.start : token.end]
    return word[0].isupper() and not (len(word) > 1 and word.isupper()) and _bare(token).partition("'")[0] not in words_of("names.never")


def _name(tokens: Sequence[Token], first: int, last: int, opening: Collection[int], inside: Collection[str]) -> Iterator[Name]:
    """Yield the name in tokens[first:last], without a small word that only begins its sentence."""
    if first in opening and tokens[first].norm.partition("'")[0] in function_words():
        first += 1
    words = tuple(_bare(t) for t in tokens[first:last] if t.norm not in words_of("names.titles"))
    lettered = all(len(word) == 1 for word in words)  # "hull B"
    if words and not lettered and not (last - first == 1 and first in opening and words[0] not in inside):
        yield Name(words, first, last, _is_person(tokens, first, last))


def _is_person(tokens: Sequence[Token], first: int, last: int) -> bool | None:
    """Say whose name stands in tokens[first:last], by a title, by its last word, by the word before it, by a pronoun after it."""
    if tokens[first].norm in words_of("names.titles"):
        return True
    if stem(_bare(tokens[last - 1])) in _things() or (first and tokens[first - 1].norm in words_of("names.places_after")):
        return False
    after = {t.norm.partition("'")[0] for t in tokens[last : last + PRONOUN]}
    return True if after & words_of("names.he_or_she") else None


def _bare(token: Token) -> str:
    return token.norm.removesuffix("'s")


@lru_cache(maxsize=1)
def _things() -> frozenset[str]:
    return frozenset(map(stem, words_of("names.things")))


def inside(reading: Reading, first: int, last: int) -> tuple[tuple[str, ...], ...]:
    """Return the names that begin in tokens[first:last] of a turn."""
    return tuple(name.words for name in _told(reading) if first <= name.first < last)


def speaks_of_names(norms: Iterable[str]) -> bool:
    """Return whether words speak of a name, or of naming somebody."""
    return not words_of("names.naming").isdisjoint(norms)


def _told(reading: Reading) -> Iterator[Name]:
    """Yield the names in a turn, but for those that are no secret: who is on the call, the company, the vendor and the product."""
    known = reading.background
    firms = (known.vendor, known.product, known.customer.company)
    public = on_the_call(reading).union(norm for text in firms if text for norm in _norms(text))
    yield from (n for n in names_in(reading.turn.text) if not public.issuperset(n.words))


def on_the_call(reading: Reading) -> frozenset[str]:
    """Return the words of the names of those who are on the call."""
    speakers = (r.turn.speaker for r in (*reading.before, reading))
    return frozenset(norm for name in (*(p.name for p in reading.background.participants), *speakers) for norm in _norms(name))


def _norms(text: str) -> Iterator[str]:
    return (t.norm for t in tokenize(text))


def marks(reading: Reading) -> frozenset[str]:
    """Return what stands among the words of a customer's turn for the names in it and in the question before it."""
    return frozenset(_KINDS[n.person] + " ".join(n.words) for r in (reading.asked, reading) if r for n in _told(r))


# Which name is meant


class _Wanted(NamedTuple):
    """What a request calls the bearer of the name: a person or not (None: either), and the stems of the noun."""

    person: bool | None
    nouns: frozenset[str]


class Meant(NamedTuple):
    """The names that a request means, by their words; not `sure` where nothing but their place says so."""

    names: tuple[tuple[str, ...], ...]
    sure: bool = True


def meant(reading: Reading, sentence: Sentence, last: int, said: Mapping[str, Sequence[int]]) -> Meant:
    """Return the names that a sentence asks to leave out, in words that end before token `last`.

    They stand in these words, before them in its turn, in the question, or else it is the latest that fits, told in a turn before.
    """
    wanted = _wanted(reading.norms[sentence.first : last])
    if explicit := inside(reading, sentence.first, last):
        return Meant(explicit)
    own = [n for n in _told(reading) if n.first < sentence.first]
    asked = list(_told(reading.asked)) if reading.asked else []
    if wanted is None:
        return Meant((), sure=False)
    if fitting := _fitting(wanted, own)[-1:] or _fitting(wanted, _alone(reading, sentence))[-1:] or _fitting(wanted, asked):
        return Meant(tuple(n.words for n in fitting))
    past = _asked_about(reading, sentence)
    if past is not None and (near := _fitting(wanted, list(_told(past)))):
        return Meant(tuple(n.words for n in near[-1:]))
    return Meant((), sure=False) if is_of_unnamed(reading, sentence) else _latest(wanted, said, reading.turn.turn)


def is_of_unnamed(reading: Reading, sentence: Sentence) -> bool:
    """Return whether "his" is somebody of the answer that was asked about, who has no name there: "The foreman ...", "may I use that?"."""
    past = _asked_about(reading, sentence)
    if past is None or any(n.person is not False for n in _told(past)):
        return False
    return not (words_of("names.he_or_she") | words_of("names.people")).isdisjoint(past.norms)


def _asked_about(reading: Reading, sentence: Sentence) -> Reading | None:
    """Return the answer whose use the question before a turn is about, if a sentence speaks of somebody by a pronoun; None if none is."""
    asked = reading.asked
    if asked is None or words_of("names.he_or_she").isdisjoint(reading.words_in(sentence)):
        return None
    points = any(asked.asks(s) and not words_of("boundaries.lists.topic").isdisjoint(asked.words_in(s)) for s in asked.sentences)
    return next((r for r in reversed(reading.before) if r.is_customer), None) if points else None


def _alone(reading: Reading, until: Sentence) -> list[Name]:
    """Return the names that begin a sentence before another one, where only a capital tells: "Dana, she ...", or "Sawtell." alone."""
    found = (_opening(reading, s) for s in reading.sentences if s.first < until.first)
    return [name for name in found if name is not None]


def _opening(reading: Reading, sentence: Sentence) -> Name | None:
    """Return the name that a sentence may begin with: it is a person's before "he" or "she", and a name where it is all there is."""
    token = reading.tokens[sentence.first]
    small = function_words() | words_of("boundaries.lists.filler") | words_of("boundaries.lists.assent")
    if not _has_capital(reading.turn.text, token) or _bare(token) in small:
        return None
    person = _is_person(reading.tokens, sentence.first, sentence.first + 1)
    alone = sentence.last - sentence.first == 1 and not _is_common(reading, token)
    return Name((_bare(token),), sentence.first, sentence.first + 1, person) if person or alone else None


def _is_common(reading: Reading, token: Token) -> bool:
    """Return whether a turn also holds a word as a common noun: "Lockers. Everybody had five in the locker."."""
    text = reading.turn.text
    return any(stem(_bare(t)) == stem(_bare(token)) and text[t.start].islower() for t in reading.tokens)


def _wanted(norms: Sequence[str]) -> _Wanted | None:
    """Return what a request calls the bearer of a name; None where it is the speaker's own."""
    if not words_of("names.own").isdisjoint(norms) and words_of("names.theirs").isdisjoint(norms):
        return None
    nouns = frozenset(stem(norm.removesuffix("'s")) for norm in norms if norm not in _small())
    people = not words_of("names.people").isdisjoint(norms) or not words_of("names.he_or_she").isdisjoint(norms)
    things = not _things().isdisjoint(nouns)
    return _Wanted(people if people != things else None, nouns & _things())


def _small() -> frozenset[str]:
    return function_words() | words_of("names.naming")


def _fitting(wanted: _Wanted, names: Sequence[Name]) -> list[Name]:
    """Return the names that are surely of the kind that is wanted, else those that may be."""
    sure = [n for n in names if wanted.person is not None and n.person is wanted.person]
    return sure or [n for n in names if wanted.person is None or n.person is None]


def _latest(wanted: _Wanted, said: Mapping[str, Sequence[int]], turn: int) -> Meant:
    """Return the latest name that fits: one told beside the noun of the request, else one that is surely, else maybe, of its kind."""
    rows = [(_kind(key), tuple(key.split()[1:]), [t for t in turns if t < turn]) for key, turns in said.items() if " " in key]
    rows = [row for row in rows if row[2] and not (wanted.person is not None and row[0] is (not wanted.person))]
    beside = {t for noun in wanted.nouns for t in said.get(noun, ())}
    ranked = [
        ((not beside.isdisjoint(turns), wanted.person is not None and kind is wanted.person, turns[-1]), words)
        for kind, words, turns in rows
    ]
    best = max(ranked, default=None)
    if best is None or (wanted.nouns and not any(best[0][:2])):
        return Meant((), sure=False)
    names = tuple(words for rank, words in ranked if rank == best[0])
    # Where nothing but its place speaks for a name, several are none.
    return Meant(names, sure=True) if any(best[0][:2]) else Meant(names if len(names) == 1 else (), sure=False)


def _kind(key: str) -> bool | None:
    return next(kind for kind, prefix in _KINDS.items() if key.startswith(prefix))


def telling(names: Iterable[Sequence[str]]) -> frozenset[str]:
    """Return the words by which some names are known, one alone being enough: those for a kind of thing only where there are no others."""
    words = frozenset(w for name in names for w in name)
    return frozenset(w for w in words if stem(w) not in _things()) or words


def turns_of(names: Collection[Sequence[str]], reading: Reading, said: Mapping[str, Sequence[int]]) -> frozenset[int]:
    """Return the turns, this one and the question before it among them, in which one of some names is said, whole or in part."""
    words = telling(names)
    told = {t for key, turns in said.items() if " " in key and words.intersection(key.split()[1:]) for t in turns}
    near = {r.turn.turn for r in (*reading.before, reading) for name in _told(r) if words.intersection(name.words)}
    near |= set() if words.isdisjoint(reading.norms) else {reading.turn.turn}  # a name that begins a sentence
    return frozenset(t for t in told | near if t <= reading.turn.turn)
