from __future__ import annotations

import pytest

from copilot.errors import GuideError
from copilot.guide import Guide
from copilot.session import Session
from copilot.turns import Turn

SMALL = """
name: small
sections:
- id: harvest
  title: Harvest
  topics:
  - {id: yield, title: Yield, question: How much do you pick in a season?}
  - {id: weather, title: Weather, question: What does the weather do to the crop?}
"""


def test_the_default_guide_has_six_sections_of_five_topics():
    guide = Guide.default()
    assert [s.id for s in guide.sections] == ["background", "challenges", "decision", "implementation", "results", "future"]
    assert all(len(s.topics) == 5 for s in guide.sections)
    assert list(guide.topics)[:2] == ["background.role", "background.team"]


def test_every_topic_of_the_default_guide_says_what_to_ask_and_what_a_full_answer_holds():
    for topic in Guide.default().topics.values():
        assert topic.question.endswith("?")
        assert topic.short is not None
        assert topic.short.endswith("?")
        assert len(topic.short.split()) <= 12
        assert topic.intent
        assert topic.complete
        assert 0 < topic.lacking < 1


def test_the_default_guide_is_read_once():
    assert Guide.default() is Guide.default()


def test_equal_guides_are_one_key():
    assert len({Guide.parse(SMALL), Guide.parse(SMALL)}) == 1


def test_a_user_guide_needs_no_more_than_ids_titles_and_questions():
    guide = Guide.parse(SMALL)
    assert list(guide.topics) == ["harvest.yield", "harvest.weather"]
    assert guide.topics["harvest.yield"].cues == ()
    assert guide.topics["harvest.yield"].lacking == 0.5


def test_a_misspelt_key_is_an_error_that_names_the_nearest_one():
    with pytest.raises(GuideError, match=r"questoin.*did you mean 'question'"):
        Guide.parse(SMALL.replace("title: Yield, question", "title: Yield, questoin"))


@pytest.mark.parametrize(
    ("phrase", "told"),
    [
        ("", "holds no word"),
        ("...", "holds no word"),
        ("*", "holds no word"),
        ("# _", "holds no word"),
        ("a|", "'a|' has to be of single words; write a phrase for each"),
        ("hail|re-plant", "'hail|re-plant' has to be of single words"),
        ("re-plant*", "'re-plant*' has to be of single words"),
    ],
)
@pytest.mark.parametrize("key", ["cues", "ask"])
def test_a_phrase_that_no_words_can_match_or_any_is_an_error(key: str, phrase: str, told: str):
    with pytest.raises(GuideError) as caught:
        Guide.parse(SMALL.replace("crop?}", f"crop?, {key}: [hail, '{phrase}']}}"))
    assert f"guide: line 8: sections.harvest.topics.weather.{key}.2: the phrase '{phrase}'" in str(caught.value)
    assert told in str(caught.value)


@pytest.mark.parametrize("phrase", ["hail", "# tons", "it's|we're ... wet", "a _ frost*", "Last Harvest"])
def test_a_phrase_of_words_and_signs_is_taken_as_it_stands(phrase: str):
    guide = Guide.parse(SMALL.replace("crop?}", f'crop?, cues: ["{phrase}"]}}'))
    assert guide.topics["harvest.weather"].cues == (phrase,)


@pytest.mark.parametrize(
    ("phrase", "heard"), [("re-plant", "re plant"), ("(hail", "hail"), ("it isn’t wet", "it isn't wet"), ("Q&A", "q a")]
)
def test_a_phrase_is_taken_as_it_is_heard(phrase: str, heard: str):
    guide = Guide.parse(SMALL.replace("crop?}", f'crop?, cues: ["{phrase}"]}}'))
    assert guide.topics["harvest.weather"].cues == (heard,)


def test_the_topics_that_a_guide_marks_are_its_minimum_and_else_those_of_the_library():
    assert Guide.parse(SMALL).minimum == frozenset()
    assert Guide.parse(SMALL.replace("crop?}", "crop?, must: true}")).minimum == {"harvest.weather"}
    assert len(Guide.default().minimum) == 17
    shared = SMALL.replace("id: harvest", "id: results").replace("id: yield, title: Yield", "id: metrics, title: Numbers")
    assert Guide.parse(shared).minimum == {"results.metrics"}
    assert Guide.parse(shared.replace("crop?}", "crop?, must: true}")).minimum == {"results.weather"}


def test_a_topic_that_the_guide_marks_is_needed_where_nobody_touched_it():
    session = Session(guide=Guide.parse(SMALL.replace("crop?}", "crop?, must: true}")))
    assert {probe.topic: probe.severity for probe in session.left()} == {"harvest.yield": "nice", "harvest.weather": "must"}


