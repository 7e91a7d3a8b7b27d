from __future__ import annotations

import sys
import tracemalloc
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from copilot.background import Background
from copilot.coverage import ENOUGH
from copilot.detectors import topics
from copilot.detectors.topic_weights import Scorer, Weights, prepare, scorer_of
from copilot.detectors.topics import (
    Chances,
    chances,
    find_brushed,
    find_sections,
    find_topics,
    question_of,
    topic_asked,
    topic_of_question,
)
from copilot.guide import Guide
from copilot.lexicon import Lexicon
from copilot.reading import Reading, read
from copilot.turns import Turn

from .conftest import call, readings

WORDS_ONLY = Guide.parse("""
name: kitchen
sections:
- id: menu
  title: Menu
  topics:
  - {id: dishes, title: Dishes, question: Which dishes do your guests order?, complete: [a recipe, its ingredients]}
  - {id: allergies, title: Allergies, question: How do you handle allergies?, complete: [labels, kitchen separation]}
- id: suppliers
  title: Suppliers
  topics:
  - {id: farms, title: Farms, question: Which farms supply your vegetables?, complete: [the grower, distance, delivery]}
""")

WITH_CUES = Guide.parse("""
name: rowing
sections:
- id: crew
  title: Crew
  topics:
  - {id: injuries, title: Injuries, question: Who got hurt?, cues: [pulled a muscle, physio*], ask: [get hurt]}
- id: boat
  title: Boat
  topics:
  - {id: repairs, title: Repairs, question: What broke?, cues: [new rigger, hull crack*], ask: [had to mend]}
""")


def listen(exchanges: Sequence[tuple[str, str]], guide: Guide | None = None) -> list[Reading]:
    """Return the readings of the customer's answers in a call of questions and answers."""
    rows = (row for question, answer in exchanges for row in (f"I: {question}", f"C: {answer}"))
    return readings(call(*rows), guide=guide)[1::2]


def topics_of(question: str, answer: str) -> set[str]:
    return {t.topic for t in find_topics(listen([(question, answer)])[0])}


CALL = [
    ("Can you hear me all right?", "Yes, loud and clear."),
    (
        "Tell me who you are and what you do there.",
        "I'm the operations director at Bellweather Dairies, and I look after the plant and the people in it, about six years now.",
    ),
    (
        "Take me back to before you had the system. What was going wrong?",
        "Everything was on paper. Somebody wrote the tank readings on a clipboard, somebody else typed them up at night, and they kept "
        "coming out wrong.",
    ),
    ("What happened then?", "Well, one night the wrong tank got emptied, and we had to throw the whole batch away."),
]


ANSWERS = {
    "decision.stakeholders": ("Who was involved in the decision?", "Our finance director had to approve it, then the board signed it off."),
    "implementation.timeline": ("How long did the rollout take?", "We signed in January, and the last site went live in June."),
    "future.plans": ("And what's next for you with it?", "Next year we're going to roll it out to the two depots in the north."),
    "future.advice": ("What would you say to someone in your shoes?", "Start small, and talk to the night shift before you buy anything."),
    "results.surprises": ("Was there anything you didn't expect?", "Yes, we never expected that the drivers would use it at home."),
    "implementation.architecture": ("How does it fit in with your other systems?", "It talks to the ERP over an API."),
    "decision.comparison": ("Which other vendors did you look at?", "There were three vendors, and we ran a trial with two of them."),
}


@pytest.mark.parametrize("topic", ANSWERS)
def test_an_answer_informs_the_topic_that_was_asked_for(topic):
    assert topic in topics_of(*ANSWERS[topic])


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("How's the weather over there?", "Raining, as it has all weekend."),
        ("Is it okay if I record this?", "Sure, go ahead."),
        ("Thank you so much for your time, I'll send you the draft.", "Thanks, bye now."),
    ],
)
def test_small_talk_informs_nothing(question, answer):
    reading = listen([(question, answer)])[0]
    assert find_topics(reading) == ()
    assert find_sections(reading) == ()


def test_a_call_moves_through_the_sections_of_its_answers():
    sections = [find_sections(r, find_topics(r)) for r in listen(CALL)]
    assert sections == [(), ("background",), ("challenges",), ("challenges",)]


def test_a_follow_up_belongs_to_what_was_talked_about_before():
    alone = listen(CALL[-1:])[0]
    told = listen(CALL)[-1]
    scorer = prepare(Guide.default(), Weights.trained())
    assert chances(scorer, told).sections[1] > chances(scorer, alone).sections[1]


