"""The fields of a metric, from a mention: what it measures, in the customer's words, its period, scope and source, and what is missing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from ..findings import Metric, MetricKind
from ..lexicon import denies, words_of
from ..mentions import Mention, amount, shared_out
from ..quantities import Quantity
from ..quantities.units import DURATIONS
from ..quantities.words import lists
from ..reading import Reading
from ..text import Sentence, norms
from .naming import is_verb, name_measure, plain_name, resumes
from .periods import time_of
from .scopes import limit_told, place_after, pointed

__all__ = ["build_metric", "lacks", "names_source", "needs", "time_told"]

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_SPAN = r"(?:years?|quarters?|months?|weeks?|days?|season|term|semester|weekend|summer|winter|autumn|spring|decade)"
_WHEN = (
    rf"\b(?:from\s+)?{_MONTH}\s+(?:to|through|until|till)\s+{_MONTH}(?:\s+(?:of\s+)?(?:['\u2019]\d\d|(?:19|20)\d\d|this year|last year))?\b"
    rf"|\b(?:(?:in|since|during|over|by|within|from|until|through|for)\s+)?"
    rf"(?:(?:the\s+)?(?:(?:year|quarter|month|twelve months)\s+to\s+(?:this\s+|last\s+)?{_MONTH}(?:\s+(?:['\u2019]\d\d|(?:19|20)\d\d))?"
    rf"|(?:first|last|past|this|next|previous|same)\s+(?:[\w-]+\s+){{0,2}}?(?:{_SPAN}|{_MONTH})(?:\s+of\s+(?:the\s+(?:\w+\s+(?={_SPAN}\b))?)?\w+)?"
    rf"|{_MONTH}\s+(?:of\s+)?(?:['\u2019]\d\d|(?:19|20)\d\d|this year|last year)"
    rf"|year to date)|(?:19|20)\d\d)\b"
)
_SINCE = (
    r"\b(?:since|by|until|in)\s+(?:the\s+(?:end|start|beginning|middle)\s+of\s+)?"
    rf"(?:{_MONTH}|christmas|easter|go-live|launch)\b"
)
_NEEDED: dict[MetricKind, tuple[str, ...]] = {
    "result": ("baseline", "period", "scope", "source"), "pain": ("period", "scope", "source"), "cost": ("period", "scope"),
    "plan": ("period",), "scale": (), "timeline": (),
}  # fmt: skip


_MARK = re.compile(r"[.,;:!?\u2013\u2014]")
_ENDS = (".", ";", ":", "!", "?", "\u2013", "\u2014")
_END = re.compile(rf"[{''.join(_ENDS)}](?!\w)")
"""What ends a statement; no mark does within "6.1" or "7:30"."""
_PARTED = re.compile(rf"{_MARK.pattern}|\band\b", re.IGNORECASE)
_PARTS = re.compile(rf"{_END.pattern}|\band\b", re.IGNORECASE)
"""What parts one statement from the next, with a comma and without."""
_COVERING = re.compile(r"(?:over|within|during|since|by)\b|in the (?:last|past)\b", re.IGNORECASE)
"""How a time begins over which a change went on, from one value to the next."""
_FRAGMENT = 2  # most words of a sentence that only adds a rate: "A year."
_LEADING = 5  # most words before a time that tells when the number before held
_BEFORE, _AFTER = 4, 3  # words before a source, and after it, that may deny it or doubt it
SHORT = 4  # words of an answer that is a source by itself: "The ledger."


@cache
def _times() -> tuple[re.Pattern[str], ...]:
    return re.compile(_WHEN, re.IGNORECASE), re.compile(_SINCE, re.IGNORECASE)


def build_metric(reading: Reading, mention: Mention, kind: MetricKind, told_before: Metric | None = None) -> Metric:
    """Return the metric for a mention; `told_before` is the metric before it in the turn."""
    told = amount(mention.quantity, mention.unit)
    period, scope, source = _period(reading, mention), _scope(reading, mention), _source(reading, mention)
    measures = name_measure(reading, mention) or _still(reading, mention, told_before)
    known = {"baseline": mention.baseline, "period": period, "scope": scope, "source": source}
    missing = [] if measures or (told.unit == "person" and not mention.quantity.change) else ["definition"]
    missing += [name for name in _NEEDED[kind] if not known[name]]
    return Metric(
        turn=reading.turn.turn, start=mention.start, end=mention.end, text=reading.turn.text[mention.start : mention.end], kind=kind,
        measures=measures or _plain(mention, told.unit), value=told.value, unit=told.unit, baseline=mention.baseline,
        baseline_chance=round(mention.chance, 2), period=period, scope=scope, source=source, missing=tuple(missing),
    )  # fmt: skip


def needs(metric: Metric, field: str) -> bool:
    """Return whether a story needs a field of a metric of this kind: the baseline, the period, the scope or the source."""
    return field in _NEEDED[metric.kind]


def lacks(metric: Metric, field: str) -> bool:
    """Return whether a field of a metric was not told; how often a number is counted, "per month", does not say when."""
    untimed = field == "period" and needs(metric, field) and time_of(metric.period) is None
    return untimed or field in metric.missing


def _period(reading: Reading, mention: Mention) -> str | None:
    """Return the rate and the time for which the number holds, in the customer's words."""
    text, sentence = reading.turn.text, mention.sentence
    start, end = min(sentence.start, mention.start), max(sentence.end, mention.end)
    found = [m for m in _times_in(text, start, end) if not _is_of_another(reading, mention, m)]
    found = [m for m in found if mention.baseline is None or not _is_of_before(text, mention, m)]
    value = mention.quantity if mention.baseline is not None else mention
    found = [m for m in found if not _opens_another(reading, value.end, m, end)]
    nearest = min(found, key=lambda m: (_is_apart(text, value, m), _distance(value, m)), default=None)
    time = nearest.group().strip() if nearest else _time_pointed(reading, mention)
    return ", ".join(part for part in (mention.quantity.period, time) if part) or None


