from __future__ import annotations

from dataclasses import replace

import pytest

from copilot import Guide, Session, Transcript
from copilot.background import Background
from copilot.drafts import Material
from copilot.drafts.checklist import checklist
from copilot.drafts.email import email
from copilot.drafts.excerpts import is_aside
from copilot.drafts.figures import cards
from copilot.drafts.outline import Outline, outline
from copilot.findings import Amount, Metric, Quote, SectionRow
from copilot.probe import Probe
from copilot.reports import render

from .conftest import BACKGROUND, heard, material, turns


def figures(made: Outline) -> dict[str, str]:
    """Return what each figure's words are noted as."""
    return {card.said.text: card.after for section in made.sections for card in section.metrics}


def with_metrics(made: Material, *metrics: Metric) -> Material:
    """Return the same call with other metrics."""
    return Material(made.findings.model_copy(update={"metrics": metrics}), made.background, made.guide)


def test_it_has_the_sections_of_the_guide_and_every_topic_has_a_sentence(bakery: Material) -> None:
    made = outline(bakery)
    assert [s.section for s in made.sections] == [s.id for s in Guide.default().sections]
    assert all(claim.text.endswith((".", "?", "”", "!")) for section in made.sections for claim in section.claims)


def test_a_topic_without_a_sentence_that_tells_it_says_so_and_names_the_question(bakery: Material) -> None:
    claims = {c.topic: c for s in outline(bakery).sections for c in s.claims}
    assert claims["decision.stakeholders"].text == "Nothing clear on this yet. Still to ask: Who was involved in the decision?"
    assert claims["decision.stakeholders"].spans == ()


def test_a_claim_quotes_the_words_that_it_rests_on(bakery: Material) -> None:
    cited = [(c, s) for section in outline(bakery).sections for c in section.claims for s in c.spans if s.text]
    assert cited
    for claim, span in cited:
        assert span.text == bakery.turns[span.turn].text[span.start : span.end]
        assert span.text in claim.text


def test_a_part_of_a_section_that_is_empty_is_left_out(bakery: Material) -> None:
    document = outline(bakery)
    text = render(document, "md").decode()
    for title, part in (("Quotes", "quotes"), ("To verify", "verify")):
        assert text.count(f"### {title}\n") == sum(bool(getattr(section, part)) for section in document.sections) < len(document.sections)


def test_what_nobody_touched_is_asked_once(bakery: Material) -> None:
    text = render(outline(bakery), "md").decode()
    untouched = [claim.text for section in outline(bakery).sections for claim in section.claims if claim.text.startswith("Nothing clear")]
    assert untouched
    assert all(text.count(claim.partition("Still to ask: ")[2]) == 1 for claim in untouched)


def test_an_open_gap_is_its_words_with_the_question_below_and_what_the_story_needs_comes_first(bakery: Material) -> None:
    text = render(outline(bakery), "md").decode()
    first = next(g for s in outline(bakery).sections for g in s.gaps if g.severity == "must" and g.spans)
    assert f"- [ ] {first.spans[0].quoted} " in text
    assert "Ask: " not in text
    assert 'You said "' not in text


def test_an_idle_question_is_good_to_have_where_there_are_enough_others() -> None:
    made = material()
    gaps = [g for g in made.findings.gaps if g.severity == "must" and made.is_usable(g)]
    rows = [g.model_copy(update={"outcome": "open", "closed_by": None, "score": 0.95}) for g in gaps[:1]]
    rows += [rows[0].model_copy(update={"id": f"idle{n}", "score": 0.05 + n / 100}) for n in range(4)]
    found = outline(replace(made, findings=made.findings.model_copy(update={"gaps": tuple(rows)}), probes=()))
    needed = {g.gap: g.needed for s in found.sections for g in s.gaps}
    assert needed == {rows[0].id: True, "idle0": False, "idle1": False, "idle2": True, "idle3": True}


def test_sentences_that_follow_one_another_are_one_citation() -> None:
    said = "Look at the queue first. And test the scanner with wet hands before you sign anything."
    claims = [c for s in outline(material(f"I: What advice do you have for others?\nA: {said}")).sections for c in s.claims]
    told = next(c for c in claims if c.topic == "future.advice")
    assert said in told.text
    assert len(told.spans) == 1


def test_a_citation_names_its_speaker_where_two_customers_spoke(bakery: Material) -> None:
    one = outline(material("I: What does the bakery do?\nA: We bake bread for two hundred cafés in the valley."))
    assert "Ada Berg" not in " ".join(c.text for s in one.sections for c in s.claims)
    assert "Ada Berg: “" in " ".join(c.text for s in outline(bakery).sections for c in s.claims)


def test_a_bare_number_is_noted_with_its_unit_or_left_out() -> None:
    text = render(
        outline(material("I: How many cafés do you bake for?\nA: About ninety.\nI: And?\nA: By spring it was seventy.")), "md"
    ).decode()
    line = next((line for line in text.splitlines() if line.startswith("**Other numbers.**")), "")
    assert "seventy" not in line


def test_a_metric_card_has_before_after_and_the_change_with_its_derivation(bakery: Material) -> None:
    card = next(c for s in outline(bakery).sections for c in s.metrics if c.before == "730 orders")
    assert card.after == "95 orders"
    assert card.change is not None
    assert card.change.text == "-87 %"
    assert card.change.derivation == "in orders: (95 - 730) / 730 = -87 %"
    assert card.status == "to complete"
    assert "source" in card.missing


def test_two_percentages_differ_in_points_and_in_percent(bakery: Material) -> None:
    card = next(c for s in outline(bakery).sections for c in s.metrics if c.before == "60 %")
    assert card.change is not None
    assert card.change.text == "-30 percentage points, or -50 % of what it was"


def test_a_figure_without_a_period_is_close_to_a_headline(bakery: Material) -> None:
    made = outline(bakery)
    assert [h.text for h in made.headline_candidates] == [
        "The Crust Company: wrong orders down from 730 to 95 per month: “Wrong orders went from 730 a month to 95 a month.”"
    ]
    assert [card.before for card in made.nearly] == ["60 %"]


def whole_result(**fields: object) -> Metric:
    """Return the complete result of the script, with other fields."""
    metric = next(m for m in material().findings.metrics if m.value == 95)
    return metric.model_copy(update={"missing": (), "scope": "both sites", "period": "since May", **fields})


