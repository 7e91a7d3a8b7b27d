"""The values: what is known of a speaker from the transcript, and the name and role that come of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Self

from ..turns import Role

__all__ = ["UNKNOWN", "Casting", "Notice", "Part", "Voice", "in_full"]

UNKNOWN = "Unknown"
"""The speaker of words without a name, if nobody was named before them."""


class Voice(NamedTuple):
    """What is known of a speaker from the transcript alone; voices come in the order in which they first speak.

    `length` is how much they say, in characters; `said` is what they say, line by line.
    """

    label: str
    length: int
    questions: int
    role: Role | None = None
    said: tuple[str, ...] = ()


class Part(NamedTuple):
    """The name and the role of a speaker."""

    name: str
    role: Role


class Notice(str):
    """One line for the user; `hint` says what helps on the command line, as with errors."""

    hint: str

    def __new__(cls, text: str, hint: str = "") -> Self:
        """Take the line, and what the command line prints after it."""
        notice = super().__new__(cls, text)
        notice.hint = hint
        return notice


def in_full(notice: str) -> str:
    """Return a notice with what helps on the command line."""
    return "; ".join(filter(None, (notice, getattr(notice, "hint", ""))))


class Casting(NamedTuple):
    """The part of each label, notices for the user on how it was settled, and the names of those whose role is a guess."""

    parts: Mapping[str, Part]
    notices: tuple[str, ...]
    guessed: tuple[str, ...] = ()
