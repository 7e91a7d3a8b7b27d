"""The email after the call: thanks, what is left to ask, what was promised, what to check, what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pydantic import Field

from ..lexicon import load_data
from ..text import count_words
from ..turns import Value
from .citation import Citation
from .material import Material, first_name
from .moments import moment_of
from .promises import Promise, promises
from .requests import Request, requests
from .schedule import Step

__all__ = ["Email", "Part", "Recipient", "email"]

MOST_WORDS = 350
_PROMISES = 3
_COUNTS = ("", "one thing", "two things", "three things", "four things", "five things")


class Recipient(Value):
    """Somebody that the email goes to; `email` is None where the background gives no address."""

    name: str
    email: str | None = None


class Part(Value):
    """A part of the body: a paragraph, and the list that follows it, if any. An item may have several lines."""

    text: str
    items: tuple[str, ...] = ()
    numbered: bool = False


class Email(Value):
    """The email. `body` is its plain text, under 350 words; `parts` the same as paragraphs and lists; `moments` what it thanks for."""

    schema_: Literal["copilot.email/1"] = Field(default="copilot.email/1", alias="schema")
    to: tuple[Recipient, ...]
    subject: str
    body: str
    parts: tuple[Part, ...]
    moments: tuple[Citation, ...]
    requests: tuple[Request, ...]
    promises: tuple[Promise, ...]
    facts: tuple[str, ...]
    next_steps: tuple[Step, ...]


def email(material: Material) -> Email:
    """Return the email after a call, with as many requests and promises as its length allows."""
    kept = tuple(p for p in promises(material) if p.deliverable)
    asked = requests(material)
    made = _email(material, asked, _shortened(kept, _PROMISES))
    for most in range(_PROMISES - 1, 0, -1):
        if count_words(made.body) >= MOST_WORDS:
            made = _email(material, asked, _shortened(kept, most))
    while count_words(made.body) >= MOST_WORDS and asked:
        asked = asked[:-1]
        made = _email(material, asked, _shortened(kept, 1))
    return made


def _shortened(kept: Sequence[Promise], most: int) -> tuple[Promise, ...]:
    """Return at most so many promises of the customer, and of us, those with a date first; in the order of the call."""
    chosen: list[Promise] = []
    for ours in (False, True):
        side = [p for p in kept if (p.who != "customer") == ours]
        chosen += sorted(side, key=lambda p: p.due is None)[:most]
    return tuple(p for p in kept if p in chosen)


def _email(material: Material, asked: tuple[Request, ...], kept: tuple[Promise, ...]) -> Email:
    moments = tuple(m for name in material.customers if (m := moment_of(material, name)))
    facts = tuple(_fact(material, name) for name in material.customers)
    steps = tuple(material.schedule.steps(material.called))
    parts = tuple(
        p for p in (*_opening(material, moments), _asking(material, asked), *_promised(kept), *_closing(material, facts, steps)) if p
    )
    return Email(
        to=tuple(Recipient(name=name, email=_address(material, name)) for name in material.customers),
        subject=_subject(material), body=_plain(parts), parts=parts, moments=moments, requests=asked, promises=kept, facts=facts,
        next_steps=steps,
    )  # fmt: skip


def _address(material: Material, name: str) -> str | None:
    return next((p.email for p in material.background.participants if p.name == name), None)


def _subject(material: Material) -> str:
    company = material.background.customer.company
    return f"Thank you, and next steps for the {company} story" if company else "Thank you, and next steps for your story"


def _greet(name: str) -> str:
    return first_name(name, frozenset(str(load_data("drafts")["honorifics"]).split()))


def _opening(material: Material, moments: Sequence[Citation]) -> list[Part]:
    names = [_greet(name) for name in material.customers]
    thanks = "Thank you for taking the time to talk with us"
    product = material.background.product or material.background.vendor
    lines = [f"{thanks} about {product}." if product else f"{thanks}."]
    for n, moment in enumerate(moments):
        mine = f"{_greet(moment.speaker)}, one line" if len(material.customers) > 1 else "One line"
        lines.append(f"{mine} of yours has stayed with me{', too' if n else ''}: {moment.quoted}")
    greeting = f"Dear {_listed(names)}," if names else "Hello,"
    return [Part(text=greeting), Part(text=" ".join(lines))]


def _listed(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _asking(material: Material, asked: Sequence[Request]) -> Part:
    if not asked:
        return Part(text="I have everything that I need from you for a first draft.")
    lead = f"Before I write, may I ask you for {_COUNTS[len(asked)]}? Short answers are fine."
    return Part(text=lead, items=tuple(_item(material, request) for request in asked), numbered=True)


def _item(material: Material, request: Request) -> str:
    """Return a request as lines: the question with whom it is for, the words that prompted it, the form."""
    owner = f"{_greet(request.owner)}: " if request.owner and len(material.customers) > 1 else ""
    context = f"You said: {request.spans[0].quoted}" if request.spans else "We did not get to this on the call."
    lines = [f"{owner}{request.text}", "" if _repeats(request) else context, request.form]
    return "\n".join(line for line in lines if line)


def _repeats(request: Request) -> bool:
    """Say whether a question quotes the very words that prompted it."""
    return bool(request.spans) and request.spans[0].text.lower().rstrip(".") in request.text.lower()


def _promised(kept: Sequence[Promise]) -> list[Part]:
    if not kept:
        return []
    return [Part(text="From my notes, what we said we would do. Please correct me where I misheard.", items=tuple(_line(p) for p in kept))]


def _line(promise: Promise) -> str:
    who = _greet(promise.speaker) if promise.who == "customer" else f"{_greet(promise.speaker)} (our side)"
    said = promise.spans[0]
    due = f", by when: “{promise.due}”" if promise.due and promise.due not in said.text else ""
    return f"{who}: {said.quoted}{due}"


def _fact(material: Material, name: str) -> str:
    return ", ".join([name, material.title_of(name) or "[title]", material.background.customer.company or "[company]"])


def _closing(material: Material, facts: Sequence[str], steps: Sequence[Step]) -> list[Part]:
    me = material.interviewer
    signed = [me or "[your name]", *([title] if me and (title := material.title_of(me)) else []), material.background.vendor or ""]
    return [
        Part(text="Are these names and titles right, and spelt right?", items=tuple(facts)),
        Part(text="What happens next:", items=tuple(f"{step.text}: {step.due}" for step in steps)),
        Part(text="Nothing is published without your written approval, and you can take back anything you said until then, and after."),
        Part(text="With best wishes,\n" + "\n".join(line for line in signed if line)),
    ]


def _plain(parts: Sequence[Part]) -> str:
    """Return the body as plain text."""
    return "\n\n".join("\n".join([part.text, *_lines(part)]) for part in parts) + "\n"


def _lines(part: Part) -> list[str]:
    marks = [f"{n}. " if part.numbered else "- " for n in range(1, len(part.items) + 1)]
    return [mark + item.replace("\n", "\n" + " " * len(mark)) for mark, item in zip(marks, part.items, strict=True)]
