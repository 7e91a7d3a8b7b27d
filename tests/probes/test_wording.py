from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import get_args

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from copilot import Session
from copilot.background import Background
from copilot.findings import GapKind, Side
from copilot.guide import Guide
from copilot.lexicon import load_data
from copilot.probes.anchors import find_anchor
from copilot.probes.lint import lint_question
from copilot.probes.wording import explain, word_probe
from copilot.reading import Reading
from copilot.statements.terms import find_term
from copilot.turns import Turn

from ..conftest import call, readings
from .conftest import heard

KINDS = get_args(GapKind)
INTERVIEWS = Path(__file__).parents[2] / "evals" / "interviews"
BUILD = (
    "m1-vet", "m2-orders", "m3-thin", "m5-startup", "n1-trio", "n2-failed-first", "o1-codeswitch", "o2-noise", "p1-university",
    "p2-recruit", "p3-wind",
)  # fmt: skip


def probe(text: str, kind: str, topic: str = "results.metrics", used: tuple[str, ...] = ()) -> str:
    return word_probe(heard(text), kind, 0, len(text), topic, None, used)


def recorded(folder: Path) -> dict[int, Reading]:
    turns = [Turn.model_validate_json(line) for line in (folder / "turns.jsonl").read_text("utf-8").splitlines()]
    return {r.turn.turn: r for r in readings(turns, Background.load(folder / "background.yaml"))}


@pytest.mark.parametrize("name", BUILD)
def test_every_gold_gap_gets_a_sound_probe_that_is_not_repeated(name: str) -> None:
    folder = INTERVIEWS / name
    if not (folder / "gold.yaml").exists():
        pytest.skip("the interview is not here")
    heard_turns, used = recorded(folder), set[str]()
    for gap in yaml.safe_load((folder / "gold.yaml").read_text("utf-8"))["gaps"]:
        reading = heard_turns[gap["turn"]]
        start = reading.turn.text.index(gap["text"])
        text = word_probe(reading, gap["kind"], start, start + len(gap["text"]), gap["topic"], None, used)
        assert lint_question(text) == ()
        assert text.count("?") == 1
        assert text.endswith("?")
        assert len(text.split()) <= 25
        assert text not in used
        used.add(text)


@pytest.mark.parametrize(
    ("text", "kind", "topic", "expected"),
    [
        ("our planners work much quicker now", "missing_metric", "results.metrics", "quicker"),
        ("The waiting list is down forty percent.", "missing_baseline", "results.metrics", "waiting list"),
        ("We saved two hundred hours.", "missing_timeframe", "results.metrics", "two hundred hours"),
        ("A contract was drawn up.", "missing_actor", "decision.stakeholders", "drew it up"),
        ("the QPX", "unclear_term", "implementation.architecture", "QPX"),
        ("The ovens kept failing.", "missing_stakes", "challenges.pain", "kept failing"),
        ("It was a total shambles.", "vague", "challenges.pain", "a total shambles"),
    ],
)
def test_a_probe_repeats_the_customers_words(text: str, kind: str, topic: str, expected: str) -> None:
    assert expected in probe(text, kind, topic)


def test_a_cost_is_asked_in_money_and_a_wait_in_time() -> None:
    assert "how much" in probe("They were costing us a fortune.", "missing_metric", "challenges.cost").lower()
    wait = probe("We waited for ages.", "missing_metric", "challenges.impact")
    assert "how long" in wait or "how much time" in wait


def test_a_mere_yes_is_not_repeated() -> None:
    assert '"' not in probe("Yes, I suppose.", "short_answer", "results.experience")


def test_an_unanswered_question_is_asked_again() -> None:
    assert "comes next with the product?" in probe("Ask my sister about that.", "dodged", "future.plans").lower()


@pytest.mark.parametrize(
    ("asked", "answer", "topic", "own"),
    [
        ("What did it cost you, and who noticed?", "The board noticed.", "challenges.cost", True),
        ("Who chose it? And what did it have to do?", "The two of us chose it.", "decision.requirements", True),
        ("Over what time was that?", "By the end of January.", "results.metrics", False),
        ("What convinced him?", "We went to see it in Graz.", "implementation.obstacles", False),
        ("Who chose it? And when was that?", "The two of us chose it.", "decision.requirements", False),
    ],
)
def test_only_a_question_that_was_asked_is_called_the_interviewers(asked: str, answer: str, topic: str, own: bool) -> None:
    reading = readings(call(f"I: {asked}", f"C: {answer}"))[-1]
    used: set[str] = set()
    for _ in range(3):
        used.add(word_probe(reading, "dodged", 0, len(answer), topic, None, used))
    assert any("my question" in text for text in used) is own


def test_a_phrase_that_is_mentioned_begins_small() -> None:
    assert '"the team leaders"' in probe("The team leaders.", "short_answer", "implementation.obstacles")


def test_a_quote_does_not_end_on_half_a_verb() -> None:
    assert "'d\"" not in probe("It felt like somebody'd been up on a roof.", "vague")


def test_a_quote_does_not_begin_within_its_subject_or_end_before_what_belongs_to_somebody() -> None:
    text = "Revenue per vet's up nine percent"
    assert "vet's up" not in find_anchor(heard(text), 0, len(text), numbers=True).quote
    text = "so that's money out of somebody's pocket"
    assert not find_anchor(heard(text), 0, len(text), amounts=True).quote.endswith("somebody's")


def test_a_name_is_repeated_whole_and_a_month_is_no_name() -> None:
    assert "United Kingdom" in probe("Data held in the United Kingdom.", "unclear_term")
    assert "March" not in probe("In March we all went to the pottery.", "unclear_term")


def test_the_same_gap_gets_the_same_words() -> None:
    assert probe("It is so much better.", "vague") == probe("It is so much better.", "vague")


def test_used_words_are_not_used_again() -> None:
    used: list[str] = []
    for _ in range(12):
        used.append(probe("It is so much better.", "vague", used=tuple(used)))
    assert len(set(used)) == 12


