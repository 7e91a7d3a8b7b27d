"""Structured output: make a model's answer fit a schema, by JSON schema if the endpoint supports it, a tool call, or instructions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Literal

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.messages.ai import InputTokenDetails, UsageMetadata
from langchain_core.runnables import Runnable, RunnableConfig, RunnableSequence
from pydantic import BaseModel

from .faults import Fault, fault_of
from .schema import schema_text

__all__ = ["Holder", "cut_short", "is_cut", "text_of"]

Method = Literal["json_schema", "function_calling", "text"]
_METHODS: tuple[Method, ...] = ("json_schema", "function_calling", "text")
_REASONS = ("finish_reason", "stop_reason", "stopReason")
"""Where providers say why an answer ended: OpenAI and Gemini, Anthropic, Bedrock."""
_REFUSED = frozenset(
    {
        "content_filter",
        "refusal",
        "safety",
        "blocklist",
        "prohibited_content",
        "recitation",
        "spii",
        "guardrail_intervened",
        "content_filtered",
    }
)
_TRUNCATED = frozenset({"length", "max_tokens", "model_context_window_exceeded"})
"""What they say, in lower case."""
_BROKEN = {"finish_reason": "length"}
_CANNOT = (NotImplementedError, TypeError, ValueError, AttributeError, ImportError)
"""What a provider's package raises when it is set up for a method that it does not support."""


class Holder:
    """Asks a model by the first method that its endpoint supports. The method is determined once and remembered."""

    def __init__(self, model: BaseChatModel) -> None:
        """Take any chat model."""
        self.model = model
        self.method: Method | None = None

    def invoke(self, messages: Sequence[BaseMessage], schema: type[BaseModel], config: RunnableConfig) -> AIMessage:
        """Return the model's message. Raises what the model raises."""
        *likely, last = (self.method,) if self.method else _METHODS
        for method in likely:
            try:
                return self._by(method, messages, schema, config)
            except _Unheld:
                continue
        return self._by(last, messages, schema, config)

    def loosen(self) -> None:
        """Note that the endpoint accepts a schema but ignores it: from now on the schema is part of the instructions."""
        self.method = "text"

    def _by(self, method: Method, messages: Sequence[BaseMessage], schema: type[BaseModel], config: RunnableConfig) -> AIMessage:
        try:
            held = _held_to(self.model, schema, method)
        except _CANNOT as problem:
            raise _Unheld("request", detail=f"{method} is not to be had") from problem
        try:
            message = held.invoke(_with_schema(messages, schema, method), config)
        except Exception as problem:
            fault = fault_of(problem)
            raise (_Unheld("request", None, fault.status, said=fault.said) if fault.kind == "request" else fault) from problem
        self.method = method
        return message


class _Unheld(Fault):
    """The endpoint does not accept requests by this method."""


def _held_to(model: BaseChatModel, schema: type[BaseModel], method: Method) -> Runnable[Any, AIMessage]:
    """Return the model bound to a schema; it still returns its message, which has the token usage."""
    if method == "text":
        return model
    strict = {"strict": True} if method == "json_schema" else {}
    chain = model.with_structured_output(_plain(schema), method=method, **strict)
    return chain.first if isinstance(chain, RunnableSequence) else chain  # type: ignore[return-value]  # the parser is left out


def _plain(schema: type[BaseModel]) -> dict[str, Any]:
    """Return a JSON schema without the keywords that some endpoints reject; its own name and description stay."""
    return {**json.loads(schema_text(schema)), "title": schema.__name__, "description": schema.__doc__}


def _with_schema(messages: Sequence[BaseMessage], schema: type[BaseModel], method: Method) -> list[BaseMessage]:
    """Return the messages, with the schema at the end of the first one if the endpoint does not get it otherwise."""
    if method != "text":
        return list(messages)
    first, *rest = messages
    told = f"{first.content}\n\nAnswer with one JSON object that fits this JSON Schema, and nothing else:\n{schema_text(schema)}"
    return [first.model_copy(update={"content": told}), *rest]


def cut_short(fault: Fault) -> AIMessage | None:
    """Return the message that broke off, for which openai raises an error that holds it with its usage; None for any other fault."""
    completion = getattr(fault.__cause__, "completion", None)
    if completion is None:
        return None
    content, usage = completion.choices[0].message.content or "", completion.usage
    if usage is None:
        return AIMessage(content, response_metadata=_BROKEN)
    cached = getattr(usage.prompt_tokens_details, "cached_tokens", None) or 0
    counted = UsageMetadata(
        input_tokens=usage.prompt_tokens,
        output_tokens=usage.completion_tokens,
        total_tokens=usage.total_tokens,
        input_token_details=InputTokenDetails(cache_read=cached),
    )
    return AIMessage(content, response_metadata=_BROKEN, usage_metadata=counted)


def _reasons(message: AIMessage) -> set[str]:
    """Return why a message ended, in lower case."""
    told = (message.response_metadata.get(name) for name in _REASONS)
    return {str(getattr(reason, "name", reason)).lower() for reason in told if reason}


def is_cut(message: AIMessage) -> bool:
    """Return whether a message breaks off since it got too long."""
    return not _TRUNCATED.isdisjoint(_reasons(message))


def text_of(message: AIMessage) -> str:
    """Return what a message answers: the arguments of its tool call, else its text. Raises Fault for a refusal."""
    refusal = message.additional_kwargs.get("refusal")
    if refusal or _reasons(message) & _REFUSED:
        raise Fault("refused", said=str(refusal or message.text))
    if message.tool_calls:
        return json.dumps(message.tool_calls[0]["args"])
    if message.invalid_tool_calls:
        return message.invalid_tool_calls[0]["args"] or ""
    return str(message.text)
