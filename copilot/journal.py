"""The journal of a call: everything that was heard and done, one JSON object per line, on disk before it is acknowledged.

A line cut short by a crash is dropped, since it was never acknowledged. Any other unreadable line is damage: reading raises an error that
names it, and `repair` keeps the lines before it and moves the damaged file aside.
"""

from __future__ import annotations

import json
import os
import re
import sys
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
    "Acted", "Event", "Heard", "Journal", "Offered", "Read", "Repair", "Started", "Withdrawn", "journal_path", "read_journal", "repair",
]  # fmt: skip


VERSION: Final = 1
"""Version of the format; journals of later versions are left alone."""


class Started(Value):
    """The first line: the session, when it began (seconds since 1970), and hashes of the background and the guide."""

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


class Read(Value):
    """A slower engine read a turn; `text` is the turn's text as the engine saw it."""

    event: Literal["read"] = "read"
    at: float
    turn: int
    text: str
    found: Found


Event = Annotated[Started | Heard | Acted | Offered | Withdrawn | Read, Field(discriminator="event")]
"""What happened; `event` is its type. `at` is in seconds from the start of the call."""

_EVENT: TypeAdapter[Event] = TypeAdapter(Event)
_NAME = re.compile(r"\w[\w.-]{0,79}")
_FAR = 0x7FFF0000
"""Offset of the byte that is locked on systems that lock bytes; no journal grows this large."""


class Journal:
    """A call's journal, open for one writer; use `open`.

    `events` are those that it contained when it was opened. `problem` says why events are waiting in memory instead of being written; it is
    None once all of them are on disk.
    """

    def __init__(self, path: Path, file: int | None, events: tuple[Event, ...], size: int, problem: str | None = None) -> None:
        """Take an open and locked file descriptor with `size` valid bytes, None if nothing can be written."""
        self.path, self.events, self.problem = path, events, problem
        self._file, self._size, self._waiting = file, size, b""
        self._added = 0

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
            return cls(path, None, _read(path).events if path.is_file() else (), 0, _told(path, problem))
        try:
            _lock(file, path)
            held = _read(path)
            os.ftruncate(file, held.size)
            _sync_folder(path.parent)
        except BaseException:
            os.close(file)
            raise
        return cls(path, file, held.events, held.size)

    def append(self, event: Event) -> None:
        """Write an event and wait until it is on disk. On failure it waits in memory for the next call, and `problem` says why."""
        self._waiting += _EVENT.dump_json(event) + b"\n"
        self._added += 1
        if self._file is None:
            return
        try:
            self._write(self._file)
            self.problem = None
        except OSError as problem:
            self.problem = _told(self.path, problem)

    def _write(self, file: int) -> None:
        """Write all waiting events, or none."""
        os.lseek(file, self._size, os.SEEK_SET)
        left = self._waiting
        try:
            while left:
                left = left[os.write(file, left) :]
            os.fsync(file)
        except OSError:
            os.ftruncate(file, self._size)
            raise
        self._size += len(self._waiting)
        self._waiting = b""

    def close(self) -> None:
        """Close the file and release its lock; events still waiting in memory are lost."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None) -> None:
        """Close the journal. Of a new call that failed before anything was heard, nothing is left."""
        failed_at_once = kind is not None and self._file is not None and not self.events and self._added <= 1
        self.close()
        if failed_at_once:
            self.path.unlink(missing_ok=True)


def read_journal(path: str | Path) -> tuple[Event, ...]:
    """Return the events in a journal, even while a call is writing to it. Raises JournalError."""
    try:
        return _read(Path(path)).events
    except OSError as problem:
        raise JournalError(_told(Path(path), problem)) from None


class _Held(NamedTuple):
    """The events of a file, and their size in bytes."""

    events: tuple[Event, ...]
    size: int


def _read(path: Path) -> _Held:
    """Read a journal up to its last complete line. Raises JournalError if it is damaged, or of a later version."""
    data = path.read_bytes()
    _check_version(path, data)
    held, fault = _prefix(data)
    if fault is not None:
        line, what = fault
        raise JournalError(
            f"{path}: line {line} is damaged ({what}); a repair keeps the {line - 1} lines before it and moves the damaged file aside",
            hint="`copilot live --repair` with the same --session does that",
        )
    return held


def _check_version(path: Path, data: bytes) -> None:
    """Raise JournalError for a journal of a later version, whose lines may be anything."""
    try:
        first = json.loads(data.split(b"\n", 1)[0])
    except ValueError:
        return
    version = first.get("version") if isinstance(first, dict) else None
    if isinstance(version, int) and version > VERSION:
        raise JournalError(f"{path}: written by a newer copilot (version {version} of the journal); update copilot to resume this call")


def _prefix(data: bytes) -> tuple[_Held, tuple[int, str] | None]:
    """Return the events before the first damaged line, and that line's number and fault, or None if there is no damage."""
    events: list[Event] = []
    size = 0
    for number, line in enumerate(data.split(b"\n")[:-1], 1):
        try:
            event = _EVENT.validate_json(line)
        except ValidationError as problem:
            return _Held(tuple(events), size), (number, str(problem.errors(include_url=False)[0]["msg"]))
        if (number == 1) != (event.event == "started"):
            return _Held(tuple(events), size), (number, "the 'started' event belongs in the first line, and only there")
        events.append(event)
        size += len(line) + 1
    return _Held(tuple(events), size), None


class Repair(NamedTuple):
    """What a repair did: lines kept, lines dropped, and where the damaged file was moved."""

    kept: int
    left_out: int
    moved: Path


def repair(path: str | Path) -> Repair | None:
    """Keep the lines of a journal before the first damaged one and a copy of the damaged file; return None if there is no damage.

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
        _check_version(path, data)
        held, fault = _prefix(data)
        if fault is None:
            return None
        moved = _aside(path)
        _write_whole(moved, data)
        _sync_folder(path.parent)
        os.ftruncate(file, held.size)
        os.fsync(file)
        return Repair(len(held.events), data.count(b"\n") - len(held.events) + (not data.endswith(b"\n")), moved)
    finally:
        os.close(file)


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
