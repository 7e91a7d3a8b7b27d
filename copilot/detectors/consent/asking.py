"""Whether a turn asks for leave to record the call: by phrases, or as a call begins by the words that such turns are made of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise

from ...lexicon import Lexicon, words_of
from ...reading import Reading, once
from ...scoring import logistic, threshold
from ...text import Sentence

__all__ = ["EARLY", "ECHO", "asking_facts", "asks", "asks_in_phrases", "labels_in", "lexicon"]

_SPOKEN = re.compile(
    "[Rr]ecord|[Tt]ap[ei]|[Tt]ransc|[Nn]ote[ -]?tak|[Cc]aption|[Cc]aptur|[Vv]ideo|[Ff]ilm|[Cc]amera|[Dd]ictaphone|[Aa]udio|[Vv]oice"
    "|[Rr]ememb|[Ll]isten|[Gg]adget|[Dd]evice"
    "|[Rr]ed |[Bb]ot|AI|[Kk]eep|[Ss]ave|[Cc]opy|[Mm]achine|[Ss]ound|[Pp]lay|[Pp]ick|[Hh]ang on to|[Ff]ile"
)
NEAR = 3  # most sentences between the word "record" and the question about it
EARLY = 10  # turn up to which, at the call's beginning, any question with the word "record" is about this call
ECHO = 4  # most words of a question that may echo what was asked ("good with it?")
_TURNS = (1, 2, 3, 4, 6, 8)  # turns of the call: edges of the bins that the weights know
_LENGTHS = (5, 10, 20, 40, 80)  # words of a turn: edges of the bins that the weights know


@cache
def lexicon() -> Lexicon:
    """Return the phrases about recording a call."""
    return Lexicon.load("consent")


def labels_in(reading: Reading, sentence: Sentence) -> set[str]:
    """Return the labels of the phrases in a sentence."""
    return {m.label for m in reading.find(lexicon(), sentence)}


@lru_cache(maxsize=32)  # every answer looks back at the same few turns
def _may_ask(text: str) -> bool:
    """Return whether a text can be about recording."""
    return _SPOKEN.search(text) is not None


def asks(reading: Reading, last: Reading | None) -> bool:
    """Return whether a turn asks for leave to record the call; `last` is the turn before it.

    Phrases tell it anywhere. As the call begins so do words that turns which ask are made of, one of them for a way to keep what is said.
    """
    early = not reading.is_customer and reading.turn.turn <= EARLY and _may_ask(reading.turn.text)
    return asks_in_phrases(reading, last) or (early and _sounds_like_asking(reading))


@once
def _sounds_like_asking(reading: Reading) -> bool:
    """Return whether a turn is likely to ask, by its words, and not what the customer records."""
    if any(reading.asks(s) and _is_theirs(reading.words_in(s)) for s in reading.sentences):
        return False
    return logistic("consent.asks").judge(asking_facts(reading)) >= threshold("consent.threshold")


def asking_facts(reading: Reading) -> dict[str, float]:
    """Return the named facts for or against a turn asking for leave to record: its words, pairs of neighbours, and words of questions."""
    facts = {f"turn {_bin(reading.turn.turn, _TURNS)}", f"words {_bin(reading.words, _LENGTHS)}"}
    for sentence in reading.sentences:
        norms = reading.words_in(sentence)
        facts.update(f"says {word}" for word in norms)
        facts.update(f"says {one} {other}" for one, other in pairwise(norms))
        if reading.asks(sentence):
            facts.update(("asks", *(f"asks {word}" for word in norms)))
    return dict.fromkeys(sorted(facts), 1.0)


def _bin(value: int, edges: Sequence[int]) -> str:
    return str(next((edge for edge in edges if value <= edge), "more"))


def asks_in_phrases(reading: Reading, last: Reading | None) -> bool:
    """Return whether a turn mentions recording, or `last`, the turn before, asks about it, and shortly after asks for permission."""
    taken_up = last is not None and reading.turn.turn <= EARLY and _asks_about_it(last)
    if not taken_up and not _may_ask(reading.turn.text):
        return False
    spoken = -1 if taken_up else None
    for n, sentence in enumerate(reading.sentences):
        labels = labels_in(reading, sentence)
        if "record" in labels and not _is_other_record(reading, sentence):
            spoken = n
        if spoken is not None and n - spoken <= NEAR and ("asking" in labels or _is_question_of_it(reading, sentence, n - spoken)):
            return True
    return False


def _asks_about_it(reading: Reading) -> bool:
    """Return whether a customer asks about recording: "Are you recording?"."""
    if not reading.is_customer or not _may_ask(reading.turn.text):
        return False
    return any(reading.asks(s) and "record" in labels_in(reading, s) and not _is_other_record(reading, s) for s in reading.sentences)


def _is_question_of_it(reading: Reading, sentence: Sentence, after: int) -> bool:
    """Return whether the interviewer's side asks, as the call begins, about recording named `after` sentences before, or "May I?".

    What the customer records, and how anybody records anything, is another question.
    """
    if reading.is_customer or reading.turn.turn > EARLY or not reading.asks(sentence):
        return False
    norms = reading.words_in(sentence)
    if not words_of("consent.lists.no_request").isdisjoint(norms):
        return False
    right = not words_of("consent.lists.right").isdisjoint(norms)
    if after:
        return after == 1 and len(norms) <= ECHO and (right or norms[0] in words_of("consent.lists.echoes"))
    return not _is_theirs(norms) and (right or len(norms) == 1 or not words_of("consent.lists.leave").isdisjoint(norms))


def _is_theirs(norms: Sequence[str]) -> bool:
    """Return whether a question is about what the customer records: "do you record"."""
    return any(a == "you" and b.startswith("record") for a, b in pairwise(norms))


def _is_other_record(reading: Reading, sentence: Sentence) -> bool:
    """Return whether "record" in a sentence is one that somebody keeps or breaks, not the recording of a call."""
    words = reading.words_in(sentence)
    if any(w.startswith(("recording", "tap", "transcri", "recorder", "recorded", "notetaker", "caption")) for w in words):
        return False
    others = words_of("consent.lists.other_record")
    return any(a in others and b.startswith("record") for a, b in pairwise(words))
