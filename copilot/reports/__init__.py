"""The file formats of documents: documents in, bytes out. A form is identified by its suffix."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..drafts import Checklist, Document, Email
from ..errors import InputError
from .csv import to_csv
from .eml import to_eml
from .html import to_html
from .layout import layout
from .markdown import to_markdown

__all__ = ["FORMS", "forms_of", "render"]


def _json(document: Document) -> bytes:
    return (document.model_dump_json(by_alias=True, indent=2) + "\n").encode()


def _docx(document: Document) -> bytes:
    # Imported here, since importing python-docx takes as long as making a whole draft.
    from .docx import to_docx

    return to_docx(layout(document))


def _eml(document: Document) -> bytes:
    if not isinstance(document, Email):
        raise TypeError("only the email has the form eml")
    return to_eml(document)


def _csv(document: Document) -> bytes:
    if not isinstance(document, Checklist):
        raise TypeError("only the checklist has the form csv")
    return to_csv(document)


FORMS: Mapping[str, Callable[[Document], bytes]] = {
    "md": lambda document: to_markdown(layout(document)),
    "html": lambda document: to_html(layout(document)),
    "docx": _docx,
    "json": _json,
    "eml": _eml,
    "csv": _csv,
}


def forms_of(document: Document) -> tuple[str, ...]:
    """Return the forms that a document has."""
    special = {"eml": isinstance(document, Email), "csv": isinstance(document, Checklist)}
    return tuple(form for form in FORMS if special.get(form, True))


def render(document: Document, form: str) -> bytes:
    """Return a document as md, html, docx, json, eml (email only) or csv (checklist only).

    Raises InputError for other forms.
    """
    form = form.lower().removeprefix(".")
    if form not in forms_of(document):
        name = document.schema_.removeprefix("copilot.").partition("/")[0]
        told = f"cannot be written as {form!r}" if form else "needs a suffix that says its form"
        raise InputError(f"the {name} {told}; there are {', '.join(forms_of(document))}")
    return FORMS[form](document)
