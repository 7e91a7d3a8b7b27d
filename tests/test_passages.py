from __future__ import annotations

import pytest

from copilot.background import Background
from copilot.detectors.gaps import find_open_threads
from copilot.engines.rules import RulesEngine
from copilot.guide import Guide
from copilot.ledger import Ledger
from copilot.probes.recall import repeats
from copilot.reading import Reading, once, once_for_all, passages, read
from copilot.session import Session
from copilot.text import tokenize
from copilot.turns import Role, Turn

FILLER = "So the way we do it is that every team owns its own piece and ships it when it is ready to go. "
CLAIM = "What it means is that we have far fewer severe incidents now. "


def reading_of(text: str, role: Role = "customer") -> Reading:
    return read(Turn(turn=2, speaker="Ada", role=role, text=text), (), Background(), Guide.default())


def test_a_long_turn_is_read_in_passages_that_keep_its_offsets() -> None:
    reading = reading_of(FILLER * 14)
    parts = passages(reading)
    assert len(parts) > 2
    assert [s.start for part in parts for s in part.sentences] == [s.start for s in reading.sentences]
    assert all(reading.turn.text[t.start : t.end] == part.turn.text[t.start : t.end] for part in parts for t in part.tokens)


def test_a_usual_turn_and_an_interviewers_are_read_whole() -> None:
    usual, asked = reading_of(FILLER * 5), reading_of(FILLER * 14, role="interviewer")
    assert list(passages(usual)) == [usual]
    assert list(passages(asked)) == [asked]


def test_findings_in_a_long_turn_cite_the_turn() -> None:
    turn = Turn(turn=2, speaker="Ada", role="customer", text=FILLER * 9 + CLAIM + FILLER * 9)
    reading = read(turn, (), Background(), Guide.default())
    found = RulesEngine().read(reading, Ledger(Background(), Guide.default()))
    assert any("fewer severe incidents" in gap.text for gap in found.gaps)
    assert all(turn.text[gap.start : gap.end] == gap.text for gap in found.gaps)
    assert len(found.gaps) <= 3


def opened(text: str) -> list[str]:
    return [span.text for part in passages(reading_of(text)) for span in find_open_threads(part)]


def test_no_passage_is_a_remnant_of_a_few_words() -> None:
    long = FILLER.rstrip(". ").replace(" and ", ", and ") + ", " + FILLER
    parts = passages(reading_of((long + "It was hard. ") * 8))
    assert min(len(part.tokens) for part in parts) > 30


def test_a_remark_between_passages_is_neither_the_end_of_an_answer_nor_all_of_it() -> None:
    speech = FILLER * 4 + "It was all so... " + FILLER * 8
    whole, parts = reading_of(speech), passages(reading_of(speech))
    assert (whole.opens, whole.ends, whole.is_whole) == (True, True, True)
    assert [(part.opens, part.ends) for part in parts] == [(True, False), *[(False, False)] * (len(parts) - 2), (False, True)]
    assert not any(part.is_whole for part in parts)


def test_things_that_are_told_in_a_later_passage_are_no_open_thread() -> None:
    told = FILLER * 4 + "The first is the noise. " + FILLER * 4 + "The second is the price."
    assert opened("There were two parts. " + told) == []
    assert opened("There were two parts. The first is the noise. " + FILLER * 12) == ["two parts"]


def test_a_question_about_a_speech_repeats_words_of_it() -> None:
    turn = Turn(turn=2, speaker="Ada", role="customer", text=FILLER * 6 + "It was hard. " + CLAIM + FILLER * 6)
    found = RulesEngine().read(read(turn, (), Background(), Guide.default()), Ledger(Background(), Guide.default()))
    assert found.gaps
    assert all(repeats(gap.probe, gap.text) for gap in found.gaps)


def test_a_question_about_a_speech_repeats_the_words_of_an_amount_that_stand_late_in_its_sentence() -> None:
    told = "Well, the thing I'd point to first is that abandoned calls are down massively. "
    turn = Turn(turn=2, speaker="Ada", role="customer", text=FILLER * 6 + told + FILLER * 6)
    found = RulesEngine().read(read(turn, (), Background(), Guide.default()), Ledger(Background(), Guide.default()))
    assert any("abandoned calls are down" in gap.probe for gap in found.gaps)


def test_a_speech_about_something_else_does_not_answer_what_is_open() -> None:
    session = Session()
    session.hear(Turn(turn=1, speaker="Ivo", role="interviewer", text="What is different now?"))
    session.hear(Turn(turn=2, speaker="Ada", role="customer", text="We have far fewer severe incidents now."))
    session.hear(Turn(turn=3, speaker="Ivo", role="interviewer", text="And how do you record decisions within your teams?"))
    session.hear(Turn(turn=4, speaker="Ada", role="customer", text=FILLER * 14 + "There are three meetings a week for it."))
    assert any(gap.turn == 2 and gap.outcome == "open" for gap in session.findings.gaps)


@pytest.mark.parametrize("text", ["… " * 300, "🙂 " * 250 + "Hello there."])
def test_marks_and_signs_alone_are_no_long_turn(text: str) -> None:
    reading = reading_of(text)
    assert list(passages(reading)) == [reading]


def test_the_words_before_each_number_of_a_long_turn_are_not_read_again_for_it() -> None:
    read_anew = []
    for count in (100, 200):
        tokenize.cache_clear()
        session = Session()
        session.hear(Turn(turn=1, speaker="Ada", role="customer", text="We saved 40 percent of it, not 30, and " * count + "that was it."))
        session.draft("email")
        read_anew.append(tokenize.cache_info().misses)
    assert read_anew[1] < read_anew[0] * 1.2


def test_what_is_kept_once_for_all_is_kept_when_later_turns_look_back() -> None:
    first = read(Turn(turn=1, speaker="Sam", role="interviewer", text="How long?"), (), Background(), Guide.default())
    context, text = once(lambda r: len(r.before)), once_for_all(lambda r: len(r.before))
    answer = read(Turn(turn=2, speaker="Ada", role="customer", text="A week."), (first,), Background(), Guide.default())
    assert (context(answer), text(answer)) == (1, 1)
    later = read(Turn(turn=3, speaker="Sam", role="interviewer", text="And now?"), (first, answer), Background(), Guide.default())
    assert later.last is not None
    assert (context(later.last), text(later.last)) == (0, 1)


def test_every_word_is_in_a_sentence() -> None:
    reading = reading_of("It took a week. Now it takes 2.5 hours?  Yes")
    assert [reading.turn.text[s.start : s.end] for s in map(reading.sentence_with, (0, 3, 4, 9))] == [
        "It took a week.", "It took a week.", "Now it takes 2.5 hours?", "Yes",
    ]  # fmt: skip
