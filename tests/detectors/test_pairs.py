"""Values before and after: forms of words that settle them, pairs told across turns, and numbers that are no pair."""

from __future__ import annotations

import pytest

from copilot.background import Background
from copilot.findings import Amount, Metric

from ..conftest import call, heard


def metrics(*rows: str) -> tuple[Metric, ...]:
    """Return the metrics of a call."""
    return heard(call(*rows), Background(vendor="Pinecone Hill", product="Shelfmark")).findings.metrics


def pairs(*rows: str) -> list[tuple[object, object]]:
    """Return the likely values before and after of a call."""
    return [(m.likely_baseline.value, m.value) for m in metrics(*rows) if m.likely_baseline]


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("From forty tickets to nine a day.", 40, 9),
        ("The calls went from thirty thousand in the first season to twelve thousand in this one.", 30000, 12000),
        ("Closing the books was eleven days, and now it's four.", 11, 4),
        ("It used to be sixty returns a week, and these days we see about twelve.", 60, 12),
        ("It was a three-day job and it's a two-hour job now.", 3, 2),
        ("Seventeen days it was, start to finish, and it's twelve.", 17, 12),
        ("From plus two hundred to plus twelve.", 200, 12),
        ("We're up to ninety-one percent from eighty-three.", 83, 91),
        ("It's down to two hours from nine.", 9, 2),
        ("It takes fifteen minutes rather than two hours.", 2, 15),
        ("Before, forty calls a day. After, eleven.", 40, 11),
        ("Nine complaints this quarter. A year ago, twenty-six.", 26, 9),
        ("Last year it was 81 percent and this year it's 96.", 81, 96),
        ("It climbed to four point six from three point nine.", 3.9, 4.6),
        ("Last winter we'd a hundred and twelve remakes in the one month, and this January it said sixty-seven.", 112, 67),
        ("There were twenty-two counters across the three plants, there are six.", 22, 6),
        ("I had four clerks who typed it all in, I have two.", 4, 2),
        ("Fourteen months, from when we signed. It was meant to be six.", 6, 14),
        ("We were supposed to take nine weeks and it took thirteen.", 9, 13),
        ("We sit at 91 percent. It was seventy-eight.", 78, 91),
        ("It is nine weeks now. Sixteen was the old time.", 16, 9),
        ("We get nine point four tonnes, where it was eight point one.", 8.1, 9.4),
        ("Ninety percent of parents open them now, against forty percent with the paper ones.", 40, 90),
        ("Two tonnes of laundry a week, compared with three and a half before the cards.", 3.5, 2),
        ("Twenty-one days key to key versus forty-six.", 46, 21),
        ("The team books twenty-two meetings a month. Before that, thirteen.", 13, 22),
        ("It takes nine cleaners to turn the house. A year ago it took fourteen.", 14, 9),
        ("A repair comes in at a hundred and eighteen pounds. It'd been a hundred and sixty-five.", 165, 118),
        ("Two people, in the mornings. It used to be eleven, across the shifts.", 11, 2),
        ("Twenty-six lamps a shift, that was seventeen under the old system.", 17, 26),
        ("Fifteen minutes a trailer, rather than every two hours.", 2, 15),
        ("We started with sixty volunteers and today there are a hundred and ninety-five.", 60, 195),
        ("There were 2,800 people on the list; as of Friday there's 960.", 2800, 960),
        ("New starters were ten weeks in training, and we've brought that to six.", 10, 6),
        ("They'd mark eight hours a week. Now it's more like five.", 8, 5),
        ("Twenty-seven percent of miles, down to 21.", 27, 21),
        ("We were at fourteen percent. We sit at four.", 14, 4),
        ("Twenty-eight teams, so that's from nought, and that's across all twenty-eight.", 0, 28),
        ("Queues were twenty minutes, three years ago. Now they're five minutes.", 20, 5),
        ("Six months ago it was forty minutes, and now it's ten.", 40, 10),
        ("Our lead time was 74 days, it has come to 41.", 74, 41),
        ("You'd be waiting six weeks for your cheque. It's two weeks now.", 6, 2),
        ("A small machine, two hours. Now a small machine, eight minutes.", 2, 8),
        ("There were 900 unmatched entries. As we speak, below 40.", 900, 40),
        ("We were burning sixteen hundred litres a week, we're on thirteen hundred.", 1600, 1300),
        ("We went from losing one in ten to one in a thousand.", 10, 0.1),
        ("It came down, from 90 hours on 27 in the quarter.", 90, 27),
        ("Breakage has gone down by half, from like forty crates of glass to twenty.", 40, 20),
        ("Scrap, it fell of 7 for 2.5 percent.", 7, 2.5),
        ("They matched 98 percent in the trial. Our own people were doing 82.", 82, 98),
    ],
)
def test_a_form_of_words_settles_which_value_came_first(text: str, before: float, after: float) -> None:
    assert (before, after) in pairs("I: What has changed?", f"C: {text}")


