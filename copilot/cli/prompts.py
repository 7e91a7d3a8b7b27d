"""`copilot prompts`: the prompts of the language-model engine."""

from __future__ import annotations

import json
from collections.abc import Sequence

import click

from ..prompts import Prompt, Prompts
from .options import PATH, json_option
from .text import say

__all__ = ["command"]


@click.command("prompts")
@click.argument("name", required=False)
@click.option("--prompts", "own", metavar="DIR", type=PATH, help="A folder with prompts of your own.")
@json_option
def command(name: str | None, own: str | None, as_json: bool) -> None:
    """List the prompts, or show one as it is sent, filled in with an example, and its tokens."""
    prompts = Prompts(own)
    if name is None:
        rows = [describe(prompts[n]) for n in prompts.names]
        if as_json:
            click.echo(json.dumps({"prompts": rows}, indent=2))
        else:
            tell(rows)
        return
    prompt = prompts[name]
    if as_json:
        messages = [message._asdict() for message in prompt.render(example(prompt))]
        click.echo(json.dumps({**describe(prompt), "messages": messages}, indent=2))
        return
    show(prompt)


def describe(prompt: Prompt) -> dict[str, object]:
    """Return a prompt's description, and its tokens when filled in with an example."""
    from ..engines.llm.tokens import counter

    named, count = counter()
    tokens = sum(count(message.text) for message in prompt.render(example(prompt)))
    front = prompt.model_dump(include={"name", "description", "inputs", "output", "version"})
    return {**front, "tokens": tokens, "tokenizer": named}


def tell(rows: Sequence[dict[str, object]]) -> None:
    """Print each prompt's name, its tokens and its description."""
    width = max(len(str(row["name"])) for row in rows)
    for row in rows:
        head = f"{row['name']:<{width}} {row['tokens']:>6,} tokens  "
        say(f"{head}{row['description']}", hang=len(head))


def show(prompt: Prompt) -> None:
    """Print a prompt as it is sent."""
    from ..engines.llm.tokens import count_tokens

    for role, text in prompt.render(example(prompt)):
        click.secho(f"=== {role} ({count_tokens(text):,} tokens)", bold=True)
        click.echo(text)
    row = describe(prompt)
    click.secho(f"\n{prompt.name}, version {prompt.version}: {row['tokens']:,} tokens ({row['tokenizer']})", dim=True)


def example(prompt: Prompt) -> dict[str, str]:
    """Return an example of every input."""
    from ..background import Background, Customer
    from ..engines.llm.answers import Notes
    from ..engines.llm.context import background_text, candidates_text, topics_text, turns_text
    from ..engines.llm.schema import schema_text
    from ..guide import Guide
    from ..probe import Probe
    from ..turns import Turn

    known = Background(vendor="Tallow", customer=Customer(company="Brightwater Mills", facts=("three mills", "210 employees")))
    turns = (
        Turn(turn=7, speaker="Ana", role="interviewer", text="What changed on the floor?"),
        Turn(turn=8, speaker="Jo", role="customer", text="Change-overs got a lot faster, honestly."),
    )
    probe = Probe(
        gap="8.20-missing_metric", probe="How much faster is a change-over?", why="no number", kind="missing_metric",
        topic="results.daily", severity="must", score=0.9, turn=8, text="a lot faster",
    )  # fmt: skip
    values = {
        "topics": topics_text(Guide.default()),
        "background": background_text(known),
        "ledger": "g1 turn 6 missing_timeframe: four hundred hours",
        "before": turns_text(turns[:1]),
        "turns": turns_text(turns),
        "candidates": candidates_text([probe], turns),
        "answer": turns_text(turns[1:]),
        "probe": probe.probe,
        "vote": "1",
        "fault": "gaps.0.kind: no such kind",
        "schema": schema_text(Notes),
        "document": "the thank-you email",
        "rules": "at most 350 words",
        "facts": "quote, turn 8, Jo: “Change-overs got a lot faster, honestly.”",
    }
    return {name: values[name] for name in prompt.inputs}
