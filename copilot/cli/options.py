"""Options that go together: gathered into one value for the command, and refused where they would change nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields
from functools import update_wrapper
from typing import TYPE_CHECKING, Any, TypeAlias

import click
from click.core import ParameterSource

from ..errors import InputError

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

__all__ = ["PATH", "Decorator", "alone", "bars", "gathered", "json_option", "needs", "refuse"]

Command: TypeAlias = Callable[..., Any]
Decorator: TypeAlias = Callable[[Command], Command]

PATH = click.Path(readable=False)
"""The type of an option that names a file or folder: a shell completes it, and whoever reads it tells what is wrong with it."""
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")


def gathered(name: str, kind: type[DataclassInstance], *parts: Decorator) -> Decorator:
    """Return a decorator that adds options, and rules on them, to a command, which gets them as one value of a kind.

    The kind's fields have the names of the options; a field whose option the command lacks keeps its default.
    """

    def decorate(function: Command) -> Command:
        def wrapper(**given: Any) -> Any:
            own = {field.name: given.pop(field.name) for field in fields(kind) if field.name in given}
            return function(**{name: kind(**own)}, **given)

        # The options that stand below this one travel with the function's own dictionary.
        update_wrapper(wrapper, function)
        for part in reversed(parts):
            wrapper = part(wrapper)
        return wrapper

    return decorate


def needs(heads: str | tuple[str, ...], *options: str) -> Decorator:
    """Return a decorator that refuses options without the one that they say more about, or one of several."""
    heads = (heads,) if isinstance(heads, str) else heads

    def check() -> None:
        if not any(_value(head) for head in heads):
            refuse(options, f"counts with {' or '.join(heads)} only; give {' or '.join(map(_usage, heads))}")

    return _first(check)


def bars(head: str, *options: str) -> Decorator:
    """Return a decorator that refuses options beside one that leaves them nothing to do."""

    def check() -> None:
        if _value(head):
            refuse(options, f"changes nothing beside {head}; leave one of them out")

    return _first(check)


def alone(head: str, *kept: str) -> Decorator:
    """Return a decorator that refuses every other option of the command beside one, except those `kept`."""

    def check() -> None:
        if _value(head):
            others = [name for name, parameter in _parameters().items() if parameter.expose_value and name not in {head, *kept}]
            refuse(others, f"changes nothing beside {head}; leave one of them out")

    return _first(check)


def refuse(options: Iterable[str], why: str) -> None:
    """Refuse options of the running command that were given, on its line and not by the environment. Raises InputError."""
    context, parameters = click.get_current_context(), _parameters()
    for option in options:
        parameter = parameters[option]
        if context.get_parameter_source(parameter.name or "") is ParameterSource.COMMANDLINE:
            told = parameter.human_readable_name if isinstance(parameter, click.Argument) else option
            raise InputError(f"{told}: {why}")


def _first(check: Callable[[], None]) -> Decorator:
    """Return a decorator that makes a check before the command runs."""

    def decorate(function: Command) -> Command:
        def wrapper(**given: Any) -> Any:
            check()
            return function(**given)

        return update_wrapper(wrapper, function)

    return decorate


def _parameters() -> dict[str, click.Parameter]:
    """Return the running command's options and arguments by their first names, such as --out."""
    return {parameter.opts[0]: parameter for parameter in click.get_current_context().command.params}


def _value(option: str) -> Any:
    return click.get_current_context().params[_parameters()[option].name or ""]


def _usage(option: str) -> str:
    """Return how an option is given, with the variable that gives it too."""
    parameter = _parameters()[option]
    written = f"{option} {parameter.metavar}" if parameter.metavar else option
    return f"{written}, or set {parameter.envvar}" if parameter.envvar else written
