from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from copilot.guide import Guide

EVALS = Path(__file__).parents[2] / "evals"
FILES = sorted((EVALS / "claims").glob("*.yaml"))


def labels(path: Path) -> dict[str, Any]:
    return dict(yaml.load(path.read_text("utf-8"), yaml.CSafeLoader))


def said_by_customers(name: str) -> dict[int, str]:
    folder = next(EVALS / part / name for part in ("interviews", "training") if (EVALS / part / name).is_dir())
    turns = [json.loads(line) for line in (folder / "turns.jsonl").read_text("utf-8").splitlines()]
    return {turn["turn"]: turn["text"] for turn in turns if turn["role"] == "customer"}


def test_there_are_labels_to_learn_from_and_to_measure_by() -> None:
    parts = [next(part for part in ("interviews", "training") if (EVALS / part / path.stem).is_dir()) for path in FILES]
    assert len(FILES) > 60
    assert set(parts) == {"training", "interviews"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_choice_is_what_a_customer_said_and_for_a_topic_of_the_guide(path: Path) -> None:
    said, topics = said_by_customers(path.stem), Guide.default().topics
    for topic, choices in labels(path).items():
        assert topic in topics
        assert {"best"} <= choices.keys() <= {"best", "good", "poor"}
        best = [choices["best"]] if choices["best"] else []
        for row in (*best, *(choices.get("good") or ()), *(choices.get("poor") or ())):
            assert row["text"] in said[row["turn"]]
