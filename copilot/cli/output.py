"""Where a document goes: into a file, or to standard output."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import click

from ..drafts import Document
from ..errors import InputError
from ..reports import render
from .text import notice, say

__all__ = ["check_place", "deliver", "write"]


def check_place(path: Path, example: str = "", inputs: Iterable[str] = ()) -> None:
    """Check that a file can be written at a path, and is none of the `inputs`, before work goes into what it is to hold.

    Raises InputError, which names the path, and for a folder the `example` of a file in it.
    """
    above = next((place for place in path.absolute().parents if place.exists()), path)
    if any(_is_same(path, Path(given)) for given in inputs):
        why = "it is made from this file, which would be lost; name another"
    elif path.is_dir():
        why = f"it is a folder; name a file in it{f', such as {path / example}' if example else ''}"
    elif not above.is_dir():
        why = f"{above} is a file and no folder; name another"
    elif not os.access(path if path.exists() else above, os.W_OK):
        why = "you may not write there; name another place"
    else:
        return
    raise InputError(f"{path}: cannot be written: {why}")


def _is_same(path: Path, other: Path) -> bool:
    """Return whether two paths lead to one regular file."""
    return path.is_file() and other.is_file() and path.samefile(other)


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
    """Write a file, with the folders above it; where that fails, what was there before stays. Raises InputError, which names it."""
    was_there = path.is_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if _can_be_replaced(path):
            _replace(Path(os.path.realpath(path)), data)
        else:
            path.write_bytes(data)
    except OSError as problem:
        raise InputError(f"{path}: cannot be written ({problem.strerror or problem}); name another place") from None
    if sys.stderr.isatty():
        notice(f"{'replaced' if was_there else 'wrote'} {path}")


def _can_be_replaced(path: Path) -> bool:
    """Return whether another file can be put in the place of one: not of a pipe, a device, or where this program prints to."""
    if not path.exists():
        return True
    return path.is_file() and not _is_printed_to(path) and os.access(Path(os.path.realpath(path)).parent, os.W_OK)


def _is_printed_to(path: Path) -> bool:
    """Return whether standard output or error goes to a file."""
    for number in (1, 2):
        with suppress(OSError):  # one that is closed
            if os.path.samestat(path.stat(), os.fstat(number)):
                return True
    return False


def _replace(path: Path, data: bytes) -> None:
    """Put a new file in the place of the one at a path, if any, with its permissions, once all of it is on disk."""
    new = path.with_name(f".copilot-{os.getpid()}")
    try:
        with new.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, new)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)
