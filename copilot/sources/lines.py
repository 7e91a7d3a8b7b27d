"""Convert a growing text to segments: captions, lines that begin with a name, or JSON Lines, recognised by content."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator

from ..formats.control import control_characters, without_control
from ..formats.labels import expected, is_pseudo
from ..turns import LiveSegment, Segment
from .fields import segment
from .messages import Messages, Numbering
from .spoken import Captions, NamedLines, Speakers

__all__ = ["Lines"]

_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_STRING = r'"(?:[^"\\]++|\\.)*+"'
_JSON = re.compile(rf"(?:{_STRING}|true|false|null|NaN|Infinity|[-+\d.eE\s{{}}\[\]:,])*+")
_OPENS_JSON = re.compile(r"[\s\[\],]*(?:\{|$)")
_OPENS_OBJECT = re.compile(r'[\s\[\],]*\{\s*"')


class Lines:
    """Reads bytes as they come in. A line counts once it is complete, a cue once it is followed by an empty line or a rest.

    JSON may stand on one line or several, one object after the other or in a list; `unread` counts what is unknown of it, and lines that
    are no text. A line that is not UTF-8 is read as Windows-1252, and stray control characters are left out, as in a file; `note` says so.
    """

    def __init__(self, began: float | None = None, people: Iterable[str] = ()) -> None:
        """Start a text, in which `people` are expected to speak.

        `began` is when the call began, in seconds since 1970, for messages whose times are dates.
        """
        self._people = expected(people)
        speakers = Speakers(self._people)
        self._captions, self._named = Captions(speakers), NamedLines(speakers)
        self._json = _Objects()
        self._messages = Messages(began)
        self._numbering = Numbering()
        self._wide: codecs.IncrementalDecoder | None = None
        self._begun = False
        self._rest = b""
        self._binary = 0
        self._notes: dict[str, None] = {}

    @property
    def note(self) -> str:
        """How the text was made readable, "" if it was so by itself."""
        return "; ".join(self._notes)

    @property
    def unread(self) -> int:
        """How many lines or objects of JSON could not be read."""
        return self._messages.unread + self._binary

    def feed(self, data: bytes) -> Iterator[LiveSegment]:
        """Yield the segments that more bytes complete."""
        if data and not self._begun:
            self._begun = True
            self._wide = codecs.getincrementaldecoder("utf-16")("replace") if data.startswith(_WIDE) else None
        *whole, self._rest = (self._rest + self._narrow(data)).split(b"\n")
        for line in whole:
            yield from self._line(line)

    def rest(self) -> Iterator[LiveSegment]:
        """Yield the cue whose lines are complete but not yet followed by an empty line."""
        if not self._rest:
            yield from self._number(self._captions.rest())

    def end(self) -> Iterator[LiveSegment]:
        """Yield the rest at the end of the text."""
        last, self._rest = self._rest + self._narrow(b"", final=True), b""
        if last:
            yield from self._line(last)
        yield from self._number(self._captions.end())
        yield from self._read(self._json.end())

    def _narrow(self, data: bytes, *, final: bool = False) -> bytes:
        """Return UTF-16 as UTF-8, anything else as it is."""
        return self._wide.decode(data, final).encode() if self._wide else data

    def _decode(self, line: bytes) -> str:
        try:
            return line.decode()
        except UnicodeDecodeError:
            self._notes["what is not UTF-8 is read as Windows-1252"] = None
            return line.decode("cp1252", "replace")

    def _clean(self, line: str) -> str:
        if control_characters(line):
            self._notes["control characters are left out"] = None
        return without_control(line)

    def _line(self, data: bytes) -> Iterator[LiveSegment]:
        line = self._decode(data).rstrip("\r").removeprefix("\ufeff")
        if _is_binary(line):
            self._binary += 1
        else:
            yield from self._text(self._clean(line))

    def _text(self, line: str) -> Iterator[LiveSegment]:
        if self._captions.takes(line):
            yield from self._number(self._captions.line(line))
        elif self._json.takes(line):
            yield from self._read(self._json.line(line))
        else:
            yield from self._read(self._json.end())
            if _OPENS_OBJECT.match(line):
                yield from self._messages.read(line)
            else:
                yield from self._number(self._named.line(line))

    def _read(self, objects: str) -> Iterator[LiveSegment]:
        if objects:
            yield from self._messages.read(objects)

    def _number(self, speech: Iterable[Segment]) -> Iterator[LiveSegment]:
        for spoken in speech:
            text = " ".join(spoken.text.split())
            if text and not (spoken.speaker and is_pseudo(spoken.speaker, self._people)):
                yield self._numbering.number(segment("", text, spoken.speaker, spoken.start, spoken.end))


class _Objects:
    """JSON over several lines; the brackets and commas of a list around the objects say nothing."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._depth = 0

    def takes(self, line: str) -> bool:
        """Return whether a line goes on with an object, or begins one."""
        return bool((self._lines or _OPENS_JSON.match(line)) and _JSON.fullmatch(line))

    def line(self, line: str) -> str:
        """Return the JSON list of what a line completes, "" if nothing is complete yet."""
        self._lines.append(line)
        marks = re.sub(_STRING, "", line)
        self._depth += marks.count("{") - marks.count("}")
        return self.end() if self._depth <= 0 else ""

    def end(self) -> str:
        """Return the JSON list of the lines so far, "" if they hold nothing."""
        text, self._lines, self._depth = "\n".join(self._lines).strip("[], \t\r\n"), [], 0
        return f"[{text}]" if text else ""


def _is_binary(line: str) -> bool:
    """Return whether a line is no text: it has a zero byte, or is mostly made of control characters."""
    return "\0" in line or len(control_characters(line)) * 2 > len(line)
