from __future__ import annotations

import pytest

from copilot.detectors.consent import agreed_by, assumed_by, find_consent, refused_by, settle

ASK = "I: Before we start, is it okay if I record this?"


def consent(readings):
    found = settle(event for reading in readings for event in find_consent(reading))
    return found.asked, found.granted


@pytest.mark.parametrize(
    "answer",
    [
        "Yes, go ahead.",
        "Sure.",
        "Fire away.",
        "Not at all, no.",
        "As long as I see it first.",
        "No, that's fine.",
        "It is, with one condition.",
        "You're grand.",
        "Long as nobody hums it at my leaving do.",
        "It has my blessing, and the cat's.",
        "Of course, not a worry.",
        "Certainly not a problem.",
    ],
)
def test_an_answer_that_agrees_grants(call, answer):
    assert consent(call(ASK, f"C: {answer}")) == (1, 2)


@pytest.mark.parametrize(
    "answer",
    [
        "I'd prefer that you don't.",
        "From the two of us it's a no.",
        "I'd have to ask our lawyer.",
        "I'd rather you didn't.",
        "No, sorry.",
        "I'm not comfortable with that.",
        "We're not allowed to be recorded.",
        "Absolutely not.",
        "Certainly not, I'm afraid.",
    ],
)
def test_an_answer_that_declines_does_not_grant(call, answer):
    assert consent(call(ASK, f"C: {answer}")) == (1, None)


def test_no_grants_where_the_question_was_whether_they_mind(call):
    assert consent(call("I: Would you mind if I recorded this?", "C: No.")) == (1, 2)


def test_a_question_back_puts_the_answer_off(call):
    readings = call(ASK, "C: Who gets to hear it?", "I: Just me.", "C: Then yes, that's fine.")
    assert consent(readings) == (1, 4)


def test_a_question_that_nobody_answers_stays_open(call):
    readings = call(
        "I: I'd like to record this, if that's all right. So, what do you do here?", "I: Hello?", "C: I run the night shift at the plant."
    )
    assert consent(readings)[1] is None


def test_a_yes_to_another_question_grants_nothing(call):
    readings = call(ASK, "C: Hang on, there's somebody at the door.", "I: No rush. So you run the plant?", "C: Yes, since May.")
    assert consent(readings) == (1, None)


def test_leave_in_so_many_words_grants_later(call):
    readings = call(ASK, "C: Let me ask my boss.", "I: Of course. What do you do?", "C: She says you can record, by the way.")
    assert consent(readings) == (1, 4)


def test_a_second_refusal_takes_the_grant_back(call):
    assert consent(call("I: Is it okay for you if I record this?", "C: Yes, fine.", "D: I'd rather you didn't.")) == (1, None)


def test_a_question_to_both_stands_where_the_second_one_is_called_upon_by_name(call):
    asked = ("I: I record these. Are you both comfortable with that?", "C: I am.")
    assert consent(call(*asked, "I: Lovely. D?", "D: Yeah, fine.")) == (1, 2)
    assert consent(call(*asked, "I: Lovely. Shall we start?", "D: Yeah, fine.")) == (1, None)


def test_a_question_to_both_waits_for_both(call):
    assert consent(call("I: I record these. Are you both comfortable with that?", "C: I am. Dana?", "D: Fine by me.")) == (1, 2)
    assert consent(call("I: I record these. Are you both comfortable with that?", "C: I am. Dana?", "D: I'd rather not.")) == (1, None)


@pytest.mark.parametrize(
    "text",
    [
        "It says recording up there. How are you?",
        "Is that a track record you're happy with?",
        "Your patient records moved over in May, is that right?",
        "What were you recording your hours on before?",
        "Would you record a delivery by hand in those days?",
        "Do you record your calls with customers?",
        "I see the recording is running. Coffee at last?",
    ],
)
def test_what_is_no_question_for_leave_is_left_alone(call, text):
    assert consent(call(f"I: {text}", "C: Yes, I'm well.")) == (None, None)


@pytest.mark.parametrize(
    "text",
    [
        "Would it bother you if this was recorded? Sound only.",
        "I need your quotes to be exact, so could the recorder be on?",
        "The transcript is paused at the moment. May I?",
        "I'll be recording, if you've nothing against it.",
        "May I keep a copy of what we say, for the writing-up?",
        "If you'd sooner I didn't record, say so.",
        "I'd want to hang on to this as a sound file. Is that something you can live with?",
    ],
)
def test_any_question_that_can_be_for_leave_is_one_as_the_call_begins(call, text):
    assert consent(call(f"I: {text}", "C: Yes, of course.")) == (1, 2)
    talk = [f"{who}: We were talking about the plant." for who in "IC" * 5]
    late = call(*talk, "I: Would it bother the drivers if their calls were recorded?", "C: Yes, it would.")
    assert consent(late) == (None, None)


