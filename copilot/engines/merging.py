"""Make one of what the embedded engine and a language model find in a turn: the same gap once, with both origins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypedDict, TypeVar

from ..detectors import Found
from ..findings import FAMILY, GAPS_A_TURN, Boundary, Closing, Gap, GapKind, Metric, Quote, Touch
from ..ledger import Ledger
from ..text import stem, tokenize
from ..turns import Span

__all__ = ["SURE", "merge", "merge_late", "says_something", "with_chosen_quotes"]

S = TypeVar("S", bound=Span)

SURE = 0.8
"""Least score of a gap that the rules alone find, for it to stay on a turn that the model has read."""
CHOSEN = 0.9
"""Least score of a quote that the model chose."""


def says_something(found: Found) -> bool:
    """Return whether a model's findings hold anything that it was asked for; sections only follow from topics."""
    return replace(found, refusals=(), sections=()) != Found()


def merge(rules: Found, model: Found, noted: Found | None = None, shown: Iterable[str] = ()) -> tuple[Found, dict[str, str]]:
    """Return what both find in a turn, and the final id of each gap of the model.

    `model` is what holds of the model's findings, `noted` what it found before the guard, if that is more; `shown` are the ids of the
    gaps that it knew of. A turn of which nothing holds is the rules' alone: saying nothing is no finding, since a model that has not
    read the turn says nothing too.

    Else the model has read the turn and decides on gaps, and on the closings of those that it knew of; the rules add the gaps that they
    are sure of, and everything that the model is not asked for. Its metrics, topics and claims take the place of the rules' where it
    has some that hold; where others of these did not hold, the rules' own stand for them. A boundary that either has seen holds.
    """
    if not says_something(model):
        return rules, {}
    before = noted or model
    gaps, names = (rules.gaps, {}) if before.gaps and not model.gaps else _gaps(rules.gaps, model.gaps, {g.id: g for g in before.gaps})
    known = {c.turns for c in rules.contradictions}
    merged = replace(
        rules,
        judged=True,
        shown=tuple(sorted(set(shown))),
        **_topics(rules, model, before.touches),
        metrics=_metrics(rules.metrics, model.metrics, before.metrics),
        gaps=gaps,
        quotes=_quotes(rules.quotes, model.quotes),
        verify=model.verify or rules.verify,
        boundaries=rules.boundaries + _further(model.boundaries, rules.boundaries),
        contradictions=rules.contradictions + tuple(c for c in model.contradictions if c.turns not in known),
        closings=_renamed(model.closings, names),
    )
    return merged, names


def with_chosen_quotes(rules: Found, earlier: Sequence[Quote]) -> Found:
    """Return the rules' findings, in which quotes of an earlier turn are weighed again; those that the model chose there stay first."""
    chosen = {(q.turn, q.start, q.end) for q in earlier if q.score >= CHOSEN}
    return replace(rules, quotes=tuple(_preferred(q) if (q.turn, q.start, q.end) in chosen else q for q in rules.quotes))


def _preferred(quote: Quote) -> Quote:
    return quote.model_copy(update={"score": CHOSEN + (1 - CHOSEN) * quote.score})


def merge_late(found: Found, late: Found, ledger: Ledger) -> Found:
    """Return a turn's findings with those that a late answer gives of an earlier turn.

    A gap that the ledger knows gains an origin; a metric that it knows is left out, and so is a boundary that bars nothing new.
    """
    gaps, names = _gaps([g for g in ledger.gaps.values() if g.turn in {n.turn for n in late.gaps}], late.gaps)
    new = tuple(g for g in gaps if "llm" in g.origin)
    return replace(
        found,
        metrics=found.metrics + _apart(late.metrics, ledger.metrics),
        gaps=found.gaps + new,
        quotes=found.quotes + late.quotes,
        boundaries=found.boundaries + _further(late.boundaries, (*ledger.off_record.boundaries, *found.boundaries)),
        contradictions=found.contradictions + late.contradictions,
        closings=found.closings + _renamed(late.closings, names),
    )


def _renamed(closings: Iterable[Closing], names: Mapping[str, str]) -> tuple[Closing, ...]:
    """Return closings of gaps by their final ids."""
    return tuple(c.model_copy(update={"gap": names.get(c.gap, c.gap)}) for c in closings)


