from __future__ import annotations

import pytest

from copilot.detectors.refusals import find_deferrals, find_refusals


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
    "text", ["I'll send it over.", "Let me check and get back to you.", "I'd have to look that up.", "You'll have it on Friday."]
)
def test_a_deferral_is_found(call, text):
    assert find_deferrals(call("I: How much?", f"C: {text}")[-1])


def test_an_interviewer_defers_nothing(call):
    assert not find_deferrals(call("C: Hello there.", "I: I'll send it over.")[-1])
