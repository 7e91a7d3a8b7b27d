from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.quantities import Quantity, find_quantities, find_years, plural, singular
from copilot.quantities.words import lists
from copilot.text import tokenize


def only(text: str) -> Quantity:
    (found,) = find_quantities(text)
    return found


def told(quantity: Quantity) -> tuple[object, str | None]:
    if isinstance(quantity.value, tuple):
        return (float(quantity.value[0]), float(quantity.value[1])), quantity.unit
    return float(quantity.value), quantity.unit


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("a hundred and forty-two thousand three hundred", 142300, None),
        ("eighty-one point six percent", 81.6, "percent"),
        ("four and a quarter hours", 4.25, "hour"),
        ("six and three-quarter hours", 6.75, "hour"),
        ("two and one half days", 2.5, "day"),
        ("a couple of weeks", 2, "week"),
        ("a dozen boats", 12, "boat"),
        ("a quarter million letters", 250000, "letter"),
        ("three quarters of a million", 750000, None),
        ("thirty-six k", 36000, None),
        ("seventeen hundred crates", 1700, "crate"),
        ("hundreds of parcels", 100, "parcel"),
        ("dozens of phone calls", 24, "call"),
        ("hundreds of thousands of messages", 100000, "message"),
        ("two and a half million pages", 2500000, "page"),
        ("one sixty-two beds", 162, "bed"),
        ("one-sixty-two beds", 162, "bed"),
        ("two-fifty an order", 250, None),
        ("two hundred ninety rooms", 290, "room"),
        ("1.3 million", 1300000, None),
        ("299+ million users", 299000000, "user"),
        ("7,450 tins", 7450, "tin"),
        ("1.250.000 forms", 1250000, "form"),
        ("19k subscribers", 19000, "subscriber"),
    ],
)
def test_numbers_are_read_from_words_and_digits_alike(text: str, value: float, unit: str | None) -> None:
    assert told(only(text)) == (value, unit)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("$3.6M", 3600000, "usd"),
        ("£12,750", 12750, "gbp"),
        ("nineteen pounds fifty", 19.5, "gbp"),
        ("two million euros", 2000000, "eur"),
        ("forty-five pence", 0.45, "gbp"),
        ("EUR 640", 640, "eur"),
        ("half an hour", 30, "minute"),
        ("a quarter of an hour", 15, "minute"),
        ("an hour and a half", 1.5, "hour"),
        ("an hour and a quarter", 1.25, "hour"),
        ("two hours and a half", 2.5, "hour"),
        ("six hours and five minutes", 365, "minute"),
        ("Two hours forty", 160, "minute"),
        ("a fortnight ago we lost three fortnights", 6, "week"),
        ("half a day", 0.5, "day"),
        ("12ms", 12, "millisecond"),
        ("9 h a night", 9, "hour"),
        ("6 h 20 min", 380, "minute"),
        ("200 ha of land", 200, "hectare"),
        ("40 cm of snow", 40, "centimetre"),
        ("our 5 H sites", 5, "site"),
        ("4 percentage points", 4, "percentage point"),
        ("37%", 37, "percent"),
        ("5x faster", 5, "times"),
        ("sales tripled", 3, "times"),
        ("errors were halved", 50, "percent"),
        ("a third of them", 33.3, "percent"),
        ("two-thirds of the files", 66.7, "percent"),
        ("one in five", 20, "percent"),
        ("three in a hundred parcels", 3, "percent"),
        ("one form in eleven", 9.1, "percent"),
        ("240,000 SKU on the shelves", 240000, "SKU"),
        ("twelve judges", 12, "person"),
        ("nine out of ten", 90, "percent"),
        ("4.2 out of five", 4.2, "point"),
        ("thirty people", 30, "person"),
        ("there are eight of us", 8, "person"),
        ("a ten-store pilot", 10, "store"),
    ],
)
def test_units_are_normalised(text: str, value: float, unit: str) -> None:
    assert told(find_quantities(text)[-1]) == (value, unit)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("eight to twelve clerks", 8, 12, "person"),
        ("10-15 vans", 10, 15, "van"),
        ("another 20%-25% of the orders", 20, 25, "percent"),
        ("between 4 and 6 days", 4, 6, "day"),
        ("three or four times", 3, 4, "times"),
        ("five, six weeks", 5, 6, "week"),
        ("two to three hundred trays", 200, 300, "tray"),
        ("thirty-some minutes", 30, 39, "minute"),
        ("somewhere in the forties", 40, 49, None),
        ("two thirds to three quarters of the files", 66.7, 75, "percent"),
        ("a quarter to three quarters of them", 25, 75, "percent"),
        ("about half to two thirds of the pallets", 50, 66.7, "percent"),
    ],
)
def test_a_range_is_its_two_ends(text: str, low: float, high: float, unit: str | None) -> None:
    assert told(only(text)) == ((low, high), unit)


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("from six hours down to twenty minutes", (6, "hour"), (20, "minute")),
        ("it went from 64 percent to 71", (64, "percent"), (71, "percent")),
        ("190 a month down to 75", (190, None), (75, None)),
        ("eleven, up from nine", (9, None), (11, None)),
        ("12 minutes instead of 45", (45, "minute"), (12, "minute")),
    ],
)
def test_a_value_and_the_one_before_it_are_one_quantity(text: str, before: tuple[float, str], after: tuple[float, str]) -> None:
    found = only(text)
    assert found.baseline is not None
    assert (told(found.baseline), told(found)) == (before, after)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("40 per night", "per night"),
        ("three visits a week", "per week"),
        ("six requests per second", "per second"),
        ("four hours per nurse per day", "per nurse per day"),
        ("12 minutes each", "each"),
        ("two thousand euros a year", "per year"),
    ],
)
def test_a_rate_is_kept_beside_the_unit(text: str, period: str) -> None:
    assert only(text).period == period


@pytest.mark.parametrize(
    "text", ["it was not forty, it was fourteen crates", "fourteen crates, not forty", "not forty, more like fourteen"]
)
def test_a_number_that_is_said_not_to_hold_is_none(text: str) -> None:
    assert only(text).value == 14


def test_a_number_that_holds_no_longer_is_one() -> None:
    assert [q.value for q in find_quantities("thirty alerts a day now, and not four hundred")] == [30, 400]


@pytest.mark.parametrize(
    ("text", "value"), [("forty, no, fourteen crates", 14), ("sixty, sorry, sixteen", 16), ("ninety, I mean nineteen pages", 19)]
)
def test_a_correction_takes_the_place_of_what_it_corrects(text: str, value: int) -> None:
    assert only(text).value == value


@pytest.mark.parametrize(
    ("text", "value", "baseline"),
    [
        ("we are down to about nine faults a day. From twenty. No, sorry, it's eleven, eleven", 11, 20),
        ("it fell to roughly six a shift from fifteen, wait, no, seven", 7, 15),
        ("from ninety, I mean nineteen, to twelve", 12, 19),
    ],
)
def test_a_correction_keeps_the_other_end_of_its_pair(text: str, value: int, baseline: int) -> None:
    found = find_quantities(text)[0]
    assert (found.value, found.baseline and found.baseline.value) == (value, baseline)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Sixty-one thousand last year. No, sorry, that's the half year. It's a hundred and four thousand.", 104000),
        ("Forty machines a year. Wait, no, that's with the retrofits. Thirty-two machines.", 32),
        ("It took forty days. Sorry, that was the pilot. Ninety days for the whole thing.", 90),
    ],
)
def test_a_number_that_is_said_to_be_of_something_else_gives_way_to_the_next(text: str, value: int) -> None:
    (found,) = find_quantities(text)
    (old,) = found.replaces
    assert (found.value, text[slice(*old)] in text.partition(".")[0]) == (value, True)


@pytest.mark.parametrize(
    "text",
    [
        "We lost sixty-one thousand. No, that's fine. It's forty thousand for the rest.",
        "We have forty machines. That's the half year. Thirty-two machines are rented.",
        "It took forty days. Sorry, that was the pilot. We have ninety machines.",
        "We have forty machines. No, that's the beauty of it, nobody has to watch them and nobody does. Thirty machines stand still.",
        "The old one took forty minutes. Actually, that's for the whole lot. Now it's twenty.",
        "It used to take forty days. Sorry, that was the pilot. It's ninety days.",
        "Forty vans in the north. Sorry, that's just the north. Thirty vans in the south.",
        "It took forty minutes. Actually, that's before the move. It's twenty minutes.",
    ],
)
def test_a_number_that_nothing_takes_back_stays(text: str) -> None:
    assert [q.replaces for q in find_quantities(text)] == [(), ()]


