"""The dimension that a question asks in: how long, how many, how often, how much; or for a story, a reason or a person."""

from __future__ import annotations

from functools import lru_cache

from ..lexicon import Lexicon, words_of
from ..quantities import Quantity
from ..quantities.units import DURATIONS
from ..text import sentences, tokenize

__all__ = ["COUNTABLE", "asked_dimension", "holds"]

COUNTABLE = frozenset({"change", "comparative", "vague_amount", "money", "bare_unit", "frequency", "abstract_measure"})
"""Cues (labels of `copilot/data/cues.yaml`) for change or amount."""


@lru_cache(maxsize=64)
def asked_dimension(question: str) -> str:
    """Return what the last question of a text asks for, a label of `dimensions` in `copilot/data/probes.yaml`; "" if for none of them."""
    tokens = tokenize(question)
    asked = [s for s in sentences(question, tokens) if question[: s.end].endswith("?")]
    for sentence in reversed(asked):
        found = Lexicon.at("probes.dimensions").find([t.norm for t in tokens[sentence.first : sentence.last]])
        if found:
            return found[0].label
    return ""


def holds(quantity: Quantity, dimension: str) -> bool:
    """Return whether a quantity is a value in a dimension: a duration for "time", any other number for a count or an amount."""
    if dimension == "time":
        return quantity.unit in DURATIONS or quantity.unit in words_of("statements.times")
    return dimension in {"count", "often", "money"} and quantity.unit not in DURATIONS
