"""Introductions: speakers tell their names, and interviewers tell who is of their own side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice

from ..background import Participant
from ..lexicon import load_data, words_of
from .matching import closest, words_in
from .voices import Voice

__all__ = ["calls_them_customers", "name_told", "own_side", "self_told"]

_EARLY = 100  # words of a voice within which somebody introduces themselves
_LITTLE = 80  # most words of somebody who only listens: greetings, thanks, and what they are asked in passing
_NAME = r"[A-Z][\w-]*(?:['’][A-Z][\w-]*)?"
_SENTENCE_END = re.compile(r"(?<=[.?!]) ")
_WHOLE = rf"(?P<name>{_NAME}(?: {_NAME})?)(?!\w)"


def name_told(name: str, texts: Iterable[str]) -> str | None:
    """Return the whole name that somebody of one name tells in their own words: "Yusuf Lindqvist, head of care" or "I'm Ann Lee".

    None if they do not, or if their name has more words already.
    """
    if " " in name or not name:
        return None
    found = (_introduction(name).search(text) for text in texts)
    return next((" ".join(m["name"].split()) for m in found if m), None)


@cache
def _introduction(name: str) -> re.Pattern[str]:
    """Return the pattern of a name with a last name: after "I'm", or at the start of a sentence and before a comma or its end."""
    particles = "|".join(load_data("speakers")["inner"])
    whole = rf"{re.escape(name)}(?: (?:{particles}))* [A-Z][\w'’-]+"
    return re.compile(rf"(?:(?:^|[.?!]\s+)(?={whole}[,.])|(?<!\w)(?i:{_leads('introducing', 'presenting')}) )(?P<name>{whole})(?!\w)")


def _leads(*keys: str) -> str:
    return "|".join(lead for key in keys for lead in load_data("speakers")[key])


def self_told(label: str, texts: Iterable[str], people: Sequence[Participant]) -> Participant | None:
    """Return the one of the people that a voice without a name says it is, early on: "I'm Ann Lee" or "this is Ann speaking".

    None if the label can name somebody, or a room with several people in it.
    """
    if not people or not _is_nameless(label):
        return None
    early = " ".join(islice((word for text in texts for word in text.split()), _EARLY))
    named = (_one_of(m["name"] or m["speaking"], people) for m in _own_name().finditer(early))
    told = {person.name: person for person in named if person}
    return next(iter(told.values())) if len(told) == 1 else None


def _one_of(name: str, people: Sequence[Participant]) -> Participant | None:
    """Return the person that a name or a word of it fits, since "And Jonas" begins with no name; None if it fits none or several."""
    fits = (closest(part, people) for part in dict.fromkeys((name, *name.split())))
    found = next((fit for fit in fits if fit), [])
    return found[0] if len(found) == 1 else None


def _is_nameless(label: str) -> bool:
    """Return whether a label is that of a numbered voice or of one person's device: `SPEAKER_01`, `iPhone`."""
    words = {word for word in words_in(label) if len(word) > 1}
    voices = words_of("speakers.voices")
    return not voices.isdisjoint(words) and words <= voices | words_of("speakers.fillers")


@cache
def _own_name() -> re.Pattern[str]:
    lead = rf"(?<![\w'’])(?i:{_leads('introducing')}) {_WHOLE}(?!['’])"
    spoken = rf"(?<![\w'’])(?i:{_leads('presenting')}) {_WHOLE.replace('<name>', '<speaking>')},? speaking\b"
    return re.compile(rf"{lead}|{spoken}")


def own_side(texts: Sequence[str], voices: Iterable[Voice]) -> frozenset[str]:
    """Return the labels of those whom an interviewer presents as of the own side: "Jonas from our team", "my colleague Jonas".

    Who is said to listen in is one of them, unless they have more to say than a greeting.
    """
    words = {voice.label: len(" ".join(voice.said).split()) for voice in voices}
    people = [Participant(name=label, role="colleague") for label in words]
    listeners = {label for label in _presented("listening", texts, people) if words[label] <= _LITTLE}
    return frozenset(_presented("own_side", texts, people)).union(listeners)


def _presented(how: str, texts: Iterable[str], people: Sequence[Participant]) -> Iterator[str]:
    """Yield the names of the people whom texts present in one of the ways of the data."""
    needed = load_data("speakers")["needed"][how]
    sentences = (sentence for text in texts for sentence in _SENTENCE_END.split(text))
    told = [sentence for sentence in sentences if any(part in sentence.lower() for part in needed)]
    found = (_one_of(m["name"], people) for pattern in _presenting(how) for sentence in told for m in pattern.finditer(sentence))
    return (person.name for person in found if person)


@cache
def _presenting(how: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile("".join(_cased(part) for part in re.split("(#)", text))) for text in load_data("speakers")[how])


def _cased(part: str) -> str:
    """Return a part of a pattern: a name in its own case, other words in any."""
    return _WHOLE if part == "#" else f"(?i:{part})" if part else ""


def calls_them_customers(text: str) -> bool:
    """Return whether somebody speaks of those present as their customers."""
    return _their_customers().search(text) is not None


@cache
def _their_customers() -> re.Pattern[str]:
    return re.compile("|".join(load_data("speakers")["their_customers"]), re.IGNORECASE)
