"""Wording: from a gap to the question that closes it, and to the reason that the interviewer reads beside it.

The same gap always gets the same words: a form is chosen by a hash of the turn's number and the customer's words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import Any
from zlib import crc32

from ..findings import Metric
from ..lexicon import NUMBER_WORDS, Lexicon, load_data
from ..reading import Reading
from ..text import count_words
from .anchors import Anchor, find_anchor

__all__ = ["explain", "word_probe"]

MOST_WORDS = 25
_SLOT = re.compile(r"\{(\w+)\}")
_ERAS = {"challenges": "then", "decision": "then", "results": "change", "future": "ahead"}
_TOPIC_ABOUT = {"background.team": {"people"}, "challenges.cost": {"money"}}
MOST_QUOTED = 5
MOST_SHOWN = 12
_ABOUT_TOPIC = frozenset({"missing_metric", "dodged", "short_answer"})
_LAST_RESORT = ("Once more on that: what else is there to say?", "What have I not asked about that yet?")


@cache
def _data() -> Mapping[str, Any]:
    return load_data("probes")


@cache
def _about() -> Lexicon:
    return Lexicon(_data()["about"])


def word_probe(
    reading: Reading, kind: str, start: int, end: int, topic: str, metric: Metric | None = None, used: Collection[str] = ()
) -> str:
    """Return the question that would close a gap at turn.text[start:end], in at most 25 words.

    `topic` is the full id of a topic of the guide, `metric` the quantity that the gap is about. No question in `used` is returned.
    """
    anchor = find_anchor(reading, start, end)
    seed = crc32(f"{reading.turn.turn} {kind} {reading.turn.text[start:end]}".encode())
    slots = _slots(reading, anchor, topic, seed, metric)
    forms = [_usable(group, slots, seed) for group in _forms(reading, kind, start, end, topic, anchor)]
    anchored = [form for group in forms for form in group if "{" in form]
    plain = [form for group in forms for form in group if "{" not in form]
    for text in (*_filled(anchored, slots), *_filled(plain, slots), *_again(anchored, slots)):
        if text not in used and count_words(text) <= MOST_WORDS:
            return text
    return next((text for text in _LAST_RESORT if text not in used), _LAST_RESORT[0])


def explain(reading: Reading, kind: str, start: int, end: int, topic: str, metric: Metric | None = None) -> str:
    """Return one sentence that says what is missing at turn.text[start:end] and what a story needs it for."""
    words = reading.turn.text[start:end].strip().rstrip(".,;:!?…").replace('"', "'").split()
    what = f'"{" ".join(words[:MOST_SHOWN])}{"…" if len(words) > MOST_SHOWN else ""}"'
    missing = _pick(_data()["missing"][kind], crc32(what.encode()))
    return f"{missing.replace('{what}', what).replace('{What}', what)}; {_reason(kind, topic)}"


def _reason(kind: str, topic: str) -> str:
    """Return what a story needs the missing thing for: by topic or section for what is missing there most, else by kind."""
    needed: Mapping[str, str] = _data()["needed"]
    section = topic.split(".")[0]
    if topic in needed and kind in _ABOUT_TOPIC:
        return needed[topic]
    return needed.get(section, needed[kind]) if kind == "missing_metric" else needed[kind]


def _slots(reading: Reading, anchor: Anchor, topic: str, seed: int, metric: Metric | None) -> dict[str, str]:
    """Return the slots that the customer's words, the topic and the guide fill."""
    deeper = _pick(_data()["deeper"].get(topic, _data()["deeper"]["any"]), seed)
    found = reading.guide.topics.get(topic)
    asked = (found.short or found.question) if found else ""
    quantity = anchor.quantity or (metric.text if metric and count_words(metric.text) <= MOST_QUOTED else "")
    slots = anchor._asdict() | _frames(anchor.quote) | _agreeing(quantity) | _named(anchor.term)
    slots |= {"deeper": deeper, "Deeper": _capital(deeper), "asked": asked[:1].lower() + asked[1:], "Asked": asked}
    return {name: value for name, value in slots.items() if value}