def test_a_number_said_again_with_its_thousands_is_one() -> None:
    (found,) = find_quantities("It's a hundred and four for the full year, a hundred and four thousand.")
    assert found.value == 104000
    assert len(find_quantities("It's a hundred and four for the full year, a hundred and six thousand.")) == 2


@pytest.mark.parametrize(
    "text",
    ["Ten in January, ten thousand in June.", "A hundred for setup, a hundred thousand for licences.", "Two by hand, two thousand by post"],
)
def test_two_numbers_that_are_each_of_something_are_not_one_said_again(text: str) -> None:
    assert len(find_quantities(text)) == 2


def test_a_correction_settles_two_numbers_of_which_one_was_meant() -> None:
    found = only("Sixty returned parcels a day. Or seventy. No, it's seventy, I checked")
    assert (found.value, found.unit, found.period) == (70, "parcel", "per day")


def test_a_number_after_from_without_a_correction_leaves_the_one_before_it_as_it_is() -> None:
    found = only("we are down to about nine a day from twenty")
    assert (found.value, found.baseline and found.baseline.value) == (9, 20)


@pytest.mark.parametrize(("text", "number"), [("it's nine — nine a day", 1), ("nine a day? Nine a day", 2), ("nine — ten a day", 2)])
def test_a_number_that_is_said_again_after_a_dash_is_one(text: str, number: int) -> None:
    assert len(find_quantities(text)) == number


@pytest.mark.parametrize(
    ("text", "approximate"),
    [("hundreds of parcels", True), ("dozens of calls", True), ("two hundred parcels", False), ("a dozen boats", False)],
)
def test_a_plural_magnitude_is_approximate(text: str, approximate: bool) -> None:
    assert only(text).approximate is approximate


@pytest.mark.parametrize(
    "text",
    [
        "I counted crates till eight of a Tuesday",
        "we close at six of an evening",
        "it gets you from zero to one very quickly",
        "it scored well, and that's of ten",
    ],
)
def test_times_of_a_weekday_scales_and_zero_to_one_are_no_quantities(text: str) -> None:
    assert not find_quantities(text)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("we need eight of them", 8, None),
        ("it went from zero to one outage", 1, "outage"),
        ("that's of five wards", 5, "ward"),
    ],
)
def test_what_only_looks_like_them_is_one(text: str, value: int, unit: str | None) -> None:
    assert told(only(text)) == (value, unit)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("forty leaks in one year", "in one year"),
        ("forty leaks in a year and we closed", "per year"),
        ("forty leaks in a year and a half", None),
    ],
)
def test_the_time_that_a_number_was_counted_in_is_no_unit(text: str, period: str | None) -> None:
    found = find_quantities(text)[0]
    assert (found.unit, found.period) == ("leak", period)


@pytest.mark.parametrize(
    "text",
    [
        "about forty",
        "roughly 40",
        "forty-ish",
        "forty or so",
        "just under forty",
        "40+ sites",
        "forty-odd",
        "nearly forty",
        "ballpark forty",
    ],
)
def test_hedges_make_a_number_approximate(text: str) -> None:
    assert only(text).approximate


def test_a_number_said_plainly_is_not_approximate() -> None:
    assert not only("we counted forty crates").approximate


@pytest.mark.parametrize(
    ("text", "bound"), [("at least nine sites", "at least"), ("under a hundred", "at most"), ("more than 70", "at least")]
)
def test_a_bound_is_told_from_the_value(text: str, bound: str) -> None:
    assert only(text).bound == bound


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("cut by a third", "down"),
        ("forty percent fewer", "down"),
        ("up a fifth", "up"),
        ("grew by 12 percent", "up"),
        ("12 percent of them", None),
    ],
)
def test_a_number_that_measures_a_change_says_which_way(text: str, change: str | None) -> None:
    assert only(text).change == change


def test_a_number_cut_off_by_lost_words_is_broken() -> None:
    assert all(q.broken for q in find_quantities("we paid four [inaudible] thousand pounds"))
    assert not any(q.broken for q in find_quantities("we paid four thousand pounds [inaudible] in May"))


@pytest.mark.parametrize(
    "text",
    [
        "in 2023",
        "since '21",
        "nineteen ninety-nine",
        "June of twenty-three",
        "in the spring of twenty-four we moved",
        "since nineteen, when she came",
        "in twenty-two we bought the boat",
        "that was the campaign of twenty-one",
        "in quarter two of twenty-six",
        "for twenty-four I don't have it closed",
        "count them for one quarter",
        "the snapshot is from eleven the night before",
        "the board voted five against four",
        "at ten to five",
        "at 10:30",
        "half past three",
        "nine o'clock",
        "it'd start around eleven",
        "at four in the morning",
        "on March 3rd",
        "the twenty-second of June",
        "version 3",
        "v2.1",
        "phase two",
        "SOC 2",
        "open 24/7",
        "call 555-0100-22",
        "one of the things",
        "no one told me",
        "the other one",
        "I agree a hundred percent",
        "a million times better",
        "so we doubled down on it",
        "years to upgrade, say, 1.4 version of it",
        "he's sixty-eight",
        "a third party did it",
        "I was half asleep",
        "it went in grand",
        "[unintelligible 00:12:31]",
        "",
    ],
)
def test_what_counts_nothing_is_no_quantity(text: str) -> None:
    assert find_quantities(text) == ()


@given(st.text(max_size=200))
def test_any_text_is_read_and_every_span_holds_its_own_text(text: str) -> None:
    for found in find_quantities(text):
        assert text[found.start : found.end] == found.text
        assert found.low <= found.high


SPOKEN = (
    "a an the one two seven twelve twenty forty half third quarter hundred thousand million point and to of in from down no sorry percent "
    "pounds £ % hours minutes people 3 4.5 2023 [inaudible] dozen couple per week twice , . - k grand out"
)
WORDS = st.sampled_from(SPOKEN.split())


@given(st.lists(WORDS, max_size=14))
def test_any_run_of_number_words_is_read(words: list[str]) -> None:
    text = " ".join(words)
    spans = [(q.start, q.end) for q in find_quantities(text)]
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)


@given(st.integers(min_value=0, max_value=999_999))
def test_digits_with_and_without_commas_are_one_number(number: int) -> None:
    assert [q.value for q in find_quantities(f"{number:,} crates")] == [Decimal(number)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("26 of those visits", 26, "visit"),
        ("1,20,000 users", 120000, "user"),
        ("12,50,000 rows", 1250000, "row"),
        ("2 mil", 2000000, None),
        ("1 hr 20 mins", 80, "minute"),
        ("2h 30m", 150, "minute"),
        ("$30m a year", 30000000, "usd"),
        ("point five percent", 0.5, "percent"),
        ("12 of those", 12, None),
    ],
)
def test_numbers_are_read_as_people_in_many_places_write_them(text: str, value: float, unit: str | None) -> None:
    found = only(text)
    assert told(found) == (value, unit)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("10 000 euros", 10000, "eur"),
        ("1 000 000 users", 1000000, "user"),
        ("12 400 km", 12400, "kilometre"),
        ("$12 400 in all", 12400, "usd"),
        ("2\u202f500 people", 2500, "person"),
        ("2\u00a0500,75 euros", 2500.75, "eur"),
        ("2'000 people", 2000, "person"),
        ("1\u2019500\u2019000 francs", 1500000, "chf"),
        ("2½ hours", 2.5, "hour"),
        ("2½hours", 2.5, "hour"),
        ("2 ½ hours", 2.5, "hour"),
        ("2 1/2 hours", 2.5, "hour"),
        ("1½ million boxes", 1500000, "box"),
        ("½ an hour", 30, "minute"),
        ("⅔ of it", 66.7, "percent"),
        ("¼ of a million", 250000, None),
        ("-5 percent", -5, "percent"),
        ("it was \u22125 %", -5, "percent"),
        ("a loss of -$40", -40, "usd"),
        ("it's minus six degrees", -6, "degree"),
        ("it went to minus two percent", -2, "percent"),
    ],
)
def test_spaced_thousands_fractions_in_one_character_and_negatives_are_read(text: str, value: float, unit: str | None) -> None:
    assert told(only(text)) == (value, unit)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("200 300 people", [200, 300]),
        ("3 200 litre tanks", [3, 200]),
        ("eighty-four minus fifty-one", [84, 51]),
        ("ninety days, minus twelve", [90, 12]),
        ("we correct it, minus five", [5]),
        ("the rent minus five", [5]),
        ("plus or minus 5 percent", [5]),
        ("-5 people came", [5]),
        ("5 -3 hours", [5, 3]),
        ("the 3 3/40 trays", [3]),
    ],
)
def test_what_only_looks_like_one_number_or_a_negative_is_not_read_so(text: str, values: list[int]) -> None:
    assert [q.value for q in find_quantities(text)] == values


