"""The text of a Word document, read from its XML alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..errors import TranscriptError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["docx_text"]

_BODY = "word/document.xml"
_LIMIT = 100_000_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t"}


def docx_text(data: bytes) -> str:
    """Return a document's paragraphs, a blank line between each two. Raises TranscriptError for any other archive."""
    return "\n\n".join(_paragraphs(_document(_body(data))))


def _body(data: bytes) -> bytes:
    """Return the XML of a document's body."""
    import io
    import zipfile
    import zlib

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(_BODY) as body:
            xml = body.read(_LIMIT + 1)
    except KeyError:
        raise TranscriptError("a ZIP archive that is no Word document; unpack it first") from None
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError):
        raise TranscriptError("a damaged Word document or archive; export or download it again") from None
    if len(xml) > _LIMIT:
        raise TranscriptError("a Word document too large to be a transcript")
    return xml


def _document(xml: bytes) -> Element:
    """Return the root of a document's XML. Raises TranscriptError where it declares entities, as no Word document does."""
    from xml.etree.ElementTree import ParseError, TreeBuilder, XMLParser

    class NoEntities(TreeBuilder):
        def doctype(self, *_: object) -> None:
            raise TranscriptError("a Word document that declares XML entities; it is not read, as that can be an attack")

    parser = XMLParser(target=NoEntities())  # noqa: S314 -- entities can be declared in a document type only
    try:
        parser.feed(xml)
        root: Element = parser.close()
    except (ParseError, ValueError):
        raise TranscriptError("a Word document with damaged XML; export or download it again") from None
    return root


def _paragraphs(root: Element) -> Iterator[str]:
    for namespace in (_W, _STRICT):
        for paragraph in root.iter(f"{namespace}p"):
            text = "".join(_pieces(paragraph, namespace)).strip("\n")
            if text.strip():
                yield text


def _pieces(paragraph: Element, namespace: str) -> Iterator[str]:
    for node in paragraph.iter():
        tag = str(node.tag).removeprefix(namespace)
        if tag == "t":
            yield node.text or ""
        elif tag in _BREAKS:
            yield _BREAKS[tag]
