from __future__ import annotations

from dataclasses import replace

import pytest

from copilot import Session
from copilot.background import Background
from copilot.drafts import Material
from copilot.drafts.checklist import Item, checklist
from copilot.drafts.outline import outline
from copilot.findings import Contradiction, Gap, Verify
from copilot.turns import Loss

from .conftest import BACKGROUND, SAID, material, turns


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
        ("It went from 30 minutes to 5 minutes, so it is two hundred and eighty percent faster.", "gives 83.3 %, a factor of 6. The two"),
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


def test_an_end_of_another_pair_is_no_stated_change() -> None:
    said = (
        "Online orders rose from nineteen percent to eighty-one percent. Abandoned calls went down to six percent from forty-one percent."
    )
    rows = [i.item for i in checklist(material(f"I: What changed?\nA: {said}")).items if i.item.startswith("Arithmetic: ")]
    assert not rows


def test_what_is_computed_is_told_from_what_was_said() -> None:
    rows = [i for i in checklist(material()).items if i.item.startswith("Arithmetic: 90 %")]
    assert [i.derived for i in rows] == [("87 %",)]


def test_consent_names_who_agreed_and_blocks_for_who_was_not_heard_to(bakery: Material) -> None:
    first, second = items(bakery, "consent")
    assert (first.item, first.status, first.blocks) == ("Ada Berg agreed to the recording.", "done", False)
    assert [c.turn for c in first.evidence] == [1, 2]
    assert (second.item, second.blocks) == ("Confirm that Bo Lind agreed to the recording, too.", True)


@pytest.mark.parametrize(
    ("answer", "condition"),
    [
        ("Fine by me. As long as it isn't going on television.", "As long as it isn't going on television."),
        ("Yes, provided you delete it afterwards.", "Yes, provided you delete it afterwards."),
        ("I agree, on one condition. Nobody plays it to my brother.", "I agree, on one condition. Nobody plays it to my brother."),
        ("Sure, if it's only for your notes.", "Sure, if it's only for your notes."),
        ("Yes, if I get a copy.", "Yes, if I get a copy."),
        ("Okay, but it doesn't leave your team.", "Okay, but it doesn't leave your team."),
        ("Okay, but no sharing.", "Okay, but no sharing."),
        ("Okay, but I need to see the draft first.", "Okay, but I need to see the draft first."),
        ("Yes, but I want nobody else to hear it.", "Yes, but I want nobody else to hear it."),
        ("Yes, if I have the last word.", "Yes, if I have the last word."),
        ("Sure, but it has to stay with you.", "Sure, but it has to stay with you."),
        ("Sure, just not the video.", "Sure, just not the video."),
        ("Okay, just for now.", "Okay, just for now."),
        ("Fine by me. As long as my name isn't on it.", "As long as my name isn't on it."),
        ("Yes, for the first half.", "Yes, for the first half."),
        ("Fine, but switch it off when we get to pricing.", "Fine, but switch it off when we get to pricing."),
        ("Not at all, provided it's deleted once the piece is out.", "Not at all, provided it's deleted once the piece is out."),
        ("Yes, unless you're planning to publish the audio.", "Yes, unless you're planning to publish the audio."),
        ("Yes, assuming nobody outside hears it.", "Yes, assuming nobody outside hears it."),
        ("Yes, as long as you're the only one listening.", "Yes, as long as you're the only one listening."),
        ("Okay, but the file stays with you.", "Okay, but the file stays with you."),
        ("Yes, if the camera is off.", "Yes, if the camera is off."),
        ("Okay, and you send me the file, please.", "Okay, and you send me the file, please."),
    ],
)
def test_a_yes_on_a_condition_is_to_be_confirmed_in_its_words(answer: str, condition: str) -> None:
    made = material(f"I: May I record this?\nA: {answer}\nI: Thanks. How is it going?\nA: Well, thanks.")
    (row,) = items(made, "consent")
    assert row.item == f"Ada Berg agreed to the recording on a condition: “{condition}” Is it kept?"
    assert (row.status, row.blocks) == ("to confirm", True)
    assert made.findings.consent.granted == 2


@pytest.mark.parametrize(
    "answer",
    [
        "Yes, go ahead, I've known you long enough.",
        "Sure, start if you like.",
        "Yes, go ahead and record.",
        "Yes, but just give me a second.",
        "Sure, take as long as you need.",
        "Yes, for all the good it will do you.",
        "Sure, but I'm in the car.",
        "Sure. I'm ready for the first question.",
        "Yes, fine, but I must get some water first.",
        "Yes, go ahead, if I have to.",
        "Sure, but it has an echo.",
        "Sure, but the office is loud.",
        "Yes, and you look well, by the way.",
        "Yes, as long as you like.",
        "Fine, but that doesn't mean I like it.",
        "Yes, just not my best day.",
        "Yes. I only have half an hour, for now at least.",
    ],
)
def test_a_yes_without_a_condition_is_done(answer: str) -> None:
    (row,) = items(material(f"I: May I record this?\nA: {answer}\nI: Thanks. How is it going?\nA: Well, thanks."), "consent")
    assert (row.item, row.status) == ("Ada Berg agreed to the recording.", "done")


def test_an_answer_that_is_no_plain_yes_is_to_be_confirmed_before_anything_is_published() -> None:
    called = "I: Is it okay if I record this?\nA: Strap in, my family is on the radio anyway.\nI: So what does the depot do?\nA: Trams."
    (row,) = items(material(called), "consent")
    assert row.item.startswith("Confirm that Ada Berg agreed to the recording: the request or the answer")
    assert (row.status, row.blocks, [c.turn for c in row.evidence]) == ("to confirm", True, [1, 2])


