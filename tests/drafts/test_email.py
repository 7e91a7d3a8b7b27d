from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from copilot import Session, Turn
from copilot.background import Background, Customer
from copilot.drafts import Material, Schedule
from copilot.drafts.checklist import checklist
from copilot.drafts.email import MOST_WORDS, Email, email, left_out
from copilot.drafts.leaning import stumble_in
from copilot.drafts.outline import outline
from copilot.drafts.permissions import permissions_said
from copilot.drafts.promises import promises
from copilot.drafts.requests import requests
from copilot.errors import InputError
from copilot.findings import Gap
from copilot.guide import Guide
from copilot.probe import Probe
from copilot.reports import render
from copilot.text import count_words

from .conftest import BACKGROUND, heard, material, turns


def gap_probe(kind: str, text: str, question: str = "What is missing here?", turn: int = 2) -> Probe:
    """Return the probe of an open gap of a kind, about words of a turn."""
    given = {"kind": kind, "text": text, "probe": question, "turn": turn, "gap": f"{turn}.0-gap"}
    return Probe.model_validate({"topic": "results.metrics", "severity": "must", "score": 0.9, "why": "", **given})


@pytest.fixture(scope="module")
def written(bakery: Material) -> Email:
    return email(bakery)


def test_everybody_who_spoke_for_the_customer_is_thanked_by_name_for_a_sentence_of_theirs(written: Email, bakery: Material) -> None:
    assert written.body.startswith("Dear Ada and Bo,\n")
    assert [m.speaker for m in written.moments] == ["Ada Berg", "Bo Lind"]
    for moment in written.moments:
        assert bakery.turns[moment.turn].text[moment.start : moment.end] == moment.text
        assert moment.text in written.body


def test_somebody_who_was_expected_and_did_not_speak_gets_no_thanks(written: Email) -> None:
    assert "Cy" not in written.body
    assert [r.name for r in written.to] == ["Ada Berg", "Bo Lind"]


def test_an_address_that_is_not_known_is_left_open(written: Email) -> None:
    assert [r.email for r in written.to] == ["ada@crust.example", None]


def test_requests_are_five_at_most_each_with_its_words_whom_it_is_for_and_a_form(written: Email, bakery: Material) -> None:
    assert 1 <= len(written.requests) <= 5
    for request in written.requests:
        assert request.text.endswith("?")
        assert "____" in request.form
        assert request.owner in {"Ada Berg", "Bo Lind"}
        for span in request.spans:
            assert span.text in bakery.turns[span.turn].text
            assert span.text in written.body
        assert request.text in written.body


def test_a_request_says_that_rough_is_fine_and_what_to_fill_in_answers_its_question(written: Email) -> None:
    asked = next(r for r in written.requests if any("fortune" in s.text for s in r.spans))
    assert ("how much" in asked.text.lower(), asked.form) == (True, "Roughly: ____")
    assert "rough figures are fine" in written.body


@pytest.mark.parametrize(
    ("question", "form"),
    [
        ("How many weeks, roughly?", "Roughly: ____"),
        ("How long does it take now, against before?", "Before: ____ now: ____ per ____"),
        ("From what to what, roughly?", "Before: ____ now: ____ per ____"),
        ("What is one example?", "In your words, a few sentences: ____"),
        ("How do you notice that?", "In your words, a few sentences: ____"),
    ],
)
def test_what_to_fill_in_for_a_number_follows_the_question(question: str, form: str) -> None:
    made = material("I: What was it like before?\nA: It cost us a fortune every month.\nI: I see.\nA: Yes.")
    probes = tuple(p.model_copy(update={"probe": question}) for p in made.probes if p.kind == "missing_metric")
    assert {r.form for r in requests(replace(made, probes=probes))} == {form}


@pytest.mark.parametrize(
    ("question", "form"),
    [
        ("How many people are on your team?", "Roughly: ____"),
        ("What is different about a normal day now?", "In your words, a few sentences: ____"),
    ],
)
def test_what_to_fill_in_for_what_nobody_touched_follows_the_question(question: str, form: str) -> None:
    made = material("I: What was it like before?\nA: It was hard.\nI: I see.\nA: Yes.")
    probe = next(p for p in made.probes if p.kind == "open_topic")
    (request,) = requests(replace(made, probes=(probe.model_copy(update={"probe": question}),)))
    assert request.form == form


def test_an_answer_that_says_little_alone_stands_with_its_question() -> None:
    made = email(material("I: What did the repairs cost you?\nA: Plenty."))
    assert "When I asked “What did the repairs cost you?”, you said: “Plenty.”" in made.body


@pytest.mark.parametrize(("asked", "shown"), [("two million a year", []), ("a great deal", ["Would you say something like a great deal?"])])
def test_words_that_only_agree_are_asked_about_with_what_they_agree_to(asked: str, shown: list[str]) -> None:
    said = f"I: What did that cost you? Would you say something like {asked}?\nA: Yeah, probably something like that."
    probe = gap_probe("unsourced", "probably something like that", "Who has the exact figure for that?")
    assert [r.asked and r.asked.text for r in requests(replace(material(said), probes=(probe,)))] == shown


def test_promises_stand_in_their_words_with_when_they_are_due(written: Email) -> None:
    assert [(p.speaker, p.due) for p in written.promises] == [("Ada Berg", "by Friday"), ("Ira Noor", "in two weeks")]
    assert "Ada: “I will send you the monthly sheet by Friday.”" in written.body


def test_names_and_titles_are_there_to_confirm_and_an_unknown_title_is_left_open(written: Email) -> None:
    assert written.facts == ("Ada Berg, Owner, The Crust Company", "Bo Lind, [title], The Crust Company")


def test_it_says_that_nothing_is_published_without_approval_and_that_anything_can_be_withdrawn(written: Email) -> None:
    assert "Nothing is published without your written approval, and you can withdraw anything you said, at any time." in written.body


def test_it_is_short_and_holds_no_word_of_ours(written: Email) -> None:
    assert count_words(written.body) < MOST_WORDS
    for word in ("must", "severity", "score", "missing_metric", "gap"):
        assert f" {word} " not in written.body


def test_without_a_schedule_every_date_is_a_placeholder_beside_what_was_said(written: Email) -> None:
    assert {step.due for step in written.next_steps} == {"[date]"}
    assert "Draft to you: [date] (as said on the call: “in two weeks”)" in written.body


def test_dates_are_counted_in_working_days_from_the_call() -> None:
    plan = Schedule.parse("draft=2, fact check=5, approval=1")
    steps = email(material(schedule=plan, called=date(2026, 4, 2))).next_steps  # a Thursday
    assert [s.due for s in steps] == ["6 April 2026", "13 April 2026", "14 April 2026", "[date]"]


def test_without_the_day_of_the_call_a_schedule_gives_distances_and_no_date() -> None:
    steps = email(material(schedule=Schedule.parse("draft=1, fact check=4"))).next_steps
    assert [s.due for s in steps[:2]] == ["[date: 1 working day after the call]", "[date: 5 working days after the call]"]


@pytest.mark.parametrize("text", ["draft", "draft=soon", "printing=3", "draft=-1", "draft=366", "draft=9999999999999"])
def test_a_schedule_that_cannot_be_read_is_an_error_that_names_the_steps(text: str) -> None:
    with pytest.raises(InputError, match="draft, fact check, approval, publication"):
        Schedule.parse(text)


def test_a_step_that_is_planned_twice_is_an_error() -> None:
    with pytest.raises(InputError, match="draft is there twice"):
        Schedule.parse("draft=10, fact check=5, draft=5")


def test_a_call_at_the_end_of_the_calendar_has_no_dates_after_it() -> None:
    with pytest.raises(InputError, match="9999-12-31: the calendar ends"):
        email(material(schedule=Schedule.parse("draft=5"), called=date.max))


def test_without_a_background_nothing_is_made_up() -> None:
    made = email(material("I: How was it?\nA: Fine, thanks, we like it a lot.", Background()))
    assert made.subject == "Thank you, and next steps for your story"
    assert "[title]" in made.body
    assert "[company]" in made.body
    assert made.body.endswith("With best wishes,\nIra Noor\n")


def test_a_call_that_nobody_was_heard_on_gives_an_email_to_fill_in() -> None:
    made = email(material("I: Hello? Is anybody there?", Background()))
    assert made.to == ()
    assert made.body.startswith("Hello,\n")


