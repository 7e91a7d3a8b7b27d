"""Leave to use what was said: whether a reply gives it, and what it leaves out: "use it, but not the eighty"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from ...findings import Boundary
from ...lexicon import Match, number_words
from ...reading import Reading
from ...text import Sentence
from ..consent.answers import says_yes
from .content import tells_something
from .earlier import SCALES
from .forms import is_parted
from .phrases import affirmed, lexicon
from .surroundings import boundary
from .words import lists, stems_of

__all__ = ["OPENING", "agrees", "asks_if_they_mind", "deciding", "excepted", "grants", "hesitates", "refused_parts"]

OPENING = 3  # first words of a sentence that say whether it decides
NEAR = 3  # answers before a reply in which what it leaves out is looked up
OBJECT = 6  # most words that name what is left out


def grants(reading: Reading, asked: Reading) -> bool:
    """Return whether a reply to the question `asked` gives leave, for more than other words in place of what was asked for."""
    if any(_lets(reading, s) and not reading.find(lexicon("instead"), s) for s in reading.sentences):
        return True
    first, last = _first_clause(reading)
    clause, rest = reading.norms[first:last], reading.norms[last : last + 2]
    if asks_if_they_mind(asked):
        return not lists().denial.isdisjoint(clause[:2]) and "rather" not in reading.norms
    agrees = bool(clause) and clause[0] in lists().agreeing
    return agrees and lists().denial.isdisjoint(clause) and (lists().denial.isdisjoint(rest) or _leaves_out(reading, last))


def asks_if_they_mind(asked: Reading) -> bool:
    """Return whether a question for leave is put so that a no gives it: "would you mind?", "any problem if we print that?"."""
    return any(asked.find(lexicon("minding"), s) for s in asked.sentences if asked.find(lexicon("ask.use"), s))


def agrees(reading: Reading, sentence: Sentence) -> bool:
    """Return whether a sentence says yes in one of its clauses, refuses in none, and nothing has to come first.

    "Once the board has seen it, yes" and "in the brochure yes, online no" do not.
    """
    if reading.asks(sentence):
        return False
    cuts = list(pairwise(_cuts(reading, sentence)))
    clauses = [reading.norms[a:b] for a, b in cuts]
    if any(c[0] in lists().waits or (c[-1] in lists().denial and lists().counting.isdisjoint(c)) for c in clauses):
        return False
    if any((m.first, m.last) in cuts for m in reading.find(lexicon("assents"), sentence)):
        return True
    return says_yes(reading, sentence) or any(not lists().agreeing.isdisjoint(c) and lists().denial.isdisjoint(c) for c in clauses)


def _cuts(reading: Reading, sentence: Sentence) -> list[int]:
    """Return the places of the tokens where the clauses of a sentence begin, as its marks part them, and where it ends."""
    return [sentence.first, *(i for i in range(sentence.first + 1, sentence.last) if is_parted(reading, i)), sentence.last]


def deciding(reading: Reading) -> Sentence:
    """Return the sentence of a reply that says yes or no: the first that does not only put it off, else the last."""
    return next((s for s in reading.sentences if not _pauses(reading, s) and not hesitates(reading, s)), reading.sentences[-1])


def _pauses(reading: Reading, sentence: Sentence) -> bool:
    """Return whether a sentence says nothing at all: "Well, you know."."""
    return (lists().pausing | lists().filler - _decisive()).issuperset(reading.words_in(sentence))


def _decisive() -> frozenset[str]:
    """Return the words that say yes or no."""
    return lists().denial | lists().assent | lists().agreeing


def hesitates(reading: Reading, sentence: Sentence) -> bool:
    """Return whether a sentence only says that its speaker has not decided: "I don't know", but not "I don't know, no"."""
    found = [m for m in reading.find(lexicon("hesitate"), sentence) if m.first < sentence.first + OPENING]
    rest = {reading.norms[n] for n in range(sentence.first, sentence.last) if not any(m.first <= n < m.last for m in found)}
    return bool(found) and _decisive().isdisjoint(rest) and not reading.quantities_in(sentence)


def _lets(reading: Reading, sentence: Sentence) -> bool:
    """Return whether a sentence lets something be used, with no denial before that in its clause: not "don't use it"."""
    found = [*affirmed(reading, sentence), *reading.find(lexicon("grant"), sentence)]
    return any(lists().denial.isdisjoint(reading.norms[_clause_start(reading, sentence, m.first) : m.first]) for m in found)


def _first_clause(reading: Reading) -> tuple[int, int]:
    """Return where the words of a reply that decide begin, and where punctuation ends them."""
    first = deciding(reading).first
    return first, next((i for i in range(first + 1, len(reading.tokens)) if is_parted(reading, i)), len(reading.tokens))


def _clause_start(reading: Reading, sentence: Sentence, at: int) -> int:
    return next((i for i in range(at, sentence.first, -1) if is_parted(reading, i)), sentence.first)


def _leaves_out(reading: Reading, first: int) -> bool:
    """Return whether the words from token `first` on leave something out, and do not take back the leave."""
    return any(m.first <= first + 1 for m in reading.find(lexicon("except")) if m.first >= first)


def excepted(reading: Reading) -> Iterator[Boundary]:
    """Yield the answers with what a reply leaves out from the leave that it gives.

    The answer that leave was asked for is barred only if no other has it, and then only possibly. Leave to quote it concerns its words:
    the quote can do without some of them.
    """
    yield from _without(reading, (m for m in reading.find(lexicon("except")) if not _subtracts(reading, m)))


def _subtracts(reading: Reading, match: Match) -> bool:
    """Return whether a match stands between two numbers of a sum said aloud: "seventeen minus eleven is six"."""
    between = match.last == match.first + 1 and match.first > 0 and match.last < len(reading.tokens)
    return between and all(_is_number(reading, n) for n in (match.first - 1, match.last))


def _is_number(reading: Reading, n: int) -> bool:
    """Return whether token n is a number, or a word of one."""
    return reading.norms[n][0].isdigit() or reading.norms[n] in number_words()


def refused_parts(reading: Reading) -> Iterator[Boundary]:
    """Yield the answers with what a reply refuses beside what it lets be used: "the rate yes, the cousin no".

    What a reply says of figures binds these alone.
    """
    clauses = [(reading.norms[a : b - 1], reading.norms[b - 1], a) for a, b in _clauses(reading)]
    if any(words and last in lists().agreeing for words, last, _ in clauses):
        yield from _without(
            reading,
            [Match("except", a, a) for words, last, a in clauses if words and last in {"no", "not"} and lists().counting.isdisjoint(words)],
        )


def _clauses(reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield the clauses of a reply, as its marks part them, that have at most a few words."""
    cuts = [0, *(i for i in range(1, len(reading.tokens)) if is_parted(reading, i)), len(reading.tokens)]
    yield from ((a, b) for a, b in pairwise(cuts) if b - a <= OBJECT)


