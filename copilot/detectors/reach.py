"""Which turns a request for discretion may bar: its own, the answers before it, and earlier ones that its words point at.

A request shows in its words and in what is said around them: how much a sentence sounds like one, whether the question before it
asked for permission, whether the reply sounds like a promise. A small scorer weighs each turn that it can mean, by named facts about
the request, the turn and their relation (`copilot/data/reach.json`, made by `evals/train_reach.py`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from math import floor
from typing import NamedTuple

from ..findings import Boundary
from ..lexicon import load_data, words_of
from ..reading import Reading
from ..scoring import Logistic, load_weights
from ..text import Sentence
from .discretion import REPLY, UNLIKELY, asks, classes, diluted, threshold

__all__ = [
    "Circumstances", "Naming", "Request", "Said", "Target", "circumstances", "is_surely_asked", "meant", "reach_evidence", "reached",
    "requested", "targets",
]  # fmt: skip

Said = Mapping[str, Sequence[int]]  # a word's stem -> the customers' turns that contain it, in order
Weigh = Callable[[Reading, Sentence], float]

ANSWER = 4  # fewest words of a turn that can contain what a boundary bars
BACK = 3  # answers before a request that are scored whether it names them or not
FAR = 3  # turns further back that are scored: those that its words point at most
OFTEN = 50  # turns with a word from which it points at none of them
OPENING = 12  # first words of a turn in which it can say no
MOST = 5.0  # log-odds; scores are clipped to this range in both directions
CLOSE = 0.5  # share of the likeliest turn's chance from which another turn is meant as well
FULL = 4  # bins of the share that two turns have in common
_SIZES = (1, 4, 12, 30)  # words: edges of the bins that the weights know
_LEADS = frozenset("well oh um uh hm ah".split())
_SOUGHT = frozenset({"PUB", "PUT", "MEDIA", "SAY", "DROP", "PUBLIC"})
_ASKED = _SOUGHT | {"MAY", "SECRET", "BIT", "ALLOW", "REC", "THAT"}


class Request(NamedTuple):
    """A possible request: the sentence of a turn that sounds most like one, its score and that of the reply (None: none yet).

    `degree` is that of the boundary that a phrase gives, "" without a phrase, and `covers` what it bars.
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


def requested(reading: Reading, heard: Sequence[Boundary], promised: float | None = None, weigh: Weigh = asks) -> Request | None:
    """Return the possible request of a customer's turn, None if nothing suggests one.

    `heard` are the boundaries from its phrases, `promised` is the score of the reply, `weigh` scores a sentence.
    """
    if not reading.sentences:
        return None
    scores = {s: weigh(reading, s) for s in reading.sentences}
    inside = [s for s in scores if heard and _meets(s, heard[0])]
    best = max(inside or scores, key=scores.__getitem__)
    asked = diluted(scores[best], reading)
    if not heard and not _may_ask(reading, asked, promised):
        return None
    covers = frozenset(chain.from_iterable(b.covers for b in heard))
    return Request(reading, best, asked, promised, heard[0].degree if heard else "", covers)


def _meets(sentence: Sentence, boundary: Boundary) -> bool:
    return sentence.start < boundary.end and boundary.start < sentence.end


def _may_ask(reading: Reading, asked: float, promised: float | None) -> bool:
    """Return whether the words, the reply or the question before them suggest a request."""
    if asked >= threshold("faintly") or _seeks_leave(reading):
        return True
    return promised is not None and (promised >= threshold("promised") or asked + REPLY * promised >= threshold("together"))


def targets(request: Request, naming: Naming, said: Said, weigh: Weigh = asks) -> Iterator[Target]:
    """Yield the turns that a request may bar: its own, the last answers, and those further back that its words point at."""
    reading, own = request.reading, request.reading.turn.turn
    shared = _shared(naming.stems, said, own)
    yield Target("own", own, shared.get(own, 0.0), request.asked, reading)
    answers = [r for r in reversed(reading.before) if r.is_customer and r.words >= ANSWER]
    for n, past in enumerate(answers[:BACK], 1):
        asked = max((weigh(past, s) for s in past.sentences), default=UNLIKELY)
        yield Target(str(n), past.turn.turn, shared.get(past.turn.turn, 0.0), asked, past)
    near = {own, *(r.turn.turn for r in answers[:BACK])}
    pointed = sorted((t for t in shared if t not in near), key=lambda t: (-shared[t], -t))[:FAR]
    yield from (Target("far" if n == 0 else "further", t, shared[t]) for n, t in enumerate(pointed))
    yield from (Target("told", t, shared.get(t, 0.0)) for t in sorted(request.covers - near - set(pointed)))


