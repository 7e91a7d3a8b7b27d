"""The language-model engine: the embedded engine's findings, plus a model's findings and wording if they pass the guard."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from copy import copy
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import Self, TypeVar

from langchain_core.language_models import BaseChatModel
from langchain_core.runnables import RunnableConfig
from langchain_core.runnables.config import merge_configs

from ...cache import Cache
from ...detectors import Found
from ...errors import InputError, ModelError, TurnError
from ...findings import Boundary, Gap, Tokens
from ...guide import Guide
from ...ledger import Ledger
from ...probe import Probe
from ...probes.recall import is_about
from ...prompts import Message, Prompt, Prompts
from ...reading import BACK_CHANNEL_WORDS, Reading
from ...redact import Redactor
from ...text import count_words
from ...turns import Turn
from .. import Engine
from ..guard import Guard, Rejection, probe_fault
from ..merging import merge, merge_late, says_something, with_chosen_quotes
from ..rules import RulesEngine
from .answers import Notes, Paragraphs, Wordings, anchored, found_of, strays
from .calling import Caller
from .context import background_text, candidates_text, ledger_text, open_gaps, topics_text, turns_text
from .faults import Fault
from .limits import Limits
from .tokens import count_tokens

__all__ = ["LIVE", "RECORDED", "LLMEngine"]

A = TypeVar("A")

_LOG = logging.getLogger("copilot")

LIVE, RECORDED = 6.0, 60.0
"""Seconds that a model may take, in a live call, and for a recording or a draft."""
WINDOW = 2400
"""Tokens of a recording that are read in one request."""
CONTEXT = 4
"""Turns that are shown before those to read."""
MERE = 15
"""Most words of an answer that can be merely a refusal, a boundary or consent."""
PENDING = 2
"""Most late answers of a live call that are waited for."""


@dataclass
class _Window:
    """Turns that were read in one request, the model's notes on them (None if it failed), and its names for gaps.

    `holds` says that something in the notes has stood up to the guard; `kept_back` are the turns that only the model would bar.
    """

    read: tuple[Turn, ...]
    notes: Notes | None
    names: dict[str, str] = field(default_factory=dict)
    holds: bool = False
    kept_back: set[int] = field(default_factory=set)

    @property
    def turns(self) -> frozenset[int]:
        """The numbers of the turns."""
        return frozenset(t.turn for t in self.read)

    def take(self, answer: Notes | None) -> None:
        """Take the model's answer as notes on the turns."""
        self.notes = None if answer is None else anchored(answer, self.read)


def _window(turns: Iterable[Turn], names: Mapping[str, Gap]) -> _Window:
    """Return a window of turns that are to get notes."""
    return _Window(tuple(turns), None, {name: gap.id for name, gap in names.items()})


@dataclass(frozen=True)
class _Late:
    """An answer of a live call that did not come in time, and the context to check it against."""

    turn: int
    window: _Window
    plain: Found
    answer: Future[Notes]


