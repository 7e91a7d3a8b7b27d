"""What the page shows at one moment: the board, and the documents that are ready."""

from __future__ import annotations

from ..live.board import Board
from ..reports import WORKED_ON
from ..turns import Value

__all__ = ["DocumentLink", "Picture", "picture"]


class DocumentLink(Value):
    """A document that is ready: /documents/`name`.FORM for each of its forms."""

    name: str
    forms: tuple[str, ...]


class Picture(Value):
    """The board, and the documents after the call."""

    board: Board
    documents: tuple[DocumentLink, ...]


def picture(board: Board) -> Picture:
    """Return the picture of a board."""
    ready = [DocumentLink(name=name, forms=forms) for name, forms in WORKED_ON.items()] if board.state == "ended" else ()
    return Picture(board=board, documents=tuple(ready))
