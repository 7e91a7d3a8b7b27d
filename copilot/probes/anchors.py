"""Anchors: the customer's own words that a probe repeats.

A probe that repeats the wrong words is worse than a plain one, so each kind of anchor is empty if the words do not allow it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from ..lexicon import function_words, number_words, text_of, words_of
from ..reading import Reading, within
from ..statements.clauses import belongs, clauses_of, is_past
from ..statements.phrases import INNER_BREAK, MOST_WORDS, best_phrase
from ..statements.terms import term_among
from ..text import Token, tokenize

__all__ = ["Anchor", "find_anchor"]

LEAD_WORDS = 5
"""Words before a number that may take it for a guess."""
_LISTED = re.compile(r"^.*,\s+")
"""The first of two numbers that are told as one: "ninety-two, ninety-three percent"."""
_RATE = re.compile(r"\s+(?:an?|per|each|every)\s+\w+$", re.IGNORECASE)
_OF_THEM = re.compile(r"\s+of\s+(?:them|us|you|those|these)$", re.IGNORECASE)
_NOTE = re.compile(r"\[[^\]]*\]")
"""A transcriber's note, which nobody said: "[unintelligible 00:57:16]"."""
_CONTRACTED = re.compile(r"['\u2019]s$")
_COMMON_ENDINGS = ("s", "tion", "sion", "ity", "ment", "ness", "ing", "time", "ance", "ence", "ency", "over", "age", "rate")


class Anchor(NamedTuple):
    """The words of a trigger that a probe can repeat; "" if they do not give it.

    `quote` is one to four words (five if they are a whole clause), verbatim, for use in quotation marks. `subject` is what the
    statement is about, `clause` the whole statement, both in the second person. `quantity` is the number with its unit, `term` a
    name or acronym, `source` who the number was heard from, `did` the past tense of a passive verb with a pronoun as its object ("was
    drawn up" gives "drew it up"), and `done_at` the place of that verb. `stated` says that the quote contains a verb, `event`
    that it tells what happened.
    """

    quote: str = ""
    subject: str = ""
    clause: str = ""
    quantity: str = ""
    term: str = ""
    source: str = ""
    did: str = ""
    done_at: int = 0
    stated: bool = False
    event: bool = False

    @property
    def is_thing(self) -> bool:
        """Whether the quote only names a thing: "the nurses"."""
        return not self.stated and self.quote.lower().startswith(("a ", "an ", "the "))


@cache
def _pairs(name: str) -> Mapping[str, str]:
    """Return one of the word pairs of `copilot/data/statements.yaml`."""
    rows = [row.split() for row in text_of(f"statements.other.{name}").split(",")]
    return {row[0]: row[1] for row in rows}


def find_anchor(
    reading: Reading, start: int, end: int, numbers: bool = False, amounts: bool = False, focus: tuple[int, int] | None = None
) -> Anchor:
    """Return the words of turn.text[start:end] that a probe can repeat.

    With `numbers`, a quote with a number is preferred; with `amounts`, one with an amount that has no number: "a lot of time". The quote
    holds the words turn.text[focus], or as much of them as a quote can hold.
    """
    text = reading.turn.text
    notes = [note.span() for note in _NOTE.finditer(text)]
    tokens = [t for t in reading.tokens if t.start >= start and t.end <= end and not any(a <= t.start < b for a, b in notes)]
    clauses = clauses_of(text, tokens)
    quote = best_phrase(reading, clauses, numbers=numbers, amounts=amounts, focus=focus)
    did, done_at = _did(tokens)
    return Anchor(
        quote=quote,
        subject=next(filter(None, (_subject(text, c) for c in (_with_numbers(reading, clauses) if numbers else clauses))), ""),
        clause=next(filter(None, (_clause(text, c) for c in clauses)), ""),
        quantity=_quantity(reading, start, end),
        term=term_among(reading, tokens),
        source=_source(text, start, end),
        did=did,
        done_at=done_at,
        stated=_is_stated(quote),
        event=_is_event(quote),
    )


def _is_stated(quote: str) -> bool:
    """Return whether a quote contains a verb: "lorries queued", but not "a heated room"."""
    words = tokenize(quote)
    told = any(is_past(t) and quote[t.start - 1] == " " and not belongs(before, "function") for before, t in pairwise(words))
    return told or any(belongs(t, "finite") or t.norm.endswith(("'s", "'re", "'ve")) for t in words)


