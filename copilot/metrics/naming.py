"""Name what a number measures: the nearest suitable noun phrase of the customer's words or of the question, else nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import takewhile

from ..lexicon import Lexicon, denies, number_words, table_of, words_of
from ..mentions import Mention, currencies, family_of, find_mentions, shared_out
from ..quantities import plural, singular
from ..quantities.units import TIMES, UNITLESS, is_plural
from ..quantities.words import lists
from ..reading import Reading
from ..text import Sentence, Token

__all__ = ["is_measure", "is_plain", "is_verb", "name_measure", "of_phrase", "phrase_at", "plain_name", "resumes"]

_LONGEST = 6  # most words of a noun phrase, small ones included
_TASK = 8  # most words of a task: "to get an email out of the door"
_ANSWERING = 40  # most words of an answer before the sentence with the number that the question asks for
_FRAGMENT = 7  # most words of a question that is not a sentence: "And the redeliveries?"
_ABSTRACT = UNITLESS | {"item"}


def plain_name(unit: str) -> str:
    """Return a plain noun for the unit of a number that no phrase names: "time", "money", "people", "forms"."""
    return table_of("naming.plain").get(family_of(unit) or unit) or plural(unit)


def is_plain(name: str) -> bool:
    """Return whether a name is only a plain noun for a kind of unit: "time", "money"."""
    return name in table_of("naming.plain").values()


def resumes(reading: Reading, mention: Mention) -> bool:
    """Return whether a number is about what was named just before: "It was fourteen minutes and it's forty-eight seconds"."""
    first = max(mention.sentence.first, mention.first)
    return mention.at == first or reading.tokens[first].norm in words_of("naming.resuming")


def name_measure(reading: Reading, mention: Mention) -> str:
    """Return a noun phrase for what a mention measures, "" if none is found."""
    change = mention.quantity.change if mention.baseline is None else None
    thing = next((name for name in _names(reading, mention) if name), "")
    if fate := _fate(reading, mention, thing):
        thing = f"{_head_of(thing)} {fate}"
    if change is None or not thing:
        return thing
    return f"{'fall' if change == 'down' else 'rise'} in {thing}"


def _fate(reading: Reading, mention: Mention, thing: str) -> str:
    """Return what the verb of failing right before a number of things says of them, else "": "lost" of "we lose twelve customers".

    The things and words of more or less may stand between: "we lose fewer orders, maybe four".
    """
    if not thing or mention.unit is None or is_measure(mention.unit):
        return ""
    small = words_of("naming.fillers") | words_of("naming.determiners") | words_of("naming.changes")
    at = mention.at - 1
    while at > mention.sentence.first and (reading.norms[at] in small or reading.norms[at] in thing.lower().split()):
        at -= 1
    denied = any(map(denies, reading.norms[mention.sentence.first : at]))
    return _failing(reading.norms[at]) if at >= mention.sentence.first and _is_close(reading, at + 1) and not denied else ""


def _head_of(phrase: str) -> str:
    """Return a noun phrase up to its first small word other than "of": "boxes of samples", "mandates" of "mandates to bigger firms"."""
    small = words_of("naming.links") - {"of"}
    return " ".join(takewhile(lambda word: word not in small, phrase.split()))


def _failing(norm: str) -> str:
    return next((told for told, forms in table_of("naming.failing").items() if norm in forms.split()), "")


def phrase_at(reading: Reading, first: int, last: int) -> str:
    """Return the noun phrase that begins some words, after an "of", as a writer would print it, "" if none does.

    "Urgent ones" has no noun.
    """
    first += reading.norms[first : first + 1] == ("of",)
    end = _forward(reading, first, last)
    pronoun = end < last and reading.norms[end] in words_of("naming.empty_heads") and _is_close(reading, end)
    return "" if pronoun else _printed(reading, first, _tail(reading, end, last))


def of_phrase(unit: str, phrase: str) -> str:
    """Return what a number of a unit measures that is told of a phrase: "share of booked appointments" for percent."""
    return _prefix(unit, "of") + phrase


def _names(reading: Reading, mention: Mention) -> Iterator[str]:
    """Yield the candidates, most specific first; each may be ""."""
    yield _counted(reading, mention)
    if is_measure(mention.unit or "") and mention.quantity.start in shared_out(reading):
        yield _shared_out(reading, mention)
        return
    yield _after(reading, mention)
    yield _subject(reading, mention)
    yield _asked(reading, mention)
    yield _headline(reading, mention)
    yield _earlier(reading, mention)
    counted = (mention.unit or "").split("/")[0]
    if counted and not is_measure(counted) and plural(counted) not in words_of("naming.empty_heads"):
        yield plural(counted)


def _counted(reading: Reading, mention: Mention) -> str:
    """Return the counted noun with its modifiers: "live accounts for people", "urgent samples"."""
    tokens = reading.tokens
    nouns = [n for n in range(mention.at, mention.after) if _is_counted(tokens[n].norm)]
    if not nouns or not _is_counted_noun(mention, tokens[nouns[-1]].norm):
        return ""
    first = nouns[-1]
    while first > mention.at and _is_content(tokens[first - 1]) and not _is_numeric(tokens[first - 1]) and _is_close(reading, first):
        first -= 1
    last = _tail(reading, nouns[-1] + 1, mention.sentence.last)
    return _printed(reading, first, last, counted=True) or _printed(reading, first, nouns[-1] + 1, counted=True)


def _is_counted(norm: str) -> bool:
    """Return whether a word after a number or "how many" is a plural noun, though elsewhere it may be a verb: "runs"."""
    return is_plural(norm, lists()) or norm in lists().runs


def _is_person(noun: str) -> bool:
    """Return whether a noun is of one person, whom a number beside it does not measure: "a girl from IT two days a week"."""
    return plural(noun) != noun and plural(noun) in lists().persons


def _is_counted_noun(mention: Mention, noun: str) -> bool:
    """Return whether a noun within a number is what it counts, not a measure or currency."""
    unit = mention.quantity.unit
    if unit == "person":
        return True
    return unit is not None and not is_measure(unit) and singular(noun) == unit


def is_measure(unit: str) -> bool:
    """Return whether a unit is a measure rather than something counted: hours, euros, percent, metres."""
    return unit in TIMES or unit in currencies() or unit in _ABSTRACT or unit in lists().units.values()


def _after(reading: Reading, mention: Mention) -> str:
    """Return what follows the number: "of chemistry results", "on invoices", "from report to a live call", "fewer remakes"."""
    tokens, at, stop = reading.tokens, mention.after, mention.sentence.last
    if at >= stop or not _is_close(reading, at):
        return ""
    norm = tokens[at].norm
    if norm in words_of("naming.changes"):
        at += 1 + (at + 1 < stop and tokens[at + 1].norm in {"in", "of"})
        return _printed(reading, at, _forward(reading, at, stop)) if mention.quantity.change else ""
    if norm == "on" and at + 1 < stop and tokens[at + 1].norm == "time" and mention.unit == "percent":
        return "on-time rate"
    if norm == "to" and mention.unit in TIMES:
        return _task(reading, at, stop)
    if norm not in _joining(mention):
        return ""
    phrase = _printed(reading, at + 1, _tail(reading, _forward(reading, at + 1, stop), stop))
    prefix = _prefix(mention.unit or "", norm)
    return prefix + phrase if phrase else ""


def _shared_out(reading: Reading, mention: Mention) -> str:
    """Return what a number of a list is shared out to: "price" of "forty percent on function, thirty on price, thirty on speed"."""
    _, at = shared_out(reading)[mention.quantity.start]
    stop = mention.sentence.last
    phrase = _printed(reading, at + 1, _tail(reading, _forward(reading, at + 1, stop), stop))
    return _prefix(mention.unit or "", reading.norms[at]) + phrase if phrase else ""


def _joining(mention: Mention) -> frozenset[str]:
    """Return the small words after a number that lead to what it measures."""
    if mention.unit in TIMES:
        return frozenset({"of", "on", "from", "between"})
    return frozenset({"of", "on", "for"}) if mention.unit in currencies() else frozenset({"of"})


def _task(reading: Reading, at: int, stop: int) -> str:
    """Return what takes the time: "time to get an email out of the door", "time to a first appointment"."""
    tokens, last = reading.tokens, at + 1
    while last < stop and last - at <= _TASK and tokens[last].norm not in words_of("naming.task_ends") and _is_close(reading, last):
        last += 1
    ended = last == stop or tokens[last].norm not in words_of("naming.pronouns")
    if not ended or last - at < 3 or not _is_head(reading, last - 1) or any(_is_numeric(t) for t in tokens[at:last]):
        return ""
    return f"time {reading.turn.text[tokens[at].start : tokens[last - 1].end]}"


def _prefix(unit: str, norm: str) -> str:
    if unit == "percent" and norm == "of":
        return "share of "
    return f"time {norm} " if unit in TIMES and norm != "of" else ""


def _subject(reading: Reading, mention: Mention) -> str:
    """Return the subject of the number's clause, of a pair that of the first: "Fill's gone from", "the ADR,", "a claim takes"."""
    tokens, at = reading.tokens, mention.at
    first = reading.sentence_with(at).first
    while at > first and (tokens[at - 1].norm in words_of("naming.fillers") or _is_adverb(tokens[at - 1])):
        at -= 1
    stop = at
    while at > first and (_measures(reading, at - 1, first) or _is_adverb(tokens[at - 1])):
        at -= 1
    contracted = at > first and tokens[at - 1].norm.endswith(("'s", "'re", "'ve"))
    reached = set(reading.norms[at : mention.at]) & {"by", "from", "at", "to"}
    if at == stop and not contracted and not reached and (at == first or _is_close(reading, at)):
        return ""
    start = _backward(reading, at, first)
    phrase = _printed(reading, start, at)
    took = next((t for t in tokens[at:stop] if t.norm in words_of("naming.taking")), None)
    if took is None or mention.unit not in TIMES or not phrase:
        beside = at == stop and mention.unit not in currencies()
        return "" if phrase and beside and _is_person(reading.norms[_head(reading, start, at)]) else phrase
    return f"time {reading.turn.text[tokens[start].start : tokens[at - 1].end].lower()} {took.norm}"


