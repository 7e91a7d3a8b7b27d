"""Conditions that customers set on publication: names, pictures, who reads it first, when, in which words; and what each binds.

They are found by the phrases of `copilot/data/conditions.yaml`, and a person decides: some merely mention a condition.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from ..lexicon import Lexicon, denies, function_words, words_of
from ..metrics import is_change
from ..quantities import find_quantities
from ..statements.clauses import is_past
from ..text import Token, norms, stem, tokenize
from ..turns import Span, Value
from .citation import Citation
from .leave import asks_leave, is_question_of_leave, objects, others_quoted, sets_condition
from .material import Material

__all__ = ["Condition", "closed_time", "conditions", "restriction_on"]

CLOSED = 12  # words that are shown of when nothing may be published
LONGEST = 40  # most words of a condition that are shown
SHORT = 5  # most words of a condition that says nothing without the question that it answers
_OPENING = 2  # first sentences of an answer, which can be about the one before it
_EARLIER = 2  # answers before a condition that it can be about
_NEAR = 4  # turns from somebody's figures to a condition that another sets on them
_LEAST = 3  # letters of a word that tells what a figure is of


class Condition(Value):
    """A condition in the customer's words, and the sentences with figures or quotes that it binds; none where it is about the whole story.

    `said` only points at a turn where the words themselves must not be shown. `asked` is the question for leave that a few words answer.
    """

    said: Citation
    binds: tuple[Span, ...] = ()
    asked: Citation | None = None


@lru_cache(maxsize=4)
def conditions(material: Material) -> tuple[Condition, ...]:
    """Return the conditions that may have been set on publication, in the order of the call."""
    return tuple(c for turn in material.findings.turns if turn.role == "customer" for c in _conditions(material, turn.turn))


def restriction_on(material: Material, span: Span) -> Citation | None:
    """Return the last condition that binds words, None where there is none."""
    return next((c.said for c in reversed(conditions(material)) if any(b.overlaps(span) for b in c.binds)), None)


def closed_time(material: Material) -> Citation | None:
    """Return the customers' last words on a time in which nothing may be published, "until the polls have closed", None without any."""
    spans = (s for turn in material.findings.turns if turn.role == "customer" for s in material.spans(turn.turn))
    told = [(s, place) for s in spans if material.is_usable(s) and (place := _closed(s))]
    return material.clip(told[-1][0].turn, told[-1][0].start, told[-1][0].end, CLOSED, told[-1][1]) if told else None


def _closed(span: Span) -> tuple[int, int] | None:
    """Return where in its turn a sentence names such a time: not "nothing is published until I've read it", which waits for somebody."""
    tokens = tokenize(span.text)
    said = [t.norm for t in tokens]
    found = Lexicon.load("conditions").find(said)
    asked = [m.last for m in found if m.label in {"approval", "asked", "leave", "pending"}]
    times = [m for m in found if m.label == "timing" and all(last <= m.first for last in asked)]
    if not times or not words_of("conditions.lists.agrees").isdisjoint(said[times[0].first :]):
        return None
    after = next((n for n in range(times[0].first, len(said) - 1) if said[n] in words_of("conditions.lists.until")), None)
    beside = tokens[: times[0].first] if after is not None else (*tokens[: times[0].first], *tokens[times[0].last :])
    told_of_past = any(map(is_past, beside))
    if told_of_past or (after is not None and _is_somebody(span.text, tokens[after + 1])):
        return None
    return span.start + tokens[times[0].first].start, span.start + tokens[times[0].last - 1].end


def _is_somebody(text: str, token: Token) -> bool:
    """Return whether a word after "until" is who has to do something first: "until you print it", "until Marcus has had a look"."""
    named = text[token.start].isupper() and token.norm not in words_of("quantities.months.names") | words_of("quantities.weekdays")
    return named or token.norm in words_of("statements.subjects")


