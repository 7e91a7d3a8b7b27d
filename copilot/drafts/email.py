"""The email after the call: thanks, what is left to ask, what was promised, what to check, what comes next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import cycle
from typing import Literal, NamedTuple

from pydantic import Field

from ..lexicon import Lexicon, load_data, words_of
from ..speakers import names_nobody
from ..text import capitalised, count_words, listed, norms
from ..turns import Compound, Value
from .citation import Citation
from .conditions import closed_time
from .material import Material, greeted
from .moments import moment_of
from .permissions import is_leave, told_of_name
from .promises import Promise, promises
from .requests import Request, requests
from .schedule import CHECK, OPEN, PUBLICATION, Step
from .worded import Worded

__all__ = ["MOST_WORDS", "Email", "LeftOut", "Part", "Recipient", "email", "left_out"]

MOST_WORDS = 350  # words from which an email is too long
_DATE = 3  # words of a date: 31 March 2026
_WHOLE = 40  # words in which every promise is shown whole


class _Room(NamedTuple):
    """How much of what could stand in an email does.

    `theirs` and `ours` are promises, `told` the words that show each; `asked` are requests, `words` those of the customer that are shown
    with each, `untouched` whether what nobody touched is asked for too; `moments` are the people who are thanked for a line of theirs.
    """

    theirs: int
    ours: int
    asked: int
    untouched: bool
    words: int
    told: int = _WHOLE
    moments: int = 99


# The first that fits is used. What nobody touched gives way first, then the words of promises, lines of thanks from the fourth customer on,
# requests, our promises and last the customers'. Something is always asked for where anything is left to ask.
_ROOMS = (
    _Room(3, 3, 5, True, 28),
    _Room(3, 3, 5, True, 22),
    _Room(3, 3, 5, False, 24),
    _Room(3, 3, 4, False, 24),
    _Room(3, 3, 4, False, 20, 16),
    _Room(3, 2, 4, False, 20, 16, 3),
    _Room(3, 2, 3, False, 24, 16, 3),
    _Room(3, 2, 3, False, 20, 12, 3),
    _Room(3, 1, 3, False, 20, 12, 3),
    _Room(3, 1, 2, False, 20, 12, 3),
    _Room(3, 1, 2, False, 16, 8, 3),
    _Room(2, 1, 2, False, 20, 12, 3),
    _Room(2, 1, 2, False, 16, 12, 3),
    _Room(1, 1, 2, False, 16, 12, 3),
    _Room(1, 1, 1, False, 16, 8, 1),
)
LINES = 4  # people up to whom each has a line with name and title
FEW = 2  # requests up to which what nobody touched is asked for as well
_BRACKETS = re.compile(r"\s*\([^()]*\)")


class Recipient(Value):
    """A recipient of the email; `email` is None if the background gives no address."""

    name: str
    email: str | None = None


class Part(Value):
    """A part of the body: a paragraph, and the list that follows it, if any. An item may have several lines."""

    text: str
    items: tuple[str, ...] = ()
    numbered: bool = False


class Email(Compound):
    """The email. `body` is its plain text, under 350 words once each date is filled in; `parts` the same as paragraphs and lists.

    `thanks` is its opening paragraph, `moments` what it thanks for.
    """

    schema_: Literal["copilot.email/1"] = Field(default="copilot.email/1", alias="schema")
    to: tuple[Recipient, ...]
    subject: str
    body: str
    parts: tuple[Part, ...]
    thanks: Worded
    moments: tuple[Citation, ...]
    requests: tuple[Request, ...]
    promises: tuple[Promise, ...]
    facts: tuple[str, ...]
    next_steps: tuple[Step, ...]

    def rebuilt(self, thanks: Worded, requests: tuple[Request, ...]) -> Email:
        """Return the email with new words for the thanks and for the same number of requests."""
        new = [{old.text: now.text, old.form: now.form} for old, now in zip(self.requests, requests, strict=True)]
        parts = tuple(_replaced(part, {self.thanks.text: thanks.text}, new if part.numbered else []) for part in self.parts)
        return self.model_copy(update={"thanks": thanks, "requests": requests, "parts": parts, "body": _plain(parts)})


def _replaced(part: Part, paragraph: Mapping[str, str], lines: Sequence[Mapping[str, str]]) -> Part:
    """Return a part with new words for its paragraph, or for the lines of each of its items."""
    told = zip(part.items, lines, strict=True) if lines else ()
    items = tuple("\n".join(new.get(line, line) for line in item.split("\n")) for item, new in told) or part.items
    return part.model_copy(update={"text": paragraph.get(part.text, part.text), "items": items})


def email(material: Material) -> Email:
    """Return the email after a call, with as many requests and promises as fit, none of a promise that somebody else may have made."""
    kept = _worth_a_line(material)
    made = _email(material, _ROOMS[0], kept)
    # What our side only takes up, "I'll pass that on", gives way first.
    firm = tuple(p for p in kept if p.who == "customer" or p.due or p.agreed or not p.is_vague)
    for room in _ROOMS:
        if _length(made) < MOST_WORDS:
            break
        made = _email(material, room, firm)
    return made


class LeftOut(NamedTuple):
    """What an email would hold if it could be longer: the words of the promises, and those behind the requests."""

    promises: tuple[Citation, ...]
    requests: tuple[Citation, ...]


def left_out(material: Material, made: Email) -> LeftOut:
    """Return what an email after a call leaves out to be short."""
    every = _worth_a_line(material)
    whole = _email(material, _ROOMS[0]._replace(theirs=len(every), ours=len(every)), every)
    told, in_steps = {p.said for p in made.promises}, {step.said for step in made.next_steps if step.said}
    asked = {r.gap or r.topic for r in made.requests}
    return LeftOut(
        tuple(p.context for p in whole.promises if p.said not in told and p.due not in in_steps),
        tuple(r.spans[0] for r in whole.requests if r.spans and (r.gap or r.topic) not in asked),
    )


def _worth_a_line(material: Material) -> tuple[Promise, ...]:
    """Return the promises of the call that an email may tell."""
    sure = (p for p in promises(material) if p.deliverable and not (p.is_riddle or p.is_unsure))
    return tuple(p for p in sure if p.due or _is_worth_a_line(material, p))


def _length(made: Email) -> int:
    """Return the words of an email, each placeholder for a date counted as the date that it stands for."""
    longer = (count_words(step.due) - _DATE for step in made.next_steps if step.due.startswith("["))
    return count_words(made.body) - sum(max(0, words) for words in longer)


def _with_words(material: Material, step: Step, promise: Promise | None) -> Step:
    """Return a step with what was said on the call of its date; when nothing may be published leaves the date of that open."""
    closed = closed_time(material) if step.name == PUBLICATION else None
    if closed is None:
        return step.model_copy(update={"said": promise.due}) if promise else step
    return step.model_copy(update={"said": closed.quoted.strip("“”"), "due": OPEN})


def _told_in_steps(material: Material) -> Mapping[str, Promise]:
    """Return the promises that say when a step is due, by the step's name."""
    told = ((step.name, _promise_of(step, promises(material))) for step in material.schedule.steps(material.called))
    return {name: promise for name, promise in told if promise}