def test_forms_vary_between_turns() -> None:
    text = "The sorting is so much faster."
    assert len({word_probe(heard(text, turn), "missing_metric", 0, len(text), "results.metrics") for turn in range(1, 30)}) > 2


def test_first_person_becomes_second_person() -> None:
    anchor = find_anchor(heard("Our yield is up by a third."), 0, 27)
    assert anchor.subject == "your yield"
    assert find_anchor(heard("and we lost our best baker"), 0, 26).clause == "you lost your best baker"


def test_words_addressed_to_the_interviewer_are_not_turned() -> None:
    assert find_anchor(heard("and we rang you that night"), 0, 26).clause == ""


def test_a_quote_never_loses_its_not() -> None:
    text = "It has not been easy for the people in the back office."
    assert find_anchor(heard(text), 0, len(text)).quote != "been easy"
    assert "easy" not in find_anchor(heard(text), 0, len(text)).quote or "not" in find_anchor(heard(text), 0, len(text)).quote


@pytest.mark.parametrize("text", ["No invoices get lost these days", "Nobody loses an invoice", "No-shows are down, and nothing gets lost"])
def test_a_quote_of_a_denial_says_so(text: str) -> None:
    assert not find_anchor(heard(text), 0, len(text)).quote.startswith(("invoices", "loses", "gets"))


def test_a_no_in_a_compound_denies_nothing() -> None:
    text = "At the end of it the no-shows went from twelve to five."
    assert "twelve to five" in find_anchor(heard(text), 0, len(text)).quantity


def test_a_pronoun_is_no_subject() -> None:
    assert find_anchor(heard("It went up by a third."), 0, 22).subject == ""


def test_every_form_of_the_data_file_passes_the_lint() -> None:
    data = load_data("probes")
    slots = {
        "said": 'You said "x":', "told": 'You said "x":', "saying": 'When you say "x",', "unit": "weeks",
        "quote": "x", "subject": "the yield", "clause": "the oven failed",
        "term": "QPX", "unit_now": "days", "source": "Delyth", "terms": "slots",
        "that_quantity": "the ten hours", "is_quantity": "are the ten hours",
        "did": "drew it up", "Deeper": "What happened?",
        "asked": "what happened?", "Asked": "What happened?", "other": "six weeks",
    }  # fmt: skip
    for groups in data["forms"].values():  # type: ignore[attr-defined]
        for forms in groups.values():
            assert len(forms) >= 2
            for form in forms:
                assert lint_question(form.format(**slots)) == (), form
    for rows in data["deeper"].values():  # type: ignore[attr-defined]
        for row in rows:
            assert lint_question(row) == (), row


@pytest.mark.parametrize("kind", KINDS)
def test_the_reason_is_one_sentence_about_the_words(kind: str) -> None:
    text = "Sorting is quicker now."
    why = explain(heard(text), kind, 0, len(text), "results.metrics")
    assert why.endswith(".")
    assert why.count(";") == 1


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ('sorting is quicker now"', '"sorting is quicker now" '),
        ("he said “sorting is quicker now", '"he said sorting is quicker now" '),
        ('they call it "sorting" now', "\"they call it 'sorting' now\" "),
        ("they call it “sorting” now", '"they call it “sorting” now" '),
    ],
)
def test_the_reason_has_no_quotation_mark_without_its_pair(said: str, shown: str) -> None:
    assert shown in explain(heard(said), "vague", 0, len(said), "results.daily").replace(";", " ")


def test_the_reason_gives_the_share_that_belongs_to_what_is_missing() -> None:
    text = "Sorting is quicker now."
    assert "91 %" in explain(heard(text), "missing_metric", 0, 23, "results.metrics")
    assert "26 %" in explain(heard(text), "missing_metric", 0, 23, "challenges.cost")
    assert "52 %" in explain(heard(text), "missing_baseline", 0, 23, "results.metrics")
    assert "17 %" in explain(heard(text), "missing_timeframe", 0, 23, "results.metrics")
    assert "%" not in explain(heard(text), "vague", 0, 23, "results.daily")


def own_guide(fields: str, section: str = "challenges", title: str = "Cost") -> Guide:
    topic = f"{{id: cost, title: {title}, question: What did it cost?, {fields}}}"
    return Guide.parse(f"name: own\nsections: [{{id: {section}, title: Section, topics: [{topic}]}}]")


SHIPPED = Guide.default().topic("challenges.cost").title


@pytest.mark.parametrize(
    ("fields", "title", "told"),
    [("", SHIPPED, False), ("lacking: 0.74, counted: true", SHIPPED, True), ("lacking: 0.5, counted: true", "Snacks", False)],
)
def test_the_reason_gives_a_topics_share_only_where_it_was_counted_for_that_topic(fields: str, title: str, told: bool) -> None:
    reading = heard("Sorting is quicker now.", guide=own_guide(fields, title=title))
    assert ("26 %" in explain(reading, "missing_metric", 0, 23, "challenges.cost")) == told


def test_what_a_topic_is_about_chooses_the_question() -> None:
    text = "We have more of it than we like."
    readings = (heard(text, guide=own_guide(f"about: {about}", "use")) for about in ("[]", "[money]", "[people]"))
    assert [word_probe(reading, "missing_metric", 0, len(text), "use.cost") for reading in readings] == [
        "By how much, roughly?",
        "Roughly how much money is that?",
        "How many people is that?",
    ]


TEXTS = st.text(st.characters(exclude_categories=["Cs", "No"]), min_size=1, max_size=200)


@given(TEXTS, st.sampled_from(KINDS), st.sampled_from(sorted(Guide.default().topics)))
def test_any_words_get_one_short_question(text: str, kind: str, topic: str) -> None:
    found = word_probe(heard(text), kind, 0, len(text), topic)
    assert found.endswith("?")
    assert len(found.split()) <= 25
    assert "\n" not in found