def _conditions(material: Material, turn: int) -> Iterable[Condition]:
    asked = asks_leave(material.turns.get(turn - 1))
    pending = {p.said for p in material.names_pending}
    edits = {cut.said: cut.words for cut in material.cuts}
    parts = _split(material, turn) if asked else {}
    for n, span in enumerate(material.spans(turn)):
        if not material.is_usable(span):
            if span in pending:
                yield Condition(said=material.point(turn))
        elif span in edits:
            yield Condition(said=material.around(span, LONGEST), binds=edits[span])
        elif span in parts:
            yield Condition(said=material.around(span, LONGEST), binds=parts[span])
        elif sets_condition(span.text, asked=asked):
            question = _question(material, turn - 1) if asked and len(norms(span.text)) <= SHORT else None
            yield Condition(said=material.around(span, LONGEST), binds=tuple(_bound(material, span, n, asked=asked)), asked=question)


def _question(material: Material, turn: int) -> Citation | None:
    """Return the last question for leave in a turn, None where its words must not be shown."""
    asked = [s for s in material.spans(turn) if is_question_of_leave(s.text) and not material.barred.covers(s)]
    return material.around(asked[-1], LONGEST) if asked else None


# What a condition binds


def _bound(material: Material, span: Span, place: int, *, asked: bool) -> Iterable[Span]:
    """Return the sentences that a condition binds, `place` being its own in its turn: named there, before it, or in the answers before.

    Where leave was asked for to use what somebody else said, "Can we quote Ines on that?", it binds the sentences with that name; one on
    "his figures" never binds its speaker's own.
    One that names nothing is about what the conditions right before it name, "The logo I have to ask brand. I'll ask them this week.",
    else about what was asked for: "Can we use your name?".
    """
    if asked and (told := _told_by(material, span.turn)):
        return told
    if _is_of_others(span.text):
        return _of_others(material, span)
    about = objects(span.text) or _named_before(material, span.turn, place, asked=asked)
    if "numbers" in about and (named := _named(material, span)):
        return named
    if worded := _worded(material, span):
        return worded
    points = norms(span.text)[-1] in words_of("conditions.lists.points")
    if "wholes" in about and not points:
        return ()
    if about & {"pictures", "names"} and "numbers" not in about:
        return ()
    if _tells(material, span, figures=True):
        return [span]
    several = not words_of("conditions.lists.several").isdisjoint(norms(span.text))
    own = material.spans(span.turn)[:place]
    if found := _last(material, own, several=several, figures="numbers" in about):
        return found
    if not (asked or place < _OPENING):
        return ()
    return next((f for s in _answers(material, span.turn) if (f := _last(material, s, several=several, figures="numbers" in about))), ())


def _worded(material: Material, span: Span) -> list[Span]:
    """Return the customers' sentences up to a ban on words that hold them: "so don't write all the houses"."""
    banned = _banned(span.text)
    told = (s for t in material.findings.turns if t.role == "customer" and t.turn <= span.turn for s in material.spans(t.turn))
    return [s for s in told if s != span and _holds(norms(s.text), banned)] if banned else []


def _banned(text: str) -> Sequence[str]:
    """Return the words that a sentence asks not to write, where there are several and they name something."""
    tokens = tokenize(text)
    said = [t.norm for t in tokens]
    for match in Lexicon.load("conditions").find(said):
        if match.label == "wording" and any(denies(norm) for norm in said[match.first : match.last]):
            ends = (n + 1 for n in range(match.last, len(said)) if not text[tokens[n].end : tokens[n].end + 1].isspace())
            words = said[match.last : next(ends, len(said))]
            if len(words) > 1 and not function_words().issuperset(words):
                return words
    return ()


def _holds(said: Sequence[str], words: Sequence[str]) -> bool:
    """Return whether some words stand in a row among others."""
    return any(list(said[n : n + len(words)]) == list(words) for n in range(len(said) - len(words) + 1))


def _told_by(material: Material, turn: int) -> list[Span]:
    """Return the sentences of the answers before a turn that hold the name of somebody else whom its question asks leave to quote."""
    asked = " ".join(s.text for s in material.spans(turn - 1) if is_question_of_leave(s.text))
    others = others_quoted(asked, material.turns.values())
    return [s for spans in _answers(material, turn) for s in spans if not others.isdisjoint(norms(s.text))]


def _is_of_others(text: str) -> bool:
    """Return whether a condition is on somebody else's figures: "I wouldn't print either of his", "not her numbers"."""
    said = [*norms(text), ""]
    numbers, grammar = words_of("conditions.lists.numbers"), function_words() | {""}
    return any(
        (word in words_of("conditions.lists.owned") and after in numbers)
        or (word in words_of("conditions.lists.owners") and after in grammar)
        for word, after in pairwise(said)
    )


