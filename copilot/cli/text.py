"""Text output that several commands share."""

from __future__ import annotations

import click

from ..session import Session
from ..text import printable
from ..turns import clock

__all__ = ["clock", "heading", "notice", "say", "show_coverage"]


def say(text: str = "", *, note: str = "", bold: bool = False, dim: bool = False) -> None:
    """Print a line, followed by a dimmed note, without control sequences."""
    click.echo(click.style(printable(text), bold=bold or None, dim=dim or None) + (click.style(printable(note), dim=True) if note else ""))


def notice(text: str) -> None:
    """Tell the user something beside the output."""
    click.echo(f"copilot: {printable(text)}", err=True)


def heading(text: str, count: int) -> None:
    """Print a heading with a count."""
    say()
    say(f"{text} ({count})", bold=True)


def show_coverage(session: Session) -> None:
    """Print one line per section: how many of its topics are covered, and which are not."""
    say("Covered", bold=True)
    statuses = session.ledger.topics
    for section in session.guide.sections:
        coverage = session.coverage[section.id]
        bar = "■" * coverage.covered + "□" * (coverage.total - coverage.covered)
        states = [(topic.title, statuses[f"{section.id}.{topic.id}"].state) for topic in section.topics]
        left = [title if state == "open" else f"{title} ({state})" for title, state in states if state not in {"covered", "known"}]
        say(f"  {section.title:<16} {bar} {coverage.covered}/{coverage.total}  ", note="; ".join(left))
