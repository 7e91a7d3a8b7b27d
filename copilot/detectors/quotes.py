"""Quotes: what a customer put so well that a writer would print it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ..findings import Quote
from ..lexicon import words_of
from ..quantities import find_quantities
from ..reading import Reading
from ..scoring import logistic
from ..text import Sentence, norms
from ..turns import Span
from .commitments import find_commitments
from .quote_facts import HOLE, LONGEST, SHORTEST, Echo, pieces, quote_facts

__all__ = ["best_quotes", "candidates", "core_of", "find_quotes", "is_broken_off"]

MOST = 10  # quotes of a call, at most
A_TURN = 2  # quotes of a turn, at most
JOINED = 4  # sentences of a quote, at most
FEWEST = 0.02  # least chance of a candidate
BRIEF = 4  # words that are added to the length of a run of sentences, so that a short one is not the best for its shortness
AROUND = 1  # words beside the number in a sentence that says nothing else
LEANING = 0.8  # what a run is worth that begins or ends with a sentence that leans on the next one to it


def find_quotes(reading: Reading) -> tuple[Quote, ...]:
    """Return the possible quotes, each with the chance that a writer would use it, from 0 to 1.

    A customer's turn gives its own sentences. The turn after it gives them again, rescored by its echoes and reactions.
    """
    last = reading.last
    if reading.is_customer:
        return tuple(candidates(reading, *_rated(reading, None), least=FEWEST))
    if last is None or not last.is_customer or not Echo.of(reading).is_heard(last):
        return ()
    return tuple(candidates(last, *_rated(replace(last, before=reading.before[:-1]), reading)))


def best_quotes(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    """Return the ten best quotes, best first: no two that overlap, at most two of a turn.

    If words were quoted more than once, the last of these in `quotes` counts.
    """
    latest = {(q.turn, q.start, q.end): q for q in quotes}
    kept: list[Quote] = []
    for quote in sorted(latest.values(), key=lambda q: (-q.score, q.turn, q.start)):
        same = [k for k in kept if k.turn == quote.turn]
        if len(same) >= A_TURN or any(k.overlaps(quote) for k in same):
            continue
        kept.append(quote)
        if len(kept) == MOST:
            break
    return tuple(kept)


def is_broken_off(text: str) -> bool:
    """Return whether words end in the middle of a clause: "from hating it to, well."."""
    words = norms(text)
    kept = list(words)
    while kept and kept[-1] in words_of("quotes.lists.trailing"):
        kept.pop()
    last = kept[-1] if kept else ""
    return last in words_of("quotes.lists.broken") or (len(kept) < len(words) and last in words_of("quotes.lists.stranded"))


def core_of(reading: Reading, quote: Span, reply: Reading | None = None) -> tuple[int, int]:
    """Return the place of the sentences of a quote that a writer would print, in a row: the most of what is quotable in the fewest words.

    A sentence that is hardly more than a number stays with the one before it, which says of what it is and may be put right by it. The
    whole quote if it does not consist of whole sentences.
    """
    found, chances = _rated(reading, reply)
    rows = [row for row in zip(found, chances, strict=True) if quote.start <= row[0].start and row[0].end <= quote.end]
    if not rows or (rows[0][0].start, rows[-1][0].end) != (quote.start, quote.end):
        return quote.start, quote.end
    bound = {n for n in range(1, len(rows)) if _is_bare_figure(_words(reading, rows[n][0]))}
    ends = [j for j in range(1, len(rows) + 1) if j == len(rows) or not (j in bound or is_broken_off(_words(reading, rows[j - 1][0])))]
    runs = (rows[i:j] for i in range(len(rows)) if i not in bound for j in reversed(ends) if i < j)
    best = max(runs, key=lambda run: _density(run) * LEANING ** (_leans_back(reading, run, rows) + _leans_on(reading, run, rows)))
    return best[0][0].start, best[-1][0].end


def _is_bare_figure(text: str) -> bool:
    """Return whether a sentence is hardly more than a number or a time: "Twelve percent." "In 2022." "No, eight."."""
    inside = find_quantities(text)
    return bool(inside) and len(norms(text)) - sum(len(norms(q.text)) for q in inside) <= AROUND


def _words(reading: Reading, piece: Sentence) -> str:
    return reading.turn.text[piece.start : piece.end]


def _density(run: Sequence[tuple[Sentence, float]]) -> float:
    """Return the share of the words of a run that a writer is expected to quote."""
    words = [piece.last - piece.first for piece, _ in run]
    return sum(count * chance for count, (_, chance) in zip(words, run, strict=True)) / (sum(words) + BRIEF)


def _leans_back(reading: Reading, run: Sequence[tuple[Sentence, float]], rows: Sequence[tuple[Sentence, float]]) -> bool:
    """Return whether a run of rows begins with a word that points to the row before it."""
    return run[0] is not rows[0] and reading.norms[run[0][0].first] in words_of("quotes.lists.leaning")


def _leans_on(reading: Reading, run: Sequence[tuple[Sentence, float]], rows: Sequence[tuple[Sentence, float]]) -> bool:
    """Return whether a run of rows ends with a question, which the row after it answers."""
    return run[-1] is not rows[-1] and reading.turn.text.endswith("?", 0, run[-1][0].end)


def _rated(reading: Reading, reply: Reading | None) -> tuple[Sequence[Sentence], list[float]]:
    """Return the pieces of a turn, each with the chance that it is quoted."""
    if reading.words < SHORTEST:
        return [], []
    scorer = logistic("quotes.quote")
    return pieces(reading), [scorer.judge(facts) for facts in quote_facts(reading, reply)]


def candidates(reading: Reading, found: Sequence[Sentence], chances: Sequence[float], least: float = 0.0) -> Iterator[Quote]:
    """Yield a quote for each piece, and for neighbouring pieces that are short enough together.

    None holds a promise to the interviewer or ends in the middle of a clause. The chance of joined pieces is the chance that any of them
    is quoted.
    """
    promised = [reading.turn.text.find(promise.what) for promise in find_commitments(reading)]
    told = [not any(piece.start <= at < piece.end for at in promised) for piece in found]
    holed = HOLE.search(reading.turn.text) is not None
    for i, a in enumerate(found):
        missed = 1.0
        for n, (b, chance) in enumerate(zip(found[i : i + JOINED], chances[i : i + JOINED], strict=False)):
            if not told[i + n] or (
                b is not a and (b.last - a.first > LONGEST or (holed and HOLE.search(reading.turn.text, a.start, b.end)))
            ):
                break
            missed *= 1 - chance
            if b.last - a.first >= SHORTEST and 1 - missed >= least and not is_broken_off(_words(reading, b)):
                yield _quote(reading, a.start, b.end, 1 - missed)


def _quote(reading: Reading, start: int, end: int, score: float) -> Quote:
    text = reading.turn.text[start:end]
    return Quote(turn=reading.turn.turn, start=start, end=end, text=text, score=round(min(score, 1.0), 3))
