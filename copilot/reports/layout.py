"""Layout: each document as blocks."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from functools import singledispatch

from ..drafts.checklist import TICK, Checklist, Item
from ..drafts.citation import Citation
from ..drafts.email import Email
from ..drafts.figures import MISSING, Card, by_sentence
from ..drafts.headlines import Headline
from ..drafts.outline import Claim, OpenGap, Outline, OutlineSection, Said
from ..drafts.questions import AFTER, BEFORE, Asked, Goal, QuestionList, QuestionSection
from ..lexicon import function_words, number_words
from ..probes.wording import question_below
from ..text import capitalised, counted, norms
from .blocks import Block, Heading, Items, Note, Page, Paragraph, Quotation, Table

__all__ = ["body_of", "item_cells", "layout"]

_NOTE = (
    "No figure and no quote here is confirmed yet; the checklist has what to settle for each. Quotes are word for word; places are times "
    "on the call, or turns. What is from the background file was not said on the call."
)
_SHORT = {"baseline": "before", "definition": "what is counted", "unit": "unit"}  # what a figure lacks, where a column says so
_BRIEF = 8  # most words of a sentence that hardly says what its figure is of
_STATUS = {
    "complete": "",
    "to complete": "",
    "to read back": "read it back: the interviewer named the number",
    "in conflict": "settle it: another statement disputes it",
    "corrected": "confirm it: it corrects another statement",
    "superseded": "a later statement corrects it: leave it out if that one is right",
}


@singledispatch
def layout(document: object) -> Page:
    """Return a document as a page of blocks. Raises TypeError for anything else."""
    raise TypeError(f"a {type(document).__name__} is not a document")


# The email


@layout.register
def _email(document: Email) -> Page:
    to = ", ".join(f"{r.name} <{r.email}>" if r.email else f"{r.name} [address]" for r in document.to) or "[recipients]"
    blocks: list[Block] = [Paragraph(to, "To"), Paragraph(document.subject, "Subject")]
    return Page("Thank-you email", (*blocks, *body_of(document)))


def body_of(document: Email) -> Iterator[Block]:
    """Yield the blocks of an email's body, without its header."""
    for part in document.parts:
        yield Paragraph(part.text)
        if part.items:
            yield Items(part.items, part.numbered)


# The outline


@layout.register
def _outline(document: Outline) -> Page:
    blocks = [
        Paragraph(_NOTE),
        *_headlines(document),
        *_sidebar(document),
        *(b for section in document.sections for b in _section(section)),
    ]
    return Page(f"Story outline: {document.company or '[company]'}", tuple(blocks))


def _headlines(document: Outline) -> Iterator[Block]:
    yield Heading("Headline candidates")
    if document.headline_candidates:
        yield Items(tuple(map(_candidate, document.headline_candidates)))
    else:
        yield Paragraph("No figure is complete enough to carry a headline yet.")
    for card in document.nearly:
        missing = ", ".join(MISSING.get(name, name) for name in card.missing)
        notes = (
            f"Not found: {missing}." if missing else "",
            f"{capitalised(_STATUS[card.status])}." if card.status == "in conflict" else "",
        )
        yield Note(" ".join((f"Close to a headline: {card.context.quoted} ({card.said.by}).", *filter(None, notes))))


def _candidate(headline: Headline) -> str:
    """Return a headline candidate with its source, and what to settle before it is printed."""
    notes = f". To settle before print: {', '.join(headline.notes)}" if headline.notes else ""
    return f"{headline.text} ({headline.spans[0].by}){notes}"


def _sidebar(document: Outline) -> Iterator[Block]:
    yield Heading("Sidebar")
    if not document.sidebar:
        yield Paragraph("Nothing is known of the company yet.")
        return
    rows = tuple((f.label, f.text, f.spans[0].by if f.spans else "background file") for f in document.sidebar)
    yield Table(("Fact", "Text", "From"), rows)


