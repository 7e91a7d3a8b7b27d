from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.quantities.arithmetic import check_change, convert, factor, percent_change, results_in

D = Decimal


def test_a_change_is_relative_to_the_value_before() -> None:
    assert percent_change(D(200), D(150)) == -25
    assert percent_change(D(50), D(75)) == 50


def test_a_change_from_nothing_has_no_percentage() -> None:
    with pytest.raises(ZeroDivisionError):
        percent_change(D(0), D(5))
    with pytest.raises(ZeroDivisionError):
        factor(D(5), D(0))


@pytest.mark.parametrize(
    ("stated", "unit", "before", "after", "of", "reading"),
    [
        (D(43), "percent", D("41.2"), D("23.6"), "visit", "relative"),
        (D(50), "percent", D("11.8"), D("7.1"), "percent", None),
        (D(8), "percent", D(18), D(26), "percent", "points"),
        (D(8), "percentage point", D(18), D(26), "percent", "points"),
        (D(9), "percentage point", D(18), D(26), "percent", None),
        (D(3), "times", D(30), D(10), "minute", "factor"),
        (D(3), "times", D(30), D(15), "minute", None),
        (D(70), "percent", D(143), D(51), "delivery", None),
        (D(64), "percent", D(143), D(51), "delivery", "relative"),
    ],
)
def test_a_stated_change_is_held_against_its_two_ends(
    stated: Decimal, unit: str, before: Decimal, after: Decimal, of: str, reading: str | None
) -> None:
    found = check_change(stated, unit, before, after, of)
    assert found is not None
    assert found.reading == reading
    assert found.holds == (reading is not None)


@pytest.mark.parametrize(
    ("value", "unit", "a", "b", "of", "holds"),
    [
        (D(58), "percent", D(600), D(250), "hour", True),
        (D(42), "percent", D(250), D(600), "hour", True),
        (D(70), "percent", D(600), D(250), "hour", False),
        (D("2.4"), "times", D(600), D(250), "hour", True),
        (D(350), "hour", D(600), D(250), "hour", True),
        (D(850), "hour", D(600), D(250), "hour", True),
        (D(350), "usd", D(600), D(250), "hour", False),
        (D(351), "hour", D(600), D(250), "hour", False),
        (D(100), "percent", D(0), D(5), "hour", False),
    ],
)
def test_what_two_values_come_to(value: Decimal, unit: str, a: Decimal, b: Decimal, of: str, holds: bool) -> None:
    assert results_in(value, unit, a, b, of) is holds


def test_a_round_percentage_that_is_put_as_exact_has_no_more_room_than_another() -> None:
    for exact, holds in ((False, True), (True, False)):
        found = check_change(D(90), "percent", D(730), D(95), exact=exact)
        assert found is not None
        assert found.holds == holds


def test_what_allows_no_such_change_is_not_judged() -> None:
    assert check_change(D(50), "percent", D(0), D(4)) is None
    assert check_change(D(5), "minute", D(10), D(4)) is None


def test_only_lengths_of_time_convert() -> None:
    assert convert(D(2), "hour", "minute") == 120
    assert convert(D(2), "gbp", "gbp") == 2
    assert convert(D(2), "gbp", "eur") is None


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_the_true_change_always_holds(before: int, after: int) -> None:
    true = abs(percent_change(D(before), D(after))).quantize(D("0.1"))
    found = check_change(true, "percent", D(before), D(after), "item")
    assert found is not None
    assert found.holds
