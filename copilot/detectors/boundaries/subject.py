"""What a phrase bars: the words around it, or the earlier turns with what it names."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from ...findings import Boundary, Degree
from ...lexicon import Match
from ...reading import Reading
from .earlier import latest, numbers_only, recall, thread
from .names import Meant, inside, meant, speaks_of_names, turns_of
from .phrases import Phrase, announces, lexicon
from .reach_facts import pointers
from .words import ANSWER, SUBSTANCE, Said, as_said, lists, stems_of, substance

__all__ = ["ahead_of", "back_from", "boundary", "left_out_by", "looks_forward", "settle"]

NAMING = 5  # words of a sentence that only names something
OBJECT = 2  # words after a phrase that can be what it speaks of: "I'd rather you didn't use | her name"
TELLS = 4  # words, fillers aside, that a request alone has at most: "not in the article, please"
TOLD = 12  # words, fillers aside, of what is barred that a boundary shows


def settle(reading: Reading, phrase: Phrase, said: Said) -> Boundary:
    """Return the boundary of a phrase: the words barred, and the turns that contain them."""
    end, own = reading.sentences[phrase.sentence].end, (reading.turn.turn,)
    if (told := _announced(reading, phrase)) is not None:
        return boundary(reading, reading.sentences[phrase.sentence].start, told, own)
    left_out = left_out_by(reading, phrase, said)
    start, names, marked = _subject(reading, phrase)
    outside = stems_of(reading.tokens[: reading.sentences[start].first]) | stems_of(() if marked else reading.tokens[phrase.last :])
    absent = as_said(names - outside, said)
    if absent and len(names - outside) * 2 > len(names):
        told = reading.tokens[reading.sentences[start].first : phrase.last]
        known = numbers_only(said) if not lists().counting.isdisjoint(t.norm for t in told) else said
        earlier = left_out.turns
        if not left_out.sure:
            earlier |= {*(recall if marked or absent != names else latest)(absent, known, reading.turn.turn)}
        again = not names.isdisjoint(outside) or (marked and _restates(reading, reading.sentences[start].start, end))
        if earlier:
            just = thread(reading)[-1:] if not left_out.sure and (_corrects(reading) or _bars_name(reading, phrase)) else ()
            covers = {*earlier, *just, *(own if again else ())}
            return boundary(reading, reading.sentences[start].start, end, tuple(sorted(covers)))
    if _bars_name(reading, phrase):
        return boundary(
            reading,
            reading.sentences[phrase.sentence].start,
            end,
            left_out.turns.union(() if left_out.sure else thread(reading)[-1:]) or own,
        )
    if phrase.reach != "ahead" and _corrects(reading) and not _restates(reading, 0, reading.tokens[phrase.first].start):
        return boundary(reading, reading.sentences[phrase.sentence].start, end, (reading.before[-1].turn.turn,))
    back, ahead = back_from(reading, phrase), ahead_of(reading, phrase)
    if phrase.reach == "ahead" and ahead is not None:
        return boundary(reading, reading.sentences[phrase.sentence].start, ahead, own)
    if back is None and not names and looks_forward(reading, phrase, lists().forward):
        return boundary(reading, reading.sentences[phrase.sentence].start, end, own)
    if back is not None:
        return boundary(reading, back, end, (*_introduced(reading), *own, *left_out.turns))
    if _is_about_itself(reading, phrase):
        return boundary(reading, reading.sentences[phrase.sentence].start, end, own)
    return boundary(reading, reading.sentences[phrase.sentence].start, end, (*thread(reading), *(own if names else ())) or own)


def _announced(reading: Reading, phrase: Phrase) -> int | None:
    """Return the end of what a turn tells after a sentence that announces it: "I'll tell you one thing, it's not for print. We ..."."""
    sentence = reading.sentences[phrase.sentence]
    if phrase.reach != "ahead" or not announces(reading, sentence):
        return None
    told = ahead_of(reading, phrase)
    return sentence.end if told is None and substance(reading, sentence.first, sentence.last) >= TOLD else told


def _is_about_itself(reading: Reading, phrase: Phrase) -> bool:
    """Return whether a phrase is a whole sentence that tells something and has no word that points at anything else."""
    sentence = reading.sentences[phrase.sentence]
    whole = (phrase.first, phrase.last) == (sentence.first, sentence.last)
    points = any(not words.isdisjoint(reading.norms[sentence.first : sentence.last]) for words in pointers().values())
    return whole and not points and substance(reading, sentence.first, sentence.last) > TELLS


def _corrects(reading: Reading) -> bool:
    """Return whether a customer speaks right after another one, without a question between them."""
    past = reading.before[-1] if reading.before else None
    return past is not None and past.is_customer and past.words >= ANSWER and past.turn.speaker != reading.turn.speaker


class LeftOut(NamedTuple):
    """The turns with a name that is to be left out; not `sure` where another may be meant, or none."""

    turns: frozenset[int]
    sure: bool


def left_out_by(reading: Reading, phrase: Phrase, said: Said) -> LeftOut:
    """Return where the name was said that a phrase asks to leave out; nowhere where it asks for something else."""
    sentence = reading.sentences[phrase.sentence]
    found = Meant(())
    if _is_of_name(reading, phrase):
        found = meant(reading, sentence, min(phrase.last + OBJECT, sentence.last), said)
    elif "mention" in reading.norms[phrase.first : phrase.last]:
        found = Meant(inside(reading, phrase.first, phrase.last))
    turns = turns_of(found.names, reading, said) if found.names else frozenset[int]()
    return LeftOut(turns, found.sure and bool(turns))


def _is_of_name(reading: Reading, phrase: Phrase) -> bool:
    """Return whether a phrase speaks of a name, or offers other words in its place: "say a customer"."""
    sentence = reading.sentences[phrase.sentence]
    return speaks_of_names(reading.norms[sentence.first : min(phrase.last + OBJECT, sentence.last)]) or bool(
        reading.find(lexicon("instead"), sentence)
    )


def _bars_name(reading: Reading, phrase: Phrase) -> bool:
    """Return whether a phrase bars a name that this turn has not said."""
    if not _is_of_name(reading, phrase):
        return False
    return not _restates(reading, 0, reading.tokens[phrase.first].start, numbers=False)


def boundary(reading: Reading, start: int, end: int, covers: Iterable[int], degree: Degree = "clear") -> Boundary:
    """Return a boundary of this turn."""
    text = reading.turn.text[start:end]
    return Boundary(turn=reading.turn.turn, start=start, end=end, text=text, covers=tuple(sorted(set(covers))), degree=degree)


def _subject(reading: Reading, phrase: Phrase) -> tuple[int, set[str], bool]:
    """Return the sentence from which a phrase's subject is named, the words that name it, and whether it was said earlier in the call.

    The words are in the phrase ("don't put the lady in"), before it without a verb ("the lady, please don't write it"), or around
    "what I said about ..." in the sentences that lead up to it.
    """
    tokens, sentence = reading.tokens, reading.sentences[phrase.sentence]
    told = _told_from(reading, phrase)
    if told is not None:
        last = sentence.last if told == phrase.sentence else phrase.last
        return told, stems_of(tokens[reading.sentences[told].first : last]), True
    if phrase.reach == "indirect":
        return phrase.sentence, set(), False
    if names := stems_of(tokens[phrase.first : phrase.last]):
        return phrase.sentence, names, False
    lead = list(tokens[sentence.first : phrase.first])
    while lead and lead[-1].norm in lists().copula:
        lead.pop()
    if any(t.norm in lists().verb or "'" in t.norm or t.norm.endswith("ed") for t in lead):
        return phrase.sentence, set(), False
    if names := stems_of(lead):
        return phrase.sentence, names, False
    names = _named_before(reading, phrase.sentence)
    return phrase.sentence - bool(names), names, False


def _named_before(reading: Reading, at: int) -> set[str]:
    """Return what the sentence before names, if it only names something: "The discount. I'd rather you didn't print it."."""
    if at == 0:
        return set()
    tokens = reading.tokens[reading.sentences[at - 1].first : reading.sentences[at - 1].last]
    says = any(t.norm in lists().verb or "'" in t.norm for t in tokens)
    return stems_of(tokens) if len(tokens) <= NAMING and not says else set()


def _told_from(reading: Reading, phrase: Phrase) -> int | None:
    """Return the sentence, a phrase's or one of three before, in which the speaker returns to something said; None if there is none."""
    told, at = None, phrase.sentence
    if _repeats(reading, phrase):
        return None
    for n in range(at, max(-1, at - 4), -1):
        labels = {m.label for m in reading.find(lexicon("re"), reading.sentences[n]) if m.label != "reach.part" or not _tells(reading, m, phrase)}
        reaches = not labels.isdisjoint({"reach", "reach.part"})
        if "resume" in labels or (reaches and told in {None, n + 1}):
            told = n
    return told


