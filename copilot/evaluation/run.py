"""Run suites: hear each interview once, count, pool, estimate, and look at the gates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version

from ..errors import SuiteError
from ..findings import Tokens
from ..turns import Turn
from .counting import Counts, Figure, pool
from .evaluators import EVALUATORS, Evaluator
from .gold import Interview
from .hearing import Hearing, Listener, listen_with
from .intervals import intervals
from .judge import FIGURES as JUDGED
from .judge import Judge, Verdict, count_verdicts
from .matching import pair_gaps
from .report import CaseResult, Estimate, FoundMark, GateResult, GoldMark, PoolResult, Report, Timeline
from .suites import Evals, Gate, Split, Trial
from .trial import Heard, Hearings

__all__ = ["evaluate"]

Progress = Callable[[Sequence[Trial]], Iterable[Trial]]


def evaluate(
    evals: Evals,
    listen: Listener | None = None,
    split: Split = "all",
    progress: Progress | None = None,
    judge: Judge | None = None,
    jobs: int = 1,
) -> Report:
    """Run the suites of `evals` on the interviews of a split and return the report.

    `listen` hears an interview, by default with the embedded engine; `progress` wraps the trials as they are gone through.
    A `judge` adds its scores as the pool `judge`, on which no gate may rest.
    With several `jobs`, so many interviews are heard at a time, in threads: that pays where a listener waits for a model.
    Raises SuiteError for a fault in a suite, in labels or in a gate.
    """
    trials = evals.trials(split)
    if not trials:
        raise SuiteError(f"{evals.root}: no interview of the {split} split is named by these suites")
    hearings = Hearings(listen or listen_with(), lambda name: Interview.load(evals.interview_folder(name)))
    if jobs > 1:
        hearings.hear(((trial.interview, trial.variant) for trial in trials), jobs)
    cases = tuple(_result(trial, hearings) for trial in (progress(trials) if progress else trials))
    pools = tuple(_pool(name, [case for case in cases if case.pool == name]) for name in dict.fromkeys(case.pool for case in cases))
    names = tuple(dict.fromkeys(case.interview for case in cases))
    heard = [hearings(name) for name in names]
    verdicts = {hearing.interview.name: judge(hearing) for hearing in heard} if judge else {}
    return Report(
        version=_version(),
        engine=heard[0].findings.source.engine,
        tokens=_tokens([hearing.findings.source.tokens for hearing in heard]),
        split=split,
        interviews=names,
        pools=(*pools, _judged(verdicts)) if judge else pools,
        cases=cases,
        gates=_gates(evals, pools),
        timelines=tuple(_timeline(hearing) for hearing in heard),
        verdicts=tuple(verdict for rows in verdicts.values() for verdict in rows),
    )


def _tokens(used: Sequence[Tokens | None]) -> Tokens | None:
    """Return what a language model has used over all interviews, None without one."""
    rows = [tokens.model_dump() for tokens in used if tokens is not None]
    return Tokens(**{name: sum(row[name] for row in rows) for name in Tokens.model_fields}) if rows else None


def _version() -> str:
    try:
        return version("interview-copilot")
    except PackageNotFoundError:
        return "unknown"


def _evaluator(name: str) -> Evaluator:
    if name not in EVALUATORS:
        raise SuiteError(f"unknown evaluator '{name}'; known: {', '.join(sorted(EVALUATORS))}")
    return EVALUATORS[name]


def _result(trial: Trial, hearings: Hearings) -> CaseResult:
    evaluator = _evaluator(trial.case.evaluator)
    counts = evaluator.count(Heard(trial.case, trial.variant, trial.interview, hearings))
    figures = evaluator.read(counts)
    return CaseResult(
        pool=trial.pool,
        suite=trial.suite,
        evaluator=evaluator.name,
        variant=trial.variant,
        interview=trial.interview,
        figures={name: _rounded(value) for name, value in figures.items()},
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


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _pool(name: str, cases: Sequence[CaseResult]) -> PoolResult:
    first = cases[0]
    rows = [case.counts for case in cases]
    return PoolResult(
        name=name,
        suite=first.suite,
        evaluator=first.evaluator,
        variant=first.variant,
        interviews=len(cases),
        figures=_estimates(rows, EVALUATORS[first.evaluator].figures),
        counts=pool(rows),
    )


def _judged(verdicts: Mapping[str, Sequence[Verdict]]) -> PoolResult:
    """Return the judge's scores over all interviews."""
    rows = [count_verdicts(given) for given in verdicts.values()]
    return PoolResult(
        name="judge",
        suite="judge",
        evaluator="judge",
        variant=None,
        interviews=len(rows),
        figures=_estimates(rows, JUDGED),
        counts=pool(rows),
    )


def _estimates(rows: Sequence[Mapping[str, float]], figures: Sequence[Figure]) -> dict[str, Estimate]:
    """Return the figures of pooled counts with their intervals."""
    counts, ends = pool(rows), intervals(rows, figures)
    return {figure.name: _estimate(figure, counts, *ends.get(figure.name, (None, None))) for figure in figures}


def _estimate(figure: Figure, counts: Counts, low: float | None, high: float | None) -> Estimate:
    return Estimate(value=_rounded(figure.of(counts)), low=_rounded(low), high=_rounded(high), better=figure.better)


def _gates(evals: Evals, pools: Sequence[PoolResult]) -> tuple[GateResult, ...]:
    """Return the gates over the figures of this run. Raises SuiteError for a gate on a figure that these suites never give."""
    figures = {f"{p.name}.{name}": estimate.value for p in pools for name, estimate in p.figures.items()}
    possible = {f"{name}.{figure.name}" for name, evaluator in evals.pools.items() for figure in _evaluator(evaluator).figures}
    ran = {suite.suite for suite in evals.suites}
    unknown = [name for name in evals.gates if name not in possible and (name.split(".")[0] in ran or not evals.partial)]
    if unknown:
        raise SuiteError(f"{evals.root}: no suite gives the figure '{unknown[0]}' that a gate names")
    return tuple(_gate(name, gate, figures[name]) for name, gate in evals.gates.items() if name in figures)


def _gate(name: str, gate: Gate, value: float | None) -> GateResult:
    failure = "nothing was counted" if value is None else gate.fault(value)
    return GateResult(figure=name, value=value, failure=failure, **gate.model_dump())


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
