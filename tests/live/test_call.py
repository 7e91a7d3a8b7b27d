from __future__ import annotations

import re
import threading
from pathlib import Path
from typing import Any

import pytest

from copilot import Background, Session, Transcript
from copilot.actions import Dismiss, End, Release, Withdraw
from copilot.errors import InputError, SpeakerError
from copilot.findings import Findings
from copilot.live.board import Board
from copilot.live.call import LiveCall
from copilot.live.open_turns import LONGEST
from copilot.live.replay import timeline
from copilot.testing import Clock, turns_of
from copilot.turns import LiveSegment

from ..conftest import heard
from .conftest import ASK, BACKGROUND, CLAIM, Room, seen, texts, words

LABELLED = Path(__file__).parent.parent.parent / "evals" / "interviews"


def test_nothing_is_known_before_the_first_word(room: Room) -> None:
    assert room.board.state == "waiting"
    assert room.board.elapsed == 0
    assert room.board.lines == ()


def test_segments_of_one_speaker_make_one_turn_until_another_speaks(room: Room) -> None:
    for row in (ASK, "C: Invoicing is faster.", "C: A lot faster.", "I: I see."):
        room.says(row)
    assert texts(room.call) == [*words([ASK]), "Invoicing is faster. A lot faster."]


def test_a_turn_is_finished_after_a_pause(room: Room) -> None:
    room.says("C: Invoicing is", id="a", final=False)
    room.says("C: Invoicing is faster.", id="a")
    assert texts(room.call) == []
    room.wait(2)
    assert texts(room.call) == ["Invoicing is faster."]


def test_a_turn_that_goes_on_after_its_pause_is_one_turn(room: Room) -> None:
    room.answers(ASK, "C: Invoicing is faster.")
    room.answers("C: A lot faster.")
    assert texts(room.call) == [*words([ASK]), "Invoicing is faster. A lot faster."]
    assert len(room.call.session.findings.turns) == 2


def test_what_a_turn_gave_at_a_pause_stays_while_it_goes_on(room: Room) -> None:
    room.answers(ASK, CLAIM)
    assert room.call.session.findings.gaps
    room.says("C: And the team is happier too.")
    assert room.call.session.findings.gaps


def test_where_a_source_names_nobody_turns_end_all_the_same(room: Room) -> None:
    for n in range(LONGEST + 20):
        room.call.hear(LiveSegment(id=f"s{n}", text=f"Sentence {n}."))
        if n > LONGEST:
            room.wait(6)
    assert len(texts(room.call)) == 2
    assert " ".join(texts(room.call)) == " ".join(f"Sentence {n}." for n in range(LONGEST + 20))


def test_a_late_segment_goes_where_it_was_said(room: Room) -> None:
    room.says("I: How was it?", start=1.0)
    room.says("C: It was slow.", start=3.0)
    room.says("I: And now?", start=9.0)
    room.says("C: Very slow.", start=5.0)
    assert texts(room.call)[:2] == ["How was it?", "It was slow. Very slow."]


def test_a_corrected_final_corrects_its_turn(room: Room) -> None:
    room.says(ASK)
    room.says("C: it saved us four percent", id="a")
    room.says("I: Good.")
    room.says("C: It saved us forty percent.", id="a")
    assert texts(room.call)[1] == "It saved us forty percent."
    assert [m.value for m in room.board.metrics] == [40]


@pytest.mark.parametrize("correction", ["We lost fifty hours a week on it.", ""])
def test_a_correction_that_comes_after_many_turns_holds_as_it_does_for_the_journal(tmp_path: Path, correction: str) -> None:
    room = Room(tmp_path / "call.jsonl")
    room.says(ASK)
    room.says("C: We lost fifteen hours a week on it.", id="fix")
    for n in range(10):
        room.says(f"I: What about plan {n}?")
        room.says(f"C: We like plan {n} in the yard, really.")
    room.call.act(Dismiss(gap=room.call.session.findings.gaps[0].id))
    room.says(f"C: {correction}", id="fix")
    room.wait(6)
    turns, metrics = room.call.session.turns, room.call.session.findings.metrics
    assert [m.value for m in metrics if m.turn == 2] == ([50] if correction else [])
    assert [(t.turn, t.speaker, t.role, t.text) for t in turns] == [
        (t.turn, t.speaker, t.role, t.text) for t in Transcript.load(tmp_path / "call.jsonl", background=BACKGROUND)
    ]
    room.answers("I: Lovely.", "C: It is a lot faster now, honestly.")
    assert len(room.call.session.turns) == len(turns) + 2
    room.close()
    again = Room(tmp_path / "call.jsonl", clock=Clock(room.clock()))
    again.call.tick()
    assert again.call.session.findings == room.call.session.findings
    again.close()


