"""Transcripts with a header line for the speaker and time above what is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ..lexicon import words_of
from ..turns import Segment
from .clock import SHORT_CLOCK, seconds

__all__ = ["BRACKETED_NAME_AND_TIME", "NAME_AND_TIME", "TIME_AND_SENDER", "read_headed"]

NAME_AND_TIME = rf"^[ \t]*(\S[^\n]{{0,79}}?)(?:  |\t)[ \t]*({SHORT_CLOCK})[ \t]*$"
"""A pattern of a header: a name, two spaces or a tab, a time."""

BRACKETED_NAME_AND_TIME = r"^\[([^\]\n]{1,80})\] ([0-9]{1,2}:[0-9]{2}:[0-9]{2})[ \t]*$"
"""A pattern of a header: a name in brackets, the time of day."""

TIME_AND_SENDER = (
    r"^(?=[0-9:]{7,8}[ \t]{1,9}From[ \t]{1,9}(\S[^\n:]{0,79}?)(?:[ \t]{1,9}[Tt]o[ \t][^\n:]{1,200})?[ \t]{0,9}:)"
    r"([0-9]{1,2}:[0-9]{2}:[0-9]{2})[ \t]{1,9}From[ \t]{1,9}\1(?:[ \t]{1,9}[Tt]o[ \t]([^\n:]{1,200}))?[ \t]{0,9}:"
)
"""A pattern of a header on the line of what is written, or above it: the time of day, the sender, perhaps the receiver."""


def read_headed(text: str, header: str) -> Iterator[Segment]:
    """Yield the text above the first header, without a speaker, then the text under or behind each header.

    `header` is a pattern for a line or its beginning; its groups are the name, the start time, and perhaps the receiver.
    """
    found = list(re.finditer(header, text, re.MULTILINE))
    yield Segment(" ".join(text[: found[0].start() if found else 0].split()))
    ends = [after.start() for _, after in pairwise(found)] + [len(text)]
    for match, end in zip(found, ends, strict=False):
        name, time, *receivers = match.groups()
        said = " ".join(text[match.end() : end].split())
        yield Segment(said, name.strip(), seconds(time), private=any(map(_is_private, receivers)))


def _is_private(receiver: str | None) -> bool:
    """Return whether a message is for some of those present only; where no receiver is named, it is for everyone."""
    return receiver is not None and receiver.strip().casefold() not in words_of("speakers.everyone")