def _section(section: OutlineSection) -> Iterator[Block]:
    yield Heading(section.title)
    for claim in section.claims:
        yield from _claim(claim)
    told = {s: claim.title for claim in section.claims for s in claim.spans if s.text}
    parts: dict[str, Sequence[Block]] = {
        "Quotes": [_quotation(quote) for quote in section.quotes],
        "Figures": list(_figures(section.metrics, told)),
        "To verify": [Items(tuple(map(_said_at, section.verify)))] if section.verify else [],
        "Still open": list(_gaps([gap for gap in section.gaps if not any(_asks(claim, gap) for claim in section.claims)])),
    }
    for title, blocks in parts.items():
        if blocks:
            yield from (Heading(title, 3), *blocks)


def _quotation(quote: Said) -> Quotation:
    limits = [quote.edit if quote.edit == "trimmed" else "", f"condition: {quote.restriction.quoted}" if quote.restriction else ""]
    told = "; ".join(limit for limit in limits if limit)
    return Quotation(quote.quoted, f"{quote.by} ({told})" if told else quote.by)


def _asks(claim: Claim, gap: OpenGap) -> bool:
    """Return whether a claim says itself what is to be asked of its topic, which nobody touched."""
    return gap.gap is None and gap.topic == claim.topic and claim.text.endswith(gap.probe)


def _said_at(said: Citation) -> str:
    return f"{said.quoted} ({said.speaker}, {said.when})"


def _said_or_place(said: Citation, told: Mapping[Citation, str], within: Sequence[Citation]) -> str:
    """Return words with their speaker and place, or where those `within` them stand above: `told` has the topic of each citation."""
    topic = next((title for cited, title in told.items() if all(cited.holds(words) for words in within)), None)
    return f"as under {topic} ({said.when})" if topic else _said_at(said)


def _claim(claim: Claim) -> Iterator[Block]:
    """Yield a claim with its places; one in a model's words is marked, and stands with the words that it retells."""
    places = _places(claim.spans)
    retold = claim.origin == "llm"
    yield Paragraph(f"{claim.text} ({places})" if places else claim.text, f"{claim.title} (in a model's words)" if retold else claim.title)
    if retold:
        yield from (Quotation(said.quoted, said.by) for said in claim.spans if said.text)
    if claim.fault:
        yield Note(f"The model's words for this are not used: {claim.fault}.")


def _places(spans: Iterable[Citation]) -> str:
    return "; ".join(dict.fromkeys(s.when for s in spans))


def _figures(cards: Sequence[Card], told: Mapping[Citation, str]) -> Iterator[Block]:
    """Yield the figures of a section: those that can carry a part of the story as a table, the others as a line.

    Small counts in passing, and numbers of nothing that was said, are in the JSON form alone.
    """
    kept = [card for card in cards if not card.passing]
    rows = _once(row for row in by_sentence(kept) if any(card.carries for card in row))
    shown = {_value(card) for row in rows for card in row}
    others: dict[str, list[Card]] = {}
    for card in kept:
        if _value(card) not in shown and (text := _other(card)):
            others.setdefault(text.casefold(), []).append(card)
    if rows:
        header = ("In the customer's words", "Noted as", "Not found")
        yield Table(header, tuple(_sentence(row, told) for row in rows))
    if others:
        yield Paragraph("; ".join(f"{_other(same[0])} ({_places(c.said for c in same)})" for same in others.values()), "Other numbers")


def _once(rows: Iterable[Sequence[Card]]) -> list[Sequence[Card]]:
    """Return the figures of sentences without those that only say again what an earlier sentence says."""
    kept: list[Sequence[Card]] = []
    told: set[Hashable] = set()
    for row in rows:
        values = {_value(card) for card in row}
        if not values <= told:
            kept.append(row)
        told |= values
    return kept


def _value(card: Card) -> Hashable:
    """Return what tells whether two figures are the same: what is measured, its values, and over which period."""
    return card.measures, card.before, card.after, card.period


def _other(card: Card) -> str:
    """Return a figure in a few words: those that were said, with the unit where they are a bare number; nothing if that was not said."""
    if card.offered:
        return f"{_named_in(card.offered)}: {card.said.quoted}"
    bare = set(norms(card.said.text)) <= number_words() | function_words()
    if not bare:
        return card.said.quoted
    return "" if card.is_unclear else f"{card.after}: {card.said.quoted}"


