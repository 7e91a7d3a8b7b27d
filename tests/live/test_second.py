from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from copilot import Session
from copilot.actions import Mark
from copilot.detectors import Found
from copilot.engines import Engine
from copilot.engines.rules import RulesEngine
from copilot.errors import ModelError
from copilot.findings import Verify
from copilot.journal import read_journal
from copilot.ledger import Ledger
from copilot.reading import Reading
from copilot.testing import Clock

from .conftest import ASK, BACKGROUND, CLAIM, Room, plain, seen

BETTER = "In money, what has the faster invoicing saved you?"


class Slow(Engine):
    """An engine that words the first gap of a turn in its own way, and counts the turns that it is asked to read."""

    name = "slow"
    notices: tuple[str, ...] = ()

    def __init__(self, drops: bool = False) -> None:
        self.read_turns: list[int] = []
        self.drops = drops

    def read(self, reading: Reading, ledger: Ledger) -> Found:
        self.read_turns.append(reading.turn.turn)
        found = RulesEngine().read(reading, ledger)
        if self.drops:
            return replace(found, gaps=())
        gaps = tuple(g.model_copy(update={"probe": BETTER, "origin": ("rules", "llm")}) for g in found.gaps[:1])
        return replace(found, gaps=(*gaps, *found.gaps[1:]))


class Citing(Slow):
    """An engine that cites the turns before the one that it reads as well."""

    def read(self, reading: Reading, ledger: Ledger) -> Found:
        cited = [r.turn for r in (*reading.before, reading) if r.is_customer and reading.is_customer]
        return Found(verify=tuple(Verify(**turn.span(0, len(turn.text)).model_dump()) for turn in cited))


class Failing:
    """An engine that fails."""

    name = "failing"

    def read(self, reading: Reading, ledger: Ledger) -> Found:
        raise ModelError(f"the model failed: no answer on turn {reading.turn.turn}")


