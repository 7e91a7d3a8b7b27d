"""`copilot live`: the copilot in the call."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..actions import End
from ..background import Background
from ..errors import InputError
from ..guide import Guide
from ..journal import Journal, journal_path, repair
from ..live.call import LiveCall
from ..live.replay import Replay
from ..session import Session
from ..transcript import Transcript
from ..turns import Role
from .call import KNOWN, notice, role_of
from .model import ModelOptions, tell_model
from .screen import Screen
from .text import clock as clock_of
from .text import show_coverage

if TYPE_CHECKING:
    from ..live.board import Board
    from ..sources import Source

__all__ = ["command"]

LAST = 6.0
"""Seconds that a language model has for the last answers after the call."""
STEP = 0.1
"""Seconds between two looks at the keys and the clock."""


@dataclass(frozen=True)
class Asked:
    """The options of a live call."""

    stdin: bool = False
    follow: str | None = None
    connect: str | None = None
    replay: str | None = None
    header: tuple[str, ...] = ()
    send: tuple[str, ...] = ()
    speed: float = 1.0
    session: str | None = None
    journal: str | None = None
    minutes: float | None = None
    repair: bool = False
    background: str | None = None
    guide: str | None = None
    role: tuple[str, ...] = ()
    as_json: bool = False
    model: ModelOptions = field(default_factory=ModelOptions)

    @property
    def name(self) -> str:
        """The session's name: the one given, else the time of day."""
        return self.session or f"call-{datetime.now():%Y-%m-%d-%H%M%S}"

    @cached_property
    def known(self) -> Background:
        """What is known before the call. Raises InputError."""
        return Background.load(self.background) if self.background else Background()

    @property
    def roles(self) -> dict[str, Role]:
        """Who is who, as given. Raises InputError."""
        return dict(role_of(text) for text in self.role)


def _options(function: Callable[..., Any]) -> Callable[..., Any]:
    for decorate in reversed(
        (
            click.option("--stdin", is_flag=True, help='Listen to standard input: "Name: text", captions, or JSON Lines.'),
            click.option("--follow", metavar="FILE", help="Listen to a file that another program writes."),
            click.option("--connect", metavar="URL", help="Listen to a WebSocket (ws:// or wss://)."),
            click.option("--header", multiple=True, metavar="NAME:VALUE", help="A header for --connect. Can be given again."),
            click.option("--send", multiple=True, metavar="TEXT", help="A message to send once --connect is made. Can be given again."),
            click.option("--replay", metavar="CALL", help="Play a recorded call as if it were live."),
            click.option("--speed", type=click.FloatRange(min=0, min_open=True), default=1.0, help="How fast --replay plays."),
            click.option("--session", metavar="NAME", help="The call's name: the same one goes on after a crash."),
            click.option("--journal", metavar="DIR", help="Where journals are kept; by default in your data folder."),
            click.option("--minutes", type=click.FloatRange(min=0, min_open=True), metavar="N", help="How long the call may take."),
            click.option("--repair", is_flag=True, help="Keep the sound beginning of a damaged journal, and leave."),
            *KNOWN[::-1],
            click.option("--json", "as_json", is_flag=True, help="Print one JSON object at the end and nothing else."),
        )
    ):
        function = decorate(function)
    return function


@click.command("live")
@_options
def command(**given: Any) -> None:
    """Listen to a call; show what is covered, and the one question worth asking now, or none."""
    asked = Asked(**given)
    if asked.repair:
        _repair(asked)
        return
    played, journal = _played(asked), _journal(asked)
    with journal or nullcontext():
        call = _call(asked, journal, played)
        _run(call, played or _source(asked, call), asked)
        _finish(call, journal, asked)


def _repair(asked: Asked) -> None:
    """Repair a journal and say what was kept. Raises InputError."""
    if asked.session is None:
        raise InputError("--repair needs the --session whose journal is damaged")
    path = journal_path(asked.session, asked.journal)
    try:
        done = repair(path)
    except OSError as problem:
        raise InputError(f"{path}: cannot be repaired ({problem.strerror or problem})") from None
    if done is None:
        click.echo(f"{path} is sound; nothing was changed")
        return
    click.echo(f"{path}: {done.kept} lines kept, {done.left_out} left out; the file as it was is {done.moved}")


def _journal(asked: Asked) -> Journal | None:
    """Return the call's journal; a recorded call is played without one unless a session is named. Raises InputError."""
    if asked.replay and not asked.session:
        return None
    journal = Journal.open(journal_path(asked.name, asked.journal))
    if journal.problem:
        notice(f"not saved: {journal.problem}; the call goes on in memory, and is lost if the program ends")
    if journal.events:
        notice(f"going on with {asked.name}, {sum(e.event == 'heard' for e in journal.events)} segments so far")
    return journal


def _call(asked: Asked, journal: Journal | None, played: Replay | None) -> LiveCall:
    """Return the call with what is known before it. Raises InputError."""
    background = asked.known
    guide = Guide.load(asked.guide) if asked.guide else None
    # What the model fails at is a warning on the board.
    engine = asked.model.engine(background, (), lambda text: None)
    session = Session(background=background, guide=guide, engine=engine)
    click.get_current_context().call_on_close(lambda: tell_model(session, notice))
    started, clock = time.time(), played or time.monotonic
    call = LiveCall(
        session,
        journal,
        clock=clock,
        now=(lambda: started + played()) if played else time.time,
        minutes=asked.minutes,
        name=journal.path.stem if journal else Path(asked.replay or "call").stem,
        roles=asked.roles,
    )
    if played:
        played.skip(call.board.elapsed)
    return call