def test_an_answer_in_other_words_is_what_the_interviewer_takes_it_for(call):
    assert consent(call(ASK, "C: Consider me wired.", "I: Lovely, it's running. So, what do you do?")) == (1, 2)
    assert consent(call(ASK, "C: My lawyer has views.", "I: Without, then. So, what do you do?")) == (1, None)


@pytest.mark.parametrize("answer", ["Could you just take notes?", "That one kindly avoid.", "Give it a miss.", "I'd sooner not."])
def test_a_refusal_can_be_roundabout(call, answer):
    assert consent(call(ASK, f"C: {answer}", "I: Thanks for saying. Shall we begin?", "C: Sure.")) == (1, None)


def test_asking_once_more_keeps_the_question_open(call):
    before = (ASK, "C: Depends. Is my lawyer present?", "I: I think your cat is.", "C: He'll have to do.")
    assert consent(call(*before, "I: So am I good to go?", "C: Yes, he nodded.")) == (1, 6)
    assert consent(call(*before, "I: So is he a rescue?", "C: Yes, from Leeds.")) == (1, None)


def test_a_change_of_mind_takes_the_grant_back(call):
    granted = (ASK, "C: Yes, fine.", "I: Great, so I'll just find the button.")
    assert consent(call(*granted, "C: Hang on, there's a tender. Leave it off, please.")) == (1, None)
    assert consent(call(*granted, "C: Hang on, there's a tender. Go on.")) == (1, 2)


def test_a_group_grants_it_with_its_first_yes_once_the_others_agree(call):
    answers = ("C: Fine.", "D: Yes, with the caveat that I see the text.")
    assert consent(call("I: I record these. Is everyone comfortable with that?", *answers)) == (1, 2)
    assert consent(call("I: C, D, is recording okay?", *answers)) == (1, 2)
    assert consent(call("I: Is recording okay with you, C?", *answers)) == (1, 2)
    assert consent(call("I: Is everyone okay with a recording?", "C: We are.", "D: Fine by me.")) == (1, 2)


def test_a_no_can_be_talked_round_until_it_is_taken_for_one(call):
    refused = (ASK, "C: I'd rather not.")
    assert consent(call(*refused, "I: Would it help if only I ever heard it?", "C: In that case, yes.")) == (1, 4)
    assert consent(call(*refused, "I: Notes it is.", "C: Great, okay, where do we start?")) == (1, None)
    assert consent(call(*refused, "I: What if I type along?", "C: Sure.")) == (1, None)


def test_a_nod_grants_where_somebody_says_so(call):
    assert consent(call(ASK, "C: [nods]")) == (1, 2)
    assert consent(call(ASK, "C: Um.", "I: You're nodding, I'll take that as a yes. What do you do?")) == (1, 2)
    assert consent(call(ASK, "C: Um.", "I: What do you do?")) == (1, None)


def test_the_question_can_take_up_the_customers_own(call):
    asked = "I: Not yet. I was going to ask, would you mind?"
    assert consent(call("C: Are you recording this?", asked, "C: No, go ahead.")) == (2, 3)
    assert consent(call("C: Are you in Leeds?", asked, "C: No, go ahead.")) == (None, None)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Recording's on, as we agreed by email. That's still all right?", True),
        ("This is being recorded for my notes, okay?", True),
        ("Recorder?", True),
        ("We record these as a matter of course. Shout if that's a problem.", True),
        ("Recording's on, as we agreed by email. Is that your garden in the window behind you, all right?", False),
        ("You were recorded at the fair. Where was it?", False),
    ],
)
def test_a_statement_asks_where_a_short_question_follows(call, text, asks):
    assert consent(call(f"I: {text}", "C: Yes.")) == ((1, 2) if asks else (None, None))


def test_only_the_vendors_side_asks(call):
    assert consent(call("C: Do you mind if I record this at my end?", "I: Not at all.", "C: Great.")) == (None, None)


