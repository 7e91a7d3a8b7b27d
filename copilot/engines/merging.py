"""Merge what the embedded engine and a language model find in a turn: the same gap once, with both origins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from ..detectors import Found
from ..findings import GAPS_A_TURN, Boundary, Closing, Gap, GapKind, Metric, Quote
from ..ledger import Ledger
from ..text import stem, tokenize
from ..turns import Span

__all__ = ["merge", "merge_late", "with_chosen_quotes"]

S = TypeVar("S", bound=Span)

SURE = 0.8
"""Least score of a rules' gap that is kept although the model has read the turn and found nothing there."""
BOTH = 0.9
"""Least score of a gap that both have found."""


def merge(rules: Found, model: Found, noted: Found | None = None, *, silent: bool = False) -> tuple[Found, dict[str, str]]:
    """Return the merged findings of a turn that the model has read, and the final id of each of the model's gaps.

    `noted` is what the model found before the guard, if that is more: metrics or topics that were rejected are replaced by the rules'
    own. `silent` says that the model is known to have read the turn, so that finding nothing counts as a finding.

    The model decides on gaps and their closings, metrics, topics, quotes and claims, and on what a boundary covers; the rules add the
    gaps that they are sure of and everything that the model is not asked for. A boundary found by either holds. Without `silent`, a
    turn on which the model says nothing was skipped: there the rules decide, except for gaps that they are not sure of.
    """
    if model == Found(refusals=model.refusals) and not silent:
        return replace(rules, gaps=tuple(g for g in rules.gaps if g.score >= SURE)), {}
    gaps, names = _gaps(rules.gaps, model.gaps)
    known = {c.turns for c in rules.contradictions}
    before = noted or model
    touches, sections = (rules.touches, rules.sections) if len(before.touches) > len(model.touches) else ((), ())
    merged = replace(
        rules,
        judged=True,
        touches=model.touches + touches,
        sections=tuple(dict.fromkeys((*model.sections, *sections))),
        metrics=(*(_completed(m, rules.metrics) for m in model.metrics), *_instead(rules.metrics, before.metrics, model.metrics)),
        gaps=gaps,
        quotes=_quotes(rules.quotes, model.quotes),
        verify=model.verify,
        boundaries=_boundaries(rules.boundaries, model.boundaries),
        contradictions=rules.contradictions + tuple(c for c in model.contradictions if c.turns not in known),
        closings=tuple(Closing(gap=names.get(c.gap, c.gap), turn=c.turn, outcome=c.outcome) for c in model.closings),
    )
    return merged, names


def with_chosen_quotes(rules: Found, earlier: Sequence[Quote]) -> Found:
    """Return the rules' findings of a turn, which rescore the quotes of the turn before, with the model's choice kept first."""
    chosen = {(q.turn, q.start, q.end) for q in earlier if q.score >= BOTH}
    return replace(rules, quotes=tuple(_preferred(q) if (q.turn, q.start, q.end) in chosen else q for q in rules.quotes))


def _preferred(quote: Quote) -> Quote:
    return quote.model_copy(update={"score": BOTH + (1 - BOTH) * quote.score})


def merge_late(found: Found, late: Found, ledger: Ledger) -> Found:
    """Return a turn's findings together with those of a late answer about an earlier turn.

    A gap that the ledger knows gains an origin; a metric or boundary that it knows is left out.
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
    """Return the gaps of both, and the final id of each of the model's gaps."""
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
    """Return the gap that is the same as another, preferably of the same kind, or only of the given kind; None if there is none."""
    same = [g for g in gaps if is_same(g, gap) and kind in {None, g.kind}]
    return min(same, key=lambda g: g.kind != gap.kind, default=None)


def is_same(a: Gap, b: Gap) -> bool:
    """Say whether two gaps of one turn are the same: their triggers overlap, or they have the same kind and share words."""
    if a.turn != b.turn:
        return False
    if a.overlaps(b):
        return True
    return a.kind == b.kind and bool(_stems(a) & _stems(b))


def _stems(gap: Gap) -> set[str]:
    return {stem(t.norm) for t in tokenize(gap.text) if len(t.norm) > 3}


def _completed(metric: Metric, rules: Sequence[Metric]) -> Metric:
    """Return the model's metric with fields that it lacks from the rules, marked if the rules know that it was only agreed to."""
    agreed = any(r.agreed for r in rules if r.overlaps(metric))
    asked = ("baseline", "period", "scope", "source") if metric.kind == "result" else ()
    return metric.model_copy(update={"agreed": agreed, "missing": tuple(name for name in asked if getattr(metric, name) is None)})


def _instead(rules: Sequence[Metric], noted: Sequence[Metric], held: Sequence[Metric]) -> tuple[Metric, ...]:
    """Return the rules' metrics that replace the model's rejected ones: they share words only with these."""
    if len(noted) == len(held):
        return ()
    return tuple(m for m in _apart(rules, held) if any(m.text in n.text or n.text in m.text for n in noted if n.turn == m.turn))


def _boundaries(rules: Sequence[Boundary], model: Sequence[Boundary]) -> tuple[Boundary, ...]:
    """Return the boundaries of both; the model decides what they cover if it has found one."""
    covers = tuple(sorted({turn for b in model for turn in b.covers}))
    told = tuple(b.model_copy(update={"covers": covers}) for b in rules) if model else tuple(rules)
    return told + _apart(model, told)


def _quotes(rules: Sequence[Quote], model: Sequence[Quote]) -> tuple[Quote, ...]:
    """Return the quotes of both; the model's have the higher scores, and come last so that they take precedence."""
    best = [max((r.score for r in rules if r.overlaps(q)), default=0.0) for q in model]
    chosen = [q.model_copy(update={"score": BOTH + (1 - BOTH) * score}) for q, score in zip(model, best, strict=True)]
    return (*_apart(rules, chosen), *chosen)


def _apart(spans: Sequence[S], others: Sequence[Span]) -> tuple[S, ...]:
    """Return the spans that do not overlap the others."""
    return tuple(s for s in spans if not any(s.overlaps(o) for o in others))
