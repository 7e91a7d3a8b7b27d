"""Who goes on: what only shows that somebody listens ends nobody's turn in the middle of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, takewhile

from .lexicon import Lexicon, words_of
from .reading import BACK_CHANNEL_WORDS
from .text import norms

__all__ = ["SENTENCE_END", "only_listens", "runs"]

SENTENCE_END = r"[.?!…]\W*$"
"""A pattern of the mark that closes a sentence, at the end of a text."""
_STOP = r"[.?!…](?!\w)"
_PAUSES = ",;:-\u2013\u2014"
_ALWAYS_CAPITAL = "i"


def only_listens(text: str) -> bool:
    """Return whether words only show that somebody listens: "Mm-hm.", "Oh, right.", but not "Six weeks." or "Really?"."""
    words = norms(text)
    if "?" in text or not 0 < len(words) <= BACK_CHANNEL_WORDS:
        return False
    found = [*Lexicon.at("replies.agrees").find(words), *Lexicon.load("listening").find(words)]
    return len({place for match in found for place in range(match.first, match.last)}) == len(words)


def runs(speakers: Sequence[str], texts: Sequence[str]) -> Iterator[list[int]]:
    """Yield the places of the lines that make each turn, given who says each line, and what.

    A turn is what one speaker says until another speaks. Where others only listen in the middle of a sentence, the turn goes on, and what
    they say comes after it: "We have two hundred", "Mm-hm.", "and twelve buses." is one turn, and another. No line is left out.
    """
    waiting = [list(run) for _, run in groupby(range(len(texts)), key=speakers.__getitem__)][::-1]
    while waiting:
        run, heard = waiting.pop(), list[int]()
        while between := _heard_within(run, waiting, speakers, texts):
            heard += [place for _ in range(between) for place in waiting.pop()]
            run += waiting.pop()
        yield run
        after = waiting.pop() if heard and waiting and speakers[waiting[-1][0]] == speakers[heard[-1]] else []
        waiting += [list(run) for _, run in groupby([*heard, *after], key=speakers.__getitem__)][::-1]


def _heard_within(run: Sequence[int], waiting: Sequence[Sequence[int]], speakers: Sequence[str], texts: Sequence[str]) -> int:
    """Return how many of the runs to come, the next one last, only listen until the speaker goes on with the sentence; 0 if none do."""
    said = _said(run, texts)
    if re.search(SENTENCE_END, said):
        return 0
    others = takewhile(lambda other: speakers[other[0]] != speakers[run[0]] and only_listens(_said(other, texts)), reversed(waiting))
    count = sum(1 for _ in others)
    back = waiting[-count - 1] if count < len(waiting) else ()
    if not count or not back or speakers[back[0]] != speakers[run[0]] or only_listens(said) or only_listens(texts[back[0]]):
        return 0
    between = " ".join(_said(other, texts) for other in waiting[-count:])
    return count if _goes_on(said, between, texts[back[0]]) else 0


def _said(places: Sequence[int], texts: Sequence[str]) -> str:
    return " ".join([texts[place] for place in places])


def _goes_on(said: str, between: str, more: str) -> bool:
    """Return whether words without a closing mark are gone on with.

    A small letter or a number goes on, and so does "I", or a name after a comma or a word that no clause ends with. Where none of the words
    have closing marks, a missing one tells nothing, and only such a word does.
    """
    last, first = norms(said)[-1:], norms(more)[:1]
    if not last or not first:
        return False
    if last[0] in words_of("listening.lists.waits"):
        return True
    if not re.search(_STOP, f"{said} {between} {more}"):
        return False
    start = next(char for char in more if char.isalnum())
    return not start.isupper() or first[0].split("'")[0] == _ALWAYS_CAPITAL or said.rstrip()[-1] in _PAUSES
