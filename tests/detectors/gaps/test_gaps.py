from __future__ import annotations

import pytest

from copilot import Background, Session, Transcript
from copilot.detectors.gaps import find_gaps
from copilot.detectors.gaps.given import given_kinds
from copilot.engines.rules import RulesEngine
from copilot.ledger import Ledger
from copilot.statements.replying import denies_any, excepted


def gaps(call, question, answer):
    reading = call(f"I: {question}", f"C: {answer}")[-1]
    return RulesEngine().read(reading, Ledger(reading.background, reading.guide)).gaps


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("It's much quicker now.", "missing_metric"),
        ("Tickets fell forty percent.", "missing_baseline"),
        ("It was decided to switch.", "missing_actor"),
        ("We moved the RBX flow over.", "unclear_term"),
        ("It's been amazing, honestly, we love it.", "vague"),
    ],
)
def test_a_bare_claim_is_a_gap_of_its_kind(call, answer, kind):
    (gap,) = gaps(call, "And what has changed for your team since then?", answer)
    assert gap.kind == kind


@pytest.mark.parametrize(
    "answer",
    [
        "So we call it a QZB, which is a word of ours, it's the order that we can't send.",
        "Sorry, the QZB, sorry, that's the board of the five architects.",
        "It came up in the QZB, that's where the five architects sit.",
        "It was the best year, even against FY23, and it's in every QBR.",
    ],
)
def test_a_term_that_is_explained_at_once_or_generally_known_is_no_gap(call, answer):
    assert "unclear_term" not in {gap.kind for gap in gaps(call, "And what happened then?", answer)}


@pytest.mark.parametrize(
    ("question", "answer", "severity"),
    [
        ("What results have you seen?", "It's saved us a fortune, honestly.", "must"),
        ("What results have you seen?", "Tickets fell forty percent.", "must"),
        ("What was wrong before?", "The exports kept failing.", "must"),
        ("Why did you choose us?", "In the end we went with you.", "must"),
        ("How does it fit with your other systems?", "We moved the RBX flow over.", "nice"),
        ("What would you like to see next?", "Better reports would be nice.", "nice"),
        ("What do you hope for?", "We want to roll it out to more sites.", "nice"),
    ],
)
def test_the_number_of_a_result_is_a_must_and_a_name_or_a_wish_is_nice_to_have(call, question, answer, severity):
    (gap,) = gaps(call, question, answer)
    assert gap.severity == severity
    assert gap.need is not None
    assert 0 < gap.need < 1


def test_a_full_and_specific_answer_is_left_in_peace(call):
    answer = (
        "We went from six hours a night to twenty minutes, measured on the warehouse dashboard over the whole of March, because the "
        "orders no longer wait for the fax. On the third of April our driver Tom Hale left at five instead of nine, and he rang me from "
        "the road to say so."
    )
    assert gaps(call, "How long does the nightly run take?", answer) == ()


@pytest.mark.parametrize(
    "answer", ["That's between us and the bank.", "It's not something we share.", "I'd rather not say, it's confidential."]
)
def test_nothing_is_asked_after_a_refusal(call, answer):
    assert gaps(call, "How much was that?", answer) == ()


@pytest.mark.parametrize(
    "answer",
    ["How many did you have in mind?", "Do you mean the old one?", "Mark, can you look that up?", "[laughs]", "[crosstalk 00:12:04]"],
)
def test_a_question_back_and_a_noise_hold_no_gap(call, answer):
    assert gaps(call, "How much has that saved you in a year?", answer) == ()


def test_passing_on_to_something_else_is_no_gap(call):
    assert gaps(call, "I'm sorry to hear that.", "Yeah. Anyway.") == ()


@pytest.mark.parametrize("said", ["So it upgrades itself in the cluster.", "That takes some tuning, right?"])
def test_going_along_with_a_statement_is_no_gap(call, said):
    assert gaps(call, said, "Yeah, exactly.") == ()


def test_a_yes_to_a_question_mark_alone_is_heard(call):
    assert len(gaps(call, "[inaudible] ?", "Yeah.")) <= 1
    assert len(gaps(call, "?", "Yeah.")) <= 1


def test_a_bare_yes_to_a_question_is_a_gap(call):
    (gap,) = gaps(call, "And did the team like how it went live?", "Yeah, exactly.")
    assert gap.kind == "short_answer"


@pytest.mark.parametrize(
    ("question", "answer", "clashes"),
    [
        ("And what did onboarding look like?", "It was really smooth. Two weeks and we were live in all four sites.", False),
        ("You said six sites earlier. Is it six sites?", "It's four sites, and we were live in two weeks.", True),
    ],
)
def test_a_gap_is_inconsistent_only_where_something_is_contradicted(call, question, answer, clashes):
    readings = call("I: How many sites have you got?", "C: We have six sites, all of them in Kent.", f"I: {question}", f"C: {answer}")
    ledger, engine, found = Ledger(readings[0].background, readings[0].guide), RulesEngine(), None
    for reading in readings:
        found = engine.read(reading, ledger)
        ledger.add(reading, found)
    assert bool(found.contradictions) == clashes
    assert clashes or "inconsistent" not in {gap.kind for gap in found.gaps}


def test_a_number_in_a_doubtful_voice_is_no_question_back(call):
    assert gaps(call, "How many calls is that?", "Couple hundred a week, I'd be guessing?")


def test_an_interviewer_has_no_gaps(call):
    assert find_gaps(call("C: Hello.", "I: It's much quicker now.")[-1]) == ()


def outcome(call, *lines, said="Turnover is way down."):
    readings = call("I: What has changed for your team?", f"C: {said}", *lines)
    engine, ledger = RulesEngine(), Ledger(readings[0].background, readings[0].guide)
    for reading in readings:
        ledger.add(reading, engine.read(reading, ledger))
    return next(g.outcome for g in ledger.gaps.values() if g.turn == 2)


def test_what_is_put_off_turned_down_or_told_is_seen_and_what_is_left_stays_open(call):
    asked = "I: Do you have a percentage on the turnover?"
    assert outcome(call, asked, "C: I'll ask Marta for the turnover, and send it to you tomorrow.") == "deferred"
    assert outcome(call, asked, "C: The turnover is confidential.") == "declined"
    assert outcome(call, asked, "C: Turnover went from thirty percent a year to twelve, since the spring of 2023.") == "answered"
    assert outcome(call, "I: Moving on, who else was in the final?", "C: Two others, from Leeds.") == "open"


