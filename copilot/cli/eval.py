"""`copilot eval [SUITE...]`: run eval suites, compare with gates and with an old run."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click
from pydantic import BaseModel

from ..background import Participant
from ..errors import InputError, ModelError, SuiteError
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
from ..evaluation.gold import LABELS
from ..evaluation.suites import Split
from ..evaluation.trials import InterviewResult
from ..evaluation.writers import text
from ..prompts import Message
from .call import CallOptions, hear_call
from .model import OF_CALLS, OF_MODEL, ModelOptions, in_words, options_of_model
from .options import PATH, alone, bars, gathered, json_option, needs
from .output import check_place, write
from .text import notice

if TYPE_CHECKING:
    from ..engines.llm import Caller

__all__ = ["command"]

GATE_FAILED = 1
NEW_LABELS = "my-suites/interviews"
MOST_JOBS = 8
MODEL_JOBS = 4
OF_LABELS = ("--background", "--guide", "--format", "--role", "--out")


@dataclass(frozen=True)
class Outputs:
    """Where the report goes, besides what is printed, and whether that is JSON."""

    save: str | None = None
    junit: str | None = None
    markdown: str | None = None
    html: str | None = None
    as_json: bool = False

    def write(self, report: Report, changes: Comparison | None) -> None:
        """Print the report and write the files. Raises InputError, which names a file that cannot be written."""
        click.echo(report.model_dump_json() if self.as_json else text.write(report, changes), nl=self.as_json)
        for path, form in ((self.junit, "junit"), (self.markdown, "markdown"), (self.html, "html")):
            if path:
                write(WRITERS[form](report, changes).encode(), Path(path))
        if self.save:
            write(report.to_json().encode(), Path(self.save))

    def check(self) -> None:
        """Check that the files can be written, before anything is paid for. Raises InputError, which names one that cannot."""
        for path in filter(None, (self.save, self.junit, self.markdown, self.html)):
            check_place(Path(path))


@dataclass(frozen=True)
class Labels:
    """The call that a label file is started for, how it is read, and the folder that the file goes to."""

    new: str | None = None
    background: str | None = None
    guide: str | None = None
    format: str | None = None
    role: tuple[str, ...] = ()
    out: str | None = None


output_options = gathered(
    "outputs",
    Outputs,
    click.option("--save", metavar="FILE", type=PATH, help="Save the report as JSON, for --compare."),
    click.option("--junit", metavar="FILE", type=PATH, help="Write JUnit XML."),
    click.option("--markdown", metavar="FILE", type=PATH, help="Write Markdown, for a CI summary."),
    click.option("--html", metavar="FILE", type=PATH, help="Write one HTML page with pictures."),
    json_option,
)
label_options = gathered(
    "labels",
    Labels,
    click.option("--new", metavar="CALL", type=PATH, help="Start a label file for a call from the findings, for you to correct."),
    click.option("--background", "-b", metavar="FILE", type=PATH, help="With --new: what is known before the call (YAML or JSON)."),
    click.option(
        "--guide", metavar="FILE", type=PATH, help="With --new: an interview guide of your own (YAML), which goes into the folder too."
    ),
    click.option("--format", metavar="NAME", help="With --new: the transcript's format, where it is not recognised."),
    click.option("--role", multiple=True, metavar="NAME=ROLE", help="With --new: settle who is who. Can be given again."),
    click.option("--out", "-o", metavar="PATH", type=PATH, help=f"With --new: the interview's folder; {NEW_LABELS}/CALL by default."),
    needs("--new", *OF_LABELS),
    alone("--new", *OF_LABELS, "--model", *OF_MODEL),
)


@click.command("eval")
@click.argument("suite", nargs=-1)
@click.option("--split", type=click.Choice(get_args(Split)), default="all", show_default=True, help="Which interviews; all: but fresh.")
@click.option("--gate", is_flag=True, help="Exit with 1 if a gate or a case fails, or the model in an interview.")
@click.option("--gates", type=click.Path(path_type=Path), metavar="FILE", help="Gates other than the folder's gates.yaml.")
@click.option("--compare", "old", metavar="OLD.json", type=PATH, help="Show what changed since a report that was saved.")
@output_options
@click.option("--control", type=click.Choice(list(CONTROLS)), help="Run a copilot that is worse on purpose, to see its gate fail.")
@click.option("--judge", "judge_model", metavar="PROVIDER:NAME", help="Let a language model score the probes and silences too.")
@click.option("--votes", type=click.IntRange(1, 9), default=3, show_default=True, help="With --judge: votes on each answer.")
@label_options
@click.option("--live", is_flag=True, help="With --model: let it read as in a live call, one answer at a time.")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help=f"Interviews that are heard at a time, each in a process of its own; by default one for each core, {MOST_JOBS} at most. "
    f"With --model all stay in this process, {MODEL_JOBS} at a time by default.",
)
@options_of_model(needs(("--model", "--judge"), *OF_CALLS), needs("--model", "--no-fallback"))
@needs("--judge", "--votes")
@needs("--model", "--live")
@bars("--control", "--model", "--no-fallback", "--live", "--jobs")
def command(
    suite: tuple[str, ...],
    split: Split,
    gate: bool,
    gates: Path | None,
    old: str | None,
    outputs: Outputs,
    control: str | None,
    judge_model: str | None,
    votes: int,
    labels: Labels,
    live: bool,
    jobs: int | None,
    model: ModelOptions,
) -> int:
    """Run eval suites: the shipped ones, some of them by name, or those of a folder of your own (suites/, interviews/, gates.yaml).

    With a model, a run that was stopped goes on where it stood when it is started again: the answers are kept, but for --no-cache.
    A --budget is one interview's, and the judge's own for the whole run.
    """
    if labels.new is not None:
        _start(CallOptions(labels.new, labels.format, labels.background, labels.guide, labels.role, model), labels.out)
        return 0
    before = Report.load(old) if old else None
    outputs.check()
    evals = _evals(suite, gates)
    if gate:
        _check_gates(evals)
    caller = _caller(judge_model, model) if judge_model else None
    judge = _judge(caller, judge_model, votes, model) if caller and judge_model else None
    listen = _listener(control, model, live)
    report = evaluate(evals, listen, split, _progress, judge, 1 if control else jobs or _jobs(model))
    for name in report.drafts:
        place = evals.interview_folder(name) / LABELS
        notice(f"{place}: a draft that no person has corrected, so that --gate fails; correct it and take out 'draft: true'")
    if caller:
        notice(f"{judge_model}: {in_words(caller.tokens)}")
    outputs.write(report, compare(before, report) if before else None)
    return GATE_FAILED if gate and not report.passed else 0


def _caller(judge: str, model: ModelOptions) -> Caller:
    """Return what calls the model that judges, as the options say. Raises InputError."""
    from ..cache import Cache
    from ..engines.llm import RECORDED, Caller, Limits, open_model
    from ..prompts import Prompts

    deadline = model.deadline or RECORDED
    return Caller(
        open_model(judge, timeout=deadline),
        Prompts(model.prompts)["repair"],
        limits=Limits(deadline=deadline, budget=model.budget),
        cache=None if model.no_cache else Cache(),
    )


def _judge(caller: Caller, name: str, votes: int, model: ModelOptions) -> Judge:
    """Return a judge that asks a model. Raises InputError."""
    from ..engines.llm import RECORDED
    from ..prompts import Prompts

    told: set[str] = set()

    def ask(messages: Sequence[Message], schema: type[BaseModel]) -> BaseModel:
        try:
            return caller.answer(messages, schema, model.deadline or RECORDED)
        except ModelError as problem:
            if str(problem) not in told:
                told.add(str(problem))
                notice(f"the judge {name} gave no vote: {problem}")
            raise

    return Judge(ask, votes=votes, prompts=Prompts(model.prompts), redacted=model.redact)


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
    paths = [name for name in names if Path(name).name != name]
    if paths:
        raise InputError(f"{paths[0]}: there is no such folder of suites")
    return Evals.load(Path(folders[0]) if folders else None, names, gates)


def _check_gates(evals: Evals) -> None:
    """Tell where only cases can fail. Raises SuiteError where nothing can."""
    if evals.gated:
        return
    none = f"{evals.root}: no gate bounds a figure of these suites"
    if not evals.expectant:
        raise SuiteError(f"{none}, and no case expects anything, so that --gate cannot fail", hint="write gates.yaml, or leave --gate out")
    notice(f"{none}; --gate looks only at what their cases expect")


def _progress(results: Iterator[InterviewResult], count: int) -> Iterator[InterviewResult]:
    """Yield the results of interviews, with a progress bar on a terminal."""
    if not sys.stderr.isatty():
        yield from results
        return
    with click.progressbar(results, length=count, label="Evals", file=sys.stderr) as bar:
        yield from iter(bar)


def _start(call: CallOptions, out: str | None) -> None:
    """Write the folder of a new interview with draft labels."""
    session = hear_call(call)
    findings = session.findings
    known = session.background
    if not known.participants:
        people = tuple(Participant(name=name, role=talk.role) for name, talk in findings.talk.items())
        known = known.model_copy(update={"participants": people})
    place = Path(out) if out else Path(NEW_LABELS) / (Path(call.call).stem if call.call != "-" else "call")
    write_draft(findings, known, place, session.guide)
    notice(f"{place} holds the turns and draft labels; correct gold.yaml, then run copilot eval")