def _named_in(offered: Citation) -> str:
    return f"a number that {offered.speaker} named ({offered.when})"


def _sentence(cards: Sequence[Card], told: Mapping[Citation, str]) -> tuple[str, str, str]:
    """Return the figures of one sentence as a row: a line for each, and what they lack, each by itself unless all lack the same."""
    place = _said_or_place(cards[0].context, told, [card.said for card in cards])
    bare = not place.startswith("“") or len(norms(cards[0].context.text)) <= _BRIEF
    to_do = {_to_do(card): None for card in cards}
    lacks = to_do if len(to_do) == 1 else {f"{card.after}: {_to_do(card)}": None for card in cards if _to_do(card)}
    return place, "\n".join(dict.fromkeys(_figure(card, named=bare) for card in cards)), "\n".join(lacks)


def _figure(card: Card, *, named: bool) -> str:
    """Return a figure with its value before, the change, and what it holds for; `named` says that no words beside it tell what it is."""
    elsewhere = f" ({card.before_said.when})" if card.before_said and card.before_said.turn != card.said.turn else ""
    if card.offered:
        return _named_in(card.offered)
    noted = f"{card.before} before{elsewhere}, {card.after} after" if card.before else card.after
    noted = f"{card.name}: {noted}" if named and card.name else noted
    change = f": {card.change.text} (computed: {card.change.derivation})" if card.change else ""
    unsure = f"before, perhaps: {card.perhaps} (same sentence)" if card.perhaps else ""
    held = (unsure, card.period, f"for {card.scope}" if card.scope else "", f"source: {card.source}" if card.source else "")
    return "; ".join(part for part in (f"{noted}{change}", *held) if part)


def _to_do(card: Card) -> str:
    """Return what is left to do about a figure before it can be confirmed."""
    steps = [_STATUS[card.status], card.lacking({name: _SHORT.get(name, name) for name in MISSING})]
    steps += [f"keep the condition {card.restriction.quoted}" if card.restriction else ""]
    own = card.caveat is not None and card.context.holds(card.caveat)
    steps += ["mind the caveat in these words" if own else f"mind the caveat {card.caveat.quoted}" if card.caveat else ""]
    return "; ".join(step for step in steps if step)


def _gaps(gaps: Iterable[OpenGap]) -> Iterator[Block]:
    """Yield what is still to ask: a note for each thing that the story needs, then a list of what is good to have."""
    rows = [gap for gap in gaps if not gap.told]
    yield from (Note(_gap(gap)) for gap in rows if gap.needed)
    if good := tuple(_gap(gap) for gap in rows if not gap.needed):
        yield Paragraph("Good to have:")
        yield Items(good)


def _gap(gap: OpenGap) -> str:
    """Return an open gap: the words that leave it open, what to ask, where they stand; and why, if the question does not show it."""
    said = gap.spans[0] if gap.spans else None
    asked = f"{said.quoted} {question_below(gap.probe)} ({said.speaker}, {said.when})" if said else gap.probe
    put_off = "It was put off on the call." if gap.outcome == "deferred" else ""
    wait = "The customer promised it for later." if gap.promised else put_off
    return " ".join(part for part in (asked, wait, gap.why if gap.kind == "inconsistent" else "") if part)


# The checklist


@layout.register
def _checklist(document: Checklist) -> Page:
    blocking = sum(item.blocks for item in document.items)
    blocks: list[Block] = [
        Paragraph(f"{len(document.items)} items, {blocking} of which block publication until they are settled. This is not legal advice.")
    ]
    for area in dict.fromkeys(item.area for item in document.items):
        blocks += [Heading(capitalised(area)), _items([i for i in document.items if i.area == area])]
    return Page(f"Checklist before publication: {document.company or '[company]'}", tuple(blocks))


def _items(items: Iterable[Item]) -> Table:
    """Return the items of one area, those that block first."""
    ordered = sorted(items, key=lambda item: not item.blocks)
    return Table(("Item", "Evidence", "Owner", "Status", "Blocks"), tuple(item_cells(item) for item in ordered))


