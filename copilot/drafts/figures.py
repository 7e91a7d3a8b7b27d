"""Metrics as cards: before, after, the change computed from them with its derivation, and what is still missing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from ..findings import Amount, Metric, MetricKind
from ..grounding import ungrounded_numbers
from ..lexicon import Lexicon, function_words, number_words, words_of
from ..mentions import currencies
from ..metrics import CONFIRMED, ends_of, is_plain, length_of, names_source, rate_of
from ..quantities import Quantity, find_quantities, find_years, plural, singular
from ..quantities.units import DURATIONS
from ..quantities.words import lists
from ..text import norms, stem, tokenize
from ..turns import Span, Value
from .asserted import usable_metrics
from .beside import holds, told_beside
from .caveats import caveat_on
from .citation import Citation
from .clashes import clashes, contradictions, is_superseded
from .conditions import restriction_on
from .digits import Derived, amount_text, change_of, is_magnitude, number_text, unit_text
from .material import Material

__all__ = ["MISSING", "Card", "Elsewhere", "before_said", "by_sentence", "cards", "is_literal"]

TOGETHER = 44  # most words of the sentence that several figures are shown in
CONTEXT = 32  # most words of the sentence that a figure is shown in
_SMALL = 10  # counts below it are small
_NEAR = 3  # most turns between a value after and its value before
_NEXT = 2  # turns from an answer to the next
_BARE = 4  # most words of a question that has no subject of its own
_POINTS = frozenset({"point", "percentage point"})
_SHORT = 3  # most letters of a word that is ignored
_REACH = 40  # characters after a figure within which its unit may follow
_TELLING = {"result", "pain"}  # kinds of figure
_OPENING = 2  # first sentences of a turn, which answer the question
_UNSURE = 0.2  # chance from which a number in the sentence of another is shown as what may be its value before
_UNCLEAR = frozenset({"definition", "unit"})

MISSING = {
    "baseline": "the value before", "period": "the period", "scope": "what it holds for", "source": "its source",
    "definition": "what is counted", "unit": "its unit",
}  # fmt: skip
"""What a metric can lack, in words; its unit is lacking where only its name was said."""
_LACKED = {
    "missing_baseline": "baseline", "missing_timeframe": "period", "missing_scope": "scope", "unsourced": "source",
    "undefined_metric": "definition",
}  # fmt: skip
"""What a metric lacks on which there is a gap of a kind."""

Status = Literal["complete", "to complete", "to read back", "in conflict", "corrected", "superseded"]


class Elsewhere(Value):
    """The place on the call where what a metric lacks, the `field`, was probably told when somebody asked for it."""

    field: str
    at: Citation


class Card(Value):
    """A metric as a document shows it. `spans` are the exact words, then the sentence around them.

    `name` is what it measures, empty where nothing names it or its unit does: "remakes". `after` and `before` are the customer's numbers
    in digits, with a unit if that was said too; `change` is computed from them. `perhaps` is a number of the same sentence that may be the
    value before, where that is not likely enough to set the two side by side. `before_said` is where the value before is said; `small`
    means that the value is under 10 and was not asked for. `status` is "to read back" if the number was the interviewer's and the
    customer only agreed, "in conflict" if another statement or gap disputes it, "corrected" if it takes the place of another statement,
    "superseded" if another one takes its own. `restriction` is the customer's condition on using it, `caveat` what they say against it;
    `offered` is the place where the interviewer named a number that the customer did not repeat. `elsewhere` has places where some of
    what is missing was told, in answer to the question for it.
    """

    kind: MetricKind
    measures: str
    name: str = ""
    after: str
    unit: str
    before: str | None = None
    perhaps: str | None = None
    change: Derived | None = None
    period: str | None = None
    scope: str | None = None
    source: str | None = None
    missing: tuple[str, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    status: Status
    small: bool = False
    spans: tuple[Citation, Citation]
    before_said: Citation | None = None
    restriction: Citation | None = None
    caveat: Citation | None = None
    offered: Citation | None = None

    @property
    def is_free(self) -> bool:
        """Whether its speaker is certain, and nobody set a condition on it or warned about it; no other figure is a headline."""
        return self.restriction is None and self.caveat is None and not self.said.unsure

    @property
    def passing(self) -> bool:
        """Whether it is a small count mentioned in passing, or of nothing that was said, which hardly any story needs.

        One that takes the place of another is none: a reader who has the other needs it.
        """
        idle = self.kind == "scale" or (self.is_unclear and not self.is_time)
        return idle and self.status != "corrected" and self.before is None and self.small and self.is_free

    @property
    def carries(self) -> bool:
        """Whether it can carry a part of the story: a comparison, a price, or a result or a loss whose unit is clear.

        A small count alone does not, unless it is a rate.
        """
        if self.before is not None or self.kind == "cost":
            return True
        clear = self.unit in currencies() or not self.is_unclear
        return self.kind in _TELLING and clear and (not self.small or self.is_time or rate_of(self.period) is not None)

    @property
    def is_unclear(self) -> bool:
        """Whether what is counted, or in which unit, was not said."""
        return not _UNCLEAR.isdisjoint(self.missing)

    @property
    def is_time(self) -> bool:
        """Whether it is a duration."""
        return self.unit in DURATIONS

    @property
    def places(self) -> dict[str, str]:
        """Where on the call some of what is missing was told, in words, by field."""
        return {place.field: place.at.when for place in self.elsewhere}

    def lacking(self, words: Mapping[str, str]) -> str:
        """Return what is missing, in these words and their order, with the places where it was told."""
        told = {name: f" (see {when})" for name, when in self.places.items()}
        return ", ".join(f"{words[name]}{told.get(name, '')}" for name in words if name in self.missing)

    @property
    def said(self) -> Citation:
        """The exact words."""
        return self.spans[0]

    @property
    def context(self) -> Citation:
        """The sentence around the words."""
        return self.spans[1]


@lru_cache(maxsize=4)
def cards(material: Material) -> tuple[Card, ...]:
    """Return the metrics that may be used, as cards, in the order of the call."""
    disputed = _disputed(material)
    told: dict[Span, list[Card]] = {}
    for metric in usable_metrics(material):
        told.setdefault(material.sentence_of(metric), []).append(_card(material, metric, disputed))
    return tuple(card for beside in told.values() for card in _side_by_side(material, beside))


def _side_by_side(material: Material, beside: Sequence[Card]) -> Sequence[Card]:
    """Return the cards of one sentence, with the same part of it around each if there is one that holds them all."""
    whole = material.around_all([card.said for card in beside], TOGETHER)
    if len({card.context for card in beside}) == 1 or not material.is_usable(whole) or not all(whole.holds(card.said) for card in beside):
        return beside
    return [card.model_copy(update={"spans": (card.said, whole)}) for card in beside]


def by_sentence(figures: Iterable[Card]) -> list[tuple[Card, ...]]:
    """Return the cards of each sentence together, in their order."""
    told: dict[tuple[int, int], tuple[Card, ...]] = {}
    for card in figures:
        place = (card.context.turn, card.context.start)
        told[place] = (*told.get(place, ()), card)
    return list(told.values())


def _disputed(material: Material) -> set[tuple[int, int]]:
    """Return the places, by turn and start, of figures that an open gap disputes which nothing else settled."""
    settled = {n for row in contradictions(material) if row.settled_by for n in row.turns}
    gaps = [g for g in material.findings.gaps if g.kind == "inconsistent" and g.outcome != "answered" and g.turn not in settled]
    metrics = material.findings.metrics
    return {(m.turn, m.start) for m in metrics for g in gaps if g.overlaps(m)}


def _card(material: Material, metric: Metric, disputed: set[tuple[int, int]]) -> Card:
    beside = told_beside(material, metric)
    own = {"period": metric.period, "scope": metric.scope, "source": metric.source if _is_source(material, metric) else None}
    held = {name: _held(material, told or beside.get(name)) for name, told in own.items()}
    said_before = before_said(material, metric)
    baseline = metric.baseline if said_before else None
    told = _told_before(baseline, said_before) if baseline and said_before else None
    near = f"{_near(material, metric)} {said_before.text if said_before else ''}"
    after, whole = _noted(material, metric, near)
    perhaps = None if baseline else _perhaps(material, metric)
    lost = [name for name in held if getattr(metric, name)] + (["baseline"] if metric.baseline and not (baseline or perhaps) else [])
    measures = metric.measures if not material.barred.leaks(metric.measures) else ""
    name = _name(metric, measures, f"{near} {material.around(metric, CONTEXT).text}")
    clear = whole or metric.unit == "point"  # nobody says the points of a score
    unsaid = [] if clear else ["unit" if name else "definition"]
    missing = tuple(dict.fromkeys(field for field in (*unsaid, *metric.missing, *lost) if not held.get(field)))
    caveat = caveat_on(material, metric)
    unlike = told is not None and _is_of_another_length(material, metric, told)
    alike = not unlike and not _are_of_other_wholes(metric, said_before)
    fair = not metric.agreed and not (caveat and caveat.parts) and alike and not _is_vague(metric, told)
    return Card(
        kind=metric.kind,
        measures=measures,
        name=name,
        after=after,
        unit=metric.unit,
        small=_is_small(metric, whole) and not _is_asked_for(material, metric),
        before=_shown(baseline, told, whole, told.period if told and unlike else None) if baseline else None,
        perhaps=perhaps,
        change=change_of(metric, baseline, whole, _in_points(material, metric, baseline)) if baseline and fair else None,
        missing=missing,
        elsewhere=tuple(_told_elsewhere(material, metric, missing)),
        status=_status(material, metric, missing, disputed=(metric.turn, metric.start) in disputed),
        spans=(material.cite(metric), material.around(metric, CONTEXT)),
        before_said=said_before,
        restriction=restriction_on(material, metric),
        caveat=caveat.said if caveat else None,
        offered=_offered(material, metric) if metric.agreed else None,
        **held,
    )


def _are_of_other_wholes(metric: Metric, before: Span | None) -> bool:
    """Return whether a value and the one before count parts of different wholes: "five out of twelve, now it's fourteen out of fifteen"."""
    texts = (metric.text, before.text if before else "")
    return metric.unit != "percent" and len({q.whole for text in texts for q in find_quantities(text) if q.whole}) > 1


def _is_source(material: Material, metric: Metric) -> bool:
    """Return whether a metric's source is named as one in its sentence or beside it, or was told in answer to the question for it.

    Beside it is the sentence before, or one after that points back, if no other figure stands there: "That's off the phone system.". A
    bare verb names none, "to report a missed bin", but who did it: "so I logged it".
    """
    source = metric.source or ""
    if len(norms(source)) > 1 and source not in material.turns[metric.turn].text:
        return True
    rows, own = material.spans(metric.turn), material.sentence_of(metric)
    at = rows.index(own) if own in rows else len(rows)
    before, after = rows[max(0, at - 1) : at], [s for s in rows[at + 1 : at + 2] if _points_back(s.text)]
    near = [own.text, *(s.text for s in (*before, *after) if not find_quantities(s.text))]
    if source.endswith("ed"):
        return any(_is_of_ours(text, source) for text in near)
    return any(names_source(text, source) and not _is_no_source(text, source) for text in near)


def _points_back(text: str) -> bool:
    return norms(text)[0] in words_of("drafts.beside.pointing")


def _is_of_ours(text: str, verb: str) -> bool:
    """Return whether a speaker tells by a verb how they came by a figure: "I logged it", "we sampled them"."""
    said = norms(text)
    return any(a in words_of("drafts.beside.us") and b == verb.lower() for a, b in pairwise(said))


def _is_no_source(text: str, source: str) -> bool:
    """Return whether the name of a source is only what somebody does, or what they have: "asked to report it", "with a report"."""
    said = norms(text)
    doers = {"to", *words_of("lint.words.subjects")}
    owners = words_of("drafts.beside.having") if source.lower() in words_of("drafts.beside.papers") else frozenset[str]()
    places = [n for n, norm in enumerate(said) if norm == source.lower()]
    return all(not doers.isdisjoint(said[max(0, n - 1) : n]) or not owners.isdisjoint(said[max(0, n - 2) : n]) for n in places)


def _perhaps(material: Material, metric: Metric) -> str | None:
    """Return a number beside a result or a loss, in digits, that may be its value before, though that is not likely.

    Both are of one unit, and their sentence tells of a change or of a time: a year, "before", "down to".
    """
    before, said = metric.baseline, material.sentence_of(metric)
    if before is None or metric.kind not in _TELLING or metric.baseline_chance < _UNSURE or not material.is_usable(said):
        return None
    changing = words_of("drafts.changing") | words_of("mentions.time.before")
    dated = bool(find_years(said.text)) or not changing.isdisjoint(norms(said.text))
    if not dated or before.unit != metric.unit or set(ends_of(before)) & set(ends_of(metric)):
        return None
    told, both = number_text(before), f"{number_text(before)}, {number_text(metric)}"
    return told if not ungrounded_numbers(both, said.text) and not material.barred.leaks(told) else None


def _in_points(material: Material, metric: Metric, before: Amount) -> bool:
    """Return whether a customer speaks of the difference of two bare numbers as so many points: "sixty-eight, now seventy-four"."""
    ends = (*ends_of(metric), *ends_of(before))
    told = (q for t in material.turns.values() if t.role == "customer" and material.is_open(t.turn) for q in find_quantities(t.text))
    apart = abs(float(ends[0]) - float(ends[-1]))
    return len(ends) == 2 and any(q.unit in _POINTS and float(q.low) == apart for q in told)


def _told_elsewhere(material: Material, metric: Metric, missing: Collection[str]) -> Iterator[Elsewhere]:
    """Yield the sentences that most likely answered a question about a metric, for each field that it lacks and they tell.

    One that is no reply to what was said of the metric must share a content word with it, itself or by its question, or answer a
    question that names its number; none answers a question that names only other numbers. An answer to a question for one field may
    tell others as well.
    """
    own = _telling_words(material.around(metric, CONTEXT).text, metric.unit)

    def fitness(said: Citation) -> tuple[bool, int]:
        return bool(find_quantities(said.text)), len(own & set(map(stem, norms(said.text))))

    told: dict[str, Citation] = {}
    for gap in (g for g in material.findings.gaps if g.closed_by is not None and g.overlaps(metric)):
        answer = gap.closed_by or 0
        asked, said = _question_to(material, answer), list(_sentences_of(material, answer))
        near = _names_it(metric, asked) or answer - metric.turn <= _NEXT
        about = near or not own.isdisjoint(map(stem, norms(asked)))
        if _names_it(metric, asked) is False or not said or not (about or fitness(max(said, key=fitness))[1]):
            continue
        # An answer to another question soon after may be about another thing; "And before?" asks of nothing else.
        pursues = _names_it(metric, asked) or not own.isdisjoint(map(stem, norms(asked))) or (near and len(norms(asked)) <= _BARE)
        besides = [s for s in said if pursues or fitness(s)[1]]
        for field in missing:
            rows = said if field == _LACKED.get(gap.kind) else [s for s in besides if holds(s.text, field, metric)]
            if rows:
                told.setdefault(field, max(rows, key=fitness))
    yield from (Elsewhere(field=field, at=at) for field, at in told.items())


def _question_to(material: Material, answer: int) -> str:
    """Return the questions of the interviewer's side right before a turn, all of its words without one, "" where a customer goes on."""
    before = material.turns.get(answer - 1)
    if before is None or before.role == "customer":
        return ""
    return " ".join(s.text for s in material.spans(before.turn) if s.text.endswith("?")) or before.text


