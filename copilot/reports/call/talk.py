"""Talk time: who spoke when, and how much."""

from __future__ import annotations

from ...text import counted
from ...turns import clock
from ..html import safe
from .coverage import LABEL, LANE, TRACK
from .drawing import TICKS, bar, moment, picture, share, shorten, text, ticks
from .markup import cell, figure, section, table
from .values import CallReport, Speaker

__all__ = ["talk_part"]

NAME = 28  # characters of a name that fit into a narrow chart


def _draw_talk(report: CallReport) -> str:
    """Return a lane for each speaker, those who said most first."""
    speakers = _by_words(report)
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


def talk_part(report: CallReport) -> str:
    """Return the part of the page on who spoke, when, and how much."""
    if not report.speakers:
        return section("talk", "Nobody spoke.", "")
    drawn = figure("Who spoke when, and their share of the words", _draw_talk(report))
    return section("talk", _talk_said(report), drawn + table(_TALK, (_voice(s) for s in _by_words(report)), "Talk", "talk"))


_TALK = ("Speaker", "Role", "Words", "Share", "Time", "Questions", "Longest turn")


def _by_words(report: CallReport) -> list[Speaker]:
    """Return the speakers, those who said most first."""
    return sorted(report.speakers, key=lambda speaker: -speaker.words)


def _voice(speaker: Speaker) -> list[str]:
    """Return a speaker's row: names to the left, numbers to the right."""
    name = f"{safe(speaker.name)}{f', {safe(speaker.title)}' if speaker.title else ''}"
    time = clock(speaker.seconds) if speaker.seconds is not None else "not known"
    numbers = (f"{speaker.words:,}", f"{speaker.share:.0%}", time, str(speaker.questions), counted(speaker.longest_turn, "word"))
    left = [cell(column, value) for column, value in zip(_TALK, (name, speaker.role), strict=False)]
    return left + [cell(column, value, "n") for column, value in zip(_TALK[2:], numbers, strict=True)]


def _talk_said(report: CallReport) -> str:
    longest = max((s for s in report.speakers if s.role == "customer"), key=lambda s: s.longest_turn, default=None)
    if longest is None:
        return "No customer spoke."
    return f"The longest stretch that nobody broke into is {safe(longest.name)}'s, {counted(longest.longest_turn, 'word')}."
