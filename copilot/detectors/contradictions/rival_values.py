"""Numbers that differ from the background's, or from those of another customer's last turn: whether both are values of one thing.

What counts as evidence is listed here; how much, `copilot/data/contradictions.json` says, which `evals/train_contradictions.py` writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from ...background import Background
from ...findings import Metric
from ...lexicon import words_of
from ...quantities import Quantity
from ...quantities.units import DURATIONS
from ...reading import Reading
from ...scoring import logistic, threshold
from ...text import Token, norms, stem, tokenize
from .clash import Clash, Scene, content, counted_next, counts_as, ends, other_customer
from .extents import completes
from .known import fits_known, known_numbers

__all__ = ["Rivals", "of_rival_values", "rivals_in"]

_SMALLEST = 2  # smaller numbers say "one of the things" more often than they count
_SMALL = 10  # smaller counts occur in many senses
_RATIO = 3.0  # most of the larger number over the smaller
_RATIOS = (1.02, 1.05, 1.1, 1.2, 1.35, 1.5, 1.8, 2.2)  # edges of the bins that the weights know
_ABOUT = 1.03  # most of that ratio that "about" covers
_NEAR = 1.35  # ratio of numbers that are near each other
_PUT = 3  # latest turns in which what the interviewer's side says is put to the customer
_AROUND = 3  # words before a number, and one less after it, that can make it one of a part
_LONG = 3  # fewest letters of the word after a number that can be what it counts
_PART = re.compile(r"\bof (?:the|our|these|those|them|us)\b", re.IGNORECASE)
_HOW_MANY = re.compile(r"\bhow (?:many|big|large)\b|\bsize\b", re.IGNORECASE)
_HOW_LONG = re.compile(r"\bhow long\b|\bwhen\b", re.IGNORECASE)
_SOURCES = re.compile(r"\(.+\)|\baccording to\b", re.IGNORECASE)
_CUES = ("limits", "part")
_OPENINGS = ("agrees", "denies", "refuses", "concedes", "chooses")
_OWN, _SHARE, _WINDOW = "one's own", "some of a group", "a window"
_TOLD_BY_SENTENCE = frozenset({*_CUES, _OWN, "a part", "long past", "was", "now"})  # marks that matter of the later number
_GROUP = frozenset({"them", "these", "those", "us", "whom", "which"})
_WINDOWS = frozenset({"first", "last", "next", "past"})
_WAS = frozenset({"was", "were", "had", "used"})
_NOW = frozenset({"now", "today"})

Facts = dict[str, float]


class _Value(NamedTuple):
    """A number in its place: its ends (durations in seconds), its unit (`said` with it or what it counts), and its sentence's words."""

    start: int
    end: int
    text: str
    low: float
    high: float
    unit: str | None
    said: str | None
    kind: str
    stems: frozenset[str]
    marks: frozenset[str]
    next: str
    sentence: int
    lead: int

    @property
    def ends(self) -> tuple[float, float]:
        """The lower and the upper end."""
        return self.low, self.high


class Rivals(NamedTuple):
    """Two numbers that could be values of one thing: an earlier one and one of this turn, with the evidence.

    `turn` is the earlier one's turn, 0 for the background.
    """

    turn: int
    against: str
    ends: tuple[float, float]
    start: int
    end: int
    said: tuple[float, float]
    facts: Facts

    @property
    def scorer(self) -> str:
        """The name of the scorer that weighs the evidence."""
        return "customer" if self.turn else "background"


def of_rival_values(scene: Scene, metrics: Sequence[Metric]) -> Iterator[Clash]:
    """Yield the likeliest rival of the background's numbers in a turn, and the likeliest of another customer's."""
    best: dict[str, tuple[float, Rivals]] = {}
    for pair in rivals_in(scene, metrics):
        chance = logistic(f"contradictions.{pair.scorer}").judge(pair.facts)
        likely = chance >= threshold(f"contradictions.{pair.scorer} threshold") and chance > best.get(pair.scorer, (0.0, pair))[0]
        if likely and not _is_completed(scene, pair) and not _is_of_part(scene, pair):
            best[pair.scorer] = chance, pair
    for _, pair in best.values():
        if pair.turn:
            taken_back = scene.opens("denies") or scene.opens("concedes")
            yield scene.clash(pair.turn, pair.against, pair.start, pair.end)._replace(settled=True, corrects=taken_back)
        else:
            yield scene.clash_with_background(pair.against, pair.start, pair.end)