def _is_worth_a_line(material: Material, promise: Promise) -> bool:
    """Return whether a promise without a date says something to its reader.

    Leave to use something does not, nor does an assurance of ours that names nothing and replies to nothing that does, nor what a customer
    does for somebody else.
    """
    if promise.who != "customer":
        return promise.asked is not None or promise.agreed or not promise.is_vague
    return not is_leave(promise.context.text) and _is_for_us(material, promise)


def _is_for_us(material: Material, promise: Promise) -> bool:
    """Return whether a customer's promise is made to our side: it says "you", "send" or "ask", or replies to a request."""
    before = material.turns.get(promise.said.turn - 1)
    requested = before is not None and not words_of("drafts.requesting").isdisjoint(norms(before.text))
    return promise.asked is not None or requested or not words_of("drafts.to_us").isdisjoint(norms(promise.context.text))


def _first(asked: Sequence[Request], most: int, *, untouched: bool) -> tuple[Request, ...]:
    """Return at most `most` requests; unless `untouched`, none about what nobody touched on the call where there are a few others."""
    told = sum(bool(request.spans) for request in asked)
    kept = sorted(asked, key=lambda r: not r.spans)[: min(most, len(asked) if untouched else max(told, FEW))]
    return tuple(r for r in asked if r in kept)


