from __future__ import annotations

from pathlib import Path

import pytest

from copilot import InputError, Session
from copilot.actions import Asked, Dismiss, End, Mark, Pin, Raised, Release, Snooze, Unpin, Withdraw
from copilot.findings import Consent
from copilot.live.board import Board, KeptBack
from copilot.live.pacing import Pacing, is_emotional, is_finished
from copilot.probe import Probe
from copilot.probes.recall import around
from copilot.turns import Turn

from .conftest import ASK, BACKGROUND, CLAIM, Room, seen

OTHER = "C: It cut our errors by forty percent, and the team is so much happier with it."
LOSS = "C: Our controller decided after a bad quarter, and we lost a fortune on it every month."
ISSUES = "C: We had some issues at the start, and it was a slow rollout, in a few of the plants."


def test_a_probe_comes_after_a_finished_answer_with_the_words_behind_it(room: Room) -> None:
    room.says(ASK)
    room.says(CLAIM)
    assert room.board.probe is None
    room.wait(5)
    probe = room.board.probe
    assert probe is not None
    assert probe.turn == 2
    assert probe.text in CLAIM


@pytest.mark.parametrize(("row", "breath"), [("I: That is quite something.", 1.25), ("I: Mm-hm.", 5.0)])
def test_a_probe_comes_a_breath_after_a_remark_and_a_pause_after_a_listeners_noise(room: Room, row: str, breath: float) -> None:
    room.says(ASK)
    room.says(CLAIM)
    room.says(row)
    assert room.board.probe is None
    room.wait(breath - 0.5)
    assert room.board.probe is None
    room.wait(0.5)
    assert room.board.probe is not None


@pytest.mark.parametrize("step", [0.4, 1.0])
def test_no_probe_comes_while_the_interviewer_speaks_whatever_her_first_words(room: Room, step: float) -> None:
    room.says(ASK)
    room.says("C: Invoicing is so", id="a", final=False)
    room.says(CLAIM, id="a")
    for words in ("Okay.", "Okay. So.", "Okay. So. That."):
        room.wait(step)
        room.says(f"I: {words}", id="b", final=False)
        assert room.board.probe is None


@pytest.mark.parametrize(("row", "stays"), [("I: Okay, great, so", True), ("I: Lovely.", True), ("I: And who uses it?", False)])
def test_a_probe_stays_until_the_interviewer_has_asked_something_of_her_own(room: Room, row: str, stays: bool) -> None:
    room.answers(ASK, CLAIM)
    shown = room.board.probe
    room.says(row, final=False)
    assert room.board.probe == shown is not None
    room.says(row)
    room.wait(0.25)
    assert (room.board.probe == shown) is stays


def test_a_probe_that_a_tangent_took_away_returns_and_says_what_it_is_about(room: Room) -> None:
    room.answers(ASK, CLAIM)
    gap = room.board.probe.gap if room.board.probe else ""
    room.answers("I: Is that a dog that I hear behind you?", "C: That is our old dog, he sleeps here all day.", pause=12)
    assert room.board.probe is not None
    assert room.board.probe.gap == gap
    assert "faster" in room.board.probe.probe
    room.answers("I: And where is it?", "C: It stands in the big office downstairs.", pause=30)
    assert room.board.probe is None or room.board.probe.gap != gap


@pytest.mark.parametrize(
    ("question", "returns"), [("How much faster, in hours a week?", False), ("And where do your offices stand?", True)]
)
def test_what_the_interviewer_has_asked_in_other_words_is_not_shown_again(room: Room, question: str, returns: bool) -> None:
    room.answers(ASK, CLAIM)
    gap = room.board.probe.gap if room.board.probe else ""
    later = "C: We have always been in the same street, next to the church."
    boards = seen(room.call, lambda: room.answers(f"I: {question}", later, pause=30))
    assert (gap in {b.probe.gap for b in boards if b.probe and b.lines[-1].role == "customer"}) is returns


