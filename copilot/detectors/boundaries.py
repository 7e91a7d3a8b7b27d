"""Boundaries: what a customer wants kept out of the story, and which turns that bars. Also refusals and deferrals."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from itertools import pairwise, takewhile
from typing import NamedTuple

from ..findings import Boundary, Degree
from ..lexicon import Lexicon, Match, load_data, words_of
from ..reading import Reading
from ..text import Sentence, Token, stem, tokenize
from ..turns import Span
from .discretion import asks, diluted, promises, threshold
from .names import Meant, inside, marks, meant, speaks_of_names, turns_of
from .reach import ANSWER, Naming, Said, reached, requested

__all__ = ["find_boundaries", "find_deferrals", "find_refusals", "heard_boundaries", "mentions", "naming_of", "phrase_lexicon"]

NAMING = 5  # words of a sentence that only names something
GOES_ON = "..."  # stands among a turn's words when it goes on about what the turn before it named
COUNTS = "#"  # stands among them when it holds a number
OBJECT = 2  # words after a phrase that can be what it speaks of: "I'd rather you didn't use | her name"
VALUE = "="  # stands before each of its numbers
SUBSTANCE = 3  # words, fillers aside, that say something
TOLD = 12  # words, fillers aside, of what is barred that a boundary shows
ASKED = 40  # words of a question that tell what its answer is about
LONG = 25  # words of a turn that holds its own off-the-record part
CLEARLY = -1.0
"""How much the sentence of a phrase must sound like a request for the boundary to be clear; what sounds less like one can be released."""
_SWITCHED = re.compile("[Rr]ecord|[Tt]ap[ei]|[Bb]ack on|quote|that off| off")  # no switch without one of these
_PARTING = ",;:\u2014\u2013-.\u2026()?!"
STEP = 3  # most turns from one answer to the next, allowing for an aside between them
ALIKE = 0.5  # share of the best score from which another turn is meant as well
CLEAR = 0.1  # least score of a turn that is meant
NEARBY = 200  # most characters between two boundaries of a turn that are merged


class _Words(NamedTuple):
    """The word lists for judging boundaries."""

    filler: frozenset[str]
    subject: frozenset[str]
    verb: frozenset[str]
    stop: frozenset[str]
    after: frozenset[str]
    telling: frozenset[str]
    pointing: frozenset[str]
    named: frozenset[str]
    person: frozenset[str]
    media: frozenset[str]
    assent: frozenset[str]
    denial: frozenset[str]
    recording: frozenset[str]
    records: frozenset[str]
    bidding: frozenset[str]
    asking: frozenset[str]
    forward: frozenset[str]
    topical: frozenset[str]
    copula: frozenset[str]
    counting: frozenset[str]
    he_or_she: frozenset[str]
    topic: frozenset[str]
    joining: frozenset[str]


@cache
def _words() -> _Words:
    """Return the word lists of the data file."""
    return _Words(*(words_of(f"boundaries.lists.{name}") for name in _Words._fields))


@cache
def _lexicon(*kinds: str) -> Lexicon:
    """Return the phrases of the data file whose label starts with one of the kinds."""
    data = load_data("boundaries")
    return phrase_lexicon(data["phrases"], data["words"], *kinds)


def phrase_lexicon(phrases: Mapping[str, Sequence[str]], words: Mapping[str, str], *kinds: str) -> Lexicon:
    """Return the phrases whose label starts with one of the kinds, `<word>` filled in. Raises ValueError for a label of an unknown form."""
    for label in phrases:
        reach, _, form = label.partition(".")
        if reach in _REACHES and form not in _FORMS:
            raise ValueError(f"boundaries.yaml: phrases.{label}: no form is called {form!r}; the forms are {', '.join(_FORMS)}")

    def fill(phrase: str) -> str:
        for name, choice in words.items() if "<" in phrase else ():
            phrase = phrase.replace(f"<{name}>", choice)
        return phrase

    return Lexicon({label: [_bare(fill(p)) for p in rows] for label, rows in phrases.items() if label.startswith(kinds)})


def _bare(phrase: str) -> str:
    """Return a phrase that also matches "don't" and "that's" without the apostrophe, as speech recognition writes them."""
    if "'" not in phrase:
        return phrase
    return " ".join("|".join(dict.fromkeys(v for w in part.split("|") for v in _variants(w))) for part in phrase.split())


def _variants(word: str) -> tuple[str, ...]:
    """Return a word with and without its apostrophe, unless the latter is a different word."""
    return (word, word.replace("'", "")) if word.endswith(("n't", "that's")) and word != "won't" else (word,)


class _Phrase(NamedTuple):
    """A phrase that passed its check, with its sentence. It is only "possible" if the sentence does not sound like a request."""

    reach: str
    first: int
    last: int
    sentence: int
    degree: Degree


def find_boundaries(reading: Reading, said: Said | None = None) -> tuple[Boundary, ...]:
    """Return what this turn bars or may bar from use, in this turn or in earlier ones.

    `said` maps each word of `mentions` to the earlier turns that contain it; without it a boundary reaches back no further than
    `reading.before`.

    An interviewer's turn bars what a customer said before it if the interviewer promises to leave it out and the customer's words did
    not bar it already.
    """
    said = _said(reading.before) if said is None else said
    heard = heard_boundaries(reading, said) if reading.is_customer else _promised(reading, said)
    return (*heard, *_possible(reading, heard, said))


def heard_boundaries(reading: Reading, said: Said) -> tuple[Boundary, ...]:
    """Return what a customer's words bar, or their answer to a question about it; `said` is as in `find_boundaries`."""
    found = [_settle(reading, phrase, said).model_copy(update={"degree": phrase.degree}) for phrase in _phrases(reading)]
    return _merged(reading, found or [*_answered(reading, said), *_off_record(reading), *_in_confidence(reading)])


