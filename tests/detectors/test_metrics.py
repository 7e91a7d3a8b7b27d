from __future__ import annotations

from itertools import permutations

import pytest

from copilot.background import Background
from copilot.detectors.metrics import find_metrics
from copilot.findings import Amount, Metric
from copilot.metrics import is_change, merge, same_metric

from ..conftest import call, heard, readings


def metrics(*rows: str) -> list[Metric]:
    return list(find_metrics(readings(call(*rows))[-1]))


def only(*rows: str) -> Metric:
    (found,) = metrics(*rows)
    return found


def test_a_metric_has_value_unit_and_a_verbatim_span() -> None:
    text = "These days a claim takes nine days on average, across the whole company."
    found = only("I: How long does a claim take now?", f"C: {text}")
    assert (found.value, found.unit) == (9, "day")
    assert text[found.start : found.end] == found.text == "nine days"


@pytest.mark.parametrize(
    "text",
    [
        "It was £31.20 in the year to March 2023, and £28.40 in the year to March 2025.",
        "It used to be £31.20, and now it's £28.40.",
        "Now it's £28.40. It used to be £31.20.",
        "It went from £31.20 to £28.40.",
    ],
)
def test_a_value_and_the_value_before_are_one_metric(text: str) -> None:
    found = only("I: And the cost of an order?", f"C: {text}")
    assert (found.value, found.baseline) == (28.4, Amount(value=31.2, unit="gbp"))


def test_two_numbers_of_different_things_stay_apart() -> None:
    found = metrics("I: How big is it?", "C: We had 42 vans on the road then, and there are 310 shops now.")
    assert [(m.value, m.baseline) for m in found] == [(42, None), (310, None)]


def test_the_number_in_the_question_is_the_value_before() -> None:
    found = only("C: We lost 11.8 percent of it.", "I: And the waste, the eleven point eight, where is it now?", "C: Seven point one.")
    assert (found.value, found.unit, found.baseline) == (7.1, "percent", Amount(value=11.8, unit="percent"))


def test_a_bare_answer_takes_its_unit_from_the_question() -> None:
    assert only("I: How many trucks do you run?", "C: Sixty-three.").unit == "truck"


def test_a_number_that_is_only_agreed_to_is_marked() -> None:
    found = only("I: So around forty percent fewer tickets?", "C: Yeah, about that.")
    assert found.agreed
    assert (found.value, found.unit, found.text) == (40, "percent", "Yeah, about that")


@pytest.mark.parametrize(
    ("answer", "agreed"),
    [("Sure! Fifteen sounds right.", True), ("Fifteen, yeah.", True), ("Fifteen.", False), ("Yeah, twenty.", False)],
)
def test_a_number_that_an_answer_only_says_again_is_marked_too(answer: str, agreed: bool) -> None:
    found = only("I: Double digits, then. So fifteen percent or so?", f"C: {answer}")
    assert (found.unit, found.agreed) == ("percent", agreed)


def test_a_number_that_the_customer_said_first_is_not_marked() -> None:
    found = metrics("I: How many vans?", "C: We run eight vans.", "I: So eight vans?", "C: Yes, eight vans.")
    assert not any(m.agreed for m in found)


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("Anything else?", "I have to drop off, I've got the board in five minutes."),
        ("Shall we go on?", "I've got another call in ten minutes."),
        ("How are you?", "I was three minutes late, sorry. I have thirty minutes, then I have to go."),
        ("Shall we go on?", "Sure, I have a hard stop in half an hour."),
        ("Shall we go on?", "I've got to run in ten minutes."),
        ("How long have you got?", "Forty minutes, roughly."),
        ("How much time do we have left?", "Half an hour."),
    ],
)
def test_the_time_that_somebody_has_for_the_call_is_no_figure(asked: str, answer: str) -> None:
    assert metrics(f"I: {asked}", f"C: {answer}") == []


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("How long have you got between two patients?", "Twenty minutes."),
        ("How long does it take?", "When the phone rings I have to run the report, and that takes me twenty minutes."),
        ("How long does it take now?", "We have to drop off the samples, and that takes twenty minutes."),
        ("How bad was it?", "When the alarm rings I have to go, and that cost me twenty minutes every night."),
        ("How bad was it?", "Each time it stops I have to run, so I lose twenty minutes a week."),
        ("How long does it take?", "Drivers have to hop out, which takes twenty minutes a stop."),
        ("How much downtime do you have?", "Twenty minutes a month."),
        ("On the old rota, how much time did you have?", "Twenty minutes."),
        ("How much time do you have?", "Twenty minutes per patient."),
    ],
)
def test_the_time_that_work_takes_is_a_figure(asked: str, answer: str) -> None:
    assert only(f"I: {asked}", f"C: {answer}").value == 20


