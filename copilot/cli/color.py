"""Whether what is printed may have colours."""

from __future__ import annotations

import os
import sys

__all__ = ["color_wanted"]


def color_wanted() -> bool | None:
    """Return False where colours are not wanted (NO_COLOR, or no terminal), None to let click decide."""
    return False if os.environ.get("NO_COLOR") or not sys.stdout.isatty() else None
