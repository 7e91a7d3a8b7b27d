"""Where, or for whom, a number holds: the place that is told after it, or that a sentence limits it to."""

from __future__ import annotations

import re
from functools import cache

from ..lexicon import Lexicon, denies, words_of
from ..reading import Reading
from ..text import Sentence, norms
from .naming import is_verb

__all__ = ["is_capital", "is_name", "is_place", "limit_told", "place_after", "pointed"]

_WHERE = (
    r"\b(?:at|in|for|across|on|within|per)\s+("
    r"(?:the\s+|our\s+|all\s+|all the\s+)?[A-Z][\w'\u2019-]+(?:(?:\s+and|\s+in|,)?\s+[A-Z][\w'\u2019-]+)*(?:\s+\d+\b)?"
    r"|(?:the|our|all|both|each|every|one|two|three|four|five|six|seven|eight|nine|ten)\s+(?:[\w-]+\s+){0,2}?(?:PLACES))"
)
_MARK = re.compile(r"[.,;:!?\u2013\u2014]")
_NEAR = 2  # most words between a number and the place that it holds for
_LIMIT = 6  # most words of the places that a sentence limits a number to


@cache
def _places() -> re.Pattern[str]:
    return re.compile(_WHERE.replace("PLACES", "|".join(sorted(words_of("mentions.places")))))


def pointed(reading: Reading, sentence: Sentence) -> int:
    """Return the token after the words by which a sentence points back, "that's" or "it was", its first one if it does not."""
    return next((m.last for m in reading.find(Lexicon.at("mentions.pointing"), sentence) if m.first == sentence.first), sentence.first)


def place_after(reading: Reading, start: int, end: int) -> str | None:
    """Return the place that is named within a few words after an offset, before a mark."""
    text = reading.turn.text
    found = next(_places().finditer(text, start, end), None)
    if found is None or _MARK.search(text, start, found.start()) or len(norms(text[start : found.start()])) > _NEAR:
        return None
    place = found.group(1)
    named = (norm for norm in norms(place) if not norm.isdigit())
    return None if {"the", "and", *words_of("names.never")}.issuperset(named) else place


def limit_told(reading: Reading, first: int, last: int) -> str | None:
    """Return the places that a clause limits a number to, if it says no more: "the two pilot sites only", "just Hereford"."""
    said, only = reading.norms[first:last], words_of("mentions.only")
    if (only | words_of("mentions.all")).isdisjoint(said) or any(map(denies, said)):
        return None
    while first < last and reading.norms[first] in only | words_of("mentions.places_led"):
        first += 1
    while first < last and reading.norms[last - 1] in only:
        last -= 1
    if last - first > _LIMIT or not is_place(reading, first, last):
        return None
    return reading.turn.text[reading.tokens[first].start : reading.tokens[last - 1].end]


def is_place(reading: Reading, first: int, last: int) -> bool:
    """Return whether words are those of places or people: "the two pilot sites", "all clinics", "Hereford and Newport"."""
    inner = reading.norms[first : last - 1]
    if first >= last or any(map(is_verb, inner)) or not words_of("mentions.places_led").isdisjoint(inner):
        return False
    return reading.norms[last - 1] in words_of("mentions.places") or is_name(reading, last - 1)


def is_name(reading: Reading, at: int) -> bool:
    """Return whether a word has a capital that is not its sentence's."""
    first = any(s.first == at for s in reading.sentences)
    return not first and is_capital(reading, at) and reading.norms[at].split("'")[0] not in words_of("names.never")


def is_capital(reading: Reading, at: int) -> bool:
    """Return whether a word begins with a capital."""
    return reading.turn.text[reading.tokens[at].start].isupper()
