"""Lines that begin with a name and a colon, a time, or both."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import takewhile
from typing import NamedTuple

from ..lexicon import words_of
from ..turns import Role, Segment
from .clock import CLOCK, seconds
from .labels import find_labels, marks_change, names_among, split_changes, split_label, unmarked

__all__ = ["Line", "parse_line", "read_lines", "with_colons"]

_AFTER_TIME = r"[\])]?(?:[ \t]*[-\u2013\u2014|])?(?:[ \t]+|$|(?=<))"
_LEADING_TIME = rf"^[ \t]*[\[(]?({CLOCK}){_AFTER_TIME}"
_TIME_OF_DAY = rf"^[ \t]*[\[(]?{CLOCK}[ \t]*[AaPp]\.?[Mm]\.?{_AFTER_TIME}"
_TRAILING_TIME = rf"^(.*\S)[ \t]*[\[(]({CLOCK})[\])]$"
_VOICE = r"^<v(?:\.[^\s>]*)?\s+([^>]{1,200})>"
_LONGEST_ENTRY = 8  # most words of an entry in a header, such as a name or a date


class Line(NamedTuple):
    """A parsed line: its time in seconds, the label that may be a name, the text after it, all but the time, and all of it.

    `bare` means that the time has no brackets and more text follows, as for a time that somebody says.
    """

    time: float | None
    label: str
    text: str
    whole: str
    line: str
    bare: bool = False


def parse_line(line: str) -> Line:
    """Parse a line."""
    if stamp := re.match(_TIME_OF_DAY, line):
        # A time of day is not a second of the call; if no name follows, it is part of what is said.
        behind = parse_line(line[stamp.end() :])
        return behind._replace(whole=line if behind.whole else "", line=line)
    time = re.match(_LEADING_TIME, line)
    rest = line[time.end() :] if time else line
    start = seconds(time[1]) if time else None
    bare = time is not None and bool(rest.strip()) and time[0].strip() == time[1]
    if voiced := re.match(_VOICE, rest):
        return Line(start, voiced[1].strip(), rest[voiced.end() :], rest, line, bare)
    label, text = _split(rest)
    if after := re.match(_TRAILING_TIME, label):
        return Line(seconds(after[2]), after[1], text, rest, line)
    return Line(start, label, text, rest, line, bare)


def _split(rest: str) -> tuple[str, str]:
    """Return the label and the text of a line; a time in brackets may come between the name and the colon."""
    if found := re.match(rf"([^:\n]{{1,80}}?\s*[\[(]{CLOCK}[\])])\s*:(?:\s+|$)", rest):
        return found[1], rest[found.end() :]
    return split_label(rest)


def with_colons(text: str, people: frozenset[str] = frozenset()) -> str:
    """Return text in which a name on a line of its own above or below a time stands below it, with a colon."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    times = {n: line for n, line in enumerate(lines) if not parse_line(line).whole}
    for name_at, time_at in ((0, 1), (1, 0)):
        pairs = [n - time_at for n in times]
        # Before and after a name and its time somebody speaks.
        beside = {n: lines[n + name_at] for n in pairs if 0 <= n < len(lines) - 2 and times.keys().isdisjoint({n - 1, n + name_at, n + 2})}
        names = names_among([beside.get(n, "") for n in pairs], people)
        for n, name in beside.items():
            if name in names:
                lines[n : n + 2] = times[n + time_at], f"{name}:"
        if names:
            return "\n".join(lines)
    return text


def read_lines(text: str, people: frozenset[str] = frozenset()) -> Iterator[Segment]:
    """Yield a segment for each line with a speaker or a time, including the following lines without either.

    `people` are expected to speak, in lower case.
    """
    lines = [parse_line(line) for line in text.split("\n")]
    speech = lines[_header(lines) :]
    known = find_labels((line.label for line in speech if line.label), people) - _mentioned(speech, people)
    roles = _stated_roles(lines[: len(lines) - len(speech)], known)
    for segment in _carry_times(_join_lines(list(_without_spoken_times(lines, known)), known)):
        yield segment._replace(role=roles[segment.speaker]) if segment.speaker in roles else segment


