"""The checklist before publication: what engineering, the customer and the writer have to confirm, and what blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..material import Material
from .ahead import promised, questions
from .clearance import conditions_to_keep, consent, losses, names, off_record, permissions
from .figures import arithmetic, figures
from .items import TICK, Area, Checklist, Item, Part
from .speakers import labels, roles, unnamed
from .statements import contradictions, engineering, facts, quotes

__all__ = ["TICK", "Area", "Checklist", "Item", "Part", "checklist"]

_AREAS: tuple[Callable[[Material], Iterable[Item]], ...] = (
    roles, labels, unnamed, consent, losses, off_record, permissions, conditions_to_keep, names, figures, arithmetic, contradictions,
    quotes, facts, engineering, promised, questions,
)  # fmt: skip
"""What the items are about, in the order of the checklist."""


def checklist(material: Material) -> Checklist:
    """Return what has to be checked before a story is published, by area."""
    return Checklist(company=material.background.customer.company, items=tuple(item for area in _AREAS for item in area(material)))
