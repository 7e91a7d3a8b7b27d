"""What the interviewer sees during a call: values shared by the terminal and the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from ..findings import Consent, Coverage, Degree, Metric, TopicState
from ..probe import Probe
from ..turns import Role, Value

__all__ = ["Asked", "Board", "KeptBack", "Line", "Plan", "SectionView", "TopicView", "Voice"]


class Line(Value):
    """The latest words heard; `final` is False while they may still change."""

    speaker: str
    role: Role | None
    text: str
    at: float | None
    final: bool


class Voice(Value):
    """Who spoke some words or a turn, and when it began, in seconds; None if unknown.

    `words` are what to show with a question: those that it is about, or where it repeats them all, a sentence or two with them.
    """

    speaker: str
    at: float | None
    words: str = ""


class TopicView(Value):
    """A topic of the guide and its state; `marked` if the interviewer set it."""

    id: str
    title: str
    state: TopicState
    marked: bool = False


class SectionView(Value):
    """A section of the guide with its topics."""

    id: str
    title: str
    coverage: Coverage
    topics: tuple[TopicView, ...]


class KeptBack(Value):
    """A turn that is kept out of every question and document, or, where that is only "possible", until somebody releases it."""

    turn: int
    degree: Degree


class Asked(Value):
    """What the email asks, and the customers' words, in quotation marks, that it shows with it."""

    text: str
    words: tuple[str, ...] = ()


class Plan(Value):
    """What to do in the remaining minutes.

    Once the call has ended, `requests` are what the email asks, and the others what it does not ask.
    """

    ask_now: tuple[Probe, ...] = ()
    email: tuple[Probe, ...] = ()
    someone_else: tuple[Probe, ...] = ()
    requests: tuple[Asked, ...] = ()


class Board(Value):
    """Everything shown at one moment. `revision` grows with every change, so that a viewer knows what it has seen.

    At most one `probe` is shown; `pinned` ones stay until they are asked, dismissed, unpinned or answered, and are left out while their
    words may not be used; `parked` ones are snoozed or waiting; once the call has ended, both are in the plan. `voices` tells who said what
    the probes are about, by gap, and the turns that are or can be kept out, by number. `kept_back` are the turns with something off the
    record, without its words; `last_answer` is the customers' latest turn, which the interviewer can keep out too. `source` says how the
    source is connected; nothing is heard while it is lost. Times are seconds from the start of the call; `minutes_left` is None if no
    length was set.
    """

    revision: int
    state: Literal["waiting", "live", "ended"]
    session: str
    elapsed: float
    minutes_left: float | None = None
    probe: Probe | None = None
    pinned: tuple[Probe, ...] = ()
    parked: tuple[Probe, ...] = ()
    sections: tuple[SectionView, ...] = ()
    metrics: tuple[Metric, ...] = ()
    lines: tuple[Line, ...] = ()
    plan: Plan | None = None
    voices: Mapping[str, Voice] = {}
    consent: Consent = Consent()
    kept_back: tuple[KeptBack, ...] = ()
    last_answer: int | None = None
    warnings: tuple[str, ...] = ()
    source: str = ""
    source_lost: bool = False

    @property
    def is_over(self) -> bool:
        """Whether the planned time is up and the call goes on."""
        return self.state == "live" and self.minutes_left is not None and self.minutes_left <= 0

    @property
    def listed(self) -> tuple[Probe, ...]:
        """What is pinned and what is planned for now, the most pressing first: for one more question, the plan."""
        planned = self.plan.ask_now if self.plan else ()
        return (*planned, *self.pinned) if self.is_over else (*self.pinned, *planned)
