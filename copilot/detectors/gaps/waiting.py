"""A gap while it waits for its answer, and a customer's later turn, read as an answer to it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from ...findings import GapKind
from ...lexicon import Lexicon, denies, words_of
from ...quantities import Quantity
from ...questions import Question, read_question
from ...reading import Reading, once_for_all, passages
from ...text import ACRONYM, Sentence, is_question, norms, sentences, stem, tokenize
from ..replies import does_not_know, replies
from ..topics import Chances, informs
from .threads import count_announced, items_named

__all__ = ["COUNTED_ON_A_HAND", "Amount", "Answer", "OpenGap", "amounts_of", "content_stems", "open_gap", "read_answers", "stems_said"]

_NAMED = re.compile(r"[A-Z](?<=[a-z,] .)[a-z]+")
COUNTED_ON_A_HAND = 5
"""Largest number that is said of too many things to tell what it is said of."""
_OPENING = 3
"""First sentences of an answer, in which a refusal is about the question; later ones refuse something else."""


def content_stems(words: Iterable[str]) -> frozenset[str]:
    """Return the stems of the words that carry content, and numbers as they are."""
    return frozenset(filter(None, map(_content_stem, words)))


@once_for_all
def stems_said(reading: Reading) -> frozenset[str]:
    """Return the stems of the words of a turn that carry content."""
    return content_stems(reading.norms)


@lru_cache(maxsize=8192)
def _content_stem(word: str) -> str:
    """Return the stem of a word that carries content, "" for other words."""
    if len(word) <= 2 or word in words_of("closings.little"):
        return ""
    return word if word[0].isdigit() else stem(word.partition("'")[0] or word)


Amount = tuple[Decimal, Decimal, str]
"""The lower and the upper end of a quantity, and its unit, "" for a bare number."""


class OpenGap(NamedTuple):
    """What is kept of a gap while it waits for its answer: its place, its words' stems, the `numbers` and `amounts` of its sentence.

    `proposed` are the amounts without a source that its turn agrees to and does not say: "Two million?" "Yeah, something like that."
    """

    turn: int
    kind: GapKind
    topic: str
    acronyms: frozenset[str]
    trigger: frozenset[str]
    sentence: frozenset[str]
    answer: frozenset[str]
    question: frozenset[str]
    speaker: str
    words: int
    units: frozenset[str]
    numbers: frozenset[Decimal]
    amounts: frozenset[Amount]
    proposed: frozenset[Amount]
    items: int
    sentences: int
    sentences_after: int
    informs: Chances


def read_answers(reading: Reading) -> tuple[Answer, ...]:
    """Return the passages of a customer's turn as answers."""
    parts = passages(reading)
    return tuple([read_answer(part, len(parts)) for part in parts])


def open_gap(reading: Reading, start: int, end: int, kind: GapKind, topic: str) -> OpenGap:
    """Return the data to keep for a gap on reading.turn.text[start:end]."""
    sentence = reading.sentence_at(start)
    inside = reading.tokens_in(sentence) if sentence else reading.tokens
    after = [s for s in reading.sentences if s.start > start]
    told = reading.quantities_in(sentence) if sentence else reading.quantities
    return OpenGap(
        reading.turn.turn,
        kind,
        topic,
        frozenset(m.group().removesuffix("s").lower() for m in ACRONYM.finditer(reading.turn.text, start, end)),
        content_stems(t.norm for t in reading.tokens if start <= t.start < end),
        content_stems(t.norm for t in inside),
        stems_said(reading),
        content_stems(norms(reading.question)),
        reading.turn.speaker,
        reading.words,
        _units(reading),
        _numbers(told),
        amounts_of(told),
        _proposed(reading) if kind == "unsourced" else frozenset(),
        count_announced(reading, sentence) if sentence else 0,
        len(reading.sentences),
        len(after),
        informs(reading),
    )


def _units(reading: Reading) -> frozenset[str]:
    """Return the units of the numbers of a turn, "" for a bare number."""
    return frozenset(q.unit or "" for q in reading.quantities)


