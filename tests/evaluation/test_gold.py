from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from copilot.background import Background
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


def test_labels_of_another_guide_that_is_not_there_are_one_fault(tmp_path: Path):
    topics = {"use.friction": {"state": "covered", "turns": [2]}, "use.support": {"state": "open", "turns": []}}
    with pytest.raises(SuiteError) as caught:
        Interview.load(folder(tmp_path, {**GOLD.model_dump(mode="json"), "topics": topics}))
    (line,) = str(caught.value).splitlines()
    assert f"{tmp_path}: holds no guide.yaml, and most topics of its gold.yaml are not in the guide for case studies" in line


def test_turns_that_are_missing_are_told_without_a_number_of_the_system(tmp_path: Path):
    (folder(tmp_path) / "turns.jsonl").unlink()
    with pytest.raises(SuiteError, match=r"turns\.jsonl: cannot be read \(No such file or directory\)"):
        Interview.load(tmp_path)


@pytest.mark.parametrize(
    ("lists", "fault"),
    [
        ({"quotes": [{"turn": 4, "text": "the hotel went"}]}, "quotes: not verbatim in turn 4: 'the hotel went'"),
        ({"quotes": [{"turn": 3, "text": "What made you"}]}, "quotes: turn 3 is not the customer's"),
        ({"sections": []}, "sections: no row for turns 2, 4, 6, 8"),
        ({"topics": {}}, "topics: missing background.business"),
        ({"topics": {**GOLD.model_dump()["topics"], "results.joy": {"state": "open"}}}, "topics: not in the guide: results.joy"),
        ({"quotes": [{"turn": 99, "text": "the hotel left"}]}, "quotes: there is no turn 99"),
        ({"quotes": [{"turn": 4, "text": "The hotel left"}]}, "in turn 4: 'The hotel left'; it says 'the hotel left'"),
        ({"quotes": [{"turn": 4, "text": "mugs that a hotel was waiting for and"}]}, "; it says 'mugs that a hotel was waiting for, and'"),
        ({"quotes": [{"turn": 2, "text": "the hotel left"}]}, "not verbatim in turn 2: 'the hotel left'; it stands in turn 4"),
        ({"sections": [{"turn": 2, "sections": ["result"]}]}, "sections: 'result' of turn 2 is not in the guide; did you mean 'results'?"),
        ({"sections": [{"turn": 3, "sections": []}]}, "sections: turn 3 is not the customer's"),
        ({"topics": {"background.roles": {"state": "open"}}}, "not in the guide: background.roles; did you mean 'background.role'?"),
        ({"consent": {"asked": 1, "granted": 99}}, "consent: there is no turn 99"),
        ({"consent": {"asked": 1, "granted": 1}}, "consent: granted in turn 1, which is not the customer's"),
        ({"consent": {"asked": 2, "granted": 4}}, "consent: asked in turn 2, which is the customer's"),
        (
            {"commitments": [{"turn": 8, "who": "interviewer", "what": "send"}]},
            "interviewer promises in turn 8, which is the customer's",
        ),
        ({"commitments": [{"turn": 7, "who": "customer", "what": "send"}]}, "the customer promises in turn 7, which is not the customer's"),
        ({"metrics": [{**GOLD.metrics[0].model_dump(), "value": [5, 4]}]}, "a range has its lower end first, not [5, 4] (turn 2)"),
        ({"metrics": [{**GOLD.metrics[0].model_dump(), "unit": "weeks"}]}, "a unit is in the singular, 'week', not 'weeks' (turn 2)"),
        ({"metrics": [{**GOLD.metrics[0].model_dump(), "unit": "women"}]}, "a unit is in the singular, 'woman', not 'women' (turn 2)"),
        (
            {"metrics": [{**GOLD.metrics[0].model_dump(), "baseline": {"value": 3, "unit": "hours"}}]},
            "a unit is in the singular, 'hour', not 'hours' (turn 2)",
        ),
        (
            {"gaps": [{**GOLD.gaps[0].model_dump(), "topic": "challenges.costs"}]},
            "the topic 'challenges.costs' of turn 4 is not in the guide; did you mean 'challenges.cost'?",
        ),
        ({"gaps": [{**GOLD.gaps[0].model_dump(), "outcome": "open"}]}, "turn 4 is open, but closed_by names turn 8"),
        ({"gaps": [{**GOLD.gaps[0].model_dump(), "closed_by": 7}]}, "closed_by 7 of turn 4 is not a later turn of the customer"),
        ({"gaps": [{**GOLD.gaps[0].model_dump(), "closed_by": 2}]}, "closed_by 2 of turn 4 is not a later turn"),
        ({"gaps": [{**GOLD.gaps[0].model_dump(), "closed_by": None}]}, "turn 4 is answered, but closed_by names no turn"),
        ({"gaps": [GOLD.gaps[0].model_dump()] * 4}, "turn 4 has 4; at most 3"),
    ],
)
def test_a_label_that_does_not_fit_is_named(lists: dict[str, object], fault: str):
    assert fault in faults(**lists)


