"""Pages as HTML: one self-contained file without scripts or external resources; what people said is escaped."""

from __future__ import annotations

from functools import singledispatch
from html import escape
from pathlib import Path

from ..text import one_line
from .blocks import Block, Heading, Items, Note, Page, Paragraph, Quotation, Table

__all__ = ["STYLE", "document_of", "safe", "to_fragment", "to_html"]

STYLE = (Path(__file__).parent / "page.css").read_text("utf-8")
_POLICY = escape("default-src 'none'; style-src 'unsafe-inline'")


def safe(text: str) -> str:
    """Return a text escaped for an HTML element or quoted attribute, with line breaks as spaces."""
    return escape(one_line(text))


def document_of(title: str, body: str) -> bytes:
    """Return a whole HTML document in UTF-8."""
    head = (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{safe(title)}</title>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="color-scheme" content="light dark">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n<style>\n{STYLE}</style>\n</head>\n'
    )
    return f"{head}<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n".encode()


def to_html(page: Page) -> bytes:
    """Return a page as an HTML document in UTF-8."""
    return document_of(page.title, f"<h1>{safe(page.title)}</h1>\n{to_fragment(page.blocks)}")


def to_fragment(blocks: tuple[Block, ...]) -> str:
    """Return blocks as HTML without a head."""
    return "\n".join(_block(block) for block in blocks)


def _lines(text: str) -> str:
    return "<br>".join(safe(line) for line in text.splitlines() if line.strip())


@singledispatch
def _block(block: Block) -> str:
    raise TypeError(f"a {type(block).__name__} is not a block")


@_block.register
def _heading(block: Heading) -> str:
    return f"<h{block.level}>{safe(block.text)}</h{block.level}>"


@_block.register
def _paragraph(block: Paragraph) -> str:
    label = f"<strong>{safe(block.label)}.</strong> " if block.label else ""
    return f"<p>{label}{_lines(block.text)}</p>"


@_block.register
def _quotation(block: Quotation) -> str:
    return f"<blockquote><p>{safe(block.text)}</p><footer>{safe(block.by)}</footer></blockquote>"


@_block.register
def _items(block: Items) -> str:
    tag = "ol" if block.numbered else "ul"
    return f"<{tag}>{''.join(f'<li>{_lines(item)}</li>' for item in block.items)}</{tag}>"


@_block.register
def _table(block: Table) -> str:
    head = "".join(f'<th scope="col">{safe(cell)}</th>' for cell in block.head)
    rows = "".join(f"<tr>{''.join(_cell(name, cell) for name, cell in zip(block.head, row, strict=True))}</tr>" for row in block.rows)
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return f'<div class="wide" tabindex="0" role="region" aria-label="{safe(block.head[0])}">{table}</div>'


def _cell(name: str, text: str) -> str:
    """Return a cell with its column's name, which narrow screens show next to it."""
    return f'<td data-label="{safe(name)}">{_lines(text)}</td>'


@_block.register
def _note(block: Note) -> str:
    return f'<p class="note">{_lines(block.text)}</p>'
