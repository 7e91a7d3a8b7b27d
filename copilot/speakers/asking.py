"""How much somebody asks, by which the interviewer is known."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from ..lexicon import words_of

__all__ = ["count_openers", "count_questions"]


def count_questions(texts: Iterable[str]) -> int:
    """Count sentences that ask: with a question mark, or like `Tell me about it`; a tag such as `you know?` does not count."""
    said = " ".join(texts).lower().replace("!", ".").replace("…", ".")
    *asked, rest = said.split("?")
    told = ".".join(["", *(text.rpartition(".")[0] for text in asked), rest])
    nothing = words_of("speakers.tags") | {""}
    return sum(_last_clause(text) not in nothing for text in asked) + len(re.findall(rf"\.\s*{_beginning('prompts')}", told))


def _last_clause(text: str) -> str:
    return text[max(text.rfind(","), text.rfind(".")) + 1 :].strip()


def count_openers(texts: Iterable[str]) -> int:
    """Count questions in an export without question marks."""
    return sum(re.match(_beginning("openers", "prompts"), text.lower()) is not None for text in texts)


@cache
def _beginning(*keys: str) -> str:
    """Return a pattern of sentence beginnings from word lists, with the words that may precede them."""
    return rf"(?:{_either('lead_ins')},? )*{_either(*keys)}\b"


def _either(*keys: str) -> str:
    words = frozenset[str]().union(*(words_of(f"speakers.{key}") for key in keys))
    return f"(?:{'|'.join(sorted(map(re.escape, words)))})"
