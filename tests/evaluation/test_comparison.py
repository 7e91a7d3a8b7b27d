from __future__ import annotations

from pathlib import Path

import pytest

from copilot.evaluation import CONTROLS, WRITERS, Evals, Report, compare, evaluate
from copilot.evaluation.writers import text

from .conftest import put
from .small import GOLD


@pytest.fixture
def silent(suites: Path) -> Report:
    return evaluate(Evals.load(suites), CONTROLS["silent"].listen)


def test_a_run_compared_with_itself_shows_no_change(report: Report):
    same = compare(report, report)
    assert {change.verdict for change in same.changes} == {"same"}
    assert (same.cases, same.gates, same.gaps) == ((), (), ())


def test_a_worse_copilot_is_shown_as_worse_with_how_much(report: Report, silent: Report):
    worse = {change.figure: change for change in compare(report, silent).of("worse")}
    change = worse["ours.gaps.recall"]
    assert (change.old, change.new) == (pytest.approx(report.figure("ours.gaps.recall"), abs=1e-4), 0)
    assert change.low is not None
    assert change.low <= -change.old <= change.high


def test_a_better_copilot_is_shown_as_better(report: Report, silent: Report):
    assert "ours.gaps.recall" in {change.figure for change in compare(silent, report).of("better")}


def test_gates_that_flip_are_named(report: Report, silent: Report):
    assert [(flip.name, flip.now) for flip in compare(report, silent).gates] == [("ours.gaps.verbatim", "fails")]


def test_labelled_gaps_that_are_lost_are_named(report: Report, silent: Report):
    lost = compare(report, silent).gaps
    assert {gap.now for gap in lost} == {"missed"}
    assert len(lost) == sum(mark.hit for timeline in report.timelines for mark in timeline.gold)


def test_cases_that_flip_are_named(suites: Path, report: Report):
    put(suites / "suites" / "ours.yaml", {"suite": "ours", "cases": [{"evaluator": "gaps", "expect": {"tact": {"at_least": 1.1}}}]})
    flips = compare(report, evaluate(Evals.load(suites))).cases
    assert [(flip.name, flip.now) for flip in flips] == [("ours.gaps pottery", "fails"), ("ours.gaps pottery-again", "fails")]


def test_interviews_that_only_one_run_has_are_named_and_left_out(suites: Path, report: Report):
    part = evaluate(Evals.load(suites), split="build")
    assert compare(report, part).only_old == ("pottery-again",)
    assert {change.verdict for change in compare(report, part).changes} == {"same"}


def test_what_is_measured_against_other_labels_is_named_and_left_out(suites: Path, report: Report):
    gold = GOLD.model_dump(mode="json")
    put(suites / "interviews" / "pottery" / "gold.yaml", {**gold, "gaps": gold["gaps"][:1], "quotes": []})
    corrected = evaluate(Evals.load(suites))
    assert corrected.figure("ours.gaps.recall") != report.figure("ours.gaps.recall")
    changes = compare(report, corrected)
    assert changes.altered == ("pottery",)
    assert {change.verdict for change in changes.changes} == {"same"}
    assert (changes.cases, changes.gaps) == ((), ())
    for write in (text.write, WRITERS["markdown"], WRITERS["html"]):
        assert "Left out, since turns, labels, guide or background changed: pottery." in write(corrected, changes)
        assert "Left out" not in write(report, compare(report, report))


def test_a_report_that_was_saved_without_digests_is_compared_whole(report: Report, silent: Report):
    bare = report.model_copy(update={"digests": {}})
    assert compare(bare, silent) == compare(report, silent)
