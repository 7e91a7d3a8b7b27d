"""The screen of a live call: redrawn when something changes, with one key per action."""

from __future__ import annotations

import os
import select
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

import click

from ..actions import Action, Asked, Dismiss, Pin, Raised, Snooze, Unpin, Withdraw
from ..errors import UnknownNameError
from ..live.board import Board, Plan
from ..live.call import LiveCall
from ..probe import Probe
from .text import bar, clock, color_wanted, prompted
from .wrapping import columns, head_of, pieces

__all__ = ["Screen", "action_for", "drawn"]

_OPEN, _CLOSE, _HOME = "\x1b[?1049h\x1b[?25l", "\x1b[?25h\x1b[?1049l", "\x1b[H"
_KEYS = ("a asked", "d dismiss", "s later", "p pin", "k keep out", "q quit")
KEEP = 4.0
"""Seconds within which `k` is pressed again to keep the last answer out, which cannot be undone during the call."""
SAID = 6
"""Lines of the screen for each line of what was said last."""
TOP, LONGEST = 5, 460
"""Lines that are begun, and characters, of the head and a long question with its words and its reason: the coverage leaves them room."""
_SETTLED = ("covered", "known", "declined", "deferred")


class Screen:
    """Shows a call on the terminal; use it in a `with` statement and call `step` a few times a second."""

    def __init__(self, call: LiveCall) -> None:
        """Show a call."""
        self._call, self._keys = call, _Keys()
        self._shown: list[str] = []
        self._keep: tuple[int, float] | None = None

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
            action = self._kept_out() if key == "k" else action_for(key, self._call.board)
            # The probe shown when the key was pressed may be gone by now.
            with suppress(UnknownNameError):
                if action is not None:
                    self._call.act(action)
        size = shutil.get_terminal_size()
        keep = self._keep[0] if self._keep and time.monotonic() < self._keep[1] else None
        lines = drawn(self._call.board, size.columns, size.lines, bold=color_wanted() is None, keep=keep)
        if lines != self._shown:
            self._shown = lines
            sys.stdout.write(_HOME + "".join(f"{line}\x1b[K\r\n" for line in lines[:-1]) + lines[-1] + "\x1b[K\x1b[J")
            sys.stdout.flush()
        return True

    def _kept_out(self) -> Action | None:
        """Return the withdrawal of the last answer where it is asked for again in time; else note that it was asked for."""
        now, last = time.monotonic(), self._call.board.last_answer
        again = self._keep is not None and now < self._keep[1]
        turn, self._keep = (self._keep[0], None) if again and self._keep else (None, None if last is None else (last, now + KEEP))
        return None if turn is None else Withdraw(span=str(turn))


def action_for(key: str, board: Board) -> Action | None:
    """Return a key's action on the question that keys act on: the large one, the first that is pinned or planned."""
    shown = _at_hand(board)
    if shown is None:
        return None
    if shown.gap is None:
        return Raised(topic=shown.topic) if key == "a" else None
    if key == "p":
        return Unpin(gap=shown.gap) if shown in board.pinned else Pin(gap=shown.gap)
    if key == "a":
        return Asked(gap=shown.gap)
    if key == "d":
        return Dismiss(gap=shown.gap)
    return Snooze(gap=shown.gap) if key == "s" else None


def _at_hand(board: Board) -> Probe | None:
    """Return the question that keys act on."""
    return board.probe or next(iter(board.listed), None)


