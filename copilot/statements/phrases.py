"""Phrases: the few words of a statement that a question repeats in quotation marks.

A question that repeats odd words is worse than a plain one, so a phrase has to be worth it: it says something, it has not been torn
from the words around it, and it does not say the opposite without them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from ..lexicon import denies, number_words, words_of
from ..quantities import Quantity
from ..quantities.units import DURATIONS
from ..reading import Reading, within
from ..text import Token
from .clauses import belongs, is_apart, is_past

__all__ = ["INNER_BREAK", "MOST_WORDS", "best_phrase"]

MOST_WORDS = 4
ENOUGH = 1.9
"""What a phrase must be worth to be repeated."""
ENOUGH_IN_FOCUS = 0.5
"""The same for a phrase that holds what the question is about."""
AMOUNT = "vague_amount"
"""Cue whose words are repeated whole: "a good deal"."""
SUPPOSED = 3.0
"""What a phrase is worth less if it is only supposed, or only tells when: nobody "said" what stands after "if"."""
SINGLE = 2.5
"""What a single word is worth less where more than it is said."""
INNER_BREAK = re.compile(r"[.,]\s|[;:!?…\u2014\u2013(\[\])\n\"“”«»{}]")
"""A mark that nothing in quotation marks may hold."""
_JOINTS = ("-", "/")
"""What joins the halves of a compound: "24/7"."""
_CUT_OFF = ("'d", "'ll", "'ve", "'re", "'m")
"""Endings of a verb that waits for its other half: "felt like somebody'd"."""
_POINTING = frozenset("that this those these some most many every each".split())


class _Phrase(NamedTuple):
    """The words turn.text[start:end], and what they are worth as a phrase."""

    worth: float
    start: int
    end: int


def best_phrase(
    reading: Reading, clauses: Sequence[Sequence[Token]], *, numbers: bool, amounts: bool, focus: tuple[int, int] | None
) -> str:
    """Return the most informative phrase of some clauses, verbatim, that holds the `focus`; "" if none is worth repeating.

    With `numbers`, one with a number is preferred. One that only tells how much is for questions about `amounts`.
    """
    bonus = _bonus(reading, numbers, amounts)
    telling = [clause for before, clause in pairwise([(), *clauses]) if not (_is_empty(clause) or _limits_denial(before, clause))]
    found = [phrase for clause in telling for phrase in _phrases(reading, clause, bonus, len(clauses) == 1, amounts, focus)]
    good = sorted((p for p in found if p.worth > (ENOUGH_IN_FOCUS if focus else ENOUGH)), key=lambda p: -p.worth)
    return next((text for p in good if (text := _verbatim(reading, p.start, p.end))), "")


def _is_empty(clause: Sequence[Token]) -> bool:
    """Return whether a clause says nothing: plain words only, or an aside."""
    return all(belongs(t, "plain") for t in clause) or " ".join(t.norm for t in clause) in words_of("statements.other.asides")


def _limits_denial(before: Sequence[Token], clause: Sequence[Token]) -> bool:
    """Return whether a clause without a verb only limits the denial right before it: "not end to end" after "we don't measure it"."""
    tells = any(belongs(t, "finite") or is_past(t) for t in clause)
    return denies(clause[0].norm) and not tells and any(denies(t.norm) for t in before)


def _phrases(
    reading: Reading, clause: Sequence[Token], bonus: Mapping[int, float], is_only: bool, amounts: bool, focus: tuple[int, int] | None
) -> Iterator[_Phrase]:
    """Yield the phrases of a clause; `is_only` says that it is the whole statement."""
    weights = [_weight(t, bonus) for t in clause]
    denials = [n for n, t in enumerate(clause) if denies(t.norm) and reading.turn.text[t.end : t.end + 1] not in _JOINTS]
    less = SUPPOSED if _is_supposed(reading, clause) or _only_times(reading, clause) else 0.0
    for first, last in _ranges(reading, clause):
        part, whole = clause[first:last], last - first == len(clause)
        if focus and not _holds(part[0].start, part[-1].end, reading.tokens, focus):
            continue
        if (
            _is_left_hanging(reading, part[-1])
            or _is_cut_short(reading, part)
            or _is_bare_span(reading, part, alone=is_only and whole)
            or _is_period(reading, part)
        ):
            continue
        if not amounts and not whole and all(belongs(t, "function", "pronouns", "empty") for t in part):
            continue
        single = SINGLE if len(part) == 1 and not is_only else 0.0
        worth = 0.0 if _loses_denial(clause, first, last, denials) else _worth(reading.turn.text, clause, first, last, weights)
        yield _Phrase(worth - (less + single), part[0].start, part[-1].end)


def _ranges(reading: Reading, clause: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Yield where phrases can begin and end in a clause: not at most small words, nor within "a good deal" or "more or less"."""
    fixed = [m for m in reading.cues if m.label in {AMOUNT, "hedge"}]
    inner = {reading.tokens[i].start for m in fixed for i in range(m.first + 1, m.last)}
    unfinished = {reading.tokens[i].start for m in fixed for i in range(m.first, m.last - 1)}
    for first, token in enumerate(clause):
        may_open = first == 0 or not belongs(token, "function") or belongs(token, "openers", "subjects")
        may_open = may_open and not _is_torn(clause[first : first + 2]) and not _stands_for_noun(clause, first)
        if may_open and token.start not in inner:
            ends = range(first + 1, min(len(clause), first + MOST_WORDS + 1) + 1)
            yield from ((first, last) for last in ends if clause[last - 1].start not in unfinished)


