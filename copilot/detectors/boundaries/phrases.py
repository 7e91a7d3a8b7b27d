"""Where a turn asks for discretion: by a listed phrase, or by a whole sentence in other words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Literal, NamedTuple, cast, get_args

from ...findings import Degree
from ...lexicon import Lexicon, Match, denies, function_words, load_data, words_of
from ...reading import Reading, once
from ...text import Sentence, norm_before
from ...turns import Span
from ..consent.answers import answer, is_on_cue
from .discretion import asks, classes, diluted, threshold
from .forms import FORMS, closes, is_bidding, is_parted, is_told, reported
from .words import SUBSTANCE, lists, substance

__all__ = [
    "OPENING",
    "Phrase",
    "Reach",
    "affirmed",
    "agrees_on_condition",
    "announces",
    "asks_to_use",
    "labels_in",
    "leave_lexicon",
    "lexicon",
    "phrase_lexicon",
    "phrases_of",
    "request_lexicon",
    "sentence_of",
    "spans_of",
    "tells_only",
    "withdraws_from",
]

Reach = Literal["back", "ahead", "indirect", "amount", "topic", "mine"]
"""Where the barred words are; `copilot/data/boundaries.yaml` says what each means."""
CLEARLY = -1.0
"""How much the sentence of a phrase must sound like a request for the boundary to be clear; what sounds less like one can be released."""
DENYING = 5
"""First words of a turn in which it denies what the question says."""
OPENING = 4
"""First words of a sentence in which it announces what is told next."""
_ASKING = frozenset({"PUB", "MEDIA", "NUM"})
"""Classes of words with which something is asked of the writer."""
_BIDDING = frozenset({"PUB", "SECRET", "DROP", "PLEASE"})
"""Classes of words with which a request is made or goes on."""
_PEOPLE, _THINGS = frozenset({"him", "her", "them"}), frozenset({"that", "it", "this", "them"})
_DOUBTS = frozenset({"hedge", "hearsay"})
_REACHES: tuple[Reach, ...] = get_args(Reach)


class Phrase(NamedTuple):
    """A phrase that passed its check: where its words are, and in which sentence, `at`, they begin.

    It is only "possible" if the sentence does not sound like a request, or if nothing but its sound makes it one.
    """

    reach: Reach
    first: int
    last: int
    at: int
    degree: Degree


@cache
def lexicon(*kinds: str) -> Lexicon:
    """Return the phrases of the data file whose label starts with one of the kinds."""
    data = load_data("boundaries")
    return phrase_lexicon(data["phrases"], data["words"], *kinds)


def request_lexicon() -> Lexicon:
    """Return the listed phrases by which a customer asks for discretion."""
    return lexicon(*_REACHES)


def leave_lexicon() -> Lexicon:
    """Return the listed phrases by which a customer gives leave, leaves it open or refuses it."""
    return lexicon("grant", "affirm", "hesitate", "pending", "refuse", "condition")


def phrase_lexicon(phrases: Mapping[str, Sequence[str]], words: Mapping[str, str], *kinds: str) -> Lexicon:
    """Return the phrases whose label starts with one of the kinds, `<word>` filled in. Raises ValueError for a label of an unknown form."""
    for label in phrases:
        reach, _, form = label.partition(".")
        if reach in _REACHES and form not in FORMS:
            raise ValueError(f"boundaries.yaml: phrases.{label}: no form is called {form!r}; the forms are {', '.join(FORMS)}")

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


def labels_in(reading: Reading, *kinds: str) -> set[str]:
    """Return the labels of the phrases of some kinds in a turn."""
    known = lexicon(*kinds)
    return {m.label for s in reading.sentences for m in reading.find(known, s)} if reading.find(known) else set()


def asks_to_use(reading: Reading) -> bool:
    """Return whether a turn asks for leave to use what was said: "May we print that figure?"."""
    return "ask.use" in labels_in(reading, "ask")


def spans_of(reading: Reading, label: str, meant: Callable[[Reading, Sentence, Match], bool] | None = None) -> tuple[Span, ...]:
    """Return a span for each sentence of a customer that contains a phrase of the label, of those that are `meant`."""
    if not reading.is_customer:
        return ()
    out = []
    for s in reading.sentences:
        found = [m for m in reading.find(lexicon(label), s) if not is_told(reading, s, m) and (meant is None or meant(reading, s, m))]
        if found:
            out.append(reading.turn.span(*reading.cite(min(m.first for m in found), max(m.last for m in found))))
    return tuple(out)


def sentence_of(reading: Reading, phrase: Phrase) -> Sentence:
    """Return the sentence in which a phrase stands, up to the end of the last one where it reaches over a full stop."""
    return _joined(reading, phrase.at, phrase.last)


@once
def phrases_of(reading: Reading) -> Sequence[Phrase]:
    """Return a turn's boundary phrases that are meant as such: listed ones, or a whole sentence that asks in other words."""
    return tuple(_meant(reading))