def test_the_guides_own_question_is_not_shown_right_after_it_was_asked_and_dodged() -> None:
    room = Room(pacing=Pacing(least=0.0))
    dodge = "C: Ooh, don't ask me, my love, I'll be in a lighthouse. Ask me another."
    room.answers("I: And longer term, where does all this sit, say in two or three years?", dodge, pause=30)
    assert [g.kind for g in room.call.session.findings.gaps] == ["dodged"]
    assert room.board.probe is None


def test_a_pause_that_nobody_looked_at_the_clock_in_still_brings_a_probe(room: Room) -> None:
    room.says(ASK)
    room.says(CLAIM)
    room.clock.move(6)
    boards = seen(room.call, lambda: room.says("I: Lovely."))
    assert boards[0].probe is not None
    assert room.board.probe is not None


def test_a_source_of_captions_finishes_a_turn_only_when_the_next_one_had_time_to_come(room: Room) -> None:
    room.answers(ASK)
    for row in ("C: We did it in steps.", "C: First it was the one yard by the river, and then came the other one.", CLAIM):
        room.says(row)
        room.wait(4)
    room.wait(2)
    assert room.board.probe is None
    room.wait(4)
    assert room.board.probe is not None


@pytest.mark.parametrize(("more", "stays"), [("About forty thousand euros a year.", False), ("And everybody here likes it.", True)])
def test_a_probe_leaves_as_soon_as_the_turn_that_it_is_about_answers_it(room: Room, more: str, stays: bool) -> None:
    room.answers(ASK, "C: It has saved us a fortune, honestly.")
    shown = room.board.probe
    assert shown is not None
    assert "fortune" in shown.text
    room.says(f"C: {more}")
    room.wait(0.25)
    assert (room.board.probe == shown) is stays


@pytest.mark.parametrize(
    "row", ["I: Are you able to say how much?", "I: okay and is that a lot", "I: Tell me about the team.", "I: Right, and in terms of the"]
)
def test_a_probe_is_held_once_the_interviewer_asks_until_that_answer_is_finished(room: Room, row: str) -> None:
    room.says(ASK)
    room.says(CLAIM)
    room.says(row)
    room.wait(8)
    assert room.board.probe is None
    room.answers("C: We sit in one room now, all of us together.")
    assert room.board.probe is not None


@pytest.mark.parametrize(
    ("draft", "comes"),
    [("I: Lovely", True), ("I: So how did", False), ("I: I was wondering whether the team found", False), ("I: Lovely and", False)],
)
def test_words_that_are_not_final_hold_a_probe_as_soon_as_they_lead_to_a_question(room: Room, draft: str, comes: bool) -> None:
    room.says(ASK)
    room.says(CLAIM)
    room.says(draft, final=False)
    room.wait(3)
    assert (room.board.probe is not None) is comes


def test_no_probe_comes_while_the_customer_speaks_on(room: Room) -> None:
    room.says(ASK)
    room.says(CLAIM, id="a")
    for n in range(20):
        room.wait(1)
        room.says("C: And then " + "so " * n, id="b", final=False)
        assert room.board.probe is None


def test_no_probe_comes_after_a_sentence_that_breaks_off(room: Room) -> None:
    room.answers(ASK, "C: It has saved us a fortune, honestly, and then")
    assert room.board.probe is None


def test_no_probe_comes_after_the_interviewers_turn(room: Room) -> None:
    room.answers("C: Hello, all of you here.", "I: It has saved you a fortune and cut the errors by half, I hear.")
    assert room.board.probe is None


@pytest.mark.parametrize(
    "row",
    [
        "C: It saved us a fortune, but please keep that off the record, all of it.",
        "C: It saved us a fortune, but I can't share that number, sorry.",
        "C: It saved us a fortune. My father passed away that week, it was heartbreaking.",
    ],
)
def test_no_probe_comes_right_after_a_boundary_a_refusal_or_an_emotion(room: Room, row: str) -> None:
    room.answers(ASK, row, pause=30)
    assert room.board.probe is None


