"""Faults: what in a writer's paragraph its facts and the call do not support.

Each rule in RULES has an id and a check, which takes a paragraph, its passage and the material, and yields one clause per fault.
Rules see words, numbers, names and their order, but not what a sentence means beyond these.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple, cast

from ..grounding import MARKUP, quotations, ungrounded_numbers
from ..lexicon import function_words, load_data, words_of
from ..mentions import currencies
from ..quantities import Quantity, find_quantities
from ..quantities.units import DURATIONS
from ..text import count_words, sentences, stem, tokenize
from .citation import Citation
from .material import Material

__all__ = ["RULES", "Fault", "Passage", "Rule"]

LONGEST = 120
"""Most words of a paragraph."""
QUESTION = 30
"""Most words of a question."""
RUN = 4
"""Words in a row that repeat what somebody said."""
NEAR = 4
"""Most words between a number and the word that makes it a change."""

_QUOTES = frozenset("“\"'‘«")
_MARKUP = re.compile(rf"{MARKUP.pattern}|^#|@")
_ADDRESS = re.compile(r"\b\w+\.[a-z]{2,}\b")


class Passage(NamedTuple):
    """A paragraph to write: its facts, the words of the call among them, and whether it is a question."""

    facts: tuple[str, ...]
    said: tuple[Citation, ...] = ()
    question: bool = False


class Fault(NamedTuple):
    """What is wrong with a paragraph: the id of the rule that it breaks, and a clause that says how, for a person."""

    rule: str
    reason: str


class Rule(NamedTuple):
    """A rule that a paragraph has to keep; `check` yields a clause for each place where it does not."""

    id: str
    check: Callable[[str, Passage, Material], Iterator[str]]

    def faults(self, text: str, passage: Passage, material: Material) -> Iterator[Fault]:
        """Yield what in a paragraph breaks the rule."""
        return (Fault(self.id, reason) for reason in self.check(text, passage, material))


@lru_cache(maxsize=4096)
def _norms(text: str) -> tuple[str, ...]:
    return tuple(t.norm for t in tokenize(text))


@lru_cache(maxsize=512)
def _heard(facts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of facts in order, with "." between facts."""
    return tuple(norm for fact in facts for norm in (*_norms(fact), "."))


def _holds(words: Sequence[str], run: Sequence[str]) -> bool:
    """Return whether words contain a sequence of words."""
    return any(words[i] == run[0] and tuple(words[i : i + len(run)]) == tuple(run) for i in range(len(words) - len(run) + 1))


# Form


def _form(text: str, passage: Passage, material: Material) -> Iterator[str]:
    """Yield what makes a text no paragraph, or no question where it has to be one."""
    linked = any(m.group() not in fact for m in _ADDRESS.finditer(text) for fact in [" ".join(passage.facts)])
    if linked or _MARKUP.search(text) or count_words(text) > (QUESTION if passage.question else LONGEST):
        yield "it is not one paragraph of plain text of a bearable length"
    if passage.question and (text.count("?") != 1 or not text.endswith("?")):
        yield "it is not one question"


def _labels(text: str, passage: Passage, material: Material) -> Iterator[str]:
    """Yield the program's internal terms."""
    internal = words_of("drafts.internal") - {*_heard(passage.facts)}
    yield from (f"“{word}” is a label of ours" for word in _norms(text) if word in internal)


# Words


def _quotations(text: str, passage: Passage, material: Material) -> Iterator[str]:
    """Yield the quotations that are not in the facts, including those of one word."""
    for words in _quoted(text):
        if not any(_holds(_norms(fact), _norms(words)) for fact in passage.facts):
            yield f"the words “{words}” are not quoted from the facts"


def _quoted(text: str) -> Iterator[str]:
    """Yield the words in quotation marks."""
    yield from (text[start:end] for start, end in quotations(text) if _norms(text[start:end]))


def _names(text: str, passage: Passage, material: Material) -> Iterator[str]:
    """Yield the names that are not in the facts. The company, the vendor and the product may be named."""
    heard = {norm.removesuffix("'s") for norm in (*_heard(passage.facts), *_norms(" ".join(_firms(material))))}
    names = (*(p.name for p in material.background.participants), *material.customers)
    people = {norm for name in names for norm in _norms(name)}
    tokens = tokenize(text)
    first = {s.first for s in sentences(text, tokens)}
    for n, token in enumerate(tokens):
        word, norm = text[token.start : token.end], token.norm.removesuffix("'s")
        begins = n in first or text[: token.start][-1:] in _QUOTES
        plain = begins and norm not in people and _is_plain(norm, material)
        if word != word.lower() and norm.split("'")[0] not in {*heard, "i"} and not plain:
            yield f"the name “{word}” is not among the facts"


