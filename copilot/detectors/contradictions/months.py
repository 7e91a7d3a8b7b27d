"""Months in which a project was signed, begun and ended: those of an answer that are not those of the background."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ...lexicon import Lexicon
from ...quantities.words import lists
from ...reading import Reading
from ...text import Token, norms, tokenize
from .clash import Clash, Scene

__all__ = ["months_of", "of_months"]

_ACCOUNT = 12  # first sentences of an answer that gives the course of a project
_WHEN = re.compile(r"\bwhen\b", re.IGNORECASE)
_EVENTS = ("signs", "begins", "ends")


def months_of(tokens: Sequence[Token], text: str) -> list[tuple[int, str]]:
    """Return the places and names of the months in a text; "may" and "march" need a capital."""
    out = []
    for n, t in enumerate(tokens):
        if t.norm in lists().months and len(t.norm) > 2 and (t.norm not in {"may", "march", "mar"} or text[t.start].isupper()):
            out.append((n, t.norm[:3]))
    return out


def of_months(scene: Scene) -> Iterator[Clash]:
    """Yield the month of an answer that differs from the notes: "I have the contract in January" "Contract was in April"."""
    reading = scene.reading
    if reading.asked is None:
        return
    question = Scene.of(reading.asked, scene.past)
    told = [(n, m) for n, m in months_of(reading.tokens, reading.turn.text) if _is_opening(reading, n) and not _is_planned(scene, n)]
    for put, events in _months_put(question) if told else ():
        held = [(n, m) for n, m in told if events & _events_at(scene, n) and len(_events_at(scene, n)) == 1]
        if held and not {m for _, m in held} & put:
            yield scene.clash_with_background(_fact_of(reading, put), *_sentence_span(reading, held[0][0]))
            return


def _fact_of(reading: Reading, months: set[str]) -> str:
    """Return the background's fact that contains one of some months."""
    return next(f for f in reading.background.customer.facts if _fact_months((f,)) & months)


def _months_put(question: Scene) -> Iterator[tuple[set[str], set[str]]]:
    """Yield the background's months that a question is about, each with the steps of a project that it names with them."""
    asked = question.reading
    facts = asked.background.customer.facts
    known = _fact_months(facts)
    for n, month in months_of(asked.tokens, asked.turn.text) if "confirms" in question.cues else ():
        if month in known:
            sentence = asked.sentence_with(n)
            yield {month}, _events(question, sentence.first, sentence.last)
    ends = set(_fact_months(tuple(f for f in facts if _is_end(f)))) if "ends" in question.cues and _WHEN.search(asked.turn.text) else None
    if ends:
        yield ends, {"ends"}


def _is_end(fact: str) -> bool:
    """Return whether a fact is about the end of a project."""
    return any(m.label == "ends" for m in Lexicon.load("contradictions").find(norms(fact)))


def _events(scene: Scene, first: int, last: int) -> set[str]:
    """Return the steps of a project that tokens[first:last] name."""
    return {event for event in _EVENTS if scene.has(event, first, last)}


def _events_at(scene: Scene, n: int) -> set[str]:
    """Return the steps of a project that a word's sentence names, or the one before."""
    sentences = scene.reading.sentences
    at = sentences.index(scene.reading.sentence_with(n))
    return _events(scene, sentences[at].first, sentences[at].last) or _events(scene, sentences[max(0, at - 1)].first, sentences[at].last)


@lru_cache(maxsize=64)
def _fact_months(facts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(m for fact in facts for _, m in months_of(tokenize(fact), fact))


def _is_opening(reading: Reading, n: int) -> bool:
    return reading.sentence_with(n) in reading.sentences[:_ACCOUNT]


def _is_planned(scene: Scene, n: int) -> bool:
    return scene.within("planned", scene.reading.sentence_with(n))


def _sentence_span(reading: Reading, n: int) -> tuple[int, int]:
    sentence = reading.sentence_with(n)
    return sentence.start, sentence.end
