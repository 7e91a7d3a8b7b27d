"""The material of documents: the findings of a call, what was known before it, what is left to ask, what is barred."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property, lru_cache

from ..background import Background
from ..findings import Findings
from ..formats.labels import parted
from ..guide import Guide
from ..lexicon import Lexicon, load_data, words_of
from ..off_record import kept_back
from ..probe import Probe
from ..quantities import find_quantities
from ..rulings import Release, Withdrawal
from ..speakers import name_told, names_nobody
from ..text import Sentence, norms, sentences, tokenize
from ..turns import Loss, Span, Turn
from .barred import Barred, requests_in, unnamed
from .citation import Citation
from .leave import Cut, Pending, cuts, names_pending
from .schedule import Schedule
from .titles import Title, asks_title, names_title, title_told

__all__ = ["Material", "greeted"]

_CLAUSE = re.compile(r"[^\s,;:.?!\u2013\u2014][^,;:.?!\u2013\u2014]*[.?!]?")
_JOINT = re.compile(r"[.?!\u2026,;:\u2013\u2014]|\s-+\s")
_LOOSE, _STRETCH = 8, 4  # most words that are left off besides, or kept, so that a cut stands between clauses
_LOOSE_MARKS = " ,;:-\u2013\u2014\u2026"
_PART = 5  # least words of the part of a quote that is left of it


@dataclass(frozen=True, eq=False)
class Material:
    """The facts that documents are made of. Compared by identity.

    `probes` are the remaining questions, best first; `called` is the day of the call; `losses` are parts of it that are lost.
    """

    findings: Findings
    background: Background
    guide: Guide
    probes: tuple[Probe, ...] = ()
    withdrawals: tuple[Withdrawal, ...] = ()
    schedule: Schedule = field(default_factory=Schedule)
    called: date | None = None
    releases: tuple[Release, ...] = ()
    losses: tuple[Loss, ...] = ()

    @cached_property
    def unrecognised(self) -> tuple[str, ...]:
        """The topics that look untouched and have no cue words: an answer in other words than theirs is not recognised."""
        states = self.findings.topics
        return tuple(name for name in self.guide.uncued if name in states and states[name].state == "open")

    @cached_property
    def turns(self) -> dict[int, Turn]:
        """The turns by number."""
        return {t.turn: t for t in self.findings.turns}

    @cached_property
    def barred(self) -> Barred:
        """What must not be shown: turns that a boundary covers or may cover, its own words, the replies, and what was withdrawn."""
        kept = kept_back(self.findings.off_record, self.turns, self.released)
        held = (part for span in kept for part in _apart(span, self.releases))
        names = unnamed(self.findings.off_record, self.turns, self.released).union(*(p.names for p in self.names_pending))
        asked = requests_in((row for row in self.findings.off_record if row.turn in self.released), self.turns)
        return Barred.of(self.findings.turns, (*held, *asked, *self.withdrawals), self.background, names)

    @cached_property
    def names_pending(self) -> tuple[Pending, ...]:
        """The names that are held back until somebody consents, unless their turn was released."""
        return names_pending(self.turns, self.released)

    @cached_property
    def cuts(self) -> tuple[Cut, ...]:
        """The words that customers asked to leave out of what may be quoted."""
        return cuts(self.turns)

    @cached_property
    def released(self) -> frozenset[int]:
        """The turns that were released as a whole."""
        return frozenset(r.turn for r in self.releases if r.start == 0 and r.end == len(self.turns[r.turn].text))

    @cached_property
    def customers(self) -> tuple[str, ...]:
        """The customers who spoke on the call, those in the background first; if none spoke, those in the background."""
        spoke = dict.fromkeys(t.speaker for t in self.findings.turns if t.role == "customer")
        known = [p.name for p in self.background.of_role("customer")]
        return tuple(dict.fromkeys([*(name for name in known if name in spoke or not spoke), *spoke]))

    @cached_property
    def addressed(self) -> tuple[str, ...]:
        """The customers to write to: all of them, but of labels that name nobody, the people who may be behind these, else one label.

        Who only interprets is not written to, unless nobody else can be; the customers of the background who spoke under no name of their
        own may be the ones meant.
        """
        nameless = [name for name in self.customers if names_nobody(name)]
        named = [name for name in self.customers if name not in nameless and name not in self._interpreters]
        known = [p.name for p in self.background.of_role("customer") if p.name not in named]
        meant = (known or nameless[:1]) if len(named) < len(self.customers) else []
        return (*named, *meant) or self.customers

    @cached_property
    def _interpreters(self) -> frozenset[str]:
        """The customers whom the background does not know and who say that they interpret."""
        known = {p.name for p in self.background.participants}
        others = (t for t in self.findings.turns if t.role == "customer" and t.speaker not in known)
        return frozenset(t.speaker for t in others if _interprets(t.text))

    @cached_property
    def interviewer(self) -> str | None:
        """Who led the call."""
        known = [p.name for p in self.background.of_role("interviewer")]
        return next(iter([*known, *(t.speaker for t in self.findings.turns if t.role == "interviewer")]), None)

    def title_of(self, speaker: str) -> str | None:
        """Return a participant's title, as they told it on the call, else the background's; None if it is not known."""
        told = self.titles_told.get(speaker)
        return told.text if told else self.known_title(speaker)

    def known_title(self, speaker: str) -> str | None:
        """Return the title that the background gives a participant."""
        return next((p.title for p in self.background.participants if p.name.casefold() == speaker.casefold()), None)

    @cached_property
    def titles_told(self) -> dict[str, Title]:
        """The titles that customers told of themselves and that are not the known ones, the last by speaker."""
        told = ((t.speaker, title) for t in self.findings.turns if t.role == "customer" for title in self._titles_in(t))
        return dict(told)

    def _titles_in(self, turn: Turn) -> Iterator[Title]:
        known = self.known_title(turn.speaker) or self._labelled(turn.speaker)[1]
        asked = any(asks_title(s.text) for s in self.spans(turn.turn - 1)[-1:])
        spans = self.spans(turn.turn)
        for n, span in enumerate(spans):
            near = turn.text[spans[max(0, n - 1)].start : spans[min(n + 1, len(spans) - 1)].end]
            title = title_told(span.text, near, known, asked=asked and n == 0)
            if title and self.is_usable(span) and not turn.is_unsure(span.start, span.end):
                yield Title(title, span)

    def introduced(self, speaker: str) -> tuple[str, str | None]:
        """Return a speaker's name and title: as told on the call, else the background's, else what the transcript adds to the name.

        A single name is completed where its owner told the other one in a turn of which nothing is barred.
        """
        name, added = self._labelled(speaker)
        own = (t.text for t in self.findings.turns if t.speaker == speaker and self.is_open(t.turn))
        return name_told(name, own) or name, self.title_of(speaker) or added

    def _labelled(self, speaker: str) -> tuple[str, str | None]:
        """Return a name and the title that the transcript adds to it, "Ann Lee, Head of IT"; none where the background has one.

        The company or vendor of the background is no title; where it names no company, a title is told from one by its words.
        """
        name, added = parted(speaker)
        added = ", ".join(part for part in map(str.strip, added.split(",")) if self._is_title(part))
        # "Lee, Ann" is a name.
        whole = self.known_title(speaker) is not None or (" " not in name and not names_title(added))
        return (speaker, None) if whole else (name, added or None)

    def firm_of(self, speaker: str) -> str | None:
        """Return the company of a speaker: the background's, else what the transcript adds to the name and is no title."""
        customer = speaker in self.customers
        known = self.background.customer.company if customer else self.background.vendor
        name, added = parted(speaker)
        told = ", ".join(part for part in map(str.strip, added.split(",")) if not self._is_title(part)) if " " in name else ""
        return known or told or None

    def _is_title(self, added: str) -> bool:
        """Return whether words beside a name can be its owner's title."""
        company, vendor = self.background.customer.company, self.background.vendor
        if added.casefold() in {(firm or "").casefold() for firm in (company, vendor)}:
            return False
        return company is not None or names_title(added)

    def is_usable(self, span: Span) -> bool:
        """Return whether a span is a customer's, neither barred nor withdrawn, and without words to leave out."""
        turn = self.turns.get(span.turn)
        return turn is not None and turn.role == "customer" and not self._is_held(span)

    def _is_held(self, span: Span) -> bool:
        return self.barred.covers(span) or any(word.overlaps(span) for word in self._left_out)

    @cached_property
    def _left_out(self) -> tuple[Span, ...]:
        """Return the words to leave out that were not released, and the questions that need not be a customer's own."""
        asked = [word for cut in self.cuts for word in cut.words if not any(r.holds(word) for r in self.releases)]
        return (*asked, *(s for t in self.turns.values() for s in self.unsure_in(t) if s.text.endswith("?")))

    def unsure_in(self, turn: Turn) -> list[Span]:
        """Return the sentences of a turn that need not be its speaker's."""
        return [s for s in self.spans(turn.turn) if turn.is_unsure(s.start, s.end)] if turn.unsure else []

    def usable_part(self, span: Span) -> Citation | None:
        """Return a customer's words without a word to leave out: the whole, else its longest clause without one, None if short."""
        if self.is_usable(span):
            return self.cite(span)
        clauses = _clauses(span) if self._left_out and not self.barred.covers(span) else []
        free = [c for c in clauses if not self._is_held(c)]
        best = max(free, key=lambda c: len(tokenize(c.text)), default=None)
        if best is None or len(tokenize(best.text)) < _PART:
            return None
        return self.cite(best, (best.start > span.start, best.end < span.end))

    def is_open(self, turn: int) -> bool:
        """Return whether nothing of a turn is barred."""
        return not any(b.turn == turn for b in self.barred.spans)

    def is_reply(self, turn: int) -> bool:
        """Return whether a turn of our side is held back only because it replies to what is."""
        ours = self.turns[turn].role != "customer" and not self.is_open(turn)
        asked = (n for row in self.findings.off_record for n in row.covers)
        return ours and turn not in {*asked, *(w.turn for w in self.withdrawals)}

    def cite(self, span: Span, cut: tuple[bool, bool] = (False, False), near: int | None = None) -> Citation:
        """Return a span with who said it and when; words of an interpreter are marked as such, since they are another's.

        Of words around a note that something was not heard, "[inaudible 0:12]", the part with the place `near` is left, else the longest.
        """
        turn = self.turns[span.turn]
        start, end = _heard(turn.text, span.start, span.end, near)
        cut = (cut[0] or start > span.start, cut[1] or end < span.end)
        title = self.title_of(turn.speaker) or ("interpreting" if turn.speaker in self._interpreters else None)
        return Citation(
            turn=span.turn, start=start, end=end, text=turn.text[start:end], speaker=turn.speaker,
            title=title, at=turn.time_at(start), edit="trimmed" if any(cut) else "verbatim", cut=cut,
            unsure=turn.is_unsure(start, end),
        )  # fmt: skip

    def question_before(self, turn: int, words: int) -> Citation | None:
        """Return the last question of the turn before, cut to at most `words` words, None if it was the customer's or is barred."""
        before = self.turns.get(turn - 1)
        if before is None or before.role == "customer":
            return None
        asked = [s for s in self.sentences(before.turn) if before.text[s.start : s.end].endswith("?")]
        shown = self.clip(before.turn, asked[-1].start, asked[-1].end, words) if asked else None
        return None if shown is None or self.barred.covers(shown) or self.barred.leaks(shown.text) else shown

    def point(self, turn: int) -> Citation:
        """Return a citation of a turn without its words."""
        return self.cite(self.turns[turn].span(0, 0))

    def sentences(self, turn: int) -> Sequence[Sentence]:
        """Return the sentences of a turn."""
        return _sentences(self.turns[turn].text)

    def spans(self, turn: int) -> list[Span]:
        """Return the sentences of a turn as spans; none for a turn that does not exist."""
        said = self.turns.get(turn)
        return [said.span(s.start, s.end) for s in self.sentences(turn)] if said else []

    def around(self, span: Span, words: int, keep: Span | None = None) -> Citation:
        """Return the sentence or sentences around a span, cut to at most `words` words near it, or near `keep` in it."""
        text = self.turns[span.turn].text
        held = [s for s in self.sentences(span.turn) if s.start < span.end and span.start < s.end]
        start, end = (min(s.start for s in held), max(s.end for s in held)) if held else (span.start, span.end)
        near = keep or span
        shown = self.clip(span.turn, start, end, words, (near.start, near.end), text)
        return self.cite(span) if self._is_held(shown) and not self._is_held(span) else shown

    def around_all(self, spans: Sequence[Span], words: int) -> Citation:
        """Return the sentence or sentences around spans of one turn, cut to at most `words` words that hold them all if they can."""
        turn = self.turns[spans[0].turn]
        return self.around(turn.span(min(s.start for s in spans), max(s.end for s in spans)), words)

    def sentence_of(self, span: Span) -> Span:
        """Return the sentence that a span begins in."""
        return next((s for s in self.spans(span.turn) if s.overlaps(span)), span)

    def clip(self, turn: int, start: int, end: int, words: int, keep: tuple[int, int] | None = None, text: str | None = None) -> Citation:
        """Return text[start:end] of a turn, cut to `words` words, a few more where a clause ends there, near `keep` if given."""
        text = self.turns[turn].text if text is None else text
        places = [(start + m.start, start + m.end) for m in tokenize(text[start:end])]
        near = keep or (start, start)
        first, last = _between_clauses(text, places, _window(places, words, near), near)
        begin = start if first == 0 else places[first][0]
        finish = end if last >= len(places) else _closed(text, places[last - 1][1])
        if first > 0 or last < len(places):
            begin, finish = _off_numbers(text, start, end, begin, finish)
        return self.cite(self.turns[turn].span(begin, finish), (first > 0, last < len(places)), keep[0] if keep else None)


