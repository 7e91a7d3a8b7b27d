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
    "OpenTopic",
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
    """The state of a call after a turn: the coverage by section, and the ids of the gaps that the turn settled."""

    turn: int
    coverage: dict[str, Coverage]
    settled: tuple[str, ...] = ()


class Axis(Value):
    """The common axis of all charts, from `begin` for `length`: seconds of the recording, or turns if there are no times."""

    unit: Literal["seconds", "turns"]
    begin: float
    length: float


class Place(Value):
    """A turn, and its beginning on the axis."""

    turn: int
    at: float


class Stretch(Place):
    """A turn, its beginning and its end."""

    until: float


class CoveragePoint(Place):
    """The number of settled topics from this place on."""

    covered: int


class TopicRow(Value):
    """A topic, its final state, and the turns that support it."""

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

    `probe` is empty if it may not be shown; `said` are the words that opened the gap.
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


class OpenTopic(Value):
    """A topic of the guide that is still to be asked about, with its question; `why` says that nobody has touched on it so far."""

    topic: str
    title: str
    severity: Severity
    probe: str
    why: str


class Speaker(Value):
    """A person on the call, how much they said, and when. `seconds` is None without times; `share` is of all words, 0 to 1."""

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
    """A question of the interviewer. `checking` is a closed one for which yes or no is wanted.

    `answer` is the number of words that customers spoke until the next question, None if the same turn has a later question.
    `better` is a form without faults, None if none is known; then `advice` says what to do.
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
    """A call on one page. Citations, quotes and questions contain nothing barred or withdrawn; `barred` counts those turns."""

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
    untouched: tuple[OpenTopic, ...] = ()
    metrics: tuple[Card, ...]
    quotes: tuple[Citation, ...]
    speakers: tuple[Speaker, ...]
    review: QuestionReview
    consent: Consent
    consent_assumed: dict[str, int] = Field(default_factory=dict)
    barred: int
