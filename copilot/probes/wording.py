"""Wording: from a gap to the question that closes it, and the reason shown to the interviewer.

The same gap of the same call always gets the same words: the form is the one used least so far, and among equals it is chosen by a
hash of the turn's number and the customer's words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from functools import cache
from itertools import chain, repeat
from typing import Any
from zlib import crc32

from ..findings import Metric, Side
from ..guide import Guide
from ..lexicon import function_words, load_data, number_words, words_of
from ..quantities.units import DURATIONS
from ..questions import question_words
from ..reading import Reading
from ..statements.dimensions import asked_dimension
from ..statements.measures import find_measure, has_its_number
from ..statements.replying import answered, bare_reply, reply_labels, sought
from ..text import capitalised, count_words
from .anchors import Anchor
from .trigger import Trigger

__all__ = ["explain", "question_below", "quote_in", "told_amount", "word_probe"]

MOST_WORDS = 25  # most words of a probe
MOST_QUOTED = 5
MOST_SHOWN = 12
"""Most words that a reason quotes."""
_GUIDES = frozenset({"Deeper", "asked", "Asked"})
_FRAMES = ("said", "told", "saying")
_SLOT = re.compile(r"\{(\w+)\}")
_TIMES = frozenset({"then", "change", "ahead", "open"})
_TO_COME = frozenset({"ahead", "open"})
_FRACTIONS = frozenset({"half", "couple", "dozen", "third", "quarter"})
_MEASURED = frozenset({"time", "often", "money", "share", "count", "amount"})
_UNITLESS = frozenset({"graded", "amount"})
"""Labels of an amount for whose unit the topic is asked: "more of it"."""
_ABOUT_TOPIC = frozenset({"missing_metric", "dodged", "short_answer"})
_MAY_HAVE_NUMBERS = frozenset({"missing_metric", "short_answer", "vague"})


@cache
def _data() -> Mapping[str, Any]:
    return load_data("probes")


def word_probe(
    reading: Reading,
    kind: str,
    start: int,
    end: int,
    topic: str,
    metric: Metric | None = None,
    used: Collection[str] = (),
    other: Side | None = None,
) -> str:
    """Return the question that would close a gap at turn.text[start:end], in at most 25 words.

    `topic` is the full id of a topic of the guide, `metric` the quantity that the gap is about, `other` what the words do not go
    together with. No question in `used` is returned.
    """
    whole = Trigger(reading, kind, start, end)
    trigger, units = whole.at_measure(), _units(whole)
    seed = crc32(f"{reading.turn.turn} {kind} {whole.text}".encode())
    slots = _slots(trigger, topic, seed, metric) | units | _against(other)
    if metric is not None and metric.agreed and (trigger.asks_of_number or kind in _MAY_HAVE_NUMBERS):
        groups, slots = [_data()["agreed"]], slots | _offered(reading)
    else:
        measured = whole.measure.labels | ({"units"} if "unit_now" in units else set()) if whole.measure else None
        groups = _forms(trigger, topic, measured, other)
    asked = [text.lower() for text in used]
    forms = [form for group in groups for form in _freshest(_usable(group, slots, seed), slots, asked)]
    for text in _questions(
        forms, slots, _data()["again"]["any"] if whole.is_unsure else [*_data()["again"]["any"], *_data()["again"]["sure"]]
    ):
        if text not in used and count_words(text) <= MOST_WORDS:
            return text
    return f"What else happened there, in turn {reading.turn.turn} of our talk?"


def _questions(forms: Sequence[str], slots: Mapping[str, str], again: Sequence[str]) -> Iterator[str]:
    """Yield the questions that can be asked, the best first: those that repeat the customer's words, then the plain ones.

    `again` are the lead-ins for words that have already been asked about.
    """
    anchored = [form for form in forms if _is_anchored(form)]
    yield from _filled(anchored, slots)
    yield from _filled([form for form in forms if not _is_anchored(form)], slots)
    yield from _again(anchored, slots, again)
    yield from (slots["Deeper"], slots.get("Asked", slots["Deeper"]), *_data()["last"])


def _is_anchored(form: str) -> bool:
    """Return whether a form repeats the customer's words, and not only the guide's."""
    return not _GUIDES.issuperset(_SLOT.findall(form))


def question_below(probe: str) -> str:
    """Return a question as it stands below the words that prompted it: without a lead-in that quotes them."""
    return capitalised(_lead().sub("", probe))


def quote_in(probe: str) -> str | None:
    """Return the words that the lead-in of a question quotes, None without one."""
    lead = _lead().match(probe)
    return lead.group().split('"')[1] if lead else None


@cache
def _lead() -> re.Pattern[str]:
    """Return the pattern of a lead-in with its quote, at the beginning of a question."""
    frames = [*_data()["said"].values(), _data()["saying"], *chain.from_iterable(_data()["again"].values())]
    quoting = (re.escape(frame).replace(re.escape("{quote}"), '[^"]*') for frame in frames)
    return re.compile(rf"^(?:{'|'.join(quoting)}) ")


def told_amount(reading: Reading, kind: str, start: int, end: int) -> str:
    """Return the words of turn.text[start:end] that tell the amount whose number is missing; "" where another thing is."""
    return Trigger(reading, kind, start, end).told


def explain(reading: Reading, kind: str, start: int, end: int, topic: str, other: Side | None = None) -> str:
    """Return a sentence on what is missing at turn.text[start:end] and why a story needs it.

    `other` is what the words do not go together with.
    """
    trigger = Trigger(reading, kind, start, end)
    if kind == "missing_metric" and not (trigger.measure and trigger.measure.labels):
        kind = "vague"  # what is counted in nothing is asked for in words
    what = f'"{_requoted(_cited(trigger))}"'
    slots = {"what": what, "What": what}
    if other is None:
        missing = _pick(_data()["missing"][kind], crc32(what.encode()))
    else:
        slots |= {"other": f'"{_requoted(_shortened(other.words.replace(";", ",")))}"', "computed": other.computed or ""}
        missing = _data()["clash"]["computed" if other.computed else "known" if other.is_known else "said"]
    return f"{_fill(missing, slots)}; {_reason(reading, kind, topic)}"


def _against(other: Side | None) -> dict[str, str]:
    """Return the slot for words of the call that others do not go together with, if they are few and no sum of ours."""
    if other is None or other.is_known or other.computed or count_words(other.words) > MOST_QUOTED:
        return {}
    return {"other": _requoted(other.words.rstrip(".,;:!?…"))}


def _cited(trigger: Trigger) -> str:
    """Return the words that a reason quotes: the term that it is about, a short statement whole, and of a long one what is asked about."""
    if trigger.kind == "unclear_term" and trigger.anchor.term:
        return trigger.anchor.term
    at, asked = _place(trigger)
    shown = _shortened(trigger.around(at).text)
    return asked if asked and shown.endswith("…") else shown


def _shortened(text: str) -> str:
    """Return words to quote, without what only opens them; of many the first, up to one that does not wait for more: not "back in the…"."""
    words = text.strip().rstrip(".,;:!?…").split()
    while len(words) > 1 and words[0].lower().strip(",") in words_of("probes.openings"):
        words.pop(0)
    if len(words) <= MOST_SHOWN:
        return " ".join(words)
    last = MOST_SHOWN
    while last > 1 and words[last - 1].lower() in function_words():
        last -= 1
    return f"{' '.join(words[:last]).rstrip(',;:')}…"


def _requoted(text: str) -> str:
    """Return words to stand in quotation marks: their own become single, or go where the other of a pair was cut off."""
    if text.count('"') % 2 or text.count("\u201c") != text.count("\u201d"):
        return re.sub('["\u201c\u201d]', "", text)
    return text.replace('"', "'")


def _place(trigger: Trigger) -> tuple[int, str]:
    """Return where the words stand that the question repeats, -1 where it repeats none, and the words if they can stand for all.

    A thing that is only named cannot, nor a passive verb: nobody said who did it.
    """
    anchor = trigger.anchor
    if trigger.kind == "missing_actor" and anchor.did:
        return anchor.done_at, ""
    words = (anchor.quantity if trigger.asks_of_number else "") or anchor.quote
    at = trigger.find(words)
    stands = words != anchor.quote or anchor.stated or trigger.kind == "dropped_thread"
    return at, words if at >= 0 and stands else ""


def _reason(reading: Reading, kind: str, topic: str) -> str:
    """Return why the missing thing is needed: by counted topic or section if it is often missing there, else by kind."""
    needed: Mapping[str, str] = _data()["needed"][reading.guide.purpose]
    known, name = reading.guide.topics.get(topic), reading.guide.standard.get(topic, "")
    if name in needed and kind in _ABOUT_TOPIC and known and known.counted:
        return needed[name]
    section = name.split(".")[0]
    return needed.get(section, needed[kind]) if kind == "missing_metric" else needed[kind]


def _slots(trigger: Trigger, topic: str, seed: int, metric: Metric | None) -> dict[str, str]:
    """Return the slots filled from the customer's words, the topic and the guide."""
    anchor, known = trigger.repeated, trigger.reading.guide.topics.get(topic)
    deeper = _pick(_data()["deeper"].get(trigger.reading.guide.standard.get(topic), _data()["deeper"]["any"]), seed)
    asked = (known.short or known.question) if known else ""
    quantity = anchor.quantity or (metric.text if metric and count_words(metric.text) <= MOST_QUOTED else "")
    slots = {name: value for name, value in anchor._asdict().items() if isinstance(value, str)}
    slots |= _frames(anchor, unsure=trigger.is_unsure) | _agreeing(quantity) | _named(anchor.term)
    slots |= {"unit": trigger.bare_unit, "Deeper": capitalised(deeper), "asked": asked[:1].lower() + asked[1:], "Asked": asked}
    if not _asks_like(trigger.reading.question, asked):
        del slots["asked"]
    return {name: value for name, value in slots.items() if value}


