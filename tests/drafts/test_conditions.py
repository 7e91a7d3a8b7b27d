from __future__ import annotations

from dataclasses import replace

import pytest

from copilot.drafts import Material, draft
from copilot.drafts.checklist import checklist
from copilot.drafts.conditions import closed_time, conditions
from copilot.drafts.email import email
from copilot.drafts.figures import Card, cards
from copilot.drafts.leave import sets_condition
from copilot.drafts.outline import outline
from copilot.findings import Quote
from copilot.reports import render

from .conftest import BACKGROUND, material

BEFORE = "I: What has changed?\nA: Spoilt trays went from 310 a month to 44 a month on both sites last year. "


def figure(made: Material, text: str = "44") -> Card:
    """Return the card of the figure in some words."""
    return next(card for card in cards(made) if text in card.said.text)


def quoting(made: Material, words: str) -> Material:
    """Return the same call with one quote, the given words."""
    turn = next(t for t in made.findings.turns if words in t.text)
    at = turn.text.index(words)
    quote = Quote(turn=turn.turn, start=at, end=at + len(words), text=words, score=0.9)
    return Material(made.findings.model_copy(update={"quotes": (quote,)}), made.background, made.guide)


# Restrictions on figures


@pytest.mark.parametrize(
    "said",
    [
        "It may not appear until the council has signed off the accounts.",
        "Use the figure only when she agrees.",
        "Run it past Ottoline, will you.",
        "I'd want Ottoline to see the sheet before you print it.",
        "I'd ask you to write it with the month.",
        "The figure needs clearance from the council.",
    ],
)
def test_a_condition_binds_the_figure_before_it(said: str) -> None:
    made = material(BEFORE + said)
    card = figure(made)
    assert card.restriction is not None
    assert card.restriction.text == said
    rows = [i for i in checklist(made).items if i.blocks and said in i.item]
    assert any("condition" in i.item and "44 a month" in i.item for i in rows)
    assert said in render(outline(made), "md").decode()


@pytest.mark.parametrize(
    "said",
    [
        "We print the labels before the trays go in.",
        "They won't publish the timetable until March.",
        "We run it past the board every spring.",
        "Before that, the sheet was printed by hand.",
        "He ran it past the others.",
        "I don't use the old one.",
    ],
)
def test_somebody_elses_printing_and_asking_bind_nothing(said: str) -> None:
    assert figure(material(BEFORE + said)).restriction is None


def test_a_condition_at_the_start_of_an_answer_binds_the_figure_of_the_one_before() -> None:
    made = material(BEFORE + "\nI: That is a good number.\nA: Before you print that, Ottoline has to see it.")
    assert figure(made).restriction is not None


def test_a_condition_on_the_whole_text_binds_no_figure() -> None:
    made = material(BEFORE + "And I'd like to read the draft before you print it.")
    (row,) = conditions(made)
    assert row.binds == ()
    assert figure(made).restriction is None


def test_a_condition_on_named_numbers_binds_those_and_not_the_last() -> None:
    call = "I: How are the pilot stores?\nA: The pilot stores lost 12 trays a day.\nI: And the vans?\nA: The vans carry 900 trays a day. "
    made = material(call + "The pilot numbers go past Ottoline before you print them.")
    assert figure(made, "12").restriction is not None
    assert figure(made, "900").restriction is None


def test_a_figure_with_a_condition_or_a_caveat_is_no_headline_nor_close_to_one() -> None:
    free, bound = (outline(material(BEFORE + more)) for more in ("", "It may not appear until Ottoline has signed."))
    warned = outline(material(BEFORE + "I'd be wary of that, the count was changed in May."))
    assert free.headline_candidates or free.nearly
    for made in (bound, warned):
        assert not made.headline_candidates
        assert not made.nearly
        assert any("44" in card.said.text for section in made.sections for card in section.metrics)


# Leave


@pytest.mark.parametrize(
    "said", ["Let me check with Ottoline first.", "I'd need approval for that one.", "I'd have to run that by Ottoline."]
)
def test_leave_that_waits_for_somebody_binds_what_was_asked_for(said: str) -> None:
    asked = material(f"{BEFORE}\nI: Can we publish that?\nA: {said}")
    assert figure(asked).restriction is not None
    other = material(f"{BEFORE}\nI: And how did you train the staff?\nA: {said}")
    assert figure(other).restriction is None


