"""The ledger: the only state of a call. It folds each turn's findings into what is known so far."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from typing import NamedTuple, Self

from .background import Background
from .coverage import Accounts, coverage, gap_closed, gap_opened, statuses, touched, withheld
from .detectors import Found
from .detectors.boundaries import pointers_to
from .detectors.boundaries.names import names_in
from .detectors.boundaries.words import stems_of
from .detectors.commitments import takes_back
from .detectors.consent import ConsentEvent, agreed_by, assumed_by, refused_by, settle
from .detectors.contradictions import Past, remember_turn
from .detectors.gaps import (
    NUMBER_KINDS,
    Answer,
    OpenGap,
    bears_out,
    is_pressed,
    open_gap,
    read_answers,
    stems_said,
    supplies,
    verdict_on,
    withholds,
)
from .detectors.metrics import find_repeat
from .detectors.topics import find_brushed, topic_of_question
from .errors import UnknownNameError
from .findings import (
    Closing,
    Commitment,
    Consent,
    Contradiction,
    Coverage,
    Deferral,
    Gap,
    Metric,
    Number,
    Outcome,
    Quote,
    SectionRow,
    Talk,
    TopicStatus,
    Verify,
)  # fmt: skip
from .guide import Guide
from .mentions import amount, asks_before, currencies_named, earlier_answer, number, read_back, unit_said
from .metrics import (
    field_told,
    is_asked_about,
    is_length,
    is_said_again,
    lacks,
    measure_key,
    merge,
    same_metric,
    same_value,
    with_answer,
    with_confirmed,
    with_field,
)
from .off_record import OffRecord
from .reading import Reading, passage_at
from .rulings import Rulings
from .text import tokenize
from .turns import Role

__all__ = ["SURE", "Ledger"]

WATCHED = 48
"""Most gaps that are watched for their answer, the oldest dropped first, so that the cost of a turn stays bounded."""
SURE = 0.5
"""How surely an answer must supply what a gap lacks for no later one to be taken for its answer instead."""
DISPUTED = 32
"""Most contradictions that a later turn can settle, the latest ones: real calls have a third of these."""
RELATED = 16
"""Most earlier metrics of one key that a new metric is compared with."""
SAID = 500
"""Latest turns kept for each word; a word said in more turns does not identify any of them."""
LATELY = 24
"""Latest metrics among which a value that is asked about again, or read back, is looked for."""
TELLING = 2
"""Words, names aside, by which a text gives away what is kept back, if customers said them nowhere else."""
ASKED_ENOUGH = 2
"""Times that a gap is asked about before it is dropped: push once for a number, then accept a direction."""

_FIELD_GAPS = {
    "baseline": "missing_baseline", "period": "missing_timeframe", "scope": "missing_scope", "source": "unsourced",
    "definition": "undefined_metric",
}  # fmt: skip
"""The gap that asks for a field of a metric."""


class Ledger:
    """What is known from a call: topics, metrics being completed, gaps and their outcomes, boundaries, promises.

    `add` takes the turns in order; its cost does not grow with the call.
    """

    def __init__(self, background: Background, guide: Guide) -> None:
        """Start with what the background knows."""
        self.background, self.guide = background, guide
        self.rulings = Rulings()
        self.metrics: list[Metric] = []
        self.gaps: dict[str, Gap] = {}
        self.quotes: list[Quote] = []
        self.off_record = OffRecord(self.rulings)
        self.commitments: list[Commitment] = []
        self.deferred: list[Deferral] = []
        self.verify: list[Verify] = []
        self.contradictions: list[Contradiction] = []
        self.sections: list[SectionRow] = []
        self.retired: set[str] = set()
        self.probes: set[str] = set()
        self.brushed: set[str] = set()
        self.said: dict[str, tuple[int, ...]] = {}
        self.seen: Counter[str] = Counter()
        self.past = Past()
        self.currencies: Counter[str] = Counter()
        self.last_topic = next(iter(guide.topics))
        self._accounts: Accounts = {}
        self._known = frozenset(background.known_topics)
        self._consent: list[ConsentEvent] = []
        self._watched: deque[Watch] = deque(maxlen=WATCHED)
        self._asked: Counter[str] = Counter()
        self._noted: set[str] = set()
        self._by_measure: dict[str, tuple[int, ...]] = {}
        self._talk: dict[str, _Tally] = {}

    @property
    def topics(self) -> dict[str, TopicStatus]:
        """The state of every topic of the guide."""
        return statuses(self.guide, self._accounts, self._known, self.rulings.marks)

    @property
    def coverage(self) -> dict[str, Coverage]:
        """How many topics of each section are settled."""
        return coverage(self.guide, self.topics)

    @property
    def consent(self) -> Consent:
        """Whether the recording was asked for and granted."""
        return settle(self._consent)

    @property
    def consent_by(self) -> dict[str, int]:
        """The turn in which each customer agreed to the recording."""
        return agreed_by(self._consent)

    @property
    def consent_assumed(self) -> dict[str, int]:
        """The turn of each customer's answer that is taken for a yes to the recording, and to be confirmed."""
        return assumed_by(self._consent)

    @property
    def consent_refused(self) -> dict[str, int]:
        """The turn in which each customer refused the recording, or took back a yes to it."""
        return refused_by(self._consent)

    @property
    def talk(self) -> dict[str, Talk]:
        """How much each speaker spoke."""
        words = sum(t.words for t in self._talk.values())
        return {name: tally.share_of(words) for name, tally in self._talk.items()}

    def add(self, reading: Reading, found: Found) -> tuple[Gap, ...]:
        """Add a turn and its findings; return the gaps that it settles."""
        speaker = reading.turn.speaker
        self._talk[speaker] = self._talk.get(speaker, _Tally(reading.turn.role)).plus(reading)
        self.seen.update(stems_said(reading))
        self.currencies.update(currencies_named(reading))
        self.off_record.free(found.leave)
        self.off_record.bar(found.boundaries)
        self._consent.extend(found.consent)
        self.commitments = [*(c for c in self.commitments if not takes_back(reading, c)), *found.commitments]
        self.deferred.extend(found.deferred)
        self.verify.extend(found.verify)
        if found.conceded:
            settled_now = {c.turns: c for c in found.conceded}
            self.contradictions = [settled_now.get(c.turns, c) for c in self.contradictions]
        self.contradictions.extend(found.contradictions)
        remember_turn(reading, self.past)
        self.quotes.extend(found.quotes)  # a reply weighs the quotes of the turn before it
        settled = self._hear(reading, found) if reading.is_customer else ()
        confirmed = self._confirm(reading)
        # These may belong to an earlier turn if an engine answered late.
        metrics, told = self._told_fields(reading, found.metrics)
        metrics, answered = self._answered(reading, metrics)
        added = self._said_again(reading)
        merged = [gap for metric in metrics for gap in self._measure(metric, reading.turn.turn, judged=found.judged)]
        for gap in found.gaps:
            self._open(gap, reading, found)
        return (*settled, *confirmed, *answered, *told, *merged, *added, *self._seen_settled(found.closings))

    def _hear(self, reading: Reading, found: Found) -> tuple[Gap, ...]:
        """Add what a customer's turn says about topics; return the gaps that it settles."""
        for stem in pointers_to(reading):
            self.said[stem] = (*self.said.get(stem, ())[1 - SAID :], reading.turn.turn)
        answers = read_answers(reading)
        settled = tuple(gap for answer in answers for gap in self._settle(answer, found))
        how = withholds(answers[0], put_off=bool(found.deferred)) if len(answers) == 1 else None
        if how is None:
            self._accounts = touched(self._accounts, found.touches)
            self.brushed.update(topic for answer in answers for topic in find_brushed(answer.reading))
        elif topic := topic_of_question(reading):
            self._accounts = withheld(self._accounts, topic, reading.turn.turn, how)
        if found.touches:
            self.last_topic = max(found.touches, key=lambda t: t.weight).topic
        self.sections.append(SectionRow(turn=reading.turn.turn, sections=found.sections))
        return settled

    def _complete(self, at: int, metric: Metric, turn: int) -> list[Gap]:
        """Put a metric in place of one that lacked more; return the gaps of an earlier turn that ask for what it has now, closed."""
        old, self.metrics[at] = self.metrics[at], metric
        told = (field for field in _FIELD_GAPS if lacks(old, field) and not lacks(metric, field) and _is_told(metric, field))
        kinds = {_FIELD_GAPS[field] for field in told}
        asking = [g for g in self.gaps.values() if g.kind in kinds and g.outcome == "open" and g.turn < turn and g.overlaps(metric)]
        return [self._close(gap, "answered", turn) for gap in asking]

    def _answered(self, reading: Reading, metrics: Sequence[Metric]) -> tuple[Sequence[Metric], Sequence[Gap]]:
        """Complete the metric whose earlier value was asked for; return these metrics, completed likewise, and the gaps settled."""
        if not metrics or not self.metrics or not asks_before(reading):
            return metrics, ()
        old = earlier_answer(reading)
        at = self._last_of(number(old.high)) if old else None
        at = len(self.metrics) - 1 if at is None else at
        asked, answer = with_answer(self.metrics[at], metrics[0])
        return (answer, *metrics[1:]), self._complete(at, asked, reading.turn.turn)

    def _told_fields(self, reading: Reading, metrics: Sequence[Metric]) -> tuple[Sequence[Metric], Sequence[Gap]]:
        """Complete the metric that a question for one of its fields is about by the answer.

        Return the metrics of the answer that are more than how long the period told is, and the gaps that this settles.
        """
        told, settled = field_told(reading), list[Gap]()
        if told is None:
            return metrics, settled
        for field, words in told.fields.items():
            at = self._lacking(field, told.turns, reading.asked)
            if at is not None:
                settled += self._complete(at, with_field(self.metrics[at], field, words), reading.turn.turn)
                metrics = [m for m in metrics if field != "period" or not is_length(reading, m, words)]
        return metrics, settled

    def _said_again(self, reading: Reading) -> Sequence[Gap]:
        """Complete the metric whose number a turn takes up by what it adds to it, "A third at Easthaven"; return the gaps settled."""
        again = find_repeat(reading)
        at = self._last_of(again.value) if again else None
        if again is None or at is None or not is_said_again(self.metrics[at], again):
            return ()
        return self._complete(at, merge(self.metrics[at], again), reading.turn.turn)

    def _lacking(self, field: str, turns: Sequence[int], asked: Reading | None) -> int | None:
        """Return the place of the last metric of some turns, the first of them first, that lacks a field, None if there is none.

        If the question names any of them, it is one of those.
        """
        lately = range(len(self.metrics) - 1, max(-1, len(self.metrics) - 1 - LATELY), -1)
        told = [n for turn in turns for n in lately if self.metrics[n].turn == turn]
        named = [n for n in told if asked is not None and is_asked_about(self.metrics[n], field, asked)]
        return next((n for n in named or told if lacks(self.metrics[n], field)), None)

    def _confirm(self, reading: Reading) -> Sequence[Gap]:
        """Give the latest metric of a value that was read back the value before that was read back with it; return the gaps settled."""
        told = read_back(reading)
        at = self._last_of(number(told[1].high)) if told else None
        if told is None or at is None:
            return ()
        before, after = told
        unit = after.unit or unit_said(reading, after) or before.unit or unit_said(reading, before)
        return self._complete(at, with_confirmed(self.metrics[at], amount(before, before.unit or unit), unit), reading.turn.turn)

    def _last_of(self, value: Number | tuple[Number, Number]) -> int | None:
        """Return the place of the latest metric of a value among those told lately, None if there is none."""
        lately = range(len(self.metrics) - 1, max(-1, len(self.metrics) - 1 - LATELY), -1)
        return next((n for n in lately if self.metrics[n].value == value), None)

    def gives_away(self, text: str, turn: int) -> bool:
        """Return whether an engine's own words on a turn tell of what is kept back elsewhere.

        They hold a name, or two other words, that customers said there and nowhere else.
        """
        names = {word for name in names_in(text) for word in name.words}
        hidden = [t for t in tokenize(text) if any(self._is_hidden(stem, turn) for stem in stems_of([t]))]
        return len({t.norm for t in hidden}) >= TELLING or any(t.norm.removesuffix("'s") in names for t in hidden)

    def _is_hidden(self, stem: str, turn: int) -> bool:
        """Return whether a word was said, but only in what is kept back of turns other than `turn`."""
        said = self.said.get(stem, ())
        return bool(said) and all(n != turn and self.off_record.hides(stem, n) for n in said)

    def copy(self) -> Self:
        """Return a ledger that knows the same, and learns on its own; what people decide holds in both."""
        other = copy(self)
        for name, value in vars(self).items():
            if isinstance(value, dict | list | set | deque):
                setattr(other, name, value.copy())
        other.past, other.off_record = copy(self.past), copy(self.off_record)
        return other

    def gap(self, name: str) -> Gap:
        """Return a gap by its id. Raises UnknownNameError."""
        if name not in self.gaps:
            raise UnknownNameError.among("gap", name, self.gaps)
        return self.gaps[name]

    def dismiss(self, gap: str) -> None:
        """Leave a gap alone from now on: it stays open, and is not offered again. Raises UnknownNameError."""
        self.rulings.dismissed.add(self.gap(gap).id)

    def mark(self, topic: str, covered: bool) -> None:
        """Record a person's decision on whether a topic is covered, which overrides what the turns say. Raises UnknownNameError."""
        self.guide.topic(topic)
        self.rulings.marks[topic] = covered

    def asked(self, gap: str) -> None:
        """Note that a gap was asked about, as a person says; after the second time it is no longer offered. Raises UnknownNameError."""
        self._count_asked(self.gap(gap).id)
        self._noted.add(gap)

    def _count_asked(self, gap: str) -> None:
        self._asked[gap] += 1
        if self._asked[gap] >= ASKED_ENOUGH:
            self.retired.add(gap)

    def worth_asking(self) -> list[Gap]:
        """Return the gaps that are open, still offered, and not on words that are held back."""
        return [g for g in self.gaps.values() if self.is_worth_asking(g)]

    def open_gaps(self) -> list[Gap]:
        """Return the gaps that are neither settled nor held back, including those that are no longer offered."""
        return [g for g in self.gaps.values() if g.outcome == "open" and not self._is_unspeakable(g)]

    def is_worth_asking(self, gap: Gap) -> bool:
        """Return whether a gap is known, open, not left alone, and not on words that are kept back."""
        known = self.gaps.get(gap.id)
        alone = gap.id in self.retired or gap.id in self.rulings.dismissed
        return known is not None and known.outcome == "open" and not alone and not self._is_unspeakable(gap)

    def _is_unspeakable(self, gap: Gap) -> bool:
        """Return whether a gap is on words that are kept back, or its question or reason may tell of such words elsewhere.

        The rules' own repeat no others than those of the gap, and the other side of a contradiction.
        """
        if "llm" in gap.origin and self.gives_away(f"{gap.probe} {gap.why}", gap.turn):
            return True
        if gap.kind != "inconsistent":
            return self.off_record.covers(gap)
        others = (row.turns[:-1] for row in self.contradictions if row.turns[-1] == gap.turn)
        return self.off_record.covers(gap) or any(not self.off_record.turns.isdisjoint(turns) for turns in others)

    def is_answered(self, reading: Reading, gap: Gap, since: Iterable[Reading]) -> bool:
        """Return whether one of the readings `since` answers a gap of an earlier one, which the ledger need not know."""
        watched = _watched(reading, gap)
        answers = (answer for r in since if r.is_customer for answer in read_answers(r))
        return any(supplies(watched, answer, self.seen) for answer in answers)

    def bears_out(self, closing: Closing, reading: Reading, *, promised: bool) -> bool:
        """Return whether a turn may well do to a watched gap what a closing says; `promised`: the customer promises something in it."""
        watched = next((w.gap for w in self._watched if w.name == closing.gap), None)
        answers = read_answers(reading) if watched else ()
        return any(bears_out(watched, a, closing, self.seen, promised=promised) for a in answers if watched)

    @property
    def disputed(self) -> Sequence[Contradiction]:
        """The latest contradictions, at most DISPUTED, which a turn may settle."""
        return self.contradictions[-DISPUTED:]

    def _measure(self, metric: Metric, turn: int, *, judged: bool) -> Sequence[Gap]:
        """Add a metric, and return the gaps that this settles in a turn.

        It and an earlier mention of the same metric complete each other. What was judged keeps its own baseline.
        """
        key, settled = measure_key(metric), list[Gap]()
        places = self._by_measure.get(key, ())
        for at in reversed(places):
            earlier = self.metrics[at]
            if same_metric(earlier, metric) and (not judged or same_value(earlier, metric)):
                both = merge(earlier, metric)
                if (both.turn, both.start) == (earlier.turn, earlier.start):
                    metric, settled = merge(metric, earlier), self._complete(at, both, turn)
                else:
                    metric = both
                break
        self._by_measure[key] = (*places, len(self.metrics))[-RELATED:]
        self.metrics.append(metric)
        return settled

    def _open(self, gap: Gap, reading: Reading, found: Found) -> None:
        """Add a new gap and watch for its answer; a known gap found again by another engine only gains that origin."""
        if gap.id in self.gaps:
            known = self.gaps[gap.id]
            self.gaps[gap.id] = known.model_copy(update={"origin": tuple(dict.fromkeys((*known.origin, *gap.origin)))})
            return
        if gap.turn in self.off_record.barred:
            return
        # A gap that is found late may belong to an earlier turn.
        reading = next((r for r in reading.before if r.turn.turn == gap.turn), reading)
        self.gaps[gap.id] = gap
        self.probes.add(gap.probe)
        self._accounts = gap_opened(self._accounts, gap.topic, gap.severity)
        if gap.outcome == "open":
            self._watched.append(Watch(gap.id, _watched(reading, gap)))
            if gap.kind in NUMBER_KINDS and _is_put_off(gap, reading, found):
                self._close(gap, "deferred", gap.turn)
        else:
            self._accounts = gap_closed(self._accounts, gap.topic, gap.severity, gap.turn, gap.outcome)

    def _settle(self, answer: Answer, found: Found) -> tuple[Gap, ...]:
        """Close the watched gaps that an answer settles, and count those that it is asked about; return the closed."""
        turn = answer.reading.turn.turn
        barred = any(turn in b.covers for b in found.boundaries)
        promised = found.puts_off(turn)
        settled = []
        for watch in tuple(self._watched):
            outcome, chance = verdict_on(watch.gap, answer, self.seen, barred=barred, promised=promised)
            judged = found.judged and watch.name in found.shown
            if watch.answered:
                if outcome == "answered" and chance > watch.answered and not judged:
                    self._close(self.gaps[watch.name], outcome, turn, chance)
                continue
            if outcome and judged:
                # What judges a turn says by itself what it closes of the gaps that it knows.
                outcome = "open" if answer.is_asked else None
            if outcome in {None, "open"} and not barred and is_pressed(watch.gap, answer):
                self.retired.add(watch.name)
            if outcome == "open" and watch.name not in self._noted:
                self._count_asked(watch.name)
            elif outcome and outcome != "open":
                settled.append(self._close(self.gaps[watch.name], outcome, turn, chance))
        # A person's note and the question heard before this answer are one asking.
        self._noted = set()
        return tuple(settled)

    def _seen_settled(self, closings: Iterable[Closing]) -> Iterator[Gap]:
        """Close the open gaps that an engine has seen settled; yield them."""
        for closing in closings:
            gap = self.gaps.get(closing.gap)
            if gap is not None and gap.outcome == "open" and closing.turn > gap.turn:
                yield self._close(gap, closing.outcome, closing.turn)

    def _close(self, gap: Gap, outcome: Outcome, turn: int, chance: float = 1.0) -> Gap:
        """Close a gap by what was said in a turn; return it as it is then. What was put off or half answered may yet be answered."""
        closed = gap.model_copy(update={"outcome": outcome, "closed_by": turn if outcome == "answered" else None})
        self.gaps[gap.id] = closed
        kept = chance if outcome == "answered" and chance < SURE else 0.0
        on = kept > 0 or outcome == "deferred"
        again = (w if w.name != gap.id else w._replace(answered=kept) for w in self._watched if w.name != gap.id or on)
        self._watched = deque(again, maxlen=WATCHED)
        if gap.outcome == "open":
            self._accounts = gap_closed(self._accounts, gap.topic, gap.severity, turn, outcome)
        return closed


