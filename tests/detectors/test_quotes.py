from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.background import Background
from copilot.detectors.quote_facts import pieces
from copilot.detectors.quotes import best_quotes, find_quotes, is_broken_off
from copilot.findings import Quote
from copilot.guide import Guide
from copilot.reading import read
from copilot.text import count_words
from copilot.turns import Turn

GOOD = "We had a map on the wall and nobody believed it. It was like steering a boat by last week's weather."


def quote(turn, start, end, score):
    return Quote(turn=turn, start=start, end=end, text="x" * (end - start), score=score)


def test_quotes_are_verbatim_and_short(call):
    reading = call("I: What was it like?", f"C: {GOOD}")[-1]
    found = find_quotes(reading)
    assert found
    assert all(reading.turn.text[q.start : q.end] == q.text and 4 <= count_words(q.text) <= 40 for q in found)


def test_a_reply_that_echoes_a_sentence_lifts_it(call):
    readings = call("I: What was it like?", f"C: {GOOD}", "I: A boat by last week's weather. I love that.")
    best = {r.turn.turn: best_quotes(find_quotes(r))[0].score for r in readings[1:]}
    assert best[3] > best[2]
    assert all(q.turn == 2 for q in find_quotes(readings[2]))


def test_no_quote_holds_a_promise_to_the_interviewer(call):
    found = find_quotes(call("I: What was it like?", f"C: {GOOD} I'll ask him if he minds you using it. He laughed until Monday.")[-1])
    assert any("boat" in q.text for q in found)
    assert not any("ask him" in q.text for q in found)


def test_a_plain_reply_gives_nothing(call):
    assert find_quotes(call("I: What was it like?", f"C: {GOOD}", "I: Okay, and who decided?")[-1]) == ()


def test_speech_with_no_full_stop_is_cut_at_clauses(call):
    text = " and ".join(["we went out to the yard to look at the boxes"] * 12)
    assert all(count_words(q.text) <= 40 for q in find_quotes(call("I: Well?", f"C: {text}")[-1]))


def test_nothing_is_quoted_across_a_hole(call):
    reading = call("I: Well?", "C: Nobody believed the map on the wall [inaudible] so we took it down and burned it.")[-1]
    assert all("[" not in q.text for q in find_quotes(reading))


def test_the_best_quotes_overlap_nowhere():
    found = [quote(2, 0, 40, 0.9), quote(2, 20, 60, 0.8), quote(6, 0, 30, 0.2)]
    assert [(q.turn, q.start) for q in best_quotes(found)] == [(2, 0), (6, 0)]


def test_at_most_two_of_a_turn_and_ten_of_a_call_are_best():
    found = [quote(turn, start, start + 9, 0.5) for turn in range(1, 12) for start in (0, 10, 20)]
    best = best_quotes(found)
    assert len(best) == 10
    assert max(sum(q.turn == t for q in best) for t in range(1, 12)) == 2


def test_the_latest_word_on_a_quote_counts():
    assert best_quotes([quote(2, 0, 40, 0.9), quote(2, 0, 40, 0.1)])[0].score == 0.1


@given(st.text(alphabet="ab c.,?![]\n'", max_size=400))
def test_pieces_cite_their_turn_in_order(text):
    reading = read(Turn(turn=1, speaker="C", role="customer", text=text), (), Background(), Guide.default())
    found = list(pieces(reading))
    assert all(0 <= p.start < p.end <= len(text) and p.last - p.first <= 40 for p in found)
    assert all(a.last <= b.first for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("So she went from hating it to, well.", True),
        ("And then the board and the.", True),
        ("That is the one that I talk to.", False),
        ("The new oven works really well.", False),
    ],
)
def test_words_that_end_in_the_middle_of_a_clause_are_broken_off(text, broken):
    assert is_broken_off(text) is broken


def test_a_quote_that_breaks_off_goes_on_with_the_sentence_after_it(call):
    said = "She'd been getting the blame for years, and she wept. So she went from hating it to, well. She guards it like a dog."
    found = find_quotes(call("I: How did that turn round?", f"C: {said}")[-1])
    assert found
    assert not any(quote.text.endswith("well.") for quote in found)
    assert any(quote.text.endswith("well. She guards it like a dog.") for quote in found)
