"""The checklist as a table for spreadsheets."""

from __future__ import annotations

import csv
import io

from ..drafts.checklist import Checklist
from ..text import one_line
from .layout import item_cells

__all__ = ["to_csv"]

# Spreadsheets read cells with these beginnings as formulas.
_FORMULA = ("=", "+", "-", "@", "\t")


def to_csv(document: Checklist) -> bytes:
    """Return the items as comma-separated values in UTF-8, with the byte order mark that spreadsheets need."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["area", "item", "evidence", "owner", "status", "blocks"])
    writer.writerows([_cell(cell) for cell in (item.area, *item_cells(item))] for item in document.items)
    return ("\ufeff" + out.getvalue()).encode()


def _cell(text: str) -> str:
    text = one_line(text)
    return f"'{text}" if text.startswith(_FORMULA) else text