def _shortened(material: Material, kept: Sequence[Promise], room: _Room) -> tuple[Promise, ...]:
    """Return as many promises of each side as there is room for, in the order of the call; what a step tells comes last.

    Those with a date come first, and those that grant what our side asked for. One that is shown as what another is about is not shown by
    itself, and what a step tells in full does not count.
    """
    steps = tuple(_told_in_steps(material).values())
    dated = {p.place for p in steps}
    alone = {(p.place, p.speaker): p for p in reversed(kept)}  # two promises in one sentence are shown once, with the first
    chosen = [p for p in kept if _is_told(p, steps)]
    for most, ours in ((room.theirs, False), (room.ours, True)):
        side = [p for p in kept if (p.who != "customer") == ours and p is alone[(p.place, p.speaker)] and p not in chosen]
        shown: list[Promise] = []
        for promise in sorted(side, key=lambda p: (p.place in dated, _is_quoted(p, side), p.due is None and not _is_granted(material, p))):
            if len(shown) < most and not _is_quoted(promise, shown):
                shown.append(promise)
        chosen += shown
    return tuple(p for p in kept if p in chosen and p is alone[(p.place, p.speaker)])


def _is_granted(material: Material, promise: Promise) -> bool:
    """Return whether a customer promises what our side has just asked for."""
    asked = promise.asked
    return asked is not None and material.turns[asked.turn].role != "customer" and asked.text.endswith("?")


def _is_told(promise: Promise, steps: Sequence[Promise]) -> bool:
    """Return whether a step that tells the date of a promise leaves nothing of its sentence out."""
    ends = promise.context.start + len(promise.context.text.rstrip(" .!"))
    return promise in steps and not promise.context.cut[1] and promise.said.end >= ends


def _is_quoted(promise: Promise, others: Sequence[Promise]) -> bool:
    """Return whether the words of a promise are shown as what another one is about."""
    return any(other.asked is not None and other.asked.overlaps(promise.said) for other in others)


def _email(material: Material, room: _Room, promised: Sequence[Promise]) -> Email:
    """Return the email with as much as there is room for, of the promises too."""
    asked = _first(requests(material, room.words), room.asked, untouched=room.untouched)
    kept = _shortened(material, promised, room)
    people = [name for name in material.addressed if not names_nobody(name)] or material.addressed
    moments = tuple(m for name in people if (m := moment_of(material, name)))[: room.moments]
    facts = tuple(_fact(material, name) for name in material.addressed)
    dated = _told_in_steps(material)
    steps = tuple(_with_words(material, step, dated.get(step.name)) for step in material.schedule.steps(material.called))
    apart = tuple(_briefly(material, p, promised, room.told) for p in kept if not _is_told(p, tuple(dated.values())))
    greeting, thanks = _opening(material, moments)
    parts = (greeting, Part(text=thanks.text), _asking(material, asked), *_promised(material, apart), *_closing(material, facts, steps))
    return Email(
        to=tuple(Recipient(name=_known(material.introduced(name)[0]), email=_address(material, name)) for name in material.addressed),
        subject=_subject(material), body=_plain(parts), parts=parts, thanks=thanks, moments=moments, requests=asked, promises=kept,
        facts=facts, next_steps=steps,
    )  # fmt: skip


def _briefly(material: Material, promise: Promise, others: Sequence[Promise], words: int) -> Promise:
    """Return a promise, and what it replies to, each in hardly more than so many words; those of all that its sentence promises stay."""
    context = promise.context
    places = [place for p in others if p.place == promise.place for place in _places(p)]
    told = material.turns[context.turn].span(min(places)[0], max(end for _, end in places))
    shown = _clipped(material, context, max(words, len(norms(told.text))), (told.start, told.end))
    asked = _clipped(material, promise.asked, words) if promise.asked else None
    return promise.model_copy(update={"spans": (promise.said, shown), "asked": asked})


