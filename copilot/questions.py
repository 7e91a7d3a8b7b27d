"""What an interviewer's question asks for: a number, a name, a reason, a story, yes or no."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from .lexicon import Lexicon
from .text import norms, sentences, tokenize

__all__ = ["Question", "opens_as_question", "read_question"]

_AUXILIARIES = frozenset(
    "is are was were do does did have has had can could would will should isn't aren't didn't don't doesn't weren't wasn't am any".split()
)
_SUBJECTS = frozenset("you it that they he she there we your the this anyone anybody people".split())
_LEAD_INS = frozenset("so and um uh okay ok but or well right now oh yeah yes mm great sorry then just er like".split())
_WH = frozenset("what how why who when which where".split())


class Question(NamedTuple):
    """What was asked, from the words of the interviewer's side since the customer's last full answer.

    `asks` are labels of `copilot/data/questions.yaml`, and `closed` where yes or no would answer, `choice_of` where
    alternatives are offered, `statement` where nothing was asked at all.
    """

    text: str
    asks: frozenset[str]
    words: int
    marks: int
    demands: int


def _is_closed(words: list[str]) -> bool:
    """Say whether the words of a question can be answered with yes or no."""
    rest = [w for i, w in enumerate(words) if w not in _LEAD_INS or any(v not in _LEAD_INS for v in words[:i])]
    if not rest or _WH & set(rest[:6]):
        return False
    return rest[0] in _AUXILIARIES or any(a in _AUXILIARIES and b in _SUBJECTS for a, b in pairwise(rest))


def opens_as_question(words: Sequence[str]) -> bool:
    """Say whether the words of a sentence, in small letters, open as a question does: "so how many", "do you", but not "couple hundred"."""
    first = next((w for w in words if w not in _LEAD_INS), "")
    return first in _AUXILIARIES or first.split("'")[0] in _WH


@lru_cache(maxsize=64)
def read_question(text: str) -> Question:
    """Return what a question asks for."""
    tokens = tokenize(text)
    asks = {m.label for m in Lexicon.load("questions").find(norms(text))}
    parts = [s for s in sentences(text, tokens) if text[s.start : s.end].rstrip("\"'”’)").endswith("?")]
    last = parts[-1] if parts else None
    words = [t.norm for t in (tokens[last.first : last.last] if last else tokens)]
    if not parts and not asks & {"story"}:
        asks.add("statement")
    if _is_closed(words):
        asks.add("closed")
    if last and "or" in words:
        asks.add("choice_of")
    demands = sum(t.norm in _WH for t in tokens)
    return Question(text, frozenset(asks), len(tokens), text.count("?"), demands)
