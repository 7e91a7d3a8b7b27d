"""Tell quantities from numbers that count nothing: dates, times of day, names, ages, figures of speech."""

from __future__ import annotations

from decimal import Decimal

from .numerals import SMALL, starts
from .units import DURATIONS, is_plural, singular
from .values import Kind, Measure
from .words import Words, lists

__all__ = ["COUNTED_ON", "follows_at", "kind_of"]

SHORT_YEARS = frozenset({*range(15, 30), *range(51, 100)} - {20, *range(60, 100, 10)})
"""The years that people tell in two digits; "in twenty" and "in sixty" are told of nothing else either."""
COUNTED_ON = frozenset({"of", "out", "or", "to", "per", "a", "an", "each", "every"})
"""Small words by which a number goes on: "in nineteen of the shops", "in fifteen to twenty minutes", "in sixteen a day"."""
LEAST_IN_YEAR = 10
"""Least number of two digits. Before "in" a year can follow it: "fourteen in twenty-four", while "one in twenty-five" is a share."""


FULLY, TWO_CENTS, FIGURES = frozenset({99, 100, 110, 200, 1000}), Decimal("0.02"), range(4, 10)
"""Percentages of "not 100 % sure", the worth of "my two cents" in dollars, and the digits of "a six-figure sum"."""
THOUSAND, NETWORKS, SHARPNESS = 1000, range(2, 7), frozenset({2, 4, 5, 8})
"""The numbers of "5G", and of "4K cameras"."""
SCALE_ENDS = frozenset({5, 10, 100})
"""The ends of scales: "that's of five"."""
LEAST_MODEL = 100
"""Least number that with an s is a model's name: "the 747s"; "the 30s" are years or seconds."""
VERSION_WORDS = 20
"""Most words from "firmware" to the version that something runs on."""


_QUARTERS = frozenset({15, 30, 45})  # minutes
_UP_TO = frozenset({"through", "to", "and"})
_TIMES_OF_DAY = frozenset({"morning", "afternoon", "evening", "night"})


def kind_of(w: Words, m: Measure) -> Kind:
    """Return the kind of a number that is not a quantity, None for a quantity."""
    if m.form == "name":
        return "name"
    if m.kind != "quantity":
        return m.kind
    for test in (_is_part_of_code, _is_phone, _is_date, _is_year, _is_time, _is_age, _is_label, _is_idiom):
        kind = test(w, m)
        if kind is not None:
            return kind
    if m.low == 1 and m.form == "words" and (m.unit is None or m.noun) and w.norm(m.first) == "one":
        return "one"
    return "quantity"


def _is_part_of_code(w: Words, m: Measure) -> Kind | None:
    """24/7, 80/20, 3rd, 0044, 555-0100-22, B2B, PX-10, 10.1.2, 5G, 4K cameras; fifty-fifty, twenty-four seven."""
    if m.form != "digits":
        even = w.norm(m.first) == w.norm(m.last) == "fifty"
        always = w.norm(m.first) == "twenty" and w.norm(m.first + 2) == "seven" and m.low == 24
        return "name" if even or always else None
    after, nxt = w.gap(m.first + 1), w.norm(m.first + 1)
    if after == "" and nxt in {"st", "nd", "rd", "th"}:
        return "date"
    if after == "" and nxt in {"am", "pm"}:
        return "time"
    if after == "" and nxt and m.last == m.first + 1 and m.unit is None:
        return "name"
    if after == "" and (w.raw(m.first + 1) if nxt else "") == "G" and m.low in NETWORKS:
        return "name"
    if after == "" and nxt == "k" and m.scale == THOUSAND and m.low / THOUSAND in SHARPNESS and m.unit in lists().pictures:
        return "name"
    before = w.gap(m.first)
    if before.endswith(("/", "+", "#")) or (after == "/" and nxt[:1].isdigit()) or (before == "-" and w.raw(m.first - 1).isupper()):
        return "name"
    if before == "" and m.start == w.tokens[m.first].start and w.raw(m.first - 1) in lists().marks:  # "R2" is no amount, but "R7.85" is
        return "name"
    leads = after == "-" and nxt[:1].isdigit()
    follows = before == "-" and w.norm(m.first - 1)[-1:].isdigit()
    longer = (leads and w.gap(m.first + 2) == "-") or (follows and m.first > 1 and w.gap(m.first - 1) == "-")
    if (leads and follows) or longer:
        return "name"
    return None


