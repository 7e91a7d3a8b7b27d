"""The copilot as a LangChain Runnable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import NoneType
from typing import TYPE_CHECKING

from .background import Background
from .engines import Engine, llm
from .errors import InputError
from .guide import Guide
from .redact import Redactor
from .session import Session, Suggestions
from .transcript import Transcript
from .turns import Turn

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.runnables import Runnable, RunnableConfig

    from .cache import Cache
    from .engines.llm import Limits

__all__ = ["as_runnable"]


def as_runnable(
    model: BaseChatModel | None = None,
    background: Background | None = None,
    guide: Guide | None = None,
    limit: int = 3,
    *,
    format: str | None = None,  # noqa: A002 -- the word that users know
    roles: Mapping[str, str] | None = None,
    limits: Limits | None = None,
    cache: Cache | None = None,
    redacted: bool = False,
    fallback: bool = True,
) -> Runnable[str, Suggestions]:
    """Return a Runnable from a transcript's text to the suggestions at its end; without a model, the embedded engine makes them.

    `format` and `roles` are those of `Transcript.parse`. `limits` are those of one run, `cache` keeps the model's answers, and `redacted`
    sends it placeholders for the names that are listed. Callbacks, tags and metadata of the config are passed to the model's calls, so that
    tracing shows them as its children. If the model fails, the logger "copilot" says so, and the embedded engine takes over. Raises
    MissingPackageError if LangChain is not installed, InputError for what is no chat model; running the Runnable raises TranscriptError or
    SpeakerError for a text that cannot be read, and with `fallback=False` ModelError if the model fails.
    """
    engine_of = llm.LLMEngine  # comes first: it says what to install
    from langchain_core.language_models import BaseChatModel
    from langchain_core.runnables import RunnableLambda

    InputError.expect(model, (BaseChatModel, NoneType), "a chat model of LangChain", "engines.llm.open_model opens one by PROVIDER:NAME")

    def reading(model: BaseChatModel, turns: Sequence[Turn], config: RunnableConfig) -> Engine:
        return engine_of(
            model,
            ahead=turns,
            limits=limits,
            fallback=fallback,
            cache=cache,
            redactor=Redactor(background) if redacted else None,
            config=config,
        )

    def suggest(text: str, config: RunnableConfig) -> Suggestions:
        transcript = Transcript.parse(text, format, roles, background)
        session = Session(background=background, guide=guide, engine=reading(model, transcript.turns, config) if model else None)
        for turn in transcript:
            session.hear(turn)
        return session.suggestions(limit, minutes_left=0.0)

    return RunnableLambda(suggest, name="copilot")
