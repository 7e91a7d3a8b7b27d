"""The picture of the interviewer's questions: at its time, each as high as the answer that it brought."""

from __future__ import annotations

from .drawing import TICKS, dot, line, moment, picture, share, text, ticks
from .values import AskedQuestion, CallReport

__all__ = ["draw_answers"]

TALL, TOP, FOOT = 110, 24, 14
_MARKED = frozenset({"leading", "assumes", "double-barrelled"})


def draw_answers(report: CallReport) -> str:
    """Return the questions along the call: the stem is the length of the answer, a dot below marks one that leaned or asked two things."""
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
