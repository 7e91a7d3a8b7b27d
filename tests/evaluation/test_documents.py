"""What the documents of the evals say is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from copilot.cli.eval import command
from copilot.evaluation import CONTROLS, EVALUATORS, VARIANTS, Evals

from .conftest import put

ROOT = Path(__file__).parents[2]
DATA_CARD = ROOT / "evals" / "README.md"
PAGES = [DATA_CARD, ROOT / "examples" / "my-suites" / "README.md", ROOT / "examples" / "workflows" / "evals.yml"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)
def test_every_option_that_is_shown_exists(page: Path):
    options = {word for parameter in command.params for word in parameter.opts}
    lines = page.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    shown = {
        word for line in lines if "copilot eval" in line for word in re.findall(r"(?<![\w-])--[a-z]+", line.partition("copilot eval")[2])
    }
    assert shown
    assert shown <= options


def test_the_data_card_lists_every_suite():
    table = re.findall(r"^\| `(\w+)` \|", DATA_CARD.read_text(encoding="utf-8"), re.MULTILINE)
    assert {suite.suite for suite in Evals.load().suites} <= set(table)


def test_the_figures_that_the_data_card_names_exist():
    rows = re.findall(r"^\| `(\w+)` \|.*\| (.*) \|$", DATA_CARD.read_text(encoding="utf-8"), re.MULTILINE)
    for suite, named in rows:
        known = {figure.name for figure in EVALUATORS[suite].figures} if suite in EVALUATORS else set()
        assert set(re.findall(r"`(\w+)`", named)) <= known, suite


def test_the_evaluator_in_the_data_card_works(
    suites: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    code = re.findall(r"```python\n(.*?)```", DATA_CARD.read_text(encoding="utf-8"), re.DOTALL)
    put(suites / "suites" / "ours.yaml", {"suite": "mine", "cases": [{"evaluator": "brief"}]})
    put(suites / "gates.yaml", {})
    suites.rename(tmp_path / "my-suites")
    monkeypatch.chdir(tmp_path)
    try:
        exec(compile("\n".join(code), "README.md", "exec"), {})  # noqa: S102 -- the example is ours
        assert [figure.name for figure in EVALUATORS["brief"].figures] == ["brief"]
        assert 0 < float(capsys.readouterr().out) <= 1
    finally:
        EVALUATORS.pop("brief", None)


def test_the_workflow_is_yaml_with_steps():
    workflow = yaml.safe_load(PAGES[2].read_text(encoding="utf-8"))
    assert any("copilot eval" in step.get("run", "") for step in workflow["jobs"]["evals"]["steps"])


def test_the_workflow_installs_no_package_by_its_bare_name():
    workflow = yaml.safe_load(PAGES[2].read_text(encoding="utf-8"))
    installs = [step["run"] for step in workflow["jobs"]["evals"]["steps"] if "pip install" in step.get("run", "")]
    assert installs == ['pip install "$COPILOT"']
    assert re.fullmatch(r"git\+https://\S+@[0-9a-f]{40}", workflow["env"]["COPILOT"])


def test_the_suites_use_every_variant():
    used = {variant for suite in Evals.load().suites for case in suite.cases for variant in case.variants if variant}
    assert used == set(VARIANTS)


def test_each_control_says_what_is_wrong_with_it():
    assert all(control.about and control.gate in Evals.load().gates for control in CONTROLS.values())
