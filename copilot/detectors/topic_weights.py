"""The weights by which the topics of a guide are recognised.

Those of the default guide's topics are trained (`evals/train_topics.py`, `copilot/data/topics.json`); those of other topics are derived
from their own phrases and words.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, lru_cache
from math import log
from typing import NamedTuple

from ..guide import Guide, Topic
from ..lexicon import DATA, Lexicon, function_words, table_of
from ..text import stem, tokenize

__all__ = ["ASIDE", "Scorer", "Weights", "prepare", "scorer_of"]

ASIDE = "(aside)"

# Weights of the facts about a topic that no training has seen.
OWN_ASK, OWN_SPOKEN, OWN_CUE, OWN_WORD, OWN_TOLD = 2.5, 1.0, 2.0, 2.4, 0.9
OWN_TOPIC_BIAS, OWN_SECTION_BIAS = -3.0, 0.5
FEW = 4  # sections up to which talk of its section alone is too little for such a topic, whose chance rises with their number
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
    as pairs of number and weight.
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


@lru_cache(maxsize=8)
def scorer_of(guide: Guide) -> Scorer:
    """Return a guide prepared with the trained weights."""
    return prepare(guide, Weights.trained())


def prepare(guide: Guide, trained: Weights) -> Scorer:
    """Prepare a guide: trained weights for known topics, the topic's own phrases and words for the others."""
    sections = tuple(s.id for s in guide.sections)
    labels = (*sections, ASIDE, *guide.topics)
    number = {label: i for i, label in enumerate(labels)}
    known = {label: i for i, label in enumerate(trained.labels)}
    topic_bias = OWN_TOPIC_BIAS - log(max(FEW, len(sections)) / FEW)
    default = {label: OWN_SECTION_BIAS if label in sections else topic_bias for label in labels}
    own = _own_facts(guide, known.keys())
    return Scorer(
        sections=sections,
        topics=tuple(guide.topics),
        section_of=tuple(i for i, s in enumerate(guide.sections) for _ in s.topics),
        asks=_lexicon("topic_asks", {k: t.ask for k, t in guide.topics.items()}),
        cues=_lexicon("topic_cues", {k: t.cues for k, t in guide.topics.items()}),
        trained=trained,
        known=tuple(known.get(label) for label in labels),
        bias=tuple(0.0 if label in known else default[label] for label in labels),
        own={fact: tuple((number[label], w) for label, w in row.items()) for fact, row in own.items()},
    )


def _lexicon(name: str, own: Mapping[str, Sequence[str]]) -> Lexicon:
    """Return the phrases of a data file for the topics of a guide, together with the guide's own."""
    data = table_of(name)
    return Lexicon({label: (*data.get(label, "").split(","), *own.get(label, ())) for label in (*own, ASIDE)})


def _own_facts(guide: Guide, known: Set[str]) -> dict[str, dict[str, float]]:
    """Return the weights of facts for untrained topics, and through them for their sections."""
    topics = {f"{s.id}.{t.id}": (s, _stems(t)) for s in guide.sections for t in s.topics if f"{s.id}.{t.id}" not in known}
    shared = Counter(word for _, words in topics.values() for word in words)
    facts: dict[str, dict[str, float]] = {}
    for topic, (section, words) in topics.items():
        share = KNOWN_SHARE if section.id in known else SECTION_SHARE
        rows = {f"ask:{topic}": OWN_ASK, f"spoken:{topic}": OWN_SPOKEN, f"cue:{topic}": OWN_CUE}
        rows |= {f"word:{word}": OWN_WORD * strength / shared[word] for word, strength in words.items()}
        rows |= {f"told:{word}": OWN_TOLD * strength / shared[word] for word, strength in words.items()}
        for fact, weight in rows.items():
            row = facts.setdefault(fact, {})
            row[topic] = weight
            row[section.id] = max(row.get(section.id, 0.0), share * weight)
    return facts


def _stems(topic: Topic) -> dict[str, float]:
    """Return the stems of a topic's own words with their strength: words of its question count more than its other text."""
    out: dict[str, float] = {}
    for strength, texts in ((0.6, (topic.intent, *topic.complete)), (1.0, (topic.title, topic.question, topic.short or ""))):
        out.update((stem(t.norm), strength) for text in texts for t in tokenize(text) if t.norm not in function_words() and len(t.norm) > 2)
    return out
