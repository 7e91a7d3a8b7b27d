from __future__ import annotations

from collections import Counter

import pytest

from copilot.detectors.gaps.closing_facts import closing_facts, is_met, may_close
from copilot.detectors.gaps.closings import is_pressed, verdict_on
from copilot.detectors.gaps.waiting import content_stems, open_gap, read_answer

from ...conftest import call as turns
from ...conftest import heard


def settled(call, said, asked, answer, kind="missing_metric", between=(), barred=False, promised=False):
    """Return whether an answer declines, and whether it defers, what the customer's words lack."""
    readings = call("I: What has changed?", f"C: {said}", *between, f"I: {asked}", f"C: {answer}")
    gap = open_gap(readings[1], 0, len(said), kind, "results.metrics")
    outcome = verdict_on(gap, read_answer(readings[-1]), Counter(), barred=barred, promised=promised).outcome
    return outcome == "declined", outcome == "deferred"


SAID = "Our overtime bill is way down."
TWO_FIGURES = "Missed deliveries are down sixty percent. Planning takes me twenty minutes now."


def test_words_of_one_root_meet_and_numbers_do_not() -> None:
    assert len(content_stems(["stopped", "stopping", "stops", "stop"])) == 1
    assert len(content_stems(["412", "413"])) == 2
    assert content_stems(["the", "it's", "of"]) == frozenset()


def test_a_question_turned_down_is_declined(call):
    assert settled(call, SAID, "How much was the overtime bill?", "That's between us and the bank.") == (True, False)


def test_an_answer_that_is_not_to_be_used_declines(call):
    answer = "So, this bit is not for print. It was a great deal of money, and they were fined for it."
    assert settled(call, SAID, "How much was the overtime bill?", answer, barred=True) == (True, False)


def test_a_question_that_only_presses_and_is_turned_down_is_declined(call):
    assert settled(call, "Our breakage fell by a third.", "From what level?", "I'd rather not say.", "missing_baseline") == (True, False)


@pytest.mark.parametrize(
    ("asked", "pressed"), [("What else played a part?", True), ("Who else was in the room?", False), ("And what did the vans cost?", False)]
)
def test_a_question_that_presses_in_other_words_is_not_asked_again(call, asked, pressed):
    readings = call(
        "I: Was that why?", "C: There were more reasons.", f"I: {asked}", "C: The depot was near and the people there listened to us."
    )
    gap = open_gap(readings[1], 0, 27, "dropped_thread", "decision.why_us")
    assert is_pressed(gap, read_answer(readings[-1])) is pressed


def test_a_number_given_is_not_declined(call):
    assert settled(call, SAID, "How much was the overtime bill?", "I won't go into the rest, but it was forty thousand.") == (False, False)


def test_another_question_turned_down_declines_nothing(call):
    assert settled(call, SAID, "Okay, moving on. Who else was in the final?", "I'd rather not say who.") == (False, False)


@pytest.mark.parametrize("answer", ["I'll ask Marta, she keeps that.", "I'd have to look it up.", "Let me check and send it to you."])
def test_a_number_put_off_is_deferred(call, answer):
    assert settled(call, SAID, "How much was the overtime bill?", answer) == (False, True)


def test_a_promise_defers_the_number_that_was_asked_for(call):
    assert settled(call, SAID, "How much was the overtime bill?", "Marta will write to you on Friday.", promised=True) == (False, True)


@pytest.mark.parametrize("asked", ["Lovely. Can you send me the rota for the summer?", "Lovely. Can we use the photograph of the kitchen?"])
def test_a_promise_of_something_else_defers_nothing(call, asked):
    assert settled(call, SAID, asked, "I'll get Marta to send it.", promised=True) == (False, False)


def test_a_promise_of_what_a_question_points_back_to_defers_it(call):
    assert settled(call, SAID, "Could Marta confirm that?", "I'll ask her.", promised=True) == (False, True)


