"""What is barred though no customer clearly says so: by an interviewer's promise, or possibly by what sounds like a request."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from ...findings import Boundary
from ...lexicon import Match
from ...reading import Reading
from ...text import Sentence, tokenize
from .content import says_something, tells_something
from .discretion import UNLIKELY, asks, classes, promises, threshold
from .earlier import ASKED, continues, thread, values_of
from .forms import is_told
from .heard import heard_boundaries
from .left_out import left_out_by
from .names import inside, on_the_call
from .phrases import affirmed, agrees_on_condition, labels_in, lexicon, phrases_of, sentence_of, spans_of, tells_only
from .reach import is_surely_asked, may_ask, reached, requested, sounds_like_one
from .reach_facts import Naming, Request, is_asked_for_more, pointers, seeks_leave
from .settle import may_go_on
from .subject import named_by, names_told
from .surroundings import boundary, restates
from .told import is_set_aside
from .words import SUBSTANCE, Said, as_said, lists, stems_of, substance

__all__ = ["barred_by_promise", "may_reach_back", "naming_of", "possibly_barred"]

LATELY = 3  # answers, the last one among them, of which a promise can mean the number
TOLD = 12  # words, fillers aside, before a request that it can speak of
ADDED = 1  # words that a sentence may add to a refusal and its object: "by the way"
_TELLING = frozenset({"SAY", "PUB", "out"})
"""Classes of the words with which something is told to others."""
RARE = 12  # most turns with a word by which it names one of them


def barred_by_promise(reading: Reading, said: Said) -> tuple[Boundary, ...]:
    """Return what an interviewer's promise to leave something out bars, where no words of the customer clearly did.

    Where they did, a promise to leave a number out bars the last one told if they bar none: "This is for you only." "I'll leave the
    number out.".
    """
    last = reading.last
    if last is None or not last.is_customer or not says_something(last) or "accept" not in labels_in(reading, "accept"):
        return ()
    if promises(reading) < threshold("granted"):
        return ()
    asked = [replace(r, before=_until(reading, r)) for r in reading.before[-2:] if r.is_customer]
    heard = [b for r in asked for b in heard_boundaries(r, said)]
    surely = any(p.degree == "clear" for r in asked for p in phrases_of(r))  # then only what it means is in doubt, as it stays
    if spans_of(last, "refuse") and not heard:
        return ()
    words = next((b for b in reversed(heard) if b.turn == last.turn.turn), last.sentences[-1])
    covers = {t for b in heard for t in b.covers} | {last.turn.turn}
    number = _number_promised(reading, covers)
    if surely or any(b.degree == "clear" for b in heard):
        return (boundary(last, words.start, words.end, number),) if number else ()
    return (boundary(last, words.start, words.end, {*covers, *number, *(_asked_about(asked[-1], said) if heard else ())}),)


def _number_promised(reading: Reading, barred: Collection[int]) -> tuple[int, ...]:
    """Return the answer of the last few that told a number, if a promise speaks of it, "the figure", and no barred turn tells any."""
    promised = [s for s in reading.sentences if reading.find(lexicon("accept"), s)]
    if all(lists().counting.isdisjoint(reading.words_in(s)) for s in promised):
        return ()
    answers = [r for r in reading.before if tells_something(r)][-LATELY:]
    told = [r.turn.turn for r in answers if r.quantities]
    return tuple(told[-1:]) if told and set(told).isdisjoint(barred) else ()


def possibly_barred(reading: Reading, heard: Sequence[Boundary], said: Said) -> Iterator[Boundary]:
    """Yield what else may be meant as barred: once for the words themselves, and again when the interviewer has replied."""
    if reading.is_customer:
        yield from _supposed(reading, heard, said, None)
        barred = {t for b in heard if b.degree == "clear" for t in b.covers}
        if barred <= {reading.turn.turn}:
            yield from may_go_on(reading)
        yield from _refused_late(reading)
        if is_set_aside(reading, said):
            yield boundary(reading, 0, len(reading.turn.text), (reading.turn.turn,), "possible")
        return
    promised = promises(reading)
    just = [replace(r, before=_until(reading, r)) for r in _just_said(reading)]
    for earlier in [r for r in just if _asks_for_its_own(r, said)] or just:
        yield from _supposed(earlier, heard_boundaries(earlier, said), said, promised)


def _refused_late(reading: Reading) -> Iterator[Boundary]:
    """Yield what was told before words that refuse to tell it: "Eleven percent." "We can't share that.", "We never disclose margins."."""
    for n, sentence in enumerate(reading.sentences):
        if reading.asks(sentence) or not (refused := _refused(reading, sentence)):
            continue
        here = restates(reading, reading.sentences[n - 1].start, sentence.start) if n else False
        covers = (reading.turn.turn,) if here and "that" in refused else _just_before(reading, sentence, refused)
        if covers:
            yield boundary(reading, sentence.start, sentence.end, covers, "possible")


def _refused(reading: Reading, sentence: Sentence) -> set[str]:
    """Return what a speaker refuses to tell in a sentence that does no more: "that" where it only points, else the stems of its words."""
    found = [m for m in reading.find(lexicon("refuse"), sentence) if _is_to_tell(reading, m) and not is_told(reading, sentence, m)]
    if not any(_is_their_own(reading, sentence, m) for m in found):
        return set()
    rest = [n for n in range(sentence.first, sentence.last) if not any(m.first <= n < m.last for m in found)]
    names = named_by(reading, [reading.tokens[n] for n in rest])
    empty = lists().filler | lists().topic | lists().after | on_the_call(reading)
    if sum(reading.norms[n] not in empty and names.isdisjoint(stems_of([reading.tokens[n]])) for n in rest) > ADDED:
        return set()
    near = (reading.norms[max(sentence.first, m.first - 1) : min(m.last + 1, sentence.last)] for m in found)
    return names or ({"that"} if any(not lists().topic.isdisjoint(words) for words in near) else set())


def _is_to_tell(reading: Reading, match: Match) -> bool:
    """Return whether what is refused is to tell something, not to hand it over: "give that out", but not "give it to you"."""
    return not _TELLING.isdisjoint(map(classes().get, reading.words_in(match)))


def _is_their_own(reading: Reading, sentence: Sentence, match: Match) -> bool:
    """Return whether a refusal is its speaker's: "we can't share that", or "can't share that", but not "you can't say that"."""
    return match.first == sentence.first or not lists().mine.isdisjoint(reading.norms[sentence.first : match.last])


