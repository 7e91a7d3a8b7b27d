"""The language-model engine. This package imports LangChain; nothing imports it until a model is asked for."""

from __future__ import annotations

from ...errors import MissingPackageError

try:
    import langchain_core  # noqa: F401 -- its absence is told at once, and how to mend it
except ImportError:
    raise MissingPackageError("a language model needs LangChain: pip install 'interview-copilot[llm]'") from None

from .calling import Caller
from .engine import LIVE, RECORDED, LLMEngine
from .limits import Limits
from .models import open_model

__all__ = ["LIVE", "RECORDED", "Caller", "LLMEngine", "Limits", "open_model"]