def test_a_number_that_is_put_off_in_the_same_breath_is_deferred_until_it_comes(call):
    said = "Turnover is way down. I'd be guessing at the figure, I'll ask Marta and send it to you."
    told = "C: Hang on, I have it here: turnover went from thirty percent a year to twelve."
    assert outcome(call, said=said) == "deferred"
    assert outcome(call, "I: Please do.", told, said=said) == "answered"
    assert outcome(call, said="Turnover is way down. I'd be guessing at the figure.") == "open"
    assert outcome(call, said="Turnover is way down. People stay. We hired four. I'll send you the photos.") == "open"


def test_nobody_presses_for_the_details_of_a_death(call):
    assert gaps(call, "And who ran it then?", "It was Terry's idea. He died in the February, very suddenly.") == ()


def test_praise_that_nothing_counts_is_not_asked_for_a_number(call):
    found = gaps(call, "How is it to work with them?", "Oh, they're lovely. Nothing's too much trouble for them.")
    assert "missing_metric" not in [gap.kind for gap in found]


@pytest.mark.parametrize("answer", ["It's much quicker now, but there was one --", "It's been amazing, honestly, and the \u2014"])
def test_a_turn_that_is_cut_off_holds_no_gap(call, answer):
    assert gaps(call, "And what has changed for your team since then?", answer) == ()


@pytest.mark.parametrize(("checked", "found"), [("Much quicker in the winter?", 0), ("Much quicker in the winter.", 1)])
def test_a_question_to_the_other_customer_holds_no_gap(call, checked, found):
    reading = call("I: And what has changed?", "D: It's a different place now, and a nicer one.", f"C: {checked}")[-1]
    assert len(RulesEngine().read(reading, Ledger(reading.background, reading.guide)).gaps) == found


@pytest.mark.parametrize("answer", ["Start with the oven that scares you.", "I'd say, bring the night shift.", "Don't rush it."])
def test_advice_that_was_asked_for_is_complete(call, answer):
    assert gaps(call, "And what advice do you have for another bakery?", answer) == ()


def test_praise_in_place_of_advice_is_a_gap(call):
    assert len(gaps(call, "And what advice do you have for another bakery?", "It's been amazing, honestly.")) == 1


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("How long did the printing take in an ordinary year?", "From the last proof to the shop, eleven working days."),
        ("How often did the belt jam?", "Quite a lot, it was nine in that winter."),
        ("What nearly stopped it?", "It's sixty grand more than the other lot."),
    ],
)
def test_a_number_that_was_just_given_is_not_asked_for(call, question, answer):
    assert "missing_metric" not in {g.kind for g in gaps(call, question, answer)}


@pytest.mark.parametrize(
    ("answer", "asked"),
    [
        ("That used to take the team three days at month end and now it's, it's a morning.", False),
        ("It used to take the team three days at month end.", True),
        ("We used to lose seven percent of our stock a year, and it's down by about half.", False),
        ("We have forty drivers and complaints are down by about half.", True),
    ],
)
def test_a_change_told_from_its_level_needs_no_value_before(call, answer, asked):
    found = {g.kind for g in gaps(call, "And is there anything else that you have measured?", answer)}
    assert bool(found & {"missing_baseline", "missing_metric"}) is asked


@pytest.mark.parametrize(("question", "kinds"), [("And now?", set()), ("And what else has changed for the better?", {"missing_baseline"})])
def test_the_value_now_of_what_was_told_before_has_its_baseline(call, question, kinds):
    before = "C: In the yearly check we had six percent not found, before."
    reading = call("I: And what about lost crates?", before, f"I: {question}", "C: Now we're at two percent.")[-1]
    found = RulesEngine().read(reading, Ledger(reading.background, reading.guide)).gaps
    assert {g.kind for g in found} & {"missing_baseline"} == kinds


def test_a_trigger_keeps_its_subject(call):
    (gap,) = gaps(call, "What has it been like?", "Well, you know, I think I love it, honestly, it's amazing.")
    assert gap.text.startswith("I think")


def kinds(call, question, answer):
    return {g.kind for g in gaps(call, question, answer)}


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("How many trays came back in a week?", "We had six on a good day."),
        ("How long did the fitting take?", "Nine days, over Christmas."),
        ("When do you start with that?", "February, if the council signs it."),
        ("And the smell?", "Gone."),
        ("And did it come back in?", "Seven."),
        ("How many boats is that?", "About three hundred or so."),
        ("How long did that take to mend?", "Three evenings and a lot of tea."),
        ("When would that start?", "After the winter, once the roof is on."),
    ],
)
def test_an_answer_that_gives_what_was_asked_is_left_in_peace(call, question, answer):
    assert kinds(call, question, answer) == set()


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("How many trays came back in a week?", "Loads of them, honestly."),
        ("And the smell?", "It's a lot better."),
        ("So let's get to results. What's happened?", "Halved it."),
        ("How many boats is that?", "I think somebody said three hundred."),
    ],
)
def test_an_answer_that_gives_less_than_what_was_asked_is_a_gap(call, question, answer):
    assert kinds(call, question, answer)


def test_nobody_presses_for_anything_in_a_turn_about_a_death(call):
    asked = "And what has it been like since then?"
    assert not kinds(call, asked, "Our fitter Pavel set it up, he passed away in June. It's been amazing, honestly.")
    assert kinds(call, asked, "Our fitter Pavel set it up, he moved to Leeds in June. It's been amazing, honestly.")


@pytest.mark.parametrize("answer", ["Count everything twice.", "Whoever signs it off, put them on the night shift for a week."])
def test_advice_may_point_at_anybody(call, answer):
    assert not kinds(call, "And what would you tell another yard?", answer)


@pytest.mark.parametrize(
    ("answer", "metric"),
    [
        ("It's completely transformed the kitchen.", False),
        ("What's most exciting is the kitchen.", False),
        ("Most orders come out right now.", True),
        ("It's completely reinvented how we bake.", False),
        ("It's completely cut the waste in the kitchen.", True),
    ],
)
def test_a_change_that_counts_nothing_is_not_asked_for_a_number(call, answer, metric):
    assert ("missing_metric" in kinds(call, "And what has it done for you?", answer)) is metric