def test_a_long_answer_is_cut_between_words_and_never_inside_a_number() -> None:
    said = "It cost us a fortune, and by the end of that long winter the drivers had put in four thousand six hundred hours of overtime."
    shown = [s for r in requests(material(f"I: What was it like?\nA: {said}\nI: I see.\nA: Yes.")) for s in r.spans]
    assert [s.text for s in shown] == ["It cost us a fortune, and by the end of that long winter the drivers had put in"]


def test_fewer_requests_go_out_rather_than_stumps_of_what_was_said(written: Email) -> None:
    shown = [s for r in written.requests for s in r.spans]
    assert count_words(written.body) < 350
    assert all(s.edit == "verbatim" or count_words(s.text) >= 20 for s in shown)


def test_two_promises_of_one_sentence_are_read_once() -> None:
    made = email(
        material("I: I'll send you the draft on Monday, and I'll call Jordi about the table on Tuesday.\nA: Good, we cut the wait by half.")
    )
    assert made.body.count("I'll send you the draft on Monday") == 1


@pytest.mark.parametrize(
    ("said", "thanked"),
    [
        ("The ovens and the vans. A cook who weighs her bread sleeps well.", "A cook who weighs her bread sleeps well."),
        ("Like I said, the bread knows nothing of it and rises. The bakers weigh it all and they sleep again.", "The bakers weigh"),
        ("The median was fifty-two minutes a night in that year. The bread knows nothing of it and rises.", "The bread knows nothing"),
        ('She said "the bread rises. It rises for you." Nobody ever wept over a loaf.', "She said"),
    ],
)
def test_nobody_is_thanked_for_a_list_a_repetition_a_median_or_half_of_a_quotation(said: str, thanked: str) -> None:
    assert email(material(f"I: What changed for you in the kitchens?\nA: {said}")).moments[0].text.startswith(thanked)


@pytest.mark.parametrize("repair", ["no, sorry,", "sorry, I mean", "no, I mean", "or rather", "I misspoke,"])
def test_nobody_is_thanked_for_a_sentence_that_takes_its_own_words_back(repair: str) -> None:
    call = f"I: What changed for you?\nA: The new oven saved us three hours a night, {repair} four hours, and the whole street sleeps."
    assert email(material(call)).moments == ()


@pytest.mark.parametrize("aside", ["I am sorry to say", "no doubt about it", "I mean it", "there is no wait for it"])
def test_a_sentence_that_takes_nothing_back_is_a_line_to_thank_for(aside: str) -> None:
    call = f"I: What changed for you in the kitchens?\nA: The new oven saved us three hours a night, {aside}, and the whole street sleeps."
    assert [m.speaker for m in email(material(call)).moments] == ["Ada Berg"]


OWN = """
name: own
sections:
- id: bread
  title: Bread
  topics:
  - {id: budget, title: Budget, question: How was the budget set?}
  - {id: rivals, title: Rivals, question: Which other bakeries did you look at?, cues: [other bakeries]}
"""


def test_topics_that_nothing_can_recognise_are_asked_for_last_and_are_to_be_looked_up() -> None:
    session = Session(background=BACKGROUND, guide=Guide.parse(OWN))
    for turn in turns("I: Hello.\nA: We bake until four, and then we sleep."):
        session.hear(turn)
    made = session.material()
    assert [r.topic for r in requests(made)] == ["bread.rivals", "bread.budget"]
    (item,) = [item for item in checklist(made).items if item.area == "open questions"]
    assert item.item.startswith("Not recognised, for want of cue words: 1 topic. Look whether the call tells of them before you ask.")
    assert [part.text for part in item.parts] == ["How was the budget set?"]
    claims = {claim.topic: claim.text for section in outline(made).sections for claim in section.claims}
    assert (
        claims["bread.budget"] == "Not recognised, as it has no cue words. Look whether it was answered, else ask: How was the budget set?"
    )
    assert claims["bread.rivals"].startswith("Nothing clear on this yet.")


def test_nobody_is_thanked_for_what_they_cannot_say() -> None:
    call = "I: What changed for you in the kitchens?\nA: In the others I haven't weighed a thing. A cook who weighs her bread sleeps well."
    moments = email(material(call)).moments
    assert all("haven't" not in m.text for m in moments)


@pytest.mark.parametrize("label", ["Unknown", "Speaker 2", "Caption text #1", "SPEAKER_01", "Boardroom 3", "iPhone", "Meeting Room"])
def test_a_speaker_without_a_name_is_left_to_be_named(label: str) -> None:
    session = Session()
    for turn, (who, role, text) in enumerate(
        [("Ira Noor", "interviewer", "What changed?"), (label, "customer", "Wrong orders went from 730 a month to 95 a month.")], 1
    ):
        session.hear(Turn(turn=turn, speaker=who, role=role, text=text))
    body = session.draft("email").body
    assert body.startswith("Dear [name],")
    assert label not in body


def _call(*labels: str, background: Background | None = None) -> Email:
    """Return the email after a call on which customers spoke under these labels."""
    session = Session(background=background)
    for n, label in enumerate(labels):
        session.hear(Turn(turn=2 * n + 1, speaker="Ira Noor", role="interviewer", text="What changed?"))
        said = f"Nobody on the night shift believed that number {n} would ever bake the bread on time."
        session.hear(Turn(turn=2 * n + 2, speaker=label, role="customer", text=said))
    return session.draft("email")


def test_who_may_be_behind_a_room_is_written_to_and_the_room_is_not_thanked() -> None:
    people = [{"name": name, "role": "customer"} for name in ("Ada Berg", "Bo Lind", "Cy Tam")]
    made = _call("Ada Berg", "Boardroom 3", "iPhone", background=Background.model_validate({"participants": people}))
    assert made.body.startswith("Dear Ada, Bo and Cy,")
    assert [m.speaker for m in made.moments] == ["Ada Berg"]
    assert not any(label in made.body for label in ("Boardroom", "iPhone", "[name]"))


def test_several_voices_without_a_name_are_one_placeholder() -> None:
    assert _call("Ada Berg", "Speaker 1", "Room 2").body.startswith("Dear Ada and [name],")


@pytest.mark.parametrize(
    "label", ["A. Berg", "Ann's iPhone", "Judith Guest", "Ann Lee, Team Lead", "Ann Lee (Office Manager)", "Ann Lee (Head Office)"]
)
def test_a_label_with_a_name_in_it_is_addressed(label: str) -> None:
    assert "[name]" not in _call("Ada Berg", label).body


@pytest.mark.parametrize(
    ("said", "greeted"),
    [
        ("I will interpret for Mr. Berg today.", "Dear Ada,"),
        ("I'm interpreting for Mr. Berg.", "Dear Ada,"),
        ("I'm the interpreter, I'll translate for you.", "Dear Ada,"),
        ("We translate the recipes for the other sites.", "Dear Hana,"),
        ("They call it a poolish, I'll translate for you, that's a wet dough.", "Dear Hana,"),
        ("I'll translate for the general reader: it's a wet dough.", "Dear Hana,"),
        ("I'm the interpreter between the office and the ovens.", "Dear Hana,"),
    ],
)
def test_who_only_interprets_is_not_written_to(said: str, greeted: str) -> None:
    session = Session(background=Background.model_validate({"participants": [{"name": "Ada Berg", "role": "customer"}]}))
    session.hear(Turn(turn=1, speaker="Ira Noor", role="interviewer", text="Who is there?"))
    session.hear(Turn(turn=2, speaker="Hana Sato", role="customer", text=said))
    assert session.draft("email").body.startswith(greeted)


@pytest.mark.parametrize(
    ("others", "greeted"), [(["Ada Berg"], "Dear Ada,"), (["Ada Berg", "Room 2"], "Dear Ada and [name],"), ([], "Dear Hana,")]
)
def test_an_interpreter_stands_for_none_of_the_customers_who_speak(others: list[str], greeted: str) -> None:
    session = Session()
    for n, (label, said) in enumerate([("Hana Sato", "I'm interpreting for Mr. Berg."), *((label, "Good morning.") for label in others)]):
        session.hear(Turn(turn=2 * n + 1, speaker="Ira Noor", role="interviewer", text="Who is there?"))
        session.hear(Turn(turn=2 * n + 2, speaker=label, role="customer", text=said))
    assert session.draft("email").body.startswith(greeted)