def _meant(reading: Reading) -> Iterator[Phrase]:
    listed = [_listed(reading, n) for n in range(len(reading.sentences))]
    parted = _parted(reading, [p for found in listed for p in found])
    for n, sentence in enumerate(reading.sentences):
        found = [*listed[n], *(p for p in parted if p.at == n)]
        reached = any(p.first < sentence.last and sentence.first < p.last for p in parted)
        if not found and not reached and _asks_freely(reading, n):
            reach: Reach = "ahead" if announces(reading, sentence) else "indirect"
            found = [Phrase(reach, sentence.first, sentence.last, n, "clear" if _is_put_to_writer(reading, sentence) else "possible")]
        yield from found


def _listed(reading: Reading, n: int) -> Sequence[Phrase]:
    """Return the listed phrases in sentence n that are meant."""
    sentence = reading.sentences[n]
    matches = _matches(reading, sentence)
    return [p for p in (_phrase(reading, n, sentence, m, matches) for m in matches) if p is not None]


def _matches(reading: Reading, sentence: Sentence) -> Sequence[Match]:
    return reading.find(lexicon(*_REACHES, "switch.off"), sentence)


def _parted(reading: Reading, listed: Sequence[Phrase]) -> Sequence[Phrase]:
    """Return the phrases that a full stop parts, as speech recognition sets it at a pause: "off the. Record, they replaced him".

    They are only possible, since the stop may be right: it is where a new sentence begins after it. The `listed` ones need no other.
    """
    out: list[Phrase] = []
    for match in reading.find(request_lexicon()):
        opens = [n for n, s in enumerate(reading.sentences) if match.first < s.first < match.last]
        if len(opens) != 1 or _starts_anew(reading, reading.sentences[opens[0]].first, match) or any(_meets(match, p) for p in listed):
            continue
        n = opens[0] - 1
        phrase = _phrase(reading, n, _joined(reading, n, match.last), match, ())
        out += [] if phrase is None else [phrase]
    return out


def _starts_anew(reading: Reading, first: int, match: Match) -> bool:
    """Return whether a new sentence begins at a token in a match: with its subject, a conjunction, a yes, or a "that" which is not all."""
    opening = words_of("statements.subjects") | lists().linking | lists().agreeing
    if reading.norms[first].partition("'")[0] in opening:
        return True
    return first == match.last - 1 and reading.norms[first] in lists().demonstrative and not closes(reading, match.last)


def _joined(reading: Reading, n: int, last: int) -> Sentence:
    """Return sentence n with all that follow up to token `last`."""
    first = reading.sentences[n]
    end = next(s for s in reading.sentences[n:] if last <= s.last)
    return Sentence(first.start, end.end, first.first, end.last)


def _phrase(reading: Reading, n: int, sentence: Sentence, match: Match, matches: Sequence[Match]) -> Phrase | None:
    """Return the phrase of a match in a sentence that begins with sentence n, None if it is not meant as a boundary."""
    reach, _, form = match.label.partition(".")
    if reach == "switch":
        bids = _goes_on(reading, sentence) and is_bidding(reading, sentence, match) and not is_on_cue(reading, sentence)
        return Phrase("ahead", match.first, sentence.last, n, "clear") if bids else None
    if reach == "ahead" and any(m.label == "switch.off" for m in matches):
        return None
    parted = match.last > reading.sentences[n].last  # its marks are wrong, so they may hide the form of what surely asks
    formed = FORMS[form](reading, sentence, match) or (parted and asks(reading, sentence) >= threshold("alone"))
    if is_told(reading, sentence, match) or not formed or _is_taken_back(reading, sentence, match):
        return None
    if agrees_on_condition(reading, sentence) or tells_only(reading, sentence) or (reach == "mine" and withdraws_from(reading)):
        return None
    plain = reach == "ahead" or asks(reading, sentence) >= CLEARLY  # "off the record" and the like need no more
    doubted = _advises(reading, sentence, form) or any(_is_unsure(reading, sentence, m) for m in matches if _meets(m, match))
    degree: Degree = "clear" if plain and not doubted and not parted and not _is_let_after_all(reading, sentence) else "possible"
    return Phrase(_reach(reading, sentence, match, cast(Reach, reach)), match.first, match.last, n, degree)


