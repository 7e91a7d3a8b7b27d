"""Numbers, in digits and in words: "1,140", "10 000", "2½", "2.4M", "a hundred and four", "two and a half million"."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal, NamedTuple

from .words import SIGNS, Words, lists

__all__ = [
    "MAGNITUDES",
    "MARKS",
    "PARTS",
    "SCALES",
    "SEVERAL",
    "SMALL",
    "STARTS",
    "Form",
    "Numeral",
    "fraction_after",
    "has_whole",
    "numeral_at",
    "resumed",
    "starts",
]

Form = Literal["digits", "words", "share", "vague", "article", "decade", "name", "factor"]

SMALL = {
    "zero": 0, "nought": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
    "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES = {
    "thousand": 10**3, "thousands": 10**3, "k": 10**3, "grand": 10**3, "lakh": 10**5, "lakhs": 10**5, "lac": 10**5, "lacs": 10**5,
    "million": 10**6,
    "millions": 10**6, "mil": 10**6, "mm": 10**6, "mn": 10**6, "mio": 10**6, "crore": 10**7, "crores": 10**7, "billion": 10**9,
    "billions": 10**9, "bn": 10**9, "trillion": 10**12,
}  # fmt: skip
PARTS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5, "sixth": 6, "sixths":
    6, "seventh": 7, "sevenths": 7, "eighth": 8, "eighths": 8, "ninth": 9, "ninths": 9, "tenth": 10, "tenths": 10, "twentieth":
    20, "hundredth": 100,
}  # fmt: skip
COUNTS = {"couple": 2, "dozen": 12, "dozens": 24, "hundred": 100, "hundreds": 100, "tens": 10, "score": 20}
DECADES = {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80, "nineties": 90}
FACTORS = {
    "doubled": 2, "doubling": 2, "doubles": 2, "double": 2, "tripled": 3, "tripling": 3, "triples": 3, "triple": 3, "trebled":
    3, "treble": 3, "quadrupled": 4, "quadruple": 4, "twofold": 2, "threefold": 3, "fourfold": 4, "fivefold": 5, "tenfold": 10,
    "hundredfold": 100, "twice": 2, "thrice": 3,
}  # fmt: skip
HALVINGS = frozenset({"halved", "halving", "halves"})
MAGNITUDES = frozenset({word for word in (*SCALES, *COUNTS) if word.endswith("s")})
"""Plurals that tell only how large a number is: "hundreds of services", "millions"."""
SEVERAL = frozenset({"hundred", "dozen", *SCALES}) - MAGNITUDES
"""Words that tell only how large a number is after "several": "several hundred websites"."""
MARKS = {
    "¼": Decimal(1) / 4, "½": Decimal(1) / 2, "¾": Decimal(3) / 4, "⅐": Decimal(1) / 7, "⅑": Decimal(1) / 9, "⅒": Decimal(1) / 10,
    "⅓": Decimal(1) / 3, "⅔": Decimal(2) / 3, "⅕": Decimal(1) / 5, "⅖": Decimal(2) / 5, "⅗": Decimal(3) / 5, "⅘": Decimal(4) / 5,
    "⅙": Decimal(1) / 6, "⅚": Decimal(5) / 6, "⅛": Decimal(1) / 8, "⅜": Decimal(3) / 8, "⅝": Decimal(5) / 8, "⅞": Decimal(7) / 8,
}  # fmt: skip
STARTS = frozenset({*SMALL, *SCALES, *PARTS, *COUNTS, *DECADES, *FACTORS, *HALVINGS, *MARKS} - {"k", "mm", "mn", "mil", "mio", "bn"})
_ARTICLES = frozenset({"a", "an"})
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,2})?")
_INDIAN = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}")
_THOUSAND = re.compile(r"\d{3}(?:[.,]\d{1,2})?")
_APART = frozenset({" ", "\u00a0", "\u2009", "\u202f", "'", "\u2019"})  # what parts the thousands of a number where no comma does
_HOURS = frozenset({"h", "hr", "hrs", "hour", "hours"})
_SIGNS = frozenset(f"{SIGNS}%")
_BREAKS = frozenset({".", "…", "..."})  # marks that a transcript puts where a speaker pauses
_PAUSES = _BREAKS - {"."} | {"", ","}
_FINEST = 16  # largest denominator of a fraction beside a whole number; "5 3/20" is a date
_CODE = 3  # letters of a currency's code
_LEAST_SUM = 1000  # least scale of a sum by which an unknown short form is a currency
_TOO_LONG = 18  # most characters of a number in digits; a longer one is an identifier


class Numeral(NamedTuple):
    """A number over the words [first, last); a number of the form "share" is a fraction such as 0.5, in percent."""

    first: int
    last: int
    value: Decimal
    form: Form
    high: Decimal | None = None
    change: Literal["up", "down"] | None = None
    scale: int = 1


def starts(norm: str) -> bool:
    """Return whether a number can start at this word."""
    return norm in STARTS or norm[0].isdecimal()


def numeral_at(w: Words, i: int) -> Numeral | None:
    """Return the number that starts at word i, including an article before it."""
    norm = w.norm(i)
    if norm[0].isdecimal():
        return _share_in_digits(w, i) or _digits(w, i)
    if norm in MARKS:
        return _of_scale(w, i, i + 1, MARKS[norm]) or Numeral(i, i + 1, MARKS[norm] * 100, "share")
    if norm in FACTORS:
        return Numeral(i, i + 1, Decimal(FACTORS[norm]), "factor", change="up")
    if norm in HALVINGS:
        return Numeral(i, i + 1, Decimal(50), "share", change="down") if norm != "halves" or not _is_number(w, i - 1) else None
    if norm in DECADES:
        return Numeral(i, i + 1, Decimal(DECADES[norm]), "decade", high=Decimal(DECADES[norm] + 9))
    if (read_out := _read_out(w, i)) > i:
        return Numeral(i, read_out, Decimal(0), "name")
    if SMALL.get(norm, 0) and w.norm(i + 1) in PARTS and w.joined(i + 1):
        parts = _part(w, i + 1)
        if parts is not None:
            return parts
    found = _part(w, i) or _count(w, i) or _words(w, i)
    return found if found is None or found.value < 10**_TOO_LONG else Numeral(found.first, found.last, Decimal(0), "name")


def _share_in_digits(w: Words, i: int) -> Numeral | None:
    """Return "2/3 of ...", as "two thirds of ..."; without "of" it may be a date or a name."""
    share = _stroked(w, i)
    if share is None or w.norm(i + 2) != "of" or not w.joined(i + 2):
        return None
    return _of_scale(w, i, i + 2, share) or Numeral(i, i + 2, share * 100, "share")


def _read_out(w: Words, i: int) -> int:
    """Return the word after digits that are read out from word i, "one one four", "four-four-one", or i; "two three times" is a range."""
    j = i
    while 0 <= SMALL.get(w.norm(j), 10) < 10 and (j == i or w.gap(j) in {" ", "-"}):
        j += 1
    apart = j - i == 2 and w.gap(i + 1) == " " and SMALL[w.norm(i)] + 1 != SMALL[w.norm(i + 1)] and not w.joined(j)
    return j if apart or j - i > 2 else i


def _is_number(w: Words, i: int) -> bool:
    return w.norm(i) in SMALL


def _article(w: Words, i: int) -> int:
    """Return the index of the article before word i, or i."""
    return i - 1 if w.norm(i - 1) in _ARTICLES and w.joined(i) else i


def _digits(w: Words, i: int) -> Numeral | None:
    j = _thousands_end(w, i)
    raw = "".join(w.norms[i:j])
    if len(raw) > _TOO_LONG:
        return Numeral(i, i + 1, Decimal(0), "name")
    if raw[0] == "0" and len(raw) > 1 and raw[1].isdigit():
        return Numeral(i, i + 1, Decimal(0), "name")
    value = _written(raw)
    if value is None:
        return Numeral(i, i + 1, Decimal(0), "name")
    more, j = _mixed(w, j) if raw.isdecimal() else (Decimal(0), j)
    value, j, scale = _fractioned(w, j, value + more)
    if i and not w.gap(i) and w.norm(i - 1).isalpha() and not _is_of_currency(w, i, scale):
        return Numeral(i, i + 1, Decimal(0), "name")
    return Numeral(i, j, value, "digits", scale=scale)


def _is_of_currency(w: Words, i: int, scale: int) -> bool:
    """Return whether the letters that digits follow without a space stand for a currency: "R7.85", "EUR300", but not "PX10".

    Before a scale a capital or two do even if no list has them: "N3.5 billion", "N240m", but not "the F16k".
    """
    known, written = lists(), w.raw(i - 1)
    if written in known.marks or (written.isupper() and len(written) == _CODE and w.norm(i - 1) in known.currencies):
        return True
    parted = w.gap(i + 1) != "" or not w.norm(i).isdecimal() or written in known.sum_marks
    return scale >= _LEAST_SUM and parted and written.isupper() and len(written) <= _CODE


def _thousands_end(w: Words, i: int) -> int:
    """Return the word after a number in digits, whose thousands may be parted by spaces or apostrophes: "10 000", "1'500'000"."""
    head, joint, j = w.norm(i), w.gap(i + 1), i + 1
    if joint not in _APART or not (head.isdecimal() and len(head) <= 3 and head[0] != "0"):
        return j
    while w.gap(j) == joint and _THOUSAND.fullmatch(w.norm(j)) and w.norms[j - 1].isdecimal():
        j += 1
    beside = (w.gap(i) in {joint, "-"} and w.norm(i - 1).isdecimal()) or (w.gap(j) in {joint, "-"} and w.norm(j)[:1].isdecimal())
    return i + 1 if beside or (joint == " " and not _is_one_number(w, i, j)) else j


def _is_one_number(w: Words, i: int, j: int) -> bool:
    """Return whether digits in [i, j) are one number; "3 200 litre tanks" and "200 300 people" are two, and a telephone's none."""
    if w.norm(j - 1) == "000":
        return True
    if len(w.norm(i)) == 3:
        return False
    money = w.text[: w.tokens[i].start].rstrip(" ")[-1:] in _SIGNS or w.gap(j).lstrip()[:1] in _SIGNS
    return j > i + 2 or money or (w.joined(j) and w.gap(j) != "-" and _is_of_many(w.norm(j)))