def test_an_interviewers_turn_informs_nothing():
    turn = Turn(turn=1, speaker="Ann", role="interviewer", text="We cut your costs by 40 percent, right?")
    reading = read(turn, (), Background(), Guide.default())
    assert find_topics(reading) == ()
    assert find_sections(reading) == ()
    assert topic_asked(reading) is None


def test_a_short_answer_weighs_less_than_a_full_one():
    question = "Who was involved in the decision?"
    short, full = (
        max(t.weight for t in find_topics(listen([(question, answer)])[0]))
        for answer in (
            "Our finance director.",
            "Our finance director, who had to approve the money, then the head of IT, who had to be convinced, and in the end the board, "
            "which signed it in May after two votes.",
        )
    )
    assert short < full <= 1


def test_of_a_guides_own_topics_only_those_that_a_turn_informs_are_brushed():
    said = "C: Mostly the soup, with vegetables, and the bread that my brother bakes at night in the old oven behind the kitchen, daily."
    reading = readings(call("I: Which dishes do your guests order?", said), guide=WORDS_ONLY)[-1]
    assert find_brushed(reading) == tuple(t.topic for t in find_topics(reading)) == ("menu.dishes",)


def test_our_side_brushes_no_topic():
    assert find_brushed(readings(call("I: What did the delays cost you?"))[-1]) == ()


def test_touches_come_strongest_first():
    touches = find_topics(listen(CALL)[2])
    assert [t.weight for t in touches] == sorted((t.weight for t in touches), reverse=True)


def test_a_refusal_belongs_to_the_topic_that_was_asked_for():
    reading = listen([("How much was that costing you a year?", "I'd rather not say.")])[0]
    assert topic_asked(reading) == "challenges.cost"


def test_a_guide_without_cues_is_recognised_by_its_own_words():
    answers = listen(
        [
            ("Which dishes do people order most?", "The lentil soup. It's an old recipe, and the ingredients cost nothing."),
            ("And who supplies the vegetables?", "Two farms up the valley, the grower brings them himself."),
        ],
        WORDS_ONLY,
    )
    assert find_topics(answers[0])[0].topic == "menu.dishes"
    assert find_topics(answers[1])[0].topic == "suppliers.farms"
    assert find_sections(answers[0]) == ("menu",)


def test_a_guide_without_cues_stays_silent_where_its_words_are_not_heard():
    assert find_topics(listen([("How was your holiday?", "Lovely, thank you, we went sailing.")], WORDS_ONLY)[0]) == ()


@pytest.mark.parametrize("others", [0, 3, 9])
def test_talk_of_its_section_alone_informs_no_topic_of_a_guide_however_many_sections_it_has(others):
    topics = [
        {"id": "harvest", "title": "Harvest", "question": "How did the harvest go?"},
        {"id": "insurance", "title": "Insurance", "question": "Which insurer do you use?"},
    ]
    rest = [
        {"id": f"s{n}", "title": f"S{n}", "topics": [{"id": "q", "title": f"Quux{n}", "question": f"Which quux{n}?"}]}
        for n in range(others)
    ]
    guide = Guide.model_validate({"name": "farms", "sections": [{"id": "farm", "title": "Farm", "topics": topics}, *rest]})
    said = "The harvest went on for nine days, the tractors broke twice, and we brought in the barley wet because the rain came early."
    assert [t.topic for t in find_topics(listen([("How did the harvest go?", said)], guide)[0])] == ["farm.harvest"]


def test_a_guide_is_recognised_by_its_cues_and_ask_phrases():
    answers = listen(
        [
            ("Did anybody get hurt last year?", "Yes, two of us pulled a muscle and spent March with the physio."),
            ("And what had to be replaced?", "We needed a new rigger after the hull cracked in the spring."),
        ],
        WITH_CUES,
    )
    assert {t.topic for t in find_topics(answers[0])} == {"crew.injuries"}
    assert {t.topic for t in find_topics(answers[1])} == {"boat.repairs"}


def test_a_guide_that_adds_a_topic_keeps_what_is_known_of_the_others():
    data = Guide.default().model_dump()
    data["name"] = "longer"
    data["sections"][4]["topics"] = (
        *data["sections"][4]["topics"],
        {"id": "carbon", "title": "Carbon", "question": "What happened to your emissions?", "cues": ("tonnes of carbon",)},
    )
    guide = Guide.model_validate(data)
    asked = listen([("What happened to your emissions?", "We emit ninety tonnes of carbon less, which the auditor checked.")], guide)
    assert "results.carbon" in {t.topic for t in find_topics(asked[0])}
    plain = listen([("Who was involved in the decision?", "The board signed it off, after finance had approved it in May.")], guide)
    assert "decision.stakeholders" in {t.topic for t in find_topics(plain[0])}


