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