def test_two_digits_after_of_are_a_year_where_a_month_is_asked_about() -> None:
    said = "C: September. With the first twelve customers."
    assert metrics("I: When did you go live?", said, "I: September of last year?", "C: Of 23.") == []
    assert metrics("I: How many customers?", "C: Some.", "I: Out of how many customers?", "C: Of 23.") != []


@pytest.mark.parametrize(
    ("later", "unit"),
    [
        ("They found forty thousand pounds' worth of knees.", "gbp"),
        ("The francs come in later.", "chf"),
        ("They found forty pounds of knees.", "usd"),
        ("They found forty knees.", "usd"),
    ],
)
def test_an_amount_without_a_currency_is_in_the_one_that_the_call_names_later(later: str, unit: str) -> None:
    rows = ("I: What was it costing?", "C: It cost us a hundred and eighty thousand a year back then.", "I: And a surprise?", f"C: {later}")
    assert heard(call(*rows)).findings.metrics[0].unit == unit


def test_an_amount_in_a_currency_that_was_named_stays_in_it() -> None:
    rows = ("I: What was it?", "C: It cost us $180,000 a year.", "I: And?", "C: Now £40,000, £30,000 for us.", "I: So?", "C: £20,000 less.")
    assert heard(call(*rows)).findings.metrics[0].unit == "usd"


def test_agreement_to_a_question_without_a_number_is_no_metric() -> None:
    assert metrics("I: So it got better?", "C: Yeah, about that.") == []


def test_only_customers_give_metrics() -> None:
    assert metrics("I: We have helped 300 companies, saving 40 percent.") == []


def test_a_number_said_again_is_not_found_again() -> None:
    rows = ("C: We cut 412 hours of rework a month.", "I: Wow, 412 hours.", "C: Yes, 412 hours.")
    assert metrics(*rows) == []


def test_a_broken_number_is_no_metric() -> None:
    assert metrics("I: What did it cost?", "C: It cost four [inaudible] thousand.") == []


def test_a_result_names_what_it_still_lacks() -> None:
    found = only("I: What changed?", "C: Tickets are down forty percent now.")
    assert found.kind == "result"
    assert found.missing[:2] == ("baseline", "period")


def metric(**fields: object) -> Metric:
    row = {"turn": 1, "start": 0, "end": 2, "text": "42", "kind": "result", "measures": "tickets a week", "value": 42, "unit": "ticket"}
    return Metric.model_validate(row | {"missing": ("baseline", "period")} | fields)


def test_mentions_with_unit_and_words_in_common_are_the_same_metric() -> None:
    assert same_metric(metric(), metric(turn=9, measures="number of tickets"))


def test_mentions_of_other_things_or_other_places_are_different_metrics() -> None:
    assert not same_metric(metric(unit="hour", measures="build time"), metric(unit="hour", measures="onboarding"))
    assert not same_metric(metric(scope="Leeds"), metric(scope="York"))
    assert not same_metric(metric(unit="percent", measures="fall in tickets"), metric(unit="percent", measures="tickets"))


def test_a_share_of_falls_is_no_fall() -> None:
    assert is_change(metric(unit="percent", measures="fall in tickets"))
    assert not is_change(metric(unit="percent", measures="falls on the ward"))


def test_a_later_mention_completes_the_earlier_one() -> None:
    later = metric(turn=9, baseline={"value": 70, "unit": "ticket"}, period="per week")
    both = merge(metric(), later)
    assert (both.turn, both.baseline, both.period, both.missing) == (1, Amount(value=70, unit="ticket"), "per week", ())


def test_a_pain_and_a_result_become_before_and_after() -> None:
    both = merge(metric(kind="pain", value=70, text="70"), metric(turn=9))
    assert (both.value, both.baseline) == (42, Amount(value=70, unit="ticket"))


def test_completing_with_itself_changes_nothing() -> None:
    assert merge(metric(), metric()) == metric()


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("The audit took two hours and a half, now twenty-five minutes.", 2.5, 25),
        ("It was twenty-seven point four percent of miles, down to 21.9.", 27.4, 21.9),
    ],
)
def test_a_value_that_now_or_down_to_leads_up_to_has_the_one_before_as_its_baseline(text: str, before: float, after: float) -> None:
    found = only("I: How did it change?", f"C: {text}")
    assert (found.baseline and found.baseline.value, found.value) == (before, after)


