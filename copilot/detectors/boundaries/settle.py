"""What a phrase bars: the words around it, or the earlier turns with what it names."""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import Boundary, Degree
from ...reading import Reading
from .amounts import amounts_asked, amounts_of, amounts_to, of_number
from .answers import also_listed, asked_about, asked_with, by_colleague, corrects, introduced, offered, own_before, still_on
from .content import answers_in_full
from .earlier import POINTED, latest, numbers_only, points_at, recall, thread, told_amount, turns_with
from .forms import is_parted
from .left_out import LeftOut, bars_name, left_out_by, may_be_named
from .names import is_of_unnamed
from .phrases import OPENING, Phrase, announces, phrases_of, sentence_of
from .reach_facts import seeks_leave
from .subject import NAMING, subject_of, told_from, topic_of
from .surroundings import (
    ahead_of,
    back_from,
    boundary,
    introduces,
    is_about_itself,
    looks_forward,
    looks_on,
    points_back,
    restates,
    tells_own,
)
from .withheld import may_be_of_number, says_why_not
from .words import ANSWER, TOLD, Said, as_said, lists, stems_of, substance

__all__ = ["may_go_on", "settle"]

FACT = 2  # words, fillers aside, of the sentences before a phrase that may be what it bars: "The union was against it."


def settle(reading: Reading, phrase: Phrase, said: Said) -> Boundary | None:
    """Return the boundary of a phrase: the words barred, and the turns that contain them; None if it speaks of nothing told."""
    start, end, own = _place(reading, phrase)
    if phrase.reach == "amount":
        turns = {t for value in amounts_of(reading, phrase, said) for t in said.get(value, ()) if t <= reading.turn.turn}
        if turns:
            return boundary(reading, start, end, turns.union(() if seeks_leave(reading) else own))
        if phrase.degree != "clear":
            return None
        phrase = phrase._replace(reach="back")  # No such amount was told: the number counts what was, "leave those two out".
    if phrase.reach == "mine":
        return boundary(reading, start, end, (*(() if substance(reading, 0, phrase.first) >= FACT else own_before(reading)), *own))
    if says_why_not(reading, phrase):
        return None
    if (told := _announced(reading, phrase)) is not None:
        return boundary(reading, start, told, own)
    if any(introduces(reading, p) for p in phrases_of(reading) if p.at == phrase.at):
        return boundary(reading, start, ahead_of(reading, phrase) or end, own)
    return _of_what_it_names(reading, phrase, said)


def _place(reading: Reading, phrase: Phrase) -> tuple[int, int, tuple[int]]:
    """Return where the sentence of a phrase starts and ends, and its own turn."""
    sentence = sentence_of(reading, phrase)
    return sentence.start, sentence.end, (reading.turn.turn,)


def _announced(reading: Reading, phrase: Phrase) -> int | None:
    """Return the end of what a turn tells after a sentence that announces it: "I'll tell you one thing, it's not for print. We ..."."""
    sentence = sentence_of(reading, phrase)
    opening = reading.norms[sentence.first : sentence.first + OPENING]
    if announces(reading, sentence) and told_from(reading, phrase) is None:
        told = ahead_of(reading, phrase)
        return sentence.end if told is None and substance(reading, sentence.first, sentence.last) >= TOLD else told
    tells = "this" in opening and substance(reading, sentence.last, len(reading.tokens)) >= TOLD
    return ahead_of(reading, phrase) if tells else None


def _of_what_it_names(reading: Reading, phrase: Phrase, said: Said) -> Boundary | None:
    """Return the boundary of a phrase by the names in it, else by the number that it speaks of, else by what stands around it."""
    start, end, own = _place(reading, phrase)
    left_out, restated = left_out_by(reading, phrase, said), _tells_before(reading, phrase)
    if (recalled := _recalled(reading, phrase, said, left_out)) is not None:
        return recalled
    if bars_name(reading, phrase):
        if not left_out.turns and (is_of_unnamed(reading, sentence_of(reading, phrase)) or not may_be_named(reading, phrase)):
            return None
        return boundary(reading, start, end, left_out.turns.union(() if left_out.sure else thread(reading)[-1:]) or own)
    if phrase.reach != "ahead" and corrects(reading) and not restated and not tells_own(reading, phrase):
        return boundary(reading, start, end, (reading.before[-1].turn.turn,))
    number = None if restated else of_number(reading, phrase, said)
    return number or _of_what_stands_by(reading, phrase, said, left_out, restated=restated)