def test_what_was_put_off_is_asked_for_with_whoever_has_it() -> None:
    said = "I: How much flour is that in a year?\nA: I'd have to ask Ottoline. She's got the number.\nI: Fine.\nA: The van is new."
    first = email(material(said)).requests[0]
    assert (first.text, first.form, first.owner) == ("Could you get this from Ottoline?", "From Ottoline: ____", "Ada Berg")
    assert first.asked is not None
    assert first.asked.text == "How much flour is that in a year?"


@pytest.mark.parametrize(
    ("reply", "asked", "told"),
    [
        ("Ish. I'd want to check that.", True, "It was put off on the call."),
        ("I'll send you the sheet with that.", False, "The customer promised it for later."),
    ],
)
def test_what_was_put_off_is_asked_for_unless_it_was_promised(reply: str, asked: bool, told: str) -> None:
    losses = "We used to lose seven percent of stock a year, and it's down by about half."
    made = material(f"I: What else came of it?\nA: {losses}\nI: Half, so three and a half?\nA: {reply}\nI: Good.\nA: Bye.")
    (gap,) = (g for g in made.findings.gaps if g.outcome == "deferred")
    assert (gap.id in {r.gap for r in email(made).requests}) is asked
    assert told in render(outline(made), "md").decode()
    assert any("the customer promised the answers" in item.item for item in checklist(made).items) is not asked


def test_what_was_promised_is_thanked_for_and_not_asked_for_again() -> None:
    said = "I: How much flour is that in a year?\nA: I'd have to look that up. I'll send it to you on Monday.\nI: Fine.\nA: The van is new."
    made = email(material(said))
    assert [p.due for p in made.promises] == ["on Monday"]
    assert not [r for r in made.requests if r.text.startswith("Could you look")]


def test_a_promise_that_says_little_alone_stands_with_its_question() -> None:
    made = email(material("I: Could you send me the plan of the ovens?\nA: Sure, I'll send it Monday. And the rota.\nI: Thanks.\nA: Bye."))
    assert "- “Sure, I'll send it Monday. And the rota.” (in reply to “Could you send me the plan of the ovens?”)" in made.body


def test_a_promise_after_a_whole_answer_does_not_reply_to_its_question() -> None:
    said = (
        "I: What did the new ovens change?\nA: We halved the returns of every single week. I'll send that on Monday.\nI: Thanks.\nA: Bye."
    )
    body = email(material(said)).body
    assert "I'll send that on Monday." in body
    assert "What did the new ovens change?" not in body


def test_what_was_only_agreed_to_is_a_promise_in_the_words_of_the_request() -> None:
    made = email(material("I: Could you send me the plan of the ovens?\nA: Sure, no problem.\nI: Thanks.\nA: Bye."))
    assert "- When I asked “Could you send me the plan of the ovens?”, you said: “Sure, no problem.”" in made.body


@pytest.mark.parametrize(
    "said", ["You can quote me on numbers, but not on the rest.", "I'd like to see every word of it before you print it."]
)
def test_nobody_is_thanked_for_words_about_use(said: str) -> None:
    made = material(f"I: What does the bakery do?\nA: {said} We bake bread for the whole valley every night.")
    assert all(said not in moment.text for moment in email(made).moments)


def test_thanks_begin_with_no_fragment() -> None:
    made = material("I: What does the bakery do?\nA: But if they ring the bakery before four. We bake bread for the whole valley.")
    assert all(not m.text.startswith("if") for m in email(made).moments)


def test_two_people_are_thanked_in_different_words(written: Email) -> None:
    thanks = written.thanks.text
    assert thanks.count("has stayed with me") == 1
    assert all(name in thanks for name in ("Ada,", "Bo,"))


@pytest.mark.parametrize(
    ("answer", "after", "is_asked"),
    [
        ("Forty percent of our loaves are sold online now.", "Thank you.", True),
        ("Forty percent of our loaves are sold online now, and it was none.", "Thank you.", False),
        ("Nine percent of the parcels come back these days.", "Good. And the ovens?", True),
        ("Nine percent of the parcels come back these days.", "So from thirty percent down to nine percent, good. And the ovens?", False),
        ("Nine percent of the parcels come back these days.", "So from thirty percent down to seven percent, good. And the ovens?", True),
    ],
)
def test_a_value_before_that_was_told_or_read_back_is_not_asked_for(answer: str, after: str, is_asked: bool) -> None:
    made = material(f"I: What are the results?\nA: {answer}\nI: {after}\nA: They are warm.")
    assert any(p.kind == "missing_baseline" for p in made.probes)
    kinds = {g.id: g.kind for g in made.findings.gaps}
    assert any(kinds.get(r.gap or "") == "missing_baseline" for r in requests(made)) == is_asked


def test_a_promise_in_the_answer_to_a_boundary_is_kept_if_it_repeats_nothing_of_it() -> None:
    said = "I: The price?\nA: We pay nine thousand euros, but please leave that out.\nI: Gone. I'll have a draft to you by {}.\nA: Good."
    assert "by Friday" in email(material(said.format("Friday"))).body
    assert "nine thousand" not in email(material(said.format("Friday, without the nine thousand euros"))).body


def test_a_promise_beside_what_is_held_back_is_pointed_at() -> None:
    made = material(
        "I: And the price?\nA: We pay nine thousand euros, but leave that out. I'll send you the other sheet on Monday.\nI: Fine.\nA: Good."
    )
    rows = [item for item in checklist(made).items if item.area == "promises"]
    assert [row.item for row in rows] == ["Ada Berg promised something in turn 2, beside what is held back: read it there."]
    assert "sheet" not in email(made).body


@pytest.mark.parametrize(
    ("promise", "told"),
    [
        ("I'll send you a draft in two weeks for approval", ["draft"]),
        ("I'll get your approval of the draft in two weeks", ["approval"]),
        ("I'll have a draft with you in two weeks, and I'll ask for your approval in three weeks", ["draft", "approval"]),
        ("I'll send you the list of ovens in two weeks", []),
    ],
)
def test_a_promise_dates_the_step_whose_result_it_is(promise: str, told: list[str]) -> None:
    steps = email(material(f"I: {promise}.\nA: We bake until four.")).next_steps
    assert [step.name for step in steps if step.said] == told


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("And this handover of the rota is late, please hurry it up.", "And this handover of the rota is late, please hurry it up."),
        ("And this is late, and for weeks, with the rota.", "We want to go to three ovens by the spring."),
    ],
)
def test_a_bare_promise_is_about_the_last_words_that_name_it_themselves(said: str, told: str) -> None:
    (promise,) = promises(
        material(f"I: And now?\nA: We want to go to three ovens by the spring. {said}\nI: I'll pass that on today.\nA: Bye.")
    )
    assert promise.asked is not None
    assert promise.asked.text == told


def test_a_bare_promise_stands_with_what_prompted_it() -> None:
    made = email(material("I: A photo of the night shift would be lovely.\nA: I'll ask them.\nI: Thanks.\nA: Bye."))
    assert "- “I'll ask them.” (in reply to “A photo of the night shift would be lovely.”)" in made.body


@pytest.mark.parametrize(
    ("reply", "shown"),
    [
        ("I'll owe you a pint if that holds.", False),
        ("I'll send you a cake if it works.", False),
        ("I'll bring flowers for your support team.", False),
        ("I'll send you the cake sales on Friday.", True),
        ("I'll get you the list of drinks by Monday.", True),
        ("We send them out by post every night.", False),
        ("I send it to you tomorrow.", True),
        ("That would be nice, if we could get that in place.", False),
        ("Yes, I can send you the rota.", True),
    ],
)
def test_a_treat_a_habit_and_a_wish_are_no_promise(reply: str, shown: bool) -> None:
    made = email(material(f"I: How do the loaves get out?\nA: By van, before dawn. {reply}\nI: Good.\nA: Bye."))
    assert ("Thank you for what you offered to do:" in made.body) == shown


@pytest.mark.parametrize(
    ("reply", "shown"),
    [
        ("Good, I'll pass that on.", True),
        ("Good, we'll see.", False),
        ("Good, I'll pass the rota on to our engineers.", True),
        ("Good, I'll ask about it on Monday.", True),
    ],
)
def test_our_own_promise_stands_in_the_email_if_it_or_what_it_replies_to_names_something_or_a_day(reply: str, shown: bool) -> None:
    made = email(material(f"I: What is missing?\nA: A rota on the wall would help the bakers.\nI: {reply}\nA: Thanks."))
    assert ("this is what you have from us" in made.body) == shown


