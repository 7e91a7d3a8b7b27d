"""Pacing: when a probe comes onto the board, and when it leaves. Silence is the default."""

from __future__ import annotations

import re

from ..lexicon import Lexicon, words_of
from ..probes.asking import LEAST
from ..questions import opens_as_question
from ..reading import BACK_CHANNEL_WORDS
from ..session import Update
from ..speakers.asking import count_questions
from ..text import count_words, norms, sentences, tokenize
from ..turns import Turn, Value

__all__ = ["Pacing", "invites", "is_emotional", "is_finished", "leads_on"]

_STOP = re.compile(r"[.?!](?=\s)")


class Pacing(Value):
    """The pacing of a live call; times are in seconds.

    A turn is finished after a `pause`, or after a `silence` if the source only reports final words. Two probes are at least `spacing`
    apart. A probe that nobody asks leaves after `fresh`, or when the customer has spoken `answers` more times; a snoozed one may return
    after `snooze`. A partial that is no longer reported is dropped after `orphan`. A slower engine may replace a probe only within `swap`
    after it was shown. `least` is not a time but the least chance, that an interviewer would ask it, of a probe.
    """

    spacing: float = 20.0
    pause: float = 2.0
    silence: float = 5.0
    fresh: float = 60.0
    answers: int = 2
    snooze: float = 120.0
    orphan: float = 15.0
    swap: float = 8.0
    least: float = LEAST


def invites(turn: Turn, update: Update) -> bool:
    """Return whether a probe may follow a turn: a customer's finished answer without a boundary or emotion, and no refusal."""
    if turn.role != "customer" or update.quiet:
        return False
    answered = count_words(turn.text) > BACK_CHANNEL_WORDS or bool(update.gaps)
    return answered and is_finished(turn.text) and not is_emotional(turn.text)


def leads_on(text: str) -> bool:
    """Return whether the interviewer's words ask something, or break off before they say what: a remark such as "Lovely." does neither."""
    words = tokenize(text)
    opened = any(opens_as_question([t.norm for t in words[s.first : s.last]]) for s in sentences(text, words))
    return opened or count_questions([text]) > 0 or not is_finished(text)


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
