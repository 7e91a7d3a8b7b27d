"""`copilot analyze CALL`: all findings."""

from __future__ import annotations

import click

from .call import CallOptions, call_options, hear_call
from .options import json_option
from .text import clock, heading, say, show_coverage

__all__ = ["command"]


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
    turns = {t.turn: t for t in findings.turns}
    show_coverage(session)

    def row(turn: int, text: str, note: str = "") -> None:
        where = clock(turns[turn].start) or f"turn {turn}"
        say(f"  {where:>8}  {text}", note=f"  {note}" if note else "")

    heading("Metrics", len(findings.metrics))
    for m in findings.metrics:
        lead = "before" if m.likely_baseline else "perhaps before"
        before = f", {lead}: {_number(m.baseline.value)} {m.baseline.unit}" if m.baseline else ""
        lacks = f", lacks {', '.join(m.missing)}" if m.missing else ""
        row(m.turn, f"“{m.text}”", f"{m.kind}: {m.measures}, {_number(m.value)} {m.unit}{before}{lacks}")
    heading("Gaps", len(findings.gaps))
    for g in findings.gaps:
        state = f"answered at turn {g.closed_by}" if g.closed_by else g.outcome
        row(g.turn, f"“{g.text}”", f"{g.kind}, {g.severity}, {state}")
    heading("Quotes", len(findings.quotes))
    for q in findings.quotes:
        row(q.turn, f"“{q.text}”")
    heading("Off the record", len(findings.off_record))
    for b in findings.off_record:
        row(b.turn, f"“{b.text}”", f"bars turn{'s' if len(b.covers) > 1 else ''} {', '.join(map(str, b.covers))}")
    heading("Promises", len(findings.commitments))
    for p in findings.commitments:
        row(p.turn, f"{p.who}: {p.what}", p.due or "")
    heading("To verify with engineering", len(findings.verify))
    for v in findings.verify:
        row(v.turn, f"“{v.text}”")
    heading("Contradictions", len(findings.contradictions))
    for c in findings.contradictions:
        row(c.turns[-1], c.text, f"turns {', '.join(map(str, c.turns))}")
    heading("Talk", len(findings.talk))
    for name, talk in findings.talk.items():
        say(f"  {talk.share:>8.0%}  {name} ({talk.role}), {talk.words} words, {talk.questions} questions")
    consent = findings.consent
    say(
        "\nRecording: "
        + ("granted" if consent.granted else "asked for, not granted" if consent.asked else "nobody asked for leave to record")
    )


def _number(value: float | tuple[float, float]) -> str:
    """Return a value or a range as text."""
    return " to ".join(f"{v:,g}" if abs(v) < 1e6 else f"{v:,.0f}" for v in (value if isinstance(value, tuple) else (value,)))
