"""Terms: the names and acronyms that a reader cannot know, and those that nobody has to ask about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from ..lexicon import function_words, number_words, text_of, words_of
from ..reading import Reading, once
from ..text import ACRONYM, Token, norms, tokenize
from .clauses import belongs, is_apart, without_lead
from .phrases import INNER_BREAK, MOST_WORDS

__all__ = ["find_term", "is_glossed", "is_known", "spells_out", "term_among"]

NEAR = 4
"""Turns back in which an acronym may be spelled out."""
LETTERS = 4
"""Letters of each word from which two words count as spelling out an acronym of two; short ones begin too many."""
_YEAR = re.compile(r"(?:FY|H[12]|Q[1-4])-?\d{2}")
_ACRONYM = re.compile(r"\b(?:[A-Z]{2,}[A-Z0-9]*(?:-[A-Z0-9]+)*s?|[A-Z]+[a-z]*\d+|[A-Z]-[A-Za-z]+)\b")


def find_term(reading: Reading, start: int, end: int) -> str:
    """Return the name or acronym in turn.text[start:end] that a reader can't know; "" if none stands out."""
    return term_among(reading, [t for t in reading.tokens if t.start >= start and t.end <= end])


def term_among(reading: Reading, tokens: Sequence[Token]) -> str:
    """Return the name or acronym among some tokens of a turn that a reader can't know; "" if none stands out."""
    text, whole = reading.turn.text, without_lead(tokens)
    if not whole:
        return ""
    if len(whole) <= MOST_WORDS and not any(belongs(t, "finite", "pronouns") or t.norm in {"your", "our", "my", "and"} for t in whole):
        return _bare(text[whole[0].start : whole[-1].end], whole)
    acronyms = list(_ACRONYM.finditer(text, whole[0].start, whole[-1].end))
    for match in acronyms:
        if not is_known(reading, match.group()) and not is_glossed(reading, match.end()):
            return _named_in_full(text, whole, match)
    names = [t for t in whole if _is_name(text, t) and not _is_place(text, whole, t) and not is_glossed(reading, t.end)]
    inner = [t for t in names if t is not whole[0]] or names
    if inner:
        return _whole_name(text, whole, inner[0])
    return "" if acronyms else _last_definite(text, whole)


def _bare(found: str, tokens: Sequence[Token]) -> str:
    """Return a trigger that is nothing but a term, without the capital of an article; "" if a mark stands in it."""
    if INNER_BREAK.search(found):
        return ""
    return found[0].lower() + found[1:] if belongs(tokens[0], "determiners") else found


def _named_in_full(text: str, tokens: Sequence[Token], acronym: re.Match[str]) -> str:
    """Return an acronym with the name that it is part of: "Kestrel CQ"; a word that only begins the statement is no such name."""
    names = (t for t in tokens if _is_name(text, t) and (t is not tokens[0] or text.count(text[t.start : t.end]) > 1))
    before = next((t for t in names if t.end + 1 == acronym.start() and text[t.end] == " "), None)
    return text[before.start if before else acronym.start() : acronym.end()]


def _is_name(text: str, token: Token) -> bool:
    if not text[token.start].isupper() or token.norm.endswith("'s") or ACRONYM.fullmatch(text, token.start, token.end):
        return False
    known = words_of("evidence.usual_names") | words_of("evidence.software") | words_of("drafts.honorifics")
    return token.norm not in known and not belongs(token, "pronouns", "function", "lead", "split", "supposing", "times")


def _is_place(text: str, tokens: Sequence[Token], token: Token) -> bool:
    """Return whether a name is that of a place, which every reader takes for one: "Montgomery County", "our people in Porto"."""
    at = tokens.index(token)
    stands = at > 0 and tokens[at - 1].norm in words_of("statements.at_places") and not ACRONYM.fullmatch(text, token.start, token.end)
    return stands or tokenize(_whole_name(text, tokens, token))[-1].norm in words_of("statements.places")


