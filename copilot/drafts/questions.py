"""The question list before the call: what is known is skipped and said so, what the team wants comes first, minutes are shared out."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Literal

from pydantic import Field

from ..background import Background
from ..guide import Guide, Section, Topic
from ..lexicon import load_data
from ..text import stem, tokenize
from ..turns import Value

__all__ = ["Asked", "Goal", "Known", "QuestionList", "QuestionSection", "question_list"]

EACH = 1.5  # minutes that a question and its answer take
FRAME = 10  # minutes for the welcome, the recording, the thanks
Audience = Literal["interviewer", "customer"]


class Asked(Value):
    """A question. `if_time` marks those that the minutes do not reach; the notes are the interviewer's and empty for the customer."""

    topic: str
    question: str
    if_time: bool = False
    goals: tuple[str, ...] = ()
    intent: str = ""
    complete: tuple[str, ...] = ()


class QuestionSection(Value):
    """A section's questions, and the minutes that it has."""

    section: str
    title: str
    minutes: int
    questions: tuple[Asked, ...]


class Known(Value):
    """A topic that is not asked about, since the background answers it."""

    topic: str
    title: str


class Goal(Value):
    """Something that the team wants from the call, and the topics whose questions lead to it; none where no question names it."""

    text: str
    topics: tuple[str, ...]


class QuestionList(Value):
    """The questions for a call. For the customer it holds no goals, intents, facts or known topics."""

    schema_: Literal["copilot.questions/1"] = Field(default="copilot.questions/1", alias="schema")
    audience: Audience
    company: str | None
    product: str | None
    minutes: int
    goals: tuple[Goal, ...]
    sections: tuple[QuestionSection, ...]
    known: tuple[Known, ...]
    facts: tuple[str, ...]


def question_list(background: Background, guide: Guide, minutes: int = 45, audience: Audience = "interviewer") -> QuestionList:
    """Return the questions for a call of so many minutes, in the guide's order, those that serve a goal first in their section."""
    inside = audience == "interviewer"
    goals = [Goal(text=goal, topics=tuple(_serving(goal, guide, background))) for goal in background.goals]
    asked = [name for name in guide.topics if name not in background.known_topics]
    reached = _reached(guide, asked, goals, minutes)
    sections = [_section(guide, section, asked, reached, goals, inside) for section in guide.sections]
    return QuestionList(
        audience=audience,
        company=background.customer.company,
        product=background.product,
        minutes=minutes,
        goals=tuple(goals) if inside else (),
        sections=tuple(_timed([s for s in sections if s.questions], minutes)),
        known=tuple(Known(topic=n, title=t.title) for n, t in guide.topics.items() if n in background.known_topics) if inside else (),
        facts=background.customer.facts if inside else (),
    )


def _serving(goal: str, guide: Guide, background: Background) -> Iterable[str]:
    """Yield the topics, still to be asked about, whose own words meet a goal's best."""
    scores = {name: len(_stems(goal) & _own(topic)) for name, topic in guide.topics.items() if name not in background.known_topics}
    best = max(scores.values(), default=0)
    return (name for name, score in scores.items() if score and score == best)


def _own(topic: Topic) -> set[str]:
    return _stems(" ".join((topic.title, topic.question, topic.intent, *topic.complete)))


def _stems(text: str) -> set[str]:
    return {stem(t.norm) for t in tokenize(text) if t.norm not in _little()}


@cache
def _little() -> frozenset[str]:
    return frozenset(str(load_data("function_words")["words"]).split())


def _reached(guide: Guide, asked: list[str], goals: list[Goal], minutes: int) -> set[str]:
    """Return the topics that the minutes reach: those that serve a goal, the story's minimum, then what stories lack most."""
    wanted = {topic for goal in goals for topic in goal.topics}
    minimum = str(load_data("worth")["minimum"]).split()
    ordered = sorted(asked, key=lambda name: (name not in wanted, name not in minimum, -guide.topics[name].lacking))
    return set(ordered[: max(1, int((minutes - FRAME) / EACH))])


def _section(guide: Guide, section: Section, asked: list[str], reached: set[str], goals: list[Goal], inside: bool) -> QuestionSection:
    """Return a section's questions, those that serve a goal first and those for spare time last."""
    rows = []
    for topic in section.topics:
        name = f"{section.id}.{topic.id}"
        if name in asked:
            serves = tuple(goal.text for goal in goals if name in goal.topics)
            rows.append((name not in reached, not serves, _asked(name, topic, name not in reached, serves, inside)))
    rows.sort(key=lambda row: row[:2])
    return QuestionSection(section=section.id, title=section.title, minutes=0, questions=tuple(row[2] for row in rows))


def _asked(name: str, topic: Topic, if_time: bool, serves: tuple[str, ...], inside: bool) -> Asked:
    if not inside:
        return Asked(topic=name, question=topic.question, if_time=if_time)
    return Asked(topic=name, question=topic.question, if_time=if_time, goals=serves, intent=topic.intent, complete=topic.complete)


def _timed(sections: list[QuestionSection], minutes: int) -> Iterable[QuestionSection]:
    """Yield the sections with the minutes shared out by their questions, to the last minute."""
    counts = [sum(not q.if_time for q in s.questions) for s in sections]
    left, total = max(0, minutes - FRAME), sum(counts)
    for section, count in zip(sections, counts, strict=True):
        share = round(left * count / total) if total else 0
        yield section.model_copy(update={"minutes": share})
        left, total = left - share, total - count
