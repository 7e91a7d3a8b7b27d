from __future__ import annotations

import pytest

from copilot.detectors.commitments import find_commitments

from ..conftest import call as script
from ..conftest import heard


def promises(call, *lines):
    return [(c.who, c.what, c.due) for c in find_commitments(call(*lines)[-1])]


@pytest.mark.parametrize(
    ("line", "what", "due"),
    [
        ("C: I'll send you the chart by Friday.", "send you the chart by Friday", "by Friday"),
        ("I: I'll pass that on to the product team.", "pass that on to the product team", None),
        ("C: Let me check with finance and get back to you.", "check with finance and get back to you", None),
        ("V: I'll put you in touch with Leo next week.", "put you in touch with Leo next week", "next week"),
        ("C: I can ask Petra.", "ask Petra", None),
        ("C: I can have that by the fifteenth.", "have that by the fifteenth", "by the fifteenth"),
        ("C: Tomorrow I take it, with a tea glass.", "Tomorrow I take it, with a tea glass", "Tomorrow"),
        ("I: No brands, that's a promise.", "that's a promise", None),
        ("I: I'll have a draft with you in two weeks.", "have a draft with you in two weeks", "in two weeks"),
    ],
)
def test_a_promise_is_told_in_its_own_words(call, line, what, due):
    who = {"C": "customer", "I": "interviewer", "V": "colleague"}[line[0]]
    assert promises(call, "I: Could you?" if line[0] != "I" else "C: Well.", line) == [(who, what, due)]


def test_the_reader_of_the_draft_is_promised_it(call):
    ((who, what, _),) = promises(call, "C: Fine.", "I: You'll see the draft before anyone else.")
    assert (who, what.startswith("You'll see the draft")) == ("interviewer", True)


def test_agreeing_to_a_request_promises_what_was_asked(call):
    ((who, what, due),) = promises(call, "I: Could you send me the chart with the delays?", "C: Sure, no problem.")
    assert (who, due) == ("customer", None)
    assert "the chart with the delays" in what


def test_owning_up_to_an_earlier_promise_promises_it_beside_new_ones(call):
    lines = ("C: Perfect. And you said you'd send us one of those mugs.", "I: I did! Two mugs. And I'll introduce you to Helen.")
    assert [what for _, what, _ in promises(call, *lines)] == ["send us one of those mugs", "introduce you to Helen"]


@pytest.mark.parametrize(
    ("reminder", "reply", "told"),
    [
        ("You promised to send us a mug.", "Quite right. I'll send it on Monday.", ["send it on Monday"]),
        ("You said you'd send us a mug.", "Which one do you mean?", []),
        ("You said you liked the mug.", "I did!", []),
    ],
)
def test_an_earlier_promise_counts_once_and_only_where_it_is_owned(call, reminder, reply, told):
    assert [what for _, what, _ in promises(call, f"C: {reminder}", f"I: {reply}")] == told


def test_a_bare_promise_says_what_it_is_about(call):
    (found,) = find_commitments(call("I: Could somebody check the delays?", "C: I'll ask her.")[-1])
    assert (found.what, found.asked) == ("ask her", "Could somebody check the delays?")


def test_a_promise_that_says_what_it_is_about_needs_no_question(call):
    (found,) = find_commitments(call("I: Could somebody check the delays?", "C: I'll ask Petra for the list of delays.")[-1])
    assert found.asked is None


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("Can you give me an example?", "Sure, so last month the oven stopped and we had to call the whole crew back in."),
        ("Could you put a number on that for me?", "Yes, forty percent."),
        ("Could I get a sense of the size?", "Of course, we are a small shop with a yard and a single van."),
    ],
)
def test_a_request_that_the_answer_fulfils_is_no_promise(call, asked, answer):
    assert promises(call, f"I: {asked}", f"C: {answer}") == []


@pytest.mark.parametrize(
    ("asked", "answer", "due"),
    [
        ("Could you send me the rota?", "Sure, it's somewhere on the shared drive, in the folder that nobody ever opens.", None),
        ("Can you find the invoice for me?", "Yes, sure.", None),
        ("Can you find the invoice for me?", "Yes, sure, you know how it is here, but by Friday.", "by Friday"),
    ],
)
def test_a_request_that_is_only_agreed_to_is_a_promise(call, asked, answer, due):
    (found,) = find_commitments(call(f"I: {asked}", f"C: {answer}")[-1])
    assert (found.asked, found.due) == (asked, due)


