"""Proofreading: the faults of prepared questions, each with its place in the file, the reason, and a better form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal, NamedTuple

import yaml
from pydantic import Field

from ..errors import GuideError
from ..files import read_text
from ..guide import Guide
from ..lexicon import LOADER
from ..questions import opens_as_question, read_question
from ..text import norms
from ..turns import Value
from .lint import Rule, lint_question
from .rewording import reword

__all__ = ["Correction", "Proof", "proofread"]

_GUIDES = frozenset({".yaml", ".yml", ".json"})
_MARK = re.compile(r"^\s*(?:[-*+•]|\d+[.)]|[a-z][.)])?\s*(?:\[[ xX]?\])?\s*")
_APART = re.compile(r"\s*(?:#|>|\||```|<!--|[-=*_]{3,}\s*$)")
_EMPHASIS = re.compile(r"(?<!\w)([*_]{1,3})(.+?)\1(?!\w)")


class Correction(Value):
    """A fault of one question: question[start:end] == text. `better` is a form without faults, None if no form is known.

    `line` counts from 1; `topic` is the full id of a guide's topic, None in a plain file. `advice` says what to do instead.
    """

    line: int
    topic: str | None
    question: str
    rule: Rule
    start: int
    end: int
    text: str
    reason: str
    advice: str
    better: str | None


class Proof(Value):
    """The number of questions in a file, and what is wrong with them, in file order.

    `uncued` are the topics of a guide, by full id, that are recognised less well, for want of cue words.
    """

    schema_: Literal["copilot.lint/1"] = Field(default="copilot.lint/1", alias="schema")
    file: str
    questions: int
    faults: tuple[Correction, ...]
    uncued: tuple[str, ...] = ()


class Prepared(NamedTuple):
    """A question of a file, with its line."""

    line: int
    topic: str | None
    text: str


def proofread(path: str | Path) -> Proof:
    """Judge the questions of a guide (YAML, JSON) or of a text or Markdown file with one question a line. Raises GuideError."""
    guide = Guide.load(path) if Path(path).suffix.lower() in _GUIDES else None
    prepared = tuple(_of_guide(Path(path), guide) if guide else _of_text(Path(path)))
    if not prepared:
        raise GuideError(f"{path}: contains no questions; write one per line, or a guide in YAML")
    faults = tuple(c for question in prepared for c in _corrections(question))
    return Proof(file=str(path), questions=len(prepared), faults=faults, uncued=guide.uncued if guide else ())


def _corrections(question: Prepared) -> Iterator[Correction]:
    faults = lint_question(question.text)
    better = reword(question.text) if faults else None
    for fault in faults:
        yield Correction(
            line=question.line, topic=question.topic, question=question.text, rule=fault.rule, start=fault.start, end=fault.end,
            text=fault.text, reason=fault.reason, advice=fault.better or "Ask one open thing.", better=better,
        )  # fmt: skip


# Finding questions


def _of_text(path: Path) -> Iterator[Prepared]:
    """Yield the questions of a text: its lines without list marks, except headings, quotations, tables and statements."""
    for number, line in enumerate(read_text(path, GuideError).splitlines(), 1):
        text = _EMPHASIS.sub(r"\2", _MARK.sub("", line, count=1)).strip()
        if text and not _APART.match(line) and _asks(text):
            yield Prepared(number, None, text)


def _asks(text: str) -> bool:
    """Return whether a line asks: "How was it?", "what broke", "Tell me about it."."""
    return "?" in text or opens_as_question(norms(text)) or "story" in read_question(text).asks


def _of_guide(path: Path, guide: Guide) -> Iterator[Prepared]:
    """Yield the questions of a guide, and their short forms, in the order of its file."""
    lines = _lines(path)
    for at, section in enumerate(guide.sections):
        for n, topic in enumerate(section.topics):
            for key, text in (("question", topic.question), ("short", topic.short)):
                if text and not (key == "short" and text == topic.question):
                    # A value that a topic takes from elsewhere in the file (a YAML alias) has no line of its own.
                    yield Prepared(lines.get((at, n, key), 1), f"{section.id}.{topic.id}", text)


def _lines(path: Path) -> dict[tuple[int, int, str], int]:
    """Return the line of every value of every topic, by the numbers of its section and topic and by its key."""
    root = yaml.compose(read_text(path, GuideError), LOADER)
    sections = _child(root, "sections").value
    return {
        (at, n, key.value): key.start_mark.line + 1
        for at, section in enumerate(sections)
        for n, topic in enumerate(_child(section, "topics").value)
        for key, _ in _items(topic)
    }


def _items(node: yaml.Node | None) -> list[tuple[yaml.ScalarNode, yaml.Node]]:
    """Return the keys and values of a mapping."""
    rows: list[tuple[yaml.ScalarNode, yaml.Node]] = node.value if isinstance(node, yaml.MappingNode) else []
    return rows


def _child(node: yaml.Node | None, key: str) -> yaml.Node:
    """Return the value of a mapping's key, which a valid guide has."""
    found: Mapping[str, yaml.Node] = {name.value: value for name, value in _items(node)}
    return found[key]
