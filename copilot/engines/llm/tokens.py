"""How many tokens a text has: by tiktoken where its vocabulary is on this machine, else by an estimate."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from functools import cache
from hashlib import sha1
from pathlib import Path

__all__ = ["count_tokens", "tokenizer"]

_ENCODING = "o200k_base"
_ADDRESS = f"https://openaipublic.blob.core.windows.net/encodings/{_ENCODING}.tiktoken"
_CHARACTERS = 4
"""Characters of English to a token."""


def count_tokens(text: str) -> int:
    """Return the tokens of a text."""
    return _counter()[1](text)


def tokenizer() -> str:
    """Return the name of what counts the tokens."""
    return _counter()[0]


@cache
def _counter() -> tuple[str, Callable[[str], int]]:
    """Return the counter. tiktoken fetches its vocabulary on first use; counting alone is no reason to open a connection."""
    if not _is_at_hand():
        return "characters / 4", lambda text: -(-len(text) // _CHARACTERS)
    import tiktoken

    encoding = tiktoken.get_encoding(_ENCODING)
    return f"tiktoken {_ENCODING}", lambda text: len(encoding.encode_ordinary(text))


def _is_at_hand() -> bool:
    """Say whether tiktoken has its vocabulary in its cache."""
    name = sha1(_ADDRESS.encode(), usedforsecurity=False).hexdigest()
    place = os.environ.get("TIKTOKEN_CACHE_DIR") or os.environ.get("DATA_GYM_CACHE_DIR") or Path(tempfile.gettempdir(), "data-gym-cache")
    return Path(place, name).is_file()
