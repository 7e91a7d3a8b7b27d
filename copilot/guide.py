"""The interview guide: sections of topics, each with its question, its intent, and what a complete answer holds."""

from __future__ import annotations

from functools import cache, cached_property
from pathlib import Path

from pydantic import Field, model_validator

from .errors import GuideError, UnknownNameError
from .files import load_value, parse_value
from .turns import Value

__all__ = ["DEFAULT", "Guide", "Section", "Topic"]

DEFAULT = Path(__file__).parent / "guides" / "case_study.yaml"


class Topic(Value):
    """A topic of the guide.

    `complete` lists what a full answer holds; `lacking` is the share of published stories without it (0 to 1);
    `cues` are phrases, in the syntax of `copilot.lexicon`, whose presence in an answer speaks for the topic;
    `ask` are phrases whose presence in a question does. Both may be left out: then the words of the topic serve.
    """

    id: str
    title: str
    question: str
    short: str | None = None
    intent: str = ""
    complete: tuple[str, ...] = ()
    lacking: float = Field(default=0.5, ge=0, le=1)
    cues: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()


class Section(Value):
    """A section of the guide; a topic's full id is `section.topic`."""

    id: str
    title: str
    topics: tuple[Topic, ...] = Field(min_length=1)


class Guide(Value):
    """The questions that an interview is to answer."""

    name: str
    sections: tuple[Section, ...] = Field(min_length=1)

    def __hash__(self) -> int:
        # A guide is looked up for every turn: equal guides have equal names, and that is cheap to hash.
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
            raise ValueError(f"topic ids must be unique, twice here: {', '.join(twice)}")
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
        """Return the guide for case studies that comes with the library."""
        return cls.load(DEFAULT)

    @cached_property
    def topics(self) -> dict[str, Topic]:
        """The topics by full id, in the guide's order."""
        return {f"{s.id}.{t.id}": t for s in self.sections for t in s.topics}

    def topic(self, name: str) -> Topic:
        """Return a topic by its full id. Raises UnknownNameError."""
        if name not in self.topics:
            raise UnknownNameError.among("topic", name, self.topics)
        return self.topics[name]