def _measures(reading: Reading, at: int, first: int) -> bool:
    """Return whether a token is a verb of being or measuring, or the "to" of "used to be"."""
    return reading.norms[at] in words_of("naming.measuring") or reading.norms[max(first, at - 1) : at + 2] == ("used", "to", "be")


def _asked(reading: Reading, mention: Mention) -> str:
    """Return the noun phrase whose number the question asks for, if this number is the first to answer it and soon, else ""."""
    if (mention.sentence.first > 0 and mention.start > reading.quantities[0].start) or mention.sentence.first > _ANSWERING:
        return ""
    asked = [b for b in reading.before[-4:] if not b.is_customer and b.turn.text in reading.question]
    for before in reversed(asked):
        for sentence in reversed(before.sentences):
            phrase = _phrase_asked(before, sentence, counted=mention.quantity.unit == "person")
            if phrase:
                return phrase
    return ""


def _phrase_asked(reading: Reading, sentence: Sentence, *, counted: bool) -> str:
    """Return the noun phrase after "how many", "what is" or the like, or that of a question without a verb.

    What is told as a count of people answers "how many" alone: "what are your biggest challenges?" names no people.
    """
    tokens = reading.tokens
    for match in reversed(reading.find(Lexicon.at("naming.asks"), sentence)):
        many = match.last == match.first + 2 and tokens[match.first + 1].norm in {"many", "much"}
        if counted and not many:
            continue
        last = _forward(reading, match.last, sentence.last)
        if many and last < sentence.last and tokens[last].norm in lists().runs and _is_close(reading, last):
            last += 1
        phrase = _printed(reading, match.last, _tail(reading, last, sentence.last), counted=many)
        if phrase:
            return phrase
    if counted or sentence.last - sentence.first > _FRAGMENT or not reading.asks(sentence):
        return ""
    first = sentence.first
    while first < sentence.last and tokens[first].norm in words_of("naming.openers"):
        first += 1
    last = _forward(reading, first, sentence.last)
    return _printed(reading, first, last)


