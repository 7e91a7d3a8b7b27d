"""What a customer answers when a field of a figure told before is asked for: "Over what period was that?", "Five percent of what?"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple, cast

from ..findings import Metric
from ..lexicon import Lexicon, denies, words_of
from ..quantities import find_years
from ..quantities.units import DURATIONS
from ..reading import Reading
from ..text import Sentence
from .fields import needs, time_told
from .merging import ends_of, measure_words
from .naming import is_verb, phrase_at
from .scopes import is_capital, is_name, is_place, limit_told, pointed

__all__ = ["Field", "Told", "field_told", "is_asked_about", "is_length"]

Field = Literal["definition", "period", "scope", "source"]

BRIEF = 9  # most words of a question that asks for nothing else
SHORT = 10  # most words of sentences that are nothing but what was asked for
LONGEST = 18  # most words of a clause that is
FRAGMENT = 6  # most words of a question without a verb: "Of the urgent orders?"
MORE = 2  # sentences after what was asked for that may tell more of the figure


class Told(NamedTuple):
    """Fields of a figure, in the customer's words; `turns` are those that may have told the figure, the latest first."""

    turns: Sequence[int]
    fields: Mapping[Field, str]


def field_told(reading: Reading) -> Told | None:
    """Return the fields of a figure that a turn tells in answer to a question for one of them, None if it tells none.

    The question asks for that field and nothing else, and the answer opens with a few words that can be it. The sentences after these may
    tell other fields: "Booked appointments. That's both shops, this year so far". The figure is one of the customer's turn before the
    question; if that turn answers such a question itself, it may be one of the turn before that.
    """
    turns = _turns_before(reading) if reading.is_customer else ()
    asked = _asked_for(reading.asked) if turns and reading.asked else None
    if asked is None:
        return None
    answered = _answer(reading, asked)
    return Told(turns, {**dict(_added(reading)), **answered}) if answered else None


def is_asked_about(metric: Metric, field: str, asked: Reading) -> bool:
    """Return whether a question for a field names a metric that needs it, by a number of it or by a word of what it measures."""
    told = {float(end) for amount in (metric, metric.baseline) if amount is not None for end in ends_of(amount)}
    numbered = any(not told.isdisjoint((float(q.low), float(q.high))) for q in asked.quantities)
    return needs(metric, field) and (numbered or not measure_words(metric.measures).isdisjoint(measure_words(asked.turn.text)))


def is_length(reading: Reading, metric: Metric, period: str) -> bool:
    """Return whether a metric of a turn is only how long a period told there is: "Over what period?" "The last four weeks."."""
    start = reading.turn.text.find(period)
    return metric.unit in DURATIONS and start <= metric.start and metric.end <= start + len(period)


def _turns_before(reading: Reading) -> Sequence[int]:
    """Return the customers' turns with numbers whose figures the question may be about, the latest first."""
    turns = []
    for at in range(len(reading.before) - 1, 0, -2):
        question, answer = reading.before[at], reading.before[at - 1]
        if question.is_customer or not answer.is_customer or _asked_for(question) is None:
            break
        turns.append(answer)
    return tuple(answer.turn.turn for answer in turns if answer.quantities)


class _Question(NamedTuple):
    """What a question asks for, and the words that it offers for that: "urgent orders" of "Of the urgent orders?"."""

    field: Field
    offered: str = ""


def _asked_for(reading: Reading) -> _Question | None:
    """Return what a turn asks for if that is one field of a figure and nothing else."""
    asking = [s for s in reading.sentences if reading.asks(s)] or list(reading.sentences[-1:])
    if len(asking) != 1 or asking[0].last - asking[0].first > BRIEF:
        return None
    found = reading.find(Lexicon.at("mentions.field_asked"), asking[0])
    return _Question(cast("Field", found[0].label)) if found else _offered(reading, asking[0])


def _offered(reading: Reading, sentence: Sentence) -> _Question | None:
    """Return what a question offers that is no sentence: what is counted, "Of the urgent orders?", or for whom, "At all sites?"."""
    first = sentence.first
    while first < sentence.last and reading.norms[first] in words_of("naming.openers"):
        first += 1
    said = reading.norms[first : sentence.last]
    if not reading.asks(sentence) or not 1 < len(said) <= FRAGMENT or _has_verb(said[:-1]):
        return None
    if said[0] == "of" and (phrase := phrase_at(reading, first + 1, sentence.last)):
        return _Question("definition", phrase)
    if said[0] in words_of("mentions.places_led") and is_place(reading, first + 1, sentence.last):
        return _Question("scope", reading.turn.text[reading.tokens[first + 1].start : reading.tokens[sentence.last - 1].end])
    return None


def _answer(reading: Reading, question: _Question) -> Mapping[Field, str]:
    """Return the field that a question asks for as an answer tells it: in its own words, or in those offered if it takes them."""
    if question.offered and _takes(reading, question.offered):
        return {question.field: question.offered}
    first, last = _opening(reading)
    if question.field == "period":
        last = next((s.last for s in reading.sentences if s.last <= last and _is_timed(reading, s.first, s.last)), last)
    if first >= last or not _can_be(reading, question.field, first, last):
        return {}
    words = _words(reading, question.field, first, last)
    return {question.field: words} if words else {}


