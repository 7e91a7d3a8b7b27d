"""What the commands on a CALL share: the options, and a session that has heard the call."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, fields
from functools import update_wrapper
from itertools import takewhile
from pathlib import Path
from typing import Any, cast, get_args

import click

from ..background import Background
from ..errors import InputError
from ..guide import Guide
from ..language import looks_english
from ..session import Session, Update
from ..text import printable
from ..transcript import Transcript
from ..turns import Role, Turn
from .model import ModelOptions, model_options, tell_model

__all__ = ["KNOWN", "Call", "call_options", "hear_call", "notice", "roles_of", "seconds_of", "tell_unknown_topics"]

ROLES = get_args(Role)
TURNS_A_MINUTE = 15_000
"""Turns that are heard in about a minute; a call that takes half of that is announced."""
KNOWN = (
    model_options,
    click.option(
        "--role", multiple=True, metavar="NAME=ROLE", help="Settle who is who: interviewer, customer or colleague. Can be given again."
    ),
    click.option("--guide", metavar="FILE", help="An interview guide of your own (YAML)."),
    click.option("--background", "-b", metavar="FILE", help="What is known before the call (YAML or JSON)."),
)
"""The options that say what is known before a call; each adds itself to a command."""


@dataclass(frozen=True)
class Call:
    """The options that say what call it is and how to read it."""

    call: str
    format: str | None
    background: str | None
    guide: str | None
    role: tuple[str, ...]
    model: ModelOptions = field(default_factory=ModelOptions)


def call_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the CALL argument and the options that go with it; the command gets them as one `Call`."""

    def wrapper(**given: Any) -> Any:
        own = {f.name: given.pop(f.name) for f in fields(Call)}
        return function(Call(**own), **given)

    # The options that stand below this one travel with the function's own dictionary.
    update_wrapper(wrapper, function)
    for decorate in (
        *KNOWN,
        click.option("--format", metavar="NAME", help="The transcript's format, where it is not recognised (see copilot formats)."),
        click.argument("call", metavar="CALL"),
    ):
        wrapper = decorate(wrapper)
    return wrapper


def notice(text: str) -> None:
    """Tell the user something beside the output."""
    click.echo(f"copilot: {printable(text)}", err=True)


def hear_call(
    asked: Call, until: Callable[[Turn], bool] = lambda turn: True, each: Callable[[Session, Update], None] = lambda session, update: None
) -> Session:
    """Read the call that was asked for and return a session that has heard its turns for which `until` holds. Raises InputError.

    `each` is called after every turn.
    """
    background = Background.load(asked.background) if asked.background else Background()
    guide = Guide.load(asked.guide) if asked.guide else Guide.default()
    tell_unknown_topics(asked.background, background, guide)
    transcript = _read(asked, background)
    for text in transcript.notices:
        notice(text)
    if not looks_english(transcript.turns):
        notice("this does not look like English, which is all that the embedded engine reads; expect little from it")
    turns = tuple(takewhile(until, transcript))
    if len(turns) * 2 > TURNS_A_MINUTE:
        notice(_how_long(turns))
    engine = asked.model.engine(background, turns, notice)
    session = Session(background=background, guide=guide, engine=engine, source=transcript.source)
    for turn in turns:
        each(session, session.hear(turn))
    if transcript.source.format == "journal" and asked.call != "-":
        _obey(session, asked.call)
    # At the end of the command, so that the questions worded after this count too.
    click.get_current_context().call_on_close(lambda: tell_model(session, notice))
    return session


def _how_long(turns: Sequence[Turn]) -> str:
    """Return how long a long call takes to hear."""
    cues, minutes = sum(len(turn.cues) for turn in turns), round(len(turns) / TURNS_A_MINUTE) or 1
    return f"{cues:,} cues, {len(turns):,} turns: this takes about {minutes} minute{'s' if minutes > 1 else ''}"


def _obey(session: Session, journal: str) -> None:
    """Do in a session what the interviewer did in a live call; say what could not be done. Raises JournalError."""
    # Only a live call's record needs the code that reads journals.
    from ..journal import read_journal
    from ..live.recorded import obey

    for text in obey(session, read_journal(journal)):
        notice(text)


def _read(asked: Call, background: Background) -> Transcript:
    """Return the transcript in a file, or on standard input for '-'."""
    roles = roles_of(asked.role)
    if asked.call == "-":
        return Transcript.parse(sys.stdin.buffer.read(), format=asked.format, roles=roles, background=background)
    return Transcript.load(Path(asked.call), format=asked.format, roles=roles, background=background)


def tell_unknown_topics(path: str | None, known: Background, guide: Guide) -> None:
    """Tell which topics a background file takes for known although the guide does not hold them."""
    for topic in sorted(set(known.known_topics) - set(guide.topics)):
        notice(f"{path}: known_topics: {topic!r} is no topic of the guide {guide.name}, so nothing is left out for it")


def roles_of(texts: Iterable[str]) -> dict[str, Role]:
    """Return the roles by name in texts of NAME=ROLE. Raises InputError, also for a name that is given two roles."""
    roles: dict[str, Role] = {}
    for name, role in map(_role_of, texts):
        if roles.setdefault(name, role) != role:
            raise InputError(f"--role {name}={role}: {name} is given the role {roles[name]} already; give one of them")
    return roles


def _role_of(text: str) -> tuple[str, Role]:
    """Return the name and the role in NAME=ROLE. Raises InputError."""
    name, mark, role = (part.strip() for part in text.rpartition("="))
    if not mark or not name or role not in ROLES:
        raise InputError(f"--role {text!r}: write NAME=ROLE with one of the roles {', '.join(ROLES)}")
    return name, cast(Role, role)


def seconds_of(text: str) -> float:
    """Return the seconds of a clock such as 23:10 or 1:02:03. Raises InputError."""
    if not re.fullmatch(r"\d+(:[0-5]?\d){0,2}(\.\d+)?", text):
        raise InputError(f"--at {text!r}: write a time such as 23:10 or 1:02:03")
    total = 0.0
    for part in text.split(":"):
        total = total * 60 + float(part)
    return total
