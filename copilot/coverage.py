"""The state of each topic and the progress of each section: a fold over touches, refusals, promises and gaps.

An account is what is known of one topic. It is a value: each update returns new accounts, at a cost that does not grow with the
call. A topic is

    covered    its answers weigh enough, given what is still missing
    partial    touched, but too briefly or with a gap left open
    declined   not covered, and the customer would not say
    deferred   not covered, and the customer will send it
    known      the background answers it, and nothing on the call is clearly about it
    open       not touched
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from .findings import Coverage, Outcome, Severity, TopicState, TopicStatus, Touch
from .guide import Guide

__all__ = ["Account", "Accounts", "coverage", "gap_closed", "gap_opened", "is_settled", "statuses", "touched", "withheld"]

ENOUGH = 0.15  # least weight of answers that covers a topic with nothing missing
MUST, NICE = 0.6, 0.3  # extra weight needed for each open gap of that severity
CLEAR = 0.85  # least weight of one answer that counts as the call adding to what the background knows


class Account(NamedTuple):
    """What is known of a topic: its turns, the weight of its answers (all, and the heaviest), open gaps, and what was withheld."""

    turns: tuple[int, ...] = ()
    weight: float = 0.0
    heaviest: float = 0.0
    must: int = 0
    nice: int = 0
    withheld: Literal["declined", "deferred"] | None = None


Accounts = Mapping[str, Account]
_NOTHING = Account()


def touched(accounts: Accounts, touches: Iterable[Touch]) -> Accounts:
    """Return the accounts with a turn's touches added."""
    new = dict(accounts)
    for t in touches:
        account = new.get(t.topic, _NOTHING)
        new[t.topic] = _at(account, t.turn)._replace(weight=account.weight + t.weight, heaviest=max(account.heaviest, t.weight))
    return new


def withheld(accounts: Accounts, topic: str, turn: int, how: Literal["declined", "deferred"]) -> Accounts:
    """Return the accounts after a turn in which the customer declined to discuss a topic, or deferred it."""
    account = accounts.get(topic, _NOTHING)
    return {**accounts, topic: _at(account, turn)._replace(withheld=how)}


def gap_opened(accounts: Accounts, topic: str, severity: Severity) -> Accounts:
    """Return the accounts after a gap opened in a topic."""
    return _counted(accounts, topic, severity, 1)


def gap_closed(accounts: Accounts, topic: str, severity: Severity, turn: int, outcome: Outcome) -> Accounts:
    """Return the accounts after a gap of a topic was answered, declined or deferred in a turn."""
    if outcome == "open":
        return accounts
    closed = _counted(accounts, topic, severity, -1)
    return closed if outcome == "answered" else withheld(closed, topic, turn, outcome)


def _at(account: Account, turn: int) -> Account:
    """Return an account with its latest turn added."""
    return account if account.turns[-1:] == (turn,) else account._replace(turns=(*account.turns, turn))


def _counted(accounts: Accounts, topic: str, severity: Severity, by: int) -> Accounts:
    """Return the accounts with the number of a topic's open gaps changed."""
    account = accounts.get(topic, _NOTHING)
    if severity == "must":
        return {**accounts, topic: account._replace(must=max(0, account.must + by))}
    return {**accounts, topic: account._replace(nice=max(0, account.nice + by))}


def statuses(
    guide: Guide, accounts: Accounts, known: Collection[str] = (), marks: Mapping[str, bool] = MappingProxyType({})
) -> dict[str, TopicStatus]:
    """Return the state of every topic of the guide, in its order.

    `known` are the topics that the background answers; `marks` are a person's decisions on whether a topic is covered, which override.
    """
    return {topic: _status(accounts.get(topic, _NOTHING), topic in known, marks.get(topic)) for topic in guide.topics}


def _status(account: Account, known: bool, mark: bool | None) -> TopicStatus:
    state = _marked(_state(account, known), account, mark)
    return TopicStatus(state=state, turns=() if state in {"open", "known"} else tuple(sorted(account.turns)))


def _marked(state: TopicState, account: Account, mark: bool | None) -> TopicState:
    """Return a topic's state under a person's mark, which overrides what the turns say."""
    if mark is None or mark == is_settled(state):
        return state
    return "covered" if mark else "partial" if account.turns else "open"


def _state(account: Account, known: bool) -> TopicState:
    """Return a topic's state."""
    if known and account.heaviest < CLEAR:
        return "known"
    if account.weight >= ENOUGH + (MUST if account.must else NICE if account.nice else 0.0):
        return "covered"
    if account.withheld:
        return account.withheld
    return "partial" if account.turns else "open"


def is_settled(state: TopicState) -> bool:
    """Return whether nothing is left to ask on the call: the topic is covered or known, or the customer declined or deferred it."""
    return state not in {"open", "partial"}


def coverage(guide: Guide, topics: Mapping[str, TopicStatus]) -> dict[str, Coverage]:
    """Return the number of settled topics and of all topics, by section."""
    settled = {topic for topic, status in topics.items() if is_settled(status.state)}
    return {s.id: Coverage(covered=sum(f"{s.id}.{t.id}" in settled for t in s.topics), total=len(s.topics)) for s in guide.sections}
