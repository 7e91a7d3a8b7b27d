"""Captions: WebVTT (Zoom, Teams, YouTube, podcasts), SubRip and SBV, all read cue by cue.

A name stands in a voice tag (`<v Ann Lee>`) or before a colon, on every cue or only where the speaker changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from ..turns import Segment
from .clock import CLOCK, seconds
from .entities import unescape
from .export import Export
from .labels import find_labels, split_label

__all__ = ["SBV_TIMING", "cues", "has_timing", "plain_text", "read_captions"]

_VTT_OR_SRT = rf"^[ \t]*({CLOCK})[ \t]*-->[ \t]*({CLOCK})[^\n]*$"
SBV_TIMING = rf"^({CLOCK}),({CLOCK})[ \t]*$"
_VOICE = r"<v(?:\.[^\s>]{0,99})?(?:\s{1,9}([^>]{0,200}))?>"
_TAG = rf"</?(?:c|i|b|u|v|lang|ruby|rt|font)(?:[.\s][^>]{{0,200}})?>|<{CLOCK}>|\{{\\an?\d\}}"
_COMMENTS = ("NOTE", "STYLE", "REGION")
_LABELLED_EARLY = 5
_LABELLED_SHARE = 0.2


class TimedText(NamedTuple):
    """A cue: times in seconds, and the text as it stands in the file."""

    start: float
    end: float
    text: str


def has_timing(export: Export, mark: str) -> bool:
    """Say whether there are timing lines, `mark` being what stands before their milliseconds."""
    found = re.search(_VTT_OR_SRT, export.head, re.MULTILINE)
    return found is not None and mark in found[1]


def cues(text: str) -> list[TimedText]:
    """Return the cues of a caption text, in its order."""
    sbv = re.search(_VTT_OR_SRT, text, re.MULTILINE) is None
    timing = re.compile(SBV_TIMING if sbv else _VTT_OR_SRT, re.MULTILINE)
    found = list(timing.finditer(text))
    out = [
        TimedText(seconds(match[1]), seconds(match[2]), _payload(text[match.end() : after.start()], before_next=True))
        for match, after in pairwise(found)
    ]
    if found:
        out.append(TimedText(seconds(found[-1][1]), seconds(found[-1][2]), _payload(text[found[-1].end() :], before_next=False)))
    return out


def _payload(chunk: str, *, before_next: bool) -> str:
    """Return a cue's text from what stands between two timing lines: without the next cue's id and without comments."""
    body = chunk
    if before_next and not chunk.endswith("\n\n"):
        body, _, last = chunk.rstrip("\n").rpartition("\n")
        if not (body.rstrip(" \t").endswith("\n") or last.strip().isdigit()):
            body = chunk
    if "\n\n" not in body:
        return body
    first, *more = body.removeprefix("\n").split("\n\n")
    return "\n".join([first, *(part for part in more if not part.lstrip().startswith(_COMMENTS))])


def read_captions(export: Export) -> Iterator[Segment]:
    """Yield the speech of captions. A cue without a name has no speaker."""
    found = cues(export.text)
    if _voice().search(export.text):
        return _read_voices(found)
    if _is_rolling(found):
        return _read_rolling(found)
    return _read_labels(found)


@cache
def _voice() -> re.Pattern[str]:
    return re.compile(_VOICE)


@cache
def _tag() -> re.Pattern[str]:
    return re.compile(_TAG)


def plain_text(text: str) -> str:
    """Return caption text without tags and entities, on one line."""
    if "<" in text or "{" in text:
        text = _tag().sub("", text)
    return " ".join(unescape(text).split())


def _read_voices(found: Iterable[TimedText]) -> Iterator[Segment]:
    for cue in found:
        before, *voiced = _voice().split(cue.text)
        yield Segment(plain_text(before), None, cue.start, cue.end)
        for name, text in zip(voiced[::2], voiced[1::2], strict=True):
            yield Segment(plain_text(text), plain_text(name or "") or None, cue.start, cue.end)


def _read_labels(found: Sequence[TimedText]) -> Iterator[Segment]:
    rows = [(cue, plain_text(cue.text)) for cue in found]
    pairs = [split_label(text) for _, text in rows]
    known = _speakers([label for label, _ in pairs])
    for (cue, text), (label, rest) in zip(rows, pairs, strict=True):
        named = label in known
        yield Segment(rest if named else text, label if named else None, cue.start, cue.end)


def _speakers(labels: Sequence[str]) -> frozenset[str]:
    """Return the labels that name speakers: the first cues have one, or many cues do; elsewhere a colon is only a colon."""
    known = find_labels(label for label in labels if label)
    count = sum(1 for label in labels if label in known)
    early = any(label in known for label in labels[:_LABELLED_EARLY])
    return known if early or count > len(labels) * _LABELLED_SHARE else frozenset()


def _is_rolling(found: Sequence[TimedText]) -> bool:
    """Say whether cues begin with the line that the cue before ended with, as automatic captions do."""
    lines = [_lines(cue) for cue in found[:400]]
    repeats = sum(1 for before, after in pairwise(lines) if before and after and after[0] == before[-1])
    return len(lines) > 2 and repeats > len(lines) // 3


def _lines(cue: TimedText) -> list[str]:
    lines = (plain_text(line) for line in cue.text.split("\n"))
    return [line for line in lines if line]


def _read_rolling(found: Iterable[TimedText]) -> Iterator[Segment]:
    """Yield each line once, at the cue that first shows it."""
    before: list[str] = []
    for cue in found:
        lines = _lines(cue)
        fresh = lines[_overlap(before, lines) :]
        yield Segment(" ".join(fresh), None, cue.start, cue.end)
        before = lines or before


def _overlap(before: list[str], lines: list[str]) -> int:
    """Return how many of the first lines are the last of the cue before."""
    return next((n for n in range(len(lines), 0, -1) if lines[:n] == before[-n:]), 0)