SPOKEN = ["the", "our", "{quote}", "{0}", "it", "was", "not", "much", "better", ",", ".", "and", "we", "lost", '"', "half", "of", "40", "%"]


@given(st.lists(st.sampled_from(SPOKEN), max_size=25))
def test_quotes_are_verbatim(words: list[str]) -> None:
    text = " ".join(words)
    anchor = find_anchor(heard(text), 0, len(text))
    assert anchor.quote in text
    assert anchor.quantity in text


def test_the_reason_cites_the_clause_that_hides_who_did_it() -> None:
    text = "It got signed off in the January, I remember because the boiler had gone and we all sat there in our coats."
    why = explain(heard(text), "missing_actor", 0, len(text) - 1, "decision.stakeholders")
    assert '"It got signed off in the January"' in why


def test_an_agreed_number_is_read_back() -> None:
    rows = [
        Turn(turn=1, speaker="I", role="interviewer", text="So that saved you about half a million a year?"),
        Turn(turn=2, speaker="C", role="customer", text="Yeah, something like that."),
    ]
    session = Session()
    for turn in rows:
        session.hear(turn)
    (gap,) = session.findings.gaps
    assert gap.probe == 'The "half a million a year" was our number: what would you put it at yourself?'


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Twelve people stood around for, I think it was three hours", "three hours"),
        ("We had nine trucks out and maybe forty pallets left", "forty pallets"),
        ("We broke, I want to say, six of them that winter", "six"),
        ("Nine trucks stood there for three hours", "Nine trucks"),
    ],
)
def test_the_number_that_is_a_guess_is_the_one_that_is_asked_about(text: str, number: str) -> None:
    assert find_anchor(heard(text), 0, len(text), numbers=True).quantity == number


def test_the_reason_quotes_the_words_that_the_question_is_about() -> None:
    text = "we had a long talk about it with everybody, and then the QMSR audit came round, and the whole of the plant was closed for it"
    assert "QMSR" in explain(heard(text), "unclear_term", 0, len(text), "challenges.pain")


@pytest.mark.parametrize("text", ["It didn't fail", "There was no trouble at all"])
def test_nobody_is_asked_what_went_wrong_where_nothing_did(text: str) -> None:
    assert "went wrong" not in probe(text, "vague")
    assert "did not work" not in probe(text, "vague")


def test_a_failure_is_asked_about_as_one() -> None:
    assert {"wrong", "work", "look"} & set(probe("The old press failed", "vague").rstrip("?").split())


def test_a_thing_is_not_repeated_where_a_number_is_missing_that_it_does_not_have() -> None:
    assert '"' not in probe("with the bearing from the coast", "missing_metric")


@pytest.mark.parametrize("text", ["Karin, who's the ward sister, did it", "the lift, which is old, stopped"])
def test_no_anchor_begins_with_a_relative_pronoun(text: str) -> None:
    assert find_anchor(heard(text), 0, len(text)).quote.split()[:1] not in (["who's"], ["which"])


@pytest.mark.parametrize(
    ("kind", "text", "there"),
    [
        (
            "missing_baseline",
            "we're at ninety-two, ninety-three percent on time now, and it's the last bit I'm after",
            "ninety-three percent",
        ),
        ("unsourced", "It stood still for, I think it was an hour and fifty minutes that night", "the hour and fifty minutes"),
        ("unclear_term", "One of them wanted to rip out all our QMCs and put in theirs", "QMCs"),
    ],
)
def test_a_question_repeats_what_it_is_about(kind: str, text: str, there: str) -> None:
    questions = [probe(text, kind, used=used) for used in ((), (probe(text, kind),))]
    assert any(there in question for question in questions)


def test_what_could_go_wrong_ahead_has_not_gone_wrong() -> None:
    assert "went wrong" not in probe("Run it on your worst buildings", "vague", "future.advice")


def test_a_dimension_that_was_given_is_not_asked_for_again() -> None:
    def asked(answer: str, said: str) -> str:
        reading = readings(call("I: How long did a pilot wait?", f"C: {answer}"))[-1]
        return word_probe(reading, "missing_metric", answer.index(said), len(answer), "challenges.pain")

    assert "how long" not in asked("Two hours on a Friday. Some of them sailed on.", "Some").lower()
    assert "how long" in asked("Ages. Some of them sailed on.", "Ages").lower()


def test_a_missing_number_is_not_asked_for_with_another_number() -> None:
    assert "thousand" not in probe("It ran at eleven thousand a month, and it went up a lot", "missing_metric", "challenges.cost")


@pytest.mark.parametrize(
    ("kind", "text", "absent"),
    [
        ("vague", "I'd say it's part of the furniture already", '"I\'d say"'),
        ("unclear_term", "the pink sheets are gone, thank God", "explain God"),
    ],
)
def test_words_that_only_lead_in_or_swear_are_not_asked_about(kind: str, text: str, absent: str) -> None:
    assert absent not in probe(text, kind)


def test_a_long_number_is_repeated_without_its_rate() -> None:
    text = "I'd say somewhere around a hundred and fifty thousand a year"
    assert find_anchor(heard(text), 0, len(text), numbers=True).quantity == "a hundred and fifty thousand"


def asked(question: str, answer: str, kind: str = "short_answer", topic: str = "implementation.timeline") -> str:
    return word_probe(readings(call(f"I: {question}", f"C: {answer}"))[-1], kind, 0, len(answer.rstrip(".")), topic)


@pytest.mark.parametrize(
    ("question", "answer", "words"),
    [
        ("How long did the move take?", "Ages.", "how long"),
        ("How quickly did it spread?", "Ridiculously fast.", "how long"),
        ("How many did you hire?", "Plenty.", "how many"),
        ("How often did it jam?", "Constantly.", "how often"),
        ("How did the winter go?", "Brutal stuff.", "what"),
        ("How long did the move take?", "Weeks.", "how many weeks"),
    ],
)
def test_a_short_answer_is_followed_up_in_the_dimension_of_its_question(question: str, answer: str, words: str) -> None:
    assert words in asked(question, answer).lower()


