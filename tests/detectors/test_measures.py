from __future__ import annotations

import pytest

from copilot.background import Background
from copilot.detectors.metrics import find_metrics
from copilot.findings import Metric

from ..conftest import call, heard, readings


def metrics(*rows: str, facts: tuple[str, ...] = ()) -> tuple[Metric, ...]:
    return find_metrics(readings(call(*rows), Background.model_validate({"customer": {"facts": facts}}))[-1])


@pytest.mark.parametrize(
    ("question", "answer", "measures"),
    [
        ("What did you find?", "We found eleven urgent samples in those forty minutes.", "urgent samples"),
        ("And now?", "About forty-four percent of chemistry results go out without anybody looking.", "share of chemistry results"),
        ("How is the phone?", "Well, the median wait is ninety seconds now, across all sites.", "median wait"),
        ("How do you deliver?", "We're at ninety-six percent on time now.", "on-time rate"),
        ("And before?", "It used to take us four days to get an email out of the door.", "time to get an email out of the door"),
        ("How fast is it?", "A claim takes nine days on average, across the whole company.", "time a claim takes"),
        ("And the redeliveries?", "It was 212 a month, and now it's 88 a month.", "redeliveries"),
        ("How many trucks do you run?", "Sixty-three.", "trucks"),
        ("How many emergency runs a week did you have?", "Thirty.", "emergency runs"),
        ("What did you see?", "We had thirty emergency runs a week.", "emergency runs"),
        ("What changed?", "The Monday meeting. It used to be two hours, and now it's twenty minutes.", "Monday meeting"),
        ("What changed?", "We cut remakes by forty percent.", "fall in remakes"),
    ],
)
def test_a_metric_measures_a_noun_phrase_that_a_writer_can_print(question: str, answer: str, measures: str) -> None:
    found = metrics(f"I: {question}", f"C: {answer}")[0]
    assert found.measures == measures
    assert "definition" not in found.missing


@pytest.mark.parametrize(
    ("answer", "measures"),
    [
        ("No shows went from fourteen percent to six.", "no shows"),
        ("The no shows are down to six percent from fourteen.", "no shows"),
        ("There's no fee. It's four euros now.", "money"),
        ("Handover used to be thirty-five minutes per shift. It's twelve now.", "handover"),
        ("Dot used to do ten an hour.", "number"),
        ("They'd crept up to ninety-one percent.", "share"),
    ],
)
def test_a_metric_measures_what_its_own_clause_is_about(answer: str, measures: str) -> None:
    assert metrics("I: What has changed?", f"C: {answer}")[0].measures == measures


@pytest.mark.parametrize(
    ("answer", "plain"),
    [
        ("Honestly, Conor tells everyone that it's ninety percent now.", "share"),
        ("He'd been told yes, so he came on Thursday, it took forty minutes back then.", "time"),
        ("Somewhere around a hundred and fifty thousand dollars a year, I'd say.", "money"),
        ("There was me, and a girl from IT two days a week, and Priya.", "time"),
    ],
)
def test_what_nothing_names_is_a_plain_word_and_lacks_its_definition(answer: str, plain: str) -> None:
    found = metrics("I: Does it help?", f"C: {answer}")[0]
    assert found.measures == plain
    assert "definition" in found.missing


def test_a_question_that_is_cut_off_before_its_noun_names_nothing() -> None:
    assert metrics("I: So, what's the rent?", "C: Forty euros a month.")[0].measures == "rent"
    assert metrics("I: So, what's\u2014", "C: Forty euros a month.")[0].measures == "money"


def test_a_word_of_place_names_nothing() -> None:
    assert metrics("I: And what's inside that?", "C: That's a truck and a driver for half a day every time.")[0].measures == "time"


def test_what_one_person_takes_or_gets_is_measured() -> None:
    assert metrics("I: And the pay?", "C: An agency nurse was sixty-eight euro an hour then.")[0].measures == "agency nurse"
    assert metrics("I: How long is it?", "C: A nurse takes twenty minutes for it these days.")[0].measures == "time a nurse takes"


def test_a_number_that_goes_on_measures_what_the_one_before_did() -> None:
    found = metrics("I: How are the calls?", "C: The average call is nine minutes in Leeds today. It's six minutes in York today.")
    assert [m.measures for m in found] == ["average call", "average call"]


