from __future__ import annotations

from typing import Any

import pytest

from copilot.background import Background, Participant
from copilot.findings import Gap, TopicStatus
from copilot.guide import Guide
from copilot.probes.ranking import dwells, plan, rank

from .conftest import heard

OPEN = {name: TopicStatus(state="open") for name in Guide.default().topics}


def gap(name: str, **values: Any) -> Gap:
    base = {
        "id": name, "turn": 10, "start": 0, "end": 4, "text": f"some words on {name}", "kind": "vague", "severity": "must", "score": 0.5,
        "topic": "results.daily", "probe": f"What about the words on {name}?", "why": "Because.",
    }  # fmt: skip
    return Gap(**(base | values))


def order(*gaps: Gap, background: Background | None = None, **options: Any) -> list[str | None]:
    return [p.gap for p in rank(gaps, {}, Guide.default(), background or Background(), **options)]


def test_a_surer_and_more_severe_gap_comes_first() -> None:
    assert order(gap("a", severity="nice", turn=1), gap("b", turn=2), gap("c", score=0.9, turn=3)) == ["c", "b", "a"]


def test_what_a_story_is_likelier_to_need_comes_first() -> None:
    needed, sure = gap("a", need=0.8, turn=11), gap("b", need=0.4, score=0.8)
    assert order(needed, sure) == ["a", "b"]
    assert order(needed.model_copy(update={"need": 0.55}), sure) == ["b", "a"]


def test_a_gap_whose_need_no_scorer_tells_counts_by_its_severity() -> None:
    judged, scored = gap("a", severity="must"), gap("b", severity="nice", need=0.45, turn=11)
    assert order(judged, scored) == ["a", "b"]
    assert order(judged.model_copy(update={"severity": "nice"}), scored) == ["b", "a"]


def test_at_most_three_are_offered_unless_more_are_wanted() -> None:
    gaps = [gap(f"g{i}", turn=i) for i in range(6)]
    assert len(order(*gaps)) == 3
    assert len(order(*gaps, limit=5)) == 5


@pytest.mark.parametrize("said", ["Yes.", "Way more than it ever should have been"])
def test_words_that_mean_nothing_alone_are_not_asked_about_when_their_question_is_long_gone(said: str) -> None:
    gaps = gap("a", text=said, kind="short_answer", score=0.7), gap("b", text="the queue got a lot shorter", topic="future.plans")
    assert order(*gaps, turn=12) == ["a", "b"]
    assert order(*gaps, turn=20) == ["b"]
    assert order(*gaps) == ["b", "a"]


def test_only_open_gaps_are_offered() -> None:
    assert order(gap("a", outcome="answered"), gap("b", outcome="declined"), gap("c", outcome="deferred")) == []


def test_the_same_term_is_asked_about_once() -> None:
    why = '"QPX" has not been explained yet; a reader stops at it.'
    terms = [gap(name, kind="unclear_term", turn=turn, why=why) for name, turn in (("a", 8), ("b", 10))]
    assert len(order(*terms)) == 1
    assert len(order(terms[0], terms[1].model_copy(update={"why": why.replace("QPX", "RBX")}))) == 2


def test_the_same_words_are_asked_about_once() -> None:
    assert order(gap("a", text="it was slow", score=0.9), gap("b", text="slow", kind="no_example")) == ["a"]


def test_a_second_topic_comes_before_a_second_gap_on_the_same() -> None:
    found = order(gap("a", score=0.9), gap("b", score=0.8, turn=11), gap("c", score=0.6, turn=12, topic="implementation.features"))
    assert found == ["a", "c", "b"]


def test_in_a_live_call_what_was_just_said_comes_first() -> None:
    old, new = gap("old", turn=12, score=0.55), gap("new", turn=40, topic="future.risks", score=0.35)
    assert order(old, new, turn=40)[0] == "new"
    assert order(old, new.model_copy(update={"topic": "results.daily"}))[0] == "old"


def test_with_little_time_left_worth_alone_decides() -> None:
    old, new = gap("old", turn=30, score=0.55), gap("new", turn=40, score=0.4)
    assert order(old, new, turn=40, minutes_left=3)[0] == "old"


def test_at_the_end_what_was_said_first_is_worth_less_since_it_may_have_been_answered() -> None:
    first, last = gap("first", turn=2, score=0.6), gap("last", turn=40, score=0.5)
    assert order(first, last, turn=41, minutes_left=0)[0] == "last"
    assert order(first.model_copy(update={"turn": 39}), last, turn=41, minutes_left=0)[0] == "first"