@pytest.mark.parametrize(
    ("text", "kind"), [("Forty pickers instead of sixty-five.", "result"), ("We have forty pickers and sixty-five tractors.", "scale")]
)
def test_what_has_changed_is_no_size(text: str, kind: str) -> None:
    assert metrics("I: How many hands do you need at harvest?", f"C: {text}")[0].kind == kind


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Our NPS is forty-two.", [42]),
        ("We ask for a score, from zero to ten.", []),
        ("I'll send you the scores of the other two.", []),
        ("Three years ago it was four sites.", [4]),
    ],
)
def test_a_score_is_a_figure_and_a_date_is_none(text: str, values: list[float]) -> None:
    assert [m.value for m in metrics("I: How do people like it?", f"C: {text}")] == values


def test_points_of_a_count_are_no_percentage_points() -> None:
    found = metrics("I: How big is it?", "C: We deliver to 4,300 delivery points at all three depots, and three percent of them are shops.")
    assert found[0].unit == "delivery point"


def test_a_pain_and_a_later_result_of_the_same_thing_are_before_and_after() -> None:
    pain = metric(kind="pain", measures="walk-in calls at the desk", value=70, unit="call")
    result = metric(turn=9, kind="result", measures="calls", value=42, unit="call")
    assert same_metric(pain, result)
    assert not same_metric(pain, metric(turn=9, kind="result", measures="letters a week", value=42, unit="letter"))


def test_two_numbers_of_one_breath_are_surely_before_and_after() -> None:
    told = only("C: Onboarding went from six hours down to twenty minutes.")
    assert told.baseline_chance == 1.0
    assert told.likely_baseline == told.baseline is not None


def test_a_pain_of_long_ago_is_hardly_the_value_before_and_keeps_its_doubt() -> None:
    both = merge(metric(kind="pain", value=70, text="70"), metric(turn=9))
    again = merge(metric(turn=12), both)
    assert (both.likely_baseline, again.likely_baseline) == (None, None)
    assert again.baseline_chance == both.baseline_chance < 0.5


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("We paid six thousand a month. Now we pay four hundred a month.", 6000, 400),
        ("It was eighty-four thousand a month and now it's fifty-one.", 84000, 51000),
    ],
)
def test_thousands_are_left_out_only_where_that_brings_the_values_nearer(text: str, before: float, after: float) -> None:
    found = only("I: What did that cost you?", f"C: {text}")
    assert (found.baseline and found.baseline.value, found.value) == (before, after)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("It took forty minutes for every order.", None),
        ("Twenty minutes, say.", None),
        ("We get thirty invoices wrong in a month.", None),
        ("It took forty minutes for every order, going by the log. That's from the dashboard.", "dashboard"),
        ("We had ninety complaints last year. Finance says so.", "finance"),
    ],
)
def test_a_source_is_named_as_one(text: str, source: str | None) -> None:
    assert metrics("I: How bad was it?", f"C: {text}")[0].source == source


@pytest.mark.parametrize(
    ("facts", "unit"),
    [
        (("A grower in Messinia, southern Greece",), "eur"),
        (("A surveying firm in Newcastle, New South Wales",), "aud"),
        (("A clinic in Trenton, New Jersey",), "usd"),
    ],
)
def test_cents_and_dollars_are_those_of_the_customers_country(facts: tuple[str, ...], unit: str) -> None:
    coin = "eight cents" if unit == "eur" else "eight dollars"
    told = call("I: What does a label cost?", f"C: A label costs us {coin} these days.")
    session = heard(told, Background.model_validate({"customer": {"company": "C", "facts": facts}}))
    assert [m.unit for m in session.findings.metrics] == [unit]


def test_numbers_read_out_from_another_call_are_not_the_customers() -> None:
    assert (
        metrics("I: What did it say?", 'C: It goes, "Theo Lindqvist: thank you, they saved nine million euro a year." That is all.') == []
    )


def test_numbers_in_a_quotation_of_what_somebody_said_count() -> None:
    assert [m.value for m in metrics("I: And the boss?", 'C: He said, "We saved nine million euro a year with it."')] == [9_000_000]


