"""Evals: replay labelled interviews through a Session, count what was found and missed, and compare with gates.

    from copilot.evaluation import Evals, compare, evaluate, Report

    report = evaluate(Evals.load())                   # the shipped suites; Evals.load(Path("my-suites")) loads your own
    report.save("evals.json")
    compare(Report.load("before.json"), report).of("worse")

`EVALUATORS`, `VARIANTS`, `CONTROLS` and `WRITERS` are dicts by name.
"""

from __future__ import annotations

from .comparison import Comparison, compare
from .controls import CONTROLS, Control
from .evaluators import EVALUATORS, Evaluator
from .gold import Gold, Interview
from .hearing import Hearing, Listener, listen_with
from .judge import Judge
from .labels import write_draft
from .report import Report
from .run import evaluate
from .suites import Evals
from .variants import VARIANTS
from .writers import WRITERS

__all__ = [
    "CONTROLS",
    "EVALUATORS",
    "VARIANTS",
    "WRITERS",
    "Comparison",
    "Control",
    "Evals",
    "Evaluator",
    "Gold",
    "Hearing",
    "Interview",
    "Judge",
    "Listener",
    "Report",
    "compare",
    "evaluate",
    "listen_with",
    "write_draft",
]
