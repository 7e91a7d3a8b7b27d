"""Words and sentences with their offsets, so that every finding can be cited verbatim."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from .lexicon import function_words

__all__ = [
    "ACRONYM", "Sentence", "Token", "capitalised", "count_words", "counted", "is_question", "listed", "lower_case", "norm_before", "norms",
    "one_line", "printable", "sentences", "stem", "tokenize",
]  # fmt: skip

_WORD = re.compile(r"[^\W\d_¼-¾⅐-⅞]+(?:['’][^\W\d_]+)*|\d+(?:[.,]\d+)*|[¼-¾⅐-⅞]")
_CLOSING = "\"'”’) "
_STOP = re.compile(r"[.?!…]+[\"'”’)\]]*(?=\s|$)|\n+")
_ABBREVIATION = re.compile(r"(?:\b(?i:mr|mrs|ms|dr|prof|st|no|vs|approx|e\.g|i\.e|etc|inc|ltd|jr|sr)|(?<![\w'’])[A-Z])$")

# Control characters that no document needs, and marks that change the direction of the text after them.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")


class Token(NamedTuple):
    """A word or a number; `norm` is lower case with straight apostrophes."""

    start: int
    end: int
    norm: str


class Sentence(NamedTuple):
    """A sentence's place in the text, and its range of tokens."""

    start: int
    end: int
    first: int
    last: int


@lru_cache(maxsize=256)  # several detectors, the following turns and every document tokenize the same text
def tokenize(text: str) -> tuple[Token, ...]:
    """Return the words and numbers of a text, in order, without punctuation and white space."""
    low = text.replace("’", "'")
    return tuple([Token(m.start(), m.end(), m.group().lower()) for m in _WORD.finditer(low)])


def norms(text: str) -> tuple[str, ...]:
    """Return the norms of the words and numbers of a text, in order."""
    return tuple([t.norm for t in tokenize(text)])


def lower_case(texts: Iterable[str]) -> frozenset[str]:
    """Return the norms of the words that stand without a capital somewhere in texts, and so are no names."""
    return frozenset(t.norm for text in texts for t in tokenize(text) if text[t.start].islower())


def norm_before(text: str, place: int) -> str:
    """Return the norm of the last word before a place, "" if there is none; a long text is not read for it."""
    start = place
    while start > 0:
        start = max(text.rfind(" ", 0, start), 0)
        found = norms(text[start:place])
        if found:
            return found[-1]
    return ""


def listed(names: Sequence[str], word: str = "and") -> str:
    """Return names as a sentence lists them: "a", "a and b", "a, b and c"; "" for none."""
    *most, last = names or ("",)
    return f"{', '.join(most)} {word} {last}" if most else last


def capitalised(text: str) -> str:
    """Return a text with a capital at its start, and the rest as it is."""
    return text[:1].upper() + text[1:]


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: "1 turn", "2 turns"."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


ACRONYM = re.compile(r"[A-Z](?<!\w.)[A-Z0-9]{1,5}s?\b")
"""An acronym, at the beginning of a word, also in the plural: "API", "B2B", "SLAs"."""

_ENDINGS = ("ations", "ation", "ingly", "ments", "ment", "ings", "ing", "edly", "ied", "ies", "ers", "er", "ed", "es", "s", "ly", "e")


@lru_cache(maxsize=8192)
def stem(norm: str) -> str:
    """Return a token's norm without its ending, so that "migrating" matches "migrated"; a number becomes "#"."""
    if norm[0].isdigit():
        return "#"
    word = norm.replace("'", "")
    ending = next((e for e in _ENDINGS if word.endswith(e) and len(word) - len(e) >= 3), "")
    word = word.removesuffix(ending)
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return word[:-1] + "y" if len(word) > 3 and word.endswith("i") else word


def count_words(text: str) -> int:
    """Return the number of words separated by white space."""
    return len(text.split())


def _is_stop(text: str, match: re.Match[str]) -> bool:
    """Return whether a mark ends a sentence, and is not the dot of an abbreviation or initial."""
    if match.group() != ".":
        return True
    head = text[max(0, match.start() - 8) : match.start()]
    found = _ABBREVIATION.search(head)
    if found is None:
        return True
    word, after = found.group(), text[match.end() : match.end() + 3].strip()[:1]
    if len(word) == 1:
        # "J. Moss" is one name; "plan B. We" is not, since no name is a word such as "We".
        return word == "I" or (after.isupper() and _next_norm(text, match.end()) in function_words())
    # "No." is an answer unless a number follows.
    if word.lower() == "no":
        return not after.isdigit()
    return word.lower() == "etc" and after.isupper()


def _next_norm(text: str, place: int) -> str:
    """Return the norm of the word after a place, without what an apostrophe adds: "it" of "It's"."""
    found = _WORD.search(text, place)
    return found.group().lower().replace("’", "'").partition("'")[0] if found else ""


def sentences(text: str, tokens: Sequence[Token] | None = None) -> list[Sentence]:
    """Return the sentences of a text; together they contain every token exactly once.

    A text without a full stop is one sentence, no matter how long.
    """
    tokens = tokenize(text) if tokens is None else tokens
    ends = [m.end() for m in _STOP.finditer(text) if _is_stop(text, m)]
    if not ends or ends[-1] < len(text):
        ends.append(len(text))
    out: list[Sentence] = []
    first = 0
    for end in ends:
        last = first
        while last < len(tokens) and tokens[last].start < end:
            last += 1
        if last > first:
            begin = out[-1].end if out else 0
            begin += len(text[begin:end]) - len(text[begin:end].lstrip())
            out.append(Sentence(begin, begin + len(text[begin:end].rstrip()), first, last))
            first = last
    return out


def is_question(text: str, start: int, end: int) -> bool:
    """Return whether text[start:end] ends with a question mark, with nothing after it but closing quotation marks, brackets and spaces."""
    return text[start:end].rstrip(_CLOSING).endswith("?")


def printable(text: str) -> str:
    """Return a text without control characters and direction marks; line breaks and tabs stay."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\u2028", "\n").replace("\u2029", "\n"))


def one_line(text: str) -> str:
    """Return a printable text on one line, with single spaces for white space."""
    return " ".join(printable(text).split())
