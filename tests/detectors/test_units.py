"""What bare numbers leave out, and what they count: read through the quantities in context of a customer's last turn."""

from __future__ import annotations

import pytest

from copilot.background import Background, Customer
from copilot.mentions import find_mentions

from ..conftest import call, readings


def counted(*rows: str, facts: str = "") -> list[tuple[float, str | None]]:
    """Return the values and units of a call's last turn."""
    background = Background(vendor="Pinecone Hill", product="Shelfmark", customer=Customer(company="Acme", facts=[facts] if facts else []))
    return [(float(m.quantity.low), m.unit) for m in find_mentions(readings(call(*rows), background)[-1])]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (
            "Six hundred and ten thousand pieces a week. Four twenty go through here and a hundred and ninety at Darlington.",
            [610, 420, 190],
        ),
        ("A van costs forty thousand pounds a year? Forty, fifty, somebody will know.", [40, 40]),
    ],
)
def test_numbers_after_one_of_thousands_may_leave_them_out(text: str, values: list[int]) -> None:
    assert [value for value, _ in counted("I: How much is it?", f"C: {text}")] == [value * 1000 for value in values]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Theirs was forty grand. Yours was eighteen.", (18000, "usd")),
        ("Yours was eighteen grand, and four and a bit a year after.", (4000, "usd")),
        ("It's close to a hundred billion naira. When we started it was around thirty.", (30e9, "ngn")),
    ],
)
def test_a_bare_number_told_of_the_same_may_leave_out_a_scale(said: str, told: tuple[float, str]) -> None:
    assert counted("I: How much?", f"C: {said}")[-1] == told


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("It was forty grand up front, and four people.", 4),
        ("It cost forty thousand pounds. It was eighteen a seat.", 18),
        ("It's forty thousand pounds a month, and two hundred a day.", 200),
        ("It's forty thousand pounds a month, and thirty a day.", 30),
        ("We closed on 4.6 million passengers. Eleven is right. No, it's twelve.", 12),
        ("We spent forty grand. The team was eighteen.", 18),
        ("We saved 1.8 million dollars. That's the 7.4, without the boiler.", 7.4),
        ("We have three million players. Nine a week complain.", 9),
    ],
)
def test_a_bare_number_of_another_thing_leaves_out_no_scale(said: str, value: float) -> None:
    assert counted("I: How much?", f"C: {said}")[-1][0] == value


def test_a_colleague_leaves_out_the_scale_of_the_number_that_they_put_right() -> None:
    rows = ["I: How much?", "C: It was 14 million pounds. Now it is two and a half million.", "C: Two point six, if you take March."]
    assert counted(*rows)[-1] == (2.6e6, "gbp")
    assert counted(*rows, "C: Okay, 2.6, he is right.")[-1] == (2.6e6, "gbp")
    assert counted(*rows[:2], "C: And nine of us left.")[-1] == (9, "person")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Seven out of ten before, nine now.", (90, "percent")),
        ("We scored six out of twenty. Brackwater got seventeen.", (85, "percent")),
        ("About seven out of ten come back. We have thirty.", (30, "item")),
    ],
)
def test_a_bare_number_after_one_out_of_a_whole_is_of_that_whole(said: str, told: tuple[float, str]) -> None:
    found = counted("I: How did it go?", f"C: {said}")
    assert told in found


def test_the_notation_of_a_speaker_is_known_from_earlier_turns() -> None:
    rows = ["C: It took 6,4 hours.", "I: And the cable?", "C: We laid 1.125 metres."]
    assert counted(*rows)[-1] == (1125, "metre")
    assert counted("C: It took hours.", "I: Was it 6,4?", *rows[1:])[-1] == (1.125, "metre")


def test_a_word_for_much_is_nothing_that_is_counted() -> None:
    rows = ["I: How often do you deploy?", "C: Loads.", "I: How many is loads?", "C: Maybe five or six a day?"]
    assert counted(*rows)[-1][1] != "load"
    assert counted("I: How many loads do you wash?", "C: Maybe five or six a day.")[-1] == (5, "load")


