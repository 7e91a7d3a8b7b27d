"""What of a call is off the record: the turns that boundaries bar or hold back, what lifts them, and what was withdrawn."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from .detectors.boundaries.words import stems_of
from .findings import Boundary, Leave
from .rulings import Release, Rulings
from .text import tokenize
from .turns import Span, Turn

__all__ = ["OffRecord", "kept_back"]


class OffRecord:
    """What of a call may not be used so far.

    `boundaries` say by which words; `barred` are the turns that somebody clearly asked to leave out; `held` those that may be meant, or
    that customers let be used after all, until a person releases them. The `rulings` of people are shared by every copy.
    """

    def __init__(self, rulings: Rulings) -> None:
        """Start with nothing but what people have decided."""
        self.rulings = rulings
        self.boundaries: tuple[Boundary, ...] = ()
        self.barred: frozenset[int] = frozenset()
        self.held: frozenset[int] = frozenset()

    @property
    def covered(self) -> frozenset[int]:
        """The turns that are barred or held back, whatever was released of them."""
        return self.barred | self.held

    @property
    def gone(self) -> frozenset[int]:
        """The turns of which something is barred or withdrawn, whatever was released of them."""
        return self.barred.union(w.turn for w in self.rulings.withdrawals)

    @property
    def turns(self) -> frozenset[int]:
        """The turns of which something is barred, withdrawn or held back, whatever was released of them."""
        return self.gone | self.held

    def covers(self, span: Span) -> bool:
        """Return whether words may not be used.

        They were withdrawn; or are of a turn that is barred, or may be, or words of a boundary, and nobody has released them.
        """
        if any(w.overlaps(span) for w in self.rulings.withdrawals):
            return True
        held = span.turn in self.covered or any(b.overlaps(span) for b in self.boundaries)
        return held and not any(r.holds(span) for r in self._releases(span.turn))

    def covers_turn(self, turn: Turn) -> bool:
        """Return whether a turn as a whole may not be used."""
        return self.covers(turn.span(0, len(turn.text)))

    def hides(self, stem: str, turn: int) -> bool:
        """Return whether a word of a turn is kept back there."""
        if any(w.turn == turn and stem in _stems(w) for w in self.rulings.withdrawals):
            return True
        held = turn in self.covered or any(b.turn == turn and stem in _stems(b) for b in self.boundaries)
        return held and not any(stem in _stems(r) for r in self._releases(turn))

    def _releases(self, turn: int) -> Iterator[Release]:
        """Yield the releases of words of a turn: of one that is barred, those that lift every boundary on it."""
        on = [b for b in self._clear if turn in b.covers] if turn in self.barred else []
        yield from (r for r in self.rulings.releases if r.turn == turn and all(r.lifts(b) for b in on))

    @property
    def _clear(self) -> list[Boundary]:
        return [b for b in self.boundaries if b.degree == "clear"]

    def clear_boundary(self, freed: Release, turns: Mapping[int, Turn]) -> Boundary | None:
        """Return the clear boundary that bars words in spite of their release, None if there is none."""
        clear = (b for b in self._clear if not freed.lifts(b))
        return next((b for b in clear if any(freed.overlaps(kept) for kept in kept_back([b], turns))), None)

    def bar(self, boundaries: Iterable[Boundary]) -> None:
        """Add boundaries; a possible one applies only to turns that are neither barred nor held back yet.

        It gives way to a clear one of the same turn that covers as much: the reply to a request has settled what it means.
        """
        for boundary in sorted(boundaries, key=lambda b: b.degree != "clear"):
            if boundary.degree == "clear":
                self.barred = self.barred.union(boundary.covers)
                self.boundaries = tuple(b for b in self.boundaries if not _gives_way(b, boundary))
            elif fresh := tuple(t for t in boundary.covers if t not in self.covered):
                boundary = boundary.model_copy(update={"covers": fresh})
                self.held = self.held.union(fresh)
            else:
                continue
            self.boundaries += (boundary,)

    def free(self, leave: Iterable[Leave]) -> None:
        """Hold back what customers let be used after all, until a person releases it; a later clear boundary bars it again.

        Leave that depends on something frees nothing, and is held back itself: it may tell what is barred.
        """
        for row in leave:
            freed = self.covered.intersection(row.covers)
            if row.depends:
                own = Boundary(turn=row.turn, start=row.start, end=row.end, text=row.text, covers=(row.turn,), degree="possible", leave=row)
                self.bar([own] if freed else [])
                continue
            self.barred -= freed
            self.held |= freed
            self.boundaries = tuple(part for b in self.boundaries for part in _parted(b, row, freed))


def kept_back(boundaries: Iterable[Boundary], turns: Mapping[int, Turn], released: Collection[int] = ()) -> tuple[Span, ...]:
    """Return what boundaries hold back: the turns covered, unless released whole, the replies to them, and their own words.

    Where every turn that a boundary covers is released, its words hold nothing back.
    """
    rows = tuple(boundaries)
    covered = {n for row in rows for n in row.covers if n in turns}.difference(released)
    replies = {n + 1 for n in covered if n + 1 in turns and turns[n + 1].role != "customer"}
    asked = (turns[row.turn].span(row.start, row.end) for row in rows if row.turn not in covered and not covered.isdisjoint(row.covers))
    return (*(turns[n].span(0, len(turns[n].text)) for n in sorted(covered | replies)), *asked)


def _gives_way(boundary: Boundary, clear: Boundary) -> bool:
    """Return whether a possible boundary is settled by a clear one of its turn."""
    return boundary.degree == "possible" and boundary.turn == clear.turn and set(boundary.covers) <= set(clear.covers)


def _parted(boundary: Boundary, leave: Leave, freed: frozenset[int]) -> Iterator[Boundary]:
    """Yield a boundary without the turns freed, if others are left, and with these alone, as a possible one."""
    if freed.isdisjoint(boundary.covers):
        yield boundary
        return
    if kept := tuple(t for t in boundary.covers if t not in freed):
        yield boundary.model_copy(update={"covers": kept})
    again = tuple(t for t in boundary.covers if t in freed)
    yield boundary.model_copy(update={"covers": again, "degree": "possible", "leave": leave})


def _stems(span: Span) -> set[str]:
    """Return the stems of what a span names."""
    return stems_of(tokenize(span.text))