def test_no_problem_is_no_refusal(call):
    assert consent(call(ASK, "C: For me no problem. Only, my director reads it first.")) == (1, 2)
    assert consent(call(ASK, "C: Ask the others. But me, no thanks.")) == (1, None)


def test_a_colleague_can_ask(call):
    assert consent(call("V: I've got the notetaker on, is everybody happy with that?", "C: Yes.")) == (1, 2)


@pytest.mark.parametrize(
    "asked",
    [
        "I'd like to record this so I can concentrate on listening. Is that alright with you?",
        "Do you mind if I hit record?",
        "Are you all right with me recording?",
        "I'm going to start the recording now if nobody objects.",
        "I'll record, just for my notes, unless you'd rather I didn't?",
        "Can I get your okay to record this call?",
        "Would it be okay to tape this?",
        "Is recording okay?",
        "Okay to record?",
        "Mind if I record?",
        "Happy for me to record?",
        "Just so I have your consent on tape: are you okay being recorded?",
        "We record these calls for internal use. Any problem with that?",
        "This call is being recorded. Is everyone comfortable with that?",
        "I have an AI notetaker in here. Are you okay with that?",
        "The bot that just joined is our transcription tool, is that okay?",
        "I'd love to capture this on video, only for my own notes, does that work for you?",
        "Could I ask your permission to record?",
        "Before anything else, may I have your permission for the recording?",
        "I want to make sure you're fine with me recording.",
        "I'd normally record these, it's only for me. Would that be a problem?",
        "Are we good to record?",
        "Good to record?",
        "So, recording. Yes or no?",
        "The recording's only for the write-up and gets deleted after. Can I go ahead?",
        "Shall I start the recording?",
        "Is it alright if I let the recorder run?",
        "I have the recorder here on the table. Is it okay for you when it runs?",
        "May I switch on the recording?",
        "It'd help me a lot to have this recorded. Any objections?",
        "You okay with this being recorded and transcribed?",
        "Let me ask formally, do I have your consent to record?",
        "I need to ask on the record whether you agree to being recorded.",
        "Are you happy for this to be recorded, just internally?",
        "I'm recording, is that cool?",
    ],
)
def test_leave_is_asked_for_in_many_ways(call, asked):
    lines = ["I: Good morning.", "C: Good morning, how's the weather?", f"I: Grey, as always. {asked}", "C: Yes, that's fine by me."]
    assert consent(call(*lines)) == (3, 4)


@pytest.mark.parametrize(
    "answer",
    [
        "Not a problem.",
        "You have my consent.",
        "Only if I get a copy.",
        "I don't see why not.",
        "Sorry, just closing the door. By all means.",
    ],
)
def test_leave_is_given_in_many_ways(call, answer):
    assert consent(call(ASK, f"C: {answer}")) == (1, 2)


@pytest.mark.parametrize(
    "answer",
    ["Could you just take notes instead?", "Notes are fine, but no recording.", "Legal won't let me.", "I'd be more comfortable without."],
)
def test_leave_is_refused_in_many_ways(call, answer):
    readings = call(ASK, f"C: {answer}", "I: No problem, I'll take notes. What do you do?", "C: I run the plant. Yes, that's me.")
    assert consent(readings) == (1, None)


def test_each_of_two_who_were_asked_agrees_for_one(call):
    readings = call("I: I record these. Are you both comfortable with that?", "C: I am.", "D: Sure, as long as I read it first.")
    assert agreed_by(e for r in readings for e in find_consent(r)) == {"C": 2, "D": 3}


def test_a_refusal_takes_back_what_its_speaker_agreed_to(call):
    readings = call("I: I record these. Are you both comfortable with that?", "C: I am.", "D: I'd rather you didn't.")
    assert agreed_by(e for r in readings for e in find_consent(r)) == {"C": 2}


@pytest.mark.parametrize(
    "said",
    [
        "Fine by me. I'd rather you didn't use my surname.",
        "Yes, fine. Only I have to ask the port authority before anything is printed.",
        "Of course. I'd have to clear the quotes with our press people.",
        "Ja, record. I'm not allowed to talk about the dispute, so don't ask.",
        "I'm not comfortable with cameras. But the voice, record it.",
    ],
)
def test_a_yes_stands_where_what_follows_only_keeps_something_out_of_the_story(call, said):
    assert consent(call(ASK, f"C: {said}")) == (1, 2)


