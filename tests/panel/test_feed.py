from __future__ import annotations

import socket
from itertools import islice

import httpx

from copilot.turns import LiveSegment

from .serving import TOKEN, Message, Staged, client, messages, pictures, serving, staged


def first(answer: httpx.Response) -> Message:
    return next(pictures(answer))


def test_a_viewer_gets_the_picture_at_once_and_its_id_is_the_boards_revision(viewer: httpx.Client, stage: Staged) -> None:
    stage.probe()
    with viewer.stream("GET", "/events") as answer:
        got = first(answer)
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert got.key.split("-")[0] == str(got.data["board"]["revision"]) == str(stage.call.board.revision)


def test_each_change_is_told_under_a_greater_revision(viewer: httpx.Client, stage: Staged) -> None:
    with viewer.stream("GET", "/events") as answer:
        coming = pictures(answer)
        revisions = [next(coming).data["board"]["revision"]]
        for word in ("Good morning.", "Good afternoon.", "Good evening."):
            stage.say(word, "Carl Moss")
            revisions.append(next(coming).data["board"]["revision"])
    assert revisions == sorted(set(revisions))


def test_a_viewer_that_comes_back_gets_what_it_missed_as_one_picture(viewer: httpx.Client, stage: Staged) -> None:
    with viewer.stream("GET", "/events") as answer:
        seen = first(answer).key
    for word in ("Good morning.", "Good afternoon.", "Good evening."):
        stage.say(word, "Carl Moss")
    with viewer.stream("GET", "/events", headers={"last-event-id": seen}) as answer:
        got = first(answer)
    assert got.data["board"]["revision"] == stage.call.board.revision
    assert [line["text"] for line in got.data["board"]["lines"]] == ["Good morning.", "Good afternoon.", "Good evening."]


def test_a_viewer_that_has_seen_the_picture_gets_nothing_until_it_changes(stage: Staged) -> None:
    with serving(stage.call, alive=0.05, tick=60) as served, client(served) as viewer:
        with viewer.stream("GET", "/events") as answer:
            seen = first(answer).key
        for way in ({"headers": {"last-event-id": seen}}, {"params": {"after": seen}}):
            with viewer.stream("GET", "/events", **way) as answer:
                assert [message.name for message in islice(messages(answer), 3)] == [":", ":", ":"]


def test_an_id_of_a_run_before_counts_as_not_seen() -> None:
    seen = [""]
    for _ in range(2):
        with (
            serving(staged().call) as served,
            client(served) as viewer,
            viewer.stream("GET", "/events", params={"after": seen[-1]}) as answer,
        ):
            seen.append(first(answer).key)
    assert seen[1] != seen[2]


def test_several_viewers_see_the_same(viewer: httpx.Client, stage: Staged) -> None:
    with viewer.stream("GET", "/events") as one, viewer.stream("GET", "/events") as other:
        both = pictures(one), pictures(other)
        assert next(both[0]) == next(both[1])
        gap = stage.probe()
        for coming in both:
            assert any((message.data["board"]["probe"] or {}).get("gap") == gap for message in coming)


def test_a_viewer_that_does_not_read_holds_up_neither_the_call_nor_the_others_nor_the_end() -> None:
    stage = staged()
    with serving(stage.call) as served, client(served) as viewer, socket.socket() as stuck:
        stuck.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        stuck.connect(("127.0.0.1", served.port))
        host = f"127.0.0.1:{served.port}"
        stuck.sendall(f"GET /events HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {TOKEN}\r\n\r\n".encode())
        for n in range(50):
            stage.call.hear(LiveSegment(id=f"s{n}", text=f"{n} " * 20_000, speaker="Carl Moss", final=False))
        with viewer.stream("GET", "/events") as answer:
            assert first(answer).data["board"]["revision"] == stage.call.board.revision


def test_silence_is_filled_with_comments(stage: Staged) -> None:
    with serving(stage.call, alive=0.05, tick=60) as served, client(served) as viewer, viewer.stream("GET", "/events") as answer:
        assert [message.name for message in islice(messages(answer), 3)] == ["message", ":", ":"]


def test_the_time_passes_in_events_without_an_id(viewer: httpx.Client, stage: Staged) -> None:
    stage.say("Good morning.", "Carl Moss")
    stage.clock.move(600 - stage.clock())
    with viewer.stream("GET", "/events") as answer:
        times = (message for message in messages(answer) if message.name == "time")
        late = next(message for message in times if message.data["elapsed"] == 600)
    assert late == Message("time", "", {"elapsed": 600, "minutes_left": 35.0})


def test_the_server_goes_while_streams_are_open(stage: Staged) -> None:
    with serving(stage.call) as served, client(served) as viewer, viewer.stream("GET", "/events") as answer:
        coming = messages(answer)
        next(coming)
        served.stop()
        assert all(message.name != "message" for message in coming)
