"""The writers: a report, and its changes since an old one, as a file for people or for CI.

A writer is a function in WRITERS; it takes a report and a comparison or None, and returns text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..comparison import Comparison
from ..report import Report
from . import junit, markdown, page

__all__ = ["WRITERS", "Writer"]

Writer = Callable[[Report, Comparison | None], str]
"""Makes a text of a report, and of a comparison with an earlier one where there is one."""

WRITERS: Mapping[str, Writer] = {"html": page.write, "junit": junit.write, "markdown": markdown.write}
"""The writers by the form that each writes."""
