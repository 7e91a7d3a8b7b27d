from __future__ import annotations

from typing import Literal

import pytest

from copilot.probe import Probe
from copilot.probes.recall import brought_back, recalled, repeats, takes_up

ASKED = "What does that look like in practice?"


def offered(said: str, asked: str, origin: Literal["rules", "llm"] = "rules") -> Probe:
    about = {"gap": "a", "why": "Because.", "kind": "vague", "topic": "results.daily", "severity": "must", "score": 0.5, "turn": 10}
    return Probe.model_validate(about | {"probe": asked, "text": said, "origin": origin})


@pytest.mark.parametrize(
    ("words", "opening"),
    [
        ("It got slow", "It got slow"),
        ("it's something that we learn about every day, I think, the more we do it", "it's something that we learn about every day"),
        ("because we don't want the same kiln settings that the big pots need", "we don't want the same kiln settings"),
        ("so then we moved all the glazes to the new shed and it leaked", "we moved all the glazes"),
    ],
)
def test_a_question_comes_after_the_first_words_of_what_it_is_about(words: str, opening: str) -> None:
    assert recalled(ASKED, words) == f'You said "{opening}": what does that look like in practice?'


def test_words_of_an_uncertain_speaker_are_put_into_nobodys_mouth() -> None:
    assert recalled(ASKED, "It got slow", unsure=True) == 'I noted "It got slow": what does that look like in practice?'


@pytest.mark.parametrize(
    "words",
    [
        "that was it",
        "and the people",
        "the reason for that is the way that the glazes of the old kind are mixed by hand",
    ],
)
def test_a_statement_whose_first_words_say_nothing_is_not_repeated(words: str) -> None:
    assert recalled(ASKED, words) == ASKED


def test_a_question_that_quotes_already_quotes_once() -> None:
    assert recalled('You said "slow": how slow?', "It got slow") == 'You said "slow": how slow?'


def test_the_words_that_questions_are_made_of_repeat_nothing() -> None:
    assert not repeats("What is one example of that?", "for example, the glaze")
    assert repeats("What is one glaze like that?", "for example, the glaze")


@pytest.mark.parametrize(
    ("said", "asked", "later"),
    [
        ("It got slow, but it never went down", "From what to what, roughly?", 'You said "It got slow": from what to what, roughly?'),
        ("It's gone from 3.9 to 4.4, out of five", "As of when?", 'You said "It\'s gone from 3.9 to 4.4": as of when?'),
        ("It got slow", "How slow did it get?", "How slow did it get?"),
        ("it was slow", 'You said "was slow": how do you mean?', 'You said "was slow": how do you mean?'),
        ("about that", "What would you put it at?", "What would you put it at?"),
        ("the other thing with it was, and I saw it late", "What did it look like?", "What did it look like?"),
    ],
)
def test_a_question_that_means_little_later_on_is_asked_with_the_words_it_is_about(said: str, asked: str, later: str) -> None:
    probe = offered(said, asked)
    assert brought_back(probe, probe.turn).probe == asked
    assert brought_back(probe, 60).probe == later


def test_a_question_in_the_words_of_a_model_is_left_as_it_is() -> None:
    probe = offered("It got slow", "From what to what?", origin="llm")
    assert brought_back(probe, 60).probe == "From what to what?"


@pytest.mark.parametrize(
    ("words", "opening"),
    [
        ("of course, the prices are coming down", "the prices are coming down"),
        ("Especially as we plan to grow, we need another kiln", "we need another kiln"),
        ("as we plan to grow", "as we plan to grow"),
        ("the ovens went quiet, of course", "the ovens went quiet"),
    ],
)
def test_a_clause_that_only_leads_up_to_a_statement_is_not_repeated(words: str, opening: str) -> None:
    assert recalled(ASKED, words) == f'You said "{opening}": what does that look like in practice?'


@pytest.mark.parametrize(
    ("question", "said", "asked", "at_once", "is_taken_up"),
    [
        ("And how much less breakage is there?", "we've less breakage now", 'You said "less breakage": what was it before?', False, True),
        ("Who else has seen the breakages?", "we've less breakage now", 'You said "less breakage": what was it before?', False, True),
        ("And who looks after the kilns?", "we've less breakage now", 'You said "less breakage": what was it before?', True, False),
        ("Whose call was that?", "It was decided in May", "Who was it, by name and role?", True, True),
        ("Whose call was that?", "It was decided in May", "Who was it, by name and role?", False, False),
        ("What has changed since?", "It was decided in May", "Who was it, by name and role?", True, False),
    ],
)
def test_a_question_takes_up_a_probe_if_it_names_what_that_repeats_or_at_once_asks_for_the_same_kind_of_thing(
    question: str, said: str, asked: str, at_once: bool, is_taken_up: bool
) -> None:
    assert takes_up(question, offered(said, asked), at_once=at_once) is is_taken_up