def test_a_refusal_in_passing_leaves_the_rest_of_an_answer_to_be_asked_about(room: Room) -> None:
    room.answers(
        ASK,
        "C: One of the big customers, I won't say who, had left us. It has saved us a fortune in overtime, so we're glad that we did it.",
        pause=30,
    )
    assert room.board.probe is not None


def test_an_amount_refused_within_a_longer_answer_is_not_asked_for(room: Room) -> None:
    row = "C: It has saved us a fortune, but I can't tell you how much. We're glad that we did, and it went the same way in Leith."
    room.answers(ASK, row, pause=30)
    assert room.board.probe is None or "fortune" not in room.board.probe.probe


def test_probes_keep_their_distance_and_a_held_one_comes_when_it_is_time(room: Room) -> None:
    room.answers(ASK, CLAIM)
    first = room.board.probe
    assert first is not None
    room.call.act(Asked(gap=first.gap or ""))
    room.answers(OTHER, pause=10)
    assert room.board.probe is None
    assert room.board.parked
    room.wait(20)
    assert room.board.probe is not None
    assert room.board.probe.gap != first.gap


def test_at_most_one_probe_is_shown_and_it_is_not_changed_by_what_comes_next(room: Room) -> None:
    room.answers(ASK, CLAIM)
    shown = room.board.probe
    boards = seen(room.call, lambda: room.answers("I: Lovely.", "C: The whole team is happy with it, and so am I.", pause=3))
    assert {b.probe.gap if b.probe else None for b in boards} == {shown.gap if shown else None}


def test_a_probe_leaves_when_its_answer_comes(room: Room) -> None:
    room.answers(ASK, CLAIM)
    room.answers("I: Roughly how much has it saved you?", "C: About forty thousand euros a year, across the whole finance team.")
    assert all(g.closed_by for g in room.call.session.findings.gaps if "fortune" in g.text)
    assert room.board.probe is None or "fortune" not in room.board.probe.text


def test_a_probe_that_nobody_asks_leaves_by_itself_and_does_not_come_back(room: Room) -> None:
    room.answers(ASK, CLAIM)
    gap = room.board.probe.gap if room.board.probe else ""
    boards = seen(room.call, lambda: room.wait(200))
    assert boards[0].probe is None
    assert gap not in {b.probe.gap for b in boards if b.probe}


def test_a_probe_leaves_when_the_talk_has_moved_on(room: Room) -> None:
    room.answers(ASK, CLAIM)
    gap = room.board.probe.gap if room.board.probe else ""
    room.answers("I: Lovely.", "C: Everybody in the finance department does it that way.")
    room.answers("I: I see.", "C: It stands in the big office downstairs.")
    assert room.board.probe is None or room.board.probe.gap != gap


def test_a_dismissed_gap_is_never_offered_again(room: Room) -> None:
    def offered(board: Board) -> set[str | None]:
        return {p.gap for p in (board.probe, *board.parked, *room.call.session.suggest(limit=9)) if p}

    room.answers(ASK, CLAIM)
    assert room.board.probe is not None
    gone = room.board.probe.gap
    assert gone in offered(room.board)
    room.call.act(Dismiss(gap=gone or ""))
    room.answers("I: Lovely.", "C: Since then we stopped the whole night shift.", pause=30)
    assert gone not in offered(room.board)
    assert all(gone not in offered(board) for board in seen(room.call, lambda: room.wait(200)))


def test_a_snoozed_probe_is_parked_and_comes_back(room: Room) -> None:
    room.answers(ASK, CLAIM)
    gap = room.board.probe.gap if room.board.probe else ""
    room.call.act(Snooze(gap=gap or ""))
    assert room.board.probe is None
    assert room.board.parked[0].gap == gap
    for other in [g.id for g in room.call.session.findings.gaps if g.id != gap]:
        room.call.act(Dismiss(gap=other))
    room.wait(119)
    assert room.board.probe is None
    room.wait(2)
    assert room.board.probe is not None
    assert room.board.probe.gap == gap


