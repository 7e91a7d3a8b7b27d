"""Answers that do not fit what was put to the customer: a number or month from the notes, or from another customer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from ...lexicon import Lexicon, words_of
from ...mentions import currencies
from ...quantities import Quantity, find_quantities
from ...quantities.units import DURATIONS
from ...quantities.words import lists
from ...reading import Reading
from ...text import Token, norms, stem, tokenize
from .clash import Clash, Scene, apart, seconds
from .memory import Figure

__all__ = ["of_answers", "rivals"]

_OPENING = 4  # first sentences of an answer
_ACCOUNT = 12  # first sentences of an answer that gives the course of a project
_LEAD = 4  # most words before a bare number that answers directly
_SIZES = (Decimal("0.45"), Decimal("2.2"))  # range of the ratio of two numbers that can be rival values of one thing
_WHEN = re.compile(r"\bwhen\b", re.IGNORECASE)
_EVENTS = ("signs", "begins", "ends")
_HOW_MANY = re.compile(r"\bhow (?:many|big|large)\b|\bsize\b", re.IGNORECASE)
_ABSTRACT = frozenset({"percent", "times", "point", "percentage point"})
_SMALLEST = 3  # smaller counts occur in too many senses


def of_answers(scene: Scene) -> Iterator[Clash]:
    """Yield a turn's first numbers and months that differ from those put to the customer."""
    if scene.reading.asked is None:
        return
    question = Scene.of(scene.reading.asked, scene.past)
    found = next(_numbers(scene, question), None) or next(_counts(scene, question), None)
    if found is not None:
        yield found
    yield from _months(scene, question)
    yield from _outdated(scene)


def _numbers(scene: Scene, question: Scene) -> Iterator[Clash]:
    """Yield the numbers that answer others: "I've got sixty-four trucks" "Fifty-eight"."""
    for put in question.reading.quantities:
        origin = _origin(scene, put, "confirms" in question.cues)
        answer = _answer(scene, question.reading, put) if origin else None
        if origin and answer:
            turn, said = origin
            yield scene.clash(turn, said, answer.start, answer.end) if turn else of_background(scene, said, answer.start, answer.end)


def _counts(scene: Scene, question: Scene) -> Iterator[Clash]:
    """Yield the first number of an answer that differs from the background's for what was asked: "how big is the newsroom?"."""
    reading = scene.reading
    if "confirms" not in question.cues and not _HOW_MANY.search(question.reading.turn.text):
        return
    stop = reading.sentences[min(_OPENING - 1, len(reading.sentences)) - 1].end
    q = next((q for q in reading.quantities if q.start < stop and not q.broken), None)
    if q is None or q.unit not in {None, "person"} or _is_part(reading.tokens, q):
        return
    asked = {stem(t.norm) for t in question.reading.tokens}
    for noun, fact in _named_facts(reading.background.customer.facts):
        if noun in asked and rivals(fact._replace(unit=q.unit), q):
            yield of_background(scene, fact.text, q.start, q.end)


def _outdated(scene: Scene) -> Iterator[Clash]:
    """Yield a number next to the background's, which the customer knows is old: "404. You'll have 412, the website still says it"."""
    reading = scene.reading
    facts = {(q.low, q.high): q for q in _facts(reading.background.customer.facts) if q.high >= _SMALLEST}
    for n, sentence in enumerate(reading.sentences):
        for old in reading.quantities if scene.within("outdated", sentence) else ():
            if not sentence.start <= old.start < sentence.end or (old.low, old.high) not in facts:
                continue
            start, stop = reading.sentences[max(0, n - 1)].start, reading.sentences[min(n + 1, len(reading.sentences) - 1)].end
            new = next((q for q in reading.quantities if start <= q.start < stop and rivals(old, q, exact=True)), None)
            if new is not None:
                yield of_background(scene, facts[old.low, old.high].text, new.start, new.end)
                return


def of_background(scene: Scene, fact: str, start: int, end: int) -> Clash:
    """Return the clash of words with the background."""
    said = " ".join(scene.reading.turn.text[start:end].split())
    return Clash((scene.reading.turn.turn,), f"background: {fact} / {said}", start, end, scene.explained(start), corrects=True)


def _origin(scene: Scene, put: Quantity, confirms: bool) -> tuple[int, str] | None:
    """Return where a number that was put to the customer comes from: (0, words) for the background, else a customer's turn and words."""
    if confirms:
        for q in _facts(scene.reading.background.customer.facts):
            if (q.low, q.high) == (put.low, put.high) and put.high >= _SMALLEST:
                return 0, put.text
    for figure in reversed(scene.past.figures):
        if figure.customer and (figure.low, figure.high) == (put.low, put.high) and _is_same_unit(figure.unit, put.unit):
            whole = any(r.turn == figure.turn and r.text == figure.text for r in scene.past.lengths)
            return (figure.turn, figure.text) if confirms or whole else None
    return None


def _is_same_unit(a: str | None, b: str | None) -> bool:
    return a == b or (a in DURATIONS and b in DURATIONS)


@lru_cache(maxsize=64)
def _named_facts(facts: tuple[str, ...]) -> tuple[tuple[str, Quantity], ...]:
    """Return the counts of the background by the stem of what they count: "1,850 agents", "newsroom of 14"."""
    out = []
    for fact in facts:
        tokens = tokenize(fact)
        for q in find_quantities(fact):
            before = [t.norm for t in tokens if t.end <= q.start][-2:]
            noun = q.unit or (before[0] if before[1:] == ["of"] else None)
            if noun and noun not in DURATIONS and noun not in currencies() | _ABSTRACT and q.high >= _SMALLEST:
                out.append((stem(noun), q))
    return tuple(out)


