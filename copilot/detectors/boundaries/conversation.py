"""What the conversation around a turn bars: the question that it answers, a switched-off recording, an announced confidence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ...findings import Boundary
from ...reading import Reading
from .earlier import recall, thread
from .forms import is_parted
from .names import meant, speaks_of_names, turns_of
from .phrases import Phrase, affirmed, labels_in, lexicon, phrases_of
from .subject import ahead_of, back_from, boundary, looks_forward
from .words import ANSWER, SUBSTANCE, Said, lists, stems_of, substance

__all__ = ["answered", "in_confidence", "off_record"]

LONG = 25  # words of a turn that holds its own off-the-record part
_SWITCHED = re.compile("[Rr]ecord|[Tt]ap[ei]|[Bb]ack on|quote|that off| off")  # no switch without one of these


def answered(reading: Reading, said: Said) -> Iterator[Boundary]:
    """Yield what an answer bars: "shall I leave that out?" "please", "may I print that?" "no", "what should I leave out?" "the name"."""
    if not reading.before or reading.before[-1].is_customer or not reading.tokens:
        return
    asked, first = labels_in(reading.before[-1], "ask"), reading.norms[:3]
    said_no, said_yes = not lists().denial.isdisjoint(first), not lists().assent.isdisjoint(first)
    end = reading.sentences[0].end
    if "ask.what" in asked and not said_no and (names := stems_of(reading.tokens[: reading.sentences[0].last])):
        yield boundary(reading, 0, end, (*recall(names, said, reading.turn.turn), reading.turn.turn))
    elif ("ask.drop" in asked and said_yes) or ("ask.use" in asked and said_no and not _grants(reading)):
        named = _asked_names(reading, said) if "ask.use" in asked else frozenset()
        yield boundary(reading, 0, end, named or thread(reading)[-1:] or (reading.turn.turn,))


def _grants(reading: Reading) -> bool:
    """Say whether an answer gives leave after all, and not only for other words in a name's place."""
    return any(affirmed(reading, s) and not reading.find(lexicon("instead"), s) for s in reading.sentences)


def _asked_names(reading: Reading, said: Said) -> frozenset[int]:
    """Return the turns with the name that the question before a turn asks leave for: "can I name the customer?"."""
    last = reading.before[-1]
    asking = (s for s in last.sentences if last.find(lexicon("ask.use"), s) and speaks_of_names(last.norms[s.first : s.last]))
    names = [name for s in asking for name in meant(last, s, s.last, said).names]
    return turns_of(names, reading, said) if names else frozenset()


def off_record(reading: Reading) -> Iterator[Boundary]:
    """Yield the whole turn if the conversation went off the record before it and has not come back on."""
    if not _is_off(reading.before):
        return
    on = [m.first for m in reading.find(lexicon("switch.on"))]
    said = substance(reading, 0, on[0] if on else len(reading.tokens))
    if said and not (on and said < ANSWER):
        end = reading.tokens[on[0]].start if on else len(reading.turn.text)
        yield boundary(reading, 0, len(reading.turn.text[:end].rstrip()), (reading.turn.turn,))


def in_confidence(reading: Reading) -> Iterator[Boundary]:
    """Yield the whole turn if its speaker or the interviewer's question made it confidential just before."""
    last = reading.before[-1] if reading.before else None
    if last is None or last.is_customer or substance(reading, 0, len(reading.tokens)) < SUBSTANCE:
        return
    spoken = next((r for r in reading.before[-2:] if r.turn.speaker == reading.turn.speaker and r.words < LONG), None)
    asked = "?" in last.turn.text and not labels_in(last, "ask") and any(_opens(last, p) for p in phrases_of(last))
    promised = spoken is not None and any(_is_empty(spoken, p) for p in phrases_of(spoken))
    if asked or (promised and not _is_refused((last,))):
        yield boundary(reading, 0, len(reading.turn.text), (reading.turn.turn,))


def _opens(reading: Reading, phrase: Phrase) -> bool:
    """Return whether a sentence starts with a phrase that looks ahead: "off the record, what did you think?"."""
    sentence = reading.sentences[phrase.sentence]
    starts = phrase.first <= sentence.first + 1 and phrase.last < sentence.last and is_parted(reading, phrase.last)
    return phrase.reach == "ahead" and starts


def _is_empty(reading: Reading, phrase: Phrase) -> bool:
    """Return whether a phrase looks ahead and its own turn contains nothing that it could bar."""
    ahead = ahead_of(reading, phrase) if phrase.reach == "ahead" else None
    return looks_forward(reading, phrase, {*lists().forward, "this"}) and ahead is None and back_from(reading, phrase) is None


@lru_cache(maxsize=32)  # every turn looks back at the same few turns
def _may_switch(text: str) -> bool:
    """Return whether a text can take the conversation off the record, or back on."""
    return _SWITCHED.search(text) is not None


def _is_off(before: Sequence[Reading]) -> bool:
    """Return whether the last switch before this turn took the conversation off the record."""
    for n in range(len(before) - 1, -1, -1):
        if not _may_switch(before[n].turn.text):
            continue
        labels = labels_in(before[n], "switch")
        if "switch.on" in labels:
            return False
        if "switch.off" in labels and _is_of_recording(before[max(0, n - 1) : n + 1]):
            return before[n].words < LONG and not _is_refused(before[n + 1 : n + 2])
    return False


def _is_of_recording(readings: Sequence[Reading]) -> bool:
    """Return whether the switch is about the recording: "turn it off" can be about anything."""
    return any(not lists().recording.isdisjoint(r.norms) for r in readings)


def _is_refused(reply: Sequence[Reading]) -> bool:
    """Return whether the interviewer refused to go off the record."""
    return bool(reply) and not reply[0].is_customer and not lists().denial.isdisjoint(reply[0].norms[:2])