def _is_phone(w: Words, m: Measure) -> Kind | None:
    """555-0134, +44 20 7946 0958: digits followed by a group that starts with zero, or three groups in a row."""
    if m.form != "digits" or m.last != m.first + 1:
        return None
    before = _digits_beside(w, m.first, -1)
    after = _digits_beside(w, m.first, 1)
    zero = after and w.norm(m.first + 1).startswith("0") and w.norm(m.first + 1).isdecimal() and len(w.norm(m.first + 1)) > 2
    row = (before and after) or (after and _digits_beside(w, m.first + 1, 1)) or (before and _digits_beside(w, m.first - 1, -1))
    return "name" if zero or row else None


def _digits_beside(w: Words, i: int, step: int) -> bool:
    """Return whether the next or previous word consists of digits, with only a space or a hyphen between."""
    gap = w.gap(i + 1) if step > 0 else w.gap(i)
    return gap in {" ", "-"} and w.norm(i + step).isdecimal()


def _is_date(w: Words, m: Measure) -> Kind | None:
    """March 3, 3 March, the 3 of March, the twenty-second, November of twenty-three."""
    known = lists()
    if m.form == "words" and w.norm(m.first + 1) in known.ordinals and w.gap(m.first + 1) == "-" and m.low >= 20:
        return "date"
    if m.unit in {None, "year"} and w.norm(m.first - 1) == "of" and w.norm(m.first - 2) in known.months and m.low < 100:
        return "year"
    if m.low > 31 or m.low % 1:
        return None
    after = m.last + (w.norm(m.last) == "of")
    beside = (w.joined(m.last) and _is_month(w, after)) or (w.joined(m.first) and _is_month(w, m.first - 1))
    return "date" if m.unit is None and beside else None


def _is_month(w: Words, i: int) -> bool:
    """Return whether word i is a month's name, which has a capital."""
    return w.norm(i) in lists().months and w.raw(i)[0].isupper()


def _is_year(w: Words, m: Measure) -> Kind | None:
    """2023, '23, two thousand and nineteen, in 2019, the spring of twenty-three, since the nineties, the late 20-teens."""
    if _is_short_year(w, m) or _is_decade(w, m) or _is_of_teens(w, m):
        return "year"
    if w.gap(m.first).endswith(("'", "\u2019", "\u2018")) and m.form == "digits" and m.low < 100 and len(w.norm(m.first)) == 2:
        return "year"
    if not 1900 <= m.low <= 2099 or m.low % 1 or m.last - m.first > 4 + 2 * m.noun:
        return None
    dated = w.norm(m.first - 1) in lists().before_year | lists().months
    if m.form == "digits":
        bare = len(w.norm(m.first)) == 4 and m.scale == 1
        return "year" if bare and (m.unit is None or (dated and m.noun)) else None
    return "year" if m.unit is None and dated and w.norm(m.first) == "two" else None


def _is_short_year(w: Words, m: Measure) -> bool:
    """Return whether two digits are a year: "the spring of twenty-three", "since nineteen", "built in sixty-eight", "in oh-three".

    "In twenty-two schools" and "one in twenty-five" count.
    """
    if w.norm(m.first - 1) in {"fiscal", "fy"} and m.form in {"words", "digits"} and m.low < 100:
        return True
    i, previous = m.first - 1, w.norm(m.first - 1)
    told = m.form in {"words", "digits"} and (m.unit is None or m.noun) and m.low % 1 == 0 and w.joined(m.first)
    if told and previous == "oh" and m.low < LEAST_IN_YEAR:
        return w.gap(m.first) == "-" or w.norm(i - 1) in {"in", "since"}
    if not told or m.low not in SHORT_YEARS:
        return False
    if previous == "of":
        return w.norm(i - 1) in lists().of_years or (w.norm(i - 2) in {"quarter", "half"} and starts(w.norm(i - 1)))
    if previous == "for":
        return m.unit is None and not m.noun and w.joined(m.last) and w.norm(m.last) in {"i", "we", "it", "they"}
    shared = 0 < SMALL.get(w.norm(i - 1), 0) < LEAST_IN_YEAR
    return previous in {"in", "since"} and m.unit is None and not m.noun and not shared and _stands_alone(w, m)


