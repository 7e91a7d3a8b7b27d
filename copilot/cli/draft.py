"""`copilot draft NAME CALL`: the documents after the call."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal

import click

from ..drafts import DRAFTS, Draft, DraftName, Schedule, faults_in
from ..errors import InputError
from ..reports import render
from ..session import Session
from .call import Call, call_options, hear_call, notice

__all__ = ["command", "rule", "write"]

FORMS = {"email": ("eml", "md"), "outline": ("docx", "md"), "checklist": ("csv", "md")}


@click.command("draft")
@click.argument("name", type=click.Choice([*DRAFTS, "all"]))
@call_options
@click.option(
    "--out", "-o", metavar="FILE", help="Where to write: the suffix (.md .html .docx .eml .csv .json) chooses the form. A folder for all."
)
@click.option("--date", "called", metavar="YYYY-MM-DD", help="The day of the call, from which dates are computed.")
@click.option(
    "--schedule", metavar="STEPS", help='Working days for each step, such as "draft=10, fact check=5, approval=5, publication=3".'
)
@click.option(
    "--withdraw",
    multiple=True,
    metavar="SPAN",
    help="Leave out a TURN, TURN:START-END or TURN:WORDS, with @YYYY-MM-DD for the day. Can be given again.",
)
@click.option(
    "--release",
    multiple=True,
    metavar="SPAN",
    help="Use what the checklist lists as held back, once the customer has said that it may be: written as for --withdraw.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
def command(asked: Call, name: DraftName | Literal["all"], out: str | None, as_json: bool, **set_by: Any) -> None:
    """Write the thank-you email, the story outline or the checklist of an interview, or all of them."""
    if name == "all":
        if as_json or out is None or _is_document(Path(out)):
            raise InputError("all documents need --out with a folder")
        _write_all(_made(asked, tuple(DRAFTS), **set_by), Path(out))
        return
    made = _made(asked, (name,), **set_by)[name]
    if as_json:
        click.echo(render(made, "json").decode(), nl=False)
    elif out is not None:
        write(render(made, Path(out).suffix), Path(out))
    else:
        click.echo(render(made, "md").decode(), nl=False)


def _is_document(path: Path) -> bool:
    """Say whether a path is that of a single document; folder names can contain a dot, too."""
    return not path.is_dir() and path.suffix.removeprefix(".") in {"json", "html", *(form for forms in FORMS.values() for form in forms)}


def _made(
    asked: Call, names: tuple[DraftName, ...], called: str | None, schedule: str | None, withdraw: tuple[str, ...], release: tuple[str, ...]
) -> dict[DraftName, Draft]:
    """Return the documents of a call, by name. Raises InputError."""
    plan = Schedule.parse(schedule) if schedule else Schedule()
    day = _day_of(called) if called else None
    session = hear_call(asked)
    rule(session, withdraw, release)
    made = {name: session.draft(name, called=day, schedule=plan) for name in names}
    for name, document in made.items():
        _tell_faults(name, faults_in(document))
    return made


def rule(session: Session, withdraw: Sequence[str], release: Sequence[str]) -> None:
    """Withdraw and release words of a call, today unless they name another day. Raises InputError."""
    for text in withdraw:
        session.withdraw(text, date.today())
    for text in release:
        session.release(text, date.today())


def _tell_faults(name: str, faults: Sequence[str]) -> None:
    """Report how many of a model's paragraphs for a document failed the checks, and what is wrong with the first."""
    if faults:
        count = f"{len(faults)} paragraph{'s' if len(faults) > 1 else ''}"
        notice(f"{name}: {count} of the model's could not be used and stand in the embedded engine's words; the first: {faults[0]}")


def _day_of(text: str) -> date:
    """Return the date in YYYY-MM-DD. Raises InputError."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f"--date {text!r}: write a day such as 2026-03-31") from None


def _write_all(made: dict[DraftName, Draft], folder: Path) -> None:
    """Write every document into a folder, in its working forms and as JSON."""
    for name, document in made.items():
        for form in (*FORMS[name], "html", "json"):
            write(render(document, form), folder / f"{name}.{form}")


def write(data: bytes, path: Path) -> None:
    """Write a file, with the folders above it. Raises InputError, which names it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as problem:
        raise InputError(f"{path}: cannot be written ({problem.strerror or problem})") from None
    if sys.stderr.isatty():
        notice(f"wrote {path}")
