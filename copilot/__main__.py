"""`copilot` and `python -m copilot` are the command line."""

import sys

__all__ = ["main"]

INTERRUPTED = 130  # exit code: 128 + SIGINT, as shells report it


def main() -> None:
    """Run the command line and exit; exit silently if interrupted while its code is still loading."""
    try:
        from .cli import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
