"""The pieces of a turn that may be quoted, and the facts about each, and about the turn after it, for or against that."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from ..lexicon import Lexicon, function_words, words_of
from ..reading import Reading, once_for_all, within
from ..text import Sentence
from .topics import informed

__all__ = ["HOLE", "LONGEST", "SHORTEST", "Echo", "pieces", "quote_facts"]

SHORTEST, LONGEST = 4, 55  # words of a quote
ECHOED = 30  # first words of a reply in which a reaction is looked for
OPENING = 8  # words of a reply's first sentence that repeats what was said
HOLE = re.compile(r"\[[^\]]*\]|\([^)]*(?:inaudible|crosstalk|unintelligible)[^)]*\)", re.IGNORECASE)


@once_for_all
def pieces(reading: Reading) -> Sequence[Sentence]:
    """Return the sentences of a turn, the clauses of long ones, and none across a hole such as [inaudible]."""
    return tuple(_cut(reading))


def _cut(reading: Reading) -> Iterator[Sentence]:
    holes = [(m.start(), m.end()) for m in HOLE.finditer(reading.turn.text)]
    for s in reading.sentences:
        broken = any(s.start < end and start < s.end for start, end in holes)
        for first, last in _unbroken(reading, s.first, s.last, holes) if broken else ((s.first, s.last),):
            for a, b in _clauses(reading, first, last):
                start, end = (s.start, s.end) if b - a == s.last - s.first and not broken else reading.cite(a, b)
                yield Sentence(start, end, a, b)


def _unbroken(reading: Reading, first: int, last: int, holes: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the token ranges between holes."""
    begin = first
    for i in range(first, last):
        if any(start <= reading.tokens[i].start < end for start, end in holes):
            if i > begin:
                yield begin, i
            begin = i + 1
        elif i > begin and any(reading.tokens[i - 1].end <= start < reading.tokens[i].start for start, _ in holes):
            yield begin, i
            begin = i
    if last > begin:
        yield begin, last


