"""The interview guide: sections of topics, each with its question, its intent, and what a complete answer contains."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field, model_validator

from .errors import GuideError, UnknownNameError
from .files import load_value, parse_value
from .findings import MetricKind
from .lexicon import load_data, words_of
from .text import norms
from .turns import Value

__all__ = ["DEFAULT", "Guide", "Section", "Topic"]

DEFAULT = Path(__file__).parent / "guides" / "case_study.yaml"


_SIGNS = frozenset({"_", "#", "..."})
"""The signs of a phrase that stand for any word, a number, and up to three words."""


def _told(text: str) -> str:
    """Return a text that says something. Raises ValueError for a blank one."""
    if not text.strip():
        raise ValueError("is blank")
    return text


def _findable(phrase: str) -> str:
    """Return a phrase as it is found in what people say. Raises ValueError for one without a word, or with one that is never heard."""
    if all(choice in _SIGNS or not norms(choice) for part in phrase.split() for choice in part.split("|")):
        raise ValueError(f"the phrase '{phrase}' holds no word, and would be found in any answer or in none")
    return " ".join(_heard(part, phrase) for part in phrase.split())


def _heard(part: str, phrase: str) -> str:
    """Return a part of a phrase as it is heard: "e-mail" is two words. Raises ValueError where a choice, or a beginning, is not one."""
    choices = part.split("|")
    heard = [(choice,) if choice in _SIGNS else norms(choice.removesuffix("*")) for choice in choices]
    if part in _SIGNS or heard == [(choice.removesuffix("*").lower(),) for choice in choices]:
        return part
    if len(choices) == 1 and not part.endswith("*"):
        return " ".join(heard[0])
    if any(len(words) != 1 for words in heard):
        raise ValueError(f"the phrase '{phrase}' can never be found: '{part}' has to be of single words; write a phrase for each")
    return "|".join(words[0] + "*" * choice.endswith("*") for words, choice in zip(heard, choices, strict=True))


Told = Annotated[str, AfterValidator(_told)]
Phrase = Annotated[str, AfterValidator(_findable)]


class Topic(Value):
    """A topic of the guide.

    `complete` lists what a full answer contains; `lacking` is the share of published stories without it (0 to 1), and `counted` says that
    somebody counted that share, so that it may be stated as a fact. `about` says that the whole topic is about money or people; `holds`
    are the kinds of metric that belong to it, wherever they are said. `must` says that the story cannot do without it.
    `cues` are phrases, in the syntax of `copilot.lexicon`, that suggest the topic when they occur in an answer;
    `ask` are phrases that suggest it when they occur in a question. Without either, the words of the topic itself are used.
    """

    id: str
    title: Told
    question: Told
    short: str | None = None
    intent: str = ""
    complete: tuple[str, ...] = ()
    lacking: float = Field(default=0.5, ge=0, le=1)
    counted: bool = False
    about: tuple[Literal["money", "people"], ...] = ()
    holds: tuple[MetricKind, ...] = ()
    must: bool = False
    cues: tuple[Phrase, ...] = ()
    ask: tuple[Phrase, ...] = ()

    @model_validator(mode="after")
    def _what_is_counted_is_given(self) -> Topic:
        if self.counted and "lacking" not in self.model_fields_set:
            raise ValueError("counted says that somebody counted `lacking`, which is not given")
        return self

    def is_of(self, other: Topic) -> bool:
        """Return whether this is another guide's topic, though it may be asked for, or titled, in other words."""
        return self.id == other.id and (self.title == other.title or self.question == other.question)


class Section(Value):
    """A section of the guide; a topic's full id is `section.topic`."""

    id: str
    title: Told
    topics: tuple[Topic, ...] = Field(min_length=1)


class Guide(Value):
    """The questions that an interview should answer.

    `purpose`, `for` in a file, is what becomes of the answers: a story that is published, or notes for the team itself.
    """

    model_config = ConfigDict(validate_by_name=True)

    name: str
    purpose: Literal["story", "internal"] = Field(default="story", alias="for")
    sections: tuple[Section, ...] = Field(min_length=1)

    def __hash__(self) -> int:
        # Guides are cache keys for every turn. Equal guides have equal names, which are cheap to hash.
        return hash(self.name)

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Guide:
        sections = [s.id for s in self.sections]
        named_twice = sorted({i for i in sections if sections.count(i) > 1})
        if named_twice:
            raise ValueError(f"section ids must be unique, twice here: {', '.join(named_twice)}")
        if bad := [i for i in sections if "." in i or not i.strip()]:
            raise ValueError(f"a section's id is a word without dots, since a topic's full id is section.topic; not {bad[0]!r}")
        if empty := [s.id for s in self.sections for t in s.topics if not t.id.strip()]:
            raise ValueError(f"a topic of section {empty[0]} has no id")
        ids = [f"{s.id}.{t.id}" for s in self.sections for t in s.topics]
        twice = sorted({i for i in ids if ids.count(i) > 1})
        if twice:
            raise ValueError(f"topic ids must be unique; repeated here: {', '.join(twice)}")
        return self

    @classmethod
    def load(cls, path: str | Path) -> Guide:
        """Read a YAML or JSON file. Raises GuideError."""
        return load_value(path, cls, GuideError)

    @classmethod
    def parse(cls, text: str) -> Guide:
        """Read YAML or JSON text. Raises GuideError."""
        return parse_value(text, cls, GuideError, "guide")

    @classmethod
    @cache
    def default(cls) -> Guide:
        """Return the library's guide for case studies."""
        return cls.load(DEFAULT)

    @cached_property
    def topics(self) -> dict[str, Topic]:
        """The topics by full id, in the guide's order."""
        return {f"{s.id}.{t.id}": t for s in self.sections for t in s.topics}

    @cached_property
    def standard(self) -> Mapping[str, str]:
        """What the library's own data know the sections and topics under, by full id; those that are the user's own are not in it.

        A topic of the default guide keeps its id and its title or its question. Any other is known by its section at most, which keeps its
        id and its title or such a topic.
        """
        names: dict[str, str] = {}
        theirs = {s.id: s for s in Guide.default().sections}
        for section in self.sections:
            default = theirs.get(section.id)
            kept = {t.id for t in section.topics for d in default.topics if t.is_of(d)} if default else set()
            if default and (kept or section.title == default.title):
                names[section.id] = section.id
                names |= {full: full if t.id in kept else section.id for t in section.topics if (full := f"{section.id}.{t.id}")}
        return names

    @cached_property
    def uncued(self) -> tuple[str, ...]:
        """The full ids of the topics without phrases of an answer, of their own or of the library: their own words alone tell of them."""
        library = load_data("topic_cues")
        return tuple(name for name, topic in self.topics.items() if not topic.cues and self.standard.get(name) not in library)

    @cached_property
    def minimum(self) -> frozenset[str]:
        """The full ids of the topics that the story cannot do without: those that the guide marks, else those of the library's guide."""
        marked = frozenset(name for name, topic in self.topics.items() if topic.must)
        return marked or frozenset(name for name in self.topics if self.standard.get(name) in words_of("worth.minimum"))

    def holder(self, kind: MetricKind) -> str | None:
        """Return the full id of the first topic that holds a kind of metric, None where no topic does."""
        return next((name for name, topic in self.topics.items() if kind in topic.holds), None)

    def topic(self, name: str) -> Topic:
        """Return a topic by its full id. Raises UnknownNameError."""
        if name not in self.topics:
            raise UnknownNameError.among("topic", name, self.topics)
        return self.topics[name]