def test_a_bare_number_counts_what_the_speaker_before_counted() -> None:
    told = call("I: How long did the rollout take you?", "C: Thirty-one weeks, all in.", "C: Thirty-four. She leaves out the second go.")
    assert [(m.value, m.unit) for m in heard(told).findings.metrics] == [(31, "week"), (34, "week")]


def test_a_bare_amount_is_in_the_dollars_of_the_call() -> None:
    told = call(
        "I: What did the waste cost you?",
        "C: It was ninety thousand dollars a year. Now we spend about forty thousand on it.",
    )
    session = heard(told, Background.model_validate({"customer": {"company": "C", "facts": ("A bakery in Perth, Western Australia",)}}))
    assert {m.unit for m in session.findings.metrics} == {"aud"}


@pytest.mark.parametrize(
    ("said", "scope"),
    [
        ("We have 118 drivers across the three sites.", "the three sites"),
        ("It is 42 drivers here in Hereford and Newport.", "Hereford and Newport"),
        ("We opened 42 valves in Zone 7 that night.", "Zone 7"),
        ("We have 118 drivers, and some of them live in Leeds.", None),
        ("We have 118 drivers who come to work in Leeds.", None),
        ("They sent back 118 sheets in the August.", None),
        ("They sent back 118 sheets on Tuesday.", None),
        ("They sent back 118 sheets in September 2023.", None),
    ],
)
def test_a_number_holds_for_the_place_right_after_it_and_for_no_other(said: str, scope: str | None) -> None:
    assert metrics("I: And how many is that?", f"C: {said}")[0].scope == scope


def test_a_place_of_one_number_is_not_that_of_another_in_the_same_answer() -> None:
    found = metrics("I: How many houses have you?", "C: We have nine houses. Five houses in Spain, and the rest in Portugal.")
    assert [m.scope for m in found if m.value in {5, 9}] == [None, "Spain"]


@pytest.mark.parametrize(("text", "found"), [("We tried two things, the bell and the list.", 0), ("We made forty things in a week.", 1)])
def test_a_number_that_only_announces_is_no_metric(text: str, found: int) -> None:
    assert len(metrics("I: What did you do about it?", f"C: {text}")) == found


@pytest.mark.parametrize(
    "said",
    [
        "Nineteen hours, and we measured it badly.",
        "Nineteen hours or so, nobody ever tracked it.",
        "Nineteen hours, though we never measured it.",
    ],
)
def test_a_source_that_is_denied_or_disparaged_is_none(said: str) -> None:
    assert only("I: How long did it take?", f"C: {said}").source is None


@pytest.mark.parametrize("said", ["We measured it, nineteen hours.", "Nineteen hours, we tracked it, not that anybody asked."])
def test_a_source_beside_another_denial_counts(said: str) -> None:
    assert only("I: How long did it take?", f"C: {said}").source in {"measured", "tracked"}


def test_a_time_that_opens_another_statement_is_the_period_of_the_number_there() -> None:
    said = "In the last six months I said we've done about 5 million orders; in the last 15 days, we've done about 400,000 orders."
    found = {m.value: m.period for m in metrics("I: How many?", f"C: {said}")}
    assert found[5_000_000] == "In the last six months"
    assert found[400_000] == "in the last 15 days"


def test_a_time_after_a_dash_that_no_other_number_follows_is_the_period() -> None:
    assert only("I: How many orders?", "C: We have done 5 million orders \u2014 in the last year, that is.").period == "in the last year"


MOVED = ("I: What about the patients?", "C: The survey score for waiting moved from 6.1 to 7.4.")


def completed(*rows: str) -> Metric:
    """Return the first metric of a call once the call is over."""
    return heard(call(*rows), Background(vendor="Pinecone Hill", product="Shelfmark")).findings.metrics[0]


