"""The guard: nothing that an engine finds enters the ledger unless the transcript supports it.

Every finding is checked against the turn that it cites: its words are aligned there, its numbers must be in the customer's words, and
its question is linted. An engine's own words must not contain numbers that nobody said, links or markup. What fails is dropped, and
kept with its reason in `rejected`.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple, TypeVar

from ..detectors import Found
from ..detectors.boundaries import may_reach_back
from ..detectors.commitments import find_commitments
from ..detectors.deferred import find_deferred
from ..findings import GAPS_A_TURN, Amount, Boundary, Closing, Contradiction, Gap, Metric, Quote, Touch
from ..grounding import MARKUP, Absent, ground, quotations, ungrounded_numbers
from ..ledger import Ledger
from ..lexicon import words_of
from ..probes.lint import lint_question
from ..probes.wording import explain, word_probe
from ..quantities import find_quantities
from ..reading import Reading
from ..text import stem, tokenize
from ..turns import Span, Turn
from .merging import SURE
from .stating import comes_to, measures, states

__all__ = ["Cited", "Guard", "Rejection", "probe_fault"]

SETTLED = 3
"""Most gaps that one turn may settle according to an engine."""
FAR_BACK = 3
"""Most turns of a boundary that may cover turns other than the latest; a larger one would bar much of a call on an engine's word."""
TOPICS = 8
"""Most topics that one turn may inform."""
LONGEST_REMARK = 200
"""Most characters of a remark in an engine's own words."""
LEAST = 0.35
"""Least chance of a gap that is noted, as the prompt has it."""
LATE = 4
"""Turns after which a late gap is stale."""
LONGEST_TRIGGER = 1000
"""Most characters of cited words."""
KEPT = 200
"""Latest rejections that are kept."""

S = TypeVar("S", bound=Span)
_ORDERS = re.compile(
    r"\b(?:system|assistant|user) ?:|\b(?:ignore|disregard|forget) (?:\w+ ){0,3}(?:instructions|rules|prompts?)\b", re.IGNORECASE
)


class Rejection(NamedTuple):
    """Something that an engine found and the guard rejected."""

    turn: int
    what: str
    text: str
    reason: str


class Cited(Contradiction):
    """A contradiction with the words of its statements; the guard takes these off when it has found them."""

    statements: tuple[Span, ...]


class Guard:
    """Admits what an engine finds if the transcript supports it, and keeps what it rejects."""

    def __init__(self) -> None:
        """Start with nothing rejected."""
        self.rejected: deque[Rejection] = deque(maxlen=KEPT)

    def admit(self, found: Found, reading: Reading, ledger: Ledger) -> Found:
        """Return the findings that hold, given the turns cited and the current ledger.

        They may cite the turn being read, or an earlier reading if they come late. Offsets are recomputed from the words.
        """
        check = _Check(reading, ledger, self.reject)
        boundaries = tuple(check.boundaries(found.boundaries))
        check.barred |= {turn for b in boundaries for turn in b.covers}
        gaps = tuple(check.gaps(found))
        return replace(
            found,
            touches=tuple(check.touches(found.touches)),
            sections=tuple(s.id for s in reading.guide.sections if s.id in found.sections),
            metrics=tuple(check.metrics(found.metrics)),
            gaps=gaps,
            quotes=tuple(check.quotes(found.quotes)),
            boundaries=boundaries,
            verify=tuple(check.aligned("claim", found.verify)),
            contradictions=tuple(check.contradictions(found.contradictions)),
            closings=tuple(check.closings(found.closings, {g.id for g in gaps})),
        )

    def reject(self, turn: int, what: str, text: str, reason: str) -> None:
        """Keep something that is rejected, with its reason."""
        self.rejected.append(Rejection(turn, what, text[:LONGEST_TRIGGER], reason))


