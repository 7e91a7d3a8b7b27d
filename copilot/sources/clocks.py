"""From a vendor's clock to the call's."""

from __future__ import annotations

__all__ = ["CallClock", "FirstConnection"]

_LONGEST_CALL = 1e8
_LAST_DATE = 1e11


class CallClock:
    """Turns seconds since 1970 into seconds of the call, which began at `began`, or else with the first time that is asked for."""

    def __init__(self, began: float | None = None) -> None:
        """Begin at a time in seconds since 1970, where it is known."""
        self._began = began

    def seconds(self, time: float | None) -> float | None:
        """Return the second of the call, None for what is no time, and for a time before the call began.

        A number too small for a date, below three years, counts from the call's start already.
        """
        if time is None or time > _LAST_DATE:
            return None
        if time < _LONGEST_CALL:
            return time
        if self._began is None:
            self._began = time
        return time - self._began if time >= self._began else None


class FirstConnection:
    """Knows whether times still count from the call's start: a recogniser's clock begins anew with each connection to it."""

    def __init__(self) -> None:
        """Wait for the first connection."""
        self._first: str | None = None

    def holds(self, connection: str) -> bool:
        """Return whether this is the connection that came first."""
        if self._first is None:
            self._first = connection
        return connection == self._first
