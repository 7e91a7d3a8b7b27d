"""Forgeries: no paragraph of writers that put a fault into each gets into a document; those of honest writers do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ...drafts import Attempt
from ...drafts.faults import RULES
from ..context import EvaluatorContext
from ..counting import Counts, Figure, ratio, total
from ..forgers import FORGERS, HONEST, UNSEEN, Forge, Scene, writer
from ..hearing import Hearing

__all__ = ["FIGURES", "count"]


def count(context: EvaluatorContext) -> Counts:
    """Count each writer's paragraphs for the documents of a call, and those that are used."""
    hearing, n = context.hearing, Counts()
    scene = Scene(hearing.material)
    for name, forge in {**FORGERS, **UNSEEN, **HONEST}.items():
        written, attempts = _tried(hearing, scene, forge)
        used = sum(bool(attempt.text) for attempt in attempts)
        n[f"{name}.written"] += written
        n[f"{name}.used"] += used
        n[f"{name}.refused"] += written - used
        for rule in (attempt.fault.rule for attempt in attempts if attempt.fault and name in FORGERS):
            n[f"rule.{rule}"] += 1
    n["forged.written"] = sum(n[f"{name}.written"] for name in FORGERS)
    n["forged.used"] = sum(n[f"{name}.used"] for name in FORGERS)
    return n


def _tried(hearing: Hearing, scene: Scene, forge: Forge) -> tuple[int, list[Attempt]]:
    """Return how many paragraphs a writer writes, and its attempts, those among them where it wrote nothing."""
    given: list[str] = []
    write = writer(forge, scene, given)
    attempts = [attempt for document in hearing.documents for attempt in hearing.trying(document, hearing.material, write)]
    return len(given), attempts


def _figures(writers: Mapping[str, Forge]) -> Iterable[Figure]:
    for name in writers:
        yield total(f"{name}_written", f"{name}.written", "neither")
        yield total(f"{name}_refused", f"{name}.refused", "neither")
        yield total(f"{name}_through", f"{name}.used")


FIGURES = (
    total("written", "forged.written", "neither"),
    total("through", "forged.used"),
    *(ratio(f"honest_{name}_used", f"{name}.used", f"{name}.written") for name in HONEST),
    *_figures(FORGERS),
    *(total(f"refused_by_{rule}", f"rule.{rule}", "neither") for rule in (rule.id for rule in RULES)),
    *(ratio(f"unseen_{name}_through", f"{name}.used", f"{name}.written", "lower") for name in UNSEEN),
)
