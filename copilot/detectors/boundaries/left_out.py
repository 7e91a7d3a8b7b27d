"""Names that a phrase asks to leave out, and the turns that tell them."""

from __future__ import annotations

from typing import NamedTuple

from ...reading import Reading
from .names import Meant, inside, meant, speaks_of_names, turns_of
from .phrases import Phrase, lexicon, sentence_of
from .surroundings import OBJECT, restates
from .words import Said

__all__ = ["LeftOut", "bars_name", "left_out_by", "may_be_named", "names_left_out"]


class LeftOut(NamedTuple):
    """The turns with a name that is to be left out; not `sure` where another may be meant, or none."""

    turns: frozenset[int]
    sure: bool


def left_out_by(reading: Reading, phrase: Phrase, said: Said) -> LeftOut:
    """Return where the name was said that a phrase asks to leave out; nowhere where it asks for something else."""
    found = names_left_out(reading, phrase, said)
    turns = turns_of(found.names, reading, said) if found.names else frozenset[int]()
    return LeftOut(turns, found.sure and bool(turns))


def names_left_out(reading: Reading, phrase: Phrase, said: Said) -> Meant:
    """Return the names that a phrase asks to leave out."""
    sentence = sentence_of(reading, phrase)
    if _is_of_name(reading, phrase):
        return meant(reading, sentence, min(phrase.last + OBJECT, sentence.last), said)
    return Meant(inside(reading, phrase.first, phrase.last) if "mention" in reading.words_in(phrase) else ())


def _is_of_name(reading: Reading, phrase: Phrase) -> bool:
    """Return whether a phrase speaks of a name, or offers other words in its place: "say a customer"."""
    sentence = sentence_of(reading, phrase)
    return speaks_of_names(reading.norms[sentence.first : min(phrase.last + OBJECT, sentence.last)]) or bool(
        reading.find(lexicon("instead"), sentence)
    )


def bars_name(reading: Reading, phrase: Phrase) -> bool:
    """Return whether a phrase bars a name that this turn has not said."""
    if not _is_of_name(reading, phrase):
        return False
    return not restates(reading, 0, reading.tokens[phrase.first].start, numbers=False)


def may_be_named(reading: Reading, phrase: Phrase) -> bool:
    """Return whether a turn may tell the name that a phrase leaves out: it has one, or has no capitals at all.

    What a phrase offers in place of a name that nobody has told bars nothing: "Which hotel was it?" "Just say a hotel.".
    """
    if not reading.find(lexicon("instead"), sentence_of(reading, phrase)) or reading.turn.text.islower():
        return True
    return bool(inside(reading, 0, len(reading.tokens)))
