from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import httpx2
import pytest
from langchain_core.language_models import BaseChatModel
from langchain_openai import ChatOpenAI

from copilot import Background, Findings, Session, Turn
from copilot.engines import Engine
from copilot.engines.llm import Limits, LLMEngine
from copilot.testing import ModelServer, Reply, notes, turns_of

KEY = "sk-recognisable-0123456789"
CALL = turns_of(
    """
    I: What has changed since you started?
    C: Honestly, it has saved us a fortune, and invoices go out in two days instead of nine.
    I: Lovely.
    C: Thanks a lot.
    I: And what do the auditors make of it?
    C: They love it. The audit took three weeks last year, and this year it was four days.
    """
)
QUICK = Limits(backoff=0.0)
"""The usual limits, but that nothing is waited for between two attempts."""


def gap(turn: int, quote: str, **more: object) -> dict[str, object]:
    """A gap as a model notes it."""
    row = {
        "ref": "n1", "turn": turn, "quote": quote, "kind": "missing_metric", "severity": "must", "topic": "results.metrics",
        "confidence": 0.8, "why": "a saving without a number", "probe": f'You said "{quote}": roughly what does that come to in a year?',
    }  # fmt: skip
    return {**row, **more}


def metric(turn: int, quote: str, value: float, unit: str, **more: object) -> dict[str, object]:
    """A metric as a model notes it."""
    row = {
        "turn": turn, "quote": quote, "kind": "result", "measures": "time of an invoice", "value": value, "high": None, "unit": unit,
        "baseline": None, "period": None, "scope": None, "source": None,
    }  # fmt: skip
    return {**row, **more}


FORTUNE = gap(2, "saved us a fortune")


CLIENTS = {
    name: client(verify=False, limits=httpx2.Limits(max_keepalive_connections=0))
    for name, client in (("http_client", httpx2.Client), ("http_async_client", httpx2.AsyncClient))
}
"""Shared, since a client of one's own reads all the certificates of the machine."""


def chat(server: ModelServer, **more: Any) -> ChatOpenAI:
    """A LangChain model that asks the scripted server."""
    return ChatOpenAI(model="scripted", base_url=server.url, api_key=KEY, max_retries=0, **{**CLIENTS, **more})


def engine(model: BaseChatModel | ModelServer, **more: Any) -> LLMEngine:
    """The engine, quick to try again."""
    more = {"limits": QUICK, **more}
    return LLMEngine(chat(model) if isinstance(model, ModelServer) else model, **more)


def hear(turns: Iterable[Turn], by: Engine | None = None, background: Background | None = None) -> Session:
    """A session that has heard turns."""
    session = Session(engine=by, background=background)
    for turn in turns:
        session.hear(turn)
    return session


def findings(session: Session) -> dict[str, Any]:
    """What a session has found, but for where it comes from."""
    found: Findings = session.findings
    return found.model_dump(exclude={"source"})


def asked(server: ModelServer, number: int = 0) -> str:
    """All that a request said to the model."""
    return "\n".join(str(m["content"]) for m in server.requests[number]["messages"])


def turns_asked(request: Mapping[str, Any]) -> str:
    """The turns that a request wants read."""
    text = str(request["messages"][-1]["content"])
    return text[text.index("<turns>") : text.index("</turns>")]


def found_at(rows: Sequence[Mapping[str, Any]]) -> Reply:
    """A reply that notes gaps."""
    return Reply(notes(gaps=rows))


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPILOT_CACHE", str(tmp_path / "cache"))
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_API_BASE", "COPILOT_MODEL"):
        monkeypatch.delenv(name, raising=False)
