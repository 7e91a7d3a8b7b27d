from __future__ import annotations

import json

import pytest

from copilot.cli import main
from copilot.drafts import DRAFTS
from copilot.schemas import SCHEMAS

from .drafts.conftest import material


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_command_prints_the_schema_of_the_value(capsys: pytest.CaptureFixture[str], name: str) -> None:
    with pytest.raises(SystemExit) as left:
        main(["schema", name])
    assert left.value.code == 0
    assert json.loads(capsys.readouterr().out) == SCHEMAS[name].model_json_schema(by_alias=True)


@pytest.mark.parametrize("name", DRAFTS)
def test_a_documents_json_has_the_keys_of_its_schema_and_no_others(name: str) -> None:
    schema = SCHEMAS[name].model_json_schema(by_alias=True)
    data = json.loads(DRAFTS[name](material()).model_dump_json(by_alias=True))
    assert schema["additionalProperties"] is False
    assert set(schema["required"]) <= set(data) <= set(schema["properties"])
    assert schema["properties"]["schema"]["const"] == data["schema"] == f"copilot.{name}/1"
