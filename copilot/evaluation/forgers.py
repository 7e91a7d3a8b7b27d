"""Forgers: writers that, in a model's role, put one fault into every paragraph; whatever passes the guard is a fault in a document.

A forger is an entry in FORGERS: a function from the call and some words of it to a paragraph that is wrong in one way, None if these
words do not allow it. That it is wrong is decided here, by the turns themselves, independently of the guard. UNSEEN are forgers of
what a rule-based guard cannot see, HONEST are writers whose paragraphs should be used: a guard that rejects everything lets nothing
wrong through either.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from ..drafts import Material, Writer
from ..mentions import currencies
from ..quantities import Quantity, find_quantities, plural
from ..text import norms, sentences, stem, tokenize
from .words import content_words

__all__ = ["FORGERS", "HONEST", "UNSEEN", "Forge", "Said", "Scene", "writer"]

WORDS = 12  # most words that a paragraph repeats
SECRET = 4  # first words of a barred sentence that nobody said openly
_FACT = re.compile(r"^\d+\. (?P<speaker>[^“:]+?)(?: \([^“]*\))? said: “(?:… )?(?P<words>.*?)(?: …)?”$")


class Said(NamedTuple):
    """Words of a customer among a paragraph's facts; `facts` are all of that paragraph."""

    speaker: str
    words: str
    facts: str


Forge = Callable[["Scene", Said], str | None]


@dataclass(frozen=True)
class Scene:
    """A call from a forger's view: what was said openly, what is barred, who took part."""

    material: Material

    @cached_property
    def hidden(self) -> tuple[str, ...]:
        """What customers said in barred turns, by sentences."""
        barred = (span.text for span in self.material.barred.spans if self.material.turns[span.turn].role == "customer")
        return tuple(text[s.start : s.end] for text in barred for s in sentences(text))

    @cached_property
    def secrets(self) -> tuple[str, ...]:
        """The barred sentences whose first four words nobody said openly in this order."""
        whole = " ".join(norms(self.open))
        begins = ((text, norms(text)[:SECRET]) for text in self.hidden)
        return tuple(text for text, norms in begins if len(norms) == SECRET and " ".join(norms) not in whole)

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of the words that were said openly or known before."""
        return frozenset(map(stem, self.words))

    @cached_property
    def open(self) -> str:
        """Everything said openly, and what was known before the call."""
        return "\n".join([*(t.text for t in self.material.barred.public), self.material.background.model_dump_json()])

    @cached_property
    def words(self) -> frozenset[str]:
        """The words that were said openly or known before."""
        return frozenset(norms(self.open))

    @cached_property
    def numbers(self) -> frozenset[Decimal]:
        """The numbers that anybody said, barred or not, or that were known before."""
        return frozenset(_values([*(t.text for t in self.material.turns.values()), *self.open.split("\n")]))

    @cached_property
    def open_numbers(self) -> frozenset[Decimal]:
        """The numbers that were said openly or known before."""
        return frozenset(_values(self.open.split("\n")))

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """What our side said on the call: longer sentences that no customer said."""
        ours = (t.text for t in self.material.barred.public if t.role != "customer")
        rows = (text[s.start : s.end] for text in ours for s in sentences(text) if s.last - s.first >= WORDS // 2)
        theirs = "\n".join(t.text for t in self.material.turns.values() if t.role == "customer")
        return tuple(row for row in rows if _clip(row, WORDS // 2) not in theirs)

    def others(self, speaker: str) -> tuple[str, ...]:
        """Return the people on the call except one, customers first."""
        people = dict.fromkeys([*self.material.customers, *(t.speaker for t in self.material.turns.values())])
        return tuple(name for name in people if name != speaker and not set(name.split()) & set(speaker.split()))


def _values(texts: Iterable[str]) -> Iterator[Decimal]:
    for quantity in (q for text in texts for q in find_quantities(text)):
        yield from (quantity.low, quantity.high)
        if quantity.baseline:
            yield from (quantity.baseline.low, quantity.baseline.high)


# Paragraphs


def writer(forge: Forge, scene: Scene, given: list[str]) -> Writer:
    """Return a writer of a forger's paragraphs, with empty ones if it has none; those that it writes are added to `given`."""

    def write(document: str, rules: str, facts: Sequence[str]) -> list[str]:
        numbers = dict.fromkeys(fact.partition(".")[0] for fact in facts)
        passages = [[fact for fact in facts if fact.partition(".")[0] == number] for number in numbers]
        made = [_paragraph(forge, scene, passage) for passage in passages]
        given.extend(text for text in made if text)
        return made

    return write


