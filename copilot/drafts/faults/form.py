"""The form of a paragraph: plain text of a bearable length, one good question where it has to be one, none of the program's terms."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...grounding import MARKUP
from ...lexicon import words_of
from ...probes.lint import lint_question
from ...text import count_words
from ..material import Material
from ..requests import wanted
from .rule import Passage, norms_of, stems_of

__all__ = ["form", "labels", "questions", "sameness"]

LONGEST = 120
"""Most words of a paragraph."""
QUESTION = 30
"""Most words of a question."""
_MARKUP = re.compile(rf"{MARKUP.pattern}|^#|@")
_ADDRESS = re.compile(r"\b\w+\.[a-z]{2,}\b")


def form(text: str, passage: Passage, material: Material) -> Iterator[str]:
    """Yield what makes a text no paragraph, or no question where it has to be one."""
    linked = any(m.group() not in fact for m in _ADDRESS.finditer(text) for fact in [" ".join(passage.facts)])
    if linked or _MARKUP.search(text) or count_words(text) > (QUESTION if passage.question else LONGEST):
        yield "it is not one paragraph of plain text of a bearable length"
    if passage.question and (text.count("?") != 1 or not text.endswith("?")):
        yield "it is not one question"


def questions(text: str, passage: Passage, material: Material) -> Iterator[str]:
    """Yield why a question is none that a good interviewer would ask: it leads, assumes, asks two things."""
    yield from (f"“{fault.text}” is {fault.rule}" for fault in (lint_question(text) if passage.question else ()))


def sameness(text: str, passage: Passage, material: Material) -> Iterator[str]:
    """Yield that a question asks for something else than it has to: another kind of thing, or about none of what it is about."""
    if not passage.asked:
        return
    want, wants = wanted(passage.asked), wanted(text)
    shared = stems_of(text) & frozenset().union(*map(stems_of, (passage.asked, *(said.text for said in passage.said))))
    if (want and wants and want != wants) or (want != wants and not shared) or not (want or wants or shared):
        yield f"it does not ask the same as “{passage.asked}”"


def labels(text: str, passage: Passage, material: Material) -> Iterator[str]:
    """Yield the program's internal terms."""
    internal = words_of("drafts.internal") - {*passage.words}
    yield from (f"“{word}” is a label of ours" for word in norms_of(text) if word in internal)
