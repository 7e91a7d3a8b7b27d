"""A file that another program keeps writing, as a live source."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

from ..errors import InputError
from ..turns import LiveSegment
from .lines import Lines
from .revisions import once

__all__ = ["FollowedFile"]

POLL = 0.25  # seconds between two looks at the file
REST = 2.0  # seconds without a new byte after which a cue counts as complete
_HEAD = 64  # first bytes by which a replaced file is recognised
_CHUNK = 1 << 20


class FollowedFile:
    """Follows captions, lines or JSON Lines as they are written, even if the file is replaced, truncated, or missing for a while.

    A file that is rewritten from the beginning gives the same segments under the same ids, and only new ones are reported.
    """

    def __init__(
        self,
        path: str | Path,
        *,
        began: float | None = None,
        people: Iterable[str] = (),
        wait: Callable[[float], bool] | None = None,
    ) -> None:
        """Follow the file at a path, which need not exist yet.

        `began` is when the call began, in seconds since 1970, and `people` are expected to speak.
        `wait` waits a number of seconds and returns whether the source was closed. Raises InputError for a folder, or a path in no folder.
        """
        self._path = Path(path)
        if self._path.is_dir():
            raise InputError(f"{path}: is a folder; name the file that the transcript is written to")
        if not self._path.parent.is_dir():
            raise InputError(f"{path}: there is no folder {self._path.parent}; check the path")
        self.name = str(path)
        self.status, self.lost = f"waiting for {path}", False
        self._new_lines = partial(Lines, began, tuple(people))
        self._closing = threading.Event()
        self._wait = wait or self._closing.wait
        self._file: BinaryIO | None = None
        self._head = b""
        self._lines = self._new_lines()
        self._unread = 0
        self._still = 0.0

    @property
    def unread(self) -> int:
        """How many lines could not be read."""
        return self._unread + self._lines.unread

    def segments(self) -> Iterator[LiveSegment]:
        """Yield the segments as they are written, until the source is closed; then the rest of a last line."""
        return once(self._follow())

    def close(self) -> None:
        """End soon, including what has been written by then."""
        self._closing.set()

    def _follow(self) -> Iterator[LiveSegment]:
        try:
            while True:
                yield from self._look()
                if self._wait(POLL):
                    break
            yield from self._look()
            yield from self._lines.end()
        finally:
            if self._file is not None:
                self._file.close()

    def _look(self) -> Iterator[LiveSegment]:
        """Yield what is new in the file."""
        try:
            told = list(self._news())
            reading = "; ".join(filter(None, (f"reading {self.name}", self._lines.note)))
            self.status, self.lost = reading if self._file else self.status, False
        except OSError as problem:
            told, self.lost = [], True
            self.status = f"{self.name}: cannot be read ({problem.strerror or problem}); trying again"
        yield from told

    def _news(self) -> Iterator[LiveSegment]:
        if self._file is None or not self._is_same(self._file):
            yield from self._begin()
        if self._file is None:
            return
        grown = False
        while data := self._file.read(_CHUNK):
            grown = True
            self._head = (self._head + data)[:_HEAD] if len(self._head) < _HEAD else self._head
            yield from self._lines.feed(data)
        self._still = 0.0 if grown else self._still + POLL
        if self._still >= REST:
            yield from self._lines.rest()

    def _is_same(self, file: BinaryIO) -> bool:
        """Return whether the path still leads to the open file, or currently to none, and the file still has what was read from it."""
        try:
            at_path = os.stat(self._path)
        except FileNotFoundError:
            return True
        opened, place = os.fstat(file.fileno()), file.tell()
        if not os.path.samestat(at_path, opened) or opened.st_size < place:
            return False
        file.seek(0)
        head = file.read(len(self._head))
        file.seek(place)
        return head == self._head

    def _begin(self) -> Iterator[LiveSegment]:
        """Reopen the file, after the rest of the one before."""
        try:
            opened = open(self._path, "rb", buffering=0)  # noqa: SIM115 -- stays open, and is closed at the end
        except FileNotFoundError:
            return
        if self._file is not None:
            yield from self._leave(self._file, os.path.samestat(os.fstat(opened.fileno()), os.fstat(self._file.fileno())))
        self._file, self._head, self._lines = opened, b"", self._new_lines()

    def _leave(self, file: BinaryIO, cut: bool) -> Iterator[LiveSegment]:
        """Yield the rest of a replaced file; a truncated one has nothing more."""
        while not cut and (data := file.read(_CHUNK)):
            yield from self._lines.feed(data)
        yield from self._lines.end()
        self._unread += self._lines.unread
        file.close()