@pytest.mark.parametrize(
    ("answer", "metric"),
    [("Ramps. Funding permitting.", False), ("Ramps. But there's no budget yet.", False), ("Ramps. It costs a fortune.", True)],
)
def test_an_amount_that_is_none_is_not_asked_for_a_number(call, answer, metric):
    assert ("missing_metric" in kinds(call, "What comes next?", answer)) is metric


@pytest.mark.parametrize(("speaker", "found"), [("D", 0), ("C", 1)])
def test_another_customers_word_said_again_is_no_answer(call, speaker, found):
    reading = call("I: And how did the launch go?", f"{speaker}: It was quite painless, I'd say.", "C: Painless!")[-1]
    assert len(RulesEngine().read(reading, Ledger(reading.background, reading.guide)).gaps) <= found


@pytest.mark.parametrize(
    ("answer", "trigger"),
    [
        ("One man had the keys. And if the ferry was late, well.", "if the ferry was late"),
        ("I had the letter written. And, well, I'm still there, so.", "And, well, I'm still there"),
    ],
)
def test_a_sentence_that_trails_off_is_a_dropped_thread(call, answer, trigger):
    (gap,) = [g for g in gaps(call, "How was it for you?", answer) if g.kind == "dropped_thread"]
    assert gap.text == trigger


@pytest.mark.parametrize("answer", ["If the ferry was late, we slept in the van.", "It all went well.", "She said so."])
def test_a_sentence_that_comes_to_its_end_does_not_trail_off(call, answer):
    assert "dropped_thread" not in kinds(call, "How was it for you?", answer)


@pytest.mark.parametrize(
    "question", ["Was that as planned?", "Did it all go to plan?", "And was it finished on time?", "Did any of it go as planned?"]
)
def test_a_bare_no_to_a_plan_is_asked_what_was_different(call, question):
    (gap,) = gaps(call, question, "No.")
    assert "different" in gap.probe or "instead" in gap.probe


def test_a_bare_no_to_anything_else_is_not_asked_what_was_different(call):
    (gap,) = gaps(call, "Did you look at other vendors?", "No.")
    assert "different" not in gap.probe
    assert "instead" not in gap.probe


@pytest.mark.parametrize("answer", ["No.", "Not really, no.", "No, none at all.", "None.", "There weren't any, no."])
@pytest.mark.parametrize(
    "question", ["Is there anything you wish it did?", "Any hiccups?", "Were there any problems on the way?", "Do you have any worries?"]
)
def test_a_bare_no_to_whether_there_was_something_is_a_full_answer(call, question, answer):
    assert gaps(call, question, answer) == ()


@pytest.mark.parametrize(
    ("question", "answer", "denied"),
    [
        ("Were there any problems?", "No, not really.", True),
        ("Is it any better now?", "No.", False),
        ("Did you look at other vendors?", "No.", False),
        ("Were there any problems?", "Yes.", False),
        ("Were there any problems?", "No, apart from the banks.", False),
    ],
)
def test_only_a_bare_no_to_whether_there_was_something_denies_it(call, question, answer, denied):
    assert denies_any(call(f"I: {question}", f"C: {answer}")[-1]) is denied


@pytest.mark.parametrize(
    ("answer", "trigger"),
    [
        ("Funny enough, yes. The insurance.", "The insurance"),
        ("Oddly, it was the insurance.", "Oddly, it was the insurance"),
    ],
)
def test_a_sentence_that_only_leads_up_to_the_next_hands_its_gap_on(call, answer, trigger):
    assert [g.text for g in gaps(call, "Was there anything you did not expect?", answer)] == [trigger]


@pytest.mark.parametrize(
    ("answer", "heard"),
    [
        ("We saved 12 percent, but that is still not proven, so let us wait.", False),
        ("We saved 12 percent, but let's hold on with that for now.", False),
        ("It was a mess, and the board said let's wait.", True),
        ("Let's wait for the audit, we said, and it went wrong.", True),
    ],
)
def test_what_is_put_off_in_the_same_breath_is_not_asked_about(call, answer, heard):
    assert bool(gaps(call, "What was hard about it?", answer)) is heard


@pytest.mark.parametrize(
    ("answer", "ranked"),
    [
        ("We're the largest nursery in the county.", True),
        ("We're the fastest-growing brand in the category.", True),
        ("We're the largest nursery in the county, with ninety hectares.", False),
        ("We're the highest-paid crew in the trade.", True),
        ("The largest pot goes in the middle.", False),
        ("We're honest people in the business.", False),
        ("The largest nursery in the county is next door.", False),
    ],
)
def test_a_rank_without_a_source_is_asked_for_it(call, answer, ranked):
    assert ("unsourced" in kinds(call, "What do you do?", answer)) is ranked


@pytest.mark.parametrize(
    ("answer", "kind", "found"),
    [
        ("It went from ninety calls a month to sixty.", "missing_timeframe", False),
        ("Now there's one list, and two men sign it.", "missing_baseline", False),
        ("Now it's forty sheets.", "missing_baseline", True),
        ("We won two of them.", "missing_scope", False),
        ("The bar is up nine percent a head, which nobody planned.", "missing_metric", False),
        ("The bar is up a lot, and nine people work in it.", "missing_metric", True),
        ("Seven days on average. It was twenty-six.", "missing_timeframe", False),
    ],
)
def test_a_number_is_not_asked_for_what_stands_with_it(call, answer, kind, found):
    assert (kind in kinds(call, "And what has changed in the store?", answer)) is found


@pytest.mark.parametrize(
    ("answer", "trigger"),
    [
        ("No invoices get lost, it is so much better now.", "No invoices get lost"),
        ("No one waits any more, it got so much quicker.", "No one waits"),
        ("No, the vans break down much less now.", "the vans"),
        ("No the vans break down much less now.", "the vans"),
        ("No no, we are so much faster now.", "we are"),
    ],
)
def test_a_no_that_denies_a_thing_is_part_of_the_words(call, answer, trigger):
    assert gaps(call, "How is it now?", answer)[0].text.startswith(trigger)


