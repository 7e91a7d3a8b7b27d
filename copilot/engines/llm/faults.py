"""What can go wrong with a model's answer, and the mapping of all errors of LangChain, openai and the connection to it."""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from time import time
from typing import Literal

from langchain_core.exceptions import (
    ContextOverflowError,
    ModelAPIError,
    ModelAuthenticationError,
    ModelConnectionError,
    ModelInvalidRequestError,
    ModelNotFoundError,
    ModelPermissionDeniedError,
    ModelRateLimitError,
    ModelRefusalError,
    ModelTimeoutError,
    OutputParserException,
)

from ...errors import ModelError

__all__ = ["Fault", "Kind", "fault_of"]

Kind = Literal[
    "key", "missing", "request", "limit", "quota", "server", "connection", "timeout", "refused", "too long", "truncated", "empty",
    "unusable", "budget", "busy", "paused", "failed",
]  # fmt: skip

_TEXTS: dict[Kind, str] = {
    "key": "it does not accept the key",
    "missing": "it does not know this model",
    "request": "it does not accept the request",
    "limit": "it allows no more calls for now",
    "quota": "the account has no credit left",
    "server": "it has an error of its own",
    "connection": "it cannot be reached, or breaks off",
    "timeout": "it took too long to answer",
    "refused": "it refused to answer",
    "too long": "the request is longer than it takes",
    "truncated": "its answer broke off",
    "empty": "its answer was empty",
    "unusable": "its answer did not fit what was asked for",
    "budget": "the token budget is spent",
    "busy": "too many calls are still waiting for it",
    "paused": "it has failed too often and is left alone for a while",
    "failed": "it failed",
}
_REMEDIES: dict[Kind, str] = {
    "key": "check OPENAI_API_KEY",
    "missing": "check the name and OPENAI_BASE_URL",
    "limit": "try again later",
    "server": "try again later",
    "connection": "check the network and OPENAI_BASE_URL",
    "timeout": "allow it more time",
    "failed": "check OPENAI_BASE_URL, which mostly ends in /v1, and the provider's settings",
}
"""What to do, where something can be done."""
RETRYABLE = frozenset({"limit", "server", "connection"})
LASTING = frozenset({"key", "missing", "quota", "budget"})
"""Faults that every later call will have too."""


class Fault(ModelError):
    """Why a call to the model failed. `after` is the wait in seconds that the provider asks for, None if it does not.

    `said` are the words of the provider or of the answer, which only somebody who looks for a fault is shown.
    """

    def __init__(self, kind: Kind, after: float | None = None, status: int | None = None, detail: str = "", said: str = "") -> None:
        """Say what went wrong; `detail` is never the provider's text, so that it cannot contain a key."""
        self.kind, self.after, self.status, self.said = kind, after, status, said
        told = f"{_TEXTS[kind]}{f' ({status})' if status else ''}{f': {detail}' if detail else ''}"
        super().__init__("; ".join(filter(None, (told, _REMEDIES.get(kind)))))

    @property
    def is_retryable(self) -> bool:
        """Whether the same call may succeed a moment later."""
        return self.kind in RETRYABLE

    @property
    def is_lasting(self) -> bool:
        """Whether every later call would fail in the same way."""
        return self.kind in LASTING


_KINDS: tuple[tuple[type[BaseException], Kind], ...] = (
    (ContextOverflowError, "too long"),
    (ModelAuthenticationError, "key"),
    (ModelPermissionDeniedError, "key"),
    (ModelNotFoundError, "missing"),
    (ModelRateLimitError, "limit"),
    (ModelRefusalError, "refused"),
    (ModelTimeoutError, "timeout"),
    (ModelConnectionError, "connection"),
    (ModelAPIError, "server"),
    (ModelInvalidRequestError, "request"),
    (OutputParserException, "unusable"),
    (TimeoutError, "timeout"),
    (ConnectionError, "connection"),
    (NotImplementedError, "request"),
)
_STATUSES: dict[int, Kind] = {
    400: "request", 401: "key", 403: "key", 404: "missing", 405: "missing", 408: "timeout", 409: "server", 413: "too long", 422: "request",
    429: "limit",
}  # fmt: skip
_NAMED: dict[str, Kind] = {
    "LengthFinishReasonError": "truncated",
    "ContentFilterFinishReasonError": "refused",
    "APITimeoutError": "timeout",
    "TimeoutException": "timeout",
    "StreamChunkTimeoutError": "timeout",
    "APIConnectionError": "connection",
    "TransportError": "connection",
    "StreamError": "truncated",
    "APIResponseValidationError": "unusable",
    "APIError": "server",
    "OpenAIError": "failed",
    "JSONDecodeError": "unusable",
    "DecodingError": "unusable",
}
"""Errors of openai and httpx by class name (the first listed base class counts), since a provider may use either or neither."""


def fault_of(error: BaseException) -> Fault:
    """Return an error of a call as a Fault. What the provider says is left out of its message: it may repeat the key or the transcript.

    An error of no known kind is told by its class, which says where to look and can hold neither.
    """
    if isinstance(error, Fault):
        return error
    status = getattr(error, "status_code", None)
    status = status if isinstance(status, int) else None
    kind = _kind(error, status)
    return Fault(kind, _retry_after(error), status, type(error).__name__ if kind == "failed" else "", str(error))


def _kind(error: BaseException, status: int | None) -> Kind:
    if isinstance(error, ContextOverflowError):
        return "too long"
    if getattr(error, "code", None) == "insufficient_quota":
        return "quota"
    if status in _STATUSES:
        return _STATUSES[status]
    if status is not None and status >= 500:
        return "server"
    for known, kind in _KINDS:
        if isinstance(error, known):
            return kind
    return next((_NAMED[cls.__name__] for cls in type(error).__mro__ if cls.__name__ in _NAMED), "failed")


def _retry_after(error: BaseException) -> float | None:
    """Return the seconds in a Retry-After header, as a number or a date."""
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    text = str(headers.get("retry-after", "") or "").strip()
    try:
        return max(0.0, float(text))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time())
    except (TypeError, ValueError):
        return None
