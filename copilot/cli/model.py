"""The options for a language model. Nothing for it is imported until one is requested."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from ..background import Background
from ..errors import InputError
from ..findings import Tokens
from ..session import Session
from ..turns import Turn
from .options import PATH, Decorator, gathered, needs
from .settings import is_debugging
from .text import notice

if TYPE_CHECKING:
    from ..engines.llm import LLMEngine

__all__ = ["OF_CALLS", "OF_MODEL", "ModelOptions", "in_words", "model_options", "options_of_model", "tell_model"]

OF_CALLS = ("--budget", "--deadline", "--no-cache", "--redact", "--prompts")
"""The options that say how any model may be called."""
OF_MODEL = ("--no-fallback", *OF_CALLS)
"""The options that say how the model that reads may be used."""


@dataclass(frozen=True)
class ModelOptions:
    """The model, and how it may be used. Without a model, the embedded engine reads alone."""

    model: str | None = None
    no_fallback: bool = False
    budget: int | None = None
    deadline: float | None = None
    no_cache: bool = False
    redact: bool = False
    prompts: str | None = None

    def engine(self, background: Background, ahead: Sequence[Turn], notify: Callable[[str], None]) -> LLMEngine | None:
        """Return the engine for the turns of a recording, or for a live call if `ahead` is empty; None without a model."""
        if not self.model:
            return None
        if ":" not in self.model:  # told before anything of LangChain is missed; the value is not repeated, since it may be a key
            raise InputError("--model: write PROVIDER:NAME, such as openai:gpt-4.1-mini")
        from ..cache import Cache
        from ..engines.llm import RECORDED, Limits, LLMEngine, open_model
        from ..prompts import Prompts
        from ..redact import Redactor

        if self.redact and not background.customer.company:
            notify("--redact hides the names that a background lists; with no customer's company in it, none is hidden")
        return LLMEngine(
            # A request may outlive a short deadline: in a live call a late answer is still useful.
            open_model(self.model, timeout=max(self.deadline or 0.0, RECORDED)),
            ahead=ahead,
            limits=Limits(deadline=self.deadline, budget=self.budget),
            fallback=not self.no_fallback,
            cache=None if self.no_cache else Cache(),
            redactor=Redactor(background) if self.redact else None,
            prompts=Prompts(self.prompts),
            name=self.model,
            notify=notify,
            explain=notify if is_debugging() else None,
        )


_OPTIONS = (
    click.option(
        "--model",
        envvar="COPILOT_MODEL",
        metavar="PROVIDER:NAME",
        help="Read with a language model too, such as openai:gpt-4.1-mini; also COPILOT_MODEL.",
    ),
    click.option("--no-fallback", is_flag=True, help="Fail with status 3 where the model fails."),
    click.option("--budget", type=click.IntRange(min=1), metavar="TOKENS", help="Stop calling the model when so many tokens are spent."),
    click.option(
        "--deadline", type=click.FloatRange(min=0, min_open=True), metavar="SECONDS", help="How long a call of the model may take."
    ),
    click.option("--no-cache", is_flag=True, help="Keep no answers of the model on disk, and use none."),
    click.option(
        "--redact",
        is_flag=True,
        help="Send the model placeholders for the names in --background and the speakers', for e-mail addresses, and for phone numbers "
        "in digits; anybody else's name is sent as it was said.",
    ),
    click.option("--prompts", metavar="DIR", type=PATH, help="A folder with prompts of your own (see copilot prompts)."),
)


def options_of_model(*rules: Decorator) -> Decorator:
    """Return a decorator that adds the options of the model, which the command gets as one `model`, and rules on them."""
    return gathered("model", ModelOptions, *_OPTIONS, *rules)


model_options = options_of_model(needs("--model", *OF_MODEL))


def tell_model(session: Session) -> None:
    """Tell what the model has used, and with --debug what of its answers was thrown away."""
    if session.tokens is None:
        return
    notice(f"{session.engine.name}: {in_words(session.tokens)}")
    if is_debugging():
        for turn, what, text, reason in session.engine.rejected:
            place = f"turn {turn}: " if turn else ""
            notice(f"rejected: {place}the {what} “{text}” {reason}")


def in_words(tokens: Tokens) -> str:
    """Return the token usage on one line."""
    return f"tokens: {tokens.input:,} in, {tokens.cached:,} cached, {tokens.output:,} out, {tokens.calls:,} calls"
