"""The question list before the call: it skips and lists what is known, puts the team's goals first, and allocates the minutes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Literal

from pydantic import Field

from ..background import Background
from ..guide import Guide, Section, Topic
from ..lexicon import Lexicon, function_words, load_data, words_of
from ..probes.lint import lint_question
from ..text import Token, capitalised, norms, stem, tokenize
from ..turns import Compound, Value

__all__ = ["AFTER", "BEFORE", "Asked", "Audience", "Goal", "Known", "QuestionList", "QuestionSection", "question_list"]

EACH = 1.5  # minutes for a question and its answer
BEFORE, AFTER = 5, 5  # minutes for the welcome and permission to record, and for thanks and next steps
NAMED, SHARED = 1.0, 0.5  # score of a topic for a goal: for a phrase of it, and for a word that no other topic has
ENOUGH = 0.5  # least score of a topic that serves a goal
MOST_WORDS = 10  # most words of a thing that a question is made for
MOST_OF_CLAUSE = 14  # most words of a clause that a question is made for
_PAIR = re.compile(r",? before and (?:after|now)\b.*", re.IGNORECASE)
_PAIR_OF = re.compile(r"(?:(?:a|the) )?before(?:/| and )(?:after|now) (?:for|of|on) ", re.IGNORECASE)
_ASIDE = re.compile(r"\s*\([^()]*\)")
_TAIL = re.compile(r", (?:with|if) .*| with the (?:before|money|source|sources|period)\b.*", re.IGNORECASE)
_STORY = re.compile(r"(?:a|an|one) (?:\w+ )?(?:story|example|anecdote|incident)\b", re.IGNORECASE)
_CHANGE = re.compile(r"(?:the )?(?:effects?|impact|influence|change|fall|drop|rise|growth|increase|decrease) (?:on|in|of) ", re.IGNORECASE)
_AGAIN = re.compile(r"\b(and|or) (?:on|in|of)\b")
_THEY = re.compile(r"^(\w+(?: (?:much|many|long|far|often))?) they\b")
Audience = Literal["interviewer", "customer"]
"""Whom a list of questions is for."""


class Asked(Value):
    """A question. `if_time` marks those that do not fit into the time; the notes are for the interviewer, empty for the customer."""

    topic: str
    question: str
    if_time: bool = False
    goals: tuple[str, ...] = ()
    intent: str = ""
    complete: tuple[str, ...] = ()


class QuestionSection(Value):
    """A section's questions, the minute of the call at which it begins, and its minutes, 0 if its questions are all for spare time."""

    section: str
    title: str
    start: int = 0
    minutes: int = 0
    questions: tuple[Asked, ...]


class Known(Value):
    """A topic that is not asked about because the background answers it."""

    topic: str
    title: str


class Goal(Value):
    """Something that the team wants from the call, and the topics whose questions lead to it, if any.

    `ask` is a question that names it, None if one cannot be made without putting words into the customer's mouth.
    """

    text: str
    topics: tuple[str, ...]
    ask: str | None = None


class QuestionList(Compound):
    """The questions for a call. The customer's version has no goals, intents, facts or known topics."""

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
    """Return the questions for a call of `minutes` minutes, in the guide's order; within a section, those for a goal come first.

    The customer's list has the questions that fit into the time, and nothing of what the team knows or wants.
    """
    asked = {name: topic for name, topic in guide.topics.items() if name not in background.known_topics}
    goals = tuple(Goal(text=goal, topics=_serving(goal, asked, guide), ask=_question_for(goal)) for goal in background.goals)
    reached = _reached(asked, goals, minutes, guide.minimum)
    inside = audience == "interviewer"
    listed = asked if inside else {name: topic for name, topic in asked.items() if name in reached}
    sections = [_section(section, listed, reached, goals, inside) for section in guide.sections]
    return QuestionList(
        audience=audience,
        company=background.customer.company,
        product=background.product,
        minutes=minutes,
        goals=goals if inside else (),
        sections=tuple(_timed([s for s in sections if s.questions], minutes, {topic for goal in goals for topic in goal.topics})),
        known=tuple(Known(topic=n, title=t.title) for n, t in guide.topics.items() if n not in asked) if inside else (),
        facts=background.customer.facts if inside else (),
    )


# Goals


def _serving(goal: str, asked: Mapping[str, Topic], guide: Guide) -> tuple[str, ...]:
    """Return the topics that serve a goal: those whose phrases it contains, or with which it shares most words."""
    tokens = tokenize(goal)
    words, owners = _stems(tokens), Counter(word for topic in asked.values() for word in _own(topic))
    scores = {
        name: NAMED * _names(guide.standard.get(name, ""), topic, tokens) + SHARED * sum(1 / owners[word] for word in words & _own(topic))
        for name, topic in asked.items()
    }
    best = max(scores.values(), default=0.0)
    return tuple(name for name, score in scores.items() if score >= max(ENOUGH, min(best, NAMED)))


def _names(name: str, topic: Topic, tokens: Sequence[Token]) -> bool:
    """Return whether a goal contains a phrase of a topic, which the library knows under a name."""
    words = [t.norm for t in tokens]
    phrases = [str(_goals()["topics"].get(name, "")), ", ".join((*topic.ask, *topic.cues))]
    return any(_lexicon(text).find(words) for text in phrases if text)


@cache
def _lexicon(phrases: str) -> Lexicon:
    return Lexicon({"topic": phrases})


