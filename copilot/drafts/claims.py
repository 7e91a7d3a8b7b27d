"""Claims: what can be said about each topic, as the sentences of the call that say most about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from ..findings import TopicState
from ..guide import Topic
from ..lexicon import load_data
from ..probes.ranking import given
from ..text import norms
from ..turns import Span, Value
from .citation import Citation
from .claim_facts import Telling, chance_of, tellings
from .figures import cards
from .leaning import announces, says_little
from .material import Material
from .worded import Worded

__all__ = ["Claim", "chosen", "claims"]

LONGEST = 40  # words of a sentence that is cited for a topic
_PLACES = 2  # turns that a claim without words points at
_CITED = (0.3, 0.35)  # the chances from which a first and a second sentence are worth citing


class Claim(Worded):
    """What can be said about a topic, as a sentence, with the words that support it; without words if the topic is not covered."""

    topic: str
    title: str
    state: TopicState
    spans: tuple[Citation, ...] = ()


def claims(material: Material) -> dict[str, Claim]:
    """Return what can be said about each topic of the guide, by its full id."""
    told = chosen((chance_of(telling), telling) for telling in tellings(material))
    return {name: _claim(material, name, topic, told.get(name, ())) for name, topic in material.guide.topics.items()}


def _claim(material: Material, name: str, topic: Topic, told: Sequence[Span]) -> Claim:
    """Return what can be said about a topic, citing the sentences that say most about it."""
    status = material.findings.topics[name]
    whole = {*_with_announced(material, told), *(_ends(material, told) if "result" in topic.holds else ())}
    rows = _joined(material, sorted(whole, key=lambda s: (s.turn, s.start, s.end)))
    spans = tuple(material.clip(s.turn, s.start, s.end, LONGEST) for s in rows)
    if not spans and status.state != "known":
        spans = _places(material, status.turns)
    return Claim(topic=name, title=topic.title, state=status.state, text=_sentence(material, name, topic, spans), spans=spans)


def _places(material: Material, turns: Iterable[int]) -> tuple[Citation, ...]:
    """Return where a topic came up that no sentence tells, in turns that may be read out if there are any."""
    known = [n for n in turns if n in material.turns]
    free = [n for n in known if material.is_open(n)]
    return tuple(material.point(n) for n in (free or known)[:_PLACES])


def _state(material: Material, name: str) -> TopicState:
    """Return the state of a topic by which its claim reads: what nobody spoke of is known if the background file tells it."""
    state = material.findings.topics[name].state
    return "known" if state == "open" and given(name, material.guide, material.background) else state


def _with_announced(material: Material, told: Iterable[Span]) -> Iterator[Span]:
    """Yield sentences, and after each that only announces something the one that tells it."""
    for span in told:
        yield span
        after = next((s for s in material.spans(span.turn) if s.start >= span.end), None)
        if after is not None and announces(span.text) and material.is_usable(after) and not after.text.endswith("?"):
            yield after


def _ends(material: Material, told: Sequence[Span]) -> Iterator[Span]:
    """Yield the sentences with the other end of a change that sentences tell one end of: "It was six hundred. We're at two-fifty."."""
    for card in cards(material):
        if card.before_said is not None and card.before_said.turn == card.said.turn:
            ends = [s for s in material.spans(card.said.turn) if s.overlaps(card.said) or s.overlaps(card.before_said)]
            if any(end.overlaps(span) for end in ends for span in told):
                yield from (end for end in ends if material.is_usable(end))


def _joined(material: Material, told: Sequence[Span]) -> list[Span]:
    """Return sentences in order, those that follow one another as one, if the whole is no longer than a citation."""
    rows: list[Span] = []
    for span in told:
        turn, last = material.turns[span.turn], rows[-1] if rows else None
        if last and last.turn == span.turn and not turn.text[last.end : span.start].strip():
            whole = turn.span(last.start, max(last.end, span.end))
            if len(norms(whole.text)) <= LONGEST:
                rows[-1] = whole
                continue
        rows.append(span)
    return rows


def _sentence(material: Material, name: str, topic: Topic, spans: Sequence[Citation]) -> str:
    """Return a claim in plain English: what was said, and what there is to say of the rest."""
    state, words, question = _state(material, name), _words(), topic.short or topic.question
    if state == "open" and not spans:
        return (words.unrecognised if name in material.unrecognised else words.untouched).replace("#", question)
    if state == "known":
        return _known(material, name)
    said = " ".join(_saying([s for s in spans if s.text], len(material.customers) == 1))
    if not said and state in words.alone:
        return words.alone[state]
    if not said and spans and not any(material.is_open(s.turn) for s in spans):
        return words.held
    return f"{said or words.unsaid} {words.rest.get(state, '').replace('#', question)}".strip()


def _known(material: Material, name: str) -> str:
    """Return that a topic was known before the call, with what the background file tells of it, if that may be shown."""
    told = given(name, material.guide, material.background)
    words = _words()
    return words.known.replace("#", told if told and not material.barred.leaks(told) else words.beside)


class _Words(Value):
    """What the outline says of a topic beside the customer's words or in their place."""

    untouched: str
    unrecognised: str
    known: str
    beside: str
    held: str
    unsaid: str
    alone: Mapping[TopicState, str]
    rest: Mapping[TopicState, str]


@cache
def _words() -> _Words:
    return _Words.model_validate(load_data("drafts")["claim"])


def _saying(spans: Sequence[Citation], alone: bool) -> Iterable[str]:
    """Yield citations in quotation marks, with whose they are unless one customer was `alone` on the call."""
    speaker = ""
    for span in spans:
        yield span.quoted if alone or span.speaker == speaker else f"{span.speaker}: {span.quoted}"
        speaker = span.speaker


def chosen(rated: Iterable[tuple[float, Telling]]) -> dict[str, list[Span]]:
    """Return the sentences to cite for each topic, at most two, of those with their chances; no sentence for two topics.

    The likeliest are chosen first, for any topic; second sentences come after every topic has its first. What opens the answer to a
    question about a topic stands for it where nothing better does.
    """
    floored = ((max(chance, _CITED[0] * telling.answers), telling.topic, telling.shown) for chance, telling in rated)
    rows = sorted(floored, key=lambda row: (-row[0], row[2].turn, row[2].start))
    told: dict[str, list[Span]] = {}
    used: set[Span] = set()
    for count, enough in enumerate(_CITED):
        for chance, name, span in rows:
            alone = count == 0 or not says_little(span.text)
            if chance >= enough and alone and span not in used and len(told.get(name, ())) == count:
                told.setdefault(name, []).append(span)
                used.add(span)
    return told
