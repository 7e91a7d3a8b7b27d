"""The duration of a rollout, or of a named part of it: stated twice, or stated and dated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ...quantities.units import DURATIONS
from ...quantities.words import lists
from ...reading import Reading
from ...text import Sentence
from .clash import Clash, Scene, pattern, seconds
from .memory import Figure
from .months import months_of

__all__ = ["lengths", "of_rollouts"]

_LONG = ("day", "week", "month", "year")
_WORDED = re.compile(
    r"\b(?:one|nearly the|nearly a|a whole|the whole|took a|in a|within a) (weekend|week|month|year|fortnight)\b", re.IGNORECASE
)
_WORDED_DAYS = {"weekend": 3, "week": 7, "fortnight": 14, "month": 30, "year": 365}
_ORDER = tuple(name[:3] for name in lists().month_names)
_MONTH_NAME = "|".join(name.capitalize() for name in lists().month_names)
_MONTHS = re.compile(
    rf"\b(?:from|between) (?:(?:early|late|mid|the (?:end|start|middle|beginning) of)[ -])?(?P<first>{_MONTH_NAME})(?: [\w' -]{{2,16}})?"
    rf" (?:to|till|until|through to|and) (?:(?:early|late|mid|the (?:end|start|middle|beginning) of)[ -])?(?P<last>{_MONTH_NAME})\b"
)
_NAMED = "trial|pilot|training|migration|onboarding|data load|cutover|proof of concept"
_PART = re.compile(_NAMED, re.IGNORECASE)
_YEARS = 2  # longer durations are of a contract or a career
_SUMS = re.compile(r"\b(?:so|that's|in all|all told|all in|altogether|signature|signing|door to door|start to finish)\b", re.IGNORECASE)
_APART = Decimal("1.25")
_MONTH = Decimal(DURATIONS["month"])
_ROOM = Decimal("1.2")  # months by which dates and a duration may differ
_HALF_YEAR = 6  # months; a month that lies further back is in the next year
_OPENING = 3  # first sentences of an answer
_REACH = 40  # characters after a duration in which its sentence can show that it sums up
_AFTER_MONTH = 3  # most words from a month to its year


def lengths(scene: Scene) -> Iterator[Figure]:
    """Yield the durations that a customer's turn gives for a whole rollout, and for named parts."""
    reading = scene.reading
    if not reading.is_customer:
        return
    asked = _is_asked(scene)
    for n, sentence in enumerate(reading.sentences):
        for length in _lengths(reading, sentence):
            name = _name(reading.turn.text, length.text, sentence)
            if name:
                yield length._replace(of=name)
            elif _is_whole(scene, n, asked):
                yield length


def _is_whole(scene: Scene, n: int, asked: bool) -> bool:
    """Return whether sentence n is about a whole completed rollout: in its words, or as the answer to how long it took."""
    sentence = scene.reading.sentences[n]
    if scene.within("planned", sentence) or scene.within("part", sentence):
        return False
    return (asked and n < _OPENING - 1) or scene.within("whole", sentence)


def _is_asked(scene: Scene) -> bool:
    """Return whether the question is how long a rollout took, or refers to what was said about it."""
    asked = scene.reading.asked
    if asked is None:
        return False
    told = [r.text.lower() for r in scene.past.lengths]
    return bool(pattern("rollout_asked").search(asked.turn.text)) or any(text in asked.turn.text.lower() for text in told)


def _lengths(reading: Reading, sentence: Sentence) -> Iterator[Figure]:
    """Yield the durations of days or more in a sentence."""
    turn = reading.turn
    for q in reading.quantities_in(sentence):
        if q.unit in _LONG and not q.change and not q.period and not (q.unit == "year" and q.low > _YEARS):
            yield Figure(turn.turn, True, q.text, q.low, q.high, q.unit)
    yield from _between_months(reading, sentence)
    for m in _WORDED.finditer(turn.text, sentence.start, sentence.end):
        days = Decimal(_WORDED_DAYS[m.group(1).lower()])
        yield Figure(turn.turn, True, m.group(), days, days, "day")


def _between_months(reading: Reading, sentence: Sentence) -> Iterator[Figure]:
    """Yield the duration from one month to another: "from November to the end of February" is three to four months."""
    for m in _MONTHS.finditer(reading.turn.text, sentence.start, sentence.end):
        first, last = (_ORDER.index(name[:3].lower()) for name in (m["first"], m["last"]))
        months = (last - first) % len(_ORDER)
        yield Figure(reading.turn.turn, True, m.group(), Decimal(max(months - 1, 0)), Decimal(months + 1), "month")