@pytest.mark.parametrize(
    "lists",
    [
        {},
        {"metrics": [{**GOLD.metrics[0].model_dump(), "value": [4, 5], "unit": "times"}]},
        {"metrics": [{**GOLD.metrics[0].model_dump(), "unit": "press pass"}]},
        {"metrics": [{**GOLD.metrics[0].model_dump(), "scope": "all kilns", "source": None, "confidence": 3}]},
        {"commitments": [{"turn": 7, "who": "colleague", "what": "send a draft"}]},
        {"consent": {"asked": 1, "granted": None}},
        {"gaps": [{**GOLD.gaps[0].model_dump(), "outcome": "deferred", "closed_by": None, "also": ["How much?"]}]},
    ],
)
def test_good_labels_have_no_fault(lists: dict[str, object]):
    assert faults(**lists) == ""


@pytest.mark.parametrize(("key", "meant"), [("perod", "period"), ("baselin", "baseline"), ("units", "unit")])
def test_a_known_key_of_a_metric_that_is_misspelt_is_none_of_ones_own(key: str, meant: str):
    with pytest.raises(ValueError, match=f"unknown key '{key}'; did you mean '{meant}'"):
        faults(metrics=[{**GOLD.metrics[0].model_dump(), key: None}])


def test_every_fault_is_told_on_a_line_of_its_own(tmp_path: Path):
    gold = GOLD.model_dump(mode="json")
    with pytest.raises(SuiteError) as raised:
        Interview.load(folder(tmp_path, {**gold, "consent": {"asked": 2, "granted": 1}, "sections": []}))
    assert raised.value.lines == tuple(
        f"{tmp_path / 'gold.yaml'}: {fault}"
        for fault in (
            "consent: asked in turn 2, which is the customer's",
            "consent: granted in turn 1, which is not the customer's",
            "sections: no row for turns 2, 4, 6, 8; every turn of the customer has one",
        )
    )


def test_every_value_of_the_wrong_shape_is_told_by_its_line(tmp_path: Path):
    text = """\
sections: []
topics: {}
metrics:
- {turn: 2, text: nine of them, kind: scale, measures: kilns, value: '4,5', unit: kiln}
- turn: 2
  text: nine of them
  kind: size
  measures: kilns
  value: [9]
  unit: kiln
gaps: []
quotes: []
off_record: []
consent: {asked: 1}
commitments: []
verify: []
"""
    (folder(tmp_path) / "gold.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(SuiteError) as raised:
        Interview.load(tmp_path)
    said = [line.removeprefix(f"{tmp_path / 'gold.yaml'}: ") for line in raised.value.lines]
    assert [line.partition(", not")[0] for line in said] == [
        "line 4: metrics.1.value: a number or a list is expected",
        "line 7: metrics.2.kind: one of 'result', 'pain', 'scale', 'timeline', 'cost' or 'plan' is expected",
        "line 9: metrics.2.value.2: is missing",
        "line 1: contradictions: is missing",
    ]


def test_a_digest_is_that_of_what_is_measured_against(tmp_path: Path):
    (tmp_path / "one").mkdir()
    path = folder(tmp_path / "one") / "gold.yaml"
    before = Interview.load(path.parent).digest
    path.write_text("# corrected\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert Interview.load(path.parent).digest == before
    assert replace(SMALL, turns=TURNS[:-1]).digest != SMALL.digest
    assert replace(SMALL, gold=GOLD.model_copy(update={"quotes": ()})).digest != SMALL.digest
    assert replace(SMALL, background=Background(vendor="Kilnwright")).digest != SMALL.digest
    assert replace(SMALL, guide=SMALL.guide.model_copy(update={"name": "own"})).digest != SMALL.digest


def test_an_unknown_key_is_answered_with_the_nearest_known_one(tmp_path: Path):
    with pytest.raises(SuiteError, match=r"gold.yaml: line \d+: unknown key 'quote'; did you mean 'quotes'"):
        Interview.load(folder(tmp_path, {**GOLD.model_dump(mode="json"), "quote": []}))


def test_a_turn_that_is_no_turn_is_named_by_its_line(tmp_path: Path):
    path = folder(tmp_path) / "turns.jsonl"
    path.write_text(TURNS[0].model_dump_json() + '\n{"turn": 2}\n', encoding="utf-8")
    with pytest.raises(SuiteError, match=r"turns.jsonl: line 2: speaker"):
        Interview.load(tmp_path)
