"""Triggers: the words that leave a gap open, and what a question can take from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from ..lexicon import Match, denies, words_of
from ..quantities import Quantity
from ..quantities.units import DURATIONS
from ..reading import Reading
from ..statements.clauses import belongs, clause_at, clauses_of, is_apart
from ..statements.dimensions import asked_dimension, holds
from ..statements.measures import Measure, about, find_measure, has_its_number
from ..text import count_words
from .anchors import Anchor, find_anchor

__all__ = ["Trigger"]

NUMBER_KINDS = frozenset({"missing_baseline", "missing_timeframe", "missing_scope", "undefined_metric", "unsourced", "inconsistent"})
"""Kinds of gap about a number that was said."""
_OF_STATEMENTS = frozenset({"unexplained", "missing_stakes", "missing_actor"})
"""Kinds of gap about what somebody did or what happened, which no mere thing stands for."""
BRIEF = 14
"""Words of a statement that any phrase of it stands for."""
SHORT = 12
"""Words of an answer that is read in the dimension of its question."""
SPELT = 5
"""Words of a sentence that only spells out the amount before it."""
_LONG = 60
"""Characters beyond which a trigger is taken to hold several statements."""
_UNIT_WORDS = 2
_JUDGED = frozenset({"failure", "praise"})
_JUDGING = frozenset({"praise", "blame", "failure", "emotion"})
"""Cues of `copilot/data/cues.yaml` by which a vague statement judges something."""
_SIGNS = {"dropped_thread": frozenset({"surprise", "failure", "blame", "emotion"}), "unexplained": frozenset({"failure"})}
"""Cues by kind of gap by which one clause of a statement, rather than another, has the story or the reason that was not told."""
_ANNOUNCED = frozenset({"two", "listed", "unheard", "again"})
"""Labels of what says by itself that more is to come."""
DENIAL_WORDS = 2
"""Words before a judgement that may deny it."""
_COMPARED = frozenset({"than", "with", "to", "as", "from"})


@dataclass(frozen=True)
class Trigger:
    """The words turn.text[start:end] of a turn that leave a gap of a kind open."""

    reading: Reading
    kind: str
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words."""
        return self.reading.turn.text[self.start : self.end]

    @property
    def is_unsure(self) -> bool:
        """Whether the words may be somebody else's than the turn's speaker's."""
        return self.reading.turn.is_unsure(self.start, self.end)

    @property
    def is_brief(self) -> bool:
        """Whether it is so short that any phrase of it stands for the whole."""
        return count_words(self.text) <= BRIEF

    @property
    def asks_of_number(self) -> bool:
        """Whether the question is about a number that was said."""
        return self.kind in NUMBER_KINDS

    @cached_property
    def measure(self) -> Measure | None:
        """The amount or change whose number is missing; None where it is another thing that is missing."""
        return find_measure(self.reading, self.start, self.end) if self.kind == "missing_metric" else None

    @property
    def told(self) -> str:
        """The words that tell the amount or change, from where its clause begins: "our complaints went up a lot"; "" if there is none."""
        if self.measure is None:
            return ""
        tokens = [t for t in self.reading.tokens if self.start <= t.start and t.end <= self.measure.end]
        opens = (n for n in range(len(tokens) - 1, 0, -1) if is_apart(self.reading.turn.text, tokens, n))
        clause = tokens[next(opens, 0) :]
        joint = next((n for n in range(len(clause) - 1, -1, -1) if belongs(clause[n], "split")), -1)
        return self.reading.turn.text[clause[joint + 1].start : self.measure.end] if clause[joint + 1 :] else ""

    @cached_property
    def anchor(self) -> Anchor:
        """The words that a question could repeat: those on the amount, the judgement or the thing left untold, where it is about one."""
        at_signs = (find_anchor(self.reading, start, end) for start, end in self._signs)
        if told := next((found for found in at_signs if found.quote and self._fits(found)), None):
            return told
        focus = (self.measure.start, self.measure.end) if self.measure else self._judgement if self.kind == "vague" else None
        amounts = self.measure is not None
        found = find_anchor(self.reading, self.start, self.end, numbers=self.asks_of_number, amounts=amounts, focus=focus)
        if found.quote or focus is None:
            return found
        other = find_anchor(self.reading, self.start, self.end, numbers=self.asks_of_number)
        return other if other.stated or not self.measure else found

    @cached_property
    def repeated(self) -> Anchor:
        """The words that the question repeats: the anchor, without its quote if that is not what the question is about."""
        return self.anchor if self._fits(self.anchor) else self.anchor._replace(quote="")

    @cached_property
    def bare_unit(self) -> str:
        """The unit that is all of it, without its number: "Days."; "" if there is more, or none."""
        words = [t.norm for t in self.reading.tokens if t.start >= self.start and t.end <= self.end]
        return words[-1] if 0 < len(words) <= _UNIT_WORDS and words[-1] in words_of("probes.units") else ""

    @cached_property
    def asked(self) -> str:
        """The dimension of the question that a short answer was given to: "time"; "" for a longer one."""
        return asked_dimension(self.reading.question) if self.reading.words <= SHORT else ""

    @property
    def is_answered(self) -> bool:
        """Whether the turn holds a value in the dimension that was asked for."""
        return any(holds(q, self.asked) for q in self.reading.quantities)

    @property
    def answers(self) -> bool:
        """Whether the words themselves hold such a value, or a figure that is told as such: "a 24/7 operation"."""
        held = any(holds(q, self.asked) for q in self.reading.quantities if self.start <= q.start < self.end)
        return held or not words_of("probes.figures").isdisjoint(self.text.split())

    @property
    def is_of_today(self) -> bool:
        """Whether the clause of its number tells the present: "We're at ninety percent, I look at it before breakfast"."""
        at = self.find(self.anchor.quantity)
        clause = self._clause(at, len(self.anchor.quantity))
        words = (t.norm for t in self.reading.tokens if clause.start <= t.start < clause.end)
        return at >= 0 and any(word in words_of("probes.today") or word.endswith(("'re", "'m")) for word in words)

    def at_measure(self) -> Trigger:
        """Return the clause of the amount or change whose number is missing, as a trigger; without one, all of it."""
        return self._clause(self.measure.start) if self.measure else self

    def find(self, words: str) -> int:
        """Return where some words stand in the turn, -1 if there are none."""
        return self.reading.turn.text.find(words, self.start, self.end) if words else -1

    def around(self, at: int, length: int = 0) -> Trigger:
        """Return the clause that contains turn.text[at:at + length], if this is long enough to hold several; else all of it."""
        return self._clause(at, length) if self.end - self.start > _LONG else self

    def labels(self) -> frozenset[str]:
        """Return the labels of what the words are about."""
        return _labels_at(self.reading, self.start, self.end)

    def labels_of_quote(self) -> frozenset[str]:
        """Return the labels of what the repeated quote is about; what that is takes precedence over the rest."""
        at = self.find(self.repeated.quote)
        return _labels_at(self.reading, at, at + len(self.repeated.quote)) if at >= 0 else frozenset()

    def labels_near_quote(self) -> frozenset[str]:
        """Return the labels of what the clause with the repeated quote is about."""
        return self.around(self.find(self.repeated.quote), len(self.repeated.quote)).labels()

    def _clause(self, at: int, length: int = 0) -> Trigger:
        start, end = clause_at(self.reading.turn.text, self.start, self.end, at, length)
        return replace(self, start=start, end=end)

    @property
    def _signs(self) -> Sequence[tuple[int, int]]:
        """The places of the clauses that announce or else show what was left, where other clauses do not."""
        if self.kind not in _SIGNS:
            return ()
        tokens = [t for t in self.reading.tokens if t.start >= self.start and t.end <= self.end]
        clauses = [(c[0].start, c[-1].end) for c in clauses_of(self.reading.turn.text, tokens)]
        announced = (m for m in about().find([t.norm for t in tokens]) if m.label in _ANNOUNCED)
        signs = [(tokens[m.first].start, tokens[m.last - 1].end) for m in announced] or [
            self.reading.cite(m.first, m.last) for m in self.reading.cues if m.label in _SIGNS[self.kind]
        ]
        found = [(start, end) for start, end in clauses if any(start <= a and b <= end for a, b in signs)]
        return found if len(found) < len(clauses) else ()

    @property
    def spelt_out(self) -> Trigger | None:
        """The next sentence, if it is nothing but an amount in units, which spells out the one before: "From weeks to days."."""
        after = next((s for s in self.reading.sentences if s.start >= self.end), None)
        if after is None or after.last - after.first > SPELT:
            return None
        spelt = replace(self, start=after.start, end=after.end)
        return spelt if spelt.measure and "unit" in spelt.measure.labels else None

    @property
    def _judgement(self) -> tuple[int, int] | None:
        """The place of the words that judge something, None if none does: "really nice"."""
        found = (self.reading.cite(m.first, m.last) for m in self.reading.cues if m.label in _JUDGING)
        return next(((a, b) for a, b in found if self.start <= a and b <= self.end), None)

    def _fits(self, anchor: Anchor) -> bool:
        """Return whether the quote of an anchor is what the question is about.

        One without the number that a question about a number repeats is not; nor, if a number is missing, one that holds another number
        or names a mere thing ("the bearing"), which tells no reason or consequence either.
        """
        at = self.reading.turn.text.find(anchor.quote, self.start, self.end)
        held = range(at, at + len(anchor.quote))
        numbered = any(q.start in held for q in self.reading.quantities)
        if self.asks_of_number:
            return numbered or not any(self.start <= q.start < self.end for q in self.reading.quantities)
        if self.kind == "unclear_term":
            return not anchor.term
        if self.kind in _OF_STATEMENTS:
            return anchor.stated or self.is_brief
        if self.kind != "missing_metric":
            return True
        if numbered:
            return False
        return anchor.stated or self.measure is not None or (self.is_brief and (not anchor.is_thing or self._is_cued(held)))

    def _is_cued(self, held: range) -> bool:
        """Return whether a quote holds words that tell an amount, a change or a judgement: "a lot kinder", but not "the nurses"."""
        strong = (m for m in self.reading.cues if m.label in words_of("statements.other.strong"))
        return any(self.reading.tokens[m.first].start in held for m in strong)


