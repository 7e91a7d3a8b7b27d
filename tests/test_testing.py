from __future__ import annotations

import json

import httpx
import pytest

from copilot.testing import ModelServer, Reply, notes, turns_of

ASK = {"model": "scripted", "messages": [{"role": "user", "content": "Hello there"}]}
TOOL = {"type": "function", "function": {"name": "Notes"}}


def post(server: ModelServer, **more: object) -> httpx.Response:
    with httpx.Client(trust_env=False) as client:
        return client.post(f"{server.url}/chat/completions", json={**ASK, **more}, headers={"Authorization": "Bearer x"})


def test_replies_come_in_order_and_the_last_again_and_again():
    with ModelServer([Reply("one"), Reply("two")]) as server:
        said = [post(server).json()["choices"][0]["message"]["content"] for _ in range(3)]
        assert len(server.requests) == 3
        assert server.headers[0]["authorization"] == "Bearer x"
    assert said == ["one", "two", "two"]


def test_a_script_sees_the_request():
    with ModelServer(lambda request: Reply(str(request["messages"][0]["content"]).upper())) as server:
        assert post(server).json()["choices"][0]["message"]["content"] == "HELLO THERE"


def test_without_figures_of_its_own_a_word_is_a_token():
    with ModelServer([Reply("one two three")]) as server:
        assert post(server).json()["usage"] == {"prompt_tokens": 2, "completion_tokens": 3, "total_tokens": 5}


def test_a_tool_that_is_forced_is_called():
    with ModelServer([Reply("{}")]) as server:
        message = post(server, tools=[TOOL], tool_choice=TOOL).json()["choices"][0]["message"]
    assert message["tool_calls"][0]["function"] == {"name": "Notes", "arguments": "{}"}


def test_an_answer_is_streamed_where_that_is_asked_for():
    with ModelServer([Reply("Hello.")]) as server:
        rows = [line.removeprefix("data: ") for line in post(server, stream=True).text.splitlines() if line]
    assert rows[-1] == "[DONE]"
    assert json.loads(rows[0])["choices"][0]["delta"]["content"] == "Hello."


def test_a_status_comes_with_its_headers():
    with ModelServer([Reply(status=429, headers={"Retry-After": "3"})]) as server:
        answer = post(server)
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "3")
    assert answer.json()["error"]["message"] == "scripted"


@pytest.mark.parametrize("fault", ["reset", "cut"])
def test_a_connection_breaks_where_the_script_says_so(fault: str):
    with ModelServer([Reply("Hello.", fault=fault)]) as server, pytest.raises(httpx.TransportError):  # type: ignore[arg-type]
        post(server)


def test_notes_are_json_of_every_kind_of_row():
    assert set(json.loads(notes())) == {"gaps", "closings", "metrics", "topics", "quotes", "boundaries", "contradictions", "claims"}
    with pytest.raises(ValueError, match="unknown rows: gap"):
        notes(gap=[])


def test_turns_are_written_one_a_line():
    turns = turns_of("I: How was it?\nC: Fine: really.\nV: Good.")
    assert [(t.turn, t.role, t.text) for t in turns] == [
        (1, "interviewer", "How was it?"),
        (2, "customer", "Fine: really."),
        (3, "colleague", "Good."),
    ]
