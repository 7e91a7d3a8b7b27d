"""Ranking: what to ask first, and what to leave for the email or somebody else.

Offered is what an interviewer would ask at that moment (`asking`). The worth of such a probe is the chance that an expert would want more
there, times the chance that a story is clearly weaker without the answer, times how often published stories lack the thing, times the
chance that somebody on the call knows it. It is higher if the team's goals name it, and for what was just said, and lower for what was
said long ago, which is likelier to have been answered since in passing. At the end it depends on the kind too.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from ..background import Background
from ..findings import Gap, TopicStatus
from ..guide import Guide
from ..lexicon import Lexicon, function_words, load_data, words_of
from ..probe import Probe
from ..reading import Reading
from ..text import norms
from .asking import chance_of_asking
from .recall import repeats

__all__ = ["Plan", "dwells", "given", "plan", "probe_of", "rank"]

_SHORT_WORDS = 4  # most letters of a word that is ignored


class Plan(NamedTuple):
    """What is left to ask: in the rest of the call, in the email, and of somebody who is not on the call; each best first."""

    ask_now: tuple[Probe, ...]
    email: tuple[Probe, ...]
    someone_else: tuple[Probe, ...]


def rank(
    gaps: Iterable[Gap],
    topics: Mapping[str, TopicStatus],
    guide: Guide,
    background: Background,
    *,
    limit: int | None = 3,
    minutes_left: float | None = None,
    turn: int | None = None,
    least: float = 0.0,
    brushed: Container[str] = (),
    dwelling: bool = False,
    needed: Container[str] = (),
) -> tuple[Probe, ...]:
    """Return at most `limit` probes worth asking, best first: no two on the same words, spread over the topics.

    Only open gaps count, and none that an interviewer would ask about with a chance below `least`. `turn` is the current turn of a live
    call, which puts what was just said first; without it, or with little time left, only worth decides. `minutes_left` is 0 when the call
    is over. What was said long ago waits for the end. Topics that nobody has touched are offered too: after the gaps, when the call has
    just gone on to a later section, those of the first one that it has left, unless it is `dwelling` on a story, and then after the gaps
    that are `needed`, however small their chance; when time is short, or the call has reached the guide's last section after all the
    others, all of them, by their worth. None that is `brushed` is, since some answer may have been about it, nor one that the background
    file tells.
    """
    late = minutes_left is not None and minutes_left <= _worth()["short"]
    now = None if late else turn
    ending = late or _at_last_section(topics, guide)
    left = [] if dwelling else _left_behind(topics, guide, now)
    ahead = _untouched(topics, guide) if ending else left
    offered = [t for t in ahead if t not in brushed and not given(t, guide, background)]
    waiting = [gap for gap in gaps if gap.outcome == "open" and not _is_forgotten(gap, now)]
    asked = [gap for gap in waiting if chance_of_asking(gap, now) >= least or (offered and not ending and gap.id in needed)]
    last = max([turn or 1, *(gap.turn for gap in asked)])
    weighed = [(_value(gap, guide, background) * _timely(gap, now, last), probe_of(gap)) for gap in asked]
    weight = 1.0 if ending else _worth()["meanwhile"]
    weighed += [(_open_value(t, guide, background) * weight, _of_topic(t, guide)) for t in offered]
    return _spread(weighed, limit)


def plan(
    gaps: Iterable[Gap],
    topics: Mapping[str, TopicStatus],
    guide: Guide,
    background: Background,
    minutes_left: float,
    brushed: Container[str] = (),
    listed: Sequence[str] = (),
    shown: Container[str] = (),
) -> Plan:
    """Return what is left, ordered into what to ask now, what to ask by email, and what somebody else knows.

    What needs a conversation comes first on the call, and what the team's goals name, of whatever kind; other figures can be sent.
    Deferred gaps are in the email, as reminders. The gaps and topics that are `listed` to be asked now keep their places, as far as there
    are any; of the others, those come last that have been `shown` in vain.
    """
    worth, kept = _worth(), list(gaps)
    ranked = rank(kept, topics, guide, background, limit=None, minutes_left=0, brushed=brushed)
    elsewhere = [p for p in ranked if p.kind in worth["elsewhere"].split() or not _known_here(p.topic, guide, background)]
    here = [p for p in ranked if p not in elsewhere]
    voice = {*worth["voice"].split(), "open_topic"}
    places = {name: place for place, name in enumerate(listed)}

    def order(probe: Probe) -> tuple[int, bool, bool]:
        name = probe.gap or probe.topic
        is_sent = probe.severity != "must" or (probe.kind not in voice and not _is_aimed_at(probe, guide, background))
        return places.get(name, len(places)), name in shown, is_sent

    spoken = sorted(here, key=order)
    now = tuple(spoken[: max(0, int(minutes_left / worth["minutes"]))])
    deferred = [probe_of(g) for g in kept if g.outcome == "deferred"]
    return Plan(now, (*(p for p in here if p not in now), *deferred), tuple(elsewhere))


@cache
def _worth() -> Mapping[str, Any]:
    return load_data("worth")


def _value(gap: Gap, guide: Guide, background: Background) -> float:
    """Return the worth of asking about a gap, whenever it is."""
    worth = _worth()
    value = gap.score * (worth["need"][gap.severity] if gap.need is None else gap.need)
    value *= 1 + worth["lacking"].get(gap.kind, _lacking(gap.topic, guide))
    value *= 1.0 if _known_here(gap.topic, guide, background) else worth["unlikely"]
    value *= worth["goal"] if _is_aimed_at(gap, guide, background) else 1.0
    return float(value)


def _timely(gap: Gap, now: int | None, last: int) -> float:
    """Return the factor on the worth of a gap at turn `now`, or at the end of a call whose last turn is `last`."""
    worth, age = _worth(), max(0, (last if now is None else now) - gap.turn)
    value = _recalled(gap, now) * (1 - worth["early"] * min(1.0, age / worth["span"]))
    value *= worth["kinds"].get(gap.kind, 1.0) if now is None else 1 + worth["recent"] * 0.5 ** (age / 4)
    return float(value)


def _recalled(gap: Gap, now: int | None) -> float:
    """Return the factor on the worth of a gap for how well its question brings back, at turn `now` or at the end, what was said."""
    if now is None and _says_nothing_alone(gap):
        return float(_worth()["faded"])
    return float(_worth()["unnamed"]) if now != gap.turn and not repeats(gap.probe, gap.text) else 1.0


def _is_forgotten(gap: Gap, now: int | None) -> bool:
    """Return whether it is too long ago, at turn `now` of a call, to come back to what was said; sooner so if it means nothing alone."""
    return now is not None and now - gap.turn > _worth()["fades" if _says_nothing_alone(gap) else "stale"]


def _says_nothing_alone(gap: Gap) -> bool:
    """Return whether the words of a gap mean nothing without their question: a few, or none that say what they are about."""
    words = norms(gap.text)
    brief = _worth()["brief_answer" if gap.kind == "short_answer" else "brief"]
    return len(words) <= brief or function_words().issuperset(words)


def _open_value(topic: str, guide: Guide, background: Background) -> float:
    """Return the worth of a topic that nobody has touched."""
    worth = _worth()
    need = worth["need"]["must" if topic in guide.minimum else "nice"]
    value = worth["open_topic"] * need * (1 + _lacking(topic, guide))
    value *= 1.0 if _known_here(topic, guide, background) else worth["unlikely"]
    return float(value * (worth["goal"] if _serves_goal(_title(topic, guide), background.goals) else 1.0))


def _lacking(topic: str, guide: Guide) -> float:
    return guide.topics[topic].lacking if topic in guide.topics else 0.5


def _title(topic: str, guide: Guide) -> str:
    return f"{guide.topics[topic].title} {guide.topics[topic].intent}" if topic in guide.topics else ""


def _known_here(topic: str, guide: Guide, background: Background) -> bool:
    """Return whether somebody on the call has a job that knows the topic; a missing title rules nobody out."""
    jobs = _worth()["knows"].get(guide.standard.get(topic))
    titles = [p.title.lower() for p in background.of_role("customer") if p.title]
    if jobs is None or not titles or len(titles) < len(background.of_role("customer")):
        return True
    words = {w for job in jobs.split() for w in _worth()["jobs"][job].split()}
    return any(words & set(norms(title)) for title in titles)


def given(topic: str, guide: Guide, background: Background) -> str:
    """Return what the background file tells of a topic about the customer's company, so that nobody is asked for it; "" if nothing."""
    key = _worth()["given"].get(guide.standard.get(topic))
    return getattr(background.customer, key) or "" if key else ""


