from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.drafts import Material
from copilot.drafts.barred import Barred

from .conftest import BACKGROUND, everything, material, turns

SECRETS = ("forty-four thousand", "44,000", "44000", "Brotlink", "Mirko", "Tamm")


@pytest.mark.parametrize("secret", SECRETS)
def test_no_word_name_or_number_of_a_barred_turn_is_in_any_document(bakery: Material, secret: str) -> None:
    text = everything(bakery)
    assert "730" in text
    assert secret.lower() not in text.lower()


def test_a_barred_amount_stays_barred_where_it_is_said_again(bakery: Material) -> None:
    again = bakery.turns[20]
    assert bakery.barred.covers(again.span(0, len(again.text)))
    assert "was worth it" not in everything(bakery)


@pytest.mark.parametrize(
    "text",
    [
        "They pay 44,000 euros.",
        "It costs them €44,000 a year.",
        "Forty-four thousand is a lot.",
        "The deal was signed by Mirko.",
        "Brotlink's contract ends soon.",
        "He said that Mirko Tamm signed it.",
        "The price is 61,000 euros.",
    ],
)
def test_a_paraphrase_of_what_is_barred_leaks(bakery: Material, text: str) -> None:
    assert bakery.barred.leaks(text)


@pytest.mark.parametrize(
    "text",
    [
        "Wrong orders went from 730 to 95 a month.",
        "Ada Berg owns the bakery.",
        "Roughly how much was that in a year?",
        "Returns fell from 60 % to 30 %.",
    ],
)
def test_what_was_said_openly_does_not_leak(bakery: Material, text: str) -> None:
    assert not bakery.barred.leaks(text)


def test_a_name_that_is_known_from_elsewhere_is_no_secret() -> None:
    made = material(
        "I: Who?\nA: Greta Holm runs the floor.\nI: And?\nA: Off the record, Greta Holm wants to leave. Keep that to yourselves.",
        release=("2",),
    )
    assert not made.barred.leaks("Greta Holm runs the floor.")
    assert made.barred.leaks("Greta Holm wants to leave.")


def test_a_barred_percentage_is_barred_where_it_is_said_again() -> None:
    made = material(
        "I: The margin?\nA: The margin rose to fourteen percent. That is not for publication.\nI: Noted.\n"
        "A: The board loved the fourteen percent. Fourteen percent of our bakers are new."
    )
    assert made.barred.tells("The board loved the fourteen percent.")
    assert made.barred.tells("A margin of 14 % is rare.")
    assert not made.barred.tells("Fourteen percent of our bakers are new.")
    assert not made.barred.tells("Fifteen percent is our margin.")


def test_a_percentage_that_was_said_before_is_no_secret() -> None:
    rows = turns("A: The margin was fourteen percent.\nI: And?\nA: Off the record, the margin of fourteen percent is our bank's lie.")
    barred = Barred.of(rows, [rows[2].span(0, len(rows[2].text))], BACKGROUND)
    assert not barred.tells("The margin was fourteen percent.")


def test_without_capitals_every_longer_word_counts_as_a_name() -> None:
    rows = turns("I: Who?\nA: between us mirko signed the contract with brotlink")
    barred = Barred.of(rows, [rows[1].span(0, len(rows[1].text))], BACKGROUND)
    assert {"mirko", "brotlink"} <= barred.names


def test_a_word_that_only_began_a_sentence_is_no_name() -> None:
    rows = turns("I: And?\nA: Freight is what it's about. Between us, Mirko pays too much freight.")
    barred = Barred.of(rows, [rows[1].span(0, len(rows[1].text))], BACKGROUND)
    assert "mirko" in barred.names
    assert "freight" not in barred.names


@given(st.integers(0, 40), st.integers(1, 40))
def test_whatever_is_barred_covers_every_span_that_shares_a_character_with_it(start: int, length: int) -> None:
    (turn,) = turns("A: " + "word " * 20)
    span = turn.span(start, min(start + length, len(turn.text)))
    barred = Barred.of([turn], [span], BACKGROUND)
    for at in range(len(turn.text)):
        inside = span.start <= at < span.end
        assert barred.covers(turn.span(at, at + 1)) is inside or not inside


NAMED = """\
I: Where did it go wrong?
A: At Orchard Mill, a depot with forty beds of seedlings. The fan stopped on a Sunday and nobody could reach the engineer.
I: Anything else?
A: {asked}
I: Of course. And today?
A: Now the alarm goes to three phones, and at Orchard Mill it takes nine minutes until somebody is there, from two hours before.
A: The families are calmer and nobody has lost a seedling since.
"""


def test_a_name_that_is_to_be_left_out_is_in_no_document_even_where_it_is_said_again_and_the_rest_of_that_turn_is() -> None:
    text = everything(material(NAMED.format(asked="Please don't name the depot, they'd mind.")))
    assert "Orchard" not in text
    assert "nine minutes" in text


def test_a_name_that_nobody_asks_to_leave_out_is_in_the_documents() -> None:
    assert "Orchard" in everything(material(NAMED.format(asked="They named the depot after its owner.")))
