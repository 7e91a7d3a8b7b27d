"""`copilot schema NAME`: the JSON Schema of an output."""

from __future__ import annotations

import json

import click

from ..errors import UnknownNameError
from ..schemas import SCHEMAS

__all__ = ["command"]


@click.command("schema")
@click.argument("name", required=False)
def command(name: str | None) -> None:
    """Print the JSON Schema of an output, or, without a NAME, the names there are."""
    if name is None:
        click.echo("\n".join(SCHEMAS))
        return
    if name not in SCHEMAS:
        raise UnknownNameError.among("schema", name, SCHEMAS)
    click.echo(json.dumps(SCHEMAS[name].model_json_schema(by_alias=True), indent=2))