@pytest.mark.parametrize(
    "text",
    [
        "We have fourteen hundred students, of which nine hundred are part-time.",
        "The plan was six months, and it took nine months.",
        "Price was forty percent and quality was thirty percent.",
        "Their quote was eighty thousand and yours was fifty thousand.",
        "Now it's fifteen stores. The next step is forty stores.",
        "Anywhere from two to five years.",
        "We had thirty thousand customer records, eleven thousand were duplicates.",
        "One was quoting 85,000 pounds for the licence alone, one was in 60,000 pounds.",
        "We get 400 calls a day. Now 30 of these are urgent.",
        "Forty percent went on function, thirty on price, twenty on rollout and ten on references.",
        "It used to be from a five to a nine in pain, every week.",
        "They rate it from one to ten.",
        "Last year it was eight points, and this year it's up by two points.",
        "It's ten minutes from the station and forty minutes from the airport.",
        "Eighty-one in a hundred pass.",
        "It's six months altogether, with one person of yours here two days in each week.",
        "It was forty in March, and that's across all twenty-eight.",
        "It costs four pounds a call versus thirty pence for the form.",
        "We picked fifty files, and it used to take two of my people nine days to pull them.",
        "Ten years ago, now it's five minutes.",
    ],
)
def test_parts_plans_rivals_and_ranges_are_no_before_and_after(text: str) -> None:
    assert pairs("I: Tell me about it.", f"C: {text}") == []


@pytest.mark.parametrize("named", ["pilot", "target"])
def test_a_number_of_a_pilot_or_a_target_takes_no_value_as_its_own_before(named: str) -> None:
    told = metrics("I: Tell me about it.", f"C: It was nine weeks at Easthaven, Jonas. Six was the {named}.")
    assert [(m.value, m.baseline) for m in told] == [(9, None), (6, None)]


@pytest.mark.parametrize("reply", ["Yes, exactly.", "That's right.", "Correct."])
def test_two_numbers_read_back_and_confirmed_are_a_pair(reply: str) -> None:
    told = ("I: How many reworks?", "C: We had fifty a shift.", "I: And today?", "C: Nine a shift.")
    assert pairs(*told, "I: So fifty to nine.", f"C: {reply}") == [(50, 9)]


@pytest.mark.parametrize(
    ("read_back", "reply"),
    [
        ("So fifty to nine.", "No, that was the other line."),
        ("So sixty to nine.", "Yes, exactly."),
        ("So fifty and nine.", "Yes, exactly."),
    ],
)
def test_what_is_denied_or_was_not_said_or_is_not_joined_is_no_pair(read_back: str, reply: str) -> None:
    told = ("I: How many reworks?", "C: We had fifty a shift.", "I: And the other line?", "C: Nine a shift.")
    assert pairs(*told, f"I: {read_back}", f"C: {reply}") == []


def test_a_question_about_the_same_thing_now_pairs_its_answer_with_the_earlier_one() -> None:
    told = ("I: How long did the truck wait take?", "C: About seventy-eight minutes.", "I: Who minded?", "C: The drivers did.")
    found = metrics(*told, "I: So, the truck wait. Where is it now?", "C: Thirty-four, on average.")[-1]
    assert (found.value, found.unit, found.likely_baseline and found.likely_baseline.value) == (34, "minute", 78)