def test_a_recording_that_nobody_asked_about_blocks() -> None:
    (row,) = items(material("I: How is it going?\nA: Well, thanks."), "consent")
    assert (row.status, row.blocks) == ("missing", True)
    assert row.item == "Nobody asked for permission to record, and no customer was heard to agree."


@pytest.mark.parametrize("said", ["We're recording a loss this year.", "I'll record every order in the system."])
def test_what_is_entered_in_books_tells_of_no_recording(said: str) -> None:
    (row,) = items(material(f"I: Hello. {said}\nA: Oh. Right.\nI: How is it going?\nA: Well, thanks."), "consent")
    assert row.item == "Nobody asked for permission to record, and no customer was heard to agree."


def test_a_recording_that_was_told_and_not_asked_about_is_noted_in_its_words() -> None:
    (row,) = items(material("I: Hello. It's recording, by the way.\nA: Oh. Right.\nI: How is it going?\nA: Well, thanks."), "consent")
    assert row.item == (
        "Ira Noor only told that the call is recorded: “It's recording, by the way.” Nobody asked, and no customer was heard to agree."
    )
    assert (row.status, row.blocks, [c.turn for c in row.evidence]) == ("missing", True, [1])


def test_who_takes_the_recording_back_is_named_with_the_words() -> None:
    made = material("I: May I record this?\nA: Sure.\nI: How is it going?\nA: I don't want this recorded after all.\nI: I see.\nA: So.")
    (row,) = items(made, "consent")
    assert row.item == "Ada Berg was heard to refuse the recording: “I don't want this recorded after all.” Was it off, or deleted?"
    assert (row.blocks, [c.turn for c in row.evidence]) == (True, [1, 4])


def test_the_off_record_ledger_says_where_and_never_what(bakery: Material) -> None:
    (row,) = items(bakery, "off the record")
    assert row.item == "Ada Berg set a boundary in turn 13: what was said in turn 13 may not be used, in any words."
    assert [(c.turn, c.text) for c in row.evidence] == [(13, "")]


def test_what_is_lost_of_the_call_blocks_since_a_request_may_be_among_it(bakery: Material) -> None:
    assert all("lost" not in item.item for item in items(bakery, "off the record"))
    made = replace(bakery, losses=(Loss(at=754.0, lines=2), Loss(at=900.0, lines=1)))
    lost = [item for item in items(made, "off the record") if "lost" in item.item]
    assert [item.item.partition(",")[0] for item in lost] == [
        "2 lines of the call's record are lost at 12:34", "1 line of the call's record is lost at 15:00",
    ]  # fmt: skip
    assert all(item.blocks for item in lost)


def test_permissions_stand_apart_and_each_blocks(bakery: Material) -> None:
    rows = items(bakery, "permissions")
    assert len(rows) == 6
    assert all(row.blocks and row.status == "to ask" and row.owner == "The Crust Company" for row in rows)
    assert "word for word?" in rows[2].item


def test_the_quotes_of_a_speaker_are_one_item_that_holds_each_to_the_letter(bakery: Material) -> None:
    rows = [i for i in items(bakery, "customer") if i.item.startswith("Exact words of")]
    assert len({row.owner for row in rows}) == len(rows) > 0
    for row in rows:
        assert row.blocks
        assert [part.evidence for part in row.parts] == [(cited,) for cited in row.evidence]
        for cited in row.evidence:
            assert cited.text == bakery.turns[cited.turn].text[cited.start : cited.end]
            assert row.owner == cited.speaker


def test_a_pair_of_before_and_after_lists_what_was_not_found_and_asks_for_other_causes(bakery: Material) -> None:
    row = next(i for i in items(bakery, "customer") if "730 a month" in i.item and "Noted as" in i.item)
    assert "before: 730 orders" in row.item
    assert "Not found on the call: scope, source." in row.item
    assert "What else could have caused it?" in row.item
    assert row.blocks


def test_a_result_without_a_value_before_is_not_asked_for_other_causes() -> None:
    rows = items(material("I: What changed?\nA: We save forty hours a month now, and nobody rings at night."), "customer")
    (row,) = [i for i in rows if "forty hours" in i.item]
    assert row.blocks
    assert "What else" not in row.item


def test_a_result_of_nothing_named_blocks_nothing_and_stands_apart_from_one_that_can_be_printed() -> None:
    said = "I: What changed?\nA: We save forty hours a month now. And he stood there for ninety minutes."
    rows = [i for i in items(material(said), "customer") if "forty" in i.item or "ninety" in i.item]
    assert [("ninety minutes" in i.item, i.blocks) for i in rows] == [(False, True), (True, False)]


def test_a_caveat_in_the_sentence_of_a_figure_is_not_quoted_twice() -> None:
    said = "Errors fell from 40 percent to 12 percent, but that's a small sample."
    (row,) = [i for i in items(material(f"I: What changed?\nA: {said}"), "customer") if "12 percent" in i.item]
    assert row.item.count("small sample") == 1
    assert "Mind the caveat in these words." in row.item


def test_the_condition_of_a_consent_is_to_be_kept_once() -> None:
    asked = "I: May I record this?\nA: Yes, subject to the draft being routed through communications before it goes out.\nI: Of course."
    rows = [i for i in checklist(material(asked)).items if "routed through communications" in i.item]
    assert [(i.area, i.owner) for i in rows] == [("consent", "Ira Noor")]
    later = "I: Anything else?\nA: It has to go through communications first."
    assert any("go through" in i.item for i in items(material(f"{asked}\n{later}"), "permissions"))


