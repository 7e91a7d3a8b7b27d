from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copilot import Background, Guide, Session
from copilot.actions import Action, Asked, Dismiss, End, Mark, Pin, Release, Snooze, Unpin
from copilot.journal import Acted, Journal, read_journal
from copilot.testing import Clock

from .conftest import ASK, BACKGROUND, CLAIM, Room, plain, texts

SAID = (
    ASK, CLAIM, "I: Roughly how much was that?", "C: About forty thousand euros a year.", "C: And the team is happier, a lot happier.",
    "I: Lovely.", "C: Please keep that off the record.", "V: We can send you the figures.", "C: We cut errors by half since March.",
    "I: Who decided on it?", "C: Our controller did, after a bad quarter.", "C: It was a nightmare before that, everybody hated it.",
)  # fmt: skip
EXAMPLES = int(os.environ.get("COPILOT_TEST_CUTS", "8"))
SPEAKER = """
import sys
from copilot import Session
from copilot.journal import Journal
from copilot.live.call import LiveCall
from copilot.turns import LiveSegment
call = LiveCall(Session(), Journal.open(sys.argv[1]))
for n in range(10_000):
    call.hear(LiveSegment(id=f"{sys.argv[2]}-{n}", text=f"Word {n}.", speaker="Ann" if n % 3 else "Bob"))
    print(n, flush=True)
"""


class Script:
    """A random call: things that are said, done and waited for, the same ones each time it is played."""

    def __init__(self, seed: int, steps: int) -> None:
        self.seed, self.steps = seed, steps

    def play(self, room: Room, first: int = 0) -> None:
        for step in range(first, self.steps):
            self.do(room, step)

    def waits(self, step: int) -> bool:
        """Whether a step only lets time pass."""
        return 6 <= random.Random(self.seed * 1000 + step).randrange(10) < 8  # noqa: S311 -- no secret

    def do(self, room: Room, step: int) -> None:
        chance = random.Random(self.seed * 1000 + step)  # noqa: S311 -- no secret
        kind = chance.randrange(10)
        if kind < 6:
            row = chance.choice(SAID)
            start = None if chance.random() < 0.3 else max(0.0, room.clock() - chance.randrange(3))
            room.says(row, id=f"s{chance.randrange(step + 1)}", final=chance.random() < 0.7, start=start)
        elif kind < 8:
            room.wait(chance.choice((0.25, 1, 3, 8, 25)))
        else:
            self._act(room, chance)

    def _act(self, room: Room, chance: random.Random) -> None:
        board = room.board
        gaps = sorted({p.gap for p in (board.probe, *board.pinned, *board.parked) if p and p.gap})
        if gaps and chance.random() < 0.8:
            make: type[Asked | Dismiss | Pin | Unpin | Snooze] = chance.choice((Asked, Dismiss, Pin, Unpin, Snooze))
            action: Action = make(gap=chance.choice(gaps))
        else:
            action = Mark(topic=chance.choice(list(Guide.default().topics)), covered=chance.random() < 0.5)
        room.call.act(action)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000), at=st.integers(1, 29), data=st.data())
def test_a_call_that_is_cut_anywhere_and_resumed_goes_on_as_if_nothing_had_happened(
    tmp_path: Path, seed: int, at: int, data: st.DataObject
) -> None:
    """A cut falls somewhere in the bytes of the last step; the lines of that step that are whole are what was kept of it."""
    path, script = tmp_path / "call.jsonl", Script(seed, 30)
    path.unlink(missing_ok=True)
    room = Room(path, minutes=10)
    sizes: list[int] = []
    for step in range(at):
        sizes.append(path.stat().st_size)
        script.do(room, step)
    before, findings, clock = plain(room.board), room.call.session.findings, room.clock()
    room.close()
    whole = path.read_bytes()
    # An acknowledged event is never cut; what follows it at once by itself, such as an offer, may be.
    kept = len(whole) if script.waits(at - 1) else whole.index(b"\n", sizes[-1]) + 1
    path.write_bytes(whole[: data.draw(st.integers(kept, len(whole)))])

    again = Room(path, clock=Clock(clock), minutes=10)
    again.call.tick()
    assert plain(again.board) == before
    assert again.call.session.findings == findings
    script.play(again, at)
    again.close()

    path.unlink()
    unbroken = Room(path, minutes=10)
    script.play(unbroken)
    assert plain(again.board) == plain(unbroken.board)
    assert again.call.session.findings == unbroken.call.session.findings
    unbroken.close()


def test_the_time_goes_on_while_the_program_is_down(tmp_path: Path) -> None:
    room = Room(tmp_path / "call.jsonl", minutes=45)
    room.answers(ASK, CLAIM)
    room.close()
    again = Room(tmp_path / "call.jsonl", clock=Clock(room.clock() + 90), minutes=45)
    assert again.call.resumed
    assert again.board.elapsed == room.clock() + 90
    assert again.board.warnings == ()
    again.close()


