"""A transcript: the speech of an export as turns, each with its speaker's name and role."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path
from types import NoneType
from typing import NamedTuple, overload

from . import formats
from .background import Background
from .errors import BackgroundError, InputError, SpeakerError, TranscriptError
from .files import is_read_by
from .findings import Source
from .formats.labels import is_pseudo
from .guide import Guide
from .listening import SENTENCE_END, only_listens, runs
from .speakers import UNKNOWN, Part, Voice, assign_roles, count_openers, count_questions
from .turns import Cue, Role, Segment, Turn

__all__ = ["Line", "Transcript", "groups", "inherit", "turns_from", "voices"]

_SLIPS = 3
"""Most lines without a name in an export that names everybody, beyond those that name the speaker of the line before again."""
_CHANGE = ">>"
_VOICES = ("Speaker 1", "Speaker 2")
"""Who speaks where nobody is named, and only changes are marked."""
_LONGEST_PATH = 1000
"""Characters from which a text is no file's name."""
_BACK = 120.0
"""Seconds by which times that go back start a recording over; people who talk over each other are listed a few seconds late."""


@dataclass(frozen=True, slots=True, repr=False)
class Transcript:
    """The turns of a call, their source, and `notices` for the user on how they were read.

    Two neighbouring turns never have the same speaker.
    """

    turns: tuple[Turn, ...]
    source: Source
    notices: tuple[str, ...] = ()

    @classmethod
    def load(
        cls,
        path: str | Path,
        format: str | None = None,  # noqa: A002 -- the word that users know
        roles: Mapping[str, str] | None = None,
        background: Background | None = None,
    ) -> Transcript:
        """Read a file. `format` is one of `formats.names()`; if it is None, the content decides.

        `roles` maps speakers to their roles, or to the names of the participants that they are. Raises TranscriptError or SpeakerError,
        which name the file.
        """
        try:
            data = Path(path).read_bytes()
        except (OSError, ValueError) as problem:
            raise TranscriptError.unread(path, problem) from None
        return _read(data, str(path), format, roles, background)

    @classmethod
    def parse(
        cls,
        text: str | bytes,
        format: str | None = None,  # noqa: A002 -- the word that users know
        roles: Mapping[str, str] | None = None,
        background: Background | None = None,
    ) -> Transcript:
        """Read an export's text or bytes, as `load` does. Raises TranscriptError or SpeakerError."""
        if not isinstance(text, (str, bytes)):
            raise TranscriptError(f"a transcript's text or bytes are expected, not {type(text).__name__}")
        if isinstance(text, str) and _is_path(text):
            raise TranscriptError(f"{text}: this is the name of a file; read it with Transcript.load")
        return _read(text, None, format, roles, background)

    def render(self, format: str) -> str:  # noqa: A002 -- the word that users know
        """Return the turns as `zoom`, `teams`, `srt`, `otter`, `plain` or `jsonl`. Raises TranscriptError."""
        return formats.render(self.turns, format)

    def __repr__(self) -> str:
        return f"<Transcript: {len(self.turns)} turns, {self.source.format} from {self.source.file or 'text'}>"

    def __iter__(self) -> Iterator[Turn]:
        return iter(self.turns)

    def __len__(self) -> int:
        return len(self.turns)

    @overload
    def __getitem__(self, index: int) -> Turn: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Turn, ...]: ...
    def __getitem__(self, index: int | slice) -> Turn | tuple[Turn, ...]:
        return self.turns[index]