def test_the_date_of_the_draft_is_told_once() -> None:
    body = email(material("I: Thanks. I'll have a draft with you in two weeks.\nA: Good, we bake until four.")).body
    assert body.count("two weeks") == 1
    assert "this is what you have from us" not in body


@pytest.mark.parametrize(
    ("name", "greeting"),
    [
        ("Dr. Ada von Berg", "Dr. Berg"),
        ("Mrs Berg", "Mrs Berg"),
        ("Dame Ada Berg", "Dame Ada"),
        ("Ada Berg", "Ada"),
        ("Prof Ada Berg", "Prof Berg"),
        ("Dr. Ada Berg, CTO", "Dr. Berg"),
        ("Ada (Crust Company)", "Ada"),
        ("Berg, Ada", "Berg"),
    ],
)
def test_a_title_is_greeted_with_the_last_name(name: str, greeting: str) -> None:
    people = [{"name": name, "role": "customer"}, {"name": "Ira Noor", "role": "interviewer"}]
    assert email(material("I: Hello?", Background.model_validate({"participants": people}))).body.startswith(f"Dear {greeting},\n")


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("The ovens stood still. They lost us a lot of money.", "“The ovens stood still. They lost us a lot of money.”"),
        ("The ovens stood still. The delays lost us a lot of money.", "“The delays lost us a lot of money.”"),
    ],
)
def test_words_that_lean_on_the_sentence_before_stand_with_it(said: str, shown: str) -> None:
    made = email(material(f"I: What was it like before?\nA: {said}\nI: I see.\nA: Yes."))
    assert f"You said: {shown}" in made.body


def test_a_number_from_the_background_is_asked_for_alone() -> None:
    rows = requests(material("I: How large is the bakery?\nA: We have loads of vans on the road.\nI: I see.\nA: Yes."))
    assert [r.form for r in rows if r.spans] == ["Roughly: ____"]


def test_promises_of_a_long_sentence_are_shown_in_one_piece() -> None:
    said = (
        "I will send the sheet with all the loaves on Monday, once I've been through it with a pencil and taken out the names, "
        "and I'll get you the list of the ovens on Tuesday."
    )
    made = email(material(f"I: Could we have the numbers?\nA: {said}\nI: Thanks.\nA: Bye."))
    assert [p.due for p in made.promises] == ["on Monday"]
    assert made.promises[0].context.text.startswith("I will send the sheet")
    assert made.promises[0].context.text.endswith("on Tuesday.")
    assert made.body.count("list of the ovens") == 1


def test_a_promise_that_shares_its_sentence_with_the_date_of_the_draft_is_not_lost() -> None:
    body = email(
        material(
            "I: I'll write to you tomorrow with the list of ovens, and I'll have a draft with you in two weeks.\nA: We bake until four."
        )
    ).body
    assert "list of ovens" in body
    assert "(as said on the call: “in two weeks”)" in body


@pytest.mark.parametrize(
    ("speaker", "shown"),
    [("B", "And Ada said: “Four months and it was done.”"), ("A", "Earlier: “Four months and it was done.”")],
)
def test_statements_that_do_not_go_together_are_asked_about_side_by_side(speaker: str, shown: str) -> None:
    said = "I: How long did the rollout take?\nA: Four months and it was done.\nI: And how was support?\nA: Good, they pick up.\n"
    made = material(f"{said}I: What held it up?\n{speaker}: The ovens. It was nine months in all when you count them.\nI: OK.")
    first = requests(made)[0]
    assert (first.text, first.form) == ("How do these two go together?", "What we should print: ____")
    assert f"It was nine months in all when you count them.” {shown}" in email(made).body


def test_an_introduction_is_no_moment_where_something_else_was_said() -> None:
    said = "I: What do you do?\nA: I'm the head of the night ovens at the bakery.\nI: What changed?\nA: "
    (moment,) = email(material(f"{said}Nobody types an order at night now, and I sleep.")).moments
    assert "head of the night ovens" not in moment.text


@pytest.mark.parametrize(
    "said",
    [
        "I like that one best, and I'll tell you why.",
        "The second one's not a number, and I get asked about it.",
        "Both things are true here.",
    ],
)
def test_words_that_point_elsewhere_are_no_moment(said: str) -> None:
    (moment,) = email(material(f"I: What changed?\nA: {said} Nobody types an order at night now, so I sleep.")).moments
    assert moment.text not in said


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        ("I would say that, yes.", "when I asked “Did the vans get better?”, you said: “I would say that, yes.”"),
        ("Wouldn't know. Nobody added it up.", "when I asked “Did the vans get better?”, you said: “Wouldn't know. Nobody added it up.”"),
    ],
)
def test_an_answer_in_a_few_words_stands_with_its_question(answer: str, shown: str) -> None:
    made = material(f"I: We are on the vans now. Did the vans get better?\nA: {answer}\nI: Fine.\nA: Wrong orders fell a lot.")
    assert shown.lower() in email(replace(made, probes=(gap_probe("short_answer", answer),))).body.lower()


def test_a_number_that_the_interviewer_makes_sure_of_stands_in_the_sentence_that_told_it() -> None:
    told = "I: How far is that?\nA: We drive nineteen thousand fewer miles a month."
    made = material(f"{told}\nI: Sorry, nineteen or ninety?\nA: Nineteen. One nine.\nI: Good.\nA: Yes.")
    probe = gap_probe("missing_timeframe", "Nineteen", turn=4)
    (request,) = requests(replace(made, probes=(probe,)))
    assert [s.text for s in request.spans] == ["We drive nineteen thousand fewer miles a month."]
    assert request.asked is not None
    assert request.asked.text == "How far is that?"


def test_a_date_that_is_told_right_before_the_draft_is_the_draft_s() -> None:
    body = email(
        material("I: I listen to this again, and then it's three weeks, and you'll have a draft.\nA: Good, we bake until four.")
    ).body
    assert "(as said on the call: “three weeks”)" in body
    assert "this is what you have from us" not in body


def test_a_time_that_was_told_of_something_else_is_no_date_of_a_promise() -> None:
    body = email(material("I: Six weeks and four months, I'll make sure that we print both.\nA: Good, we bake until four.")).body
    assert "as said on the call" not in body


def test_our_promise_ends_where_we_stumble() -> None:
    body = email(
        material(
            "A: The rota is late.\nI: I'll pass that to the product team by Monday, there's a, there's a board.\nA: We bake until four."
        )
    ).body
    assert "- “I'll pass that to the product team by Monday …”" in body


def test_our_promise_does_not_end_before_its_day() -> None:
    body = email(material("I: I'll ask the product team in, um, two weeks from today.\nA: Good, we bake until four.")).body
    assert "- “I'll ask the product team in, um, two weeks from today.”" in body


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("and, um, there it was", 5),
        ("that's, that's a public document", 0),
        ("he'd go if it doesn't, if it doesn't turn up", 8),
        ("he'd go if it doesn't, um, if it doesn't turn up", 8),
        ("it was very, very good", None),
        ("ninety-two, ninety-three percent", None),
        ("we had had that before", None),
        ("no, no, no", None),
    ],
)
def test_a_stumble_is_a_sound_or_words_said_again_and_no_emphasis(text: str, at: int | None) -> None:
    assert stumble_in(text) == at


def test_nobody_is_thanked_for_a_stumble_where_something_else_was_said() -> None:
    said = "A report went to the board and that's, that's a public document, you can look it up. The ovens were cold by six every night."
    made = email(material(f"I: What was it like before?\nA: {said}\nI: And now?\nA: Warm."))
    assert "that's, that's" not in made.thanks.text