def _heard(text: str, start: int, end: int, near: int | None) -> tuple[int, int]:
    """Return a part of text[start:end] without a note that something was not heard: the one with the place `near`, else the longest."""
    notes = [(m.start(), m.end()) for m in _unheard().finditer(text) if m.start() < end and start < m.end()]
    if not notes:
        return start, end
    edges = [start, *(edge for note in notes for edge in note), end]
    parts = [(first, last) for first, last in zip(edges[::2], edges[1::2], strict=True) if first < last]
    holding = [part for part in parts if near is not None and part[0] <= near < part[1]]
    first, last = max(holding or parts, key=lambda part: len(text[slice(*part)].strip(_LOOSE_MARKS)), default=(start, start))
    told = text[first:last]
    return first + len(told) - len(told.lstrip(_LOOSE_MARKS)), first + len(told.rstrip(_LOOSE_MARKS if last < end else None))


@cache
def _unheard() -> re.Pattern[str]:
    """Return the pattern of a transcriber's note that something was not heard: "[unintelligible 00:57:16]"."""
    return re.compile(rf"\[[^\]\[]*\b(?:{'|'.join(sorted(words_of('drafts.unheard')))})\b[^\]\[]*\]", re.IGNORECASE)


def _interprets(text: str) -> bool:
    """Return whether somebody says that they interpret for another, and not that they put their own words more plainly for us."""
    found = _interpreting().find(norms(text))
    reworded = [m.first for m in found if m.label == "rewording"]
    return any(m.label == "interpreting" and not any(m.first <= n < m.last for n in reworded) for m in found)


