"""Captions: WebVTT (Zoom, Teams, YouTube, podcasts), SubRip and SBV, all read cue by cue.

A name is in a voice tag (`<v Ann Lee>`) or before a colon, on every cue or only when the speaker changes, or on the first line of a cue.
Where there is none, ">>" may mark that another speaker begins.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..turns import Segment
from .clock import CLOCK, seconds
from .entities import unescape
from .export import Export
from .labels import find_labels, marks_change, names_among, split_changes, split_label, unmarked

__all__ = ["SBV_TIMING", "TIMING", "cues", "has_timing", "overlap", "plain_text", "read_captions"]

_EXACT = rf"({CLOCK})[ \t]*-->[ \t]*({CLOCK})[^\n]*"
_VTT_OR_SRT = rf"^[ \t]*{_EXACT}$"
SBV_TIMING = rf"^({CLOCK}),({CLOCK})[ \t]*$"
"""A line of an SBV file with the two times of a caption."""
_LIKE_CLOCK = r"-?[0-9]{1,9}(?::[0-9]{1,9}){1,3}(?:[.,][0-9]{0,9})?"
_ARROW = r"(?:(?:[-\u2013\u2014][ \t]?){1,9}>|\u2192)"
_SETTINGS = r"(?:[ \t]+[a-zA-Z0-9]+:\S+)*[ \t]*"
_ODD = rf"{_LIKE_CLOCK}[ \t]*(?:-->[ \t]*{_LIKE_CLOCK}[^\n]*|{_ARROW}[ \t]*(?:{_LIKE_CLOCK})?{_SETTINGS})"
TIMING = rf"^[ \t]*(?:{_EXACT}|({_ODD}))$"
"""A pattern of the line above a cue's text: its two times, or the whole line where a time or the arrow is not as it should be."""
_ODD_TIMES = re.compile(rf"({_LIKE_CLOCK})[ \t]*{_ARROW}[ \t]*({_LIKE_CLOCK})?")
_VOICE = r"<v(?:\.[^\s>]{0,99})?(?:\s{1,9}([^>]{0,200}))?>"
_TAG = rf"</?(?:c|i|b|u|v|lang|ruby|rt|font)(?:[.\s][^>]{{0,200}})?>|<{CLOCK}>|\{{\\an?\d\}}"
_COMMENTS = ("NOTE", "STYLE", "REGION")
_LABELLED_EARLY = 5  # first cues, one of which has a label if labels are speakers
_LABELLED_SHARE = 0.2  # else the least share of cues with one


class TimedText(NamedTuple):
    """A cue: times in seconds, None where they cannot be read, and the text as in the file."""

    start: float | None
    end: float | None
    text: str


_Row = tuple[TimedText, list[str]]
"""A cue and its lines without tags."""


def has_timing(export: Export, mark: str) -> bool:
    """Return whether there are timing lines; `mark` is the separator before their milliseconds."""
    found = re.search(_VTT_OR_SRT, export.head, re.MULTILINE)
    return found is not None and mark in found[1]


def cues(text: str) -> list[TimedText]:
    """Return the cues of a caption text, in order."""
    sbv = re.search(_VTT_OR_SRT, text, re.MULTILINE) is None and re.search(SBV_TIMING, text, re.MULTILINE) is not None
    # A line break to begin with lets the search skip from line to line.
    _, *found = re.split("\n" + (SBV_TIMING if sbv else TIMING), "\n" + text, flags=re.MULTILINE)
    size = 3 if sbv else 4
    starts, ends, chunks = found[::size], found[1::size], found[size - 1 :: size]
    payloads = map(_payload, [*map(_without_next_id, chunks[:-1]), *chunks[-1:]])
    if None not in starts:
        return list(map(TimedText, map(seconds, starts), map(seconds, ends), payloads))
    rows = zip(starts, ends, found[2::size], payloads, strict=True)
    return [TimedText(*((seconds(start), seconds(end)) if start else _odd_times(line)), text) for start, end, line, text in rows]


def _odd_times(line: str) -> tuple[float | None, float | None]:
    """Return the two times of a timing line that is not as it should be, None for one that cannot be read."""
    found = _ODD_TIMES.match(line)
    return (_time(found[1]), _time(found[2])) if found else (None, None)


def _time(clock: str | None) -> float | None:
    return seconds(clock) if clock and re.fullmatch(CLOCK, clock) else None


def _without_next_id(chunk: str) -> str:
    """Return the lines between two timing lines without the next cue's id."""
    if chunk.endswith("\n"):
        return chunk
    body, _, last = chunk.rstrip("\n").rpartition("\n")
    return body if body.rstrip(" \t").endswith("\n") or last.strip().isdigit() else chunk


def _payload(body: str) -> str:
    """Return a cue's text from the lines after its times, without comments."""
    first, *more = body.strip("\n").split("\n\n")
    return "\n".join([first, *(part for part in more if not part.lstrip().startswith(_COMMENTS))]) if more else first


