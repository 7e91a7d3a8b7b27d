from __future__ import annotations

from datetime import date

import pytest

from copilot.drafts import Checklist, Material, Release, draft
from copilot.drafts.checklist import checklist
from copilot.errors import InputError
from copilot.findings import Boundary
from copilot.rulings import Withdrawal

from .conftest import everything, heard, material, turns

SAID = """\
I: Thanks for making the time. May I record this, for our notes only?
A: Yes, of course, go ahead and record.
I: Was there a day when it went wrong?
A: It was the Maritime Hotel. We drove out the same night with 640 loaves. And I apologised to the cook in person.
I: And the hotel?
A: They might not want to see themselves in there, I think.
I: Understood, no name. What has changed since then?
A: Wrong orders went from 730 a month to 95 a month.
"""
HELD = ("Maritime", "640", "the cook in person")


def told(*release: str, withdraw: tuple[str, ...] = ()) -> str:
    """Return every document in every form that is text, after words were released."""
    return everything(material(SAID, release=release, withdraw=withdraw))


def ledger_of(*release: str) -> list[tuple[str, str]]:
    """Return the items of the checklist on what is off the record, each with its status."""
    made = draft("checklist", material(SAID, release=release))
    assert isinstance(made, Checklist)
    return [(i.item, i.status) for i in made.items if i.area == "off the record"]


def test_what_may_have_been_meant_as_off_the_record_is_in_no_document() -> None:
    written = told()
    assert "730" in written
    assert not any(words in written for words in HELD)


def test_it_is_neither_quoted_nor_asked_about() -> None:
    session = heard(SAID)
    held = {t for row in session.findings.off_record for t in row.covers}
    assert held == {4, 6}
    assert {row.degree for row in session.findings.off_record} == {"possible"}
    assert held.isdisjoint(q.turn for q in session.findings.quotes)
    assert held.isdisjoint(p.turn for p in session.left())


def test_the_checklist_asks_to_confirm_or_release_it() -> None:
    ((item, status),) = ledger_of()
    assert item.startswith("Ada Berg's words in turn 6 may have been meant as off the record: confirm or release turns ")
    assert status == "to confirm"


def test_the_checklist_shows_the_words_to_confirm_unless_they_stand_in_a_turn_that_is_held_back() -> None:
    call = "I: And then?\nA: We drove out the same night with the loaves for the school.\nI: Oh.\nA: {}\nI: What else?"
    for said, shown in (
        ("They wouldn't thank me for telling you.", True),
        ("It was the cook, and they wouldn't thank me for telling.", False),
    ):
        made = material(call.format(said))
        row = Boundary(**made.turns[4].span(0, len(said)).model_dump(), covers=(2,) if shown else (2, 4), degree="possible")
        made = Material(made.findings.model_copy(update={"off_record": (row,)}), made.background, made.guide)
        (item,) = [i.item for i in checklist(made).items if i.area == "off the record"]
        assert (f"(“{said}”)" in item) is shown
        gone = Withdrawal(**made.turns[4].span(0, len(said)).model_dump(), on=date(2026, 2, 3))
        withdrawn = Material(made.findings, made.background, made.guide, withdrawals=(gone,))
        assert not any(said in i.item for i in checklist(withdrawn).items)


def test_a_released_turn_is_used_again_and_the_checklist_says_since_when() -> None:
    assert "drove out the same night with 640 loaves" in told("4")
    texts = [item for item, _ in ledger_of("4@2026-02-03")]
    assert "Words of turn 4 were released on 2026-02-03; documents use them from then on." in texts
    assert all("turns 4" not in text and "turn 4 " not in text.partition("release ")[2] for text in texts[:-1])


def test_a_boundary_of_which_every_turn_is_released_is_listed_no_more() -> None:
    held = sorted({t for row in heard(SAID).findings.off_record for t in row.covers})
    assert [status for _, status in ledger_of(*map(str, held))] == ["done"] * len(held)


def test_released_words_are_used_and_the_rest_of_their_turn_stays_back() -> None:
    written = told("4:We drove out the same night with 640 loaves.")
    assert "640 loaves" in written
    assert "the cook in person" not in written


