"""Requests for discretion in any words: how much a sentence sounds like one, and how much a reply sounds like a promise.

People ask for discretion in more ways than a phrase list can cover. A sentence is represented by its words and a sequence of word
classes ("you" NOT PUB THAT), and a small scorer weighs the words, the classes, their pairs and their order. Scores are log-odds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial
from itertools import pairwise
from math import log

from ...lexicon import table_of
from ...reading import Reading
from ...scoring import Logistic, logistic
from ...scoring import threshold as threshold_at
from ...text import Sentence, Token, tokenize

__all__ = [
    "REPLY", "UNLIKELY", "asks", "classes", "diluted", "discretion_facts", "pieces", "promise_facts", "promises", "score_of",
    "sounds", "threshold",
]  # fmt: skip

FAR = 5  # most words from the first of a pair to the second
LONGEST = 24  # most words of a sentence that is scored as a whole; a longer one is scored in pieces
PIECE, STRIDE = 16, 8  # words of a piece of a long sentence, and from one piece to the next
USUAL = 60  # words of a turn above which its score is discounted for length
BRIEF = 30  # words of a sentence above which its score is discounted for length: of 288 labelled requests, 9 in 10 have fewer
CLAUSE = 3  # fewest words of a clause that can be a request by itself
_CUTS = frozenset(",;:\u2014\u2013")
RECENT, SHORT = 40, 3  # last words that a reply can echo, and most letters of a word that is ignored
OPENING = 3  # sentences at the start of a reply that can promise something
UNLIKELY = -5.0  # log-odds of a sentence without any word that could ask for discretion
REPLY = 0.7  # weight of a reply's score, relative to that of the words it answers
_LENGTHS = (3, 6, 10, 16, 24)  # words: edges of the bins that the weights know
_TELLING = frozenset({
    "PUB", "MEDIA", "REC", "SECRET", "PUBLIC", "DROP", "SAY", "HARM", "PUT", "BIT", "NOT", "PLEASE", "BOSS", "ALLOW", "WHEN",
})  # fmt: skip


@cache
def classes() -> Mapping[str, str]:
    """Return the class of each word that has one; a relevant small word is its own class."""
    data = table_of("discretion")
    plain = {word: word for word in data["plain"].split()}
    return plain | {word: name for name, words in data.items() if name != "plain" for word in words.split()}


@cache
def _telling() -> frozenset[str]:
    """Return the words of which every request for discretion contains at least one."""
    return frozenset(word for word, name in classes().items() if name in _TELLING)


def threshold(name: str) -> float:
    """Return a threshold of the weights' file: "surely", "alone", "both", "faintly", "together", "granted" or "promised"."""
    return threshold_at(f"discretion.{name}")


def pieces(text: str, tokens: Sequence[Token], sentence: Sentence) -> Iterator[tuple[str, ...]]:
    """Yield a sentence of a text as its words, or overlapping pieces of a long one, and its clauses if it has several."""
    norms = tuple(t.norm for t in tokens[sentence.first : sentence.last])
    if len(norms) <= LONGEST:
        yield norms
    else:
        yield from (norms[i : i + PIECE] for i in range(0, len(norms) - STRIDE, STRIDE))
    cuts = [i for i in range(1, len(norms)) if _is_cut(text, tokens[sentence.first + i - 1], tokens[sentence.first + i])]
    for first, last in pairwise((0, *cuts, len(norms)) if cuts else ()):
        if CLAUSE <= last - first <= LONGEST:
            yield norms[first:last]


def _is_cut(text: str, before: Token, after: Token) -> bool:
    return not _CUTS.isdisjoint(text[before.end : after.start])


def asks(reading: Reading, sentence: Sentence) -> float:
    """Return how much a sentence of a turn sounds like a request to keep something out of print.

    One in a quotation is part of a story, whatever its words, and with many pieces one scores high by chance.
    """
    if _is_quoted(reading.turn.text, sentence):
        return UNLIKELY
    return _asks(reading.turn.text, sentence) - log(max(1.0, (sentence.last - sentence.first) / BRIEF))