def test_programs_that_take_notes_are_no_participants(room: Room) -> None:
    room.answers("Fireflies Notetaker: Recording has started.", "C: Hello there, all of you.")
    assert texts(room.call) == ["Hello there, all of you."]


def test_the_last_words_are_on_the_board_before_they_are_final(room: Room) -> None:
    room.says(ASK)
    room.says("C: Invoicing is", id="a", final=False)
    line = room.board.lines[-1]
    assert (line.speaker, line.role, line.text, line.final) == ("Carl Moss", "customer", "Invoicing is", False)
    room.wait(20)
    assert [line.text for line in room.board.lines] == words([ASK])


def test_the_revision_grows_with_what_is_seen_and_not_with_time(room: Room) -> None:
    room.answers(ASK, CLAIM)
    before = room.board
    room.wait(1)
    assert room.board.revision == before.revision
    assert room.board.elapsed == before.elapsed + 1
    room.says("I: Lovely.")
    assert room.board.revision > before.revision


def test_watchers_see_each_change_in_order_until_they_leave(room: Room) -> None:
    boards = seen(room.call, lambda: room.answers(ASK, CLAIM))
    assert [b.revision for b in boards] == list(range(boards[0].revision, boards[0].revision + len(boards)))
    last = room.board.revision
    room.says("I: Lovely.")
    assert boards[-1].revision == last


def test_the_source_and_its_state_are_on_the_board(room: Room) -> None:
    room.call.note("connected")
    assert room.board.source == "connected"


def test_roles_that_nobody_told_are_guessed_and_said_so() -> None:
    room = Room(session=Session())
    room.answers(
        "Ann: How did it go?", "Bob: It went well, I think.", "Ann: Why was that?", "Bob: It was fast.", "Ann: How fast?", "Bob: Very."
    )
    assert {t.speaker: t.role for t in room.call.session.turns} == {"Ann": "interviewer", "Bob": "customer"}
    assert room.board.warnings[0].startswith("so far, roles guessed from who asks the questions: Ann = interviewer, Bob = customer")
    assert '--role "Name=role" settles it' in room.board.warnings[0]


def test_roles_are_settled_by_name_before_anybody_speaks() -> None:
    room = Room(session=Session(), roles={"Bob": "interviewer", "Zoe": "colleague"})
    room.answers("Ann: How did it go?", "Bob: It went well, I think.", "Ann: Why was that?")
    assert {t.speaker: t.role for t in room.call.session.turns} == {"Ann": "customer", "Bob": "interviewer"}


def test_a_name_that_could_be_two_people_does_not_stop_the_call() -> None:
    people = Background.parse("participants: [{name: Ann Lee, role: customer}, {name: Ann Ray, role: colleague}]")
    room = Room(session=Session(background=people))
    room.answers("Ann: How did it go?", "Bob: It went well, I think.")
    assert texts(room.call) == ["How did it go?", "It went well, I think."]
    assert "could be" in room.board.warnings[0]


def test_the_call_ends_with_what_is_left_to_ask(room: Room) -> None:
    room.answers(ASK)
    room.says(CLAIM)
    room.call.act(End())
    board = room.board
    assert (board.state, board.probe) == ("ended", None)
    assert texts(room.call) == words([ASK, CLAIM])
    assert board.plan is not None
    assert [asked.words for asked in board.plan.requests]
    assert board.plan.ask_now == ()


def test_after_the_call_what_the_email_asks_is_apart_from_what_it_does_not(room: Room) -> None:
    room.answers(ASK)
    room.says(CLAIM)
    room.call.act(End())
    plan, email = room.board.plan, room.call.session.draft("email")
    assert plan is not None
    assert [asked.text for asked in plan.requests] == [request.text for request in email.requests]
    rest = {probe.gap or probe.topic for probe in (*plan.email, *plan.someone_else)}
    assert rest
    assert rest.isdisjoint(request.gap or request.topic for request in email.requests)


def test_the_last_words_that_come_after_the_end_belong_to_the_call(room: Room) -> None:
    room.answers(ASK, CLAIM)
    room.call.act(End())
    room.says("I: Thanks, that was all.")
    assert room.board.state == "ended"
    assert texts(room.call)[-1] == "Thanks, that was all."


def test_a_call_that_goes_on_after_its_end_is_live_again(room: Room) -> None:
    room.answers(ASK, CLAIM)
    room.call.act(End())
    room.wait(60)
    room.says("I: One more thing?")
    assert room.board.state == "live"