def item_cells(item: Item) -> tuple[str, str, str, str, str]:
    """Return an item of the checklist as cells: item, evidence, owner, status, and whether it blocks. Lines to tick name their places."""
    return item.item, "" if TICK in item.item else _evidence(item.evidence), item.owner, item.status, "yes" if item.blocks else "no"


def _evidence(cited: Iterable[Citation]) -> str:
    """Return the places of citations, with each speaker's name once."""
    places: dict[str, dict[str, None]] = {}
    for citation in cited:
        places.setdefault(citation.speaker, {})[citation.when] = None
    return "; ".join(f"{speaker}, {', '.join(times)}" for speaker, times in places.items())


# The question list


@layout.register
def _questions(document: QuestionList) -> Page:
    return Page(f"Questions for our talk with {document.company or '[company]'}", tuple(_question_blocks(document)))


def _question_blocks(document: QuestionList) -> Iterator[Block]:
    outside = document.audience == "customer"
    yield Paragraph(_welcome(document) if outside else _brief(document))
    if not outside:
        yield from _aims(document)
    asks = {goal.text: goal.ask for goal in document.goals if goal.ask}
    for section in document.sections:
        yield Heading(section.title if outside else f"{section.title} ({_minutes(section)})")
        yield Items(tuple(q.question if outside else _asked(q, asks) for q in section.questions), numbered=True)
    if not outside:
        yield from _known(document)


def _welcome(document: QuestionList) -> str:
    product = f" about {document.product}" if document.product else ""
    return (
        f"Thank you for agreeing to talk with us{product}. We have {document.minutes} minutes, and there is nothing to prepare: these are "
        "the things that we would like to hear about, in your own words and in any order. With your permission we will record the call "
        "for our notes, and nothing is published without your written approval."
    )


def _brief(document: QuestionList) -> str:
    spare = any(q.if_time for s in document.sections for q in s.questions)
    return (
        f"{document.minutes} minutes: {BEFORE} for the welcome and permission to record, {AFTER} for thanks and next steps; the rest is "
        "shared out below. Any order; follow the story."
        + (" What is marked (if there is time) does not fit into these minutes; it can go into the email." if spare else "")
    )


def _minutes(section: QuestionSection) -> str:
    """Return when on the call a section starts, and how long it has."""
    if not section.minutes:
        return "if there is time"
    long = counted(section.minutes, "minute")
    return f"{long}, from {section.start // 60}:{section.start % 60:02}"


def _aims(document: QuestionList) -> Iterator[Block]:
    titles = {q.topic: q.question for s in document.sections for q in s.questions}
    yield Heading("What this call is to bring")
    if not document.goals:
        yield Paragraph("The background file names no goals.")
        return
    yield Table(("Goal", "Asked by"), tuple((goal.text, "\n".join(_asked_by(goal, titles))) for goal in document.goals))


def _asked_by(goal: Goal, titles: Mapping[str, str]) -> Iterator[str]:
    """Yield the questions that lead to a goal, starting with the one that names it."""
    if goal.ask:
        yield goal.ask
    yield from (titles[topic] for topic in goal.topics if topic in titles)
    if not goal.ask and not goal.topics:
        yield "No question leads here. Ask openly, in the customer's own terms, and let them bring the figure."


def _asked(question: Asked, asks: Mapping[str, str]) -> str:
    """Return a question with the interviewer's notes; `asks` are the questions that name a goal."""
    lines = [question.question + (" (if there is time)" if question.if_time else "")]
    lines += [f"Goal: {goal}" + (f". In its words: {asks[goal]}" if goal in asks else "") for goal in question.goals]
    lines += [f"Why: {question.intent}"] if question.intent else []
    lines += [f"A full answer includes: {', '.join(question.complete)}."] if question.complete else []
    return "\n".join(lines)


def _known(document: QuestionList) -> Iterator[Block]:
    yield Heading("Known, so not asked")
    if document.known:
        yield Items(tuple(k.title for k in document.known))
    else:
        yield Paragraph("The background file marks no topic as known.")
    if document.facts:
        yield Heading("Facts to have at hand")
        yield Items(document.facts)