def _own(topic: Topic) -> frozenset[str]:
    return _stems(tokenize(f"{topic.title} {topic.question}"))


def _stems(tokens: Iterable[Token]) -> frozenset[str]:
    return frozenset(stem(t.norm) for t in tokens if t.norm not in _little())


@cache
def _little() -> frozenset[str]:
    return function_words() | words_of("worth.common")


@cache
def _goals() -> Mapping[str, Any]:
    return load_data("goals")


def _question_for(goal: str) -> str | None:
    """Return a question that names a goal, None if one would presume a result.

    A goal can be a question, a clause ("how the drivers took to it"), a story, a change of a thing, a thing before and after, a figure, or
    any thing; an order to the team before it ("find out how …") is left out.
    """
    text = _without_order(_ASIDE.sub("", goal).strip())
    if text.endswith("?"):
        return None if lint_question(text) else capitalised(text)
    opening = norms(text)[:1]
    if opening and opening[0] in words_of("goals.clauses"):
        return _asking("tell", _addressed(_TAIL.sub("", text)), MOST_OF_CLAUSE)
    if _STORY.match(text):
        return _asking("tell", _PAIR.sub("", text), MOST_OF_CLAUSE)
    if change := _CHANGE.match(text):
        return _asking("change", _AGAIN.sub(r"\1", _TAIL.sub("", text[change.end() :])), MOST_WORDS)
    if pair := _PAIR_OF.match(text):
        return _asking("pair", text[pair.end() :], MOST_WORDS)
    thing, pairs = _PAIR.subn("", text)
    thing = _addressed(_TAIL.sub("", thing))
    form = "pair" if pairs else "figure" if _is_figure(norms(thing)) else "open"
    return _asking(form, thing, MOST_WORDS)


def _without_order(goal: str) -> str:
    """Return a goal without the order to the team that it begins with: "find out how …", but not "check-in times" or "get to know …"."""
    tokens = tokenize(goal)
    ends = [m.last for m in _lexicon(str(_goals()["orders"])).find([t.norm for t in tokens]) if m.first == 0 and m.last < len(tokens)]
    at = max(ends, default=0)
    ordered = at and goal[tokens[at].start - 1].isspace() and tokens[at].norm != "to"
    return goal[tokens[at].start :] if ordered else goal


def _asking(form: str, thing: str, most: int) -> str | None:
    """Return a question in one of the forms, None if what it names is too long or presumes a result, or the lint rejects it."""
    words = norms(thing)
    if not words or len(words) > most or _presumes().find(words):
        return None
    question = str(_goals()["forms"][form]).format(thing=thing.strip())
    return None if lint_question(question) else question


def _addressed(text: str) -> str:
    """Return words about the customer as words to the customer: "why they chose us" is "why you chose us"."""
    said, count = _THEY.subn(r"\1 you", text)
    return re.sub(r"\btheir\b", "your", said) if count else text


@cache
def _presumes() -> Lexicon:
    return Lexicon({"presumes": str(_goals()["presumes"]).split()})


def _is_figure(words: Sequence[str]) -> bool:
    return bool(_lexicon(str(_goals()["figures"])).find(words))


# Minutes


def _reached(asked: Mapping[str, Topic], goals: Iterable[Goal], minutes: int, minimum: Container[str]) -> frozenset[str]:
    """Return the topics that fit into the time: those that serve a goal, the story's minimum, then what stories most often lack."""
    wanted = {topic for goal in goals for topic in goal.topics}
    ordered = sorted(asked, key=lambda name: (name not in wanted, name not in minimum, -asked[name].lacking))
    return frozenset(ordered[: max(1, int((minutes - BEFORE - AFTER) / EACH))])


def _section(section: Section, asked: Mapping[str, Topic], reached: frozenset[str], goals: Iterable[Goal], inside: bool) -> QuestionSection:
    """Return a section's questions, those that serve a goal first and those for spare time last.

    A question that points back at the one before it ("that number") keeps its place.
    """
    rows = [_asked(name, asked[name], name not in reached, goals) for t in section.topics if (name := f"{section.id}.{t.id}") in asked]
    rows.sort(key=lambda row: (row.if_time, not row.goals or not words_of("goals.pointing").isdisjoint(norms(row.question))))
    shown = rows if inside else [Asked(topic=row.topic, question=row.question) for row in rows]
    return QuestionSection(section=section.id, title=section.title, questions=tuple(shown))


def _asked(name: str, topic: Topic, if_time: bool, goals: Iterable[Goal]) -> Asked:
    serves = tuple(goal.text for goal in goals if name in goal.topics)
    return Asked(topic=name, question=topic.question, if_time=if_time, goals=serves, intent=topic.intent, complete=topic.complete)


def _timed(sections: list[QuestionSection], minutes: int, wanted: Collection[str]) -> Iterator[QuestionSection]:
    """Yield the sections with all minutes between welcome and thanks allocated in proportion to their questions, goals counting twice."""
    counts = [sum(1 + (q.topic in wanted) for q in s.questions if not q.if_time) for s in sections]
    start, left, total = BEFORE, max(0, minutes - BEFORE - AFTER), sum(counts)
    for section, count in zip(sections, counts, strict=True):
        share = round(left * count / total) if total else 0
        yield section.model_copy(update={"start": start, "minutes": share})
        start, left, total = start + share, left - share, total - count
