"""The family of engines: what reads a turn. `rules` is embedded and needs nothing."""

from __future__ import annotations

from typing import Protocol

from ..detectors import Found
from ..ledger import Ledger
from ..reading import Reading

__all__ = ["Engine"]


class Engine(Protocol):
    """Reads one turn after another; the ledger says what is known before it."""

    name: str

    def read(self, reading: Reading, ledger: Ledger) -> Found:
        """Return what the turn gives."""
        ...