def test_a_complete_figure_is_a_headline_in_the_customers_words() -> None:
    (headline,) = outline(with_metrics(material(), whole_result())).headline_candidates
    assert (
        headline.text
        == "The Crust Company: wrong orders down from 730 to 95 (since May): “Wrong orders went from 730 a month to 95 a month.”"
    )
    assert headline.notes == ()
    assert {s.turn for s in headline.spans} == {10}


def test_scope_and_source_do_not_keep_a_figure_from_the_headline_but_are_noted() -> None:
    made = outline(with_metrics(material(), whole_result(scope=None, source=None, missing=("scope", "source"))))
    assert made.headline_candidates[0].notes == ("what it holds for", "its source")
    assert "To settle before print: what it holds for, its source" in render(made, "md").decode()


def test_a_headline_quotes_the_value_before_where_another_sentence_tells_it() -> None:
    told = ("Back then a return took nine days.", "This year a return takes two days now.")
    (apart,) = outline(material(f"I: How long did a return take?\nA: {told[0]}\nI: And now?\nA: {told[1]}")).headline_candidates
    assert apart.text.endswith(f"from 9 days to 2 days: “{told[0]}” “{told[1]}”")


@pytest.mark.parametrize("fields", [{"period": None}, {"baseline": None}, {"kind": "scale"}, {"agreed": True}])
def test_what_is_no_change_of_the_customers_in_a_period_is_no_headline(fields: dict[str, object]) -> None:
    made = outline(with_metrics(material(), whole_result(**fields)))
    assert made.headline_candidates == ()
    assert "No figure is complete enough to carry a headline yet." in render(made, "md").decode()


def test_a_headline_that_serves_a_goal_comes_first() -> None:
    made = material()
    returns = next(m for m in made.findings.metrics if m.value == 30).model_copy(update={"period": "since May"})
    background = made.background.model_copy(update={"goals": ("how far the returns fell",)})
    both = Material(made.findings.model_copy(update={"metrics": (whole_result(), returns)}), background, made.guide)
    assert ["returns" in h.text.lower() for h in outline(both).headline_candidates] == [True, False]


def test_a_baseline_from_another_turn_gives_no_change() -> None:
    made = material(
        "I: On time?\nA: We were at seventy-eight percent on time before.\nI: And the price?\nA: The price went up eleven percent."
    )
    (first, second) = made.findings.metrics[:2]
    wrong = second.model_copy(update={"baseline": Amount(value=78, unit="percent")})
    cards = [c for s in outline(with_metrics(made, first, wrong)).sections for c in s.metrics]
    assert len(cards) == 2
    assert all(card.before is None and card.change is None for card in cards)


def test_a_baseline_that_comes_with_the_next_answer_counts_and_its_place_is_cited() -> None:
    made = material(
        "I: And since?\nA: We are at ninety-six percent on time.\nI: And before?\nA: Seventy-eight percent. Nobody knew what on time meant."
    )
    metric = made.findings.metrics[0].model_copy(update={"baseline": Amount(value=78, unit="percent")})
    (card,) = [c for s in outline(with_metrics(made, metric)).sections for c in s.metrics]
    assert (card.before, card.after) == ("78 %", "96 %")
    assert card.change is not None
    assert card.change.text == "+18 percentage points, or +23 % of what it was"
    assert card.before_said is not None
    assert (card.before_said.turn, card.before_said.text) == (4, "Seventy-eight percent.")


def test_a_unit_that_nobody_said_is_not_noted() -> None:
    made = material("I: And the mornings?\nA: It used to reach around eleven, and people were waiting.")
    turn = made.turns[2]
    start = turn.text.index("eleven")
    span = turn.span(start, start + 6).model_dump()
    made_outline = outline(with_metrics(made, Metric(**span, kind="result", measures="waiting", value=11, unit="percent")))
    assert figures(made_outline) == {"eleven": "11"}
    (card,) = [c for s in made_outline.sections for c in s.metrics]
    assert (card.name, card.missing) == ("waiting", ("unit",))
    (unnamed,) = cards(with_metrics(made, Metric(**span, kind="result", measures="share", value=11, unit="percent")))
    assert (unnamed.name, unnamed.missing) == ("", ("definition",))


def test_the_change_of_bare_numbers_is_in_points_where_the_customer_says_so() -> None:
    said = "I: And the occupancy?\nA: The occupancy is 74, it was 68.\nI: Lovely.\nA: "
    for told, change in (("Some of the six points are the weather.", "+6 points"), ("Some of it is the weather.", "+9 %")):
        made = material(said + told)
        turn = made.turns[2]
        span = turn.span(17, 33).model_dump()
        before = Amount(value=68, unit="room")
        (card,) = cards(with_metrics(made, Metric(**span, kind="result", measures="occupancy", value=74, unit="room", baseline=before)))
        assert card.change is not None
        assert card.change.text == change


@pytest.mark.parametrize(
    ("said", "field", "told"),
    [
        ("Drop-off fell to eleven percent, and that's over fourteen months.", "period", "fourteen months"),
        ("Drop-off fell to eleven percent since it went live.", "period", "since it went live"),
        ("Drop-off fell to eleven percent that week.", "period", "that week"),
        ("We worked over six weeks and drop-off fell to eleven percent.", "period", None),
        ("Drop-off fell to eleven percent, the median, over all 205 forms.", "scope", "all 205 forms"),
        ("Drop-off fell to eleven percent for most people.", "scope", "most people"),
        ("Drop-off fell to eleven percent for each form.", "scope", "each form"),
        ("Drop-off fell to eleven percent, with one box on the page for each headline.", "scope", None),
        ("Drop-off fell to eleven percent and they sat there for all this.", "scope", None),
        ("He stood there with a stopwatch. Drop-off fell to eleven percent.", "source", "stopwatch"),
        ("In Sevilla drop-off fell to eleven percent.", "scope", "Sevilla"),
        ("In Q1 drop-off fell to eleven percent.", "scope", None),
        ("In January drop-off fell to eleven percent.", "scope", None),
        ("Drop-off fell to eleven percent, not for all forms.", "scope", None),
        ("There's one list for all parks and drop-off fell to eleven percent.", "scope", None),
        ("Drop-off fell to eleven percent. That's off the phone system.", "source", "the phone system"),
        ("Drop-off fell to eleven percent. That's from last year.", "source", None),
        ("Bernadette in accounts did it properly. Drop-off fell to eleven percent.", "source", "accounts"),
        ("We counted it ourselves. Drop-off fell to eleven percent.", "source", "counted"),
        ("They counted crates. Drop-off fell to eleven percent.", "source", None),
        ("They came to report a fault. Drop-off fell to eleven percent.", "source", None),
        ("We sat there with a report. Drop-off fell to eleven percent.", "source", None),
    ],
)
def test_what_is_told_beside_a_figure_in_plain_words_is_not_lacking(said: str, field: str, told: str | None) -> None:
    made = material(f"I: What changed?\nA: {said}")
    card = next(c for c in cards(made) if c.said.text == "eleven percent")
    assert getattr(card, field) == told
    assert (field in card.missing) is (told is None)


