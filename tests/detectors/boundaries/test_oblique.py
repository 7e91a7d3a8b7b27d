"""Requests in roundabout words, and the same words where nothing is asked for; which name and which number they mean."""

from __future__ import annotations

import pytest

from .test_boundaries import covered

BOTH = ("clear", "possible")
BEFORE = ("I: How did the pilot go?", "C: Two depots ran it for nine weeks, and both of them kept it.", "I: And then?")


@pytest.mark.parametrize(
    ("asked", "free"),
    [
        ("If anyone in finance saw that, my career would be over.", "If anyone in finance sees an error, they send it back."),
        ("If that got out I'd be toast.", "If that got stuck, the drivers rang us."),
        ("Between us and the gatepost, of course.", "Between us and the harbour there are two roundabouts."),
        ("You take that to the grave.", "We take them to the depot."),
        ("I was sworn to secrecy on that.", "It was a well known fact by then."),
        ("I'd steer clear of that.", "The lorries steer around the school."),
        ("Could you park those, please?", "You could park those at the back."),
        ("Round that for me, would you.", "The system rounds to the nearest pallet."),
        ("We only ever say over four hundred thousand.", "We only ever ran one shift."),
        ("Rewind that, please.", "The tape had to be rewound by hand."),
        ("Nothing before then, please, it's announced in June.", "Nothing happened for a month."),
        ("So give that one a wide berth.", "The ships have a wide berth there."),
        ("I'm talking out of school here.", "The children come out of school at three."),
        ("The director, not pinned on her, please.", "The director pinned the list to the door."),
        ("Neither do you know that.", "The drivers don't know the code."),
    ],
)
def test_a_roundabout_request_holds_back_what_was_told(call, asked, free):
    told = "The carrier lost us four hundred and twelve thousand crates of fruit."
    assert 4 in covered(call(*BEFORE, f"C: {told} {asked}", "I: Okay."), *BOTH)
    assert covered(call(*BEFORE, f"C: {told} {free}", "I: Okay."), *BOTH) == set()


@pytest.mark.parametrize(
    ("asked", "free"),
    [
        ("That's family business.", "It is a family business and we have sixty people."),
        ("Keep that in the family, please.", "We kept it in the family for four generations."),
        ("Keep it in the room.", "We keep it in the room next door."),
        ("Go gently there.", "We go easy on the new drivers."),
        ("I'd tread carefully there.", "We tread carefully with new tools."),
        ("Sorry, my hands are tied.", "Our hands are tied when head office decides."),
        ("Treat that accordingly, please.", "We handle that accordingly."),
        ("Steer clear of that.", "The drivers steer clear of that road now."),
        ("I'd step around that.", "You go round it, the old yard."),
        ("I don't want that bit in there.", "We like that part in there, the alarm screen."),
        ("I'd be grateful if you stuck to the weeks.", "I'd be glad if we went with them again."),
        ("Never pin that on her.", "The rule was never hang this on the wall."),
        ("Nor do you know it from me.", "Neither did we."),
        ("The shop is Corvane. We never name them.", "We never name products."),
        ("Spare them, please.", "Skip them if they're closed."),
        ("If they print that I'd be finished, dead.", "If they put that in two years ago, we would have finished it by now."),
        ("Friend to friend, that was a mess.", "It differs from person to person."),
    ],
)
def test_an_ordinary_report_in_the_words_of_a_request_holds_nothing_back(call, asked, free):
    told = "The carrier lost us four hundred and twelve thousand crates of fruit."
    assert 4 in covered(call(*BEFORE, f"C: {told} {asked}", "I: Okay."), *BOTH)
    assert covered(call(*BEFORE, f"C: {told} {free}", "I: Okay."), *BOTH) == set()


def test_a_name_that_begins_its_sentence_is_the_one_that_is_meant(call):
    earlier = ("I: Who ran it?", "C: It was Halvard Moe who ran it, and he ran it well.", "I: Which carrier lost them?")
    assert covered(call(*earlier, "C: Sawtell. Don't print the name. Their rep still sends a hamper.")) == {4}
    assert covered(call(*earlier, "C: Janice from accounts told me, she counted them. Change her name, please.")) == {4}
    assert covered(call(*earlier, "C: I don't know. But change his name, please."), *BOTH) >= {2}


def test_other_words_for_a_name_bar_the_turn_with_the_name(call):
    told = ("I: Which carrier lost them?", "C: It was Corvane, they lost nine crates.", "I: Nine crates.")
    assert covered(call(*told, "C: For the article, just call them our former carrier."), *BOTH) >= {2}
    assert covered(call(*told, "C: Say 'a large carrier' for us, would you?"), *BOTH) >= {2}
    assert covered(call(*told, "C: I just called the former carrier again."), *BOTH) == set()


def test_the_amount_that_was_given_is_the_last_one(call):
    told = ("I: What did it cost?", "C: The insurer paid the roofer thirty-one thousand in the end.", "I: And who advised him?")
    rest = "C: I never found out who had said what. The amount I gave you, by the way, isn't to go in."
    assert covered(call(*told, rest)) == {2}
    assert covered(call(*told, "C: I never found out. The amount of paper in that office was absurd."), *BOTH) == set()


