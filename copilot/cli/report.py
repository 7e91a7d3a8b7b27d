"""`copilot report CALL`: the whole call on one page."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..errors import InputError
from ..reports.call import Step, call_report, to_page
from ..session import Session, Update
from .call import CallOptions, call_options, hear_call
from .options import PATH, json_option
from .output import check_place, write
from .rulings import RulingOptions, ruling_options

__all__ = ["command"]

_FORMS = "give --out report.html, or report.json, or --json"


@click.command("report")
@call_options
@click.option("--out", "-o", metavar="PATH", type=PATH, help="Where to write the page (.html), or the values behind it (.json).")
@ruling_options
@json_option
def command(options: CallOptions, out: str | None, rulings: RulingOptions, as_json: bool) -> None:
    """Write one self-contained page on an interview: coverage over time, gaps, figures, quotes, talk, and your own questions."""
    if out is not None:
        check_place(Path(out), "report.html", options.inputs)
    form = Path(out).suffix.lower() if out is not None else None
    if form not in {None, ".html", ".json"}:
        raise InputError(f"the report {f'has no form {form!r}' if form else 'needs a suffix that says the form'}; {_FORMS}")
    if form is None and not as_json and sys.stdout.isatty():
        raise InputError(f"the report is a page, which no terminal shows; {_FORMS}")
    steps: list[Step] = []

    def note(session: Session, update: Update) -> None:
        steps.append(Step(turn=update.turn, coverage=session.ledger.coverage, settled=tuple(gap.id for gap in update.settled)))

    session = hear_call(options, each=note)
    rulings.apply(session)
    report = call_report(session.material(), steps)
    values = report.model_dump_json()
    if out is not None:
        write(values.encode() if form == ".json" else to_page(report), Path(out))
    if as_json:
        click.echo(values)
    elif out is None:
        click.echo(to_page(report), nl=False)
