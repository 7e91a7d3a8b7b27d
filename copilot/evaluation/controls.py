"""Negative controls: copilots with one deliberate fault each. The gate for it must fail, else the evals are blind there.

    from copilot.evaluation import CONTROLS, evaluate, Evals

    report = evaluate(Evals.load(), CONTROLS["nagging"].listen)
    assert CONTROLS["nagging"].gate in {gate.figure for gate in report.gates if not gate.passed}

A control, in CONTROLS, is an engine or a function that spoils a hearing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial

from ..detectors import Found
from ..drafts import Attempt, Draft, Email, Material, Outline, Writer, try_out
from ..drafts.email import Part
from ..drafts.faults import Rule
from ..engines import TurnReader
from ..engines.rules import RulesEngine
from ..findings import Gap, Quote
from ..ledger import Ledger
from ..reading import Reading
from .drafting import documents
from .gold import Interview
from .hearing import Hearing, listen_with

__all__ = ["CONTROLS", "Control"]


@dataclass(frozen=True, slots=True)
class Control:
    """A copilot with one fault, and the gate that must catch it.

    The fault is in its `engine`, or `spoil` adds it to what the embedded engine has heard.
    """

    about: str
    gate: str
    engine: Callable[[], TurnReader] | None = None
    spoil: Callable[[Hearing], Hearing] | None = None

    def listen(self, interview: Interview) -> Hearing:
        """Hear an interview with the fault."""
        heard = listen_with(self.engine)(interview)
        return self.spoil(heard) if self.spoil else heard


class Silent:
    """Never finds anything."""

    name = "silent"

    def read(self, reading: Reading, ledger: Ledger) -> Found:
        """Return nothing."""
        return Found()


@dataclass
class Worsened:
    """The embedded engine, with what it finds in customers' turns spoilt."""

    name: str
    spoil: Callable[[Reading, Found], Found]
    engine: RulesEngine = field(default_factory=RulesEngine)

    def read(self, reading: Reading, ledger: Ledger) -> Found:
        """Return what the embedded engine finds, spoilt on customers' turns."""
        found = self.engine.read(reading, ledger)
        return self.spoil(reading, found) if reading.is_customer else found


def _nagging(reading: Reading, found: Found) -> Found:
    """Add a gap to turns without one."""
    return found if found.gaps else replace(found, gaps=(_gap(reading),))


def _inventing_numbers(reading: Reading, found: Found) -> Found:
    """Change the value of every metric."""
    return replace(found, metrics=tuple(metric.model_copy(update={"value": 90417}) for metric in found.metrics))


def _asking(probe: str) -> Callable[[Reading, Found], Found]:
    """Return a function that gives every gap the same probe."""
    return lambda reading, found: replace(found, gaps=tuple(gap.model_copy(update={"probe": probe}) for gap in found.gaps))


def _leaking(reading: Reading, found: Found) -> Found:
    """Quote the turns that a boundary bars, and forget the boundary."""
    barred = {turn for boundary in found.boundaries for turn in boundary.covers}
    return replace(found, boundaries=(), quotes=(*found.quotes, *_quotes_of(reading, barred)))


def _narrowing(reading: Reading, found: Found) -> Found:
    """Bar no other turn than the one that asks for it."""
    return replace(found, boundaries=tuple(b.model_copy(update={"covers": (b.turn,)}) for b in found.boundaries))


def _gap(reading: Reading) -> Gap:
    span, number = reading.turn.span(0, len(reading.turn.text)), reading.turn.turn
    return Gap(
        **span.model_dump(),
        id=f"{number}.nag",
        kind="vague",
        severity="nice",
        score=0.9,
        topic=next(iter(reading.guide.topics)),
        probe=f"What more is there to say, for the {number}th time?",
        why="one can always ask for more",
    )


def _quotes_of(reading: Reading, barred: set[int]) -> Iterator[Quote]:
    for near in (*reading.before, reading):
        if near.turn.turn in barred and near.is_customer:
            yield Quote(turn=near.turn.turn, start=0, end=len(near.turn.text), text=near.turn.text, score=1.0)


def _inventing_quotes(hearing: Hearing) -> Hearing:
    """Add an invented quote to each customer's turn: a session takes none from an engine."""
    words = "It has changed absolutely everything for us."
    customers = (turn.turn for turn in hearing.findings.turns if turn.role == "customer")
    invented = (Quote(turn=number, start=0, end=len(words), text=words, score=1.0) for number in customers)
    return replace(hearing, findings=hearing.findings.model_copy(update={"quotes": (*invented, *hearing.findings.quotes)}))