@pytest.mark.parametrize(
    ("asked", "answer", "promised", "deferred"),
    [
        ("Could you send me that?", "I'll send it on Friday.", True, True),
        ("Could you send me that photograph?", "I'll send it on Friday.", True, False),
        ("Is there a figure behind it?", "Marta has it.", False, True),
        ("Could she confirm it, d'you reckon?", "I'll get her to send it.", True, True),
        ("How do your neighbours take it?", "Old Piet has it on his phone.", False, False),
    ],
)
def test_a_question_with_a_subject_of_its_own_does_not_point_back(call, asked, answer, promised, deferred):
    assert settled(call, SAID, asked, answer, promised=promised) == (False, deferred)


@pytest.mark.parametrize(
    ("answer", "deferred"),
    [
        ("Finance has the figures.", True),
        ("I think our controller has it.", True),
        ("Everybody in the hall has it.", False),
        ("Every crew at Brimley has it.", False),
        ("The new version has it.", False),
    ],
)
def test_an_answer_is_put_off_to_a_person_or_a_part_of_the_company(call, answer, deferred):
    assert settled(call, SAID, "How much is the overtime bill down?", answer) == (False, deferred)


def test_what_follows_the_question_does_not_hide_what_it_seeks(call):
    asked = "Could we get that one confirmed? It would be a headline."
    assert settled(call, SAID, asked, "I'll ask Marta.", promised=True) == (False, True)


def test_the_last_question_is_the_one_that_is_put_off(call):
    asked = "Is that right? And could I get a photo of the yard?"
    assert settled(call, SAID, asked, "Sure, I'll send one over.", promised=True) == (False, False)


def test_praise_seeks_nothing(call):
    assert settled(call, SAID, "That is lovely.", "I'll send you the photos.", promised=True) == (False, False)


@pytest.mark.parametrize(
    ("asked", "deferred"), [("Could Marta check that one?", True), ("And could we have a photo of the old office?", False)]
)
def test_a_promise_to_have_a_guess_checked_defers_its_source_out_of_order(call, asked, deferred):
    said, between = "It saves us around forty thousand a year, I think.", ("I: And is that the paper?", "C: The paper and the courier.")
    assert settled(call, said, asked, "I'll ask her.", kind="unsourced", between=between, promised=True) == (False, deferred)


def test_a_number_told_with_a_promise_is_not_deferred(call):
    assert (
        settled(call, SAID, "How much was the overtime bill?", "It was forty thousand, I can send you the sheet.", promised=True)[1]
        is False
    )


def test_a_story_is_not_deferred_by_a_promise(call):
    said = "We did a bake-off, and that was that."
    assert settled(call, said, "How did the bake-off go?", "I'll send you the photos.", kind="dropped_thread") == (False, False)


@pytest.mark.parametrize(
    "answer",
    [
        "Send them your worst day, and see. That's how it shows.",
        "The phone. It stopped. The glaziers have it on their own screens now. They look it up themselves.",
    ],
)
def test_what_others_send_or_look_up_defers_nothing(call, answer):
    assert settled(call, SAID, "How much is the overtime bill down?", answer) == (False, False)


def test_a_promise_turns_later_defers_nothing(call):
    between = ("I: Who runs it?", "C: Marta does, from the back office.", "I: Since when?", "C: Since the spring.")
    assert settled(call, SAID, "And the photographs?", "I'll send them to you.", between=between) == (False, False)


def facts_of(call, *lines, kind="missing_metric"):
    """Return the facts about the last line as an answer to a gap on the whole second one."""
    readings = call(*lines)
    gap = open_gap(readings[1], 0, len(readings[1].turn.text), kind, "results.metrics")
    return closing_facts(gap, read_answer(readings[-1]), Counter())


def test_an_answer_that_informs_the_same_topic_is_more_alike_than_one_on_another(call):
    said = ("I: What has improved in the numbers?", f"C: {SAID}")
    same = facts_of(call, *said, "I: What were the savings, in numbers?", "C: The overtime bill fell by forty thousand a year.")
    other = facts_of(call, *said, "I: Who was on the selection committee?", "C: Marta, the two foremen and our works council.")
    assert same["topics alike"] > other["topics alike"]
    assert same["sections alike"] > other["sections alike"]


def test_an_answer_in_the_same_unit_is_seen(call):
    said = ("I: And now?", "C: It takes us two hours less.")
    assert "missing_metric: same unit" in facts_of(call, *said, "I: Out of how many?", "C: Out of nine hours.")
    assert "missing_metric: same unit" not in facts_of(call, *said, "I: How many are you?", "C: Nine people.")


