"""The language-model engine. LangChain is imported when one of these names is first used; prompts and tokens do not need it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from ...errors import MissingPackageError

if TYPE_CHECKING:
    from .calling import Caller
    from .engine import RECORDED, LLMEngine
    from .limits import Limits
    from .models import open_model

_HOMES = {"RECORDED": "engine", "Caller": "calling", "LLMEngine": "engine", "Limits": "limits", "open_model": "models"}

__all__ = ["RECORDED", "Caller", "LLMEngine", "Limits", "open_model"]


if not TYPE_CHECKING:  # for a type checker, every other name is an error

    def __getattr__(name: str) -> object:
        """Import a name on first use. Raises MissingPackageError if LangChain is not installed."""
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        try:
            module = import_module(f".{_HOMES[name]}", __name__)
        except ModuleNotFoundError as problem:
            if (problem.name or "").partition(".")[0] != "langchain_core":
                raise
            raise MissingPackageError('a language model needs LangChain: in the checkout, pip install ".[llm]"') from None
        value: object = getattr(module, name)
        globals()[name] = value
        return value
