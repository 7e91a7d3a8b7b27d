from __future__ import annotations

import pytest

from copilot.background import Background
from copilot.detectors.contradictions import Clash
from copilot.engines.rules import detect
from copilot.findings import Contradiction
from copilot.guide import Guide
from copilot.ledger import Ledger
from copilot.session import Session

from ..conftest import call, readings


def found_clashes(*rows: str, facts: tuple[str, ...] = ()) -> list[Clash]:
    background = Background.model_validate({"customer": {"facts": facts}})
    ledger, out = Ledger(background, Guide.default()), list[Clash]()
    for reading in readings(call(*rows), background):
        found = detect(reading, ledger)
        ledger.add(reading, found)
        out += found.clashes
    return out


def clashes(*rows: str, facts: tuple[str, ...] = ()) -> list[Contradiction]:
    return [c.finding for c in found_clashes(*rows, facts=facts)]


# Against the background


def test_a_count_that_differs_from_the_background_is_found() -> None:
    (found,) = clashes("I: I have 86 lorries in my notes, correct?", "C: Ninety-one. We bought five in April.", facts=("86 lorries",))
    assert found.turns == (2,)
    assert "background: 86" in found.text
    assert "Ninety-one" in found.text


def test_a_count_that_fits_a_bound_of_the_background_is_none() -> None:
    assert clashes("I: How many clinics do you serve?", "C: We serve 212 clinics.", facts=("more than 200 clinics",)) == []


def test_a_fact_that_was_put_to_the_customer_is_held_against_the_number_that_answers_it() -> None:
    said = "C: Four is right. Beds is 812, since April."
    (found,) = clashes("I: I have four hospitals and 780 beds in my notes.", said, facts=("780 beds",))
    assert (found.turns, "812" in found.text) == ((2,), True)


def test_a_number_that_comes_later_in_the_answer_is_not_held_against_it() -> None:
    said = "That is right. We put one in every town of the valley, and on a Sunday we get 700 visitors."
    assert clashes("I: I have 780 beds.", f"C: {said}", facts=("780 beds",)) == []


def test_a_number_that_the_customer_confirms_is_none() -> None:
    assert clashes("I: I have 64 vans in my notes, correct?", "C: Yes. Sixty of them are electric by now.", facts=("64 vans",)) == []


def test_a_count_of_a_part_is_no_contradiction() -> None:
    assert clashes("I: And the new ones?", "C: We have got 70 more lorries on order.", facts=("86 lorries",)) == []


def test_a_count_that_is_asked_for_by_its_noun_is_held_against_the_background() -> None:
    (found,) = clashes("I: And how big is the newsroom?", "C: Eleven, with me.", facts=("newsroom of 14",))
    assert (found.turns, "14" in found.text) == ((2,), True)


def test_an_answer_without_a_word_contradicts_nothing() -> None:
    assert not clashes("I: How many agents do you have now?", "C: …", facts=("1,850 agents",))
    assert clashes("I: How many agents do you have now?", "C: … Two thousand one hundred.", facts=("1,850 agents",))


def test_a_count_that_the_customer_knows_to_be_outdated_is_found() -> None:
    said = "C: It has grown. In rooms, two hundred and four. You'll have 198, the website still says it."
    (found,) = clashes("I: Tell me about the place.", said, facts=("198 rooms",))
    assert "two hundred and four" in found.text


def test_the_month_of_an_answer_is_held_against_the_one_of_the_notes() -> None:
    rows = ("I: I have it that you signed the contract in January, is that right?", "C: The contract was in April. Then it went fast.")
    (found,) = clashes(*rows, facts=("contract signed in January 2023",))
    assert found.text == "background: contract signed in January 2023 / The contract was in April."


def test_a_cutover_is_the_end_of_a_rollout() -> None:
    rows = ("I: I have you as live in September, is that right?", "C: In September we ran both. The cutover was in January.")
    assert clashes(*rows, facts=("live since September 2023",))


def test_a_number_that_the_notes_have_otherwise_is_held_against_them_once() -> None:
    told = "C: Two hundred twelve is the website, yeah. So 198 shops on our platform and 212 with our sign over the door."
    rows = ("I: How big are you?", "C: So shops is 198.", "I: Can I check that? I've got 212 shops on my sheet.", told)
    (found,) = clashes(*rows, facts=("212 shops",))
    assert found.turns == (2,)


