"""`copilot suggest CALL`: the next questions worth asking."""

from __future__ import annotations

from collections.abc import Sequence

import click

from ..errors import InputError
from ..probe import Probe
from ..session import Session
from ..text import counted
from ..turns import Turn
from .call import CallOptions, call_options, hear_call, seconds_of
from .options import json_option
from .text import clock, notice, prompted, say, show_coverage

__all__ = ["command"]


@click.command("suggest")
@call_options
@click.option("--at", metavar="TIME", help="As if the call stood at this time, such as 23:10.")
@click.option("--turn", type=click.IntRange(min=1), metavar="N", help="As if turn N were the last one heard.")
@click.option("--limit", type=click.IntRange(min=1), default=3, show_default=True, help="How many questions at most.")
@json_option
def command(options: CallOptions, at: str | None, turn: int | None, limit: int, as_json: bool) -> None:
    """Print the next questions worth asking in an interview, what they rest on, and what is covered."""
    if at is not None and turn is not None:
        raise InputError("--at and --turn say the same in two ways; give one of them")
    stop = seconds_of(at) if at is not None else None
    goes_on = False

    def heard(spoken: Turn) -> bool:
        nonlocal goes_on
        if stop is not None and spoken.start is None:
            raise InputError(f"{options.call}: has no times, so --at cannot be followed; give --turn instead")
        goes_on = (stop is not None and (spoken.start or 0) > stop) or (turn is not None and spoken.turn > turn)
        return not goes_on

    session = hear_call(options, heard)
    if session.turns and not goes_on:
        _tell_end(session.turns[-1], stop, turn)
    suggestions = session.suggestions(limit, minutes_left=None if goes_on else 0.0)
    if as_json:
        click.echo(suggestions.model_dump_json())
    else:
        show(session, suggestions.probes, "the end of the call or the email" if goes_on else "the email")


def _tell_end(last: Turn, stop: float | None, turn: int | None) -> None:
    """Say so if the call is over before the time or the turn that was asked for."""
    if (turn is not None and last.turn < turn) or (stop is not None and (last.end or last.start or 0) < stop):
        place = " at ".join(filter(None, (f"turn {last.turn}", clock(last.end))))
        notice(f"the call ends before that, with {place}; this is how it stands there")


def show(session: Session, probes: Sequence[Probe], later: str) -> None:
    """Print the probes, each with the quoted words, who said them and when, and then the coverage; `later` is where the rest can go."""
    if not probes:
        say(f"Nothing to ask right now: {_why_nothing(session, later)}.", bold=True)
    turns = {t.turn: t for t in session.turns}
    for n, probe in enumerate(probes, 1):
        say(f"{n}. {probe.probe}", bold=True)
        if probe.turn is not None:
            spoken = turns[probe.turn]
            speaker = f"{spoken.speaker} (speaker not certain)" if probe.unsure else spoken.speaker
            say(f"   {speaker}, {clock(spoken.time_at(probe.start or 0)) or f'turn {spoken.turn}'}: {prompted(probe)}")
        say(f"   {probe.why}", dim=True)
    say()
    show_coverage(session)


def _why_nothing(session: Session, later: str) -> str:
    """Return why there is nothing to ask."""
    if not any(coverage.covered for coverage in session.coverage.values()):
        return "nothing of the story was told so far"
    if left := [probe for probe in session.left() if probe.gap is not None]:
        needed = sum(probe.severity == "must" for probe in left)
        points = f"{counted(len(left), 'open point')} can wait for {later}"
        return f"{points}, {needed} of which the story needs" if needed else points
    ahead = sum(section.total - section.covered for section in session.ledger.coverage.values())
    told = "what was said is complete so far"
    return f"{told}, and {ahead} {'topic is' if ahead == 1 else 'topics are'} still to come" if ahead else told
