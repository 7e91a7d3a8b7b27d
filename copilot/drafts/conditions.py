"""Conditions that customers set on publication: names, pictures, who reads it first, when, in which words."""

from __future__ import annotations

from collections.abc import Iterator

from ..lexicon import Lexicon
from ..text import norms
from .citation import Citation
from .material import Material

__all__ = ["conditions"]

LONGEST = 40  # most words of a condition that are shown


def conditions(material: Material) -> Iterator[Citation]:
    """Yield the sentences that may set a condition on publication, in the order of the call.

    They are found by phrases (`copilot/data/conditions.yaml`), and a person decides: some merely mention a condition.
    """
    phrases = Lexicon.load("conditions")
    for span in (s for turn in material.findings.turns for s in material.spans(turn.turn)):
        if phrases.find(norms(span.text)) and material.is_usable(span):
            yield material.around(span, LONGEST)