def _tells_before(reading: Reading, phrase: Phrase) -> bool:
    """Return whether a turn itself tells, before a phrase, a number, a name or all of a short answer: "Halcyon, embargoed until May."."""
    if restates(reading, 0, reading.tokens[phrase.first].start):
        return True
    apart = reading.asked is not None and 0 < phrase.first < ANSWER and is_parted(reading, phrase.first)
    return apart and answers_in_full(reading, phrase.first)


def _recalled(reading: Reading, phrase: Phrase, said: Said, left_out: LeftOut) -> Boundary | None:
    """Return the boundary of a phrase that names something told in earlier turns, None if it names nothing that was."""
    start, last, names, marked = subject_of(reading, phrase)
    first, end = reading.sentences[start].first, sentence_of(reading, phrase).end
    outside = stems_of(reading.tokens[:first]) | stems_of(() if marked else reading.tokens[phrase.last :])
    counting = next((norm for norm in reading.norms[first:last] if norm in lists().counting), None)
    if marked and not names and counting and (amount := told_amount(counting, said, reading.turn.turn)) is not None:
        return boundary(reading, reading.sentences[start].start, end, (amount,))
    absent = as_said(names - outside, said)
    if not absent or len(names - outside) * 2 <= len(names):
        return None
    degree: Degree = "clear"
    earlier = left_out.turns
    if colleague := by_colleague(reading, first, last):
        earlier |= {colleague}
    elif marked or not left_out.sure:
        known = numbers_only(said) if counting else said
        found = (recall if marked or absent != names else latest)(absent | asked_with(reading, absent), known, reading.turn.turn)
        pointed = points_at(absent, found, said)
        if marked and pointed > POINTED:
            earlier = frozenset(found)
        elif not left_out.sure:
            earlier = earlier.union(found)
        degree = "clear" if left_out.turns or pointed >= POINTED else "possible"
    if not earlier:
        return None
    told = back_from(reading, phrase) if topic_of(reading, phrase) else None
    again = told is not None or not names.isdisjoint(outside) or (marked and restates(reading, reading.sentences[start].start, end))
    just = thread(reading)[-1:] if not left_out.sure and (corrects(reading) or bars_name(reading, phrase)) else ()
    covers = {*earlier, *just, *((reading.turn.turn,) if again else ())}
    return boundary(reading, reading.sentences[start].start if told is None else told, end, covers, degree)


def _of_what_stands_by(reading: Reading, phrase: Phrase, said: Said, left_out: LeftOut, *, restated: bool) -> Boundary:
    """Return the boundary of a phrase by what stands ahead of it, before it in its turn, or in earlier turns."""
    start, end, own = _place(reading, phrase)
    back, ahead, names = back_from(reading, phrase), ahead_of(reading, phrase), subject_of(reading, phrase).names
    if phrase.reach == "ahead" and ahead is not None:
        return boundary(reading, start, ahead, own)
    if back is None and names and (phrase.reach == "topic" or topic_of(reading, phrase)):
        # Nobody has told of it in these words: it may come, or be what was just said.
        return boundary(reading, start, end, (*thread(reading)[-1:], *own), "possible")
    if back is None and not names and looks_forward(reading, phrase, lists().forward):
        return boundary(reading, start, end, own)
    if substance(reading, 0, phrase.first) <= NAMING and (amounts := amounts_to(reading, phrase)):
        return boundary(reading, start if back is None else back, end, {*own, *turns_with(amounts, said)})
    listed = also_listed(reading, phrase, said)
    if back is not None:
        on = still_on(reading, phrase) if points_back(reading, phrase) else ()
        return boundary(reading, back, end, (*introduced(reading, said), *own, *left_out.turns, *listed, *offered(reading), *on))
    if is_about_itself(reading, phrase):
        return boundary(reading, start, end, own)
    earlier = () if restated else (asked_about(reading, said) or (*thread(reading), *turns_with(amounts_asked(reading), said)))
    here = names or substance(reading, 0, phrase.first) >= FACT
    degree: Degree = "possible" if may_be_of_number(reading, phrase) else "clear"
    return boundary(reading, start, end, (*earlier, *(own if here else ()), *listed) or own, degree)


def may_go_on(reading: Reading) -> Iterator[Boundary]:
    """Yield the last answer as possibly barred by a phrase that has words before it: they may be what it bars, or only why."""
    for phrase in (p for p in phrases_of(reading) if p.degree == "clear" and p.reach != "mine"):
        back = back_from(reading, phrase)
        if back is not None and not looks_on(reading, phrase) and (on := still_on(reading, phrase)):
            yield boundary(reading, back, sentence_of(reading, phrase).end, on, "possible")
