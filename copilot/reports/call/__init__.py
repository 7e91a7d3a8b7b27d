"""The report on a call: one page with charts of how it went, built as a value first."""

from __future__ import annotations

from .page import to_page
from .report import call_report
from .values import CallReport, Step

__all__ = ["CallReport", "Step", "call_report", "to_page"]