@pytest.mark.parametrize(
    "said",
    [
        "Yes, I mean, actually I'd rather you didn't.",
        "Sure. Well, I'd rather you didn't record this.",
        "Fine. Only I'd have to ask our lawyers first.",
        "I'd rather you didn't use my name.",
        "Yeah. I'd rather you didn't, it's a delicate story.",
    ],
)
def test_a_yes_that_is_taken_back_or_never_given_grants_nothing(call, said):
    assert consent(call(ASK, f"C: {said}")) == (1, None)


def test_no_names_is_no_refusal_to_be_recorded(call):
    assert consent(call(ASK, "C: No names of the drivers, my friend.", "I: It's running, then. What do you do?")) == (1, 2)
    assert consent(call(ASK, "C: No tape, my friend.", "I: No tape, then. What do you do?")) == (1, None)


@pytest.mark.parametrize("answer", ["Strap in, my whole family is on the radio anyway.", "Stick me in the archive next to Churchill."])
def test_after_an_answer_in_unknown_words_the_interview_that_goes_on_makes_a_yes_to_confirm(call, answer):
    readings = call(ASK, f"C: {answer}", "I: So what does the depot do on a Monday?")
    events = [event for reading in readings for event in find_consent(reading)]
    assert consent(readings) == (1, 2)
    assert (agreed_by(events), list(assumed_by(events).values())) == ({}, [2])


def test_a_plain_yes_takes_the_place_of_one_that_was_assumed(call):
    readings = call(
        ASK, "C: Strap in, my family is on the radio anyway.", "I: So what do you do?", "C: You can record all of this, by the way."
    )
    events = [event for reading in readings for event in find_consent(reading)]
    assert (consent(readings), assumed_by(events)) == ((1, 4), {})


@pytest.mark.parametrize(
    "answer",
    [
        "I'd feel happier if it was the two of us and a pot of tea.",
        "Ask me that at the end.",
        "My husband wouldn't like that.",
        "Let's rather keep it informal.",
        "Well, that depends who hears it.",
        "Let me think about it.",
        "...",
    ],
)
def test_an_answer_in_unknown_words_that_hesitates_is_no_yes(call, answer):
    assert consent(call(ASK, f"C: {answer}", "I: So what does the depot do on a Monday?"))[1] is None


def test_no_yes_is_assumed_where_the_interviewer_comes_back_to_the_recording(call):
    answer = "C: Strap in, my whole family is on the radio anyway."
    assert consent(call(ASK, answer, "I: Is that a yes to the recording?")) == (1, None)
    assert consent(call(ASK, answer, "I: I'll take notes then. What does the depot do?"))[1] is None


@pytest.mark.parametrize(
    "text",
    [
        "Is it any trouble to you if my little gadget here remembers what we say?",
        "Would you be alright with me holding on to the audio until the piece is written?",
    ],
)
def test_words_that_requests_are_made_of_ask_as_the_call_begins(call, text):
    assert consent(call("I: Morning!", "C: Morning.", f"I: {text}", "C: Yes, of course.")) == (3, 4)


@pytest.mark.parametrize("text", ["Is it alright if I start with the easy ones?", "Would you mind if my colleague listened to your story?"])
def test_other_requests_are_none_for_leave_to_record(call, text):
    assert consent(call("I: Morning!", "C: Morning.", f"I: {text}", "C: Yes, of course."))[1] is None


def test_a_yes_to_a_request_in_unlisted_words_is_to_be_confirmed_unless_it_names_the_recording(call):
    asked = ("I: Morning!", "C: Morning.", "I: Is it any trouble to you if my little gadget here remembers what we say?")
    for answer, assumed in (("None at all.", [4]), ("Go ahead and record.", [])):
        events = [event for reading in call(*asked, f"C: {answer}") for event in find_consent(reading)]
        assert (settle(events).granted, list(assumed_by(events).values())) == (4, assumed)


@pytest.mark.parametrize("text", ["Are you happy for us to publish this on our website?", "Would you be happy to be quoted?"])
def test_leave_to_publish_is_at_most_to_be_confirmed_as_leave_to_record(call, text):
    events = [
        event for reading in call("I: Morning!", "C: Morning.", f"I: {text}", "C: Yes, of course.") for event in find_consent(reading)
    ]
    assert agreed_by(events) == {}


def test_a_question_without_a_word_for_keeping_what_is_said_is_none_for_leave(call):
    text = "So is the new shop the same one that you built with them? Did you buy them?"
    assert consent(call("I: Morning!", "C: Morning.", f"I: {text}", "C: Yeah, you could fill a shelf with that.", "I: How so?"))[0] is None