def test_a_value_may_rise_from_below_nothing() -> None:
    found = only("margin went from -5 percent to 12 percent")
    assert found.baseline is not None
    assert (found.baseline.value, found.value) == (-5, 12)


@given(st.integers(min_value=1000, max_value=999_999_999), st.sampled_from(["\u00a0", "\u2009", "\u202f", "'", "\u2019"]))
def test_the_thousands_of_a_number_may_be_parted_by_narrow_spaces_and_apostrophes(number: int, joint: str) -> None:
    assert [q.value for q in find_quantities(f"{number:,}".replace(",", joint) + " euros")] == [Decimal(number)]


@pytest.mark.parametrize(
    "text",
    ["Call me on 555-0134.", "It's +44 20 7946 0958.", "A nine to five job.", "We work 9 to 5.", "At that point five percent is a lot."],
)
def test_telephone_numbers_and_working_hours_count_nothing(text: str) -> None:
    assert [q.value for q in find_quantities(text) if q.unit != "percent"] == []


@pytest.mark.parametrize("text", ["we closed around eleven last month", "they start around eleven jobs", "they open about eleven of those"])
def test_a_number_after_a_verb_of_opening_still_counts(text: str) -> None:
    (found,) = find_quantities(text)
    assert found.value == 11


@pytest.mark.parametrize(
    ("text", "expected"), [("within an hour", True), ("in a year", True), ("in one year", False), ("in 2 years", False)]
)
def test_a_length_of_time_with_an_article_may_be_a_rate(text: str, expected: bool) -> None:
    assert only(text).is_rate is expected


@pytest.mark.parametrize(
    "text", ["We had remakes twice in a quarter.", "It paid back within a quarter, honestly.", "Once a quarter we count."]
)
def test_a_quarter_of_a_year_is_no_share(text: str) -> None:
    assert [q.unit for q in find_quantities(text) if q.unit == "percent"] == []


@pytest.mark.parametrize("text", ["About a quarter of calls.", "In a quarter of the cases.", "It fell by a quarter."])
def test_a_quarter_of_something_is_a_share(text: str) -> None:
    assert told(only(text)) == (25, "percent")


def test_the_low_end_of_a_range_of_money_has_the_scale_of_the_high_end() -> None:
    found = only("It costs $10-15k a year.")
    assert (found.low, found.high, found.unit) == (10000, 15000, "usd")


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("six thousand square metres", 6000, "square metre"),
        ("3.9 gigawatt hours a year", 3.9, "gigawatt hour"),
        ("fourteen check points", 14, "check point"),
        ("it gave nine false alarms", 9, "false alarm"),
        ("one square metre", 1, "square metre"),
        ("two long metres", 2, "metre"),
        ("nine loud alarms", 9, "alarm"),
        ("a dozen good points", 12, "point"),
    ],
)
def test_a_noun_that_would_name_another_thing_alone_keeps_the_word_before_it(text: str, value: float, unit: str) -> None:
    assert told(only(text)) == (value, unit)


@pytest.mark.parametrize(
    ("text", "unit"),
    [("31,000 of our runs", "run"), ("fourteen kiln stops", "stop"), ("742 kilocalories", "kilocalorie"), ("four tons", "ton")],
)
def test_a_word_that_may_be_a_verb_is_a_noun_after_a_number(text: str, unit: str) -> None:
    assert only(text).unit == unit


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("an hour and ten", 70),
        ("at worst it was two hours and ten.", 130),
        ("an hour and fifty minutes", 110),
        ("three hours forty", 220),
    ],
)
def test_hours_go_on_with_minutes(text: str, minutes: int) -> None:
    assert told(only(text)) == (minutes, "minute")


@pytest.mark.parametrize("text", ["two hours and ten people", "two hours and five of them"])
def test_what_counts_something_else_is_no_part_of_a_time(text: str) -> None:
    assert told(find_quantities(text)[0]) == (2, "hour")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Now we're at four.", 4),
        ("it sits at six", 6),
        ("they were at nine before", 9),
        ("we hover at eleven", 11),
        ("we're at two-fifty", 250),
    ],
)
def test_a_level_is_no_time_of_day(text: str, value: int) -> None:
    assert only(text).value == value


@pytest.mark.parametrize(
    "text",
    [
        "the meeting is at nine",
        "it starts at four",
        "quarter past ten",
        "a quarter to nine",
        "it was ten to four one afternoon",
        "when I was fifteen",
        "she was forty when it began",
        "a PX-10 scanner",
        "up on four west",
        "nobody lost a minute",
        "a good week was fine",
        "at nine-forty the gate opens",
        "the ten-forty to the islands",
        "what six o'clock's going to look like",
        "we flew Dash 8s then",
        "stand four is ours",
        "ring nine one one",
    ],
)
def test_times_ages_models_and_wards_count_nothing(text: str) -> None:
    assert find_quantities(text) == ()


@pytest.mark.parametrize(
    ("text", "value"), [("he was nine minutes late", 9), ("a scanner-10 pilot", 10), ("we took a good week", 1), ("we took 8s off it", 8)]
)
def test_what_looks_like_an_age_or_a_model_may_still_count(text: str, value: int) -> None:
    assert find_quantities(text)[0].value == value


def units() -> list[str]:
    """Every unit that the word lists name, and one for each rule of spelling; "times" is a plural with no singular."""
    known = lists()
    compounds = {f"{modifier} {unit}" for unit, modifiers in known.compounds.items() for modifier in modifiers}
    named = {*known.units.values(), *known.two_words.values(), *known.plurals.values(), *compounds, *known.currencies.values()}
    spelt = {"policy", "survey", "tax", "match", "branch", "dish", "loss", "quiz room", "warranty", "process", "photo", "item", "point"}
    return sorted({*named, *spelt, *(run.removesuffix("s") for run in known.runs)} - {"times"})


@pytest.mark.parametrize("unit", units())
def test_the_plural_of_a_unit_leads_back_to_it(unit: str) -> None:
    assert singular(plural(unit)) == unit
    assert plural(plural(unit)) == plural(unit)


@pytest.mark.parametrize(
    ("noun", "many"),
    [
        ("policy", "policies"),
        ("day", "days"),
        ("tax", "taxes"),
        ("branch", "branches"),
        ("process", "processes"),
        ("person", "people"),
        ("analysis", "analyses"),
        ("hertz", "hertz"),
        ("times", "times"),
        ("series", "series"),
        ("sms", "sms"),
        ("square metre", "square metres"),
        ("square foot", "square feet"),
        ("false alarm", "false alarms"),
        ("kilowatt hour", "kilowatt hours"),
        ("percentage point", "percentage points"),
        ("month end", "month ends"),
    ],
)
def test_a_plural_is_spelt_as_english_does(noun: str, many: str) -> None:
    assert plural(noun) == many


@pytest.mark.parametrize(("text", "unit"), [("four month ends", "month end"), ("four months", "month"), ("four people", "person")])
def test_a_plural_is_counted_in_its_singular(text: str, unit: str) -> None:
    assert only(text).unit == unit


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("it fell from twenty to five", 20, 5),
        ("complaints went from ten to four a week", 10, 4),
        ("it rose from a third to two thirds of the orders", 33.3, 66.7),
    ],
)
def test_a_change_from_one_number_to_another_is_no_time_of_day(text: str, before: float, after: float) -> None:
    found = only(text)
    assert found.baseline is not None
    assert (told(found.baseline)[0], told(found)[0]) == (before, after)


def test_opening_hours_are_times_of_day() -> None:
    assert find_quantities("we open from ten to four") == ()


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("It moves within half a point.", 0.5, "point"),
        ("It rose a point and a half.", 1.5, "point"),
        ("It is out by a percent and a half.", 1.5, "percent"),
        ("half the team", 50, "percent"),
        ("It ran for three quarters.", 3, "quarter"),
        ("three quarters of the team", 75, "percent"),
        ("Thirty-nine batches of four hundred and thirty-one failed.", 39, "batch"),
        ("four stars out of five", 4, "point"),
        ("We grew ten x.", 10, "times"),
        ("forty quid's worth of tubes", 40, "gbp"),
        ("seventy tickets", 70, "ticket"),
    ],
)
def test_parts_of_points_and_of_wholes_are_told_from_shares_and_counts(text: str, value: float, unit: str) -> None:
    assert told(only(text)) == (value, unit)