def test_it_is_seen_who_answers_and_how_much_stood_after_the_gap(call):
    said = ("I: And now?", "C: Better. It is quieter too.")
    facts = facts_of(call, *said, "I: How much?", "D: Half.")
    assert "at once: another speaker" in facts
    assert "at once: sentences after 1" in facts
    assert "at once: same speaker" in facts_of(call, *said, "I: How much?", "C: Half.")


def pressed(call, said, asked, answer, kind="vague"):
    readings = call("I: How did it go?", f"C: {said}", f"I: {asked}", f"C: {answer}")
    return is_pressed(open_gap(readings[1], 0, len(said), kind, "implementation.onboarding"), read_answer(readings[-1]))


FULL = "The labels came off in the wash, so for a month nobody knew which tray was which."


@pytest.mark.parametrize(
    ("said", "asked"),
    [("It was a bit rough.", "What went wrong?"), ("It's five x better.", "Five x in what?"), ("They love it.", "How so?")],
)
def test_a_follow_up_that_is_answered_was_pressed(call, said, asked):
    assert pressed(call, said, asked, FULL)


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("What went wrong?", "Oh, bits."),
        ("What went wrong?", "I'd rather not say, it was a matter between us and the mill, you know."),
        ("And how big is the team that works in the bakery at night?", FULL),
        ("Moving on, what came next?", FULL),
    ],
)
def test_a_thin_answer_or_another_question_presses_nothing(call, asked, answer):
    assert not pressed(call, "It was a bit rough.", asked, answer)


def test_a_question_about_another_sentence_of_the_turn_presses_nothing(call):
    readings = call("I: How did it go?", "C: It was a bit rough. The hotel sent the trays back.", "I: And the hotel?", f"C: {FULL}")
    assert not is_pressed(open_gap(readings[1], 0, 18, "vague", "implementation.onboarding"), read_answer(readings[-1]))


def test_a_number_that_is_given_in_a_few_words_was_pressed(call):
    assert pressed(call, "It's much quicker.", "How much quicker?", "Ten minutes.", "missing_metric")
    assert not pressed(call, "It's much quicker.", "How much quicker?", "Oh, loads.", "missing_metric")


TALK = ("I: And who looks after the vans?", "C: Two mechanics from the village.") * 3
"""Turns enough that what follows is out of order."""


def test_a_number_said_again_and_another_number_are_told_apart(call):
    said = ("I: And fuel?", "C: We're fourteen percent down.", *TALK, "I: Anything else?")
    assert "later: says its number" in facts_of(call, *said, "C: The fourteen is litres, not money.", kind="inconsistent")
    assert "later: says its number" not in facts_of(call, *said, "C: We sold sixteen of the vans.", kind="inconsistent")


@pytest.mark.parametrize(
    ("asked", "answer", "named"),
    [
        ("Anything else?", "Oh, and the third reason was the smell.", True),
        ("You said three, what was the third?", "That it did not smell.", True),
        ("Anything else?", "The third of May is when we open.", False),
        ("Anything else?", "And the fourth reason was the smell.", False),
    ],
)
def test_the_next_of_the_things_announced_is_known_by_its_number(call, asked, answer, named):
    facts = facts_of(call, "I: Why us?", "C: For three reasons.", *TALK, f"I: {asked}", f"C: {answer}", kind="dropped_thread")
    assert ("later: names its next item" in facts) is named
    assert ("later: leaves its next item" in facts) is not named


def test_an_answer_that_announces_nothing_has_no_next_item(call):
    facts = facts_of(call, "I: Why us?", "C: It felt right.", *TALK, "I: Anything else?", "C: The third reason was the smell.")
    assert facts.keys().isdisjoint({"later: names its next item", "later: leaves its next item"})


