"""Technical claims: what a customer says that the product does, connects to or guarantees, for engineering to confirm."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from operator import attrgetter

from ..background import Background
from ..findings import Verify
from ..lexicon import Lexicon, function_words, words_of
from ..questions import read_question
from ..reading import Reading, within
from ..scoring import Logistic, load_weights
from ..text import ACRONYM, Sentence, norms
from .topics import informed

__all__ = ["choose", "claim_evidence", "find_claims", "is_capability"]

SHORTEST = 4  # words of a claim
LONGEST = 45  # words from which a sentence is no claim but a stretch of speech
CLEAR = 0.17  # the chance from which a claim is told: one listed in vain costs a glance, a missed one gets printed
MOST = 3  # claims of a turn
_NAME = re.compile(r"[A-Z](?<=[a-z,] .)[A-Za-z]+")
_TALK = frozenset({"reason", "generality", "frequency"})  # cues of a sentence that explains or generalises
_ACTS = frozenset({"does", "joins", "safe", "behaves"})  # phrases of what the product does, which such a sentence can hold too
_FAST = frozenset({"second", "minute", "millisecond", "hour"})


def find_claims(reading: Reading) -> tuple[Verify, ...]:
    """Return the technical claims of a customer's turn in order, at most three."""
    if not reading.is_customer:
        return ()
    scorer: Logistic = load_weights("verify")["claim"]
    rated = [
        (scorer.chance(scorer.sum(facts)), (s.start, s.end))
        for s, facts in zip(reading.sentences, claim_evidence(reading), strict=True)
        if SHORTEST <= s.last - s.first <= LONGEST and not reading.is_read_out(s.start, s.end)
    ]
    return tuple(Verify(**reading.turn.span(*place).model_dump()) for place in choose(rated))


def choose(rated: Iterable[tuple[float, tuple[int, int]]]) -> list[tuple[int, int]]:
    """Return the places of a turn's sentences with the highest chances, in order, given the chance and place of each."""
    best = sorted((r for r in rated if r[0] >= CLEAR), key=lambda r: (-r[0], r[1]))[:MOST]
    return sorted(place for _, place in best)


def is_capability(text: str, background: Background) -> bool:
    """Return whether a claim describes the product as it is, and neither what was nor how things are in general or why."""
    words = norms(text)
    labels = {match.label for match in (*Lexicon.load("cues").find(words), *Lexicon.load("verify").find(words))}
    if labels & _TALK and not labels & _ACTS:
        return False
    known = words_of("verify.lists.present") | _product_words(background)
    return not known.isdisjoint(words) or words_of("verify.lists.past").isdisjoint(words)


@lru_cache(maxsize=8)
def _product_words(background: Background) -> frozenset[str]:
    """Return the words of the names of the product and its maker."""
    names = " ".join(filter(None, (background.product, background.vendor)))
    return frozenset(norm for norm in norms(names) if len(norm) > 2)


def claim_evidence(reading: Reading) -> list[dict[str, float]]:
    """Return the facts about each sentence of a turn for or against a technical claim."""
    found = reading.find(Lexicon.load("verify"))
    labels = [{m.label for m in within(found, s.first, s.last, attrgetter("first"))} for s in reading.sentences]
    turn = _turn_facts(reading)
    out = []
    for i, sentence in enumerate(reading.sentences):
        facts = turn | dict.fromkeys(labels[i], 1.0)
        facts.update((f"near {label}", 1.0) for j in (i - 1, i + 1) if 0 <= j < len(labels) for label in labels[j])
        facts.update((f"cue {label}", 1.0) for label in reading.cue_labels(sentence))
        facts.update(_crossed(labels[i]))
        facts.update(_words(reading, sentence))
        facts.update(_form(reading, sentence))
        out.append(facts)
    return out


def _turn_facts(reading: Reading) -> dict[str, float]:
    """Return the facts about a turn as a whole: what it was asked, and what it informs."""
    question = reading.question
    asked = {f"asked {ask}" for ask in read_question(question).asks}
    topics = {f"asked for {m.label}" for m in Lexicon.load("topic_asks").find(norms(question))}
    return dict.fromkeys(asked | topics, 1.0) | informed(reading)


def _words(reading: Reading, sentence: Sentence) -> dict[str, float]:
    """Return the function words of a sentence as facts: they tell a description from a story."""
    return {f"word {w}": 1.0 for w in reading.norms[sentence.first : sentence.last] if w in function_words()}


def _crossed(labels: set[str]) -> dict[str, float]:
    """Return facts that combine what the product does with how it does it."""
    means = labels & {"joins", "parts", "safe", "behaves"}
    return {f"{a} with means": 1.0 for a in ("does", "can", "cannot") if a in labels and means} | {"means": len(means) / 2}


def _form(reading: Reading, sentence: Sentence) -> dict[str, float]:
    """Return the facts about a sentence's words, numbers and names."""
    words, text = reading.norms[sentence.first : sentence.last], reading.turn.text[sentence.start : sentence.end]
    units = [q.unit for q in reading.quantities_in(sentence)]
    held = {
        "product": not _product_words(reading.background).isdisjoint(words),
        "it": not words_of("verify.lists.it").isdisjoint(words),
        "acronym": bool(ACRONYM.search(text)),
        "name": bool(_NAME.search(text)),
        "present": not words_of("verify.lists.present").isdisjoint(words),
        "past": not words_of("verify.lists.past").isdisjoint(words),
        "fast": any(u in _FAST for u in units), "number": bool(units), "money": any(u in {"usd", "eur", "gbp"} for u in units),
        "i": "i" in words, "we": "we" in words, "you": bool({"you", "your", "yours"} & set(words)), "he": bool({"he", "she"} & set(words)),
        "asks": "?" in text, "speech": '"' in text or "“" in text, "starts with it": words[0] in {"it", "it's", "it'll", "that"},
        "starts with and": words[0] in {"and", "but", "so"}, "if": bool({"if", "when", "once", "until", "as"} & set(words)),
        "short": len(words) < 7, "long": len(words) > 25,
        "early": reading.turn.turn < 16,
    }  # fmt: skip
    return {name: 1.0 for name, holds in held.items() if holds}