def _places(promise: Promise) -> Iterator[tuple[int, int]]:
    """Yield the places in its turn of what is promised and of by when."""
    context, at = promise.context, promise.context.text.find(promise.due or "")
    yield (promise.said.start, promise.said.end) if context.holds(promise.said) else (context.start, context.end)
    if promise.due and at >= 0:
        yield context.start + at, context.start + at + len(promise.due)


def _clipped(material: Material, said: Citation, words: int, keep: tuple[int, int] | None = None) -> Citation:
    """Return words cut to hardly more than a number of them, marked also where they were cut before."""
    shown = material.clip(said.turn, said.start, said.end, words, keep)
    return material.cite(shown, (said.cut[0] or shown.cut[0], said.cut[1] or shown.cut[1]))


def _address(material: Material, name: str) -> str | None:
    return next((p.email for p in material.background.participants if p.name == name), None)


def _subject(material: Material) -> str:
    company = (material.background.customer.company or "").removeprefix("The ").removeprefix("the ")
    forms = load_data("drafts")["subject"][material.guide.purpose]
    return str(forms["named"]).replace("#", company) if company else str(forms["unnamed"])


def _promise_of(step: Step, kept: Sequence[Promise]) -> Promise | None:
    """Return what was promised on the call about a step's date: by our side, or by a customer who answers our promise of a draft."""
    ours = next((p for p in kept if p.who != "customer" and p.due and _step_of(p.said.text) == step.name), None)
    return ours or (_checked_by(kept) if step.name == CHECK else None)


def _step_of(text: str) -> str | None:
    """Return the step whose result words promise: the first that they name, since a later one is what it is for, "a draft for approval"."""
    words, names = f" {' '.join(norms(text))} ", load_data("drafts")["step_names"]
    places = {words.find(f" {name} "): step for step in load_data("drafts")["steps"] for name in (step, *names.get(step, ()))}
    return min(((at, step) for at, step in places.items() if at >= 0), default=(0, None))[1]


def _checked_by(kept: Sequence[Promise]) -> Promise | None:
    """Return the promise of a customer to check the draft by a day: it names the draft, or answers our promise of something."""
    theirs = [p for p in kept if p.who == "customer" and p.due and Lexicon.at("drafts.checking").find(norms(p.said.text))]
    ours = {p.said.turn + 1 for p in kept if p.who != "customer"}
    drafts = words_of("drafts.drafts")
    return next((p for p in theirs if p.said.turn in ours or not drafts.isdisjoint(norms(p.said.text))), None)


def _greet(name: str) -> str:
    return greeted(_known(name))


def _known(name: str) -> str:
    """Return a name, or a placeholder for a label that names nobody: "Unknown", "Speaker 2", "Boardroom"."""
    return "[name]" if names_nobody(name) else name


def _opening(material: Material, moments: Sequence[Citation]) -> tuple[Part, Worded]:
    names = [_greet(name) for name in material.addressed]
    thanks = "Thank you for taking the time to talk with us"
    # Text in brackets after a product in the background file is for the writer.
    product = _BRACKETS.sub("", material.background.product or "") or material.background.vendor
    lines = [f"{thanks} about {product}." if product else f"{thanks}."]
    forms = load_data("drafts")["moments"]
    leads = cycle(forms["several"] if len(material.addressed) > 1 else [forms["alone"]])
    lines += [f"{lead.replace('#', _greet(moment.speaker))} {moment.quoted}" for lead, moment in zip(leads, moments, strict=False)]
    greeting = f"Dear {listed(names)}," if names else "Hello,"
    return Part(text=greeting), Worded(text=" ".join(lines))


def _asking(material: Material, asked: Sequence[Request]) -> Part:
    if not asked:
        return Part(text="I have everything that I need from you for a first draft.")
    lead = "Before I write, may I ask you for a little more? Short answers and rough figures are fine."
    return Part(text=lead, items=tuple(_item(material, request) for request in asked), numbered=True)


def _item(material: Material, request: Request) -> str:
    """Return a request as lines: its addressee and the words that prompted it, the question, the form to fill in."""
    name = _greet(request.owner) if request.owner and len(material.addressed) > 1 else ""
    return "\n".join((f"{name}, {_reminder(request)}" if name else capitalised(_reminder(request)), request.text, request.form))


