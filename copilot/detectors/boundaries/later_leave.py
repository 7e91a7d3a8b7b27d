"""Later leave: what a customer lets be used after all, by its amount, by its noun, or in answer to a question or a request for it.

Leave on a condition frees nothing yet: "you can mention the merger once it's announced".
"""

from __future__ import annotations

from collections.abc import Collection, Sequence, Set

from ...findings import Boundary, Leave
from ...mentions import currencies
from ...quantities import Quantity
from ...reading import Reading
from ...text import Sentence, tokenize
from .earlier import POINTED, VALUE, points_at, recall, value_of
from .forms import is_parted, is_told
from .leave import OPENING, deciding, grants
from .phrases import asks_to_use, lexicon, phrases_of, withdraws_from
from .subject import named_by, told_in
from .words import Said, as_said, lists, stems_of, told_by

__all__ = ["find_leave"]

LONGEST = 18  # words of a sentence that lets something be used; a longer one tells a story
JUST = 2  # turns from a boundary to words that only point at it: its reply may stand between them
LONGEST_WAITING = 30  # words of one that says besides on what that depends


def find_leave(reading: Reading, said: Said, barred: Sequence[Boundary] = ()) -> tuple[Leave, ...]:
    """Return the words of a customer's turn that let earlier turns be used, barred or not; `said` as in `find_boundaries`.

    `barred` are the boundaries of the call so far: what one of them asked for can be let by its own words, or taken back.

    A turn that itself asks for discretion lets nothing be used: it says of which part it speaks, and so what may stay.
    """
    if not reading.is_customer or not reading.sentences or any(phrases_of(reading)):
        return ()
    free = [(s, _turns_let(reading, n, said, barred), _waits(reading, n)) for n, s in enumerate(reading.sentences) if _lets(reading, s)]
    if not free and reading.asked and _answers(reading, reading.asked):
        free = [(deciding(reading), _asked_about(reading.asked, said), False)]
    if not any(turns for _, turns, _ in free):
        free = [(s, _taken_back(reading, barred), False) for s in reading.sentences if reading.find(lexicon("mine"), s)]
    return tuple(
        Leave(**reading.turn.span(s.start, s.end).model_dump(), covers=tuple(sorted(turns)), depends=depends)
        for s, turns, depends in free
        if turns
    )


def _lets(reading: Reading, sentence: Sentence) -> bool:
    """Return whether a sentence lets something be used, now or on a condition: no denial or alternative in it, not asked or told."""
    words = reading.words_in(sentence)
    words = words[1:] if words[0] == "no" else words
    waiting = next((n for n in range(sentence.first, sentence.last) if _waits_at(reading, sentence, n)), sentence.last)
    # What waits may be denied as well: "once it's announced, not before".
    denied = not lists().denial.isdisjoint(reading.norms[sentence.last - len(words) : waiting])
    longest = LONGEST_WAITING if waiting < sentence.last else LONGEST
    if reading.asks(sentence) or len(words) > longest or denied or not (lists().hedging - lists().waits).isdisjoint(words):
        return False
    found = reading.find(lexicon("release"), sentence)
    return any(not is_told(reading, sentence, m) and (m.label == "release" or _ends(reading, sentence, m.last)) for m in found)


def _waits(reading: Reading, n: int) -> bool:
    """Return whether leave in sentence n depends on what it says, or is limited in the sentences after it: "Not the posts."."""
    sentence = reading.sentences[n]
    own = any(_waits_at(reading, sentence, i) for i in range(sentence.first, sentence.last))
    return own or any(_limits(reading, s) for s in reading.sentences[n + 1 :])


def _waits_at(reading: Reading, sentence: Sentence, n: int) -> bool:
    """Return whether token n of a sentence says that something has to come first; "after all" does not."""
    return reading.norms[n] in lists().waits and not any(m.first <= n < m.last for m in reading.find(lexicon("again"), sentence))


def _limits(reading: Reading, sentence: Sentence) -> bool:
    """Return whether a sentence opens with what it leaves out, or with "but" or "only" and what has to come first."""
    opening = range(sentence.first, min(sentence.first + OPENING, sentence.last))
    if any(m.first == sentence.first for m in reading.find(lexicon("except"), sentence)):
        return True
    narrows = not lists().narrowing.isdisjoint(reading.norms[n] for n in opening)
    return narrows and any(_waits_at(reading, sentence, n) for n in opening)


def _ends(reading: Reading, sentence: Sentence, last: int) -> bool:
    return last >= sentence.last or is_parted(reading, last)


def _answers(reading: Reading, asked: Reading) -> bool:
    """Return whether a turn says yes, and no more than that, to a question for leave."""
    plain = (lists().hedging | {"ask"}).isdisjoint(reading.norms) and not reading.find(lexicon("except", "instead"))
    return plain and asks_to_use(asked) and grants(reading, asked)


def _taken_back(reading: Reading, barred: Sequence[Boundary]) -> Collection[int]:
    """Return what the last turn of a turn's speaker bars, which that turn takes back: "Oh, they know? Then I take that back."."""
    turn = withdraws_from(reading)
    return {t for b in barred if b.turn == turn for t in b.covers}


