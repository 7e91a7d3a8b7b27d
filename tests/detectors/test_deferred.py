from __future__ import annotations

import pytest

from copilot.detectors.deferred import find_deferred


def deferred(call, *lines):
    """Return the question that the last line puts off and who has the answer, None where it puts nothing off."""
    return next(((row.asked, row.owner) for row in find_deferred(call(*lines)[-1])), None)


@pytest.mark.parametrize(
    ("answer", "owner"),
    [
        ("I'd have to ask Ottoline. She's got the number.", "Ottoline"),
        ("Not off the top of my head. Ottoline knows that.", "Ottoline"),
        ("I don't have that here, that's Parks and Gardens.", "Parks and Gardens"),
        ("You'd have to ask our payroll.", "payroll"),
        ("I'd have to look.", None),
        ("I'd need to check that on Monday.", None),
        ("That I don't have yet. Finance close the half-year in the second week of December, ask me then.", None),
        ("I don't have that yet.", None),
        ("We haven't got that yet, the count is in December.", None),
        ("We won't know until December.", None),
        ("That comes out in December, ask me then.", None),
        ("Ask me after Q4.", None),
        ("It's too early to say.", None),
    ],
)
def test_a_question_is_put_off_to_whoever_has_the_answer(call, answer, owner):
    assert deferred(call, "I: Right. How many trees is that?", f"C: {answer}") == ("How many trees is that?", owner)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("I'd have to look. I'll send it on Friday.", "I'd have to look. I'll send it on Friday."),
        ("I'd have to look. I'd only be guessing.", "I'd have to look. I'd only be guessing."),
        ("I'd have to look. The oaks went first, and after the storm in spring the whole row along the river.", "I'd have to look."),
    ],
)
def test_the_next_sentence_belongs_to_it_where_it_says_no_more(call, answer, told):
    assert [row.text for row in find_deferred(call("I: How many trees is that?", f"C: {answer}")[-1])] == [told]


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("How many trees is that?", "I'd have to look, but forty, I'd say."),
        ("How many trees is that?", "Ottoline planted every one of them."),
        ("Can we use that photograph?", "I'd have to ask Ottoline."),
        ("Tell me about the trees.", "You have to look at them in the spring."),
        ("Which parks have it?", "The small ones, and Northfield. We don't have that yet in the woods."),
        ("How many trees is that?", "All of them. People see me in the park and they ask me again."),
        ("How many trees is that?", "You don't know until you've walked it."),
    ],
)
def test_an_answer_puts_nothing_off_and_leave_is_no_answer(call, asked, answer):
    assert deferred(call, f"I: {asked}", f"C: {answer}") is None


def test_a_customer_puts_off_what_the_interviewer_asks(call):
    assert deferred(call, "C: How many trees is that?", "I: I'd have to ask Ottoline.") is None
