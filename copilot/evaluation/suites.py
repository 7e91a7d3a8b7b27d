"""Eval suites as files: which interviews, which evaluator, what is expected of its figures, and the gates over the pooled ones.

A folder of evals contains `interviews/` (one folder each) and `suites/*.yaml`, and optionally `gates.yaml` and `split.yaml`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from ..errors import SuiteError
from ..files import load_value
from ..shipped import folder
from ..turns import Value
from .gold import LABELS, TURNS

__all__ = ["Bound", "Case", "Evals", "Gate", "Split", "Suite", "Trial"]

EVERY = "*"
Split = Literal["build", "test", "fresh", "all"]
"""The interviews that rules may be made from, those that only measure, newer ones that are measured by themselves, and all but these."""


class Bound(Value):
    """The range of a figure, both ends included. A figure with nothing to count is within every bound."""

    at_least: float | None = Field(default=None, allow_inf_nan=False)
    at_most: float | None = Field(default=None, allow_inf_nan=False)

    @model_validator(mode="after")
    def _bounds_something(self) -> Bound:
        if self.at_least is None and self.at_most is None:
            raise ValueError("give at_least, at_most, or both")
        return self

    def fault(self, value: float | None) -> str | None:
        """Return what is wrong with a value, None if it is within."""
        if value is None:
            return None
        if self.at_least is not None and value < self.at_least:
            return f"{value:.3f} is below {self.at_least:g}"
        if self.at_most is not None and value > self.at_most:
            return f"{value:.3f} is above {self.at_most:g}"
        return None


class Gate(Bound):
    """A bound on a pooled figure, and what it guards against. A figure with nothing to count fails, since it proves nothing."""

    guards: str = ""


class Gates(Value):
    """The gates of a folder of evals, by the pooled figure's full name, such as `gaps.tact`."""

    gates: dict[str, Gate] = Field(default_factory=dict)


class Case(Value):
    """A row of a suite: interviews, by name or `"*"` for all, one evaluator, and what is expected for each interview.

    With variants, each interview is heard in each of them. `turns` are for evaluators that need to be told which turns to look at.
    """

    interview: str | tuple[str, ...] = EVERY
    evaluator: str
    variant: str | tuple[str, ...] | None = None
    turns: tuple[int, ...] = ()
    expect: dict[str, Bound] = Field(default_factory=dict)

    @property
    def interviews(self) -> tuple[str, ...]:
        """The interviews named."""
        return (self.interview,) if isinstance(self.interview, str) else self.interview

    @property
    def variants(self) -> tuple[str | None, ...]:
        """The variants named, or only None for the unaltered interview."""
        return self.variant if isinstance(self.variant, tuple) else (self.variant,)


