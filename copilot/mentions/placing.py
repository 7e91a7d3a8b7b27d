"""Find the clause of each quantity, and the time that it refers to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..lexicon import words_of
from ..quantities import Quantity
from ..quantities.numerals import SMALL
from ..quantities.units import DURATIONS
from ..quantities.words import lists
from ..reading import Reading, once_for_all
from ..text import Token
from .mention import Mention, unit_of

__all__ = ["UNDATED", "are_other", "conditions", "only_dates", "placed", "when_told"]

_YEAR = re.compile(
    r"\b(?:19|20)\d\d\b|\bFY ?\d\d\b|['\u2019]\d\d\b"
    r"|\btwenty[ -](?:twenty|nineteen|eighteen|seventeen|sixteen)(?:[ -](?:one|two|three|four|five|six))?\b"
    r"|\b(?:of|in|since) twenty[ -](?:one|two|three|four|five|six|seven|eight|nine)\b"
    r"(?=[,.;:?!]| (?:we|it|i|they|there|and|the|was|when)\b)"
    r"|\bnineteen[ -](?:fifty|sixty|seventy|eighty|ninety)(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?\b",
    re.IGNORECASE,
)

_NOW, _LAST, _PAST, _BEFORE, _YEAR_BEFORE = 0.0, -1.0, -10.0, -50.0, -200.0
"""The times of clauses in order: "the year before" comes before any other time in its story. A year is told by its distance to _FUTURE."""
UNDATED = frozenset({_NOW, _BEFORE})
"""The times that only a word such as "now" or "before" tells, and no date."""
LED = 3  # most words from an "in" or "on" to the word of the condition that it opens: "on a really bad day"
CENTURY = 100  # a year told without its century is below it
TEENS = 10  # least of what follows the century in a year; "twenty-two" is told without its century
_FUTURE = 2060  # year that nobody tells of; two digits from 60 on are of the century before


@once_for_all
def placed(reading: Reading) -> list[Mention]:
    """Return the mentions of a turn, each with its clause."""
    tokens, out = reading.tokens, []
    quantities = [q for q in reading.quantities if not q.broken and not _is_year(reading, q)]
    places = _token_places(tokens, quantities)
    n = 0
    cut = 0
    for i, quantity in enumerate(quantities):
        at, after = places[i]
        while n + 1 < len(reading.sentences) and reading.sentences[n].last <= at:
            n += 1
        sentence = reading.sentences[n]
        first = max(sentence.first, cut)
        cut = last = _clause_end(reading, after, min(sentence.last, places[i + 1][0] if i + 1 < len(places) else len(tokens)))
        when, strong = _when(reading, first, at, after, last)
        window = _is_window(tokens, quantity, at)
        out.append(
            Mention(
                quantity, unit_of(quantity), quantity.start, quantity.end, sentence, first, last, at, after, when, strong, window=window
            )
        )
    return out


def _is_year(reading: Reading, quantity: Quantity) -> bool:
    """Return whether a sentence is only "of" and two digits, after a question that names a time of the year: "September?" "Of 23."."""
    sentence, asked = reading.sentence_at(quantity.start), reading.asked
    if sentence is None or asked is None or quantity.unit is not None or not 0 <= quantity.low == quantity.high < CENTURY:
        return False
    text = reading.turn.text
    alone = text[sentence.start : quantity.start].strip().lower() == "of" and not text[quantity.end : sentence.end].strip(" .!")
    times = lists().months | words_of("mentions.seasons")
    return alone and not times.isdisjoint(asked.words_in(asked.sentences[-1]))


def _clause_end(reading: Reading, after: int, stop: int) -> int:
    """Return the token at which the clause of a number ends, before the next number's clause begins."""
    tokens = reading.tokens
    for i in range(after, stop):
        if tokens[i].norm in {"and", "but", "now", "then", "which", "where"} and i > after - 1:
            parted = "," in reading.turn.text[tokens[i - 1].end : tokens[i].start]
            if tokens[i].norm == "now" and i == after and not parted:
                continue
            return i
        if i > after and "," in reading.turn.text[tokens[i - 1].end : tokens[i].start]:
            return i
        if (
            i == after
            and i
            and "," in reading.turn.text[tokens[i - 1].end : tokens[i].start]
            and tokens[i].norm in words_of("mentions.clause_starts")
        ):
            return i
    return max(stop, after)


