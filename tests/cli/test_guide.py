from __future__ import annotations

import json
from pathlib import Path

import docx
import pytest

from copilot import Background, Guide, lint_question
from copilot.drafts.questions import QuestionList, question_list
from copilot.lexicon import load_data
from copilot.probes.proofreading import Proof

from ..conftest import ROOT, Run

BACKGROUND = """\
product: Ovenwise
customer: {company: Crumb, facts: [two ovens from 1987]}
goals: [burnt loaves before and after, hours saved at night, what the moon thinks of bread]
known_topics: [background.business, background.team]
"""


@pytest.fixture
def background(tmp_path: Path) -> Path:
    path = tmp_path / "crumb.yaml"
    path.write_text(BACKGROUND)
    return path


def test_known_topics_are_not_asked_and_listed_as_known(run: Run, background: Path) -> None:
    status, out, err = run("guide", "--background", background, "--json")
    questions = QuestionList.model_validate_json(out)
    asked = {q.topic for s in questions.sections for q in s.questions}
    known = {k.topic for k in questions.known}
    assert (status, err) == (0, "")
    assert known == {"background.business", "background.team"}
    assert asked | known == set(Guide.default().topics)
    assert not asked & known


def test_goals_come_first_and_name_the_questions_that_lead_to_them(background: Path) -> None:
    questions = question_list(Background.load(background), Guide.default())
    burnt, hours, moon = questions.goals
    assert burnt.topics == hours.topics == ("results.metrics",)
    assert burnt.ask == "Where did burnt loaves stand before, and where today?"
    assert hours.ask is None
    assert (moon.topics, moon.ask) == ((), "Can you tell me what the moon thinks of bread?")
    results = next(s for s in questions.sections if s.section == "results")
    assert results.questions[0].topic == "results.metrics"
    assert results.questions[0].goals == ("burnt loaves before and after", "hours saved at night")


POINTING = """\
name: pilot
sections:
- id: proof
  title: The proof
  topics:
  - {id: yardstick, title: The yardstick, question: Which number did you agree on?}
  - {id: ends, title: Burnt loaves, question: "Where did that number stand before, and where is it now?"}
  - {id: mood, title: The mood, question: What do the bakers say about the loaves?}
"""


def test_a_question_that_points_back_keeps_its_place_when_a_goal_wants_it() -> None:
    wanted = Background.model_validate({"goals": ["burnt loaves", "what the bakers say"]})
    (proof,) = question_list(wanted, Guide.parse(POINTING)).sections
    assert [q.topic for q in proof.questions] == ["proof.mood", "proof.yardstick", "proof.ends"]
    assert [bool(q.goals) for q in proof.questions] == [True, False, True]


def test_a_section_that_goals_want_gets_more_of_the_time() -> None:
    plain, wanted = (question_list(Background.model_validate({"goals": goals}), Guide.default()) for goals in ([], ["hours saved"]))
    minutes = [next(s.minutes for s in made.sections if s.section == "results") for made in (plain, wanted)]
    assert minutes[1] > minutes[0]


def test_the_effect_on_people_is_asked_about_in_45_minutes() -> None:
    asked = [q for s in question_list(Background(), Guide.default()).sections for q in s.questions if q.topic == "results.feedback"]
    assert [q.if_time for q in asked] == [False]


@pytest.mark.parametrize(
    ("goal", "ask"),
    [
        ("why they chose us over their baker", "Can you tell me why you chose us over your baker?"),
        ("how the night shift took to it, with names", "Can you tell me how the night shift took to it?"),
        ("what happens with the stale bread", "Can you tell me what happens with the stale bread?"),
        ("one story from the ovens", "Can you tell me one story from the ovens?"),
        ("effect on complaints", "What has happened to complaints since?"),
        ("stale bread (a tip from sales)", "What can you tell me about stale bread?"),
        ("share of orders by phone", "Which figures do you have on share of orders by phone?"),
        ("find out whether Kev still prints it out", "Can you tell me whether Kev still prints it out?"),
        ("Ask Gwen about diesel", "What can you tell me about diesel?"),
        ("a quote about the mill", "What can you tell me about the mill?"),
        ("check-in times before and after", "Where did check-in times stand before, and where today?"),
        ("know-how of the team", "What can you tell me about know-how of the team?"),
        ("find out how many rooms were lost?", "How many rooms were lost?"),
        ("asking prices of flour", "What can you tell me about asking prices of flour?"),
        ("a before/after for burnt loaves", "Where did burnt loaves stand before, and where today?"),
        ("What nearly stopped it?", "What nearly stopped it?"),
        ("Don't you love it?", None),
        ("flour recovered", None),
        ("how waste was reduced", None),
        ("fewer burnt loaves", None),
        ("how the bakers of the seven shops in the valley and the two on the hill now share what is left over", None),
    ],
)
def test_a_goal_words_its_question_unless_it_takes_a_result_for_granted(goal: str, ask: str | None) -> None:
    made = question_list(Background.model_validate({"goals": [goal]}), Guide.default())
    assert made.goals[0].ask == ask