def test_a_metric_that_is_told_twice_is_one_item() -> None:
    said = "I: What changed?\nA: Wrong orders went from 730 a month to 95 a month.\nI: And since?\nA: Wrong orders are 80 a month now."
    rows = [i for i in items(material(said), "customer") if "Wrong orders" in i.item and "Noted as" in i.item]
    assert len(rows) == 1
    assert {c.turn for c in rows[0].evidence} == {2, 4}


def test_figures_that_only_describe_are_one_item_of_a_speaker_with_a_line_for_each_place(bakery: Material) -> None:
    (row,) = [i for i in items(bakery, "customer") if i.item.startswith("Company facts")]
    assert "\n☐ 210 cafés. “two hundred and ten cafés” (0:40)\n☐ 90 people; holds for: two sites. “ninety people” (0:40)" in row.item
    assert not row.blocks
    assert len(row.parts) == row.item.count("☐") == len(row.evidence)
    assert all(cited in part.evidence for part, cited in zip(row.parts, row.evidence, strict=True))


def test_figures_to_tick_stand_in_the_order_of_the_call_with_nothing_between_them() -> None:
    said = "I: What was hard?\nA: We lost forty sacks to damp before. And eleven loaves went to the wrong door."
    rows = [i for i in items(material(said), "customer") if i.item.startswith("What the problem was")]
    assert [[line.partition(" ")[0] for line in i.item.splitlines()] for i in rows] == [["What", "☐", "☐"]]
    assert rows[0].item.index("forty") < rows[0].item.index("eleven")


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


def test_open_questions_are_one_item_that_points_to_the_outline_and_holds_every_one(bakery: Material) -> None:
    open_ = {g.turn for g in bakery.findings.gaps if g.severity == "must" and g.outcome == "open" and g.turn != 13}
    row, waiting = items(bakery, "open questions")
    assert "in the outline" in row.item
    assert {c.turn for c in row.evidence} >= open_ - {20}
    assert all(part.text.endswith("?") for part in row.parts)
    assert (row.status, waiting.status) == ("open", "waiting")


def test_small_numbers_in_passing_are_left_to_the_outline(bakery: Material) -> None:
    assert not any("“two sites”" in item.item for item in checklist(bakery).items)
    assert any(card.said.text == "two sites" for section in outline(bakery).sections for card in section.metrics)


@pytest.mark.parametrize(("asked", "told"), [("How many vans do you run?", True), ("What do you run?", False)])
def test_a_small_number_that_was_asked_for_is_told(asked: str, told: bool) -> None:
    rows = checklist(material(f"I: {asked}\nA: Four vans.")).items
    assert any("“Four vans”" in item.item for item in rows) is told


def test_facts_of_the_background_file_are_one_item_that_says_that_nobody_said_them(bakery: Material) -> None:
    (row,) = [i for i in items(bakery, "customer") if i.item.startswith("From the background file, not said on the call:")]
    assert tuple(part.text for part in row.parts) == BACKGROUND.customer.facts
    assert all(f"☐ {fact}" in row.item for fact in BACKGROUND.customer.facts)


def test_technical_claims_of_one_answer_are_one_item() -> None:
    said = "I: How does it connect?\nA: It talks to the accounting system over an API. It syncs the stock to the scanner every night."
    rows = [i for i in items(material(said), "engineering") if i.item.startswith("Is this right?")]
    assert [len(row.evidence) for row in rows] == [2]


def test_a_boundary_that_is_sure_of_one_turn_and_may_reach_another_is_one_item() -> None:
    said = (
        "I: What did it cost?\nA: Forty thousand for the mixer and a lot of tears.\nI: And the lease?\n"
        "A: Nine hundred a month. Please leave that out of the story.\nI: Of course.\nA: The dough is better."
    )
    made = material(said)
    assert len(items(made, "off the record")) == len({row.turn for row in made.findings.off_record}) == 1


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
    assert (row.owner, row.status, row.blocks) == ("Ira Noor", "to confirm", True)


@pytest.mark.parametrize(
    "said",
    [
        "Our old logo cost a fortune.",
        "We scored it and Malcolm signed it off.",
        "She approved the budget before the summer.",
        "He calls by name.",
        "The chairman waved, and there was no picture of him.",
        "I'll keep her name out of it this time.",
        "It's data now, and not a picture of a page.",
    ],
)
def test_talk_about_names_and_approvals_is_no_condition(said: str) -> None:
    assert not [i for i in items(material(f"I: What happened?\nA: {said}"), "permissions") if "condition" in i.item]


def test_a_short_condition_is_shown_with_the_question_that_it_answers() -> None:
    def told(said: str) -> str:
        made = material(f"I: Who took it?\nA: Ottoline took it.\nI: Can we print the photo?\nA: {said}\nI: Of course.")
        (row,) = [i for i in items(made, "permissions") if "condition" in i.item]
        return row.item

    assert "Can we print the photo?" in told("I need approval.")
    assert "Can we print the photo?" not in told("I'd like our communications people to see it before it goes anywhere.")


def test_a_boundary_that_is_set_twice_is_one_row() -> None:
    made = material(
        "I: And the price?\nA: We pay forty thousand, and that is not for print.\nI: Noted.\nA: And don't print what I said about the "
        "price.\nI: And the oven?\nA: The oven was late, but that's between us.\nI: Fine."
    )
    first, second = [i.item for i in items(made, "off the record")]
    assert "in turns 2 and 4: what was said in turns 2 and 4" in first
    assert "in turn 6: what was said in turns 4 and 6" in second