def test_a_guide_of_one_topic_works():
    guide = Guide.parse("name: one\nsections: [{id: a, title: A, topics: [{id: bees, title: Bees, question: How are the bees?}]}]")
    assert find_topics(listen([("How are the bees?", "The bees are well, all nine hives came through.")], guide)[0])[0].topic == "a.bees"


STORY = Guide.parse("""
name: story
sections:
- id: change
  title: What is different
  topics:
  - {id: income, title: Income, question: What's changed in what you earn?, holds: [result]}
  - {id: skill, title: Learning, question: What can you do now that you couldn't do then?}
- id: ahead
  title: Ahead
  topics:
  - {id: door, title: Is the door open, question: When would you look at us again?}
  - {id: crew, title: The crew, question: How big is your team?, holds: [scale]}
""")


def weights(question: str, answer: str, guide: Guide | None = None) -> dict[str, float]:
    return {t.topic: t.weight for t in find_topics(listen([(question, answer)], guide)[0])}


@pytest.mark.parametrize(
    "question",
    ["What worried you most then?", "What's the worst of the stairs?", "How's your mother?", "Couldn't she come?", "Where's the yard?"],
)
def test_how_a_guides_question_begins_is_no_word_of_its_topic(question: str) -> None:
    said = "That they would put us out, because the rent was due on the first and the landlord never waited a single day for it."
    assert weights(question, said, STORY) == {}


@pytest.mark.parametrize(
    ("question", "touched"),
    [("Is there something you'd change about the house?", False), ("And what do you earn these days?", True)],
)
def test_an_everyday_word_tells_less_of_a_topic_than_a_rare_one(question: str, touched: bool) -> None:
    said = "The stairs. There are four floors in it and the machines are all at the very top of the house, under the roof."
    assert ("change.income" in weights(question, said, STORY)) == touched


def test_a_topic_whose_words_are_all_everyday_ones_is_told_by_them() -> None:
    said = "They come from the ward next door, mostly, and two of them have been with me since the very first night that we opened."
    assert "ahead.crew" in weights("And what is your team like?", said, STORY)
    assert "ahead.crew" not in weights("And what is your garden like?", said, STORY)


@pytest.mark.parametrize(
    ("question", "answer", "touched"),
    [
        ("Would you ever come back?", "Yes, I would look at you again in the autumn of next year, if the lease has run out by then.", True),
        (
            "Would you ever come back?",
            "We had to look at it three times over, again and again, until the lease had run out.",
            False,
        ),
        ("And when might you look at us again?", "In the autumn of next year, I'd say, as the lease runs out and we have the money.", True),
        ("And when did you look at the roof?", "In the autumn of last year, I'd say, as the lease ran out and we had the money.", False),
    ],
)
def test_most_of_a_topics_question_in_a_row_tells_of_it_whoever_says_it(question: str, answer: str, touched: bool) -> None:
    assert ("ahead.door" in weights(question, answer, STORY)) == touched


@pytest.mark.parametrize(
    ("question", "answer", "guide", "topic", "full"),
    [
        ("How big is the team?", "Nine engineers, plus a contractor.", STORY, "ahead.crew", True),
        ("How big is the team?", "Big enough, I suppose.", STORY, "ahead.crew", False),
        ("How long did the rollout take?", "Fourteen weeks.", None, "implementation.timeline", True),
        ("How long did the rollout take?", "Too long.", None, "implementation.timeline", False),
        ("Who signed off the decision in the end?", "Barry Holt.", None, "decision.stakeholders", True),
        ("Who signed off the decision in the end?", "The usual ones.", None, "decision.stakeholders", False),
    ],
)
def test_a_short_answer_is_a_full_one_where_it_gives_the_figure_or_the_name_that_was_asked_for(
    question: str, answer: str, guide: Guide | None, topic: str, full: bool
) -> None:
    assert (weights(question, answer, guide).get(topic, 0.0) >= ENOUGH) == full


@pytest.mark.parametrize(
    ("answer", "held"),
    [("I make fourteen hundred now, in a good month.", True), ("A good deal, I'd say, in a good month.", False)],
)
def test_a_figure_of_a_kind_that_a_users_topic_holds_informs_it_in_whatever_words(answer: str, held: bool) -> None:
    talk = [("And what has changed in what you earn?", "It's better."), ("How much better, if you don't mind?", answer)]
    reading = listen(talk, STORY)[1]
    assert ("change.income" in {t.topic for t in find_topics(reading)}) == held
    assert ("change" in find_sections(reading, find_topics(reading))) == held


def test_a_shipped_topic_needs_more_than_a_figure_of_its_kind() -> None:
    assert topics.HELD not in weights("How much better, if you don't mind?", "I make fourteen hundred now, in a good month.").values()