def test_the_month_of_another_step_of_the_project_is_none() -> None:
    rows = ("I: I have it that you signed the contract in January. Is that right?", "C: That's it. We went live in April.")
    assert clashes(*rows, facts=("contract signed in January 2023",)) == []


def test_a_month_that_was_only_planned_is_none() -> None:
    rows = ("I: I have it that you went live in June, is that right?", "C: It was meant to be live in May. In June we were live.")
    assert clashes(*rows, facts=("live since June 2023",)) == []


# In arithmetic


def test_a_change_that_its_two_ends_do_not_bear_out_is_found() -> None:
    said = "C: Redeliveries went from 143 a month to 61 a month. So they are down eighty percent."
    (found,) = clashes("I: What happened to redeliveries?", said)
    assert "57.3 percent" in found.text


def test_a_change_that_fits_its_two_ends_is_none() -> None:
    said = "C: Redeliveries went from 143 a month to 51 a month. So they are down 64 percent."
    assert clashes("I: What happened to redeliveries?", said) == []


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("It's ninety percent less, from 730 to 95.", 1),
        ("It's down forty percent, from 500 to 285.", 1),
        ("It's about ninety percent less, from 730 to 95.", 0),
        ("It's ninety percent less, from 730 to 79.", 0),
        ("It's down by a third, from 300 to 208.", 0),
        ("It's halved, from 500 to 265.", 0),
    ],
)
def test_a_round_change_in_percent_has_to_fit_unless_it_is_hedged_or_a_fraction(said: str, found: int) -> None:
    assert len(clashes("I: How many tickets do you get now?", f"C: {said}")) == found


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("It went from twelve percent to four this year, and that's a fifty percent reduction.", 1),
        ("It went from twelve percent to four, so that's down by half.", 1),
        ("It went from twelve percent to four, which is a two-thirds reduction.", 0),
        ("It went from twelve percent to four, and the calls are down twenty percent.", 0),
    ],
)
def test_a_change_that_is_tied_to_its_two_ends_is_held_against_them_however_far_it_is_off(said: str, found: int) -> None:
    assert len(clashes("I: What happened to the errors?", f"C: {said}")) == found


def test_points_beside_percentages_are_reconciled() -> None:
    assert clashes("I: And email?", "C: Email's share went from 18 percent to 26 percent. So it is up eight percent.") == []


def test_a_change_in_words_is_held_against_the_figures_that_are_asked_for_next() -> None:
    rows = ("C: Picking is up by a half.", "I: From what to what, exactly?", "D: It went from 300 lines an hour to 372 lines an hour.")
    (found,) = clashes(*rows)
    assert (found.turns, "which is 24 percent" in found.text) == ((1, 3), True)


def test_figures_that_bear_out_a_change_in_words_are_none() -> None:
    rows = ("C: Picking is up by a half.", "I: From what to what, exactly?", "D: It went from 300 lines an hour to 450 lines an hour.")
    assert clashes(*rows) == []


def test_figures_of_another_direction_are_not_held_against_a_change() -> None:
    rows = ("C: Picking is up by a half.", "I: And what about errors, from what to what?", "D: They went from 90 errors a day to 60 a day.")
    assert clashes(*rows) == []


def test_more_than_two_thirds_is_held_against_a_smaller_change() -> None:
    said = "C: Complaints went from 310 a month to 120 a month. So we've reduced them by more than two thirds."
    assert [c.turns for c in clashes("I: And complaints?", said)] == [(2,)]


# Corrections


def test_another_customer_who_gives_another_number_at_once_corrects() -> None:
    (found,) = clashes("I: How big is the fleet?", "C: We have sixty-four vans.", "D: Fifty-eight. Six were sold in January.")
    assert (found.turns, "Fifty-eight" in found.text) == ((2, 3), True)


def test_another_customer_who_is_asked_whether_a_number_is_right_corrects() -> None:
    rows = (
        "I: What does a callback cost?",
        "C: A callback costs us 385 euros.",
        "I: Is that right, Dora?",
        "D: It's 412, from the ledger.",
    )
    (found,) = clashes(*rows)
    assert (found.turns, "412" in found.text) == ((2, 4), True)


def test_another_customer_who_is_asked_something_else_does_not_correct() -> None:
    rows = ("I: What does a callback cost?", "C: A callback costs us 385 euros.", "I: And how many jobs do you do?", "D: It's 412 a week.")
    assert clashes(*rows) == []


