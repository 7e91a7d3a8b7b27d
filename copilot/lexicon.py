"""Phrase lists as data: find labelled phrases in tokens, all lists in one pass.

A lexicon is a YAML file in `copilot/data/`: labels, each with its phrases, as a list or as text with commas between. In a phrase,

    a|b      either word
    manual*  any word that starts so
    _        any one word
    ...      up to three words, or none
    #        a number, in digits or as a word
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

from .text import Token

__all__ = ["Lexicon", "Match", "NUMBER_WORDS", "load_data"]

DATA = Path(__file__).parent / "data"
NUMBER_WORDS = frozenset(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion half third quarter dozen couple".split()
)
_GAP = 3
_BUCKET = 3


class Match(NamedTuple):
    """A phrase found: its label and the range of its tokens."""

    label: str
    first: int
    last: int


@cache
def load_data(name: str) -> Mapping[str, object]:
    """Return the mapping in `copilot/data/<name>.yaml`."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load((DATA / f"{name}.yaml").read_text("utf-8"), loader)  # noqa: S506 -- both loaders are the safe ones


def _fits(word: str, token: str) -> bool:
    """Say whether one word of a phrase fits a token."""
    if word == "_":
        return True
    if word == "#":
        return token[0].isdigit() or token in NUMBER_WORDS
    if word.endswith("*"):
        return token.startswith(word[:-1])
    return word == token


Pattern = tuple[tuple[str, ...], ...]


class _Entry(NamedTuple):
    """What can start with one word: whole labels, phrases by their plain second word, and the other phrases."""

    labels: tuple[str, ...]
    by_second: Mapping[str, list[tuple[str, Pattern]]]
    other: list[tuple[str, Pattern]]


class Lexicon:
    """Labelled phrases, indexed by their first two words. Looking up a word again is one dictionary access."""

    def __init__(self, phrases: Mapping[str, str | Iterable[str]]) -> None:
        """Build the index from label -> phrases (a list, or text with commas between them)."""
        self.labels = tuple(phrases)
        self._plain: dict[str, list[tuple[str, Pattern]]] = {}
        self._open: dict[str, list[tuple[str, Pattern]]] = {}
        self._entries: dict[str, _Entry | None] = {}
        for label, rows in phrases.items():
            for row in rows.split(",") if isinstance(rows, str) else rows:
                pattern = tuple(tuple(part.split("|")) for part in str(row).lower().split())
                if pattern:
                    self._index(label, pattern)

    def _index(self, label: str, pattern: Pattern) -> None:
        """File a phrase under each plain first word, or among those whose first word is open."""
        for word in pattern[0]:
            if word in {"_", "#"} or word.endswith("*"):
                bucket = word[:_BUCKET] if len(word) > _BUCKET else ""
                self._open.setdefault(bucket, []).append((label, ((word,), *pattern[1:])))
            else:
                self._plain.setdefault(word, []).append((label, pattern))

    @classmethod
    @cache
    def load(cls, name: str) -> Lexicon:
        """Return the lexicon in `copilot/data/<name>.yaml`."""
        return cls(load_data(name))  # type: ignore[arg-type]

    def _entry(self, norm: str) -> _Entry | None:
        """Return what can start with a word, None where nothing can."""
        maybe = (*self._open.get(norm[:_BUCKET], ()), *self._open.get("", ()))
        found = self._plain.get(norm, []) + [row for row in maybe if _fits(row[1][0][0], norm)]
        if not found:
            return None
        labels = tuple(dict.fromkeys(label for label, pattern in found if len(pattern) == 1))
        by_second: dict[str, list[tuple[str, Pattern]]] = {}
        other = []
        for label, pattern in found:
            if len(pattern) == 1:
                continue
            if any(w in {"_", "#", "..."} or w.endswith("*") for w in pattern[1]):
                other.append((label, pattern))
            else:
                for word in pattern[1]:
                    by_second.setdefault(word, []).append((label, pattern))
        return _Entry(labels, by_second, other)

    def find(self, tokens: Sequence[Token], first: int = 0, last: int | None = None) -> list[Match]:
        """Return the phrases found in tokens[first:last], in order of their start; phrases may overlap."""
        stop = len(tokens) if last is None else last
        entries = self._entries
        out: list[Match] = []
        for i in range(first, stop):
            norm = tokens[i].norm
            if norm not in entries:
                entries[norm] = self._entry(norm)
            entry = entries[norm]
            if entry is None:
                continue
            out.extend([Match(label, i, i + 1) for label in entry.labels])
            rest = entry.by_second.get(tokens[i + 1].norm) if i + 1 < stop and entry.by_second else None
            for label, pattern in (*(rest or ()), *entry.other):
                end = _match(pattern, 1, tokens, i + 1, stop)
                if end:
                    out.append(Match(label, i, end))
        return out


def _match(pattern: Pattern, at: int, tokens: Sequence[Token], i: int, stop: int) -> int:
    """Return the token index after a match of pattern[at:] at token i, or 0."""
    for n in range(at, len(pattern)):
        words = pattern[n]
        if words == ("...",):
            return next((end for skip in range(_GAP + 1) if (end := _match(pattern, n + 1, tokens, i + skip, stop))), 0)
        if i >= stop or not any(_fits(w, tokens[i].norm) for w in words):
            return 0
        i += 1
    return i
