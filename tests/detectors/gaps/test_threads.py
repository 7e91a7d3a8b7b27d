from __future__ import annotations

import pytest

from copilot.detectors.gaps.threads import count_announced, find_left_thread, find_open_threads, items_named


@pytest.mark.parametrize(
    ("text", "opened"),
    [
        ("There were two reasons, really. The first was the price, which nobody upstairs could swallow.", "two reasons"),
        ("Oh, three times. First the bigger machines. Second, we built our own cache, and it leaked.", "three times"),
        ("Twice. My nephew wrote us a little program one summer, and then he went back to school.", "Twice"),
        ("We tried a couple of things.", "couple of things"),
        ("Partly. There were other reasons.", "other reasons"),
        ("More factors, honestly.", "More factors"),
        ("Two things. The first one is the noise. Sorry, yes, it's on the second shelf.", "Two things"),
        ("Two things. One's the deposit. It came back in full, a whole year of it. We'd finally asked for it.", "Two things"),
        ("Three things. First the dampers, which rust in a winter. And then the hatch. It was beautiful.", "Three things"),
        ("Two reasons. And the first is the price.", "Two reasons"),
        ("Two reasons. The first was the price. And the price was low.", "Two reasons"),
        ("Three reasons. The first was the price. And the second was the speed.", "Three reasons"),
        ("Two reasons. The first was the price. And then, hang on, that's the bell.", "Two reasons"),
        ("I told him three things. It has to fold flat. And it has to float.", "three things"),
        ("It came down to two considerations. The first is that it owned up to its errors.", "two considerations"),
        ("Three reasons. That it's cheap, and small. And then, hang on, that's the bell. Where were we?", "Three reasons"),
    ],
)
def test_what_is_announced_and_not_told_is_an_open_thread(call, text, opened):
    (span,) = find_open_threads(call("I: How did that come about?", f"C: {text}")[-1])
    assert span.text == opened


@pytest.mark.parametrize(("between", "opened"), [(10, False), (60, True)])
def test_the_items_of_an_announcement_are_told_soon_after_it(call, between, opened):
    text = "Two things. The first is the noise." + " It rained." * between + " The second is the price."
    assert bool(find_open_threads(call("I: How did that come about?", f"C: {text}")[-1])) is opened


@pytest.mark.parametrize(
    "text",
    [
        "There were two reasons. The first was the price. The second was that nobody answered the phone.",
        "Two things. It had to be quiet, and it had to fit under the stairs.",
        "Two things. First the dampers, which rust in a single winter. And then the hatch. It was beautiful, and nobody could lift it.",
        "Two things. People swap shifts between the houses now. And the other one's the payroll, that closes a day early.",
        "I'd three things on my list: the names, the speed, and a person on the phone.",
        "That caught three things before a customer ever saw them.",
        "We went the other way.",
        "That was the other thing.",
        "We went there twice a year until the bridge closed.",
        "Satisfaction is up six points.",
        "I've asked them twice. They were at lunch.",
        "With three times the orders! We'd have needed a second van.",
        "She has perhaps a minute between two things. I don't want to teach her anything then.",
    ],
)
def test_what_is_told_in_full_or_only_counted_opens_nothing(call, text):
    assert find_open_threads(call("I: How did that come about?", f"C: {text}")[-1]) == ()


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("My uncle came round, but for an odd reason.", "an odd reason"),
        ("The printers were quick. The forms were the tricky part.", "The forms were the tricky part"),
        ("We signed in May, on one condition.", "one condition"),
        ("Mostly, yes. There was a snag with it, though.", "There was a snag"),
        ("My uncle agreed to it in the end, with one condition.", "one condition"),
        ("It ran for a week, and then we had an awkward moment.", "we had an awkward moment"),
    ],
)
def test_a_turn_that_ends_on_what_it_names_leaves_it_open(call, text, left):
    reading = call("I: How did that go?", f"C: {text}")[-1]
    place = find_left_thread(reading)
    assert place is not None
    assert reading.turn.text[slice(*place)] == left


@pytest.mark.parametrize(
    "text",
    [
        "The price was the reason.",
        "It ran without a cable, and that was the reason.",
        "The forms had to be typed in twice. That was the tricky part.",
        "It stopped for no reason.",
        "The tricky part was the forms, which came on paper.",
        "There was a snag, since the cable was too short.",
        "The crew made a good story of it.",
        "It wasn't a bad thing.",
        "We liked the small part.",
    ],
)
def test_a_turn_that_tells_what_it_names_leaves_nothing_open(call, text):
    assert find_left_thread(call("I: How did that go?", f"C: {text}")[-1]) is None


@pytest.mark.parametrize(("text", "count"), [("For three reasons.", 3), ("We tried it twice.", 2), ("The other reason was the smell.", 0)])
def test_the_things_that_a_sentence_announces_are_counted(call, text, count):
    reading = call("I: Why?", f"C: {text}")[-1]
    assert count_announced(reading, reading.sentences[0]) == count


@pytest.mark.parametrize(
    ("words", "items"),
    [
        ("that was my third thing by the way", {3}),
        ("and what was the second", {2}),
        ("the other one's the payroll", {2}),
        ("on the second shelf", set()),
        ("a third of them left", set()),
    ],
)
def test_the_items_that_words_name_are_those_after_the_first(words, items):
    assert items_named(words.split()) == items
