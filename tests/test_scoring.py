from __future__ import annotations

from math import exp, log

import pytest

from copilot.scoring import Choice, Logistic, any_of, choice, logistic, threshold


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


def test_weights_are_found_by_their_path_and_are_what_was_asked_for():
    assert isinstance(logistic("claims.claim"), Logistic)
    assert isinstance(choice("metrics.kinds"), Choice)
    assert 0 < threshold("pairs.threshold") < 1
    for wrong in (lambda: logistic("metrics.kinds"), lambda: choice("claims.claim"), lambda: threshold("claims.claim")):
        with pytest.raises(TypeError):
            wrong()
    with pytest.raises(KeyError):
        logistic("claims.claims")


def test_a_model_judges_facts_by_those_that_it_knows():
    model = Logistic(-1.0, {"said": 2.0, "heard": -1.0})
    assert model.judge({"said": 1.0, "unknown": 5.0}) == pytest.approx(1 / (1 + exp(-1.0)))
    assert model.judge({}) == model.chance()
