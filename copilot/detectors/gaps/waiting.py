"""A gap while it waits for its answer, and a customer's later turn, read as an answer to it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from ...findings import GapKind
from ...lexicon import Lexicon, words_of
from ...questions import Question, read_question
from ...reading import Reading
from ...text import stem
from ..topics import Chances, informs

__all__ = ["Answer", "OpenGap", "content_stems", "open_gap", "read_answer"]

_NAMED = re.compile(r"[A-Z](?<=[a-z,] .)[a-z]+")
_OPENING = 3
"""First sentences of an answer, in which a refusal is about the question; later ones refuse something else."""


def content_stems(words: Iterable[str]) -> frozenset[str]:
    """Return the stems of the words that carry content, and numbers as they are."""
    return frozenset(filter(None, map(_content_stem, words)))


@lru_cache(maxsize=8192)
def _content_stem(word: str) -> str:
    """Return the stem of a word that carries content, "" for other words."""
    if len(word) <= 2 or word in words_of("closings.little"):
        return ""
    return word if word[0].isdigit() else stem(word.partition("'")[0] or word)


class OpenGap(NamedTuple):
    """What is kept of a gap while it waits for its answer."""

    turn: int
    kind: GapKind
    topic: str
    trigger: frozenset[str]
    sentence: frozenset[str]
    answer: frozenset[str]
    speaker: str
    words: int
    units: frozenset[str]
    sentences: int
    sentences_after: int
    informs: Chances


def open_gap(reading: Reading, start: int, end: int, kind: GapKind, topic: str) -> OpenGap:
    """Return the data to keep for a gap on reading.turn.text[start:end]."""
    sentence = reading.sentence_at(start)
    inside = reading.tokens[sentence.first : sentence.last] if sentence else reading.tokens
    after = [s for s in reading.sentences if s.start > start]
    return OpenGap(
        reading.turn.turn,
        kind,
        topic,
        content_stems(t.norm for t in reading.tokens if start <= t.start < end),
        content_stems(t.norm for t in inside),
        content_stems(reading.norms),
        reading.turn.speaker,
        reading.words,
        _units(reading),
        len(reading.sentences),
        len(after),
        informs(reading),
    )


def _units(reading: Reading) -> frozenset[str]:
    """Return the units of the numbers of a turn, "" for a bare number."""
    return frozenset(q.unit or "" for q in reading.quantities)


class Part(NamedTuple):
    """A sentence of an answer: its content, and what it contains that a gap may lack."""

    stems: frozenset[str]
    holds: frozenset[str]


class Answer(NamedTuple):
    """A later customer's turn with the question before it, prepared once for all gaps that it may close."""

    reading: Reading
    question: Question
    asked: frozenset[str]
    said: frozenset[str]
    labels: frozenset[str]
    raw: tuple[str, ...]
    moves_on: bool
    calls_back: bool
    parts: tuple[Part, ...]
    declines: bool
    defers: bool
    informs: Chances

    @property
    def is_asked(self) -> bool:
        """Whether a question comes before it, and no mere statement."""
        return bool(self.raw) and "statement" not in self.question.asks

    @property
    def units(self) -> frozenset[str]:
        """The units of its numbers, "" for a bare one."""
        return _units(self.reading)


def _parts(reading: Reading) -> tuple[Part, ...]:
    """Return the sentences of a turn with what each contains: a number, an explanation, a reason, an example, an ordinal, a name."""
    out = []
    for sentence in reading.sentences:
        words = reading.words_in(sentence)
        holds = reading.cue_labels(sentence) & {"explain", "reason", "example", "second"}
        if reading.quantities_in(sentence):
            holds.add("number")
        if _NAMED.search(reading.turn.text, sentence.start, sentence.end):
            holds.add("name")
        if not words_of("closings.ordinals").isdisjoint(words):
            holds.add("ordinal")
        out.append(Part(content_stems(words), frozenset(holds)))
    return tuple(out)


def read_answer(reading: Reading) -> Answer:
    """Return a customer's turn as an answer."""
    question = read_question(reading.question)
    raw = tuple(w.strip("?.,!\"'") for w in reading.question.lower().replace("’", "'").split())
    leads = any(a in {"so", "okay", "right"} and b in {"um", "and", "so", "then"} for a, b in pairwise(raw))
    said = content_stems(reading.norms)
    labels = frozenset(m.label for m in reading.cues)
    calls = words_of("closings.calls_back")
    calls_back = any(f"{a} {b}" in calls for a, b in pairwise(raw)) or "earlier" in raw
    moves_on = leads or bool(words_of("closings.moves_on") & set(raw))
    replies = {m.label: m.first for m in reversed(reading.find(Lexicon.load("replies")))}
    opening = reading.sentences[:_OPENING][-1].last if reading.sentences else 0
    return Answer(
        reading, question, content_stems(raw), said, labels, raw, moves_on, calls_back, _parts(reading),
        declines=replies.get("declines", opening) < opening, defers="defers" in replies,
        informs=informs(reading),
    )  # fmt: skip
