"""`copilot analyze CALL`: all findings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import click

from ..findings import Findings, Gap, Metric
from ..mentions import currencies, tells_currency
from .call import CallOptions, call_options, hear_call
from .options import json_option
from .text import clock, heading, say, show_coverage

__all__ = ["command"]

BELOW = 12
"""The column of what was found, after its time."""


@click.command("analyze")
@call_options
@json_option
def command(options: CallOptions, as_json: bool) -> None:
    """Print all findings of an interview: metrics, gaps, quotes, boundaries, promises, claims, contradictions, talk share."""
    session = hear_call(options)
    findings = session.findings
    if as_json:
        click.echo(findings.model_dump_json())
        return
    show_coverage(session)
    places = {t.turn: clock(t.start) or f"turn {t.turn}" for t in findings.turns}
    for title, rows in _lists(findings, tells_currency(findings.turns, session.background)):
        heading(title, len(rows))
        for turn, text, note in rows:
            say(f"  {places[turn]:>8}  {text}", note=f"  {note}" if note else "", hang=BELOW)
    heading("Talk", len(findings.talk))
    for name, talk in findings.talk.items():
        say(f"  {talk.share:>8.0%}  {name} ({talk.role}), {talk.words} words, {talk.questions} questions", hang=BELOW)
    say(f"\nRecording: {_recording(findings)}")


class _Row(NamedTuple):
    """A finding on a line: the turn that it is from, its text, and what is known of it."""

    turn: int
    text: str
    note: str = ""


def _lists(findings: Findings, priced: bool) -> Iterator[tuple[str, list[_Row]]]:
    """Yield each list of findings with its title; `priced` says that the currency of the call is known."""
    yield "Metrics", [_Row(m.turn, f"“{m.text}”", _of_metric(m, priced)) for m in findings.metrics]
    yield "Gaps", [_Row(g.turn, f"“{g.text}”", _of_gap(g)) for g in findings.gaps]
    yield "Quotes", [_Row(q.turn, f"“{q.text}”") for q in findings.quotes]
    yield "Off the record", [_Row(b.turn, f"“{b.text}”", f"bars {_turns(b.covers)}") for b in findings.off_record]
    if findings.withdrawn:
        yield "Withdrawn", [_Row(w.turn, f"“{w.text}”", f"on {w.on}, not to be used") for w in findings.withdrawn]
    yield "Promises", [_Row(p.turn, f"{p.who}: {p.what}", p.due or "") for p in findings.commitments]
    yield "To verify with engineering", [_Row(v.turn, f"“{v.text}”") for v in findings.verify]
    yield "Contradictions", [_Row(c.turns[-1], c.text, f"turns {', '.join(map(str, c.turns))}") for c in findings.contradictions]


def _of_metric(metric: Metric, priced: bool) -> str:
    """Return what is known of a metric, and what it lacks; a mere magnitude is no value, and its words stand beside it."""
    # Imported here since it loads all documents, and JSON needs none of them.
    from ..drafts.digits import amount_text, is_magnitude, number_text

    in_digits = amount_text if priced or metric.unit not in currencies() else number_text
    lead = "before" if metric.likely_baseline else "perhaps before"
    told = [f"{metric.kind}: {metric.measures}"]
    if not is_magnitude(metric.text):
        told += [in_digits(metric), *([f"{lead}: {in_digits(metric.baseline)}"] if metric.baseline else [])]
    if metric.missing:
        told.append(f"lacks {', '.join(metric.missing)}")
    return ", ".join(told)


def _of_gap(gap: Gap) -> str:
    """Return the kind of a gap, its severity and what became of it."""
    return f"{gap.kind}, {gap.severity}, {f'answered at turn {gap.closed_by}' if gap.closed_by else gap.outcome}"


def _turns(numbers: tuple[int, ...]) -> str:
    return f"turn{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers))}"


def _recording(findings: Findings) -> str:
    """Return what became of the request to record."""
    if findings.consent.granted:
        assumed = findings.consent.granted in findings.consent_assumed.values()
        return "to confirm: the request or the answer is not in plain words, and the interview went on" if assumed else "granted"
    return "asked for, not granted" if findings.consent.asked else "nobody asked for leave to record"
