"""A panel on a real server and a call with a clock of its own, for the tests of the panel."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import httpx

from copilot import Background, Session, Turn
from copilot.live.call import LiveCall
from copilot.panel.app import Panel
from copilot.panel.server import PanelServer, bind
from copilot.testing import Clock
from copilot.turns import LiveSegment

TOKEN = "token-of-the-tests"  # noqa: S105 -- opens nothing but the tests' own panels
ANSWER = ("Remakes are down forty percent now, and it has saved us a fortune, honestly.", "Carl Moss")
QUESTION = ("So what has changed since you started with it?", "Ines Vale")
LATER = 10.0
"""Seconds after which a turn counts as finished."""


class Staged(NamedTuple):
    """A call, and the clock that it goes by."""

    call: LiveCall
    clock: Clock

    def say(self, text: str, speaker: str, key: str = "") -> None:
        """Have somebody say something, and be silent then for as long as it takes to be finished."""
        now = self.clock()
        self.call.hear(LiveSegment(id=key or f"s{now}", text=text, speaker=speaker, start=now, end=now + 1))
        self.wait()

    def wait(self) -> None:
        """Let as much time pass as it takes for what was said to be finished."""
        self.clock.move(LATER)
        self.call.tick()

    def probe(self) -> str:
        """Have the customer say what a probe is worth, and return its gap."""
        self.say(*QUESTION)
        self.say(*ANSWER)
        probe = self.call.board.probe
        assert probe is not None
        assert probe.gap is not None
        return probe.gap


def staged(minutes: float | None = 45, background: Background | None = None) -> Staged:
    """Return a call in which nothing was said yet."""
    clock = Clock()
    known = background or Background.model_validate(
        {"participants": [{"name": "Ines Vale", "role": "interviewer"}, {"name": "Carl Moss", "role": "customer"}]}
    )
    return Staged(LiveCall(Session(background=known), clock=clock, minutes=minutes, name="acme"), clock)


def play(stage: Staged, turns: Sequence[Turn]) -> None:
    """Have the call hear turns as if they were said."""
    for turn in turns:
        stage.clock.move(max(0.0, (turn.start or 0.0) - stage.clock()))
        stage.say(turn.text, turn.speaker, f"t{turn.turn}")


class Served(NamedTuple):
    """A panel that is being served."""

    server: PanelServer
    thread: threading.Thread
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def link(self) -> str:
        return f"{self.url}/?token={TOKEN}"

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join(timeout=10)
        assert not self.thread.is_alive()


def start(call: LiveCall, port: int = 0, alive: float = 15.0, tick: float = 0.02, writing: float = 20.0) -> Served:
    """Serve a panel on a call in a thread of its own."""
    listening = bind("127.0.0.1", port)
    port = listening.getsockname()[1]
    server = PanelServer(Panel(call, alive=alive, tick=tick, writing=writing), TOKEN, "127.0.0.1", port)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    while not server.started and thread.is_alive():
        thread.join(0.01)
    assert server.started
    return Served(server, thread, port)


@contextmanager
def serving(call: LiveCall, **options: float) -> Iterator[Served]:
    """Serve a panel on a call for a while."""
    served = start(call, **options)  # type: ignore[arg-type]
    try:
        yield served
    finally:
        served.stop()


def client(served: Served, **headers: str) -> httpx.Client:
    """Return a client of the panel that has the token."""
    return httpx.Client(base_url=served.url, headers={"authorization": f"Bearer {TOKEN}", **headers}, trust_env=False, timeout=10)


class Message(NamedTuple):
    """A server-sent event, or a comment, of which the name is ':'."""

    name: str
    key: str
    data: Any


def messages(answer: httpx.Response) -> Iterator[Message]:
    """Yield what comes on a stream of events."""
    rows: dict[str, str] = {}
    for line in answer.iter_lines():
        if line.startswith(":"):
            yield Message(":", "", line[1:].strip())
        elif line:
            name, _, value = line.partition(": ")
            rows[name] = value
        elif "data" in rows:
            yield Message(rows.get("event", "message"), rows.get("id", ""), json.loads(rows["data"]))
            rows = {}


def pictures(answer: httpx.Response) -> Iterator[Message]:
    """Yield the pictures that come on a stream of events."""
    return (message for message in messages(answer) if message.name == "message")
