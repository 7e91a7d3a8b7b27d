"""Wording: from a gap to the question that closes it, and the reason shown to the interviewer.

The same gap of the same call always gets the same words: the form is the one used least so far, and among equals it is chosen by a
hash of the turn's number and the customer's words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise, repeat
from typing import Any
from zlib import crc32

from ..findings import Metric, Side
from ..lexicon import Match, function_words, load_data, number_words, words_of
from ..quantities.units import DURATIONS
from ..reading import Reading
from ..text import capitalised, count_words
from .anchors import Anchor, find_anchor
from .dimensions import asked_dimension, holds
from .measures import Measure, about, find_measure
from .replying import reply_labels

__all__ = ["clause_at", "explain", "question_below", "word_probe"]

MOST_WORDS = 25  # most words of a probe
_GUIDES = frozenset({"Deeper", "asked", "Asked"})
_FRAMES = ("said", "told", "saying")
_SLOT = re.compile(r"\{(\w+)\}")
_MARK = re.compile(r"[,;:.?!](?!\w)")
"""A mark between clauses; none stands within "22,000" or "7:30"."""
_TIMES = frozenset({"then", "change", "ahead", "open"})
_NUMBER_KINDS = frozenset({"missing_baseline", "missing_timeframe", "missing_scope", "undefined_metric", "unsourced", "inconsistent"})
_OF_NUMBERS = _NUMBER_KINDS | {"missing_metric", "short_answer", "vague"}
MOST_QUOTED = 5
MOST_SHOWN = 12
"""Most words that a reason quotes."""
_LONG = 60
"""Characters beyond which a trigger is taken to hold several statements."""
_TO_COME = frozenset({"ahead", "open"})
_JUDGED = frozenset({"failure", "praise"})
_JUDGING = frozenset({"praise", "blame", "failure", "emotion"})
"""Cues of `copilot/data/cues.yaml` by which a vague statement judges something."""
_OF_STATEMENTS = frozenset({"unexplained", "missing_stakes", "missing_actor"})
"""Kinds of gap about what somebody did or what happened, which no mere thing stands for."""
BRIEF = 14
"""Words of a statement that any phrase of it stands for."""
DENIAL_WORDS = 2
"""Words before a judgement that may deny it."""
_FRACTIONS = frozenset({"half", "couple", "dozen", "third", "quarter"})
SHORT = 12
"""Words of an answer that is read in the dimension of its question."""
_MEASURED = frozenset({"time", "often", "money", "share", "count", "amount"})
_UNITLESS = frozenset({"graded", "amount"})
"""Labels of an amount for whose unit the topic is asked: "more of it"."""
_UNIT_WORDS = 2
_COMPARED = frozenset({"than", "with", "to", "as", "from"})
_ABOUT_TOPIC = frozenset({"missing_metric", "dodged", "short_answer"})


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
    seed = crc32(f"{reading.turn.turn} {kind} {reading.turn.text[start:end]}".encode())
    measure = find_measure(reading, start, end) if kind == "missing_metric" else None
    units = _units(reading, measure, end)
    measured = measure.labels | ({"units"} if "unit_now" in units else set()) if measure else None
    start, end = clause_at(reading.turn.text, start, end, measure.start) if measure else (start, end)
    anchor = _fitting(reading, _anchor(reading, kind, start, end), kind, start, end)
    slots = _slots(reading, anchor, start, end, topic, seed, metric) | units | _against(other)
    agreed = metric is not None and metric.agreed and kind in _OF_NUMBERS
    groups = [_data()["agreed"]] if agreed else _forms(reading, kind, start, end, topic, anchor, measured, other)
    asked = [text.lower() for text in used]
    forms = [_freshest(_usable(group, slots, seed), slots, asked) for group in groups]
    anchored = [form for group in forms for form in group if _is_anchored(form)]
    plain = [form for group in forms for form in group if not _is_anchored(form)]
    rest: list[str] = [slots["Deeper"], slots.get("Asked", slots["Deeper"]), *_data()["last"]]
    for text in (*_filled(anchored, slots), *_filled(plain, slots), *_again(anchored, slots), *rest):
        if text not in used and count_words(text) <= MOST_WORDS:
            return text
    return f"What else happened there, in turn {reading.turn.turn} of our talk?"


def question_below(probe: str) -> str:
    """Return a question as it stands below the words that prompted it: without a lead-in that quotes them."""
    return capitalised(_lead().sub("", probe))


@cache
def _lead() -> re.Pattern[str]:
    """Return the pattern of a lead-in with its quote, at the beginning of a question."""
    frames = [*_data()["said"].values(), _data()["saying"], *_data()["again"]]
    quoting = (re.escape(frame).replace(re.escape("{quote}"), '[^"]*') for frame in frames)
    return re.compile(rf"^(?:{'|'.join(quoting)}) ")


def explain(reading: Reading, kind: str, start: int, end: int, topic: str, other: Side | None = None) -> str:
    """Return a sentence on what is missing at turn.text[start:end] and why a story needs it.

    `other` is what the words do not go together with.
    """
    what = f'"{_requoted(_cited(reading, kind, start, end))}"'
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


def _cited(reading: Reading, kind: str, start: int, end: int) -> str:
    """Return the words that a reason quotes: the term that it is about, a short statement whole, and of a long one what is asked about."""
    text, anchor = reading.turn.text, _anchor(reading, kind, start, end)
    if kind == "unclear_term" and anchor.term:
        return anchor.term
    at, asked = _place(text, start, end, kind, anchor)
    if end - start > _LONG:
        start, end = clause_at(text, start, end, at)
    shown = _shortened(text[start:end])
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


def _anchor(reading: Reading, kind: str, start: int, end: int) -> Anchor:
    measure = find_measure(reading, start, end) if kind == "missing_metric" else None
    focus = (measure.start, measure.end) if measure else _judgement(reading, start, end) if kind == "vague" else None
    found = find_anchor(reading, start, end, numbers=kind in _NUMBER_KINDS, amounts=measure is not None, focus=focus)
    if found.quote or focus is None:
        return found
    other = find_anchor(reading, start, end, numbers=kind in _NUMBER_KINDS)
    return other if other.stated or not measure else found


def _judgement(reading: Reading, start: int, end: int) -> tuple[int, int] | None:
    """Return the place of the words in a trigger that judge something, None if none does: "really nice"."""
    found = (reading.cite(m.first, m.last) for m in reading.cues if m.label in _JUDGING)
    return next(((a, b) for a, b in found if start <= a and b <= end), None)


def _place(text: str, start: int, end: int, kind: str, anchor: Anchor) -> tuple[int, str]:
    """Return where the words stand that a question of this kind repeats, -1 where it repeats none, and the words if they can stand for all.

    A thing that is only named cannot, nor a passive verb: nobody said who did it.
    """
    if kind == "missing_actor" and anchor.did:
        return anchor.done_at, ""
    words = (anchor.quantity if kind in _NUMBER_KINDS else "") or anchor.quote
    at = text.find(words, start, end) if words else -1
    stands = words != anchor.quote or anchor.stated or kind == "dropped_thread"
    return at, words if at >= 0 and stands else ""


def _reason(reading: Reading, kind: str, topic: str) -> str:
    """Return why a story needs the missing thing: by counted topic or section if it is often missing there, else by kind."""
    needed: Mapping[str, str] = _data()["needed"]
    section, known = topic.split(".")[0], reading.guide.topics.get(topic)
    if topic in needed and kind in _ABOUT_TOPIC and known and known.counted:
        return needed[topic]
    return needed.get(section, needed[kind]) if kind == "missing_metric" else needed[kind]


def _fitting(reading: Reading, anchor: Anchor, kind: str, start: int, end: int) -> Anchor:
    """Return an anchor without its quote if that is not what the question is about.

    That is a quote without the number that a question about a number repeats, and if a number is missing, one that holds another number
    or names a mere thing ("the bearing"), which tells no reason or consequence either.
    """
    at = reading.turn.text.find(anchor.quote, start, end)
    held = range(at, at + len(anchor.quote))
    numbered = any(q.start in held for q in reading.quantities)
    if kind in _NUMBER_KINDS:
        fits = numbered or not any(start <= q.start < end for q in reading.quantities)
    elif kind == "missing_metric" and numbered:
        fits = False
    elif kind == "unclear_term":
        fits = not anchor.term
    elif kind in _OF_STATEMENTS:
        fits = anchor.stated or count_words(reading.turn.text[start:end]) <= BRIEF
    elif kind == "missing_metric" and not anchor.stated:
        brief = count_words(reading.turn.text[start:end]) <= BRIEF and (not _is_thing(anchor) or _is_cued(reading, held))
        fits = brief or find_measure(reading, start, end) is not None
    else:
        fits = True
    return anchor if fits else anchor._replace(quote="")


def _is_cued(reading: Reading, held: range) -> bool:
    """Return whether a quote holds words that tell an amount, a change or a judgement: "a lot kinder", but not "the nurses"."""
    return any(m.label in words_of("anchors.strong") and reading.tokens[m.first].start in held for m in reading.cues)


def _slots(reading: Reading, anchor: Anchor, start: int, end: int, topic: str, seed: int, metric: Metric | None) -> dict[str, str]:
    """Return the slots filled from the customer's words, the topic and the guide."""
    deeper = _pick(_data()["deeper"].get(topic, _data()["deeper"]["any"]), seed)
    found = reading.guide.topics.get(topic)
    asked = (found.short or found.question) if found else ""
    quantity = anchor.quantity or (metric.text if metric and count_words(metric.text) <= MOST_QUOTED else "")
    slots = {name: value for name, value in anchor._asdict().items() if isinstance(value, str)}
    slots |= _frames(anchor) | _agreeing(quantity) | _named(anchor.term)
    slots["unit"] = _bare_unit(reading, start, end)
    slots |= {"Deeper": capitalised(deeper), "asked": asked[:1].lower() + asked[1:], "Asked": asked}
    return {name: value for name, value in slots.items() if value}


