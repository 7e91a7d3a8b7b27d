"""Clauses: the parts of a statement, and the classes of the words in it (`copilot/data/statements.yaml`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from ..lexicon import denies, load_data, words_of
from ..text import Token

__all__ = ["belongs", "clause_at", "clauses_of", "is_apart", "is_past", "without_lead"]

_BREAK = re.compile(r"[^\w\s'\u2019\-/%$€£]|\n| -+ ")
DENIED = 2
"""Words before a verb of opinion that may deny it: "I wouldn't really say"."""
_MARK = re.compile(r"[,;:.?!](?!\w)")
"""A mark between clauses; none stands within "22,000" or "7:30"."""


def belongs(token: Token, *classes: str) -> bool:
    """Return whether a word belongs to one of the word classes."""
    return not _classes(token.norm).isdisjoint(classes)


@lru_cache(maxsize=4096)
def _classes(norm: str) -> frozenset[str]:
    """Return the word classes that a word belongs to: all entries of the file but `other`."""
    return frozenset(name for name in load_data("statements") if name != "other" and norm in words_of(f"statements.{name}"))


def is_past(token: Token) -> bool:
    """Return whether a word is a verb in the past tense, by its class or its ending."""
    return belongs(token, "past") or (token.norm.endswith("ed") and len(token.norm) > 4)


def is_apart(text: str, tokens: Sequence[Token], at: int) -> bool:
    """Return whether a mark of punctuation stands before a token."""
    return _BREAK.search(text, tokens[at - 1].end, tokens[at].start) is not None


def clauses_of(text: str, tokens: Sequence[Token]) -> list[list[Token]]:
    """Split tokens at punctuation and conjunctions, and drop introductory words."""
    out: list[list[Token]] = [[]]
    for i, token in enumerate(tokens):
        if (i and is_apart(text, tokens, i)) or (len(out[-1]) > 1 and _opens_clause(tokens, i) and not _denies_opinion(out[-1])):
            out.append([])
        out[-1].append(token)
    return [c for c in (without_lead(c) for c in out) if c]


def _opens_clause(tokens: Sequence[Token], i: int) -> bool:
    """Return whether tokens[i] is a conjunction that begins a clause, rather than one that joins two words: "night and day", "so much"."""
    norm, following = tokens[i].norm, tokens[i + 1 : i + 5]
    if belongs(tokens[i - 1], "reporting") and norm in words_of("statements.pronouns"):
        return True
    if norm in words_of("statements.timing"):
        return bool(following) and following[0].norm.split("'")[0] in words_of("statements.subjects")
    if norm not in words_of("statements.split"):
        return False
    if norm in {"and", "or", "nor"}:
        return any(belongs(t, "finite", "pronouns", "lead") for t in following)
    if norm in {"so", "that", "as"}:
        if not following or following[0].norm in {"one", "much", "many", "all"}:
            return False
        return belongs(following[0], "pronouns", "determiners")
    return True


def _denies_opinion(words: Sequence[Token]) -> bool:
    """Return whether words end on an opinion that they deny, and with it what follows: "I don't think" before "we lost one"."""
    return belongs(words[-1], "opining") and any(denies(t.norm) for t in words[-1 - DENIED : -1])


def without_lead(clause: Sequence[Token]) -> list[Token]:
    """Drop introductory words of a clause: "and", "well", "I think"."""
    i = 0
    while i < len(clause):
        after = clause[i + 1] if i + 1 < len(clause) else None
        if after is not None and _only_thinks(clause[i], after):
            i += 2
        elif _is_subject(clause[i], after) or not belongs(clause[i], "lead", "split"):
            break
        else:
            i += 1
    return list(clause[i:])


def _only_thinks(token: Token, after: Token) -> bool:
    """Return whether two words only tell that somebody thinks so: "I think", "I'd say"."""
    return token.norm in {"i", "you", "i'd"} and (belongs(after, "lead") or after.norm == "say")


def _is_subject(token: Token, after: Token | None) -> bool:
    """Return whether "that" is what a statement is about: "that broke", but not "that we broke it"."""
    return token.norm == "that" and after is not None and not belongs(after, "pronouns", "determiners")


def clause_at(text: str, start: int, end: int, at: int, length: int = 0) -> tuple[int, int]:
    """Return the clause of text[start:end] that contains text[at:at + length]; the whole if `at` is -1."""
    if at < 0:
        return start, end
    marks = list(_MARK.finditer(text, start, end))
    begin = max((m.end() for m in marks if m.start() < at), default=start)
    return begin, min((m.start() for m in marks if m.start() >= at + length), default=end)
