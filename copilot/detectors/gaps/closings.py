"""What a later answer makes of a gap: it has what the gap lacks, at once, out of order or in passing, declines it, or puts it off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import log
from typing import Literal, NamedTuple

from ...findings import Closing, Outcome
from ...lexicon import Lexicon, denies, number_words, words_of
from ...quantities import find_quantities
from ...questions import Question, asks_leave
from ...reading import Reading, once
from ...scoring import logistic, threshold
from ...statements.clauses import clauses_of
from ...statements.terms import spells_out
from ...text import is_question, sentences, tokenize
from ..deferred import TELLING
from ..replies import is_name, replies
from .closing_facts import AMOUNT_KINDS, AT_ONCE, FIELD_KINDS, NUMBER_KINDS, PRESSING, closing_facts, is_met, may_close, unit_kinds
from .waiting import COUNTED_ON_A_HAND, Amount, Answer, OpenGap, amounts_of, content_stems

__all__ = ["Verdict", "bears_out", "is_pressed", "supplies", "verdict_on", "withholds"]

BARE = 4  # words of a question that has no subject of its own: "What went wrong then?"
SUBSTANCE = 8  # words of an answer to a question that presses from which it is accepted
AT_THE_START = 5
"""First words of an answer in which it says whether it withholds what was asked."""
OPENING = 3
"""First words of a turn that add to the one before."""
_SENDABLE = NUMBER_KINDS | {"short_answer", "vague"}
"""Kinds of gap that may lack a number that can be sent later."""


class Verdict(NamedTuple):
    """What an answer makes of a gap, and how sure it is that it supplies what the gap lacks."""

    outcome: Outcome | None
    chance: float


def verdict_on(gap: OpenGap, answer: Answer, seen: Mapping[str, int], *, barred: bool, promised: bool) -> Verdict:
    """Return what an answer makes of a gap: settled in some way, asked about and still "open", or None where it does not touch it.

    `seen` counts in how many turns of the call so far each stem occurs; `barred` says that the answer's words are not to be used,
    `promised` that the customer promises something in it.
    """
    if not may_close(gap, answer) or _is_of_another(gap, answer):
        return Verdict(None, 0.0)
    facts = closing_facts(gap, answer, seen)
    chance = _chance(facts, answer.passages)
    if _is_declined(answer, facts, barred):
        return Verdict("declined", chance)
    if _is_deferred(gap, answer, facts, promised):
        return Verdict("deferred", chance)
    if _is_enough(gap, answer, facts, chance):
        return Verdict("answered", chance)
    if _is_added(gap, answer) or _is_agreed(gap, answer) or _is_put_right(gap, answer):
        return Verdict("answered", 1.0)
    about = facts.keys() & {"at once", "quotes trigger", "quotes sentence"}
    return Verdict("open" if about and answer.is_asked and chance >= threshold("closings.touches") else None, chance)


def _is_of_another(gap: OpenGap, answer: Answer) -> bool:
    """Return whether an answer is about another figure than the one that lacks something: "Twenty minutes, down from what?".

    Its question repeats figures that customers told, none of them the gap's, and neither comes back to the gap in other words.
    """
    asked, lacking = _figures_asked(answer.reading), gap.kind in FIELD_KINDS and bool(gap.amounts)
    return lacking and bool(asked) and asked.isdisjoint(gap.amounts) and not is_met(gap, answer)


@once
def _figures_asked(reading: Reading) -> frozenset[Amount]:
    """Return the figures of customers that the last question to a turn repeats; the "two" of "those two things" is none."""
    asked = reading.asked
    last = next((s for s in reversed(asked.sentences) if asked.asks(s)), None) if asked else None
    if asked is None or last is None:
        return frozenset()
    repeated = [q for q in asked.quantities_in(last) if q.unit or q.high > COUNTED_ON_A_HAND]
    told = amounts_of(q for r in reading.before if r.is_customer for q in r.quantities)
    return frozenset(t for t in told for q in repeated if t[:2] == (q.low, q.high) and q.unit in {None, t[2]})


def is_pressed(gap: OpenGap, answer: Answer) -> bool:
    """Return whether an answer of substance follows a question that goes back to a gap at once: who presses once then accepts.

    Such a question has the words of the gap's sentence, or hardly any words of its own: "What went wrong?", "What else played a part?".
    """
    question = answer.question
    if "who" in answer.raw[:2] and gap.kind != "missing_actor":
        return False
    if answer.reading.turn.turn - gap.turn > AT_ONCE or not answer.is_asked or answer.moves_on or question.words > PRESSING:
        return False
    new = _subjects(answer) - gap.sentence
    bare = not new or (len(new) == 1 and question.words <= BARE and not words_of("questions.lists.wh").isdisjoint(answer.raw[:2]))
    returns = bare or (bool(answer.asked & gap.trigger) and len(new) <= 1)
    told = answer.reading.words >= SUBSTANCE or (gap.kind in NUMBER_KINDS and bool(answer.reading.quantities))
    return returns and told and not _only_repeats(gap, answer) and not answer.declines and not answer.defers


def _only_presses(answer: Answer) -> bool:
    """Return whether a question presses for more and brings up nothing: "From what level to what level?"."""
    return answer.is_asked and answer.question.words <= PRESSING and not _subjects(answer)


def _subjects(answer: Answer) -> frozenset[str]:
    """Return the stems of what a question is about, without words that only press for more."""
    return answer.asked - content_stems(words_of("closings.presses"))


def withholds(answer: Answer, *, put_off: bool) -> Literal["declined", "deferred"] | None:
    """Return how an answer that does little more than that turns its question down or puts it off, None for any other answer.

    `put_off` says that the question was found to be put off to somebody else.
    """
    reading = answer.reading
    if reading.quantities or not answer.is_asked or _told(reading) >= TELLING:
        return None
    opening = {m.label for m in replies(reading) if m.first < AT_THE_START}
    if "declines" in opening:
        return "declined"
    return "deferred" if put_off or "defers" in opening else None


def _told(reading: Reading) -> int:
    """Return how many words of an answer tell something: those of the clauses that neither withhold anything nor say why."""
    found = (*replies(reading), *reading.find(Lexicon.load("deferred")))
    places = [reading.cite(m.first, m.last) for m in found if m.label != "agrees"]
    clauses = clauses_of(reading.turn.text, reading.tokens)
    return sum(len(c) for c in clauses if not any(start < c[-1].end and c[0].start < end for start, end in places))


def supplies(gap: OpenGap, answer: Answer, seen: Mapping[str, int]) -> bool:
    """Return whether an answer has what a gap lacks, even if it declines something; `seen` is as for `verdict_on`."""
    if not may_close(gap, answer) or _is_of_another(gap, answer):
        return False
    facts = closing_facts(gap, answer, seen)
    return _is_enough(gap, answer, facts, _chance(facts, answer.passages))


def bears_out(gap: OpenGap, answer: Answer, closing: Closing, seen: Mapping[str, int], *, promised: bool) -> bool:
    """Return whether an answer may well do to a gap what an engine says that it does; `seen` and `promised` are as for `verdict_on`.

    It is asked about the gap, in its words or by what it says to it, or answers it by the plain test; or it comes back to the gap, and
    the words cited hold the number that it lacks.
    What declines or puts off says so.
    """
    if closing.outcome != "answered":
        return answer.declines if closing.outcome == "declined" else answer.defers or promised
    verdict = verdict_on(gap, answer, seen, barred=False, promised=False)
    tells = gap.kind in NUMBER_KINDS and bool(find_quantities(closing.text or "")) and is_met(gap, answer)
    asked = is_pressed(gap, answer) or (answer.is_asked and bool(answer.asked & gap.trigger))
    return verdict.outcome in {"answered", "open"} or asked or tells


def _chance(facts: Mapping[str, float], passages: int) -> float:
    """Return the chance that an answer with these facts supplies what a gap lacks; that of a turn is shared by its passages."""
    model = logistic("closings.closes")
    return model.chance(model.sum(facts) - log(passages))


def _is_enough(gap: OpenGap, answer: Answer, facts: Mapping[str, float], chance: float) -> bool:
    """Return whether a chance is enough: less is asked of an answer out of order, which is rarer and has fewer facts to show.

    An amount is told by no answer without one, however much it is about it ("Quite far, honestly, the error rate."), nor by one that
    only repeats it; and what one figure lacks is told late by no answer that has nothing but ordinary words in common with it.
    """
    told = answer.reading.quantities or not words_of("given.nil").isdisjoint(answer.reading.norms)
    if gap.kind == "missing_actor" and not answer.knows and not _names_somebody(answer.reading):
        return False
    if (gap.kind in AMOUNT_KINDS and not told) or _only_repeats(gap, answer) or _tells_other_amounts(gap, answer):
        return False
    late = facts.keys() & {"later", "much later"}
    if late and gap.kind in FIELD_KINDS and not is_met(gap, answer):
        return False
    return chance >= threshold("closings.later_threshold" if late else "closings.threshold")


def _is_added(gap: OpenGap, answer: Answer) -> bool:
    """Return whether another customer adds unasked, and first of all, the amount that the last words of the turn before lack."""
    reading = answer.reading
    follows = reading.turn.turn == gap.turn + 1 and reading.last is not None and reading.last.is_customer
    lacked = gap.kind in AMOUNT_KINDS and not gap.sentences_after and not _only_repeats(gap, answer)
    return follows and _opens_with_number(reading) and lacked and reading.turn.speaker != gap.speaker


def _opens_with_number(reading: Reading) -> bool:
    """Return whether a number is among the first words of a turn."""
    return any(q.start <= t.start < q.end for t in reading.tokens[:OPENING] for q in reading.quantities)


def _is_put_right(gap: OpenGap, answer: Answer) -> bool:
    """Return whether another customer, unasked, has a number of their own for one that was proposed and agreed to: "No, it's a quarter"."""
    reading = answer.reading
    follows = reading.turn.turn == gap.turn + 1 and reading.last is not None and reading.last.is_customer
    opens = _opens_with_number(reading) or any(map(denies, reading.norms[:1]))
    return follows and opens and reading.turn.speaker != gap.speaker and bool(_kinds_proposed(gap) & unit_kinds(answer.units))


def _tells_other_amounts(gap: OpenGap, answer: Answer) -> bool:
    """Return whether the numbers of an answer are of another kind than the number that a gap's turn agreed to."""
    return bool(gap.proposed and answer.units) and _kinds_proposed(gap).isdisjoint(unit_kinds(answer.units))


