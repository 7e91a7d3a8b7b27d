"""A call, heard turn by turn: what each turn adds, what is worth asking, what is covered."""

from __future__ import annotations

import math
import shlex
from copy import copy
from datetime import date
from types import NoneType
from typing import TYPE_CHECKING, Any, Literal, Self, overload

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer

from .background import Background
from .coverage import is_settled
from .detectors import Found
from .detectors.quotes import best_quotes
from .detectors.refusals import stands_refused
from .engines import TurnReader, as_engine
from .engines.checking import check_found
from .engines.rules import RulesEngine
from .errors import InputError, TurnError
from .findings import Coverage, Findings, Gap, Metric, Source, TakenBack, Tokens
from .guide import Guide
from .ledger import Ledger
from .mentions import in_call_currency
from .probe import Probe
from .probes.asking import LEAST
from .probes.ranking import dwells, plan, rank
from .probes.recall import brought_back
from .reading import Reading, read
from .rulings import Release, Withdrawal
from .transcript import Transcript
from .turns import Loss, Turn, Value

if TYPE_CHECKING:
    from .drafts import Checklist, Draft, DraftName, Email, Material, Outline, Schedule

__all__ = ["Session", "Suggestions", "Update"]


class Update(Value):
    """What one turn adds: its new metrics and gaps, the gaps that it settles, and the probe worth asking now, if any.

    `quiet` is set after a boundary or a refusal, when it is best not to probe.
    """

    turn: int
    metrics: tuple[Metric, ...] = ()
    gaps: tuple[Gap, ...] = ()
    settled: tuple[Gap, ...] = ()
    probe: Probe | None = None
    quiet: bool = False


