"""Options that would change nothing are refused, with status 2 and one line that says what they count with."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from copilot.cli.options import alone, bars, gathered, needs
from copilot.errors import InputError

from ..conftest import ROOT, Run

NEW = "counts with --new only; give --new CALL"


@pytest.fixture(autouse=True)
def _surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPILOT_JOURNALS", str(tmp_path / "journals"))
    monkeypatch.delenv("COPILOT_MODEL", raising=False)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("eval nagging --background b.yaml", f"--background: {NEW}"),
        ("eval --guide g.yaml", f"--guide: {NEW}"),
        ("eval --role Ines=customer", f"--role: {NEW}"),
        ("eval --format webvtt", f"--format: {NEW}"),
        ("eval --out folder", f"--out: {NEW}"),
        ("eval --votes 3", "--votes: counts with --judge only; give --judge PROVIDER:NAME"),
        ("eval --live", "--live: counts with --model only; give --model PROVIDER:NAME, or set COPILOT_MODEL"),
        ("eval --budget 9", "--budget: counts with --model or --judge only"),
        ("eval --judge openai:scripted --no-fallback", "--no-fallback: counts with --model only"),
        ("eval nagging --new {plain}", "SUITE: changes nothing beside --new; leave one of them out"),
        ("eval --new {plain} --gate", "--gate: changes nothing beside --new"),
        ("eval --new {plain} --json", "--json: changes nothing beside --new"),
        ("eval --control silent --model openai:scripted", "--model: changes nothing beside --control"),
        ("eval --control silent --jobs 2", "--jobs: changes nothing beside --control"),
        ("live --replay {plain} --header A:B", "--header: counts with --connect only; give --connect URL"),
        ("live --stdin --send hello", "--send: counts with --connect only; give --connect URL"),
        ("live --stdin --speed 2", "--speed: counts with --replay only; give --replay CALL"),
        ("live --replay {plain} --journal folder", "--journal: a recorded call is kept under a name only; give --session NAME"),
        ("live --repair --session acme --stdin", "--stdin: changes nothing beside --repair"),
        ("panel --speed 2", "--speed: counts with --replay only; give --replay CALL"),
        ("panel --replay {plain} --port 0 --journal folder", "--journal: a recorded call is kept under a name only"),
        ("guide --lint --background b.yaml", "--background: changes nothing beside --lint"),
        ("guide --lint --minutes 45", "--minutes: changes nothing beside --lint"),
        ("guide --lint --for customer", "--for: changes nothing beside --lint"),
        ("draft outline {plain} --date 2026-03-31", "--date: the outline has no dates; leave it out"),
        ("draft checklist {plain} --schedule draft=2", "--schedule: the checklist has no dates; leave it out"),
        ("suggest {plain} --no-cache", "--no-cache: counts with --model only"),
    ],
)
def test_an_option_that_would_change_nothing_is_refused_in_one_line(run: Run, plain: Path, words: str, told: str) -> None:
    status, out, err = run(*(word.format(plain=plain) for word in words.split()))
    assert (status, out) == (2, "")
    assert err.startswith(f"copilot: {told}")
    assert err.count("\n") == 1


def test_what_helps_on_the_command_line_follows_an_error_of_the_library(run: Run) -> None:
    status, out, err = run("suggest", ROOT / "examples" / "own-guide.yaml")
    assert (status, out) == (2, "")
    assert err.endswith("not a transcript; pass it with --guide\n")


def test_with_its_head_each_is_obeyed(run: Run, plain: Path, tmp_path: Path) -> None:
    labels = tmp_path / "labels"
    assert run("eval", "--new", plain, "--role", "Carl=customer", "--format", "plain", "--out", labels)[0] == 0
    named = ("--session", "acme", "--journal", str(tmp_path / "own"))
    assert run("live", "--replay", plain, "--speed", "1000", *named, "--json")[0] == 0
    assert "is sound" in run("live", "--repair", *named)[1]
    # The header is read once the address is one.
    assert "no WebSocket address" in run("live", "--connect", "example.com", "--header", "A:B")[2]


def test_a_model_that_the_environment_names_is_no_option_that_was_given(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPILOT_MODEL", "openai:scripted")
    example = str(ROOT / "examples" / "my-suites")
    status, out, _ = run("eval", example, "--control", "silent", "--json")
    assert (status, json.loads(out)["schema"]) == (0, "copilot.eval/1")


@dataclass(frozen=True)
class Oven:
    """How to bake."""

    heat: int | None
    steam: bool = False
    shelf: str = "middle"


def bake(*words: str) -> Oven:
    """Return the value that a small command gets from its options."""
    oven = gathered(
        "oven",
        Oven,
        click.option("--heat", type=int, metavar="DEGREES"),
        click.option("--steam", is_flag=True),
        needs("--heat", "--steam"),
    )

    @click.command()
    @click.argument("loaf", required=False)
    @oven
    @click.option("--clean", is_flag=True)
    @click.option("--quick", is_flag=True)
    @alone("--clean", "--quick")
    @bars("--quick", "--steam")
    def command(loaf: str | None, oven: Oven, clean: bool, quick: bool) -> Oven:
        return oven

    done = CliRunner().invoke(command, words, standalone_mode=False)
    if done.exception is not None:
        raise done.exception
    return done.return_value


def test_a_command_gets_the_options_of_a_group_as_one_value() -> None:
    assert bake("rye", "--heat", "230", "--steam") == Oven(heat=230, steam=True, shelf="middle")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--steam"], "--steam: counts with --heat only; give --heat DEGREES"),
        (["--clean", "rye"], "LOAF: changes nothing beside --clean"),
        (["--clean", "--heat", "230"], "--heat: changes nothing beside --clean"),
        (["--quick", "--heat", "230", "--steam"], "--steam: changes nothing beside --quick"),
    ],
)
def test_each_rule_refuses(words: list[str], told: str) -> None:
    with pytest.raises(InputError, match=told):
        bake(*words)


@pytest.mark.parametrize("words", [[], ["--clean", "--quick"], ["--quick", "--heat", "230"]])
def test_each_rule_lets_the_rest_pass(words: list[str]) -> None:
    assert not bake(*words).steam


def test_a_rule_on_an_option_that_the_command_lacks_fails_at_once() -> None:
    @click.command()
    @click.option("--heat", type=int)
    @needs("--heat", "--steem")
    def command(heat: int | None) -> None: ...

    with pytest.raises(KeyError, match="--steem"):
        CliRunner().invoke(command, [], standalone_mode=False, catch_exceptions=False)