def _is_aimed_at(asked: Gap | Probe, guide: Guide, background: Background) -> bool:
    """Return whether a goal of the team names what is asked about, or its topic."""
    return _serves_goal(f"{asked.text} {_title(asked.topic, guide)}", background.goals)


def _serves_goal(text: str, goals: Sequence[str]) -> bool:
    """Return whether a text shares a content word with a goal of the team."""
    return bool(_stems(text) & {s for goal in goals for s in _stems(goal)})


def _stems(text: str) -> set[str]:
    """Return the beginnings of the longer words of a text, so that "saving" matches "saved"."""
    return {norm[:5] for norm in norms(text) if len(norm) > _SHORT_WORDS and norm not in words_of("worth.common")}


def dwells(recent: Sequence[Reading]) -> bool:
    """Return whether the talk is still at a story or at what has moved somebody, in one of the last two answers of its latest turns."""
    answers = [r for r in recent if r.is_customer][-2:]
    return any(r.words >= _worth()["story"] or r.find(Lexicon.load("emotions")) for r in answers)


def _at_last_section(topics: Mapping[str, TopicStatus], guide: Guide) -> bool:
    """Return whether the call has reached the last section, after all the others, and so has had a chance to reach every topic.

    One topic of it may come up in passing; two do where there are two.
    """
    last = [status for name, status in topics.items() if name.split(".")[0] == guide.sections[-1].id]
    begun = {name.split(".")[0] for name, status in topics.items() if status.state != "open"}
    reached = sum(status.state not in {"open", "known"} for status in last)
    return reached >= min(2, max(1, len(last))) and begun.issuperset(section.id for section in guide.sections)


