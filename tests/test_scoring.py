from __future__ import annotations

from math import log

import pytest

from copilot.scoring import Choice


@pytest.mark.parametrize(
    ("sums", "odds"),
    [
        ([0.0], 1.0),
        ([0.0, 0.0], 3.0),  # one of two, each as likely as not: three of four
        ([log(4.0), -40.0], 4.0),
        ([30.0, 30.0], 1.1e26),
    ],
)
def test_the_odds_that_any_holds_are_those_of_names_that_hold_by_themselves(sums, odds):
    assert Choice([], [], {}).any_of(sums) == pytest.approx(log(odds), abs=0.2)


def test_what_hardly_holds_of_any_has_small_odds():
    assert Choice([], [], {}).any_of([-800.0, -900.0]) < -20