@pytest.mark.parametrize(
    ("asked", "fact"),
    [
        ("Forty crates, wow. And the insurance?", "at once: only echoes it"),
        ("Forty crates of which apples?", "at once: asks in its words"),
        ("Wow. How big is the orchard next door?", "at once: asks of something new"),
        ("How so?", "at once: asks of nothing new"),
    ],
)
def test_what_a_question_echoes_is_not_what_it_asks(call, asked, fact):
    whole = {"at once: only echoes it", "at once: asks in its words", "at once: asks of something new", "at once: asks of nothing new"}
    facts = facts_of(call, "I: And now?", "C: We save forty crates.", f"I: {asked}", "C: Half.")
    assert whole & facts.keys() == {fact}


def test_the_subject_of_a_curt_answer_is_in_its_question(call):
    said = ("I: And the ferry tickets, how many were lost?", "C: Loads.", *TALK, "I: Anything else?")
    back = facts_of(call, *said, "C: The ferry tickets, you asked me, that was ninety a week.")
    away = facts_of(call, *said, "C: The bakery opens at six, and ninety people wait.")
    assert back["later: supplies it"] > away.get("later: supplies it", 0.0)
    assert "later: returns to it" in back
    assert "later: returns to it" not in away


def test_an_ordinary_word_in_common_counts_less_than_a_rare_one(call):
    said = ("I: And now?", "C: The winch is slow in the morning.", *TALK, "I: Anything else?")
    rare = facts_of(call, *said, "C: The winch broke.")["later: met in one sentence"]
    assert rare > facts_of(call, *said, "C: My morning was fine.")["later: met in one sentence"]


@pytest.mark.parametrize(
    ("answer", "says"),
    [("The Larder is our name for the stock page.", True), ("In the Larder, so all the shelves.", True), ("I like the Larder.", False)],
)
def test_what_a_term_is_is_told_by_what_follows_it(call, answer, says):
    facts = facts_of(call, "I: Who helps?", "C: The Larder", *TALK, "I: And?", f"C: {answer}", kind="unclear_term")
    assert ("later: says what the term is" in facts) is says


def test_a_question_for_the_consequence_asks_for_what_a_problem_lacks(call):
    said = ("I: And then?", "C: The winch kept failing.")
    assert "asked for its kind" in facts_of(call, *said, "I: What did it cost you?", "C: Two days.", kind="missing_stakes")
    assert "asked for its kind" not in facts_of(call, *said, "I: Where do you keep it?", "C: Two doors down.", kind="missing_stakes")


def test_a_statement_held_against_a_number_confronts_it(call):
    said = ("I: And forms?", "C: Seventy-one are online.")
    assert "at once: confronts" in facts_of(call, *said, "I: I had fifty-eight.", "C: It is fifty-eight.", kind="inconsistent")
    assert "at once: confronts" not in facts_of(call, *said, "I: Lovely.", "C: It is fifty-eight.", kind="inconsistent")


@pytest.mark.parametrize(
    ("said", "answer", "concerns"),
    [
        ("Loads.", "The tickets are down to nine.", True),
        ("We lost thirty-one.", "The thirty-one was the whole group.", True),
        ("We lost loads.", "The bakery opens early.", False),
    ],
)
def test_a_late_answer_concerns_what_it_shares_a_word_or_a_number_with(call, said, answer, concerns):
    readings = call("I: And the ferry tickets?", f"C: {said}", *TALK, "I: Anything else?", f"C: {answer}")
    gap = open_gap(readings[1], 0, len(said), "missing_metric", "results.metrics")
    assert may_close(gap, read_answer(readings[-1])) is concerns


@pytest.mark.parametrize(
    ("answer", "answered"),
    [
        ("The overtime bill went from forty thousand to nine thousand.", True),
        ("Quite far down, honestly, the overtime bill.", False),
    ],
)
def test_an_amount_is_told_by_no_answer_without_one(call, answer, answered):
    readings = call("I: What has changed?", f"C: {SAID}", "I: How far is the overtime bill down?", f"C: {answer}")
    gap = open_gap(readings[1], 0, len(SAID), "missing_metric", "results.metrics")
    outcome = verdict_on(gap, read_answer(readings[-1]), Counter(), barred=False, promised=False).outcome
    assert (outcome == "answered") is answered


