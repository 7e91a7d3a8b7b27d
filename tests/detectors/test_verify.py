from __future__ import annotations

import pytest

from copilot.detectors.verify import choose, find_claims


@pytest.mark.parametrize(
    "text",
    [
        "It reads the orders from SAP over the API every ten minutes.",
        "It doesn't talk to the old database.",
        "It stores every version and keeps an audit trail.",
    ],
)
def test_what_the_product_does_is_a_claim(call, text):
    (claim,) = find_claims(call("I: And how is Shelfmark integrated with your other systems?", f"C: {text}")[-1])
    assert claim.text == text


@pytest.mark.parametrize(
    "text", ["I went home and told my wife about it.", "She laughed, and we had a cup of tea.", "We were nine people in those days."]
)
def test_a_story_is_no_claim(call, text):
    assert find_claims(call("I: What happened then?", f"C: {text}")[-1]) == ()


def test_an_interviewer_claims_nothing(call):
    assert find_claims(call("C: Hello.", "I: It reads the orders from SAP over the API every ten minutes.")[-1]) == ()


def test_the_two_clearest_sentences_of_a_turn_are_chosen_in_order():
    assert choose([(0.5, (40, 50)), (0.9, (60, 70)), (0.8, (0, 10)), (0.01, (20, 30))]) == [(0, 10), (60, 70)]