def test_a_condition_that_is_itself_barred_is_not_shown() -> None:
    made = material("I: And the price?\nA: Forty thousand, but that is off the record, and don't put my photo in either.\nI: Understood.")
    assert not any("photo" in i.item for i in checklist(made).items)


def test_each_of_two_customers_agrees_to_the_recording_for_one() -> None:
    made = material(
        "I: Are you both all right with being recorded?\nA: Yes, of course.\nB: Fine with me, as long as I see it.\nI: Thanks.\nA: So."
    )
    assert [(i.item, i.status) for i in items(made, "consent")] == [
        ("Ada Berg agreed to the recording.", "done"),
        ("Bo Lind agreed to the recording on a condition: “Fine with me, as long as I see it.” Is it kept?", "to confirm"),
    ]


def test_the_second_of_two_who_does_not_agree_blocks() -> None:
    made = material("I: Are you both all right with being recorded?\nA: Yes, of course.\nB: I'd rather you didn't.\nI: I see.\nA: So.")
    agreed, refused = items(made, "consent")
    assert (agreed.item, agreed.blocks) == ("Ada Berg agreed to the recording.", False)
    assert refused.item == "Bo Lind was heard to refuse the recording: “I'd rather you didn't.” Was it off, or deleted?"
    assert (refused.status, refused.blocks, [c.turn for c in refused.evidence]) == ("missing", True, [1, 3])


def test_what_was_said_of_a_permission_is_noted_and_still_blocks() -> None:
    made = material(
        "I: Can we use the company name and your name?\nA: Name's fine. For the company you'd go through Ottoline.\nI: Thanks.\nA: Bye."
    )
    rows = items(made, "permissions")[:6]
    assert "“For the company you'd go through Ottoline.”" in rows[0].item
    assert "“Name's fine.”" in rows[3].item
    assert [r.status for r in rows] == ["to confirm", "to ask", "to ask", "to confirm", "to ask", "to ask"]
    assert all(r.blocks for r in rows)


@pytest.mark.parametrize(
    ("said", "logo", "photo"),
    [
        (
            "The logo's no problem, yes. The photo, not yet, anything with the oven in it has to go through safety first.",
            "The logo's no problem, yes.",
            "The photo, not yet",
        ),
        ("The logo yes, the photo no.", "The logo yes, the photo no.", "The logo yes, the photo no."),
        ("The logo, yes. Not the photo.", "The logo, yes.", "Not the photo."),
        ("Yes, both.", "Yes, both.", "Yes, both."),
    ],
)
def test_leave_for_a_photo_is_a_permission_of_its_own(said: str, logo: str, photo: str) -> None:
    made = material(f"I: Hello.\nA: Hello.\nI: Could we use your logo, and a photo of the oven?\nA: {said}\nI: Thanks.\nA: Bye.")
    rows = {i.item.partition("?")[0]: i for i in items(made, "permissions")}
    assert logo in rows["May we show the company's logo"].item
    assert photo in rows["May we show the photo"].item
    assert rows["May we show the photo"].status == "to confirm"
    assert rows["May we show the photo"].blocks


@pytest.mark.parametrize(
    ("asked", "said", "row"),
    [
        ("Could we show the dashboard?", "Er...", True),
        ("Can we use the video?", "You can use it.", True),
        ("What happened?", "The dubbed film is good, but the joke is gone.", False),
        ("What happened?", "We took a photo of the oven.", False),
        ("Can we use your logo?", "Yes, it's on every photo.", False),
    ],
)
def test_what_only_some_stories_show_needs_leave_only_where_it_was_asked_for(asked: str, said: str, row: bool) -> None:
    made = items(material(f"I: Hello.\nA: Hello.\nI: {asked}\nA: {said}\nI: Thanks.\nA: Bye."), "permissions")
    assert any(i.item.startswith(("May we show the chart", "May we show the video", "May we show the photo")) for i in made) is row


@pytest.mark.parametrize(
    ("asked", "said", "company", "people"),
    [
        ("And can we use The Crust Company's name and logo?", "The name's fine, I've checked.", True, False),
        ("Could we use the company's name?", "Yes, the name is fine.", True, False),
        ("Anything else?", "The bakery's name is fine.", True, False),
        ("Anything else?", "The company name is fine.", True, False),
        ("Can we use your name?", "My name is fine.", False, True),
        ("Anything else?", "You can use my name.", False, True),
        ("And how shall I name you both?", "Ada Berg, Owner, no letters after it.", False, False),
    ],
)
def test_a_name_is_the_companys_or_a_persons(asked: str, said: str, company: bool, people: bool) -> None:
    rows = items(material(f"I: Hello.\nA: Hello.\nI: {asked}\nA: {said}\nI: Thanks.\nA: Bye."), "permissions")
    noted = {row.item.partition("?")[0]: said in row.item for row in rows}
    assert noted["May we name the company"] is company
    assert noted["May we name the people who are quoted, with their titles"] is people