def _just_before(reading: Reading, sentence: Sentence, refused: Collection[str]) -> tuple[int, ...]:
    """Return the last answer, if it told a number or a name and a refusal that opens the turn after it can only speak of that.

    Nothing was asked since; what is refused by name was told in it, or asked for.
    """
    last, answers = reading.last, thread(reading)
    if last is None or not answers or substance(reading, 0, sentence.first) >= SUBSTANCE or any(last.asks(s) for s in last.sentences):
        return ()
    past = next(r for r in reading.before if r.turn.turn == answers[-1])
    known = {"that"} | stems_of(past.tokens) | stems_of(tokenize(past.question))
    return answers[-1:] if restates(past, 0, len(past.turn.text)) and known.issuperset(refused) else ()


def may_reach_back(reading: Reading, start: int, end: int) -> bool:
    """Return whether text[start:end] may bar what other turns tell.

    It sounds faintly like a request, answers whether something may be used, or refers back to something said.
    """
    parts = [s for s in reading.sentences if s.start < end and start < s.end]
    asked = max((asks(reading, s) for s in parts), default=UNLIKELY)
    return may_ask(reading, asked, None) or _goes_back(reading, start, end)


def _asks_for_its_own(reading: Reading, said: Said) -> bool:
    """Return whether a turn clearly asks for discretion for what it told before: a promise then replies to it, and to no turn before."""
    tells = any(p.degree == "clear" and substance(reading, 0, p.first) >= TOLD for p in phrases_of(reading))
    return tells and any(b.degree == "clear" and reading.turn.turn in b.covers for b in heard_boundaries(reading, said))


def _just_said(reading: Reading) -> tuple[Reading, ...]:
    """Return the customers' turns since the interviewer's side spoke last."""
    return tuple(takewhile(lambda r: r.is_customer, reversed(reading.before)))[::-1]


def _until(reading: Reading, past: Reading) -> tuple[Reading, ...]:
    """Return the readings before one of the earlier readings."""
    return tuple(r for r in reading.before if r.turn.turn < past.turn.turn)


def _supposed(reading: Reading, heard: Sequence[Boundary], said: Said, promised: float | None) -> Iterator[Boundary]:
    """Yield a possible boundary for the sentence that sounds most like a request, over the turns that it may bar."""
    request = None if _answers_for_recording(reading) else requested(reading, heard, promised)
    if request is None or _asks_for_name_alone(reading, request.sentence, said) or _asks_nothing(request):
        return
    if any(sentence_of(reading, p) == request.sentence for p in phrases_of(reading)) and not heard:
        return  # its phrase speaks of nothing that was told
    barred = {t for b in heard if b.degree == "clear" for t in b.covers}
    naming = naming_of(reading, request.sentence)
    naming = naming._replace(stems=as_said(naming.stems, said))
    covers = reached(request, naming, said)
    if covers and not lists().topic.isdisjoint(reading.words_in(request.sentence)):
        covers |= _asked_about(reading, said)
    if any(sentence_of(reading, p) == request.sentence and names_told(reading, p, said) for p in phrases_of(reading)):
        covers &= {reading.turn.turn, *request.covers}
    covers = frozenset(t for t in covers - barred if _can_mean(request, naming, said, t))
    if covers - {t for b in heard for t in b.covers}:
        yield boundary(reading, request.sentence.start, request.sentence.end, covers, "possible")


