"""Answers kept on disk by the content of the request, so that repeating a request costs nothing."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

__all__ = ["Cache", "cache_folder"]


def cache_folder() -> Path:
    """Return where answers are kept: COPILOT_CACHE, else the user's cache folder."""
    own = os.environ.get("COPILOT_CACHE")
    if own:
        return Path(own)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "interview-copilot"


class Cache:
    """A folder of texts, each stored under the hash of its request. Only its owner can read it; disk failures are ignored."""

    def __init__(self, folder: str | Path | None = None) -> None:
        """Use a folder, by default the user's own; it is created when first needed."""
        self.folder = Path(folder) if folder else cache_folder()

    def _path(self, asked: Sequence[object]) -> Path:
        key = hashlib.sha256(json.dumps(asked, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
        return self.folder / key[:2] / f"{key}.json"

    def get(self, asked: Sequence[object]) -> str | None:
        """Return the text stored for a request (plain JSON values), or None."""
        try:
            kept = json.loads(self._path(asked).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return kept if isinstance(kept, str) else None

    def put(self, asked: Sequence[object], text: str) -> None:
        """Store a text atomically: a reader sees all of it or nothing."""
        path = self._path(asked)
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
                json.dump(text, file)
            os.replace(file.name, path)
