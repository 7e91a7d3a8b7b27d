"""What speaks for and against a sentence of the call telling a topic: named facts, weighed by `evals/train_claims.py`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import dropwhile
from math import exp, log
from typing import NamedTuple

from ..detectors.boundaries.names import names_in
from ..detectors.topics import told_of
from ..findings import TopicStatus
from ..guide import Topic
from ..lexicon import Lexicon, function_words, words_of
from ..quantities import find_quantities
from ..questions import read_question
from ..scoring import logistic
from ..text import norms
from ..turns import Span
from .clashes import successor
from .excerpts import digresses, is_dictated
from .figures import Card, cards
from .material import Material
from .telling import can_tell

__all__ = ["Telling", "chance_of", "tellings"]

SHORTEST = 5  # words below which a sentence says little
_OPENED = 3  # most sentences that open a turn as one
_ANSWERING = 2  # first sentences of a turn, which answer its question
_LAST = 5  # place in a turn from which sentences count alike
_WORDS, _SAID = (3, 5, 8, 12, 17, 24, 32, 40), (15, 30, 60, 100)  # words that a sentence, a turn, has more than
_FAR, _AHEAD = 8.0, 4.0  # most log odds by which a topic is unlikely, and by which it leads or trails the next one
# The log of a topic's least share in a sentence that may tell it, in a question that may ask for it, in one that does.
_TELLS, _ASKS, _PUTS = log(0.02), log(0.05), log(0.3)


class Telling(NamedTuple):
    """A sentence that may tell a topic: the words that were `said`, those to be `shown` after any correction, and the facts.

    `answers` says that it opens the answer to a question about the topic, and so stands for it where nothing better does.
    """

    topic: str
    said: Span
    shown: Span
    facts: Mapping[str, float]
    answers: bool = False


class _About(NamedTuple):
    """How much some words are about each topic, the log of its share, and the two greatest of these."""

    shares: Mapping[str, float]
    first: float
    second: float

    @classmethod
    def of(cls, material: Material, words: Sequence[str], question: str = "") -> _About:
        shares = told_of(material.guide, tuple(words), question)
        first, second, *_ = sorted((*shares.values(), -_FAR), reverse=True)
        return cls(shares, first, second)

    def facts(self, topic: str, name: str) -> dict[str, float]:
        """Return how much the words are about a topic, and how much more than about any other."""
        share = self.shares[topic]
        ahead = share - (self.second if share == self.first else self.first)
        return {name: max(share, -_FAR) / 4, f"{name} share": exp(share), f"{name} ahead": max(-_AHEAD, min(_AHEAD, ahead)) / 2}


def tellings(material: Material) -> Iterator[Telling]:
    """Yield the customers' sentences that may tell a topic that came up."""
    topics = {name: topic for name, topic in material.guide.topics.items() if _came_up(material.findings.topics[name])}
    for turn in material.findings.turns if topics else ():
        if turn.role == "customer":
            yield from _in_turn(material, turn.turn, topics)


def chance_of(telling: Telling) -> float:
    """Return the chance that a writer would put a sentence under its topic."""
    return logistic("claims.claim").judge(telling.facts)


def _came_up(status: TopicStatus) -> bool:
    return status.state not in {"open", "known"}


def _in_turn(material: Material, turn: int, topics: Mapping[str, Topic]) -> Iterator[Telling]:
    """Yield the sentences of a turn that may tell topics."""
    for sentence in _sentences(material, turn):
        for name, topic in topics.items():
            status = material.findings.topics[name]
            if sentence.may_tell(name, status) and can_tell(name, topic, sentence.shown.text):
                facts = sentence.facts(name, topic, status)
                yield Telling(name, sentence.said, sentence.shown, facts, sentence.answers(name, status))


class _Sentence(NamedTuple):
    """A sentence of a turn: the words that were said and those to be shown, its place, and what it tells.

    `about` is what its words are about, `answered` the turn with the question before it, `asked` what was said to it, None without that,
    and `is_asked` whether that asks for something. `form` are the facts that hold for any topic, `signs` those among them that speak for
    some topics, and `held` its figures.
    """

    said: Span
    shown: Span
    place: int
    about: _About
    answered: _About
    asked: _About | None
    is_asked: bool
    form: Mapping[str, float]
    signs: Sequence[str]
    held: Sequence[Card]

    def may_tell(self, name: str, status: TopicStatus) -> bool:
        """Return whether anything suggests that it tells a topic."""
        asked = self.asked is not None and self.asked.shares[name] > _ASKS
        return asked or self.said.turn in status.turns or self.about.shares[name] > _TELLS

    def answers(self, name: str, status: TopicStatus) -> bool:
        """Return whether it opens the answer to a question about a topic."""
        put = self.is_asked and self.asked is not None and self.asked.shares[name] > _PUTS
        return put and self.place == 0 and self.said.turn in status.turns

    def facts(self, name: str, topic: Topic, status: TopicStatus) -> dict[str, float]:
        """Return the facts for and against it telling a topic."""
        facts = {**self.form, **dict.fromkeys((f"{name}: {sign}" for sign in self.signs), 1.0)}
        facts |= self.about.facts(name, "told") | self.answered.facts(name, "answered")
        if self.asked is not None:
            facts |= self.asked.facts(name, "asked") | {f"asked, {min(self.place, _ANSWERING)}": exp(self.asked.shares[name])}
        if self.said.turn in status.turns:
            facts |= _informing(status, self.said.turn)
        return facts | (_figured(self.held) if "result" in topic.holds else {})