def test_a_pinned_probe_stays_until_it_is_unpinned(room: Room) -> None:
    room.answers(ASK, CLAIM)
    probe = room.board.probe
    assert probe is not None
    room.call.act(Pin(gap=probe.gap or ""))
    room.wait(300)
    assert room.board.pinned == (probe,)
    assert room.board.probe != probe
    room.call.act(Unpin(gap=probe.gap or ""))
    assert room.board.pinned == ()


def test_a_persons_word_on_a_topic_beats_the_engines(room: Room) -> None:
    def state(topic: str) -> tuple[str, bool]:
        return next((t.state, t.marked) for s in room.board.sections for t in s.topics if t.id == topic)

    room.answers("I: What are your plans?", "C: Next spring we open two more plants in Ohio, and each of them gets the same system.")
    before = state("future.plans")
    room.call.act(Mark(topic="future.plans", covered=before[0] != "covered"))
    assert state("future.plans")[1]
    assert (state("future.plans")[0] == "covered") == (before[0] != "covered")
    room.call.act(Mark(topic="future.advice", covered=True))
    assert state("future.advice") == ("covered", True)
    room.answers("I: And then?", "C: And then we open another one in Texas, after the summer.")
    assert state("future.advice") == ("covered", True)


def test_nothing_is_asked_about_a_topic_that_is_marked_as_covered(room: Room) -> None:
    room.answers(ASK, CLAIM)
    probe = room.board.probe
    assert probe is not None
    room.call.act(Mark(topic=probe.topic, covered=True))
    assert room.board.probe is None
    assert probe.topic not in {p.topic for p in room.board.parked}


def test_an_action_on_what_is_not_there_is_an_error_and_changes_nothing(room: Room) -> None:
    room.answers(ASK, CLAIM)
    before = room.board
    with pytest.raises(InputError, match=r"^no gap is named '99.0-vague'; "):
        room.call.act(Asked(gap="99.0-vague"))
    with pytest.raises(InputError, match=r"^no topic is named 'no.topic'; there is background"):
        room.call.act(Mark(topic="no.topic", covered=True))
    with pytest.raises(InputError, match=r"^no topic is named 'no.topic'; there is background"):
        room.call.act(Raised(topic="no.topic"))
    assert room.board == before


def test_near_the_end_the_minutes_left_get_a_plan() -> None:
    room = Room(minutes=12, pacing=Pacing(fresh=10))
    room.answers(ASK, CLAIM)
    assert room.board.plan is None
    room.wait(180)
    plan = room.board.plan
    assert plan is not None
    assert room.board.minutes_left == pytest.approx(12 - room.board.elapsed / 60)
    assert plan.ask_now
    room.wait(500)
    later = room.board.plan
    assert later is not None
    assert len(later.ask_now) < len(plan.ask_now)
    assert len(later.email) > len(plan.email)


def test_what_has_its_place_elsewhere_is_not_planned_and_a_word_or_two_stay_when_the_time_is_over() -> None:
    room = Room(minutes=8)
    room.answers(ASK, CLAIM)
    shown = room.board.probe
    assert shown is not None
    assert room.board.plan is not None
    planned = room.board.plan.ask_now
    assert shown.gap not in {p.gap for p in (*planned, *room.board.plan.email)}
    assert {p.gap for p in room.board.parked}.isdisjoint(p.gap for p in planned)
    room.call.act(Asked(gap=shown.gap or ""))
    assert shown.gap not in {p.gap for p in (*room.board.plan.ask_now, *room.board.plan.email)}
    room.wait(600)
    assert room.board.minutes_left == 0
    assert len(room.board.plan.ask_now) == 2
    room.call.act(End())
    assert room.board.plan.ask_now == ()
    asked = {words for request in room.board.plan.requests for words in request.words}
    assert any(shown.text in words for words in asked)
    assert shown.gap not in {p.gap for p in room.board.plan.email}


