from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.detectors.boundaries import find_boundaries, pointers_to
from copilot.detectors.boundaries.discretion import diluted
from copilot.detectors.boundaries.reach import meant

STORY = "C: The worst was the harbour hotel, where we lost nine crates of their linen and never paid for it."


def reached(readings, degree="possible"):
    """Return the turns that the boundaries of a call cover, heard turn by turn."""
    said: dict[str, list[int]] = {}
    covers = set()
    for reading in readings:
        covers |= {t for b in find_boundaries(reading, said) if b.degree == degree for t in b.covers}
        for stem in pointers_to(reading):
            said.setdefault(stem, []).append(reading.turn.turn)
    return covers


chances = st.dictionaries(st.integers(1, 200), st.floats(0, 1), min_size=1, max_size=8)


@given(chances, st.floats(0, 1))
def test_more_is_held_back_where_something_is_surely_asked(chances, least):
    assert meant(chances, least, asked=False) <= meant(chances, least, asked=True) <= chances.keys()


@given(chances, st.floats(0, 1))
def test_what_is_surely_asked_holds_back_the_likeliest_turn(chances, least):
    assert max(chances, key=chances.__getitem__) in meant(chances, least, asked=True)


@given(chances)
def test_what_is_unlikely_is_not_held_back_for_a_doubtful_request(chances):
    assert meant(chances, 1.1, asked=False) == set()


@pytest.mark.parametrize("reply", ["Understood, no name. What came next?", "Of course, it stays out. What came next?"])
def test_a_promise_holds_back_what_was_told_before_a_doubtful_request(call, reply):
    asked = "C: They wouldn't thank me for telling you."
    assert reached(call("I: What was the worst day?", STORY, "I: Oh no.", asked, f"I: {reply}")) >= {2}


def test_a_doubtful_request_that_nobody_takes_up_holds_back_nothing(call):
    asked = "C: They might not want to see themselves in there."
    assert reached(call("I: What was the worst day?", STORY, "I: Oh no.", asked, "I: How many crates do you wash in a week?")) == set()


def test_what_is_told_turns_before_is_held_back_where_the_request_names_it(call):
    later = (
        "I: And how many people are you?", "C: Forty in the laundry and six drivers.", "I: Since when?", "C: Since the spring.",
        "I: Anything else?", "C: Yes, the harbour hotel and the crates, perhaps leave that out of it, they're still a customer.",
    )  # fmt: skip
    readings = call("I: What was the worst day?", STORY, "I: Oh no.", "C: We bought new crates after it.", *later)
    held = reached(readings) | reached(readings, "clear")
    assert 2 in held
    assert 8 not in held


def test_the_length_of_a_turn_counts_against_its_best_sentence(call):
    short, long = call("C: We moved the stock in the spring.", "I: And?", f"C: {'We moved the stock in the spring. ' * 40}")[::2]
    assert diluted(1.0, short) == 1.0
    assert diluted(1.0, long) < 0.0


@pytest.mark.parametrize(
    ("said", "barred"),
    [
        ("Not for your article, this. They dragged their heels for months until I showed them the sheet.", {4}),
        ("They dragged their heels for months. Not for your article, this.", {4}),
        ("Not for your article, that. Anyway.", {2}),
    ],
)
def test_this_at_the_start_of_a_story_means_what_is_still_to_come(call, said, barred):
    rows = (
        "I: And overtime?",
        "C: Six hundred hours a month before, two hundred and fifty now.",
        "I: Was the contractor glad?",
        f"C: {said}",
    )
    assert reached(call(*rows), degree="clear") == barred


@pytest.mark.parametrize(
    ("said", "barred"),
    [
        (
            "C: The crates, like I said. And there's a thing that's not public, so keep this one between us: we move to another supplier.",
            {4},
        ),
        ("C: What I said about the crates, please keep that between us.", {2}),
    ],
)
def test_a_request_that_ends_at_a_colon_means_what_follows_and_nothing_before(call, said, barred):
    turns = call("I: What was the worst day?", STORY.replace("nine crates", "nine of the crates"), "I: And what is still missing?", said)
    assert reached(turns, "clear") == barred


@pytest.mark.parametrize(("said", "own"), [("C: The oven was late, but that's between us.", True), ("C: But that's between us.", False)])
def test_a_turn_of_few_words_that_tells_something_is_barred_itself(call, said, own):
    turns = call("I: What was the worst day?", STORY, "I: Noted.", said)
    assert (4 in reached(turns, "clear")) is own
