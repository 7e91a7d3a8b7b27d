"""Compare two runs: what got better or worse, by how much, and which cases, gates and gaps flipped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from ..turns import Value
from .counting import Figure, pool
from .evaluators import EVALUATORS
from .intervals import Interval, difference_intervals
from .report import CaseResult, Report

__all__ = ["Change", "Comparison", "Flip", "GapFlip", "compare"]

SAME = 1e-9  # differences up to this are none
Verdict = Literal["better", "worse", "changed", "noise", "same"]


class Change(Value):
    """A pooled figure in two runs, over the interviews in both; `low` and `high` are the 95 % interval of the difference.

    `noise` is a difference whose interval contains 0; `changed` is one of a figure that is neither better high nor low.
    """

    figure: str
    old: float | None
    new: float | None
    low: float | None = None
    high: float | None = None
    verdict: Verdict


class Flip(Value):
    """A case or a gate that passed and now fails, or vice versa."""

    name: str
    now: Literal["passes", "fails"]
    why: str = ""


class GapFlip(Value):
    """A labelled gap that was found and now is not, or vice versa."""

    interview: str
    turn: int
    text: str
    now: Literal["found", "missed"]


class Comparison(Value):
    """The differences between an old run and a new one, on the interviews that are the same in both.

    `only_old` and `only_new` are interviews that only one run has; `altered` are those whose turns, labels, guide or background changed, so
    that a difference says nothing of the copilot. `engines` are the engines of the old and the new run, `fell_back` the number of
    interviews in which the model of each failed.
    """

    changes: tuple[Change, ...]
    cases: tuple[Flip, ...]
    gates: tuple[Flip, ...]
    gaps: tuple[GapFlip, ...]
    only_old: tuple[str, ...] = ()
    only_new: tuple[str, ...] = ()
    altered: tuple[str, ...] = ()
    engines: tuple[str, str] = ("rules", "rules")
    fell_back: tuple[int, int] = (0, 0)

    @property
    def heading(self) -> str:
        """What is compared: two runs of one engine, or two engines."""
        old, new = self.engines
        return "Since the old run" if old == new else f"{new} beside {old}"

    @property
    def moved(self) -> tuple[Change, ...]:
        """The changes beyond what chance explains: what is worse, then what is better, then the rest."""
        return (*self.of("worse"), *self.of("better"), *self.of("changed"))

    def of(self, *verdicts: Verdict) -> tuple[Change, ...]:
        """Return the changes with one of the verdicts."""
        return tuple(change for change in self.changes if change.verdict in verdicts)


def compare(old: Report, new: Report) -> Comparison:
    """Return what changed from `old` to `new`."""
    altered = tuple(name for name, digest in new.digests.items() if old.digests.get(name, digest) != digest)
    before, after = ([case for case in report.cases if case.interview not in altered] for report in (old, new))
    return Comparison(
        changes=tuple(_changes(before, after)),
        cases=tuple(_flips([(c.name, c.failures) for c in before], [(c.name, c.failures) for c in after])),
        gates=tuple(_flips([(g.figure, _why(g.failure)) for g in old.gates], [(g.figure, _why(g.failure)) for g in new.gates])),
        gaps=tuple(gap for gap in _gap_flips(old, new) if gap.interview not in altered),
        only_old=tuple(name for name in old.interviews if name not in new.interviews),
        only_new=tuple(name for name in new.interviews if name not in old.interviews),
        altered=altered,
        engines=(old.engine, new.engine),
        fell_back=(len(old.fell_back), len(new.fell_back)),
    )


def _why(failure: str | None) -> tuple[str, ...]:
    return (failure,) if failure else ()


def _changes(old: Sequence[CaseResult], new: Sequence[CaseResult]) -> Iterator[Change]:
    for name in dict.fromkeys(case.pool for case in new):
        before = {case.interview: case for case in old if case.pool == name}
        after = {case.interview: case for case in new if case.pool == name}
        both = [interview for interview in after if interview in before]
        if both and after[both[0]].evaluator in EVALUATORS:
            yield from _pool_changes(name, [before[i] for i in both], [after[i] for i in both])


def _pool_changes(name: str, old: Sequence[CaseResult], new: Sequence[CaseResult]) -> Iterator[Change]:
    """Yield the changes of one pool's figures; the cases are of the same interviews, in the same order."""
    figures = EVALUATORS[new[0].evaluator].figures
    before, after = [case.counts for case in old], [case.counts for case in new]
    ends = difference_intervals(before, after, figures) if before != after else {}
    a, b = pool(before), pool(after)
    for figure in figures:
        yield _change(f"{name}.{figure.name}", figure, figure.of(a), figure.of(b), ends.get(figure.name))


def _change(name: str, figure: Figure, old: float | None, new: float | None, ends: Interval | None) -> Change:
    if old is None or new is None:
        return Change(figure=name, old=old, new=new, verdict="same" if old == new else "changed")
    if abs(old - new) < SAME:
        return Change(figure=name, old=old, new=new, verdict="same")
    low, high = ends or (None, None)
    return Change(figure=name, old=old, new=new, low=low, high=high, verdict=_verdict(figure, new - old, ends))


def _verdict(figure: Figure, difference: float, ends: Interval | None) -> Verdict:
    if ends and ends[0] <= 0 <= ends[1]:
        return "noise"
    if figure.better == "neither":
        return "changed"
    return "better" if (difference > 0) == (figure.better == "higher") else "worse"


def _flips(old: Sequence[tuple[str, Sequence[str]]], new: Sequence[tuple[str, Sequence[str]]]) -> Iterator[Flip]:
    before = dict(old)
    for name, failures in new:
        if name in before and bool(before[name]) != bool(failures):
            yield Flip(name=name, now="fails" if failures else "passes", why="; ".join(failures))


def _gap_flips(old: Report, new: Report) -> Iterator[GapFlip]:
    before = {(t.interview, g.turn, g.text, g.kind): g.hit for t in old.timelines for g in t.gold}
    for timeline in new.timelines:
        for gap in timeline.gold:
            hit = before.get((timeline.interview, gap.turn, gap.text, gap.kind))
            if hit is not None and hit != gap.hit:
                yield GapFlip(interview=timeline.interview, turn=gap.turn, text=gap.text, now="found" if gap.hit else "missed")
