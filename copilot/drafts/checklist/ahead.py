"""What is still ahead: promises to keep, and questions that the story needs."""

from __future__ import annotations

from collections.abc import Iterable

from ...lexicon import load_data
from ...text import counted
from ..material import Material
from ..promises import held_promises, is_promised, promises
from ..requests import spoken_question
from ..told import needed
from .items import Item, ItemStatus, Part, grouped, ticked

__all__ = ["promised", "questions"]


def promised(material: Material) -> Iterable[Item]:
    """Yield the promises, those of one sentence together: who, what, by when."""
    for rows in grouped(promises(material), lambda promise: (promise.context, promise.speaker)).values():
        first = rows[0]
        dates = list(dict.fromkeys(promise.due for promise in rows if promise.due))
        due = f" By when: {', '.join(f'“{d}”' for d in dates)}." if dates else ""
        offered = f" {first.speaker} offered: {first.dated.quoted}" if first.is_passed_on and first.dated else ""
        besides = tuple(filter(None, (first.asked, first.dated)))
        spans = tuple(dict.fromkeys(span for promise in rows for span in promise.spans))
        doubt = " (speaker not certain)" if first.is_unsure else ""
        yield Item(
            area="promises", item=f"{first.said.speaker}{doubt} said: {first.told}{due}{offered}", evidence=(*spans, *besides),
            owner=first.speaker, status="waiting", blocks=False,
        )  # fmt: skip
    for place in held_promises(material):
        where = f"in turn {place.turn}"
        text = f"{place.speaker} promised something {where}, beside what is held back: read it there."
        yield Item(area="promises", item=text, evidence=(place,), derived=(where,), owner=place.speaker, status="waiting", blocks=False)


def questions(material: Material) -> Iterable[Item]:
    """Yield how many questions that the story needs are open, and how many are waited for; the outline has them, and the parts.

    Topics that may have been answered in words that are not recognised come last.
    """
    left = [g for g in material.findings.gaps if g.id in needed(material)]
    for state, gaps in grouped(left, lambda gap: "promised" if is_promised(material, gap) else gap.outcome).items():
        status: ItemStatus = "waiting" if state == "promised" else "open"
        text = f"{counted(len(gaps), 'question')} that the story needs: {load_data('drafts')['waiting'][state]}."
        parts = tuple(Part(text=spoken_question(material, g.kind, g.probe), evidence=(material.cite(g),)) for g in gaps)
        yield Item(
            area="open questions", item=text, parts=parts, evidence=tuple(part.evidence[0] for part in parts),
            derived=(str(len(gaps)),), owner=material.interviewer or "writer", status=status, blocks=False,
        )  # fmt: skip
    if names := material.unrecognised:
        text = load_data("drafts")["unrecognised"].replace("#", counted(len(names), "topic"))
        parts = tuple(Part(text=material.guide.topics[name].question) for name in names)
        yield Item(
            area="open questions", item="\n".join((text, *ticked(parts))), parts=parts, derived=(str(len(names)),),
            owner=material.interviewer or "writer", status="open", blocks=False,
        )  # fmt: skip