def find_refusals(reading: Reading) -> tuple[Span, ...]:
    """Return where a customer declines to say something."""
    return _spans(reading, "refuse")


def find_deferrals(reading: Reading) -> tuple[Span, ...]:
    """Return where a customer defers an answer."""
    return _spans(reading, "defer")


def _spans(reading: Reading, label: str) -> tuple[Span, ...]:
    """Return a span for each sentence of a customer that contains a phrase of the label."""
    if not reading.is_customer:
        return ()
    out = []
    for s in reading.sentences:
        found = [m for m in reading.find(_lexicon(label), s) if not _is_told(reading, s, m)]
        if found:
            out.append(reading.turn.span(*reading.cite(min(m.first for m in found), max(m.last for m in found))))
    return tuple(out)


# Phrases and their checks


def _phrases(reading: Reading) -> Iterator[_Phrase]:
    """Yield a turn's boundary phrases that are meant as such: listed ones, or a whole sentence that asks in other words."""
    for n, sentence in enumerate(reading.sentences):
        matches = reading.find(_lexicon("back", "ahead", "indirect", "switch.off"), sentence)
        found = [p for p in (_phrase(reading, n, m, matches) for m in matches) if p is not None]
        plain = not any(m.label == "switch.off" or _is_told(reading, sentence, m) for m in matches)
        if not found and plain and _asks_freely(reading, n):
            found = [_Phrase("indirect", sentence.first, sentence.last, n, "clear")]
        yield from found


def _phrase(reading: Reading, n: int, match: Match, matches: Sequence[Match]) -> _Phrase | None:
    """Return the phrase of a match in sentence n, None if it is not meant as a boundary."""
    sentence = reading.sentences[n]
    reach, _, form = match.label.partition(".")
    if reach == "switch":
        goes_on = _says(reading, sentence.last, len(reading.tokens)) >= SUBSTANCE
        return _Phrase("ahead", match.first, sentence.last, n, "clear") if goes_on and _is_bidding(reading, sentence, match) else None
    if reach == "ahead" and any(m.label == "switch.off" for m in matches):
        return None
    if _is_told(reading, sentence, match) or not _FORMS[form](reading, sentence, match) or _is_taken_back(reading, n):
        return None
    plain = reach == "ahead" or asks(reading, sentence) >= CLEARLY  # "off the record" and the like need no more
    degree: Degree = "clear" if plain else "possible"
    return _Phrase(_reach(reading, sentence, match, reach), match.first, match.last, n, degree)


def _asks_freely(reading: Reading, n: int) -> bool:
    """Return whether a customer's sentence asks for discretion in words that are not listed."""
    sentence = reading.sentences[n]
    if not reading.is_customer or diluted(asks(reading, sentence), reading) < threshold("surely"):
        return False
    return not any(m.label == "affirm.again" for at in reading.sentences[n : n + 2] for m in _affirmed(reading, at))


def _reach(reading: Reading, sentence: Sentence, match: Match, reach: str) -> str:
    """Return where the barred words are: "this" looks ahead, "that" looks back."""
    lead = reading.norms[max(sentence.first, match.first - 3) : match.first + 1]
    if "this" in lead:
        return "ahead"
    return "back" if reach != "indirect" and ("that" in lead or "that's" in lead) else reach


def _is_request(reading: Reading, sentence: Sentence, match: Match) -> bool:
    return _is_order(reading, sentence, match.first) and _closes(reading, match.last)


def _is_pointed(reading: Reading, sentence: Sentence, match: Match) -> bool:
    return not _words().named.isdisjoint(reading.norms[max(sentence.first, match.first - 8) : match.first])


def _is_bare(reading: Reading, sentence: Sentence, match: Match) -> bool:
    after = reading.norms[match.last : min(match.last + 1, sentence.last)]
    qualified = not _words().subject.isdisjoint(after)  # "not the name I wanted"
    return not qualified and _closes(reading, match.last) and _leads_in(reading.norms[sentence.first : match.first])


