"""How long an announced confidence lasts, what a reply to a question for leave keeps back, and what no request means."""

from __future__ import annotations

import pytest

from .test_boundaries import covered

TOLD = (
    "C: The freezer in Bergen failed and eleven weeks of samples thawed.", "I: Oh dear. Who knew?",
    "C: The whole Bergen crew was there and nobody said a word.", "I: Thanks for telling me. So how did you choose a supplier?",
    "C: We wrote a list of eight requirements and called four firms.",
)  # fmt: skip
BOTH = ("clear", "possible")


@pytest.mark.parametrize(
    ("said", "reply"),
    [
        ("Yes. This part is off the record.", "Of course."),
        ("Yes. This part is off the record.", "No problem."),
        ("Yes. This part is off the record.", "I won't print it."),
        ("Yes. This part is off the record.", "Don't worry, nobody will read it."),
        ("It was in March, over the weekend. This part is off the record.", "Not a soul."),
        ("The next bit I'd like to stay between us.", "Never a word."),
        ("Turn your notes off for a second.", "Sure."),
        ("I want the next part not to be in the story.", "Sure."),
    ],
)
def test_an_announced_confidence_lasts_until_the_next_topic(call, said, reply):
    held = covered(call("I: How did the trial go?", f"C: {said}", f"I: {reply}", *TOLD), *BOTH)
    assert {4, 6} <= held
    assert 8 not in held


def test_talk_goes_on_off_the_record_at_another_topic_only_possibly(call):
    readings = call("I: How did the trial go?", "C: Can I say something off the record?", "I: Sure.", *TOLD)
    assert {4, 6} <= covered(readings)
    assert 8 not in covered(readings)
    assert 8 in covered(readings, "possible")


@pytest.mark.parametrize("reply", ["No.", "I'd rather you didn't.", "I can't promise that.", "Sorry, no, it's all on the record."])
def test_a_confidence_that_is_turned_down_bars_nothing_after_it(call, reply):
    readings = call("I: How did the trial go?", "C: Can I say something off the record?", f"I: {reply}", *TOLD)
    assert covered(readings, *BOTH) <= {2}


def test_a_confidence_ends_where_its_speaker_comes_back(call):
    later = "C: Okay, back on the record. We then bought new freezers in May."
    readings = call("I: And?", "C: This bit is off the record.", "I: Sure.", TOLD[0], "I: Wow.", later, "I: Good.", "C: They run.")
    assert covered(readings, *BOTH) == {2, 4}


ASKED = (
    "I: What did it cost?", "C: The old one cost us eighty thousand a year.", "I: And what was it like?",
    "C: Like driving in fog with a torch between your teeth.", "I: Lovely. Can I use that?",
)  # fmt: skip


@pytest.mark.parametrize(
    "answer",
    [
        "Use it. Not the eighty, though.",
        "Yes, but not the eighty.",
        "Yes, but leave out the eighty.",
        "Of course, without the number.",
        "Go ahead, minus the eighty thousand.",
        "Yes, but lose the eighty.",
    ],
)
def test_leave_with_an_exception_bars_the_answer_that_holds_the_exception(call, answer):
    assert covered(call(*ASKED, f"C: {answer}"), *BOTH) == {2}


@pytest.mark.parametrize("answer", ["You can use it. A hundred minus eighty is twenty.", "Yes. 100 minus 80 is 20, so twenty less."])
def test_a_sum_said_aloud_with_the_leave_makes_no_exception(call, answer):
    assert covered(call(*ASKED, f"C: {answer}"), *BOTH) == set()


@pytest.mark.parametrize("answer", ["Yes, but not the torch.", "Sure, without the torch."])
def test_what_leave_was_given_for_is_never_clearly_barred(call, answer):
    readings = call(*ASKED, f"C: {answer}")
    assert covered(readings) == set()
    assert covered(readings, "possible") == {4}


@pytest.mark.parametrize(
    "answer", ["Sure, not a problem.", "Yeah, no, use it.", "Why not.", "No problem.", "I don't see why not.", "Yes. Nobody minds."]
)
def test_leave_in_words_of_denial_bars_nothing(call, answer):
    assert covered(call(*ASKED, f"C: {answer}"), *BOTH) == set()


@pytest.mark.parametrize("answer", ["No.", "Rather not.", "Please don't use it.", "Yeah, no, I'd rather you didn't.", "Not that, no."])
def test_leave_that_is_denied_bars_what_it_was_asked_for(call, answer):
    assert 4 in covered(call(*ASKED, f"C: {answer}"))


def test_to_mind_nothing_gives_leave(call):
    assert covered(call(*ASKED[:4], "I: Do you mind if I quote that?", "C: No, not at all."), *BOTH) == set()


@pytest.mark.parametrize(
    "said",
    [
        "We do thirty-one an hour. The target was twenty, but don't say what the target was.",
        "It's forty thousand a month, but just say it's a lot less.",
        "The quota is nineteen, but don't tell the quota.",
        "We spend sixty thousand, but put that it halved.",
        "We open in Ghent. There's also the matter of a sale, which I've not mentioned.",
    ],
)
def test_a_turn_that_replaces_or_takes_back_its_own_words_may_be_barred(call, said):
    assert covered(call("I: How fast are you now?", f"C: {said}", "I: I'll say that."), *BOTH) == {2}


@pytest.mark.parametrize(
    "said",
    [
        "It takes ten minutes, but say it's a Friday and the line is down, then it's an hour.",
        "We had forty of them, say it's about fifty.",
        "You don't say what it costs, you show it, in two minutes.",
        "One thing I haven't mentioned is the training.",
        "The other gain, which I haven't mentioned, is quiet.",
    ],
)
def test_words_that_only_suppose_or_announce_bar_nothing(call, said):
    assert covered(call("I: How fast are you now?", f"C: {said}", "I: Okay. And how many people?"), *BOTH) == set()


@pytest.mark.parametrize(
    "said",
    [
        "I'm not going to give you a number on theft.",
        "The invoices I'm not discussing.",
        "That's fine, that's our own money.",
        "We open Leuven in spring. And there's a fourth shop, but please not yet.",
    ],
)
def test_a_refusal_leave_or_a_request_about_itself_reaches_no_earlier_answer(call, said):
    before = (
        "I: Who did the checks?",
        "C: We had nineteen people in Ghent.",
        "I: Anything funny?",
        "C: A man framed his form.",
    )
    assert covered(call(*before, "I: And theft?", f"C: {said}", "I: Understood."), *BOTH) <= {6}


def test_neither_a_question_about_the_recording_nor_its_camera_is_a_request(call):
    assert covered(call("I: I'm going to record, unless you'd rather I didn't?", "C: What would you use it for?"), *BOTH) == set()
    assert covered(call("I: Can I record?", "C: Yes, but no video, please."), *BOTH) == set()
    assert covered(call("I: Can I record?", "C: Yes, but the fire is off the record, please."), *BOTH) == {2}