def _words(reading: Reading, field: Field, first: int, last: int) -> str:
    """Return some words of an answer as those of a field, "" if they cannot be it."""
    if field == "definition":
        return phrase_at(reading, first, last)
    return (limit_told(reading, first, last) if field == "scope" else None) or _text(reading, first, last)


def _takes(reading: Reading, offered: str) -> bool:
    """Return whether the first sentence of an answer agrees to the words offered, or says nothing but some of them: "Urgent, yes".

    None is taken that the next sentences deny or limit: "Yes. Well, most of them".
    """
    said = set(reading.words_in(reading.sentences[0])) if reading.sentences else set()
    rest = [norm for s in reading.sentences[1 : 1 + MORE] for norm in reading.words_in(s)]
    if _limits(rest) or not words_of("mentions.only").isdisjoint(rest):
        return False
    taken = {norm for norm in offered.lower().split() if norm in said}
    agrees = said & words_of("mentions.agreement_core")
    return bool(taken or agrees) and said <= taken | words_of("mentions.agreement") | words_of("naming.determiners") | {"of"}


def _limits(said: Sequence[str]) -> bool:
    """Return whether words deny what was agreed to, or leave out part of it."""
    return any(map(denies, said)) or not words_of("mentions.limiting").isdisjoint(said)


def _opening(reading: Reading) -> tuple[int, int]:
    """Return the first words of a turn that can be a field: its first sentences if they are short together, or a clause without a verb.

    Words that only agree, or that point to the figure, are not part of them: "That's the last four weeks", "Yes, both shops".
    """
    if not reading.sentences:
        return 0, 0
    sentence = reading.sentences[0]
    first = pointed(reading, sentence)
    while first < sentence.last and reading.norms[first] in words_of("mentions.confirming"):
        first += 1
    last = max((s.last for s in reading.sentences if s.last <= SHORT), default=0)
    clause = reading.clause_end(first, sentence.last)
    plain = clause - first <= LONGEST and not _has_verb(reading.norms[first : clause - 1])
    return first, last or (clause if plain else first)


def _has_verb(said: Sequence[str]) -> bool:
    """Return whether words have a verb; the "last" of "the last four weeks" is none."""
    return any(is_verb(norm) for norm in said if norm not in words_of("mentions.windows"))


def _text(reading: Reading, first: int, last: int) -> str:
    return reading.turn.text[reading.tokens[first].start : reading.tokens[last - 1].end]


def _can_be(reading: Reading, field: Field, first: int, last: int) -> bool:
    """Return whether the opening of an answer can be a field: it names a time, a source, or a place, and puts nothing off."""
    end = reading.tokens[last - 1].end
    opening = reading.norms[:last]
    if opening[0] in words_of("mentions.confirming") and _limits(opening):
        return False
    waits = Lexicon.at("mentions.field_waits").find(opening) or Lexicon.at("deferred.puts_off").find(opening)
    if waits or any(map(denies, opening)) or "?" in reading.turn.text[: end + 1]:
        return False
    if field == "definition":
        return True
    if field == "source":
        return _names_source(reading, first, last)
    if field == "scope":
        return is_place(reading, first, last) or not words_of("mentions.everywhere").isdisjoint(opening)
    return _is_timed(reading, 0, last)


def _is_timed(reading: Reading, first: int, last: int) -> bool:
    """Return whether words hold a length of time, a year or a time of the year."""
    start, end = reading.tokens[first].start, reading.tokens[last - 1].end
    timed = any(q.unit in DURATIONS for q in reading.quantities if start <= q.start < end)
    return timed or bool(find_years(reading.turn.text[start:end])) or any(_is_dated(reading, i) for i in range(first, last))


def _names_source(reading: Reading, first: int, last: int) -> bool:
    """Return whether words name who or what a number comes from."""
    said = reading.norms[first:last]
    named = not words_of("mentions.source").isdisjoint(said) or bool(Lexicon.at("mentions.source_phrases").find(said))
    return named or any(is_name(reading, i) for i in range(first, last))


def _added(reading: Reading) -> Iterator[tuple[Field, str]]:
    """Yield the period and the places that an answer tells without being asked, in sentences that only point back or have no verb."""
    for sentence in reading.sentences[: 1 + MORE]:
        first = pointed(reading, sentence)
        said = reading.norms[first : sentence.last]
        if reading.asks(sentence) or any(map(denies, said)) or (first == sentence.first and _has_verb(said)):
            return
        for start, end in reading.clauses(first, sentence.last):
            if place := limit_told(reading, start, end):
                yield "scope", place
        if time := time_told(reading, sentence, first):
            yield "period", time


def _is_dated(reading: Reading, i: int) -> bool:
    """Return whether a word names a time of the year: "may" as "in may", or with a capital that is not that of "May be"."""
    norm = reading.norms[i]
    if norm != "may":
        return norm in words_of("quantities.months.names") | words_of("mentions.seasons")
    sentence = reading.sentence_with(i)
    led = i > sentence.first and reading.norms[i - 1] in words_of("lint.words.prepositions")
    return led or (is_capital(reading, i) and (i > sentence.first or sentence.last == i + 1))