def test_another_customer_who_agrees_does_not_correct() -> None:
    assert clashes("I: How big is the fleet?", "C: We have sixty-four vans.", "D: Yes, sixty-four, and fifty-eight of them are new.") == []


def test_another_customer_who_adds_a_number_of_their_own_does_not_correct() -> None:
    assert clashes("I: How long do you spend on it?", "C: I need six weeks a year for it.", "D: Mine takes me four weeks.") == []


def test_a_number_that_held_for_a_part_alone_is_corrected() -> None:
    rows = (
        "I: And the results?",
        "C: Complaints are down by two thirds, right across the region.",
        "D: That's Kirkbride. The region's not that.",
    )
    assert [c.turns for c in clashes(*rows)] == [(2, 3)]


def test_a_statement_that_another_customer_denies_is_corrected() -> None:
    (found,) = clashes(
        "I: And security?", "C: It has been certified, since March.", "D: It isn't, there is no certificate. It was audited."
    )
    assert found.turns == (2, 3)


def test_an_exception_to_what_another_customer_said_of_all_is_found() -> None:
    (found,) = clashes(
        "I: How did people take it?", "C: Everybody loved it from the start.", "D: There was one holdout, old Pete in the yard."
    )
    assert found.turns == (2, 3)


def test_a_customer_who_takes_a_number_back_is_found_with_where_it_was_said() -> None:
    rows = (
        "I: What does it save?", "C: It saves us half a million euros a year.", "I: Great. And the audit?",
        "C: It went well. Sorry, I have just typed it in. That's not half a million euros, please write four hundred thousand.",
    )  # fmt: skip
    (found,) = clashes(*rows)
    assert (found.turns, "half a million" in found.text) == ((2, 4), True)


def test_a_customer_s_number_that_the_interviewer_repeated_is_the_one_taken_back() -> None:
    back = ("I: And the audit?", "C: It went well. I have just typed it in.", "I: How long?", "C: A day. That's not half a million euros.")
    (found,) = clashes("I: What does it save?", "C: It saves us half a million euros a year.", "I: Half a million euros a year!", *back)
    assert found.turns == (2, 7)
    (found,) = clashes("I: I heard half a million euros a year.", "C: It went well.", *back)
    assert found.turns == (1, 6)


def test_a_number_that_is_only_supposed_is_not_taken_back() -> None:
    rows = (
        "I: What does it save?",
        "C: It saves us half a million euros a year.",
        "I: Sure?",
        "C: Ask finance, and if it is not half a million euros then tell me.",
    )
    assert clashes(*rows) == []


def test_what_a_customer_said_to_somebody_else_is_not_taken_back() -> None:
    assert clashes("I: And your boss?", "C: I went in to him on the Monday and I said, I am not doing another one like that.") == []


def test_a_correction_of_something_that_cannot_be_found_is_none() -> None:
    assert clashes("I: Anything else?", "C: One moment. I misspoke before.") == []


def test_what_is_taken_back_in_its_own_words_is_found_where_it_was_said() -> None:
    rows = (
        "I: And how stable is it?", "C: We have had no unplanned downtime.", "I: Good. And the phones?",
        "C: Better. I said no unplanned downtime, that's wrong, there was a Sunday in November.",
    )  # fmt: skip
    (found,) = clashes(*rows)
    assert (found.turns, found.text.startswith("We have had no unplanned downtime.")) == ((2, 4), True)


@pytest.mark.parametrize(
    ("first", "last", "meant"),
    [
        ("We grew. It was calm from day one. People queued.", "It wasn't calm, the first weeks were rotten.", "It was calm from day one."),
        ("We never lost a parcel. That is my pride.", "It lost two in May, Carl.", "We never lost a parcel."),
        ("Nobody hit a cable. Not one cut all year.", "Three. By the ethanol plant.", "Not one cut all year."),
        ("It cost 385 euros a call. Ask anybody, it is Friday.", "It's 412 euros, Carl.", "It cost 385 euros a call."),
        ("Six weeks, and everybody was on it.", "That was the pilot. So it's nine months for both.", "Six weeks, and everybody was on it."),
    ],
)  # fmt: skip
def test_the_sentence_that_another_customer_means_is_the_one_told(first: str, last: str, meant: str) -> None:
    (found,) = clashes("I: And how did it go?", f"C: {first}", f"D: {last}")
    assert (found.turns, found.text.partition(" / ")[0]) == ((2, 3), meant)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("…", "It isn't slow, it is four weeks."),
        ("I used to lose a student every long weekend.", "We didn't cut any staff, by the way."),
        ("They don't put it in writing, but all the drivers wave.", "They love it. There's one who sent a cake."),
        ("Is that the horns? They're early. Dora, are they early?", "They're not early, it's five past."),
        ("We ran on umbrellas for nine days.", "The rest was calm. The release in June took a filter, and it was back after eight weeks."),
        ("The plan asks for thirty percent of visits from the poor quarters.", "And what we earn has to cover sixty percent of it all."),
    ],
)  # fmt: skip
def test_what_shares_no_subject_with_another_customer_s_words_corrects_nothing(first: str, last: str) -> None:
    assert clashes("I: And how did it go?", f"C: {first}", f"D: {last}") == []