def _whole_name(text: str, tokens: Sequence[Token], first: Token) -> str:
    """Return a name with all of its capitalised words: "United Kingdom"."""
    last = first
    for token in tokens[tokens.index(first) + 1 :]:
        if not text[token.start].isupper() or text[last.end : token.start] != " ":
            break
        last = token
    return text[first.start : last.end]


def _last_definite(text: str, tokens: Sequence[Token]) -> str:
    """Return the last "the ..." of the tokens, such as "the heat map"; "" if there is none."""
    first = next((i for i in range(len(tokens) - 2, -1, -1) if tokens[i].norm == "the"), None)
    if first is None:
        return ""
    ends = (j for j in range(first + 1, len(tokens)) if belongs(tokens[j], "function", "finite") or is_apart(text, tokens, j))
    stop = next(ends, len(tokens))
    last = tokens[stop - 1]
    dated = any(belongs(t, "times") for t in (last, *tokens[stop + 1 : stop + 2]))
    if dated or last.norm in number_words() or any(c.isdigit() for c in last.norm) or last.norm.upper() in words_of("evidence.acronyms"):
        return ""
    return text[tokens[first].start : last.end] if 1 < stop - first <= MOST_WORDS else ""


def is_known(reading: Reading, acronym: str) -> bool:
    """Return whether an acronym, or its singular, needs no explanation in this turn, or is a word that was only stressed: "THAT close"."""
    bare = acronym.removesuffix("s")
    if acronym.lower() in function_words():
        return True
    known = {t.upper() for t in reading.background.terms} | words_of("evidence.acronyms")
    general = acronym.upper() in known or bare.upper() in known or _YEAR.fullmatch(acronym) is not None
    return general or _is_spelt_out(reading, bare)


def is_glossed(reading: Reading, end: int) -> bool:
    """Return whether the words after a term that ends at an offset explain it, or take it for one of many: "the RBX, our old ledger"."""
    return _gloss().match(reading.turn.text, end) is not None


@cache
def _gloss() -> re.Pattern[str]:
    return re.compile(text_of("statements.other.gloss"), re.IGNORECASE)


def spells_out(words: Sequence[str], acronym: str) -> bool:
    """Return whether some words in a row begin with the letters of an acronym in lower case, without itself as one of them."""
    return acronym.isalpha() and _spells(_marked(words), acronym)


def _spells(told: str, letters: str) -> bool:
    """Return whether marked words in a row begin with two or more letters, in longer words for two than for more."""
    if len(letters) < 2:
        return False
    spelling = _spelling(letters, LETTERS if len(letters) == 2 else 1)
    return any(letters not in found.group().split() for found in spelling.finditer(told))


def _is_spelt_out(reading: Reading, acronym: str) -> bool:
    """Return whether this turn, one shortly before or the background has words in a row that begin with its letters.

    "Accounts payable" for AP; small words between them may have a letter or none, as in "security plan of the day" for SPOD. In a whole
    call some words begin with any three letters.
    """
    letters = "".join(c for c in acronym.lower() if c.isalpha())
    return any(_spells(told, letters) for told in _told(reading))


@lru_cache(maxsize=256)
def _spelling(letters: str, least: int) -> re.Pattern[str]:
    """Return the pattern of words that begin with letters, in content words of at least so many; those between may be small words."""
    first, *inner, last = (re.escape(c) for c in letters)
    rest, small = rf"[^\s-]{{{least - 1},}} ", r"(?:-\S+ )*?"
    then = "".join(f"{small}-?{c}{rest}" for c in inner)
    return re.compile(rf"(?<!\S){first}{rest}{then}{small}{'-?' if inner else ''}{last}{rest}")


@once
def _told(reading: Reading) -> Sequence[str]:
    """Return the words of the turn, of those shortly before it and of the background's facts, small words with a hyphen before them."""
    told = (reading.norms, *(b.norms for b in reading.before[-NEAR:]), *map(norms, reading.background.customer.facts))
    return [_marked(words) for words in told]


def _marked(words: Sequence[str]) -> str:
    return "".join(f"-{norm} " if norm in function_words() else f"{norm} " for norm in words)
