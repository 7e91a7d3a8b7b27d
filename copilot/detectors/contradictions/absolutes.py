"""Exceptions to claims about all or none."""

from __future__ import annotations

from collections.abc import Iterator

from ...text import Sentence
from .clash import Clash, Scene, content, pattern
from .memory import Claim

__all__ = ["of_absolutes"]

_SHARED = 2  # fewest content words that an exception shares with the claim
_OPENING = 3  # first sentences of an answer
_REACH = 6  # words after a "not" that it negates


def of_absolutes(scene: Scene) -> Iterator[Clash]:
    """Yield a turn's exceptions to earlier claims: "we've not missed a service" and, later, "they missed six services"."""
    claims = [c for c in scene.past.claims if c.turn < scene.reading.turn.turn]
    whole = _not_all_asked(scene, claims)
    if whole is not None:
        yield whole
        return
    for sentence in scene.reading.sentences if claims else ():
        claim = _broken(scene, sentence, claims)
        if claim is not None:
            yield scene.clash(claim.turn, claim.text, sentence.start, sentence.end)
            return


def _not_all_asked(scene: Scene, claims: list[Claim]) -> Clash | None:
    """Return the clash of "no, not there" with an earlier "we were all live", if the question is whether everybody is."""
    asked = scene.reading.asked
    if asked is None or not pattern("all_asked").search(asked.turn.text):
        return None
    claim = next((c for c in reversed(claims) if c.extent == "everything" and pattern("rolled_out").search(c.text)), None)
    for sentence in scene.reading.sentences[:_OPENING] if claim else ():
        if claim and (scene.within("exceptions", sentence) or scene.within("leaves_out", sentence)):
            return scene.clash(claim.turn, claim.text, sentence.start, sentence.end)
    return None


def _broken(scene: Scene, sentence: Sentence, claims: list[Claim]) -> Claim | None:
    """Return the claim about none of which a sentence counts cases."""
    said = content(scene.reading.tokens_in(sentence))
    counted = any(q.unit and q.change is None for q in scene.reading.quantities_in(sentence))
    if not counted and not scene.within("exceptions", sentence):
        return None
    told = said - _denied(scene, sentence)
    return next((c for c in reversed(claims) if c.extent == "nothing" and len(c.focus & told) >= _SHARED), None)


def _denied(scene: Scene, sentence: Sentence) -> frozenset[str]:
    """Return the words that a sentence denies."""
    tokens = scene.reading.tokens
    cues = [m for m in scene.cues.get("denied", ()) if sentence.first <= m.first < sentence.last]
    return frozenset().union(*(content(tokens[m.last : min(m.last + _REACH, sentence.last)]) for m in cues))