def _without(reading: Reading, left_out: Iterable[Match]) -> Iterator[Boundary]:
    """Yield the answers with what is named after each match."""
    answers = [r for r in reading.before if tells_something(r)][-NEAR:]
    for match in left_out:
        told = [r.turn.turn for r in answers if _holds(r, reading, match)]
        earlier = [t for t in told if t != answers[-1].turn.turn]
        start, end = reading.cite(match.first, _object_end(reading, match))
        to_quote = lists().quoting.intersection(reading.before[-1].norms)
        if earlier or (told and (not to_quote or any(start <= q.start < end for q in reading.quantities))):
            yield boundary(reading, start, end, earlier or told, "clear" if earlier else "possible")


def _object_end(reading: Reading, match: Match) -> int:
    """Return the token after the words that name what a match leaves out."""
    most = min(match.last + OBJECT, len(reading.tokens))
    return next((i for i in range(match.last, most) if i > match.first and is_parted(reading, i)), most)


def _holds(answer: Reading, reading: Reading, match: Match) -> bool:
    """Return whether an answer has the number or the noun that a reply leaves out, or any number where it speaks of "the figure"."""
    last = _object_end(reading, match)
    start, end = reading.cite(match.first, last)
    numbers = [q.low for q in reading.quantities if start <= q.start < end]
    if numbers:
        values = {q.low for q in answer.quantities}
        return any(n * scale in values for n in numbers for scale in SCALES)
    if not lists().counting.isdisjoint(reading.norms[match.last : last]):
        return bool(answer.quantities)
    return not stems_of(reading.tokens[match.last : last]).isdisjoint(stems_of(answer.tokens))
