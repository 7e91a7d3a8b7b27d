from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from websockets.datastructures import Headers
from websockets.http11 import Request, Response
from websockets.sync.server import ServerConnection, serve

from copilot.errors import InputError
from copilot.sources.web_socket import WebSocket, backoff

HERE = "127.0.0.1"
Refusal = Callable[[ServerConnection, Request], Response]


@contextmanager
def serving(play: Callable[[ServerConnection], None], process: Refusal | None = None) -> Iterator[str]:
    """Give the address of a WebSocket server on the loopback interface."""
    server = serve(play, HERE, 0, process_request=process)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"ws://{HERE}:{server.socket.getsockname()[1]}"
    finally:
        server.shutdown()


def at_once(seconds: float) -> bool:
    """Wait not at all."""
    return False


def vendors() -> tuple[str, ...]:
    return "ours", "Vexa", "Recall.ai", "Deepgram", "AssemblyAI", "LiveKit", "Zoom"


@pytest.mark.parametrize("vendor", vendors())
@pytest.mark.parametrize("fault", ["none", "drop", "duplicate", "reorder", "delay", "garbage"])
def test_every_word_of_a_call_is_heard_once_whatever_happens_on_the_way(faults, vendor, fault):
    call = faults.scripted_call(turns=12)
    found = faults.outcome(vendor, fault, call)
    assert (found.lost, found.doubled) == (0, 0)
    assert (found.unread > 0) == (fault == "garbage")


def test_every_vendor_is_tried(faults):
    assert tuple(faults.VENDORS) == vendors()


def test_a_dropped_connection_is_made_again_and_what_comes_again_is_told_once(faults):
    script = faults.messages("ours", faults.scripted_call(turns=4))
    heard, source, server = faults.listen([*script[:5], faults.DROP, *script[5:9], faults.DROP, *script[9:]])
    assert server.connections == 3
    assert len(heard) == len({segment.id for segment in heard}) == len(faults.scripted_call(turns=4))
    assert source.status.endswith("the stream has ended")


def test_a_service_that_goes_away_for_a_restart_is_waited_for():
    codes = iter([1001, 1011, 1000])

    def play(connection: ServerConnection) -> None:
        connection.send('{"id": "a", "text": "Hi."}')
        connection.close(next(codes))

    pauses: list[str] = []

    def wait(seconds: float) -> bool:
        pauses.append(source.status)
        assert source.lost
        return False

    with serving(play) as url:
        source = WebSocket(url, wait=wait)
        assert [s.text for s in source.segments()] == ["Hi."]
    assert not source.lost
    assert len(pauses) == 2
    assert all("connection lost" in pause and "trying again in" in pause for pause in pauses)


def test_greetings_and_headers_are_sent_at_each_connection():
    heard: list[object] = []

    def play(connection: ServerConnection) -> None:
        assert connection.request is not None
        heard.append((connection.request.headers["X-API-Key"], json.loads(connection.recv())))
        connection.close(1011 if len(heard) == 1 else 1000)

    with serving(play) as url:
        source = WebSocket(url, headers={"X-API-Key": "k"}, greetings=['{"action": "subscribe"}'], wait=at_once)
        assert list(source.segments()) == []
    assert heard == [("k", {"action": "subscribe"})] * 2


def test_a_source_that_is_closed_from_another_thread_ends():
    released = threading.Event()

    def play(connection: ServerConnection) -> None:
        connection.send('{"id": "a", "text": "Hi."}')
        released.wait(20)

    with serving(play) as url:
        source = WebSocket(url)
        told = []
        for segment in source.segments():
            told.append(segment.text)
            threading.Thread(target=source.close).start()
        released.set()
    assert told == ["Hi."]


def test_a_source_that_is_closed_while_it_waits_ends():
    def play(connection: ServerConnection) -> None:
        connection.close(1011)

    with serving(play) as url:
        assert list(WebSocket(url, wait=lambda seconds: True).segments()) == []


def test_a_service_that_is_not_there_is_one_line_that_shows_no_key():
    with serving(lambda connection: None) as url:
        pass
    with pytest.raises(InputError) as caught:
        list(WebSocket(f"{url}/live?api_key=secret").segments())
    assert "cannot be reached" in str(caught.value)
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_service_that_refuses_the_key_says_so():
    def refuse(connection: ServerConnection, request: Request) -> Response:
        return Response(401, "Unauthorized", Headers())

    with serving(lambda connection: None, refuse) as url, pytest.raises(InputError, match="refused with status 401; check the key"):
        list(WebSocket(url).segments())


@pytest.mark.parametrize("url", ["ws://", "ws://[", "wss://host:port/", "http://host/"])
def test_what_is_no_websocket_address_is_refused(url):
    with pytest.raises(InputError, match="no WebSocket address"):
        WebSocket(url)


def test_the_waits_double_up_to_half_a_minute_less_a_part_by_chance():
    assert [backoff(attempt, 0.0) for attempt in (1, 2, 3, 7, 1000)] == [0.5, 1.0, 2.0, 30.0, 30.0]
    assert backoff(3, 1.0) == 1.0