def test_a_short_answer_with_a_number_is_not_asked_for_it_again() -> None:
    assert "how long" not in asked("How long did the move take?", "Nine weeks.").lower()


@pytest.mark.parametrize(
    ("text", "words"),
    [("They were waiting a lot.", "how long"), ("A lot of work went into it.", "how much"), ("We get a lot of complaints.", "how many")],
)
def test_a_lot_is_asked_for_in_its_own_dimension(text: str, words: str) -> None:
    assert words in probe(text, "missing_metric", "challenges.impact").lower()


def test_the_number_before_is_asked_for_the_number_now() -> None:
    assert "what is it now" in probe("Before, we lost nine pallets a week.", "missing_baseline").lower()
    assert "what is it now" in probe("It was three pounds ten, that's for the year before.", "missing_baseline").lower()


@pytest.mark.parametrize(
    "text",
    [
        "We lose nine percent less than before.",
        "We're at ninety-six percent on time, I look at that before I look at the weather.",
        "Now the system warns us thirty days before.",
        "We sold forty tickets last year, which is up on the year before.",
    ],
)
def test_a_number_of_today_is_not_asked_for_the_number_now(text: str) -> None:
    assert "what is it now" not in probe(text, "missing_baseline").lower()


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("We run forty KLRs and they stand idle.", "KLRs"),
        ("We run forty KLRs, how do you say, the little forklifts.", ""),
        ("They drove it to BRT or whoever was open.", ""),
        ("There were six people in Porto who typed it in.", ""),
        ("They were there with us on Slack at midnight.", ""),
        ("The contract is dated the fourth of June.", ""),
        ("We put all of it into Kestrel and left it there.", "Kestrel"),
    ],
)
def test_a_term_is_what_a_reader_cannot_know(text: str, term: str) -> None:
    assert find_term(heard(text), 0, len(text)) == term


@pytest.mark.parametrize(
    ("text", "did"), [("It was decided over two meetings.", "decided it"), ("It was handed over to Ops.", "handed it over")]
)
def test_a_particle_is_repeated_and_a_preposition_is_not(text: str, did: str) -> None:
    assert find_anchor(heard(text), 0, len(text)).did == did


def test_a_phrase_is_not_cut_off_from_its_subject() -> None:
    assert find_anchor(heard("My brother he knows the number."), 0, 31).quote in {"", "he knows the number"}


def test_nobody_is_asked_what_their_pride_was_about() -> None:
    assert "what was that about" not in str(load_data("probes")).lower()


@pytest.mark.parametrize(
    ("text", "kind", "absent"),
    [
        ("a friend of mine, from the fair", "vague", "from the fair"),
        ("if the weather's kind, and the money's there", "short_answer", "the weather's kind"),
        ("whoever has the key, they open", "vague", "whoever has"),
        ("one of them, bless her heart, rang the mayor", "vague", "bless"),
        ("it's changed the whole, the whole kitchen", "vague", 'the whole"'),
        ("vans queued back to the long bridge", "dropped_thread", "long bridge"),
    ],
)
def test_words_that_stand_for_nothing_alone_are_not_repeated(text: str, kind: str, absent: str) -> None:
    assert absent not in probe(text, kind, "challenges.pain")


def test_a_clause_in_its_own_right_is_repeated() -> None:
    assert '"the mast fell"' in probe("if it rained, the mast fell", "dropped_thread", "challenges.pain")


def test_a_story_is_not_asked_with_a_number() -> None:
    assert "long wait" in probe("It was a long wait, seven months", "vague", "decision.comparison")


def test_a_missing_number_is_asked_of_the_clause_that_lacks_it() -> None:
    asked = probe("The spoilage went down a lot, and the breakages, the old kind, are half now", "missing_metric")
    assert "spoilage" in asked
    assert "old kind" not in asked


def test_a_compound_is_repeated_with_its_hyphen() -> None:
    assert find_anchor(heard("our call-outs went down"), 0, 23).subject == "your call-outs"


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Never rang them, bar the once", "vague", "that time"),
        ("We had two conditions, really", "dropped_thread", "one?"),
        ("It's reinvented the kitchen", "vague", "different now"),
        ("Everybody clapped", "vague", "story"),
        ("They walked off", "missing_metric", "how often"),
    ],
)
def test_the_form_fits_what_was_said(text: str, kind: str, words: str) -> None:
    assert words in probe(text, kind, "challenges.pain").lower()


@pytest.mark.parametrize("text", ["Never rang them, and never wrote", "We had conditions, really", "It's a warm kitchen", "Everybody sat"])
def test_a_form_is_not_used_for_what_it_does_not_fit(text: str) -> None:
    asked = probe(text, "vague", "challenges.pain")
    assert not any(words in asked for words in ("that time", "the other one", "different now", "the story"))


def test_a_mere_thing_is_not_asked_how_it_is_meant() -> None:
    for topic in ("background.goals", "results.surprises", "decision.standout"):
        assert "how do you mean" not in probe("a blue folder", "vague", topic)


@pytest.mark.parametrize(("text", "often"), [("We couldn't keep cooks", False), ("They kept losing the key", True)])
def test_what_keeps_happening_is_asked_how_often(text: str, often: bool) -> None:
    asked = probe(text, "missing_metric", "results.surprises").lower()
    assert ("how often" in asked or "how many times" in asked) is often


@pytest.mark.parametrize(("text", "stated"), [("vans queued", True), ("a heated hall", False), ("the highest-rated hall", False)])
def test_a_statement_is_told_from_a_thing(text: str, stated: bool) -> None:
    assert find_anchor(heard(text), 0, len(text)).stated is stated


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("It spares the porters a lot of stairs.", "a lot of stairs"),
        ("The registrar says nothing ever goes missing.", "nothing ever goes missing"),
        ("Everybody knows where the keys are.", "the keys"),
        ("There was a good deal less shouting.", "a good deal less"),
    ],
)
def test_a_missing_number_is_asked_with_words_that_stand_alone(text: str, quote: str) -> None:
    assert find_anchor(heard(text), 0, len(text), amounts=True).quote == quote


