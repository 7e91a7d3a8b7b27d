"""The rules that a writer's paragraph has to keep, each on a paragraph that breaks it and on one that does not."""

from __future__ import annotations

from functools import partial

import pytest

from copilot.drafts import Material
from copilot.drafts.faults import RULES, Fault, Passage

from .conftest import material

FACTS = (
    "Topic: Numbers",
    "Ada Berg (Owner) said: “Wrong orders went from 730 a month to 95 a month, in about six weeks.”",
    "Bo Lind said: “I did not stand in the van with the wrong bread any more, and the drivers are down to two hours.”",
)


@pytest.fixture(scope="module")
def orders() -> Material:
    return material(
        "I: And?\nA: Wrong orders went from 730 a month to 95 a month, in about six weeks.\nI: And you?\n"
        "B: I did not stand in the van with the wrong bread any more, and the drivers are down to two hours."
    )


def broken(text: str, made: Material, question: bool = False) -> list[Fault]:
    said = tuple(made.cite(made.turns[n].span(0, len(made.turns[n].text))) for n in (2, 4))
    return [fault for rule in RULES for fault in rule.faults(text, Passage(FACTS, said, question), made)]


def faults(text: str, made: Material, question: bool = False) -> list[str]:
    return [fault.reason for fault in broken(text, made, question)]


@pytest.mark.parametrize(
    "text",
    [
        "Wrong orders went from 730 to 95 a month in about six weeks.",
        "Ada Berg says that wrong orders went from 730 a month to 95 a month.",
        "Before, there were 730 wrong orders a month; now there are 95.",
        "“Wrong orders went from 730 a month to 95 a month,” says Ada.",
        "Bo did not stand in the van any more.",
        "Roughly six weeks later, orders were right.",
        "The Crust Company's drivers are down to two hours.",
    ],
)
def test_a_paragraph_that_its_facts_bear_out_has_no_fault(text: str, orders: Material) -> None:
    assert faults(text, orders) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Wrong orders went from 95 to 730 a month.", "wrong way round"),
        ("There were 95 wrong orders before and 730 are left.", "told as the value before"),
        ("The drivers are up to two hours.", "goes up"),
        ("Bo stands up in the van.", "“up” stands for “down”"),
        ("Wrong orders fell to 95 percent.", "has a unit"),
        ("The drivers need two days.", "the number “two days”"),
        ("Wrong orders fell to fewer than 95.", "“than” makes more of"),
        ("Wrong orders fell within six weeks.", "surer than in the facts"),
        ("Wrong orders have been rare since 2019.", "the number “2019”"),
        ("Ada says that the drivers stand in the van.", "what somebody else said"),
        ("“I did not stand in the van,” says Ada.", "what somebody else said"),
        ("Cy says that wrong orders fell.", "the name “Cy”"),
        ("Brotlink had fewer wrong orders.", "the name “Brotlink”"),
        ("It works with iBread for wrong orders.", "the name “iBread”"),
        ("The orders are ‘a whole new world’ now.", "not quoted from the facts"),
        ("The orders are „a whole new world“ now.", "not quoted from the facts"),
        ("The wrong orders are “history”.", "not quoted from the facts"),
        ("Ada, a director, counts wrong orders.", "the title “director”"),
        ("Wrong orders come back next month.", "the time “next month”"),
        ("Wrong orders come back on thursday.", "the time “thursday”"),
        ("Ada will count wrong orders.", "the promise “will count”"),
        ("Ada agreed to count wrong orders.", "the promise “agreed count”"),
        ("Bo did stand in the van.", "“did stand” is denied"),
        ("See crust.example for wrong orders.", "plain text"),
        ("The board is delighted.", "nothing in the facts bears out"),
    ],
)
def test_a_paragraph_that_its_facts_do_not_bear_out_has_a_fault(text: str, fault: str, orders: Material) -> None:
    found = faults(text, orders)
    assert any(fault in told for told in found), found