def _read(
    data: str | bytes, path: str | None, name: str | None, roles: Mapping[str, str] | None, background: Background | None
) -> Transcript:
    TranscriptError.expect(name, (str, NoneType), "a format's name")
    SpeakerError.expect(roles, (Mapping, NoneType), "a mapping of speakers to roles", 'such as {"Dana Ruiz": "interviewer"}')
    BackgroundError.expect(background, (Background, NoneType), "a Background", "Background.load reads a file")
    try:
        export = formats.Export.of(data, [*(background.names if background else ()), *(roles or ())])
        form, segments, told = formats.read(export, name)
        if name is None and form.name == "plain":
            _check_is_speech(export.text, segments)
        lines, notices = _lines(segments, form, export.people)
        casting = assign_roles(voices(lines), background, roles)
    except InputError as problem:
        raise type(problem)(f"{path or 'transcript'}: {problem}", hint=problem.hint) from None
    raw = data if isinstance(data, bytes) else data.encode("utf-8", "replace")
    source = Source(file=path, format=form.name, sha256=hashlib.sha256(raw).hexdigest(), guessed=casting.guessed)
    turns = tuple(turns_from(lines, casting.parts, whole=form.whole))
    return Transcript(turns, source, (*export.notices, *told, *notices, *casting.notices))


def _is_path(text: str) -> bool:
    """Return whether a text names a file."""
    try:
        return "\n" not in text and 0 < len(text) < _LONGEST_PATH and Path(text).is_file()
    except (OSError, ValueError):
        return False


def _check_is_speech(text: str, segments: Iterable[Segment]) -> None:
    """Raise TranscriptError for a background file or a guide, whose keys look like speakers. People's names mostly have capitals."""
    if any(segment.speaker and not segment.speaker.islower() for segment in segments):
        return
    if is_read_by(Background.parse, text):
        raise TranscriptError("this is a background file, not a transcript", hint="pass it with --background")
    if is_read_by(Guide.parse, text):
        raise TranscriptError("this is an interview guide, not a transcript", hint="pass it with --guide")


class Line(NamedTuple):
    """A segment with its speaker; `inherited` if the export did not name the speaker, `unsure` if it may well be another."""

    speaker: str
    segment: Segment
    inherited: bool
    unsure: bool = False


def _lines(segments: Sequence[Segment], form: formats.Format, people: frozenset[str]) -> tuple[list[Line], list[str]]:
    """Give every segment a speaker, drop what none of the `people` says, and return the lines and notices on both."""
    title, speech = _split_title(segments) if form.titled else ([], segments)
    speech, guess = _taking_turns(speech)
    lines = _doubted(list(inherit(speech)))
    nobody = [name for name in dict.fromkeys(line.speaker for line in lines) if is_pseudo(name, people)]
    kept = [line for line in lines if line.speaker not in nobody] if nobody else lines
    if not kept:
        raise TranscriptError("no person speaks in it, only breaks, music or programs that take notes")
    left_out = [line for line in lines if line.speaker in nobody]
    return kept, [*guess, *_tell(title, left_out, kept), *(_tell_untimed(kept) if form.timed else ())]


def _split_title(segments: Sequence[Segment]) -> tuple[Sequence[Segment], Sequence[Segment]]:
    """Split off the segments before the first one with a speaker or a time."""
    first = next((n for n, segment in enumerate(segments) if segment.speaker or segment.start is not None), 0)
    return segments[:first], segments[first:]


def _taking_turns(segments: Sequence[Segment]) -> tuple[Sequence[Segment], Sequence[str]]:
    """Give a speaker to each segment with which an unnamed one begins, and return the segments and a notice on that.

    Where two people are named, or nobody is, two are taken to speak in turn, which is a guess; otherwise it is unknown who begins.
    Where nobody is named, what two voices say has to fit an interview: only one of them asks.
    """
    changes = sum(segment.changes for segment in segments)
    if not changes:
        return segments, ()
    names = list(dict.fromkeys(segment.speaker for segment in segments if segment.speaker))
    pair = names or _VOICES
    voiced = list(_alternating(segments, pair if len(pair) == 2 else (UNKNOWN, UNKNOWN), None if names else pair[0]))
    told = f'where "{_CHANGE}" marks that another speaker begins, {changes} times, nobody is named'
    if not names and not _one_asks(voiced):
        return segments, (f"{told}, and no two people who speak in turn fit what is said: who says what is not known",)
    if len(pair) != 2:
        return voiced, (f"{told}: who speaks there is not known",)
    return voiced, (f"{told}: {pair[0]} and {pair[1]} are taken to speak in turn, which one missing mark or a third person makes wrong",)


