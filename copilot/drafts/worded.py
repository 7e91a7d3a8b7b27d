"""Worded: a text by the program, or by a model if the facts support it."""

from __future__ import annotations

from typing import Literal

from ..turns import Value

__all__ = ["Worded"]


class Worded(Value):
    """A text and its author. `fault` is why a model's words for it were not used, None if none were rejected."""

    text: str
    origin: Literal["rules", "llm"] = "rules"
    fault: str | None = None
