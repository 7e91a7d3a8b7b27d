"""Consent: who asks whether the call may be recorded, and what the customer answers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from ..findings import Consent
from ..lexicon import Lexicon, Match, words_of
from ..reading import Reading
from ..text import Sentence

__all__ = ["ConsentEvent", "agreed_by", "find_consent", "settle"]

_SPOKEN = re.compile(
    "[Rr]ecord|[Tt]ap[ei]|[Tt]ransc|[Nn]ote[ -]?tak|[Cc]aption|[Cc]aptur|[Vv]ideo|[Ff]ilm|[Cc]amera|[Dd]ictaphone|[Aa]udio|[Vv]oice"
    "|[Rr]ed |[Bb]ot|AI|[Kk]eep|[Ss]ave|[Cc]opy|[Mm]achine|[Ss]ound|[Pp]lay|[Pp]ick|[Hh]ang on to|[Ff]ile"
)
FOLLOWED = 8  # turns after the question within which it can be answered
NEAR = 3  # most sentences between the word "record" and the question about it
EARLY = 10  # turn up to which, at the call's beginning, any question with the word "record" is about this call
PLAIN_YES = 8  # words at the start of a sentence in which it says yes or no
FIRST = 3  # sentences at the start of an answer in which it says yes or no
PAIR = 2  # customers on a call in which each may have to agree
ECHO = 4  # most words of a question that may echo what was asked ("good with it?")


class ConsentEvent(NamedTuple):
    """Something said about recording the call: a request for permission, or the customer's answer.

    "agreed" is the yes of the first of two who were both asked: it speaks for one, and the call may not be recorded yet. `joins` is
    the turn with the question where that was put to a group: the last of the answers to it is the group's.
    """

    kind: Literal["asked", "agreed", "granted", "refused"]
    turn: int
    speaker: str = ""
    joins: int | None = None


def find_consent(reading: Reading) -> tuple[ConsentEvent, ...]:
    """Return what a turn says about permission to record the call.

    A plain yes or no counts if it answers the question; explicit permission ("you can record") counts anywhere after it. An answer in
    words that say neither ("Wire me up.") is what the interviewer takes it for: a yes where it is thanked for, or the recorder runs.
    """
    if reading.is_customer and (answer := _answer(reading)):
        return (answer,)
    if not reading.is_customer and (taken := _taken_up(reading)):
        return (taken,)
    asked = not reading.is_customer and _asks(reading, reading.last)
    return (ConsentEvent("asked", reading.turn.turn, reading.turn.speaker),) if asked else ()


def settle(events: Iterable[ConsentEvent]) -> Consent:
    """Fold the events of a call, in order, into the turns in which permission was first asked for and granted, None if it was not.

    A refusal revokes an earlier grant; a later grant overrides a refusal. A group has granted it when the last of them has agreed.
    """
    asked: int | None = None
    grant: ConsentEvent | None = None
    for event in events:
        if event.kind == "asked":
            asked = event.turn if asked is None else asked
        elif asked is not None and event.kind == "refused":
            grant = None
        elif asked is not None and event.kind == "granted" and (grant is None or (event.joins is not None and event.joins == grant.joins)):
            grant = event
    return Consent(asked=asked, granted=grant.turn if grant else None)


def agreed_by(events: Iterable[ConsentEvent]) -> dict[str, int]:
    """Fold the events of a call, in order, into the turn in which each customer agreed to the recording; a refusal takes it back."""
    turns: dict[str, int] = {}
    for event in events:
        if event.kind in {"agreed", "granted"}:
            turns.setdefault(event.speaker, event.turn)
        elif event.kind == "refused":
            turns.pop(event.speaker, None)
    return turns


@cache
def _lexicon() -> Lexicon:
    return Lexicon.load("consent")


def _labels(reading: Reading, sentence: Sentence) -> set[str]:
    """Return the labels of the phrases in a sentence."""
    return {m.label for m in reading.find(_lexicon(), sentence)}


@lru_cache(maxsize=32)  # every answer looks back at the same few turns
def _may_ask(text: str) -> bool:
    """Return whether a text can be about recording."""
    return _SPOKEN.search(text) is not None


def _asks(reading: Reading, last: Reading | None) -> bool:
    """Return whether a turn mentions recording, or `last`, the turn before, asks about it, and shortly after asks for permission."""
    taken_up = last is not None and reading.turn.turn <= EARLY and _asks_about_it(last)
    if not taken_up and not _may_ask(reading.turn.text):
        return False
    spoken = -1 if taken_up else None
    for n, sentence in enumerate(reading.sentences):
        labels = _labels(reading, sentence)
        if "record" in labels and not _is_other_record(reading, sentence):
            spoken = n
        if spoken is not None and n - spoken <= NEAR and ("asking" in labels or _is_question_of_it(reading, sentence, n - spoken)):
            return True
    return False


def _asks_about_it(reading: Reading) -> bool:
    """Return whether a customer asks about recording: "Are you recording?"."""
    if not reading.is_customer or not _may_ask(reading.turn.text):
        return False
    return any(reading.asks(s) and "record" in _labels(reading, s) and not _is_other_record(reading, s) for s in reading.sentences)


def _is_question_of_it(reading: Reading, sentence: Sentence, after: int) -> bool:
    """Return whether the interviewer's side asks, as the call begins, about recording named `after` sentences before, or "May I?".

    What the customer records, and how anybody records anything, is another question.
    """
    if reading.is_customer or reading.turn.turn > EARLY or not reading.asks(sentence):
        return False
    norms = reading.norms[sentence.first : sentence.last]
    if not words_of("consent.lists.no_request").isdisjoint(norms):
        return False
    right = not words_of("consent.lists.right").isdisjoint(norms)
    if after:
        return after == 1 and len(norms) <= ECHO and (right or norms[0] in words_of("consent.lists.echoes"))
    theirs = any(a == "you" and b.startswith("record") for a, b in pairwise(norms))
    return not theirs and (right or len(norms) == 1 or not words_of("consent.lists.leave").isdisjoint(norms))


def _is_other_record(reading: Reading, sentence: Sentence) -> bool:
    """Return whether "record" in a sentence is one that somebody keeps or breaks, not the recording of a call."""
    words = reading.norms[sentence.first : sentence.last]
    if any(w.startswith(("recording", "tap", "transcri", "recorder", "recorded", "notetaker", "caption")) for w in words):
        return False
    others = words_of("consent.lists.other_record")
    return any(a in others and b.startswith("record") for a, b in pairwise(words))


def _answer(reading: Reading) -> ConsentEvent | None:
    """Return what a customer's turn answers to the question for leave, None where it does not."""
    question = _question(reading)
    if question is None:
        return None
    asked, pending = question
    turn, speaker = reading.turn.turn, reading.turn.speaker
    if pending:
        kind = _verdict(reading, asked)
        if kind != "granted" or _speaks_for_all(reading) or not _is_to_group(reading, asked):
            return kind and ConsentEvent(kind, turn, speaker)
        return ConsentEvent("agreed" if _awaits_another(reading, asked) else "granted", turn, speaker, joins=asked.turn.turn)
    said = _openings(reading)
    if "refused" in said:
        return ConsentEvent("refused", turn, speaker)
    explicit = any("explicit" in _labels(reading, s) for s in reading.sentences) and "denied" not in said
    return ConsentEvent("granted", turn, speaker) if explicit else None