def _played(asked: Asked) -> Replay | None:
    """Return the recorded call that is played, or None. Raises InputError."""
    if sum((asked.stdin, asked.follow is not None, asked.connect is not None, asked.replay is not None)) != 1:
        raise InputError("say what to listen to: one of --stdin, --follow FILE, --connect URL or --replay CALL")
    if asked.replay is None:
        return None
    recorded = Transcript.load(asked.replay, background=asked.known)
    return Replay(recorded.turns, asked.replay, asked.speed)


def _source(asked: Asked, call: LiveCall) -> Source:
    """Return what the call listens to. Raises InputError."""
    if asked.stdin:
        from ..sources.standard_input import StandardInput

        # A stream of our own: Python cannot end while a thread waits for its own standard input.
        return StandardInput(os.fdopen(os.dup(sys.stdin.fileno()), "rb"), began=call.began)
    if asked.connect and not asked.connect.startswith(("ws://", "wss://")):
        raise InputError(f"--connect {asked.connect}: no WebSocket address; it looks like wss://host/path")
    from ..sources import open_source

    headers = dict(_header(text) for text in asked.header)
    return open_source(asked.connect or asked.follow or "-", headers=headers, greetings=asked.send, began=call.began)


def _header(text: str) -> tuple[str, str]:
    name, colon, value = text.partition(":")
    if not colon or not name.strip():
        raise InputError("--header: write NAME:VALUE")
    return name.strip(), value.strip()


def _run(call: LiveCall, source: Source, asked: Asked) -> None:
    """Listen until the source ends or the interviewer leaves. Raises what the source raises."""
    listening = _Listening(call, source)
    show = _shown(call, asked)
    try:
        with show:
            while not listening.ended.wait(STEP):
                call.note(_told(source))
                call.tick()
                if isinstance(show, Screen) and not show.step():
                    break
            if listening.problem is None:
                call.act(End())
                _await(call, asked.model.deadline or LAST)
    except KeyboardInterrupt:
        # The call is not over for that: the same command goes on with it.
        pass
    finally:
        source.close()
    if listening.problem is not None:
        raise listening.problem


def _await(call: LiveCall, seconds: float) -> None:
    """Give a language model time for the last answers."""
    until = time.monotonic() + seconds
    while call.is_reading and time.monotonic() < until:
        time.sleep(STEP)
        call.tick()


def _shown(call: LiveCall, asked: Asked) -> AbstractContextManager[object]:
    """Return what shows the call meanwhile: a screen, a line for each probe, or nothing."""
    if asked.as_json:
        return nullcontext()
    if sys.stdout.isatty():
        return Screen(call)
    return _Lines(call)


def _told(source: Source) -> str:
    """Return how the source is connected, with what it could not read."""
    return f"{source.status}; {source.unread} lines could not be read" if source.unread else source.status


class _Listening:
    """A thread that gives a call what its source yields; `ended` is set when the source has ended, or failed with `problem`."""

    def __init__(self, call: LiveCall, source: Source) -> None:
        self.ended = threading.Event()
        self.problem: Exception | None = None
        self._call, self._source = call, source
        threading.Thread(target=self._listen, name="copilot-source", daemon=True).start()

    def _listen(self) -> None:
        try:
            for segment in self._source.segments():
                self._call.hear(segment)
        except Exception as problem:  # told to the user by the thread that waits
            self.problem = problem
        finally:
            self.ended.set()


class _Lines:
    """Prints a line for each new probe, and each warning once."""

    def __init__(self, call: LiveCall) -> None:
        self._call = call
        self._last: str | None = None
        self._told: set[str] = set()

    def __enter__(self) -> None:
        self._show(self._call.board)
        self._leave = self._call.watch(self._show)

    def __exit__(self, *what: object) -> None:
        self._leave()

    def _show(self, board: Board) -> None:
        for warning in board.warnings:
            if warning not in self._told:
                self._told.add(warning)
                notice(warning)
        question = board.probe.probe if board.probe else None
        if question is not None and question != self._last:
            click.echo(f"{clock_of(board.elapsed):>8}  {question}" + "".join(_words(board)))
        self._last = question


def _words(board: Board) -> Iterator[str]:
    if board.probe and board.probe.text:
        yield f"  (“{board.probe.text}”)"


def _finish(call: LiveCall, journal: Journal | None, asked: Asked) -> None:
    """Print what came of the call, and what can be done next."""
    board = call.board
    if asked.as_json:
        click.echo(board.model_dump_json())
        return
    click.echo()
    show_coverage(call.session)
    if journal is None:
        return
    if board.state != "ended":
        notice(f"the call is kept; `copilot live --session {board.session}` with the same options goes on with it")
    notice(f"what is left to ask: copilot suggest {journal.path}")
    notice(f"the documents: copilot draft all {journal.path} --out FOLDER")
