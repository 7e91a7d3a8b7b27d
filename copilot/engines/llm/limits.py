"""Limits on the calls to a model, and the circuit breaker."""

from __future__ import annotations

import time
from dataclasses import dataclass

from .faults import Fault

__all__ = ["Breaker", "Limits"]


@dataclass(frozen=True)
class Limits:
    """Bounds on the calls to a model; all times are in seconds."""

    deadline: float | None = None
    """Wait for one answer; None means 6 in a live call and 60 for a recording or a draft."""
    budget: int | None = None
    """Tokens, input and output together, after which no new call begins; None for no bound."""
    attempts: int = 3
    """Most times that one request is sent if a fault may be temporary."""
    backoff: float = 0.5
    """Wait before the second attempt, doubled for each further one; a wait that the provider asks for takes precedence."""
    at_once: int = 4
    """Most calls in progress at one time, including those that were given up."""
    strikes: int = 3
    """Failed calls in a row after which calls are paused."""
    pause: float = 60.0
    """Length of that pause."""


class Breaker:
    """A circuit breaker: pauses calls to a model that keeps failing, for good if it would always fail."""

    def __init__(self, limits: Limits) -> None:
        """Take the limits."""
        self.limits = limits
        self.strikes = 0
        self.until = 0.0
        self.lasting: Fault | None = None

    def check(self) -> None:
        """Raise a Fault while calls are paused."""
        if self.lasting is not None:
            raise self.lasting
        if self.strikes >= self.limits.strikes and time.monotonic() < self.until:
            raise Fault("paused")

    def failed(self, fault: Fault) -> None:
        """Count a failed call."""
        self.lasting = fault if fault.is_lasting else self.lasting
        self.strikes += 1
        self.until = time.monotonic() + self.limits.pause

    def succeeded(self) -> None:
        """Reset the count of failures."""
        self.strikes = 0
