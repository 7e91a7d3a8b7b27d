"""A rule that a paragraph has to keep, what it is told of the paragraph, and what several rules look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from ...grounding import quotations
from ...lexicon import function_words
from ...text import norms, stem
from ..citation import Citation
from ..material import Material

__all__ = ["Fault", "Passage", "Rule", "firms", "holds", "norms_of", "quoted", "stems_of"]


class Passage(NamedTuple):
    """A paragraph to write: its facts, the words of the call among them, whether it is a question, and what that has to ask."""

    facts: tuple[str, ...]
    said: tuple[Citation, ...] = ()
    question: bool = False
    asked: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """The words of its facts in order, with "." after each fact."""
        return _words(self.facts)


class Fault(NamedTuple):
    """What is wrong with a paragraph: the id of the rule that it breaks, and a clause that says how, for a person."""

    rule: str
    reason: str


class Rule(NamedTuple):
    """A rule that a paragraph has to keep; `check` yields a clause for each place where it does not."""

    id: str
    check: Callable[[str, Passage, Material], Iterator[str]]

    def faults(self, text: str, passage: Passage, material: Material) -> Iterator[Fault]:
        """Yield what in a paragraph breaks the rule."""
        return (Fault(self.id, reason) for reason in self.check(text, passage, material))


@lru_cache(maxsize=4096)
def norms_of(text: str) -> tuple[str, ...]:
    """Return the norms of the words and numbers of a text; each rule asks for those of the same few texts."""
    return norms(text)


@lru_cache(maxsize=512)
def _words(facts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(norm for fact in facts for norm in (*norms_of(fact), "."))


def holds(words: Sequence[str], run: Sequence[str]) -> bool:
    """Return whether words contain a sequence of words."""
    return any(words[i] == run[0] and tuple(words[i : i + len(run)]) == tuple(run) for i in range(len(words) - len(run) + 1))


def quoted(text: str) -> Iterator[str]:
    """Yield the words in quotation marks."""
    yield from (text[start:end] for start, end in quotations(text) if norms_of(text[start:end]))


@lru_cache(maxsize=512)
def stems_of(text: str) -> frozenset[str]:
    """Return the stems of a text's words, except function words."""
    return frozenset(stem(norm) for norm in norms_of(text) if norm.split("'")[0] not in function_words())


def firms(material: Material) -> list[str]:
    """Return the names of the vendor, the product and the company."""
    known = material.background
    return [part for part in (known.vendor, known.product, known.customer.company) if part]