def _is_torn(pair: Sequence[Token]) -> bool:
    """Return whether words cannot open a phrase: a verb without its subject, or before it as in a question, "today" before "to"."""
    if belongs(pair[0], "unopened"):
        return True
    after = pair[-1].norm if len(pair) > 1 else ""
    return (belongs(pair[0], "inverting") and after in words_of("statements.subjects")) or (pair[0].norm == "today" and after == "to")


def _stands_for_noun(clause: Sequence[Token], at: int) -> bool:
    """Return whether a word is the "one" of "the second one", which says nothing without it, and not that of "we lost one driver"."""
    if clause[at].norm not in words_of("statements.stand_ins") or not at:
        return False
    before = clause[at - 1]
    return belongs(before, "determiners") or not (belongs(before, "function", "finite", "lead", "split") or is_past(before))


def _bonus(reading: Reading, numbers: bool, amounts: bool) -> dict[int, float]:
    """Return the bonus of words by their start offset; that of a number is negative where no question about numbers is asked."""
    strong = [m for m in reading.cues if m.label in words_of("statements.other.strong")]
    of_things = {m for m in strong if amounts and m.label == AMOUNT and "of" in reading.norms[m.last - 1 : m.last + 1]}
    cued = {reading.tokens[i].start: 3.0 if m in of_things else 1.0 for m in strong for i in range(m.first, m.last)}
    number = 2.5 if numbers else -1.5
    counted = [q for q in reading.quantities if not _is_time_of(reading, q) and (numbers or not _announces(reading, q))]
    return cued | {t.start: number for q in counted for t in within(reading.tokens, q.start, q.end, attrgetter("start"))}


def _is_time_of(reading: Reading, quantity: Quantity) -> bool:
    """Return whether a duration only says when another number holds: "over the last two years we cut it by half"."""
    place = bisect_right(reading.tokens, quantity.start, key=attrgetter("end"))
    before = reading.norms[max(0, place - 2) : place]
    return quantity.unit in DURATIONS and not words_of("mentions.windows").isdisjoint(before) and len(reading.quantities) > 1


def _is_period(reading: Reading, part: Sequence[Token]) -> bool:
    """Return whether a phrase only says when another number holds: "the last couple of years" in "it fell by half over the last ..."."""
    spans = (q for q in reading.quantities if _is_time_of(reading, q) and part[0].start < q.end and part[-1].end <= q.end)
    windows = words_of("mentions.windows")
    return any(all(t.start >= q.start or belongs(t, "function") or t.norm in windows for t in part) for q in spans)