def test_a_goal_that_no_question_leads_to_is_to_be_asked_openly(run: Run, tmp_path: Path) -> None:
    (tmp_path / "g.yaml").write_text("goals: [flour recovered]\n")
    _, out, _ = run("guide", "-b", tmp_path / "g.yaml")
    assert "No question leads here" in out


def test_every_question_made_for_a_goal_passes_the_lint_and_takes_no_result_for_granted() -> None:
    paths = sorted((ROOT / "evals" / "interviews").glob("*/background.yaml"))
    made = [goal.ask for path in paths for goal in question_list(Background.load(path), Guide.default()).goals if goal.ask]
    assert len(made) > 20
    assert [ask for ask in made if lint_question(ask) or "sav" in ask or "better" in ask] == []


def test_the_phrases_of_goals_belong_to_topics_of_the_guide() -> None:
    assert set(load_data("goals")["topics"]) <= set(Guide.default().topics)  # type: ignore[call-overload]


@pytest.mark.parametrize("minutes", [15, 45, 60, 90])
def test_the_minutes_of_a_call_are_shared_out_to_the_last(minutes: int) -> None:
    questions = question_list(Background(), Guide.default(), minutes)
    at = 5
    for section in questions.sections:
        assert section.start == at
        at += section.minutes
    assert at == minutes - 5


def test_a_longer_call_reaches_more_questions() -> None:
    def reached(minutes: int) -> int:
        return sum(not q.if_time for s in question_list(Background(), Guide.default(), minutes).sections for q in s.questions)

    assert reached(15) < reached(45) < reached(60) == len(Guide.default().topics)


def test_the_customers_version_holds_nothing_internal(run: Run, background: Path) -> None:
    for form in ([], ["--json"]):
        _, out, _ = run("guide", "-b", background, "--for", "customer", *form)
        internal = [
            *Background.load(background).goals,
            "two ovens from 1987",
            "if there is time",
            *(t.intent for t in Guide.default().topics.values()),
            *(", ".join(t.complete) for t in Guide.default().topics.values()),
            "A full answer includes",
        ]
        assert [text for text in internal if text in out] == []
        assert "What led you to choose us" in out


def test_the_interviewers_version_says_why_and_what_a_full_answer_holds(run: Run, background: Path) -> None:
    _, out, _ = run("guide", "-b", background)
    assert "Why: Put a figure on the problem." in out
    assert "A full answer includes: an amount of time or money" in out
    assert "Goal: burnt loaves before and after. In its words: Where did burnt loaves stand before, and where today?" in out
    assert "Can you tell me what the moon thinks of bread?" in out
    assert "No question leads here" not in out
    assert "two ovens from 1987" in out


@pytest.mark.parametrize("suffix", ["md", "html", "docx", "json"])
def test_the_suffix_of_the_file_chooses_its_form(run: Run, tmp_path: Path, background: Path, suffix: str) -> None:
    path = tmp_path / f"questions.{suffix}"
    status, out, _ = run("guide", "-b", background, "--out", path)
    assert (status, out) == (0, "")
    text = "\n".join(p.text for p in docx.Document(str(path)).paragraphs) if suffix == "docx" else path.read_text("utf-8")
    assert "What led you to choose us in the end?" in text


def test_a_form_that_question_lists_lack_is_refused(run: Run, tmp_path: Path) -> None:
    status, _, err = run("guide", "--out", tmp_path / "questions.eml")
    assert status == 2
    assert "md, html, docx, json" in err


