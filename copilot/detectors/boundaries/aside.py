"""Subjects that a request sets aside: where one comes later in the call, it may be meant as well."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ...reading import Reading
from ...text import tokenize
from .discretion import classes
from .earlier import ASKED
from .forms import is_parted
from .left_out import names_left_out
from .names import inside, telling
from .phrases import Phrase, lexicon, sentence_of
from .subject import Subject, named_by, topic_of
from .words import lists, stems_of, substance, told_by

__all__ = ["set_aside_by"]

_LEAVING = frozenset({"DROP", "SAY"})
"""Classes of the words by which a name is left out: leave it out, don't mention it."""


def set_aside_by(reading: Reading, phrase: Phrase) -> Iterator[Collection[str]]:
    """Yield the stems of each subject, or name, that a phrase sets aside.

    That is what is not to be spoken of ("nothing about the price", which may only answer a question about the price), what is not to be
    written about, all that may be told of a thing ("anything about Falcon is off the record"), and names.
    """
    if phrase.reach == "topic":
        asked = stems_of(tokenize(reading.question)[-ASKED:]) if phrase.degree != "clear" else set()
        yield from ([name] for name in stems_of(reading.tokens_in(phrase)) - asked)
    elif subject := topic_of(reading, phrase) or _all_of(reading, phrase):
        yield subject.names
    else:
        names = (*_names_to_leave_out(reading, phrase), *_names_alone(reading, phrase))
        yield from filter(None, (told_by(tokenize(word)) for word in names))


def _all_of(reading: Reading, phrase: Phrase) -> Subject | None:
    """Return the subject of which a phrase bars all that may be told: "whatever I say about Falcon, that's not for print"."""
    sentence = sentence_of(reading, phrase)
    for match in (m for m in reading.find(lexicon("whole"), sentence) if m.last < phrase.first):
        ends = (i for i in range(match.last, phrase.first) if is_parted(reading, i) or reading.norms[i] in lists().verb)
        end = next(ends, phrase.first)
        names = named_by(reading, reading.tokens[match.last : end])
        if names and not substance(reading, end, phrase.first):
            return Subject(phrase.at, end, names, False)
    return None


def _names_to_leave_out(reading: Reading, phrase: Phrase) -> Collection[str]:
    """Return the words of the names that a phrase clearly asks to leave out, told in its turn or the question."""
    if phrase.degree != "clear":
        return ()
    told = {name for r in (reading.asked, reading) if r for name in inside(r, 0, len(r.tokens))}
    asked = [name for name in names_left_out(reading, phrase, {}).names if name in told]
    leaves = phrase.reach == "back" and any(classes().get(norm) in _LEAVING for norm in reading.words_in(phrase))
    return telling(asked or (inside(reading, phrase.first, phrase.last) if leaves else ()))


def _names_alone(reading: Reading, phrase: Phrase) -> Collection[str]:
    """Return the words of names that are all that a sentence tells after a phrase: "you didn't hear it from me: Sonder"."""
    last = sentence_of(reading, phrase).last
    after = [t for t in reading.tokens[phrase.last : last] if t.norm not in lists().filler | lists().joining]
    follows = phrase.last < last and is_parted(reading, phrase.last) and inside(reading, phrase.last, last)
    return [t.norm for t in after] if follows and all(reading.turn.text[t.start].isupper() for t in after) else []
