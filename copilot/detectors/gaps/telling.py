"""How a sentence is told: as part of a story of what people did and said, or as a statement of how things are."""

from __future__ import annotations

from collections.abc import Iterable

from ...lexicon import function_words, words_of
from ...reading import Reading

__all__ = ["sentence_telling"]

FRAGMENT = 3
"""Most words of a sentence that only names what the ones after it tell: "Blankets."."""


def sentence_telling(reading: Reading, i: int) -> dict[str, float]:
    """Return facts about the persons and the tense of sentence i of a turn, and whether it tells what a fragment before it names."""
    words = reading.words_in(reading.sentences[i])
    past, present = any(map(_is_past, words)), _count(words, "present_forms")
    held = {
        "sentence of others": _count(words, "others"),
        "sentence with speech": _count(words, "speech"),
        "sentence to you": _count(words, "you"),
        "sentence in the past": past,
        "sentence without verb": not past and not present,
        "sentence without content": function_words().issuperset(words),
        "after a fragment": i == 1 and reading.sentences[0].last <= FRAGMENT,
    }
    return {name: 1.0 for name, holds in held.items() if holds}


def _count(words: Iterable[str], name: str) -> int:
    """Return how many words are in a list of `copilot/data/evidence.yaml`."""
    among = words_of(f"evidence.{name}")
    return sum(word in among for word in words)


def _is_past(word: str) -> bool:
    """Return whether a word is likely a verb in the past tense."""
    return word in words_of("evidence.past_forms") or (word.endswith("ed") and len(word) > 4)
