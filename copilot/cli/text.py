"""Text for people: what several commands print the same way."""

from __future__ import annotations

import click

from ..session import Session
from ..turns import clock

__all__ = ["clock", "heading", "show_coverage"]


def heading(text: str, count: int) -> None:
    """Print a heading with a count."""
    click.echo()
    click.secho(f"{text} ({count})", bold=True)


def show_coverage(session: Session) -> None:
    """Print one line a section: how many of its topics are covered, and which are not."""
    click.secho("Covered", bold=True)
    statuses = session.ledger.topics
    for section in session.guide.sections:
        coverage = session.coverage[section.id]
        bar = "■" * coverage.covered + "□" * (coverage.total - coverage.covered)
        left = [
            topic.title
            + ("" if statuses[f"{section.id}.{topic.id}"].state == "open" else f" ({statuses[f'{section.id}.{topic.id}'].state})")
            for topic in section.topics
            if statuses[f"{section.id}.{topic.id}"].state not in {"covered", "known"}
        ]
        click.echo(f"  {section.title:<16} {bar} {coverage.covered}/{coverage.total}  " + click.style("; ".join(left), dim=True))
