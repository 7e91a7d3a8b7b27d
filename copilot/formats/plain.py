"""Text with a name and a colon before what is said, with or without times, a name beside each time, or times or ">>" alone."""

from __future__ import annotations

from collections.abc import Iterator

from ..turns import Segment
from .export import Export
from .labels import find_labels, marks_change
from .lines import parse_line, read_lines, with_colons

__all__ = ["fits", "read"]


def fits(export: Export) -> bool:
    """Recognise lines that begin with a name and a colon, with a time, or with the mark of a change of speaker, and names beside times."""
    if export.head.lstrip().startswith(("<!", "<html", "<?xml")):
        return False
    lines = [parse_line(line) for line in with_colons(export.head, export.people).split("\n") if line.strip()]
    # A time on its own line belongs to the line below.
    timed = sum(2 if line.whole.strip() == "" else 1 for line in lines if line.time is not None)
    marked = sum(marks_change(line.whole) for line in lines)
    return max(timed, marked) * 2 > len(lines) or bool(find_labels((line.label for line in lines if line.label), export.people))


def read(export: Export) -> Iterator[Segment]:
    """Yield the speech of lines with names, times, both, or none; a line without a name continues with the speaker before."""
    return read_lines(with_colons(export.text, export.people), export.people)
