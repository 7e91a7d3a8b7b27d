"""Run suites: hear each interview once, count, pool, estimate, and check the gates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version

from ..errors import SuiteError
from ..findings import Tokens
from .counting import Counts, Figure, pool
from .evaluators import EVALUATORS
from .hearing import Listener, listen_with
from .intervals import intervals
from .judge import FIGURES as JUDGED
from .judge import Judge, Verdict, count_verdicts
from .report import CaseResult, Estimate, GateResult, PoolResult, Report
from .suites import Evals, Gate, Split, Trial
from .trials import ENOUGH, InterviewResult, evaluator_named, hearings_of, rounded, run_apart, run_trials, works_apart

__all__ = ["evaluate"]

Progress = Callable[[Iterator[InterviewResult], int], Iterable[InterviewResult]]


def evaluate(
    evals: Evals,
    listen: Listener | None = None,
    split: Split = "all",
    progress: Progress | None = None,
    judge: Judge | None = None,
    jobs: int = 1,
) -> Report:
    """Run the suites of `evals` on the interviews of a split and return the report, which is the same whatever the number of `jobs`.

    `listen` hears an interview, by default with the embedded engine; `progress` wraps the results of interviews as they come, and gets
    their number. A `judge` adds its scores as the pool `judge`, on which no gate may depend.
    `jobs` interviews are heard at a time: in threads with a `listen`, which helps if it waits for a model, else in separate processes,
    so that a script that uses them needs `if __name__ == "__main__":`. With a judge, or evaluators and variants registered in
    addition to the shipped ones, everything stays in this process.
    Raises SuiteError for a fault in a suite, in labels or in a gate.
    """
    trials = evals.trials(split)
    if not trials:
        raise SuiteError(f"{evals.root}: no interview of the {split} split is named by these suites")
    hearings = hearings_of(evals, listen or listen_with())
    if jobs > 1 and listen:
        hearings.hear(((trial.interview, trial.variant) for trial in trials), jobs)
    rows = {name: [trial for trial in trials if trial.interview == name] for name in dict.fromkeys(t.interview for t in trials)}
    processes = min(jobs, len(rows) // ENOUGH) if listen is None and judge is None and works_apart(trials) else 1
    made = run_apart(evals, rows, processes) if processes > 1 else (run_trials(name, row, hearings) for name, row in rows.items())
    results = {result.interview: result for result in (progress(made, len(rows)) if progress else made)}
    verdicts = {name: judge(hearings(name)) for name in rows} if judge else {}
    return _report(evals, split, trials, [results[name] for name in rows], verdicts)


def _report(
    evals: Evals, split: Split, trials: Sequence[Trial], results: Sequence[InterviewResult], verdicts: Mapping[str, Sequence[Verdict]]
) -> Report:
    """Return the report on the interviews, with the cases in the order of their trials."""
    left = {result.interview: iter(result.cases) for result in results}
    cases = tuple(next(left[trial.interview]) for trial in trials)
    pools = tuple(_pooled(name, trials, cases) for name in dict.fromkeys(case.pool for case in cases))
    return Report(
        version=_version(),
        engine=results[0].source.engine,
        tokens=_tokens([result.source.tokens for result in results]),
        split=split,
        interviews=tuple(left),
        digests={result.interview: result.digest for result in results},
        fell_back=tuple(result.interview for result in results if result.fell_back),
        drafts=tuple(result.interview for result in results if result.draft),
        pools=(*pools, _judged(verdicts)) if verdicts else pools,
        cases=cases,
        gates=_gates(evals, pools),
        timelines=tuple(result.timeline for result in results),
        verdicts=tuple(verdict for rows in verdicts.values() for verdict in rows),
    )


def _tokens(used: Sequence[Tokens | None]) -> Tokens | None:
    """Return a language model's usage over all interviews, None without one."""
    rows = [tokens.model_dump() for tokens in used if tokens is not None]
    return Tokens(**{name: sum(row[name] for row in rows) for name in Tokens.model_fields}) if rows else None


def _version() -> str:
    try:
        return version("interview-copilot")
    except PackageNotFoundError:
        return "unknown"


def _pooled(name: str, trials: Sequence[Trial], cases: Sequence[CaseResult]) -> PoolResult:
    """Return the figures of a pool over its interviews. What several cases of one count alike counts once."""
    rows = [(trial, case) for trial, case in zip(trials, cases, strict=True) if case.pool == name]
    counted = {(case.interview, trial.case.turns): case.counts for trial, case in rows}
    interviews = dict.fromkeys(case.interview for _, case in rows)
    each = [pool(counts for (one, _), counts in counted.items() if one == interview) for interview in interviews]
    first = rows[0][1]
    return _pool(name, first.suite, first.evaluator, first.variant, each, EVALUATORS[first.evaluator].figures)


def _judged(verdicts: Mapping[str, Sequence[Verdict]]) -> PoolResult:
    """Return the judge's scores over all interviews."""
    return _pool("judge", "judge", "judge", None, [count_verdicts(given) for given in verdicts.values()], JUDGED)


def _pool(name: str, suite: str, evaluator: str, variant: str | None, rows: Sequence[Counts], figures: Sequence[Figure]) -> PoolResult:
    """Return the figures of interviews' pooled counts, with their intervals."""
    counts, ends = pool(rows), intervals(rows, figures)
    estimates = {figure.name: _estimate(figure, counts, *ends.get(figure.name, (None, None))) for figure in figures}
    return PoolResult(name=name, suite=suite, evaluator=evaluator, variant=variant, interviews=len(rows), figures=estimates, counts=counts)


def _estimate(figure: Figure, counts: Counts, low: float | None, high: float | None) -> Estimate:
    return Estimate(value=rounded(figure.of(counts)), low=rounded(low), high=rounded(high), better=figure.better)


def _gates(evals: Evals, pools: Sequence[PoolResult]) -> tuple[GateResult, ...]:
    """Return the gates over the figures of this run. Raises SuiteError for a gate on a figure that these suites do not have."""
    figures = {f"{p.name}.{name}": estimate.value for p in pools for name, estimate in p.figures.items()}
    possible = {f"{name}.{figure.name}" for name, evaluator in evals.pools.items() for figure in evaluator_named(evaluator).figures}
    ran = {suite.suite for suite in evals.suites}
    unknown = [name for name in evals.gates if name not in possible and (name.split(".")[0] in ran or not evals.partial)]
    if unknown:
        raise SuiteError(f"{evals.root}: no suite gives the figure '{unknown[0]}' that a gate names")
    return tuple(_gate(name, gate, figures[name]) for name, gate in evals.gates.items() if name in figures)


def _gate(name: str, gate: Gate, value: float | None) -> GateResult:
    failure = "nothing was counted" if value is None else gate.fault(value)
    return GateResult(figure=name, value=value, failure=failure, **gate.model_dump())
