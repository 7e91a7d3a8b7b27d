from __future__ import annotations

from dataclasses import replace

import pytest

from copilot import Gap, Metric
from copilot.detectors import Found
from copilot.engines.merging import SURE, is_same, merge, with_chosen_quotes
from copilot.findings import Boundary, Closing, Commitment, Degree, Quote, Touch, Verify


def gap(start: int, text: str, origin: str = "rules", score: float = 0.5, kind: str = "missing_metric", turn: int = 2) -> Gap:
    return Gap.model_validate(
        {
            "turn": turn, "start": start, "end": start + len(text), "text": text, "id": f"{origin}-{start}-{kind}", "kind": kind,
            "severity": "must", "score": score, "topic": "results.metrics", "probe": f"{origin}?", "why": origin, "origin": (origin,),
        }
    )  # fmt: skip


def metric(start: int, text: str, **more: object) -> Metric:
    row = {"turn": 2, "start": start, "end": start + len(text), "text": text, "kind": "result", "measures": "x", "value": 4, "unit": "hour"}
    return Metric.model_validate({**row, **more})


def quote(start: int, text: str, score: float) -> Quote:
    return Quote(turn=2, start=start, end=start + len(text), text=text, score=score)


def boundary(start: int, text: str) -> Boundary:
    return Boundary(turn=2, start=start, end=start + len(text), text=text, covers=(2,))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (gap(0, "saved a fortune"), gap(6, "a fortune"), True),
        (gap(0, "saved a fortune"), gap(6, "a fortune", kind="missing_timeframe"), True),
        (gap(0, "saved a fortune"), gap(6, "a fortune", kind="unexplained"), False),
        (gap(0, "saved"), gap(40, "saving money"), True),
        (gap(0, "saved"), gap(40, "saving money", kind="vague"), False),
        (gap(0, "saved"), gap(40, "lovely"), False),
        (gap(0, "saved"), gap(0, "saved", turn=3), False),
    ],
)
def test_gaps_are_one_where_their_words_meet(one: Gap, other: Gap, same: bool):
    assert is_same(one, other) is same
    assert is_same(other, one) is same


def test_a_gap_of_both_keeps_the_rules_id_the_models_words_and_both_origins():
    merged, names = merge(Found(gaps=(gap(0, "saved a fortune"),)), Found(gaps=(gap(6, "a fortune", "llm"),)))
    (both,) = merged.gaps
    assert (both.id, both.origin, both.probe) == ("rules-0-missing_metric", ("rules", "llm"), "llm?")
    assert names == {"llm-6-missing_metric": both.id}


@pytest.mark.parametrize(
    ("rules", "model", "kind", "scores"),
    [
        (0.5, 0.5, "missing_metric", [0.75]),
        (0.5, 0.5, "missing_timeframe", [0.75]),
        (0.19, 0.4, "missing_metric", [0.514]),
        (0.24, 0.4, "unexplained", [0.4]),
        (0.95, 0.4, "unexplained", [0.95, 0.4]),
    ],
)
def test_two_that_find_a_gap_make_it_likelier_and_another_question_on_its_words_does_not(
    rules: float, model: float, kind: str, scores: list[float]
):
    merged, _ = merge(Found(gaps=(gap(0, "saved a fortune", score=rules),)), Found(gaps=(gap(6, "a fortune", "llm", model, kind),)))
    assert [g.score for g in merged.gaps] == scores


def test_where_the_models_words_did_not_hold_a_gap_of_both_has_the_rules_own():
    rules, noted = gap(0, "saved a fortune"), gap(6, "a fortune", "llm")
    instead = noted.model_copy(update={"probe": "in its place?", "why": "in its place"})
    for held, words in ((noted, ("llm?", "llm")), (instead, ("rules?", "rules"))):
        (both,) = merge(Found(gaps=(rules,)), Found(gaps=(held,)), Found(gaps=(noted,)))[0].gaps
        assert (both.probe, both.why) == words
    other = rules.model_copy(update={"kind": "missing_timeframe"})
    (both,) = merge(Found(gaps=(other,)), Found(gaps=(instead,)), Found(gaps=(noted,)))[0].gaps
    assert both.probe == "in its place?"


def test_the_rules_keep_only_what_they_are_sure_of_on_a_turn_that_the_model_has_read():
    sure, unsure = gap(0, "saved", score=SURE), gap(20, "lovely", score=SURE - 0.01)
    merged, _ = merge(Found(gaps=(sure, unsure)), Found(gaps=(gap(40, "elsewhere", "llm", kind="vague"),)))
    assert [g.text for g in merged.gaps] == ["saved", "elsewhere"]


