"""Fit logistic scorers of facts, judge them on writers left out of the fit, and write their weights."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

__all__ = ["DATA", "Facts", "as_weights", "fit", "frequent", "left_out", "origin", "usual", "without", "write"]

DATA = Path(__file__).parent.parent / "copilot" / "data"

Facts = Mapping[str, float]


def usual(rows: Iterable[tuple[object, Iterable[str]]], least: int) -> set[str]:
    """Return the facts that hold in `least` interviews, given each row's interview and facts; the rest would be learnt by heart."""
    seen: defaultdict[str, set[object]] = defaultdict(set)
    for interview, facts in rows:
        for name in facts:
            seen[name].add(interview)
    return {name for name, where in seen.items() if len(where) >= least}


def frequent(facts: Sequence[Facts], groups: Iterable[object], least: int) -> list[Facts]:
    """Return the facts of rows without those that hold in fewer than `least` groups, such as interviews."""
    known = usual(zip(groups, facts, strict=True), least)
    return [{name: value for name, value in row.items() if name in known} for row in facts]


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


def origin(script: str) -> str:
    """Return where weights come from, as their file's `note` says it; `script` is the path of what writes them."""
    return f"Weights that evals/{Path(script).name} fitted on texts labelled for this project; see evals/README.md."


def write(name: str, weights: Mapping[str, Any], script: str) -> None:
    """Write `copilot/data/<name>.json`, one fact a line."""
    text = re.sub(r'(?<=[\]\d}]), (?=")', ",\n", json.dumps(weights, ensure_ascii=False))
    (DATA / f"{name}.json").write_text(f'{{"note": {json.dumps(origin(script))},\n{text[1:]}\n', "utf-8")
