"""Numbers that an answer keeps back: what was never told needs no barring."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ...lexicon import Match
from ...reading import Reading
from ...statements.dimensions import asked_dimension
from .discretion import classes
from .earlier import tells_much, thread
from .forms import is_parted
from .phrases import Phrase, lexicon
from .words import SUBSTANCE, lists, substance

__all__ = ["may_be_of_number", "says_why_not", "withholds"]

_NUMBERS = frozenset({"amount", "count", "money", "often", "share", "time"})
"""What a question for a number asks for, as `asked_dimension` tells it."""
_ASKING = frozenset({"PUB", "MEDIA", "REC", "PUT", "DROP", "PLEASE"})
"""Classes of the words by which something is asked of the writer; others only say why something is not told."""


def withholds(reading: Reading, phrase: Phrase) -> bool:
    """Return whether a turn says little up to a phrase but that it keeps something back, or that a number is asked for; it tells none."""
    kept_back = _kept_back(reading)
    before = [(a, min(b, phrase.first)) for a, b in _clauses(reading) if a < phrase.first]
    told = [(a, b) for a, b in before if not _holds(kept_back, a, b)]
    asked = len(told) < len(before) or _is_asked_for_number(reading)
    return asked and not reading.quantities and all(substance(reading, a, b) < SUBSTANCE for a, b in told)


def says_why_not(reading: Reading, phrase: Phrase) -> bool:
    """Return whether a phrase says no more than why an answer keeps back the number that was asked for, or that it does.

    "I'd rather not put a number on it, Legal would have my head."
    """
    return bool(_declined_beside(reading, phrase)) and may_be_of_number(reading, phrase)


def may_be_of_number(reading: Reading, phrase: Phrase) -> bool:
    """Return whether a phrase may speak of a number that was asked for and is not told, since it asks nothing of the writer.

    "How much was it?" "That's confidential." Where the answer before told a number, that is meant.
    """
    if phrase.reach not in {"back", "indirect"} and not _only_declines(reading, phrase):
        return False
    just = thread(reading)
    told = any(tells_much(q.high) for r in reading.before if r.turn.turn in just for q in r.quantities)
    return not told and _is_asked_for_number(reading) and withholds(reading, phrase) and not _asks_writer(reading, phrase)


def _asks_writer(reading: Reading, phrase: Phrase) -> bool:
    """Return whether a phrase asks something of the writer in other words than those that keep a number back."""
    declined = _declined_beside(reading, phrase)
    within = [(max(a, phrase.first), min(b, phrase.last)) for a, b in _clauses(reading) if not _holds(declined, a, b)]
    return any(classes().get(reading.norms[n]) in _ASKING for a, b in within for n in range(a, b))


def _only_declines(reading: Reading, phrase: Phrase) -> bool:
    """Return whether a phrase only declines, and nothing is told after it: "I'm not allowed to say", but not "... say, but they left"."""
    declines = any(_spans(m, phrase) for m in _kept_back(reading))
    return declines and substance(reading, phrase.last, len(reading.tokens)) < SUBSTANCE


def _kept_back(reading: Reading) -> Sequence[Match]:
    """Return where a turn declines to tell something, puts it off, or does not know."""
    return reading.find(lexicon("refuse", "defer", "consult", "hesitate"))


def _declined_beside(reading: Reading, phrase: Phrase) -> Sequence[Match]:
    """Return where a turn keeps something back apart from a phrase, or in words that hold all of it, or keeps back a number."""

    def beside(m: Match) -> bool:
        return m.last <= phrase.first or phrase.last <= m.first or _spans(m, phrase)

    return [m for m in _kept_back(reading) if m.label == "refuse.amount" or beside(m)]


def _spans(match: Match, phrase: Phrase) -> bool:
    return match.first <= phrase.first and phrase.last <= match.last


def _holds(matches: Sequence[Match], first: int, last: int) -> bool:
    """Return whether one of some matches begins among tokens[first:last]."""
    return any(first <= m.first < last for m in matches)


def _is_asked_for_number(reading: Reading) -> bool:
    """Return whether the question before a turn asks for a number: how much, what it cost, what the margin is."""
    asked = reading.asked
    if asked is None:
        return False
    named = any(not lists().counting.isdisjoint(asked.words_in(s)) for s in asked.sentences if asked.asks(s))
    return named or asked_dimension(asked.turn.text) in _NUMBERS


def _clauses(reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield the clauses of a turn, from a token to a token, as its marks part them."""
    cuts = [0, *(i for i in range(1, len(reading.tokens)) if is_parted(reading, i)), len(reading.tokens)]
    return pairwise(cuts)
