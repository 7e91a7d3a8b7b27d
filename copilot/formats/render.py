"""Write turns as an export of a format, so that reading it gives the same turns."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence

from ..errors import TranscriptError
from ..turns import Turn, clock
from .clock import stamp
from .labels import marks_change

__all__ = ["RENDERERS", "render"]


def render(turns: Sequence[Turn], format: str) -> str:  # noqa: A002 -- the word that users know
    """Return turns as `zoom`, `teams`, `srt`, `otter`, `plain` or `jsonl`. Raises TranscriptError if times are needed and missing."""
    if format not in RENDERERS:
        raise TranscriptError.among("format that can be written", format, RENDERERS)
    return RENDERERS[format](turns)


def _pieces(turn: Turn) -> Iterator[tuple[float, float, str]]:
    """Yield the start, the end and the text of each cue, or of the whole turn."""
    rows = [(cue.start, cue.end, turn.text[cue.offset : cue.offset + cue.length]) for cue in turn.cues]
    for start, end, text in rows or [(turn.start, turn.end, turn.text)]:
        if start is None or end is None:
            raise TranscriptError(f"turn {turn.turn} has no times, which captions need; write it as plain or jsonl")
        yield start, end, " ".join(text.split())


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _zoom(turns: Sequence[Turn]) -> str:
    rows = [(a, b, f"{_escape(turn.speaker)}: {_escape(text)}") for turn in turns for a, b, text in _pieces(turn)]
    cues = (f"\n{number}\n{stamp(a)} --> {stamp(b)}\n{text}\n" for number, (a, b, text) in enumerate(rows, 1))
    return "WEBVTT\n" + "".join(cues)


def _teams(turns: Sequence[Turn]) -> str:
    rows = [(a, b, f"<v {_escape(turn.speaker)}>{_escape(text)}</v>") for turn in turns for a, b, text in _pieces(turn)]
    return "WEBVTT\n" + "".join(f"\n{stamp(a)} --> {stamp(b)}\n{text}\n" for a, b, text in rows)


def _srt(turns: Sequence[Turn]) -> str:
    """Name the speaker when it changes, and if the text itself could be mistaken for a name or a change."""
    rows = [
        (a, b, f"{_escape(turn.speaker)}: {_escape(text)}" if number == 0 or ":" in text or marks_change(text) else _escape(text))
        for turn in turns
        for number, (a, b, text) in enumerate(_pieces(turn))
    ]
    return "\n".join(f"{number}\n{stamp(a, ',')} --> {stamp(b, ',')}\n{text}\n" for number, (a, b, text) in enumerate(rows, 1))


def _otter(turns: Sequence[Turn]) -> str:
    rows = [f"{turn.speaker}  {_short(turn)}  \n{' '.join(turn.text.split())}\n" for turn in turns]
    return "\n".join(rows) + "\nTranscribed by https://otter.ai\n"


def _short(turn: Turn) -> str:
    if turn.start is None:
        raise TranscriptError(f"turn {turn.turn} has no start time, which Otter's text needs; write it as plain or jsonl")
    return clock(turn.start)


def _plain(turns: Sequence[Turn]) -> str:
    return "\n\n".join(f"{turn.speaker}: {' '.join(turn.text.split())}" for turn in turns) + "\n"


def _jsonl(turns: Sequence[Turn]) -> str:
    keys = {"turn", "speaker", "role", "start", "end", "text"}
    return "".join(json.dumps(turn.model_dump(include=keys), ensure_ascii=False) + "\n" for turn in turns)


RENDERERS: Mapping[str, Callable[[Sequence[Turn]], str]] = {
    "zoom": _zoom,
    "teams": _teams,
    "srt": _srt,
    "otter": _otter,
    "plain": _plain,
    "jsonl": _jsonl,
}
"""What writes turns as each format."""
