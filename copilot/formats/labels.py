"""Speakers' labels: which words before a colon name somebody."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from ..lexicon import load_data

__all__ = ["find_labels", "is_name", "is_pseudo", "split_label", "words_of"]

_LONGEST = 80
_MOST_WORDS = 6
_MOST_WORDS_UNLIKE_A_NAME = 4
_PROSE = r"[?!;\"“”]|://|^[-*#>]"
_CLAUSE = r"(?:,|[a-z]{3}\.)\s+[a-z]"
_HANDLE = r"[\d_@]|\w\.\w"


@cache
def words_of(key: str) -> frozenset[str]:
    """Return a list of words in `copilot/data/speakers.yaml`."""
    return frozenset(load_data("speakers")[key])  # type: ignore[call-overload, no-any-return]


def is_pseudo(speaker: str) -> bool:
    """Say whether a label names no person: a break, a jingle, a program that takes notes."""
    name = speaker.casefold().strip(" .[]()")
    return name in words_of("pseudo") or any(bot in name for bot in words_of("bots"))


def split_label(line: str) -> tuple[str, str]:
    """Return what stands before the first colon of a line and what follows it; ('', line) where there is no such label."""
    label, colon, text = line.partition(":")
    if not colon or len(label) > _LONGEST or (text and not text[0].isspace()):
        return "", line
    # Subtitles mark a change of speaker with ">>" before the name.
    return label.strip("> \t"), text.strip()


def is_name(label: str) -> bool:
    """Say whether a label looks like a name: capitals, initials, handles, e-mail addresses, phone numbers."""
    words = re.sub(r"[(\[].*?[)\]]", "", label).split() or label.split()
    if not 0 < len(words) <= _MOST_WORDS or not _may_be(label) or re.search(_CLAUSE, label):
        return False
    if len(words) == 1 and re.search(_HANDLE, label):
        return True
    return all(_is_capital(word) or word in words_of("particles") for word in words) and _is_capital(words[0])


def _may_be(label: str) -> bool:
    return bool(label) and not re.search(_PROSE, label) and label.casefold() not in words_of("words")


def _is_capital(word: str) -> bool:
    first = next((char for char in word if char.isalpha()), "")
    return first == "" or not first.islower()


def find_labels(labels: Iterable[str]) -> frozenset[str]:
    """Return those of the labels that name a speaker, given each as often as it occurs."""
    counts = Counter(labels)
    return frozenset(
        label
        for label, count in counts.items()
        if is_name(label) or (count > 1 and len(label.split()) <= _MOST_WORDS_UNLIKE_A_NAME and _may_be(label))
    )
