from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest

from ..conftest import Run


class Running(NamedTuple):
    """A panel in a process of its own, and the link that it has printed."""

    process: subprocess.Popen[str]
    link: str

    def leave(self) -> tuple[int, str, str]:
        """Press Ctrl-C; return the exit status, what else was printed, and the notices."""
        self.process.send_signal(signal.SIGINT)
        out, err = self.process.communicate(timeout=60)
        return self.process.returncode, out, err


@contextmanager
def panel(journals: Path, *words: str) -> Iterator[Running]:
    """Run `copilot panel` until the end of the block."""
    command = [sys.executable, "-m", "copilot", "panel", *words]
    environ = {**os.environ, "COPILOT_JOURNALS": str(journals)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environ) as process:
        try:
            assert process.stdout is not None
            yield Running(process, process.stdout.readline().strip())
        finally:
            process.kill()


def opened(link: str) -> httpx.Client:
    """Return a client that has followed a link, with the cookie that it got."""
    base = httpx.URL(link).copy_with(path="/", query=None)
    one = httpx.Client(base_url=base, trust_env=False, timeout=30, follow_redirects=True, headers={"origin": str(base).rstrip("/")})
    assert one.get(link).status_code == 200
    return one


def test_the_panel_prints_its_link_once_and_leaves_on_an_interrupt(tmp_path: Path) -> None:
    with panel(tmp_path, "--port", "0", "--session", "acme") as running:
        with closing(opened(running.link)) as one:
            assert one.get("/board").json()["board"]["session"] == "acme"
        status, out, err = running.leave()
    assert running.link.startswith("http://127.0.0.1:")
    assert (status, out, err) == (0, "", "copilot: nothing was heard\n")


def test_what_was_posted_is_there_again_after_a_kill_and_the_open_page_need_not_be_opened_anew(tmp_path: Path) -> None:
    with panel(tmp_path, "--port", "0", "--session", "acme") as running:
        port = str(httpx.URL(running.link).port)
        one = opened(running.link)
        for number, text in enumerate(("So what has changed?", "It has saved us a fortune, honestly."), 1):
            speaker = ("Carl", "Ines")[number % 2]
            assert one.post("/segments", json={"id": str(number), "text": text, "speaker": speaker}).status_code == 200
        running.process.kill()
    with panel(tmp_path, "--port", port, "--session", "acme") as again:
        board = one.get("/board").json()["board"]
        one.close()
    assert [line["text"] for line in board["lines"]] == ["So what has changed?", "It has saved us a fortune, honestly."]
    assert again.link == running.link


def test_leaving_does_not_end_the_call(tmp_path: Path) -> None:
    said = tmp_path / "said.txt"
    said.write_text("Ines: So what has changed?\nCarl: It has saved us a fortune, honestly.\n")
    options = ("--port", "0", "--session", "acme", "--follow", str(said))
    with panel(tmp_path, *options) as running:
        with closing(opened(running.link)) as one, one.stream("GET", "/events") as answer:
            assert any("fortune" in line for line in answer.iter_lines())
        status, _, err = running.leave()
    assert status == 0
    assert "the call is kept; `copilot panel --session acme` with the same options goes on with it" in err
    with panel(tmp_path, *options) as again, closing(opened(again.link)) as one:
        assert one.get("/board").json()["board"]["state"] == "live"


def test_nobody_else_can_read_the_token_that_is_kept(tmp_path: Path) -> None:
    with panel(tmp_path, "--port", "0", "--session", "acme") as running:
        kept = tmp_path / "acme.token"
        assert kept.read_text() == running.link.rpartition("=")[2]
        assert kept.stat().st_mode & 0o077 == 0


def test_a_replayed_call_is_on_the_page_and_its_documents_at_its_end(tmp_path: Path, plain: Path) -> None:
    with panel(tmp_path, "--port", "0", "--replay", str(plain), "--speed", "200", "--json") as running:
        with closing(opened(json.loads(running.link)["link"])) as one:
            with one.stream("GET", "/events") as answer:
                told = (json.loads(line[6:]) for line in answer.iter_lines() if line.startswith('data: {"board"'))
                last = next(picture for picture in told if picture["board"]["state"] == "ended")
            assert one.get("/documents/email.html").status_code == 200
        status, out, _ = running.leave()
    assert [document["name"] for document in last["documents"]] == ["email", "outline", "checklist"]
    assert (status, out) == (0, "")
    assert list(tmp_path.glob("*.jsonl")) == []


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "example.com", "::"])  # noqa: S104 -- is refused
def test_an_address_that_others_can_reach_needs_the_flag(run: Run, host: str) -> None:
    status, out, err = run("panel", "--host", host)
    assert (status, out) == (2, "")
    assert err.count("\n") == 1
    assert "--allow-remote" in err


def test_a_port_that_is_taken_is_told_in_one_line(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        status, out, err = run("panel", "--port", port)
    assert (status, out) == (2, "")
    assert err.count("\n") == 1
    assert f"127.0.0.1, port {port}: cannot be listened at" in err
    assert err.strip().endswith("; give --port 0")


def test_two_sources_at_once_are_refused(run: Run, plain: Path, tmp_path: Path) -> None:
    status, _, err = run("panel", "--port", "0", "--replay", plain, "--follow", plain, "--journal", tmp_path)
    assert status == 2
    assert "one source at a time" in err


def test_commands_that_serve_nothing_load_no_server() -> None:
    code = "import copilot.cli.suggest, copilot.cli.live, sys; print(*[m for m in ('starlette', 'uvicorn') if m in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == ""
