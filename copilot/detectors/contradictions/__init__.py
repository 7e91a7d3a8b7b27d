"""Contradictions: statements that conflict with one another, with the background, or with their own arithmetic.

One file per kind of contradiction; each yields clashes from a `Scene`: a turn with its cues and the memory of the call.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...findings import Metric
from ...reading import Reading
from .absolutes import of_absolutes
from .answers import of_answers
from .changes import changes, of_changes
from .clash import Clash, Scene, gives_way, remember
from .concessions import find_concessions
from .corrections import of_corrections
from .memory import Past
from .months import of_months
from .rival_values import of_rival_values
from .rollouts import lengths, of_rollouts

__all__ = ["Clash", "Past", "find_clashes", "find_concessions", "gives_way", "remember_turn"]


def find_clashes(reading: Reading, metrics: Sequence[Metric], past: Past) -> tuple[Clash, ...]:
    """Return the contradictions that a customer's turn reveals, each pair of turns once; `metrics` are those of the turn."""
    if not reading.is_customer:
        return ()
    scene = Scene.of(reading, past)
    found = (
        *of_changes(scene, metrics),
        *of_answers(scene),
        *of_months(scene),
        *of_corrections(scene),
        *of_rollouts(scene, tuple(lengths(scene))),
        *of_absolutes(scene),
    )
    seen: dict[tuple[int, ...], Clash] = {}
    for clash in (*found, *(() if found else of_rival_values(scene, metrics))):
        seen.setdefault(clash.turns, clash)
    return tuple(seen.values())


def remember_turn(reading: Reading, past: Past) -> None:
    """Add a turn to the memory."""
    scene = Scene.of(reading, past)
    told = tuple(lengths(scene))
    remember(scene)
    past.lengths.extend(told)
    past.changes.extend(changes(reading) if reading.is_customer else ())
