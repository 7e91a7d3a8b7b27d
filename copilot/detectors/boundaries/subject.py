"""What a phrase is about: the words that name it, in the phrase, before it, or in the sentences that lead up to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from ...lexicon import Match, number_words
from ...reading import Reading
from ...text import Sentence, Token
from .discretion import classes
from .earlier import recall
from .forms import is_parted
from .names import on_the_call
from .phrases import Phrase, lexicon, sentence_of
from .surroundings import clause_end, is_whole
from .words import SUBSTANCE, Said, as_said, lists, stems_of, substance, told_by

__all__ = ["NAMING", "Subject", "named_by", "names_told", "subject_of", "told_from", "told_in", "topic_of"]

NAMING = 5  # words of a sentence that only names something, or of a turn that only tells an amount
ABOUT = 5  # words from the verb of a phrase to the "about" of what it asks not to write: "don't write the thing about | the prices"
_WRITING, _KEEPING = frozenset({"PUB", "SAY", "PUT"}), frozenset({"DROP", "SECRET"})
"""Classes of the words that say what is not to be done, write, tell or use, and of those that say what is: leave out, keep quiet."""


class Subject(NamedTuple):
    """Where a phrase's subject is named, from a sentence to a token, the words that name it, and whether it was said in an earlier turn."""

    start: int
    last: int
    names: set[str]
    marked: bool


def subject_of(reading: Reading, phrase: Phrase) -> Subject:
    """Return what a phrase's subject is called.

    The words are in the phrase ("don't put the lady in"), after "about" ("don't write about the lady"), before it without a verb ("the
    lady, please don't write it"), or around "what I said about ..." in the sentences that lead up to it.
    """
    tokens, sentence = reading.tokens, sentence_of(reading, phrase)
    if (topic := topic_of(reading, phrase)) is not None:
        return topic
    told = told_from(reading, phrase)
    if told is not None:
        first, last = told
        names = named_by(reading, tokens[reading.sentences[first].first : last]) | _told_of(reading, reading.sentences[first], last)
        return Subject(first, last, names, True)
    if phrase.reach == "indirect":
        return Subject(phrase.at, phrase.last, set(), False)
    if names := named_by(reading, tokens[phrase.first : phrase.last]):
        return Subject(phrase.at, phrase.last, names, False)
    lead = list(tokens[sentence.first : phrase.first])
    while lead and lead[-1].norm in lists().copula:
        lead.pop()
    if any(t.norm in lists().verb or "'" in t.norm or t.norm.endswith("ed") for t in lead):
        return Subject(phrase.at, phrase.last, _fronted(reading, phrase), False)
    if names := named_by(reading, lead):
        return Subject(phrase.at, phrase.last, names, False)
    names = _named_before(reading, phrase.at)
    return Subject(phrase.at - bool(names), phrase.last, names, False)


def topic_of(reading: Reading, phrase: Phrase) -> Subject | None:
    """Return what a phrase asks not to write about, or what it asks not to write is so: "leave out that we raised the prices"."""
    if phrase.reach not in {"back", "indirect"}:
        return None
    last, known = sentence_of(reading, phrase).last, classes()
    denied = next((i for i in range(phrase.first, phrase.last) if known.get(reading.norms[i]) == "NOT"), phrase.last)
    verbs = ((i, known.get(reading.norms[i])) for i in range(phrase.first, phrase.last))
    verb = next((i for i, kind in verbs if kind in _KEEPING or (kind in _WRITING and i > denied)), phrase.last)
    end = clause_end(reading, sentence_of(reading, phrase), verb + 1)
    at = next((i for i in range(verb + 1, min(verb + ABOUT, end)) if _opens_topic(reading, i, end)), last)
    names = told_in(reading, range(at + 1, end))
    return Subject(phrase.at, end, names, True) if names else None


def told_in(reading: Reading, places: Iterable[int]) -> set[str]:
    """Return the stems of what the tokens at some places tell, where all but the words of asking may name something: "the price"."""
    asking, known = _WRITING | _KEEPING, classes()
    return _nameable(reading, [reading.tokens[i] for i in places if known.get(reading.norms[i]) not in asking], told_by)


def _told_of(reading: Reading, sentence: Sentence, last: int) -> set[str]:
    """Return the stems of that of which something was said, in a sentence up to token `last`: "what I said of the park"."""
    found = reading.find(lexicon("reach"), sentence)
    starts = [i for m in found for i in (m.last - 1, m.last) if i < last and reading.norms[i] in lists().regarding]
    return {name for i in starts for name in told_in(reading, range(i + 1, min(last, clause_end(reading, sentence, i + 1))))}


