"""Quotes: sentences that a writer would use, in the customer's own words."""

from __future__ import annotations

from ..counting import Counts, prf, ratio
from ..matching import pair_spans, place
from ..trial import Heard

__all__ = ["FIGURES", "count"]

LOOKED_AT = 10


def count(heard: Heard) -> Counts:
    """Count the ten best quotes against the labels, and how many of all are verbatim and a customer's."""
    hearing, n = heard.hearing, Counts()
    interview, quotes = hearing.interview, hearing.findings.quotes
    best = quotes[:LOOKED_AT]
    pairs = pair_spans(interview.gold.quotes, best, interview)
    n.add_pairs("quote", len(pairs), len(best), len(interview.gold.quotes))
    n["quotes"] += len(quotes)
    n["verbatim"] += sum(place(row, interview.texts) is not None for row in quotes)
    n["customer"] += sum(row.turn in interview.customer for row in quotes)
    return n


FIGURES = (
    *prf("quote"),
    ratio("verbatim", "verbatim", "quotes"),
    ratio("customers_own", "customer", "quotes"),
)