def _is_completed(scene: Scene, pair: Rivals) -> bool:
    """Return whether another customer's number and this one stand beside each other."""
    other, number = other_customer(scene.reading), scene.reading.quantity_at(pair.start)
    if not pair.turn or other is None or number is None:
        return False
    return any(completes(scene, other, earlier, number) for earlier in other.quantities if earlier.text == pair.against)


def _is_of_part(scene: Scene, pair: Rivals) -> bool:
    """Return whether a number leaves the background's as it is."""
    number = scene.reading.quantity_at(pair.start)
    if pair.turn or number is None:
        return False
    return any(fits_known(scene, q, number) for _, q in known_numbers(scene.reading.background) if q.text == pair.against)


def rivals_in(scene: Scene, metrics: Sequence[Metric]) -> Iterator[Rivals]:
    """Yield the pairs of an earlier number and one of a customer's turn that differ and could be values of one thing."""
    reading = scene.reading
    facts = _facts_of(reading.background)
    other = other_customer(reading)
    if not reading.quantities or not (facts or (other and other.quantities)):
        return
    told = _Told.of(scene, metrics)
    agrees = scene.opens("agrees")
    for fact in facts:
        if agrees and fact.ends in told.put:
            continue
        yield from _rivals(told, fact, 0, frozenset())
    if other is not None and not (agrees or scene.opens("chooses")):
        asked, counted = _asked(other), counted_next(other)
        for value in _values(Scene.of(other, scene.past), ()):
            if not counts_as(value.unit, counted):
                continue
            yield from _rivals(told.of_all, value, other.turn.turn, asked)


def _put(reading: Reading) -> list[Reading]:
    """Return the latest turns of the interviewer's side before a turn."""
    return [b for b in reading.before[-_PUT:] if not b.is_customer]


def _asked(reading: Reading) -> frozenset[str]:
    """Return the stems of the words that were put to the customer."""
    return frozenset().union(*(content(b.tokens) for b in _put(reading)))


class _Told(NamedTuple):
    """What a turn says: its numbers, the numbers put to the customer, those of the call so far, and evidence."""

    values: tuple[_Value, ...]
    asked: frozenset[str]
    put: frozenset[tuple[float, float]]
    earlier: frozenset[tuple[float, float]]
    facts: Facts

    @property
    def of_all(self) -> _Told:
        """The same without the numbers of what is the speaker's own."""
        return self._replace(values=tuple(v for v in self.values if _OWN not in v.marks))

    @classmethod
    def of(cls, scene: Scene, metrics: Sequence[Metric]) -> _Told:
        """Return what a scene's turn says."""
        reading = scene.reading
        values = tuple(_values(scene, metrics))
        return cls(
            values,
            _asked(reading),
            frozenset(ends(q, q.unit) for b in _put(reading) for q in b.quantities),
            frozenset(scene.past.told),
            dict.fromkeys([*_of_turn(scene), f"values {min(len(values), 6)}"], 1.0),
        )


def _of_turn(scene: Scene) -> Iterator[str]:
    """Yield the evidence that all pairs of a turn share."""
    reading = scene.reading
    yield from (f"opens {cue}" for cue in _OPENINGS if scene.opens(cue))
    if reading.asked is None:
        yield "not asked"
        return
    if "confirms" in Scene.of(reading.asked, scene.past).cues:
        yield "asked to confirm"
    if _HOW_MANY.search(reading.question):
        yield "asked how many"
    if _HOW_LONG.search(reading.question):
        yield "asked how long"


