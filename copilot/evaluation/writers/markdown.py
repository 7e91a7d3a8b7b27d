"""A report as Markdown, for the summary of a CI run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..comparison import Change, Comparison
from ..report import Report
from .shown import headline, left_out, show_bound, show_change, show_interval, show_number

__all__ = ["write"]

MOST_ROWS = 40  # of flipped gaps that are listed, each way
_IN_CODE = str.maketrans({"`": "'", "|": "\\|", "\n": " "})
_SPECIAL = str.maketrans({char: f"\\{char}" for char in "\\`*_{}[]<>|#~"} | {"\n": " "})


def write(report: Report, comparison: Comparison | None = None) -> str:
    """Return the gates, what changed, what failed, and every figure."""
    mark = "✅" if report.passed else "❌"
    about = f"Engine {_escape(report.engine)}, {len(report.interviews)} interviews, split {report.split}."
    lines = [f"## {mark} Evals: {headline(report)}", "", about, *_gates(report)]
    if comparison is not None:
        lines += _comparison(comparison)
    lines += _failed_cases(report)
    lines += _figures(report)
    return "\n".join(lines) + "\n"


def _escape(text: str) -> str:
    return text.translate(_SPECIAL)


def _code(text: str) -> str:
    """Return text as a code span that nothing in it can end."""
    return f"`{text.translate(_IN_CODE)}`"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield ""
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)


def _gates(report: Report) -> Iterator[str]:
    if not report.gates:
        return
    ordered = sorted(report.gates, key=lambda gate: gate.passed)
    rows = [("✅" if g.passed else "❌", _code(g.figure), show_number(g.value), show_bound(g), _escape(g.guards)) for g in ordered]
    yield from _table(("", "gate", "figure", "asked", "guards against"), rows)


def _comparison(comparison: Comparison) -> Iterator[str]:
    yield from ("", f"### {_escape(comparison.heading)}")
    for said in left_out(comparison):
        yield from ("", _escape(said))
    if comparison.moved:
        yield from _table(("", "figure", "change (95 % interval)"), map(_change, comparison.moved))
    else:
        yield from ("", "No figure moved by more than chance explains.")
    noise = len(comparison.of("noise"))
    if noise:
        yield from ("", f"{noise} other figures moved within what chance explains.")
    flips = [*comparison.gates, *comparison.cases]
    if flips:
        yield ""
    yield from (f"- {_code(flip.name)} now **{flip.now}** {_escape(flip.why)}".rstrip() for flip in flips)
    lost = [gap for gap in comparison.gaps if gap.now == "missed"]
    won = [gap for gap in comparison.gaps if gap.now == "found"]
    if lost or won:
        yield from ("", f"{len(won)} labelled gaps are found now that were not, {len(lost)} are missed that were found.")
        yield from (f"- missed now: {_escape(g.interview)} turn {g.turn}, “{_escape(g.text)}”" for g in lost[:MOST_ROWS])


def _change(change: Change) -> tuple[str, str, str]:
    return {"worse": "🔻", "better": "🔺"}.get(change.verdict, ""), _code(change.figure), show_change(change)


def _failed_cases(report: Report) -> Iterator[str]:
    failed = report.failed_cases
    if not failed:
        return
    yield from ("", "### Failed cases")
    yield from _table(("case", "why"), [(_code(case.name), _escape("; ".join(case.failures))) for case in failed[:MOST_ROWS]])


def _figures(report: Report) -> Iterator[str]:
    yield from ("", "<details><summary>All figures</summary>")
    named = [(f"{pool.name}.{name}", estimate, pool.interviews) for pool in report.pools for name, estimate in pool.figures.items()]
    rows = [(_code(name), show_number(e.value), show_interval(e), str(interviews)) for name, e, interviews in named]
    yield from _table(("figure", "value", "95 % interval", "interviews"), rows)
    yield from ("", "</details>")