def test_repeated_words_do_not_begin_within_a_set_phrase() -> None:
    text = "The vets have more or less stopped sending letters back."
    assert find_anchor(heard(text), 0, len(text)).quote == "stopped sending letters back"


def test_a_statement_that_is_complete_is_still_repeated() -> None:
    text = "Our drivers trust it, and the depot runs late"
    assert find_anchor(heard(text), 0, len(text)).quote in {"Our drivers trust it", "the depot runs late"}


def test_a_question_is_asked_in_other_words_before_it_comes_again() -> None:
    used: list[str] = []
    for thing in ("glaze", "slip", "kiln", "wheel", "press"):
        used.append(probe(f"The {thing} is so much calmer", "missing_metric", used=tuple(used)))
    assert len({text.split('"')[-1] for text in used}) == len(used)


def test_an_announcement_is_repeated_with_its_number() -> None:
    assert "two things" in find_anchor(heard("There were two things really"), 0, 28).quote


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("She was really enthusiastic", "vague", "they"),
        ("Everybody is pleased with it", "vague", "they"),
        ("The fee was fine", "vague", "compare"),
        ("It wasted a lot of time", "missing_metric", "much time|hours"),
        ("We had a few other factors", "dropped_thread", "which|others"),
    ],
)
def test_the_question_fits_who_is_pleased_and_what_is_spent(text: str, kind: str, words: str) -> None:
    asked = probe(text, kind, "challenges.pain").lower()
    assert any(word in asked.split(":")[-1] for word in words.split("|"))


def test_nobody_else_is_quoted_where_a_thing_is_praised() -> None:
    assert "they" not in probe("The kettle was lovely", "vague", "challenges.pain").split(":")[-1]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("They know what's broken before they open the van", "They know what's broken"),
        ("It was a mess before we switched", "It was a mess"),
        ("They ring us about it before they've opened the box", ""),
        ("Before they came it was chaos", "it was chaos"),
        ("It took us the whole summer", "the whole summer"),
        ("We did it in one summer", ""),
    ],
)
def test_neither_the_time_of_something_nor_a_bare_span_is_repeated(text: str, quote: str) -> None:
    assert find_anchor(heard(text), 0, len(text)).quote == quote


@pytest.mark.parametrize(("text", "wrong"), [("They can see what failed", False), ("Something failed", True)])
def test_a_failure_that_somebody_can_see_did_not_happen_to_them(text: str, wrong: bool) -> None:
    used: list[str] = []
    for _ in range(3):
        used.append(probe(text, "vague", used=tuple(used)))
    assert any("wrong" in q or "happened" in q for q in used) is wrong


@pytest.mark.parametrize(
    ("text", "asked"), [("He came, but for an odd reason", True), ("We signed on one condition", True), ("It was dear", False)]
)
def test_what_is_named_and_not_told_is_asked_for(text: str, asked: bool) -> None:
    assert probe(text, "dropped_thread").endswith("what was that?") is asked


@pytest.mark.parametrize(
    ("text", "kind", "topic", "asked"),
    [
        (
            "Some of the older lads weren't that keen on it.",
            "vague",
            "implementation.obstacles",
            "bothered them|deal with that|at the time",
        ),
        ("The older lads were keen on it.", "vague", "implementation.obstacles", ""),
        ("We just felt comfortable with your lot.", "vague", "decision.why_us", "what did you see|the moment|that did it"),
        ("The support people always have our back.", "no_example", "results.experience", "call on them|the last time|one time"),
        ("Some of our drivers have gone.", "missing_metric", "background.team", "of them|out of how many"),
        ("We get hardly any of those.", "missing_metric", "results.metrics", "how many|in numbers"),
        ("We save on the diesel.", "missing_metric", "results.metrics", "how much"),
        ("There are far fewer of them.", "missing_metric", "results.metrics", "how many"),
    ],
)
def test_what_the_words_tell_of_decides_the_question(text: str, kind: str, topic: str, asked: str) -> None:
    forms = asked.split("|") if asked else []
    found = {probe(text, kind, topic, used) for used in ((), *((probe(text, kind, topic),),))}
    reluctant = any("bothered them" in text for text in found)
    assert all(any(form in text.lower() for form in forms) for text in found) if forms else not reluctant


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("I think Loretta said it was three more a day.", "Loretta"),
        ("Our accountant reckons it's half a million.", "your accountant"),
        ("I heard finance have it at forty percent.", "finance"),
        ("I think it was forty percent.", ""),
        ("They said it was forty percent.", ""),
        ("All told, I think it was forty percent.", ""),
        ("Having said that, I think it was forty percent.", ""),
        ("Having said that, Loretta said it was three more a day.", "Loretta"),
        ("Loretta does forty percent of it.", ""),
    ],
)
def test_whoever_a_number_was_heard_from_is_asked_to_confirm_it(text: str, source: str) -> None:
    assert find_anchor(heard(text), 0, len(text)).source == source
    assert (f" {source} " in probe(text, "unsourced")) if source else "Could they" not in probe(text, "unsourced")


@pytest.mark.parametrize(
    ("text", "broken", "whole"),
    [
        ("There was a week when I didn't know it any more.", "it any more", ""),
        ("The splice nights have gotten shorter.", "nights have gotten shorter", ""),
        ("We had one fella quit over it.", "one fella quit over", ""),
        ("It's a 24/7 operation.", "7 operation", ""),
        ("A bit more for normal people.", "a bit more", ""),
        ("The lorries queued at the gate.", "", "lorries queued"),
        ("They answer the phone.", "", "They answer the phone"),
        ("There's a couple of things.", "", "There's a couple of things"),
    ],
)
def test_no_phrase_is_repeated_that_is_torn_from_its_sentence(text: str, broken: str, whole: str) -> None:
    quote = find_anchor(heard(text), 0, len(text)).quote
    assert not broken or quote.lower() != broken
    assert whole in quote


