"""`copilot analyze CALL`: all findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import click

from ..findings import Boundary, Finding, Findings, Gap, Metric
from ..mentions import currencies, tells_currency
from ..session import Session
from ..turns import Span, Turn
from .call import CallOptions, call_options, hear_call
from .options import json_option
from .rulings import RulingOptions, ruling_options
from .text import clock, heading, say, show_coverage

__all__ = ["command"]

BELOW = 12
"""The column of what was found, after its time."""
BARRED, WITHDRAWN = "Off the record", "Withdrawn"


@click.command("analyze")
@call_options
@ruling_options
@json_option
def command(options: CallOptions, rulings: RulingOptions, as_json: bool) -> None:
    """Print all findings of an interview: metrics, gaps, quotes, boundaries, promises, claims, contradictions, talk share."""
    session = hear_call(options)
    rulings.apply(session)
    findings = session.findings
    if as_json:
        click.echo(findings.model_dump_json())
        return
    show_coverage(session)
    turns = {t.turn: t for t in findings.turns}
    for title, rows in _lists(findings, turns, tells_currency(findings.turns, session.background)):
        heading(title, len(rows))
        for span, text, note in rows:
            at = clock(turns[span.turn].time_at(span.start))
            kept_back = "" if title in {BARRED, WITHDRAWN} else _kept_back(session, span)
            told = ", ".join(filter(None, (f"turn {span.turn}" if at else "", kept_back, note)))
            say(f"  {at or f'turn {span.turn}':>8}  {text}", note=f"  {told}" if told else "", hang=BELOW)
    heading("Talk", len(findings.talk))
    for name, talk in findings.talk.items():
        say(f"  {talk.share:>8.0%}  {name} ({talk.role}), {talk.words} words, {talk.questions} questions", hang=BELOW)
    say(f"\nRecording: {_recording(findings)}")


class _Row(NamedTuple):
    """A finding on a line: the words that it is from, or the whole turn, its text, and what is known of it."""

    span: Span
    text: str
    note: str = ""


def _lists(findings: Findings, turns: Mapping[int, Turn], priced: bool) -> Iterator[tuple[str, list[_Row]]]:
    """Yield each list of findings with its title; `priced` says that the currency of the call is known."""

    def whole(turn: int) -> Span:
        return turns[turn].span(0, len(turns[turn].text))

    yield "Metrics", [_Row(m, f"“{m.text}”", _of_metric(m, priced)) for m in findings.metrics]
    yield "Gaps", [_Row(g, f"“{g.text}”", _of_gap(g)) for g in findings.gaps]
    yield "Quotes", [_Row(q, f"“{q.text}”") for q in findings.quotes]
    yield BARRED, [_Row(b, f"“{b.text}”", _of_boundary(b)) for b in findings.off_record]
    if findings.withdrawn:
        yield WITHDRAWN, [_Row(w, f"“{w.text}”", f"on {w.on}, not to be used") for w in findings.withdrawn]
    yield "Promises", [_Row(whole(p.turn), f"{p.who}: {p.what}", p.due or "") for p in findings.commitments]
    yield "To verify with engineering", [_Row(v, f"“{v.text}”", _of_speaker(v)) for v in findings.verify]
    yield "Contradictions", [_Row(whole(c.turns[-1]), c.text, _between(c.turns)) for c in findings.contradictions]


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
    return ", ".join(filter(None, (*told, _of_speaker(metric))))


def _of_gap(gap: Gap) -> str:
    """Return the kind of a gap, its severity and what became of it."""
    became = f"answered in turn {gap.closed_by}" if gap.closed_by else gap.outcome
    return ", ".join(filter(None, (gap.kind, gap.severity, became, _of_speaker(gap))))


def _of_speaker(found: Finding) -> str:
    return "speaker not certain" if found.unsure else ""


def _of_boundary(boundary: Boundary) -> str:
    """Return the turns that a boundary bars, or may bar."""
    return f"{'bars' if boundary.degree == 'clear' else 'perhaps bars'} {_turns(boundary.covers)}"


def _between(turns: tuple[int, ...]) -> str:
    """Return the turns that a contradiction is between, "" where it is within one, or with the background."""
    return f"between {_turns(turns)}" if len(turns) > 1 else ""


def _kept_back(session: Session, span: Span) -> str:
    """Return why words may not be used, "" if they may."""
    if not session.ledger.off_record.covers(span):
        return ""
    barring = [b for b in session.ledger.off_record.boundaries if span.turn in b.covers or b.overlaps(span)]
    asked = next((b for b in barring if b.degree == "clear"), next(iter(barring), None))
    if asked is None:
        return "withdrawn"
    return f"{'off' if asked.degree == 'clear' else 'perhaps off'} the record (turn {asked.turn})"


def _turns(numbers: tuple[int, ...]) -> str:
    return f"turn{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers))}"


def _recording(findings: Findings) -> str:
    """Return what became of the request to record."""
    if findings.consent.granted:
        assumed = findings.consent.granted in findings.consent_assumed.values()
        return "to confirm: the request or the answer is not in plain words, and the interview went on" if assumed else "granted"
    return "asked for, not granted" if findings.consent.asked else "nobody asked for leave to record"
