"""What an evaluator gets: the interview of a case as it was heard, from hearings that are made once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from multiprocessing.pool import ThreadPool

from ..errors import SuiteError
from .gold import Interview
from .hearing import Hearing, Listener
from .suites import Case
from .variants import VARIANTS

__all__ = ["EvaluatorContext", "Hearings"]


@dataclass(frozen=True)
class Hearings:
    """Hears each interview once in each variant, however many suites ask for it.

    `fell_back` are the interviews in which a language model failed, unaltered or altered.
    """

    listen: Listener
    load: Callable[[str], Interview]
    fell_back: set[str] = field(default_factory=set)
    _kept: dict[tuple[str, str | None], Hearing] = field(default_factory=dict)
    _loaded: dict[str, Interview] = field(default_factory=dict)

    def interview(self, name: str) -> Interview:
        """Return an interview, read once."""
        if name not in self._loaded:
            self._loaded[name] = self.load(name)
        return self._loaded[name]

    def __call__(self, name: str, variant: str | None = None) -> Hearing:
        """Return the hearing of an interview, unaltered or in a variant. Raises SuiteError for an unknown variant."""
        if variant is not None and variant not in VARIANTS:
            raise SuiteError.among("variant", variant, VARIANTS)
        if (name, variant) not in self._kept:
            self._kept[name, variant] = self._varied(name, variant) if variant else self.anew(self.interview(name))
        return self._kept[name, variant]

    def anew(self, interview: Interview) -> Hearing:
        """Hear an interview as it is given, which may be altered."""
        hearing = self.listen(interview)
        if hearing.fell_back:
            self.fell_back.add(interview.name)
        return hearing

    def hear(self, wanted: Iterable[tuple[str, str | None]], jobs: int) -> None:
        """Hear interviews in their variants, `jobs` at a time; unaltered ones come first, since a variant may equal one of them."""
        every = list(dict.fromkeys(wanted))
        # Daemon threads, so that the program can be stopped while they wait for a model.
        with ThreadPool(jobs) as pool:
            pool.map(lambda name: self(name), dict.fromkeys(name for name, _ in every), chunksize=1)
            pool.starmap(self.__call__, [pair for pair in every if pair[1]], chunksize=1)

    def _varied(self, name: str, variant: str) -> Hearing:
        """Return the hearing of a variant; one whose turns are unchanged need not be heard again."""
        interview = self.interview(name)
        varied = VARIANTS[variant](interview)
        same = [turn.model_dump() for turn in varied.turns] == [turn.model_dump() for turn in interview.turns]
        return self(name) if same else self.anew(varied)


@dataclass(frozen=True, slots=True)
class EvaluatorContext:
    """A case's interview as heard in the case's variant; `plain` is the hearing of the unaltered interview."""

    case: Case
    variant: str | None
    name: str
    hearings: Hearings

    @property
    def hearing(self) -> Hearing:
        """The hearing to measure."""
        return self.hearings(self.name, self.variant)

    @property
    def plain(self) -> Hearing:
        """The hearing of the unaltered interview."""
        return self.hearings(self.name)
