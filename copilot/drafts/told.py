"""What is left to ask of what a call leaves open: not what it tells elsewhere, nor what is hardly worth a question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from ..findings import Gap
from ..lexicon import Lexicon, load_data, words_of
from ..metrics import is_verb
from ..probe import Probe
from ..probes.asking import chance_of_asking
from ..probes.wording import quote_in
from ..quantities import find_quantities
from ..text import norms, stem
from ..turns import Span
from .clashes import contradictions, is_open
from .leaning import names_something
from .material import Material

__all__ = ["FEWEST", "OF_NUMBERS", "breaks_off", "is_spent", "is_sure", "is_told", "needed", "only_agrees", "words_behind"]

FEWEST = 3
"""Questions below which what the story needs is asked for even if it is less sure that an interviewer would ask."""
SURE = 0.4
"""Chance, that an interviewer would ask it at the end of the call, from which a question is worth a customer's time in writing."""
CLEAR = 0.4
"""Chance that two statements do not go together from which a customer is asked about them, since one of them cannot be printed."""
AROUND = 20  # words around a figure in which its value before may be told
LITTLE = 4  # words below which nobody knows what they were about
PURSUING = 12  # most words of a question that only pursues what was just said
AMOUNT = 12  # most words of a sentence that tells the amount of what was named before it
SOON = 12  # turns in which a speaker comes back to the second of two things
LEAD = 2  # most words before "the other thing is" in a sentence that comes back to it
OPENING = 3  # first words of a sentence among which such an amount stands

OF_NUMBERS = frozenset({"missing_metric", "missing_baseline"})
"""Kinds of gaps for which a question asks for a number."""


@lru_cache(maxsize=4)
def needed(material: Material) -> frozenset[str]:
    """Return the ids of the open gaps that the story needs and that are worth a question: all that are sure, else the likeliest.

    What was put off is worth one in any case.
    """
    must = [g for g in material.findings.gaps if g.severity == "must" and g.outcome in {"open", "deferred"} and material.is_usable(g)]
    left = [g for g in must if g.outcome == "deferred" or not is_spent(material, g)]
    sure = [g for g in left if g.outcome == "deferred" or is_sure(g)]
    likeliest = sorted((g for g in left if g not in sure), key=lambda g: -g.score)[: max(0, FEWEST - len(sure))]
    return frozenset(g.id for g in (*sure, *likeliest))


def is_sure(asked: Gap | Probe) -> bool:
    """Return whether a question is worth a customer's time: of two statements that clash, or sure enough."""
    clash = asked.kind == "inconsistent" and asked.score >= CLEAR
    return clash or chance_of_asking(asked, None) >= SURE


def is_spent(material: Material, asked: Gap | Probe) -> bool:
    """Return whether there is nothing to ask of some words: the call tells it, or they only agree, or end in a stumble."""
    return is_told(material, asked) or only_agrees(asked.text) or breaks_off(asked.text)


def breaks_off(text: str) -> bool:
    """Return whether words end in a stumble: "It's a bit less, um"."""
    return not words_of("rewordings.fillers").isdisjoint(norms(text)[-1:])


def only_agrees(text: str) -> bool:
    """Return whether words only agree to what was asked: "Yeah, probably something like that."."""
    opens = not words_of("drafts.assenting").isdisjoint(norms(text)[:1])
    return opens and not names_something(text) and not find_quantities(text)


def words_behind(material: Material, asked: Gap | Probe) -> Span:
    """Return the words that prompted a question."""
    turn = material.turns[asked.turn or 0]
    start = max(0, turn.text.find(asked.text))
    return turn.span(start, start + len(asked.text))


def is_told(material: Material, probe: Gap | Probe) -> bool:
    """Return whether the call answers a question, or its speaker waved it off.

    It was pursued at once, came back to its speaker, who told it or named a figure of it later, was settled by a correction or by what was
    said after it, or its value before was told with it or read back.
    """
    span = words_behind(material, probe)
    if probe.kind == "inconsistent":
        rows = [row for row in contradictions(material) if span.turn in row.turns]
        return bool(rows) and not any(map(is_open, rows))
    said = norms(material.sentence_of(span).text)
    if (
        Lexicon.at("drafts.waving_off").find(said)
        or (Lexicon.at("drafts.escaping").find(said) and _comes_back(material, span))
        or _is_pursued(material, probe)
        or _is_told_later(material, probe)
    ):
        return True
    if probe.kind in OF_NUMBERS and Lexicon.at("drafts.numberless").find(said):
        return True
    if probe.kind != "missing_baseline":
        return False
    return bool(Lexicon.at("drafts.told_before").find(norms(material.around(span, AROUND).text))) or _is_read_back(material, span)


