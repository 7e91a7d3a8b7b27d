from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

FILES = sorted((Path(__file__).parents[2] / "evals" / "exchanges").glob("*.yaml"))


def exchanges(path: Path) -> list[Any]:
    return list(yaml.load(path.read_text("utf-8"), yaml.CSafeLoader))


def test_there_are_exchanges_with_and_without_a_request() -> None:
    rows = [row for path in FILES for row in exchanges(path)]
    assert len(rows) == len({row["id"] for row in rows}) == 541
    assert sum(bool(row["barred"]) for row in rows) == 359


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_asks_was_said_and_what_is_barred_is_a_customers(path: Path) -> None:
    for exchange in exchanges(path):
        turns = exchange["turns"]
        assert {role for role, _, _ in turns} <= {"interviewer", "customer", "colleague"}
        for row in exchange["barred"]:
            assert row["ask"] in turns[row["turn"] - 1][2]
            assert {turns[turn - 1][0] for turn in row["covers"]} == {"customer"}
