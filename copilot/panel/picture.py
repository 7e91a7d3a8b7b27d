"""What the page shows at one moment: the board, who said the words that it quotes, and the documents that are ready."""

from __future__ import annotations

from collections.abc import Callable

from ..live.board import Board
from ..reports import WORKED_ON
from ..turns import Turn, Value

__all__ = ["DocumentLink", "Picture", "Voice", "picture"]


class Voice(Value):
    """Who spoke a turn, and when it began, in seconds; None if unknown."""

    speaker: str
    at: float | None


class DocumentLink(Value):
    """A document that is ready: /documents/`name`.FORM for each of its forms."""

    name: str
    forms: tuple[str, ...]


class Picture(Value):
    """The board, the voices of the turns that its probes quote or that are kept out, by turn number, and the documents after the call."""

    board: Board
    voices: dict[int, Voice]
    documents: tuple[DocumentLink, ...]


def picture(board: Board, turn_of: Callable[[int], Turn | None]) -> Picture:
    """Return the picture of a board; `turn_of` finds a turn of the call by its number, also one that is still under way."""
    shown = (*((board.probe,) if board.probe else ()), *board.pinned, *board.parked)
    ready = [DocumentLink(name=name, forms=forms) for name, forms in WORKED_ON.items()] if board.state == "ended" else ()
    named = {*(p.turn for p in shown), *(k.turn for k in board.kept_back), board.last_answer}
    turns = [turn for number in named if number is not None and (turn := turn_of(number))]
    return Picture(board=board, voices={t.turn: Voice(speaker=t.speaker, at=t.start) for t in turns}, documents=tuple(ready))
