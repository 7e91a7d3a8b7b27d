"""Find the folders that ship with the code: `evals` and `prompts`."""

from __future__ import annotations

from pathlib import Path

__all__ = ["folder"]

_HERE = Path(__file__).parent


def folder(name: str) -> Path:
    """Return a shipped folder: inside the package if installed from a wheel, next to it in a checkout. Raises FileNotFoundError."""
    for place in (_HERE / "_shipped" / name, _HERE.parent / name):
        if place.is_dir():
            return place
    raise FileNotFoundError(f"the folder '{name}' is neither in {_HERE / '_shipped'} nor in {_HERE.parent}")