@pytest.mark.parametrize(("purpose", "told"), [("", True), ("for: story\n", True), ("for: internal\n", False)])
def test_reasons_and_the_subject_speak_of_a_story_where_the_call_is_for_one(purpose: str, told: bool):
    session = Session(guide=Guide.parse(purpose + SMALL))
    session.hear(Turn(turn=1, speaker="Ira", role="interviewer", text="How much do you pick in a season?"))
    session.hear(
        Turn(
            turn=2,
            speaker="Ada",
            role="customer",
            text="Since the new nets we lose far fewer cherries to the starlings, it's night and day.",
        )
    )
    reasons = [probe.why for probe in session.left() if probe.gap]
    assert reasons
    assert any(word in why for why in reasons for word in ("reader ", "readers", "published", "story")) is told
    assert ("story" in session.draft("email").subject) is told


def test_what_a_call_is_for_is_one_of_two():
    with pytest.raises(GuideError, match=r"line 1: for: one of 'story' or 'internal' is expected, not the text 'press'"):
        Guide.parse("for: press" + SMALL)


def test_a_topic_named_twice_is_an_error():
    with pytest.raises(GuideError, match=r"harvest\.yield"):
        Guide.parse(SMALL.replace("id: weather", "id: yield"))


def test_a_section_without_topics_is_an_error():
    with pytest.raises(GuideError, match="topics"):
        Guide.parse("name: x\nsections: [{id: a, title: A, topics: []}]")


def test_a_share_beyond_one_is_an_error():
    with pytest.raises(GuideError, match="lacking"):
        Guide.parse(SMALL.replace("crop?}", "crop?, lacking: 40}"))


def test_a_share_is_counted_only_where_it_is_given():
    given = Guide.parse(SMALL.replace("crop?}", "crop?, lacking: 0.4, counted: true}"))
    assert [t.counted for t in given.topics.values()] == [False, True]
    with pytest.raises(GuideError, match="lacking"):
        Guide.parse(SMALL.replace("crop?}", "crop?, counted: true}"))


def test_a_topic_holds_the_kinds_of_metric_that_the_guide_names():
    guide = Guide.parse(SMALL.replace("season?}", "season?, holds: [result, scale]}"))
    assert (guide.holder("result"), guide.holder("scale"), guide.holder("plan")) == ("harvest.yield", "harvest.yield", None)
    assert Guide.default().holder("result") == "results.metrics"
    with pytest.raises(GuideError, match="holds"):
        Guide.parse(SMALL.replace("season?}", "season?, holds: [outcome]}"))


def test_a_guide_file_that_does_not_exist_is_an_error_with_its_name(tmp_path):
    with pytest.raises(GuideError, match=r"gone\.yaml"):
        Guide.load(tmp_path / "gone.yaml")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "- id: harvest",
            "- {id: harvest, title: Twice, topics: [{id: x, title: X, question: What?}]}\n- id: harvest",
            "section ids must be unique",
        ),
        ("- id: harvest", "- id: har.vest", "without dots.*'har.vest'"),
        ("- id: harvest", "- id: ''", "without dots.*''"),
        ("id: weather", "id: ''", "a topic of section harvest has no id"),
    ],
)
def test_ids_by_which_topics_could_not_be_told_apart_are_an_error(old: str, new: str, told: str):
    with pytest.raises(GuideError, match=told):
        Guide.parse(SMALL.replace(old, new))


RENAMED = """
name: mine
sections:
- id: decision
  title: Walls
  topics:
  - {id: comparison, title: Paint, question: Which paint did you choose?}
- id: results
  title: What came of it
  topics:
  - {id: surprises, title: Unexpected benefits, question: What has it done that nobody planned?}
  - {id: carbon, title: Carbon, question: What happened to your emissions?}
- id: soil
  title: Soil
  topics:
  - {id: worms, title: Worms, question: How are the worms?}
"""


def test_a_topic_with_a_shipped_id_is_the_users_own_unless_it_keeps_the_title_or_the_question():
    title = Guide.default().topic("results.surprises").title
    kept = Guide.parse(RENAMED.replace("Unexpected benefits", title))
    assert kept.standard == {"results": "results", "results.surprises": "results.surprises", "results.carbon": "results"}
    assert Guide.parse(RENAMED).standard == {}
    assert set(Guide.default().standard) == {*Guide.default().topics, *(s.id for s in Guide.default().sections)}


def test_the_phrases_of_a_shipped_topic_are_no_cues_of_an_own_one_with_its_id():
    assert "decision.comparison" in Guide.parse(RENAMED).uncued
    title = Guide.default().topic("decision.comparison").title
    assert "decision.comparison" not in Guide.parse(RENAMED.replace("title: Paint", f"title: {title}")).uncued


def test_a_topics_id_may_hold_a_dot():
    assert list(Guide.parse(SMALL.replace("id: weather", "id: weather.rain")).topics) == ["harvest.yield", "harvest.weather.rain"]