@pytest.mark.parametrize(
    ("asked", "said", "period"),
    [
        (
            "Over what period was that?",
            "Between the 2023 and the 2024 survey. It's a national one.",
            "Between the 2023 and the 2024 survey",
        ),
        ("From when to when?", "January to June.", "January to June"),
        ("Over what period was that?", "I don't know, two years maybe.", None),
        ("Over what period was that?", "The people in the wards saw to it.", None),
        ("Over what period?", "We may have to look.", None),
        ("Over what period?", "It may be.", None),
        ("Over what period?", "May be.", None),
        ("Over what period?", "Two minutes, let me check.", None),
        ("Since when?", "Since March. It was nine days.", "Since March"),
        ("Over what period?", "May.", "May"),
        ("Over what period?", "All of May.", "All of May"),
        ("Over what period?", "since may", "since may"),
        ("Thank you. Over what period is that?", "That's all of last season.", "all of last season"),
        (
            "Over what period?",
            "That's the last full season of them all, and we've never counted it any better.",
            "the last full season of them all",
        ),
        ("From when to when?", "Before is all of the last year, and after is the twelve months that ended this October.", None),
        ("How long did you measure that?", "For six weeks.", "For six weeks"),
        ("And how did people take it?", "Between the 2023 and the 2024 survey.", None),
    ],
)
def test_the_answer_to_a_question_for_the_period_is_the_period_of_the_figure_before_it(asked: str, said: str, period: str | None) -> None:
    found = completed(*MOVED, f"I: {asked}", f"C: {said}")
    assert found.period == period
    assert ("period" in found.missing) == (period is None)


BILLS = "A bill took four days, now it takes half an hour. Billing errors were 340 a month, now it's 25."
SOONER = "Billing errors fell from 340 to 25 last year. A bill took four days, now it takes half an hour."
SO_LONG = "From June to March"


@pytest.mark.parametrize(
    ("told", "asked", "periods"),
    [
        (BILLS, "Over what period did errors fall?", {30: None, 25: f"per month, {SO_LONG}"}),
        (BILLS, "Over what period was that?", {30: None, 25: f"per month, {SO_LONG}"}),
        (BILLS, "Over what period was the 340?", {30: None, 25: f"per month, {SO_LONG}"}),
        (BILLS, "Over what period did bills get faster?", {30: SO_LONG, 25: "per month"}),
        (SOONER, "Over what period was that?", {25: "last year", 30: SO_LONG}),
        (SOONER, "Over what period did errors fall?", {25: "last year", 30: None}),
    ],
)
def test_a_period_goes_to_the_figure_that_the_question_names_and_beside_its_rate(told: str, asked: str, periods: object) -> None:
    found = heard(call("I: What changed?", f"C: {told}", f"I: {asked}", f"C: {SO_LONG}."), Background()).findings.metrics
    assert {m.value: m.period for m in found} == periods


@pytest.mark.parametrize(
    ("said", "source"),
    [
        ("The performance team. Sunita's dashboard.", "The performance team. Sunita's dashboard"),
        ("From Rosalind.", "From Rosalind"),
        ("We weigh every crate.", "We weigh every crate"),
        ("It's in our booking system.", "in our booking system"),
        ("I couldn't say, not offhand.", None),
        ("Yes.", None),
        ("Hm, good question.", None),
        ("Let me think.", None),
        ("God knows.", None),
        ("You tell me.", None),
        ("Sorry, the line dropped.", None),
        ("I'd have to check.", None),
        ("Let me ask Rosalind.", None),
        ("Sorry, I think so.", None),
        ("That's a rough guess.", None),
        ("About thirty minutes, I think.", None),
    ],
)
def test_the_answer_to_a_question_for_the_source_is_the_source_of_the_figure_before_it(said: str, source: str | None) -> None:
    for asked in ("Where does that figure come from?", "And where do those figures come from?"):
        assert completed(*MOVED, f"I: {asked}", f"C: {said}").source == source


LATE = ("I: Which number shows it?", "C: They were fourteen percent late, now they're four.")
SHARE = ("I: And where is it now?", "C: We were at fourteen percent. We sit at four.")
FIELDS = {
    "period": ("Over what period is that?", "That's the last four weeks of the pilot."),
    "scope": ("For which sites is that?", "Just Dulverton and Minehead."),
    "source": ("And where does it come from?", "From the TomTom report."),
}
TOLD = {"period": "the last four weeks of the pilot", "scope": "Dulverton and Minehead", "source": "From the TomTom report"}


@pytest.mark.parametrize("order", [*permutations(FIELDS)])
def test_fields_that_are_asked_for_one_after_the_other_complete_one_figure(order: tuple[str, ...]) -> None:
    rows = [row for field in order for row in (f"I: {FIELDS[field][0]}", f"C: {FIELDS[field][1]}")]
    found = heard(call(*LATE, *rows), Background()).findings.metrics
    assert [m.value for m in found] == [4]
    assert {field: getattr(found[0], field) for field in FIELDS} == TOLD


def test_another_question_in_between_ends_what_is_asked_of_a_figure() -> None:
    between = ("I: And how did people take it?", "C: They were glad of it in the end.")
    assert completed(*LATE, *between, *(f"{who}: {row}" for who, row in zip("IC", FIELDS["source"], strict=True))).source is None