@pytest.mark.parametrize(
    ("question", "form"),
    [("How was that worked out?", "How it was worked out: ____"), ("Which figure should we print?", "The right figure: ____")],
)
def test_a_question_about_how_a_figure_was_worked_out_has_a_form_for_that(question: str, form: str) -> None:
    made = material("I: And the returns?\nA: We cut the returns by more than two thirds.\nI: I see.\nA: Yes.")
    probe = gap_probe("inconsistent", "We cut the returns by more than two thirds", question)
    (request,) = requests(replace(made, probes=(probe,)))
    assert (request.text, request.form) == (question, form)


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("Maeve Tierney, Operations Director", "- Maeve Tierney, Operations Director, [company]"),
        ("Maeve Tierney (Harbour Glass)", "- Maeve Tierney, [title], Harbour Glass"),
        ("Maeve Tierney (Operations Director, Harbour Glass)", "- Maeve Tierney, Operations Director, Harbour Glass"),
        ("Maeve, Operations Director", "- Maeve, Operations Director, [company]"),
        ("Maeve Tierney, Operations Director (External)", "- Maeve Tierney, Operations Director, [company]"),
        ("Maeve Tierney (Guest)", "- Maeve Tierney, [title], [company]"),
        ("Maeve Tierney (she/her)", "- Maeve Tierney, [title], [company]"),
        ("Tierney, Maeve", "- Tierney, Maeve, [title], [company]"),
        ("Maeve Tierney", "- Maeve Tierney, [title], [company]"),
    ],
)
def test_what_a_label_adds_to_a_name_is_offered_as_the_title_or_the_company(label: str, shown: str) -> None:
    session = Session()
    session.hear(Turn(turn=1, speaker="Ines Calder (Larkfield)", role="interviewer", text="What changed?"))
    session.hear(Turn(turn=2, speaker=label, role="customer", text="We bake until four."))
    made = session.draft("email")
    assert shown in made.body
    assert made.body.endswith("With best wishes,\nInes Calder\nLarkfield\n")


def test_the_companies_of_the_background_are_no_titles() -> None:
    session = Session(background=Background(vendor="Larkfield", customer=Customer(company="Harbour Glass")))
    session.hear(Turn(turn=1, speaker="Ines Calder (Larkfield)", role="interviewer", text="What changed?"))
    session.hear(Turn(turn=2, speaker="Maeve Tierney (Harbour Glass)", role="customer", text="We bake until four."))
    made = session.draft("email")
    assert "- Maeve Tierney, [title], Harbour Glass" in made.body
    assert made.body.endswith("With best wishes,\nInes Calder\nLarkfield\n")


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("If the bread is late I'll put it on the shelf.", False),
        ("I'll send you the sheet.", True),
        ("I'll ask Bo for the sheet.", True),
    ],
)
def test_what_a_customer_does_for_somebody_else_is_no_offer_to_us(said: str, shown: bool) -> None:
    made = email(material(f"I: What do you do on such a day?\nA: {said}\nI: I see.\nA: Yes."))
    assert ("Thank you for what you offered to do:" in made.body) is shown


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (
            "A: I can ask Ottoline, she has the dockets.\nI: Good, if you could send me that.\nA: Yeah, I'll get that over on Monday.",
            "“I'll get that over on Monday.” (after “I can ask Ottoline, she has the dockets.”)",
        ),
        (
            "A: Do you need photos? I've got some of the ovens.\nI: Oh, yes please, if you could email those.\nA: I'll do it tonight.",
            "“I'll do it tonight.” (after “Do you need photos? I've got some of the ovens.”)",
        ),
        (
            "A: Could you send me the link to the recording?\nI: Of course, I'll do that this afternoon.",
            "“Of course, I'll do that this afternoon.” (in reply to “Could you send me the link to the recording?”)",
        ),
        (
            "I: I look forward to more drawings of the ovens. The second wave is on its way, a year on.\nA: I'll send those over.",
            "“I'll send those over.” (in reply to “I look forward to more drawings of the ovens.”)",
        ),
        (
            "A: And you said you'd send us one of those mugs.\nI: I did!",
            "“I did!” (in reply to “And you said you'd send us one of those mugs.”)",
        ),
        (
            "A: It was nobody's fault.\nI: The six weeks, I'll make sure that we say which is which by Friday.",
            "“The six weeks, I'll make sure that we say which is which by Friday.”\n",
        ),
        (
            "A: I'll take one.\nI: I'll write to you both with the list of all the ovens tomorrow.",
            "“I'll write to you both with the list of all the ovens tomorrow.”\n",
        ),
        (
            "A: I like them.\nI: Then I'll send you those drawings of the new ovens on Monday.",
            "“Then I'll send you those drawings of the new ovens on Monday.”\n",
        ),
        (
            "A: I like them.\nI: I'll find the sheet with all ovens and send it on Monday.",
            "“I'll find the sheet with all ovens and send it on Monday.”\n",
        ),
    ],
)
def test_a_promise_whose_object_is_a_pronoun_stands_with_what_that_stands_for(said: str, shown: str) -> None:
    assert f"- {shown}" in email(material(said)).body


@pytest.mark.parametrize("said", ["Well, yes. I'll send it on Monday.", "I'll get that over to you on Monday."])
def test_a_promise_of_nobody_knows_what_is_left_to_the_checklist(said: str) -> None:
    made = material(f"I: So?\nA: {said}\nI: Good.\nA: Bye.")
    assert "Monday" not in email(made).body
    assert any("Monday" in item.item for item in checklist(made).items if item.area == "promises")


@pytest.mark.parametrize(
    ("asked", "answer", "due"),
    [
        ("That would be good. By when, do you think?", "Let's say before the end of the month.", "before the end of the month"),
        ("Good. How many pages is it?", "On Monday I counted nine.", None),
        ("By when, do you think?", "No idea at all.", None),
    ],
)
def test_the_answer_to_by_when_is_the_date_of_the_promise_before_it(asked: str, answer: str, due: str | None) -> None:
    made = email(material(f"I: And the sheet?\nA: I can send you the sheet, but I tidy it first.\nI: {asked}\nA: {answer}"))
    assert [p.due for p in made.promises] == [due]
    assert (f"tidy it first.” By when: “{answer}”" in made.body) is (due is not None)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Um, so I'll send you the list of ovens.", "I'll send you the list of ovens."),
        ("OK, I'll send you the list of ovens.", "I'll send you the list of ovens."),
        ("And the list of ovens I'll send you on Monday.", "And the list of ovens I'll send you on Monday."),
    ],
)
def test_a_promise_begins_without_what_only_opens_its_sentence(said: str, shown: str) -> None:
    assert f"- “{shown}”" in email(material(f"A: I like the ovens.\nI: {said}\nA: Good.")).body


def test_what_a_step_tells_takes_no_place_from_other_promises() -> None:
    ours = "I'll send the list of ovens. I'll ask Jordi about the table. I'll introduce you to Helen. You'll have a draft by Friday."
    body = email(material(f"I: {ours}\nA: Good, we bake until four.")).body
    assert all(name in body for name in ("list of ovens", "Jordi", "Helen"))
    assert body.count("by Friday") == 1


def _long_promises(count: int) -> str:
    """Return a call with so many long promises on each side, each in reply to a request."""
    kinds = ("sheet", "list", "plan", "photos", "tables", "minutes")[:count]
    theirs = (
        f"I: Could you send me the {kind} for {'all ' * 14}sites?\nA: I'll send you the {kind} of the {'long ' * 14}year." for kind in kinds
    )
    ours = (
        f"A: Could we have the {kind} for {'all ' * 14}sites?\nI: I'll send you the {kind} of the {'long ' * 14}year." for kind in kinds
    )
    said = "B: I stood in the van at four in the morning with the wrong bread and no phone number to call."
    return "\n".join((*theirs, *ours, said))


def test_what_nobody_touched_gives_way_to_promises_where_room_is_short() -> None:
    told = (
        "I: How many loaves is that now?\nA: A lot more, it is so much better now, and the customers notice.\n"
        "I: And the wrong orders?\nB: They are down eighty percent."
    )
    short, long = (email(material(f"{told}\n{_long_promises(count)}")) for count in (1, 3))
    assert [bool(request.spans) for request in short.requests] == [True, True, False, False, False]
    assert [bool(request.spans) for request in long.requests] == [True, True]
    assert [len(made.promises) for made in (short, long)] == [2, 6]


def test_something_that_nobody_touched_is_asked_for_where_there_is_nothing_else() -> None:
    made = email(material(_long_promises(6)))
    assert [len([p for p in made.promises if p.who == side]) for side in ("customer", "interviewer")] == [3, 3]
    assert 1 <= len(made.requests) <= 5
    assert not any(request.spans for request in made.requests)
    assert count_words(made.body) < MOST_WORDS


def test_promises_are_shortened_before_one_is_dropped_and_keep_their_day() -> None:
    day = "by the last Friday of the month after next"
    said = f"I: And?\nA: I'll send you, {'well, ' * 12}the table {day}.\n{_long_promises(3)}"
    made = email(material(said))
    assert day in made.body
    assert count_words(made.body) < MOST_WORDS


