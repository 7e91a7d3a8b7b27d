"""What the data of `pair_forms.yaml` says of itself."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copilot.lexicon import load_data

DATA = load_data("pair_forms")
WORDS = {name: rf"(?:{'|'.join(map(re.escape, row.split()))})" for name, row in DATA["words"].items()}
ROWS = [row for form in ("apart", "planned", "later", "earlier") for row in DATA[form]]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["needs"])
@settings(suppress_health_check=[HealthCheck.filter_too_much])  # most texts drawn from a form fail at its borders of words
@given(data=st.data())
def test_whatever_a_form_matches_holds_one_of_the_words_that_it_needs(row: dict[str, str], data: st.DataObject):
    told = data.draw(st.from_regex(row["form"].format(**WORDS)))
    assert any(re.search(rf"\b{re.escape(word)}\b", told) for word in row["needs"].split())
