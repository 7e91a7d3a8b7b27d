"""Count how common each word is on a call: `python evals/count_words.py`; it writes copilot/data/spoken.json.

Reads the turns of all speakers in the build split and the training interviews. Kept are the stems that stand in one of a
hundred turns or more, which are everyday words, each with the number of turns of a thousand that hold it. Deterministic.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from corpus import build

from copilot.detectors.topic_weights import COMMON
from copilot.lexicon import DATA
from copilot.text import norms, stem


def stems(folder: Path) -> list[set[str]]:
    """Return the stems in each turn of an interview."""
    return [set(map(stem, norms(json.loads(line)["text"]))) for line in (folder / "turns.jsonl").read_text("utf-8").splitlines()]


def main() -> None:
    """Write the words that are common, the most common first."""
    turns = [said for folder in build() for said in stems(folder)]
    counted = Counter(word for said in turns for word in said)
    shares = {word: round(1000 * n / len(turns)) for word, n in sorted(counted.items(), key=lambda row: (-row[1], row[0]))}
    note = "Words that evals/count_words.py counted in interviews written for this project: of a thousand turns, how many hold each stem."
    rows = {"note": note, "turns": {word: share for word, share in shares.items() if share >= COMMON}}
    (DATA / "spoken.json").write_text(json.dumps(rows, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