@pytest.mark.parametrize(
    ("said", "noted"),
    [
        ("Ooh, well, careful. It's fine.", "It's fine."),
        ("Yes, go right ahead.", "Yes, go right ahead."),
        ("You'd have to ask our lawyers.", "You'd have to ask our lawyers."),
        ("Anyway, the thing I wanted to show you is the oven.", None),
        ("Er...", None),
    ],
)
def test_what_answers_a_question_for_leave_says_yes_or_no_or_that_it_depends(said: str, noted: str | None) -> None:
    made = material(f"I: Hello.\nA: Hello.\nI: Can we use your logo?\nA: {said}\nI: Thanks.\nA: Bye.")
    (row,) = [i for i in items(made, "permissions") if "logo" in i.item]
    assert (row.status, row.blocks) == ("to confirm" if noted else "to ask", True)
    assert row.item.endswith(
        f"said on the call: “{noted}”" if noted else "Asked on the call, “Can we use your logo?”, and no plain answer noted."
    )
    assert [c.turn for c in row.evidence] == [4 if noted else 3]


def said_of(made: Material, permission: str) -> Item:
    """Return the item on a permission, by the first words of its question."""
    (row,) = [i for i in items(made, "permissions") if i.item.startswith(permission)]
    return row


@pytest.mark.parametrize(
    ("later", "holds"),
    [
        ("Two hundred. You must not use our logo, though, I was wrong there.", False),
        ("Two hundred. On the logo, I spoke too soon, Marketing has to say.", False),
        ("Two hundred, and they all wear the logo.", True),
    ],
)
def test_the_last_word_on_a_permission_counts_asked_for_or_not(later: str, holds: bool) -> None:
    row = said_of(
        material(f"I: Can we use your logo?\nA: Yes, gladly.\nI: How many are you?\nA: {later}"), "May we show the company's logo"
    )
    assert ("“Yes, gladly.”" in row.item) is holds
    assert [c.turn for c in row.evidence] == [2 if holds else 4]


def test_an_answer_that_is_held_back_is_pointed_at_and_ends_an_older_yes() -> None:
    said = "I: May we quote you?\nA: Yes, gladly.\nI: And the crew?\nA: They sulked. On reflection, please don't quote me at all."
    row = said_of(material(said), "May we publish the quotes")
    assert row.item.endswith("What Ada Berg said of it in turn 4 is held back: read it there.")
    assert (row.status, row.blocks) == ("to confirm", True)


@pytest.mark.parametrize(
    ("second", "noted"),
    [("Not mine, please.", True), ("No, finance has not cleared them.", True), ("The crews sing in the morning.", False)],
)
def test_each_customer_who_answers_is_noted(second: str, noted: bool) -> None:
    row = said_of(material(f"I: May we print both your names?\nA: Mine, yes.\nB: {second}"), "May we name the people")
    assert "Ada Berg said on the call: “Mine, yes.”" in row.item
    assert ("Bo Lind" in row.item) is noted


def test_an_answer_is_shown_from_where_it_decides_to_where_it_is_settled() -> None:
    row = said_of(material("I: Can we use your logo?\nA: Ooh, I don't know. I need to check with legal."), "May we show the company's logo")
    assert "“Ooh, I don't know. I need to check with legal.”" in row.item


def test_an_answer_ends_before_what_is_said_of_something_else() -> None:
    said = "The oven I'd have to ask the man. And the screenshot I can't send before Monday. The crews sing. They bake. Nobody sleeps."
    row = said_of(material(f"I: Hello.\nA: Hello.\nI: Could I use that photograph?\nA: {said}"), "May we show the photo")
    assert row.item.endswith("“The oven I'd have to ask the man.”")


@pytest.mark.parametrize(
    ("asked", "answer", "company", "people"),
    [
        ("May we name Crust in the story?", "Yes, of course.", True, False),
        ("Can we say it was Crust?", "Yes, gladly.", True, False),
        ("Are we allowed to name the company?", "Yes, gladly.", True, False),
        ("Can we use the name and the logo?", "Yes, both.", True, False),
        ("Can we use your name and the logo?", "Yes, both.", False, True),
        ("Can we name you in the story?", "Yes, of course.", False, True),
        ("Whose ship was it, could we name them?", "Yes, of course.", False, False),
        ("Are you happy to be named?", "Yes, of course.", False, True),
        ("Any objection to us naming you?", "None whatsoever.", False, True),
    ],
)
def test_what_is_to_be_named_says_whose_leave_it_is(asked: str, answer: str, company: bool, people: bool) -> None:
    made = material(f"I: Hello.\nA: Hello.\nI: {asked}\nA: {answer}")
    assert (answer in said_of(made, "May we name the company").item) is company
    assert (answer in said_of(made, "May we name the people").item) is people


@pytest.mark.parametrize(
    ("asked", "permission"),
    [
        ("Would you be comfortable with us quoting you?", "May we publish the quotes"),
        ("How do you feel about being quoted?", "May we publish the quotes"),
        ("Can we publish the forty percent?", "May we publish the figures"),
        ("Name, logo, quotes: all okay?", "May we show the company's logo"),
        ("And the logo is fine for social media as well?", "May we show the company's logo"),
        ("Could it go on LinkedIn too?", "Where may the story appear"),
        ("Do you have a picture of the oven we could use?", "May we show the photo"),
    ],
)
def test_leave_is_asked_for_in_many_forms(asked: str, permission: str) -> None:
    assert "“Yes, gladly.”" in said_of(material(f"I: Hello.\nA: Hello.\nI: {asked}\nA: Yes, gladly."), permission).item


@pytest.mark.parametrize("asked", ["Can we use that one?", "Do they print forty percent of the bags?"])
def test_a_number_that_nobody_asks_to_publish_asks_for_no_leave(asked: str) -> None:
    assert said_of(material(f"I: Hello.\nA: Hello.\nI: {asked}\nA: Yes, gladly."), "May we publish the figures").status == "to ask"


