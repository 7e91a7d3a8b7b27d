"""Facts for and against a request for discretion barring a turn: about the request, what surrounds it, the turn and their relation."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from math import floor
from typing import NamedTuple

from ...lexicon import table_of, words_of
from ...reading import Reading
from ...text import Sentence
from .discretion import REPLY, UNLIKELY, classes, threshold
from .words import lists

__all__ = [
    "Circumstances",
    "Naming",
    "Request",
    "Target",
    "circumstances",
    "is_asked_for_more",
    "pointers",
    "reach_facts",
    "seeks_leave",
]

OPENING = 12  # first words of a turn in which it can say no
MOST = 5.0  # log-odds; scores are clipped to this range in both directions
FULL = 4  # bins of the share that two turns have in common
_SIZES = (1, 4, 12, 30)  # words: edges of the bins that the weights know
_LEADS = frozenset("well oh um uh hm ah".split())
_SOUGHT = frozenset({"PUB", "PUT", "MEDIA", "SAY", "DROP", "PUBLIC"})
_ASKED = _SOUGHT | {"MAY", "SECRET", "BIT", "ALLOW", "REC", "THAT"}


class Request(NamedTuple):
    """A possible request: the sentence of a turn that sounds most like one, its score and that of the reply (None: none yet).

    `degree` is that of the boundary that a phrase gives, "clear" too where its words surely ask, "" without a phrase; `covers` is what
    it bars.
    """

    reading: Reading
    sentence: Sentence
    asked: float
    promised: float | None
    degree: str = ""
    covers: frozenset[int] = frozenset()


class Target(NamedTuple):
    """A turn that a request may bar: its place relative to the request, what they share (0 to 1), and how much it sounds like a request."""

    place: str
    turn: int
    shared: float
    asked: float = UNLIKELY
    reading: Reading | None = None


class Circumstances(NamedTuple):
    """What is true of a request for every target: independent facts, and names of facts that count separately for each place."""

    facts: Mapping[str, float]
    placed: Sequence[str]


class Naming(NamedTuple):
    """What a request's sentence names: the stems of its words and, if it continues from its question, of that; and its pointer words."""

    stems: Collection[str]
    goes_on: bool
    goes_back: bool


def circumstances(request: Request, naming: Naming) -> Circumstances:
    """Return what is true of a request for every target."""
    leave = dict.fromkeys(_leave(request), 1.0)
    return Circumstances(dict(_strength(request)) | leave, (*_form(request, naming), *leave))


def reach_facts(request: Request, target: Target, around: Circumstances) -> dict[str, float]:
    """Return the facts for and against a request barring a turn."""
    facts = dict(around.facts)
    place = target.place
    facts[place] = 1.0
    facts[f"{place}: shared"] = facts["shared"] = target.shared
    facts.update((f"{place}: {name}", 1.0) for name in chain(around.placed, _of_target(request, target)))
    if target.turn in request.covers:
        facts["told of"] = 1.0
    return facts


def _strength(request: Request) -> Iterator[tuple[str, float]]:
    """Yield how much the words sound like a request, how much the reply like a promise, and both together."""
    asked = _within(request.asked)
    yield "asked", asked / MOST
    yield "asked, likely", max(0.0, asked) / MOST
    yield f"asked {floor(asked)}", 1.0
    yield f"heard {request.degree or 'not'}", 1.0
    promised = -MOST if request.promised is None else _within(request.promised)
    yield "asked and promised", (asked + REPLY * promised) / MOST
    if request.promised is None:
        yield "no reply", 1.0
    else:
        yield "promised", promised / MOST
        yield "promised, likely", max(0.0, promised + 2) / MOST


def _within(score: float) -> float:
    return max(-MOST, min(MOST, score))


# The question before it


def _last_question(reading: Reading) -> list[str]:
    """Return the words of the interviewer's last questions, if the interviewer spoke last."""
    asked = reading.asked
    asking = [s for s in asked.sentences if asked.asks(s)][-2:] if asked else []
    return [norm for s in asking for norm in asked.words_in(s)] if asked else []


def seeks_leave(reading: Reading) -> bool:
    """Return whether the question before a turn asks whether something may be used: "can I print that?"."""
    known = classes()
    asked = {known.get(norm) for norm in _last_question(reading)}
    return "MAY" in asked and not _SOUGHT.isdisjoint(asked)


