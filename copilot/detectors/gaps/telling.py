"""How a turn is told: as a story of what people did and said, or as a statement of how things are."""

from __future__ import annotations

from collections.abc import Iterable

from ...lexicon import function_words, words_of
from ...reading import Reading

__all__ = ["sentence_telling", "turn_telling"]

FRAGMENT = 3
"""Most words of a sentence that only names what the ones after it tell: "Blankets."."""
BRIEF = 5
"""Most words of a short sentence."""
LONG = 25
"""Words of a long sentence."""
OFTEN = 8
"""A share of one word in so many is much."""


def turn_telling(reading: Reading) -> dict[str, float]:
    """Return facts about the tense of a turn, the words that it quotes, whom it speaks to, and the length of its sentences."""
    words, sizes = reading.norms, [s.last - s.first for s in reading.sentences]
    if not sizes:
        return {}
    past, present = sum(map(_is_past, words)), _count(words, "present_forms")
    facts = {
        "told in the past": min(1.0, past / len(words) * OFTEN),
        "told in the present": min(1.0, present / len(words) * OFTEN),
        "told of the past alone": past / max(1, past + present),
        "told with speech": min(1.0, _count(words, "speech") / 3),
        "told to you": min(1.0, _count(words, "you") / len(words) * OFTEN),
        "told in long sentences": min(1.0, len(words) / len(sizes) / LONG),
        "told in short sentences": sum(size <= BRIEF for size in sizes) / len(sizes),
    }
    return {name: value for name, value in facts.items() if value}


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
