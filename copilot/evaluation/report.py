"""The result of a run of evals, as values that can be saved as JSON and loaded again."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field

from ..errors import SuiteError
from ..files import load_value
from ..findings import GapKind, Outcome, Severity, Tokens
from ..turns import Value
from .counting import Better
from .judge import Verdict

__all__ = ["CaseResult", "Estimate", "FoundMark", "GateResult", "GoldMark", "PoolResult", "Report", "Timeline"]


class Estimate(Value):
    """A pooled figure with the ends of its 95 % interval; None if there is nothing to count, or too few interviews."""

    value: float | None
    low: float | None = None
    high: float | None = None
    better: Better = "higher"


class CaseResult(Value):
    """One case on one interview; `failures` are its unmet expectations."""

    pool: str
    suite: str
    evaluator: str
    variant: str | None
    interview: str
    figures: dict[str, float | None]
    counts: dict[str, float]
    failures: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The case's name in its report."""
        return f"{self.pool} {self.interview}"

    @property
    def passed(self) -> bool:
        """Whether all expectations are met."""
        return not self.failures


class PoolResult(Value):
    """The figures of similar cases, pooled over all their interviews."""

    name: str
    suite: str
    evaluator: str
    variant: str | None
    interviews: int
    figures: dict[str, Estimate]
    counts: dict[str, float]


class GateResult(Value):
    """A gate and its figure."""

    figure: str
    value: float | None
    at_least: float | None = None
    at_most: float | None = None
    guards: str = ""
    failure: str | None = None

    @property
    def passed(self) -> bool:
        """Whether the figure is within its bounds."""
        return self.failure is None


class GoldMark(Value):
    """A labelled gap on the timeline of a call."""

    turn: int
    seconds: float | None
    kind: GapKind
    severity: Severity
    outcome: Outcome
    text: str
    hit: bool


class FoundMark(Value):
    """A gap that was found, on the timeline of a call."""

    turn: int
    seconds: float | None
    kind: GapKind
    score: float
    probe: str
    hit: bool


class Timeline(Value):
    """The gaps of one call, labelled and found, in the order of the call. `length` is in seconds, None without times."""

    interview: str
    turns: int
    length: float | None
    gold: tuple[GoldMark, ...]
    found: tuple[FoundMark, ...]


class Report(Value):
    """A run of evals. `tokens` is what a language model used on the unaltered interviews, None without one.

    `digests` are hashes of the interviews with their labels, by name; `fell_back` are those in which the model failed at least once, so
    that a part of their figures is the embedded engine's; `drafts` are those whose labels nobody has corrected, so that they prove nothing.
    """

    schema_: Literal["copilot.eval/1"] = Field(default="copilot.eval/1", alias="schema")
    version: str
    engine: str
    tokens: Tokens | None = None
    split: str
    interviews: tuple[str, ...]
    digests: dict[str, str] = Field(default_factory=dict)
    fell_back: tuple[str, ...] = ()
    drafts: tuple[str, ...] = ()
    pools: tuple[PoolResult, ...]
    cases: tuple[CaseResult, ...]
    gates: tuple[GateResult, ...]
    timelines: tuple[Timeline, ...]
    verdicts: tuple[Verdict, ...] = ()

    @property
    def failed_gates(self) -> tuple[GateResult, ...]:
        """The gates that do not hold."""
        return tuple(gate for gate in self.gates if not gate.passed)

    @property
    def failed_cases(self) -> tuple[CaseResult, ...]:
        """The cases with an unmet expectation."""
        return tuple(case for case in self.cases if not case.passed)

    @property
    def passed(self) -> bool:
        """Whether all gates hold, all expectations of cases are met, the engine named was measured, and on labels that a person made."""
        return not (self.failed_gates or self.failed_cases or self.fell_back or self.drafts)

    def figure(self, name: str) -> float | None:
        """Return a pooled figure by its full name, such as `gaps.tact`. Raises KeyError."""
        pool, _, figure = name.rpartition(".")
        return {p.name: p for p in self.pools}[pool].figures[figure].value

    def to_json(self) -> str:
        """Return the report as the JSON that is saved."""
        return self.model_dump_json(indent=1) + "\n"

    def save(self, path: str | Path) -> None:
        """Write the report as JSON."""
        Path(path).write_text(self.to_json(), encoding="utf-8")

    @classmethod
    def load(cls, path: str | Path) -> Report:
        """Load a saved report. Raises SuiteError."""
        return load_value(path, cls, SuiteError)