def names_told(reading: Reading, phrase: Phrase, said: Said) -> bool:
    """Return whether a phrase asks not to write about something that was told in earlier turns: it then means no others."""
    topic = topic_of(reading, phrase)
    return topic is not None and bool(recall(as_said(topic.names, said), said, reading.turn.turn))


def _opens_topic(reading: Reading, at: int, end: int) -> bool:
    """Return whether token `at` is "about", or a "that" after which a clause up to token `end` tells what happened."""
    if reading.norms[at] != "that" or at + 1 >= end:
        return reading.norms[at] == "about"
    subject = reading.norms[at + 1] in lists().subject | lists().mine_or_theirs
    named = reading.turn.text[reading.tokens[at + 1].start].isupper()
    return (subject or named) and any(norm in lists().verb or "'" in norm or norm.endswith("ed") for norm in reading.norms[at + 2 : end])


def _fronted(reading: Reading, phrase: Phrase) -> set[str]:
    """Return what a sentence puts first, before a comma, and then only points at: "The roof, we're in court, so that stays out"."""
    sentence = sentence_of(reading, phrase)
    end = next((i for i in range(sentence.first + 1, phrase.first) if is_parted(reading, i)), sentence.first)
    words = [norm for norm in reading.norms[sentence.first : end] if norm not in lists().joining | {"but", "so", "well"}]
    says = any(norm in lists().verb or "'" in norm for norm in words)
    return named_by(reading, reading.tokens[sentence.first : end]) if words[:1] and words[0] in lists().known and not says else set()


def named_by(reading: Reading, tokens: Iterable[Token]) -> set[str]:
    """Return the stems of the words that name something: not the words of a number, nor somebody on the call, who is only spoken to."""
    return _nameable(reading, tokens, stems_of)


def _nameable(reading: Reading, tokens: Iterable[Token], stems: Callable[[Sequence[Token]], set[str]]) -> set[str]:
    aside = on_the_call(reading) | number_words()
    return stems([t for t in tokens if not aside.issuperset(t.norm.removesuffix("'s").split("-"))])


def _named_before(reading: Reading, at: int) -> set[str]:
    """Return what the sentence before names, if it only names something: "The discount. I'd rather you didn't print it."."""
    if at == 0:
        return set()
    tokens = reading.tokens[reading.sentences[at - 1].first : reading.sentences[at - 1].last]
    says = any(t.norm in lists().verb or "'" in t.norm for t in tokens) or classes().get(tokens[0].norm) in {"PUB", "PUT"}
    told = sum(t.norm not in lists().filler for t in tokens)
    return named_by(reading, tokens) if told <= NAMING and not says else set()


def told_from(reading: Reading, phrase: Phrase) -> tuple[int, int] | None:
    """Return where the speaker returns to something said: the sentence, a phrase's or one of three before, and the token after the words.

    None if there is none. In the sentence of the phrase the words end with the clause that returns, or with the phrase: what follows is
    a reason.
    """
    if _repeats(reading, sentence_of(reading, phrase), phrase.first, phrase.last):
        return None
    told, last, at = None, phrase.last, phrase.at
    for n in range(at, max(-1, at - 4), -1):
        sentence = reading.sentences[n]
        found = [m for m in reading.find(lexicon("reach", "resume"), sentence) if not _tells(reading, sentence, m, phrase)]
        labels = {m.label for m in found}
        if n == at and found:
            clause = max(clause_end(reading, sentence, m.last) for m in found)
            last = clause if is_whole(reading, phrase) else max(phrase.last, clause)
        if "resume" in labels or (labels and (told is None or (told == n + 1 and told != at))):
            told = n
    return None if told is None else (told, last)


def _repeats(reading: Reading, sentence: Sentence, first: int, last: int) -> bool:
    """Return whether what words name was told before them in the turn: "we buy Haleford, well, forget I said Haleford".

    They are tokens[first:last] of a sentence, with the rest of their clause.
    """
    named = stems_of(reading.tokens[first : clause_end(reading, sentence, last)])
    return bool(named) and named <= stems_of(reading.tokens[:first])


def _tells(reading: Reading, sentence: Sentence, back: Match, phrase: Phrase) -> bool:
    """Return whether a turn itself tells what its words in a sentence seem to go back to: "we lost two vans, and that number ..."."""
    if back.label != "reach.part":
        return _repeats(reading, sentence, back.first, back.last)
    start, end = reading.tokens[back.first].start, sentence_of(reading, phrase).end
    return substance(reading, 0, back.first) >= SUBSTANCE or any(start <= q.start < end for q in reading.quantities)