class LLMEngine(Engine):
    """Reads turns with the embedded engine and a LangChain chat model.

    The model never decides alone: its findings must pass the guard. Whenever it fails, the embedded engine's findings are used, and
    `notices` says why in one line. With `ahead`, the turns of a recording, several exchanges are read per request; without it, each
    finished answer of a live call is read, and a reply that comes after `deadline` seconds is used later if it still holds then.
    Each call needs an engine of its own.
    """

    def __init__(
        self,
        model: BaseChatModel,
        *,
        ahead: Iterable[Turn] = (),
        limits: Limits | None = None,
        fallback: bool = True,
        cache: Cache | None = None,
        redactor: Redactor | None = None,
        prompts: Prompts | None = None,
        config: RunnableConfig | None = None,
        name: str = "llm",
        notify: Callable[[str], None] | None = _LOG.warning,
        explain: Callable[[str], None] | None = None,
    ) -> None:
        """Take any chat model. `config` has callbacks, tags and metadata in LangChain's form; `notify` receives every notice.

        By default, the logger "copilot" warns of them. `explain` receives what the provider or the model itself said where it failed,
        without its key. Raises InputError for what is no chat model, such as the name of one. With
        `fallback=False`, reading raises ModelError if the model fails.
        """
        if not isinstance(model, BaseChatModel):
            told = "engines.llm.open_model opens one by PROVIDER:NAME"
            raise InputError(f"a chat model of LangChain is expected, not {type(model).__name__}; {told}")
        self.name = name
        prompts = prompts or Prompts()
        self._read, self._ask, self._write = prompts["read"], prompts["ask"], prompts["write"]
        self.guard = Guard()
        self._notices: list[str] = []
        self._failures: Counter[str] = Counter()
        self.redactor = redactor
        self._rules = RulesEngine()
        self._ahead = tuple(ahead)
        self._recorded = frozenset(self._ahead)
        limits = limits or Limits()
        self._deadline = limits.deadline or (RECORDED if self._ahead else LIVE)
        self._fallback = fallback
        self._notify, self._explain = notify, explain
        config = merge_configs({"run_name": "copilot", "tags": ["copilot"]}, config)
        self._caller = Caller(
            model, prompts["repair"], limits=limits, cache=cache, redactor=redactor, config=config, reject=self.guard.reject
        )
        self._window: _Window | None = None
        self._late: list[_Late] = []
        for turn in self._ahead:
            self._learn(turn)

    def __repr__(self) -> str:
        return f"<LLMEngine: {self.name}>"

    @property
    def tokens(self) -> Tokens:
        """The tokens used so far."""
        return self._caller.tokens

    @property
    def notices(self) -> Sequence[str]:
        """Why the model failed, a line for each kind of failure."""
        return self._notices

    @property
    def failures(self) -> Mapping[str, int]:
        """How often the model failed, by the kind of failure."""
        return self._failures

    @property
    def waiting(self) -> int:
        """The number of late answers of a live call that are still outstanding."""
        return sum(not late.answer.done() for late in self._late)

    @property
    def rejected(self) -> tuple[Rejection, ...]:
        """What the guard rejected: the latest findings, with their reasons."""
        return tuple(self.guard.rejected)

    def copy(self) -> Self:
        """Return an engine that reads on from here by itself. The model, what bounds it, and what it has used and failed are of both."""
        other = copy(self)
        other._window = self._window and replace(self._window, names=dict(self._window.names), kept_back=set(self._window.kept_back))
        other._late = list(self._late)
        return other

    def read(self, reading: Reading, ledger: Ledger) -> Found:
        """Return what the turn gives, and what late answers gave.

        Raises ModelError without a fallback, and TurnError for a turn that is not of the recording that the engine was made for.
        """
        if self._ahead and reading.turn not in self._recorded:
            raise TurnError(f"turn {reading.turn.turn} is none of this engine's recording; each call needs an engine of its own")
        self._learn(reading.turn)
        plain = with_chosen_quotes(self._rules.read(reading, ledger), ledger.quotes)
        window = self._read_ahead(reading, ledger) if self._ahead else self._read_live(reading, ledger, plain)
        found = plain
        if window and window.notes and reading.is_customer:
            noted = _noted(window, reading.turn.turn, plain, reading.guide)
            admitted = self.guard.admit(noted, reading, ledger)
            found, names = merge(plain, admitted, noted, window.names.values())
            window.names |= names
            window.holds |= says_something(admitted)
            window.kept_back |= _kept_back(found.boundaries[len(plain.boundaries) :])
        if window and window.notes and reading.turn.turn == max(window.turns):
            self._settle(window, window.notes)
        return self._with_late(found, reading, ledger)

    def _settle(self, window: _Window, notes: Notes) -> None:
        """Reject what notes say of other turns than those of their window; tell what the model alone holds back, and where nothing holds.

        One answer of a live call may well hold and lack nothing.
        """
        for turn, what, text in strays(notes, window.turns):
            self.guard.reject(turn, what, text, "cites no turn that was to be read")
        if window.kept_back:
            first, *rest = sorted(window.kept_back)
            told = f"what turns {', '.join(map(str, (first, *rest)))} tell" if rest else f"what turn {first} tells"
            how = f"release what may be used, as with copilot draft --release {first}"
            self._tell(f"{told} is held back on the word of the model {self.name} alone; {how}")
        if self._ahead and not window.holds:
            place = f"turns {min(window.turns)} to {max(window.turns)}"
            self._tell(f"the model {self.name} noted nothing that holds in {place}; there the embedded engine's findings stand alone")

    def _learn(self, turn: Turn) -> None:
        if self.redactor:
            self.redactor.learn("PERSON", turn.speaker)

    def _read_ahead(self, reading: Reading, ledger: Ledger) -> _Window | None:
        """Return the window of the recording that holds this turn, read when its first turn is reached."""
        if self._window and reading.turn.turn in self._window.turns:
            return self._window
        turns = _window_of(self._ahead, reading.turn.turn)
        self._window = _window(turns, open_gaps(ledger))
        if any(t.role == "customer" and count_words(t.text) > BACK_CHANNEL_WORDS for t in turns):
            self._window.take(self._awaited(self._start(turns, [r.turn for r in reading.before], reading, ledger)))
        return self._window

    def _read_live(self, reading: Reading, ledger: Ledger, plain: Found) -> _Window | None:
        """Return the model's notes on a finished answer if they come in time; else they are used when they come."""
        if not worth_reading(reading, plain):
            return None
        before = [r.turn for r in reading.before]
        question = list(takewhile(lambda t: t.role != "customer", reversed(before)))[::-1][-CONTEXT:]
        answer = self._start([*question, reading.turn], before[: len(before) - len(question)], reading, ledger)
        window = _window([reading.turn], open_gaps(ledger))
        window.take(self._awaited(answer))
        if window.notes is None and not answer.done():
            self._late = [*self._late, _Late(reading.turn.turn, window, plain, answer)][-PENDING:]
        return window

    def _start(self, turns: Sequence[Turn], before: Sequence[Turn], reading: Reading, ledger: Ledger) -> Future[Notes]:
        """Ask the model to read turns. The system message stays the same throughout a call, so that the provider can cache it."""
        values = {
            "topics": topics_text(reading.guide),
            "background": background_text(reading.background),
            "ledger": ledger_text(ledger, open_gaps(ledger)),
            "before": turns_text(before[-CONTEXT:], context=True),
            "turns": turns_text(turns),
        }
        return self._caller.start(self._filled(self._read, values), Notes, self._deadline)

    def _filled(self, prompt: Prompt, values: Mapping[str, str]) -> tuple[Message, ...]:
        """Return a prompt with its inputs. Only these are redacted: the prompt's own words name nobody and must not change."""
        return prompt.render({name: self.redactor.hide(text) if self.redactor else text for name, text in values.items()})

    def _awaited(self, answer: Future[A]) -> A | None:
        """Return an answer if it comes before the deadline, else None, with a notice. Raises ModelError without a fallback."""
        try:
            return answer.result(self._deadline)
        except NotYet:
            self._failed(Fault("timeout", detail=f"more than {self._deadline:g} s"))
        except Fault as fault:
            self._failed(fault)
        return None

    def _failed(self, fault: Fault) -> None:
        """Announce a failure, each kind once. Raises ModelError without a fallback."""
        if self._explain and fault.said:
            self._explain(f"{self.name} said: {fault.said}")
        if not self._fallback:
            raise ModelError(f"the model {self.name} failed: {fault}")
        self._failures[fault.kind] += 1
        if self._failures[fault.kind] == 1:
            self._tell(f"the model {self.name} failed: {fault}; the embedded engine goes on")

    def _tell(self, notice: str) -> None:
        self._notices.append(notice)
        if self._notify:
            self._notify(notice)

    def _with_late(self, found: Found, reading: Reading, ledger: Ledger) -> Found:
        """Return the findings with those of late answers that still hold, given the current ledger."""
        done = [late for late in self._late if late.answer.done() and late.turn != reading.turn.turn]
        self._late = [late for late in self._late if late not in done]
        for late in done:
            if late.answer.exception() is None:
                notes = late.answer.result()
                late.window.take(notes)
                admitted = self.guard.admit(_noted(late.window, late.turn, late.plain, reading.guide), reading, ledger)
                known = len(found.boundaries)
                found = merge_late(found, admitted, ledger)
                late.window.kept_back |= _kept_back(found.boundaries[known:])
                self._settle(late.window, late.window.notes or notes)
        return found

    def ask(self, probes: Sequence[Probe], turns: Sequence[Turn], ledger: Ledger) -> list[Probe]:
        """Return at most three probes in the model's words if those may be asked, else, or if the model fails, in their own."""
        values = {
            "background": background_text(ledger.background),
            "ledger": ledger_text(ledger, open_gaps(ledger)),
            "before": turns_text(turns[-CONTEXT:], context=True),
            "candidates": candidates_text(probes[:3], turns[:-CONTEXT]),
        }
        answer = self._awaited(self._caller.start(self._filled(self._ask, values), Wordings, self._deadline))
        if answer is None:
            return list(probes)
        worded = {w.candidate: w.probe.strip() for w in answer.wordings}
        said = {t.turn: t.text for t in turns if t.role == "customer" and not ledger.off_record.covers_turn(t)}
        return [self._worded(probe, worded.get(f"c{n}", ""), said, ledger) for n, probe in enumerate(probes, 1)]

    def write(self, document: str, rules: str, facts: Sequence[str]) -> tuple[str, ...]:
        """Return the paragraphs of a document in the model's words, () if it fails. They are not checked yet."""
        values = {"document": document, "rules": rules, "facts": "\n".join(facts)}
        answer = self._awaited(self._caller.start(self._filled(self._write, values), Paragraphs, self._deadline))
        return tuple(answer.paragraphs) if answer else ()

    def _worded(self, probe: Probe, wording: str, said: Mapping[int, str], ledger: Ledger) -> Probe:
        """Return a probe in the model's words if they may be asked, and ask what the probe does."""
        if not wording or wording == probe.probe:
            return probe
        reckoned = said.get(probe.turn or 0, "") if probe.kind == "inconsistent" else ""
        fault = probe_fault(wording, " . ".join(said.values()), reckoned)
        if fault is None and ledger.gives_away(wording, probe.turn or 0):
            fault = "tells of what is kept back"
        if fault is None and not is_about(wording, f"{probe.text} {probe.probe} {said.get(probe.turn or 0, '')}"):
            fault = "asks about something else than its candidate"
        if fault is None:
            return probe.model_copy(update={"probe": wording, "origin": "llm"})
        self.guard.reject(probe.turn or 0, "probe", wording, fault)
        return probe


