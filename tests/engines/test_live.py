"""A live call with a model, from the first word to its documents."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from typing import Any

from copilot import Background, Session
from copilot.actions import End
from copilot.engines.llm import Limits
from copilot.live.call import LiveCall
from copilot.testing import Clock, ModelServer, Reply, notes
from copilot.turns import LiveSegment

from .conftest import CALL, engine, hear

BACKGROUND = Background.parse("participants: [{name: Ira Interviewer, role: interviewer}, {name: Cas Customer, role: customer}]")
WORDS = "It is told here as it was said."


def writes(request: Mapping[str, Any]) -> int:
    """Return how many paragraphs a request wants; 0 for one that wants turns read."""
    prompt = "\n".join(str(m["content"]) for m in request["messages"])
    return int(prompt.split("Return exactly ")[1].split()[0]) if "Return exactly " in prompt else 0


def script(request: Mapping[str, Any]) -> Reply:
    """Find nothing in turns, and write the same words for each paragraph."""
    count = writes(request)
    return Reply(json.dumps({"paragraphs": [WORDS] * count}) if count else notes())


def held(server: ModelServer, **more: Any) -> LiveCall:
    """Return a call that was held live, by an engine that asks a scripted model, and is over."""
    clock = Clock()
    call = LiveCall(Session(background=BACKGROUND, engine=engine(server, **more)), clock=clock, start=lambda work: work())
    for turn in CALL:
        call.hear(LiveSegment(id=str(turn.turn), text=turn.text, speaker=turn.speaker))
        clock.move(10)
        call.tick()
    call.act(End())
    return call


def test_after_a_live_call_the_model_writes_the_documents_as_it_does_for_a_recording() -> None:
    with ModelServer(script) as server:
        session = held(server).session
        live = session.draft("outline")
        recorded = hear(CALL, engine(server, ahead=CALL), BACKGROUND).draft("outline")
    texts = [(c.text, c.origin) for s in live.sections for c in s.claims if c.spans]
    assert (WORDS, "llm") in texts
    assert texts == [(c.text, c.origin) for s in recorded.sections for c in s.claims if c.spans]


def test_the_findings_of_a_live_call_say_what_the_model_has_used() -> None:
    with ModelServer(script) as server:
        tokens = held(server).session.findings.source.tokens
    assert tokens is not None
    assert tokens.calls == len(server.requests) > 0


def test_a_document_does_not_wait_for_a_model_that_hangs_and_asks_it_no_more() -> None:
    made = threading.Event()
    late: list[bool] = []

    def hangs(request: Mapping[str, Any]) -> Reply:
        if writes(request):
            late.append(made.wait(60))
        return Reply(notes())

    with ModelServer(hangs) as server:
        session = held(server, limits=Limits(deadline=0.3)).session
        email = session.draft("email", within=0.1)
        assert not late
        assert sum(map(bool, map(writes, server.requests))) == 1
        made.set()
    assert email.body == hear(CALL, background=BACKGROUND).draft("email").body