def _announces(reading: Reading, quantity: Quantity) -> bool:
    """Return whether a number only says how many things come next: "two reasons"."""
    named = (t.norm for t in within(reading.tokens, quantity.start, quantity.end + 2, attrgetter("start")))
    return not words_of("threads.nouns").isdisjoint(named)


def _holds(start: int, end: int, tokens: Sequence[Token], focus: tuple[int, int]) -> bool:
    """Return whether text[start:end] holds the focus: all of it, or some if it is longer than a quote."""
    if len(within(tokens, *focus, attrgetter("start"))) > MOST_WORDS:
        return start < focus[1] and focus[0] < end
    return start <= focus[0] and focus[1] <= end


def _is_bare_span(reading: Reading, part: Sequence[Token], *, alone: bool) -> bool:
    """Return whether a phrase is only a span of time that no quantity holds: "one summer", and "some weeks" unless it stands alone."""
    points = not alone and part[0].norm in _POINTING
    timed = any(belongs(t, "times") for t in part) and (points or any(t.norm in number_words() for t in part))
    only = timed and all(belongs(t, "function", "times") or t.norm in number_words() for t in part)
    return only and not any(q.start < part[-1].end and part[0].start < q.end for q in reading.quantities)


def _is_left_hanging(reading: Reading, token: Token) -> bool:
    """Return whether a phrase that ends with a token waits for more: "the", "somebody'd", "from day" before "one"."""
    if belongs(token, "dangling") or token.norm.endswith(_CUT_OFF) or _waits_for_noun(reading, token):
        return True
    following = within(reading.tokens, token.end, token.end + 2, attrgetter("start"))
    if belongs(token, "governing") and any(belongs(t, "determiners", "completes", "relative") for t in following):
        return True
    knows = belongs(token, "knowing")
    if any(belongs(token, "times") and t.norm in number_words() for t in following):
        return True
    return any(belongs(t, "completes") or (knows and belongs(t, "split", "pronouns", "determiners")) for t in following)


def _waits_for_noun(reading: Reading, token: Token) -> bool:
    """Return whether a word that ends in "'s" is followed by what it belongs to, or says: "somebody's" before "pocket"."""
    at = bisect_right(reading.tokens, token.start, key=attrgetter("start"))
    return token.norm.endswith("'s") and at < len(reading.tokens) and not is_apart(reading.turn.text, reading.tokens, at)


def _is_cut_short(reading: Reading, part: Sequence[Token]) -> bool:
    """Return whether what the last word of a phrase needs comes right after it.

    That is the object or the particle of a verb ("The drivers hated" before "it", "a driver called" before "in sick"), what a number
    counts ("We looked at three" before "others"), or the number that the words say is rough ("for a bit" before "over 900,000").
    """
    at = bisect_right(reading.tokens, part[-1].start, key=attrgetter("start"))
    if at == len(reading.tokens) or is_apart(reading.turn.text, reading.tokens, at):
        return False
    after, verb = reading.tokens[at], _is_verb(part[-1])
    if len(part) > 1 and (belongs(after, "only_objects") or (verb and _may_be_object(after))):
        return True
    if verb and belongs(after, "particles", "half_particles"):
        governed = reading.tokens[at + 1 : at + 2]
        return not any(_opens_noun_phrase(reading, t) for t in governed)
    return any(_is_roughly(reading, n) for n in (at - 1, at))


def _is_roughly(reading: Reading, at: int) -> bool:
    """Return whether a word makes the number after it rough: "around 900 euros"."""
    follows = reading.tokens[at + 1 : at + 2]
    return reading.norms[at] in words_of("quantities.approximate.before") and any(
        q.start == t.start for t in follows for q in reading.quantities
    )


def _is_verb(token: Token) -> bool:
    return belongs(token, "finite") or is_past(token)


def _may_be_object(token: Token) -> bool:
    """Return whether a word can be the object of the verb before it, and neither joins clauses nor points to the noun after it."""
    return belongs(token, "pronouns") and not belongs(token, "determiners", "split") and "'" not in token.norm


