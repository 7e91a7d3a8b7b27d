"""What is found in an interview: values with their spans, in the shape that is printed as JSON."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Literal, NamedTuple, Self

from pydantic import Field

from .turns import Compound, Role, Span, Turn, Value

__all__ = [
    "FAMILY",
    "GAPS_A_TURN",
    "LIKELY",
    "Amount",
    "Boundary",
    "Closing",
    "Commitment",
    "Consent",
    "Contradiction",
    "Coverage",
    "Deferral",
    "Degree",
    "Finding",
    "Findings",
    "Gap",
    "GapKind",
    "Leave",
    "Metric",
    "MetricKind",
    "Number",
    "Outcome",
    "Quote",
    "SectionRow",
    "Severity",
    "Side",
    "Source",
    "TakenBack",
    "Talk",
    "Tokens",
    "TopicState",
    "TopicStatus",
    "Touch",
    "Verify",
]

GAPS_A_TURN = 3
"""Most gaps of one turn that are found, labelled or admitted, strongest first: more would overwhelm the interviewer."""

Number = int | float
MetricKind = Literal["result", "pain", "scale", "timeline", "cost", "plan"]
"""What a number tells in a story."""
GapKind = Literal[
    "missing_metric", "missing_baseline", "missing_timeframe", "missing_scope", "undefined_metric", "unsourced", "inconsistent",
    "vague", "no_example", "unexplained", "missing_stakes", "missing_actor", "unclear_term",
    "short_answer", "dodged", "dropped_thread",
]  # fmt: skip
FAMILY: Mapping[GapKind, str] = {
    "missing_metric": "number",
    "missing_baseline": "number",
    "missing_timeframe": "number",
    "missing_scope": "number",
    "undefined_metric": "number",
    "unsourced": "number",
    "inconsistent": "number",
    "vague": "substance",
    "no_example": "substance",
    "unexplained": "substance",
    "missing_stakes": "substance",
    "missing_actor": "substance",
    "unclear_term": "substance",
    "short_answer": "conversation",
    "dodged": "conversation",
    "dropped_thread": "conversation",
}
"""What a gap lacks: a number or a part of one, the substance of a story, or an answer."""
Severity = Literal["must", "nice"]
"""Whether a story needs what a gap lacks."""
Degree = Literal["clear", "possible"]
"""How surely something was asked to be left out."""
Outcome = Literal["answered", "declined", "deferred", "open"]
"""What became of a gap."""
TopicState = Literal["covered", "partial", "open", "known", "declined", "deferred"]
"""What is known of a topic."""


class Amount(Value):
    """A value with its unit; a range is its two ends, low before high."""

    value: Number | tuple[Number, Number]
    unit: str


class Finding(Span):
    """Words in which something was found; `unsure` says that they may be somebody else's than the turn's speaker's."""

    unsure: bool = False


LIKELY = 0.5
"""Least chance at which two numbers are shown as before and after."""


class Metric(Finding):
    """A quantity that a story could use. `missing` names the fields that it still needs to be complete, most needed first.

    `agreed` marks a number that the interviewer proposed and the customer only agreed to. `baseline_chance` is the chance, from 0 to 1,
    that the baseline is the earlier value of the same thing; documents show the two side by side only if that is more likely than not.
    """

    kind: MetricKind
    measures: str
    value: Number | tuple[Number, Number]
    unit: str
    baseline: Amount | None = None
    baseline_chance: float = 1.0
    period: str | None = None
    scope: str | None = None
    source: str | None = None
    missing: tuple[str, ...] = ()
    agreed: bool = False

    @property
    def likely_baseline(self) -> Amount | None:
        """The baseline if it is more likely than not the earlier value of the same thing, else None."""
        return self.baseline if self.baseline_chance >= LIKELY else None


class Gap(Finding):
    """A place where a very good interviewer would want more. `score` is the chance that an expert would, from 0 to 1.

    `need` is the chance that a case study is clearly weaker without it, None where a model has judged the severity.
    """

    id: str  # the turn, the offset and the kind: what its closing and an interviewer's action name it by
    kind: GapKind
    severity: Severity
    score: float
    need: float | None = None
    topic: str
    probe: str
    why: str
    outcome: Outcome = "open"
    closed_by: int | None = None
    origin: tuple[Literal["rules", "llm"], ...] = ("rules",)


class Closing(Value):
    """How a turn settles an open gap; `gap` is the gap's id, `text` the words that settle it, None where none are cited."""

    gap: str
    turn: int
    outcome: Literal["answered", "declined", "deferred"]
    text: str | None = None


class Quote(Span):
    """A sentence that a writer would quote."""

    score: float


class Leave(Span):
    """Words with which a customer lets earlier turns be used, whatever was asked before. `covers` are these turns.

    What `depends` on something frees none of them: it says what may be told of them, and when.
    """

    covers: tuple[int, ...]
    depends: bool = False