def test_two_boxes_of_a_dozen_bottles_are_no_part_of_twelve() -> None:
    assert [q.whole for q in find_quantities("two boxes of twelve")] == [None, None]


@pytest.mark.parametrize(
    "text", ["The over sixties read it.", "Mostly people over seventy.", "It was in tank nine.", "At half past six, or six thirty."]
)
def test_ages_places_and_times_are_no_quantities(text: str) -> None:
    assert find_quantities(text) == ()


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("twenty-three quarters of growth", [23]),
        ("forty-two thirds in a row", [42]),
        ("two and one third of them", [2, 33.3]),
        ("six and three quarters of the team", [6, 75]),
        ("We run forty stores and half a million customers buy.", [40, 500000]),
        ("a couple of dozen stores and a quarter million customers", [24, 250000]),
        ("ten trucks and a half dozen vans", [10, 6]),
        ("Five thousand and half a million.", [5000, 500000]),
        ("six hours and half as many people", [6, 50]),
        ("up a percent and half the team", [50]),
        ("two days and a third vendor", [2]),
        ("three quarters of the team", [75]),
    ],
)
def test_a_word_is_in_one_number_alone(text: str, values: list[float]) -> None:
    found = find_quantities(text)
    assert [float(q.low) for q in found] == values
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(
    st.sampled_from(["6", "six", "forty", "twelve hundred", "three thousand"]),
    st.sampled_from(["", " hours", " days", " stores", " people", " percent", " euros"]),
    st.sampled_from(["half", "a third", "two thirds", "a quarter", "three quarters"]),
    st.sampled_from(["of the staff", "of them", "of our budget", "of what we spend", "of a million customers"]),
)
def test_a_fraction_of_something_else_changes_no_number_before_it(count: str, unit: str, fraction: str, whole: str) -> None:
    assert told(find_quantities(f"It's {count}{unit} and {fraction} {whole}.")[0]) == told(only(f"It's {count}{unit}."))


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("2 and a half million pages", 2500000, "page"),
        ("a million and a half customers", 1500000, "customer"),
        ("an hour and a half of driving", 1.5, "hour"),
        ("an hour and a quarter drive", 1.25, "hour"),
        ("an hour and three quarters", 1.75, "hour"),
        ("three and a half of us", 3.5, "person"),
        ("two hours and a quarter later", 2.25, "hour"),
    ],
)
def test_a_fraction_goes_on_with_the_number_before_it(text: str, value: float, unit: str) -> None:
    assert told(only(text)) == (value, unit)


@pytest.mark.parametrize(
    ("text", "share"), [("1/3 of our orders came back", 33.3), ("about 2/3 of them", 66.7), ("up by 1/4 of what it was", 25)]
)
def test_a_fraction_with_a_stroke_is_a_share_of_something(text: str, share: float) -> None:
    assert told(only(text)) == (share, "percent")


@pytest.mark.parametrize("text", ["We went live on 3/4.", "a 2/3 majority", "5/3 of them", "12/3/21 of all days", "1/20 of it"])
def test_what_is_written_with_a_stroke_alone_or_is_no_part_is_no_share(text: str) -> None:
    assert all(q.unit != "percent" for q in find_quantities(text))


def test_a_raised_digit_is_no_decimal() -> None:
    assert told(only("It rose to four point ²")) == (4, "point")


def test_a_count_in_a_measure_is_no_share() -> None:
    assert [(q.value, q.unit) for q in find_quantities("It found two in a hundred metres.")] == [(2, None), (100, "metre")]


@pytest.mark.parametrize(
    ("text", "before", "after", "unit"),
    [
        ("It went from six hours to 20-30 minutes.", 6, (20, 30), "minute"),
        ("From six hours to thirty or forty minutes.", 6, (30, 40), "minute"),
        ("We went from 3 weeks to 2-3 days.", 3, (2, 3), "day"),
        ("Two hours to 20 minutes.", 2, 20, "minute"),
        ("From two hours to one hour fifty.", 2, 110, "minute"),
    ],
)
def test_what_comes_after_can_be_a_range_or_in_another_unit(text, before, after, unit):
    (found,) = find_quantities(text)
    assert (found.baseline.value, found.value, found.unit) == (before, after, unit)


@pytest.mark.parametrize(
    ("text", "before", "after", "unit"),
    [
        ("From one to two weeks per release down to two to four hours.", (1, 2), (2, 4), "hour"),
        ("From one to two weeks to two to four hours.", (1, 2), (2, 4), "hour"),
        ("One to two weeks, down to about two to four hours.", (1, 2), (2, 4), "hour"),
        ("From one to two weeks to three days.", (1, 2), 3, "day"),
        ("From two weeks to two to four hours.", 2, (2, 4), "hour"),
        ("From 10 to 15 minutes to 2 to 3 minutes.", (10, 15), (2, 3), "minute"),
        ("Two to four hours, down from one to two weeks.", (1, 2), (2, 4), "hour"),
        ("Two to three days instead of one to two weeks.", (1, 2), (2, 3), "day"),
    ],
)
def test_both_ends_of_a_change_can_be_ranges(text, before, after, unit):
    (found,) = find_quantities(text)
    assert (found.baseline.value, found.value, found.unit) == (before, after, unit)


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("It went from two to four weeks.", [(2, 4)]),
        ("It went from three to five stores, down to two of them.", [(3, 5), (None, 2)]),
        ("It went from two to four stores in May to six stores in June.", [(2, 4), (None, 6)]),
        ("It went from six to four to two.", [(6, 4), (None, 2)]),
    ],
)
def test_one_change_after_another_has_no_ranges(text, ends):
    found = find_quantities(text)
    assert [(q.baseline and q.baseline.value, q.value) for q in found] == ends


@pytest.mark.parametrize(
    "text",
    [
        "He said it was half a crane.",
        "We told half the town.",
        "I'm half a mind to stop.",
        "He ended up designing half the drawers.",
        "She built half the shelves in there.",
        "I wrote half of it.",
    ],
)
def test_half_of_a_single_thing_or_of_a_crowd_is_no_share(text):
    assert find_quantities(text) == ()


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Half the orders were late.", 50, "percent"),
        ("Half of it.", 50, "percent"),
        ("I was ill. We built half the sites.", 50, "percent"),
        ("She lost half the orders.", 50, "percent"),
        ("I make half the calls I used to make.", 50, "percent"),
        ("He draws half the plans.", 50, "percent"),
        ("I wrote half the letters by hand before.", 50, "percent"),
        ("half a tonne", Decimal("0.5"), "tonne"),
        ("half a day", Decimal("0.5"), "day"),
    ],
)
def test_half_of_many_is_a_share_and_half_a_unit_an_amount(text, value, unit):
    (found,) = find_quantities(text)
    assert (found.value, found.unit) == (value, unit)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("it went up a dollar twenty", 1.2, "usd"),
        ("a pound fifty each", 1.5, "gbp"),
        ("we raised it a euro and a quarter", 1.25, "eur"),
        ("nineteen rand fifty", 19.5, "zar"),
        ("the tags were R7.85 each", 7.85, "zar"),
        ("kr 300 a seat", 300, "nok"),
        ("Rs. 450", 450, "inr"),
        ("HK$90", 90, "hkd"),
        ("R$40", 40, "brl"),
        ("\u20a63,000", 3000, "ngn"),
        ("200 z\u0142", 200, "pln"),
    ],
)
def test_money_is_read_as_people_in_many_places_say_and_write_it(text: str, value: float, unit: str) -> None:
    assert told(only(text)) == (value, unit)


@pytest.mark.parametrize("text", ["a dollar a go", "a pound of flour", "R2D2 is a droid", "for a euro"])
def test_one_of_a_currency_alone_is_no_amount(text: str) -> None:
    assert not any(q.unit in {"usd", "gbp", "eur", "zar"} for q in find_quantities(text))


@pytest.mark.parametrize("text", ["R2 is our server", "we ran R12 servers", "RM3"])
def test_a_short_form_that_makes_no_money_makes_a_name(text: str) -> None:
    assert all(q.unit not in {None, "server"} for q in find_quantities(text))


@pytest.mark.parametrize("text", ["a pound ten people paid", "a dollar twenty people paid"])
def test_people_who_pay_are_no_coins(text: str) -> None:
    assert only(text).unit == "person"


def test_a_short_form_after_a_number_is_no_sign_before_the_next() -> None:
    assert [told(q) for q in find_quantities("300 kr. 40 people came")] == [(300, "nok"), (40, "person")]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("the spend per cap was fourteen ten and now it's seventeen eighty-five", [14.1, 17.85]),
        ("we open at fourteen ten", []),
        ("for the cap we were at fourteen ten", [14.1]),
        ("the bill comes at ten fifteen on Mondays", []),
    ],
)
def test_two_numbers_side_by_side_are_a_price_only_where_prices_are_told(text: str, values: list[float]) -> None:
    assert [float(q.low) for q in find_quantities(text)] == values


