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

__all__ = ["FORMS", "WORKED_ON", "Form", "form_of", "forms_of", "render"]


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
"""The forms of documents by suffix."""
WORKED_ON: Mapping[DraftName, tuple[str, ...]] = {
    "email": ("html", "eml", "md"),
    "outline": ("html", "docx", "md"),
    "checklist": ("html", "csv", "md"),
}
"""The forms in which people work on each document, the one to read first."""


def forms_of(kind: type[Document]) -> tuple[str, ...]:
    """Return the suffixes of the forms that a kind of document has."""
    return tuple(suffix for suffix, form in FORMS.items() if issubclass(kind, form.of))


def form_of(kind: type[Document], suffix: str) -> Form:
    """Return the form that a suffix such as "md" or ".md" names. Raises InputError if documents of this kind do not have it."""
    form = suffix.lower().removeprefix(".")
    if form not in forms_of(kind):
        name = kind.model_fields["schema_"].default.removeprefix("copilot.").partition("/")[0]
        told = f"cannot be written as {form!r}" if form else f"need{'' if name.endswith('s') else 's'} a suffix that says the form"
        raise InputError(f"the {name} {told}; there are {', '.join(forms_of(kind))}")
    return FORMS[form]


def render(document: Document, form: str) -> bytes:
    """Return a document as md, html, docx, json, eml (email only) or csv (checklist only).

    Raises InputError for other forms, and for what is no document.
    """
    if not isinstance(document, Document):
        raise InputError(f"render takes a document, such as Session.draft makes, not {type(document).__name__}")
    return form_of(type(document), form).write(document)