def _is_of_many(norm: str) -> bool:
    """Return whether a word stands after a number of many: a plural, a short form such as "km", a currency."""
    known = lists()
    return norm.endswith("s") or norm in known.plurals or norm in known.currencies or known.units.get(norm, norm) != norm


def _mixed(w: Words, j: int) -> tuple[Decimal, int]:
    """Return the fraction at j after a whole number, in one character or with a stroke, and the next word: "2½", "2 1/2"."""
    if w.norm(j) in MARKS and w.gap(j) in {"", " ", "\u2009", "\u202f"}:
        return MARKS[w.norm(j)], j + 1
    more = _stroked(w, j) if w.gap(j) == " " else None
    return (more, j + 2) if more else (Decimal(0), j)


def _stroked(w: Words, j: int) -> Decimal | None:
    """Return the fraction with a stroke at j, "1/2", None if what stands there is none or more likely a date."""
    top, bottom = w.norm(j), w.norm(j + 1)
    if w.gap(j + 1) not in {"/", "\u2044"} or not (top.isdecimal() and bottom.isdecimal()) or "/" in {w.gap(j)[-1:], w.gap(j + 2)[:1]}:
        return None
    return Decimal(top) / Decimal(bottom) if 0 < int(top) < int(bottom) <= _FINEST else None


