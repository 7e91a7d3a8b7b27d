"""Anchors: the customer's own words that a probe repeats.

A probe that repeats the wrong words is worse than a plain one, so each kind of anchor is empty if the words do not allow it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from ..lexicon import function_words, load_data, number_words, words_of
from ..quantities import Quantity
from ..reading import Reading, within
from ..text import ACRONYM, Token, tokenize
from .terms import is_glossed, is_known

__all__ = ["Anchor", "find_anchor", "find_term", "second_person"]

MOST_WORDS = 4
ENOUGH = 1.9
"""What a phrase must be worth to be repeated: a plain question is better than one that repeats odd words."""
ENOUGH_IN_FOCUS = 0.5
"""The same for a phrase that holds what the question is about."""
AMOUNT = "vague_amount"
"""Cue whose words are repeated whole: "a good deal"."""
SUPPOSED = 3.0
"""What a phrase is worth less if it is only supposed, or only tells when: nobody "said" what stands after "if"."""
LEAD_WORDS = 5
"""Words before a number that may take it for a guess."""
_LISTED = re.compile(r"^.*,\s+")
"""The first of two numbers that are told as one: "ninety-two, ninety-three percent"."""
_RATE = re.compile(r"\s+(?:an?|per|each|every)\s+\w+$", re.IGNORECASE)
_OF_THEM = re.compile(r"\s+of\s+(?:them|us|you|those|these)$", re.IGNORECASE)
_BREAK = re.compile(r"[^\w\s'\u2019\-/%$€£]|\n| -+ ")
_INNER_BREAK = re.compile(r"[.,]\s|[;:!?…\u2014\u2013(\[\])\n\"“”«»{}]")
_NOTE = re.compile(r"\[[^\]]*\]")
"""A transcriber's note, which nobody said: "[unintelligible 00:57:16]"."""
_JOINTS = ("-", "/")
"""What joins the halves of a compound: "24/7"."""
_CONTRACTED = re.compile(r"['\u2019]s$")
_CUT_OFF = ("'d", "'ll", "'ve", "'re", "'m")
"""Endings of a verb that waits for its other half: "felt like somebody'd"."""
_NO_CLASSES = frozenset({"past_of", "second_person", "objects", "guesses", "acronyms", "strong", "gloss", "sources"})
_COMMON_ENDINGS = ("s", "tion", "sion", "ity", "ment", "ness", "ing", "time", "ance", "ence", "ency", "over", "age", "rate")
_ACRONYM = re.compile(r"\b(?:[A-Z]{2,}[A-Z0-9]*(?:-[A-Z0-9]+)*s?|[A-Z]+[a-z]*\d+|[A-Z]-[A-Za-z]+)\b")
_POINTING = frozenset("that this those these some most many every each".split())


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


@cache
def _pairs(name: str) -> Mapping[str, str]:
    """Return one of the word pairs of `copilot/data/anchors.yaml`."""
    rows = [row.split() for row in str(load_data("anchors")[name]).split(",")]
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
    clauses = _clauses(text, tokens)
    quote = _quote(reading, clauses, _bonus(reading, numbers, amounts), amounts, focus)
    did, done_at = _did(tokens)
    return Anchor(
        quote=quote,
        subject=next(filter(None, (_subject(text, c) for c in (_with_numbers(reading, clauses) if numbers else clauses))), ""),
        clause=next(filter(None, (_clause(text, c) for c in clauses)), ""),
        quantity=_quantity(reading, start, end),
        term=_term(reading, tokens),
        source=_source(text, start, end),
        did=did,
        done_at=done_at,
        stated=_is_stated(quote),
        event=_is_event(quote),
    )


def _is_stated(quote: str) -> bool:
    """Return whether a quote contains a verb: "lorries queued", but not "a heated room"."""
    words = tokenize(quote)
    told = any(_is_past(t) and quote[t.start - 1] == " " and not _is(before, "function") for before, t in pairwise(words))
    return told or any(_is(t, "finite") or t.norm.endswith(("'s", "'re", "'ve")) for t in words)


def _is_event(quote: str) -> bool:
    """Return whether a quote tells what somebody did, or what happened: "they walked off", but not "it was dear"."""
    words = tokenize(quote)
    happened = any(_is_past(t) and not _is(t, "be") and t.norm not in {"had", "did"} for t in words[1:])
    return happened or [t.norm for t in words[:2]] == ["there", "were"]


