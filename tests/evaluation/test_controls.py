"""The evals are evaluated: a copilot made worse in one way fails the gate that is meant for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from copilot.evaluation import CONTROLS, Evals, Hearing, Listener, Report, evaluate
from copilot.evaluation.suites import Partition

HEARD = ("g1-hotel", "m1-vet", "n1-trio")


def run(listen: Listener, *suites: str) -> Report:
    evals = replace(Evals.load(names=suites), partition=Partition(build=HEARD))
    return evaluate(evals, listen, split="build")


@pytest.fixture(scope="module")
def embedded(heard_before: Callable[[str], Hearing]) -> Report:
    """What the engine reaches that the controls spoil."""
    suites = {control.gate.split(".")[0] for control in CONTROLS.values()}
    return run(lambda interview: heard_before(interview.name), *suites)


@pytest.mark.parametrize("name", CONTROLS)
def test_a_copilot_made_worse_fails_the_gate_meant_for_it(name: str, embedded: Report, heard_before: Callable[[str], Hearing]):
    control = CONTROLS[name]
    spoil = control.spoil
    listen = control.listen if spoil is None else lambda interview: spoil(heard_before(interview.name))
    report = run(listen, control.gate.split(".")[0])
    assert control.gate in {gate.figure for gate in report.gates if not gate.passed}
    assert control.gate in {gate.figure for gate in embedded.gates if gate.passed}


def test_the_controls_hear_the_interviews_that_they_name(embedded: Report):
    assert embedded.interviews == HEARD