def heard(readings):
    """Return who agreed, whose yes is assumed and who refused, with the turns."""
    events = [event for reading in readings for event in find_consent(reading)]
    return agreed_by(events), assumed_by(events), refused_by(events)


@pytest.mark.parametrize(
    "answer",
    [
        "Hm, I'm not sure.",
        "That's not fine with me.",
        "I don't think that's okay.",
        "I can't say yes, sorry.",
        "Let me see if that's okay with my boss.",
        "It isn't okay, no.",
        "Sorry, that would not be fine.",
    ],
)
def test_a_yes_that_is_denied_or_supposed_is_none(call, answer):
    agreed, assumed, _ = heard(call(ASK, f"C: {answer}", "I: So what does the depot do?"))
    assert (agreed, assumed) == ({}, {})


@pytest.mark.parametrize(
    "answer",
    [
        "Yeah, no, that's fine.",
        "No, go ahead.",
        "I don't see why not.",
        "I couldn't be happier, yes.",
        "Sure, no secrets here.",
        "I don't see a problem.",
        "If you like, sure.",
        "The sound, yes. The picture, no.",
        "We can't very well object. Record.",
    ],
)
def test_a_yes_beside_another_denial_is_plain(call, answer):
    assert heard(call(ASK, f"C: {answer}"))[0] == {"C": 2}


@pytest.mark.parametrize("answer", ["Okay, hmm, no.", "Yes to talking, no to recording.", "Perhaps later, sure."])
def test_a_doubted_yes_is_to_be_confirmed(call, answer):
    assert heard(call(ASK, f"C: {answer}"))[:2] == ({}, {"C": 2})


def test_a_denied_yes_refuses_whether_or_not_they_were_asked_if_they_mind(call):
    assert heard(call("I: Do you mind if I record?", "C: No, it's not okay."))[:2] == ({}, {})
    assert heard(call("I: Do you mind if I record?", "C: No, it's okay."))[0] == {"C": 2}


@pytest.mark.parametrize("answer", ["Of course not.", "Absolutely not.", "No, of course not.", "Of course not, go ahead."])
def test_a_stressed_no_grants_where_the_question_was_whether_they_mind(call, answer):
    assert heard(call("I: Do you mind if I record?", f"C: {answer}"))[0] == {"C": 2}
    assert heard(call(ASK, f"C: {answer}"))[0] == {}


@pytest.mark.parametrize(
    "answer",
    [
        "I do mind a bit.",
        "Yes, I do mind.",
        "It's fine if you don't.",
        "It's okay if you don't record.",
        "I don't want that, I'd object.",
    ],
)
def test_a_refusal_that_overlaps_a_yes_refuses(call, answer):
    assert heard(call(ASK, f"C: {answer}"))[2] == {"C": 2}


def test_what_somebody_else_objects_to_is_no_yes(call):
    assert heard(call(ASK, "C: I can't, legal would object."))[0] == {}


@pytest.mark.parametrize("answer", ["I can't object to it.", "I don't think anyone would object.", "It's fine if you don't share it."])
def test_what_is_not_objected_to_is_a_yes(call, answer):
    assert heard(call(ASK, f"C: {answer}"))[0] == {"C": 2}


@pytest.mark.parametrize("answer", ["I do not have long. Yes, go ahead.", "I'm not sure it's fine on my side, the mic. Yes, record."])
def test_a_plain_yes_stands_after_a_sentence_that_doubts(call, answer):
    assert heard(call(ASK, f"C: {answer}"))[0] == {"C": 2}


def test_a_doubt_after_a_yes_leaves_it_to_confirm(call):
    assert heard(call(ASK, "C: Yes, go ahead. Well, I don't know that it's okay."))[:2] == ({}, {"C": 2})


def test_no_for_ones_part_refuses_unless_they_were_asked_if_they_mind(call):
    assert heard(call(ASK, "C: For my part no."))[2] == {"C": 2}
    assert heard(call("I: Would you mind if I recorded this?", "C: For my part no."))[0] == {"C": 2}


def test_who_refuses_is_known_until_they_agree(call):
    both = ("I: I record these. Are you both comfortable with that?", "C: Sure.", "D: I'd prefer not.")
    assert heard(call(*both)) == ({"C": 2}, {}, {"D": 3})
    talked_round = call(*both, "I: Would it help if only I ever heard it?", "D: In that case, yes.")
    assert heard(talked_round)[2] == {}


