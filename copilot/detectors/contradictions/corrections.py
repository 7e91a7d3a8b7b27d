"""Corrections: a customer corrects what another one has just said, or what was said earlier in the call."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

from ...lexicon import words_of
from ...quantities import Quantity
from ...quantities.units import DURATIONS
from ...reading import Reading, within
from ...text import Sentence, tokenize
from .answers import rivals
from .clash import SMALLEST, Clash, Scene, content
from .memory import Figure, Told

__all__ = ["of_corrections"]

_OPENING = 2  # first sentences of a turn
_FOLLOWING = 4  # first sentences in which a different duration still answers the one before
_AT_ONCE = 2  # most words before a bare number that answers directly
_SHARED = 3  # fewest shared content words by which a statement is recognised
_SHORT = 6  # most words of a sentence that only says what a figure is about
_JUST_PUT = 3  # latest turns in which a number of the interviewer's side is the one just denied, and no earlier statement
_ASIDE = 40  # most words of a question between two customers


def of_corrections(scene: Scene) -> Iterator[Clash]:
    """Yield what a turn corrects: another customer's last turn, else an earlier statement that it takes back."""
    other = _other(scene.reading)
    found = _corrects(scene, other) if other is not None else None
    # A correction says which of the two is right, so that nothing is left to ask.
    for clash in (found,) if found is not None else _takes_back(scene):
        yield clash._replace(settled=True, corrects=True)


def _other(reading: Reading) -> Reading | None:
    """Return the turn of another customer that this one may answer: right before, or before one short question."""
    near = [b for b in reading.before[-2:] if b.is_customer or b.words <= _ASIDE]
    last = next((b for b in reversed(near) if b.is_customer), None)
    return last if last is not None and last.turn.speaker != reading.turn.speaker else None


def _corrects(scene: Scene, other: Reading) -> Clash | None:
    """Return the clash with another customer's turn."""
    reading = scene.reading
    if not reading.sentences or scene.opens("agrees") or scene.opens("chooses"):
        return None
    direct = other is reading.last
    told = _rival_number(scene, other, direct) or _said_of_a_part(scene, other, direct)
    if told is None and direct and (scene.opens("denies") or _excepts(scene, other)):
        told = reading.sentences[0]
    return scene.clash(other.turn.turn, _last_sentence(other), told.start, told.end) if told else None


def _last_sentence(reading: Reading) -> str:
    """Return the sentence that is most likely meant: the last with a number, else the last."""
    numbered = [s for s in reading.sentences if reading.quantities_in(s)]
    last = (numbered or reading.sentences)[-1]
    return reading.turn.text[last.start : last.end]


def _rival_number(scene: Scene, other: Reading, direct: bool) -> Sentence | None:
    """Return the sentence whose number rivals one of another customer's turn; numbers about the speaker's own area do not."""
    reading = scene.reading
    said = {(q.low, q.high) for q in other.quantities}
    invited = direct or "confirms" in Scene.of(reading.before[-1], scene.past).cues
    for n, sentence in enumerate(reading.sentences[:_FOLLOWING]):
        if words_of("contradictions.lists.own") & set(reading.norms[sentence.first : sentence.last]):
            continue
        told = [q for q in reading.quantities_in(sentence) if (q.low, q.high) not in said]
        for q in told:
            bare = invited and n == 0 and q.unit is None and _lead(reading, sentence, q.start) <= _AT_ONCE
            cued = scene.opens("denies") or (direct and n < _OPENING)
            if any(rivals(p, q) and (bare or (_is_alike(p, q) and (cued or (direct and _is_long(p))))) for p in other.quantities):
                return sentence
    return None


def _is_alike(a: Quantity, b: Quantity) -> bool:
    """Return whether two numbers have comparable units, except minutes or hours, of which everybody has their own."""
    if a.unit in DURATIONS:
        return _is_long(a) and b.unit in DURATIONS
    return a.unit is not None and a.unit == b.unit


def _is_long(a: Quantity) -> bool:
    return a.unit in DURATIONS and a.unit not in {"second", "minute", "hour"}


def _lead(reading: Reading, sentence: Sentence, start: int) -> int:
    return sum(t.start < start for t in reading.tokens[sentence.first : sentence.last])


