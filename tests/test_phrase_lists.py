from __future__ import annotations

import pytest

from copilot.lexicon import Lexicon, load_data
from copilot.questions import read_question
from copilot.text import norms
from tests.conftest import call, readings

HEARD = [
    ("hedge", "I'd hazard a third.", "She was kind to us."),
    ("hedge", "It was thirty or thereabouts.", "We walk around the site."),
    ("hearsay", "From what I gather it is a fifth.", "I told him to come in."),
    ("hearsay", "The drivers reckon it is easier.", "As mentioned before, no."),
    ("comparative", "It is streets ahead of the last one.", "We had more or less finished."),
    ("comparative", "It is nowhere near as slow.", "The owner is a senior buyer."),
    ("change", "Complaints have petered out.", "We sat down with the vendor."),
    ("change", "It took the pressure off the desk.", "She came up with the name."),
    ("vague_amount", "We have umpteen forms.", "Thanks a lot."),
    ("vague_amount", "It was a big chunk of my day.", "At most."),
    ("money", "It barely breaks even.", "Put that on file."),
    ("money", "We were out of pocket.", "She is in charge of stores."),
    ("bare_unit", "It comes back in the blink of an eye.", "These days we don't."),
    ("bare_unit", "I get my Fridays back.", "Office hours are on the door."),
    ("frequency", "It broke every other day.", "Every site has one."),
    ("frequency", "Round the clock, it was.", "By the time we left."),
    ("abstract_measure", "Attendance is up.", "Lead engineer."),
    ("period", "It was like that in the past quarter.", "It was a drama."),
    ("before", "Up until then.", "In time."),
    ("now", "It has dropped to six.", "Just now he rang."),
    ("now", "As things stand, it is two.", "Until now."),
    ("measure_source", "The logs say so.", "Our roads are bad."),
    ("measure_source", "We ran a survey on it.", "A log fire."),
    ("praise", "I take my hat off to them.", "Good question."),
    ("praise", "They went the extra mile.", "We're happy to share."),
    ("blame", "It did my head in.", "Too bad you missed it."),
    ("blame", "It was like herding cats.", "We have a disaster recovery plan."),
    ("failure", "The till packed up.", "He broke the ice."),
    ("failure", "Orders fell through the cracks.", "It works."),
    ("generality", "In every way.", "Coats are on the left."),
    ("passive", "The project was outsourced.", "I was tired."),
    ("decision", "We took the plunge.", "We moved house."),
    ("decision", "It came down to two of you.", "A pick list."),
    ("reason", "It stemmed from the merger.", "Due on Friday."),
    ("reason", "What clinched it was the demo.", "As a team."),
    ("example", "A case in point.", "As such."),
    ("example", "There was another where the van got lost.", "Such a shame."),
    ("enumeration", "It was threefold.", "In the first place I went."),
    ("enumeration", "Several factors.", "First class."),
    ("second", "Then there's the price.", "Wait a second."),
    ("second", "On top of that.", "The next day."),
    ("aside", "That is a can of worms.", "Step this way."),
    ("surprise", "I was gobsmacked.", "No surprise there."),
    ("emotion", "I was at my wits' end.", "Press the panic button."),
    ("explain", "It is an acronym for the till.", "The mean of both."),
]


@pytest.mark.parametrize(("cue", "heard", "not_heard"), HEARD, ids=[f"{cue}: {heard}" for cue, heard, _ in HEARD])
def test_a_cue_is_heard_in_idioms_and_not_in_words_that_only_look_like_it(cue: str, heard: str, not_heard: str) -> None:
    assert cue in readings(call(f"C: {heard}"))[0].cue_labels()
    assert cue not in readings(call(f"C: {not_heard}"))[0].cue_labels()


@pytest.mark.parametrize(
    ("reply", "text"),
    [
        ("declines", "That's a trade secret."),
        ("declines", "Can we skip that one?"),
        ("declines", "My boss would shoot me."),
        ("defers", "Let me take that away."),
        ("defers", "I'll ping you the number."),
        ("defers", "You'd have to ask Maria."),
        ("agrees", "That makes sense."),
    ],
)
def test_a_reply_is_heard(reply: str, text: str) -> None:
    assert reply in {m.label for m in Lexicon.load("replies").find(norms(text))}


@pytest.mark.parametrize("text", ["They came back to us.", "We check it daily.", "We share a desk.", "Our team is in Leeds."])
def test_no_reply_is_heard_in_a_story(text: str) -> None:
    assert not Lexicon.load("replies").find(norms(text))


@pytest.mark.parametrize(
    ("asks", "question", "other"),
    [
        ("number", "Could you quantify that?", "Who was involved?"),
        ("why", "What do you put that down to?", "How many?"),
        ("who", "Which stakeholders?", "Which month?"),
        ("when", "What's the timeline?", "Who decided?"),
        ("story", "How did it unfold?", "How many?"),
        ("problem", "Any snags?", "Who uses it?"),
        ("result", "What came of it?", "What's your role?"),
        ("choice", "Who else was in the running?", "What was broken?"),
        ("feel", "Any pushback?", "How long?"),
    ],
)
def test_what_a_question_asks_for_is_heard_in_many_words(asks: str, question: str, other: str) -> None:
    assert asks in read_question(question).asks
    assert asks not in read_question(other).asks


@pytest.mark.parametrize("name", ["cues", "replies", "emotions", "questions"])
def test_every_word_of_a_phrase_list_can_be_heard(name: str) -> None:
    phrases = [row for rows in load_data(name).values() if isinstance(rows, str) for row in rows.split(",")]
    words = {word for row in phrases for part in row.split() for word in part.split("|")} - {"_", "#", "..."}
    assert [word for word in words if norms(word.rstrip("*")) != (word.rstrip("*"),)] == []
