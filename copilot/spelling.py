"""Which known name is meant by a misspelt one."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["nearest"]


def nearest(name: str, known: Iterable[str], least: float = 0.6) -> str:
    """Return the question whether the likeliest of the known names is meant; "" where none is alike."""
    # Imported here since only a misspelt name needs it.
    import difflib

    near = difflib.get_close_matches(name, known, 1, least)
    return f"did you mean {near[0]!r}?" if near else ""
