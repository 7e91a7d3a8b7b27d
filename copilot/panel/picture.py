"""What the page shows at one moment: the board, who said the words that it quotes, and the documents that are ready."""

from __future__ import annotations

from collections.abc import Callable

from ..live.board import Board
from ..reports import WORKED_ON
from ..turns import Turn, Value

__all__ = ["DocumentLink", "Picture", "Voice", "picture"]


class Voice(Value):
    """Who spoke some words or a turn, and when it began, in seconds; None if unknown."""

    speaker: str
    at: float | None


class DocumentLink(Value):
    """A document that is ready: /documents/`name`.FORM for each of its forms."""

    name: str
    forms: tuple[str, ...]


class Picture(Value):
    """The board, its voices, and the documents after the call.

    The voices are those of the words that its probes quote, by TURN.START, and of the turns that are or can be kept out, by TURN.
    """

    board: Board
    voices: dict[str, Voice]
    documents: tuple[DocumentLink, ...]


def picture(board: Board, turn_of: Callable[[int], Turn | None]) -> Picture:
    """Return the picture of a board; `turn_of` finds a turn of the call by its number, also one that is still under way."""
    planned = board.plan.ask_now if board.plan else ()
    shown = (*((board.probe,) if board.probe else ()), *board.pinned, *board.parked, *planned)
    ready = [DocumentLink(name=name, forms=forms) for name, forms in WORKED_ON.items()] if board.state == "ended" else ()
    quoted = {f"{p.turn}.{p.start}": (p.turn, p.start) for p in shown if p.turn is not None}
    named = {str(number): (number, 0) for number in (*(k.turn for k in board.kept_back), board.last_answer) if number is not None}
    said = {place: (turn, start or 0) for place, (number, start) in (quoted | named).items() if (turn := turn_of(number))}
    voices = {place: Voice(speaker=turn.speaker, at=turn.time_at(start)) for place, (turn, start) in said.items()}
    return Picture(board=board, voices=voices, documents=tuple(ready))
