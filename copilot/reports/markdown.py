"""Pages as Markdown; what people said is escaped, so that it stays plain text."""

from __future__ import annotations

import re
from functools import singledispatch

from ..text import printable
from .blocks import Block, Heading, Items, Note, Page, Paragraph, Quotation, Table

__all__ = ["to_markdown"]

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#])")
_LEADING = re.compile(r"^(\s*)([-+=]|\d+[.)])(?=\s|$)", re.MULTILINE)
# What many programs turn into a link by themselves.
_LINK = re.compile(r"\b(?:(?:https?|ftp|mailto|javascript|data)(?=:)|www(?=\.))", re.IGNORECASE)


def to_markdown(page: Page) -> bytes:
    """Return a page as Markdown in UTF-8."""
    parts = [f"# {_inline(page.title)}", *(_block(block) for block in page.blocks)]
    return ("\n\n".join(parts) + "\n").encode()


def _escaped(text: str) -> str:
    text = _SPECIAL.sub(r"\\\1", printable(text))
    return _LINK.sub(r"\g<0>\\", _LEADING.sub(r"\1\\\2", text))


def _inline(text: str) -> str:
    """Return a text on one line."""
    return " ".join(_escaped(text).split())


def _lines(text: str, indent: str = "") -> str:
    """Return a text with its line breaks kept."""
    return f"\\\n{indent}".join(" ".join(line.split()) for line in _escaped(text).splitlines() if line.strip())


@singledispatch
def _block(block: Block) -> str:
    raise TypeError(f"a {type(block).__name__} is not a block")


@_block.register
def _heading(block: Heading) -> str:
    return f"{'#' * block.level} {_inline(block.text)}"


@_block.register
def _paragraph(block: Paragraph) -> str:
    return (f"**{_inline(block.label)}.** " if block.label else "") + _lines(block.text)


@_block.register
def _quotation(block: Quotation) -> str:
    return f"> {_inline(block.text)}\n>\n> — {_inline(block.by)}"


@_block.register
def _items(block: Items) -> str:
    marks = [f"{n}. " if block.numbered else "- " for n in range(1, len(block.items) + 1)]
    return "\n".join(mark + _lines(item, " " * len(mark)) for mark, item in zip(marks, block.items, strict=True))


@_block.register
def _table(block: Table) -> str:
    rows = [block.head, tuple("---" for _ in block.head), *(tuple(_cell(cell) for cell in row) for row in block.rows)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _cell(text: str) -> str:
    return "<br>".join(_inline(line) for line in text.splitlines()) or " "


@_block.register
def _note(block: Note) -> str:
    return f"- [ ] {_inline(block.text)}"
