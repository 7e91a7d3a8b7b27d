"""The normal path, replayed from cassettes with the network blocked. The cassettes come from the scripted server; no model wrote them.

`tests/README.md` says how they are recorded, and how to record them against a real endpoint.
"""

from __future__ import annotations

import json
import os
import re
import socket
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from langchain_openai import ChatOpenAI

from copilot import Session
from copilot.engines.llm import LLMEngine
from copilot.testing import ModelServer, Reply, notes

from .conftest import CALL, CLIENTS, FORTUNE, KEY, QUICK, hear, metric

ADDRESS = "http://model.example/v1"
KEPT = {"content-type", "content-length"}
"""Headers of an answer that a cassette keeps; the rest may name an account."""


def canonical(request: Any) -> Any:
    """A request as it is kept: without its own address, so that it is found again whatever the address was."""
    request.uri = re.sub(r"^https?://.*?(/chat/completions)$", ADDRESS + r"\1", request.uri)
    request.headers = {name: value for name, value in request.headers.items() if name.lower() in KEPT}
    return request


def plain(response: dict[str, Any]) -> dict[str, Any]:
    """A response as it is kept."""
    return {**response, "headers": {name: value for name, value in response["headers"].items() if name.lower() in KEPT}}


@pytest.fixture
def vcr_config() -> dict[str, object]:
    return {
        "before_record_request": canonical,
        "before_record_response": plain,
        "match_on": ("method", "uri"),
        "decode_compressed_response": True,
    }


def scripted(request: Mapping[str, Any]) -> Reply:
    """What the scripted server answers where the cassettes are recorded."""
    usage = {"prompt_tokens": 2900, "completion_tokens": 150, "total_tokens": 3050, "prompt_tokens_details": {"cached_tokens": 2688}}
    if "<candidates>" in request["messages"][-1]["content"]:
        wording = {"candidate": "c1", "probe": "You mentioned “a fortune”: roughly what is that in a year?"}
        return Reply(json.dumps({"wordings": [wording]}), usage=usage)
    days = metric(2, "two days instead of nine", 2, "day", baseline={"value": 9, "high": None, "unit": "day"})
    return Reply(notes(gaps=[FORTUNE], metrics=[days], topics=[{"turn": 2, "topic": "results.metrics", "full": True}]), usage=usage)


@pytest.fixture
def model(record_mode: str) -> Iterator[ChatOpenAI]:
    """The model behind the cassette; where one is recorded, that of COPILOT_RECORD_URL, else the scripted server."""
    where = os.environ.get("COPILOT_RECORD_URL")
    name, key = os.environ.get("COPILOT_RECORD_MODEL", "scripted"), os.environ.get("COPILOT_RECORD_KEY", KEY)
    with ModelServer(scripted) as server:
        address = ADDRESS if record_mode == "none" else where or server.url
        yield ChatOpenAI(model=name, base_url=address, api_key=key, max_retries=0, **CLIENTS)  # type: ignore[arg-type]


def holds(session: Session, reader: LLMEngine) -> None:
    """Check what holds for the answers of any model: they are used, grounded, and counted."""
    said = {turn.turn: turn.text for turn in session.turns}
    found = session.findings
    assert reader.notices == []
    assert any("llm" in g.origin for g in found.gaps)
    assert all(said[s.turn][s.start : s.end] == s.text for s in (*found.gaps, *found.metrics, *found.quotes))
    assert found.source.tokens
    assert found.source.tokens.input > 1000
    assert found.source.tokens.output > 0


@pytest.mark.vcr
def test_a_live_call_is_read_answer_by_answer(model: ChatOpenAI):
    reader = LLMEngine(model, limits=QUICK)
    session = hear(CALL, reader)
    holds(session, reader)
    assert reader.tokens.calls == 2


@pytest.mark.vcr
def test_a_recording_is_read_at_once_and_its_probes_are_worded(model: ChatOpenAI):
    reader = LLMEngine(model, ahead=CALL, limits=QUICK)
    session = hear(CALL, reader)
    probes = reader.ask(session.suggest(1), session.turns, session.ledger)
    holds(session, reader)
    assert len(probes) == 1
    assert reader.tokens.calls == 2


@pytest.mark.vcr
def test_a_stream_is_read_to_its_end(model: ChatOpenAI):
    reader = LLMEngine(model.model_copy(update={"streaming": True, "stream_usage": True}), ahead=CALL, limits=QUICK)
    holds(hear(CALL, reader), reader)


def test_no_cassette_holds_a_key_or_an_address():
    kept = sorted((Path(__file__).parent / "cassettes").rglob("*.yaml"))
    assert len(kept) >= 3
    for path in kept:
        text = path.read_text("utf-8")
        assert not re.search(r"authorization|bearer|sk-|api[_-]key|cookie|organization|127\.0\.0\.1", text, re.IGNORECASE), path.name
        assert set(re.findall(r"uri: (\S+)", text)) == {f"{ADDRESS}/chat/completions"}


def test_a_test_that_opens_a_connection_beyond_this_machine_fails():
    with socket.socket() as connection, pytest.raises(RuntimeError, match="Network is disabled"):
        connection.connect(("192.0.2.1", 80))
