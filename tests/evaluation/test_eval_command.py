from __future__ import annotations

import json
from pathlib import Path

import pytest

from copilot.evaluation import Interview, Report
from copilot.guide import Guide
from copilot.schemas import SCHEMAS

from .conftest import RunEval, put
from .small import GOLD, TURNS


def call(folder: Path) -> Path:
    path = folder / "call.txt"
    path.write_text("\n\n".join(f"{turn.speaker}: {turn.text}" for turn in TURNS), encoding="utf-8")
    return path


def test_suites_of_a_folder_are_run_and_printed(run_eval: RunEval, suites: Path):
    status, out, _ = run_eval(suites)
    assert "ours.gaps (2 interviews)" in out
    assert status == 0


def test_json_prints_one_object_and_nothing_else(run_eval: RunEval, suites: Path):
    printed = json.loads(run_eval(suites, "ours", "--json")[1])
    schema = SCHEMAS["eval"].model_json_schema()
    assert printed["schema"] == schema["properties"]["schema"]["const"] == "copilot.eval/1"
    assert set(schema["required"]) <= set(printed) <= set(schema["properties"])


def test_a_gate_that_fails_gives_one_only_where_gates_are_asked_for(run_eval: RunEval, suites: Path):
    assert run_eval(suites, "--control", "silent", "--gate")[0] == 1
    assert run_eval(suites, "--control", "silent")[0] == 0


def test_other_gates_can_be_given(run_eval: RunEval, suites: Path, tmp_path: Path):
    put(tmp_path / "strict.yaml", {"gates": {"ours.gaps.tact": {"at_least": 1.1}}})
    status, out, _ = run_eval(suites, "--gate", "--gates", tmp_path / "strict.yaml")
    assert "ours.gaps.tact is" in out
    assert status == 1


@pytest.mark.parametrize("gates", [None, {"gates": {}}])
def test_gates_that_cannot_fail_are_refused(run_eval: RunEval, suites: Path, gates: object):
    put(suites / "suites" / "ours.yaml", {"suite": "ours", "cases": [{"evaluator": "quotes"}]})
    (suites / "gates.yaml").unlink()
    if gates:
        put(suites / "gates.yaml", gates)
    status, out, err = run_eval(suites, "--gate")
    assert (status, out) == (2, "")
    assert err[-1].endswith("so that --gate cannot fail; write gates.yaml, or leave --gate out")
    assert run_eval(suites)[0] == 0


def test_where_only_cases_can_fail_it_is_said(run_eval: RunEval, suites: Path):
    assert run_eval(suites, "--gate")[2] == []
    (suites / "gates.yaml").unlink()
    status, out, err = run_eval(suites, "--gate")
    assert (status, out.splitlines()[-1]) == (0, "no gate; all 6 cases passed")
    assert err[-1].endswith("no gate bounds a figure of these suites; --gate looks only at what their cases expect")
    put(suites / "suites" / "ours.yaml", {"suite": "ours", "cases": [{"evaluator": "gaps", "expect": {"tact": {"at_least": 1.1}}}]})
    assert run_eval(suites, "--gate")[0] == 1


def test_the_verdict_on_a_split_says_so(run_eval: RunEval, suites: Path):
    verdict = run_eval(suites, "--split", "test", "--gate")[1].splitlines()[-1]
    assert verdict == "all 1 gates and 2 cases passed on the test split; the gates are set for all interviews"


def test_every_fault_in_labels_is_a_line(run_eval: RunEval, suites: Path):
    put(suites / "interviews" / "pottery" / "gold.yaml", {**GOLD.model_dump(mode="json"), "consent": {"asked": 2, "granted": 1}})
    status, out, err = run_eval(suites)
    assert (status, out) == (2, "")
    assert [line.partition("gold.yaml: ")[2][:15] for line in err] == ["consent: asked ", "consent: grante"]


def test_files_are_written(run_eval: RunEval, suites: Path, tmp_path: Path):
    paths = {name: tmp_path / f"report.{name}" for name in ("save", "junit", "markdown", "html")}
    run_eval(suites, *(word for name, path in paths.items() for word in (f"--{name}", path)))
    assert Report.load(paths["save"]).passed
    assert paths["html"].read_text(encoding="utf-8").startswith("<!doctype html>")
    assert all(path.stat().st_size for path in paths.values())


def test_a_saved_run_is_compared_with(run_eval: RunEval, suites: Path, tmp_path: Path):
    run_eval(suites, "--save", tmp_path / "old.json")
    assert "worse    ours.gaps.recall" in run_eval(suites, "--control", "silent", "--compare", tmp_path / "old.json")[1]


