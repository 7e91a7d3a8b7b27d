"""The journal of a call: everything that was heard and done, one JSON object per line, on disk before it is acknowledged.

A line cut short by a crash is dropped, since it was never acknowledged. Any other unreadable line is damage: reading raises an error that
names it, and `repair` keeps every sound line, with a note in the place of what is lost, and a copy of the damaged file.
"""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import Annotated, Final, Literal, NamedTuple, Self

from pydantic import Field, TypeAdapter, ValidationError

from .actions import Action
from .detectors import Found
from .errors import JournalError
from .probe import Probe
from .turns import LiveSegment, Value

__all__ = [
    "Acted", "Event", "Heard", "Journal", "Lost", "Offered", "Planned", "Read", "Repair", "Started", "Withdrawn", "journal_path",
    "parse_journal", "read_journal", "repair",
]  # fmt: skip


VERSION: Final = 1
"""Version of the format; journals of later versions are left alone."""


class Started(Value):
    """The first line: the session, when it began (seconds since 1970), and hashes of the background and the guide, "" if not known."""

    event: Literal["started"] = "started"
    version: Literal[1] = VERSION
    at: float = 0.0
    session: str
    began: float
    background: str
    guide: str


class Heard(Value):
    """A source reported a segment."""

    event: Literal["heard"] = "heard"
    at: float
    segment: LiveSegment


class Acted(Value):
    """The interviewer did something."""

    event: Literal["acted"] = "acted"
    at: float
    action: Action


class Offered(Value):
    """A probe was put on the board."""

    event: Literal["offered"] = "offered"
    at: float
    probe: Probe


class Withdrawn(Value):
    """The probe of a gap left the board without the interviewer's doing."""

    event: Literal["withdrawn"] = "withdrawn"
    at: float
    gap: str


class Planned(Value):
    """The list of what to ask in the minutes left has changed: `asks` are gaps and topics, in the order of their places."""

    event: Literal["planned"] = "planned"
    at: float
    asks: tuple[str, ...]


class Read(Value):
    """A slower engine read a turn; `text` is the turn's text as the engine saw it."""

    event: Literal["read"] = "read"
    at: float
    turn: int
    text: str
    found: Found


class Lost(Value):
    """So many lines that stood here cannot be read, or could not be written: nobody knows what was said in them."""

    event: Literal["lost"] = "lost"
    at: float
    lines: int


Event = Annotated[Started | Heard | Acted | Offered | Withdrawn | Planned | Read | Lost, Field(discriminator="event")]
"""What happened; `event` is its type. `at` is in seconds from the start of the call."""

_EVENT: TypeAdapter[Event] = TypeAdapter(Event)
_NAME = re.compile(r"\w[\w.-]{0,79}")
_FAR = 0x7FFF0000
"""Offset of the byte that is locked on systems that lock bytes; no journal grows this large."""


class _Line(NamedTuple):
    """An event as it is written, and its time."""

    at: float
    data: bytes


