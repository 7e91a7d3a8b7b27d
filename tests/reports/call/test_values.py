from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from copilot import Background, Transcript, lint_question
from copilot.drafts import Withdrawal
from copilot.evaluation.gold import Interview
from copilot.reports.call import CallReport, call_report, to_page

from ...conftest import ROOT, call, heard
from .conftest import BARRED, replay, report_of


def strings(value: object) -> Iterator[str]:
    """Yield every string in a JSON value."""
    if isinstance(value, str):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ():
        yield from strings(part)


def test_the_report_comes_back_from_its_json(sample_report: CallReport) -> None:
    assert CallReport.model_validate_json(sample_report.model_dump_json()) == sample_report


def test_the_coverage_ends_where_the_findings_do(sample: Path, sample_background: Path, sample_report: CallReport) -> None:
    background = Background.load(sample_background)
    session = heard(Transcript.load(sample, background=background).turns, background)
    assert {s.section: (s.covered, s.total) for s in sample_report.sections} == {
        n: (c.covered, c.total) for n, c in session.ledger.coverage.items()
    }
    assert sample_report.coverage[-1].covered == sample_report.covered == sum(c.covered for c in session.ledger.coverage.values())


def test_coverage_is_told_where_it_changes_and_never_goes_back_in_time(sample_report: CallReport) -> None:
    for points in (sample_report.coverage, *(s.growth for s in sample_report.sections)):
        assert [p.at for p in points] == sorted(p.at for p in points)
        assert all(a.covered != b.covered for a, b in pairwise(points))


def test_a_gap_begins_at_its_words_and_ends_at_its_answer() -> None:
    report = report_of(
        call(
            "I: How did the mornings change?",
            "C: Remakes are down forty percent, which is a relief to everybody who works in the cutting hall here.",
            "I: Forty percent from what?",
            "C: Remakes went from a hundred and twelve a month in January to sixty-seven a month in June.",
        )
    )
    (gap,) = [g for g in report.gaps if g.kind == "missing_baseline"]
    assert (gap.opened.turn, gap.opened.at) == (2, 20.0)
    assert gap.ended is not None
    assert (gap.outcome, gap.ended.turn) == ("answered", 4)


def test_an_open_gap_has_no_end_and_keeps_its_question(sample_report: CallReport) -> None:
    left = [g for g in sample_report.gaps if g.outcome == "open"]
    assert len(left) > 5
    assert all(g.ended is None and g.probe.endswith("?") for g in left)
    assert all(g.ended is not None and g.ended.at >= g.opened.at for g in sample_report.gaps if g.outcome != "open")


def test_quotes_gaps_and_figures_are_verbatim(sample: Path, sample_background: Path, sample_report: CallReport) -> None:
    turns = {t.turn: t for t in Transcript.load(sample, background=Background.load(sample_background))}
    cited = [*sample_report.quotes, *(g.said for g in sample_report.gaps), *(s for m in sample_report.metrics for s in m.spans)]
    assert len(cited) > 50
    for span in cited:
        assert turns[span.turn].text[span.start : span.end] == span.text


def test_without_times_the_turns_are_the_axis() -> None:
    turns = [t.model_copy(update={"start": None, "end": None}) for t in call("I: How was it?", "C: It went well.", "I: What changed?")]
    report = report_of(turns)
    assert (report.axis.unit, report.axis.length) == ("turns", 3.0)
    assert [(s.at, s.until) for s in report.speakers[0].spoke] == [(0.0, 1.0), (2.0, 3.0)]
    assert "no times" in to_page(report).decode()


def test_times_of_the_day_begin_the_axis_at_the_first_word() -> None:
    turns = [
        t.model_copy(update={"start": 50_000.0 + 10 * t.turn, "end": 50_009.0 + 10 * t.turn}) for t in call("I: How was it?", "C: Fine.")
    ]
    assert (report_of(turns).axis.begin, report_of(turns).axis.length) == (50_010.0, 19.0)


def test_times_that_run_backwards_are_drawn_in_order() -> None:
    rows = call("I: How was it?", "C: It was fine.", "I: What changed?", "C: Nothing at all.")
    turns = [t.model_copy(update={"start": at, "end": None}) for t, at in zip(rows, (5.0, 90.0, 20.0, 95.0), strict=True)]
    stretches = sorted((s for speaker in report_of(turns).speakers for s in speaker.spoke), key=lambda s: s.turn)
    assert [s.at for s in stretches] == [5.0, 90.0, 90.0, 95.0]


