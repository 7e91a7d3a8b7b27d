"""A contradiction, and a turn with its cues, ready to be compared with the memory of the call."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from ...findings import Contradiction
from ...lexicon import Lexicon, Match, function_words, load_data, number_words, words_of
from ...quantities import Quantity
from ...quantities.units import DURATIONS
from ...reading import Reading
from ...text import Sentence, Token, norms, stem
from .memory import Claim, Extent, Figure, Past, Told

__all__ = [
    "SMALLEST",
    "Clash",
    "Scene",
    "apart",
    "content",
    "counted_next",
    "counts_as",
    "ends",
    "gives_way",
    "other_customer",
    "pattern",
    "remember",
    "seconds",
]

SMALLEST = 3  # smaller counts occur in too many senses to tell what they are of
_REACH: dict[Extent, int] = {"everything": 12, "nothing": 4}  # words after "all" and "no" that these apply to
_ROUNDING = Decimal("0.03")
_ROUGH = Decimal("0.12")
_LONG = 3  # fewest letters of a word that distinguishes statements
_ASIDE = 40  # most words of a question between two customers


class Clash(NamedTuple):
    """A contradiction, and the words `[start:end]` of its last turn that show it.

    `settled` says that the turn itself explains why the two differ, so that there is nothing left to ask; `corrects`, that its last
    statement takes the place of the first.
    """

    turns: tuple[int, ...]
    text: str
    start: int
    end: int
    settled: bool = False
    corrects: bool = False

    @property
    def finding(self) -> Contradiction:
        """The contradiction as it is shown."""
        return Contradiction(turns=self.turns, text=self.text, stands="last" if self.corrects else None)


@lru_cache(maxsize=8)  # a turn is compared with the past, remembered, and read as the question of the next
def _cues(text: str) -> Mapping[str, Sequence[Match]]:
    """Return the cues of a text by label."""
    cues: dict[str, list[Match]] = {}
    for match in Lexicon.load("contradictions").find(norms(text)):
        cues.setdefault(match.label, []).append(match)
    return cues


def gives_way(text: str) -> bool:
    """Return whether somebody grants what another one said, or says whose figure to print."""
    return not {"concedes", "defers", "chooses"}.isdisjoint(_cues(text))


class Scene(NamedTuple):
    """A customer's turn with its cues by label, and the memory that it is compared with."""

    reading: Reading
    cues: Mapping[str, Sequence[Match]]
    past: Past

    @classmethod
    def of(cls, reading: Reading, past: Past) -> Scene:
        """Find the cues of a turn."""
        return cls(reading, _cues(reading.turn.text), past)

    def has(self, label: str, first: int, last: int) -> bool:
        """Return whether a cue starts within tokens[first:last]."""
        return any(first <= m.first < last for m in self.cues.get(label, ()))

    def within(self, label: str, sentence: Sentence) -> bool:
        """Return whether a cue starts in a sentence."""
        return self.has(label, sentence.first, sentence.last)

    def opens(self, label: str) -> bool:
        """Return whether the turn begins with a cue, ignoring fillers."""
        return self.has(label, 0, self._opening())

    def _opening(self) -> int:
        at = 0
        tokens, fillers = self.reading.tokens, words_of("contradictions.lists.fillers")
        while at < len(tokens) and tokens[at].norm in fillers:
            at += 1
        return at + 1

    def clash(self, turn: int, against: str, start: int, end: int) -> Clash:
        """Return the clash of text[start:end] with what was said in an earlier turn."""
        return Clash((turn, self.reading.turn.turn), f"{against} / {self.said(start, end)}", start, end, self.explained(start))

    def clash_with_background(self, fact: str, start: int, end: int) -> Clash:
        """Return the clash of text[start:end] with what the background says, which it corrects."""
        text = f"background: {fact} / {self.said(start, end)}"
        return Clash((self.reading.turn.turn,), text, start, end, self.explained(start), corrects=True)

    def said(self, start: int, end: int) -> str:
        """Return text[start:end] on one line."""
        return " ".join(self.reading.turn.text[start:end].split())

    def explained(self, offset: int) -> bool:
        """Return whether the sentence at a character, or the next one, explains why figures differ."""
        sentences = self.reading.sentences
        at = next((n for n, s in enumerate(sentences) if s.start <= offset < s.end), 0)
        return self.has("reasons", sentences[at].first, sentences[min(at + 1, len(sentences) - 1)].last)