def drawn(board: Board, width: int, height: int, *, bold: bool = False, keep: int | None = None) -> list[str]:
    """Return a board as lines of text for a terminal of a size: the question under the head, and the last words at the foot.

    Each has its place whatever else there is to show, so that the eye finds it. In between are warnings, what is pinned, the plan, and the
    coverage: in one line where the question at its longest, or what there is, leaves no room for more. Where there is little room, the
    reason goes first, then the words of what is pinned or planned. `keep` is the turn that the next `k` keeps out.
    """
    room = max(1, height - 1)
    said = list(_said(board, width, max(1, height // SAID)))
    question, why = [*_head(board, keep), *_probe(board, width, bold), *_words(board, width)], _why(board, width)
    warnings, notes, brief = list(_warnings(board, width)), list(_notes(board, width)), list(_notes(board, width, brief=True))
    free = room - len(said)
    heads = [*question, *why, "", *warnings, *notes], [*question, *warnings, *notes], [*question, *warnings, *brief]
    head = next((head for head in heads if len(head) <= free), heads[-1])
    sections = list(_sections(board))
    if max(len(head), TOP + LONGEST // width) + len(sections) > free:
        sections = [_total(board)][: max(0, free - len(head))]
    head = head[: free - len(sections)]
    lines = [*head, *[""] * (free - len(head) - len(sections)), *sections, *said][:room]
    return [_cut(line, width) for line in (*lines, _keys(width))]


def _keys(width: int) -> str:
    """Return the keys, as far apart as a width allows, or as many as it has room for; leaving is always told."""
    if len(line := "   ".join(_KEYS)) < width:
        return line
    *keys, leave = _KEYS
    while keys and len(" ".join((*keys, leave))) >= width:
        keys.pop()
    return " ".join((*keys, leave))


def _head(board: Board, keep: int | None) -> Iterator[str]:
    """Yield how the call stands, and what of it cannot be used."""
    left = "" if board.minutes_left is None else f"   {board.minutes_left:.0f} min left" if board.minutes_left else "   time is up"
    state = "not heard" if board.source_lost else board.state
    yield f"{board.session}   {state}   {clock(board.elapsed)}{left}   {board.source}"
    yield f"press k again to keep turn {keep} out for good" if keep else "   ".join(_on_record(board))


def _on_record(board: Board) -> Iterator[str]:
    """Yield the turns that are kept out, or perhaps, the latest first, and that the recording has not been agreed to."""
    for told, degree in (("kept out:", "clear"), ("perhaps:", "possible")):
        if turns := [str(k.turn) for k in reversed(board.kept_back) if k.degree == degree]:
            yield f"{told} {', '.join(turns)}"
    if board.consent.granted is None and board.state != "waiting":
        yield "recording: not asked yet" if board.consent.asked is None else "recording: asked, no yes yet"


def _warnings(board: Board, width: int) -> Iterator[str]:
    for warning in board.warnings:
        yield from _wrapped(f"! {warning}", width, 0)


def _sections(board: Board) -> Iterator[str]:
    for section in board.sections:
        left = "; ".join(topic.title for topic in section.topics if topic.state not in _SETTLED)
        yield f"  {section.title}{' ' * (16 - columns(section.title))} {bar(section.coverage)}  {left}"


def _total(board: Board) -> str:
    """Return the coverage in one line: the sum, then the sections that are not finished."""
    rows = [(s.title, s.coverage.covered, s.coverage.total) for s in board.sections]
    parts = [("covered", sum(row[1] for row in rows), sum(row[2] for row in rows)), *(row for row in rows if row[1] < row[2])]
    return "  " + "  ".join(f"{title} {covered}/{total}" for title, covered, total in parts)


def _probe(board: Board, width: int, bold: bool) -> Iterator[str]:
    """Yield the one probe, or its place."""
    if board.probe is None:
        yield "  …"
        return
    for line in _wrapped(board.probe.probe, width, 2):
        yield f"  {click.style(line.strip(), bold=True)}" if bold else line


def _words(board: Board, width: int) -> list[str]:
    return _wrapped(prompted(board.probe, board.voices.get(board.probe.gap or "")), width, 4) if board.probe else []


def _why(board: Board, width: int) -> list[str]:
    return _wrapped(board.probe.why, width, 4) if board.probe else []


def _notes(board: Board, width: int, *, brief: bool = False) -> Iterator[str]:
    """Yield what is pinned, and the plan for the last minutes, with their words unless `brief`.

    What the keys act on in place of a question has a mark.
    """
    told = "if one more can be asked" if board.is_over else "ask now"
    for probe in board.listed:
        label = "pinned" if probe in board.pinned else told
        is_at_hand = board.probe is None and probe == _at_hand(board)
        first, *rest = _wrapped(f"{label}: {probe.probe}", width, 2)
        yield from ("> " + first[2:] if is_at_hand else first, *rest)
        if probe.text and not brief:
            yield from _wrapped(prompted(probe, board.voices.get(probe.gap or "")), width, 4)
    if board.plan is not None:
        yield f"  {_later(board.plan, ended=board.state == 'ended')}, {len(board.plan.someone_else)} for somebody else"


def _later(plan: Plan, *, ended: bool) -> str:
    """Return how much is left for the email, or once the call has ended how much of it is in the email."""
    return f"left: {len(plan.requests)} in the email, {len(plan.email)} not in it" if ended else f"later: {len(plan.email)} by email"


def _wrapped(text: str, width: int, indent: int) -> list[str]:
    return [" " * indent + line for line in pieces(text, max(20, width - indent - 2))]


def _said(board: Board, width: int, most: int) -> Iterator[str]:
    """Yield what was said last, of a longer segment the end."""
    for line in board.lines[-most:]:
        name, text = f"  {line.speaker}: " if line.speaker else "  ", f"{line.text}{'' if line.final else ' …'}"
        yield name + _end_of(text, width - columns(name) - 1)


def _end_of(text: str, room: int) -> str:
    """Return a text, or as many of its last words as a number of columns has room for."""
    if columns(text) <= room:
        return text
    end = head_of(text[::-1], max(1, room - 2))[::-1]
    return "… " + (end.partition(" ")[2] or end)


def _cut(line: str, width: int) -> str:
    """Return a line without control sequences, cut to the terminal's width."""
    styled = line.startswith("  \x1b[1m")
    plain = "".join(c for c in (click.unstyle(line) if styled else line) if c.isprintable())
    cut = plain if columns(plain) < width else head_of(plain, max(1, width - 2)) + "…"
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
