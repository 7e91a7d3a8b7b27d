"""What a person has ruled on words of a call, on the command line: to leave them out, or to use them after all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import click

from ..errors import InputError
from ..session import Session
from .options import gathered
from .text import notice

__all__ = ["RulingOptions", "ruling_options"]


@dataclass(frozen=True)
class RulingOptions:
    """The spans to withdraw and to release, as given; those of `agreed` each with who agreed, and how."""

    withdraw: tuple[str, ...] = ()
    release: tuple[str, ...] = ()
    agreed: tuple[tuple[str, str], ...] = ()

    def apply(self, session: Session) -> None:
        """Withdraw and release words of a call, today where they name no other day; tell of a release that changes nothing.

        Raises InputError.
        """
        for text in self.withdraw:
            session.withdraw(text, date.today())
        for text, agreed in self.agreed:
            if not agreed.strip():
                raise InputError(f'--agreed {text}: WHO is empty; say who has agreed, and how, such as "Priya Shah, by email"')
        for option, text, agreed in (*(("--agreed", *row) for row in self.agreed), *(("--release", text, "") for text in self.release)):
            freed = session.release(text, date.today(), agreed=agreed)
            # A release gives nothing back that was withdrawn.
            kept = session.held if option == "--release" else sorted(session.ledger.off_record.covered)
            if freed.turn not in kept:
                left = f"what is: {', '.join(f'turn {n}' for n in kept)}" if kept else "nor is anything else"
                notice(f"{option} {text}: turn {freed.turn} is not held back, so this changes nothing; {left}")


ruling_options = gathered(
    "rulings",
    RulingOptions,
    click.option(
        "--withdraw",
        multiple=True,
        metavar="SPAN",
        help="Leave out a TURN, TURN:START-END or TURN:WORDS, with @YYYY-MM-DD for the day. Can be given again.",
    ),
    click.option(
        "--release",
        multiple=True,
        metavar="SPAN",
        help="Use what the checklist lists as held back, once the customer has said that it may be: written as for --withdraw.",
    ),
    click.option(
        "--agreed",
        multiple=True,
        nargs=2,
        metavar="SPAN WHO",
        help="Use even what was clearly asked to be left out, since somebody has agreed: who, and how; the checklist repeats it.",
    ),
)
"""The options on words of a call; the command gets them as one `rulings`."""
