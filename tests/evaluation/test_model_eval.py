"""Evals through a model: `copilot eval --model`, over real HTTP."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from copilot.evaluation import Evals, Interview, Report, evaluate
from copilot.evaluation.hearing import Hearing, listen_with
from copilot.testing import Reply, notes

from ..conftest import Serve
from .conftest import RunEval
from .small import TURNS

MODEL = ("--model", "openai:scripted")


def test_the_suites_run_through_the_model_and_the_report_says_which_and_what_it_used(run_eval: RunEval, suites: Path, serve: Serve):
    with serve([Reply(notes())]) as server:
        status, out, err = run_eval(suites, *MODEL, "--json")
    report = Report.model_validate_json(out)
    assert status == 0
    assert report.engine == "openai:scripted"
    assert report.tokens
    assert report.tokens.calls <= len(server.requests)
    assert {line.split(": ")[1] for line in err if "tokens: " in line} == {"pottery", "pottery-again"}


def test_several_interviews_are_read_at_a_time(run_eval: RunEval, suites: Path, serve: Serve):
    together = threading.Barrier(2)
    first = threading.Semaphore(2)

    def script(request: Mapping[str, Any]) -> Reply:
        if first.acquire(blocking=False):
            together.wait(30)  # breaks, and the answer fails, if only one is under way
        return Reply(notes())

    with serve(script):
        status, _, err = run_eval(suites, *MODEL, "--no-cache", "--jobs", "2")
    assert status == 0
    assert not any("failed" in line for line in err)


def test_a_run_that_was_stopped_goes_on_where_it_stood(run_eval: RunEval, suites: Path, serve: Serve):
    up, found = False, notes(quotes=[{"turn": 2, "quote": "words"}])  # an answer that notes nothing at all is not kept

    def script(request: Mapping[str, Any]) -> Reply:
        return Reply(found) if up or len(server.requests) == 1 else Reply(status=401)

    with serve(script) as server:
        stopped, nothing, _ = run_eval(suites, *MODEL, "--no-fallback", "--jobs", "1")
        before, up = len(server.requests), True
        status, _, _ = run_eval(suites, *MODEL, "--no-fallback", "--jobs", "1")
        wanted = {json.dumps(request) for request in server.requests}
        again, _, _ = run_eval(suites, *MODEL, "--no-fallback")
        assert len(server.requests) == before + len(wanted) - 1  # all but the one that was answered before
    assert (stopped, nothing) == (3, "")
    assert (status, again) == (0, 0)


def test_a_model_and_the_embedded_engine_are_set_side_by_side(run_eval: RunEval, suites: Path, tmp_path: Path, serve: Serve):
    run_eval(suites, "--save", tmp_path / "rules.json")
    with serve([Reply(notes())]):
        _, out, _ = run_eval(
            suites, *MODEL, "--compare", tmp_path / "rules.json", "--markdown", tmp_path / "out.md", "--html", tmp_path / "o.html"
        )
    shown = out.partition("openai:scripted beside rules\n")[2]
    figures = {name for pool in Report.load(tmp_path / "rules.json").pools for name in (f"{pool.name}.{f}" for f in pool.figures)}
    assert figures
    assert all(f" {figure}: " in shown for figure in figures)
    assert "openai:scripted beside rules" in (tmp_path / "out.md").read_text("utf-8")
    assert "openai:scripted beside rules" in (tmp_path / "o.html").read_text("utf-8")


def test_live_reads_one_answer_at_a_time(run_eval: RunEval, suites: Path, serve: Serve):
    with serve([Reply(notes())]) as server:
        run_eval(suites, "ours", "--split", "test", *MODEL, "--no-cache")
        recorded = len(server.requests)
        run_eval(suites, "ours", "--split", "test", *MODEL, "--no-cache", "--live")
        assert len(server.requests) - recorded > recorded


def test_where_the_model_fails_the_run_says_for_which_interview(run_eval: RunEval, suites: Path, serve: Serve):
    with serve([Reply(status=401)]):
        status, _, err = run_eval(suites, *MODEL)
    assert status == 0
    assert any(line.startswith("copilot: pottery-again: the model openai:scripted failed: ") for line in err)


def test_a_run_in_which_the_model_failed_passes_no_gate_and_says_so_in_every_form(
    run_eval: RunEval, suites: Path, tmp_path: Path, serve: Serve
):
    files = {name: tmp_path / name for name in ("save", "junit", "markdown", "html")}
    with serve([Reply("no JSON")]):
        status, out, _ = run_eval(suites, *MODEL, "--gate", *(word for name, path in files.items() for word in (f"--{name}", path)))
    said = "the model failed in 2 of 2 interviews, which the embedded engine read; all 1 gates and 6 cases passed"
    assert status == 1
    assert out.splitlines()[-1] == said
    assert said in files["html"].read_text("utf-8")
    assert f"❌ Evals: {said}" in files["markdown"].read_text("utf-8")
    assert files["junit"].read_text("utf-8").count("<failure") == 2
    report = Report.load(files["save"])
    assert (report.fell_back, report.failed_gates) == (("pottery", "pottery-again"), ())

    with serve([Reply(notes())]):
        status, out, _ = run_eval(suites, *MODEL, "--gate", "--no-cache", "--compare", files["save"])
    assert (status, out.splitlines()[-1]) == (0, "all 1 gates and 6 cases passed")
    assert "In the old run the model failed in 2 interviews, which the embedded engine read." in out


def test_a_model_that_fails_on_a_variant_has_failed_in_its_interview(suites: Path):
    def listen(interview: Interview) -> Hearing:
        hearing = listen_with()(interview)
        return replace(hearing, fell_back=interview.turns != TURNS)

    assert evaluate(Evals.load(suites), listen).fell_back == ("pottery",)


def test_hearing_several_at_a_time_gives_the_same_report(suites: Path):
    heard: list[str] = []

    def listen(interview: Any) -> Hearing:
        heard.append(interview.name)
        return listen_with()(interview)

    assert evaluate(Evals.load(suites), listen, jobs=3) == evaluate(Evals.load(suites))
    assert heard.count("pottery-again") == 1
