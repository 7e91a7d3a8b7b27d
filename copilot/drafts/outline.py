"""The outline: headline candidates, sidebar, and the guide's sections with claims, quotes, figures, claims to verify, open gaps."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal

from pydantic import Field

from ..findings import Gap, Outcome, Severity
from ..lexicon import words_of
from ..probe import Probe, ProbeKind
from ..text import capitalised, norms
from ..turns import Compound, Value
from .citation import Citation
from .claims import Claim, claims
from .clashes import corrected_facts
from .conditions import restriction_on
from .excerpts import excerpts
from .figures import Card, cards
from .headlines import Headline, headlines
from .material import Material
from .promises import is_promised
from .requests import spoken_question
from .technical import technical
from .told import is_spent, needed

__all__ = ["Claim", "Fact", "Headline", "OpenGap", "Outline", "OutlineSection", "Said", "outline"]

_CITED = re.compile(r'"[^"]*"')
_NEAR = frozenset({"to complete", "corrected"})
_NEARLY = 3  # figures close to a headline, where there are fewer headlines than that
_SIZES = 6  # sentences with sizes in the sidebar


class Fact(Value):
    """A company fact for the sidebar. `origin` is the call or the background file."""

    label: str
    text: str
    origin: Literal["call", "background"]
    spans: tuple[Citation, ...] = ()


class Said(Citation):
    """A quote; `restriction` is the customer's condition on using it."""

    restriction: Citation | None = None


class OpenGap(Value):
    """Something that is still missing, and the question for it. `spans` are the words that leave it open.

    `promised` says that it is deferred, and that the customer promised it; `needed` that the story needs it and that it is worth a
    question; `told` that the call tells it elsewhere, or that its words prompt no question, so that no page shows it.
    """

    gap: str | None
    topic: str
    kind: ProbeKind
    severity: Severity
    outcome: Outcome
    probe: str
    why: str
    promised: bool = False
    needed: bool = True
    told: bool = False
    spans: tuple[Citation, ...] = ()


class OutlineSection(Value):
    """A section of the story; `section` is its id in the guide."""

    section: str
    title: str
    claims: tuple[Claim, ...]
    quotes: tuple[Said, ...]
    metrics: tuple[Card, ...]
    verify: tuple[Citation, ...]
    gaps: tuple[OpenGap, ...]


class Outline(Compound):
    """The outline of a story. `nearly` are the figures closest to a headline that still lack something or are disputed."""

    schema_: Literal["copilot.outline/1"] = Field(default="copilot.outline/1", alias="schema")
    company: str | None
    headline_candidates: tuple[Headline, ...]
    nearly: tuple[Card, ...]
    sidebar: tuple[Fact, ...]
    sections: tuple[OutlineSection, ...]


def outline(material: Material) -> Outline:
    """Return the story outline for a call."""
    figures = cards(material)
    company = material.background.customer.company
    results = [c for c in figures if c.kind == "result" and c.is_free]
    candidates = headlines(material, results)
    shown = {h.spans[0] for h in candidates}
    nearly = sorted(
        (c for c in results if c.before and c.said not in shown and (c.status == "in conflict" or (c.status in _NEAR and c.missing))),
        key=lambda c: (len(c.missing), c.said.turn, c.said.start),
    )
    return Outline(
        company=company,
        headline_candidates=candidates,
        nearly=tuple(nearly[: 0 if len(candidates) >= _NEARLY else _NEARLY]),
        sidebar=tuple(_sidebar(material, figures)),
        sections=tuple(_sections(material, figures)),
    )


def _sidebar(material: Material, figures: Iterable[Card]) -> Iterable[Fact]:
    """Yield the company's facts: those in the background, then the sizes stated on the call.

    A background fact that the call contradicts stands with what the customer said.
    """
    customer = material.background.customer
    for label, text in (("Company", customer.company), ("Industry", customer.industry), ("Product", material.background.product)):
        if text:
            yield Fact(label=label, text=text, origin="background")
    corrected = corrected_facts(material)
    for text in customer.facts:
        if not material.barred.leaks(text):
            said = next((said for known, said in corrected.items() if known in text), None)
            shown = f"{text} (the call says {said.quoted})" if said else text
            yield Fact(label="Known before the call", text=shown, origin="background", spans=(said,) if said else ())
    rows = {row.turn for row in material.findings.sections if material.guide.sections[0].id in row.sections}
    sizes = (
        c for c in figures if c.kind == "scale" and c.status != "superseded" and not c.passing and not c.is_time and c.said.turn in rows
    )
    cited = {(c.context.turn, c.context.start): c.context for c in sizes if _is_of_the_company(c)}
    for said in list(cited.values())[:_SIZES]:
        yield Fact(label="Said on the call", text=said.quoted, origin="call", spans=(said,))