def _reminder(request: Request) -> str:
    """Return a reminder of what was said: the customer's words, with the question that they answer if they say little alone.

    Words of an uncertain speaker are put into nobody's mouth.
    """
    if not request.spans:
        return "I would still like to ask:"
    first = request.spans[0]
    said = f"I noted: {first.quoted}" if first.unsure else f"you said: {first.quoted}"
    said += "".join(f" {_when(first, other)}: {other.quoted}" for other in request.spans[1:])
    return f"when I asked {request.asked.quoted}, {said}" if request.asked else said


def _when(said: Citation, other: Citation) -> str:
    """Return whose other words are, or that the same person said them earlier or later."""
    if other.unsure:
        return "And I noted"
    if other.speaker != said.speaker:
        return f"And {_greet(other.speaker)} said"
    return "Earlier" if (other.turn, other.start) < (said.turn, said.start) else "And later"


def _promised(material: Material, kept: Sequence[Promise]) -> list[Part]:
    """Return the parts with the promises of the customers and of our side, each in the speaker's words."""
    theirs, ours = ([p for p in kept if (p.who == "customer") == side] for side in (True, False))
    leads = (("Thank you for what you offered to do:", theirs), ("And this is what you have from us:", ours))
    return [Part(text=lead, items=tuple(_promise(material, promise) for promise in side)) for lead, side in leads if side]


def _promise(material: Material, promise: Promise) -> str:
    """Return a promise in its words, with its speaker where that could be somebody else, and with what it replied to."""
    alone = {material.interviewer, *(material.addressed if len(material.addressed) == 1 else ())}
    name = "" if promise.speaker in alone else _greet(promise.speaker)
    when = f" By when: {promise.dated.quoted}" if promise.dated else ""
    if promise.who == "customer" and promise.agreed and promise.asked and promise.asked.text.endswith("?"):
        told = f"when I asked {promise.asked.quoted}, you said: {promise.context.quoted}"
        return f"{name}, {told}{when}" if name else f"{capitalised(told)}{when}"
    if promise.is_passed_on:
        told = f"{_greet(promise.said.speaker)} said {promise.told}"
        when = f" {_greet(promise.speaker)} said {promise.dated.quoted}" if promise.dated else ""
        return f"{_greet(promise.speaker)}: {told}{when}"
    return f"{name}: {promise.told}{when}" if name else f"{promise.told}{when}"


def _fact(material: Material, name: str) -> str:
    """Return a name with title and company, and what its owner said of them."""
    shown, title = material.introduced(name)
    fact = ", ".join([_known(shown), title or "[title]", material.firm_of(name) or "[company]"])
    told = " ".join(said.quoted for said in told_of_name(material, name))
    return f"{fact} (you said: {told})" if told else fact


def _together(facts: Sequence[str]) -> Sequence[str]:
    """Return one line for each person, or two lines for all where they are many."""
    half = (len(facts) + 1) // 2
    return facts if len(facts) <= LINES else ["; ".join(facts[:half]), "; ".join(facts[half:])]


def _closing(material: Material, facts: Sequence[str], steps: Sequence[Step]) -> list[Part]:
    me = material.interviewer
    signature = material.introduced(me) if me else ("[your name]", None)
    signed = [*signature, material.firm_of(me) if me else material.background.vendor]
    return [
        Part(text="Are these names and titles right, and spelt right?", items=tuple(_together(facts))),
        Part(text="What happens next:", items=tuple(_step(step) for step in steps)),
        Part(text="Nothing is published without your written approval, and you can withdraw anything you said, at any time."),
        Part(text="With best wishes,\n" + "\n".join(line for line in signed if line)),
    ]


def _step(step: Step) -> str:
    return f"{step.text}: {step.due}" + (f" (as said on the call: “{step.said}”)" if step.said else "")


def _plain(parts: Sequence[Part]) -> str:
    """Return the body as plain text."""
    return "\n\n".join("\n".join([part.text, *_lines(part)]) for part in parts) + "\n"


def _lines(part: Part) -> list[str]:
    marks = [f"{n}. " if part.numbered else "- " for n in range(1, len(part.items) + 1)]
    return [mark + item.replace("\n", "\n" + " " * len(mark)) for mark, item in zip(marks, part.items, strict=True)]
