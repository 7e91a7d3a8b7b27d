"""Claims: what can be said about each topic, as the sentences of the call that say most about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import dropwhile

from ..detectors.topics import told_of
from ..findings import TopicState
from ..guide import Topic
from ..lexicon import Lexicon, function_words, load_data, words_of
from ..text import norms, stem
from ..turns import Span
from .citation import Citation
from .clashes import successor
from .figures import cards
from .leaning import announces
from .material import Material
from .telling import can_tell
from .worded import Worded

__all__ = ["Claim", "claims"]

LONGEST = 40  # words of a sentence that is cited for a topic
SHORTEST = 5  # words below which a sentence says little
_FEWEST = 3  # words of an opening that stands for a topic
_PLACES = 2  # turns that a claim without words points at
_TELLS = (1.0, 2.5)  # the weights from which a first and a second sentence are worth citing
_OPENED = 3  # most sentences that open a turn as one
_OPENING = 3  # first sentences of a turn, which answer its question
_ASKED = 5.0  # the most that a question counts for the topic that it asks about
_ELSEWHERE = 0.8  # how much a sentence loses for each log odds by which its question asks rather for another topic
_PUT = (-1.9, -0.7)  # the log of a topic's least share in a question about it, where the answer informs it and where no turn does
_AFAR = 4.0  # how far a sentence stands from a topic, in log odds, where it tells nothing of it
_PHRASES = 2.0  # the most that phrases and words of a topic count
_COMPARED, _CARRIED, _BARE = 4.0, 1.5, -1.5  # how much figures speak for a sentence: before and after, one that carries a story, none


class Claim(Worded):
    """What can be said about a topic, as a sentence, with the words that support it; without words if the topic is not covered."""

    topic: str
    title: str
    state: TopicState
    spans: tuple[Citation, ...] = ()


def claims(material: Material) -> dict[str, Claim]:
    """Return what can be said about each topic of the guide, by its full id."""
    told = _tellings(material)
    return {name: _claim(material, name, topic, told.get(name, ())) for name, topic in material.guide.topics.items()}


def _claim(material: Material, name: str, topic: Topic, told: Sequence[Span]) -> Claim:
    """Return what can be said about a topic, citing the sentences that say most about it."""
    status = material.findings.topics[name]
    whole = {*_with_announced(material, told), *(_ends(material, told) if "result" in topic.holds else ())}
    rows = _joined(material, sorted(whole, key=lambda s: (s.turn, s.start)))
    spans = tuple(material.clip(s.turn, s.start, s.end, LONGEST) for s in rows)
    if not spans and status.state != "known":
        spans = tuple(material.point(n) for n in status.turns[:_PLACES] if n in material.turns)
    return Claim(
        topic=name,
        title=topic.title,
        state=status.state,
        text=_sentence(topic, status.state, spans, len(material.customers) == 1),
        spans=spans,
    )


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
            whole = turn.span(last.start, span.end)
            if len(norms(whole.text)) <= LONGEST:
                rows[-1] = whole
                continue
        rows.append(span)
    return rows


def _sentence(topic: Topic, state: TopicState, spans: Sequence[Citation], alone: bool) -> str:
    """Return a claim in plain English; `alone` says that there was one customer."""
    question = topic.short or topic.question
    if state == "open" and not spans:
        return f"Nobody spoke of this. Still to ask: {question}"
    if state == "known":
        return "Known before the call, so nobody was asked."
    said = " ".join(_saying([s for s in spans if s.text], alone)) or "It came up, but no one sentence sums it up."
    more = {
        "open": f"There is more to find out: {question}",
        "partial": f"There is more to find out: {question}",
        "declined": "Beyond that, the customer preferred not to say.",
        "deferred": "The rest was promised for later.",
    }.get(state, "")
    return f"{said} {more}".strip()


def _saying(spans: Sequence[Citation], alone: bool) -> Iterable[str]:
    """Yield citations in quotation marks, with whose they are unless one customer was `alone` on the call."""
    speaker = ""
    for span in spans:
        yield span.quoted if alone or span.speaker == speaker else f"{span.speaker}: {span.quoted}"
        speaker = span.speaker


def _tellings(material: Material) -> dict[str, list[Span]]:
    """Return the sentences that say most about each topic that came up, at most two, and no sentence for two topics.

    The strongest are chosen first, for any topic; second sentences come after every topic has its first. A topic without one that was
    asked about gets the opening of the answer.
    """
    rated = sorted(_rated(material), key=lambda row: (-row[0], row[2].turn, row[2].start))
    told: dict[str, list[Span]] = {}
    used: set[Span] = set()
    for count, enough in enumerate(_TELLS):
        for weight, name, span in rated:
            if weight >= enough and span not in used and len(told.get(name, ())) == count:
                told.setdefault(name, []).append(span)
                used.add(span)
    for name, turn in _answers(material).items():
        opening = _opening(material, turn) if name not in told else []
        if opening and can_tell(name, material.guide.topics[name], " ".join(s.text for s in opening)):
            told[name] = opening
    return told


def _rated(material: Material) -> Iterator[tuple[float, str, Span]]:
    """Yield the sentences of each topic's turns with how much they say about it."""
    for name, topic in material.guide.topics.items():
        status = material.findings.topics[name]
        cues, stems = _cues(name, topic.cues), _stems(topic)
        for number in status.turns if status.state not in {"open", "known"} else ():
            for place, span in enumerate(_statements(material, number)):
                stands = successor(material, span) if material.is_usable(span) and not span.text.endswith("?") else None
                if stands is not None and can_tell(name, topic, stands.text):
                    opens = place == 0 or (place < _OPENING and len(norms(span.text)) >= SHORTEST)
                    weight = _weight(material, span, name, cues, stems) + _put(material, number, name, opens=opens)
                    yield weight + _figured(material, stands, topic), name, stands


