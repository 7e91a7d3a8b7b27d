"""Make one of what the embedded engine and a language model find in a turn: the same gap once, with both origins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypedDict, TypeVar

from ..detectors import Found
from ..findings import GAPS_A_TURN, Boundary, Closing, Gap, GapKind, Metric, Quote, Touch
from ..ledger import Ledger
from ..text import stem, tokenize
from ..turns import Span

__all__ = ["merge", "merge_late", "says_something", "with_chosen_quotes"]

S = TypeVar("S", bound=Span)

SURE = 0.8
"""Least score of a gap that the rules alone find, for it to stay on a turn that the model has read."""
BOTH = 0.9
"""Least score of what both have found."""


def says_something(found: Found) -> bool:
    """Return whether a model's findings hold anything that it was asked for; sections only follow from topics."""
    return replace(found, refusals=(), sections=()) != Found()


def merge(rules: Found, model: Found, noted: Found | None = None) -> tuple[Found, dict[str, str]]:
    """Return what both find in a turn, and the final id of each gap of the model.

    `model` is what holds of the model's findings, `noted` what it found before the guard, if that is more. A turn of which nothing
    holds is the rules' alone: saying nothing is no finding, since a model that has not read the turn says nothing too.

    Else the model has read the turn and decides on gaps and their closings, and on what a boundary covers; the rules add the gaps that they
    are sure of, and everything that the model is not asked for. Its metrics, topics and claims take the place of the rules' where it
    has some that hold; where others of these did not hold, the rules' own stand for them. A boundary that either has seen holds.
    """
    if not says_something(model):
        return rules, {}
    before = noted or model
    gaps, names = (rules.gaps, {}) if before.gaps and not model.gaps else _gaps(rules.gaps, model.gaps)
    known = {c.turns for c in rules.contradictions}
    merged = replace(
        rules,
        judged=True,
        **_topics(rules, model, before.touches),
        metrics=_metrics(rules.metrics, model.metrics, before.metrics),
        gaps=gaps,
        quotes=_quotes(rules.quotes, model.quotes),
        verify=model.verify or rules.verify,
        boundaries=_boundaries(rules.boundaries, model.boundaries),
        contradictions=rules.contradictions + tuple(c for c in model.contradictions if c.turns not in known),
        closings=tuple(Closing(gap=names.get(c.gap, c.gap), turn=c.turn, outcome=c.outcome) for c in model.closings),
    )
    return merged, names


def with_chosen_quotes(rules: Found, earlier: Sequence[Quote]) -> Found:
    """Return the rules' findings, in which quotes of an earlier turn are weighed again; those that the model chose there stay first."""
    chosen = {(q.turn, q.start, q.end) for q in earlier if q.score >= BOTH}
    return replace(rules, quotes=tuple(_preferred(q) if (q.turn, q.start, q.end) in chosen else q for q in rules.quotes))


def _preferred(quote: Quote) -> Quote:
    return quote.model_copy(update={"score": BOTH + (1 - BOTH) * quote.score})


def merge_late(found: Found, late: Found, ledger: Ledger) -> Found:
    """Return a turn's findings with those that a late answer gives of an earlier turn.

    A gap that the ledger knows gains an origin; a metric or a boundary that it knows is left out.
    """
    gaps, names = _gaps([g for g in ledger.gaps.values() if g.turn in {n.turn for n in late.gaps}], late.gaps)
    new = tuple(g for g in gaps if "llm" in g.origin)
    return replace(
        found,
        metrics=found.metrics + _apart(late.metrics, ledger.metrics),
        gaps=found.gaps + new,
        quotes=found.quotes + late.quotes,
        boundaries=found.boundaries + _apart(late.boundaries, ledger.boundaries),
        contradictions=found.contradictions + late.contradictions,
        closings=found.closings + tuple(Closing(gap=names.get(c.gap, c.gap), turn=c.turn, outcome=c.outcome) for c in late.closings),
    )