class _Check:
    """One turn's findings, checked against the turn, the readings before it and the ledger."""

    def __init__(self, reading: Reading, ledger: Ledger, reject: Callable[[int, str, str, str], None]) -> None:
        self.reading, self.ledger, self.reject = reading, ledger, reject
        self.readings = {r.turn.turn: r for r in (*reading.before, reading)}
        self.barred = ledger.off_record.barred
        self.held = {n for n, r in self.readings.items() if ledger.off_record.covers_turn(r.turn)}

    def aligned(self, what: str, spans: Iterable[S], *, even_barred: bool = False) -> Iterator[S]:
        """Yield the spans that occur in a customer's turn, with their actual offsets and words."""
        for span in spans:
            cited = self.readings.get(span.turn)
            if cited is None or not cited.is_customer:
                self.reject(span.turn, what, span.text, "cites no customer's turn that was just heard")
            elif span.turn in self.barred and not even_barred:
                self.reject(span.turn, what, span.text, "is off the record")
            elif (place := _place(span, cited.turn)) is None:
                self.reject(span.turn, what, span.text, "is not in the turn that it cites")
            elif any(start < place[1] and place[0] < end for start, end in _read_out(cited.turn.text)):
                self.reject(span.turn, what, span.text, "is read out from something that gives orders")
            else:
                yield span.model_copy(update=cited.turn.span(*place).model_dump())

    def boundaries(self, boundaries: Iterable[Boundary]) -> Iterator[Boundary]:
        """Yield the boundaries whose words occur in their turn; they cover the latest turns, and only a few older ones.

        Words that give no hint of a request, nor refer back to anything, bar their own turn alone.
        """
        for boundary in self.aligned("boundary", boundaries, even_barred=True):
            few = len(boundary.covers) <= FAR_BACK
            heard = {t for t in boundary.covers if t in self.readings or (few and 1 <= t < boundary.turn)}
            if not heard <= {boundary.turn} and not may_reach_back(self.readings[boundary.turn], boundary.start, boundary.end):
                self.reject(boundary.turn, "boundary", boundary.text, "asks nothing that could bar other turns than its own")
                heard = set()
            covers = tuple(sorted(heard or {boundary.turn}))
            yield boundary.model_copy(update={"covers": covers})

    def touches(self, touches: Iterable[Touch]) -> Iterator[Touch]:
        """Yield the touches of the guide's topics by turns that were heard, at most a few per turn."""
        touches = tuple(touches)
        told = Counter(t.turn for t in touches)
        for touch in touches:
            if touch.topic not in self.reading.guide.topics or touch.turn not in self.readings:
                self.reject(touch.turn, "topic", touch.topic, "is no topic of the guide")
            elif told[touch.turn] > TOPICS:
                self.reject(touch.turn, "topic", touch.topic, "is one of more topics than a turn can inform")
            else:
                yield touch

    def quotes(self, quotes: Iterable[Quote]) -> Iterator[Quote]:
        """Yield the quotes of at least three words that occur in their turn."""
        return (q for q in self.aligned("quote", quotes) if len(q.text.split()) >= 3)

    def metrics(self, metrics: Iterable[Metric]) -> Iterator[Metric]:
        """Yield the metrics whose value is in the cited words, without baselines and circumstances that were not said."""
        for metric in self.aligned("metric", metrics):
            if not states(metric.text, metric.value, metric.unit):
                self.reject(metric.turn, "metric", f"{metric.value} {metric.unit}", "has a number that its words do not hold")
            elif fault := self._remark_fault(metric.unit, metric.turn):
                self.reject(metric.turn, "metric", metric.unit, fault)
            else:
                yield self._with_circumstances(self._with_baseline(self._named(metric)))

    def _named(self, metric: Metric) -> Metric:
        """Return a metric if its name contains nothing unsaid, else the metric named by its own words."""
        fault = self._remark_fault(metric.measures, metric.turn)
        if fault is None:
            return metric
        self.reject(metric.turn, "name", metric.measures, fault)
        return metric.model_copy(update={"measures": metric.text})

    def _with_baseline(self, metric: Metric) -> Metric:
        """Return a metric without a baseline that was not said: in its own words, or elsewhere as a number of that unit."""
        before: Amount | None = metric.baseline
        if before is None or states(self._sentence(metric), before.value, before.unit):
            return metric
        if any(measures(said, before.value, before.unit) for said in self._heard(metric.turn, metric.turn)):
            return metric
        self.reject(metric.turn, "baseline", f"{before.value} {before.unit}", "has a number that the customer never said")
        return metric.model_copy(update={"baseline": None})

    def _sentence(self, span: Span) -> str:
        """Return the sentence of a span, or the span itself where it has more than one."""
        reading = self.readings[span.turn]
        sentence = reading.sentence_at(span.start)
        return reading.turn.text[sentence.start : max(sentence.end, span.end)] if sentence else span.text

    def _with_circumstances(self, metric: Metric) -> Metric:
        """Return a metric without a period, scope or source that was not said near it, by the customer or in the question.

        Other words with the same stems count: "per night" for "every night".
        """
        heard = {stem(t.norm) for r in self._open(metric.turn) if r.turn.turn <= metric.turn for t in r.tokens}
        told = {"period": metric.period, "scope": metric.scope, "source": metric.source}
        untold = {n: text for n, text in told.items() if text and (not _content(text) <= heard or self._remark_fault(text, metric.turn))}
        for name, text in untold.items():
            self.reject(metric.turn, name, text, "is not in the words that were heard")
        return metric.model_copy(update=dict.fromkeys(untold))

    def _remark_fault(self, text: str, turn: int, reckoned: str = "") -> str | None:
        """Return what is wrong with an engine's own words on a turn, or None.

        Numbers may also come from the background or the interviewer, or be reckoned from those of `reckoned`.
        """
        if self.ledger.gives_away(text, turn):
            return "tells of what is kept back"
        heard = [r.turn.text for r in self._open(turn)]
        return remark_fault(text, _joined([*heard, *self._measured(), *self.reading.background.customer.facts]), reckoned)

    def _heard(self, turn: int, until: int) -> list[str]:
        """Return the customer's words until a turn that a finding of `turn` may rest on: the ledger's metrics, and the latest turns."""
        return [*self._measured(), *(r.turn.text for r in self._open(turn) if r.is_customer and r.turn.turn <= until)]

    def _open(self, turn: int) -> list[Reading]:
        """Return the readings that a finding of a turn may rest on: what may be barred serves only findings of its own."""
        return [r for n, r in self.readings.items() if n not in self.barred and (n == turn or n not in self.held)]

    def _measured(self) -> list[str]:
        """Return the words of the ledger's metrics that may be used."""
        return [m.text for m in self.ledger.metrics if m.turn not in self.barred and not self.ledger.off_record.covers(m)]

    def _reckoned(self, gap: Gap, contradictions: Iterable[Contradiction]) -> str:
        """Return the words whose numbers tell what does not add up: of the turns that a contradiction cites, and what is known."""
        if gap.kind != "inconsistent":
            return ""
        return self._cited({gap.turn}.union(*(c.turns for c in contradictions if max(c.turns, default=0) == gap.turn)))

    def _cited(self, turns: Collection[int]) -> str:
        """Return the words of turns, for a finding of the last of them, and what is known of the customer."""
        said = (r.turn.text for r in self._open(max(turns)) if r.turn.turn in turns)
        return _joined([*said, *self.reading.background.customer.facts])

    def gaps(self, found: Found) -> Iterator[Gap]:
        """Yield the gaps that hold, each with a question that may be asked."""
        taken: Counter[int] = Counter()
        asked = {_plain(p) for p in self.ledger.probes} | self._questions()
        for gap in self.aligned("gap", found.gaps):
            fault = self._fault(gap, found, taken[gap.turn])
            if fault:
                self.reject(gap.turn, "gap", gap.text, fault)
                continue
            taken[gap.turn] += 1
            reckoned = self._reckoned(gap, found.contradictions)
            gap = self._explained(self._worded(gap, asked, reckoned), reckoned)
            asked.add(_plain(gap.probe))
            yield gap

    def _fault(self, gap: Gap, found: Found, taken: int) -> str | None:
        """Return why a gap does not hold, or None."""
        if gap.topic not in self.reading.guide.topics:
            return "is of no topic of the guide"
        if "llm" in gap.origin and gap.score < LEAST:
            return "is too unlikely to be noted"
        if taken >= GAPS_A_TURN:
            return "is the fourth of its turn"
        if gap.turn < self.reading.turn.turn and self._is_stale(gap):
            return "comes too late"
        if any(gap.overlaps(s) for s in (*found.refusals, *found.boundaries)):
            return "stands on a refusal or a boundary"
        return None

    def _is_stale(self, gap: Gap) -> bool:
        """Return whether a gap of an earlier turn is stale: the call is far beyond it, or has since answered it."""
        since = [r for n, r in self.readings.items() if n > gap.turn]
        return self.reading.turn.turn - gap.turn > LATE or self.ledger.is_answered(self.readings[gap.turn], gap, since)

    def _worded(self, gap: Gap, asked: Collection[str], reckoned: str) -> Gap:
        """Return a gap with its own probe if that may be asked, else with one in the embedded engine's words."""
        fault = self._probe_fault(gap, asked, reckoned)
        if fault is None:
            return gap
        self.reject(gap.turn, "probe", gap.probe, fault)
        return gap.model_copy(update={"probe": self.plain_probe(gap)})

    def _explained(self, gap: Gap, reckoned: str) -> Gap:
        """Return a gap with its own reason if that contains nothing unsaid, else with the embedded engine's reason."""
        if gap.origin == ("rules",):
            return gap  # its figures are about published stories, not from the call
        fault = self._remark_fault(gap.why, gap.turn, reckoned) if gap.why.strip() else "is empty"
        if fault is None:
            return gap
        self.reject(gap.turn, "reason", gap.why, fault)
        return gap.model_copy(update={"why": explain(self.readings[gap.turn], gap.kind, gap.start, gap.end, gap.topic)})

    def plain_probe(self, gap: Gap) -> str:
        """Return the embedded engine's question for a gap."""
        return word_probe(self.readings[gap.turn], gap.kind, gap.start, gap.end, gap.topic, None, self.ledger.probes)

    def _probe_fault(self, gap: Gap, asked: Collection[str], reckoned: str) -> str | None:
        """Return why a probe may not be asked, or None."""
        if _plain(gap.probe) in asked:
            return "was asked already"
        if self.ledger.gives_away(gap.probe, gap.turn):
            return "tells of what is kept back"
        known = self.reading.background.customer.facts if gap.kind == "inconsistent" else ()
        return probe_fault(gap.probe, _joined([*self._heard(gap.turn, self.reading.turn.turn), *known]), reckoned)

    def _questions(self) -> set[str]:
        """Return what the interviewer has asked in the last turns, as plain words."""
        heard = (r for r in self.readings.values() if not r.is_customer)
        return {_plain(r.turn.text[s.start : s.end]) for r in heard for s in r.sentences}

    def contradictions(self, contradictions: Iterable[Contradiction]) -> Iterator[Contradiction]:
        """Yield the contradictions between turns that were heard."""
        for c in contradictions:
            turns = tuple(sorted({t for t in c.turns if 1 <= t <= self.reading.turn.turn}))
            if not turns or turns != tuple(sorted(set(c.turns))) or self.barred.intersection(turns):
                self.reject(max(c.turns, default=0), "contradiction", c.text, "cites turns that were not heard or are off the record")
            elif fault := self._remark_fault(c.text, turns[-1], self._cited(turns)):
                self.reject(turns[-1], "contradiction", c.text, fault)
            elif isinstance(c, Cited) and not all(map(self._is_said, c.statements)):
                self.reject(turns[-1], "contradiction", c.text, "sets words side by side that are not in the turns that it cites")
            else:
                yield Contradiction(turns=turns, text=c.text, settled_by=c.settled_by, stands=c.stands)

    def _is_said(self, words: Span) -> bool:
        """Return whether a customer's turn has some words; of one that is too far back, whether the ledger has them, or their numbers."""
        cited = self.readings.get(words.turn)
        if cited is not None:
            return cited.is_customer and _place(words, cited.turn) is not None
        spans: list[Span] = [*self.ledger.metrics, *self.ledger.gaps.values()]
        known = [s.text for s in spans if s.turn == words.turn]
        counted = bool(find_quantities(words.text)) and not ungrounded_numbers(words.text, _joined(known))
        return counted or any(_plain(words.text) in _plain(text) for text in known)

    def closings(self, closings: Iterable[Closing], new: Collection[str]) -> Iterator[Closing]:
        """Yield the closings of known open gaps or new gaps by a later turn of a customer; at most a few per turn."""
        closings = tuple(closings)
        settles = Counter(c.turn for c in closings)
        for closing in closings:
            fault = self._closing_fault(closing, new) or ("settles more than one turn can" if settles[closing.turn] > SETTLED else None)
            if fault:
                self.reject(closing.turn, "closing", closing.gap, fault)
            else:
                yield closing

    def _closing_fault(self, closing: Closing, new: Collection[str]) -> str | None:
        known, by = self.ledger.gaps.get(closing.gap), self.readings.get(closing.turn)
        if closing.gap not in new and (known is None or known.outcome != "open"):
            return "closes no open gap"
        if by is None or not by.is_customer or (known is not None and closing.turn <= known.turn):
            return "is settled by no later turn of a customer"
        if closing.text is not None and _place(Span(turn=closing.turn, start=0, end=0, text=closing.text), by.turn) is None:
            return "cites words that are not in its turn"
        if known is not None and _is_sure(known) and closing.text is not None and not self._is_borne_out(closing, by):
            return "is of a gap that is sure, and its turn does not tell what is missing"
        return None

    def _is_borne_out(self, closing: Closing, by: Reading) -> bool:
        """Return whether the plain test finds in a turn what a closing says of it: more is asked of what takes a gap away than of one."""
        promised = bool(find_deferred(by)) or any(c.who == "customer" for c in find_commitments(by))
        return self.ledger.bears_out(closing, by, promised=promised)