def _asks_like(question: str, topic: str) -> bool:
    """Return whether an interviewer has asked for two things, and for one of them as the guide asks for its topic: who, what, how."""
    words = question_words(question)
    return max(question.count("?"), len(words)) > 1 and not set(question_words(topic)).isdisjoint(words)


def _frames(anchor: Anchor, *, unsure: bool) -> dict[str, str]:
    """Return the lead-ins with a quote: one for any question, one for questions about a meaning, and one for a whole statement.

    None says "you" where the speaker is `unsure`.
    """
    if not anchor.quote:
        return {}
    said = _data()["said"]["unsure" if unsure else "phrase" if anchor.is_thing else "clause"]
    quote = f"{anchor.quote[0].lower()}{anchor.quote[1:]}" if anchor.is_thing else anchor.quote
    saying = said if unsure else _data()["saying"]
    frames = {"said": said.replace("{quote}", quote), "saying": saying.replace("{quote}", quote)}
    return frames | ({"told": frames["said"]} if anchor.stated else {})


def _offered(reading: Reading) -> dict[str, str]:
    """Return the slot for the number that the interviewer proposed."""
    if reading.asked is None or not reading.asked.quantities:
        return {}
    text = reading.asked.quantities[-1].text
    return {"offered": text} if count_words(text) <= MOST_QUOTED else {}


