"""The engines, which read turns. `rules` is embedded and needs nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, Self, runtime_checkable

from ..detectors import Found
from ..errors import InputError
from ..findings import Tokens
from ..ledger import Ledger
from ..probe import Probe
from ..reading import Reading
from ..turns import Turn

if TYPE_CHECKING:
    from . import llm as llm
    from .guard import Rejection

__all__ = ["Engine", "TurnReader", "as_engine"]


class TurnReader(Protocol):
    """The least that a session takes for an engine: it has a name, and reads one turn after another."""

    @property
    def name(self) -> str:
        """What findings call the engine; any attribute will do."""
        ...

    def read(self, reading: Reading, ledger: Ledger) -> Found:
        """Return the turn's findings: each span has the words of its turn, the one being read or one of `reading.before`."""
        ...


@runtime_checkable
class Engine(Protocol):
    """What a session asks of its engine. A class that inherits from this only has to read and have a name: the rest has plain answers."""

    name: str

    def read(self, reading: Reading, ledger: Ledger) -> Found:
        """Return the turn's findings, as a TurnReader does."""
        ...

    @property
    def is_quick(self) -> bool:
        """Whether it reads a turn in a moment. In a live call the embedded engine reads before one that does not."""
        return False

    @property
    def tokens(self) -> Tokens | None:
        """What a language model has used so far; None without one."""
        return None

    @property
    def notices(self) -> Sequence[str]:
        """What a user should know of how the engine does, a line each."""
        return ()

    @property
    def failures(self) -> Mapping[str, int]:
        """How often a language model failed and the embedded engine read alone, by how it failed; empty without one."""
        return {}

    @property
    def rejected(self) -> Sequence[Rejection]:
        """What was found and then thrown away, the last ones with their reasons."""
        return ()

    def copy(self) -> Self:
        """Return an engine for a copy of the session: this one, unless it keeps to itself where it is in the call."""
        return self

    def ask(self, probes: Sequence[Probe], turns: Sequence[Turn], ledger: Ledger) -> list[Probe]:
        """Return probes in the engine's own words, where it has any."""
        return list(probes)

    def write(self, document: str, rules: str, facts: Sequence[str]) -> Sequence[str] | None:
        """Return the paragraphs of a document, none where that fails; None from an engine that does not write."""
        return None


class _Reads(Engine):
    """An engine that only reads."""

    def __init__(self, reader: TurnReader) -> None:
        self.name, self._reader = reader.name, reader

    def read(self, reading: Reading, ledger: Ledger) -> Found:
        return self._reader.read(reading, ledger)


def as_engine(reader: TurnReader) -> Engine:
    """Return what reads turns as an engine, with plain answers where it does not have every member of one.

    Raises InputError for what cannot read, such as the name of a model or a chat model itself, and for what has no name.
    """
    if not callable(getattr(reader, "read", None)):
        raise InputError(f"an engine is expected, not {type(reader).__name__}; engines.llm.LLMEngine(model) makes one of a chat model")
    if isinstance(reader, type):
        raise InputError(f"an engine is expected, not the class {reader.__name__}; {reader.__name__}(...) makes one")
    name = getattr(reader, "name", None)
    if not isinstance(name, str) or not name:
        raise InputError(f"the engine {type(reader).__name__} has no name; give it a `name`, a text that findings call it by")
    return reader if isinstance(reader, Engine) else _Reads(reader)


if not TYPE_CHECKING:  # for a type checker, every other name is an error

    def __getattr__(name: str) -> object:
        """Import the package of the language-model engine on first use."""
        if name != "llm":
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return import_module(".llm", __name__)
