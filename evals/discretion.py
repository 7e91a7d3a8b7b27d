"""Labelled talk about what stays out of a story: interviews and short exchanges, read as one kind of thing, for the scorers of boundaries.

An interview's barred turns are those of its labels, and the sentences that ask stand under `heard` in `discretion.yaml`. The exchanges of
`exchanges/`, one file a writer, carry both themselves.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from corpus import build, labels, read_call, readings, writer_of

from copilot.background import Background
from copilot.reading import Reading
from copilot.turns import Turn

__all__ = ["ASKING", "Call", "authored", "calls"]

HERE = Path(__file__).parent
ASKING = frozenset({"eg", "eh"})
"""Exchanges written to show how people ask. Their requests seldom reach back, which is no measure of how often requests on calls do."""


@dataclass(frozen=True)
class Call:
    """A stretch of talk: its readings in order, the turns that are barred, those that are or ask, and the words that ask, by turn."""

    name: str
    writer: str
    whole: bool
    readings: Sequence[Reading]
    barred: frozenset[int]
    touched: frozenset[int]
    asks: Mapping[int, Sequence[str]]

    def reply(self, place: int) -> Reading | None:
        """Return what the interviewer's side says after readings[place], at most one customer's turn later."""
        return next((r for r in self.readings[place + 1 : place + 3] if not r.is_customer), None)


def authored() -> dict[str, Any]:
    """Return the hand-written sentences."""
    return dict(yaml.load((HERE / "discretion.yaml").read_text("utf-8"), yaml.CSafeLoader))


def calls(without: Container[str] = ()) -> Iterator[Call]:
    """Yield the interviews that weights are made from, and the exchanges `without` those of some files, given by their stems."""
    heard = authored()["heard"]
    for folder in build():
        yield _interview(folder, heard.get(folder.name, ()))
    for path in sorted(p for p in (HERE / "exchanges").glob("*.yaml") if p.stem not in without):
        yield from (_exchange(row, path.stem) for row in yaml.load(path.read_text("utf-8"), yaml.CSafeLoader))


def _interview(folder: Path, heard: Sequence[str]) -> Call:
    gold, said = labels(folder)["off_record"], readings(folder)
    barred = frozenset(t for row in gold for t in row["covers"])
    asks = {r.turn.turn: [words for words in heard if words in r.turn.text] for r in said if r.is_customer}
    touched = barred | {row["turn"] for row in gold}
    return Call(folder.name, writer_of(folder), True, said, barred, touched, asks)


def _exchange(row: Mapping[str, Any], writer: str) -> Call:
    turns = [Turn(turn=n, role=role, speaker=who, text=text) for n, (role, who, text) in enumerate(row["turns"], 1)]
    barred = frozenset(t for one in row["barred"] for t in one["covers"])
    asks: dict[int, list[str]] = {}
    for one in row["barred"]:
        asks.setdefault(one["turn"], []).extend([one["ask"]] if one["ask"] else [])
    return Call(row["id"], writer, False, read_call(turns, Background()), barred, barred | asks.keys(), asks)
