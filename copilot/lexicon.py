"""Phrase lists as data: find labelled phrases in words, all labels in one pass.

A lexicon is a YAML file in `copilot/data/`: labels, each with its phrases, as a list or as comma-separated text. In addition, the mapping
`lists` holds plain word lists. In a phrase,

    a|b      either word
    manual*  any word with this beginning
    _        any one word
    ...      up to three words, or none
    #        a number, in digits or as a word
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

__all__ = ["DATA", "LOADER", "Lexicon", "Match", "denies", "function_words", "load_data", "number_words", "table_of", "text_of", "words_of"]

DATA = Path(__file__).parent / "data"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The safe loader, in C where it is built. All YAML is read with it, since the two do not agree on every file."""
_GAP = 3
_BUCKET = 3
_OPEN = "*_#"
_SPECIAL = frozenset("*_#.")


class Match(NamedTuple):
    """A phrase found: its label and the range of its words."""

    label: str
    first: int
    last: int


@cache
def load_data(name: str) -> Mapping[str, Any]:
    """Return the mapping in `copilot/data/<name>.yaml`. Its shape depends on the file; callers annotate what they read."""
    data: Mapping[str, Any] = yaml.load((DATA / f"{name}.yaml").read_text("utf-8"), LOADER)  # noqa: S506 -- both loaders are the safe ones
    return data


@cache
def words_of(place: str) -> frozenset[str]:
    """Return the word list at a place in the data files, written as a list or as words separated by white space.

    "naming.links" is the list `links` of `copilot/data/naming.yaml`; "lint.words.polite" is `polite` in the mapping `words` of lint.yaml.
    """
    row = _row(place)
    return frozenset(row.split() if isinstance(row, str) else row)


def table_of(place: str) -> Mapping[str, str]:
    """Return the mapping of texts at a place in the data files, "mentions.kinds", or in a whole file, "discretion"."""
    rows: Mapping[str, str] = _row(place)
    return rows


def text_of(place: str) -> str:
    """Return the text at a place in the data files, "statements.other.gloss"."""
    return str(_row(place)).strip()


def _row(place: str) -> Any:
    """Return what stands at a place in the data files."""
    name, *keys = place.split(".")
    row: Any = load_data(name)
    for key in keys:
        row = row[key]
    return row


@cache
def function_words() -> frozenset[str]:
    """Return the words that say nothing about a topic by themselves: grammar, and words of any interview question."""
    return words_of("function_words.words")


@cache
def number_words() -> frozenset[str]:
    """Return the words that are a number or part of one: "twelve", "half", "dozen"."""
    return words_of("function_words.numbers")


def denies(norm: str) -> bool:
    """Return whether a word denies what stands beside it: "never", "hasn't"."""
    return norm in words_of("function_words.denials") or norm.endswith("n't")


class _Element(NamedTuple):
    """One position of a phrase: the words and word beginnings that match it."""

    words: frozenset[str]
    stems: tuple[str, ...]
    number: bool
    anything: bool
    gap: bool

    def fits(self, norm: str) -> bool:
        """Return whether a token matches."""
        if norm in self.words or self.anything or (self.stems and norm.startswith(self.stems)):
            return True
        return self.number and _is_number(norm)


def _is_number(norm: str) -> bool:
    """Return whether a token is a number, in digits or as a word."""
    return norm[0].isdigit() or norm in number_words()


@cache
def _element(part: str) -> _Element:
    """Parse one position of a phrase."""
    choices = part.split("|")
    plain = frozenset(w for w in choices if w not in {"_", "#", "..."} and not w.endswith("*"))
    stems = tuple(w[:-1] for w in choices if w.endswith("*"))
    return _Element(plain, stems, "#" in choices, "_" in choices, part == "...")


Pattern = tuple[_Element, ...]


@cache
def _pattern(phrase: str) -> Pattern:
    """Parse a phrase, or the rest of one."""
    return tuple(_element(part) for part in phrase.split())


_Row = tuple[str, str]
"""A label and a phrase, or the rest of one."""


class _Entry(NamedTuple):
    """What can start with one word: labels of one-word phrases, rests of phrases by their plain second word, and other rests."""

    labels: tuple[str, ...]
    by_second: Mapping[str, list[_Row]]
    other: list[_Row]