def _is_told(metric: Metric, field: str) -> bool:
    """Return whether a field that a metric no longer lacks is surely told.

    A value before is if it is likely the right one, or if the metric is a change, which has none.
    """
    return field != "baseline" or metric.baseline is None or metric.likely_baseline is not None


class Watch(NamedTuple):
    """A gap that waits for its answer, by name; `answered` is how sure the answer is that it has so far, 0 if none."""

    name: str
    gap: OpenGap
    answered: float = 0.0


class _Tally(NamedTuple):
    """Counts of one speaker's talk; `seconds` is None once a turn has no times."""

    role: Role
    words: int = 0
    questions: int = 0
    longest: int = 0
    seconds: float | None = 0.0

    def plus(self, reading: Reading) -> _Tally:
        """Return the counts with another turn added."""
        turn = reading.turn
        seconds = None
        if self.seconds is not None and turn.start is not None and turn.end is not None:
            seconds = self.seconds + turn.end - turn.start
        return _Tally(
            role=self.role,
            words=self.words + reading.words,
            questions=self.questions + turn.text.count("?"),
            longest=max(self.longest, reading.words),
            seconds=seconds,
        )

    def share_of(self, words: int) -> Talk:
        """Return the counts as Talk, with the share of all words."""
        seconds = None if self.seconds is None else round(self.seconds, 3)
        share = round(self.words / words, 4) if words else 0.0
        return Talk(role=self.role, words=self.words, seconds=seconds, share=share, questions=self.questions, longest_turn=self.longest)


def _is_put_off(gap: Gap, reading: Reading, found: Found) -> bool:
    """Return whether the sentence of a gap, or the one after it, puts off what is missing: "I'd be guessing. I'll ask her"."""
    promised = (reading.turn.text.find(c.what) for c in found.commitments if c.who == "customer" and c.turn == gap.turn)
    places = (*(d.start for d in found.deferred if d.turn == gap.turn), *promised)
    return any(at >= gap.start and sum(gap.end <= s.start <= at for s in reading.sentences) <= 1 for at in places)


def _watched(reading: Reading, gap: Gap) -> OpenGap:
    """Return what is kept of a gap, in its passage of a turn, while it waits for its answer."""
    return open_gap(passage_at(reading, gap.start), gap.start, gap.end, gap.kind, gap.topic)
