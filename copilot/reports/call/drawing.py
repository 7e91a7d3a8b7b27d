"""Drawing: the marks that charts are made of.

Horizontal positions are in percent of the chart's width, vertical ones in pixels, so that a chart fills any width while its text and
dots keep their size. Colours and strokes are classes in the page's style.
"""

from __future__ import annotations

from ...turns import clock
from ..html import safe
from .values import Axis

__all__ = ["TICKS", "bar", "dot", "line", "moment", "picture", "share", "shorten", "text", "ticks"]

TICKS = 24  # height in pixels of the axis below a chart
MOST_TICKS = 6  # most ticks of an axis
THINNEST = 0.35  # least width of a bar, in percent
_STEPS = (60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 36000)  # seconds between ticks
_LONGEST = 160  # most characters of a tooltip


def picture(name: str, height: float, title: str, told: str, inside: str) -> str:
    """Return a chart with its title, and a description for screen readers."""
    head = f'<title id="{name}-title">{safe(title)}</title><desc id="{name}-told">{safe(told)}</desc>'
    labels = f'role="img" aria-labelledby="{name}-title" aria-describedby="{name}-told"'
    return f'<svg id="{name}" width="100%" height="{height:g}" {labels}>{head}{inside}</svg>'


def share(axis: Axis, at: float) -> float:
    """Return a place on the axis in percent of the width."""
    return 100 * min(max((at - axis.begin) / axis.length, 0.0), 1.0)


def bar(start: float, end: float, y: float, height: float, kind: str, title: str = "") -> str:
    """Return a bar between two places."""
    width = max(end - start, THINNEST)
    return f'<rect class="{kind}" x="{start:.2f}%" y="{y:g}" width="{width:.2f}%" height="{height:g}">{_tip(title)}</rect>'


def line(start: float, end: float, y: float, to: float, kind: str, title: str = "") -> str:
    """Return a line from (start, y) to (end, to)."""
    return f'<line class="{kind}" x1="{start:.2f}%" x2="{end:.2f}%" y1="{y:g}" y2="{to:g}">{_tip(title)}</line>'


def dot(x: float, y: float, radius: float, kind: str, title: str = "") -> str:
    """Return a dot."""
    return f'<circle class="{kind}" cx="{x:.2f}%" cy="{y:g}" r="{radius:g}">{_tip(title)}</circle>'


def text(x: float, y: float, words: str, kind: str = "") -> str:
    """Return a line of text; the classes `middle` and `end` say which part of it is at x."""
    return f'<text class="{kind}" x="{x:.2f}%" y="{y:g}">{safe(words)}</text>'


def _tip(title: str) -> str:
    return f"<title>{safe(shorten(title, _LONGEST))}</title>" if title else ""


def shorten(words: str, longest: int) -> str:
    """Return a text cut to a number of characters, with an ellipsis if it was longer."""
    return words if len(words) <= longest else f"{words[: longest - 1].rstrip()}…"


def ticks(axis: Axis, y: float) -> str:
    """Return the axis below a chart: minutes, or turns if there are no times."""
    step = _step(axis)
    places = [step * n for n in range(int(axis.length // step) + 1)]
    return "".join(_tick(share(axis, axis.begin + at), y, _named(axis, at)) for at in places)


def _tick(x: float, y: float, words: str) -> str:
    anchor = "start" if x < 2 else "end" if x > 96 else "middle"
    return line(x, x, y, y + 4, "grid") + text(x, y + 17, words, f"axis {anchor}")


def _step(axis: Axis) -> int:
    """Return the distance between two ticks."""
    steps = _STEPS if axis.unit == "seconds" else (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000, 5000)
    return next((step for step in steps if axis.length / step <= MOST_TICKS), int(axis.length / MOST_TICKS) + 1)


def _named(axis: Axis, at: float) -> str:
    """Return a tick's label: "12 min", "2 h", "turn 40"."""
    if axis.unit == "turns":
        return f"turn {int(at) or 1}"
    return f"{at / 60:.0f} min" if at < 7200 or at % 3600 else f"{at / 3600:.0f} h"


def moment(axis: Axis, at: float, turn: int) -> str:
    """Return a moment as a clock time, or as its turn if there are no times."""
    return clock(at) if axis.unit == "seconds" else f"turn {turn}"
