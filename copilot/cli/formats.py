"""`copilot formats`: what can be read."""

from __future__ import annotations

import json

import click

from ..formats import describe
from .options import json_option
from .text import say

__all__ = ["command"]


@click.command("formats")
@json_option
def command(as_json: bool) -> None:
    """List the transcript formats that can be read; each is recognised by its content, not by the file's suffix."""
    formats = describe()
    if as_json:
        click.echo(json.dumps(formats, indent=2))
        return
    width = max(map(len, formats))
    for name, title in formats.items():
        say(f"{name:<{width}}  {title}", hang=width + 2)
