from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import tiktoken

from copilot.engines.llm import tokens
from copilot.engines.llm.tokens import by_encoding, by_estimate, count_tokens, counter

# A byte is a token, and so are two frequent pairs.
RANKS = {bytes([n]): n for n in range(256)} | {b"th": 256, b"the": 257}
SMALL = tiktoken.Encoding("small", pat_str=r"\s?\w+|\s?[^\s\w]+|\s+", mergeable_ranks=RANKS, special_tokens={"<|end|>": 258})


@pytest.fixture(autouse=True)
def afresh() -> Iterator[None]:
    counter.cache_clear()
    yield
    counter.cache_clear()


def test_tiktoken_counts_by_its_own_tokens():
    name, count = by_encoding(SMALL)
    assert name == "tiktoken small"
    assert count("the cat") == 1 + 4
    assert count("") == 0


def test_a_special_token_in_a_transcript_is_text():
    assert by_encoding(SMALL).count("<|end|>") == len("<|end|>")


def test_the_estimate_says_that_it_is_one():
    name, count = by_estimate()
    assert name == "4 characters to a token"
    assert [count(text) for text in ("", "a", "abcd", "abcde")] == [0, 1, 1, 2]


def test_without_the_vocabulary_nothing_is_fetched_and_the_estimate_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    assert counter().name == "4 characters to a token"
    assert count_tokens("abcde") == 2


def test_with_the_vocabulary_at_hand_tiktoken_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    (tmp_path / "fb374d419588a4632f3f557e76b4b70aebbca790").touch()  # the name under which tiktoken keeps o200k_base
    monkeypatch.setitem(tiktoken.registry.ENCODINGS, "o200k_base", SMALL)
    assert counter().name == "tiktoken small"
    assert count_tokens("the cat") == 5


def test_the_vocabulary_is_looked_for_where_tiktoken_keeps_it():
    from hashlib import sha1

    from tiktoken_ext import openai_public

    assert tokens._ADDRESS in Path(openai_public.__file__).read_text("utf-8")
    assert sha1(tokens._ADDRESS.encode(), usedforsecurity=False).hexdigest() == "fb374d419588a4632f3f557e76b4b70aebbca790"
