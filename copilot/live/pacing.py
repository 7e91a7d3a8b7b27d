"""Pacing: when a probe comes onto the board, and when it leaves. Silence is the default."""

from __future__ import annotations

import re
from functools import lru_cache

from ..lexicon import Lexicon, words_of
from ..probes.asking import LEAST
from ..questions import opens_as_question
from ..reading import BACK_CHANNEL_WORDS
from ..session import Update
from ..speakers.asking import count_questions
from ..text import count_words, norms, sentences, tokenize
from ..turns import Turn, Value

__all__ = ["Pacing", "asks", "invites", "is_emotional", "is_finished", "is_full", "leads_on"]

_STOP = re.compile(r"[.?!](?=\s)")


class Pacing(Value):
    """The pacing of a live call; times are in seconds.

    A turn is finished after a `pause`; if the source only reports final words, after a `silence` on top of the time that its captions
    take, as the next one may be under way; or a `breath` after the interviewer has remarked on it, without a question of their own. Two
    probes are at least `spacing` apart. A probe that nobody asks leaves for good after
    `fresh`, or when the customer has spoken `answers` more times; one that gives way to a question of the interviewer's own may return,
    and is shown `showings` times at most. A snoozed one may return after `snooze`. A partial that is no longer reported is dropped after
    `orphan`. A slower engine may replace a probe only within `swap` after it was shown. `least` is not a time but the least chance, that
    an interviewer would ask it, of a probe.
    """

    spacing: float = 20.0
    pause: float = 2.0
    silence: float = 5.0
    breath: float = 1.0
    fresh: float = 60.0
    answers: int = 2
    showings: int = 2
    snooze: float = 120.0
    orphan: float = 15.0
    swap: float = 8.0
    least: float = LEAST


def invites(turn: Turn, update: Update) -> bool:
    """Return whether a probe may follow a turn: a customer's finished answer without a boundary or emotion, and no refusal."""
    if turn.role != "customer" or update.quiet:
        return False
    answered = is_full(turn) or bool(update.gaps)
    return answered and is_finished(turn.text) and not _asks_back(turn.text) and not is_emotional(turn.text)


def _asks_back(text: str) -> bool:
    """Return whether a text ends with a question that waits for an answer: "Are we off the record?", but not "It's slow, right?"."""
    words = tokenize(text)
    last = sentences(text, words)[-1]
    return text.rstrip().endswith("?") and opens_as_question([t.norm for t in words[last.first : last.last]])


def is_full(turn: Turn) -> bool:
    """Return whether a turn is more than a listener's noise."""
    return count_words(turn.text) > BACK_CHANNEL_WORDS


def leads_on(text: str) -> bool:
    """Return whether the interviewer's words ask something, or break off before they say what: a remark such as "Lovely." does neither."""
    return not is_finished(text) or asks(text)


@lru_cache(maxsize=256)  # the latest turns are looked at several times a second
def asks(text: str) -> bool:
    """Return whether the interviewer's words ask something to the end: "Okay, great, so" does not yet."""
    words = tokenize(text)
    opened = any(opens_as_question([t.norm for t in words[s.first : s.last]]) for s in sentences(text, words))
    return is_finished(text) and (opened or count_questions([text]) > 0)


def is_emotional(text: str) -> bool:
    """Return whether somebody talks about what has moved them."""
    return bool(Lexicon.load("emotions").find(norms(text)))


def is_finished(text: str) -> bool:
    """Return whether a text ends at the end of a sentence."""
    end, tokens = text.rstrip(" \"”’')"), tokenize(text)
    if not tokens or end.endswith((",", "-", "–", "—", "…", "...", ":", ";")):
        return False
    # If speech recognition writes full stops, a text without one at its end is unfinished.
    return end.endswith((".", "?", "!")) or (not _STOP.search(text) and tokens[-1].norm not in words_of("pacing.unfinished"))
