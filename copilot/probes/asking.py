"""Whether an interviewer would ask a question at a moment of a call: facts, weighed by `evals/train_asking.py`."""

from __future__ import annotations

from collections.abc import Mapping
from math import log

from ..findings import Gap
from ..lexicon import Lexicon
from ..probe import Probe
from ..scoring import logistic
from ..text import norms
from .wording import question_below

__all__ = ["LEAST", "asking_facts", "chance_of_asking"]

LEAST = 0.35
"""Least chance, that an interviewer would ask it, of a question that is offered unasked, or at the end: below it, silence is better.

Of the questions that readers graded, 76 % of the good ones reach it and 33 % of the wrong ones, with the interview left out of the fit.
"""
_SURE = (0.05, 0.99)  # chances of a gap beyond which it is as unlikely, or as sure


def chance_of_asking(asked: Gap | Probe, now: int | None) -> float:
    """Return the chance that an interviewer would ask the question of a gap right after turn `now`.

    At the end of the call, where `now` is None, the talk has moved on from nothing. For what a language model has found it is the model's.
    """
    if "llm" in asked.origin:
        return asked.score
    facts = asking_facts(asked.kind, asked.score, asked.probe, later=now is not None and asked.turn != now)
    return logistic("asking.asking").judge(facts)


def asking_facts(kind: str, score: float, question: str, *, later: bool) -> Mapping[str, float]:
    """Return the facts for and against asking a question: the log odds of its gap, and whether the talk has moved on.

    A `clash` of two statements is often none, and `unmeasured` is a question for a missing number that asks for none, since nothing tells
    what would be counted.
    """
    sure = min(max(score, _SURE[0]), _SURE[1])
    unmeasured = kind == "missing_metric" and not _asks_for_number(question)
    held = {"later": later, "clash": kind == "inconsistent", "unmeasured": unmeasured}
    return {"sure": log(sure / (1 - sure)), **{name: 1.0 for name, holds in held.items() if holds}}


def _asks_for_number(question: str) -> bool:
    return bool(Lexicon.at("probes.asks_number").find(norms(question_below(question))))
