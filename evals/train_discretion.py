"""Train the scorers of requests for discretion and of promises: `python evals/train_discretion.py [FOLDER ...] [--write]`.

Learns from the sentences of `evals/discretion.yaml` and from the build split and the training interviews, with those in FOLDER beside
them: the turns that neither ask for anything nor are barred, and the replies that follow those that do. Prints figures for calls whose
author is left out of the fit; `--write` puts the weights of a fit on everything into `copilot/data/discretion.json`, with the
thresholds that the figures for left-out calls give. Deterministic. Needs scikit-learn.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from corpus import build, writer_of
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from copilot.background import Background
from copilot.detectors.discretion import REPLY, UNLIKELY, discretion_evidence, pieces, promise_evidence
from copilot.guide import Guide
from copilot.reading import Reading, read
from copilot.text import sentences, tokenize
from copilot.turns import Turn

HERE = Path(__file__).parent
WEIGHTS = HERE.parent / "copilot" / "data" / "discretion.json"
STRENGTH = 0.3
COMMON = 3  # requests that hold a word, from which the word itself counts
LEAST = 0.04  # weights below it are left out
SHARES = {"surely": 0.005, "alone": 0.01, "together": 0.03, "faintly": 0.1, "granted": 0.03, "promised": 0.01}
"""Of the turns that ask for nothing, the share that may pass each threshold."""
Facts = dict[str, float]


@dataclass(frozen=True, slots=True)
class Said:
    """A customer's turn of a labelled call: the facts of its pieces and of the reply to it, and whether it asks (None: it is barred)."""

    call: str
    turn: int
    asks: bool | None
    facts: Sequence[Facts]
    reply: Facts | None

    @property
    def author(self) -> str:
        """Who wrote the call."""
        return writer_of(Path(self.call))


def facts_of(text: str, whole: bool = False) -> list[Facts]:
    """Return the facts of each piece of a text, or of its sentences as wholes."""
    tokens = tokenize(text)
    rows = [list(pieces(text, tokens, s)) for s in sentences(text, tokens)]
    return [discretion_evidence(piece) for row in rows for piece in (row[:1] if whole else row)]


def turns_of(folder: Path, heard: Collection[str]) -> Iterator[Said]:
    """Yield the customers' turns of an interview; `heard` are the sentences of it that ask for discretion."""
    gold = yaml.safe_load((folder / "gold.yaml").read_text("utf-8"))["off_record"]
    barred = {t for row in gold for t in (row["turn"], *row["covers"])}
    lines = [json.loads(line) for line in (folder / "turns.jsonl").read_text("utf-8").splitlines()]
    for n, turn in enumerate(lines):
        if turn["role"] == "customer":
            asks = any(sentence in turn["text"] for sentence in heard)
            reply = next((t for t in lines[n + 1 : n + 3] if t["role"] != "customer"), None)
            unclear = turn["turn"] in barred and not asks
            facts = reply and reply_facts(reply["text"], turn["text"])
            yield Said(folder.name, turn["turn"], None if unclear else asks, facts_of(turn["text"]), facts)


def reply_facts(text: str, to: str = "") -> Facts:
    """Return the facts about an interviewer's reply to some words."""
    return promise_evidence(_read(text), _read(to))


def _read(text: str) -> Reading:
    return read(Turn(turn=1, speaker="Interviewer", role="interviewer", text=text), (), Background(), Guide.default())


def fit(asking: Sequence[Facts], not_asking: Sequence[Facts]) -> tuple[DictVectorizer, LogisticRegression]:
    """Fit a scorer; a word is a fact where several of those who ask use it."""
    common = Counter(name for facts in asking for name in facts if name.startswith("w:"))
    rows = [{n: v for n, v in f.items() if not n.startswith("w:") or common[n] >= COMMON} for f in (*asking, *not_asking)]
    names = DictVectorizer()
    table = names.fit_transform(rows)
    table.indices, table.indptr = table.indices.astype("int32"), table.indptr.astype("int32")
    labels = np.array([1] * len(asking) + [0] * len(not_asking))
    return names, LogisticRegression(C=STRENGTH, solver="liblinear", random_state=0).fit(table, labels)