@pytest.mark.parametrize(
    ("text", "value", "period"),
    [
        ("nineteen in a week", 19, "per week"),
        ("three visits in a month", 3, "per month"),
        ("eighteen tonnes in a year", 18, "per year"),
    ],
)
def test_so_many_in_a_time_are_a_rate(text: str, value: int, period: str) -> None:
    assert (float(only(text).low), only(text).period) == (value, period)


@pytest.mark.parametrize("text", ["they fixed it in a day", "forty in a meeting", "two requests in a year and a half"])
def test_what_is_done_in_a_time_is_no_rate(text: str) -> None:
    assert all(q.period is None for q in find_quantities(text))


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("point four of a kilo", 0.4, "kilogram"),
        ("nought point four of a litre", 0.4, "litre"),
        ("half a kilo of screws", 0.5, "kilogram"),
        ("three quarters of a mile", 0.75, "mile"),
        ("the press is forty bar", 40, "bar"),
        ("fourteen pair, and no more", 14, "pair"),
        ("two bar staff", 2, "person"),
        ("stopped a fortnight", 2, "week"),
        ("a fortnight's trial", 2, "week"),
        ("ten a fortnight", 10, None),
        ("forty hot dogs", 40, "hot dog"),
        ("forty dogs", 40, "dog"),
    ],
)
def test_parts_of_a_measure_and_what_is_counted_without_an_s_have_their_unit(text: str, value: float, unit: str | None) -> None:
    assert told(only(text)) == (value, unit)


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("out of ten orders, three come back", 30),
        ("from three lots one is not right", 33.3),
        ("they take one from ten", 10),
    ],
)
def test_a_share_may_name_the_whole_first(text: str, share: float) -> None:
    assert told(only(text)) == (share, "percent")


@pytest.mark.parametrize(
    "text",
    [
        "from three lots, one in Leeds",
        "we took one from three suppliers",
        "it went from ten sites to one",
        "we moved from three sites one by one",
    ],
)
def test_what_comes_from_several_is_no_share(text: str) -> None:
    assert all(q.unit != "percent" for q in find_quantities(text))


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("seven point one million, against eleven point four", 11_400_000, 7_100_000),
        ("a hundred thousand, up from ninety", 90_000, 100_000),
        ("three thousand instead of 400", 400, 3000),
    ],
)
def test_of_two_numbers_told_together_one_may_leave_out_its_thousands(text: str, before: int, after: int) -> None:
    found = only(text)
    assert found.baseline is not None
    assert (found.baseline.low, found.low) == (before, after)


def test_a_number_may_be_said_again_as_a_range() -> None:
    found = only("From nineteen a week to four. Four, five.")
    assert found.baseline is not None
    assert (found.value, found.baseline.value) == ((4, 5), 19)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("in twenty-two schools", [22]),
        ("one in twenty-five", [4]),
        ("it was fourteen in twenty-four", [14]),
        ("in fifteen, twenty minutes", [15]),
        ("since twenty-one of them left", [21]),
        ("it came down in nineteen of the shops", [19]),
        ("the age of twenty-three", [23]),
    ],
)
def test_two_digits_that_count_something_are_no_year(text: str, values: list[int]) -> None:
    assert [q.low for q in find_quantities(text)] == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("One, it's quick. Two, it's in Welsh. And three, it talks to the depot.", []),
        ("One: no cables. Two: no holes.", []),
        ("Two vans came. Three, sometimes four. One, though, never left.", [2, 3, 4]),
    ],
)
def test_numbers_that_count_off_a_list_are_none(text: str, values: list[int]) -> None:
    assert [q.low for q in find_quantities(text)] == values


@pytest.mark.parametrize(
    ("text", "values"),
    [("A hundred and fourteen. One one four.", [114]), ("Nineteen. One nine.", [19]), ("two three times a week", [2, 3])],
)
def test_digits_that_are_read_out_are_no_numbers(text: str, values: list[int]) -> None:
    assert [q.low for q in find_quantities(text)] == values


def test_a_comma_said_as_a_word_is_one_of_decimals() -> None:
    assert told(only("three comma eight kilos")) == (3.8, "kilogram")


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("with three thousand the light helps me", None),
        ("three thousand of the lights", "light"),
        ("four point six million pax", "passenger"),
    ],
)
def test_a_noun_after_the_is_only_counted_after_of(text: str, unit: str | None) -> None:
    assert only(text).unit == unit


def test_a_score_keeps_the_one_before_it() -> None:
    score = only("three point six up to four point one, out of five")
    assert (told(score), score.baseline and told(score.baseline)) == ((4.1, "point"), (3.6, "point"))


@pytest.mark.parametrize(
    "text",
    [
        "We ran the till on Shelfware 4.2 until June.",
        "The 2.0 release was late.",
        "I was not 100% sure of it.",
        "Ask me in twenty minutes and you'll hear something else.",
        "Ask us again in six months.",
        "My two cents: keep it simple.",
        "It was a six-figure sum.",
        "It's two orders of magnitude cheaper.",
        "The first half of the season was hard.",
        "In fiscal 22 we opened the yard.",
        "We began in the nineties.",
        "I've packed fruit since the eighties.",
        "She is in her fifties.",
        "I'm in my late 30's.",
        "In the 90s it was all paper.",
        "I had a three-month-old at home.",
        "It is for 13 to about 25-year-old readers.",
        "We all scored them one to ten.",
        "The masts are all 5G.",
        "There are 4K cameras at the gate.",
        "The 747s go out at night.",
        "The yard is open from nine until five.",
        "It's busy between six and eight in the evening.",
        "He's been coding since 9.",
        "Ramp seven is the one that jams.",
        "The drawer was full of size tens.",
    ],
)
def test_versions_sayings_decades_ages_and_scales_count_nothing(text: str) -> None:
    assert find_quantities(text) == ()


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("the bell was cast in eighty-three and hangs there still", []),
        ("he took over in oh-six.", []),
        ("in eighty-three of the parishes", [83]),
        ("I get up at five, and the van is loaded", []),
        ("we're up at five now", [5]),
        ("the alarm rang at three. In two hours it was over", [2]),
        ("between midnight and four the line stood still", []),
        ("by six-forty, and by seven-fifteen the queue was out of the door", []),
        ("a badge the size of a two euro coin", []),
        ("a forty-dollar piece of rubber", [40]),
        ("nine hundred, give or take a dozen", [900]),
        ("key four-four-one-nine", []),
        ("shed seven was full", []),
        ("the rest of the week seventy a day", [70]),
        ("it was a barrel and a half", []),
        ("In a good week we bake ten tons", [10]),
    ],
)
def test_years_times_names_and_margins_count_nothing(text: str, values: list[int]) -> None:
    assert [q.high for q in find_quantities(text)] == values


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("We're at a hundred percent of plan.", 100, "percent"),
        ("They are at more than a hundred percent of plan.", 100, "percent"),
        ("We had it back in twenty minutes.", 20, "minute"),
        ("It's 0.02 dollars a page.", 0.02, "usd"),
        ("The app has 4.7 stars.", 4.7, "star"),
        ("We're up in the nineties.", (90, 99), None),
        ("Half of them stayed.", 50, "percent"),
        ("It took 30s a page.", 30, "second"),
        ("The puppies were three months in the kennel.", 3, "month"),
        ("We have 4K parcels a day.", 4000, "parcel"),
        ("In the depot forty, and it runs.", 40, None),
        ("The robot packs forty boxes.", 40, "box"),
        ("The message is never more than thirty seconds old.", 30, "second"),
        ("It's the suppliers, since three of them send a PDF.", 3, None),
        ("The other machine nine.", 9, None),
        ("That grade tens of people fail.", 10, None),
        ("The grade thousands of students got was wrong.", 1000, "person"),
        ("Fifteen sounds right.", 15, None),
        ("Fifteen remains the goal.", 15, None),
    ],
)
def test_what_looks_like_a_version_a_saying_or_a_decade_may_still_count(text: str, value: object, unit: str | None) -> None:
    assert told(only(text)) == (value, unit)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("We cut it by a factor of ten.", 10, "times"),
        ("It has four nines now.", 99.99, "percent"),
        ("We're at about 3 million ARR.", 3000000, None),
        ("a couple hundred thousand dollars a year", 200000, "usd"),
        ("a couple dozen crates", 24, "crate"),
        ("tens of thousands of users", 10000, "user"),
        ("It was two, maybe three engineers.", (2, 3), "person"),
        ("We spent 12.000 euros.", 12000, "eur"),
        ("70+ countries", 70, "country"),
        ("Two out of our nine depots use paper.", 2, "depot"),
    ],
)
def test_numbers_are_read_with_the_words_that_belong_to_them(text: str, value: object, unit: str | None) -> None:
    assert told(find_quantities(text)[0]) == (value, unit)