def listed(room: Room) -> list[str]:
    """Return the gaps and topics that are planned to be asked now."""
    assert room.board.plan is not None
    return [probe.gap or probe.topic for probe in room.board.plan.ask_now]


def test_a_topic_that_was_asked_about_is_planned_no_more_and_is_as_open_as_before() -> None:
    room = Room(minutes=9)
    room.answers(ASK, "C: We sat there, all of us.")
    topic = listed(room)[0]
    before = room.board.sections
    room.call.act(Raised(topic=topic))
    assert room.board.plan is not None
    assert topic not in {probe.topic for probe in (*room.board.plan.ask_now, *room.board.plan.email)}
    assert room.board.sections == before
    room.call.act(End())
    assert topic in {probe.topic for probe in room.board.plan.email} | {
        request.topic for request in room.call.session.draft("email").requests
    }


def test_what_is_planned_keeps_its_place_while_it_is_open_and_leaves_it_empty_while_it_is_the_large_question() -> None:
    room = Room(minutes=2, pacing=Pacing(spacing=50, fresh=20))
    room.call.session.ledger.brushed.update(room.call.session.guide.topics)
    room.answers(ASK, CLAIM, "I: Lovely.", OTHER, "I: Great.", LOSS, "I: Okay.")
    before = listed(room)
    assert len(before) == 2
    room.answers(ISSUES, "I: Right.")
    assert listed(room) == before
    room.wait(10)
    large = room.board.probe
    assert large is not None
    assert large.gap == before[1]
    assert listed(room) == before[:1]
    assert room.board.plan is not None
    later = [probe.gap for probe in room.board.plan.email]
    assert len(later) == 1
    room.wait(20)
    assert room.board.probe is None
    assert listed(room) == before
    room.call.act(Dismiss(gap=before[0]))
    assert listed(room) == [before[1], *later]


def test_the_plan_is_the_same_once_the_journal_is_read_again(tmp_path: Path) -> None:
    room = Room(tmp_path / "call.jsonl", minutes=2, pacing=Pacing(spacing=50, fresh=20))
    room.call.session.ledger.brushed.update(room.call.session.guide.topics)
    room.answers(ASK, CLAIM, "I: Lovely.", OTHER, "I: Great.", LOSS, "I: Okay.")
    before = listed(room)
    room.answers(ISSUES, "I: Right.")
    assert listed(room) == before
    room.close()
    session = Session(background=BACKGROUND)
    session.ledger.brushed.update(session.guide.topics)
    again = Room(tmp_path / "call.jsonl", room.clock, session=session, minutes=2, pacing=Pacing(spacing=50, fresh=20))
    assert again.board.plan == room.board.plan
    again.close()


def test_a_pinned_question_stays_until_it_is_answered() -> None:
    room = Room(minutes=45)
    room.answers(ASK, CLAIM)
    probe = room.board.probe
    assert probe is not None
    room.call.act(Pin(gap=probe.gap or ""))
    room.wait(40)
    room.answers("I: And what else has changed?", OTHER)
    other = room.board.probe
    assert other is not None
    room.call.act(Snooze(gap=other.gap or ""))
    assert room.board.pinned == (probe,)
    assert other.gap in {p.gap for p in room.board.parked}
    room.answers("I: Roughly how much did that save you, a fortune?", "C: About forty thousand euros a year, it saved us.")
    assert room.board.pinned == ()


def test_after_the_call_what_was_pinned_or_put_off_is_in_the_plan_alone() -> None:
    room = Room(minutes=45)
    room.answers(ASK, CLAIM)
    probe = room.board.probe
    assert probe is not None
    room.call.act(Pin(gap=probe.gap or ""))
    room.wait(40)
    room.answers("I: And what else has changed?", OTHER)
    other = room.board.probe
    assert other is not None
    room.call.act(Snooze(gap=other.gap or ""))
    room.call.act(End())
    assert (room.board.pinned, room.board.parked) == ((), ())
    assert room.board.plan is not None
    asked = {words for request in room.board.plan.requests for words in request.words}
    left = {p.gap for p in (*room.board.plan.email, *room.board.plan.someone_else)}
    assert all(p.gap in left or any(p.text in words for words in asked) for p in (probe, other))