def test_leave_for_the_change_alone_binds_the_plain_figure() -> None:
    call = "I: What changed?\nA: Spoilt trays fell by 85 percent, and we throw out 44 trays a month now.\nI: May we print that?\nA: "
    made = material(call + "The reduction yes, the absolute number no.")
    assert figure(made).restriction is not None
    assert figure(made, "85").restriction is None


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (
            "Can we use your name, and the logo?",
            "My name yes. The logo I have to ask brand about, they have a form. I'll ask them this week.",
        ),
        ("Can we use your photo?", "I'll ask Ottoline."),
    ],
)
def test_leave_for_a_name_or_a_picture_binds_no_figure(asked: str, said: str) -> None:
    made = material(f"{BEFORE}\nI: {asked}\nA: {said}")
    assert conditions(made)
    assert all(row.binds == () for row in conditions(made))
    assert figure(made).restriction is None


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Any sentence with my name on it comes back to me, in writing, before anyone else sees it.", True),
        ("And no bakery is to be named.", True),
        ("The trays come back to us in the evening, and before that they are washed.", False),
        ("No order is to be typed twice.", False),
    ],
)
def test_who_sees_the_words_first_and_whom_the_story_may_name_are_conditions(said: str, found: bool) -> None:
    assert bool(conditions(material(f"I: May I record this?\nA: Yes. {said}"))) is found


def test_what_a_customer_wants_to_see_one_day_is_no_condition() -> None:
    assert conditions(material(f"{BEFORE}I'd like to see it on the vans before I retire.")) == ()
    assert conditions(material(f"{BEFORE}I'd like to see it before you print it."))


# Words to leave out


CLUMSY = "It was a moronic way to work, we carried every single loaf up the stairs by hand."


@pytest.mark.parametrize("said", ["Yes. Without the moronic.", "Sure, only not the moronic.", "Yes. Without the word moronic."])
def test_a_quote_loses_the_word_that_its_speaker_takes_back(said: str) -> None:
    made = quoting(material(f"I: What was it like?\nA: {CLUMSY}\nI: Can I quote that?\nA: {said}"), CLUMSY)
    (quote,) = [q for s in outline(made).sections for q in s.quotes]
    assert quote.text == "we carried every single loaf up the stairs by hand."
    assert quote.edit == "trimmed"
    assert quote.restriction is not None
    assert "moronic" not in quote.text
    assert "moronic" not in email(made).body


def test_a_quote_that_nothing_is_taken_from_stays_whole() -> None:
    made = quoting(material(f"I: What was it like?\nA: {CLUMSY}\nI: Can I quote that?\nA: Yes. We do it without the stairs now."), CLUMSY)
    (quote,) = [q for s in outline(made).sections for q in s.quotes]
    assert (quote.text, quote.restriction) == (CLUMSY, None)


# Names


STORY = "I: Who noticed?\nA: It was Philippa Grange, she saw the wrong trays at six in the morning. "


@pytest.mark.parametrize(
    "said",
    ["Ask her before you use her name.", "Check with her before you print her name.", "The story yes, her name only if she agrees."],
)
def test_a_name_that_needs_consent_is_held_back_and_its_condition_blocks(said: str) -> None:
    made = material(STORY + said)
    for document in (draft("email", made), draft("outline", made), checklist(made)):
        assert "Philippa" not in render(document, "md").decode()
    assert any(i.blocks for i in checklist(made).items if "condition" in i.item or "consent:" in i.item)


def test_a_name_that_needs_nobodys_consent_is_used() -> None:
    made = material(STORY + "Ask her how it was, she knows everybody by name.")
    assert made.names_pending == ()
    assert "Philippa" in render(outline(made), "md").decode()


def test_a_released_name_is_used_again() -> None:
    made = material(STORY + "Ask her before you use her name.", release=("2",))
    assert made.names_pending == ()


# Permissions and names for print


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("By the way, you can use the logo.", 1),
        ("I'm happy for you to use my name.", 3),
        ("My name and title are fine.", 3),
        ("You may print those figures, they are public.", 4),
    ],
)
def test_a_permission_that_nobody_asked_for_is_noted(said: str, place: int) -> None:
    rows = [i for i in checklist(material(f"I: Anything else?\nA: {said}")).items if i.area == "permissions"]
    assert said in rows[place].item
    assert rows[place].blocks


@pytest.mark.parametrize("said", ["The logo took a year to agree.", "It's not the company, it's the building.", "He knows the figures."])
def test_talk_about_what_could_be_used_is_no_permission(said: str) -> None:
    rows = [i for i in checklist(material(f"I: Anything else?\nA: {said}")).items if i.area == "permissions"]
    assert all(said not in i.item for i in rows)


