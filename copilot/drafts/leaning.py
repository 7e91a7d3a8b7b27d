"""Whether words can be understood alone, or lean on those before or after them."""

from __future__ import annotations

from functools import cache

from ..lexicon import Lexicon, load_data, words_of
from ..text import norms

__all__ = ["announces", "leans", "says_little"]

LITTLE = 5  # words below which a sentence says little
TELLING = 12  # words from which a sentence that begins with a pronoun can be understood alone


def says_little(text: str) -> bool:
    """Return whether words can hardly be understood without those before them: a few, or a short sentence that begins "and they"."""
    words = norms(text)
    first = next((word for word in words if word not in words_of("drafts.joining")), "")
    return len(words) < LITTLE or (len(words) < TELLING and first in words_of("drafts.leaning"))


def announces(text: str) -> bool:
    """Return whether a short sentence only announces what follows: "For three reasons."."""
    words = norms(text)
    return len(words) < TELLING and bool(_phrases("announcing").find(words))


def leans(text: str) -> bool:
    """Return whether a sentence depends on the one before it, or ends on a word that points back."""
    words = norms(text)
    return words[0] in words_of("drafts.leaning") or words[-1] in words_of("drafts.leaning_ends") or bool(_phrases("pointing").find(words))


@cache
def _phrases(name: str) -> Lexicon:
    return Lexicon({name: str(load_data("drafts")[name])})
