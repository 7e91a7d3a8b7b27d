"""Signs: turns of phrase that show what a statement lacks; one alone is worth a question."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from functools import cache

from ...lexicon import load_data
from ...reading import Reading

__all__ = ["find_signs", "sign_facts"]

_NUMBER = (
    r"(?:\d[\d,.]*|(?:an? |one |two |three |four |five |six |seven |eight |nine |ten |twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
    r"|couple|few|half|third|quarter|hundred|thousand|million|dozen)[\w-]*)"
)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """Return the pattern of each sign."""
    rows = {name: "|".join(str(lines).split("\n")).strip("|") for name, lines in load_data("signs").items()}
    return {name: re.compile(rf"\b(?:{row.replace('{number}', _NUMBER)})\b") for name, row in rows.items()}


def find_signs(reading: Reading) -> list[set[str]]:
    """Return the names of the signs in each sentence of a turn; a sign belongs to the sentence that it begins in."""
    found: list[set[str]] = [set() for _ in reading.sentences]
    if not found:
        return found
    text = reading.turn.text.lower().replace("’", "'")
    # A passage has blanks in place of the rest of its turn.
    first, last = reading.sentences[0].start, reading.sentences[-1].end
    places = {sentence: i for i, sentence in enumerate(reading.sentences)}
    for name, pattern in _patterns().items():
        for match in pattern.finditer(text, first, last):
            at = reading.sentence_at(match.start())
            if at is not None:
                found[places[at]].add(name)
    return found


def sign_facts(signs: AbstractSet[str], number: bool, reason: bool) -> dict[str, float]:
    """Return the facts about a sentence with these signs: each sign, with or without a number, and without a reason."""
    facts = {f"sign {name}": 1.0 for name in signs}
    facts.update((f"sign {name}, {'with' if number else 'without'} number", 1.0) for name in signs)
    if not reason:
        facts.update((f"sign {name}, without reason", 1.0) for name in signs)
    return facts
