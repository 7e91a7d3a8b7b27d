"""Drafts: every statement is supported by the call, nothing barred is included, and nothing important is left out.

What is barred is searched for verbatim, and as numbers and names in any wording.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ...background import Background
from ...drafts import Checklist, Draft, Email, Outline
from ...grounding import Absent, ground, ungrounded_numbers
from ...lexicon import function_words, words_of
from ...mentions import currencies
from ...quantities import find_quantities
from ...text import count_words, norms, tokenize
from ...turns import Turn
from ..context import EvaluatorContext
from ..counting import Counts, ratio, total
from ..drafting import Saying, citations, sayings
from ..gold import Interview
from ..hearing import Hearing
from ..matching import SAME_QUANTITY, Place, overlap

__all__ = ["FIGURES", "count"]

MOST_WORDS = 350  # most words of an email
RUN = 4  # words in a row, unique to what is barred, that count as repeating it
FEW = 10  # smaller counts occur everywhere and give nothing away
_QUOTATION = re.compile("“([^”]+)”")
_PIECES = re.compile('[“”"]')


def count(context: EvaluatorContext) -> Counts:
    """Count quotations, numbers, leaks, gaps that are kept, labelled metrics in the outline, and the email's length and manner."""
    hearing, n = context.hearing, Counts()
    turns = hearing.interview.turns
    barred = frozenset(turn for row in hearing.findings.off_record for turn in row.covers)
    rows = [(document, tuple(sayings(document))) for document in hearing.documents]
    public = [t for t in turns if t.turn not in barred]
    for document, said in rows:
        _count_quotations(n, document, said, turns)
        _count_numbers(n, said, public, _names(hearing.interview.background))
    n["leaked"] += _leaks(rows, hearing.interview, barred)
    cited = {c.turn for document, _ in rows for c in citations(document) if _is_telling(c.text)}
    labelled = hearing.interview.barred & hearing.interview.customer
    n["barred.n"] += len(labelled)
    n["barred.told"] += len(labelled & cited)
    _count_gaps(n, hearing, barred)
    _count_metrics(n, hearing)
    _count_manner(n, hearing)
    return n


def _count_quotations(n: Counts, document: Draft, said: Sequence[Saying], turns: Sequence[Turn]) -> None:
    """Count citations that occur at their place, and quotations in texts that occur in some turn."""
    by_number, whole = {t.turn: t for t in turns}, "\n".join(t.text for t in turns)
    for cited in citations(document):
        turn = by_number.get(cited.turn)
        n["quotes.n"] += 1
        n["quotes.ok"] += turn is not None and turn.text[cited.start : cited.end] == cited.text and turn.speaker == cited.speaker
    for words in (w.strip("… ") for saying in said for w in _QUOTATION.findall(saying.text)):
        n["quotes.n"] += 1
        n["quotes.ok"] += words in whole or any(not isinstance(ground(words, t), Absent) for t in turns)


def _count_numbers(n: Counts, said: Iterable[Saying], turns: Sequence[Turn], names: Collection[str]) -> None:
    """Count the numbers in texts outside quotations, and those that no customer said in usable turns.

    Those that are shown as derived, or are part of the `names` in the background, do not count. `turns` are the usable turns.
    """
    whole = "\n".join(t.text for t in turns)
    for saying in said:
        open_ = _QUOTATION.sub(lambda m: "" if m[1].strip("… ") in whole else m[0], saying.text)
        text = _without(open_, (*saying.derived, *names))
        if re.search(r"\d", text) or _QUOTATION.search(text) or find_quantities(text):
            n["numbers.n"] += len(find_quantities(text))
            n["numbers.unsaid"] += sum(not q.is_rate for q in ungrounded_numbers(text, turns))


def _names(background: Background) -> tuple[str, ...]:
    """Return the names in a background, which a document may write as they are: "Offset Zero"."""
    people = (part for p in background.participants for part in (p.name, p.title))
    return tuple(name for name in (background.vendor, background.product, background.customer.company, *people) if name)


def _without(text: str, parts: Iterable[str]) -> str:
    """Return a text without some parts, such as what is shown as derived."""
    for part in sorted(parts, key=len, reverse=True):
        text = re.sub(rf"(?<![\w.,]){re.escape(part)}(?!\w|[.,]\d)", "", text)
    return text


# Leaks


@dataclass(frozen=True, slots=True)
class _Secret:
    """What occurs only in the barred turns of a call: word sequences, names, numbers with their units."""

    runs: frozenset[tuple[str, ...]]
    names: frozenset[str]
    numbers: frozenset[tuple[Decimal, str | None]]

    @classmethod
    def of(cls, interview: Interview, barred: Collection[int]) -> _Secret:
        hidden = [t.text for t in interview.turns if t.turn in barred and t.role == "customer"]
        open_ = [t.text for t in interview.turns if t.turn not in barred]
        known = [*open_, *_PIECES.split(interview.background.model_dump_json())]
        bare = _bare_numbers(known)
        return cls(
            runs=_runs(hidden) - _runs(known),
            names=_capitalised(hidden) - frozenset(norm for text in known for norm in norms(text)),
            numbers=frozenset(n for n in _numbers(hidden) - _numbers(known) if n[0] not in bare),
        )

    def told_by(self, text: str) -> bool:
        """Return whether a text gives any of it away."""
        pieces = _PIECES.split(text)
        rows = ((self.runs, _runs), (self.names, _capitalised), (self.numbers, _numbers))
        return any(secret and not secret.isdisjoint(of(pieces)) for secret, of in rows)


