"""`copilot report CALL`: the whole call on one page."""

from __future__ import annotations

from pathlib import Path

import click

from ..errors import InputError
from ..reports.call import Step, call_report, to_page
from ..session import Session, Update
from .call import Call, call_options, hear_call
from .draft import rule, write

__all__ = ["command"]


@click.command("report")
@call_options
@click.option("--out", "-o", metavar="FILE", help="Where to write the page (.html), or the values behind it (.json).")
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
def command(asked: Call, out: str | None, withdraw: tuple[str, ...], release: tuple[str, ...], as_json: bool) -> None:
    """Write one self-contained page on an interview: coverage over time, gaps, figures, quotes, talk, and your own questions."""
    form = Path(out).suffix.lower() if out else None
    if form not in {None, ".html", ".json"} or (form is None and not as_json):
        told = "the report is a page" if form is None else f"the report has no form {form!r}"
        raise InputError(f"{told}: give --out report.html, or report.json, or --json")
    steps: list[Step] = []

    def note(session: Session, update: Update) -> None:
        steps.append(Step(turn=update.turn, coverage=session.ledger.coverage, settled=tuple(gap.id for gap in update.settled)))

    session = hear_call(asked, each=note)
    rule(session, withdraw, release)
    report = call_report(session.material(), steps)
    values = report.model_dump_json(by_alias=True)
    if out is not None:
        write(values.encode() if form == ".json" else to_page(report), Path(out))
    if as_json:
        click.echo(values)