def test_an_answer_to_would_you_mind_is_shown_with_its_question() -> None:
    asked = "Would you mind if we used your logo?"
    row = said_of(material(f"I: Hello.\nA: Hello.\nI: {asked}\nA: Yes, I would, sorry."), "May we show the company's logo")
    assert f"Asked “{asked}”: Ada Berg said on the call: “Yes, I would, sorry.”" in row.item


def test_whether_somebody_else_may_be_quoted_is_for_them_to_say() -> None:
    told = "Greta said to me, I read a whole book last week. We have lost nobody since."
    made = material(f"I: And the nights?\nA: {told}\nI: Is that something we can quote Greta on?\nA: Ask her.\nI: Thanks.\nA: Bye.")
    (row,) = [i for i in items(made, "permissions") if "condition" in i.item]
    assert "“Ask her.” Is it kept? It is about: “Greta said to me, I read a whole book last week.”" in row.item
    assert not any("Ask her" in i.item for i in items(made, "permissions") if i.item.startswith("May we"))


def test_an_order_to_ask_somebody_is_no_condition_without_a_question_for_leave() -> None:
    made = material("I: And the nights?\nA: Greta said to me, I read a whole book last week.\nI: Who knows the number?\nA: Ask her.")
    assert not [i for i in items(made, "permissions") if "condition" in i.item]


@pytest.mark.parametrize(
    ("boundary", "said", "noted"),
    [
        ("You can't use the amount, and not the name of the hotel.", "Just no name and no money.", False),
        ("You can't use the amount, and not the name of the hotel.", "But you can use my name.", True),
        ("You can't use the amount, and not the name of the hotel.", "Only, not my name either.", True),
        ("We paid the hotel for its bread that week.", "Just no name and no money.", True),
    ],
)
def test_what_goes_on_with_a_boundary_is_no_word_on_the_names_of_who_is_quoted(boundary: str, said: str, noted: bool) -> None:
    made = material(f"I: What was it?\nA: We paid four thousand for it. {boundary}\nI: May I tell the rest?\nA: That is fine. {said}")
    (row,) = [i for i in items(made, "permissions") if i.item.startswith("May we name the people")]
    assert (said in row.item) is noted


def test_a_contradiction_that_was_settled_on_the_call_does_not_block() -> None:
    said = "I: How long was the rollout, all in?\nA: Five months for all forty.\nB: More like seven, if you count Wales.\nA: "
    (open_still,) = [i for i in items(material(said + "No, it was five."), "customer") if "go together" in i.item][:1]
    (settled,) = [i for i in items(material(said + "That's true, seven."), "customer") if "go together" in i.item]
    assert (open_still.blocks, settled.blocks, settled.status) == (True, False, "done")
    assert "Ada Berg settled it" in settled.item
    assert "”. " not in open_still.item  # the quoted sentence has its own full stop
    assert open_still.item.endswith(".” Which is right?")


@pytest.mark.parametrize(
    ("answer", "settles"), [("We went back and it's fifty-eight.", True), ("Fine, use his.", True), ("Of course. There was a cake.", False)]
)
def test_a_later_answer_settles_a_contradiction_only_where_it_decides(answer: str, settles: bool) -> None:
    made = material("I: How many?\nA: We have sixty-four vans.\nB: It's fifty-eight vans.\nI: And now?\nA: " + answer)
    (row,) = made.findings.contradictions
    asked = Gap(
        **made.turns[3].span(0, 4).model_dump(), id="1", kind="inconsistent", severity="must", score=1, topic="results.metrics",
        probe="Which?", why="", outcome="answered", closed_by=5,
    )  # fmt: skip
    rows = {"contradictions": (row.model_copy(update={"settled_by": None}),), "gaps": (asked,)}
    made = replace(made, findings=made.findings.model_copy(update=rows))
    (item,) = [i for i in items(made, "customer") if "go together" in i.item]
    assert ("settled it" in item.item, item.blocks) == (settles, not settles)


def test_a_change_that_its_own_two_ends_do_not_give_is_asked_about_once() -> None:
    made = material("I: What changed?\nA: Tickets went from 100 to 50, that's sixty percent down.")
    assert made.findings.contradictions
    asked = [i.item for i in items(made, "customer") if "gives 50 %" in i.item or "go together" in i.item]
    assert [text[:11] for text in asked] == ["Arithmetic:"]


def test_a_sentence_that_contradicts_itself_is_quoted_once() -> None:
    said = "We closed five of the forty."
    made = material(f"I: How many?\nA: {said}\nI: Thank you.\nA: Bye.")
    row = Contradiction(turns=(2,), text="five / forty, which is 12.5 percent")
    made = replace(made, findings=made.findings.model_copy(update={"contradictions": (row,)}))
    (asked,) = [i for i in items(made, "customer") if "go together" in i.item]
    assert asked.item == f"The parts of this do not go together: “{said}” (computed: 12.5 percent). Which is right?"
    assert len(asked.evidence) == 1


