"""Whether a call is held in English, which is what the embedded engine reads."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from .lexicon import words_of
from .text import norms
from .turns import Turn

__all__ = ["looks_english"]

_WORDS = 3000
_FEWEST = 20
_SHARE = 0.22


def looks_english(turns: Iterable[Turn]) -> bool:
    """Return whether the first few thousand words are English, by the share of the small words that every English speaker uses.

    A call that switches to another language now and then is English; so are fewer than twenty words.
    """
    words = list(islice((norm for turn in turns for norm in norms(turn.text)), _WORDS))
    known = sum(word in words_of("language.english") for word in words)
    return len(words) < _FEWEST or known >= len(words) * _SHARE
