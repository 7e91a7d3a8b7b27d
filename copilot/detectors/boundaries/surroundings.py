"""The words around a phrase in its own turn: those before it and after it that it may bar, and what they say."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from ...findings import Boundary, Degree
from ...lexicon import function_words
from ...reading import Reading
from ...text import Sentence
from .forms import is_parted
from .names import inside, on_the_call
from .phrases import Phrase, announces, lexicon, sentence_of
from .reach_facts import pointers
from .words import SUBSTANCE, TOLD, lists, substance

__all__ = [
    "OBJECT",
    "ahead_of",
    "back_from",
    "boundary",
    "clause_end",
    "introduces",
    "is_about_itself",
    "is_whole",
    "looks_forward",
    "looks_on",
    "points_back",
    "restates",
    "tells_own",
]

OBJECT = 2  # words after a phrase that can be what it speaks of: "I'd rather you didn't use | her name"
TELLS = 4  # words, fillers aside, that a request alone has at most: "not in the article, please"


def boundary(reading: Reading, start: int, end: int, covers: Iterable[int], degree: Degree = "clear") -> Boundary:
    """Return a boundary of this turn."""
    text = reading.turn.text[start:end]
    return Boundary(turn=reading.turn.turn, start=start, end=end, text=text, covers=tuple(sorted(set(covers))), degree=degree)


def back_from(reading: Reading, phrase: Phrase) -> int | None:
    """Return the start of the words before a phrase that say enough to be what it bars; None if there are none."""
    start = None
    for sentence in reversed(reading.sentences[: phrase.at + 1]):
        said = substance(reading, _told_after(reading, sentence, phrase.first), phrase.first)
        if said >= SUBSTANCE:
            start = sentence.start
        if said >= TOLD:
            break
    return start


def _told_after(reading: Reading, sentence: Sentence, last: int) -> int:
    """Return the token from which a sentence tells something, after a clause before token `last` that only puts off: "I'll ask Jo, but"."""
    put_off = [m for m in reading.find(lexicon("defer", "consult"), sentence) if m.last <= last]
    return min(last, max((clause_end(reading, sentence, m.last) for m in put_off), default=sentence.first))


def ahead_of(reading: Reading, phrase: Phrase) -> int | None:
    """Return the end of the words after a phrase that say enough to be what it bars; None if there are none."""
    for sentence in reading.sentences[phrase.at :]:
        if substance(reading, phrase.last, sentence.last) >= SUBSTANCE:
            return sentence.end
    return None


def clause_end(reading: Reading, sentence: Sentence, at: int) -> int:
    """Return the token at which the clause ends that token `at` of a sentence continues."""
    return next((i for i in range(at, sentence.last) if is_parted(reading, i)), sentence.last)


def is_whole(reading: Reading, phrase: Phrase) -> bool:
    """Return whether a phrase is a whole sentence."""
    sentence = sentence_of(reading, phrase)
    return (phrase.first, phrase.last) == (sentence.first, sentence.last)


def restates(reading: Reading, start: int, end: int, numbers: bool = True) -> bool:
    """Return whether text[start:end] itself contains a number, or a name that is a secret."""
    if numbers and any(start <= q.start < end for q in reading.quantities):
        return True
    within = [n for n, t in enumerate(reading.tokens) if start <= t.start < end]
    return bool(within) and bool(inside(reading, within[0], within[-1] + 1))


def introduces(reading: Reading, phrase: Phrase) -> bool:
    """Return whether a phrase with "this" ends at a colon, which says that what follows is meant: "keep this between us: we're moving"."""
    sentence = sentence_of(reading, phrase)
    end = clause_end(reading, sentence, phrase.last)
    told = end < sentence.last and end <= phrase.last + OBJECT
    colon = told and ":" in reading.turn.text[reading.tokens[end - 1].end : reading.tokens[end].start]
    return colon and "this" in reading.words_in(phrase)


def is_about_itself(reading: Reading, phrase: Phrase) -> bool:
    """Return whether a phrase is a whole sentence that tells something and has no word that points at anything else."""
    sentence = sentence_of(reading, phrase)
    points = any(not words.isdisjoint(reading.words_in(sentence)) for words in pointers().values())
    return is_whole(reading, phrase) and not points and substance(reading, sentence.first, sentence.last) > TELLS


def points_back(reading: Reading, phrase: Phrase) -> bool:
    """Return whether a sentence up to a phrase begins with a word for what was said before the turn: "It's under review, so ..."."""
    empty = (lists().filler | on_the_call(reading)) - lists().subject - pointers()["this"]
    sentences = reading.sentences[: phrase.at + 1]
    opening = (next((n for n in range(s.first, s.last) if reading.norms[n] not in empty), s.first) for s in sentences)
    return any(_points_at(reading, n) for n in opening if n < phrase.first)


def _points_at(reading: Reading, n: int) -> bool:
    """Return whether token n is a pronoun, or a word such as "that" before a verb or "number"."""
    if reading.norms[n] not in pointers()["this"] | pointers()["person"]:
        return False
    alone = reading.norms[n] not in lists().demonstrative
    return alone or not (function_words() | lists().verb | lists().counting).isdisjoint(reading.norms[n + 1 : n + 2])


def tells_own(reading: Reading, phrase: Phrase) -> bool:
    """Return whether a turn clearly asks for what it tells before a phrase, which is more than whom it speaks to and points at nothing."""
    empty = lists().filler | on_the_call(reading)
    told = sum(norm not in empty for norm in reading.norms[: phrase.first])
    return phrase.degree == "clear" and told >= SUBSTANCE and not points_back(reading, phrase)


def looks_forward(reading: Reading, phrase: Phrase, words: Collection[str]) -> bool:
    """Return whether a phrase with nothing said before it is about what comes next: "is this between us?", "if I tell you ..."."""
    sentence = sentence_of(reading, phrase)
    said = reading.words_in(sentence)
    asks = phrase.reach == "ahead" and reading.asks(sentence)
    return asks or said[:2] == ("if", "i") or (phrase.reach == "ahead" and any(word in words for word in said))


def looks_on(reading: Reading, phrase: Phrase) -> bool:
    """Return whether a phrase is about what its turn goes on to tell: "this isn't announced, so pens down"."""
    sentence = sentence_of(reading, phrase)
    return announces(reading, sentence) or "this" in reading.norms[sentence.first : phrase.last]