def _answers_for_recording(reading: Reading) -> bool:
    """Return whether a turn answers whether the call may be recorded, as one of two may who are asked: its conditions bar nothing told."""
    asking = (r for r in reading.before[-2:] if not r.is_customer and not lists().recording.isdisjoint(r.norms))
    return any(r.asks(s) for r in asking for s in r.sentences)


def _asks_nothing(request: Request) -> bool:
    """Return whether a sentence without a phrase only declines to tell something, lets it be used, sets a condition, or tells of talk.

    Neither does one that sounds like none at all, where nobody asked for leave: "could you share a case?" does not.
    A refusal with a word that points may be about what was said, unless it is one to give a number.
    """
    reading, sentence = request.reading, request.sentence
    words = reading.words_in(sentence)
    labels = {m.label for m in reading.find(lexicon("refuse", "narrate"), sentence)}
    declines = "refuse.amount" in labels or ("refuse" in labels and not (_points(request) and not is_asked_for_more(reading)))
    lets = any(m.first == sentence.first for m in affirmed(reading, sentence)) and "but" not in words
    unlikely = request.asked < threshold("together") and not sounds_like_one(request.asked, request.promised)
    unasked = unlikely and not (reading.asked and labels_in(reading.asked, "ask"))
    tells = "narrate" in labels and request.asked < threshold("alone")
    plain = declines or lets or unasked or tells or agrees_on_condition(reading, sentence)
    return tells_only(reading, sentence) or (not request.degree and plain)


def _points(request: Request) -> bool:
    """Return whether a request points at something said, a part of it, a name or a person, or follows a question for leave."""
    words = request.reading.words_in(request.sentence)
    return seeks_leave(request.reading) or any(not group.isdisjoint(words) for group in pointers().values())


def _can_mean(request: Request, naming: Naming, said: Said, turn: int) -> bool:
    """Return whether a request can mean a turn: its own, one of its phrases, or an earlier one that its words name or point at.

    "That" points at the last answer and the answers which that goes on from, or the last two where something is surely asked.
    """
    if turn == request.reading.turn.turn or turn in request.covers:
        return True
    if "next" in request.reading.words_in(request.sentence):
        return False
    named = {t for stem in naming.stems if len(told := said.get(stem, ())) <= RARE for t in told}
    if turn in named or naming.goes_back:
        return turn in named or not named
    return (_points(request) or naming.goes_on) and turn in _pointed_at(request) and not _answers_with_it(request)


def _answers_with_it(request: Request) -> bool:
    """Return whether a turn tells the names that it clearly asks to keep out, in answer to a question, and goes back to nothing.

    "Who else did you look at?" "At Norvik, but please don't name them.".
    """
    reading, asked = request.reading, request.reading.asked
    if asked is None or request.degree != "clear" or request.covers != {reading.turn.turn}:
        return False
    if seeks_leave(reading) or _goes_back(reading, 0, len(reading.turn.text)):
        return False
    tells = any(p.degree == "clear" and inside(reading, 0, p.first) for p in phrases_of(reading))
    return tells and any(asked.asks(s) for s in asked.sentences)


def _pointed_at(request: Request) -> Collection[int]:
    """Return the answers before a request that a word such as "that" can point at."""
    last = [r.turn.turn for r in request.reading.before if tells_something(r)]
    return {*last[-(2 if is_surely_asked(request) else 1) :], *thread(request.reading)}


def _asked_about(reading: Reading, said: Said) -> frozenset[int]:
    """Return the turns that told the numbers, two at least, of the question before a turn."""
    values = values_of(reading.asked) if reading.asked else set()
    return frozenset.intersection(*(frozenset(said.get(v, ())) for v in values)) if len(values) > 1 else frozenset()


def _asks_for_name_alone(reading: Reading, sentence: Sentence, said: Said) -> bool:
    """Return whether all that a turn asks is that a name which was found be left out, in this sentence."""
    phrases = phrases_of(reading)
    if any(sentence_of(reading, p) != sentence for p in phrases) or not lists().joining.isdisjoint(reading.words_in(sentence)):
        return False
    return any(left_out_by(reading, p, said).sure for p in phrases)


def naming_of(reading: Reading, sentence: Sentence) -> Naming:
    """Return what a sentence of a turn names, and what its question names if the turn continues about that."""
    goes_on = continues(reading)
    asked = stems_of(tokenize(reading.question)[-ASKED:]) if goes_on else set()
    aside = on_the_call(reading)
    stems = stems_of([t for t in reading.tokens_in(sentence) if t.norm not in aside]) | asked
    return Naming(stems, goes_on, _goes_back(reading, sentence.start, sentence.end))


def _goes_back(reading: Reading, start: int, end: int) -> bool:
    """Return whether text[start:end] refers back to something said: "those numbers I gave you"."""
    inside = [s for s in reading.sentences if s.start < end and start < s.end]
    return any(reading.find(lexicon("reach", "resume"), s) for s in inside)
