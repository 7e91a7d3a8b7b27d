"""`copilot schema NAME`: the JSON Schema of an output."""

from __future__ import annotations

import json

import click

from ..errors import UnknownNameError
from ..schemas import SCHEMAS
from .options import json_option

__all__ = ["command"]


@click.command("schema")
@click.argument("name", required=False)
@json_option
def command(name: str | None, as_json: bool) -> None:
    """Print the JSON Schema of an output, or, without a NAME, the names there are."""
    if name is None:
        click.echo(json.dumps({"schemas": list(SCHEMAS)}, indent=2) if as_json else "\n".join(SCHEMAS))
        return
    if name not in SCHEMAS:
        raise UnknownNameError.among("schema", name, SCHEMAS)
    click.echo(json.dumps(SCHEMAS[name].model_json_schema(by_alias=True), indent=2))