def is_asked_for_more(reading: Reading) -> bool:
    """Return whether a turn answers a question for what has not been told: "that" then means what was asked for, and nothing said."""
    asked = reading.asked
    asking = [s for s in asked.sentences if asked.asks(s)][-1:] if asked else []
    return asked is not None and any(asked.norms[s.first] in lists().which for s in asking) and not seeks_leave(reading)


def _leave(request: Request) -> Iterator[str]:
    """Yield what the question before a request is about, and how the turn answers it."""
    known, reading = classes(), request.reading
    asked = sorted({known[norm] for norm in _last_question(reading) if norm in known} & _ASKED)
    first = next((known.get(norm, "other") for norm in reading.norms if norm not in _LEADS), "nothing")
    denies = any(known.get(norm) == "NOT" for norm in reading.norms[:OPENING])
    said = sorted({known[norm] for norm in _words(request) if norm in known})
    for name in asked:
        yield f"question {name}"
        yield f"question {name}, first {first}"
        yield from (f"question {name}, denied",) if denies else ()
        yield from (f"question {name}, said {other}" for other in said)
    if seeks_leave(reading):
        yield "leave is sought"
        yield from ("leave is sought, denied",) if denies else ()


def _words(request: Request) -> Sequence[str]:
    return request.reading.words_in(request.sentence)


# The request and its turn


def _form(request: Request, naming: Naming) -> Iterator[str]:
    """Yield how a request is worded, and what its turn contains before, in and after its sentence."""
    reading, sentence, words, known = request.reading, request.sentence, _words(request), classes()
    before, after = _says(reading, 0, sentence.first), _says(reading, sentence.last, len(reading.norms))
    inside = _says(reading, sentence.first, sentence.last)
    yield f"before {_size(before)}"
    yield f"after {_size(after)}"
    yield f"inside {_size(inside)}"
    yield f"in all {_size(before + inside + after)}"
    yield f"aside {_size(before + after)}"
    yield from sorted({_side(q.start, sentence) for q in reading.quantities})
    yield from sorted({f"class {known[norm]}" for norm in words if norm in known})
    yield from sorted({f"speaks of {name}" for name, group in pointers().items() if not group.isdisjoint(words)})
    yield f"starts {words[0] if words[0] in words_of('reach.starts') or words[0] in pointers()['this'] else 'otherwise'}"
    yield from ("points at once",) if not pointers()["this"].isdisjoint(words[:2]) else ()
    yield from ("first sentence",) if sentence.first == 0 else ()
    yield from ("last sentence",) if sentence.last >= len(reading.norms) else ()
    yield from ("after a customer",) if reading.last and reading.last.is_customer else ()
    yield from ("goes back",) if naming.goes_back else ()
    yield from ("goes on",) if naming.goes_on else ()
    yield f"asked {floor(_within(request.asked))}"
    yield "no reply" if request.promised is None else f"promised {floor(_within(request.promised))}"
    yield from (f"heard {request.degree}",) if request.degree else ()


def _says(reading: Reading, first: int, last: int) -> int:
    """Return how many of a range of words say something."""
    return sum(norm not in lists().filler for norm in reading.norms[first:last])


@cache
def pointers() -> Mapping[str, frozenset[str]]:
    """Return the words that point at something said, a name, a part of what was said, or a person."""
    return {name: words_of(f"boundaries.pointers.{name}") for name in table_of("boundaries.pointers")}


def _size(words: int) -> str:
    return next((f"<{n}" for n in _SIZES if words < n), "many")


def _side(start: int, sentence: Sentence) -> str:
    """Return on which side of a sentence a number is."""
    return "number before" if start < sentence.start else "number after" if start >= sentence.end else "number inside"


# The turn that it may bar


def _of_target(request: Request, target: Target) -> Iterator[str]:
    """Yield what a turn contains that a request may bar, and what the two have in common."""
    yield f"shared {int(target.shared * FULL)}"
    yield from ("told of",) if target.turn in request.covers else ()
    yield from ("another told of",) if request.covers - {target.turn} else ()
    past = target.reading
    if past is None or past is request.reading:
        return
    yield f"its words {_size(past.words)}"
    yield from ("its number",) if past.quantities else ()
    yield from ("numbers in both",) if past.quantities and any(
        request.sentence.start <= q.start < request.sentence.end for q in request.reading.quantities
    ) else ()  # fmt: skip
    yield from ("same speaker",) if past.turn.speaker == request.reading.turn.speaker else ()
    yield from ("asks itself",) if target.asked > threshold("faintly") else ()
    yield from ("asks clearly itself",) if target.asked > 0 else ()