def _names_it(metric: Metric, asked: str) -> bool | None:
    """Return whether a question names a number of a metric, and not only others; None if it names none: "Is that per year?"."""
    named = {float(end) for q in find_quantities(asked) for end in (q.low, q.high)}
    ends = (*ends_of(metric), *(ends_of(metric.baseline) if metric.baseline else ()))
    return not named.isdisjoint(map(float, ends)) if named else None


def _name(metric: Metric, measures: str, told: str) -> str:
    """Return what a metric measures, "" where the text `told` does not say it, or it only says the unit or the kind of unit."""
    unit, named, said = ({stem(word) for word in norms(text)} for text in (plural(metric.unit), measures, told))
    plain = "definition" in metric.missing or is_plain(measures) or named <= unit
    framing = {stem(word) for word in words_of("drafts.framing") | function_words()}
    return "" if plain or not named - framing <= said else measures


def _told_before(baseline: Amount, said: Citation) -> Quantity | None:
    """Return the number with which a value before was said."""
    told = (q for found in find_quantities(said.text) for q in (found, found.baseline) if q is not None)
    return next((q for q in told if [float(end) for end in dict.fromkeys((q.low, q.high))] == [*map(float, ends_of(baseline))]), None)


def _is_vague(metric: Metric, before: Quantity | None) -> bool:
    """Return whether an end of a change is a mere magnitude."""
    return is_magnitude(metric.text) or (before is not None and is_magnitude(before.text))