def _advises(reading: Reading, sentence: Sentence, form: str) -> bool:
    """Return whether an order with no word for what was said answers a question for advice: "leave the hard parts out"."""
    if form not in {"order", "request"} or reading.asked is None or "advice" not in labels_in(reading.asked, "advice"):
        return False
    return (lists().media | {"that", "this", "those"}).isdisjoint(reading.words_in(sentence))


def _meets(some: Match | Phrase, other: Match | Phrase) -> bool:
    return some.first < other.last and other.first < some.last


def _after(reading: Reading, sentence: Sentence) -> Sequence[Sentence]:
    return [s for s in reading.sentences if s.first >= sentence.last]


def _is_let_after_all(reading: Reading, sentence: Sentence) -> bool:
    """Return whether a turn denies and then lets something be used, after a sentence: "Sit on that. No, it went out. Use it."."""
    denied = False
    for later in _after(reading, sentence):
        denied = denied or reading.norms[later.first] in lists().denial
        released = reading.find(lexicon("release"), later)
        if denied and any(lists().denial.isdisjoint(reading.norms[later.first : m.first]) for m in released):
            return True
    return False


def _is_unsure(reading: Reading, sentence: Sentence, match: Match) -> bool:
    """Return whether words that may only call something unsure stand beside a doubt: "I think so, but don't quote me".

    The doubt is in their sentence, or in those around it where it tells nothing before them.
    """
    if not match.label.endswith(".unsure"):
        return False
    beside = [s for s in reading.sentences if s.first <= sentence.last and sentence.first <= s.last]
    told = [sentence] if substance(reading, sentence.first, match.first) >= SUBSTANCE else beside
    cues = (c for s in told for c in reading.cues if s.first <= c.first < s.last and c.label in _DOUBTS)
    return any(c.last <= match.first or match.last <= c.first for c in cues)


def agrees_on_condition(reading: Reading, sentence: Sentence) -> bool:
    """Return whether a sentence says yes and what that depends on: "sure, but run it by me before"."""
    return reading.norms[sentence.first] in lists().agreeing and bool(reading.find(lexicon("condition"), sentence))


def tells_only(reading: Reading, sentence: Sentence) -> bool:
    """Return whether a sentence with words of a request bars nothing.

    It tells what its speaker won't say yet, or how data are kept, or it asks that something be printed.
    """
    return (
        bool(reading.find(lexicon("unasked"), sentence))
        or _asks_for_print(reading, sentence)
        or _asks_for_facts(reading, sentence)
        or _tells_of_limits(reading, sentence)
        or _tells_of_data(reading, sentence)
        or _corrects_wording(reading, sentence)
        or _corrects_number(reading, sentence)
        or _corrects_scope(reading, sentence)
        or _tells_a_tale(reading, sentence)
        or _is_of_camera(reading, sentence)
    )


def _asks_for_print(reading: Reading, sentence: Sentence) -> bool:
    """Return whether a sentence ends with an order to print what was said, on no condition: "if you write only one thing, write that"."""
    found = next((m for m in reading.find(lexicon("wanted"), sentence) if m.last == sentence.last), None)
    if found is None or not FORMS["order"](reading, sentence, found) or reading.find(lexicon("except", "instead"), sentence):
        return False
    lead = reading.norms[sentence.first : found.first]
    offers = lead[:2] == ("if", "you") and any(classes().get(norm) == "PUB" for norm in lead)
    limits = lists().waits | lists().hedging | lists().replacing
    return not any(denies(norm) for norm in lead) and (offers or limits.isdisjoint(lead))


def _asks_for_facts(reading: Reading, sentence: Sentence) -> bool:
    """Return whether a sentence asks how or what something is: "how hard is it not to use it?", not "how about leaving it out?"."""
    first, second = (*reading.norms[sentence.first : sentence.first + 2], "", "")[:2]
    offers = second in {"about", "if", "do", "say"}
    told = second.partition("'")[0] in words_of("statements.subjects")  # "what I'm saying now stays here, okay?"
    return first in lists().which and not offers and not told and reading.asks(sentence)


