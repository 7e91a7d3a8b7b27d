"""The picture of the talk: who spoke when, and how much."""

from __future__ import annotations

from .coverage import LABEL, LANE, TRACK
from .drawing import TICKS, bar, moment, picture, share, shorten, text, ticks
from .values import CallReport, Speaker

__all__ = ["draw_talk"]

NAME = 28  # characters of a name that a narrow picture has room for


def draw_talk(report: CallReport) -> str:
    """Return a lane for each speaker, those who said most first."""
    speakers = sorted(report.speakers, key=lambda s: -s.words)
    lanes = "".join(_lane(report, speaker, n * LANE) for n, speaker in enumerate(speakers))
    told = " ".join(f"{s.name}, {s.role}: {s.share:.0%} of the words in {len(s.spoke)} turns." for s in speakers)
    below = len(speakers) * LANE
    return picture("talk-picture", below + TICKS, "Who spoke when", told, lanes + ticks(report.axis, below - 4))


def _lane(report: CallReport, speaker: Speaker, y: float) -> str:
    kind = "mark" if speaker.role == "customer" else "mark side"
    marks = "".join(
        bar(share(report.axis, s.at), share(report.axis, s.until), y + LABEL + 7, TRACK, kind, moment(report.axis, s.at, s.turn))
        for s in speaker.spoke
    )
    label = text(0, y + LABEL, f"{shorten(speaker.name, NAME)}, {speaker.role}", "strong")
    return label + text(100, y + LABEL, f"{speaker.share:.0%}", "soft end") + bar(0, 100, y + LABEL + 7, TRACK, "track") + marks
