"""Pages as Word documents with real heading styles, lists and tables, so that they can be edited."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from functools import singledispatch
from typing import Any

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.shared import Cm, RGBColor

from ..text import one_line, printable
from .blocks import Block, Heading, Items, Note, Page, Paragraph, Quotation, Table

__all__ = ["to_docx"]

_NOTE = "Note to the writer"
_MARGIN_CM = 2.0  # on each side
_TEXT_CM = 17.0  # width of the text on A4: 21 cm less both margins
# Range in characters in which a column's share of the width grows with its longest text.
_NARROWEST, _WIDEST = 20, 60


def to_docx(page: Page) -> bytes:
    """Return a page as a .docx file."""
    document = _new()
    about = document.core_properties
    about.title, about.created = one_line(page.title), datetime.now(UTC)
    about.author = about.comments = ""  # python-docx names itself there
    document.add_heading(one_line(page.title), level=0)
    for block in page.blocks:
        _add(block, document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _new() -> Document:
    """Return an empty document with the margins and the style for notes."""
    document = docx.Document()
    for section in document.sections:
        section.left_margin = section.right_margin = Cm(_MARGIN_CM)
    note: Any = document.styles.add_style(_NOTE, WD_STYLE_TYPE.PARAGRAPH)
    note.base_style = document.styles["Normal"]
    note.font.italic = True
    note.font.color.rgb = RGBColor(0x9A, 0x34, 0x12)
    note.paragraph_format.left_indent = Cm(0.6)
    return document


def _lines(text: str) -> str:
    return "\n".join(one_line(line) for line in printable(text).splitlines() if line.strip())


@singledispatch
def _add(block: Block, document: Document) -> None:
    raise TypeError(f"a {type(block).__name__} is not a block")


@_add.register
def _heading(block: Heading, document: Document) -> None:
    document.add_heading(one_line(block.text), level=block.level - 1)


@_add.register
def _paragraph(block: Paragraph, document: Document) -> None:
    paragraph = document.add_paragraph()
    if block.label:
        paragraph.add_run(f"{one_line(block.label)}. ").bold = True
    paragraph.add_run(_lines(block.text))


@_add.register
def _quotation(block: Quotation, document: Document) -> None:
    paragraph = document.add_paragraph(style="Quote")
    paragraph.add_run(one_line(block.text))
    paragraph.add_run(f"\n{one_line(block.by)}").italic = False


@_add.register
def _items(block: Items, document: Document) -> None:
    for number, item in enumerate(block.items, 1):
        # Word continues numbering across lists of one style, so numbers are written out.
        style = "List Paragraph" if block.numbered else "List Bullet"
        document.add_paragraph((f"{number}. " if block.numbered else "") + _lines(item), style=style)


@_add.register
def _table(block: Table, document: Document) -> None:
    table = document.add_table(rows=1, cols=len(block.head), style="Table Grid")
    for cell, text in zip(table.rows[0].cells, block.head, strict=True):
        cell.paragraphs[0].add_run(one_line(text)).bold = True
    for row in block.rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = _lines(text)
    _keep_rows(table)
    _set_widths(table, block)
    document.add_paragraph()


def _keep_rows(table: Any) -> None:
    """Keep each row on one page, and repeat the first at the top of every page."""
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # python-docx has no other way
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _set_widths(table: Any, block: Table) -> None:
    """Divide the page's width among the columns by their amount of text."""
    lengths = [max(_NARROWEST, *(min(len(row[n]), _WIDEST) for row in (block.head, *block.rows))) for n in range(len(block.head))]
    table.autofit = False
    for column, length in zip(table.columns, lengths, strict=True):
        # Word reads the widths of the cells, LibreOffice those of the columns.
        column.width = Cm(_TEXT_CM * length / sum(lengths))
        for cell in column.cells:
            cell.width = Cm(_TEXT_CM * length / sum(lengths))


@_add.register
def _note(block: Note, document: Document) -> None:
    document.add_paragraph(_lines(block.text), style=_NOTE)
