"""The report on a call as a value, built from its findings and its state after each turn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...drafts.excerpts import excerpts
from ...drafts.figures import Card, cards
from ...drafts.material import Material
from ...drafts.requests import spoken_question
from ...drafts.told import is_told
from ...findings import Gap
from ...guide import Section
from ...probe import Probe
from .asked import review
from .placing import Placing
from .values import CallReport, CoveragePoint, GapLife, OpenTopic, Place, SectionLane, Speaker, Step, TopicRow

__all__ = ["call_report"]

_KINDS = ("result", "cost", "pain", "timeline", "plan", "scale")


def call_report(material: Material, steps: Sequence[Step]) -> CallReport:
    """Return the report on a call. `steps` are its states after each turn, in order."""
    findings, placing = material.findings, Placing(material.findings.turns)
    sections = tuple(_section(material, placing, section, steps) for section in material.guide.sections)
    return CallReport(
        company=material.background.customer.company,
        product=material.background.product,
        source=findings.source,
        axis=placing.axis,
        turns=len(findings.turns),
        coverage=_growth(placing, ((s.turn, sum(c.covered for c in s.coverage.values())) for s in steps)),
        covered=sum(s.covered for s in sections),
        total=sum(s.total for s in sections),
        sections=sections,
        gaps=tuple(_gap(material, placing, gap, steps) for gap in findings.gaps if _is_shown(material, gap)),
        untouched=tuple(_open_topic(material, probe) for probe in material.probes if probe.gap is None),
        metrics=tuple(sorted(cards(material), key=_order)),
        quotes=tuple(excerpt.said for excerpt in excerpts(material)),
        speakers=tuple(_speaker(material, placing, name) for name in findings.talk),
        review=review(material, placing),
        consent=findings.consent,
        consent_assumed=findings.consent_assumed,
        barred=len({span.turn for span in material.barred.spans if material.turns[span.turn].role == "customer"}),
    )


def _section(material: Material, placing: Placing, section: Section, steps: Sequence[Step]) -> SectionLane:
    topics = material.findings.topics
    growth = _growth(placing, ((s.turn, s.coverage[section.id].covered) for s in steps))
    turns = [row.turn for row in material.findings.sections if section.id in row.sections and material.is_open(row.turn)]
    names = {f"{section.id}.{topic.id}": topic.title for topic in section.topics}
    return SectionLane(
        section=section.id,
        title=section.title,
        covered=growth[-1].covered if growth else 0,
        total=len(section.topics),
        topics=tuple(TopicRow(topic=n, title=title, state=topics[n].state, turns=topics[n].turns) for n, title in names.items()),
        talked=placing.of(turns),
        growth=growth,
    )


def _growth(placing: Placing, counts: Iterable[tuple[int, int]]) -> tuple[CoveragePoint, ...]:
    """Return the places where a count changes; a turn's findings count from its end."""
    points: list[CoveragePoint] = []
    for turn, covered in counts:
        if not points or points[-1].covered != covered:
            points.append(CoveragePoint(turn=turn, at=placing.stretches[turn].until if points else placing.axis.begin, covered=covered))
    return tuple(points)


def _is_shown(material: Material, gap: Gap) -> bool:
    """Return whether the words of a gap may be used, and it is not shown as open while the call tells what it lacks."""
    return material.is_usable(gap) and not (gap.outcome == "open" and is_told(material, gap))


def _gap(material: Material, placing: Placing, gap: Gap, steps: Iterable[Step]) -> GapLife:
    ended = gap.closed_by or next((s.turn for s in steps if gap.id in s.settled), None)
    topic, said = material.guide.topics.get(gap.topic), material.cite(gap)
    return GapLife(
        id=gap.id,
        kind=gap.kind,
        severity=gap.severity,
        topic=topic.title if topic else gap.topic,
        outcome=gap.outcome,
        opened=placing.place(gap.turn, said.at),
        ended=Place(turn=ended, at=placing.stretches[ended].until) if ended and gap.outcome != "open" else None,
        said=said,
        probe=gap.probe if not material.barred.tells(gap.probe) else "",
        why=gap.why if not material.barred.tells(gap.why) else "",
    )


def _open_topic(material: Material, probe: Probe) -> OpenTopic:
    return OpenTopic(
        topic=probe.topic,
        title=material.guide.topics[probe.topic].title,
        severity=probe.severity,
        probe=spoken_question(material, probe.kind, probe.probe),
        why=probe.why,
    )


def _order(card: Card) -> tuple[int, int, int]:
    """Return a sort key: results first, then in the order of the call."""
    return _KINDS.index(card.kind), card.said.turn, card.said.start


def _speaker(material: Material, placing: Placing, name: str) -> Speaker:
    talk = material.findings.talk[name]
    return Speaker(
        name=name,
        title=material.title_of(name),
        spoke=placing.of(t.turn for t in material.findings.turns if t.speaker == name),
        **talk.model_dump(),
    )
