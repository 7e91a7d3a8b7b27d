from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from copilot import Background, Session
from copilot.journal import Journal
from copilot.live.board import Board
from copilot.live.call import LiveCall
from copilot.testing import Clock
from copilot.turns import LiveSegment

BACKGROUND = Background.parse(
    "participants: [{name: Ines Vale, role: interviewer}, {name: Carl Moss, role: customer}, {name: Vera Lund, role: colleague}]"
)
NAMES = {"I": "Ines Vale", "C": "Carl Moss", "V": "Vera Lund"}
BEGAN = 1_700_000_000.0
ASK = "I: So what has changed for you since you started?"
CLAIM = "C: Invoicing is so much faster now, it has saved us a fortune, honestly."


class Room:
    """A call with a clock: `says` is heard at once, `wait` lets time pass in steps with a tick after each."""

    def __init__(self, journal: Path | None = None, clock: Clock | None = None, **given: Any) -> None:
        self.clock = clock or Clock()
        self.journal = Journal.open(journal) if journal else None
        session = given.pop("session", None) or Session(background=BACKGROUND)
        self.call = LiveCall(session, self.journal, clock=self.clock, now=lambda: BEGAN + self.clock(), **given)
        self._ids = count(1)

    @property
    def board(self) -> Board:
        return self.call.board

    def says(self, row: str, *, id: str | None = None, final: bool = True, start: float | None = None) -> None:  # noqa: A002
        """Have a row such as "C: It got faster." heard."""
        who, text = row.split(": ", 1)
        name = id or f"s{next(self._ids)}"
        self.call.hear(LiveSegment(id=name, text=text, speaker=NAMES.get(who, who), start=start, final=final))

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        for _ in range(int(seconds * 4)):
            self.clock.move(0.25)
            self.call.tick()

    def answers(self, *rows: str, pause: float = 6.0) -> None:
        """Have rows heard, each with a pause after it."""
        for row in rows:
            self.says(row)
            self.wait(pause)

    def close(self) -> None:
        if self.journal:
            self.journal.close()


@pytest.fixture
def room() -> Room:
    """A call without a journal."""
    return Room()


def seen(call: LiveCall, do: Callable[[], object]) -> list[Board]:
    """Return the boards that a call shows while something is done."""
    boards: list[Board] = []
    leave = call.watch(boards.append)
    do()
    leave()
    return boards


def plain(board: Board) -> Board:
    """Return a board without its revision, which counts what one process has shown."""
    return board.model_copy(update={"revision": 0})


def texts(call: LiveCall) -> list[str]:
    """Return what each finished turn says."""
    return [t.text for t in call.session.turns]


def words(rows: Iterable[str]) -> list[str]:
    return [row.split(": ", 1)[1] for row in rows]