def _bare_unit(reading: Reading, start: int, end: int) -> str:
    """Return the unit that is a whole trigger, without its number: "Days."; "" if there is more, or none."""
    words = [t.norm for t in reading.tokens if t.start >= start and t.end <= end]
    return words[-1] if 0 < len(words) <= _UNIT_WORDS and words[-1] in words_of("probes.units") else ""


def _is_thing(anchor: Anchor) -> bool:
    """Return whether a quote only names a thing: "the nurses"."""
    return not anchor.stated and anchor.quote.lower().startswith(("a ", "an ", "the "))


def _frames(anchor: Anchor) -> dict[str, str]:
    """Return the lead-ins with a quote: one for any question, one for questions about a meaning, and one for a whole statement."""
    if not anchor.quote:
        return {}
    thing = _is_thing(anchor)
    said = _data()["said"]["phrase" if thing else "clause"]
    quote = f"{anchor.quote[0].lower()}{anchor.quote[1:]}" if thing else anchor.quote
    frames = {"said": said.replace("{quote}", quote), "saying": _data()["saying"].replace("{quote}", quote)}
    return frames | ({"told": frames["said"]} if anchor.stated else {})


def _agreeing(quantity: str) -> dict[str, str]:
    """Return a number with its article, and with a verb that agrees with it: "is the twelve grand", "are the five hundred hours"."""
    if not quantity or quantity.lower() in words_of("probes.small"):
        return {}
    first, last = quantity.split()[0].lower(), quantity.split()[-1].lower()
    bare = first[0].isdigit() or first[0] in "$€£" or first.split("-")[0] in number_words() - _FRACTIONS
    if first in {"a", "an"} and not {*DURATIONS, *number_words()}.isdisjoint(w.lower() for w in quantity.split()[1:2]):
        quantity, bare = quantity.split(maxsplit=1)[1], True
    that = f"the {quantity[0].lower()}{quantity[1:]}" if bare else f'that "{quantity}"'
    plural = bare and last.endswith("s") and last not in {"times", "plus"}
    return {"that_quantity": that, "is_quantity": f"{'are' if plural else 'is'} {that}"}


