from __future__ import annotations

from math import exp, log

import pytest

from copilot.scoring import any_of


@pytest.mark.parametrize(
    ("sums", "odds"),
    [
        ([0.0], 1.0),
        ([0.0, 0.0], 3.0),  # one of two, each as likely as not: three of four
        ([log(4.0), -40.0], 4.0),
        ([30.0, 30.0], exp(60)),
    ],
)
def test_the_odds_that_any_holds_are_those_of_names_that_hold_by_themselves(sums, odds):
    assert any_of(sums) == pytest.approx(log(odds), abs=1e-9)


def test_what_hardly_holds_of_any_has_small_odds():
    assert any_of([-800.0, -900.0]) < -20
