"""Apply what the interviewer decided in a live call to a session, also to one that has heard the journal as a recording."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime

from ..actions import Action
from ..errors import InputError
from ..journal import Event, Lost
from ..session import Session
from ..turns import Loss

__all__ = ["day_of", "decide", "lose", "obey"]


def obey(session: Session, events: Iterable[Event]) -> Iterator[str]:
    """Repeat a call's dismissals, marks, withdrawals and releases in a session; yield one line for each that fails, or for what is lost."""
    began = 0.0
    for event in events:
        if event.event == "started":
            began = event.began
        elif event.event == "lost":
            yield lose(session, event)
        elif event.event == "acted":
            try:
                decide(session, event.action, day_of(began + event.at))
            except InputError as problem:
                yield f"the journal has a “{event.action.do}” that fits nothing here: {problem}"


def lose(session: Session, event: Lost) -> str:
    """Note in a session what is lost of its call; return one line that says so."""
    loss = Loss(at=event.at, lines=event.lines)
    session.lose(loss)
    return f"{loss.told}; a request for discretion may be among them"


def day_of(seconds: float) -> date:
    """Return the day in UTC of a time in seconds since 1970."""
    return datetime.fromtimestamp(seconds, tz=UTC).date()


def decide(session: Session, action: Action, on: date) -> None:
    """Apply a decision on a gap, a topic or words, made on a day; actions on the board alone change nothing here. Raises InputError."""
    match action.do:
        case "dismiss":
            session.dismiss(action.gap)
        case "mark":
            session.mark(action.topic, action.covered)
        case "withdraw":
            session.withdraw(action.span, on)
        case "release":
            session.release(action.span, on, agreed=action.agreed)
