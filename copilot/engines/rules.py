"""The embedded engine: runs every detector in turn, without a model, key or network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from itertools import chain
from typing import Any, NamedTuple

from ..detectors import Found
from ..detectors.boundaries import find_boundaries, find_leave
from ..detectors.commitments import find_commitments
from ..detectors.consent import find_consent
from ..detectors.contradictions import Clash, find_clashes, find_concessions
from ..detectors.deferred import find_deferred
from ..detectors.gaps import AMOUNT_KINDS, Candidate, Mark, find_gaps, find_open_threads, need_of, severity_of
from ..detectors.metrics import find_metrics
from ..detectors.quotes import find_quotes
from ..detectors.refusals import find_deferrals, find_refusals, mere_refusals, refuses_amount
from ..detectors.topics import find_sections, find_topics, topic_asked
from ..detectors.verify import find_claims
from ..findings import GAPS_A_TURN, Closing, Contradiction, Gap, Metric, Side
from ..ledger import Ledger
from ..probes.footing import footing
from ..probes.recall import named
from ..probes.wording import explain, told_amount, word_probe
from ..reading import Reading, passages
from ..statements.terms import find_term
from ..turns import Span
from . import Engine

__all__ = ["RulesEngine", "marks_of", "topic_of"]

CLASH = 0.6
"""Chance that an expert would ask about an unexplained contradiction: the share of the found ones that are labelled, by unknown writers."""
NEEDED_CLASH = 0.6
"""Chance that a story needs to know which statement holds: the share of the labelled contradictions that are a must."""
WORTH = 0.11
"""Least chance that an expert would ask, times that of being needed, of a gap in a long turn: below it, all are side remarks."""
NEXT = 2
"""Fewest sentences after a statement from which a question about it has to name it."""
_FINDINGS = tuple(f.name for f in fields(Found) if f.name != "judged")
QUOTABLE = 0.5
"""Least chance of a quote that speaks for or against a gap in its words."""


class _Weighed(NamedTuple):
    """A possible gap in what was read, with the metric on its words, its topic, and the chance that a story needs what is missing."""

    reading: Reading
    found: Found
    gap: Candidate
    metric: Metric | None
    topic: str
    need: float

    @property
    def worth(self) -> float:
        """The chance that an expert would ask, times that of being needed."""
        return self.gap.score * self.need


class RulesEngine(Engine):
    """Reads turns with the detectors alone."""

    name = "rules"

    @property
    def is_quick(self) -> bool:
        """Yes: it asks nobody."""
        return True

    def read(self, reading: Reading, ledger: Ledger) -> Found:
        """Return the turn's findings, each gap with its probe; there are no gaps on the words of a boundary.

        A long turn is read in passages.
        """
        parts = passages(reading)
        founds = [detect(part, ledger) for part in parts]
        if len(parts) > 1:
            # What is asked to be left out is told by the turn as a whole, which may take back what it says first.
            barred = find_boundaries(reading, ledger.said)
            founds = [replace(found, boundaries=barred) for found in founds]
        weighed = [w for part, found in zip(parts, founds, strict=True) for w in _weighed(part, found, ledger)]
        gaps = _worded(weighed if len(parts) == 1 else _worthiest(weighed), ledger)
        found = founds[0] if len(parts) == 1 else _joined(reading, founds)
        return replace(found, gaps=tuple(gaps))


def _left_open(reading: Reading, found: Found, ledger: Ledger) -> Sequence[Candidate]:
    """Return the gaps of a passage, apart from the words of a boundary and of a refusal."""
    candidates = _with_clashes(find_gaps(reading, marks_of(reading, found), ledger.seen), reading, found.clashes)
    kept = [(b.start, b.end) for b in found.boundaries] + [(s.start, s.end) for s in mere_refusals(reading, found.refusals)]
    return [c for c in candidates if not any(start < c.end and c.start < end for start, end in kept)]


def _weighed(reading: Reading, found: Found, ledger: Ledger) -> Iterator[_Weighed]:
    """Yield the gaps of a passage, each with its topic and how much a story needs what is missing."""
    for c in _left_open(reading, found, ledger):
        metric = next((m for m in found.metrics if m.start < c.end and m.end > c.start), None)
        topic = topic_of(reading, metric, found, ledger)
        known = reading.guide.standard.get(topic, "")
        need = round(need_of(c.facts, known) * footing(reading, c.kind, c.start, c.end), 3) if c.facts else NEEDED_CLASH
        yield _Weighed(reading, found, c, metric, topic, need)


def _worthiest(weighed: Iterable[_Weighed]) -> list[_Weighed]:
    """Return the gaps of a long turn that a story needs, those that it needs most first; no part of a speech is a short answer.

    Each of its many sentences might be asked about, and most are side remarks.
    """
    return sorted((w for w in weighed if w.gap.kind != "short_answer" and w.worth >= WORTH), key=lambda w: -w.worth)


def _joined(reading: Reading, parts: Sequence[Found]) -> Found:
    """Return the findings of the passages of a turn, apart from the gaps, as those of the turn: each topic at its most.

    Whether a recording is granted is told by the turn as a whole.
    """
    rows: dict[str, Any] = {name: tuple(chain.from_iterable(getattr(part, name) for part in parts)) for name in _FINDINGS}
    touches = {t.topic: t for t in sorted(rows["touches"], key=lambda t: t.weight)}
    return Found(
        **rows
        | {
            "touches": tuple(sorted(touches.values(), key=lambda t: (-t.weight, t.topic))),
            "sections": tuple(s.id for s in reading.guide.sections if s.id in rows["sections"]),
            "consent": find_consent(reading),
            "boundaries": parts[0].boundaries,
        }
    )


def detect(reading: Reading, ledger: Ledger) -> Found:
    """Return the findings of every detector except the gaps, which depend on the others."""
    touches = find_topics(reading)
    metrics = find_metrics(reading)
    clashes = find_clashes(reading, metrics, ledger.past)
    conceded = find_concessions(reading, ledger.disputed, ledger.past)
    return Found(
        touches=touches,
        sections=find_sections(reading, touches),
        metrics=metrics,
        quotes=find_quotes(reading),
        boundaries=find_boundaries(reading, ledger.said),
        leave=find_leave(reading, ledger.said, ledger.off_record.boundaries),
        refusals=find_refusals(reading),
        deferrals=find_deferrals(reading),
        consent=find_consent(reading),
        commitments=find_commitments(reading),
        deferred=find_deferred(reading),
        verify=find_claims(reading),
        contradictions=tuple(c.finding for c in clashes),
        clashes=clashes,
        conceded=conceded,
        closings=tuple(_closings(conceded, ledger)),
    )


def _closings(conceded: Sequence[Contradiction], ledger: Ledger) -> Iterator[Closing]:
    """Yield what settled contradictions make of the gaps that asked which statement holds."""
    settled = {c.turns[-1]: c.settled_by for c in conceded if c.settled_by is not None}
    for gap in ledger.gaps.values() if settled else ():
        if gap.kind == "inconsistent" and gap.turn in settled:
            yield Closing(gap=gap.id, turn=settled[gap.turn], outcome="answered")


def marks_of(reading: Reading, found: Found) -> list[Mark]:
    """Return the other detectors' findings in a turn as evidence for or against gaps."""
    spans: Mapping[str, Iterable[Span]] = {
        "open thread": find_open_threads(reading),
        "refusal": found.refusals,
        "deferral": found.deferrals,
        "boundary": found.boundaries,
        "claim": found.verify,
        "quote": (q for q in found.quotes if q.score >= QUOTABLE),
    }
    marks = [Mark(label, s.start, s.end) for label, rows in spans.items() for s in rows]
    marks += [Mark("promise", 0, 0) for _ in found.commitments]
    marks += [Mark("consent", 0, 0) for _ in found.consent]
    marks += [Mark("contradiction", 0, len(reading.turn.text)) for _ in found.contradictions]
    marks += [Mark(f"section {reading.guide.standard.get(s, '')}", 0, 0) for s in found.sections] or [Mark("no section", 0, 0)]
    return marks + [Mark(label, m.start, m.end) for m in found.metrics for label in _labels(m)]


