"""The engines, which read turns. `rules` is embedded and needs nothing else."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol

from ..detectors import Found
from ..ledger import Ledger
from ..reading import Reading

if TYPE_CHECKING:
    from . import llm as llm

__all__ = ["Engine"]


class Engine(Protocol):
    """Reads one turn after another; the ledger is what is known before the turn."""

    name: str

    def read(self, reading: Reading, ledger: Ledger) -> Found:
        """Return the turn's findings."""
        ...


def __getattr__(name: str) -> object:
    """Import the package of the language-model engine on first use."""
    if name != "llm":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return import_module(".llm", __name__)