@pytest.mark.parametrize(
    ("text", "kind", "never"),
    [
        ("It really wasn't a nice place to work, that time.", "vague", '"that time"'),
        ("Some weeks the trucks were going out half empty.", "missing_stakes", "Some weeks the"),
        ("Some weeks the trucks were going out half empty.", "missing_stakes", '"out half'),
    ],
)
def test_words_that_are_torn_from_their_sentence_are_not_repeated(text: str, kind: str, never: str) -> None:
    assert never not in probe(text, kind)


def test_a_time_that_is_all_that_was_said_can_be_repeated() -> None:
    assert '"Thursday night"' in probe("There was the one Thursday night, but that could happen to anyone.", "dropped_thread")


@pytest.mark.parametrize(
    ("text", "kind", "quote"),
    [
        ("The big press that we had bought in the spring of that year for the hall we never used.", "unexplained", False),
        ("The press broke, and nobody in the whole of the hall knew why.", "unexplained", True),
        ("All but the press.", "unexplained", True),
        ("On the Friday of that week with the foreman from the other hall and with the vans.", "missing_stakes", False),
    ],
)
def test_a_reason_is_asked_for_a_statement_and_not_for_a_mere_thing(text: str, kind: str, quote: bool) -> None:
    assert ('"' in probe(text, kind, "challenges.pain")) is quote


@pytest.mark.parametrize(
    ("text", "did"),
    [
        ("It was chewed on, and it came back.", ""),
        ("It was signed off on the Friday.", "signed it off"),
        ("It was built by hand.", "built it"),
    ],
)
def test_a_verb_is_not_asked_about_without_its_preposition(text: str, did: str) -> None:
    assert find_anchor(heard(text), 0, len(text)).did == did


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("In the spring they came round, and with the vans we had a fantastic summer", "fantastic summer"),
        ("It was a nightmare, with the vans and the people from the hall", "nightmare"),
    ],
)
def test_the_words_that_judge_are_the_ones_repeated_where_something_is_vague(text: str, words: str) -> None:
    assert words in probe(text, "vague", "results.daily")


def test_a_transcribers_note_is_not_repeated() -> None:
    assert "unintelligible" not in probe("It is a great [unintelligible 00:57:16.02] for all of us", "vague")


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("We have Kestrel CQ in the hall.", "Kestrel CQ"),
        ("Kestrel CQ is run with Kestrel.", "Kestrel CQ"),
        ("Ask the QVB about it.", "QVB"),
    ],
)
def test_an_acronym_is_asked_about_with_the_name_that_it_is_part_of(text: str, term: str) -> None:
    assert find_term(heard(text), 0, len(text)) == term


@pytest.mark.parametrize(
    ("text", "torn"), [("You're always gonna have a few", '"always gonna"'), ("The gauge found that it was dry", '"gauge found"')]
)
def test_no_phrase_ends_on_what_waits_for_its_verb(text: str, torn: str) -> None:
    assert torn not in probe(text, "no_example", "implementation.obstacles")


@pytest.mark.parametrize(("text", "shares"), [("We won two more shops.", False), ("We sell twenty percent more.", True)])
def test_only_a_relative_number_is_asked_from_what_to_what(text: str, shares: bool) -> None:
    used: list[str] = []
    for _ in range(3):
        used.append(probe(text, "missing_baseline", used=tuple(used)))
    assert any("to what number" in question for question in used) is shares


@pytest.mark.parametrize(
    ("said", "kind", "shown"),
    [
        ("Some weeks the trucks were going out half empty", "missing_stakes", '"Some weeks the trucks were going out half empty"'),
        ("and that never really took", "unexplained", '"that never really took"'),
        (
            "I'd say it would be somewhere around about a hundred and fifty thousand a year",
            "unsourced",
            '"a hundred and fifty thousand" is',
        ),
        ("it went over the budget with 22,000 euro in the end, because there was no power there", "inconsistent", "22,000 euro"),
        ("the pink sheets are gone, thank goodness", "unclear_term", '"the pink sheets"'),
        (
            "There was a lad in the yard who used to tell people the score of the final in the window",
            "vague",
            '"There was a lad in the yard…"',
        ),
    ],
)
def test_the_reason_quotes_what_can_be_read_at_a_glance(said: str, kind: str, shown: str) -> None:
    assert shown in explain(heard(said), kind, 0, len(said), "results.metrics")


@pytest.mark.parametrize(
    ("said", "lost"),
    [
        ("Nobody here has ever seen that bill go in that direction", "seen"),
        ("It really wasn't a nice place to work, that time", "nice place"),
        ("We hadn't planned on replacing quality control", "replacing"),
    ],
)
def test_a_quote_does_not_turn_what_somebody_denied_into_its_opposite(said: str, lost: str) -> None:
    assert lost not in find_anchor(heard(said), 0, len(said)).quote


@pytest.mark.parametrize(
    ("said", "quote"),
    [
        ("We never let it near the pink list", "the pink list"),
        ("It never did, and half the lorries queued", "half the lorries queued"),
        ("didn't they go and drop the premium on us", "drop the premium"),
    ],
)
def test_a_quote_may_name_a_thing_after_a_denial_or_tell_what_comes_after_it(said: str, quote: str) -> None:
    assert quote in find_anchor(heard(said), 0, len(said)).quote


@pytest.mark.parametrize(
    ("said", "anchored"), [("They've got about an hour back, the nurses", False), ("It's a lot kinder on the nurses", True)]
)
def test_a_thing_that_tells_no_amount_is_not_asked_for_a_number(said: str, anchored: bool) -> None:
    assert ('"' in probe(said, "missing_metric")) == anchored


