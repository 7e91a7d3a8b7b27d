"""Prose: a document's paragraphs in a writer's words, made of its facts alone; where those do not hold, the text that was there stays.

The writer may be a language model. What it returns is checked against the facts of its own paragraph, then against the whole call.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from ..grounding import ungrounded_numbers
from ..lexicon import load_data
from ..text import count_words, sentences, tokenize
from .checklist import Checklist
from .citation import Citation
from .email import MOST_WORDS, Email
from .material import Material
from .outline import Claim, Outline, OutlineSection
from .requests import Request
from .worded import Worded

__all__ = ["Check", "Writer", "faults_in", "reword"]

Writer = Callable[[str, str, Sequence[str]], Sequence[str]]
"""Takes what is to be written, the rules and the facts, and returns paragraphs."""
Check = Callable[[str], Sequence[str]]
"""Takes a paragraph and returns what in it the call does not bear out."""

LONGEST = 120
"""Words of a paragraph."""
QUESTION = 30
"""Words of a question."""

_QUOTES = frozenset("“\"'‘«")

W = TypeVar("W", bound=Worded)


class _Passage(NamedTuple):
    """A paragraph to be written: its facts, and whether it is a question."""

    facts: tuple[str, ...]
    question: bool = False


class _Desk(NamedTuple):
    """Who writes and who checks, and what the document is made of."""

    material: Material
    write: Writer
    check: Check

    def paragraphs(self, task: str, passages: Sequence[_Passage]) -> list[Worded]:
        """Return a paragraph for each passage; those that do not hold are empty, with what is wrong with them."""
        rules = " ".join(str(rule) for rule in _data()["rules"])
        facts = [f"{n}. {fact}" for n, passage in enumerate(passages, 1) for fact in passage.facts]
        written = self.write(f"{_data()[task]} {_data()['count'].replace('#', str(len(passages)))}", rules, facts) if passages else ()
        if len(written) != len(passages):
            fault = f"{len(written)} paragraphs came for {len(passages)}" if written else "nothing came"
            return [Worded(text="", fault=fault) for _ in passages]
        return [self._held(text.strip(), passage) for text, passage in zip(written, passages, strict=True)]

    def _held(self, text: str, passage: _Passage) -> Worded:
        fault = next(iter(self._faults(text, passage)), None)
        return Worded(text="" if fault else text, origin="llm", fault=fault)

    def _faults(self, text: str, passage: _Passage) -> Iterator[str]:
        """Yield what is wrong with a paragraph."""
        facts = " . ".join(passage.facts)
        if not text:
            yield "it is empty"
        if "\n" in text or "://" in text or count_words(text) > (QUESTION if passage.question else LONGEST):
            yield "it is not one paragraph of a bearable length"
        if passage.question and (text.count("?") != 1 or not text.endswith("?")):
            yield "it is not one question"
        yield from (f"the number “{q.text}” is not among the facts" for q in ungrounded_numbers(text, facts))
        yield from (f"the name “{name}” is not among the facts" for name in _strange_names(text, [facts, *_known(self.material)]))
        yield from (f"“{word}” is a label of ours" for word in str(load_data("drafts")["internal"]).split() if _holds(text, word, facts))
        if self.material.barred.leaks(text):
            yield "it tells what is off the record"
        yield from self.check(text)


def _data() -> Mapping[str, Any]:
    return load_data("drafts")["write"]  # type: ignore[return-value]


def _holds(text: str, word: str, facts: str) -> bool:
    """Say whether a text holds a word that its facts do not."""
    return any(t.norm == word for t in tokenize(text)) and not any(t.norm == word for t in tokenize(facts))


def _strange_names(text: str, known: Sequence[str]) -> list[str]:
    """Return the words with a capital inside a sentence that nothing known holds."""
    heard = {t.norm.removesuffix("'s") for part in known for t in tokenize(part)}
    tokens = tokenize(text)
    first = {s.first for s in sentences(text, tokens)}
    inside = (t for n, t in enumerate(tokens) if n not in first and text[: t.start][-1:] not in _QUOTES)
    names = [text[t.start : t.end] for t in inside if text[t.start].isupper()]
    return [name for name in names if name.lower().removesuffix("'s").split("'")[0] not in {*heard, "i"}]


def _known(material: Material) -> list[str]:
    """Return what names may come from beside the facts: the people, the company, the vendor and the product."""
    known = material.background
    people = [part for p in known.participants for part in (p.name, p.title or "")]
    return [*people, *material.customers, known.vendor or "", known.product or "", known.customer.company or ""]


def _kept(old: W, new: Worded) -> W:
    """Return a text in its new words, or as it was with what was wrong with them."""
    words = {"text": new.text, "origin": "llm", "fault": None} if new.text else {"fault": new.fault}
    return old.model_copy(update=words)


def _told(said: Citation) -> str:
    """Return a citation as a fact."""
    title = f" ({said.title})" if said.title else ""
    return f"{said.speaker}{title} said: {said.quoted}"


def reword(document: Email | Outline | Checklist, material: Material, write: Writer, check: Check) -> Email | Outline | Checklist:
    """Return a document with its paragraphs in a writer's words, each where it holds. What a checklist says is not reworded."""
    desk = _Desk(material, write, check)
    if isinstance(document, Email):
        return _email(document, desk)
    if isinstance(document, Outline):
        sections = tuple(_section(section, desk) for section in document.sections)
        return document.model_copy(update={"sections": sections})
    return document


def _email(document: Email, desk: _Desk) -> Email:
    """Reword the thanks and the requests. An email that gets too long so stays as it was."""
    thanks = [_Passage((document.thanks.text, *map(_told, document.moments)))]
    opening = _kept(document.thanks, desk.paragraphs("thanks", thanks)[0])
    asked = desk.paragraphs("requests", [_asking(r) for r in document.requests])
    made = document.rebuilt(opening, tuple(_kept(old, new) for old, new in zip(document.requests, asked, strict=True)))
    return made if count_words(made.body) < MOST_WORDS else document


def _asking(request: Request) -> _Passage:
    return _Passage((f"To ask for: {request.text}", *map(_told, request.spans)), question=True)


def _section(section: OutlineSection, desk: _Desk) -> OutlineSection:
    """Reword the claims that rest on words of the call."""
    places = [n for n, claim in enumerate(section.claims) if any(s.text for s in claim.spans)]
    written = desk.paragraphs("claims", [_claiming(section.claims[n]) for n in places])
    new = dict(zip(places, written, strict=True))
    claims = (_kept(claim, new[n]) if n in new else claim for n, claim in enumerate(section.claims))
    return section.model_copy(update={"claims": tuple(claims)})


def _claiming(claim: Claim) -> _Passage:
    return _Passage((f"Topic: {claim.title}", *(_told(s) for s in claim.spans if s.text)))


def faults_in(document: object) -> tuple[str, ...]:
    """Return why a writer's words were not used, for each paragraph where they were not."""
    texts: list[Worded] = []
    if isinstance(document, Email):
        texts = [document.thanks, *document.requests]
    if isinstance(document, Outline):
        texts = [claim for section in document.sections for claim in section.claims]
    return tuple(text.fault for text in texts if text.fault)