def test_a_question_that_repeats_its_words_is_shown_with_the_sentence_around_them() -> None:
    def words(probe: Probe, text: str, *held: str) -> str:
        return around(probe, Turn(turn=2, speaker="Carl", role="customer", text=text), lambda span: any(h in span.text for h in held))

    question = 'You said "It felt long": how long was it?'
    probe = Probe(gap="2.0-vague", probe=question, why="", kind="vague", topic="t", severity="must", score=0.5, turn=2, start=0, end=12)
    probe = probe.model_copy(update={"text": "It felt long"})
    assert words(probe, "It felt long. We waited for the parts.") == "It felt long. We waited for the parts."
    assert words(probe, "It felt long for the team. We waited.") == "It felt long for the team."
    assert words(probe, "It felt long. They were barred.", "barred") == "It felt long"
    assert words(probe, "It felt long.") == "It felt long"
    assert words(probe.model_copy(update={"probe": "How long was it?"}), "It felt long. We waited.") == "It felt long"
    later = probe.model_copy(update={"start": 11, "end": 23})
    assert words(later, "We waited. It felt long.") == "We waited. It felt long."


def test_nothing_is_kept_back_until_a_boundary_is_heard_and_a_release_lifts_what_was_only_possible(room: Room) -> None:
    room.answers(ASK, CLAIM, "I: Great.")
    assert room.board.kept_back == ()
    room.answers(
        "C: Between us, we nearly lost the contract. Please don't put that in.", "I: Of course.", "C: The team is happier.", "I: Good."
    )
    assert KeptBack(turn=4, degree="clear") in room.board.kept_back
    assert not any("contract" in str(k) for k in room.board.kept_back)
    possible = [k.turn for k in room.board.kept_back if k.degree == "possible"]
    for turn in possible:
        room.call.act(Release(span=str(turn)))
    assert {k.degree for k in room.board.kept_back} == {"clear"}


def test_the_last_answer_can_be_kept_out_while_it_is_still_being_given(room: Room) -> None:
    room.answers(ASK)
    assert room.board.last_answer is None
    room.says(CLAIM)
    assert room.board.last_answer == 2
    room.call.act(Withdraw(span="2"))
    room.wait(30)
    assert room.board.kept_back == (KeptBack(turn=2, degree="clear"),)
    assert room.board.last_answer is None
    assert room.board.probe is None
    assert "fortune" not in room.call.session.draft("outline").model_dump_json()


@pytest.mark.parametrize("is_kept_out", [True, False])
def test_nothing_is_asked_right_after_an_answer_that_is_kept_out(room: Room, is_kept_out: bool) -> None:
    room.answers(ASK, "C: Invoicing is so much faster now. And it has saved us a fortune, honestly.")
    assert room.board.probe is not None
    room.call.act(Asked(gap=room.board.probe.gap or ""))
    room.answers("I: Great.", "C: We sit in one room now, all of us together.", pause=4)
    if is_kept_out:
        room.call.act(Withdraw(span="4"))
    room.wait(30)
    assert bool(room.board.parked) is is_kept_out
    assert (room.board.probe is None) is is_kept_out


def test_the_board_says_whether_the_recording_was_agreed_to(room: Room) -> None:
    room.answers("I: Hello there.", "C: Hi.")
    assert room.board.consent == Consent()
    room.answers("I: Is it okay if I record this?", "C: Sure, go ahead.", "I: Great.")
    assert room.board.consent.asked == 3
    assert room.board.consent.granted == 4


@pytest.mark.parametrize(
    "text",
    [
        "My father passed away that winter.",
        "I was in tears, to be honest.",
        "Sorry, I just need a second.",
        "We had to let people go, and that broke me.",
        "I nearly quit that month.",
        "Two of the team were burnt out.",
    ],
)
def test_what_moves_people_is_noticed(text: str) -> None:
    assert is_emotional(text)