@pytest.mark.parametrize(
    ("said", "speaker", "added", "answered"),
    [
        ("And then they went and cut the fee.", "D", "Nine percent, from the spring on.", True),
        ("And then they went and cut the fee.", "D", "That was nice, and we had nine people in the hall to hear of it.", False),
        ("They went and cut the fee. And the hall was cold.", "D", "Nine percent, from the spring on.", False),
    ],
)
def test_an_amount_that_another_customer_adds_at_once_is_told(call, said, speaker, added, answered):
    readings = call("I: What has changed?", f"C: {said}", f"{speaker}: {added}")
    gap = open_gap(readings[1], 0, said.index("fee") + 3, "missing_metric", "results.metrics")
    outcome = verdict_on(gap, read_answer(readings[-1]), Counter(), barred=False, promised=False).outcome
    assert (outcome == "answered") is answered


@pytest.mark.parametrize(
    ("term", "asked", "answer", "closed"),
    [
        ("PQF", "You mentioned the PQF. Packing quality floor?", "Yes, that's it.", True),
        ("FC", "You mentioned FC a couple of times. Fulfilment centre.", "Yes.", True),
        ("FC", "You mentioned FC a couple of times. Fulfilment centre.", "No, it isn't.", False),
        ("FC", "You mentioned FC a couple of times, and the warehouse?", "Yes.", False),
        ("FC", "And who runs the fulfilment centre?", "Yes, that was Marta.", False),
    ],
)
def test_a_term_is_explained_where_the_question_spells_it_out_and_the_answer_agrees(call, term, asked, answer, closed):
    said = f"Pretty much everything out in the {term} is bespoke."
    readings = call("I: What else is new?", f"C: {said}", f"I: {asked}", f"C: {answer}")
    gap = open_gap(readings[1], 0, len(said), "unclear_term", "implementation.architecture")
    outcome = verdict_on(gap, read_answer(readings[-1]), Counter(), barred=False, promised=False).outcome
    assert (outcome == "answered") is closed


def outcome_of(call, said, *after, kind):
    """Return what the last of the lines after the customer's words makes of the gap on them."""
    readings = call("I: What has changed?", f"C: {said}", *after)
    gap = open_gap(readings[1], 0, len(said), kind, "results.metrics")
    return verdict_on(gap, read_answer(readings[-1]), Counter(), barred=False, promised=False).outcome


@pytest.mark.parametrize(
    ("after", "answered"),
    [
        (["D: Thirty percent at the new depot."], False),
        (["D: It's thirty percent, I've seen the report."], False),
        (["I: Really?", "C: It's thirty percent, I've seen the report."], False),
        (["I: From what?", "C: From two hundred hours a month."], True),
        (["I: From what?", "C: That thirty percent, we were at eleven and a half and we are at eight."], True),
    ],
)
def test_a_number_that_is_only_said_again_has_no_value_before(call, after, answered):
    assert (outcome_of(call, "Overtime is down thirty percent.", *after, kind="missing_baseline") == "answered") is answered


@pytest.mark.parametrize(("again", "pressed"), [("It's thirty percent, I have read it in the report.", False), ("From two hundred.", True)])
def test_who_only_says_the_number_again_was_not_pressed(call, again, pressed):
    readings = call("I: What has changed?", "C: Overtime is down thirty percent.", "I: From what?", f"C: {again}")
    gap = open_gap(readings[1], 0, 33, "missing_baseline", "results.metrics")
    assert is_pressed(gap, read_answer(readings[-1])) is pressed


@pytest.mark.parametrize(
    ("asked", "answer", "met"),
    [
        ("What do you hear back from others?", "He came every week, an hour and a quarter each way.", False),
        ("And the overtime, since when?", "Since March, by the week.", True),
        ("And the nine hundred?", "That is since March.", True),
    ],
)
def test_a_late_answer_comes_back_by_more_than_ordinary_words(call, asked, answer, met):
    between = [line for n in range(3) for line in (f"I: And number {n}?", "C: The roof was green.")]
    readings = call("I: What?", "C: We got nine hundred overtime hours back every week.", *between, f"I: {asked}", f"C: {answer}")
    gap = open_gap(readings[1], 0, 48, "missing_timeframe", "results.metrics")
    assert is_met(gap, read_answer(readings[-1])) is met