def test_a_number_that_may_be_the_value_before_is_shown_as_that() -> None:
    made = material("I: What changed?\nA: There were 294 findings in the last round, 412 findings in 2025.")
    turn = made.turns[2]
    span = turn.span(turn.text.index("412"), len(turn.text) - 9).model_dump()
    before = Amount(value=294, unit="finding")
    for chance, shown in ((0.3, "294"), (0.05, None)):
        metric = Metric(
            **span, kind="result", measures="findings", value=412, unit="finding", baseline=before, baseline_chance=chance, missing=()
        )
        (card,) = cards(with_metrics(made, metric))
        assert (card.before, card.perhaps) == (None, shown)
        assert ("baseline" in card.missing) is (shown is None)
        text = render(outline(with_metrics(made, metric)), "md").decode()
        assert ("before, perhaps: 294 (same sentence)" in text) is (shown is not None)


def test_an_answer_for_one_field_of_a_figure_is_pointed_at_for_each_that_it_tells() -> None:
    made = heard(
        "A: So.\nI: What did it change?\nA: Overtime is down thirty percent.\nI: And before?\nA: It was ninety percent, for all crews."
    )
    call = made.material()
    closed = [g.model_copy(update={"outcome": "answered", "closed_by": 5}) for g in call.findings.gaps if g.turn == 3]
    card = next(c for c in cards(replace(call, findings=call.findings.model_copy(update={"gaps": tuple(closed)}))) if c.said.turn == 3)
    assert {"baseline", "scope"} <= set(card.places)
    assert "source" not in card.places


@pytest.mark.parametrize(
    ("said", "value", "unit", "noted"),
    [
        ("three policies", 3, "policy", "3 policies"),
        ("three business units", 3, "business", "3 businesses"),
        ("four hundred square feet", 400, "square foot", "400 square feet"),
        ("two hundred kroner", 200, "nok", "200 NOK"),
        ("two hundred dollars", 200, "usd", "$200"),
    ],
)
def test_a_figure_is_noted_with_its_unit_in_the_plural(said: str, value: int, unit: str, noted: str) -> None:
    made = material(f"I: How much is it?\nA: We have {said} in all.")
    turn = made.turns[2]
    start = turn.text.index(said)
    span = turn.span(start, start + len(said)).model_dump()
    metric = Metric(**span, kind="scale", measures="size", value=value, unit=unit)
    assert figures(outline(with_metrics(made, metric))) == {said: noted}


def test_a_number_that_the_interviewer_named_is_to_be_read_back() -> None:
    made = material()
    metric = made.findings.metrics[-1].model_copy(update={"agreed": True})
    (card,) = [c for s in outline(with_metrics(made, metric)).sections for c in s.metrics]
    assert card.status == "to read back"


def test_a_number_that_an_answer_only_agrees_to_is_shown_where_it_was_named() -> None:
    made = material("I: What changed?\nA: We lost fewer loaves.\nI: So that was 70 percent of the loaves.\nA: Oh yeah, exactly.")
    turn = made.turns[4]
    metric = Metric(**turn.span(0, 16).model_dump(), kind="result", measures="loaves", value=70, unit="percent", agreed=True)
    told = with_metrics(made, metric)
    (card,) = [c for s in outline(told).sections for c in s.metrics]
    assert card.offered is not None
    assert (card.offered.turn, card.offered.text) == (3, "")
    (item,) = [i for i in checklist(told).items if "agreed" in i.item]
    assert "“Oh yeah, exactly.” (in reply to Ira Noor, Story Lead, 0:30) The interviewer named the number" in item.item
    assert "Noted as “Oh" not in item.item
    page = render(outline(told), "md").decode()
    assert "a number that Ira Noor named (0:30): “Oh yeah, exactly” (0:40)" in page


def test_the_sidebar_tells_what_was_said_from_what_the_background_file_holds(bakery: Material) -> None:
    facts = {(f.origin, f.text) for f in outline(bakery).sidebar}
    assert ("background", "run by its founders") in facts
    assert ("background", "85 people") not in facts
    assert any(origin == "call" and "two hundred and ten cafés" in text for origin, text in facts)


def test_nothing_known_of_the_company_says_so() -> None:
    text = render(outline(material("I: Hello?\nA: Hello.", Background())), "md").decode()
    assert "Nothing is known of the company yet.\n" in text
    assert "how large is it" not in text


def test_a_guide_of_ones_own_gives_the_sections() -> None:
    guide = Guide.parse(
        "name: own\nsections:\n- id: use\n  title: Use\n  topics:\n  - {id: friction, title: Friction, question: What gets in the way?}\n"
    )
    session = Session(guide=guide)
    for turn in turns("I: What gets in the way?\nA: The scanner dies, and forty people wait."):
        session.hear(turn)
    made = session.draft("outline")
    assert isinstance(made, Outline)
    assert [s.title for s in made.sections] == ["Use"]
    assert [c.topic for c in made.sections[0].claims] == ["use.friction"]


