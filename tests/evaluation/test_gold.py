from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from copilot.errors import SuiteError
from copilot.evaluation import Interview

from .small import GOLD, SMALL, TURNS


def faults(**lists: object) -> str:
    data = GOLD.model_dump() | lists
    return "\n".join(replace(SMALL, gold=type(GOLD).model_validate(data)).faults())


def folder(path: Path, gold: object = None) -> Path:
    (path / "turns.jsonl").write_text("".join(turn.model_dump_json() + "\n" for turn in TURNS), encoding="utf-8")
    (path / "gold.yaml").write_text(yaml.safe_dump(GOLD.model_dump(mode="json") if gold is None else gold), encoding="utf-8")
    return path


def test_a_folder_is_read_as_it_was_written(tmp_path: Path):
    interview = Interview.load(folder(tmp_path))
    assert (interview.turns, interview.gold) == (TURNS, GOLD)


def test_a_guide_in_the_folder_takes_the_place_of_the_default(tmp_path: Path):
    topic = {"id": "one", "title": "One", "question": "What is it?"}
    guide = {"name": "short", "sections": [{"id": "all", "title": "All", "topics": [topic]}]}
    (folder(tmp_path) / "guide.yaml").write_text(yaml.safe_dump(guide), encoding="utf-8")
    with pytest.raises(SuiteError, match=r"topics: missing all\.one"):
        Interview.load(tmp_path)


@pytest.mark.parametrize(
    ("lists", "fault"),
    [
        ({"quotes": [{"turn": 4, "text": "the hotel went"}]}, "quotes: not verbatim in turn 4: 'the hotel went'"),
        ({"quotes": [{"turn": 3, "text": "What made you"}]}, "quotes: turn 3 is not the customer's"),
        ({"sections": []}, "sections: no row for turns 2, 4, 6, 8"),
        ({"topics": {}}, "topics: missing background.business"),
        ({"topics": {**GOLD.model_dump()["topics"], "results.joy": {"state": "open"}}}, "topics: not in the guide: results.joy"),
        ({"consent": {"asked": 1, "granted": 99}}, "consent: there is no turn 99"),
        ({"gaps": [{**GOLD.gaps[0].model_dump(), "closed_by": 2}]}, "closed_by 2 of turn 4 is not a later turn"),
        ({"gaps": [{**GOLD.gaps[0].model_dump(), "closed_by": None}]}, "turn 4 is answered, but closed_by names no turn"),
        ({"gaps": [GOLD.gaps[0].model_dump()] * 4}, "turn 4 has 4; at most 3"),
    ],
)
def test_a_label_that_does_not_fit_is_named(lists: dict[str, object], fault: str):
    assert fault in faults(**lists)


def test_good_labels_have_no_fault():
    assert faults() == ""


def test_an_unknown_key_is_answered_with_the_nearest_known_one(tmp_path: Path):
    with pytest.raises(SuiteError, match=r"gold.yaml: unknown key 'quote'; did you mean 'quotes'"):
        Interview.load(folder(tmp_path, {**GOLD.model_dump(mode="json"), "quote": []}))


def test_a_turn_that_is_no_turn_is_named_by_its_line(tmp_path: Path):
    path = folder(tmp_path) / "turns.jsonl"
    path.write_text(TURNS[0].model_dump_json() + '\n{"turn": 2}\n', encoding="utf-8")
    with pytest.raises(SuiteError, match=r"turns.jsonl: line 2: speaker"):
        Interview.load(tmp_path)
