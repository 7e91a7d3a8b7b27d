"""The panel's application: the page, its stream of events, and the endpoints for actions, segments and documents.

    GET  /                     the page; its script, style and icon are next to it
    GET  /events               the pictures of the call as server-sent events; `Last-Event-ID` or ?after= is the last one seen
    GET  /board                the current picture, as JSON
    POST /actions              what the interviewer does, as JSON: {"do": "asked", "gap": "86.12-missing_metric"}
    POST /segments             what was said, as JSON: a webhook of Recall.ai or Fireflies, or this program's own segments
    GET  /documents/NAME.FORM  the email, the outline or the checklist

A POST is acknowledged once the call has processed it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager
from pathlib import Path

from pydantic import TypeAdapter, ValidationError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from ..actions import Action
from ..errors import InputError, ModelError, UnknownNameError
from ..live.board import Board
from ..live.call import LiveCall
from ..reports import FORMS, WORKED_ON, render
from ..sources import Payloads
from .feed import ALIVE, Feed
from .picture import picture
from .security import DOCUMENT_POLICY, Guard

__all__ = ["Panel"]

HERE = Path(__file__).parent
FILES = {
    "/": ("page.html", "text/html"),
    "/page.js": ("page.js", "text/javascript"),
    "/page.css": ("page.css", "text/css"),
    "/icon.svg": ("icon.svg", "image/svg+xml"),
}
ACTION_LIMIT = 4_096
SEGMENT_LIMIT = 1_048_576
"""Bytes that a request's body may have."""
WRITING = 20.0
"""Seconds that a model has for a document: the page waits no longer than this and the deadline of one answer."""
TICK = 0.25
"""Seconds between the moments at which the call is told that time has passed."""

_ACTION: TypeAdapter[Action] = TypeAdapter(Action)


class Panel:
    """The endpoints of one live call. Close it before its server stops, so that the streams end."""

    def __init__(self, call: LiveCall, *, alive: float = ALIVE, tick: float = TICK, writing: float = WRITING) -> None:
        """Open a panel on a call.

        `alive` is the silence in seconds after which a stream sends a keep-alive comment, `tick` are the seconds between two notifications
        to the call that time has passed, `writing` those after which a model is asked to write no more of a document.
        """
        self._call = call
        self._alive = alive
        self._tick = tick
        self._writing = writing
        self._feed = Feed()
        self._payloads = Payloads()

    def app(self, token: str, allowed: Collection[str], cookie: str = "copilot") -> Guard:
        """Return the application. `token` grants access, `allowed` are the accepted Host headers, `cookie` is the name of its cookie."""
        routes = [Route(path, _file(name, media)) for path, (name, media) in FILES.items()]
        routes += [
            Route("/events", self._events),
            Route("/board", self._board),
            Route("/documents/{name}.{form}", self._document),
            Route("/actions", self._act, methods=["POST"]),
            Route("/segments", self._hear, methods=["POST"]),
        ]
        return Guard(Starlette(routes=routes, lifespan=self._lifespan, exception_handlers={500: _stumbled}), token, allowed, cookie)

    def close(self) -> None:
        """End every stream."""
        self._feed.close()

    @asynccontextmanager
    async def _lifespan(self, app: Starlette) -> AsyncIterator[None]:
        self._feed.open()
        leave = self._call.watch(self._show)
        self._show(self._call.board)
        clock = asyncio.create_task(self._pass_time())
        try:
            yield
        finally:
            clock.cancel()
            leave()

    async def _pass_time(self) -> None:
        while True:
            await asyncio.sleep(self._tick)
            try:
                await run_in_threadpool(self._call.tick)
            except Exception as problem:  # whatever it is, the page stays up and says so
                self._call.note(f"stumbled: {problem}")
            self._feed.tell_time(await run_in_threadpool(lambda: self._call.board))

    def _show(self, board: Board) -> None:
        self._feed.publish(picture(board))

    async def _events(self, request: Request) -> Response:
        seen = request.headers.get("last-event-id") or request.query_params.get("after", "")
        return StreamingResponse(self._feed.stream(seen, self._alive), media_type="text/event-stream")

    async def _board(self, request: Request) -> Response:
        now = await run_in_threadpool(lambda: picture(self._call.board))
        return Response(now.model_dump_json(), media_type="application/json")

    async def _act(self, request: Request) -> Response:
        try:
            action = _ACTION.validate_json(await _body(request, ACTION_LIMIT))
        except ValidationError as problem:
            first = problem.errors(include_url=False)[0]
            told = ": ".join(filter(None, ("Not a valid action", ".".join(map(str, first["loc"])), first["msg"])))
            raise HTTPException(400, told) from None
        try:
            await run_in_threadpool(self._call.act, action)
        except UnknownNameError as problem:
            raise HTTPException(409, f"The page may have been out of date: {problem}") from None
        except InputError as problem:
            raise HTTPException(400, str(problem)) from None
        return Response(status_code=204)

    async def _hear(self, request: Request) -> Response:
        try:
            segments = self._payloads.read(await _body(request, SEGMENT_LIMIT))
        except InputError as problem:
            raise HTTPException(400, str(problem)) from None
        for segment in segments:
            await run_in_threadpool(self._call.hear, segment)
        return JSONResponse({"heard": len(segments)})

    async def _document(self, request: Request) -> Response:
        name, form = request.path_params["name"], request.path_params["form"]
        if form not in WORKED_ON.get(name, ()):
            raise HTTPException(404, "There is no such document.")
        try:
            data = await run_in_threadpool(lambda: render(self._call.session.draft(name, within=self._writing), form))
        except ModelError as problem:
            raise HTTPException(502, str(problem)) from None
        shown = (
            {"content-security-policy": DOCUMENT_POLICY}
            if form == "html"
            else {"content-disposition": f'attachment; filename="{name}.{form}"'}
        )
        return Response(data, media_type=FORMS[form].media, headers=shown)


def _file(name: str, media: str) -> Callable[[Request], Awaitable[Response]]:
    """Return the endpoint for a file next to this one."""
    data = (HERE / name).read_bytes()

    async def serve(request: Request) -> Response:
        return Response(data, media_type=media)

    return serve


async def _stumbled(request: Request, problem: Exception) -> Response:
    # The server closes the connection after an error; without this header, a client would send its next request on it.
    return PlainTextResponse("Something went wrong inside; the call goes on.", 500, {"connection": "close"})


async def _body(request: Request, limit: int) -> bytes:
    """Return the body of a JSON request, reading at most `limit` bytes."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise HTTPException(415, "The body must be JSON, with the content type application/json.")
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > limit:
            raise HTTPException(413, f"The body must not exceed {limit:,} bytes.", {"connection": "close"})
        parts.append(part)
    return b"".join(parts)
