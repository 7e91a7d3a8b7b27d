"""The command line, which only wires. One file per command, loaded when the command is called."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from importlib import import_module
from typing import Any, TextIO

import click

from ..errors import CopilotError, ModelError, UnknownNameError
from ..text import one_line
from .encoding import make_writable
from .settings import DEBUG, Settings
from .text import color_wanted, notice

__all__ = ["main"]

COMMANDS = {
    "analyze": "All findings of an interview.",
    "draft": "The thank-you email, the story outline, the checklist.",
    "eval": "Run eval suites over labelled interviews, and check their gates.",
    "formats": "The transcript formats that can be read.",
    "guide": "The question list before the call; --lint checks questions of your own.",
    "live": "A live call: what is covered, and the one question worth asking now.",
    "panel": "The live page of a call, on this machine, for the interviewer.",
    "prompts": "The prompts of the language-model engine.",
    "report": "The whole call on one page.",
    "schema": "The JSON Schema of an output.",
    "suggest": "The next questions worth asking, why, and what is covered.",
}
USAGE = 2
MODEL_FAILED = 3
INTERRUPTED = 130


@contextmanager
def _unread_is_fine() -> Iterator[None]:
    """End the run without an error where nobody reads its output any more; by itself, click would make it a failure."""
    try:
        yield
    except BrokenPipeError:
        raise click.exceptions.Exit(0) from None


class _Lazy(click.Group):
    """A group whose commands are files of this folder."""

    def make_context(self, *args: Any, **more: Any) -> click.Context:
        """Parse the arguments, which may print the help or the version."""
        with _unread_is_fine():
            return super().make_context(*args, **more)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        with _unread_is_fine():
            return super().invoke(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            if ctx.resilient_parsing:  # a shell that completes words asks for what is not finished yet
                return None
            raise UnknownNameError.among("command", cmd_name, COMMANDS)
        command: click.Command = copy(import_module(f".{cmd_name}", __package__).command)
        command.params = [*command.params, DEBUG]
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=_Lazy,
    params=[DEBUG],
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="interview-copilot", prog_name="copilot")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Follow-up questions, coverage and grounded findings from customer interviews."""
    ctx.color = color_wanted()
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def main(args: list[str] | None = None) -> None:
    """Run the command line and exit: 0 done, 1 a gate failed, 2 unusable input or arguments, 3 the model failed under --no-fallback."""
    # A program that is started without a stream has None there.
    sys.stdout, sys.stderr = sys.stdout or _nowhere(), sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        make_writable(stream)
    status = _run(sys.argv[1:] if args is None else args)
    for stream in (sys.stdout, sys.stderr):
        _leave(stream)
    sys.exit(status)


def _run(args: list[str]) -> int:
    """Run the command line and return its exit status."""
    settings = Settings()
    try:
        result = cli.main(args, prog_name="copilot", standalone_mode=False, obj=settings)
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.Abort:
        return INTERRUPTED
    except Exception as problem:
        if settings.debug and not isinstance(problem, ModelError):
            raise
        for line in _lines(problem):
            notice(one_line(line))
        return MODEL_FAILED if isinstance(problem, ModelError) else USAGE
    return result if isinstance(result, int) else 0


def _nowhere() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")


def _leave(stream: TextIO) -> None:
    """Write what is left for a stream, or discard it if it cannot be written, which would fail again at exit."""
    try:
        stream.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _lines(problem: Exception) -> Sequence[str]:
    """Return what went wrong, for a user: one line, but for a file with several faults."""
    if isinstance(problem, click.ClickException):
        hint = f" (see {problem.ctx.command_path} --help)" if isinstance(problem, click.UsageError) and problem.ctx else ""
        return (problem.format_message() + hint,)
    if isinstance(problem, CopilotError):
        *rest, last = problem.lines
        return (*rest, "; ".join(filter(None, (last, problem.hint))))
    if isinstance(problem, OSError):
        return (f"{problem.filename or 'the output'}: cannot be read or written ({problem.strerror or problem})",)
    return (f"unexpected {type(problem).__name__}: {problem}; run again with --debug for the details",)
