"""Measure live calls: `python evals/bench.py live`; prints a table. Takes about five minutes on two cores.

Latency is what passes between a segment's arrival and the board's update, in one process, with the journal on this disk.
"""

from __future__ import annotations

import hashlib
import random
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from copilot import Background, Session, Transcript
from copilot.actions import Dismiss, Pin
from copilot.journal import Journal, read_journal
from copilot.live.call import LiveCall
from copilot.live.replay import timeline
from copilot.testing import Clock
from copilot.turns import LiveSegment

EXAMPLES = Path(__file__).parent.parent / "examples"
BEGAN = 1_700_000_000.0
STEP = 0.25
SESSIONS, RATE, SECONDS = 20, 3, 60
HOURS = 8
CUTS, KILLS = 200, 8
SPEAKER = """
import sys
from copilot import Session
from copilot.journal import Journal
from copilot.live.call import LiveCall
from copilot.turns import LiveSegment
call = LiveCall(Session(), Journal.open(sys.argv[1]))
for n in range(10**6):
    call.hear(LiveSegment(id=f"s{n}", text=f"It took {n} hours.", speaker="Ann" if n % 3 else "Bob"))
    print(n, flush=True)
"""

Report = tuple[float, LiveSegment]


def reports(turns: int | None = None) -> list[Report]:
    """Return the sample interview as reports of segments, each with its second."""
    background = Background.load(EXAMPLES / "harbour-glass.background.yaml")
    return list(timeline(Transcript.load(EXAMPLES / "harbour-glass.vtt", background=background).turns[:turns]))


def opened(journal: Journal | None, clock: Clock, minutes: float = 45) -> LiveCall:
    """Return a call with a clock of ours."""
    background = Background.load(EXAMPLES / "harbour-glass.background.yaml")
    return LiveCall(Session(background=background), journal, clock=clock, now=lambda: BEGAN + clock(), minutes=minutes)


def pass_time(call: LiveCall, clock: Clock, until: float) -> Iterator[None]:
    """Let a call's time pass in steps, with a tick after each."""
    while clock() + STEP <= until:
        clock.move(STEP)
        call.tick()
        yield


def latency(folder: Path) -> list[float]:
    """Return the milliseconds from each final segment's arrival to the board's update, for the sample interview."""
    clock, shown, taken = Clock(), [0.0], []
    with Journal.open(folder / "latency.jsonl") as journal:
        call = opened(journal, clock)
        call.watch(lambda board: shown.__setitem__(0, time.perf_counter()))
        for at, segment in reports():
            for _ in pass_time(call, clock, at):
                pass
            begin = time.perf_counter()
            call.hear(segment)
            if segment.final:
                taken.append((shown[0] - begin) * 1000)
    return taken


class Load(NamedTuple):
    """What came of many calls at once: segments sent, done only when the next was due, and lost; the longest wait; the CPUs used."""

    sent: int
    late: int
    lost: int
    longest: float
    busy: float