def _named(term: str) -> dict[str, str]:
    """Return a name with singular or plural agreement, by its last letter."""
    return {"term": "", "terms": term} if term.endswith("s") and not term.endswith("ss") else {"term": term, "terms": ""}


def _units(reading: Reading, measure: Measure | None, end: int) -> dict[str, str]:
    """Return the slots for a unit that tells an amount alone, "it took weeks", and for the one that follows: "from weeks to days"."""
    if measure is None or "unit" not in measure.labels:
        return {}
    text = reading.turn.text
    after = find_measure(reading, measure.end, end)
    now = {"unit_now": text[after.start : after.end].lower()} if after and "unit" in after.labels else {}
    return {"unit": text[measure.start : measure.end].lower(), **now}


def _forms(
    reading: Reading, kind: str, start: int, end: int, topic: str, anchor: Anchor, measured: frozenset[str] | None, other: Side | None
) -> list[list[str]]:
    """Return the forms of a kind: those for what the trigger is about, then the general ones.

    `measured` is what a missing number would be counted in, None where no amount is told.
    """
    forms: Mapping[str, list[str]] = _data()["forms"][kind]
    eras = _data()["eras"]
    era = eras.get(topic, eras.get(topic.split(".")[0], ""))
    places = (_quoted(reading.turn.text, start, end, anchor.quote), _near(reading.turn.text, start, end, anchor.quote))
    past = {"past"} & _what_about(reading, start, end) if not _is_of_today(reading, start, end, anchor.quantity) else set()
    event = {"event"} if anchor.event and measured is None else set()
    unit = {"unit"} if _bare_unit(reading, start, end) else set()
    counts = kind == "missing_metric"
    found = [set(measured or ()) if counts else _what_about(reading, *place) for place in places]
    known_side = {"known"} if other and other.is_known else set()
    words = [labels | past | unit | event | known_side for labels in found]
    asked = asked_dimension(reading.question) if reading.words <= SHORT else ""
    given = any(holds(q, asked) for q in reading.quantities)
    if measured is not None and measured <= _UNITLESS and not given:
        words[0] = words[0] | ({asked} & _MEASURED)
    words[1] = words[1] | reply_labels(reading, start, end)
    known = reading.guide.topics.get(topic)
    hints = {
        *(known.about if known and (not counts or (measured is not None and measured <= _UNITLESS)) else ()),
        *(["passive"] if anchor.did else []),
        *(["named"] if anchor.source else []),
        "" if given else asked,
    }
    if "denied" in words[1] and "denied" in forms:
        return [forms["denied"]]
    if _against(other) and "against" in forms:
        return [forms["against"], forms["any"]]
    replied = [forms[label] for label in ("condition", "ranks") if label in forms and label in words[1]]
    abouts = (words[0], words[1] | hints) if anchor.quote else (words[1] | hints,)
    special = [*replied, *(forms[label] for about in abouts for label in forms if _fits(label, about, era))]
    told = any(holds(q, asked) for q in reading.quantities if start <= q.start < end)
    unanswered = kind == "short_answer" or (kind == "vague" and asked in _MEASURED)
    if unanswered and asked in _data()["asked"] and not unit and not told:
        return [_data()["asked"][asked], forms["any"]]
    return [*special[:1], forms["any"]]


