"""The encoding of what is printed: UTF-8 in files and pipes, and nowhere does a sign that an encoding lacks cost the rest."""

from __future__ import annotations

import codecs
import json
import os
import unicodedata
from io import TextIOWrapper
from typing import TextIO

import click

__all__ = ["make_writable"]

_PLAIN = "copilot.plain"
_SIGNS = {"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "→": "->", "■": "#", "□": ".", "☐": "[ ]", "●": "*", "·": "-"}
"""What stands for a sign in an encoding that lacks it."""


def make_writable(stream: TextIO) -> None:
    """Let a stream take any text: as UTF-8 where it goes to no terminal and nobody has chosen an encoding, else with plain signs."""
    # A stream of another class, as in a test or a notebook, has an encoding of its own.
    if not isinstance(stream, TextIOWrapper):
        return
    if not stream.isatty() and not os.environ.get("PYTHONIOENCODING", "").partition(":")[0]:
        stream.reconfigure(encoding="utf-8")
    if codecs.lookup(stream.encoding).name not in {"utf-8", "utf-16", "utf-32"}:
        codecs.register_error(_PLAIN, _plain)
        stream.reconfigure(errors=_PLAIN)


def _plain(problem: UnicodeError) -> tuple[str, int]:
    """Return what stands for the characters that an encoding lacks, and where the text goes on."""
    if not isinstance(problem, UnicodeEncodeError):
        raise problem
    lacking = problem.object[problem.start : problem.end]
    instead = _escaped if _prints_json() else _closest
    return "".join(map(instead, lacking)), problem.end


def _escaped(sign: str) -> str:
    return json.dumps(sign)[1:-1]


def _closest(sign: str) -> str:
    """Return plain signs that look like one, or a question mark: an accent is left out, "…" becomes three points."""
    parts = unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode()
    return _SIGNS.get(sign) or parts or "?"


def _prints_json() -> bool:
    """Return whether the command prints JSON, in which any sign can be escaped."""
    context = click.get_current_context(silent=True)
    return context is not None and bool(context.params.get("as_json"))
