from __future__ import annotations

import io
import zipfile

import pytest

from copilot.errors import TranscriptError
from copilot.transcript import Transcript

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(*paragraphs, before="", name="word/document.xml"):
    """Return a Word document of paragraphs; in them a line feed is a break and a tab a tab."""
    body = "".join("<w:p><w:r>" + "".join(_run(part) for part in _split(text)) + "</w:r></w:p>" for text in paragraphs)
    xml = f'<?xml version="1.0" encoding="UTF-8"?>{before}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, xml)
    return out.getvalue()


def _split(text):
    for line in text.replace("\t", "\n\t\n").split("\n"):
        yield line
        yield "\n" if line != "\t" else ""


def _run(part):
    return {"\n": "<w:br/>", "\t": "<w:tab/>", "": ""}.get(part, f'<w:t xml:space="preserve">{part}</w:t>')


def test_a_teams_document_with_breaks_inside_its_paragraphs_is_read():
    data = docx(
        "Depot call-20240302_100012-Meeting Transcript",
        "March 2, 2024, 10:00AM",
        "27m 42s",
        "Mara Quill started transcription",
        "Mara Quill   0:03\nWho pays, and",
        "Teo Brandt   0:03\nWe do.",
        "Mara Quill   0:05\nsince when?\nA year?",
        "Mara Quill stopped transcription",
    )
    transcript = Transcript.parse(data)
    assert transcript.source.format == "teams-docx"
    assert [(t.speaker, t.text, t.start) for t in transcript] == [
        ("Mara Quill", "Who pays, and", 3.0),
        ("Teo Brandt", "We do.", 3.0),
        ("Mara Quill", "since when? A year?", 5.0),
    ]


def test_a_teams_document_with_timing_lines_is_read():
    data = docx("0:0:0.0 --&gt; 0:0:5.320", "Mara Quill", "Who pays?", "0:0:6.0 --&gt; 0:0:7.5", "Teo Brandt", "We do.")
    assert [(t.speaker, t.text, t.start, t.end) for t in Transcript.parse(data)] == [
        ("Mara Quill", "Who pays?", 0.0, 5.32),
        ("Teo Brandt", "We do.", 6.0, 7.5),
    ]


def test_any_readable_text_can_come_in_a_document():
    assert [t.speaker for t in Transcript.parse(docx("Interview", "Ann Lee: Who pays?", "Bo Ek:\tWe do."))] == ["Ann Lee", "Bo Ek"]


def test_a_document_written_by_python_docx_is_read(tmp_path):
    document = pytest.importorskip("docx").Document()
    document.add_paragraph("Ann Lee   0:01")
    document.add_paragraph("Who pays?")
    document.add_paragraph("Bo Ek   0:02")
    document.add_paragraph("We do.")
    document.save(tmp_path / "call.docx")
    assert [(t.speaker, t.text) for t in Transcript.load(tmp_path / "call.docx")] == [("Ann Lee", "Who pays?"), ("Bo Ek", "We do.")]


BOMB = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (docx("&b;", before=BOMB), "declares XML entities"),
        (docx("&b;", before=BOMB).replace(b"UTF-8", b"UTF-8"), "declares XML entities"),
        (docx("<w:open>"), "damaged XML"),
        (docx("Ann: hi", name="xl/workbook.xml"), "no Word document"),
        (docx("Ann: hi")[:60], "damaged"),
        (docx(), "empty"),
        (b"PK\x03\x04", "damaged"),
    ],
)
def test_other_archives_and_attacks_are_refused(data, said):
    with pytest.raises(TranscriptError, match=said):
        Transcript.parse(data)
