"""The language-model engine. This package imports LangChain; nothing imports it until a model is asked for."""

from __future__ import annotations

from .calling import Caller
from .engine import LIVE, RECORDED, LLMEngine
from .models import open_model

__all__ = ["LIVE", "RECORDED", "Caller", "LLMEngine", "open_model"]
