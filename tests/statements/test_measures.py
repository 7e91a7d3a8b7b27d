from __future__ import annotations

import pytest

from copilot.probes.wording import explain, word_probe
from copilot.statements.measures import find_measure

from ..probes.conftest import heard


def measured(text: str) -> set[str] | None:
    found = find_measure(heard(text), 0, len(text))
    return None if found is None else set(found.labels)


def asked(text: str, topic: str = "results.metrics") -> str:
    return word_probe(heard(text), "missing_metric", 0, len(text.rstrip(".")), topic)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("We get fewer complaints.", "events"),
        ("The kiln firings take much longer.", "time"),
        ("That cost us a lot.", "money"),
        ("It went from hours to days.", "unit"),
        ("The breakages have come down.", "moved"),
        ("We lose less clay.", "graded"),
        ("The price is a good bit up.", "graded"),
        ("We have a lot of moulds.", "count"),
        ("We had a huge amount of breakage.", "amount"),
        ("We keep losing pots.", "often"),
        ("A good deal of glaze went over the side.", "amount"),
        ("Some of our potters left.", "some"),
        ("We were able to cut costs a lot.", "money"),
        ("The yield is much better.", "rated"),
        ("The breakages are even down a bit.", "graded"),
        ("We lost some good young people in those years.", "people"),
        ("People have got a good deal of time back.", "amount"),
    ],
)
def test_an_amount_is_counted_in_what_stands_next_to_it(text: str, label: str) -> None:
    assert label in (measured(text) or set())


@pytest.mark.parametrize(
    "text",
    [
        "The glaze is more flexible.",
        "The potters are so much happier.",
        "The new kiln is safer.",
        "They made huge improvements.",
        "We watch it a lot.",
        "Most of it was sold.",
        "That's some of the other glazing we do.",
        "It's a bit sad.",
    ],
)
def test_a_quality_is_counted_in_nothing(text: str) -> None:
    assert measured(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "There was a lot of nodding.",
        "We buy a lot of stuff.",
        "There was not a significant change.",
        "We never really had a huge amount of cracking.",
        "We're going to have a lot more orders.",
        "I learned a lot.",
        "I learned a lot more from them.",
        "The wheel turns every single day.",
        "We would have to increase it a lot.",
        "If the orders went down, we would know.",
        "These days we sit.",
        "The wheel was up in the attic.",
        "I grew up there.",
        "We sell to bigger potteries.",
        "The earlier kiln burnt oil.",
        "It is more or less done.",
        "We used to have a wheel.",
        "The wheel stands in the barn.",
        "Let's say somebody comes with a shape that is a lot more expensive.",
        "It would've been probably better with more clay.",
    ],
)
def test_no_amount_is_heard_where_none_is_told_as_a_fact(text: str) -> None:
    assert measured(text) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It took weeks.", "how many weeks"),
        ("It went from hours to minutes.", "how many minutes"),
        ("The breakages have come down.", "what to what|before, and what|against before"),
        ("We lose less clay.", "by how much|from what to what|before, and what"),
        ("We have much more orders.", "how many"),
        ("The new kiln is way faster.", "how long|go from and to"),
    ],
)
def test_a_missing_number_is_asked_for_in_what_it_is_counted_in(text: str, words: str) -> None:
    assert any(word in asked(text).lower() for word in words.split("|"))


@pytest.mark.parametrize(
    "text", ["The glaze is more flexible.", "We watch it a lot.", "Both lids come up.", "The wheel stands in the barn."]
)
@pytest.mark.parametrize("topic", ["results.metrics", "challenges.pain", "implementation.features"])
def test_no_number_is_asked_of_what_has_none(text: str, topic: str) -> None:
    question = asked(text, topic).lower()
    assert not any(words in question for words in ("how much", "how many", "how long", "how often", "in numbers", "what share"))


def test_the_words_of_the_amount_are_repeated() -> None:
    text = "Seeing it in the demo, both lids come up - and the second one coming up way faster"
    assert "way faster" in asked(text)
    assert "lids" not in asked(text)


@pytest.mark.parametrize(
    "text",
    [
        "We used to spend three hours a day on planning, and it is much better now.",
        "It cost nine thousand euros, and the kiln behaves now.",
        "That's two hundred and ninety thousand a year straight off the budget.",
    ],
)
def test_no_money_is_asked_for_where_the_number_stands_beside_it(text: str) -> None:
    assert "how much" not in asked(text)


@pytest.mark.parametrize("text", ["We used to spend a lot on planning.", "The glaze was expensive, and nine people left."])
def test_money_without_its_number_is_asked_for(text: str) -> None:
    assert "how much" in asked(text).lower()