@pytest.mark.parametrize("said", ["Adelheid, for print.", "It's Berg with an E.", "My full name is Adelheid Berg."])
def test_the_name_for_print_stands_beside_the_speakers(said: str) -> None:
    made = material(f"I: Anything else?\nA: {said}")
    (row,) = [i for i in checklist(made).items if i.item.startswith("Spelling and title: Ada")]
    assert said in row.item
    assert any(said in fact for fact in email(made).facts)


@pytest.mark.parametrize("said", ["That is spelt out in the contract.", "We keep it in print."])
def test_other_words_on_print_change_no_name(said: str) -> None:
    assert email(material(f"I: Anything else?\nA: {said}")).facts[0] == f"Ada Berg, Owner, {BACKGROUND.customer.company}"


# Caveats


@pytest.mark.parametrize(
    "said",
    [
        "In fairness, we also changed the ovens in May.",
        "I wouldn't put all of that on you.",
        "It's not all you, there was a mild winter.",
        "Some of it is the weather.",
        "I'd be wary of that, the definition was changed.",
        "Mind you, the same year we hired two more bakers.",
        "Near enough half of that's the two temps.",
        "Now I'm not giving you all of that, the rate went up in May.",
        "I wouldn't put it down to the scanner.",
        "I can't give the scanner all the credit.",
        "I'd never put it all on the scanner.",
    ],
)
def test_a_customers_own_caveat_is_quoted_and_other_causes_are_not_asked_for(said: str) -> None:
    made = material(BEFORE + said)
    card = figure(made)
    assert card.caveat is not None
    assert card.caveat.text == said
    (row,) = [i for i in checklist(made).items if i.item.startswith(("Is this figure", "Are these")) and "44 a month" in i.item]
    assert said in row.item
    assert "What else could have caused it?" not in row.item
    assert said in render(outline(made), "md").decode()


@pytest.mark.parametrize(
    "said",
    [
        "We also bake at night.",
        "It was the same question every year.",
        "Some of the vans are old.",
        "Not putting it down.",
        "I'm not going to put it down.",
        "I can't give it to you.",
        "I'd not put a number on it.",
    ],
)
def test_other_talk_is_no_caveat(said: str) -> None:
    made = material(BEFORE + said)
    assert figure(made).caveat is None
    assert any("44 a month" in i.item and "What else could have caused it?" in i.item for i in checklist(made).items)


def test_a_caveat_in_answer_to_the_question_for_causes_reaches_the_result() -> None:
    made = material(BEFORE + "\nI: And did anything else change that year?\nA: Well, we also replaced the ovens.")
    assert figure(made).caveat is not None


PUT_DOWN = "\nI: And the 310 to 44, do you put that down to Brindle?\nA: "


@pytest.mark.parametrize(
    ("asked", "said", "warned"),
    [
        (PUT_DOWN, "Ah, no. After the winter everybody wanted cakes.", True),
        (PUT_DOWN, "Not really, everybody wanted cakes after the winter.", True),
        (PUT_DOWN, "Yes, all of it.", False),
        (PUT_DOWN, "No idea who would know.", False),
        (PUT_DOWN, "No question, it was you.", False),
        (PUT_DOWN, "Never mind, yes.", False),
        (PUT_DOWN, "Sadly, yes.", False),
        (PUT_DOWN, "Not bad, yes.", False),
        (PUT_DOWN, "Not at all. Everybody wanted cakes.", True),
        (PUT_DOWN, "No - the winter did it.", True),
        ("\nI: And do you bake on Sundays?\nA: ", "Ah, no. After the winter everybody wanted cakes.", False),
        (PUT_DOWN.replace("310 to 44", "9 new ovens"), "Ah, no. Everybody wanted cakes.", False),
    ],
)
def test_a_no_to_what_a_figure_is_put_down_to_is_a_caveat_on_it(asked: str, said: str, warned: bool) -> None:
    caveat = figure(material(BEFORE + asked + said)).caveat
    assert (caveat is not None) is warned
    assert caveat is None or caveat.text.startswith(said.partition(".")[0])


