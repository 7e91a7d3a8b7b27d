"""Interviews that are heard in several processes, which really run."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from copilot.errors import SuiteError
from copilot.evaluation import EVALUATORS, Evals, Evaluator, evaluate
from copilot.evaluation.context import EvaluatorContext
from copilot.evaluation.counting import Counts, total
from copilot.evaluation.evaluators import register

from ..conftest import rest_of
from .conftest import put, put_interview

MANY = tuple(f"pottery-{n}" for n in range(8))
SEEN: list[int] = []


@pytest.fixture
def many(suites: Path) -> Path:
    """A folder of evals with interviews enough for a second process."""
    for name in MANY:
        put_interview(suites / "interviews" / name)
    return suites


@pytest.fixture
def note() -> Iterator[str]:
    """An evaluator that is known in this process alone, and notes where it ran."""

    def count(context: EvaluatorContext) -> Counts:
        SEEN.append(os.getpid())
        return Counts(gaps=len(context.hearing.findings.gaps))

    register(Evaluator("note", count, (total("found", "gaps"),)))
    yield "note"
    del EVALUATORS["note"]


def test_the_report_is_the_same_whatever_the_number_of_jobs(many: Path):
    evals = Evals.load(many)
    assert evaluate(evals, jobs=2).model_dump_json() == evaluate(evals).model_dump_json()


def test_progress_is_told_of_every_interview_as_it_comes(many: Path):
    told: list[object] = []

    def progress(results, count):
        told.append(count)
        for result in results:
            told.append(result.interview)
            yield result

    evaluate(Evals.load(many), progress=progress, jobs=2)
    assert told[0] == len(told) - 1 == len(MANY) + 2
    assert set(told[1:]) >= set(MANY)


def test_a_fault_in_labels_is_named_from_another_process(many: Path):
    put(many / "interviews" / "pottery-5" / "gold.yaml", {"quote": []})
    with pytest.raises(SuiteError, match=r"pottery-5/gold.yaml: line 1: unknown key 'quote'"):
        evaluate(Evals.load(many), jobs=2)


def test_an_evaluator_that_a_program_has_registered_runs_in_the_program(many: Path, note: str):
    put(many / "suites" / "ours.yaml", {"suite": "ours", "cases": [{"evaluator": note}]})
    report = evaluate(replace(Evals.load(many), gates={}), jobs=2)
    assert report.figure("ours.note.found")
    assert set(SEEN) == {os.getpid()}


@pytest.mark.skipif(sys.platform == "win32", reason="there are no terminals of this kind")
def test_ctrl_c_on_a_terminal_ends_all_processes_without_a_traceback(many: Path):
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "copilot", "eval", str(many), "--jobs", "2"]
    running = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True)
    os.close(theirs)
    shown = b""
    while b"Evals" not in shown:
        shown += os.read(ours, 1000)
    os.killpg(running.pid, signal.SIGINT)
    shown += b"".join(rest_of(ours))
    os.close(ours)
    assert running.wait() == 130
    assert b"Traceback" not in shown