def _verdict(reading: Reading, asked: Reading) -> Literal["granted", "refused"] | None:
    """Return whether the first words of an answer agree, None where they do neither."""
    said = _openings(reading)
    if "refused" in said and not _reserves(reading):
        return "refused"
    if "granted" in said:
        return "granted"
    if "denied" in said:
        minds = any("mind" in _labels(asked, s) for s in asked.sentences)
        return "granted" if minds else "refused"
    return None


def _reserves(reading: Reading) -> bool:
    """Return whether an answer agrees and then only keeps something out of the story, or at last says in so many words to record.

    "Yes. I'd rather you didn't use my surname." "I'm not comfortable with cameras. But record me, go on."
    """
    agreed = refused = False
    for sentence in reading.sentences[:FIRST]:
        opening = _opening(reading, sentence)
        if "refused" in opening and not (agreed and _keeps_out(reading, sentence)):
            agreed, refused = False, True
        elif "explicit" in opening or ("granted" in opening and not refused):
            agreed = True
    return agreed


def _keeps_out(reading: Reading, sentence: Sentence) -> bool:
    """Return whether each refusal in a sentence speaks, in its clause, of what is told in the story, and none of the recording.

    "I'd rather you didn't, it's a delicate story" refuses the recording.
    """
    found = reading.find(_lexicon(), sentence)
    reserved = [m for m in found if m.label == "reserved"]
    refusals = [m for m in found if m.label in {"refused", "denied"}]
    apart = any(not any(m.first < r.last <= _clause_end(reading, sentence, m) for r in reserved) for m in refusals)
    return bool(reserved) and not apart and "record" not in {m.label for m in found}


def _clause_end(reading: Reading, sentence: Sentence, match: Match) -> int:
    """Return the index of the word after the clause that a phrase ends in."""
    text, tokens = reading.turn.text, reading.tokens
    parted = (n for n in range(match.last, sentence.last) if "," in text[tokens[n - 1].end : tokens[n].start])
    return next(parted, sentence.last)


