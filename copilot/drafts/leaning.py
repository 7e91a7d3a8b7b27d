"""Whether words can be understood alone, or lean on those before or after them."""

from __future__ import annotations

import re

from ..lexicon import Lexicon, function_words, words_of
from ..metrics import is_verb
from ..text import norms

__all__ = ["announces", "is_torn", "leans", "names_something", "points", "says_little", "states", "stumble_in"]

LITTLE = 5  # words below which a sentence says little
NAMING = 1  # words that name something, from which a sentence says something
TELLING = 12  # words from which a sentence that begins with a pronoun can be understood alone
# "to you, you have my word" begins a new clause.
_OBJECT = r"(?<!to )(?<!for )(?<!with )(?:it|you)"
_SMALL = rf"i|i'll|i'm|{_OBJECT}|it's|that's|there's|he's|she's|they|we|we're|the|a|to|and|but|if|or"
_AGAIN = rf"(?P<said>[a-z']+(?: [a-z']+){{1,2}}|{_SMALL}),? (?:u[hm]+,? )?(?P=said)"
_STUMBLE = re.compile(rf"(?<![\w'])(?:u[hm]+|erm?|{_AGAIN})(?![\w'])")


def says_little(text: str) -> bool:
    """Return whether words can hardly be understood without those before them.

    They are a few, a short sentence that begins "and they", or one without a word that names something: "I would say that, yes".
    """
    words = norms(text)
    first = next((word for word in words if word not in words_of("drafts.joining")), "")
    empty = sum(word not in function_words() | words_of("drafts.assenting") for word in words) < NAMING
    return len(words) < LITTLE or (len(words) < TELLING and (empty or first in words_of("drafts.leaning")))


def names_something(text: str) -> bool:
    """Return whether words hold a noun or a name: "the photos", but not "yes please, if you could email those"."""
    return any(not (_is_empty(word) or _is_empty(word.partition("'")[0]) or is_verb(word)) for word in norms(text))


def _is_empty(word: str) -> bool:
    lists = ("naming.closed", "drafts.assenting", "drafts.sounds", "drafts.handing")
    return word in function_words() or any(word in words_of(name) for name in lists)


def stumble_in(text: str) -> int | None:
    """Return where a speaker stumbles: "um", or words that are said again, "if it doesn't, um, if it doesn't"; None if nowhere."""
    found = _STUMBLE.search(text.replace("’", "'").lower())
    return found.start() if found else None


def announces(text: str) -> bool:
    """Return whether a short sentence only announces what follows: "For three reasons."."""
    words = norms(text)
    return len(words) < TELLING and bool(Lexicon.at("drafts.announcing").find(words))


def states(text: str) -> bool:
    """Return whether words hold a verb, so that they can be a sentence: not "The tapir and the bats."."""
    known = words_of("statements.finite") | words_of("statements.subjects")
    return any(word in known or "'" in word or word.endswith("ed") or is_verb(word) for word in norms(text))


def is_torn(text: str) -> bool:
    """Return whether words hold one of two quotation marks, since they begin or end inside what somebody else said."""
    return text.count('"') % 2 == 1 or text.count("“") != text.count("”")


def leans(text: str) -> bool:
    """Return whether a sentence depends on the one before it, or ends on a word that points back."""
    return norms(text)[0] in words_of("drafts.leaning") or points(text)


def points(text: str) -> bool:
    """Return whether a sentence points at what stands elsewhere: "Finance will tell you the same."."""
    words = norms(text)
    return words[-1] in words_of("drafts.leaning_ends") or bool(Lexicon.at("drafts.pointing").find(words))
