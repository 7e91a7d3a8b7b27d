"""Acronyms that nobody has to ask about: general ones, those of the background, and those that the call has spelt out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from ..lexicon import function_words, load_data, words_of
from ..reading import Reading
from ..text import norms

__all__ = ["is_glossed", "is_known"]

LETTERS = 4
"""Letters of each word from which two words count as spelling out an acronym of two; short ones begin too many."""


def is_known(reading: Reading, acronym: str) -> bool:
    """Return whether an acronym, or its singular, needs no explanation in this turn, or is a word that was only stressed: "THAT close"."""
    bare = acronym.removesuffix("s")
    if acronym.lower() in function_words():
        return True
    known = {t.upper() for t in reading.background.terms} | words_of("evidence.acronyms")
    return acronym.upper() in known or bare.upper() in known or _is_spelt_out(reading, bare)


def is_glossed(reading: Reading, end: int) -> bool:
    """Return whether the words after a term that ends at an offset explain it, or take it for one of many: "the RBX, our old ledger"."""
    return _gloss().match(reading.turn.text, end) is not None


@cache
def _gloss() -> re.Pattern[str]:
    return re.compile(load_data("anchors")["gloss"].strip(), re.IGNORECASE)


def _is_spelt_out(reading: Reading, acronym: str) -> bool:
    """Return whether the call or the background has words in a row that begin with its letters: "accounts payable" for AP."""
    letters = [c for c in acronym.lower() if c.isalpha()]
    least = LETTERS if len(letters) == 2 else 1
    return len(letters) > 1 and any(
        [w[0] for w in words[n : n + len(letters)]] == letters and all(len(w) >= least for w in words[n : n + len(letters)])
        for words in _told(reading)
        for n in range(len(words) - len(letters) + 1)
    )


def _told(reading: Reading) -> Iterator[Sequence[str]]:
    """Yield the content words of the turn, of those before it and of the background's facts."""
    for words in (reading.norms, *(b.norms for b in reading.before), *map(norms, reading.background.customer.facts)):
        yield [norm for norm in words if norm not in function_words()]