@pytest.mark.parametrize("option", ["--save", "--junit", "--markdown", "--html"])
def test_the_folder_of_a_file_is_made(run_eval: RunEval, suites: Path, tmp_path: Path, option: str):
    run_eval(suites, option, tmp_path / "new" / "folder" / "report")
    assert (tmp_path / "new" / "folder" / "report").stat().st_size


@pytest.mark.parametrize("option", ["--save", "--junit"])
def test_a_report_that_cannot_be_written_is_refused_before_anything_is_run(run_eval: RunEval, suites: Path, tmp_path: Path, option: str):
    (tmp_path / "folder").mkdir()
    status, out, err = run_eval(suites, option, tmp_path / "folder")
    assert (status, out) == (2, "")
    assert "folder: cannot be written" in err[-1]


def test_a_file_that_cannot_be_written_is_named(run_eval: RunEval, suites: Path, tmp_path: Path):
    (tmp_path / "taken").write_text("")
    status, _, err = run_eval(suites, "--html", tmp_path / "taken" / "such")
    assert status == 2
    assert "taken/such: cannot be written" in err[-1]


def test_a_folder_that_is_not_there_is_no_name_of_a_suite(run_eval: RunEval, suites: Path):
    status, _, err = run_eval(suites.parent / "gone")
    assert status == 2
    assert "gone: there is no such folder of suites" in err[-1]
    status, _, err = run_eval("gone")
    assert status == 2
    assert "no suite is named 'gone'; there is boundaries" in err[-1]
    assert err[-1].endswith(f"suites of your own are named by their folder, and there is none at {Path('gone').absolute()}")
    status, _, err = run_eval(suites, "gone")
    assert status == 2
    assert err[-1].endswith("no suite is named 'gone'; there is ours")


def test_two_folders_are_too_many(run_eval: RunEval, suites: Path):
    status, _, err = run_eval(suites, suites.parent)
    assert status == 2
    assert "one folder of suites at a time" in err[-1]


def test_new_labels_can_be_run_as_they_are(run_eval: RunEval, tmp_path: Path):
    folder = tmp_path / "interviews" / "pottery"
    run_eval("--new", call(tmp_path), "--role", "Ada Moss=interviewer", "--role", "Wren Hale=customer", "--out", folder)
    interview = Interview.load(folder)
    assert [turn.text for turn in interview.turns] == [turn.text for turn in TURNS]
    assert [(p.name, p.role) for p in interview.background.participants] == [("Ada Moss", "interviewer"), ("Wren Hale", "customer")]
    assert "until a person has corrected them" in (folder / "gold.yaml").read_text(encoding="utf-8")


def test_new_labels_pass_no_gate_until_a_person_has_corrected_them(run_eval: RunEval, tmp_path: Path):
    labels = tmp_path / "interviews" / "pottery" / "gold.yaml"
    put(tmp_path / "suites" / "ours.yaml", {"suite": "ours", "cases": [{"evaluator": "quotes"}]})
    put(tmp_path / "gates.yaml", {"gates": {"ours.quotes.precision": {"at_least": 0.0}}})
    run_eval("--new", call(tmp_path), "--role", "Ada Moss=interviewer", "--role", "Wren Hale=customer", "--out", labels.parent)
    status, out, err = run_eval(tmp_path, "--gate", "--junit", tmp_path / "j.xml")
    assert status == 1
    assert "1 of 1 interviews have draft labels" in out
    assert any(f"{labels}: a draft that no person has corrected" in line for line in err)
    assert "no person has corrected" in (tmp_path / "j.xml").read_text(encoding="utf-8")
    labels.write_text(labels.read_text(encoding="utf-8").replace("\ndraft: true\n", "\n"), encoding="utf-8")
    status, out, err = run_eval(tmp_path, "--gate")
    assert (status, "draft" in out, err) == (0, False, [])


def test_new_labels_keep_a_guide_of_ones_own(run_eval: RunEval, tmp_path: Path):
    guide = Path(__file__).parents[2] / "examples" / "own-guide.yaml"
    folder = tmp_path / "interviews" / "pottery"
    run_eval("--new", call(tmp_path), "--role", "Ada Moss=interviewer", "--guide", guide, "--out", folder)
    assert Interview.load(folder).guide == Guide.load(guide)
    assert set(Interview.load(folder).gold.topics) == set(Guide.load(guide).topics)


def test_new_labels_never_take_the_place_of_others(run_eval: RunEval, tmp_path: Path):
    put(tmp_path / "done" / "gold.yaml", {})
    status, _, err = run_eval("--new", call(tmp_path), "--role", "Ada Moss=interviewer", "--out", tmp_path / "done")
    assert status == 2
    assert "is there already" in err[-1]


def test_the_worked_example_passes_its_gates(run_eval: RunEval):
    example = Path(__file__).parents[2] / "examples" / "my-suites"
    assert run_eval(example, "--gate")[0] == 0