def _written(raw: str) -> Decimal | None:
    """Return the number written in digits, None for a version such as 1.2.3."""
    if _GROUPED.fullmatch(raw):
        marks = [c for c in raw if not c.isdigit()]
        if len(set(marks)) == 1 and (marks[0] == "," or len(marks) > 1):
            return Decimal("".join(c for c in raw if c.isdigit())) if _thousands(raw, marks[0]) else None
        if raw.endswith(".000"):
            return Decimal(raw.replace(".", ""))
        if len(set(marks)) == 2:
            whole, _, part = raw.rpartition(marks[-1])
            return Decimal("".join(c for c in whole if c.isdigit()) + "." + part)
    if _INDIAN.fullmatch(raw):
        return Decimal(raw.replace(",", ""))
    if raw.count(".") + raw.count(",") > 1 or not raw.replace(",", "").replace(".", "").isdecimal():
        return None
    return Decimal(raw.replace(",", "."))


def _thousands(raw: str, mark: str) -> bool:
    return all(len(part) == 3 for part in raw.split(mark)[1:])


def _scaled(w: Words, j: int, value: Decimal) -> tuple[Decimal, int, int]:
    """Multiply by the scale words at j ("hundred thousand", "k", "+ million", ", uh, million"); return it, the next word and the scale."""
    scale = 1
    while j < len(w.norms):
        norm = w.norms[j]
        if norm == "odd" and w.joined(j) and w.joined(j + 1) and (w.norm(j + 1) == "hundred" or w.norm(j + 1) in SCALES):
            j, norm = j + 1, w.norm(j + 1)  # "sixty-odd thousand"
        if (k := _scale_after_pause(w, j)) is not None:
            j, norm = k, w.norm(k)
        attached = w.gap(j) == ""
        step = 100 if norm == "hundred" else 12 if norm == "dozen" else SCALES.get(norm)
        if norm == "m" and w.norm(j - 2) in _HOURS:
            break
        if norm in {"m", "b"} and attached and (norm == "m" or w.raw(j) == "B"):
            step = 10**6 if norm == "m" else 10**9
        if w.raw(j) in {"L", "Cr", "cr"} and (norm == "cr" or (attached and _is_of_rupees(w, j))):
            step = SCALES["lakh" if norm == "l" else "crore"]
        if step is None or not (w.joined(j) or k is not None or w.gap(j).strip() == "+") or (norm in {"mm", "mn"} and not attached):
            break
        value, scale, j = value * step, scale * step, j + 1
    return value, j, scale