def test_a_denial_is_a_fault_where_nothing_is_denied(orders: Material) -> None:
    (rule,) = (rule for rule in RULES if rule.id == "denial")
    found = list(rule.faults("Wrong orders did not fall.", Passage(FACTS[:2]), orders))
    assert found == [Fault("denial", "“not” denies what the facts do not deny")]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("The wrong orders are “history”.", "quotation"),
        ("Wrong orders fell to 96 a month.", "number"),
        ("Ada, a director, counts wrong orders.", "title"),
        ("Wrong orders come back next month.", "time"),
        ("Bo did stand in the van.", "denial"),
        ("Wrong orders went from 95 to 730 a month.", "order"),
        ("Wrong orders fell within six weeks.", "hedge"),
        ("The board is delighted.", "support"),
    ],
)
def test_a_fault_names_the_rule_that_is_broken(text: str, rule: str, orders: Material) -> None:
    assert rule in {fault.rule for fault in broken(text, orders)}


def test_rules_have_ids_of_their_own() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)


def test_a_question_may_ask_what_will_be_and_may_not_say_that_it_was_promised(orders: Material) -> None:
    asked = partial(faults, made=orders, question=True)
    assert asked("What will happen to wrong orders?") == []
    assert asked("Who promised fewer wrong orders?") != []
    assert asked("They plan to count wrong orders. How did that go?") != []


def test_words_that_only_barred_turns_hold_may_not_stand_together(bakery: Material) -> None:
    assert bakery.barred.leaks("They pay for it, which was signed.")
    assert not bakery.barred.leaks("They pay for it.")
    assert not bakery.barred.leaks("Wrong orders went down.")


def test_a_name_within_a_quotation_says_nothing_of_who_said_it() -> None:
    made = material("I: Who is who?\nA: Ada Berg, I own the bakery.\nI: And you?\nB: I drive the van for her every single night.")
    facts = (
        "Topic: Role",
        "Ada Berg (Owner) said: “Ada Berg, I own the bakery.”",
        "Bo Lind said: “I drive the van for her every single night.”",
    )
    said = tuple(made.cite(made.turns[n].span(0, len(made.turns[n].text))) for n in (2, 4))

    def found(text: str) -> list[str]:
        return [fault.reason for rule in RULES for fault in rule.faults(text, Passage(facts, said, False), made)]

    assert any("what somebody else said" in fault for fault in found("Bo Lind says: “Ada Berg, I own the bakery.”"))
    assert found("Ada Berg says: “Ada Berg, I own the bakery.”") == []


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("The engineer came at 8:15.", True),
        ("The engineer came at 9:15.", False),
        ("On Monday 15 were here.", False),
        ("In 2024 two were here.", True),
        ("In 2023 two were here.", False),
    ],
)
def test_what_is_no_amount_occurs_in_the_facts_as_it_is(text: str, known: bool, orders: Material) -> None:
    (rule,) = (rule for rule in RULES if rule.id == "number")
    facts = ("Ada Berg said: “In 2024, at 8:15, I had an engineer, and on Monday two were here.”",)
    assert (not list(rule.faults(text, Passage(facts), orders))) is known


def test_a_bound_that_stands_in_the_number_itself_is_one(orders: Material) -> None:
    assert any("makes more of" in fault for fault in faults("Wrong orders fell to more than 95 a month.", orders))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Wrong orders fell from 730 to 95 a month.", None),
        ("Wrong orders fell by 635 a month.", "the number “635 a month” was not said"),
        ("“Wrong orders went from 730 a month,” says Ada.", None),
        ("“Our orders are right,” says Ada.", "the words “Our orders are right,” were not said"),
    ],
)
def test_what_the_facts_hold_has_to_be_said_on_the_call_too(text: str, fault: str | None, orders: Material) -> None:
    (rule,) = (rule for rule in RULES if rule.id == "call")
    assert [found.reason for found in rule.faults(text, Passage((text,)), orders)] == ([fault] if fault else [])


def broken_by(rule: str, text: str, said: str, made: Material) -> list[str]:
    """Return the faults that one rule finds in a paragraph on words of Bo's."""
    (one,) = (one for one in RULES if one.id == rule)
    return [fault.reason for fault in one.faults(text, Passage((f"Bo Lind said: “{said}”",)), made)]