def _kinds_proposed(gap: OpenGap) -> frozenset[str]:
    return unit_kinds(unit for _, _, unit in gap.proposed)


def _only_repeats(gap: OpenGap, answer: Answer) -> bool:
    """Return whether all numbers of an answer are those whose value before is missing: "Thirty percent, I've seen it in the report"."""
    told = amounts_of(answer.reading.quantities)
    known = gap.amounts | {(low, high, "") for low, high, _ in gap.amounts}
    return gap.kind == "missing_baseline" and bool(told) and told <= known and not _has_other_number(answer.reading)


def _has_other_number(reading: Reading) -> bool:
    """Return whether a turn says a number, or none, beside its quantities: "I was eleven and a half and I'm four point two"."""
    words = (number_words() | words_of("given.nil")) - {"one"}
    beside = (t.norm for t in reading.tokens if not any(q.start <= t.start < q.end for q in reading.quantities))
    return any(norm in words or norm[0].isdigit() for norm in beside)


def _is_agreed(gap: OpenGap, answer: Answer) -> bool:
    """Return whether an answer agrees to what the question says that a term stands for: "QCL, that's quality control lab?" "Yes."."""
    asked = (acronym for acronym in gap.acronyms if acronym in answer.raw) if gap.kind == "unclear_term" and answer.agrees else ()
    return any(spells_out(answer.raw, acronym) for acronym in asked)