def _labels_at(reading: Reading, start: int, end: int) -> frozenset[str]:
    """Return the labels of what turn.text[start:end] is about; a price with its number is told: "spend three hours"."""
    tokens = [t for t in reading.tokens if t.start >= start and t.end <= end]
    norms = [t.norm for t in tokens]
    found = [m for m in about().find(norms) if not _is_taken_back(m, norms[: m.first])]
    told = (m for m in found if m.label == "money" and has_its_number(reading, tokens[m.first].start, tokens[m.last - 1].end))
    labels = frozenset(m.label for m in found) - frozenset(m.label for m in told)
    return _with_numbers(labels, [q for q in reading.quantities if q.start >= start and q.end <= end])


def _with_numbers(labels: frozenset[str], numbers: Sequence[Quantity]) -> frozenset[str]:
    """Return labels with those of the numbers among the words: a change is relative where it is told as such, and two are a pair."""
    if not numbers:
        return labels
    if any(q.change or q.unit == "times" for q in numbers):
        labels |= {"relative"}
    elif not any(q.unit == "percent" for q in numbers):
        labels -= {"relative"}
    return labels | ({"number", "pair"} if len(numbers) > 1 or any(q.baseline for q in numbers) else {"number"})


def _is_taken_back(match: Match, before: Sequence[str]) -> bool:
    """Return whether what stands before a phrase turns it: a judgement that is denied, or "before" after what it compares."""
    if match.label == "past":
        spans = any(word.endswith("s") and word[:-1] in DURATIONS for word in before[-1:])
        return spans or not _COMPARED.isdisjoint(before[-1:]) or "on" in before[-3:-2]
    return match.label in _JUDGED and (_is_denied(before) or _is_known(before))


def _is_known(before: Sequence[str]) -> bool:
    """Return whether the words right before a judgement make it what somebody knows: "they can see what failed"."""
    return any(
        verb in words_of("statements.knowing") and word.split("'")[0] in words_of("statements.completes")
        for verb, word in pairwise(before[-1 - DENIAL_WORDS :])
    )


def _is_denied(before: Sequence[str]) -> bool:
    """Return whether the words right before a judgement deny it: "it didn't fail", "no trouble"."""
    return any(map(denies, before[-DENIAL_WORDS:]))