def find_term(reading: Reading, start: int, end: int) -> str:
    """Return the name or acronym in turn.text[start:end] that a reader can't know; "" if none stands out."""
    return _term(reading, [t for t in reading.tokens if t.start >= start and t.end <= end])


def second_person(words: Iterable[str]) -> list[str]:
    """Convert words from the first to the second person: "our planners were" -> "your planners were", "I was" -> "you were"."""
    out: list[str] = []
    for word in words:
        turned = _pairs("second_person").get(word.lower().replace("\u2019", "'"), word)
        out.append("were" if word == "was" and out and out[-1] == "you" else turned)
    return out


def _is(token: Token, *classes: str) -> bool:
    """Return whether a word belongs to one of the word classes."""
    return not _classes(token.norm).isdisjoint(classes)


@lru_cache(maxsize=4096)
def _classes(norm: str) -> frozenset[str]:
    """Return the word classes that a word belongs to."""
    return frozenset(name for name in load_data("anchors") if name not in _NO_CLASSES and norm in words_of(f"anchors.{name}"))


def _clauses(text: str, tokens: Sequence[Token]) -> list[list[Token]]:
    """Split tokens at punctuation and conjunctions, and drop introductory words."""
    out: list[list[Token]] = [[]]
    for i, token in enumerate(tokens):
        if (i and _is_apart(text, tokens, i)) or (len(out[-1]) > 1 and _opens_clause(tokens, i)):
            out.append([])
        out[-1].append(token)
    return [c for c in (_without_lead(c) for c in out) if c]


def _opens_clause(tokens: Sequence[Token], i: int) -> bool:
    """Return whether tokens[i] is a conjunction that begins a clause, rather than one that joins two words: "night and day", "so much"."""
    norm, following = tokens[i].norm, tokens[i + 1 : i + 5]
    if _is(tokens[i - 1], "reporting") and norm in words_of("anchors.pronouns"):
        return True
    if norm in words_of("anchors.timing"):
        return bool(following) and following[0].norm.split("'")[0] in words_of("anchors.subjects")
    if norm not in words_of("anchors.split"):
        return False
    if norm in {"and", "or", "nor"}:
        return any(_is(t, "finite", "pronouns", "lead") for t in following)
    if norm in {"so", "that", "as"}:
        return bool(following) and following[0].norm not in {"one", "much", "many", "all"} and _is(following[0], "pronouns", "determiners")
    return True


def _without_lead(clause: Sequence[Token]) -> list[Token]:
    """Drop introductory words of a clause: "and", "well", "I think"."""
    i = 0
    while i < len(clause):
        thinks = (
            clause[i].norm in {"i", "you", "i'd"} and i + 1 < len(clause) and (_is(clause[i + 1], "lead") or clause[i + 1].norm == "say")
        )
        after = clause[i + 1] if i + 1 < len(clause) else None
        subject = clause[i].norm == "that" and after is not None and not _is(after, "pronouns", "determiners")
        if not thinks and (subject or not _is(clause[i], "lead", "split")):
            break
        i += 2 if thinks else 1
    return list(clause[i:])


def _bonus(reading: Reading, numbers: bool, amounts: bool) -> dict[int, float]:
    """Return the bonus of words by their start offset; that of a number is negative where no question about numbers is asked."""
    strong = [m for m in reading.cues if m.label in words_of("anchors.strong")]
    of_things = {m for m in strong if amounts and m.label == AMOUNT and "of" in reading.norms[m.last - 1 : m.last + 1]}
    cued = {reading.tokens[i].start: 3.0 if m in of_things else 1.0 for m in strong for i in range(m.first, m.last)}
    number = 2.5 if numbers else -1.5
    counted = [q for q in reading.quantities if numbers or not _announces(reading, q)]
    return cued | {t.start: number for q in counted for t in within(reading.tokens, q.start, q.end, attrgetter("start"))}


def _announces(reading: Reading, quantity: Quantity) -> bool:
    """Return whether a number only says how many things come next: "two reasons"."""
    named = (t.norm for t in within(reading.tokens, quantity.start, quantity.end + 2, attrgetter("start")))
    return not words_of("threads.nouns").isdisjoint(named)


