"""The weights by which the topics of a guide are recognised.

Those of the default guide's topics are trained (`evals/train_topics.py`, `copilot/data/topics.json`); those of other topics are derived
from their own phrases and words.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache
from itertools import chain
from math import log, sqrt
from typing import NamedTuple

from ..guide import Guide, Topic
from ..lexicon import DATA, Lexicon, denies, function_words, table_of, words_of
from ..text import norms, stem

__all__ = ["ASIDE", "COMMON", "Scorer", "Weights", "prepare", "scorer_of"]

ASIDE = "(aside)"

# Weights of the facts about a topic that no training has seen.
OWN_ASK, OWN_SPOKEN, OWN_CUE, OWN_WORD, OWN_TOLD = 2.5, 1.0, 2.0, 2.4, 0.9
OWN_ALIKE, OWN_ECHO = 2.5, 2.5  # of most of its question's words in a row: in the question asked, and in an answer
OWN_TOPIC_BIAS, OWN_SECTION_BIAS = -3.0, 0.5
FEW = 4  # sections up to which talk of its section alone is too little for such a topic, whose chance rises with their number
COMMON = 10  # turns of a thousand that hold a word, from which it tells less of a topic the more do
MOST = 0.6  # share of a question's words from which a run of them is it in other words
RUN = 3  # words of a run that need not hold one that tells of a topic by itself
SECTION_SHARE, KNOWN_SHARE = 0.9, 0.3  # share of a topic's weights that counts for its section, if that is new and if it is trained


class Weights(NamedTuple):
    """Trained weights of some labels (sections, asides, topics): each label's bias, and for each fact its weights for labels.

    A row of `facts` alternates label numbers and weights.
    """

    labels: tuple[str, ...]
    bias: tuple[float, ...]
    facts: Mapping[str, Sequence[float]]

    @classmethod
    @cache
    def trained(cls) -> Weights:
        """Return the weights for the default guide."""
        data = json.loads((DATA / "topics.json").read_text("utf-8"))
        return cls(tuple(data["bias"]), tuple(data["bias"].values()), data["facts"])


@dataclass(frozen=True, slots=True, eq=False)
class Scorer:
    """A prepared guide. Its labels are the sections, then the aside, then the topics.

    `known` is the number of each label in the trained weights, None if it is not there; such labels have their own bias and facts,
    as pairs of number and weight. `questions` are the stems of the questions of such topics, in order, without what frames a question.
    """

    sections: tuple[str, ...]
    topics: tuple[str, ...]
    section_of: tuple[int, ...]
    asks: Lexicon
    cues: Lexicon
    trained: Weights
    known: tuple[int | None, ...]
    bias: tuple[float, ...]
    own: Mapping[str, Sequence[tuple[int, float]]]
    questions: Mapping[str, tuple[str, ...]]

    def alike(self, question: str, answer: Sequence[str]) -> dict[str, float]:
        """Return how much the own topics' questions are taken up in a row, as facts: `alike:T` where asked, `echo:T` in an answer."""
        if not self.questions:
            return {}
        told = {"alike": _unframed(norms(question)), "echo": _unframed(answer)}
        shares = ((f"{name}:{topic}", _run(words, said)) for topic, words in self.questions.items() for name, said in told.items())
        return {fact: share for fact, share in shares if share >= MOST}


@lru_cache(maxsize=8)
def scorer_of(guide: Guide) -> Scorer:
    """Return a guide prepared with the trained weights."""
    return prepare(guide, Weights.trained())


def prepare(guide: Guide, trained: Weights) -> Scorer:
    """Prepare a guide: trained weights for known topics, the topic's own phrases and words for the others."""
    sections = tuple(s.id for s in guide.sections)
    labels = (*sections, ASIDE, *guide.topics)
    number = {label: i for i, label in enumerate(labels)}
    known = {label: i for i, label in enumerate(trained.labels) if label == ASIDE or guide.standard.get(label) == label}
    topic_bias = OWN_TOPIC_BIAS - log(max(FEW, len(sections)) / FEW)
    default = {label: OWN_SECTION_BIAS if label in sections else topic_bias for label in labels}
    own = _own_facts(guide, known.keys())
    return Scorer(
        sections=sections,
        topics=tuple(guide.topics),
        section_of=tuple(i for i, s in enumerate(guide.sections) for _ in s.topics),
        asks=_lexicon(guide, "topic_asks", {k: t.ask for k, t in guide.topics.items()}),
        cues=_lexicon(guide, "topic_cues", {k: t.cues for k, t in guide.topics.items()}),
        trained=trained,
        known=tuple(known.get(label) for label in labels),
        bias=tuple(0.0 if label in known else default[label] for label in labels),
        own={fact: tuple((number[label], w) for label, w in row.items()) for fact, row in own.items()},
        questions={name: _unframed(norms(topic.question)) for name, topic in guide.topics.items() if name not in known},
    )


