"""What the interviewer does during a call; each action is a value that the journal keeps."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .turns import Text, Value

__all__ = ["Action", "Asked", "Dismiss", "End", "Mark", "Pin", "Raised", "Release", "Snooze", "Unpin", "Withdraw"]


class Asked(Value):
    """The interviewer has asked the question of a gap."""

    do: Literal["asked"] = "asked"
    gap: str


class Raised(Value):
    """The interviewer has asked about a topic; whether it is covered is told by the answer."""

    do: Literal["raised"] = "raised"
    topic: str


class Dismiss(Value):
    """The interviewer never wants to ask about a gap."""

    do: Literal["dismiss"] = "dismiss"
    gap: str


class Snooze(Value):
    """Not now: the probe is parked, and may come back later."""

    do: Literal["snooze"] = "snooze"
    gap: str


class Pin(Value):
    """Keep the probe of a gap in sight."""

    do: Literal["pin"] = "pin"
    gap: str


class Unpin(Value):
    """Unpin a probe."""

    do: Literal["unpin"] = "unpin"
    gap: str


class Mark(Value):
    """The interviewer says that a topic is covered, or that it is not. This overrides the engine."""

    do: Literal["mark"] = "mark"
    topic: str
    covered: bool


class Withdraw(Value):
    """The customer takes words back: a turn, or part of it, is barred from every document."""

    do: Literal["withdraw"] = "withdraw"
    span: str


class Release(Value):
    """A turn, or part of it, that was held back may be used after all; `agreed` says who agreed to what was clearly barred, and how."""

    do: Literal["release"] = "release"
    span: str
    agreed: Text = ""


class End(Value):
    """The call is over."""

    do: Literal["end"] = "end"


Action = Annotated[Asked | Raised | Dismiss | Snooze | Pin | Unpin | Mark | Withdraw | Release | End, Field(discriminator="do")]
"""Something that the interviewer does; `do` is its type."""