@pytest.mark.parametrize(
    ("informed", "holds", "sections"),
    [(("use",), "holds: [scale]", ["Use"]), ((), "holds: [scale]", ["Size"]), (("use", "size"), "holds: [scale]", ["Size"]),
     ((), "", ["Size"]), (("use", "size"), "", ["Use"])],
)  # fmt: skip
def test_a_figure_stands_in_the_section_of_its_turn_and_where_that_is_open_in_the_one_that_holds_its_kind(
    informed: tuple[str, ...], holds: str, sections: list[str]
) -> None:
    guide = Guide.parse(
        "name: own\nsections:\n- {id: size, title: Size, topics: [{id: staff, title: Staff, question: How many are you?, HOLDS}]}\n"
        "- {id: use, title: Use, topics: [{id: friction, title: Friction, question: What gets in the way?}]}\n".replace("HOLDS", holds)
    )
    session = Session(guide=guide)
    for turn in turns("I: What gets in the way?\nA: The friction gets in the way: forty people wait for the scanner."):
        session.hear(turn)
    row = SectionRow(turn=2, sections=informed)
    made = Material(session.findings.model_copy(update={"sections": (row,)}), Background(), guide)
    sectioned = outline(with_metrics(made, made.findings.metrics[0].model_copy(update={"kind": "scale"})))
    assert [s.title for s in sectioned.sections if s.metrics] == sections


def test_a_unit_that_nobody_said_is_not_printed() -> None:
    made = material(
        "I: Where do you stand with the post?\nA: We had thirty thousand a year before. Forty-odd of those were wrong last month."
    )
    cards = [c for s in outline(made).sections for c in s.metrics]
    assert cards
    assert not any("$" in c.after or "usd" in c.after for c in cards)


def test_numbers_that_are_unlikely_to_be_of_one_thing_are_not_set_side_by_side() -> None:
    made = material("I: What changed?\nA: Wrong orders went from 730 a month to 95 a month.")
    doubtful = made.findings.metrics[0].model_copy(update={"baseline_chance": 0.2})
    (sure,), (unsure,) = ([c for s in outline(m).sections for c in s.metrics] for m in (made, with_metrics(made, doubtful)))
    assert (sure.before, unsure.before, unsure.change) == ("730 orders", None, None)
    assert "baseline" in unsure.missing


@pytest.mark.parametrize(
    ("before", "after", "unit", "change"),
    [
        ("five minutes", "forty minutes", "minute", "+700 %"),
        ("five minutes", "four days", "day", None),
        ("five minutes", "two years", "year", None),
        ("three minutes", "forty minutes", "minute", None),
    ],
)
def test_no_change_is_computed_between_values_that_are_hardly_of_one_thing(before: str, after: str, unit: str, change: str | None) -> None:
    made = material(f"I: And how long does the run take?\nA: The run took {before} then, and the run takes {after} today.")
    low = {"five minutes": 5, "three minutes": 3}[before]
    start = made.turns[2].text.index(after)
    span = made.turns[2].span(start, start + len(after)).model_dump()
    value = {"forty minutes": 40, "four days": 4, "two years": 2}[after]
    metric = Metric(**span, kind="result", measures="run", value=value, unit=unit, baseline=Amount(value=low, unit="minute"))
    (card,) = [c for s in outline(with_metrics(made, metric)).sections for c in s.metrics]
    assert card.before is not None
    assert (card.change.text if card.change else None) == change


def test_a_pair_that_was_read_back_and_confirmed_is_shown_however_far_apart_it_was_told() -> None:
    made = material(
        "I: How many reworks?\nA: We had fifty reworks a shift.\nI: And the roof?\nA: It holds.\nI: And the yard?\nA: It is dry.\n"
        "I: And the reworks today?\nA: Nine.\nI: So fifty to nine.\nA: Yes, exactly."
    )
    (card,) = [c for s in outline(made).sections for c in s.metrics if c.before]
    assert card.before_said is not None
    assert (card.before_said.turn, card.said.turn, card.said.text) == (2, 8, "Nine")


def claim(said: str, topic: str) -> str:
    """Return what the outline of a call says about a topic."""
    return next(c.text for s in outline(material(said)).sections for c in s.claims if c.topic == topic)


def test_the_numbers_of_a_story_are_told_by_one_with_a_number_before() -> None:
    said = "We look at it every day, and it is 40 trays in a tower. Spoilt trays went from 310 a month to 44 a month last year."
    shown = claim(f"I: Which numbers show the difference best?\nA: {said}", "results.metrics")
    assert "from 310 a month to 44" in shown
    assert "310" not in claim("I: Which numbers show the difference best?\nA: It is 40 trays in a tower now.", "results.metrics")


def test_both_ends_of_a_change_are_told_though_they_stand_in_two_sentences() -> None:
    said = "The contractor billed six hundred hours of overtime a month. We're at two hundred and fifty hours now."
    assert f"“{said}”" in claim(f"I: Which numbers show the difference best?\nA: {said}", "results.metrics")
    alone = claim("I: Which numbers show the difference best?\nA: We have 250 hours of overtime a month. We sleep now.", "results.metrics")
    assert "We sleep now." not in alone


def test_praise_alone_and_what_breaks_off_open_no_answer() -> None:
    told = claim(
        "I: How has it been working with our team?\nA: Fine. Your support people rang back within the hour, every time.",
        "results.experience",
    )
    assert told.startswith("“Your support people") or "“Fine. Your support people" in told
    assert "So.”" not in claim(
        "I: What was going wrong?\nA: Oh, a bad Tuesday. So. Every night somebody typed the orders by hand.", "challenges.pain"
    )


def test_a_topic_that_was_known_points_at_no_turn() -> None:
    background = BACKGROUND.model_copy(update={"known_topics": ("background.business",)})
    made = outline(material("I: How large is it?\nA: We bake bread and cakes for two hundred cafés.", background))
    (known,) = [c for s in made.sections for c in s.claims if c.topic == "background.business"]
    assert known.state == "known"
    assert known.spans == ()
    assert known.text == "Known before the call: see the sidebar."


def test_a_topic_of_figures_is_told_with_a_number() -> None:
    answer = "The numbers are much better and everybody sees it in the report. Returns fell to 40 a month in May."
    said = f"I: Which numbers show the difference?\nA: {answer}"
    assert "Returns fell to 40 a month in May." in claim(said, "results.metrics")
    assert "much better" not in claim(said, "results.metrics")


