"""Commitments: what anyone on the call promises to do afterwards, and by when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..findings import Commitment
from ..lexicon import Lexicon, Match, function_words, number_words, words_of
from ..quantities.units import DURATIONS
from ..quantities.words import lists
from ..reading import Reading, once
from ..text import Sentence, norms

__all__ = ["find_commitments", "is_deliverable", "takes_back", "time_told"]

DELIVERED = ("give", "find", "deliver", "handed", "other")
TIMED = ("dated", "owed", "colleague")
PROMISE = (*DELIVERED, "edit", "assure", "vouch", *TIMED)
LONGEST = 22  # words of a promise that are told
BARE = 6  # most words of a promise, without its time, that says little alone: one of them is a pronoun, or only the verb tells
ASKED = 1  # most words between a verb of telling and the question that it reports: "they ask, well, could you send it"
NEAR = 5  # words between a promise and what makes it a habit or a tale
AGREED = 6  # words at the start of an answer in which it agrees to a request, and before a promise that still replies to the turn before
TOLD = 8  # words after an agreement from which it tells what was asked for
ADDED = 5  # words of a sentence that only adds something to the promise before it: "And the ledger."
SUBJECT = 3  # words before a verb, among which its subject stands
OPENING = 2  # sentences of an answer to "By when?" that can tell it
ASIDE = 7  # words of a neighbouring sentence that only says by when
_ASSURED = frozenset("you'll ye'll youll from given have".split())
_MODALS = frozenset("will shall can could going".split())
_NOBODY = frozenset("you that it which this these there".split())
_CAN = frozenset({"can", "could"})
_SELF = frozenset({"i", "we"})
_IT = frozenset("it that them those".split())
_CLOSES = frozenset(".!?,;:")
_THEM = _IT | frozenset("him her he she both".split())
_TALK = frozenset("one an example something honest you".split())


@once
def find_commitments(reading: Reading) -> tuple[Commitment, ...]:
    """Return the promises of a turn, one per clause, in order.

    `what` is the promise in the speaker's words, or in those of the request that was agreed to; `due` is the time as said;
    `asked` is what they reply to, where `what` says little without it.
    """
    found: list[Commitment] = []
    acts: list[frozenset[str]] = []
    for n in range(len(reading.sentences)):
        rows = [(match, end) for match, end in _promises(reading, n) if not _is_taken_back(reading, n, match, end)]
        for i, (match, end) in enumerate(rows):
            due = _due(reading, n, rows, i)
            act = frozenset(reading.words_in(match))
            if found and (_is_result(reading, match) or _is_repeated(reading, match, end, acts[-1])):
                found[-1] = found[-1].model_copy(update={"due": found[-1].due or due})
            else:
                replies = not found and reading.sentences[n].first <= AGREED
                asked = _leans_on(reading, reading.sentences[n], match, end) if replies else None
                found.append(_commitment(reading, _what(reading, match, end), due, asked))
                acts.append(act)
    return (*_owned(reading, found), *found) or tuple(_agreed(reading))


def takes_back(reading: Reading, promise: Commitment) -> bool:
    """Return whether a speaker withdraws their own promise of a turn near before, by its verb and a pronoun: "I can't send that"."""
    own = any(r.turn.turn == promise.turn and r.turn.speaker == reading.turn.speaker for r in reading.before)
    verbs = frozenset(norms(promise.what)[:1]) - function_words()
    return own and any(reading.norms[m.last - 2] in verbs for m in _refused(reading, reading.sentences))


def _refused(reading: Reading, sentences: Sequence[Sentence]) -> Iterator[Match]:
    """Yield where sentences refuse to hand over what was spoken of: "I'm not allowed to share it"."""
    yield from (m for s in sentences if not reading.asks(s) for m in reading.find(Lexicon.at("commitments.refused"), s))


def _is_taken_back(reading: Reading, n: int, match: Match, end: int) -> bool:
    """Return whether a promise of sentence n, "I'll send it tonight", is refused in a later one of its turn, in whatever words."""
    points = match.label == "give" and not _IT.isdisjoint(reading.norms[match.first : end])
    return points and any(_refused(reading, reading.sentences[n + 1 :]))


def is_deliverable(words: Sequence[str]) -> bool:
    """Return whether a sentence, in small letters, promises or asks for something that can be handed over after the call."""
    return bool(Lexicon.of("commitments", *DELIVERED, "request", "remind").find(words))


def time_told(reading: Reading) -> str | None:
    """Return the first time that the opening of an answer to "By when?" tells."""
    return _time(reading, [(s.first, s.last) for s in reading.sentences[:OPENING]])


def _promises(reading: Reading, n: int) -> Iterator[tuple[Match, int]]:
    """Yield the promises of one sentence, each with the token at which its clause ends."""
    if n >= len(reading.sentences):
        return
    sentence = reading.sentences[n]
    asks = reading.asks(sentence)
    matches = reading.find(Lexicon.of("commitments", *PROMISE), sentence)
    if not matches:
        return
    others = reading.find(Lexicon.of("commitments", "habit", "telling", "idle"), sentence)
    reached = sentence.first
    for match in matches:
        if match.first >= reached and _is_meant(reading, match, others):
            reached = _clause_end(reading, sentence, match)
            if match.label in TIMED and not _is_timed(reading, match, reached):
                reached = match.first
            elif not (asks and reached >= sentence.last):
                yield match, reached


def _is_timed(reading: Reading, match: Match, end: int) -> bool:
    """Return whether the clause of a promise that only its time makes one says when, by a verb that can promise."""
    verb = reading.norms[match.first + 1]
    if match.label == "colleague" and _on_call(reading).isdisjoint(reading.norms[match.first - 1 : match.first]):
        return False
    return verb not in words_of("commitments.lists.undated") and _time(reading, [(match.first, end)]) is not None


def _on_call(reading: Reading) -> frozenset[str]:
    """Return the words of the names of those who are on the call."""
    names = (*(p.name for p in reading.background.participants), *(r.turn.speaker for r in reading.before))
    return frozenset(w for name in names for w in norms(name))


def _is_meant(reading: Reading, match: Match, others: list[Match]) -> bool:
    """Return whether a promise is made now, by this speaker, about what comes after the call."""
    if any(m.label == "habit" and match.first - NEAR <= m.first < match.last + NEAR for m in others):
        return False
    if any(m.label == "telling" and match.first - NEAR < m.first < match.first for m in others):
        return False
    if _is_quoted(reading.turn.text[: reading.tokens[match.first].start]):
        return False
    if _is_idle(match, [m for m in others if m.label == "idle"]):
        return False
    if match.label == "edit" and reading.is_customer:
        return False
    if not reading.is_customer and match.label in {"assure", "deliver"} and _asks_to_record(reading) and not _is_kept(reading, match):
        return False
    if not _opens(reading, match) or _is_plan(reading, match) or _is_advice(reading, match):
        return False
    if _is_ability(reading, match) or _asks_another(reading, match) or _is_supposed(reading, match):
        return False
    if match.label in {"give", "find", "other"} and not _is_somebodys(reading, match):
        return False
    if match.label in {"deliver", "assure", "vouch"} and reading.is_customer:
        return reading.tokens[match.first].norm in _ASSURED
    return match.label != "find" or not any(t.norm in _TALK for t in reading.tokens[match.first : match.last + 1])


def _opens(reading: Reading, match: Match) -> bool:
    """Return whether a promise begins its clause, where its first word need not be one of a promise.

    "Ill send it" is typed for "I'll send it", and "she was ill, and I left" is not; "expect it by Monday" is no "we expect it".
    """
    first = match.first
    if reading.norms[first] not in words_of("commitments.lists.opening"):
        return True
    leads = (
        first == reading.sentence_with(first).first
        or _parted(reading, first)
        or reading.norms[first - 1] in words_of("commitments.lists.openers")
    )
    return leads and (match.label != "dated" or reading.norms[first + 1] not in function_words())


def _is_plan(reading: Reading, match: Match) -> bool:
    """Return whether a customer tells what their own people will get: "next year we'll send every driver a tablet".

    What the other side asked for, or gets itself, is a promise.
    """
    if not reading.is_customer or match.label != "give" or (reading.last and not reading.last.is_customer and _requests(reading.last)):
        return False
    sentence = reading.sentence_with(match.first)
    words = reading.norms[match.first : _clause_end(reading, sentence, match)]
    if not words_of("commitments.lists.receiver").isdisjoint(words) or not _ours(reading).isdisjoint(words):
        return False
    return any(m.first <= 1 for m in Lexicon.at("commitments.plan").find(reading.norms[max(0, match.first - 1) : match.first + LONGEST]))


def _ours(reading: Reading) -> frozenset[str]:
    """Return the words of the names of our side."""
    known = (p.name for p in reading.background.participants if p.role != "customer")
    heard = (r.turn.speaker for r in reading.before if not r.is_customer)
    return frozenset(w for name in (*known, *heard) for w in norms(name))


def _is_advice(reading: Reading, match: Match) -> bool:
    """Return whether somebody else will do it only if asked by the other side: "they'll send you the list if you write to them"."""
    sentence = reading.sentence_with(match.first)
    rest = reading.norms[match.last : sentence.last]
    return match.label == "other" and any(rest[i : i + 2] == ("if", "you") for i in range(len(rest)))


def _is_quoted(before: str) -> bool:
    """Return whether what comes after words is somebody else's: a quotation is open there."""
    return before.rstrip().endswith("\u2018") or before.count('"') % 2 == 1 or before.count("\u201c") > before.count("\u201d")