def _headline(reading: Reading, mention: Mention) -> str:
    """Return the fragment that introduces a number: "Leavers. Nineteen drivers ...", "The Monday meeting. ..."."""
    tokens, sentence = reading.tokens, mention.sentence
    if mention.at > sentence.first and tokens[sentence.first].norm not in words_of("naming.resuming"):
        return ""
    at = next((n for n, s in enumerate(reading.sentences) if s.first == sentence.first), 0)
    return next((name for s in reversed(reading.sentences[max(0, at - 3) : at]) if (name := _fragment(reading, s))), "")


def _fragment(reading: Reading, sentence: Sentence) -> str:
    """Return a sentence that is only a noun phrase, with an article or in the plural, else ""."""
    first, last = sentence.first, _tail(reading, _forward(reading, sentence.first, sentence.last), sentence.last)
    whole = last == sentence.last and last > first
    named = whole and (reading.tokens[first].norm in words_of("naming.determiners") or is_plural(reading.tokens[last - 1].norm, lists()))
    return _printed(reading, first, last) if named else ""


def _earlier(reading: Reading, mention: Mention) -> str:
    """Return what the value before measured, if it was said in an earlier turn: "the eleven point four? Now two point one"."""
    if mention.baseline is None or isinstance(mention.baseline.value, tuple):
        return ""
    for before in reversed(reading.before):
        if not before.is_customer or not any(float(q.high) == mention.baseline.value for q in before.quantities):
            continue
        for other in find_mentions(before):
            if float(other.quantity.high) == mention.baseline.value and other.unit == mention.unit:
                return _counted(before, other) or _after(before, other) or _subject(before, other)
    return ""


