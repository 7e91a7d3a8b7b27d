"""Answers that do not fit what was put to the customer: a number from the notes, or from another customer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ...lexicon import words_of
from ...mentions import currencies
from ...quantities import Quantity
from ...quantities.units import BRIEF, DURATIONS
from ...reading import Reading
from ...text import Sentence, Token, stem
from .clash import SMALLEST, Clash, Scene, apart, pattern, seconds
from .known import known_counts, known_numbers
from .memory import Figure

__all__ = ["of_answers", "rivals"]

_OPENING = 4  # first sentences of an answer
_LEAD = 4  # most words before a bare number that answers directly
_SIZES = (Decimal("0.45"), Decimal("2.2"))  # range of the ratio of two numbers that can be rival values of one thing
_RESTATED = 7  # first sentences in which a count can be restated
_NEAR = (Decimal("0.7"), Decimal("1.5"))  # range of the ratio of a count restated in other words
_ROUND = 100  # from which a number with one digit but zeros is a rounded one
_TELLING = 10  # smaller numbers occur in too many senses to be the one of the background
_HOW_MANY = re.compile(r"\bhow (?:many|big|large)\b|\bsize\b", re.IGNORECASE)


def of_answers(scene: Scene) -> Iterator[Clash]:
    """Yield a turn's first numbers that differ from those put to the customer."""
    if scene.reading.asked is None:
        return
    question = Scene.of(scene.reading.asked, scene.past)
    found = next(_numbers(scene, question), None) or next(_counts(scene, question), None)
    if found is not None:
        yield found
    yield from _outdated(scene)


def _numbers(scene: Scene, question: Scene) -> Iterator[Clash]:
    """Yield the numbers that answer others: "I've got sixty-four trucks" "Fifty-eight"."""
    for put in question.reading.quantities:
        origin = _origin(scene, put, "confirms" in question.cues)
        answer = _answer(scene, question.reading, put) if origin else None
        if origin and answer:
            turn, said = origin
            yield scene.clash(turn, said, answer.start, answer.end) if turn else scene.clash_with_background(said, answer.start, answer.end)


def _counts(scene: Scene, question: Scene) -> Iterator[Clash]:
    """Yield the first number of an answer that differs from the background's for what was asked: "how big is the newsroom?"."""
    reading = scene.reading
    if "confirms" not in question.cues and not _HOW_MANY.search(question.reading.turn.text):
        return
    opening = reading.sentences[: _OPENING - 1]
    q = next((q for q in reading.quantities if q.start < opening[-1].end and not q.broken), None)
    if q is None or q.unit not in {None, "person"} or _is_part(reading.tokens, q):
        return
    asked = {stem(t.norm) for t in question.reading.tokens}
    for noun, fact in known_counts(reading.background):
        if noun in asked and rivals(fact._replace(unit=q.unit), q):
            yield scene.clash_with_background(fact.text, q.start, q.end)


def _outdated(scene: Scene) -> Iterator[Clash]:
    """Yield a number next to the background's, which the customer knows is old: "404. You'll have 412, the website still says it"."""
    reading = scene.reading
    facts = {(q.low, q.high): q for _, q in known_numbers(reading.background) if q.high >= SMALLEST}
    for n, sentence in enumerate(reading.sentences):
        for old in reading.quantities_in(sentence) if scene.within("outdated", sentence) and not scene.within("agrees", sentence) else ():
            if (old.low, old.high) not in facts:
                continue
            start, stop = reading.sentences[max(0, n - 1)].start, reading.sentences[min(n + 1, len(reading.sentences) - 1)].end
            if old.high < _TELLING and not _names(reading, sentence, facts[old.low, old.high]):
                continue
            new = next((q for q in reading.quantities if start <= q.start < stop and rivals(old, q, exact=True)), None)
            if new is not None:
                yield scene.clash_with_background(facts[old.low, old.high].text, new.start, new.end)
                return


def _is_round(q: Quantity) -> bool:
    """Return whether a number has one digit but zeros: "five thousand"."""
    return len(f"{q.high:f}".rstrip("0").rstrip(".").rstrip("0")) == 1


def _names(reading: Reading, sentence: Sentence, fact: Quantity) -> bool:
    """Return whether a sentence names what a fact counts."""
    return fact.unit is not None and stem(fact.unit) in {stem(n) for n in reading.words_in(sentence)}


def _origin(scene: Scene, put: Quantity, confirms: bool) -> tuple[int, str] | None:
    """Return where a number that was put to the customer comes from: (0, words) for the background, else a customer's turn and words."""
    if confirms:
        for _, q in known_numbers(scene.reading.background):
            if (q.low, q.high) == (put.low, put.high) and put.high >= SMALLEST:
                return 0, put.text
    if pattern("another_time").search(scene.reading.question):
        return None
    for figure in reversed(scene.past.figures):
        if figure.customer and _is_same(figure, put):
            whole = any(r.turn == figure.turn and r.text == figure.text for r in scene.past.lengths)
            return (figure.turn, figure.text) if confirms or whole else None
    return None


