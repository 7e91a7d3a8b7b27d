from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from copilot.reports.call import CallReport

from ..conftest import Run, rest_of

CALL = "Ines: How did it go?\n\nCarl: Invoicing has saved us a fortune, and Dorothea wept.\n\nInes: And did the rota help?\n\nCarl: Yes.\n"


@pytest.fixture
def spoken(tmp_path: Path) -> Path:
    """A short call without times."""
    path = tmp_path / "call.txt"
    path.write_text(CALL)
    return path


def test_the_page_is_written_and_nothing_is_printed(run: Run, spoken: Path, tmp_path: Path) -> None:
    status, out, _ = run("report", spoken, "--out", tmp_path / "new" / "report.html")
    page = (tmp_path / "new" / "report.html").read_text("utf-8")
    assert (status, out) == (0, "")
    assert page.startswith("<!doctype html>")
    assert "turns serve as the axis" in page


def test_without_a_file_the_page_goes_to_standard_output(run: Run, spoken: Path, tmp_path: Path) -> None:
    status, out, _ = run("report", spoken)
    run("report", spoken, "--out", tmp_path / "report.html")
    assert (status, out) == (0, (tmp_path / "report.html").read_text("utf-8"))


@pytest.mark.skipif(sys.platform == "win32", reason="there are no terminals of this kind")
def test_a_terminal_is_told_where_the_page_can_go(spoken: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    done = subprocess.run([sys.executable, "-m", "copilot", "report", str(spoken)], stdout=theirs, stderr=subprocess.PIPE, text=True)
    os.close(theirs)
    shown = b"".join(rest_of(ours))
    os.close(ours)
    assert (done.returncode, shown) == (2, b"")
    assert "which no terminal shows; give --out report.html, or report.json, or --json" in done.stderr


def test_json_prints_one_object_that_fits_its_schema(run: Run, spoken: Path, tmp_path: Path) -> None:
    status, out, _ = run("report", spoken, "--json")
    assert status == 0
    assert CallReport.model_validate_json(out).axis.unit == "turns"
    assert json.loads(out)["schema"] == "copilot.report/1"
    run("report", spoken, "--out", tmp_path / "report.json")
    assert json.loads((tmp_path / "report.json").read_text()) == json.loads(out)


def test_what_is_withdrawn_is_left_out(run: Run, spoken: Path) -> None:
    assert "Dorothea" in run("report", spoken, "--json")[1]
    assert "Dorothea" not in run("report", spoken, "--json", "--withdraw", "2@2026-03-01")[1]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--out", "report.pdf"], ".pdf"),
        (["--out", "report"], "report.html"),
        (["--json", "--withdraw", "99"], "99"),
        (["--json", "--release", "99"], "release '99'"),
    ],
)
def test_wrong_use_is_one_line_that_says_what_to_do(run: Run, spoken: Path, words: list[str], told: str) -> None:
    status, out, err = run("report", spoken, *words)
    assert (status, out) == (2, "")
    assert told in err.splitlines()[-1]


def test_a_report_loads_no_model_library() -> None:
    heavy = ("langchain_core", "openai", "numpy", "starlette", "docx")
    code = f"import copilot.cli.report, copilot.cli.guide, sys; print(*[m for m in {heavy} if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == ""