@pytest.mark.parametrize(
    ("question", "said", "found"),
    [
        ("I have sixty-four people on my sheet.", "I run the mill. Started at ten. And it's sixty-one.", 1),
        ("I have sixty-four people on my sheet.", "I run the mill. Started at ten. Forty of them are mine.", 0),
        ("And who is on it?", "For 40 clinics it is direct, the other twenty still write.", 0),
        ("And how did it begin?", "I slept in 40 clinics and taught the nurses.", 0),
        ("How many clinics are there?", "It is 68 clinics now.", 1),
    ],
)
def test_a_count_of_all_there_is_now_is_held_against_the_background(question: str, said: str, found: int) -> None:
    assert len(clashes(f"I: {question}", f"C: {said}", facts=("64 people", "60 clinics"))) == found


def test_a_value_at_another_time_contradicts_nothing() -> None:
    rows = ("I: How long?", "C: A report takes eleven weeks.", "I: You said eleven weeks. What was it before?", "C: Nineteen weeks.")
    assert clashes(*rows) == []


def test_a_change_that_is_only_nearly_told_may_be_a_little_less() -> None:
    said = "C: Calls fell by nearly half. They went from 200 calls a day to 110 calls a day."
    assert clashes("I: And the calls?", said) == []


# Lengths of a rollout


def test_a_rollout_that_took_two_lengths_is_found() -> None:
    rows = (
        "I: How long did the rollout take?", "C: Three months and we were done.", "I: And how was support?", "C: Good, they answer.",
        "I: Anything that slowed you down?", "C: The port. It was eight months in all when you count it.",
    )  # fmt: skip
    assert [c.turns for c in clashes(*rows)] == [(2, 6)]


@pytest.mark.parametrize(("until", "found"), [("the end of February", 1), ("December", 0)])
def test_a_rollout_told_in_months_is_held_against_its_length(until: str, found: int) -> None:
    rows = (
        "I: How long did the rollout take?", "C: Three weeks and we were done.", "I: And how was support?", "C: Good, they answer.",
        "I: Anything that slowed you down?", f"C: The snow. The rollout was from November to {until}.",
    )  # fmt: skip
    assert len(clashes(*rows)) == found


def test_a_part_of_the_rollout_is_not_held_against_the_whole() -> None:
    rows = ("I: How long did the rollout take?", "C: Eight months.", "I: And the training?", "C: Each team had two weeks of training.")
    assert clashes(*rows) == []


def test_a_trial_that_took_two_lengths_is_found() -> None:
    rows = (
        "I: How did you decide?", "C: The trial was six weeks, here in the yard.", "I: And what is missing?",
        "C: Wind. It shut four times in the eight weeks of the trial.",
    )  # fmt: skip
    assert [c.turns for c in clashes(*rows)] == [(2, 4)]


def test_a_length_that_its_own_dates_do_not_bear_out_is_found() -> None:
    said = "We signed in February 2023. The first plant went live in June, and the last one in March 2024. So nine months, all told."
    (found,) = clashes("I: Give me dates.", f"C: {said}")
    assert found.text.endswith("which is 13 months")


def test_a_length_that_fits_its_dates_is_none() -> None:
    said = "We signed in the June, the first two were over in September, and the last one in March. So nine months, door to door."
    assert clashes("I: How long from the signing?", f"C: {said}") == []


# Claims of all and of none


def test_a_claim_of_none_is_held_against_cases_told_later() -> None:
    rows = (
        "I: Are services done on time?", "C: We've not missed a service since August.", "I: And the north?",
        "C: They were slack there, they missed six services over the winter.",
    )  # fmt: skip
    assert [c.turns for c in clashes(*rows)] == [(2, 4)]


