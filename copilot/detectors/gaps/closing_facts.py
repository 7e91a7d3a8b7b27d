"""The facts about an open gap and a later answer, from which it is judged what the answer makes of the gap."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from math import sqrt
from operator import mul

from ...lexicon import words_of
from ...mentions import family_of
from ...statements.terms import spells_out
from .waiting import Answer, OpenGap, content_stems

__all__ = [
    "AMOUNT_KINDS",
    "AT_ONCE",
    "FIELD_KINDS",
    "NEAR",
    "NUMBER_KINDS",
    "PRESSING",
    "closing_facts",
    "is_met",
    "may_close",
    "unit_kinds",
]

ORDINARY = 0.3  # how much an ordinary word counts that the gap and an answer share, beside one that few calls have
WORD = 0.7  # how much a word counts beside a fact that tells an answer by itself
LAST_ASKED = 25  # words of a question that tell what it asks
_BY_KIND = (
    "number for number",
    "full",
    "brief",
    "asked for its kind",
    "quotes trigger",
    "presses",
    "presses, full answer",
)  # facts that mean more for one kind than another
_BY_DISTANCE = ("quotes trigger", "quotes sentence", "asked for its kind", "asked briefly", "number for number", "full", "moves on")
AT_ONCE = 2  # turns from a gap to the answer to the next question
BRIEF_QUESTION = 14  # words of a question that asks briefly
PRESSING = 9  # words of a question that only presses for more
FULL_ANSWER = 12  # words of an answer that tells something
MET = 0.2  # rarity of shared words from which a sentence is about the gap
NEAR = 4  # turns within which an answer may concern a gap without a word of it

NUMBER_KINDS = frozenset(
    {"missing_metric", "missing_baseline", "missing_timeframe", "missing_scope", "undefined_metric", "unsourced", "inconsistent"}
)
AMOUNT_KINDS = frozenset({"missing_metric", "missing_baseline"})
"""Kinds of gap that lack an amount."""
FIELD_KINDS = frozenset({"missing_baseline", "missing_timeframe", "missing_scope", "undefined_metric", "unsourced"})
"""Kinds of gap that lack a part of what a figure needs."""
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
    "missing_stakes": frozenset({"number", "reason", "example"}),
}
_SUBSTANCE = frozenset({"reason", "example"})
_FAMILIES = {"": "bare", "percent": "percent", "times": "percent", "percentage point": "percent"}
MOST_AFTER = 4  # most sentences after a gap in its turn that are counted
GAP_SIZES, ANSWER_SIZES = (6, 20, 60), (3, 8, 20, 60)  # words of the gap's turn and of the answer: edges of the bins that the weights know
TINY = 1e-3  # avoids division by 0


def may_close(gap: OpenGap, answer: Answer) -> bool:
    """Return whether an answer can concern a gap at all.

    It comes soon after, it or its question shares a word with the gap or the gap's own question, or it names the gap's number or the
    next of the items that the gap announced.
    """
    if answer.reading.turn.turn - gap.turn <= NEAR:
        return True
    return bool(_shared(gap, answer)) or _is_named(gap, answer)


def is_met(gap: OpenGap, answer: Answer) -> bool:
    """Return whether an answer or its question comes back to a gap by more than the ordinary words of any call: "I got a card back"."""
    return bool(_shared(gap, answer) - _ordinary()) or _is_named(gap, answer)


def _shared(gap: OpenGap, answer: Answer) -> frozenset[str]:
    """Return the stems that an answer or its question shares with a gap's sentence or its question."""
    return (answer.asked | answer.said) & (gap.sentence | gap.question)


def _is_named(gap: OpenGap, answer: Answer) -> bool:
    """Return whether an answer or its question names the gap's number, or the next of the items that the gap announced."""
    return not gap.numbers.isdisjoint(answer.numbers | answer.numbers_asked) or _names_next(gap, answer)


def _names_next(gap: OpenGap, answer: Answer) -> bool:
    """Return whether an answer or its question names one of the items after the first that a gap announced: "the third was"."""
    return not answer.items.isdisjoint(range(2, gap.items + 1))


@cache
def _ordinary() -> frozenset[str]:
    return content_stems(words_of("closings.ordinary"))


def _rarity(gap: OpenGap, answer: Answer, seen: Mapping[str, int]) -> Callable[[frozenset[str]], float]:
    """Return what tells the rarity of shared stems: one that occurs only in the gap, the answer and their questions counts 1.

    An ordinary one, which any call has, counts little.
    """
    places, ordinary = (gap.answer, gap.question, answer.said, answer.asked), _ordinary()

    def rare(shared: frozenset[str]) -> float:
        elsewhere = ((s, seen.get(s, 1) - sum(s in place for place in places)) for s in shared)
        return sum((ORDINARY if s in ordinary else 1.0) / (1 + max(0, turns)) for s, turns in elsewhere)

    return rare


