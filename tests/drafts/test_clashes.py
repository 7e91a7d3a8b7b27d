from __future__ import annotations

from dataclasses import replace

import pytest

from copilot.drafts.checklist import checklist
from copilot.drafts.clashes import clashes
from copilot.drafts.email import email
from copilot.drafts.figures import cards
from copilot.drafts.outline import Outline, outline
from copilot.findings import Contradiction, Side
from copilot.reports import render

from .conftest import BACKGROUND, heard, material

FLEET = "I: How large is the bakery, and how many vans does it run?\nA: We have ninety ovens and we run sixty-four vans.\nB: "
CORRECTED = f"{FLEET}It's fifty-eight vans, six were sold in January."


def texts(made: Outline) -> str:
    """Return the claims and quotes of an outline."""
    rows = [*(c.text for s in made.sections for c in s.claims), *(q.text for s in made.sections for q in s.quotes)]
    return "\n".join([*rows, *(f.text for f in made.sidebar if f.origin == "call")])


def statuses(said: str) -> dict[str, str]:
    return {card.said.text: card.status for card in cards(material(said))}


def test_a_corrected_figure_is_superseded_and_its_correction_stands() -> None:
    found = statuses(CORRECTED)
    assert found["sixty-four vans"] == "superseded"
    assert found["fifty-eight vans"] == "corrected"


def test_another_figure_of_the_turn_of_a_correction_is_not_disputed() -> None:
    found = statuses(f"{CORRECTED} We opened two shops in May.")
    assert found["two shops"] not in {"in conflict", "corrected", "superseded"}


def test_a_figure_that_the_first_speaker_insists_on_is_in_conflict() -> None:
    assert statuses(f"{CORRECTED}\nA: No, sixty-four, I have the list here.")["fifty-eight vans"] == "in conflict"


@pytest.mark.parametrize(("stated", "is_disputed"), [("ninety", False), ("seventy", True)])
def test_a_change_that_is_only_rounded_disputes_neither_of_its_two_ends(stated: str, is_disputed: bool) -> None:
    found = statuses(f"I: What changed?\nA: Wrong orders went from 730 to 95. That is {stated} percent less.\nI: Thanks.\nA: Bye.")
    assert found[f"{stated} percent"] == "in conflict"
    assert (found["730 to 95"] == "in conflict") == is_disputed


def test_an_outline_shows_the_correction_in_the_place_of_what_it_corrects() -> None:
    assert "sixty-four" in texts(outline(material(f"{FLEET}Yes.")))
    assert "sixty-four" not in texts(outline(material(CORRECTED)))
    assert "fifty-eight" in texts(outline(material(CORRECTED)))


@pytest.mark.parametrize(
    ("goes_on", "kept"),
    [
        ("No, sorry, that's the half year. We have saved 104,000 euros.", False),
        ("No, wait, 104,000 euros. I had it wrong.", False),
        ("We have saved 104 weeks.", True),
    ],
)
def test_a_claim_leaves_out_a_number_that_its_speaker_takes_back_at_once(goes_on: str, kept: bool) -> None:
    made = outline(material(f"I: What have you saved with it, and how do you know that?\nA: We have saved 61,000 euros. {goes_on}"))
    assert any("61,000" in claim.text for section in made.sections for claim in section.claims) == kept


def test_a_fact_that_the_call_contradicts_stands_with_what_was_said() -> None:
    customer = BACKGROUND.customer.model_copy(update={"facts": ("86 vans", "run by its founders")})
    background = BACKGROUND.model_copy(update={"customer": customer})
    made = heard("I: I have 86 vans in my notes, is that right?\nA: Ninety-one. It was eighty-six in those days.", background).draft(
        "outline"
    )
    facts = [f.text for f in made.sidebar if f.label == "Known before the call"]
    assert facts == ["86 vans (the call says “Ninety-one”)", "run by its founders"]


def test_words_that_are_barred_are_not_named_as_those_that_settled_it() -> None:
    rows = f"{CORRECTED}\nA: Fifty-eight, then. That's off the record, please don't print it."
    assert not any("settled it" in item.item for item in checklist(material(rows)).items)


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("sixty-four vans / fifty-eight vans", (Side("sixty-four vans"), Side("fifty-eight vans"))),
        ("background: 86 vans / Ninety-one", (Side("86 vans", is_known=True), Side("Ninety-one"))),
        ("a third / from 30 to 24, which is 20 percent", (Side("a third"), Side("from 30 to 24", computed="20 percent"))),
        ("we have forty, which is a lot / fifty", (Side("we have forty, which is a lot"), Side("fifty"))),
        ("Turn 4 and turn 9 name different months.", (Side("Turn 4 and turn 9 name different months."),)),
    ],
)
def test_the_text_of_a_contradiction_is_taken_apart_into_its_sides(text: str, sides: tuple[Side, ...]) -> None:
    assert Contradiction(turns=(4, 9), text=text).sides == sides