def _quote(
    reading: Reading, clauses: Sequence[Sequence[Token]], bonus: Mapping[int, float], amounts: bool, focus: tuple[int, int] | None
) -> str:
    """Return the most informative phrase, verbatim, that holds the `focus`; "" if there is none.

    One that only tells how much is for questions about `amounts`.
    """
    best: tuple[float, str] = (ENOUGH_IN_FOCUS if focus else ENOUGH, "")
    inside = {reading.tokens[i].start for m in reading.cues if m.label == AMOUNT for i in range(m.first + 1, m.last)}
    for clause in clauses:
        if all(_is(t, "plain") for t in clause) or " ".join(t.norm for t in clause) in words_of("anchors.asides"):
            continue
        weights = [_weight(t, bonus) for t in clause]
        supposed = SUPPOSED if _is_supposed(reading, clause) or _only_times(reading, clause) else 0.0
        opens = (not i or not _is(t, "function") or _is(t, "openers", "subjects") for i, t in enumerate(clause))
        for first in (i for i, may in enumerate(opens) if may and clause[i].start not in inside):
            for last in range(first + 1, min(len(clause), first + MOST_WORDS + 1) + 1):
                if focus and not _holds(clause[first].start, clause[last - 1].end, reading.tokens, focus):
                    continue
                alone = len(clauses) == 1 and last - first == len(clause)
                if _is_left_hanging(reading, clause[last - 1]) or _is_bare_span(reading, clause[first:last], alone=alone):
                    continue
                if not amounts and last - first < len(clause) and all(_is(t, "function", "pronouns", "empty") for t in clause[first:last]):
                    continue
                score = _worth(reading.turn.text, clause, first, last, weights)
                score -= supposed + (2.5 if last - first == 1 and len(clauses) > 1 else 0.0)
                if score > best[0] and (text := _verbatim(reading, clause[first].start, clause[last - 1].end)):
                    best = (score, text)
    return best[1]


def _holds(start: int, end: int, tokens: Sequence[Token], focus: tuple[int, int]) -> bool:
    """Return whether text[start:end] holds the focus: all of it, or some if it is longer than a quote."""
    if len(within(tokens, *focus, attrgetter("start"))) > MOST_WORDS:
        return start < focus[1] and focus[0] < end
    return start <= focus[0] and focus[1] <= end


def _is_bare_span(reading: Reading, part: Sequence[Token], *, alone: bool) -> bool:
    """Return whether a phrase is only a span of time that no quantity holds: "one summer", and "some weeks" unless it stands alone."""
    points = not alone and part[0].norm in _POINTING
    timed = any(_is(t, "times") for t in part) and (points or any(t.norm in number_words() for t in part))
    only = timed and all(_is(t, "function", "times") or t.norm in number_words() for t in part)
    return only and not any(q.start < part[-1].end and part[0].start < q.end for q in reading.quantities)


def _is_left_hanging(reading: Reading, token: Token) -> bool:
    """Return whether a phrase that ends with a token waits for more: "the", "somebody'd", "everybody knows" before "where it is"."""
    if _is(token, "dangling") or token.norm.endswith(_CUT_OFF):
        return True
    following = within(reading.tokens, token.end, token.end + 2, attrgetter("start"))
    knows = _is(token, "knowing")
    return any(_is(t, "completes") or (knows and _is(t, "split", "pronouns", "determiners")) for t in following)


def _is_supposed(reading: Reading, clause: Sequence[Token]) -> bool:
    """Return whether a clause is only supposed: "if the pump froze", "whoever has the key"."""
    at = reading.tokens.index(clause[0])
    supposing = words_of("anchors.supposing")
    return clause[0].norm.split("'")[0] in supposing or not supposing.isdisjoint(reading.norms[max(0, at - 1) : at])


def _only_times(reading: Reading, clause: Sequence[Token]) -> bool:
    """Return whether a clause only tells when what stands before it happens: "they spot it before you call"."""
    before = reading.turn.text[: clause[0].start].rstrip()[-1:]
    return _is(clause[0], "timing") and before.isalnum()


