"""The language-model engine. This package alone imports LangChain; nothing imports it until a model is asked for."""

from __future__ import annotations

from ...errors import MissingExtra

try:
    import langchain_core  # noqa: F401 -- its absence is told at once, and how to mend it
except ImportError:
    raise MissingExtra("a language model needs LangChain: pip install 'interview-copilot[llm]'") from None

from .engine import LLMEngine
from .models import open_model
from .runnable import as_runnable

__all__ = ["LLMEngine", "as_runnable", "open_model"]