def test_what_was_withdrawn_stays_out_although_it_was_released() -> None:
    assert "640 loaves" not in told("4", withdraw=("4:with 640 loaves",))


@pytest.mark.parametrize("text", ["", "all", "99", "6:never said", "6@2026-02-31"])
def test_a_release_that_names_nothing_is_an_error_that_repeats_it(text: str) -> None:
    with pytest.raises(InputError, match=r"^release "):
        Release.parse(text, {t.turn: t for t in turns(SAID)}, date(2026, 3, 31))


PROMISED = """\
I: Thanks for making the time. May I record this, for our notes only?
A: Yes, of course, go ahead and record.
I: What did the bad day cost you?
A: We lost nine thousand euros at the Maritime. Please don't print that. I'll send you the list of all the cafés by Friday.
I: Understood. What has changed since then?
A: Wrong orders went from 730 a month to 95 a month.
I: Anything else?
A: Actually, the nine thousand, you can use that.
"""


def test_a_promise_beside_a_request_that_was_released_is_told() -> None:
    assert "the list of all the cafés" not in _written(PROMISED)
    assert "the list of all the cafés by Friday" in _written(PROMISED, "4")


def _written(said: str, *release: str) -> str:
    return draft("email", material(said, release=release)).model_dump_json()


UNLISTED = """\
I: How did the pilot go?
A: We had a nasty bug. If the lamp was off it would skip the crate, and the docket would never be printed, so nobody would be told.
I: And how did you fix it?
A: We put in a lamp of our own for 730 euros, and it runs.
"""


def test_what_only_sounds_like_a_request_can_be_released() -> None:
    assert "skip the crate" not in everything(material(UNLISTED))
    assert heard(UNLISTED).held == (2,)
    assert heard(UNLISTED).release("2", date(2026, 3, 2)).turn == 2


NAMED = """\
I: What did the bad day cost you?
A: We lost the Maritime that week. Wrong orders stood at 730 a month. Don't print the name, please.
I: Understood. What has changed since then?
A: The driver, Jan Harms, has his evenings back.
"""
WHO = "Ada Berg, by email"


def agreed(span: str, who: str = WHO) -> str:
    """Return every document in every form that is text, after somebody has agreed to words that were clearly barred."""
    session = heard(NAMED)
    session.release(span, date(2026, 3, 9), agreed=who)
    return everything(session.material())


def test_what_was_clearly_barred_is_used_once_somebody_has_agreed_and_the_checklist_says_who() -> None:
    assert "730 a month" not in everything(material(NAMED))
    written = agreed("2")
    assert "730 a month" in written
    assert "Words of turn 2 were released on 2026-03-09, as agreed: Ada Berg, by email; documents use them from then on." in written
    assert "Don't print the name" not in written


def test_words_that_somebody_has_agreed_to_leave_the_rest_of_their_turn_barred() -> None:
    written = agreed("2:Wrong orders stood at 730 a month.")
    assert "Wrong orders stood at 730 a month." in written
    assert "Maritime" not in written


def test_agreed_words_are_asked_about_and_quoted_again() -> None:
    session = heard(NAMED)
    assert all(q.turn != 2 for q in session.findings.quotes)
    session.release("2", date(2026, 3, 9), agreed=WHO)
    assert any(q.turn == 2 for q in session.findings.quotes)


@pytest.mark.parametrize("who", ["", "  \n"])
def test_nobody_has_agreed_where_nobody_is_named(who: str) -> None:
    with pytest.raises(InputError, match=r"turn 2 stays out, as was clearly asked in turn 2"):
        agreed("2", who)


def test_a_request_after_an_agreement_bars_the_words_again() -> None:
    session = heard(NAMED)
    session.release("2", date(2026, 3, 9), agreed=WHO)
    said = "What you heard about the Maritime and the 730 is off the record, please."
    session.hear(turns(NAMED)[0].model_copy(update={"turn": 5, "text": "And what else?"}))
    session.hear(turns(NAMED)[1].model_copy(update={"turn": 6, "text": said}))
    assert 2 in {n for row in session.findings.off_record if row.turn == 6 for n in row.covers}
    assert "730 a month" not in everything(session.material())
    assert all(q.turn != 2 for q in session.findings.quotes)