def _is_of_another_length(material: Material, metric: Metric, before: Quantity) -> bool:
    """Return whether both values say over what time they are counted, and differ in it: "eleven in one quarter, three this whole year".

    In one sentence with the value before, a time only says when: "thirty a month last year, and fifty this year".
    """
    both, text = f"{before.text}, {number_text(metric)}", material.turns[metric.turn].text
    together = any(not ungrounded_numbers(both, text[s.start : s.end]) for s in material.sentences(metric.turn))
    return len({length_of(metric.period, dated=not together), length_of(before.period)} - {None}) > 1


def _shown(before: Amount, told: Quantity | None, whole: bool, rate: str | None) -> str:
    """Return a value before in digits, with its unit if that was said, and with a rate.

    It is in the customer's words if they tell only its magnitude.
    """
    if told is not None and is_magnitude(told.text):
        return f"“{told.text}”"
    shown = amount_text(before) if whole else number_text(before)
    return f"{shown} {rate}" if rate else shown


def _is_small(metric: Metric, whole: bool) -> bool:
    """Return whether a number is a small count; one of a share or money is none, if its unit was said: `whole`."""
    return max(ends_of(metric)) < _SMALL and not (whole and metric.unit in {"percent", "times", *currencies()})


def _is_asked_for(material: Material, metric: Metric) -> bool:
    """Return whether a figure opens the answer to a question for an amount, "How many did you miss?" "Nine", or is all of the answer."""
    asked = material.turns.get(metric.turn - 1)
    rows = material.sentences(metric.turn)
    if asked is None or asked.role == "customer" or not rows or metric.start >= rows[0].end:
        return False
    text = material.turns[metric.turn].text[rows[0].start : rows[0].end]
    alone = set(norms(text)) <= number_words() | function_words() and "?" in asked.text
    return alone or bool(Lexicon.at("drafts.asks_amount").find(norms(asked.text)))


