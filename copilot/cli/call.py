"""Shared by the commands on a CALL: the options, and a session that has heard the call."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path

import click

from ..background import Background
from ..errors import InputError
from ..formats.clock import seconds
from ..language import looks_english
from ..session import Session, Update
from ..speakers import in_full
from ..text import counted
from ..transcript import Transcript
from ..turns import Turn
from .known import Known, background_option, guide_option, role_option, roles_of
from .model import ModelOptions, model_options, tell_model
from .options import PATH, gathered
from .text import notice

__all__ = ["CallOptions", "call_options", "hear_call", "seconds_of"]

WORDS_A_MINUTE = 300_000
"""Words that are heard in about a minute; a call that takes half of that is announced."""


@dataclass(frozen=True)
class CallOptions:
    """The options that say what call it is and how to read it."""

    call: str
    format: str | None = None
    background: str | None = None
    guide: str | None = None
    role: tuple[str, ...] = ()
    model: ModelOptions = field(default_factory=ModelOptions)

    @property
    def inputs(self) -> tuple[str, ...]:
        """The files that are read."""
        return tuple(path for path in (self.call, self.background, self.guide) if path is not None)


call_options = gathered(
    "options",
    CallOptions,
    click.argument("call", metavar="CALL", type=PATH),
    click.option("--format", metavar="NAME", help="The transcript's format, where it is not recognised (see copilot formats)."),
    background_option,
    guide_option,
    role_option,
    model_options,
)
"""The CALL argument and the options that go with it; the command gets them as one `options`."""


def hear_call(
    options: CallOptions,
    until: Callable[[Turn], bool] = lambda turn: True,
    each: Callable[[Session, Update], None] = lambda session, update: None,
) -> Session:
    """Read the call and return a session that has heard its turns for which `until` holds. Raises InputError.

    `each` is called after every turn.
    """
    known = Known.load(options.background, options.guide)
    data = _piped() if options.call == "-" else None
    transcript = _read(options, data, known.background)
    for text in transcript.notices:
        notice(in_full(text))
    if not looks_english(transcript.turns):
        notice("this does not look like English, which is all that the embedded engine reads: it misses most of what was said")
    turns = tuple(takewhile(until, transcript))
    words = sum(len(turn.text.split()) for turn in turns)
    if words * 2 > WORDS_A_MINUTE:
        notice(_how_long(turns, words))
    engine = options.model.engine(known.background, turns, notice)
    if engine is not None and sys.stderr.isatty():
        notice(f"{engine.name} reads the call; this can take some minutes")
    session = Session(background=known.background, guide=known.guide, engine=engine, source=transcript.source)
    for turn in turns:
        each(session, session.hear(turn))
    if transcript.source.format == "journal":
        _obey(session, options.call, data)
    # At the end of the command, so that the questions worded after this count too.
    click.get_current_context().call_on_close(lambda: tell_model(session))
    return session


def _how_long(turns: Sequence[Turn], words: int) -> str:
    """Return how long a long call takes to process."""
    minutes = round(words / WORDS_A_MINUTE) or 1
    return f"{len(turns):,} turns, {words:,} words: this takes about {counted(minutes, 'minute')}"


def _obey(session: Session, path: str, data: bytes | None) -> None:
    """Repeat in a session what the interviewer did in a live call, read from `data` or a file; report what failed. Raises JournalError."""
    # Only a live call's record needs the code that reads journals.
    from ..journal import parse_journal, read_journal
    from ..live.recorded import obey

    for text in obey(session, read_journal(path) if data is None else parse_journal(data)):
        notice(text)


def _piped() -> bytes:
    """Return what is on standard input. Raises InputError if it is closed."""
    if sys.stdin is None:
        raise InputError("-: there is no standard input; name a file")
    return sys.stdin.buffer.read()


def _read(options: CallOptions, data: bytes | None, background: Background) -> Transcript:
    """Return the transcript in `data`, or else in the file."""
    roles = roles_of(options.role)
    if data is not None:
        return Transcript.parse(data, format=options.format, roles=roles, background=background)
    return Transcript.load(Path(options.call), format=options.format, roles=roles, background=background)


def seconds_of(text: str) -> float:
    """Return the seconds of a clock such as 23:10 or 1:02:03. Raises InputError, also for a bare number: it could be minutes or seconds."""
    if not re.fullmatch(r"\d+(:[0-5]?\d){1,2}(\.\d+)?", text):
        raise InputError(f"--at {text!r}: write a time such as 23:10 or 1:02:03")
    return seconds(text)