def test_a_question_about_another_thing_now_pairs_nothing() -> None:
    told = ("I: How long did the truck wait take?", "C: About seventy-eight minutes.")
    assert pairs(*told, "I: And the night shift, how long is it now?", "C: Thirty-four minutes, on average.") == []


def test_a_question_that_refers_to_an_earlier_number_takes_nothing_from_the_answer_right_before() -> None:
    told = ("I: For how many airlines is it direct?", "C: For eleven airlines it's direct.")
    found = metrics(*told, "I: The big one, overproduction. You said 9.4. Where is it now?", "C: It's 3.8 now.")[-1]
    assert found.value == 3.8
    assert "airline" not in {found.unit, found.likely_baseline and found.likely_baseline.unit}
    assert pairs(*told, "I: Good. Where is it now?", "C: Nine airlines.") == []
    assert pairs(*told, "I: And now?", "C: Nine airlines.") == [(11, 9)]


def test_a_bare_answer_to_what_it_was_before_has_the_unit_of_the_value_now() -> None:
    told = ("I: How long does the night count take now?", "C: Twenty minutes.", "I: And the coffee?", "C: Fine.")
    assert pairs(*told, "I: What was the night count before?", "C: Seventy-four.") == [(74, 20)]


@pytest.mark.parametrize(
    "question", ["And what was it?", "What was it, roughly?", "What was it then?", "So what was it in February, right at the start?"]
)
def test_what_was_it_asks_for_a_value_as_a_sentence_of_its_own_or_with_a_time(question: str) -> None:
    assert pairs("I: How long is it?", "C: It takes nine minutes now.", f"I: {question}", "C: Forty minutes.") == [(40, 9)]


@pytest.mark.parametrize(
    "question", ["So why us, what was it?", "What was it with the roof?", "What was that like?", "What was it about the notebook?"]
)
def test_what_was_it_about_something_asks_for_no_value(question: str) -> None:
    told = ("I: How long is it?", "C: It takes nine minutes now.")
    assert pairs(*told, f"I: {question}", "C: It leaked. That cost us forty minutes.") == []


def test_a_period_is_not_taken_from_another_value_of_the_same_noun() -> None:
    far = ("I: And the people?", "C: They stayed.", "I: And the roof?", "C: It holds.")
    first, second = metrics("I: And the tubes?", "C: Forty-nine tubes came back with frost.", *far, "C: We sent 300 tubes in October 2024.")
    assert (first.value, first.period) == (49, None)
    assert second.value == 300


def test_a_range_of_months_is_one_period() -> None:
    (found,) = metrics("I: And the output?", "C: From January to October we made four thousand pallets.")
    assert found.period == "From January to October"


@pytest.mark.parametrize(
    ("question", "reply"),
    [
        ("And the surcharges, the hundred and eighty-six thousand, where are you today?", "Sixty-one thousand pounds."),
        ("You told me a hundred and eighty-six thousand. Where are you now?", "Yes. Last year it was sixty-one thousand."),
        ("And the surcharges, the hundred and eighty-six, how's that?", "Sixty-one thousand pounds, in 2024."),
    ],
)
def test_the_number_that_a_question_names_is_the_value_before_of_its_answer(question: str, reply: str) -> None:
    (found,) = metrics(f"I: {question}", f"C: {reply}")
    assert (found.baseline and found.baseline.value, found.value) == (186_000, 61_000)


