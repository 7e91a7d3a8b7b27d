"""Metrics: made of a mention, named in the customer's words, and merged with other mentions of the same one."""

from __future__ import annotations

from .answering import field_told, is_asked_about, is_length
from .fields import build_metric, lacks, names_source
from .merging import (
    CONFIRMED,
    ends_of,
    is_change,
    is_said_again,
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
from .periods import length_of, rate_of, time_of

__all__ = [
    "CONFIRMED",
    "build_metric",
    "ends_of",
    "field_told",
    "is_asked_about",
    "is_change",
    "is_length",
    "is_measure",
    "is_plain",
    "is_said_again",
    "is_verb",
    "lacks",
    "length_of",
    "measure_key",
    "measure_words",
    "merge",
    "names_source",
    "rate_of",
    "same_metric",
    "same_value",
    "time_of",
    "with_answer",
    "with_confirmed",
    "with_field",
]