def _firms(material: Material) -> list[str]:
    """Return the names of the vendor, the product and the company."""
    known = material.background
    return [part for part in (known.vendor, known.product, known.customer.company) if part]


def _is_plain(norm: str, material: Material) -> bool:
    """Return whether the first word of a sentence is most likely not a name: it is common, or occurs on the call in lower case."""
    return norm.split("'")[0] in _common() or norm.endswith(("ly", "ing", "n't")) or norm in _lower_case(material)


@cache
def _common() -> frozenset[str]:
    return function_words() | words_of("faults.openers")


@lru_cache(maxsize=4)
def _lower_case(material: Material) -> frozenset[str]:
    return frozenset(word for turn in material.barred.public for word in re.findall(r"\b[a-z]+\b", turn.text))


def _titles(text: str, passage: Passage, material: Material) -> Iterator[str]:
    """Yield the titles of people that are not in the facts."""
    titles = words_of("faults.titles")
    yield from (f"the title “{w}” is not among the facts" for w in _norms(text) if w in titles and w not in _heard(passage.facts))


def _times(text: str, passage: Passage, material: Material) -> Iterator[str]:
    """Yield the days, months and past or future times that are not in the facts."""
    words, heard = _norms(text), _heard(passage.facts)
    days = [(w,) for w in words if w in words_of("faults.days")]
    spans = [(a, b) for a, b in pairwise(words) if a in words_of("faults.pointing") and b in words_of("faults.spans")]
    yield from (f"the time “{' '.join(run)}” is not among the facts" for run in (*days, *spans) if not _holds(heard, run))


def _promises(text: str, passage: Passage, material: Material) -> Iterator[str]:
    """Yield what somebody will do, or agreed to do, that is not in the facts. A question may ask about the future."""
    words, heard = _norms(text), set(map(stem, _heard(passage.facts)))
    for at, word in enumerate(words):
        told = next((w for w in words[at + 1 :] if w not in words_of("faults.adverbs")), "")
        ahead = not passage.question and (word in words_of("faults.planning") or word.endswith("'ll"))
        if (ahead or word in words_of("faults.pledging")) and told and not {stem(word), stem(told)} <= heard:
            yield f"the promise “{word} {told}” is not among the facts"


def _negations(text: str, passage: Passage, material: Material) -> Iterator[str]:
    """Yield denials of what the facts do not deny, and words that the facts deny and the text states."""
    words, heard = _norms(text), _heard(passage.facts)
    denied = [w for w in words if _denies(w)]
    if denied and not any(_denies(w) for w in heard):
        yield f"“{denied[0]}” denies what the facts do not deny"
    stated = set(pairwise(words)) - set(pairwise(heard))
    yield from (f"“{a} {b}” is denied in the facts" for a, b in _undenied(heard) if (a, b) in stated)


def _denies(word: str) -> bool:
    return word in words_of("faults.denying") or word.endswith("n't")