@pytest.mark.parametrize("after", ["to 30 percent", "down to thirty"])
def test_a_change_is_no_value_after_the_two_ends_told_next(after: str) -> None:
    change, now = find_quantities(f"It dropped by 50 percent, from 60 percent {after}.")
    assert (change.value, change.baseline) == (50, None)
    assert (now.value, now.baseline and now.baseline.value) == (30, 60)


def test_a_change_and_the_value_after_it_are_no_range() -> None:
    assert [told(q) for q in find_quantities("It fell two percent, to eight.")] == [(2, "percent"), (8, None)]


@pytest.mark.parametrize("text", ["It takes four minutes, versus an hour.", "It takes four minutes, as opposed to an hour."])
def test_an_hour_may_be_what_it_took_before(text: str) -> None:
    found = only(text)
    assert found.baseline is not None
    assert (told(found.baseline), told(found)) == ((1, "hour"), (4, "minute"))


def test_seconds_may_become_milliseconds() -> None:
    found = only("Pages went from 4.2 seconds to 800 milliseconds.")
    assert found.baseline is not None
    assert (told(found.baseline), told(found)) == ((4.2, "second"), (800, "millisecond"))


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("a million and a half bucks", 1500000, "usd"),
        ("sixty-one thousand, four hundred and nineteen, as of today", 61419, None),
        ("a hundred, a hundred and ten million naira", (100e6, 110e6), "ngn"),
        ("ninety k's of fence", 90, "kilometre"),
        ("four hundred head, it depends", 400, "head"),
        ("forty folk with torches", 40, "person"),
        ("One in fifty, no more", 2, "percent"),
        ("it took a good week", 1, "week"),
        ("since nine months. And something else", 9, "month"),
    ],
)
def test_numbers_as_people_tell_them_have_their_whole_value(text: str, value: object, unit: str) -> None:
    assert told(only(text)) == (value, unit)


def test_two_numbers_after_each_other_stay_two() -> None:
    assert [q.high for q in find_quantities("two thousand, five hundred of them new")] == [2000, 500]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("So that's, what, four times six, twenty-four hours a week.", [24]),
        ("Three a week times thirteen weeks is thirty-nine.", [3, 13]),
        ("Divided by thirteen is, um, sixteen and a bit. So it's sixteen hours.", [16]),
        (
            "Times, what do we work, forty-six weeks, so thirteen times forty-six is, five hundred twenty. Six hundred hours a year.",
            [46, 600],
        ),
        ("Thirty-two over forty is eighty, so a bit under, seventy-eight. Seventy-eight percent.", [78]),
        ("Three times a half times twenty-three, so thirty-four and a half weeks.", [34.5]),
        ("Seventeen minus eleven is six, minus a quarter, so five thousand seven hundred a month less.", [5700]),
        ("Sixteen take away three, thirteen hours a week. That's eight hundred multiplied by twelve.", [13]),
    ],
)
def test_the_bare_numbers_of_a_sum_said_aloud_are_no_quantities(text: str, values: list[float]) -> None:
    assert [float(q.low) for q in find_quantities(text)] == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("He called four times, thirty people answered.", [4, 30]),
        ("We did it four times. Six drivers came.", [4, 6]),
        ("Four times faster, and twelve times in 2022, fourteen times in 2023.", [4, 12, 14]),
        ("Forty stores plus six in France.", [40, 6]),
        ("Five, two, and eight. Two and three are bad, four is good.", [5, 2, 8, 2, 3, 4]),
        ("Sixty-eight euro an hour and one of my own is thirty-nine.", [68, 39]),
        ("We had forty, that's twelve percent. It was nine over ten.", [40, 12, 9, 10]),
    ],
)
def test_numbers_that_are_only_listed_or_repeated_are_no_sum(text: str, values: list[float]) -> None:
    assert [float(q.low) for q in find_quantities(text)] == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("A forty-three isn't a forty-four, ask anybody with feet.", []),
        ("He put a ten. You type a six for a nine. The A330 becomes a 737.", []),
        ("We're at an eighty-eight, and the talks are scoring a ninety-four.", [88, 94]),
        ("A forty or so, a dozen, a hundred people, a nine out of ten, a two week wait.", [40, 12, 100, 90, 2]),
        ("A six to eight week lead time; a forty, fifty percent cut.", [6, 40]),
    ],
)
def test_an_article_makes_a_bare_number_a_name(text: str, values: list[float]) -> None:
    assert [float(q.low) for q in find_quantities(text)] == values


def test_a_number_may_leave_out_its_thousands() -> None:
    assert told(only("seventeen four fifty")) == (17450, None)
    assert told(only("It's seventeen four fifty. So $17,450 a month.")) == (17450, "usd")


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("we had it for a quarter of the price", 25, "percent"),
        ("for twenty-four hours we had none", 24, "hour"),
        ("we fed eleven the night shift forgot", 11, None),
    ],
)
def test_a_share_an_amount_and_a_count_are_no_time_of_the_year_or_day(text: str, value: float, unit: str | None) -> None:
    found = only(text)
    assert (found.value, found.unit) == (value, unit)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("since 2022, or in '22", [2022, 2022]),
        ("the summer of twenty-two", [2022]),
        ("in twenty twenty-two, not nineteen eighty-seven", [2022, 1987]),
        ("built in sixty-eight", [1968]),
        ("in two thousand and nineteen", [2019]),
        ("in twenty-ten, and in twenty-twenty-two", [2010, 2022]),
        ("since twenty two", [2022]),
        ("in twenty oh five", [2005]),
        ("at twenty oh five", []),
        ("in the late 20-teens", []),
        ("that was the twenty-teens", []),
        ("in twenty-two schools, since the nineties", []),
    ],
)
def test_a_year_is_told_in_figures_and_in_words(text: str, years: list[int]) -> None:
    assert [found.year for found in find_years(text)] == years
    assert all(text[found.start : found.end] for found in find_years(text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("We host several hundred websites.", "several hundred websites"),
        ("They sent a few hundred parcels.", "a few hundred parcels"),
        ("It is a multi-million-dollar contract.", "a multi-million-dollar"),
    ],
)
def test_several_hundred_is_a_magnitude_with_its_words(text: str, words: str) -> None:
    found = only(text)
    assert (found.text, found.approximate) == (words, True)


def test_a_hundred_and_a_couple_of_hundred_are_numbers() -> None:
    assert [(q.text, q.approximate) for q in find_quantities("A hundred websites and a couple of hundred shops.")] == [
        ("A hundred websites", False),
        ("a couple of hundred shops", False),
    ]


@pytest.mark.parametrize("text", ["It began in the late 20-teens.", "That was the twenty-teens."])
def test_a_decade_with_teens_is_no_count(text: str) -> None:
    assert find_quantities(text) == ()


def test_teens_without_a_hyphen_are_counted() -> None:
    assert told(only("Twenty teens came.")) == (20, "teen")


@pytest.mark.parametrize(("text", "value"), [("It ran at sixty-odd thousand.", 60000), ("There were forty odd million.", 40_000_000)])
def test_odd_stands_before_the_scale_of_a_number(text: str, value: int) -> None:
    found = only(text)
    assert (found.value, found.approximate) == (value, True)


@pytest.mark.parametrize(
    ("text", "value", "before"),
    [
        ("one week in six now instead of one in three", 16.7, 33.3),
        ("one pound in ten, up from one in twenty", 10, 5),
        ("one person in four", 25, None),
    ],
)
def test_one_of_a_unit_in_so_many_is_a_share(text: str, value: float, before: float | None) -> None:
    found = only(text)
    assert (told(found), found.baseline and float(found.baseline.low)) == ((value, "percent"), before)


@pytest.mark.parametrize("text", ["one hour in 3 offices", "two weeks in six shops", "one day in ten hours"])
def test_a_time_in_so_many_of_something_is_no_share(text: str) -> None:
    assert "percent" not in {q.unit for q in find_quantities(text)}


