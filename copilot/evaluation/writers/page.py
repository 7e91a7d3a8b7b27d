"""A report as one self-contained HTML page with charts, without scripts or external resources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from ...text import counted
from ..comparison import Change, Comparison
from ..report import GateResult, PoolResult, Report, Timeline
from .pictures import draw_calibration, draw_precision_recall, draw_timeline
from .shown import headline, left_out, show_bound, show_change, show_interval, show_number

__all__ = ["write"]

STYLE = """
:root { color-scheme: light dark; --ink: #1c2430; --soft: #5b6675; --line: #dde2e8; --paper: #fff; --wash: #f5f7f9;
  --good: #1a7f4b; --bad: #b3261e; --one: #1f5fbf; --two: #b8620e; --warn: #b8860b; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6eaf0; --soft: #9aa6b5; --line: #343d49; --paper: #14181e; --wash: #1c222a;
  --good: #57c78a; --bad: #f2867e; --one: #7fb0ff; --two: #f0a860; --warn: #e3bd5a; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 62rem; padding: 2rem 1.25rem 4rem; font: 15px/1.5 system-ui, sans-serif; }
body { color: var(--ink); background: var(--paper); }
h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.1rem; margin: 2.5rem 0 .5rem; } p { margin: .35rem 0; }
.soft, .axis { color: var(--soft); fill: var(--soft); } .good { color: var(--good); } .bad { color: var(--bad); }
.verdict { font-weight: 600; font-size: 1.05rem; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { font-weight: 600; color: var(--soft); font-size: .85rem; } td.n, th.n { text-align: right; white-space: nowrap; }
code { font: .9em ui-monospace, monospace; overflow-wrap: anywhere; }
details { margin: .35rem 0; } summary { cursor: pointer; padding: .25rem 0; } .scroll { overflow-x: auto; }
figure { margin: 1rem 2rem 0 0; display: inline-block; } figcaption { font-weight: 600; }
svg { font: 12px system-ui, sans-serif; fill: var(--ink); max-width: 100%; } svg.timeline { width: 100%; min-width: 40rem; height: auto; }
.end { text-anchor: end; } .middle { text-anchor: middle; }
.grid { stroke: var(--line); } .ideal { stroke: var(--soft); stroke-dasharray: 4 4; }
.line { fill: none; stroke-width: 2; } .precision.line { stroke: var(--one); } .recall.line { stroke: var(--two); }
.precision.dot { fill: var(--one); } .recall.dot { fill: var(--two); }
.hit { fill: var(--good); } .missed { fill: var(--paper); stroke: var(--bad); stroke-width: 2; } .extra { fill: var(--warn); opacity: .8; }
.key { display: flex; flex-wrap: wrap; gap: 0 1.5rem; } .mark { white-space: nowrap; }
.bar { display: block; height: 6px; border-radius: 3px; background: var(--one); }
.track { width: 7rem; background: var(--wash); border-radius: 3px; margin-top: .5rem; }
"""


def write(report: Report, comparison: Comparison | None = None) -> str:
    """Return the page. Everything that comes from an interview is escaped."""
    parts = [*_top(report), *_gates(report), *_failed(report), *(_comparison(comparison) if comparison else ())]
    parts += [*_pictures(report), *_timelines(report.timelines), *_figures(report)]
    return (
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Evals: {escape(headline(report))}</title>\n<style>{STYLE}</style>\n" + "\n".join(parts) + "\n</html>\n"
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], numeric: Sequence[int] = ()) -> str:
    """Return a table; cells are already HTML."""

    def row(cells: Sequence[str], tag: str) -> str:
        return "<tr>" + "".join(f"<{tag}{' class=n' if i in numeric else ''}>{cell}</{tag}>" for i, cell in enumerate(cells)) + "</tr>"

    return f'<div class="scroll"><table>{row(head, "th")}{"".join(row(cells, "td") for cells in rows)}</table></div>'


def _top(report: Report) -> Iterator[str]:
    yield "<h1>Evals of the interview copilot</h1>"
    yield f'<p class="verdict {"good" if report.passed else "bad"}">{"✓" if report.passed else "✗"} {escape(headline(report))}</p>'
    yield (
        f'<p class="soft">Engine {escape(report.engine)}, version {escape(report.version)}, {len(report.interviews)} interviews, '
        f"split {escape(report.split)}. Intervals hold 95 % of 1,000 draws of interviews.</p>"
    )


def _mark(passed: bool) -> str:
    return '<span class="good mark">✓ passed</span>' if passed else '<span class="bad mark">✗ failed</span>'


def _gates(report: Report) -> Iterator[str]:
    """Yield the failed gates, and the others in a collapsible part."""
    if not report.gates:
        return
    yield "<h2>Gates</h2>"
    held = [gate for gate in report.gates if gate.passed]
    if report.failed_gates:
        yield _gate_table(report.failed_gates)
    yield f"<details><summary>{len(held)} of {len(report.gates)} gates hold</summary>{_gate_table(held)}</details>"


def _gate_table(gates: Sequence[GateResult]) -> str:
    rows = [(_mark(g.passed), f"<code>{escape(g.figure)}</code>", show_number(g.value), show_bound(g), escape(g.guards)) for g in gates]
    return _table(("", "figure", "value", "asked", "guards against"), rows, numeric=(2, 3))


def _comparison(comparison: Comparison) -> Iterator[str]:
    yield f"<h2>{escape(comparison.heading)}</h2>"
    yield from (f"<p>{escape(said)}</p>" for said in left_out(comparison))
    rows = [(_verdict(c), f"<code>{escape(c.figure)}</code>", escape(show_change(c))) for c in comparison.moved]
    yield _table(("", "figure", "change (95 % interval)"), rows) if rows else "<p>No figure moved by more than chance explains.</p>"
    yield f'<p class="soft">{len(comparison.of("noise"))} other figures moved within what chance explains.</p>'
    flips = [*comparison.gates, *comparison.cases]
    if flips:
        yield _table(("flipped", "now", ""), [(f"<code>{escape(f.name)}</code>", f.now, escape(f.why)) for f in flips])
    if comparison.gaps:
        rows = [(g.now, escape(f"{g.interview}, turn {g.turn}"), f"“{escape(g.text)}”") for g in comparison.gaps]
        yield f"<details><summary>{len(rows)} labelled gaps flipped</summary>{_table(('now', 'where', 'words'), rows)}</details>"


def _verdict(change: Change) -> str:
    colour = {"worse": "bad", "better": "good"}.get(change.verdict, "soft")
    return f'<span class="{colour}">{change.verdict}</span>'


def _pictures(report: Report) -> Iterator[str]:
    pool = next((pool for pool in report.pools if pool.evaluator == "gaps"), None)
    if pool is None:
        return
    yield "<h2>What a gap's score is worth</h2>"
    yield f"<figure><figcaption>Precision and recall by score</figcaption>{draw_precision_recall(pool.counts)}</figure>"
    yield f"<figure><figcaption>Calibration: share labelled, by score</figcaption>{draw_calibration(pool.counts)}</figure>"


def _timelines(timelines: Sequence[Timeline]) -> Iterator[str]:
    yield "<h2>Calls</h2>"
    yield (
        '<p class="key soft"><span>◆ labelled gap: <b class="good">found</b> or <b class="bad">missed</b> (hollow); larger is a must</span>'
        "<span>● gap found: green where it is labelled, amber where it is not; larger is a higher score</span></p>"
    )
    for number, timeline in enumerate(timelines):
        hits = sum(mark.hit for mark in timeline.gold)
        said = f"{timeline.interview}: {hits} of {len(timeline.gold)} labelled gaps found, {len(timeline.found) - hits} others"
        open_ = " open" if number == 0 else ""
        yield f'<details{open_}><summary>{escape(said)}</summary><div class="scroll">{draw_timeline(timeline)}</div></details>'


def _failed(report: Report) -> Iterator[str]:
    if report.failed_cases:
        rows = [(f"<code>{escape(case.name)}</code>", escape("; ".join(case.failures))) for case in report.failed_cases]
        yield "<h2>Failed cases</h2>"
        yield _table(("case", "why"), rows)


def _figures(report: Report) -> Iterator[str]:
    yield "<h2>Figures by suite</h2>"
    for pool in report.pools:
        count = counted(pool.interviews, "interview")
        summary = f"<summary>{escape(pool.name)} <span class=soft>{count}</span></summary>"
        yield f"<details>{summary}{_pool(pool)}{_cases(report, pool)}</details>"


def _pool(pool: PoolResult) -> str:
    rows = [(escape(name), show_number(e.value), _bar(e.value), show_interval(e)) for name, e in pool.figures.items()]
    return _table(("figure", "value", "", "95 % interval"), rows, numeric=(1,))


def _bar(value: float | None) -> str:
    if value is None or not 0 <= value <= 1:
        return ""
    return f'<div class="track"><span class="bar" style="width:{value:.0%}"></span></div>'


def _cases(report: Report, pool: PoolResult) -> str:
    cases = [case for case in report.cases if case.pool == pool.name]
    names = list(pool.figures)
    rows = [(escape(case.interview), *(show_number(case.figures.get(name)) for name in names)) for case in cases]
    table = _table(("interview", *map(escape, names)), rows, numeric=range(1, len(names) + 1))
    return f"<details><summary>by interview</summary>{table}</details>"
