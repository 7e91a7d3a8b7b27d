"""Test doubles for code built on this library: a scripted model behind real HTTP, a clock, and short transcripts.

with ModelServer([Reply(notes()), Reply(status=429, headers={"Retry-After": "1"})]) as server:
    model = ChatOpenAI(model="scripted", base_url=server.url, api_key="none")
"""

from __future__ import annotations

import json
import socket
import struct
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Literal, Self

from .turns import Role, Turn

__all__ = ["Clock", "ModelServer", "Reply", "notes", "turns_of"]

Request = Mapping[str, Any]


@dataclass(frozen=True)
class Reply:
    """What the scripted model does with a request.

    `text` is the answer, with finish reason `finish`; a forced tool call gets it as its arguments. `delay` is in seconds. A `fault` resets
    the connection before an answer, or cuts the answer in half. Without `usage`, each word counts as one token and none is cached.
    """

    text: str = ""
    status: int = 200
    delay: float = 0.0
    headers: Mapping[str, str] = field(default_factory=dict)
    usage: Mapping[str, Any] | None = None
    finish: str = "stop"
    refusal: str | None = None
    fault: Literal["reset", "cut"] | None = None
    body: str | None = None
    """A raw response body to send instead of a completion."""


Script = Callable[[Request], Reply]


class ModelServer:
    """An OpenAI-compatible endpoint on the loopback interface that follows a script; use it in a `with` statement.

    The script is a function from the request's JSON to a Reply, or replies to give in order, repeating the last one.
    Concurrent requests are answered concurrently, each in its own thread.
    """

    def __init__(self, script: Script | Iterable[Reply]) -> None:
        """Take the script. `requests` and `headers` (names in lower case) are those received, in order."""
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self._script = script if callable(script) else _in_order(script)
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.scripted = self

    @property
    def url(self) -> str:
        """The base URL, as OPENAI_BASE_URL takes it."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def reply_to(self, request: dict[str, Any], headers: dict[str, str]) -> Reply:
        """Record a request and return its reply."""
        with self._lock:
            self.requests.append(request)
            self.headers.append(headers)
        return self._script(request)

    def __enter__(self) -> Self:
        """Start listening."""
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()


def _in_order(replies: Iterable[Reply]) -> Script:
    left = list(replies)
    lock = threading.Lock()

    def script(request: Request) -> Reply:
        with lock:
            return left.pop(0) if len(left) > 1 else left[0]

    return script


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    scripted: ModelServer

    def handle_error(self, request: object, client_address: object) -> None:
        """Stay quiet: many tests have a client that gives up."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the base class names it
        """Stay quiet."""

    def do_POST(self) -> None:
        """Answer a request for a chat completion."""
        request = json.loads(self.rfile.read(int(self.headers["content-length"])))
        reply = self.server.scripted.reply_to(request, {name.lower(): value for name, value in self.headers.items()})
        # Waits without blocking other requests; a daemon thread, so it ends with the test.
        threading.Event().wait(reply.delay)
        if reply.fault == "reset":
            # A linger time of zero makes the close a reset.
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
            self.close_connection = True
            return
        stream = bool(request.get("stream")) and reply.status == 200 and reply.body is None
        body = _stream(request, reply) if stream else _body(request, reply)
        self._send(body, reply, "text/event-stream" if stream else "application/json")

    def _send(self, body: bytes, reply: Reply, kind: str) -> None:
        """Send a body, or its first half."""
        self.send_response(reply.status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if reply.fault == "cut" else body)
        self.close_connection = self.close_connection or reply.fault == "cut"


def _usage(request: Request, reply: Reply) -> Mapping[str, Any]:
    if reply.usage is not None:
        return reply.usage
    sent, said = sum(len(str(m["content"]).split()) for m in request["messages"]), len(reply.text.split())
    return {"prompt_tokens": sent, "completion_tokens": said, "total_tokens": sent + said}


def _message(request: Request, reply: Reply) -> dict[str, Any]:
    """Return the assistant's message: a tool call if one is forced."""
    if reply.refusal is not None:
        return {"role": "assistant", "content": None, "refusal": reply.refusal}
    choice = request.get("tool_choice")
    if not isinstance(choice, dict):
        return {"role": "assistant", "content": reply.text}
    call = {"id": "call_1", "type": "function", "index": 0, "function": {"name": choice["function"]["name"], "arguments": reply.text}}
    return {"role": "assistant", "content": None, "tool_calls": [call]}


def _body(request: Request, reply: Reply) -> bytes:
    if reply.body is not None:
        return reply.body.encode()
    if reply.status != 200:
        return json.dumps({"error": {"message": reply.text or "scripted", "type": "scripted", "code": None, "param": None}}).encode()
    choice = {"index": 0, "message": _message(request, reply), "finish_reason": reply.finish}
    answer = {"id": "scripted", "object": "chat.completion", "created": 0, "model": request.get("model"), "choices": [choice]}
    return json.dumps({**answer, "usage": _usage(request, reply)}).encode()


def _stream(request: Request, reply: Reply) -> bytes:
    head = {"id": "scripted", "object": "chat.completion.chunk", "created": 0, "model": request.get("model")}
    deltas: tuple[tuple[dict[str, Any], str | None], ...] = ((_message(request, reply), None), ({}, reply.finish))
    rows: list[dict[str, Any]] = [{**head, "choices": [{"index": 0, "delta": delta, "finish_reason": end}]} for delta, end in deltas]
    rows.append({**head, "choices": [], "usage": _usage(request, reply)})
    return "".join(f"data: {json.dumps(row)}\n\n" for row in rows).encode() + b"data: [DONE]\n\n"


def notes(**rows: Iterable[Mapping[str, Any]]) -> str:
    """Return a model's reading as JSON text with only the given rows."""
    kinds = ("gaps", "closings", "metrics", "topics", "quotes", "boundaries", "contradictions", "claims")
    unknown = set(rows) - set(kinds)
    if unknown:
        raise ValueError(f"unknown rows: {', '.join(sorted(unknown))}")
    return json.dumps({kind: list(rows.get(kind, ())) for kind in kinds})


@dataclass
class Clock:
    """A clock that stands still until it is moved; call it for the time."""

    seconds: float = 0.0

    def __call__(self) -> float:
        """Return the time in seconds."""
        return self.seconds

    def move(self, seconds: float) -> None:
        """Advance the clock by a number of seconds."""
        self.seconds += seconds


def turns_of(text: str) -> tuple[Turn, ...]:
    """Return the turns of a short script, one per line: `I:` for the interviewer, `C:` for the customer, `V:` for a colleague."""
    rows = [line.strip().split(":", 1) for line in text.strip().splitlines()]
    return tuple(Turn(turn=n, speaker=_PARTS[who][0], role=_PARTS[who][1], text=said.strip()) for n, (who, said) in enumerate(rows, 1))


_PARTS: dict[str, tuple[str, Role]] = {
    "I": ("Ira Interviewer", "interviewer"),
    "C": ("Cas Customer", "customer"),
    "V": ("Vic Vendor", "colleague"),
}