def _supplied(gap: OpenGap, answer: Answer, seen: Mapping[str, int], when: str) -> dict[str, float]:
    """Return the facts about single sentences that share the gap's words, contain what the gap lacks, or both."""
    facts: dict[str, float] = {}
    needs, rare = _needs(gap), _rarity(gap, answer, seen)
    returned, most = False, 0.0
    if gap.kind == "unclear_term" and any(spells_out(answer.reading.norms, term) for term in gap.trigger):
        facts[f"{when}: says what the term is"] = 1.0
    for part in answer.parts:
        strength = rare(part.stems & gap.trigger) + rare(part.stems & (gap.sentence - gap.trigger)) / 2
        met = strength + rare(part.stems & (gap.question - gap.sentence)) / 2
        # What announces a return may stand in the sentence before: "I never told you the rest. The winch was".
        returns, returned = returned or "return" in part.holds, "return" in part.holds
        supplies = bool(part.holds & needs)
        found = {"returns to it": met * returns, "supplies it": met * supplies, "supplies": strength * supplies}
        for name, value in found.items():
            if value >= MET:
                facts[f"{when}: {name}"] = max(facts.get(f"{when}: {name}", 0.0), min(1.0, value))
        if gap.kind == "unclear_term" and part.explained & gap.trigger:
            facts[f"{when}: says what the term is"] = 1.0
        if strength >= MET and gap.kind == "unclear_term" and "explain" in part.holds and part.stems & gap.trigger:
            facts[f"{when}: explains the term"] = 1.0
        most = max(most, met)
    facts[f"{when}: met in one sentence"] = min(1.0, most / 2)
    if _is_given(gap, answer):
        facts[f"{when}: asked of it and given"] = min(1.0, rare(answer.sought & (gap.sentence | gap.question)) / 2)
    if gap.kind in {"dropped_thread", "dodged"} and any("ordinal" in part.holds for part in answer.parts):
        facts[f"{when}: tells the next item"] = 1.0
    return facts


def _needs(gap: OpenGap) -> frozenset[str]:
    """Return what a sentence may hold that a gap of this kind lacks."""
    return _NEEDS.get(gap.kind, _SUBSTANCE)


def _is_given(gap: OpenGap, answer: Answer) -> bool:
    """Return whether any sentence of an answer holds what a gap of this kind lacks, whatever it is about."""
    return any(part.holds & _needs(gap) for part in answer.parts)


def closing_facts(gap: OpenGap, answer: Answer, seen: Mapping[str, int]) -> dict[str, float]:
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
    facts.update((f"{near}: {name}", 1.0) for name, holds in _named_again(gap, answer).items() if holds)
    facts.update((f"{near}: {name}", 1.0) for name, holds in _sought(gap, answer).items() if holds)
    facts.update(_placed(gap, facts, rare, near))
    facts.update(_related(gap, answer, near))
    facts.update((f"{near}: {name}", 1.0) for name in _situation(gap, answer))
    facts.update((f"{gap.kind}: {name}", 1.0) for name in _counted(gap, answer))
    return facts if near == "later" else facts | _wording(answer, near)


def _held(gap: OpenGap, answer: Answer, distance: int) -> dict[str, bool]:
    """Return which plain facts hold of an answer `distance` turns after the gap."""
    reading, asked, said = answer.reading, answer.asked, answer.said
    number, presses = bool(reading.quantities), _presses(gap, answer, distance)
    return {
        "at once": distance <= 2,
        "soon": 2 < distance <= 4,
        "later": 4 < distance <= 10,
        "much later": distance > 10,
        "far later": distance > 30,
        "asked for its kind": _is_wanted(gap, answer),
        "asked briefly": 0 < answer.question.words <= BRIEF_QUESTION,
        "moves on": answer.moves_on,
        "presses": presses,
        "presses, number given": presses and number and gap.kind in NUMBER_KINDS,
        "presses, full answer": presses and reading.words >= FULL_ANSWER,
        "quotes trigger": bool(asked & gap.trigger),
        "quotes sentence": bool(asked & (gap.sentence - gap.trigger)),
        "quotes answer": bool(asked & (gap.answer - gap.sentence)),
        "number for number": number and gap.kind in NUMBER_KINDS,
        "brief": reading.words < 6,
        "full": reading.words > 40,
        "says much of trigger": len(said & gap.trigger) >= 2,
    }


