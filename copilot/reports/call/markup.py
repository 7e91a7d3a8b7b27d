"""Markup: the building blocks of the page. Callers escape text that comes from a call."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from ...text import printable

__all__ = ["PARTS", "cell", "copy_button", "details", "figure", "section", "table"]

PARTS = {
    "coverage": "Coverage",
    "open": "Still to ask",
    "figures": "Figures",
    "quotes": "Quotes",
    "talk": "Talk",
    "questions": "Your questions",
}
"""The parts of the page by their anchors."""


def section(name: str, say: str, inside: str) -> str:
    """Return a part of the page: its heading, a summary sentence, and the content."""
    head = f'<h2 id="{name}-head">{PARTS[name]}</h2>\n<p class="say">{say}</p>'
    return f'<section id="{name}" aria-labelledby="{name}-head">\n{head}\n{inside}\n</section>\n'


def figure(caption: str, drawn: str, key: str = "") -> str:
    """Return a chart with its caption and legend."""
    return f"<figure><figcaption>{caption}</figcaption>{drawn}{key}</figure>\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]], name: str = "", kind: str = "") -> str:
    """Return a table; each cell is already a complete <td>."""
    top = "".join(f'<th scope="col">{column}</th>' for column in head)
    body = "".join(f"<tr>{''.join(row)}</tr>" for row in rows)
    inside = f'<table class="{kind}"><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>'
    return f'<div class="wide" tabindex="0" role="region" aria-label="{name}">{inside}</div>'


def cell(name: str, text: str, kind: str = "") -> str:
    """Return a cell with its column's name, which narrow screens show next to it; `text` is already HTML."""
    return f'<td class="{kind}" data-label="{name}">{text}</td>'


def details(summary: str, inside: str) -> str:
    """Return a collapsible part."""
    return f"<details><summary>{summary}</summary>{inside}</details>"


def copy_button(name: str, words: str) -> str:
    """Return a button that copies words; it is hidden unless the script runs."""
    kept = escape(printable(words)).replace("\n", "&#10;")
    return f'<button type="button" hidden data-copy="{kept}">{name}</button>'
