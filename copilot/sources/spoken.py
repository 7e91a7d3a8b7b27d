"""Speech in a growing text: who is named in it, captions cue by cue, and lines that begin with a name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from ..formats.captions import SBV_TIMING, TIMING, overlap, plain_text, read_captions
from ..formats.clock import CLOCK, seconds
from ..formats.export import Export
from ..formats.headers import BRACKETED_NAME_AND_TIME, NAME_AND_TIME
from ..formats.labels import find_labels, split_label
from ..formats.lines import parse_line
from ..formats.markdown import BOLD_LABEL
from ..formats.markdown import plain_text as plain_markdown
from ..turns import Segment

__all__ = ["Captions", "NamedLines", "Speakers"]

_FIRST_TIMING = re.compile(rf"^\s*{CLOCK}\s*-->\s*{CLOCK}|{SBV_TIMING}")
_TIMING = re.compile(rf"{TIMING}|{SBV_TIMING}")
_HEADER = re.compile(f"{NAME_AND_TIME}|{BRACKETED_NAME_AND_TIME}")
_BOLD = re.compile(BOLD_LABEL)
_WORD_TIME = re.compile(rf"<{CLOCK}>")
_NO_SPEECH = ("WEBVTT", "NOTE", "STYLE", "REGION")


class Speakers:
    """The names in a text so far, and the labels of people who are expected in it."""

    def __init__(self, expected: Iterable[str] = ()) -> None:
        """Start with the labels of people who are expected, in lower case."""
        self.known = set(expected)
        self._labels: Counter[str] = Counter()

    @property
    def any_labels(self) -> bool:
        """Whether any label was met."""
        return bool(self._labels)

    def add(self, name: str) -> None:
        """Note a name that the text itself marks as one."""
        self.known.add(name.casefold())

    def admits(self, label: str) -> bool:
        """Return whether a label names somebody: it looks like a name, has occurred before, or is a name that was heard."""
        if not label:
            return False
        self._labels[label] += 1
        if label not in find_labels([label] * min(self._labels[label], 2), frozenset(self.known)):
            return False
        self.add(label)
        return True


class Captions:
    """Cues as their lines come in. A cue is complete once it is followed by an empty line, by the times of the next, or by a rest."""

    def __init__(self, speakers: Speakers) -> None:
        """Wait for the first cue."""
        self._speakers = speakers
        self._cue: list[str] | None = None
        self._times: tuple[float | None, float | None] = (None, None)
        self._shown: list[str] = []
        self._rolls = False

    def takes(self, line: str) -> bool:
        """Return whether a line belongs to captions: all do once one has the mark of captions."""
        return self._cue is not None or line.startswith("WEBVTT") or _FIRST_TIMING.match(line) is not None

    def line(self, line: str) -> Iterator[Segment]:
        """Yield the speech that a line completes."""
        cue = self._cue or []
        # Automatic captions have a line with a single space below the times.
        if line.isspace() and cue and _TIMING.match(cue[-1]):
            return
        # Without empty lines between cues, each cue still begins with its times.
        if not line.strip() or (_TIMING.match(line) and any(map(_TIMING.match, cue))):
            yield from self.end()
            cue = []
        self._cue = [*cue, line] if line.strip() else cue

    def rest(self) -> Iterator[Segment]:
        """Yield the speech of a cue that is not yet followed by an empty line; more lines are still a cue of their own."""
        if self._cue and not _TIMING.match(self._cue[-1]):
            yield from self.end()

    def end(self) -> Iterator[Segment]:
        """Yield the speech of the last cue."""
        if self._cue is not None:
            lines, self._cue = self._cue, []
            yield from self._speech(lines)

    def _speech(self, lines: list[str]) -> Iterator[Segment]:
        """Yield the speech of a cue; lines without their own time, after an empty line, continue the cue before."""
        times = next((n for n, line in enumerate(lines, 1) if _TIMING.match(line)), 0)
        if not lines or (not times and (lines[0].startswith(_NO_SPEECH) or "".join(lines).strip().isdigit())):
            return
        if times:
            text = "\n".join([*lines[:times], *self._fresh(lines[times:])])
            found = read_captions(Export(text, people=frozenset(self._speakers.known)))
        else:
            found = iter([Segment(plain_text(" ".join(lines)), None, *self._times)])
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

    def _named(self, spoken: Segment) -> Segment:
        if spoken.speaker is not None:
            self._speakers.add(spoken.speaker)
            return spoken
        label, text = split_label(spoken.text)
        return Segment(text, label, spoken.start, spoken.end) if self._speakers.admits(label) else spoken


class NamedLines:
    """Lines that begin with a name; one on a line of its own, or with a time, applies to the lines below it."""

    def __init__(self, speakers: Speakers) -> None:
        """Start below no name."""
        self._speakers = speakers
        self._header: str | None = None
        self._time: float | None = None

    def line(self, line: str) -> Iterator[Segment]:
        """Yield the speech of a line."""
        if not line.strip() or (not self._speakers.any_labels and line.strip().isdigit()):
            return
        if header := _HEADER.match(line):
            # A time of day is not a second of the call.
            self._header, self._time = header[1] or header[3], seconds(header[2]) if header[2] else None
            return
        found = parse_line(plain_markdown(_BOLD.sub(r"\1:", line)) if _BOLD.match(line) else line)
        time, self._time = found.time if found.time is not None else self._time, None
        if self._speakers.admits(found.label):
            self._header = None if found.text else found.label
            yield Segment(found.text, found.label, time)
        else:
            yield Segment(found.whole, self._header, time)