def test_words_taken_back_are_in_no_document_and_asked_about_no_more(room: Room) -> None:
    room.answers(ASK, CLAIM, "I: Lovely.")
    assert "fortune" in room.call.session.draft("outline").model_dump_json()
    room.call.act(Withdraw(span="2:it has saved us a fortune"))
    assert "fortune" not in room.call.session.draft("outline").model_dump_json()
    assert "fortune" not in room.call.session.draft("email").model_dump_json()
    assert not any(p and "fortune" in p.text for p in (room.board.probe, *room.board.parked))


def test_words_that_nobody_said_cannot_be_taken_back(room: Room) -> None:
    room.answers(ASK, CLAIM)
    with pytest.raises(InputError, match="does not contain that"):
        room.call.act(Withdraw(span="2:we lost a fortune"))


def test_what_was_held_back_can_be_released_in_the_call(room: Room) -> None:
    room.answers(ASK, CLAIM, "I: And the hotel?", "C: They wouldn't thank me for telling you.", "I: Understood, no name. What else?")
    room.says("C: We moved the stock.")
    assert "fortune" not in room.call.session.draft("outline").model_dump_json()
    room.call.act(Release(span="2"))
    assert "fortune" in room.call.session.draft("outline").model_dump_json()
    with pytest.raises(InputError, match="does not contain that"):
        room.call.act(Release(span="2:we lost a fortune"))


def test_what_was_clearly_barred_cannot_be_released_in_the_call(room: Room) -> None:
    room.answers(ASK, CLAIM, "I: And?", "C: Please keep that off the record, all of it.", "I: Of course.")
    with pytest.raises(InputError, match=r"^release '2': turn 2 stays out"):
        room.call.act(Release(span="2"))
    room.call.act(Release(span="2", agreed="Ann, on the phone"))
    assert "fortune" in room.call.session.draft("outline").model_dump_json()


def test_segments_from_many_threads_are_all_kept(tmp_path: Path) -> None:
    room = Room(tmp_path / "call.jsonl")

    def speak(name: str) -> None:
        for n in range(20):
            room.call.hear(LiveSegment(id=f"{name}{n}", text=f"{name} says number {n}.", speaker=name))

    threads = [threading.Thread(target=speak, args=(name,)) for name in ("Ann", "Bob", "Cid")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    room.call.act(End())
    said = " ".join(texts(room.call))
    assert all(f"{name} says number {n}." in said for name in ("Ann", "Bob", "Cid") for n in range(20))
    room.close()


@pytest.mark.parametrize("name", ["m3-thin", "n1-trio"])
def test_a_call_played_as_if_live_gives_what_the_recording_gives(name: str) -> None:
    background = Background.load(LABELLED / name / "background.yaml")
    recorded = Transcript.load(LABELLED / name / "turns.jsonl", background=background)
    session = Session(background=background)
    for turn in recorded:
        session.hear(turn)
    clock = Clock()
    call = LiveCall(Session(background=background), clock=clock)
    for at, segment in timeline(recorded.turns):
        clock.move(max(0.0, at - clock()))
        call.tick()
        call.hear(segment)
    call.act(End())
    assert _told(call.session.findings) == _told(session.findings)


def _told(findings: Findings) -> Findings:
    """Return findings without the mark on lines that name no speaker: a live source names all of them."""
    turns = tuple(t.model_copy(update={"inherited": False}) for t in findings.turns)
    return findings.model_copy(update={"turns": turns})


def test_a_numbered_voice_is_whom_a_role_names_or_who_it_says_it_is() -> None:
    room = Room(roles={"SPEAKER_00": "Ines"})
    for row in ("SPEAKER_00: How did it start? And when?", "SPEAKER_01: I'm Carl Moss, I run the yard.", "SPEAKER_00: I see."):
        room.says(row)
    turns = room.call.session.findings.turns
    assert [(turn.speaker, turn.role) for turn in turns] == [("Ines Vale", "interviewer"), ("Carl Moss", "customer")]


def test_a_role_that_is_none_and_names_no_participant_is_an_error() -> None:
    with pytest.raises(SpeakerError, match="'boss' is not a role"):
        Room(roles={"SPEAKER_00": "boss"})


def test_half_a_character_becomes_a_question_mark_and_the_call_goes_on(tmp_path: Path) -> None:
    room = Room(tmp_path / "acme.jsonl")
    room.answers("I: What has changed?", "C: Nice \ud83d", "I: Good \U0001f600", "C: It is faster.")
    room.close()
    assert texts(room.call) == ["What has changed?", "Nice ?", "Good \U0001f600", "It is faster."]
    assert room.board.warnings == ()
    again = Room(tmp_path / "acme.jsonl", room.clock)
    again.wait(6)
    assert texts(again.call) == texts(room.call)


def test_words_heard_after_the_journal_was_closed_are_said_to_be_unsaved(tmp_path: Path) -> None:
    room = Room(tmp_path / "acme.jsonl")
    room.answers("I: What has changed?")
    room.close()
    assert room.board.warnings == ()
    room.says("C: It is faster.")
    assert room.board.warnings[0].endswith("acme.jsonl: the journal is closed; the call goes on in memory, and is lost if the program ends")


def test_a_watcher_that_fails_is_logged_and_stops_neither_the_call_nor_others(room: Room, caplog: pytest.LogCaptureFixture) -> None:
    def fails(board: Board) -> None:
        raise ConnectionError("the viewer is gone")

    room.call.watch(fails)
    boards = seen(room.call, lambda: room.answers(ASK, CLAIM))
    assert boards[-1].revision == room.board.revision
    assert texts(room.call) == words([ASK, CLAIM])
    assert {(r.name, r.levelname) for r in caplog.records} == {("copilot", "WARNING")}
    assert "the viewer is gone" in caplog.text


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"session": "x"}, "a Session is expected, not str"),
        ({"journal": "acme.jsonl"}, "a Journal is expected, not str; Journal.open opens or creates one"),
        ({"minutes": "45"}, "a number of minutes, or None, is expected, not str"),
        ({"roles": ["Ines"]}, "a mapping of names to roles is expected, not list"),
        (
            {"session": heard(turns_of("I: So?\nC: It fell."))},
            "a live call begins with a session that has heard nothing",
        ),
    ],
)
def test_a_call_begins_with_values_and_a_session_that_has_heard_nothing(given: dict[str, Any], told: str) -> None:
    with pytest.raises(InputError, match=f"^{re.escape(told)}"):
        LiveCall(**{"session": Session(), **given})
    room = Room(minutes=45)
    with pytest.raises(InputError, match=r"^a LiveSegment is expected, not str$"):
        room.call.hear("C: It fell.")  # type: ignore[arg-type] # what the types forbid


