from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.errors import InputError
from copilot.grounding import Absent, Exact, Normalised, ground, quotations, ungrounded_numbers
from copilot.quantities.scan import scan
from copilot.quantities.words import Words
from copilot.text import tokenize
from copilot.turns import Role, Turn


def turn(text: str, role: Role = "customer") -> Turn:
    return Turn(turn=1, speaker="Carl Moss", role=role, text=text)


SAID = turn("Well, um, it's, it's made the Monday meeting bearable. We used to, uh, dread it, all fourteen of us.")


def test_words_that_stand_there_letter_by_letter_are_exact() -> None:
    found = ground("made the Monday meeting bearable", SAID)
    assert isinstance(found, Exact)
    assert SAID.text[found.start : found.end] == "made the Monday meeting bearable"


@pytest.mark.parametrize(
    "quote",
    [
        "It's made the monday meeting bearable",
        "we used to dread it",
        "It\u2019s made the Monday meeting bearable.",
        "made the Monday meeting bearable -- we used to dread it",
    ],
)
def test_case_punctuation_fillers_and_stutters_do_not_matter(quote: str) -> None:
    assert isinstance(ground(quote, SAID), Normalised)


@pytest.mark.parametrize(
    "quote",
    [
        "",
        "made the Tuesday meeting bearable",
        "bearable the Monday meeting",
        "made the meeting bearable",
        "dread it [...] fourteen of us",
        "earable",
    ],
)
def test_other_words_or_another_order_are_absent(quote: str) -> None:
    assert isinstance(ground(quote, SAID), Absent)


def test_nothing_is_quoted_across_words_that_were_lost() -> None:
    assert isinstance(ground("we saved three days", turn("we saved [inaudible] three days")), Absent)


def test_words_said_twice_for_weight_are_no_stutter() -> None:
    assert isinstance(ground("it was very good", turn("it was very very good")), Absent)


def test_a_number_said_twice_is_no_stutter() -> None:
    assert isinstance(ground("ten wards", turn("ten ten wards")), Exact)
    assert isinstance(ground("the ten wards", turn("the ten ten wards")), Absent)


SPOKEN = st.sampled_from(SAID.text.split())


@given(st.lists(SPOKEN, min_size=1, max_size=20), st.data())
def test_any_stretch_of_whole_words_is_exact(words: list[str], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first + 1, len(words)))
    said = turn(" ".join(words))
    quote = " ".join(words[first:last])
    found = ground(quote, said)
    assert isinstance(found, Exact)
    assert said.text[found.start : found.end] == quote


@given(st.text(max_size=80), st.text(max_size=80))
def test_what_is_found_lies_in_the_turn(quote: str, text: str) -> None:
    found = ground(quote, turn(text))
    if not isinstance(found, Absent):
        assert 0 <= found.start < found.end <= len(text)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("40 percent", "about forty percent"),
        ("40%", "a share of 0.4"),
        ("110 minutes", "one hour fifty"),
        ("two hours", "120 minutes"),
        ("from 6 hours to 20 minutes", "six hours, and now twenty minutes"),
        ("between 10 and 15 sites", "ten to fifteen sites"),
        ("3x", "it tripled"),
        ("118 people", "a hundred and eighteen drivers"),
        ("£12,400", "twelve thousand four hundred pounds"),
        ("in phase 2 we went live", "nothing"),
        ("six hundred to two-fifty", "six hundred hours in the season. We're at two-fifty"),
        ("12 minutes", "Twelve if it's a bad one"),
        ("10 000 euros", "ten thousand euros"),
        ("2½ hours", "two and a half hours"),
        ("40 stores for 500,000 customers", "forty stores and half a million customers"),
        ("⅔ of it", "two thirds of it"),
        ("2'000 people", "2,000 people"),
        ("-5 percent", "minus five percent"),
        ("in version 1.2.3", "they are on 1.2.3."),
        ("open 24/7", "nothing"),
        ("CO₂, PX-10 and m²", "nothing"),
    ],
)
def test_numbers_that_the_source_holds_are_grounded(text: str, source: str) -> None:
    assert ungrounded_numbers(text, source) == ()