def _noted(window: _Window, turn: int, plain: Found, guide: Guide) -> Found:
    """Return what the model has noted of a turn, with the rules' refusals, on which no gap may stand.

    A gap of a topic that the guide does not have is of the topic of the rules' gap on its words, else of what the turn informs most.
    """
    noted = found_of(window.notes, {turn}, guide, window.names) if window.notes else Found()
    told = max(plain.touches, key=lambda t: t.weight).topic if plain.touches else None

    def topic(gap: Gap) -> str:
        same = (g.topic for g in plain.gaps if g.turn == gap.turn and (g.text in gap.text or gap.text in g.text))
        return gap.topic if gap.topic in guide.topics else next(same, told or gap.topic)

    gaps = tuple(g.model_copy(update={"topic": topic(g)}) for g in noted.gaps)
    return replace(noted, gaps=gaps, refusals=plain.refusals)


def _kept_back(boundaries: Iterable[Boundary]) -> set[int]:
    """Return the turns that boundaries of the model hold back until a person releases them."""
    return {turn for b in boundaries if b.degree == "possible" for turn in b.covers}


def worth_reading(reading: Reading, plain: Found) -> bool:
    """Return whether a customer's answer can matter: it is not a back-channel, nor merely a refusal or consent in a few words."""
    if not reading.is_customer:
        return False
    if reading.words <= BACK_CHANNEL_WORDS:
        return bool(plain.gaps or plain.metrics)
    mere = reading.words <= MERE and bool(plain.refusals or plain.boundaries or plain.consent)
    return not mere or bool(plain.gaps or plain.metrics or plain.sections)


def _window_of(turns: Sequence[Turn], first: int) -> list[Turn]:
    """Return the turns to read in one request, starting at `first`: as many whole exchanges as fit."""
    window: list[Turn] = []
    size = 0
    for turn in turns:
        if turn.turn < first:
            continue
        size += count_tokens(turn.text)
        if size > WINDOW and turn.role != "customer" and any(t.role == "customer" for t in window):
            break
        window.append(turn)
    return window