def _forward(reading: Reading, at: int, stop: int) -> int:
    """Return the token at which the noun phrase that starts at a token ends."""
    tokens, first = reading.tokens, at
    while at < stop and tokens[at].norm in words_of("naming.determiners") and (at == first or _is_close(reading, at)):
        at += 1
    at += first < at < stop - 1 and tokens[at].norm in words_of("naming.negating") and _is_close(reading, at)
    start = at
    while at < stop and at - first < _LONGEST and _is_content(tokens[at]) and (at == first or _is_close(reading, at)):
        at += 1
    return at if at > start else first


def _tail(reading: Reading, at: int, stop: int) -> int:
    """Return where a noun phrase ends that may continue across one small word: "orders | of a real day"."""
    if at >= stop or reading.tokens[at].norm not in words_of("naming.links") or not _is_close(reading, at):
        return at
    end = _forward(reading, at + 1, stop)
    return end if end > at + 1 and _is_close(reading, at + 1) and _is_head(reading, end - 1) else at


def _backward(reading: Reading, at: int, first: int) -> int:
    """Return the token at which the noun phrase that ends at a token starts, across at most one small word."""
    tokens, last = reading.tokens, at
    linked = False
    while at > first and last - at < _LONGEST and (at == last or _is_close(reading, at)):
        norm = tokens[at - 1].norm
        if norm in words_of("naming.determiners"):
            at -= 1
            if linked or at == first or tokens[at - 1].norm not in words_of("naming.links"):
                break
        elif norm in words_of("naming.links") and not linked and at < last and at - 1 > first and _is_head(reading, at - 2):
            linked, at = True, at - 1
        elif _is_content(tokens[at - 1]):
            at -= 1
        else:
            break
    denied = first < at < last and _is_close(reading, at) and tokens[at - 1].norm in words_of("naming.negating")
    return at - denied


