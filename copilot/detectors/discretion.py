"""Requests for discretion in any words: the chance that a sentence asks to keep something out of print.

People ask for it in more ways than a list of phrases holds. A sentence is read as a row of word classes ("you" NOT PUB THAT), and a
small scorer weighs the classes, their pairs and their order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from ..lexicon import load_data
from ..scoring import load_weights

__all__ = ["asks_for_discretion", "discretion_evidence"]

FAR = 5  # words between the two of a pair, at most
LONGEST = 40  # words from which a sentence is a stretch of speech without full stops
_LENGTHS = (3, 6, 10, 16, 24)
_TELLING = frozenset({"PUB", "MEDIA", "REC", "SECRET", "PUBLIC", "DROP", "SAY", "HARM", "PUT", "BIT"})


@cache
def _classes() -> Mapping[str, str]:
    """Return the class of each word that has one; a small word that matters is a class by itself."""
    data: Mapping[str, str] = load_data("discretion")  # type: ignore[assignment]
    plain = {word: word for word in data["plain"].split()}
    return plain | {word: name for name, words in data.items() if name != "plain" for word in words.split()}


def asks_for_discretion(norms: Sequence[str]) -> bool:
    """Say whether a sentence, as its tokens' norms, asks to keep something out of print."""
    known = _classes()
    if len(norms) > LONGEST or _TELLING.isdisjoint(known.get(n, "") for n in norms):
        return False
    weights = load_weights("discretion")
    return bool(weights["asks"].chance(weights["asks"].sum(discretion_evidence(norms))) >= weights["threshold"])


def discretion_evidence(norms: Sequence[str]) -> dict[str, float]:
    """Return the facts about a sentence: the classes of its words, their pairs and neighbours, its first, its last, and its length."""
    known = _classes()
    classes = [known.get(n, "") for n in norms]
    facts = {c: 1.0 for c in classes if c}
    for i, a in enumerate(classes):
        if a:
            facts.update((f"{a} {b}", 1.0) for b in classes[i + 1 : i + 1 + FAR] if b)
            facts[f"{a} then {classes[i + 1] if i + 1 < len(classes) else 'nothing'}"] = 1.0
    facts[f"starts {classes[0]}"] = 1.0
    facts.update((f"words>{n}", 1.0) for n in _LENGTHS if len(norms) > n)
    facts["other words"] = classes.count("") / len(classes)
    return facts