def _is_decade(w: Words, m: Measure) -> bool:
    """Return whether "the nineties" are years: "since the eighties", "we began in the nineties"; "we're in the nineties" tells a level."""
    if m.form != "decade" or m.unit is not None:
        return False
    i = m.first - 1
    of_years = w.norm(i) in {"early", "late"}
    i -= of_years
    if w.norm(i) != "the" or w.norm(i - 1) not in {"in", "since", "from", "during", "of", "until", "through"}:
        return False
    since = of_years or w.norm(i - 1) in {"since", "during"}
    return since or (w.norm(i - 1) == "in" and w.norm(i - 2) not in lists().ranging and not _is_level(w, i - 2))


def _is_of_teens(w: Words, m: Measure) -> bool:
    """Return whether a number with "-teens" is a decade: "the late 20-teens"."""
    i = m.last - 1
    return m.noun and m.low == 20 and w.norm(i) in lists().teens and w.gap(i).strip(" ") in {"-", "\u2011"}


def _stands_alone(w: Words, m: Measure) -> bool:
    """Return whether a number counts none of the words after it, and is no end of a range: "in fifteen, twenty minutes"."""
    following = w.norm(m.last)
    if not w.joined(m.last):
        return not (w.gap(m.last).strip() == "," and following and starts(following))
    return following in lists().stops - COUNTED_ON


def _is_time(w: Words, m: Measure) -> Kind | None:
    """10:30, nine o'clock, at four, ten to five, seven thirty."""
    if _has_clock_marks(w, m) or _is_nine_to_five(w, m):
        return "time"
    if m.unit is None and m.low <= 12 and w.norm(m.first - 1) in {"and", "to", "till", "until"} and w.norm(m.first - 2) in lists().noon:
        return "time"
    if (m.unit is not None and not (m.noun and w.norm(m.last - 1) in lists().months)) or m.low % 1:
        return None
    if _is_minutes_to(w, m) or _is_spelled_time(w, m) or _is_minutes_after(w, m):
        return "time"
    return "time" if m.low <= 12 and (_is_of_day(w, m.last) or follows_at(w, m)) else None


def _has_clock_marks(w: Words, m: Measure) -> bool:
    """10:30, nine o'clock, 9 a.m., five past, quarter past ten."""
    if m.form == "digits":
        colon_after = w.gap(m.last) == ":" and w.norm(m.last)[:1].isdigit()
        colon_before = w.gap(m.first) == ":" and w.norm(m.first - 1)[-1:].isdigit()
        if colon_after or colon_before:
            return True
    dotted = w.norm(m.last) in {"a", "p"} and w.norm(m.last + 1) == "m" and w.gap(m.last + 1) == "."
    after_hour = w.norm(m.first - 1) == "past" and w.norm(m.first - 2) in {"quarter", "half", "five", "ten", "twenty", "minutes"}
    return dotted or after_hour or w.norm(m.last).removesuffix("'s") in {"o'clock", "am", "pm", "past"}


def _is_nine_to_five(w: Words, m: Measure) -> bool:
    """Either number of "a nine to five job"; "nine to five minutes" is a range."""
    nine, five = {"nine", "9"}, {"five", "5"}
    first = m.first - 2 if w.norm(m.first) in five else m.first
    told = w.norm(first) in nine and w.norm(first + 1) == "to" and w.norm(first + 2) in five
    return told and w.norm(first + 3) not in lists().units


def _is_minutes_to(w: Words, m: Measure) -> bool:
    """Either number of "at ten to five"; "it fell from ten to five" counts."""
    if w.norm(m.last) == "to" and m.low in {5, 10, 20, 25} and (_leads_to_time(w, m.first - 1) or _is_of_day(w, m.last + 2)):
        return 1 <= SMALL.get(w.norm(m.last + 1), 0) <= 12
    minutes = w.norm(m.first - 1) == "to" and w.norm(m.first - 2) in {"five", "ten", "twenty", "quarter"}
    return minutes and m.low <= 12 and _leads_to_time(w, m.first - 3)


def _is_minutes_after(w: Words, m: Measure) -> bool:
    """Return whether a number is the minutes of a time, joined to its hour: "by seven-fifteen"."""
    hour = 1 <= SMALL.get(w.norm(m.first - 1), 0) <= 12 and w.gap(m.first) == "-"
    return hour and 10 <= m.low < 60 and w.norm(m.first - 2) in lists().clock and not _is_level(w, m.first - 3)


def _leads_to_time(w: Words, i: int) -> bool:
    """Return whether a time follows word i: any "at", but a "from" only of what is open or at work then."""
    return w.norm(i) in lists().clock or (w.norm(i) == "from" and w.norm(i - 1) in lists().clock_verbs)


