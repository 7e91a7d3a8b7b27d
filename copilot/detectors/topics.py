"""Which topics and sections of the guide a customer's turn informs.

A scorer weighs named facts about a turn and the question it answers: phrases that ask for a topic, words of the question,
phrases and words of the answer. Each fact has weights for sections, for asides (talk around the story), and for topics (see
`topic_weights`). A conversation stays in its section or moves to the next: this belief is carried from turn to turn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import exp, log, log1p, sqrt
from operator import itemgetter
from typing import NamedTuple

from ..findings import Touch
from ..guide import Guide
from ..lexicon import Lexicon
from ..reading import Reading, once, once_for_all
from ..statements.dimensions import asked_dimension, holds
from ..text import is_question, norms, sentences, stem, tokenize
from .firms import without_firms
from .metrics import find_metrics
from .replies import is_name
from .topic_weights import Scorer, scorer_of

__all__ = [
    "Chances",
    "chances",
    "exchange_facts",
    "find_brushed",
    "find_sections",
    "find_topics",
    "informed",
    "informs",
    "question_of",
    "told_of",
    "topic_asked",
    "topic_of_question",
]

SECTION_CHANCE = 0.35  # from which a turn informs a section
TOPIC_CHANCE = 0.2  # from which a turn touches a topic
ASKED_CHANCE = 0.1  # from which a question alone asks for a topic: nothing of the answer speaks for it
BRUSHED = 0.1  # weight from which it may: on calls unknown to the weights 9 of 13 untouched topics below it lacked something, 5 of 16 above
TOUCHED = 0.5  # weight from which a topic brings its section along
STAYS, MOVES_ON = 0.8, 0.1  # chances that the next answer is of the same section, of the next one
OPENS = 0.7  # chance that a call's first answer is of the first section
ASIDES = 0.2  # share of customers' turns that are talk around the story
FOLLOWED = 5  # answers by which the conversation is followed
REMEMBERED = 256  # answers whose odds are kept: enough for forty calls at once, each of which looks back at FOLLOWED
TELLING = 2.0  # strength of the topics that a turn informs as facts of its sentences, relative to a word of these
IN_PASSING = 0.1  # chance up to which a topic is no such fact but touched in passing
FULL = 25  # words from which an answer can be a full one
HELD = 0.6  # chance of a user's own topic from a figure of a kind that it holds: more likely than not
SIZES = frozenset({"share", "amount"})  # what a question can ask for that a number of any unit answers
LENGTHS = (5, 15, 40)
AMPLE = 30  # different words of an answer from which each counts less: a long one says a little about much


class Exchange(NamedTuple):
    """A question, and the text of its answer."""

    question: str
    answer: str


class Told(NamedTuple):
    """What a turn tells of a topic: the chance that it informs it, and how full an answer it is (0 to 1)."""

    topic: str
    chance: float
    full: float


class Chances(NamedTuple):
    """What a turn informs: the chance of each section and of each topic, in the guide's order."""

    sections: tuple[float, ...]
    topics: tuple[float, ...]


@once
def informs(reading: Reading) -> Chances:
    """Return what a turn informs according to its guide."""
    return chances(scorer_of(reading.guide), reading)


def informed(reading: Reading) -> dict[str, float]:
    """Return what a turn informs as facts about each of its sentences: the chance of each section and topic, without topics in passing.

    Of a user's own guide, only those that the default guide has too are facts that a scorer knows.
    """
    found, guide = informs(reading), reading.guide
    sections = zip((s.id for s in guide.sections), found.sections, strict=True)
    topics = (row for row in zip(guide.topics, found.topics, strict=True) if row[1] > IN_PASSING)
    return {f"informs {name}": TELLING * chance for name, chance in (*sections, *topics) if guide.standard.get(name) == name}


def find_topics(reading: Reading) -> tuple[Touch, ...]:
    """Return the topics that a customer's turn informs, strongest first, each with the weight of the evidence (0 to 1)."""
    if not reading.is_customer or not reading.tokens:
        return ()
    found = [(row.chance * row.full, row.topic) for row in _told(reading) if row.chance >= TOPIC_CHANCE]
    return tuple(Touch(turn=reading.turn.turn, topic=topic, weight=round(w, 3)) for w, topic in sorted(found, key=lambda f: (-f[0], f[1])))


def find_brushed(reading: Reading) -> tuple[str, ...]:
    """Return the topics that a customer's turn may inform: those that it informs, and those with too little evidence for that.

    The chance of a topic that no weights were trained for is too rough to tell the latter.
    """
    if not reading.is_customer or not reading.tokens:
        return ()
    scorer = scorer_of(reading.guide)
    least = (TOPIC_CHANCE if known is None else BRUSHED for known in scorer.known[len(scorer.sections) + 1 :])
    return tuple(row.topic for row, enough in zip(_told(reading), least, strict=True) if row.chance * row.full >= enough)


