from __future__ import annotations

import pytest

from copilot.detectors.gaps.facts import sentence_facts


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("And I went down to the quay myself.", "subject I"),
        ("Our porters carried it up.", "subject determined"),
        ("They had already left.", "past perfect"),
        ("We'd bought a second one.", "past perfect"),
        ("The crates were piling up.", "progressive"),
        ("It slowly filled.", "adverb of manner"),
        ("It dropped by a third.", "figure of a change"),
        ("Around forty crates a day.", "figure per period"),
        ("Forty to fifty crates.", "figure of a range"),
        ("There were two reasons.", "announces"),
    ],
)
def test_the_form_of_a_sentence_is_a_fact(call, text, fact):
    (facts,) = sentence_facts(call("I: How was that?", f"C: {text}")[-1])
    assert fact in facts


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("She and I went.", "subject I"),
        ("Porters carried it up.", "subject determined"),
        ("They had a van.", "past perfect"),
        ("We'd buy a second one.", "past perfect"),
        ("The thing was red.", "progressive"),
        ("Our family came in July.", "adverb of manner"),
        ("Forty crates.", "figure of a change"),
        ("Forty crates.", "figure of a range"),
        ("The reason was the rain.", "announces"),
    ],
)
def test_what_only_looks_like_that_form_is_no_such_fact(call, text, fact):
    (facts,) = sentence_facts(call("I: How was that?", f"C: {text}")[-1])
    assert fact not in facts


def test_a_number_is_held_against_the_one_that_the_question_proposes(call):
    (same,) = sentence_facts(call("I: So that was forty crates?", "C: Forty crates, yes.")[-1])
    (other,) = sentence_facts(call("I: So that was forty crates?", "C: Sixty crates.")[-1])
    assert "figure as asked" in same
    assert "figure not as asked" not in same
    assert "figure not as asked" in other
