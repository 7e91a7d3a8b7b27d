"""The judge: a language model that scores probes and silences on a written rubric (`prompts/judge_*.md`).

It assesses what the labels cannot: whether a question fits its moment and is kind. Its scores are reported next to the figures,
together with its agreement with the labels, and no gate may depend on them. Off by default, since it needs a model.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from statistics import fmean
from typing import Any, Literal, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict

from ..errors import ModelError
from ..prompts import Message, Prompts, inline
from ..redact import Redactor
from ..text import count_words
from ..turns import Turn, Value
from .counting import Counts, Figure, ratio
from .evaluators.gaps import WORDY
from .gold import Interview
from .hearing import Hearing

__all__ = ["FIGURES", "Judge", "ProbeVerdict", "SilenceVerdict", "Verdict", "count_verdicts", "kappa"]

Score = Literal[1, 2, 3, 4, 5]
MIDDLE = 3.0  # middle of the scale: above it a probe is called for, below it a silence is wrong
BEFORE = 4  # turns before an answer that the judge sees
MANNERS = ("necessity", "context", "openness", "benevolence")


class ProbeVerdict(BaseModel):
    """The judge's scores of a probe, each from 1 to 5."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    necessity: Score
    context: Score
    openness: Score
    benevolence: Score
    reason: str


