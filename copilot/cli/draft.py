"""`copilot draft NAME CALL`: the documents after the call."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Literal

import click

from ..drafts import DRAFTS, Checklist, Draft, DraftName, Email, Outline, Schedule, faults_in
from ..drafts.email import LeftOut, left_out
from ..errors import InputError
from ..reports import FORMS, WORKED_ON, form_of, render
from ..text import counted
from .call import CallOptions, call_options, hear_call
from .options import PATH, json_option, refuse
from .output import check_place, deliver, write
from .rulings import RulingOptions, ruling_options
from .text import notice

__all__ = ["command"]

DATED: DraftName = "email"
"""The document that says when each step is due."""
KINDS: Mapping[str, type[Draft]] = {"email": Email, "outline": Outline, "checklist": Checklist}


def _day(context: click.Context, parameter: click.Parameter, text: str | None) -> date | None:
    """Return the date in YYYY-MM-DD. Raises InputError."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise InputError(f"--date {text!r}: write a day such as 2026-03-31") from None


def _plan(context: click.Context, parameter: click.Parameter, text: str | None) -> Schedule:
    """Return the working days for each step. Raises InputError."""
    return Schedule.parse(text) if text else Schedule()


@click.command("draft")
@click.argument("name", type=click.Choice([*DRAFTS, "all"]))
@call_options
@click.option(
    "--out",
    "-o",
    metavar="PATH",
    type=PATH,
    help="Where to write: the suffix (.md .html .docx .eml .csv .json) chooses the form. A folder for all.",
)
@click.option(
    "--date", "called", callback=_day, metavar="YYYY-MM-DD", help="The day of the call, from which the email's dates are computed."
)
@click.option(
    "--schedule",
    callback=_plan,
    metavar="STEPS",
    help='Working days (Monday to Friday, holidays too) for each step in the email: "draft=10, fact check=5, approval=5, publication=3".',
)
@ruling_options
@json_option
def command(
    options: CallOptions, name: DraftName | Literal["all"], out: str | None, called: date | None, schedule: Schedule,
    rulings: RulingOptions, as_json: bool,
) -> None:  # fmt: skip
    """Write the thank-you email, the story outline or the checklist of an interview, or all of them."""
    if name not in {DATED, "all"}:
        refuse(("--date", "--schedule"), f"the {name} has no dates; leave it out")
    if called is not None and not schedule.days:
        notice('--date alone gives no dates; say how many working days each step takes, such as --schedule "draft=10, fact check=5"')
    folder = _folder(out, as_json) if name == "all" else None
    if name != "all" and out is not None:
        # What cannot be is told before anything is spent on the call.
        check_place(Path(out), f"{name}.{WORKED_ON[name][0]}", options.inputs)
        form_of(KINDS[name], Path(out).suffix)
    elif folder is not None:
        for path in (path for one in DRAFTS for path in _files(one, folder).values()):
            check_place(path, inputs=options.inputs)
    tuple(schedule.steps(called))
    session = hear_call(options)
    rulings.apply(session)
    names: Iterable[DraftName] = DRAFTS if name == "all" else (name,)
    made = {one: session.draft(one, called=called, schedule=schedule) for one in names}
    for one, document in made.items():
        _tell_faults(one, faults_in(document))
        if isinstance(document, Email):
            _tell_left_out(left_out(session.material(called=called, schedule=schedule), document))
        if name != "all":
            deliver(document, out, as_json)
        elif folder is not None:
            _write_all(one, document, folder)
    if name == "all" and as_json:
        click.echo(json.dumps({one: document.model_dump(mode="json") for one, document in made.items()}, indent=2, ensure_ascii=False))


def _folder(out: str | None, as_json: bool) -> Path | None:
    """Return the folder for all documents, None where they are only printed as JSON.

    Raises InputError for a file, or where nothing says where they go; a folder can have a dot in its name, too.
    """
    if out is None and as_json:
        return None
    if out is None or (Path(out).suffix.removeprefix(".") in FORMS and not Path(out).is_dir()):
        raise InputError("all documents need --out with a folder, or --json")
    return Path(out)


def _tell_faults(name: str, faults: Sequence[str]) -> None:
    """Report how many of a model's paragraphs for a document failed the checks, and what is wrong with the first."""
    if faults:
        count = counted(len(faults), "paragraph")
        notice(f"{name}: {count} of the model's could not be used and stand in the embedded engine's words; the first: {faults[0]}")


def _tell_left_out(left: LeftOut) -> None:
    """Report which promises and requests are not in the email, so that the interviewer can add what matters."""
    for what, rows in (("promises", left.promises), ("requests about these words", left.requests)):
        if rows:
            told = "; ".join(f"turn {said.turn}, {said.speaker}: {said.quoted}" for said in rows)
            notice(f"email: to keep it short, without the {what}: {told}")


def _write_all(name: DraftName, document: Draft, folder: Path) -> None:
    """Write a document into a folder, in the forms that it is worked on in, and as JSON."""
    for form, path in _files(name, folder).items():
        write(render(document, form), path)


def _files(name: DraftName, folder: Path) -> dict[str, Path]:
    """Return the files of a document in a folder, by their forms."""
    return {form: folder / f"{name}.{form}" for form in (*WORKED_ON[name], "json")}
