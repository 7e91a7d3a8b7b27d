from __future__ import annotations

import pytest

from copilot.detectors.verify import choose, find_claims


@pytest.mark.parametrize(
    "text",
    [
        "It reads the orders from SAP over the API every ten minutes.",
        "It doesn't talk to the old database.",
        "It stores every version of the file by itself and keeps an audit trail of all the changes in it.",
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


@pytest.mark.parametrize(
    "text", ["We signed in May, and it took us six weeks.", "They used to print it and file it in a box, every night."]
)
def test_what_was_and_how_it_went_is_no_claim(call, text):
    assert find_claims(call("I: What was it like before?", f"C: {text}")[-1]) == ()


def test_the_three_clearest_sentences_of_a_turn_are_chosen_in_order():
    rated = [(0.5, (40, 50)), (0.9, (60, 70)), (0.8, (0, 10)), (0.4, (80, 90)), (0.01, (20, 30))]
    assert choose(rated) == [(0, 10), (40, 50), (60, 70)]
