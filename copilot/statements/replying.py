"""Replies whose form leaves something open: a sentence that trails off, a rank without a source, an exception, a bare "no" to a plan."""

from __future__ import annotations

import re

from ..lexicon import Lexicon, denies, words_of
from ..reading import Reading, once
from ..text import Sentence

__all__ = ["answered", "bare_reply", "denies_any", "denies_plan", "excepted", "ranks_without_source", "reply_labels", "sought", "trailing"]

BARE = 3  # most words of a sentence that says too little to trail off
EXCEPTED = 4  # most words that name what is left out, after the first
_LEFT = re.compile(r",\s+(\w+)[.\s…]*$")
"""A last word on its own after a comma: "and if he was away, well"."""


def trailing(reading: Reading, sentence: Sentence) -> tuple[int, int] | None:
    """Return the words of a turn's last sentence that stops before it has said what it began; None if it does not.

    That is the condition in "it ran all night, and if the pump froze, well", otherwise all that is said.
    """
    left = _LEFT.search(reading.turn.text, sentence.start)
    short = sentence.last - sentence.first <= BARE
    if sentence is not reading.sentences[-1] or short or left is None or left.group(1).lower() not in words_of("probes.trails"):
        return None
    openers = (i for i in range(sentence.last - 1, sentence.first - 1, -1) if reading.norms[i] in words_of("probes.conditions"))
    return reading.cite(next(openers, sentence.first), sentence.last - 1)


def excepted(reading: Reading) -> tuple[int, int] | None:
    """Return the words with which a turn's last sentence ends on an exception: "except the night shift"; None if it does not.

    It leaves out a part of some whole, unlike "it's like a taxi, except the driver sings".
    """
    first, last = reading.sentences[-1].first, reading.sentences[-1].last
    found = next(iter(Lexicon.at("probes.excepts").find(reading.norms[first:last])), None)
    if found is None or last - first - found.last > EXCEPTED or first + found.last == last:
        return None
    at = first + found.first
    parted = found.first == 0 or not words_of("probes.wholes").isdisjoint(reading.norms[first : first + found.last])
    denied = not words_of("probes.none").isdisjoint(reading.norms[first:at])
    return reading.cite(at, last) if parted and not denied else None


def reply_labels(reading: Reading, start: int, end: int) -> set[str]:
    """Return the labels of forms for what the form of a reply leaves open at text[start:end]."""
    sentence, first = reading.sentence_at(start), next((t.norm for t in reading.tokens if t.start >= start), "")
    if sentence is None:
        return set()
    held = {
        "denied": denies_plan(reading),
        "ranks": ranks_without_source(reading, sentence),
        "condition": first in words_of("probes.conditions") and trailing(reading, sentence) == (start, end),
    }
    return {label for label, holds in held.items() if holds}


def ranks_without_source(reading: Reading, sentence: Sentence) -> bool:
    """Return whether a sentence puts the customer first among others, with no number: "we're the biggest in the county"."""
    words = reading.words_in(sentence)
    labels = {m.label for m in reading.find(Lexicon.at("probes.replying"), sentence)}
    first = "foremost" in labels or any(
        w in words_of("probes.first") or (w.endswith("est") and w not in words_of("probes.no_rank")) for w in words
    )
    ranked = "among" in labels and first and not words_of("probes.own").isdisjoint(words)
    return ranked and not reading.quantities_in(sentence) and "measure_source" not in reading.cue_labels()


def answered(reading: Reading) -> Sentence | None:
    """Return the question that a customer's turn answers: the last one of the interviewer's turn right before it; None without one."""
    asked = reading.asked if reading.is_customer else None
    return None if asked is None else next((s for s in reversed(asked.sentences) if asked.asks(s)), None)


@once
def bare_reply(reading: Reading) -> str:
    """Return "yes" or "no" for a turn that is nothing but that, in answer to a question: "We do.", "No, none at all."; else ""."""
    words = reading.norms
    ayes, nays, auxiliaries = (words_of(place) for place in ("probes.ayes", "probes.nays", "questions.lists.auxiliaries"))
    denied = any(denies(word) or word in nays for word in words)
    said = denied or not ayes.isdisjoint(words) or not auxiliaries.isdisjoint(words[-1:])
    made_of = ayes | nays | auxiliaries | words_of("probes.beside") | words_of("statements.pronouns")
    if not said or answered(reading) is None or not all(denies(word) or word in made_of for word in words):
        return ""
    return "no" if denied else "yes"


def denies_any(reading: Reading) -> bool:
    """Return whether a turn is a bare "no" to a question whether there is something at all, which leaves nothing of it to ask."""
    return bare_reply(reading) == "no" and "exists" in sought(reading) and sought(reading).isdisjoint({"compared", "planned"})


def denies_plan(reading: Reading) -> bool:
    """Return whether a turn is a bare "no" to a question whether something went as planned, which leaves what came instead."""
    return bare_reply(reading) == "no" and "planned" in sought(reading)


def sought(reading: Reading) -> set[str]:
    """Return the labels of what the question that a turn answers asks about, by the words of `replying` in `copilot/data/probes.yaml`."""
    question = answered(reading)
    if question is None or reading.asked is None:
        return set()
    return {m.label for m in reading.asked.find(Lexicon.at("probes.replying"), question)}