def _agreeing(quantity: str) -> dict[str, str]:
    """Return a number with its article, and with a verb that agrees, "are the five hundred hours", if it is more than a bare number."""
    if not quantity or quantity.lower() in words_of("probes.small") or _is_share(quantity.lower().split()):
        return {}
    first, last = quantity.split()[0].lower(), quantity.split()[-1].lower()
    bare = first[0].isdigit() or first[0] in "$€£" or first.split("-")[0] in number_words() - _FRACTIONS
    if first in {"a", "an"} and not {*DURATIONS, *number_words()}.isdisjoint(w.lower() for w in quantity.split()[1:2]):
        quantity, bare = quantity.split(maxsplit=1)[1], True
    that = f"the {quantity[0].lower()}{quantity[1:]}" if bare else f'that "{quantity}"'
    plural = bare and last.endswith("s") and last not in {"times", "plus"}
    alone = number_words().issuperset(re.split(r"[\s-]+", quantity.lower()))
    return {"that_quantity": that} | ({} if alone else {"is_quantity": f"{'are' if plural else 'is'} {that}"})


def _is_share(words: Sequence[str]) -> bool:
    """Return whether a number is told as one part of a whole, which no article calls back: "a third"."""
    return words[0] in {"a", "an"} and not words_of("probes.shares").isdisjoint(words[1:2])