def _is_same(a: Figure, b: Quantity) -> bool:
    if a.unit in DURATIONS and b.unit in DURATIONS:
        return seconds(a) == seconds(b)
    return (a.low, a.high, a.unit) == (b.low, b.high, b.unit)


def _answer(scene: Scene, asked: Reading, put: Quantity) -> Quantity | None:
    """Return the number that answers another one, None if the first sentences confirm it or are about something else."""
    reading = scene.reading
    told = [q for q in reading.quantities if q.start < reading.sentences[:_OPENING][-1].end and not q.broken]
    if any((q.low, q.high) == (put.low, put.high) and not _is_scoped(scene, q) for q in told) or scene.opens("agrees"):
        return None
    return next((q for q in told if rivals(put, q) and _speaks_of(scene, put, q, asked)), None) or _restated(scene, put)


def _restated(scene: Scene, put: Quantity) -> Quantity | None:
    """Return the number of a later sentence that only restates the count that was put: "I run the mill. And it's sixty-one."."""
    reading = scene.reading
    said = any((q.low, q.high) == (put.low, put.high) for q in reading.quantities)
    if said or put.unit in DURATIONS or put.unit in currencies():
        return None
    old = any(scene.within("outdated", s) for s in reading.sentences[:2])
    for sentence in reading.sentences[:_RESTATED]:
        words = [n for n in reading.words_in(sentence) if n not in words_of("contradictions.lists.fillers")]
        for q in reading.quantities_in(sentence):
            near = not q.change and put.high and _NEAR[0] <= q.high / put.high <= _NEAR[1]
            differs = near and apart((q.low, q.high), (put.low, put.high), rough=_is_round(put))
            if differs and (old or words[:1] == ["it's"] or words[:2] == ["it", "is"]) and not _is_part(reading.tokens, q):
                return q
    return None


def rivals(a: Quantity | Figure, b: Quantity, *, exact: bool = False, least: int = SMALLEST) -> bool:
    """Return whether two numbers can be values of one thing and cannot both be right; `exact`: neither is rounded.

    A number below `least` is hardly one of the same thing.
    """
    if b.change or (isinstance(a, Quantity) and a.change) or b.baseline:
        return False
    if a.unit in DURATIONS and b.unit in DURATIONS:
        return apart(seconds(a), seconds(b), rough=True)
    if not (a.unit == b.unit or b.unit is None or a.unit is None) or not a.high:
        return False
    near = _SIZES[0] <= b.high / a.high <= _SIZES[1]
    round_ = isinstance(a, Quantity) and a.high >= _ROUND and _is_round(a)
    differs = (a.low, a.high) != (b.low, b.high) if exact else apart((a.low, a.high), (b.low, b.high), rough=b.approximate or round_)
    return near and b.high >= least and differs


def _is_scoped(scene: Scene, q: Quantity) -> bool:
    """Return whether a repeated number is about a part: "six weeks was your region"."""
    sentence = scene.reading.sentence_at(q.start)
    return sentence is not None and any(scene.within(cue, sentence) for cue in ("limits", "planned", "negates", "past"))


def _speaks_of(scene: Scene, put: Quantity, q: Quantity, asked: Reading) -> bool:
    """Return whether a number answers the one that was put: by its unit, by coming first, or because its sentence names the thing."""
    reading = scene.reading
    sentence = reading.sentence_at(q.start)
    if sentence is None or _is_part(reading.tokens, q):
        return False
    if scene.within("planned", sentence) or (q.unit in DURATIONS and scene.within("part", sentence)):
        return False
    if q.unit is not None and q.unit == put.unit and q.unit not in DURATIONS and q.unit not in currencies():
        return True
    if q.unit in DURATIONS:
        return put.unit in DURATIONS and q.unit not in BRIEF
    lead = sum(t.start < q.start for t in reading.tokens_in(sentence))
    if lead <= _LEAD and sentence in reading.sentences[:3] and q.unit is None:
        return True
    noun = _noun(asked, put)
    return noun is not None and q.unit is None and any(stem(t.norm) == noun for t in reading.tokens_in(sentence))


def _is_part(tokens: Sequence[Token], q: Quantity) -> bool:
    """Return whether a count is about a part: "two more shops", "six of the shops"; but "three of them" answers if it comes first."""
    if tokens and q.start <= tokens[0].start:
        return False
    around = {t.norm for t in tokens if q.start - 16 <= t.start < q.end + 8}
    return bool(around & words_of("mentions.partial") - {"of"}) or _follows_of(tokens, q)


def _follows_of(tokens: Sequence[Token], q: Quantity) -> bool:
    """Return whether a number is the whole in "one of the four"."""
    lead = [t.norm for t in tokens if t.start < q.start][-2:]
    return "of" in lead


def _noun(asked: Reading, put: Quantity) -> str | None:
    """Return the stem of the noun that a number in a question counts."""
    tail = [t for t in asked.tokens if t.start >= put.end]
    if put.unit and put.unit not in DURATIONS:
        return stem(put.unit)
    return stem(tail[0].norm) if tail and len(tail[0].norm) > 3 else None