@pytest.mark.parametrize(
    ("asked", "promised"), [("sharing the list", 1), ("just asking Petra", 1), ("me asking", 0), ("us sharing a taxi", 0)]
)
def test_leave_to_ask_is_no_request(call, asked, promised):
    assert len(promises(call, f"I: Do you mind {asked}?", "C: Yeah, sure.")) == promised


def test_a_date_holds_for_the_promise_that_it_was_said_for(call):
    rows = promises(call, "I: Fine.", "C: I'll ask the yard tomorrow, and I'll send you the plan of the new hall.")
    assert [due for _, _, due in rows] == ["tomorrow", None]
    rows = promises(call, "I: Fine.", "C: I'll ask the yard, and I'll send you the plan of the new hall by Friday.")
    assert [due for _, _, due in rows] == [None, "by Friday"]


def test_a_promise_that_is_taken_up_again_is_one(call):
    rows = promises(call, "I: Fine.", "C: I'll send you the, hang on, there's a plan of the hall, I'll send you that on Monday.")
    assert [due for _, _, due in rows] == ["on Monday"]


def test_what_is_only_added_belongs_to_the_promise(call):
    ((_, what, _),) = promises(call, "I: Fine.", "C: I'll send you the plan on Monday. And the rota.")
    assert what == "send you the plan on Monday. And the rota"
    ((_, what, _),) = promises(call, "I: Fine.", "C: I'll send you the plan on Monday. And then we can talk.")
    assert what == "send you the plan on Monday"


@pytest.mark.parametrize("line", ["C: I'll give you his number.", "C: I'll text it to you."])
def test_a_number_to_call_and_a_text_are_promised(call, line):
    assert len(promises(call, "I: Is he around?", line)) == 1


def test_what_comes_of_a_promise_gives_its_due_date(call):
    rows = promises(call, "I: Who knows?", "C: I'll ask Petra. You'll have it by Monday.")
    assert rows == [("customer", "ask Petra", "by Monday")]


@pytest.mark.parametrize(
    "line",
    [
        "C: I'll usually check the list every morning.",
        "C: I'll be honest, it was slow.",
        "C: I'll tell you one thing.",
        "C: We'll see.",
        "C: We'll roll out to the other plants in May.",
        'C: And he said "I\'ll send you the bill".',
        "C: He told me I'll get you the parts, and then nothing.",
        "C: I'll give you an example.",
        "C: I sent the report last week.",
        "I: I'll ask you about the team in a second.",
        "I: Can I send you a list?",
    ],
)
def test_what_is_no_promise_is_left_alone(call, line):
    assert promises(call, "I: And then?" if line[0] == "C" else "C: Well.", line) == []


def test_agreement_without_a_request_promises_nothing(call):
    assert promises(call, "I: So it was slow?", "C: Yes, sure.") == []


@pytest.mark.parametrize(
    "line",
    [
        "C: A new team can find the owner of a service in no time, and you can get it out of the box.",
        "C: It will pull the code over and start the deploy.",
        "C: I have extreme empathy for you.",
    ],
)
def test_what_a_product_or_anybody_can_do_is_no_promise(call, line):
    assert promises(call, "I: What does it do?", line) == []


@pytest.mark.parametrize(
    ("line", "made"),
    [
        ("C: It's so tidy that we could find it in a minute.", 0),
        ("C: They mark the shelves that we can check it at night.", 0),
        ("C: Now I could find it in a minute.", 0),
        ("C: I know I could find five of them in a week.", 0),
        ("C: As new plugins come in, we can pull those in.", 0),
        ("C: When my nephew is here, I can send you the picture.", 1),
        ("C: They can get you from nothing to something real quick.", 0),
        ("C: So I can send you that on Monday.", 1),
        ("C: She can send you that on Monday.", 1),
        ("C: For that, I could send you the sheet.", 1),
        ("C: I have that. I can check it on Monday.", 1),
        ("C: Could pass it on, I don't know when.", 1),
        ("C: Ask anyone. Can introduce him to the team.", 1),
    ],
)
def test_what_something_makes_possible_is_no_promise(call, line, made):
    assert len(promises(call, "I: What has changed?", line)) == made


@pytest.mark.parametrize(
    ("line", "made"),
    [
        ("C: We take your orders, and we send them out to your customers.", 0),
        ("C: I send it to you on Monday.", 1),
        ("C: I'll share a little bit about what we do.", 0),
        ("C: I'll share the sheet.", 1),
        ("I: We'll get into the future a bit later.", 0),
        ("I: I'll come back to you for that.", 0),
        ("I: I'll come back to you on that by Friday.", 1),
        ("I: You'll see that this is quick.", 0),
        ("I: You'll see that draft first.", 1),
    ],
)
def test_talk_about_the_work_or_the_call_itself_is_no_promise(call, line, made):
    assert len(promises(call, "C: Fine." if line[0] == "I" else "I: And then?", line)) == made