def test_a_compound_that_begins_with_no_is_kept_whole(call):
    (gap, *_) = gaps(call, "And what has changed?", "No-shows are way down.")
    assert gap.text.startswith("No-shows")


@pytest.mark.parametrize("answer", ["It was eleven.", "Eleven of us.", "Since May of last year."])
def test_a_number_or_a_date_alone_is_no_dropped_thread(call, answer):
    assert not {"dropped_thread", "vague"} & {g.kind for g in gaps(call, "And your own team?", answer)}


def test_what_is_announced_by_number_is_still_a_thread(call):
    assert [g.kind for g in gaps(call, "Was that why you chose it?", "There were two reasons.")] == ["dropped_thread"]


def test_what_is_no_number_has_no_source(call):
    assert "unsourced" not in {g.kind for g in gaps(call, "Are the calls fewer?", "Clearly fewer, I think.")}
    assert "unsourced" in {g.kind for g in gaps(call, "Are the calls fewer?", "I think it was a third fewer, something like that.")}


def test_one_in_a_trade_is_no_rank(call):
    assert "unsourced" not in kinds(call, "How many was that?", "In our trade one is too many, because we can't ring them again.")


@pytest.mark.parametrize("answer", ["She's the best driver we've got now.", "It's the quietest hall we have now."])
def test_the_best_of_something_is_asked_for_no_number(call, answer):
    assert not {"missing_metric", "dropped_thread"} & {g.kind for g in gaps(call, "And now?", answer)}


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ("Everybody on the floor uses it, except the night shift.", "except the night shift"),
        ("All of the depots, apart from the one in Leith.", "apart from the one in Leith"),
        ("Everyone but the two drivers.", "Everyone but the two drivers"),
        ("Nobody rang, except the mayor.", None),
        ("Every day except Sunday.", None),
        ("It's like a taxi except the driver sings.", None),
        ("All of the depots, apart from the one in Leith, which has no power in the winter.", None),
    ],
)
def test_an_exception_that_ends_a_turn_is_asked_for_its_reason(call, answer, found):
    reading = call("I: Who uses it now?", f"C: {answer}")[-1]
    place = excepted(reading)
    assert (reading.turn.text[slice(*place)] if place else None) == found
    assert found is None or found in {g.text for g in gaps(call, "Who uses it now?", answer) if g.kind == "unexplained"}


@pytest.mark.parametrize(
    ("answer", "heard"),
    [
        ("We have some wonderful ideas, but I shouldn't say too much about those yet.", False),
        ("There's something lovely on its way, but I mustn't say any more.", False),
        ("Great plans, but it's too early to talk about them.", False),
        ("A huge new hall, but we're not ready to announce it.", False),
        ("We came in too early to talk to the night shift, so it was chaotic.", True),
        ("The lads weren't ready to share their vans, and it was a mess.", True),
        ("Great plans, and you shouldn't go into it without a great team.", True),
    ],
)
def test_what_is_held_back_for_now_is_left_alone(call, answer, heard):
    assert bool(gaps(call, "And what comes next for you?", answer)) is heard


LIFTS = (
    "I: What does your firm do?", "C: We look after lifts. About nine hundred of them, with three depots.",
    "I: And what was the trouble with them?", "C: The visits. A tenant rings, we send a van, and half the time the lift runs.",
)  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "asked"),
    [
        ("I don't have that number. Finance would.", "Finance would"),
        ("No idea, sorry. Mira would.", "Mira would"),
        ("I haven't got that. Our bursar might.", "Our bursar might"),
    ],
)
def test_who_knows_what_the_customer_does_not_is_not_asked_about(call, answer, asked):
    reading = call(*LIFTS, "I: What does one of those visits cost you?", f"C: {answer}")[-1]
    found = RulesEngine().read(reading, Ledger(reading.background, reading.guide)).gaps
    assert asked not in {g.text for g in found}


def test_a_short_answer_on_the_same_verb_is_a_gap(call):
    reading = call(*LIFTS, "I: Did that hurt the business?", "C: It did. It hurt us badly.")[-1]
    assert RulesEngine().read(reading, Ledger(reading.background, reading.guide)).gaps


@pytest.mark.parametrize(
    ("answer", "metric"),
    [
        ("The old scanners. We nearly dropped them.", False),
        ("The old scanners. We almost cut them from the list.", False),
        ("Paper. We dropped it in the end.", False),
        ("The costs. We've cut them.", True),
        ("The costs. We've cut them a lot.", True),
        ("The costs. We dropped the price a lot.", True),
    ],
)
def test_what_was_given_up_is_not_asked_for_a_number(call, answer, metric):
    reading = call(*LIFTS, "I: And what has changed?", f"C: {answer}")[-1]
    found = RulesEngine().read(reading, Ledger(reading.background, reading.guide)).gaps
    assert ("missing_metric" in {g.kind for g in found}) is metric


@pytest.mark.parametrize(
    ("answer", "given"),
    [
        ("Now it's twenty minutes and it's mostly about the weather.", True),
        ("Nowadays it takes an hour.", True),
        ("It takes an hour.", False),
        ("Now it's an hour less.", False),
        ("Now it's ninety orders.", False),
    ],
)
def test_how_long_something_takes_now_has_its_time(call, answer, given):
    assert ("missing_timeframe" in given_kinds(*last_sentence(call, answer))) is given


@pytest.mark.parametrize(
    ("answer", "given"),
    [
        ("We had expected six.", True),
        ("We'd planned for four weeks.", True),
        ("They had reckoned on about nine.", True),
        ("We had six, as expected.", False),
        ("We'd planned it with the six of them.", False),
        ("We'd budgeted a week.", True),
        ("We'd planned a party.", False),
    ],
)
def test_a_number_that_was_only_expected_measures_nothing(call, answer, given):
    assert ({"missing_baseline", "missing_scope"} <= given_kinds(*last_sentence(call, answer))) is given


def last_sentence(call, answer):
    reading = call("I: How did it go?", f"C: {answer}")[-1]
    return reading, reading.sentences[-1]