def test_a_turn_has_three_gaps_at_most_however_many_find_them():
    rules = tuple(gap(n * 10, f"word{n}", score=0.95) for n in range(3))
    model = tuple(gap(n * 10, f"word{n}", "llm", kind="vague") for n in range(5, 7))
    assert len(merge(Found(gaps=rules), Found(gaps=model))[0].gaps) == 3


def test_a_gap_of_the_rules_gives_way_to_one_of_its_kind_that_the_model_has_found_elsewhere_in_the_turn():
    sure = gap(0, "lovely people", score=SURE, kind="vague")
    own, other = gap(40, "very responsive", "llm", kind="vague"), gap(40, "very responsive", "llm", kind="no_example")
    assert [g.text for g in merge(Found(gaps=(sure,)), Found(gaps=(own,)))[0].gaps] == ["very responsive"]
    assert [g.text for g in merge(Found(gaps=(sure,)), Found(gaps=(other,)))[0].gaps] == ["lovely people", "very responsive"]


def test_of_two_gaps_on_the_same_words_the_one_of_its_kind_is_the_rules():
    rules = gap(0, "ninety percent inside the standard", kind="missing_baseline")
    meaning, level = (
        gap(15, "inside the standard", "llm", kind="undefined_metric"),
        gap(0, "ninety percent", "llm", kind="missing_baseline"),
    )
    merged, names = merge(Found(gaps=(rules,)), Found(gaps=(meaning, level)))
    assert [(g.id, g.kind, len(g.origin)) for g in merged.gaps] == [
        (rules.id, "missing_baseline", 2),
        ("2.15-undefined_metric", "undefined_metric", 1),
    ]
    assert names == {meaning.id: "2.15-undefined_metric", level.id: rules.id}


def test_a_turn_of_which_the_model_says_nothing_is_the_rules():
    rules = Found(gaps=(gap(0, "saved", score=0.9), gap(20, "lovely")), metrics=(metric(30, "four hours"),), sections=("results",))
    merged, names = merge(rules, Found())
    assert (merged.metrics, merged.sections, [g.text for g in merged.gaps], names) == (rules.metrics, ("results",), ["saved", "lovely"], {})
    assert merge(rules, Found(sections=("results",)), Found(touches=(Touch(turn=2, topic="made.up", weight=1.0),))) == (rules, {})


def test_metrics_topics_and_claims_of_the_rules_give_way_only_to_some_of_the_models():
    rules = Found(
        touches=(Touch(turn=2, topic="results.daily", weight=0.5),),
        sections=("results",),
        metrics=(metric(30, "six degrees"),),
        verify=(Verify(turn=2, start=0, end=4, text="fast"),),
    )
    merged, _ = merge(rules, Found(quotes=(quote(0, "one two three four", 0.9),)))
    assert (merged.touches, merged.sections, merged.metrics, merged.verify) == (rules.touches, rules.sections, rules.metrics, rules.verify)


def test_gaps_of_the_rules_do_not_give_way_to_gaps_that_did_not_hold():
    rules, gone = Found(gaps=(gap(20, "lovely"),)), Found(gaps=(gap(50, "not said", "llm"),))
    told = Found(touches=(Touch(turn=2, topic="results.daily", weight=1.0),))
    assert merge(rules, told, replace(gone, touches=told.touches))[0].gaps == rules.gaps
    assert merge(rules, told)[0].gaps == ()


def test_for_a_gap_of_the_model_that_did_not_hold_the_rules_own_of_its_family_stands():
    own = gap(0, "down to a fifth of what it was", score=0.3, kind="missing_baseline")
    other, far = gap(40, "lovely people", score=0.3, kind="vague"), gap(60, "nine of them", score=0.4, kind="missing_scope")
    kept, gone = gap(80, "the drivers love it", "llm", kind="short_answer"), gap(0, "down to one fifth", "llm", kind="missing_timeframe")
    rules = Found(gaps=(own, other, far))
    assert [g.text for g in merge(rules, Found(gaps=(kept,)), Found(gaps=(kept, gone)))[0].gaps] == [own.text, kept.text]
    assert [g.text for g in merge(rules, Found(gaps=(kept,)), Found(gaps=(kept,)))[0].gaps] == [kept.text]


def test_only_a_turn_that_the_model_has_read_is_judged():
    assert merge(Found(), Found(touches=(Touch(turn=2, topic="results.daily", weight=1.0),)))[0].judged
    assert not merge(Found(), Found())[0].judged


def test_the_models_metrics_stand_as_it_tells_them_marked_where_the_number_was_only_agreed_to():
    rules = Found(metrics=(metric(0, "about four hours", period="per month", agreed=True), metric(50, "nine things")))
    merged, _ = merge(rules, Found(metrics=(metric(6, "four hours", scope="two plants"),)))
    (kept,) = merged.metrics
    assert (kept.text, kept.period, kept.scope, kept.agreed) == ("four hours", None, "two plants", True)
    assert kept.missing == ("baseline", "period", "source")


