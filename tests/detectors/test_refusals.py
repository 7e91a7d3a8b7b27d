from __future__ import annotations

import pytest

from copilot.detectors.refusals import find_deferrals, find_refusals, stands_refused


@pytest.mark.parametrize(
    "text",
    [
        "I can't share that.",
        "I'd rather not say.",
        "That's not my number to give.",
        "No comment.",
        "I'm not allowed to say.",
        "I must not say.",
    ],
)
def test_a_refusal_is_found(call, text):
    assert find_refusals(call("I: How much?", f"C: {text}")[-1])


@pytest.mark.parametrize(
    "text", ["I can't complain about the weather.", "We can share a cab.", "She said I can't say, and left.", "You must tell them early."]
)
def test_what_is_no_refusal_is_left_alone(call, text):
    assert not find_refusals(call("I: How much?", f"C: {text}")[-1])


@pytest.mark.parametrize(
    "text",
    [
        "I don't think I'm allowed to give you volumes.",
        "We're not cleared to disclose tonnages.",
        "The clubs get funny about it.",
        "Head office gets touchy about those.",
        "If I told you, finance would have my head.",
    ],
)
def test_a_refusal_is_heard_by_who_may_not_speak_and_who_would_mind(call, text):
    assert find_refusals(call("I: How many?", f"C: {text}")[1])


@pytest.mark.parametrize(
    "text",
    [
        "Nurses aren't allowed to give out insulin alone.",
        "The old rig got funny about cold weather.",
        "The manager would have my shift covered.",
        "Patients are allowed to share a room.",
    ],
)
def test_rules_and_moods_of_others_are_no_refusal(call, text):
    assert not find_refusals(call("I: How many?", f"C: {text}")[1])


@pytest.mark.parametrize(
    "text",
    [
        "In money I will not say.",
        "If you ask me, that one I can't give you.",
        "The rate, I couldn't tell you.",
        "Can't say, sorry.",
        "It's a big one, I can't say who.",
        "I can't tell you how much it was.",
    ],
)
def test_the_speaker_or_nobody_named_declines(call, text):
    assert find_refusals(call("I: How much?", f"C: {text}")[1])


@pytest.mark.parametrize(
    "text",
    [
        "They don't want to say it aloud to a stranger.",
        "A shopkeeper will not give you a bug report.",
        "We can't go on like this if we can't answer the phone.",
        "I don't think you can put a number on that.",
        "It did help, I won't say that it didn't.",
        "I'm not going to say it's magic.",
        "I'd not say that the whole of it comes from the software.",
        "I can't tell you how tired we were.",
        "I can't say enough about Piers.",
        "I couldn't get the door open.",
    ],
)
def test_others_doubts_denials_and_degrees_refuse_nothing(call, text):
    assert not find_refusals(call("I: How was it?", f"C: {text}")[1])


@pytest.mark.parametrize(
    "text", ["I'll send it over.", "Let me check and get back to you.", "I'd have to look that up.", "You'll have it on Friday."]
)
def test_a_deferral_is_found(call, text):
    assert find_deferrals(call("I: How much?", f"C: {text}")[-1])


def test_an_interviewer_defers_nothing(call):
    assert not find_deferrals(call("C: Hello there.", "I: I'll send it over.")[-1])


SPEECH = "We have nine vans, and the wage bill has gone up over the last few years since we took on more people in the north."


@pytest.mark.parametrize(
    "text",
    [
        "If you don't mind I'd rather not say.",
        "Even if I knew I couldn't say.",
        "Unless legal says otherwise we can't share that.",
        "We can't say how profitable that route is.",
        "I can't tell you how profitable it is. Legal.",
        "I can't say that the price was that, sorry, NDA.",
        "I'm not going to give you the number because we're in the middle of talks with the union. Sorry. It was a lot though.",
    ],
)
def test_a_refusal_at_the_end_of_an_answer_leaves_nothing_to_press(call, text):
    reading = call("I: How much was it?", f"C: {SPEECH} {text}")[-1]
    assert stands_refused(reading, find_refusals(reading))


@pytest.mark.parametrize(
    "text",
    [
        "We can't go on like this if we can't answer the phone. It got slower.",
        "I can't tell you how tired we were. We were down to two people.",
        "It did help, I won't say that it didn't. And then it stopped.",
    ],
)
def test_what_only_sounds_like_a_refusal_leaves_an_answer_to_be_asked_about(call, text):
    reading = call("I: How much was it?", f"C: {SPEECH} {text}")[-1]
    assert not stands_refused(reading, find_refusals(reading))