def test_a_call_that_is_resumed_the_next_day_stands_where_it_stopped(tmp_path: Path) -> None:
    room = Room(tmp_path / "call.jsonl", minutes=45)
    room.answers(ASK, CLAIM)
    room.says("I: Lovely.")
    room.close()
    again = Room(tmp_path / "call.jsonl", clock=Clock(86_400), minutes=45)
    assert again.board.elapsed == room.board.elapsed
    assert again.board.warnings == ("this goes on with the call of 14 November 2023, which broke off",)
    again.call.act(End())
    again.close()
    once_more = Room(tmp_path / "call.jsonl", clock=Clock(2 * 86_400), minutes=45)
    assert once_more.board.warnings == ("this goes on with the call of 14 November 2023, which had ended",)
    once_more.close()


def test_a_resumed_call_says_when_it_knows_other_things_than_at_its_beginning(tmp_path: Path) -> None:
    Room(tmp_path / "call.jsonl").close()
    again = Room(tmp_path / "call.jsonl", session=Session(background=Background(vendor="Other")))
    assert again.board.warnings == ("the background file is not the one that this call began with",)
    again.close()
    same = Room(tmp_path / "call.jsonl", session=Session(background=BACKGROUND))
    assert same.board.warnings == ()
    same.close()


def test_a_call_resumes_with_a_guide_that_lacks_a_topic_which_was_marked(tmp_path: Path) -> None:
    path, own = tmp_path / "call.jsonl", Guide.load(Path("examples/own-guide.yaml"))
    topic = next(iter(own.topics.keys() - Guide.default().topics.keys()))
    room = Room(path, session=Session(background=BACKGROUND, guide=own))
    room.answers(ASK, CLAIM)
    room.call.act(Mark(topic=topic, covered=True))
    room.close()
    again = Room(path, Clock(room.clock()))
    assert texts(again.call) == texts(room.call)
    guide, dropped = again.board.warnings
    assert guide == "the guide is not the one that this call began with"
    assert topic in dropped
    assert dropped.startswith("not applied again: mark")
    again.close()


def test_a_source_that_tells_everything_again_after_a_crash_doubles_nothing(tmp_path: Path) -> None:
    rows = [(f"s{n}", f"{who}: Sentence number {n} of the call.") for n, who in enumerate("ICICCIICIICCICICIICICICICICICICI")]
    room = Room(tmp_path / "call.jsonl")
    for name, row in rows[:20]:
        room.says(row, id=name)
    room.close()
    again = Room(tmp_path / "call.jsonl")
    for name, row in rows:
        again.says(row, id=name)
    again.wait(6)
    said = " ".join(texts(again.call))
    assert [said.count(f"number {n} of") for n in range(len(rows))] == [1] * len(rows)
    again.close()


def test_a_call_goes_on_without_its_journal_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    room = Room(tmp_path / "file" / "call.jsonl")
    room.answers(ASK, CLAIM)
    assert room.board.probe is not None
    assert room.board.warnings[0].startswith("not saved: ")
    assert "goes on in memory" in room.board.warnings[0]


@pytest.mark.parametrize("acknowledged", [1, 25, 60])
def test_a_kill_loses_nothing_that_was_acknowledged(tmp_path: Path, acknowledged: int) -> None:
    path = tmp_path / "call.jsonl"
    speaker = subprocess.Popen([sys.executable, "-c", SPEAKER, str(path), "a"], stdout=subprocess.PIPE, text=True)
    assert speaker.stdout is not None
    for _ in range(acknowledged):
        last = speaker.stdout.readline()
    speaker.send_signal(signal.SIGKILL)
    last = speaker.communicate()[0].rpartition("\n")[0].rpartition("\n")[2] or last
    heard = [e.segment.id for e in read_journal(path) if e.event == "heard"]
    assert heard[: int(last) + 1] == [f"a-{n}" for n in range(int(last) + 1)]
    assert len(heard) <= int(last) + 2


def test_a_release_of_what_is_kept_back_by_now_does_not_stop_a_call_from_going_on(tmp_path: Path) -> None:
    room = Room(tmp_path / "call.jsonl", minutes=45)
    room.answers(ASK, "C: We paid the vendor ninety thousand last year, and that's off the record.", "I: Of course, understood.")
    room.close()
    with Journal.open(tmp_path / "call.jsonl") as journal:
        journal.append(Acted(at=room.clock(), action=Release(span="2")))
    again = Room(tmp_path / "call.jsonl", minutes=45)
    assert again.call.resumed
    assert 2 in again.call.session.ledger.off_record.barred
    again.close()