@pytest.mark.parametrize(
    "answer", ["Go and see the beekeepers first.", "Get the drivers in early.", "Make a list of the forms.", "Let them try it."]
)
def test_advice_may_begin_with_a_common_verb(call, answer):
    assert gaps(call, "What would you tell another packer?", answer) == ()


@pytest.mark.parametrize(
    ("answer", "given"),
    [
        ("Booking a round took all of Friday. Now it's twenty minutes.", True),
        ("We needed most of a shift for it. Now it takes an hour.", True),
        ("My sister lost whole evenings on that. It's ten minutes now.", True),
        ("We liked it on Friday. Now it's twenty minutes.", False),
        ("It took some nerve. Now it's twenty minutes.", False),
        ("Booking a round took all of Friday. We do twenty of them.", False),
    ],
)
def test_the_time_now_has_its_baseline_where_the_one_before_was_told_in_words(call, answer, given):
    assert ("missing_baseline" in given_kinds(*last_sentence(call, answer))) is given


@pytest.mark.parametrize(
    ("answer", "metric"),
    [
        ("No complaints.", False),
        ("The number of escalations is way down.", True),
        ("We used to use the other one for that.", False),
        ("A few of the fitters were awkward about it.", False),
        ("A lot of orders went missing.", True),
    ],
)
def test_only_what_has_a_number_is_asked_for_one(call, answer, metric):
    assert ("missing_metric" in kinds(call, "And what was that like?", answer)) is metric


@pytest.mark.parametrize(("said", "asked"), [("It was an accident, honestly.", False), ("How did you keep track of it?", True)])
def test_a_short_answer_needs_a_question(call, said, asked):
    assert ("short_answer" in kinds(call, said, "A whiteboard, mostly.")) is asked


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("What slowed it down?", True),
        ("It was the database that slowed it down, right?", False),
        ("When you say it slowed down, do you mean the database?", False),
    ],
)
def test_a_nod_is_enough_where_a_question_only_checks(call, question, asked):
    assert ("short_answer" in kinds(call, question, "The database.")) is asked


@pytest.mark.parametrize(
    ("answer", "probed"),
    [
        ("And the rest of the team was...", False),
        ("And the rest of the team was great.", True),
        ("And it was so much work for the rest of the team...", True),
        ("It got so much better, um.", False),
        ("It got so much better.", True),
        ("And how the rest of the team took it was", False),
        ("And the rest of the team was great", True),
    ],
)
def test_nobody_asks_about_a_sentence_that_was_not_finished(call, answer, probed):
    assert bool(kinds(call, "How did people take to it?", answer)) is probed


@pytest.mark.parametrize(
    ("answer", "unsourced"), [("I think we're eight, I believe.", False), ("I think it was forty percent, I believe.", True)]
)
def test_nobody_has_to_confirm_how_many_colleagues_somebody_has(call, answer, unsourced):
    assert ("unsourced" in kinds(call, "And the other teams?", answer)) is unsourced


def test_a_gap_is_less_likely_once_its_likeliest_kind_is_ruled_out(call):
    asked = "And what has it done for you?"
    ruled_out, proved = (gaps(call, asked, answer) for answer in ("It has transformed the kitchen.", "It has halved the waste."))
    assert max((g.score for g in ruled_out), default=0.0) < max(g.score for g in proved)


@pytest.mark.parametrize(
    ("answer", "probed"),
    [
        ("Ask the people on the floor first.", False),
        ("Start early. We lost a lot of money by starting late.", True),
    ],
)
def test_what_others_are_told_to_expect_is_advice_and_what_happened_to_the_speaker_is_not(call, answer, probed):
    assert bool(kinds(call, "And what would you say to another yard?", answer)) is probed


@pytest.mark.parametrize(
    ("answer", "given"),
    [
        ('You look at it and go, "Nice, we\'re at forty percent".', True),
        ("You look and we are at forty percent.", False),
        ('It says "Kiln" on it, and we are at forty percent.', False),
    ],
)
def test_a_number_in_somebodys_words_is_no_claim(call, answer, given):
    assert ({"unsourced", "missing_baseline"} <= given_kinds(*last_sentence(call, answer))) is given


@pytest.mark.parametrize(
    ("answer", "given"), [("It went to forty percent over the same period.", True), ("It went to forty percent.", False)]
)
def test_a_number_of_the_same_period_has_its_period(call, answer, given):
    assert ("missing_timeframe" in given_kinds(*last_sentence(call, answer))) is given


@pytest.mark.parametrize(
    ("answer", "must"),
    [("It cost us a fortune every month, the whole of that winter.", True), ("Nobody could have said how it stood.", False)],
)
def test_only_the_number_of_what_tells_an_amount_can_be_a_must(call, answer, must):
    found = [g for g in gaps(call, "What did the problem cost you?", answer) if g.kind == "missing_metric"]
    assert any(g.severity == "must" for g in found) is must


@pytest.mark.parametrize(
    ("answer", "given"),
    [
        ("It was approved by the board.", True),
        ("It was approved by the end of May.", False),
        ("It was approved by hand.", False),
        ("It was approved.", False),
    ],
)
def test_a_passive_that_names_who_did_it_lacks_nobody(call, answer, given):
    assert ("missing_actor" in given_kinds(*last_sentence(call, answer))) is given


def test_things_that_are_announced_and_not_all_told_are_a_dropped_thread_in_a_long_answer_too(call):
    answer = (
        "It came down to two considerations. The first is that it owned up to its errors. Out of nine thousand words it marked fourteen "
        "hundred as doubtful, and of its errors eight in ten were among those, which Ann counted by hand in May, page after page."
    )
    found = gaps(call, "And what settled it?", answer)
    assert [g.kind for g in found if "considerations" in g.text] == ["dropped_thread"]
    told = gaps(call, "And what settled it?", answer + " The second was the price, which was four thousand a year.")
    assert "dropped_thread" not in [g.kind for g in told if "considerations" in g.text]


@pytest.mark.parametrize(
    ("answer", "given"),
    [
        ("We lose nine crates a day. It was thirty.", True),
        ("We lose nine crates a day. The vans are red.", False),
        ("We lose a few crates a day. It was thirty.", False),
        ("We lose nine crates a day. It was a great relief to all of us.", False),
        ("Breakage is down nine percent. It was thirty crates a day.", True),
        ("Breakage is down nine percent. That was two years ago.", False),
        ("We lose nine crates a day. It used to be none.", True),
    ],
)
def test_a_number_lacks_no_value_before_that_the_next_sentence_adds(call, answer, given):
    reading = call("I: How did it go?", f"C: {answer}")[-1]
    assert ("missing_baseline" in given_kinds(reading, reading.sentences[0])) is given


