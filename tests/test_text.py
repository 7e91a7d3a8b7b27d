from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.text import ACRONYM, capitalised, is_question, listed, lower_case, norm_before, norms, sentences, stem, tokenize


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


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", []),
        ("...", []),
        ("no stop at all, however long", ["no stop at all, however long"]),
        ("It fell. Then it rose!  Why?", ["It fell.", "Then it rose!", "Why?"]),
        ('He said "we left." Then we did.', ['He said "we left."', "Then we did."]),
        ("one line\nand another", ["one line", "and another"]),
        ("We pay 4.5 a head. Fine.", ["We pay 4.5 a head.", "Fine."]),
        ("Mr. Vale and Dr. Lund met. J. Moss came.", ["Mr. Vale and Dr. Lund met.", "J. Moss came."]),
        ("We went to plan B. We had no other.", ["We went to plan B.", "We had no other."]),
        ("They took option A. It’s cheaper.", ["They took option A.", "It’s cheaper."]),
        ("Half of it is in the U.S. The rest is here.", ["Half of it is in the U.S.", "The rest is here."]),
        ("We took plan B.", ["We took plan B."]),
        ("We spoke to J. Moss and then to Ada F. Berg.", ["We spoke to J. Moss and then to Ada F. Berg."]),
        ("The U.S. team took vitamin C. and left.", ["The U.S. team took vitamin C. and left."]),
        ("So did I. Then he left.", ["So did I.", "Then he left."]),
        ("We moved it to St. Louis.", ["We moved it to St. Louis."]),
        ("Orders, returns, etc. go there.", ["Orders, returns, etc. go there."]),
        ("Orders, returns, etc. Then we left.", ["Orders, returns, etc.", "Then we left."]),
        ("No. We never did.", ["No.", "We never did."]),
        ("The answer was no. Then we left.", ["The answer was no.", "Then we left."]),
        ("It is No. 12 on the list.", ["It is No. 12 on the list."]),
        ("We didn't. It can’t. Fine.", ["We didn't.", "It can’t.", "Fine."]),
        ("That was the customer's. Ours was not.", ["That was the customer's.", "Ours was not."]),
        ("We met A. B. Moss, i.e. the owner.", ["We met A. B. Moss, i.e. the owner."]),
    ],
)
def test_sentences_end_at_their_stops_and_not_at_abbreviations(text: str, parts: list[str]) -> None:
    assert [text[s.start : s.end] for s in sentences(text)] == parts


@given(st.text(alphabet=st.sampled_from("ab No.5'’?!\n\"I"), max_size=60))
def test_the_sentences_of_a_text_hold_each_of_its_words_once(text: str) -> None:
    parts, tokens = sentences(text), tokenize(text)
    assert [n for s in parts for n in range(s.first, s.last)] == list(range(len(tokens)))
    assert all(s.start <= t.start and t.end <= s.end for s in parts for t in tokens[s.first : s.last])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It’s the CFO's 1,140 orders", ["it's", "the", "cfo's", "1,140", "orders"]),
        ("B2B, 4.5k and 10 000", ["b", "2", "b", "4.5", "k", "and", "10", "000"]),
        ("2½hours, ¾ full", ["2", "½", "hours", "¾", "full"]),
        ("snake_case — naïve café", ["snake", "case", "naïve", "café"]),
        ("'quoted' … !", ["quoted"]),
    ],
)
def test_a_text_is_its_words_and_numbers(text: str, words: list[str]) -> None:
    assert list(norms(text)) == words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("migrating", "migrated"), ("stopped", "stopping"), ("easily", "easier"), ("policies", "policied"), ("order", "orders"),
        ("calls", "calling"), ("moved", "moving"), ("implementation", "implemented"), ("12", "1,400"),
    ],
)  # fmt: skip
def test_words_of_one_root_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(("one", "other"), [("plan", "plain"), ("bus", "busy"), ("over", "ovens"), ("cost", "coast"), ("red", "reed")])
def test_words_of_different_roots_do_not(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    ("text", "expected"), [("Why?", True), ('He asked "why?"', True), ("(or was it?) ", True), ("Why? Because.", False), ("Why", False)]
)
def test_a_question_ends_with_its_mark_before_closing_quotes(text: str, expected: bool) -> None:
    assert is_question(text, 0, len(text)) is expected


def test_words_stand_in_lower_case_where_any_text_has_them_so() -> None:
    assert lower_case(["Don’t go, Ada.", "We don't. The élan of it, Ada."]) == {"go", "don't", "élan", "of", "it"}


@given(st.text("aé1.½'’-  \n", max_size=40), st.integers(0, 40))
def test_the_word_before_a_place_is_the_last_one_of_the_text_before_it(text: str, place: int) -> None:
    assert [norm_before(text, place)] == [*("",), *norms(text[:place])][-1:]
