"""Metrics: the quantities of a customer's turn that a story could use, with what each measures and what it still lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain
from typing import cast

from ..findings import Metric, MetricKind
from ..lexicon import Lexicon, Match, function_words, words_of
from ..mentions import Mention, family_of, find_mentions, kinds_of_word, read_back, unit_of
from ..metrics import build_metric
from ..quantities import plural
from ..quantities.units import BRIEF
from ..quantities.words import lists
from ..reading import Reading, once
from ..scoring import choice, logistic, threshold
from ..text import Sentence

__all__ = ["find_metrics", "find_repeat", "number_facts", "question_facts", "word_facts"]

Facts = dict[str, float]

_SIZES = (0, 1, 2, 3, 5, 9, 12, 20, 50, 100, 300, 1000, 10000, 100000)  # values: edges of the bins that the weights know
_TURNS = (4, 10, 16, 24, 32, 42, 56, 75)  # turn numbers: edges of the bins that the weights know
_NEAR = 3  # words on either side of a number that become facts
_LEAD = 50  # words before a number that bear on its kind
_ASKED = 60  # last words of the question that become facts
_QUESTIONS = 4  # latest turns of the interviewer whose words become facts
_AGREEMENT = 8  # most words of an answer that only agrees


@once
def find_metrics(reading: Reading) -> tuple[Metric, ...]:
    """Return the metrics of a customer's turn, in order, except repeats that add nothing new.

    If the customer only agrees to a number that the interviewer proposed, that number is the metric, marked `agreed`.
    """
    if not reading.is_customer:
        return ()
    mentions = find_mentions(reading) if reading.quantities else []
    if not mentions:
        return _agreed(reading)
    told = tuple(_told(reading, mentions))
    return tuple(m.model_copy(update={"agreed": True}) for m in told) if told and _proposed(reading) else told


def find_repeat(reading: Reading) -> Metric | None:
    """Return the number that a customer told before and a turn takes up first of all, with what it tells of it: "A third at Easthaven".

    After a question that names another thing and not the number, "And the returns?", it is one of that thing.
    """
    mentions = find_mentions(reading) if reading.is_customer and reading.quantities else []
    if not mentions or mentions[0].sentence.first > 0 or not _is_repeat(mentions[0], _heard(reading)):
        return None
    if reading.asked is not None and _turns_to_another(reading.asked, mentions[0]):
        return None
    return build_metric(reading, mentions[0], "result")


def _turns_to_another(asked: Reading, told: Mention) -> bool:
    """Return whether a question names something and not a number told before: "And the returns?", but not "A third? Where?"."""
    small = function_words() | words_of("mentions.asking") | words_of("naming.openers")
    return not small.issuperset(asked.norms) and all(q.value != told.quantity.value for q in asked.quantities)


def _agreed(reading: Reading) -> tuple[Metric, ...]:
    """Return the number that the customer only agrees to: "about that" to "so around forty a week?"."""
    asked, proposed = reading.asked, _proposed(reading)
    if asked is None or proposed is None or read_back(reading):
        return ()
    facts = number_facts(asked, proposed)
    kinds = choice("metrics.kinds")
    metric = build_metric(asked, proposed, cast("MetricKind", kinds.best(kinds.sums(facts))))
    place = reading.turn.span(*reading.cite(0, len(reading.norms)))
    return (metric.model_copy(update={**place.model_dump(), "agreed": True}),)


def _proposed(reading: Reading) -> Mention | None:
    """Return the number of the question's last sentence that a short answer only agrees to, though it may say it again: "Fifteen, yes"."""
    asked = reading.asked
    if asked is None or not asked.quantities or not 0 < len(reading.norms) <= _AGREEMENT:
        return None
    said = {t.norm for t in reading.tokens if reading.quantity_at(t.start) is None}
    if not said <= words_of("mentions.agreement") or not said & words_of("mentions.agreement_core"):
        return None
    last = asked.sentences[-1]
    proposed = [m for m in find_mentions(asked) if m.end > last.start]
    return proposed[0] if len(proposed) == 1 and _repeats(reading, proposed[0]) else None


def _repeats(reading: Reading, proposed: Mention) -> bool:
    """Return whether an answer has no other number than the one proposed, which is new to it: customers did not say it before."""
    ours = proposed.quantity.value
    heard = {value for value, _ in _heard(reading)} if reading.quantities else set()
    return all(q.value == ours and q.unit in {None, proposed.unit} for q in reading.quantities) and ours not in heard


ANNOUNCED = 6  # largest number of things that are told one by one
SURELY_CHANGED = 0.5  # chance from which a value before is one: of those labelled so, 4 % are a pain


