"""Transcripts for people to read: a name and a colon in front of what is said, in Markdown or plain text, with or without times."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from ..turns import Segment
from .clock import CLOCK, seconds
from .export import Export
from .labels import find_labels, split_label, words_of

__all__ = ["fits_labelled", "fits_markdown", "fits_meet", "read_labelled", "read_markdown", "read_meet"]

_BOLD_LABEL = r"^\*\*([^*\n]{1,80}?)[ \t]*(?::[ \t]*\*\*|\*\*[ \t]*(?:[\[(]CLOCK[\])])?[ \t]*:)".replace("CLOCK", CLOCK)
_BOLD_TIME = rf"^\*\*[^*\n]+\*\*[ \t]*[\[(]({CLOCK})[\])]"
_ESCAPED_TIME = rf"\\?\[({CLOCK})\\?\](?:\s+to\s+\\?\[{CLOCK}\\?\])?"
_LEADING_TIME = rf"^[ \t]*[\[(]?({CLOCK})[\])]?(?:[ \t]*[-\u2013\u2014|])?(?:[ \t]+|$|(?=<))"
_TRAILING_TIME = rf"^(.*\S)[ \t]*[\[(]({CLOCK})[\])]$"
_VOICE = r"^<v(?:\.[^\s>]*)?\s+([^>]{1,200})>"
_MARKDOWN = (
    (r"\[([^\[\]\n]{1,300})\]\((?:[^()\s]|\([^()\s]{0,200}\)){0,500}\)", r"\1"),
    (r"(?<![\w*])(\*{1,2}|__)(?=\S)([^*_\n]{1,300}?)(?<=\S)\1(?![\w*])", r"\2"),
    (r"\\([\\`*_{}\[\]()#+\-.!<>|~$])", r"\1"),
)
_MEET_MARK = r"This editable transcript was computer generated|^[^\w\n]{0,9}(?:Meeting|Transcription) ended after \d"
_MEET_ATTENDEES = r"^[#* \t]{0,9}(?:Invited )?Attendees[*: \t]{0,9}\n{1,3}([^\n]+)$"
_MEET_HEADING = r"^(?:[#*📖 \t]{1,9}[^\n]{0,200}|[^\n]{1,200} [-\u2013] )?\bTranscript[* \t]{0,9}$"
_MEET_START = rf"^[^\n]*This editable transcript was computer generated[^\n]*$|{_MEET_ATTENDEES}|{_MEET_HEADING}"
_MEET_TIME = rf"^[#* \t]{{0,9}}({CLOCK})[* \t]{{0,9}}$"
_MEET_END = r"^[^\w\n]{0,9}(?:Meeting|Transcription) ended after [^\n]*$"


def fits_markdown(export: Export) -> bool:
    """Recognise Markdown by names in bold before a colon."""
    return re.search(_BOLD_LABEL, export.head, re.MULTILINE) is not None


def read_markdown(export: Export) -> Iterator[Segment]:
    """Yield the paragraphs under each bold name; an escaped time in a paragraph begins a new segment."""
    bold, time = re.compile(_BOLD_LABEL), re.compile(_BOLD_TIME)
    speaker: str | None = None
    for line in export.text.split("\n"):
        label = bold.match(line)
        stamped = time.match(line) if label else None
        if label:
            speaker = plain_markdown(label[1])
        start = seconds(stamped[1]) if stamped else None
        name, rest = _pseudo_label(line) if not label else ("", line[label.end() :])
        if name:
            speaker = name
        yield from _timed_parts(rest, speaker, start)


def _pseudo_label(line: str) -> tuple[str, str]:
    """Return the label of a line such as `Break:` that is not in bold, and the rest."""
    label, rest = split_label(line)
    return (label, rest) if label.casefold() in words_of("pseudo") else ("", line)


@cache
def _escaped_time() -> re.Pattern[str]:
    return re.compile(_ESCAPED_TIME)


def _timed_parts(text: str, speaker: str | None, start: float | None) -> Iterator[Segment]:
    """Yield a paragraph in parts, a new one from each time in it."""
    first, *more = _escaped_time().split(text)
    yield Segment(plain_markdown(first), speaker, start)
    for time, part in zip(more[::2], more[1::2], strict=True):
        yield Segment(plain_markdown(part), speaker, seconds(time))


def plain_markdown(text: str) -> str:
    """Return Markdown without links, emphasis, escapes and entities, on one line."""
    for pattern, plain in _MARKDOWN:
        text = re.sub(pattern, plain, text)
    return " ".join((html.unescape(text) if "&" in text else text).split())


def fits_meet(export: Export) -> bool:
    """Recognise Google Meet's document by the sentence that it carries, or by its last line."""
    tail = export.text[-300:]
    return re.search(_MEET_MARK, export.head, re.MULTILINE) is not None or re.search(_MEET_MARK, tail, re.MULTILINE) is not None