def _worth(text: str, clause: Sequence[Token], first: int, last: int, weights: Sequence[float]) -> float:
    """Return how well clause[first:last] works as a phrase of its own; 0 if it does not."""
    part, whole = clause[first:last], first == 0 and last == len(clause)
    before, after = clause[first - 1] if first else None, clause[last] if last < len(clause) else None
    if whole and _is(part[0], "prepositions") and not any(_is(t, "finite") for t in part):
        return 0.0
    if part[0].norm in {"of", "by"} or _is(part[0], "relative") or not (whole or _stands_alone(text, part, before)):
        return 0.0
    if all(_is(t, "function", "pronouns") for t in part) or _is_broken(part, before, after) or _loses_denial(clause[:first], part):
        return 0.0
    score = sum(weights[first:last]) + (2.5 if whole else 0.0)
    score += 0.6 if len(part) > 1 and _is(part[0], "openers") else 0.0
    score -= 1.5 * sum(_is(t, "pronouns") for t in part[1:]) if len(part) > 1 else 0.0
    score -= 0.0 if whole else _cut_verb(part)
    return score - _torn(part, before, after) - (0.5 if len(part) == 1 else 0.0)


def _is_broken(part: Sequence[Token], before: Token | None, after: Token | None) -> bool:
    """Return whether a phrase is torn where nobody would cut it.

    That is "it any more" after "know", "nights got shorter" after "splice", "quit over" before "it", "matter of taste more" before "than",
    and "Some weeks the trucks" anywhere.
    """
    if any(_is(a, "times") and _is(b, "determiners") for a, b in pairwise(part)):
        return True
    if after is not None and _is(part[-1], "closers") and _is(after, "pronouns"):
        return True
    if after is not None and after.norm == "than" and len(part) > 1 and not _is(part[-2], "function", "finite", "empty"):
        return True
    if before is None:
        return False
    told = [_is(t, "finite") or "'" in t.norm for t in part]
    if _is(part[0], "subjects"):
        return not any(told) and not _is(before, "lead", "split")
    return any(told[1:]) and (_is(before, "determiners") or not _is(before, "function", "finite", "lead"))


def _loses_denial(before: Sequence[Token], part: Sequence[Token]) -> bool:
    """Return whether a phrase with a verb says the opposite without what stands before it: "seen that bill" after "nobody here has".

    What only asks for agreement denies nothing: "didn't they drop the premium on us".
    """
    asks = len(before) > 1 and before[0].norm.endswith("n't") and _is(before[1], "subjects")
    told = before[1:] if asks else before
    denied = any(t.norm in words_of("anchors.denying") or t.norm.endswith("n't") for t in told)
    return denied and not (_is(part[0], "determiners") and not any(_is(t, "finite") for t in part))


def _cut_verb(part: Sequence[Token]) -> float:
    """Return the penalty for a verb at the edge of a phrase, cut off from its object or subject."""
    ends = _is(part[-1], "finite") or (part[-1].norm.endswith("ing") and any(_is(t, "finite") for t in part))
    return (3.0 if ends else 0.0) + (2.0 if _is(part[0], "finite") else 0.0)


def _joins(part: Sequence[Token]) -> bool:
    """Return whether a phrase joins two words, or a thing and its amount: "night and day", "a lot of wasted visits"."""
    return any(t.norm == "and" or (t.norm == "of" and _is(part[0], "openers")) for t in part)


def _stands_alone(text: str, part: Sequence[Token], before: Token | None) -> bool:
    """Return whether the edges of a part of a clause allow it as a phrase: no stray function word, lost "not" or half of a compound."""
    if _is(part[0], "function") and not _is(part[0], "openers", "subjects"):
        return False
    if (len(part) == 1 and _is(part[0], "finite")) or (len(part) > MOST_WORDS and not _joins(part)):
        return False
    if (_is(part[-1], "function") and not _is(part[-1], "closers")) or _is(part[-1], "pronouns"):
        return False
    bare = before is not None and (
        _is(before, "pronouns") or (before.norm.endswith("ing") and before.norm != "being") or not _is(before, "function", "finite")
    )
    if bare and _is(part[0], "particles"):
        return False
    if before and (before.norm in {"not", "no", "never", "without", "hardly", "barely"} or before.norm.endswith("n't")):
        return False
    return text[part[-1].end : part[-1].end + 1] not in _JOINTS and text[part[0].start - 1 : part[0].start] not in _JOINTS


