"""Where a document goes: into a file, or to standard output."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from ..drafts import Document
from ..errors import InputError
from ..reports import render
from .text import notice, say

__all__ = ["check_place", "deliver", "write"]


def check_place(path: Path, example: str = "") -> None:
    """Check that a file can be written at a path, before work goes into what it is to hold.

    Raises InputError, which names the path, and for a folder the `example` of a file in it.
    """
    above = next(place for place in path.absolute().parents if place.exists())
    if path.is_dir():
        why = f"it is a folder; name a file in it{f', such as {path / example}' if example else ''}"
    elif not above.is_dir():
        why = f"{above} is a file and no folder; name another"
    elif not os.access(path if path.exists() else above, os.W_OK):
        why = "you may not write there; name another place"
    else:
        return
    raise InputError(f"{path}: cannot be written: {why}")


def deliver(document: Document, out: str | None, as_json: bool) -> None:
    """Write a document in the form that the file's suffix says; print it as JSON if so asked, as Markdown where there is no file.

    Raises InputError.
    """
    if out is not None:
        write(render(document, Path(out).suffix), Path(out))
    if as_json:
        click.echo(render(document, "json").decode(), nl=False)
    elif out is None:
        for line in render(document, "md").decode().splitlines():
            say(line)


def write(data: bytes, path: Path) -> None:
    """Write a file, with the folders above it. Raises InputError, which names it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as problem:
        raise InputError(f"{path}: cannot be written ({problem.strerror or problem}); name another place") from None
    if sys.stderr.isatty():
        notice(f"wrote {path}")
