"""A labelled interview: its turns, what was known before it, and what a perfect copilot would have noticed."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pydantic import ConfigDict, ValidationError, model_validator

from ..background import Background
from ..errors import SuiteError
from ..files import describe, load_value, read_text
from ..findings import (
    GAPS_A_TURN,
    Amount,
    Commitment,
    Consent,
    Contradiction,
    GapKind,
    Metric,
    MetricKind,
    Number,
    Outcome,
    SectionRow,
    Severity,
    TopicStatus,
)
from ..grounding import Absent, ground
from ..guide import Guide
from ..quantities import singular
from ..quantities.words import lists
from ..spelling import nearest
from ..turns import Turn, Value

__all__ = ["BACKGROUND", "GUIDE", "LABELS", "TURNS", "Gold", "GoldBoundary", "GoldGap", "GoldMetric", "Interview", "Label"]

LABELS, TURNS, BACKGROUND, GUIDE = "gold.yaml", "turns.jsonl", "background.yaml", "guide.yaml"
MISSPELT = 0.8
"""Least likeness of an annotator's own key to a known one, for it to be that key misspelt."""


class Label(Value):
    """Words of a turn, verbatim."""

    turn: int
    text: str


class GoldMetric(Label):
    """A quantity that a story could use. Annotators may add their own keys, but for one that is a known key misspelt."""

    model_config = ConfigDict(extra="ignore")

    kind: MetricKind
    measures: str
    value: Number | tuple[Number, Number]
    unit: str
    baseline: Amount | None = None
    period: str | int | None = None

    @model_validator(mode="before")
    @classmethod
    def _is_spelt_right(cls, row: object) -> object:
        own = [key for key in row if key not in {*cls.model_fields, *Metric.model_fields}] if isinstance(row, Mapping) else []
        for key in own:
            if meant := nearest(str(key), cls.model_fields, MISSPELT):
                raise ValueError(f"unknown key {key!r}; {meant}")
        return row


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
    """The labels of an interview, in the shape of `gold.yaml`; a `draft` of them is a program's, which no person has corrected yet."""

    draft: bool = False
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
        """Read an interview's folder and check its labels against its turns. Raises SuiteError, which tells every fault of the labels."""
        background, guide = folder / BACKGROUND, folder / GUIDE
        interview = cls(
            name=folder.name,
            turns=tuple(_turns(folder / TURNS)),
            gold=load_value(folder / LABELS, Gold, SuiteError, every=True),
            background=Background.load(background) if background.exists() else Background(),
            guide=Guide.load(guide) if guide.exists() else Guide.default(),
        )
        if not guide.exists() and _is_of_another_guide(interview):
            told = f"{folder}: holds no {GUIDE}, and most topics of its {LABELS} are not in the guide for case studies"
            raise SuiteError(told, hint=f"put the guide of the call there as {GUIDE}")
        found = [f"{folder / LABELS}: {fault}" for fault in interview.faults()]
        if found:
            raise SuiteError(found[0], more=found[1:])
        return interview

    @cached_property
    def digest(self) -> str:
        """A hash of what the figures are measured against: turns, labels, background, and the guide if it is the interview's own."""
        parts = (*self.turns, self.gold, self.background, *(() if self.guide == Guide.default() else (self.guide,)))
        rows = [part.model_dump(mode="json", exclude_defaults=True) for part in parts]
        return hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()

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
        yield from _word_faults(self)
        yield from _turn_faults(self)
        yield from _section_faults(self)
        yield from _topic_faults(self)
        yield from _metric_faults(self)
        yield from _gap_faults(self)


def _turns(path: Path) -> Iterator[Turn]:
    """Yield the turns of a file with one JSON object per line; they are numbered from 1."""
    lines = read_text(path, SuiteError).splitlines()
    for number, line in enumerate((line for line in lines if line.strip()), 1):
        try:
            turn = Turn.model_validate_json(line)
        except ValidationError as problem:
            raise SuiteError(f"{path}: line {number}: {describe(problem, Turn)}") from None
        if turn.turn != number:
            raise SuiteError(f"{path}: line {number} holds turn {turn.turn}; turns are numbered from 1, without a hole")
        yield turn


def _word_faults(interview: Interview) -> Iterator[str]:
    """Yield the labels whose words are not a customer's; of a boundary they may be anybody's."""
    for name, row in interview.gold.labels:
        if row.turn not in interview.texts:
            yield f"{name}: there is no turn {row.turn}"
        elif row.text not in interview.texts[row.turn]:
            yield f"{name}: not verbatim in turn {row.turn}: {row.text!r}{_where_it_stands(row, interview)}"
        elif name != "off_record" and row.turn not in interview.customer:
            yield f"{name}: turn {row.turn} is not the customer's"


def _where_it_stands(row: Label, interview: Interview) -> str:
    """Return the words that are meant, where only case or punctuation differ, or else the turns that have them."""
    said, there = interview.texts[row.turn], ground(row.text, interview.turns[row.turn - 1])
    if not isinstance(there, Absent):
        return f"; it says {said[there.start : there.end]!r}"
    others = [turn for turn, text in interview.texts.items() if row.text in text]
    return f"; it stands in {_turn_list(others)}" if others else ""


