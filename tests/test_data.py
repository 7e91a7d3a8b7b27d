from __future__ import annotations

import json
from pathlib import Path

import pytest

from copilot.lexicon import DATA


@pytest.mark.parametrize("path", sorted(DATA.iterdir()), ids=lambda path: path.name)
def test_a_data_file_begins_with_where_it_comes_from(path: Path) -> None:
    text = path.read_text("utf-8")
    if path.suffix == ".json":
        script = json.loads(text)["note"].split()[2]
        assert (Path(__file__).parents[1] / script).is_file()
        assert text.index('"note"') < 5
    else:
        assert text.startswith("# ")
