"""Every way in which a model can fail, over real HTTP: the call goes on with the embedded engine, and one line says why."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from copilot import Session, Turn
from copilot.engines.llm import Limits, LLMEngine
from copilot.engines.llm.answers import Notes
from copilot.engines.llm.calling import Caller
from copilot.engines.llm.faults import Fault
from copilot.errors import ModelError
from copilot.prompts import Prompts
from copilot.testing import ModelServer, Reply, notes, turns_of

from .conftest import CALL, FORTUNE, QUICK, chat, engine, findings, found_at, gap, hear, turns_asked

GOOD = found_at([FORTUNE])
FAULTS = {
    "refusal": (Reply(refusal="I cannot help with that."), "refused"),
    "content filter": (Reply("{", finish="content_filter"), "refused"),
    "401": (Reply(status=401), "does not accept the key (401); check OPENAI_API_KEY"),
    "403": (Reply(status=403), "key"),
    "404": (Reply(status=404), "know this model (404); check the name and OPENAI_BASE_URL"),
    "405": (Reply(status=405), "check the name and OPENAI_BASE_URL"),
    "429": (Reply(status=429), "no more calls for now (429); try again later"),
    "429 with a long wait": (Reply(status=429, headers={"Retry-After": "3600"}), "no more calls"),
    "no credit": (Reply(status=429, body=json.dumps({"error": {"message": "", "code": "insufficient_quota"}})), "credit"),
    "500": (Reply(status=500), "error of its own"),
    "503 that is no JSON": (Reply(status=503, body="<html>upstream"), "error of its own"),
    "400": (Reply(status=400), "does not accept the request"),
    "413": (Reply(status=413), "longer than it takes"),
    "reset": (Reply(fault="reset"), "cannot be reached"),
    "cut body": (Reply(notes(gaps=[FORTUNE]), fault="cut"), "cannot be reached"),
    "cut answer": (Reply('{"gaps": [', finish="length"), "broke off"),
    "empty": (Reply(""), "empty"),
    "absurd": (Reply("Lorem ipsum dolor sit amet."), "did not fit"),
    "endless": (Reply("x" * 300_000), "broke off"),
    "wrong schema": (Reply('{"gaps": 3}'), "did not fit"),
    "half a row": (Reply(notes(gaps=[{"turn": 2}])), "did not fit"),
    "a page in place of JSON": (Reply(body="<html>Welcome"), ""),
    "null": (Reply(body="null"), ""),
    "no choices": (Reply(body='{"choices": []}'), ""),
    "another server's words": (Reply(body='{"error": "Unexpected endpoint"}'), "check OPENAI_BASE_URL, which mostly ends in /v1"),
    "an error with status 200": (Reply(body='{"error": {"message": "no"}}'), ""),
}


@pytest.mark.parametrize("name", FAULTS)
def test_after_any_fault_the_call_goes_on_with_the_embedded_engine_and_one_line_says_why(name: str):
    reply, told = FAULTS[name]
    with ModelServer([reply]) as server:
        reader = engine(server, name="openai:scripted")
        session = hear(CALL, reader)
    assert findings(session) == findings(hear(CALL))
    assert len(reader.notices) == len(set(reader.notices)) >= 1
    assert told in reader.notices[0]
    assert reader.notices[0].startswith("the model openai:scripted failed: ")
    assert all("\n" not in notice and "Traceback" not in notice for notice in reader.notices)


@pytest.mark.parametrize("name", FAULTS)
def test_without_a_fallback_any_fault_is_a_model_error(name: str):
    with ModelServer([FAULTS[name][0]]) as server, pytest.raises(ModelError, match="the model llm failed: "):
        hear(CALL, engine(server, fallback=False))


def test_an_answer_that_takes_too_long_is_not_waited_for():
    with ModelServer([Reply(GOOD.text, delay=60)]) as server:
        reader = engine(server, limits=Limits(deadline=0.05))
        session = hear(CALL, reader)
    assert findings(session) == findings(hear(CALL))
    assert "too long to answer: more than 0.05 s" in reader.notices[0]


def test_an_address_where_nobody_listens_is_said():
    with ModelServer([GOOD]) as server:
        reader = engine(server)
    hear(CALL, reader)
    assert "cannot be reached, or breaks off; check the network and OPENAI_BASE_URL" in reader.notices[0]


def test_a_stream_that_breaks_off_is_a_fault_too():
    with ModelServer([Reply(GOOD.text, fault="cut")]) as server:
        reader = engine(chat(server, streaming=True))
        session = hear(CALL, reader)
        assert server.requests[0]["stream"] is True
    assert findings(session) == findings(hear(CALL))
    assert len(reader.notices) == 1


def test_a_stream_is_read_to_its_end():
    with ModelServer([GOOD]) as server:
        session = hear(CALL, engine(chat(server, streaming=True)))
    assert ("rules", "llm") in {g.origin for g in session.findings.gaps}


def test_the_same_fault_is_told_once():
    with ModelServer([Reply(status=500)]) as server:
        reader = engine(server, limits=Limits(backoff=0.0, strikes=99))
        hear(CALL, reader)
    assert len(reader.notices) == 1
    assert reader.failures["server"] > 1


# Retries


def answer(server: ModelServer, limits: Limits = QUICK, deadline: float = 60.0) -> tuple[Notes | Fault, list[float]]:
    """What a caller gets from a server, and the waits between its attempts."""
    waits: list[float] = []
    caller = Caller(chat(server), Prompts()["repair"], limits=limits, sleep=waits.append)
    messages = Prompts()["read"].render(dict.fromkeys(Prompts()["read"].inputs, "nothing"))
    to_come = caller.start(messages, Notes, deadline)
    problem = to_come.exception(30)
    assert problem is None or isinstance(problem, Fault)
    return problem or to_come.result(), waits


@pytest.mark.parametrize("fault", [Reply(status=429), Reply(status=500), Reply(fault="reset")], ids=["429", "500", "reset"])
def test_what_may_pass_is_tried_again_after_longer_and_longer_waits(fault: Reply):
    with ModelServer([fault, fault, GOOD]) as server:
        got, waits = answer(server, Limits())
    assert isinstance(got, Notes)
    assert waits == [0.5, 1.0]


@pytest.mark.parametrize("fault", [Reply(status=401), Reply(status=404), Reply(refusal="no")], ids=["401", "404", "refusal"])
def test_what_will_not_pass_is_not_tried_again(fault: Reply):
    with ModelServer([fault, GOOD]) as server:
        got, waits = answer(server)
        assert len(server.requests) == 1
    assert isinstance(got, Fault)
    assert waits == []


def test_the_wait_that_the_provider_asks_for_is_kept():
    with ModelServer([Reply(status=429, headers={"Retry-After": "7"}), GOOD]) as server:
        got, waits = answer(server)
    assert isinstance(got, Notes)
    assert waits == [7.0]


def test_the_wait_may_be_given_as_a_date():
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    with ModelServer([Reply(status=429, headers={"Retry-After": soon}), GOOD]) as server:
        got, waits = answer(server)
    assert isinstance(got, Notes)
    assert len(waits) == 1
    assert 0 < waits[0] <= 30


@pytest.mark.parametrize("wait", ["3600", "Fri, 31 Dec 2199 23:59:59 GMT"])
def test_no_retry_begins_after_the_deadline(wait: str):
    with ModelServer([Reply(status=429, headers={"Retry-After": wait}), GOOD]) as server:
        got, waits = answer(server)
        assert len(server.requests) == 1
    assert isinstance(got, Fault)
    assert waits == []


@pytest.mark.parametrize("wait", ["soon", "", "-5"])
def test_a_wait_that_makes_no_sense_is_no_obstacle(wait: str):
    with ModelServer([Reply(status=429, headers={"Retry-After": wait}), GOOD]) as server:
        assert isinstance(answer(server)[0], Notes)


# Leaving a model alone


def test_a_model_that_fails_again_and_again_is_left_alone():
    with ModelServer([Reply(status=500)]) as server:
        reader = engine(server, limits=Limits(attempts=1, strikes=1))
        hear(CALL, reader)
        assert len(server.requests) == 1
    assert reader.notices[-1].startswith("the model llm failed: it has failed too often and is left alone for a while")


def test_after_a_pause_it_is_tried_again():
    with ModelServer([Reply(status=500), GOOD]) as server:
        hear(CALL, engine(server, limits=Limits(attempts=1, strikes=1, pause=0.0)))
        assert len(server.requests) == 2


@pytest.mark.parametrize("status", [401, 404])
def test_a_fault_that_will_last_is_not_called_for_again(status: int):
    with ModelServer([Reply(status=status)]) as server:
        hear(CALL, engine(server, limits=Limits(pause=0.0)))
        assert len(server.requests) == 1


def test_calls_that_were_given_up_are_bounded():
    with ModelServer([Reply(delay=60)]) as server:
        reader = engine(server, limits=Limits(deadline=0.02, at_once=1))
        hear(CALL, reader)
    assert list(reader.failures) == ["timeout", "busy"]


# Answers that come late


def hear_late(answer: Reply, *between: str) -> tuple[Session, LLMEngine]:
    """Hear an answer whose reading does not come in time; then what is said before it comes, and one more turn of the interviewer."""
    come = threading.Event()

    def script(request: Mapping[str, Any]) -> Reply:
        come.wait(30)
        return answer if "saved us a fortune" in turns_asked(request) else Reply(notes())

    rows = ["I: What has changed since you started?", "C: Honestly, it has saved us a fortune.", *between]
    with ModelServer(script) as server:
        reader = engine(server, limits=Limits(deadline=0.02))
        session = hear(turns_of("\n".join(rows)), reader)
        come.set()
        while reader.waiting:
            time.sleep(0.005)
        session.hear(Turn(turn=len(rows) + 1, speaker="Ira Interviewer", role="interviewer", text="Right."))
    return session, reader


def test_a_late_answer_is_taken_in_with_the_next_turn():
    noted = Reply(notes(gaps=[FORTUNE], quotes=[{"turn": 2, "quote": "it has saved us a fortune"}]))
    session, reader = hear_late(noted)
    assert [(g.turn, g.kind, g.origin) for g in session.findings.gaps] == [(2, "missing_metric", ("rules", "llm"))]
    assert [q.text for q in session.findings.quotes] == ["it has saved us a fortune"]
    assert reader.waiting == 0


def test_a_late_gap_that_was_answered_since_is_rejected():
    session, reader = hear_late(
        found_at([FORTUNE]),
        "I: Roughly how much is that fortune, in a year?",
        "C: The fortune saved was two hundred thousand dollars in the first year.",
    )
    assert "open" not in {g.outcome for g in session.findings.gaps if g.turn == 2}
    assert ("saved us a fortune", "comes too late") in {(r.text, r.reason) for r in reader.rejected}


def test_a_late_gap_of_a_turn_that_is_off_the_record_by_now_is_rejected():
    session, reader = hear_late(found_at([FORTUNE]), "I: Good.", "C: Please keep what I just said about the fortune off the record.")
    assert 2 in session.ledger.off_record.barred
    assert "is off the record" in {r.reason for r in reader.rejected}


def test_a_late_gap_is_of_no_use_far_later():
    chat_on = [row for _ in range(3) for row in ("I: Go on.", "C: Sure.")]
    _, reader = hear_late(found_at([gap(2, "Honestly", kind="vague", probe="What did that look like?")]), *chat_on)
    assert "comes too late" in {r.reason for r in reader.rejected}


def test_a_late_answer_that_is_a_fault_changes_nothing():
    session, _ = hear_late(Reply(status=500))
    assert session.findings.gaps == hear(session.turns).findings.gaps
