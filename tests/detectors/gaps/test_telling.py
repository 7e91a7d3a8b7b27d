from __future__ import annotations

import pytest

from copilot.detectors.gaps.facts import sentence_facts, turn_facts, wording_facts


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("She rang me from the yard.", "sentence of others"),
        ("And Tom said it was dry.", "sentence with speech"),
        ("We closed the gate.", "sentence in the past"),
        ("Blankets, mostly.", "sentence without verb"),
    ],
)
def test_how_a_sentence_is_told_is_evidence(call, text, fact):
    assert fact in sentence_facts(call("I: And then?", f"C: {text}")[-1])[0]


def test_statements_of_how_things_are_tell_no_story(call):
    (facts,) = sentence_facts(call("I: And now?", "C: The pump is in the cellar.")[-1])
    assert not facts.keys() & {"sentence of others", "sentence with speech", "sentence in the past", "sentence without verb"}
    assert "told in the past" not in turn_facts(call("I: And now?", "C: The pump is in the cellar.")[-1])


def test_only_what_follows_a_fragment_tells_what_it_names(call):
    told = sentence_facts(call("I: A surprise?", "C: Blankets. A porter found them. They were dry.")[-1])
    assert ["after a fragment" in facts for facts in told] == [False, True, False]


def test_numbers_elsewhere_in_the_turn_and_in_the_question_are_evidence(call):
    vague, exact = sentence_facts(call("I: So forty trips a week?", "C: It fell a lot. Nine trips a week.")[-1])
    assert {"no number, one later", "no number, one in question"} <= vague.keys()
    assert {"unit of the question"} <= exact.keys()
    assert not vague.keys() & {"no number, one earlier", "unit of the question"}


def test_how_a_sentence_begins_and_ends_is_evidence(call):
    reading = call("I: And then?", "C: We left early.")[-1]
    facts = wording_facts(reading, reading.sentences[0])
    assert {"begins we", "begins we left", "ends early"} <= facts.keys()
    assert not facts.keys() & {"begins left", "ends we"}