def _said_of_a_part(scene: Scene, other: Reading, direct: bool) -> Sentence | None:
    """Return the first sentence if it only says what a figure is about: "Six weeks was your region", "That's Kirkbray"."""
    reading = scene.reading
    if not other.quantities:
        return None
    said = {(q.low, q.high) for q in other.quantities}
    for sentence in reading.sentences[:_OPENING]:
        again = any((q.low, q.high) in said for q in reading.quantities_in(sentence))
        norms = reading.norms[sentence.first : sentence.last]
        if again and scene.within("limits", sentence) and {"was", "is", "it's", "that's", "were"} & set(norms):
            return sentence
    first = reading.sentences[0]
    norms = reading.norms[first.first : first.last]
    named = any(
        reading.turn.text[t.start].isupper() for t in reading.tokens[first.first + 1 : first.last] if t.norm not in _addressed(other)
    )
    if direct and len(norms) <= _SHORT and norms[0] in {"that's", "that"} and (named or scene.within("limits", first)):
        return first
    short = direct and len(norms) <= 3 and norms[-1] in {"did", "was", "has"}
    return first if short and norms[0] not in words_of("contradictions.lists.pronouns") else None


def _addressed(other: Reading) -> frozenset[str]:
    """Return the names by which another speaker may be addressed."""
    return frozenset(other.turn.speaker.lower().split())


def _excepts(scene: Scene, other: Reading) -> bool:
    """Return whether a turn begins with an exception to another customer's claim about all or none."""
    claims = any(c.turn == other.turn.turn for c in scene.past.claims)
    return claims and any(scene.within("exceptions", s) for s in scene.reading.sentences[:_OPENING])


def _takes_back(scene: Scene) -> Iterator[Clash]:
    """Yield the earlier statements that a customer takes back; if it is unclear which, only the words of the turn."""
    reading = scene.reading
    for n, sentence in enumerate(reading.sentences):
        meant = _denied_figure(scene, sentence) or _recalled(scene, n)
        if meant is not None:
            yield scene.clash(meant.turn, meant.text, sentence.start, sentence.end)
            return
        if scene.within("owns", sentence):
            yield Clash((reading.turn.turn,), scene.said(sentence.start, sentence.end), sentence.start, sentence.end)
            return


def _denied_figure(scene: Scene, sentence: Sentence) -> Figure | None:
    """Return the earlier figure that a sentence denies: "that's not half a million", "there weren't six"."""
    reading = scene.reading
    for cue in within(scene.cues.get("negates", ()), sentence.first, sentence.last, attrgetter("first")):
        if _is_supposed(scene, cue.first):
            continue
        around = reading.tokens[cue.last - 1 : cue.last + 2]
        for q in within(reading.quantities, around[0].start + 1, around[-1].start + 1, attrgetter("start")):
            again = any(p is not q and p.value == q.value for p in reading.quantities if p.start < q.start)
            if q.high >= SMALLEST and not again:
                return _earlier_figure(scene, q)
    return None


def _earlier_figure(scene: Scene, q: Quantity) -> Figure | None:
    """Return where a number was said before: by a customer, or a few turns ago by the interviewer's side."""
    same = (f for f in reversed(scene.past.figures) if (f.low, f.high, f.unit) == (q.low, q.high, q.unit))
    return next((f for f in same if f.turn < scene.reading.turn.turn - (0 if f.customer else _JUST_PUT)), None)


def _is_supposed(scene: Scene, at: int) -> bool:
    """Return whether an "if" or "but" leads up to a word."""
    return bool(set(scene.reading.norms[max(0, at - 4) : at]) & {"if", "but", "when", "unless", "then"})


def _recalled(scene: Scene, n: int) -> Figure | Told | None:
    """Return the earlier statement that sentence n and its neighbours take back: one with their number, else the one with most words."""
    reading = scene.reading
    near = reading.sentences[max(0, n - 1) : n + 3]
    recalls = scene.within("recalls", reading.sentences[n]) and any(scene.within("retracts", s) for s in near)
    if not recalls and not scene.within("owns", reading.sentences[n]):
        return None
    values = {(q.low, q.high) for q in reading.quantities if near[0].start <= q.start < near[-1].end and q.high >= SMALLEST}
    figures = [f for f in reversed(scene.past.figures) if f.customer and f.turn < reading.turn.turn and (f.low, f.high) in values]
    if figures:
        return figures[0]
    stems = content(reading.tokens[near[0].first : near[-1].last]) | (content(tokenize(reading.question)) if n < _OPENING else frozenset())
    told = [s for s in scene.past.sentences if len(s.stems & stems) >= _SHARED and s.turn < reading.turn.turn]
    return max(told, key=lambda s: (len(s.stems & stems), s.turn), default=None)