def _turns_let(reading: Reading, n: int, said: Said, barred: Sequence[Boundary]) -> Collection[int]:
    """Return the turns that a sentence lets be used.

    It names them by its amount or that of the sentence before, by the words of a boundary or its own noun, or points at what the
    question or a boundary right before is about.
    """
    sentence = reading.sentences[n]
    before = reading.sentences[n - 1].start if n else sentence.start
    for start in dict.fromkeys((sentence.start, before)):
        if turns := _with_amounts(reading, start, sentence.end, said):
            return turns
    if named := _barred_as(reading, sentence, barred) or _come_back_to(reading, sentence, said) or _singled_out(reading, sentence, said):
        return named
    if lists().topic.isdisjoint(reading.words_in(sentence)):
        return ()
    return (_asked_about(reading.asked, said) if reading.asked else ()) or _just_barred(reading, sentence, said, barred)


def _barred_as(reading: Reading, sentence: Sentence, barred: Sequence[Boundary]) -> Collection[int]:
    """Return what the latest boundary bars that was asked for in all the words by which a sentence names something: "the turn times"."""
    names = _names_of(reading, sentence.first, sentence.last)
    asked = [b for b in barred if names and names <= told_by(tokenize(b.text))]
    return {t for b in asked if b.turn == asked[-1].turn for t in b.covers}


def _just_barred(reading: Reading, sentence: Sentence, said: Said, barred: Sequence[Boundary]) -> Collection[int]:
    """Return what a boundary right before bars, where a turn has named nothing and answers no question: "That's fine, use it."."""
    named = _names_of(reading, 0, sentence.last)
    asked = reading.asked is not None and any(reading.asked.asks(s) for s in reading.asked.sentences)
    covers = {t for b in barred if b.turn >= reading.turn.turn - JUST for t in b.covers}
    return () if named or asked or _turns_to_another(reading.before[-1:], said, covers) else covers


def _turns_to_another(last: Sequence[Reading], said: Said, covers: Set[int]) -> bool:
    """Return whether the interviewer right before names something that was told elsewhere: "I'd use the bit on the drivers instead"."""
    names = {name for r in last if not r.is_customer for name in _names_of(r, 0, len(r.tokens))}
    return any(name in said and covers.isdisjoint(said[name]) for name in names)


def _names_of(reading: Reading, first: int, last: int) -> set[str]:
    """Return the stems of what tokens[first:last] name, but for the words of leave."""
    leave = {i for m in reading.find(lexicon("release", "again")) for i in range(m.first, m.last)}
    return told_in(reading, [i for i in range(first, last) if i not in leave and reading.norms[i] not in lists().agreeing])


def _asked_about(asked: Reading, said: Said) -> Collection[int]:
    """Return the turns with an amount of a question, else those with the noun that it comes back to."""
    amounts = _with_amounts(asked, 0, len(asked.turn.text), said)
    return amounts or {t for s in asked.sentences for t in _come_back_to(asked, s, said)}


def _come_back_to(reading: Reading, sentence: Sentence, said: Said) -> Collection[int]:
    """Return the turns with the noun that a sentence comes back to: "what it cost, you can print that after all"."""
    return _named(reading, sentence, said)[0] if reading.find(lexicon("again"), sentence) else ()


def _singled_out(reading: Reading, sentence: Sentence, said: Said) -> Collection[int]:
    """Return the turns with a noun of a sentence that few turns hold: "you can use the merger now"."""
    turns, names = _named(reading, sentence, said)
    return turns if points_at(names, turns, said) >= POINTED else ()


def _named(reading: Reading, sentence: Sentence, said: Said) -> tuple[Collection[int], Collection[str]]:
    """Return the turns that a sentence names, and the stems by which it does."""
    names = as_said(named_by(reading, reading.tokens_in(sentence)), said)
    return recall(names, said, reading.turn.turn), names


def _with_amounts(reading: Reading, start: int, end: int, said: Said) -> frozenset[int]:
    """Return the earlier turns with an amount in text[start:end], no other amount, and with what it counts where that is told."""
    out: set[int] = set()
    given = {value_of(q.low) for q in reading.quantities if start <= q.start < end}
    others = {turn for key, turns in said.items() if key.startswith(VALUE) and key not in given for turn in turns}
    for q in (q for q in reading.quantities if start <= q.start < end):
        turns = {t for t in said.get(value_of(q.low), ()) if t < reading.turn.turn and t not in others}
        counted = _counted(reading, q)
        out |= turns.intersection(*(said.get(stem, ()) for stem in counted))
    return frozenset(out)


def _counted(reading: Reading, q: Quantity) -> set[str]:
    """Return the stem of the noun that an amount counts, nothing for a sum of money, a share, or where none follows."""
    after = [t for t in reading.tokens if t.start >= q.end][:1]
    follows = [t for t in after if not reading.turn.text[q.end : t.start].strip()]
    money = q.unit in currencies() or q.unit == "percent"
    return set() if money else stems_of([*tokenize(q.unit or ""), *follows])
