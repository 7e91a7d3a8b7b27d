from __future__ import annotations

import pytest

from copilot.detectors.boundaries.names import names_in

from .test_reach import reached

LOST = "C: Dr. Halloran, an eye surgeon, sent in her instruments on a Monday, and we gave the tray to the wrong ward."
WHERE = "C: At Orchard Mill, the old depot, the freezer stopped on a Sunday and nobody could reach the engineer."
SINCE = (
    "I: Oh no.",
    "C: We found it after four days, behind a laundry cart.",
    "I: What do you advise?",
    "C: Count your trays each Friday.",
)


def covered(readings):
    return reached(readings, "clear") | reached(readings)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Then Mrs. Abara came with her son.", [(("abara",), True)]),
        ("We serviced the lift at Orchard Mill in May.", [(("orchard", "mill"), False)]),
        ("We lost Larkfield Foods to a rival.", [(("larkfield", "foods"), False)]),
        ("It was Tomasz, and he was right.", [(("tomasz",), True)]),
        ("We asked Zephyr for a quote.", [(("zephyr",), None)]),
        ("Everyone in Accounts was on the NHS form by Friday.", [(("accounts",), False)]),
        ("Nobody minded. Training took a day.", []),
    ],
)
def test_names_are_told_from_other_words_with_a_capital_and_people_from_things(text, names):
    assert [(n.words, n.person) for n in names_in(text)] == names


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("One more thing, Dr. Halloran, can we use her story?", "Oh. No, not her name. You can say a surgeon."),
        ("Can we use her name?", "No, not her name."),
        ("And Dr. Halloran, are we alright to name her?", "No. Just say a customer."),
        ("Thank you.", "I'd rather you didn't use her name."),
        ("Thank you.", "Don't use Halloran by name, please."),
        ("Thank you.", "Please don't mention Halloran."),
    ],
)
def test_a_person_who_is_not_to_be_named_is_barred_where_the_name_was_told_and_the_advice_is_not(call, question, answer):
    readings = call("I: What went wrong?", LOST, *SINCE, f"I: {question}", f"C: {answer}", "I: Of course.", "C: Thanks.")
    assert 2 in reached(readings, "clear")
    assert covered(readings).isdisjoint({4, 6})


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Can we show photos of Orchard Mill?", "I'd have to ask. Maybe don't name the depot."),
        ("Can I name the depot?", "No, you can say a depot in the north."),
        ("Could I name them?", "Sadly not."),
        ("Thank you.", "The name of the depot isn't to go in."),
    ],
)
def test_a_place_that_is_not_to_be_named_is_barred_where_it_was_told(call, question, answer):
    readings = call("I: What went wrong?", WHERE, *SINCE, f"I: {question}", f"C: {answer}", "I: Of course.", "C: Thanks.")
    assert 2 in reached(readings, "clear")
    assert covered(readings).isdisjoint({4, 6})


def test_a_request_for_her_name_bars_a_person_and_no_place_that_was_told_later(call):
    readings = call("I: What went wrong?", LOST, "I: And then?", WHERE, "I: Thank you.", "C: Don't use her name, please.", "I: Of course.")
    assert covered(readings) == {2}


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Can I name the depot?", "Yes, of course, they would love it."),
        ("What did you name the project?", "We gave it the name Daybreak."),
        ("What helped?", "It's not the name that counts, it's the people."),
        ("What do you advise?", "Don't use a spreadsheet for it."),
    ],
)
def test_leave_to_name_and_talk_of_names_bar_nothing(call, question, answer):
    readings = call("I: What went wrong?", WHERE, *SINCE, f"I: {question}", f"C: {answer}", "I: Okay.", "C: Thanks.")
    assert reached(readings, "clear") == set()
    assert 2 not in covered(readings)


CREW = "C: I've a crew of eleven on the desks, it used to be nineteen."
RUNS = ("I: And before?", "C: An Access database and a lot of shouting.", "I: And results?", "C: Late runs went from nine percent to two.")


def test_a_request_reaches_the_turn_that_told_the_numbers_of_its_question_and_a_promise_makes_it_clear(call):
    asked = "C: Two of them retired. And I'd prefer we didn't go down that road in a public piece."
    readings = call("I: Who is there?", CREW, *RUNS, "I: And the crew, nineteen to eleven?", asked, "I: Understood, that's out.")
    assert {2, 8} <= reached(readings, "clear")
    assert covered(readings).isdisjoint({4, 6})


@pytest.mark.parametrize("answer", ["Yes, you can print that.", "That was the software, yes, and it was hard on everybody."])
def test_an_answer_that_asks_for_nothing_leaves_the_numbers_of_its_question_alone(call, answer):
    readings = call("I: Who is there?", CREW, *RUNS, "I: And the crew, nineteen to eleven?", f"C: {answer}", "I: Great.")
    assert covered(readings) == set()


@pytest.mark.parametrize("request_", ["Please keep the headcount out of the story.", "Leave the workforce out of it, please."])
def test_a_request_reaches_what_was_told_in_words_that_mean_the_same(call, request_):
    readings = call("I: Who is there?", CREW, *RUNS, "I: Thanks.", f"C: {request_}", "I: Of course.")
    assert reached(readings, "clear") == {2}


SOPHIE = ("I: Tell me who you are?", "C: Sure. My name is Sophie and I run the night desk here.", "I: And what did he say of it?")
TOOL = "said it was the best tool in twenty years, and he never says that."


@pytest.mark.parametrize(("who", "barred"), [("The foreman", set()), ("Old Jan Brek", {4})])
def test_his_name_is_that_of_the_man_who_was_asked_about_or_none(call, who, barred):
    lines = (*SOPHIE, f"C: {who} {TOOL}", "I: May I quote this?", "C: Please. But not his name.")
    assert covered(call(*lines)) == barred


def test_a_name_that_no_pronoun_ties_to_the_answer_before_may_be_one_told_earlier(call):
    lines = (*SOPHIE, f"C: It was {TOOL.removeprefix('said it was ')}", "I: Good.", "C: Please don't print the name, though.")
    assert 2 in covered(call(*lines))
