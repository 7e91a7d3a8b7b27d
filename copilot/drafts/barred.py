"""What must not appear in documents: barred turns and withdrawn words, and anything that would give them away."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from ..background import Background
from ..detectors.boundaries import request_lexicon
from ..detectors.boundaries.names import names_in, speaks_of_names
from ..findings import Boundary
from ..grounding import ungrounded_numbers
from ..lexicon import function_words, number_words, words_of
from ..mentions import currencies
from ..quantities import find_quantities
from ..text import lower_case, norm_before, norms, sentences, stem, tokenize
from ..turns import Span, Turn

__all__ = ["Barred", "requests_in", "unnamed"]

_SHORT = 3  # most letters of a word that is not taken for a name in text without capitals
_BARE = 10  # least number without a unit that may repeat a barred amount
_ASIDE = 3  # most words beside a request in a sentence that only asks: "so please don't print that, Jo"
_RUN = 3  # words in a row that give away barred words
_TELLING = 2  # separate words, unique to what is barred, that give it away


@dataclass(frozen=True, slots=True)
class Barred:
    """Spans that are barred from every document, with the names and amounts in them that are not public elsewhere on the call.

    A name that somebody asked to leave out is among them even if it is said openly later. `public` holds the turns without what is
    barred. Amounts of money are barred wherever they are said again. `runs` are words in a row that only what is barred holds: three,
    or four where they are function words. `words` are the stems that only it holds. `shares` are its percentages that no customer had
    said before, with the stems of its words: "the fourteen percent" said later, or with one of these, is the same one.
    """

    spans: tuple[Span, ...]
    public: tuple[Turn, ...]
    names: frozenset[str]
    amounts: frozenset[Decimal]
    runs: frozenset[tuple[str, ...]] = frozenset()
    words: frozenset[str] = frozenset()
    shares: Mapping[Decimal, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, turns: Sequence[Turn], spans: Iterable[Span], background: Background, unnamed: Collection[str] = ()) -> Barred:
        """Return what barring some spans of a call, and the words of some names, means for the rest of it."""
        barred = tuple(spans)
        public = tuple(_without(turn, barred) for turn in turns)
        hidden = [span.text for span in barred]
        amounts = frozenset(a for text in hidden for a in _amounts(text))
        known = [*(t.text for t in public), *_strings(background.model_dump())]
        runs, words = _runs(hidden) - _runs(known), _words(hidden) - _words(known)
        asked = frozenset(unnamed) - set(norms(background.model_dump_json()))
        return cls(barred, public, _names(hidden, public, background) | asked, amounts, runs, words, _shares(barred, public))

    def covers(self, span: Span) -> bool:
        """Return whether a span overlaps a barred one, or repeats a barred amount."""
        shared = any(b.overlaps(span) for b in self.spans)
        return shared or self.tells(span.text)

    def leaks(self, text: str) -> bool:
        """Return whether a text repeats or names what is barred, or contains a number that no customer said publicly."""
        unsaid = [q for q in ungrounded_numbers(text, self.public) if not q.is_rate]
        if unsaid or self.tells(text):
            return True
        return bool(self.runs and self.runs & _runs([text])) or len(self.words & _words([text])) >= _TELLING

    def tells(self, text: str) -> bool:
        """Return whether a text contains a barred name or amount."""
        named = bool(self.names) and any(norm.removesuffix("'s") in self.names for norm in norms(text))
        return named or self.tells_amount(text) or self._tells_share(text)

    def _tells_share(self, text: str) -> bool:
        """Return whether a text repeats a barred percentage: by "the" or "that" before it, or with a word told with it."""
        if not self.shares:
            return False
        again = (share for share in _percentages(text) if share.value in self.shares)
        return any(share.definite or not self.shares[share.value].isdisjoint(share.stems) for share in again)

    def tells_amount(self, text: str) -> bool:
        """Return whether a text contains a barred amount."""
        return bool(self.amounts) and not self.amounts.isdisjoint(_values(text))


class _Share(NamedTuple):
    """A percentage, rounded from ten on, the stems of its sentence's other words, and whether it is one that was spoken of: "the 14 %"."""

    value: Decimal
    stems: frozenset[str]
    definite: bool


@lru_cache(maxsize=4096)
def _percentages(text: str) -> tuple[_Share, ...]:
    """Return the percentages in a text."""
    return tuple(share for s in sentences(text) for share in _in_sentence(text[s.start : s.end]))


def _in_sentence(text: str) -> Iterator[_Share]:
    found = [q for q in find_quantities(text) if q.unit == "percent"]
    stems = _words([text]) - number_words() - {"percent"} if found else frozenset[str]()
    for q in found:
        definite = norm_before(text, q.start) in words_of("drafts.definite")
        yield from (_Share(Decimal(round(n)) if n >= _BARE else n, stems, definite) for n in {q.low, q.high})


def _shares(barred: Iterable[Span], public: Iterable[Turn]) -> Mapping[Decimal, frozenset[str]]:
    """Return the percentages in barred spans that no customer had said before, with the stems of the words told with them."""
    first: dict[Decimal, int] = {}
    for turn in (t for t in public if t.role == "customer"):
        for share in _percentages(turn.text):
            first.setdefault(share.value, turn.turn)
    found: dict[Decimal, frozenset[str]] = {}
    for span in barred:
        for share in _percentages(span.text):
            if first.get(share.value, span.turn) >= span.turn:
                found[share.value] = found.get(share.value, frozenset()) | share.stems
    return found