class _Index(dict[str, _Entry | None]):
    """Phrases by their first two words: what can start with a word, None if nothing can. Entries are built on first lookup."""

    def __init__(self) -> None:
        self._plain: dict[str, list[_Row]] = {}
        self._stems: dict[str, list[tuple[str, _Row]]] = {}
        self._numbers: list[_Row] = []

    def file(self, label: str, phrase: str) -> None:
        """Index a phrase under each plain first word, or among those whose first word is a pattern."""
        for word in phrase.partition(" ")[0].split("|"):
            if word[-1:] not in _OPEN:
                self._plain.setdefault(word, []).append((label, phrase))
            elif word == "#":
                self._numbers.append((label, phrase))
            elif word:
                stem = word[:-1]
                self._stems.setdefault(stem[:_BUCKET] if len(stem) >= _BUCKET else "", []).append((stem, (label, phrase)))

    def __missing__(self, norm: str) -> _Entry | None:
        stems = self._stems
        possible = norm in self._plain or norm[:_BUCKET] in stems or "" in stems or self._numbers
        entry = self[norm] = self._entry(norm) if possible else None
        return entry

    def _entry(self, norm: str) -> _Entry | None:
        """Return what can start with a word."""
        labels: dict[str, None] = {}
        by_second: dict[str, list[_Row]] = {}
        other = []
        for label, phrase in self._rows(norm):
            _, _, rest = phrase.partition(" ")
            if not rest:
                labels[label] = None
                continue
            second, _, third = rest.partition(" ")
            if _SPECIAL.isdisjoint(second):
                for word in second.split("|"):
                    by_second.setdefault(word, []).append((label, third))
            else:
                other.append((label, rest))
        return _Entry(tuple(labels), by_second, other) if labels or by_second or other else None

    def _rows(self, norm: str) -> Sequence[_Row]:
        """Return the phrases that can start with a word."""
        stems = (*self._stems.get(norm[:_BUCKET], ()), *self._stems.get("", ()))
        loose = [row for stem, row in stems if norm.startswith(stem)]
        if self._numbers and _is_number(norm):
            loose += self._numbers
        plain = self._plain.get(norm, ())
        return (*plain, *dict.fromkeys(row for row in loose if row not in plain)) if loose else plain


class Lexicon:
    """Labelled phrases, indexed by their first two words. A repeated lookup of a word is one dictionary access."""

    def __init__(self, phrases: Mapping[str, str | Iterable[str]]) -> None:
        """Build the index from label -> phrases (a list, or comma-separated text)."""
        self.labels = tuple(phrases)
        self._index = _Index()
        for label, rows in phrases.items():
            for row in rows.split(",") if isinstance(rows, str) else rows:
                self._index.file(label, str(row).strip().lower())

    @classmethod
    @cache
    def load(cls, name: str) -> Lexicon:
        """Return the lexicon in `copilot/data/<name>.yaml`, without its mappings of word lists."""
        return cls({label: rows for label, rows in load_data(name).items() if not isinstance(rows, Mapping)})

    @classmethod
    @cache
    def at(cls, place: str) -> Lexicon:
        """Return the lexicon at a place in the data files, "gaps.checks": of a mapping, or of phrases under the last key as label."""
        row = _row(place)
        return cls({str(label): rows for label, rows in row.items()} if isinstance(row, Mapping) else {place.rpartition(".")[2]: row})

    @classmethod
    @cache
    def of(cls, name: str, *labels: str) -> Lexicon:
        """Return the phrases of some labels of `copilot/data/<name>.yaml`."""
        return cls({label: load_data(name)[label] for label in labels})

    def find(self, norms: Sequence[str], first: int = 0, last: int | None = None) -> list[Match]:
        """Return the phrases found in norms[first:last], ordered by their start; phrases may overlap."""
        stop = len(norms) if last is None else min(last, len(norms))
        out: list[Match] = []
        for i, entry in enumerate(map(self._index.__getitem__, norms[first:stop]), first):
            if entry is None:
                continue
            labels, by_second, other = entry
            for label in labels:
                out.append(Match(label, i, i + 1))
            if by_second and i + 1 < stop:
                for label, rest in by_second.get(norms[i + 1], ()):
                    end = _match(_pattern(rest), 0, norms, i + 2, stop) if rest else i + 2
                    if end:
                        out.append(Match(label, i, end))
            for label, rest in other:
                end = _match(_pattern(rest), 0, norms, i + 1, stop)
                if end:
                    out.append(Match(label, i, end))
        return out


def _match_after_gap(pattern: Pattern, at: int, norms: Sequence[str], i: int, stop: int) -> int:
    """Return the index after the nearest match of pattern[at:] that starts within a gap of word i, or 0."""
    if at == len(pattern):
        return i
    element = pattern[at]
    for start in range(i, min(i + _GAP + 1, stop)):
        if element.gap or element.fits(norms[start]):
            end = _match(pattern, at, norms, start, stop)
            if end:
                return end
    return 0


def _match(pattern: Pattern, at: int, norms: Sequence[str], i: int, stop: int) -> int:
    """Return the index after a match of pattern[at:] at word i, or 0."""
    for n in range(at, len(pattern)):
        element = pattern[n]
        if element.gap:
            return _match_after_gap(pattern, n + 1, norms, i, stop)
        if i >= stop or not element.fits(norms[i]):
            return 0
        i += 1
    return i
