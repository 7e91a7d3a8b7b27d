"""Text output that several commands share."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from ..text import printable
from ..turns import clock
from .wrapping import room_on, wrap

if TYPE_CHECKING:
    from ..findings import Coverage
    from ..live.board import Voice
    from ..probe import Probe
    from ..session import Session

__all__ = ["bar", "clock", "color_wanted", "heading", "notice", "prompted", "say", "show_coverage"]

GLANCE = 160
"""Most characters of the words behind a question that are shown."""


def color_wanted() -> bool | None:
    """Return False where colours are not wanted (NO_COLOR, or no terminal), None to let click decide."""
    return False if os.environ.get("NO_COLOR") or not sys.stdout.isatty() else None


def say(text: str = "", *, note: str = "", bold: bool = False, dim: bool = False, hang: int | None = None) -> None:
    """Print a line, followed by a dimmed note, without control sequences; on a terminal it continues at column `hang`."""
    room = room_on(sys.stdout)
    text, column = wrap(printable(text), room, hang)
    note, _ = wrap(printable(note), room, hang, column)
    click.echo(click.style(text, bold=bold or None, dim=dim or None) + (click.style(note, dim=True) if note else ""))


def notice(text: str, command: Sequence[str] = ()) -> None:
    """Tell the user something beside the output, and the words of a command to copy, on a terminal whole in a line of its own.

    Where nobody takes it, the work goes on.
    """
    room = room_on(sys.stderr)
    told, _ = wrap(f"copilot: {printable(text)}", room, 2)
    gap = ": " if room is None else ":\n  "
    with suppress(OSError):
        click.echo(told + (gap + printable(shlex.join(command)) if command else ""), err=True)


def heading(text: str, count: int) -> None:
    """Print a heading with a count."""
    say()
    say(f"{text} ({count})", bold=True)


def prompted(probe: Probe, voice: Voice | None = None) -> str:
    """Return the words that prompted a question, in quotation marks, and after them whose voice it was and when, where that is given.

    Of many words, those around what the question repeats.
    """
    if voice is None:
        return _glanced(probe.text, probe.probe)
    by = voice.speaker if voice.at is None else f"{voice.speaker}, {clock(voice.at)}"
    return f"{_glanced(voice.words or probe.text, probe.probe)} · {by}"


def _glanced(text: str, question: str) -> str:
    """Return words in quotation marks, or of many those around what the question repeats."""
    whole = len(text)
    if whole <= GLANCE:
        return f"“{text}”"
    at = max((text.find(words) for words in question.split('"')[1::2]), default=0)
    start = max(0, min(at - GLANCE // 4, whole - GLANCE))
    # A word that is not all there is left out.
    first = text.find(" ", start) + 1 if start else 0
    last = text.rfind(" ", first, start + GLANCE) if start + GLANCE < whole else whole
    return f"“{'… ' if first else ''}{text[first:last]}{' …' if last < whole else ''}”"


def bar(coverage: Coverage) -> str:
    """Return a box for each topic, filled for those that are covered."""
    return "■" * coverage.covered + "□" * (coverage.total - coverage.covered)


def show_coverage(session: Session) -> None:
    """Print one line per section: how many of its topics are covered, and which are not."""
    say("Covered", bold=True)
    statuses = session.ledger.topics
    widest = max(len(section.title) for section in session.guide.sections)
    for section in session.guide.sections:
        coverage = session.coverage[section.id]
        states = [(topic.title, statuses[f"{section.id}.{topic.id}"].state) for topic in section.topics]
        left = [title if state == "open" else f"{title} ({state})" for title, state in states if state not in {"covered", "known"}]
        row = f"  {section.title:<{widest}}  {bar(coverage)} {coverage.covered}/{coverage.total}"
        say(row, note=f"  {'; '.join(left)}" if left else "", hang=len(row) + 2)
