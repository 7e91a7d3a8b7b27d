"""A labelled interview: its turns, what was known before it, and what a perfect copilot would have noticed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pydantic import ConfigDict, ValidationError

from ..background import Background
from ..errors import SuiteError
from ..files import describe, load_value
from ..findings import (
    GAPS_A_TURN,
    Amount,
    Commitment,
    Consent,
    Contradiction,
    GapKind,
    MetricKind,
    Number,
    Outcome,
    SectionRow,
    Severity,
    TopicStatus,
)
from ..guide import Guide
from ..turns import Turn, Value

__all__ = ["BACKGROUND", "GUIDE", "LABELS", "TURNS", "Gold", "GoldBoundary", "GoldGap", "GoldMetric", "Interview", "Label"]

LABELS, TURNS, BACKGROUND, GUIDE = "gold.yaml", "turns.jsonl", "background.yaml", "guide.yaml"


class Label(Value):
    """Words of a turn, verbatim."""

    turn: int
    text: str


class GoldMetric(Label):
    """A quantity that a story could use. Annotators may add their own keys."""

    model_config = ConfigDict(extra="ignore")

    kind: MetricKind
    measures: str
    value: Number | tuple[Number, Number]
    unit: str
    baseline: Amount | None = None
    period: str | int | None = None


class GoldGap(Label):
    """A place where a very good interviewer would have wanted more, and its outcome."""

    kind: GapKind
    severity: Severity
    topic: str
    probe: str
    also: tuple[str, ...] = ()
    closed_by: int | None = None
    outcome: Outcome = "open"


class GoldBoundary(Label):
    """Words that bar the content of turns from use."""

    covers: tuple[int, ...]


class Gold(Value):
    """The labels of an interview, in the shape of `gold.yaml`."""

    sections: tuple[SectionRow, ...]
    topics: dict[str, TopicStatus]
    metrics: tuple[GoldMetric, ...]
    gaps: tuple[GoldGap, ...]
    quotes: tuple[Label, ...]
    off_record: tuple[GoldBoundary, ...]
    consent: Consent
    commitments: tuple[Commitment, ...]
    verify: tuple[Label, ...]
    contradictions: tuple[Contradiction, ...]

    @property
    def labels(self) -> Iterator[tuple[str, Label]]:
        """Every label that cites words of a turn, with the name of its list."""
        for name in ("metrics", "gaps", "quotes", "off_record", "verify"):
            yield from ((name, row) for row in getattr(self, name))


@dataclass(frozen=True)
class Interview:
    """A labelled interview; `name` is that of its folder."""

    name: str
    turns: tuple[Turn, ...]
    gold: Gold
    background: Background
    guide: Guide

    @classmethod
    def load(cls, folder: Path) -> Interview:
        """Read an interview's folder and check its labels against its turns. Raises SuiteError, which names the file."""
        background, guide = folder / BACKGROUND, folder / GUIDE
        interview = cls(
            name=folder.name,
            turns=tuple(_turns(folder / TURNS)),
            gold=load_value(folder / LABELS, Gold, SuiteError),
            background=Background.load(background) if background.exists() else Background(),
            guide=Guide.load(guide) if guide.exists() else Guide.default(),
        )
        found = list(interview.faults())
        if found:
            more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
            raise SuiteError(f"{folder / LABELS}: {found[0]}{more}")
        return interview

    @cached_property
    def texts(self) -> dict[int, str]:
        """The text of each turn by its number."""
        return {turn.turn: turn.text for turn in self.turns}

    @cached_property
    def customer(self) -> frozenset[int]:
        """The numbers of the customer's turns."""
        return frozenset(turn.turn for turn in self.turns if turn.role == "customer")

    @cached_property
    def barred(self) -> frozenset[int]:
        """The turns whose content must not be used."""
        return frozenset(turn for row in self.gold.off_record for turn in row.covers)

    def faults(self) -> Iterator[str]:
        """Yield one sentence for each label that does not fit the turns or the guide."""
        yield from _row_faults(self)
        yield from _topic_faults(self)
        yield from _gap_faults(self)


def _turns(path: Path) -> Iterator[Turn]:
    """Yield the turns of a file with one JSON object per line; they are numbered from 1."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as problem:
        raise SuiteError(f"{path}: cannot be read ({problem})") from None
    for number, line in enumerate((line for line in lines if line.strip()), 1):
        try:
            turn = Turn.model_validate_json(line)
        except ValidationError as problem:
            raise SuiteError(f"{path}: line {number}: {describe(problem, Turn)}") from None
        if turn.turn != number:
            raise SuiteError(f"{path}: line {number} holds turn {turn.turn}; turns are numbered from 1, without a hole")
        yield turn


def _row_faults(interview: Interview) -> Iterator[str]:
    texts, gold = interview.texts, interview.gold
    for name, row in gold.labels:
        if row.text not in texts.get(row.turn, ""):
            yield f"{name}: not verbatim in turn {row.turn}: {row.text!r}"
        elif name != "off_record" and row.turn not in interview.customer:
            yield f"{name}: turn {row.turn} is not the customer's"
    cited = [("sections", row.turn) for row in gold.sections] + [("commitments", row.turn) for row in gold.commitments]
    cited += [("off_record", turn) for boundary in gold.off_record for turn in boundary.covers]
    cited += [("contradictions", turn) for clash in gold.contradictions for turn in clash.turns]
    cited += [("consent", turn) for turn in (gold.consent.asked, gold.consent.granted) if turn is not None]
    yield from (f"{name}: there is no turn {turn}" for name, turn in cited if turn not in texts)
    missing = sorted(interview.customer - {row.turn for row in gold.sections})
    if missing:
        yield f"sections: no row for {_turn_list(missing)}; every turn of the customer has one"


def _topic_faults(interview: Interview) -> Iterator[str]:
    topics, known = interview.gold.topics, interview.guide.topics
    missing, unknown = sorted(known.keys() - topics.keys()), sorted(topics.keys() - known.keys())
    if missing:
        yield f"topics: missing {', '.join(missing)}"
    if unknown:
        yield f"topics: not in the guide: {', '.join(unknown)}"
    for name, row in topics.items():
        wrong = set(row.turns) - interview.customer
        if wrong:
            yield f"topics: {name} rests on {_turn_list(sorted(wrong))}, not the customer's"


def _gap_faults(interview: Interview) -> Iterator[str]:
    for gap in interview.gold.gaps:
        if gap.topic not in interview.guide.topics:
            yield f"gaps: the topic {gap.topic!r} of turn {gap.turn} is not in the guide"
        if gap.closed_by is not None and (gap.closed_by <= gap.turn or gap.closed_by not in interview.texts):
            yield f"gaps: closed_by {gap.closed_by} of turn {gap.turn} is not a later turn"
        if gap.outcome == "answered" and gap.closed_by is None:
            yield f"gaps: turn {gap.turn} is answered, but closed_by names no turn"
    for turn, count in Counter(gap.turn for gap in interview.gold.gaps).items():
        if count > GAPS_A_TURN:
            yield f"gaps: turn {turn} has {count}; at most {GAPS_A_TURN}, the strongest, are labelled"


def _turn_list(turns: Iterable[int]) -> str:
    return "turns " + ", ".join(map(str, turns))