@pytest.mark.parametrize(
    ("rows", "unit"),
    [
        (("I: What moved?", "C: The pictures came across. But there were eleven thousand of them lost."), "picture"),
        (("I: What was it like?", "C: Passwords. So a teacher had six to remember."), "password"),
        (("I: What were the requirements?", "C: I had nineteen of them at the start."), "requirement"),
        (("I: Who checked?", "C: We had forty-four checkers with headphones."), "person"),
        (("I: And the queue?", "C: The p95 was twenty-six minutes. The median was two."), "minute"),
        (("I: How many days does a repair take?", "C: Four, five?"), "day"),
        (("I: How fast do they scan?", "C: It was twenty parcels a minute, and now it's thirty-one."), "parcel/minute"),
        (("I: What does it weigh?", "C: We allow thirty kilos per square metre."), "kilogram/square metre"),
        (("I: How many calls?", "C: Forty calls a day."), "call"),
        (("I: Anything else?", "C: It went from twenty to five, everywhere."), "item"),
        (("I: Were there many?", "C: It was hundreds of lost parcels a year, and now it is forty."), "parcel"),
    ],
)
def test_a_bare_number_counts_what_it_refers_to(rows: tuple[str, ...], unit: str) -> None:
    assert metrics(*rows)[-1].unit == unit


def test_a_sum_has_the_currency_of_the_customers_country() -> None:
    rows = ("I: What did it cost you?", "C: We were losing two hundred thousand a year before.")
    assert metrics(*rows, facts=("three bakeries in Cork, Ireland",))[0].unit == "eur"


@pytest.mark.parametrize(
    ("text", "value", "before"),
    [
        ("We had fourteen pages a week, for a rotation of six. Last month it was two.", 2, 14),
        ("In 2023 we had 143 wrong deliveries, three sites together. In 2025 it was 51.", 51, 143),
        ("In 1998 we had 412 wrong deliveries a year, and this year it was 51.", 51, 412),
        ("We had 412 wrong deliveries in '96. We had 51 this year.", 51, 412),
        ("In 2019 we had 51 wrong deliveries. In 1997 we had 412.", 51, 412),
        ("In FY 98 we had 412 wrong deliveries. In FY 21 we had 51.", 51, 412),
        ("In twenty nineteen we had 51 wrong deliveries. In nineteen ninety-eight we had 412.", 51, 412),
        ("We had 412 wrong deliveries in nineteen eighty. We had 51 in '98.", 51, 412),
    ],
)
def test_a_value_meets_the_value_before_it_over_another_number(text: str, value: int, before: int) -> None:
    found = [m for m in metrics("I: And the results?", f"C: {text}") if m.baseline]
    assert [(m.value, m.baseline and m.baseline.value) for m in found] == [(value, before)]


def test_a_sum_of_what_was_just_said_has_no_value_before() -> None:
    found = metrics("I: How long was it?", "C: They were fourteen minutes each, on the average, then. So that's thirty-eight hours now.")
    assert all(m.baseline is None for m in found)


def kept(*rows: str) -> tuple[Metric, ...]:
    """Return the metrics of a call."""
    return heard(call(*rows)).findings.metrics


@pytest.mark.parametrize("question", ["And what was it?", "From what?", "What would it have been before?"])
def test_the_answer_to_from_what_completes_the_metric_asked_about(question: str) -> None:
    first, answer = kept(
        "I: And fill rate?", "C: Fill rate's at ninety-three percent.", f"I: {question}", "C: Seventy-four percent, in 2022."
    )
    assert first.baseline is not None
    assert (first.value, first.baseline.value) == (93, 74)
    assert "baseline" not in first.missing
    assert answer.measures == first.measures == "fill rate"


def test_another_question_leaves_the_metric_without_a_value_before() -> None:
    first = kept("I: And fill rate?", "C: Fill rate's at ninety-three percent.", "I: And the margin?", "C: Eleven percent, in 2022.")[0]
    assert first.baseline is None


def test_a_baseline_does_not_spread_to_other_values_of_the_same_noun() -> None:
    found = kept(
        "I: And trucks?",
        "C: It used to be 340 trucks a week and now it's 410 trucks a week.",
        "I: And the test?",
        "C: We start with 58 trucks.",
    )
    assert [m.baseline is not None for m in found] == [True, False]
