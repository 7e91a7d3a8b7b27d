from __future__ import annotations

import pytest

from copilot.background import Background
from copilot.probes.anchors import find_anchor
from copilot.reading import Reading
from copilot.statements.terms import is_known

from ..conftest import call, readings


def last(*rows: str, facts: tuple[str, ...] = ()) -> Reading:
    return readings(call(*rows), Background.model_validate({"customer": {"facts": facts}}))[-1]


@pytest.mark.parametrize(
    ("rows", "term"),
    [
        (("C: It went to accounts payable.", "I: And then?", "C: Then AP sent it back."), "AP"),
        (("C: The programmable logic controllers were old.", "I: Which?", "C: All the PLCs."), "PLCs"),
        (("C: SPOD. Security plan of the day. It's a sheet.",), "SPOD"),
        (("C: It sat in the CRM.",), "CRM"),
        (("C: We are in charge of EMEA.",), "EMEA"),
        (("C: It all runs in AWS.",), "AWS"),
        (("C: We were THAT close to it.",), "THAT"),
        (("C: It has an HTTP endpoint.",), "HTTP"),
    ],
)
def test_an_acronym_is_known_in_general_or_once_the_call_has_spelt_it_out(rows: tuple[str, ...], term: str) -> None:
    assert is_known(last(*rows), term)


def test_the_background_spells_out_acronyms_too() -> None:
    assert is_known(last("C: The WBC came.", facts=("Insured with Workers Benefit Commission",)), "WBC")


@pytest.mark.parametrize("rows", [("C: It went to a person.", "I: And then?", "C: Then AP sent it back."), ("C: Then AP sent it back.",)])
def test_an_acronym_that_nobody_has_spelt_out_is_not_known(rows: tuple[str, ...]) -> None:
    assert not is_known(last(*rows), "AP")


def test_words_long_before_spell_out_an_acronym_by_chance() -> None:
    rows = [f"{who}: {text}" for text in ("and then", "we went", "by boat") for who in "IC"]
    assert not is_known(last("C: Seven people came from the depot.", *rows, "C: It is all in the SPD."), "SPD")


def test_a_place_needs_no_explanation() -> None:
    text = "we bought all the heaters that they had in Warren County then"
    assert "Warren" not in find_anchor(last(f"C: {text}"), 0, len(text)).term


def test_another_name_may_need_one() -> None:
    text = "we bought all the heaters that they had and put them into Warrenet then"
    assert find_anchor(last(f"C: {text}"), 0, len(text)).term == "Warrenet"


def test_a_plain_word_is_no_term_beside_an_acronym_that_everybody_knows() -> None:
    text = "It was our COO who had the idea"
    assert find_anchor(last(f"C: {text}"), 0, len(text)).term == ""


@pytest.mark.parametrize("term", ["COVID", "SAP", "DMs", "SLA"])
def test_what_every_reader_knows_needs_no_explanation(term: str) -> None:
    assert is_known(last(f"C: There was {term} first."), term)
