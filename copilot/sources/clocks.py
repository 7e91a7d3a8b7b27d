"""Convert a vendor's clock to the call's."""

from __future__ import annotations

__all__ = ["CallClock", "FirstConnection"]

_LONGEST_CALL = 1e8  # seconds, about three years; larger numbers are dates since 1970
_LAST_DATE = 1e11  # seconds since 1970; larger numbers are not times


class CallClock:
    """Converts seconds since 1970 to seconds of the call, which began at `began`, else at the first time converted."""

    def __init__(self, began: float | None = None) -> None:
        """Start at a time in seconds since 1970, if known."""
        self._began = began

    def seconds(self, time: float | None) -> float | None:
        """Return the second of the call, None for an invalid time or one before the call began.

        A number too small for a date already counts from the start of the call.
        """
        if time is None or time > _LAST_DATE:
            return None
        if time < _LONGEST_CALL:
            return time
        if self._began is None:
            self._began = time
        return time - self._began if time >= self._began else None


class FirstConnection:
    """Knows whether times still count from the start of the call: a recogniser's clock restarts with each connection."""

    def __init__(self) -> None:
        """Wait for the first connection."""
        self._first: str | None = None

    def holds(self, connection: str) -> bool:
        """Return whether this is the connection that came first."""
        if self._first is None:
            self._first = connection
        return connection == self._first