def _sentences(material: Material, turn: int) -> Iterator[_Sentence]:
    """Yield the sentences of a turn that may be cited, and neither ask nor dictate anything; none of one that digresses."""
    if digresses(material, turn):
        return
    question, whole = _question(material, turn), norms(material.turns[turn].text)
    asked = _About.of(material, (), question) if question else None
    is_asked = "statement" not in read_question(question).asks
    answered, rows = _About.of(material, whole, question), _statements(material, turn)
    for place, span in enumerate(rows):
        shown = successor(material, span) if material.is_usable(span) and not span.text.endswith("?") else None
        if shown is not None and not is_dictated(shown.text):
            held = [card for card in cards(material) if span.overlaps(card.said) and card.status != "superseded"]
            words, signs = norms(span.text), _signs(span.text, held)
            form = {**dict.fromkeys(signs, 1.0), **_form(len(words), place, len(rows), len(whole))}
            yield _Sentence(span, shown, place, _About.of(material, words), answered, asked, is_asked, form, signs, held)


def _form(words: int, place: int, count: int, said: int) -> dict[str, float]:
    """Return the facts about the length of a sentence in words, and its place among the `count` of a turn of `said` words."""
    held = {f"place {min(place, _LAST)}": True, "last": place == count - 1, "only": count == 1}
    held |= {f"words>{n}": words > n for n in _WORDS} | {f"turn>{n}": said > n for n in _SAID}
    return {name: 1.0 for name, holds in held.items() if holds}


def _signs(text: str, held: Sequence[Card]) -> list[str]:
    """Return the signs in a sentence of what it tells, such as a number or a wish."""
    shown = {
        "number": bool(find_quantities(text)), "name": bool(names_in(text)), "compared": any(card.before is not None for card in held),
        "speech": any(mark in text for mark in '"“'),
    }  # fmt: skip
    words = dict.fromkeys(match.label for match in Lexicon.at("telling.signs").find(norms(text)))
    return [*(name for name, holds in shown.items() if holds and name not in words), *words]


def _informing(status: TopicStatus, turn: int) -> dict[str, float]:
    """Return the facts about the turn of a sentence among those that inform its topic."""
    few = {"informs": 1.0, "informs, one of few": 1 / len(status.turns)}
    return few | ({"informs first": 1.0} if status.turns[0] == turn else {}) | ({"informs alone": 1.0} if len(status.turns) == 1 else {})


def _figured(held: Sequence[Card]) -> dict[str, float]:
    """Return the facts about the figures of a sentence for a topic of results: the best number of a call has its number before."""
    signs = {
        "result": bool(held), "result carries": any(c.carries for c in held), "result compared": any(c.before is not None for c in held)
    }  # fmt: skip
    return {name: 1.0 for name, holds in signs.items() if holds}


def _question(material: Material, turn: int) -> str:
    """Return what was asked right before a turn, empty if a customer spoke."""
    before = material.turns.get(turn - 1)
    return before.text if before and before.role != "customer" else ""


def _statements(material: Material, turn: int) -> list[Span]:
    """Return the sentences of a turn, the short ones that open it together with the one after them: "Toilets. We clean by footfall now.".

    One that says nothing, such as "We had, yeah.", is left out, as is one that puts its question off, and a short turn is one.
    """
    told = [s for s in material.spans(turn) if not any(s.overlaps(deferral) for deferral in material.findings.deferred)]
    said, spans = material.turns[turn], [*dropwhile(lambda s: not _says_something(s.text), told)]
    if not spans:
        return []
    least = 0 if len(norms(said.text)) >= SHORTEST else len(spans) - 1
    opening = next((n for n, s in enumerate(spans[:_OPENED]) if _stands(said.text[spans[0].start : s.end], s.text)), least)
    return [said.span(spans[0].start, spans[opening].end), *spans[opening + 1 :]]


def _stands(opening: str, last: str) -> bool:
    """Return whether sentences that open a turn say enough together, and the last of them does not break off: not "A bad Tuesday. So."."""
    return len(norms(opening)) >= SHORTEST and (_says_something(last) or len(norms(last)) > 1)


def _says_something(text: str) -> bool:
    return not set(norms(text)) <= function_words() | words_of("drafts.assenting")
