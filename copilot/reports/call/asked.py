"""The interviewer's own questions: the form of each, what it brought, and how it could be asked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from statistics import median
from typing import NamedTuple

from ...drafts.material import Material
from ...lexicon import load_data
from ...probes.lint import Fault, lint_question
from ...probes.rewording import reword
from ...questions import read_question
from ...text import Sentence, count_words, is_question, sentences
from ...turns import Span, Turn, clock
from .placing import Placing
from .values import AskedQuestion, Form, QuestionReview

__all__ = ["review"]

SHORTEST = 3  # fewest words of a question; "Sorry?" does not count
FEW = 3  # fewest answers for a median


class _Heard(NamedTuple):
    """A question in its turn, with its faults; one that is asked in one breath with those before it is shown with them."""

    turn: Turn
    sentence: Sentence
    faults: tuple[Fault, ...]
    last: bool

    @property
    def span(self) -> Span:
        places = [(self.sentence.start, self.sentence.end), *((f.start, f.end) for f in self.faults)]
        return self.turn.span(min(start for start, _ in places), max(end for _, end in places))

    @property
    def text(self) -> str:
        return self.span.text


def review(material: Material, placing: Placing) -> QuestionReview:
    """Return the interviewer's questions with their faults, without those that contain what is barred."""
    turns = material.findings.turns
    heard = [question for turn in turns if turn.role == "interviewer" for question in _questions(turn)]
    answers = _answers(turns, {question.turn.turn for question in heard})
    asked = tuple(_asked(placing, question, answers) for question in heard if not material.barred.covers(question.span))
    opened = [q.answer for q in asked if q.form == "open" and q.answer is not None]
    closed = [q.answer for q in asked if q.form == "closed" and q.answer is not None]
    counted = QuestionReview(
        questions=asked,
        open=sum(q.form == "open" for q in asked),
        closed=sum(q.form == "closed" for q in asked),
        checking=sum(q.form == "checking" for q in asked),
        leading=sum("leading" in q.faults or "assumes" in q.faults for q in asked),
        double_barrelled=sum("double-barrelled" in q.faults for q in asked),
        after_open=_middle(opened),
        after_closed=_middle(closed),
        advice=(),
    )
    return counted.model_copy(update={"advice": tuple(_advice(counted, placing))})


def _questions(turn: Turn) -> Iterator[_Heard]:
    """Yield the questions of a turn, each with the faults that the turn's lint finds in it, of several questions in the last."""
    asked = [s for s in sentences(turn.text) if is_question(turn.text, s.start, s.end)]
    asked = [s for s in asked if count_words(turn.text[s.start : s.end]) >= SHORTEST]
    faults = lint_question(turn.text) if asked else ()
    for n, sentence in enumerate(asked):
        later = asked[n + 1].start if n + 1 < len(asked) else len(turn.text)
        inside = tuple(f for f in faults if f.start < sentence.end and sentence.start < f.end <= later)
        yield _Heard(turn, sentence, inside, n == len(asked) - 1)


def _asked(placing: Placing, question: _Heard, answers: Mapping[int, int]) -> AskedQuestion:
    rules = tuple(dict.fromkeys(f.rule for f in question.faults))
    place = placing.place(question.turn.turn, question.turn.time_at(question.sentence.start))
    return AskedQuestion(
        turn=place.turn,
        at=place.at,
        text=question.text,
        form=_form(question),
        faults=rules,
        answer=answers[question.turn.turn] if question.last else None,
        better=reword(question.text) if rules else None,
        advice=" ".join(dict.fromkeys(f.better for f in question.faults if f.better)),
    )


def _form(question: _Heard) -> Form:
    if any(f.rule == "closed" for f in question.faults):
        return "closed"
    alone = question.turn.text[question.sentence.start : question.sentence.end]
    return "checking" if "closed" in read_question(alone).asks else "open"


def _answers(turns: Iterable[Turn], asking: Collection[int]) -> dict[int, int]:
    """Return, for each turn that asks, the number of words that customers spoke until the next one that does."""
    words, asked = dict.fromkeys(asking, 0), 0
    for turn in turns:
        if turn.turn in asking:
            asked = turn.turn
        elif asked and turn.role == "customer":
            words[asked] += count_words(turn.text)
    return words


def _middle(counts: Sequence[int]) -> int | None:
    return round(median(counts)) if len(counts) >= FEW else None


def _advice(review: QuestionReview, placing: Placing) -> Iterator[str]:
    """Yield what went well, and then what to try."""
    forms = load_data("advice")
    if not review.questions:
        yield str(forms["none"])
        return
    slots = {**review.model_dump(exclude={"questions", "advice"}), "asked": len(review.questions)}
    yield str(forms["open"]).format(**slots)
    if review.after_open is not None and review.after_closed is not None and review.after_open > review.after_closed:
        yield str(forms["pays"]).format(**slots)
    best = max(review.questions, key=lambda q: (q.answer or 0, -q.turn))
    if best.answer and not best.faults:
        when = clock(best.at) if placing.axis.unit == "seconds" else f"turn {best.turn}"
        yield str(forms["best"]).format(when=when, text=best.text, answer=best.answer)
    kinds = [name for name in ("closed", "leading", "double_barrelled") if slots[name]]
    yield from (str(forms[name]).format(**slots) for name in kinds or ["clean"])