@pytest.mark.parametrize(
    ("question", "answer", "shown", "hidden"),
    [
        (
            "Who was involved in the decision?",
            "It was a long decision and a hard one to sign. Our finance director and Olga signed it.",
            "finance director",
            "long decision",
        ),
        (
            "Who was involved in the decision?",
            "The decision took eleven weeks to approve. Me and the head of stores approved it.",
            "head of stores",
            "eleven weeks",
        ),
        (
            "What stood out to you during the evaluation?",
            "The other vendor had a lovely demo with a band. Your demo crashed and your man fixed it.",
            "Your demo crashed",
            "with a band",
        ),
    ],
)
def test_a_topic_is_told_by_what_can_answer_it(question: str, answer: str, shown: str, hidden: str) -> None:
    topic = "decision.stakeholders" if "Who" in question else "decision.standout"
    told = claim(f"I: {question}\nA: {answer}", topic)
    assert shown in told
    assert hidden not in told


def test_a_comparison_with_a_rival_may_stand_for_the_choice() -> None:
    said = "I: What led you to choose us in the end?\nA: We chose you since the other vendor could not show it live and you could."
    assert "the other vendor could not show it live and you could" in claim(said, "decision.why_us")


def test_a_topic_that_was_asked_falls_back_on_the_opening_of_its_answer() -> None:
    said = "I: What would you still like to see on your wish list?\nA: Bigger print. Lighter."
    assert "“Bigger print. Lighter.”" in claim(said, "future.wishlist")


def test_what_puts_a_question_off_is_no_claim() -> None:
    asked, put_off = "I: What was it costing you?\nA: ", "I'd have to look."
    assert claim(f"{asked}{put_off} I'll send you that.", "challenges.cost") == "It was put off on the call."
    told = "Breakdowns were the worst of it, every crew lost its mornings to them and the customers rang us."
    assert claim(f"{asked}{put_off} {told}", "challenges.cost").startswith(f"“{told}”")


@pytest.mark.parametrize(
    ("said", "held"),
    [
        ("We plan to open in Norway next spring. That's off the record, please.", True),
        ("Plans, well, plans.", False),
    ],
)
def test_what_is_held_back_is_said_to_be_and_not_to_have_come_up_in_passing(said: str, held: bool) -> None:
    told = claim(f"I: What are your plans for the next year?\nA: {said}\nI: Understood.", "future.plans")
    assert told.startswith("What was said of it is held back: see Off the record") is held


def test_a_claim_tells_what_happened_and_not_how_somebody_felt_about_it() -> None:
    said = "Oh, it's been amazing, honestly. Now the cafés get a text when the van leaves, and nobody phones the bakery at six any more."
    told = claim(f"I: What is different in your daily work now?\nA: {said}\nI: And?\nA: It is nice.", "results.daily")
    assert "get a text when the van leaves" in told
    assert "amazing" not in told


def test_a_second_sentence_says_something_by_itself() -> None:
    told = "We tried a spreadsheet on a television in the canteen."
    assert f"“{told}”" in claim(f"I: What had you tried before?\nA: {told} It hung there.", "challenges.previous")


def test_nothing_is_clear_on_what_no_question_put() -> None:
    said = "I: What would you still like to see on your wish list?\nA: Bigger print. Gloves on, I see nothing."
    assert claim(said, "future.advice").startswith("Nothing clear on this yet.")
    assert not claim(said, "future.wishlist").startswith("Nobody")


def whys(made: Outline) -> list[str]:
    """Return the reasons of the open gaps."""
    return [gap.why for section in made.sections for gap in section.gaps]


@pytest.mark.parametrize(
    ("why", "kept"),
    [
        ('"It was bad. Or so… 3" is a problem without its consequence; it counts.',
         "This is a problem without its consequence; it counts."),
        ('They say "a lot" but give no number; 91 % of published stories show an outcome in numbers.',
         "They say this but give no number."),
        ('"A lot" comes with no number; 77 % of bakers know theirs.', "This comes with no number."),
        ("77 % of bakers know theirs.", ""),
    ],
)  # fmt: skip
def test_a_reason_keeps_whole_parts_and_no_numbers_of_other_stories(why: str, kept: str) -> None:
    made = material()
    gap = next(g for g in made.findings.gaps if made.is_usable(g)).model_copy(update={"why": why, "outcome": "open"})
    assert kept in whys(outline(Material(made.findings.model_copy(update={"gaps": (gap,)}), made.background, made.guide)))


def test_a_topic_that_nobody_touched_says_so_without_its_statistic(bakery: Material) -> None:
    reasons = whys(outline(bakery))
    assert any(why.startswith("Nobody has touched on this yet: ") for why in reasons)
    assert not any("published stories" in why for why in reasons)


def test_a_figure_told_under_a_topic_is_not_quoted_again_in_the_table() -> None:
    text = render(outline(material()), "md").decode()
    assert "| as under Numbers (" in text
    assert "| “Returns fell" not in text


def test_a_technical_claim_stands_in_its_own_words_under_a_topic_and_among_those_to_verify() -> None:
    said = "The product sends each order to the accounting system over an API every night."
    made = outline(material(f"I: How does it fit with your other systems?\nA: {said}\nI: Good.\nA: Yes."))
    text = render(made, "md").decode()
    assert any(said in c.text for s in made.sections for c in s.claims)
    assert f"- “{said}” (Ada Berg, 0:20)" in text


@pytest.mark.parametrize("note", ["[unintelligible 00:53:30.06]", "[inaudible]"])
def test_no_words_are_quoted_across_what_was_not_heard(note: str) -> None:
    said = f"They typed every single order by hand until midnight, and by the time {note} they found it."
    text = render(outline(material(f"I: What was it like before?\nA: {said}\nI: And?\nA: Bad.")), "md").decode()
    assert "typed every single order by hand until midnight, and by the time …”" in text
    assert note.strip("[]") not in text
    assert "[the night shift]" in render(outline(material(f"I: And?\nA: {said.replace(note, '[the night shift]')}")), "html").decode()


