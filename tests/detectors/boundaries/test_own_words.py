"""What reaches no further than its own words: a number not given, a plan not announced, a yes on a condition, speech that is told."""

from __future__ import annotations

import pytest

from .test_boundaries import covered

BOTH = ("clear", "possible")
BEFORE = (
    "I: Who did the checks?", "C: We had nineteen people in Ghent doing them by hand.",
    "I: Anything funny?", "C: A man framed his form and hung it in the hall.",
)  # fmt: skip


def held(call, said, question="And shrinkage?", reply="Understood."):
    return covered(call(*BEFORE, f"I: {question}", f"C: {said}", f"I: {reply}"), *BOTH)


@pytest.mark.parametrize(
    "said",
    [
        "You won't get a figure on shrinkage out of me.",
        "No numbers on shrinkage from me, I'm afraid.",
        "I'm not going to put a figure to that.",
        "We don't put a number on theft.",
        "I'd rather not give a number there.",
        "I can't give you the exact amount, sorry.",
        "Nobody said a word for a minute, and then the foreman says well, that's my weekends back.",
        "Our Jens never says two words together, and he says it is the best thing we bought in ten years.",
        "She's never told anyone anything in her life, and she told the priest it was a miracle.",
        'That is an hour you lose on "Who owns this, and how do I keep them out of the story?"',
    ],
)
def test_a_number_that_is_not_given_and_speech_that_is_told_bar_nothing(call, said):
    assert held(call, said) == set()


@pytest.mark.parametrize(
    "said",
    [
        "A second plant is in the works, not public yet.",
        "There's a Dutch site coming, but it hasn't been announced.",
        "Something's brewing with a big grocer. Not yet, please.",
        "The next bit I can't tell you until March.",
        "We're buying a press, which is not announced.",
    ],
)
def test_a_plan_that_is_not_announced_reaches_no_earlier_answer(call, said):
    assert held(call, said) <= {6}


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Could you send me the photo of the form?", "Sure, but run the caption by me before."),
        ("Can I use your name and title?", "Yes, as long as I see it first."),
        ("Can we use your logo?", "Sure, once marketing has had a look."),
    ],
)
def test_a_yes_on_a_condition_bars_nothing(call, question, said):
    assert held(call, said, question) == set()


@pytest.mark.parametrize("said", ["That isn't public yet.", "He wouldn't like that, so leave him be.", "That must stay here, please."])
def test_a_word_that_points_reaches_the_answer_before(call, said):
    assert 4 in held(call, said, "Ha! And did he mind?")


@pytest.mark.parametrize(
    "said",
    [
        "It's a big airline, Meridian, but we're under NDA there.",
        "Vantage Rail, and we've an NDA with them.",
        "It's Solis. I'm bound by an NDA, so careful.",
        "Halcyon, embargoed until May.",
        "We're opening in Lyon, under embargo till June.",
        "We open in Lyon on the ninth of October. The news is under embargo.",
        "We were down for eleven days in Ostrava, but there's an NDA.",
        "Ninety grand, confidentially.",
        "Strictly confidentially, it cost ninety thousand.",
    ],
)
def test_what_binds_the_speaker_bars_what_is_told_beside_it_and_nothing_before(call, said):
    assert held(call, said, "Who was it, and what did it cost?") == {6}


@pytest.mark.parametrize(
    "said",
    [
        "Every supplier signs an NDA first, and that used to take nine days.",
        "We have an NDA with every supplier, and it takes nine days.",
        "We have an NDA template that saves nine days.",
        "The export embargo, we lost a fifth of orders.",
        "They handle it confidentially and it takes nine days.",
        "We had an NDA in 2019, and it took nine days.",
    ],
)
def test_a_pledge_that_is_only_spoken_of_bars_nothing(call, said):
    assert held(call, said, "What hit you?") == set()