def _is_proper(reading: Reading, sentence: Sentence, match: Match) -> bool:
    return _is_order(reading, sentence, match.first) and bool(inside(reading, match.first + 1, match.last))


def _ends(reading: Reading, match: Match) -> bool:
    return match.last >= len(reading.tokens) or _is_parted(reading, match.last)


def _goes_on_with(reading: Reading, match: Match, words: Collection[str]) -> bool:
    return match.last < len(reading.tokens) and reading.tokens[match.last].norm in words


def _is_addressed(reading: Reading, sentence: Sentence, match: Match) -> bool:
    return match.first == sentence.first and reading.turn.text[reading.tokens[match.last - 1].end :].startswith(",")


def _leads_in(norms: Iterable[str]) -> bool:
    """Say whether the words before a phrase say nothing, not even that something is so."""
    return (_words().filler | _words().denial) - _words().copula >= set(norms)


def _is_order(reading: Reading, sentence: Sentence, first: int) -> bool:
    """Return whether the verb at token `first` has no subject."""
    words = _words()
    if first > sentence.first and reading.tokens[first].norm == "not":
        first -= 1
        if reading.tokens[first].norm not in {"do", "please", "best", "better", "maybe", "perhaps", "probably"}:
            return False
    before = reading.tokens[first - 1].norm if first > sentence.first else ""
    if before == "to":
        return not words.bidding.isdisjoint(reading.norms[max(sentence.first, first - 4) : first - 1])
    return not before or (before not in words.subject and (before in words.filler or _is_parted(reading, first)))


def _is_bidding(reading: Reading, sentence: Sentence, match: Match) -> bool:
    """Return whether a switch is requested, not reported: "can we stop the tape", "turn it off", but not "they stopped recording"."""
    return reading.asks(sentence) or _is_order(reading, sentence, match.first) or reading.tokens[match.first].norm in _words().asking


def _wonders(reading: Reading, sentence: Sentence) -> bool:
    """Return whether a sentence asks what the speaker may do."""
    asks = reading.turn.text[sentence.start : sentence.end].rstrip("\"”'").endswith("?")
    return asks and "i" in reading.norms[sentence.first : sentence.last]


def _is_parted(reading: Reading, i: int) -> bool:
    """Return whether there is punctuation before token i."""
    gap = reading.turn.text[reading.tokens[i - 1].end : reading.tokens[i].start]
    return any(c in _PARTING for c in gap)


def _closes(reading: Reading, last: int) -> bool:
    """Return whether the clause ends before token `last`, or continues with the thing written ("in the article")."""
    if last >= len(reading.tokens) or reading.tokens[last].norm in _words().after:
        return True
    if any(t.norm in _words().media for t in reading.tokens[last : last + 3]):
        return True
    return _is_parted(reading, last)


def _speaks_of_this(reading: Reading, sentence: Sentence, match: Match) -> bool:
    """Return whether the phrase is about "this", "that", a name, a number, or nothing at all."""
    if match.first <= sentence.first + 1:
        return True
    return any(t.norm in _words().pointing for t in reading.tokens[max(sentence.first, match.first - 5) : match.first + 1])


_REACHES = frozenset({"back", "ahead", "indirect"})
_FORMS: Mapping[str, Callable[[Reading, Sentence, Match], bool]] = {
    "order": lambda reading, sentence, match: _is_order(reading, sentence, match.first) and not _wonders(reading, sentence),
    "request": _is_request,
    "pointed": _is_pointed,
    "close": lambda reading, sentence, match: _closes(reading, match.last),
    "bare": _is_bare,
    "proper": _is_proper,
    "private": lambda reading, sentence, match: _closes(reading, match.last) and _speaks_of_this(reading, sentence, match),
    "subject": _speaks_of_this,
    "end": lambda reading, sentence, match: _ends(reading, match),
    "us": lambda reading, sentence, match: not _goes_on_with(reading, match, {"and"}),
    "record": lambda reading, sentence, match: not _goes_on_with(reading, match, _words().records),
    "comma": _is_addressed,
    "plain": lambda reading, sentence, match: True,
}
"""When a phrase holds in its sentence, by the form that its label names: "order" of "back.order"."""


def _is_taken_back(reading: Reading, n: int) -> bool:
    """Return whether the speaker changes their mind right after a phrase: "don't put that in. No, you can put it in."."""
    return any(m.label == "affirm.again" and m.first == s.first for s in reading.sentences[n + 1 : n + 2] for m in _affirmed(reading, s))


def _affirmed(reading: Reading, sentence: Sentence) -> list[Match]:
    """Return where a sentence says that something may be used after all."""
    return reading.find(_lexicon("affirm"), sentence)


def _is_told(reading: Reading, sentence: Sentence, match: Match) -> bool:
    """Return whether a phrase reports what somebody said, by the words before it or by quotation marks."""
    before = reading.turn.text[sentence.start : reading.tokens[match.first].start]
    if before.count('"') % 2 or before.rfind("\u201c") > before.rfind("\u201d"):
        return True
    lead = reading.norms[max(sentence.first, match.first - 3) : match.first]
    return any(word in _words().telling and lead[:i][-1:] != ("i",) for i, word in enumerate(lead) if i >= len(lead) - 2)