def test_what_our_side_asked_for_comes_before_what_was_offered_without_a_day() -> None:
    offers = "".join(f"A: I'll send you the {kind}.\nI: Good.\n" for kind in ("sheet", "list", "plan", "table"))
    made = email(material(f"{offers}I: Could you send us a photo of the ovens?\nA: I'll take one and send it to you."))
    assert "photo of the ovens" in made.body


def test_with_many_customers_somebody_is_still_asked_for_what_is_missing() -> None:
    session = Session()
    lines = [
        "We cut the waste a lot at the mill last year, and nobody on the night shift believed it.",
        "It cost us a fortune every month.",
    ]
    for n in range(10):
        asked = Turn(turn=2 * n + 1, speaker="Ira Noor", role="interviewer", text="What changed for you, would you say?")
        told = Turn(
            turn=2 * n + 2, speaker=f"Person{chr(65 + n)} Of Somewhere", role="customer", text=f"{lines[n % 2]} That was my shift {n}."
        )
        session.hear(asked)
        session.hear(told)
    made = session.draft("email")
    assert made.requests
    assert "everything that I need" not in made.body
    assert len(made.moments) <= 3
    assert all(name in made.body for name in ("PersonA", "PersonJ"))


def test_a_promise_that_only_points_stands_with_the_sentence_before_it() -> None:
    made = email(material("I: I see.\nA: There is a man in the back office who does the ovens. I'll ask him on Monday."))
    assert "“I'll ask him on Monday.” (after “There is a man in the back office who does the ovens.”)" in made.body


def test_nobody_is_asked_for_a_number_that_they_do_not_have() -> None:
    asked = [
        any(
            "fortune" in s.text
            for r in requests(material(f"I: What was it like before?\nA: It cost us a fortune every month{end}."))
            for s in r.spans
        )
        for end in ("", ", but I'm not going to invent a figure")
    ]
    assert asked == [True, False]


def test_words_that_are_cut_end_where_a_clause_does() -> None:
    long = "which nobody had ever seen before in any of the bakeries that we had run until then, or heard of"
    said = f"It cost us a fortune every month, and half of it went to the vans, {long}, and the other half to the ovens."
    (shown,) = (s for r in requests(material(f"I: What was it like before?\nA: {said}")) for s in r.spans if "fortune" in s.text)
    assert shown.quoted == "“It cost us a fortune every month, and half of it went to the vans …”"


def test_what_the_story_needs_is_asked_for_even_if_no_gap_is_sure() -> None:
    made = material()
    unsure = replace(made, probes=tuple(p.model_copy(update={"score": 0.3}) for p in made.probes if p.gap))
    needed = {p.gap for p in unsure.probes if p.severity == "must"}
    asked = {r.gap for r in requests(unsure)}
    assert asked
    assert asked <= needed


@pytest.mark.parametrize(
    ("reply", "due"),
    [
        ("I'll send you the sheet with the trays. By Wednesday.", "By Wednesday"),
        ("I'll ask Ottoline to send you the sheet. She can be slow. You'll have it by Monday.", "by Monday"),
        ("I'll ask Ottoline to send you the sheet. Next week Wednesday?", "Next week Wednesday"),
    ],
)
def test_a_day_in_the_sentence_after_a_promise_stands_with_it(reply: str, due: str) -> None:
    made = email(material(f"I: Could you find out how many?\nA: {reply}"))
    (promise,) = made.promises
    assert promise.due == due
    assert f"“{reply}”" in made.body


def test_a_time_in_our_next_question_is_no_date_of_our_promise() -> None:
    made = email(
        material("A: The ovens were down twice.\nI: I'll send that to our engineers. How long were they down in March?\nA: A day.")
    )
    assert [(p.due, p.context.text) for p in made.promises] == [(None, "I'll send that to our engineers.")]


def asked_of(said: str, kind: str, text: str) -> bool:
    """Return whether the email asks about words of turn 2, which an open gap of a kind is about."""
    made = material(said)
    probe = gap_probe(kind, text)
    return any(r.gap == "2.0-gap" for r in requests(replace(made, probes=(probe,))))


@pytest.mark.parametrize(
    ("kind", "said", "question", "answer", "asked"),
    [
        ("missing_actor", "It was decided over that winter.", "By whom?", "By Ottoline, our finance director.", False),
        ("missing_actor", "It was decided over that winter.", "How big are you?", "We are ninety people.", True),
        ("missing_timeframe", "It was nineteen, it's eleven now.", "From when to when?", "From May to the end of October.", False),
        ("missing_metric", "Breakage is much less now.", "How much less?", "Twelve a week, from forty.", False),
        ("missing_metric", "Breakage is much less now.", "How much less?", "Nobody ever knows that.", True),
        ("dropped_thread", "There were two reasons, the ovens.", "And the second?", "That they bake until four.", False),
    ],
)
def test_what_was_asked_and_answered_at_once_is_not_asked_again(kind: str, said: str, question: str, answer: str, asked: bool) -> None:
    assert asked_of(f"I: And then?\nA: {said}\nI: {question}\nA: {answer}", kind, said.rstrip(".")) is asked


@pytest.mark.parametrize(
    ("said", "later", "asked"),
    [
        ("There was another one, but it's gone out of my head.", "Oh, it's come back to me. The flour.", False),
        ("There was another one, but it's gone out of my head.", "We bake until four.", True),
        ("The invoices are a story for another day.", "We bake until four.", False),
        ("The invoices are a story of their own.", "We bake until four.", True),
    ],
)
def test_what_is_waved_off_or_comes_back_later_is_not_asked_again(said: str, later: str, asked: bool) -> None:
    assert asked_of(f"I: And then?\nA: {said}\nI: Good.\nA: {later}", "dropped_thread", said.rstrip(".")) is asked


@pytest.mark.parametrize(
    ("kind", "said", "question", "later", "asked"),
    [
        ("missing_metric", "There was an overtime bill too.", "how much was that?", "No overtime was paid. Some £19,000, that was.", False),
        ("missing_metric", "There was an overtime bill too.", "how much was that?", "The overtime came to £19,000 a year.", False),
        ("missing_metric", "There was an overtime bill too.", "how much was that?", "We are ninety people on two sites.", True),
        ("missing_metric", "There was an overtime bill too.", "how much was that?", "The overtime is gone.", True),
        ("dropped_thread", "There were two surprises.", "what was the second one?", "The second thing, it's the planning.", False),
        ("dropped_thread", "There were two surprises.", "what was the second one?", "The last thing we wanted was a tablet.", True),
        ("dropped_thread", "There were two surprises.", "what was the second one?", "In a second or two it prints.", True),
        ("missing_metric", "There was an overtime bill too.", "how many of them got it?", "The overtime came to £19,000 a year.", True),
        ("missing_metric", "The overtime bill is a bit less, um.", "how much is that?", "We bake.", False),
    ],
)
def test_what_its_speaker_tells_later_or_breaks_off_is_asked_for_nowhere(
    kind: str, said: str, question: str, later: str, asked: bool
) -> None:
    text = said.rstrip(".")
    made = material(f"I: And then?\nA: {said}\nI: Good.\nA: {later}")
    gap = Gap(
        **made.turns[2].span(0, len(text)).model_dump(), id="2.0-gap", kind=kind, severity="must", score=0.9, topic="results.metrics",  # type: ignore[arg-type] # kinds are literals
        probe=f'You mentioned "{text.lower()}": {question}', why="",
    )  # fmt: skip
    probe = gap_probe(kind, text).model_copy(update={"probe": gap.probe})
    made = replace(made, findings=made.findings.model_copy(update={"gaps": (gap,)}), probes=(probe,))
    assert any(r.gap == gap.id for r in requests(made)) is asked
    (open_,) = [g for s in outline(made).sections for g in s.gaps if g.gap == gap.id]
    assert (open_.needed, open_.told) == (asked, not asked)
    assert (f"“{text}” " in render(outline(made), "md").decode().partition("### Still open")[2]) is asked
    assert any("questions" in i.area for i in checklist(made).items) is asked


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Yusuf Lindqvist, head of care. We bake until four.", "Yusuf Lindqvist"),
        ("I'm Yusuf from Harbour Glass.", "Yusuf"),
        ("This is Yusuf and Tom.", "Yusuf"),
        ("Sure. So I'm Yusuf van der Berg and I run the ovens.", "Yusuf van der Berg"),
        ("I'm Yusuf, I run the ovens. Yusuf Street is where we bake.", "Yusuf"),
        ("I run the ovens with Yusuf Hansen, he bakes until four.", "Yusuf"),
        ("I'm Yusuf Lindqvist, but please keep my last name out of it, that is off the record.", "Yusuf"),
    ],
)
def test_a_single_name_is_completed_by_what_its_owner_says(said: str, name: str) -> None:
    session = Session()
    session.hear(Turn(turn=1, speaker="Ines", role="interviewer", text="Who are you, for the record?"))
    session.hear(Turn(turn=2, speaker="Yusuf", role="customer", text=said))
    made = session.draft("email")
    assert f"- {name}, [title], [company]" in made.body
    assert made.to[0].name == name
    assert made.body.startswith("Dear Yusuf,")


