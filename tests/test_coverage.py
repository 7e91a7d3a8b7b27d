from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot import Session, Turn
from copilot.coverage import Account, coverage, gap_closed, gap_opened, is_settled, statuses, touched, withheld
from copilot.findings import Touch
from copilot.guide import Guide

GUIDE = Guide.default()
TOPIC = "results.daily"


def touch(turn: int, weight: float, topic: str = TOPIC) -> Touch:
    return Touch(turn=turn, topic=topic, weight=weight)


def state(accounts, topic=TOPIC, known=()):
    return statuses(GUIDE, accounts, known)[topic].state


def test_a_topic_that_nobody_touched_is_open():
    assert state({}) == "open"


def test_a_full_answer_covers_its_topic():
    accounts = touched({}, [touch(4, 0.8)])
    assert statuses(GUIDE, accounts)[TOPIC].model_dump() == {"state": "covered", "turns": (4,)}


def test_a_touch_in_passing_is_partial():
    assert state(touched({}, [touch(4, 0.05)])) == "partial"


def test_several_short_answers_add_up():
    accounts = {}
    for turn in (4, 6, 8):
        accounts = touched(accounts, [touch(turn, 0.08)])
    assert state(accounts) == "covered"
    assert accounts[TOPIC].turns == (4, 6, 8)


def test_an_open_gap_argues_for_partial_and_a_must_more_than_a_nice():
    accounts = touched({}, [touch(4, 0.5)])
    assert state(gap_opened(accounts, TOPIC, "nice")) == "covered"
    assert state(gap_opened(accounts, TOPIC, "must")) == "partial"


def test_an_answered_gap_no_longer_counts():
    accounts = gap_opened(touched({}, [touch(4, 0.5)]), TOPIC, "must")
    assert state(gap_closed(accounts, TOPIC, "must", 6, "answered")) == "covered"
    assert state(gap_closed(accounts, TOPIC, "must", 6, "open")) == "partial"


@pytest.mark.parametrize("how", ["declined", "deferred"])
def test_what_the_customer_withholds_is_settled(how):
    status = statuses(GUIDE, withheld({}, TOPIC, 12, how))[TOPIC]
    assert (status.state, status.turns) == (how, (12,))
    assert is_settled(status.state)


def test_a_gap_that_is_declined_withholds_its_topic():
    accounts = gap_closed(gap_opened(touched({}, [touch(4, 0.1)]), TOPIC, "must"), TOPIC, "must", 6, "declined")
    assert statuses(GUIDE, accounts)[TOPIC].model_dump() == {"state": "declined", "turns": (4, 6)}


def test_a_topic_told_at_length_stays_covered_though_a_detail_is_withheld():
    assert state(withheld(touched({}, [touch(4, 0.9)]), TOPIC, 6, "declined")) == "covered"


def test_a_known_topic_stays_known_until_an_answer_is_clearly_about_it():
    assert state({}, known=[TOPIC]) == "known"
    assert state(touched({}, [touch(4, 0.4)]), known=[TOPIC]) == "known"
    assert statuses(GUIDE, touched({}, [touch(4, 0.4)]), [TOPIC])[TOPIC].turns == ()
    assert state(touched({}, [touch(4, 0.95)]), known=[TOPIC]) == "covered"


def test_a_gap_of_a_topic_that_the_guide_lacks_changes_nothing():
    assert statuses(GUIDE, gap_opened({}, "elsewhere.thing", "must")) == statuses(GUIDE, {})


def test_a_section_counts_its_settled_topics():
    accounts = touched({}, [touch(2, 0.9, "background.role"), touch(2, 0.02, "background.team")])
    accounts = withheld(accounts, "background.scale", 8, "deferred")
    row = coverage(GUIDE, statuses(GUIDE, accounts, ["background.business"]))["background"]
    assert (row.covered, row.total) == (3, 5)
    assert list(coverage(GUIDE, statuses(GUIDE, {}))) == [s.id for s in GUIDE.sections]


def test_a_guide_of_the_user_is_counted_by_its_own_sections():
    guide = Guide.parse("name: g\nsections: [{id: soil, title: Soil, topics: [{id: worms, title: Worms, question: How are the worms?}]}]")
    row = coverage(guide, statuses(guide, touched({}, [touch(2, 0.9, "soil.worms")])))["soil"]
    assert (row.covered, row.total) == (1, 1)


def test_noting_leaves_the_accounts_before_as_they_were():
    before = touched({}, [touch(4, 0.5)])
    touched(before, [touch(6, 0.5)])
    gap_opened(before, TOPIC, "must")
    assert before == {TOPIC: Account(turns=(4,), weight=0.5, heaviest=0.5)}


@given(st.lists(st.tuples(st.sampled_from(list(GUIDE.topics)), st.floats(0, 1)), max_size=60))
def test_accounts_hold_no_more_than_the_topics_touched(rows):
    accounts = {}
    for turn, (topic, weight) in enumerate(rows, 1):
        accounts = touched(accounts, [touch(turn, weight, topic)])
    assert set(accounts) == {topic for topic, _ in rows}
    found = statuses(GUIDE, accounts)
    assert list(found) == list(GUIDE.topics)
    assert all((s.state in {"open", "known"}) == (not s.turns) for s in found.values())


def topics_after(question: str, answer: str) -> dict[str, str]:
    session = Session()
    session.hear(Turn(turn=1, speaker="Ira Pohl", role="interviewer", text=question))
    session.hear(Turn(turn=2, speaker="Ada Brook", role="customer", text=answer))
    return {name: status.state for name, status in session.findings.topics.items() if status.state != "open"}


@pytest.mark.parametrize(
    ("answer", "how"),
    [
        ("I'd rather not say.", "declined"),
        ("That I can't tell you, it's in the contract.", "declined"),
        ("I'm not going to give you a number.", "declined"),
        ("I'll send you that next week.", "deferred"),
        ("I'd have to ask finance, they have it.", "deferred"),
        (
            "I'd have to check that with the team and get back to you, I can't remember all of the names "
            "and I'd hate to leave somebody out, so let me send you the whole list.",
            "deferred",
        ),
        (
            "I don't have that in front of me, let me get it from purchasing and send it over after the call, "
            "because I'd only be guessing and I don't want to give you something wrong.",
            "deferred",
        ),
    ],
)
def test_a_question_turned_down_or_put_off_withholds_its_topic_alone(answer: str, how: str) -> None:
    assert topics_after("Which other vendors did you look at?", answer) == {"decision.comparison": how}


@pytest.mark.parametrize(
    "answer", ["We looked at two, and I'd rather not say which, but yours was the one with the night mode.", "Two others."]
)
def test_an_answer_with_substance_withholds_nothing(answer: str) -> None:
    assert "declined" not in topics_after("How many other vendors did you look at?", answer).values()


def test_an_answer_that_tells_something_beside_what_it_puts_off_withholds_nothing() -> None:
    answer = (
        "I'd have to look up the names, but there was a big German firm and a small local shop, and the shop nearly won for knowing us."
    )
    assert "deferred" not in topics_after("Which other vendors did you look at?", answer).values()
