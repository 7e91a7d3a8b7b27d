"""What a customer lets be used after all, by its amount or its noun, until when it stays back, and what does not mean that."""

from __future__ import annotations

from datetime import date

import pytest

from copilot import Background, Session, Turn

BACKGROUND = Background.model_validate({"participants": [{"name": "Ada", "role": "customer"}, {"name": "Ivo", "role": "interviewer"}]})
CALL = (
    "The crane cost us eighteen thousand pounds. Please don't put that in.", "Of course. And then?",
    "We bought it in May from a dealer in Kent.", "And how has it been?", "Quiet, which is what my wife likes about it.",
)  # fmt: skip


def in_turn(*said: str) -> Session:
    """Return a call in which an interviewer asks and a customer answers, in turn."""
    session = Session(background=BACKGROUND)
    for number, text in enumerate(said, 1):
        who, role = ("Ivo", "interviewer") if number % 2 else ("Ada", "customer")
        session.hear(Turn(turn=number, speaker=who, role=role, text=text))
    return session


def heard(*rest: str) -> Session:
    """Return the call on a crane, and what is said after it."""
    return in_turn("What did it cost?", *CALL, *rest)


def barred(*rest: str) -> set[int]:
    """Return the turns that nobody can release."""
    return {turn for row in heard(*rest).findings.off_record for turn in row.covers if row.degree == "clear"}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("Anything else?", "You can have the eighteen thousand and all, put it in."),
        ("Anything else?", "Actually, the eighteen thousand, you can use that."),
        ("Anything else?", "Oh, and the eighteen thousand is public, it's in the parish accounts."),
        ("Anything else?", "I've changed my mind about the eighteen thousand. Use it."),
        ("Anything else?", "What the crane cost, that can go in after all."),
        ("About the eighteen thousand, may I use it?", "Yes, go ahead."),
        ("You asked me to leave out the eighteen thousand. Is that still so?", "No, you can print it."),
        ("Could I print what the crane cost after all?", "Sure, why not."),
        ("Pity about the eighteen thousand.", "That's fine, that's our own figure."),
    ],
)
def test_later_leave_lets_the_turn_with_the_amount_or_the_noun_be_released(asked, said):
    session = heard(asked, said, "Great.")
    (row,) = session.findings.off_record
    assert (row.covers, row.degree) == ((2,), "possible")
    assert row.leave is not None
    assert (row.leave.turn, row.leave.covers) == (8, (2,))
    assert not session.material().is_open(2)
    session.release("2", date(2026, 3, 2))
    assert not session.ledger.off_record.covers(session.turns[1].span(0, 9))
    assert not session.material().barred.covers(session.turns[1].span(0, 9))
    assert not session.material().barred.amounts


@pytest.mark.parametrize(
    ("reply", "lifted"),
    [
        ("Understood.", True),
        ("Sure, the glazier stays out.", True),
        ("Understood, I'll drop it. I'd use the bit on the dealer in Kent instead.", False),
    ],
)
def test_words_that_only_point_let_what_was_just_barred_be_used_unless_the_reply_named_something_else(reply, lifted):
    told = ("And the windows?", "A glazier broke three of them. That's off the record.", reply, "That's fine, use that.", "Great.")
    assert (8 in barred(*told)) is not lifted


def test_what_later_leave_lets_be_used_is_in_no_document_until_it_is_released():
    session = heard("Anything else?", "You can have the eighteen thousand, put it in.", "Great.")
    documents = [session.draft(name).model_dump_json() for name in ("email", "outline", "checklist")]
    assert not any("eighteen thousand" in text or "18,000" in text for text in documents)
    (item,) = (i for i in session.draft("checklist").items if i.area == "off the record")
    assert item.item == "Ada let what was said in turn 2 be used after all: confirm and release turn 2, held back until then."
    assert item.status == "to confirm"
    session.release("2", date(2026, 3, 2))
    outline = session.draft("outline").model_dump_json()
    assert "eighteen thousand" in outline
    assert "put that in" not in outline
    assert "confirm and release" not in session.draft("checklist").model_dump_json()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("Anything else?", "You can have the bit about my wife, put it in."),
        ("How many do you print?", "Eighteen thousand leaflets a year, you can use that."),
        ("Anything else?", "You can use the dealer in Kent, but not the eighteen thousand."),
        ("May I quote you on the wife?", "Yes, go ahead."),
        ("Anything else?", "I said to my wife, put the eighteen thousand in the tin and forget it."),
        ("And the eighteen thousand, may I use it?", "I'd rather not."),
        ("And the eighteen thousand, may I use it?", "Let me ask my wife."),
        ("Is the eighteen thousand the whole of it?", "Yes, that's fine, it includes the plates."),
        ("So eighteen thousand. Did you pay at once?", "Yes, of course."),
        ("Anything else?", "If my wife agrees you can have the eighteen thousand."),
        ("Anything else?", "You can print the Kent part, that's public."),
        ("Anything else?", "You can't have the eighteen thousand."),
        ("I'll leave the eighteen thousand out.", "That's fine."),
        ("Anything else?", "Eighteen thousand, put that in big letters."),
        ("Can we say eighteen thousand?", "You can say a lot of money."),
    ],
)
def test_leave_for_something_else_lets_nothing_be_released(asked, said):
    assert 2 in barred(asked, said, "Great.")


