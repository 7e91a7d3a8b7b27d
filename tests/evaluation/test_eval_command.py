from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from copilot.cli.eval import command
from copilot.errors import InputError
from copilot.evaluation import Interview, Report
from copilot.guide import Guide
from copilot.schemas import SCHEMAS

from .conftest import put
from .small import TURNS


def run(*words: str | Path) -> Result:
    result = CliRunner().invoke(command, [str(word) for word in words], standalone_mode=False)
    if result.exception is not None:
        raise result.exception
    return result


def call(folder: Path) -> Path:
    path = folder / "call.txt"
    path.write_text("\n\n".join(f"{turn.speaker}: {turn.text}" for turn in TURNS), encoding="utf-8")
    return path


def test_suites_of_a_folder_are_run_and_printed(suites: Path):
    result = run(suites)
    assert "ours.gaps (2 interviews)" in result.stdout
    assert result.return_value == 0


def test_json_prints_one_object_and_nothing_else(suites: Path):
    printed = json.loads(run(suites, "ours", "--json").stdout)
    schema = SCHEMAS["eval"].model_json_schema()
    assert printed["schema"] == schema["properties"]["schema"]["const"] == "copilot.eval/1"
    assert set(schema["required"]) <= set(printed) <= set(schema["properties"])


def test_a_gate_that_fails_gives_one_only_where_gates_are_asked_for(suites: Path):
    assert run(suites, "--control", "silent", "--gate").return_value == 1
    assert run(suites, "--control", "silent").return_value == 0


def test_other_gates_can_be_given(suites: Path, tmp_path: Path):
    put(tmp_path / "strict.yaml", {"gates": {"ours.gaps.tact": {"at_least": 1.1}}})
    result = run(suites, "--gate", "--gates", tmp_path / "strict.yaml")
    assert "ours.gaps.tact is" in result.stdout
    assert result.return_value == 1


def test_files_are_written(suites: Path, tmp_path: Path):
    paths = {name: tmp_path / f"report.{name}" for name in ("save", "junit", "markdown", "html")}
    run(suites, *(word for name, path in paths.items() for word in (f"--{name}", path)))
    assert Report.load(paths["save"]).passed
    assert paths["html"].read_text(encoding="utf-8").startswith("<!doctype html>")
    assert all(path.stat().st_size for path in paths.values())


def test_a_saved_run_is_compared_with(suites: Path, tmp_path: Path):
    run(suites, "--save", tmp_path / "old.json")
    assert "worse    ours.gaps.recall" in run(suites, "--control", "silent", "--compare", tmp_path / "old.json").stdout


@pytest.mark.parametrize("option", ["--save", "--junit", "--markdown", "--html"])
def test_the_folder_of_a_file_is_made(suites: Path, tmp_path: Path, option: str):
    run(suites, option, tmp_path / "new" / "folder" / "report")
    assert (tmp_path / "new" / "folder" / "report").stat().st_size


@pytest.mark.parametrize("option", ["--save", "--junit"])
def test_a_report_that_cannot_be_written_is_printed_all_the_same(suites: Path, tmp_path: Path, option: str):
    (tmp_path / "folder").mkdir()
    result = CliRunner().invoke(command, [str(suites), option, str(tmp_path / "folder")], standalone_mode=False)
    assert "ours.gaps (2 interviews)" in result.stdout
    assert isinstance(result.exception, InputError)
    assert "folder: cannot be written" in str(result.exception)


def test_a_file_that_cannot_be_written_is_named(suites: Path, tmp_path: Path):
    (tmp_path / "taken").write_text("")
    with pytest.raises(InputError, match=r"taken/such: cannot be written"):
        run(suites, "--html", tmp_path / "taken" / "such")


def test_a_folder_that_is_not_there_is_no_name_of_a_suite(suites: Path):
    with pytest.raises(InputError, match=r"gone: there is no such folder of suites"):
        run(suites.parent / "gone")
    with pytest.raises(InputError, match="no suite is named 'gone'; there is ours"):
        run(suites, "gone")


def test_two_folders_are_too_many(suites: Path):
    with pytest.raises(InputError, match="one folder of suites at a time"):
        run(suites, suites.parent)


def test_new_labels_can_be_run_as_they_are(tmp_path: Path):
    folder = tmp_path / "interviews" / "pottery"
    run("--new", call(tmp_path), "--role", "Ada Moss=interviewer", "--role", "Wren Hale=customer", "--out", folder)
    interview = Interview.load(folder)
    assert [turn.text for turn in interview.turns] == [turn.text for turn in TURNS]
    assert [(p.name, p.role) for p in interview.background.participants] == [("Ada Moss", "interviewer"), ("Wren Hale", "customer")]
    assert "until a person has corrected them" in (folder / "gold.yaml").read_text(encoding="utf-8")


def test_new_labels_keep_a_guide_of_ones_own(tmp_path: Path):
    guide = Path(__file__).parents[2] / "examples" / "own-guide.yaml"
    folder = tmp_path / "interviews" / "pottery"
    run("--new", call(tmp_path), "--role", "Ada Moss=interviewer", "--guide", guide, "--out", folder)
    assert Interview.load(folder).guide == Guide.load(guide)
    assert set(Interview.load(folder).gold.topics) == set(Guide.load(guide).topics)


def test_new_labels_never_take_the_place_of_others(tmp_path: Path):
    put(tmp_path / "done" / "gold.yaml", {})
    with pytest.raises(InputError, match="is there already"):
        run("--new", call(tmp_path), "--role", "Ada Moss=interviewer", "--out", tmp_path / "done")


def test_the_worked_example_passes_its_gates():
    example = Path(__file__).parents[2] / "examples" / "my-suites"
    assert run(example, "--gate").return_value == 0
