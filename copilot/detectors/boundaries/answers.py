"""Earlier answers that a phrase bars without naming what they told: the last ones, and those that the questions come back to."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ...reading import BACK_CHANNEL_WORDS, Reading
from ...text import tokenize
from .content import tells_something
from .earlier import FEW, POINTED, points_at, recall, thread
from .phrases import Phrase, labels_in, lexicon, sentence_of
from .subject import named_by
from .surroundings import restates
from .words import TOLD, Said, lists, stems_of, substance

__all__ = [
    "also_listed",
    "asked_about",
    "asked_with",
    "by_colleague",
    "corrects",
    "introduced",
    "offered",
    "own_before",
    "still_on",
]


def still_on(reading: Reading, phrase: Phrase) -> tuple[int, ...]:
    """Return the last answer, where nothing was asked since and the words before a phrase tell no number or name, nor at length.

    They may then only say why: "We took 1.4 million out." "Impressive." "The board hasn't seen it, so keep that out."
    """
    last = reading.last
    if last is None or any(last.asks(s) for s in last.sentences) or not (last.is_customer or last.words <= BACK_CHANNEL_WORDS):
        return ()
    tells = restates(reading, 0, reading.tokens[phrase.first].start) or substance(reading, 0, phrase.first) > TOLD
    return () if tells else thread(reading)[-1:]


def corrects(reading: Reading) -> bool:
    """Return whether a customer speaks right after another one, without a question between them."""
    last = reading.last
    return last is not None and tells_something(last) and last.turn.speaker != reading.turn.speaker


def own_before(reading: Reading) -> tuple[int, ...]:
    """Return the last answer of a turn's own speaker."""
    return tuple(r.turn.turn for r in reading.before if r.turn.speaker == reading.turn.speaker and tells_something(r))[-1:]


def offered(reading: Reading) -> tuple[int, ...]:
    """Return the turn that the interviewer has just offered to leave out: "we can leave that out". "Just leave the boy out of it."."""
    return thread(reading)[-1:] if reading.asked is not None and "ask.drop" in labels_in(reading.asked, "ask") else ()


def also_listed(reading: Reading, phrase: Phrase, said: Said) -> Iterator[int]:
    """Yield the earlier turns that alone tell what a sentence lists after its phrase: "nothing about her, not the steps, nor the fall"."""
    last = sentence_of(reading, phrase).last
    places = range(phrase.last + 1, last - 1)
    nouns = [i + 1 for i in places if reading.norms[i - 1] in lists().listing and reading.norms[i] in lists().known]
    for name in named_by(reading, [reading.tokens[i] for i in nouns]):
        turns = [t for t in said.get(name, ()) if t < reading.turn.turn]
        yield from turns if len(turns) <= FEW else ()


def by_colleague(reading: Reading, first: int, last: int) -> int | None:
    """Return the last turn of another customer whose words tokens[first:last] speak of: "what Maya just said"."""
    words = {norm.removesuffix("'s") for norm in reading.norms[first:last]}
    if "just" not in words:
        return None
    others = (r for r in reversed(reading.before) if tells_something(r) and r.turn.speaker != reading.turn.speaker)
    return next((r.turn.turn for r in others if not words.isdisjoint(t.norm for t in tokenize(r.turn.speaker))), None)


def introduced(reading: Reading, said: Said) -> tuple[int, ...]:
    """Return the turn that names the person whose story this turn continues, or what it won't speak of; () if it starts its own."""
    if reading.tokens[0].norm in lists().he_or_she:
        return asked_about(reading, said) or thread(reading)[-1:]
    if reading.asked and reading.find(lexicon("for_another"), reading.sentences[0]):
        return asked_about(reading, said) or tuple(r.turn.turn for r in reading.before[-2:-1] if r.is_customer)
    return ()


def _names_asked(reading: Reading) -> set[str]:
    """Return what the questions before a turn name with an article or "your": what both sides know of."""
    asked = reading.asked
    if asked is None:
        return set()
    places = (i for s in asked.sentences if asked.asks(s) for i in range(s.first + 1, s.last))
    return named_by(asked, [asked.tokens[i] for i in places if asked.norms[i - 1] in lists().known])


def asked_with(reading: Reading, names: Collection[str]) -> set[str]:
    """Return what the questions before a turn name besides, if they name any of the same."""
    asked = _names_asked(reading)
    return set() if asked.isdisjoint(names) else asked


def asked_about(reading: Reading, said: Said) -> tuple[int, ...]:
    """Return the turns that the questions before a turn come back to, by words that few turns hold; () where they only go on."""
    names = _names_asked(reading)
    last = next((r for r in reversed(reading.before) if tells_something(r)), None)
    if last is None or not names.isdisjoint(stems_of(last.tokens)):
        return ()
    found = recall(names, said, reading.turn.turn)
    return found if points_at(names, found, said) >= POINTED else ()