def _named(term: str) -> dict[str, str]:
    """Return a name with singular or plural agreement, by its last letter."""
    return {"term": "", "terms": term} if term.endswith("s") and not term.endswith("ss") else {"term": term, "terms": ""}


def _units(trigger: Trigger) -> dict[str, str]:
    """Return the slots for a unit that tells an amount alone, "it took weeks", and for the one that follows: "from weeks to days".

    Two that spell out an amount or a change after it count for it: "Much faster. From weeks to days."
    """
    measure, text = trigger.measure, trigger.reading.turn.text
    if measure is None:
        return {}
    if "unit" not in measure.labels:
        spelt = _units(trigger.spelt_out) if trigger.spelt_out else {}
        return spelt if "unit_now" in spelt else {}
    after = find_measure(trigger.reading, measure.end, trigger.end)
    now = {"unit_now": text[after.start : after.end].lower()} if after and "unit" in after.labels else {}
    return {"unit": text[measure.start : measure.end].lower(), **now}


def _forms(trigger: Trigger, topic: str, measured: frozenset[str] | None, other: Side | None) -> list[list[str]]:
    """Return the forms of a kind: those for what the trigger is about, then the general ones.

    `measured` is what a missing number would be counted in, None where no amount is told.
    """
    forms: Mapping[str, list[str]] = _data()["forms"][trigger.kind]
    if trigger.kind == "missing_metric":
        quoted = near = frozenset(measured or ())
    else:
        quoted, near = trigger.labels_of_quote(), trigger.labels_near_quote()
    everywhere = _labels(trigger, measured, other)
    near |= everywhere | reply_labels(trigger.reading, trigger.start, trigger.end)
    if "denied" in near and "denied" in forms:
        return [forms["denied"]]
    if trigger.kind != "dodged" and (bare := _forms_of_bare(trigger, topic)):
        return bare
    if _against(other) and "against" in forms:
        return [forms["against"], forms["any"]]
    if _leaves_its_question(trigger):
        return [_data()["asked"][trigger.asked], forms["any"]]
    abouts = [near | _hints(trigger, topic, measured)]
    if trigger.repeated.quote:
        abouts.insert(0, quoted | everywhere | _asked_in(trigger, measured))
    replied = [forms[label] for label in ("condition", "ranks") if label in forms and label in near]
    special = [forms[label] for about in abouts for label in forms if _fits(label, about, _era(trigger.reading.guide, topic))]
    return [*[*replied, *special][:1], forms["any"]]


def _forms_of_bare(trigger: Trigger, topic: str) -> list[list[str]]:
    """Return the forms for a bare yes or no, by what its question asks; none for other answers, and questions with their own dimension.

    A yes grants the amount or the change that its question tells.
    """
    reply, question, asked = bare_reply(trigger.reading), answered(trigger.reading), trigger.reading.asked
    if not reply or question is None or asked is None or asked_dimension(asked.turn.text[question.start : question.end]):
        return []
    bare: Mapping[str, list[str]] = _data()["bare"]
    granted = find_measure(asked, question.start, question.end) if reply == "yes" else None
    if granted is None or has_its_number(asked, granted.start, granted.end):
        rows = ("lasting", "intended", "affirmed") if reply == "yes" else ("past", "refused")
        return [next(bare[row] for row in rows if row in sought(trigger.reading) or row == rows[-1])]
    forms: Mapping[str, list[str]] = _data()["forms"]["missing_metric"]
    era = _era(trigger.reading.guide, topic)
    return [*[forms[label] for label in forms if _fits(label, granted.labels | {"measured"}, era)][:1], forms["any"]]