def _untouched(topics: Mapping[str, TopicStatus], guide: Guide) -> list[str]:
    return [name for name in guide.topics if name in topics and topics[name].state == "open"]


def _left_behind(topics: Mapping[str, TopicStatus], guide: Guide, now: int | None) -> list[str]:
    """Return the untouched topics of the first section that the call has begun, and has just left, at turn `now`, for a later one.

    A section is begun by a topic that is settled: one that is only partly told may have come up in passing. It is left for one that is
    not begun before it.
    """
    begun: dict[str, int] = {}
    for name, status in topics.items():
        if status.state not in {"open", "known", "partial"}:
            section, at = name.split(".")[0], min(status.turns, default=0)
            begun[section] = min(at, begun.get(section, at))
    order = [section.id for section in guide.sections if section.id in begun]
    after = {section: [begun[later] for later in order[n + 1 :] if begun[later] >= begun[section]] for n, section in enumerate(order)}
    just_left = [section for section, left in after.items() if left and (now is None or now - min(left) <= _worth()["crossing"])]
    untouched = [name for name in _untouched(topics, guide) if name.split(".")[0] in just_left]
    return [name for name in untouched if name.split(".")[0] == untouched[0].split(".")[0]]


def probe_of(gap: Gap) -> Probe:
    """Return the probe that would close a gap; its words are a model's where a model has found the gap, alone or too."""
    return Probe(
        gap=gap.id, probe=gap.probe, why=gap.why, kind=gap.kind, topic=gap.topic, severity=gap.severity, score=gap.score,
        turn=gap.turn, start=gap.start, end=gap.end, text=gap.text, unsure=gap.unsure,
        origin="llm" if "llm" in gap.origin else "rules",
    )  # fmt: skip


def _of_topic(name: str, guide: Guide) -> Probe:
    """Return the probe for a topic that nobody has touched, as far as its cue words tell: the guide's own question."""
    topic = guide.topics[name]
    title = topic.title.lower()
    found = "Not recognised so far, as it has no cue words" if name in guide.uncued else "Nobody has touched on this yet"
    share = f"; {round(topic.lacking * 100)} % of published stories leave it out" if topic.counted else ""
    return Probe(
        gap=None, probe=topic.short or topic.question, why=f"{found}: {title}{share}.",
        kind="open_topic", topic=name, severity="must" if name in guide.minimum else "nice",
        score=round(_worth()["open_topic"] * (0.5 + topic.lacking), 3),
    )  # fmt: skip


def _spread(weighed: Sequence[tuple[float, Probe]], limit: int | None) -> tuple[Probe, ...]:
    """Choose the best, one by one: each choice reduces the worth of its topic and section, and no words are used twice."""
    worth, left, chosen = _worth(), sorted(weighed, key=_order), []  # type: ignore[var-annotated]
    while left and (limit is None or len(chosen) < limit):
        best = min(left, key=lambda row: (-row[0] * _damping(row[1], chosen, worth), *_order(row)[1:]))
        chosen.append(best[1])
        left = [row for row in left if row is not best and not _same_words(row[1], best[1])]
    return tuple(chosen)


def _order(row: tuple[float, Probe]) -> tuple[float, int, str, str]:
    return -row[0], row[1].turn or 0, row[1].gap or "", row[1].topic


def _damping(probe: Probe, chosen: Sequence[Probe], worth: Mapping[str, Any]) -> float:
    """Return the factor on a probe's worth given those already chosen."""
    section = probe.topic.split(".")[0]
    topics = sum(p.topic == probe.topic for p in chosen)
    sections = sum(p.topic.split(".")[0] == section for p in chosen)
    return float(worth["same_topic"] ** topics * worth["same_section"] ** (sections - topics))


def _same_words(one: Probe, other: Probe) -> bool:
    """Return whether two probes ask the same thing or for the same term, which a reason names, or are about the same words of a turn."""
    if one.probe == other.probe or (one.kind == other.kind == "unclear_term" and one.why == other.why):
        return True
    return one.turn is not None and one.turn == other.turn and (one.text in other.text or other.text in one.text)
