"""Tell a metric in full: what it measures, in the customer's words, when and where it holds, who says so, and what is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from .findings import Metric, MetricKind
from .mentions import Mention, amount, words_of
from .quantities.units import DURATIONS, is_plural
from .quantities.words import lists
from .reading import Reading
from .text import Token

__all__ = ["build_metric"]

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_SPAN = r"(?:years?|quarters?|months?|weeks?|days?|season|term|semester|weekend|summer|winter|autumn|spring|decade)"
_WHEN = (
    rf"\b(?:(?:in|since|during|over|by|within|from|until|through|for)\s+)?(?:the\s+)?"
    rf"(?:(?:year|quarter|month|twelve months)\s+to\s+(?:this\s+|last\s+)?{_MONTH}(?:\s+(?:['\u2019]\d\d|(?:19|20)\d\d))?"
    rf"|(?:first|last|past|this|next|previous|same)\s+(?:[\w-]+\s+){{0,2}}?(?:{_SPAN}|{_MONTH})(?:\s+of\s+\w+)?"
    rf"|{_MONTH}\s+(?:of\s+)?(?:['\u2019]\d\d|(?:19|20)\d\d|this year|last year)"
    rf"|year to date|(?:19|20)\d\d)\b"
)
_SINCE = (
    r"\b(?:since|by|until|in)\s+(?:the\s+(?:end|start|beginning|middle)\s+of\s+)?"
    rf"(?:{_MONTH}|christmas|easter|go-live|launch)\b"
)
_WHERE = (
    r"\b(?:at|in|for|across|on|within|per)\s+("
    r"(?:the\s+|our\s+|all\s+|all the\s+)?[A-Z][\w'\u2019-]+(?:(?:\s+and|\s+in|,)?\s+[A-Z][\w'\u2019-]+)*"
    r"|(?:the|our|all|both|each|every|one|two|three|four|five|six|seven|eight|nine|ten)\s+(?:[\w-]+\s+){0,2}?(?:PLACES))"
)
_HOW_MUCH = (
    r"\bhow (?:many|much|long|often)\s+"
    r"(?:(?:did|does|do|is|was|were|are|has|have|would|it|that|this|the|you|your)\s+)*([a-z][\w'\u2019 -]{2,60})"
)
_LONGEST = 7
_NEEDED: dict[MetricKind, tuple[str, ...]] = {
    "result": ("baseline", "period", "scope", "source"), "pain": ("period", "scope", "source"), "cost": ("period", "scope"),
    "plan": ("period",), "scale": (), "timeline": (),
}  # fmt: skip


@cache
def _times() -> tuple[re.Pattern[str], ...]:
    return re.compile(_WHEN, re.IGNORECASE), re.compile(_SINCE, re.IGNORECASE)


@cache
def _places() -> re.Pattern[str]:
    return re.compile(_WHERE.replace("PLACES", "|".join(sorted(words_of("places")))))


@cache
def _nameless() -> frozenset[str]:
    """Words that a phrase for what is measured does not go over: verbs, and small words that link nothing."""
    return words_of("verbs") | (words_of("small_words") - words_of("links"))


def build_metric(reading: Reading, mention: Mention, kind: MetricKind) -> Metric:
    """Return the metric that a mention tells."""
    told = amount(mention.quantity, mention.unit)
    period, scope, source = _period(reading, mention), _scope(reading, mention), _source(reading, mention)
    measures = _measures(reading, mention)
    known = {"baseline": mention.baseline, "period": period, "scope": scope, "source": source}
    missing = [] if measures else ["definition"]
    missing += [name for name in _NEEDED[kind] if not known[name]]
    return Metric(
        turn=reading.turn.turn, start=mention.start, end=mention.end, text=reading.turn.text[mention.start : mention.end], kind=kind,
        measures=measures or told.unit, value=told.value, unit=told.unit, baseline=mention.baseline,
        period=period, scope=scope, source=source, missing=tuple(missing),
    )  # fmt: skip


def _period(reading: Reading, mention: Mention) -> str | None:
    """Return the rate, and the time for which the number holds, in the customer's words."""
    text, sentence = reading.turn.text, mention.sentence
    start, end = min(sentence.start, mention.start), max(sentence.end, mention.end)
    found = [m for pattern in _times() for m in pattern.finditer(text, start, end)]
    nearest = min(found, key=lambda m: min(abs(m.start() - mention.end), abs(m.end() - mention.start)), default=None)
    told = [part for part in (mention.quantity.period, nearest.group().strip() if nearest else None) if part]
    return ", ".join(told) or None


