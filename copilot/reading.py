"""A turn, parsed once, with its context: the input of every detector."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import wraps
from itertools import pairwise
from typing import Any, Protocol, TypeVar

from .background import Background
from .guide import Guide
from .lexicon import Lexicon, Match
from .quantities import Quantity, find_quantities
from .text import Sentence, Token, count_words, sentences, tokenize
from .turns import Turn

__all__ = ["BACK_CHANNEL_WORDS", "WINDOW", "Reading", "once", "once_for_all", "passage_at", "passages", "read", "within"]

_Row = TypeVar("_Row")
_Of = Callable[["Reading"], _Row]

_READ_OUT = re.compile(r"""["\u201c][A-Z][\w'\u2019-]+(?: [A-Z][\w'\u2019-]+){0,2}: [^"\u201d]*""")
_MARKS = frozenset(",;:\u2014\u2013(.!?")
WINDOW = 12  # earlier turns that a reading can look back at
BACK_CHANNEL_WORDS = 4  # most words of a turn that only signals listening: "Right, okay, I see"
LONG = 200  # words from which a turn is read in passages: of the turns that weights are fitted on, hardly any has as many
PASSAGE = 80  # words of a passage, about


class Run(Protocol):
    """A range of the tokens of a turn: a sentence, a phrase that was found, the clause of a number."""

    @property
    def first(self) -> int:
        """The index of its first token."""

    @property
    def last(self) -> int:
        """The index after its last token."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A turn with its words, sentences, quantities and cue phrases, and a bounded part of the call before it.

    `before` holds at most WINDOW readings, the nearest last, so that the cost of a turn does not grow with the call.
    `question` is what the interviewer's side said since the customer's last full answer.
    `norms` are the norms of `tokens`. `cues` are the matches of `copilot/data/cues.yaml` in this turn. `whole` is the turn that a
    passage is a part of, None for a turn.
    """

    turn: Turn
    background: Background
    guide: Guide
    before: tuple[Reading, ...]
    question: str
    tokens: Sequence[Token]
    norms: tuple[str, ...]
    sentences: Sequence[Sentence]
    quantities: tuple[Quantity, ...]
    cues: tuple[Match, ...]
    words: int
    whole: Reading | None = field(default=None, compare=False, repr=False)
    found: dict[Lexicon, list[Match]] = field(default_factory=dict, compare=False, repr=False)
    own: dict[_Of[Any], Any] = field(default_factory=dict, compare=False, repr=False)
    known: dict[_Of[Any], Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    @property
    def is_customer(self) -> bool:
        """Whether a customer speaks."""
        return self.turn.role == "customer"

    @property
    def opens(self) -> bool:
        """Whether the turn begins here: it is no later passage of a long one."""
        return self.whole is None or self.sentences[0].start == self.whole.sentences[0].start

    @property
    def ends(self) -> bool:
        """Whether the turn ends here: it is no earlier passage of a long one."""
        return self.whole is None or self.sentences[-1].end == self.whole.sentences[-1].end

    @property
    def is_whole(self) -> bool:
        """Whether it is all of a turn, and no passage of a long one."""
        return self.whole is None

    @property
    def last(self) -> Reading | None:
        """The turn right before, None where the call begins."""
        return self.before[-1] if self.before else None

    @property
    def asked(self) -> Reading | None:
        """The turn right before if the interviewer's side speaks there: what a customer answers. None otherwise."""
        last = self.last
        return None if last is None or last.is_customer else last

    def find(self, lexicon: Lexicon, sentence: Sentence | None = None) -> list[Match]:
        """Return the phrases of a lexicon in a sentence, or in the whole turn. Cached in `found`, since later turns look back at them."""
        matches = self.found.get(lexicon)
        if matches is None:
            matches = self.found[lexicon] = lexicon.find(self.norms)
        if not matches or sentence is None:
            return matches
        return [m for m in matches if sentence.first <= m.first and m.last <= sentence.last]

    def cue_labels(self, sentence: Sentence | None = None) -> set[str]:
        """Return the labels of the cues in a sentence, or in the whole turn."""
        if sentence is None:
            return {m.label for m in self.cues}
        return {m.label for m in within(self.cues, sentence.first, sentence.last, _first)}

    def words_in(self, run: Run) -> tuple[str, ...]:
        """Return the norms of the words of a sentence, a phrase that was found, or any other run of tokens."""
        return self.norms[run.first : run.last]

    def tokens_in(self, run: Run) -> Sequence[Token]:
        """Return the tokens of a sentence, a phrase that was found, or any other run of them."""
        return self.tokens[run.first : run.last]

    def quantities_in(self, part: Sentence) -> Sequence[Quantity]:
        """Return the quantities that begin in a sentence."""
        return within(self.quantities, part.start, part.end, _start)

    def asks(self, sentence: Sentence) -> bool:
        """Return whether a sentence of the turn ends with a question mark; a mark inside closing quotes or brackets does not count."""
        return self.turn.text.endswith("?", 0, sentence.end)

    def is_unclaimed(self, start: int) -> bool:
        """Return whether a sentence asks in words of a speaker who is not certain: others ask the customer, so it is not theirs."""
        sentence = self.sentence_at(start)
        return sentence is not None and self.asks(sentence) and self.turn.is_unsure(sentence.start, sentence.end)

    def is_read_out(self, start: int, end: int) -> bool:
        """Return whether turn.text[start:end] reaches into the quoted lines of another conversation: 'It goes, "Theo Lind: thanks all"'."""
        return any(first < end and start < last for first, last in _read_out(self))

    def quantity_at(self, offset: int) -> Quantity | None:
        """Return the quantity that a character offset lies in, None if there is none."""
        before = bisect_right(self.quantities, offset, key=_start)
        found = self.quantities[before - 1] if before else None
        return found if found is not None and offset < found.end else None

    def sentence_at(self, offset: int) -> Sentence | None:
        """Return the sentence that contains a character offset, None if it lies between sentences."""
        before = bisect_right(self.sentences, offset, key=_start)
        found = self.sentences[before - 1] if before else None
        return found if found is not None and offset < found.end else None

    def sentence_with(self, at: int) -> Sentence:
        """Return the sentence that contains a token; every token is in one."""
        return self.sentences[bisect_right(self.sentences, at, key=_first) - 1]

    def clause_end(self, first: int, last: int) -> int:
        """Return the token in first..last at which the clause that begins with the first one ends: after it, there is a mark."""
        text, tokens = self.turn.text, self.tokens
        gaps = (i for i in range(first + 1, last) if _MARKS.intersection(text[tokens[i - 1].end : tokens[i].start]))
        return next(gaps, last)

    def clauses(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """Yield the parts of tokens[first:last] between marks."""
        while first < last:
            end = self.clause_end(first, last)
            yield first, end
            first = end

    def cite(self, first: int, last: int) -> tuple[int, int]:
        """Return the character offsets of tokens[first:last]."""
        return self.tokens[first].start, self.tokens[last - 1].end


def once(of: _Of[_Row]) -> _Of[_Row]:
    """Return a function of nothing but a reading that is worked out at its first call, and kept in `known`."""
    return _kept(of, lambda reading: reading.known)


def once_for_all(of: _Of[_Row]) -> _Of[_Row]:
    """Return a function of a reading as it was when first asked, which is kept in `own`, since later turns look back at it."""
    return _kept(of, lambda reading: reading.own)


def _kept(of: _Of[_Row], place: _Of[dict[_Of[Any], Any]]) -> _Of[_Row]:
    @wraps(of)
    def made(reading: Reading) -> _Row:
        results = place(reading)
        if of not in results:
            results[of] = of(reading)
        result: _Row = results[of]
        return result

    return made


def within(rows: Sequence[_Row], first: int, last: int, place: Callable[[_Row], int]) -> Sequence[_Row]:
    """Return the rows whose place is in first..last-1; rows must be sorted by place."""
    return rows[bisect_left(rows, first, key=place) : bisect_left(rows, last, key=place)]


@once_for_all
def _read_out(reading: Reading) -> Sequence[tuple[int, int]]:
    """Return the places of the quoted lines of another conversation."""
    return [quoted.span() for quoted in _READ_OUT.finditer(reading.turn.text)]


def _first(run: Run) -> int:
    return run.first


def _start(part: Sentence | Quantity) -> int:
    return part.start


def read(turn: Turn, before: Sequence[Reading], background: Background, guide: Guide) -> Reading:
    """Read a turn after the readings `before` (any number; the last WINDOW are kept, without their own past).

    What the next turn is read after is `(*reading.before, reading)`.
    """
    tokens = tokenize(turn.text)
    words = tuple(t.norm for t in tokens)
    kept = tuple(replace(r, before=()) if r.before else r for r in before[-WINDOW:])
    return Reading(
        turn=turn,
        background=background,
        guide=guide,
        before=kept,
        question=_question(kept),
        tokens=tokens,
        norms=words,
        sentences=sentences(turn.text, tokens),
        quantities=find_quantities(turn.text, tokens, [r.norms for r in kept if r.turn.speaker == turn.speaker]),
        cues=_cues(words),
        words=count_words(turn.text),
    )


def _cues(words: Sequence[str]) -> tuple[Match, ...]:
    """Return the cues of a turn, without those that are only a part of a set phrase: the "less" of "more or less"."""
    found = Lexicon.load("cues").find(words)
    phrases = [m for m in found if m.label == "set_phrase"]
    kept = (m for m in found if m.label != "set_phrase")
    return tuple(m for m in kept if not any(p.first <= m.first and m.last <= p.last and m[1:] != p[1:] for p in phrases))


@once
def passages(reading: Reading) -> Sequence[Reading]:
    """Return a turn in the parts in which it is judged: the turn itself, or passages of whole sentences for a customer's long one.

    Weights that tell how likely something is in an answer mean nothing for a speech of a thousand words, which is many answers. A passage
    is read after those before it; its text has blanks in place of the rest of the turn, so that offsets, and what is still to come, are
    those of the turn.
    """
    if min(reading.words, len(reading.tokens)) < LONG or not reading.is_customer:  # marks and signs are words without a token
        return (reading,)
    parts: list[Reading] = []
    for start, end in _cuts(reading):
        text = " " * start + reading.turn.text[start:end].ljust(len(reading.turn.text) - start)
        part = reading.turn.model_copy(update={"text": text})
        passage = read(part, (*reading.before, *parts), reading.background, reading.guide)
        parts.append(replace(passage, question=reading.question, whole=reading))
    return tuple(parts)


def passage_at(reading: Reading, offset: int) -> Reading:
    """Return the passage of a turn that a character offset lies in, the last one if it lies in none."""
    parts = passages(reading)
    return next((part for part in parts[:-1] if offset < part.sentences[-1].end), parts[-1])


def _cuts(reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield the places of passages of about equal length, none shorter than half of it."""
    words = len(reading.tokens)
    size = words / round(words / PASSAGE)
    start = first = 0
    for sentence, after in pairwise(reading.sentences):
        said, more = sentence.last - first, after.last - first
        if said + more > 2 * size and min(said, words - sentence.last) > size / 2:
            yield start, sentence.end
            start, first = sentence.end, sentence.last
    yield start, reading.sentences[-1].end


def _question(before: Sequence[Reading]) -> str:
    """Return what the interviewer's side said since the customer's last full answer."""
    parts: list[str] = []
    for reading in reversed(before):
        if reading.is_customer:
            if reading.words > BACK_CHANNEL_WORDS or parts:
                break
            continue
        if reading.words > BACK_CHANNEL_WORDS or "?" in reading.turn.text or not parts:
            parts.append(reading.turn.text)
    return " ".join(reversed(parts))
