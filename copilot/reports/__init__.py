"""The file formats of documents: documents in, bytes out. A form is identified by its suffix."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import UnionType
from typing import Any

from ..drafts import Checklist, Document, DraftName, Email
from ..errors import InputError
from .csv import to_csv
from .eml import to_eml
from .html import to_html
from .layout import layout
from .markdown import to_markdown

__all__ = ["FORMS", "WORKED_ON", "Form", "forms_of", "render"]


@dataclass(frozen=True)
class Form:
    """A form: its media type, what writes a document in it, and of which documents it is one."""

    media: str
    write: Callable[[Any], bytes]
    of: type | UnionType = Document


def _json(document: Document) -> bytes:
    return (document.model_dump_json(indent=2) + "\n").encode()


def _docx(document: Document) -> bytes:
    # Imported here, since importing python-docx takes as long as making a whole draft.
    from .docx import to_docx

    return to_docx(layout(document))


FORMS: Mapping[str, Form] = {
    "md": Form("text/markdown", lambda document: to_markdown(layout(document))),
    "html": Form("text/html", lambda document: to_html(layout(document))),
    "docx": Form("application/vnd.openxmlformats-officedocument.wordprocessingml.document", _docx),
    "json": Form("application/json", _json),
    "eml": Form("message/rfc822", to_eml, Email),
    "csv": Form("text/csv", to_csv, Checklist),
}
WORKED_ON: Mapping[DraftName, tuple[str, ...]] = {
    "email": ("html", "eml", "md"),
    "outline": ("html", "docx", "md"),
    "checklist": ("html", "csv", "md"),
}
"""The forms in which people work on each document, the one to read first."""


def forms_of(document: Document) -> tuple[str, ...]:
    """Return the forms that a document has."""
    return tuple(suffix for suffix, form in FORMS.items() if isinstance(document, form.of))


def render(document: Document, form: str) -> bytes:
    """Return a document as md, html, docx, json, eml (email only) or csv (checklist only).

    Raises InputError for other forms, TypeError for what is no document.
    """
    if not isinstance(document, Document):
        raise TypeError(f"{type(document).__name__} is no document: render takes what draft and question_list return")
    form = form.lower().removeprefix(".")
    if form not in forms_of(document):
        name = document.schema_.removeprefix("copilot.").partition("/")[0]
        told = f"cannot be written as {form!r}" if form else "needs a suffix that says its form"
        raise InputError(f"the {name} {told}; there are {', '.join(forms_of(document))}")
    return FORMS[form].write(document)