def _is_idle(match: Match, idle: Sequence[Match]) -> bool:
    """Return whether a promise or request is a phrase of talk about the call itself: "I'll get into that"."""
    return any(m.first < match.last + 1 and match.first < m.last for m in idle)


def _is_ability(reading: Reading, match: Match) -> bool:
    """Return whether a promise only says what something makes possible: "so tidy that we could find it in a minute".

    "When I'm back I can send you that" is a promise: it says to whom.
    """
    if _CAN.isdisjoint(reading.words_in(match)):
        return _is_purpose(reading, match)
    sentence = reading.sentence_with(match.first)
    at = match.first - (reading.norms[match.first] not in _SELF)
    if at < sentence.first:
        return False
    subject, before = reading.norms[at : at + 1], reading.norms[max(sentence.first, at - 1) : at]
    if not words_of("commitments.lists.anybody").isdisjoint(subject):
        return True
    if "you" in reading.norms[match.first : match.last + 1]:
        return False
    if any(reading.norms[i] in words_of("commitments.lists.attendant") for i in _clause_starts(reading, sentence.first, at)):
        return True
    leads = before == ("so",) and at - 1 == sentence.first
    depends = not leads and not words_of("commitments.lists.depends").isdisjoint(before)
    return depends and not _parted(reading, at)