def _opens_noun_phrase(reading: Reading, token: Token) -> bool:
    """Return whether a word after a preposition begins what it governs: "in the yard", "over Easter", "on 2 May"."""
    return (
        belongs(token, "determiners", "pronouns", "times") or token.norm in number_words() or not reading.turn.text[token.start].islower()
    )


def _is_supposed(reading: Reading, clause: Sequence[Token]) -> bool:
    """Return whether a clause is only supposed: "if the pump froze", "whoever has the key"."""
    at = reading.tokens.index(clause[0])
    supposing = words_of("statements.supposing")
    return clause[0].norm.split("'")[0] in supposing or not supposing.isdisjoint(reading.norms[max(0, at - 1) : at])


def _only_times(reading: Reading, clause: Sequence[Token]) -> bool:
    """Return whether a clause only tells when what stands before it happens: "they spot it before you call"."""
    before = reading.turn.text[: clause[0].start].rstrip()[-1:]
    return belongs(clause[0], "timing") and before.isalnum()


def _worth(text: str, clause: Sequence[Token], first: int, last: int, weights: Sequence[float]) -> float:
    """Return how well clause[first:last] works as a phrase of its own; 0 if it does not."""
    part, whole = clause[first:last], first == 0 and last == len(clause)
    before, after = clause[first - 1] if first else None, clause[last] if last < len(clause) else None
    if whole and belongs(part[0], "prepositions") and not any(belongs(t, "finite") for t in part):
        return 0.0
    if part[0].norm in {"of", "by"} or belongs(part[0], "relative") or not (whole or _stands_alone(text, part, before)):
        return 0.0
    if all(belongs(t, "function", "pronouns") for t in part) or _is_broken(part, before, after):
        return 0.0
    score = sum(weights[first:last]) + (2.5 if whole else 0.0)
    score += 0.6 if len(part) > 1 and belongs(part[0], "openers") else 0.0
    score -= 1.5 * sum(belongs(t, "pronouns") for t in part[1:]) if len(part) > 1 else 0.0
    score -= 0.0 if whole else _cut_verb(part)
    return score - _torn(part, before, after) - (0.5 if len(part) == 1 else 0.0)


def _is_broken(part: Sequence[Token], before: Token | None, after: Token | None) -> bool:
    """Return whether a phrase is torn where nobody would cut it.

    That is "it any more" after "know", "nights got shorter" after "splice", "quit over" before "it", "matter of taste more" before "than",
    "vet's up nine percent" after "per", and "Some weeks the trucks" anywhere.
    """
    if any(belongs(a, "times") and belongs(b, "determiners") for a, b in pairwise(part)):
        return True
    if after is not None and belongs(part[-1], "closers") and belongs(after, "pronouns"):
        return True
    if after is not None and after.norm == "than" and len(part) > 1 and not belongs(part[-2], "function", "finite", "empty"):
        return True
    if before is None:
        return False
    if belongs(before, "prepositions") and part[0].norm.endswith("'s") and _contracts(part):
        return True
    told = [belongs(t, "finite") or "'" in t.norm for t in part]
    if belongs(part[0], "subjects"):
        return not any(told) and not belongs(before, "lead", "split")
    return any(told[1:]) and (belongs(before, "determiners") or not belongs(before, "function", "finite", "lead"))


def _contracts(part: Sequence[Token]) -> bool:
    """Return whether the "'s" of a first word is its verb: "vet's up", but not "Wendy's team"."""
    after = part[1].norm if len(part) > 1 else ""
    return after in words_of("statements.contracted") or after[:1].isdigit()


def _loses_denial(clause: Sequence[Token], first: int, last: int, denials: Sequence[int]) -> bool:
    """Return whether clause[first:last] with a verb says the opposite without a denial before it: "seen that bill" after "nobody here has".

    `denials` are the places of words that deny. What only asks for agreement does not: "didn't they drop the premium on us".
    """
    asks = first > 1 and clause[0].norm.endswith("n't") and belongs(clause[1], "subjects")
    if next((n for n in denials if n or not asks), last) >= first:
        return False
    return not (belongs(clause[first], "determiners") and not any(belongs(t, "finite") for t in clause[first:last]))