def _gaps(rules: Sequence[Gap], model: Sequence[Gap], noted: Mapping[str, Gap] | None = None) -> tuple[tuple[Gap, ...], dict[str, str]]:
    """Return the gaps of both, and the final id of each gap of the model; `noted` has these, by name, as they were before the guard."""
    left = list(rules)
    kept: list[Gap] = []
    names: dict[str, str] = {}
    for gap in sorted(model, key=lambda g: not _nearest(rules, g, g.kind)):
        same = _nearest(left, gap)
        if same is None:
            final = gap.model_copy(update={"id": f"{gap.turn}.{gap.start}-{gap.kind}"})
        else:
            left.remove(same)
            final = _of_both(same, gap, (noted or {}).get(gap.id, gap))
        names[gap.id] = final.id
        kept.append(final)
    instead = _in_their_place(left, [g for name, g in (noted or {}).items() if name not in names])
    kinds = {g.kind for g in model}
    kept += [r for r in left if r in instead or (r.score >= SURE and r.kind not in kinds)][: GAPS_A_TURN - len(kept)]
    return tuple(sorted(kept, key=lambda g: (g.turn, g.start, g.id))), names


def _in_their_place(rules: Iterable[Gap], gone: Iterable[Gap]) -> list[Gap]:
    """Return the gaps of the rules that stand for those of the model that did not hold: for each the likeliest one of its family.

    Rather one on its words, which may have been told in others.
    """
    left, instead = list(rules), list[Gap]()
    for gap in gone:
        alike = [r for r in left if r.turn == gap.turn and FAMILY[r.kind] == FAMILY[gap.kind]]
        if alike:
            best = max(alike, key=lambda r: (len(_stems(r) & _stems(gap)), r.kind == gap.kind, r.score))
            left.remove(best)
            instead.append(best)
    return instead


def _of_both(rules: Gap, model: Gap, noted: Gap) -> Gap:
    """Return a gap that both have found, in the model's words; where these did not hold, in those of the rules if they ask the same.

    Each may be right where the other is not, so the chance that a gap is there is that not both are wrong.
    """
    score = round(1 - (1 - rules.score) * (1 - model.score), 3)
    own = {"probe": rules.probe, "why": rules.why} if rules.kind == model.kind else {}
    kept = {name: text for name, text in own.items() if getattr(model, name) != getattr(noted, name)}
    return model.model_copy(update={"id": rules.id, "score": score, "origin": (*rules.origin, *model.origin), **kept})


def _nearest(gaps: Iterable[Gap], gap: Gap, kind: GapKind | None = None) -> Gap | None:
    """Return the one of some gaps that is the same as another: rather of its own kind, and only of `kind` if that is given."""
    same = [g for g in gaps if is_same(g, gap) and kind in {None, g.kind}]
    return min(same, key=lambda g: g.kind != gap.kind, default=None)


def is_same(a: Gap, b: Gap) -> bool:
    """Return whether two gaps of one turn are one: of a family and on words that overlap, or of a kind and on words with the same stems."""
    if a.turn != b.turn:
        return False
    if a.overlaps(b) and FAMILY[a.kind] == FAMILY[b.kind]:
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


def _further(model: Sequence[Boundary], known: Sequence[Boundary]) -> tuple[Boundary, ...]:
    """Return what boundaries of the model add to known ones, of which they take nothing away.

    What it alone would bar is held back until a person releases it: the model may be wrong, and what is clearly barred takes an agreement.
    """
    barred = {turn for b in known if b.degree == "clear" for turn in b.covers}
    covered = {turn for b in known for turn in b.covers}
    agreed = (b.model_copy(update={"degree": "clear"}) for b in _apart(model, known) if barred.issuperset(b.covers))
    alone = ((b, tuple(turn for turn in b.covers if turn not in covered)) for b in model)
    return (*agreed, *(b.model_copy(update={"covers": covers, "degree": "possible"}) for b, covers in alone if covers))


def _quotes(rules: Sequence[Quote], model: Sequence[Quote]) -> tuple[Quote, ...]:
    """Return the quotes of both; those of the model come first in score, and last in order, so that they count."""
    best = [max((r.score for r in rules if r.overlaps(q)), default=0.0) for q in model]
    chosen = [q.model_copy(update={"score": CHOSEN + (1 - CHOSEN) * score}) for q, score in zip(model, best, strict=True)]
    return (*_apart(rules, chosen), *chosen)


def _apart(spans: Sequence[S], others: Sequence[Span]) -> tuple[S, ...]:
    """Return the spans that overlap none of the others."""
    return tuple(s for s in spans if not any(s.overlaps(o) for o in others))
