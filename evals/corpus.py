"""The labelled interviews that weights are made from and measured on, who wrote them, and how much they count."""

from __future__ import annotations

from pathlib import Path

import yaml

__all__ = ["build", "test", "weight_of", "writer_of"]

HERE = Path(__file__).parent
FIRST_WRITER = frozenset("abcd")
"""The interviews whose names begin with these are of one writer; of the others, each letter is a writer."""
REFERENCE = frozenset("abcdghijkl")
"""The writers of the label guide itself."""
REFERENCE_WEIGHT = 2.0
"""How much more an interview of theirs counts: where writers differ in taste, theirs is the standard."""


def build() -> list[Path]:
    """Return the folders to make weights from: the build split of `split.yaml`, and all of `training/`."""
    return [*_split("build"), *sorted(p for p in (HERE / "training").iterdir() if p.is_dir())]


def test() -> list[Path]:
    """Return the folders that only measure."""
    return _split("test")


def _split(name: str) -> list[Path]:
    names = yaml.safe_load((HERE / "split.yaml").read_text("utf-8"))[name]
    return [HERE / "interviews" / n for n in names]


def writer_of(folder: Path) -> str:
    """Return who wrote an interview, by the first letter of its name."""
    letter = folder.name[0]
    return "a" if letter in FIRST_WRITER else letter


def weight_of(folder: Path) -> float:
    """Return how much an interview counts in a fit."""
    return REFERENCE_WEIGHT if folder.name[0] in REFERENCE else 1.0