def test_a_length_that_answers_for_the_period_of_no_figure_is_a_metric() -> None:
    rows = ("I: And how did it go?", "C: We had the boards up in the end.", "I: Over what period?", "C: Ten weeks.")
    assert [m.value for m in heard(call(*rows), Background()).findings.metrics] == [10]


def test_a_length_told_after_the_period_is_a_metric() -> None:
    found = heard(call(*LATE, "I: Since when?", "C: Since the spring. We waited six weeks for it."), Background()).findings.metrics
    assert [(m.value, m.period) for m in found] == [(4, "Since the spring"), (6, None)]


@pytest.mark.parametrize(
    ("asked", "said", "scope"),
    [
        ("For which sites is that?", "Both shops.", "Both shops"),
        ("Which stations is that?", "Dulverton and Minehead.", "Dulverton and Minehead"),
        ("Which number is that?", "The one in the report.", None),
        ("And is that everywhere?", "That's me and Priti.", "me and Priti"),
        ("For all sites?", "Yes.", "all sites"),
        ("For all sites?", "Just Dulverton and Minehead.", "Dulverton and Minehead"),
        ("For all sites?", "Yes, just Dulverton and Minehead.", "Dulverton and Minehead"),
        ("For which sites is that?", "Yeah, both shops.", "both shops"),
        ("For all sites?", "Yes. We are glad of it.", "all sites"),
        ("For all sites?", "Yes, apart from Minehead.", None),
        ("For all sites?", "Yes. Well, most of them.", None),
        ("For all sites?", "Yes. Just not for Minehead, I think.", None),
        ("For all teams?", "Yeah, I think so. No, not for finance.", None),
        ("And is that everywhere?", "It's not, no.", None),
        ("For which sites is that?", "I'd have to ask Priti.", None),
        ("For the last year?", "Yes.", None),
        ("For which sites is that?", "It went rather well.", None),
    ],
)
def test_the_answer_to_a_question_for_the_places_is_the_scope_of_the_figure_before_it(asked: str, said: str, scope: str | None) -> None:
    assert completed(*LATE, f"I: {asked}", f"C: {said}").scope == scope


@pytest.mark.parametrize(
    ("asked", "said", "measures"),
    [
        ("Four percent of what?", "Booked appointments.", "share of booked appointments"),
        ("Of what?", "Of the urgent calls, I'd say.", "share of urgent calls"),
        ("Of the urgent orders?", "Urgent, yes.", "share of urgent orders"),
        ("Of the urgent orders?", "Yes.", "share of urgent orders"),
        ("Of the urgent orders?", "No, of the lot.", "share"),
        ("Of the urgent orders?", "Yes. No, sorry, of the parcels.", "share"),
        ("Of all orders?", "Urgent ones, yes.", "share"),
        ("Of the urgent orders?", "It came as a relief.", "share"),
        ("Of what?", "Let me think.", "share"),
        ("And the urgent orders?", "Yes.", "share"),
    ],
)
def test_what_a_share_is_of_is_told_when_it_is_asked_for(asked: str, said: str, measures: str) -> None:
    found = completed(*SHARE, f"I: {asked}", f"C: {said}")
    assert found.measures == measures
    assert ("definition" in found.missing) == (measures == "share")


@pytest.mark.parametrize(
    ("said", "period", "scope"),
    [
        (
            "Booked appointments, both shops. That's the NCNS line, last year against this year.",
            "last year against this year",
            "both shops",
        ),
        ("Booked appointments. January to June.", "January to June", None),
        ("Booked appointments. We moved to Leeds in March.", None, None),
        ("Booked appointments, the ones by phone. Not that of January to June.", None, None),
    ],
)
def test_an_answer_may_tell_other_fields_than_the_one_asked_for(said: str, period: str | None, scope: str | None) -> None:
    found = completed(
        "I: And where is it now?", "C: We were at fourteen percent. We sit at four.", "I: Four percent of what?", f"C: {said}"
    )
    assert (found.measures, found.period, found.scope) == ("share of booked appointments", period, scope)


@pytest.mark.parametrize(
    ("said", "scope"),
    [
        ("A third at Easthaven. Not at the other yards.", "Easthaven"),
        ("A third, at Easthaven, I'd say.", None),
        ("I was at Easthaven for a third of it.", None),
        ("Forty percent at Easthaven.", None),
    ],
)
def test_a_number_that_is_taken_up_again_with_a_place_holds_there(said: str, scope: str | None) -> None:
    assert completed("I: And what else?", "C: And overtime is down by a third.", f"C: {said}").scope == scope