@pytest.mark.parametrize(("banned", "bound"), [("all the houses", "six trays"), ("it like that", "900 crates")])
def test_a_ban_on_words_binds_the_sentences_that_hold_them(banned: str, bound: str) -> None:
    told = "In all the houses they bake six trays a day. We also sell 900 crates of rolls a week. "
    (row,) = conditions(material(f"I: What do you bake?\nA: {told}So don't write {banned}, they'll laugh at me."))
    assert [bound in span.text for span in row.binds] == [True]


def test_a_caveat_is_on_no_figure_of_somebody_else() -> None:
    made = material(BEFORE + "\nI: And you, Bo?\nB: Some of it is the weather.")
    assert figure(made).caveat is None


@pytest.mark.parametrize(
    "said",
    [
        "The 310 is only the big ones and the 44 is everything. So it's not a totally clean comparison.",
        "They aren't really comparable.",
        "It isn't like for like.",
    ],
)
def test_a_caveat_on_a_comparison_leaves_the_change_out(said: str) -> None:
    card = figure(material(BEFORE + said))
    assert card.before is not None
    assert card.caveat is not None
    assert card.change is None


def test_another_caveat_leaves_the_change_in() -> None:
    card = figure(material(f"{BEFORE}It's not all you, there was a mild winter."))
    assert card.caveat is not None
    assert card.change is not None


@pytest.mark.parametrize("said", ["It was a fair comparison of both.", "We compare the two every year."])
def test_talk_of_comparing_is_no_caveat(said: str) -> None:
    card = figure(material(BEFORE + said))
    assert (card.caveat, card.change is None) == (None, False)


@pytest.mark.parametrize(("told", "reached"), [("One tray costs us £38", False), ("We save £38 a night", True)])
def test_a_caveat_of_cause_is_about_the_change_and_not_about_a_price_beside_it(told: str, reached: bool) -> None:
    made = material(f"{BEFORE}{told}. Near enough half of that's the two temps.")
    results = tuple(m.model_copy(update={"kind": "result"}) for m in made.findings.metrics)
    made = replace(made, findings=made.findings.model_copy(update={"metrics": results}))
    assert figure(made).caveat is not None
    assert (figure(made, "38").caveat is not None) is reached


def test_a_caveat_of_cause_reaches_the_pair_before_the_nearest_result() -> None:
    saved = "We save nine hours a week now. I wouldn't give Brindle all of that, we also hired two bakers."
    made = material(BEFORE + saved)
    assert figure(made, "nine").caveat is not None
    assert figure(made).caveat == figure(made, "nine").caveat


@pytest.mark.parametrize(
    ("said", "sets"),
    [
        ("There is an embargo on that until the twelfth.", True),
        ("Those are embargoed, mind.", True),
        ("Embargoed goods, dual use parts, anything on the list.", False),
        ("If something is under embargo it just shows a lock.", False),
    ],
)
def test_an_embargo_is_a_condition_where_it_is_on_what_was_said(said: str, sets: bool) -> None:
    assert sets_condition(said) is sets


@pytest.mark.parametrize(
    ("said", "bound"),
    [
        ("I wouldn't print either of his.", "We had it in within ninety days."),
        ("Run his figures past legal before you print.", "We had it in within ninety days."),
        ("I wouldn't print either of those.", "It took twenty-eight weeks."),
    ],
)
def test_a_condition_on_somebody_elses_figures_is_not_on_its_speakers(said: str, bound: str) -> None:
    made = material(
        "I: How long did it take?\nB: We had it in within ninety days. It was like a party.\nI: And the ovens?\nB: Four ovens went out.\n"
        f"I: Bo told me ninety days to get it in?\nA: It took twenty-eight weeks. {said}\nI: Noted."
    )
    assert [[span.text for span in c.binds] for c in conditions(made)] == [[bound]]


def test_a_condition_on_figures_that_nobody_else_told_binds_none() -> None:
    made = material("I: How long did it take?\nA: It took twenty-eight weeks. My boss has others, I wouldn't print his.\nI: Noted.")
    assert [c.binds for c in conditions(made)] == [()]


@pytest.mark.parametrize(
    ("said", "is_closed"),
    [
        ("The story is under embargo until the polls have closed.", True),
        ("Nothing is published until Marcus has had a look.", False),
        ("It's not public until you print it.", False),
        ("We had nothing published before we met you.", False),
        ("Before the quiet period we ran nine trains.", False),
    ],
)
def test_a_time_in_which_nothing_may_be_published_is_no_person_and_no_past(said: str, is_closed: bool) -> None:
    assert (closed_time(material(f"I: And the timing?\nA: {said}")) is not None) is is_closed