def _told(reading: Reading, mentions: Iterable[Mention]) -> Iterator[Metric]:
    """Yield the metrics among mentions."""
    chosen, kinds = logistic("metrics.is_metric"), choice("metrics.kinds")
    asked = question_facts(reading)
    asked_sum, asked_kinds = chosen.sum(asked), kinds.sums(asked)
    heard, metric = _heard(reading), None
    for mention in mentions:
        facts = number_facts(reading, mention)
        if reading.is_read_out(mention.start, mention.end) or _only_announces(mention) or _is_of_call(reading, mention):
            continue
        if _is_repeat(mention, heard):
            continue
        if not _is_score(mention) and chosen.chance(asked_sum, chosen.sum(facts)) < threshold("metrics.threshold"):
            continue
        heard.add((mention.quantity.value, mention.unit))
        facts.update(word_facts(reading, mention))
        changed = {"pain", "scale"} if mention.baseline is not None and mention.chance >= SURELY_CHANGED else set()
        kind = cast("MetricKind", kinds.best(kinds.sums(facts, asked_kinds), changed))
        metric = build_metric(reading, mention, kind, metric)
        yield metric


def _only_announces(mention: Mention) -> bool:
    """Return whether a number only announces what is told one by one: "two things", "three reasons"."""
    return mention.unit in words_of("threads.empty") and mention.quantity.high <= ANNOUNCED


def _is_score(mention: Mention) -> bool:
    """Return whether a number is one score, which is a figure wherever its name is told or asked for: "Our NPS is forty-two"."""
    return mention.unit == "point" and mention.inferred and mention.quantity.low == mention.quantity.high and _is_distinct(mention)


def _is_of_call(reading: Reading, mention: Mention) -> bool:
    """Return whether a number tells how long the speaker can stay on the call: "I have to drop off in five minutes"."""
    asked = reading.asked
    if mention.quantity.unit not in BRIEF or mention.quantity.period is not None:
        return False
    if asked is not None and mention.sentence.first == 0 and any(_closing(asked, "time_asked", asked.sentences[-1])):
        return True
    sentence = reading.sentence_at(mention.quantity.start) or mention.sentence
    at = next((n for n in range(sentence.first, sentence.last) if reading.tokens[n].end > mention.quantity.start), sentence.first)
    return any(m.first <= at < m.last or _is_left(reading, sentence, at, m) for m in _closing(reading, "leaving", sentence))


def _is_left(reading: Reading, sentence: Sentence, at: int, leaving: Match) -> bool:
    """Return whether a number at a token is the time left by the clause beside it: "I have thirty minutes, then I have to go".

    The clause says nothing else: "when the alarm rings I have to go" tells of work.
    """
    clauses = list(reading.clauses(sentence.first, sentence.last))
    own, other = (next(n for n, (_, last) in enumerate(clauses) if place < last) for place in (at, leaving.first))
    alone = words_of("naming.openers").issuperset(reading.norms[clauses[other][0] : leaving.first])
    led = next((norm for norm in reversed(reading.norms[sentence.first : at]) if norm not in words_of("mentions.light")), "")
    return alone and abs(own - other) <= 1 and led in words_of("mentions.left_led")


def _closing(reading: Reading, name: str, sentence: Sentence) -> Iterator[Match]:
    """Yield the named phrases with which a clause of a sentence ends."""
    yield from (m for m in reading.find(Lexicon.at(f"mentions.{name}"), sentence) if reading.clause_end(m.first, sentence.last) == m.last)


def _heard(reading: Reading) -> set[tuple[object, str | None]]:
    """Return the values with their units that customers said in earlier turns."""
    return {(q.value, unit_of(q)) for before in reading.before if before.is_customer for q in before.quantities}


def _is_repeat(mention: Mention, heard: set[tuple[object, str | None]]) -> bool:
    """Return whether a number was said before; small counts occur in many senses and never count as repeats."""
    return _is_distinct(mention) and mention.baseline is None and (mention.quantity.value, mention.unit) in heard


def _is_distinct(mention: Mention) -> bool:
    """Return whether a number is hardly used in another sense, as small counts are."""
    return mention.quantity.high >= 13 or mention.quantity.high % 1 != 0


def question_facts(reading: Reading) -> Facts:
    """Return the named facts about the question, shared by all mentions of a turn."""
    asked = [word.strip(".,?!;:\"'()") for word in reading.question.lower().split()[-_ASKED:]]
    earlier = [norm for b in [b for b in reading.before if not b.is_customer and b.words > 3][-_QUESTIONS:] for norm in b.norms]
    facts: Facts = dict.fromkeys((f"asked {word}" for word in asked), 1.0)
    facts.update(dict.fromkeys((f"earlier {word}" for word in earlier), 1.0))
    facts.update(_kinds("asked", tuple(asked), 6))
    facts.update(_kinds("earlier", tuple(earlier), 6))
    facts.update(dict.fromkeys(_sections_asked(reading), 1.0))
    facts.update((f"turn>{n}", 1.0) for n in _TURNS if reading.turn.turn > n)
    facts.update((f"words>{n}", 1.0) for n in (3, 8, 15, 30, 60, 120) if reading.words > n)
    facts[f"numbers {min(len(reading.quantities), 6)}"] = 1.0
    return facts