def _figured(material: Material, span: Span, topic: Topic) -> float:
    """Return how much the figures of a sentence speak for a topic of results: the best number of a call has its number before."""
    if "result" not in topic.holds:
        return 0.0
    held = [c for c in cards(material) if c.kind in topic.holds and span.overlaps(c.said) and c.status != "superseded"]
    if any(c.before is not None for c in held):
        return _COMPARED
    return _CARRIED if any(c.carries for c in held) else _BARE


def _statements(material: Material, turn: int) -> Iterator[Span]:
    """Yield the sentences of a turn, the short ones that open it together with the one after them: "Toilets. We clean by footfall now.".

    One that says nothing, such as "We had, yeah.", is left out.
    """
    said, spans = material.turns[turn], [*dropwhile(lambda s: not _says_something(s.text), material.spans(turn))]
    opening = next((n for n, s in enumerate(spans[:_OPENED]) if _stands(said.text[spans[0].start : s.end], s.text)), 0)
    whole = spans[:1] if opening == 0 else [said.span(spans[0].start, spans[opening].end)]
    yield from (*whole, *spans[opening + 1 :])


def _stands(opening: str, last: str) -> bool:
    """Return whether sentences that open a turn say enough together, and the last of them does not break off: not "A bad Tuesday. So."."""
    return len(norms(opening)) >= SHORTEST and (_says_something(last) or len(norms(last)) > 1)


def _says_something(text: str) -> bool:
    return not set(norms(text)) <= function_words() | words_of("drafts.assenting")


def _put(material: Material, turn: int, name: str, *, opens: bool) -> float:
    """Return how much the question before a sentence speaks for a topic, if it opens the answer, and against it in any sentence."""
    question = _question(material, turn)
    if not question:
        return 0.0
    shares = told_of(material.guide, (), question)
    return max(0.0, _ASKED + shares[name]) * opens - _ELSEWHERE * (max(shares.values()) - shares[name])


def _weight(material: Material, span: Span, name: str, cues: Lexicon, stems: set[str]) -> float:
    """Return how much a sentence says about a topic rather than others, by its phrases and length; more if it is worth quoting."""
    said = norms(span.text)
    size = len(said)
    quoted = any(q.turn == span.turn and q.start <= span.start and span.end <= q.end for q in material.findings.quotes)
    leans = bool(said) and said[0] in words_of("drafts.leaning")
    words = {stem(w) for w in said}
    told = _AFAR + told_of(material.guide, said)[name]
    found = min(_PHRASES, 0.8 * len(cues.find(said)) + 0.4 * len(words & stems))
    return told + found + 0.5 * quoted + min(size, 20) / 20 - 0.5 * leans - 3.0 * (size < SHORTEST)


def _question(material: Material, turn: int) -> str:
    """Return what was asked right before a turn, empty if a customer spoke."""
    before = material.turns.get(turn - 1)
    return before.text if before and before.role != "customer" else ""


def _answers(material: Material) -> dict[str, int]:
    """Return the first answer to a question about each topic, among the turns that inform the topic if any does."""
    found: dict[str, int] = {}
    for turn in material.findings.turns:
        question = _question(material, turn.turn) if turn.role == "customer" else ""
        for name, share in told_of(material.guide, (), question).items() if "?" in question else ():
            informing = material.findings.topics[name].turns
            if share >= _PUT[not informing] and name not in found and (not informing or turn.turn in informing):
                found[name] = turn.turn
    return found


def _opening(material: Material, turn: int) -> list[Span]:
    """Return the first sentences of a turn that may be used, at most two, and the second only if the first says little."""
    usable = [s for s in _statements(material, turn) if material.is_usable(s) and not s.text.endswith("?")][:_OPENING]
    count = 1 + (bool(usable) and len(norms(usable[0].text)) < SHORTEST)
    first = usable[:count]
    return first if sum(len(norms(s.text)) for s in first) >= _FEWEST else []


@cache
def _cues(name: str, own: tuple[str, ...]) -> Lexicon:
    """Return the phrases that suggest a topic: the library's and the guide's own."""
    shipped: Mapping[str, str] = load_data("topic_cues")
    return Lexicon({name: [phrase for phrase in (*str(shipped.get(name, "")).split(","), *own) if phrase.strip()]})


def _stems(topic: Topic) -> set[str]:
    texts = (topic.title, topic.question, topic.intent, *topic.complete)
    return {stem(norm) for text in texts for norm in norms(text) if norm not in function_words()}
