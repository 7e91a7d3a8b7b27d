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
