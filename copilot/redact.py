"""Replace e-mail addresses, phone numbers and names of people and companies by stable placeholders, and restore them."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from .background import Background
from .lexicon import load_data, words_of

__all__ = ["Redactor"]

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w.,-])\+?\(?\d[\d ()./-]{6,16}\d(?![\w-])")
_PLACEHOLDER = re.compile(r"\b(?:PERSON|COMPANY|EMAIL|PHONE)_\d+\b")
_WORD = re.compile(r"[^\W\d_][\w'-]*")
_MARK = "\u0300"
"""What every accent that stands alone becomes in a folded text."""
_APART = "[ '.&-]{0,3}"
"""What may stand between two words of a name, which are told in one word too."""
_DIGITS, _BARE = 7, 9
"""Fewest digits of a phone number, and of one with nothing between them: what is shorter is a count."""
_SHORTEST = {"PERSON": 2, "COMPANY": 3}
"""Fewest letters of a part of a name that is hidden on its own."""
_UNCAPITALISED = 3
"""Fewest letters of a name that is hidden without a capital, too."""
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_DATES = re.compile(
    rf"(?<![\d./-])(?:{_DAY}(?P<by>[./-]){_DAY}(?P=by)(?:19|20)?\d\d|(?:19|20)\d\d(?P<in>[./-]){_DAY}(?P=in){_DAY}"
    r"|(?:19|20)\d\d *[-/.] *(?:19|20)\d\d)(?![./-]?\d)"
)
"""Days, and spans of years."""
_THOUSANDS = re.compile(r"[1-9]\d?(?: \d{3})+|[1-9]\d\d(?: \d{3})* 000")
"""Counts with spaces between their thousands. Three groups of three that are not round may be a phone number."""


class Redactor:
    """Replaces what identifies somebody, always by the same placeholder, and restores it."""

    def __init__(self, background: Background | None = None) -> None:
        """Learn the names of a background: its participants, the customer's company, the vendor and its product."""
        self._hidden: dict[str, str] = {}
        self._shown: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._patterns: dict[str, str] = {}
        self._pattern: re.Pattern[str] | None = None
        background = background or Background()
        self.learn("PERSON", *(p.name for p in background.participants))
        self.learn("COMPANY", *(name for name in (background.customer.company, background.vendor, background.product) if name))

    def learn(self, kind: str, *names: str) -> None:
        """Hide these names from now on, whole and by their parts, in any case, with their accents and marks or without."""
        new = {_key(form): form for name in names for form in _forms(_fold(name), kind)}
        fresh = {key: form for key, form in new.items() if key and key not in self._names}
        if fresh:
            self._names |= dict.fromkeys(fresh, kind)
            self._patterns |= {key: _pattern_of(form) for key, form in fresh.items()}
            longest_first = sorted(self._patterns, key=lambda key: (-len(key), key))
            self._pattern = re.compile(r"(?<!\w)(?:" + "|".join(self._patterns[key] for key in longest_first) + r")(?!\w)")

    def hide(self, text: str) -> str:
        """Return a text with placeholders for what identifies somebody."""
        text = _EMAIL.sub(lambda m: self._placeholder("EMAIL", m.group()), text)
        return self._without_names(_PHONE.sub(self._phone, text))

    def restore_json(self, text: str) -> str:
        """Return JSON text with the placeholders in its strings restored; unknown placeholders are left as they are."""
        return _PLACEHOLDER.sub(lambda m: json.dumps(self._shown.get(m.group(), m.group()), ensure_ascii=False)[1:-1], text)

    def _without_names(self, text: str) -> str:
        """Return a text without names. They are looked for in the folded text, whose characters stand where the text's own do."""
        found = self._pattern.finditer(_fold(text)) if self._pattern else iter(())
        parts, end = [], 0
        for match in found:
            parts += [text[end : match.start()], self._name(text[match.start() : match.end()], _key(match.group()))]
            end = match.end()
        return "".join([*parts, text[end:]])

    def _name(self, said: str, key: str) -> str:
        # "Will" is a name, "will" is not; nor is "an" or "on", where somebody is called so.
        if said.islower() and (len(said) < _UNCAPITALISED or said in words_of("language.english")):
            return said
        return self._placeholder(self._names[key], said)

    def _phone(self, match: re.Match[str]) -> str:
        said = match.group()
        digits = sum(c.isdigit() for c in _DATES.sub("", said))
        if digits < (_BARE if said.isdigit() else _DIGITS) or _THOUSANDS.fullmatch(said):
            return said
        return self._placeholder("PHONE", said)

    def _placeholder(self, kind: str, said: str) -> str:
        """Return the placeholder of words as spelt; each spelling has its own, so that restoring is exact."""
        if said not in self._hidden:
            name = f"{kind}_{len(self._hidden) + 1}"
            self._hidden[said], self._shown[name] = name, said
        return self._hidden[said]


def _fold(text: str) -> str:
    """Return a text in lower case, without accents, with one kind of apostrophe, hyphen and space; each character keeps its place."""
    return "".join(map(_folded, text))


@cache
def _folded(character: str) -> str:
    plain = unicodedata.normalize("NFKD", _plain().get(character, character))
    if plain.isspace():
        return character if character in "\r\n" else " "
    return _MARK if unicodedata.combining(plain[0]) else plain[0].lower()


@cache
def _plain() -> dict[str, str]:
    """Return the characters that Unicode does not take apart, and what is looked for in place of each."""
    written: Any = load_data("redaction")["written"]
    return {character: plain for plain, characters in written.items() for character in characters}


def _key(folded: str) -> str:
    """Return the letters and digits of a folded text, by which a name is known however it is written."""
    return "".join(filter(str.isalnum, folded))


def _pattern_of(folded: str) -> str:
    """Return a pattern of a name in folded text: accents that stand alone may follow its letters, little may stand between its words."""
    words = re.findall(r"[^\W_]+", folded.replace(_MARK, ""))
    return _APART.join("".join(f"{re.escape(letter)}{_MARK}*" for letter in word) for word in words)


def _forms(name: str, kind: str) -> Iterator[str]:
    """Yield a folded name, and those of its parts that name it alone; for a person the short forms too.

    A company goes by its name without the article, and by the first of its words, as well; a word with a hyphen by either side of it.
    """
    parts = _WORD.findall(name.replace(_MARK, ""))
    if all(part in words_of("redaction.labels") for part in parts):
        return
    yield name
    if kind == "PERSON":
        yield from _telling(_with_pieces(parts), kind)
        yield from _telling((short for part in parts[:1] for short in load_data("nicknames").get(part, ())), kind)
    else:
        yield name.removeprefix("the ")
        yield from _telling(_with_pieces(parts[parts[0] == "the" :][:1]), kind)


def _with_pieces(parts: Sequence[str]) -> list[str]:
    """Return parts of a name, and the pieces of those with a hyphen."""
    return [*parts, *(piece for part in parts for piece in part.split("-"))]


def _telling(parts: Iterable[str], kind: str) -> Iterator[str]:
    """Yield the parts of a name that are long enough to tell it, and no mere label."""
    unsaying = words_of("redaction.legal") | words_of("redaction.labels") | words_of("redaction.particles")
    return (part for part in parts if len(part) >= _SHORTEST[kind] and part not in unsaying)
