"""Lint for interview questions: closed, leading, double-barrelled, hypothetical, too long, assumes, pitch.

Quotations are the customer's words and are not judged. A closed question is fine if it asks for an exact value, a spelling,
consent or a read-back ("Is that percent or points?"), or if it invites a story ("Can you remember one time?").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Literal

from ..lexicon import Lexicon, Match, load_data, number_words, words_of
from ..text import Sentence, Token, count_words, is_question, sentences, tokenize
from ..turns import Value

__all__ = ["Fault", "Rule", "lint_question"]

MOST_WORDS = 25  # most words of a question that is not too long
Rule = Literal["closed", "leading", "double-barrelled", "hypothetical", "too long", "assumes", "pitch"]
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»")
_CLAUSE_END = re.compile(r"[,;:\u2014\u2013]|\s-\s")
_PAIR_WORDS = 5  # most words of the second end in "what was it before, and what is it now?"


class Fault(Value):
    """Something wrong with a question at text[start:end], the reason, and a better form if there is one."""

    rule: Rule
    start: int
    end: int
    text: str
    reason: str
    better: str | None = None


@cache
def _data() -> Mapping[str, Any]:
    return load_data("lint")


@cache
def _rows() -> Mapping[str, Mapping[str, Any]]:
    return {row["id"]: row for row in _data()["rules"]}


@cache
def _phrases() -> Lexicon:
    praise = "|".join(sorted(words_of("lint.words.praise")))
    return Lexicon({name: row["phrases"].replace("<praise>", praise) for name, row in _rows().items()})


def lint_question(text: str) -> tuple[Fault, ...]:
    """Return what is wrong with a question, in order; () for a good one.

    `text` may be an interviewer's whole turn: then each of its questions is judged, and the text before them is checked only for
    leading, assuming and pitching words. A text without a question mark is judged as one question.
    """
    masked = _QUOTED.sub(lambda m: " " * len(m.group()), text)
    tokens = tokenize(masked)
    if not tokens:
        return ()
    parts = sentences(masked, tokens)
    asked = [s for s in parts if is_question(masked, s.start, s.end)] or (parts[-1:] if "?" not in text else [])
    found = [*_worded(text, masked, tokens, asked), *_several(text, masked, tokens, asked)]
    for sentence in asked:
        found += [*_closed(text, masked, tokens, sentence), *_long(text, sentence)]
    return tuple(sorted(_merged(found), key=lambda f: (f.start, f.rule, f.end)))


def _worded(text: str, masked: str, tokens: Sequence[Token], asked: Sequence[Sentence]) -> Iterator[Fault]:
    """Yield the faults shown by phrases."""
    for match in _phrases().find([t.norm for t in tokens]):
        row = _rows()[match.label]
        inside = next((s for s in asked if s.first <= match.first < s.last), None)
        if row["rule"] in {"double-barrelled", "hypothetical"} and (inside is None or _estimates(match, tokens, inside)):
            continue
        if _in_place(row.get("at"), match, tokens, inside, masked) and not _polite(row, match, tokens):
            yield _fault(row, row["rule"], text, tokens[match.first].start, tokens[match.last - 1].end)


def _in_place(at: str | None, match: Match, tokens: Sequence[Token], inside: Sentence | None, masked: str) -> bool:
    """Return whether a phrase is in the position that its rule requires."""
    if at is None:
        return inside is None or match.label not in {"double.and", "double.or"} or _second(match, tokens, inside)
    if inside is None or at == "within":
        return inside is not None
    if at == "end":
        apart = match.last - match.first > 1 or bool(_CLAUSE_END.search(masked, tokens[match.first - 1].end, tokens[match.first].start))
        return match.last == inside.last and match.first > inside.first and apart
    return all(t.norm in words_of("lint.words.lead") for t in tokens[inside.first : match.first])


def _second(match: Match, tokens: Sequence[Token], inside: Sentence) -> bool:
    """Return whether something is asked before a conjunction, so that a second question follows.

    "And what was it?" is one question, and so is one about both ends of a number: "What was it before, and what is it now?".
    """
    before = {t.norm for t in tokens[inside.first : match.first]}
    after = {t.norm for t in tokens[match.last : inside.last]}
    pair = bool(after & words_of("lint.words.now")) and len(after) <= _PAIR_WORDS
    return bool(before & (words_of("lint.words.wh") | words_of("lint.words.auxiliaries"))) and not pair


def _polite(row: Mapping[str, Any], match: Match, tokens: Sequence[Token]) -> bool:
    """Return whether "would you" merely makes a question polite: "How would you describe it?", "Would you mind?"."""
    if row["id"] != "hypothetical.would" or tokens[match.first].norm != "would":
        return False
    after = tokens[match.last].norm if match.last < len(tokens) else ""
    return after in words_of("lint.words.polite")


def _estimates(match: Match, tokens: Sequence[Token], inside: Sentence) -> bool:
    """Return whether "would it have been" asks how it was, as far as one can tell: "What share of it would that have been?"."""
    words = [t.norm for t in tokens[inside.first : inside.last]]
    at = match.first - inside.first
    asks = not words_of("lint.words.wh").isdisjoint(words[:at]) and words_of("lint.words.supposing").isdisjoint(words)
    return asks and words[at] == "would" and words[at + 1] in words_of("lint.words.subjects") and words[at + 2 : at + 4] == ["have", "been"]


def _several(text: str, masked: str, tokens: Sequence[Token], asked: Sequence[Sentence]) -> Iterator[Fault]:
    """Yield a fault if several questions are asked at once; a fragment that only repeats one, or asks who knows, does not count."""
    asked = [s for s in asked if any(_form(c) != "neither" for c in _clauses(masked, tokens[s.first : s.last])) and not _is_tail(s, tokens)]
    if len(asked) > 1:
        yield _fault(_data()["several"], "double-barrelled", text, asked[0].start, asked[-1].end)


def _is_tail(sentence: Sentence, tokens: Sequence[Token]) -> bool:
    """Return whether a question only asks whether the one before it can be answered: "Do you know?"."""
    words = [t.norm for t in tokens[sentence.first : sentence.last] if t.norm not in words_of("lint.words.lead")]
    return any(match.last - match.first == len(words) for match in Lexicon.at("lint.tail").find(words))


def _long(text: str, sentence: Sentence) -> Iterator[Fault]:
    """Yield a fault for a question that is too long."""
    if count_words(text[sentence.start : sentence.end]) > MOST_WORDS:
        yield _fault(_data()["too long"], "too long", text, sentence.start, sentence.end)


def _closed(text: str, masked: str, tokens: Sequence[Token], sentence: Sentence) -> Iterator[Fault]:
    """Yield a fault for a yes-or-no question, unless that is wanted or it invites a story."""
    clauses = _clauses(masked, tokens[sentence.first : sentence.last])
    forms = [_form(clause) for clause in clauses]
    if "open" in forms or "closed" not in forms or _is_tail(sentence, tokens):
        return
    words = [t.norm for t in tokens[sentence.first : sentence.last]]
    clause = clauses[forms.index("closed")]
    if Lexicon.of("lint", "invitation", "readback").find(words) or _reads_back(clause, words):
        return
    yield _fault(_data()["closed"], "closed", text, clause[0].start, sentence.end)


def _reads_back(clause: Sequence[Token], words: Iterable[str]) -> bool:
    """Return whether a closed question asks whether a number is right: "Is the nine for all ovens?", not "Did you cut it by nine?"."""
    states = clause[0].norm not in words_of("lint.words.auxiliaries") - words_of("lint.words.being")
    return states and any(w[0].isdigit() or w in number_words() or w in words_of("lint.words.amounts") for w in words)


def _clauses(masked: str, tokens: Sequence[Token]) -> list[list[Token]]:
    """Split a question at punctuation, and drop introductory words."""
    out: list[list[Token]] = [[]]
    for i, token in enumerate(tokens):
        if i and _CLAUSE_END.search(masked, tokens[i - 1].end, token.start):
            out.append([])
        if out[-1] or token.norm not in words_of("lint.words.lead"):
            out[-1].append(token)
    return [c for c in out if c]


def _form(clause: Sequence[Token]) -> Literal["open", "closed", "neither"]:
    """Return how a clause asks: openly, for yes or no, or not at all."""
    norms = [t.norm for t in clause]
    subjects, wh = words_of("lint.words.subjects"), words_of("lint.words.wh")
    at = 1 if norms[0] in words_of("lint.words.prepositions") and len(norms) > 1 else 0
    head, after = norms[at], norms[at + 1] if at + 1 < len(norms) else ""
    if head in {"when", "where", "how"} and after in subjects | {"your", "the", "their"}:
        return "neither"
    if head in wh or head in {"tell", "describe", "walk", "talk", "explain", "take", "give"}:
        return "open"
    if head in words_of("lint.words.auxiliaries") and after:
        return "closed"
    if any(n in wh for n in norms) and norms[0] not in subjects:
        return "open"
    return "closed" if head.partition("'")[0] in subjects - {"i"} and len(norms) > 3 and not any(n in wh for n in norms) else "neither"


def _fault(row: Mapping[str, Any], rule: Rule, text: str, start: int, end: int) -> Fault:
    return Fault(rule=rule, start=start, end=end, text=text[start:end], reason=row["reason"], better=row.get("better"))


def _merged(faults: Sequence[Fault]) -> list[Fault]:
    """Drop faults that lie within another fault of the same rule."""
    out: list[Fault] = []
    for fault in sorted(faults, key=lambda f: (f.rule, f.start, -f.end)):
        if not out or out[-1].rule != fault.rule or fault.start >= out[-1].end:
            out.append(fault)
    return out