def _gaps(rules: Sequence[Gap], model: Sequence[Gap]) -> tuple[tuple[Gap, ...], dict[str, str]]:
    """Return the gaps of both, and the final id of each gap of the model."""
    left = list(rules)
    kept: list[Gap] = []
    names: dict[str, str] = {}
    for gap in sorted(model, key=lambda g: not _nearest(rules, g, g.kind)):
        same = _nearest(left, gap)
        if same is None:
            final = gap.model_copy(update={"id": f"{gap.turn}.{gap.start}-{gap.kind}"})
        else:
            left.remove(same)
            final = gap.model_copy(update={"id": same.id, "score": max(gap.score, BOTH), "origin": (*same.origin, *gap.origin)})
        names[gap.id] = final.id
        kept.append(final)
    kept += [r for r in left if r.score >= SURE and r.kind not in {g.kind for g in model}][: GAPS_A_TURN - len(kept)]
    return tuple(sorted(kept, key=lambda g: (g.turn, g.start, g.id))), names


def _nearest(gaps: Iterable[Gap], gap: Gap, kind: GapKind | None = None) -> Gap | None:
    """Return the one of some gaps that is the same as another: rather of its own kind, and only of `kind` if that is given."""
    same = [g for g in gaps if is_same(g, gap) and kind in {None, g.kind}]
    return min(same, key=lambda g: g.kind != gap.kind, default=None)


def is_same(a: Gap, b: Gap) -> bool:
    """Return whether two gaps of one turn are one: their triggers overlap, or they lack the same kind of thing on the same words."""
    if a.turn != b.turn:
        return False
    if a.overlaps(b):
        return True
    return a.kind == b.kind and bool(_stems(a) & _stems(b))


def _stems(gap: Gap) -> set[str]:
    return {stem(t.norm) for t in tokenize(gap.text) if len(t.norm) > 3}


class _Topics(TypedDict):
    touches: tuple[Touch, ...]
    sections: tuple[str, ...]


def _topics(rules: Found, model: Found, noted: Sequence[Touch]) -> _Topics:
    """Return the topics of the model, and of the rules where it has none or some of its own did not hold."""
    if not model.touches:
        return {"touches": rules.touches, "sections": rules.sections}
    if len(noted) == len(model.touches):
        return {"touches": model.touches, "sections": model.sections}
    return {"touches": model.touches + rules.touches, "sections": tuple(dict.fromkeys((*model.sections, *rules.sections)))}


def _metrics(rules: Sequence[Metric], model: Sequence[Metric], noted: Sequence[Metric]) -> tuple[Metric, ...]:
    """Return the metrics of the model, and those of the rules where it has none or some of its own did not hold."""
    if not model:
        return tuple(rules)
    return (*(_completed(m, rules) for m in model), *_instead(rules, noted, model))


def _completed(metric: Metric, rules: Sequence[Metric]) -> Metric:
    """Return the model's metric, marked where the rules know that the number was only agreed to, and with the fields that it lacks."""
    agreed = any(r.agreed for r in rules if r.overlaps(metric))
    asked = ("baseline", "period", "scope", "source") if metric.kind == "result" else ()
    return metric.model_copy(update={"agreed": agreed, "missing": tuple(name for name in asked if getattr(metric, name) is None)})


def _instead(rules: Sequence[Metric], noted: Sequence[Metric], held: Sequence[Metric]) -> tuple[Metric, ...]:
    """Return the metrics of the rules for those of the model that did not hold: they share words with these alone."""
    if len(noted) == len(held):
        return ()
    return tuple(m for m in _apart(rules, held) if any(m.text in n.text or n.text in m.text for n in noted if n.turn == m.turn))


def _boundaries(rules: Sequence[Boundary], model: Sequence[Boundary]) -> tuple[Boundary, ...]:
    """Return the boundaries of both; what they cover is told by the model where it has seen one."""
    covers = tuple(sorted({turn for b in model for turn in b.covers}))
    told = tuple(b.model_copy(update={"covers": covers}) for b in rules) if model else tuple(rules)
    return told + _apart(model, told)


def _quotes(rules: Sequence[Quote], model: Sequence[Quote]) -> tuple[Quote, ...]:
    """Return the quotes of both; those of the model come first in score, and last in order, so that they count."""
    best = [max((r.score for r in rules if r.overlaps(q)), default=0.0) for q in model]
    chosen = [q.model_copy(update={"score": BOTH + (1 - BOTH) * score}) for q, score in zip(model, best, strict=True)]
    return (*_apart(rules, chosen), *chosen)


def _apart(spans: Sequence[S], others: Sequence[Span]) -> tuple[S, ...]:
    """Return the spans that overlap none of the others."""
    return tuple(s for s in spans if not any(s.overlaps(o) for o in others))
