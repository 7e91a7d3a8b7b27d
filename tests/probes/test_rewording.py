from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.lexicon import load_data
from copilot.probes.lint import lint_question
from copilot.probes.rewording import reword


@pytest.mark.parametrize(
    ("question", "better"),
    [
        ("Did the new rota help?", "What changed with the new rota, if anything?"),
        ("The mornings are calmer, aren't they?", "How would you describe the mornings?"),
        ("How many loaves did you bake, and how did you count them?", "How many loaves did you bake?"),
        ("What broke? Who repaired it?", "What broke?"),
        ("What would you do without it?", "What did you do before it?"),
        ("How much time did it save you?", "How long did it take before, and how long does it take now?"),
        ("What do you love about the planner?", "What stands out to you about the planner?"),
        ("Why didn't you call us?", "What led to that?"),
        ("How does our award-winning planner fit in?", "How does our planner fit in?"),
        ("How did the truly fantastic opening go?", "How did the opening go?"),
        ("How does our great planner fit in?", "How does our planner fit in?"),
        ("How have the new ovens improved your mornings?", "What changed with the new ovens, if anything?"),
        ("Was it easier or quicker?", "How would you describe it?"),
        ("Would you recommend us?", "What have you told others about us?"),
        ("Did you look at any other mills?", "Which other mills did you look at?"),
        ("Has the oven met your expectations?", "How does the oven compare with what you expected?"),
        ("Why did you choose us and what else did you see?", "What led you to choose us?"),
        ("So, um, was that frustrating?", "How was that for you?"),
        ("And the bakers, are they happy with it?", "What do the bakers make of it?"),
        ("Are you happy with the rota?", "What do you make of the rota?"),
        ("Does the team like using the planner?", "What does the team make of the planner?"),
        ("And for you, has it changed your day much?", "How has it changed your day?"),
        ("Did the bakers enjoy working with it?", "What did the bakers make of working with it?"),
    ],
)
def test_a_question_with_a_fault_gets_a_better_form(question: str, better: str) -> None:
    assert reword(question) == better


@pytest.mark.parametrize(
    "question",
    [
        "And Ovenwise, is it hard to use?",
        "And the ones that weren't so sure, did they come round in the end?",
        "The mill in Delft, was it in on the first call?",
    ],
)
def test_no_form_is_offered_that_loses_whom_or_what_the_question_is_about(question: str) -> None:
    assert lint_question(question) != ()
    assert reword(question) is None


@pytest.mark.parametrize(
    "question",
    ["What led to that?", "", "Tell me about the first week.", "Did you know that we also offer cakes?", "How did your superior react?"],
)
def test_no_form_is_offered_for_a_good_question_or_where_only_a_person_finds_one(question: str) -> None:
    assert reword(question) is None


def test_only_the_first_word_changes_its_capital() -> None:
    assert reword("Did the Ovenwise people look at any Dutch mills?") == "Which Dutch mills did the Ovenwise people look at?"


SUBJECTS = ["it", "that", "the new planner", "your team", "people", "the"]
OPENINGS = [
    "did",
    "was",
    "is",
    "have",
    "would you say",
    "don't you think",
    "how much better is",
    "what if",
    "why didn't you",
    "how would you",
]
ENDINGS = ["help", "any mills", "easier", "isn't it", "right", "and how did you feel", "or did nobody ask", "save time", "recommend us"]
questions = st.lists(st.sampled_from([*SUBJECTS, *OPENINGS, *ENDINGS, ",", "?", "our award-winning", "if"]), max_size=8).map(" ".join)


@given(questions | st.text())
def test_whatever_is_offered_passes_the_lint(text: str) -> None:
    better = reword(text)
    if better is not None:
        assert lint_question(better) == ()
        assert better.endswith("?")
        assert lint_question(text) != ()


@pytest.mark.parametrize("text", ["a", "so ", "the ", "was it ", ", and ", "our new "])
def test_a_text_of_any_length_is_left_alone_or_made_shorter(text: str) -> None:
    assert len(reword(text * 4000) or "") < len(text * 4000)


@pytest.mark.parametrize("row", [*load_data("rewordings")["rows"], *load_data("rewordings")["gentler"]], ids=lambda row: row["into"])  # type: ignore[misc]
def test_every_form_uses_only_what_it_finds(row: dict[str, str]) -> None:
    found = set(re.findall(r"\(\?P<(\w+)>", row["match"])) | ({"s"} if "<thing>" in row["match"] else set())
    assert set(re.findall(r"\{(\w+)\}", row["into"])) <= found


@pytest.mark.parametrize(
    ("question", "better"),
    [
        ("How many loaves did you, um, bake, and how did you count them?", "How many loaves did you bake?"),
        ("Which, um?", None),
        ("And, er, how you got into it, and is it great?", None),
    ],
)
def test_hesitation_is_left_out_and_what_remains_must_be_a_question(question: str, better: str | None) -> None:
    assert reword(question) == better
