"""What is told right beside a figure in plain words: over what time it holds, for whom or where, and where it comes from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from ..findings import Metric
from ..lexicon import Lexicon, denies, number_words, words_of
from ..metrics import names_source
from ..quantities import find_quantities, find_years
from ..quantities.units import DURATIONS
from ..quantities.words import lists
from ..text import Token, norms, tokenize
from ..turns import Span
from .material import Material

__all__ = ["holds", "told_beside"]

LONGEST = 5  # most words after those that open a time, a place or a source
_PLACE = re.compile(r"^(?:(?:And|But|So|Now)[ ,]+)?(?:In|At) ((?:[A-Z][\w'\u2019-]+)(?: [A-Z][\w'\u2019-]+)*)")
_OPENING = 2  # most words that open a sentence before its place or time: "And in Leeds"
_MARK = re.compile(r"[.,;:!?\u2013\u2014\u2026]")

_Told = tuple[int, int]
"""Where a sentence tells something: the offsets of the words."""


def told_beside(material: Material, metric: Metric) -> Mapping[str, str]:
    """Return the period, the scope and the source of a figure that its sentence, or the next one for a source, tells; by field."""
    own = material.sentence_of(metric)
    after = next((s for s in material.spans(metric.turn) if s.start >= max(own.end, metric.end)), None)
    others = [m for m in material.findings.metrics if own.overlaps(m) and not m.overlaps(metric)]
    told = {
        "period": None if metric.unit in DURATIONS else _nearest(own, metric, others, _times(own.text)),
        "scope": _nearest(
            own, metric, others, (place for place in _places(own.text) if _is_close(own.text, metric.end - own.start, *place))
        ),
        "source": _pointed(after.text) if after else None,
    }
    return {field: text for field, text in told.items() if text}


def _nearest(own: Span, metric: Metric, others: Sequence[Metric], found: Iterable[_Told]) -> str | None:
    """Return the first time or place of a sentence that is a figure's: told after it and before other figures, or opening the sentence."""
    for start, end in found:
        at = own.start + start
        follows = metric.end <= at and not any(metric.end <= m.start and m.end <= at for m in others)
        if follows or _opens(own.text, start):
            return own.text[start:end]
    return None


def _opens(text: str, start: int) -> bool:
    return len(norms(text[:start])) <= _OPENING


def _is_close(text: str, number: int, start: int, end: int) -> bool:
    """Return whether a place is in the clause of a number that ends at an offset, and right after it if it is one of many: "for each"."""
    between = norms(text[number:start]) if number <= start else ()
    one = not words_of("drafts.beside.single").isdisjoint(norms(text[start:end])[:1])
    apart = one and len(between) > _OPENING
    return _opens(text, start) or not (apart or not words_of("drafts.beside.ends").isdisjoint(between))


def holds(text: str, field: str, metric: Metric) -> bool:
    """Return whether a sentence has what a figure lacks: another number of its unit, a time, a place, or a source."""
    return _HOLDING[field](text, metric) if field in _HOLDING else False


def _has_other(text: str, metric: Metric) -> bool:
    return any(q.unit == metric.unit and q.text not in metric.text for q in find_quantities(text))


def _has_time(text: str, _: Metric) -> bool:
    dated = bool(find_years(text)) or not words_of("quantities.months.names").isdisjoint(norms(text))
    return dated or next(_times(text), None) is not None


def _has_place(text: str, _: Metric) -> bool:
    return next(_places(text), None) is not None


def _has_source(text: str, _: Metric) -> bool:
    return any(names_source(text, word) for word in norms(text) if word in words_of("mentions.source") and not word.endswith("ed"))


_HOLDING: Mapping[str, Callable[[str, Metric], bool]] = {
    "baseline": _has_other,
    "period": _has_time,
    "scope": _has_place,
    "source": _has_source,
}


def _times(text: str) -> Iterator[_Told]:
    """Yield the times over which a sentence says that something holds: "over fourteen months", "since it went live", "that week"."""
    tokens = tokenize(text)
    for q in find_quantities(text):
        led = [t.norm for t in tokens if t.end <= q.start][-1:]
        if q.unit in DURATIONS and led and led[0] in words_of("drafts.beside.lasting"):
            yield q.start, q.end
    for match in Lexicon.at("drafts.beside.then").find([t.norm for t in tokens]):
        yield tokens[match.first].start, tokens[match.last - 1].end


def _places(text: str) -> Iterator[_Told]:
    """Yield the places or people for which a sentence says that something holds: "over all 205 turbines", "for most people", "In Leeds"."""
    tokens = tokenize(text)
    said = [t.norm for t in tokens]
    for match in Lexicon.at("drafts.beside.whole").find(said):
        start, end = tokens[match.last - 1].start, _until_mark(text, tokens, match.last)
        named = [t.norm for t in tokens[match.last :] if t.end <= end]
        if _names_things(named) and not any(map(denies, said[max(0, match.first - 2) : match.first])):
            yield start, end
    if (opening := _PLACE.match(text)) and not (_is_time(norms(opening[1])) or any(map(str.isdigit, opening[1]))):
        yield opening.span(1)


def _names_things(words: Sequence[str]) -> bool:
    """Return whether words after "all" or "most" name things or people, and no time: "205 turbines", "people", but not "of January"."""
    small = words_of("naming.determiners") | words_of("lint.words.prepositions") | number_words()
    named = words_of("drafts.demonstratives").isdisjoint(words[:1])
    return named and any(w not in small and not w.isdigit() for w in words) and not _is_time(words)


def _is_time(words: Sequence[str]) -> bool:
    times = words_of("mentions.seasons") | words_of("mentions.conditions.times") | words_of("quantities.months.names")
    return any(w in times or lists().units.get(w) in DURATIONS for w in words)


def _pointed(text: str) -> str | None:
    """Return the source that a sentence names which points back to the figure before it: "That's off the phone system"."""
    tokens = tokenize(text)
    said = [t.norm for t in tokens]
    opening = next((m for m in Lexicon.at("mentions.pointing").find(said) if m.first == 0), None)
    if opening is None or said[opening.last : opening.last + 1] == [] or said[opening.last] not in words_of("drafts.beside.sourcing"):
        return None
    end = _until_mark(text, tokens, opening.last + 1)
    named = [t.norm for t in tokens[opening.last + 1 :] if t.end <= end]
    return text[tokens[opening.last + 1].start : end] if len(named) > 1 and _names_things(named) else None


def _until_mark(text: str, tokens: Sequence[Token], first: int) -> int:
    """Return where words end that begin at a token: before the next mark, or a word that begins another clause, at most a few on."""
    last = first
    while last < min(len(tokens), first + LONGEST) and tokens[last].norm not in words_of("drafts.beside.ends"):
        if last > 0 and _MARK.search(text, tokens[last - 1].end, tokens[last].start):
            break
        last += 1
    return tokens[last - 1].end
