"""`copilot draft`: the documents after a call, from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import docx
import pytest

from copilot.drafts import Checklist, Email, Outline
from copilot.testing import Reply, notes

from ..conftest import Run, Serve
from ..drafts.conftest import SAID
from ..drafts.test_release import SAID as HELD

MODEL = ("--model", "openai:scripted", "--no-cache")
NAMES = {"I": "Ira Noor", "A": "Ada Berg", "B": "Bo Lind"}
BACKGROUND = """\
vendor: Ovenly
product: Ovenly Orders
customer: {company: Crust}
participants:
  - {name: Ira Noor, role: interviewer, title: Story Lead}
  - {name: Ada Berg, role: customer, title: Owner, email: ada@crust.example}
  - {name: Bo Lind, role: customer}
"""


def write_call(path: Path, said: str) -> None:
    """Write a script as a transcript."""
    path.write_text("\n\n".join(f"{NAMES[line[0]]}: {line[3:]}" for line in said.strip().splitlines()))


@pytest.fixture
def call(tmp_path: Path) -> list[str]:
    """The words that name a call and its background on the command line."""
    write_call(tmp_path / "call.txt", SAID)
    (tmp_path / "background.yaml").write_text(BACKGROUND)
    return [str(tmp_path / "call.txt"), "--background", str(tmp_path / "background.yaml")]


@pytest.mark.parametrize(("name", "kind"), [("email", Email), ("outline", Outline), ("checklist", Checklist)])
def test_a_document_is_printed_as_text_and_as_one_json_object(
    run: Run, call: list[str], name: str, kind: type[Email] | type[Outline] | type[Checklist]
) -> None:
    status, out, _ = run("draft", name, *call)
    assert status == 0
    assert out.startswith("# ")
    status, out, _ = run("draft", name, *call, "--json")
    assert status == 0
    assert kind.model_validate_json(out).schema_ == f"copilot.{name}/1"


def test_the_suffix_chooses_the_form(run: Run, call: list[str], tmp_path: Path) -> None:
    for suffix, start in (("eml", b"Subject: "), ("md", b"# "), ("html", b"<!doctype html>"), ("json", b"{"), ("docx", b"PK")):
        path = tmp_path / "new" / f"email.{suffix}"
        assert run("draft", "email", *call, "--out", path) == (0, "", "")
        assert path.read_bytes().startswith(start)


def test_a_file_and_json_are_both_given(run: Run, call: list[str], tmp_path: Path) -> None:
    path = tmp_path / "email.md"
    status, out, _ = run("draft", "email", *call, "--out", path, "--json")
    assert (status, json.loads(out)["schema"]) == (0, "copilot.email/1")
    assert path.read_text().startswith("# ")


def test_all_documents_go_into_a_folder(run: Run, call: list[str], tmp_path: Path) -> None:
    assert run("draft", "all", *call, "--out", tmp_path / "pack")[0] == 0
    names = {p.name for p in (tmp_path / "pack").iterdir()}
    assert {"email.eml", "email.md", "outline.docx", "outline.md", "checklist.csv", "checklist.md", "email.json"} <= names
    assert docx.Document(str(tmp_path / "pack" / "outline.docx")).paragraphs[0].text == "Story outline: Crust"


def test_a_schedule_and_the_day_of_the_call_give_dates(run: Run, call: list[str]) -> None:
    words = ("--date", "2026-04-02", "--schedule", "draft=2, fact check=5, approval=5, publication=3")
    _, out, _ = run("draft", "email", *call, *words)
    assert "Draft to you: 6 April 2026" in out
    assert "Publication: 23 April 2026" in out


def test_withdrawn_words_leave_every_document(run: Run, call: list[str], tmp_path: Path) -> None:
    words = ("--withdraw", "8:in the van at four in the morning@2026-04-09", "--withdraw", "17")
    assert run("draft", "all", *call, "--out", tmp_path, *words)[0] == 0
    texts = {p.name: p.read_text() for p in tmp_path.iterdir() if p.suffix in {".md", ".json", ".html", ".csv"} and p.stem != "background"}
    assert len(texts) == 10
    assert not [name for name, text in texts.items() if "in the van at four" in text or "monthly sheet" in text]
    assert "Bo Lind withdrew words of turn 8 on 2026-04-09" in texts["checklist.md"]


def test_released_words_are_used_and_the_checklist_says_since_when(run: Run, call: list[str]) -> None:
    write_call(Path(call[0]), HELD)
    assert "640 loaves" not in run("draft", "outline", *call)[1]
    assert "640 loaves" in run("draft", "outline", *call, "--release", "4")[1]
    told = run("draft", "checklist", *call, "--release", "4@2026-04-09")[1]
    assert "Words of turn 4 were released on 2026-04-09" in told


def test_what_was_clearly_barred_needs_somebody_who_has_agreed(run: Run, tmp_path: Path) -> None:
    write_call(tmp_path / "call.txt", "I: What did it cost?\nA: Forty thousand euros. That stays off the record, please.")
    call = [str(tmp_path / "call.txt")]
    status, _, err = run("draft", "checklist", *call, "--release", "2")
    assert (status, '--agreed 2 "' in err) == (2, True)
    assert "WHO is empty" in run("draft", "checklist", *call, "--agreed", "2", " ")[2]
    told = run("draft", "checklist", *call, "--agreed", "2@2026-04-09", "Ada Berg, by email")[1]
    assert "Words of turn 2 were released on 2026-04-09, as agreed: Ada Berg, by email" in told


def test_a_release_that_changes_nothing_is_told(run: Run, call: list[str]) -> None:
    write_call(Path(call[0]), HELD)
    assert run("draft", "email", *call, "--release", "4")[2] == ""
    status, _, err = run("draft", "email", *call, "--release", "8")
    assert status == 0
    assert err == "copilot: --release 8: turn 8 is not held back, so this changes nothing; what is: turn 4, turn 6\n"
    err = run("draft", "email", *call, "--agreed", "8", "Ada Berg, by email")[2]
    assert err == "copilot: --agreed 8: turn 8 is not held back, so this changes nothing; what is: turn 4, turn 6\n"


@pytest.mark.parametrize("into", ["", "pack"], ids=["printed", "printed and written"])
def test_all_documents_are_one_json_object(run: Run, call: list[str], tmp_path: Path, into: str) -> None:
    out = ("--out", str(tmp_path / into)) if into else ()
    status, printed, _ = run("draft", "all", *call, "--json", *out)
    assert status == 0
    assert {name: row["schema"] for name, row in json.loads(printed).items()} == {
        name: f"copilot.{name}/1" for name in ("email", "outline", "checklist")
    }
    assert json.loads(printed)["email"] == json.loads(run("draft", "email", *call, "--json")[1])
    assert (tmp_path / "pack" / "email.json").exists() is bool(into)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("email", "--release", "99"), "release '99': the call has no turn 99; the last is turn "),
        (("email", "--release", "13"), "release '13': turn 13 stays out, as was clearly asked in turn 13; what can be released: nothing"),
        (("email", "--out", "mail.pages"), "the email cannot be written as 'pages'; there are md, html, docx, json, eml"),
        (("email", "--out", "mail"), "the email needs a suffix that says the form; there are md"),
        (("outline", "--out", "outline.csv"), "the outline cannot be written as 'csv'"),
        (("all",), "all documents need --out with a folder"),
        (("all", "--json", "--out", "pack.md"), "all documents need --out with a folder, or --json"),
        (("email", "--date", "tomorrow"), "--date 'tomorrow': write a day such as 2026-03-31"),
        (("email", "--schedule", "soon=3"), "schedule 'soon=3': write STEP=WORKING DAYS"),
        (("email", "--withdraw", "99"), "withdrawal '99': the call has no turn 99; the last is turn "),
        (("email", "--withdraw", "the last one"), "withdrawal 'the last one': write TURN, TURN:START-END or TURN:WORDS"),
        (("email", "--withdraw", "8:never said"), "withdrawal '8:never said': turn 8 does not contain that"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_status_2(run: Run, call: list[str], words: tuple[str, ...], told: str) -> None:
    status, out, err = run("draft", words[0], *call, *words[1:])
    assert (status, out) == (2, "")
    assert told in err
    assert len(err.strip().splitlines()) == 1


def test_a_file_that_cannot_be_written_is_named(run: Run, call: list[str], tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    status, _, err = run("draft", "email", *call, "--out", tmp_path / "taken" / "email.md")
    assert status == 2
    assert "cannot be written" in err


# With a model


def writing(paragraph: str) -> Callable[[Mapping[str, Any]], Reply]:
    """Return the script of a model that reads one topic out of the call, and writes one paragraph for everything to be written."""

    def reply(request: Mapping[str, Any]) -> Reply:
        prompt = "\n".join(str(m["content"]) for m in request["messages"])
        if "Return exactly" not in prompt:
            return Reply(notes(topics=[{"turn": 6, "topic": "challenges.pain", "full": True}]))
        count = int(prompt.split("Return exactly ")[1].split()[0])
        return Reply(json.dumps({"paragraphs": [paragraph] * count}))

    return reply


def test_a_model_words_the_paragraphs(run: Run, call: list[str], serve: Serve) -> None:
    with serve(writing("The bakery tells it plainly.")):
        status, out, err = run("draft", "outline", *call, *MODEL)
    assert status == 0
    assert "The bakery tells it plainly." in out
    assert "could not be used" not in err


def test_a_form_that_cannot_be_written_is_told_before_a_model_is_asked(run: Run, call: list[str], serve: Serve) -> None:
    with serve(writing("Thank you.")) as server:
        status, out, err = run("draft", "email", *call, *MODEL, "--out", "mail.pdf")
        assert (status, out, server.requests) == (2, "", [])
    assert err == "copilot: the email cannot be written as 'pdf'; there are md, html, docx, json, eml\n"


@pytest.mark.parametrize("paragraph", ["They saved 8,417 hours.", "Mirko Tamm signed it.", "Ada says: “It changed absolutely everything.”"])
def test_a_model_that_makes_things_up_gives_way_to_the_embedded_text_and_is_told_on(
    run: Run, call: list[str], serve: Serve, paragraph: str
) -> None:
    with serve(writing(paragraph)):
        status, out, err = run("draft", "email", *call, *MODEL)
    assert status == 0
    assert paragraph not in out
    assert "Thank you for taking the time to talk with us about Ovenly Orders." in out
    assert "paragraphs of the model's could not be used and stand in the embedded engine's words" in err


def test_a_model_that_fails_leaves_the_embedded_text(run: Run, call: list[str], serve: Serve) -> None:
    plain = run("draft", "email", *call)[1]
    with serve([Reply(status=401)]):
        status, out, err = run("draft", "email", *call, *MODEL)
        assert run("draft", "email", *call, *MODEL, "--no-fallback")[0] == 3
    assert (status, out) == (0, plain)
    assert "does not accept the key" in err
