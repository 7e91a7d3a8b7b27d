"""Threads that a customer opens and drops: "two reasons", of which only one is given, or "an odd reason", which is not."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import dropwhile, pairwise

from ...lexicon import Lexicon, function_words, words_of
from ...reading import Reading, once
from ...text import Sentence, Token, stem
from ...turns import Span

__all__ = ["count_announced", "find_left_aside", "find_left_thread", "find_open_threads", "items_named", "numbers_all"]

_COUNTS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "couple": 2, "few": 3, "several": 3, "various": 3, "more": 2, "other": 2,
    "twice": 2, "2": 2, "3": 3, "4": 4, "5": 5,
}  # fmt: skip
_TIMES = frozenset({"twice"})
_OFTEN = frozenset({"twice", "times"})
_SHORT = 12  # most words of a sentence that only announces: "There were two reasons, when it came down to it"
_FEW = 5  # most words of a sentence that only says how often: "We'd tried twice"
_OPENING = 60  # characters of a turn within which that counts as an announcement
_NAMED = 4  # most words, its article among them, that name the one thing on which a turn ends
_LONGEST_LIST = 14  # most words of a sentence that lists all items
_TOLD_WORDS = 8  # fewest words that describe an item; fewer only name it
_NEAR = 40  # sentences after an announcement in which its items are told
_ORDINALS = {
    1: frozenset("first firstly one".split()),
    2: frozenset("second secondly two".split()),
    3: frozenset("third thirdly three".split()),
    4: frozenset("fourth four".split()),
}
_NUMBERS = {"second": 2, "other": 2, "third": 3, "fourth": 4}
_COMPARES = frozenset("between than".split())
_LAST = frozenset("last lastly finally".split())
_ADDS = frozenset("also plus then".split())


def _announced(reading: Reading, sentence: Sentence, i: int) -> tuple[int, int]:
    """Return how many items tokens[i:] of a sentence announce, and the index after the announcement; (0, i) if none."""
    norms = reading.norms
    count = _COUNTS.get(norms[i], 0)
    if not count:
        return 0, i
    skip = 0 if norms[i] in _TIMES else 2 if norms[i] == "couple" else 1
    after = i + skip + 1
    if after > sentence.last or (i and norms[i - 1] in _COMPARES):
        return 0, i
    return (0, i) if skip and norms[i + skip] not in words_of("threads.nouns") else (count, after)


def count_announced(reading: Reading, sentence: Sentence) -> int:
    """Return how many items a sentence announces, 0 if it announces none: "we tried twice" two, "for three reasons" three."""
    return max((_announced(reading, sentence, i)[0] for i in range(sentence.first, sentence.last)), default=0)


def items_named(words: Sequence[str]) -> frozenset[int]:
    """Return the numbers of the items, from the second on, that words name: "my third thing", "and the second?", "the other was"."""
    out = set()
    for i, word in enumerate(words[1:], 1):
        number = _NUMBERS.get(word.split("'")[0], 0)
        after = words[i + 1].split("'")[0] if i + 1 < len(words) else ""
        named = "'" in word or not after or after in words_of("threads.item") or after + "s" in words_of("threads.nouns")
        if number and named and words[i - 1] in words_of("threads.before_item"):
            out.add(number)
    return frozenset(out)


def _only_announces(reading: Reading, sentence: Sentence, after: int) -> bool:
    """Return whether a sentence only announces: how often in a few words, or how many things with nothing after them."""
    rest = reading.turn.text[reading.tokens[after - 1].end : sentence.end].strip(" .!?")
    if reading.tokens[after - 1].norm in _OFTEN:
        tried = (words_of("threads.tries") | _COUNTS.keys()).issuperset(reading.norms[sentence.first : after - 1])
        return tried and rest[:1] in {"", ","} and sentence.last - sentence.first <= _FEW and sentence.start < _OPENING
    if ":" in rest or (" and " in rest and "," in rest) or sentence.last - sentence.first > _SHORT:
        return False
    return rest[:1] in {"", ","} or len(rest.split()) <= 3


def _ordinal(words: Sequence[Token]) -> int:
    """Return the number of the item that a sentence begins with: "the second was", "Two,", "That's one."; 0 for none."""
    first, *rest = (t.norm.split("'")[0] for t in words[:4])
    if first == "that" and rest[:1] == ["one"]:
        return 1
    first = _after_lead(words)
    return next((n for n, names in _ORDINALS.items() if first in names), 0)


def _after_lead(words: Sequence[Token]) -> str:
    """Return the first word of a sentence after those that only lead up to it."""
    opening = [t.norm.split("'")[0] for t in words[:4]]
    return next((word for word in opening if word not in words_of("threads.lead")), opening[-1])


def _is_told(reading: Reading, rest: Sequence[Sentence], count: int) -> bool:
    """Return whether the sentences after an announcement give all of its items, by number or one after the other."""
    parts = [reading.tokens_in(s) for s in rest]
    words = [t.norm for p in parts for t in p]
    if parts and sum(t.norm == "one" for t in parts[0]) > 1:  # "one is stupid and one is good"
        return True
    reached = max([_ordinal(p) for p in parts] + [2 * _tells_other(words)])
    if reached == 1 and not Lexicon.at("threads.interruptions").find(words):
        reached += sum(_adds_item(p) for p in parts)
    if reached >= count or any(_after_lead(p) in _LAST for p in parts):
        return True
    short = count > 2 and len(rest) < count
    if reached or Lexicon.at("threads.interruptions").find(words) or (short and not _lists(reading, rest)):
        return False
    told = [p for p in parts if len(p) >= _TOLD_WORDS]
    goes_on = any(p[0].norm in {"and", "then"} or _ADDS & {t.norm for t in p[:3]} for p in parts[1:])
    return goes_on or len(told) >= max(3, count) or _lists(reading, rest)


def _adds_item(words: Sequence[Token]) -> bool:
    """Return whether a sentence only names one more item: "And then the satellite.", "Plus the trucks."."""
    opening = [t.norm for t in words[:2]]
    return len(words) < _TOLD_WORDS and not _ordinal(words) and (opening[:1] == ["plus"] or opening == ["and", "then"])


def _tells_other(words: Sequence[str]) -> bool:
    """Return whether the words reach the second or other item: "the second was", "the other one's", but not "the second shelf"."""
    for the, other, after in zip(words, words[1:], words[2:], strict=False):
        if the == "the" and other in {"second", "other"} and after.split("'")[0] in words_of("threads.item"):
            return True
        if the == "the" and other in {"second's", "other's"}:
            return True
    return False


def _lists(reading: Reading, rest: Sequence[Sentence]) -> bool:
    """Return whether the next sentence lists the items: "The insurance, and the grower days."."""
    if not rest or rest[0].last - rest[0].first > _LONGEST_LIST:
        return False
    text = reading.turn.text[rest[0].start : rest[0].end]
    return "," in text and " and " in text


def find_left_thread(reading: Reading) -> tuple[int, int] | None:
    """Return the clause that ends a turn on what it names and does not tell: "there was a catch", "the carts were the awkward part".

    None if there is none. What points back at what was said has been told: "and that was the hard part".
    """
    first, last = reading.sentences[-1].first, reading.sentences[-1].last
    while last > first + 1 and reading.norms[last - 1] in words_of("threads.after_named"):
        last -= 1
    at = next((i for i in range(last - 2, max(first, last - _NAMED) - 1, -1) if reading.norms[i] in words_of("threads.articles")), None)
    if at is None or not words_of("threads.points_back").isdisjoint(reading.norms[max(first, at - 2) : at]):
        return None
    qualities, noun = reading.norms[at + 1 : last - 1], reading.norms[last - 1]
    unheard = noun in words_of("threads.single") and reading.norms[at] != "the"
    hard = noun in words_of("threads.portions") and not words_of("threads.hard").isdisjoint(qualities)
    if not (unheard or hard):
        return None
    begin = next((i for i in range(at, first, -1) if _ends_clause(reading, i - 1)), first)
    leads = words_of("statements.lead") | words_of("statements.prepositions")
    return reading.cite(next(i for i in range(begin, at + 1) if i == at or reading.norms[i] not in leads), last)


def find_left_aside(reading: Reading) -> tuple[int, int] | None:
    """Return the clause within a turn that adds a thing, and is followed by words that only lead away from it; None if there is none.

    "There's also the vets' side of it, but I don't know whether you want that. Anyway, it worked." A thing that comes up again is told.
    """
    whole = reading.whole or reading
    found = _left_asides(whole)
    return next(((s.start, s.end) for s in found if reading.sentences[0].start <= s.start < reading.sentences[-1].end), None)


@once
def _left_asides(reading: Reading) -> tuple[Span, ...]:
    out = []
    for here, after in pairwise(reading.sentences):
        opens = _after_joints(reading, here)
        added = next((m for m in Lexicon.at("threads.adds").find(reading.norms, opens, here.last) if m.first == opens), None)
        away = any(m.first == after.first for m in Lexicon.at("threads.leads_away").find(reading.norms, after.first, after.last))
        end = reading.clause_end(opens, here.last)
        if added and away and _is_named_only(reading, added.last, end):
            out.append(reading.turn.span(*reading.cite(opens, end)))
    return tuple(out)


def _after_joints(reading: Reading, sentence: Sentence) -> int:
    """Return the index of the first word of a sentence after those that only join it to the one before."""
    return next((n for n in range(sentence.first, sentence.last - 1) if reading.norms[n] not in words_of("threads.joins")), sentence.first)


def _is_named_only(reading: Reading, first: int, last: int) -> bool:
    """Return whether tokens[first:last] name something that the rest of the turn, beyond their sentence, does not come back to."""
    named = {stem(n) for n in reading.norms[first:last] if n not in function_words()}
    return bool(named) and named.isdisjoint(map(stem, reading.norms[reading.sentence_with(first).last :]))


def _ends_clause(reading: Reading, i: int) -> bool:
    """Return whether punctuation follows tokens[i]."""
    return bool(reading.turn.text[reading.tokens[i].end : reading.tokens[i + 1].start].strip())


def find_open_threads(reading: Reading) -> tuple[Span, ...]:
    """Return the announcements ("there were two reasons") whose items the turn does not all give, in it or in another passage."""
    whole = reading.whole or reading
    return tuple(span for span in _open_threads(whole) if reading.sentences[0].start <= span.start < reading.sentences[-1].end)


def numbers_all(reading: Reading, sentence: Sentence) -> bool:
    """Return whether a sentence announces several things, and later ones of the turn come to the last of them by its number."""
    whole = reading.whole or reading
    rest = [whole.words_in(s) for s in whole.sentences if s.start > sentence.start][:_NEAR]
    count = count_announced(reading, sentence)
    return bool(count) and max(map(_item_numbered, rest), default=0) >= count


def _item_numbered(words: Sequence[str]) -> int:
    """Return the number of the item that a sentence tells: "and the second was", "secondly", not "two of our drivers"; 0 for none."""
    said = [*dropwhile(words_of("threads.joins").__contains__, words)]
    named = said[:1] == ["the"]
    ordinal, after = (*said[named:], "", "")[:2]
    alone = named and bool(after) and after in function_words() | words_of("threads.empty")
    if not (alone or ordinal.endswith("ly")):
        return 0
    return next((n for n, names in _ORDINALS.items() if ordinal in names), 0)


@once
def _open_threads(reading: Reading) -> tuple[Span, ...]:
    out = []
    for n, sentence in enumerate(reading.sentences):
        rest = reading.sentences[n + 1 : n + 1 + _NEAR]
        for i in range(sentence.first, sentence.last):
            count, after = _announced(reading, sentence, i)
            if count and _only_announces(reading, sentence, after) and not _is_told(reading, rest, count):
                out.append(reading.turn.span(*reading.cite(i, after)))
    return tuple(out)
