"""`copilot formats`: what can be read."""

from __future__ import annotations

import json

import click

from ..formats import describe

__all__ = ["command"]


@click.command("formats")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
def command(as_json: bool) -> None:
    """List the transcript formats that can be read; each is recognised by its content, not by the file's suffix."""
    formats = describe()
    if as_json:
        click.echo(json.dumps(formats, indent=2))
        return
    width = max(map(len, formats))
    for name, title in formats.items():
        click.echo(f"{name:<{width}}  {title}")