class Later:
    """Runs work when told to."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def __call__(self, work: Callable[[], None]) -> None:
        self.waiting.append(work)

    def run(self) -> None:
        while self.waiting:
            self.waiting.pop(0)()


def meeting(engine: object, later: Later, journal: Path | None = None, clock: Clock | None = None) -> Room:
    return Room(journal, clock, session=Session(background=BACKGROUND, engine=engine), start=later)  # type: ignore[arg-type] -- a double


def test_the_embedded_probe_comes_at_once_and_the_slower_one_takes_its_place() -> None:
    later = Later()
    room = meeting(Slow(), later)
    room.answers(ASK, CLAIM)
    first = room.board.probe
    assert first is not None
    assert first.probe != BETTER
    later.run()
    boards = seen(room.call, room.call.tick)
    assert [b.probe.probe if b.probe else None for b in boards] == [BETTER]
    assert room.board.probe is not None
    assert room.board.probe.gap == first.gap


def test_the_findings_name_the_slower_engine() -> None:
    assert meeting(Slow(), Later()).call.session.findings.source.engine == "slow"


def test_an_answer_that_comes_too_late_leaves_the_probe_that_is_shown() -> None:
    later = Later()
    room = meeting(Slow(), later)
    room.answers(ASK, CLAIM)
    first = room.board.probe
    room.wait(15)
    later.run()
    room.call.tick()
    assert room.board.probe == first


def test_an_answer_to_words_that_have_changed_is_not_taken() -> None:
    later = Later()
    room = meeting(Slow(), later)
    room.answers(ASK, CLAIM)
    room.answers("C: And everybody likes it.", pause=10)
    later.waiting.pop(0)()
    room.call.tick()
    assert {g.probe for g in room.call.session.findings.gaps if g.turn == 2} & {BETTER}
    assert room.call.session.findings.turns[1].text.endswith("And everybody likes it.")


def test_a_probe_that_the_slower_engine_would_not_have_asked_does_not_flicker() -> None:
    later = Later()
    room = meeting(Slow(drops=True), later)
    room.answers(ASK, CLAIM)
    first = room.board.probe
    later.run()
    boards = seen(room.call, lambda: room.wait(5))
    assert {b.probe for b in boards} <= {first}
    assert room.board.probe == first


def test_what_was_found_is_journaled_and_not_asked_again_when_the_call_is_resumed(tmp_path: Path) -> None:
    later, engine = Later(), Slow()
    room = meeting(engine, later, tmp_path / "call.jsonl")
    for row in (ASK, CLAIM, "I: Who decided?", "C: Our controller did, it was a nightmare before, everybody hated it."):
        room.answers(row)
        later.run()
        room.call.tick()
    before = room.board
    room.close()
    assert engine.read_turns == [1, 2, 3, 4]
    assert [e.turn for e in read_journal(tmp_path / "call.jsonl") if e.event == "read"] == [2, 4]
    again = meeting(silent := Slow(), later, tmp_path / "call.jsonl", Clock(room.clock()))
    again.call.tick()
    later.run()
    assert plain(again.board) == plain(before)
    assert again.call.session.findings == room.call.session.findings
    assert silent.read_turns == []
    again.close()


def test_of_the_answers_that_come_while_the_engine_reads_only_the_last_is_read() -> None:
    later, engine = Later(), Slow()
    room = meeting(engine, later)
    room.answers(ASK, CLAIM, "I: Who decided?", "C: Our controller did, and it was a nightmare before.")
    later.run()
    assert engine.read_turns == [1, 3, 4]


def corrected(engine: Slow, later: Later, journal: Path | None = None) -> Room:
    """Return a call in which the second turn was read, then corrected two turns later."""
    room = meeting(engine, later, journal)
    room.answers(ASK)
    room.says("C: Invoicing is faster now, it took us six hours, it has saved us a fortune.", id="claim")
    for row in ("", "I: Who decided?", "C: Our controller did, and it was a nightmare before."):
        room.answers(*filter(None, [row]))
        room.wait(6)
        later.run()
        room.call.tick()
    room.says("C: Invoicing is faster now, it took us sixteen hours, it has saved us a fortune.", id="claim")
    room.wait(6)
    return room


def test_a_turn_that_was_corrected_is_read_again_beside_the_latest_one() -> None:
    later, engine = Later(), Slow()
    room = corrected(engine, later)
    engine.read_turns.clear()
    room.answers("I: And what does the team say?", "C: They like it a lot.")
    later.run()
    room.call.tick()
    findings = room.call.session.findings
    assert "sixteen" in findings.turns[1].text
    assert 2 in engine.read_turns
    assert engine.read_turns.count(2) == 1
    assert engine.read_turns[-1] == 6
    assert BETTER in {g.probe for g in findings.gaps if g.turn == 2}


def test_findings_that_cite_words_corrected_since_are_read_again(tmp_path: Path) -> None:
    later = Later()
    room = corrected(Citing(), later, tmp_path / "call.jsonl")
    later.run()
    room.answers("I: And what does the team say?", "C: They like it a lot.")
    said = {t.turn: t.text for t in room.call.session.turns}
    assert all(row.text in said[row.turn] for row in room.call.session.findings.verify)
    room.close()
    again = meeting(Citing(), Later(), tmp_path / "call.jsonl", Clock(room.clock()))
    assert said[2] == again.call.session.turns[1].text


def test_a_turn_that_was_corrected_before_it_was_read_is_read_beside_the_latest_one() -> None:
    later, engine = Later(), Slow()
    room = meeting(engine, later)
    room.answers(ASK)
    room.says(CLAIM, id="claim")
    room.answers("I: Who decided?", "C: Our controller did, and it was a nightmare before.")
    room.says(CLAIM.replace("a fortune", "a fortune and more"), id="claim")
    room.wait(6)
    later.run()
    assert engine.read_turns == [1, 3, 2, 4]


def test_a_corrected_turn_that_was_not_read_before_a_crash_is_read_after_it(tmp_path: Path) -> None:
    later = Later()
    room = corrected(Slow(), later, tmp_path / "call.jsonl")
    room.close()
    again = meeting(engine := Slow(), resumed := Later(), tmp_path / "call.jsonl", Clock(room.clock()))
    again.call.tick()
    resumed.run()
    again.call.tick()
    assert engine.read_turns == [2]
    assert BETTER in {g.probe for g in again.call.session.findings.gaps if g.turn == 2}
    again.close()


def test_an_engine_that_may_not_fail_ends_the_call_with_its_error() -> None:
    later = Later()
    room = meeting(Failing(), later)
    room.answers(ASK, CLAIM)
    later.run()
    with pytest.raises(ModelError, match="no answer"):
        room.call.tick()


def test_of_several_failures_the_first_is_raised() -> None:
    later = Later()
    room = meeting(Failing(), later)
    room.says(ASK)
    room.says(CLAIM)
    later.run()
    room.says("I: Lovely.")
    later.run()
    with pytest.raises(ModelError, match="no answer on turn 1"):
        room.call.tick()


class Mortal(Slow):
    """An engine that fails at the fourth turn."""

    def read(self, reading: Reading, ledger: Ledger) -> Found:
        if reading.turn.turn == 4:
            raise ModelError("the model failed: no answer")
        return super().read(reading, ledger)


def test_an_engine_s_error_is_raised_by_the_clock_alone_and_costs_no_answer_before_it() -> None:
    later = Later()
    room = meeting(Mortal(), later)
    for row in (ASK, CLAIM, "I: Who decided?", "C: Our controller did, it was a nightmare before.", "I: And what then?"):
        room.says(row)
        later.run()
    room.says("C: Then we bought it.")
    room.call.act(Mark(topic="results.metrics", covered=True))
    with pytest.raises(ModelError, match="no answer"):
        room.call.tick()
    assert BETTER in {g.probe for g in room.call.session.findings.gaps if g.turn == 2}
    room.call.tick()


def test_a_warning_of_the_engine_is_on_the_board() -> None:
    engine = Slow()
    engine.notices = ("the model is not used here: no answer",)
    room = meeting(engine, Later())
    room.answers(ASK)
    assert room.board.warnings == engine.notices
