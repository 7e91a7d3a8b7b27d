"""The labelled interviews that weights are made from and measured on, and who wrote them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from copilot.background import Background
from copilot.guide import Guide
from copilot.reading import Reading, read
from copilot.turns import Turn

__all__ = ["build", "labels", "overlap", "read_call", "readings", "test", "writer_of"]

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


def readings(folder: Path) -> list[Reading]:
    """Return the turns of an interview, each read after those before it."""
    turns = [Turn.model_validate_json(line) for line in (folder / "turns.jsonl").read_text("utf-8").splitlines()]
    return read_call(turns, Background.load(folder / "background.yaml"))


def read_call(turns: Iterable[Turn], background: Background) -> list[Reading]:
    """Return turns in order, each read after those before it."""
    out: list[Reading] = []
    for turn in turns:
        out.append(read(turn, out, background, Guide.default()))
    return out


def labels(folder: Path) -> dict[str, Any]:
    """Return the labels of an interview."""
    return dict(yaml.load((folder / "gold.yaml").read_text("utf-8"), yaml.CSafeLoader))


def overlap(a: tuple[int, int], b: tuple[int, int]) -> float:
    """Return the overlap of two spans as a share of the shorter one."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0])) / max(1, min(a[1] - a[0], b[1] - b[0]))
