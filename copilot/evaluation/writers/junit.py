"""A report as JUnit XML: a test case for each case and each gate, and for each interview where a model or its labels can fail."""

from __future__ import annotations

import re
from xml.etree import ElementTree as Tree

from ..comparison import Comparison
from ..report import GateResult, Report
from .shown import show_bound, show_number

__all__ = ["write"]

FELL_BACK = "the model failed at least once, and the embedded engine read"
DRAFT = "its labels are a draft, which no person has corrected"
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 does not allow."""


def write(report: Report, comparison: Comparison | None = None) -> str:
    """Return the document; the comparison is ignored."""
    root = Tree.Element("testsuites", name="copilot eval")
    for suite in dict.fromkeys(case.suite for case in report.cases):
        cases = [case for case in report.cases if case.suite == suite]
        element = _suite(root, suite, len(cases), sum(not case.passed for case in cases))
        for case in cases:
            _test(element, case.pool, case.interview, "; ".join(case.failures))
    if report.gates:
        element = _suite(root, "gates", len(report.gates), sum(not gate.passed for gate in report.gates))
        for gate in report.gates:
            _test(element, "gates", gate.figure, _why(gate))
    if report.tokens is not None:
        element = _suite(root, "model", len(report.interviews), len(report.fell_back))
        for name in report.interviews:
            _test(element, "model", name, FELL_BACK if name in report.fell_back else "")
    if report.drafts:
        element = _suite(root, "labels", len(report.interviews), len(report.drafts))
        for name in report.interviews:
            _test(element, "labels", name, DRAFT if name in report.drafts else "")
    Tree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + Tree.tostring(root, encoding="unicode") + "\n"


def _why(gate: GateResult) -> str:
    """Return why a gate fails, "" if it holds."""
    if gate.failure is None:
        return ""
    return f"{show_number(gate.value)}, asked {show_bound(gate)}: {gate.failure}; guards against {gate.guards}"


def _suite(root: Tree.Element, name: str, tests: int, failures: int) -> Tree.Element:
    return Tree.SubElement(root, "testsuite", name=_clean(name), tests=str(tests), failures=str(failures), errors="0", skipped="0")


def _test(suite: Tree.Element, classname: str, name: str, failure: str) -> None:
    element = Tree.SubElement(suite, "testcase", classname=_clean(classname), name=_clean(name))
    if failure:
        Tree.SubElement(element, "failure", message=_clean(failure))


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)
