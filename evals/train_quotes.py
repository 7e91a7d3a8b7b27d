"""Train the scorers of quotes and of technical claims on labelled interviews: `python evals/train_quotes.py [--write]`.

Reads the build split and the training interviews, fits L2-regularised logistic regressions over the facts that the detectors compute, and
prints figures for writers left out of the fit. `--write` puts the weights of a fit on all of them into `copilot/data/quotes.json` and
`copilot/data/verify.json`. Deterministic. Needs scikit-learn.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from corpus import build, labels, overlap, readings, writer_of
from fitting import as_weights, fit, frequent, left_out, write

from copilot.detectors import quotes, verify
from copilot.detectors.quote_facts import pieces, quote_facts
from copilot.reading import Reading

WRITERS = 4  # whose interviews hold a fact of a claim, from which it is no habit of one
LONG = 90  # turns; ten sentences at most are labelled as quotes, which is a milder choice in a short call
OVERLAP = 0.5  # of the shorter span, from which two spans are the same finding
STRENGTH = {"quotes": 0.02, "verify": 0.15}
LEAST = 0.0095
Span = tuple[int, int]


@dataclass
class Interview:
    """The customers' turns of an interview, and its labels."""

    writer: str
    readings: list[Reading]
    replies: dict[int, Reading]
    gold: dict[str, Any]

    def spans(self, key: str, reading: Reading) -> list[Span]:
        """Return the places in a turn of the labels under a key."""
        rows = [r for r in self.gold[key] if r["turn"] == reading.turn.turn]
        at = [(reading.turn.text.find(r["text"]), len(r["text"])) for r in rows]
        return [(start, start + length) for start, length in at if start >= 0]

    @property
    def barred(self) -> set[int]:
        """The turns that nothing may be quoted from."""
        return {t for row in self.gold["off_record"] for t in row["covers"]}


def load(folder: Path) -> Interview:
    """Read the customers' turns of an interview."""
    said = readings(folder)
    return Interview(writer_of(folder), [r for r in said if r.is_customer], {r.turn.turn - 1: r for r in said}, labels(folder))


Rows = list[tuple[Span, dict[str, float]]]


def quote_rows(reading: Reading, reply: Reading | None) -> Rows:
    """Return the pieces of a turn with their facts."""
    reply = None if reply and reply.is_customer else reply
    return [((p.start, p.end), facts) for p, facts in zip(pieces(reading), quote_facts(reading, reply), strict=True)]


def claim_rows(reading: Reading, reply: Reading | None) -> Rows:
    """Return the sentences of a turn with their facts."""
    return [((s.start, s.end), facts) for s, facts in zip(reading.sentences, verify.claim_facts(reading), strict=True)]


@dataclass
class Examples:
    """Rows of facts with their labels, and the interview and turn of each."""

    facts: list[dict[str, float]] = field(default_factory=list)
    label: list[bool] = field(default_factory=list)
    interview: list[int] = field(default_factory=list)
    place: list[tuple[Reading, Span]] = field(default_factory=list)


def examples(interviews: list[Interview], key: str, rows: Callable[[Reading, Reading | None], Rows]) -> Examples:
    """Return the rows of all interviews; a row is true where it overlaps a label."""
    out = Examples()
    for number, interview in enumerate(interviews):
        for reading in interview.readings:
            gold = interview.spans(key, reading)
            for span, facts in rows(reading, interview.replies.get(reading.turn.turn)):
                out.facts.append(facts)
                out.label.append(any(overlap(span, g) >= OVERLAP for g in gold))
                out.interview.append(number)
                out.place.append((reading, span))
    return out


def f1(hits: int, found: int, gold: int) -> str:
    """Return precision, recall and F1 as text."""
    return f"precision {hits / max(1, found):.3f} recall {hits / max(1, gold):.3f} F1 {2 * hits / max(1, found + gold):.3f}"


def paired(found: list[tuple[int, Span]], gold: list[tuple[int, Span]]) -> int:
    """Return how many labels are found, each by one finding."""
    left, hits = list(gold), 0
    for turn, span in found:
        match = next((g for g in left if g[0] == turn and overlap(span, g[1]) >= OVERLAP), None)
        if match:
            left.remove(match)
            hits += 1
    return hits


Rated = list[tuple[Reading, list[tuple[float, Span]]]]
"""The customers' turns of an interview, each with its rows and their chances."""


def chosen_quotes(interview: Interview, rated: Rated) -> list[tuple[int, Span]]:
    """Return the ten best quotes of an interview."""
    rows = ((reading, pieces(reading), [chance for chance, _ in here]) for reading, here in rated)
    told = (q for row in rows for q in quotes.candidates(*row))
    return [(q.turn, (q.start, q.end)) for q in quotes.best_quotes(q for q in told if q.turn not in interview.barred)]


def chosen_claims(interview: Interview, rated: Rated) -> list[tuple[int, Span]]:
    """Return the claims of an interview."""
    return [(reading.turn.turn, span) for reading, here in rated for span in verify.choose(here)]


def judge(
    interviews: list[Interview], key: str, rows: Examples, chances: np.ndarray, choose: Callable[[Interview, Rated], list[tuple[int, Span]]]
) -> str:
    """Return the figures of what is chosen in all interviews."""
    here: dict[int, list[tuple[float, Span]]] = defaultdict(list)
    for (reading, span), chance in zip(rows.place, chances, strict=True):
        here[id(reading)].append((float(chance), span))
    hits = found = gold = 0
    for interview in interviews:
        told = choose(interview, [(reading, here[id(reading)]) for reading in interview.readings])
        want = [(r.turn.turn, s) for r in interview.readings for s in interview.spans(key, r)]
        hits, found, gold = hits + paired(told, want), found + len(told), gold + len(interview.gold[key])
    return f1(hits, found, gold)


def main() -> None:
    """Fit, print the figures, and write the weights where asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, help="interviews to read in place of them")
    parser.add_argument("--write", action="store_true", help="write the weights of a fit on all interviews")
    given = parser.parse_args()
    for name, key, make, choose in (("quotes", "quote", quote_rows, chosen_quotes), ("verify", "claim", claim_rows, chosen_claims)):
        interviews = [load(f) for f in given.folders or build(LONG if name == "quotes" else 0)]
        rows = examples(interviews, name, make)
        writers = [interviews[n].writer for n in rows.interview]
        facts = frequent(rows.facts, writers, WRITERS) if name == "verify" else rows.facts
        label, options = np.array(rows.label), {"C": STRENGTH[name], "max_iter": 5000}
        chances = left_out(facts, label, writers, **options)
        print(f"{name:8} left out: {judge(interviews, name, rows, chances, choose)}")
        if given.write:
            write(name, {key: as_weights(*fit(facts, label, **options), LEAST, digits=3)}, __file__)


if __name__ == "__main__":
    main()