# What a phrase bars


def _settle(reading: Reading, phrase: _Phrase, said: Said) -> Boundary:
    """Return the boundary of a phrase: the words barred, and the turns that contain them."""
    end, own = reading.sentences[phrase.sentence].end, (reading.turn.turn,)
    left_out = _left_out(reading, phrase, said)
    start, names, marked = _subject(reading, phrase)
    outside = _stems(reading.tokens[: reading.sentences[start].first]) | _stems(() if marked else reading.tokens[phrase.last :])
    absent = _as_said(names - outside, said)
    if absent and len(names - outside) * 2 > len(names):
        told = reading.tokens[reading.sentences[start].first : phrase.last]
        known = _numbers_only(said) if not _words().counting.isdisjoint(t.norm for t in told) else said
        earlier = left_out.turns
        if not left_out.sure:
            earlier |= {*(_recall if marked or absent != names else _latest)(absent, known, reading.turn.turn)}
        again = not names.isdisjoint(outside) or (marked and _restates(reading, reading.sentences[start].start, end))
        if earlier:
            just = _thread(reading)[-1:] if not left_out.sure and (_corrects(reading) or _bars_name(reading, phrase)) else ()
            covers = {*earlier, *just, *(own if again else ())}
            return _boundary(reading, reading.sentences[start].start, end, tuple(sorted(covers)))
    if _bars_name(reading, phrase):
        return _boundary(
            reading,
            reading.sentences[phrase.sentence].start,
            end,
            left_out.turns.union(() if left_out.sure else _thread(reading)[-1:]) or own,
        )
    if phrase.reach != "ahead" and _corrects(reading) and not _restates(reading, 0, reading.tokens[phrase.first].start):
        return _boundary(reading, reading.sentences[phrase.sentence].start, end, (reading.before[-1].turn.turn,))
    back, ahead = _back(reading, phrase), _ahead(reading, phrase)
    if phrase.reach == "ahead" and ahead is not None:
        return _boundary(reading, reading.sentences[phrase.sentence].start, ahead, own)
    if back is None and not names and _looks_forward(reading, phrase, _words().forward):
        return _boundary(reading, reading.sentences[phrase.sentence].start, end, own)
    if back is not None:
        return _boundary(reading, back, end, (*_introduced(reading), *own, *left_out.turns))
    return _boundary(reading, reading.sentences[phrase.sentence].start, end, (*_thread(reading), *(own if names else ())) or own)


def _corrects(reading: Reading) -> bool:
    """Return whether a customer speaks right after another one, without a question between them."""
    past = reading.before[-1] if reading.before else None
    return past is not None and past.is_customer and past.words >= ANSWER and past.turn.speaker != reading.turn.speaker


class _LeftOut(NamedTuple):
    """The turns with a name that is to be left out; not `sure` where another may be meant, or none."""

    turns: frozenset[int]
    sure: bool


def _left_out(reading: Reading, phrase: _Phrase, said: Said) -> _LeftOut:
    """Return where the name was said that a phrase asks to leave out; nowhere where it asks for something else."""
    sentence = reading.sentences[phrase.sentence]
    found = Meant(())
    if _is_of_name(reading, phrase):
        found = meant(reading, sentence, min(phrase.last + OBJECT, sentence.last), said)
    elif "mention" in reading.norms[phrase.first : phrase.last]:
        found = Meant(inside(reading, phrase.first, phrase.last))
    turns = turns_of(found.names, reading, said) if found.names else frozenset[int]()
    return _LeftOut(turns, found.sure and bool(turns))


def _is_of_name(reading: Reading, phrase: _Phrase) -> bool:
    """Say whether a phrase speaks of a name, or offers other words in its place: "say a customer"."""
    sentence = reading.sentences[phrase.sentence]
    return speaks_of_names(reading.norms[sentence.first : min(phrase.last + OBJECT, sentence.last)]) or bool(
        reading.find(_lexicon("instead"), sentence)
    )


def _bars_name(reading: Reading, phrase: _Phrase) -> bool:
    """Say whether a phrase bars a name that this turn has not said."""
    if not _is_of_name(reading, phrase):
        return False
    return not _restates(reading, 0, reading.tokens[phrase.first].start, numbers=False)


def _boundary(reading: Reading, start: int, end: int, covers: Iterable[int], degree: Degree = "clear") -> Boundary:
    """Return a boundary of this turn."""
    text = reading.turn.text[start:end]
    return Boundary(turn=reading.turn.turn, start=start, end=end, text=text, covers=tuple(sorted(set(covers))), degree=degree)


