"""A language model's answers: their schemas, and how notes become findings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from ...detectors import Found
from ...findings import Amount, Boundary, Closing, Gap, GapKind, Metric, MetricKind, Number, Quote, Severity, Touch, Verify
from ...grounding import Absent, Exact, ground
from ...guide import Guide
from ...turns import Span, Turn
from ..guard import Cited

__all__ = ["ONE", "Notes", "Paragraphs", "Wordings", "anchored", "found_of", "strays", "words_in"]

FULL, PART = 1.0, 0.1
"""Weight of an answer that could be written up, and of one that only touches its topic."""
MOST = 60
"""Most rows of one kind in an answer; more is noise."""
_FRESH = "new:"
_WORDS = ("quote", "topic", "gap", "text")
"""Where the words of a row stand."""
ONE = {
    "gaps": "gap", "closings": "closing", "metrics": "metric", "topics": "topic", "quotes": "quote", "boundaries": "boundary",
    "contradictions": "contradiction", "claims": "claim", "wordings": "wording", "paragraphs": "paragraph",
}  # fmt: skip
"""What one row of each list of an answer is called."""

R = TypeVar("R", bound=BaseModel)
Text = Annotated[str, Field(max_length=4000)]


class _Row(BaseModel):
    """A part of an answer. Every key is required and no others are allowed, as strict JSON schemas demand."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class GapNote(_Row):
    """A gap."""

    ref: Text
    turn: int
    quote: Text
    kind: GapKind
    severity: Severity
    topic: Text
    confidence: float
    why: Text
    probe: Text


class ClosingNote(_Row):
    """A gap that a turn settles."""

    gap: Text
    turn: int
    quote: Text
    outcome: Literal["answered", "declined", "deferred"]


class AmountNote(_Row):
    """A value with its unit; `high` is the upper end of a range."""

    value: float
    high: float | None
    unit: Text


class MetricNote(_Row):
    """A metric."""

    turn: int
    quote: Text
    kind: MetricKind
    measures: Text
    value: float
    high: float | None
    unit: Text
    baseline: AmountNote | None
    period: Text | None
    scope: Text | None
    source: Text | None


class TopicNote(_Row):
    """A topic that a turn informs."""

    turn: int
    topic: Text
    full: bool


class QuoteNote(_Row):
    """A sentence worth quoting."""

    turn: int
    quote: Text


class BoundaryNote(_Row):
    """Words that bar something, and the turns that they bar."""

    turn: int
    quote: Text
    covers: list[int]


class ContradictionNote(_Row):
    """Statements that cannot all be true, or one that the background contradicts."""

    statements: list[QuoteNote]
    text: Text

    @property
    def turn(self) -> int:
        """The turn that the contradiction comes up in: the last one."""
        return max((s.turn for s in self.statements), default=0)


class ClaimNote(_Row):
    """A technical claim to confirm."""

    turn: int
    quote: Text


class Notes(_Row):
    """What the turns hold and lack."""

    gaps: Annotated[list[GapNote], Field(max_length=MOST)]
    closings: Annotated[list[ClosingNote], Field(max_length=MOST)]
    metrics: Annotated[list[MetricNote], Field(max_length=MOST)]
    topics: Annotated[list[TopicNote], Field(max_length=4 * MOST)]
    quotes: Annotated[list[QuoteNote], Field(max_length=MOST)]
    boundaries: Annotated[list[BoundaryNote], Field(max_length=MOST)]
    contradictions: Annotated[list[ContradictionNote], Field(max_length=MOST)]
    claims: Annotated[list[ClaimNote], Field(max_length=MOST)]


class Wording(_Row):
    """A question for a candidate."""

    candidate: Text
    probe: Text


class Wordings(_Row):
    """The questions, one for each candidate."""

    wordings: Annotated[list[Wording], Field(max_length=10)]


class Paragraphs(_Row):
    """Prose, a paragraph for each that was asked for."""

    paragraphs: Annotated[list[Annotated[str, Field(max_length=2000)]], Field(max_length=30)]


def words_in(row: object) -> str:
    """Return the words of a row of an answer, which need not be of the right shape."""
    told = [row.get(key) for key in _WORDS] if isinstance(row, dict) else [row]
    return next((words for words in told if isinstance(words, str)), "")


def strays(notes: Notes, turns: Collection[int]) -> Iterator[tuple[int, str, str]]:
    """Yield the rows of notes that are of none of some turns: the turn, what the row is, and its words."""
    for name in type(notes).model_fields:
        for row in getattr(notes, name):
            if row.turn not in turns:
                yield row.turn, ONE[name], words_in(row.model_dump())


