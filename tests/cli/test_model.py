"""The options that bring in a model, through the command line and real HTTP."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from copilot import Background, Session, Turn
from copilot.cli import main
from copilot.cli.model import ModelOptions
from copilot.findings import Findings
from copilot.prompts import Prompts
from copilot.session import Suggestions
from copilot.testing import ModelServer, Reply, notes, turns_of

from ..conftest import Run

KEY = "sk-recognisable-0123456789"
TEXT = (
    "Ines: So what has changed since you started?\n\n"
    "Carl: Invoicing is so much faster now, it has saved us a fortune, honestly.\n\n"
    "Ines: Lovely. And who uses it?\n\n"
    "Carl: Everybody in finance does, and some of the people in sales, from January on.\n"
)
GAP = {
    "ref": "n1", "turn": 2, "quote": "saved us a fortune", "kind": "missing_metric", "severity": "must", "topic": "results.metrics",
    "confidence": 0.9, "why": "a saving without a number", "probe": "You said “a fortune”: roughly what does that come to in a year?",
}  # fmt: skip
USAGE = {"prompt_tokens": 2500, "completion_tokens": 120, "total_tokens": 2620, "prompt_tokens_details": {"cached_tokens": 2048}}
GOOD = Reply(notes(gaps=[GAP]), usage=USAGE)
SPENT = "openai:scripted: tokens: 2,500 in, 2,048 cached, 120 out, 1 calls"


@pytest.fixture
def run(run: Run) -> Callable[..., tuple[int, str, list[str]]]:
    """The command line, with its notices as lines, but those on who is who."""

    def told(*words: str) -> tuple[int, str, list[str]]:
        status, out, err = run(*words)
        return status, out, [line for line in err.splitlines() if "guessed" not in line]

    return told


@pytest.fixture
def call(tmp_path: Path) -> str:
    path = tmp_path / "call.txt"
    path.write_text(TEXT)
    return str(path)


@pytest.fixture(autouse=True)
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPILOT_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("COPILOT_MODEL", raising=False)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelServer]:
    with serving(monkeypatch, GOOD) as served:
        yield served


def serving(monkeypatch: pytest.MonkeyPatch, *replies: Reply) -> ModelServer:
    made = ModelServer(replies)
    monkeypatch.setenv("OPENAI_BASE_URL", made.url)
    return made


def test_analyze_with_a_model_prints_its_finds_and_what_was_used(run: Run, server: ModelServer, call: str):
    status, out, err = run("analyze", call, "--json", "--model", "openai:scripted")
    findings = Findings.model_validate_json(out)
    assert status == 0
    assert [g.origin for g in findings.gaps if g.turn == 2] == [("rules", "llm")]
    assert findings.source.engine == "openai:scripted"
    assert json.loads(out)["source"]["tokens"] == {"input": 2500, "cached": 2048, "output": 120, "calls": 1}
    assert err == [f"copilot: {SPENT}"]
    assert server.headers[0]["authorization"] == f"Bearer {KEY}"


def test_at_a_terminal_the_wait_for_a_model_is_announced(run: Run, monkeypatch: pytest.MonkeyPatch, server: ModelServer, call: str):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    told = "copilot: openai:scripted reads the call; this can take some minutes"
    assert told in run("analyze", call, "--model", "openai:scripted")[2]
    assert told not in run("analyze", call)[2]
    monkeypatch.setattr(sys.stderr, "isatty", lambda: False)
    assert told not in run("analyze", call, "--model", "openai:scripted")[2]


def test_suggest_with_a_model_words_its_probes_and_counts_that_too(run: Run, server: ModelServer, call: str):
    status, out, err = run("suggest", call, "--json", "--model", "openai:scripted", "--limit", "1")
    suggestions = Suggestions.model_validate_json(out)
    assert status == 0
    assert suggestions.probes[0].text == "saved us a fortune"
    assert suggestions.tokens
    assert suggestions.tokens.calls == len(server.requests) >= 2
    assert err[-1].startswith("copilot: openai:scripted: tokens: ")


def test_the_model_may_be_named_by_the_environment(run: Run, server: ModelServer, call: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COPILOT_MODEL", "openai:scripted")
    assert run("analyze", call)[2] == [f"copilot: {SPENT}"]


@pytest.mark.parametrize("reply", [Reply(status=401), Reply(refusal="no"), Reply('{"gaps": 3}'), Reply(body="<html>")])
def test_where_the_model_fails_one_line_says_why_and_the_findings_are_the_embedded_engines(
    run: Run, monkeypatch: pytest.MonkeyPatch, call: str, reply: Reply
):
    _, plain, _ = run("analyze", call, "--json")
    with serving(monkeypatch, reply):
        status, out, err = run("analyze", call, "--json", "--model", "openai:scripted")
        strict, nothing, why = run("analyze", call, "--json", "--model", "openai:scripted", "--no-fallback")
    assert status == 0
    assert {**json.loads(out), "source": None} == {**json.loads(plain), "source": None}
    assert err[0].startswith("copilot: the model openai:scripted failed: ")
    assert err[0].endswith("; the embedded engine goes on")
    assert len(err) == 2
    assert (strict, nothing) == (3, "")
    assert why[0].startswith("copilot: the model openai:scripted failed: ")


def test_a_deadline_can_be_set(run: Run, monkeypatch: pytest.MonkeyPatch, call: str):
    with serving(monkeypatch, Reply(GOOD.text, delay=60)):
        status, _, err = run("analyze", call, "--model", "openai:scripted", "--deadline", "0.05")
    assert status == 0
    assert "it took too long to answer" in err[0]


def test_in_a_live_call_an_answer_may_come_after_the_deadline(monkeypatch: pytest.MonkeyPatch):
    come = threading.Event()

    def script(request: object) -> Reply:
        come.wait(30)
        return GOOD

    with ModelServer(script) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        reader = ModelOptions(model="openai:scripted", deadline=0.02).engine(Background(), (), lambda notice: None)
        assert reader
        session = Session(engine=reader)
        for turn in turns_of("I: What has changed?\nC: It has saved us a fortune, honestly."):
            session.hear(turn)
        come.set()
        while reader.waiting:
            time.sleep(0.005)
        session.hear(Turn(turn=3, speaker="Ira Interviewer", role="interviewer", text="Right."))
    assert ("rules", "llm") in {g.origin for g in session.findings.gaps}


def test_a_budget_stops_the_calls_and_says_so(run: Run, server: ModelServer, call: str):
    status, _, err = run("analyze", call, "--model", "openai:scripted", "--budget", "10")
    assert status == 0
    assert err[0] == ("copilot: the model openai:scripted failed: the token budget is spent: 10 tokens; the embedded engine goes on")
    assert server.requests == []


def test_a_second_run_costs_nothing_unless_nothing_is_kept(run: Run, server: ModelServer, call: str):
    words = ("analyze", call, "--json", "--model", "openai:scripted")
    _, first, _ = run(*words)
    _, again, err = run(*words)
    assert len(server.requests) == 1
    assert json.loads(first)["gaps"] == json.loads(again)["gaps"]
    assert err == ["copilot: openai:scripted: tokens: 0 in, 0 cached, 0 out, 0 calls"]
    run(*words, "--no-cache")
    assert len(server.requests) == 2


def test_nothing_is_kept_on_disk_with_no_cache(run: Run, server: ModelServer, call: str, tmp_path: Path):
    run("analyze", call, "--model", "openai:scripted", "--no-cache")
    assert not (tmp_path / "cache").exists()


def test_redact_sends_no_names(run: Run, server: ModelServer, call: str):
    _, out, _ = run("analyze", call, "--json", "--model", "openai:scripted", "--redact")
    sent = json.dumps(server.requests)
    assert "Ines" not in sent
    assert "Carl" not in sent
    assert {t["speaker"] for t in json.loads(out)["turns"]} == {"Ines", "Carl"}


def test_debug_shows_what_was_rejected(run: Run, monkeypatch: pytest.MonkeyPatch, call: str):
    with serving(monkeypatch, Reply(notes(gaps=[GAP, {**GAP, "ref": "n2", "quote": "saved us millions"}]))):
        _, _, err = run("--debug", "analyze", call, "--model", "openai:scripted")
        assert "rejected: turn 2: the gap “saved us millions” is not in the turn that it cites" in err[-1]
        assert not any("rejected" in line for line in run("analyze", call, "--model", "openai:scripted")[2])


@pytest.mark.parametrize("debug", [True, False])
def test_debug_tells_what_the_provider_said_and_the_status_stays(run: Run, monkeypatch: pytest.MonkeyPatch, call: str, debug: bool):
    with serving(monkeypatch, Reply("max context is 4096", status=400)):
        status, _, err = run(*(["--debug"] if debug else []), "analyze", call, "--model", "openai:scripted", "--no-fallback")
    assert status == 3
    assert any("openai:scripted said: " in line and "max context is 4096" in line for line in err) is debug
    assert err[-1].endswith("failed: it does not accept the request (400)")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--model", "gpt-4.1-mini"], "write PROVIDER:NAME"),
        (["--no-fallback"], "--no-fallback: counts with --model only; give --model PROVIDER:NAME, or set COPILOT_MODEL"),
        (["--prompts", "nowhere"], "--prompts: counts with --model only"),
        (["--model", "openai:scripted", "--budget", "0"], "--budget"),
        (["--model", "openai:scripted", "--deadline", "0"], "--deadline"),
        (["--model", "openai:scripted", "--prompts", "nowhere"], "nowhere: is not a folder"),
    ],
)
def test_wrong_options_are_one_line(run: Run, call: str, words: list[str], told: str):
    status, out, err = run("analyze", call, *words)
    assert (status, out) == (2, "")
    assert told in err[-1]


# The key


LEAKY = f"Incorrect API key provided: {KEY}. Authorization: Bearer {KEY}"


@pytest.mark.parametrize(
    "reply",
    [
        GOOD,
        Reply(LEAKY, status=401),
        Reply(LEAKY, status=400),
        Reply(LEAKY, status=500, headers={"Retry-After": "0"}),
        Reply(LEAKY, status=429, headers={"Retry-After": "3600"}),
        Reply(LEAKY),
        Reply(refusal=LEAKY),
        Reply(json.dumps({KEY: LEAKY})),
        Reply(body=LEAKY),
        Reply(notes(gaps=[{**GAP, "quote": LEAKY, "why": "x"}])),
    ],
)
@pytest.mark.parametrize("words", [(), ("--debug",), ("--no-fallback",), ("--debug", "--no-fallback"), ("--redact",)], ids=" ".join)
def test_the_key_gets_into_no_output_error_log_or_file(
    capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, call: str,
    reply: Reply, words: tuple[str, ...],
):  # fmt: skip
    caplog.set_level(logging.DEBUG)
    with serving(monkeypatch, reply):
        try:
            main(["analyze", call, "--json", "--model", "openai:scripted", *words])
        except SystemExit:
            told = ""
        except Exception as problem:
            import traceback

            told = "".join(traceback.format_exception(problem))
    out = capsys.readouterr()
    # What a model says is shown only as the rejected words of --debug.
    shown = out.out + told + "".join(line for line in out.err.splitlines() if "rejected: " not in line)
    assert KEY not in shown
    assert KEY not in "".join(record.getMessage() for record in caplog.records)
    kept = [path for path in (tmp_path / "cache").rglob("*") if path.is_file()] if (tmp_path / "cache").exists() else []
    assert all(KEY not in path.read_text("utf-8") for path in kept if reply.text == GOOD.text)


# Prompts


def test_prompts_are_listed_with_their_tokens(run: Run):
    status, out, _ = run("prompts")
    assert status == 0
    assert [line.split()[0] for line in out.splitlines()] == list(Prompts().names)
    assert all(" tokens  " in line for line in out.splitlines())
    rows = json.loads(run("prompts", "--json")[1])["prompts"]
    assert [row["name"] for row in rows] == list(Prompts().names)
    assert all(row["tokens"] > 0 and row["tokenizer"] for row in rows)


@pytest.mark.parametrize("name", Prompts().names)
def test_a_prompt_is_shown_as_it_is_sent(run: Run, name: str):
    status, out, _ = run("prompts", name)
    shown = json.loads(run("prompts", name, "--json")[1])
    assert status == 0
    assert "{{" not in out
    assert all(message["text"] in out for message in shown["messages"])
    assert f"{name}, version {Prompts()[name].version}: {shown['tokens']:,} tokens" in out


def test_a_prompt_of_ones_own_is_shown(run: Run, tmp_path: Path):
    front = "---\nname: repair\ndescription: Ours.\ninputs: [fault, schema]\noutput: the schema that was asked for\nversion: 9\n---\n"
    (tmp_path / "repair.md").write_text(front + "=== user\nAgain: {{fault}} {{schema}}\n")
    _, out, _ = run("prompts", "repair", "--prompts", tmp_path)
    assert "Again: gaps.0.kind: no such kind" in out


def test_an_unknown_prompt_is_one_line(run: Run):
    status, _, err = run("prompts", "poem")
    assert status == 2
    assert err == [f"copilot: no prompt is named 'poem'; there is {', '.join(Prompts().names)}"]


# Without LangChain


def without_langchain(*words: str) -> subprocess.CompletedProcess[str]:
    """Run the command line as if LangChain were not installed."""
    code = "import sys; sys.modules.update(langchain_core=None, langchain_openai=None, openai=None, tiktoken=None)\n"
    run = f"from copilot.cli import main; main({list(words)!r})"
    return subprocess.run([sys.executable, "-c", code + run], capture_output=True, text=True, check=False)


def test_without_langchain_a_model_is_refused_in_one_line_that_says_what_to_install(call: str):
    done = without_langchain("suggest", call, "--model", "openai:scripted", "--role", "Ines=interviewer", "--role", "Carl=customer")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == 'copilot: a language model needs LangChain: in the checkout, pip install ".[llm]"\n'


def test_a_model_without_a_provider_is_told_how_it_is_named_whatever_is_installed(call: str):
    done = without_langchain("suggest", call, "--model", "foo")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith("copilot: --model: write PROVIDER:NAME, such as openai:gpt-4.1-mini\n")


def test_without_langchain_the_prompts_can_be_looked_at():
    done = without_langchain("prompts", "read")
    assert (done.returncode, done.stderr) == (0, "")
    assert "tokens" in done.stdout
