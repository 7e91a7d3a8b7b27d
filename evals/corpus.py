"""The labelled interviews that weights are made from and measured on, and who wrote them."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

__all__ = ["build", "test", "writer_of"]

HERE = Path(__file__).parent
FIRST_WRITER = frozenset("abcd")
"""The interviews whose names begin with these are of one writer; of the others, the letters before the digit name the writer."""


def build(turns: int = 0) -> list[Path]:
    """Return the folders to make weights from: the build split of `split.yaml`, and all of `training/`, if they have `turns` or more."""
    folders = [*_split("build"), *sorted(p for p in (HERE / "training").iterdir() if p.is_dir())]
    return [f for f in folders if len((f / "turns.jsonl").read_text("utf-8").splitlines()) >= turns]


def test() -> list[Path]:
    """Return the folders that only measure."""
    return _split("test")


def _split(name: str) -> list[Path]:
    names = yaml.safe_load((HERE / "split.yaml").read_text("utf-8"))[name]
    return [HERE / "interviews" / n for n in names]


def writer_of(folder: Path) -> str:
    """Return who wrote an interview, by the letters that its name begins with."""
    letters = re.match(r"[a-z]+", folder.name)
    writer = letters.group() if letters else folder.name
    return "a" if writer in FIRST_WRITER else writer
