"""Apply what the interviewer did in a live call to a session that has heard its journal as a recording."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime

from ..actions import Action
from ..errors import InputError
from ..journal import Event
from ..session import Session

__all__ = ["obey"]


def obey(session: Session, events: Iterable[Event]) -> Iterator[str]:
    """Repeat a call's dismissals, marks, withdrawals and releases in a session; yield one line for each that fails."""
    began = 0.0
    for event in events:
        if event.event == "started":
            began = event.began
        elif event.event == "acted":
            try:
                _do(session, event.action, datetime.fromtimestamp(began + event.at, tz=UTC).date())
            except InputError as problem:
                yield f"the journal has a “{event.action.do}” that fits nothing here: {problem}"


def _do(session: Session, action: Action, on: date) -> None:
    match action.do:
        case "dismiss":
            session.dismiss(action.gap)
        case "mark":
            session.mark(action.topic, action.covered)
        case "withdraw":
            session.withdraw(action.span, on)
        case "release":
            session.release(action.span, on)
