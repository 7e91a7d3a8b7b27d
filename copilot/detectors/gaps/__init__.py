"""Gaps: where a very good interviewer would want more, and what later answers make of it.

`candidates` finds the gaps of a turn: it weighs the `facts` about each sentence, to which `signs` and the form of what is left open
(`threads`) belong, and leaves out what the answer has just `given`. `waiting` keeps a gap until its answer comes; `closings` judges that
answer by the `closing_facts` about the two. `severity` tells how much a story needs what is missing.
"""

from __future__ import annotations

from .candidates import Candidate, find_gaps
from .closing_facts import AMOUNT_KINDS, NUMBER_KINDS
from .closings import bears_out, is_pressed, supplies, verdict_on, withholds
from .facts import Mark
from .severity import need_of, severity_of
from .threads import find_open_threads
from .waiting import Answer, OpenGap, open_gap, read_answers, stems_said

__all__ = [
    "AMOUNT_KINDS",
    "NUMBER_KINDS",
    "Answer",
    "Candidate",
    "Mark",
    "OpenGap",
    "bears_out",
    "find_gaps",
    "find_open_threads",
    "is_pressed",
    "need_of",
    "open_gap",
    "read_answers",
    "severity_of",
    "stems_said",
    "supplies",
    "verdict_on",
    "withholds",
]
