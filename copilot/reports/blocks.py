"""Blocks, from which every form of a document is rendered. Their text is plain; each form does its own escaping."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Block", "Heading", "Items", "Note", "Page", "Paragraph", "Quotation", "Table"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 2 or 3; the page's title is level 1."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; line breaks in its text are kept. `label` comes before it in bold."""

    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Somebody's words, with who said them and when."""

    text: str
    by: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list; line breaks in items are kept."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; every row has as many cells as the head."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A note to the writer: something open, and the question for it."""

    text: str


Block = Heading | Paragraph | Quotation | Items | Table | Note
"""What a document consists of, from its top to its end."""


@dataclass(frozen=True, slots=True)
class Page:
    """A document as blocks under a title."""

    title: str
    blocks: tuple[Block, ...]
