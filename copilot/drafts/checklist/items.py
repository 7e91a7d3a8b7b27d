"""The values of a checklist, and what its areas have in common."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Literal, TypeVar

from pydantic import Field

from ...turns import Compound, Value
from ..citation import Citation
from ..material import Material

__all__ = ["LONGEST", "TICK", "Area", "Checklist", "Item", "ItemStatus", "Part", "grouped", "shown", "ticked"]

Area = Literal["speakers", "consent", "off the record", "permissions", "customer", "engineering", "promises", "open questions"]
"""What an item is about, in the order of the checklist."""
ItemStatus = Literal["to confirm", "to ask", "done", "missing", "holds", "does not hold", "barred", "waiting", "open"]
"""Where an item stands."""
T = TypeVar("T")
K = TypeVar("K", bound=Hashable)

LONGEST = 40
"""Most words of a turn that an item shows."""
TICK = "\N{BALLOT BOX}"
"""The box before a line that a customer ticks."""


class Part(Value):
    """One of the things that an item stands for, with the words that it rests on."""

    text: str
    evidence: tuple[Citation, ...] = ()


class Item(Value):
    """One thing to check, or several of one kind that a person checks together: their owner, their status, whether they block publication.

    `parts` are the several, each with its own words. `item` is what to check, with the parts as lines to tick where they are short.
    `derived` are the parts of `item` that nobody said on the call: what is computed, or comes from the background file.
    """

    area: Area
    item: str
    parts: tuple[Part, ...] = ()
    evidence: tuple[Citation, ...] = ()
    derived: tuple[str, ...] = ()
    owner: str
    status: ItemStatus
    blocks: bool


class Checklist(Compound):
    """Everything to check before publication. It is a working list, not legal advice."""

    schema_: Literal["copilot.checklist/1"] = Field(default="copilot.checklist/1", alias="schema")
    company: str | None
    items: tuple[Item, ...]


def shown(material: Material, number: int) -> Citation:
    """Return a turn's words, shortened, or only its place if something in it is barred."""
    turn = material.turns[number]
    if not material.is_open(number) or material.barred.covers(turn.span(0, len(turn.text))):
        return material.point(number)
    return material.clip(number, 0, len(turn.text), LONGEST)


def ticked(parts: Iterable[Part]) -> list[str]:
    """Return a line to tick for each part."""
    return [f"{TICK} {part.text}" for part in parts]


def grouped(rows: Iterable[T], key: Callable[[T], K]) -> dict[K, list[T]]:
    """Return rows by a key, keys and rows in order of appearance."""
    held: dict[K, list[T]] = {}
    for row in rows:
        held.setdefault(key(row), []).append(row)
    return held