@cache
def _interpreting() -> Lexicon:
    return Lexicon({name: str(load_data("drafts")[name]) for name in ("interpreting", "rewording")})


def _clauses(span: Span) -> list[Span]:
    """Return the clauses of words, without the punctuation that joins them."""
    found = (m.span() for m in _CLAUSE.finditer(span.text))
    return [Span(turn=span.turn, start=span.start + a, end=span.start + b, text=span.text[a:b]) for a, b in found]


def _apart(span: Span, others: Sequence[Span]) -> list[Span]:
    """Return the parts of a span that lie outside other spans."""
    left = [span]
    for other in (o for o in others if o.turn == span.turn):
        left = [part for s in left for part in _cut(s, other)]
    return left


def _cut(span: Span, other: Span) -> list[Span]:
    """Return the parts of a span before and after another span of its turn."""
    if other.end <= span.start or span.end <= other.start:
        return [span]
    before = span.model_copy(update={"end": other.start, "text": span.text[: max(0, other.start - span.start)]})
    after = span.model_copy(update={"start": other.end, "text": span.text[max(0, other.end - span.start) :]})
    return [part for part in (before, after) if part.start < part.end]


@lru_cache(maxsize=512)
def _sentences(text: str) -> tuple[Sentence, ...]:
    return tuple(sentences(text))