def _alternating(segments: Iterable[Segment], pair: Sequence[str], speaker: str | None) -> Iterator[Segment]:
    """Yield segments with the other one of a pair at each change of speaker; `speaker` is who speaks first, None where that is told."""
    for number, segment in enumerate(segments):
        if segment.changes and number:
            speaker = pair[speaker == pair[0]]
        speaker = segment.speaker or speaker
        yield segment._replace(speaker=speaker)


def _one_asks(segments: Iterable[Segment]) -> bool:
    """Return whether one of two voices asks next to nothing, compared with the other."""
    less, more = sorted(voice.questions for voice in voices(inherit(segments)))[-2:] or (0, 0)
    return less < 2 or less * 2 <= more


def inherit(segments: Iterable[Segment], speaker: str | None = None) -> Iterator[Line]:
    """Give every segment a speaker: its own, else the one before it; `speaker` is who spoke before the first."""
    for segment in segments:
        yield Line(segment.speaker or speaker or UNKNOWN, segment, segment.speaker is None and speaker is not None)
        speaker = segment.speaker or speaker


def _doubted(lines: Sequence[Line]) -> list[Line]:
    """Mark the lines of which an export that names everybody does not say who speaks, unless they go on with a sentence of the speaker."""
    if not _names_everybody(lines):
        return list(lines)
    return [line._replace(unsure=all(other.inherited for other in passage)) for passage in _passages(lines) for line in passage]


def _names_everybody(lines: Sequence[Line]) -> bool:
    """Return whether a line without a name is an oversight: most have one, also where nobody else has spoken since.

    Elsewhere names stand only where the speaker changes.
    """
    unnamed = sum(line.inherited for line in lines)
    again = sum(line.speaker == before.speaker and not line.inherited for before, line in pairwise(lines))
    return 0 < unnamed <= (len(lines) - unnamed) / 2 and unnamed <= again + _SLIPS