def read_meet(export: Export) -> Iterator[Segment]:
    """Yield the speech of a Meet document: what comes after its notes and its list of attendees."""
    end = re.search(_MEET_END, export.text, re.MULTILINE)
    text = export.text[: end.start() if end else None]
    begin = max((match.end() for match in re.finditer(_MEET_START, text, re.MULTILINE)), default=0)
    body = re.sub(_BOLD_LABEL, r"\1:", re.sub(_MEET_TIME, r"\1", text[begin:], flags=re.MULTILINE), flags=re.MULTILINE)
    return _carry_times(_read_lines(body, _attendees(text)))


def _attendees(text: str) -> frozenset[str]:
    found = re.search(_MEET_ATTENDEES, text, re.MULTILINE)
    return frozenset(name.strip() for name in found[1].split(",")) if found else frozenset()


def _carry_times(segments: Iterable[Segment]) -> Iterator[Segment]:
    """Give a time that stands on a line of its own to what follows it."""
    time: float | None = None
    for segment in segments:
        if segment.text:
            yield segment if time is None or segment.start is not None else replace(segment, start=time)
        time = None if segment.text else segment.start


def fits_labelled(export: Export) -> bool:
    """Recognise lines that begin with a name and a colon, or with a time."""
    if export.head.lstrip().startswith(("<!", "<html", "<?xml")):
        return False
    lines = [_parse(line) for line in export.head.split("\n") if line.strip()]
    timed = sum(1 for line in lines if line.time is not None)
    return timed * 2 > len(lines) or bool(find_labels(line.label for line in lines if line.label))


def read_labelled(export: Export) -> Iterator[Segment]:
    """Yield the speech of lines with names, times, both, or none; a line without a name goes on with the speaker before."""
    return _carry_times(_read_lines(export.text))


class Line(NamedTuple):
    """A line taken apart: its time in seconds, the label that may be a name, what follows it, and all but the time."""

    time: float | None
    label: str
    text: str
    whole: str


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    return re.compile(_LEADING_TIME), re.compile(_TRAILING_TIME), re.compile(_VOICE)


def _parse(line: str) -> Line:
    leading, trailing, voice = _patterns()
    time = leading.match(line)
    rest = line[time.end() :] if time else line
    start = seconds(time[1]) if time else None
    if voiced := voice.match(rest):
        return Line(start, voiced[1].strip(), rest[voiced.end() :], rest)
    label, text = _split(rest)
    if after := trailing.match(label):
        return Line(seconds(after[2]), after[1], text, rest)
    return Line(start, label, text, rest)


def _split(rest: str) -> tuple[str, str]:
    """Return the label and the text of a line; a time in brackets may stand between the name and the colon."""
    if found := re.match(rf"([^:\n]{{1,80}}?\s*[\[(]{CLOCK}[\])])\s*:(?:\s+|$)", rest):
        return found[1], rest[found.end() :]
    return split_label(rest)


def _read_lines(text: str, names: frozenset[str] = frozenset()) -> Iterator[Segment]:
    """Yield a segment for each line that names its speaker or its time, with the lines below it that do neither.

    `names` are speakers known from elsewhere.
    """
    lines = [_parse(line) for line in text.split("\n")]
    known = find_labels(line.label for line in lines if line.label) | names
    return _join_lines(lines, known)


def _join_lines(lines: Iterable[Line], known: frozenset[str]) -> Iterator[Segment]:
    speaker: str | None = None
    start: float | None = None
    held: list[str] = []
    for line in lines:
        named = line.label in known
        if named or line.time is not None:
            yield Segment(_one_line(held), speaker, start)
            speaker, start, held = line.label if named else None, line.time, []
        held.append(line.text if named else line.whole)
    yield Segment(_one_line(held), speaker, start)


def _one_line(parts: Iterable[str]) -> str:
    return " ".join(" ".join(parts).split())