@pytest.mark.parametrize(
    ("question", "reply"),
    [
        ("And the firm, how big is it? I had two hundred and twelve from the press.", "Two hundred and forty."),
        ("And the eleven minutes, do you know what it was before?", "Thirty-four minutes."),
        ("So around two thousand now?", "Two thousand two hundred last month."),
        ("It's in use at all nine depots?", "Ten now."),
        ("Forty seconds, from twenty-six minutes. Wow. Great stuff. And the builds, how are they now?", "Eleven minutes, give or take."),
    ],
)
def test_the_number_of_a_question_that_checks_it_or_asks_back_is_no_value_before(question: str, reply: str) -> None:
    assert not any(m.baseline for m in metrics(f"I: {question}", f"C: {reply}"))


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("Where we needed nine people, we need two.", 9, 2),
        ("What took nine people takes two.", 9, 2),
        ("Instead of nine people it's two.", 9, 2),
        ("Instead of the planned six months it took ten.", 6, 10),
        ("Eleven tools became three.", 11, 3),
        ("We started with four clinics; we're at forty.", 4, 40),
        ("The old system took forty seconds. This one, two.", 40, 2),
        ("It's eighteen thousand now, from sixty.", 60000, 18000),
    ],
)
def test_a_value_before_may_be_led_by_instead_where_or_the_old_one(text: str, before: float, after: float) -> None:
    assert (before, after) in pairs("I: What has changed?", f"C: {text}")


@pytest.mark.parametrize("text", ["It went up by three hundred, to twelve hundred.", "Eighteen vans are, four are too old."])
def test_a_change_and_parts_of_a_fleet_are_no_values_before(text: str) -> None:
    assert pairs("I: And the vans?", f"C: {text}") == []


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("We doubled it, from twenty to forty.", "item"),
        ("It went up forty percent, from fifty to seventy.", "item"),
        ("The share went up, from fifty percent to seventy.", "percent"),
    ],
)
def test_by_how_much_values_change_is_not_what_they_count(text: str, unit: str) -> None:
    assert metrics("I: What has changed?", f"C: {text}")[-1].unit == unit


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("We did forty a day last winter, and this winter it's sixty a day.", "per day, this winter"),
        ("Downtime's three hours a month; last year it was eleven.", "per month"),
        ("The backlog was 1,900 cases in January and it's 340 today.", None),
        ("Seventy-eight percent are satisfied, up from sixty-two in the 2023 survey.", None),
        ("We've eighty tills against the fifty-five we had in 2022.", None),
        ("It went from sixty tills in 2021 to nine in 2023.", "in 2023"),
        ("In 2023 it went from sixty tills to nine.", "In 2023"),
        ("It saved £12,000 in the first year and thirty thousand in the second.", None),
        ("In the 2023 survey it was sixty-two percent.", "2023"),
    ],
)
def test_the_time_of_another_value_is_no_period_of_a_value(text: str, period: str | None) -> None:
    assert metrics("I: What has changed?", f"C: {text}")[-1].period == period


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("We had eleven falls a month. It's three now.", "per month"),
        ("The desk had twelve calls a week. Last month it was two.", "Last month"),
        ("It was sixty minutes a week, and now it's two hours.", None),
    ],
)
def test_a_bare_value_after_is_told_at_the_rate_of_the_value_before(text: str, period: str | None) -> None:
    assert [m.period for m in metrics("I: What has changed?", f"C: {text}") if m.baseline] == [period]


def test_a_number_stays_where_it_is_hardly_the_value_before_of_the_next() -> None:
    told = metrics("I: How many players?", "C: Two hundred thousand daily players, peak concurrency of thirty-one thousand.")
    assert [m.value for m in told] == [200000, 31000]
    assert not any(m.likely_baseline for m in told)


@pytest.mark.parametrize(
    ("question", "reply", "name"),
    [
        ("What are your biggest challenges?", "Well, we're three hundred people now.", "people"),
        ("How many drivers have you got?", "Three hundred people.", "drivers"),
    ],
)
def test_only_how_many_names_the_people_who_are_counted(question: str, reply: str, name: str) -> None:
    assert metrics(f"I: {question}", f"C: {reply}")[-1].measures == name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The rooms with it gave twenty-nine kilos, and the rooms without twenty-seven.", [(27, 29)]),
        ("It was thirty spots a room, now maybe ten. But last winter it was again twenty-five.", [(30, 10)]),
    ],
)
def test_what_is_with_and_without_and_what_is_again_have_their_places(text: str, expected: list[tuple[object, object]]) -> None:
    assert pairs("I: And what changed?", f"C: {text}") == expected


