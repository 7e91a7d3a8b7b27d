from __future__ import annotations

import pytest

from copilot.text import ACRONYM, capitalised, listed


@pytest.mark.parametrize(
    ("names", "text"), [([], ""), (["Ada"], "Ada"), (["Ada", "Bo"], "Ada and Bo"), (["Ada", "Bo", "Cy"], "Ada, Bo and Cy")]
)
def test_names_are_listed_as_a_sentence_lists_them(names: list[str], text: str) -> None:
    assert listed(names) == text


def test_a_choice_is_listed_with_or() -> None:
    assert listed(("a", "b", "c"), "or") == "a, b or c"


def test_a_capital_changes_nothing_but_the_first_letter() -> None:
    assert [capitalised(text) for text in ("", "ada Berg", "iPad")] == ["", "Ada Berg", "IPad"]


def test_an_acronym_begins_a_word() -> None:
    assert [m.group() for m in ACRONYM.finditer("Two SLAs for the API, B2B, at AcmeAPI; Ada said so")] == ["SLAs", "API", "B2B"]
