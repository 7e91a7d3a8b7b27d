"""Lines as wide as the terminal: broken between words, continued below their beginning. What goes elsewhere is left as it is."""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Iterator
from typing import TextIO

__all__ = ["columns", "head_of", "pieces", "room_on", "wrap"]

WIDEST = 100
"""Columns after which a line is hard to read, however wide the terminal."""
_LEAD = re.compile(r"\s*(?:(?:\d+\.|[-*☐])\s+(?:\[ \]\s+)?)?")
_MARKS = frozenset({"Mn", "Me", "Cf"})
_WIDE = frozenset("WF")
_WORD = re.compile(r"(\s*)(\S+)")


def room_on(stream: TextIO) -> int | None:
    """Return how many columns a line can have on a stream, None if it is no terminal, so that programs get lines as they are."""
    return min(shutil.get_terminal_size().columns, WIDEST) if stream.isatty() else None


def columns(text: str) -> int:
    """Return how many columns a text takes on a terminal: two for each East Asian wide character, none for a mark on another."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.category(character) in _MARKS:
        return 0
    return 2 if unicodedata.east_asian_width(character) in _WIDE else 1


def pieces(text: str, room: int) -> Iterator[str]:
    """Yield a text in pieces of at most `room` columns, at least two, broken at spaces, or within a word that is longer."""
    piece = ""
    for word in text.split():
        if piece and columns(f"{piece} {word}") > room:
            yield piece
            piece = ""
        piece = f"{piece} {word}".lstrip()
        while columns(piece) > room:
            head = head_of(piece, room)
            yield head
            piece = piece[len(head) :]
    if piece:
        yield piece


def head_of(text: str, room: int) -> str:
    """Return the beginning of a text that takes at most `room` columns."""
    taken = 0
    for place, character in enumerate(text):
        taken += _columns(character)
        if taken > room:
            return text[:place]
    return text


def wrap(text: str, room: int | None, hang: int | None = None, column: int = 0) -> tuple[str, int]:
    """Return a text with line breaks for lines of `room` columns, and the column where it ends.

    A line continues at column `hang`, by default below the text after its indentation, number or bullet. It begins at `column`. A word
    that is longer than a line, such as a link, stays whole; so does a row of a Markdown table.
    """
    lines = text.split("\n")
    if room is None or text.lstrip().startswith("|"):
        return text, columns(lines[-1]) + (column if len(lines) == 1 else 0)
    done: list[str] = []
    for line in lines:
        below = len(_LEAD.match(line)[0]) if hang is None else hang  # type: ignore[index]
        one, column = _wrap_line(line, room, below if below * 2 <= room else 2, column)
        done.append(one)
        ended, column = column, 0
    return "\n".join(done), ended


def _wrap_line(line: str, room: int, hang: int, column: int) -> tuple[str, int]:
    """Return a line that begins at a column with line breaks, and the column where it ends."""
    out: list[str] = []
    for space, word in _WORD.findall(line):
        if column > hang and column + len(space) + columns(word) > room:
            out.append("\n" + " " * hang + word)
            column = hang + columns(word)
        else:
            out.append(space + word)
            column += len(space) + columns(word)
    return "".join(out), column