def _clause_starts(reading: Reading, first: int, last: int) -> Iterator[int]:
    """Yield the first token of tokens[first:last], and those after a mark, without an "and" before them."""
    for i in range(first, last):
        if i == first or _parted(reading, i):
            yield i + (reading.norms[i] == "and")


def _is_supposed(reading: Reading, match: Match) -> bool:
    """Return whether what looks like a promise only says in which case something holds: "when I send you the bill"."""
    led = reading.norms[max(0, match.first - 1) : match.first]
    return not {"when", "if", "whenever"}.isdisjoint(led) and _MODALS.isdisjoint(reading.words_in(match))


def _asks_another(reading: Reading, match: Match) -> bool:
    """Return whether the verb of a promise is an order to somebody else: "we'll be out, so send it to her"."""
    orders = (i for i in range(match.first + 1, match.last) if reading.norms[i] in {"so", "but"})
    return any("," in reading.turn.text[reading.tokens[i - 1].end : reading.tokens[i].start] for i in orders)


def _is_purpose(reading: Reading, match: Match) -> bool:
    """Return whether a verb says what something is for: "so we will find it"."""
    before = reading.norms[max(0, match.first - SUBJECT + 1) : match.first]
    return not _SELF.isdisjoint(before[-1:]) and "so" in before[-2:-1] and reading.norms[match.first] in _MODALS


def _asks_to_record(reading: Reading) -> bool:
    """Return whether a turn asks to record the call, and tells with it who gets to see the text: the way of every story, no promise."""
    return not words_of("commitments.lists.recording").isdisjoint(reading.norms)


def _is_kept(reading: Reading, match: Match) -> bool:
    """Return whether a promise is about the recording itself: "and it gets deleted"."""
    return not words_of("commitments.lists.deletes").isdisjoint(reading.words_in(match))


def _is_somebodys(reading: Reading, match: Match) -> bool:
    """Return whether a person promises: "can find it" is a promise after "I", one for others after "she", none after "you" or "app"."""
    if reading.norms[match.first] not in _MODALS:
        return True
    sentence = reading.sentence_with(match.first)
    before = reading.norms[max(sentence.first, match.first - SUBJECT) : match.first]
    if match.label == "other":
        others = _NOBODY.isdisjoint(before) and words_of("commitments.lists.machines").isdisjoint(before[-1:])
        return others and {"i", "we"}.isdisjoint(before[-1:])
    return not before or not words_of("commitments.lists.speaker").isdisjoint(before)


