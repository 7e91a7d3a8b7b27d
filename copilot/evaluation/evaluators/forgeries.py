"""Forgeries: no paragraph of writers that put a fault into each gets into a document; those of honest writers do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..counting import Counts, Figure, ratio, total
from ..forgers import FORGERS, HONEST, UNSEEN, Forge, Scene, writer
from ..hearing import Hearing
from ..trial import Heard

__all__ = ["FIGURES", "count"]


def count(heard: Heard) -> Counts:
    """Count each writer's paragraphs for the documents of a call, and those that are used."""
    hearing, n = heard.hearing, Counts()
    scene = Scene(hearing.material)
    for name, forge in {**FORGERS, **UNSEEN, **HONEST}.items():
        written, used = _tried(hearing, scene, forge)
        n[f"{name}.written"] += written
        n[f"{name}.used"] += used
        n[f"{name}.refused"] += written - used
    n["forged.written"] = sum(n[f"{name}.written"] for name in FORGERS)
    n["forged.used"] = sum(n[f"{name}.used"] for name in FORGERS)
    return n


def _tried(hearing: Hearing, scene: Scene, forge: Forge) -> tuple[int, int]:
    """Return how many paragraphs a writer writes, and how many pass the checks."""
    given: list[str] = []
    write = writer(forge, scene, given)
    held = [worded for document in hearing.documents for worded in hearing.trying(document, hearing.material, write) if worded.text]
    return len(given), len(held)


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
    *(ratio(f"unseen_{name}_through", f"{name}.used", f"{name}.written", "lower") for name in UNSEEN),
)