def _off_numbers(text: str, start: int, end: int, begin: int, finish: int) -> tuple[int, int]:
    """Return text[begin:finish], a part of text[start:end], without a number that it would split."""
    for quantity in find_quantities(text[start:end]):
        left, right = start + quantity.start, start + quantity.end
        if left < finish < right and begin < left:
            finish = begin + len(text[begin:left].rstrip())
        if left < begin < right and right < finish:
            begin = right + len(text[right:finish]) - len(text[right:finish].lstrip(" ,.;:-"))
    return begin, finish


def _closed(text: str, end: int) -> int:
    """Return the end of words with the mark that ends their sentence there, if any."""
    return end + len(text[end:]) - len(text[end:].lstrip(".?!\u2026"))


def _between_clauses(text: str, places: Sequence[tuple[int, int]], window: tuple[int, int], keep: tuple[int, int]) -> tuple[int, int]:
    """Return a range of places with its ends where clauses meet: a few places further out or some more further in, `keep` still in it."""
    first, last = window
    joints = [n for n in range(len(places) + 1) if n in {0, len(places)} or _JOINT.search(text, places[n - 1][1], places[n][0])]
    kept = [n for n, (start, end) in enumerate(places) if start < keep[1] and keep[0] < end] or [first]
    whole = first <= kept[0] and kept[-1] < last
    starts = [n for n in joints if first - _STRETCH <= n <= min(first + _LOOSE, kept[0] if whole else last)]
    ends = [n for n in joints if max(last - _LOOSE, kept[-1] + 1 if whole else first) <= n <= last + _STRETCH]
    nearest = min(starts, key=lambda n: abs(n - first), default=first), min(ends, key=lambda n: abs(n - last), default=last)
    return (nearest[0] if first else 0), (nearest[1] if last < len(places) else last)


def _window(places: Sequence[tuple[int, int]], words: int, keep: tuple[int, int]) -> tuple[int, int]:
    """Return a range of at most `words` places around `keep`, which takes precedence if not everything fits."""
    if len(places) <= words:
        return 0, len(places)
    inside = [i for i, (start, end) in enumerate(places) if start < keep[1] and keep[0] < end] or [0]
    spare = max(0, words - len(inside))
    first = max(0, min(inside[0] - spare // 2, len(places) - words))
    return first, first + words


def greeted(name: str) -> str:
    """Return the name to greet somebody by: the first name; the last name after a title, but the first one after "Sir" and "Dame".

    What the transcript adds to a name, "Ann Lee, CTO", is no part of it.
    """
    words = parted(name)[0].rstrip(",").split()
    title = words[0].lower().rstrip(".") if len(words) > 1 else ""
    if title in words_of("drafts.honorifics"):
        return f"{words[0]} {words[-1]}"
    return " ".join(words[: 1 + (title in words_of("drafts.honours"))])