def test_a_promise_for_a_colleague_names_her(call):
    ((_, what, _),) = promises(call, "I: Who has it?", "C: Petra can send it to you.")
    assert "send it to you" in what


def test_a_date_is_told_with_its_month(call):
    ((_, _, due),) = promises(call, "C: Fine.", "I: I'll send you the draft by the first of March.")
    assert due == "by the first of March"


@pytest.mark.parametrize(
    ("line", "due"),
    [
        ("C: You can have the summary by Wednesday.", "by Wednesday"),
        ("C: I'll take one this afternoon.", "this afternoon"),
        ("C: I'll inform the airline.", None),
        ("C: I'll send it a week on Friday.", "a week on Friday"),
        ("C: I'll send it Tuesday week.", "Tuesday week"),
        ("I: So the draft will be with you by Friday, is that fine?", "by Friday"),
        ("I: I'll raise that one today.", "today"),
        ("I: That's going to the designers today.", "today"),
    ],
)
def test_what_is_done_at_a_time_or_handed_over_is_promised(call, line, due):
    rows = promises(call, "I: Could you?" if line[0] == "C" else "C: It is slow at night.", line)
    assert [when for _, _, when in rows] == [due]


@pytest.mark.parametrize(
    "lines",
    [
        ("C: Hello.", "I: Can I record this? It is only for me, and you see the draft before anyone."),
        ("C: Hello.", "I: May I record, so I can write it up?"),
        ("I: Can we use the name?", "C: The name, of course."),
        ("C: It was slow.", "I: So let's go back to before the summer."),
        ("C: It was slow.", "I: I'll look forward to that."),
        ("I: And you?", "C: I make sure that the boat comes back."),
        ("I: And you?", "C: You can have it on the wall if you like."),
        ("I: And you?", "C: I'll be sixty on Friday."),
    ],
)
def test_leave_the_way_of_every_story_and_talk_are_no_promise(call, lines):
    assert promises(call, *lines) == []


def test_that_the_recording_is_deleted_is_promised(call):
    assert promises(call, "C: Hello.", "I: Can I record this? The recording gets deleted when we are done.")


def test_a_bare_promise_without_a_question_before_it_tells_what_it_replies_to(call):
    (found,) = find_commitments(call("C: It is fine. Only the colours are ugly.", "I: I'll pass that on. And the name?")[-1])
    assert found.asked == "Only the colours are ugly."


@pytest.mark.parametrize(
    "line", ["We can have them out in a minute.", "I can have that for lunch.", "Sundays I take the boat out.", "That's promising."]
)
def test_what_can_be_had_without_a_time_is_no_promise(call, line):
    assert promises(call, "I: Well?", f"C: {line}") == []


@pytest.mark.parametrize("line", ["C: I'll want somebody of yours here that week.", "C: We'll need the lift on Friday."])
def test_a_wish_is_no_promise(call, line):
    assert promises(call, "I: And the cutover?", line) == []


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("C: We have a head start, and as new parts come in, as new makers come in, we can send those out.", 0),
        ("C: We have a head start, and as soon as I'm back I can send you those.", 1),
    ],
)
def test_what_a_clause_about_any_time_makes_possible_is_no_promise(call, line, count):
    assert len(promises(call, "I: What does that give you?", line)) == count


@pytest.mark.parametrize(
    "lines",
    [
        ("C: And then, can we get from here to there? Not really.", "I: Yes, it's a long way."),
        ("C: Customers ask, could you send it by Friday, and we do.", "I: Of course."),
        ("I: And then?", "C: I'll take you back to the beginning."),
        ("I: And then?", "C: The app will send you a text on Friday."),
        ("I: And then?", "C: If it fails, I'll get a message on my phone."),
        ("C: Fine.", "I: We'll get to the results in a minute."),
        ("C: Fine.", "I: Let me ask about the rollout."),
        ("I: Could you share how that felt?", "C: Yes, it was a relief."),
    ],
)
def test_questions_that_are_told_machines_and_the_course_of_the_call_promise_nothing(call, lines):
    assert promises(call, *lines) == []