def test_a_number_of_something_else_is_no_case_of_it() -> None:
    rows = (
        "I: Are services done on time?",
        "C: We've not missed a service since August.",
        "I: And the fleet?",
        "C: We run six services a day to the islands.",
    )
    assert clashes(*rows) == []


def test_a_full_rollout_is_held_against_who_is_left_out() -> None:
    rows = (
        "I: How did it end?",
        "C: By October we were fully live.",
        "I: So is every claim type on it by now?",
        "C: Everything but water. That is still Bev.",
    )
    assert [c.turns for c in clashes(*rows)] == [(2, 4)]


# What follows from it


def test_a_contradiction_that_nothing_explains_is_probed() -> None:
    session = Session()
    rows = call("C: Picking is up by a half.", "I: From what to what, exactly?", "C: It went from 300 lines an hour to 372 lines an hour.")
    updates = [session.hear(turn) for turn in rows]
    assert [(g.kind, g.severity) for g in updates[-1].gaps if g.kind == "inconsistent"] == [("inconsistent", "must")]


def test_a_correction_that_says_what_holds_is_settled() -> None:
    (clash,) = found_clashes("I: How big is the fleet?", "C: We have sixty-four vans.", "D: Fifty-eight.")
    assert clash.settled


def test_a_copy_of_a_call_remembers_on_its_own() -> None:
    session = Session()
    first, *rest = call("C: We have sixty-four vans.", "I: Is that right, sixty-four?", "D: Fifty-eight. Six were sold.")
    session.hear(first)
    other = session.copy()
    for turn in rest:
        other.hear(turn)
    assert (len(other.findings.contradictions), session.findings.contradictions) == (1, ())
    assert len(session.ledger.past.sentences) == 1


# What settles them


def settled(*rows: str) -> list[int | None]:
    session = Session()
    for turn in call(*rows):
        session.hear(turn)
    return [c.settled_by for c in session.findings.contradictions]


BOTH = ("I: How long was the rollout, all in?", "C: Five months for all forty.", "D: More like seven, if you count Wales.")


def test_a_customer_who_grants_what_another_one_said_settles_it() -> None:
    assert settled(*BOTH, "C: Oh, that's true, Wales was late. Seven.") == [4]
    assert settled(*BOTH, "I: Noted.", "C: Go with seven.") == [5]


def test_a_customer_who_insists_settles_nothing() -> None:
    assert settled(*BOTH, "C: No, five, I have the plan here.")[0] is None
    assert settled(*BOTH, "D: That's true, I have the plan here.")[0] is None


def test_a_length_of_something_else_is_no_length_of_the_rollout() -> None:
    rows = (
        "I: How long was the power out?",
        "C: Three and a half days.",
        "I: How long was the rollout, all in?",
        "C: Five months for all forty.",
    )
    assert clashes(*rows) == []


FLEET = ("I: How big is the fleet?", "C: We have sixty-four vans.", "D: Fifty-eight. Six were sold in January.")
LATER = ("I: And who drives them?", "D: Our own people.", "I: And the workshop?", "D: Two fitters.", "I: What should I print?")


def stands(*rows: str) -> list[str | None]:
    session = Session()
    for turn in call(*rows):
        session.hear(turn)
    return [c.stands for c in session.findings.contradictions]


def test_the_first_speaker_who_repeats_the_other_number_settles_it() -> None:
    assert settled(*FLEET, "C: Fifty-eight, then.") == [4]
    assert settled(*FLEET, "D: If you write sixty-four, the drivers will laugh at us.") == [None]


def test_a_speaker_who_says_to_use_the_other_one_s_figures_settles_it_at_any_distance() -> None:
    assert settled(*FLEET, *LATER, "C: Use hers, she's right.") == [9]
    assert settled(*FLEET, *LATER, "C: Use the photos of the yard.") == [None]
    assert settled(*FLEET, *LATER, "C: So I went to my wife about the vans and she said he's right about the paint.") == [None]


def test_a_figure_to_print_is_recognised_at_any_distance() -> None:
    assert settled(*FLEET, *LATER, "D: Print fifty-eight.") == [9]
    assert settled(*FLEET, *LATER, "D: Print ninety.") == [None]
    assert settled(*FLEET, *LATER, "D: Don't print sixty-four.")[0] is None