def _scope(reading: Reading, mention: Mention) -> str | None:
    """Return where, or for whom, the number holds."""
    months = lists().months
    for found in _places().finditer(reading.turn.text, mention.start, max(mention.sentence.end, mention.end)):
        place = found.group(1)
        if place.lower().split()[0] not in months and not place.isdigit() and place.split()[0] not in {"I", "I'm", "I'd"}:
            return place
    return None


def _source(reading: Reading, mention: Mention) -> str | None:
    """Return who or what the number comes from, as named in its sentence or the ones beside it."""
    at = next((n for n, s in enumerate(reading.sentences) if s.start == mention.sentence.start), 0)
    for sentence in (reading.sentences[n] for n in (at, at + 1, at - 1) if 0 <= n < len(reading.sentences)):
        for token in reading.tokens[sentence.first : sentence.last]:
            if token.norm in words_of("source"):
                return reading.turn.text[token.start : token.end].lower()
    return None


def _measures(reading: Reading, mention: Mention) -> str:
    """Return what is counted, as a phrase of the customer's words; "" where nothing names it."""
    thing = _thing(reading, mention)
    if mention.quantity.change is None or mention.baseline is not None:
        return thing
    word = "fall" if mention.quantity.change == "down" else "rise"
    return f"{word} in {thing}" if thing else word


def _thing(reading: Reading, mention: Mention) -> str:
    return _counted(reading, mention) or _subject(reading, mention) or _asked(reading) or _sentence_before(reading, mention)


def _counted(reading: Reading, mention: Mention) -> str:
    """Return the noun phrase after the number: "drivers across the three sites", "of the stays" as "stays"."""
    tokens, start = reading.tokens, mention.after
    noun = mention.quantity.unit not in DURATIONS and any(is_plural(t.norm, lists()) for t in tokens[mention.at : mention.after])
    if noun and mention.quantity.period is None:
        start -= 1
    elif tokens[start].norm != "of" if start < len(tokens) else True:
        return ""
    else:
        start += 1
    return _phrase(reading, list(_run(tokens[start : mention.sentence.last], reading)))


def _run(tokens: Sequence[Token], reading: Reading) -> Iterator[Token]:
    """Yield the tokens of a noun phrase, until a verb, a comma, or a clause begins."""
    for n, token in enumerate(tokens):
        broken = n > 0 and reading.turn.text[tokens[n - 1].end : token.start].strip(" -'\u2019") != ""
        if broken or n >= _LONGEST or token.norm in _nameless():
            return
        yield token


def _subject(reading: Reading, mention: Mention) -> str:
    """Return the words that lead up to the number, without the verb."""
    lead = list(reading.tokens[mention.first : mention.at])
    while lead and (lead[-1].norm in words_of("verbs") | words_of("small_words") or re.fullmatch(r"\w{3,}ed", lead[-1].norm)):
        lead.pop()
    kept: list[Token] = []
    for token in reversed(lead):
        if token.norm in _nameless() or len(kept) >= _LONGEST:
            break
        kept.insert(0, token)
    return _phrase(reading, kept)


def _asked(reading: Reading) -> str:
    """Return the noun phrase that the question asks the number of."""
    found = re.search(_HOW_MUCH, reading.question, re.IGNORECASE)
    if found is None:
        return ""
    words = [w for w in found.group(1).split() if w.lower() not in words_of("verbs") | {"you", "take", "now", "it", "that", "there"}]
    return " ".join(words[:_LONGEST]).strip(" -'\u2019").lower()


def _sentence_before(reading: Reading, mention: Mention) -> str:
    """Return the last noun phrase of the sentence before."""
    before = [s for s in reading.sentences if s.end <= mention.sentence.start]
    if not before:
        return ""
    last = before[-1]
    naming = [t for t in reading.tokens[last.first : last.last] if t.norm not in words_of("verbs") | words_of("small_words")]
    return _phrase(reading, list(_run(naming, reading)))


def _phrase(reading: Reading, tokens: list[Token]) -> str:
    """Return tokens as text, without the small words at either end."""
    while tokens and tokens[0].norm in words_of("small_words"):
        tokens.pop(0)
    while tokens and tokens[-1].norm in words_of("small_words") | words_of("links"):
        tokens.pop()
    if not tokens or all(t.norm[0].isdigit() for t in tokens):
        return ""
    return " ".join(reading.turn.text[tokens[0].start : tokens[-1].end].split())
