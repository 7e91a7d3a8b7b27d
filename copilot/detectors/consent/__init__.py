"""Consent: who asks whether the call may be recorded, and what the customer answers."""

from __future__ import annotations

from ...reading import Reading
from .answers import answer, says_yes, taken_up
from .asking import EARLY, asks
from .events import ConsentEvent, agreed_by, assumed_by, refused_by, settle

__all__ = ["EARLY", "ConsentEvent", "agreed_by", "answer", "assumed_by", "find_consent", "refused_by", "says_yes", "settle"]


def find_consent(reading: Reading) -> tuple[ConsentEvent, ...]:
    """Return what a turn says about permission to record the call.

    A plain yes or no counts if it answers the question; explicit permission ("you can record") counts anywhere after it. An answer in
    words that say neither ("Wire me up.") is what the interviewer takes it for: a yes where it is thanked for, or the recorder runs. Where
    the interview merely goes on after such an answer that does not hesitate, the yes is assumed. A customer who wants the recording
    stopped, deleted, or not made, refuses at any time. A yes to no more than a notice, and an offer that nobody asked for, are assumed.
    """
    if reading.is_customer and (answered := answer(reading)):
        return (answered,)
    if not reading.is_customer and (taken := taken_up(reading)):
        return (taken,)
    asked = not reading.is_customer and asks(reading, reading.last)
    return (ConsentEvent("asked", reading.turn.turn, reading.turn.speaker),) if asked else ()
