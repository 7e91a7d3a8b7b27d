"""Shared by the commands on a live call: the options for the source, the call, and the thread that listens."""

from __future__ import annotations

import os
import shlex
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import InputError, JournalError
from ..journal import Journal, journal_path
from ..live.call import LiveCall
from ..live.replay import Replay
from ..session import Session
from ..text import counted
from ..transcript import Transcript
from .known import Known, background_option, guide_option, role_option, roles_of
from .model import ModelOptions, model_options, tell_model
from .options import PATH, gathered, needs, refuse
from .text import notice

if TYPE_CHECKING:
    from ..sources import Source

__all__ = [
    "Listening",
    "LiveOptions",
    "check_saved",
    "journal_of",
    "live_options",
    "open_call",
    "recording_of",
    "source_of",
    "tell_next",
    "told",
    "unread",
]


@dataclass(frozen=True)
class LiveOptions:
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
    background: str | None = None
    guide: str | None = None
    role: tuple[str, ...] = ()
    model: ModelOptions = field(default_factory=ModelOptions)

    @cached_property
    def name(self) -> str:
        """The session's name: the one given, else the time of day."""
        return f"call-{datetime.now():%Y-%m-%d-%H%M%S}" if self.session is None else self.session

    @property
    def places(self) -> tuple[str, ...]:
        """The sources, as given; `-` is standard input."""
        return tuple(place for place in ("-" if self.stdin else None, self.follow, self.connect, self.replay) if place is not None)

    @cached_property
    def known(self) -> Known:
        """What is known before the call. Raises InputError."""
        return Known.load(self.background, self.guide)

    @property
    def given(self) -> tuple[str, ...]:
        """The words of a command that give what is known before the call, as this one was given it."""
        known = (("--background", self.background), ("--guide", self.guide), *(("--role", text) for text in self.role))
        return tuple(word for option, value in known if value is not None for word in (option, value))

    @property
    def roles(self) -> dict[str, str]:
        """The roles, or participants' names, by name, as given. Raises InputError."""
        return roles_of(self.role)


live_options = gathered(
    "options",
    LiveOptions,
    click.option("--follow", metavar="FILE", type=PATH, help="Listen to a file that another program writes."),
    click.option("--connect", metavar="URL", help="Listen to a WebSocket (ws:// or wss://)."),
    click.option("--header", multiple=True, metavar="NAME:VALUE", help="A header for --connect. Can be given again."),
    click.option("--send", multiple=True, metavar="TEXT", help="A message to send once --connect is made. Can be given again."),
    click.option("--replay", metavar="CALL", type=PATH, help="Play a recorded call as if it were live."),
    click.option("--speed", type=click.FloatRange(min=0, min_open=True), default=1.0, help="How fast --replay plays."),
    click.option("--session", metavar="NAME", help="The call's name: the same one goes on after a crash."),
    click.option("--journal", metavar="DIR", type=PATH, help="Where journals are kept; by default in your data folder."),
    click.option("--minutes", type=click.FloatRange(min=0, min_open=True), metavar="N", help="How many minutes the call may take."),
    background_option,
    guide_option,
    role_option,
    model_options,
    needs("--connect", "--header", "--send"),
    needs("--replay", "--speed"),
)
"""The options of a live call; the command gets them as one `options`."""


@contextmanager
def journal_of(options: LiveOptions) -> Iterator[Journal | None]:
    """Give the call's journal, or None, and close it; where the call fails, tell what of it is not saved. Raises InputError."""
    journal = _open_journal(options)
    try:
        with journal or nullcontext():
            yield journal
    except BaseException:
        if journal is not None and journal.missing:
            notice(_not_saved(journal))
        raise


def _open_journal(options: LiveOptions) -> Journal | None:
    """Return the call's journal; a recorded call is played without one unless a session is named. Raises InputError."""
    if options.replay and options.session is None:
        refuse(("--journal",), "a recorded call is kept under a name only; give --session NAME")
        return None
    journal = Journal.open(journal_path(options.name, options.journal))
    if journal.problem:
        notice(f"not saved: {journal.problem}; the call goes on in memory, and is lost if the program ends")
    if journal.events:
        notice(f"going on with {options.name}, {sum(e.event == 'heard' for e in journal.events)} segments so far")
    return journal


def open_call(options: LiveOptions, journal: Journal | None, played: Replay | None) -> LiveCall:
    """Return the call with what is known before it. Raises InputError, also where a source would add to a call that is long over."""
    known = options.known
    # What the model fails at is a warning on the board.
    engine = options.model.engine(known.background, (), lambda text: None)
    session = Session(background=known.background, guide=known.guide, engine=engine)
    click.get_current_context().call_on_close(lambda: tell_model(session))
    started, clock = time.time(), played or time.monotonic
    call = LiveCall(
        session,
        journal,
        clock=clock,
        now=(lambda: started + played()) if played else time.time,
        minutes=options.minutes,
        name=journal.path.stem if journal else Path(options.replay or "call").stem,
        roles=options.roles,
    )
    if options.places and call.is_old and call.board.state == "ended":
        raise InputError(f"--session {options.name}: that is the call of {call.day}, which has ended; give this one another name")
    if played:
        played.skip(call.board.elapsed)
    return call


