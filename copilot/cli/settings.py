"""Settings of one run of the program, whatever the command."""

from __future__ import annotations

from dataclasses import dataclass

import click

__all__ = ["DEBUG", "Settings", "is_debugging"]


@dataclass
class Settings:
    """The settings of a run, kept as the object of its click context. `debug` is set while the arguments are parsed."""

    debug: bool = False


def _begin(context: click.Context, parameter: click.Parameter, given: bool) -> None:
    if given:
        context.ensure_object(Settings).debug = True


DEBUG = click.Option(
    ["--debug"],
    is_flag=True,
    is_eager=True,  # before an option that cannot be used ends the run
    expose_value=False,
    callback=_begin,
    help="Show what the guard threw away, and the traceback of an error.",
)
"""The option that stands before the command or among its options."""


def is_debugging() -> bool:
    """Return whether the run that the current context belongs to was given --debug."""
    context = click.get_current_context(silent=True)
    return context is not None and context.ensure_object(Settings).debug
