"""Requests: what is left to ask, in writing, each with the words that prompted it and a form to fill in."""

from __future__ import annotations

from collections.abc import Sequence

from ..findings import Deferral, Gap
from ..lexicon import Lexicon, load_data, words_of
from ..probe import Probe
from ..probes.wording import question_below, quote_in
from ..quantities import find_quantities
from ..statements.dimensions import COUNTABLE
from ..text import norms
from ..turns import Span
from .citation import Citation
from .clashes import clashes, contradictions, said_on_side
from .leaning import says_little
from .material import Material
from .promises import is_promised, promises
from .told import FEWEST, OF_NUMBERS, breaks_off, is_sure, is_told, only_agrees, words_behind
from .worded import Worded

__all__ = ["Request", "form_of", "requests", "spoken_question", "wanted"]

MOST = 5
DEFERRED = 2  # requests among them for what the customer put off
SPOKEN = 3  # requests among them that want a story, not a figure
CONTEXT = 20  # words that remind the customer of what was said
SHORT = 9  # words of an answer that is shown with its question
FEW = 4  # words below which nobody knows what they were about
BRIEF = 12  # words of each of two figures that two people tell differently
NEAR = 4  # turns within which what was put off is what a gap lacks


class Request(Worded):
    """One thing to ask for. `gap` is the id of the gap that it closes, None for a topic that the call never reached.

    `owner` is who is asked; `spans` are the words that prompted it, if any, then those that they do not go together with; `asked` is
    the question that they answered, if they say little without it; `form` is what to fill in.
    """

    gap: str | None
    topic: str
    owner: str | None
    form: str
    spans: tuple[Citation, ...] = ()
    asked: Citation | None = None


def requests(material: Material, words: int = CONTEXT) -> tuple[Request, ...]:
    """Return at most five requests, best first, the words that prompted one cut to `words` words.

    What was put off comes first, then figures that two people tell differently, other statements of which one cannot be printed, what
    can be answered in writing, the rest; last what may have been answered in words that are not recognised.
    """
    chosen = [*_put_off(material, words)[:DEFERRED], *_disputes(material, words)]
    waiting = [p for g in material.findings.gaps if (p := _put_off_alone(material, g, chosen))]
    usable = [p for p in material.probes if p.turn is None or _is_worth_asking(material, p)]
    sure = [p for p in usable if p.gap is None or is_sure(p)]
    unsure = [p for p in usable if p not in sure and p.severity == "must"]
    likeliest = sorted(unsure, key=lambda p: -p.score)[: max(0, FEWEST - len(sure) - len(chosen) - len(waiting))]
    stories = 0
    ranked = sorted((*sure, *likeliest), key=lambda p: _order(material, p))
    for probe in (*waiting, *ranked):
        request = _request(material, probe, words)
        if request is None:
            continue
        short = _is_answered_in_writing(probe)
        stories += not short
        new = not any(said.overlaps(other) for r in chosen for other in r.spans for said in request.spans)
        if len(chosen) < MOST and new and (short or stories <= SPOKEN):
            chosen.append(request)
    return tuple(chosen)


def _order(material: Material, probe: Probe) -> tuple[bool, ...]:
    """Return the sort key of a probe among the requests."""
    unknown = probe.gap is None and probe.topic in material.unrecognised
    return unknown, probe.severity != "must", not _has_sides(material, probe), not _is_answered_in_writing(probe)


def _is_worth_asking(material: Material, probe: Probe) -> bool:
    """Return whether a probe about words of the call can be put in writing and is still to be answered."""
    usable = material.is_usable(words_behind(material, probe))
    return usable and not (is_told(material, probe) or _is_private(probe) or breaks_off(probe.text))


def _has_sides(material: Material, probe: Probe) -> bool:
    """Return whether a probe is about two statements of the call that do not go together."""
    return probe.kind == "inconsistent" and any(probe.turn in row.turns for row in contradictions(material))


def _is_private(probe: Probe) -> bool:
    """Return whether a probe takes up what became of somebody, in words without a figure: that is not asked in writing."""
    of_person = not words_of("drafts.persons").isdisjoint(norms(probe.text))
    return probe.kind == "dropped_thread" and of_person and not find_quantities(probe.text)


def _put_off(material: Material, words: int) -> list[Request]:
    """Return what to ask for of what customers put off on the call and did not promise, the last first."""
    promised = {p.said.turn for p in promises(material) if p.deliverable and not p.is_unsure}
    rows = (row for row in reversed(material.findings.deferred) if row.turn not in promised and material.is_usable(row))
    return [request for row in rows if (request := _deferred(material, row, words))]


