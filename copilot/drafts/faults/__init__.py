"""Faults: what in a writer's paragraph its facts and the call do not support.

Each rule in RULES has an id and a check, which takes a paragraph, its passage and the material, and yields one clause per fault.
Rules see words, numbers, names and their order, but not what a sentence means beyond these.
"""

from __future__ import annotations

from .call import barred, unsaid
from .form import form, labels, questions, sameness
from .numbers import bounds, directions, hedges, numbers, order, units
from .rule import Fault, Passage, Rule
from .speakers import speakers
from .words import denials, names, promises, quotations, support, times, titles

__all__ = ["RULES", "Fault", "Passage", "Rule"]

RULES = (
    Rule("form", form), Rule("question", questions), Rule("same", sameness), Rule("label", labels), Rule("quotation", quotations),
    Rule("number", numbers), Rule("unit", units),
    Rule("barred", barred), Rule("name", names), Rule("title", titles), Rule("time", times), Rule("promise", promises),
    Rule("denial", denials), Rule("order", order), Rule("direction", directions), Rule("bound", bounds), Rule("hedge", hedges),
    Rule("speaker", speakers), Rule("support", support), Rule("call", unsaid),
)  # fmt: skip
