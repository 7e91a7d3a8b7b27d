"""Charts of a report as SVG: precision and recall by score, calibration, and the timeline of a call."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import NamedTuple

from ..evaluators.gaps import BINS
from ..report import FoundMark, GoldMark, Timeline
from .shown import show_number

__all__ = ["draw_calibration", "draw_precision_recall", "draw_timeline"]

SIDE, LEFT, TOP, BOTTOM = 260, 44, 12, 40  # pixels: a square plot and its margins
WIDE, LANE = 920, 26  # pixels: a timeline's width, and the height of a lane


class Bin(NamedTuple):
    """The gaps found with a score in one tenth: how many, how many were right, and the sum of their scores."""

    found: float
    hits: float
    scores: float


def _bins(counts: Mapping[str, float]) -> list[Bin]:
    return [Bin(*(counts.get(f"curve.{i}.{key}", 0) for key in ("n", "hit", "score"))) for i in range(BINS)]


def draw_precision_recall(counts: Mapping[str, float]) -> str:
    """Return precision and recall if only gaps above a score are shown, for each tenth of the score."""
    bins = _bins(counts)
    gold = counts.get("gap.tp", 0) + counts.get("gap.fn", 0)
    precision, recall = [], []
    for at in range(BINS):
        shown, hits = sum(b.found for b in bins[at:]), sum(b.hits for b in bins[at:])
        if shown:
            precision.append((at / BINS, hits / shown))
        if gold:
            recall.append((at / BINS, hits / gold))
    lines = _line(precision, "precision") + _line(recall, "recall")
    legend = _legend([("precision", "precision"), ("recall", "recall")])
    return _plot("Precision and recall by score", "gaps shown from this score on", lines + legend)


def draw_calibration(counts: Mapping[str, float]) -> str:
    """Return how often gaps of a score are right, compared with how often they should be."""
    rows = [bin_ for bin_ in _bins(counts) if bin_.found]
    points = [(b.scores / b.found, b.hits / b.found) for b in rows]
    largest = max((b.found for b in rows), default=1)
    dots = "".join(
        f'<circle class="precision dot" cx="{_x(x):.1f}" cy="{_y(y):.1f}" r="{3 + 6 * (b.found / largest) ** 0.5:.1f}">'
        f"<title>{b.found:.0f} gaps with a mean score of {x:.2f}; {y:.0%} of them are labelled</title></circle>"
        for b, (x, y) in zip(rows, points, strict=True)
    )
    ideal = f'<line class="ideal" x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}"/>'
    return _plot("Calibration", "score; larger dots are more gaps", ideal + dots)


def _x(value: float) -> float:
    return LEFT + value * SIDE


def _y(value: float) -> float:
    return TOP + (1 - value) * SIDE


def _line(points: Sequence[tuple[float, float]], name: str) -> str:
    path = " ".join(f"{_x(x):.1f},{_y(y):.1f}" for x, y in points)
    dots = "".join(
        f'<circle class="{name} dot" cx="{_x(x):.1f}" cy="{_y(y):.1f}" r="3.5"><title>score from {x:.1f}: {name} {y:.2f}</title></circle>'
        for x, y in points
    )
    return f'<polyline class="{name} line" points="{path}"/>{dots}'


def _legend(rows: Sequence[tuple[str, str]]) -> str:
    return "".join(
        f'<circle class="{name} dot" cx="{LEFT + 14}" cy="{TOP + SIDE - 30 + 16 * i}" r="4"/>'
        f'<text x="{LEFT + 24}" y="{TOP + SIDE - 26 + 16 * i}">{escape(text)}</text>'
        for i, (name, text) in enumerate(rows)
    )


def _plot(title: str, below: str, inside: str) -> str:
    """Return a square plot with both axes from 0 to 1."""
    grid = "".join(_grid_line(value) for value in (0, 0.25, 0.5, 0.75, 1))
    label = f'<text class="axis middle" x="{_x(0.5)}" y="{TOP + SIDE + 34}">{escape(below)}</text>'
    return _svg("plot", LEFT + SIDE + 16, TOP + SIDE + BOTTOM, title, grid + label + inside)


def _grid_line(value: float) -> str:
    y = _y(value)
    return (
        f'<line class="grid" x1="{_x(0)}" x2="{_x(1)}" y1="{y:.1f}" y2="{y:.1f}"/>'
        f'<text class="axis end" x="{LEFT - 8}" y="{y + 4:.1f}">{value:g}</text>'
        f'<text class="axis middle" x="{_x(value):.1f}" y="{TOP + SIDE + 16}">{value:g}</text>'
    )


def _svg(kind: str, width: float, height: float, title: str, inside: str) -> str:
    box = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    return f'<svg class="{kind}" {box} role="img" aria-label="{escape(title)}">{inside}</svg>'


def draw_timeline(timeline: Timeline) -> str:
    """Return one call from left to right: the labelled gaps in the upper lane, those found in the lower one."""
    width, height = WIDE, 2 * LANE + 34
    marks = "".join(_gold_mark(mark, timeline) for mark in timeline.gold) + "".join(_found_mark(mark, timeline) for mark in timeline.found)
    lanes = "".join(
        f'<line class="grid" x1="90" x2="{width - 16}" y1="{y}" y2="{y}"/><text class="axis" x="0" y="{y + 4}">{name}</text>'
        for name, y in (("labelled", LANE), ("found", 2 * LANE))
    )
    return _svg("timeline", width, height, f"Gaps of {timeline.interview}", f"{lanes}{''.join(_ticks(timeline))}{marks}")


def _at(turn: int, seconds: float | None, timeline: Timeline) -> float:
    """Return a mark's place: by its time, or by its turn if the call has no times."""
    share = seconds / timeline.length if seconds is not None and timeline.length else turn / max(1, timeline.turns)
    return 90 + share * (WIDE - 116)


def _ticks(timeline: Timeline) -> Iterator[str]:
    y = 2 * LANE + 28
    if not timeline.length:
        yield f'<text class="axis" x="90" y="{y}">turn 1</text><text class="axis end" x="{WIDE - 16}" y="{y}">turn {timeline.turns}</text>'
        return
    step = next(s for s in (60, 300, 600, 1800, 3600, 36000) if timeline.length / s <= 12 or s == 36000)
    for tick in range(0, int(timeline.length) + 1, step):
        yield f'<text class="axis middle" x="{_at(0, tick, timeline):.1f}" y="{y}">{tick // 60} min</text>'


def _gold_mark(mark: GoldMark, timeline: Timeline) -> str:
    x = _at(mark.turn, mark.seconds, timeline)
    title = f"turn {mark.turn}: {mark.kind}, {mark.severity}, {mark.outcome}, {'found' if mark.hit else 'missed'}\n“{mark.text}”"
    size = 7 if mark.severity == "must" else 5
    shape = f"{x:.1f},{LANE - size} {x + size:.1f},{LANE} {x:.1f},{LANE + size} {x - size:.1f},{LANE}"
    return f'<polygon class="{"hit" if mark.hit else "missed"}" points="{shape}"><title>{escape(title)}</title></polygon>'


def _found_mark(mark: FoundMark, timeline: Timeline) -> str:
    x = _at(mark.turn, mark.seconds, timeline)
    title = f"turn {mark.turn}: {mark.kind}, score {show_number(mark.score)}, {'labelled' if mark.hit else 'not labelled'}\n{mark.probe}"
    kind = "hit" if mark.hit else "extra"
    return f'<circle class="{kind}" cx="{x:.1f}" cy="{2 * LANE}" r="{3 + 4 * mark.score:.1f}"><title>{escape(title)}</title></circle>'