def _is_result(reading: Reading, match: Match) -> bool:
    """Return whether a promise only says what comes of the one before it, or vouches for that: "you'll have it by Friday", "my word"."""
    words = reading.norms[match.first : match.last + 1]
    results = match.label in {"deliver", "handed", "assure", "other"} or "have" in words
    return match.label == "vouch" or (results and not _IT.isdisjoint(word.partition("'")[0] for word in words))


def _is_repeated(reading: Reading, match: Match, end: int, act: frozenset[str]) -> bool:
    """Return whether a promise only takes up the one before it, with its verb or "do": "I'll send the slide, I'll do that tomorrow"."""
    words = reading.norms[match.first : end]
    if (act | words_of("commitments.lists.again")).isdisjoint(frozenset(words) - words_of("commitments.lists.lead") - _NOBODY - _IT):
        return False
    at = next((i for i in range(match.first, end) if reading.norms[i] in _IT), end)
    return at + 1 == end or any(m.first == at + 1 for m in Lexicon.at("commitments.due").find(reading.norms, at + 1, end))


def _clause_end(reading: Reading, sentence: Sentence, match: Match) -> int:
    """Return the token at which the clause of a promise ends."""
    stop = min(sentence.last, match.first + LONGEST)
    for i in range(match.last, stop):
        gap = reading.turn.text[reading.tokens[i - 1].end : reading.tokens[i].start]
        if any(c in ",;:\u2014\u2013(" for c in gap) and reading.tokens[i].norm in words_of("commitments.lists.clauses"):
            return i
    return _with_added(reading, sentence) if stop == sentence.last else stop


def _with_added(reading: Reading, sentence: Sentence) -> int:
    """Return the token at which a sentence ends, or the one after it that only adds something: "I'll send it Monday. And the ledger."."""
    added = next((s for s in reading.sentences if s.first == sentence.last), None)
    words = reading.words_in(added) if added else ()
    begins = len(words) > 1 and words[0] in words_of("commitments.lists.adds") and words[1] in words_of("commitments.lists.determiners")
    adds = begins and len(words) <= ADDED and added is not None and not reading.asks(added)
    return added.last if added and adds else sentence.last


def _what(reading: Reading, match: Match, end: int) -> str:
    """Return the promised act: the words of the clause after "I'll"."""
    first = match.first
    if match.label in {"give", "find", "dated"}:
        said = [*reading.words_in(match), ""]
        lead = words_of("commitments.lists.lead")
        first += next(i for i, w in enumerate(said) if w not in lead and not (w in {"have", "need"} and said[i + 1] == "to"))
        first = min(first, match.last - 1)
    start, stop = reading.cite(first, end)
    return reading.turn.text[start:stop]


def _leans_on(reading: Reading, sentence: Sentence, match: Match, end: int) -> str | None:
    """Return what a promise replies to that says little alone, as "I'll ask her": the last question before it, else the last sentence."""
    last, end = reading.last, min(end, sentence.last)
    times = Lexicon.at("commitments.due").find(reading.norms, match.first, end)
    said = reading.norms[match.first : min((m.first for m in times), default=end)]
    words = [w for w in said if w not in words_of("commitments.lists.lead")]
    led = function_words().issuperset(reading.norms[sentence.first : match.first])
    bare = len(words) <= BARE and (not _THEM.isdisjoint(words) or function_words().issuperset(words[1:]))
    if last is None or not led or not bare:
        return None
    meant = next((s for s in reversed(last.sentences) if last.asks(s)), None) or next(reversed(last.sentences), None)
    return last.turn.text[meant.start : meant.end] if meant else None


def _due(reading: Reading, n: int, rows: Sequence[tuple[Match, int]], i: int) -> str | None:
    """Return the time said for promise i of the rows of a sentence: in its own part of it, or in the short sentence beside it.

    Its part runs from the clause of the promise before it to the next promise, and the words after its verb come first; of those before
    it, a time that leads to it counts.
    """
    sentence = reading.sentences[n]
    first = rows[i][0].first
    begins = rows[i - 1][1] if i else sentence.first
    ends = rows[i + 1][0].first if i + 1 < len(rows) else sentence.last
    places = [(first, ends), *_led_by(reading, min(begins, first), first)]
    if ends == sentence.last and not any(_promises(reading, n + 1)):
        places += _beside(reading, n + 1)
    return _time(reading, places) or _awaited(reading, n)