def _weight(token: Token, bonus: Mapping[int, float]) -> float:
    """Return the weight of a word in a phrase."""
    if _is(token, "function"):
        return -0.1
    return (0.6 if _is(token, "weak", "pronouns") else 2.0) + bonus.get(token.start, 0.0)


def _torn(part: Sequence[Token], before: Token | None, after: Token | None) -> float:
    """Return the penalty for cutting a phrase off from the words next to it, such as a statement from its object."""
    left = right = 0.0
    if before and _is(before, "determiners"):
        left = 3.0
    elif before and _is(before, "subjects"):
        left = 2.0
    elif before and _is(before, "prepositions"):
        left = 2.2
    elif before and _is(before, "openers"):
        left = 1.5
    elif before and not _is(before, "function"):
        left = 1.2
    cut = after is not None and _is(part[0], "subjects") and _is(after, "possessives", "subjects")
    goes_on = after is not None and not _is(after, "function")
    incomplete = len(part) > MOST_WORDS or part[-1].norm.endswith(tuple(words_of("anchors.adjective_endings")))
    if after and (after.norm in {"of", "than", "ago"} or (goes_on and incomplete)):
        right = 3.0
    elif goes_on or cut:
        right = 1.8
    return left + right


def _verbatim(reading: Reading, start: int, end: int) -> str:
    """Return the words at text[start:end], extended to a number that they would split; "" if they can't be put in quotation marks."""
    for q in reading.quantities:
        if q.start < end and start < q.end and (q.start < start or end < q.end):
            start, end = q.start, q.end
    found = reading.turn.text[start:end]
    return "" if _INNER_BREAK.search(found) or len(found.split()) > MOST_WORDS + 2 else found


def _subject(text: str, clause: Sequence[Token]) -> str:
    """Return the noun phrase before the finite verb of a clause, such as "the average build"; "" for a pronoun."""
    for i, token in enumerate(clause[:6]):
        if i and _is(token, "finite"):
            return _noun_phrase(text, clause[:i])
        bare, after = _CONTRACTED.sub("", token.norm), clause[i + 1].norm if i + 1 < len(clause) else ""
        contracted = bare != token.norm and bare not in words_of("anchors.pronouns")
        if contracted and (after in words_of("anchors.contracted") or after[:1].isdigit()):
            return _noun_phrase(text, clause[: i + 1])
    return ""


def _noun_phrase(text: str, tokens: Sequence[Token]) -> str:
    """Return tokens as a noun phrase in the second person; "" if they can't be one."""
    tokens = [t for t in _whole_words(text, tokens) if t.norm not in {"also", "really", "just", "now", "actually", "still", "even"}]
    norms = [_CONTRACTED.sub("", t.norm) if i == len(tokens) - 1 else t.norm for i, t in enumerate(tokens)]
    inner = norms[1:] if norms and norms[0] in words_of("anchors.determiners") else norms
    if not inner or len(tokens) > MOST_WORDS or not all(_is_noun(n) or n in {"of", "my", "our"} for n in inner):
        return ""
    if {inner[0], inner[-1]} & {"of", "my", "our"} or inner[-1] in words_of("anchors.times") or inner[0] in words_of("anchors.lead"):
        return ""
    words = [text[t.start : t.end] if i else _uncapital(text, t) for i, t in enumerate(tokens)]
    if words[0][0].isupper() and words[0][1:].islower():
        if len(words) == 1:
            return ""
        words[0] = words[0].lower() if words[1].islower() and "'" not in words[0] else words[0]
    words[-1] = _CONTRACTED.sub("", words[-1])
    return " ".join(second_person(words))


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
    return not any(norm in words_of(place) for place in ("anchors.pronouns", "anchors.function", "anchors.weak"))


def _uncapital(text: str, token: Token) -> str:
    """Return a word without the capital of a sentence's start; a possible name keeps it."""
    word = text[token.start : token.end]
    starts = text[: token.start].rstrip()[-1:] in {"", ".", "?", "!", "…"}
    return word[0].lower() + word[1:] if starts and word[1:].islower() and _is_common(text, token) else word


