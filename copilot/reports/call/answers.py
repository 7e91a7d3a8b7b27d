"""The interviewer's questions: each at its time, as tall as its answer was long, and other ways to ask."""

from __future__ import annotations

from collections.abc import Sequence

from ...text import counted
from ..html import safe
from .drawing import TICKS, dot, line, moment, picture, share, text, ticks
from .markup import cell, details, figure, section, table
from .values import AskedQuestion, CallReport

__all__ = ["questions_part"]

TALL, TOP, FOOT = 110, 24, 14  # pixels: the stems, the room above and below them
_MARKED = frozenset({"leading", "assumes", "double-barrelled"})


def _draw_answers(report: CallReport) -> str:
    """Return the questions along the call: stems show the length of the answer, a dot below marks a leading or double question."""
    asked = [q for q in report.review.questions if q.answer is not None]
    most = max((q.answer or 0 for q in asked), default=0) or 1
    base = TOP + TALL
    stems = "".join(_stem(report, q, base, most) for q in asked) + "".join(_flaw(report, q, base) for q in report.review.questions)
    best = next((q for q in asked if q.answer == most), None)
    inside = line(0, 100, base, base, "grid") + stems + (_label(report, best, most) if best else "") + ticks(report.axis, base + FOOT)
    return picture("answers", base + FOOT + TICKS, "What each question brought, in words of the answer", _told(report, asked), inside)


def _stem(report: CallReport, question: AskedQuestion, base: float, most: int) -> str:
    x = share(report.axis, question.at)
    y = round(base - TALL * (question.answer or 0) / most, 1)
    title = f"{moment(report.axis, question.at, question.turn)}, {question.form}, {question.answer} words: {question.text}"
    return line(x, x, base, y, f"stem {question.form}") + dot(x, y, 3.5, f"head {question.form}", title)


def _flaw(report: CallReport, question: AskedQuestion, base: float) -> str:
    return dot(share(report.axis, question.at), base + 7, 2.5, "flaw", question.text) if _MARKED & set(question.faults) else ""


def _label(report: CallReport, best: AskedQuestion, most: int) -> str:
    x = share(report.axis, best.at)
    anchor = "end" if x > 80 else "start" if x < 20 else "middle"
    return text(x, TOP - 9, f"{most} words", f"strong {anchor}")


def _told(report: CallReport, asked: list[AskedQuestion]) -> str:
    medians = {"open": report.review.after_open, "closed": report.review.after_closed}
    said = [f"after {name} questions the median answer has {words} words" for name, words in medians.items() if words is not None]
    return "; ".join([f"{len(asked)} questions with their answers", *said]) + ". The table below lists them."


def questions_part(report: CallReport) -> str:
    """Return the part of the page on the interviewer's own questions."""
    review = report.review
    advice = f'<ul class="advice">{"".join(f"<li>{safe(line)}</li>" for line in review.advice[1:])}</ul>' if review.advice[1:] else ""
    flawed = [q for q in review.questions if q.faults]
    inside = advice + (_answers(report) if review.questions else "") + (_better(report, flawed) if flawed else "")
    return section("questions", safe(review.advice[0]), inside)


def _answers(report: CallReport) -> str:
    key = (
        '<p class="key"><span><b class="a">●</b> open</span><span><b class="b">○</b> yes or no</span>'
        '<span><b class="c">●</b> a check, where yes or no is right</span>'
        '<span><b class="b">•</b> below: leaned, or asked two things</span></p>'
    )
    head = ("When", "You asked", "Form", "Words of the answer")
    every = table(head, (_question(report, q) for q in report.review.questions), "Questions")
    drawn = figure("What each question brought: words of the answer", _draw_answers(report), key)
    return drawn + details(f"All {counted(len(report.review.questions), 'question')} as a table", every)


def _question(report: CallReport, question: AskedQuestion) -> tuple[str, ...]:
    answer = "with the next" if question.answer is None else str(question.answer)
    return (
        cell("When", moment(report.axis, question.at, question.turn), "t"),
        cell("You asked", f"“{safe(question.text)}”"),
        cell("Form", {"open": "open", "closed": "yes or no", "checking": "a check"}[question.form]),
        cell("Words of the answer", answer),
    )


def _better(report: CallReport, flawed: Sequence[AskedQuestion]) -> str:
    head = ("When", "You asked", "It", "Another way")
    return "<h3>Another way to ask</h3>" + table(head, (_other(report, q) for q in flawed), "Another way to ask")


_IT = {
    "closed": "takes yes or no", "leading": "leans", "double-barrelled": "asks two things", "hypothetical": "asks what might be",
    "too long": "is long", "assumes": "takes something for granted", "pitch": "sells",
}  # fmt: skip


def _other(report: CallReport, question: AskedQuestion) -> tuple[str, ...]:
    other = f"“{safe(question.better)}”" if question.better else f'<span class="small">{safe(question.advice)}</span>'
    return (
        cell("When", moment(report.axis, question.at, question.turn), "t"), cell("You asked", f"“{safe(question.text)}”"),
        cell("It", ", ".join(_IT[rule] for rule in question.faults)), cell("Another way", other),
    )  # fmt: skip
