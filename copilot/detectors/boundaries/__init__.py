"""Boundaries: what a customer wants kept out of the story, and which turns that bars.

What is asked: `phrases` finds where a turn asks for discretion, in listed words that pass the checks of `forms`, or in other words that
`discretion` scores, which may ask it. What it bars: `settle` says that for a phrase, by its `subject`, its `amounts`, the names to be
`left_out`, its `surroundings`, or the `answers` before it; `conversation` for an answer, a switched-off recording and an announced
confidence, `leave` for what a yes leaves out, `reach` for what only may be a request; they look it up among `earlier` turns, by what
`told` remembers of each, and `names`; `content` tells which of them say something that can be barred. `withheld` tells where a number was
never told, and so needs no barring. `aside` tells what a request bars where it comes later. `heard` gathers what the customer's words bar,
`implied` what they do not clearly bar, `later_leave` what they let be used after all. `words` holds the word lists of
`copilot/data/boundaries.yaml`.
"""

from __future__ import annotations

from ...findings import Boundary
from ...reading import Reading
from .heard import heard_boundaries
from .implied import barred_by_promise, may_reach_back, naming_of, possibly_barred
from .later_leave import find_leave
from .phrases import asks_to_use, leave_lexicon, phrase_lexicon, request_lexicon
from .told import pointers_to, said_in
from .words import Said

__all__ = [
    "asks_to_use", "find_boundaries", "find_leave", "heard_boundaries", "leave_lexicon", "may_reach_back", "naming_of", "phrase_lexicon",
    "pointers_to", "request_lexicon",
]  # fmt: skip


def find_boundaries(reading: Reading, said: Said | None = None) -> tuple[Boundary, ...]:
    """Return what this turn bars or may bar from use, in this turn or in earlier ones.

    `said` maps each word of `pointers_to` to the earlier turns that contain it; without it a boundary reaches back no further than
    `reading.before`.

    An interviewer's turn bars what a customer said before it if the interviewer promises to leave it out and the customer's words did
    not bar it already.
    """
    said = said_in(reading.before) if said is None else said
    heard = heard_boundaries(reading, said) if reading.is_customer else barred_by_promise(reading, said)
    return (*heard, *possibly_barred(reading, heard, said))
