from __future__ import annotations

from pathlib import Path

import pytest

from copilot import GuideError, lint_question
from copilot.guide import DEFAULT
from copilot.probes.proofreading import Proof, proofread

GUIDE = """\
name: bakery
sections:
- id: ovens
  title: Ovens
  topics:
  - id: heat
    title: Heat
    question: >-
      How hot do they get, and who watches them?
    short: How hot do they get?
  - {id: age, title: Age, question: How old are they?, short: "The ovens are old, aren't they?"}
"""


def proof_of(folder: Path, name: str, text: str) -> Proof:
    path = folder / name
    path.write_text(text, "utf-8")
    return proofread(path)


def test_a_guides_faults_are_told_with_their_line_and_topic(tmp_path: Path) -> None:
    proof = proof_of(tmp_path, "bakery.yaml", GUIDE)
    assert proof.questions == 4
    assert [(f.line, f.topic) for f in proof.faults if f.rule != "closed"] == [(8, "ovens.heat"), (11, "ovens.age")]
    assert proof.faults[0].better == "How hot do they get?"


def test_a_question_taken_over_by_a_merge_key_is_judged_too(tmp_path: Path) -> None:
    base = "{id: a, title: A, question: Did it help?}"
    text = f"name: x\nsections:\n- id: s\n  title: S\n  topics:\n  - &base {base}\n  - <<: *base\n    id: b\n  - <<: [*base]\n    id: c\n"
    proof = proof_of(tmp_path, "merged.yaml", text)
    assert [(f.topic, f.line) for f in proof.faults] == [("s.a", 6), ("s.b", 1), ("s.c", 1)]


def test_in_a_text_list_marks_headings_and_prose_are_no_questions(tmp_path: Path) -> None:
    text = (
        "# Is this a heading?\n\nPlease read this first.\n> Did they say so?\n| Was it? | hot |\n\n"
        "1. What broke\n- [ ] **Did it help?**\n* How was it?\nTell me about it.\n"
    )
    proof = proof_of(tmp_path, "questions.md", text)
    assert [(f.line, f.question) for f in proof.faults] == [(8, "Did it help?")]
    assert proof.questions == 4


def test_every_fault_cites_its_words_and_offers_a_form_or_says_what_to_do(tmp_path: Path) -> None:
    text = "Don't you think the ovens run better now?\nDid you know that we also offer a mill?\nWas the baker involved, right?\n"
    faults = proof_of(tmp_path, "questions.txt", text).faults
    assert len({f.line for f in faults}) == 3
    for fault in faults:
        assert fault.question[fault.start : fault.end] == fault.text
        assert fault.reason.endswith(".")
        assert fault.advice
        assert fault.better is None or lint_question(fault.better) == ()


def test_the_guide_that_comes_along_has_no_fault() -> None:
    proof = proofread(DEFAULT)
    assert proof.faults == ()
    assert proof.questions > 30


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("none.txt", b"\n\n# Only a heading\n", "no question"),
        ("latin.txt", "Was hei\xdft das?".encode("latin-1"), "UTF-8"),
        ("guide.yaml", b"name: x\nsectoins: []\n", "did you mean 'sections'"),
    ],
)
def test_a_file_that_holds_no_questions_is_refused_with_the_reason(tmp_path: Path, name: str, data: bytes, told: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(GuideError, match=told) as problem:
        proofread(path)
    assert name in str(problem.value)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GuideError, match="cannot be read"):
        proofread(tmp_path / "none.md")
