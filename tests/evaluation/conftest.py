from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
import yaml

from copilot.evaluation import Evals, Hearing, Interview, Report, evaluate, listen_with
from copilot.turns import Turn

from ..conftest import Run
from .small import GOLD, PEOPLE, TURNS

SUITE = {
    "suite": "ours",
    "cases": [
        {"evaluator": "gaps", "expect": {"verbatim": {"at_least": 1}}},
        {"evaluator": "quotes"},
        {"interview": "pottery", "evaluator": "robustness", "variant": ["zoom", "no-punctuation"]},
    ],
}
GATES = {"gates": {"ours.gaps.verbatim": {"at_least": 1, "guards": "triggers that nobody said"}}}


def put(path: Path, data: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(data), encoding="utf-8")


def put_interview(folder: Path, turns: tuple[Turn, ...] = TURNS) -> None:
    put(folder / "gold.yaml", GOLD.model_dump(mode="json"))
    put(folder / "background.yaml", {"participants": PEOPLE})
    (folder / "turns.jsonl").write_text("".join(turn.model_dump_json() + "\n" for turn in turns), encoding="utf-8")


RunEval = Callable[..., tuple[int, str, list[str]]]


@pytest.fixture
def run_eval(run: Run) -> RunEval:
    """`copilot eval`: its exit status, its output, and its notices as lines."""

    def run_eval(*words: str | Path) -> tuple[int, str, list[str]]:
        status, out, err = run("eval", *words)
        return status, out, err.splitlines()

    return run_eval


@pytest.fixture
def suites(tmp_path: Path) -> Path:
    """A folder of evals with two interviews, one suite and one gate."""
    root = tmp_path / "suites of ours"
    for name in ("pottery", "pottery-again"):
        put_interview(root / "interviews" / name)
    put(root / "suites" / "ours.yaml", SUITE)
    put(root / "gates.yaml", GATES)
    put(root / "split.yaml", {"build": ["pottery"], "test": ["pottery-again"]})
    return root


@pytest.fixture
def report(suites: Path) -> Report:
    return evaluate(Evals.load(suites))


@pytest.fixture(scope="session")
def heard_before() -> Callable[[str], Hearing]:
    """What the embedded engine hears of a shipped interview, by its name; each is heard once for all tests."""
    evals, listen = Evals.load(), listen_with()
    return cache(lambda name: listen(Interview.load(evals.interview_folder(name))))