def _cut_verb(part: Sequence[Token]) -> float:
    """Return the penalty for a verb at the edge of a phrase, cut off from its object or subject."""
    ends = belongs(part[-1], "finite") or (part[-1].norm.endswith("ing") and any(belongs(t, "finite") for t in part))
    return (3.0 if ends else 0.0) + (2.0 if belongs(part[0], "finite") else 0.0)


def _joins(part: Sequence[Token]) -> bool:
    """Return whether a phrase joins two words, or a thing and its amount: "night and day", "a lot of wasted visits"."""
    return any(t.norm == "and" or (t.norm == "of" and belongs(part[0], "openers")) for t in part)


def _stands_alone(text: str, part: Sequence[Token], before: Token | None) -> bool:
    """Return whether the edges of a part of a clause allow it as a phrase: no stray function word, lost "not" or half of a compound."""
    if belongs(part[0], "function") and not belongs(part[0], "openers", "subjects"):
        return False
    if (len(part) == 1 and belongs(part[0], "finite")) or (len(part) > MOST_WORDS and not _joins(part)):
        return False
    if (belongs(part[-1], "function") and not belongs(part[-1], "closers")) or (belongs(part[-1], "pronouns") and not _takes_object(part)):
        return False
    bare = before is not None and (
        belongs(before, "pronouns") or (before.norm.endswith("ing") and before.norm != "being") or not belongs(before, "function", "finite")
    )
    if bare and belongs(part[0], "particles"):
        return False
    if before and denies(before.norm):
        return False
    return text[part[-1].end : part[-1].end + 1] not in _JOINTS and text[part[0].start - 1 : part[0].start] not in _JOINTS


def _takes_object(part: Sequence[Token]) -> bool:
    """Return whether a phrase ends on the object of a verb whose subject it has: "The drivers hated it"."""
    return len(part) > 2 and (belongs(part[-1], "only_objects") or (_is_verb(part[-2]) and _may_be_object(part[-1])))


def _weight(token: Token, bonus: Mapping[int, float]) -> float:
    """Return the weight of a word in a phrase."""
    if belongs(token, "function"):
        return -0.1
    return (0.6 if belongs(token, "weak", "pronouns") else 2.0) + bonus.get(token.start, 0.0)


def _torn(part: Sequence[Token], before: Token | None, after: Token | None) -> float:
    """Return the penalty for cutting a phrase off from the words next to it, such as a statement from its object."""
    left = right = 0.0
    if before and belongs(before, "determiners"):
        left = 3.0
    elif before and belongs(before, "subjects"):
        left = 2.0
    elif before and belongs(before, "prepositions"):
        left = 2.2
    elif before and belongs(before, "openers"):
        left = 1.5
    elif before and not belongs(before, "function"):
        left = 1.2
    acts = belongs(part[0], "subjects") or (len(part) > 1 and is_past(part[-1]))
    cut = after is not None and acts and belongs(after, "possessives", "subjects")
    goes_on = after is not None and not belongs(after, "function")
    incomplete = len(part) > MOST_WORDS or part[-1].norm.endswith(tuple(words_of("statements.other.adjective_endings")))
    if after and (after.norm in {"of", "than", "ago"} or (goes_on and incomplete)):
        right = 3.0
    elif goes_on or cut:
        right = 1.8
    return left + right


def _verbatim(reading: Reading, start: int, end: int) -> str:
    """Return the words at text[start:end], extended to a number that they would split; "" if they can't be put in quotation marks."""
    for q in reading.quantities:
        if q.start < end and start < q.end and (q.start < start or end < q.end):
            start, end = q.start, q.end
    found = reading.turn.text[start:end]
    return "" if INNER_BREAK.search(found) or len(found.split()) > MOST_WORDS + 2 else found