class Boundary(Span):
    """Words that bar something from use. `covers` are the turns whose content is barred.

    A "possible" boundary may have been meant as off the record: its turns are held back until a person releases them. `leave` are
    the words, if any, with which a customer let these turns be used after all.
    """

    covers: tuple[int, ...]
    degree: Degree = "clear"
    leave: Leave | None = None


class TakenBack(Span):
    """Words that a customer has withdrawn, and the day: whatever else is found in them, they may not be used."""

    on: date


class Consent(Value):
    """The turns in which consent to record was asked for and granted, None if that did not happen."""

    asked: int | None = None
    granted: int | None = None


class Commitment(Value):
    """What somebody promised, and by when, in their own words."""

    turn: int
    who: Role
    what: str
    due: str | None = None
    asked: str | None = None


class Deferral(Span):
    """An answer that a customer put off: the question, and who or what has the answer, None where that was not said."""

    asked: str
    owner: str | None = None


class Verify(Finding):
    """A technical claim to confirm with engineering."""


_KNOWN = "background: "
_COMPUTED = re.compile(r", which is (-?\d\S* \S.*)")


class Side(NamedTuple):
    """One side of a contradiction: words of the call, or of the background (`is_known`), and the value computed from them, if any."""

    words: str
    is_known: bool = False
    computed: str | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a side as a contradiction's text has it: "background: 40 sites", "from 20 to 30, which is 50 percent"."""
        computed = _COMPUTED.search(text)
        words = text[: computed.start()] if computed else text
        return cls(words.removeprefix(_KNOWN).strip(), words.startswith(_KNOWN), computed[1].strip() if computed else None)


class Contradiction(Value):
    """Statements that cannot all be true; `text` puts them side by side, the earlier one first.

    `stands` is the one that holds as far as the call tells: a correction, or what a customer granted or chose in turn `settled_by`.
    """

    turns: tuple[int, ...]
    text: str
    settled_by: int | None = None
    stands: Literal["first", "last"] | None = None

    @property
    def sides(self) -> tuple[Side, ...]:
        """The statements, the earlier one first; a single one where `text` does not set two apart."""
        return tuple(Side.parse(text) for text in self.text.split(" / ", 1))


class Touch(Value):
    """A topic that a customer's turn informs, and how fully: the weight of the evidence, 1.0 being a full answer."""

    turn: int
    topic: str
    weight: float


class SectionRow(Value):
    """The guide's sections that a customer's turn informs."""

    turn: int
    sections: tuple[str, ...]


class TopicStatus(Value):
    """The state of a topic, and the turns that it rests on."""

    state: TopicState
    turns: tuple[int, ...] = ()


class Talk(Value):
    """How much one speaker spoke. `seconds` is None if the transcript has no times; `share` is the share of all words, from 0 to 1."""

    role: Role
    words: int
    seconds: float | None
    share: float
    questions: int
    longest_turn: int


class Tokens(Value):
    """What a language model has used so far. `cached` is the part of `input` that came from the provider's cache."""

    input: int = 0
    cached: int = 0
    output: int = 0
    calls: int = 0


class Source(Value):
    """Where findings come from. `guessed` are the speakers whose roles were guessed."""

    file: str | None = None
    format: str | None = None
    sha256: str | None = None
    engine: str = "rules"
    guide: str = "case_study"
    guessed: tuple[str, ...] = ()
    tokens: Tokens | None = None


class Coverage(Value):
    """How many topics of a section are settled, out of how many."""

    covered: int
    total: int


class Findings(Compound):
    """Everything that is known from an interview. Rows are in call order, except quotes: those are best first.

    `consent_by` is the turn in which a customer agreed to the recording, `consent_assumed` that of an answer that is taken for a yes and
    is to be confirmed: it says neither yes nor no in known words and the interview went on, or the request is in no known words.
    `consent_refused` is the turn in which a customer refused it, or took a yes back.
    """

    schema_: Literal["copilot.findings/1"] = Field(default="copilot.findings/1", alias="schema")
    source: Source
    turns: tuple[Turn, ...]
    sections: tuple[SectionRow, ...]
    topics: dict[str, TopicStatus]
    metrics: tuple[Metric, ...]
    gaps: tuple[Gap, ...]
    quotes: tuple[Quote, ...]
    off_record: tuple[Boundary, ...]
    withdrawn: tuple[TakenBack, ...] = ()
    consent: Consent
    consent_by: dict[str, int] = Field(default_factory=dict)
    consent_assumed: dict[str, int] = Field(default_factory=dict)
    consent_refused: dict[str, int] = Field(default_factory=dict)
    commitments: tuple[Commitment, ...]
    deferred: tuple[Deferral, ...] = ()
    verify: tuple[Verify, ...]
    contradictions: tuple[Contradiction, ...]
    talk: dict[str, Talk]