def _tells_of_limits(reading: Reading, sentence: Sentence) -> bool:
    """Return whether a sentence says what a product cannot do, in answer to what is bad about it: "you can't put names in the map"."""
    asked = reading.asked
    if asked is None or not any(m.first == sentence.first for m in reading.find(lexicon("limit"), sentence)):
        return False
    words = reading.words_in(sentence)
    return bool(asked.find(lexicon("fault"))) and ({"that", "this"} | lists().media).isdisjoint(words)


def _tells_of_data(reading: Reading, sentence: Sentence) -> bool:
    """Return whether a sentence calls confidential what a system or a form holds, and asks nothing of anybody."""
    words = reading.words_in(sentence)
    beside = (s for s in reading.sentences if s.last == sentence.first or s.first == sentence.last)
    near = {*words, *(norm for s in beside for norm in reading.words_in(s))}
    asking = {"please"} | lists().counting | lists().topical
    asks = not asking.isdisjoint(words) or not _ASKING.isdisjoint(map(classes().get, words))
    return not lists().secret.isdisjoint(words) and not lists().data.isdisjoint(near) and not asks


def _corrects_wording(reading: Reading, sentence: Sentence) -> bool:
    """Return whether a sentence turns down words of the turn before: "no, don't write half"."""
    if reading.last is None:
        return False
    for match in (m for m in reading.find(lexicon("wording"), sentence) if _denies(reading, m.first)):
        offered = {*reading.last.norms, *reading.norms[: min(DENYING, match.first)]}
        end = next((i for i in range(match.last, sentence.last) if is_parted(reading, i)), sentence.last)
        words = [norm for norm in reading.norms[match.last : end] if norm not in function_words() | lists().filler]
        part = reading.norms[match.last : match.last + 1]
        if match.label == "wording.word" or (words and lists().mine_or_theirs.isdisjoint(part) and offered.issuperset(words)):
            return True
    return False


def _corrects_number(reading: Reading, sentence: Sentence) -> bool:
    """Return whether a sentence drops a number that its turn has just corrected: "it's sixteen, not twenty-one. Forget my twenty-one"."""
    dropped = {q.low for q in reading.quantities_in(sentence)}
    earlier = (q for q in reading.quantities if q.start < sentence.start and q.low in dropped)
    return bool(dropped) and dropped <= {q.low for q in earlier if _follows_not(reading, q.start)}


def _corrects_scope(reading: Reading, sentence: Sentence) -> bool:
    """Return whether a sentence says of how many something holds, to a question whether of all: "No, just the ones that ran late."."""
    asked, words = reading.asked, reading.words_in(sentence)
    if asked is None or words[0] not in lists().denial or lists().partly.isdisjoint(words):
        return False
    of_all = any(asked.asks(s) and not lists().each.isdisjoint(asked.words_in(s)) for s in asked.sentences)
    return of_all and _ASKING.isdisjoint(map(classes().get, words))


def _is_of_camera(reading: Reading, sentence: Sentence) -> bool:
    """Return whether a sentence says how the call may be recorded: "yes, but no video, please"."""
    return not words_of("consent.lists.cameras").isdisjoint(reading.words_in(sentence)) and answer(reading) is not None


def _tells_a_tale(reading: Reading, sentence: Sentence) -> bool:
    """Return whether a sentence only asks in words that it reports: "I told him, don't put that in the contract, and he did"."""
    told = [n for first, last in reported(reading, sentence) for n in range(first, last)]
    rest = (reading.norms[n] for n in range(sentence.first, sentence.last) if n not in told)
    return bool(told) and _BIDDING.isdisjoint(map(classes().get, rest))


def _follows_not(reading: Reading, start: int) -> bool:
    """Return whether "not" is the word before a place in a turn's text."""
    return norm_before(reading.turn.text, start) == "not"


def _denies(reading: Reading, end: int) -> bool:
    """Return whether a turn starts with a denial before a place, a negated verb among it, or calls words too strong."""
    first = reading.norms[: min(DENYING, end)]
    return not lists().denial.isdisjoint(first) or "too" in first or any(norm.endswith("n't") for norm in first)


