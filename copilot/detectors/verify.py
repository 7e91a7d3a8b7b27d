"""Technical claims: what a customer says that the product does, connects to or guarantees, for engineering to confirm."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from operator import attrgetter

from ..background import Background
from ..findings import Verify
from ..lexicon import Lexicon, function_words, words_of
from ..reading import Reading, within
from ..scoring import logistic
from ..text import Sentence, norms
from .topics import informed

__all__ = ["choose", "claim_facts", "find_claims", "is_capability"]

SHORTEST = 4  # words of a claim
LONGEST = 45  # words from which a sentence is no claim but a stretch of speech
BRIEF = 7  # words of a sentence that is no short one
CLEAR = 0.17  # the chance from which a claim is told: one listed in vain costs a glance, a missed one gets printed
MOST = 3  # claims of a turn
_TALK = frozenset({"reason", "generality", "frequency"})  # cues of a sentence that explains or generalises
_ACTS = frozenset({"does", "joins", "safe", "behaves"})  # phrases of what the product does, which such a sentence can hold too
_CONDITIONS = frozenset({"if", "when", "once", "until", "as"})
_FAST = frozenset({"second", "minute", "millisecond", "hour"})


def find_claims(reading: Reading) -> tuple[Verify, ...]:
    """Return the technical claims of a customer's turn in order, at most three."""
    if not reading.is_customer:
        return ()
    scorer = logistic("verify.claim")
    rated = [
        (scorer.judge(facts), (s.start, s.end))
        for s, facts in zip(reading.sentences, claim_facts(reading), strict=True)
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


def claim_facts(reading: Reading) -> list[dict[str, float]]:
    """Return the facts about each sentence of a turn for or against a technical claim."""
    found, turn = reading.find(Lexicon.load("verify")), informed(reading)
    out = []
    for sentence in reading.sentences:
        labels = {m.label for m in within(found, sentence.first, sentence.last, attrgetter("first"))}
        out.append(turn | dict.fromkeys(labels, 1.0) | _crossed(labels) | _words(reading, sentence) | _form(reading, sentence))
    return out


def _words(reading: Reading, sentence: Sentence) -> dict[str, float]:
    """Return the function words of a sentence as facts: they tell a description from a story."""
    return {f"word {w}": 1.0 for w in reading.words_in(sentence) if w in function_words()}


def _crossed(labels: set[str]) -> dict[str, float]:
    """Return facts that combine what the product does with how it does it."""
    means = labels & {"joins", "parts", "safe", "behaves"}
    return {f"{a} with means": 1.0 for a in ("does", "can", "cannot") if a in labels and means} | {"means": len(means) / 2}


def _form(reading: Reading, sentence: Sentence) -> dict[str, float]:
    """Return the facts about a sentence's length, its first word, its numbers, and whether it names the product."""
    words = reading.words_in(sentence)
    held = {
        "product": not _product_words(reading.background).isdisjoint(words),
        "fast": any(q.unit in _FAST for q in reading.quantities_in(sentence)),
        "if": not _CONDITIONS.isdisjoint(words),
        "starts with it": words[0] in {"it", "it's", "it'll", "that"},
        "starts with and": words[0] in {"and", "but", "so"},
        "short": len(words) < BRIEF,
    }
    return {name: 1.0 for name, holds in held.items() if holds}
