"""Who may speak to the panel: whoever has the token, under a name of this machine's, and from no other site's page.

A request passes three doors, in this order:

    Host      one of the names that the panel answers to, so that a rebound name of another site is none (421)
    Origin    where there is one: a page of the panel's own (403)
    token     in the cookie, in the Authorization header as a bearer, or as ?token= in the address (401)

A browser tells the Origin of every POST, so a POST on the strength of the cookie alone has to have one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from secrets import compare_digest

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["DOCUMENT_POLICY", "PROTECTION", "Guard", "authorities"]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
DOCUMENT_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""The policy of a document: no script, nothing loaded, no origin of its own; its style stands in it."""

PROTECTION: Mapping[str, str] = {
    "cache-control": "no-store",
    "content-security-policy": POLICY,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
"""The headers of every answer that does not set its own."""

SAFE = ("GET", "HEAD")


def authorities(host: str, port: int, names: Collection[str] = ()) -> frozenset[str]:
    """Return what a Host header may say: the address listened on, the names of loopback, and further `names` as they are given."""
    own = {host, "127.0.0.1", "localhost", "::1"}
    local = {f"[{name}]" if ":" in name else name for name in own}
    return frozenset({f"{name}:{port}" for name in local} | ({*local} if port == 80 else set()) | {name.lower() for name in names})


class Guard:
    """An application that lets through what has the token, and puts the protective headers on every answer."""

    def __init__(self, app: ASGIApp, token: str, allowed: Collection[str], cookie: str) -> None:
        """Guard `app`. `allowed` is what a Host header may say; `cookie` names the cookie that carries the token from the first use on."""
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
        """Return why a request may not pass, or None if it may."""
        if request.headers.get("host", "").lower() not in self._allowed:
            return PlainTextResponse("The panel does not answer to this name.\n", 421)
        origin = request.headers.get("origin")
        if origin is not None and origin.lower() not in self._origins:
            return PlainTextResponse("Another site's page may not speak to the panel.\n", 403)
        if self._is_token(_presented(request)):
            return None
        if not self._is_token(request.cookies.get(self._cookie, "")):
            return PlainTextResponse(
                "Open the panel by the whole link that `copilot panel` printed.\n", 401, {"www-authenticate": "Bearer"}
            )
        if request.method not in SAFE and origin is None:
            return PlainTextResponse("A request on the strength of the cookie has to tell its Origin.\n", 403)
        return None

    def _welcome(self, request: Request) -> Response | None:
        """Return the answer to the printed link: the token goes into the cookie, and out of the address."""
        if request.url.path != "/" or request.method not in SAFE or "token" not in request.query_params:
            return None
        answer = RedirectResponse("/", 303)
        answer.set_cookie(self._cookie, self._token, httponly=True, samesite="strict")
        return answer

    def _is_token(self, word: str) -> bool:
        return compare_digest(word.encode(), self._token.encode())


def _presented(request: Request) -> str:
    """Return the token that a request brings itself, as a bearer or in its address."""
    kind, _, word = request.headers.get("authorization", "").partition(" ")
    return word.strip() if kind.lower() == "bearer" else request.query_params.get("token", "")


def _protected(send: Send) -> Send:
    """Return a `send` that adds the protective headers to an answer, where it has none of its own."""

    async def protected(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in PROTECTION.items():
                headers.setdefault(name, value)
        await send(message)

    return protected
