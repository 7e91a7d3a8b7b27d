"""Metrics: made of a mention, named in the customer's words, and merged with other mentions of the same one."""

from __future__ import annotations

from .answering import field_told
from .fields import build_metric, names_source
from .merging import (
    CONFIRMED,
    is_change,
    measure_key,
    measure_words,
    merge,
    same_metric,
    same_value,
    with_answer,
    with_confirmed,
    with_field,
)
from .naming import is_measure, is_plain, is_verb

__all__ = [
    "CONFIRMED",
    "build_metric",
    "field_told",
    "is_change",
    "is_measure",
    "is_plain",
    "is_verb",
    "measure_key",
    "measure_words",
    "merge",
    "names_source",
    "same_metric",
    "same_value",
    "with_answer",
    "with_confirmed",
    "with_field",
]