def mentions(reading: Reading) -> frozenset[str]:
    """Return the stems by which a later boundary can point at a customer's turn, including its question's; none for other turns."""
    if not reading.is_customer or (reading.words < ANSWER and not reading.quantities):
        return frozenset()
    asked = tokenize(f"{_asked_before(reading)} {reading.question}")[-ASKED:]
    held = ({GOES_ON} if _goes_on(reading) else set()) | ({COUNTS} if reading.quantities else set())
    return frozenset(_stems(reading.tokens) | _stems(asked) | held | marks(reading) | _values(reading))


def _values(reading: Reading) -> set[str]:
    """Return what stands among the words of a turn for the values of its numbers."""
    return {f"{VALUE}{n.normalize():f}" for q in reading.quantities for n in (q.low, q.high)}


def _asked_before(reading: Reading) -> str:
    """Return the question before the last one, if its answer was too short to say anything."""
    *_, first, answer, _ = (None, None, None, *reading.before)
    short = first is not None and answer is not None and answer.is_customer and not first.is_customer and answer.words < ANSWER
    return first.turn.text if short and first is not None else ""


def _numbers_only(said: Said) -> Said:
    """Return `said` restricted to turns with a number, for words that occur in such turns; other words are unchanged."""
    counts = set(said.get(COUNTS, ()))
    return {word: [t for t in turns if t in counts] or turns for word, turns in said.items()}


def _goes_on(reading: Reading) -> bool:
    """Return whether a turn starts with a pronoun for somebody or something that the turn before it named."""
    first = next((norm for norm in reading.norms if norm not in _words().filler), "")
    return first.partition("'")[0] in _words().person


def _said(before: Sequence[Reading]) -> Said:
    """Return the turns in which each word was said."""
    said: dict[str, list[int]] = {}
    for reading in before:
        for word in mentions(reading):
            said.setdefault(word, []).append(reading.turn.turn)
    return said


@lru_cache(maxsize=8192)
def _stem(word: str) -> str:
    """Return a word without its endings, so that "the fine" matches "they fined us"; a number is unchanged."""
    return word if word[0].isdigit() else stem(word.removesuffix("'s"))


@cache
def _plain_words() -> frozenset[str]:
    """Return the words that name nothing: those of the phrases themselves, and common words of any sentence."""
    data: dict[str, list[str]] = load_data("boundaries")["phrases"]
    words = _words()
    labels = [label for label in data if label.startswith(("back", "ahead", "reach"))]
    said = {w for label in labels for row in data[label] for part in row.split() for w in part.split("|")}
    return frozenset(_stem(w) for w in words.stop | words.media | words.filler | (words.pointing - words.topical) | said)


def _stems(tokens: Sequence[Token]) -> set[str]:
    """Return the stems of the words that name something."""
    return {_stem(t.norm) for t in tokens if len(t.norm) > 1} - _plain_words()


def _subject(reading: Reading, phrase: _Phrase) -> tuple[int, set[str], bool]:
    """Return the sentence from which a phrase's subject is named, the words that name it, and whether it was said earlier in the call.

    The words are in the phrase ("don't put the lady in"), before it without a verb ("the lady, please don't write it"), or around
    "what I said about ..." in the sentences that lead up to it.
    """
    tokens, sentence = reading.tokens, reading.sentences[phrase.sentence]
    told = _told_from(reading, phrase.sentence)
    if told is not None:
        last = sentence.last if told == phrase.sentence else phrase.last
        return told, _stems(tokens[reading.sentences[told].first : last]), True
    if phrase.reach == "indirect":
        return phrase.sentence, set(), False
    if names := _stems(tokens[phrase.first : phrase.last]):
        return phrase.sentence, names, False
    lead = list(tokens[sentence.first : phrase.first])
    while lead and lead[-1].norm in _words().copula:
        lead.pop()
    if any(t.norm in _words().verb or "'" in t.norm or t.norm.endswith("ed") for t in lead):
        return phrase.sentence, set(), False
    if names := _stems(lead):
        return phrase.sentence, names, False
    names = _named_before(reading, phrase.sentence)
    return phrase.sentence - bool(names), names, False


def _named_before(reading: Reading, at: int) -> set[str]:
    """Return what the sentence before names, if it only names something: "The discount. I'd rather you didn't print it."."""
    if at == 0:
        return set()
    tokens = reading.tokens[reading.sentences[at - 1].first : reading.sentences[at - 1].last]
    says = any(t.norm in _words().verb or "'" in t.norm for t in tokens)
    return _stems(tokens) if len(tokens) <= NAMING and not says else set()


def _told_from(reading: Reading, at: int) -> int | None:
    """Return the sentence, up to three before sentence `at`, in which the speaker returns to something said; None if there is none."""
    told = None
    for n in range(at, max(-1, at - 4), -1):
        labels = {m.label for m in reading.find(_lexicon("re"), reading.sentences[n])}
        if "resume" in labels or ("reach" in labels and told in {None, n + 1}):
            told = n
    return told