def _of_others(material: Material, span: Span) -> list[Span]:
    """Return the sentences with figures of other customers, those that the question before repeats, else the last one shortly before."""
    speaker, asked = material.turns[span.turn].speaker, material.turns.get(span.turn - 1)
    others = (t.turn for t in material.findings.turns if t.role == "customer" and t.speaker != speaker and t.turn < span.turn)
    told = [s for n in others for s in material.spans(n) if _tells(material, s, figures=True)]
    repeated = [s for s in told if asked and asked.role != "customer" and _values(s.text) & _values(asked.text)]
    return repeated or [s for s in told if span.turn - s.turn <= _NEAR][-1:]


def _values(text: str) -> set[tuple[object, str | None]]:
    return {(q.value, q.unit) for q in find_quantities(text)}


def _named_before(material: Material, turn: int, place: int, *, asked: bool) -> frozenset[str]:
    """Return what the conditions right before the sentence at a place of its turn name, else what the question for leave names."""
    for span in reversed(material.spans(turn)[:place]):
        if not sets_condition(span.text, asked=asked):
            break
        if about := objects(span.text):
            return about
    return objects(" ".join(s.text for s in material.spans(turn - 1) if is_question_of_leave(s.text))) if asked else frozenset()


def _last(material: Material, spans: list[Span], *, several: bool, figures: bool) -> list[Span]:
    """Return the last of some sentences that has a figure or is quoted, or all of them."""
    found = [s for s in spans if _tells(material, s, figures=figures)]
    return found if several else found[-1:]


def _answers(material: Material, turn: int) -> list[list[Span]]:
    """Return the sentences of the customers' last answers before a turn, latest first."""
    earlier = [t.turn for t in reversed(material.findings.turns) if t.turn < turn and t.role == "customer"]
    return [material.spans(n) for n in earlier[:_EARLIER]]


def _named(material: Material, span: Span) -> list[Span]:
    """Return the sentences with figures that share the noun of "the pilot numbers", in themselves or in their question."""
    said = norms(span.text)
    heads = [n for n, word in enumerate(said) if word in words_of("conditions.lists.numbers")]
    nouns = {
        stem(w) for n in heads for w in said[max(0, n - 1) : n] if len(w) > _LEAST and w not in function_words() and not w.endswith("ed")
    }
    rows = (s for t in material.findings.turns if t.role == "customer" and t.turn <= span.turn for s in material.spans(t.turn))
    return [s for s in rows if nouns & _around(material, s) and _tells(material, s, figures=True)] if nouns else []


def _around(material: Material, span: Span) -> set[str]:
    before = material.turns.get(span.turn - 1)
    asked = before.text if before and before.role != "customer" else ""
    return {stem(w) for w in norms(f"{asked} {span.text}")}


def _tells(material: Material, span: Span, *, figures: bool) -> bool:
    """Return whether a sentence holds a figure, or a quote unless only figures count."""
    told = any(span.overlaps(m) for m in material.findings.metrics)
    return told or (not figures and any(span.overlaps(q) for q in material.findings.quotes))


def _split(material: Material, turn: int) -> dict[Span, tuple[Span, ...]]:
    """Return the sentences of an answer that keep back the plain figures or the changes: "the reduction yes, the absolute number no"."""
    found: dict[Span, tuple[Span, ...]] = {}
    for span in material.spans(turn):
        kept = {kind for kind in ("changes", "plain") if _refuses(span.text, kind)}
        if kept:
            told = [m for s in _answers(material, turn) for p in s for m in material.findings.metrics if p.overlaps(m)]
            found[span] = tuple(material.cite(m) for m in told if ("changes" if is_change(m) else "plain") in kept)
    return found


def _refuses(text: str, kind: str) -> bool:
    """Return whether a sentence says no to a kind of figure: "no" or "not" beside the word for it."""
    said = norms(text)
    places = [n for n, w in enumerate(said) if w in words_of(f"conditions.lists.{kind}")]
    return any(not words_of("conditions.lists.denials").isdisjoint((*said[max(0, n - 2) : n], *said[n + 1 : n + 3])) for n in places)