def _is_window(tokens: Sequence[Token], quantity: Quantity, at: int) -> bool:
    """Return whether a duration only says when another number holds: "in the last twelve months"."""
    if quantity.unit not in DURATIONS:
        return False
    lead = {t.norm for t in tokens[max(0, at - 2) : at]}
    tail = tokens[at + 2].norm if at + 2 < len(tokens) else ""
    return bool(lead & words_of("mentions.windows")) or tail in {"ago", "later", "back"} or _bounds(tokens, at)


def only_dates(reading: Reading, mention: Mention) -> bool:
    """Return whether a number tells nothing but when another one held: "three years ago"."""
    return mention.window and reading.norms[mention.after : mention.after + 1] == ("ago",)


def _bounds(tokens: Sequence[Token], at: int) -> bool:
    """Return whether "before" or "after" follows a duration: "two weeks before and two weeks after"."""
    tail = [t.norm for t in tokens[at + 2 : at + 4]]
    return tail[:1] in (["before"], ["after"]) and tail[1:] in ([], ["and"])


def _token_places(tokens: Sequence[Token], quantities: Sequence[Quantity]) -> list[tuple[int, int]]:
    """Return the range of tokens of each quantity."""
    places, i = [], 0
    for quantity in quantities:
        while i < len(tokens) and tokens[i].end <= quantity.start:
            i += 1
        first = i
        while i < len(tokens) and tokens[i].start < quantity.end:
            i += 1
        places.append((first, max(i, first + 1)))
    return places


def when_told(reading: Reading, first: int, last: int) -> tuple[float | None, bool]:
    """Return the time that tokens[first:last] tell, as for a number's clause, and whether it rests on more than a verb's tense."""
    return _when(reading, first, first, first, last)


def conditions(reading: Reading, first: int, last: int) -> frozenset[str]:
    """Return the words of tokens[first:last] that tell a recurring time or a state in which a number holds: "winter", "bad", "saturday".

    Such a word follows an "in" or "on", or opens its sentence.
    """
    times, states = (words_of(f"mentions.conditions.{kind}") for kind in ("times", "states"))
    leads, opening = words_of("mentions.conditions.leads"), {s.first for s in reading.sentences}
    led = (n for n in range(first, last) if n in opening or not leads.isdisjoint(reading.norms[max(first, n - LED) : n]))
    return (times | states) & {reading.norms[n] for n in led}


def are_other(one: frozenset[str], other: frozenset[str]) -> bool:
    """Return whether two sets of conditions name different times, or different states."""
    kinds = (words_of(f"mentions.conditions.{kind}") for kind in ("times", "states"))
    return any(one & kind and other & kind and not one & other & kind for kind in kinds)


def _when(reading: Reading, first: int, at: int, after: int, last: int) -> tuple[float | None, bool]:
    """Return a key that orders clauses in time (None: unknown), and whether it rests on more than a verb's tense."""
    tokens = reading.tokens
    norms = [*reading.norms[first:at], *reading.norms[after:last]]
    start = tokens[first].start if first < len(tokens) else 0
    end = tokens[last - 1].end if last else 0
    year = _YEAR.findall(reading.turn.text, start, end)
    held = set(norms)
    if "just" in held and "gone" in held:
        return _NOW, True
    if year:
        return _year_key(year[-1]), True
    if "last" in held and held & words_of("mentions.last_spans"):
        return _LAST, True
    if "before" in held and "year" in held:
        return _YEAR_BEFORE, True
    if held & words_of("mentions.time.before") and not held & {"now", "today", "currently"}:
        return _BEFORE, bool(held & words_of("mentions.surely_before"))
    if held & words_of("mentions.time.now") or ("this" in held and held & (words_of("mentions.spans") | lists().months)):
        return _NOW, True
    if held & words_of("mentions.time.past"):
        return _PAST, False
    return (_NOW, False) if held & words_of("mentions.time.present") else (None, False)


def _year_key(text: str) -> float:
    """Return the time of a year: "2023", "FY 23", "'98", "twenty twenty-three", "nineteen ninety-eight"."""
    digits = re.sub(r"\D", "", text)
    if digits:
        year = int(digits)
        year += 0 if year > 99 else 2000 if year < _FUTURE % 100 else 1900
    else:
        century, *rest = (SMALL[part] for part in re.split(r"[ -]+", text.lower()) if part in SMALL)
        year = 100 * century + sum(rest) if sum(rest) >= TEENS else 2000 + century + sum(rest)
    return float(year - _FUTURE)