@pytest.mark.parametrize(
    ("text", "source", "loose"),
    [
        ("42 percent", "about forty percent", ["42 percent"]),
        ("40 hours", "forty percent", ["40 hours"]),
        ("40.5 stores, 1,000,000 customers", "forty stores and half a million customers", ["40.5 stores", "1,000,000 customers"]),
        ("600 minutes", "six hundred hours", ["600 minutes"]),
        ("$500", "five hundred pounds", ["$500"]),
        ("40 trucks at 9 sites", "forty crates at nine sites", ["40 trucks"]),
        ("14 people", "forty, no, sixteen people", ["14 people"]),
        ("40 people", "forty, no, sixteen people", ["40 people"]),
        ("4 minutes down from 9", "four minutes", ["4 minutes down from 9"]),
        ("10 000 euros", "5 euros", ["10 000 euros"]),
        ("10 000 euros", "ten euros", ["10 000 euros"]),
        ("2½ hours", "two hours", ["2½ hours"]),
        ("2 1/2 hours", "two hours", ["2 1/2 hours"]),
        ("½ an hour", "an hour", ["½ an hour"]),
        ("2'000 people", "two people", ["2'000 people"]),
        ("-5 percent", "five percent", ["-5 percent"]),
        ("10² sites", "ten sites", ["10²"]),
        ("it saves [40 percent]", "it saves a lot", ["40"]),
        ("3/4 of it", "a half of it", ["3/4"]),
        ("on 1.2.3, 40 days", "on 1.2.4", ["1.2.3", "40 days"]),
        ("four thousand pounds", "four [inaudible] thousand pounds", ["four thousand pounds"]),
    ],
)
def test_numbers_that_the_source_lacks_are_named(text: str, source: str, loose: list[str]) -> None:
    assert [q.text for q in ungrounded_numbers(text, source)] == loose


def test_of_turns_only_the_customers_count() -> None:
    turns = [turn("So forty percent?", "interviewer"), turn("More like thirty.")]
    assert [q.text for q in ungrounded_numbers("40 percent, or 30 percent", turns)] == ["40 percent"]


FORMS = (
    "0 1 7 12 40 000 500 2023 ½ ⅔ ² ₂ ① Ⅷ - \u2212 / . , ' \u2019 : % $ € [ ] a of to no percent hours March phase PX \u00a0 \u202f".split(
        " "
    )
)


@given(st.lists(st.sampled_from([*FORMS, " "]), max_size=14).map("".join))
def test_no_digit_passes_unless_it_was_said_or_counts_nothing(text: str) -> None:
    passed = [(m.start, m.end) for m in scan(Words(text, tokenize(text))) if m.kind not in {"quantity", "name"}]
    named = [(q.start, q.end) for q in ungrounded_numbers(text, "nothing at all")]
    for place, mark in enumerate(text):
        word = re.split(r"\s", text[:place])[-1].lstrip("-\u2212/.,'\u2019:%$€[]")
        if mark.isnumeric() and not word[:1].isalpha():
            assert any(start <= place < end for start, end in passed + named)


@given(st.text(max_size=120))
def test_every_text_is_grounded_in_itself(text: str) -> None:
    assert all(q.broken for q in ungrounded_numbers(text, text))


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("“One two” and «three four» and „five six“.", ["One two", "three four", "five six"]),
        ("It is “never closed", ["never closed"]),
        ("She said ‘it’s the drivers’ word’ and 'that's it'.", ["it’s the drivers", "that's it"]),
        ("The drivers' day, the loaders' day, Ada's day.", []),
        ("Tell 'em what the customers' view was in the '90s, the users' view.", []),
        ("No marks at all.", []),
    ],
)
def test_what_stands_in_quotation_marks_is_told_from_apostrophes(text: str, quoted: list[str]) -> None:
    assert [text[start:end] for start, end in quotations(text)] == quoted


def test_a_quote_is_looked_for_in_a_turn_and_numbers_in_a_text_or_turns() -> None:
    assert ungrounded_numbers("fourteen of us", [SAID]) == ()
    with pytest.raises(InputError, match=r"^a Turn is expected, not list; a quote is looked for in one turn at a time$"):
        ground("dread it", [SAID])  # type: ignore[arg-type] # what the types forbid
    with pytest.raises(InputError, match=r"^the text of a quote is expected, not NoneType$"):
        ground(None, SAID)  # type: ignore[arg-type] # what the types forbid
    for source, kind in ((SAID, "Turn"), ([SAID, "us"], "str"), (14, "int")):
        with pytest.raises(InputError, match=rf"^a text, a Transcript or Turns are expected as the source, not {kind}; "):
            ungrounded_numbers("14", source)  # type: ignore[arg-type] # what the types forbid