class Journal:
    """A call's journal, open for one writer; use `open`.

    `events` are those that it contained when it was opened. `problem` says why events are waiting in memory instead of being written; it is
    None once all of them are on disk. `place` is the file with the whole call, None if there is none.
    """

    def __init__(self, path: Path, file: int | None, events: tuple[Event, ...], size: int, problem: str | None = None) -> None:
        """Take an open and locked file descriptor, None if nothing can be written; `size` is how many bytes of the file are valid."""
        self.path, self.events, self.problem = path, events, problem
        self.place: Path | None = path
        self._file, self._size = file, size
        self._waiting: list[_Line] = []
        self._added = 0
        self._heard = any(event.event == "heard" for event in events)

    @classmethod
    def open(cls, path: str | Path) -> Self:
        """Open a journal, or create it and its folders. If it cannot be written, `problem` says so.

        Raises JournalError if another process writes to it, or if it is damaged.
        """
        path = Path(path)
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            file = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        except OSError as problem:
            held = _read(path) if path.is_file() else _Held((), 0)
            return cls(path, None, held.events, held.size, _told(path, problem))
        try:
            _lock(file, path)
            held = _read(path)
            os.ftruncate(file, held.size)
            _sync_folder(path.parent)
        except BaseException:
            os.close(file)
            raise
        return cls(path, file, held.events, held.size)

    @property
    def missing(self) -> int:
        """How many events of the call are not in its file; of a call in which nothing was heard, nothing is missed."""
        return len(self._waiting) if self._heard else 0

    def append(self, event: Event) -> None:
        """Write an event and wait until it is on disk. On failure it waits in memory for the next call, and `problem` says why.

        What comes after `close` only waits. An event that cannot be written in any file raises an error, and is not kept.
        """
        self._waiting.append(_Line(event.at, _line(event)))
        self._added += 1
        self._heard = self._heard or event.event == "heard"
        if self._file is not None:
            self._write(self._file)
        elif self.problem is None:
            self.problem = f"{self.path}: the journal is closed"

    def _write(self, file: int) -> None:
        """Write all waiting events; where that fails none of them, but a note that they are missing, which they replace later."""
        data = b"".join(line.data for line in self._waiting)
        try:
            _write_at(file, self._size, data)
        except OSError as problem:
            self.problem = _told(self.path, problem)
            with suppress(OSError):
                _write_at(file, self._size, _line(Lost(at=self._waiting[0].at, lines=len(self._waiting))))
            return
        self._size += len(data)
        self._waiting, self.problem = [], None

    def close(self) -> None:
        """Close the file and release its lock; if events are still waiting, the whole call is written to another file, its `place`."""
        if self._file is not None:
            file, self._file = self._file, None
            try:
                if self._waiting:
                    self._write(file)
            finally:
                os.close(file)
        if self.missing and self.place == self.path:
            self.place = self._rescue()

    def _rescue(self) -> Path | None:
        """Write the whole call to a new file: beside the journal, else with the temporary files, else here; None if there is no room."""
        for folder in (self.path.parent, tempfile.gettempdir(), os.curdir):
            with suppress(OSError):
                data = self.path.read_bytes()[: self._size] if self._size else b""
                file, name = tempfile.mkstemp(".jsonl", f"{self.path.stem[:60]}-", folder)
                try:
                    _write_at(file, 0, data + b"".join(line.data for line in self._waiting))
                except OSError:
                    os.unlink(name)
                    raise
                finally:
                    os.close(file)
                return Path(name)
        return None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None) -> None:
        """Close the journal. Of a new call that failed before anything was heard, nothing is left."""
        failed_at_once = kind is not None and self._file is not None and not self.events and self._added <= 1
        self.close()
        if failed_at_once:
            self.path.unlink(missing_ok=True)


def _line(event: Event) -> bytes:
    return _EVENT.dump_json(event) + b"\n"


def _write_at(file: int, size: int, data: bytes) -> None:
    """Write data behind the first `size` bytes of a file, in place of what follows them, or nothing."""
    os.ftruncate(file, size)
    os.lseek(file, size, os.SEEK_SET)
    try:
        while data:
            data = data[os.write(file, data) :]
        os.fsync(file)
    except OSError:
        os.ftruncate(file, size)
        raise


def read_journal(path: str | Path) -> tuple[Event, ...]:
    """Return the events in a journal, even while a call is writing to it. Raises JournalError."""
    try:
        return _read(Path(path)).events
    except OSError as problem:
        raise JournalError(_told(Path(path), problem)) from None


def parse_journal(data: bytes, name: str = "journal") -> tuple[Event, ...]:
    """Return the events in a journal's bytes; errors call it by a name. Raises JournalError."""
    return _held(data, name).events


class _Held(NamedTuple):
    """The events of a file, and their size in bytes."""

    events: tuple[Event, ...]
    size: int


def _read(path: Path) -> _Held:
    return _held(path.read_bytes(), str(path))


def _held(data: bytes, name: str) -> _Held:
    """Return what a journal holds up to its last complete line. Raises JournalError if it is damaged, or of a later version."""
    _check_version(name, data)
    events: list[Event] = []
    for number, event in enumerate(_events(data), 1):
        if isinstance(event, str):
            raise JournalError(
                f"{name}: line {number} is damaged ({event}); a repair keeps every sound line, and a copy of the damaged file",
                hint="`copilot live --repair` with the same --session does that",
            )
        events.append(event)
    return _Held(tuple(events), data.rfind(b"\n") + 1)