def test_a_term_is_asked_about_alone() -> None:
    assert "the pink sheets" in probe("the pink sheets are gone, thank God", "unclear_term")
    assert "gone" not in probe("the pink sheets are gone, thank God", "unclear_term")


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("What share of the work was that?", ("share", "hundred")),
        ("How often did that happen?", ("often", "times")),
        ("And then?", ("much",)),
    ],
)
def test_an_amount_without_a_unit_is_asked_for_in_what_the_question_asked_for(asked: str, wanted: tuple[str, ...]) -> None:
    rows = [Turn(turn=1, speaker="I", role="interviewer", text=asked), Turn(turn=2, speaker="C", role="customer", text="Way more.")]
    reading = list(readings(rows))[-1]
    found = word_probe(reading, "missing_metric", 0, len("Way more"), "challenges.pain")
    assert any(word in found for word in wanted)


@pytest.mark.parametrize(
    ("other", "asked", "told"),
    [
        (Side("six weeks"), '"six weeks"', '"four months" does not go with "six weeks";'),
        (Side("3 months", is_known=True), "our notes", 'does not go with "3 months" in your background file;'),
        (Side("from May to July", computed="2 months"), "figure|worked out", "the figures told for it, which come to 2 months;"),
    ],
)
def test_what_does_not_go_together_is_set_side_by_side(other: Side, asked: str, told: str) -> None:
    reading = heard("It was four months.")
    found = word_probe(reading, "inconsistent", 7, 18, "implementation.timeline", other=other)
    assert any(words in found for words in asked.split("|"))
    assert told in explain(reading, "inconsistent", 7, 18, "implementation.timeline", other)


def test_what_the_background_says_is_not_put_in_a_question() -> None:
    known = Side("3 months", is_known=True)
    assert "3 months" not in word_probe(heard("It was four months."), "inconsistent", 7, 18, "implementation.timeline", other=known)


@pytest.mark.parametrize(("before", "named"), [("", True), ("Off the record, ", False)])
def test_no_question_and_no_reason_names_what_was_said_off_the_record(before: str, named: bool) -> None:
    rows = [
        Turn(turn=1, speaker="I", role="interviewer", text="How long did the rollout take?"),
        Turn(turn=2, speaker="C", role="customer", text=f"{before}The rollout took six weeks, start to finish."),
        Turn(turn=3, speaker="I", role="interviewer", text="And the whole rollout, in the end?"),
        Turn(turn=4, speaker="C", role="customer", text="The rollout took four months, if you count the second plant."),
    ]
    session = Session()
    for turn in rows:
        session.hear(turn)
    (gap,) = (g for g in session.findings.gaps if g.kind == "inconsistent")
    assert ("six weeks" in gap.probe) == ("six weeks" in gap.why) == named


@pytest.mark.parametrize(
    ("said", "asked"), [("What I said about the six weeks, please keep that out.", False), ("We then did the third plant.", True)]
)
def test_a_question_is_not_asked_once_the_other_side_of_the_contradiction_is_off_the_record(said: str, asked: bool) -> None:
    session = Session()
    for n, (role, text) in enumerate(
        (
            ("interviewer", "How long did the rollout take?"),
            ("customer", "The rollout took six weeks, start to finish."),
            ("interviewer", "And the whole rollout, in the end?"),
            ("customer", "The rollout took four months, if you count the second plant."),
            ("interviewer", "Thank you. Anything to add?"),
            ("customer", said),
        ),
        1,
    ):
        session.hear(Turn(turn=n, speaker=role, role=role, text=text))
    assert any(p.kind == "inconsistent" for p in session.left()) is asked
    assert any(g.kind == "inconsistent" for g in session.ledger.open_gaps()) is asked
    session.withdraw("2:six weeks", date(2026, 3, 2))
    assert not any(p.kind == "inconsistent" for p in session.left())


@pytest.mark.parametrize("said", ["The bakers just loved it from day one", "While this is great, it does not suffice"])
def test_a_quote_neither_tears_a_day_from_its_number_nor_repeats_what_is_only_granted(said: str) -> None:
    quote = find_anchor(heard(said), 0, len(said)).quote
    assert not quote.endswith("day")
    assert "great" not in quote


@pytest.mark.parametrize(
    ("text", "first"),
    [("where do I start", "do"), ("we are gonna keep coming back", "gonna"), ("we use that system today to book the ramps", "today")],
)
def test_no_anchor_is_torn_from_its_subject(text: str, first: str) -> None:
    assert find_anchor(heard(text), 0, len(text)).quote.split()[:1] != [first]


def test_a_question_for_the_value_before_repeats_no_time() -> None:
    assert "couple of years" not in probe("Over the last couple of years we cut the queries by half", "missing_baseline")


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("There are some hard checks around who can see it.", "some hard checks"),
        ("We turned it around.", "We turned it around"),
        ("Especially as we plan to scale our team.", "we plan to scale"),
    ],
)
def test_a_quote_neither_waits_for_more_nor_leads_up_to_anything(text: str, quote: str) -> None:
    assert find_anchor(heard(text), 0, len(text)).quote == quote


def test_no_question_about_a_number_repeats_only_its_period() -> None:
    text = "The number, 55% it had gone down over the last couple of years."
    assert "couple of years" not in probe(text, "missing_baseline")


def test_a_vague_answer_with_a_figure_is_not_asked_for_the_number_again() -> None:
    (reading,) = [r for r in readings(call("I: How many hours do you work?", "C: It's a 24/7 operation.")) if r.is_customer]
    assert "how many" not in word_probe(reading, "vague", 0, 23, "background.business").lower()


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("The porters hated it for a bit.", ""),
        ("And when a fitter called in sick the whole plan fell apart.", "fitter called in sick"),
        ("Then the entire board turned it down.", "the entire board"),
        ("We looked at three others as well.", ""),
        ("And then the second one followed pretty quickly.", "followed pretty quickly"),
        ("It had paid for itself before June was out.", "paid for itself"),
    ],
)
def test_a_phrase_is_not_torn_from_what_its_last_word_needs(text: str, quote: str) -> None:
    assert find_anchor(heard(text), 0, len(text)).quote == quote


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("The calls dropped in March.", "calls dropped"),
        ("We lost one fitter to a competitor.", "We lost one fitter"),
        ("The lorries queued in the yard.", "lorries queued"),
        ("It was the better deal all the way around.", "better deal"),
    ],
)
def test_a_phrase_may_end_before_what_only_says_when_or_where(text: str, quote: str) -> None:
    assert quote in find_anchor(heard(text), 0, len(text)).quote