def test_a_correction_stands_until_the_first_speaker_insists_or_the_other_gives_way() -> None:
    assert stands(*FLEET) == ["last"]
    assert stands(*FLEET, "C: No, sixty-four, I have the list here.")[0] is None
    assert stands(*FLEET, "C: Go with sixty-four.") == ["first"]


def test_an_exception_after_another_question_corrects_nothing() -> None:
    rows = ("I: Who came?", "C: Everybody came to the opening.", "I: And the menu?", "D: There was one soup, with beans.")
    assert clashes(*rows) == []


@pytest.mark.parametrize(
    ("question", "said", "fact", "found"),
    [
        ("How much fabric is that?", "Twenty-six ton a day.", "22 tonnes of fabric a day (questionnaire)", 1),
        ("And how many clinics do you have?", "Forty-four clinics.", "38 clinics (company website)", 1),
        ("I have 52 shops on my sheet, is that right?", "Forty-six shops now, four closed.", "52 shops (company website)", 1),
        ("And how many clinics do you have?", "Thirty-eight clinics.", "38 clinics (company website)", 0),
        ("How was the weather?", "We waited there for forty-four minutes.", "38 clinics (company website)", 0),
        ("What did it cost you?", "Some days we lost nine hundred dollars.", "38 clinics (company website)", 0),
    ],
)
def test_a_number_is_held_against_a_fact_only_if_it_can_count_the_same(question: str, said: str, fact: str, found: int) -> None:
    assert len(clashes(f"I: {question}", f"C: {said}", facts=(fact,))) == found


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        ("C: Churn is down by thirty percent.", "D: It's twenty-four, off the sheet.", 1),
        ("C: We have nine hundred users on it.", "D: Eight hundred and forty users.", 1),
        ("C: My team sends forty offers a month.", "D: And in my team I have two interns, and a dog.", 0),
        ("C: Calls are down by thirty percent.", "D: And Anna walks home at five.", 0),
    ],
)
def test_a_number_of_another_customer_is_held_against_one_that_can_take_its_place(first: str, last: str, found: int) -> None:
    assert len(clashes("I: What has changed?", first, last)) == found


def test_two_numbers_that_are_asked_for_are_held_against_the_change_that_they_should_bear_out() -> None:
    call = ("I: And the result?", "C: The price is up by a third.", "I: From what to what?")
    (found,) = clashes(*call, "C: It was three pounds ten, that's for the year before, and it's three eighty-five now.")
    assert found.turns == (2, 4)
    assert clashes(*call, "C: It was three pounds ten, that's for the year before, and it's four thirteen now.") == []


def test_a_change_of_a_number_that_was_put_is_held_against_its_later_value() -> None:
    call = ("I: The bill, the one point three million. What is that now?", "C: Halved! We've halved it.", "I: Halved, okay, so six fifty?")
    (found,) = clashes(*call, "C: Well. Seven hundred and forty thousand, last year.")
    assert (found.turns, "43.1 percent" in found.text) == ((2, 4), True)
    assert clashes(*call, "C: Well. Six hundred and fifty thousand, last year.") == []


def test_another_customer_s_figures_are_held_against_a_change_in_words() -> None:
    said = "D: Water. 214,000 cubic metres in 2022, and 151,600 in 2025."
    (found,) = clashes("I: What has changed?", "C: We've halved the water.", "I: Dora, your face.", said)
    assert found.turns == (2, 4)


def test_what_another_customer_denied_and_a_turn_says_without_a_not_is_found() -> None:
    call = ("I: And on Thursdays?", "C: It's the busiest night. And we don't run it on Thursdays.")
    (found,) = clashes(*call, "D: We run it on Thursdays. We run it every night.")
    assert found.turns == (2, 3)
    assert clashes(*call, "D: We don't run it on Thursdays, no.") == []
    assert clashes(*call, "D: We run the laundry in the afternoon.") == []


def test_a_case_of_what_another_customer_said_never_happened_is_found() -> None:
    (found,) = clashes("I: And the lost ones?", "C: We haven't lost a single sample since March.", "D: We've lost two.")
    assert found.turns == (2, 3)
    assert clashes("I: And the lost ones?", "C: We haven't lost a single sample since March.", "D: We've hired two people.") == []


def test_a_small_number_that_is_denied_is_not_looked_for_far_back() -> None:
    between = [row for n in range(5) for row in (f"I: And thing {n}?", "C: It is fine.")]
    assert clashes("I: Who came?", "C: There were four, at the door.", *between, "I: And the queue?", "C: It just isn't four.") == []