def _header(lines: Sequence[Line]) -> int:
    """Return how many of the first lines describe the call, such as `Client: Quayside Freight`."""
    counts = Counter(line.label for line in lines if line.label)
    told = list(takewhile(lambda line: not line.line.strip() or (counts[line.label] == 1 and _is_entry(line.text)), lines))
    labels = {line.label.casefold() for line in told if line.label}
    is_form = len(labels) > 1 or any(counts[line.text] for line in told)
    is_above = sum(count > 1 for count in counts.values()) > 1
    return len(told) if is_form and is_above and not labels.isdisjoint(_entries()) else 0


@cache
def _entries() -> frozenset[str]:
    return words_of("speakers.words") | words_of("speakers.interviewer") | words_of("speakers.customer")


def _is_entry(text: str) -> bool:
    """Return whether this looks like an entry in a form rather than speech."""
    return 0 < len(text.split()) <= _LONGEST_ENTRY and not text[:1].islower() and not text.endswith((".", "?", "!", "…"))


def _mentioned(lines: Sequence[Line], people: frozenset[str]) -> frozenset[str]:
    """Return the labels that are part of an answer: they occur once, before a lower-case letter, unlike the repeated labels."""
    counts = Counter(line.label for line in lines if line.label)
    small = {line.label for line in lines if line.text[:1].islower()}
    again = {label for label, count in counts.items() if count > 1}
    once = (
        label for label, count in counts.items() if count == 1 and label in small and " " not in label and label.casefold() not in people
    )
    return frozenset(once) if len(again) > 1 and small.isdisjoint(again) else frozenset()


def _stated_roles(header: Iterable[Line], known: frozenset[str]) -> dict[str | None, Role]:
    """Return the roles of the people named in a header, as in `Interviewer: Ann Lee`."""
    roles: dict[str | None, Role] = {}
    for line in header:
        names = set(re.findall(r"\w+", line.text.casefold()))
        for role in ("interviewer", "customer"):
            if line.label.casefold() in words_of(f"speakers.{role}"):
                roles |= {label: role for label in known if names.issuperset(re.findall(r"\w+", label.casefold()))}
    return roles


def _without_spoken_times(lines: Sequence[Line], known: frozenset[str]) -> Iterator[Line]:
    """Yield lines without spoken times: if no line with a name begins with a time, one without a name does not either."""
    named = [line for line in lines if line.label in known]
    stamped = not named or any(line.bare for line in named)
    for line in lines:
        yield line if stamped or not line.bare else Line(None, "", line.line, line.line, line.line)


def _join_lines(lines: Iterable[Line], known: frozenset[str]) -> Iterator[Segment]:
    speaker: str | None = None
    start: float | None = None
    changes = False
    held: list[str] = []
    for line in lines:
        named = line.label in known
        # Where somebody is named, what stands within a line is what they say.
        for number, part in enumerate([line.text] if named else [line.whole] if known else split_changes(line.whole)):
            marked = not named and marks_change(part)
            if named or marked or (line.time is not None and not number):
                yield Segment(_one_line(held), speaker, start, changes=changes)
                speaker, start, changes, held = line.label if named else None, line.time, marked, []
            held.append(unmarked(part) if marked else part)
    yield Segment(_one_line(held), speaker, start, changes=changes)


def _one_line(parts: Iterable[str]) -> str:
    return " ".join(" ".join(parts).split())


def _carry_times(segments: Iterable[Segment]) -> Iterator[Segment]:
    """Give a time on its own line to the text that follows."""
    time: float | None = None
    for segment in segments:
        if segment.text:
            yield segment if time is None or segment.start is not None else segment._replace(start=time)
        time = None if segment.text else segment.start
