"""Texts that are no transcript, though they can be read: this program's own documents, and e-mails."""

from __future__ import annotations

import re
from typing import Any

from ..errors import TranscriptError

__all__ = ["refuse_document", "refuse_values"]

_MADE = "give the transcript that it was made from"
_KINDS = (
    (r"(?:# )?Thank-you email$", "a thank-you email of this program", _MADE),
    (r"(?:# )?Story outline: ", "a story outline of this program", _MADE),
    (r"(?:# )?Checklist before publication: ", "a checklist of this program", _MADE),
    (r"(?:# )?Questions for our talk with ", "a question list of this program", "give the transcript of the call"),
    (r"(?:.*\n){0,40}Covered\n(?:  \S.*[■□] \d+/\d+.*\n)+", "what this program prints on a call", _MADE),
    (r"(?:[\w-]+:.*\n(?:[ \t].*\n)*)*MIME-Version:", "an e-mail", "save the transcript in it as a text file"),
)
"""How a text begins, what it is, and what helps."""


def refuse_document(text: str) -> None:
    """Raise TranscriptError for the beginning of a text that is a document about a call, or an e-mail."""
    for begins, what, hint in _KINDS:
        if re.match(begins, text, re.MULTILINE):
            raise TranscriptError(f"this is {what}, not a transcript", hint=hint)


def refuse_values(value: Any) -> None:
    """Raise TranscriptError for parsed JSON that this program wrote about a call."""
    schema = value.get("schema") if isinstance(value, dict) else None
    if isinstance(schema, str) and schema.startswith("copilot."):
        raise TranscriptError(f"this is JSON of this program, {schema}, not a transcript", hint=_MADE)