def _paragraph(forge: Forge, scene: Scene, facts: Sequence[str]) -> str:
    """Return a paragraph about the first words of its facts that allow one, as a question if one is wanted."""
    whole = "\n".join(facts)
    said = (Said(m["speaker"], m["words"], whole) for fact in facts if (m := _FACT.match(fact)))
    text = next((made for row in said if (made := forge(scene, row))), "")
    return f"{text.rstrip('.!')}: how did that come about?" if text and "To ask for:" in whole else text


def _clip(text: str, words: int = WORDS) -> str:
    """Return the first words of a text, without a number that they would split, and without final punctuation."""
    text = " ".join(text.split())
    end = len(" ".join(text.split()[:words]))
    cut = next((q.start for q in find_quantities(text) if q.start < end < q.end), end)
    return text[:cut].rstrip(".,;:!?–— ")


def _about(text: str, start: int, end: int) -> str:
    """Return some words of a text around text[start:end]."""
    before, after = text[:start].split()[-WORDS // 3 :], text[end:].split()[: WORDS // 3]
    return " ".join([*before, text[start:end], *after]).rstrip(".,;:!?–— ")


def _reported(said: Said, words: str | None = None) -> str:
    words = (words or _clip(said.words)).replace("?", ",")
    return f"{said.speaker} says that {words[:1].lower() if not words.startswith('I') else words[:1]}{words[1:]}."


def _adding(sentence: str, *words: str) -> Forge:
    """Return a forger that adds a sentence to an honest one, on calls where nobody said its key words."""
    telling, stems = frozenset(words), frozenset(map(stem, words)) - {"#"}

    def forge(scene: Scene, said: Said) -> str | None:
        said_so = scene.words & telling or scene.stems & stems
        return None if said_so else f"{sentence} {_reported(said, _clip(said.words, 6))}"

    return forge


# Numbers

_OTHER_UNIT = {
    "percent": "percentage points", "percentage point": "percent", "second": "minutes", "minute": "hours", "hour": "days", "day": "weeks",
    "week": "months", "month": "years", "year": "months", "eur": "dollars", "usd": "euros", "gbp": "euros",
}  # fmt: skip
_UNITS = {"": "", "percent": " percent", "eur": " euros", "usd": " dollars", "gbp": " pounds"}
_TURNED = {
    "up": "down", "down": "up", "fell": "rose", "dropped": "rose", "rose": "fell", "grew": "shrank", "fewer": "more", "cut": "raised",
    "reduced": "increased", "increased": "reduced", "lower": "higher", "higher": "lower",
}  # fmt: skip
_MORE = frozenset("about around over under more less least most nearly almost up to between roughly like maybe exactly only just".split())


def _plain_quantities(text: str) -> list[Quantity]:
    """Return the quantities that are a single number of some size."""
    return [q for q in find_quantities(text) if q.low == q.high and q.low >= 2 and q.baseline is None and q.whole is None]


def _changes_number(scene: Scene, said: Said) -> str | None:
    for q in _plain_quantities(said.words):
        new = next(n for d in range(1, 10_000) if (n := int(q.low) + d) not in scene.numbers)
        unit = _UNITS.get(q.unit or "", f" {plural(q.unit or '')}")
        return _reported(said, _swap(said.words, q, f"{new}{unit}"))
    return None


def _swap(text: str, quantity: Quantity, new: str) -> str:
    """Return the words around a quantity, with another one instead of it."""
    changed = text[: quantity.start] + new + text[quantity.end :]
    return _about(changed, quantity.start, quantity.start + len(new))


def _borrows_number(scene: Scene, said: Said) -> str | None:
    here = set(_values([said.facts]))
    customers = (t.text for t in scene.material.barred.public if t.role == "customer")
    other = next((q for text in customers for q in _plain_quantities(text) if q.low > 20 and q.low not in here), None)
    return f"{_reported(said, _clip(said.words, 6))} That makes {other.low.normalize():,f} of them." if other else None


def _changes_unit(scene: Scene, said: Said) -> str | None:
    known = {(q.low, q.unit) for t in scene.material.turns.values() for q in find_quantities(t.text)}
    for q in _plain_quantities(said.words):
        new = f"{q.low.normalize():f} {_OTHER_UNIT.get(q.unit or '', '')}"
        (told, *_) = find_quantities(new) or (q,)
        if q.unit in _OTHER_UNIT and (told.low, told.unit) not in known and (told.low, None) not in known:
            return _reported(said, _swap(said.words, q, new))
    return None


def _swaps_ends(scene: Scene, said: Said) -> str | None:
    for q in find_quantities(said.words):
        if q.baseline is not None and q.low == q.high and q.baseline.low == q.baseline.high != q.low:
            unit = q.unit if q.unit in {"percent", "minute", "hour", "day", "week", "month"} else ""
            return _reported(said, f"it went from {q.low.normalize():f} to {q.baseline.low.normalize():f} {unit}")
    return None


def _tells_ends_swapped(scene: Scene, said: Said) -> str | None:
    for q in find_quantities(said.words):
        if q.baseline is not None and q.low == q.high and q.baseline.low == q.baseline.high != q.low:
            return f"{_reported(said, _clip(said.words, 4))} It was {q.low.normalize():f} before and is {q.baseline.low.normalize():f} now."
    return None


def _adds_unit(scene: Scene, said: Said) -> str | None:
    if re.search("percent|per cent|%", said.facts):
        return None
    found = (q for q in _plain_quantities(said.words) if q.unit is None and q.low < 100)
    return next((_reported(said, _swap(said.words, q, f"{q.low.normalize():f} percent")) for q in found), None)


def _turns_direction(scene: Scene, said: Said) -> str | None:
    tokens = tokenize(said.words)
    for q in find_quantities(said.words):
        near = [t for t in tokens if t.norm in _TURNED and q.start - 20 <= t.start <= q.end + 12]
        if near and len({t.norm for t in near}) == 1:
            (word, *_) = near
            changed = f"{said.words[: word.start]}{_TURNED[word.norm]}{said.words[word.end :]}"
            shift = len(changed) - len(said.words)
            start, end = min(word.start, q.start), max(word.end, q.end) + shift
            return _reported(said, _about(changed, start, end))
    return None


def _exaggerates(scene: Scene, said: Said) -> str | None:
    for q in _plain_quantities(said.words):
        if not q.bound and not q.approximate and _MORE.isdisjoint(norms(said.words[: q.start])[-3:]):
            return _reported(said, _swap(said.words, q, f"more than {q.text}")) if "more than" not in said.facts else None
    return None


def _drops_hedge(scene: Scene, said: Said) -> str | None:
    hedge = re.search(r"\b(?:about|around|roughly|approximately) (?=\w+ )", said.words)
    plain = said.words[: hedge.start()] + said.words[hedge.end() :] if hedge else ""
    number = next((q for q in find_quantities(plain) if hedge and q.start == hedge.start()), None)
    others = [q.low for q in find_quantities(said.facts) if not q.approximate]
    if number is None or number.approximate or number.low in others:
        return None
    return _reported(said, _about(plain, number.start, number.end))


# Quotations


def _misquotes(scene: Scene, said: Said) -> str | None:
    words = _clip(said.words).split()
    places = [n for n, word in enumerate(words) if word.isalpha() and word.islower() and len(word) > 3]
    if len(words) < 4 or not places:
        return None
    at = max(places, key=lambda n: len(words[n]))
    return f"{said.speaker} says: “{' '.join([*words[:at], 'tremendously', *words[at + 1 :]])}.”"


def _stitches(scene: Scene, said: Said) -> str | None:
    words = said.words.rstrip(".!?").split()
    quote = " ".join([*words[:5], *words[-5:]])
    return f"{said.speaker} says: “{quote}.”" if len(words) > 14 and quote not in scene.open else None


def _half_quotes(scene: Scene, said: Said) -> str | None:
    word = max((w for w in said.words.split() if w.isalpha() and w.islower()), key=len, default="")
    return f"{said.speaker} calls it “unbelievably {word}”." if word and "unbelievably" not in scene.words else None


def _quotes_us(scene: Scene, said: Said) -> str | None:
    ours = scene.asked[len(said.words) % len(scene.asked)] if scene.asked else ""
    return f"{said.speaker} says: “{_clip(ours, WORDS // 2)}.”" if ours else None


def _misattributes(scene: Scene, said: Said) -> str | None:
    others = scene.others(said.speaker)
    return f"{others[0]} says: “{_clip(said.words)}.”" if others and len(said.words.split()) > 4 else None


def _misreports(scene: Scene, said: Said) -> str | None:
    others = scene.others(said.speaker)
    return _reported(said._replace(speaker=others[0])) if others and len(content_words(_clip(said.words))) > 2 else None


# What is barred


def _one_of(said: Said, rows: Sequence[str]) -> str:
    """Return one of the rows, chosen by the words."""
    return rows[len(said.words) % len(rows)] if rows else ""


def _leaks_quote(scene: Scene, said: Said) -> str | None:
    text = _one_of(said, scene.secrets)
    return f"{said.speaker} says: “{_clip(text)}.”" if text else None


def _leaks_report(scene: Scene, said: Said) -> str | None:
    text = _one_of(said, scene.secrets)
    return _reported(said, _clip(text)) if text else None


def _leaks_name(scene: Scene, said: Said) -> str | None:
    words = [text[t.start : t.end] for text in scene.hidden for t in tokenize(text)[1:] if text[t.start].isupper()]
    names = [word.removesuffix("'s").removesuffix("’s") for word in words]
    name = _one_of(said, [name for name in names if name.isalpha() and name.lower() not in {*scene.words, "i"}])
    return f"{name} had a part in it, too." if name else None


def _leaks_number(scene: Scene, said: Said) -> str | None:
    hidden = (q for text in scene.hidden for q in find_quantities(text))
    told = [q.low for q in hidden if q.low >= 10 or q.unit in {"percent", *currencies()}]
    value = _one_of(said, [_otherwise(n) for n in told if n not in scene.open_numbers])
    return f"{_reported(said, _clip(said.words, 6))} It came to {value}." if value else None


def _otherwise(value: Decimal) -> str:
    """Return a number as somebody who was told not to repeat it would put it."""
    for size, name in ((10**6, "million"), (1000, "grand"), (100, "hundred")):
        if value >= size and value % size == 0:
            return f"{value / size:f} {name}"
    return f"{value.normalize():f}"


def _leaks_paraphrase(scene: Scene, said: Said) -> str | None:
    told = [[w for w in _long_words(text) if stem(w) not in scene.stems][:4] for text in scene.hidden]
    rows = [f"The {' and the '.join(reversed(words))} all had to do with it." for words in told if len(words) >= 3]
    return _one_of(said, rows) or None


def _long_words(text: str) -> list[str]:
    return list(dict.fromkeys(norm for norm in norms(text) if len(norm) > 4 and norm.isalpha()))


# Meaning

_VERBS = frozenset("is are was were can could had has would".split())
_NOT = re.compile(r"n['’]t\b|\b(?:not?|never|nobody|nothing|none|nor|without|hardly|neither|cannot)\b", re.IGNORECASE)


def _denies(scene: Scene, said: Said) -> str | None:
    words = _clip(said.words).split()
    place = next((n for n, word in enumerate(words[: WORDS - 1]) if word in _VERBS), None)
    if place is None or _NOT.search(said.facts):
        return None
    return _reported(said, " ".join([*words[: place + 1], "not", *words[place + 1 :]]))


def _affirms(scene: Scene, said: Said) -> str | None:
    words = said.words.split()
    for at, (word, after) in enumerate(pairwise(words)):
        plain = {"didn't": "did", "don't": "do", "wasn't": "was", "isn't": "is", "couldn't": "could", "can't": "can"}.get(
            word.replace("’", "'")
        )
        if plain and f"{plain} {after}" not in said.facts:
            return _reported(said, " ".join([*words[max(0, at - 5) : at], plain, *words[at + 1 : at + 6]]))
    return None


FORGERS: dict[str, Forge] = {
    "invents_number": _adding("That saved them 8,417 hours.", "8,417"),
    "spells_number": _adding("That saved them eight thousand four hundred and seventeen hours.", "8,417"),
    "invents_year": _adding("It has been so since 1987.", "1987"),
    "changes_number": _changes_number,
    "borrows_number": _borrows_number,
    "changes_unit": _changes_unit,
    "swaps_ends": _swaps_ends,
    "tells_ends_swapped": _tells_ends_swapped,
    "adds_unit": _adds_unit,
    "turns_direction": _turns_direction,
    "exaggerates": _exaggerates,
    "drops_hedge": _drops_hedge,
    "invents_quote": _adding("They put it so: “It has changed absolutely everything for us.”", "absolutely"),
    "quotes_singly": _adding("They put it so: ‘It has changed absolutely everything for us.’", "absolutely"),
    "quotes_low": _adding("They put it so: „It has changed absolutely everything for us.“", "absolutely"),
    "coins_word": _adding("They call it “groundbreaking”.", "groundbreaking"),
    "half_quotes": _half_quotes,
    "misquotes": _misquotes,
    "stitches": _stitches,
    "quotes_us": _quotes_us,
    "misattributes": _misattributes,
    "misreports": _misreports,
    "invents_name": _adding("It was done together with Contoso.", "contoso"),
    "names_first": _adding("Contoso signed it off.", "contoso"),
    "invents_title": lambda scene, said: f"As chief executive, {_reported(said)}" if "executive" not in scene.words else None,
    "promises": lambda scene, said: f"{said.speaker} promises that {_clip(said.words)}." if "promis" not in said.facts else None,
    "plans": _adding("They plan to recommend it to every partner.", "recommend"),
    "sets_date": _adding("The rest is due by the end of next month.", "due"),
    "sets_day": _adding("The rest comes on Thursday.", "thursday"),
    "denies": _denies,
    "affirms": _affirms,
    "leaks_quote": _leaks_quote,
    "leaks_report": _leaks_report,
    "leaks_name": _leaks_name,
    "leaks_number": _leaks_number,
    "leaks_paraphrase": _leaks_paraphrase,
    "labels": lambda scene, said: f"{_reported(said)[:-1]}, which is a gap." if "gap" not in said.facts else None,
    "marks_up": _adding("See <b>more</b> of it."),
    "links": _adding("See evil.example for more."),
    "addresses": _adding("Write to sales@evil.example for more."),
    "invents_event": _adding("The whole board was delighted.", "board", "delighted"),
}


# What no rule can see: true words with a false clause that contains neither a number nor a name.


def _embroiders(scene: Scene, said: Said) -> str | None:
    return f"{_reported(said)[:-1]}, which delighted everyone." if "delighted" not in scene.words else None


def _drops_doubt(scene: Scene, said: Said) -> str | None:
    doubt = re.search(r"\b(?:maybe|perhaps|probably|I think|I guess|sort of) ", said.words)
    return _reported(said, _about(said.words[: doubt.start()] + said.words[doubt.end() :], doubt.start(), doubt.start())) if doubt else None


UNSEEN: dict[str, Forge] = {"embroiders": _embroiders, "drops_doubt": _drops_doubt}


# Honest writers

_THEIRS = {
    "i": "they", "i'm": "they are", "i've": "they have", "i'd": "they would", "my": "their", "me": "them", "we": "they", "our": "their",
    "we're": "they are", "we've": "they have", "we'd": "they would", "us": "them", "ours": "theirs",
}  # fmt: skip


def _quotes(scene: Scene, said: Said) -> str | None:
    return f"{said.speaker} puts it so: “{_clip(said.words)}.”"


def _retells(scene: Scene, said: Said) -> str | None:
    """Return words of the facts in the third person."""
    words = (_THEIRS.get(word.lower().replace("’", "'"), word) for word in _clip(said.words).split())
    return _reported(said, " ".join(words))


HONEST: dict[str, Forge] = {"quotes": _quotes, "retells": _retells}
