"""Self-introductions: people whom the transcript knows by one name tell the other one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from ..lexicon import load_data

__all__ = ["name_told"]


def name_told(name: str, texts: Iterable[str]) -> str | None:
    """Return the whole name that somebody of one name tells in their own words: "Yusuf Lindqvist, head of care" or "I'm Ann Lee".

    None if they do not, or if their name has more words already.
    """
    if " " in name or not name:
        return None
    found = (_introduction(name).search(text) for text in texts)
    return next((" ".join(m["name"].split()) for m in found if m), None)


@cache
def _introduction(name: str) -> re.Pattern[str]:
    """Return the pattern of a name with a last name: after "I'm", or at the start of a sentence and before a comma or its end."""
    leads, particles = ("|".join(load_data("speakers")[key]) for key in ("introducing", "inner"))
    whole = rf"{re.escape(name)}(?: (?:{particles}))* [A-Z][\w'’-]+"
    return re.compile(rf"(?:(?:^|[.?!]\s+)(?={whole}[,.])|(?<!\w)(?i:{leads}) )(?P<name>{whole})(?!\w)")