def found_of(notes: Notes, turns: Iterable[int], guide: Guide, refs: Mapping[str, str]) -> Found:
    """Return the findings in notes on some turns. Spans have no offsets yet: the guard sets them from the words.

    `refs` maps the names under which the model was shown gaps, or under which `merge` has placed them, to ids; until then a new gap
    keeps the model's own name, marked as new.
    """
    wanted = set(turns)
    touches = tuple(Touch(turn=t.turn, topic=t.topic, weight=FULL if t.full else PART) for t in notes.topics if t.turn in wanted)
    informed = {t.topic.partition(".")[0] for t in touches}
    return Found(
        touches=touches,
        sections=tuple(s.id for s in guide.sections if s.id in informed),
        metrics=tuple(_metric(m) for m in notes.metrics if m.turn in wanted),
        gaps=tuple(_gap(g) for g in sorted(notes.gaps, key=lambda g: -g.confidence) if g.turn in wanted),
        quotes=tuple(Quote(turn=q.turn, start=0, end=0, text=q.quote, score=0.9) for q in notes.quotes if q.turn in wanted),
        verify=tuple(Verify(turn=c.turn, start=0, end=0, text=c.quote) for c in notes.claims if c.turn in wanted),
        boundaries=tuple(
            Boundary(turn=b.turn, start=0, end=0, text=b.quote, covers=tuple(b.covers)) for b in notes.boundaries if b.turn in wanted
        ),
        contradictions=tuple(_contradiction(c) for c in notes.contradictions if c.turn in wanted),
        closings=tuple(_closings(notes, wanted, refs)),
    )


def anchored(notes: Notes, turns: Sequence[Turn]) -> Notes:
    """Return notes on turns, in which a row whose words do not stand in its turn is of the only customer's turn that holds them exactly."""
    said = {t.turn: t for t in turns if t.role == "customer"}
    rows = {name: [_anchored(row, said) for row in getattr(notes, name)] for name in type(notes).model_fields}
    return notes.model_copy(update=rows)


def _anchored(row: R, said: Mapping[int, Turn]) -> R:
    if isinstance(row, ContradictionNote):
        return row.model_copy(update={"statements": [_anchored(s, said) for s in row.statements]})
    quote, turn = getattr(row, "quote", ""), getattr(row, "turn", 0)
    places = {n: ground(quote, told) for n, told in said.items()}
    holding = [n for n, place in places.items() if isinstance(place, Exact)]
    if len(holding) != 1 or not isinstance(places.get(turn, Absent()), Absent):
        return row
    covers = {"covers": [holding[0] if n == turn else n for n in row.covers]} if isinstance(row, BoundaryNote) else {}
    return row.model_copy(update={"turn": holding[0], **covers})


def _contradiction(note: ContradictionNote) -> Cited:
    said = tuple(Span(turn=s.turn, start=0, end=0, text=s.quote) for s in note.statements)
    return Cited(turns=tuple(sorted({s.turn for s in said})), text=note.text, statements=said)


def _gap(note: GapNote) -> Gap:
    return Gap(
        turn=note.turn, start=0, end=0, text=note.quote, id=_FRESH + note.ref, kind=note.kind, severity=note.severity, topic=note.topic,
        score=round(min(1.0, max(0.0, note.confidence)), 3), probe=note.probe.strip(), why=note.why.strip(), origin=("llm",),
    )  # fmt: skip


def _metric(note: MetricNote) -> Metric:
    amount = AmountNote(value=note.value, high=note.high, unit=note.unit)
    before = None if note.baseline == amount else note.baseline  # the same number in another rhythm, which a baseline cannot tell
    return Metric(
        turn=note.turn, start=0, end=0, text=note.quote,
        kind=note.kind, measures=note.measures, value=_value(amount), unit=note.unit.strip().lower(),
        baseline=Amount(value=_value(before), unit=before.unit.strip().lower()) if before else None,
        period=note.period, scope=note.scope, source=note.source,
    )  # fmt: skip


def _value(amount: AmountNote) -> Number | tuple[Number, Number]:
    """Return a number, or the two ends of a range; whole numbers as integers."""
    low, high = _whole(amount.value), None if amount.high is None else _whole(amount.high)
    return low if high is None or high == low else (min(low, high), max(low, high))


def _whole(value: float) -> Number:
    return int(value) if value.is_integer() else value


def _closings(notes: Notes, wanted: set[int], refs: Mapping[str, str]) -> Iterator[Closing]:
    fresh = {g.ref for g in notes.gaps}
    for note in notes.closings:
        if note.turn in wanted:
            name = _FRESH + note.gap if note.gap in fresh else note.gap
            name = refs.get(name, name)
            yield Closing(gap=name, turn=note.turn, outcome=note.outcome, text=note.quote)