TALK = [f"{who}: We were talking about the plant." for who in "IC" * 6]


@pytest.mark.parametrize(
    "said",
    [
        "I've changed my mind about the recording.",
        "On second thoughts I don't want this recorded.",
        "I'd prefer the recording to be wiped after all.",
        "Please erase the tape.",
        "Then just delete the audio, would you?",
        "I'd rather not have this recorded.",
        "We want the recording deleted immediately.",
        "I need you to scrap that recording.",
        "Could you delete the recording?",
        "Could you please turn the recording off from here on?",
        "Would you mind wiping the recording?",
        "Would you mind stopping the tape?",
        "Please stop the recording.",
    ],
)
def test_a_yes_is_taken_back_at_any_time(call, said):
    readings = call(ASK, "C: Yes, of course.", *TALK, f"C: {said}")
    assert heard(readings) == ({}, {}, {"C": len(readings)})
    assert consent(readings) == (1, None)


@pytest.mark.parametrize(
    "said",
    [
        "Could you delete the recording once you have typed it up?",
        "We delete the recordings of the drivers every month.",
        "The auditors don't want a dispatch recorded twice.",
        "He changed his mind about the recorder and bought the other one.",
        "Could you delete the second sentence?",
        "The agents did not like to have any call recorded at first.",
        "I've changed my mind about recording every trip by hand.",
        "My boss said, please delete the audio, so we did.",
        "We want the recordings of the forklifts deleted automatically.",
        "Drivers don't want me taped to their phone, they say.",
        "Can you delete the audio in the tool?",
        "I'd rather have this recorded than not.",
        "Could you turn the recording screen off in the tool?",
        "We had to turn the recorder off.",
        "Nobody minds switching the pump off.",
    ],
)
def test_what_is_deleted_later_or_is_no_recording_of_the_call_takes_nothing_back(call, said):
    assert heard(call(ASK, "C: Yes, of course.", *TALK, f"C: {said}"))[0] == {"C": 2}


@pytest.mark.parametrize(
    ("answer", "agreed"),
    [
        ("Yes, go ahead and record, but switch it off when we get to pricing.", True),
        ("Sure, I'll tell you when to stop the recording.", True),
        ("Yes, and turn it off if I ask.", True),
        ("Yes, well, turn it off when you get a chance.", False),
        ("Turn it off, please.", False),
    ],
)
def test_to_switch_it_off_on_a_cue_is_no_refusal(call, answer, agreed):
    given, _, refused = heard(call(ASK, f"C: {answer}"))
    assert (bool(given), bool(refused)) == (agreed, not agreed)


@pytest.mark.parametrize("answer", ["Yes, but no video, please.", "Yes, with the camera off, please.", "Sure, if the camera stays off."])
def test_a_yes_without_the_camera_is_one(call, answer):
    assert heard(call(ASK, f"C: {answer}")) == ({"C": 2}, {}, {})


@pytest.mark.parametrize(
    "answer", ["No video, please, and no recording.", "Yes, but no recording, please.", "The camera is fine. But no tape."]
)
def test_a_no_to_the_recording_beside_the_camera_is_one(call, answer):
    assert heard(call(ASK, f"C: {answer}"))[0] == {}


TOLD = "I: Just to let you know, I'm recording."


@pytest.mark.parametrize(
    "said", ["Feel free to record this.", "You're welcome to record this if it's easier.", "I don't mind if you record."]
)
def test_an_offer_that_nobody_asked_for_is_a_yes_to_confirm(call, said):
    assert heard(call("I: Hello, good to meet you.", f"C: {said}")) == ({}, {"C": 2}, {})


def test_a_notice_is_answered_by_a_yes_to_confirm_or_a_no(call):
    assert heard(call(TOLD, "C: That's fine.")) == ({}, {"C": 2}, {})
    assert heard(call(TOLD, "C: Oh. I'd rather you stopped.")) == ({}, {}, {"C": 2})


def test_what_answers_another_question_answers_no_notice(call):
    assert heard(call(f"{TOLD} So, how are you?", "C: Fine, thanks.")) == ({}, {}, {})
    assert heard(call(TOLD, "C: We make pumps for breweries.")) == ({}, {}, {})
    assert heard(call("I: Tell me of the tool.", "C: You can record in it, and users feel free to record more.")) == ({}, {}, {})
