"""Convert a growing text to segments: captions, lines that begin with a name, or JSON Lines, recognised by content."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from ..formats.captions import SBV_TIMING, overlap, plain_text, read_captions
from ..formats.clock import CLOCK, seconds
from ..formats.export import Export
from ..formats.headers import BRACKETED_NAME_AND_TIME, NAME_AND_TIME
from ..formats.labels import find_labels, is_pseudo, split_label
from ..formats.lines import parse_line
from ..formats.markdown import BOLD_LABEL
from ..formats.markdown import plain_text as plain_markdown
from ..turns import LiveSegment
from ..turns import Segment as Spoken
from .fields import segment
from .messages import Messages, Numbering

__all__ = ["Lines"]

_TIMING = re.compile(rf"^\s*{CLOCK}\s*-->\s*{CLOCK}|{SBV_TIMING}")
_HEADER = re.compile(f"{NAME_AND_TIME}|{BRACKETED_NAME_AND_TIME}")
_BOLD = re.compile(BOLD_LABEL)
_WORD_TIME = re.compile(rf"<{CLOCK}>")
_STRING = r'"(?:[^"\\]++|\\.)*+"'
_JSON = re.compile(rf"(?:{_STRING}|true|false|null|NaN|Infinity|[-+\d.eE\s{{}}\[\]:,])*+")
_OPENS_JSON = re.compile(r"[\s\[\],]*(?:\{|$)")
_OPENS_OBJECT = re.compile(r'[\s\[\],]*\{\s*"')
_NO_SPEECH = ("WEBVTT", "NOTE", "STYLE", "REGION")


class Lines:
    """Reads bytes as they come in. A line counts once it is complete, a cue once it is followed by an empty line or a rest.

    JSON may stand on one line or several, one object after the other or in a list; `unread` counts what is unknown of it.
    """

    def __init__(self, began: float | None = None) -> None:
        """Start a text. `began` is when the call began, in seconds since 1970, for messages whose times are dates."""
        self._decoder: codecs.IncrementalDecoder | None = None
        self._rest = ""
        self._cue: list[str] | None = None
        self._json: list[str] = []
        self._depth = 0
        self._times: tuple[float | None, float | None] = (None, None)
        self._header: str | None = None
        self._began: float | None = None
        self._labels: Counter[str] = Counter()
        self._people: set[str] = set()
        self._shown: list[str] = []
        self._rolls = False
        self._messages = Messages(began)
        self._numbering = Numbering()

    @property
    def unread(self) -> int:
        """How many lines or objects of JSON could not be read."""
        return self._messages.unread

    def feed(self, data: bytes) -> Iterator[LiveSegment]:
        """Yield the segments that more bytes complete."""
        if self._decoder is None and data:
            self._decoder = _decoder(data)
        *whole, self._rest = (self._rest + self._decode(data)).split("\n")
        for line in whole:
            yield from self._line(line.rstrip("\r"))

    def rest(self) -> Iterator[LiveSegment]:
        """Yield the cue whose lines are complete but not yet followed by an empty line."""
        if self._cue and not self._rest and not _TIMING.match(self._cue[-1]):
            yield from self._end_cue()

    def end(self) -> Iterator[LiveSegment]:
        """Yield the rest at the end of the text."""
        last, self._rest = self._rest + self._decode(b"", final=True), ""
        if last:
            yield from self._line(last.rstrip("\r"))
        yield from self._end_cue()
        yield from self._end_json()

    def _decode(self, data: bytes, *, final: bool = False) -> str:
        return self._decoder.decode(data, final) if self._decoder else ""

    def _line(self, line: str) -> Iterator[LiveSegment]:
        line = line.removeprefix("\ufeff")
        if self._cue is not None:
            yield from self._caption_line(line, self._cue)
        elif line.startswith("WEBVTT") or _TIMING.match(line):
            self._cue = [line]
        elif (self._json or _OPENS_JSON.match(line)) and _JSON.fullmatch(line):
            yield from self._json_line(line)
        else:
            yield from self._end_json()
            if _OPENS_OBJECT.match(line):
                yield from self._messages.read(line)
            else:
                yield from self._number(self._plain_line(line))

    def _json_line(self, line: str) -> Iterator[LiveSegment]:
        """Yield what a line of JSON completes; the brackets and commas of a list around the objects say nothing."""
        self._json.append(line)
        marks = re.sub(_STRING, "", line)
        self._depth += marks.count("{") - marks.count("}")
        if self._depth <= 0:
            yield from self._end_json()

    def _end_json(self) -> Iterator[LiveSegment]:
        text, self._json, self._depth = "\n".join(self._json).strip("[], \t\r\n"), [], 0
        if text:
            yield from self._messages.read(f"[{text}]")

    def _caption_line(self, line: str, cue: list[str]) -> Iterator[LiveSegment]:
        # Automatic captions have a line with a single space below the times.
        if line.isspace() and cue and _TIMING.match(cue[-1]):
            return
        # Without empty lines between cues, each cue still begins with its times.
        if not line.strip() or (_TIMING.match(line) and any(map(_TIMING.match, cue))):
            yield from self._end_cue()
            cue = []
        self._cue = [*cue, line] if line.strip() else cue

    def _end_cue(self) -> Iterator[LiveSegment]:
        if self._cue is not None:
            lines, self._cue = self._cue, []
            yield from self._number(self._cue_speech(lines))

    def _cue_speech(self, lines: list[str]) -> Iterator[Spoken]:
        """Yield the speech of a cue; lines without their own time, after an empty line, continue the cue before."""
        times = next((n for n, line in enumerate(lines, 1) if _TIMING.match(line)), 0)
        if not lines or (not times and (lines[0].startswith(_NO_SPEECH) or "".join(lines).strip().isdigit())):
            return
        if times:
            text = "\n".join([*lines[:times], *self._fresh(lines[times:])])
            found = read_captions(Export(text, people=frozenset(self._people)))
        else:
            found = iter([Spoken(plain_text(" ".join(lines)), None, *self._times)])
        for spoken in found:
            self._times = spoken.start, spoken.end
            yield self._named(spoken)

    def _fresh(self, lines: list[str]) -> list[str]:
        """Return a cue's lines without the last ones of the cue before, if captions roll: they time words, or add a line."""
        rows = [(line, plain_text(line)) for line in lines]
        words = [text for _, text in rows if text]
        again = overlap(self._shown, words)
        self._rolls = self._rolls or any(map(_WORD_TIME.search, lines))
        self._shown = words or self._shown
        fresh = words[again:] if again < len(words) or self._rolls else words
        return [line for line, text in rows if text][len(words) - len(fresh) :]

    def _named(self, spoken: Spoken) -> Spoken:
        label, text = split_label(spoken.text)
        if spoken.speaker is not None:
            self._people.add(spoken.speaker.casefold())
            return spoken
        return Spoken(text, label, spoken.start, spoken.end) if self._is_speaker(label) else spoken

    def _plain_line(self, line: str) -> Iterator[Spoken]:
        """Yield the speech of a line; a name on its own line, or with a time, applies to the lines below it."""
        if not line.strip() or (not self._labels and line.strip().isdigit()):
            return
        if header := _HEADER.match(line):
            # A time of day is not a second of the call.
            self._header, self._began = header[1] or header[3], seconds(header[2]) if header[2] else None
            return
        found = parse_line(plain_markdown(_BOLD.sub(r"\1:", line)) if _BOLD.match(line) else line)
        time, self._began = found.time if found.time is not None else self._began, None
        if self._is_speaker(found.label):
            self._header = None if found.text else found.label
            yield Spoken(found.text, found.label, time)
        else:
            yield Spoken(found.whole, self._header, time)

    def _is_speaker(self, label: str) -> bool:
        """Return whether a label names somebody: it looks like a name, has occurred before, or is a name that was heard."""
        if not label:
            return False
        self._labels[label] += 1
        if label not in find_labels([label] * min(self._labels[label], 2), frozenset(self._people)):
            return False
        self._people.add(label.casefold())
        return True

    def _number(self, speech: Iterable[Spoken]) -> Iterator[LiveSegment]:
        for spoken in speech:
            text = " ".join(spoken.text.split())
            if text and not (spoken.speaker and is_pseudo(spoken.speaker)):
                yield self._numbering.number(segment("", text, spoken.speaker, spoken.start, spoken.end))


def _decoder(data: bytes) -> codecs.IncrementalDecoder:
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return codecs.getincrementaldecoder("utf-16" if wide else "utf-8")("replace")
