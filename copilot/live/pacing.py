"""Pacing: when a probe comes onto the board, and when it leaves again. Silence is the rule."""

from __future__ import annotations

import re

from ..lexicon import Lexicon, words_of
from ..reading import BACK_CHANNEL_WORDS
from ..session import Update
from ..text import count_words, norms, tokenize
from ..turns import Turn, Value

__all__ = ["Pacing", "invites", "is_emotional", "is_finished"]

_STOP = re.compile(r"[.?!](?=\s)")


class Pacing(Value):
    """How a live call is paced; times are in seconds.

    A turn is finished after a `pause`, or after a `silence` where the source never reports words before they are final. Between two probes
    lie at least `spacing`. A probe that nobody asks leaves after `fresh`, or when the customer has spoken `answers` more times; a snoozed
    one may come back after `snooze`. A partial that is not reported any more is dropped after `orphan`. A slower engine may replace a
    probe for `swap` after it was shown, not later. `least` is no time but the chance, that an expert would ask it, which a probe needs.
    """

    spacing: float = 20.0
    pause: float = 2.0
    silence: float = 5.0
    fresh: float = 60.0
    answers: int = 2
    snooze: float = 120.0
    orphan: float = 15.0
    swap: float = 8.0
    least: float = 0.3


def invites(turn: Turn, update: Update) -> bool:
    """Say whether a probe may follow a turn: a customer's finished answer, with no boundary, refusal or emotion in it."""
    if turn.role != "customer" or update.quiet:
        return False
    answered = count_words(turn.text) > BACK_CHANNEL_WORDS or bool(update.gaps)
    return answered and is_finished(turn.text) and not is_emotional(turn.text)


def is_emotional(text: str) -> bool:
    """Say whether somebody tells of what has moved them."""
    return bool(Lexicon.load("emotions").find(norms(text)))


def is_finished(text: str) -> bool:
    """Say whether a text does not break off in the middle of a sentence."""
    end, tokens = text.rstrip(" \"”’')"), tokenize(text)
    if not tokens or end.endswith((",", "-", "–", "—", "…", "...", ":", ";")):
        return False
    # Where speech recognition sets stops, a text without one at its end goes on.
    return end.endswith((".", "?", "!")) or (not _STOP.search(text) and tokens[-1].norm not in words_of("pacing.unfinished"))
