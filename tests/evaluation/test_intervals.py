from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from copilot.evaluation.counting import Counts, Figure, pool, prf, ratio
from copilot.evaluation.intervals import difference_intervals, intervals

HITS = ratio("hits", "hit", "n")
ROWS = [{"hit": 3, "n": 4}, {"hit": 1, "n": 9}, {"hit": 6, "n": 6}, {"hit": 0, "n": 2}]
counts = st.fixed_dictionaries({"hit": st.integers(0, 9), "n": st.integers(9, 20)})


def test_figures_are_read_off_the_sums_and_not_averaged():
    assert HITS.of(pool(ROWS)) == 10 / 21


def test_a_figure_with_nothing_to_count_is_none():
    assert HITS.of(Counts()) is None


def test_precision_and_recall_are_zero_where_nothing_is_found():
    assert [figure.of(Counts({"gap.fn": 3})) for figure in prf("gap")] == [0, 0, 0]


def test_the_interval_is_the_same_each_time_and_holds_the_figure():
    low, high = intervals(ROWS, [HITS])["hits"]
    assert intervals(ROWS, [HITS])["hits"] == (low, high)
    assert low <= 10 / 21 <= high


def test_one_interview_has_no_interval():
    assert intervals(ROWS[:1], [HITS]) == {}


def test_interviews_that_agree_have_a_narrow_interval():
    assert intervals([{"hit": 1, "n": 2}] * 5, [HITS])["hits"] == (0.5, 0.5)


def test_a_figure_that_most_draws_cannot_count_has_no_interval():
    assert intervals([{"hit": 1, "n": 2}, {}, {}, {}, {}], [HITS]) == {}


@given(st.lists(counts, min_size=2, max_size=6))
def test_an_unchanged_run_differs_by_nothing(rows: list[dict[str, float]]):
    assert difference_intervals(rows, rows, [HITS])["hits"] == (0, 0)


@given(st.lists(counts, min_size=1, max_size=6))
def test_the_order_of_interviews_does_not_matter(rows: list[dict[str, float]]):
    figure = Figure("hits", HITS.of)
    assert figure.of(pool(rows)) == figure.of(pool(rows[::-1]))
