from __future__ import annotations

import pytest

from copilot.detectors.boundaries import find_boundaries, find_deferrals, find_refusals, mentions

STORY = "C: Our second warehouse flooded in March and we lost ninety pallets of seed."


def covered(readings):
    said, out = {}, set()
    for reading in readings:
        for boundary in find_boundaries(reading, said):
            assert reading.before or boundary.turn == reading.turn.turn
            out.update(boundary.covers)
        for word in mentions(reading):
            said.setdefault(word, []).append(reading.turn.turn)
    return out


@pytest.mark.parametrize(
    "text",
    [
        "We paid ninety thousand a year. Please don't put that in.",
        "We paid ninety thousand a year, and that's off the record.",
        "Off the record, we paid ninety thousand a year.",
        "Between us, the director wanted it stopped.",
        "The director wanted it stopped. That stays between us.",
        "This isn't for your article, but the director wanted it stopped.",
        "We're opening in Oslo, but that's not announced yet.",
        "The rate's forty a seat, which is confidential, so that can't go in.",
        "His name is Peter Voss. Keep his name out of it, would you?",
        "The fine was two million. I'd rather you didn't print that.",
        "The fine was two million. That's under NDA, I'm afraid.",
        "The fine was two million. You never heard that.",
        "We'd have gone under. No, strike that, please.",
        "The fine was two million dollars. Dont put that in.",
    ],
)
def test_a_boundary_bars_the_turn_that_holds_it(call, text):
    assert covered(call("I: Tell me more?", f"C: {text}")) == {2}


@pytest.mark.parametrize(
    "text",
    [
        "Off the top of my head, about ninety pallets.",
        "The contract between us and the supplier ran out in May.",
        "We run it on confidential computing nodes in two regions.",
        "Patient files are confidential data, so we keep them on site.",
        "She said don't put that in the van, and we drove off.",
        "We don't use it on Fridays.",
        "You keep the dust out of the motors with a filter.",
        "The pump needs to come out, so that's a permit.",
        "The inspector came for an unannounced visit in June.",
        "Our track record was poor and we wrote that down.",
        "They can't be used in the rain.",
        "I won't name them, but there were four of them.",
    ],
)
def test_words_that_only_look_like_a_boundary_bar_nothing(call, text):
    assert covered(call("I: Tell me more?", f"C: {text}")) == set()


def test_that_with_nothing_said_before_it_reaches_back_to_the_last_answer(call):
    assert covered(call("I: What happened?", STORY, "I: Goodness.", "C: Oh, sorry, don't put that in. They'd kill me.")) == {2}


def test_a_name_reaches_back_to_the_answers_that_hold_it(call):
    readings = call(
        "I: Who noticed?", "C: Wilma did, she was on the night shift then.", "I: And?", "C: Wilma rang me at four in the morning.",
        "I: And now?", "C: Leave Wilma out of it, if you would.",
    )  # fmt: skip
    assert covered(readings) == {2, 4}


def test_what_was_told_earlier_is_found_anywhere_in_the_call(call):
    lines = ["I: What happened?", STORY]
    for n in range(12):
        lines += [f"I: And question number {n}?", "C: It went well, we trained everybody in a week or so."]
    lines += ["I: Anything else?", "C: One more thing. What I said about the flooded warehouse, could you leave that out?"]
    assert covered(call(*lines)) == {2}


def test_a_colleague_of_the_speaker_bars_what_was_just_said(call):
    readings = call("I: How many?", "C: We went from seventy-one percent to seventy-eight.", "D: Sorry, those numbers have to come out.")
    assert covered(readings) == {2}


def test_the_talk_stays_off_the_record_until_it_is_back_on(call):
    readings = call(
        "C: Can we go off the record?", "I: Sure.", "C: The founder was against it from the start.", "I: Why?",
        "C: He had built the old tool himself.", "I: Thanks. Back on the record now. What came next?", "C: We signed in June with a pilot.",
    )  # fmt: skip
    assert covered(readings) == {3, 5}


def test_a_request_to_go_off_the_record_that_is_turned_down_bars_nothing(call):
    readings = call("C: Can we go off the record?", "I: No, I'd rather not, sorry.", "C: Fine, then we signed in June with a pilot.")
    assert covered(readings) == set()


def test_an_offer_to_leave_it_out_that_is_taken_bars_the_answer_before_it(call):
    assert covered(call("I: What happened?", STORY, "I: Do you want me to leave that out?", "C: Yes please.")) == {2}


def test_an_interviewers_promise_to_leave_it_out_bars_the_answer_before_it(call):
    assert covered(call("I: What happened?", STORY, "I: I'll leave that out. What came next?")) == {2}


def test_a_boundary_cites_the_words_of_its_turn(call):
    reading = call("I: What happened?", "C: We lost two million. That's not for your article, mind. Anyway.")[-1]
    (boundary,) = find_boundaries(reading)
    assert reading.turn.text[boundary.start : boundary.end] == boundary.text
    assert "two million" in boundary.text


@pytest.mark.parametrize(
    "text", ["I can't share that.", "I'd rather not say.", "That's not my number to give.", "No comment.", "I'm not allowed to say."]
)
def test_a_refusal_is_found(call, text):
    assert find_refusals(call("I: How much?", f"C: {text}")[-1])


@pytest.mark.parametrize("text", ["I can't complain about the weather.", "We can share a cab.", "She said I can't say, and left."])
def test_what_is_no_refusal_is_left_alone(call, text):
    assert not find_refusals(call("I: How much?", f"C: {text}")[-1])


@pytest.mark.parametrize(
    "text", ["I'll send it over.", "Let me check and get back to you.", "I'd have to look that up.", "You'll have it on Friday."]
)
def test_a_deferral_is_found(call, text):
    assert find_deferrals(call("I: How much?", f"C: {text}")[-1])


def test_an_interviewer_defers_nothing(call):
    assert not find_deferrals(call("C: Hello there.", "I: I'll send it over.")[-1])