def test_a_small_number_after_one_of_thousands_stays_small() -> None:
    assert counted("I: How big is it?", "C: We wash six hundred thousand sheets a year, and we have forty drivers.")[-1] == (40, "person")


@pytest.mark.parametrize(
    ("said", "units"),
    [
        ("Our NPS was 31 and the nurses like it.", ["point"]),
        ("The nurses' rating went from 3.1 to 4.4.", ["point"]),
        ("We have 31 nurses and the score is 70.", ["person", "point"]),
        ("Ask the 31 about the score.", ["person"]),
    ],
)
def test_the_first_bare_number_after_the_name_of_a_score_is_of_points(said: str, units: list[str]) -> None:
    assert [unit for _, unit in counted("I: How do the nurses like it?", f"C: {said}")] == units


@pytest.mark.parametrize(
    ("asked", "said", "units"),
    [
        ("And the NPS?", "It's 42 now, it was 12.", ["point"]),
        ("How are your ratings?", "Google has us at 4.7, it was 4.2.", ["point"]),
        ("How many ratings do you get?", "It's 42 now.", ["rating"]),
        ("And the ratings?", "Thirteen of the fourteen nurses like it.", ["person", "person"]),
        ("And the score?", "We have 31 nurses here.", ["person"]),
    ],
)
def test_the_first_bare_number_of_an_answer_to_a_question_for_a_score_is_of_points(asked: str, said: str, units: list[str]) -> None:
    assert [unit for _, unit in counted(f"I: {asked}", f"C: {said}")] == units


@pytest.mark.parametrize(
    ("asked", "said", "unit"),
    [
        ("What about agency nurses?", "Agency shifts went from sixty-two a week to nineteen.", "shift"),
        ("And what share is paid?", "Debtor days are fifty-eight.", "day"),
        ("How many volunteers?", "Volunteer hours went from 300 to 500.", "hour"),
        ("How many people?", "On most days we have forty.", "person"),
        ("How many people work there?", "We have nine on nights.", "person"),
        ("How is the ward run?", "We have twelve on nights.", "item"),
        ("What does a drop cost?", "Fourteen euros, and we had nine hundred of them.", "item"),
    ],
)
def test_a_bare_number_counts_what_its_clause_is_about(asked: str, said: str, unit: str) -> None:
    assert counted(f"I: {asked}", f"C: {said}")[-1][1] == unit


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("We have twelve thousand customers, and last week we lost eleven.", 11),
        ("We ship twenty thousand parcels a day, and of these sixty got lost.", 60),
        ("It's forty thousand pallets a month, and two hundred a day.", 200),
        ("We pay forty thousand pounds, forty.", 40000),
    ],
)
def test_a_bare_number_in_words_is_in_thousands_only_where_it_says_the_one_before_again(said: str, value: float) -> None:
    assert counted("I: How much is it?", f"C: {said}")[-1][0] == value


def test_a_price_after_a_price_may_leave_out_its_point() -> None:
    told = counted("I: How much?", "C: It was a dollar twenty, all of it. Three seventy-five is what the other half pays.")
    assert told == [(1.2, "usd"), (3.75, "usd")]


def test_a_count_after_a_large_amount_is_no_price() -> None:
    assert (375, "usd") in counted("I: How much?", "C: It was ninety dollars then. Three seventy-five for the other half.")


@pytest.mark.parametrize(
    ("facts", "unit"),
    [
        ("A dairy in Aarhus, Denmark", "dkk"),
        ("A dairy in Malmo, Sweden", "sek"),
        ("A dairy in Bergen, Norway", "nok"),
        ("A dairy in Denmark, whose robots come from Germany at 90,000 €", "dkk"),
        ("A dairy in Germany", "nok"),
        ("A dairy in Norway with a depot in Iceland", "nok"),
        ("", "nok"),
    ],
)
def test_crowns_are_those_of_the_customers_country(facts: str, unit: str) -> None:
    assert counted("I: What is a seat?", "C: It's 300 kroner.", facts=facts) == [(300, unit)]


def test_crowns_are_counted_where_no_money_is_called_so() -> None:
    assert counted("I: What do you make?", "C: We make 300 crowns.", facts="A dental laboratory in Leeds, England") == [(300, "crown")]


