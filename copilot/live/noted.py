"""An engine for a live call: what a slower engine has found in a turn, and until it has, what the embedded engine finds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..detectors import Found
from ..engines import Engine
from ..engines.checking import fault_in
from ..engines.rules import RulesEngine
from ..findings import Tokens
from ..ledger import Ledger
from ..probe import Probe
from ..reading import Reading
from ..turns import Turn

if TYPE_CHECKING:
    from ..engines.guard import Rejection

__all__ = ["NotedEngine"]


class NotedEngine(Engine):
    """An engine that never waits for the slower one that it wraps; wording, writing, tokens and notices are the slower one's."""

    def __init__(self, engine: Engine) -> None:
        """Take the slower engine."""
        self.name, self._engine = engine.name, engine
        self._quick = engine if engine.is_quick else RulesEngine()
        self.reading: Reading | None = None
        self._found: dict[tuple[int, str], Found] = {}

    @property
    def is_quick(self) -> bool:
        """Yes: the slower engine is not waited for."""
        return True

    @property
    def tokens(self) -> Tokens | None:
        """What the slower engine has used so far."""
        return self._engine.tokens

    @property
    def notices(self) -> Sequence[str]:
        """What a user should know of how the slower engine does."""
        return self._engine.notices

    @property
    def rejected(self) -> Sequence[Rejection]:
        """What was thrown away of the slower engine's findings."""
        return self._engine.rejected

    def note(self, turn: int, text: str, found: Found) -> None:
        """Keep what was found in a turn."""
        self._found[turn, text] = found

    def has_read_otherwise(self, turn: Turn) -> bool:
        """Return whether something was found in a turn's earlier words, and nothing yet in those that it has now."""
        return (turn.turn, turn.text) not in self._found and any(number == turn.turn for number, _ in self._found)

    def read(self, reading: Reading, ledger: Ledger) -> Found:
        """Return the slower engine's findings of the turn, else those of the embedded engine.

        Findings that cite an earlier turn in words which have been corrected since are none of this call any more.
        """
        noted = self._found.get((reading.turn.turn, reading.turn.text))
        if noted is not None and fault_in(noted, reading) is not None:
            noted = None
        self.reading = reading if noted is None else None
        return self._quick.read(reading, ledger) if noted is None else noted

    def ask(self, probes: Sequence[Probe], turns: Sequence[Turn], ledger: Ledger) -> list[Probe]:
        """Return probes in the slower engine's words."""
        return self._engine.ask(probes, turns, ledger)

    def write(self, document: str, rules: str, facts: Sequence[str]) -> Sequence[str] | None:
        """Return the slower engine's paragraphs of a document."""
        return self._engine.write(document, rules, facts)