@pytest.mark.parametrize(
    ("text", "before", "after", "unit"),
    [
        ("eleven cents, down from nineteen", 0.19, 0.11, "usd"),
        ("from nineteen cents to eleven", 0.19, 0.11, "usd"),
        ("eight pence in the pound, down from thirteen", 0.13, 0.08, "gbp"),
        ("two dollars down to ninety cents", 2, 0.9, "usd"),
        ("two fortnights, down from five", 10, 4, "week"),
        ("eleven minutes ten, down from fifteen", 900, 670, "second"),
        ("an hour twenty, down from two", 120, 80, "minute"),
        ("an hour forty, down to fifty", 100, 50, "minute"),
    ],
)
def test_a_number_without_a_unit_is_told_in_the_coin_of_the_one_beside_it(text: str, before: float, after: float, unit: str) -> None:
    found = only(text)
    assert found.baseline is not None
    assert (told(found.baseline), told(found)) == ((before, unit), (after, unit))


@pytest.mark.parametrize(("text", "ends"), [("eleven or twelve cents", (0.11, 0.12)), ("ten to twelve pence", (0.1, 0.12))])
def test_the_low_end_of_a_range_is_told_in_the_coin_of_the_high_end(text: str, ends: tuple[float, float]) -> None:
    assert told(only(text))[0] == ends


def test_a_number_that_is_corrected_is_told_in_its_coin() -> None:
    assert told(only("eleven cents, no, twelve")) == (0.12, "usd")


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("one in thirty people", 3.3),
        ("one in forty parcels arrived late", 2.5),
        ("nineteen of every twenty alerts", 95),
        ("nineteen in every twenty alerts", 95),
        ("three of every ten", 30),
    ],
)
def test_one_in_many_and_so_many_of_every_are_shares(text: str, share: float) -> None:
    assert told(only(text)) == (share, "percent")


@pytest.mark.parametrize("text", ["one in forty days", "one in thirty minutes", "the one from forty-one", "two of the twenty sites"])
def test_one_in_a_time_and_one_from_many_are_no_shares(text: str) -> None:
    assert "percent" not in [q.unit for q in find_quantities(text)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("it used to be an hour twenty", 80, "minute"),
        ("we're at an hour twelve now", 72, "minute"),
        ("it's down to a minute thirty", 90, "second"),
        ("an hour and ten", 70, "minute"),
    ],
)
def test_an_hour_goes_on_with_bare_minutes_after_any_verb(text: str, value: int, unit: str) -> None:
    assert told(only(text)) == (value, unit)


@pytest.mark.parametrize(
    "text", ["an hour twenty people came", "sixty calls an hour ten people made", "an hour five times", "an hour, twenty"]
)
def test_what_counts_something_else_or_stands_apart_is_no_part_of_an_hour(text: str) -> None:
    assert not {80, 70, 65} & {q.low for q in find_quantities(text)}


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("ninety, ninety-six percent", 96, "percent"),
        ("only three, only three drivers", 3, "person"),
        ("one point, about one point four million dollars", 1400000, "usd"),
        ("thirty, uh, thirty-two percent", 32, "percent"),
        ("they do forty, they do forty-five vans", 45, "van"),
    ],
)
def test_a_number_that_breaks_off_and_is_begun_again_counts_once(text: str, value: int, unit: str) -> None:
    assert told(only(text)) == (value, unit)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("twelve, thirteen people", [(12, 13)]),
        ("twenty, twenty-five percent", [(20, 25)]),
        ("a hundred, a hundred and twenty people", [(100, 120)]),
        ("twenty in May, twenty-six in June", [20, 26]),
        ("It was twenty. Twenty-six now.", [20, 26]),
    ],
)
def test_a_spoken_range_and_two_numbers_of_two_things_stay(text: str, values: list[object]) -> None:
    assert [told(q)[0] for q in find_quantities(text)] == values


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("It cost two hundred and. Sixty thousand dollars.", 260000, "usd"),
        ("two hundred and, uh, sixty thousand dollars", 260000, "usd"),
        ("thirty-eight. Thousand dollars", 38000, "usd"),
        ("thirty-eight, um, million dollars", 38000000, "usd"),
        ("It took three. Hours.", 3, "hour"),
        ("two, uh, days", 2, "day"),
        ("It took two. Days and weeks before.", 2, "day"),
    ],
)
def test_a_wrong_stop_or_a_hesitation_parts_no_number(text: str, value: int, unit: str) -> None:
    assert told(only(text)) == (value, unit)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("We had twelve. Days went by.", 12),
        ("It rose to 96.8. Year to March it was level.", 96.8),
        ("There were 27. False alarms: none.", 27),
        ("We want five. Second, we want peace.", 5),
        ("We had thirty-eight. Million-dollar deals are rare.", 38),
    ],
)
def test_a_stop_after_a_whole_number_ends_it(text: str, value: float) -> None:
    assert told(find_quantities(text)[0]) == (value, None)


@pytest.mark.parametrize(
    ("text", "value"),
    [("12.400 euro", 12400), ("€12.400", 12400), ("3.500 euro a month", 3500), ("40.000 euro", 40000), ("12.400 kroner", 12400)],
)
def test_a_dot_before_three_digits_of_an_amount_parts_its_thousands(text: str, value: int) -> None:
    assert only(text).low == value


@pytest.mark.parametrize("text", ["1.459 euro per litre", "1.459 euro a litre", "€1.459/l", "$1.459", "1.459 kilos", "1.459 million euro"])
def test_a_dot_in_a_price_or_a_measure_is_a_point(text: str) -> None:
    assert only(text).low in {Decimal("1.459"), Decimal(1459000)}


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("two tonnes of laundry a week", "per week"),
        ("fourteen euros a drop.", "per drop"),
        ("fifty minutes a trailer, on average", "per trailer"),
        ("28 cents a litre", "per litre"),
        ("eleven cents per kilowatt hour", "per kilowatt hour"),
        ("eight pence in the pound", "per pound"),
        ("forty minutes per ten pallets", "per ten pallets"),
        ("twenty calls every single day", "per day"),
        ("twenty calls each morning", "per morning"),
        ("twenty calls each", "each"),
        ("twenty calls every single", "per single"),
    ],
)
def test_a_rate_is_told_for_a_time_a_thing_or_so_many_of_it(text: str, period: str) -> None:
    assert only(text).period == period


@pytest.mark.parametrize(
    "text", ["four hours a lot", "two days a bit", "two minutes a man came", "twelve euros a lot of people", "two litres of a day"]
)
def test_how_much_and_a_new_clause_are_no_rate(text: str) -> None:
    assert only(text).period is None


def test_what_a_rate_is_of_is_no_part_of_the_number() -> None:
    assert only("two tonnes of laundry a week").text == "two tonnes"


@pytest.mark.parametrize(
    ("text", "told_as"),
    [
        ("It rose eleven euros to ninety-four.", [(11, "eur"), (94, None)]),
        ("It fell three days to nine.", [(3, "day"), (9, None)]),
        ("It fell two percent to eight.", [(2, "percent"), (8, None)]),
    ],
)
def test_how_far_a_level_moved_is_neither_its_start_nor_an_end_of_a_range(text: str, told_as: list[tuple[int, str | None]]) -> None:
    found = find_quantities(text)
    assert ([told(q) for q in found], [q.baseline for q in found]) == (told_as, [None, None])


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [("it dropped forty minutes to ten", 40, 10), ("it rose from eleven euros to ninety-four", 11, 94)],
)
def test_a_fall_to_less_and_a_rise_from_a_level_begin_at_it(text: str, before: int, after: int) -> None:
    found = only(text)
    assert found.baseline is not None
    assert (found.baseline.low, found.low) == (before, after)


@pytest.mark.parametrize(
    "text",
    [
        "she rings them back at eight",
        "from three to three you are deaf",
        "Day-seven retention",
        "Firmware 4.2, on turbines one through six. The rest are on 3.9.",
    ],
)
def test_calls_back_whole_days_and_names_are_no_figures(text: str) -> None:
    assert not find_quantities(text)


@pytest.mark.parametrize(
    ("text", "value"), [("churn is back at eight", 8), ("it's down at four", 4), ("we run on 3.9", 3.9), ("Seventy-one's fine", 71)]
)
def test_a_level_that_is_back_and_a_bare_decimal_are_figures(text: str, value: float) -> None:
    assert told(only(text)) == (value, None)


def test_what_two_words_count_is_no_range() -> None:
    found = find_quantities("Three thousand equivalents, or roughly four thousand heads")
    assert [told(q) for q in found] == [(3000, "person"), (4000, "person")]
    assert told(only("three days, or maybe four days")) == ((3, 4), "day")


def test_a_currency_may_follow_behind_a_comma() -> None:
    assert told(only("four hundred and fifty an hour, pounds")) == (450, "gbp")
    assert told(only("four hundred and fifty, pounds were short")) == (450, None)