class SilenceVerdict(BaseModel):
    """The judge's score of a silence, from 1 to 5."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    justified_silence: Score
    reason: str


T = TypeVar("T")


class Verdict(Value):
    """The mean scores of all votes on one answer: on the probe after it, or on the silence if `probe` is None.

    `wanted` is whether the labels have a gap there. `votes` may be fewer than requested if the model failed.
    """

    interview: str
    turn: int
    probe: str | None
    wanted: bool
    votes: int
    scores: dict[str, float]
    reason: str = ""

    @property
    def calls_for_one(self) -> bool:
        """Whether the judge would have had a probe here."""
        if self.probe is None:
            return self.scores["justified_silence"] < MIDDLE
        return self.scores["necessity"] > MIDDLE


Ask = Callable[[Sequence[Message], type[Any]], BaseModel]
"""Sends messages to a model and returns its answer in the given schema. Raises ModelError."""


class _Asked(NamedTuple):
    """An answer to judge, with the probe that was offered first, None for silence, and what the prompt is filled in with."""

    turn: Turn
    probe: str | None
    values: Mapping[str, str]


@dataclass(frozen=True)
class Judge:
    """Judges what the copilot did after the customers' answers of an interview.

    Each gets `votes` votes; at most `most` answers of each kind per interview are judged, spread evenly over the call; `at_once` calls
    to the model run concurrently. `redacted` replaces names by placeholders before the model sees them.
    """

    ask: Ask
    votes: int = 3
    most: int = 12
    at_once: int = 4
    prompts: Prompts = field(default_factory=Prompts)
    redacted: bool = False

    def __call__(self, hearing: Hearing) -> tuple[Verdict, ...]:
        """Return the verdicts on an interview, in the order of the call. An answer that got no vote is left out."""
        interview, redactor = hearing.interview, self._redactor(hearing.interview)
        # All is hidden here, in the order of the call, so that the same name has the same placeholder each time.
        asked = [_Asked(turn, probe, _values(interview, turn, probe, redactor)) for turn, probe in self._cases(hearing)]
        with ThreadPoolExecutor(self.at_once) as pool:
            verdicts = list(pool.map(lambda one: self._verdict(interview, one, redactor), asked))
        return tuple(verdict for verdict in verdicts if verdict is not None)

    def _redactor(self, interview: Interview) -> Redactor | None:
        """Return what hides the names of an interview, if that is wanted."""
        if not self.redacted:
            return None
        redactor = Redactor(interview.background)
        redactor.learn("PERSON", *(turn.speaker for turn in interview.turns))
        return redactor

    def _cases(self, hearing: Hearing) -> list[tuple[Turn, str | None]]:
        """Return the answers to judge, each with the first probe offered, None for silence."""
        probes: dict[int, str] = {}
        for gap in sorted(hearing.findings.gaps, key=lambda g: -g.score):
            probes.setdefault(gap.turn, gap.probe)
        answers = [t for t in hearing.interview.turns if t.role == "customer"]
        asked = [(turn, probes[turn.turn]) for turn in answers if turn.turn in probes]
        quiet = [(turn, None) for turn in answers if turn.turn not in probes and count_words(turn.text) >= WORDY]
        return sorted([*_spread(asked, self.most), *_spread(quiet, self.most)], key=lambda case: case[0].turn)

    def _verdict(self, interview: Interview, asked: _Asked, redactor: Redactor | None) -> Verdict | None:
        turn, probe, _ = asked
        votes = list(self._votes(asked))
        if not votes:
            return None
        names = MANNERS if probe is not None else ("justified_silence",)
        return Verdict(
            interview=interview.name,
            turn=turn.turn,
            probe=probe,
            wanted=any(gap.turn == turn.turn for gap in interview.gold.gaps),
            votes=len(votes),
            scores={name: round(fmean(getattr(vote, name) for vote in votes), 3) for name in names},
            reason=_shown(getattr(votes[0], "reason", ""), redactor),
        )

    def _votes(self, asked: _Asked) -> Iterator[BaseModel]:
        """Yield the votes that the model gives on one answer."""
        _, probe, values = asked
        prompt, schema = self.prompts["judge_silence" if probe is None else "judge_probe"], ProbeVerdict if probe else SilenceVerdict
        for vote in range(1, self.votes + 1):
            try:
                yield self.ask(prompt.render({**values, "vote": str(vote)}), schema)
            except ModelError:
                continue


def _values(interview: Interview, turn: Turn, probe: str | None, redactor: Redactor | None) -> dict[str, str]:
    """Return what the prompt on one answer is filled in with, but for the vote."""
    before = [t for t in interview.turns if turn.turn - BEFORE <= t.turn < turn.turn]
    values = {"background": _known(interview), "before": _told(before), "answer": _told([turn])}
    if probe is not None:
        values["probe"] = inline(probe)
    return {name: redactor.hide(text) if redactor else text for name, text in values.items()}


def _shown(text: str, redactor: Redactor | None) -> str:
    """Return a text with what its placeholders stand for."""
    return str(json.loads(redactor.restore_json(json.dumps(text)))) if redactor else text


def _spread(rows: Sequence[T], most: int) -> list[T]:
    """Return at most a number of rows, evenly spread."""
    if len(rows) <= most:
        return list(rows)
    return [rows[at * len(rows) // most] for at in range(most)]


def _known(interview: Interview) -> str:
    customer = interview.background.customer
    parts = [interview.background.vendor, interview.background.product, customer.company, customer.industry, *customer.facts]
    return "; ".join(inline(part) for part in parts if part) or "nothing"


def _told(turns: Iterable[Turn]) -> str:
    return "\n".join(f"[{t.turn} {t.role}] {inline(t.text)}" for t in turns) or "(nothing)"


def count_verdicts(verdicts: Iterable[Verdict]) -> Counts:
    """Return the counts for the judge's figures."""
    n = Counts()
    for verdict in verdicts:
        for name, score in verdict.scores.items():
            n[name] += score
            n[f"{name}.n"] += 1
        n[_CELLS[verdict.calls_for_one, verdict.wanted]] += 1
    return n


_CELLS: Mapping[tuple[bool, bool], str] = {
    (True, True): "both",
    (True, False): "judge alone",
    (False, True): "labels alone",
    (False, False): "neither",
}


def kappa(n: Counts) -> float | None:
    """Return Cohen's kappa (1960) between the judge and the labels on whether a question was called for; None if chance agrees fully."""
    both, judge, labels, neither = (n[cell] for cell in _CELLS.values())
    total = both + judge + labels + neither
    if not total:
        return None
    seen = (both + neither) / total
    chance = ((both + judge) * (both + labels) + (neither + judge) * (neither + labels)) / total**2
    return (seen - chance) / (1 - chance) if chance < 1 else None


FIGURES = (
    *(ratio(name, name, f"{name}.n") for name in (*MANNERS, "justified_silence")),
    Figure("kappa_with_labels", kappa, "neither"),
)