def _is_sure(gap: Gap) -> bool:
    """Return whether the embedded engine has found a gap, and it is as likely as one that stands against a model's reading."""
    return "rules" in gap.origin and gap.score >= SURE


def probe_fault(probe: str, said: str, reckoned: str = "") -> str | None:
    """Return why a question may not be asked by somebody who has heard `said`, or None.

    Its numbers were said, or are reckoned from two of those in `reckoned`.
    """
    if not probe.strip() or "?" not in probe:
        return "is no question"
    if MARKUP.search(probe):
        return "holds more than a question"
    faults = lint_question(probe)
    if faults:
        return f"is {faults[0].rule}"
    if any(not q.is_rate and not comes_to(reckoned, q) for q in ungrounded_numbers(probe, said)):
        return "has a number that the customer never said"
    if any(f" {_plain(quote)} " not in f" {_plain(said)} " for quote in _quotations(probe)):
        return "quotes words that the customer never said"
    return None


def remark_fault(text: str, said: str, reckoned: str = "") -> str | None:
    """Return why an engine's own words may not be shown to somebody who has heard `said`, or None; its numbers are as in a question."""
    if len(text) > LONGEST_REMARK:
        return "is too long"
    if MARKUP.search(text):
        return "holds markup"
    unsaid = any(not comes_to(reckoned, q) for q in ungrounded_numbers(text, said))
    return "has a number that was never said" if unsaid else None