def test_an_empty_call_has_a_page() -> None:
    assert b"Nobody spoke" in to_page(report_of([]))


# The interviewer's questions


def test_questions_are_told_apart_by_how_they_ask_and_what_they_bring() -> None:
    report = report_of(
        call(
            "I: What happened to the ovens? And did the new rota help?",
            "C: One two three four five.",
            "I: It was hard, wasn't it?",
            "C: Yes.",
            "I: Is that percent or points?",
            "C: Points.",
        )
    )
    review = report.review
    first, second, third, fourth = review.questions
    assert (first.form, first.answer) == ("open", None)
    assert (second.form, second.answer) == ("closed", 5)
    assert (first.text, first.faults) == ("What happened to the ovens?", ())
    assert second.text == "What happened to the ovens? And did the new rota help?"
    assert second.faults == ("double-barrelled", "closed")
    assert second.better == "What happened to the ovens?"
    assert "leading" in third.faults
    assert (fourth.form, fourth.faults) == ("checking", ())


def test_advice_begins_with_what_went_well_and_is_kind(sample_report: CallReport) -> None:
    advice = sample_report.review.advice
    assert advice[0] == f"{sample_report.review.open} of your {len(sample_report.review.questions)} questions were open."
    assert "at the median" in advice[1]
    assert not any(word in " ".join(advice).lower() for word in ("wrong", "bad question", "failed", "should have", "mistake"))


def test_every_better_form_passes_the_lint(sample_report: CallReport) -> None:
    flawed = [q for q in sample_report.review.questions if q.faults]
    assert any(q.better for q in flawed)
    assert all(lint_question(q.better) == () for q in flawed if q.better)
    assert all(q.advice for q in flawed)


def test_without_questions_the_advice_says_so() -> None:
    review = report_of(call("I: Tell me about it.", "C: It was fine.")).review
    assert review.questions == ()
    assert len(review.advice) == 1


# What is barred


def test_what_is_off_the_record_stands_nowhere() -> None:
    turns = call(
        "I: What did it cost, and is Zanzibar paying four hundred and twelve thousand?",
        f"C: {BARRED}. Sorry, that is off the record, please don't use that.",
        "I: Of course. Did Zanzibar really pay $412,000, or was it less?",
        "C: Let's leave it there. We love how calm the hall is now, and nobody shouts any more when a truck is late.",
    )
    report = report_of(turns)
    written = report.model_dump_json() + to_page(report).decode()
    assert report.barred >= 1
    for word in ("Zanzibar", "$412", "412,000", "412000", "four hundred and twelve", "the pilot"):
        assert word not in written


def test_what_was_withdrawn_after_the_call_stands_nowhere() -> None:
    turns = call("I: What changed?", "C: Complaints at Bartholomew fell from forty a week to nine a week.")
    assert "Bartholomew" in report_of(turns).model_dump_json()
    gone = Withdrawal.parse("2", {t.turn: t for t in turns}, date(2026, 3, 1))
    report = report_of(turns, withdrawals=[gone])
    assert "Bartholomew" not in report.model_dump_json() + to_page(report).decode()
    assert report.barred == 1


BOUNDED = ["a1-freight", "h1-solar", "k1-shipyard", "n1-trio", "q1-sample"]


@pytest.mark.parametrize("name", BOUNDED)
def test_no_report_tells_what_its_interview_bars(name: str) -> None:
    interview = Interview.load(ROOT / "evals" / "interviews" / name)
    material, steps = replay(interview.turns, interview.background)
    barred, report = material.barred, call_report(material, steps)
    assert report.barred
    cited = [*report.quotes, *(g.said for g in report.gaps), *(s for m in report.metrics for s in m.spans)]
    assert [c for c in cited if barred.covers(c)] == []
    shown = report.model_dump(mode="json", exclude={"speakers": True, "source": True, "review": {"advice": True}})
    # What a fault's rule advises is the same on every call.
    asked = [question | {"advice": ""} for question in shown["review"].pop("questions")]
    assert [text for text in strings([shown, asked]) if barred.tells(text)] == []
