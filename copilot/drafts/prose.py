"""Prose: a document's paragraphs in a writer's words, based only on its facts; paragraphs with a fault keep their text.

The writer may be a language model. What it returns is checked against the facts of its own paragraph, then against the whole call.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from ..lexicon import load_data
from ..text import count_words
from .checklist import Checklist
from .citation import Citation
from .email import MOST_WORDS, Email
from .faults import RULES, Fault, Passage, Rule
from .material import Material
from .outline import Claim, Outline, OutlineSection
from .requests import Request, form_of, wanted
from .worded import Worded

__all__ = ["Attempt", "Writer", "faults_in", "hurried", "reword", "try_out"]

Writer = Callable[[str, str, Sequence[str]], Sequence[str] | None]
"""Takes what is to be written and who is who, the rules and the facts, and returns paragraphs; none leave every text as it is."""

W = TypeVar("W", bound=Worded)


class Attempt(NamedTuple):
    """A writer's paragraph as far as it may be used: its text where it holds, else no text and the first fault in it."""

    text: str
    fault: Fault | None = None


class _Desk(NamedTuple):
    """The writer, the document's material, and the rules that a paragraph has to keep."""

    material: Material
    write: Writer
    rules: Sequence[Rule] = RULES

    def paragraphs(self, task: str, passages: Sequence[Passage]) -> list[Attempt]:
        """Return an attempt at each passage."""
        rules = " ".join(str(rule) for rule in _data()["rules"])
        order = (_data()[task], _data()["count"].replace("#", str(len(passages))), _data()["who"].replace("#", _who(self.material)))
        facts = [f"{n}. {fact}" for n, passage in enumerate(passages, 1) for fact in passage.facts]
        written = self.write(" ".join(order), rules, facts) if passages else ()
        if not written:
            return [Attempt("") for _ in passages]
        if len(written) != len(passages):
            return [Attempt("", Fault("missing", f"{len(written)} paragraphs came for {len(passages)}")) for _ in passages]
        return [self._held(text.strip(), passage) for text, passage in zip(written, passages, strict=True)]

    def _held(self, text: str, passage: Passage) -> Attempt:
        fault = next(self._faults(text, passage), None)
        return Attempt("" if fault else text, fault)

    def _faults(self, text: str, passage: Passage) -> Iterator[Fault]:
        """Yield what is wrong with a paragraph."""
        if not text:
            yield Fault("missing", "it is empty")
        for rule in self.rules:
            yield from rule.faults(text, passage, self.material)


def _data() -> Mapping[str, Any]:
    data: Mapping[str, Any] = load_data("drafts")["write"]
    return data


def _who(material: Material) -> str:
    """Return who sells what to whom, and who is on the call, as the background file has it, with the titles that were told on the call."""
    known = material.background
    people = (f"{p.name} ({', '.join(filter(None, (p.role, material.title_of(p.name))))})" for p in known.participants)
    firms = (("vendor", known.vendor), ("product", known.product), ("customer", known.customer.company))
    return "; ".join((*(f"{name} {text}" for name, text in firms if text), *people)) or "nobody is known"


def _kept(old: W, new: Attempt) -> W:
    """Return a text in its new words, or as it was with what was wrong with them."""
    words = {"text": new.text, "origin": "llm", "fault": None} if new.text else {"fault": new.fault and new.fault.reason}
    return old.model_copy(update=words)


def _told(said: Citation) -> str:
    """Return a citation as a fact."""
    title = f" ({said.title})" if said.title else ""
    return f"{said.speaker}{title} said: {said.quoted}"


def reword(document: Email | Outline | Checklist, material: Material, write: Writer) -> Email | Outline | Checklist:
    """Return a document with those paragraphs in a writer's words that have no fault. A checklist is not reworded."""
    written = [_Desk(material, write).paragraphs(*task) for task in _tasks(document)]
    if isinstance(document, Email):
        return _email(document, *written)
    if isinstance(document, Outline):
        sections = tuple(_section(section, row) for section, row in zip(document.sections, written, strict=True))
        return document.model_copy(update={"sections": sections})
    return document


def hurried(write: Writer, seconds: float) -> Writer:
    """Return a writer that begins nothing more when so many seconds are over."""
    until = time.monotonic() + seconds
    return lambda document, rules, facts: write(document, rules, facts) if time.monotonic() < until else ()


def try_out(document: Email | Outline | Checklist, material: Material, write: Writer, rules: Sequence[Rule] = RULES) -> tuple[Attempt, ...]:
    """Return a writer's attempt at each paragraph of a document."""
    desk = _Desk(material, write, rules)
    return tuple(attempt for task in _tasks(document) for attempt in desk.paragraphs(*task))


def _tasks(document: Email | Outline | Checklist) -> list[tuple[str, list[Passage]]]:
    """Return what to write for a document: each task with its passages."""
    if isinstance(document, Email):
        thanks = Passage((document.thanks.text, *map(_told, document.moments)), document.moments)
        return [("thanks", [thanks]), ("requests", [_asking(r) for r in document.requests])]
    if isinstance(document, Outline):
        return [("claims", [_claiming(claim) for claim in _told_claims(section)]) for section in document.sections]
    return []


def _told_claims(section: OutlineSection) -> list[Claim]:
    """Return the claims that are based on words of the call."""
    return [claim for claim in section.claims if any(s.text for s in claim.spans)]


def _email(document: Email, opening: Sequence[Attempt], asked: Sequence[Attempt]) -> Email:
    """Return an email with its thanks and requests reworded. One that gets too long so stays as it was."""
    requests = tuple(_asked(old, _kept(old, new)) for old, new in zip(document.requests, asked, strict=True))
    made = document.rebuilt(_kept(document.thanks, opening[0]), requests)
    return made if count_words(made.body) < MOST_WORDS else document


def _asked(old: Request, new: Request) -> Request:
    """Return a request in its new words, with the form for an amount where only these ask for one."""
    if wanted(new.text) != "amount" or wanted(old.text) == "amount":
        return new
    return new.model_copy(update={"form": form_of(new.text, "")})


def _asking(request: Request) -> Passage:
    return Passage((f"To ask for: {request.text}", *map(_told, request.spans)), request.spans, question=True, asked=request.text)


def _section(section: OutlineSection, written: Sequence[Attempt]) -> OutlineSection:
    """Return a section with the claims reworded that rest on words of the call."""
    new = {claim.topic: words for claim, words in zip(_told_claims(section), written, strict=True)}
    claims = (_kept(claim, new[claim.topic]) if claim.topic in new else claim for claim in section.claims)
    return section.model_copy(update={"claims": tuple(claims)})


def _claiming(claim: Claim) -> Passage:
    said = tuple(s for s in claim.spans if s.text)
    return Passage((f"Topic: {claim.title}", *map(_told, said)), said)


def faults_in(document: object) -> tuple[str, ...]:
    """Return why a writer's words were not used, for each rejected paragraph."""
    texts: list[Worded] = []
    if isinstance(document, Email):
        texts = [document.thanks, *document.requests]
    if isinstance(document, Outline):
        texts = [claim for section in document.sections for claim in section.claims]
    return tuple(text.fault for text in texts if text.fault)