def _comes_back(material: Material, span: Span) -> bool:
    """Return whether what escaped a speaker came back to them later on the call."""
    speaker = material.turns[span.turn].speaker
    later = (t for t in material.findings.turns if t.turn > span.turn and t.speaker == speaker)
    return any(Lexicon.at("drafts.recalling").find(norms(t.text)) for t in later)


def _is_pursued(material: Material, probe: Gap | Probe) -> bool:
    """Return whether our side asked for it right after it was said, in a few words, and was answered: "From when to when?"."""
    asked, answer = (material.turns.get((probe.turn or 0) + n) for n in (1, 2))
    if (
        asked is None
        or answer is None
        or asked.role == "customer"
        or answer.role != "customer"
        or probe.kind not in load_data("drafts")["pursued"]
    ):
        return False
    questions = [s.text for s in material.spans(asked.turn) if s.text.endswith("?")]
    if len(questions) != 1 or len(norms(questions[0])) > PURSUING or not _pursuing(probe.kind).find(norms(questions[0])):
        return False
    said = norms(answer.text)
    told = bool(find_quantities(answer.text)) if probe.kind in OF_NUMBERS else len(said) >= LITTLE
    return told and not Lexicon.at("drafts.numberless").find(said) and not Lexicon.at("drafts.waving_off").find(said)


@cache
def _pursuing(kind: str) -> Lexicon:
    """Return the phrases of a question for what a kind of gap lacks."""
    return Lexicon({kind: str(load_data("drafts")["pursued"][kind])})


def _is_read_back(material: Material, span: Span) -> bool:
    """Return whether the interviewer takes up a figure as the end of a change: "So from twelve to four"."""
    after = material.turns.get(span.turn + 1)
    values = {q.high for q in find_quantities(span.text)}
    if after is None or after.role == "customer" or not values:
        return False
    changes = (q for q in find_quantities(after.text) if q.low == q.high and "to" in norms(q.text))
    return any(q.high in values for q in changes)


def _is_told_later(material: Material, asked: Gap | Probe) -> bool:
    """Return whether its speaker comes back to what was asked: to the second of "two things", or to an amount of what it names."""
    said = list(_later(material, asked))
    if asked.kind == "dropped_thread":
        near = (norms(s.text) for s in said if s.turn - (asked.turn or 0) <= SOON)
        counts = any(m.first <= LEAD for words in near for m in Lexicon.at("drafts.counting_on").find(words))
        return counts and bool(Lexicon.at("drafts.counting_on").find(norms(asked.probe)))
    named = _named(asked) if asked.kind == "missing_metric" and Lexicon.at("drafts.asks_of_named").find(norms(asked.probe)) else set()
    places = [n for n, s in enumerate(said) if named & set(map(stem, norms(s.text)))]
    return any(find_quantities(said[n].text) or _adds_amount(said[n], said[n + 1 : n + 2]) for n in places)


def _adds_amount(before: Span, after: Sequence[Span]) -> bool:
    """Return whether the next sentence of a turn is little more than an amount, which points back: "Some £19,000, that was"."""
    told = [q for s in after if s.turn == before.turn and len(norms(s.text)) <= AMOUNT for q in find_quantities(s.text)]
    return any(len(norms(s.text[: q.start])) < OPENING for s in after for q in told[:1])


def _named(asked: Gap | Probe) -> set[str]:
    """Return the stems of the nouns of what was asked about that its question quotes."""
    words = norms(quote_in(asked.probe) or "")
    return {stem(word) for word in words if names_something(word) and not is_verb(word) and not word.endswith("ly") and len(word) > LITTLE}


def _later(material: Material, asked: Gap | Probe) -> Iterator[Span]:
    """Yield the sentences that may be used of what the speaker of some words says after them."""
    behind = words_behind(material, asked)
    speaker = material.turns[behind.turn].speaker
    for turn in material.findings.turns:
        if turn.speaker == speaker and turn.turn >= behind.turn:
            rows = (s for s in material.spans(turn.turn) if turn.turn > behind.turn or s.start >= behind.end)
            yield from (s for s in rows if material.is_usable(s))