@pytest.mark.parametrize(
    ("line", "due"),
    [
        ("C: I'll fire it across.", None),
        ("C: Remind me to send you the photos.", None),
        ("C: Ana will send you the logo by Tuesday.", "by Tuesday"),
        ("I: I'll have something for you to read the week of the ninth.", "the week of the ninth"),
    ],
)
def test_what_is_sent_in_other_words_is_promised(call, line, due):
    assert [d for _, _, d in promises(call, "C: Fine." if line[0] == "I" else "I: And then?", line)] == [due]


@pytest.mark.parametrize(
    ("line", "due"),
    [
        ("C: This weekend I'll send you the picture.", "This weekend"),
        ("C: The graphs by Wednesday, I'll send them over.", "by Wednesday"),
        ("C: She's back on Monday and I'll send it to you.", "on Monday"),
        ("I: And then it's, let's say three weeks, and I'll send you a draft.", "three weeks"),
        ("I: And then it's three weeks, and I'll send you a draft.", "three weeks"),
        ("I: So six weeks and four months, I'll send you a note which is which.", None),
        ("C: And the ninety days I'll check with the plant.", None),
        ("C: On Friday we close the books, so I'll send you the report.", None),
    ],
)
def test_a_time_before_a_promise_is_due_if_it_leads_to_it(call, line, due):
    rows = promises(call, "I: Could you?" if line[0] == "C" else "C: It is slow at night.", line)
    assert [when for _, _, when in rows] == [due]


@pytest.mark.parametrize(
    ("line", "due"),
    [
        ("I'll ask her for the wage slips. She's off this week, so say by Thursday week.", "by Thursday week"),
        ("I can pull it for you. Not before the fair though. Say end of next month.", "end of next month"),
        ("I'll catch him the Monday after.", "the Monday after"),
        ("I'll send it to you by the end of the week after next.", "by the end of the week after next"),
        ("I'll send you the sheet by the end of October, and you can read it.", "by the end of October"),
        ("I've a picture of it, if you like, I'll send it to you tonight.", "tonight"),
        ("I'll shoot you the picture before the weekend.", "before the weekend"),
        ("I'll send you the sheet. Give me till the fifteenth.", "till the fifteenth"),
        ("I'll send it to you the second week of December.", "the second week of December"),
        ("I'll have it back to you inside the week.", "inside the week"),
    ],
)
def test_a_time_is_told_whole_and_from_where_it_was_said(call, line, due):
    (found,) = promises(call, "I: Could you?", f"C: {line}")
    assert found[2] == due


@pytest.mark.parametrize("line", ["We'll be out with the herd, so send it to Ann.", "So when I send you the bill, I have both pictures."])
def test_what_somebody_else_is_to_do_or_a_case_is_no_promise(call, line):
    assert promises(call, "I: Fine?", f"C: {line}") == []


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ('C: Customers rang and asked, "How does it sound?", and the desk said, "Hang on, I\'ll send you the list."', 0),
        ("C: And they said, \u201cHang on, I'll send you the list.\u201d", 0),
        ('C: He calls it "the beast". I\'ll send you the list on Monday.', 1),
        ("C: So we'll see that he had a fault at ten and that it is supper by now.", 0),
        ("C: We'll see that he gets the list.", 1),
    ],
)
def test_what_others_are_quoted_as_saying_and_what_is_seen_is_no_promise(call, line, count):
    assert len(promises(call, "I: How did that go?", line)) == count


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("C: I ask him. This week he's in Madrid, so, by the Friday of the other week.", [("ask him", "by the Friday of the other week")]),
        ("C: I ask him. This week he's in Madrid, and he's busy on Friday with the vans.", [("ask him", None)]),
        ("C: I'll put you on to Leyla, I'll do that this week.", [("put you on to Leyla", "this week")]),
        (
            "C: Not until the board has met. After that it'll be given to you, you have my word.",
            [("it'll be given to you", "Not until the board has met")],
        ),
        ("C: I'll send you the slide. The pilot went live in Leeds with nine drivers, in March.", [("send you the slide", None)]),
        ("C: Not until the board has met. But it'll be given to you.", [("it'll be given to you", None)]),
        ("C: It'll be sent to the drivers by the depot.", []),
        ("C: It's a promise, is what it is, and nothing came of it.", []),
    ],
)
def test_a_promise_is_one_with_what_only_dates_or_vouches_for_it(call, line, told):
    assert [(what, due) for _, what, due in promises(call, "I: Could he?", line)] == told


