"""Every form of every document, from a friendly call and from a hostile one."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import docx
import pytest

from copilot.background import Background
from copilot.drafts import DRAFTS, Draft, Email, Material, draft
from copilot.drafts.checklist import Checklist, Item
from copilot.errors import InputError
from copilot.reports import FORMS, WORKED_ON, forms_of, render

from ..drafts.conftest import material
from ..pages import Outline

HOSTILE = (
    """\
I: May I <b>record</b> this?\u202e And who are you?
A: Yes. <script>alert(1)</script> It saved us a fortune, <img src=x onerror=alert(2)> a fortune.\x00\x07
I: \u2066And since?
A: =HYPERLINK("http://evil.example","x") went from 730 a month to 95 a month. ```js [x](javascript:alert(3)) </p></body>
B: @SUM(1+1)*cmd|' /C calc'!A0 is so much better now, honestly.\r\nBcc: everybody@evil.example
A: """
    + "w" * 10_000
    + """ is what it cost us, a fortune.
A: I will send you <!-- the --> monthly sheet by Friday. ]]> &lt;b&gt;
"""
)
EVIL = Background.model_validate(
    {
        "vendor": "Oven\nly<script>",
        "product": "Orders\x00 </title><script>alert(4)</script>",
        "customer": {"company": "Crust\r\nBcc: x@evil.example <svg onload=alert(5)>", "facts": ["=1+1", "<iframe>"]},
        "participants": [
            {"name": "Ada Berg", "role": "customer", "title": "\u202eOwner<b>", "email": "ada@crust.example\r\nBcc: y@evil.example"},
            {"name": "Bo Lind", "role": "customer", "email": "bo@crust.example"},
        ],
    }
)
PAIRS = [(name, form) for name in DRAFTS for form in FORMS if (form != "eml" or name == "email") and (form != "csv" or name == "checklist")]


@pytest.fixture(scope="module")
def hostile() -> Material:
    return material(HOSTILE, EVIL)


@pytest.mark.parametrize(("name", "form"), PAIRS)
def test_every_document_has_its_forms_and_the_same_call_gives_the_same_bytes(bakery: Material, name: str, form: str) -> None:
    first, second = render(draft(name, bakery), form), render(draft(name, bakery), f".{form.upper()}")
    assert first
    assert form == "docx" or first == second


def test_only_the_email_has_the_form_eml_and_only_the_checklist_csv(bakery: Material) -> None:
    forms = {name: set(forms_of(type(draft(name, bakery)))) for name in DRAFTS}
    assert forms["email"] - forms["outline"] == {"eml"}
    assert forms["checklist"] - forms["outline"] == {"csv"}


def test_every_document_is_worked_on_in_forms_that_it_has_and_a_page_is_read_first(bakery: Material) -> None:
    assert list(WORKED_ON) == list(DRAFTS)
    for name, forms in WORKED_ON.items():
        assert set(forms) <= set(forms_of(type(draft(name, bakery))))
        assert forms[0] == "html"


def test_another_form_is_an_error_that_names_those_that_there_are(bakery: Material) -> None:
    with pytest.raises(InputError, match="the outline cannot be written as 'eml'; there are md, html, docx, json"):
        render(draft("outline", bakery), "eml")


@pytest.mark.parametrize("wrong", [1, None, "an email", {"schema": "copilot.email/1"}])
def test_what_is_no_document_is_an_error_that_says_so(wrong: object) -> None:
    with pytest.raises(InputError, match="render takes a document"):
        render(wrong, "md")  # type: ignore[arg-type]


# The mail


def mail(made: Material) -> EmailMessage:
    """Return the email as a mail program reads it."""
    message = message_from_bytes(render(draft("email", made), "eml"), policy=default)
    assert isinstance(message, EmailMessage)
    return message


def test_the_mail_opens_as_a_draft_with_a_text_and_an_html_part_in_utf_8(bakery: Material) -> None:
    message, written = mail(bakery), draft("email", bakery)
    assert isinstance(written, Email)
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert message["X-Unsent"] == "1"
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_charset() for part in message.iter_parts()] == ["utf-8", "utf-8"]
    assert text is not None
    assert html is not None
    assert text.get_content().replace("\r\n", "\n") == written.body
    assert "It cost us a fortune, and people went home in tears." in html.get_content()


def test_the_mail_goes_to_those_whose_address_is_known(bakery: Material) -> None:
    assert [str(a) for a in mail(bakery)["To"].addresses] == ["Ada Berg <ada@crust.example>"]


def test_nothing_said_or_configured_adds_a_header(hostile: Material) -> None:
    message = mail(hostile)
    assert set(message.keys()) == {"Subject", "To", "X-Unsent", "MIME-Version", "Content-Type"}
    assert [str(a) for a in message["To"].addresses] == ["Bo Lind <bo@crust.example>"]
    assert "\n" not in message["Subject"]


# HTML


@pytest.mark.parametrize("name", DRAFTS)
def test_markup_that_was_said_stays_text_in_html(hostile: Material, name: str) -> None:
    page = render(draft(name, hostile), "html").decode()
    outline = Outline(page)
    assert not outline.tags & {"script", "img", "svg", "iframe", "b", "a"}
    names = {name for _, attributes in outline.elements for name in attributes}
    assert not {name for name in names if name.startswith("on")} | names & {"href", "src", "action"}
    assert "default-src &#x27;none&#x27;" in page


@pytest.mark.parametrize(("name", "form"), [pair for pair in PAIRS if pair[1] in {"html", "md", "csv"}])
def test_controls_and_marks_of_direction_reach_no_form(hostile: Material, name: str, form: str) -> None:
    text = render(draft(name, hostile), form).decode().removeprefix("\ufeff")
    assert not set(text) & set("\x00\x07\u202e\u2066")


def test_markdown_escapes_markup_links_and_fences(hostile: Material) -> None:
    text = render(draft("outline", hostile), "md").decode()
    assert "<script>" not in text.replace("\\<script\\>", "")
    assert "](javascript:" not in text
    assert "```" not in text.replace("\\`\\`\\`", "")


def test_markdown_escapes_only_what_becomes_a_link() -> None:
    rows = (
        Item(
            area="customer",
            item="Names, and direction of data. See www.evil.example or data:text/html.",
            owner="writer",
            status="open",
            blocks=False,
        ),
    )
    text = render(Checklist(company=None, items=rows), "md").decode()
    assert "direction of data. See" in text
    assert "www.evil" not in text
    assert "data:text" not in text


# Word


@pytest.mark.parametrize("name", DRAFTS)
def test_a_hostile_call_gives_a_document_that_opens(hostile: Material, name: str) -> None:
    opened = docx.Document(io.BytesIO(render(draft(name, hostile), "docx")))
    assert opened.paragraphs[0].style.name == "Title"


def test_the_outline_has_real_headings_tables_and_notes(bakery: Material) -> None:
    opened = docx.Document(io.BytesIO(render(draft("outline", bakery), "docx")))
    styles = {p.style.name for p in opened.paragraphs}
    assert {"Title", "Heading 1", "Heading 2", "Quote", "Note to the writer"} <= styles
    assert [c.text for c in opened.tables[0].rows[0].cells] == ["Fact", "Text", "From"]
    notes = [p.text for p in opened.paragraphs if p.style.name == "Note to the writer"]
    assert any("?" in note for note in notes)


def test_a_document_says_its_title_and_when_it_was_made_and_no_program_is_its_author(bakery: Material) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    about = docx.Document(io.BytesIO(render(draft("outline", bakery), "docx"))).core_properties
    assert (about.title, about.author, about.comments) == ("Story outline: The Crust Company", "", "")
    assert about.created is not None
    assert before <= about.created <= datetime.now(UTC)


def test_a_word_of_ten_thousand_letters_does_not_widen_the_page(hostile: Material) -> None:
    page = render(draft("email", hostile), "html").decode()
    assert "overflow-wrap: anywhere" in page


# CSV and JSON


def test_a_cell_that_would_be_a_formula_is_text() -> None:
    starts = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "'=1", '"=1')
    rows = tuple(Item(area="customer", item=text, owner=text, status="open", blocks=False) for text in starts)
    data = render(Checklist(company=None, items=rows), "csv").decode("utf-8-sig")
    cells = [cell for row in csv.DictReader(io.StringIO(data)) for cell in (row["item"], row["owner"])]
    assert len(cells) == 2 * len(starts)
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)


def test_the_csv_has_a_row_for_each_item_and_says_what_blocks(bakery: Material) -> None:
    written = draft("checklist", bakery)
    assert isinstance(written, Checklist)
    rows = list(csv.DictReader(io.StringIO(render(written, "csv").decode("utf-8-sig"))))
    assert [row["item"] for row in rows] == [" ".join(item.item.split()) for item in written.items]
    assert {row["blocks"] for row in rows} == {"yes", "no"}


def test_lines_to_tick_name_their_places_once(bakery: Material) -> None:
    page = render(draft("checklist", bakery), "html").decode()
    assert "none</td>" not in page
    ticked = next(row for row in page.split("<tr>") if "Company facts" in row)
    assert '<td data-label="Evidence"></td>' in ticked
    assert "(0:40)" in ticked


@pytest.mark.parametrize("name", DRAFTS)
def test_json_reads_back_to_the_same_document(bakery: Material, hostile: Material, name: str) -> None:
    for made in (bakery, hostile):
        written: Draft = draft(name, made)
        data = render(written, "json")
        assert json.loads(data)["schema"] == f"copilot.{name}/1"
        assert type(written).model_validate_json(data) == written


def test_json_has_the_keys_that_programs_rely_on(bakery: Material) -> None:
    written = {name: json.loads(render(draft(name, bakery), "json")) for name in DRAFTS}
    assert {"schema", "to", "subject", "body", "requests", "promises", "next_steps"} <= set(written["email"])
    assert all({"gap", "text"} <= set(row) for row in written["email"]["requests"])
    assert {"headline_candidates", "sidebar", "sections"} <= set(written["outline"])
    for section in written["outline"]["sections"]:
        assert {"section", "claims", "quotes", "metrics", "verify", "gaps"} <= set(section)
    for item in written["checklist"]["items"]:
        assert {"area", "item", "evidence", "owner", "status", "blocks"} <= set(item)
        assert all({"turn", "start", "end", "text"} <= set(span) for span in item["evidence"])


def test_a_word_table_repeats_its_head_and_breaks_no_row_across_pages(bakery: Material) -> None:
    opened = docx.Document(io.BytesIO(render(draft("checklist", bakery), "docx")))
    assert opened.tables
    for table in opened.tables:
        rows = [row._tr.xml for row in table.rows]
        assert ["w:tblHeader" in row for row in rows] == [n == 0 for n in range(len(rows))]
        assert all("w:cantSplit" in row for row in rows)