@pytest.mark.parametrize(
    ("question", "said", "is_asked"),
    [
        ("What does it connect to?", "It reads the orders from the till over an API.", True),
        ("What does it connect to?", "It talks to the till, because the till has an interface.", True),
        ("What was it like before?", "The old till wrote its orders to a file, and the server lost them.", False),
        ("How did the rollout go?", "The server died in the first week and the app went down.", False),
        ("How did the rollout go?", "Because nobody reads a report on a tablet.", False),
    ],
)
def test_engineering_confirms_what_the_product_does_and_not_what_went_on(question: str, said: str, is_asked: bool) -> None:
    made = material(f"I: {question}\nA: {said}\nI: Thank you.\nA: It is a good oven.")
    claim = Verify(turn=2, start=0, end=len(said), text=said)
    made = replace(made, findings=made.findings.model_copy(update={"verify": (claim,)}))
    assert any(said in item.item for item in checklist(made).items if item.area == "engineering") == is_asked


def test_a_customers_later_leave_is_to_be_confirmed_and_is_shown_where_it_gives_nothing_away() -> None:
    said = (
        "I: What does it cost you?\nA: We pay forty-four thousand euros a year. Please don't put that in.\nI: Understood. Anything else?\n"
        "A: {}\nI: Thank you."
    )

    def asked(reply: str) -> list[tuple[str, str]]:
        items = checklist(material(said.format(reply))).items
        return [(i.status, i.evidence[0].text) for i in items if "after all" in i.item]

    assert asked("You can use the forty-four thousand, it's public.") == [("to confirm", "")]
    assert asked("What it costs, that can go in after all.") == [("to confirm", "What it costs, that can go in after all.")]
    assert asked("No, that is it.") == []


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            "What had you tried?",
            "Oh, three times. First we bought bigger ovens. At the last try we went from eight ovens to thirty-two ovens.",
        ),
        (
            "What had you tried?",
            "Bigger ovens first. On about half of the sites we went from eight ovens to thirty-two ovens, and that helped.",
        ),
        ("How did you cope?", "It jammed three times. So we went from eight drivers to twelve drivers for the winter."),
    ],
)
def test_a_share_or_a_count_beside_two_ends_is_no_stated_change(question: str, said: str) -> None:
    assert not [i for i in checklist(material(f"I: {question}\nA: {said}")).items if i.item.startswith("Arithmetic: ")]


def test_a_change_may_be_put_right_before_its_number() -> None:
    text, status, _ = arithmetic("It went from 30 minutes to 6 minutes, so it is faster. Three times.")
    assert "3 times is stated" in text
    assert status == "does not hold"


@pytest.mark.parametrize(
    ("said", "told"),
    [("We tried a couple of things before that.", False), ("We lost four weeks over it.", True), ("We lost forty orders over it.", True)],
)
def test_a_small_count_of_nothing_that_was_said_is_not_to_be_ticked(said: str, told: bool) -> None:
    text = " ".join(i.item for i in checklist(material(f"I: What was it like before?\nA: It went badly, honestly. {said}")).items)
    assert ("Tick the figures" in text or "this figure right" in text) == told


def told_of(said: str, asked: str = "What changed?") -> str:
    """Return all that the checklist says of the figures of an answer."""
    made = material(f"I: {asked}\nA: {said}")
    return " ".join(i.item for i in checklist(made).items if "right?" in i.item or "Tick" in i.item)


@pytest.mark.parametrize(
    ("said", "change"),
    [
        ("Returns went from 80 a week to 20 a week.", "-75 %"),
        ("Returns went from 80 a week to 20 a month.", None),
        ("We had eighty returns in one quarter and this whole year it's been twenty.", None),
        ("With the old ovens we had forty returns a week. Last month it was twenty.", None),
        ("With the old ovens we had forty returns a week. Last week it was twenty.", "-50 %"),
        ("Last year we had forty returns a week, and this year it's twenty.", "-50 %"),
        ("Our rating went from 3.1 to 4.4.", "+1.3 points"),
        ("Our NPS went from 31 to 54.", "+23 points"),
        ("Returns went from hundreds to twenty.", None),
    ],
)
def test_a_change_is_computed_between_ends_of_one_length_and_of_scores_in_points(said: str, change: str | None) -> None:
    text = told_of(said)
    assert "right?" in text
    assert (f"change: {change} (" in text) if change else ("change:" not in text)


def test_a_value_before_has_its_rate_where_that_is_another() -> None:
    assert "before: 80 returns per week; over: per month" in told_of("Returns went from 80 a week to 20 a month.")
    assert "before: 80 returns; over: per week" in told_of("Returns went from 80 a week to 20 a week.")
    assert "before: 40 returns per week; over: Last month" in told_of("We had forty returns a week. Last month it was twenty.")


def test_a_score_that_is_named_says_what_is_counted() -> None:
    assert "what is counted" not in told_of("Our rating went from 3.1 to 4.4.")


@pytest.mark.parametrize("said", ["We get hundreds of returns a week.", "It saved us thousands of euros."])
def test_a_magnitude_is_shown_in_the_customers_words_alone(said: str) -> None:
    text = told_of(said)
    assert "☐ “" in text
    assert "☐ 700,000" in told_of("It saved us seven lakhs of rupees.")
    assert not any(c.isdigit() for c in text.split("☐")[1].split("(0:")[0])


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("It wasn't forty days.", False),
        ("It was forty days.", True),
        ("In the beginning they promised us a saving of sixty percent.", False),
        ("They promised us sixty percent, and we saved forty percent.", True),
        ("We were hoping for some relief, and errors fell by forty percent.", True),
        ("Your people promised the moon and our complaints are down by thirty percent.", True),
    ],
)
def test_what_is_denied_or_promised_is_not_to_be_ticked(said: str, told: bool) -> None:
    assert bool(told_of(said, "How long did it take, and what did it save you?")) == told