def _is_of_the_company(size: Card) -> bool:
    """Return whether a size can be the company's: told in no question and no example with "you", nor as of the speaker alone."""
    text = size.context.text
    words, before = ({word.split("'")[0] for word in norms(part)} for part in (text, text[: size.said.start - size.context.start]))
    alone = "i" in before and words.isdisjoint(words_of("drafts.company"))
    return not (text.endswith("?") or alone or words & words_of("drafts.examples"))


# The sections


def _sections(material: Material, figures: Sequence[Card]) -> Iterable[OutlineSection]:
    homes = _homes(material)
    told = claims(material)
    gaps = _open_gaps(material)
    quotes = [Said(**said.model_dump(), restriction=restriction_on(material, whole)) for said, whole in excerpts(material)]
    for section in material.guide.sections:
        yield OutlineSection(
            section=section.id,
            title=section.title,
            claims=tuple(told[f"{section.id}.{topic.id}"] for topic in section.topics),
            quotes=tuple(q for q in quotes if homes[q.turn] == section.id),
            metrics=tuple(c for c in figures if _home_of(c, material, homes) == section.id),
            verify=tuple(v for v in technical(material) if homes[v.turn] == section.id),
            gaps=tuple(g for g in gaps if _home_of_gap(g, material, homes) == section.id),
        )


def _homes(material: Material) -> dict[int, str]:
    """Return the section that each turn belongs to: the first that it informs, else that of the turn before."""
    rows = {row.turn: row.sections[0] for row in material.findings.sections if row.sections}
    here, homes = material.guide.sections[0].id, {}
    for turn in material.findings.turns:
        here = rows.get(turn.turn, here)
        homes[turn.turn] = here
    return homes


def _home_of(card: Card, material: Material, homes: dict[int, str]) -> str:
    """Return the section of a figure: the one that its turn informs; if none or several, that of the topic that holds its kind."""
    holder = material.guide.holder(card.kind)
    decided = any(row.turn == card.said.turn and len(row.sections) == 1 for row in material.findings.sections)
    return holder.split(".", 1)[0] if holder and not decided else homes[card.said.turn]


def _home_of_gap(gap: OpenGap, material: Material, homes: dict[int, str]) -> str:
    """Return the section of a gap: that of its topic if the guide has it, else that of its turn."""
    if gap.topic in material.guide.topics:
        return gap.topic.split(".", 1)[0]
    return homes[gap.spans[0].turn] if gap.spans else material.guide.sections[-1].id


# Gaps


def _open_gaps(material: Material) -> list[OpenGap]:
    """Return what is left to ask: open and deferred gaps in order of worth, then topics that nobody touched."""
    by_id = {g.id: g for g in material.findings.gaps}
    ranked = [by_id[p.gap] for p in material.probes if p.gap in by_id]
    rest = [g for g in material.findings.gaps if g.outcome in {"open", "deferred"} and g not in ranked]
    gaps = [_of_gap(material, g) for g in (*ranked, *rest) if material.is_usable(g)]
    topics = (_of_topic(material, p) for p in material.probes if p.gap is None)
    return sorted([*gaps, *topics], key=lambda g: (not g.needed, g.severity != "must"))


def _of_gap(material: Material, gap: Gap) -> OpenGap:
    return OpenGap(
        gap=gap.id, topic=gap.topic, kind=gap.kind, severity=gap.severity, outcome=gap.outcome,
        promised=is_promised(material, gap), needed=gap.id in needed(material),
        told=gap.outcome == "open" and is_spent(material, gap),
        probe=spoken_question(material, gap.kind, gap.probe), why=_why(material, gap.why), spans=(material.cite(gap),),
    )  # fmt: skip


def _of_topic(material: Material, probe: Probe) -> OpenGap:
    return OpenGap(
        gap=None, topic=probe.topic, kind=probe.kind, severity=probe.severity, outcome="open", probe=probe.probe,
        why=_why(material, probe.why), needed=probe.severity == "must",
    )  # fmt: skip


def _why(material: Material, why: str) -> str:
    """Return a reason without the words that stand beside it, and without parts that tell what no customer said or what is barred."""
    kept = [part for part in _pointing(why).rstrip(".").split("; ") if not material.barred.leaks(part)]
    return capitalised("; ".join(kept)) + "." if kept else ""


def _pointing(why: str) -> str:
    """Return a reason with "this" in place of the customer's words, which come first in it."""
    return _CITED.sub(lambda m: "This" if m.start() == 0 else "this", why, count=1)
