"""The steps after the call and their dates, computed in working days from the day of the call, or left as placeholders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Annotated

from pydantic import Field

from ..errors import InputError
from ..lexicon import load_data
from ..quantities.words import lists
from ..text import counted
from ..turns import Value

__all__ = ["CHECK", "OPEN", "PUBLICATION", "Schedule", "Step"]

CHECK, PUBLICATION = "fact check", "publication"
OPEN = "[date]"  # the placeholder of a date that is not known

MOST = 365  # working days of a step
_SATURDAY = 5  # as date.weekday() counts


class Step(Value):
    """One step after the call. `due` is a date, or a placeholder in square brackets if no date can be computed.

    `said` is what was said on the call about its date, in the speaker's words.
    """

    name: str
    text: str
    due: str
    said: str | None = None


class Schedule(Value):
    """Working days (Monday to Friday) from each step to the next; a step without days gets no date."""

    days: Mapping[str, Annotated[int, Field(ge=0, le=MOST)]] = Field(default_factory=dict)

    @classmethod
    def parse(cls, text: str) -> Schedule:
        """Read "draft=10, fact check=5, approval=5, publication=3". Raises InputError."""
        pairs = [part.partition("=") for part in text.split(",") if part.strip()]
        names, given = list(_steps()), [name.strip() for name, _, _ in pairs]
        for name, _, days in pairs:
            if name.strip() not in names or not days.strip().isdecimal() or int(days.strip()[:9]) > MOST:
                raise InputError(
                    f"schedule {text!r}: write STEP=WORKING DAYS, at most {MOST}, separated by commas, for the steps {', '.join(names)}"
                )
        twice = next((name for n, name in enumerate(given) if name in given[:n]), None)
        if twice is not None:
            raise InputError(f"schedule {text!r}: {twice} is there twice; give each step once")
        return cls(days={name.strip(): int(days) for name, _, days in pairs})

    def steps(self, called: date | None) -> Iterator[Step]:
        """Yield the steps after a call on a day, None if the day is not known. Raises InputError for dates beyond the calendar."""
        total, known = 0, True
        for name, text in _steps().items():
            days = self.days.get(name)
            known = known and days is not None
            total += days or 0
            yield Step(name=name, text=text, due=_due(called, total, known))


def _due(called: date | None, days: int, known: bool) -> str:
    """Return a date, or a placeholder for it."""
    if not known:
        return OPEN
    if called is None:
        return f"[date: {counted(days, 'working day')} after the call]"
    day = called
    while days:
        if day == date.max:
            raise InputError(f"the day of the call, {called}: the calendar ends before the steps after it; check the year")
        day += timedelta(days=1)
        days -= day.weekday() < _SATURDAY
    return f"{day.day} {lists().month_names[day.month - 1].capitalize()} {day.year}"


def _steps() -> Mapping[str, str]:
    steps: Mapping[str, str] = load_data("drafts")["steps"]
    return steps
