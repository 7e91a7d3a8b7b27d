from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.cli.wrapping import wrap


def test_what_goes_elsewhere_than_to_a_terminal_is_left_as_it_is() -> None:
    assert wrap("  a line   of words", None)[0] == "  a line   of words"


@pytest.mark.parametrize(
    ("text", "hang", "lines"),
    [
        ("plain words go on", None, ["plain words", "go on"]),
        ("   words below their beginning", None, ["   words", "   below", "   their", "   beginning"]),
        ("1. a number", None, ["1. a number"]),
        ("1. a number and more", None, ["1. a number", "   and more"]),
        ("- [ ] to tick off", None, ["- [ ] to", "      tick", "      off"]),
        ("7:45  said then", 6, ["7:45  said", "      then"]),
        ("see https://example.org/a/long/link there", None, ["see", "https://example.org/a/long/link", "there"]),
        ("| a row | of a table |", None, ["| a row | of a table |"]),
        ("two\n  lines of a text", None, ["two", "  lines of a", "  text"]),
    ],
)
def test_a_line_is_broken_between_words_and_goes_on_below_its_beginning(text: str, hang: int | None, lines: list[str]) -> None:
    assert wrap(text, 12, hang)[0].split("\n") == lines


def test_a_second_piece_goes_on_in_the_line_of_the_first() -> None:
    first, column = wrap("7:45  “six”", 16, 6)
    assert first + wrap("  orders, and more", 16, 6, column)[0] == "7:45  “six”\n      orders,\n      and more"


@given(st.text(alphabet="ab \n1.-", max_size=60).map(lambda text: re.sub(" +", " ", text)), st.integers(4, 20))
def test_no_word_is_lost_and_no_line_is_longer_than_it_must_be(text: str, room: int) -> None:
    wrapped, _ = wrap(text, room)
    assert wrapped.split() == text.split()
    longest = max(map(len, text.split()), default=0)
    assert max(map(len, wrapped.split("\n"))) <= max(room, longest + room // 2 + 1)
