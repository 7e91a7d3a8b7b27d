from __future__ import annotations

import json
from pathlib import Path

import pytest

from copilot import Background, Transcript, Turn
from copilot.drafts import DRAFTS
from copilot.schemas import SCHEMAS

from .conftest import Run, heard
from .drafts.conftest import material


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_command_prints_the_schema_of_the_value(run: Run, name: str) -> None:
    status, out, _ = run("schema", name)
    assert (status, json.loads(out)) == (0, SCHEMAS[name].model_json_schema(by_alias=True))


def test_a_value_is_written_as_its_published_json_and_read_back_as_it_was(sample: Path, sample_background: Path) -> None:
    background = Background.load(sample_background)
    session = heard(Transcript.load(sample, background=background).turns, background)
    for name, value in {
        "findings": session.findings,
        "suggestions": session.suggestions(),
        **{n: session.draft(n) for n in DRAFTS},
    }.items():
        written = value.model_dump_json()
        properties = SCHEMAS[name].model_json_schema()["properties"]
        assert set(json.loads(written)) <= set(properties)
        assert json.loads(written)["schema"] == properties["schema"]["const"]
        assert type(value).model_validate_json(written) == value
        assert type(value).model_validate(value.model_dump()) == value


def test_a_turn_that_differs_in_what_json_holds_is_another(sample: Path) -> None:
    turn = Transcript.load(sample)[0]
    assert turn.cues
    again = Turn.model_validate_json(turn.model_dump_json())
    assert (again, hash(again)) == (turn, hash(turn))
    assert turn.model_copy(update={"text": "Something else."}) != turn


@pytest.mark.parametrize("name", DRAFTS)
def test_a_documents_json_has_the_keys_of_its_schema_and_no_others(name: str) -> None:
    schema = SCHEMAS[name].model_json_schema(by_alias=True)
    data = json.loads(DRAFTS[name](material()).model_dump_json())
    assert schema["additionalProperties"] is False
    assert set(schema["required"]) <= set(data) <= set(schema["properties"])
    assert schema["properties"]["schema"]["const"] == data["schema"] == f"copilot.{name}/1"


def test_turns_that_are_equal_give_equal_findings_also_where_a_speaker_is_not_certain() -> None:
    transcript = Transcript.parse(
        "WEBVTT\n\n"
        + "\n".join(
            f"00:{n:02}.000 --> 00:{n + 1:02}.000\n{text}\n"
            for n, text in enumerate(
                (
                    "Ines: What has changed for you?",
                    "Maeve: It is a different place now.",
                    "Remakes fell from 112 a month to 68 a month.",
                    "Ines: Go on.",
                    "Maeve: People smile again.",
                    "Maeve: And we ship on time.",
                    "Ines: Good.",
                    "Maeve: Yes, it is.",
                )
            )
        )
    )
    again = [Turn.model_validate_json(turn.model_dump_json()) for turn in transcript]
    assert again == list(transcript)
    assert heard(again).findings == heard(transcript.turns).findings
    assert [turn.unsure for turn in again[:2]] == [(), ((29, 73),)]
    assert [turn.turn for turn in again if "unsure" in turn.model_dump_json()] == [2]
    sure = again[1].model_copy(update={"unsure": ()})
    assert sure != again[1]
    assert heard([again[0], sure]).findings.quotes != heard(again[:2]).findings.quotes
