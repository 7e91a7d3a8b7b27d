from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.probes.lint import lint_question


def rules(text: str) -> set[str]:
    return {fault.rule for fault in lint_question(text)}


@pytest.mark.parametrize(
    ("question", "rule"),
    [
        ("Did the new rota help?", "closed"),
        ("Was the baker involved?", "closed"),
        ("So you moved the ovens in spring?", "closed"),
        ("Was it quieter or calmer?", "closed"),
        ("Did the mill or the bank pay?", "closed"),
        ("Did you cut the waste by 40 percent?", "closed"),
        ("Has one of the bakers left?", "closed"),
        ("So it's been a success then?", "closed"),
        ("Don't you think the ovens run better now?", "leading"),
        ("The mornings are calmer, aren't they?", "leading"),
        ("It was slow, right?", "leading"),
        ("I'm guessing that hurt?", "leading"),
        ("How many loaves did you bake, and how did you count them?", "double-barrelled"),
        ("What broke? Who repaired it?", "double-barrelled"),
        ("Who signed it, or did nobody sign?", "double-barrelled"),
        ("What would you do without it?", "hypothetical"),
        ("What if the oven failed again?", "hypothetical"),
        ("What would it have been without the oven?", "hypothetical"),
        ("Would it have been different in a larger bakery?", "hypothetical"),
        ("What would that have cost you?", "hypothetical"),
        ("How many was that? Do you know who counted them?", "double-barrelled"),
        ("How much better is the bread?", "assumes"),
        ("What do you love about it?", "assumes"),
        ("How satisfied are the bakers?", "assumes"),
        ("How has Ovenly helped you reach your goals?", "assumes"),
        ("Since the move was so quick, what made the difference?", "assumes"),
        ("Now that the waste is down by half, what do the shops say?", "assumes"),
        ("Given how well the pilot went, what comes next?", "assumes"),
        ("Why didn't you call us?", "assumes"),
        ("How have the new ovens improved your mornings?", "assumes"),
        ("What made our planner so much better than the competition?", "assumes"),
        ("What makes your planner stand out?", "assumes"),
        ("Did you know that we also offer a delivery module?", "pitch"),
        ("How does our award-winning planner fit in?", "pitch"),
        ("How does our amazing planner help you?", "pitch"),
        ("What does our good service do for you?", "pitch"),
        ("How did the truly fantastic opening go?", "pitch"),
    ],
)
def test_a_bad_question_gets_its_fault(question: str, rule: str) -> None:
    assert rule in rules(question)


@pytest.mark.parametrize(
    "question",
    [
        "What led to that?",
        "What would it have been before?",
        "What share of the week would that have been, do you know?",
        "How many was that? Do you remember?",
        "How many was that? Any idea?",
        "What was it before, and what is it now?",
        "And what happened then?",
        "Can you remember one morning when it went wrong?",
        "Is there a moment that you think of?",
        "Is that percent or points?",
        "Was that the mill, or the bank?",
        "How has the week changed?",
        "How have you measured what improved?",
        "What makes a morning a good one?",
        "Which oven did you find better?",
        "How did the good weeks go?",
        "How do you chase the outstanding invoices?",
        "What do our smart meters send you?",
        "How did the Superior Court react?",
        "How did your superior react?",
        "What was amazing about the day?",
        "Is that per shop, every week?",
        "May I record this call?",
        "Could Lena confirm the figure?",
        "Is the nine for all ovens?",
        "So you moved the ovens in 2019?",
        "Can you read me one from before and one from now?",
        "Since the move, what has changed?",
        "Now that the ovens stand there, what is next?",
        "How do you spell the name of the mill?",
        "How would you describe the bakery to somebody new?",
        "How long did it take to come right?",
        "When you say calmer, what do you see?",
        "Tell me about the first week.",
        "",
    ],
)
def test_a_good_question_gets_none(question: str) -> None:
    assert rules(question) == set()


def test_a_question_of_more_than_25_words_is_too_long() -> None:
    assert rules("What " + "very " * 24 + "long?") == {"too long"}
    assert rules("What " + "very " * 23 + "long?") == set()


def test_what_the_customer_said_is_not_judged() -> None:
    assert rules('You said "how great, and how much better": what was it before?') == set()
    assert "assumes" in rules("How great, and what was it before?")
    assert rules("You called it “our amazing planner”: what did it do that week?") == set()


def test_each_fault_has_a_reason_and_cites_its_words() -> None:
    text = "Would you say it was hard, and how did you feel?"
    for fault in lint_question(text):
        assert text[fault.start : fault.end] == fault.text
        assert fault.reason.endswith(".")


def test_several_questions_are_one_fault_that_holds_them_all() -> None:
    (fault,) = lint_question("Good. What broke? I did wonder. Who repaired it?")
    assert fault.text == "What broke? I did wonder. Who repaired it?"


def test_in_a_turn_only_questions_are_judged_for_their_form() -> None:
    assert rules("You told me what you bake, and how. Thank you. What comes next?") == set()
    assert rules("Thanks for the wonderful bread. What comes next?") == set()


@given(st.text())
def test_any_text_is_linted_and_spans_stand_in_it(text: str) -> None:
    for fault in lint_question(text):
        assert text[fault.start : fault.end] == fault.text
