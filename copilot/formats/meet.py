"""Google Meet's transcript documents, as Markdown, text or .docx."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..turns import Segment
from .clock import CLOCK
from .export import Export
from .lines import read_lines
from .markdown import BOLD_LABEL, plain_text

__all__ = ["fits", "read"]

_MARK = r"This editable transcript was computer generated|^[^\w\n]{0,9}(?:Meeting|Transcription) ended after \d"
_ATTENDEES = r"^[#* \t]{0,9}(?:Invited )?Attendees[*: \t]{0,9}\n{1,3}([^\n]+)$"
_HEADING = r"^(?:[#*📖 \t]{1,9}[^\n]{0,200}|[^\n]{1,200} [-\u2013] )?\bTranscript[* \t]{0,9}$"
_START = rf"^[^\n]*This editable transcript was computer generated[^\n]*$|{_ATTENDEES}|{_HEADING}"
_TIME = rf"^[#* \t]{{0,9}}({CLOCK})[* \t]{{0,9}}(?:\{{#[^}}\n]{{1,99}}\}})?[ \t]*$"
_MARKDOWN = rf"{BOLD_LABEL}|^#{{1,6}} "
_END = r"^[^\w\n]{0,9}(?:Meeting|Transcription) ended after [^\n]*$"


def fits(export: Export) -> bool:
    """Recognise Google Meet's document by the sentence that it carries, or by its last line."""
    tail = export.text[-300:]
    return re.search(_MARK, export.head, re.MULTILINE) is not None or re.search(_MARK, tail, re.MULTILINE) is not None


def read(export: Export) -> Iterator[Segment]:
    """Yield the speech of a Meet document: what comes after its notes and its list of attendees."""
    end = re.search(_END, export.text, re.MULTILINE)
    text = export.text[: end.start() if end else None]
    begin = max((match.end() for match in re.finditer(_START, text, re.MULTILINE)), default=0)
    body = re.sub(_TIME, r"\1", text[begin:], flags=re.MULTILINE)
    if re.search(_MARKDOWN, text, re.MULTILINE):
        body = "\n".join(map(plain_text, re.sub(BOLD_LABEL, r"\1:", body, flags=re.MULTILINE).split("\n")))
    return read_lines(body, export.people | _attendees(text))


def _attendees(text: str) -> frozenset[str]:
    """Return the names in the list of attendees, in lower case."""
    found = re.search(_ATTENDEES, text, re.MULTILINE)
    return frozenset(name.strip().casefold() for name in found[1].split(",")) if found else frozenset()