def _pointing(reading: Reading, mention: Mention) -> Sentence | None:
    """Return the sentence after that of a number if it only tells more of it, the last one there: "That was the last full year.".

    What was does not tell more of a number of today: "It takes four days now. It was five last year."
    """
    after = _after(reading, mention)
    if after is None or reading.asks(after) or reading.quantities_in(after) or any(map(denies, reading.words_in(after))):
        return None
    told = pointed(reading, after)
    of_then = (
        mention.strong and mention.moment == "now" and not words_of("mentions.time.past").isdisjoint(reading.norms[after.first : told])
    )
    return after if told > after.first and not of_then else None


def _after(reading: Reading, mention: Mention) -> Sentence | None:
    """Return the sentence after that of a number if no other number stands between."""
    end = max(mention.sentence.end, mention.end)
    if any(mention.end <= q.start < end for q in reading.quantities):
        return None
    return next((s for s in reading.sentences if s.start >= end and s.last - s.first > _FRAGMENT), None)


def _time_pointed(reading: Reading, mention: Mention) -> str | None:
    """Return the time that opens the sentence after a number's, with those close after: "this year so far against all of last year"."""
    sentence = _pointing(reading, mention)
    return time_told(reading, sentence, pointed(reading, sentence)) if sentence else None


def time_told(reading: Reading, sentence: Sentence, first: int) -> str | None:
    """Return the time that a sentence tells a few words after a token at most, with those close after, in the customer's words."""
    told, since = None, reading.tokens[first].start if first < sentence.last else sentence.end
    for time in sorted(_times_in(reading.turn.text, sentence.start, sentence.end), key=lambda m: m.start()):
        if not _leads_on(reading, since, time.start()) or "next" in norms(time.group()):
            break
        told, since = time.start() if told is None else told, time.end()
    return reading.turn.text[told:since].strip() if told is not None else None


def _leads_on(reading: Reading, start: int, end: int) -> bool:
    """Return whether only a few words lie between two offsets, which begin with a small one and say of nothing that it happened."""
    between = [t.norm for t in reading.tokens if start <= t.start < end]
    happens = (is_verb(norm) or norm.endswith("ed") for norm in between if norm not in words_of("naming.measuring"))
    return len(between) <= _LEADING and words_of("mentions.leading").issuperset(between[:1]) and not any(happens)


def _distance(value: Quantity | Mention, time: re.Match[str]) -> int:
    """Return how many characters lie between a number and a time."""
    return min(abs(time.start() - value.end), abs(time.end() - value.start))


def _is_apart(text: str, value: Quantity | Mention, time: re.Match[str]) -> bool:
    """Return whether the end of a statement lies between a number and a time."""
    return _END.search(text, min(value.end, time.end()), max(value.start, time.start())) is not None


def _opens_another(reading: Reading, value: int, time: re.Match[str], end: int) -> bool:
    """Return whether a time opens a statement after a number that ends at `value`, and belongs to another number in it, up to `end`.

    "We've done 5 million orders; in the last 15 days, we've done about 400,000" tells nothing of the period of the 5 million.
    """
    between = reading.turn.text[value : time.start()].rstrip()
    return between.endswith(_ENDS) and any(time.end() <= q.start < end for q in reading.quantities)


def _is_of_before(text: str, mention: Mention, time: re.Match[str]) -> bool:
    """Return whether a time is that of the value before, told in another clause: "it's three hours; last year it was eleven"."""
    earlier = time.group().lower().removeprefix("in ").startswith(("last", "previous", "the last year", "the year before"))
    after = mention.quantity.end <= time.start()
    return earlier and after and _MARK.search(text, mention.quantity.end, time.start()) is not None