def test_a_guide_of_ones_own_gives_its_own_questions(run: Run) -> None:
    own = ROOT / "examples" / "own-guide.yaml"
    _, out, _ = run("guide", own, "--json")
    assert {s["section"] for s in json.loads(out)["sections"]} == {"situation", "use", "value", "outlook"}


def test_a_known_topic_that_the_guide_lacks_is_told(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "b.yaml"
    path.write_text("known_topics: [background.busines]\n")
    call = str(ROOT / "examples" / "harbour-glass.vtt")
    for words in (["guide"], ["suggest", call, "--turn", "2"], ["live", "--replay", call, "--speed", "1000000", "--json"]):
        status, _, err = run(*words, "-b", path)
        assert status == 0
        assert "'background.busines' is no topic of the guide" in err


def test_lint_leaves_with_1_where_a_question_has_a_fault(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.md"
    path.write_text("# Ovens\n\n- Did the new rota help?\n- What led to that?\n- Did you know that we also offer a mill?\n")
    status, out, _ = run("guide", "--lint", path)
    assert status == 1
    assert out.splitlines() == [
        f"{path}:3: Did the new rota help?",
        "  closed: “Did the new rota help?” Yes or no answers it, and then the story is over.",
        "  better: What changed with the new rota, if anything?",
        f"{path}:5: Did you know that we also offer a mill?",
        "  closed: “Did you know that we also offer a mill?” Yes or no answers it, and then the story is over.",
        "  pitch: “Did you know that” It sells, and the customer stops telling.",
        "  pitch: “we also offer” It sells, and the customer stops telling.",
        "  instead: Begin with what, how, who, or tell me. Leave our product out of the question.",
        "3 questions, 2 with faults",
    ]


def test_lint_leaves_with_0_where_none_has(run: Run) -> None:
    own = ROOT / "examples" / "own-guide.yaml"
    assert run("guide", "--lint")[0] == 0
    status, out, _ = run("guide", "--lint", "--guide", own)
    assert (status, out.splitlines()[0]) == (0, "10 questions, no fault found")


def test_lint_lists_the_topics_of_a_guide_without_cues(run: Run) -> None:
    own = ROOT / "examples" / "own-guide.yaml"
    told = run("guide", "--lint", "--guide", own)[1].split("\n", 1)[1]
    assert told.startswith("recognised less well, as they have no cues: situation.people, use.support, ")
    assert "use.friction" not in told
    assert "no cues" not in run("guide", "--lint")[1]


def test_lint_judges_only_lines_that_ask(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.txt"
    path.write_text("Notes on the ovens, which we sell\nThere should be a red lamp,\nwhat broke\nTell me about the rota.\n")
    assert run("guide", "--lint", path)[:2] == (0, "2 questions, no fault found\n")


def test_lint_prints_one_json_object(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.txt"
    path.write_text("Did the new rota help?\n")
    status, out, _ = run("guide", "--lint", "--json", path)
    assert status == 1
    assert Proof.model_validate_json(out).faults[0].better == "What changed with the new rota, if anything?"


@pytest.mark.parametrize("name", ["questions.txt", "questions.md"])
def test_questions_given_as_a_guide_are_told_to_the_lint(run: Run, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("Questions\n\n1. How did it start?\n2. What changed?\n", "utf-8")
    told = f"copilot: {path}: this is a list of questions, not an interview guide; --lint checks it\n"
    assert run("guide", path) == run("guide", "--guide", path) == (2, "", told)


def test_a_faulty_guide_is_told_its_fault(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "guide.yaml"
    path.write_text("name: [How did it start?\n", "utf-8")
    assert "not valid YAML" in run("guide", path)[2]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["guide", "a.yaml", "--guide", "b.yaml"], "one of them"),
        (["guide", "--lint", "--out", "x.md"], "--out"),
        (["guide", "--lint", "none.txt"], "none.txt"),
        (["guide", "--minutes", "5"], "15"),
        (["guide", "--for", "nobody"], "customer"),
    ],
)
def test_wrong_use_is_one_line(run: Run, words: list[str], told: str) -> None:
    status, out, err = run(*words)
    assert (status, out) == (2, "")
    assert told in err
    assert len(err.splitlines()) == 1
