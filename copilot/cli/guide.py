"""`copilot guide`: the question list for this customer, and a check of prepared questions."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import get_args

import click

from ..drafts.questions import Audience, QuestionList, question_list
from ..errors import GuideError, InputError
from ..files import is_read_by
from ..guide import DEFAULT
from ..probes.proofreading import Proof, proofread
from ..reports import form_of
from ..text import counted
from .known import Known, background_option, guide_option
from .options import PATH, bars, json_option
from .output import check_place, deliver
from .text import say

__all__ = ["command"]

FAULTS = 1


@click.command("guide")
@click.argument("file", metavar="[QUESTIONS]", type=PATH, required=False)
@background_option
@guide_option
@click.option("--minutes", type=click.IntRange(15, 240), default=45, show_default=True, help="How many minutes the call may take.")
@click.option(
    "--for", "audience", type=click.Choice(get_args(Audience)), default="interviewer", show_default=True,
    help="The customer's version holds no notes, goals or intents.",
)  # fmt: skip
@click.option("--lint", is_flag=True, help="Check questions instead: a guide's, or those of a text or Markdown file, one a line.")
@click.option("--out", "-o", metavar="PATH", type=PATH, help="Where to write: the suffix (.md .html .docx .json) chooses the form.")
@json_option
@bars("--lint", "--background", "--minutes", "--for", "--out")
def command(
    file: str | None,
    background: str | None,
    guide: str | None,
    minutes: int,
    audience: Audience,
    lint: bool,
    out: str | None,
    as_json: bool,
) -> int:
    """Write the question list for this customer: what is known is left out and said so, what the team wants comes first.

    With --lint, check the questions in QUESTIONS (or --guide): what is wrong, where, why, and a better form. The exit
    status is 1 if any has a fault.
    """
    if file and guide:
        raise InputError(f"{file} and --guide {guide}: give one of them")
    if lint:
        return _check(file or guide, as_json)
    if out is not None:
        check_place(Path(out), "questions.docx", filter(None, (background, file or guide)))
        form_of(QuestionList, Path(out).suffix)
    known = _known(background, file or guide)
    deliver(question_list(known.background, known.guide, minutes, audience), out, as_json)
    return 0


def _known(background: str | None, guide: str | None) -> Known:
    """Return what is known, and the guide; the error for questions that are to be checked says how. Raises InputError."""
    try:
        return Known.load(background, guide)
    except GuideError:
        if guide and is_read_by(proofread, guide):
            raise GuideError(f"{guide}: this is a list of questions, not an interview guide", hint="--lint checks it") from None
        raise


def _check(path: str | None, as_json: bool) -> int:
    """Print what is wrong with the questions of a file, or of the guide that comes with the library; return the exit status."""
    proof = proofread(path or DEFAULT)
    if as_json:
        click.echo(proof.model_dump_json())
    else:
        _tell(proof)
    return FAULTS if proof.faults else 0


def _tell(proof: Proof) -> None:
    """Print the faults by question, each starting with its place, as editors expect."""
    bad = 0
    for (line, topic, question), group in groupby(proof.faults, key=lambda c: (c.line, c.topic, c.question)):
        found, bad = list(group), bad + 1
        say(f"{proof.file}:{line}: {f'{topic}: ' if topic else ''}{question}", bold=True, hang=2)
        for fault in found:
            say(f"  {fault.rule}: “{fault.text}” {fault.reason}", hang=4)
        advice = " ".join(dict.fromkeys(fault.advice for fault in found))
        say(f"  better: {found[0].better}" if found[0].better else f"  instead: {advice}", hang=4)
    count = counted(proof.questions, "question")
    say(f"{count}, {bad} with faults" if bad else f"{count}, no fault found")
    if proof.uncued:
        say(f"recognised less well, as they have no cues: {', '.join(proof.uncued)}", hang=2)
