"""Concessions: a customer who gives way to another one's statement, or says which of two figures to go with."""

from __future__ import annotations

from collections.abc import Iterable

from ...findings import Contradiction
from ...quantities import find_quantities
from ...reading import Reading
from .clash import Scene
from .memory import Past

__all__ = ["find_concessions"]

AT_ONCE = 2  # turns after a contradiction in which a bare "you're right" gives way
LATER = 6  # turns after it in which "go with nineteen" does
_OPENING = 2  # sentences


def find_concessions(reading: Reading, contradictions: Iterable[Contradiction], past: Past) -> tuple[Contradiction, ...]:
    """Return the contradictions that a customer's turn settles, with the turn as the one that settles them."""
    if not reading.is_customer:
        return ()
    scene = Scene.of(reading, past)
    recent = (c for c in contradictions if c.settled_by is None and 0 < reading.turn.turn - c.turns[-1] <= LATER)
    return tuple(c.model_copy(update={"settled_by": reading.turn.turn}) for c in recent if _gives_way(scene, c) or _chooses(scene, c))


def _gives_way(scene: Scene, said: Contradiction) -> bool:
    """Say whether the speaker grants what another customer has just said, as in "that's true, Kent was late"."""
    reading = scene.reading
    last = next((r for r in reading.before if r.turn.turn == said.turns[-1]), None)
    near = reading.turn.turn - said.turns[-1] <= AT_ONCE
    another = last is not None and last.turn.speaker != reading.turn.speaker
    return near and another and any(scene.within("concedes", s) for s in reading.sentences[:_OPENING])


def _chooses(scene: Scene, said: Contradiction) -> bool:
    """Say whether the speaker tells which of the figures to print, as in "go with nineteen"."""
    figures = {(q.low, q.high) for q in find_quantities(said.text)}
    chosen = (s for s in scene.reading.sentences if scene.within("chooses", s))
    return any((q.low, q.high) in figures for s in chosen for q in scene.reading.quantities_in(s))
