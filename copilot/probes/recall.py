"""Recall: whether a question says what it is about, and how it does so when that was said a while ago."""

from __future__ import annotations

import re

from ..lexicon import function_words
from ..probe import Probe
from ..text import norms

__all__ = ["brought_back", "repeats"]

_REPEATED = 2, 8  # least and most words of a statement that are repeated before a question
_MARK = re.compile(r"[^\w\s'\u2019%.,-]|[.,](?!\d)")


def brought_back(probe: Probe, turn: int | None) -> Probe:
    """Return a probe whose question names what it is about, if that was said before `turn` and the question repeats none of it.

    "From what to what, roughly?" goes with what was just said; later it is 'You said "It got slow": from what to what, roughly?'.
    """
    words = _opening(probe.text)
    if probe.turn in {None, turn} or probe.origin != "rules" or not words or '"' in probe.probe or repeats(probe.probe, probe.text):
        return probe
    return probe.model_copy(update={"probe": f'You said "{words}": {probe.probe[0].lower()}{probe.probe[1:]}'})


def repeats(probe: str, words: str) -> bool:
    """Return whether a question repeats any of a customer's words: "What led to that?" means little later on."""
    said, asked = ({n for n in norms(text) if n not in function_words()} for text in (words, probe))
    return bool(said & asked)


def _opening(text: str) -> str:
    """Return the first clause of a statement if it is short and says something by itself, else ""."""
    opening = _MARK.split(text, maxsplit=1)[0].strip()
    words = norms(opening)
    says = words and words[-1] not in function_words() and not function_words().issuperset(words)
    return opening if says and _REPEATED[0] <= len(words) <= _REPEATED[1] else ""