class Suggestions(Value):
    """The probes worth asking after a turn, best first, and the coverage by section; `tokens` if a language model is in use."""

    schema_: Literal["copilot.suggestions/1"] = Field(default="copilot.suggestions/1", alias="schema")
    turn: int
    coverage: dict[str, Coverage]
    probes: tuple[Probe, ...]
    tokens: Tokens | None = None

    @model_serializer(mode="wrap")
    def _without_unused_tokens(self, dump: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Omit the tokens if no model is in use."""
        return {name: value for name, value in dump(self).items() if name != "tokens" or value is not None}


class Session:
    """A call, live or recorded. Feed it turns in order with `hear`; ask it at any time."""

    def __init__(
        self,
        background: Background | None = None,
        guide: Guide | None = None,
        engine: TurnReader | None = None,
        source: Source | Transcript | None = None,
    ) -> None:
        """Start a call with what is known before it; `source` names the file that its turns come from, as a transcript's own does.

        Raises InputError for a background or guide that is not loaded yet, for what is no engine, and for what is no source.
        """
        source = source.source if isinstance(source, Transcript) else source
        InputError.expect(background, (Background, NoneType), "a Background", "Background.load reads a file")
        InputError.expect(guide, (Guide, NoneType), "a Guide", "Guide.load reads a file")
        InputError.expect(source, (Source, NoneType), "a Source", "Transcript.load reads a file, and has one")
        self.background = background or Background()
        self.guide = guide or Guide.default()
        self.engine = as_engine(engine or RulesEngine())
        self.ledger = Ledger(self.background, self.guide)
        self.turns: list[Turn] = []
        self.losses: list[Loss] = []
        self._source = source or Source()
        self._recent: tuple[Reading, ...] = ()
        self._needed: frozenset[str] = frozenset()

    def __repr__(self) -> str:
        return f"<Session: {len(self.turns)} turns, {len(self.ledger.gaps)} gaps, read by {self.engine.name}>"

    def hear(self, turn: Turn) -> Update:
        """Add the next turn and return what it adds. Turns come in order, each once.

        A turn is a whole answer: speech that comes in pieces is put together first, by a LiveCall or by Transcript.parse, since two
        neighbouring turns of one speaker are read as two answers. Raises TurnError for a turn out of order, for impossible times, and for
        what is no Turn, InputError for what its engine cannot have found there.
        """
        _check(turn)
        if self.turns and turn.turn <= self.turns[-1].turn:
            raise TurnError(f"turn {turn.turn} comes after turn {self.turns[-1].turn}; turns are heard in order")
        reading = read(turn, self._recent, self.background, self.guide)
        found = self.engine.read(reading, self.ledger)
        check_found(found, reading, self.engine.name)
        found = found.claimed(reading)
        settled = self.ledger.add(reading, found)
        self.turns.append(turn)
        self._recent = (*reading.before, reading)
        quiet = bool(found.boundaries) or stands_refused(reading, found.refusals)
        self._needed = frozenset() if quiet else frozenset(gap.id for gap in found.gaps if gap.severity == "must")
        probe = None if quiet else self._probe(found)
        return Update(turn=turn.turn, metrics=found.metrics, gaps=found.gaps, settled=settled, probe=probe, quiet=quiet)

    def _probe(self, found: Found) -> Probe | None:
        """Return the probe for the turn just heard, None if nothing is missing that an interviewer would ask about."""
        fresh = [g for g in found.gaps if self.ledger.is_worth_asking(g)]
        return next(iter(rank(fresh, {}, self.guide, self.background, limit=1, turn=self.turns[-1].turn, least=LEAST)), None)

    def suggest(self, limit: int = 3, minutes_left: float | None = None) -> list[Probe]:
        """Return the probes worth asking, best first; recent turns rank above old ones.

        With little time left (`minutes_left`, 0 for a call that is over), only worth decides. Gaps that an interviewer would hardly ask
        about are left out, but for what the story clearly needs of the turn just heard, where else a topic would come; topics that nobody
        has touched come after the gaps, towards the end by their worth. No model is asked; `suggestions` lets one word them. Raises
        InputError for a limit or minutes that are no number.
        """
        if not isinstance(limit, int) or limit < 0:
            raise InputError(f"limit {limit!r}: how many probes to return, a whole number, 0 or more")
        if minutes_left is not None and (not isinstance(minutes_left, (int, float)) or math.isnan(minutes_left)):
            raise InputError(f"minutes_left {minutes_left!r}: how many minutes the call has left, 0 when it is over, or None")
        gaps, ledger = self.ledger.worth_asking(), self.ledger
        turn = self.turns[-1].turn if self.turns else None
        known = gaps, ledger.topics, self.guide, self.background
        best = rank(
            *known, limit=limit, minutes_left=minutes_left, turn=turn, least=LEAST,
            brushed=ledger.brushed, dwelling=dwells(self._recent), needed=self._needed,
        )  # fmt: skip
        return [brought_back(probe, turn) for probe in best]

    def suggestions(self, limit: int = 3, minutes_left: float | None = None) -> Suggestions:
        """Return the probes worth asking and the coverage, as they are printed as JSON.

        An engine that can word questions puts the probes in its words, where those may be asked. Raises ModelError if it may fail.
        """
        last, probes = self.turns[-1].turn if self.turns else 0, self.suggest(limit, minutes_left)
        worded = self.engine.ask(probes, self.turns, self.ledger) if probes else probes
        return Suggestions(turn=last, coverage=self.ledger.coverage, probes=tuple(worded), tokens=self.tokens)

    @property
    def tokens(self) -> Tokens | None:
        """What a language model has used so far; None without one."""
        return self.engine.tokens

    def asked(self, gap: str) -> None:
        """Note that a gap was asked about; after the second time it is no longer offered. Raises UnknownNameError, InputError."""
        _expect_id(gap)
        self.ledger.asked(gap)

    def dismiss(self, gap: str) -> None:
        """Stop offering a gap. Raises UnknownNameError, InputError."""
        _expect_id(gap)
        self.ledger.dismiss(gap)

    def mark(self, topic: str, covered: bool) -> None:
        """Record whether the interviewer considers a topic covered, which overrides the engine. Raises UnknownNameError, InputError."""
        InputError.expect(topic, str, "a topic's full id", "the guide's `topics` have them")
        InputError.expect(covered, bool, "True or False for whether the topic is covered")
        self.ledger.mark(topic, covered)

    def withdraw(self, span: str, on: date) -> Withdrawal:
        """Bar words from every question and document: a TURN, TURN:START-END or TURN:WORDS, taken back on a day. Raises InputError."""
        gone = Withdrawal.parse(span, self._by_number(), on)
        self.ledger.rulings.withdrawals.append(gone)
        return gone

    @property
    def held(self) -> tuple[int, ...]:
        """The turns that are held back as possibly off the record, whatever was released of them."""
        return tuple(sorted(self.ledger.off_record.held - self.ledger.off_record.barred))

    @property
    def kept_back(self) -> tuple[int, ...]:
        """The turns of which something is barred, withdrawn or held back, whatever was released of them."""
        return tuple(sorted(self.ledger.off_record.turns))

    def release(self, span: str, on: date, *, agreed: str = "") -> Release:
        """Let questions and documents use what was held back, cleared on a day. Raises InputError where `releasable` does."""
        freed = self.releasable(span, on, agreed=agreed)
        self.ledger.rulings.releases.append(freed)
        return freed

    def releasable(self, span: str, on: date, *, agreed: str = "") -> Release:
        """Return the words that a TURN, TURN:START-END or TURN:WORDS would release on a day.

        Raises InputError for words that nobody said, and for what was clearly asked to be left out, unless `agreed` says who has agreed
        since, and how ("Priya Shah, by email"): the checklist repeats it.
        """
        parsed = Release.parse(span, self._by_number(), on)
        wanted = parsed.model_copy(update={"agreed": " ".join(agreed.split()), "heard": self.turns[-1].turn})
        clear = self.ledger.off_record.clear_boundary(wanted, self._by_number())
        if clear is not None:
            held = ", ".join(f"turn {n}" for n in self.held)
            left = f"what can be released: {held or 'nothing'}"
            asker = self._by_number()[clear.turn].speaker
            hint = f'where somebody has agreed since, say who, and how: --agreed {shlex.quote(span)} "{asker}, by email"'
            raise InputError(
                f"release {span!r}: turn {wanted.turn} stays out, as was clearly asked in turn {clear.turn}; {left}", hint=hint
            )
        return wanted

    def _by_number(self) -> dict[int, Turn]:
        return {t.turn: t for t in self.turns}

    def lose(self, loss: Loss) -> None:
        """Note that a part of the call is lost: the checklist tells, since a request for discretion may have been in it.

        Raises InputError for what is no Loss.
        """
        InputError.expect(loss, Loss, "a Loss", "copilot.turns.Loss(at=seconds, lines=number) makes one")
        self.losses.append(loss)

    def copy(self) -> Self:
        """Return an independent copy of the session; people's decisions (marks, dismissals, releases), and losses, stay shared by both."""
        other = copy(self)
        other.engine, other.ledger, other.turns = self.engine.copy(), self.ledger.copy(), list(self.turns)
        return other

    @property
    def coverage(self) -> dict[str, Coverage]:
        """How many topics are settled, out of how many: by section, and by topic (`section.topic`), out of one."""
        topics = {name: Coverage(covered=int(is_settled(status.state)), total=1) for name, status in self.ledger.topics.items()}
        return {**self.ledger.coverage, **topics}

    @property
    def findings(self) -> Findings:
        """Everything that is known so far."""
        ledger = self.ledger
        return Findings(
            source=self._source.model_copy(update={"engine": self.engine.name, "guide": self.guide.name, "tokens": self.tokens}),
            turns=tuple(self.turns),
            sections=tuple(ledger.sections),
            topics=ledger.topics,
            metrics=in_call_currency(ledger.metrics, ledger.currencies, self.background),
            gaps=tuple(sorted(ledger.gaps.values(), key=lambda g: (g.turn, g.start, g.id))),
            quotes=best_quotes(q for q in ledger.quotes if not ledger.off_record.covers(q)),
            off_record=ledger.off_record.boundaries,
            withdrawn=tuple(TakenBack(**w.model_dump()) for w in ledger.rulings.withdrawals),
            consent=ledger.consent,
            consent_by=ledger.consent_by,
            consent_assumed=ledger.consent_assumed,
            consent_refused=ledger.consent_refused,
            commitments=tuple(ledger.commitments),
            deferred=tuple(ledger.deferred),
            verify=tuple(ledger.verify),
            contradictions=tuple(ledger.contradictions),
            talk=ledger.talk,
        )

    def left(self) -> tuple[Probe, ...]:
        """Return what is left to ask if the call ends here, best first; what somebody else has to answer comes last."""
        ledger = self.ledger
        left = plan(ledger.worth_asking(), ledger.topics, self.guide, self.background, minutes_left=0, brushed=ledger.brushed)
        return (*left.email, *left.someone_else)

    def material(self, *, called: date | None = None, schedule: Schedule | None = None) -> Material:
        """Return what documents on the call so far are made of; the arguments are those of `draft`. Raises InputError."""
        from .drafts import Material, Schedule

        InputError.expect(called, (date, NoneType), "a date for the day of the call")
        InputError.expect(schedule, (Schedule, NoneType), "a Schedule", 'copilot.drafts.Schedule.parse("draft=10") makes one')
        gone = tuple(self.ledger.rulings.withdrawals)
        # What was released may have been barred clearly since.
        turns, off_record = self._by_number(), self.ledger.off_record
        freed = tuple(r for r in self.ledger.rulings.releases if off_record.clear_boundary(r, turns) is None)
        known = self.background, self.guide
        return Material(self.findings, *known, self.left(), gone, schedule or Schedule(), called, freed, tuple(self.losses))

    @overload
    def draft(
        self, name: Literal["email"], *, called: date | None = ..., schedule: Schedule | None = ..., within: float | None = ...
    ) -> Email: ...

    @overload
    def draft(
        self, name: Literal["outline"], *, called: date | None = ..., schedule: Schedule | None = ..., within: float | None = ...
    ) -> Outline: ...

    @overload
    def draft(
        self, name: Literal["checklist"], *, called: date | None = ..., schedule: Schedule | None = ..., within: float | None = ...
    ) -> Checklist: ...

    def draft(self, name: DraftName, *, called: date | None = None, schedule: Schedule | None = None, within: float | None = None) -> Draft:
        """Return the "email", the "outline" or the "checklist" of the call so far.

        `called` is the day of the call, from which the schedule's dates follow.
        An engine that can write rewords the paragraphs; its words are used only if they pass the checks. After `within` seconds it is asked
        for no more. Raises UnknownNameError for another name, InputError for what is no name, day or schedule.
        """
        InputError.expect(name, str, "a document's name")
        InputError.expect(within, (int, float, NoneType), "a number of seconds, or None,")
        # The documents are made after a call, and cost nothing before it.
        from .drafts import draft, hurried, reword

        given = self.material(called=called, schedule=schedule)
        write = self.engine.write if within is None else hurried(self.engine.write, within)
        return reword(draft(name, given), given, write)


def _expect_id(gap: str) -> None:
    """Raise InputError for what cannot be the id of a gap."""
    InputError.expect(gap, str, "the id of a gap", "a probe has it as `gap`, None where it is for a topic that nobody has touched")


def _check(turn: Turn) -> None:
    """Raise TurnError for what a session cannot hear."""
    TurnError.expect(turn, Turn, "a Turn", "Transcript.parse reads text, Turn.model_validate a dict")
    if turn.turn < 1:
        raise TurnError(f"turn {turn.turn}: turns count from 1")
    if any(time is not None and not 0 <= time < math.inf for time in (turn.start, turn.end)):
        raise TurnError(f"turn {turn.turn}: times are seconds from the start of the recording, 0 or more, or None")
    if turn.start is not None and turn.end is not None and turn.end < turn.start:
        raise TurnError(f"turn {turn.turn}: it ends at {turn.end:g} s, before it begins at {turn.start:g} s; None if it is not known")