@pytest.mark.parametrize("text", ["Diesel went to 1.699 euros in March.", "It traded at 1.250 euro."])
def test_three_digits_after_the_dot_of_a_price_are_decimals(text: str) -> None:
    assert only(text).low < 2


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("We had 1.340 machines", 1340, "machine"),
        ("We have 2.150 people", 2150, "person"),
        ("1.340 hours of standstill", 1340, "hour"),
        ("It costs us 4.200 euro", 4200, "eur"),
    ],
)
def test_what_has_no_thousandths_has_thousands_after_the_dot(text: str, value: int, unit: str) -> None:
    assert told(only(text)) == (value, unit)


@pytest.mark.parametrize("text", ["1.345 hours", "1.340 seconds", "6.250 kg per pallet", "1.125 volts", "1.340 percent", "4.125 points"])
def test_what_may_have_thousandths_keeps_its_decimals(text: str) -> None:
    assert only(text).low < 10


@pytest.mark.parametrize("text", ["We laid 1.125 kilometres and it took 6,4 hours.", "It was 1.125 kilos, of 1.250,50 in all."])
def test_decimal_commas_tell_that_dots_part_thousands(text: str) -> None:
    assert find_quantities(text)[0].low == 1125


@pytest.mark.parametrize(
    "text", ["We laid 1.125 kilometres in 6.4 hours.", "1.125 kilos of 1,250", "1.125 machines at 6.4 a day, 2,5 at most"]
)
def test_decimal_points_tell_that_dots_part_no_thousands(text: str) -> None:
    assert find_quantities(text)[0].low == Decimal("1.125")


def test_what_a_speaker_said_before_tells_their_notation() -> None:
    text = "We laid 1.125 metres."
    values = [find_quantities(text, tokenize(text), said)[0].low for said in ([("6,4", "hours")], [("6.4",)], [("hours", "03.11.2021")])]
    assert values == [1125, Decimal("1.125"), Decimal("1.125")]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("We do N3.5 billion a day", 3500000000, "ngn"),
        ("a write-off of N240m", 240000000, "ngn"),
        ("we lost K19 million", 19000000, None),
        ("a bill of NGN3.5bn", 3500000000, "ngn"),
        ("the line was EUR300", 300, "eur"),
        ("we saved R$ 1,8 million", 1800000, "brl"),
        ("A$ 300 each time", 300, "aud"),
        ("it costs 420 \u20ac a year", 420, "eur"),
        ("now 4$", 4, "usd"),
        ("we paid 420 T Euro", 420000, "eur"),
        ("we paid 420 TEUR", 420000, "eur"),
        ("we paid 420 T\u20ac", 420000, "eur"),
        ("1,2 M Euro", 1200000, "eur"),
        ("Rs 85L for the licence", 8500000, "inr"),
        ("\u20b91.2 Cr", 12000000, "inr"),
        ("1.5 lac rupees", 150000, "inr"),
    ],
)
def test_a_short_form_of_a_currency_or_of_its_thousands_is_part_of_a_sum(text: str, value: int, unit: str | None) -> None:
    found = find_quantities(text)[0]
    assert told(found) == (value, unit)
    assert told(only(found.text))[1] == unit


def test_a_sign_after_a_number_leads_no_other() -> None:
    assert [told(q) for q in find_quantities("We paid 300 \u20ac 40 people came, then $ 5.")] == [(300, "eur"), (40, "person"), (5, "usd")]


@pytest.mark.parametrize("text", ["N95 masks", "the F16k", "we use PX10", "the PX-10 million", "the 1.2.3 million", "we chose S3"])
def test_letters_and_digits_that_are_no_sum_are_a_name(text: str) -> None:
    assert not find_quantities(text)


@pytest.mark.parametrize(("text", "unit"), [("20 L of milk", None), ("5 T of steel", None), ("300 CR", None)])
def test_a_letter_without_a_currency_is_no_scale(text: str, unit: str | None) -> None:
    assert only(text).low < 1000
    assert only(text).unit == unit


@pytest.mark.parametrize(
    "text",
    [
        "My people were sitting till nine, nine thirty daily.",
        "We were there until nine, nine thirty every evening.",
        "They start seven, seven fifteen and finish six, six thirty.",
        "The shop opens nine thirty.",
    ],
)
def test_an_hour_said_again_with_its_quarters_is_a_time_of_day(text: str) -> None:
    assert not find_quantities(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("We paid two, two fifty.", 250),
        ("We're at two, two fifteen.", 215),
        ("We open two thirty a month.", 230),
        ("We close two fifteen deals.", 215),
        ("They start two, two forty.", 240),
    ],
)
def test_hundreds_said_again_are_no_time_of_day(text: str, value: int) -> None:
    assert find_quantities(text)[-1].low == value


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("We have 54 machines, no, wait, we have 45 machines.", [45]),
        ("I have 28 years, no, sorry, I am in the company 18 years.", [18]),
        ("We used to lose nine hours, no, sorry, we used to lose six hours a week.", [6]),
        ("We have 54 machines, no, we now have 45 machines.", [54, 45]),
        ("We have 54 machines, no operators, we have 45 machines.", [54, 45]),
        ("54 machines? No, we have 45 machines.", [54, 45]),
        ("We lost nine hours, no, sorry, we lost six drivers.", [9, 6]),
    ],
)
def test_a_correction_may_tell_its_clause_anew(text: str, values: list[int]) -> None:
    assert [q.low for q in find_quantities(text)] == values


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("fifteen stone", 15, "stone"),
        ("five stone floors", 5, "floor"),
        ("3,200 ppm", 3200, "ppm"),
        ("forty quintals", 40, "quintal"),
        ("9 cwt", 9, "hundredweight"),
        ("three no shows", 3, "no show"),
    ],
)
def test_measures_of_farms_and_plants_have_their_names(text: str, value: int, unit: str) -> None:
    assert told(only(text)) == (value, unit)


def test_nobody_under_an_age_is_no_count() -> None:
    assert not find_quantities("We'd nobody under forty join.")
    assert only("We stayed under forty.").low == 40


def test_a_number_that_is_surely_written_in_thousands_tells_how_another_is() -> None:
    assert [q.low for q in find_quantities("It was 12.400 euro in 2022 and 9.800 euro in 2024.")] == [12400, 9800]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("It was two hundred and. Six people told me so.", [200, 6]),
        ("I said a hundred and. Two weeks later it was fixed.", [100, 2]),
        ("We sold twenty-two. Million pound sites are rare.", [22, 1000000]),
        ("It was two hundred and. Sixty thousand dollars, I think.", [260000]),
    ],
)
def test_a_number_goes_on_over_a_stop_only_as_a_sum_that_goes_on(text: str, values: list[int]) -> None:
    assert [q.low for q in find_quantities(text)] == values


@pytest.mark.parametrize("text", ["They opened one in thirty-two towns.", "We run one in 30 hospitals.", "There was one in 40 shops."])
def test_one_in_a_number_of_places_is_no_share(text: str) -> None:
    assert not any(q.unit == "percent" for q in find_quantities(text))


@pytest.mark.parametrize("text", ["One in forty parcels comes back.", "It's more like one in thirty.", "About one in 40 is late."])
def test_one_in_many_is_a_share_at_the_head_of_its_clause(text: str) -> None:
    assert only(text).unit == "percent"


@pytest.mark.parametrize(
    "text",
    [
        "It cost us six thousand pounds a fortune for us.",
        "We lost two hundred pounds a drop in the ocean.",
        "It's ten minutes a walk from here.",
    ],
)
def test_what_is_said_of_an_amount_is_no_rate(text: str) -> None:
    assert only(text).period is None


def test_coins_are_part_of_the_later_amount_of_a_pair() -> None:
    (found,) = find_quantities("It went from two pounds a drop to one pound fifty a drop.")
    assert (str(found.low), found.baseline and found.baseline.low) == ("1.5", 2)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("I had 54 machines, no, wait, I have 45 machines.", [45]),
        ("We had 54 machines, no, they have 12 machines.", [54, 12]),
    ],
)
def test_a_clause_told_anew_corrects_ones_own_number_alone(text: str, values: list[int]) -> None:
    assert [q.value for q in find_quantities(text)] == values


@pytest.mark.parametrize(("text", "value"), [("We ship 1.125 tickets.", "1125"), ("We get 1.125 tickets per customer.", "1.125")])
def test_a_dot_in_a_rate_of_things_parts_no_thousands(text: str, value: str) -> None:
    assert [str(q.value) for q in find_quantities(text)] == [value]