def test_leave_for_one_of_two_amounts_lets_neither_be_released():
    said = "The crane cost us eighteen thousand pounds, and the fine was nine thousand. Please don't put that in."
    session = in_turn("What did it cost?", said, "Of course. Anything else?", "You can have the eighteen thousand.")
    assert [(row.covers, row.degree) for row in session.findings.off_record] == [((2,), "clear")]


def test_what_later_leave_freed_can_be_barred_again():
    said = ("Anything else?", "You can have the eighteen thousand, put it in.", "Great. Anything else?")
    assert 2 in barred(*said, "No, sorry, what I said about the crane, leave that out.", "Of course.")


MERGER = (
    "It's off the record, please. We're merging the two depots. The drivers don't know yet.", "Understood.",
    "We have a good canteen.", "Anything else?",
)  # fmt: skip


def merged(said: str, *rest: str) -> Session:
    """Return a call on which a customer comes back, in turn 6, to what is barred in turn 2."""
    return in_turn("What comes next?", *MERGER, said, *rest)


def test_leave_that_names_what_few_turns_hold_needs_no_word_for_coming_back():
    (row,) = merged("Actually, you can use the merger now.").findings.off_record
    assert (row.covers, row.degree) == ((2,), "possible")


@pytest.mark.parametrize(
    "said",
    [
        "The merger, you can mention it after the ninth, once it's announced.",
        "You can use what I said about the merger when it's public.",
        "You can use the merger once it's announced, not before.",
        "If the board agrees you can use the merger.",
        "You can mention the merger. But only after the ninth.",
        "You can mention the merger. Not the drivers.",
    ],
)
def test_leave_on_a_condition_frees_nothing_and_is_held_back_itself(said):
    session = merged(said, "After the ninth, then.")
    assert [(r.turn, r.covers, r.degree) for r in session.findings.off_record] == [(2, (2,), "clear"), (6, (6,), "possible")]
    material = session.material()
    assert not any(material.is_open(turn) for turn in (2, 6, 7))
    (item,) = (i for i in session.draft("checklist").items if "turn 6" in i.item)
    assert (item.area, item.status, item.blocks) == ("off the record", "to confirm", True)
    assert "merger" not in item.model_dump_json()
    session.release("6", date(2026, 3, 10))
    assert session.material().is_open(6)
    assert not session.material().is_open(2)


@pytest.mark.parametrize(
    "said",
    ["You can print the canteen once it's painted.", "You can use the scanner once it's charged.", "When we merged two orders it broke."],
)
def test_a_condition_on_something_else_holds_nothing_back(said):
    assert merged(said).material().is_open(6)


TEAM = Background.model_validate({
    "participants": [{"name": n, "role": "interviewer" if n == "Ivo" else "customer"} for n in ("Ada", "Ben", "Ivo")]
})  # fmt: skip
TIMES = ("Ivo: And the turn times?", "Ben: It's thirty-eight minutes now, gate to gate.")


def leave_of(*rows: str) -> set[int]:
    """Return the turns that customers let be used after all, in a call of rows such as "Ada: Yes."."""
    session = Session(background=TEAM)
    for number, (who, text) in enumerate((row.split(": ", 1) for row in rows), 1):
        session.hear(Turn(turn=number, speaker=who, role="interviewer" if who == "Ivo" else "customer", text=text))
    return {turn for row in session.findings.off_record if row.leave is not None for turn in row.covers}


@pytest.mark.parametrize(
    "said",
    [
        "Oh, okay. Then you can publish the turn times, Ivo.",
        "Oh, okay, then you can use the turn times.",
        "Did we? Then the turn times are fine to use. I take that back.",
        "Did we? Then I take that back.",
        "Is it? Then print it.",
    ],
)
def test_leave_in_the_words_of_a_request_or_right_after_it_lifts_it(said):
    assert 2 in leave_of(*TIMES, "Ada: Please don't publish the turn times.", "Ben: They're in the trade press.", f"Ada: {said}")


@pytest.mark.parametrize(
    "said",
    [
        "The other yard has a blog. You can use the photos of the yard.",
        "We have a new film about the canteen. Use it.",
        "The planners were lazy. No, I take those days back.",
    ],
)
def test_leave_for_something_else_lifts_no_request_right_before(said):
    assert leave_of(*TIMES, "Ada: Please don't publish the turn times.", "Ben: Right you are.", f"Ada: {said}") == set()


def test_leave_that_only_points_reaches_no_request_of_long_before():
    asked = "Ada: Please don't publish the turn times."
    between = ("Ivo: Sure. How is the yard?", "Ben: Tidy, and the cranes are new.", "Ivo: Good.")
    assert leave_of(*TIMES, asked, *between, "Ada: That's fine, use it.") == set()