def _is_close(reading: Reading, at: int) -> bool:
    """Return whether only a space or a hyphen lies between a token and the one before."""
    return reading.turn.text[reading.tokens[at - 1].end : reading.tokens[at].start].strip(" -\u2011\n") == ""


def _is_numeric(token: Token) -> bool:
    return token.norm[0].isdigit() or token.norm in number_words()


def _is_adverb(token: Token) -> bool:
    return token.norm.endswith("ly") and len(token.norm) > 5


@cache
def is_verb(norm: str) -> bool:
    """Return whether a word is a form of a known verb, or looks like a participle."""
    known = words_of("naming.verbs")
    if norm in known or norm in words_of("naming.irregular") or norm in words_of("naming.measuring"):
        return True
    if norm.endswith("ing") and len(norm) > 4:
        return norm not in words_of("naming.nominal_ing")
    stems = {norm.removesuffix("s"), norm.removesuffix("es"), norm.removesuffix("d"), norm.removesuffix("ed")}
    return norm.endswith(("s", "d")) and bool(stems & known)


@cache
def _is_open(norm: str) -> bool:
    """Return whether a word can stand in a noun phrase."""
    closed = words_of("naming.closed") | words_of("naming.determiners") | words_of("naming.links")
    if not closed.isdisjoint({norm, norm.removesuffix("'s")}) or is_verb(norm):
        return False
    return "'" not in norm or norm.endswith(("'s", "s'"))


def _is_content(token: Token) -> bool:
    return _is_open(token.norm) and not _is_adverb(token)


def _is_head(reading: Reading, at: int, counted: bool = False) -> bool:
    """Return whether a token can head a noun phrase that a writer would print."""
    token = reading.tokens[at]
    norm = token.norm.removesuffix("'s")
    if counted and norm in lists().runs:
        return True
    if not _is_content(token) or _is_numeric(token) or norm in words_of("naming.adjectives") or len(norm) < 3 or norm.endswith("ed"):
        return False
    if counted and norm in words_of("naming.counted_heads"):
        return True
    return norm not in words_of("naming.empty_heads") and not _is_name(reading, token)


def _is_name(reading: Reading, token: Token) -> bool:
    """Return whether a word is written as a name: capitalised within a sentence, and not an acronym."""
    word = reading.turn.text[token.start : token.end]
    if not word[0].isupper() or word.isupper():
        return False
    if any(token.norm.removesuffix("'s") in p.name.lower().split() for p in reading.background.participants):
        return True
    return all(token.start != reading.tokens[s.first].start for s in reading.sentences)


def _printed(reading: Reading, first: int, last: int, counted: bool = False) -> str:
    """Return tokens as a phrase without articles and small words at its ends, and a trailing contraction; "" if none could print it."""
    tokens, small = reading.tokens, words_of("naming.determiners") | words_of("naming.links")
    while first < last and tokens[first].norm in small:
        first += 1
    while first < last and tokens[last - 1].norm in small:
        last -= 1
    if first >= last or not _is_head(reading, _head(reading, first, last), counted):
        return ""
    if any(_is_numeric(t) for t in tokens[first:last]):
        return ""
    while first > 0 and reading.turn.text[tokens[first - 1].end : tokens[first].start] == "-":  # "no-shows"
        first -= 1
    text = reading.turn.text[tokens[first].start : tokens[last - 1].end]
    if "[" in text:
        return ""
    return _lowered(reading, first, re.sub(r"['\u2019](?:s|re|ve)$", "", " ".join(text.split())))


def _head(reading: Reading, first: int, last: int) -> int:
    """Return the head of a noun phrase: its last word before the first small word."""
    return next((n for n in range(first + 1, last) if reading.tokens[n].norm in words_of("naming.links")), last) - 1


def _lowered(reading: Reading, first: int, phrase: str) -> str:
    """Return a phrase without the capital that only starts its sentence."""
    starts = any(s.first == first for s in reading.sentences)
    word = phrase.split()[0]
    return phrase[0].lower() + phrase[1:] if starts and not word.isupper() and len(word) > 1 else phrase
