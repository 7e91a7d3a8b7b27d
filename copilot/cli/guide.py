"""`copilot guide`: the question list for this customer, and a check of prepared questions."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import click

from ..background import Background
from ..drafts.questions import QuestionList, question_list
from ..errors import InputError
from ..guide import DEFAULT, Guide
from ..probes.proofreading import Proof, proofread
from ..reports import render
from .call import tell_unknown_topics
from .draft import write
from .text import say

__all__ = ["command"]

FAULTS = 1


@click.command("guide")
@click.argument("file", metavar="[QUESTIONS]", required=False)
@click.option("--background", "-b", metavar="FILE", help="What is known before the call (YAML or JSON).")
@click.option("--guide", metavar="FILE", help="An interview guide of your own (YAML).")
@click.option("--minutes", type=click.IntRange(15, 240), default=45, show_default=True, help="How long the call is.")
@click.option(
    "--for", "audience", type=click.Choice(["interviewer", "customer"]), default="interviewer", show_default=True,
    help="The customer's version holds no notes, goals or intents.",
)  # fmt: skip
@click.option("--lint", is_flag=True, help="Check questions instead: a guide's, or those of a text or Markdown file, one a line.")
@click.option("--out", "-o", metavar="FILE", help="Where to write: the suffix (.md .html .docx .json) chooses the form.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
def command(
    file: str | None, background: str | None, guide: str | None, minutes: int, audience: str, lint: bool, out: str | None, as_json: bool
) -> int:
    """Write the question list for this customer: what is known is left out and said so, what the team wants comes first.

    With --lint, check the questions in QUESTIONS (or --guide): what is wrong, where, why, and a better form. The exit
    status is 1 if any has a fault.
    """
    if file and guide:
        raise InputError(f"{file} and --guide {guide}: give one of them")
    if lint:
        return _check(file or guide, out, as_json)
    known = Background.load(background) if background else Background()
    used = Guide.load(file or guide or "") if file or guide else Guide.default()
    tell_unknown_topics(background, known, used)
    _show(question_list(known, used, minutes, "customer" if audience == "customer" else "interviewer"), out, as_json)
    return 0


def _show(questions: QuestionList, out: str | None, as_json: bool) -> None:
    """Print a question list, or write it to a file."""
    if out is not None:
        write(render(questions, Path(out).suffix), Path(out))
    if as_json or out is None:
        click.echo(render(questions, "json" if as_json else "md").decode(), nl=False)


def _check(path: str | None, out: str | None, as_json: bool) -> int:
    """Print what is wrong with the questions of a file, or of the guide that comes with the library; return the exit status."""
    if out is not None:
        raise InputError("--lint prints what it finds; leave out --out")
    proof = proofread(path or DEFAULT)
    if as_json:
        click.echo(proof.model_dump_json(by_alias=True))
    else:
        _tell(proof)
    return FAULTS if proof.faults else 0


def _tell(proof: Proof) -> None:
    """Print the faults by question, each starting with its place, as editors expect."""
    bad = 0
    for (line, topic, question), group in groupby(proof.faults, key=lambda c: (c.line, c.topic, c.question)):
        found, bad = list(group), bad + 1
        say(f"{proof.file}:{line}: {f'{topic}: ' if topic else ''}{question}", bold=True)
        for fault in found:
            say(f"  {fault.rule}: “{fault.text}” {fault.reason}")
        advice = " ".join(dict.fromkeys(fault.advice for fault in found))
        say(f"  better: {found[0].better}" if found[0].better else f"  instead: {advice}")
    count = f"{proof.questions} question{'s' if proof.questions != 1 else ''}"
    say(f"{count}, {bad} with faults" if bad else f"{count}, no fault found")
