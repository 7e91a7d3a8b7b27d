"""Measures: where a statement tells of an amount or a change that has a number, and in what it would be counted.

Only there can a number be asked for. "It takes far fewer calls" is counted, "it is more flexible" is not.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, takewhile
from operator import attrgetter
from typing import NamedTuple

from ..lexicon import Lexicon, Match, denies, function_words, words_of
from ..reading import Reading, within
from .clauses import belongs, is_past
from .dimensions import COUNTABLE

__all__ = ["Measure", "about", "amount_cues", "counted", "find_measure", "has_its_number", "has_number", "is_absent"]

NEAR = 3
"""Words between an amount and what it is an amount of: "we get a lot of angry calls"."""
ADJECTIVES = 1
"""Words between an article and its noun: "a configuration error"."""
BRIEF = 3
"""Words of a statement that is nothing but its amount: "Quite a lot."."""

_COUNTED_IN = {
    "frequency": "often",
    "bare_unit": "time effort",
    "money": "money payback saved",
    "abstract_measure": "rated",
    "vague_amount": "money effort time people events count share some little saved rated",
    "comparative": "money effort time people events count share often saved rated moved",
    "change": "money effort time people events count share saved rated moved payback",
    "counted": "money effort time people events count share often little moved payback",
}
"""Labels of `about` in `copilot/data/probes.yaml` that tell in what an amount or a change of each sort can be counted."""
_RATING = frozenset({"comparative", "change", "vague_amount", "praise", "blame"})
"""Cues that rate what a score or a rate is of: "the rate is much better"."""
RATED = 5
"""Words between such a cue and the word for the score."""
DENIED = 4
"""Words before an amount that may deny it: "we never really had a lot of trouble"."""
LEARNED = 3
"""Words before an amount in which a verb makes it one of what nobody counts: "learned a lot more"."""
SUPPOSING = 5
"""Words before an amount that may only suppose it."""

_PRICE = frozenset({"money"})
_MASS = frozenset({"time", "money"})
"""What an amount can be of that is not counted one by one."""
_COUNTS = frozenset({"people", "events", "count"})
"""What such an amount is not counted in, though it stands near: "people got a good deal of time back"."""


class Measure(NamedTuple):
    """The words turn.text[start:end] that tell an amount or a change, and the labels of what it is counted in; none if in nothing."""

    start: int
    end: int
    labels: frozenset[str]


def about() -> Lexicon:
    """Return the phrases that tell what words are about."""
    return Lexicon.at("probes.about")


def find_measure(reading: Reading, start: int, end: int) -> Measure | None:
    """Return the amount or change in turn.text[start:end] that a number is missing for; None if it tells none.

    One that is counted in something and has no number next to it comes first, then any other without a number; a mere price comes last,
    and one with its number ("spend three hours") is left out.
    """
    first, last = (bisect_left(reading.tokens, at, key=attrgetter("start")) for at in (start, end))
    found = [m for m in _measures(reading, first, last) if m.labels != _PRICE or not has_its_number(reading, m.start, m.end)]
    found.sort(key=lambda m: (has_its_number(reading, m.start, m.end), not m.labels, m.labels == _PRICE))
    return found[0] if found else None


def _measures(reading: Reading, first: int, last: int) -> Iterator[Measure]:
    words = reading.norms
    cues = [m for m in amount_cues(reading, first, last) if has_number(words, m) or _is_share(words, m)]
    for place in (*cues, *counted(words, first, last)):
        if _is_told(reading, place, last):
            start, end = reading.cite(place.first, place.last)
            yield Measure(start, end, frozenset(_labels(reading, place, first, last)))


def has_its_number(reading: Reading, start: int, end: int) -> bool:
    """Return whether a number stands close to turn.text[start:end], with no mark between, or begins before it and holds it: "two more"."""
    text = reading.turn.text
    if any(q.start < start and end <= q.end and not q.approximate for q in reading.quantities):
        return True
    between = ((min(q.end, end), max(q.start, start)) for q in reading.quantities)
    return any(a <= b <= a + 30 and not set(",;:.?!") & set(text[a:b]) for a, b in between)


def _labels(reading: Reading, place: Match, first: int, last: int) -> Iterator[str]:
    """Yield the labels of what an amount is counted in: those of the words around it, and that of the thing that follows."""
    words = reading.norms
    if place.label == "comparative" and not _is_sized(words, place):
        return
    yield from _counted_in(reading, place, first, last)
    if place.label == "bare_unit" and _is_bare_unit(words, place):
        yield "unit"
    if _moves(words, place) or _is_sized(words, place) or _grades(reading, place):
        yield "graded"
    if _loses_things(words, place):
        yield "count"
    if _has_things(reading, place, last):
        thing = "" if _raises(words, place) else _thing(reading, place, last)
        if thing or last - first <= BRIEF or _is_all_that_is_said(reading, place, last):
            yield "count" if _is_plural(thing) else "amount"


def _counted_in(reading: Reading, place: Match, first: int, last: int) -> Iterator[str]:
    """Yield the labels of what an amount is counted in, by the words around it; time and money are not counted one by one."""
    words = reading.norms
    begin, stop = max(first, place.first - NEAR), min(last, place.last + NEAR)
    begin = max([begin, *(n + 1 for n in range(begin, place.first) if _is_apart(reading, n))])
    stop = min([stop, *(n + 1 for n in range(place.last - 1, stop - 1) if _is_apart(reading, n))])
    found = (m for m in about().find(words, begin, stop) if not _is_its_pace(reading, place, m))
    near = {m.label for m in found} - (set() if _is_of_several(reading, place, last) else {"some", "share"})
    mass = (m.label for m in about().find(words, place.last, min(stop, place.last + 2)) if not _grades(reading, place))
    if place.label == "vague_amount" and not _MASS.isdisjoint(mass):
        near -= _COUNTS
        yield "amount"
    yield from near.intersection(_COUNTED_IN[place.label].split())


def _is_its_pace(reading: Reading, place: Match, found: Match) -> bool:
    """Return whether a word tells how fast a change goes on, and no duration: "it's growing pretty quick"; but "we cut slow queries"."""
    words, after = reading.norms, reading.norms[found.last : found.last + 1]
    ends = not after or _is_apart(reading, found.last - 1) or after[0] in words_of("statements.function")
    return place.label == "change" and place.last <= found.first and words[found.last - 1] in words_of("measures.pace") and ends


def _moves(words: Sequence[str], place: Match) -> bool:
    """Return whether a word for a direction stands beside an amount: "a good bit up", "down a bit"."""
    beside = {*words[max(0, place.first - 1) : place.first], *words[place.last : place.last + 1]}
    return place.label == "vague_amount" and not words_of("measures.directions").isdisjoint(beside)


def _grades(reading: Reading, place: Match) -> bool:
    """Return whether an amount only tells by how much something has a size: "a lot quicker", "a bit cheaper"."""
    after = within(reading.cues, place.last, place.last + 1, attrgetter("first"))
    sized = any(m.label == "comparative" and _is_sized(reading.norms, m) for m in after)
    return place.label == "vague_amount" and sized and reading.norms[place.last] not in words_of("measures.amounts_more")


def _loses_things(words: Sequence[str], place: Match) -> bool:
    """Return whether a phrase without an amount tells of several things that can be counted: "lost customers", but not "lost time"."""
    thing = words[place.last - 1]
    return place.label == "counted" and place.last - place.first > 1 and _is_plural(thing) and thing not in words_of("statements.function")


def _is_plural(word: str) -> bool:
    return word.endswith("s") and not word.endswith("ss")


def _has_things(reading: Reading, place: Match, last: int) -> bool:
    """Return whether an amount can be of things: not "way faster", "a bit steeper" or "some of the glazing"."""
    words = reading.norms
    if words[place.last - 1] in words_of("measures.more"):
        return True
    degree = words[place.last - 1].startswith(tuple(words_of("measures.degrees"))) or _compares(reading, place.last)
    part = words[place.first] == "some" and not _is_of_several(reading, place, last)
    return place.label == "vague_amount" and not (degree or part or words[place.last - 1] in words_of("measures.paces"))


def _is_of_several(reading: Reading, place: Match, last: int) -> bool:
    """Return whether a part is one of several: "some of our drivers", "most orders", but not "most of it"."""
    thing = _thing(reading, place, last)
    return thing.endswith("s") or not words_of("measures.several").isdisjoint((thing, *reading.norms[place.last : place.last + 2]))


def _is_all_that_is_said(reading: Reading, place: Match, last: int) -> bool:
    """Return whether an amount is all that is said of something: "it's a lot", but not "it's a lot better"."""
    ends = place.last == last or _is_apart(reading, place.last - 1)
    return (
        ends and reading.norms[max(0, place.first - 1)] in words_of("measures.equals") and not reading.norms[place.last - 1].endswith("ly")
    )


def _is_apart(reading: Reading, at: int) -> bool:
    """Return whether a mark stands after a word."""
    after = reading.tokens[at + 1].start if at + 1 < len(reading.tokens) else len(reading.turn.text)
    return bool(set(",;:.?!\u2014") & set(reading.turn.text[reading.tokens[at].end : after]))


def _thing(reading: Reading, place: Match, last: int) -> str:
    """Return the word for what there is an amount of, "" if none follows: "stairs" in "a lot of steep stairs", but "a lot steeper"."""
    words, at, thing = reading.norms, place.last, ""
    closed = [words_of(f"statements.{name}") for name in ("function", "finite", "times")]
    at += words[at : at + 1] == ("of",)
    at += "".join(words[at : at + 1]) in {"the", "our", "their", "my", "that", "this", "these", "those"}
    for n in range(at, min(last, at + NEAR)):
        ends = words[n] in {"last", "next"} or any(words[n] in among for among in closed)
        if ends or _is_apart(reading, n - 1) or (at == place.last and _compares(reading, n)):
            break
        thing = words[n]
        if thing.endswith("s"):
            break
    joined = words[place.last : place.last + 1] == ("of",)
    degree = words[place.last - 1] in words_of("measures.of_something") or thing.endswith(("er", "ly"))
    return "" if degree and not joined else thing


def _compares(reading: Reading, at: int) -> bool:
    """Return whether a comparative begins with a word: "steeper", "more flexible"."""
    return any(m.label == "comparative" for m in within(reading.cues, at, at + 1, attrgetter("first")))


def _is_told(reading: Reading, place: Match, last: int) -> bool:
    """Return whether an amount or a change is told as a fact, and of something that has a size.

    It is not if it is denied or only supposed, in "these days", of "stuff", or sets things apart: "bigger ones", "the earlier period". That
    something is so every day, or never, is a number.
    """
    words = reading.norms
    before, after = words[max(0, place.first - 2) : place.first], words[place.last : place.last + 1]
    if _is_supposed(reading, place) or not words_of("measures.uncounting").isdisjoint(words[max(0, place.first - LEARNED) : place.first]):
        return False
    if place.label == "vague_amount":
        denied = any(map(denies, words[max(reading.sentence_with(place.first).first, place.first - DENIED) : place.first]))
        return not denied and _thing(reading, place, last) not in words_of("measures.hollow")
    if place.label == "abstract_measure":
        near = within(reading.cues, place.first - RATED, place.first + RATED + 1, attrgetter("first"))
        return any(m.label in _RATING and has_number(words, m) for m in near)
    if place.label == "frequency":
        return words[place.first] not in words_of("measures.exactly")
    if place.label == "bare_unit":
        return place.last - place.first > 1 or words[place.first] not in words_of("probes.units") or _is_bare_unit(words, place)
    if place.label == "comparative":
        if words[place.last - 1] in words_of("measures.more") and _thing(reading, place, last) in words_of("measures.hollow"):
            return False
        likens = "or" in before[-1:] + after or after == ("like",)
        return not (likens or before[-1:] == ("the",) or _sets_apart(reading, place, last))
    if words[place.last - 1] in {"up", "down"} and words[place.first] in words_of("statements.be"):
        return not after or after[0] not in words_of("measures.whereabouts")
    return place.label != "change" or not (words[place.last - 1] in words_of("measures.grows") and after == ("up",))


def _is_supposed(reading: Reading, place: Match) -> bool:
    """Return whether the words before an amount only suppose, want or intend it: "we'd have to increase it", "when it's down"."""
    clause = reading.sentence_with(place.first).first
    clause = max([clause, *(n + 1 for n in range(clause, place.first) if _is_apart(reading, n))])
    if Lexicon.at("measures.imagining").find(reading.norms, clause, place.first):
        return True
    begin = max(0, place.first - SUPPOSING)
    begin = max([begin, *(n + 1 for n in range(begin, place.first) if _is_apart(reading, n))])
    begin = max([begin, *(m.last for m in Lexicon.at("measures.softening").find(reading.norms, max(0, begin - 2), place.first))])
    before = reading.norms[begin : place.first]
    verbs = before if place.label == "change" else before[:-1]
    intends = any(b == "to" and a not in words_of("measures.led_to") for a, b in pairwise(("", *verbs)))
    threes = zip(before, before[1:], before[2:], strict=False)
    going = any((a, b) == ("going", "to") and c not in words_of("statements.determiners") for a, b, c in threes)
    return intends or going or not words_of("measures.supposing").isdisjoint(before)


def _sets_apart(reading: Reading, place: Match, last: int) -> bool:
    """Return whether a comparative only tells which things are meant: "smaller sites", but not "fewer sites", "less linen"."""
    words, n = reading.norms, place.last
    named = n < last and not _is_apart(reading, n - 1) and not any(words[n] in words_of(f"statements.{c}") for c in ("function", "times"))
    return named and words[n - 1] not in words_of("measures.amounts_more")


def _is_share(words: Sequence[str], place: Match) -> bool:
    """Return whether an amount is a part of some who are named: "some of our drivers"."""
    return any(m.label == "some" and m.first == place.first for m in about().find(words, place.first, place.last + 2))


def _is_bare_unit(words: Sequence[str], place: Match) -> bool:
    """Return whether a unit stands where its number is missing: "it took weeks", but not "these days"."""
    before = words[place.first - 1 : place.first] if place.first else ()
    return words[place.last - 1] in words_of("probes.units") and set(before) <= words_of("measures.before_units")


def _is_sized(words: Sequence[str], place: Match) -> bool:
    """Return whether a comparative has a size: "shorter", "less linen", but neither "kinder" nor "more flexible" nor "any more"."""
    ended = "any" in words[max(place.first, place.last - 2) : place.last]
    return words[place.last - 1] in words_of("measures.sized") and not ended and not _raises(words, place)


def _raises(words: Sequence[str], place: Match) -> bool:
    """Return whether "more" or "less" raises a word for a quality: "more flexible", "far less dangerous", "more directly"."""
    after = "".join(words[place.last : place.last + 1])
    part = words[place.last : place.last + 2] in (("of", "a"), ("of", "an"))
    quality = part or after.endswith(("ly", *words_of("measures.adjective_endings"))) or after in words_of("measures.qualities")
    return words[place.last - 1] in words_of("measures.more") and quality


def amount_cues(reading: Reading, first: int, last: int) -> list[Match]:
    """Return the cues for a change or an amount in tokens[first:last], without those that are part of a longer one or of an idle phrase.

    Nor are what was told before ("when I told you it was a lot"), what only tells when ("after a few weeks it was fine", "earlier they took
    the stairs") and a verb that changes nothing ("we cut over in May") amounts.
    """
    found = [m for m in within(reading.cues, first, last, attrgetter("first")) if m.label in COUNTABLE]
    found = _without_idle(reading.norms, found, first, last)
    found = [m for m in found if not (_is_retold(reading, m, first) or _only_tells_when(reading.norms, m))]
    found = [m for m in found if not (_is_formerly(reading, m) or _only_moves(reading, m))]
    whole = _widest((m.first, m.last) for m in found)
    return [m for m in found if (m.first, m.last) in whole]


def _is_retold(reading: Reading, place: Match, first: int) -> bool:
    """Return whether the words before an amount in its clause tell that the speaker had said so: "when I told you it was a lot"."""
    begin = max([first, *(n + 1 for n in range(first, place.first) if _is_apart(reading, n))])
    return bool(Lexicon.at("measures.retelling").find(reading.norms, begin, place.first))


def _only_tells_when(words: Sequence[str], place: Match) -> bool:
    """Return whether an amount of time only tells when something else was so: "after a few weeks it was fine"."""
    if words_of("statements.times").isdisjoint(words[place.first : place.last + 1]):
        return False
    before = [*takewhile(function_words().__contains__, reversed(words[: place.first]))]
    return not words_of("measures.afterwards").isdisjoint(before)


def _only_moves(reading: Reading, place: Match) -> bool:
    """Return whether a verb of change has a particle and nothing that it changes: "we cut over in May", but not "we cut out two hours"."""
    found = Lexicon.at("measures.moving").find(reading.norms, place.first, place.last + 1) if place.label == "change" else []
    last = next((m.last for m in found if m.first < place.last), 0)
    without = words_of("measures.without_object") | words_of("statements.times") | words_of("statements.subjects")
    return bool(found) and (last == len(reading.norms) or _is_apart(reading, last - 1) or reading.norms[last] in without)


def _is_formerly(reading: Reading, place: Match) -> bool:
    """Return whether a comparative opens a clause about the past, and so means "before": "Earlier they took the stairs"."""
    at, sentence = place.first, reading.sentence_with(place.first)
    opens = at == sentence.first or _is_apart(reading, at - 1) or belongs(reading.tokens[at - 1], "split")
    if not opens or place.last - at > 1 or reading.norms[at] not in words_of("measures.formerly"):
        return False
    told = reading.tokens[place.last : reading.clause_end(at, sentence.last)]
    return any(belongs(t, "subjects", "determiners", "pronouns") for t in told[:1]) and any(map(is_past, told))


def _without_idle(words: Sequence[str], found: Sequence[Match], first: int, last: int) -> list[Match]:
    """Return matches without those that are part of a phrase of words[first:last] that tells no amount."""
    idle = [(m.first, m.last) for m in Lexicon.at("measures.idle").find(words, first, last)]
    return [m for m in found if not any(a <= m.first and m.last <= b for a, b in idle)]


def _widest(places: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    """Return the places that are no part of a longer one, as "much" is of "too much"."""
    whole, reached = set(), 0
    for first, last in sorted(places, key=lambda place: (place[0], -place[1])):
        if last > reached or (first, last) in whole:
            whole.add((first, last))
            reached = last
    return whole


def counted(words: Sequence[str], first: int, last: int) -> list[Match]:
    """Return the other phrases in words[first:last] that tell how much or how often."""
    found = _without_idle(words, Lexicon.at("measures.counted").find(words, first, last), first, last)
    found = [m for m in found if words_of("measures.without").isdisjoint(words[max(first, m.first - 1) : m.first])]
    return [m for m in found if not (_is_single(words, m) or _is_parted(words, m))]


def _is_single(words: Sequence[str], place: Match) -> bool:
    """Return whether a noun tells of one thing, which nobody counts: "a configuration error", but not "a complaint a week"."""
    before, after = words[max(0, place.first - ADJECTIVES - 1) : place.first], words[place.last : place.last + 1]
    one = not words[place.last - 1].endswith("s") and not words_of("measures.one").isdisjoint(before)
    return one and place.last - place.first == 1 and words_of("measures.each").isdisjoint(after)


def _is_parted(words: Sequence[str], place: Match) -> bool:
    """Return whether a preposition parts a verb from what would be its object: "lose by other people", but not "lost a lot of people"."""
    return not (words_of("statements.prepositions") - {"of"}).isdisjoint(words[place.first + 1 : place.last - 1])


def has_number(words: Sequence[str], cue: Match) -> bool:
    """Return whether what a cue tells has a number, unlike "transformed", "no budget", "most useful" or "we dropped it"."""
    uncounted = words_of("measures.uncounted").issuperset(words[cue.first : cue.last])
    return not (uncounted or is_absent(words, cue) or _is_superlative(words, cue) or _is_given_up(words, cue))


def is_absent(words: Sequence[str], cue: Match) -> bool:
    """Return whether an amount is none, or only a condition: "no budget", "budget permitting"."""
    before, after = words[max(0, cue.first - 1) : cue.first], words[cue.last : cue.last + 1]
    return not words_of("measures.without").isdisjoint(before) or not words_of("measures.conditions").isdisjoint(after)


def _is_superlative(words: Sequence[str], cue: Match) -> bool:
    """Return whether "most" only raises an adjective: "what's most exciting", but not "most orders"."""
    after = "".join(words[cue.last : cue.last + 1])
    return tuple(words[cue.first : cue.last]) == ("most",) and after.endswith(tuple(words_of("measures.adjective_endings")))


def _is_given_up(words: Sequence[str], cue: Match) -> bool:
    """Return whether a verb of change only tells that something was given up: "we nearly dropped it", "they cut us from the pilot"."""
    after = words[cue.last : cue.last + 2]
    verb, objects = words[cue.last - 1], words_of("measures.objects")
    if objects.isdisjoint(after[:1]):
        return False
    return verb in words_of("measures.drops") or (verb in words_of("measures.cuts") and not words_of("measures.away").isdisjoint(after[1:]))