@pytest.mark.parametrize(
    ("asked", "scope"),
    [("And costs?", None), ("And the returns, in the warehouse?", None), ("Where?", "Easthaven"), ("A third? In the yards?", "Easthaven")],
)
def test_a_number_told_of_another_thing_that_is_asked_about_is_not_the_one_before(asked: str, scope: str | None) -> None:
    assert completed("I: And?", "C: Overtime is down by a third.", f"I: {asked}", "C: A third at Easthaven.").scope == scope


@pytest.mark.parametrize(
    ("told", "asked", "said", "ends"),
    [
        ("Tips went up by a third.", "Up from what?", "Fifteen percent to twenty.", (15, 20)),
        ("Tips went up.", "From what to what?", "Fifteen percent to twenty.", (15, 20)),
        ("Tips went up by a third.", "Up from what?", "Oh, ten to fifteen percent.", None),
        ("Tips went up.", "And where are they now?", "Fifteen percent to twenty.", None),
        ("The wait went down.", "From what to what?", "It was twenty to thirty minutes, and now five.", ((20, 30), 5)),
        ("Tips went up.", "From what to what?", "Ten to fifteen percent before, twenty now.", ((10, 15), 20)),
        ("Tips went up.", "From what to what?", "Fifteen percent to twenty, in the last two years.", (15, 20)),
    ],
)
def test_a_range_is_the_value_before_and_the_value_after_where_a_change_or_the_question_says_so(
    told: str, asked: str, said: str, ends: tuple[int | tuple[int, int], int] | None
) -> None:
    found = last("I: And the tips?", f"C: {told}", f"I: {asked}", f"C: {said}")
    assert (found.baseline and (found.baseline.value, found.value)) == ends


def test_a_change_whose_two_ends_are_told_lacks_no_value_before() -> None:
    told = call("I: And?", "C: Tips went up by a third, I didn't see that.", "I: Up from what?", "C: Fifteen percent to twenty.")
    change, ends = heard(told, Background()).findings.metrics
    assert (change.baseline, "baseline" in change.missing, ends.measures) == (None, False, "tips")


QUOTE = ("I: And how is it now?", "C: A quote takes us two days now.", "V: And the phones are quieter.")


@pytest.mark.parametrize(
    ("rows", "outcome"),
    [
        (("I: Two days. And before?", "C: Oh, that was three weeks easily."), "answered"),
        (("I: Two days. And who writes it?", "C: Oh, that was three weeks easily."), "open"),
    ],
)
def test_a_gap_closes_with_the_field_that_it_asks_for(rows: tuple[str, ...], outcome: str) -> None:
    gaps = heard(call(*QUOTE, *rows), Background()).findings.gaps
    assert [g.outcome for g in gaps if g.kind == "missing_baseline" and g.turn == 2] == [outcome]


def last(*rows: str) -> Metric:
    """Return the last metric of a call once the call is over."""
    return heard(call(*rows), Background(vendor="Pinecone Hill", product="Shelfmark")).findings.metrics[-1]


@pytest.mark.parametrize(
    ("before", "after", "period"),
    [
        ("In 2021 it was 16 percent of urgent orders.", "2.8 percent of urgent orders.", None),
        ("Last year a claim took nine days.", "A claim takes two days.", None),
        ("Last year a claim took nine days.", "This year a claim takes two days.", "This year"),
        ("In 2021 we had sixteen claims a week.", "Four claims.", "per week"),
    ],
)
def test_the_value_before_and_the_value_after_share_a_rate_and_no_date(before: str, after: str, period: str | None) -> None:
    found = last("I: How was it?", f"C: {before}", "I: And now?", f"C: {after}")
    assert found.baseline is not None
    assert found.period == period


SPEED = "The average build is eleven minutes now. And flakes are at 0.3 percent."


@pytest.mark.parametrize(
    ("asked", "value"),
    [
        ("Nice. And the eleven minutes, what was it before?", 11),
        ("Nice. And the eleven, what was it before?", 11),
        ("Nice. And the 0.3 percent, what was it before?", 0.3),
        ("And what was it before?", 0.3),
    ],
)
def test_an_answer_is_the_value_before_of_the_figure_that_the_question_repeats(asked: str, value: float) -> None:
    found = heard(call("I: And the speed?", f"C: {SPEED}", f"I: {asked}", "C: It was thirty-four."), Background()).findings.metrics
    told = {m.value: m for m in found}
    assert [m.value for m in found if m.baseline is not None] == [value]
    assert told[34].unit == told[value].unit


