"""Detect whether a call is in English, the only language that the embedded engine reads."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from .lexicon import words_of
from .text import norms
from .turns import Turn

__all__ = ["looks_english"]

_WORDS = 3000  # words looked at, from the start of the call
_FEWEST = 20  # words; a shorter text is not judged
_SHARE = 0.22  # least share of common small words in English


def looks_english(turns: Iterable[Turn]) -> bool:
    """Return whether the first few thousand words are English, by the share of the small words that every English speaker uses.

    A call that occasionally switches to another language still counts as English; so do fewer than twenty words in Latin letters.
    """
    words = list(islice((norm for turn in turns for norm in norms(turn.text)), _WORDS))
    known = sum(word in words_of("language.english") for word in words)
    if len(words) < _FEWEST:
        return not any(words) or any(word.isascii() for word in words)
    return known >= len(words) * _SHARE