def _is_spelled_time(w: Words, m: Measure) -> bool:
    """At seven thirty, at nine-forty, the ten-forty to Bergen, two fourteen in the morning; "we're at two-fifty" counts."""
    length, hyphen = m.last - m.first, w.gap(m.first + 1) == "-"
    two_words = m.form == "words" and w.norm(m.first) in SMALL and (length == 2 or (length == 3 and w.gap(m.last - 1) == "-"))
    if not two_words or w.norm(m.first + 1) in {"hundred", "oh"} or not 100 < m.low < 1260 or m.low % 100 >= 60:
        return False
    after_time = w.norm(m.first - 1) == "or" and w.norm(m.first - 3) in {"past", "at", "o'clock"}
    leads = lists().clock - {"past"} if hyphen else lists().before_clock
    led = m.low % 5 == 0 and w.norm(m.first - 1) in leads and not _is_level(w, m.first - 2)
    departs = hyphen and w.norm(m.first - 1) == "the" and w.norm(m.last) in {"to", "from"}
    return _is_of_day(w, m.last) or after_time or led or departs or _is_quarter_hour(w, m)


def _is_quarter_hour(w: Words, m: Measure) -> bool:
    """Return whether a number tells quarters of an hour: "till nine, nine thirty", "the shop opens nine thirty"."""
    again = w.norm(m.first - 1) == w.norm(m.first) and w.gap(m.first).strip() == ","
    i = m.first - 1 - again
    follows = again and w.norm(i) in lists().before_clock and not (w.norm(i) == "at" and _is_level(w, i - 1))
    led = follows or w.norm(i) in lists().clock_verbs
    return led and m.low % 100 in _QUARTERS and (again or _stands_alone(w, m))


def _is_of_day(w: Words, i: int) -> bool:
    """Return whether "in the morning", "at night", "one evening", "the night before" or "of a Friday" starts at word i."""
    if w.norm(i) == "of" and w.norm(i + 1) in {"a", "an"}:
        return w.norm(i + 2) in lists().weekdays | _TIMES_OF_DAY
    beside = w.norm(i) == "the" and w.norm(i + 2) in {"before", "after"}
    place = i + 1 if beside else {"in": i + 2, "at": i + 1, "one": i + 1}.get(w.norm(i))
    return place is not None and w.norm(place) in _TIMES_OF_DAY


def follows_at(w: Words, m: Measure) -> bool:
    """At four, until nine, it starts around eleven; but "at four of the sites" and "at six per day" count."""
    if (w.joined(m.last) and w.norm(m.last) in {"out", "of", "in", "or", "per"}) or _is_level(w, m.first - 2):
        return False
    about = not m.noun and w.norm(m.first - 1) in {"around", "about"} and w.norm(m.first - 2) in lists().clock_verbs
    since = m.unit is None and not m.noun and w.norm(m.first - 1) == "since"
    return about or since or w.norm(m.first - 1) in {"at", "by", "until", "till", "til"}


def _is_level(w: Words, i: int) -> bool:
    """Return whether an "at" after word i tells where something stands: "we're at four", "it sits at six", but not "I get up at six"."""
    if w.norm(i) == "up" and w.norm(i - 1) in lists().rising:
        return False
    known = lists()
    if w.norm(i) in known.standing:
        return w.norm(i - 1) in known.level | known.being | known.standing
    return w.norm(i) in known.level or (w.norm(i) in {"are", "were"} and w.norm(i - 1) in {"we", "they"})


def _is_age(w: Words, m: Measure) -> Kind | None:
    """He's seventy-one, when I was fifteen, aged 40, a three-month-old, in her fifties, in my late 30s, people over seventy."""
    if m.unit in DURATIONS and w.norm(m.last) in {"old", "olds", "old's"} and (m.unit == "year" or w.gap(m.last) == "-"):
        return "label"
    if _is_decade_in_digits(w, m):
        return "label"
    if m.form == "decade" and w.norm(m.first - 1) in {"over", "under", "his", "her", "their", "my", "your"}:
        return "label"
    if m.unit is not None or not 3 < m.low < 110 or w.norm(m.last) in {"out", "of", "percent"}:
        return None
    if w.norm(m.first - 1) in {"over", "under"} and w.norm(m.first - 2) in lists().aged:
        return "label"
    was = w.norm(m.first - 1) in {"was", "is", "am"} and w.norm(m.first - 2) in {"i", "he", "she"}
    return "label" if was or w.norm(m.first - 1) in {"he's", "she's", "i'm", "aged", "turned"} else None