def _as_said(names: Collection[str], said: Said) -> set[str]:
    """Return stems, in place of one that nobody has said those of words that mean much the same: "layoffs" for "we let people go"."""
    return {near for name in names for near in ((name,) if name in said else _alike().get(name, (name,)))}


@cache
def _alike() -> Mapping[str, frozenset[str]]:
    """Return for the stem of a word those of the words that mean much the same."""
    rows: Sequence[str] = load_data("boundaries")["alike"]
    groups = [frozenset(map(_stem, row.split())) for row in rows]
    return {name: group for group in groups for name in group}


def _latest(names: set[str], said: Said, turn: int) -> tuple[int, ...]:
    """Return the latest run of turns, each two apart, that contain at least half of the names."""
    counts = Counter(t for name in names for t in said.get(name, ()) if t < turn)
    held = sorted((t for t, n in counts.items() if n * 2 >= len(names)), reverse=True)
    run = held[:1]
    for t in held[1:]:
        if run[-1] - t > STEP:
            break
        run.append(t)
    return tuple(reversed(run))


def _recall(names: set[str], said: Said, turn: int) -> tuple[int, ...]:
    """Return the turns that a description points at: the one with most of its words, weighted by rarity, and its continuations."""
    scores: defaultdict[int, float] = defaultdict(float)
    for name in names:
        turns = [t for t in said.get(name, ()) if t < turn]
        for t in turns:
            scores[t] += 1 / max(2, len(turns))
    if not scores or max(scores.values()) < CLEAR:
        return ()
    best = max(scores, key=lambda t: (scores[t], t))
    going_on = {t for t in said.get(GOES_ON, ()) if best < t <= best + STEP and t < turn}
    return (best, *sorted(going_on | {t for t in scores if best < t <= best + STEP and scores[t] >= scores[best] * ALIKE}))


def _restates(reading: Reading, start: int, end: int, numbers: bool = True) -> bool:
    """Return whether text[start:end] itself contains a name or a number."""
    if numbers and any(start <= q.start < end for q in reading.quantities):
        return True
    inside = [t for t in reading.tokens if start <= t.start < end]
    text = reading.turn.text
    return any(text[b.start].isupper() and not text[b.start : b.end].isupper() and b.start - a.end == 1 for a, b in pairwise(inside))


def _thread(reading: Reading) -> tuple[int, ...]:
    """Return the customer's turn before this one, and earlier ones as long as each continues about a person or thing."""
    found: list[int] = []
    for past in reversed([r for r in reading.before if r.is_customer and r.words >= ANSWER]):
        found.append(past.turn.turn)
        if not _goes_on(past):
            break
    return tuple(reversed(found[:3]))


def _says(reading: Reading, first: int, last: int) -> int:
    """Return how many of tokens[first:last] say something; a name within a sentence counts twice."""
    said = [i for i in range(first, last) if reading.tokens[i].norm not in _words().filler]
    return len(said) + sum(i > first and reading.turn.text[reading.tokens[i].start].isupper() for i in said)


def _back(reading: Reading, phrase: _Phrase) -> int | None:
    """Return the start of the words before a phrase that say enough to be what it bars; None if there are none."""
    start = None
    for n in range(phrase.sentence, -1, -1):
        said = _says(reading, reading.sentences[n].first, phrase.first)
        if said >= SUBSTANCE:
            start = reading.sentences[n].start
        if said >= TOLD:
            break
    return start


def _ahead(reading: Reading, phrase: _Phrase) -> int | None:
    """Return the end of the words after a phrase that say enough to be what it bars; None if there are none."""
    for sentence in reading.sentences[phrase.sentence :]:
        if _says(reading, phrase.last, sentence.last) >= SUBSTANCE:
            return sentence.end
    return None


def _merged(reading: Reading, found: Sequence[Boundary]) -> tuple[Boundary, ...]:
    """Return boundaries in order, with nearby ones that bar the same turns merged."""
    out: list[Boundary] = []
    for b in sorted(found, key=lambda b: (b.start, b.end)):
        if out and out[-1].covers == b.covers and b.start - out[-1].end < NEARBY:
            last = out.pop()
            degree: Degree = "clear" if "clear" in {b.degree, last.degree} else "possible"
            b = _boundary(reading, last.start, max(b.end, last.end), b.covers, degree)
        out.append(b)
    return tuple(out)


# What may be barred


def _possible(reading: Reading, heard: Sequence[Boundary], said: Said) -> Iterator[Boundary]:
    """Yield what else may be meant as barred: once for the words themselves, and again when the interviewer has replied."""
    if reading.is_customer:
        yield from _supposed(reading, heard, said, None)
        return
    promised = promises(reading)
    for past in _just_said(reading):
        earlier = replace(past, before=_until(reading, past))
        yield from _supposed(earlier, heard_boundaries(earlier, said), said, promised)