@pytest.mark.parametrize(
    ("kind", "best"),
    [("missing_baseline", "a"), ("undefined_metric", "a"), ("vague", "b"), ("unclear_term", "b"), ("dropped_thread", "b")],
)
def test_the_number_that_a_result_lacks_comes_before_an_aside_or_a_term(kind: str, best: str) -> None:
    assert order(gap("a", kind=kind, score=0.5), gap("b", turn=11, score=0.55), turn=12, minutes_left=0)[0] == best


def test_what_the_team_wants_to_know_weighs_more() -> None:
    wanted, other = gap("a", text="fewer returns"), gap("b", text="more calls", score=0.6, turn=11)
    assert order(wanted, other)[0] == "b"
    assert order(wanted, other, background=Background(goals=("how many returns they avoid",)))[0] == "a"


def test_a_question_that_nobody_on_the_call_can_answer_weighs_less() -> None:
    technical, plain = gap("a", topic="implementation.architecture"), gap("b", turn=11, topic="decision.standout", score=0.45)
    nurse = Background(participants=(Participant(name="Ada Brook", role="customer", title="Ward nurse"),))
    engineer = Background(participants=(Participant(name="Ada Brook", role="customer", title="Platform engineer"),))
    assert order(technical, plain, background=engineer)[0] == "a"
    assert order(technical, plain, background=nurse)[0] == "b"


def test_untouched_topics_wait_until_the_call_has_reached_the_last_section_after_the_others() -> None:
    guide, told = Guide.default(), TopicStatus(state="covered", turns=(90,))
    assert rank([], OPEN, guide, Background()) == ()
    ahead = OPEN | {"background.role": told, "future.plans": told, "future.advice": told}
    assert {p.topic.split(".")[0] for p in rank([], ahead, guide, Background(), limit=99)} == {"background"}
    begun = OPEN | {f"{section.id}.{section.topics[0].id}": told for section in guide.sections}
    assert {p.topic.split(".")[0] for p in rank([], begun, guide, Background(), limit=99)} == {"background"}
    offered = rank([], begun | {"future.advice": told}, guide, Background(), limit=99)
    assert {p.topic.split(".")[0] for p in offered} == {section.id for section in guide.sections}
    assert all(p.gap is None and p.turn is None and p.text == "" and p.kind == "open_topic" for p in offered)


def test_when_the_call_goes_on_untouched_topics_of_the_first_section_that_was_left_come_after_the_gaps() -> None:
    guide = Guide.default()
    begun = OPEN | {f"{name}": TopicStatus(state="covered", turns=(50,)) for name in ("background.role", "challenges.pain")}
    offered = rank([gap("a", score=0.31, turn=54)], begun, guide, Background(), turn=56, limit=9)
    assert offered[0].gap == "a"
    assert {p.topic for p in offered[1:]} == {f"background.{name}" for name in ("team", "business", "scale", "goals")}
    known = begun | {name: TopicStatus(state="known") for name in OPEN if name.startswith("background.")}
    assert rank([], known, guide, Background(), turn=56, limit=9) == ()
    later = known | {"decision.why_us": TopicStatus(state="covered", turns=(58, 80))}
    assert {p.topic.split(".")[0] for p in rank([], later, guide, Background(), turn=60, limit=9)} == {"challenges"}
    assert rank([], later, guide, Background(), turn=80, limit=9) == ()
    again = begun | {"decision.why_us": TopicStatus(state="covered", turns=(59,))}
    assert {p.topic.split(".")[0] for p in rank([], again, guide, Background(), turn=60, limit=99)} == {"challenges"}


def test_a_gap_that_is_needed_comes_before_a_topic_that_was_left_however_small_its_chance() -> None:
    begun = OPEN | {name: TopicStatus(state="covered", turns=(50,)) for name in ("background.role", "challenges.pain")}
    known = Guide.default(), Background()
    gaps = [gap("a", score=0.2, turn=56)]
    for needed, best in ((frozenset({"a"}), "a"), (frozenset({"b"}), None)):
        assert [p.gap for p in rank(gaps, begun, *known, turn=56, least=0.35, limit=1, needed=needed)] == [best]
    assert rank(gaps, OPEN, *known, turn=56, least=0.35, needed={"a"}) == ()


def test_a_section_is_left_for_one_of_which_something_is_settled_and_not_just_touched() -> None:
    guide, covered = Guide.default(), TopicStatus(state="covered", turns=(50,))
    for state, offers in (("partial", False), ("covered", True), ("declined", True)):
        begun = OPEN | {"background.role": covered, "challenges.pain": TopicStatus(state=state, turns=(54,))}
        assert bool(rank([], begun, guide, Background(), turn=56)) is offers
        touched = OPEN | {"background.role": TopicStatus(state=state, turns=(50,)), "challenges.pain": covered}
        assert bool(rank([], touched, guide, Background(), turn=56)) is offers
    before = OPEN | {"background.role": covered, "challenges.pain": TopicStatus(state="covered", turns=(48,))}
    assert rank([], before, guide, Background(), turn=56) == ()


