"""Calls of a chat model: held to a schema, within a deadline, with retries, a circuit breaker, a budget, a cache and a running total."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextvars import copy_context
from typing import TypeVar

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage
from langchain_core.runnables import Runnable, RunnableConfig, RunnableSequence
from pydantic import BaseModel, ValidationError

from ...cache import Cache
from ...findings import Tokens
from ...prompts import Message, Prompt
from ...redact import Redactor
from .faults import Fault, fault_of
from .tokens import count_tokens

__all__ = ["Caller"]

A = TypeVar("A", bound=BaseModel)

ATTEMPTS = 3
BACKOFF = 0.5
"""Seconds before the second attempt; doubled for each further one."""
AT_ONCE = 4
"""Calls that may be under way at one time, those that were given up among them."""
STRIKES = 3
"""Failed calls in a row after which the model is left alone."""
PAUSE = 60.0
"""Seconds for which it is."""
LONGEST = 200_000
"""Characters of an answer; more is noise."""
_METHODS = ("json_schema", "function_calling", "text")
_MESSAGES = {"system": SystemMessage, "user": HumanMessage, "assistant": AIMessage}


class Caller:
    """Asks a chat model. One for each call of a customer: it remembers what the endpoint can do, what was spent and what failed."""

    def __init__(
        self,
        model: BaseChatModel,
        repair: Prompt,
        *,
        budget: int | None = None,
        cache: Cache | None = None,
        redactor: Redactor | None = None,
        config: RunnableConfig | None = None,
    ) -> None:
        """Take the model and the prompt that asks for an answer once more; `budget` is in tokens, in and out together."""
        self.model, self.repair, self.budget, self.cache, self.redactor = model, repair, budget, cache, redactor
        self.config = config or RunnableConfig()
        self.tokens = Tokens()
        self._breaker = _Breaker()
        self._method: str | None = None
        self._lock = threading.Lock()
        self._free = threading.BoundedSemaphore(AT_ONCE)

    def start(self, messages: Sequence[Message], schema: type[A], deadline: float) -> Future[A]:
        """Ask in a thread of its own and return the answer to come, which may be a Fault. No retry begins after `deadline` seconds."""
        answer: Future[A] = Future()
        if not self._free.acquire(blocking=False):
            answer.set_exception(Fault("busy"))
            return answer

        def work() -> None:
            try:
                answer.set_result(self.answer(messages, schema, deadline))
            except Fault as fault:
                answer.set_exception(fault)
            finally:
                self._free.release()

        # A daemon: a call that hangs must not keep the process from ending. The context carries LangChain's tracing.
        threading.Thread(target=copy_context().run, args=(work,), name="copilot-model", daemon=True).start()
        return answer

    def answer(self, messages: Sequence[Message], schema: type[A], deadline: float) -> A:
        """Ask, and wait for the answer. Raises Fault."""
        hidden = [Message(m.role, self.redactor.hide(m.text)) for m in messages] if self.redactor else list(messages)
        asked = [_name_of(self.model), schema.__name__, [list(m) for m in hidden]]
        kept = self.cache.get(asked) if self.cache else None
        if kept is not None:
            try:
                return self._parse(kept, schema)
            except Fault:
                pass  # the schema has changed since
        self._breaker.check()
        self._check_budget(hidden)
        try:
            text, answer = self._ask(hidden, schema, time.monotonic() + deadline)
        except Exception as problem:  # whatever a provider's package raises, the interview goes on
            fault = fault_of(problem)
            self._breaker.failed(fault)
            raise fault from None
        self._breaker.succeeded()
        if self.cache:
            self.cache.put(asked, text)
        return answer

    def _ask(self, messages: Sequence[Message], schema: type[A], until: float) -> tuple[str, A]:
        """Return the answer, as text and as a value; one that does not fit is asked for once more, with what is wrong with it."""
        sent = [_MESSAGES[m.role](m.text) for m in messages]
        message = self._send(sent, schema, until)
        try:
            return _text_of(message), self._parse(_text_of(message), schema)
        except Fault as fault:
            if fault.kind not in {"unusable", "empty"} or time.monotonic() >= until:
                raise
            asked_again = [HumanMessage(m.text) for m in self.repair.render({"fault": str(fault)})]
            message = self._send([*sent, AIMessage(_shown(message)), *asked_again], schema, until)
            return _text_of(message), self._parse(_text_of(message), schema)

    def _send(self, messages: Sequence[BaseMessage], schema: type[BaseModel], until: float) -> AIMessage:
        """Return the model's message, after retries where they can help and the time allows them."""
        for attempt in range(ATTEMPTS):
            try:
                message = self._invoke(messages, schema)
                self._count(messages, message)
                return message
            except Exception as problem:
                fault = fault_of(problem)
            wait = BACKOFF * 2**attempt if fault.after is None else fault.after
            if not fault.is_retryable or attempt + 1 == ATTEMPTS or time.monotonic() + wait >= until:
                raise fault from None
            time.sleep(wait)
        raise AssertionError("the last attempt returns or raises")

    def _invoke(self, messages: Sequence[BaseMessage], schema: type[BaseModel]) -> AIMessage:
        """Call the model in the first way that it understands, which is remembered."""
        for method in (self._method,) if self._method else _METHODS:
            try:
                message = _held_to(self.model, schema, method).invoke(_with_schema(messages, schema, method), self.config)
            except Exception as problem:
                if fault_of(problem).kind not in {"request"} and not isinstance(problem, (ValueError, TypeError, AttributeError)):
                    raise
                if method == (self._method or _METHODS[-1]):
                    raise
                continue
            self._method = method
            return message
        raise AssertionError("the last way returns or raises")

    def _count(self, sent: Sequence[BaseMessage], message: AIMessage) -> None:
        """Add a call to the running total: by the provider's own figures, else by our count."""
        usage = message.usage_metadata
        spent_in = usage["input_tokens"] if usage else sum(count_tokens(str(m.content)) for m in sent)
        spent_out = usage["output_tokens"] if usage else count_tokens(_text_of(message))
        cached = (usage.get("input_token_details") or {}).get("cache_read", 0) or 0 if usage else 0
        with self._lock:
            t = self.tokens
            self.tokens = Tokens(input=t.input + spent_in, cached=t.cached + cached, output=t.output + spent_out, calls=t.calls + 1)

    def _check_budget(self, messages: Sequence[Message]) -> None:
        if self.budget is None:
            return
        if self.tokens.input + self.tokens.output + sum(count_tokens(m.text) for m in messages) > self.budget:
            raise Fault("budget", detail=f"{self.budget:,} tokens")

    def _parse(self, text: str, schema: type[A]) -> A:
        """Return the value in an answer's text. Raises Fault."""
        if not text.strip():
            raise Fault("empty")
        if len(text) > LONGEST:
            raise Fault("truncated", detail=f"it has more than {LONGEST:,} characters")
        # Some models think aloud first, and some wrap their answer in a fence.
        text = text.rpartition("</think>")[2]
        body = text[text.find("{") : text.rfind("}") + 1]
        try:
            return schema.model_validate_json(self.redactor.restore_json(body) if self.redactor else body)
        except ValidationError as problem:
            raise Fault("unusable", detail=_told(problem)) from None


