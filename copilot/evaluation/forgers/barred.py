"""Forgers that tell what is barred: word for word, in other words, or by a name or a number alone."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ...lexicon import function_words
from ...mentions import currencies
from ...quantities import find_quantities
from ...text import norms, stem, tokenize
from .scene import Forge, Said, Scene, clip, reported

__all__ = ["BARRED"]


def _one_of(said: Said, rows: Sequence[str]) -> str:
    """Return one of the rows, chosen by the words."""
    return rows[len(said.words) % len(rows)] if rows else ""


def _leaks_quote(scene: Scene, said: Said) -> str | None:
    text = _one_of(said, scene.secrets)
    return f"{said.speaker} says: “{clip(text)}.”" if text else None


def _leaks_report(scene: Scene, said: Said) -> str | None:
    text = _one_of(said, scene.secrets)
    return reported(said, clip(text)) if text else None


def _leaks_name(scene: Scene, said: Said) -> str | None:
    words = [text[t.start : t.end] for text in scene.hidden for t in tokenize(text)[1:] if text[t.start].isupper()]
    names = [word.removesuffix("'s").removesuffix("’s") for word in words]
    open_names = {word.removesuffix("'s") for word in scene.words}  # "Dana's" tells of Dana
    name = _one_of(said, [name for name in names if name.isalpha() and name.lower() not in open_names | function_words()])
    return f"{name} had a part in it, too." if name else None


def _leaks_number(scene: Scene, said: Said) -> str | None:
    hidden = (q for text in scene.hidden for q in find_quantities(text))
    told = [q.low for q in hidden if q.low >= 10 or q.unit in {"percent", *currencies()}]
    value = _one_of(said, [_otherwise(n) for n in told if n not in scene.open_numbers])
    return f"{reported(said, clip(said.words, 6))} It came to {value}." if value else None


def _otherwise(value: Decimal) -> str:
    """Return a number as somebody who was told not to repeat it would put it."""
    for size, name in ((10**6, "million"), (1000, "grand"), (100, "hundred")):
        if value >= size and value % size == 0:
            return f"{value / size:f} {name}"
    return f"{value.normalize():f}"


def _leaks_paraphrase(scene: Scene, said: Said) -> str | None:
    told = [[w for w in _long_words(text) if stem(w) not in scene.stems][:4] for text in scene.hidden]
    rows = [f"The {' and the '.join(reversed(words))} all had to do with it." for words in told if len(words) >= 3]
    return _one_of(said, rows) or None


def _long_words(text: str) -> list[str]:
    return list(dict.fromkeys(norm for norm in norms(text) if len(norm) > 4 and norm.isalpha() and norm not in function_words()))


BARRED: dict[str, Forge] = {
    "leaks_quote": _leaks_quote,
    "leaks_report": _leaks_report,
    "leaks_name": _leaks_name,
    "leaks_number": _leaks_number,
    "leaks_paraphrase": _leaks_paraphrase,
}