def _with_clashes(candidates: Sequence[Candidate], reading: Reading, clashes: Sequence[Clash]) -> Sequence[Candidate]:
    """Return a turn's gaps with one for its first unexplained contradiction, which replaces other gaps on its sentence or of its kind."""
    clash = next((c for c in clashes if not c.settled), None)
    sentence = reading.sentence_at(clash.start) if clash else None
    if clash is None or sentence is None:
        return candidates
    gap = Candidate(reading.turn.turn, clash.start, clash.end, "inconsistent", CLASH, {})
    apart = [c for c in candidates if c.kind != "inconsistent" and (c.start >= sentence.end or c.end <= sentence.start)]
    kept = sorted(apart, key=lambda c: -c.score)[: GAPS_A_TURN - 1]
    return sorted((*kept, gap), key=lambda c: c.start)


def _labels(metric: Metric) -> list[str]:
    """Return the names of the facts that a metric gives as evidence."""
    labels = [f"metric {metric.kind}", *(f"{metric.kind} without {field}" for field in metric.missing)]
    if metric.baseline is not None:
        labels.append("with baseline")
    if metric.agreed:
        labels.append("agreed number")
    return labels


def _worded(weighed: Iterable[_Weighed], ledger: Ledger) -> list[Gap]:
    """Return the first possible gaps of a turn that can be asked about, as many as it may have, in their order in the turn."""
    used, gaps = ledger.probes.copy(), list[Gap]()
    for gap in (_gap(w, ledger, used) for w in weighed):
        if gap is not None:
            used.add(gap.probe)
            gaps.append(gap)
        if len(gaps) == GAPS_A_TURN:
            break
    return sorted(gaps, key=lambda gap: gap.start)