@dataclass(frozen=True, slots=True)
class Lessons:
    """What there is to learn from: hand-written requests, other talk and promises, requests heard on calls, and the calls' turns."""

    keep: list[Facts]
    use: list[Facts]
    promise: list[Facts]
    heard: dict[str, list[Facts]]
    turns: list[Said]

    def fits(self, without: str = "") -> tuple[tuple[DictVectorizer, LogisticRegression], tuple[DictVectorizer, LogisticRegression]]:
        """Return the scorers of requests and of promises, fitted without the calls of one author."""
        known = [t for t in self.turns if t.author != without]
        asking = self.keep + [f for call, rows in self.heard.items() if writer_of(Path(call)) != without for f in rows]
        talk = self.use + [f for t in known if t.asks is False for f in t.facts]
        granted = self.promise + [t.reply for t in known if t.asks and t.reply]
        other = [t.reply for t in known if t.asks is False and t.reply]
        return fit(asking, talk), fit(granted, other)


def lessons(folders: Sequence[Path]) -> Lessons:
    """Read what there is to learn from."""
    authored = yaml.safe_load((HERE / "discretion.yaml").read_text("utf-8"))
    heard: dict[str, list[str]] = authored["heard"]
    return Lessons(
        keep=[f for text in authored["keep"] for f in facts_of(text, whole=True)],
        use=[f for text in authored["use"] for f in facts_of(text)],
        promise=[reply_facts(text) for text in authored["promise"]],
        heard={call: [f for text in texts for f in facts_of(text, whole=True)] for call, texts in heard.items()},
        turns=[said for folder in folders for said in turns_of(folder, heard.get(folder.name, ()))],
    )


def score(scorer: tuple[DictVectorizer, LogisticRegression], rows: Sequence[Facts]) -> float:
    """Return the log-odds of the likeliest of some rows."""
    names, model = scorer
    return float(max((UNLIKELY, *model.decision_function(names.transform(rows))))) if rows else UNLIKELY


def left_out(known: Lessons) -> list[tuple[Said, float, float, float]]:
    """Return each turn with the scores of its words, of both together, and of the reply to it, from a fit without its author."""
    out = []
    for author in sorted({t.author for t in known.turns}):
        asks, promises = known.fits(without=author)
        for said in (t for t in known.turns if t.author == author and t.asks is not None):
            asked = score(asks, said.facts)
            promised = score(promises, [said.reply] if said.reply else [])
            out.append((said, asked, asked + REPLY * promised, promised))
    return out


def weights(scorer: tuple[DictVectorizer, LogisticRegression]) -> dict[str, Any]:
    """Return the bias and the weights of a scorer, small ones left out."""
    names, model = scorer
    table = {n: round(float(w), 2) for n, w in zip(names.feature_names_, model.coef_[0], strict=True)}
    return {"bias": round(float(model.intercept_[0]), 3), "weights": {n: w for n, w in sorted(table.items()) if abs(w) >= LEAST}}


def main() -> None:
    """Fit, print the figures, and write the weights where asked to."""
    known = lessons([*build(), *(Path(a) for a in sys.argv[1:] if not a.startswith("--"))])
    rows = left_out(known)
    asking, talk = [r for r in rows if r[0].asks], [r for r in rows if not r[0].asks]
    print(f"{len(known.keep)} ways to ask, {len(asking)} turns that ask, {len(talk)} that do not; their author left out:")
    thresholds = {}
    for name, share in SHARES.items():
        column = {"together": 2, "granted": 3, "promised": 3}.get(name, 1)
        thresholds[name] = round(float(np.quantile([r[column] for r in talk], 1 - share)), 3)
        found = np.mean([r[column] >= thresholds[name] for r in asking])
        print(f"{name} {thresholds[name]:.3f}: {found:.3f} of those that ask, {share} of those that do not")
    if "--write" in sys.argv:
        asks, promises = known.fits()
        text = json.dumps({**thresholds, "asks": weights(asks), "promises": weights(promises)}, indent=0, ensure_ascii=False)
        WEIGHTS.write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
