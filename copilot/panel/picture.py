"""What the page shows at one moment: the board, who said the words that it quotes, and the documents that are ready."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

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


def picture(board: Board, turns: Sequence[Turn]) -> Picture:
    """Return the picture of a board; `turns` are those heard so far, in order."""
    shown = (*((board.probe,) if board.probe else ()), *board.pinned, *board.parked)
    ready = [DocumentLink(name=name, forms=forms) for name, forms in WORKED_ON.items()] if board.state == "ended" else ()
    named = (*(p.turn for p in shown), *(k.turn for k in board.kept_back), board.last_answer)
    return Picture(board=board, voices=_voices((n for n in named if n is not None), turns), documents=tuple(ready))


def _voices(numbers: Iterable[int], turns: Sequence[Turn]) -> dict[int, Voice]:
    """Return who spoke the turns with these numbers, as far as they exist."""
    found = (bisect_left(turns, number, key=lambda turn: turn.turn) for number in sorted(set(numbers)))
    return {turns[at].turn: Voice(speaker=turns[at].speaker, at=turns[at].start) for at in found if at < len(turns)}
