"""When a phrase is meant as a boundary in its sentence: as an order or a request, at the end of its clause, not in a report."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from ...lexicon import Match, denies, function_words
from ...reading import Reading
from ...text import Sentence
from .names import inside
from .words import lists

__all__ = ["FORMS", "closes", "is_bidding", "is_parted", "is_told", "reported"]

PLACE = 4
"""Words after "out" that tell of what: "of the cold store"."""
STORY = 2
"""Words before what binds it that name the story itself."""
TELLER = 3
"""Most words for who tells something: "the old foreman"."""
ADDRESSED = 5
"""Most words from "told" to what was told, which is to whom: "told the night shift, ..."."""
_PARTING = ",;:\u2014\u2013-.\u2026()?!"


def _is_request(reading: Reading, sentence: Sentence, match: Match) -> bool:
    return _is_order(reading, sentence, match.first) and closes(reading, match.last)


def _is_of_topic(reading: Reading, sentence: Sentence, match: Match) -> bool:
    """Return whether nothing is to be said of a subject: "nothing about wages", but not "I know nothing about wages"."""
    lead = reading.norms[max(sentence.first, match.first - 2) : match.first]
    tells = not (lists().verb - lists().copula).isdisjoint(lead[-1:]) and lead[0] != "you"
    return not tells and _is_request(reading, sentence, match)


def _is_pointed(reading: Reading, sentence: Sentence, match: Match) -> bool:
    return not lists().named.isdisjoint(reading.norms[max(sentence.first, match.first - 8) : match.first])


def _is_bare(reading: Reading, sentence: Sentence, match: Match) -> bool:
    after = reading.norms[match.last : min(match.last + 1, sentence.last)]
    qualified = not lists().subject.isdisjoint(after)  # "not the name I wanted"
    return not qualified and closes(reading, match.last) and _leads_in(reading.norms[sentence.first : match.first])


def _is_proper(reading: Reading, sentence: Sentence, match: Match) -> bool:
    return _is_order(reading, sentence, match.first) and bool(inside(reading, match.first + 1, match.last))


def _is_kept(reading: Reading, sentence: Sentence, match: Match) -> bool:
    """Return whether what is not to go in is only pointed at, and nothing more is said of where: "and that don't go in"."""
    first = next((i for i in range(match.first, sentence.first, -1) if is_parted(reading, i)), sentence.first)
    lead = {*reading.norms[first : match.first], reading.norms[match.first]} & (lists().points | {"that's"})
    said = lists().kept | lists().points | lists().filler | lists().denial | {"isn't"}
    named = reading.norms[match.last - 1] in lists().media
    return bool(lead) and said.issuperset(reading.norms[first : match.first]) and (named or _ends(reading, match) or _begs(reading, match))


def _begs(reading: Reading, match: Match) -> bool:
    """Return whether a phrase goes on with what a request ends with."""
    return reading.tokens[match.last].norm in {"please", "mind", "either", "because", "cause", "though", "right", "okay"}


def _is_of_amount(reading: Reading, sentence: Sentence, match: Match) -> bool:
    """Return whether somebody else is to drop an amount: not "we had to drop the forty", nor "drop the forty percent rule"."""
    lead = reading.norms[sentence.first : match.first]
    if _counts_on(reading, match):
        return False
    return _is_order(reading, sentence, match.first) or not {"you", "you'll", "you'd", "let's", "please", "could", "can"}.isdisjoint(lead)


def _counts_on(reading: Reading, match: Match) -> bool:
    """Return whether a phrase ends in a number that belongs to a noun after it: "don't use the forty ton press"."""
    at = reading.tokens[match.last - 1].start
    end = next((q.end for q in reading.quantities if q.start <= at < q.end), None)
    after = next((i for i, t in enumerate(reading.tokens) if end is not None and t.start >= end), len(reading.tokens))
    if after == len(reading.tokens) or is_parted(reading, after):
        return False
    return reading.norms[after] not in function_words() | lists().counting | lists().after


def _ends(reading: Reading, match: Match) -> bool:
    return match.last >= len(reading.tokens) or is_parted(reading, match.last)


def _goes_on_with(reading: Reading, match: Match, words: Collection[str]) -> bool:
    """Return whether one of some words follows a phrase, without punctuation between them."""
    return match.last < len(reading.tokens) and reading.tokens[match.last].norm in words and not is_parted(reading, match.last)


def _is_addressed(reading: Reading, sentence: Sentence, match: Match) -> bool:
    return match.first == sentence.first and reading.turn.text[reading.tokens[match.last - 1].end :].startswith(",")


def _leads_in(norms: Iterable[str]) -> bool:
    """Return whether the words before a phrase say nothing, not even that something is so."""
    return (lists().filler | lists().denial) - lists().copula >= set(norms)


def _is_order(reading: Reading, sentence: Sentence, first: int) -> bool:
    """Return whether the verb at token `first` has no subject."""
    words = lists()
    if first > sentence.first and reading.tokens[first].norm == "not":
        first -= 1
        if reading.norms[max(sentence.first, first - 1) : first + 1] == ("please", "to"):
            return True
        if reading.tokens[first].norm not in {"do", "please", "best", "better", "maybe", "perhaps", "probably"}:
            return False
    before = reading.tokens[first - 1].norm if first > sentence.first else ""
    if before == "to":
        return not words.bidding.isdisjoint(reading.norms[max(sentence.first, first - 4) : first - 1])
    return not before or (before not in words.subject and (before in words.filler or is_parted(reading, first)))


def is_bidding(reading: Reading, sentence: Sentence, match: Match) -> bool:
    """Return whether a switch is requested, not reported: "can we stop the tape", "turn it off", but not "they stopped recording"."""
    return reading.asks(sentence) or _is_order(reading, sentence, match.first) or reading.tokens[match.first].norm in lists().asking


def _wonders(reading: Reading, sentence: Sentence) -> bool:
    """Return whether a sentence asks what the speaker may do."""
    asks = reading.turn.text[sentence.start : sentence.end].rstrip("\"”'").endswith("?")
    return asks and "i" in reading.words_in(sentence)


def is_parted(reading: Reading, i: int) -> bool:
    """Return whether there is punctuation before token i."""
    gap = reading.turn.text[reading.tokens[i - 1].end : reading.tokens[i].start]
    return any(c in _PARTING for c in gap)


def closes(reading: Reading, last: int) -> bool:
    """Return whether the clause ends before token `last`, or continues with the thing written ("in the article")."""
    if last >= len(reading.tokens) or reading.tokens[last].norm in lists().after:
        return True
    if any(t.norm in lists().media for t in reading.tokens[last : last + 3]):
        return True
    return is_parted(reading, last)


def _speaks_of_this(reading: Reading, sentence: Sentence, match: Match) -> bool:
    """Return whether the phrase is about "this", "that", a name, a number, or nothing at all."""
    if match.first <= sentence.first + 1:
        return True
    return any(t.norm in lists().pointing for t in reading.tokens[max(sentence.first, match.first - 5) : match.first + 1])


def _is_echoed(reading: Reading, sentence: Sentence, match: Match) -> bool:
    """Return whether an order names what the turn has just told: "the contract is twenty-five, but don't say the contract"."""
    return _is_order(reading, sentence, match.first) and reading.norms[match.last - 1] in reading.norms[: match.first]


def _is_vaguer(reading: Reading, sentence: Sentence, match: Match) -> bool:
    """Return whether an order closes a sentence with other words for the number before it: "it's forty, but say it's a lot"."""
    start = reading.tokens[match.first].start
    numbered = any(q.start < start for q in reading.quantities)
    after = range(match.last, sentence.last)
    lead = reading.norms[max(sentence.first, match.first - 2) : match.first]
    replaces = not lists().replacing.isdisjoint(lead) or match.first == sentence.first
    return numbered and replaces and _is_order(reading, sentence, match.first) and not any(is_parted(reading, i) for i in after)


def _is_omitted(reading: Reading, sentence: Sentence, match: Match) -> bool:
    """Return whether a relative clause closes a sentence: "a merger, which I've not mentioned", but not "one thing I haven't said"."""
    before = reading.norms[match.first - 1] if match.first > sentence.first else "that"
    return match.last >= sentence.last and before not in lists().pointing | {"something"}


def _is_of_use(reading: Reading, match: Match) -> bool:
    """Return whether a wish that ends its clause is about what was said, not an answer about recording the call."""
    asked = next((r.norms for r in reversed(reading.before) if not r.is_customer), ())
    return _ends(reading, match) and lists().recording.isdisjoint(asked)


def _is_bound(reading: Reading, match: Match) -> bool:
    """Return whether the clause ends after what binds somebody, or says with whom: "under NDA there", but not "an NDA with every firm".

    When the story may come out is no secret: "the article is under embargo until May" (copilot/drafts/conditions.py).
    """
    goes_on, first = reading.norms[match.last : match.last + 2], max(0, match.first - STORY)
    if not lists().media.isdisjoint(reading.norms[first : match.first]):
        return False
    return closes(reading, match.last) or (not lists().binding.isdisjoint(goes_on[:1]) and lists().each.isdisjoint(goes_on))


def _opens_clause(reading: Reading, sentence: Sentence, match: Match) -> bool:
    return match.first == sentence.first or is_parted(reading, match.first)


def _is_dreaded(reading: Reading, sentence: Sentence, match: Match) -> bool:
    """Return whether a sentence says what its speaker has to fear if something became known: "if that got out I'd be toast"."""
    words = set(reading.words_in(sentence))
    return not lists().dread.isdisjoint(words) and not lists().mine.isdisjoint(words)


FORMS: Mapping[str, Callable[[Reading, Sentence, Match], bool]] = {
    "order": lambda reading, sentence, match: _is_order(reading, sentence, match.first) and not _wonders(reading, sentence),
    "request": _is_request,
    "named": _is_of_topic,
    "unsure": lambda reading, sentence, match: True,
    "pointed": _is_pointed,
    "close": lambda reading, sentence, match: closes(reading, match.last),
    "bare": _is_bare,
    "kept": _is_kept,
    "none": lambda reading, sentence, match: closes(reading, match.last),
    "amount": _is_of_amount,
    "last": lambda reading, sentence, match: _ends(reading, match) or _begs(reading, match),
    "proper": _is_proper,
    "private": lambda reading, sentence, match: closes(reading, match.last) and _speaks_of_this(reading, sentence, match),
    "bound": lambda reading, sentence, match: _is_bound(reading, match),
    "apart": lambda reading, sentence, match: _opens_clause(reading, sentence, match) and _is_bound(reading, match),
    "aside": lambda reading, sentence, match: match.first > 0 and _opens_clause(reading, sentence, match) and _ends(reading, match),
    "subject": _speaks_of_this,
    "dreaded": _is_dreaded,
    "echoed": _is_echoed,
    "vaguer": _is_vaguer,
    "omitted": _is_omitted,
    "unused": lambda reading, sentence, match: _is_of_use(reading, match),
    "end": lambda reading, sentence, match: _ends(reading, match),
    "us": lambda reading, sentence, match: not _goes_on_with(reading, match, {"and"}),
    "record": lambda reading, sentence, match: not _goes_on_with(reading, match, lists().records),
    "comma": _is_addressed,
    "plain": lambda reading, sentence, match: True,
}
"""When a phrase holds in its sentence, by the form that its label names: "order" of "back.order"."""


def is_told(reading: Reading, sentence: Sentence, match: Match) -> bool:
    """Return whether a phrase reports what somebody said, or tells of a thing and its place."""
    if _is_out_of_place(reading, match) or _is_told_to_others(reading, sentence, match):
        return True
    if any(first < match.first < last for first, last in reported(reading, sentence)):
        return True
    before = reading.turn.text[sentence.start : reading.tokens[match.first].start]
    if before.count('"') % 2 or before.rfind("\u201c") > before.rfind("\u201d"):
        return True
    return any(_reports(reading, sentence, n) for n in range(max(sentence.first, match.first - 2), match.first))


def reported(reading: Reading, sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Yield the parts of a sentence that report what somebody said, from its verb to the end of the clause: "they said keep it quiet".

    What somebody was told to do is a tale where the sentence goes on after it; else it may bind the speaker still.
    """
    for n in range(sentence.first + 1, sentence.last - 1):
        if reading.norms[n] not in lists().reporting or not _has_teller(reading, sentence, n):
            continue
        said = reading.norms[n] == "said"
        if reading.norms[n - 1] != "i" if said else reading.norms[n + 1] in lists().told_to | lists().side:
            end = _end(reading, sentence, n + 1)
            end = _end(reading, sentence, end + 1) if end - n <= ADDRESSED and end < sentence.last else end
            if end < sentence.last or "to" not in reading.norms[n + 1 : n + ADDRESSED]:
                yield n, end