def before_said(material: Material, metric: Metric) -> Citation | None:
    """Return where the likely value before is said: in the turn of the value after, in the answer to "and before?", or near it.

    In a turn that is only near it, a content word must be shared. None if it is not said in these places, since a number elsewhere
    may be about something else, unless the interviewer read the two back and the customer confirmed them.
    """
    text = amount_text(metric.likely_baseline) if metric.likely_baseline else ""
    if not text or material.barred.leaks(text):
        return None
    own = _telling_words(material.around(metric, CONTEXT).text, metric.unit)
    for away in (0, *(n for d in range(1, _NEAR + 1) for n in (d, -d))):
        turn = material.turns.get(metric.turn + away)
        if turn is None or turn.role != "customer" or ungrounded_numbers(text, turn.text):
            continue
        if away == 0 or own & _telling_words(turn.text, metric.unit) or _answers_before(material, turn.turn, away):
            said = (c for c in _sentences_of(material, turn.turn) if not ungrounded_numbers(text, c.text))
            return min(said, key=lambda c: abs(c.start - metric.start) if away == 0 else c.start, default=None)
    return _said_apart(material, metric) if _is_read_back(material, metric) else None


def _is_read_back(material: Material, metric: Metric) -> bool:
    """Return whether the interviewer later says both values in one turn, which a sure pair was then confirmed for."""
    if metric.baseline is None or metric.baseline_chance < CONFIRMED:
        return False
    numbers = f"{number_text(metric.baseline)}, {number_text(metric)}"
    later = (t for t in material.turns.values() if t.turn > metric.turn and t.role != "customer")
    return any(not ungrounded_numbers(numbers, t.text) for t in later)


