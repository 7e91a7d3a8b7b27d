from __future__ import annotations

import time
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import docx
import httpx
import pytest

from copilot import Session
from copilot.actions import Action
from copilot.engines.rules import RulesEngine
from copilot.errors import ModelError
from copilot.live.call import LiveCall
from copilot.turns import LiveSegment

from .serving import ANSWER, QUESTION, Staged, client, serving

MEDIA = {
    "html": "text/html",
    "md": "text/markdown",
    "eml": "message/rfc822",
    "csv": "text/csv",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def segment(key: str, text: str, speaker: str, start: float) -> dict[str, Any]:
    return {"id": key, "text": text, "speaker": speaker, "start": start, "end": start + 2}


def recall(text: str, speaker: str, start: float) -> dict[str, Any]:
    """Return an event as Recall.ai posts it."""
    words = [{"text": text, "start_timestamp": {"relative": start}, "end_timestamp": {"relative": start + 2}}]
    person = {"id": len(speaker), "name": speaker, "is_host": False, "platform": "desktop", "extra_data": {}}
    return {
        "event": "transcript.data",
        "data": {"data": {"participant": person, "words": words}, "bot": {"id": "b"}, "recording": {"id": "r"}, "transcript": {"id": "t"}},
    }


def test_segments_that_are_posted_lead_to_a_probe_with_its_words_and_their_speaker(viewer: httpx.Client, stage: Staged) -> None:
    asked, answered = segment("1", *QUESTION, 1.0), segment("2", *ANSWER, 4.0)
    assert viewer.post("/segments", json=asked).json() == {"heard": 1}
    assert viewer.post("/segments", json=[answered]).json() == {"heard": 1}
    stage.wait()
    shown = viewer.get("/board").json()
    assert shown["board"]["probe"]["text"] in ANSWER[0]
    assert shown["board"]["voices"][shown["board"]["probe"]["gap"]]["speaker"] == "Carl Moss"
    assert shown["board"]["voices"][shown["board"]["probe"]["gap"]]["at"] == 4.0


def test_the_words_behind_a_probe_are_told_with_their_own_time(viewer: httpx.Client, stage: Staged) -> None:
    stage.say(*QUESTION)
    began = stage.clock()
    stage.call.hear(LiveSegment(id="a1", text="We opened in the spring.", speaker="Carl Moss", start=began, end=began + 3))
    stage.call.hear(LiveSegment(id="a2", text="It has saved us a fortune, honestly.", speaker="Carl Moss", start=began + 4, end=began + 7))
    stage.wait()
    shown = viewer.get("/board").json()
    probe = shown["board"]["probe"]
    assert shown["board"]["voices"][probe["gap"]]["at"] == began + 4


def test_who_gives_an_answer_is_told_while_it_is_under_way(viewer: httpx.Client, stage: Staged) -> None:
    stage.say(*QUESTION)
    stage.call.hear(LiveSegment(id="a1", text="It cost us forty thousand", speaker="Carl Moss", start=stage.clock()))
    told = viewer.get("/board").json()
    assert [t.turn for t in stage.call.session.turns] == [1]
    assert told["board"]["last_answer"] == 2
    assert told["board"]["voices"]["2"]["speaker"] == "Carl Moss"
    assert stage.call.turn(3) is None


def test_webhooks_of_a_vendor_are_heard(viewer: httpx.Client, stage: Staged) -> None:
    assert viewer.post("/segments", json=recall(*QUESTION, 1.0)).status_code == 200
    assert viewer.post("/segments", json=recall(*ANSWER, 4.0)).status_code == 200
    assert [line.speaker for line in stage.call.board.lines] == ["Ines Vale", "Carl Moss"]


@pytest.mark.parametrize("do", ["asked", "dismiss", "snooze", "pin"])
def test_an_action_takes_the_probe_away_at_once(viewer: httpx.Client, stage: Staged, do: str) -> None:
    gap = stage.probe()
    assert viewer.post("/actions", json={"do": do, "gap": gap}).status_code == 204
    board = viewer.get("/board").json()["board"]
    assert board["probe"] is None or board["probe"]["gap"] != gap
    assert [probe["gap"] for probe in board["pinned"]] == ([gap] if do == "pin" else [])


def test_a_mark_holds_against_the_engine(viewer: httpx.Client) -> None:
    topic = viewer.get("/board").json()["board"]["sections"][0]["topics"][0]["id"]
    assert viewer.post("/actions", json={"do": "mark", "topic": topic, "covered": True}).status_code == 204
    first = viewer.get("/board").json()["board"]["sections"][0]["topics"][0]
    assert (first["state"], first["marked"]) == ("covered", True)


@pytest.mark.parametrize("action", [{"do": "asked", "gap": "9.9-vague"}, {"do": "mark", "topic": "no.topic", "covered": True}])
def test_an_action_on_what_the_call_does_not_know_is_told_to_be_out_of_date(viewer: httpx.Client, action: dict[str, Any]) -> None:
    answer = viewer.post("/actions", json=action)
    assert answer.status_code == 409
    assert "out of date" in answer.text


@pytest.mark.parametrize(
    "body", ["", "{", "[]", '{"do": "shout"}', '{"do": "asked"}', '{"do": "asked", "gap": "g", "more": 1}', '"\ud800"']
)
def test_what_is_no_action_is_refused_in_one_line(viewer: httpx.Client, body: str) -> None:
    answer = viewer.post("/actions", content=body.encode(errors="surrogatepass"), headers={"content-type": "application/json"})
    assert answer.status_code == 400
    assert ": :" not in answer.text
    assert "\n" not in answer.text.strip()


@pytest.mark.parametrize("body", ["", "{", "7", "[[]]", '{"event": "nothing of ours"}'])
def test_what_holds_no_segments_is_refused_in_one_line(viewer: httpx.Client, stage: Staged, body: str) -> None:
    answer = viewer.post("/segments", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 400
    assert "\n" not in answer.text.strip()
    assert stage.call.board.lines == ()


def test_a_short_answer_that_is_posted_again_is_heard_again_and_a_request_sent_twice_once(viewer: httpx.Client, stage: Staged) -> None:
    said = [
        ("Ines Vale", "Was it fast?"),
        ("Carl Moss", "Yes."),
        ("Ines Vale", "Was it cheap?"),
        ("Carl Moss", "Yes."),
        ("Ines Vale", "So?"),
    ]
    for speaker, text in said:
        for _ in range(2):
            viewer.post("/segments", json={"speaker": speaker, "text": text})
    stage.wait()
    assert [(turn.speaker, turn.text) for turn in stage.call.session.turns] == said


@pytest.mark.parametrize("path", ["/actions", "/segments"])
@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/jsonx", ""]
)
def test_a_body_of_another_content_type_is_refused(viewer: httpx.Client, path: str, kind: str) -> None:
    assert viewer.post(path, content='{"do": "end"}', headers={"content-type": kind}).status_code == 415


def test_the_content_type_may_tell_its_characters(viewer: httpx.Client) -> None:
    answer = viewer.post("/actions", content='{"do": "end"}', headers={"content-type": "Application/JSON; charset=utf-8"})
    assert answer.status_code == 204


@pytest.mark.parametrize(("path", "size"), [("/actions", 5_000), ("/segments", 1_100_000)])
@pytest.mark.parametrize("told", [True, False])
def test_a_body_that_is_too_long_is_refused_whether_or_not_it_tells_its_length(
    viewer: httpx.Client, stage: Staged, path: str, size: int, told: bool
) -> None:
    body = b'{"id": "1", "text": "' + b"x" * size + b'"}'
    content = body if told else (body[at : at + 65_536] for at in range(0, len(body), 65_536))
    answer = viewer.post(path, content=content, headers={"content-type": "application/json"})
    assert answer.status_code == 413
    assert stage.call.board.lines == ()


@pytest.mark.parametrize(("method", "path"), [("POST", "/"), ("GET", "/actions"), ("PUT", "/segments"), ("DELETE", "/board")])
def test_an_endpoint_has_its_own_methods_only(viewer: httpx.Client, method: str, path: str) -> None:
    assert viewer.request(method, path).status_code == 405


def test_the_documents_are_offered_once_the_call_is_over(viewer: httpx.Client, stage: Staged) -> None:
    stage.probe()
    assert viewer.get("/board").json()["documents"] == []
    viewer.post("/actions", json={"do": "end"})
    documents = viewer.get("/board").json()["documents"]
    assert [d["name"] for d in documents] == ["email", "outline", "checklist"]
    for name, form in ((d["name"], form) for d in documents for form in d["forms"]):
        answer = viewer.get(f"/documents/{name}.{form}")
        assert answer.status_code == 200
        assert answer.headers["content-type"].partition(";")[0] == MEDIA[form]


def test_a_document_to_read_is_locked_in_a_sandbox_and_the_others_are_files(viewer: httpx.Client, stage: Staged) -> None:
    stage.probe()
    read, word = viewer.get("/documents/outline.html"), viewer.get("/documents/outline.docx")
    assert read.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert "script-src" not in read.headers["content-security-policy"]
    assert "content-disposition" not in read.headers
    assert word.headers["content-disposition"] == 'attachment; filename="outline.docx"'
    assert docx.Document(BytesIO(word.content)).paragraphs


def test_markup_that_somebody_says_is_text_in_a_document(viewer: httpx.Client, stage: Staged) -> None:
    stage.say(*QUESTION)
    stage.say("We cut remakes by forty percent <script>alert(1)</script> in one quarter.", "Carl Moss")
    page = viewer.get("/documents/outline.html").text
    assert "<script" not in page


@pytest.mark.parametrize("path", ["/documents/email.docx", "/documents/diary.html", "/documents/email", "/documents/..%2fapp.py"])
def test_there_are_no_other_documents(viewer: httpx.Client, path: str) -> None:
    assert viewer.get(path).status_code == 404


class Writes(RulesEngine):
    """An engine that takes its time for each paragraph, or fails."""

    def __init__(self, seconds: float = 0.0, problem: Exception | None = None) -> None:
        self.seconds, self.problem, self.asked = seconds, problem, 0

    def write(self, document: str, rules: str, facts: Sequence[str]) -> Sequence[str]:
        self.asked += 1
        if self.problem is not None:
            raise self.problem
        time.sleep(self.seconds)
        return ["We heard it from them."]


def test_a_document_does_not_wait_for_all_that_a_slow_engine_would_write() -> None:
    engine = Writes(0.2)
    with serving(LiveCall(Session(engine=engine)), writing=0.1) as served, client(served) as viewer:
        assert viewer.get("/documents/outline.html").status_code == 200
    assert engine.asked <= 1


def test_a_document_of_an_engine_that_may_not_fail_says_why_there_is_none() -> None:
    engine = Writes(problem=ModelError("the model failed: no answer"))
    with serving(LiveCall(Session(engine=engine))) as served, client(served) as viewer:
        answer = viewer.get("/documents/email.html")
    assert (answer.status_code, answer.text) == (502, "the model failed: no answer")


class Broken(LiveCall):
    """A call in which nothing can be done."""

    def act(self, action: Action) -> None:
        raise RuntimeError("a secret of the inside")


def test_what_fails_inside_is_told_without_its_inside_and_the_page_goes_on() -> None:
    with serving(Broken(Session())) as served, client(served) as viewer:
        answer = viewer.post("/actions", json={"do": "end"})
        assert answer.status_code == 500
        assert "secret" not in answer.text
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert viewer.get("/board").status_code == 200
