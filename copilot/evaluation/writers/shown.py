"""Figures formatted for people."""

from __future__ import annotations

from collections.abc import Iterator

from ...text import counted
from ..comparison import Change, Comparison
from ..report import Estimate, GateResult, Report

__all__ = ["headline", "left_out", "show_bound", "show_change", "show_interval", "show_number"]


def show_number(value: float | None) -> str:
    """Return a figure with three decimals, a count without, and `n/a` if nothing was counted."""
    if value is None:
        return "n/a"
    return f"{value:.0f}" if value == int(value) and abs(value) > 1 else f"{value:.3f}"


def show_interval(estimate: Estimate) -> str:
    """Return the 95 % interval as `0.71 to 0.80`, "" if there is none."""
    if estimate.low is None or estimate.high is None:
        return ""
    return f"{show_number(estimate.low)} to {show_number(estimate.high)}"


def show_bound(gate: GateResult) -> str:
    """Return a gate's bound."""
    low = f"≥ {gate.at_least:g}" if gate.at_least is not None else ""
    high = f"≤ {gate.at_most:g}" if gate.at_most is not None else ""
    return ", ".join(part for part in (low, high) if part)


def show_change(change: Change) -> str:
    """Return a change as `0.700 → 0.750 (+0.050, 0.010 to 0.090)`."""
    text = f"{show_number(change.old)} → {show_number(change.new)}"
    if change.old is None or change.new is None:
        return text
    ends = "" if change.low is None or change.high is None else f", {change.low:+.3f} to {change.high:+.3f}"
    return f"{text} ({change.new - change.old:+.3f}{ends})"


def headline(report: Report) -> str:
    """Return what failed, or that all passed; before it, that the model failed or labels are drafts, after it, which split this is of."""
    count = len(report.fell_back)
    fell_back = f"the model failed in {count} of {len(report.interviews)} interviews, which the embedded engine read; " if count else ""
    drafts = f"{len(report.drafts)} of {len(report.interviews)} interviews have draft labels; " if report.drafts else ""
    split = f" on the {report.split} split" if report.split != "all" else ""
    meant = "; the gates are set for all interviews" if split and report.gates else ""
    return f"{fell_back}{drafts}{_verdict(report)}{split}{meant}"


def _verdict(report: Report) -> str:
    gates, cases = len(report.failed_gates), len(report.failed_cases)
    said = [f"{gates} of {len(report.gates)} gates" if gates else "", f"{cases} of {len(report.cases)} cases" if cases else ""]
    failed = " and ".join(part for part in said if part)
    if failed:
        return f"{failed} failed"
    passed = f"{len(report.cases)} cases passed"
    return f"all {len(report.gates)} gates and {passed}" if report.gates else f"no gate; all {passed}"


def left_out(comparison: Comparison) -> Iterator[str]:
    """Yield what a comparison leaves out, and in which run a model failed, a sentence each."""
    reasons = (
        ("turns, labels, guide or background changed", comparison.altered),
        ("only the old run has them", comparison.only_old),
        ("only the new run has them", comparison.only_new),
    )
    for reason, names in reasons:
        if names:
            yield f"Left out, since {reason}: {', '.join(names)}."
    for run, count in zip(("old", "new"), comparison.fell_back, strict=True):
        if count:
            yield f"In the {run} run the model failed in {counted(count, 'interview')}, which the embedded engine read."
