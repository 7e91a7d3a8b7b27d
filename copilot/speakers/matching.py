"""Match labels with people: a label may add words to a name, leave some out, shorten or misspell them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher
from enum import IntEnum
from functools import cache

from ..background import Participant
from ..formats.labels import short_forms

__all__ = ["Closeness", "closeness", "closest", "words_in"]

_BRACKETS = r"[(\[{].*?[)\]}]"
_ALIKE = 0.75  # difflib ratio from which a word of a label is a misspelling of a word of a name
_ALIKE_ALONE = 0.8  # the same, if the label is that word only
_ALIKE_WHOLE = 0.9  # the same, for the whole names written as one word


class Closeness(IntEnum):
    """How well a label matches a name: in part, by some of its words, initials or short forms; with more, by all and others besides."""

    NONE = 0
    MISSPELT = 1
    IN_PART = 2
    WITH_MORE = 3
    SAME = 4


def closest(label: str, people: Iterable[Participant], noise: frozenset[str] = frozenset()) -> list[Participant]:
    """Return the people that a label matches best: usually one or none."""
    exact = [person for person in people if person.name == label]
    if exact:
        return exact[:1]
    ranked = [(closeness(label, person, noise), person) for person in people]
    best = max((rank for rank, _ in ranked), default=Closeness.NONE)
    return [person for rank, person in ranked if best and rank == best]


def closeness(label: str, person: Participant, noise: frozenset[str] = frozenset()) -> Closeness:
    """Return how well a label matches a person, by the name or the whole address."""
    if person.email and label.casefold().strip("<> ") == person.email.casefold():
        return Closeness.SAME
    name = label.partition("@")[0]
    theirs = words_in(person.name)
    return max(_rank(_without(words_in(form), noise, theirs), theirs) for form in (re.sub(_BRACKETS, " ", name), name))


def _rank(mine: Sequence[str], theirs: Sequence[str]) -> Closeness:
    """Return how well the words of a label match those of a name."""
    if not mine or not theirs:
        return Closeness.NONE
    whole = "".join(mine)
    if sorted(mine) == sorted(theirs) or whole in {"".join(theirs), "".join(reversed(theirs))}:
        return Closeness.SAME
    if set(theirs) <= set(mine):
        return Closeness.WITH_MORE
    handles = {theirs[0][0] + theirs[-1], theirs[0] + theirs[-1][0]}  # "alee", "annl"
    if whole in handles or _all_fit(mine, theirs, _is_same):
        return Closeness.IN_PART
    if len(mine) > 1 and SequenceMatcher(None, whole, "".join(theirs)).ratio() >= _ALIKE_WHOLE:
        return Closeness.MISSPELT
    least = _ALIKE if len(mine) > 1 else _ALIKE_ALONE
    is_misspelt = _all_fit(mine, theirs, lambda a, b: _is_same(a, b) or _is_alike(a, b, least))
    return Closeness.MISSPELT if is_misspelt else Closeness.NONE


def _all_fit(mine: Sequence[str], theirs: Sequence[str], fits: Callable[[str, str], bool]) -> bool:
    """Return whether each word of a label fits a different word of the name, and one of them is more than an initial."""
    left = list(theirs)
    for word in sorted(mine, key=len, reverse=True):
        match = next((other for other in left if fits(word, other)), None)
        if match is None:
            return False
        left.remove(match)
    return any(len(word) > 1 for word in mine)


def _is_same(word: str, other: str) -> bool:
    """Return whether two words of names are the same: equal, an initial, or a short form."""
    if word == other or (min(len(word), len(other)) == 1 and word[0] == other[0]):
        return True
    return word in short_forms(other) or other in short_forms(word)


def _is_alike(word: str, other: str, least: float) -> bool:
    if min(len(word), len(other)) < 3:
        return False
    return other.startswith(word) or SequenceMatcher(None, word, other).ratio() >= least


@cache
def words_in(name: str) -> tuple[str, ...]:
    """Return the words of a name in lower case, without accents and punctuation."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char) and char not in "'\u2019`")
    return tuple(re.findall(r"[^\W\d_]+", plain))


def _without(mine: Sequence[str], noise: frozenset[str], theirs: Sequence[str]) -> list[str]:
    """Return the words of a label without those of companies and forms of address, unless the name has them too."""
    return [word for word in mine if word in theirs or word not in noise]