def _passages(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Yield the lines in groups: those of one speaker of which each breaks off in a sentence that the next one goes on with."""
    group: list[Line] = []
    for line in lines:
        if group and not _goes_on(group[-1], line):
            yield group
            group = []
        group.append(line)
    yield group


def _goes_on(before: Line, line: Line) -> bool:
    """Return whether a line goes on with the sentence of the line before it; a listener's "mm-hm" has nobody go on."""
    if only_listens(before.segment.text):
        return False
    broken = re.search(SENTENCE_END, before.segment.text) is None or line.segment.text[:1].islower()
    return broken and before.speaker == line.speaker


def _tell(title: Sequence[Segment], left_out: Sequence[Line], kept: Sequence[Line]) -> Iterator[str]:
    if title:
        words = " ".join(segment.text for segment in title)
        yield f'left out, as it stands above the first speaker: "{words[:60]}{"…" if len(words) > 60 else ""}"'
    if left_out:
        names = ", ".join(dict.fromkeys(line.speaker for line in left_out))
        count = sum(len(line.segment.text.split()) for line in left_out)
        yield f"left out, as no participant speaks there: {names} ({count} words)"
    again = _start_over(kept)
    if again:
        yield f"the times start over at line {again} of {len(kept)}: if two recordings stand in this file, give each by itself"
    inherited = sum(line.inherited for line in kept)
    if inherited:
        given = f"{inherited} of {len(kept)} lines name no speaker and were given to the speaker before"
        yield f"{given}; where the speaker is not certain, that is said"


def _tell_untimed(kept: Sequence[Line]) -> Iterator[str]:
    untimed = [line for line in kept if line.segment.start is None or line.segment.end is None]
    if untimed:
        yield f"{len(untimed)} of {len(kept)} lines have times that cannot be read, and were kept without them"


def _start_over(lines: Sequence[Line]) -> int:
    """Return the number of the first line whose time is far before that of the line before it, 0 if there is none.

    What only shows that somebody listens may stand behind the words that it was heard in.
    """
    starts = [line.segment.start for line in lines if line.segment.start is not None]
    if starts == sorted(starts):
        return 0
    told = ((n, line.segment) for n, line in enumerate(lines, 1) if not only_listens(line.segment.text))
    timed = [(n, segment.start) for n, segment in told if segment.start is not None]
    return next((n for (_, before), (n, start) in pairwise(timed) if start < before - _BACK), 0)


def voices(lines: Iterable[Line]) -> list[Voice]:
    """Return what is known about each speaker, in the order in which they first speak."""
    texts: dict[str, list[str]] = {}
    roles: dict[str, Role | None] = {}
    for speaker, segment, *_ in lines:
        texts.setdefault(speaker, []).append(segment.text)
        roles[speaker] = roles.get(speaker) or segment.role
    count = count_questions if any("?" in text for said in texts.values() for text in said) else count_openers
    return [Voice(label, sum(map(len, said)), count(said), roles[label], tuple(said)) for label, said in texts.items()]


def turns_from(
    lines: Sequence[Line], parts: Mapping[str, Part], first: int = 1, before: float | None = None, *, whole: bool = False
) -> Iterator[Turn]:
    """Merge neighbouring lines of one speaker into turns, numbered from `first`, with a cue for each line.

    Where somebody else only listens in the middle of a sentence, the turn goes on, and that follows it, unless the lines are `whole` turns.
    `before` is when the last cue before these lines starts.
    """
    for number, places in enumerate(groups(lines, parts, whole=whole), first):
        held = [lines[place] for place in places]
        cues = tuple(_cues(held))
        part = parts[held[0].speaker]
        yield Turn(
            turn=number,
            speaker=part.name,
            role=part.role,
            text=" ".join([line.segment.text for line in held]),
            start=_first_start(held, cues, before),
            end=_last_end(cues),
            inherited=any(line.inherited for line in held),
            unsure=tuple((cue.offset, cue.offset + cue.length) for line, cue in zip(held, cues, strict=True) if line.unsure),
            cues=cues,
        )
        before = cues[-1].start


def groups(lines: Sequence[Line], parts: Mapping[str, Part], *, whole: bool = False) -> Iterator[list[int]]:
    """Yield the places of the lines of each turn."""
    names = [parts[line.speaker].name for line in lines]
    if whole:
        return (list(group) for _, group in groupby(range(len(lines)), key=names.__getitem__))
    return runs(names, [line.segment.text for line in lines])


def _cues(lines: Iterable[Line]) -> Iterator[Cue]:
    offset = 0
    for _, segment, *_ in lines:
        start = segment.start if segment.start is None or segment.start >= 0 else None
        # Some exports have ends before their starts; these are ignored.
        end = segment.end if segment.end is None or segment.end >= (start or 0) else None
        yield Cue(offset, len(segment.text), start, end)
        offset += len(segment.text) + 1


def _first_start(lines: Sequence[Line], cues: Sequence[Cue], before: float | None) -> float | None:
    """Return when a turn starts: with its first cue, but not with what was only put in while the turn before went on, until `before`."""
    for line, cue in zip(lines, cues[:-1], strict=False):
        if before is None or cue.start is None or cue.start > before or not only_listens(line.segment.text):
            return cue.start
    return cues[-1].start


def _last_end(cues: Sequence[Cue]) -> float | None:
    """Return the latest end, which need not be the last cue's; None if the last cue has none, or all are before the turn's start."""
    end = None if cues[-1].end is None else max([cue.end for cue in cues if cue.end is not None])
    return None if end is not None and end < (cues[0].start or 0) else end
