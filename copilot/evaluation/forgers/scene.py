"""What a forger sees and writes: a call as it can be repeated wrongly, and paragraphs made of its words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from ...drafts import Material
from ...quantities import find_quantities
from ...text import norms, sentences, stem

__all__ = ["WORDS", "Forge", "Said", "Scene", "about", "adding", "clip", "reported", "values_of"]

WORDS = 12  # most words that a paragraph repeats
SECRET = 4  # first words of a barred sentence that nobody said openly


class Said(NamedTuple):
    """Words of a customer among a paragraph's facts; `facts` are all of that paragraph."""

    speaker: str
    words: str
    facts: str


Forge = Callable[["Scene", Said], str | None]
"""Makes a paragraph of words that a customer said, None where they do not allow one."""


@dataclass(frozen=True)
class Scene:
    """A call from a forger's view: what was said openly, what is barred, who took part."""

    material: Material

    @cached_property
    def hidden(self) -> tuple[str, ...]:
        """What customers said in barred turns, by sentences."""
        barred = (span.text for span in self.material.barred.spans if self.material.turns[span.turn].role == "customer")
        return tuple(text[s.start : s.end] for text in barred for s in sentences(text))

    @cached_property
    def secrets(self) -> tuple[str, ...]:
        """The barred sentences whose first four words nobody said openly in this order."""
        whole = " ".join(norms(self.open))
        begins = ((text, norms(text)[:SECRET]) for text in self.hidden)
        return tuple(text for text, norms in begins if len(norms) == SECRET and " ".join(norms) not in whole)

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of the words that were said openly or known before."""
        return frozenset(map(stem, self.words))

    @cached_property
    def open(self) -> str:
        """Everything said openly, and what was known before the call."""
        return "\n".join([*(t.text for t in self.material.barred.public), self.material.background.model_dump_json()])

    @cached_property
    def words(self) -> frozenset[str]:
        """The words that were said openly or known before."""
        return frozenset(norms(self.open))

    @cached_property
    def numbers(self) -> frozenset[Decimal]:
        """The numbers that anybody said, barred or not, or that were known before."""
        return frozenset(values_of([*(t.text for t in self.material.turns.values()), *self.open.split("\n")]))

    @cached_property
    def open_numbers(self) -> frozenset[Decimal]:
        """The numbers that were said openly or known before."""
        return frozenset(values_of(self.open.split("\n")))

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """What our side said on the call: longer sentences that no customer said."""
        ours = (t.text for t in self.material.barred.public if t.role != "customer")
        rows = (text[s.start : s.end] for text in ours for s in sentences(text) if s.last - s.first >= WORDS // 2)
        theirs = "\n".join(t.text for t in self.material.turns.values() if t.role == "customer")
        return tuple(row for row in rows if clip(row, WORDS // 2) not in theirs)

    def others(self, speaker: str) -> tuple[str, ...]:
        """Return the people on the call except one, customers first."""
        people = dict.fromkeys([*self.material.customers, *(t.speaker for t in self.material.turns.values())])
        return tuple(name for name in people if name != speaker and not set(name.split()) & set(speaker.split()))


def values_of(texts: Iterable[str]) -> Iterator[Decimal]:
    """Yield the values of the numbers in texts: both ends, and those before."""
    for quantity in (q for text in texts for q in find_quantities(text)):
        yield from (quantity.low, quantity.high)
        if quantity.baseline:
            yield from (quantity.baseline.low, quantity.baseline.high)


def clip(text: str, words: int = WORDS) -> str:
    """Return the first words of a text, without a number that they would split, and without final punctuation."""
    text = " ".join(text.split())
    end = len(" ".join(text.split()[:words]))
    cut = next((q.start for q in find_quantities(text) if q.start < end < q.end), end)
    return text[:cut].rstrip(".,;:!?–— ")


def about(text: str, start: int, end: int) -> str:
    """Return some words of a text around text[start:end]."""
    before, after = text[:start].split()[-WORDS // 3 :], text[end:].split()[: WORDS // 3]
    return " ".join([*before, text[start:end], *after]).rstrip(".,;:!?–— ")


def reported(said: Said, words: str | None = None) -> str:
    """Return words, the first ones of a fact by default, as what their speaker says."""
    words = (words or clip(said.words)).replace("?", ",")
    return f"{said.speaker} says that {words[:1].lower() if not words.startswith('I') else words[:1]}{words[1:]}."


def adding(sentence: str, *words: str) -> Forge:
    """Return a forger that adds a sentence to an honest one, on calls where nobody said its key words."""
    telling, stems = frozenset(words), frozenset(map(stem, words)) - {"#"}

    def forge(scene: Scene, said: Said) -> str | None:
        said_so = scene.words & telling or scene.stems & stems
        return None if said_so else f"{sentence} {reported(said, clip(said.words, 6))}"

    return forge
