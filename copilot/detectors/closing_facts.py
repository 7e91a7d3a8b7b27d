"""The facts about a gap and a later answer, from which it is judged what the answer makes of the gap."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from math import sqrt
from operator import mul
from typing import NamedTuple

from ..findings import GapKind
from ..lexicon import Lexicon, words_of
from ..mentions import family_of
from ..questions import Question, read_question
from ..reading import Reading
from .topics import Chances, informs

__all__ = [
    "AT_ONCE", "NEAR", "NUMBER_KINDS", "PRESSING", "Answer", "OpenGap", "closing_evidence", "content_stems", "may_close", "open_gap",
    "read_answer", "stem",
]  # fmt: skip

WORD = 0.7  # how much a word counts beside a fact that tells an answer by itself
LAST_ASKED = 25  # words of a question that tell what it asks
FIRST_SAID = 4  # words of an answer that tell how it takes the question
_BY_KIND = (
    "number for number",
    "full",
    "brief",
    "asked for its kind",
    "quotes trigger",
    "presses",
    "presses, full answer",
)  # facts that mean more for one kind than another
_BY_DISTANCE = (
    "quotes trigger", "quotes sentence", "asked for its kind", "asked briefly", "number for number", "says trigger", "full", "refers back",
    "moves on",
)  # fmt: skip
AT_ONCE = 2  # turns from a gap to the answer to the next question
PRESSING = 9  # words of a question that only presses for more
FULL_ANSWER = 12  # words of an answer that tells something
CLEAR = 0.3  # telling words from which a question is about the gap
NEAR = 4  # turns within which an answer may concern a gap without a word of it

NUMBER_KINDS = frozenset(
    {"missing_metric", "missing_baseline", "missing_timeframe", "missing_scope", "undefined_metric", "unsourced", "inconsistent"}
)
_WANTS = {
    "missing_metric": {"number", "result"},
    "missing_baseline": {"number", "compare"},
    "missing_timeframe": {"number", "when"},
    "missing_stakes": {"story", "result", "problem"},
    "missing_actor": {"who", "choice"},
    "unexplained": {"why", "story"},
    "no_example": {"story"},
    "vague": {"story", "why", "feel"},
    "short_answer": {"story", "why", "open"},
    "dropped_thread": {"story", "why"},
    "unsourced": {"number", "who"},
}
_NEEDS = {
    **dict.fromkeys(NUMBER_KINDS, frozenset({"number"})),
    "unsourced": frozenset({"number", "name"}),
    "undefined_metric": frozenset({"explain", "number"}),
    "unclear_term": frozenset({"explain"}),
    "missing_actor": frozenset({"name"}),
    "unexplained": frozenset({"reason"}),
}
_NAMED = re.compile(r"[A-Z](?<=[a-z,] .)[a-z]+")
_FAMILIES = {"": "bare", "percent": "percent", "times": "percent", "percentage point": "percent"}
MOST_AFTER = 4  # most sentences after a gap in its turn that are counted
GAP_SIZES, ANSWER_SIZES = (6, 20, 60), (3, 8, 20, 60)  # words of the gap's turn and of the answer: edges of the bins that the weights know
TINY = 1e-3  # avoids division by 0
_OPENING = 3
"""First sentences of an answer, in which a refusal is about the question; later ones refuse something else."""


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Return a word without its commonest endings, so that 'errors' matches 'error'."""
    word = word.split("'")[0]
    for ending in ("ings", "ing", "ies", "ied", "ers", "er", "es", "ed", "ly", "s", "e", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def content_stems(words: Iterable[str]) -> frozenset[str]:
    """Return the stems of the words that carry content."""
    return frozenset(filter(None, map(_content_stem, words)))


@lru_cache(maxsize=8192)
def _content_stem(word: str) -> str:
    """Return the stem of a word that carries content, "" for other words."""
    return stem(word) if len(word) > 2 and word not in words_of("closings.little") else ""


class OpenGap(NamedTuple):
    """What is kept of a gap while it waits for its answer."""

    turn: int
    kind: GapKind
    topic: str
    trigger: frozenset[str]
    sentence: frozenset[str]
    answer: frozenset[str]
    speaker: str
    words: int
    units: frozenset[str]
    sentences: int
    sentences_after: int
    informs: Chances


def open_gap(reading: Reading, start: int, end: int, kind: GapKind, topic: str) -> OpenGap:
    """Return the data to keep for a gap on reading.turn.text[start:end]."""
    sentence = reading.sentence_at(start)
    inside = reading.tokens[sentence.first : sentence.last] if sentence else reading.tokens
    after = [s for s in reading.sentences if s.start > start]
    return OpenGap(
        reading.turn.turn,
        kind,
        topic,
        content_stems(t.norm for t in reading.tokens if start <= t.start < end),
        content_stems(t.norm for t in inside),
        content_stems(reading.norms),
        reading.turn.speaker,
        reading.words,
        _units(reading),
        len(reading.sentences),
        len(after),
        informs(reading),
    )


def _units(reading: Reading) -> frozenset[str]:
    """Return the units of the numbers of a turn, "" for a bare number."""
    return frozenset(q.unit or "" for q in reading.quantities)


class Part(NamedTuple):
    """A sentence of an answer: its content, and what it contains that a gap may lack."""

    stems: frozenset[str]
    holds: frozenset[str]


class Answer(NamedTuple):
    """A later customer's turn with the question before it, prepared once for all gaps that it may close."""

    reading: Reading
    question: Question
    asked: frozenset[str]
    said: frozenset[str]
    labels: frozenset[str]
    raw: tuple[str, ...]
    moves_on: bool
    calls_back: bool
    parts: tuple[Part, ...]
    declines: bool
    defers: bool
    informs: Chances

    @property
    def is_asked(self) -> bool:
        """Whether a question comes before it, and no mere statement."""
        return bool(self.raw) and "statement" not in self.question.asks


def _parts(reading: Reading) -> tuple[Part, ...]:
    """Return the sentences of a turn with what each contains: a number, an explanation, a reason, an example, an ordinal, a name."""
    out = []
    for sentence in reading.sentences:
        words = reading.norms[sentence.first : sentence.last]
        holds = reading.cue_labels(sentence) & {"explain", "reason", "example", "second"}
        if reading.quantities_in(sentence):
            holds.add("number")
        if _NAMED.search(reading.turn.text, sentence.start, sentence.end):
            holds.add("name")
        if not words_of("closings.ordinals").isdisjoint(words):
            holds.add("ordinal")
        out.append(Part(content_stems(words), frozenset(holds)))
    return tuple(out)


def read_answer(reading: Reading) -> Answer:
    """Return a customer's turn as an answer."""
    question = read_question(reading.question)
    raw = tuple(w.strip("?.,!\"'") for w in reading.question.lower().replace("’", "'").split())
    leads = any(a in {"so", "okay", "right"} and b in {"um", "and", "so", "then"} for a, b in pairwise(raw))
    said = content_stems(reading.norms)
    labels = frozenset(m.label for m in reading.cues)
    calls = words_of("closings.calls_back")
    calls_back = any(f"{a} {b}" in calls for a, b in pairwise(raw)) or "earlier" in raw
    moves_on = leads or bool(words_of("closings.moves_on") & set(raw))
    replies = {m.label: m.first for m in reversed(reading.find(Lexicon.load("replies")))}
    opening = reading.sentences[:_OPENING][-1].last if reading.sentences else 0
    return Answer(
        reading, question, content_stems(raw), said, labels, raw, moves_on, calls_back, _parts(reading),
        declines=replies.get("declines", opening) < opening, defers="defers" in replies,
        informs=informs(reading),
    )  # fmt: skip


def may_close(gap: OpenGap, answer: Answer) -> bool:
    """Return whether an answer can concern a gap at all: it comes soon after, or the answer or its question shares a word with it."""
    near = answer.reading.turn.turn - gap.turn <= NEAR
    return near or not (answer.asked.isdisjoint(gap.sentence) and answer.said.isdisjoint(gap.sentence))


def _rare(shared: frozenset[str], seen: Mapping[str, int]) -> float:
    """Return the rarity of shared stems: a stem that occurs in one earlier turn counts 1, one in many turns little."""
    return sum(1 / max(1, seen.get(s, 1) - 1) for s in shared)


def _supplied(gap: OpenGap, answer: Answer, seen: Mapping[str, int], when: str) -> dict[str, float]:
    """Return the facts about a single sentence that both shares the gap's words and contains what the gap lacks."""
    facts: dict[str, float] = {}
    needs = _NEEDS.get(gap.kind, frozenset({"reason", "example"}))
    for part in answer.parts:
        strength = _rare(part.stems & gap.trigger, seen) + _rare(part.stems & (gap.sentence - gap.trigger), seen) / 2
        if strength >= 0.2 and part.holds & needs:
            facts[f"{when}: supplies"] = max(facts.get(f"{when}: supplies", 0.0), min(1.0, strength))
        if strength >= 0.2 and gap.kind == "unclear_term" and "explain" in part.holds and part.stems & gap.trigger:
            facts[f"{when}: explains the term"] = 1.0
    if gap.kind in {"dropped_thread", "dodged"} and any("ordinal" in part.holds for part in answer.parts):
        facts[f"{when}: tells the next item"] = 1.0
    return facts


def closing_evidence(gap: OpenGap, answer: Answer, seen: Mapping[str, int]) -> dict[str, float]:
    """Return the facts for and against an answer supplying what the gap lacks.

    `seen` is the number of turns so far in which each stem occurs.
    """
    distance = answer.reading.turn.turn - gap.turn
    near = "at once" if distance <= 2 else "later" if distance > NEAR else "soon"
    rare = _meetings(gap, answer, seen)
    facts = {f"kind {gap.kind}": 1.0}
    facts.update((name, 1.0) for name, holds in _held(gap, answer, distance).items() if holds)
    facts.update(_overlaps(gap, answer, rare))
    facts.update(_supplied(gap, answer, seen, "soon" if distance <= NEAR else "later"))
    if answer.calls_back:
        facts["calls back"] = 1.0
        if rare["question meets sentence"] >= CLEAR:
            facts["calls back to its words"] = 1.0
    if rare["question meets sentence"] < CLEAR and near == "at once":
        facts["at once, on something else"] = 1.0
    facts.update(_placed(gap, facts, rare, near))
    facts.update(_related(gap, answer, near))
    facts.update((f"{near}: {name}", 1.0) for name in _situation(gap, answer))
    facts.update((f"{gap.kind}: {name}", 1.0) for name in _counted(gap, answer))
    return facts if near == "later" else facts | _wording(answer, near)


def _held(gap: OpenGap, answer: Answer, distance: int) -> dict[str, bool]:
    """Return which plain facts hold of an answer `distance` turns after the gap."""
    reading, question, asked, said, labels, raw = answer.reading, answer.question, answer.asked, answer.said, answer.labels, answer.raw
    number, presses = bool(reading.quantities), _presses(gap, answer, distance)
    return {
        "at once": distance <= 2,
        "soon": 2 < distance <= 4,
        "later": 4 < distance <= 10,
        "much later": distance > 10,
        "far later": distance > 30,
        "asked for its kind": _is_wanted(gap, answer),
        "asked": answer.is_asked,
        "asked briefly": 0 < question.words <= 14,
        "asked at length": question.words > 35,
        "moves on": answer.moves_on,
        "refers back": bool(words_of("closings.follow_ups") & set(raw[-12:])),
        "presses": presses,
        "presses, number given": presses and number and gap.kind in NUMBER_KINDS,
        "presses, full answer": presses and reading.words >= FULL_ANSWER,
        "quotes trigger": bool(asked & gap.trigger),
        "quotes sentence": bool(asked & (gap.sentence - gap.trigger)),
        "quotes answer": bool(asked & (gap.answer - gap.sentence)),
        "number for number": number and gap.kind in NUMBER_KINDS,
        "no number for number": not number and gap.kind in NUMBER_KINDS,
        "reason for reason": "reason" in labels and gap.kind in {"unexplained", "vague", "short_answer", "dropped_thread"},
        "example": "example" in labels and gap.kind in {"no_example", "vague", "short_answer", "missing_stakes", "dropped_thread"},
        "explains": "explain" in labels and gap.kind in {"unclear_term", "undefined_metric"},
        "brief": reading.words < 6,
        "short": reading.words < 15,
        "full": reading.words > 40,
        "asks back": reading.turn.text.rstrip().endswith("?"),
        "says trigger": bool(said & gap.trigger),
        "says much of trigger": len(said & gap.trigger) >= 2,
        "says much of sentence": len(said & gap.sentence) >= 3,
        "ordinal": bool({"second", "other", "third"} & {t.norm for t in reading.tokens}) and gap.kind in {"dropped_thread", "dodged"},
    }


def _presses(gap: OpenGap, answer: Answer, distance: int) -> bool:
    """Return whether a question follows at once and brings up nothing new: "How many more, would you say?"."""
    new = answer.asked - gap.answer - gap.trigger
    return distance <= AT_ONCE and 0 < answer.question.words <= PRESSING and len(new) <= 1 and not answer.moves_on


def _is_wanted(gap: OpenGap, answer: Answer) -> bool:
    """Return whether the question asks for what a gap of this kind lacks."""
    return bool(_WANTS.get(gap.kind, set()) & answer.question.asks)


def _meetings(gap: OpenGap, answer: Answer, seen: Mapping[str, int]) -> dict[str, float]:
    """Return the rarity of the words that a question and its answer share with the gap."""
    asked, said = answer.asked, answer.said
    return {
        "question meets trigger": _rare(asked & gap.trigger, seen),
        "question meets sentence": _rare(asked & gap.sentence, seen),
        "question meets answer": _rare(asked & gap.answer, seen),
        "answer meets trigger": _rare(said & gap.trigger, seen),
        "answer meets sentence": _rare(said & gap.sentence, seen),
        "answer meets answer": _rare(said & gap.answer, seen) / 2,
    }


def _overlaps(gap: OpenGap, answer: Answer, rare: Mapping[str, float]) -> dict[str, float]:
    """Return the facts about shared words: their rarity, alone and together with what was wanted or a number, and their share."""
    shared = {name: min(1.0, value / 2) for name, value in rare.items() if value}
    facts = {f"rare {name}": value for name, value in shared.items()}
    if _is_wanted(gap, answer):
        facts.update((f"rare {name} and wanted", value) for name, value in shared.items())
    if answer.reading.quantities and gap.kind in NUMBER_KINDS:
        facts.update((f"rare {name} and number", value) for name, value in shared.items())
    facts["overlap of question"] = len(answer.asked & (gap.trigger | gap.sentence)) / max(3, len(answer.asked))
    facts["overlap of answer"] = len(answer.said & gap.sentence) / max(3, len(gap.sentence))
    return facts


def _placed(gap: OpenGap, facts: Mapping[str, float], rare: Mapping[str, float], near: str) -> dict[str, float]:
    """Return the facts whose meaning depends on the distance or on the kind of gap."""
    placed = {f"{near}: {name}": 1.0 for name in _BY_DISTANCE if name in facts}
    placed.update((f"{near}: rare {name}", min(1.0, value / 2)) for name, value in rare.items())
    if gap.kind in {"short_answer", "vague", "unclear_term", "dropped_thread"}:
        placed[f"{near}: kind {gap.kind}"] = 1.0
    sought = "number" if gap.kind in NUMBER_KINDS else gap.kind
    placed.update((f"{near}, {sought}: {name}", 1.0) for name in _BY_KIND if name in facts)
    return placed


def _related(gap: OpenGap, answer: Answer, near: str) -> dict[str, float]:
    """Return how similar the answer and the gap's turn are in the sections and topics that they inform, and in their main topic."""
    told, here = gap.informs.topics, answer.informs.topics
    top = max(range(len(told)), key=told.__getitem__, default=None)
    alike = _product(told, here) / (sqrt(_product(told, told) * _product(here, here)) + TINY)
    sections = _product(gap.informs.sections, answer.informs.sections)
    facts = {"topics alike": alike, f"{near}: topics alike": alike, "sections alike": sections, f"{near}: sections alike": sections}
    if top is not None:
        most = max(here)
        facts |= {f"{near}: its topic": here[top], f"{near}: its topic's share": here[top] / (most + TINY)}
        facts |= {f"{near}: its topic most": 1.0} if here[top] == most else {}
    return facts


def _product(a: Sequence[float], b: Sequence[float]) -> float:
    total: float = sum(map(mul, a, b))
    return total


def _situation(gap: OpenGap, answer: Answer) -> Iterator[str]:
    """Yield the gap's place in its turn, and how the two turns compare."""
    yield f"sentences after {min(gap.sentences_after, MOST_AFTER)}"
    yield from ("only sentence",) if gap.sentences == 1 else ()
    yield "same speaker" if answer.reading.turn.speaker == gap.speaker else "another speaker"
    yield from ("after a customer",) if answer.reading.last and answer.reading.last.is_customer else ()
    yield f"words of its turn {_size(gap.words, GAP_SIZES)}"
    yield f"words {_size(answer.reading.words, ANSWER_SIZES)}"
    yield from ("same unit",) if _units(answer.reading) & gap.units - {""} else ()


def _size(words: int, sizes: Sequence[int]) -> str:
    return next((f"<{n}" for n in sizes if words < n), "many")


def _counted(gap: OpenGap, answer: Answer) -> Iterator[str]:
    """Yield the families of units in an answer, and whether it shares a unit with the gap's turn."""
    units = _units(answer.reading)
    yield from {_FAMILIES.get(unit) or family_of(unit) or "count" for unit in units}
    yield from ("same unit",) if units & gap.units - {""} else ()


def _wording(answer: Answer, near: str) -> dict[str, float]:
    """Return the last words of the question and the first words of the answer as facts; the weights know the common ones."""
    asked = dict.fromkeys((f"words asked {near}: {word}" for word in answer.raw[-LAST_ASKED:]), WORD)
    return asked | dict.fromkeys((f"words said {near}: {t.norm}" for t in answer.reading.tokens[:FIRST_SAID]), WORD)