@cache
def _small() -> frozenset[str]:
    """Return the words that say nothing by themselves."""
    return function_words() | number_words()


def content(tokens: Iterable[Token]) -> frozenset[str]:
    """Return the stems of the words that distinguish statements."""
    small = _small()
    return frozenset(stem(t.norm) for t in tokens if len(t.norm) > _LONG and t.norm not in small and not t.norm[0].isdigit())


def apart(a: tuple[Decimal, Decimal], b: tuple[Decimal, Decimal], rough: bool = False) -> bool:
    """Return whether two values or ranges are further apart than rounding can explain."""
    room = _ROUGH if rough else _ROUNDING
    low, high = (a, b) if a[1] <= b[1] else (b, a)
    return high[0] > low[1] and high[0] - low[1] > room * high[0]


def seconds(quantity: Quantity | Figure) -> tuple[Decimal, Decimal]:
    """Return the ends of a duration in seconds."""
    scale = DURATIONS[quantity.unit or "second"]
    return quantity.low * scale, quantity.high * scale


def other_customer(reading: Reading) -> Reading | None:
    """Return the turn of another customer that this one may answer: right before, or before one short question."""
    near = [b for b in reading.before[-2:] if b.is_customer or b.words <= _ASIDE]
    last = next((b for b in reversed(near) if b.is_customer), None)
    return last if last is not None and last.turn.speaker != reading.turn.speaker else None


def counted_next(reading: Reading) -> frozenset[str] | None:
    """Return the stems of the words after "how many" if a turn ends by asking it, so that the reply counts these; None if it does not."""
    if not reading.sentences or not reading.asks(reading.sentences[-1]):
        return None
    last = reading.sentences[-1]
    norms = reading.words_in(last)
    at = next((n for n, pair in enumerate(pairwise(norms)) if pair == ("how", "many")), None)
    return None if at is None else content(reading.tokens[last.first + at + 2 : last.last])


def counts_as(unit: str | None, counted: frozenset[str] | None) -> bool:
    """Return whether a number of a unit can be rivalled by a reply that counts what is named by these stems, None if it may be anything."""
    return counted is None or unit is None or stem(unit) in counted


def ends(q: Quantity, unit: str | None) -> tuple[float, float]:
    """Return the ends of a number in a unit as floats; durations are in seconds."""
    scale = float(DURATIONS.get(unit or "", 1))
    return float(q.low) * scale, float(q.high) * scale


def remember(scene: Scene) -> None:
    """Add a turn's figures, sentences and claims to the memory of its scene."""
    reading, past = scene.reading, scene.past
    turn = reading.turn
    if reading.is_customer:
        past.speakers[turn.turn] = turn.speaker
    for q in reading.quantities:
        if not q.broken:
            past.figures.append(Figure(turn.turn, reading.is_customer, q.text, q.low, q.high, q.unit))
            if reading.is_customer:
                past.told.append(ends(q, q.unit))
    for sentence in reading.sentences if reading.is_customer else ():
        text = turn.text[sentence.start : sentence.end]
        past.sentences.append(Told(turn.turn, text, content(reading.tokens_in(sentence))))
        if not scene.within("planned", sentence) and not reading.asks(sentence):
            past.claims.extend(Claim(turn.turn, text, *claimed) for claimed in _claimed(scene, sentence))


def _claimed(scene: Scene, sentence: Sentence) -> Iterator[tuple[Extent, frozenset[str]]]:
    """Yield what a sentence claims about all or none, and the words that the claim is about."""
    for extent, reach in _REACH.items():
        cue = next((m for m in scene.cues.get(extent, ()) if sentence.first <= m.first < sentence.last), None)
        if cue is not None:
            ends = scene.reading.clause_end(cue.last - 1, min(cue.last + reach, sentence.last))
            yield extent, content(scene.reading.tokens[cue.last : ends])


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Return a regular expression of `copilot/data/contradictions.yaml`; any of its lines may match, in any case."""
    return re.compile("|".join(load_data("contradictions")["patterns"][name]), re.IGNORECASE)