@pytest.mark.parametrize(
    ("question", "answer", "given"),
    [
        ("How long did it take?", "It took three weeks.", True),
        ("How many crates was it?", "It was ninety crates.", True),
        ("How long did it take?", "It took three weeks, I think.", False),
        ("What did it cost?", "It cost ninety euros.", False),
    ],
)
def test_nobody_has_to_confirm_a_count_or_a_time_that_was_asked_for_and_is_certain(call, question, answer, given):
    reading = call(f"I: {question}", f"C: {answer}")[-1]
    assert ("unsourced" in given_kinds(reading, reading.sentences[-1])) is given


@pytest.mark.parametrize(("share", "given"), [("a fifth", True), ("two thirds", False)])
def test_a_change_that_its_two_ends_follow_needs_no_value_before(call, share, given):
    answer = f"Diesel's down about {share}. We were burning sixteen hundred litres a week, we're on thirteen hundred."
    reading = call("I: And the fuel?", f"C: {answer}")[-1]
    assert ("missing_baseline" in given_kinds(reading, reading.sentences[0])) == given


def test_nobody_asks_about_a_word_that_only_passes_on(call):
    assert "Next" not in [g.text for g in gaps(call, "Why did people think it was daft?", "Because telling is quicker than asking. Next.")]


@pytest.mark.parametrize(("percent", "given"), [("thirty", True), ("sixty", False)])
def test_a_change_that_follows_its_two_ends_needs_no_value_before(call, percent, given):
    reading = call(
        "I: And the water?", f"C: We went from four thousand two hundred litres to three thousand. It's almost {percent} percent."
    )[-1]
    assert ("missing_baseline" in given_kinds(reading, reading.sentences[-1])) == given


@pytest.mark.parametrize(
    ("later", "told"),
    [
        ("The first was the price. And the second was the vans.", True),
        ("We're a small firm. Two of our drivers liked it.", False),
        ("The new rota is good. The second shift likes it.", False),
    ],
)
def test_things_announced_are_told_by_their_numbers_and_no_others(call, later, told):
    reading = call("I: Why then?", f"C: There were two reasons for that. {later}")[-1]
    assert ("dropped_thread" in given_kinds(reading, reading.sentences[0])) is told


def test_a_few_words_after_a_few_words_are_one_gap(call):
    assert len(gaps(call, "How has it been to work with us?", "Good. Fine. Yes.")) == 1


@pytest.mark.parametrize(
    ("question", "answer", "kind"),
    [
        ("And a hundred and sixty hives, is that all?", "No, it is without them. It was a hundred and eighty-one.", "missing_baseline"),
        ("And the accidents?", "We'd five accidents in the year before, and none since.", "missing_baseline"),
        ("What do they say?", "They're twenty years old, they think it's better.", "missing_metric"),
        ("What is the fault?", "That the alarm comes two times.", "undefined_metric"),
        ("And the fuel?", "Last season, sixty-one thousand litres. So that's down by two thirds.", "missing_baseline"),
        ("Any wish?", "If it could cut the feed by twenty percent, I'd kiss it.", "missing_timeframe"),
    ],
)
def test_what_is_told_or_only_wished_is_not_asked_for(call, question, answer, kind):
    assert kind not in {gap.kind for gap in gaps(call, question, answer)}


@pytest.mark.parametrize(
    ("answer", "left"),
    [
        ("Thank you, thank you.", False),
        ("Yeah, that's a great way of phrasing it.", False),
        ("Great question.", False),
        ("Labels, forms...", False),
        ("They put it in a great way, that the forms were so much quicker to fill in.", True),
    ],
)
def test_thanks_and_praise_for_what_was_said_are_no_gap(call, answer, left):
    assert bool(gaps(call, "So how did the forms work out for the team?", answer)) is left


@pytest.mark.parametrize(
    ("question", "left"),
    [("You did it all by hand. Is that what you said earlier?", False), ("And did the team like doing it by hand?", True)],
)
def test_a_yes_to_a_question_that_checks_what_was_said_is_no_gap(call, question, left):
    assert bool(gaps(call, question, "Yes.")) is left


@pytest.mark.parametrize(
    ("answer", "given"), [("So thirty percent of the drivers had it.", True), ("So we are thirty percent more efficient.", False)]
)
def test_a_share_tells_what_it_counts(call, answer, given):
    assert ("undefined_metric" in given_kinds(*last_sentence(call, answer))) is given


def test_what_an_answer_gives_rules_out_that_kind_of_gap_and_no_other(call):
    found = gaps(call, "And what has changed since then?", "Invoicing is faster now, it took us sixteen hours, it has saved us a fortune.")
    assert [gap.kind for gap in found] not in ([], ["missing_timeframe"])


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ("So, D, you've got an example of the trouble that we had.", False),
        ("At this point, D, how many of them were in trouble?", False),
        ("D, you know, there was a lot of trouble in the yard.", True),
        ("Honestly, you have no idea how much trouble there was.", True),
    ],
)
def test_what_is_handed_over_to_another_customer_by_name_is_left_alone(call, answer, found):
    assert bool(gaps(call, "And did the switch help?", answer)) is found


@pytest.mark.parametrize(
    ("question", "answer", "given"),
    [
        ("Forty percent of what, exactly?", "Of the incoming calls.", True),
        ("Over what period was that?", "From before the move until last spring.", True),
        ("Compared with what?", "With the old kilns.", True),
        ("And over what period?", "It was a bit of a mess, really.", False),
        ("Over what period was that?", "Yes.", False),
        ("Are you winning more of what you quote for?", "More, aye.", False),
    ],
)
def test_an_answer_that_only_completes_what_was_said_is_not_too_short(call, question, answer, given):
    reading = call(f"I: {question}", f"C: {answer}")[-1]
    assert ({"vague", "short_answer"} <= given_kinds(reading, reading.sentences[0])) is given


