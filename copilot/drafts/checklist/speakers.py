"""Who is who: roles that were guessed, labels that name nobody, and words of which the export does not say who spoke them."""

from __future__ import annotations

from collections.abc import Iterable

from ...speakers import names_nobody
from ...text import listed
from ...turns import Span
from ..asserted import usable_metrics
from ..excerpts import excerpts
from ..material import Material
from ..promises import promises
from .items import LONGEST, Item, Part, ticked

__all__ = ["labels", "roles", "unnamed"]

_UNNAMED = "The export names no speaker here, so that whoever spoke before is taken to go on. Tick what they did say:"


def roles(material: Material) -> Iterable[Item]:
    """Yield the roles that were guessed, as one item: all that is used rests on who is a customer."""
    role_of = {t.speaker: t.role for t in material.findings.turns}
    guessed = [f"{name} ({role_of[name]})" for name in material.findings.source.guessed if name in role_of]
    if guessed:
        text = f"Who is who was guessed: {listed(guessed)}. Is that right? A customer's words alone are used."
        yield Item(
            area="speakers", item=text, derived=tuple(guessed), owner=material.interviewer or "writer", status="to confirm", blocks=True
        )  # fmt: skip


def labels(material: Material) -> Iterable[Item]:
    """Yield the customers' labels that name nobody and whose words are quoted or hold figures: a person has to be behind each."""
    told = (*(excerpt.said for excerpt in excerpts(material)), *usable_metrics(material))
    for name in filter(names_nobody, material.customers):
        said = tuple(dict.fromkeys(material.cite(s) for s in told if material.turns[s.turn].speaker == name))
        if said:
            yield Item(
                area="speakers", item=f"Who spoke as “{name}”? Quotes and figures need a name.", derived=(name,), evidence=said,
                owner=material.interviewer or "writer", status="missing", blocks=True,
            )  # fmt: skip


def unnamed(material: Material) -> Iterable[Item]:
    """Yield the sentences whose speaker is not certain and on which a figure, a claim, a question or a promise rests, as one item."""
    findings = material.findings
    unsure = [s for t in material.turns.values() if t.role == "customer" for s in material.unsure_in(t) if material.is_usable(s)]
    promised = (p.said for p in promises(material))
    resting = (*findings.metrics, *findings.gaps, *findings.verify, *promised)
    held = [s for s in unsure if _holds(s, resting)]
    said = [material.clip(s.turn, s.start, s.end, LONGEST) for s in held]
    if said:
        parts = tuple(Part(text=f"{c.quoted} ({c.by})", evidence=(c,)) for c in said)
        yield Item(
            area="speakers", item="\n".join([_UNNAMED, *ticked(parts)]), parts=parts, evidence=tuple(said),
            owner=material.interviewer or "writer", status="to confirm", blocks=any(_holds(s, findings.metrics) for s in held),
        )  # fmt: skip


def _holds(sentence: Span, found: Iterable[Span]) -> bool:
    return any(sentence.overlaps(span) for span in found)