def _is_event(quote: str) -> bool:
    """Return whether a quote tells what somebody did, or what happened: "they walked off", but not "it was dear"."""
    words = tokenize(quote)
    happened = any(is_past(t) and not belongs(t, "be") and t.norm not in {"had", "did"} for t in words[1:])
    return happened or [t.norm for t in words[:2]] == ["there", "were"]


def _second_person(words: Iterable[str]) -> list[str]:
    """Convert words from the first to the second person: "our planners were" -> "your planners were", "I was" -> "you were"."""
    out: list[str] = []
    for word in words:
        turned = _pairs("second_person").get(word.lower().replace("\u2019", "'"), word)
        out.append("were" if word == "was" and out and out[-1] == "you" else turned)
    return out


def _subject(text: str, clause: Sequence[Token]) -> str:
    """Return the noun phrase before the finite verb of a clause, such as "the average build"; "" for a pronoun."""
    for i, token in enumerate(clause[:6]):
        if i and belongs(token, "finite"):
            return _noun_phrase(text, clause[:i])
        bare, after = _CONTRACTED.sub("", token.norm), clause[i + 1].norm if i + 1 < len(clause) else ""
        contracted = bare != token.norm and bare not in words_of("statements.pronouns")
        if contracted and (after in words_of("statements.contracted") or after[:1].isdigit()):
            return _noun_phrase(text, clause[: i + 1])
    return ""


def _noun_phrase(text: str, tokens: Sequence[Token]) -> str:
    """Return tokens as a noun phrase in the second person; "" if they can't be one."""
    tokens = [t for t in _whole_words(text, tokens) if t.norm not in {"also", "really", "just", "now", "actually", "still", "even"}]
    norms = [_CONTRACTED.sub("", t.norm) if i == len(tokens) - 1 else t.norm for i, t in enumerate(tokens)]
    inner = norms[1:] if norms and norms[0] in words_of("statements.determiners") else norms
    if not inner or len(tokens) > MOST_WORDS or not all(_is_noun(n) or n in {"of", "my", "our"} for n in inner):
        return ""
    if {inner[0], inner[-1]} & {"of", "my", "our"} or inner[-1] in words_of("statements.times") or inner[0] in words_of("statements.lead"):
        return ""
    words = [text[t.start : t.end] if i else _uncapital(text, t) for i, t in enumerate(tokens)]
    if words[0][0].isupper() and words[0][1:].islower():
        if len(words) == 1:
            return ""
        words[0] = words[0].lower() if words[1].islower() and "'" not in words[0] else words[0]
    words[-1] = _CONTRACTED.sub("", words[-1])
    return " ".join(_second_person(words))


def _whole_words(text: str, tokens: Sequence[Token]) -> list[Token]:
    """Return tokens with the halves of a compound as one: "stock-outs"."""
    out: list[Token] = []
    for token in tokens:
        if out and text[out[-1].end : token.start] == "-":
            out[-1] = out[-1]._replace(end=token.end, norm=f"{out[-1].norm}-{token.norm}")
        else:
            out.append(token)
    return out


def _is_noun(norm: str) -> bool:
    """Return whether a word can be part of a noun phrase."""
    if norm[0].isdigit() or norm in number_words() or norm.endswith("ly"):
        return False
    return not any(norm in words_of(place) for place in ("statements.pronouns", "statements.function", "statements.weak"))


def _uncapital(text: str, token: Token) -> str:
    """Return a word without the capital of a sentence's start; a possible name keeps it."""
    word = text[token.start : token.end]
    starts = text[: token.start].rstrip()[-1:] in {"", ".", "?", "!", "…"}
    return word[0].lower() + word[1:] if starts and word[1:].islower() and _is_common(text, token) else word


def _is_common(text: str, token: Token) -> bool:
    """Return whether a capitalised word is a common one: by its class or ending, or because it occurs elsewhere without a capital."""
    if belongs(token, "function", "lead", "pronouns", "weak") or re.search(rf"\b{re.escape(token.norm)}\b", text):
        return True
    return token.norm.endswith(_COMMON_ENDINGS) and not token.norm.endswith(("'s", "ss", "us"))


def _clause(text: str, clause: Sequence[Token]) -> str:
    """Return a clause that is a complete statement about the past, in the second person; "" if it is not one."""
    if not 2 <= len(clause) <= 9 or belongs(clause[-1], "dangling") or "\n" in text[clause[0].start : clause[-1].end]:
        return ""
    if any(belongs(t, "address") or t.norm in {"is", "are", "not"} for t in clause) or not _tells_past(text, clause):
        return ""
    words = _whole_words(text, clause)
    return " ".join(_second_person(text[t.start : t.end] if i else _uncapital(text, t) for i, t in enumerate(words)))