def _told(reading: Reading) -> list[Told]:
    """Return what a customer's turn tells of each topic, in the guide's order.

    A short answer may leave much unsaid, but a figure is all of it where the topic holds its kind, or was asked for it. Such a figure is
    also evidence for a user's own topic, whose words may not be heard beside it; those of the default guide are told without.
    """
    guide, kinds = reading.guide, {m.kind for m in find_metrics(reading)}
    full, answered = min(1.0, reading.words / FULL), _answered(reading)
    held = {holder for kind in kinds if (holder := guide.holder(kind)) and guide.standard.get(holder) != holder}
    complete = {name for name, topic in guide.topics.items() if name == answered or not kinds.isdisjoint(topic.holds)}
    rows = zip(guide.topics, informs(reading).topics, strict=True)
    return [Told(name, max(chance, HELD if name in held else 0.0), 1.0 if name in complete else full) for name, chance in rows]


def _answered(reading: Reading) -> str | None:
    """Return the topic whose question for a number or a person a customer's turn answers; None for any other question or answer.

    The answer is about that topic more than about any other: those who were also looked at are no answer to who decided.
    """
    asked = asked_dimension(reading.question)
    if asked == "person":
        told = any(is_name(reading, i, s) for s in reading.sentences for i in range(s.first, s.last))
    else:
        told = any(asked in SIZES or holds(quantity, asked) for quantity in reading.quantities)
    asked_for = topic_of_question(reading) if told else None
    return asked_for if asked_for == _likeliest(reading, informs(reading)) else None


def find_sections(reading: Reading, touches: Sequence[Touch] = ()) -> tuple[str, ...]:
    """Return the sections that a customer's turn informs, in the guide's order; none for an aside.

    `touches` are the turn's topics; a topic that is more likely than not implies its section.
    """
    if not reading.is_customer or not reading.tokens:
        return ()
    scorer = scorer_of(reading.guide)
    touched = {scorer.section_of[scorer.topics.index(t.topic)] for t in touches if t.weight > TOUCHED}
    found = informs(reading).sections
    return tuple(s for i, s in enumerate(scorer.sections) if found[i] >= SECTION_CHANCE or i in touched)


def topic_asked(reading: Reading) -> str | None:
    """Return the topic that a customer's turn belongs to even if it says nothing about it, such as a refusal; None for small talk."""
    if not reading.is_customer:
        return None
    found = informs(reading)
    # A refusal is an aside, which lowers every topic's chance equally.
    return _likeliest(reading, found, TOPIC_CHANCE * min(1.0, sum(found.sections)) / 2)


def topic_of_question(reading: Reading) -> str | None:
    """Return the topic that the question before a customer's turn asks for, whatever the answer is about; None if it asks for none."""
    return _likeliest(reading, _followed(scorer_of(reading.guide), reading, ""), ASKED_CHANCE)


def _likeliest(reading: Reading, found: Chances, least: float = 0.0) -> str | None:
    """Return the likeliest topic of the guide, the first of equals; None if its chance is below `least`."""
    chance, topic = max(zip(found.topics, reading.guide.topics, strict=True), key=itemgetter(0))
    return topic if chance >= least else None


@once_for_all
def question_of(reading: Reading) -> str:
    """Return what was asked before a customer's turn, the firms of the call in other words than their names, which no weight knows."""
    return without_firms(reading.question, reading.background)


def exchange_facts(question: str, answer: Sequence[str], asks: Lexicon, cues: Lexicon) -> dict[str, float]:
    """Return the facts about an answer and its question, each with its strength.

    `spoken:T` a phrase that asks for T anywhere before the answer, `ask:T` in the question itself, `word:S` a stem of the question,
    `cue:T` phrases of the answer, `told:S` a stem of the answer (less in a long one), `words:N` at least N words.
    """
    facts: dict[str, float] = {}
    tokens = tokenize(question)
    spans = sentences(question, tokens)
    questions = [s for s in spans if is_question(question, s.start, s.end)] or spans[-1:]
    asking = {i for s in questions for i in range(s.first, s.last)}
    for match in asks.find([t.norm for t in tokens]):
        facts[f"spoken:{match.label}"] = 1.0
        if match.first in asking:
            facts[f"ask:{match.label}"] = 1.0
    facts.update((f"word:{stem(tokens[i].norm)}", 1.0) for i in asking)
    facts.update((f"cue:{label}", log1p(n)) for label, n in Counter(m.label for m in cues.find(answer)).items())
    told = dict.fromkeys(map(stem, answer))
    facts.update((f"told:{word}", sqrt(AMPLE / max(AMPLE, len(told)))) for word in told)
    facts.update((f"words:{n}", 1.0) for n in LENGTHS if len(answer) >= n)
    return facts