@pytest.mark.parametrize(
    "text",
    [
        "By summer we did seven hundred a day. The record's eleven hundred and four.",
        "Below forty percent you get a yellow light, below twenty it's red.",
        "We had eleven hundred hives and we lost a hundred and forty.",
    ],
)
def test_a_record_a_threshold_and_a_loss_are_no_value_before(text: str) -> None:
    assert pairs("I: And what changed?", f"C: {text}") == []


def test_a_past_value_and_what_it_is_more_like_are_before_and_after() -> None:
    assert pairs("I: What has changed?", "C: It was about thirty-five pages a week and it's more like four.") == [(35, 4)]


@pytest.mark.parametrize(
    "said", ["I thought it was thirty-five pages a week and it's more like forty.", "It's thirty-five pages a week, no, more like forty."]
)
def test_a_value_that_is_put_right_is_none_before(said: str) -> None:
    assert pairs("I: What has changed?", f"C: {said}") == []


def test_what_is_wanted_is_no_value_of_today() -> None:
    said = "C: We've got six teams on it and we want all fourteen by the end of this year."
    assert [m.baseline for m in metrics("I: What has changed?", said)] == [None, None]


@pytest.mark.parametrize("said", ["Around four hundred tickets a week.", "Around four hundred."])
def test_a_bare_and_now_is_about_the_answer_before_it(said: str) -> None:
    rows = ("I: How many tickets did you get?", f"C: {said}", "I: And now?", "C: Ninety.")
    assert pairs(*rows) == [(400, 90)]
    assert metrics(*rows)[-1].unit == "ticket"


@pytest.mark.parametrize("asked", ["And how come?", "And now the rollout, how many people were on it?"])
def test_another_question_after_an_answer_is_not_about_its_number(asked: str) -> None:
    assert pairs("I: How many tickets did you get?", "C: Around four hundred tickets a week.", f"I: {asked}", "C: Ninety.") == []


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("It wasn't forty hours, it was thirty.", 30),
        ("It wasn't forty hours, it was thirty hours.", 30),
        ("Sorry, I said forty hours, but it was thirty.", 30),
        ("I told you four hundred orders a day, it was three hundred and forty.", 340),
    ],
)
def test_a_number_that_does_not_hold_gives_way_to_the_one_in_its_place(said: str, value: int) -> None:
    (found,) = metrics("I: How long did it take?", f"C: {said}")
    assert (found.value, found.likely_baseline) == (value, None)


def test_a_number_that_no_longer_holds_is_the_value_before() -> None:
    assert pairs("I: What has changed?", "C: It isn't forty hours any more, it's thirty hours now.") == [(40, 30)]


@pytest.mark.parametrize(
    "said",
    [
        "In the summer about a hundred and thirty orders a day. In the winter it's eighty-five.",
        "On a good day it took twenty minutes. On a bad day it's ninety minutes.",
    ],
)
def test_numbers_of_two_seasons_or_states_are_no_pair(said: str) -> None:
    assert pairs("I: How is it?", f"C: {said}") == []


def test_a_past_season_may_come_before_another() -> None:
    assert pairs("I: What has changed?", "C: In the summer it was a hundred and thirty calls, and in the winter it's forty now.") == [
        (130, 40)
    ]


def test_a_number_that_a_customer_told_and_a_question_takes_up_is_the_value_before() -> None:
    told = ("I: How many tickets do you get?", "C: We had 2,000 tickets a month.")
    assert metrics(*told, "I: And the two thousand now?", "C: Nine hundred.")[-1].baseline == Amount(value=2000, unit="ticket")


def test_one_thing_that_a_number_is_told_for_lends_no_unit_to_the_next() -> None:
    assert pairs("I: What has changed?", "C: Overtime was one person 45 hours one month. Now, 15, maybe 16.") == []
    assert pairs("I: What has changed?", "C: Overtime was one person 45 hours. Now, 15, maybe 16.") == [(45, (15, 16))]


def test_a_number_takes_no_thousands_that_would_make_it_far_larger_than_the_one_before() -> None:
    assert pairs("I: What has changed?", "C: There were 18,000 unmatched entries. As we speak, below 400.") == [(18000, 400)]
    assert pairs("I: What has changed?", "C: It was eighty-four thousand and now it's fifty-one.") == [(84000, 51000)]
