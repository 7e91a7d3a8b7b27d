"""What an interviewer's question asks for: a number, a name, a reason, a story, yes or no."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from .lexicon import Lexicon, words_of
from .text import is_question, norms, sentences, tokenize

__all__ = ["Question", "asks_leave", "opens_as_question", "question_words", "read_question"]


class Question(NamedTuple):
    """What the interviewer's side asked since the customer's last full answer.

    `asks` are labels of `copilot/data/questions.yaml`, and `closed` if yes or no would be an answer, `choice_of` if alternatives
    are offered, `statement` if nothing was asked. `words` is the length in words, `marks` the number of question marks, and
    `demands` the number of question words ("what", "how").
    """

    text: str
    asks: frozenset[str]
    words: int
    marks: int
    demands: int


def _is_closed(words: list[str]) -> bool:
    """Return whether the words of a question can be answered with yes or no."""
    lead_ins, auxiliaries, subjects = (words_of(f"questions.lists.{name}") for name in ("lead_ins", "auxiliaries", "subjects"))
    rest = [w for i, w in enumerate(words) if w not in lead_ins or any(v not in lead_ins for v in words[:i])]
    if not rest or words_of("questions.lists.wh") & set(rest[:6]):
        return False
    return rest[0] in auxiliaries or any(a in auxiliaries and b in subjects for a, b in pairwise(rest))


def opens_as_question(words: Sequence[str]) -> bool:
    """Return whether the norms of a sentence open like a question: "so how many", "do you", but not "couple hundred"."""
    lead_ins = words_of("questions.lists.lead_ins")
    first = next((w for w in words if w not in lead_ins), "")
    return first in words_of("questions.lists.auxiliaries") or first.split("'")[0] in words_of("questions.lists.wh")


def asks_leave(words: Sequence[str]) -> bool:
    """Return whether the norms of a question ask for leave, and for no answer: "can we use that?"."""
    return bool(Lexicon.at("questions.leave").find(words))


def question_words(text: str) -> tuple[str, ...]:
    """Return the question words of a text, in order: "what", "how"."""
    return tuple(norm for norm in norms(text) if norm in words_of("questions.lists.wh"))


@lru_cache(maxsize=64)
def read_question(text: str) -> Question:
    """Return what a question asks for."""
    tokens = tokenize(text)
    asks = {m.label for m in Lexicon.load("questions").find(norms(text))}
    parts = [s for s in sentences(text, tokens) if is_question(text, s.start, s.end)]
    last = parts[-1] if parts else None
    words = [t.norm for t in (tokens[last.first : last.last] if last else tokens)]
    if not parts and not asks & {"story"}:
        asks.add("statement")
    if _is_closed(words):
        asks.add("closed")
    if last and "or" in words:
        asks.add("choice_of")
    return Question(text, frozenset(asks), len(tokens), text.count("?"), len(question_words(text)))