@pytest.mark.parametrize(("answer", "count"), [("Sure, I'll", 0), ("Sure, I'll.", 0), ("Sure, I will.", 1), ("Sure.", 1)])
def test_an_agreement_that_breaks_off_before_its_verb_promises_nothing(call, answer, count):
    assert len(promises(call, "I: Could you send me the chart with the delays?", f"C: {answer}")) == count


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("C: Ill send you the chart on Monday.", ["send you the chart on Monday"]),
        ("C: Aye, and il ask her for it.", ["ask her for it"]),
        ("C: In the winter my mother was ill, and I missed three weeks.", []),
        ("C: Our planner fell ill on Monday and the line stood still.", []),
        ("C: Expect it by Wednesday.", ["Expect it by Wednesday"]),
        ("C: The drivers expect it by Wednesday.", []),
    ],
)
def test_a_word_that_need_not_promise_does_so_where_it_begins_its_clause(call, line, told):
    assert [what for _, what, _ in promises(call, "I: And?", line)] == told


@pytest.mark.parametrize(
    ("asked", "line", "count"),
    [
        ("And then?", "Next quarter we'll send every driver a tablet.", 0),
        ("And then?", "We'll send our team to Lyon in May.", 0),
        ("And then?", "We'll share the results with the whole group in autumn.", 0),
        ("And then?", "We'll share the results with you in autumn.", 1),
        ("And then?", "We'll send the chart on Friday.", 1),
        ("Could you send every driver the survey?", "We'll send every driver a link.", 1),
        ("And then?", "They'll send you the list if you write to them.", 0),
        ("And then?", "They'll send you the list on Monday.", 1),
    ],
)
def test_what_customers_hand_to_others_unasked_is_a_plan(call, asked, line, count):
    assert len(promises(call, f"I: {asked}", f"C: {line}")) == count


@pytest.mark.parametrize(
    ("asked", "line", "due"),
    [
        ("Could you send me the survey by Friday?", "Will do.", "by Friday"),
        ("Could you send me the survey by Friday?", "Sure, by Monday.", "by Monday"),
        ("And?", "I'll forward it first thing tomorrow.", "first thing tomorrow"),
        ("And?", "I'll send it by Friday, sorry, by Monday.", "by Monday"),
        ("And?", "I'll send them Friday. No, Friday's a holiday here, Monday.", "Monday"),
        ("And?", "I'll send them Friday. No problem, and on Monday we sail.", "Friday"),
        ("And?", "D will confirm the shares by the end of the month.", "by the end of the month"),
    ],
)
def test_the_time_is_the_one_last_meant(call, asked, line, due):
    assert [told for *_, told in promises(call, "D: Fine.", f"I: {asked}", f"C: {line}")] == [due]


def test_only_somebody_on_the_call_is_said_to_do_a_thing_by_a_day(call):
    assert promises(call, "I: And?", "C: The plant will send the boxes by the end of the month.") == []


@pytest.mark.parametrize(
    "lines",
    [
        ("I: What was it?", "C: Let me look that up after the call and get back to you."),
        ("I: And you'll introduce me to your driver?", "C: Yes, happy to."),
        ("I: And the chart?", "C: It'll be with you by noon tomorrow."),
        ("I: And the charts?", "C: They'll be in your inbox before the weekend."),
        ("I: And the chart?", "C: I'm sending it to you right now."),
        ("I: How long?", "C: You'll hear back within five days."),
        ("C: Fine.", "I: Let me send you the form."),
        ("C: Fine.", "I: We won't publish anything without your written OK."),
    ],
)
def test_promises_come_in_many_forms(call, lines):
    assert len(promises(call, *lines)) == 1


@pytest.mark.parametrize(
    "lines",
    [
        ("I: What was it?", "C: Let me look. Yes, it's forty."),
        ("I: And you'd send the boxes by rail?", "C: Yes, every week."),
        ("I: And the boxes?", "C: We're sending the boxes by rail now."),
        ("I: And the names?", "C: We won't publish anything without a test."),
    ],
)
def test_what_is_said_of_the_work_in_like_forms_is_no_promise(call, lines):
    assert promises(call, *lines) == []


@pytest.mark.parametrize(
    ("later", "stays"),
    [("Actually, I can't send that, it has names on it.", False), ("I can't share the names.", True), ("Can't I send it by post?", True)],
)
def test_a_promise_is_withdrawn_by_its_verb_and_a_pronoun(later, stays):
    said = script("I: Could you?", "C: I'll send it on Monday.", "I: Lovely.", f"C: {later}")
    assert [c.turn for c in heard(said).findings.commitments] == ([2] if stays else [])


def test_a_promise_that_its_own_turn_refuses_is_none(call):
    assert promises(call, "I: Could you send the chart?", "C: I'll send it tonight. No, I'm not allowed to share it.") == []