def _is_of_today(reading: Reading, start: int, end: int, quantity: str) -> bool:
    """Return whether the clause of a number in a trigger tells the present: "We're at ninety percent, I look at it before breakfast"."""
    at = reading.turn.text.find(quantity, start, end) if quantity else -1
    first, last = clause_at(reading.turn.text, start, end, at, len(quantity))
    words = (t.norm for t in reading.tokens if first <= t.start < last)
    return at >= 0 and any(word in words_of("probes.today") or word.endswith(("'re", "'m")) for word in words)


def _quoted(text: str, start: int, end: int, quote: str) -> tuple[int, int]:
    """Return the place of the quoted words in a trigger; what they are about takes precedence over the rest."""
    at = text.find(quote, start, end) if quote else -1
    return (at, at + len(quote)) if at >= 0 else (start, start)


def _near(text: str, start: int, end: int, quote: str) -> tuple[int, int]:
    """Return the clause of a long trigger that contains the quote; a short trigger whole."""
    return clause_at(text, start, end, text.find(quote, start, end) if quote and end - start > _LONG else -1, len(quote))


def clause_at(text: str, start: int, end: int, at: int, length: int = 0) -> tuple[int, int]:
    """Return the clause of text[start:end] that contains text[at:at + length]; the whole if `at` is -1."""
    if at < 0:
        return start, end
    marks = list(_MARK.finditer(text, start, end))
    begin = max((m.end() for m in marks if m.start() < at), default=start)
    return begin, min((m.start() for m in marks if m.start() >= at + length), default=end)