RATE = "I: And where are you now?\nA: We're at ninety-six percent on time, every morning.\nI: And on the floor?\n"


@pytest.mark.parametrize(
    ("said", "disputed"),
    [
        ("B: We're at ninety-two, ninety-three percent on time now.", True),
        ("B: We're at ninety-five to ninety-seven percent on time now.", False),
        ("B: We're at eleven percent scrap now.", False),
        ("A: We're at ninety-two, ninety-three percent on time now.", False),
    ],
)
def test_two_people_who_tell_one_rate_differently_are_asked_which_is_right(said: str, disputed: bool) -> None:
    found = checklist(material(RATE + said))
    assert any("do not go together" in row.item for row in found.items) is disputed
    assert (statuses(RATE + said)["ninety-six percent"] == "in conflict") is disputed


def test_a_rate_that_two_people_tell_differently_is_asked_about_in_writing() -> None:
    said = f"{RATE}B: We're at ninety-two, ninety-three percent on time now."
    (asked,) = [r for r in email(material(said)).requests if len(r.spans) == 2]
    assert [s.speaker for s in asked.spans] == ["Bo Lind", "Ada Berg"]
    agreed = f"{said}\nI: So can we say ninety-two percent?\nA: Yes, that's fine."
    assert not [r for r in email(material(agreed)).requests if len(r.spans) == 2]


REDUCED = "I: What changed?\nA: Standing time was reduced by eighty-five percent.\nI: From what?\nA: It went from 6.4 hours to 52 minutes."


@pytest.mark.parametrize(
    ("goes_on", "settled"),
    [
        ("Excuse me, I rounded it the wrong way, please take 86.", True),
        ("I went to the ropes myself, it took 86 minutes.", False),
        ("Please take 40.", False),
    ],
)
def test_who_says_which_figure_to_take_settles_their_own_two(goes_on: str, settled: bool) -> None:
    made = material(f"{REDUCED} {goes_on}")
    row = Contradiction(turns=(2, 4), text="eighty-five percent / 6.4 hours to 52 minutes, which is 86.5 percent")
    made = replace(made, findings=made.findings.model_copy(update={"contradictions": (row,)}))
    found = {card.said.text: card.status for card in cards(made)}
    assert (found["eighty-five percent"] == "superseded") is settled
    assert (found["6.4 hours to 52 minutes"] == "in conflict") is not settled


@pytest.mark.parametrize(
    ("asked", "answer", "settled"),
    [
        ("What if I said ninety-six percent, on the day shift?", "That would be acceptable, yes.", True),
        ("What if I said ninety-six percent, on the day shift?", "No, that's not right.", False),
        ("What if I said ninety-six percent, on the day shift?", "Yes, but only for May.", False),
        ("What if I said ninety-six percent, on the day shift?", "Yes. But only for May.", False),
        ("What if I said ninety-six percent, on the day shift?", "That's a good question, it depends on the week.", False),
        ("What if I said ninety-six percent, on the day shift?", "Sure, if you leave out the number.", False),
        ("What if I said ninety-six percent, on the day shift?", "That's fine by me.", True),
        ("And how is the yard?", "Yes, that's fine.", False),
    ],
)
def test_a_wording_of_ours_that_was_agreed_settles_a_dispute_and_is_shown(asked: str, answer: str, settled: bool) -> None:
    made = material(f"{RATE}B: We're at ninety-two, ninety-three percent on time now.\nI: {asked}\nA: {answer}")
    (item,) = [i for i in checklist(made).items if "do not go together" in i.item]
    assert (f"Ada Berg agreed to “{asked}”" in item.item, item.blocks) == (settled, not settled)
    assert [card.status == "in conflict" for card in cards(made) if card.said.text == "ninety-six percent"] == [not settled]


def test_a_disputed_result_is_named_among_those_close_to_a_headline() -> None:
    said = "I: What changed?\nA: We went from seventy percent on time to ninety-six percent on time.\nI: And on the floor?\n"
    made = outline(material(f"{said}B: It's ninety-two percent on time now, I have the list."))
    (near,) = [card for card in made.nearly if card.status == "in conflict"]
    text = render(made, "md").decode().split("## Sidebar")[0]
    assert near.said.text in text
    assert "Settle it: another statement disputes it." in text


def test_the_rate_of_before_is_told_by_one_and_disputed_by_nobody() -> None:
    found = clashes(material(f"{RATE}A: It was seventy-eight percent on time before.\nB: We're at ninety-six percent on time now."))
    assert found == ()