@lru_cache(maxsize=4096)
def _values(text: str) -> frozenset[Decimal]:
    """Return the numbers in a text that can be amounts of money. Cached, since every document checks the same words."""
    money = (q for q in find_quantities(text) if q.unit in currencies() or (q.unit is None and q.high >= _BARE))
    return frozenset(n for q in money for n in (q.low, q.high))


def requests_in(boundaries: Iterable[Boundary], turns: Mapping[int, Turn]) -> Iterator[Span]:
    """Yield the sentences within boundaries that only ask: nobody prints "please don't print that" with what was released after it."""
    for row in boundaries:
        turn = turns[row.turn]
        tokens = tokenize(turn.text)
        for s in sentences(turn.text, tokens):
            asked = request_lexicon().find([t.norm for t in tokens[s.first : s.last]]) if row.start <= s.start < row.end else []
            if (
                asked
                and s.last - s.first - max(m.last - m.first for m in asked) <= _ASIDE
                and not find_quantities(turn.text[s.start : s.end])
            ):
                yield turn.span(s.start, s.end)


def unnamed(boundaries: Iterable[Boundary], turns: Mapping[int, Turn], released: Collection[int] = ()) -> frozenset[str]:
    """Return the words of the names that customers asked to leave out, whenever they are said: no document may hold them.

    They stand in the turns that the request covers, and where it or its question has a name, in these words too. A name that a
    customer had said before in a turn that is not covered was not meant.
    """
    return frozenset(word for row in boundaries for word in _unnamed(row, turns, released))


def _unnamed(row: Boundary, turns: Mapping[int, Turn], released: Collection[int]) -> Iterator[str]:
    question = turns.get(row.turn - 1)
    asked = row.text if question is None or question.role == "customer" else f"{question.text}\n{row.text}"
    if not speaks_of_names(norms(asked)):
        return
    told = {word for n in row.covers if n in turns and n not in released for name in names_in(turns[n].text) for word in name.words}
    meant = told & {word for name in names_in(asked) for word in name.words} or told
    before = (t for n, t in turns.items() if t.role == "customer" and n < row.turn and n not in row.covers)
    yield from meant - {word for turn in before for word in norms(turn.text)} - lower_case(t.text for t in turns.values()) - _plain_words()


def _runs(texts: Iterable[str]) -> frozenset[tuple[str, ...]]:
    """Return the sequences of three words in texts, unless all are function words, and of four words of any kind."""
    rows = [norms(text) for text in texts]
    telling = {run for run in _in_a_row(rows, _RUN) if not _plain_words().issuperset(run)}
    return frozenset(telling | set(_in_a_row(rows, _RUN + 1)))


def _in_a_row(rows: Iterable[Sequence[str]], size: int) -> Iterator[tuple[str, ...]]:
    return (tuple(row[i : i + size]) for row in rows for i in range(len(row) - size + 1))


def _words(texts: Iterable[str]) -> frozenset[str]:
    """Return the stems of the words of texts, except function words."""
    return frozenset(stem(norm) for text in texts for norm in norms(text) if norm not in _plain_words())


def _strings(value: object) -> Iterator[str]:
    """Yield the texts in plain data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, tuple, dict)):
        for row in value.values() if isinstance(value, dict) else value:
            yield from _strings(row)


def _without(turn: Turn, barred: Sequence[Span]) -> Turn:
    """Return a turn with its barred words blanked."""
    text = turn.text
    for span in barred:
        if span.turn == turn.turn:
            text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return turn if text == turn.text else turn.model_copy(update={"text": text})


def _names(hidden: Sequence[str], public: Sequence[Turn], background: Background) -> frozenset[str]:
    """Return the names in barred words that occur neither in the customers' other words nor in the background.

    A word that also stands without a capital there only began a sentence. If speech recognition gives no capitals, every longer word
    counts as a name.
    """
    known = {norm.removesuffix("'s") for text in (*_said(public), background.model_dump_json()) for norm in norms(text)}
    found: set[str] = set()
    small: set[str] = set()
    for text in hidden:
        upper, lower = (_forms(text, capital) for capital in (True, False))
        found |= upper or {word for word in lower if len(word) > _SHORT}
        small |= lower if upper else set()
    return frozenset(found - small - known - _plain_words())


def _forms(text: str, capital: bool) -> set[str]:
    """Return the words of a text that begin with a capital, or without one."""
    return {t.norm.removesuffix("'s") for t in tokenize(text) if text[t.start].isupper() is capital}


def _said(turns: Iterable[Turn]) -> list[str]:
    return [turn.text for turn in turns if turn.role == "customer"]


@cache
def _plain_words() -> frozenset[str]:
    return function_words() | {f"{w}'{end}" for w in words_of("drafts.contracting") for end in ("s", "d", "m", "ll", "ve", "re")}


def _amounts(text: str) -> set[Decimal]:
    """Return the amounts of money in a text."""
    return {n for q in find_quantities(text) if q.unit in currencies() for n in (q.low, q.high)}