def _undenied(heard: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of words that are adjacent once a denial between them, or within the first, is removed."""
    for at, word in enumerate(heard[:-1]):
        if word.endswith("n't"):
            yield _positive(word), heard[at + 1]
        elif _denies(word) and at:
            yield heard[at - 1], heard[at + 1]


def _positive(word: str) -> str:
    return {"won't": "will", "can't": "can", "shan't": "shall"}.get(word, word.removesuffix("n't"))


# Numbers


def _numbers(text: str, passage: Passage, material: Material) -> Iterator[str]:
    """Yield the numbers that are not in the facts; a year, a version and the like must occur there verbatim."""
    yield from (f"the number “{q.text}” is not among the facts" for q in ungrounded_numbers(text, " . ".join(passage.facts)))
    places = [(q.start, q.end) for q in find_quantities(text)]
    heard = _heard(passage.facts)
    for token in tokenize(text):
        bare = token.norm[0].isdigit() and not any(start <= token.start < end for start, end in places)
        if bare and token.norm not in heard:
            yield f"the number “{token.norm}” is not among the facts"


def _units(text: str, passage: Passage, material: Material) -> Iterator[str]:
    """Yield the numbers in percent, money, points or time that no fact has in that measure."""
    held = {amount for fact in passage.facts for amount in _amounts(fact)}
    for quantity in find_quantities(text):
        if not quantity.is_rate and not held.issuperset(_ends_of(quantity)):
            yield f"“{quantity.text}” has a unit that the facts do not hold"


def _amounts(text: str) -> Iterator[tuple[str, Decimal]]:
    """Yield the measured numbers of a text; a bare number next to money or a duration may be one, too: "eight hours, now two"."""
    quantities = find_quantities(text)
    shared = {(unit, size) for q in quantities for unit, size in [_measure(q.unit)] if unit == "duration" or unit in currencies()}
    for quantity in quantities:
        yield from _ends_of(quantity)
        if quantity.unit is None:
            yield from ((unit, value * size) for unit, size in shared if unit for value in (quantity.low, quantity.high))


def _ends_of(quantity: Quantity) -> Iterator[tuple[str, Decimal]]:
    """Yield the measured ends of a quantity, durations in one unit."""
    unit, size = _measure(quantity.unit)
    if unit:
        yield from ((unit, value * size) for value in (quantity.low, quantity.high))
    if quantity.baseline is not None:
        yield from _ends_of(quantity.baseline)


def _measure(unit: str | None) -> tuple[str | None, Decimal]:
    """Return what a unit measures and its size in that measure; None for what is counted."""
    if unit in DURATIONS:
        return "duration", Decimal(DURATIONS[unit])
    return (unit if unit in {"percent", "percentage point", "times", *currencies()} else None), Decimal(1)


def _order(text: str, passage: Passage, material: Material) -> Iterator[str]:
    """Yield the changes whose value before is the facts' value after, or the other way round."""
    told = {pair for fact in passage.facts for pair in _pairs(fact)}
    for quantity in find_quantities(text):
        pair = (quantity.baseline.value, quantity.value) if quantity.baseline else None
        if pair and pair not in told and pair[::-1] in told:
            yield f"“{quantity.text}” has its ends the wrong way round"
    befores, afters = {before for before, _ in told}, {after for _, after in told}
    wrong = {"before": afters - befores, "after": befores - afters}
    yield from (f"“{value}” is told as the value {side}" for value, side in _sides(text) if value in wrong[side])


def _pairs(text: str) -> Iterator[tuple[object, object]]:
    """Yield the value before and the value after of each change in a text."""
    yield from ((q.baseline.value, q.value) for q in find_quantities(text) if q.baseline is not None)


def _sides(text: str) -> Iterator[tuple[object, str]]:
    """Yield the numbers of a text that a nearby word marks as the value "before" or "after"."""
    for quantity, before, after in _with_words(text, 2):
        sides = [side for side in ("before", "after") if not words_of(f"faults.{side}").isdisjoint((*before, *after))]
        if len(sides) == 1:
            yield quantity.value, sides[0]


def _with_words(text: str, words: int) -> Iterator[tuple[Quantity, list[str], list[str]]]:
    """Yield each quantity of a text with up to `words` words before it and after it."""
    tokens = tokenize(text)
    for quantity in find_quantities(text):
        before = [t.norm for t in tokens if t.end <= quantity.start][-words:]
        yield quantity, before, [t.norm for t in tokens if t.start >= quantity.end][:words]


def _directions(text: str, passage: Passage, material: Material) -> Iterator[str]:
    """Yield what goes up in the text and down in the facts, or vice versa: numbers, and the words "up" and "down" themselves."""
    words, opposites = set(_heard(passage.facts)), _opposites()
    turned = (word for word in _norms(text) if word not in words and opposites.get(word) in words)
    yield from (f"“{word}” stands for “{opposites[word]}” of the facts" for word in turned)
    told = {pair for fact in passage.facts for pair in _moves(fact)}
    for value, way in _moves(text):
        known = {other for number, other in told if number == value}
        if known and way not in known:
            yield f"“{value}” goes {way}, which is not the way that the facts tell"


@cache
def _opposites() -> Mapping[str, str]:
    return cast("Mapping[str, str]", load_data("faults")["opposites"])


def _moves(text: str) -> Iterator[tuple[object, str]]:
    """Yield each number of a text that a nearby word makes a change, with its direction: "up", "down"."""
    tokens = tokenize(text)
    ways = [(t, way) for t, after in zip(tokens, (*_norms(text)[1:], ""), strict=False) if (way := _way(t.norm, after))]
    for quantity in find_quantities(text):
        first = sum(t.end <= quantity.start for t in tokens)
        last = sum(t.start < quantity.end for t in tokens)
        near = tokens[max(0, first - NEAR) : last + NEAR]
        yield from ((quantity.value, way) for token, way in ways if token in near)


def _way(word: str, after: str) -> str | None:
    """Return the direction that a word gives a number; "more than" gives none."""
    return next((way for way in ("up", "down") if word in words_of(f"faults.{way}") and after != "than"), None)


def _bounds(text: str, passage: Passage, material: Material) -> Iterator[str]:
    """Yield the numbers that the text exaggerates: "more than forty" for forty."""
    told = {pair for fact in passage.facts for pair in _bounded(fact)}
    yield from (f"“{word}” makes more of “{value}” than the facts do" for value, word in _bounded(text) if (value, word) not in told)


def _bounded(text: str) -> Iterator[tuple[object, str]]:
    """Yield each number of a text with the words before it that exaggerate it, or its own bound."""
    for quantity, before, _ in _with_words(text, 2):
        yield from ((quantity.value, word) for word in before if word in words_of("faults.bounding"))
        if quantity.bound:
            yield quantity.value, quantity.bound


def _hedges(text: str, passage: Passage, material: Material) -> Iterator[str]:
    """Yield the numbers that the facts always hedge and the text does not."""
    told = [(q.value, q.approximate) for fact in passage.facts for q in find_quantities(fact)]
    sure = {value for value, approximate in told if not approximate}
    hedged = {value for value, _ in told} - sure
    yield from (f"“{q.text}” is surer than in the facts" for q in find_quantities(text) if q.value in hedged and not q.approximate)


# People


def _speakers(text: str, passage: Passage, material: Material) -> Iterator[str]:
    """Yield the sentences that name one customer, or one first, but report what another said."""
    people = dict.fromkeys((*(c.speaker for c in passage.said), *(t.speaker for t in material.turns.values() if t.role == "customer")))
    own = {name: " . ".join(c.text for c in passage.said if c.speaker == name) for name in people if name}
    for place in sentences(text) if len(own) > 1 else ():
        sentence = text[place.start : place.end]
        told = _norms(_without_quotations(sentence))  # quoted speech may name anybody
        named = [name for name in own if not set(told).isdisjoint(_norms(name))]
        first = [name for name in named if told[0] in _norms(name)] if told else []
        one = named[0] if len(named) == 1 else first[0] if len(first) == 1 else None
        if one and _is_anothers(sentence, own[one], [said for name, said in own.items() if name != one]):
            yield f"“{sentence}” gives {one} what somebody else said"


def _without_quotations(text: str) -> str:
    """Return a text without its quotations."""
    for start, end in sorted(quotations(text), reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return text


def _is_anothers(sentence: str, own: str, others: Sequence[str]) -> bool:
    """Return whether a sentence quotes what only others said, repeats it, or takes more of its words from them."""
    runs = _runs(sentence) - _runs(own)
    if len(runs & frozenset().union(*map(_runs, others))) > len(_runs(sentence) & _runs(own)):
        return True
    if any(not _holds(_norms(own), _norms(words)) for words in _quoted(sentence)):
        return True
    words = _stems(sentence) - _stems(own)
    return len(words & frozenset().union(*map(_stems, others))) > len(_stems(sentence) & _stems(own))


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    """Return the stretches of some words in a row."""
    words = _norms(text)
    return frozenset(tuple(words[n : n + RUN]) for n in range(len(words) - RUN + 1))


@lru_cache(maxsize=512)
def _stems(text: str) -> frozenset[str]:
    """Return the stems of a text's words, except function words."""
    return frozenset(stem(norm) for norm in _norms(text) if norm.split("'")[0] not in function_words())


# What it is about


def _support(text: str, passage: Passage, material: Material) -> Iterator[str]:
    """Yield the sentences that share no content word with the facts, except courtesies."""
    known = frozenset().union(*map(_stems, (*passage.facts, *_firms(material)))) | {stem(word) for word in words_of("faults.courtesies")}
    for place in sentences(text):
        words = _stems(text[place.start : place.end])
        if len(words) > 1 and not words & known:
            yield f"nothing in the facts bears out “{text[place.start : place.end]}”"


# What is barred


def _barred(text: str, passage: Passage, material: Material) -> Iterator[str]:
    """Yield a fault if a text gives away what is off the record."""
    if material.barred.leaks(text):
        yield "it tells what is off the record"


RULES = (
    Rule("form", _form), Rule("label", _labels), Rule("quotation", _quotations), Rule("number", _numbers), Rule("unit", _units),
    Rule("barred", _barred), Rule("name", _names), Rule("title", _titles), Rule("time", _times), Rule("promise", _promises),
    Rule("denial", _negations), Rule("order", _order), Rule("direction", _directions), Rule("bound", _bounds), Rule("hedge", _hedges),
    Rule("speaker", _speakers), Rule("support", _support),
)  # fmt: skip