def _is_decade_in_digits(w: Words, m: Measure) -> bool:
    """Return whether digits with an s are a decade: "in my late 30's", "the early 90s", "since the 80s"; "it took 30s" are seconds."""
    ends = m.last - (m.unit == "second")
    told = m.form == "digits" and m.unit in {None, "second"} and m.low % 10 == 0 and m.low < 100
    if not told or w.norm(ends) != "s" or w.gap(ends) not in {"", "'", "\u2019"}:
        return False
    previous = w.norm(m.first - 1)
    ours = previous in {"my", "his", "her", "their", "your", "early", "mid", "late"}
    return ours or (previous == "the" and w.norm(m.first - 2) in {"in", "since", "from", "during", "of", "until", "through"})


def _is_label(w: Words, m: Measure) -> Kind | None:
    """Phase two, version 3, hull eighty-four, Windows 10, Rails 4.2, SOC 2, day one, shoes in a forty-three; 4.4, that's of five."""
    i = m.first - 1
    if _is_one_of_its_name(w, m) or (m.unit is None and "." in w.norm(m.first) and w.norm(m.last) in {"release", "version", "upgrade"}):
        return "label"
    if _is_hyphened(w, m) or _is_of_several_names(w, m) or _is_of_versions(w, m):
        return "label"
    if i < 0 or not w.joined(m.first) or w.gap(m.first) != " " or (m.unit is not None and not m.noun and not _is_plural_of_name(w, m)):
        return None
    previous = w.norm(i)
    if m.unit is None and w.norm(m.last) in {"north", "south", "east", "west"} and w.joined(m.last):
        return "label"
    stands = not w.joined(m.last) or w.norm(m.last) in lists().stops
    if stands and previous in {"the", "our", "those", "these"} and m.low >= LEAST_MODEL and _is_plural_of_name(w, m):
        return "label"
    if previous == "of" and m.unit is None and m.low in SCALE_ENDS and w.norm(i - 1) in lists().told_as:
        return "label"
    if previous in {"per", "each"} or (previous == "every" and m.unit not in DURATIONS) or (previous == "of" and w.norm(i - 1) == "out"):
        return "label"
    beside = {w.norm(i - 1).removesuffix("'s"), w.norm(i - 2)}
    plain = m.unit is None and m.low < LEAST_MODEL and lists().pointed.isdisjoint(beside)
    if plain and previous in lists().numbered and m.form in {"digits", "words"}:
        return "label"
    if previous in {*DURATIONS, "quarter"} and w.norm(i - 1) in {"the", "a", "this", "last", "next", "per"}:
        return None
    if previous in lists().labels and m.form in {"digits", "words"} and m.low < 10000:
        return "label"
    if previous in lists().sized and m.form == "vague" and m.unit is None and w.norm(m.last) != "of":
        return "label"
    return "label" if (m.unit is None or _is_plural_of_name(w, m)) and _is_named(w, m, i) else None


def _is_one_of_its_name(w: Words, m: Measure) -> bool:
    """Return whether an article makes a bare number a name: "a forty-three isn't a forty-four", but not "we're at an eighty-eight"."""
    previous, following = w.norm(m.first - 2), w.norm(m.last)
    if w.norm(m.first - 1) not in {"a", "an"} or not w.joined(m.first) or m.unit is not None or m.scale > 1 or m.approximate:
        return False
    scored = previous in lists().rating | {"at"} or following in {"out", "of", "percent"}
    ranges = following in {"to", "or"} or (following and starts(following))
    return m.form in {"words", "digits"} and w.norm(m.first) not in {"hundred", "dozen", "couple"} and not scored and not ranges


def _is_hyphened(w: Words, m: Measure) -> bool:
    """Return whether a hyphen joins a number to the noun that it tells apart: "day-seven retention"."""
    return w.gap(m.first) == "-" and w.norm(m.first - 1) in lists().labels and m.form == "words" and (m.unit is None or m.noun)