def _has_teller(reading: Reading, sentence: Sentence, n: int) -> bool:
    """Return whether the clause up to a verb of telling is no more than who tells: "and they", "the bank", but not "what she just"."""
    first = next((i for i in range(n - 1, sentence.first, -1) if is_parted(reading, i)), sentence.first)
    who = [norm for norm in reading.norms[first:n] if norm not in lists().linking]
    plain = lists().verb.isdisjoint(who) and not any(denies(norm) for norm in who)
    return 0 < len(who) <= TELLER and plain and who[0] in lists().tellers


def _end(reading: Reading, sentence: Sentence, at: int) -> int:
    """Return the token of a sentence, from one on, before which a mark stands."""
    return next((i for i in range(at, sentence.last) if is_parted(reading, i)), sentence.last)


def _is_out_of_place(reading: Reading, match: Match) -> bool:
    """Return whether a thing is taken out of a place, and not words out of a text: "take them out of the cold store"."""
    if reading.norms[match.last - 1] != "out" or not _goes_on_with(reading, match, {"of"}):
        return False
    place = reading.norms[match.last + 1 : match.last + PLACE]
    return bool(place) and (lists().media | lists().written).isdisjoint(place)


def _is_told_to_others(reading: Reading, sentence: Sentence, match: Match) -> bool:
    """Return whether a phrase is what the speaker said to others: "we told the drivers, don't print that"."""
    if match.first == sentence.first or not is_parted(reading, match.first):
        return False
    return any(
        reading.norms[n] in lists().telling and reading.norms[n + 1] in lists().told_to and "you" not in reading.norms[n : match.first]
        for n in range(max(sentence.first, match.first - ADDRESSED), match.first - 1)
    )


def _reports(reading: Reading, sentence: Sentence, n: int) -> bool:
    """Return whether token n of a sentence tells what others said: not "I say", nor "you can say"."""
    before = reading.norms[max(sentence.first, n - 2) : n]
    allowed = before[-1:] == ("i",) or (before[:1] == ("you",) and before[-1] in lists().may)
    return reading.norms[n] in lists().telling and not allowed
