"""Recall: whether a question says what it is about, and how it does so when that was said a while ago."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import dropwhile

from ..lexicon import function_words, text_of, words_of
from ..probe import Probe
from ..questions import read_question
from ..text import norms, sentences, stem, tokenize
from ..turns import Span, Turn

__all__ = ["around", "brought_back", "is_about", "named", "recalled", "repeats", "takes_up"]

_REPEATED = 2, 8  # least and most words of a statement that are repeated before a question
_TELLING = 2  # least words of a statement that was cut that say something
_AROUND = 300  # most characters of the sentences that are shown in the place of words
_CLAUSE = re.compile(r"[^\w\s'\u2019%.,-]|[.,](?!\d)|--| - ")


def brought_back(probe: Probe, turn: int | None) -> Probe:
    """Return a probe whose question names what it is about, if that was said before `turn` and the question repeats none of it."""
    if probe.turn in {None, turn} or probe.origin != "rules" or repeats(probe.probe, probe.text):
        return probe
    return probe.model_copy(update={"probe": recalled(probe.probe, probe.text, unsure=probe.unsure)})


def around(probe: Probe, turn: Turn, is_kept_back: Callable[[Span], bool]) -> str:
    """Return the words of a turn to show with a probe: those that it is about, or more where its question repeats them all.

    More is their sentence, or if that says no more, it and its neighbour: the next one first. None of that may be kept back.
    """
    if probe.start is None or probe.end is None or turn.text[probe.start : probe.end] != probe.text or _says_more(probe.text, probe):
        return probe.text
    rows = sentences(turn.text)
    own = [n for n, s in enumerate(rows) if s.start < probe.end and probe.start < s.end]
    first, last = min(own, default=0), max(own, default=0)
    for begin, end in ((first, last), (first, last + 1), (first - 1, last)):
        if begin >= 0 and end < len(rows):
            words = turn.span(rows[begin].start, rows[end].end)
            if len(words.text) <= _AROUND and _says_more(words.text, probe) and not is_kept_back(words):
                return words.text
    return probe.text


def _says_more(words: str, probe: Probe) -> bool:
    """Return whether some words say what the question of a probe does not repeat."""
    return not set(norms(probe.probe)).issuperset(norms(words))


def named(probe: str, words: str, told: str = "", *, unsure: bool = False) -> str | None:
    """Return a question that says which of a turn's statements it is about: after its beginning, or the part that tells its amount.

    `told` is that part, "" for none; `unsure` as for `recalled`. None if neither says anything.
    """
    asked = (probe, *(recalled(probe, part, unsure=unsure) for part in (words, told) if part))
    return next((question for question in asked if repeats(question, words)), None)


def recalled(probe: str, words: str, *, unsure: bool = False) -> str:
    """Return a question after the statement that it is about, as it is where that has no short beginning that says something.

    "From what to what, roughly?" goes with what was just said; later it is 'You said "It got slow": from what to what, roughly?', and
    'I noted "It got slow"' where the speaker is not certain.
    """
    opening, lead = _opening(words), text_of(f"probes.said.{'unsure' if unsure else 'clause'}")
    return f"{lead.replace('{quote}', opening)} {probe[0].lower()}{probe[1:]}" if opening and '"' not in probe else probe


def repeats(probe: str, words: str) -> bool:
    """Return whether a question repeats any of a customer's words: "What led to that?" means little later on.

    A word of which questions are made, as in "what is one example of that?", repeats nothing.
    """
    return not _telling(words).isdisjoint(_telling(probe))


def is_about(probe: str, words: str) -> bool:
    """Return whether a question takes up any of some words, in whatever form: "What did the savings come to?" after "it saved us a lot"."""
    said, asked = ({stem(norm) for norm in _telling(text)} for text in (words, probe))
    return not said.isdisjoint(asked)


def takes_up(question: str, probe: Probe, *, at_once: bool = False) -> bool:
    """Return whether an interviewer's question asks what a probe would: it names most of what the probe repeats of the customer's words.

    A probe that repeats none, "who decided it?", is taken up by a question for the same kind of thing, if it comes `at_once`.
    """
    said, asked = ({stem(norm) for norm in _telling(text)} for text in (probe.text, question))
    anchor = said & {stem(norm) for norm in _telling(probe.probe)}
    if anchor:
        return 2 * len(anchor & asked) > len(anchor)
    return at_once and bool(_asked_for(question) & _asked_for(probe.probe))


def _asked_for(question: str) -> frozenset[str]:
    """Return what kinds of things a question asks for: a number, a name, a reason, a story."""
    return read_question(question).asks & words_of("probes.fields")


def _telling(text: str) -> set[str]:
    """Return the words of a text that tell what it is about, and are not those of which questions are made."""
    return set(norms(text)) - function_words() - words_of("probes.framing")


def _opening(text: str) -> str:
    """Return how a statement begins, after what only leads up to it, if that says something, else ""."""
    clauses = _CLAUSE.split(text)
    return _beginning(next((clause for clause in clauses if not _leads_up(clause)), clauses[0]))


def _leads_up(clause: str) -> bool:
    """Return whether a clause only leads up to the one after it: "of course", "as we plan to grow"."""
    words = [*dropwhile(words_of("probes.openings").__contains__, norms(clause))]
    return words_of("statements.plain").issuperset(words) or words[0] in words_of("probes.subordinating")


def _beginning(clause: str) -> str:
    """Return a clause, or its first words up to where another part of it begins, if they say something, else ""."""
    tokens = [*dropwhile(lambda t: t.norm in words_of("probes.openings"), tokenize(clause))]
    least, most = _REPEATED
    ends = [len(tokens)] if len(tokens) <= most else [n for n in range(most, least, -1) if tokens[n].norm in words_of("probes.joints")]
    telling = _TELLING if len(tokens) > most else 1
    hanging = words_of("probes.hanging") | words_of("probes.joints")
    kept = (tokens[:end] for end in ends if end >= least and tokens[end - 1].norm not in hanging)
    said = next((words for words in kept if sum(t.norm not in function_words() for t in words) >= telling), [])
    return clause[said[0].start : said[-1].end] if said else ""