def _is_declined(answer: Answer, facts: Mapping[str, float], barred: bool) -> bool:
    """Return whether an answer turns down the question that seeks what a gap lacks; `barred`: its words are not to be used."""
    about = facts.keys() & {"quotes trigger", "quotes sentence", "asked for its kind"} or (answer.declines and _only_presses(answer))
    seeks = bool(about) and "moves on" not in facts
    told = "number for number" in facts and not barred
    return (answer.declines or barred) and "at once" in facts and seeks and not told


def _is_deferred(gap: OpenGap, answer: Answer, facts: Mapping[str, float], promised: bool) -> bool:
    """Return whether an answer puts off the number that a gap lacks and the question seeks; `promised`: the customer promises something.

    Who does not know it puts it off too, since it can be looked up after the call, as can who did something.
    """
    unknown = not answer.knows and not answer.reading.quantities
    if gap.kind == "missing_actor":
        return unknown and "at once" in facts and not _names_somebody(answer.reading) and _is_sought(gap, answer.question, facts)
    wanted = gap.kind in NUMBER_KINDS or (gap.kind in _SENDABLE and bool(answer.question.asks & {"number", "closed"}))
    given = "number for number" in facts and gap.kind != "unsourced"
    checked = gap.kind == "unsourced" and "soon" in facts and not words_of("closings.checks").isdisjoint(answer.raw)
    put_off = (promised or answer.defers or unknown) and ("at once" in facts or checked) and not given
    return put_off and wanted and _is_sought(gap, answer.question, facts)


def _names_somebody(reading: Reading) -> bool:
    """Return whether a turn names a person, a part of the company or a job: "Rachel did", "the board"."""
    named = any(is_name(reading, n, s) for s in reading.sentences for n in range(s.first, s.last))
    return named or bool(reading.find(Lexicon.at("telling.phrases.person")))


def _is_sought(gap: OpenGap, question: Question, facts: Mapping[str, float]) -> bool:
    """Return whether a question is about what a gap lacks: in its words, or pointing back to it; "Can we use it?" seeks nothing."""
    text, tokens = question.text, tokenize(question.text)
    parts = [(is_question(text, s.start, s.end), [t.norm for t in tokens[s.first : s.last]]) for s in sentences(text, tokens)]
    if parts and asks_leave(parts[-1][1]):
        return False
    said = facts.keys() & {"quotes trigger", "quotes sentence", "quotes answer", "asked for its kind"}
    last: Sequence[str] = next((words for asks, words in reversed(parts) if asks), ())
    return bool(said) or _points_back(gap, last)


def _points_back(gap: OpenGap, asks: Sequence[str]) -> bool:
    """Return whether a question has a word for what was just said, and is about nothing of its own.

    "Could you send me that?", but not "Could you send me that email?" or "How do your customers take it?".
    """
    pointing = words_of("closings.points_back")
    known = gap.question | content_stems(pointing | words_of("closings.presses") | words_of("closings.checks"))
    if not words_of("questions.lists.wh").isdisjoint(asks) and not content_stems(asks) <= known:
        return False
    determiners = words_of("statements.determiners")
    words = pairwise((*asks, ""))
    return any(word in pointing and (word not in determiners or content_stems([after]) <= known) for word, after in words)
