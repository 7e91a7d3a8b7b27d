from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from copilot.sources.revisions import Revisions, once
from copilot.turns import LiveSegment


def said(key: str, text: str, start: float | None = None, *, final: bool = True, speaker: str | None = "Dana") -> LiveSegment:
    return LiveSegment(id=key, text=text, start=start, final=final, speaker=speaker)


def test_a_report_that_repeats_tells_nothing():
    draft, final = said("a", "It", final=False), said("a", "It was.")
    assert list(once([draft, draft, final, final, draft])) == [draft, final]


def test_a_final_holds_against_a_late_draft_and_yields_to_a_correction():
    final, correction = said("a", "It was."), said("a", "It is.")
    assert list(once([final, said("a", "It was much longer", final=False), correction])) == [final, correction]


def test_a_draft_is_taken_back_when_its_words_come_under_another_id():
    draft, final = said("a", "They moved last spring and then", 10.0, final=False), said("b", "They moved last spring.", 10.4)
    assert list(once([draft, final])) == [draft, said("a", "", 10.0), final]


def test_a_draft_stays_when_somebody_else_says_the_same_or_it_is_said_later():
    draft = said("a", "They moved last spring", 10.0, final=False)
    others = [said("b", "They moved last spring.", 10.4, speaker="Ira"), said("c", "They moved last spring.", 20.0)]
    assert list(once([draft, *others])) == [draft, *others]


def test_the_tail_of_a_draft_that_goes_to_the_next_id_takes_nothing_back():
    stream = [said("a", "We moved in May and", 1.0, final=False), said("a", "We moved", 1.0), said("b", "in May and it went well", 2.0)]
    assert list(once(stream)) == stream


def test_a_draft_that_comes_after_its_words_were_told_under_another_id_tells_nothing():
    final = said("b", "They moved last spring.", 10.4)
    assert list(once([final, said("a", "They moved last spring and", 10.0, final=False)])) == [final]


def test_the_same_short_answer_given_twice_is_told_twice():
    stream = [said("a", "Yes.", 10.0), said("b", "Yes.", 11.0), said("c", "Yes."), said("d", "Yes.")]
    assert list(once(stream)) == stream


def test_an_empty_report_takes_a_draft_back_and_tells_nothing_of_what_is_unknown():
    draft = said("a", "Mhm", final=False)
    assert list(once([said("z", ""), draft, said("a", "", final=False)])) == [draft, said("a", "")]


@settings(deadline=None)
@given(
    st.lists(
        st.builds(LiveSegment, id=st.sampled_from("abcd"), text=st.sampled_from(["", "One two.", "One two three"]), final=st.booleans())
    )
)
def test_no_final_words_are_lost_and_a_stream_told_twice_ends_the_same(stream):
    def last(reports):
        return {report.id: report.text for report in reports}

    finals = last(segment for segment in stream if segment.final and segment.text)
    heard = last(once(stream))
    assert all(heard[key] == text for key, text in finals.items() if last(s for s in stream if s.final).get(key) == text)


def test_memory_does_not_grow_with_the_call():
    revisions = Revisions()
    for number in range(12_000):
        revisions.hear(said(str(number), f"word {number}", float(number), final=number % 2 == 0))
    assert (len(revisions._finals), len(revisions._drafts)) == (5000, 64)