@pytest.mark.parametrize(
    ("told", "later", "offers"),
    [
        ("The van slid. " * 30, (), False),
        ("The van slid. " * 30, ("I still have the key.",), False),
        ("The van slid. " * 30, ("I still have the key.", "It was in the yard."), True),
        ("My father died that winter.", (), False),
        ("The van slid.", (), True),
    ],
)
def test_no_untouched_topic_is_offered_while_the_talk_is_still_at_a_story(told: str, later: tuple[str, ...], offers: bool) -> None:
    answers = [heard(told), *(heard(text) for text in later)]
    begun = OPEN | {name: TopicStatus(state="covered", turns=(50,)) for name in ("background.role", "challenges.pain")}
    known = [], begun, Guide.default(), Background()
    assert bool(rank(*known, turn=56, dwelling=dwells(answers))) is offers
    assert rank(*known, minutes_left=0, dwelling=dwells(answers))


def test_what_was_said_long_ago_waits_for_the_end() -> None:
    assert order(gap("a", turn=10), turn=22) == ["a"]
    assert order(gap("a", turn=10), turn=23) == []
    assert order(gap("a", turn=10), turn=23, minutes_left=0) == ["a"]


def test_a_gap_that_an_interviewer_would_hardly_ask_about_is_not_offered() -> None:
    assert order(gap("a", score=0.3), gap("b", score=0.6), turn=10, least=0.4) == ["b"]


def test_what_is_offered_later_is_what_an_interviewer_would_still_ask() -> None:
    assert order(gap("a", score=0.5), turn=10, least=0.4) == ["a"]
    assert order(gap("a", score=0.5), turn=12, least=0.4) == []
    assert order(gap("a", score=0.9), turn=12, least=0.4) == ["a"]


def test_a_clash_is_asked_about_only_where_it_is_surer_than_another_gap() -> None:
    assert order(gap("a", kind="inconsistent", score=0.6), gap("b", score=0.6), turn=10, least=0.45) == ["b"]
    assert order(gap("a", kind="inconsistent", score=0.95), turn=10, least=0.5) == ["a"]


def test_a_number_that_nothing_says_how_to_count_is_hardly_asked_for() -> None:
    vague = gap("a", kind="missing_metric", score=0.7, probe="What is one example?")
    assert order(vague, turn=10, least=0.4) == []
    assert order(vague.model_copy(update={"probe": "How many is that, roughly?"}), turn=10, least=0.4) == ["a"]
    assert order(vague.model_copy(update={"origin": ("llm",)}), turn=10, least=0.4) == ["a"]


def test_a_question_that_repeats_none_of_the_words_is_worth_less_after_its_turn() -> None:
    named = gap("a", text="the kiln was slow", probe='You said "the kiln was slow": what happened?', turn=8, score=0.5)
    plain = gap("b", text="it had cracked", probe="What led to that?", turn=12, score=0.45)
    assert order(named, plain, turn=12)[0] == "b"
    assert order(named, plain, turn=13)[0] == "a"


def test_untouched_topics_are_offered_when_time_runs_out() -> None:
    guide = Guide.default()
    offered = rank([], OPEN, guide, Background(), minutes_left=5, limit=1)
    assert offered[0].probe == guide.topics[offered[0].topic].short


def test_a_topic_that_some_answer_may_have_been_about_is_not_offered() -> None:
    guide, topics = Guide.default(), {"future.plans": TopicStatus(state="open"), "future.risks": TopicStatus(state="open")}
    assert {p.topic for p in rank([], topics, guide, Background(), minutes_left=0)} == {"future.plans", "future.risks"}
    assert [p.topic for p in rank([], topics, guide, Background(), minutes_left=0, brushed={"future.plans"})] == ["future.risks"]
    assert {p.topic for p in plan([], topics, guide, Background(), 9, brushed={"future.plans"}).ask_now} == {"future.risks"}


def test_settled_topics_are_not_offered() -> None:
    guide = Guide.default()
    for state in ("covered", "known", "declined", "deferred", "partial"):
        topics = {name: TopicStatus(state=state) for name in guide.topics}  # type: ignore[arg-type]
        assert rank([], topics, guide, Background(), minutes_left=0) == ()


def test_a_topic_of_another_guide_is_offered_with_its_own_question() -> None:
    guide = Guide.parse("name: x\nsections: [{id: a, title: A, topics: [{id: b, title: Beans, question: What do you grow?}]}]")
    offered = rank([], {"a.b": TopicStatus(state="open")}, guide, Background(), minutes_left=0)
    assert offered[0].probe == "What do you grow?"


