"""Replies: how a customer turns a question down, puts its answer off, or agrees (`copilot/data/replies.yaml`)."""

from __future__ import annotations

from collections.abc import Sequence

from ..lexicon import Lexicon, Match, function_words, words_of
from ..reading import Reading, once_for_all
from ..statements.clauses import clauses_of
from ..text import Sentence

__all__ = ["does_not_know", "is_held", "is_name", "replies"]


@once_for_all
def replies(reading: Reading) -> Sequence[Match]:
    """Return the replies in a turn; that somebody has what was asked for puts it off: "Denise has it", but not "everybody has it"."""
    found = reading.find(Lexicon.load("replies"))
    meant = (m._replace(label="defers") if m.label == "holds" and _has_holder(reading, m) else m for m in found)
    return [m for m in meant if m.label != "holds"]


@once_for_all
def does_not_know(reading: Reading) -> bool:
    """Return whether a turn opens by saying that the speaker does not know or cannot tell: "No idea, sorry.", "I couldn't."."""
    last = reading.sentences[0].last if reading.sentences else 0
    start = next((n for n in range(last) if reading.norms[n] not in words_of("statements.lead")), last)
    opening = reading.norms[start : reading.clause_end(start, last)] if start < last else ()
    found = Lexicon.at("gaps.unknown").find(opening)
    return bool(found) or " ".join(opening) in words_of("gaps.unable")


def _has_holder(reading: Reading, match: Match) -> bool:
    """Return whether it is a person, or a part of the company, who has something."""
    start = reading.tokens[match.first].start
    sentence = reading.sentence_at(start)
    clause = next((c for c in clauses_of(reading.turn.text, reading.tokens) if c[0].start <= start < c[-1].end), None)
    if sentence is None or clause is None:
        return False
    subject = range(next(i for i, t in enumerate(reading.tokens) if t.start == clause[0].start), match.first)
    words = {reading.norms[i] for i in subject}
    if not words_of("replies.lists.many").isdisjoint(words):
        return False
    holders = words_of("replies.lists.holders") | words_of("deferred.lists.parts")
    return not holders.isdisjoint(words) or any(is_name(reading, i, sentence) for i in subject)


def is_name(reading: Reading, at: int, sentence: Sentence) -> bool:
    """Return whether a word is a name: it has a capital that is not its sentence's, or it "has" or "knows" something."""
    word = reading.norms[at].split("'")[0]
    if not reading.turn.text[reading.tokens[at].start].isupper() or word in words_of("deferred.lists.never"):
        return False
    return at > sentence.first or (word not in function_words() and is_held(reading.norms, at, sentence))


def is_held(norms: Sequence[str], at: int, sentence: Sentence) -> bool:
    """Return whether the word at a place is said to have or to know something: "Denise has it"."""
    return at + 1 < sentence.last and norms[at + 1] in words_of("deferred.lists.holds")