def test_an_own_topic_with_a_shipped_id_is_recognised_by_its_own_words_alone() -> None:
    walls = Guide.parse("""
name: walls
sections:
- id: decision
  title: Walls
  topics: [{id: comparison, title: Paint, question: Which paint did you choose?}]
- id: garden
  title: Garden
  topics: [{id: roses, title: Roses, question: How are the roses?}]
""")
    assert weights(*ANSWERS["decision.comparison"], walls) == {}
    assert set(weights("Which paint is it?", "A pale green paint, which dries in an hour and keeps.", walls)) == {"decision.comparison"}


def test_a_shipped_topic_asked_for_in_other_words_keeps_what_is_known_of_it() -> None:
    data = Guide.default().model_dump()
    for topic in data["sections"][2]["topics"]:
        topic["question"] = "Zzyzx?"
    reworded = Guide.model_validate(data | {"name": "reworded"})
    asked = ANSWERS["decision.comparison"]
    assert weights(*asked, reworded) == weights(*asked)


def test_trained_labels_are_labels_of_the_default_guide():
    guide = Guide.default()
    labels = {*guide.topics, *(s.id for s in guide.sections), "(aside)"}
    trained = Weights.trained()
    assert set(trained.labels) <= labels
    assert all(len(row) % 2 == 0 and 0 <= n < len(trained.labels) for row in trained.facts.values() for n in row[::2])


def machines(name: str, count: int) -> list[Reading]:
    """Return the readings of a call about as many machines, no two answers of which are the same."""
    return listen([(f"And {name} {n}?", f"We stopped {name} {n} a lot.") for n in range(count)])


def test_what_is_kept_does_not_grow_with_the_calls():
    scorer = prepare(Guide.default(), Weights.trained())
    calls = [machines(name, 300) for name in ("press", "oven")]
    sizes = []
    tracemalloc.start()
    for answers in calls:
        for reading in answers:
            chances(scorer, reading)
        kept = tracemalloc.take_snapshot().filter_traces([tracemalloc.Filter(True, topics.__file__)])
        sizes.append(sum(row.size for row in kept.statistics("filename")))
    tracemalloc.stop()
    assert sizes[1] < 1.5 * sizes[0]


def test_two_calls_heard_in_two_threads_are_heard_as_each_alone():
    calls = [machines("press", 200), machines("oven", 200)]

    def hear(scorer: Scorer, call: list[Reading]) -> list[Chances]:
        return [chances(scorer, reading) for reading in call]

    alone, together = (prepare(Guide.default(), Weights.trained()) for _ in range(2))
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(2) as threads:
            heard = list(threads.map(hear, [together] * 2, calls))
    finally:
        sys.setswitchinterval(usual)
    assert heard == [hear(alone, call) for call in calls]


def test_a_word_of_a_long_answer_tells_less_than_one_of_a_short_answer() -> None:
    asks, cues = Lexicon.load("topic_asks"), Lexicon.load("topic_cues")
    short = topics.exchange_facts("", ["oven"], asks, cues)
    long = topics.exchange_facts("", ["oven", *(f"word{n}" for n in range(3 * topics.AMPLE))], asks, cues)
    assert short["told:oven"] == 1.0
    assert 0 < long["told:oven"] < 0.7


FIRMS = Background.parse("""
vendor: Quillmark
product: Quillmark Routes (planning)
customer: {company: The Brimley & Sons Linen}
""")


@pytest.mark.parametrize(
    ("named", "plain"),
    [
        ("So tell me a bit about what Brimley does.", "So tell me a bit about what your company does."),
        ("And how big is Brimley and Sons?", "And how big is your company?"),
        ("Why did you choose Quillmark?", "Why did you choose us?"),
        ("What was life like before Quillmark Routes?", "What was life like before us?"),
    ],
)
def test_a_question_may_name_the_firms_of_the_call(named: str, plain: str) -> None:
    answer = "We wash linen for hospitals, sheets and gowns and scrubs, every single day of the year, and it had to arrive on time."
    by_name, without = (readings(call(f"I: {question}", f"C: {answer}"), background=FIRMS)[1] for question in (named, plain))
    assert topic_of_question(by_name) == topic_of_question(without) is not None
    assert chances(scorer_of(by_name.guide), by_name) == chances(scorer_of(without.guide), without)


@pytest.mark.parametrize("question", ["Is that the Brimley Road depot?", "Does Brimleyfield matter?"])
def test_another_name_with_the_same_beginning_is_no_firm_of_the_call(question: str) -> None:
    assert question_of(readings(call(f"I: {question}", "C: Yes, it is."), background=FIRMS)[1]) == question