def test_the_amount_of_the_question_is_meant_where_the_answer_has_none(call):
    told = ("I: What was the account worth?", "C: It was two hundred and eighty thousand a year.", "I: And who lost it?", "C: I lost it.")
    asked = "I: So the two hundred and eighty thousand?"
    assert 2 in covered(call(*told, asked, "C: That you can say, but not to the pound."))
    assert covered(call(*told, asked, "C: Yes, every pound of it."), *BOTH) == set()


def test_leave_for_somebody_elses_words_waits_for_them(call):
    told = ("I: Who named them?", "C: Alec did, he says the big one has never had a sick day.", "I: Can we quote Alec on it?")
    assert covered(call(*told, "C: I'd ask him first."), *BOTH) == {2}
    assert covered(call(*told, "C: Sure, he'd love that."), *BOTH) == set()


UNLISTED = "If the lamp was off it would skip the crate, and the docket would never be printed, so nobody would be told."


def test_words_on_no_list_that_sound_like_a_request_can_be_released(call):
    readings = call(*BEFORE, f"C: {UNLISTED}", "I: And how did you fix it?")
    assert covered(readings) == set()
    assert 4 in covered(readings, "possible")


def test_a_promise_makes_clear_what_only_sounded_like_a_request(call):
    assert 4 in covered(call(*BEFORE, f"C: {UNLISTED}", "I: Don't worry, I'll leave that out. And how did you fix it?"))


STOPPED = ("I: What did it cost?", "C: We lost two hundred and sixty thousand dollars that night.", "I: And then?")


@pytest.mark.parametrize(
    "said",
    [
        "In February off the. Record their first adviser was hopeless they. Replaced him.",
        "Their adviser was hopeless. Please leave. That out.",
        "Their adviser was hopeless please leave that. Out",
        "Their adviser was hopeless keep that between. Us",
        "Their adviser was hopeless but that is not. Public yet",
        "Their adviser was hopeless but that's. Confidential",
    ],
)
def test_a_request_that_a_wrong_full_stop_parts_can_bar_what_its_own_turn_tells(call, said):
    assert covered(call(*STOPPED, f"C: {said}"), *BOTH) == {4}


def test_a_request_that_a_wrong_full_stop_parts_can_bar_what_it_names(call):
    assert 2 in covered(call(*STOPPED, "C: It rose by eighteen percent don't print. The dollar amount by the way the rest is fine."), *BOTH)
    assert covered(call(*STOPPED, "C: It rose by eighteen percent and we print. The dollar amount by the way was fine."), *BOTH) == set()


@pytest.mark.parametrize(
    "said",
    [
        "What is over, we keep that. Between us and the mill there's a yard.",
        "It's the big crusher that they scrap. And that thing out the back.",
        "One second, how many? Keep it, keep it. Okay I'm out. Forty-six crates.",
        "It was a walk in the park. That one I still dream about.",
    ],
)
def test_a_right_full_stop_parts_words_that_are_no_request(call, said):
    assert covered(call(*STOPPED, f"C: {said}"), *BOTH) == set()


def test_an_order_to_print_what_was_said_bars_nothing(call):
    assert covered(call(*BEFORE, "C: If you write only one thing, write that.", "I: I will."), *BOTH) == set()


@pytest.mark.parametrize("said", ["If you write only one thing, don't write that.", "If you write it without the name, write that."])
def test_an_order_to_print_with_a_denial_or_a_limit_still_holds_something(call, said):
    assert covered(call(*BEFORE, f"C: {said}", "I: Of course, I'll leave that out."), *BOTH) != set()


@pytest.mark.parametrize(
    "said",
    ["You can not to publish it.", "It is not allowed to publish.", "Please no write this.", "Please to not write this."],
)
def test_a_learners_request_is_one(call, said):
    assert 4 in covered(call(*BEFORE, f"C: The third depot had weak reports. {said}", "I: And how did you fix it?"), *BOTH)


@pytest.mark.parametrize("said", ["You can not publish to the old server.", "We are not allowed to write by hand."])
def test_what_cannot_be_done_elsewhere_is_no_request(call, said):
    assert covered(call(*BEFORE, f"C: {said}", "I: And how did you fix it?"), *BOTH) == set()


@pytest.mark.parametrize(
    "asked", ["Is there anybody who could back that up, if I wanted to print it?", "And what was it that you can share?"]
)
def test_a_question_for_something_to_share_is_no_question_for_leave(call, asked):
    answer = "C: It was a man from the depot."
    assert covered(call(*BEFORE[:2], f"I: {asked}", answer, "I: And how did you fix it?"), *BOTH) == set()
    assert covered(call(*BEFORE[:2], "I: Can I print that?", "C: Not the depots.", "I: And how did you fix it?"), *BOTH) == {2}


@pytest.mark.parametrize("ours", ["Oh my god. I would have been sick with worry. My whole team would have walked out.", "Right."])
@pytest.mark.parametrize("lead", ["", "Compliance is strict. ", "Priya was upset. "])
def test_what_our_side_says_or_a_reason_keeps_no_request_from_the_answer_before(call, ours, lead):
    assert 2 in covered(call(*BEFORE[:2], f"I: {ours}", f"C: {lead}Don't print that."))