def _lexicon(guide: Guide, name: str, own: Mapping[str, Sequence[str]]) -> Lexicon:
    """Return the phrases of a data file for the topics of a guide that are the default guide's, together with the guide's own."""
    data = table_of(name)
    known = {label: label if label in (ASIDE, guide.standard.get(label)) else "" for label in (*own, ASIDE)}
    return Lexicon({label: (*data.get(filed, "").split(","), *own.get(label, ())) for label, filed in known.items()})


def _own_facts(guide: Guide, known: Set[str]) -> dict[str, dict[str, float]]:
    """Return the weights of facts for untrained topics, and through them for their sections."""
    topics = {f"{s.id}.{t.id}": (s, _stems(t)) for s in guide.sections for t in s.topics if f"{s.id}.{t.id}" not in known}
    shared = Counter(word for _, words in topics.values() for word in words)
    facts: dict[str, dict[str, float]] = {}
    for topic, (section, words) in topics.items():
        share = KNOWN_SHARE if section.id in known else SECTION_SHARE
        rows = {f"ask:{topic}": OWN_ASK, f"spoken:{topic}": OWN_SPOKEN, f"cue:{topic}": OWN_CUE}
        rows |= {f"alike:{topic}": OWN_ALIKE, f"echo:{topic}": OWN_ECHO}
        rows |= {f"word:{word}": OWN_WORD * strength / shared[word] for word, strength in words.items()}
        rows |= {f"told:{word}": OWN_TOLD * strength / shared[word] for word, strength in words.items()}
        for fact, weight in rows.items():
            row = facts.setdefault(fact, {})
            row[topic] = weight
            row[section.id] = max(row.get(section.id, 0.0), share * weight)
    return facts


def _stems(topic: Topic) -> dict[str, float]:
    """Return the stems of a topic's own words with their strength: words of its title and question count more than its other text."""
    out: dict[str, float] = {}
    for strength, texts in ((1.0, (topic.title, topic.question, topic.short or "")), (0.6, (topic.intent, *topic.complete))):
        for word, telling in chain.from_iterable(_telling(text).items() for text in texts):
            out[word] = max(out.get(word, 0.0), strength * telling)
    return out


def _telling(text: str) -> dict[str, float]:
    """Return how surely the words of a text tell of its topic, by their stems: an everyday word less than a rare one.

    Where a text has none but everyday words, they have to tell of it, though less surely: "How big is your team?"
    """
    said = {stem(norm) for norm in norms(text) if _tells(norm)}
    rarest = max(map(_rarity, said), default=1.0)
    return {word: _rarity(word) / sqrt(rarest) for word in said}


def _tells(norm: str) -> bool:
    """Return whether a word is neither grammar, with its apostrophe or without, nor too short to tell of anything."""
    return len(norm) > 2 and function_words().isdisjoint((norm, norm.partition("'")[0])) and not denies(norm)


def _rarity(word: str) -> float:
    """Return how much a stem says, 1 for all but everyday words."""
    return min(1.0, COMMON / _spoken().get(word, COMMON))


@cache
def _spoken() -> Mapping[str, int]:
    """Return how many of a thousand turns hold each everyday word, by its stem."""
    turns: Mapping[str, int] = json.loads((DATA / "spoken.json").read_text("utf-8"))["turns"]
    return turns


def _unframed(words: Sequence[str]) -> tuple[str, ...]:
    """Return the stems of words without what frames a question and what speakers exchange.

    "When would you look at us again?" and "I would look at you again" are both "look at again".
    """
    left_out = words_of("questions.lists.wh") | words_of("questions.lists.auxiliaries") | words_of("function_words.exchanged")
    return tuple(stem(word) for word in words if left_out.isdisjoint((word, word.partition("'")[0])))


def _run(question: Sequence[str], said: Sequence[str]) -> float:
    """Return the share of a question's words that stand in a row among words said; 0 for a row that would stand in any talk."""
    if len(set(question).intersection(said)) < MOST * len(question):
        return 0.0
    first, _, size = SequenceMatcher(None, question, said, autojunk=False).find_longest_match()
    run = question[first : first + size]
    return size / len(question) if size >= RUN or (size > 1 and any(_rarity(word) == 1.0 for word in run)) else 0.0
