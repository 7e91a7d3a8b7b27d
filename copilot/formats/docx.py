"""The text of a Word document, read directly from its XML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..errors import TranscriptError
from ..lexicon import words_of
from .clock import CLOCK

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["docx_text"]

_BODY = "word/document.xml"
_LIMIT = 100_000_000  # bytes of the XML, at most: protects against archives that unpack to gigabytes
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LONGEST_NAME = 120  # characters
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t"}


def docx_text(data: bytes) -> str:
    """Return a document's paragraphs, separated by blank lines. Raises TranscriptError for any other archive."""
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
        raise TranscriptError("a ZIP archive that is not a Word document; unpack it first") from None
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError):
        raise TranscriptError("a damaged Word document or archive; export or download it again") from None
    if len(xml) > _LIMIT:
        raise TranscriptError("a Word document too large to be a transcript")
    return xml


def _document(xml: bytes) -> Element:
    """Return the root of a document's XML. Raises TranscriptError if it declares entities, which Word documents never do."""
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
    """Yield the paragraphs with words; a table row that is a speaker's turn counts as one."""
    _drop_fallbacks(root)
    for namespace in (_W, _STRICT):
        told: set[Element] = set()
        for node in root.iter():
            if node.tag == f"{namespace}tr" and (line := _turn(_cells(node, namespace))) is not None:
                told.update(node.iter(f"{namespace}p"))
                if line:
                    yield line
            elif node.tag == f"{namespace}p" and node not in told and (text := _text(node, namespace)):
                yield text


def _drop_fallbacks(root: Element) -> None:
    """Remove the fallbacks for text boxes in older programs, which repeat the words."""
    for node in list(root.iter()):
        for child in list(node):
            if child.tag == _FALLBACK:
                node.remove(child)


def _cells(row: Element, namespace: str) -> list[str]:
    return ["\n".join(filter(None, (_text(p, namespace) for p in cell.iter(f"{namespace}p")))) for cell in row.iter(f"{namespace}tc")]


def _turn(cells: list[str]) -> str | None:
    """Return a speaker, the text and perhaps a time as `0:03 Name: text`, '' for the column headings, None for any other row."""
    if words_of("speakers.headings").issuperset(map(str.casefold, cells)):
        return ""
    times = [cell for cell in cells if re.fullmatch(rf"\[?{CLOCK}\]?", cell)]
    others = [cell for cell in cells if cell not in times]
    if len(others) != 2 or len(times) > 1 or not 0 < len(others[0]) <= _LONGEST_NAME or "\n" in others[0] or not others[1]:
        return None
    return " ".join([*times, f"{others[0].rstrip(': ')}: {others[1]}"])


def _text(paragraph: Element, namespace: str) -> str:
    text = "".join(_pieces(paragraph, namespace)).strip("\n")
    return text if text.strip() else ""


def _pieces(paragraph: Element, namespace: str) -> Iterator[str]:
    """Yield the text of a paragraph without nested ones, as in text boxes."""
    left = list(reversed(paragraph))
    while left:
        node = left.pop()
        tag = str(node.tag).removeprefix(namespace)
        if tag == "p":
            continue
        if tag == "t":
            yield node.text or ""
        elif tag in _BREAKS:
            yield _BREAKS[tag]
        left.extend(reversed(node))
