"""Access control for the panel: a request needs the token and a name of this machine, and must not come from another site.

A request must pass three checks, in this order:

    Host      one of the panel's names, which prevents DNS rebinding (421)
    Origin    if present: a page of the panel itself (403)
    token     in the cookie, in the Authorization header as a bearer, or as ?token= in the address (401)

Browsers send the Origin with every POST, so a POST that is authorised only by the cookie must have one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from secrets import compare_digest

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["DOCUMENT_POLICY", "Guard", "authorities"]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
DOCUMENT_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""The policy of a document: no scripts, no external resources, no origin of its own; inline style only."""

_PROTECTION: Mapping[str, str] = {
    "cache-control": "no-store",
    "content-security-policy": POLICY,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
"""The headers of every response that does not set its own."""

SAFE = ("GET", "HEAD")


def authorities(host: str, port: int, names: Collection[str] = ()) -> frozenset[str]:
    """Return the accepted Host headers: the address listened on, the loopback names, and further `names` as given."""
    own = {host, "127.0.0.1", "localhost", "::1"}
    local = {f"[{name}]" if ":" in name else name for name in own}
    return frozenset({f"{name}:{port}" for name in local} | ({*local} if port == 80 else set()) | {name.lower() for name in names})


class Guard:
    """An application that admits requests with the token, and adds the protective headers to every response."""

    def __init__(self, app: ASGIApp, token: str, allowed: Collection[str], cookie: str) -> None:
        """Guard `app`. `allowed` are the accepted Host headers; `cookie` is the name of the cookie that keeps the token after first use."""
        self._app = app
        self._token = token
        self._allowed = frozenset(allowed)
        self._origins = frozenset(f"{scheme}://{name}" for name in allowed for scheme in ("http", "https"))
        self._cookie = cookie

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        answer = self._refusal(request) or self._welcome(request) or self._app
        await answer(scope, receive, _protected(send))

    def _refusal(self, request: Request) -> Response | None:
        """Return the refusal of a request, or None if it may pass."""
        if request.headers.get("host", "").lower() not in self._allowed:
            return PlainTextResponse("The panel does not answer to this name.\n", 421)
        origin = request.headers.get("origin")
        if origin is not None and origin.lower() not in self._origins:
            return PlainTextResponse("Pages of other sites have no access to the panel.\n", 403)
        if self._is_token(_presented(request)):
            return None
        if not self._is_token(request.cookies.get(self._cookie, "")):
            return PlainTextResponse(
                "Open the panel with the full link that `copilot panel` printed.\n", 401, {"www-authenticate": "Bearer"}
            )
        if request.method not in SAFE and origin is None:
            return PlainTextResponse("A request authorised by the cookie must have an Origin header.\n", 403)
        return None

    def _welcome(self, request: Request) -> Response | None:
        """Return the response to the printed link: the token moves from the address to the cookie."""
        if request.url.path != "/" or request.method not in SAFE or "token" not in request.query_params:
            return None
        answer = RedirectResponse("/", 303)
        answer.set_cookie(self._cookie, self._token, httponly=True, samesite="strict")
        return answer

    def _is_token(self, word: str) -> bool:
        return compare_digest(word.encode(), self._token.encode())


def _presented(request: Request) -> str:
    """Return the token in a request's Authorization header or address."""
    kind, _, word = request.headers.get("authorization", "").partition(" ")
    return word.strip() if kind.lower() == "bearer" else request.query_params.get("token", "")


def _protected(send: Send) -> Send:
    """Return a `send` that adds the protective headers that a response does not set itself."""

    async def protected(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _PROTECTION.items():
                headers.setdefault(name, value)
        await send(message)

    return protected