def _is_of_another(reading: Reading, mention: Mention, time: re.Match[str]) -> bool:
    """Return whether a time stands right after another number, and so tells when that one held: "340, against the 410 that we had in 2022".

    A time before the number may be that of several, unless a statement ends between: "12,000 in the first year and 30,000 in the second".
    """
    text, value, before = reading.turn.text, mention.quantity, _before(reading, mention)
    told = (*reading.quantities, before) if before is not None else reading.quantities
    past = [q for q in told if q.end <= time.start() and q.start != value.start]
    last = max(past, key=lambda q: q.end, default=None)
    if last is None or _COVERING.match(time.group()) or _PARTED.search(text, last.end, time.start()):
        return False
    if before is not None and before.start == last.start:
        return before.end == value.end or _distance(last, time) < _distance(value, time)
    if time.start() < value.start:
        return last.start < value.start and _PARTS.search(text, time.end(), value.start) is not None
    return value.end <= last.start and _PARTED.search(text, value.end, last.start) is not None


def _before(reading: Reading, mention: Mention) -> Quantity | None:
    """Return the value before that is one mention with the value after, None if there is none."""
    if mention.baseline is None or mention.quantity.baseline is not None:
        return mention.quantity.baseline
    inside = [q for q in reading.quantities if mention.start <= q.start and q.end <= mention.end and q.start != mention.quantity.start]
    return next((q for q in inside if mention.start == q.start or mention.end == q.end), None)


@lru_cache(maxsize=4)  # the numbers of a sentence come one after the other
def _times_in(text: str, start: int, end: int) -> Sequence[re.Match[str]]:
    return [m for pattern in _times() for m in pattern.finditer(text, start, end)]


def _scope(reading: Reading, mention: Mention) -> str | None:
    """Return where, or for whom, the number holds: the place that follows it, "118 across the three sites", not one further on."""
    end = max(mention.sentence.end, mention.end)
    pointing, after = _pointing(reading, mention), _after(reading, mention)
    return (
        place_after(reading, mention.end, end)
        or (place_after(reading, pointing.start, pointing.end) if pointing else None)
        or (_limit(reading, after) if after and not reading.asks(after) else None)
    )


def _limit(reading: Reading, sentence: Sentence) -> str | None:
    """Return the places to which a sentence that points back limits the number before: "That's the two pilot sites only."."""
    first = pointed(reading, sentence)
    return limit_told(reading, first, reading.clause_end(first, sentence.last)) if first > sentence.first else None


def _source(reading: Reading, mention: Mention) -> str | None:
    """Return who or what the number comes from, as named in its sentence or a neighbouring one."""
    sources = words_of("mentions.source")
    at = next((n for n, s in enumerate(reading.sentences) if s.start == mention.sentence.start), 0)
    for sentence in (reading.sentences[n] for n in (at, at + 1, at - 1) if 0 <= n < len(reading.sentences)):
        words = reading.turn.text[sentence.start : sentence.end]
        for place, token in enumerate(reading.tokens_in(sentence), sentence.first):
            named = token.norm in sources and (sentence.last - sentence.first <= SHORT or names_source(words, token.norm))
            if named and not _is_doubted(reading, place):
                return reading.turn.text[token.start : token.end].lower()
    return None


def _is_doubted(reading: Reading, place: int) -> bool:
    """Return whether the words of its clause deny a source, or say that it is a bad one: "nobody tracked it", "we measured it badly"."""
    first, last = place, place + 1
    while first > max(0, place - _BEFORE) and not _is_parted(reading, first):
        first -= 1
    while last < min(len(reading.tokens), place + 1 + _AFTER) and not _is_parted(reading, last):
        last += 1
    return any(map(denies, reading.norms[first:place])) or not words_of("mentions.source_doubted").isdisjoint(reading.norms[first:last])


def _is_parted(reading: Reading, place: int) -> bool:
    """Return whether a mark stands before a token."""
    return _MARK.search(reading.turn.text, reading.tokens[place - 1].end, reading.tokens[place].start) is not None


def names_source(sentence: str, source: str) -> bool:
    """Return whether a sentence names a source as one: "from the accounts", "finance says", not "forty accounts" or "ten minutes"."""
    if not source or source.lower() in lists().units:
        return False
    before, after = ("|".join(words_of(f"mentions.source_named.{side}")) for side in ("before", "after"))
    named = rf"\b(?:{before})\s+(?:\w+\s+){{0,2}}{re.escape(source)}\b|\b{re.escape(source)}\s+(?:{after})\b"
    return source.endswith("ed") or re.search(named, sentence, re.IGNORECASE) is not None


def _still(reading: Reading, mention: Mention, before: Metric | None) -> str:
    """Return what the metric before measures if this one continues it in the same unit, else ""."""
    shared = mention.quantity.start in shared_out(reading)
    if before is None or "definition" in before.missing or shared or not resumes(reading, mention):
        return ""
    alike = before.unit == mention.unit or (before.unit in DURATIONS and mention.unit in DURATIONS)
    return before.measures if alike and mention.quantity.change is None and not before.measures.startswith(("fall ", "rise ")) else ""


def _plain(mention: Mention, unit: str) -> str:
    """Return a plain word if no phrase names the measure: the direction of a change, "time", "money"."""
    if mention.quantity.change is not None and mention.baseline is None:
        return "fall" if mention.quantity.change == "down" else "rise"
    return plain_name(unit)