@pytest.mark.parametrize(("title", "is_shipped"), [("Products and services", True), ("Parking", False)])
def test_what_the_library_knows_of_a_topic_counts_for_no_own_topic_with_its_id(title: str, is_shipped: bool) -> None:
    topic = f"{{id: business, title: {title}, question: Where do patients park?}}"
    guide = Guide.parse(f"name: clinic {title}\nsections: [{{id: background, title: Clinic, topics: [{topic}]}}]")
    topics = {"background.business": TopicStatus(state="open")}
    (offered,) = rank([], topics, guide, Background(), minutes_left=0)
    assert offered.severity == ("must" if is_shipped else "nice")
    told = Background.parse("customer: {industry: dentistry}")
    assert (rank([], topics, guide, told, minutes_left=0) == ()) == is_shipped


@pytest.mark.parametrize(
    ("fields", "told"),
    [("", "Not recognised so far, as it has no cue words: beans."), (", cues: [bean*]", "Nobody has touched on this yet: beans.")],
)
def test_what_only_the_words_of_a_topic_could_tell_is_not_called_untouched(fields: str, told: str) -> None:
    topic = f"{{id: b, title: Beans, question: What do you grow?{fields}}}"
    guide = Guide.parse(f"name: beans{len(fields)}\nsections: [{{id: a, title: A, topics: [{topic}]}}]")
    (offered,) = rank([], {"a.b": TopicStatus(state="open")}, guide, Background(), minutes_left=0)
    assert offered.why == told


@pytest.mark.parametrize(
    ("fields", "told"), [("lacking: 0.8, counted: true", "; 80 % of published stories leave it out"), ("lacking: 0.8", ""), ("", "")]
)
def test_only_a_counted_share_of_a_topic_is_told(fields: str, told: str) -> None:
    guide = Guide.parse(
        "name: case_study\nsections: [{id: challenges, title: Challenges, "
        f"topics: [{{id: cost, title: Cost, question: What did it cost?, cues: [spent], {fields}}}]}}]"
    )
    (offered,) = rank([], {"challenges.cost": TopicStatus(state="open")}, guide, Background(), minutes_left=0)
    assert offered.why == f"Nobody has touched on this yet: cost{told}."


def test_the_plan_asks_stories_on_the_call_and_figures_by_email() -> None:
    story, figure = gap("story", kind="no_example", turn=1), gap("figure", kind="missing_timeframe", turn=2, score=0.9)
    left = plan([story, figure], {}, Guide.default(), Background(), minutes_left=2)
    assert [p.gap for p in left.ask_now] == ["story"]
    assert [p.gap for p in left.email] == ["figure"]


def test_the_plan_asks_a_figure_on_the_call_where_the_team_wants_it() -> None:
    story = gap("story", kind="no_example", turn=1)
    figure = gap("figure", kind="missing_baseline", turn=2, score=0.9, text="missed deliveries")
    for goal, asked in (("missed deliveries before and after", "figure"), ("whom else we should meet", "story")):
        left = plan([story, figure], {}, Guide.default(), Background(goals=(goal,)), minutes_left=2)
        assert [p.gap for p in left.ask_now] == [asked]


def test_the_plan_gives_what_others_know_to_others_and_reminds_of_what_was_promised() -> None:
    guess, promised = gap("guess", kind="unsourced", turn=1), gap("promised", outcome="deferred", turn=2)
    left = plan([guess, promised], {}, Guide.default(), Background(), minutes_left=20)
    assert [p.gap for p in left.someone_else] == ["guess"]
    assert [p.gap for p in left.email] == ["promised"]
    assert left.ask_now == ()


def test_with_no_time_left_nothing_is_asked_now() -> None:
    assert plan([gap("a")], {}, Guide.default(), Background(), minutes_left=0).ask_now == ()


def test_what_is_listed_keeps_its_place_and_what_was_shown_in_vain_comes_after_what_was_not() -> None:
    gaps = [gap(name, turn=turn) for turn, name in enumerate("abc", 1)]
    told = {"topics": {}, "guide": Guide.default(), "background": Background(), "minutes_left": 60}
    first, second, third = (p.gap for p in plan(gaps, **told).ask_now)
    assert [p.gap for p in plan(gaps, **told, listed=(third or "",)).ask_now] == [third, first, second]
    assert [p.gap for p in plan(gaps, **told, shown={first}).ask_now] == [second, third, first]
    assert [p.gap for p in plan(gaps, **told, listed=(first or "",), shown={first}).ask_now] == [first, second, third]
    assert [p.gap for p in plan(gaps[1:], **told, listed=("a",)).ask_now] == [g for g in (first, second, third) if g != "a"]