@pytest.mark.parametrize(
    ("answer", "declined"),
    [
        ("I'm not supposed to get into what we paid them, but our bill is a lot better.", True),
        ("I can't tell you how much, but it was a lot of money.", True),
        ("I won't name the driver, but the overtime bill went up a lot.", False),
        ("It cost us a lot of money.", False),
    ],
)
def test_an_amount_that_is_refused_in_the_same_breath_is_declined(call, answer, declined):
    readings = call("I: What did the outage do?", f"C: {answer}")
    engine, ledger = RulesEngine(), Ledger(readings[0].background, readings[0].guide)
    for reading in readings:
        ledger.add(reading, engine.read(reading, ledger))
    metrics = [g for g in ledger.gaps.values() if g.kind == "missing_metric"]
    assert [g.outcome for g in metrics] == ["declined" if declined else "open"]
    assert bool(ledger.worth_asking()) is not declined


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ("we've cut our breakage in more than half; 55% it had gone down over the last couple of years.", True),
        ("our breakage went from two hundred a month to ninety, so it went down by 55%.", False),
        ("we sell about 55% of the glass to builders in the north.", False),
    ],
)
def test_a_result_told_as_a_change_is_asked_for_its_level_in_a_long_turn_too(call, told, found):
    around = "We run a yard in the north and a smaller one by the coast, and both of them ship to the same shops. " * 10
    asked = gaps(call, "What has changed?", f"{around}After the move, {told} {around}")
    assert ("missing_baseline" in {gap.kind for gap in asked}) is found
    assert not any("couple of years" in gap.probe for gap in asked)


def test_what_only_leads_up_to_a_statement_is_no_part_of_it(call):
    (gap,) = gaps(call, "And what has changed?", "And of course, the returns got a lot quicker.")
    assert gap.text == "the returns got a lot quicker"


@pytest.mark.parametrize("answer", ["Yes, go right ahead.", "For me it is no problem."])
def test_nobody_asks_about_a_yes_to_a_question_for_leave(call, answer):
    turns = call("I: How much time do you save?", "C: Eleven hours a week.", "I: May we print that figure?", f"C: {answer}")
    assert find_gaps(turns[-1]) == ()


def test_nobody_asks_about_a_second_yes_to_the_recording():
    roles = {"Nora Vance": "interviewer", "Tobias Hurd": "customer", "Jo Adeyemi": "customer"}
    background = Background.model_validate({"participants": [{"name": name, "role": role} for name, role in roles.items()]})
    hello = "Jo Adeyemi: Yes, hi. Sorry about the background noise, I'm at the depot."
    asked = "Nora Vance: No problem. Is it okay if I record this, just for my notes?"
    session = Session(background=background)
    for turn in Transcript.parse(
        "\n".join((hello, asked, "Tobias Hurd: Sure, go ahead.", "Jo Adeyemi: Fine by me.")), background=background
    ):
        session.hear(turn)
    assert session.findings.gaps == ()


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("May we print that figure?", "Sure, it saved us a fortune."),
        ("Can we talk about the rollout?", "Sure, it was awful."),
    ],
)
def test_what_is_told_with_a_yes_is_still_asked_about(call, question, answer):
    assert gaps(call, question, answer)


@pytest.mark.parametrize(
    ("after", "given"),
    [
        ("I had it in an email, hold on. Sixty-one thousand last year.", True),
        ("It's a hundred and four thousand.", True),
        ("Two weeks later the auditors came.", False),
        ("Nineteen drivers noticed.", False),
        ("So we wrote to all of the people on the site and asked them what they do with it. Ninety percent wrote back.", False),
        ("And the auditors, who charge sixty thousand, were happy.", False),
    ],
)
def test_a_change_whose_amount_opens_a_sentence_after_it_is_not_asked_for_it(call, after, given):
    reading = call("I: And the waste?", f"C: The waste has come down massively. {after}")[-1]
    assert ("missing_metric" in given_kinds(reading, reading.sentences[0])) is given


@pytest.mark.parametrize(
    ("answer", "given"),
    [
        ("They sold for nine hundred thousand last year, which before was nothing.", True),
        ("They sold for nine hundred thousand last year, which is nothing to be sniffed at.", False),
        ("They sold for nine hundred thousand last year, more than before.", False),
    ],
)
def test_an_amount_that_was_none_before_lacks_no_value_before(call, answer, given):
    assert ({"missing_metric", "missing_baseline"} <= given_kinds(*last_sentence(call, answer))) is given


@pytest.mark.parametrize(
    ("answer", "given"),
    [
        ("It was costing us eleven thousand a month, when I'd told you it was a fair bit of money.", True),
        ("It was costing us a fair bit of money.", False),
        ("We paid three hundred for nights and it's ninety now, so that's money out of somebody's pocket.", True),
        ("We paid for nights, so that's money out of somebody's pocket.", False),
        ("There's a good few of us between the three places.", False),
    ],
)
def test_an_amount_with_its_number_is_not_asked_for_one(call, answer, given):
    assert ("missing_metric" in given_kinds(*last_sentence(call, answer))) is given


@pytest.mark.parametrize(
    ("answer", "given"),
    [
        ("No-shows, we were at eleven percent and we're now at four.", True),
        ("We were at eleven percent in the spring.", False),
        ("It was eleven days, there were people at nineteen, and now somebody writes at once.", False),
    ],
)
def test_a_level_that_is_told_with_the_one_of_now_lacks_no_value_before(call, answer, given):
    assert ("missing_baseline" in given_kinds(*last_sentence(call, answer))) is given


@pytest.mark.parametrize(
    ("answer", "given"),
    [
        ("We got nine thousand responses to the survey.", True),
        ("We got nine thousand responses to the survey, up from the year before.", False),
        ("We only get nine complaints now.", False),
        ("We answer in nine minutes.", False),
    ],
)
def test_a_count_that_nothing_is_compared_with_lacks_no_value_before(call, answer, given):
    assert ("missing_baseline" in given_kinds(*last_sentence(call, answer))) is given


TRIED = "Oh, we'd tried a few things. The first was a call centre, and it was a disaster. Then we tried hiring people for the desk."


