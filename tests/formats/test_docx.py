from __future__ import annotations

import io
import zipfile

import pytest

from copilot.errors import TranscriptError
from copilot.transcript import Transcript

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(*paragraphs, before="", name="word/document.xml", body=""):
    """Return a Word document of paragraphs, before others in XML; in them a line feed is a break and a tab a tab."""
    text = "".join("<w:p><w:r>" + "".join(_run(part) for part in _split(text)) + "</w:r></w:p>" for text in paragraphs)
    xml = f'<?xml version="1.0" encoding="UTF-8"?>{before}<w:document xmlns:w="{W}"><w:body>{text}{body}</w:body></w:document>'
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
        (docx("<w:open>"), "damaged XML"),
        (docx("Ann: hi", name="xl/workbook.xml"), "not a Word document"),
        (docx("Ann: hi")[:60], "damaged"),
        (docx(), "empty"),
        (b"PK\x03\x04", "damaged"),
    ],
    ids=["entities", "markup", "a table", "cut off", "nothing", "a mark alone"],  # an archive holds the time at which it was made
)
def test_other_archives_and_attacks_are_refused(data, said):
    with pytest.raises(TranscriptError, match=said):
        Transcript.parse(data)


def document(body):
    """Return a Word document with a body of XML."""
    return docx(body=body)


def paragraph(*parts):
    return "<w:p><w:r>" + "".join(part if part.startswith("<") else f"<w:t>{part}</w:t>" for part in parts) + "</w:r></w:p>"


def table(*rows):
    cells = ("".join(f"<w:tc>{''.join(map(paragraph, cell.split('/')))}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


@pytest.mark.parametrize(
    ("rows", "times"),
    [
        ([("Time", "Speaker", "Text"), ("0:03", "Ann Lee", "Who pays?"), ("0:05", "Bo Ek", "We do./All of it.")], [3.0, 5.0]),
        ([("Ann Lee", "0:03", "Who pays?"), ("Bo Ek", "0:05", "We do./All of it.")], [3.0, 5.0]),
        ([("Ann Lee:", "Who pays?"), ("Bo Ek:", "We do./All of it.")], [None, None]),
        ([("Speaker", "Text"), ("Ann Lee", "Who pays?"), ("Bo Ek", "We do./All of it.")], [None, None]),
    ],
)
def test_the_rows_of_a_table_are_turns(rows, times):
    transcript = Transcript.parse(document(paragraph("Depot call") + table(*rows)))
    assert [(t.speaker, t.text) for t in transcript] == [("Ann Lee", "Who pays?"), ("Bo Ek", "We do. All of it.")]
    assert [t.start for t in transcript] == times


def test_the_words_of_a_text_box_count_once():
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    box = f"<w:txbxContent>{paragraph('forty percent')}</w:txbxContent>"
    both = f'<m:AlternateContent xmlns:m="{mc}"><m:Choice>{box}</m:Choice><m:Fallback>{box}</m:Fallback></m:AlternateContent>'
    body = paragraph("Ann Lee: By how much?") + paragraph("Bo Ek: We cut ", both)
    assert [t.text for t in Transcript.parse(document(body))] == ["By how much?", "We cut forty percent"]