def _named_again(gap: OpenGap, answer: Answer) -> dict[str, bool]:
    """Return by what an answer or its question comes to a gap again, or has what it lacks, without the gap's words."""
    asked = frozenset(answer.raw)
    return {
        "says its number": not gap.numbers.isdisjoint(answer.numbers),
        "asks with its number": not gap.numbers.isdisjoint(answer.numbers_asked),
        "names its next item": _names_next(gap, answer),
        "leaves its next item": gap.items > 1 and not _names_next(gap, answer),
        "has what it lacks": _is_given(gap, answer),
        "wanted of it": _is_wanted(gap, answer) and not words_of("closings.points_back").isdisjoint(asked),
        "confronts": gap.kind == "inconsistent" and not words_of("closings.confronts").isdisjoint(asked),
        "goes on": answer.reading.turn.turn == gap.turn + 1,
    }


def _sought(gap: OpenGap, answer: Answer) -> dict[str, bool]:
    """Return what the sentences that ask are about: "Forty percent, wow. And the claims?" only echoes the gap."""
    own, known = gap.trigger | gap.sentence, gap.answer | gap.question | content_stems(words_of("closings.presses"))
    asks, echoes, new = bool(answer.sought & own), bool(answer.asked & own), answer.sought - known
    return {
        "asks in its words": asks,
        "asks of another part": not asks and bool(answer.sought & (gap.answer - gap.sentence)),
        "only echoes it": echoes and not asks and bool(new),
        "asks of something new": len(new) > 1 and not asks,
        "asks of nothing new": answer.is_asked and not new,
    }


def _presses(gap: OpenGap, answer: Answer, distance: int) -> bool:
    """Return whether a question follows at once and brings up nothing new: "How many more, would you say?"."""
    new = answer.asked - gap.answer - gap.trigger
    return distance <= AT_ONCE and 0 < answer.question.words <= PRESSING and len(new) <= 1 and not answer.moves_on


def _is_wanted(gap: OpenGap, answer: Answer) -> bool:
    """Return whether the question asks for what a gap of this kind lacks."""
    stakes = gap.kind == "missing_stakes" and not words_of("closings.stakes").isdisjoint(answer.raw)
    return stakes or bool(_WANTS.get(gap.kind, set()) & answer.question.asks)


def _meetings(gap: OpenGap, answer: Answer, seen: Mapping[str, int]) -> dict[str, float]:
    """Return the rarity of the words that a question and its answer share with the gap."""
    asked, said, rare = answer.asked, answer.said, _rarity(gap, answer, seen)
    return {
        "question meets trigger": rare(asked & gap.trigger),
        "question meets sentence": rare(asked & gap.sentence),
        "question meets answer": rare(asked & gap.answer),
        "answer meets trigger": rare(said & gap.trigger),
        "answer meets sentence": rare(said & gap.sentence),
        "answer meets answer": rare(said & gap.answer) / 2,
        "question meets its question": rare(asked & gap.question),
        "answer meets its question": rare(said & gap.question),
    }


def _overlaps(gap: OpenGap, answer: Answer, rare: Mapping[str, float]) -> dict[str, float]:
    """Return the facts about shared words: their rarity and their share."""
    facts = {f"rare {name}": min(1.0, value / 2) for name, value in rare.items() if value}
    facts["overlap of question"] = len(answer.asked & (gap.trigger | gap.sentence)) / max(3, len(answer.asked))
    facts["overlap of answer"] = len(answer.said & gap.sentence) / max(3, len(gap.sentence))
    return facts


def _placed(gap: OpenGap, facts: Mapping[str, float], rare: Mapping[str, float], near: str) -> dict[str, float]:
    """Return the facts whose meaning depends on the distance or on the kind of gap."""
    placed = {f"{near}: {name}": 1.0 for name in _BY_DISTANCE if name in facts}
    placed.update((f"{near}: rare {name}", min(1.0, value / 2)) for name, value in rare.items())
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


def unit_kinds(units: Iterable[str]) -> frozenset[str]:
    """Return the families of units, "" for that of a bare number."""
    return frozenset(_FAMILIES.get(unit) or family_of(unit) or "count" for unit in units)


def _counted(gap: OpenGap, answer: Answer) -> Iterator[str]:
    """Yield the families of units in an answer, and whether it shares a unit with the gap's turn."""
    yield from unit_kinds(answer.units)
    yield from ("same unit",) if answer.units & gap.units - {""} else ()


def _wording(answer: Answer, near: str) -> dict[str, float]:
    """Return the last words of the question as facts; the weights know the common ones."""
    return dict.fromkeys((f"words asked {near}: {word}" for word in answer.asking[-LAST_ASKED:]), WORD)
