"""`copilot` and `python -m copilot` are the command line."""

import atexit
import gc
import sys

__all__ = ["main"]

INTERRUPTED = 130  # exit code: 128 + SIGINT, as shells report it
OBJECTS = 500_000
"""Garbage collection threshold: its code and a call are many objects that stay, so frequent collections find next to nothing."""


def main() -> None:
    """Run the command line and exit; exit silently if interrupted while its code is still loading."""
    gc.set_threshold(OBJECTS)
    atexit.register(gc.freeze)  # what is left ends with the process; to search it for cycles first would take a sixth of a short run
    try:
        from .cli import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
