"""How many tokens a text has: by tiktoken where its vocabulary is on this machine, else by an estimate."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from functools import cache
from hashlib import sha1
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import tiktoken

__all__ = ["Counter", "by_encoding", "by_estimate", "count_tokens", "counter"]

_ENCODING = "o200k_base"
_ADDRESS = f"https://openaipublic.blob.core.windows.net/encodings/{_ENCODING}.tiktoken"
_CHARACTERS = 4
"""Characters of English to a token."""


class Counter(NamedTuple):
    """What counts the tokens of a text, and its name."""

    name: str
    count: Callable[[str], int]


def count_tokens(text: str) -> int:
    """Return the tokens of a text."""
    return counter().count(text)


@cache
def counter() -> Counter:
    """Return what counts here. tiktoken fetches its vocabulary on first use; counting alone is no reason to open a connection."""
    if not _is_at_hand():
        return by_estimate()
    import tiktoken

    return by_encoding(tiktoken.get_encoding(_ENCODING))


def by_encoding(encoding: tiktoken.Encoding) -> Counter:
    """Return a counter of tiktoken's tokens; what looks like a special token in a text is text."""
    return Counter(f"tiktoken {encoding.name}", lambda text: len(encoding.encode_ordinary(text)))


def by_estimate() -> Counter:
    """Return a counter that takes so many characters for a token, a part of one for a whole."""
    return Counter(f"{_CHARACTERS} characters to a token", lambda text: -(-len(text) // _CHARACTERS))


def _is_at_hand() -> bool:
    """Say whether tiktoken has its vocabulary in its cache."""
    name = sha1(_ADDRESS.encode(), usedforsecurity=False).hexdigest()
    place = os.environ.get("TIKTOKEN_CACHE_DIR") or os.environ.get("DATA_GYM_CACHE_DIR") or Path(tempfile.gettempdir(), "data-gym-cache")
    return Path(place, name).is_file()