@pytest.mark.parametrize(
    ("asked", "answer", "outcomes"),
    [
        ("Twenty minutes, down from what?", "It used to be three hours, every night.", (None, "answered")),
        ("Twenty minutes, down from what?", "Three hours. And the deliveries, we missed fifty a week.", ("answered", "answered")),
        ("Twenty minutes, down from what?", "I'll find out for you.", (None, "deferred")),
        ("Down from what?", "From fifty a week.", ("answered", "answered")),
    ],
)
def test_a_question_that_repeats_one_figure_settles_nothing_about_another(call, asked, answer, outcomes):
    readings = call("I: What has changed?", f"C: {TWO_FIGURES}", f"I: {asked}", f"C: {answer}")
    at = TWO_FIGURES.index("Planning")
    spans = ((0, at - 1), (at, len(TWO_FIGURES)))
    found = (open_gap(readings[1], *span, "missing_baseline", "results.metrics") for span in spans)
    judged = [verdict_on(gap, read_answer(readings[-1]), Counter(), barred=False, promised=False).outcome for gap in found]
    assert tuple(judged) == outcomes


AGREED = ("I: What did that cost you, would you say two hundred thousand?", "C: Yeah, probably something like that.")


def outcome_of_agreement(call, *later):
    """Return what the last line makes of the missing source of a number that was proposed and agreed to."""
    readings = call(*AGREED, *later)
    gap = open_gap(readings[1], 0, len(readings[1].turn.text), "unsourced", "challenges.cost")
    return verdict_on(gap, read_answer(readings[-1]), Counter(), barred=False, promised=False).outcome


@pytest.mark.parametrize(
    ("line", "settled"),
    [
        ("D: No, it's lower. Demurrage was one hundred and forty thousand.", True),
        ("D: Hundred and forty thousand, I signed it.", True),
        ("D: We had the auditors in for three weeks as well.", False),
        ("D: And then there were the people who left.", False),
        ("C: No wait, and then we had thirty thousand customers.", False),
    ],
)
def test_a_number_agreed_to_is_settled_by_another_customers_own(call, line, settled):
    assert (outcome_of_agreement(call, line) == "answered") is settled


@pytest.mark.parametrize(
    ("question", "answer", "outcome"),
    [
        (
            "What do your people do with the time?",
            "We used to have four people on the hotline and now it's two and the other two do retrofits. That's real money, retrofits.",
            "open",
        ),
        ("Who has the exact figure for that?", "Marta in finance has measured it, it was thirty-one percent.", "answered"),
    ],
)
def test_a_number_agreed_to_has_no_source_in_numbers_of_another_kind(question, answer, outcome):
    agreed = ("I: Would you say the service team is about a third more productive?", "C: Yeah, something like that, could be.")
    found = heard(turns(*agreed, f"I: {question}", f"C: {answer}")).findings.gaps
    assert [gap.outcome for gap in found if gap.kind == "unsourced" and gap.turn == 2] == [outcome]


@pytest.mark.parametrize(
    ("answer", "deferred"),
    [
        ("I don't remember. Quite far.", True),
        ("I honestly couldn't tell you.", True),
        ("I couldn't. It's just a lot.", True),
        ("I don't know exactly, it was nine thousand.", False),
        ("It's way down, they don't know themselves.", False),
    ],
)
def test_a_number_that_the_speaker_does_not_know_is_put_off(call, answer, deferred):
    assert settled(call, SAID, "How far is the overtime bill down?", answer) == (False, deferred)


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ("No idea, sorry.", "deferred"),
        ("I honestly couldn't tell you.", "deferred"),
        ("I don't know. It was before my time.", "deferred"),
        ("I don't know who signed it, but the board chose it.", "answered"),
        ("I don't know the day, but it was Rachel.", "answered"),
        ("The board did.", "answered"),
    ],
)
def test_who_did_something_is_told_by_nobody_who_does_not_know(call, answer, outcome):
    said = "It was decided in the spring to switch."
    readings = call("I: How did it come about?", f"C: {said}", "I: Who decided it?", f"C: {answer}")
    gap = open_gap(readings[1], 0, len(said), "missing_actor", "decision.stakeholders")
    assert verdict_on(gap, read_answer(readings[-1]), Counter(), barred=False, promised=False).outcome == outcome
