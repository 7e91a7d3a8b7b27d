from __future__ import annotations

import pytest

from copilot.drafts import Material
from copilot.drafts.checklist import Item, checklist

from .conftest import BACKGROUND, SAID, material


def items(made: Material, area: str) -> list[Item]:
    """Return the items of one area."""
    return [item for item in checklist(made).items if item.area == area]


def arithmetic(said: str) -> tuple[str, str, bool]:
    """Return what the checklist says of a stated change: the text, the status, whether it blocks."""
    rows = [i for i in checklist(material(f"I: What changed?\nA: {said}")).items if i.item.startswith("Arithmetic: ")]
    assert len(rows) == 1
    return rows[0].item, rows[0].status, rows[0].blocks


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Errors went from 730 a month to 95 a month, that is ninety percent less.", "gives 87 %. It is rounded"),
        ("It went from 30 minutes to 5 minutes, so it is two hundred and eighty percent faster.", "gives 83.3 %. The two do not agree"),
        ("Returns fell from sixty percent to thirty percent, so they are down thirty percent.", "gives 50 %. It fits as percentage points"),
        ("Orders went from one hundred a day to two hundred a day, so they are up five times.", "gives 2 times. The two do not agree"),
    ],
)
def test_a_stated_change_that_its_two_ends_do_not_bear_out_blocks(said: str, told: str) -> None:
    text, status, blocks = arithmetic(said)
    assert told in text
    assert (status, blocks) == ("does not hold", True)


@pytest.mark.parametrize(
    "said",
    [
        "Errors went from 200 a month to 50 a month, that is seventy-five percent less.",
        "It went from 30 minutes to 5 minutes, so it is six times faster.",
        "Returns fell from sixty percent to thirty percent, so they are down fifty percent.",
    ],
)
def test_a_stated_change_that_fits_its_two_ends_holds(said: str) -> None:
    _, status, blocks = arithmetic(said)
    assert (status, blocks) == ("holds", False)


def test_what_is_computed_is_told_from_what_was_said() -> None:
    rows = [i for i in checklist(material()).items if i.item.startswith("Arithmetic: 90 %")]
    assert [i.derived for i in rows] == [("87 %",)]


def test_consent_names_who_agreed_and_blocks_for_who_was_not_heard_to(bakery: Material) -> None:
    first, second = items(bakery, "consent")
    assert (first.item, first.status, first.blocks) == ("Ada Berg agreed to the recording.", "done", False)
    assert [c.turn for c in first.evidence] == [1, 2]
    assert (second.item, second.blocks) == ("Confirm that Bo Lind agreed to the recording, too.", True)


def test_a_recording_that_nobody_asked_about_blocks() -> None:
    (row,) = items(material("I: How is it going?\nA: Well, thanks."), "consent")
    assert (row.status, row.blocks) == ("missing", True)
    assert row.item == "Nobody asked for permission to record, and no customer was heard to agree."


def test_the_off_record_ledger_says_where_and_never_what(bakery: Material) -> None:
    (row,) = items(bakery, "off the record")
    assert row.item == "Ada Berg set a boundary in turn 13: what was said in turn 13 may not be used, in any words."
    assert [(c.turn, c.text) for c in row.evidence] == [(13, "")]


def test_permissions_stand_apart_and_each_blocks(bakery: Material) -> None:
    rows = items(bakery, "permissions")
    assert len(rows) == 6
    assert all(row.blocks and row.status == "to ask" and row.owner == "The Crust Company" for row in rows)
    assert "word for word?" in rows[2].item


def test_each_quote_is_there_to_the_letter_with_its_speaker_as_owner(bakery: Material) -> None:
    rows = [i for i in items(bakery, "customer") if i.item.startswith("Exact words of a quote")]
    assert rows
    for row in rows:
        (cited,) = row.evidence
        assert cited.text == bakery.turns[cited.turn].text[cited.start : cited.end]
        assert row.owner == cited.speaker
        assert row.blocks


def test_a_figure_lists_what_was_not_said_and_asks_for_other_causes(bakery: Material) -> None:
    row = next(i for i in items(bakery, "customer") if "730 a month" in i.item and "Noted as" in i.item)
    assert "before: 730 orders" in row.item
    assert "Not said: what it holds for, where it comes from." in row.item
    assert "What else could have caused it?" in row.item


def test_a_statement_that_the_background_file_denies_shows_both() -> None:
    known = BACKGROUND.model_copy(update={"customer": BACKGROUND.customer.model_copy(update={"facts": ("85 trucks",)})})
    rows = items(material("I: How large is it?\nA: We run fifty-eight trucks now.", known), "customer")
    texts = [row.item for row in rows if row.item.startswith("These do not go together")]
    assert len(texts) == 1
    assert "the background file, which says 85 trucks" in texts[0]
    assert "fifty-eight" in texts[0]