class Suite(Value):
    """A set of cases that answer one question about the copilot."""

    suite: str
    about: str = ""
    cases: tuple[Case, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Trial:
    """One case on one interview in one variant."""

    suite: str
    case: Case
    interview: str
    variant: str | None

    @property
    def pool(self) -> str:
        """The name under which the figures of similar trials are pooled."""
        return pool_name(self.suite, self.case.evaluator, self.variant)


def pool_name(suite: str, evaluator: str, variant: str | None) -> str:
    """Return the name of a pool: suite, evaluator and variant, each once, separated by dots."""
    return ".".join(dict.fromkeys(part for part in (suite, evaluator, variant) if part))


class Partition(Value):
    """Which interviews may be used to build rules, which only to measure them, and which are measured by themselves, outside the gates."""

    build: tuple[str, ...] = ()
    test: tuple[str, ...] = ()
    fresh: tuple[str, ...] = ()


@dataclass(frozen=True)
class Evals:
    """A folder of evals; `partial` if only some of its suites are loaded."""

    root: Path
    suites: tuple[Suite, ...]
    gates: Mapping[str, Gate]
    partition: Partition | None
    partial: bool = False

    @classmethod
    def load(cls, root: Path | None = None, names: Sequence[str] = (), gates: Path | None = None) -> Evals:
        """Read a folder of evals, the shipped one by default; `names` selects suites. Raises SuiteError."""
        given, root = root, root or folder("evals")
        paths = sorted(path for path in (root / "suites").glob("*") if path.suffix in {".yaml", ".yml"})
        if not paths:
            raise SuiteError(f"{root}: holds no suites/*.yaml; a folder of evals has suites/ and interviews/")
        suites = tuple(load_value(path, Suite, SuiteError) for path in paths)
        known = [suite.suite for suite in suites]
        if twice := [path for path, name in zip(paths, known, strict=True) if known.index(name) < paths.index(path)]:
            name = known[paths.index(twice[0])]
            raise SuiteError(f"{twice[0]}: the suite '{name}' is in {paths[known.index(name)].name} too; give each a name of its own")
        if unknown := [name for name in names if name not in known]:
            own = "" if given else f"suites of your own are named by their folder, and there is none at {Path(unknown[0]).absolute()}"
            raise SuiteError.among("suite", unknown[0], known, hint=own)
        gate_file, split_file = gates or root / "gates.yaml", root / "split.yaml"
        return cls(
            root=root,
            suites=tuple(suite for suite in suites if not names or suite.suite in names),
            gates=load_value(gate_file, Gates, SuiteError).gates if gates or gate_file.exists() else {},
            partition=load_value(split_file, Partition, SuiteError) if split_file.exists() else None,
            partial=bool(names),
        )

    @property
    def pools(self) -> dict[str, str]:
        """The names under which figures are pooled, each with its evaluator."""
        rows = [(suite, case, variant) for suite in self.suites for case in suite.cases for variant in case.variants]
        return {pool_name(suite.suite, case.evaluator, variant): case.evaluator for suite, case, variant in rows}

    @property
    def gated(self) -> bool:
        """Whether a gate bounds a figure of these suites."""
        return any(name.rpartition(".")[0] in self.pools for name in self.gates)

    @property
    def expectant(self) -> bool:
        """Whether a case expects anything of its figures."""
        return any(case.expect for suite in self.suites for case in suite.cases)

    def trials(self, split: Split = "all") -> tuple[Trial, ...]:
        """Return every case on every interview of the split. Raises SuiteError for a missing interview."""
        kept = self._kept(split)
        return tuple(
            Trial(suite.suite, case, interview, variant)
            for suite in self.suites
            for case in suite.cases
            for interview in self._named(suite, case, kept)
            for variant in case.variants
        )

    def interview_folder(self, name: str) -> Path:
        """Return an interview's folder."""
        return self.root / "interviews" / name

    def _kept(self, split: Split) -> Callable[[str], bool]:
        """Return which interviews a split keeps, by name."""
        if split == "all":
            fresh = frozenset(self.partition.fresh if self.partition else ())
            return lambda name: name not in fresh
        if self.partition is None:
            raise SuiteError(f"{self.root}: has no split.yaml, so there is no {split} split", hint="leave --split out")
        return frozenset(getattr(self.partition, split)).__contains__

    def _named(self, suite: Suite, case: Case, kept: Callable[[str], bool]) -> Iterator[str]:
        """Yield the interviews of a case that are kept, each once."""
        there = sorted(path.parent.name for path in (self.root / "interviews").glob(f"*/{LABELS}"))
        if EVERY in case.interviews:
            self._check_labelled(there, kept)
        named = [name for given in case.interviews for name in (there if given == EVERY else (given,))]
        for name in dict.fromkeys(named):
            if not kept(name):
                continue
            if name not in there:
                raise SuiteError(f"{self.root}: suite {suite.suite} names the interview '{name}', which has no labels in interviews/")
            yield name

    def _check_labelled(self, there: Sequence[str], kept: Callable[[str], bool]) -> None:
        """Raise SuiteError for an interview with turns and without labels, which a case for all of them would pass over."""
        for path in sorted((self.root / "interviews").glob(f"*/{TURNS}")):
            if path.parent.name not in there and kept(path.parent.name):
                raise SuiteError(f"{path.parent}: holds {TURNS} and no {LABELS}", hint="label the call, or take its folder out")