def answered(question: str, answer: str, kind: str = "short_answer", topic: str = "results.metrics") -> str:
    reading = readings(call(f"I: {question}", f"C: {answer}"))[-1]
    return word_probe(reading, kind, 0, len(answer.rstrip(".")), topic)


@pytest.mark.parametrize(
    ("text", "torn"),
    [
        ("I don't think we ever kept a tally.", "we ever kept a tally"),
        ("I wouldn't say they loved it.", "they loved it"),
        ("I didn't really believe that they wanted it.", "they wanted it"),
        ("We don't weigh those, not every time.", "not every time"),
    ],
)
def test_no_quote_says_the_opposite_of_what_a_denied_opinion_says(text: str, torn: str) -> None:
    assert torn not in find_anchor(heard(text), 0, len(text)).quote


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("I'd say they loved it.", "they loved it"),
        ("No, the drivers think they lost it.", "they lost it"),
        ("They weighed those, not every time.", "not every time"),
    ],
)
def test_what_no_denied_opinion_governs_is_quoted(text: str, quote: str) -> None:
    assert find_anchor(heard(text), 0, len(text)).quote == quote


@pytest.mark.parametrize(
    ("question", "answer", "asked"),
    [
        ("Has it saved you money?", "Yes.", "how much money"),
        ("Would you say it has saved you time?", "Oh, yes.", "how long"),
        ("Did you lose customers over it?", "We did.", "how many"),
        ("Did the training take long?", "It did.", "how long"),
        ("Are you going to use it in Cork?", "Yes, we are.", "when|by when"),
        ("Is the loading quicker as well?", "It is.", "how long"),
        ("Are the drivers happier?", "They are.", "notice|shows"),
    ],
)
def test_a_bare_yes_is_asked_for_what_its_question_leaves_open(question: str, answer: str, asked: str) -> None:
    assert any(words in answered(question, answer).lower() for words in asked.split("|"))


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Was the foreman pleased?", "He was."),
        ("Did it take three weeks?", "It did."),
        ("Would you call it a long-term thing?", "I would, yes."),
        ("Is it like a library?", "No."),
        ("Did you look at a second vendor?", "No, we didn't."),
    ],
)
def test_a_bare_yes_or_no_is_not_asked_for_the_next_thing_of_a_topic(question: str, answer: str) -> None:
    asked = {
        answered(question, answer, topic=topic)
        for topic in ("challenges.pain", "decision.comparison", "background.role", "results.metrics")
    }
    (only,) = asked
    assert not any(words in only.lower() for words in ("how long", "how much", "how many", "normal week"))


def test_an_answer_that_says_more_than_yes_is_asked_about_its_own_words() -> None:
    assert '"the vans"' in answered("Has it saved you money?", "Yes, the vans.")


@pytest.mark.parametrize(
    ("text", "kind", "quote"),
    [
        ("The first two ovens were fine, and then we had a bit of a wobble with the third one.", "dropped_thread", "a bit of a wobble"),
        ("We signed in February, opened in May, and then the mixer broke.", "dropped_thread", "the mixer broke"),
        ("We signed in February, opened in May, and then the mixer broke.", "unexplained", "the mixer broke"),
        ("There were two reasons, the old mixer broke.", "dropped_thread", "There were two reasons"),
        ("We signed in February, opened in May.", "dropped_thread", "We signed in February"),
    ],
)
def test_what_was_left_is_quoted_where_it_shows(text: str, kind: str, quote: str) -> None:
    assert f'"{quote}"' in probe(text, kind)


def test_the_units_that_spell_out_a_change_are_asked_for() -> None:
    asked = word_probe(heard("Much faster. From days to hours."), "missing_metric", 0, 11, "results.metrics")
    assert "how many days" in asked.lower()
    assert "how many hours" in asked.lower()
    alone = word_probe(heard("Much faster. We open within hours."), "missing_metric", 0, 11, "results.metrics")
    assert "hours" not in alone


@pytest.mark.parametrize("text", ["Each inspection is a lot quicker.", "The boarding is much quicker.", "The checkout is a bit faster."])
def test_what_goes_faster_is_asked_for_how_long_it_takes(text: str) -> None:
    asked = {word_probe(heard(text, turn), "missing_metric", 0, len(text), "results.metrics") for turn in range(1, 9)}
    assert all("how long" in question for question in asked)


@pytest.mark.parametrize("kind", ["missing_baseline", "unsourced", "undefined_metric"])
def test_a_third_is_never_called_the_third(kind: str) -> None:
    text = "We've cut the rounds by about a third"
    asked = {word_probe(heard(text, turn), kind, 0, len(text), "results.metrics") for turn in range(1, 9)}
    assert not any("the third" in question for question in asked)
    assert "the two thirds" in " ".join(probe("It fell by two thirds", kind, used=used) for used in _used("It fell by two thirds", kind))


@pytest.mark.parametrize(("text", "noticed"), [("There is a lot less shouting.", True), ("It was a judgement on them.", False)])
def test_only_a_change_is_asked_how_it_is_noticed(text: str, noticed: bool) -> None:
    asked = [probe(text, "vague", used=used) for used in _used(text, "vague")]
    assert any("notice" in question for question in asked) is noticed


def _used(text: str, kind: str) -> list[tuple[str, ...]]:
    """Return what has been asked before each of four questions on the same words."""
    used: list[tuple[str, ...]] = [()]
    for _ in range(3):
        used.append((*used[-1], probe(text, kind, used=used[-1])))
    return used