@pytest.mark.parametrize(
    ("said", "text", "denied"),
    [
        ("They can't export the invoices.", "They can export the invoices.", True),
        ("They cannot export the invoices.", "They can export the invoices.", True),
        ("They cannot export the invoices.", "They export the invoices.", True),
        ("They never export the invoices.", "They can export the invoices.", True),
        ("They never even export the invoices.", "They export the invoices.", True),
        ("They are unable to export the invoices.", "They are able to export the invoices.", True),
        ("They are unable to export the invoices.", "They can export the invoices.", True),
        ("They cannot export the invoices.", "They can't export the invoices.", False),
        ("They can't export the invoices.", "They cannot export the invoices.", False),
        ("They are unable to export the invoices.", "They are not able to export the invoices.", False),
        ("They never export the invoices, they export the orders.", "They export the orders.", False),
        ("They never export the invoices.", "The invoices never go to export.", False),
    ],
)
def test_what_the_facts_rule_out_is_not_told_as_done(said: str, text: str, denied: bool, orders: Material) -> None:
    assert bool(broken_by("denial", text, said, orders)) is denied


@pytest.mark.parametrize(
    ("said", "text", "promised"),
    [
        ("It'll be like the radar.", "It will be like the radar.", False),
        ("It's going to look like the radar.", "It will look like the radar.", False),
        ("It's gonna look like the radar.", "It is going to look like the radar.", False),
        ("The route used to be a spreadsheet.", "The route plan used to be a spreadsheet.", False),
        ("They changed it.", "They changed the plan.", False),
        ("It looks like the radar.", "It will look like the radar.", True),
        ("They look at the radar.", "They'll look at the radar.", True),
        ("They look at the radar.", "They're going to look at the radar.", True),
        ("They look at the radar.", "They are gonna look at the radar.", True),
        ("They look at the radar.", "They plan to look at the radar.", True),
        ("They look at the radar.", "They are planning to look at the radar.", True),
        ("They look at the radar.", "The bakery plans a radar.", True),
        ("They look at the radar.", "Bo hopes that they look at it.", True),
    ],
)
def test_a_promise_is_one_in_whatever_words_and_a_plan_on_paper_is_none(said: str, text: str, promised: bool, orders: Material) -> None:
    assert bool(broken_by("promise", text, said, orders)) is promised


@pytest.mark.parametrize(
    ("said", "text", "unknown"),
    [
        ("It began in the summer of twenty-two.", "It began in the summer of 2022.", False),
        ("It began in twenty twenty-two.", "It began in 2022.", False),
        ("It began in the spring of 2019.", "It began in the spring of nineteen.", False),
        ("It began in nineteen eighty-seven.", "It began in 1987.", False),
        ("It began in the summer of twenty-two.", "It began in the summer of 2023.", True),
        ("We have twenty-two vans.", "It began in 2022.", True),
        ("It began in 2022.", "It began in nineteen eighty-seven.", True),
    ],
)
def test_a_year_is_the_same_in_figures_and_in_words(said: str, text: str, unknown: bool, orders: Material) -> None:
    assert bool(broken_by("number", text, said, orders)) is unknown


@pytest.mark.parametrize(
    ("said", "wrong"),
    [("It was seventy-one percent, now it is eighty-four.", False), ("It was seventy-one, and now it is eighty-four vans.", True)],
)
def test_a_bare_number_beside_a_percentage_may_be_one(said: str, wrong: bool, orders: Material) -> None:
    assert bool(broken_by("unit", "It went from 71 percent to 84 percent.", said, orders)) is wrong


def test_a_word_in_lower_case_on_the_call_is_no_name_whatever_its_letters() -> None:
    made = material("I: And?\nA: The naïve way was slow, and façades were slower.\nI: I see.\nA: Yes.")
    assert broken_by("name", "Façades were slow.", "It was slow.", made) == []
    assert broken_by("name", "Fassaden were slow.", "It was slow.", made) == ["the name “Fassaden” is not among the facts"]


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("Bo says that he was a baker.", ["“he was a” is denied in the facts"]),
        ("Bo says that he wasn't a baker, his father was a baker.", []),
        ("Bo came down in May.", ["“down” stands for “up” of the facts"]),
        ("Bo came up in May, and the bill went down.", []),
    ],
)
def test_words_that_the_facts_hold_of_something_else_bear_nothing_out(text: str, reasons: list[str], orders: Material) -> None:
    facts = ("Bo Lind said: “I wasn't, no, he wasn't a baker, my father was a baker. Bo came up in May, and the bill went down.”",)
    found = [fault for rule in RULES if rule.id in {"denial", "direction"} for fault in rule.faults(text, Passage(facts, ()), orders)]
    assert [fault.reason for fault in found] == reasons