def _turn_faults(interview: Interview) -> Iterator[str]:
    """Yield the turns that are cited and are not there, or are of the wrong side."""
    texts, customer, gold = interview.texts, interview.customer, interview.gold
    cited = [("sections", row.turn) for row in gold.sections] + [("commitments", row.turn) for row in gold.commitments]
    cited += [("off_record", turn) for boundary in gold.off_record for turn in boundary.covers]
    cited += [("contradictions", turn) for clash in gold.contradictions for turn in clash.turns]
    cited += [("consent", turn) for turn in (gold.consent.asked, gold.consent.granted) if turn is not None]
    yield from (f"{name}: there is no turn {turn}" for name, turn in cited if turn not in texts)
    if gold.consent.asked in customer:
        yield f"consent: asked in turn {gold.consent.asked}, which is the customer's"
    if gold.consent.granted in texts.keys() - customer:
        yield f"consent: granted in turn {gold.consent.granted}, which is not the customer's"
    for row in gold.commitments:
        if row.turn in texts and (row.who == "customer") != (row.turn in customer):
            yield f"commitments: the {row.who} promises in turn {row.turn}, which is {'' if row.turn in customer else 'not '}the customer's"


def _section_faults(interview: Interview) -> Iterator[str]:
    rows, known = interview.gold.sections, [section.id for section in interview.guide.sections]
    missing = sorted(interview.customer - {row.turn for row in rows})
    if missing:
        yield f"sections: no row for {_turn_list(missing)}; every turn of the customer has one"
    for row in rows:
        if row.turn in interview.texts.keys() - interview.customer:
            yield f"sections: turn {row.turn} is not the customer's"
        strange = [name for name in row.sections if name not in known]
        yield from (f"sections: {name!r} of turn {row.turn} is not in the guide{_meant(name, known)}" for name in strange)


def _is_of_another_guide(interview: Interview) -> bool:
    """Return whether most topics of the labels are not in the interview's guide."""
    topics = interview.gold.topics.keys()
    return 2 * len(topics & interview.guide.topics.keys()) < len(topics)


def _topic_faults(interview: Interview) -> Iterator[str]:
    topics, known = interview.gold.topics, interview.guide.topics
    missing, unknown = sorted(known.keys() - topics.keys()), sorted(topics.keys() - known.keys())
    yield from (f"topics: not in the guide: {name}{_meant(name, missing)}" for name in unknown)
    if missing:
        yield f"topics: missing {', '.join(missing)}"
    for name, row in topics.items():
        wrong = set(row.turns) - interview.customer
        if wrong:
            yield f"topics: {name} rests on {_turn_list(sorted(wrong))}, not the customer's"


def _metric_faults(interview: Interview) -> Iterator[str]:
    for metric in interview.gold.metrics:
        amounts: list[GoldMetric | Amount] = [metric, *([metric.baseline] if metric.baseline else [])]
        for amount in amounts:
            if isinstance(amount.value, tuple) and amount.value[0] > amount.value[1]:
                yield f"metrics: a range has its lower end first, not {list(amount.value)} (turn {metric.turn})"
            if one := _one_of(amount.unit):
                yield f"metrics: a unit is in the singular, {one!r}, not {amount.unit!r} (turn {metric.turn})"


def _one_of(unit: str) -> str | None:
    """Return the singular of a unit in the plural, None for others. Of a noun on no list nobody knows for sure."""
    name, known = unit.lower(), frozenset(lists().units.values())
    one = singular(name)
    return one if one != name and name not in known and (one in known or name in lists().plurals) else None


def _gap_faults(interview: Interview) -> Iterator[str]:
    for gap in interview.gold.gaps:
        if gap.topic not in interview.guide.topics:
            meant = _meant(gap.topic, interview.guide.topics)
            yield f"gaps: the topic {gap.topic!r} of turn {gap.turn} is not in the guide{meant}"
        if gap.closed_by is not None and (gap.closed_by <= gap.turn or gap.closed_by not in interview.customer):
            yield f"gaps: closed_by {gap.closed_by} of turn {gap.turn} is not a later turn of the customer"
        if gap.outcome == "answered" and gap.closed_by is None:
            yield f"gaps: turn {gap.turn} is answered, but closed_by names no turn"
        if gap.outcome == "open" and gap.closed_by is not None:
            yield f"gaps: turn {gap.turn} is open, but closed_by names turn {gap.closed_by}"
    for turn, count in Counter(gap.turn for gap in interview.gold.gaps).items():
        if count > GAPS_A_TURN:
            yield f"gaps: turn {turn} has {count}; at most {GAPS_A_TURN}, the strongest, are labelled"


def _meant(name: str, known: Iterable[str]) -> str:
    """Return which known name is meant, to go on a sentence; "" where none is alike."""
    meant = nearest(name, known)
    return f"; {meant}" if meant else ""


def _turn_list(turns: Iterable[int]) -> str:
    listed = ", ".join(map(str, turns))
    return f"turn{'s' if ',' in listed else ''} {listed}"
