"""The facts about an open gap and a later answer, from which it is judged what the answer makes of the gap."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import sqrt
from operator import mul

from ...lexicon import words_of
from ...mentions import family_of
from .waiting import Answer, OpenGap

__all__ = ["AT_ONCE", "NEAR", "NUMBER_KINDS", "PRESSING", "closing_evidence", "may_close"]

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
_FAMILIES = {"": "bare", "percent": "percent", "times": "percent", "percentage point": "percent"}
MOST_AFTER = 4  # most sentences after a gap in its turn that are counted
GAP_SIZES, ANSWER_SIZES = (6, 20, 60), (3, 8, 20, 60)  # words of the gap's turn and of the answer: edges of the bins that the weights know
TINY = 1e-3  # avoids division by 0


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
    yield from ("same unit",) if answer.units & gap.units - {""} else ()


def _size(words: int, sizes: Sequence[int]) -> str:
    return next((f"<{n}" for n in sizes if words < n), "many")


def _counted(gap: OpenGap, answer: Answer) -> Iterator[str]:
    """Yield the families of units in an answer, and whether it shares a unit with the gap's turn."""
    yield from {_FAMILIES.get(unit) or family_of(unit) or "count" for unit in answer.units}
    yield from ("same unit",) if answer.units & gap.units - {""} else ()


def _wording(answer: Answer, near: str) -> dict[str, float]:
    """Return the last words of the question and the first words of the answer as facts; the weights know the common ones."""
    asked = dict.fromkeys((f"words asked {near}: {word}" for word in answer.raw[-LAST_ASKED:]), WORD)
    return asked | dict.fromkeys((f"words said {near}: {t.norm}" for t in answer.reading.tokens[:FIRST_SAID]), WORD)
