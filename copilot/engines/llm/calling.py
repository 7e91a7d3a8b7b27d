"""Calls to a chat model: within a deadline, with retries, a circuit breaker, a budget, a cache and a running total."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextvars import copy_context
from typing import TypeVar

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage
from langchain_core.runnables import RunnableConfig
from pydantic import BaseModel, SecretStr

from ...cache import Cache
from ...findings import Tokens
from ...prompts import Message, Prompt
from ...redact import Redactor
from .faults import Fault, fault_of
from .holding import Holder, cut_short, is_cut, text_of
from .limits import Breaker, Limits
from .parsing import Parsed, parse
from .schema import schema_text
from .tokens import count_tokens

__all__ = ["Caller"]

A = TypeVar("A", bound=BaseModel)

LONGEST = 200_000
"""Most characters of an answer; more is noise."""
SHOWN = 4000
"""Characters of an unusable answer that its model is shown again."""
SAID = 300
"""Characters of what a provider or a model said that are kept with a fault."""
_KEY = re.compile(r"(?i)(?<=bearer )\S+|\b\w{2,6}-[\w-]{16,}")
"""What looks like a key, beside those that the model itself has."""
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
        reject: Callable[[int, str, str, str], None] = lambda *_: None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Take the model and the prompt for asking again after an unusable answer.

        A redactor restores the names in answers; `LLMEngine` has already redacted the requests. `reject` receives what is left out of
        an answer that is used: the turn (0 if that is not known), what it is, its words, and the reason.
        """
        self.model, self.repair, self.cache, self.redactor = model, repair, cache, redactor
        self.limits = limits or Limits()
        self.config = config or RunnableConfig()
        self.tokens = Tokens()
        self._sleep, self._reject = sleep, reject
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
            return self._used(kept)
        self._breaker.check()
        try:
            message, answer = self._ask(messages, schema, time.monotonic() + deadline)
        except Exception as problem:
            fault = fault_of(problem)
            fault.said = self._without_keys(fault.said)
            self._breaker.failed(fault)
            raise fault from None
        self._breaker.succeeded()
        if is_cut(message):
            self._reject(0, "answer", text_of(message)[-SAID:], "broke off; what was complete before that is used")
        elif self.cache and answer.rows:
            self.cache.put(asked, text_of(message))
        return self._used(answer)

    def _used(self, answer: Parsed[A]) -> A:
        """Return an answer's value, and tell what is left out of it."""
        for row in answer.dropped:
            self._reject(*row)
        return answer.value

    def _kept(self, asked: Sequence[object], schema: type[A]) -> Parsed[A] | None:
        """Return the cached answer, None if there is none or if it does not fit the schema."""
        text = self.cache.get(asked) if self.cache else None
        try:
            return None if text is None else self._parse(text, schema)
        except Fault:
            return None

    def _without_keys(self, text: str) -> str:
        """Return the beginning of what a provider or a model said, on one line and without the model's keys."""
        for secret in (v.get_secret_value() for v in dict(self.model).values() if isinstance(v, SecretStr)):
            text = text.replace(secret, "[key]") if secret else text
        return _KEY.sub("[key]", " ".join(text.split()))[:SAID]

    def _ask(self, messages: Sequence[Message], schema: type[A], until: float) -> tuple[AIMessage, Parsed[A]]:
        """Return the answer, as it came and as a value; if nothing in it fits, ask once more and say what is wrong."""
        sent = [_MESSAGES[m.role](m.text) for m in messages]
        message = self._send(sent, schema, until)
        text = text_of(message)
        try:
            return message, self._answer_in(message, schema)
        except Fault as fault:
            if fault.kind not in {"unusable", "empty"} or time.monotonic() >= until:
                raise
            if "{" not in text:
                self._holder.loosen()
            again = self.repair.render({"fault": str(fault), "schema": schema_text(schema)})
            turns = [AIMessage(_beginning(text) or "(empty)"), *(_MESSAGES[m.role](m.text) for m in again)]
            message = self._send([*sent, *turns], schema, until)
            return message, self._answer_in(message, schema)

    def _answer_in(self, message: AIMessage, schema: type[A]) -> Parsed[A]:
        """Return the value in a message; of one that breaks off, what is complete of it. Raises Fault."""
        text = text_of(message)
        try:
            answer = self._parse(text, schema)
        except Fault as fault:
            raise (Fault("truncated", said=text) if is_cut(message) else fault) from None
        if is_cut(message) and not answer.rows:
            raise Fault("truncated", said=text)
        return answer

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
                    if fault.kind == "truncated":
                        return broken
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

    def _parse(self, text: str, schema: type[A]) -> Parsed[A]:
        """Return the value in an answer's text. Raises Fault."""
        if not text.strip():
            raise Fault("empty")
        if len(text) > LONGEST:
            raise Fault("truncated", detail=f"it has more than {LONGEST:,} characters", said=text)
        # Some models think aloud first.
        told = text.rpartition("</think>")[2]
        try:
            return parse(self.redactor.restore_json(told) if self.redactor else told, schema)
        except Fault as fault:
            fault.said = text
            raise


def _beginning(text: str) -> str:
    """Return an answer as its model is shown it again, with a mark where it is cut."""
    return text if len(text) <= SHOWN else f"{text[:SHOWN].rstrip()} [... cut here, it went on]"


def _name_of(model: BaseChatModel) -> str:
    """Return what identifies a model: its settings and its address, without its key."""
    address = next((getattr(model, name) for name in ("openai_api_base", "base_url") if getattr(model, name, None)), "")
    settings = model.asdict() if _tells_itself(model) else {name: v for name, v in dict(model).items() if isinstance(v, _PLAIN)}
    return f"{type(model).__name__} {address} {sorted((k, str(v)) for k, v in settings.items())}"


def _tells_itself(model: BaseChatModel) -> bool:
    """Return whether a model's class says what its settings are. Else all of its plain fields may be."""
    return type(model)._identifying_params is not BaseChatModel._identifying_params
