"""The documents of the sample interview in `examples/pack` are those that the command makes today."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

from ..conftest import EXAMPLES, Run

PACK = EXAMPLES / "pack"
WORDS = ("--schedule", "draft=10, fact check=5, approval=5, publication=3")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documents as they are made today; `copilot draft all` with these words and `--out examples/pack` makes them anew."""
    from copilot.cli import main

    folder = tmp_path_factory.mktemp("pack")
    call = (str(EXAMPLES / "harbour-glass.vtt"), "--background", str(EXAMPLES / "harbour-glass.background.yaml"))
    with pytest.raises(SystemExit) as left:
        main(["draft", "all", *call, "--out", str(folder), *WORDS])
    assert left.value.code == 0
    return folder


def text_of(data: bytes) -> list[str]:
    """Return the paragraphs and cells of a Word document."""
    document = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [*(p.text for p in document.paragraphs), *cells]


def test_the_pack_has_the_files_that_the_command_writes(made: Path) -> None:
    assert {p.name for p in PACK.iterdir()} == {p.name for p in made.iterdir()}


@pytest.mark.parametrize("name", sorted(p.name for p in PACK.iterdir()))
def test_each_file_is_what_the_command_writes(made: Path, name: str) -> None:
    kept, new = (PACK / name).read_bytes(), (made / name).read_bytes()
    assert text_of(kept) == text_of(new) if name.endswith(".docx") else kept == new


def test_the_email_of_the_pack_is_what_the_command_prints(run: Run) -> None:
    call = (str(EXAMPLES / "harbour-glass.vtt"), "--background", str(EXAMPLES / "harbour-glass.background.yaml"))
    status, out, _ = run("draft", "email", *call, *WORDS)
    assert (status, out) == (0, (PACK / "email.md").read_text("utf-8"))
