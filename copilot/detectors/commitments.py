"""Commitments: what anyone on the call promises to do afterwards, and by when."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from ..findings import Commitment
from ..lexicon import Lexicon, Match, load_data, words_of
from ..reading import Reading
from ..text import Sentence

__all__ = ["find_commitments"]

PROMISE = ("give", "find", "deliver", "other", "edit")
LONGEST = 22  # most words of a promise that are shown
BARE = 4  # most words of a promise that does not say what it is about, if one of them is a pronoun
NEAR = 5  # most words between a promise and a phrase that makes it a habit or a report
AGREED = 6  # words at the start of an answer in which it agrees to a request
SUBJECT = 3  # words before a verb among which its subject is looked for
ASIDE = 7  # most words of a neighbouring sentence that only says by when
_ASSURED = frozenset("you'll ye'll youll from given have".split())
_MODALS = frozenset("will shall can could going".split())
_NOBODY = frozenset("you that it which this these there".split())
_IT = frozenset("it that them those".split())
_THEM = _IT | frozenset("him her he she both".split())
_TALK = frozenset("one an example something honest you".split())


def find_commitments(reading: Reading) -> tuple[Commitment, ...]:
    """Return the promises of a turn, one per clause, in order.

    `what` is the promise in the speaker's words, or in those of the request that was agreed to; `due` is the time as said.
    """
    found: list[Commitment] = []
    for n in range(len(reading.sentences)):
        for match, end in _promises(reading, n):
            due = _due(reading, n, match.first)
            if found and _is_result(reading, match):
                found[-1] = found[-1].model_copy(update={"due": found[-1].due or due})
            else:
                found.append(_commitment(reading, _what(reading, match, end), due))
    return tuple(found or _agreed(reading))


@cache
def _lexicon(*labels: str) -> Lexicon:
    """Return the phrases of some labels of the data file."""
    data = load_data("commitments")
    return Lexicon({label: data[label] for label in labels})


def _promises(reading: Reading, n: int) -> Iterator[tuple[Match, int]]:
    """Yield the promises of one sentence, each with the token at which its clause ends."""
    sentence = reading.sentences[n]
    asks = reading.asks(sentence)
    matches = reading.find(_lexicon(*PROMISE), sentence)
    if not matches:
        return
    others = reading.find(_lexicon("habit", "telling"), sentence)
    reached = sentence.first
    for match in matches:
        if match.first >= reached and _is_meant(reading, match, others):
            reached = _clause_end(reading, sentence, match)
            if not (asks and reached == sentence.last):
                yield match, reached


def _is_meant(reading: Reading, match: Match, others: list[Match]) -> bool:
    """Return whether a promise is made now, by this speaker, about what comes after the call."""
    if any(m.label == "habit" and match.first - NEAR <= m.first < match.last + NEAR for m in others):
        return False
    if any(m.label == "telling" and match.first - NEAR < m.first < match.first for m in others):
        return False
    if reading.turn.text[: reading.tokens[match.first].start].rstrip().endswith(('"', "\u201c", "\u2018")):
        return False
    if match.label == "edit" and reading.is_customer:
        return False
    if match.label in {"give", "find", "other"} and not _is_somebodys(reading, match):
        return False
    if match.label == "deliver" and reading.is_customer:
        return reading.tokens[match.first].norm in _ASSURED
    return match.label != "find" or not any(t.norm in _TALK for t in reading.tokens[match.first : match.last + 1])


def _is_somebodys(reading: Reading, match: Match) -> bool:
    """Return whether a person promises: "can find it" is a promise after "I", one for somebody else after "she", none after "you"."""
    if reading.norms[match.first] not in _MODALS:
        return True
    sentence = next(s for s in reading.sentences if s.first <= match.first < s.last)
    before = reading.norms[max(sentence.first, match.first - SUBJECT) : match.first]
    if match.label == "other":
        return _NOBODY.isdisjoint(before)
    return not before or not words_of("commitments.lists.speaker").isdisjoint(before)


def _is_result(reading: Reading, match: Match) -> bool:
    """Return whether a promise only states the result of the one before it ("you'll have it by Friday")."""
    return match.label in {"deliver", "other"} and any(t.norm in _IT for t in reading.tokens[match.first : match.last + 1])


def _clause_end(reading: Reading, sentence: Sentence, match: Match) -> int:
    """Return the token at which the clause of a promise ends."""
    stop = min(sentence.last, match.first + LONGEST)
    for i in range(match.last, stop):
        gap = reading.turn.text[reading.tokens[i - 1].end : reading.tokens[i].start]
        if any(c in ",;:\u2014\u2013(" for c in gap) and reading.tokens[i].norm in words_of("commitments.lists.clauses"):
            return i
    return stop


def _what(reading: Reading, match: Match, end: int) -> str:
    """Return the promised act: the words of the clause after "I'll"."""
    first = match.first
    if match.label in {"give", "find"}:
        said = [*reading.norms[match.first : match.last], ""]
        lead = words_of("commitments.lists.lead")
        first += next(i for i, w in enumerate(said) if w not in lead and not (w in {"have", "need"} and said[i + 1] == "to"))
        first = min(first, match.last - 1)
    start, stop = reading.cite(first, end)
    words = reading.turn.text[start:stop]
    asked = _last_question(reading)
    return f"{words} (“{asked}”)" if asked and end - first <= BARE and _THEM & set(reading.norms[first:end]) else words


def _last_question(reading: Reading) -> str | None:
    """Return the last question of the turn before this one."""
    if not reading.before:
        return None
    last = reading.before[-1]
    return next((last.turn.text[s.start : s.end] for s in reversed(last.sentences) if last.asks(s)), None)


def _due(reading: Reading, n: int, first: int) -> str | None:
    """Return the time stated in a promise's sentence, or in a short next sentence that says nothing else."""
    sentence = reading.sentences[n]
    places = [(first, sentence.last), (sentence.first, first)]
    places += [(s.first, s.last) for s in reading.sentences[n + 1 : n + 2] if s.last - s.first <= ASIDE]
    for begin, end in places:
        times = _lexicon("due").find(reading.norms, begin, end)
        if times:
            at = min(m.first for m in times)
            start, stop = reading.cite(at, max(m.last for m in times if m.first == at))
            return reading.turn.text[start:stop]
    return None


def _commitment(reading: Reading, what: str, due: str | None) -> Commitment:
    return Commitment(turn=reading.turn.turn, who=reading.turn.role, what=what, due=due)


def _agreed(reading: Reading) -> list[Commitment]:
    """Return the promise in an answer that agrees to a request: what was asked for, with the time from the answer."""
    asked = reading.before[-1] if reading.before else None
    if asked is None or not reading.sentences or asked.is_customer == reading.is_customer:
        return []
    request = next((m for m in _requests(asked)), None)
    if request is None or not _lexicon("agree").find(reading.norms[:AGREED]):
        return []
    sentence = asked.sentence_at(asked.tokens[request.first].start)
    end = sentence.last if sentence else request.last
    start, stop = asked.cite(request.last - 1, min(end, request.last + LONGEST))
    return [_commitment(reading, asked.turn.text[start:stop], _due(reading, 0, 0))]


def _requests(reading: Reading) -> list[Match]:
    """Return the requests of a turn for something after the call."""
    return [m for s in reading.sentences for m in reading.find(_lexicon("request"), s)]
