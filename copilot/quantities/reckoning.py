"""Sums said aloud, whose bare numbers count nothing by themselves: "thirteen times forty-six is, um, five hundred twenty"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from .values import Measure
from .words import Words, lists

__all__ = ["mark_terms"]

_Link = Literal["operator", "weak", "result", "next"]
_RECKONS = frozenset({"operator", "weak"})


class _Sum(NamedTuple):
    """Neighbouring numbers that are reckoned with each other, and what links each to the one before it."""

    numbers: list[Measure]
    links: list[_Link | None]

    @property
    def is_reckoned(self) -> bool:
        """Whether anything is reckoned: an "and" or a "minus" says so only before a result, since things are listed in the same way."""
        return "operator" in self.links or ("weak", "result") in pairwise(self.links)


def mark_terms(w: Words, found: Sequence[Measure]) -> None:
    """Make terms of the bare numbers of sums said aloud; a number with a unit or a rate remains, since a result is said with it."""
    for one in _sums(w, found):
        if not one.is_reckoned:
            continue
        for m, before, after in zip(one.numbers, one.links, [*one.links[1:], None], strict=True):
            factor = (m.share and before in _RECKONS) or (after in _RECKONS and (m.share or m.unit == "times"))
            if m.kind == "quantity" and m.period is None and (m.unit is None or factor):
                m.kind, m.unit = "term", None


def _sums(w: Words, found: Sequence[Measure]) -> Iterator[_Sum]:
    """Yield runs of numbers that are linked with each other."""
    run: _Sum | None = None
    for m in found:
        link = _link(w, run.numbers[-1], m) if run else None
        if run and link:
            run.numbers.append(m)
            run.links.append(link)
            continue
        if run:
            yield run
        run = _Sum([m], [_leading(w, m)])
    if run:
        yield run


def _is_multiplied(w: Words, m: Measure) -> bool:
    """Return whether a number of times may be a factor: "four times six"."""
    return m.unit == "times" and w.norm(m.last - 1) == "times" and w.joined(m.last)


def _leading(w: Words, m: Measure) -> _Link | None:
    """Return "operator" if a clause starts with one right before a number: "Times thirty, a hundred and seventy thousand"."""
    known, i = lists(), m.first - 1
    while i > 0 and w.norm(i) in known.reckoning_fillers:
        i -= 1
    i -= w.norm(i) == "by" and w.norm(i - 1) in known.operators
    starts = i == 0 or w.gap(i).strip()[-1:] in {".", ",", ";", "!", "?", "\u2014"}
    return "operator" if i >= 0 and w.norm(i) in known.operators and starts else None


def _link(w: Words, a: Measure, b: Measure) -> _Link | None:
    """Return what the words between two numbers of a sentence make of them, None for anything else."""
    known, first = lists(), a.last - _is_multiplied(w, a)
    if any(mark in w.gap(i) for i in range(first, b.first + 1) for mark in ".?!;:"):
        return None
    words = [word for word in w.norms[first : b.first] if word not in known.reckoning_fillers]
    if not words:
        return "next" if "," in w.gap(b.first) or first < b.first else None
    if known.operators.intersection(words) and known.operators.issuperset(word for word in words if word != "by"):
        return "operator"
    if len(words) == 1 and words[0] in known.weak_operators:
        return "weak" if all(m.unit is None or m.share for m in (a, b)) else None
    return "result" if known.equals.issuperset(words) else None