def _awaited(reading: Reading, n: int) -> str | None:
    """Return what sentence n, "After that you'll get it", waits for, of the sentence before it: "Not until the board has met"."""
    points = any(m.first == reading.sentences[n].first for m in reading.find(Lexicon.at("commitments.thereafter"), reading.sentences[n]))
    if not n or not points:
        return None
    before = reading.sentences[n - 1]
    waits = next(iter(reading.find(Lexicon.at("commitments.awaiting"), before)), None)
    if waits is None:
        return None
    start, stop = reading.cite(waits.first, before.last)
    return reading.turn.text[start:stop].rstrip(".!")


def _led_by(reading: Reading, begin: int, first: int) -> list[tuple[int, int]]:
    """Return where in the words before a promise a time leads to it: "Graphs by Wednesday, I'll see to it", "say three weeks, and I'll".

    In "on Friday we do the close, so I'll" it is that of something else, and "six weeks and four months" are only lengths of time.
    """
    last = max(Lexicon.at("commitments.due").find(reading.norms, begin, first), key=lambda m: (m.last, -m.first), default=None)
    if last is None or not function_words().issuperset(reading.norms[last.last : first]):
        return []
    leads = words_of("commitments.lists.estimates") | words_of("commitments.lists.lasting")
    told = not leads.isdisjoint(reading.norms[max(0, last.first - 1) : last.first])
    return [(last.first, first)] if told or not _is_length(reading, last) else []


def _is_length(reading: Reading, time: Match) -> bool:
    """Return whether a time is a mere number of days or weeks."""
    first, last = reading.norms[time.first], reading.norms[time.last - 1]
    return (first in number_words() or first.isdecimal()) and lists().units.get(last) in DURATIONS


def _beside(reading: Reading, n: int) -> list[tuple[int, int]]:
    """Return where one of the next sentences, from sentence n, may only say by when: the short one, after "say", or a last clause."""
    near = reading.sentences[n : n + 2]
    short = [(s.first, s.last) for s in near[:1] if s.last - s.first <= ASIDE]
    estimates = (
        (i + 1, s.last) for s in near for i in range(s.first, s.last) if reading.norms[i] in words_of("commitments.lists.estimates")
    )
    closing = (place for s in near if (place := _closing_time(reading, s)))
    return [*((begin, end) for begin, end in estimates if end - begin <= ASIDE), *short, *closing]


def _closing_time(reading: Reading, sentence: Sentence) -> tuple[int, int] | None:
    """Return where a sentence ends on a clause that is only a day set: "This week he's in Madrid, so, by the Friday after next.".

    A mere time may be when what the sentence tells happened, "it went live in Leeds, in March": one that is set says "by", or follows "so".
    """
    begin = next((i for i in range(sentence.last - 1, sentence.first, -1) if _parted(reading, i)), sentence.last)
    if words_of("commitments.lists.setting").isdisjoint(reading.norms[begin - 1 : begin + 1]):
        return None
    whole = any(
        m.first == begin and m.last == sentence.last for m in Lexicon.at("commitments.due").find(reading.norms, begin, sentence.last)
    )
    return (begin, sentence.last) if whole and not reading.asks(sentence) else None


def _time(reading: Reading, places: Sequence[tuple[int, int]]) -> str | None:
    """Return the first time that is said between the tokens of the first place that holds one, or the one that it is corrected to."""
    for begin, end in places:
        if times := Lexicon.at("commitments.due").find(reading.norms, begin, end):
            first, last = _first_time(reading, times)
            while (mended := _mended(reading, last)) is not None:
                first, last = mended
            start, stop = reading.cite(first, last)
            return reading.turn.text[start:stop]
    return None


def _first_time(reading: Reading, times: Sequence[Match]) -> tuple[int, int]:
    """Return the range of the first of some times, whole, up to a mark in it."""
    at = min(m.first for m in times)
    last = max(m.last for m in times if m.first == at)
    return at, next((i for i in range(at + 1, last) if _parted(reading, i)), last)