def _values(scene: Scene, metrics: Sequence[Metric]) -> Iterator[_Value]:
    """Yield the numbers of a turn."""
    reading = scene.reading
    for n, sentence in enumerate(reading.sentences):
        for q in reading.quantities_in(sentence):
            if q.broken:
                continue
            metric = next((m for m in metrics if m.start < q.end and m.end > q.start and not m.agreed), None)
            later = metric is not None and float(_last(metric)) == float(q.high) and not _is_before(q, metrics)
            unit = q.unit or (metric.unit if metric and later else None)
            lead = sum(t.start < q.start for t in reading.tokens_in(sentence))
            after = sum(t.start < q.end for t in reading.tokens_in(sentence))
            marks = {*_marks(q), *_of_sentence(scene, n, lead, after)}
            stems = content(reading.tokens_in(sentence))
            following = "".join(reading.norms[sentence.first + after : sentence.last][:1])
            kind = metric.kind if metric else "none"
            yield _Value(q.start, q.end, q.text, *ends(q, unit), unit, q.unit, kind, stems, frozenset(marks), following, n, lead)


def _is_before(quantity: Quantity, metrics: Sequence[Metric]) -> bool:
    """Return whether a number of a turn may be the value before of another, and so no value that holds."""
    return any(m.baseline is not None and m.baseline.value == float(quantity.high) for m in metrics)


def _last(metric: Metric) -> float:
    return float(metric.value[1] if isinstance(metric.value, tuple) else metric.value)


def _marks(q: Quantity) -> Iterator[str]:
    """Yield what the form of a number says."""
    held = {
        "a change": q.change,
        "rough": q.approximate,
        "a bound": q.bound,
        "at least": q.bound == "at least",
        "a rate": q.period,
        "of a whole": q.whole,
    }
    yield from (name for name, value in held.items() if value)
    if q.baseline is not None:
        yield "with a value before"


def _of_sentence(scene: Scene, n: int, lead: int, after: int) -> Iterator[str]:
    """Yield what the sentence of a number says of it; `lead` and `after` are the words before it and those up to its end."""
    sentence = scene.reading.sentences[n]
    words = scene.reading.words_in(sentence)
    yield from (cue for cue in _CUES if scene.within(cue, sentence))
    said = frozenset(words)
    around = {*words[max(0, lead - _AROUND) : lead], *words[after : after + _AROUND - 1]}
    yield from (
        name
        for name, found in (
            (_OWN, words_of("contradictions.lists.own") & said),
            ("a part", words_of("mentions.partial") & around),
            ("long past", words_of("mentions.time.past") & said),
            (_SHARE, any(a == "of" and b in _GROUP for a, b in pairwise(words[lead : after + 2]))),
            (_WINDOW, _WINDOWS & {*words[max(0, lead - 1) : lead]}),
            ("was", _WAS & said),
            ("now", _NOW & said),
        )
        if found
    )


@lru_cache(maxsize=64)
def _facts_of(background: Background) -> tuple[_Value, ...]:
    """Return the numbers of the background's facts."""
    return tuple(_fact(fact, q, tokenize(fact)) for fact, q in known_numbers(background) if q.high >= _SMALLEST)


def _fact(fact: str, q: Quantity, tokens: Sequence[Token]) -> _Value:
    marks = frozenset([*_marks(q), *(["sourced"] if _SOURCES.search(fact) else [])])
    lead, after = sum(t.start < q.start for t in tokens), sum(t.start < q.end for t in tokens)
    following = "".join(norms(fact)[after : after + 1])
    return _Value(q.start, q.end, q.text, *ends(q, q.unit), q.unit, q.unit, "fact", content(tokens), marks, following, 0, lead)


