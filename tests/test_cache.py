from __future__ import annotations

import stat
from pathlib import Path

import pytest

from copilot.cache import Cache, cache_folder


def test_what_was_kept_comes_back_and_nothing_else_does(tmp_path: Path):
    cache = Cache(tmp_path)
    cache.put(["model", "question"], "answer “é”")
    assert cache.get(["model", "question"]) == "answer “é”"
    assert cache.get(["model", "other"]) is None
    assert cache.get(["other", "question"]) is None


def test_only_the_owner_can_read_it(tmp_path: Path):
    cache = Cache(tmp_path / "new")
    cache.put(["a"], "b")
    (kept,) = (p for p in (tmp_path / "new").rglob("*.json"))
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("data", [b"", b'"half', b"[1]", b"\xff"])
def test_a_damaged_entry_is_as_good_as_none(tmp_path: Path, data: bytes):
    cache = Cache(tmp_path)
    cache.put(["a"], "b")
    (kept,) = tmp_path.rglob("*.json")
    kept.write_bytes(data)
    assert cache.get(["a"]) is None
    cache.put(["a"], "c")
    assert cache.get(["a"]) == "c"


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path):
    (tmp_path / "file").write_text("in the way")
    cache = Cache(tmp_path / "file" / "cache")
    cache.put(["a"], "b")
    assert cache.get(["a"]) is None


def test_the_folder_is_the_users_cache_or_one_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("COPILOT_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "interview-copilot"
    monkeypatch.setenv("COPILOT_CACHE", str(tmp_path / "own"))
    assert cache_folder() == tmp_path / "own"