def test_for_a_metric_of_the_model_that_did_not_hold_the_rules_own_on_the_same_words_stands():
    rules = Found(metrics=(metric(0, "about four hours"), metric(50, "nine things"), metric(70, "six days")))
    kept, gone = metric(6, "four hours"), metric(70, "took us six days")
    merged, _ = merge(rules, Found(metrics=(kept,)), Found(metrics=(kept, gone)))
    assert [m.text for m in merged.metrics] == ["four hours", "six days"]


def test_where_some_of_the_models_topics_did_not_hold_the_rules_own_count_too():
    own, model = Touch(turn=2, topic="results.daily", weight=0.5), Touch(turn=2, topic="results.metrics", weight=1.0)
    merged, _ = merge(Found(touches=(own,), sections=("results",)), Found(touches=(model,)), Found(touches=(model, model)))
    assert (merged.touches, merged.sections) == ((model, own), ("results",))


def test_a_boundary_that_either_sees_holds_once():
    rules, model = (
        Found(boundaries=(boundary(0, "off the record"),)),
        Found(boundaries=(boundary(4, "the record"), boundary(30, "not that"))),
    )
    assert [b.text for b in merge(rules, model)[0].boundaries] == ["off the record", "not that"]


def covering(start: int, text: str, *covers: int, degree: Degree = "clear") -> Boundary:
    return boundary(start, text).model_copy(update={"covers": covers, "degree": degree})


@pytest.mark.parametrize(
    ("rules", "model", "barred", "held"),
    [
        ([covering(40, "strike that", 1, 2)], covering(40, "strike that", 2), {1, 2}, set()),
        ([covering(40, "strike that", 2)], covering(40, "strike that", 1, 2), {2}, {1}),
        ([covering(0, "not that", 1, degree="possible")], covering(40, "strike that", 2), set(), {1, 2}),
        ([covering(0, "not that", 1, degree="possible")], covering(0, "not that", 1), set(), {1}),
        ([], covering(40, "strike that", 2), set(), {2}),
    ],
)
def test_a_model_takes_nothing_away_from_a_boundary_and_what_it_adds_is_only_possible(
    rules: list[Boundary], model: Boundary, barred: set[int], held: set[int]
):
    rows = merge(Found(boundaries=tuple(rules)), Found(boundaries=(model,)))[0].boundaries
    covered = {degree: {turn for b in rows if b.degree == degree for turn in b.covers} for degree in ("clear", "possible")}
    assert covered == {"clear": barred, "possible": held}
    assert rows[: len(rules)] == tuple(rules)


def test_what_the_model_is_not_asked_for_is_the_rules():
    promise = Commitment(turn=2, who="customer", what="send it", due=None)
    merged, _ = merge(Found(commitments=(promise,)), Found(touches=(Touch(turn=2, topic="results.daily", weight=1.0),)))
    assert merged.commitments == (promise,)
    assert [t.topic for t in merged.touches] == ["results.daily"]


def test_the_claims_of_a_turn_that_the_model_has_read_are_the_models():
    own, other = Verify(turn=2, start=0, end=4, text="fast"), Verify(turn=2, start=9, end=13, text="safe")
    assert merge(Found(verify=(own,)), Found(verify=(other,)))[0].verify == (other,)
    assert merge(Found(verify=(own,)), Found())[0].verify == (own,)


def test_quotes_of_the_model_come_before_the_rules_own():
    rules = Found(quotes=(quote(0, "one two three four", 0.8), quote(50, "five six seven", 0.7)))
    merged, _ = merge(rules, Found(quotes=(quote(4, "two three four", 0.9),)))
    assert sorted(((q.text, round(q.score, 2)) for q in merged.quotes), key=lambda row: -row[1]) == [
        ("two three four", 0.98),
        ("five six seven", 0.7),
    ]


def test_a_quote_that_the_model_chose_stays_before_the_rules_own_when_they_weigh_it_again():
    chosen, other = quote(0, "one two three four", 0.95), quote(50, "five six seven", 0.7)
    again = Found(quotes=(quote(0, "one two three four", 0.4), quote(50, "five six seven", 0.8)))
    assert [round(q.score, 2) for q in with_chosen_quotes(again, [chosen, other]).quotes] == [0.94, 0.8]


def test_a_closing_follows_its_gap_to_the_final_id():
    model = Found(gaps=(gap(6, "a fortune", "llm"),), closings=(Closing(gap="llm-6-missing_metric", turn=4, outcome="answered"),))
    merged, _ = merge(Found(gaps=(gap(0, "saved a fortune"),)), model)
    assert [c.gap for c in merged.closings] == ["rules-0-missing_metric"]
