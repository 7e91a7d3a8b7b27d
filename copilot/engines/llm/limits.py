"""How far a model is let go, and when it is left alone."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from .faults import Fault

__all__ = ["Breaker", "Limits"]


@dataclass(frozen=True)
class Limits:
    """Bounds on the calls of a model; all times are in seconds."""

    deadline: float | None = None
    """How long one answer is waited for; None for 6 in a live call and 60 for a recording or a draft."""
    budget: int | None = None
    """Tokens, in and out together, after which no call begins; None for no bound."""
    attempts: int = 3
    """How often one request is sent where a fault may pass."""
    backoff: float = 0.5
    """The wait before the second attempt, doubled for each further one; what the provider asks for comes first."""
    at_once: int = 4
    """Calls that may be under way at one time, those that were given up among them."""
    strikes: int = 3
    """Failed calls in a row after which the model is left alone."""
    pause: float = 60.0
    """How long it is."""


class Breaker:
    """Leaves a model alone that fails again and again, and for good one that will fail every time."""

    def __init__(self, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        """Take the limits; `clock` gives seconds."""
        self.limits, self.clock = limits, clock
        self.strikes = 0
        self.until = 0.0
        self.lasting: Fault | None = None

    def check(self) -> None:
        """Raise a Fault while the model is left alone."""
        if self.lasting is not None:
            raise self.lasting
        if self.strikes >= self.limits.strikes and self.clock() < self.until:
            raise Fault("paused")

    def failed(self, fault: Fault) -> None:
        """Count a failed call."""
        self.lasting = fault if fault.is_lasting else self.lasting
        self.strikes += 1
        self.until = self.clock() + self.limits.pause

    def succeeded(self) -> None:
        """Forget the failures before."""
        self.strikes = 0
