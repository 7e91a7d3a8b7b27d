from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from copilot.errors import SuiteError
from copilot.evaluation import CONTROLS, WRITERS, Evals, Report, compare, evaluate
from copilot.evaluation.writers import text
from copilot.findings import Tokens

from ..pages import Outline

NASTY = "<script>alert('x')</script> & | `\x0b"


@pytest.fixture
def nasty(report: Report) -> Report:
    """A report whose words try to break out of every format."""
    timelines = []
    for timeline in report.timelines:
        gold = tuple(mark.model_copy(update={"text": NASTY}) for mark in timeline.gold)
        found = tuple(mark.model_copy(update={"probe": NASTY}) for mark in timeline.found)
        timelines.append(timeline.model_copy(update={"interview": NASTY, "gold": gold, "found": found}))
    cases = tuple(case.model_copy(update={"interview": NASTY, "failures": (NASTY,)}) for case in report.cases)
    gates = tuple(gate.model_copy(update={"guards": NASTY, "failure": NASTY}) for gate in report.gates)
    return report.model_copy(update={"timelines": tuple(timelines), "cases": cases, "gates": gates, "engine": NASTY})


def test_a_report_saved_and_loaded_is_the_same(report: Report, tmp_path: Path):
    report.save(tmp_path / "report.json")
    assert Report.load(tmp_path / "report.json") == report


def test_a_file_that_is_no_report_is_an_error(tmp_path: Path):
    (tmp_path / "old.json").write_text('{"schema": "copilot.findings/1"}')
    with pytest.raises(SuiteError, match=r"old\.json"):
        Report.load(tmp_path / "old.json")


def test_the_page_is_whole_and_loads_nothing(report: Report):
    page = WRITERS["html"](report, None)
    outline = Outline(page)
    assert outline.tags >= {"svg", "table", "details", "polyline", "polygon"}
    assert (outline.astray, outline.open) == ([], [])
    assert not re.search(r"https?:|src=|url\(|@import", page)


def test_the_page_shows_words_of_an_interview_as_words(nasty: Report):
    page = WRITERS["html"](nasty, compare(nasty, nasty))
    outline = Outline(page)
    assert "script" not in outline.tags
    assert (outline.astray, outline.open) == ([], [])
    assert "&lt;script&gt;" in page


def test_junit_names_each_case_and_each_gate(report: Report):
    root = ElementTree.fromstring(WRITERS["junit"](report, None))  # noqa: S314 -- our own output
    assert len(root.findall(".//testcase")) == len(report.cases) + len(report.gates)
    assert root.findall(".//failure") == []


def test_junit_names_each_interview_that_a_model_was_to_read(report: Report):
    read = report.model_copy(update={"tokens": Tokens(), "fell_back": ("pottery-again",)})
    root = ElementTree.fromstring(WRITERS["junit"](read, None))  # noqa: S314 -- our own output
    cases = {case.get("name"): case.find("failure") is not None for case in root.findall("testsuite[@name='model']/testcase")}
    assert cases == {"pottery": False, "pottery-again": True}


def test_junit_holds_what_xml_cannot(nasty: Report):
    root = ElementTree.fromstring(WRITERS["junit"](nasty, None))  # noqa: S314 -- our own output
    assert len(root.findall(".//failure")) == len(nasty.cases) + len(nasty.gates)
    assert [suite.get("failures") for suite in root.findall("testsuite")] == ["6", "1"]


def test_markdown_escapes_what_would_be_markup(nasty: Report):
    written = WRITERS["markdown"](nasty, None)
    outside_of_code = re.sub(r"`[^`]*`", "", written.replace("\\`", ""))
    assert "<script>" not in outside_of_code
    assert "❌" in written


def test_markdown_says_what_a_gate_guards_against_whether_or_not_it_holds(report: Report):
    failed = report.gates[0].model_copy(update={"guards": "lost gaps", "value": 0.5, "at_least": 0.9, "failure": "0.500 is below 0.9"})
    written = WRITERS["markdown"](report.model_copy(update={"gates": (failed,)}), None)
    (row,) = [line for line in written.splitlines() if failed.figure in line and "≥" in line]
    assert row.endswith("| 0.500 | ≥ 0.9 | lost gaps |")


def test_every_writer_shows_what_got_worse(suites: Path, report: Report):
    silent = evaluate(Evals.load(suites), CONTROLS["silent"].listen)
    changes = compare(report, silent)
    for write in (WRITERS["html"], WRITERS["markdown"], text.write):
        assert "ours.gaps.recall" in write(silent, changes)


def test_a_timeline_without_times_goes_by_turns(report: Report):
    timeless = report.timelines[0].model_copy(update={"length": None})
    assert "turn 8" in WRITERS["html"](report.model_copy(update={"timelines": (timeless,)}), None)


def test_the_text_ends_with_the_verdict(report: Report):
    assert text.write(report).splitlines()[-1] == "all 1 gates and 6 cases passed"
