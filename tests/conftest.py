from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from copilot import Background, Guide, Session, Turn
from copilot.cli import main
from copilot.reading import Reading, read
from copilot.testing import ModelServer, Reply
from copilot.turns import Role

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# A busy machine is no fault of the code.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
# A shell starts what runs in its background with interrupts ignored, and child processes inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
# Nothing that the browser does for itself goes to the network, and it runs as root in a container without a graphics card.
BROWSER_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


Run = Callable[..., tuple[int, str, str]]
"""Runs the command line with some words; returns its exit status, its output, and its notices."""


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """The command line, in this process."""

    def run(*words: str | Path) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as leave:
            main([str(word) for word in words])
        return int(leave.value.code or 0), *capsys.readouterr()

    return run


Serve = Callable[[Callable[[Mapping[str, Any]], Reply] | Iterable[Reply]], ModelServer]
"""Makes a scripted server, to which models that are named "openai:…" go from now on."""


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Serve:
    """A scripted model for the command line, whose answers are kept in the test's own folder."""
    pytest.importorskip("langchain_openai")
    monkeypatch.setenv("COPILOT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("OPENAI_API_KEY", "none")

    def serve(script: Callable[[Mapping[str, Any]], Reply] | Iterable[Reply]) -> ModelServer:
        server = ModelServer(script)
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        return server

    return serve


People = Mapping[str, tuple[str, Role]]
"""Who speaks in a script, with their roles, by the letter before the colon."""
PEOPLE: People = {
    "I": ("Ines Vale", "interviewer"), "C": ("Carl Moss", "customer"), "D": ("Dora Pike", "customer"), "E": ("Edda Lund", "customer"),
    "V": ("Vera Lund", "colleague"),
}  # fmt: skip


def call(*rows: str, people: People = PEOPLE) -> list[Turn]:
    """Return a call from rows such as "I: How was it?"; I is the interviewer, C, D and E are customers, V a colleague of the vendor."""
    told = [(*people[row[0]], row[3:]) for row in rows]
    return [
        Turn(turn=n, speaker=speaker, role=role, text=text, start=n * 10.0, end=n * 10.0 + 9)
        for n, (speaker, role, text) in enumerate(told, 1)
    ]


def readings(turns: Iterable[Turn], background: Background | None = None, guide: Guide | None = None) -> list[Reading]:
    """Return turns, each read after those before it."""
    out: list[Reading] = []
    for turn in turns:
        out.append(read(turn, out, background or Background(), guide or Guide.default()))
    return out


def heard(turns: Sequence[Turn], background: Background | None = None) -> Session:
    """Return a session that has heard turns."""
    session = Session(background=background)
    for turn in turns:
        session.hear(turn)
    return session


def rest_of(terminal: int) -> Iterator[bytes]:
    """Yield what comes from a terminal until its last process has ended."""
    while True:
        try:
            part = os.read(terminal, 1000)
        except OSError:  # how Linux tells the end
            return
        if not part:
            return
        yield part


@pytest.fixture(scope="session")
def sample() -> Path:
    """The sample interview."""
    return EXAMPLES / "harbour-glass.vtt"


@pytest.fixture(scope="session")
def sample_background() -> Path:
    """The sample interview's background file."""
    return EXAMPLES / "harbour-glass.background.yaml"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; a test skips with a notice where it is not installed.

    It is closed after each module, since no other event loop can run in the thread while it is open.
    """
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("chromium is not installed (apt-get install chromium), so no page is looked at")
    driver = pytest.importorskip("playwright.sync_api", reason="playwright is not installed, so no page is looked at")
    with driver.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=list(BROWSER_FLAGS))
        yield opened
        opened.close()
