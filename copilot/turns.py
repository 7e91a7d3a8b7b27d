"""The basic values: segments as transcribed, turns, and spans as cited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal, NamedTuple

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SerializerFunctionWrapHandler, model_serializer

__all__ = ["Compound", "Cue", "LiveSegment", "Loss", "Role", "Segment", "Span", "Text", "Turn", "Value", "clock", "verbatim"]

Role = Literal["interviewer", "customer", "colleague"]

LONGEST_CALL: Final = 3 * 24 * 3600.0
"""Seconds that no call goes on for."""


class Value(BaseModel):
    """An immutable value, compared by content; an unknown field is an error. It is written with the keys that it is read by."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True, serialize_by_alias=True)


class Compound(Value):
    """A value made of rows of other values, such as a document. It is printed as how many rows it has of each kind."""

    def __repr__(self) -> str:
        rows = {name: getattr(self, name) for name in type(self).model_fields}
        counts = ", ".join(f"{len(row)} {name}" for name, row in rows.items() if row and isinstance(row, tuple))
        return f"<{type(self).__name__}: {counts or 'empty'}>"

    __str__ = __repr__


class Segment(NamedTuple):
    """A piece of speech in an export; times are seconds from the start of the recording.

    `speaker` is None if the export gives no name, which means that the speaker before continues.
    `role` is what the export itself says about the speaker, None if it says nothing.
    `private` is for what was written to some of those present only; `changes` says that another speaker begins here, and not who.
    """

    text: str
    speaker: str | None = None
    start: float | None = None
    end: float | None = None
    role: Role | None = None
    private: bool = False
    changes: bool = False


def verbatim(text: str) -> str:
    """Return text unchanged except for lone surrogates, which are possible in JSON but cannot be written to a file."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


Text = Annotated[str, AfterValidator(verbatim)]
"""What people said or wrote: half a character, as of an emoji that was cut in two, becomes a question mark."""


def _possible(time: float | None) -> float | None:
    """Return a time, None if no call has it."""
    return time if time is not None and 0 <= time <= LONGEST_CALL else None


Time = Annotated[float | None, AfterValidator(_possible)]
"""Seconds from the start of a call; what cannot be is read as unknown."""


class LiveSegment(Value):
    """A piece of speech from a live source, reported repeatedly under the same `id` until it is `final`.

    The last report under an id counts, even if it is shorter. Times are seconds from the start of the call, None if the source
    gives none; `speaker` is None if it names nobody.
    """

    id: Text
    text: Text
    speaker: Text | None = None
    start: Time = None
    end: Time = None
    final: bool = True


@dataclass(frozen=True, slots=True)
class Cue:
    """The place of one segment in its turn's text (`text[offset:offset + length]`) and its times in seconds."""

    offset: int
    length: int
    start: float | None = None
    end: float | None = None


class Turn(Value):
    """What one speaker says until another speaks. `turn` counts from 1; times are in seconds, None if unknown.

    `inherited` means that part of the text had no speaker's name and was given to the speaker before. `unsure` are the places,
    `text[start:end]`, where nobody is named in an export that otherwise names everybody: the speaker before need not have gone on. JSON
    leaves them out where there are none. The `cues` are known of a transcript that was just read; JSON leaves them out, and two turns
    that differ in nothing else are equal.
    """

    turn: int
    speaker: Text
    role: Role
    text: Text
    start: float | None = None
    end: float | None = None
    inherited: bool = False
    unsure: tuple[tuple[int, int], ...] = ()
    cues: tuple[Cue, ...] = Field(default=(), exclude=True, repr=False)

    def __eq__(self, other: object) -> bool:
        """Compare without the cues."""
        return isinstance(other, Turn) and self._told == other._told

    def __hash__(self) -> int:
        """Return the hash of what is compared."""
        return hash(self._told)

    @property
    def _told(self) -> tuple[object, ...]:
        return self.turn, self.speaker, self.role, self.text, self.start, self.end, self.inherited, self.unsure

    @model_serializer(mode="wrap")
    def _without_empty_unsure(self, dump: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Omit the places that are unsure where there are none, as in nearly every turn."""
        return {name: value for name, value in dump(self).items() if name != "unsure" or value}

    def span(self, start: int, end: int) -> Span:
        """Return the span of `text[start:end]`."""
        return Span(turn=self.turn, start=start, end=end, text=self.text[start:end])

    def is_unsure(self, start: int, end: int) -> bool:
        """Return whether a part of `text[start:end]` may be somebody else's."""
        return any(first < end and start < last for first, last in self.unsure)

    def time_at(self, offset: int) -> float | None:
        """Return the start time in seconds of the cue that contains the character at `offset`, else the turn's own."""
        for cue in reversed(self.cues):
            if cue.offset <= offset:
                return cue.start
        return self.start


class Span(Value):
    """Words in a turn: `turns[turn].text[start:end] == text`, offsets in code points."""

    turn: int
    start: int
    end: int
    text: str

    def overlaps(self, other: Span) -> bool:
        """Return whether another span shares a character with this one."""
        return self.turn == other.turn and self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        """Return whether another span lies within this one."""
        return self.turn == other.turn and self.start <= other.start and other.end <= self.end


class Loss(Value):
    """Lines of a live call's record that are lost, `at` seconds into the call: nobody knows what was said in them."""

    at: float
    lines: int

    @property
    def told(self) -> str:
        """What is lost, and where."""
        lines, lost = ("line", "is lost") if self.lines == 1 else ("lines", "are lost")
        return f"{self.lines} {lines} of the call's record {lost} at {clock(self.at)}"


def clock(seconds: float | None) -> str:
    """Return seconds as m:ss or h:mm:ss, "" if unknown."""
    if seconds is None:
        return ""
    minutes, second = divmod(int(seconds), 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02}:{second:02}" if hour else f"{minute}:{second:02}"
