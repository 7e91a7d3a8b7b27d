"""Worded: a text that is ours, or a model's where that bore what the facts say."""

from __future__ import annotations

from typing import Literal

from ..turns import Value

__all__ = ["Worded"]


class Worded(Value):
    """A text and whose words it is in. `fault` is why a model's words for it were not used, None if none were thrown away."""

    text: str
    origin: Literal["rules", "llm"] = "rules"
    fault: str | None = None