def _is_of_several_names(w: Words, m: Measure) -> bool:
    """Return whether a number is either end of "turbines one through six", "phases two and three"."""
    i = m.first - 1
    last = w.norm(i) in _UP_TO and i > 0 and starts(w.norm(i - 1))
    first = w.norm(m.last) in _UP_TO and bool(w.norm(m.last + 1)) and starts(w.norm(m.last + 1))
    i -= 2 * last
    named = (last or first) and m.unit is None and w.joined(i + 1) and is_plural(w.norm(i), lists())
    return named and singular(w.norm(i)) in lists().numbered | lists().labels


def _is_of_versions(w: Words, m: Measure) -> bool:
    """Return whether a bare decimal is a version that something runs on, as one was told shortly before: "the rest are on 3.9"."""
    plain = m.unit is None and m.form == "digits" and "." in w.norm(m.first) and w.norm(m.first - 1) == "on"
    return plain and not lists().versioned.isdisjoint(w.norms[max(0, m.first - VERSION_WORDS) : m.first])


def _is_plural_of_name(w: Words, m: Measure) -> bool:
    """Return whether what looks like seconds is the s of a plural: "Dash 8s", "the 747s"."""
    return m.unit == "second" and w.raw(m.last - 1) == "s" and w.gap(m.last - 1) == ""


def _is_named(w: Words, m: Measure, i: int) -> bool:
    """Return whether word i, right before a number, is a name that goes on with it: "SOC 2", "Windows 10", "Rails 4.2"."""
    raw = w.raw(i)
    if raw.isupper() and 2 <= len(raw) <= 5:
        return True
    starts_sentence = i == 0 or w.gap(i).strip()[-1:] in {".", "?", "!", "\n"}
    name = raw[0].isupper() and not starts_sentence and w.norm(i) not in lists().months | {"i"}
    return name and m.form == "digits" and (m.low % 1 == 0 or (m.scale == 1 and m.unit is None and "." in w.norm(m.first)))


def _is_saying(w: Words, m: Measure) -> bool:
    """Return whether a number is part of a saying: "ask me in ten minutes", "my two cents", "six figures", "from zero to one"."""
    previous = w.norm(m.first - 1)
    if m.unit in DURATIONS and previous == "in":
        return "ask" in w.norms[max(0, m.first - 4) : m.first] and w.norm(m.first - 2) in {"me", "us", "again"}
    coins = m.unit == "usd" and m.low == TWO_CENTS and previous in {"my", "your", "our"}
    magnitude = m.unit == "order" and w.norm(m.last) == "of" and w.norm(m.last + 1) == "magnitude"
    return coins or magnitude or _is_zero_to_one(w, m) or (m.unit == "figure" and m.low in FIGURES)


def _is_zero_to_one(w: Words, m: Measure) -> bool:
    """Return whether a number is part of "from zero to one", told of what is new, and counts nothing: "zero to one real quick"."""
    first = m.first - 2 * (w.norm(m.first) == "one")
    last = max(first, 0) + 3
    alone = not w.joined(last) or w.norm(last) in (lists().stops - COUNTED_ON) | lists().degree
    return m.unit is None and alone and w.norms[last - 3 : last] == ["zero", "to", "one"]


def _is_money_in_hand(w: Words, m: Measure) -> bool:
    """Return whether an amount only says which coin or note is meant: "a fifty pence piece", not "a nine-dollar piece of tin"."""
    return m.unit in lists().currencies.values() and w.joined(m.last) and w.norm(m.last) in lists().coins and w.norm(m.last + 1) != "of"


def _is_idiom(w: Words, m: Measure) -> Kind | None:
    """I agree a hundred percent, not 100% sure, a million times better, one day, a million miles away, my two cents, a six-figure sum."""
    following, previous = w.norm(m.last), w.norm(m.first - 1)
    spare = [w.norm(n) for n in range(m.first - 3, m.first)] == ["give", "or", "take"]
    if (m.unit == "percent" and m.low in FULLY and following in lists().minded) or spare or _is_saying(w, m) or _is_money_in_hand(w, m):
        return "idiom"
    if m.unit == "percent" and m.low in {100, 110} and m.form == "words":
        meant = previous in lists().before_hundred or following in {"of", "uptime", "coverage", "compliance", "compliant"}
        return None if meant else "idiom"
    if (m.unit == "times" and m.low >= 100 and m.form == "words") or (m.unit in {"mile", "year"} and m.low >= 1000000):
        return "idiom"
    some_day = m.unit == "day" and m.low == 1 and w.norm(m.first) == "one" and m.period is None
    return "one" if some_day and previous not in lists().briefly | {"is", "was", "only", "just"} else None
