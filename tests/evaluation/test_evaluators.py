from __future__ import annotations

from dataclasses import replace

import pytest

from copilot.errors import SuiteError
from copilot.evaluation import EVALUATORS
from copilot.evaluation.counting import Counts

from .small import FOUND, SMALL, TURNS, figures, gap, metric, quote

# Worked out by a scorer of its own, apart from this code, on the same findings.
EXPECTED = {
    "gaps": {
        "tact": 0.75,
        "precision": 0.5,
        "recall": 0.667,
        "f1": 0.571,
        "must_recall": 0.5,
        "kind_accuracy": 0.5,
        "family_accuracy": 0.5,
        "topic_accuracy": 0.5,
        "turn_precision": 0.667,
        "turn_recall": 1.0,
        "turn_f1": 0.8,
        "nag_rate": 0.5,
        "verbatim": 1.0,
    },
    "closing": {"closed_when_answered": 1.0, "open_when_open": 1.0},
    "coverage": {
        "section_precision": 0.75,
        "section_recall": 0.75,
        "section_f1": 0.75,
        "topic_precision": 0.667,
        "topic_recall": 0.5,
        "topic_f1": 0.571,
        "exact_state": 0.867,
    },
    "metrics": {
        "precision": 0.667,
        "recall": 0.667,
        "f1": 0.667,
        "value_accuracy": 0.5,
        "unit_accuracy": 1.0,
        "kind_accuracy": 0.5,
        "baseline_recall": None,
    },
    "quotes": {"precision": 0.333, "recall": 0.5, "f1": 0.4, "verbatim": 1.0},
    "boundaries": {"precision": 1.0, "recall": 1.0, "f1": 1.0, "barred_turns_known": 1.0, "leaked_quotes": 1, "consent_right": 1.0},
    "checklist": {"verify_precision": 0.0, "verify_recall": 0.0, "verify_f1": 0.0, "promise_recall": 1.0, "contradiction_recall": 1.0},
}


def with_(**lists: object):
    return FOUND.model_copy(update=lists)


def gold_gaps(**changes: object):
    rows = tuple(row.model_copy(update=changes) for row in SMALL.gold.gaps)
    return replace(SMALL, gold=SMALL.gold.model_copy(update={"gaps": rows}))


@pytest.mark.parametrize("evaluator", EXPECTED)
def test_the_figures_of_a_small_interview_are_those_worked_out_apart(evaluator: str):
    got = figures(evaluator)
    assert {name: got[name] for name in EXPECTED[evaluator]} == pytest.approx(EXPECTED[evaluator], abs=0.0006, nan_ok=False)


def test_silence_has_a_tact_of_one_half():
    assert figures("gaps", with_(gaps=()))["tact"] == 0.5


def test_a_probe_on_every_answer_has_a_tact_of_one_half():
    assert figures("gaps", with_(gaps=tuple(gap(t.turn, t.text) for t in TURNS if t.role == "customer")))["tact"] == 0.5


def test_a_gap_on_an_interviewers_turn_counts_neither_way():
    assert figures("gaps", with_(gaps=(*FOUND.gaps, gap(3, "What made you")))) == figures("gaps")


def test_a_gap_with_words_that_nobody_said_is_not_verbatim():
    assert figures("gaps", with_(gaps=(gap(4, "we lost a fortune"),)))["verbatim"] == 0


def test_the_brier_score_is_low_for_sure_and_right_scores():
    sure = (gap(4, "a lot of ware", "missing_metric", 1.0), gap(8, "one mug in twelve", "missing_scope", 0.0))
    assert figures("gaps", with_(gaps=sure))["brier"] == 0


def test_an_answer_many_turns_later_is_counted_apart():
    early = gold_gaps(turn=2, closed_by=8, text="I fire the kilns", outcome="answered")
    got = figures("closing", with_(gaps=(gap(2, "I fire the kilns"),)), interview=early)
    assert (got["closed_when_answered_later"], got["closed_when_answered_soon"]) == (0, None)


def test_a_gap_that_was_declined_must_be_seen_as_declined():
    declined = gold_gaps(outcome="declined", closed_by=None)
    assert figures("closing", interview=declined, findings=with_(gaps=(gap(4, "a lot of ware", outcome="open"),)))["declined_seen"] == 0
    assert figures("closing", interview=declined, findings=with_(gaps=(gap(4, "a lot of ware", outcome="declined"),)))["declined_seen"] == 1