def _repeats(reading: Reading, phrase: Phrase) -> bool:
    """Return whether what a phrase names was told before it in its turn: "we buy Haleford, well, forget I said Haleford"."""
    named = stems_of(reading.tokens[phrase.first : reading.sentences[phrase.sentence].last])
    return bool(named) and named <= stems_of(reading.tokens[: phrase.first])


def _tells(reading: Reading, part: Match, phrase: Phrase) -> bool:
    """Return whether a turn itself tells what it calls a number, a part or a thing: "we lost two vans, and that number ..."."""
    start, end = reading.tokens[part.first].start, reading.sentences[phrase.sentence].end
    return substance(reading, 0, part.first) >= SUBSTANCE or any(start <= q.start < end for q in reading.quantities)


def _restates(reading: Reading, start: int, end: int, numbers: bool = True) -> bool:
    """Return whether text[start:end] itself contains a number, or a name that is a secret."""
    if numbers and any(start <= q.start < end for q in reading.quantities):
        return True
    within = [n for n, t in enumerate(reading.tokens) if start <= t.start < end]
    return bool(within) and bool(inside(reading, within[0], within[-1] + 1))


def back_from(reading: Reading, phrase: Phrase) -> int | None:
    """Return the start of the words before a phrase that say enough to be what it bars; None if there are none."""
    start = None
    for n in range(phrase.sentence, -1, -1):
        said = substance(reading, reading.sentences[n].first, phrase.first)
        if said >= SUBSTANCE:
            start = reading.sentences[n].start
        if said >= TOLD:
            break
    return start


def ahead_of(reading: Reading, phrase: Phrase) -> int | None:
    """Return the end of the words after a phrase that say enough to be what it bars; None if there are none."""
    for sentence in reading.sentences[phrase.sentence :]:
        if substance(reading, phrase.last, sentence.last) >= SUBSTANCE:
            return sentence.end
    return None


def _introduced(reading: Reading) -> tuple[int, ...]:
    """Return the turn that names the person whose story this turn continues; () if it starts its own."""
    first = reading.tokens[0].norm
    return thread(reading)[-1:] if first in lists().he_or_she else ()


def looks_forward(reading: Reading, phrase: Phrase, words: Collection[str]) -> bool:
    """Return whether a phrase with nothing said before it is about what comes next: "is this between us?", "if I tell you ..."."""
    sentence = reading.sentences[phrase.sentence]
    said = reading.norms[sentence.first : sentence.last]
    asks = phrase.reach == "ahead" and reading.asks(sentence)
    return asks or said[:2] == ("if", "i") or (phrase.reach == "ahead" and any(word in words for word in said))