def _just_said(reading: Reading) -> tuple[Reading, ...]:
    """Return the customers' turns since the interviewer's side spoke last."""
    return tuple(takewhile(lambda r: r.is_customer, reversed(reading.before)))[::-1]


def _supposed(reading: Reading, heard: Sequence[Boundary], said: Said, promised: float | None) -> Iterator[Boundary]:
    """Yield a possible boundary for the sentence that sounds most like a request, over the turns that it may bar."""
    request = requested(reading, heard, promised)
    if request is None or _asks_for_name_alone(reading, request.sentence, said):
        return
    barred = {t for b in heard if b.degree == "clear" for t in b.covers}
    naming = naming_of(reading, request.sentence)
    naming = naming._replace(stems=_as_said(naming.stems, said))
    covers = reached(request, naming, said)
    if covers and not _words().topic.isdisjoint(_norms_of(reading, request.sentence)):
        covers |= _asked_about(reading, said)
    covers -= barred
    if covers:
        yield _boundary(reading, request.sentence.start, request.sentence.end, covers, "possible")


def _asked_about(reading: Reading, said: Said) -> frozenset[int]:
    """Return the turns that told the numbers, two at least, of the question before a turn."""
    last = reading.before[-1] if reading.before else None
    values = _values(last) if last is not None and not last.is_customer else set()
    return frozenset.intersection(*(frozenset(said.get(v, ())) for v in values)) if len(values) > 1 else frozenset()


def _asks_for_name_alone(reading: Reading, sentence: Sentence, said: Said) -> bool:
    """Say whether all that a turn asks is that a name which was found be left out, in this sentence."""
    phrases = list(_phrases(reading))
    if any(reading.sentences[p.sentence] != sentence for p in phrases) or not _words().joining.isdisjoint(_norms_of(reading, sentence)):
        return False
    return any(_left_out(reading, p, said).sure for p in phrases)


def _norms_of(reading: Reading, sentence: Sentence) -> Sequence[str]:
    return reading.norms[sentence.first : sentence.last]


def naming_of(reading: Reading, sentence: Sentence) -> Naming:
    """Return what a sentence of a turn names, and what its question names if the turn continues about that."""
    goes_on = _goes_on(reading)
    asked = _stems(tokenize(reading.question)[-ASKED:]) if goes_on else set()
    stems = _stems(reading.tokens[sentence.first : sentence.last]) | asked
    return Naming(stems, goes_on, _goes_back(reading, sentence.start, sentence.end))


def _goes_back(reading: Reading, start: int, end: int) -> bool:
    """Return whether text[start:end] refers back to something said: "those numbers I gave you"."""
    inside = [s for s in reading.sentences if s.start < end and start < s.end]
    return any(reading.find(_lexicon("reach", "resume"), s) for s in inside)


# What the surrounding conversation bars


def _labels(reading: Reading, *kinds: str) -> set[str]:
    """Return the labels of the phrases of some kinds in a turn."""
    return {m.label for s in reading.sentences for m in reading.find(_lexicon(*kinds), s)}


def _answered(reading: Reading, said: Said) -> Iterator[Boundary]:
    """Yield what an answer bars: "shall I leave that out?" "please", "may I print that?" "no", "what should I leave out?" "the name"."""
    if not reading.before or reading.before[-1].is_customer or not reading.tokens:
        return
    asked, first = _labels(reading.before[-1], "ask"), reading.norms[:3]
    said_no, said_yes = not _words().denial.isdisjoint(first), not _words().assent.isdisjoint(first)
    end = reading.sentences[0].end
    if "ask.what" in asked and not said_no and (names := _stems(reading.tokens[: reading.sentences[0].last])):
        yield _boundary(reading, 0, end, (*_recall(names, said, reading.turn.turn), reading.turn.turn))
    elif ("ask.drop" in asked and said_yes) or ("ask.use" in asked and said_no and not _grants(reading)):
        named = _asked_names(reading, said) if "ask.use" in asked else frozenset()
        yield _boundary(reading, 0, end, named or _thread(reading)[-1:] or (reading.turn.turn,))


def _grants(reading: Reading) -> bool:
    """Say whether an answer gives leave after all, and not only for other words in a name's place."""
    return any(_affirmed(reading, s) and not reading.find(_lexicon("instead"), s) for s in reading.sentences)


def _asked_names(reading: Reading, said: Said) -> frozenset[int]:
    """Return the turns with the name that the question before a turn asks leave for: "can I name the customer?"."""
    last = reading.before[-1]
    asking = (s for s in last.sentences if last.find(_lexicon("ask.use"), s) and speaks_of_names(last.norms[s.first : s.last]))
    names = [name for s in asking for name in meant(last, s, s.last, said).names]
    return turns_of(names, reading, said) if names else frozenset()