@pytest.mark.parametrize(
    "text",
    [
        "The server died on a Friday.",
        "It killed our margins for a year.",
        "The battery dies after two hours.",
        "We quit the old tool in March.",
        "It was a painful migration, but a quick one.",
        "We lost the order because the file was late.",
        "Sorry, that was the wrong number: it is forty.",
        "The second shift needs a moment to log in.",
        "The team is crying out for a better tool.",
        "We print the booklets for a funeral home.",
        "Most patients with a stroke come by ambulance.",
        "And nobody lost their job over it.",
    ],
)
def test_machines_and_figures_move_nobody(text: str) -> None:
    assert not is_emotional(text)


def test_a_weak_probe_is_left_for_the_email() -> None:
    room = Room(pacing=Pacing(least=1.01))
    room.answers(ASK, CLAIM, pause=30)
    assert room.board.probe is None
    assert room.board.parked == ()
    assert room.call.session.suggest()


def test_a_text_is_finished_where_its_sentence_is() -> None:
    assert is_finished("It got faster.")
    assert is_finished("it got a lot faster")
    assert is_finished("He said “it got faster.”")
    assert not is_finished("it got faster and")
    assert not is_finished("It got faster. And the team")
    assert not is_finished("It got faster —")
    assert not is_finished("")


@pytest.mark.parametrize("between", [(), ("I: Great.",)])
def test_a_question_goes_at_once_when_its_words_are_put_off_the_record(room: Room, between: tuple[str, ...]) -> None:
    room.answers(ASK, CLAIM)
    assert room.board.probe is not None
    for row in (*between, "C: Actually, please don't use that."):
        room.says(row)
    room.wait(0.25)
    assert room.board.probe is None
    room.wait(60)
    assert room.board.probe is None


def test_a_question_stays_while_the_answer_goes_on_about_something_else(room: Room) -> None:
    room.answers(ASK, CLAIM)
    first = room.board.probe
    room.says("C: And the team is happier too.")
    room.wait(0.25)
    assert room.board.probe == first is not None


@pytest.mark.parametrize(("after", "stays"), [("Actually, please don't use that.", False), ("And everybody likes it.", True)])
def test_a_pinned_question_is_not_shown_once_its_words_are_off_the_record(room: Room, after: str, stays: bool) -> None:
    room.answers(ASK, CLAIM)
    assert room.board.probe is not None
    room.call.act(Pin(gap=room.board.probe.gap or ""))
    room.answers("I: Great.", f"C: {after}", "I: Of course.")
    assert bool(room.board.pinned) is stays


@pytest.mark.parametrize("row", ["C: It saved us fourteen percent, honestly.", "C: it saved us fourteen percent honestly"])
def test_a_question_whose_words_were_corrected_stays_with_the_new_ones(room: Room, row: str) -> None:
    room.says(ASK)
    room.says("C: It saved us forty percent, honestly.", id="a")
    room.wait(6)
    assert room.board.probe is not None
    room.says(row, id="a")
    assert room.board.probe is not None
    assert "fourteen" in room.board.probe.text


def test_a_question_whose_words_are_corrected_away_goes_and_the_next_need_not_keep_its_distance(room: Room) -> None:
    room.says(ASK)
    room.says("C: It saved us forty percent, honestly.", id="a")
    room.wait(6)
    assert room.board.probe is not None
    room.says("C: We all sit in one room these days.", id="a")
    assert room.board.probe is None
    room.answers("I: Great.", CLAIM)
    assert room.board.probe is not None


@pytest.mark.parametrize(("said", "comes"), [("Are we off the record?", False), ("It cut our errors a lot, right?", True)])
def test_no_probe_comes_while_a_customers_question_waits_for_an_answer(room: Room, said: str, comes: bool) -> None:
    room.answers(ASK, f"C: It saved us a fortune. {said}")
    assert (room.board.probe is not None) is comes