@pytest.mark.parametrize(
    ("said", "thanked"),
    [
        ("The wrong orders went from one in every ten that we baked to, well.", False),
        ("I can jump in about the wrong orders if you're not audible right now.", False),
        ("Nobody types the wrong orders at night now, and everybody sleeps well.", True),
    ],
)
def test_nobody_is_thanked_for_half_a_clause_or_talk_about_the_call(said: str, thanked: bool) -> None:
    moments = email(material(f"I: What has changed since then, with the wrong orders?\nA: {said}")).moments
    assert [m.text for m in moments] == ([said] if thanked else [])


def test_a_size_from_the_introduction_is_no_moment_where_something_else_was_said() -> None:
    sizes = "We bake two hundred and twenty thousand loaves a week in Widnes. We are a family firm with a hundred and sixty staff."
    said = f"I: What does the bakery do?\nA: {sizes}\nI: And for you, what changed?\nA: I used to sleep with the phone on the pillow."
    (moment,) = email(material(said)).moments
    assert moment.text == "I used to sleep with the phone on the pillow."


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("There was one more, but he moved to the coast for a girl.", False),
        ("There was one more, but it moved to the other bakery in May.", True),
        ("He saved us nine hundred loaves in a week.", True),
    ],
)
def test_what_became_of_somebody_is_not_asked_in_writing(said: str, asked: bool) -> None:
    made = material(f"I: Who else bakes at night these days?\nA: The two brothers bake all night. {said}")
    probe = gap_probe("dropped_thread", said.rstrip("."), "What is the story there?")
    assert any(r.text == probe.probe for r in requests(replace(made, probes=(probe,)))) is asked


def test_the_words_that_a_question_quotes_are_not_cut_away() -> None:
    said = (
        "We've talked to a hundred cafés by now and we have fifteen on the list that signed for the whole year ahead of us with no "
        "trial at all, which includes some very curious bakeries of the coast"
    )
    made = material(f"I: Who else uses it?\nA: {said}.")
    probe = gap_probe("no_example", said, 'You mentioned "some very curious bakeries": what is one time that comes to mind?')
    (request,) = requests(replace(made, probes=(probe,)))
    assert "some very curious bakeries" in request.spans[0].text
    assert request.text == "What is one time that comes to mind?"
    elsewhere = probe.model_copy(update={"probe": 'You mentioned "the north": what is one time that comes to mind?'})
    (request,) = requests(replace(made, probes=(elsewhere,)))
    assert request.text == elsewhere.probe


PASSED_ON = """\
V: Good morning.
I: Could we see the sheet of returns?
A: Of course. Bo will send you the sheet by Friday, and Vic will send you the price list.
B: {answer}
I: Perfect, thank you.
"""


def test_a_promise_on_behalf_of_somebody_is_that_persons_to_keep() -> None:
    made = email(material(PASSED_ON.format(answer="Gladly.")))
    assert [(p.speaker, p.said.speaker, p.who, p.due) for p in made.promises] == [
        ("Bo Lind", "Ada Berg", "customer", "by Friday"),
        ("Vic Sol", "Ada Berg", "colleague", None),
    ]
    theirs, ours = (part for part in made.parts if part.text.startswith(("Thank you for what", "And this is what")))
    assert [item.split(" said ")[0] for item in (*theirs.items, *ours.items)] == ["Bo: Ada", "Vic: Ada"]


@pytest.mark.parametrize(
    ("answer", "due"),
    [
        ("Friday's tight. I can do Tuesday.", "Tuesday"),
        ("Every Tuesday we bake for nine schools and for the two hospitals in the valley.", "by Friday"),
    ],
)
def test_who_is_to_keep_a_promise_may_offer_another_day(answer: str, due: str) -> None:
    made = material(PASSED_ON.format(answer=answer))
    (promise,) = (p for p in email(made).promises if p.speaker == "Bo Lind")
    assert promise.due == due
    (item,) = (i for i in checklist(made).items if i.area == "promises" and i.owner == "Bo Lind")
    assert ("Bo Lind offered: “I can do Tuesday.”" in item.item) is (due == "Tuesday")


def test_a_promise_of_a_call_with_a_label_without_a_word_is_its_speakers() -> None:
    session = Session()
    for turn in turns("I: Could you send us the figures?\nA: I'll send you the monthly sheet by Friday.\nI: Thanks.\nB: Bye."):
        session.hear(turn.model_copy(update={"speaker": "???"}) if turn.speaker == "Ada Berg" else turn)
    assert [p.speaker for p in session.draft("email").promises] == ["???"]


def test_a_promise_after_a_name_in_passing_is_its_speakers() -> None:
    made = email(material("A: I spoke to Bo, I'll send you the sheet by Friday.\nB: Good.\nI: Thank you."))
    assert [p.speaker for p in made.promises] == ["Ada Berg"]


CARETAKER = Background.model_validate({"participants": [{"name": "Ada Berg", "role": "customer", "title": "Head of After Sales"}]})


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("A: And my title is Head of Customer Service, not After Sales.", "Head of Customer Service"),
        ("A: My job title is actually vice president of service now.", "Vice president of service"),
        ("A: Oh, and my title's Director of Service, if that matters.", "Director of Service"),
        ("A: I'm the Head of Customer Service, not After Sales.", "Head of Customer Service"),
        ("A: It's Head of Customer Service. Not After Sales.", "Head of Customer Service"),
        ("A: I'm not Head of After Sales anymore, I'm Head of Customer Service.", "Head of Customer Service"),
        ("I: And your title is Head of After Sales?\nA: No, Head of Customer Service.", "Head of Customer Service"),
        ("A: Since the first of May I'm Head of Customer Service, so that's all the shops.", "Head of Customer Service"),
        ("A: Since the first of May, I've been Head of Customer Service.", "Head of Customer Service"),
        ("A: I'm Head of Customer Service now.", "Head of Customer Service"),
        ("A: Your sheet says head of after sales, which I was. I'm Head of Customer Service.", "Head of Customer Service"),
        ("A: I was head of after sales when we signed and I'm Head of Customer Service.", "Head of Customer Service"),
        ("A: I was head of after sales when we signed, and I'm still Head of After Sales.", "Head of After Sales"),
        ("A: I'm Head of After Sales for the north, since last year.", "Head of After Sales"),
        ("A: Now I'm the one manager they call.", "Head of After Sales"),
        ("A: Since May he's Head of Customer Service.", "Head of After Sales"),
        ("A: Since May it's the head of finance who decides.", "Head of After Sales"),
        ("A: I'm chief bread taster, since you ask.", "Head of After Sales"),
        ("A: I'm trained as an engineer, I'm quality engineer, and I'm in the firm since 2015.", "Head of After Sales"),
        ("I: Is that your official job title?\nA: No, Head of Customer Service.", "Head of Customer Service"),
        ("I: Is the cookbook your best selling title?\nA: No, the baker with the hat.", "Head of After Sales"),
        ("A: My title is Head of After Sales.", "Head of After Sales"),
        ("A: My title is a bit of a joke.", "Head of After Sales"),
        ("A: I'm the engineer in the house, not sales.", "Head of After Sales"),
        ("A: I'm a baker by training, not a head of sales.", "Head of After Sales"),
        ("A: It's the head of finance who decides, not me.", "Head of After Sales"),
        ("B: My title is Head of Ovens.", "Head of After Sales"),
        ("I: My title is Head of Stories, not Sales.\nA: I see.", "Head of After Sales"),
        ("I: What is the title of the sheet?\nA: No, head baker's list.", "Head of After Sales"),
    ],
)
def test_the_title_that_somebody_tells_of_themselves_takes_the_place_of_the_background_s(said: str, title: str) -> None:
    session = heard(f"A: We bake for two hundred cafés, and the wrong bread cost us a fortune.\n{said}\nI: Noted.", CARETAKER)
    assert f"- Ada Berg, {title}, [company]" in session.draft("email").body
    row = next(i.item for i in session.draft("checklist").items if i.item.startswith(f"Spelling and title: Ada Berg, {title}."))
    told = title != "Head of After Sales"
    assert ("The background file has “Head of After Sales”." in row) is told
    assert ("As said on the call: “" in row) is told
    quoted = {q.by for section in session.draft("outline").sections for q in section.quotes if q.speaker == "Ada Berg"}
    assert all(title in by for by in quoted)


