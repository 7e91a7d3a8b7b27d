"""Refusals and deferrals: where a customer declines to say something, or puts an answer off."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ..lexicon import Lexicon, Match, denies, function_words, words_of
from ..reading import Reading
from ..text import Sentence
from ..turns import Span
from .boundaries.forms import is_parted
from .boundaries.phrases import spans_of

__all__ = ["find_deferrals", "find_refusals", "mere_refusals", "refuses_amount", "stands_refused"]

CLOSING = 8  # most words of the sentences after a refusal with which a turn still ends on it: "Sorry. It was a lot, though."
SUBJECT = 2  # most words from "if" to the subject of what it supposes, that one among them


def find_refusals(reading: Reading) -> tuple[Span, ...]:
    """Return where a customer declines to say something."""
    return spans_of(reading, "refuse", _is_own)


def find_deferrals(reading: Reading) -> tuple[Span, ...]:
    """Return where a customer defers an answer."""
    return spans_of(reading, "defer")


def refuses_amount(reading: Reading, refusal: Span) -> bool:
    """Return whether it is an amount that a refusal declines to say: "I can't tell you how much"; another may decline to say who."""
    inside = [n for n, t in enumerate(reading.tokens) if refusal.start <= t.start < refusal.end]
    return bool(Lexicon.at("closings.amounts").find(reading.norms, inside[0], reading.clause_end(inside[0], len(reading.norms))))


def mere_refusals(reading: Reading, refusals: Sequence[Span]) -> list[Sentence]:
    """Return the sentences that do little more than refuse: nobody presses their words."""
    inside = ((s, r) for s in reading.sentences for r in refusals if s.start <= r.start and r.end <= s.end)
    return [s for s, r in inside if (r.end - r.start) * 2 >= s.end - s.start or _gives_reason(reading, r)]


def _gives_reason(reading: Reading, refusal: Span) -> bool:
    """Return whether the reason for a refusal follows it: "I won't give you the number because we're in talks with the union"."""
    after = next((t.norm for t in reading.tokens if t.start >= refusal.end), "")
    return after in words_of("refusals.because")


def stands_refused(reading: Reading, refusals: Sequence[Span]) -> bool:
    """Return whether a turn all but ends on a refusal, or does little more than refuse; one in passing leaves the rest to be asked."""
    if not refusals:
        return False
    merely = sum(s.last - s.first for s in mere_refusals(reading, refusals))
    after = sum(s.last - s.first for s in reading.sentences if s.start >= refusals[-1].end)
    return after <= CLOSING or 2 * merely >= len(reading.tokens)


def _is_own(reading: Reading, sentence: Sentence, match: Match) -> bool:
    """Return whether the speaker is who declines, here and now, and does so to tell something.

    Not in "they don't want to say it", "if we can't answer the phone", "I can't tell you how tired we were" or "I won't say it didn't".
    """
    if not _is_of_speaker(reading, sentence, match):
        return False
    praises = any(m.first < match.last and match.first < m.last for m in Lexicon.at("refusals.boundless").find(reading.norms))
    barred = not words_of("refusals.reasons").isdisjoint(reading.norms)
    return not praises and (barred or not (_tells_degree(reading, match) or _only_denies(reading, match)))


def _is_of_speaker(reading: Reading, sentence: Sentence, match: Match) -> bool:
    """Return whether a denied verb has the speaker as its subject, or none, and nothing supposes it; other phrases name whom they mean."""
    words, phrase = reading.norms, [word.split("'")[0] for word in reading.words_in(match)]
    if any(a in words_of("refusals.others") and b in words_of("refusals.modals") for a, b in pairwise(phrase)):
        return False
    begin = next((n for n in range(match.first, sentence.first, -1) if is_parted(reading, n)), sentence.first)
    before = [word.split("'")[0] for word in words[begin : match.first]]
    if _is_supposed(before, phrase):
        return False
    of_verb = denies(words[match.first]) or words[match.first] in words_of("refusals.preferring")
    if not of_verb or not words_of("refusals.speakers").isdisjoint(phrase):
        return True
    subjects = [word for word in before if word in words_of("statements.subjects")]
    leading = (words_of("statements.lead") | function_words()) - words_of("statements.relative")
    return subjects[-1] in words_of("refusals.speaker") if subjects else leading.issuperset(before)


def _is_supposed(before: Sequence[str], phrase: Sequence[str]) -> bool:
    """Return whether the clause of a phrase is what is supposed: "if we can't answer", not "if you don't mind I'd rather not say"."""
    at = next((n for n in range(len(before) - 1, -1, -1) if before[n] in words_of("refusals.supposing")), None)
    if at is None:
        return False
    own = [n for n in range(at + 1, len(before)) if before[n] in words_of("statements.subjects")]
    subject = len(before) if phrase[0] in words_of("refusals.speaker") else max(own, default=at)
    return subject - at <= SUBJECT


def _tells_degree(reading: Reading, match: Match) -> bool:
    """Return whether words that seem to refuse only tell how strong a feeling or a merit is: "I can't tell you how tired we were"."""
    words = reading.norms
    places = (n for n in range(match.first, min(match.last + 1, len(words) - 1)) if words[n] == "how")
    return any(words[n + 1] in words_of("refusals.felt") for n in places)


def _only_denies(reading: Reading, match: Match) -> bool:
    """Return whether words that seem to refuse deny a statement: "I won't say that it didn't help", "I'm not going to say it's magic"."""
    words, telling = reading.norms, words_of("refusals.telling")
    at = next((n + 1 for n in range(match.last - 1, match.first, -1) if words[n] in telling), match.last)
    if reading.clause_end(at, len(words)) < at + 2 or is_parted(reading, at):
        return False
    first, second = words[at : at + 2]
    if first == "that":
        goes_on = reading.clause_end(at, len(words)) > at + 2
        return goes_on and second.split("'")[0] in words_of("statements.subjects") | words_of("statements.determiners")
    subject, _, verb = first.partition("'")
    return subject in words_of("statements.subjects") and (bool(verb) or denies(second) or second in words_of("statements.finite"))