def test_a_number_below_nothing_is_held_against_none() -> None:
    said = ("C: Minus thirty-eight degrees, on the worst night.", "D: It was thirty-five degrees in July.")
    assert clashes("I: How cold does it get?", *said) == []


@pytest.mark.parametrize("said", ["C: ...", "D: ...", "D: ?", "C: -"])
def test_a_turn_without_words_after_a_claimed_change_contradicts_nothing(said: str) -> None:
    assert clashes("I: And the scrap, the twenty?", "C: It halved.", said) == []


@pytest.mark.parametrize(
    ("said", "fact"),
    [
        ("We have eleven kilns, six of them brick and five steel.", "eleven kilns"),
        ("Forty-eight. Forty it was until the fire.", "48 kilns"),
        ("A hundred and forty-two thousand six hundred bottles.", "about 140,000 bottles"),
        ("We have fourteen kilns. Ten of the kilns are new.", "14 kilns"),
    ],
)
def test_a_part_a_past_and_a_rounded_number_contradict_no_fact(said: str, fact: str) -> None:
    assert clashes("I: How many do you have?", f"C: {said}", facts=(fact,)) == []


def test_a_number_that_corrects_the_known_one_still_contradicts_it() -> None:
    (found,) = clashes("I: You have 14 chairs, is that right?", "C: Fourteen chairs. No, liar, fifteen.", facts=("14 chairs",))
    assert "fifteen" in found.text


# Replies that are nothing but a number, and replies that count something else


FELL = ("I: What has changed?", "C: Turnaround came down from about four and a half hours to around two.")


def test_a_reply_that_is_nothing_but_another_value_disputes_the_last_one() -> None:
    (found,) = clashes(*FELL, "D: Two and a half. On a good day two.")
    assert (found.turns, found.stands) == ((2, 3), None)


@pytest.mark.parametrize("said", ["It takes me two and a half.", "Two and a half of us do it.", "Around two."])
def test_a_reply_that_says_more_or_the_same_disputes_nothing(said: str) -> None:
    assert clashes(*FELL, f"D: {said}") == []


def test_the_first_speaker_who_repeats_the_other_value_settles_it() -> None:
    session = Session()
    for turn in call(*FELL, "D: Two and a half.", "C: Two and a half in the winter, then."):
        session.hear(turn)
    (found,) = session.findings.contradictions
    assert (found.stands, found.settled_by) == ("last", 4)


def test_a_reply_to_how_many_of_another_thing_disputes_nothing() -> None:
    assert clashes("I: How is it?", "C: We run 120 trucks. Dora, how many drivers do we have?", "D: About a hundred.") == []


def test_a_reply_to_how_many_of_the_same_thing_disputes_the_number() -> None:
    (found,) = clashes("I: How is it?", "C: We run 120 trucks. Dora, how many trucks do we have?", "D: About a hundred.")
    assert found.turns == (2, 3)


def test_a_fall_to_less_than_a_bound_may_be_the_larger_one_that_is_claimed() -> None:
    said = "C: The bill dropped by about twenty-two percent. It was running at sixty thousand a month and it's now {} fifty."
    assert clashes("I: What has changed?", said.format("under")) == []
    assert clashes("I: What has changed?", said.format("exactly"))


# Two customers who complete each other


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("It took sixty days before we had this.", "Twenty-two days today."),
        ("We used to lose twelve crates a month.", "Eight crates a month now."),
        ("Eleven near misses last year, and the year before, I'd have to look it up.", "Nineteen. It was nineteen the year before."),
        ("We get three hundred tickets a week now. Before that I don't remember.", "Five hundred."),
        ("It takes two days now, and before the switch it was, Dora?", "Nine days."),
        ("Forty drivers in Easthaven.", "Twenty-five drivers at Dunmore."),
        ("We have forty drivers in Easthaven, and at Dunmore, Dora?", "Twenty-five drivers."),
        ("Forty drivers on the road.", "And twenty-five."),
        ("In the summer about a hundred and thirty a day. Winter, it's more like, um, I'd have to...", "Eighty-five."),
        ("On a good day twenty minutes. On a bad one it's...", "Ninety minutes."),
    ],
)
def test_a_customer_who_tells_of_another_time_or_place_corrects_nothing(first: str, last: str) -> None:
    assert clashes("I: How is it?", f"C: {first}", f"D: {last}") == []


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("We waited sixty days last year.", "Ninety days last year."),
        ("We used to lose twelve crates a month.", "It was twenty crates a month."),
        ("It took sixty days before we had this.", "No, it's ninety days."),
        ("Forty drivers in Easthaven.", "Twenty-five drivers in Easthaven."),
        ("We have forty drivers in Easthaven, and at Dunmore, Dora?", "Twenty-five in Easthaven."),
        ("We have forty drivers, don't we?", "Twenty-five drivers."),
        ("In the summer about a hundred and thirty a day. In the summer it's...", "Eighty-five."),
        ("We are up better than thirty percent.", "That is '23 and '25, and it's twenty-four."),
    ],
)
def test_a_customer_who_tells_of_the_same_time_and_place_corrects(first: str, last: str) -> None:
    assert len(clashes("I: How is it?", f"C: {first}", f"D: {last}")) == 1