# Following the conversation


def chances(scorer: Scorer, reading: Reading) -> Chances:
    """Return what a customer's turn informs, with the conversation followed through the readings before it."""
    return _followed(scorer, reading, reading.turn.text)


def _followed(scorer: Scorer, reading: Reading, answer: str) -> Chances:
    """Return what an answer informs in the place of a customer's turn, after the exchanges before it."""
    begins = (reading.before or (reading,))[0].turn.turn == 1
    before = [r for r in reading.before if r.is_customer][-FOLLOWED:]
    exchanges = (*(Exchange(question_of(r), r.turn.text) for r in before), Exchange(question_of(reading), answer))
    return _chances(scorer, exchanges, begins=begins)


@lru_cache(maxsize=REMEMBERED // FOLLOWED)  # a turn is asked for its topics, its sections, and by each of its gaps
def _chances(scorer: Scorer, exchanges: tuple[Exchange, ...], *, begins: bool) -> Chances:
    """Return what the last of some exchanges informs; `begins` says that the call begins with them."""
    count = len(scorer.sections)
    belief = [OPENS] + [(1 - OPENS) / count] * (count - 1) if begins else [1 / count] * count
    *before, odds = (_odds(scorer, exchange) for exchange in exchanges)
    for earlier in before:
        belief = _follow(_move(belief), earlier)[1]
    sections, _ = _follow(_move(belief), odds)
    lifts = [count * chance + 1e-3 for chance in sections]
    lifted = (o * lifts[of] for o, of in zip(odds[count + 1 :], scorer.section_of, strict=True))
    return Chances(tuple(sections), tuple(o / (1 + o) for o in lifted))


def _move(belief: Sequence[float]) -> list[float]:
    """Return the belief about the section of the next answer: the same as before, the next one, or any."""
    jump = (1 - STAYS - MOVES_ON) / len(belief)
    moved = [jump + STAYS * here + MOVES_ON * prior for here, prior in zip(belief, (0.0, *belief), strict=False)]
    total = sum(moved)
    return [m / total for m in moved]


def _follow(expected: Sequence[float], odds: Sequence[float]) -> tuple[list[float], list[float]]:
    """Return the chance of each section for a turn, and the belief after it: an aside leaves the section unchanged."""
    joint = [e * o for e, o in zip(expected, odds, strict=False)]
    aside = odds[len(expected)] * ASIDES / (1 - ASIDES)
    total = sum(joint) + aside
    kept = aside / total
    told = [j / total for j in joint]
    return told, [kept * e + t for e, t in zip(expected, told, strict=True)]


@lru_cache(maxsize=REMEMBERED)  # the next turns look at an answer as what came before
def _odds(scorer: Scorer, exchange: Exchange) -> tuple[float, ...]:
    """Return the odds of each label from one answer."""
    scores = _summed(scorer, _facts(scorer, exchange.question, norms(exchange.answer)))
    return tuple(exp(min(score, 50.0)) for score in scores)


def _facts(scorer: Scorer, question: str, answer: Sequence[str]) -> dict[str, float]:
    """Return the facts about an answer and its question, those of a guide's own topics among them."""
    return exchange_facts(question, answer, scorer.asks, scorer.cues) | scorer.alike(question, answer)


def _summed(scorer: Scorer, facts: Mapping[str, float]) -> tuple[float, ...]:
    """Return the log-odds of each label: the sum of the weights of the facts."""
    trained, own = list(scorer.trained.bias), list(scorer.bias)
    for fact, strength in facts.items():
        if row := scorer.trained.facts.get(fact):
            pairs = iter(row)
            for label, weight in zip(pairs, pairs, strict=True):
                trained[label] += weight * strength  # type: ignore[call-overload]
        for label, weight in scorer.own.get(fact, ()):
            own[label] += weight * strength
    return tuple(o if k is None else o + trained[k] for k, o in zip(scorer.known, own, strict=True))


@lru_cache(maxsize=512)  # a sentence is scored for every topic of its turn
def told_of(guide: Guide, words: tuple[str, ...], question: str = "") -> Mapping[str, float]:
    """Return how much words, with the question that they answer if any, are about each topic: the log of its share of all topics' odds."""
    scorer = scorer_of(guide)
    scores = _summed(scorer, _facts(scorer, question, words))[len(scorer.sections) + 1 :]
    top = max(scores)
    total = top + log(sum(exp(score - top) for score in scores))
    return {topic: score - total for topic, score in zip(scorer.topics, scores, strict=True)}
