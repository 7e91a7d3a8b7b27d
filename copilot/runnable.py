"""The copilot as a LangChain Runnable."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from .background import Background
from .engines import llm
from .guide import Guide
from .session import Session, Suggestions
from .transcript import Transcript

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.runnables import Runnable, RunnableConfig

__all__ = ["as_runnable"]

_LOG = logging.getLogger("copilot")


def as_runnable(
    model: BaseChatModel | None = None, background: Background | None = None, guide: Guide | None = None, limit: int = 3
) -> Runnable[str, Suggestions]:
    """Return a Runnable from a transcript's text to the suggestions at its end; without a model, the embedded engine makes them.

    Callbacks, tags and metadata of the config are passed to the model's calls, so that tracing shows them as its children. If the model
    fails, the logger "copilot" says so, and the embedded engine takes over. Raises MissingPackageError if LangChain is not installed;
    running the Runnable raises TranscriptError for a text that cannot be read.
    """
    engine_of = llm.LLMEngine  # comes first: it says what to install
    from langchain_core.runnables import RunnableLambda

    def suggest(text: str, config: RunnableConfig) -> Suggestions:
        transcript = Transcript.parse(text, background=background)
        engine = engine_of(model, ahead=transcript.turns, config=config, notify=_LOG.warning) if model else None
        session = Session(background=background, guide=guide, engine=engine)
        for turn in transcript:
            session.hear(turn)
        return session.suggestions(limit, minutes_left=0.0)

    return RunnableLambda(suggest, name="copilot")