def read_captions(export: Export) -> Iterator[Segment]:
    """Yield the speech of captions. A cue without a name has no speaker; a repeated cue with the same times counts once."""
    found = list(_each_once(cues(export.text)))
    if re.search(_VOICE, export.text):
        return _read_voices(found)
    rows = [(cue, plain_lines(cue.text)) for cue in found]
    return _read_labels(list(_unrolled(rows)) if _is_rolling(rows) else _with_colons(rows, export.people), export.people)


def _with_colons(rows: list[_Row], people: frozenset[str]) -> list[_Row]:
    """Return cues with a colon after the name, if names stand on the first lines of cues."""
    firsts = [lines[0] if len(lines) > 1 else "" for _, lines in rows]
    names = names_among(firsts, people) if any(firsts) else frozenset()
    if not names:
        return rows
    return [(cue, [f"{first}:", *lines[1:]] if first in names else lines) for first, (cue, lines) in zip(firsts, rows, strict=True)]


def _each_once(found: Iterable[TimedText]) -> Iterator[TimedText]:
    """Yield cues without repeats of the same text at the same time; of a cue of zero length, or without times, the time is not known."""
    seen: set[TimedText] = set()
    for cue in found:
        if cue not in seen or cue.start is None or cue.end is None or cue.end <= cue.start:
            yield cue
        seen.add(cue)


def plain_text(text: str) -> str:
    """Return caption text without tags and entities, on one line."""
    return " ".join(plain_lines(text))


def plain_lines(text: str) -> list[str]:
    """Return the lines of caption text with words, without tags and entities."""
    if "<" in text or "{" in text:
        text = re.sub(_TAG, "", text)
    return [" ".join(words) for line in unescape(text).split("\n") if (words := line.split())]


def _read_voices(found: Iterable[TimedText]) -> Iterator[Segment]:
    for cue in found:
        before, *voiced = re.split(_VOICE, cue.text)
        yield Segment(plain_text(before), None, cue.start, cue.end)
        for name, text in zip(voiced[::2], voiced[1::2], strict=True):
            yield Segment(plain_text(text), plain_text(name or "") or None, cue.start, cue.end)


def _read_labels(rows: Sequence[_Row], people: frozenset[str]) -> Iterator[Segment]:
    known = _speakers([split_label(" ".join(lines))[0] for _, lines in rows], people)
    known |= _speakers_within(rows, known, people)
    marked = False
    for cue, lines in rows:
        # Where somebody is named, what stands within a line is what they say.
        parts = _parts(lines, known) if known else (part.strip() for part in split_changes(" ".join(lines)))
        for part in parts:
            label, rest = split_label(part)
            named = label in known
            marked = not named and (marked or marks_change(part))
            segment = Segment(rest if named else unmarked(part), label if named else None, cue.start, cue.end, changes=marked)
            # A mark on a line of its own belongs to the words below.
            marked = marked and not segment.text
            yield segment


def _speakers(labels: Sequence[str], people: frozenset[str]) -> frozenset[str]:
    """Return the labels that name speakers: one of the first cues has one, or many cues do; otherwise a colon is only punctuation."""
    known = find_labels((label for label in labels if label), people)
    count = sum(1 for label in labels if label in known)
    early = any(label in known for label in labels[:_LABELLED_EARLY])
    return known if early or count > len(labels) * _LABELLED_SHARE else frozenset()


def _speakers_within(rows: Iterable[_Row], known: frozenset[str], people: frozenset[str]) -> frozenset[str]:
    """Return the labels that name speakers on later lines of cues: known ones, and those that are repeated there."""
    counts = Counter(label for _, lines in rows for line in lines[1:] if (label := split_label(line)[0]))
    found = find_labels(counts.elements(), people)
    return frozenset(label for label in found if counts[label] > 1 or label in known or label.casefold() in people)


def _parts(lines: Sequence[str], known: frozenset[str]) -> Iterator[str]:
    """Yield the text of a cue on one line, or in parts if later lines begin with a speaker's label, or with the mark of a change."""
    held: list[str] = []
    for line in lines:
        if held and (split_label(line)[0] in known or marks_change(line)):
            yield " ".join(held)
            held = []
        held.append(line)
    yield " ".join(held)


def _is_rolling(rows: Sequence[_Row]) -> bool:
    """Return whether cues repeat the last line of the cue before, as automatic captions do."""
    lines = [lines for _, lines in rows[:400]]
    repeats = sum(1 for before, after in pairwise(lines) if before and after and after[0] == before[-1])
    return len(lines) > 2 and repeats > len(lines) // 3


def _unrolled(rows: Iterable[_Row]) -> Iterator[_Row]:
    """Yield cues with each line once, at the cue that first shows it."""
    before: list[str] = []
    for cue, lines in rows:
        yield cue, lines[overlap(before, lines) :]
        before = lines or before


def overlap(before: Sequence[str], lines: Sequence[str]) -> int:
    """Return how many of the first lines repeat the last lines of the cue before."""
    return next((n for n in range(len(lines), 0, -1) if lines[:n] == before[-n:]), 0)