def _is_of_rupees(w: Words, j: int) -> bool:
    """Return whether rupees stand before a number in digits or after its scale at word j: "Rs 85L", "20L rupees"."""
    known = lists()
    return "\u20b9" in w.gap(j - 1) or "inr" in {known.marks.get(w.raw(j - 2)) if j > 1 else None, known.currencies.get(w.norm(j + 1))}


def _fraction_tail(w: Words, j: int, scale: int) -> tuple[Decimal, int]:
    """Return what "and a half", "and three quarters", "and three-quarter" at j add to a number of that scale, and the next word.

    A fraction of something else adds nothing: "two hours and a third of the staff", "a thousand and a quarter million".
    """
    if w.norm(j) != "and" or not w.joined(j):
        return Decimal(0), j
    k = j + 1
    many = 1
    if w.norm(k) in _ARTICLES:
        k += 1
    elif _is_counted_part(w, k):
        many, k = SMALL[w.norm(k)], k + 1
    elif w.norm(k) != "half":
        return Decimal(0), j
    if w.norm(k) not in PARTS or PARTS[w.norm(k)] > 4 or has_whole(w, k) or (scale > 1 and w.joined(k + 1) and w.norm(k + 1) in SCALES):
        return Decimal(0), j
    return Decimal(many * scale) / PARTS[w.norm(k)], k + 1


