"""Measure the page of a live call: `python evals/bench.py page`; prints two rows. Takes about half a minute.

What is measured is the time from the end of a segment to the picture of it in the hands of a viewer: through the journal on this disk, the
embedded engine, the server and a connection on loopback, all in one process. What the call waits on purpose, to see whether somebody
goes on, is not in it.
"""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from queue import Queue

from bench_live import opened, pass_time, reports, row

from copilot.journal import Journal
from copilot.live.call import LiveCall
from copilot.panel.app import Panel
from copilot.panel.server import PanelServer, bind
from copilot.testing import Clock

TOKEN = "bench"  # noqa: S105 -- opens this run's panel alone
HOST = "127.0.0.1"

Seen = tuple[int, float]
"""A revision of the board, and when a viewer had it whole."""


def page_latency(folder: Path) -> tuple[list[float], list[float]]:
    """Return the milliseconds to a viewer's update, from each final segment's arrival and from each pause that changes the board."""
    clock, segments, pauses = Clock(), [], []
    with Journal.open(folder / "page.jsonl") as journal:
        call = opened(journal, clock)
        with _watched(call) as seen:
            for at, segment in reports():
                before, begin = call.board.revision, time.perf_counter()
                for _ in pass_time(call, clock, at):
                    if call.board.revision > before:
                        pauses.append(_until(call.board.revision, seen) - begin)
                    before, begin = call.board.revision, time.perf_counter()
                begin = time.perf_counter()
                call.hear(segment)
                if segment.final and call.board.revision > before:
                    segments.append(_until(call.board.revision, seen) - begin)
    return [1000 * taken for taken in segments], [1000 * taken for taken in pauses]


def _until(revision: int, seen: Queue[Seen]) -> float:
    """Wait for a revision, or for one after it; return when it was there."""
    while True:
        got, when = seen.get(timeout=10)
        if got >= revision:
            return when


@contextmanager
def _watched(call: LiveCall) -> Iterator[Queue[Seen]]:
    """Serve a call's page to one viewer; give what it sees."""
    seen: Queue[Seen] = Queue()
    with bind(HOST, 0) as listening:
        server = PanelServer(Panel(call, tick=3600), TOKEN, HOST, listening.getsockname()[1])
        serving = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        serving.start()
        viewer = threading.Thread(target=_view, args=(listening.getsockname()[1], seen))
        viewer.start()
        seen.get(timeout=10)
        try:
            yield seen
        finally:
            server.should_exit = True
            serving.join()
            viewer.join()


def _view(port: int, seen: Queue[Seen]) -> None:
    """Follow the stream of events as a page does, and tell when each picture was there."""
    connection = HTTPConnection(HOST, port)
    connection.request("GET", "/events", headers={"Authorization": f"Bearer {TOKEN}"})
    stream = connection.getresponse()
    revision = None
    for line in stream:
        if line.startswith(b"id: "):
            revision = int(line[4:].split(b"-")[0])
        elif line == b"\n" and revision is not None:
            seen.put((revision, time.perf_counter()))
            revision = None
    connection.close()


def main() -> int:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        names = ("end of a segment to the page", "end of a pause to the page")
        for name, taken in zip(names, map(sorted, page_latency(Path(folder))), strict=True):
            middle, rare = taken[len(taken) // 2], taken[int(len(taken) * 0.99)]
            row(f"{name}, {len(taken)} updates", f"p50 {middle:.1f} ms", f"p99 {rare:.1f} ms")
    return 0