def _rivals(told: _Told, earlier: _Value, turn: int, asked: frozenset[str]) -> Iterator[Rivals]:
    """Yield an earlier number with each of a turn that differs from it and could be of the same thing."""
    if earlier.high <= 0:  # below nothing no ratio tells how far two numbers are apart
        return
    alike = [
        (v, units)
        for v in told.values
        if v.high >= _SMALLEST and {_SHARE, _WINDOW}.isdisjoint(v.marks) and not _PART.search(v.text) and (units := _units(earlier, v))
    ]
    confirmed = any(_overlap(earlier, v) for v, _ in alike)
    for value, units in alike:
        ratio = max(value.high, earlier.high) / min(value.high, earlier.high)
        if ratio > _RATIO or _overlap(earlier, value) or (value.high > earlier.high and "at least" in earlier.marks):
            continue
        again = value.high > _SMALL and value.ends in told.earlier
        if turn == 0 and (again or _is_told_first(told, earlier, value, alike) or (ratio <= _ABOUT and "rough" in earlier.marks)):
            continue
        facts = [*_of_pair(earlier, value, units, ratio), *_of_words(earlier, value, asked, told.asked)]
        facts += [*_of_telling(told, earlier, value), *(["confirmed"] if confirmed else [])]
        yield Rivals(turn, earlier.text, earlier.ends, value.start, value.end, value.ends, told.facts | dict.fromkeys(facts, 1.0))


def _is_told_first(told: _Told, fact: _Value, value: _Value, alike: Sequence[tuple[_Value, str]]) -> bool:
    """Return whether a turn says what a fact says before it tells a part of it or how it was: "eleven sheds, six of brick".

    What it calls outdated it does not say.
    """
    said = [v for v, _ in alike if v.start < value.start and _overlap(fact, v)]
    goes_with = "was" in value.marks or any(v.sentence == value.sentence for v in said)
    return bool(said) and goes_with and "turn outdated" not in told.facts


def _units(a: _Value, b: _Value) -> str | None:
    """Return how the units of two numbers agree, None if they do not."""
    if a.unit == b.unit:
        return "same" if a.unit else "none"
    if a.unit in DURATIONS and b.unit in DURATIONS:
        return "same"
    if a.said and b.said and (a.said.startswith(b.said) or b.said.startswith(a.said)):  # "ton", "tonne"
        return "same"
    if a.unit is None or b.unit is None:
        return "one"
    return "guessed" if a.said is None or b.said is None else None


def _overlap(a: _Value, b: _Value) -> bool:
    return a.low <= b.high and b.low <= a.high


def _of_pair(earlier: _Value, value: _Value, units: str, ratio: float) -> Iterator[str]:
    """Yield the evidence of units, sizes and places."""
    yield f"ratio {next((edge for edge in _RATIOS if ratio <= edge), 'more')}"
    yield f"units {units} {'near' if ratio <= _NEAR else 'wide'}"
    yield "higher" if value.high > earlier.high else "lower"
    yield f"digits {_digits(value)}"
    yield f"digits earlier {_digits(earlier)}"
    if value.high < _SMALL:
        yield "small"
    yield f"kind {value.kind}"
    yield f"words before {min(value.lead, 6)}"
    yield from value.marks & _TOLD_BY_SENTENCE
    yield from (f"earlier {mark}" for mark in earlier.marks)


def _digits(value: _Value) -> int:
    """Return how many digits a number has without zeros at its end."""
    return min(len(f"{value.high:.6f}".rstrip("0").replace(".", "").strip("0")), 4)


def _of_words(earlier: _Value, value: _Value, asked_then: frozenset[str], asked: frozenset[str]) -> Iterator[str]:
    """Yield the evidence of words in common."""
    shared = len((earlier.stems | asked_then) & (value.stems | asked))
    yield f"shared {min(len(earlier.stems & value.stems), 3)}"
    yield f"shared with questions {min(shared, 4)}"
    noun = earlier.unit or (earlier.next if len(earlier.next) > _LONG else None)
    if noun and stem(noun) in value.stems:
        yield "counted thing said"
    if noun and stem(noun) in asked:
        yield "counted thing asked"


def _of_telling(told: _Told, earlier: _Value, value: _Value) -> Iterator[str]:
    """Yield the evidence of who has said a number before."""
    if value.ends in told.earlier:
        yield "told"
    yield from (f"earlier {what}" for what, where in (("put", told.put), ("told", told.earlier)) if earlier.ends in where)
    if any(v.ends == earlier.ends for v in told.values):
        yield "earlier said again"
