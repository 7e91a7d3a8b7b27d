"""The labelled interviews that weights are made from and measured on, who wrote them, and what the scripts that train share."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from copilot.background import Background
from copilot.guide import Guide
from copilot.reading import Reading, read
from copilot.turns import Turn

__all__ = [
    "Facts",
    "as_weights",
    "build",
    "fit",
    "labels",
    "left_out",
    "overlap",
    "read_call",
    "readings",
    "test",
    "usual",
    "without",
    "write",
    "writer_of",
]

HERE = Path(__file__).parent
DATA = HERE.parent / "copilot" / "data"
FIRST_WRITER = frozenset("abcd")
"""The interviews whose names begin with these are of one writer; of the others, the letters before the digit name the writer."""

Facts = Mapping[str, float]


# The interviews


def build(turns: int = 0) -> list[Path]:
    """Return the folders to make weights from: the build split of `split.yaml`, and all of `training/`, if they have `turns` or more."""
    folders = [*_split("build"), *sorted(p for p in (HERE / "training").iterdir() if p.is_dir())]
    return [f for f in folders if len((f / "turns.jsonl").read_text("utf-8").splitlines()) >= turns]


def test() -> list[Path]:
    """Return the folders that only measure."""
    return _split("test")


def _split(name: str) -> list[Path]:
    names = yaml.safe_load((HERE / "split.yaml").read_text("utf-8"))[name]
    return [HERE / "interviews" / n for n in names]


def writer_of(folder: Path) -> str:
    """Return who wrote an interview, by the letters that its name begins with."""
    letters = re.match(r"[a-z]+", folder.name)
    writer = letters.group() if letters else folder.name
    return "a" if writer in FIRST_WRITER else writer


def readings(folder: Path) -> list[Reading]:
    """Return the turns of an interview, each read after those before it."""
    turns = [Turn.model_validate_json(line) for line in (folder / "turns.jsonl").read_text("utf-8").splitlines()]
    return read_call(turns, Background.load(folder / "background.yaml"))


def read_call(turns: Iterable[Turn], background: Background) -> list[Reading]:
    """Return turns in order, each read after those before it."""
    out: list[Reading] = []
    for turn in turns:
        out.append(read(turn, out, background, Guide.default()))
    return out


def labels(folder: Path) -> dict[str, Any]:
    """Return the labels of an interview."""
    return dict(yaml.load((folder / "gold.yaml").read_text("utf-8"), yaml.CSafeLoader))


def overlap(a: tuple[int, int], b: tuple[int, int]) -> float:
    """Return the overlap of two spans as a share of the shorter one."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0])) / max(1, min(a[1] - a[0], b[1] - b[0]))


# Logistic scorers of facts


def usual(rows: Iterable[tuple[object, Iterable[str]]], least: int) -> set[str]:
    """Return the facts that hold in `least` interviews, given each row's interview and facts; the rest would be learnt by heart."""
    seen: defaultdict[str, set[object]] = defaultdict(set)
    for interview, facts in rows:
        for name in facts:
            seen[name].add(interview)
    return {name for name, where in seen.items() if len(where) >= least}


def fit(
    facts: Sequence[Facts], label: Sequence[Any] | np.ndarray, weight: Sequence[float] | None = None, **options: Any
) -> tuple[DictVectorizer, LogisticRegression]:
    """Return the names of the facts, and a logistic regression with scikit-learn's `options` that is fitted on them.

    `weight` is how much each row counts.
    """
    names = DictVectorizer()
    table = names.fit_transform(facts)
    if options.get("solver") == "liblinear":  # which takes no wider indices
        table.indices, table.indptr = table.indices.astype("int32"), table.indptr.astype("int32")
    return names, LogisticRegression(**options).fit(table, label, sample_weight=weight)


def without(groups: Iterable[object]) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield for each group, such as a writer, the places of the rows of the others, and those of its own."""
    of = np.array(list(groups))
    for one in sorted(set(of.tolist())):
        yield np.flatnonzero(of != one), np.flatnonzero(of == one)


def left_out(facts: Sequence[Facts], label: np.ndarray, groups: Iterable[object], **options: Any) -> np.ndarray:
    """Return for each row the chance that it has the label, by a fit that has not seen its group."""
    chance = np.zeros(len(label))
    for rest, mine in without(groups):
        names, model = fit([facts[n] for n in rest], label[rest], **options)
        chance[mine] = model.predict_proba(names.transform([facts[n] for n in mine]))[:, 1]
    return chance


def as_weights(
    names: DictVectorizer, model: LogisticRegression, least: float, digits: int = 2, trust: Callable[[str], float] = lambda name: 1.0
) -> dict[str, Any]:
    """Return a fit as it is written to a file, without weights below `least`; `trust` is how much each fact was scaled by before it."""
    scaled = ((str(n), float(w) * trust(n)) for n, w in zip(names.feature_names_, model.coef_[0], strict=True))
    return {"bias": round(float(model.intercept_[0]), 3), "weights": {n: round(w, digits) for n, w in sorted(scaled) if abs(w) >= least}}


def write(name: str, weights: Mapping[str, Any]) -> None:
    """Write `copilot/data/<name>.json`, one fact a line."""
    text = re.sub(r'(?<=[\]\d}]), (?=")', ",\n", json.dumps(weights, ensure_ascii=False))
    (DATA / f"{name}.json").write_text(text + "\n", "utf-8")