def _runs(texts: Iterable[str]) -> frozenset[tuple[str, ...]]:
    rows = (norms(text) for text in texts)
    return frozenset(tuple(row[i : i + RUN]) for row in rows for i in range(len(row) - RUN + 1))


def _capitalised(texts: Iterable[str]) -> frozenset[str]:
    """Return the words that are capitalised within a sentence."""
    found: set[str] = set()
    for text in texts:
        tokens = tokenize(text)
        found |= {t.norm for t, before in zip(tokens[1:], tokens, strict=False) if text[t.start].isupper() and text[before.end :][0] == " "}
    return frozenset(word for word in found if len(word) > 1 and word.split("'")[0] not in function_words())


def _numbers(texts: Iterable[str]) -> frozenset[tuple[Decimal, str | None]]:
    """Return the significant numbers with their units; counts below ten occur everywhere."""
    told = (q for text in texts for whole in find_quantities(text) for q in (whole, whole.baseline) if q is not None and q.unit)
    found = ((value, q.unit) for q in told for value in (q.low, q.high))
    return frozenset((value, unit) for value, unit in found if value >= FEW or unit in {"percent", *currencies()})


def _bare_numbers(texts: Iterable[str]) -> frozenset[Decimal]:
    """Return the numbers that are said without a unit, which may have any."""
    return frozenset(value for text in texts for q in find_quantities(text) if not q.unit for value in (q.low, q.high))


def _leaks(rows: Iterable[tuple[Draft, Sequence[Saying]]], interview: Interview, barred: frozenset[int]) -> int:
    """Return how many citations and texts of documents give away what is barred."""
    if not barred:
        return 0
    secret, leaks = _Secret.of(interview, barred), 0
    for document, said in rows:
        leaks += sum(c.turn in barred and _is_telling(c.text) for c in citations(document))
        leaks += sum(secret.told_by(_without(saying.text, saying.derived)) for saying in said)
    return leaks


def _is_telling(text: str) -> bool:
    """Return whether words of a barred turn say anything: "Yes, go ahead" about the recording does not."""
    return count_words(text) >= RUN


# What must be there


def _count_gaps(n: Counts, hearing: Hearing, barred: Collection[int]) -> None:
    """Count the open gaps that a story cannot do without, and those that the email or an internal list asks for.

    Nobody is asked about barred words, nor about those of a boundary.
    """
    asked = {gap for document in hearing.documents for gap in _gaps(document)}
    for gap in hearing.findings.gaps:
        kept_back = gap.turn in barred or any(row.overlaps(gap) for row in hearing.findings.off_record)
        if gap.severity == "must" and gap.outcome in {"open", "deferred"} and not kept_back:
            n["must.n"] += 1
            n["must.kept"] += gap.id in asked


def _gaps(document: Draft) -> Iterator[str | None]:
    if isinstance(document, Email):
        yield from (request.gap for request in document.requests)
    if isinstance(document, Outline):
        yield from (gap.gap for section in document.sections for gap in section.gaps)


def _count_metrics(n: Counts, hearing: Hearing) -> None:
    """Count the labelled metrics whose words are cited in the outline's figures."""
    texts = hearing.interview.texts
    cards = [c.said for d in hearing.documents if isinstance(d, Outline) for s in d.sections for c in s.metrics]
    for gold in hearing.interview.gold.metrics:
        start = texts[gold.turn].find(gold.text)
        near = [Place(c.start, c.end) for c in cards if c.turn == gold.turn]
        n["metrics.n"] += 1
        n["metrics.ok"] += any(overlap(Place(start, start + len(gold.text)), place) >= SAME_QUANTITY for place in near)


def _count_manner(n: Counts, hearing: Hearing) -> None:
    """Count the emails that are short enough, and internal terms in their own words."""
    known = set(norms(hearing.interview.background.model_dump_json()))
    internal = words_of("drafts.internal") - known
    for email in hearing.documents:
        if isinstance(email, Email):
            n["emails"] += 1
            n["emails.short"] += count_words(email.body) < MOST_WORDS
            n["words"] += count_words(email.body)
            own = _QUOTATION.sub("", email.body).lower()
            n["internal"] += sum(re.search(rf"\b{re.escape(word)}\b", own) is not None for word in internal)
        if isinstance(email, Checklist):
            n["items"] += len(email.items)


FIGURES = (
    ratio("quotes_verbatim", "quotes.ok", "quotes.n"),
    total("numbers_unsaid", "numbers.unsaid"),
    total("leaked_knowingly", "leaked"),
    ratio("barred_turns_told", "barred.told", "barred.n", "lower"),
    ratio("must_kept", "must.kept", "must.n"),
    ratio("metric_recall", "metrics.ok", "metrics.n"),
    ratio("short_emails", "emails.short", "emails"),
    ratio("words_an_email", "words", "emails", "neither"),
    total("internal_words", "internal"),
    ratio("items_a_checklist", "items", "emails", "neither"),
)
