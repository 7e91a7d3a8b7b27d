"""Deferred answers: a question that a customer puts off to somebody or something that has the answer, or to when there will be one."""

from __future__ import annotations

from collections.abc import Sequence

from ..findings import Deferral
from ..lexicon import Lexicon, words_of
from ..questions import asks_leave, read_question
from ..reading import Reading
from ..text import Sentence, norms
from .replies import is_held, is_name, replies

__all__ = ["TELLING", "find_deferred"]

OPENING = 3  # sentences of an answer within which its question is put off
TELLING = 13  # words from which an answer, or its next sentence, may tell something beside withholding what was asked
LONGEST = 40  # words of a turn that does no more than put a question off


def find_deferred(reading: Reading) -> tuple[Deferral, ...]:
    """Return where a customer's turn puts off the question before it, with who has the answer where that is said; one at most.

    An answer that gives a number, or goes on at length, puts nothing off.
    """
    asked = _asked(reading)
    if asked is None or reading.quantities or reading.words > LONGEST:
        return ()
    opening = reading.sentences[:OPENING]
    at = next((n for n, s in enumerate(opening) if _puts_off(reading, s, asked)), None)
    if at is None:
        return ()
    here, *after = reading.sentences[at : at + 2]
    owner = next((name for s in (here, *after) if (name := _owner(reading, s))), None)
    end = next((s.end for s in after if _goes_on(reading, s)), here.end)
    span = reading.turn.span(here.start, end)
    return (Deferral(**span.model_dump(), asked=asked, owner=owner),)


def _goes_on(reading: Reading, sentence: Sentence) -> bool:
    """Return whether the sentence after one that puts a question off tells nothing: it is short, promises an answer, or says who has it."""
    if len(reading.words_in(sentence)) < TELLING:
        return True
    promised = any(m.label == "defers" and sentence.first <= m.first < sentence.last for m in replies(reading))
    return promised or bool(_labels(reading, sentence)) or _owner(reading, sentence) is not None


def _labels(reading: Reading, sentence: Sentence) -> set[str]:
    """Return what a sentence does to its question: it puts it off, or says why; one that "asks back" does where it begins a clause."""
    found = reading.find(Lexicon.load("deferred"), sentence)
    return {m.label for m in found if m.label != "asks_back" or _begins(reading, m.first, sentence)}


def _puts_off(reading: Reading, sentence: Sentence, asked: str) -> bool:
    """Return whether a sentence puts a question off: to somebody, or to when there is an answer."""
    found = _labels(reading, sentence)
    return bool(found & {"puts_off", "asks_back"}) or ("lacks" in found and _asks_number(asked))


def _begins(reading: Reading, i: int, sentence: Sentence) -> bool:
    """Return whether a word begins a clause: its sentence's first, or after a mark or a word that joins clauses."""
    if i == sentence.first or reading.norms[i - 1] in words_of("deferred.lists.joining"):
        return True
    return not reading.turn.text[reading.tokens[i - 1].end : reading.tokens[i].start].isspace()


def _asks_number(asked: str) -> bool:
    """Return whether a question asks for a number."""
    return "number" in read_question(asked).asks or not words_of("deferred.lists.numbers").isdisjoint(norms(asked))


def _asked(reading: Reading) -> str | None:
    """Return the question of the interviewer's side right before a customer's turn, None where there is none, or it asks for leave."""
    asked = reading.asked
    if not reading.is_customer or asked is None:
        return None
    question = next((s for s in reversed(asked.sentences) if asked.asks(s)), None)
    if question is None or asks_leave(asked.words_in(question)):
        return None
    return asked.turn.text[question.start : question.end]


def _owner(reading: Reading, sentence: Sentence) -> str | None:
    """Return who or what has the answer: the first name that stands where its owner does, or a part of the company."""
    for i in range(sentence.first, sentence.last):
        if is_name(reading, i, sentence):
            return _whole_name(reading, i, sentence)
        if reading.norms[i] in words_of("deferred.lists.parts") and _is_placed(reading.norms, i, sentence):
            return reading.turn.text[slice(*reading.cite(i, i + 1))]
    return None


def _whole_name(reading: Reading, first: int, sentence: Sentence) -> str:
    """Return the name that begins at a word: its words with a capital letter, an "and" between them too."""
    text, tokens = reading.turn.text, reading.tokens
    last = first + 1
    for i in range(first + 1, sentence.last):
        if text[tokens[i - 1].end : tokens[i].start] != " " or not (is_name(reading, i, sentence) or reading.norms[i] == "and"):
            break
        last = i + 1 if reading.norms[i] != "and" else last
    return text[tokens[first].start : tokens[last - 1].end].removesuffix("'s").removesuffix("’s")


def _is_placed(said: Sequence[str], i: int, sentence: Sentence) -> bool:
    """Return whether a word stands where whoever has the answer does: "ask our finance", "finance has it"."""
    before = said[max(sentence.first, i - 2) : i]
    return not words_of("deferred.lists.leads").isdisjoint(before) or is_held(said, i, sentence)