def _is_common(text: str, token: Token) -> bool:
    """Return whether a capitalised word is a common one: by its class or ending, or because it occurs elsewhere without a capital."""
    if _is(token, "function", "lead", "pronouns", "weak") or re.search(rf"\b{re.escape(token.norm)}\b", text):
        return True
    return token.norm.endswith(_COMMON_ENDINGS) and not token.norm.endswith(("'s", "ss", "us"))


def _clause(text: str, clause: Sequence[Token]) -> str:
    """Return a clause that is a complete statement about the past, in the second person; "" if it is not one."""
    if not 2 <= len(clause) <= 9 or _is(clause[-1], "dangling") or any(_is(t, "address") or t.norm in {"is", "are", "not"} for t in clause):
        return ""
    if text[clause[0].start : clause[-1].end].count("\n") or not _tells_past(text, clause):
        return ""
    words = _whole_words(text, clause)
    return " ".join(second_person(text[t.start : t.end] if i else _uncapital(text, t) for i, t in enumerate(words)))


def _tells_past(text: str, clause: Sequence[Token]) -> bool:
    """Return whether a clause begins with a subject and a verb in the past tense."""
    verb = next((i for i, t in enumerate(clause[1:5], 1) if _is_past(t)), 0)
    if verb == 1 and clause[0].norm in {"we", "they", "i", "he", "she"}:
        return True
    name = verb == 1 and text[clause[0].start].isupper() and not _is(clause[0], "function", "pronouns")
    return name or (verb > 1 and _is(clause[0], "determiners") and bool(_noun_phrase(text, clause[:verb])))


def _is_past(token: Token) -> bool:
    return _is(token, "past") or (token.norm.endswith("ed") and len(token.norm) > 4)


def _with_numbers(reading: Reading, clauses: Sequence[Sequence[Token]]) -> list[Sequence[Token]]:
    """Return the clauses that contain a number."""
    return [c for c in clauses if any(c[0].start <= q.start < c[-1].end for q in reading.quantities)]


def _quantity(reading: Reading, start: int, end: int) -> str:
    """Return a number with its unit in the span, short enough to repeat: the first that is told as a guess, else the first."""
    numbers = [q for q in reading.quantities if q.start >= start and q.end <= end and not q.broken]
    numbers.sort(key=lambda q: not _is_guessed([t.norm for t in reading.tokens if start <= t.start < q.start]))
    found = [_OF_THEM.sub("", _LISTED.sub("", q.text)) for q in numbers]
    return next(
        (q for q in (*found, *(_RATE.sub("", q) for q in found)) if len(q.split()) <= MOST_WORDS + 1 and not _INNER_BREAK.search(q)), ""
    )


def _source(text: str, start: int, end: int) -> str:
    """Return who a number in the span was heard from, in the second person: "Delyth", "your accountant"; "" if nobody is named."""
    told = (m.group("who") for m in _sources().finditer(text, start, end))
    who = next((w for w in told if w.lower() not in function_words()), "")  # "All told", "Having said that"
    return " ".join(second_person(re.sub(r"^me ", "my ", who, flags=re.IGNORECASE).split()))


@cache
def _sources() -> re.Pattern[str]:
    return re.compile(load_data("anchors")["sources"].strip())


def _is_guessed(before: Sequence[str]) -> bool:
    """Return whether the words right before a number take it for a guess: "I think it was three hours"."""
    lead = " ".join(before[-LEAD_WORDS:])
    return any(guess in lead for guess in words_of("anchors.guesses"))


def _term(reading: Reading, tokens: Sequence[Token]) -> str:
    """Return the name or acronym in the trigger that a reader can't know; "" if none stands out."""
    text, whole = reading.turn.text, _without_lead(tokens)
    if not whole:
        return ""
    if len(whole) <= MOST_WORDS and not any(_is(t, "finite", "pronouns") or t.norm in {"your", "our", "my", "and"} for t in whole):
        found = text[whole[0].start : whole[-1].end]
        return "" if _INNER_BREAK.search(found) else found[0].lower() + found[1:] if _is(whole[0], "determiners") else found
    acronyms = list(_ACRONYM.finditer(text, whole[0].start, whole[-1].end))
    for match in acronyms:
        if not is_known(reading, match.group()) and not is_glossed(reading, match.end()):
            return _named_in_full(text, whole, match)
    names = [t for t in whole if _is_name(text, t) and not _is_place(text, whole, t) and not is_glossed(reading, t.end)]
    inner = [t for t in names if t is not whole[0]] or names
    if inner:
        return _whole_name(text, whole, inner[0])
    return "" if acronyms else _last_definite(text, whole)