def _frames(quote: str) -> dict[str, str]:
    """Return the lead-ins that hold a quote: one that suits any question, and one that suits questions about a meaning."""
    if not quote:
        return {}
    said = "phrase" if quote.split()[0].lower() in {"a", "an", "the"} else "clause"
    return {"said": _data()["said"][said].replace("{quote}", quote), "saying": _data()["saying"].replace("{quote}", quote)}


def _agreeing(quantity: str) -> dict[str, str]:
    """Return a number with the verbs that agree with it: "is the twelve grand", "are the five hundred hours"."""
    if not quantity:
        return {}
    first, last = quantity.split()[0].lower(), quantity.split()[-1].lower()
    bare = first[0].isdigit() or first[0] in "$€£" or first.split("-")[0] in NUMBER_WORDS - {"half", "couple", "dozen", "third", "quarter"}
    that = f"the {quantity[0].lower()}{quantity[1:]}" if bare else f'that "{quantity}"'
    plural = bare and last.endswith("s") and last not in {"times", "plus"}
    return {
        "quantity": quantity, "that_quantity": that,
        "is_quantity": f"{'are' if plural else 'is'} {that}", "does_quantity": f"{'do' if plural else 'does'} {that}",
    }  # fmt: skip


def _named(term: str) -> dict[str, str]:
    """Return a name as one thing or as several, by its last letter."""
    return {"term": "", "terms": term} if term.endswith("s") and not term.endswith("ss") else {"term": term, "terms": ""}


def _forms(reading: Reading, kind: str, start: int, end: int, topic: str, anchor: Anchor) -> list[list[str]]:
    """Return the forms of a kind: those for what the trigger is about, then those for anything."""
    forms: Mapping[str, list[str]] = _data()["forms"][kind]
    about = _what_about(reading, start, end) | _TOPIC_ABOUT.get(topic, set()) | ({"passive"} if anchor.did else set())
    era = _ERAS.get(topic.split(".")[0], "")
    special = next((forms[label] for label in forms if _fits(label, about, era)), [])
    return [special, forms["any"]]


def _what_about(reading: Reading, start: int, end: int) -> set[str]:
    """Return the labels of what the words of a trigger are about."""
    about = {m.label for m in _about().find([t for t in reading.tokens if t.start >= start and t.end <= end])}
    numbers = [q for q in reading.quantities if q.start >= start and q.end <= end]
    if numbers:
        about.add("number")
    if any(q.unit == "times" or q.change for q in numbers):
        about.add("relative")
    if len(numbers) > 1 or any(q.baseline for q in numbers):
        about.add("pair")
    return about


def _fits(label: str, about: set[str], era: str) -> bool:
    """Say whether forms filed under a label suit what the words are about, and the time that they tell of."""
    return all(word == era if word in _ERAS.values() else word in about for word in label.split())


def _usable(forms: Sequence[str], slots: Mapping[str, str], seed: int) -> list[str]:
    """Return the forms whose slots are filled, turned by the seed among the first three."""
    usable = [f for f in forms if all(name in slots for name in _SLOT.findall(f))]
    at = seed % min(3, sum("{" in f for f in usable) or 1)
    return usable[at:] + usable[:at]


def _filled(forms: Sequence[str], slots: Mapping[str, str]) -> list[str]:
    """Fill forms; what a customer said is never read as a slot."""
    return [_capital(_SLOT.sub(lambda m: slots[m.group(1)], form)) for form in forms]


def _again(forms: Sequence[str], slots: Mapping[str, str]) -> Iterator[str]:
    """Yield the forms with other lead-ins, for words that have been asked about before."""
    for frame in _data()["again"]:
        said = {"said": _SLOT.sub(lambda m: slots[m.group(1)], frame)} if "quote" in slots else {}
        yield from _filled([f for f in forms if "{said}" in f], {**slots, **said})


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _pick(rows: Sequence[str], seed: int) -> str:
    return rows[seed % len(rows)]