def test_a_title_that_was_asked_for_fills_the_gap_of_the_background() -> None:
    body = email(material("I: And what's your title?\nB: Night shift supervisor, since May.\nI: Noted.")).body
    assert "- Bo Lind, Night shift supervisor, The Crust Company (you said: “Night shift supervisor, since May.”)" in body


def test_a_title_in_words_that_are_held_back_is_not_told() -> None:
    body = email(material("A: Between us, my title is Head of Trouble. Please don't put that in.\nI: Understood.\nA: Bye.")).body
    assert "- Ada Berg, Owner, The Crust Company" in body


@pytest.mark.parametrize(
    ("said", "shown"),
    [("It's Berg with ck.", True), ("It's Berg with a double e.", True), ("It's Berg with the keys.", False)],
)
def test_how_a_name_is_spelt_is_repeated_beside_it(said: str, shown: bool) -> None:
    assert (f"(you said: “{said}”)" in email(material(f"I: Anything else?\nA: {said}\nI: Noted.")).body) is shown


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("A: I'd tell them to pick the worst oven.\nI: Thank you both, I'll write to you this week.", "I'll write to you this week.”\n"),
        ("A: I'd tell them to pick the worst oven.\nI: Good, I'll get back to you by Friday.", "I'll get back to you by Friday.”\n"),
        ("A: How old is the worst oven?\nI: I'll get back to you by Friday.", "by Friday.” (in reply to “How old is the worst oven?”)"),
        ("A: The worst oven has no number.\nI: I'll write to you about that by Friday.", "(in reply to “The worst oven has no number.”)"),
        ("A: The worst oven has no number.\nI: I'll find out by Friday.", "(in reply to “The worst oven has no number.”)"),
    ],
)
def test_a_promise_to_get_in_touch_stands_alone_unless_it_points_or_something_was_asked(said: str, shown: str) -> None:
    assert shown in email(material(said)).body


@pytest.mark.parametrize(("count", "lines"), [(1, 1), (4, 4), (5, 2), (8, 2)])
def test_the_names_of_many_people_stand_in_two_lines(count: int, lines: int) -> None:
    names = [f"{first} Berg" for first in ("Ada", "Bo", "Cy", "Dee", "Eli", "Fay", "Gus", "Hal")[:count]]
    made = _call(*names)
    (part,) = [part for part in made.parts if part.text.startswith("Are these names")]
    assert len(part.items) == lines
    assert "; ".join(part.items) == "; ".join(made.facts)
    assert len(made.facts) == count


def test_a_promise_that_waits_for_something_is_told_with_that_and_not_asked_for() -> None:
    made = material(
        "I: Is there a saving?\nA: A saving has been realised, and the bank has checked it.\nI: Are you able to say how much?\n"
        "A: Not until the accounts have been to the board in June. After that it'll be given to you, you have my word."
    )
    (promise,) = email(made).promises
    assert promise.due == "Not until the accounts have been to the board in June"
    assert promise.context.text.startswith("Not until")
    assert promise.context.text.endswith("my word.")
    assert all("saving" not in span.text for request in email(made).requests for span in request.spans)


def test_what_will_be_shown_to_nobody_is_no_promise() -> None:
    assert email(material("I: And?\nA: Not until June. After that it'll be given to the auditors, I suppose.")).promises == ()


SCHEDULE = Schedule.parse("draft=13, fact check=10, approval=5, publication=3")


@pytest.mark.parametrize(
    ("said", "told", "due"),
    [
        ("The story is under embargo until the polls have closed.", "under embargo until", "[date]"),
        (
            "From then until the polls have closed nothing should be put out.",
            "until the polls have closed nothing should be put out",
            "[date]",
        ),
        ("Nothing is published until Legal has signed it.", None, "25 March 2026"),
        ("The results were published before the summer.", None, "25 March 2026"),
    ],
)
def test_a_time_in_which_nothing_may_be_published_leaves_the_date_of_publication_open(said: str, told: str | None, due: str) -> None:
    made = email(material(f"I: Anything else?\nA: {said}", schedule=SCHEDULE, called=date(2026, 2, 10)))
    step = made.next_steps[-1]
    assert step.due == due
    assert step.said is None if told is None else told in (step.said or "")


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        ("I'll see that Legal turn it round within ten working days.", "within ten working days"),
        ("I'll send you the sheet within ten working days.", None),
    ],
)
def test_when_a_customer_will_have_checked_the_draft_is_told_beside_the_check(reply: str, said: str | None) -> None:
    steps = email(material(f"I: You'll have the draft by the first of March.\nA: Good. {reply}")).next_steps
    assert [step.said for step in steps] == ["by the first of March", said, None, None]


def test_a_promise_taken_up_again_in_its_sentence_is_one_with_its_day() -> None:
    said = "I: OK, I'll put you on to Leyla, who runs the ovens, about the crusts, I'll do that this week.\nA: Good."
    (promise,) = promises(material(said))
    assert (promise.due, promise.context.text[:8], promise.context.text[-10:]) == ("this week", "I'll put", "this week.")


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("Do you have that as a number as well?", "The hours at the oven have gone down."),
        ("Was that a surprise?", "I don't want to say it from the head."),
    ],
)
def test_a_promise_in_answer_to_a_wish_that_points_stands_with_what_that_points_at(asked: str, shown: str) -> None:
    reply = "It exists. I don't want to say it from the head. I send it to you this week."
    (promise,) = promises(material(f"I: And safety?\nA: The hours at the oven have gone down.\nI: {asked}\nA: {reply}"))
    assert promise.asked is not None
    assert promise.asked.text == shown


@pytest.mark.parametrize(
    ("said", "thanked"),
    [
        ("The bakers sleep at night now, and the bank will tell you the same.", False),
        ("A lot of people said my oven would never need a night off.", False),
        ("My oven never had a night off until we bought the timer.", True),
    ],
)
def test_nobody_is_thanked_for_what_points_elsewhere_or_for_hearsay(said: str, thanked: bool) -> None:
    assert bool(email(material(f"I: What has changed since then, with the ovens?\nA: {said}")).moments) is thanked


def test_a_name_given_with_its_spelling_in_one_sentence_is_told() -> None:
    made = material(
        "I: Are you happy that I'm recording, and for us to use your name in the story?\n"
        "A: Yes, record. With my name, yes, and with the little hat on the e, please, because a magazine left it out."
    )
    assert "the little hat on the e" in email(made).facts[0]
    assert "names" in permissions_said(made)


def test_a_hat_on_something_else_is_no_spelling() -> None:
    assert "hat" not in email(material("I: And?\nA: We put the baker with a hat on the box, and it sold.")).facts[0]


def test_a_placeholder_for_a_date_takes_no_more_room_than_the_date() -> None:
    plan = Schedule.parse("draft=10, fact check=5, approval=5, publication=3")
    said = material(_long_promises(4) + "\nI: And?\nA: It got a lot faster, honestly." * 2)
    dated, undated = (email(replace(said, schedule=plan, called=day)) for day in (date(2026, 3, 2), None))
    assert [p.said for p in undated.promises] == [p.said for p in dated.promises]
    assert [r.text for r in undated.requests] == [r.text for r in dated.requests]


def test_what_was_left_out_to_be_short_is_known_and_nothing_is_where_all_fits() -> None:
    short, long = (material(_long_promises(count)) for count in (1, 6))
    assert left_out(short, email(short)) == ((), ())
    made, left = email(long), left_out(long, email(long))
    assert left.promises
    assert not {p.context for p in made.promises} & set(left.promises)