def _promised(reading: Reading, said: Said) -> tuple[Boundary, ...]:
    """Return what an interviewer's promise to leave something out bars, where no words of the customer clearly did."""
    last = reading.before[-1] if reading.before else None
    if last is None or not last.is_customer or last.words < ANSWER or "accept" not in _labels(reading, "accept"):
        return ()
    if promises(reading) < threshold("granted"):
        return ()
    asked = [replace(r, before=_until(reading, r)) for r in reading.before[-2:] if r.is_customer]
    heard = [b for r in asked for b in heard_boundaries(r, said)]
    if any(b.degree == "clear" for b in heard) or (find_refusals(last) and not heard):
        return ()
    covers = {t for b in heard for t in b.covers} | (_asked_about(asked[-1], said) if heard else frozenset())
    return (_boundary(last, last.sentences[-1].start, last.sentences[-1].end, {last.turn.turn, *covers}),)


def _until(reading: Reading, past: Reading) -> tuple[Reading, ...]:
    """Return the readings before one of the earlier readings."""
    return tuple(r for r in reading.before if r.turn.turn < past.turn.turn)


def _off_record(reading: Reading) -> Iterator[Boundary]:
    """Yield the whole turn if the conversation went off the record before it and has not come back on."""
    if not _is_off(reading.before):
        return
    on = [m.first for m in reading.find(_lexicon("switch.on"))]
    said = _says(reading, 0, on[0] if on else len(reading.tokens))
    if said and not (on and said < ANSWER):
        end = reading.tokens[on[0]].start if on else len(reading.turn.text)
        yield _boundary(reading, 0, len(reading.turn.text[:end].rstrip()), (reading.turn.turn,))


def _introduced(reading: Reading) -> tuple[int, ...]:
    """Return the turn that names the person whose story this turn continues; () if it starts its own."""
    first = reading.tokens[0].norm
    return _thread(reading)[-1:] if first in _words().he_or_she else ()


def _looks_forward(reading: Reading, phrase: _Phrase, words: Collection[str]) -> bool:
    """Return whether a phrase with nothing said before it is about what comes next: "is this between us?", "if I tell you ..."."""
    sentence = reading.sentences[phrase.sentence]
    said = reading.norms[sentence.first : sentence.last]
    asks = phrase.reach == "ahead" and reading.asks(sentence)
    return asks or said[:2] == ("if", "i") or (phrase.reach == "ahead" and any(word in words for word in said))


def _in_confidence(reading: Reading) -> Iterator[Boundary]:
    """Yield the whole turn if its speaker or the interviewer's question made it confidential just before."""
    last = reading.before[-1] if reading.before else None
    if last is None or last.is_customer or _says(reading, 0, len(reading.tokens)) < SUBSTANCE:
        return
    spoken = next((r for r in reading.before[-2:] if r.turn.speaker == reading.turn.speaker and r.words < LONG), None)
    asked = "?" in last.turn.text and not _labels(last, "ask") and any(_opens(last, p) for p in _phrases(last))
    promised = spoken is not None and any(_is_empty(spoken, p) for p in _phrases(spoken))
    if asked or (promised and not _is_refused((last,))):
        yield _boundary(reading, 0, len(reading.turn.text), (reading.turn.turn,))


def _opens(reading: Reading, phrase: _Phrase) -> bool:
    """Return whether a sentence starts with a phrase that looks ahead: "off the record, what did you think?"."""
    sentence = reading.sentences[phrase.sentence]
    starts = phrase.first <= sentence.first + 1 and phrase.last < sentence.last and _is_parted(reading, phrase.last)
    return phrase.reach == "ahead" and starts


def _is_empty(reading: Reading, phrase: _Phrase) -> bool:
    """Return whether a phrase looks ahead and its own turn contains nothing that it could bar."""
    ahead = _ahead(reading, phrase) if phrase.reach == "ahead" else None
    return _looks_forward(reading, phrase, {*_words().forward, "this"}) and ahead is None and _back(reading, phrase) is None


@lru_cache(maxsize=32)  # every turn looks back at the same few turns
def _may_switch(text: str) -> bool:
    """Return whether a text can take the conversation off the record, or back on."""
    return _SWITCHED.search(text) is not None


def _is_off(before: Sequence[Reading]) -> bool:
    """Return whether the last switch before this turn took the conversation off the record."""
    for n in range(len(before) - 1, -1, -1):
        if not _may_switch(before[n].turn.text):
            continue
        labels = _labels(before[n], "switch")
        if "switch.on" in labels:
            return False
        if "switch.off" in labels and _is_of_recording(before[max(0, n - 1) : n + 1]):
            return before[n].words < LONG and not _is_refused(before[n + 1 : n + 2])
    return False


def _is_of_recording(readings: Sequence[Reading]) -> bool:
    """Return whether the switch is about the recording: "turn it off" can be about anything."""
    return any(not _words().recording.isdisjoint(r.norms) for r in readings)


def _is_refused(reply: Sequence[Reading]) -> bool:
    """Return whether the interviewer refused to go off the record."""
    return bool(reply) and not reply[0].is_customer and not _words().denial.isdisjoint(reply[0].norms[:2])
