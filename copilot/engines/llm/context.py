"""The inputs of prompts. Everything except the turns to read is bounded, so that prompts do not grow with the call."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...background import Background
from ...coverage import is_settled
from ...findings import Gap, Metric
from ...guide import Guide, Topic
from ...ledger import Ledger
from ...probe import Probe
from ...prompts import inline
from ...turns import Turn

__all__ = ["background_text", "candidates_text", "ledger_text", "open_gaps", "topics_text", "turns_text"]

GAPS = 12
METRICS = 12
"""Open gaps and metrics of the ledger that are shown: the latest ones."""
CLIP = 160
"""Most characters of one entry of the ledger."""
TURN = 8000
"""Most characters of a turn that is read."""
BEFORE = 600
"""Most characters of a turn that is only context."""


def topics_text(guide: Guide) -> str:
    """Return the guide's topics with what a full answer has, one per line."""
    return "\n".join(f"{name}: {topic.title}{_complete(topic)}" for name, topic in guide.topics.items())


def _complete(topic: Topic) -> str:
    return f" ({', '.join(topic.complete)})" if topic.complete else ""


def background_text(background: Background) -> str:
    """Return what is known before the call, without e-mail addresses."""
    customer = background.customer
    rows = [
        ("vendor", background.vendor),
        ("product", background.product),
        ("customer", ", ".join(part for part in (customer.company, customer.industry) if part)),
        ("facts", "; ".join(customer.facts)),
        ("people", "; ".join(f"{p.name}, {p.role}{f', {p.title}' if p.title else ''}" for p in background.participants)),
        ("goals", "; ".join(background.goals)),
        ("known topics", ", ".join(background.known_topics)),
        ("terms that need no explanation", ", ".join(background.terms)),
    ]
    return "\n".join(f"{name}: {text}" for name, text in rows if text) or "nothing"


def open_gaps(ledger: Ledger) -> dict[str, Gap]:
    """Return the latest open gaps of the ledger by the names under which a model sees them: g1, g2, ..."""
    return {f"g{n}": gap for n, gap in enumerate(ledger.open_gaps()[-GAPS:], 1)}


def ledger_text(ledger: Ledger, gaps: dict[str, Gap]) -> str:
    """Return what is known so far, in a bounded number of lines."""
    metrics = [m for m in ledger.metrics if not ledger.off_record.covers(m)][-METRICS:]
    untold = [name for name, status in ledger.topics.items() if not is_settled(status.state)]
    rows = [f"{name} turn {gap.turn} {gap.kind}: {_clip(gap.text, CLIP)}" for name, gap in gaps.items()]
    rows += [f"metric turn {m.turn}: {_metric(m)}" for m in metrics]
    rows.append(f"topics not settled: {', '.join(untold) or 'none'}")
    if barred := ledger.off_record.barred:
        rows.append(f"off the record: turns {', '.join(map(str, sorted(barred)[-GAPS:]))}")
    return "\n".join(rows)


def _metric(metric: Metric) -> str:
    old = metric.likely_baseline
    before = f", before {old.value} {old.unit}" if old else ""
    return f"{_clip(metric.measures, 60)}: {metric.value} {metric.unit}{before}"


def turns_text(turns: Iterable[Turn], *, context: bool = False) -> str:
    """Return turns, one per line, so that no text in a turn can pass for another turn; as `context` they are shortened."""
    most = BEFORE if context else TURN
    return "\n".join(f"[{t.turn} {t.role} {inline(t.speaker)}] {_clip(t.text, most)}" for t in turns) or "(nothing)"


def candidates_text(probes: Sequence[Probe], earlier: Sequence[Turn]) -> str:
    """Return probes with what they are based on, each under a name c1, c2, ..., and with its question and answer if they were `earlier`."""
    return "\n".join(_candidate(f"c{n}", probe, earlier) for n, probe in enumerate(probes, 1))


def _candidate(name: str, probe: Probe, earlier: Sequence[Turn]) -> str:
    words = f"turn {probe.turn}, “{_clip(probe.text, CLIP)}”" if probe.turn else "not talked of yet"
    row = f"{name}: {probe.kind}, {probe.topic}, {words}; {inline(probe.why)}; as worded now: {probe.probe}"
    return "\n".join((row, *([turns_text(told, context=True)] if (told := _exchange(probe, earlier)) else ())))


def _exchange(probe: Probe, turns: Sequence[Turn]) -> Sequence[Turn]:
    """Return the turn that a probe is about, and the one that it answers; nothing if it is not among the turns."""
    at = next((n for n, turn in enumerate(turns) if turn.turn == probe.turn), None)
    return () if at is None else turns[max(0, at - 1) : at + 1]


def _clip(text: str, most: int) -> str:
    """Return a text on one line, with its middle left out if it is too long."""
    text = inline(text)
    return text if len(text) <= most else f"{text[: most // 2]} […] {text[-most // 2 :]}"