def test_numbers_that_carry_no_part_of_the_story_stand_in_one_line(bakery: Material) -> None:
    text = render(outline(bakery), "md").decode()
    line = next(line for line in text.splitlines() if line.startswith("**Other numbers.**"))
    assert "ninety people" in line
    assert "two hundred and ten cafés” (" in line


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("The shop is open from six. Nobody ever misses the old oven, and I would not have it back as a gift. The code is on the door.",
         "Nobody ever misses the old oven, and I would not have it back as a gift."),
        ("Never let the flour sit.", "Never let the flour sit."),
        ("Sales of the old rolls are up. Twelve percent. But we raised the prices too, by four, so nobody should believe in that. Eight.",
         "Sales of the old rolls are up. Twelve percent. But we raised the prices too, by four, so nobody should believe in that. Eight."),
        ("The shop is open from six. In 2022. Nobody ever misses the old oven, and I would not have it back as a gift.",
         "Nobody ever misses the old oven, and I would not have it back as a gift."),
    ],
)  # fmt: skip
def test_a_quote_is_printed_without_the_sentences_around_its_point(said: str, shown: str) -> None:
    made = material(f"I: What would you tell another bakery?\nA: {said}\nI: That is the headline, I love that.")
    whole = Quote(turn=2, start=0, end=len(said), text=said, score=0.9)
    made = replace(made, findings=made.findings.model_copy(update={"quotes": (whole,)}))
    (quote,) = [q for section in outline(made).sections for q in section.quotes]
    assert (quote.text, quote.edit) == (shown, "verbatim")


def test_an_answer_about_another_topic_is_not_cited_for_one_that_it_merely_touches() -> None:
    said = "It froze twice a week, and the night shift had nobody to ask. One supplier told us it was the mains."
    asked = "I: What was going wrong before you started looking?\nA: {said}\nI: Thank you.\nA: Yes."
    claims = {c.topic: c for s in outline(material(asked.format(said=said))).sections for c in s.claims}
    assert any(words in claims["challenges.pain"].text for words in ("froze twice a week", "it was the mains"))
    assert all("froze" not in c.text and "mains" not in c.text for name, c in claims.items() if name.startswith(("decision", "results")))


def test_small_counts_in_passing_are_not_printed() -> None:
    made = material("I: What does the bakery do?\nA: We bake for two hundred and ten cafés, and three dogs sleep by the oven.")
    shown = render(outline(made), "md").decode()
    assert "two hundred and ten" in shown
    assert "“three dogs”" not in shown
    assert any(card.passing for section in outline(made).sections for card in section.metrics)


@pytest.mark.parametrize(
    ("question", "said", "shown"),
    [
        ("What had you tried before to deal with it?", "We tried a couple of things. We put a whiteboard up by the ovens.", True),
        ("What surprised you?", "This one I didn't see coming, honestly. The drivers raced each other to the last shop.", True),
        ("What surprised you?", "The drivers raced each other to the last shop with two vans. Ada laughed.", False),
    ],
)
def test_a_sentence_that_only_announces_stands_with_the_one_that_tells(question: str, said: str, shown: bool) -> None:
    claims = [c.text for s in outline(material(f"I: {question}\nA: {said}")).sections for c in s.claims]
    assert any(f"“{said}”" in text for text in claims) == shown


def test_the_figures_of_a_long_sentence_stand_in_one_row() -> None:
    said = (
        "By ten past nine there were four hundred and thirty callers in the queue for the bread, which was far more than we had ever seen "
        "on a Monday in all those years, and the system holds nine hundred callers before it beeps."
    )
    text = render(outline(material(f"I: What went wrong before?\nA: {said}")), "md").decode()
    row = next(line for line in text.splitlines() if "430 callers" in line and line.startswith("|"))
    assert "430 callers<br>900 callers" in row


def test_each_figure_of_a_row_has_its_own_line_and_says_what_it_lacks_by_itself() -> None:
    said = "In 2023 we lost ninety sacks a month to damp, and it cost us forty thousand euros a year in flour."
    text = render(outline(material(f"I: What was it costing you?\nA: {said}")), "md").decode()
    row = next(line for line in text.splitlines() if "90 sacks" in line and line.startswith("|"))
    noted, lacks = (cell.strip().split("<br>") for cell in row.strip("|").split("|")[1:])
    assert noted == ["sacks lost: 90 sacks; per month, In 2023", "€40,000; per year, In 2023"]
    assert lacks == ["90 sacks: scope, source", "€40,000: scope, what is counted"]


def test_a_question_is_no_company_fact() -> None:
    made = outline(material("I: How large is the bakery?\nA: Is eleven a bakery? There are eleven of us, on two sites."))
    assert not any(span.text.endswith("?") for fact in made.sidebar for span in fact.spans)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("We bake for two hundred and ten cafés.", True),
        ("A van carries a hundred and twenty trays.", True),
        ("I came here when there were forty bakers in town.", False),
        ("You take a hundred trays and carry them to the van.", False),
    ],
)
def test_the_sidebar_has_sizes_of_the_company_and_none_of_an_example_or_of_the_speaker(said: str, told: bool) -> None:
    made = outline(material(f"I: What does the bakery do, and how large is it?\nA: {said}"))
    assert any(fact.origin == "call" for fact in made.sidebar) is told


@pytest.mark.parametrize(
    ("said", "row"),
    [
        ("We lost two trays on the first night with it.", False),
        ("We lost forty trays on the first night with it.", True),
        ("We lose two trays a week with it.", True),
    ],
)
def test_a_small_count_alone_is_no_figure_of_the_story(said: str, row: bool) -> None:
    cards = [c for s in outline(material(f"I: What went wrong before?\nA: {said}\nI: I see.\nA: Yes.")).sections for c in s.metrics]
    assert {c.carries for c in cards} == {row}


def test_a_figure_that_is_told_twice_is_shown_once_with_its_places() -> None:
    said = "I: How long did it take?\nA: The rollout took six weeks.\nI: Really?\nA: Six weeks for the rollout, first day to last."
    text = render(outline(material(said)), "md").decode()
    assert "“six weeks” (0:20; 0:40)" in text


def test_a_figure_is_shown_with_what_it_measures() -> None:
    text = render(outline(material("I: What has changed?\nA: Churn fell from 14 percent to 11 percent.")), "md").decode()
    assert "| churn: 14 % before, 11 % after" in text


