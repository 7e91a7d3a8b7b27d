"""Concessions: a customer who gives way to another one's statement, insists on their own, or says which of two figures to go with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Literal

from ...findings import Contradiction
from ...lexicon import denies
from ...quantities import find_quantities
from ...reading import Reading
from ...text import Sentence
from .clash import Scene
from .memory import Past

__all__ = ["find_concessions"]

AT_ONCE = 2  # turns after a contradiction in which a bare "you're right" or the number alone gives way
LATER = 6  # turns after it in which "go with four" does; numbers from _TELLING on are recognised at any distance
_TELLING = 10  # smaller numbers occur in too many senses
_OPENING = 2  # sentences
_SHORT = 6  # most words of a sentence that only says whose figure holds; a longer one tells a story
_BARE = 4  # most words of a sentence that only repeats a number, or of what it adds to one

_Side = Literal["first", "last"]
_Ends = tuple[Decimal, Decimal]


def find_concessions(reading: Reading, contradictions: Iterable[Contradiction], past: Past) -> tuple[Contradiction, ...]:
    """Return the contradictions that a customer's turn decides: settled by the turn, or in dispute again if the first speaker insists."""
    if not reading.is_customer:
        return ()
    scene = Scene.of(reading, past)
    unsettled = [c for c in contradictions if c.settled_by is None and c.turns[-1] < reading.turn.turn]
    if not unsettled:
        return ()
    disputes = [c for c in unsettled if _other_side(scene, c)]
    told = _told_to_print(scene)
    return tuple(judged for c in unsettled if (judged := _judged(scene, c, told, latest=bool(disputes) and c is disputes[-1])))


def _judged(scene: Scene, said: Contradiction, told: frozenset[_Ends], *, latest: bool) -> Contradiction | None:
    """Return a contradiction as a turn decides it, None if it does not.

    `told` are the figures that the turn says to print; `latest`: no contradiction between the speaker and another is more recent.
    """
    stands = _granted(scene, said) or _chosen(scene, said, told) or (_deferred(scene, said) if latest else None)
    if stands:
        return said.model_copy(update={"settled_by": scene.reading.turn.turn, "stands": stands})
    return said.model_copy(update={"stands": None}) if said.stands and _insists(scene, said) else None


def _other_side(scene: Scene, said: Contradiction) -> _Side | None:
    """Return the side of another customer in a contradiction with the speaker, None if the speaker has no part in it."""
    first, last = (scene.past.speakers.get(turn) for turn in (said.turns[0], said.turns[-1]))
    if first == last or scene.reading.turn.speaker not in {first, last}:
        return None
    return "last" if scene.reading.turn.speaker == first else "first"


def _is_near(scene: Scene, said: Contradiction) -> bool:
    return scene.reading.turn.turn - said.turns[-1] <= AT_ONCE


def _granted(scene: Scene, said: Contradiction) -> _Side | None:
    """Return the side of another customer that the speaker grants at once: "that's true, Kent was late", or the bare number."""
    other = _other_side(scene, said)
    if other is None or not _is_near(scene, said):
        return None
    concedes = any(scene.within("concedes", s) or _is_named_right(scene, s, said, other) for s in scene.reading.sentences[:_OPENING])
    sentence, ends = _said_first(scene)
    bare = sentence is not None and _is_bare(scene.reading, sentence)
    repeats = bare and not scene.opens("denies") and not scene.opens("refuses") and ends in _figures(said, other)
    return other if (other == "last" and concedes) or repeats else None


def _is_named_right(scene: Scene, sentence: Sentence, said: Contradiction, side: _Side) -> bool:
    """Return whether a sentence says by name that a side's speaker is right: "four hundred and sixty, Tom's right"."""
    clauses = (sentence._replace(first=first, last=last) for first, last in scene.reading.clauses(sentence.first, sentence.last))
    return any(_says_right(scene.reading, c, _names(scene, said, side)) for c in clauses if not _is_unmeant(scene, c))