def _labels(trigger: Trigger, measured: frozenset[str] | None, other: Side | None) -> set[str]:
    """Return the labels that hold of all words of a trigger."""
    held = {
        "past": not trigger.is_of_today and "past" in trigger.labels(),
        "unit": bool(trigger.bare_unit),
        "event": trigger.repeated.event and measured is None,
        "measured": measured is not None,
        "known": other is not None and other.is_known,
    }
    return {label for label, holds in held.items() if holds}


def _leaves_its_question(trigger: Trigger) -> bool:
    """Return whether a short or vague answer leaves out the very thing that was asked for, which is asked again in its dimension."""
    unanswered = trigger.kind == "short_answer" or (trigger.kind == "vague" and trigger.asked in _MEASURED)
    return unanswered and trigger.asked in _data()["asked"] and not trigger.bare_unit and not trigger.answers


def _is_unitless(measured: frozenset[str] | None) -> bool:
    """Return whether an amount is told, and nothing of what it is counted in."""
    return measured is not None and measured <= _UNITLESS


def _asked_in(trigger: Trigger, measured: frozenset[str] | None) -> set[str]:
    """Return the dimension that was asked for, where an amount has none of its own."""
    return {trigger.asked} & _MEASURED if _is_unitless(measured) and not trigger.is_answered else set()


def _hints(trigger: Trigger, topic: str, measured: frozenset[str] | None) -> set[str]:
    """Return the labels that the topic, the form of the words and the question before them suggest."""
    known = trigger.reading.guide.topics.get(topic)
    of_topic = known.about if known and (trigger.kind != "missing_metric" or _is_unitless(measured)) else ()
    told = {"passive": trigger.repeated.did, "named": trigger.repeated.source}
    return {*of_topic, *(label for label, words in told.items() if words), "" if trigger.is_answered else trigger.asked}


def _era(guide: Guide, topic: str) -> str:
    """Return the time that a topic is about: "then", "change", "ahead", "open"; "" for none."""
    eras: Mapping[str, str] = _data()["eras"]
    name = guide.standard.get(topic, "")
    return eras.get(name, eras.get(name.split(".")[0], ""))


def _fits(label: str, about: Set[str], era: str) -> bool:
    """Return whether the forms under a label suit what the words are about, and their time."""
    told = about - {"failure"} if era in _TO_COME else about
    return all(word == era if word in _TIMES else word in told for word in label.split())


def _usable(forms: Sequence[str], slots: Mapping[str, str], seed: int) -> list[str]:
    """Return the forms whose slots are filled, with the first three rotated by the seed."""
    usable = [f for f in forms if all(name in slots for name in _SLOT.findall(f))]
    at = seed % min(3, sum("{" in f for f in usable) or 1)
    return usable[at:] + usable[:at]


def _freshest(forms: Sequence[str], slots: Mapping[str, str], asked: Sequence[str]) -> list[str]:
    """Return forms with those first whose question, whatever it repeats, has been asked least on the call, in small letters."""
    bare = {**slots, **dict.fromkeys(_FRAMES, "")}

    def times(form: str) -> int:
        question = _fill(form, bare).strip().lower()
        return sum(map(str.endswith, asked, repeat(question)))

    return sorted(forms, key=times)


def _filled(forms: Sequence[str], slots: Mapping[str, str]) -> list[str]:
    """Fill forms; what a customer said is never read as a slot."""
    return [capitalised(_fill(form, slots)) for form in forms]


def _fill(form: str, slots: Mapping[str, str]) -> str:
    return _SLOT.sub(lambda m: slots[m.group(1)], form)


def _again(forms: Sequence[str], slots: Mapping[str, str], frames: Sequence[str]) -> Iterator[str]:
    """Yield the forms with other lead-ins, for words that have already been asked about."""
    for frame in frames:
        said = _fill(frame, slots) if "quote" in slots else ""
        yield from _filled([f for f in forms if "{said}" in f or "{told}" in f], {**slots, "said": said, "told": said})


def _pick(rows: Sequence[str], seed: int) -> str:
    return rows[seed % len(rows)]