def _proposed(reading: Reading) -> frozenset[Amount]:
    """Return the amounts of the question before a turn that agrees to it and says none itself."""
    if reading.asked is None or reading.quantities or not _agrees(reading):
        return frozenset()
    return amounts_of(reading.asked.quantities)


def _agrees(reading: Reading) -> bool:
    """Return whether a turn opens with agreement."""
    opens = any(m.label == "agrees" and m.first == 0 for m in replies(reading))
    return opens and not any(map(denies, reading.norms[:1]))


def _numbers(quantities: Iterable[Quantity]) -> frozenset[Decimal]:
    """Return the values of quantities that are large enough to be told from others."""
    return frozenset(v for q in quantities for v in (q.low, q.high) if v > COUNTED_ON_A_HAND)


def amounts_of(quantities: Iterable[Quantity]) -> frozenset[Amount]:
    """Return what quantities amount to, the values before that they tell among them."""
    return frozenset((q.low, q.high, q.unit or "") for told in quantities for q in (told, told.baseline) if q is not None)


class Part(NamedTuple):
    """A sentence of an answer: its content, and what it contains that a gap may lack."""

    stems: frozenset[str]
    holds: frozenset[str]
    explained: frozenset[str]


def _explained(reading: Reading, sentence: Sentence) -> frozenset[str]:
    """Return the stems of what a sentence says what it is: "the Larder is our name for", "In Heron, so the monorepo"."""
    out = []
    for i in range(sentence.first, sentence.last - 1):
        word, after = reading.norms[i], reading.norms[i + 1]
        comma = "," in reading.turn.text[reading.tokens[i].end : reading.tokens[i + 1].start]
        if "'s" in word or after in words_of("closings.is_what") or (comma and after in words_of("closings.that_is")):
            out.append(word)
    return content_stems(out)


def _asking(question: str) -> tuple[str, ...]:
    """Return the words of the sentences of a question that ask, without those that only echo the answer before; all if none asks."""
    tokens = tokenize(question)
    parts = sentences(question, tokens)
    asking = [s for s in parts if is_question(question, s.start, s.end)] or parts
    return tuple([t.norm for s in asking for t in tokens[s.first : s.last]])


class Answer(NamedTuple):
    """A later customer's turn with the question before it, prepared once for all gaps that it may close.

    It may be one of several `passages` of the turn. `knows` is False where it opens by saying that the speaker does not know.
    """

    reading: Reading
    question: Question
    asked: frozenset[str]
    sought: frozenset[str]
    said: frozenset[str]
    raw: tuple[str, ...]
    asking: tuple[str, ...]
    moves_on: bool
    parts: tuple[Part, ...]
    numbers: frozenset[Decimal]
    numbers_asked: frozenset[Decimal]
    items: frozenset[int]
    declines: bool
    defers: bool
    agrees: bool
    informs: Chances
    passages: int = 1
    knows: bool = True

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
        if reading.find(Lexicon.at("closings.returns"), sentence):
            holds.add("return")
        out.append(Part(content_stems(words), frozenset(holds), _explained(reading, sentence)))
    return tuple(out)


def read_answer(reading: Reading, passages: int = 1) -> Answer:
    """Return a customer's turn, or one of its passages, as an answer."""
    question = read_question(reading.question)
    raw, asking = norms(reading.question), _asking(reading.question)
    leads = any(a in {"so", "okay", "right"} and b in {"um", "and", "so", "then"} for a, b in pairwise(raw))
    said = stems_said(reading)
    moves_on = leads or bool(words_of("closings.moves_on") & set(raw))
    told = {m.label: m.first for m in reversed(replies(reading))}
    opening = reading.sentences[:_OPENING][-1].last if reading.sentences else 0
    return Answer(
        reading, question, content_stems(raw), content_stems(asking), said, raw, asking, moves_on, _parts(reading),
        numbers=_numbers(reading.quantities),
        numbers_asked=_numbers(reading.asked.quantities) if reading.asked else frozenset(),
        items=items_named(reading.norms) | items_named(raw),
        agrees=_agrees(reading),
        declines=told.get("declines", opening) < opening, defers=told.get("defers", opening) < opening,
        informs=informs(reading), passages=passages, knows=not does_not_know(reading),
    )  # fmt: skip
