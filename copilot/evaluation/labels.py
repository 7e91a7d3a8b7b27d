"""Draft the labels of a new interview from the copilot's findings, for a person to correct."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from ..background import Background
from ..errors import SuiteError
from ..findings import Findings
from ..guide import Guide
from .gold import BACKGROUND, GUIDE, LABELS, TURNS, GoldGap, GoldMetric

__all__ = ["write_draft"]

HEADER = """\
# Draft labels, made by a program from its own findings: they flatter it until a person has corrected them.
# Read the whole call first. Then, for each list: take out what is wrong, add what is missing, above all gaps; give each gap its
# probe in your own words. A turn with nothing missing has no gap, which is as important as the gaps.
# `copilot eval` checks that every label stands word for word in its turn, and `--gate` fails as long as `draft: true` stands here:
# take it out when you are done.
"""


def _labels_of(findings: Findings) -> dict[str, Any]:
    """Return findings in the shape of `gold.yaml`."""
    data = findings.model_dump(mode="json")
    span = {"turn", "text"}
    return {
        "draft": True,
        "sections": data["sections"],
        "topics": data["topics"],
        "metrics": [_only(row, set(GoldMetric.model_fields)) for row in data["metrics"]],
        "gaps": [_only(row, set(GoldGap.model_fields)) for row in data["gaps"]],
        "quotes": [_only(row, span) for row in data["quotes"]],
        "off_record": [_only(row, {*span, "covers"}) for row in data["off_record"]],
        "consent": data["consent"],
        "commitments": data["commitments"],
        "verify": [_only(row, span) for row in data["verify"]],
        "contradictions": data["contradictions"],
    }


def _only(row: dict[str, Any], keys: set[str]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key in keys}


def write_draft(findings: Findings, background: Background, folder: Path, guide: Guide | None = None) -> None:
    """Write an interview's folder with its turns, its background, its guide if it has one of its own, and draft labels.

    Raises SuiteError rather than write over labels.
    """
    if (folder / LABELS).exists():
        raise SuiteError(f"{folder / LABELS}: is there already, and may hold a person's work", hint="name another folder with --out")
    if folder.is_file():
        raise SuiteError(f"{folder}: is a file", hint="name a folder for the interview with --out")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        rows = (turn.model_dump_json(exclude={"inherited"}) for turn in findings.turns)
        (folder / TURNS).write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
        known = background.model_dump(mode="json", exclude_defaults=True)
        (folder / BACKGROUND).write_text(_yaml(known), encoding="utf-8")
        if guide is not None and guide != Guide.default():
            (folder / GUIDE).write_text(_yaml(guide.model_dump(mode="json", exclude_defaults=True)), encoding="utf-8")
        (folder / LABELS).write_text(HEADER + _yaml(_labels_of(findings)), encoding="utf-8")
    except OSError as problem:
        raise SuiteError(f"{folder}: cannot be written ({problem.strerror or problem})") from None


def _yaml(data: object) -> str:
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=130)
