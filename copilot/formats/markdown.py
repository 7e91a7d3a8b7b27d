"""Markdown with a name in bold before what is said, as podcasts publish it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..lexicon import words_of
from ..turns import Segment
from .clock import CLOCK, seconds
from .entities import unescape
from .export import Export
from .labels import split_label

__all__ = ["BOLD_LABEL", "fits", "plain_text", "read"]

BOLD_LABEL = r"^\*\*([^*\n]{1,80}?)[ \t]*(?::[ \t]*\*\*|\*\*[ \t]*(?:[\[(]CLOCK[\])])?[ \t]*:)".replace("CLOCK", CLOCK)
"""A speaker's name in bold before a colon, with or without a time in brackets."""
_BOLD_TIME = rf"^\*\*[^*\n]+\*\*[ \t]*[\[(]({CLOCK})[\])]"
_ESCAPED_TIME = rf"\\?\[({CLOCK})\\?\](?:\s+to\s+\\?\[{CLOCK}\\?\])?"
_MARKDOWN = (
    (r"\[([^\[\]\n]{1,300})\]\((?:[^()\s]|\([^()\s]{0,200}\)){0,500}\)", r"\1"),
    (r"(?<![\w*])(\*{1,2}|__)(?=\S)([^*_\n]{1,300}?)(?<=\S)\1(?![\w*])", r"\2"),
    (r"\\([\\`*_{}\[\]()#+\-.!<>|~$])", r"\1"),
)


def fits(export: Export) -> bool:
    """Recognise Markdown by names in bold before a colon."""
    return re.search(BOLD_LABEL, export.head, re.MULTILINE) is not None


def read(export: Export) -> Iterator[Segment]:
    """Yield the paragraphs under each bold name; an escaped time in a paragraph begins a new segment."""
    speaker: str | None = None
    for line in export.text.split("\n"):
        label = re.match(BOLD_LABEL, line)
        stamped = re.match(_BOLD_TIME, line) if label else None
        if label:
            speaker = plain_text(label[1])
        start = seconds(stamped[1]) if stamped else None
        name, rest = _pseudo_label(line) if not label else ("", line[label.end() :])
        if name:
            speaker = name
        yield from _timed_parts(rest, speaker, start)


def _pseudo_label(line: str) -> tuple[str, str]:
    """Return the label of a line such as `Break:` that is not in bold, and the rest."""
    label, rest = split_label(line)
    return (label, rest) if label.casefold() in words_of("speakers.pseudo") else ("", line)


def _timed_parts(text: str, speaker: str | None, start: float | None) -> Iterator[Segment]:
    """Yield a paragraph in parts, a new one from each time in it."""
    first, *more = re.split(_ESCAPED_TIME, text)
    yield Segment(plain_text(first), speaker, start)
    for time, part in zip(more[::2], more[1::2], strict=True):
        yield Segment(plain_text(part), speaker, seconds(time))


def plain_text(text: str) -> str:
    """Return Markdown without links, emphasis, escapes and entities, on one line."""
    for pattern, plain in _MARKDOWN:
        text = re.sub(pattern, plain, text)
    return " ".join(unescape(text).split())