def _said_apart(material: Material, metric: Metric) -> Citation | None:
    """Return where a customer says the number of a metric's baseline, in the turn nearest to it, None if nobody does."""
    number = number_text(metric.baseline) if metric.baseline else ""
    customers = sorted((t for t in material.turns.values() if t.role == "customer"), key=lambda t: abs(t.turn - metric.turn))
    told = (c for t in customers for c in _sentences_of(material, t.turn))
    return next((c for c in told if not ungrounded_numbers(number, c.text)), None)


def _answers_before(material: Material, turn: int, away: int) -> bool:
    """Return whether a turn answers the question that came right after the value: "and what was it before?"."""
    asked = material.turns.get(turn - 1)
    if away != _NEXT or asked is None or asked.role == "customer":
        return False
    return not words_of("drafts.asks_before").isdisjoint(t.norm for t in tokenize(asked.text))


def _sentences_of(material: Material, turn: int) -> Iterable[Citation]:
    """Yield the sentences of a turn that may be used."""
    return (material.around(span, CONTEXT) for span in material.spans(turn) if material.is_usable(span))


def _telling_words(text: str, unit: str) -> set[str]:
    """Return the stems of the words that name something: without function words, numbers and the unit."""
    counted = {t.norm for q in find_quantities(text) for t in tokenize(q.text)}
    return {stem(t.norm) for t in tokenize(text) if len(t.norm) > _SHORT and t.norm not in {*counted, *function_words(), unit}}


