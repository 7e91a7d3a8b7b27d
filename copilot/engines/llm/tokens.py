"""Count the tokens of a text: with tiktoken if its vocabulary is on this machine, else by an estimate."""

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
"""Characters of English per token."""


class Counter(NamedTuple):
    """A named function that counts the tokens of a text."""

    name: str
    count: Callable[[str], int]


def count_tokens(text: str) -> int:
    """Return the number of tokens of a text."""
    return counter().count(text)


@cache
def counter() -> Counter:
    """Return the counter for this machine. tiktoken downloads its vocabulary on first use, which counting alone should not do."""
    if not _is_at_hand():
        return by_estimate()
    import tiktoken

    return by_encoding(tiktoken.get_encoding(_ENCODING))


def by_encoding(encoding: tiktoken.Encoding) -> Counter:
    """Return a counter of tiktoken's tokens; special tokens in a text count as plain text."""
    return Counter(f"tiktoken {encoding.name}", lambda text: len(encoding.encode_ordinary(text)))


def by_estimate() -> Counter:
    """Return a counter that divides the number of characters by those per token and rounds up."""
    return Counter(f"{_CHARACTERS} characters to a token", lambda text: -(-len(text) // _CHARACTERS))


def _is_at_hand() -> bool:
    """Return whether tiktoken has its vocabulary in its cache."""
    name = sha1(_ADDRESS.encode(), usedforsecurity=False).hexdigest()
    place = os.environ.get("TIKTOKEN_CACHE_DIR") or os.environ.get("DATA_GYM_CACHE_DIR") or Path(tempfile.gettempdir(), "data-gym-cache")
    return Path(place, name).is_file()
