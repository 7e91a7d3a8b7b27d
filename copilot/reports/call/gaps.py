"""What is still to ask: the open gaps, and the topics that nobody touched; and a line for each gap, from its words to its answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ...text import counted
from ..html import safe
from .drawing import TICKS, dot, line, moment, picture, share, ticks
from .markup import cell, copy_button, details, figure, section, table
from .values import CallReport, GapLife

__all__ = ["open_part"]

ROW, TOP = 11, 8  # pixels: a gap's line, and the room above all lines


def _draw_gaps(report: CallReport) -> str:
    """Return a line for the life of every gap, earliest first; those that stay open run to the end of the call."""
    lives = sorted(report.gaps, key=lambda gap: (gap.opened.at, gap.opened.turn, gap.id))
    below = TOP + ROW * len(lives)
    counts: Counter[str] = Counter(gap.outcome for gap in lives)
    told = (
        f"{len(lives)} gaps: " + ", ".join(f"{counts[kind]} {name}" for kind, name in _OUTCOMES.items()) + ". The table below lists them."
    )
    inside = "".join(_life(report, gap, TOP + ROW * n + ROW / 2) for n, gap in enumerate(lives))
    return picture("gaps-picture", below + TICKS, "Gaps from opening to closing", told, inside + ticks(report.axis, below))


_OUTCOMES = {"answered": "answered", "deferred": "put off", "declined": "declined", "open": "still open"}


def _life(report: CallReport, gap: GapLife, y: float) -> str:
    x = share(report.axis, gap.opened.at)
    title = f"{moment(report.axis, gap.opened.at, gap.opened.turn)}, {_OUTCOMES[gap.outcome]}: {gap.said.quoted}"
    weight = "must" if gap.severity == "must" else "nice"
    start = line(x, x, y - 3.5, y + 3.5, f"life {weight} {gap.outcome}")
    if gap.ended is None:
        return start + line(x, 100, y, y, f"life {weight} {gap.outcome}", title)
    end = share(report.axis, gap.ended.at)
    return start + line(x, end, y, y, f"life {weight} {gap.outcome}", title) + _ending(gap, end, y)


def _ending(gap: GapLife, x: float, y: float) -> str:
    if gap.outcome == "declined":
        return line(x, x, y - 4.5, y + 4.5, "life must declined")
    return dot(x, y, 4, f"ending {gap.outcome}")


def open_part(report: CallReport) -> str:
    """Return the part of the page on what is left to ask, and on every gap."""
    left = list(_left(report))
    needed, other = [q for q in left if q.needed], [q for q in left if not q.needed]
    questions = "\n".join(f"{n}. {q.ask} ({q.about})" for n, q in enumerate([*needed, *other], 1) if q.ask)
    every = f"<p>{copy_button('Copy all questions', questions)}</p>" if questions else ""
    lists = _listing("The story needs", needed) + _listing("Good to have", other)
    return section("open", _open_said(report), every + lists + _gap_picture(report))


class _Question(NamedTuple):
    """A question that is left, "" if it may not be shown; what is copied with it; what stands below it; whether the story needs it."""

    ask: str
    about: str
    below: str
    needed: bool


def _left(report: CallReport) -> Iterator[_Question]:
    """Yield what is left to ask: the open gaps in the order of the call, then the topics that nobody touched."""
    for gap in sorted((g for g in report.gaps if g.outcome == "open"), key=lambda g: (g.opened.at, g.opened.turn)):
        said = gap.said
        yield _Question(gap.probe, f"{said.quoted}, {said.by}", f"{said.quoted} {said.by}", gap.severity == "must")
    for topic in report.untouched:
        yield _Question(topic.probe, topic.title, topic.why, topic.severity == "must")


def _open_said(report: CallReport) -> str:
    """Return what became of the gaps, and how many topics are left beside them."""
    counts: Counter[str] = Counter(gap.outcome for gap in report.gaps)
    parts = [f"{counts['answered']} of the {counted(len(report.gaps), 'gap')} that opened on the call were answered there"]
    parts += [f"{counts[kind]} {name}" for kind, name in (("deferred", "put off"), ("declined", "declined")) if counts[kind]]
    left, topics = counts["open"], len(report.untouched)
    asked = f"{', '.join(parts)}. {left or 'None'} {'is' if left < 2 else 'are'} left to ask about."
    said = asked if report.gaps else "Nothing that was said called for more."
    return f"{said} {counted(topics, 'topic')} of the guide {'is' if topics == 1 else 'are'} still to be asked about." if topics else said


def _listing(title: str, questions: Sequence[_Question]) -> str:
    rows = "".join(_to_ask(question) for question in questions)
    return f'<h3>{title} <span class="small">{len(questions)}</span></h3><ul class="asked">{rows}</ul>' if questions else ""


def _to_ask(question: _Question) -> str:
    ask = safe(question.ask or "Ask once more about these words.")
    return f'<li><p class="ask">{ask}</p><p class="small">{safe(question.below)}</p></li>'


def _gap_picture(report: CallReport) -> str:
    if not report.gaps:
        return ""
    key = (
        '<p class="key"><span><b class="a">●</b> answered</span><span><b class="c">○</b> put off</span>'
        '<span><b class="c">|</b> declined</span><span><b class="b">—</b> still open</span><span>thick: the story needs it</span></p>'
    )
    head = ("Opened", "Words", "Kind", "Topic", "Outcome", "Closed")
    every = details("All gaps as a table", table(head, (_gap_row(report, gap) for gap in report.gaps), "Gaps"))
    return figure("Every gap, from the words that opened it to its answer", _draw_gaps(report), key) + every


def _gap_row(report: CallReport, gap: GapLife) -> tuple[str, ...]:
    ended = moment(report.axis, gap.ended.at, gap.ended.turn) if gap.ended else "–"
    return (
        cell("Opened", moment(report.axis, gap.opened.at, gap.opened.turn), "t"), cell("Words", safe(gap.said.quoted)),
        cell("Kind", gap.kind.replace("_", " ")), cell("Topic", safe(gap.topic)), cell("Outcome", _OUTCOMES[gap.outcome]),
        cell("Closed", ended, "t"),
    )  # fmt: skip