def recording_of(options: LiveOptions) -> Replay | None:
    """Return the recorded call that is played, or None. Raises InputError, also where more than one source is given."""
    if len(options.places) > 1:
        raise InputError("one source at a time: give one of --stdin, --follow FILE, --connect URL or --replay CALL")
    if options.replay is None:
        return None
    recorded = Transcript.load(options.replay, background=options.known.background, roles=options.roles)
    return Replay(recorded.turns, options.replay, options.speed)


def source_of(options: LiveOptions, call: LiveCall) -> Source:
    """Return the source at the one place that is given, other than a recording. Raises InputError."""
    people = (*options.known.background.names, *options.roles)
    if options.stdin:
        from ..sources.standard_input import StandardInput

        if sys.stdin is None:
            raise InputError("--stdin: there is no standard input")
        # A separate stream, since Python cannot exit while a thread waits on sys.stdin.
        return StandardInput(os.fdopen(os.dup(sys.stdin.fileno()), "rb"), began=call.began, people=people)
    if options.connect and not options.connect.startswith(("ws://", "wss://")):
        raise InputError(f"--connect {options.connect}: no WebSocket address; it looks like wss://host/path")
    from ..sources import open_source

    headers = dict(_header(text) for text in options.header)
    return open_source(options.places[0], headers=headers, greetings=options.send, began=call.began, people=people)


def _header(text: str) -> tuple[str, str]:
    name, colon, value = text.partition(":")
    if not colon or not name.strip():
        raise InputError("--header: write NAME:VALUE")
    return name.strip(), value.strip()


def told(source: Source) -> str:
    """Return how the source is connected, with what it could not read."""
    return f"{source.status}; {unread(source)}" if source.unread else source.status


def unread(source: Source) -> str:
    """Return how much of a source could not be read."""
    return f"{counted(source.unread, 'line')} could not be read"


def tell_next(command: str, call: LiveCall, journal: Journal | None, options: LiveOptions) -> None:
    """Tell what can be done next with a call of which there is a closed journal. Raises JournalError if not all of it is in its journal."""
    state = call.board.state
    if journal is None:
        return
    if state == "waiting":
        notice("nothing was heard")
    elif state != "ended" and journal.place is not None:
        notice(f"the call is kept; `copilot {command} {_session(journal)}` with the same options goes on with it")
    if call.session.turns and journal.place is not None:
        notice("what is left to ask", ["copilot", "suggest", str(journal.place), *options.given])
        notice("the documents", ["copilot", "draft", "all", str(journal.place), *options.given, "--out", "FOLDER"])
    check_saved(journal)


def _session(journal: Journal) -> str:
    """Return the options that name a journal's session, and its folder if it had to go elsewhere."""
    place = journal.place or journal.path
    return f"--session {place.stem}" + ("" if place == journal.path else f" --journal {shlex.quote(str(place.parent))}")


def check_saved(journal: Journal | None) -> None:
    """Raise JournalError if not all of a call is in its journal."""
    if journal is not None and journal.missing:
        raise JournalError(_not_saved(journal))


def _not_saved(journal: Journal) -> str:
    """Return what of a call is not in its journal, and where the whole of it is."""
    lines = counted(journal.missing, "line")
    if journal.place is None:
        return f"the last {lines} of the call could NOT be saved anywhere ({journal.problem}); use no document made from {journal.path}"
    return f"the last {lines} of the call could not be saved in its journal ({journal.problem}); the whole call is in {journal.place}"


LEAVE = 2.0
"""Seconds that a source has to deliver its last words once it is closed."""


class Listening:
    """A thread that feeds a call from its source; `ended` is set when the source has ended, or failed with `problem`."""

    def __init__(self, call: LiveCall, source: Source) -> None:
        """Take a call and its source."""
        self.ended = threading.Event()
        self.problem: Exception | None = None
        self._call, self.source = call, source

    def start(self) -> None:
        """Start listening."""
        threading.Thread(target=self._listen, name="copilot-source", daemon=True).start()

    def close(self) -> None:
        """Close the source and hear its last words, such as a line without a line feed."""
        self.source.close()
        self.ended.wait(LEAVE)

    def _listen(self) -> None:
        try:
            for segment in self.source.segments():
                self._call.hear(segment)
        except Exception as problem:  # reported to the user by the waiting thread
            self.problem = problem
        finally:
            self.ended.set()
