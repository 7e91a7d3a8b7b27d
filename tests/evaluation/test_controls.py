"""The evals are evaluated: a copilot made worse in one way fails the gate that is meant for it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from copilot.evaluation import CONTROLS, Evals, Listener, Report, evaluate
from copilot.evaluation.suites import Partition

HEARD = ("g1-hotel", "m1-vet", "n1-trio")


def run(listen: Listener | None, *suites: str) -> Report:
    evals = replace(Evals.load(names=suites), partition=Partition(build=HEARD))
    return evaluate(evals, listen, split="build")


@pytest.fixture(scope="module")
def embedded() -> Report:
    """What the engine reaches that the controls spoil."""
    return run(None, *{control.gate.split(".")[0] for control in CONTROLS.values()})


@pytest.mark.parametrize("name", CONTROLS)
def test_a_copilot_made_worse_fails_the_gate_meant_for_it(name: str, embedded: Report):
    control = CONTROLS[name]
    report = run(control.listen, control.gate.split(".")[0])
    assert control.gate in {gate.figure for gate in report.gates if not gate.passed}
    assert control.gate in {gate.figure for gate in embedded.gates if gate.passed}


def test_the_controls_hear_the_interviews_that_they_name(embedded: Report):
    assert embedded.interviews == HEARD
