from __future__ import annotations

from datetime import date

import pytest

from copilot.drafts import Withdrawal, draft
from copilot.drafts.checklist import Checklist
from copilot.errors import InputError

from .conftest import everything, material, turns

TURNS = {t.turn: t for t in turns()}
TODAY = date(2026, 3, 31)


def told(*withdraw: str) -> str:
    """Return every document in every form that is text, after words were withdrawn."""
    return everything(material(withdraw=withdraw))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("11", "It is so much better now, honestly."),
        ("11:0-10", "It is so m"),
        ("11:much better", "much better"),
        ("11:“So much better now”", "so much better now"),
    ],
)
def test_a_withdrawal_names_a_turn_a_place_or_words(text: str, words: str) -> None:
    gone = Withdrawal.parse(text, TURNS, TODAY)
    assert (gone.turn, gone.text, gone.on) == (11, words, TODAY)


def test_a_withdrawal_can_have_a_day_of_its_own() -> None:
    assert Withdrawal.parse("11:much better@2026-02-03", TURNS, TODAY).on == date(2026, 2, 3)


@pytest.mark.parametrize("text", ["", "all", "99", "11:never said", "11:5-900", "11:9-3", "11:much better@2026-02-31"])
def test_a_withdrawal_that_names_nothing_is_an_error_that_repeats_it(text: str) -> None:
    with pytest.raises(InputError, match=r"^withdrawal "):
        Withdrawal.parse(text, TURNS, TODAY)


def test_every_document_leaves_out_withdrawn_words() -> None:
    assert "in the van at four" in told()
    assert "in the van at four" not in told("8:in the van at four in the morning")


def test_a_number_that_was_withdrawn_is_gone_as_a_figure_too() -> None:
    assert "730" in told()
    after = told("10")
    for words in ("730", "95 orders", "-87 %", "ninety percent", "90 %"):
        assert words not in after


def test_the_checklist_says_when_words_were_withdrawn_and_not_which() -> None:
    made = draft("checklist", material(withdraw=("8:in the van@2026-02-03",)))
    assert isinstance(made, Checklist)
    texts = [i.item for i in made.items if i.area == "off the record"]
    assert texts[-1] == "Bo Lind withdrew words of turn 8 on 2026-02-03; every document leaves them out from then on."
    assert all("van" not in text for text in texts)


def test_a_withdrawn_promise_is_not_repeated() -> None:
    assert "monthly sheet" in told()
    assert "monthly sheet" not in told("17")
