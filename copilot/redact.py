"""Replace e-mail addresses, phone numbers and names of people and companies by stable placeholders, and restore them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from .background import Background
from .lexicon import load_data, words_of

__all__ = ["Redactor"]

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w.,-])\+?\(?\d[\d ()./-]{6,16}\d(?![\w-])")
_PLACEHOLDER = re.compile(r"\b(?:PERSON|COMPANY|EMAIL|PHONE)_\d+\b")
_WORD = re.compile(r"[^\W\d_][\w'\u2019-]*")
_DIGITS = 7  # fewest digits of a phone number
_SHORTEST = 3  # fewest letters of a part of a name that is hidden on its own
_BARE = 9  # fewest digits of a phone number without separators: shorter runs are counts
_YEARS = re.compile(r"(?:19|20)\d\d *[-/.] *(?:19|20)\d\d")


class Redactor:
    """Replaces what identifies somebody, always by the same placeholder, and restores it."""

    def __init__(self, background: Background | None = None) -> None:
        """Learn the names of a background: its participants, the customer's company, the vendor and its product."""
        self._hidden: dict[str, str] = {}
        self._shown: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._pattern: re.Pattern[str] | None = None
        background = background or Background()
        self.learn("PERSON", *(p.name for p in background.participants))
        self.learn("COMPANY", *(name for name in (background.customer.company, background.vendor, background.product) if name))

    def learn(self, kind: str, *names: str) -> None:
        """Hide these names from now on, whole and in parts, in upper or lower case."""
        new = {form.lower(): kind for name in names for form in _forms(name, kind)}
        if new.keys() - self._names.keys():
            self._names = {**new, **self._names}
            longest_first = sorted(self._names, key=lambda n: (-len(n), n))
            self._pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)", re.IGNORECASE)

    def hide(self, text: str) -> str:
        """Return a text with placeholders for what identifies somebody."""
        text = _EMAIL.sub(lambda m: self._placeholder("EMAIL", m.group()), text)
        text = _PHONE.sub(self._phone, text)
        return self._pattern.sub(self._name, text) if self._pattern else text

    def restore_json(self, text: str) -> str:
        """Return JSON text with the placeholders in its strings restored; unknown placeholders are left as they are."""
        return _PLACEHOLDER.sub(lambda m: json.dumps(self._shown.get(m.group(), m.group()), ensure_ascii=False)[1:-1], text)

    def _name(self, match: re.Match[str]) -> str:
        said = match.group()
        # "Will" is a name, "will" is not.
        if said.islower() and said in words_of("language.english"):
            return said
        return self._placeholder(self._names[said.lower()], said)

    def _phone(self, match: re.Match[str]) -> str:
        said = match.group()
        if sum(c.isdigit() for c in said) < (_BARE if said.isdigit() else _DIGITS) or _YEARS.fullmatch(said):
            return said
        return self._placeholder("PHONE", said)

    def _placeholder(self, kind: str, said: str) -> str:
        """Return the placeholder of words as spelt; each spelling has its own, so that restoring is exact."""
        if said not in self._hidden:
            name = f"{kind}_{len(self._hidden) + 1}"
            self._hidden[said], self._shown[name] = name, said
        return self._hidden[said]


def _forms(name: str, kind: str) -> Iterator[str]:
    """Yield a name and its parts that identify it alone; for a person also the short forms, for a company its name in one word."""
    name = " ".join(name.split())
    parts = _WORD.findall(name)
    if not name or all(part.lower() in words_of("redaction.labels") for part in parts):
        return
    yield name
    if kind == "PERSON":
        yield from _telling(parts)
        yield from _telling(short for part in parts[:1] for short in load_data("nicknames").get(part.lower(), ()))
    else:
        yield "".join(parts)
        yield from _telling(parts[:1])


def _telling(parts: Iterable[str]) -> Iterator[str]:
    """Yield the parts of a name that are long enough to identify it and are not just labels."""
    unsaying = words_of("redaction.legal") | words_of("redaction.labels")
    return (part for part in parts if len(part) >= _SHORTEST and part.lower() not in unsaying)