def _what_about(reading: Reading, start: int, end: int) -> set[str]:
    """Return the labels of what the words of a trigger are about."""
    norms = [t.norm for t in reading.tokens if t.start >= start and t.end <= end]
    labels = {m.label for m in about().find(norms) if not _is_taken_back(m, norms[: m.first])}
    numbers = [q for q in reading.quantities if q.start >= start and q.end <= end]
    if numbers:
        labels.add("number")
        labels -= set() if any(q.change or q.unit in {"times", "percent"} for q in numbers) else {"relative"}
    if any(q.unit == "times" or q.change for q in numbers):
        labels.add("relative")
    if len(numbers) > 1 or any(q.baseline for q in numbers):
        labels.add("pair")
    return labels


def _is_taken_back(match: Match, before: Sequence[str]) -> bool:
    """Return whether what stands before a phrase turns it: a judgement that is denied, or "before" after what it compares."""
    if match.label == "past":
        spans = any(word.endswith("s") and word[:-1] in DURATIONS for word in before[-1:])
        return spans or not _COMPARED.isdisjoint(before[-1:]) or "on" in before[-3:-2]
    return match.label in _JUDGED and (_is_denied(before) or _is_known(before))


def _is_known(before: Sequence[str]) -> bool:
    """Return whether the words right before a judgement make it what somebody knows: "they can see what failed"."""
    return any(
        verb in words_of("anchors.knowing") and word.split("'")[0] in words_of("anchors.completes")
        for verb, word in pairwise(before[-1 - DENIAL_WORDS :])
    )


def _is_denied(before: Sequence[str]) -> bool:
    """Return whether the words right before a judgement deny it: "it didn't fail", "no trouble"."""
    return any(norm in words_of("probes.denials") or norm.endswith("n't") for norm in before[-DENIAL_WORDS:])


def _fits(label: str, about: set[str], era: str) -> bool:
    """Return whether the forms under a label suit what the words are about, and their time."""
    told = about - {"failure"} if era in _TO_COME else about
    return all(word == era if word in _TIMES else word in told for word in label.split())


def _usable(forms: Sequence[str], slots: Mapping[str, str], seed: int) -> list[str]:
    """Return the forms whose slots are filled, with the first three rotated by the seed."""
    usable = [f for f in forms if all(name in slots for name in _SLOT.findall(f))]
    at = seed % min(3, sum("{" in f for f in usable) or 1)
    return usable[at:] + usable[:at]


def _is_anchored(form: str) -> bool:
    """Return whether a form repeats the customer's words, and not only the guide's."""
    return not _GUIDES.issuperset(_SLOT.findall(form))


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


def _again(forms: Sequence[str], slots: Mapping[str, str]) -> Iterator[str]:
    """Yield the forms with other lead-ins, for words that have already been asked about."""
    for frame in _data()["again"]:
        said = _fill(frame, slots) if "quote" in slots else ""
        yield from _filled([f for f in forms if "{said}" in f or "{told}" in f], {**slots, "said": said, "told": said})


def _pick(rows: Sequence[str], seed: int) -> str:
    return rows[seed % len(rows)]