def fraction_after(w: Words, j: int) -> tuple[Decimal, int]:
    """Return what a fraction at j adds to a number with its unit, and the next word: "two hours and a half", "an hour and a quarter drive".

    One that has a noun of its own adds nothing: "forty stores and a quarter million customers", "two days and a third vendor".
    """
    more, k = _fraction_tail(w, j, 1)
    following = w.norm(k) if w.joined(k) else ""
    if k == j or not following:
        return more, k
    known, part, one = lists(), w.norm(k - 1), w.norm(k - 2) in _ARTICLES
    measured = following in SCALES or following in COUNTS or following in known.units or following in known.currencies
    ends = (one or part != "half") if following in known.stops else (one and not measured)
    return (more, k) if ends and part != "third" else (Decimal(0), j)


def has_whole(w: Words, k: int) -> bool:
    """Return whether the fraction at word k is one of what follows it: "a third of them", "half the team", "half as many".

    "An hour and a half of driving", "three and a half of us" and "two and a half a head" tell no half of what follows.
    """
    known, following = lists(), w.norm(k + 1) if w.joined(k + 1) else ""
    if w.norm(k) == "half" and w.norm(k - 1) in _ARTICLES:
        return following in known.wholes - _ARTICLES - {"of"}
    return following in known.wholes or (w.norm(k) == "half" and following in known.after_half)


def _is_counted_part(w: Words, k: int) -> bool:
    """Return whether a count and a part at k are less than one: "one half hours", "two thirds"."""
    return w.joined(k + 1) and 0 < SMALL.get(w.norm(k), 0) < PARTS.get(w.norm(k + 1), 0)


def _below_hundred(w: Words, i: int) -> tuple[int, int] | None:
    value = SMALL.get(w.norm(i))
    if value is None:
        return None
    if (
        value >= 20
        and w.joined(i + 1)
        and 1 <= SMALL.get(w.norm(i + 1).removesuffix("'s"), 0) <= 9
        and not (w.gap(i + 2) == "-" and SMALL.get(w.norm(i + 2), 0) >= 10)
    ):
        return value + SMALL[w.norm(i + 1).removesuffix("'s")], i + 2
    return value, i + 1


def _group(w: Words, i: int) -> tuple[int, int] | None:
    """Return a number below a thousand, or one like "fifteen hundred" or "one thirty-one", and the next word."""
    head = _below_hundred(w, i)
    if head is None:
        return (_hundred_tail(w, i + 1, 100)) if w.norm(i) == "hundred" else None
    value, j = head
    if w.norm(j) == "hundred" and w.joined(j) and value:
        return _hundred_tail(w, j + 1, value * 100)
    if 1 <= value <= 9 and w.joined(j):
        # A hyphen joins "two-fifty"; in "five-ten" it means "to".
        if SMALL.get(w.norm(j), 0) >= (10 if w.gap(j) == " " else 20):
            rest = _below_hundred(w, j)
            return (value * 100 + rest[0], rest[1]) if rest else head
        if w.norm(j) == "oh" and w.gap(j) == " " and 1 <= SMALL.get(w.norm(j + 1), 0) <= 9:
            return value * 100 + SMALL[w.norm(j + 1)], j + 2
    return head


def _hundred_tail(w: Words, j: int, value: int) -> tuple[int, int]:
    k = _next_group(w, j)
    rest = _below_hundred(w, k) if w.joined(k) or k > j else None
    if rest is None or w.norm(rest[1]) == "hundred" or not rest[0]:
        return value, j
    # Over a stop, only what goes on as a sum of money or in thousands is part of the number: not "a hundred and. Two weeks later".
    parted = k > j and w.gap(k).strip() == "."
    if parted and not (w.joined(rest[1]) and (w.norm(rest[1]) in SCALES or w.norm(rest[1]) in lists().currencies)):
        return value, j
    return value + rest[0], rest[1]


