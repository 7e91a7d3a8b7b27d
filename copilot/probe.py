"""A probe: the question that the copilot suggests next, with its reason and the customer's words behind it."""

from __future__ import annotations

from typing import Literal

from .findings import GapKind, Severity
from .turns import Value

__all__ = ["Origin", "Probe", "ProbeKind"]

ProbeKind = GapKind | Literal["open_topic"]
Origin = Literal["rules", "llm"]


class Probe(Value):
    """A suggested question, and the words that triggered it.

    `gap` is the id of the gap that it would close. The words are `text`, turn.text[start:end]; if they are `unsure`, they may be somebody
    else's than that turn's speaker's.

    A probe for a topic that nobody has touched has the kind `open_topic` and no gap, turn or text. `score` is the chance
    that an expert would ask it, from 0 to 1. `origin` is whose words the question is in: "llm" if a model had any part in it.
    """

    gap: str | None
    probe: str
    why: str
    kind: ProbeKind
    topic: str
    severity: Severity
    score: float
    turn: int | None = None
    start: int | None = None
    end: int | None = None
    text: str = ""
    unsure: bool = False
    origin: Origin = "rules"