@pytest.mark.parametrize(("rest", "asked"), [(" And the third thing was an answering machine with a queue.", False), ("", True)])
def test_an_announcement_whose_last_thing_is_told_is_not_asked_about(call, rest, asked):
    found = gaps(call, "What had you tried before that?", TRIED + rest)
    assert any("few things" in gap.text for gap in found) is asked


@pytest.mark.parametrize(
    ("aside", "left"),
    [
        ("There's also the vets' side of it, but I don't know whether you want that. Anyway, it wasn't why we bought it.", True),
        ("There's also the vets' side of it, but I don't know whether you want that. Anyway, the vets go home on time.", False),
        ("There's also the vets' side of it, but I don't know whether you want that. It wasn't why we bought it.", False),
        ("The vets' side of it is better. Anyway, it wasn't why we bought it.", False),
    ],
)
def test_a_thing_that_is_added_and_left_in_the_middle_of_an_answer_is_a_dropped_thread(call, aside, left):
    found = gaps(call, "Was there anything that you did not expect?", f"Yes, the quiet in the room. {aside} We like it as it is.")
    assert any(gap.kind == "dropped_thread" and gap.text.startswith("There's also") for gap in found) is left


REST = (
    " Now, I don't set much by opens, since the phones open everything for you. Clicks I do set by, and those went from two point one to "
    "three point four, for the house list. And then there's the replies, which nobody had asked for. People write back. They ask for it."
)


@pytest.mark.parametrize(("told", "asked"), [("Unsubscribes halved.", True), ("Half of them unsubscribed.", False)])
def test_a_result_told_as_a_change_is_asked_for_its_level_among_many_sentences(call, told, asked):
    found = gaps(call, "And on the mail side, what moved?", f"Opens went up twelve percent. {told}{REST}")
    assert any(gap.kind == "missing_baseline" and gap.text in told for gap in found) is asked


def test_a_question_names_its_statement_where_others_came_after_it(call):
    probes = [
        g.probe
        for g in gaps(call, "How did it go?", "It did hold us up quite a bit. The radio was a worry. We put a repeater on the roof.")
    ]
    assert any(probe.startswith('You said "It did hold us up quite a bit"') for probe in probes)
    (alone,) = gaps(call, "How did it go?", "It did hold us up quite a bit.")
    assert not alone.probe.startswith("You said")


@pytest.mark.parametrize(
    ("answer", "trigger"),
    [
        ("[laughs] They love it.", "They love it"),
        ("[laughs] Well, they love it.", "they love it"),
        ("They love it [laughs].", "They love it"),
        ("They love it (all of them).", "They love it"),
    ],
)
def test_a_transcribers_note_at_the_end_of_a_sentence_is_no_part_of_the_words(call, answer, trigger):
    (gap,) = gaps(call, "How did people take it?", answer)
    assert gap.text == trigger


@pytest.mark.parametrize(
    ("answer", "given"),
    [
        ("We've saved a good two hundred kilos.", True),
        ("It's cut eleven trips off the round.", True),
        ("It's saved them about forty litres.", True),
        ("We've saved a lot, forty litres.", False),
        ("We cut it in three weeks.", False),
        ("It improved two years ago.", False),
        ("We've saved a lot of litres.", False),
    ],
)
def test_the_number_of_what_was_saved_is_that_of_the_change(call, answer, given):
    reading = call("I: And what has changed?", f"C: {answer}")[-1]
    assert ("missing_metric" in given_kinds(reading, reading.sentences[-1])) is given


@pytest.mark.parametrize(
    ("question", "answer", "asked"),
    [
        ("How often does it go wrong?", "No idea. Fairly often.", False),
        ("How much did it cost?", "I wouldn't know. A lot.", False),
        ("Could you put a number on it?", "I couldn't. It's just a lot quicker.", False),
        ("How much did it cost?", "It cost us a lot.", True),
        ("What has it done for you?", "I don't know. It's a lot quicker.", True),
    ],
)
def test_a_number_that_the_speaker_does_not_know_is_not_asked_for_again(call, question, answer, asked):
    assert ("missing_metric" in kinds(call, question, answer)) is asked


@pytest.mark.parametrize(
    ("answer", "thread"),
    [
        ("We get three times more tickets than we did.", False),
        ("It's three times faster than the old line.", False),
        ("It broke three times that month.", True),
    ],
)
def test_what_differs_by_a_factor_is_no_dropped_thread(call, answer, thread):
    assert ("dropped_thread" in kinds(call, "And how is that going?", answer)) is thread


@pytest.mark.parametrize(
    ("answer", "unsourced"),
    [
        ("It broke three times that month.", False),
        ("It was forty percent of the calls.", False),
        ("Accounts reckon it was forty percent of the calls.", True),
        ("I think it was forty percent of the calls.", True),
    ],
)
def test_only_a_guess_or_hearsay_is_asked_for_its_source(call, answer, unsourced):
    assert ("unsourced" in kinds(call, "And how bad was it then?", answer)) is unsourced


@pytest.mark.parametrize(
    ("after", "given"),
    [
        ("That's year on year.", True),
        ("That was inside a year.", True),
        ("The vans are red.", False),
        ("We hired four people last year.", False),
    ],
)
def test_a_change_whose_period_the_next_sentence_tells_is_not_asked_for_it(call, after, given):
    reading = call("I: And the breakages?", f"C: They went from fifty-two to twenty-eight. {after}")[-1]
    assert ("missing_timeframe" in given_kinds(reading, reading.sentences[0])) is given


def test_the_value_before_that_was_asked_for_lacks_none(call):
    for question, given in (("From?", True), ("From what?", True), ("And what did you do then?", False)):
        reading = call("C: It's two point one percent.", f"I: {question}", "C: From four point eight, in the spring.")[-1]
        assert ("missing_baseline" in given_kinds(reading, reading.sentences[0])) is given


@pytest.mark.parametrize("told", ["he passes away in March", "he is passing away", "his mother dies in March"])
def test_a_death_may_be_told_in_the_present(call, told):
    assert not kinds(call, "And what has it been like since then?", f"Our fitter Pavel sets it up, {told}. It's been amazing, honestly.")
    assert kinds(call, "And what has it been like since then?", "Our fitter Pavel sets it up, the pump dies. It's been amazing, honestly.")