@pytest.mark.parametrize(
    ("idle", "told"),
    [
        ("It's more of a craft than a trade.", "It's more pots than we had."),
        ("Somebody higher up signed it.", "The rent is higher now."),
        ("We no longer require a kiln log.", "The firing takes longer."),
        ("It works for most big companies.", "It works for most of our kilns."),
        ("One day the whole system was down.", "The rent was down."),
        ("The neighbours came up to us.", "The yield came up."),
        ("It's more a craft than a trade.", "It's more pots than we had."),
    ],
)
def test_a_word_for_a_degree_can_be_idle(idle: str, told: str) -> None:
    assert measured(idle) is None
    assert measured(told) is not None


def test_the_reason_speaks_of_a_number_where_the_question_asks_for_one() -> None:
    reasons = [
        explain(heard(text), "missing_metric", 0, len(text), "results.metrics")
        for text in ("The glaze dries faster.", "It's like night and day.")
    ]
    assert ["number" in reason for reason in reasons] == [True, False]


@pytest.mark.parametrize("lead", ["I suppose", "As you can imagine,", "I assume that", "Let's be honest,"])
def test_what_is_only_hedged_is_told(lead: str) -> None:
    assert measured(f"{lead} we save a lot of time.") == measured("We save a lot of time.") != set()


def test_an_amount_of_time_is_not_counted_in_those_who_have_it() -> None:
    assert measured("People have got a good deal of time back.") == {"amount", "time"}


@pytest.mark.parametrize("topic", ["results.metrics", "implementation.features", "challenges.impact"])
def test_a_change_is_asked_about_from_one_end_to_the_other_in_any_topic(topic: str) -> None:
    question = asked("The storage bill has gone down accordingly.", topic).lower()
    assert any(words in question for words in ("from what to what", "by how much", "before"))


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("It's growing pretty quick.", set()),
        ("It fell fast, the backlog.", {"moved"}),
        ("We reduced the waiting times.", {"time"}),
        ("We got bitten by a configuration error.", None),
        ("We had a complaint a week.", {"events"}),
        ("The kiln makes mistakes.", {"events"}),
        ("We lost a lot of people.", {"people"}),
    ],
)
def test_a_pace_is_no_duration_and_one_thing_is_no_count(text: str, labels: set[str] | None) -> None:
    found = measured(text)
    assert found is None if labels is None else found is not None and labels <= found and ("time" in found) == ("time" in labels)


def test_what_a_preposition_parts_from_its_verb_is_not_what_is_lost() -> None:
    assert measured("We essentially lose by other people doing it.") is None


def test_an_amount_that_has_its_number_is_not_what_a_number_is_missing_for() -> None:
    assert measured("We open two more sites, and it's growing.") == set()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("We cut over in May.", False),
        ("The power cut out twice.", False),
        ("The boxes fell over.", False),
        ("We cut across to the old line.", False),
        ("We cut out two hours a day.", True),
        ("The bill dropped over time.", True),
        ("Nobody looks at a gauge any more.", False),
        ("We don't lose pots any more.", True),
    ],
)
def test_a_verb_with_a_particle_alone_and_a_habit_that_ended_tell_no_amount(text: str, told: bool) -> None:
    assert (measured(text) is not None) is told


def test_a_habit_that_ended_has_no_size() -> None:
    assert measured("We don't pay for couriers any more.") == set()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Earlier they were cursing the kiln.", False),
        ("It is calm now, earlier the potters were cursing it.", False),
        ("They finish earlier.", True),
        ("We open earlier than we did.", True),
    ],
)
def test_earlier_tells_a_change_unless_it_means_before(text: str, told: bool) -> None:
    assert (measured(text) is not None) is told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("I would say it's a lot quicker.", True),
        ("I'd call it a lot cheaper.", True),
        ("It would be a lot quicker.", False),
        ("I don't think we lost a lot of clay.", False),
        ("We don't think about it, and we lost a lot of clay.", True),
    ],
)
def test_an_amount_is_told_by_a_softened_opinion_but_not_by_a_denied_one(text: str, told: bool) -> None:
    assert (measured(text) is not None) is told


@pytest.mark.parametrize(("text", "counted"), [("We were losing customers.", True), ("We were losing heart.", False)])
def test_several_things_that_are_lost_are_counted(text: str, counted: bool) -> None:
    assert ("count" in (measured(text) or set())) is counted


@pytest.mark.parametrize(
    ("text", "told"),
    [("I couldn't believe it, it was a lot quicker.", True), ("I don't think we lost a lot of clay.", False)],
)
def test_only_a_doubt_in_its_own_clause_makes_an_amount_supposed(text: str, told: bool) -> None:
    assert (measured(text) is not None) is told
