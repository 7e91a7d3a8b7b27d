from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from copilot.stream import Stream
from copilot.turns import LiveSegment


def part(name: str, text: str, start: float | None = None, *, final: bool = True, speaker: str | None = "Carl") -> LiveSegment:
    return LiveSegment(id=name, text=text, speaker=speaker, start=start, end=None if start is None else start + 1, final=final)


def said(*reports: LiveSegment) -> list[str]:
    stream = Stream()
    for report in reports:
        stream.put(report)
    return [s.text for s in stream.finals]


def test_a_final_replaces_its_drafts_even_when_it_is_shorter() -> None:
    assert said(part("a", "it went from six to", final=False), part("a", "it went")) == ["it went"]


def test_a_final_that_comes_again_replaces_the_first_where_it_stood() -> None:
    assert said(part("a", "it went"), part("b", "down"), part("a", "It went,")) == ["It went,", "down"]


def test_a_draft_that_comes_after_its_final_changes_nothing() -> None:
    assert said(part("a", "it went down"), part("a", "it went", final=False)) == ["it went down"]


def test_a_final_without_words_takes_its_segment_back() -> None:
    assert said(part("a", "it went"), part("b", "down"), part("a", "")) == ["down"]


def test_the_same_words_of_the_same_moment_count_once_whatever_their_id() -> None:
    assert said(part("a", "Yes.", 4.0), part("b", "yes", 4.5)) == ["Yes."]
    assert said(part("a", "It took six hours, always."), part("b", "it took six hours always")) == ["It took six hours, always."]


def test_words_that_are_said_twice_count_twice() -> None:
    assert said(part("a", "Yes.", 4.0), part("b", "Yes.", 9.0)) == ["Yes.", "Yes."]
    assert said(part("a", "Yes."), part("b", "Yes.")) == ["Yes.", "Yes."]
    assert said(part("a", "Yes.", 4.0), part("b", "Yes.", 4.0, speaker="Ines")) == ["Yes.", "Yes."]


def test_what_one_source_tells_in_two_places_is_said_twice() -> None:
    assert (
        said(part("s-1", "How long did that take you?"), part("s-7", "How long did that take you?")) == ["How long did that take you?"] * 2
    )


def test_a_draft_that_nobody_reports_any_more_goes() -> None:
    stream = Stream()
    stream.put(part("a", "it went", final=False), at=1.0)
    stream.put(part("b", "down", final=False), at=5.0)
    stream.expire(before=4.0)
    assert list(stream.partials) == ["b"]


def test_what_is_settled_does_not_change_any_more() -> None:
    stream = Stream()
    stream.put(part("a", "it went", 1.0))
    stream.put(part("b", "down", 3.0))
    assert [s.id for s in stream.settle([0])] == ["a"]
    stream.put(part("a", "it went up", 1.0))
    stream.put(part("c", "late", 2.0))
    assert [s.text for s in stream.finals] == ["late", "down"]


def test_what_is_settled_takes_its_last_correction_when_it_is_opened_again() -> None:
    stream = Stream()
    for name, text in (("a", "it went"), ("b", "down")):
        stream.put(part(name, text))
    stream.settle([0])
    stream.put(part("a", "it went"))
    assert not stream.reopen()
    stream.put(part("a", "it goes"))
    stream.put(part("a", "it went up"))
    assert stream.reopen()
    assert [s.text for s in stream.finals] == ["it went up", "down"]
    assert not stream.reopen()


@given(st.permutations(range(12)), st.lists(st.integers(0, 11), max_size=12))
def test_timed_segments_come_out_in_their_order_and_once_however_they_arrive(order: list[int], again: list[int]) -> None:
    rows = [part(f"s{n}", f"word number {n}", n * 2.0) for n in range(12)]
    assert said(*(rows[n] for n in [*order, *again])) == [row.text for row in rows]


@given(st.data())
def test_drafts_in_between_never_add_a_word(data: st.DataObject) -> None:
    rows = [part(f"s{n}", f"word number {n}", n * 2.0) for n in range(5)]
    reports = [*rows, *(row.model_copy(update={"text": "word", "final": False}) for row in rows)]
    assert said(*data.draw(st.permutations(reports))) == [row.text for row in rows]


def test_what_settles_within_a_turn_keeps_its_place_when_a_correction_comes() -> None:
    stream = Stream()
    for name, text in (("a", "We have two hundred"), ("b", "Mm-hm."), ("c", "and twelve buses."), ("d", "Since when?")):
        stream.put(LiveSegment(id=name, text=text))
    stream.settle([0, 2])
    stream.settle([0])
    stream.put(LiveSegment(id="b", text="In May?"))
    assert stream.reopen()
    assert [s.text for s in stream.finals] == ["We have two hundred", "In May?", "and twelve buses.", "Since when?"]