def test_a_number_of_thousands_and_its_partner_are_no_shares() -> None:
    said = "The bill dropped by about twenty-two percent. It was running at sixty-odd thousand a month and it's now under fifty."
    found = counted("I: What has changed?", f"C: {said}")
    assert [value for value, _ in found] == [22, 50000]
    assert found[1][1] == "usd"


RUNS = ("C: Emergency runs. Phone rings, you leave the trolley, you go.", "I: How often?")


def test_a_noun_that_may_be_a_verb_is_counted_where_a_sentence_is_only_it() -> None:
    assert counted(*RUNS, "C: Thirty a week.") == [(30, "run")]


@pytest.mark.parametrize("facts", ["went live with two wards", "about 420 beds", "30 lifts in two buildings", "a pilot of six months"])
def test_a_noun_of_the_background_that_nobody_said_is_not_counted(facts: str) -> None:
    assert counted(*RUNS, "C: Thirty a week.", facts=facts)[0][1] in {"run", "item"}


def test_a_noun_of_the_background_that_is_said_on_the_call_is_counted() -> None:
    rows = ("C: The wards do that by hand.", "I: Is that a lot of work?", "C: There are thirty.")
    assert counted(*rows, facts="went live with two wards") == [(30, "ward")]


@pytest.mark.parametrize(
    ("asked", "unit"),
    [
        ("How many emergency runs a week did you have?", "run"),
        ("How many runs a week was that?", "run"),
        ("How many line stops did you see?", "stop"),
        ("How many people ran that?", "person"),
    ],
)
def test_what_how_many_leads_to_is_counted_though_it_may_be_a_verb(asked: str, unit: str) -> None:
    assert counted(f"I: {asked}", "C: Thirty.") == [(30, unit)]


@pytest.mark.parametrize("asked", ["The emergency runs, for instance.", "And the emergency runs?"])
def test_a_noun_that_may_be_a_verb_is_counted_where_a_question_names_only_it(asked: str) -> None:
    assert counted(f"I: So, where are you now? {asked}", "C: Two.") == [(2, "run")]


@pytest.mark.parametrize("said", ["The machine runs. It never sleeps.", "He turns, and he waves."])
def test_a_verb_of_another_sentence_is_not_counted(said: str) -> None:
    assert counted(f"C: {said}", "I: How often?", "C: Thirty a week.")[0][1] not in {"run", "turn"}


@pytest.mark.parametrize(
    ("asked", "unit"),
    [("Of all spare part orders?", "percent"), ("Of all spare part orders, how many were late?", "order")],
)
def test_a_question_for_the_whole_of_a_share_asks_for_no_count(asked: str, unit: str) -> None:
    rows = ("I: How often did you ship a wrong part?", "C: We measured it once, it was 16 percent.", f"I: {asked}")
    assert counted(*rows, "C: Of the urgent ones. The normal ones were better, maybe 5.")[-1] == (5, unit)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("Is that good news?", "It's forty percent more, 294 in the last round, 412 on the same turbines in this one."),
        ("Seventy percent in what period?", "The full year, it was one hundred and twelve, against the three seventy-two."),
        ("And per day?", "So three percent of thirty-eight hundred is a hundred and fourteen, minus a little bit."),
    ],
)
def test_a_bare_number_of_more_than_a_hundred_is_no_share(asked: str, said: str) -> None:
    assert "percent" not in {unit for value, unit in counted(f"I: {asked}", f"C: {said}") if value > 100}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("What percentage growth did you see?", "About 150."),
        ("And utilisation in percent?", "115. It was 80."),
    ],
)
def test_a_growth_in_percent_may_be_more_than_a_hundred(asked: str, said: str) -> None:
    assert {unit for _, unit in counted(f"I: {asked}", f"C: {said}")} == {"percent"}


def test_a_number_by_which_somebody_else_puts_another_right_counts_the_same() -> None:
    said = "Twenty-two? I own it, I cut four days, I yell about towels. Twenty-two."
    assert counted("I: How many people?", f"C: {said}", "C: Twenty-three. You hired Bri.") == [(23, "person")]
