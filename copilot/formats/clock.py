"""Clock times as exports write them, to and from seconds."""

from __future__ import annotations

__all__ = ["CLOCK", "SHORT_CLOCK", "seconds", "stamp"]

CLOCK = r"[0-9]{1,3}(?::[0-9]{1,2}){1,2}(?:[.,][0-9]{1,9})?"
"""A pattern of `h:m:s` or `m:s`, padded or not, with or without a fraction."""

SHORT_CLOCK = r"[0-9]{1,3}:[0-9]{2}(?::[0-9]{2})?"
"""A pattern of `m:ss` or `h:mm:ss`."""


def seconds(clock: str) -> float:
    """Return the seconds of a time that CLOCK matches: `1:02.5` is 62.5."""
    total = 0.0
    for part in clock.replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return round(total, 4)


def stamp(time: float, mark: str = ".") -> str:
    """Return a time in seconds as `hh:mm:ss.mmm`; `mark` is the separator before the milliseconds."""
    milliseconds = round(time * 1000)
    rest, part = divmod(milliseconds, 1000)
    return f"{rest // 3600:02}:{rest // 60 % 60:02}:{rest % 60:02}{mark}{part:03}"
