"""The family of engines: what reads a turn. `rules` is embedded and needs nothing."""

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
    """Reads one turn after another; the ledger says what is known before it."""

    name: str

    def read(self, reading: Reading, ledger: Ledger) -> Found:
        """Return what the turn gives."""
        ...


def __getattr__(name: str) -> object:
    """Import the package of the language-model engine on first use."""
    if name != "llm":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return import_module(".llm", __name__)