def _clauses(reading: Reading, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield tokens[first:last] whole or, if too long to quote, cut before conjunctions, preferably at commas."""
    if last - first <= LONGEST:
        yield first, last
        return
    joining = words_of("quotes.lists.cuts")
    cuts = [i for i in range(first + SHORTEST, last - SHORTEST) if reading.norms[i] in joining]
    spoken = [i for i in cuts if "," in reading.turn.text[reading.tokens[i - 1].end : reading.tokens[i].start]]
    middle = (first + last) / 2
    at = min(spoken or cuts or [int(middle)], key=lambda i: abs(i - middle))
    yield from _clauses(reading, first, at)
    yield from _clauses(reading, at, last)


def quote_facts(reading: Reading, reply: Reading | None = None) -> list[dict[str, float]]:
    """Return the facts about each piece of a turn, and about the turn after it, for or against quoting it."""
    turn = informed(reading)
    echo = Echo.of(reply) if reply else None
    rows = zip(pieces(reading), _piece_facts(reading), strict=True)
    out = [{**turn, **facts, **(echo.facts(reading, piece) if echo else {})} for piece, facts in rows]
    if any("echo of three" in facts for facts in out):
        for facts in out:
            facts["echo elsewhere"] = float("echo of three" not in facts)
    return out


@once_for_all
def _piece_facts(reading: Reading) -> Sequence[Mapping[str, float]]:
    """Return the facts about the words of each piece of a turn, and about its place among them."""
    found = pieces(reading)
    matches = reading.find(Lexicon.load("quotes"))
    labels = [{m.label for m in within(matches, p.first, p.last, attrgetter("first")) if not m.label.startswith("reply")} for p in found]
    out = []
    for i, piece in enumerate(found):
        facts = dict.fromkeys(labels[i], 1.0)
        facts.update(_words_of(reading, piece))
        facts.update(_shape(reading, found, i))
        out.append(facts)
    return out


class Echo(NamedTuple):
    """What the next speaker takes up from a turn: the reply's first words, in ones, twos and threes, and its reactions."""

    content: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    threes: frozenset[tuple[str, str, str]]
    opening: frozenset[str]
    reactions: frozenset[str]

    @classmethod
    def of(cls, reply: Reading) -> Echo:
        """Return the echo of a reply."""
        words = reply.norms[:ECHOED]
        first = reply.sentences[0] if reply.sentences else None
        opening = words[: first.last] if first and first.last <= OPENING else []
        labels = {m.label for m in Lexicon.load("quotes").find(words) if m.label.startswith("reply")}
        content = frozenset(w for w in words if len(w) > 3 and w not in function_words())
        return cls(content, frozenset(pairwise(words)), frozenset(_threes(words)), frozenset(opening), frozenset(labels))

    def is_heard(self, reading: Reading) -> bool:
        """Return whether the reply reacts to a turn, or repeats words of it."""
        return bool(self.reactions) or any(three in self.threes for three in _threes(reading.norms))

    def facts(self, reading: Reading, piece: Sentence) -> dict[str, float]:
        """Return the facts about what the reply takes up from a piece."""
        words = reading.words_in(piece)
        known = function_words()
        threes = sum(three in self.threes for three in _threes(words))
        two = any(pair in self.pairs and not known.issuperset(pair) for pair in pairwise(words))
        ones = len(self.content.intersection(words))
        facts = dict.fromkeys(self.reactions, 1.0)
        facts |= {"echo of three": float(threes > 0), "echoes of three": min(threes, 4) / 2, "echo of two": float(two)}
        facts |= {"echo of a word": float(ones > 0), "echoes of words": min(ones, 4) / 4}
        facts["echoed first"] = float(ones > 0 and len(self.opening.intersection(words)) > 1)
        return {name: value for name, value in facts.items() if value}


def _threes(words: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    return zip(words, words[1:], words[2:], strict=False)


def _words_of(reading: Reading, piece: Sentence) -> dict[str, float]:
    """Return the facts about the words of a piece."""
    words = reading.words_in(piece)
    n = len(words)
    known = function_words()
    facts = {f"word {w}": 1.0 for w in words if w in known}
    content = [w for w in words if w not in known and "'" not in w]
    facts["content share"] = len(content) / n
    facts["long words"] = sum(len(w) > 7 for w in words) / n
    facts["abstract"] = sum(w.endswith(("tion", "ment", "ity", "ness", "ance", "ence", "ing")) for w in content) / n
    facts["adverbs"] = sum(w.endswith("ly") for w in content) / n
    facts["contractions"] = sum("'" in w for w in words) / n
    facts["past"] = sum(w.endswith("ed") for w in words) / n
    facts["repeats"] = float(len(content) > len(set(content)))
    return facts


def _shape(reading: Reading, found: Sequence[Sentence], i: int) -> dict[str, float]:
    """Return the facts about the form of piece i and its place in the turn."""
    piece, text = found[i], reading.turn.text
    words, said = piece.last - piece.first, text[piece.start : piece.end]
    before = found[i - 1].last - found[i - 1].first if i else 0
    first = reading.norms[piece.first]
    held = {
        "first": i == 0, "second": i == 1, "last": i == len(found) - 1, "next to last": i == len(found) - 2, "only": len(found) == 1,
        "punchline": words <= 9 and before >= 14, "after a short one": 0 < before <= 5,
        "exclaims": "!" in said, "asks": "?" in said, "speech": any(c in said for c in '"“”'), "trails": "..." in said or "…" in said,
        "commas": said.count(",") >= 2, "many commas": said.count(",") >= 4, "name": any(w[:1].isupper() for w in said.split()[1:]),
        "echo of before": bool(i) and bool(_content(reading, piece) & _content(reading, found[i - 1])),
        "says yes": first in {"yes", "yeah", "no", "oh", "well", "sorry", "okay"},
        "joins": first in {"and", "but", "so", "because", "then", "or"},
        "joins contrast": first == "but", "joins so": first == "so",
    }  # fmt: skip
    facts = {name: 1.0 for name, holds in held.items() if holds}
    facts.update((name, 1.0) for edge, name in _EDGES if words > edge)
    return facts


_EDGES = [(edge, f"words>{edge}") for edge in (3, 5, 8, 12, 17, 24, 32)]


def _content(reading: Reading, piece: Sentence) -> set[str]:
    known = function_words()
    return {norm for norm in reading.words_in(piece) if len(norm) > 3 and norm not in known}