BROKEN = (
    "I: Can I record", "C: Mm-hm.", "I: this for note {n}?", "C: Yes.", "I: Where are you now?", "C: We have two hundred", "I: Right.",
    "C: and twelve buses.", "I: And the vendor?", "C: Support man {n} was useless. Off the", "I: Oh, right.", "C: record, that is.",
    "I: Could you send audit {n}?", "C: Sure, I'll", "I: Thanks.", "C: email it tomorrow.",
)  # fmt: skip


@pytest.mark.parametrize("timed", [True, False])
@pytest.mark.parametrize("pause", [0.5, 6.0])
def test_a_sentence_that_goes_on_over_a_listeners_noise_is_heard_whole_live_as_recorded(tmp_path: Path, timed: bool, pause: float) -> None:
    room = Room(tmp_path / "call.jsonl")
    for n, row in enumerate(BROKEN * 4):
        room.says(row.format(n=n), start=float(n * 10) if timed else None)
        room.wait(pause)
    room.call.act(End())
    turns, findings = room.call.session.turns, room.call.session.findings
    room.close()
    assert turns[3].text == "We have two hundred and twelve buses."
    assert "Right. And the vendor?" in [turn.text for turn in turns]
    assert findings.consent is not None
    assert findings.consent.granted == 2
    assert 6 in {number for boundary in findings.off_record for number in boundary.covers}
    recorded = Transcript.load(tmp_path / "call.jsonl", background=BACKGROUND)
    assert list(recorded) == list(turns)
    again = Room(tmp_path / "call.jsonl", clock=Clock(room.clock()))
    assert again.call.session.findings == findings
    again.close()
    played = LiveCall(Session(background=BACKGROUND), clock=(clock := Clock()))
    for at, segment in timeline(recorded.turns):
        clock.move(max(0.0, at - clock()))
        played.tick()
        played.hear(segment)
    played.act(End())
    assert [(t.speaker, t.text) for t in played.session.turns] == [(t.speaker, t.text) for t in turns]


def test_a_turn_that_goes_on_over_a_listeners_noise_is_still_under_way(room: Room) -> None:
    room.says("I: Where do you stand?")
    room.says("C: We have two hundred")
    room.says("I: Right.")
    room.says("C: and twelve buses, and we")
    assert texts(room.call) == ["Where do you stand?", "We have two hundred"]
    room.says("C: carry nineteen thousand kids.")
    assert texts(room.call) == ["Where do you stand?", "We have two hundred"]
    room.says("I: Since when?")
    assert texts(room.call) == ["Where do you stand?", "We have two hundred and twelve buses, and we carry nineteen thousand kids."]
    room.wait(6)
    assert texts(room.call)[2:] == ["Right. Since when?"]
