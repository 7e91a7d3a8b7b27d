from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """A short call as plain text."""
    path = tmp_path / "call.txt"
    path.write_text(
        "Ines: So what has changed since you started?\n\n"
        "Carl: Invoicing is so much faster now, it has saved us a fortune, honestly.\n\n"
        "Ines: Lovely.\n\n"
        "Carl: Everybody in finance uses it.\n"
    )
    return path