@lru_cache(maxsize=64)
def _facts(facts: tuple[str, ...]) -> tuple[Quantity, ...]:
    return tuple(q for fact in facts for q in find_quantities(fact))


def _answer(scene: Scene, asked: Reading, put: Quantity) -> Quantity | None:
    """Return the number that answers another one, None if the first sentences confirm it or are about something else."""
    reading = scene.reading
    stop = reading.sentences[min(_OPENING, len(reading.sentences)) - 1].end if reading.sentences else 0
    told = [q for q in reading.quantities if q.start < stop and not q.broken]
    if any((q.low, q.high) == (put.low, put.high) and not _is_scoped(scene, q) for q in told) or scene.opens("agrees"):
        return None
    return next((q for q in told if rivals(put, q) and _speaks_of(scene, put, q, asked)), None)


def rivals(a: Quantity | Figure, b: Quantity, *, exact: bool = False) -> bool:
    """Return whether two numbers can be values of one thing and cannot both be right; `exact`: neither is rounded."""
    if b.change or (isinstance(a, Quantity) and a.change) or b.baseline:
        return False
    if a.unit in DURATIONS and b.unit in DURATIONS:
        return apart(seconds(a), seconds(b), rough=True)
    if not (a.unit == b.unit or b.unit is None or a.unit is None) or not a.high:
        return False
    near = _SIZES[0] <= b.high / a.high <= _SIZES[1]
    differs = (a.low, a.high) != (b.low, b.high) if exact else apart((a.low, a.high), (b.low, b.high), rough=b.approximate)
    return near and b.high >= _SMALLEST and differs


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
        return put.unit in DURATIONS and q.unit not in {"second", "minute", "hour"}
    lead = sum(t.start < q.start for t in reading.tokens[sentence.first : sentence.last])
    if lead <= _LEAD and sentence in reading.sentences[:3] and q.unit is None:
        return True
    noun = _noun(asked, put)
    return noun is not None and q.unit is None and any(stem(t.norm) == noun for t in reading.tokens[sentence.first : sentence.last])


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


def months_of(tokens: Sequence[Token], text: str) -> list[tuple[int, str]]:
    """Return the places and names of the months in a text; "may" and "march" need a capital."""
    out = []
    for n, t in enumerate(tokens):
        if t.norm in lists().months and len(t.norm) > 2 and (t.norm not in {"may", "march", "mar"} or text[t.start].isupper()):
            out.append((n, t.norm[:3]))
    return out


def _months(scene: Scene, question: Scene) -> Iterator[Clash]:
    """Yield the month of an answer that differs from the notes: "I have the contract in January" "Contract was in April"."""
    reading = scene.reading
    told = [(n, m) for n, m in months_of(reading.tokens, reading.turn.text) if _is_opening(reading, n) and not _is_planned(scene, n)]
    for put, events in _months_put(question) if told else ():
        held = [(n, m) for n, m in told if events & _events_at(scene, n)]
        if held and not {m for _, m in held} & put:
            yield of_background(scene, _fact_of(reading, put), *_sentence_span(reading, held[0][0]))
            return


def _fact_of(reading: Reading, months: set[str]) -> str:
    """Return the background's fact that contains one of some months."""
    return next(f for f in reading.background.customer.facts if _fact_months((f,)) & months)


def _months_put(question: Scene) -> Iterator[tuple[set[str], set[str]]]:
    """Yield the background's months that a question is about, each with the steps of a project that it names with them."""
    asked = question.reading
    facts = asked.background.customer.facts
    known = _fact_months(facts)
    for n, month in months_of(asked.tokens, asked.turn.text) if "confirms" in question.cues else ():
        sentence = asked.sentence_at(asked.tokens[n].start)
        if month in known and sentence is not None:
            yield {month}, _events(question, sentence.first, sentence.last)
    ends = set(_fact_months(tuple(f for f in facts if _is_end(f)))) if "ends" in question.cues and _WHEN.search(asked.turn.text) else None
    if ends:
        yield ends, {"ends"}


def _is_end(fact: str) -> bool:
    """Return whether a fact is about the end of a project."""
    return any(m.label == "ends" for m in Lexicon.load("contradictions").find(norms(fact)))


def _events(scene: Scene, first: int, last: int) -> set[str]:
    """Return the steps of a project that tokens[first:last] name."""
    return {event for event in _EVENTS if scene.has(event, first, last)}


def _events_at(scene: Scene, n: int) -> set[str]:
    """Return the steps of a project that a word's sentence names, or the one before."""
    sentences = scene.reading.sentences
    at = next(i for i, s in enumerate(sentences) if s.first <= n < s.last)
    return _events(scene, sentences[at].first, sentences[at].last) or _events(scene, sentences[max(0, at - 1)].first, sentences[at].last)


@lru_cache(maxsize=64)
def _fact_months(facts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(m for fact in facts for _, m in months_of(tokenize(fact), fact))


def _is_opening(reading: Reading, n: int) -> bool:
    return any(s.first <= n < s.last for s in reading.sentences[:_ACCOUNT])


def _is_planned(scene: Scene, n: int) -> bool:
    sentence = scene.reading.sentence_at(scene.reading.tokens[n].start)
    return sentence is not None and scene.within("planned", sentence)


def _sentence_span(reading: Reading, n: int) -> tuple[int, int]:
    sentence = reading.sentence_at(reading.tokens[n].start)
    return (sentence.start, sentence.end) if sentence else reading.cite(n, n + 1)