@pytest.mark.parametrize(("said", "told"), [("It was twice the price of yours.", False), ("It was twice the size of yours.", True)])
def test_a_factor_of_prices_is_no_size_of_the_company(said: str, told: bool) -> None:
    assert ("2 times" in told_of(f"We looked at three. {said}", "So who else did you look at?")) == told


@pytest.mark.parametrize(("lead", "told"), [("That's wrong, Ada. It's", True), ("We have", False)])
def test_a_small_count_that_replaces_another_is_to_be_ticked(lead: str, told: bool) -> None:
    made = material(f"I: And the sites?\nA: We have four sites.\nB: {lead} five sites.")
    assert any("☐ 5 sites" in i.item for i in checklist(made).items) is told


@pytest.mark.parametrize(("opens", "told"), [(True, False), (False, True)])
def test_a_time_told_before_anybody_asked_to_record_is_small_talk(opens: bool, told: bool) -> None:
    asked = "I: May I record this?\nA: Yes, go ahead."
    talk = "I: Is Bo coming as well?\nA: He is getting a coffee, it takes him forty minutes."
    made = material("\n".join((talk, asked) if opens else (asked, talk)))
    assert any("40 minutes" in i.item for i in checklist(made).items) is told


def test_two_figures_of_one_sentence_are_confirmed_together() -> None:
    said = "Late loaves went from 730 a month to 95 a month, and complaints went from forty a month to eleven a month."
    rows = [i for i in items(material(f"I: What changed?\nA: {said}"), "customer") if "right?" in i.item and "figure" in i.item]
    assert [row.item.count("Noted as") for row in rows] == [2]
    assert rows[0].item.count(said) == 1


@pytest.mark.parametrize(
    ("said", "is_asked"),
    [
        ("That the app works when there's no signal and keeps the last photo.", False),
        ("At the minute it times out after an hour and they lose the lot.", True),
    ],
)
def test_engineering_confirms_no_wish(said: str, is_asked: bool) -> None:
    made = material(f"I: What is still missing, what would you wish for from the product?\nA: {said}\nI: Thanks.")
    assert any(said in item.item for item in items(made, "engineering")) == is_asked


def test_guessed_roles_block_until_they_are_confirmed() -> None:
    made = material()
    assert items(made, "speakers") == []
    source = made.findings.source.model_copy(update={"guessed": ("Bo Lind", "Somebody Else")})
    (item,) = items(replace(made, findings=made.findings.model_copy(update={"source": source})), "speakers")
    assert "guessed: Bo Lind (customer). Is" in item.item
    assert item.blocks


ROOM = """\
B: We bake for two hundred and ten cafés. Wrong orders went from 730 a month to 95 a month, and nobody cries on the night shift any more.
I: And what did that lead to?
A: I stood in the van at four in the morning with the wrong bread and no phone number to call."""


@pytest.mark.parametrize("label", ["Boardroom 3", "Crust (Meeting Room 2)", "Sales Team", "???", "iPhone", "Speaker 2", "SPEAKER_01"])
def test_a_label_that_names_nobody_is_asked_about_and_its_quotes_say_so(label: str) -> None:
    session = Session()
    for turn in turns(ROOM):
        session.hear(turn.model_copy(update={"speaker": label}) if turn.speaker == "Bo Lind" else turn)
    made = session.material()
    (row,) = items(made, "speakers")
    assert row.item == f"Who spoke as “{label}”? Quotes and figures need a name."
    assert row.blocks
    assert {span.speaker for span in row.evidence} == {label}
    assert [i.owner for i in items(made, "customer") if i.item.startswith("Spelling")] == ["Ada Berg"]
    said = {quote.speaker: quote.by for section in outline(made).sections for quote in section.quotes}
    assert said[label].startswith(f"{label} (who spoke?), ")
    assert said["Ada Berg"].startswith("Ada Berg, ")


@pytest.mark.parametrize("added", [", Team Lead", " (Office Manager)", " (Head Office)", ", Control Room Manager"])
def test_a_title_or_department_beside_a_name_is_no_room(added: str) -> None:
    session = Session()
    for turn in turns(ROOM):
        session.hear(turn.model_copy(update={"speaker": f"Ann Lee{added}"}) if turn.speaker == "Bo Lind" else turn)
    made = session.material()
    assert not items(made, "speakers")
    assert not any("who spoke?" in quote.by for section in outline(made).sections for quote in section.quotes)


def test_a_label_that_said_nothing_for_the_story_is_not_asked_about() -> None:
    session = Session()
    for turn in turns("I: Can you hear us?\nB: Yes.\nI: Good.\nA: Wrong orders went from 730 a month to 95 a month."):
        session.hear(turn.model_copy(update={"speaker": "iPhone"}) if turn.speaker == "Bo Lind" else turn)
    assert not items(session.material(), "speakers")


@pytest.mark.parametrize(
    ("said", "marked"), [("I will interpret for Mr. Tamm.", True), ("We interpret the numbers for the other sites.", False)]
)
def test_the_words_of_an_interpreter_are_marked_as_such(said: str, marked: bool) -> None:
    background = Background.model_validate({"participants": [{"name": "Ada Berg", "role": "customer", "title": "Owner"}]})
    made = material(f"I: Who is there?\nB: {said}\nI: What was it like?\n{ROOM.splitlines()[2].replace('A: ', 'B: ')}", background)
    (quote,) = {quote.by for section in outline(made).sections for quote in section.quotes}
    assert quote.startswith("Bo Lind, interpreting, " if marked else "Bo Lind, 0")