def _tells_past(text: str, clause: Sequence[Token]) -> bool:
    """Return whether a clause begins with a subject and a verb in the past tense."""
    verb = next((i for i, t in enumerate(clause[1:5], 1) if is_past(t)), 0)
    if verb == 1 and clause[0].norm in {"we", "they", "i", "he", "she"}:
        return True
    name = verb == 1 and text[clause[0].start].isupper() and not belongs(clause[0], "function", "pronouns")
    return name or (verb > 1 and belongs(clause[0], "determiners") and bool(_noun_phrase(text, clause[:verb])))


def _with_numbers(reading: Reading, clauses: Sequence[Sequence[Token]]) -> list[Sequence[Token]]:
    """Return the clauses that contain a number."""
    return [c for c in clauses if any(c[0].start <= q.start < c[-1].end for q in reading.quantities)]


def _quantity(reading: Reading, start: int, end: int) -> str:
    """Return a number with its unit in the span, short enough to repeat: the first that is told as a guess, else the first."""
    numbers = [q for q in reading.quantities if q.start >= start and q.end <= end and not q.broken]
    numbers.sort(key=lambda q: not _is_guessed([t.norm for t in within(reading.tokens, start, q.start, attrgetter("start"))]))
    found = [_OF_THEM.sub("", _LISTED.sub("", q.text)) for q in numbers]
    return next(
        (q for q in (*found, *(_RATE.sub("", q) for q in found)) if len(q.split()) <= MOST_WORDS + 1 and not INNER_BREAK.search(q)), ""
    )


def _source(text: str, start: int, end: int) -> str:
    """Return who a number in the span was heard from, in the second person: "Delyth", "your accountant"; "" if nobody is named."""
    told = (m.group("who") for m in _sources().finditer(text, start, end))
    who = next((w for w in told if w.lower() not in function_words()), "")  # "All told", "Having said that"
    return " ".join(_second_person(re.sub(r"^me ", "my ", who, flags=re.IGNORECASE).split()))


@cache
def _sources() -> re.Pattern[str]:
    return re.compile(text_of("statements.other.sources"))


def _is_guessed(before: Sequence[str]) -> bool:
    """Return whether the words right before a number take it for a guess: "I think it was three hours"."""
    lead = " ".join(before[-LEAD_WORDS:])
    return any(guess in lead for guess in words_of("statements.other.guesses"))


def _did(tokens: Sequence[Token]) -> tuple[str, int]:
    """Return the past tense of the first passive verb, with an object, and the verb's place; "" and 0 if there is none."""
    for i, token in enumerate(tokens[1:], 1):
        if not belongs(tokens[i - 1], "be") or belongs(token, "states"):
            continue
        past = _pairs("past_of").get(token.norm) or (token.norm if token.norm.endswith("ed") and len(token.norm) > 4 else "")
        particle = tokens[i + 1].norm if _is_particle(tokens, i + 1) else ""
        if past and not _is_stranded(tokens, i + 1):
            return f"{past} {_object(tokens, i - 1)} {particle}".strip(), token.start
    return "", 0


def _is_particle(tokens: Sequence[Token], at: int) -> bool:
    """Return whether a word belongs to the verb before it, and is no preposition with a noun of its own: "over" in "decided over lunch"."""
    if at >= len(tokens) or not belongs(tokens[at], "particles"):
        return False
    after = tokens[at + 1 : at + 2]
    return not after or (belongs(after[0], "function") and not belongs(after[0], "determiners"))


def _is_stranded(tokens: Sequence[Token], at: int) -> bool:
    """Return whether a preposition stands without its noun after a verb, whose object it would take: "it was chewed on, and"."""
    stands = at < len(tokens) and belongs(tokens[at], "prepositions") and not belongs(tokens[at], "particles")
    return stands and (at + 1 == len(tokens) or belongs(tokens[at + 1], "split") or tokens[at + 1].norm == "and")


def _object(tokens: Sequence[Token], be: int) -> str:
    """Return the object pronoun for the subject before the passive verb at `be`."""
    subject = tokens[be - 1].norm if be else ""
    plural = tokens[be].norm in {"were", "are"} and subject.endswith("s")
    return _pairs("objects").get(subject, "them" if plural else "it")