def _never_closing(hearing: Hearing) -> Hearing:
    gaps = tuple(gap.model_copy(update={"outcome": "open", "closed_by": None}) for gap in hearing.findings.gaps)
    return replace(hearing, findings=hearing.findings.model_copy(update={"gaps": gaps}))


# Spoiling documents after they were written.


def _drafting(spoil: Callable[[Material, Draft], Draft]) -> Callable[[Hearing], Hearing]:
    """Return a function that spoils the documents of a hearing."""
    return lambda hearing: replace(hearing, drafting=lambda made: tuple(spoil(made, document) for document in documents(made)))


def _saying(text: str) -> Callable[[Material, Draft], Draft]:
    """Return a function that adds a text to the email."""

    def spoil(material: Material, document: Draft) -> Draft:
        if not isinstance(document, Email):
            return document
        return document.model_copy(update={"parts": (*document.parts, Part(text=text)), "body": f"{document.body}\n{text}\n"})

    return spoil


def _telling(material: Material, document: Draft) -> Draft:
    """Put the first words of each barred turn into the email, in reported speech."""
    told = " ".join(" ".join(span.text.split()[:12]) for span in material.barred.spans if len(span.text.split()) > 12)
    return _saying(f"Off the record, we heard that {told}")(material, document)


def _forgetting(material: Material, document: Draft) -> Draft:
    """Leave out of the email and the outline what still has to be asked."""
    if isinstance(document, Email):
        return document.model_copy(update={"requests": ()})
    if isinstance(document, Outline):
        return document.model_copy(update={"sections": tuple(s.model_copy(update={"gaps": ()}) for s in document.sections)})
    return document


def _rambling(material: Material, document: Draft) -> Draft:
    """Make the email long."""
    return document.model_copy(update={"body": document.body + "And so on. " * 200}) if isinstance(document, Email) else document


# Spoiling the guard: how paragraphs in another writer's words are handled.


def _believing(document: Draft, material: Material, write: Writer) -> tuple[Attempt, ...]:
    """Use every paragraph as it comes."""
    return try_out(document, material, write, rules=())


def _refusing(document: Draft, material: Material, write: Writer) -> tuple[Attempt, ...]:
    """Use no paragraph."""
    return try_out(document, material, write, rules=(Rule("control", lambda *given: iter(("it is not ours",))),))


CONTROLS: dict[str, Control] = {
    "silent": Control("finds nothing and says nothing", "gaps.must_recall", Silent),
    "nagging": Control("wants more of every answer", "gaps.nag_rate", partial(Worsened, "nagging", _nagging)),
    "invents-quotes": Control("quotes what nobody said", "quotes.verbatim", spoil=_inventing_quotes),
    "invents-numbers": Control(
        "reports values that nobody said", "metrics.grounded", partial(Worsened, "invents-numbers", _inventing_numbers)
    ),
    "repeating": Control(
        "asks the same question each time",
        "live.repeated",
        partial(Worsened, "repeating", _asking("What else can you tell me about that?")),
    ),
    "leaking": Control("quotes what is off the record", "boundaries.leaked_quotes", partial(Worsened, "leaking", _leaking)),
    "narrowing": Control(
        "bars only the turn that asks for it", "boundaries.barred_turns_known", partial(Worsened, "narrowing", _narrowing)
    ),
    "closed": Control("asks for yes or no", "wording.open", partial(Worsened, "closed", _asking("Did that work out for you?"))),
    "never-closing": Control("never sees that a question was answered", "closing.closed_when_answered", spoil=_never_closing),
    "draft-quotes": Control(
        "drafts a quotation that nobody said",
        "drafts.quotes_verbatim",
        spoil=_drafting(_saying("You said: “It has changed absolutely everything.”")),
    ),
    "draft-numbers": Control(
        "drafts a number that nobody said", "drafts.numbers_unsaid", spoil=_drafting(_saying("You now save 8,417 hours."))
    ),
    "draft-leaks": Control("tells what is off the record in a draft", "drafts.leaked_knowingly", spoil=_drafting(_telling)),
    "draft-forgets": Control("drops what still has to be asked", "drafts.must_kept", spoil=_drafting(_forgetting)),
    "draft-rambles": Control("writes a long email", "drafts.short_emails", spoil=_drafting(_rambling)),
    "believing": Control(
        "uses every paragraph of a writer", "forgeries.through", spoil=lambda hearing: replace(hearing, trying=_believing)
    ),
    "refusing": Control(
        "uses no paragraph of a writer", "forgeries.honest_quotes_used", spoil=lambda hearing: replace(hearing, trying=_refusing)
    ),
    "draft-labels": Control(
        "shows the customer its own labels", "drafts.internal_words", spoil=_drafting(_saying("This gap has the severity must."))
    ),
}
"""Engines and writers that are wrong on purpose, by name; a figure of the evaluation has to catch each."""
