"""The coverage: how it grew over the call, where each section was discussed, and what was not covered."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ...text import counted
from ..html import safe
from .drawing import TICKS, bar, dot, line, moment, picture, share, text, ticks
from .markup import cell, details, figure, section, table
from .values import Axis, CallReport, SectionLane, Stretch, TopicRow

__all__ = ["LABEL", "LANE", "TRACK", "coverage_part"]

TALL, TOP = 130, 22  # pixels: the area, and the room above it
ROOM = 40  # percent of the width that a label to the left needs on a phone
LANE, TRACK, LABEL = 44, 14, 13  # pixels: a lane, its bar, its label


def _draw_growth(report: CallReport) -> str:
    """Return the number of settled topics over the call, as a stepped area."""
    told = f"{report.covered} of {report.total} topics are settled at the end. " + "; ".join(_told(report))
    inside = "".join(_grid(report)) + "".join(_steps(report)) + _labels(report) + ticks(report.axis, TOP + TALL)
    return picture("growth", TOP + TALL + TICKS, "Topics settled over the call", told, inside)


def _y(report: CallReport, covered: int) -> float:
    return round(TOP + TALL * (1 - covered / max(1, report.total)), 1)


def _grid(report: CallReport) -> Iterator[str]:
    yield line(0, 100, TOP, TOP, "grid") + line(0, 100, TOP + TALL, TOP + TALL, "grid")
    yield text(0, TOP - 7, f"all {report.total} topics", "axis")


def _steps(report: CallReport) -> Iterator[str]:
    points = [(share(report.axis, p.at), _y(report, p.covered)) for p in report.coverage]
    for (x, y), (end, below) in pairwise([*points, (100.0, points[-1][1] if points else 0.0)]):
        # A slight overlap hides the seam between two bars that meet within a pixel.
        yield bar(x, min(100.0, end + 0.1), y, TOP + TALL - y, "area") + line(x, end, y, y, "step") + line(end, end, y, below, "step")


def _labels(report: CallReport) -> str:
    """Return labels on the chart for the end, and for the moment when half was covered."""
    if not report.coverage:
        return ""
    end = dot(100, _y(report, report.covered), 4, "end-dot") + text(100, TOP - 7, f"{report.covered} at the end", "strong end")
    half = next((p for p in report.coverage if 2 * p.covered >= report.total and p.at > 0), None)
    if half is None:
        return end
    x, y = share(report.axis, half.at), _y(report, half.covered)
    named = f"half by {moment(report.axis, half.at, half.turn)}"
    # The curve rises, so there is room above it to the left and below it to the right.
    beside = text(x - 1, y - 8, named, "strong end") if x > ROOM else text(x + 1, y + 20, named, "strong")
    return end + dot(x, y, 4, "end-dot") + beside


def _told(report: CallReport) -> Iterator[str]:
    yield from (f"{p.covered} from {moment(report.axis, p.at, p.turn)}" for p in report.coverage)


def _draw_sections(report: CallReport) -> str:
    """Return a lane for each section: its answers, at their time, and how much of it is covered."""
    lanes = "".join(_lane(report.axis, lane, n * LANE) for n, lane in enumerate(report.sections))
    below = len(report.sections) * LANE
    told = " ".join(_lane_told(report.axis, lane) for lane in report.sections)
    return picture("sections", below + TICKS, "Where each section was talked about", told, lanes + ticks(report.axis, below - 4))


def _lane(axis: Axis, lane: SectionLane, y: float) -> str:
    whole = lane.covered == lane.total
    marks = "".join(_mark(axis, stretch, y + LABEL + 7) for stretch in lane.talked)
    count = text(100, y + LABEL, f"{lane.covered} of {lane.total}", "soft end" if whole else "second end")
    return text(0, y + LABEL, lane.title, "strong") + count + bar(0, 100, y + LABEL + 7, TRACK, "track") + marks


def _mark(axis: Axis, stretch: Stretch, y: float) -> str:
    start, end = share(axis, stretch.at), share(axis, stretch.until)
    return bar(start, end, y, TRACK, "mark", moment(axis, stretch.at, stretch.turn))


def _lane_told(axis: Axis, lane: SectionLane) -> str:
    if not lane.talked:
        return f"{lane.title}: {lane.covered} of {lane.total} topics, not talked about."
    first, last = lane.talked[0], lane.talked[-1]
    span = f"first at {moment(axis, first.at, first.turn)}, last at {moment(axis, last.at, last.turn)}"
    return f"{lane.title}: {lane.covered} of {lane.total} topics, {len(lane.talked)} answers, {span}."


def coverage_part(report: CallReport) -> str:
    """Return the part of the page on the coverage."""
    axis = "over the call" if report.axis.unit == "seconds" else "over the turns of the call, since the transcript has no times"
    inside = (
        _uncovered(report)
        + figure(f"Topics settled, {axis}", _draw_growth(report))
        + figure("Where each section was talked about", _draw_sections(report))
        + details(f"All {report.total} topics as a table", _topics(report))
    )
    left = sum(t.state in _LEFT for lane in report.sections for t in lane.topics)
    say = f"{left} of {counted(report.total, 'topic')} {'is' if left == 1 else 'are'} not covered." if left else "Every topic is settled."
    return section("coverage", say, inside)


_LEFT = frozenset({"open", "partial"})


def _uncovered(report: CallReport) -> str:
    """Return the topics that are not covered, by section."""
    rows = []
    for lane in report.sections:
        names = [f"{safe(t.title)}{' (in part)' if t.state == 'partial' else ''}" for t in lane.topics if t.state in _LEFT]
        if names:
            rows.append(f"<li><strong>{safe(lane.title)}</strong> {'; '.join(names)}</li>")
    return f'<ul class="left">{"".join(rows)}</ul>\n' if rows else ""


def _topics(report: CallReport) -> str:
    head = ("Section", "Topic", "State", "Turns")
    rows = [_topic(lane.title, topic) for lane in report.sections for topic in lane.topics]
    return table(head, rows, "Topics")


def _topic(section: str, topic: TopicRow) -> tuple[str, ...]:
    turns = ", ".join(str(turn) for turn in topic.turns) or "none"
    return cell("Section", safe(section)), cell("Topic", safe(topic.title)), cell("State", topic.state), cell("Turns", turns)
