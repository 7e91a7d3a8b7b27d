"""The two firms of a call in a question: by name, where the interviewer might as well say "your company" and "us"."""

from __future__ import annotations

import re
from functools import lru_cache

from ..background import Background

__all__ = ["without_firms"]


def without_firms(question: str, background: Background) -> str:
    """Return a question with pronouns in place of the customer's and the vendor's names: "What does Acme do?", "before Acme Cloud"."""
    for name, pronoun in ((background.customer.company, "your company"), (background.vendor, "us"), (background.product, "us")):
        if called := _called(name or ""):
            question = called.sub(pronoun, question)
    return question


@lru_cache(maxsize=64)
def _called(name: str) -> re.Pattern[str] | None:
    """Return what matches a firm's name, or its first words inside a sentence and before no other name; None for no name."""
    whole = name.partition("(")[0].removeprefix("The ").split()
    forms = sorted({_form(whole[:n]) for n in range(1, len(whole) + 1)}, key=len, reverse=True)
    if not forms:
        return None
    first, *_ = forms
    parts = "|".join(forms)
    return re.compile(rf"\b(?:{first}|(?<=[\w,] )(?:{parts})(?!\s+[A-Z&]))(?![\w-])")


def _form(words: list[str]) -> str:
    """Return a pattern for the words of a name, an "&" as it is read aloud."""
    return r"\s+".join("(?:&|and)" if w == "&" else re.escape(w) for w in words)