def test_a_number_that_is_said_to_be_of_something_else_is_corrected_by_the_one_beside_it() -> None:
    (found,) = clashes("I: How long?", "C: The turn took ninety minutes.", "D: It was more like a hundred and ten. Ninety was the target.")
    assert (found.turns, found.stands, "hundred and ten" in found.text) == ((2, 3), "last", True)


@pytest.mark.parametrize("said", ["It was bad, and a hundred and ten once. Ninety was good.", "Ninety was the target."])
def test_a_number_that_nothing_names_otherwise_is_not_corrected(said: str) -> None:
    assert clashes("I: How long?", "C: The turn took ninety minutes.", f"D: {said}") == []


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Dora's right, I'm out of date.", 4),
        ("Dora is right.", 4),
        ("Carl's right.", None),
        ("Isidora's right.", None),
        ("I don't think Dora's right.", None),
        ("Ask Dora's right-hand man.", None),
        ("If Dora's right, we run fewer.", None),
    ],
)
def test_a_speaker_who_says_by_name_who_is_right_settles_it(said: str, found: int | None) -> None:
    assert settled(*FLEET, f"C: I have not counted them myself, {said}")[0] == found


@pytest.mark.parametrize(("last", "found"), [("E: It was one point four.", [None]), ("D: It was one point four.", [6])])
def test_to_use_hers_means_the_customer_who_spoke_last(last: str, found: list[int | None]) -> None:
    assert settled(*FLEET, "I: And the cost?", last, "C: Go with hers.") == found


COST = ("I: What does it cost?", "C: About four hundred thousand pounds a year.", "I: And the audit?")


@pytest.mark.parametrize(
    "said",
    [
        "Sorry, can I go back? I said four hundred thousand, it was three hundred and forty thousand. Use that one.",
        "It wasn't four hundred thousand, it was three hundred and forty thousand.",
        "I told you four hundred thousand. It's actually three hundred and forty thousand.",
        "I said four hundred, but it was three hundred and forty thousand.",
        "The four hundred thousand, that was the draft. The one for the board was three hundred and forty thousand.",
        "The four hundred thousand went to finance. Three hundred and forty thousand is better, use that figure.",
    ],
)
def test_a_figure_that_is_put_right_later_is_corrected_without_its_unit(said: str) -> None:
    (found,) = clashes(*COST, f"C: {said}")
    assert (found.turns, found.stands) == ((2, 4), "last")
    assert "three hundred and forty thousand" in found.text.split(" / ")[1].lower()


@pytest.mark.parametrize(
    "said",
    [
        "The four hundred thousand went to finance. Three hundred and forty thousand went to overtime.",
        "The four hundred thousand, that was the draft. We then had nine meetings.",
        "I said fifty thousand, it was sixty thousand.",
    ],
)
def test_a_figure_that_is_only_named_again_is_not_corrected(said: str) -> None:
    assert clashes(*COST, f"C: {said}") == []


@pytest.mark.parametrize(
    "rows",
    [
        ("I: Is that all nine stations?", "C: No, no, seven."),
        ("I: What has changed?", "C: The ground delays went from twenty-two a week to nine. Same seven stations."),
    ],
)
def test_a_part_of_what_is_known_contradicts_no_fact(rows: tuple[str, ...]) -> None:
    assert clashes(*rows, facts=("nine stations, turboprop fleet",)) == []


def test_another_count_still_contradicts_a_fact() -> None:
    assert clashes("I: I have nine stations in my notes, is that right?", "C: No, seven.", facts=("nine stations, turboprop fleet",))