def _says_right(reading: Reading, clause: Sentence, names: Sequence[str]) -> bool:
    """Return whether a clause says of one of the names that it is right, and denies nothing; a "right-hand man" is not."""
    said, text = reading.words_in(clause), reading.turn.text
    rights = [n for n, norm in enumerate(said) if norm == "right" and not text.startswith("-", reading.tokens[clause.first + n].end)]
    named = {(f"{name}'s",) for name in names} | {(name, "is") for name in names}
    return any({said[n - 1 : n], said[n - 2 : n]} & named and not any(map(denies, said[:n])) for n in rights if n > 0)


def _names(scene: Scene, said: Contradiction, side: _Side) -> Sequence[str]:
    """Return the names of a side's speaker."""
    return scene.past.speakers.get(_turn_of(said, side), "").lower().split()


def _turn_of(said: Contradiction, side: _Side) -> int:
    return said.turns[0] if side == "first" else said.turns[-1]


def _is_bare(reading: Reading, sentence: Sentence) -> bool:
    """Return whether a sentence has few words, or few after the number that opens it: "Two and a half in the winter, then."."""
    told = reading.quantity_at(reading.tokens[sentence.first].start)
    after = [t for t in reading.tokens_in(sentence) if t.start >= told.end] if told else ()
    return sentence.last - sentence.first <= _BARE or 0 < len(after) <= _BARE


def _insists(scene: Scene, said: Contradiction) -> bool:
    """Return whether the first speaker repeats the corrected number: "no, five, I have the plan here"."""
    return _other_side(scene, said) == "last" and _is_near(scene, said) and _said_first(scene)[1] in _figures(said, "first")


def _said_first(scene: Scene) -> tuple[Sentence | None, _Ends | None]:
    """Return the first number in the opening of a turn, with its sentence."""
    opening = ((s, q) for s in scene.reading.sentences[:_OPENING] for q in scene.reading.quantities_in(s))
    return next(((s, (q.low, q.high)) for s, q in opening), (None, None))


def _figures(said: Contradiction, side: _Side) -> frozenset[_Ends]:
    """Return the numbers of one side that the other does not have."""
    first, _, last = said.text.partition(" / ")
    here, there = (first, last) if side == "first" else (last, first)
    return frozenset((q.low, q.high) for q in find_quantities(here)) - {(q.low, q.high) for q in find_quantities(there)}


def _told_to_print(scene: Scene) -> frozenset[_Ends]:
    """Return the figures that the speaker says to print: "go with nineteen"."""
    chosen = (s for s in scene.reading.sentences if scene.within("chooses", s) and not _is_unmeant(scene, s))
    return frozenset((q.low, q.high) for s in chosen for q in scene.reading.quantities_in(s))


def _chosen(scene: Scene, said: Contradiction, told: frozenset[_Ends]) -> _Side | None:
    """Return the side that has a figure which the speaker says to print."""
    near = scene.reading.turn.turn - said.turns[-1] <= LATER
    meant = {ends for ends in told if near or ends[1] >= _TELLING}
    sides: tuple[_Side, ...] = ("last", "first")
    return next((side for side in sides if meant & _figures(said, side)), None) if meant else None


def _is_unmeant(scene: Scene, sentence: Sentence) -> bool:
    """Return whether a sentence only supposes or forbids what it names: "if you put six weeks", "don't write six"."""
    return "if" in scene.reading.words_in(sentence) or scene.within("denied", sentence)


def _deferred(scene: Scene, said: Contradiction) -> _Side | None:
    """Return the side of another customer whom the speaker says to follow, at any distance: "use hers, she's right".

    Whoever of the other customers spoke last is meant.
    """
    short = (s for s in scene.reading.sentences if s.last - s.first <= _SHORT)
    defers = any(scene.within("defers", s) and not _is_unmeant(scene, s) for s in short)
    side = _other_side(scene, said) if defers else None
    others = [name for _, name in sorted(scene.past.speakers.items()) if name != scene.reading.turn.speaker]
    # The other side may be of nobody who is remembered as a customer.
    return side if side and others[-1:] == [scene.past.speakers.get(_turn_of(said, side))] else None