def _name(text: str, length: str, sentence: Sentence) -> str | None:
    """Return the part of a project that a duration is about: "the trial was six weeks", "eight weeks of the trial"."""
    words = text[sentence.start : sentence.end]
    if not _PART.search(words):  # so that no pattern is compiled for a duration that names no part
        return None
    said = re.escape(length)
    found = re.search(
        rf"\b(?P<a>{_NAMED}) (?:itself )?(?:was|took|lasted|ran|ran for) (?:about |around )?{said}"
        rf"|{said}(?:-long| of| of the| of a)? (?P<b>{_NAMED})\b",
        words,
        re.IGNORECASE,
    )
    return (found["a"] or found["b"]).lower() if found else None


def of_rollouts(scene: Scene, told: Sequence[Figure]) -> Iterator[Clash]:
    """Yield durations that differ from an earlier one of the same thing, or from the dates in the turn."""
    for figure in told:
        other = next((o for o in reversed(scene.past.lengths) if o.turn < figure.turn and o.of == figure.of), None)
        if other is not None and _differ(figure, other):
            yield scene.clash(other.turn, other.text, *_place(scene, figure))
            return
    yield from _against_dates(scene, told)


def _differ(a: Figure, b: Figure) -> bool:
    low, high = sorted((seconds(a), seconds(b)))
    return high[0] > low[1] * _APART


def _place(scene: Scene, figure: Figure) -> tuple[int, int]:
    start = scene.reading.turn.text.find(figure.text)
    return start, start + len(figure.text)


def _against_dates(scene: Scene, told: Sequence[Figure]) -> Iterator[Clash]:
    """Yield a duration that the turn's own dates contradict: signed in February, live in March a year later, "so eleven months"."""
    span = _span(scene)
    for figure in told if span else ():
        low, high = (end / _MONTH for end in seconds(figure))
        start, _ = _place(scene, figure)
        sentence = scene.reading.sentence_at(start)
        if (
            sentence is None
            or not _SUMS.search(scene.reading.turn.text[sentence.start : start + _REACH])
            or not _dates_before(scene, start)
        ):
            continue
        if scene.within("signs", sentence) and not _is_signed(scene):
            continue
        if span and not figure.of and (low > span + _ROOM or high < span - _ROOM) and figure.unit in {"week", "month", "year"}:
            dates = " ".join(scene.reading.turn.text[slice(*_dates(scene))].split())
            yield Clash((scene.reading.turn.turn,), f"{figure.text} / {dates}, which is {span} months", *_place(scene, figure))
            return


def _is_signed(scene: Scene) -> bool:
    """Return whether a turn says in which month the contract was signed."""
    tokens = scene.reading.tokens
    return any(scene.within("signs", scene.reading.sentence_with(n)) for n, _ in months_of(tokens, scene.reading.turn.text))


def _dates(scene: Scene) -> tuple[int, int]:
    """Return the offsets from the start of the sentence with the first month of a turn to the last month."""
    reading = scene.reading
    months = months_of(reading.tokens, reading.turn.text)
    (first, _), (last, _) = months[0], months[-1]
    return reading.sentence_with(first).start, reading.tokens[last].end


def _dates_before(scene: Scene, start: int) -> bool:
    """Return whether the dates of a turn come before a place in it."""
    reading = scene.reading
    return all(reading.tokens[n].start < start for n, _ in months_of(reading.tokens, reading.turn.text))


def _span(scene: Scene) -> int | None:
    """Return the months from the first date of a project to the last one that a turn gives, None if it gives no start."""
    reading = scene.reading
    months = months_of(reading.tokens, reading.turn.text)
    starts = [i for i, (n, _) in enumerate(months) if _begins(scene, n)]
    if not starts or len(months) - starts[0] < 2:
        return None
    told = months[starts[0] :]
    first = latest = here = _ORDER.index(told[0][1])
    for _, name in told[1:]:
        here += _onward(here % 12, _ORDER.index(name))
        latest = max(latest, here)
    total = latest - first
    years = [_year(reading, n) for n, _ in (told[0], told[-1])]
    if years[0] and years[1]:
        total = (years[1] - years[0]) * 12 + _ORDER.index(told[-1][1]) - _ORDER.index(told[0][1])
    return total if total > 0 else None


def _onward(a: int, b: int) -> int:
    """Return the months from one month to the next one said: into the next year if it would otherwise lie half a year or more back."""
    return b - a + (12 if a - b >= _HALF_YEAR else 0)


def _begins(scene: Scene, n: int) -> bool:
    sentence = scene.reading.sentence_with(n)
    return scene.within("signs", sentence) or scene.within("begins", sentence)


def _year(reading: Reading, n: int) -> int | None:
    """Return the year that follows a month: "'23", "2024"."""
    text = reading.turn.text[reading.tokens[n].end : reading.tokens[min(n + _AFTER_MONTH, len(reading.tokens) - 1)].end]
    found = re.match(r"\s*(?:of\s+)?(?:20(\d\d)|['\u2019](\d\d))\b", text)
    return 2000 + int(found[1] or found[2]) if found else None