def _noted(material: Material, metric: Metric, near: str) -> tuple[str, bool]:
    """Return a metric in digits, and whether its unit was said near it, in the text `near`.

    A unit that is not said in the turn itself is put in brackets; one that was only inferred is left out. If the value was inferred too
    ("a hundred and eighty" thousand), or only its magnitude told ("hundreds of services"), the words are shown instead.
    """
    said = _is_said(metric.unit, near)
    if is_magnitude(metric.text):
        return f"“{metric.text}”", said
    if said and is_literal(material, metric):
        return amount_text(metric), True
    bare = number_text(metric)
    if ungrounded_numbers(bare, material.turns[metric.turn].text):
        return f"“{metric.text}”", False
    return (f"{bare} ({unit_text(metric.unit, (2,))})", True) if said else (bare, False)


def _near(material: Material, metric: Metric) -> str:
    """Return where a unit can be said: the number's sentence up to a few words after it, and the question that a turn's start answers."""
    turn, rows = material.turns[metric.turn], material.sentences(metric.turn)
    first = next((n for n, s in enumerate(rows) if s.start <= metric.start < s.end), 0)
    asked = material.turns.get(metric.turn - 1) if first < _OPENING else None
    start = 0 if first < _OPENING or not rows else rows[first].start
    return f"{asked.text if asked else ''} {turn.text[start : metric.end + _REACH]}"


def _is_said(unit: str, text: str) -> bool:
    """Return whether a text contains a unit, by name, by a word for it or in a quantity; for money, any currency will do."""
    words = {t.norm for t in tokenize(text)}
    if unit in currencies():
        return "grand" in words or not words.isdisjoint(lists().currencies) or any(q.unit in currencies() for q in find_quantities(text))
    last = unit.rpartition("/")[0].rpartition(" ")[2] or unit.rpartition(" ")[2]
    return any(singular(w) == last or lists().units.get(w) == unit for w in words) or any(q.unit == unit for q in find_quantities(text))


def _held(material: Material, text: str | None) -> str | None:
    """Return a field of a metric, None if it contains what must not be shown."""
    return text if text and not material.barred.leaks(text) else None


def _offered(material: Material, metric: Metric) -> Citation | None:
    """Return the place of the turn with the number to which an answer only agrees, None if the answer repeats the number."""
    before = material.turns.get(metric.turn - 1)
    return material.point(before.turn) if before and not find_quantities(metric.text) else None


def _status(material: Material, metric: Metric, missing: tuple[str, ...], *, disputed: bool) -> Status:
    touched = [c for c in clashes(material) if any(side is not None and side.overlaps(metric) for side in (c.first, c.last))]
    if is_superseded(material, metric):
        return "superseded"
    if disputed or any(c.is_open for c in touched):
        return "in conflict"
    if metric.agreed:
        return "to read back"
    if any(c.row.stands for c in touched):
        return "corrected"
    return "to complete" if missing else "complete"


def is_literal(material: Material, metric: Metric) -> bool:
    """Return whether a metric's value and unit are both said in its turn."""
    return not ungrounded_numbers(amount_text(metric), material.turns[metric.turn].text)
