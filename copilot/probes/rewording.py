"""Rewording: a better form of a faulty question, or none if only a person can find one.

The forms are data (`copilot/data/rewordings.yaml`). Every suggestion passes the lint itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ..lexicon import load_data, words_of
from ..text import count_words, norms, sentences, tokenize
from .lint import lint_question

__all__ = ["reword"]

ROUNDS = 3  # most rewriting steps, one after the other
LONGEST = 400  # most characters of a question that is reworded
_SPACE = re.compile(r"\s+")

_BARREL = re.compile(r",?\s(?:and|or)\s|[;:\u2014]\s|\s-\s|,\s", re.IGNORECASE)


class _Row(NamedTuple):
    """A form: the pattern that it matches, and the replacement."""

    pattern: re.Pattern[str]
    into: str


@cache
def _rows(name: str) -> tuple[_Row, ...]:
    data, praise = load_data("rewordings"), "|".join(sorted(words_of("lint.words.praise")))
    filled = ((row["match"].replace("<thing>", data["thing"].strip()).replace("<praise>", praise), row["into"]) for row in data[name])
    return tuple(_Row(re.compile(match, re.IGNORECASE), into) for match, into in filled)


def reword(text: str) -> str | None:
    """Return a question that asks the same without the faults of `text`, None if there is no simple form or no fault.

    The result passes `lint_question` without faults.
    """
    if not lint_question(text):
        return None
    forms, seen = [_plain(text)], {_plain(text).lower()}
    for _ in range(ROUNDS):
        forms = [new for form in forms for new in _candidates(form) if new.lower() not in seen]
        clean = next((question for form in forms if (question := _clean(form))), None)
        if clean:
            return clean
        seen.update(form.lower() for form in forms)
    return None


def _clean(form: str) -> str | None:
    """Return a form as a question with the gentlest faultless wording; None if it has a fault, or asks nothing."""
    gentler = [made for row in _rows("gentler") if (made := _applied(row, form))]
    for made in (*gentler, form):
        question = f"{made[:1].upper()}{made[1:]}?"
        if _asks(question) and not lint_question(question):
            return question
    return None


def _candidates(text: str) -> Iterator[str]:
    """Yield what a question can become in one step: one of its questions alone, its first part, or a row of the data."""
    asked = [text[s.start : s.end] for s in sentences(text)]
    yield from (_plain(part) for part in asked if len(asked) > 1 and (part.endswith("?") or part is asked[-1]))
    core = _core(text)
    if len(core) <= LONGEST:
        yield from (made for row in _rows("rows") if (made := _applied(row, core)))
        yield from _barrels(core)


def _barrels(core: str) -> Iterator[str]:
    """Yield the text before each place where a second question can begin, and the text after the last that is whole without the rest."""
    places = list(_BARREL.finditer(core))
    yield from (core[: place.start()] for place in places if count_words(core[: place.start()]) >= 2)
    after = [(core[: place.start()], core[place.end() :]) for place in reversed(places)]
    yield from (rest for before, rest in after if count_words(rest) >= 4 and not _names_subject(before, rest))


def _names_subject(before: str, rest: str) -> bool:
    """Return whether words name what the question after them is about: "the drivers, are they happy?", but not "for you, is it?"."""
    kinds = ("wh", "auxiliaries", "subjects", "prepositions")
    names = all(words_of(f"lint.words.{kind}").isdisjoint(norms(before)[:1]) for kind in kinds)
    return names and not words_of("rewordings.refers").isdisjoint(norms(rest)[1:3])


def _applied(row: _Row, core: str) -> str | None:
    match = row.pattern.fullmatch(core)
    if match is None:
        return None
    named = {name: value or "" for name, value in match.groupdict().items()}
    return _SPACE.sub(" ", match.expand(row.into) if "\\" in row.into else row.into.format(**named)).strip(" ,.")


def _plain(text: str) -> str:
    """Return a text on one line, without its final marks."""
    return _SPACE.sub(" ", _fillers().sub("", text.replace("\u2019", "'"))).strip().rstrip("?.!, ")


@cache
def _fillers() -> re.Pattern[str]:
    """Return a pattern for the sounds of hesitation, with the comma before them."""
    return re.compile(rf",?\s*\b(?:{'|'.join(sorted(words_of('rewordings.fillers')))})\b(?=,|\s|[?.!]|$),?", re.IGNORECASE)


def _core(text: str) -> str:
    """Return a question without introductory words."""
    words = _plain(text).split()
    while len(words) > 1 and words[0].lower().strip(",.!") in words_of("rewordings.lead"):
        words.pop(0)
    if words and tokenize(words[0].lower())[:1] and tokenize(words[0])[0].norm in _plain_openings():
        words[0] = words[0][0].lower() + words[0][1:]
    return " ".join(words)


@cache
def _plain_openings() -> frozenset[str]:
    """Return the words that are capitalised only because they begin a question."""
    kinds = ("wh", "auxiliaries", "prepositions", "subjects")
    return words_of("rewordings.openings").union(*(words_of(f"lint.words.{kind}") for kind in kinds)) - {"i"}


def _asks(question: str) -> bool:
    """Return whether words have the form of an open question, so that a fragment is not offered as one."""
    words = norms(question)
    opening = set(words[:2])
    told = not words_of("rewordings.inverts").isdisjoint(words[:1]) and not words_of("lint.words.subjects").isdisjoint(words[1:2])
    return len(words) > 1 and not told and not opening.isdisjoint(words_of("rewordings.asking"))