def _disputes(material: Material, words: int) -> list[Request]:
    """Return what to ask for of the open clashes on which there is no gap, since two people tell one thing differently."""
    gaps = {g.turn for g in material.findings.gaps if g.kind == "inconsistent"}
    apart = (c for c in clashes(material) if c.is_open and gaps.isdisjoint(c.row.turns))
    brief = min(words, BRIEF)
    sides = ((material.around(c.last, brief), material.around(c.first, brief)) for c in apart if c.first and c.last)
    return [_both(material, last, first) for last, first in sides if last.speaker != first.speaker and _are_usable(material, last, first)]


def _are_usable(material: Material, *spans: Span) -> bool:
    return all(map(material.is_usable, spans))


def _both(material: Material, last: Citation, first: Citation) -> Request:
    """Return the request to say how two statements go together."""
    both, topic = load_data("drafts")["both"], material.guide.holder("result") or next(iter(material.guide.topics))
    return Request(gap=None, topic=topic, text=str(both["ask"]), owner=last.speaker, form=str(both["form"]), spans=(last, first))


def _put_off_alone(material: Material, gap: Gap, asked: Sequence[Request]) -> Probe | None:
    """Return the probe of a gap that the story needs and that was put off, unless its answer was promised, is told or `asked` for."""
    if gap.outcome != "deferred" or gap.severity != "must" or not material.is_usable(gap) or any(r.gap == gap.id for r in asked):
        return None
    probe = Probe(
        gap=gap.id, probe=gap.probe, why=gap.why, kind=gap.kind, topic=gap.topic, severity=gap.severity, score=gap.score, turn=gap.turn,
        text=gap.text,
    )  # fmt: skip
    return None if is_promised(material, gap) or is_told(material, probe) else probe


def _deferred(material: Material, row: Deferral, words: int) -> Request | None:
    """Return the request for what was put off, None where its question is barred; `#` in its words is who has the answer."""
    asked = material.question_before(row.turn, words)
    if asked is None:
        return None
    before = [g for g in material.findings.gaps if g.turn < row.turn]
    gap = next((g for g in reversed(before) if g.outcome == "deferred" and g.turn >= row.turn - NEAR), None)
    owner = None if row.owner is None or material.barred.tells(row.owner) else row.owner
    text, form = (
        str(load_data("drafts")["put_off"][name]).replace("#", owner or "") for name in (("ask", "form") if owner else ("alone", "blank"))
    )
    said = material.clip(row.turn, row.start, row.end, words)
    topic = gap or next(iter(before[-1:]), None)
    return Request(
        gap=gap.id if gap else None, topic=topic.topic if topic else next(iter(material.guide.topics)), text=text, owner=said.speaker,
        form=form, spans=(said,), asked=asked,
    )  # fmt: skip


def _is_answered_in_writing(probe: Probe) -> bool:
    """Return whether a few written words can answer a probe, such as a figure for something countable."""
    if probe.kind == "missing_metric":
        return not COUNTABLE.isdisjoint(m.label for m in Lexicon.load("cues").find(norms(probe.text)))
    return probe.kind in str(load_data("drafts")["written"]).split()


def _written(material: Material, kind: str, probe: str, shown: Citation | None) -> str:
    """Return a probe for writing, below the words that prompted it: without its lead-in, unless its quote is cut from these."""
    question = spoken_question(material, kind, probe)
    quote = quote_in(question)
    return question if shown and quote and not _holds(shown.text, quote) else question_below(question)


def _holds(text: str, quote: str) -> bool:
    """Return whether a text holds the words of a quote, whatever their punctuation."""
    return f" {' '.join(norms(quote))} " in f" {' '.join(norms(text))} "


def _quoted(material: Material, span: Span, probe: str) -> Span:
    """Return the words of a span that a probe's lead-in quotes, the span itself where it quotes none of them."""
    quote = quote_in(probe) or ""
    start = span.text.find(quote) if quote else -1
    at = span.start + start
    return material.turns[span.turn].span(at, at + len(quote)) if start >= 0 else span


def spoken_question(material: Material, kind: str, probe: str) -> str:
    """Return a probe, in general words if it would give away what is barred."""
    return str(load_data("drafts")["ask"].get(kind, load_data("drafts")["other_ask"])) if material.barred.leaks(probe) else probe