def _told(problem: ValidationError) -> str:
    """Return the first faults of an answer, each with its place."""
    errors = problem.errors(include_url=False, include_input=False)[:5]
    return "; ".join(f"{'.'.join(map(str, e['loc'])) or 'the whole'}: {e['msg']}" for e in errors)[:400]


class _Breaker:
    """Leaves a model alone that fails again and again."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.strikes = 0
        self.until = 0.0
        self.lasting: Fault | None = None

    def check(self) -> None:
        """Raise a Fault while the model is left alone."""
        if self.lasting is not None:
            raise self.lasting
        if self.strikes >= STRIKES and self.clock() < self.until:
            raise Fault("paused")

    def failed(self, fault: Fault) -> None:
        self.lasting = fault if fault.is_lasting else self.lasting
        self.strikes += 1
        self.until = self.clock() + PAUSE

    def succeeded(self) -> None:
        self.strikes = 0


def _name_of(model: BaseChatModel) -> str:
    """Return what tells one model from another, without its key."""
    settings = ("model_name", "model", "openai_api_base", "base_url", "temperature")
    parts = (type(model).__name__, *(getattr(model, name, None) for name in settings))
    return " ".join(str(p) for p in parts if p is not None)


def _held_to(model: BaseChatModel, schema: type[BaseModel], method: str) -> Runnable[object, AIMessage]:
    """Return the model held to a schema by one of the methods; it still returns its message, whose usage is wanted."""
    if method == "text":
        return model  # type: ignore[return-value]
    chain = model.with_structured_output(schema.model_json_schema(), method=method)
    return chain.first if isinstance(chain, RunnableSequence) else chain  # type: ignore[return-value]


def _with_schema(messages: Sequence[BaseMessage], schema: type[BaseModel], method: str) -> list[BaseMessage]:
    """Return the messages, the schema in words at the end of the first where the endpoint is not told it."""
    if method != "text":
        return list(messages)
    first, *rest = messages
    told = f"{first.content}\n\nAnswer with one JSON object that fits this JSON Schema, and nothing else:\n{_schema_text(schema)}"
    return [first.model_copy(update={"content": told}), *rest]


def _schema_text(schema: type[BaseModel]) -> str:
    return json.dumps(schema.model_json_schema(), separators=(",", ":"))


def _text_of(message: AIMessage) -> str:
    """Return what a message answers: the arguments of its tool call, else its text. Raises Fault for a refusal or an answer cut short."""
    reason = message.response_metadata.get("finish_reason")
    if message.additional_kwargs.get("refusal") or reason == "content_filter":
        raise Fault("refused")
    if reason == "length":
        raise Fault("truncated")
    if message.tool_calls:
        return json.dumps(message.tool_calls[0]["args"])
    if message.invalid_tool_calls:
        return message.invalid_tool_calls[0]["args"] or ""
    return str(message.text)


def _shown(message: AIMessage) -> str:
    """Return an answer as the model is shown it again, cut to a bearable length."""
    return _text_of(message)[:4000] or "(empty)"
