"""The journal of a call: everything that was heard and done, one JSON object a line, on the disk before it is acknowledged.

A line that a crash has cut short is dropped: nobody was told that it was kept. Anything else that cannot be read is damage, and an error
that names the line; `repair` keeps the lines before it and moves the damaged file aside.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import Field, TypeAdapter, ValidationError

from .actions import Action
from .detectors import Found
from .errors import JournalError
from .probe import Probe
from .turns import LiveSegment, Value

__all__ = [
    "Acted", "Event", "Heard", "Journal", "Offered", "Read", "Repair", "Started", "Withdrawn", "journal_folder", "journal_path",
    "read_journal", "repair",
]  # fmt: skip


class Started(Value):
    """The first line: whose call it is, when it began (seconds since 1970), and hashes of what was known before it."""

    event: Literal["started"] = "started"
    version: Literal[1] = 1
    at: float = 0.0
    session: str
    began: float
    background: str
    guide: str


class Heard(Value):
    """A source has reported a segment."""

    event: Literal["heard"] = "heard"
    at: float
    segment: LiveSegment


class Acted(Value):
    """The interviewer has done something."""

    event: Literal["acted"] = "acted"
    at: float
    action: Action


class Offered(Value):
    """A probe has come onto the board."""

    event: Literal["offered"] = "offered"
    at: float
    probe: Probe


class Withdrawn(Value):
    """The probe of a gap has left the board by itself."""

    event: Literal["withdrawn"] = "withdrawn"
    at: float
    gap: str


class Read(Value):
    """A slower engine has read a turn; `text` is the turn's text that it has read."""

    event: Literal["read"] = "read"
    at: float
    turn: int
    text: str
    found: Found


Event = Annotated[Started | Heard | Acted | Offered | Withdrawn | Read, Field(discriminator="event")]
"""What happened; `event` tells which. `at` is in seconds from the start of the call."""

_EVENT: TypeAdapter[Event] = TypeAdapter(Event)
_NAME = re.compile(r"\w[\w.-]{0,79}")
_FAR = 0x7FFF0000
"""The byte that is locked where a system locks bytes: one that no journal reaches."""


class Journal:
    """A call's journal, open for one writer; use `open`.

    `events` are those that it held when it was opened. `problem` says why events wait in memory because they cannot be written, and is None
    as soon as all of them are on the disk.
    """

    def __init__(self, path: Path, file: int | None, events: tuple[Event, ...], size: int, problem: str | None = None) -> None:
        """Take an open and locked file (a descriptor) of `size` good bytes; None if there is none to write to."""
        self.path, self.events, self.problem = path, events, problem
        self._file, self._size, self._waiting = file, size, b""

    @classmethod
    def open(cls, path: str | Path) -> Self:
        """Open a journal, or begin one, with the folders above it. Where it cannot be written, `problem` says so.

        Raises JournalError for one that another process writes to, and for a damaged one.
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
        """Write an event and wait until it is on the disk. Where that fails, it waits for the next try, and `problem` says why."""
        self._waiting += _EVENT.dump_json(event) + b"\n"
        if self._file is None:
            return
        try:
            self._write(self._file)
            self.problem = None
        except OSError as problem:
            self.problem = _told(self.path, problem)

    def _write(self, file: int) -> None:
        """Write what waits, or nothing of it."""
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
        """Let another process write; what still waits in memory is lost."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def read_journal(path: str | Path) -> tuple[Event, ...]:
    """Return the events in a journal, also while a call writes to it. Raises JournalError."""
    try:
        return _read(Path(path)).events
    except OSError as problem:
        raise JournalError(_told(Path(path), problem)) from None


class _Held(NamedTuple):
    """The events of a file, and how many bytes they take."""

    events: tuple[Event, ...]
    size: int


def _read(path: Path) -> _Held:
    """Read a journal up to its last whole line. Raises JournalError for damage."""
    held, fault = _prefix(path.read_bytes())
    if fault is not None:
        line, what = fault
        raise JournalError(
            f"{path}: line {line} is damaged ({what}); `copilot live --repair` with the same --session keeps the {line - 1} lines "
            "before it and moves the damaged file aside"
        )
    return held


def _prefix(data: bytes) -> tuple[_Held, tuple[int, str] | None]:
    """Return the events before the first damaged line, and that line's number with what is wrong with it, None for a sound file."""
    events: list[Event] = []
    size = 0
    for number, line in enumerate(data.split(b"\n")[:-1], 1):
        try:
            event = _EVENT.validate_json(line)
        except ValidationError as problem:
            return _Held(tuple(events), size), (number, str(problem.errors(include_url=False)[0]["msg"]))
        if (number == 1) != (event.event == "started"):
            return _Held(tuple(events), size), (number, "a journal has one beginning, in its first line")
        events.append(event)
        size += len(line) + 1
    return _Held(tuple(events), size), None


class Repair(NamedTuple):
    """What a repair did: the lines kept, the lines left out, and where the whole damaged file is now."""

    kept: int
    left_out: int
    moved: Path


def repair(path: str | Path) -> Repair | None:
    """Keep the lines of a journal before the first damaged one, and the whole of it aside; return None for a sound journal.

    Raises JournalError for a file that cannot be read or is being written to, OSError if the folder cannot be written to.
    """
    path = Path(path)
    try:
        file = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    except OSError as problem:
        raise JournalError(_told(path, problem)) from None
    try:
        _lock(file, path)
        data = path.read_bytes()
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
    """Return a name that is free for a damaged file."""
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
    """Take the lock of a file, which its process cannot leave behind. Raises JournalError if another process has it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(file, _FAR, os.SEEK_SET)
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise JournalError(f"{path}: another copilot is writing this call's journal; end it, or give another --session") from None


def _sync_folder(folder: Path) -> None:
    """Make a new file's name last; not every system can."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _told(path: Path, problem: OSError) -> str:
    return f"{problem.filename or path}: {problem.strerror or problem}"


def journal_folder(environ: Mapping[str, str] | None = None) -> Path:
    """Return where journals are kept: COPILOT_JOURNALS, else the user's data folder."""
    given = os.environ if environ is None else environ
    if given.get("COPILOT_JOURNALS"):
        return Path(given["COPILOT_JOURNALS"])
    if sys.platform == "win32":
        home = Path(given.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        home = Path.home() / "Library" / "Application Support"
    else:
        home = Path(given.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return home / "interview-copilot" / "calls"


def journal_path(session: str, folder: str | Path | None = None) -> Path:
    """Return the file of a session's journal. Raises JournalError for a name that cannot be a file's."""
    if not _NAME.fullmatch(session) or session.endswith("."):
        raise JournalError(f"--session {session!r}: use up to 80 letters, digits, '-', '_' and '.', the first a letter or a digit")
    return (Path(folder) if folder else journal_folder()) / f"{session}.jsonl"