def _gap(weighed: _Weighed, ledger: Ledger, used: set[str]) -> Gap | None:
    """Return a possible gap with its probe and the reason for it; None for a term asked about before, or a question that names nothing."""
    reading, found, c, metric, topic, need = weighed
    if c.kind == "unclear_term" and _is_known_gap(reading, c, ledger):
        return None
    kept_back = ledger.off_record.covered.union(*(b.covers for b in found.boundaries))
    usable = [row for row in found.contradictions if kept_back.isdisjoint(row.turns)]
    span = reading.turn.span(c.start, c.end)
    other = _other_side(span, usable) if c.kind == "inconsistent" else None
    probe = _placed(reading, c, word_probe(reading, c.kind, c.start, c.end, topic, metric, used, other))
    if probe is None:
        return None
    return Gap(
        **span.model_dump(),
        id=f"{c.turn}.{c.start}-{c.kind}",
        kind=c.kind,
        severity=severity_of(need),
        need=need,
        score=c.score,
        topic=topic,
        probe=probe,
        why=explain(reading, c.kind, c.start, c.end, topic, other),
        outcome="declined" if _is_refused(reading, c, found.refusals) else "open",
    )


def _placed(reading: Reading, gap: Candidate, probe: str) -> str | None:
    """Return a question that says which of an answer's statements it is about, where others came after that one.

    In a speech, "What led to that?" might be about anything: None if it can't say it there.
    """
    after = sum(s.start >= gap.end for s in reading.sentences)
    if reading.is_whole and after < NEXT:
        return probe
    told = told_amount(reading, gap.kind, gap.start, gap.end)
    unsure = reading.turn.is_unsure(gap.start, gap.end)
    return named(probe, reading.turn.text[gap.start : gap.end], told, unsure=unsure) or (probe if reading.is_whole else None)


def _is_refused(reading: Reading, gap: Candidate, refusals: Sequence[Span]) -> bool:
    """Return whether the amount that a gap lacks is refused in the same breath: "I can't tell you how much, but it was a lot"."""
    inside = (r for r in refusals if r.start < gap.end and gap.start < r.end)
    return gap.kind in AMOUNT_KINDS and any(refuses_amount(reading, r) for r in inside)


def _is_known_gap(reading: Reading, gap: Candidate, ledger: Ledger) -> bool:
    """Return whether the term that a gap asks about has been asked about before."""
    term = find_term(reading, gap.start, gap.end)
    return bool(term) and any(g.kind == "unclear_term" and f" {term}" in g.probe.replace('"', " ") for g in ledger.gaps.values())


def _other_side(span: Span, contradictions: Sequence[Contradiction]) -> Side | None:
    """Return the side of a contradiction that a turn's words do not go together with; None if they are no side of any."""
    for row in contradictions:
        if len(row.sides) == 2 and row.turns[-1] == span.turn:
            first, last = row.sides
            for one, other in ((last, first), (first, last)):
                if not one.is_known and one.words != other.words and (one.words in span.text or span.text in one.words):
                    return other
    return None


def topic_of(reading: Reading, metric: Metric | None, found: Found, ledger: Ledger) -> str:
    """Return the topic that a gap belongs to: the one its turn informs most, else the one that was talked about last."""
    if metric is not None and metric.kind == "result" and (holder := ledger.guide.holder("result")):
        return holder
    if found.touches:
        return max(found.touches, key=lambda t: t.weight).topic
    return topic_asked(reading) or ledger.last_topic