def _named_in_full(text: str, tokens: Sequence[Token], acronym: re.Match[str]) -> str:
    """Return an acronym with the name that it is part of: "Kestrel CI"; a word that only begins the statement is no such name."""
    names = (t for t in tokens if _is_name(text, t) and (t is not tokens[0] or text.count(text[t.start : t.end]) > 1))
    before = next((t for t in names if t.end + 1 == acronym.start() and text[t.end] == " "), None)
    return text[before.start if before else acronym.start() : acronym.end()]


def _is_name(text: str, token: Token) -> bool:
    if not text[token.start].isupper() or ACRONYM.fullmatch(text, token.start, token.end):
        return False
    known = words_of("evidence.usual_names") | words_of("evidence.software")
    return token.norm not in known and not _is(token, "pronouns", "function", "lead", "times")


def _is_place(text: str, tokens: Sequence[Token], token: Token) -> bool:
    """Return whether a name is that of a place, which every reader takes for one: "Montgomery County", "our people in Porto"."""
    at = tokens.index(token)
    stands = at > 0 and tokens[at - 1].norm in words_of("anchors.at_places") and not ACRONYM.fullmatch(text, token.start, token.end)
    return stands or tokenize(_whole_name(text, tokens, token))[-1].norm in words_of("anchors.places")


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
    stop = next(
        (j for j in range(first + 1, len(tokens)) if _is(tokens[j], "function", "finite") or _is_apart(text, tokens, j)), len(tokens)
    )
    last = tokens[stop - 1]
    dated = any(_is(t, "times") for t in (last, *tokens[stop + 1 : stop + 2]))
    if dated or last.norm in number_words() or any(c.isdigit() for c in last.norm) or last.norm.upper() in words_of("evidence.acronyms"):
        return ""
    return text[tokens[first].start : tokens[stop - 1].end] if 1 < stop - first <= MOST_WORDS else ""


def _is_apart(text: str, tokens: Sequence[Token], at: int) -> bool:
    """Return whether a mark of punctuation stands before a token."""
    return _BREAK.search(text, tokens[at - 1].end, tokens[at].start) is not None


def _did(tokens: Sequence[Token]) -> tuple[str, int]:
    """Return the past tense of the first passive verb, with an object, and the verb's place; "" and 0 if there is none."""
    for i, token in enumerate(tokens[1:], 1):
        if not _is(tokens[i - 1], "be") or _is(token, "states"):
            continue
        past = _pairs("past_of").get(token.norm) or (token.norm if token.norm.endswith("ed") and len(token.norm) > 4 else "")
        particle = tokens[i + 1].norm if _is_particle(tokens, i + 1) else ""
        if past and not _is_stranded(tokens, i + 1):
            return f"{past} {_object(tokens, i - 1)} {particle}".strip(), token.start
    return "", 0


def _is_particle(tokens: Sequence[Token], at: int) -> bool:
    """Return whether a word belongs to the verb before it, and is no preposition with a noun of its own: "over" in "decided over lunch"."""
    if at >= len(tokens) or not _is(tokens[at], "particles"):
        return False
    after = tokens[at + 1 : at + 2]
    return not after or (_is(after[0], "function") and not _is(after[0], "determiners"))


def _is_stranded(tokens: Sequence[Token], at: int) -> bool:
    """Return whether a preposition stands without its noun after a verb, whose object it would take: "it was chewed on, and"."""
    stands = at < len(tokens) and _is(tokens[at], "prepositions") and not _is(tokens[at], "particles")
    return stands and (at + 1 == len(tokens) or _is(tokens[at + 1], "split") or tokens[at + 1].norm == "and")


def _object(tokens: Sequence[Token], be: int) -> str:
    """Return the object pronoun for the subject before the passive verb at `be`."""
    subject = tokens[be - 1].norm if be else ""
    plural = tokens[be].norm in {"were", "are"} and subject.endswith("s")
    return _pairs("objects").get(subject, "them" if plural else "it")
