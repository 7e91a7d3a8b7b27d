"""An interview as heard by the copilot: the final findings, and what was offered after each turn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from ..drafts import Attempt, Draft, Material, Writer, try_out
from ..engines import TurnReader
from ..findings import Findings, Source
from ..probe import Probe
from ..session import Session, Update
from ..turns import Turn
from .drafting import documents
from .gold import Interview

__all__ = ["Hearing", "Listener", "Step", "listen_with"]

OFFERED = 3  # probes after each turn that are scored


@dataclass(frozen=True, slots=True)
class Step:
    """A turn of a replayed call: its update, and the probes on offer after it, best first.

    Time is the transcript's: it is `seconds` when the turn ends.
    """

    turn: Turn
    update: Update
    offers: tuple[Probe, ...]

    @property
    def seconds(self) -> float | None:
        """The end of the turn, in seconds from the start of the recording; None if the transcript has no times."""
        return self.turn.end if self.turn.end is not None else self.turn.start


@dataclass(frozen=True)
class Hearing:
    """The result of hearing an interview. `left` is what was left to ask at its end.

    `fell_back` says that a language model failed at least once, so that the embedded engine read alone there.
    `drafting` writes the documents after it; `trying` says which paragraphs of another writer may be used in them.
    """

    interview: Interview
    findings: Findings
    steps: tuple[Step, ...]
    left: tuple[Probe, ...] = ()
    fell_back: bool = False
    drafting: Callable[[Material], tuple[Draft, ...]] = documents
    trying: Callable[[Draft, Material, Writer], tuple[Attempt, ...]] = try_out

    @cached_property
    def material(self) -> Material:
        """The material of the documents."""
        return Material(self.findings, self.interview.background, self.interview.guide, self.left)

    @cached_property
    def documents(self) -> tuple[Draft, ...]:
        """The email, the outline and the checklist."""
        return self.drafting(self.material)


Listener = Callable[[Interview], Hearing]
"""Hears a labelled interview from its first turn to its last."""


def listen_with(engine: Callable[[], TurnReader] | None = None) -> Listener:
    """Return a listener that replays interviews through a Session, with a new engine for each; the embedded one by default."""

    def listen(interview: Interview) -> Hearing:
        made = engine() if engine else None
        session = Session(interview.background, interview.guide, made, Source(file=interview.name))
        steps = tuple(_step(session, turn) for turn in interview.turns)
        left, fell_back = session.left(), bool(session.engine.failures)
        return Hearing(interview=interview, steps=steps, findings=session.findings, left=left, fell_back=fell_back)

    return listen


def _step(session: Session, turn: Turn) -> Step:
    update = session.hear(turn)
    offers = tuple(session.suggest(OFFERED)) if turn.role == "customer" else ()
    return Step(turn, update, offers)