def _shared(stems: Collection[str], said: Said, turn: int) -> dict[int, float]:
    """Return how much each earlier turn shares with some words; rare words count more, very common ones not at all."""
    out: defaultdict[int, float] = defaultdict(float)
    for stem in stems:
        turns = [t for t in said.get(stem, ()) if t < turn]
        for t in turns if len(turns) <= OFTEN else ():
            out[t] += 1 / max(2, len(turns))
    return {t: min(1.0, share) for t, share in out.items()}


def reached(request: Request, naming: Naming, said: Said) -> frozenset[int]:
    """Return the turns that a request may bar: the likely ones and, if it is almost certainly a request, the likeliest."""
    weights = load_weights("reach")
    scorer: Logistic = weights["bars"]
    around = circumstances(request, naming)
    chances = {t.turn: scorer.chance(scorer.sum(reach_evidence(request, t, around))) for t in targets(request, naming, said)}
    return meant(chances, weights["threshold"], is_surely_asked(request))


def meant(chances: Mapping[int, float], least: float, asked: bool) -> frozenset[int]:
    """Return the turns with a high enough chance; if something is surely `asked`, also those close to the greatest chance."""
    enough = min(least, CLOSE * max(chances.values())) if asked else least
    return frozenset(turn for turn, chance in chances.items() if chance >= enough)


def is_surely_asked(request: Request) -> bool:
    """Return whether something is almost certainly a request, by its words alone or together with the reply."""
    both = request.asked + REPLY * (UNLIKELY if request.promised is None else request.promised)
    return request.asked >= threshold("alone") or both >= threshold("both")


def circumstances(request: Request, naming: Naming) -> Circumstances:
    """Return what is true of a request for every target."""
    leave = dict.fromkeys(_leave(request), 1.0)
    return Circumstances(dict(_strength(request)) | leave, (*_form(request, naming), *leave))


def reach_evidence(request: Request, target: Target, around: Circumstances) -> dict[str, float]:
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
    last = reading.before[-1] if reading.before else None
    if last is None or last.is_customer:
        return []
    asking = [s for s in last.sentences if last.asks(s)][-2:]
    return [norm for s in asking for norm in last.norms[s.first : s.last]]


def _seeks_leave(reading: Reading) -> bool:
    """Return whether the question before a turn asks whether something may be used: "can I print that?"."""
    known = classes()
    asked = {known.get(norm) for norm in _last_question(reading)}
    return "MAY" in asked and not _SOUGHT.isdisjoint(asked)


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
    if _seeks_leave(reading):
        yield "leave is sought"
        yield from ("leave is sought, denied",) if denies else ()


def _words(request: Request) -> Sequence[str]:
    return request.reading.norms[request.sentence.first : request.sentence.last]


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
    yield from sorted({f"speaks of {name}" for name, group in _pointers().items() if not group.isdisjoint(words)})
    yield f"starts {words[0] if words[0] in words_of('reach.starts') or words[0] in _pointers()['this'] else 'otherwise'}"
    yield from ("points at once",) if not _pointers()["this"].isdisjoint(words[:2]) else ()
    yield from ("first sentence",) if sentence.first == 0 else ()
    yield from ("last sentence",) if sentence.last >= len(reading.norms) else ()
    yield from ("after a customer",) if reading.before and reading.before[-1].is_customer else ()
    yield from ("goes back",) if naming.goes_back else ()
    yield from ("goes on",) if naming.goes_on else ()
    yield f"asked {floor(_within(request.asked))}"
    yield "no reply" if request.promised is None else f"promised {floor(_within(request.promised))}"
    yield from (f"heard {request.degree}",) if request.degree else ()


def _says(reading: Reading, first: int, last: int) -> int:
    """Return how many of a range of words say something."""
    fillers = words_of("boundaries.lists.filler")
    return sum(norm not in fillers for norm in reading.norms[first:last])


@cache
def _pointers() -> Mapping[str, frozenset[str]]:
    """Return the words that point at something said, a name, a part of what was said, or a person."""
    rows: Mapping[str, str] = load_data("boundaries")["pointers"]
    return {name: words_of(f"boundaries.pointers.{name}") for name in rows}


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