def _taken_up(reading: Reading) -> ConsentEvent | None:
    """Return the answer that a turn of the interviewer's side takes for a yes, or for a no, where its own words said neither."""
    *earlier, asked, last = reading.before[-3:] if len(reading.before) > 1 else (reading, reading)
    if asked.is_customer or not last.is_customer or last.turn.text.rstrip().endswith("?"):
        return None
    if not _asks(asked, earlier[-1] if earlier else None):
        return None
    if _openings(last) & {"granted", "refused", "denied"}:
        return None
    taken = _taken(reading)
    if "takes_no" in taken:
        return ConsentEvent("refused", last.turn.turn, last.turn.speaker)
    return ConsentEvent("granted", last.turn.turn, last.turn.speaker) if "takes_yes" in taken else None


def _taken(reading: Reading) -> set[str]:
    """Return the labels of the phrases in the first words of a turn."""
    return set().union(*(_opening(reading, s) for s in reading.sentences[:1]))


def _speaks_for_all(reading: Reading) -> bool:
    """Return whether an answer is the group's: "We both are"."""
    return not words_of("consent.lists.together").isdisjoint(reading.norms)


def _is_to_group(reading: Reading, asked: Reading) -> bool:
    """Return whether the question was put to several customers, by a word for them or by their names."""
    if len(_customers(reading)) < PAIR:
        return False
    norms = [n for s in _requests(asked) for n in asked.norms[s.first : s.last]]
    named = [name for name in _customers(reading) if name.lower().split()[0] in asked.norms]
    return len(named) >= PAIR or not words_of("consent.lists.group").isdisjoint(norms) or _is_to_two(asked)


def _is_to_two(asked: Reading) -> bool:
    """Return whether a question is put to two people, each of whom has to answer: "you both", "the two of you"."""
    return any(
        not words_of("consent.lists.two").isdisjoint(norms := asked.norms[s.first : s.last]) or ("you", "two") in pairwise(norms)
        for s in _requests(asked)
    )


def _requests(asked: Reading) -> list[Sentence]:
    """Return the sentences of a turn that ask."""
    return [s for s in asked.sentences if asked.asks(s) or "asking" in _labels(asked, s)]


def _customers(reading: Reading) -> list[str]:
    """Return the names of the customers on the call."""
    return [person.name for person in reading.background.of_role("customer")]


def _awaits_another(reading: Reading, asked: Reading) -> bool:
    """Return whether two were asked, and this one is the first of them to agree."""
    between = [r for r in reading.before if r.is_customer and r.turn.turn > asked.turn.turn and r.turn.speaker != reading.turn.speaker]
    return _is_to_two(asked) and not any("granted" in _openings(r) for r in between)


def _openings(reading: Reading) -> set[str]:
    """Return the labels of the phrases in the first words of a turn's first sentences; a question can only refuse."""
    found: set[str] = set()
    for s in reading.sentences[:FIRST]:
        labels = _opening(reading, s) - ({"denied"} if _keeps_out(reading, s) else set())
        found |= labels & {"refused"} if reading.asks(s) and s.last - s.first > ECHO else labels
    return found


def _opening(reading: Reading, sentence: Sentence) -> set[str]:
    """Return the labels of the phrases in the first words of a sentence."""
    return {m.label for m in _lexicon().find(reading.norms, sentence.first, min(sentence.first + PLAIN_YES, sentence.last))}


def _question(reading: Reading) -> tuple[Reading, bool] | None:
    """Return the turn that asked for permission, and whether this speaker has yet to answer it; None if nobody asked.

    The question is no longer open once the speaker has answered it or the interviewer has asked something else. After a no it is, while
    the interviewer speaks for it: until they take the no for one.
    """
    open_still = True
    after: Reading | None = None
    before = reading.before[-FOLLOWED:]
    for n, past in reversed(list(enumerate(before))):
        if not past.is_customer and _asks(past, before[n - 1] if n else None):
            return past, open_still
        if past.turn.speaker == reading.turn.speaker:
            said = _openings(past)
            agreed = "granted" in said and "refused" not in said
            open_still = open_still and not agreed and not (said & {"refused", "denied"} and _takes_no(after))
        elif not past.is_customer and _asks_something_else(past, reading.turn.speaker):
            open_still = False
        after = past
    return None


def _takes_no(reading: Reading | None) -> bool:
    """Return whether the turn after an answer takes it for a no; so does a customer's."""
    return reading is None or reading.is_customer or "takes_no" in _taken(reading)


def _asks_something_else(reading: Reading, speaker: str) -> bool:
    """Return whether a turn asks something other than once more for leave, or whether a named speaker agrees as well: "And you, Kay?"."""
    names = set(speaker.lower().split())
    asked = [s for s in reading.sentences if reading.asks(s) and ((f := _labels(reading, s)) & {"notes"} or not f & {"asking", "again"})]
    return any(s.last - s.first > ECHO or names.isdisjoint(reading.norms[s.first : s.last]) for s in asked)
