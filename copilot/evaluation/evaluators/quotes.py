"""Quotes: sentences that a writer would use, in the customer's own words."""

from __future__ import annotations

from ..context import EvaluatorContext
from ..counting import Counts, prf, ratio
from ..matching import pair_spans, verbatim

__all__ = ["FIGURES", "count"]

LOOKED_AT = 10  # best quotes that are scored


def count(context: EvaluatorContext) -> Counts:
    """Count matches of the ten best quotes with the labels, and how many quotes are verbatim and a customer's."""
    hearing, n = context.hearing, Counts()
    interview, quotes = hearing.interview, hearing.findings.quotes
    best = quotes[:LOOKED_AT]
    pairs = pair_spans(interview.gold.quotes, best, interview)
    n.add_pairs("quote", len(pairs), len(best), len(interview.gold.quotes))
    n["quotes"] += len(quotes)
    n["verbatim"] += verbatim(quotes, interview)
    n["customer"] += sum(row.turn in interview.customer for row in quotes)
    return n


FIGURES = (
    *prf("quote"),
    ratio("verbatim", "verbatim", "quotes"),
    ratio("customers_own", "customer", "quotes"),
)
