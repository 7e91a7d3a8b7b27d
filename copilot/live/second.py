"""A second reader: a slower engine that reads in a thread what the embedded engine has already read."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import NamedTuple

from ..detectors import Found
from ..engines import Engine
from ..engines.checking import check_found
from ..ledger import Ledger
from ..reading import Reading

__all__ = ["Answer", "SecondReader", "Start", "Wanted"]

CORRECTED = 3
"""Most corrected turns that wait to be read again."""

Start = Callable[[Callable[[], None]], None]
"""Starts a function so that it runs beside the caller."""


class Answer(NamedTuple):
    """The engine's findings in a turn."""

    reading: Reading
    found: Found


class Wanted(NamedTuple):
    """A turn to be read, with the ledger before it; `is_corrected` if it was heard otherwise, and others have been heard since."""

    reading: Reading
    ledger: Ledger
    is_corrected: bool = False


class SecondReader:
    """Reads one turn at a time; of the turns that come in the meantime only the last is read, since the call does not wait.

    Corrected turns are read as well, the newest text of each.

    `start` runs a function in parallel to the call, by default in a daemon thread.
    """

    def __init__(self, engine: Engine, start: Start | None = None) -> None:
        """Take the engine. It must be able to handle turns that it has not read."""
        self.engine = engine
        self._start = start or _in_thread
        self._lock = threading.Lock()
        self._waiting: list[Wanted] = []
        self._busy = False
        self._answers: list[Answer] = []
        self._problem: Exception | None = None

    @property
    def notices(self) -> tuple[str, ...]:
        """What a user should know of how the engine does."""
        return tuple(self.engine.notices)

    @property
    def is_busy(self) -> bool:
        """Whether something is still being read, or an answer has not been collected yet."""
        with self._lock:
            return self._busy or bool(self._answers) or self._problem is not None

    def want(self, wanted: Wanted) -> None:
        """Request that a turn be read; the ledger is the state before the turn and does not change."""
        with self._lock:
            waiting = [w for w in self._waiting if _still_matters(w, wanted)]
            corrected = [w for w in waiting if w.is_corrected][-CORRECTED:]
            self._waiting = [*(w for w in waiting if not w.is_corrected or w in corrected), wanted]
            start, self._busy = not self._busy, True
        if start:
            self._start(self._work)

    def answers(self) -> Iterator[Answer]:
        """Yield the new answers, then raise what the engine raised."""
        with self._lock:
            answers, self._answers = self._answers, []
            problem, self._problem = self._problem, None
        yield from answers
        if problem is not None:
            raise problem

    def _work(self) -> None:
        while (wanted := self._take()) is not None:
            try:
                answer = Answer(wanted.reading, self.engine.read(wanted.reading, wanted.ledger))
                check_found(answer.found, answer.reading, self.engine.name)
            except Exception as problem:  # raised again when the answers are collected
                with self._lock:
                    self._problem = self._problem or problem
                continue
            with self._lock:
                self._answers += [answer] if answer.reading.is_customer else []

    def _take(self) -> Wanted | None:
        with self._lock:
            self._busy = bool(self._waiting)
            return self._waiting.pop(0) if self._waiting else None


def _still_matters(waiting: Wanted, new: Wanted) -> bool:
    """Return whether a turn is still to be read when another is wanted as well."""
    # Turns of other people cost no time, and contain names that an engine may have to hide.
    if not waiting.reading.is_customer:
        return True
    is_other = waiting.reading.turn.turn != new.reading.turn.turn
    return is_other and (waiting.is_corrected or new.is_corrected)


def _in_thread(work: Callable[[], None]) -> None:
    threading.Thread(target=work, name="copilot-second-reader", daemon=True).start()