def test_promises_have_who_made_them_and_when_they_are_due(bakery: Material) -> None:
    rows = items(bakery, "promises")
    assert [(row.owner, row.status) for row in rows] == [("Ada Berg", "waiting"), ("Ira Noor", "waiting")]
    assert rows[0].item == "Ada Berg said: “I will send you the monthly sheet by Friday.” By when: “by Friday”."


def test_every_open_question_that_the_story_needs_is_there(bakery: Material) -> None:
    open_ = {g.turn for g in bakery.findings.gaps if g.severity == "must" and g.outcome == "open" and g.turn != 13}
    assert {c.turn for row in items(bakery, "open questions") for c in row.evidence} >= open_ - {20}


def test_small_numbers_in_passing_are_one_item_that_does_not_block(bakery: Material) -> None:
    (row,) = [i for i in items(bakery, "customer") if i.item.startswith("Small numbers told in passing")]
    assert "“two sites”" in row.item
    assert not row.blocks


def test_facts_of_the_background_file_are_marked_as_not_said(bakery: Material) -> None:
    texts = [i.item for i in items(bakery, "customer") if i.item.startswith("From the background file")]
    assert texts == [f"From the background file, not said on the call: {fact}" for fact in BACKGROUND.customer.facts]


def test_the_script_of_these_tests_is_the_call_of_the_fixture(bakery: Material) -> None:
    assert len(bakery.findings.turns) == len(SAID.strip().splitlines())


@pytest.mark.parametrize(
    "said",
    [
        "Post titles rather than names, for me.",
        "Not the headshot, if I can help it.",
        "It has to go through communications first.",
        "I'd like to see it before it goes anywhere.",
        "There is an embargo on those figures, by the way.",
        "I'd prefer that the reported figure be used.",
    ],
)
def test_a_condition_on_publication_is_confirmed_before_it(said: str) -> None:
    (row,) = [i for i in items(material(f"I: Anything else?\nA: {said}"), "permissions") if "condition" in i.item]
    assert said in row.item
    assert (row.owner, row.status, row.blocks) == ("Ada Berg", "to confirm", True)


@pytest.mark.parametrize(
    "said",
    [
        "Our old logo cost a fortune.",
        "We scored it and Malcolm signed it off.",
        "She approved the budget before the summer.",
        "He calls by name.",
    ],
)
def test_talk_about_names_and_approvals_is_no_condition(said: str) -> None:
    assert not [i for i in items(material(f"I: What happened?\nA: {said}"), "permissions") if "condition" in i.item]


def test_a_condition_that_is_itself_barred_is_not_shown() -> None:
    made = material("I: And the price?\nA: Forty thousand, but that is off the record, and don't put my photo in either.\nI: Understood.")
    assert not any("photo" in i.item for i in checklist(made).items)


def test_each_of_two_customers_agrees_to_the_recording_for_one() -> None:
    made = material(
        "I: Are you both all right with being recorded?\nA: Yes, of course.\nB: Fine with me, as long as I see it.\nI: Thanks.\nA: So."
    )
    assert [(i.item, i.status) for i in items(made, "consent")] == [
        ("Ada Berg agreed to the recording.", "done"),
        ("Bo Lind agreed to the recording.", "done"),
    ]


def test_the_second_of_two_who_does_not_agree_blocks() -> None:
    made = material("I: Are you both all right with being recorded?\nA: Yes, of course.\nB: I'd rather you didn't.\nI: I see.\nA: So.")
    assert [i.blocks for i in items(made, "consent")] == [True, False, True]
    assert "not every customer" in items(made, "consent")[0].item


def test_what_was_said_of_a_permission_is_noted_and_still_blocks() -> None:
    made = material(
        "I: Can we use the company name and your name?\nA: Name's fine. For the company you'd go through Ottoline.\nI: Thanks.\nA: Bye."
    )
    rows = items(made, "permissions")[:6]
    assert "“For the company you'd go through Ottoline.”" in rows[0].item
    assert "“Name's fine.”" in rows[3].item
    assert [r.status for r in rows] == ["to confirm", "to ask", "to ask", "to confirm", "to ask", "to ask"]
    assert all(r.blocks for r in rows)


def test_a_contradiction_that_was_settled_on_the_call_does_not_block() -> None:
    said = "I: How long was the rollout, all in?\nA: Five months for all forty.\nB: More like seven, if you count Wales.\nA: "
    (open_still,) = [i for i in items(material(said + "No, it was five."), "customer") if "go together" in i.item][:1]
    (settled,) = [i for i in items(material(said + "That's true, seven."), "customer") if "go together" in i.item]
    assert (open_still.blocks, settled.blocks, settled.status) == (True, False, "done")
    assert "Ada Berg settled it" in settled.item
