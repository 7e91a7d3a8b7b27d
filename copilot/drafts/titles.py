"""Titles: the words of a title beside a name, and the titles that people tell of themselves."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from ..lexicon import Lexicon, Match, denies, function_words, load_data, words_of
from ..text import Token, capitalised, norms, stem, tokenize
from ..turns import Span

__all__ = ["Title", "asks_title", "names_title", "title_told"]

LONGEST = 8  # most words of a title
_WHOLE = 2  # least words of a title that only its contrast with the known one, or a change, tells
_LEADS = ("entitling", "presenting", "being")
_JOINT = re.compile(r"[,;:.?!\u2013\u2014]|\s-+\s")


class Title(NamedTuple):
    """A title, and the sentence in which its owner tells it."""

    text: str
    said: Span


def names_title(added: str) -> bool:
    """Return whether words beside a name hold one of a title: "Head of IT", but not "Harbour Glass"."""
    return not words_of("drafts.titles").isdisjoint(norms(added))


def asks_title(text: str) -> bool:
    """Return whether a sentence asks its listener for their title."""
    return text.endswith("?") and any(m.label == "asking_title" for m in _phrases().find(norms(text)))


def title_told(sentence: str, near: str, known: str | None, *, asked: bool) -> str | None:
    """Return the title that a sentence's speaker says is theirs, None if it tells none or the known one.

    It says so itself, "my title is Head of Sales", answers the question for it, or takes the place of the known one: where the words
    `near` it deny that, "I'm Head of Sales, not of Service", or have it in the past, or where it came lately, "I'm Head of Sales now".
    """
    found = _told(sentence, near, known, asked=asked) or _changed(sentence, near, known)
    return found if found and norms(found) != norms(known or "") else None


def _told(sentence: str, near: str, known: str | None, *, asked: bool) -> str | None:
    """Return the title that a sentence tells by itself, in answer to the question for it, or in contrast to the known one."""
    parts = _parts(sentence)
    says = any("entitling" in _labels(part) for part in parts)
    denied = _is_denied(known, near)
    bare = asked and (known is None or denied or any(denies(norm) for norm in norms(sentence)[:1]))
    told = (title for part in parts if says or denied or bare for title in _titles(sentence, part, _LEADS, bare=bare))
    return next((title for title in told if says or bare or len(norms(title)) >= _WHOLE), None)


def _changed(sentence: str, near: str, known: str | None) -> str | None:
    """Return the title that a sentence's speaker says they now have, None where it is the known one, a part of it, or says where it is."""
    if sentence.endswith("?"):
        return None
    parts, former = _parts(sentence), _is_former(known, near)
    own, telling = norms(known or ""), _telling(known or "")
    lately = (part for n, part in enumerate(parts) if former or _is_recent(parts, n))
    told = (title for part in lately for title in _titles(sentence, part, {"being"}) if len(norms(title)) >= _WHOLE)
    return next((t for t in told if not _telling(t) <= telling and (not own or norms(t)[: len(own)] != own)), None)


def _is_recent(parts: Sequence[list[Token]], n: int) -> bool:
    """Return whether a part says since when something is so, or that it is so now; else a part beside it does: "since May, I'm"."""
    beside = (*parts[max(0, n - 1) : n], *parts[n + 1 : n + 2])
    dated = any(m.label == "dated" and m.first == 0 for part in beside for m in _found(part))
    return dated or not {"dated", "lately"}.isdisjoint(_labels(parts[n]))


def _parts(text: str) -> list[list[Token]]:
    """Return the words of a text, parted at its punctuation and before "not"."""
    parts: list[list[Token]] = [[]]
    end = 0
    for token in tokenize(text):
        if denies(token.norm) or _JOINT.search(text, end, token.start):
            parts.append([])
        parts[-1].append(token)
        end = token.end
    return [part for part in parts if part]


def _is_denied(known: str | None, near: str) -> bool:
    """Return whether words deny something of the known title."""
    own = _telling(known or "")
    return any(denies(part[0].norm) and own & _telling(" ".join(t.norm for t in part)) for part in _parts(near))


def _is_former(known: str | None, near: str) -> bool:
    """Return whether words have something of the known title in the past, or as what is on file: "your sheet says station manager"."""
    own = _telling(known or "")
    return any("former" in _labels(part) and own & _telling(" ".join(t.norm for t in part)) for part in _parts(near))


def _telling(text: str) -> set[str]:
    return {stem(norm) for norm in norms(text) if norm not in function_words()}


def _titles(text: str, part: list[Token], leading: Collection[str], *, bare: bool = False) -> Iterator[str]:
    """Yield the title in a part of a sentence, after the words of the `leading` labels, which present it; a `bare` one needs none."""
    leads = [m.last for m in _found(part) if m.label in leading]
    if denies(part[0].norm) or not (leads or bare):
        return
    rest = part[max(leads, default=0) :]
    while rest and rest[0].norm in words_of("drafts.before_title"):
        rest = rest[1:]
    end = next((n for n, t in enumerate(rest) if t.norm in words_of("drafts.after_title")), len(rest))
    while end and rest[end - 1].norm in words_of("drafts.joining"):
        end -= 1
    if 0 < end <= LONGEST and rest[0].norm not in words_of("drafts.no_title"):
        title = text[rest[0].start : rest[end - 1].end]
        if names_title(title):
            yield capitalised(title)


def _labels(part: list[Token]) -> set[str]:
    return {m.label for m in _found(part)}


def _found(part: list[Token]) -> list[Match]:
    return _phrases().find([t.norm for t in part])


@cache
def _phrases() -> Lexicon:
    return Lexicon({name: str(load_data("drafts")[name]) for name in (*_LEADS, "asking_title", "former", "dated", "lately")})
