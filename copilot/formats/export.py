"""An export's bytes as text, and a description of them for helpful errors."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ..errors import TranscriptError
from .control import control_characters, without_control
from .docx import docx_text
from .labels import expected

if TYPE_CHECKING:
    import json

__all__ = ["Export"]

_HEAD = 6000  # characters from the start that recognise a format
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_RECORDING = "is a recording, not a transcript; have it transcribed first"
_DOCUMENT = "is not a transcript format that can be read; save it as text or as .docx"
_BINARY = (
    (b"%PDF", f"a PDF document {_DOCUMENT}"),
    (b"{\\rtf", f"an RTF document {_DOCUMENT}"),
    (b"\xd0\xcf\x11\xe0", f"an old Word document {_DOCUMENT}"),
    (b"\x89PNG", "a PNG picture is not a transcript"),
    (b"\xff\xd8\xff", "a JPEG picture is not a transcript"),
    (b"ID3", f"an MP3 file {_RECORDING}"),
    (b"RIFF", f"a WAV file {_RECORDING}"),
    (b"OggS", f"an Ogg file {_RECORDING}"),
    (b"\x1aE\xdf\xa3", f"a WebM file {_RECORDING}"),
    (b"\x1f\x8b", "a gzip archive; unpack it first"),
)
_STRAY = 3  # most control characters in the head of a text, however short; in a longer one it is one in a hundred characters
_END_OF_FILE = "\x1a"  # a last character of some old programs


@dataclass(frozen=True)
class Export:
    """The text of an export. `container` is docx if it came from a document; `notices` are for the user.

    Lines end with a line feed only. `people` are the labels that the expected speakers may have, in lower case.
    """

    text: str
    container: str = "text"
    notices: tuple[str, ...] = ()
    people: frozenset[str] = frozenset()

    @classmethod
    def of(cls, data: bytes | str, people: Iterable[str] = ()) -> Export:
        """Read an export's bytes in any encoding; `people` are expected to speak. Raises TranscriptError if there is no text."""
        labels = expected(people)
        if isinstance(data, str):
            return cls(_unix(data.encode("utf-8", "replace").decode().removeprefix("\ufeff")), people=labels)._checked()
        if data.startswith(b"PK\x03\x04"):
            return cls(docx_text(data), "docx", people=labels)._checked()
        _refuse_binary(data)
        text, notices = _decode(data)
        return cls(_unix(text), notices=notices, people=labels)._checked()

    def _checked(self) -> Export:
        if not self.text or self.text.isspace():
            raise TranscriptError("empty: there is no text in it; export the transcript again")
        first = next(iter(control_characters(self.text)), None)
        if first is None:
            return self
        place = f"line {self.text.count(chr(10), 0, self.text.index(first)) + 1} holds the control character {first!r}"
        if "\0" in self.head or len(control_characters(self.head)) > max(_STRAY, len(self.head) // 100):
            raise TranscriptError(f"binary data, not text: {place}; export the transcript as text, .vtt, .srt, .docx or .json")
        return replace(self, text=without_control(self.text), notices=(*self.notices, f"{place}; such characters are left out"))

    @cached_property
    def head(self) -> str:
        """The first lines, enough to recognise a format."""
        if len(self.text) <= _HEAD:
            return self.text
        return self.text[: self.text.rfind("\n", 1, _HEAD) + 1 or _HEAD]

    @cached_property
    def is_json(self) -> bool:
        """Whether this starts like JSON: an object, or a list of objects or lists."""
        return re.match(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\]])", self.head) is not None

    @cached_property
    def value(self) -> Any:
        """The parsed JSON, or a list of the values in JSON Lines; None if this is not JSON. Raises TranscriptError."""
        if not self.is_json:
            return None
        import json  # not needed for most exports

        try:
            return json.loads(self.text)
        except RecursionError:
            raise TranscriptError("JSON that is nested too deeply to be a transcript") from None
        except json.JSONDecodeError as problem:
            return self._value_of_lines(problem)
        except ValueError:
            raise TranscriptError("JSON with a number too long to be a time") from None

    def _value_of_lines(self, problem: json.JSONDecodeError) -> list[Any]:
        """Return the values of JSON Lines, or raise the fault of the text as one JSON value."""
        if problem.msg != "Extra data":
            raise _json_error(problem)
        values = []
        for number, line in enumerate(self.text.split("\n"), 1):
            if line.strip():
                values.append(_line_value(line, number))
        return values

    def describe(self) -> str:
        """Describe the content in a few words."""
        if self.is_json:
            return _describe_json(self.value)
        if re.match(r"\s*<(?:!doctype|html|\?xml)", self.head, re.IGNORECASE):
            return "a web page or XML"
        start = " ".join(self.head.split())
        return f'text that starts "{start[:60]}{"…" if len(start) > 60 else ""}"'


def _unix(text: str) -> str:
    """Return text without a mark of its end, and with line feeds alone at the ends of lines."""
    text = text.removesuffix(_END_OF_FILE)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _refuse_binary(data: bytes) -> None:
    for magic, what in _BINARY:
        if data.startswith(magic):
            raise TranscriptError(what)
    if data[4:8] == b"ftyp":
        raise TranscriptError(f"an MP4 file {_RECORDING}")


def _decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the text of bytes, and notices for the user about their encoding."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decode_as(data[len(mark) :], encoding)
    encoding = _wide_encoding(data[:2000])
    if encoding:
        return _decode_as(data, encoding)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as problem:
        return _decode_broken(data, problem.start)


def _decode_as(data: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    try:
        return data.decode(encoding), ()
    except UnicodeDecodeError as problem:
        text = data.decode(encoding, "replace")
        return text, (f"byte {problem.start} is not {encoding.upper()}; such characters are shown as \ufffd",)


def _wide_encoding(head: bytes) -> str:
    """Return the UTF-16 form whose zero bytes these are, or ''."""
    half = len(head) // 2
    if half and head[1::2].count(0) > half * 0.6:
        return "utf-16-le"
    if half and head[::2].count(0) > half * 0.6:
        return "utf-16-be"
    return ""


def _decode_broken(data: bytes, place: int) -> tuple[str, tuple[str, ...]]:
    """Decode bytes that are not valid UTF-8: as UTF-8 if most special characters are, else as Windows-1252."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(1 for char in text if char > "\x7f") - bad
    if good > bad:
        return text, (f"byte {place} is not UTF-8; such characters are shown as \ufffd",)
    return data.decode("cp1252", "replace"), (f"byte {place} is not UTF-8; the file was read as Windows-1252",)


def _json_error(problem: json.JSONDecodeError) -> TranscriptError:
    if problem.pos >= len(problem.doc.rstrip()) or problem.msg.startswith("Unterminated"):
        return TranscriptError(f"JSON that breaks off at line {problem.lineno}; the file is cut short, export or download it again")
    return TranscriptError(f"not valid JSON at line {problem.lineno} column {problem.colno}: {problem.msg}")


def _line_value(line: str, number: int) -> Any:
    import json

    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        raise TranscriptError(f"line {number} is not valid JSON; each line of JSON Lines is one whole object") from None


def _describe_json(value: Any) -> str:
    if isinstance(value, dict):
        keys = ", ".join(list(value)[:6])
        return f"JSON with the keys {keys}" if keys else "an empty JSON object"
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return f"a JSON list of {len(value)}, each with the keys {', '.join(list(value[0])[:6])}"
    return "a JSON list of something other than speech" if value else "an empty JSON list"
