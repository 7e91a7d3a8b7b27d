from __future__ import annotations

import re
import runpy
import shlex
from pathlib import Path

import click
import pytest

from copilot import Background, Findings, Guide, Session, Transcript, errors, lint_question
from copilot.cli import cli

from .conftest import ROOT, Run

README = (ROOT / "README.md").read_text("utf-8")
DOCS = [str(page.relative_to(ROOT)) for page in sorted((ROOT / "docs").glob("*.md"))]
PAGES = ["README.md", *DOCS, "examples/README.md", "prompts/README.md", "tests/README.md"]
GUIDE = "\n".join((ROOT / page).read_text("utf-8") for page in ("README.md", *DOCS))


def blocks(language: str, text: str = GUIDE) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def command_lines() -> list[str]:
    text = "".join((ROOT / page).read_text("utf-8") for page in PAGES)
    return sorted({line for block in blocks("sh", text) for line in block.splitlines() if line.startswith("copilot ")})


def sessions() -> list[tuple[str, str]]:
    """The command of each terminal session, and what it printed."""
    return [(first.removeprefix("$ "), printed) for first, _, printed in (block.partition("\n") for block in blocks("console"))]


@pytest.fixture(autouse=True)
def at_the_root(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COPILOT_JOURNALS", str(tmp_path))


@pytest.mark.parametrize("code", blocks("python"), ids=lambda code: code.splitlines()[0])
def test_the_python_examples_run_and_a_session_on_a_file_names_it(code: str, tmp_path: Path):
    script = tmp_path / "example.py"
    script.write_text(code, "utf-8")
    values = runpy.run_path(str(script))
    if "transcript" in values:
        assert values["session"].findings.source.file == "examples/harbour-glass.vtt"


def test_the_quickstart_prints_probes_and_coverage(capsys: pytest.CaptureFixture[str]):
    runpy.run_path("examples/quickstart.py", run_name="__main__")
    printed = capsys.readouterr().out
    assert "after turn" in printed
    assert "Still worth asking:" in printed
    assert re.search(r"results: \d of 5", printed)


@pytest.mark.parametrize("line", command_lines())
def test_the_commands_run(line: str, run: Run):
    status, out, _ = run(*shlex.split(line)[1:])
    assert status == 0
    assert out


@pytest.mark.parametrize(("line", "printed"), sessions())
def test_the_terminal_sessions_show_what_is_printed(line: str, printed: str, run: Run):
    status, out, err = run(*shlex.split(line)[1:])
    assert (status, err + out) == (0, printed)


def test_every_command_is_described_and_every_command_described_exists():
    described = set(re.findall(r"^\| `copilot (\w+)", README, re.MULTILINE))
    assert described == set(cli.list_commands(click.Context(cli)))


def test_the_options_named_exist():
    named = set(re.findall(r"`(--[a-z-]+)", GUIDE))
    known = {option for name in cli.list_commands(click.Context(cli)) for option in options(name)}
    known |= {option for parameter in cli.params for option in parameter.opts}
    assert named <= known


def options(name: str) -> list[str]:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    return [option for parameter in command.params for option in parameter.opts]


def test_the_yaml_examples_are_a_background_and_a_guide():
    background, guide = blocks("yaml")
    assert Background.parse(background).customer.company == "Harbour Glass"
    assert "use.friction" in Guide.parse(guide).topics
    assert [fault for topic in Guide.parse(guide).topics.values() for fault in lint_question(topic.question)] == []


def test_half_of_the_topics_of_the_guide_in_the_examples_have_cue_words():
    topics = Guide.load("examples/own-guide.yaml").topics.values()
    assert 2 * sum(bool(topic.cues) for topic in topics) == len(topics)


def found_in_the_sample() -> Findings:
    background = Background.load("examples/harbour-glass.background.yaml")
    session = Session(background=background)
    for turn in Transcript.load("examples/harbour-glass.vtt", background=background):
        session.hear(turn)
    return session.findings


def test_the_examples_of_findings_are_found_in_the_sample():
    findings = found_in_the_sample()
    texts = {
        "gap, with its probe": [gap.text for gap in findings.gaps],
        "metric": [metric.text for metric in findings.metrics],
        "quote": [quote.text for quote in findings.quotes],
        "off the record": [boundary.text for boundary in findings.off_record],
        "consent": [turn.text for turn in findings.turns if turn.turn == findings.consent.granted],
        "promise": [promise.what for promise in findings.commitments],
        "claim to verify": [claim.text for claim in findings.verify],
    }
    shown = {row[0]: re.findall(r'"(.*?)"', row[2]) for row in table("finding")}
    missing = {name: words for name, quoted in texts.items() for words in shown[name] if not any(words in text for text in quoted)}
    assert missing == {}


def table(head: str) -> list[list[str]]:
    """The rows of the table whose first column has this heading."""
    body = README.partition(f"\n| {head} |")[2].partition("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in body]


@pytest.mark.parametrize("page", PAGES)
def test_the_files_linked_to_exist(page: str):
    links = re.findall(r"\]\((?!https?://)([^)#]+)", (ROOT / page).read_text("utf-8"))
    assert [link for link in links if not (ROOT / page).parent.joinpath(link).exists()] == []


def test_every_public_name_of_a_session_and_every_error_is_on_the_page_for_python():
    page = (ROOT / "docs/python.md").read_text("utf-8")
    names = [name for name in vars(Session) if not name.startswith("_")]
    assert [name for name in (*names, *errors.__all__) if not re.search(rf"\b{name}\b", page)] == []


def test_the_test_command_follows_its_mark():
    assert '<!-- tests -->\n```sh\npython3 -m venv .venv && .venv/bin/pip install --quiet ".[test]" && .venv/bin/pytest\n```\n' in README


def test_the_contradiction_of_the_readme_is_found():
    session = Session(background=Background.parse('{customer: {facts: ["64 trucks"]}}'))
    for turn in Transcript.parse("Ines: How big is the fleet?\nMaeve: We run fifty-eight trucks."):
        session.hear(turn)
    assert [found.turns for found in session.findings.contradictions] == [(2,)]
