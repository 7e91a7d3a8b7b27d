"""The screen of a live call: redrawn when something changes, with one key per action."""

from __future__ import annotations

import os
import select
import shutil
import sys
import textwrap
from collections.abc import Iterator
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

import click

from ..actions import Action, Asked, Dismiss, Pin, Snooze, Unpin
from ..errors import UnknownNameError
from ..live.board import Board
from ..live.call import LiveCall
from .text import bar, clock, color_wanted, prompted

__all__ = ["Screen", "action_for", "drawn"]

_OPEN, _CLOSE, _HOME = "\x1b[?1049h\x1b[?25l", "\x1b[?25h\x1b[?1049l", "\x1b[H"
_KEYS = ("a asked", "d dismiss", "s snooze", "p pin", "q quit")
SAID = 6
"""Lines of the screen for each line of what was said last."""
COVERAGE, WHY = 1, 3
"""The blocks that are left out first where there is little room, by their place."""
_SETTLED = ("covered", "known", "declined", "deferred")


class Screen:
    """Shows a call on the terminal; use it in a `with` statement and call `step` a few times a second."""

    def __init__(self, call: LiveCall) -> None:
        """Show a call."""
        self._call, self._keys = call, _Keys()
        self._shown: list[str] = []

    def __enter__(self) -> Self:
        self._keys.open()
        sys.stdout.write(_OPEN)
        self.step()
        return self

    def __exit__(self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None) -> None:
        sys.stdout.write(_CLOSE)
        sys.stdout.flush()
        self._keys.close()

    def step(self) -> bool:
        """Apply the keys pressed, and draw what has changed; return False to leave."""
        for key in self._keys.pressed():
            if key == "q":
                return False
            action = action_for(key, self._call.board)
            # The probe shown when the key was pressed may be gone by now.
            with suppress(UnknownNameError):
                if action is not None:
                    self._call.act(action)
        size = shutil.get_terminal_size()
        lines = drawn(self._call.board, size.columns, size.lines, bold=color_wanted() is None)
        if lines != self._shown:
            self._shown = lines
            sys.stdout.write(_HOME + "".join(f"{line}\x1b[K\r\n" for line in lines[:-1]) + lines[-1] + "\x1b[K\x1b[J")
            sys.stdout.flush()
        return True


def action_for(key: str, board: Board) -> Action | None:
    """Return a key's action on the probe shown, else on the first pinned one; None if it has none."""
    shown = board.probe or next(iter(board.pinned), None)
    if shown is None or shown.gap is None:
        return None
    if key == "p":
        return Pin(gap=shown.gap) if board.probe else Unpin(gap=shown.gap)
    if key == "a":
        return Asked(gap=shown.gap)
    if key == "d":
        return Dismiss(gap=shown.gap)
    return Snooze(gap=shown.gap) if key == "s" else None


def drawn(board: Board, width: int, height: int, *, bold: bool = False) -> list[str]:
    """Return a board as lines of text for a terminal of a size: coverage, the probe, what is pinned, the plan, the last words.

    Where there is little room, the coverage goes first, then the reason, then what is not said last.
    """
    room = max(1, height - 1)
    said = [_cut(line, width) for line in _said(board, width, max(1, height // SAID))]
    blocks = [
        list(_head(board)),
        [*_sections(board), ""],
        [*_probe(board, width, bold)],
        [*_why(board, width), ""],
        list(_notes(board, width)),
    ]
    for spare in (COVERAGE, WHY):
        if sum(map(len, blocks)) + len(said) > room:
            blocks[spare] = []
    lines = [_cut(line, width) for block in blocks for line in block]
    keys = "   ".join(_KEYS)
    return [*lines[: max(1, room - len(said))], *said[: room - 1], _cut(keys if len(keys) < width else " ".join(_KEYS), width)]


def _head(board: Board) -> Iterator[str]:
    left = "" if board.minutes_left is None else f"   {board.minutes_left:.0f} min left"
    state = "not heard" if board.source_lost else board.state
    yield f"{board.session}   {state}   {clock(board.elapsed)}{left}   {board.source}"
    yield from (f"! {warning}" for warning in board.warnings)


def _sections(board: Board) -> Iterator[str]:
    for section in board.sections:
        left = "; ".join(topic.title for topic in section.topics if topic.state not in _SETTLED)
        yield f"  {section.title:<16} {bar(section.coverage)}  {left}"


def _probe(board: Board, width: int, bold: bool) -> Iterator[str]:
    """Yield the one probe with its words, or room for it."""
    if board.probe is None:
        yield from ("  …", "")
        return
    for line in _wrapped(board.probe.probe, width, 2):
        yield f"  {click.style(line.strip(), bold=True)}" if bold else line
    yield from _wrapped(prompted(board.probe), width, 4)


def _why(board: Board, width: int) -> Iterator[str]:
    """Yield the reason of the one probe, or room for it."""
    yield from _wrapped(board.probe.why, width, 4) if board.probe else ("", "")


def _notes(board: Board, width: int) -> Iterator[str]:
    """Yield what is pinned, and the plan for the last minutes."""
    for probe in board.pinned:
        yield from _wrapped(f"pinned: {probe.probe}", width, 2)
    if board.plan is not None:
        for probe in board.plan.ask_now:
            yield from _wrapped(f"ask now: {probe.probe}", width, 2)
        yield f"  later: {len(board.plan.email)} by email, {len(board.plan.someone_else)} for somebody else"
    if board.pinned or board.plan:
        yield ""


def _wrapped(text: str, width: int, indent: int) -> list[str]:
    return [" " * indent + line for line in textwrap.wrap(text, max(20, width - indent - 2))]


def _said(board: Board, width: int, most: int) -> Iterator[str]:
    """Yield what was said last, of a longer segment the end."""
    for line in board.lines[-most:]:
        name, text = f"  {line.speaker}: " if line.speaker else "  ", f"{line.text}{'' if line.final else ' …'}"
        room = max(1, width - len(name) - 1)
        yield name + (text if len(text) <= room else "… " + text[max(2, len(text) - room + 2) :])


def _cut(line: str, width: int) -> str:
    """Return a line without control sequences, cut to the terminal's width."""
    styled = line.startswith("  \x1b[1m")
    plain = "".join(c for c in (click.unstyle(line) if styled else line) if c.isprintable())
    cut = plain if len(plain) < width else plain[: max(1, width - 2)] + "…"
    return f"  {click.style(cut.strip(), bold=True)}" if styled else cut


class _Keys:
    """Non-blocking key presses from the terminal, even if standard input is something else."""

    def __init__(self) -> None:
        self._file: int | None = None
        self._mode: list[Any] = []

    def open(self) -> None:
        """Start reading single keys, if there is a terminal."""
        if sys.platform == "win32":
            return
        import termios
        import tty

        try:
            self._file = os.open("/dev/tty", os.O_RDONLY)
            self._mode = termios.tcgetattr(self._file)
            tty.setcbreak(self._file)
        except (OSError, termios.error):
            self._file = None

    def pressed(self) -> Iterator[str]:
        """Yield the keys pressed since."""
        if sys.platform == "win32":
            import msvcrt

            while msvcrt.kbhit():
                yield msvcrt.getwch().lower()
            return
        while self._file is not None and select.select([self._file], [], [], 0)[0]:
            data = os.read(self._file, 64)
            if not data:
                return
            yield from data.decode("utf-8", "ignore").lower()

    def close(self) -> None:
        """Restore the terminal."""
        if sys.platform == "win32" or self._file is None:
            return
        import termios

        termios.tcsetattr(self._file, termios.TCSADRAIN, self._mode)
        os.close(self._file)