def _sections_asked(reading: Reading) -> Iterator[str]:
    """Yield the sections of the guide that the question asks about, and the last of these."""
    asks = Lexicon.load("topic_asks")
    last = None
    for before in reading.before:
        if before.is_customer:
            continue
        sections = [m.label.partition(".")[0] for m in before.find(asks)]
        last = sections[-1] if sections else last
        if before.turn.text in reading.question:
            yield from (f"asks {section}" for section in sections)
    if last:
        yield f"asked lately {last}"


def number_facts(reading: Reading, mention: Mention) -> Facts:
    """Return the named facts about a number and its neighbouring words that indicate whether it is a metric."""
    norms, sentence = reading.norms, mention.sentence
    facts: Facts = dict.fromkeys(_of_quantity(mention), 1.0)
    facts.update(dict.fromkeys(_of_place(reading, mention), 1.0))
    facts.update(dict.fromkeys(_of_neighbours(reading, mention), 1.0))
    facts.update(_kinds("clause", norms[mention.first : mention.last], 3))
    facts.update(_kinds("sentence", norms[sentence.first : sentence.last], 3))
    facts.update(_kinds("lead", norms[max(0, mention.at - _LEAD) : mention.at], 6))
    return facts


def word_facts(reading: Reading, mention: Mention) -> Facts:
    """Return the words of a number's clause and of those before it, which indicate its kind."""
    clause = reading.words_in(mention)
    lead = reading.norms[max(0, mention.at - _LEAD) : mention.at]
    return dict.fromkeys([*(f"clause {norm}" for norm in clause), *(f"led {norm}" for norm in lead)], 1.0)


@lru_cache(maxsize=8)  # the numbers of a sentence come one after the other
def _kinds(scope: str, norms: tuple[str, ...], full: int) -> Mapping[str, float]:
    """Return how strongly words suggest each kind of metric; `full` words make a fact of strength 1."""
    count: dict[str, int] = {}
    for kind in chain.from_iterable(map(kinds_of_word, norms)):
        count[kind] = count.get(kind, 0) + 1
    facts = {f"{scope} of {kind}": min(1.0, n / full) for kind, n in count.items()}
    if count:
        facts[f"{scope} most {max(sorted(count), key=count.__getitem__)}"] = 1.0
    return facts


def _of_quantity(mention: Mention) -> Iterator[str]:
    quantity, unit = mention.quantity, mention.unit or "none"
    family = _family(unit)
    yield f"unit {'' if quantity.unit else 'inferred '}{family}"
    if family in {"time", "plain"}:
        yield f"unit {unit}"
    yield from (f"size>{size}" for size in _SIZES if quantity.high > size)
    yield f"size>{sum(quantity.high > s for s in _SIZES)} {family}"
    yield from (name for name in ("approximate", "period", "change", "whole", "bound") if getattr(quantity, name))
    if quantity.period:
        yield f"period {family}"
    yield from (name for name in ("baseline", "window") if getattr(mention, name))
    if isinstance(quantity.value, tuple):
        yield "range"
    elif quantity.value % 1:
        yield "decimal"
    yield f"when {'surely ' if mention.strong and mention.moment else ''}{mention.moment or 'unknown'}"
    if plural(unit) in lists().enumerations or unit in lists().enumerations:
        yield "enumeration"


def _family(unit: str) -> str:
    """Return the family of a unit."""
    return family_of(unit) or ("plain" if unit in {"percent", "times", "person", "point", "percentage point", "none"} else "count")


def _of_place(reading: Reading, mention: Mention) -> Iterator[str]:
    if mention.at == mention.sentence.first:
        yield "starts sentence"
    if mention.sentence.last - mention.sentence.first <= mention.after - mention.at + 1:
        yield "whole sentence"
    value, start = mention.quantity.value, mention.quantity.start
    if mention.quantity is reading.quantities[0]:
        yield "first number"
    elif any(q.value == value for q in reading.quantities if q.start < start):
        yield "said in turn"
    if mention.quantity.high >= 5:
        said = {b.is_customer for b in reading.before for q in b.quantities if q.value == value}
        yield from ("said before" if by_customer else "said by us" for by_customer in sorted(said))


def _of_neighbours(reading: Reading, mention: Mention) -> Iterator[str]:
    norms, sentence = reading.norms, mention.sentence
    for n in range(1, _NEAR + 1):
        if mention.at - n >= sentence.first:
            yield f"-{n} {norms[mention.at - n]}"
        if mention.after + n - 1 < sentence.last:
            yield f"+{n} {norms[mention.after + n - 1]}"
