from __future__ import annotations

from copilot.background import Background
from copilot.detectors.contradictions import contradictions
from copilot.detectors.metrics import find_metrics
from copilot.findings import Contradiction, Metric
from copilot.guide import Guide
from copilot.reading import read

from ..conftest import call


def clashes(*rows: str, facts: tuple[str, ...] = ()) -> list[Contradiction]:
    background = Background.model_validate({"customer": {"facts": facts}})
    before, earlier, found = [], [], []
    for turn in call(*rows):
        reading = read(turn, before, background, Guide.default())
        metrics: tuple[Metric, ...] = find_metrics(reading)
        found += contradictions(reading, metrics, earlier)
        before.append(reading)
        earlier += metrics
    return found


def test_a_count_that_differs_from_the_background_is_found() -> None:
    (found,) = clashes("I: I have 86 lorries in my notes, correct?", "C: Ninety-one. We bought five in April.", facts=("86 lorries",))
    assert found.turns == (2,)
    assert "86 lorries" in found.text
    assert "Ninety-one" in found.text


def test_a_count_that_fits_a_bound_of_the_background_is_none() -> None:
    assert clashes("I: How many clinics do you serve?", "C: We serve 212 clinics.", facts=("more than 200 clinics",)) == []


def test_a_fact_that_was_put_to_the_customer_is_held_against_the_number_that_answers_it() -> None:
    (found,) = clashes("I: I have four hospitals and 780 beds.", "C: Four is right. Beds is 812, since April.", facts=("780 beds",))
    assert (found.turns, "812" in found.text) == ((2,), True)


def test_a_number_that_comes_later_in_the_answer_is_not_held_against_it() -> None:
    said = "That is right. We put one in every town of the valley, and on a Sunday we get 700 visitors."
    assert clashes("I: I have 780 beds.", f"C: {said}", facts=("780 beds",)) == []


def test_a_count_of_a_part_is_no_contradiction() -> None:
    assert clashes("I: And the new ones?", "C: We have got 70 more lorries on order.", facts=("86 lorries",)) == []


def test_a_change_that_its_two_ends_do_not_bear_out_is_found() -> None:
    (found,) = clashes(
        "I: What happened to redeliveries?", "C: Redeliveries went from 143 a month to 51 a month. So they are down eighty percent."
    )
    assert "64.3 percent" in found.text


def test_a_change_that_fits_its_two_ends_is_none() -> None:
    assert (
        clashes("I: What happened to redeliveries?", "C: Redeliveries went from 143 a month to 51 a month. So they are down 64 percent.")
        == []
    )


def test_points_beside_percentages_are_reconciled() -> None:
    assert clashes("I: And email?", "C: Email's share went from 18 percent to 26 percent. So it is up eight percent.") == []