def _is_quoted(text: str, sentence: Sentence) -> bool:
    """Return whether a sentence ends in a quotation, or with one: 'You ask "Who owns this, how do I get them?"'."""
    ends = text[sentence.start : sentence.end].rstrip(" .").endswith(('"', "\u201d"))
    return (
        ends or text.count('"', 0, sentence.end) % 2 == 1 or text.count("\u201c", 0, sentence.end) > text.count("\u201d", 0, sentence.end)
    )


@lru_cache(maxsize=4096)  # later turns look back at it, and a turn is scored again when its reply arrives
def _asks(text: str, sentence: Sentence) -> float:
    return sounds(text, sentence, partial(score_of, logistic("discretion.asks")))


def sounds(text: str, sentence: Sentence, score: Callable[[tuple[str, ...]], float]) -> float:
    """Return the score of the piece of a sentence of a text that sounds most like a request."""
    tokens = tokenize(text)
    if _telling().isdisjoint(t.norm for t in tokens[sentence.first : sentence.last]):
        return UNLIKELY
    return max(score(piece) for piece in pieces(text, tokens, sentence))


def diluted(score: float, reading: Reading) -> float:
    """Return the score of a turn's best sentence, discounted for the turn's length: with many sentences, one scores high by chance."""
    return score - log(max(1.0, reading.words / USUAL))


def score_of(scorer: Logistic, piece: tuple[str, ...]) -> float:
    """Return the log-odds that a piece of a sentence asks for discretion."""
    return UNLIKELY if _telling().isdisjoint(piece) else scorer.bias + scorer.sum(discretion_facts(piece))


def promises(reading: Reading) -> float:
    """Return how much a reply sounds like a promise to leave something out."""
    scorer = logistic("discretion.promises")
    return scorer.bias + scorer.sum(promise_facts(reading, reading.last))


def discretion_facts(norms: Sequence[str]) -> dict[str, float]:
    """Return the facts about a sentence: its words and word pairs, their classes, the order of those, its first word and its length."""
    known = classes()
    row = [known.get(n) or ("NUM" if n[0].isdigit() else "") for n in norms]
    facts = {c: 1.0 for c in row if c}
    facts.update((f"w:{n}", 1.0) for n in norms)
    facts.update((f"w:{a} {b}", 1.0) for a, b in pairwise(("^", *norms, "$")))
    for i, a in enumerate(row):
        if a:
            facts.update((f"{a} {b}", 1.0) for b in row[i + 1 : i + 1 + FAR] if b)
            facts[f"{a} then {row[i + 1] if i + 1 < len(row) else 'nothing'}"] = 1.0
    facts[f"starts {row[0]}"] = 1.0
    facts.update((f"words>{n}", 1.0) for n in _LENGTHS if len(norms) > n)
    facts["other words"] = row.count("") / len(row)
    return facts


def promise_facts(reading: Reading, last: Reading | None) -> dict[str, float]:
    """Return the facts about a reply to `last`: the words of its first sentences up to a question, their pairs, length and echoes."""
    facts: dict[str, float] = {}
    told = {norm for norm in last.norms[-RECENT:] if len(norm) > SHORT} if last else set()
    for n, sentence in enumerate(reading.sentences[:OPENING]):
        if reading.asks(sentence):
            break
        norms = reading.words_in(sentence)
        facts |= {f"starts {norms[0]}": 1.0, f"ends {norms[-1]}": 1.0, f"words {min(len(norms), 6)}": 1.0}
        facts |= {f"first {norms[0]}": 1.0} if n == 0 else {}
        facts |= {f"echoes {min(3, sum(word in told for word in norms))} in {min(len(norms) // 4, 4)}": 1.0}
        facts.update((word, 1.0) for word in norms)
        facts.update((f"{a} {b}", 1.0) for a, b in pairwise(norms))
    return facts or {"asks at once": 1.0}