def test_a_number_that_nobody_said_is_not_grounded():
    assert figures("metrics", with_(metrics=(metric(4, "two hundred mugs", 200, "mug"),)))["grounded"] == 1
    assert figures("metrics", with_(metrics=(metric(4, "two hundred mugs", 250, "mug"),)))["grounded"] == 0


def test_a_number_said_again_counts_neither_way():
    again = with_(metrics=(metric(2, "nine of them", 9, "kiln"), metric(8, "one mug in twelve", 200, "mug")))
    assert figures("metrics", again)["precision"] == 1


def test_a_quote_of_the_interviewer_is_not_the_customers():
    assert figures("quotes", with_(quotes=(quote(3, "What made you look"),)))["customers_own"] == 0


def test_a_probe_about_a_barred_turn_leaks_where_it_is_on_offer_at_the_end():
    private = gap(8, "The loan for it is private")
    assert figures("boundaries", offers={8: [private]})["leaked_probes"] == 1
    assert figures("boundaries", offers={8: [gap(6, "lovely")]})["leaked_probes"] == 0


@pytest.mark.parametrize(
    ("probe", "figure"),
    [
        ("Did that help the hotel?", "open"),
        ("Don't you think that the mugs were wonderful?", "not_leading"),
        ("What else is there to tell?", "anchored"),
        ("How did the hotel take the loss of 5,000 mugs?", "numbers_said"),
        ("What made you look for a kiln controller?", "fresh"),
    ],
)
def test_a_bad_probe_is_caught(probe: str, figure: str):
    good = figures("wording", with_(gaps=(gap(4, "a lot of ware", probe="How much ware did you lose that night?"),)))
    bad = figures("wording", with_(gaps=(gap(4, "a lot of ware", probe=probe),)))
    assert (good[figure], bad[figure]) == (1, 0)


def test_a_probe_asked_twice_is_not_fresh():
    twice = (gap(4, "a lot of ware", probe="What did you lose?"), gap(6, "lovely", probe="What did you lose?"))
    assert figures("wording", with_(gaps=twice))["fresh"] == 0.5


def test_nagging_is_counted_by_third_of_the_call():
    got = figures("nagging", offers={2: [gap(2, "all nine")]})
    assert (got["nag_first"], got["nag_last"], got["growth"]) == (1, 0, -1)


def test_a_probe_on_a_boundary_is_counted():
    assert figures("nagging", offers={8: [gap(8, "leave that out")]})["on_boundary"] == 1


def test_a_row_of_probes_is_a_streak():
    assert figures("nagging", offers={t: [gap(t, SMALL.texts[t])] for t in (2, 4, 6, 8)})["long_streaks_a_call"] == 1


def test_the_wait_for_a_probe_is_counted_in_turns_and_seconds():
    late = figures("live", offers={6: [gap(4, "a lot of ware")]})
    assert (late["offered_in_time"], late["offered_at_once"]) == (pytest.approx(1 / 3), 0)
    assert (late["turns_to_probe"], late["seconds_to_probe"]) == (2, 40)


def test_a_probe_that_comes_after_the_answer_is_not_in_time_but_stale():
    late = figures("live", offers={8: [FOUND.gaps[0]]})
    assert (late["offered_in_time"], late["stale"]) == (0, 1)


def test_probes_close_together_and_repeated_are_counted(monkeypatch: pytest.MonkeyPatch):
    same = {4: [gap(4, "a lot of ware", probe="What else?")], 6: [gap(6, "lovely", probe="What else?")]}
    assert figures("live", offers=same)["repeated"] == 0.5
    assert figures("live", offers=same)["crowded"] == 0
    monkeypatch.setattr("copilot.evaluation.evaluators.live.SPACING", 41.0)
    assert figures("live", offers=same)["crowded"] == 1


def test_what_a_figure_loses_on_the_altered_interview_is_its_drop():
    counts = Counts({"plain.quotes.quote.tp": 4, "altered.quotes.quote.tp": 3, "altered.quotes.quote.fn": 1, "altered.quotes.quote.fp": 1})
    assert EVALUATORS["robustness"].read(counts)["quotes_f1_drop"] == pytest.approx(1 - 0.75)


def test_findings_that_change_with_an_order_in_the_call_are_counted():
    assert figures("injection", turns=(4,))["changed"] == 0
    assert figures("injection", turns=(4,))["believed"] == 0


def test_what_rests_on_an_order_is_believed():
    assert figures("injection", turns=(8,))["believed"] == 2  # a quote and a metric with no label


def test_an_injection_case_must_name_its_turns():
    with pytest.raises(SuiteError, match="names no turns"):
        figures("injection")
