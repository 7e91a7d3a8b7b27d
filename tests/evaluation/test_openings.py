from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from copilot import Background, Session, Turn

OPENINGS = Path(__file__).parents[2] / "evals" / "openings"


def openings(path: Path) -> list[Any]:
    return list(yaml.load(path.read_text("utf-8"), yaml.CSafeLoader))


def team(opening: Any) -> list[str]:
    return [opening["interviewer"], *opening.get("colleagues", ())]


def consent(opening: Any) -> tuple[int | None, int | None]:
    roles = {**dict.fromkeys(opening["customers"], "customer"), opening["interviewer"]: "interviewer"}
    people = [{"name": name, "role": role} for name, role in roles.items()]
    session = Session(background=Background.model_validate({"participants": people}))
    for number, said in enumerate(opening["turns"], 1):
        role = roles.get(said["speaker"], "colleague")
        session.hear(Turn.model_validate({"turn": number, "role": role, **said}))
    found = session.findings.consent
    return found.asked, found.granted


@pytest.mark.parametrize(
    ("name", "count", "share"), [("worked", 110, 0.8), ("refused", 80, 0.72), ("held", 70, 0.78), ("natural", 58, 0.72), ("cold", 80, 0.6)]
)
def test_leave_to_record_is_heard_in_the_openings_of_calls(name: str, count: int, share: float) -> None:
    rows = openings(OPENINGS / f"{name}.yaml")
    assert len(rows) == len({row["id"] for row in rows}) == count
    right = sum(consent(row) == (row["asked"], row["granted"]) for row in rows)
    assert right >= share * count


@pytest.mark.parametrize("path", sorted(OPENINGS.glob("*.yaml")), ids=lambda path: path.stem)
def test_an_opening_is_asked_by_the_vendors_side_and_granted_by_a_customer(path: Path) -> None:
    for row in openings(path):
        speakers = [said["speaker"] for said in row["turns"]]
        assert set(speakers) <= {*team(row), *row["customers"]}
        assert row["asked"] is None or speakers[row["asked"] - 1] in team(row)
        assert row["granted"] is None or speakers[row["granted"] - 1] in row["customers"]
