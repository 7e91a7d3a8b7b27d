from __future__ import annotations

import pytest

from copilot.detectors.gaps.facts import sentence_facts
from copilot.detectors.gaps.signs import find_signs


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("Our accountant reckons it's around half a million.", "hearsay figure"),
        ("I'd be guessing, but call it thirty.", "guess"),
        ("Then it was decided to move.", "it was decided"),
        ("A specification was drawn up in the spring.", "nobody named"),
        ("It has paid for itself.", "figure of speech"),
        ("Returns have halved.", "relative change"),
        ("Some mornings the vans left half empty.", "some of the time"),
        ("We tried a portal, and it never really took.", "came to nothing"),
        ("But that's a long story.", "aside"),
        ("I couldn’t tell you.", "not for me to say"),
    ],
)
def test_a_turn_of_phrase_is_a_sign_of_what_is_missing(call, text, sign):
    assert sign in find_signs(call("I: And then?", f"C: {text}")[-1])[0]


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("It was drawn up by Marta and her team.", "nobody named"),
        ("I said forty, and forty it was.", "hearsay figure"),
        ("We count every parcel at the gate.", "guess"),
    ],
)
def test_what_only_looks_like_a_sign_is_none(call, text, sign):
    assert sign not in find_signs(call("I: And then?", f"C: {text}")[-1])[0]


def test_a_sign_belongs_to_its_sentence_and_knows_the_number_beside_it(call):
    reading = call("I: And then?", "C: We moved in May. It has paid for itself. That was forty thousand.")[-1]
    first, second, _ = sentence_facts(reading)
    assert not any(name.startswith("sign figure of speech") for name in first)
    assert "sign figure of speech, with number" in second