def _quotations(text: str) -> Iterator[str]:
    """Yield quotations of two or more words."""
    quoted = (text[start:end].strip(" .,;") for start, end in quotations(text))
    yield from (quote for quote in quoted if len(quote.split()) >= 2)


def _place(span: Span, turn: Turn) -> tuple[int, int] | None:
    """Return where a span's words occur in a turn: at its own offsets, else wherever they are found."""
    if 0 <= span.start < span.end and turn.text[span.start : span.end] == span.text:
        return span.start, span.end
    if len(span.text) > LONGEST_TRIGGER:
        return None
    found = ground(span.text, turn)
    return None if isinstance(found, Absent) else (found.start, found.end)


def _content(text: str) -> set[str]:
    """Return the stems of a text's words, except small ones."""
    small = words_of("guard.small")
    return {stem(t.norm) for t in tokenize(text) if t.norm not in small}


def _read_out(text: str) -> list[tuple[int, int]]:
    """Return the passages in quotation marks that hold markup or orders to a program, which a model that reads them may have obeyed."""
    return [place for place in quotations(text) if (words := text[slice(*place)]) and (MARKUP.search(words) or _ORDERS.search(words))]


def _joined(texts: Iterable[str]) -> str:
    """Return texts as one, in which no number runs from one into the next."""
    return " . ".join(texts)


def _plain(text: str) -> str:
    return " ".join(t.norm for t in tokenize(text))
