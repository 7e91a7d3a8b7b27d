"""Metrics as cards: before, after, the change computed from them with its derivation, and what is still missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Literal, NamedTuple

from ..arithmetic import Change, check_change, convert, percent_change
from ..findings import Amount, Metric, MetricKind, Number
from ..lexicon import load_data
from ..metrics import is_change, measure_words
from ..turns import Value
from .citation import Citation
from .material import Material

__all__ = ["Card", "Check", "Derived", "amount_text", "cards", "check_changes"]

CONTEXT = 32  # words of the sentence that a figure is shown in
_NEAR = 2  # turns between a change and the two ends that it is checked against
_POINTS = 2

Status = Literal["complete", "to complete", "to read back", "in conflict"]


class Derived(Value):
    """A number that nobody said: it follows from numbers that were said, as `derivation` shows."""

    text: str
    derivation: str


class Card(Value):
    """A metric as a document shows it. `spans` are the exact words first, then the sentence that they stand in.

    `after` and `before` are the customer's numbers in figures; `change` is computed from them. `status`: "to read back" where the number
    was the interviewer's and the customer only agreed, "in conflict" where another statement or gap disputes it.
    """

    kind: MetricKind
    measures: str
    after: str
    before: str | None = None
    change: Derived | None = None
    period: str | None = None
    scope: str | None = None
    source: str | None = None
    missing: tuple[str, ...] = ()
    status: Status
    spans: tuple[Citation, Citation]

    @property
    def said(self) -> Citation:
        """The exact words."""
        return self.spans[0]

    @property
    def context(self) -> Citation:
        """The sentence that the words stand in."""
        return self.spans[1]


class Check(NamedTuple):
    """A change as it was stated beside what its two ends give."""

    stated: Metric
    ends: Metric
    change: Change


def cards(material: Material) -> list[Card]:
    """Return the metrics that may be used, as cards, in the order of the call."""
    usable = [m for m in material.findings.metrics if material.is_usable(m)]
    return [_card(material, metric, _disputed(material)) for metric in _distinct(usable)]


def _distinct(metrics: Iterable[Metric]) -> list[Metric]:
    """Return the metrics in order, one for each place."""
    return list({(m.turn, m.start, m.end): m for m in metrics}.values())


def _disputed(material: Material) -> set[tuple[int, int]]:
    """Return the places, by turn and start, of figures that an open gap disputes."""
    gaps = [g for g in material.findings.gaps if g.kind == "inconsistent" and g.outcome != "answered"]
    metrics = material.findings.metrics
    return {(m.turn, m.start) for m in metrics for g in gaps if g.turn == m.turn and g.start < m.end and m.start < g.end}


def _card(material: Material, metric: Metric, disputed: set[tuple[int, int]]) -> Card:
    held = {name: _held(material, getattr(metric, name)) for name in ("period", "scope", "source")}
    baseline = metric.baseline if metric.baseline and not material.barred.leaks(amount_text(metric.baseline)) else None
    contradicted = any(metric.turn in c.turns for c in material.findings.contradictions)
    lost = [name for name in held if getattr(metric, name) and not held[name]] + (["baseline"] if metric.baseline and not baseline else [])
    missing = tuple(dict.fromkeys([*metric.missing, *lost]))
    return Card(
        kind=metric.kind,
        measures=metric.measures if not material.barred.leaks(metric.measures) else "",
        after=amount_text(metric),
        before=amount_text(baseline) if baseline else None,
        change=_derived(metric, baseline) if baseline else None,
        missing=missing,
        status=_status(metric, missing, contradicted or (metric.turn, metric.start) in disputed),
        spans=(material.cite(metric), material.around(metric, CONTEXT)),
        **held,
    )


def _held(material: Material, text: str | None) -> str | None:
    """Return a field of a metric, None where it holds what must not leave."""
    return text if text and not material.barred.leaks(text) else None


def _status(metric: Metric, missing: tuple[str, ...], conflict: bool) -> Status:
    if conflict:
        return "in conflict"
    if metric.agreed:
        return "to read back"
    return "to complete" if missing else "complete"


# Numbers in figures


def amount_text(amount: Metric | Amount) -> str:
    """Return a value with its unit in figures: "96 %", "$150,000", "4 to 6 weeks"."""
    ends = amount.value if isinstance(amount.value, tuple) else (amount.value,)
    symbol = _words("symbols").get(amount.unit, "")
    number = " to ".join(symbol + _figure(end) for end in ends)
    return number if symbol else f"{number} {_unit(amount.unit, ends)}"


def _figure(value: Number) -> str:
    return f"{value:,.10g}" if abs(value) < 1e10 else f"{value:,.0f}"


def _unit(unit: str, ends: tuple[Number, ...]) -> str:
    """Return a unit as it follows its number."""
    if unit == "percent":
        return "%"
    if ends == (1,) or unit.isupper() or "/" in unit or unit.endswith("s"):
        return unit
    head, _, last = unit.rpartition(" ")
    return f"{head} {_words('plurals').get(last, last + 's')}".strip()


def _words(key: str) -> Mapping[str, str]:
    return load_data("drafts")[key]  # type: ignore[return-value]


def _derived(after: Metric, before: Amount) -> Derived | None:
    """Return the change from before to after, None where the two cannot be compared or one of them is a range."""
    ends = _comparable(after, before)
    if ends is None or ends[0] == 0 or is_change(after):
        return None
    low, high = ends
    change = percent_change(low, high)
    shown = f"({_decimal(high)} - {_decimal(low)}) / {_decimal(low)} = {_signed(change)} %"
    if after.unit == "percent":
        return Derived(
            text=f"{_signed(high - low)} percentage points, or {_signed(change)} % of what it was",
            derivation=f"{_decimal(high)} - {_decimal(low)} = {_signed(high - low)}; {shown}",
        )
    return Derived(text=f"{_signed(change)} %", derivation=f"in {_unit(after.unit, (2,))}: {shown}")


def _comparable(after: Metric, before: Amount) -> tuple[Decimal, Decimal] | None:
    """Return before and after in the unit of after."""
    if isinstance(after.value, tuple) or isinstance(before.value, tuple):
        return None
    low = convert(Decimal(str(before.value)), before.unit, after.unit)
    return None if low is None else (low, Decimal(str(after.value)))


def _decimal(value: Decimal) -> str:
    return f"{round(value, _POINTS).normalize():f}"


def _signed(value: Decimal) -> str:
    places = 0 if abs(value) >= 1 else 1
    return f"{round(value, places):+f}".replace("+0", "0") if round(value, places) == 0 else f"{round(value, places):+,f}"


# Stated changes against their ends


def check_changes(material: Material) -> list[Check]:
    """Return each stated change ("down forty percent") beside the two ends that are said of the same thing, and whether they agree."""
    metrics = _distinct(m for m in material.findings.metrics if material.is_usable(m))
    changes = [m for m in metrics if is_change(m) or m.unit == "times"]
    ends = [m for m in metrics if m.baseline is not None and not is_change(m)]
    return [check for stated in changes for end in ends if _belong(stated, end) and (check := _check(stated, end))]


def _belong(stated: Metric, end: Metric) -> bool:
    """Say whether a change and two ends are of one thing: words in common, or one breath."""
    if stated.turn == end.turn and abs(stated.start - end.start) < 120:
        return True
    return bool(measure_words(stated.measures) & (measure_words(end.measures) | {end.unit})) and abs(stated.turn - end.turn) <= _NEAR * 20


def _check(stated: Metric, end: Metric) -> Check | None:
    if end.baseline is None or isinstance(stated.value, tuple):
        return None
    ends = _comparable(end, end.baseline)
    change = check_change(Decimal(str(stated.value)), stated.unit, *ends, of=end.unit) if ends else None
    return Check(stated, end, change) if change else None
