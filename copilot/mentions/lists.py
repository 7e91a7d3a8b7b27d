"""Numbers that one sentence shares out, each with the same small word: "forty percent on price, thirty on service, thirty on speed"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..lexicon import words_of
from ..reading import Reading, once_for_all
from .mention import Mention
from .placing import placed

__all__ = ["are_shared_out", "shared_out"]

VERB_WORDS = 2  # most words between the first number and its small word: "sixty percent come in from the web"
MANY = 3  # numbers that are shared out whatever they come to
ALL = 100  # what two shares come to


@once_for_all
def shared_out(reading: Reading) -> Mapping[int, tuple[int, int]]:
    """Return the numbers of a turn that are shared out, by their start: which list each is of, and the token of its small word."""
    found = (run for run in _runs(reading) if _is_list([m for m, _ in run]))
    return {m.quantity.start: (run[0][1], at) for run in found for m, at in run}


def are_shared_out(reading: Reading, a: Mention, b: Mention) -> bool:
    """Return whether two numbers are of one list."""
    shared = shared_out(reading)
    one, other = shared.get(a.quantity.start), shared.get(b.quantity.start)
    return one is not None and other is not None and one[0] == other[0]


def _runs(reading: Reading) -> Iterator[Sequence[tuple[Mention, int]]]:
    """Yield numbers of one sentence that follow each other, all but the first bare, each with the token of its small word."""
    run: list[tuple[Mention, int]] = []
    for mention in placed(reading):
        at = _led(reading, mention)
        if run and at == mention.after and _goes_on(reading, run[-1], mention):
            run.append((mention, at))
            continue
        yield run
        run = [] if at is None else [(mention, at)]
    yield run


def _led(reading: Reading, mention: Mention) -> int | None:
    """Return the token of the small word soon after a number that says what it is shared out to, None if there is none."""
    near = range(mention.after, min(mention.after + VERB_WORDS + 1, mention.last))
    return next((n for n in near if reading.norms[n] in words_of("mentions.sharing")), None)


def _goes_on(reading: Reading, last: tuple[Mention, int], mention: Mention) -> bool:
    """Return whether a bare number goes on with a list, of which another is the last number yet."""
    same = reading.norms[last[1]] == reading.norms[mention.after]
    return same and mention.quantity.unit is None and mention.sentence == last[0].sentence


def _is_list(mentions: Sequence[Mention]) -> bool:
    """Return whether numbers share something out: many do, or all of it in percent, and none tells a time: "on the old system"."""
    quantities = [m.quantity for m in mentions]
    of_all = quantities and quantities[0].unit == "percent" and sum(q.high for q in quantities) == ALL
    return bool(len(quantities) >= MANY or of_all) and not any(m.strong for m in mentions)