def _mended(reading: Reading, last: int) -> tuple[int, int] | None:
    """Return the time to which one that ends at a token is corrected: "by Friday, sorry, by Monday".

    Of several, the last is meant; in "no later than Monday" nothing is corrected.
    """
    if last >= len(reading.norms):
        return None
    sentence = reading.sentence_with(last)
    led = [m for m in Lexicon.at("commitments.corrects").find(reading.norms, last, sentence.last) if m.first == last]
    begin = max((m.last for m in led), default=sentence.last)
    times = Lexicon.at("commitments.due").find(reading.norms, begin, sentence.last)
    if not times or not (_parted(reading, begin) or any(m.first == begin for m in times)):
        return None
    return _first_time(reading, [m for m in times if not any(m.last <= other.first for other in times)])


def _parted(reading: Reading, i: int) -> bool:
    """Return whether a mark stands before token i."""
    return not _CLOSES.isdisjoint(reading.turn.text[reading.tokens[i - 1].end : reading.tokens[i].start])


def _commitment(reading: Reading, what: str, due: str | None, asked: str | None) -> Commitment:
    return Commitment(turn=reading.turn.turn, who=reading.turn.role, what=what, due=due, asked=asked)


def _agreed(reading: Reading) -> list[Commitment]:
    """Return the promise in an answer that agrees to a request: what was asked for, with the time from the answer."""
    asked = reading.last
    if asked is None or not reading.sentences or asked.is_customer == reading.is_customer:
        return []
    request = next((m for m in _requests(asked)), None)
    agreed = Lexicon.at("commitments.agree").find(reading.norms[:AGREED])
    if request is None or not agreed or _breaks_off(reading) or any(_refused(reading, reading.sentences)):
        return []
    first = reading.sentences[0]
    places = [(first.first, first.last), *((s.first, s.last) for s in reading.sentences[1:2] if s.last - s.first <= ASIDE)]
    due = _time(reading, places)
    if due is None and _is_fulfilled(reading, asked, request, agreed[0].last):
        return []
    sentence = asked.sentence_with(request.first)
    due = due or _time(asked, [(request.last, sentence.last)])
    verb = request.last - (2 if request.label == "expect" else 1)
    start, stop = asked.cite(verb, min(sentence.last, request.last + LONGEST))
    return [_commitment(reading, asked.turn.text[start:stop], due, asked.turn.text[sentence.start : sentence.end])]


def _breaks_off(reading: Reading) -> bool:
    """Return whether the first sentence of an answer ends before it says what will be done: "Sure, I'll"."""
    return reading.norms[reading.sentences[0].last - 1].endswith("'ll")


def _owned(reading: Reading, found: Sequence[Commitment]) -> list[Commitment]:
    """Return the earlier promise that an answer owns up to, unless it is one of those `found`: "You said you'd send a mug." "I did!"."""
    last = reading.last
    if last is None or last.is_customer == reading.is_customer or any(not _THEM.isdisjoint(norms(promise.what)) for promise in found):
        return []
    reminded = next((m for s in last.sentences for m in last.find(Lexicon.at("commitments.remind"), s)), None)
    if reminded is None or not Lexicon.of("commitments", "own", "agree").find(reading.norms[:AGREED]):
        return []
    sentence = last.sentence_with(reminded.first)
    start, stop = last.cite(reminded.last - 1, min(sentence.last, reminded.last + LONGEST))
    said = last.turn.text[sentence.start : sentence.end]
    return [_commitment(reading, last.turn.text[start:stop], _time(reading, [(s.first, s.last) for s in reading.sentences[:1]]), said)]


def _is_fulfilled(reading: Reading, asked: Reading, request: Match, agreed: int) -> bool:
    """Return whether an answer gives at once, in words, what a request asks for: "Can you give me an example?" "Sure, so last week"."""
    words = frozenset(asked.norms[request.first : request.last + NEAR])
    return not words.isdisjoint(words_of("commitments.lists.tells")) and (len(reading.norms) - agreed > TOLD or bool(reading.quantities))


def _requests(reading: Reading) -> list[Match]:
    """Return the requests of a turn for something after the call."""
    found = []
    for s in reading.sentences:
        others = reading.find(Lexicon.of("commitments", "idle", "reported"), s)
        idle, told = ([m for m in others if m.label == label] for label in ("idle", "reported"))
        labels = ("request", "expect") if reading.asks(s) else ("request",)
        asks = (m for m in reading.find(Lexicon.of("commitments", *labels), s) if not _is_idle(m, idle))
        found += [m for m in asks if not any(m.first - ASKED <= t.last <= m.first for t in told)]
    return found
