"""`copilot live`: the copilot in the call."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

import click

from ..actions import End
from ..errors import InputError
from ..journal import Journal, journal_path, repair
from ..live.call import LiveCall
from .listening import (
    Listening,
    LiveOptions,
    check_saved,
    journal_of,
    live_options,
    open_call,
    recording_of,
    source_of,
    tell_next,
    told,
    unread,
)
from .options import alone
from .screen import Screen
from .text import clock, notice, prompted, say, show_coverage

if TYPE_CHECKING:
    from ..live.board import Board
    from ..sources import Source

__all__ = ["command"]

LAST = 6.0
"""Seconds that a language model has for its last answers after the call."""
STEP = 0.1
"""Seconds between two checks of the keys and the clock."""


@click.command("live")
@click.option("--stdin", is_flag=True, help='Listen to standard input: "Name: text", captions, or JSON Lines.')
@live_options
@click.option("--repair", "repairs", is_flag=True, help="Keep the sound lines of a damaged journal, note what is lost, and leave.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object at the end and nothing else.")
@alone("--repair", "--session", "--journal")
def command(options: LiveOptions, repairs: bool, as_json: bool) -> None:
    """Listen to a call; show what is covered, and the one question worth asking now, or none."""
    if repairs:
        _repair(options)
        return
    if not options.places:
        raise InputError("say what to listen to: one of --stdin, --follow FILE, --connect URL or --replay CALL")
    played = recording_of(options)
    with journal_of(options) as journal:
        call = open_call(options, journal, played)
        source, typed = played or source_of(options, call), options.stdin and sys.stdin.isatty()
        if typed:
            notice('type what is said as "Name: text", a line for each; Ctrl-D (on Windows Ctrl-Z and Enter) ends the call')
        _run(call, source, options.model.deadline or LAST, _shown(call, source, as_json, typed=typed))
    _finish(call, journal, options, as_json)


def _repair(options: LiveOptions) -> None:
    """Repair a journal and say what was kept. Raises InputError."""
    if options.session is None:
        raise InputError("--repair needs the --session whose journal is damaged")
    path = journal_path(options.session, options.journal)
    try:
        done = repair(path)
    except OSError as problem:
        raise InputError(f"{path}: cannot be repaired ({problem.strerror or problem})") from None
    if done is None:
        click.echo(f"{path} is sound; nothing was changed")
        return
    click.echo(f"{path}: {done.kept} lines kept, {done.lost} lost; the file as it was is {done.copied}")


def _run(call: LiveCall, source: Source, last: float, show: AbstractContextManager[object]) -> None:
    """Listen until the source ends, and `last` seconds for a model's answers, or the interviewer leaves. Raises what the source raises."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    listening = Listening(call, source)
    try:
        listening.start()
        with show:
            while not listening.ended.wait(STEP):
                call.note(told(source), lost=source.lost)
                call.tick()
                if isinstance(show, Screen | _Lines) and not show.step():
                    break
            listening.close()
            if listening.problem is None:
                call.act(End())
                _await(call, last)
    except KeyboardInterrupt:
        # This does not end the call: the same command resumes it.
        pass
    finally:
        listening.close()
        signal.signal(signal.SIGTERM, before)
    if listening.problem is not None:
        raise listening.problem


def _await(call: LiveCall, seconds: float) -> None:
    """Give a language model time for the last answers."""
    until = time.monotonic() + seconds
    while call.is_reading and time.monotonic() < until:
        time.sleep(STEP)
        call.tick()


def _shown(call: LiveCall, source: Source, as_json: bool, *, typed: bool) -> AbstractContextManager[object]:
    """Return the display of the call: a screen, a line for each probe, or nothing.

    Where the call itself is typed at the terminal, a screen would hide the words and take them for keys.
    """
    if as_json:
        return nullcontext()
    if sys.stdout.isatty() and not typed:
        return Screen(call)
    return _Lines(call, source)


class _Lines:
    """Prints a line for each new probe, and once each warning, and how the source goes; at the end, how much of it could not be read."""

    def __init__(self, call: LiveCall, source: Source) -> None:
        self._call, self._source = call, source
        self._last: str | None = None
        self._told: set[str] = set()
        self._unread: BrokenPipeError | None = None

    def __enter__(self) -> None:
        self._show(self._call.board)
        self._leave = self._call.watch(self._show)

    def __exit__(self, *what: object) -> None:
        self._leave()
        if self._source.unread:
            notice(unread(self._source))

    def step(self) -> bool:
        """Return that the call goes on. Raises BrokenPipeError where nobody reads the lines any more."""
        if self._unread is not None:
            raise self._unread
        return True

    def _show(self, board: Board) -> None:
        try:
            self._print(board)
        except BrokenPipeError as problem:
            self._unread = problem

    def _print(self, board: Board) -> None:
        for text in (*board.warnings, self._source.status):
            if text not in self._told:
                self._told.add(text)
                notice(text)
        question = board.probe.probe if board.probe else None
        if question is not None and question != self._last:
            say(f"{clock(board.elapsed):>8}  {question}" + "".join(_words(board)), hang=10)
        self._last = question


def _words(board: Board) -> Iterator[str]:
    if board.probe and board.probe.text:
        voice = board.voices.get(board.probe.gap or "")
        yield f"  ({prompted(board.probe, voice)})"


def _finish(call: LiveCall, journal: Journal | None, options: LiveOptions, as_json: bool) -> None:
    """Print the result of the call, and what can be done next. Raises JournalError if not all of it is in its journal."""
    if as_json:
        click.echo(call.board.model_dump_json())
        check_saved(journal)
        return
    say()
    show_coverage(call.session)
    tell_next("live", call, journal, options)
