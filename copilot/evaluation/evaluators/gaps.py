"""Gap finding and silence: finds what an expert would ask, and stays silent after full answers."""

from __future__ import annotations

from collections.abc import Collection

from ...findings import FAMILY, Gap
from ..context import EvaluatorContext
from ..counting import Counts, Figure, prf, ratio
from ..gold import Interview
from ..matching import pair_gaps, verbatim

__all__ = ["BINS", "FIGURES", "WORDY", "count", "full_answers"]

WORDY = 15  # fewest words of a customer's turn that counts as an answer
BINS = 10  # of the score, for the curves


def count(context: EvaluatorContext) -> Counts:
    """Count gaps found, missed and invented, and the full answers that were nagged at."""
    hearing = context.hearing
    interview, n = hearing.interview, Counts()
    gold = interview.gold.gaps
    found, pairs = pair_gaps(interview, hearing.findings)
    hit_gold, hit_found = {i for i, _ in pairs}, {j for _, j in pairs}
    n.add_pairs("gap", len(pairs), len(found), len(gold))
    for i, label in enumerate(gold):
        if label.severity == "must":
            n["must.n"] += 1
            n["must.hit"] += i in hit_gold
    for i, j in pairs:
        n["gap.kind"] += gold[i].kind == found[j].kind
        n["gap.family"] += FAMILY[gold[i].kind] == FAMILY.get(found[j].kind)
        n["gap.topic"] += gold[i].topic == found[j].topic
    _count_turns(n, interview, {gap.turn for gap in found})
    _count_scores(n, found, hit_found)
    n["verbatim.n"] += len(hearing.findings.gaps)
    n["verbatim.ok"] += verbatim(hearing.findings.gaps, interview)
    return n


def full_answers(interview: Interview) -> set[int]:
    """Return the customer's turns that are complete answers."""
    lacking = {gap.turn for gap in interview.gold.gaps}
    return {turn for turn in interview.customer - lacking if len(interview.texts[turn].split()) >= WORDY}


def _count_turns(n: Counts, interview: Interview, found: set[int]) -> None:
    lacking, full = {gap.turn for gap in interview.gold.gaps}, full_answers(interview)
    n.add_pairs("turn", len(lacking & found), len(found), len(lacking))
    n["full.n"] += len(full)
    n["full.nagged"] += len(full & found)


def _count_scores(n: Counts, found: list[Gap], hits: Collection[int]) -> None:
    """Count how well scores separate good gaps from others: squared errors, and hits and numbers by bin."""
    for j, gap in enumerate(found):
        hit = j in hits
        n["brier.sum"] += (gap.score - hit) ** 2
        row = f"curve.{min(int(gap.score * BINS), BINS - 1)}"
        n[f"{row}.n"] += 1
        n[f"{row}.hit"] += hit
        n[f"{row}.score"] += gap.score
        n["found.n"] += 1


def _tact(n: Counts) -> float:
    """Return the mean of two shares: turns with a gap for which one was found, and full answers met with silence."""
    lacking = n["turn.tp"] + n["turn.fn"]
    seen = n["turn.tp"] / lacking if lacking else 0.0
    quiet = 1 - n["full.nagged"] / n["full.n"] if n["full.n"] else 1.0
    return (seen + quiet) / 2


FIGURES = (
    Figure("tact", _tact),
    *prf("gap"),
    ratio("must_recall", "must.hit", "must.n"),
    ratio("kind_accuracy", "gap.kind", "gap.tp"),
    ratio("family_accuracy", "gap.family", "gap.tp"),
    ratio("topic_accuracy", "gap.topic", "gap.tp"),
    *prf("turn", "turn_"),
    ratio("nag_rate", "full.nagged", "full.n", "lower"),
    ratio("brier", "brier.sum", "found.n", "lower"),
    ratio("verbatim", "verbatim.ok", "verbatim.n"),
)