def at_once(folder: Path) -> Load:
    """Hold many calls at once in one process, each with its journal, a thread that speaks and ticks four times a second."""
    rows = [s for _, s in reports() if s.final]
    taken: list[float] = []

    def hold(number: int) -> None:
        with Journal.open(folder / f"load-{number}.jsonl") as journal:
            call = LiveCall(Session(), journal)
            begin = time.monotonic() + number / SESSIONS / RATE
            for n in range(SECONDS * RATE):
                due = begin + n / RATE
                time.sleep(max(0.0, due - time.monotonic()))
                row = rows[(n + 20 * number) % len(rows)]
                call.hear(LiveSegment(id=f"{n}", text=row.text, speaker=row.speaker, start=n / RATE))
                taken.append(time.monotonic() - due)
                call.tick()

    wall, cpu = time.monotonic(), time.process_time()
    threads = [threading.Thread(target=hold, args=(n,)) for n in range(SESSIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    busy = (time.process_time() - cpu) / (time.monotonic() - wall)
    kept = sum(e.event == "heard" for n in range(SESSIONS) for e in read_journal(folder / f"load-{n}.jsonl"))
    lost = SESSIONS * SECONDS * RATE - kept
    return Load(len(taken), sum(t > 1 / RATE for t in taken), lost, max(taken), busy)


def long_call() -> list[tuple[float, float, int]]:
    """Hold a call of eight hours; return for each hour the milliseconds of CPU a segment took, the MB at its end, and its segments."""
    rows, clock, hours = reports(), Clock(), []
    call, length, cost = opened(None, clock, HOURS * 60 + 60), rows[-1][0] + 5, []
    for n in range(int(HOURS * 3600 / length) + 1):
        for at, segment in rows:
            for _ in pass_time(call, clock, n * length + at):
                pass
            if not segment.final:
                continue
            begin = time.process_time()
            call.hear(segment.model_copy(update={"id": f"{n}-{segment.id}", "start": n * length + (segment.start or at)}))
            cost.append(time.process_time() - begin)
            if clock() >= (len(hours) + 1) * 3600:
                memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
                hours.append((statistics.mean(cost) * 1000, memory, len(cost)))
                cost = []
    return hours


class State(NamedTuple):
    """What a call shows and knows when its journal has so many lines, and its time."""

    lines: int
    at: float
    digest: str


def digest(call: LiveCall) -> str:
    """Return a hash of a call's board and findings."""
    board = call.board.model_copy(update={"revision": 0}).model_dump_json()
    return hashlib.sha256((board + call.session.findings.model_dump_json()).encode()).hexdigest()


def recorded(path: Path) -> list[State]:
    """Hold a short call with a few actions, and return its state after each step that the journal has kept."""
    clock, states = Clock(), []
    with Journal.open(path) as journal:
        call = opened(journal, clock)

        def note() -> None:
            lines = path.read_bytes().count(b"\n")
            if not states or lines > states[-1].lines:
                states.append(State(lines, clock(), digest(call)))

        for n, (at, segment) in enumerate(reports(40)):
            for _ in pass_time(call, clock, at):
                note()
            call.hear(segment)
            note()
            probe = call.board.probe
            if probe is not None and n % 5 == 0:
                call.act(Pin(gap=probe.gap or "") if n % 2 else Dismiss(gap=probe.gap or ""))
                note()
    return states


def cuts(folder: Path) -> tuple[int, int]:
    """Cut a call's journal at random bytes and resume it; return the segments lost and the states that are not what they were."""
    path, chance = folder / "whole.jsonl", random.Random(1)  # noqa: S311 -- no secret
    states, data = recorded(path), path.read_bytes()
    lost = wrong = 0
    for n in range(CUTS):
        cut = folder / f"cut-{n}.jsonl"
        cut.write_bytes(data[: chance.randrange(data.index(b"\n") + 1, len(data))])
        lines = cut.read_bytes().count(b"\n")
        state = next(s for s in states if s.lines >= lines)
        with Journal.open(cut) as journal:
            lost += lines - len(journal.events)
            call = opened(journal, Clock(state.at))
            call.tick()
            wrong += digest(call) != state.digest
    return lost, wrong


def kills(folder: Path) -> tuple[int, int]:
    """Kill a process that listens at random moments; return the acknowledged segments lost, and the states that cannot be had again."""
    lost = wrong = 0
    for n in range(KILLS):
        path = folder / f"kill-{n}.jsonl"
        speaker = subprocess.Popen([sys.executable, "-c", SPEAKER, str(path)], stdout=subprocess.PIPE, text=True)  # noqa: S603 -- our own
        assert speaker.stdout is not None  # noqa: S101 -- for the type checker
        speaker.stdout.readline()
        time.sleep(random.Random(n).random())  # noqa: S311 -- no secret
        speaker.send_signal(signal.SIGKILL)
        acknowledged = speaker.communicate()[0].count("\n") + 1
        with Journal.open(path) as journal:
            heard = [e for e in journal.events if e.event == "heard"]
            lost += max(0, acknowledged - len(heard))
            clock = Clock()
            again, resumed = LiveCall(Session(), clock=clock), LiveCall(Session(), journal, clock=Clock())
            for event in heard:
                clock.seconds = event.at
                again.hear(event.segment)
            wrong += again.session.findings != resumed.session.findings
    return lost, wrong


def row(name: str, *figures: str) -> None:
    """Print a row of the table."""
    print(f"{name:<58} {'   '.join(figures)}", flush=True)


def main(words: Sequence[str] = ()) -> int:
    """Print the table."""
    only = set(words)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if not only or "latency" in only:
            taken = sorted(latency(folder))
            middle, rare = taken[len(taken) // 2], taken[int(len(taken) * 0.99)]
            row(f"arrival to board, {len(taken)} segments", f"p50 {middle:.1f} ms", f"p99 {rare:.1f} ms")
        if not only or "load" in only:
            load = at_once(folder)
            row(
                f"{SESSIONS} calls at once, {RATE} segments a second each, {SECONDS} s",
                f"{load.sent} sent", f"{load.late} late", f"{load.lost} lost",
                f"longest {load.longest * 1000:.0f} ms", f"{load.busy:.2f} CPUs",
            )  # fmt: skip
        if not only or "long" in only:
            for n, (cost, memory, count) in enumerate(long_call(), 1):
                row(f"hour {n} of {HOURS}, {count} segments", f"{cost:.2f} ms of CPU a segment", f"{memory:.0f} MB")
        if not only or "cuts" in only:
            lost, wrong = cuts(folder)
            row(f"{CUTS} journals cut at a random byte and resumed", f"{lost} lost", f"{wrong} wrong states")
        if not only or "kills" in only:
            lost, wrong = kills(folder)
            row(f"{KILLS} processes killed at a random moment", f"{lost} lost", f"{wrong} wrong states")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
