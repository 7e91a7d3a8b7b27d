"""Every error class of LangChain, openai and their HTTP client has its fault."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterator
from types import ModuleType

import httpx2
import langchain_core.exceptions
import openai
import pytest
from langchain_core.messages import AIMessage

from copilot.engines.llm.answers import Paragraphs
from copilot.engines.llm.faults import Fault, fault_of
from copilot.engines.llm.holding import is_cut, text_of
from copilot.engines.llm.parsing import parse

MODULES = (
    "langchain_core.exceptions",
    "langchain_openai.chat_models.base",
    "langchain_openai.chat_models._client_utils",
    "openai",
    "httpx2",
)
# What no call of ours can raise: tracing, the programmer's own mistakes, and parts of openai that are not called.
NOT_OURS = {"TracerException", "InvalidURL", "CookieConflict", "InvalidWebhookSignatureError"}
MEANS = {
    "AuthenticationError": "key", "PermissionDeniedError": "key", "NotFoundError": "missing", "BadRequestError": "request",
    "UnprocessableEntityError": "request", "ConflictError": "server", "RateLimitError": "limit", "InternalServerError": "server",
    "APITimeoutError": "timeout", "APIConnectionError": "connection", "APIResponseValidationError": "unusable",
    "LengthFinishReasonError": "truncated", "ContentFilterFinishReasonError": "refused", "APIError": "server",
    "ModelAuthenticationError": "key", "ModelPermissionDeniedError": "key", "ModelNotFoundError": "missing",
    "ModelInvalidRequestError": "request", "ModelRateLimitError": "limit", "ModelAPIError": "server", "ModelConnectionError": "connection",
    "ModelTimeoutError": "timeout", "ModelRefusalError": "refused", "ContextOverflowError": "too long", "OutputParserException": "unusable",
    "OpenAIContextOverflowError": "too long", "OpenAIAuthenticationError": "key", "OpenAIPermissionDeniedError": "key",
    "OpenAIInvalidRequestError": "request", "OpenAIModelNotFoundError": "missing", "OpenAIRateLimitError": "limit",
    "OpenAIAPIError": "server", "OpenAIConnectionError": "connection", "OpenAITimeoutError": "timeout", "OpenAIRefusalError": "refused",
    "StreamChunkTimeoutError": "timeout", "ConnectTimeout": "timeout", "ReadTimeout": "timeout", "WriteTimeout": "timeout",
    "PoolTimeout": "timeout", "ConnectError": "connection", "ReadError": "connection", "WriteError": "connection",
    "CloseError": "connection", "RemoteProtocolError": "connection", "LocalProtocolError": "connection", "ProxyError": "connection",
    "UnsupportedProtocol": "connection", "DecodingError": "unusable", "StreamClosed": "truncated", "StreamConsumed": "truncated",
}  # fmt: skip
STATUSES = {
    400: "request", 401: "key", 403: "key", 404: "missing", 408: "timeout", 409: "server", 413: "too long", 422: "request", 429: "limit",
    500: "server", 502: "server", 503: "server", 504: "server", 529: "server",
}  # fmt: skip


def errors_of(module: ModuleType) -> Iterator[type[Exception]]:
    for _, cls in inspect.getmembers(module, inspect.isclass):
        root = cls.__module__.split(".")[0]
        if (
            issubclass(cls, Exception)
            and not cls.__name__.startswith("_")
            and root in {"langchain_core", "langchain_openai", "openai", "httpx2"}
        ):
            yield cls


ERRORS = sorted({cls for name in MODULES for cls in errors_of(importlib.import_module(name))}, key=lambda c: f"{c.__module__}.{c.__name__}")


def blank(cls: type[Exception]) -> Exception:
    """An error as if it had been raised with nothing but its class."""
    problem = cls.__new__(cls)
    Exception.__init__(problem, "secret words of the provider")
    return problem


@pytest.mark.parametrize("cls", ERRORS, ids=lambda c: f"{c.__module__}.{c.__name__}")
def test_every_error_class_has_its_fault(cls: type[Exception]):
    fault = fault_of(blank(cls))
    assert "secret" not in str(fault)
    if cls.__name__ in MEANS:
        assert fault.kind == MEANS[cls.__name__]


def test_every_error_class_of_the_installed_packages_that_a_call_can_raise_is_known():
    names = {cls.__name__ for cls in ERRORS if fault_of(blank(cls)).kind == "failed"} - NOT_OURS
    # What is left are roots of the trees, which mean nothing of their own, and errors of what is not called.
    roots = {"LangChainException", "ModelError", "OpenAIError", "HTTPError", "RequestError"}
    other = {
        "HTTPStatusError",
        "TooManyRedirects",
        "SubjectTokenProviderError",
        "WebSocketConnectionClosedError",
        "WebSocketQueueFullError",
    }
    assert names <= roots | other


@pytest.mark.parametrize("status", STATUSES)
def test_a_status_tells_the_fault_whatever_the_class(status: int):
    request = httpx2.Request("POST", "http://model.example/v1")
    problem = openai.APIStatusError("secret", response=httpx2.Response(status, request=request), body=None)
    fault = fault_of(problem)
    assert (fault.kind, fault.status) == (STATUSES[status], status)
    assert str(status) in str(fault)


@pytest.mark.parametrize(("problem", "kind"), [(TimeoutError(), "timeout"), (ConnectionResetError(), "connection"), (OSError(), "failed")])
def test_errors_of_the_system_have_theirs(problem: Exception, kind: str):
    assert fault_of(problem).kind == kind


def test_a_fault_is_its_own_fault():
    fault = Fault("budget")
    assert fault_of(fault) is fault


def test_a_context_that_overflows_is_told_from_other_bad_requests():
    assert fault_of(langchain_core.exceptions.ContextOverflowError("x")).kind == "too long"


@pytest.mark.parametrize(
    "metadata",
    [
        {"stop_reason": "refusal"},
        {"stopReason": "guardrail_intervened"},
        {"finish_reason": "SAFETY"},
        {"finish_reason": "content_filter"},
    ],
)
def test_every_provider_has_its_words_for_a_refusal(metadata: dict[str, str]):
    with pytest.raises(Fault) as told:
        text_of(AIMessage('{"gaps":[', response_metadata=metadata))
    assert told.value.kind == "refused"


@pytest.mark.parametrize(
    ("metadata", "cut"),
    [
        ({"stop_reason": "max_tokens"}, True),
        ({"stopReason": "max_tokens"}, True),
        ({"finish_reason": "MAX_TOKENS"}, True),
        ({"finish_reason": "length"}, True),
        ({"finish_reason": "STOP"}, False),
        ({}, False),
    ],
)
def test_every_provider_has_its_words_for_an_answer_that_broke_off(metadata: dict[str, str], cut: bool):
    assert is_cut(AIMessage('{"gaps":[', response_metadata=metadata)) is cut


@pytest.mark.parametrize("metadata", [{}, {"stop_reason": "end_turn"}, {"finish_reason": "STOP"}, {"finish_reason": None}])
def test_an_answer_that_ended_well_is_its_text(metadata: dict[str, str]):
    assert text_of(AIMessage("{}", response_metadata=metadata)) == "{}"


def test_an_error_of_no_known_kind_is_told_by_its_class():
    assert str(fault_of(KeyError("sk-secret"))).startswith("it failed: KeyError; check OPENAI_BASE_URL")


def test_a_row_that_is_an_object_where_words_are_asked_for_is_told_plainly() -> None:
    with pytest.raises(Fault, match="paragraph"):
        parse('{"paragraphs": [{"text": "Hello"}]}', Paragraphs)
    assert parse('{"paragraphs": [{"text": "Hello"}, "Good day."]}', Paragraphs).value.paragraphs == ["Good day."]
