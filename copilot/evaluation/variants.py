"""The same interview in other words or file formats, which must not change the findings.

A variant is an entry in VARIANTS. All are deterministic, and adjust the labels to the changed words.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache, partial
from itertools import accumulate
from typing import Any

from .. import formats
from ..lexicon import load_data
from ..transcript import Transcript
from ..turns import Turn
from .gold import Gold, Interview, Label

__all__ = ["VARIANTS", "Variant", "register"]

Variant = Callable[[Interview], Interview]
"""Alters an interview in a way that changes nothing of what its labels say."""
VARIANTS: dict[str, Variant] = {}
"""The variants by name."""


def register(name: str, variant: Variant) -> None:
    """Add a variant under a name for use in suites."""
    VARIANTS[name] = variant


# Chunks: a text as words with the white space after them, each with its replacement.

Chunk = tuple[str, str]
_PIECE = re.compile(r"\s*\S+\s*")


def _rewrite(interview: Interview, rewrite: Callable[[Turn], list[Chunk]]) -> Interview:
    """Return an interview with its turns rewritten chunk by chunk, and its labels on the new words."""
    chunks = {turn.turn: rewrite(turn) for turn in interview.turns}
    texts = {number: "".join(new for _, new in row).strip() for number, row in chunks.items()}
    turns = tuple(turn.model_copy(update={"text": texts[turn.turn] or turn.text}) for turn in interview.turns)
    changed = replace(interview, turns=turns)
    return replace(changed, gold=_relabel(interview, changed, chunks))


def _relabel(old: Interview, new: Interview, chunks: Mapping[int, list[Chunk]]) -> Gold:
    lists: dict[str, list[Label]] = {}
    for name, row in old.gold.labels:
        words = _moved(old.texts[row.turn], new.texts[row.turn], chunks[row.turn], row.text)
        lists.setdefault(name, []).append(row.model_copy(update={"text": words}))
    return old.gold.model_copy(update={name: tuple(rows) for name, rows in lists.items()})


def _moved(old: str, new: str, chunks: list[Chunk], words: str) -> str:
    """Return what old words have become: the whole chunks that they touch, cut if nothing changed."""
    start = old.find(words)
    end = start + len(words)
    olds = [0, *accumulate(len(a) for a, _ in chunks)]
    news = [0, *accumulate(len(b) for _, b in chunks)]
    first = max(i for i, at in enumerate(olds) if at <= start)
    last = min(i for i, at in enumerate(olds) if at >= end)
    head = start - olds[first] if chunks[first][0] == chunks[first][1] else 0
    tail = olds[last] - end if chunks[last - 1][0] == chunks[last - 1][1] else 0
    return new[news[first] + head : news[last] - tail].strip() or new[:1]


# Without punctuation, as simple speech recognisers write.

_SIGNS = r"[.,;:?!…\"“”()\u2013\u2014]"
_MARKS = re.compile(rf"(?<!\d){_SIGNS}|{_SIGNS}(?!\d)")


def _unpunctuated(turn: Turn) -> list[Chunk]:
    return [(piece, _MARKS.sub("", piece).lower()) for piece in _PIECE.findall(turn.text)]


# Noise of speech recognition: fillers, lost small words, stutters, misheard words.


@cache
def _noise() -> Mapping[str, Any]:
    return load_data("asr_noise")


def _noisy(interview: Interview) -> Interview:
    source = random.Random(f"noise:{interview.name}")  # noqa: S311 -- noise that is the same in every run
    return _rewrite(interview, lambda turn: [(piece, _misheard(piece, source)) for piece in _PIECE.findall(turn.text)])


def _misheard(piece: str, source: random.Random) -> str:
    word, chance = piece.strip().lower(), source.random()
    share = _noise()["share"]
    if chance < share["heard_as"] and word in _noise()["heard_as"]:
        return f"{_noise()['heard_as'][word]} "
    if chance < share["lost"] and word in _noise()["lost"]:
        return ""
    if chance > 1 - share["filler"] and word.isalpha():
        return f"{source.choice(_noise()['fillers'])} {piece}"
    if chance > 1 - share["filler"] - share["stutter"] and word.isalpha() and len(word) <= 4:
        return f"{piece.rstrip()} {piece}"
    return piece


# Misspelt names, in the text and as speakers.


def _misspelt_names(interview: Interview) -> Interview:
    wrong = {part: _misspell(part) for p in interview.background.participants for part in p.name.split() if len(part) > 3}
    renamed = _rewrite(interview, lambda turn: [(piece, _swapped(piece, wrong)) for piece in _PIECE.findall(turn.text)])
    turns = [turn.model_copy(update={"speaker": " ".join(wrong.get(p, p) for p in turn.speaker.split())}) for turn in renamed.turns]
    return _read_back(replace(renamed, turns=tuple(turns)), "zoom")


def _misspell(name: str) -> str:
    """Return a name as a recogniser could write it: a doubled letter single, or a single one doubled."""
    for at in range(1, len(name) - 1):
        if name[at] == name[at + 1]:
            return name[:at] + name[at + 1 :]
    middle = len(name) // 2
    return name[:middle] + name[middle] + name[middle:]


def _swapped(piece: str, wrong: Mapping[str, str]) -> str:
    for name, other in wrong.items():
        if name in piece:
            return piece.replace(name, other)
    return piece


# Rendered as an export and read back.


def _read_back(interview: Interview, form: str) -> Interview:
    # Without the cues of another file, each turn is written as a whole.
    text = formats.render([turn.model_copy(update={"cues": ()}) for turn in interview.turns], form)
    turns = Transcript.parse(text, background=interview.background).turns
    return replace(interview, turns=turns)


for _form in ("zoom", "teams", "otter", "srt"):
    register(_form, partial(_read_back, form=_form))
register("misspelt-names", _misspelt_names)
register("no-punctuation", lambda interview: _rewrite(interview, _unpunctuated))
register("asr-noise", _noisy)