def _check_version(name: str, data: bytes) -> None:
    """Raise JournalError for a journal of a later version, whose lines may be anything."""
    try:
        first = json.loads(data.split(b"\n", 1)[0])
    except ValueError:
        return
    version = first.get("version") if isinstance(first, dict) else None
    if isinstance(version, int) and version > VERSION:
        raise JournalError(f"{name}: written by a newer copilot (version {version} of the journal); update copilot to resume this call")


def _events(data: bytes) -> Iterator[Event | str]:
    """Yield the event in each complete line, or what is wrong with the line; before them, that the beginning is missing, if it is."""
    for number, line in enumerate(data.split(b"\n")[:-1]):
        try:
            event = _EVENT.validate_json(line)
        except ValidationError as problem:
            yield str(problem.errors(include_url=False)[0]["msg"])
        else:
            begins = isinstance(event, Started)
            if number == 0 and not begins:
                yield "the 'started' event before it is missing"  # and whatever else was cut off with it: the line itself is sound
            yield "the 'started' event belongs in the first line only" if begins and number else event


class Repair(NamedTuple):
    """What a repair did: lines kept, lines lost (a missing beginning is one), and where the damaged file was copied to."""

    kept: int
    lost: int
    copied: Path


def repair(path: str | Path) -> Repair | None:
    """Keep the sound lines of a journal, note where others are lost, and keep a copy of the damaged file; return None without damage.

    Raises JournalError if the file cannot be read, is in use, or is of a later version, OSError if the folder cannot be written to.
    """
    path = Path(path)
    try:
        file = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    except OSError as problem:
        raise JournalError(_told(path, problem)) from None
    try:
        _lock(file, path)
        data = path.read_bytes()
        _check_version(str(path), data)
        lines = list(_events(data))
        lost = sum(isinstance(line, str) for line in lines)
        if not lost:
            return None
        copied = _aside(path)
        _write_whole(copied, data)
        _sync_folder(path.parent)
        _write_at(file, 0, b"".join(map(_line, _repaired(lines, path))))
        return Repair(len(lines) - lost, lost, copied)
    finally:
        os.close(file)


def _repaired(lines: list[Event | str], path: Path) -> Iterator[Event]:
    """Yield the events of a damaged journal, with a note in the place of those that are lost; a lost beginning is made up."""
    at = 0.0
    if not (lines and isinstance(lines[0], Started)):
        last = max((line.at for line in lines if not isinstance(line, str)), default=0.0)
        yield Started(session=path.stem, began=path.stat().st_mtime - last, background="", guide="")
    for is_lost, group in groupby(lines, key=lambda line: isinstance(line, str)):
        rows = list(group)
        if is_lost:
            yield Lost(at=at, lines=len(rows))
        for row in rows:
            if not isinstance(row, str):
                at = row.at
                yield row


def _aside(path: Path) -> Path:
    """Return an unused name for a damaged file."""
    number = 1
    while (place := path.with_name(f"{path.stem}.damaged-{number}{path.suffix}")).exists():
        number += 1
    return place


def _write_whole(path: Path, data: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _lock(file: int, path: Path) -> None:
    """Lock a file; the lock ends with the process. Raises JournalError if another process holds it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(file, _FAR, os.SEEK_SET)
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise JournalError(f"{path}: another copilot is writing this call's journal; end it", hint="or give another --session") from None


def _sync_folder(folder: Path) -> None:
    """Sync a folder so that a new file's name survives a crash; not every system supports it."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _told(path: Path, problem: OSError) -> str:
    return f"{problem.filename or path}: {problem.strerror or problem}"


def _folder() -> Path:
    """Return the folder of the journals: COPILOT_JOURNALS, else the user's data folder."""
    own = os.environ.get("COPILOT_JOURNALS")
    if own:
        return Path(own)
    if sys.platform == "win32":
        home = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        home = Path.home() / "Library" / "Application Support"
    else:
        home = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return home / "interview-copilot" / "calls"


def journal_path(session: str, folder: str | Path | None = None) -> Path:
    """Return the path of a session's journal. Raises JournalError if the session's name cannot be a file name."""
    if not _NAME.fullmatch(session) or session.endswith("."):
        raise JournalError(f"session {session!r}: use up to 80 letters, digits, '-', '_' and '.', the first a letter or a digit")
    return (Path(folder) if folder else _folder()) / f"{session}.jsonl"
