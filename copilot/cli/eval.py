"""`copilot eval [SUITE...]`: run eval suites, compare with gates and with an old run."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import get_args

import click
from pydantic import BaseModel

from ..background import Participant
from ..errors import InputError, ModelError
from ..evaluation import (
    CONTROLS,
    WRITERS,
    Comparison,
    Evals,
    Hearing,
    Interview,
    Judge,
    Listener,
    Report,
    compare,
    evaluate,
    listen_with,
    write_draft,
)
from ..evaluation.sitting import Sitting
from ..evaluation.suites import Split
from ..evaluation.writers import text
from ..prompts import Message
from .call import Call, hear_call, notice
from .model import ModelOptions, in_words, model_options

__all__ = ["command"]

GATE_FAILED = 1
NEW_LABELS = "my-suites/interviews"
MOST_JOBS = 8
MODEL_JOBS = 4


@click.command("eval")
@click.argument("suite", nargs=-1)
@click.option("--split", type=click.Choice(get_args(Split)), default="all", show_default=True, help="Which interviews.")
@click.option("--gate", is_flag=True, help="Exit with 1 if a gate or a case fails.")
@click.option("--gates", type=click.Path(path_type=Path), metavar="FILE", help="Gates other than the folder's gates.yaml.")
@click.option("--compare", "old", metavar="OLD.json", help="Show what changed since a report that was saved.")
@click.option("--save", metavar="FILE", help="Save the report as JSON, for --compare.")
@click.option("--junit", metavar="FILE", help="Write JUnit XML.")
@click.option("--markdown", metavar="FILE", help="Write Markdown, for a CI summary.")
@click.option("--html", metavar="FILE", help="Write one HTML page with pictures.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
@click.option("--control", type=click.Choice(list(CONTROLS)), help="Run a copilot that is worse on purpose, to see its gate fail.")
@click.option("--judge", "judge_model", metavar="PROVIDER:NAME", help="Let a language model score the probes and silences too.")
@click.option("--votes", type=click.IntRange(1, 9), default=3, show_default=True, help="With --judge: votes on each answer.")
@click.option("--new", metavar="CALL", help="Start a label file for a call from the findings, for you to correct.")
@click.option("--background", "-b", metavar="FILE", help="With --new: what is known before the call.")
@click.option("--format", "form", metavar="NAME", help="With --new: the transcript's format, where it is not recognised.")
@click.option("--role", multiple=True, metavar="NAME=ROLE", help="With --new: settle who is who.")
@click.option("--out", metavar="FOLDER", help=f"With --new: the interview's folder; {NEW_LABELS}/CALL by default.")
@click.option("--live", is_flag=True, help="With --model: let it read as in a live call, one answer at a time.")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help=f"Interviews that are heard at a time, each in a process of its own; by default one for each core, {MOST_JOBS} at most. "
    f"With --model all stay in this process, {MODEL_JOBS} at a time by default.",
)
@model_options
def command(
    suite: tuple[str, ...],
    split: Split,
    gate: bool,
    gates: Path | None,
    old: str | None,
    save: str | None,
    junit: str | None,
    markdown: str | None,
    html: str | None,
    as_json: bool,
    control: str | None,
    judge_model: str | None,
    votes: int,
    new: str | None,
    background: str | None,
    form: str | None,
    role: tuple[str, ...],
    out: str | None,
    live: bool,
    jobs: int | None,
    model: ModelOptions,
) -> int:
    """Run eval suites: the shipped ones, some of them by name, or those of a folder of your own (suites/, interviews/, gates.yaml).

    With a model, a run that was stopped goes on where it stood when it is started again: the answers are kept, but for --no-cache.
    A --budget is one interview's.
    """
    if new is not None:
        return _start_labels(Call(new, form, background, None, role, model), out)
    before = Report.load(old) if old else None
    judge = _judge(judge_model, votes) if judge_model else None
    listen = _listener(control, model, live)
    report = evaluate(_evals(suite, gates), listen, split, _progress, judge, 1 if control else jobs or _jobs(model))
    changes = compare(before, report) if before else None
    _write(report, changes, {"junit": junit, "markdown": markdown, "html": html})
    if save:
        report.save(save)
    click.echo(report.model_dump_json(by_alias=True) if as_json else text.write(report, changes), nl=as_json)
    return GATE_FAILED if gate and not report.passed else 0


def _judge(model: str, votes: int) -> Judge:
    """Return a judge that asks a model, whose answers are kept on disk. Raises InputError."""
    from ..cache import Cache
    from ..engines.llm import RECORDED, Caller, open_model
    from ..prompts import Prompts

    prompts = Prompts()
    caller = Caller(open_model(model, timeout=RECORDED), prompts["repair"], cache=Cache())
    told: set[str] = set()

    def ask(messages: Sequence[Message], schema: type[BaseModel]) -> BaseModel:
        try:
            return caller.answer(messages, schema, RECORDED)
        except ModelError as problem:
            if str(problem) not in told:
                told.add(str(problem))
                notice(f"the judge {model} gave no vote: {problem}")
            raise

    return Judge(ask, votes=votes, prompts=prompts)


def _jobs(model: ModelOptions) -> int:
    """Return the default number of interviews that are heard at a time."""
    return MODEL_JOBS if model.model else min(os.cpu_count() or 1, MOST_JOBS)


def _listener(control: str | None, model: ModelOptions, live: bool) -> Listener | None:
    """Return what hears the interviews: a control or a model, None for the embedded engine."""
    if control:
        return CONTROLS[control].listen
    if not model.model:
        return None

    def listen(interview: Interview) -> Hearing:
        engine = model.engine(interview.background, () if live else interview.turns, lambda text: notice(f"{interview.name}: {text}"))
        hearing = listen_with((lambda: engine) if engine else None)(interview)
        if hearing.findings.source.tokens:
            notice(f"{interview.name}: {in_words(hearing.findings.source.tokens)}")
        return hearing

    return listen


def _evals(words: Sequence[str], gates: Path | None) -> Evals:
    """Return the suites that the words name: a folder, names of suites in it, or both. Raises InputError."""
    folders = [word for word in words if Path(word).is_dir()]
    if len(folders) > 1:
        raise InputError(f"{folders[1]}: one folder of suites at a time; {folders[0]} is named already")
    names = [word for word in words if word not in folders]
    return Evals.load(Path(folders[0]) if folders else None, names, gates)


def _progress(sittings: Iterator[Sitting], count: int) -> Iterator[Sitting]:
    """Yield the results of interviews, with a progress bar on a terminal."""
    if not sys.stderr.isatty():
        yield from sittings
        return
    with click.progressbar(sittings, length=count, label="Evals", file=sys.stderr) as bar:
        yield from iter(bar)


def _write(report: Report, changes: Comparison | None, files: dict[str, str | None]) -> None:
    for name, path in files.items():
        if path:
            try:
                Path(path).write_text(WRITERS[name](report, changes), encoding="utf-8")
            except OSError as problem:
                raise InputError(f"{path}: cannot be written ({problem.strerror or problem})") from None


def _start_labels(call: Call, out: str | None) -> int:
    """Write the folder of a new interview with draft labels."""
    session = hear_call(call)
    findings = session.findings
    known = session.background
    if not known.participants:
        people = tuple(Participant(name=name, role=talk.role) for name, talk in findings.talk.items())
        known = known.model_copy(update={"participants": people})
    place = Path(out) if out else Path(NEW_LABELS) / (Path(call.call).stem if call.call != "-" else "call")
    write_draft(findings, known, place)
    notice(f"{place} holds the turns and draft labels; correct gold.yaml, then run copilot eval")
    return 0
