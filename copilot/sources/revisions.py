"""Find what is new in a stream of segments whose reports are repeated, late, or continued under another id."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from ..turns import LiveSegment

__all__ = ["Revisions", "once"]

_REMEMBERED = 5000  # latest final ids
_OPEN = 64  # latest drafts
_RECENT = 20  # latest final segments
_NEAR = 3.0  # most seconds between the starts of a draft and of the segment that replaces it
_SAME_SHARE = 0.6  # least share of the draft's words in the segment that replaces it


def once(segments: Iterable[LiveSegment]) -> Iterator[LiveSegment]:
    """Yield what is new in each report of a stream."""
    revisions = Revisions()
    for segment in segments:
        yield from revisions.hear(segment)


class Revisions:
    """The reports so far, as far as they matter for later ones.

    A recogniser that restarts a segment gives it another id, and never finishes the first one. The draft under the old id is withdrawn,
    by a final report without text, as soon as its words come under the new id. Memory is bounded for calls of any length.
    """

    def __init__(self) -> None:
        """Start with nothing heard."""
        self._drafts: dict[str, LiveSegment] = {}
        self._finals: dict[str, LiveSegment] = {}
        self._recent: deque[LiveSegment] = deque(maxlen=_RECENT)

    def hear(self, segment: LiveSegment) -> tuple[LiveSegment, ...]:
        """Return what a report changes: nothing if it is a repeat or too late, else the drafts that it withdraws, then itself."""
        known = self._finals.get(segment.id)
        if segment in (known, self._drafts.get(segment.id)) or (not segment.final and (known is not None or self._is_late(segment))):
            return ()
        if not segment.text and known is None:
            draft = self._drafts.pop(segment.id, None)
            return () if draft is None else (_withdrawn(draft),)
        told = [draft for draft in self._drafts.values() if draft.id != segment.id and _near(draft, segment) and _retells(draft, segment)]
        for draft in (*told, segment):
            self._drafts.pop(draft.id, None)
        self._keep(segment)
        return (*map(_withdrawn, told), segment)

    def _is_late(self, draft: LiveSegment) -> bool:
        """Return whether the words of a draft were already reported as final under another id."""
        return draft.id not in self._drafts and any(_begins_within(draft, final) and _retells(draft, final) for final in self._recent)

    def _keep(self, segment: LiveSegment) -> None:
        reports = self._finals if segment.final else self._drafts
        reports[segment.id] = segment
        if segment.final:
            self._recent.append(segment)
        if len(reports) > (_REMEMBERED if segment.final else _OPEN):
            del reports[next(iter(reports))]


def _withdrawn(draft: LiveSegment) -> LiveSegment:
    return draft.model_copy(update={"text": "", "final": True})


def _near(draft: LiveSegment, segment: LiveSegment) -> bool:
    """Return whether two segments begin, or may begin, at about the same time."""
    return draft.start is None or segment.start is None or abs(draft.start - segment.start) <= _NEAR


def _begins_within(draft: LiveSegment, final: LiveSegment) -> bool:
    """Return whether a draft is known to begin within a final segment, or shortly before it."""
    if draft.start is None or final.start is None:
        return False
    return final.start - _NEAR <= draft.start < max(final.end or 0.0, final.start + _NEAR / 10)


def _retells(one: LiveSegment, other: LiveSegment) -> bool:
    """Return whether the longer of two texts of one speaker begins with the shorter, except for words heard differently."""
    if None not in (one.speaker, other.speaker) and one.speaker != other.speaker:
        return False
    words, others = _words(one), _words(other)
    shared = min(len(words), len(others))
    matcher = SequenceMatcher(None, words[:shared], others[:shared], autojunk=False)
    return shared > 0 and sum(block.size for block in matcher.get_matching_blocks()) >= _SAME_SHARE * shared


def _words(segment: LiveSegment) -> list[str]:
    return re.findall(r"\w+", segment.text.casefold())