def form_of(question: str, kind: str) -> str:
    """Return what to fill in: what the question asks for, else what its kind of gap lacks, else a few sentences."""
    want, name = wanted(question), kind
    if want == "pair" and kind in OF_NUMBERS:
        name = kind
    elif kind == "inconsistent":
        name = "worked_out" if want == "how" else kind
    elif want == "amount":
        name = "amount"
    elif kind == "missing_metric":
        name = ""
    return str(load_data("drafts")["form"].get(name, load_data("drafts")["other_form"]))


def wanted(question: str) -> str | None:
    """Return what a question asks for, None where its words do not tell: how something is worked out, two values, an amount, a person."""
    said = norms(question)
    return next((want for want in ("how", "pair", "amount", "who") if Lexicon.at(f"drafts.asks_{want}").find(said)), None)


def _request(material: Material, probe: Probe, words: int) -> Request | None:
    """Return the request for a probe, None where the words that prompted it say nothing without a question that may not be shown."""
    if probe.turn is None:
        text = _written(material, probe.kind, probe.probe, None)
        form = form_of(text, probe.kind)
        owner = next(iter(material.customers), None)
        return Request(gap=probe.gap, topic=probe.topic, text=text, owner=owner, form=form)
    span = _told_first(material, words_behind(material, probe))
    shown = _shown(material, span, words, _quoted(material, span, probe.probe))
    text = _written(material, probe.kind, probe.probe, shown)
    form = form_of(text, probe.kind)
    opens = shown.start == material.sentences(span.turn)[0].start
    little = says_little(shown.text) or len(norms(material.turns[span.turn].text)) < SHORT
    asked = material.question_before(span.turn, words) if opens and little else None
    other = _other_side(material, probe, span, words)
    if not (asked or other) and (len(norms(shown.text)) < FEW or only_agrees(shown.text)):
        return None
    spans: tuple[Citation, ...] = (shown,)
    if other:
        text, form, spans = str(load_data("drafts")["both"]["ask"]), str(load_data("drafts")["both"]["form"]), (shown, other)
    return Request(gap=probe.gap, topic=probe.topic, text=text, owner=shown.speaker, form=form, spans=spans, asked=asked)


def _told_first(material: Material, span: Span) -> Span:
    """Return the sentence that told a number of a short answer to "nineteen or ninety?", else the span itself."""
    turn, asked, before = (material.turns.get(span.turn - back) for back in range(3))
    if turn is None or asked is None or before is None or before.speaker != turn.speaker or len(norms(turn.text)) >= SHORT:
        return span
    sure = {norm for q in find_quantities(turn.text) for norm in norms(q.text)}.intersection(norms(asked.text))
    return next((s for s in material.spans(before.turn) if sure.intersection(norms(s.text)) and material.is_usable(s)), span)


def _other_side(material: Material, probe: Probe, span: Span, words: int) -> Citation | None:
    """Return what a statement does not go together with, None if that was not said on the call or may not be shown."""
    rows = [row for row in contradictions(material) if span.turn in row.turns and _has_sides(material, probe)]
    sides = (said_on_side(material, side, n) for row in rows for n in row.turns for side in row.sides if side.computed is None)
    shown = (material.around(said, words) for said in sides if said is not None and not said.overlaps(span))
    return next((said for said in shown if material.is_usable(said)), None)


def _shown(material: Material, span: Span, words: int, keep: Span) -> Citation:
    """Return the sentence of the words that prompted a request, cut near `keep`, with a neighbouring one if it says little alone.

    If something else in it is barred, only the words are shown.
    """
    for place in (_with_neighbour(material, span), span):
        shown = material.around(place, words, keep=keep)
        if material.is_usable(shown):
            return shown
    return material.clip(span.turn, span.start, span.end, words)


def _with_neighbour(material: Material, span: Span) -> Span:
    """Return a span extended, if its sentence says little alone, by the one before it, or after it at the beginning of the turn."""
    turn, rows = material.turns[span.turn], material.sentences(span.turn)
    held = [i for i, s in enumerate(rows) if s.start < span.end and span.start < s.end]
    if not held or not says_little(turn.text[rows[held[0]].start : rows[held[-1]].end]):
        return span
    near = held[0] - 1 if held[0] else min(held[-1] + 1, len(rows) - 1)
    return turn.span(min(span.start, rows[near].start), max(span.end, rows[near].end))
