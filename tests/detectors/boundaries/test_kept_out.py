"""Other ways to keep something out: a rounder number, a name that stays in the house, another word for somebody, a wish without a verb."""

from __future__ import annotations

import pytest

from .test_boundaries import covered

BOTH = ("clear", "possible")
TOLD = ("I: Who ran it?", "C: Our buyer Leontine did, from a shed in Ostend.", "I: And then?")


@pytest.mark.parametrize(
    "said",
    [
        "The crane cost us 61,300, but call it over sixty.",
        "The crane cost us 61,300. Put about sixty.",
        "The crane cost us 61,300. Print that as nearly sixty, please.",
        "The crane cost us 61,300, though not to the dollar, please.",
        "There's a yard called Magpie next, and that name stays inside the company.",
        "We call it Magpie, and that nickname remains within the family.",
        "It's called Magpie, a name you can't have.",
        "There's a second yard, which you can't have yet.",
        "There's a second yard, and you shouldn't be the first to print it.",
        "We shut the yard in Ostend early. That goes no further, all right?",
        "We shut the yard in Ostend early. Nobody's supposed to know that.",
        "We shut the yard in Ostend early. Hold that one, would you?",
        "We shut the yard in Ostend early. I'd sooner you didn't.",
        "We shut the yard in Ostend early. That must never see the light of day.",
        "We shut the yard in Ostend early. We got to lose that last bit.",
        "We shut the yard in Ostend early. Take out what I just said.",
        "We shut the yard in Ostend early. It's not to be in anything.",
        "We shut the yard in Ostend early. Better if you wait.",
        "We shut the yard in Ostend early, and I wouldn't want the bank reading that.",
        "It was a girl from Bruges who caught it. Just put a colleague.",
    ],
)
def test_what_is_kept_out_in_other_ways_is_held(call, said):
    assert 5 in covered(call(*TOLD, "C: It went well, on the whole.", f"C: {said}"), *BOTH)


@pytest.mark.parametrize(
    ("said", "reply"),
    [
        ("That stays in the house overnight and goes to the press at six.", "At six."),
        ("You make that about twice a week, with the small pan.", "Nice."),
        ("We had to lose the third shift.", "I see."),
        ("They take out the old pump on Mondays.", "Right."),
        ("You hold that one over the flame.", "Over the flame."),
        ("It goes no faster than it did.", "No."),
        ("Could you say a bit more about what you mean?", "About the pumps."),
        ("He just put a cloth on it and went home.", "Ha!"),
        ("It's better if you wait for the glue to set.", "How long?"),
        ("The name stays on the label until it is sold.", "Good."),
        ("You're supposed to see it on the screen.", "Okay."),
    ],
)
def test_work_in_the_same_words_keeps_nothing_out(call, said, reply):
    assert covered(call(*TOLD, f"C: {said}", f"I: {reply}")) == set()


def test_a_wish_about_the_recording_keeps_nothing_out(call):
    readings = call("C: I'm in the corridor, hold on for a minute.", "I: Can I record this?", "C: I'd rather you didn't.", "I: It's off.")
    assert covered(readings, *BOTH) == set()


@pytest.mark.parametrize("asked", ["Is that public already?", "Might I print the twelve percent?", "Is it announced?"])
def test_what_may_not_be_used_yet_is_what_was_asked_about(call, asked):
    assert 2 in covered(call("I: How was it?", "C: The Antwerp trial cut it by twelve percent.", f"I: {asked}", "C: No, not that."))