def test_an_answer_that_is_a_number_alone_carries_the_story_though_it_is_small() -> None:
    cards = [c for s in outline(material("I: How many trays went missing after that?\nA: Two.")).sections for c in s.metrics]
    assert not any(c.small for c in cards)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Let's say you grow from 10 bakers to 900 bakers.", False),
        ("Is it right to go from 10 bakers to 900 bakers?", False),
        ("We have 900 bakers.", True),
    ],
)
def test_a_size_that_is_only_asked_or_supposed_is_no_figure(said: str, shown: bool) -> None:
    made = outline(material(f"I: How large is the company?\nA: We run ovens in the harbour. {said}"))
    assert any("900" in card.said.text for section in made.sections for card in section.metrics) == shown


LATE = """\
I: What has changed since then?
A: Returned trays are down forty percent.
I: And how do the drivers like it?
B: They like it a lot.
I: The returned trays: down forty percent from how many?
A: From a hundred and fifty returned trays a week, and that was only the cafés.
"""


def test_what_a_figure_lacks_names_the_place_where_it_was_told() -> None:
    made = material(LATE)
    gap = next(g for g in made.findings.gaps if g.turn == 2)
    assert (gap.kind, gap.closed_by) == ("missing_baseline", 6)
    (metric,) = (m for m in made.findings.metrics if m.turn == 2)
    lacking = metric.model_copy(update={"baseline": None, "missing": ("baseline", "source")})
    (card,) = (c for s in outline(with_metrics(made, lacking)).sections for c in s.metrics)
    assert card.lacking({"baseline": "before", "source": "source"}) == "before (see 1:00), source"


@pytest.mark.parametrize(("end", "shown"), [("The bell I don't want to talk about.", False), ("The bell I heard in my sleep.", True)])
def test_a_refusal_is_printed_as_no_quote(end: str, shown: bool) -> None:
    said = f"The first reply took us fifty-two hours then. That's the average. The letters, not the bell. {end}"
    made = outline(material(f"I: How long did somebody wait for a reply at that time?\nA: {said}\nI: Fair enough.\nA: Yes."))
    assert any(end in quote.text for section in made.sections for quote in section.quotes) is shown


@pytest.mark.parametrize(
    "said",
    [
        "Before this we couldn't tell you where a pallet was, it was a nightmare every single day.",
        "It's so good to be on one system at last, after eleven years of three of them.",
        "You can put a pallet away in ten seconds now, and it took us ten minutes before.",
    ],
)
def test_a_customers_line_about_the_product_is_no_talk_about_the_call(said: str) -> None:
    assert not is_aside(said)


def test_a_source_told_in_answer_to_the_question_for_it_is_shown_with_the_figure() -> None:
    said = "A: Spoilt trays went from 310 a month to 44 a month.\nI: Where does that figure come from?\nA: The performance team."
    (card,) = [c for c in cards(material(f"I: What has changed?\n{said}")) if c.before]
    assert (card.source, "source" in card.missing) == ("The performance team", False)


@pytest.mark.parametrize(
    ("end", "shown"),
    [
        ("We looked at a large one that I had better not name.", False),
        ("We looked at one that had no name.", True),
        ("Please write that nine hundred loaves go out a week.", False),
        ("They write that nine hundred loaves go out a week.", True),
    ],
)
def test_what_keeps_a_name_back_or_says_what_to_write_is_printed_as_no_quote(end: str, shown: bool) -> None:
    made = material(f"I: What else did you look at?\nA: {end}")
    quote = Quote(score=0.9, **made.findings.turns[1].span(0, len(end)).model_dump())
    made = Material(made.findings.model_copy(update={"quotes": (quote,)}), made.background, made.guide)
    assert any(end in quote.text for section in outline(made).sections for quote in section.quotes) is shown


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("What is different in your daily work now? Sorry, was that your phone?", False),
        ("Sorry, was that your phone? What is different in your daily work now?", True),
    ],
)
def test_an_answer_about_an_interruption_tells_no_topic(asked: str, told: bool) -> None:
    said = "Now the cafés get a text when the van leaves, and nobody phones the bakery at six any more."
    assert (said in claim(f"I: {asked}\nA: {said}", "results.daily")) is told


@pytest.mark.parametrize(
    ("asked", "told"),
    [("What would you still like to see on your wish list?", True), ("You would like to see more on your wish list.", False)],
)
def test_only_the_answer_to_a_question_falls_back_on_its_opening(asked: str, told: bool) -> None:
    assert ("Bigger print. Lighter." in claim(f"I: {asked}\nA: Bigger print. Lighter.", "future.wishlist")) is told


@pytest.mark.parametrize(("industry", "asked"), [("bakery", False), (None, True)])
def test_what_the_company_does_is_not_asked_where_the_background_has_its_industry(industry: str | None, asked: bool) -> None:
    customer = BACKGROUND.customer.model_copy(update={"industry": industry})
    made = material("I: Hello.\nA: Hello.", BACKGROUND.model_copy(update={"customer": customer}))
    (told,) = [c for s in outline(made).sections for c in s.claims if c.topic == "background.business"]
    assert ("Still to ask" in told.text) is asked
    assert (told.text == "Known before the call: bakery.") is not asked
    assert any(probe.topic == "background.business" for probe in made.probes) is asked


def overheard(*unnamed: str) -> Material:
    """Return the material of a call in which the export names nobody for some words after Ada's."""
    said = ["Ira: What did a late van cost you?", "Ada: A lot of money.", "Ada: The bakers sat in the yard and we paid for it.", *unnamed]
    said += ["Ira: And now?", "Ada: The queue is gone.", "Ada: You can hear the birds at the gate.", "Ira: Lovely.", "Ada: It is quiet."]
    cues = "\n".join(f"00:{n:02}.000 --> 00:{n + 1:02}.000\n{text}\n" for n, text in enumerate(said))
    call = Transcript.parse(f"WEBVTT\n\n{cues}", roles={"Ira": "interviewer", "Ada": "customer"})
    session = Session(source=call.source)
    for turn in call:
        session.hear(turn)
    return session.material()


def test_a_question_of_an_uncertain_speaker_is_nobodys_figure_and_in_no_quote() -> None:
    made = overheard("So would you say two million dollars a year?", "Yes. Okay.")
    assert not made.findings.metrics
    told = outline(made).model_dump_json()
    assert "we paid for it" in told
    assert "two million" not in told


