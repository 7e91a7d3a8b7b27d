"""Calls to a chat model: within a deadline, with retries, a circuit breaker, a budget, a cache and a running total."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextvars import copy_context
from typing import TypeVar

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage
from langchain_core.runnables import RunnableConfig
from pydantic import BaseModel, ValidationError

from ...cache import Cache
from ...findings import Tokens
from ...prompts import Message, Prompt
from ...redact import Redactor
from .faults import Fault, fault_of
from .holding import Holder, cut_short, text_of
from .limits import Breaker, Limits
from .schema import schema_text
from .tokens import count_tokens

__all__ = ["Caller"]

A = TypeVar("A", bound=BaseModel)

LONGEST = 200_000
"""Most characters of an answer; more is noise."""
SHOWN = 4000
"""Characters of an unusable answer that its model is shown again."""
_PLAIN = (str, int, float, bool, list, tuple, dict)
_MESSAGES = {"system": SystemMessage, "user": HumanMessage, "assistant": AIMessage}


class Caller:
    """Asks a chat model. One per interview: it remembers what the endpoint can do, what was spent and what failed."""

    def __init__(
        self,
        model: BaseChatModel,
        repair: Prompt,
        *,
        limits: Limits | None = None,
        cache: Cache | None = None,
        redactor: Redactor | None = None,
        config: RunnableConfig | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Take the model and the prompt for asking again after an unusable answer.

        A redactor restores the names in answers; `LLMEngine` has already redacted the requests.
        """
        self.model, self.repair, self.cache, self.redactor = model, repair, cache, redactor
        self.limits = limits or Limits()
        self.config = config or RunnableConfig()
        self.tokens = Tokens()
        self._sleep = sleep
        self._holder = Holder(model)
        self._breaker = Breaker(self.limits)
        self._lock = threading.Lock()
        self._free = threading.BoundedSemaphore(self.limits.at_once)

    def start(self, messages: Sequence[Message], schema: type[A], deadline: float) -> Future[A]:
        """Ask in a separate thread and return a future, which may fail with a Fault. No retry begins after `deadline` seconds."""
        answer: Future[A] = Future()
        if not self._free.acquire(blocking=False):
            answer.set_exception(Fault("busy"))
            return answer

        def work() -> None:
            try:
                answer.set_result(self.answer(messages, schema, deadline))
            except Exception as problem:  # whatever a provider's package raises, the interview continues
                answer.set_exception(fault_of(problem))
            finally:
                self._free.release()

        # A daemon thread, since a hanging call must not keep the process alive. The context carries LangChain's tracing.
        threading.Thread(target=copy_context().run, args=(work,), name="copilot-model", daemon=True).start()
        return answer

    def answer(self, messages: Sequence[Message], schema: type[A], deadline: float) -> A:
        """Return the cached answer, else ask and wait. No retry begins after `deadline` seconds. Raises Fault."""
        asked = [_name_of(self.model), schema.__name__, [list(m) for m in messages]]
        kept = self._kept(asked, schema)
        if kept is not None:
            return kept
        self._breaker.check()
        try:
            text, answer = self._ask(messages, schema, time.monotonic() + deadline)
        except Exception as problem:
            fault = fault_of(problem)
            self._breaker.failed(fault)
            raise fault from None
        self._breaker.succeeded()
        if self.cache:
            self.cache.put(asked, text)
        return answer

    def _kept(self, asked: Sequence[object], schema: type[A]) -> A | None:
        """Return the cached answer, None if there is none or if it does not fit the schema."""
        text = self.cache.get(asked) if self.cache else None
        try:
            return None if text is None else self._parse(text, schema)
        except Fault:
            return None

    def _ask(self, messages: Sequence[Message], schema: type[A], until: float) -> tuple[str, A]:
        """Return the answer, as text and as a value; if it does not fit, ask once more and say what is wrong."""
        sent = [_MESSAGES[m.role](m.text) for m in messages]
        text = text_of(self._send(sent, schema, until))
        try:
            return text, self._parse(text, schema)
        except Fault as fault:
            if fault.kind not in {"unusable", "empty"} or time.monotonic() >= until:
                raise
            if "{" not in text:
                self._holder.loosen()
            again = self.repair.render({"fault": str(fault), "schema": schema_text(schema)})
            turns = [AIMessage(text[:SHOWN] or "(empty)"), *(_MESSAGES[m.role](m.text) for m in again)]
            text = text_of(self._send([*sent, *turns], schema, until))
            return text, self._parse(text, schema)

    def _send(self, messages: Sequence[BaseMessage], schema: type[BaseModel], until: float) -> AIMessage:
        """Return the model's message, after retries if they can help and time allows."""
        for attempt in range(self.limits.attempts):
            self._check_budget(messages)
            try:
                message = self._holder.invoke(messages, schema, self.config)
            except Exception as problem:
                fault = fault_of(problem)
                if broken := cut_short(fault):
                    self._count(messages, broken)
            else:
                self._count(messages, message)
                return message
            wait = self.limits.backoff * 2**attempt if fault.after is None else fault.after
            if not fault.is_retryable or attempt + 1 == self.limits.attempts or time.monotonic() + wait >= until:
                raise fault from None
            self._sleep(wait)
        raise AssertionError("the last attempt returns or raises")

    def _count(self, sent: Sequence[BaseMessage], message: AIMessage) -> None:
        """Add a call to the running total: by the provider's figures, else by the token counter."""
        usage = message.usage_metadata
        spent_in = usage["input_tokens"] if usage else sum(count_tokens(str(m.content)) for m in sent)
        spent_out = usage["output_tokens"] if usage else count_tokens(str(message.content))
        cached = (usage.get("input_token_details") or {}).get("cache_read", 0) or 0 if usage else 0
        with self._lock:
            t = self.tokens
            self.tokens = Tokens(input=t.input + spent_in, cached=t.cached + cached, output=t.output + spent_out, calls=t.calls + 1)

    def _check_budget(self, messages: Sequence[BaseMessage]) -> None:
        budget = self.limits.budget
        if budget is None:
            return
        if self.tokens.input + self.tokens.output + sum(count_tokens(str(m.content)) for m in messages) > budget:
            raise Fault("budget", detail=f"{budget:,} tokens")

    def _parse(self, text: str, schema: type[A]) -> A:
        """Return the value in an answer's text. Raises Fault."""
        if not text.strip():
            raise Fault("empty")
        if len(text) > LONGEST:
            raise Fault("truncated", detail=f"it has more than {LONGEST:,} characters")
        # Some models think aloud first, and some wrap their answer in a code fence.
        text = text.rpartition("</think>")[2]
        body = text[text.find("{") : text.rfind("}") + 1]
        try:
            return schema.model_validate_json(self.redactor.restore_json(body) if self.redactor else body)
        except ValidationError as problem:
            raise Fault("unusable", detail=_told(problem)) from None


def _told(problem: ValidationError) -> str:
    """Return the first faults of an answer, each once with its place; unknown keys are the model's words and are left out."""
    errors = problem.errors(include_url=False, include_input=False)
    told = dict.fromkeys(f"{_place(e['loc']) if e['type'] != 'extra_forbidden' else 'a key'}: {e['msg']}" for e in errors)
    return "; ".join([*told][:5])[:400]


def _place(place: Sequence[int | str]) -> str:
    return ".".join(map(str, place)) or "the whole"


def _name_of(model: BaseChatModel) -> str:
    """Return what identifies a model: its settings and its address, without its key."""
    address = next((getattr(model, name) for name in ("openai_api_base", "base_url") if getattr(model, name, None)), "")
    settings = model.asdict() if _tells_itself(model) else {name: v for name, v in dict(model).items() if isinstance(v, _PLAIN)}
    return f"{type(model).__name__} {address} {sorted((k, str(v)) for k, v in settings.items())}"


def _tells_itself(model: BaseChatModel) -> bool:
    """Return whether a model's class says what its settings are. Else all of its plain fields may be."""
    return type(model)._identifying_params is not BaseChatModel._identifying_params
