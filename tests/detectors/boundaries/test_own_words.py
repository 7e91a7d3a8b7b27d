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


@pytest.mark.parametrize(
    "said",
    [
        "I told him, don't put that in the contract, and he did, and it cost us six weeks.",
        "The bank said keep this confidential, and we did, for nine months.",
        "They told us, this stays between us, and then it was in the paper in 2021.",
        "They told us to keep it between us, and it cost us nine months.",
    ],
)
def test_a_request_that_is_told_of_others_bars_nothing(call, said):
    assert held(call, said, "What happened?") == set()


@pytest.mark.parametrize(
    "said",
    [
        "They told us it would cost nine thousand, but please don't print that.",
        "Our lawyers told us not to share the nine thousand with the press.",
        "It was nine thousand. I told you, don't put that in the story.",
        "It was nine thousand, and I shouldn't have said that.",
    ],
)
def test_a_request_beside_a_tale_still_bars(call, said):
    assert 6 in held(call, said, "What happened?")


ROUND = ("I: What did it save?", "C: We used to spend two pounds fifty a docket on couriers.")


@pytest.mark.parametrize(
    "said",
    [
        "No, no, just the ones that would have been docked. I'd need to sit down with a pencil.",
        "No, not all of them, just some. I'd need to check.",
    ],
)
def test_of_how_many_something_holds_is_no_request(call, said):
    lines = (*ROUND, "I: Two pounds fifty across all twenty-two thousand?", f"C: {said}", "I: Understood.")
    assert covered(call(*lines), *BOTH) == set()


def test_a_no_to_printing_all_of_it_still_bars(call):
    lines = (*ROUND, "I: Can I print that, all of it?", "C: No, please only print part of it.", "I: Understood.")
    assert 2 in covered(call(*lines), *BOTH)


@pytest.mark.parametrize(
    "said",
    [
        "It's in Kemble. You'd better take the place out.",
        "It's in Kemble. Could you blank out the location?",
        "It sits in a bunker in Kemble. You'll want to redact the place.",
        "It's in Kemble. That one's just for you.",
        "I'd say this under Chatham House rules: half of the firms in Kemble fake the audit.",
    ],
)
def test_a_place_that_is_to_be_taken_out_is_barred(call, said):
    assert held(call, said, "And where is it?") == {6}


@pytest.mark.parametrize(
    "said",
    [
        "They take the place out of service in Kemble for two weeks.",
        "It blanks out the screens in Kemble for two minutes.",
        "In Kemble we met at Chatham House twice.",
    ],
)
def test_other_talk_of_places_and_what_is_taken_out_bars_nothing(call, said):
    assert held(call, said, "And where is it?") == set()