def _next_group(w: Words, j: int) -> int:
    """Return the word at which a number of hundreds or thousands may go on at word j: over an "and" and what breaks it off there.

    No number ends in "and", whatever mark a transcript puts after it: "two hundred and. Sixty thousand", "two hundred and, uh, sixty".
    """
    if w.norm(j) != "and" or not w.joined(j) or _is_counted_part(w, j + 1):
        return j
    k = resumed(w, j + 1)
    broken_off = k > j + 1 or w.joined(k) or w.gap(k).strip() in _BREAKS
    return k if broken_off else j


def _scale_after_pause(w: Words, j: int) -> int | None:
    """Return the place of a scale that a wrong stop or a hesitation parts from the number before word j: "thirty-eight. Thousand"."""
    k = resumed(w, j)
    paused = k > j or w.gap(j).strip() in _BREAKS
    if w.gap(k).strip() == "." and w.joined(k + 1) and not w.norm(k + 1).endswith("s"):
        return None  # "twenty-two. Million pound sites are rare"
    return k if paused and w.norm(k) in SEVERAL - {"hundred", "grand", "dozen"} and len(w.norm(k)) > 2 and w.gap(k + 1) != "-" else None


def resumed(w: Words, j: int) -> int:
    """Return the word after the hesitations at word j, j if a mark other than a comma or dots parts them: "two, uh, | days"."""
    k = j
    while w.norm(k) in lists().fillers and w.gap(k).strip() in _PAUSES:
        k += 1
    return k if w.gap(k).strip() in _PAUSES else j


def _words(w: Words, i: int) -> Numeral | None:
    """Return a number in words, including its article."""
    first = _article(w, i)
    if w.norm(i) in SCALES:
        if first == i and (w.norm(i) == "grand" or w.norm(i - 1) in {"few", "several", "many", "the", "odd"} or _is_of_name(w, i)):
            return None
        value, j, more = _scaled(w, i + 1, Decimal(SCALES[w.norm(i)]))
        scale = SCALES[w.norm(i)] * more
        plural = w.norm(j - 1).endswith("s")
        if not plural:
            tail, j = _fraction_tail(w, j, scale)
            value += tail
    else:
        group = _group(w, i)
        if group is None:
            return None
        value, j = Decimal(group[0]), group[1]
        value, j = _pointed(w, j, value)
        value, j, scale = _fractioned(w, j, value)
        if scale == 1 and w.norm(j - 1) == "hundred":
            scale = 100
        plural = False
        if w.norm(i) != "hundred":
            first = i
    return _lower_groups(w, first, j, value, scale, "vague" if plural else "words")


def _is_of_name(w: Words, i: int) -> bool:
    """Return whether a scale at word i goes with digits that are no number, and so has no value of its own."""
    return w.joined(i) and w.norm(i - 1)[0].isdecimal()


def _pointed(w: Words, j: int, value: Decimal) -> tuple[Decimal, int]:
    """Add the decimals after "point", or after the "comma" of people who write one."""
    if w.norm(j) not in {"point", "comma"} or not w.joined(j):
        return value, j
    k, digits = j + 1, ""
    while k < len(w.norms) and w.joined(k):
        norm = w.norms[k]
        digit = SMALL.get("zero" if norm in {"oh", "o"} else norm)
        if digit is None and norm.isdecimal():
            digit = int(norm)
        if digit is None or (digit > 9 and digits):
            break
        digits += str(digit)
        k += 1
        if digit > 9 and digit % 10 == 0 and 1 <= SMALL.get(w.norm(k), 0) <= 9:
            digits, k = str(digit + SMALL[w.norm(k)]), k + 1
            break
    if not digits:
        return value, j
    return value + Decimal("0." + digits), k


