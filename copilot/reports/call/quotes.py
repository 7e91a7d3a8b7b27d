"""The quotes, each with a button that copies it."""

from __future__ import annotations

from ...drafts.citation import Citation
from ..html import safe
from .markup import copy_button, section
from .values import CallReport

__all__ = ["quotes_part"]


def quotes_part(report: CallReport) -> str:
    """Return the part of the page with the quotes."""
    say = "Word for word, the most quotable first." if report.quotes else "No sentence stands out that may be quoted."
    return section("quotes", say, "".join(_quote(quote) for quote in report.quotes))


def _quote(quote: Citation) -> str:
    copied = copy_button("Copy quote", f"{quote.quoted} — {quote.by}")
    return f"<blockquote><p>{safe(quote.quoted)}</p><footer><span>{safe(quote.by)}</span>{copied}</footer></blockquote>\n"
