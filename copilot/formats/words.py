"""Join the words of a speech recogniser to segments: one per sentence, and a new one when the speaker changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ..turns import Segment

__all__ = ["Word", "join_words", "joined"]


class Word(NamedTuple):
    """A word with its times in seconds. `speaker` is None if the word has none; `glued` words follow without a space."""

    text: str
    speaker: str | None = None
    start: float | None = None
    end: float | None = None
    glued: bool = False


def join_words(words: Iterable[Word]) -> Iterator[Segment]:
    """Yield the segments of words in order. A word without a speaker goes with the word before it."""
    held: list[Word] = []
    for word in words:
        if held and _breaks(held, word):
            yield joined(held)
            held = []
        held.append(word)
    if held:
        yield joined(held)


def _breaks(held: list[Word], word: Word) -> bool:
    if word.glued:
        return False
    if word.speaker is not None and word.speaker != held[0].speaker:
        return True
    return held[-1].text.endswith((".", "?", "!"))


def joined(words: Sequence[Word]) -> Segment:
    """Return words, one at least, as one segment of the first word's speaker."""
    text = "".join(word.text if word.glued else f" {word.text}" for word in words)
    starts = [word.start for word in words if word.start is not None]
    ends = [word.end for word in words if word.end is not None]
    return Segment(
        " ".join(text.split()),
        words[0].speaker,
        starts[0] if starts else None,
        ends[-1] if ends else None,
    )
