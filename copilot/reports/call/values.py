"""The values of a report on a call: what the page shows, and nothing that is barred."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ...drafts.citation import Citation
from ...drafts.figures import Card
from ...findings import Consent, Coverage, GapKind, Outcome, Severity, Source, TopicState
from ...probes.lint import Rule
from ...turns import Role, Value

__all__ = [
    "AskedQuestion",
    "Axis",
    "CallReport",
    "CoveragePoint",
    "Form",
    "GapLife",
    "Place",
    "QuestionReview",
    "SectionLane",
    "Speaker",
    "Step",
    "Stretch",
    "TopicRow",
]

Form = Literal["open", "closed", "checking"]


class Step(Value):
    """What a call had come to after a turn: the coverage by section, and the gaps, by id, that the turn settled."""

    turn: int
    coverage: dict[str, Coverage]
    settled: tuple[str, ...] = ()


class Axis(Value):
    """The axis that everything is drawn along, from `begin` for `length`: seconds of the recording, or turns where there are no times."""

    unit: Literal["seconds", "turns"]
    begin: float
    length: float


class Place(Value):
    """A turn, and where on the axis it begins."""

    turn: int
    at: float


class Stretch(Place):
    """A turn, where it begins and where it ends."""

    until: float


class CoveragePoint(Place):
    """How many topics were settled from here on."""

    covered: int


class TopicRow(Value):
    """A topic, what became of it, and the turns that it rests on."""

    topic: str
    title: str
    state: TopicState
    turns: tuple[int, ...]


class SectionLane(Value):
    """A section of the guide: its topics, the answers that inform it, and how its coverage grew."""

    section: str
    title: str
    covered: int
    total: int
    topics: tuple[TopicRow, ...]
    talked: tuple[Stretch, ...]
    growth: tuple[CoveragePoint, ...]


class GapLife(Value):
    """A gap from its opening to its end. `ended` is None for one that is still open.

    `probe` is empty where it may not be shown; `said` are the words that opened it.
    """

    id: str
    kind: GapKind
    severity: Severity
    topic: str
    outcome: Outcome
    opened: Place
    ended: Place | None
    said: Citation
    probe: str
    why: str


class Speaker(Value):
    """Somebody on the call, how much they said, and when. `seconds` is None without times; `share` is of all words, 0 to 1."""

    name: str
    title: str | None
    role: Role
    words: int
    share: float
    seconds: float | None
    questions: int
    longest_turn: int
    spoke: tuple[Stretch, ...]


class AskedQuestion(Place):
    """A question of the interviewer's. `checking` is a closed one where yes or no is what is wanted.

    `answer` are the words that customers spoke until the next question, None if another question of the same turn came after it.
    `better` is a form without faults, None if only a person finds one; then `advice` says what to do.
    """

    text: str
    form: Form
    faults: tuple[Rule, ...]
    answer: int | None
    better: str | None
    advice: str


class QuestionReview(Value):
    """The interviewer's questions: counts, the median words that open and closed ones brought (None below three), and advice."""

    questions: tuple[AskedQuestion, ...]
    open: int
    closed: int
    checking: int
    leading: int
    double_barrelled: int
    after_open: int | None
    after_closed: int | None
    advice: tuple[str, ...]


class CallReport(Value):
    """A call on one page. Citations, quotes and questions hold nothing that is barred or was withdrawn; `barred` counts those turns."""

    schema_: Literal["copilot.report/1"] = Field(default="copilot.report/1", alias="schema")
    company: str | None
    product: str | None
    source: Source
    axis: Axis
    turns: int
    coverage: tuple[CoveragePoint, ...]
    covered: int
    total: int
    sections: tuple[SectionLane, ...]
    gaps: tuple[GapLife, ...]
    metrics: tuple[Card, ...]
    quotes: tuple[Citation, ...]
    speakers: tuple[Speaker, ...]
    review: QuestionReview
    consent: Consent
    barred: int