def _asks_freely(reading: Reading, n: int) -> bool:
    """Return whether a customer's sentence asks for discretion in words that are not listed."""
    sentence = reading.sentences[n]
    if any(m.label == "switch.off" or is_told(reading, sentence, m) for m in _matches(reading, sentence)):
        return False
    if not reading.is_customer or diluted(asks(reading, sentence), reading) < threshold("surely"):
        return False
    if _is_taken_back(reading, sentence, Match("indirect", sentence.first, sentence.last)) or tells_only(reading, sentence):
        return False
    return not any(m.label == "affirm.again" for at in reading.sentences[n : n + 2] for m in affirmed(reading, at))


def _is_put_to_writer(reading: Reading, sentence: Sentence) -> bool:
    """Return whether a sentence asks politely, or names what is written: "kindly make it around 1,300", "this isn't for the article"."""
    return not lists().entreating.isdisjoint(reading.words_in(sentence))


def _reach(reading: Reading, sentence: Sentence, match: Match, reach: Reach) -> Reach:
    """Return where the barred words are: "this" looks ahead, "that" looks back."""
    lead = reading.norms[max(sentence.first, match.first - 3) : match.first + 1]
    if reach in {"amount", "topic", "mine"}:
        return reach
    if "this" in lead or announces(reading, sentence) or _opens_on_this(reading, sentence, match):
        return "ahead"
    return "back" if reach != "indirect" and ("that" in lead or "that's" in lead) else reach


def withdraws_from(reading: Reading) -> int | None:
    """Return the last turn of a turn's speaker if that asked for discretion: to take back what one said is to give leave then."""
    own = next((r for r in reversed(reading.before) if r.turn.speaker == reading.turn.speaker), None)
    return own.turn.turn if own is not None and phrases_of(own) else None


def _opens_on_this(reading: Reading, sentence: Sentence, match: Match) -> bool:
    """Return whether a turn opens with "not for your article, this" and goes on: what is meant is still to come."""
    goes_on = sentence.first == 0 and _goes_on(reading, sentence)
    return goes_on and "this" in reading.norms[match.last : sentence.last]


def _goes_on(reading: Reading, sentence: Sentence) -> bool:
    """Return whether a turn tells something after a sentence."""
    return substance(reading, sentence.last, len(reading.tokens)) >= SUBSTANCE


def announces(reading: Reading, sentence: Sentence) -> bool:
    """Return whether a sentence opens with words for what it, or the next one, is about to tell: "I'll tell you one thing".

    Whom one will tell is no such thing: "I'll have to tell my wife".
    """
    others = reading.find(lexicon("consult"), sentence)
    found = (m for m in reading.find(lexicon("announce"), sentence) if m.first < sentence.first + OPENING)
    return any(not any(m.first < other.last and other.first < m.last for other in others) for m in found)


def _is_taken_back(reading: Reading, sentence: Sentence, match: Match) -> bool:
    """Return whether the speaker changes their mind after a phrase in a sentence: "don't put that in. No, you can put it in."."""
    if any(m.label == "affirm.again" and m.first == s.first for s in _after(reading, sentence)[:1] for m in affirmed(reading, s)):
        return True
    meant = reading.norms[max(sentence.first, match.first - 2) : match.last + 1]
    lets = (m for m in reading.find(lexicon("release.end")) if m.first >= match.last and _lets(reading, m))
    return any(_is_of_same(meant, reading.words_in(m)) or (m.last <= sentence.last and match.label.startswith("ahead")) for m in lets)


def _lets(reading: Reading, match: Match) -> bool:
    """Return whether words that let something be used end their clause, and are an order or what the other side may do.

    "It took weeks to put that in" and "ask them whether you can print it" let nothing be used.
    """
    sentence = reading.sentence_with(match.first)
    if not (match.last >= len(reading.tokens) or is_parted(reading, match.last)):
        return False
    if match.first == sentence.first or is_parted(reading, match.first):
        return True
    lead = reading.norms[max(sentence.first, match.first - 2) : match.first]
    if reading.norms[match.first] == "you" or (lead[:1] == ("you",) and classes().get(lead[-1]) == "MAY"):
        return (lists().denial | words_of("statements.supposing")).isdisjoint(lead[-1:])
    return is_bidding(reading, sentence, match)


def _is_of_same(some: Sequence[str], others: Sequence[str]) -> bool:
    """Return whether words speak of a person where others do, or of a thing."""
    return any(not group.isdisjoint(some) and not group.isdisjoint(others) for group in (_PEOPLE, _THINGS))


def affirmed(reading: Reading, sentence: Sentence) -> list[Match]:
    """Return where a sentence says that something may be used after all."""
    return reading.find(lexicon("affirm"), sentence)