def _fractioned(w: Words, j: int, value: Decimal) -> tuple[Decimal, int, int]:
    """Add "and a half" and multiply by a scale, in either order: "two and a half million", "a million and a half"."""
    tail, k = _fraction_tail(w, j, 1)
    if k > j:
        return _scaled(w, k, value + tail)
    value, j, scale = _scaled(w, j, value)
    if scale > 1:
        tail, j = _fraction_tail(w, j, scale)
        value += tail
    return value, j, scale


def _lower_groups(w: Words, first: int, j: int, value: Decimal, scale: int, form: Form) -> Numeral:
    """Add the groups of a smaller scale that follow: "a million three hundred and ten thousand"."""
    total = value
    while scale >= 1000 and form != "vague":
        k = _next_group(w, j)
        group = _group(w, k) if k < len(w.norms) and (w.joined(k) or k > j or _is_exact_rest(w, k)) else None
        if group is None or w.norm(k - 1) in {"grand", "k"}:
            break
        part, end, step = _scaled(w, group[1], Decimal(group[0]))
        if part >= scale or part == 0 or (step > 1 and step >= scale):
            break
        total, j, scale = total + part, end, step
    return Numeral(first, j, total, form, scale=scale)


def _is_exact_rest(w: Words, k: int) -> bool:
    """Return whether an exact number of hundreds follows at k after a comma, no round one: "forty-two thousand, six hundred and eleven"."""
    hundreds = SMALL.get(w.norm(k), 0) < 10 and w.norm(k + 1) == "hundred" and w.norm(k + 2) == "and"
    return w.gap(k) == ", " and hundreds and w.joined(k + 3) and SMALL.get(w.norm(k + 3), 0) > 0


def _count(w: Words, i: int) -> Numeral | None:
    """Return "a couple", the dozen of "half a dozen", "dozens", "a couple hundred", "hundreds of thousands"."""
    norm = w.norm(i)
    if norm not in COUNTS or norm in {"hundred", "score"}:
        return None
    value, j = Decimal(COUNTS[norm]), i + 1
    k = j + 1 if w.norm(j) == "of" else j
    if (norm == "couple" or w.norm(k) != "dozen") and w.norm(k) in {"hundred", "dozen", *SCALES} and w.joined(k):
        value, j, _ = _scaled(w, k, value)
    return Numeral(_article(w, i), j, value, "vague")


def _part(w: Words, i: int) -> Numeral | None:
    """Return "half", "a third", "three quarters", "half a million", "a quarter of a million"."""
    norm = w.norm(i)
    if norm not in PARTS:
        return None
    first, many = _article(w, i), 1
    if norm.endswith("s") or (norm != "half" and w.norm(i - 1) == "one"):
        many = SMALL.get(w.norm(i - 1), 0) if w.joined(i) else 0
        first = i - 1
        if not 0 < many < PARTS[norm] or (many == 2 and norm == "quarters"):
            return None
    share = Decimal(many) / PARTS[norm]
    scaled = _of_scale(w, first, i + 1, share)
    if scaled is not None:
        return scaled
    k = i + 1
    k += w.norm(k) == "of"
    k += w.norm(k) in _ARTICLES
    if first == i and norm != "half" and not (norm == "quarter" and k == i + 3):
        return None
    return Numeral(first, i + 1, share * 100, "share")


def _of_scale(w: Words, first: int, j: int, share: Decimal) -> Numeral | None:
    """Return a fraction of the hundred, dozen or larger number that follows at j: "half a million", "¼ of a million"."""
    k = j + (w.norm(j) == "of")
    k += w.norm(k) in _ARTICLES
    step = {"hundred": 100, "dozen": 12}.get(w.norm(k)) or SCALES.get(w.norm(k))
    if not step or not w.joined(k) or w.norm(k) == "k":
        return None
    return Numeral(first, k + 1, share * step, "words", scale=step)