@pytest.mark.parametrize(
    ("then", "period", "scope"),
    [
        ("That was the last full year before, so 2022 to 2023.", "the last full year before, so 2022 to 2023", None),
        ("It's the average of January to October, against 2023.", "January to October, against 2023", None),
        ("That's by the book, since March.", "since March", None),
        ("That was in Hereford.", None, "Hereford"),
        ("That's the two pilot sites only.", None, "the two pilot sites"),
        ("That's just Hereford and Newport.", None, "Hereford and Newport"),
        ("It's all five plants, both of them.", None, "all five plants"),
        ("That's only a guess.", None, None),
        ("That's not just Hereford.", None, None),
        ("Only the lorry in Hereford broke.", None, None),
        ("That was presented to the board in October.", None, None),
        ("That wasn't last year.", None, None),
        ("That was forty in 2021.", None, None),
        ("It was the next day before.", None, None),
        ("The tender went out in October.", None, None),
        ("Was that last year?", None, None),
        ("It was horrible last year.", None, None),
        ("It was Maria who started that in 2019.", None, None),
        ("That's better than last year.", None, None),
    ],
)
def test_a_sentence_that_points_back_tells_when_and_where_the_number_before_it_held(
    then: str, period: str | None, scope: str | None
) -> None:
    found = metrics("I: How many complaints do you get now?", f"C: We get ninety complaints. {then}")[0]
    assert (found.value, found.period, found.scope) == (90, period, scope)


@pytest.mark.parametrize(("told", "period"), [("takes four days now", None), ("took four days", "last year")])
def test_what_was_is_no_time_of_a_number_of_today(told: str, period: str | None) -> None:
    assert metrics("I: How is the setup?", f"C: Setup {told}. That was last year.")[0].period == period


@pytest.mark.parametrize(
    "rows",
    [
        ("C: We had forty outages. That was last year. Since then it's been three.",),
        ("C: We had forty outages. That was in 2023.", "I: Has it improved?", "C: Oh, three outages so far."),
    ],
)
def test_the_date_of_a_value_is_not_that_of_a_later_one(rows: tuple[str, ...]) -> None:
    found = heard(call("I: And the outages?", *rows), Background()).findings.metrics
    assert [m.value for m in found if m.period is None] == [3]


def test_what_points_back_is_about_the_last_number_before_it() -> None:
    found = metrics("I: How is it now?", "C: We had ninety complaints from forty customers. That was last year.")
    assert {m.value: m.period for m in found} == {90: None, 40: "last year"}


@pytest.mark.parametrize(
    ("said", "measures"),
    [
        ("We used to lose twelve customers a month, now we lose four.", "customers lost"),
        ("We were rejecting thirty samples a week.", "samples rejected"),
        ("We lose fewer customers, maybe four a month.", "customers lost"),
        ("We lost connection for twelve customers.", "customers"),
        ("A stamp was missing, twelve customers complained.", "customers"),
        ("We serve twelve customers a month.", "customers"),
        ("We lost twelve customers to a rival.", "customers lost"),
        ("We scrapped twelve boxes of samples.", "boxes of samples scrapped"),
        ("We never missed twelve deliveries.", "deliveries"),
        ("We returned to twelve orders a day.", "orders"),
        ("We lose money, and we serve twelve customers a month.", "customers"),
        ("We lost nine hours a week on invoices.", "time on invoices"),
    ],
)
def test_what_is_lost_or_rejected_is_named_so(said: str, measures: str) -> None:
    assert only("I: How does it go?", f"C: {said}").measures == measures


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Fifty percent on function, thirty on price, twenty on rollout.", ["function", "price", "rollout"]),
        ("Sixty percent come from the website and forty from the counter.", ["website", "counter"]),
        ("We spend six hours on invoices, three on rotas, two on letters.", ["time on invoices", "time on rotas", "time on letters"]),
        ("Sixty percent of the orders were on time, thirty in May.", ["share of orders", "share of orders"]),
    ],
)
def test_each_number_that_is_shared_out_is_named_by_its_own_words(text: str, names: list[str]) -> None:
    assert [m.measures for m in metrics("I: How does that split?", f"C: {text}")] == names
