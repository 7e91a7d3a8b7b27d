"""Run all trials of an interview; interviews can be run in several processes."""

from __future__ import annotations

import gc
import signal
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from typing import NamedTuple

from ..errors import CopilotError, SuiteError
from ..findings import Source
from ..turns import Turn
from .context import EvaluatorContext, Hearings
from .evaluators import EVALUATORS, Evaluator
from .gold import Interview
from .hearing import Hearing, Listener, listen_with
from .matching import pair_gaps
from .report import CaseResult, FoundMark, GoldMark, Timeline
from .suites import Evals, Trial
from .variants import VARIANTS

__all__ = ["ENOUGH", "InterviewResult", "evaluator_named", "hearings_of", "rounded", "run_apart", "run_trials", "works_apart"]

OBJECTS = 50_000  # garbage collection threshold; hardly anything becomes unreachable before its interview is done
ENOUGH = 4  # fewest interviews that make up for the start of another process
_SHIPPED = dict(EVALUATORS), dict(VARIANTS)


class InterviewResult(NamedTuple):
    """The results of one interview: one for each of its trials, in order, its timeline, the engine that heard it, and its digest.

    `fell_back` says that the engine's language model failed at least once, `draft` that nobody has corrected the labels.
    """

    interview: str
    cases: tuple[CaseResult, ...]
    timeline: Timeline
    source: Source
    digest: str
    fell_back: bool
    draft: bool


def hearings_of(evals: Evals, listen: Listener) -> Hearings:
    """Return the hearings of a folder of evals, each made once."""
    return Hearings(listen, lambda name: Interview.load(evals.interview_folder(name)))


def run_trials(name: str, trials: Iterable[Trial], hearings: Hearings) -> InterviewResult:
    """Return the results of an interview's trials. Raises SuiteError for a fault in a suite or in labels."""
    cases = tuple(_result(trial, hearings) for trial in trials)
    heard = hearings(name)
    interview, fell_back = hearings.interview(name), name in hearings.fell_back
    return InterviewResult(name, cases, _timeline(heard), heard.findings.source, interview.digest, fell_back, interview.gold.draft)


# In several processes


def works_apart(trials: Iterable[Trial]) -> bool:
    """Return whether trials can run in other processes, which do not know evaluators and variants that were registered later."""
    evaluators, variants = _SHIPPED
    return all(
        EVALUATORS.get(t.case.evaluator) is evaluators.get(t.case.evaluator, ...)
        and (t.variant is None or VARIANTS.get(t.variant) is variants.get(t.variant, ...))
        for t in trials
    )


def run_apart(evals: Evals, rows: Mapping[str, Sequence[Trial]], jobs: int) -> Iterator[InterviewResult]:
    """Yield the results of each interview as soon as they are ready, heard with the embedded engine in at most `jobs` processes.

    Raises SuiteError for a fault in a suite or in labels, CopilotError if a process is killed.
    """
    # A spawned process is the same on every system, and safe even if this process has threads.
    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_start)
    longest_first = sorted(rows.items(), key=lambda row: -len({trial.variant for trial in row[1]}))
    try:
        with _interrupts_held():
            wanted = [pool.submit(_run_alone, evals, *row) for row in longest_first]
        yield from (done.result() for done in as_completed(wanted))
    except BrokenProcessPool:
        raise CopilotError("a process that heard interviews was ended from outside", hint="--jobs 1 does without others") from None
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Block Ctrl-C; a process started in the meantime inherits this, until it is ready to end silently."""
    _hold(True)
    try:
        yield
    finally:
        _hold(False)


def _hold(held: bool) -> None:
    if sys.platform != "win32":  # Windows has no signal mask
        signal.pthread_sigmask(signal.SIG_BLOCK if held else signal.SIG_UNBLOCK, {signal.SIGINT})


def _start() -> None:
    """Let Ctrl-C, which every process of a terminal gets, end this one silently; collect garbage less often."""
    gc.set_threshold(OBJECTS)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    _hold(False)


def _run_alone(evals: Evals, name: str, trials: Sequence[Trial]) -> InterviewResult:
    return run_trials(name, trials, hearings_of(evals, listen_with()))


# One trial


def evaluator_named(name: str) -> Evaluator:
    """Return an evaluator. Raises SuiteError for an unknown one."""
    if name not in EVALUATORS:
        raise SuiteError.among("evaluator", name, EVALUATORS)
    return EVALUATORS[name]


def _result(trial: Trial, hearings: Hearings) -> CaseResult:
    evaluator = evaluator_named(trial.case.evaluator)
    counts = evaluator.count(EvaluatorContext(trial.case, trial.variant, trial.interview, hearings))
    figures = evaluator.read(counts)
    return CaseResult(
        pool=trial.pool,
        suite=trial.suite,
        evaluator=evaluator.name,
        variant=trial.variant,
        interview=trial.interview,
        figures={name: rounded(value) for name, value in figures.items()},
        counts=counts,
        failures=tuple(_failures(trial, figures)),
    )


def _failures(trial: Trial, figures: Mapping[str, float | None]) -> Iterable[str]:
    for name, bound in trial.case.expect.items():
        if name not in figures:
            raise SuiteError(f"suite {trial.suite}: {trial.case.evaluator} has no figure '{name}'; known: {', '.join(figures)}")
        fault = bound.fault(figures[name])
        if fault:
            yield f"{name}: {fault}"


def rounded(value: float | None) -> float | None:
    """Return a figure as it is stored in reports."""
    return None if value is None else round(value, 4)


def _timeline(hearing: Hearing) -> Timeline:
    interview = hearing.interview
    found, pairs = pair_gaps(interview, hearing.findings)
    turns: dict[int, Turn] = {turn.turn: turn for turn in interview.turns}
    hit_gold, hit_found = {i for i, _ in pairs}, {j for _, j in pairs}
    return Timeline(
        interview=interview.name,
        turns=len(interview.turns),
        length=interview.turns[-1].end,
        gold=tuple(
            GoldMark(seconds=turns[g.turn].start, hit=i in hit_gold, **g.model_dump(include=set(GoldMark.model_fields)))
            for i, g in enumerate(interview.gold.gaps)
        ),
        found=tuple(
            FoundMark(seconds=turns[g.turn].start, hit=j in hit_found, **g.model_dump(include=set(FoundMark.model_fields)))
            for j, g in enumerate(found)
        ),
    )