def test_a_figure_of_an_uncertain_speaker_is_marked_and_to_be_confirmed() -> None:
    made = overheard("It cost us two million dollars a year.")
    (card,) = cards(made)
    assert card.said.when.endswith(", speaker not certain")
    (item,) = [i for i in checklist(made).items if i.area == "speakers"]
    assert "names no speaker here" in item.item
    assert [part.text.partition(" (")[0] for part in item.parts] == ["“It cost us two million dollars a year.”"]
    assert item.blocks
    assert not any("two million" in quote.text for quote in made.findings.quotes)


@pytest.mark.parametrize(("name", "is_sure"), [("Ada: ", True), ("", False)])
def test_a_promise_of_an_uncertain_speaker_is_thanked_for_only_once_it_is_confirmed(name: str, is_sure: bool) -> None:
    made = overheard(f"{name}I'll send you the monthly sheet by Friday.")
    assert ("monthly sheet" in email(made).body) is is_sure
    (row,) = [i for i in checklist(made).items if i.area == "promises"]
    assert row.item.startswith("Ada said: “I'll send" if is_sure else "Ada (speaker not certain) said: “I'll send")
    asked = [part.text for i in checklist(made).items if i.area == "speakers" for part in i.parts]
    assert [text.partition(" (")[0] for text in asked] == ([] if is_sure else ["“I'll send you the monthly sheet by Friday.”"])


@pytest.mark.parametrize(("name", "lead"), [("Ada: ", "You said"), ("", "I noted")])
def test_a_request_puts_words_of_an_uncertain_speaker_into_nobodys_mouth(name: str, lead: str) -> None:
    made = overheard(f"{name}We have less breakage now as well, a lot less.")
    gap = next(g for g in made.findings.gaps if "breakage" in g.text)
    told = {name: getattr(gap, name) for name in ("probe", "why", "kind", "topic", "severity", "score", "turn", "text")}
    probe = Probe(gap=gap.id, **told)
    assert f"{lead}: “We have less breakage now as well, a lot less.”" in email(replace(made, probes=(probe,))).body


def test_a_figure_of_a_named_speaker_is_not_marked() -> None:
    made = overheard("Ada: It cost us two million dollars a year.")
    assert cards(made)[0].said.when == "0:03"
    assert not [i for i in checklist(made).items if i.area == "speakers"]


def test_words_that_bar_something_count_whoever_says_them() -> None:
    made = overheard("Can we keep that off the record?")
    assert [row.covers for row in made.findings.off_record] == [(2,)]


@pytest.mark.parametrize(
    ("later", "asked", "answer", "told"),
    [
        (0, "And before?", "It was two hundred hours.", True),
        (0, "And the two hundred vans, what were they before?", "It was four hundred.", False),
        (3, "And the thirty percent, from what?", "It was four hundred.", True),
        (3, "And the overtime, before?", "It was two hundred hours.", True),
        (3, "Eleven percent off, lovely. And the overtime, before?", "It was two hundred hours.", True),
        (3, "And outside?", "Tadhg has two vans and a dog.", False),
    ],
)
def test_what_a_figure_lacks_is_shown_only_where_it_was_told_of_that_figure(later: int, asked: str, answer: str, told: bool) -> None:
    between = "I: And the roof?\nA: It is green.\n" * later
    made = heard(f"A: So.\nI: What did it change?\nA: Overtime is down thirty percent.\n{between}I: {asked}\nA: {answer}").material()
    closed = [g.model_copy(update={"outcome": "answered", "closed_by": len(made.turns)}) for g in made.findings.gaps if g.turn == 3]
    made = replace(made, findings=made.findings.model_copy(update={"gaps": tuple(closed)}))
    figure = next(card for card in cards(made) if card.said.turn == 3)
    assert [e.at.text for e in figure.elsewhere] == ([answer] if told else [])


@pytest.mark.parametrize(
    ("asked", "said", "kind"),
    [
        ("What could get in the way of the next step?", "Half the Tiverton drivers won't have the app on their own phone.", "plan"),
        ("What could get in the way of the next step?", "If forty percent of the drivers lose the app, nobody bakes.", "plan"),
        ("What could get in the way of the next step?", "I'd say forty percent of the drivers lost the app, we counted.", "result"),
        ("What could get in the way of the next step?", "Drivers without the app will go from forty percent to ten percent.", "result"),
        ("What has changed since then?", "Half the Tiverton drivers won't go back to the old one, we asked.", "result"),
    ],
)
def test_a_figure_of_what_may_come_is_no_result(asked: str, said: str, kind: str) -> None:
    made = material(f"I: {asked}\nA: {said}")
    sections = ("future",) if "next step" in asked else ("results",)
    found = [metric.model_copy(update={"kind": "result"}) for metric in made.findings.metrics]
    rows = (SectionRow(turn=2, sections=sections),)
    made = replace(made, findings=made.findings.model_copy(update={"metrics": tuple(found), "sections": rows}))
    assert {card.kind for card in cards(made)} == {kind}
    assert any("Results" in item.item or "Is this figure" in item.item for item in checklist(made).items) is (kind == "result")


@pytest.mark.parametrize(
    ("said", "computed"),
    [
        ("It was five out of twelve and now it's fourteen out of fifteen who finish unaided.", False),
        ("It went from 12 to 15 vans that finish unaided.", True),
    ],
)
def test_no_change_is_computed_between_parts_of_different_wholes(said: str, computed: bool) -> None:
    (card,) = [card for card in cards(material(f"I: And the testing?\nA: {said}")) if card.before]
    assert (card.change is not None) is computed


def test_a_figure_before_words_that_were_not_heard_is_shown_with_its_own_part() -> None:
    made = material("I: And the drop-off?\nA: Eleven percent [inaudible] they found it all over the place in the end, all of it.")
    (card,) = cards(made)
    assert card.spans[1].text.startswith("Eleven percent")


def test_a_short_answer_with_a_change_is_cited_with_the_sentence_that_goes_on_from_it() -> None:
    asked = "I: What has changed in numbers since you switched, the rebooking rate?"
    told = outline(
        material(f"{asked}\nA: From six to eight. The screen asks before they stand up.\nI: Thank you.\nA: Bye.")
    ).model_dump_json()
    assert "“From six to eight. The screen asks before they stand up.”" in told
